/* refills-payment-section.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsPaymentSection:
 *
 * With what a purchase is paid: from where, which coin, which network, what is to be known of that, and what the
 * service has against it.
 *
 * Follows one checkout, to which it is bound once. It decides nothing: what may be chosen is the checkout's to say.
 */

#include "config.h"

#include "refills-payment-section.h"

#include "refills-choice-row.h"
#include "refills-network-list.h"
#include "refills-problem-list.h"
#include "refills-strip.h"
#include "refills-via-name.h"

struct _RefillsPaymentSection {
  AdwBin               parent_instance;

  RefillsCheckout     *checkout;

  AdwPreferencesGroup *coin_group;
  RefillsChoiceRow    *via_row;
  RefillsChoiceRow    *coin_row;
  GtkLabel            *exchange_label;
  RefillsStrip        *payment_strip;
  RefillsNetworkList  *network_list;
  RefillsProblemList  *coin_problems;
};

G_DEFINE_FINAL_TYPE (RefillsPaymentSection, refills_payment_section, ADW_TYPE_BIN)

static gboolean
is_elsewhere (RefillsPaymentSection *self)
{
  RefillsPaymentVia *via = refills_checkout_get_via (self->checkout);

  return via != NULL && refills_via_name_is_elsewhere (refills_payment_via_get_name (via));
}

/* What happens at an exchange is no warning. */
static void
sync_notice (RefillsPaymentSection *self)
{
  g_autofree char *notice = NULL;

  g_object_get (self->checkout, "payment-notice", &notice, NULL);
  gtk_label_set_text (self->exchange_label, is_elsewhere (self) && notice != NULL ? notice : "");
  gtk_widget_set_visible (GTK_WIDGET (self->exchange_label), is_elsewhere (self) && notice != NULL);
  g_object_set (self->payment_strip, "text", is_elsewhere (self) ? NULL : notice, NULL);
}

static void
sync_via (RefillsPaymentSection *self)
{
  gboolean has_wallet = refills_checkout_get_via (self->checkout) != NULL && !is_elsewhere (self);
  guint n_vias = g_list_model_get_n_items (refills_checkout_get_vias (self->checkout));

  gtk_widget_set_visible (GTK_WIDGET (self->via_row), n_vias > (has_wallet ? 1 : 0));
}

/* The way to pay that is meant, where it can be used and is not chosen yet. */
static RefillsPaymentVia *
find_via (RefillsPaymentSection *self,
          RefillsProblemChoice  *choice)
{
  GListModel *vias = self->checkout != NULL ? refills_checkout_get_vias (self->checkout) : NULL;

  for (guint i = 0; vias != NULL && i < g_list_model_get_n_items (vias); i++) {
    g_autoptr (RefillsPaymentVia) via = g_list_model_get_item (vias, i);

    if (g_strcmp0 (refills_payment_via_get_name (via), refills_problem_choice_get_via (choice)) == 0 &&
        via != refills_checkout_get_via (self->checkout))
      return g_steal_pointer (&via);
  }

  return NULL;
}

/* The coin and the network that are meant, where one can pay with them now and does not yet. */
static RefillsNetwork *
find_payment (RefillsPaymentSection  *self,
              RefillsProblemChoice  *choice,
              RefillsCoin          **coin_out)
{
  GListModel *coins = self->checkout != NULL ? refills_checkout_get_coins (self->checkout) : NULL;
  const char *symbol = refills_problem_choice_get_coin (choice);

  for (guint i = 0; coins != NULL && symbol != NULL && i < g_list_model_get_n_items (coins); i++) {
    g_autoptr (RefillsCoin) coin = g_list_model_get_item (coins, i);
    GListModel *networks = refills_coin_get_networks (coin);

    if (!g_str_equal (refills_coin_get_symbol (coin), symbol))
      continue;
    for (guint j = 0; j < g_list_model_get_n_items (networks); j++) {
      g_autoptr (RefillsNetwork) network = g_list_model_get_item (networks, j);

      g_autofree char *bar = refills_checkout_dup_bar (self->checkout, coin, network);

      if (bar != NULL || !refills_problem_choice_has_network (choice, network) ||
          (coin == refills_checkout_get_coin (self->checkout) &&
           network == refills_checkout_get_network (self->checkout)))
        continue;
      *coin_out = g_steal_pointer (&coin);
      return g_steal_pointer (&network);
    }
  }

  return NULL;
}

