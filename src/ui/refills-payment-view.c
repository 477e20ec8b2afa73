/* refills-payment-view.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsPaymentView:
 *
 * How to pay one order: QR code, amount, address, network, and the time that is left.
 *
 * Owns nothing but its widgets and holds one verified payment, which text, code and clipboard all
 * come from. It is made for that payment and thrown away with it, never given another: an old
 * address cannot stay behind. It never decides whether an order may be paid.
 */

#include "config.h"

#include "refills-payment-view.h"

#include "refills-copy-row.h"
#include "refills-countdown.h"
#include "refills-error.h"
#include "refills-qr-paintable.h"
#include "refills-sides.h"
#include "refills-strip.h"

#include <glib/gi18n.h>

struct _RefillsPaymentView
{
  AdwBin          parent_instance;

  RefillsShop    *shop;
  RefillsOrder   *order;
  RefillsPayment *payment;
  GCancellable   *cancellable;

  AdwBin         *countdown_place;
  AdwBin         *details_place;
  GtkPicture     *qr_picture;
  GtkWidget      *amount_row;
  GtkWidget      *address_row;
  GtkWidget      *network_row;
  GtkWidget      *simulate_button;
  GtkWidget      *simulate_strip;
  GtkWidget      *over_label;

  gboolean        over;
};

G_DEFINE_FINAL_TYPE (RefillsPaymentView, refills_payment_view, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_SHOP,
  PROP_ORDER,
  PROP_PAYMENT,
  PROP_OVER,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static char *
network_in_words (const char *network_title,
                  const char *coin)
{
  /* Translators: %1$s is a network, %2$s a coin: "Solana — send USDC on Solana only" */
  return g_strdup_printf (_("%1$s — send %2$s on %1$s only"), network_title, coin);
}

static char *
wallet_check (gpointer        unused,
              RefillsPayment *payment)
{
  const char *address;
  g_autofree char *start = NULL;
  gsize length;

  if (payment == NULL)
    return g_strdup ("");

  /* A verified address is ASCII. */
  address = refills_payment_get_address (payment);
  length = strlen (address);
  start = g_strndup (address, 6);

  /* Translators: "11.47 USDC", the start and the end of an address, a network */
  return g_strdup_printf (_("Your wallet must now show %s to %s…%s on %s. "
                            "If it shows anything else, don’t pay."),
                          refills_payment_get_amount_label (payment), start,
                          address + (length > 4 ? length - 4 : 0),
                          refills_payment_get_network_title (payment));
}

/* Not bound in the template: the payment never changes, and GTK 4.8 warns of bindings in rows that end late. */
static void
show_payment (RefillsPaymentView *self)
{
  const char *title = refills_payment_get_network_title (self->payment);
  g_autofree char *words = network_in_words (title, refills_payment_get_coin (self->payment));

  g_object_set (self->amount_row,
                "text", refills_payment_get_amount_label (self->payment),
                "copy-text", refills_payment_get_amount (self->payment),
                NULL);
  g_object_set (self->address_row, "text", refills_payment_get_address (self->payment), NULL);
  g_object_set (self->network_row, "text", words, "copy-text", title, NULL);
}

static void
over_cb (RefillsPaymentView *self)
{
  g_cancellable_cancel (self->cancellable);
  adw_bin_set_child (self->details_place, NULL);
  gtk_widget_set_visible (self->over_label, TRUE);
  self->over = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OVER]);
}

static void
simulate_ready_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (RefillsPaymentView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (refills_shop_simulate_payment_finish (REFILLS_SHOP (source), result, &error))
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_message ("The payment cannot be simulated: %s", error->message);
  g_object_set (self->simulate_strip, "text", refills_error_to_text (error), NULL);
  gtk_widget_set_sensitive (self->simulate_button, TRUE);
}

static void
simulate_clicked_cb (RefillsPaymentView *self)
{
  /* It stays insensitive after success: the payment is on its way, and then this view goes. */
  gtk_widget_set_sensitive (self->simulate_button, FALSE);
  g_object_set (self->simulate_strip, "text", NULL, NULL);
  refills_shop_simulate_payment_async (self->shop, self->order, self->cancellable,
                                       simulate_ready_cb, g_object_ref (self));
}

