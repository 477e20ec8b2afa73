/* refills-order-page.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsOrderPage:
 *
 * One order: how to pay it, how it goes, and what was delivered.
 */

#include "config.h"

#include "refills-order-page.h"

#include <glib/gi18n.h>

struct _RefillsOrderPage {
  AdwBin parent_instance;

  RefillsShop  *shop;
  RefillsOrder *order;
};

G_DEFINE_FINAL_TYPE (RefillsOrderPage, refills_order_page, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_SHOP,
  PROP_ORDER,
  PROP_TITLE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
refills_order_page_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  RefillsOrderPage *self = REFILLS_ORDER_PAGE (object);

  switch (property_id) {
    case PROP_SHOP:
      g_value_set_object (value, self->shop);
      break;
    case PROP_ORDER:
      g_value_set_object (value, self->order);
      break;
    case PROP_TITLE:
      g_value_set_string (value, refills_order_get_title (self->order));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_order_page_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  RefillsOrderPage *self = REFILLS_ORDER_PAGE (object);

  switch (property_id) {
    case PROP_SHOP:
      self->shop = g_value_dup_object (value);
      break;
    case PROP_ORDER:
      self->order = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_order_page_dispose (GObject *object)
{
  RefillsOrderPage *self = REFILLS_ORDER_PAGE (object);

  g_clear_object (&self->shop);
  g_clear_object (&self->order);

  G_OBJECT_CLASS (refills_order_page_parent_class)->dispose (object);
}

static void
refills_order_page_class_init (RefillsOrderPageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = refills_order_page_get_property;
  object_class->set_property = refills_order_page_set_property;
  object_class->dispose = refills_order_page_dispose;

  props[PROP_SHOP] =
    g_param_spec_object ("shop", NULL, NULL, REFILLS_TYPE_SHOP,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_ORDER] =
    g_param_spec_object ("order", NULL, NULL, REFILLS_TYPE_ORDER,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-order-page.ui");
}

static void
refills_order_page_init (RefillsOrderPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_order_page_new:
 *
 * Makes the page.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
refills_order_page_new (RefillsShop  *shop,
                        RefillsOrder *order)
{
  return g_object_new (REFILLS_TYPE_ORDER_PAGE, "shop", shop, "order", order, NULL);
}
