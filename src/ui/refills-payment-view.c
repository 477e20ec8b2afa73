/* refills-payment-view.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsPaymentView:
 *
 * How to pay one order: the code, what to pay with, the facts, help, and the time that is left, each a part of its own.
 *
 * Owns nothing but its widgets and holds one verified payment, which text, code and clipboard all
 * come from. It is made for that payment and thrown away with it, never given another: an old
 * address cannot stay behind. It never decides whether an order may be paid.
 */

#include "config.h"

#include "refills-payment-view.h"

#include "refills-clipboard-strip.h"
#include "refills-code-view.h"
#include "refills-countdown.h"
#include "refills-error.h"
#include "refills-exchange-help.h"
#include "refills-payment-facts.h"
#include "refills-sides.h"
#include "refills-strip.h"
#include "refills-wallet-view.h"

#include <glib/gi18n.h>

/* Units of room above what is scrolled to. */
#define STRIP_MARGIN 12

struct _RefillsPaymentView
{
  AdwBin          parent_instance;

  RefillsShop    *shop;
  RefillsOrder   *order;
  RefillsPayment *payment;
  GCancellable   *cancellable;

  AdwBin         *countdown_place;
  AdwBin         *strip_place;
  AdwBin         *details_place;
  AdwBin         *code_place;
  AdwBin         *wallet_place;
  AdwBin         *facts_place;
  AdwBin         *exchange_place;
  GtkWidget      *open_button;
  GtkWidget      *open_strip;
  GtkWidget      *simulate_button;
  GtkWidget      *simulate_strip;
  GtkLabel       *late_label;

  GtkWidget      *countdown;
  GtkWidget      *clipboard_strip;
  GtkWidget      *code_view;
  GtkWidget      *wallet_view;
  GtkWidget      *exchange_help;
  GAppInfo       *wallet;  /* on this computer, for the payment's scheme; NULL where none is known */
  char          **wallets; /* what was paid with before; see refills_wallet_recall() */
  gboolean        over;
};

G_DEFINE_FINAL_TYPE (RefillsPaymentView, refills_payment_view, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_SHOP,
  PROP_ORDER,
  PROP_PAYMENT,
  PROP_WALLETS,
  PROP_OVER,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* What a code holds, in a sentence, and what is left to do by hand. */
static const char *
describe_code (RefillsPayment     *payment,
               RefillsPaymentCode  code)
{
  if (refills_payment_get_family (payment) == REFILLS_ADDRESS_LIGHTNING)
    return _("This code holds the invoice, with its amount.");
  if (code == REFILLS_PAYMENT_CODE_ADDRESS && refills_payment_get_comment (payment) != NULL)
    return _("This code holds the address only. Type the amount yourself. Type the comment, too.");
  if (code == REFILLS_PAYMENT_CODE_ADDRESS)
    return _("This code holds the address only. Type the amount yourself.");
  if (refills_payment_get_token (payment)->contract != NULL)
    return _("This code holds address, coin and amount.");

  return _("This code holds address and amount.");
}

static void
show_code (RefillsPaymentView *self)
{
  RefillsPaymentCode code = refills_wallet_view_get_code (REFILLS_WALLET_VIEW (self->wallet_view));
  const RefillsWallet *wallet = refills_wallet_view_get_wallet (REFILLS_WALLET_VIEW (self->wallet_view));
  g_autofree char *text = refills_wallet_dup_code_text (wallet, self->payment, code);
  g_autofree char *request = refills_wallet_dup_request (wallet, self->payment);

  refills_wallet_view_set_request (REFILLS_WALLET_VIEW (self->wallet_view), request);
  refills_code_view_set_code (REFILLS_CODE_VIEW (self->code_view), text, describe_code (self->payment, code));
}

static void
show_help (RefillsPaymentView *self)
{
  const RefillsWallet *wallet = refills_wallet_view_get_wallet (REFILLS_WALLET_VIEW (self->wallet_view));

  refills_exchange_help_set_open (REFILLS_EXCHANGE_HELP (self->exchange_help), refills_wallet_is_exchange (wallet));
}

static void
wallet_changed_cb (RefillsPaymentView *self)
{
  RefillsWalletView *view = REFILLS_WALLET_VIEW (self->wallet_view);
  char **wallets = refills_wallet_remember ((const char * const *) self->wallets,
                                            refills_payment_get_token (self->payment),
                                            refills_wallet_view_get_wallet (view),
                                            refills_wallet_view_get_code (view));

  g_clear_pointer (&self->wallets, g_strfreev);
  self->wallets = wallets;
  show_code (self);
  show_help (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WALLETS]);
}

