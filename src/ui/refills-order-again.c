/* refills-order-again.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsOrderAgain:
 *
 * A button that orders once more what an order asked for, at its new price, after a question that names all of it.
 *
 * Nothing of the order changes by it. Before the first order that costs money it says what must be known.
 */

#include "config.h"

#include "refills-order-again.h"

#include "refills-checkout-question.h"
#include "refills-confirm.h"
#include "refills-error.h"
#include "refills-strip.h"
#include "refills-via-name.h"

#include <glib/gi18n.h>

struct _RefillsOrderAgain
{
  AdwBin          parent_instance;

  RefillsShop    *shop;
  RefillsOrder   *order;
  gboolean        is_explained; /* what must be known before the first order that costs money */
  GCancellable   *cancellable;
  RefillsQuote   *quote;        /* what it would cost, while that is asked about */
  RefillsConfirm *question;     /* weak */

  GtkWidget      *button;
  GtkWidget      *strip;
};

G_DEFINE_FINAL_TYPE (RefillsOrderAgain, refills_order_again, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_EXPLAINED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
show_strip (RefillsOrderAgain *self,
            const char        *text)
{
  g_object_set (self->strip, "text", text, NULL);
}

static void
placed_ready_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (RefillsOrderAgain) self = user_data;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsOrder) order = refills_shop_place_finish (REFILLS_SHOP (source), result, &problems, &error);

  gtk_widget_set_sensitive (self->button, TRUE);
  if (order == NULL) {
    show_strip (self, problems != NULL && problems->len > 0 ? refills_problem_get_text (problems->pdata[0])
                                                             : refills_error_to_text (error));
    return;
  }
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-order", "x", refills_order_get_row (order));
}

static void
answered_cb (RefillsOrderAgain    *self,
             RefillsConfirmAnswer  answer)
{
  g_autoptr (RefillsQuote) quote = g_steal_pointer (&self->quote);

  g_clear_weak_pointer (&self->question);
  if (answer != REFILLS_CONFIRM_GO || quote == NULL) {
    gtk_widget_set_sensitive (self->button, TRUE);
    return;
  }
  refills_shop_place_async (self->shop, refills_order_get_asked (self->order), quote, TRUE, placed_ready_cb,
                            g_object_ref (self));
}

/* What the new order would replace beside this one; NULL where there is nothing. */
static char *
describe_other (RefillsOrderAgain *self)
{
  GListModel *orders = G_LIST_MODEL (refills_shop_get_orders (self->shop));

  for (guint i = 0; i < g_list_model_get_n_items (orders); i++) {
    g_autoptr (RefillsOrder) other = g_list_model_get_item (orders, i);
    RefillsOrderPhase phase = refills_order_get_phase (other);

    /* What is to be paid for it is known only once it is opened, and it may never have been. */
    if (other != self->order && !refills_order_is_superseded (other) &&
        (phase == REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT || phase == REFILLS_ORDER_PHASE_PARTIALLY_PAID))
      return refills_checkout_question_dup_replaced (other);
  }

  return NULL;
}

/* The number or account of a top-up; NULL where the line goes to the address that the receipt goes to. */
static const char *
find_beneficiary (RefillsOrderLine *line,
                  const char       *email)
{
  const char *beneficiary = refills_order_line_get_beneficiary (line);

  return beneficiary == NULL || *beneficiary == '\0' || g_ascii_strcasecmp (beneficiary, email) == 0 ? NULL
                                                                                                      : beneficiary;
}

/* What of, how much, and for whom: “Steam, $10, for ada@example.com”. */
static char *
describe_line (RefillsOrderLine *line,
               const char       *email)
{
  const char *beneficiary = find_beneficiary (line, email);
  const char *face_label = refills_order_line_get_face_label (line);
  g_autofree char *recipient = NULL;

  if (beneficiary != NULL)
    /* Translators: a telephone number or an account, and an e-mail address for the receipt. */
    recipient = g_strdup_printf (_("%1$s (receipt to %2$s)"), beneficiary, email);

  /* Translators: what was bought, its value, and for whom: “Steam, $10, for ada@example.com”. */
  return g_strdup_printf (_("%1$s, %2$s, for %3$s"), refills_order_line_get_brand_name (line),
                          face_label != NULL ? face_label : refills_order_line_get_denomination (line),
                          recipient != NULL ? recipient : email);
}

/* All that would be bought, each for whom it is. */
static char *
describe_lines (RefillsOrderRequest *asked)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < refills_order_request_get_n_lines (asked); i++) {
    g_autofree char *line = describe_line (refills_order_request_get_line (asked, i),
                                           refills_order_request_get_email (asked));

    g_strv_builder_add (builder, line);
  }
  lines = g_strv_builder_end (builder);

  return g_strjoinv ("\n", lines);
}

