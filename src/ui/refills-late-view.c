/* refills-late-view.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsLateView:
 *
 * The two ways on from an order whose time to pay is over, while no money was seen: it was paid, and is looked for; or
 * it was not, and the same can be ordered again.
 *
 * Follows its order, and hides itself at any other time. What somebody answers here stays here: the service is told
 * nothing, and asked more closely at most. It has no address to pay to.
 */

#include "config.h"

#include "refills-late-view.h"

#include "refills-checkout-question.h"
#include "refills-confirm.h"
#include "refills-error.h"
#include "refills-strip.h"
#include "refills-support-window.h"
#include "refills-via-name.h"

#include <glib/gi18n.h>

struct _RefillsLateView
{
  AdwBin                parent_instance;

  RefillsShop          *shop;
  RefillsOrder         *order;
  gboolean              time_up; /* the countdown saw it, and the order did not yet */
  gboolean              is_explained; /* what must be known before the first order that costs money */
  GCancellable         *cancellable;
  RefillsQuote         *quote;   /* what ordering again would cost, while that is asked about */
  RefillsConfirm       *question; /* weak */
  RefillsSupportWindow *window;   /* weak; NULL while it is closed */

  GtkWidget            *paid_button;
  GtkWidget            *unpaid_button;
  GtkWidget            *paid_box;
  GtkWidget            *unpaid_box;
  GtkLabel             *paid_label;
  GtkWidget            *again_button;
  GtkWidget            *strip;
};

G_DEFINE_FINAL_TYPE (RefillsLateView, refills_late_view, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_TIME_UP,
  PROP_EXPLAINED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* How long a payment may be on its way (API reference, sections 12.3 and 13), and when it is time to ask. */
static const char *
describe_usual_time (RefillsOrder *order)
{
  RefillsOrderRequest *asked = refills_order_get_asked (order);
  const RefillsToken *token = refills_token_find (refills_order_request_get_coin (asked),
                                                  refills_order_request_get_network_name (asked));

  if (token != NULL && token->family == REFILLS_ADDRESS_LIGHTNING)
    return _("A Lightning payment is usually seen within seconds. If nothing has changed after a quarter of an hour, "
             "send the message below to the seller’s support.");
  if (token != NULL && token->family == REFILLS_ADDRESS_BITCOIN)
    return _("A Bitcoin payment can take an hour or more to be confirmed. If nothing has changed after three hours, "
             "send the message below to the seller’s support.");

  return _("On most networks a payment is seen within a few minutes; an exchange can take longer to send it. If "
           "nothing has changed an hour after it was sent, send the message below to the seller’s support.");
}

static void
show_strip (RefillsLateView *self,
            const char      *text)
{
  g_object_set (self->strip, "text", text, NULL);
}

static void
toggled_cb (RefillsLateView *self)
{
  gboolean is_paid = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->paid_button));
  g_autofree char *text = NULL;

  show_strip (self, NULL);
  if (is_paid) {
    text = g_strdup_printf ("%s %s", _("The service is asked about this order all the time, and the order goes on by "
                                       "itself once the payment is seen. The service may still complete a payment that "
                                       "comes too late, or pay it back."),
                            describe_usual_time (self->order));
    gtk_label_set_text (self->paid_label, text);
    refills_shop_expect_payment (self->shop, self->order);
  }
  gtk_widget_set_visible (self->paid_box, is_paid);
  gtk_widget_set_visible (self->unpaid_box,
                          gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->unpaid_button)));
}

static void
support_cb (RefillsLateView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *text = refills_order_dup_support_text (self->order, REFILLS_VERSION);

  if (text == NULL || self->window != NULL || !GTK_IS_WINDOW (root))
    return;

  g_set_weak_pointer (&self->window, refills_support_window_new (GTK_WINDOW (root), text));
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
placed_ready_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (RefillsLateView) self = user_data;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsOrder) order = refills_shop_place_finish (REFILLS_SHOP (source), result, &problems, &error);

  gtk_widget_set_sensitive (self->again_button, TRUE);
  if (order == NULL) {
    show_strip (self, problems != NULL && problems->len > 0 ? refills_problem_get_text (problems->pdata[0])
                                                             : refills_error_to_text (error));
    return;
  }
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-order", "x", refills_order_get_row (order));
}

