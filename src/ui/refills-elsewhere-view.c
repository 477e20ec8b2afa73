/* refills-elsewhere-view.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsElsewhereView:
 *
 * An order that is paid on a page of an exchange: on whose page, how much, until when, and the way there.
 *
 * Follows its order, and hides itself while nothing is to be paid elsewhere. It names the host before anything is
 * opened, and opens only what refills_web_page_dup_host() finds a host of. Once the time to pay is over, host and way
 * are gone, for assistive technologies too.
 */

#include "config.h"

#include "refills-elsewhere-view.h"

#include "refills-browser.h"
#include "refills-copy-row.h"
#include "refills-countdown.h"
#include "refills-error.h"
#include "refills-order-money.h"
#include "refills-strip.h"
#include "refills-web-page.h"

#include <glib/gi18n.h>

struct _RefillsElsewhereView
{
  AdwBin        parent_instance;

  RefillsShop  *shop;
  RefillsOrder *order;
  GCancellable *cancellable;
  char         *uri;   /* NULL where there is nothing that may be opened */
  gint64        until; /* what the countdown counts to */
  gboolean      over;

  GtkWidget    *practice_label;
  GtkWidget    *strip;
  AdwBin       *countdown_place;
  AdwBin       *page_place;
  GtkWidget    *page_box;
  GtkLabel     *heading_label;
  GtkWidget    *amount_row;
  AdwBin       *open_place;
  GtkWidget    *open_box;
  GtkWidget    *open_button;
  GtkLabel     *open_label;
  GtkLabel     *check_label;
  GtkWidget    *simulate_button;
  GtkWidget    *simulate_strip;
};

G_DEFINE_FINAL_TYPE (RefillsElsewhereView, refills_elsewhere_view, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_OVER,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
open_cb (RefillsElsewhereView *self)
{
  if (self->uri != NULL)
    refills_browser_open (GTK_WIDGET (self), self->uri);
}

static void
simulate_ready_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (RefillsElsewhereView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (refills_shop_simulate_payment_finish (REFILLS_SHOP (source), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_message ("The payment cannot be simulated: %s", error->message);
  g_object_set (self->simulate_strip, "text", refills_error_to_text (error), NULL);
  gtk_widget_set_sensitive (self->simulate_button, TRUE);
}

static void
simulate_cb (RefillsElsewhereView *self)
{
  gtk_widget_set_sensitive (self->simulate_button, FALSE);
  g_object_set (self->simulate_strip, "text", NULL, NULL);
  refills_shop_simulate_payment_async (self->shop, self->order, self->cancellable, simulate_ready_cb,
                                       g_object_ref (self));
}

static void
show_page (RefillsElsewhereView *self,
           const char           *host)
{
  RefillsOrderState *state = refills_order_get_state (self->order);
  g_autofree char *amount = refills_order_money_dup_amount_due (state);
  g_autofree char *sum = g_strdup_printf ("%s %s", amount, refills_order_state_get_coin (state));
  /* Translators: %1$s is an amount with its coin, %2$s the name of a website: “Pay 11.47 USDC at pay.example.com” */
  g_autofree char *heading = g_strdup_printf (_("Pay %1$s at %2$s"), sum, host);
  /* Translators: %s is the name of a website, such as “pay.example.com”. */
  g_autofree char *open = g_strdup_printf (_("Open %s"), host);
  /* Translators: %s is an amount with its coin: “11.47 USDC” */
  g_autofree char *check = g_strdup_printf (_("The page must ask for %s: if it shows anything else, don’t pay."), sum);

  gtk_label_set_text (self->heading_label, heading);
  g_object_set (self->amount_row, "text", sum, "copy-text", amount, NULL);
  gtk_label_set_text (self->open_label, open);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->open_button), GTK_ACCESSIBLE_PROPERTY_LABEL, open, -1);
  gtk_label_set_text (self->check_label, check);
}

/* What is not in the window is not in the tree of assistive technologies either; what is hidden would be. */
static void
withdraw_page (RefillsElsewhereView *self)
{
  GtkLabel * const labels[] = { self->heading_label, self->open_label, self->check_label };
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  /* Else no key finds a way out of a place that is gone. */
  if (focus != NULL && (gtk_widget_is_ancestor (focus, self->page_box) ||
                        gtk_widget_is_ancestor (focus, self->open_box)))
    gtk_root_set_focus (root, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    gtk_label_set_text (labels[i], "");
  g_object_set (self->amount_row, "text", NULL, "copy-text", NULL, NULL);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->open_button), GTK_ACCESSIBLE_PROPERTY_LABEL);
  adw_bin_set_child (self->page_place, NULL);
  adw_bin_set_child (self->open_place, NULL);
}

static void
sync_page (RefillsElsewhereView *self)
{
  gboolean is_elsewhere = refills_order_is_paid_elsewhere (self->order);
  const char *uri = is_elsewhere ? refills_order_state_get_checkout_uri (refills_order_get_state (self->order)) : NULL;
  g_autofree char *host = refills_web_page_dup_host (uri, refills_shop_is_local (self->shop));
  gboolean is_open = host != NULL && !self->over;

  g_clear_pointer (&self->uri, g_free);
  self->uri = is_open ? g_strdup (uri) : NULL;
  if (is_open) {
    show_page (self, host);
    adw_bin_set_child (self->page_place, self->page_box);
    adw_bin_set_child (self->open_place, self->open_box);
  } else {
    withdraw_page (self);
  }
  g_object_set (self->strip, "text",
                host == NULL ? _("The service names no page that is safe to open. Don’t pay.") : NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), is_elsewhere);
}