static gboolean
is_same (const char * const *a,
         const char * const *b)
{
  return a == NULL || b == NULL ? a == b : g_strv_equal (a, b);
}

static void
recall_wallet (RefillsPaymentView *self,
               const char * const *wallets)
{
  if (is_same ((const char * const *) self->wallets, wallets))
    return;

  g_clear_pointer (&self->wallets, g_strfreev);
  self->wallets = g_strdupv ((char **) wallets);
  if (self->wallet_view != NULL && refills_wallet_view_recall (REFILLS_WALLET_VIEW (self->wallet_view), wallets)) {
    show_code (self);
    show_help (self);
  }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WALLETS]);
}

/* As GLib tells it, in its older and newer versions: in a Flatpak, or where that is said of another sandbox. From there
 * no program of the desktop is seen, and the portal alone knows who opens a scheme. */
static gboolean
is_behind_portal (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ||
         g_strcmp0 (g_getenv ("GTK_USE_PORTAL"), "1") == 0 || g_strcmp0 (g_getenv ("GIO_USE_PORTALS"), "1") == 0;
}

static void
opened_ready_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (RefillsPaymentView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (G_IS_APP_INFO (source) ? g_app_info_launch_uris_finish (G_APP_INFO (source), result, &error)
                             : g_app_info_launch_default_for_uri_finish (result, &error))
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* Its message may hold the request. */
  g_message ("A wallet cannot be opened: error %d of %s", error->code, g_quark_to_string (error->domain));
  g_object_set (self->open_strip, "text", _("The wallet could not be opened."), NULL);
}

static void
open_clicked_cb (RefillsPaymentView *self)
{
  g_autoptr (GdkAppLaunchContext) context = NULL;
  g_autofree char *request = NULL;
  g_autoptr (GList) uris = NULL;

  if (self->over)
    return;

  request = refills_wallet_dup_request (refills_wallet_view_get_wallet (REFILLS_WALLET_VIEW (self->wallet_view)),
                                        self->payment);
  if (request == NULL)
    return;

  g_object_set (self->open_strip, "text", NULL, NULL);
  context = gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (self)));
  if (self->wallet == NULL) {
    g_app_info_launch_default_for_uri_async (request, G_APP_LAUNCH_CONTEXT (context), self->cancellable,
                                             opened_ready_cb, g_object_ref (self));
    return;
  }
  uris = g_list_append (NULL, request);
  g_app_info_launch_uris_async (self->wallet, uris, G_APP_LAUNCH_CONTEXT (context), self->cancellable,
                                opened_ready_cb, g_object_ref (self));
}

static void
wallet_found_ready_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (RefillsPaymentView) self = user_data;
  g_autoptr (GAppInfo) wallet = g_app_info_get_default_for_uri_scheme_finish (result, NULL);

  if (wallet == NULL || self->payment == NULL || self->over)
    return;

  g_set_object (&self->wallet, wallet);
  gtk_widget_set_visible (self->open_button, TRUE);
}

/* Nothing is opened in practice: a wallet would not know that nothing is real. */
static void
find_wallet (RefillsPaymentView *self)
{
  g_autofree char *request = refills_payment_dup_request (self->payment);
  g_autofree char *scheme = request != NULL ? g_uri_parse_scheme (request) : NULL;

  if (scheme == NULL || refills_shop_is_practice (self->shop))
    return;
  if (is_behind_portal ())
    gtk_widget_set_visible (self->open_button, TRUE);
  else
    g_app_info_get_default_for_uri_scheme_async (scheme, self->cancellable, wallet_found_ready_cb,
                                                 g_object_ref (self));
}

