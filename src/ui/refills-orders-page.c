/* refills-orders-page.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsOrdersPage:
 *
 * The orders made here, newest first.
 */

#include "config.h"

#include "refills-orders-page.h"

#include <glib/gi18n.h>

struct _RefillsOrdersPage {
  AdwBin parent_instance;

  RefillsShop *shop;
};

G_DEFINE_FINAL_TYPE (RefillsOrdersPage, refills_orders_page, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_SHOP,
  PROP_TITLE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum {
  ORDER_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
refills_orders_page_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  RefillsOrdersPage *self = REFILLS_ORDERS_PAGE (object);

  switch (property_id) {
    case PROP_SHOP:
      g_value_set_object (value, self->shop);
      break;
    case PROP_TITLE:
      g_value_set_string (value, _("Orders"));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_orders_page_set_property (GObject      *object,
                                  guint         property_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  RefillsOrdersPage *self = REFILLS_ORDERS_PAGE (object);

  switch (property_id) {
    case PROP_SHOP:
      self->shop = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_orders_page_dispose (GObject *object)
{
  RefillsOrdersPage *self = REFILLS_ORDERS_PAGE (object);

  g_clear_object (&self->shop);

  G_OBJECT_CLASS (refills_orders_page_parent_class)->dispose (object);
}

static void
refills_orders_page_class_init (RefillsOrdersPageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = refills_orders_page_get_property;
  object_class->set_property = refills_orders_page_set_property;
  object_class->dispose = refills_orders_page_dispose;

  props[PROP_SHOP] =
    g_param_spec_object ("shop", NULL, NULL, REFILLS_TYPE_SHOP,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * RefillsOrdersPage::order-activated:
   *
   * The person asks to see an order.
   */
  signals[ORDER_ACTIVATED] =
    g_signal_new ("order-activated", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, REFILLS_TYPE_ORDER);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-orders-page.ui");
}

static void
refills_orders_page_init (RefillsOrdersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_orders_page_new:
 *
 * Makes the page.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
refills_orders_page_new (RefillsShop *shop)
{
  return g_object_new (REFILLS_TYPE_ORDERS_PAGE, "shop", shop, NULL);
}