/* A new price, so nothing is ordered before it was seen. */
static void
ask_again (RefillsOrderAgain *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  RefillsOrderRequest *asked = refills_order_get_asked (self->order);
  const char *via = refills_order_request_get_payment_via (asked);
  gboolean has_network = !refills_via_name_is_elsewhere (via);
  g_autofree char *title = refills_via_name_dup_title (via);
  g_autofree char *lines = describe_lines (asked);
  /* Translators: an amount, and a network or the name of an exchange’s page. */
  g_autofree char *price = g_strdup_printf (has_network ? _("You would pay %1$s on %2$s.")
                                                        : _("You would pay %1$s with %2$s."),
                                            refills_quote_get_label (self->quote),
                                            has_network ? refills_order_request_get_network_title (asked)
                                                        : title != NULL ? title : "");
  g_autofree char *other = describe_other (self);
  g_autofree char *whole = g_strjoin ("\n\n", lines, price, other, NULL);
  const RefillsConfirmText text = {
    .title = _("Order the Same Again?"), .body = whole, .go = _("Place Order"), .is_destructive = other != NULL,
  };

  if (!GTK_IS_WINDOW (root))
    return;

  g_set_weak_pointer (&self->question, refills_confirm_new (GTK_WINDOW (root), &text));
  g_signal_connect_object (self->question, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self->question));
}

static void
explained_cb (RefillsOrderAgain      *self,
              RefillsConfirmAnswer  answer)
{
  g_clear_weak_pointer (&self->question);
  if (answer != REFILLS_CONFIRM_GO) {
    g_clear_object (&self->quote);
    gtk_widget_set_sensitive (self->button, TRUE);
    return;
  }
  self->is_explained = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_EXPLAINED]);
  ask_again (self);
}

/* The first order of this person may have been made elsewhere, by the tool for one. */
static void
explain (RefillsOrderAgain *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!GTK_IS_WINDOW (root))
    return;

  g_set_weak_pointer (&self->question, refills_checkout_question_explain (GTK_WINDOW (root)));
  g_signal_connect_object (self->question, "answered", G_CALLBACK (explained_cb), self, G_CONNECT_SWAPPED);
}

static void
validated_ready_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (RefillsOrderAgain) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsQuote) quote = refills_shop_validate_finish (REFILLS_SHOP (source), result, &error);
  GListModel *problems = quote != NULL ? refills_quote_get_problems (quote) : NULL;
  g_autoptr (RefillsProblem) problem = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  problem = problems != NULL ? g_list_model_get_item (problems, 0) : NULL;
  if (quote == NULL || problem != NULL) {
    gtk_widget_set_sensitive (self->button, TRUE);
    show_strip (self, problem != NULL ? refills_problem_get_text (problem) : refills_error_to_text (error));
    return;
  }
  g_set_object (&self->quote, quote);
  if (self->is_explained || !refills_shop_has_real_orders (self->shop))
    ask_again (self);
  else
    explain (self);
}

static void
again_cb (RefillsOrderAgain *self)
{
  show_strip (self, NULL);
  gtk_widget_set_sensitive (self->button, FALSE);
  refills_shop_validate_async (self->shop, refills_order_get_asked (self->order), self->cancellable,
                               validated_ready_cb, g_object_ref (self));
}

static void
refills_order_again_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (property_id) {
  case PROP_EXPLAINED:
    g_value_set_boolean (value, REFILLS_ORDER_AGAIN (object)->is_explained);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_order_again_set_property (GObject      *object,
                                  guint         property_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (property_id) {
  case PROP_EXPLAINED:
    REFILLS_ORDER_AGAIN (object)->is_explained = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_order_again_dispose (GObject *object)
{
  RefillsOrderAgain *self = REFILLS_ORDER_AGAIN (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->question != NULL)
    gtk_window_destroy (GTK_WINDOW (self->question));
  g_clear_weak_pointer (&self->question);
  g_clear_object (&self->quote);
  g_clear_object (&self->shop);
  g_clear_object (&self->order);

  G_OBJECT_CLASS (refills_order_again_parent_class)->dispose (object);
}

static void
refills_order_again_class_init (RefillsOrderAgainClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = refills_order_again_get_property;
  object_class->set_property = refills_order_again_set_property;
  object_class->dispose = refills_order_again_dispose;

  /* Whether it was said, and agreed to, what must be known before the first order that costs money. */
  props[PROP_EXPLAINED] =
    g_param_spec_boolean ("explained", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (REFILLS_TYPE_STRIP);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/refills/Refills/ui/refills-order-again.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderAgain, button);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderAgain, strip);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
}

static void
refills_order_again_init (RefillsOrderAgain *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_order_again_new:
 * @shop: the shop of the order
 * @order: an order, for as long as the button lives
 *
 * Makes the button, and the place for why it could not be ordered.
 *
 * Returns: (transfer floating): the widget
 */
GtkWidget *
refills_order_again_new (RefillsShop  *shop,
                         RefillsOrder *order)
{
  RefillsOrderAgain *self = g_object_new (REFILLS_TYPE_ORDER_AGAIN, NULL);

  self->shop = g_object_ref (shop);
  self->order = g_object_ref (order);

  return GTK_WIDGET (self);
}