static void
set_over (RefillsElsewhereView *self,
          gboolean              over)
{
  if (self->over == over)
    return;

  self->over = over;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OVER]);
}

static void
over_cb (RefillsElsewhereView *self)
{
  set_over (self, TRUE);
  sync_page (self);
}

static RefillsCountdown *
get_countdown (RefillsElsewhereView *self)
{
  GtkWidget *countdown = adw_bin_get_child (self->countdown_place);

  return countdown != NULL ? REFILLS_COUNTDOWN (countdown) : NULL;
}

/* One countdown for each end, since none can be wound up again. */
static void
sync_countdown (RefillsElsewhereView *self)
{
  gint64 until = refills_order_is_paid_elsewhere (self->order) ? refills_order_get_payable_until (self->order) : 0;
  GtkWidget *countdown = NULL;

  if (self->until == until)
    return;

  self->until = until;
  set_over (self, FALSE);
  if (until != 0) {
    countdown = g_object_new (REFILLS_TYPE_COUNTDOWN, "until", until,
                              "begin", refills_shop_get_time (self->shop, self->order), NULL);
    g_signal_connect_object (countdown, "notify::over", G_CALLBACK (over_cb), self, G_CONNECT_SWAPPED);
    set_over (self, refills_countdown_is_over (REFILLS_COUNTDOWN (countdown)));
  }
  adw_bin_set_child (self->countdown_place, countdown);
  gtk_widget_set_visible (GTK_WIDGET (self->countdown_place), countdown != NULL);
}

static void
sync_order (RefillsElsewhereView *self)
{
  sync_countdown (self);
  sync_page (self);
}

/* The first answer of the service may say that it is later than this computer thought. */
static void
service_time_cb (RefillsElsewhereView *self)
{
  RefillsCountdown *countdown = get_countdown (self);

  if (countdown != NULL)
    refills_countdown_set_begin (countdown, refills_shop_get_time (self->shop, self->order));
}

static void
refills_elsewhere_view_get_property (GObject    *object,
                                     guint       property_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  switch (property_id) {
  case PROP_OVER:
    g_value_set_boolean (value, REFILLS_ELSEWHERE_VIEW (object)->over);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_elsewhere_view_dispose (GObject *object)
{
  RefillsElsewhereView *self = REFILLS_ELSEWHERE_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->shop);
  g_clear_object (&self->order);

  G_OBJECT_CLASS (refills_elsewhere_view_parent_class)->dispose (object);
}

static void
refills_elsewhere_view_finalize (GObject *object)
{
  g_clear_pointer (&REFILLS_ELSEWHERE_VIEW (object)->uri, g_free);

  G_OBJECT_CLASS (refills_elsewhere_view_parent_class)->finalize (object);
}

static void
refills_elsewhere_view_class_init (RefillsElsewhereViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = refills_elsewhere_view_get_property;
  object_class->dispose = refills_elsewhere_view_dispose;
  object_class->finalize = refills_elsewhere_view_finalize;

  /* Whether the time to pay was seen to be over here, and the order did not yet. */
  props[PROP_OVER] =
    g_param_spec_boolean ("over", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (REFILLS_TYPE_COPY_ROW);
  g_type_ensure (REFILLS_TYPE_STRIP);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-elsewhere-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsElsewhereView, practice_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsElsewhereView, strip);
  gtk_widget_class_bind_template_child (widget_class, RefillsElsewhereView, countdown_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsElsewhereView, page_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsElsewhereView, page_box);
  gtk_widget_class_bind_template_child (widget_class, RefillsElsewhereView, heading_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsElsewhereView, amount_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsElsewhereView, open_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsElsewhereView, open_box);
  gtk_widget_class_bind_template_child (widget_class, RefillsElsewhereView, open_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsElsewhereView, open_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsElsewhereView, check_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsElsewhereView, simulate_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsElsewhereView, simulate_strip);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, simulate_cb);
}

static void
refills_elsewhere_view_init (RefillsElsewhereView *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_elsewhere_view_new:
 * @shop: the shop of the order
 * @order: an order, for as long as the view lives
 *
 * Makes the view.
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
refills_elsewhere_view_new (RefillsShop  *shop,
                            RefillsOrder *order)
{
  static const char * const signals[] = {
    "notify::state", "notify::superseded", "notify::late", "notify::refusal",
  };
  RefillsElsewhereView *self = g_object_new (REFILLS_TYPE_ELSEWHERE_VIEW, NULL);

  self->shop = g_object_ref (shop);
  self->order = g_object_ref (order);
  gtk_widget_set_visible (self->practice_label, refills_shop_is_practice (shop));
  gtk_widget_set_visible (self->simulate_button, refills_shop_is_practice (shop));
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (order, signals[i], G_CALLBACK (sync_order), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (order, "notify::service-time", G_CALLBACK (service_time_cb), self, G_CONNECT_SWAPPED);
  sync_order (self);

  return GTK_WIDGET (self);
}
