/* refills-elsewhere-view.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsElsewhereView:
 *
 * An order that is paid on a page of an exchange: on whose page, how much, and the way there.
 *
 * Follows its order, and hides itself while nothing is to be paid elsewhere. It names the host before anything is
 * opened, and opens only what refills_web_page_dup_host() finds a host of.
 */

#include "config.h"

#include "refills-elsewhere-view.h"

#include "refills-browser.h"
#include "refills-strip.h"
#include "refills-web-page.h"

#include <glib/gi18n.h>

struct _RefillsElsewhereView
{
  AdwBin        parent_instance;

  RefillsShop  *shop;
  RefillsOrder *order;
  char         *uri; /* NULL where there is nothing that may be opened */

  GtkWidget    *practice_label;
  GtkWidget    *strip;
  GtkWidget    *page_box;
  GtkLabel     *host_label;
  GtkLabel     *check_label;
  GtkWidget    *open_button;
};

G_DEFINE_FINAL_TYPE (RefillsElsewhereView, refills_elsewhere_view, ADW_TYPE_BIN)

static void
open_cb (RefillsElsewhereView *self)
{
  if (self->uri != NULL)
    refills_browser_open (GTK_WIDGET (self), self->uri);
}

static void
show_page (RefillsElsewhereView *self,
           const char           *host)
{
  RefillsOrderState *state = refills_order_get_state (self->order);
  const char *missing = refills_order_get_phase (self->order) == REFILLS_ORDER_PHASE_PARTIALLY_PAID
                          ? refills_order_state_get_missing_amount (state) : NULL;
  /* Translators: %s is the name of a website, such as “pay.example.com”. */
  g_autofree char *place = g_strdup_printf (_("This order is paid at %s"), host);
  g_autofree char *tooltip = g_strdup_printf (_("Opens %s in the browser"), host);
  /* Translators: %1$s is an amount, %2$s a coin: “11.47 USDC” */
  g_autofree char *check = g_strdup_printf (_("The page must ask for %1$s %2$s. If it shows anything else, don’t pay. "
                                              "Once it is paid there, the order goes on here by itself."),
                                            missing != NULL ? missing : refills_order_state_get_coin_amount (state),
                                            refills_order_state_get_coin (state));

  gtk_label_set_text (self->host_label, place);
  gtk_label_set_text (self->check_label, check);
  gtk_widget_set_tooltip_text (self->open_button, tooltip);
}

static void
sync_page (RefillsElsewhereView *self)
{
  gboolean is_elsewhere = refills_order_is_paid_elsewhere (self->order);
  const char *uri = is_elsewhere ? refills_order_state_get_checkout_uri (refills_order_get_state (self->order)) : NULL;
  g_autofree char *host = refills_web_page_dup_host (uri, refills_shop_is_local (self->shop));

  g_clear_pointer (&self->uri, g_free);
  self->uri = host != NULL ? g_strdup (uri) : NULL;
  if (host != NULL)
    show_page (self, host);
  gtk_widget_set_visible (self->page_box, host != NULL);
  g_object_set (self->strip, "text",
                host == NULL ? _("The service names no page that is safe to open. Don’t pay.") : NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), is_elsewhere);
}

static void
refills_elsewhere_view_dispose (GObject *object)
{
  RefillsElsewhereView *self = REFILLS_ELSEWHERE_VIEW (object);

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

  object_class->dispose = refills_elsewhere_view_dispose;
  object_class->finalize = refills_elsewhere_view_finalize;

  g_type_ensure (REFILLS_TYPE_STRIP);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-elsewhere-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsElsewhereView, practice_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsElsewhereView, strip);
  gtk_widget_class_bind_template_child (widget_class, RefillsElsewhereView, page_box);
  gtk_widget_class_bind_template_child (widget_class, RefillsElsewhereView, host_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsElsewhereView, check_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsElsewhereView, open_button);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
refills_elsewhere_view_init (RefillsElsewhereView *self)
{
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
  RefillsElsewhereView *self = g_object_new (REFILLS_TYPE_ELSEWHERE_VIEW, NULL);

  self->shop = g_object_ref (shop);
  self->order = g_object_ref (order);
  gtk_widget_set_visible (self->practice_label, refills_shop_is_practice (shop));
  g_signal_connect_object (order, "notify::state", G_CALLBACK (sync_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (order, "notify::superseded", G_CALLBACK (sync_page), self, G_CONNECT_SWAPPED);
  sync_page (self);

  return GTK_WIDGET (self);
}