static void
copied_cb (RefillsPaymentView *self,
           const char         *text)
{
  refills_clipboard_strip_watch (REFILLS_CLIPBOARD_STRIP (self->clipboard_strip), text);
}

/* A warning is above all that could be read in its place, which may be out of sight. */
static gboolean
reveal_strip_cb (GtkWidget     *widget,
                 GdkFrameClock *clock,
                 gpointer       user_data)
{
  RefillsPaymentView *self = REFILLS_PAYMENT_VIEW (widget);
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_point_t top = { 0, 0 };
  GtkAdjustment *position;

  if (self->clipboard_strip == NULL || scroller == NULL || !gtk_widget_get_mapped (self->clipboard_strip) ||
      !gtk_widget_compute_point (GTK_WIDGET (self->strip_place), scroller, &top, &top))
    return G_SOURCE_REMOVE;

  position = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  if (top.y < 0)
    gtk_adjustment_set_value (position, gtk_adjustment_get_value (position) + top.y - STRIP_MARGIN);

  return G_SOURCE_REMOVE;
}

static void
strip_shown_cb (RefillsPaymentView *self)
{
  if (gtk_widget_get_visible (self->clipboard_strip))
    gtk_widget_add_tick_callback (GTK_WIDGET (self), reveal_strip_cb, NULL, NULL);
}