/* The coin one has chosen on another network is nearer than another coin. */
static guint
rate_choice (RefillsProblemChoice *choice,
             gpointer              user_data)
{
  RefillsPaymentSection *self = user_data;
  g_autoptr (RefillsCoin) coin = NULL;
  g_autoptr (RefillsNetwork) network = find_payment (self, choice, &coin);
  g_autoptr (RefillsPaymentVia) via = find_via (self, choice);

  if (network == NULL)
    return via != NULL ? 1 : 0;

  return coin == refills_checkout_get_coin (self->checkout) ? 2 : 1;
}

static void
choice_chosen_cb (RefillsPaymentSection *self,
                  RefillsProblemChoice  *choice)
{
  g_autoptr (RefillsCoin) coin = NULL;
  g_autoptr (RefillsNetwork) network = find_payment (self, choice, &coin);
  g_autoptr (RefillsPaymentVia) via = find_via (self, choice);

  if (via != NULL) {
    gtk_widget_grab_focus (GTK_WIDGET (self->via_row));
    refills_checkout_set_via (self->checkout, via);
    return;
  }
  if (network == NULL)
    return;
  /* The button goes away with its problem, and the focus with it. */
  gtk_widget_grab_focus (GTK_WIDGET (self->coin_row));
  refills_checkout_set_coin (self->checkout, coin);
  refills_checkout_set_network (self->checkout, network);
  refills_network_list_focus_chosen (self->network_list);
}

static char *
dup_coin_bar (gpointer coin,
              gpointer user_data)
{
  RefillsPaymentSection *self = user_data;

  return self->checkout != NULL ? refills_checkout_dup_coin_bar (self->checkout, coin) : NULL;
}

static void
refills_payment_section_dispose (GObject *object)
{
  g_clear_object (&REFILLS_PAYMENT_SECTION (object)->checkout);

  G_OBJECT_CLASS (refills_payment_section_parent_class)->dispose (object);
}

static void
refills_payment_section_class_init (RefillsPaymentSectionClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = refills_payment_section_dispose;

  g_type_ensure (REFILLS_TYPE_CHOICE_ROW);
  g_type_ensure (REFILLS_TYPE_NETWORK_LIST);
  g_type_ensure (REFILLS_TYPE_PROBLEM_LIST);
  g_type_ensure (REFILLS_TYPE_STRIP);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-payment-section.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentSection, coin_group);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentSection, via_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentSection, coin_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentSection, exchange_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentSection, payment_strip);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentSection, network_list);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentSection, coin_problems);
}

static void
refills_payment_section_init (RefillsPaymentSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  refills_problem_list_set_subjects (self->coin_problems,
                                     1u << REFILLS_PROBLEM_SUBJECT_COIN | 1u << REFILLS_PROBLEM_SUBJECT_NETWORK |
                                     1u << REFILLS_PROBLEM_SUBJECT_VIA);
  refills_problem_list_set_rate (self->coin_problems, rate_choice, self);
  g_signal_connect_object (self->coin_problems, "chosen", G_CALLBACK (choice_chosen_cb), self, G_CONNECT_SWAPPED);
}

/**
 * refills_payment_section_set_checkout:
 * @self: a section without a checkout
 * @checkout: a checkout
 *
 * Follows it.
 */
void
refills_payment_section_set_checkout (RefillsPaymentSection *self,
                                      RefillsCheckout       *checkout)
{
  const GBindingFlags both_ways = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;

  g_return_if_fail (REFILLS_IS_PAYMENT_SECTION (self));
  g_return_if_fail (self->checkout == NULL);

  self->checkout = g_object_ref (checkout);
  g_object_bind_property (checkout, "vias", self->via_row, "choices", G_BINDING_SYNC_CREATE);
  g_object_bind_property (checkout, "via", self->via_row, "choice", both_ways);
  g_object_bind_property (checkout, "coins", self->coin_row, "choices", G_BINDING_SYNC_CREATE);
  g_object_bind_property (checkout, "coin", self->coin_row, "choice", both_ways);
  g_object_bind_property (checkout, "editable", self->coin_group, "sensitive", G_BINDING_SYNC_CREATE);
  g_object_bind_property (checkout, "editable", self->network_list, "sensitive", G_BINDING_SYNC_CREATE);
  g_object_bind_property (checkout, "problems", self->coin_problems, "problems", G_BINDING_SYNC_CREATE);
  refills_choice_row_set_bar_func (self->coin_row, dup_coin_bar, self);
  g_signal_connect_object (checkout, "notify::network", G_CALLBACK (refills_choice_row_sync), self->coin_row,
                           G_CONNECT_SWAPPED);
  refills_network_list_set_checkout (self->network_list, checkout);
  g_signal_connect_object (checkout, "notify::via", G_CALLBACK (sync_via), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (checkout, "notify::payment-notice", G_CALLBACK (sync_notice), self, G_CONNECT_SWAPPED);
  sync_via (self);
  sync_notice (self);
}
