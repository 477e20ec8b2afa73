/* refills-orders-page.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsOrdersPage:
 *
 * The orders made here, newest first, as the shop lists them; or why there are none.
 *
 * Owns nothing but its rows. It never opens an order: it says which one is asked for.
 */

#include "config.h"

#include "refills-orders-page.h"

#include "refills-order-row.h"
#include "refills-unseen.h"

#include <glib/gi18n.h>

struct _RefillsOrdersPage {
  AdwBin parent_instance;

  RefillsShop   *shop;

  GtkStack      *stack;
  GtkSpinner    *spinner;
  AdwStatusPage *failed_page;
  GtkListBox    *list;
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

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  return refills_order_row_new (item);
}

static void
row_activated_cb (RefillsOrdersPage *self,
                  GtkListBoxRow     *row)
{
  g_signal_emit (self, signals[ORDER_ACTIVATED], 0,
                 refills_order_row_get_order (REFILLS_ORDER_ROW (row)));
}

static void
retry_clicked_cb (RefillsOrdersPage *self)
{
  refills_shop_start (self->shop);
}

static const char *
choose_child (RefillsCollection *orders)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (orders)) > 0)
    return "list";

  switch (refills_collection_get_state (orders)) {
  case REFILLS_COLLECTION_IDLE:
  case REFILLS_COLLECTION_LOADING:
    return "loading";
  case REFILLS_COLLECTION_FAILED:
    return "failed";
  case REFILLS_COLLECTION_READY:
  case REFILLS_COLLECTION_STALE:
  default:
    return "empty";
  }
}

static void
sync_state (RefillsOrdersPage *self)
{
  RefillsCollection *orders = refills_shop_get_orders (self->shop);
  const char *text = refills_collection_get_error_text (orders);
  const char *child = choose_child (orders);
  /* AdwStatusPage reads its description as markup. */
  g_autofree char *description = g_markup_escape_text (text != NULL ? text : "", -1);

  adw_status_page_set_description (self->failed_page, description);
  gtk_spinner_set_spinning (self->spinner, g_strcmp0 (child, "loading") == 0);
  gtk_stack_set_visible_child_name (self->stack, child);
}

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
refills_orders_page_constructed (GObject *object)
{
  RefillsOrdersPage *self = REFILLS_ORDERS_PAGE (object);
  RefillsCollection *orders = refills_shop_get_orders (self->shop);

  G_OBJECT_CLASS (refills_orders_page_parent_class)->constructed (object);

  gtk_list_box_bind_model (self->list, G_LIST_MODEL (orders), create_row, NULL, NULL);
  g_signal_connect_object (orders, "notify", G_CALLBACK (sync_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (orders, "items-changed", G_CALLBACK (sync_state), self,
                           G_CONNECT_SWAPPED);
  sync_state (self);
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
  object_class->constructed = refills_orders_page_constructed;
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
  gtk_widget_class_bind_template_child (widget_class, RefillsOrdersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrdersPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrdersPage, failed_page);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrdersPage, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_clicked_cb);
}

static void
refills_orders_page_init (RefillsOrdersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  refills_unseen_follow (GTK_WIDGET (self->stack));
}

/**
 * refills_orders_page_new:
 * @shop: whose orders are listed
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