/* Every text that the payment itself may be copied as is no other address. */
static void
add_strip (RefillsPaymentView *self,
           const char         *request)
{
  g_autofree char *code = refills_payment_dup_code_text (self->payment, REFILLS_PAYMENT_CODE_REQUEST);
  g_autofree char *timed = refills_payment_dup_timed_request (self->payment);
  /* Up to the first that there is not. */
  const char * const own_texts[] = { refills_payment_get_address (self->payment),
                                     refills_payment_get_amount (self->payment),
                                     refills_payment_get_amount_label (self->payment), code, request, timed,
                                     refills_payment_get_comment (self->payment), NULL };

  self->clipboard_strip = refills_clipboard_strip_new (own_texts);
  adw_bin_set_child (self->strip_place, self->clipboard_strip);
  g_object_bind_property (self->clipboard_strip, "visible", self->strip_place, "visible", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->clipboard_strip, "notify::visible", G_CALLBACK (strip_shown_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
show_payment (RefillsPaymentView *self)
{
  gboolean is_invoice = refills_payment_get_family (self->payment) == REFILLS_ADDRESS_LIGHTNING;
  g_autofree char *request = refills_payment_dup_request (self->payment);
  GtkWidget *facts = refills_payment_facts_new (self->payment);
  /* Translators: %1$s is an amount with its coin, %2$s a network: “11.47 USDC on Solana” */
  g_autofree char *summary = g_strdup_printf (_("%1$s on %2$s"), refills_payment_get_amount_label (self->payment),
                                              refills_payment_get_network_title (self->payment));

  self->code_view = refills_code_view_new (refills_shop_is_practice (self->shop), summary);
  /* An invoice is the request: one button copies it. */
  self->wallet_view = refills_wallet_view_new (refills_payment_get_token (self->payment), is_invoice ? NULL : request);
  self->exchange_help = refills_exchange_help_new (self->payment);
  adw_bin_set_child (self->code_place, self->code_view);
  adw_bin_set_child (self->wallet_place, self->wallet_view);
  adw_bin_set_child (self->facts_place, facts);
  adw_bin_set_child (self->exchange_place, self->exchange_help);

  add_strip (self, request);

  show_code (self);
  g_signal_connect_object (facts, "copied", G_CALLBACK (copied_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->wallet_view, "copied", G_CALLBACK (copied_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->wallet_view, "changed", G_CALLBACK (wallet_changed_cb), self, G_CONNECT_SWAPPED);
  find_wallet (self);
}

static void
over_cb (RefillsPaymentView *self)
{
  AdwBin * const places[] = { self->strip_place, self->code_place, self->wallet_place, self->facts_place,
                              self->exchange_place };

  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  g_cancellable_cancel (self->cancellable);
  /* Else no key finds a way out of a place that is gone. */
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_root_set_focus (root, NULL);
  /* The template keeps its places; what is in them, and the enlarged code, must go. */
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    adw_bin_set_child (places[i], NULL);
  self->clipboard_strip = NULL;
  self->code_view = NULL;
  self->wallet_view = NULL;
  self->exchange_help = NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->strip_place), FALSE);
  adw_bin_set_child (self->details_place, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->late_label), FALSE);
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
  case PROP_WALLETS:
    g_value_set_boxed (value, self->wallets);
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
  case PROP_WALLETS:
    recall_wallet (self, g_value_get_boxed (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

/* The first answer of the service may say that it is later than this computer thought. */
static void
service_time_cb (RefillsPaymentView *self)
{
  refills_countdown_set_begin (REFILLS_COUNTDOWN (self->countdown), refills_shop_get_time (self->shop, self->order));
}

/* The service's own time is longer (API reference, section 13), and not to be relied on. An invoice ends by itself. */
static void
show_late_note (RefillsPaymentView *self)
{
  g_autofree char *text = g_strdup_printf (_("The service may still take a payment that arrives up to %d minutes after "
                                             "the order. Don’t start one once the time to pay is over."),
                                           REFILLS_PAYMENT_SERVICE_MINUTES);

  gtk_label_set_text (self->late_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->late_label),
                          refills_payment_get_payable_until (self->payment) != 0 &&
                          refills_payment_get_family (self->payment) != REFILLS_ADDRESS_LIGHTNING);
}

static void
refills_payment_view_constructed (GObject *object)
{
  RefillsPaymentView *self = REFILLS_PAYMENT_VIEW (object);
  GtkWidget *countdown;

  G_OBJECT_CLASS (refills_payment_view_parent_class)->constructed (object);

  show_payment (self);
  show_late_note (self);

  countdown = g_object_new (REFILLS_TYPE_COUNTDOWN,
                            "until", refills_payment_get_payable_until (self->payment),
                            "begin", refills_shop_get_time (self->shop, self->order), NULL);
  adw_bin_set_child (self->countdown_place, countdown);
  /* Where there is no time, there is no gap for it either. */
  g_object_bind_property (countdown, "visible", self->countdown_place, "visible", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (countdown, "notify::over", G_CALLBACK (over_cb), self,
                           G_CONNECT_SWAPPED);
  if (refills_countdown_is_over (REFILLS_COUNTDOWN (countdown)))
    over_cb (self);
  self->countdown = countdown;
  g_signal_connect_object (self->order, "notify::service-time", G_CALLBACK (service_time_cb), self,
                           G_CONNECT_SWAPPED);
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
  g_clear_object (&self->wallet);

  G_OBJECT_CLASS (refills_payment_view_parent_class)->dispose (object);
}

static void
refills_payment_view_finalize (GObject *object)
{
  g_clear_pointer (&REFILLS_PAYMENT_VIEW (object)->wallets, g_strfreev);

  G_OBJECT_CLASS (refills_payment_view_parent_class)->finalize (object);
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
  object_class->finalize = refills_payment_view_finalize;

  props[PROP_SHOP] =
    g_param_spec_object ("shop", NULL, NULL, REFILLS_TYPE_SHOP,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_ORDER] =
    g_param_spec_object ("order", NULL, NULL, REFILLS_TYPE_ORDER,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_PAYMENT] =
    g_param_spec_object ("payment", NULL, NULL, REFILLS_TYPE_PAYMENT,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /* What was paid with before; changes with what is chosen here. */
  props[PROP_WALLETS] =
    g_param_spec_boxed ("wallets", NULL, NULL, G_TYPE_STRV,
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /* Whether time is up: what to pay is gone for good. */
  props[PROP_OVER] =
    g_param_spec_boolean ("over", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (REFILLS_TYPE_SIDES);
  g_type_ensure (REFILLS_TYPE_STRIP);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-payment-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentView, countdown_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentView, strip_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentView, late_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentView, details_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentView, code_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentView, wallet_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentView, facts_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentView, exchange_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentView, open_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentView, open_strip);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentView, simulate_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsPaymentView, simulate_strip);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
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