static void
refills_payment_view_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  RefillsPaymentView *self = REFILLS_PAYMENT_VIEW (object);

  switch (property_id) {
  case PROP_SHOP:
    g_value_set_object (value, self->shop);
    break;
  case PROP_ORDER:
    g_value_set_object (value, self->order);
    break;
  case PROP_PAYMENT:
    g_value_set_object (value, self->payment);
    break;
  case PROP_OVER:
    g_value_set_boolean (value, self->over);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_payment_view_set_property (GObject      *object,
                                   guint         property_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  RefillsPaymentView *self = REFILLS_PAYMENT_VIEW (object);

  switch (property_id) {
  case PROP_SHOP:
    self->shop = g_value_dup_object (value);
    break;
  case PROP_ORDER:
    self->order = g_value_dup_object (value);
    break;
  case PROP_PAYMENT:
    self->payment = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_payment_view_constructed (GObject *object)
{
  RefillsPaymentView *self = REFILLS_PAYMENT_VIEW (object);
  g_autoptr (RefillsQrPaintable) qr = NULL;
  g_autofree char *code_text = NULL;
  GtkWidget *countdown;

  G_OBJECT_CLASS (refills_payment_view_parent_class)->constructed (object);

  code_text = refills_payment_dup_code_text (self->payment, REFILLS_PAYMENT_CODE_ADDRESS);
  qr = refills_qr_paintable_new (code_text);
  gtk_picture_set_paintable (self->qr_picture, GDK_PAINTABLE (qr));
  show_payment (self);

  countdown = g_object_new (REFILLS_TYPE_COUNTDOWN,
                            "until", refills_payment_get_payable_until (self->payment),
                            "begin", refills_shop_get_time (self->shop), NULL);
  adw_bin_set_child (self->countdown_place, countdown);
  g_signal_connect_object (countdown, "notify::over", G_CALLBACK (over_cb), self,
                           G_CONNECT_SWAPPED);
  if (refills_countdown_is_over (REFILLS_COUNTDOWN (countdown)))
    over_cb (self);
}

static void
refills_payment_view_dispose (GObject *object)
{
  RefillsPaymentView *self = REFILLS_PAYMENT_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->shop);
  g_clear_object (&self->order);
  g_clear_object (&self->payment);

  G_OBJECT_CLASS (refills_payment_view_parent_class)->dispose (object);
}

static void
refills_payment_view_class_init (RefillsPaymentViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = refills_payment_view_get_property;
  object_class->set_property = refills_payment_view_set_property;
  object_class->constructed = refills_payment_view_constructed;
  object_class->dispose = refills_payment_view_dispose;

  props[PROP_SHOP] =
    g_param_spec_object ("shop", NULL, NULL, REFILLS_TYPE_SHOP,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_ORDER] =
    g_param_spec_object ("order", NULL, NULL, REFILLS_TYPE_ORDER,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_PAYMENT] =
    g_param_spec_object ("payment", NULL, NULL, REFILLS_TYPE_PAYMENT,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /* Whether time is up: what to pay is gone for good. */
  props[PROP_OVER] =
    g_param_spec_boolean ("over", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (REFILLS_TYPE_COPY_ROW);
  g_type_ensure (REFILLS_TYPE_SIDES);
  g_type_ensure (REFILLS_TYPE_STRIP);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-payment-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentView, countdown_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentView, details_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentView, qr_picture);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentView, amount_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentView, address_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentView, network_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentView, simulate_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentView, simulate_strip);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentView, over_label);
  gtk_widget_class_bind_template_callback (widget_class, wallet_check);
  gtk_widget_class_bind_template_callback (widget_class, simulate_clicked_cb);
}

static void
refills_payment_view_init (RefillsPaymentView *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_payment_view_new:
 * @shop: the shop of the order
 * @order: an order that can be paid
 * @payment: its verified payment
 *
 * Makes the view of one payment.
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
refills_payment_view_new (RefillsShop    *shop,
                          RefillsOrder   *order,
                          RefillsPayment *payment)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (payment), NULL);

  return g_object_new (REFILLS_TYPE_PAYMENT_VIEW,
                       "shop", shop, "order", order, "payment", payment, NULL);
}