static void
answered_cb (RefillsLateView      *self,
             RefillsConfirmAnswer  answer)
{
  g_autoptr (RefillsQuote) quote = g_steal_pointer (&self->quote);

  g_clear_weak_pointer (&self->question);
  if (answer != REFILLS_CONFIRM_GO || quote == NULL) {
    gtk_widget_set_sensitive (self->again_button, TRUE);
    return;
  }
  refills_shop_place_async (self->shop, refills_order_get_asked (self->order), quote, TRUE, placed_ready_cb,
                            g_object_ref (self));
}

/* What the new order would replace beside this one; NULL where there is nothing. */
static char *
describe_other (RefillsLateView *self)
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

/* Who gets it: the number or account of a top-up, and the address to which its receipt goes. */
static char *
describe_recipient (RefillsOrderRequest *asked)
{
  const char *email = refills_order_request_get_email (asked);
  const char *beneficiary = NULL;

  if (refills_order_request_get_n_lines (asked) == 1)
    beneficiary = refills_order_line_get_beneficiary (refills_order_request_get_line (asked, 0));
  if (beneficiary == NULL || *beneficiary == '\0' || g_ascii_strcasecmp (beneficiary, email) == 0)
    return g_strdup (email);

  /* Translators: a telephone number or an account, and an e-mail address for the receipt. */
  return g_strdup_printf (_("%1$s (receipt to %2$s)"), beneficiary, email);
}

/* A new price, so nothing is ordered before it was seen. */
static void
ask_again (RefillsLateView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  RefillsOrderRequest *asked = refills_order_get_asked (self->order);
  g_autofree char *recipient = describe_recipient (asked);
  const char *via = refills_order_request_get_payment_via (asked);
  gboolean has_network = !refills_via_name_is_elsewhere (via);
  g_autofree char *title = refills_via_name_dup_title (via);
  /* Translators: what was bought, its value, for whom, an amount, and a network or the name of an exchange’s page:
   * “Steam, $10, for ada@example.com. You would pay 11.47 USDC on Solana.” */
  g_autofree char *body = g_strdup_printf (has_network
                                             ? _("%1$s, %2$s, for %3$s. You would pay %4$s on %5$s.")
                                             : _("%1$s, %2$s, for %3$s. You would pay %4$s with %5$s."),
                                           refills_order_get_title (self->order),
                                           refills_order_get_face_label (self->order),
                                           recipient,
                                           refills_quote_get_label (self->quote),
                                           has_network ? refills_order_request_get_network_title (asked)
                                                       : title != NULL ? title : "");
  g_autofree char *other = describe_other (self);
  g_autofree char *whole = other != NULL ? g_strjoin ("\n\n", body, other, NULL) : g_strdup (body);
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
explained_cb (RefillsLateView      *self,
              RefillsConfirmAnswer  answer)
{
  g_clear_weak_pointer (&self->question);
  if (answer != REFILLS_CONFIRM_GO) {
    g_clear_object (&self->quote);
    gtk_widget_set_sensitive (self->again_button, TRUE);
    return;
  }
  self->is_explained = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_EXPLAINED]);
  ask_again (self);
}

