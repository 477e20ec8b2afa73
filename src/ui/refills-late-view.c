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

#include "refills-order-again.h"
#include "refills-support-window.h"

#include <glib/gi18n.h>

struct _RefillsLateView
{
  AdwBin                parent_instance;

  RefillsShop          *shop;
  RefillsOrder         *order;
  gboolean              time_up; /* the countdown saw it, and the order did not yet */
  gboolean              is_explained; /* see RefillsOrderAgain */
  RefillsSupportWindow *window;   /* weak; NULL while it is closed */

  GtkWidget            *paid_button;
  GtkWidget            *unpaid_button;
  GtkWidget            *paid_box;
  GtkWidget            *unpaid_box;
  GtkLabel             *paid_label;
  AdwBin               *again_place;
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
             "send the message below to Cryptorefills’ support.");
  if (token != NULL && token->family == REFILLS_ADDRESS_BITCOIN)
    return _("A Bitcoin payment can take an hour or more to be confirmed. If nothing has changed after three hours, "
             "send the message below to Cryptorefills’ support.");

  return _("On most networks a payment is seen within a few minutes; an exchange can take longer to send it. If "
           "nothing has changed an hour after it was sent, send the message below to Cryptorefills’ support.");
}

static void
toggled_cb (RefillsLateView *self)
{
  gboolean is_paid = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->paid_button));
  g_autofree char *text = NULL;

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

  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_weak_pointer (&self->window);
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

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/refills/Refills/ui/refills-late-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsLateView, paid_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsLateView, unpaid_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsLateView, paid_box);
  gtk_widget_class_bind_template_child (widget_class, RefillsLateView, unpaid_box);
  gtk_widget_class_bind_template_child (widget_class, RefillsLateView, paid_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsLateView, again_place);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, support_cb);
}

static void
refills_late_view_init (RefillsLateView *self)
{
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
  GtkWidget *again = NULL;

  self->shop = g_object_ref (shop);
  self->order = g_object_ref (order);
  again = refills_order_again_new (shop, order);
  g_object_bind_property (self, "explained", again, "explained", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  adw_bin_set_child (self->again_place, again);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (order, signals[i], G_CALLBACK (sync_visible), self, G_CONNECT_SWAPPED);
  sync_visible (self);

  return GTK_WIDGET (self);
}