/* The first order of this person may have been made elsewhere, by the tool for one. */
static void
explain (RefillsLateView *self)
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
  g_autoptr (RefillsLateView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsQuote) quote = refills_shop_validate_finish (REFILLS_SHOP (source), result, &error);
  GListModel *problems = quote != NULL ? refills_quote_get_problems (quote) : NULL;
  g_autoptr (RefillsProblem) problem = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  problem = problems != NULL ? g_list_model_get_item (problems, 0) : NULL;
  if (quote == NULL || problem != NULL) {
    gtk_widget_set_sensitive (self->again_button, TRUE);
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
again_cb (RefillsLateView *self)
{
  show_strip (self, NULL);
  gtk_widget_set_sensitive (self->again_button, FALSE);
  refills_shop_validate_async (self->shop, refills_order_get_asked (self->order), self->cancellable,
                               validated_ready_cb, g_object_ref (self));
}

static gboolean
is_over_before_its_order (RefillsLateView *self)
{
  return self->time_up && (refills_order_is_payable (self->order) || refills_order_is_paid_elsewhere (self->order));
}

static gboolean
is_late (RefillsLateView *self)
{
  if (refills_order_is_superseded (self->order) || refills_order_is_sealed (self->order))
    return FALSE;

  return refills_order_is_late (self->order) || is_over_before_its_order (self) ||
         (refills_order_get_phase (self->order) == REFILLS_ORDER_PHASE_EXPIRED &&
          refills_order_is_unpaid (self->order));
}

static void
sync_visible (RefillsLateView *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), is_late (self));
}

static void
refills_late_view_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (property_id) {
  case PROP_TIME_UP:
    g_value_set_boolean (value, REFILLS_LATE_VIEW (object)->time_up);
    break;
  case PROP_EXPLAINED:
    g_value_set_boolean (value, REFILLS_LATE_VIEW (object)->is_explained);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_late_view_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  RefillsLateView *self = REFILLS_LATE_VIEW (object);

  switch (property_id) {
  case PROP_TIME_UP:
    self->time_up = g_value_get_boolean (value);
    if (self->order != NULL)
      sync_visible (self);
    break;
  case PROP_EXPLAINED:
    self->is_explained = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_late_view_dispose (GObject *object)
{
  RefillsLateView *self = REFILLS_LATE_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_weak_pointer (&self->window);
  if (self->question != NULL)
    gtk_window_destroy (GTK_WINDOW (self->question));
  g_clear_weak_pointer (&self->question);
  g_clear_object (&self->quote);
  g_clear_object (&self->shop);
  g_clear_object (&self->order);

  G_OBJECT_CLASS (refills_late_view_parent_class)->dispose (object);
}

static void
refills_late_view_class_init (RefillsLateViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = refills_late_view_get_property;
  object_class->set_property = refills_late_view_set_property;
  object_class->dispose = refills_late_view_dispose;

  /* Whether the time to pay was seen to be up on the page. */
  props[PROP_TIME_UP] =
    g_param_spec_boolean ("time-up", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /* Whether it was said, and agreed to, what must be known before the first order that costs money. */
  props[PROP_EXPLAINED] =
    g_param_spec_boolean ("explained", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (REFILLS_TYPE_STRIP);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/refills/Refills/ui/refills-late-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsLateView, paid_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsLateView, unpaid_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsLateView, paid_box);
  gtk_widget_class_bind_template_child (widget_class, RefillsLateView, unpaid_box);
  gtk_widget_class_bind_template_child (widget_class, RefillsLateView, paid_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsLateView, again_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsLateView, strip);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, support_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
}

static void
refills_late_view_init (RefillsLateView *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_late_view_new:
 * @shop: the shop of the order
 * @order: an order, for as long as the view lives
 *
 * Makes the view.
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
refills_late_view_new (RefillsShop  *shop,
                       RefillsOrder *order)
{
  static const char * const signals[] = {
    "notify::late", "notify::phase", "notify::state", "notify::superseded", "notify::payable",
  };
  RefillsLateView *self = g_object_new (REFILLS_TYPE_LATE_VIEW, NULL);

  self->shop = g_object_ref (shop);
  self->order = g_object_ref (order);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (order, signals[i], G_CALLBACK (sync_visible), self, G_CONNECT_SWAPPED);
  sync_visible (self);

  return GTK_WIDGET (self);
}
