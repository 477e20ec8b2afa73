/* test-window.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The whole window over the sandbox: logos, a brand, and the way to the checkout and back.
 */
#include "refills-window.h"

#include "refills-brand-page.h"
#include "refills-brand-tile.h"
#include "refills-logo.h"
#include "refills-nav.h"
#include "refills-order-page.h"
#include "refills-sandbox.h"

#include "refills-test.h"
#include "refills-widget-test.h"

#define DEADLINE_MS 20000

static GtkApplication *application; /* one a process: it is known on the bus */

typedef struct {
  RefillsSandbox *sandbox;
  RefillsShop    *shop;
  GtkWidget      *window;
  RefillsNav     *nav;
  const char     *awaited;
} Fixture;

static gboolean
has_items (gpointer model)
{
  return g_list_model_get_n_items (model) > 0;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  RefillsSandboxOptions options = { .seed = 7 };
  g_autoptr (RefillsEnvironment) environment = NULL;
  g_autoptr (GError) error = NULL;

  fixture->sandbox = refills_sandbox_new (&options);
  refills_sandbox_start (fixture->sandbox, &error);
  g_assert_no_error (error);
  environment = refills_environment_new_practice ("0", refills_sandbox_get_base_uri (fixture->sandbox));
  environment->settle_ms = 1;
  fixture->shop = refills_shop_new (environment, &error);
  g_assert_no_error (error);
  refills_catalogue_set_country (refills_shop_get_catalogue (fixture->shop), "US");
  refills_shop_start (fixture->shop);

  fixture->window = GTK_WIDGET (refills_window_new (application, fixture->shop, NULL));
  fixture->nav = REFILLS_NAV (refills_widget_test_find (fixture->window, REFILLS_TYPE_NAV, NULL));
  gtk_window_present (GTK_WINDOW (fixture->window));
  refills_test_run_until (has_items, refills_catalogue_get_brands (refills_shop_get_catalogue (fixture->shop)),
                          DEADLINE_MS, "brands are there");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  gpointer window = fixture->window;

  g_object_add_weak_pointer (G_OBJECT (fixture->window), &window);
  refills_widget_test_close (fixture->window);
  g_assert_null (window);
  refills_shop_close (fixture->shop);
  refills_sandbox_stop (fixture->sandbox);
  g_clear_object (&fixture->shop);
  g_clear_object (&fixture->sandbox);
}

static gboolean
shows_awaited (gpointer user_data)
{
  Fixture *fixture = user_data;

  return refills_widget_test_shows (fixture->window, fixture->awaited);
}

static void
wait_for_text (Fixture    *fixture,
               const char *text)
{
  fixture->awaited = text;
  refills_test_run_until (shows_awaited, fixture, DEADLINE_MS, text);
}

static RefillsBrand *
find_brand (Fixture    *fixture,
            const char *name)
{
  GListModel *brands = G_LIST_MODEL (refills_catalogue_get_brands (refills_shop_get_catalogue (fixture->shop)));

  for (guint i = 0; i < g_list_model_get_n_items (brands); i++) {
    g_autoptr (RefillsBrand) brand = g_list_model_get_item (brands, i);

    if (g_str_equal (refills_brand_get_name (brand), name))
      return g_steal_pointer (&brand);
  }

  g_assert_not_reached ();
}

static void
open_brand (Fixture    *fixture,
            const char *name)
{
  g_autoptr (RefillsBrand) brand = find_brand (fixture, name);
  GtkWidget *page = refills_widget_test_find (fixture->window, g_type_from_name ("RefillsBrandsPage"), NULL);

  g_signal_emit_by_name (page, "brand-activated", brand);
  wait_for_text (fixture, "Continue");
}

static GtkWidget *
find_button (Fixture    *fixture,
             const char *text)
{
  GtkWidget *widget = refills_widget_test_find_text (fixture->window, text);

  g_assert_nonnull (widget);

  return GTK_IS_BUTTON (widget) ? widget : gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON);
}

static gboolean
first_has_logo (gpointer window)
{
  GtkWidget *tile = refills_widget_test_find (window, REFILLS_TYPE_BRAND_TILE, NULL);

  return tile && refills_logo_has_picture (REFILLS_LOGO (gtk_widget_get_first_child (tile)));
}

static gboolean
first_has_no_logo (gpointer window)
{
  return !first_has_logo (window);
}

/* Brands come in two steps. */
static gboolean
is_long (gpointer adjustment)
{
  return gtk_adjustment_get_upper (adjustment) > 5000;
}

static void
test_grid (Fixture       *fixture,
           gconstpointer  user_data)
{
  GtkAdjustment *adjustment = NULL;

  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (fixture->window)), ==, "Refills");
  g_assert_true (refills_widget_test_shows (fixture->window, "Practice mode: nothing here is real"));
  refills_test_run_until (first_has_logo, fixture->window, DEADLINE_MS, "the first logo is decoded");

  /* Out of sight it is let go, though its cell is kept; in sight again it is back. */
  adjustment = gtk_scrollable_get_vadjustment (
    GTK_SCROLLABLE (refills_widget_test_find (fixture->window, GTK_TYPE_GRID_VIEW, NULL)));
  refills_test_run_until (is_long, adjustment, DEADLINE_MS, "the whole list is there");
  gtk_adjustment_set_value (adjustment, 1500);
  refills_test_run_until (first_has_no_logo, fixture->window, DEADLINE_MS, "the first logo is let go");
  gtk_adjustment_set_value (adjustment, 0);
  refills_test_run_until (first_has_logo, fixture->window, DEADLINE_MS, "the first logo is back");
  g_assert_cmpint (refills_widget_test_min_width (fixture->window), <=, 360);
}

static gboolean
can_continue (gpointer user_data)
{
  return gtk_widget_is_sensitive (find_button (user_data, "Continue"));
}

static gboolean
can_pop (gpointer nav)
{
  return refills_nav_can_pop (nav);
}

static gboolean
cannot_pop (gpointer nav)
{
  return !refills_nav_can_pop (nav);
}

static void
test_range (Fixture       *fixture,
            gconstpointer  user_data)
{
  GtkWidget *entry = NULL;

  open_brand (fixture, "Airbnb");
  refills_test_run_until (can_pop, fixture->nav, DEADLINE_MS, "the brand's page is there");
  g_assert_cmpstr (refills_nav_get_title (fixture->nav), ==, "Airbnb");
  g_assert_cmpint (refills_widget_test_min_width (fixture->window), <=, 360);
  g_assert_false (can_continue (fixture));

  entry = refills_widget_test_find (refills_nav_get_visible_page (fixture->nav), GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "7");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  gtk_test_accessible_assert_state (entry, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_false (can_continue (fixture));

  gtk_editable_set_text (GTK_EDITABLE (entry), "100");
  refills_test_run_until (can_continue, fixture, DEADLINE_MS, "the value can be bought");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));

  g_signal_emit_by_name (find_button (fixture, "Continue"), "clicked");
  g_assert_cmpstr (refills_nav_get_title (fixture->nav), ==, "Checkout");

  gtk_widget_activate_action (fixture->window, "win.back", NULL);
  g_assert_cmpstr (refills_nav_get_title (fixture->nav), ==, "Airbnb");
  gtk_widget_activate_action (fixture->window, "win.back", NULL);
  refills_test_run_until (cannot_pop, fixture->nav, DEADLINE_MS, "back at the brands");
}

static void
test_orders (Fixture       *fixture,
             gconstpointer  user_data)
{
  open_brand (fixture, "Airbnb");
  gtk_widget_activate_action (fixture->window, "win.show-orders", NULL);
  wait_for_text (fixture, "No Orders Yet");
  g_assert_false (refills_nav_can_pop (fixture->nav));
  g_assert_cmpint (refills_widget_test_min_width (fixture->window), <=, 360);

  gtk_widget_activate_action (fixture->window, "win.search", NULL);
  wait_for_text (fixture, "Airbnb");
}

static RefillsOrder *
make_order (gint64 row)
{
  static const char text[] = "{\"name\":\"Base\"}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (RefillsJson) root = refills_json_parse (bytes, 4096, NULL);
  const RefillsOrderLineFields line_fields = { .brand_name = "Steam", .country = "US", .denomination = "10 USD" };
  const RefillsOrderRequestFields fields = { .payment_via = "USER_WALLET", .coin = "USDC" };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RefillsNetwork) network = NULL;
  g_autoptr (RefillsOrderRequest) asked = NULL;
  RefillsJsonPlace place;

  refills_json_place_init (&place, root);
  network = refills_network_new_from_json (&place, NULL);
  g_ptr_array_add (lines, refills_order_line_new (&line_fields));
  asked = refills_order_request_new (&fields, lines, network);

  return refills_order_new (row, 1787679708, asked);
}

static gint64
find_shown_row (Fixture *fixture)
{
  GtkWidget *page = refills_nav_get_visible_page (fixture->nav);
  g_autoptr (RefillsOrder) order = NULL;

  if (!REFILLS_IS_ORDER_PAGE (page))
    return 0;
  g_object_get (page, "order", &order, NULL);

  return refills_order_get_row (order);
}

static gboolean
are_orders_read (gpointer orders)
{
  return refills_collection_get_state (orders) == REFILLS_COLLECTION_READY;
}

/* As a notification asks for it, which may be before there is a list. */
static void
test_show_order (Fixture       *fixture,
                 gconstpointer  user_data)
{
  RefillsCollection *orders = refills_shop_get_orders (fixture->shop);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *page = NULL;

  refills_test_run_until (are_orders_read, orders, DEADLINE_MS, "the orders are read");
  refills_collection_begin_loading (orders);
  gtk_widget_activate_action (fixture->window, "win.show-order", "x", (gint64) 99);
  gtk_widget_activate_action (fixture->window, "win.show-order", "x", (gint64) 8);
  g_assert_cmpint (find_shown_row (fixture), ==, 0);

  for (gint64 row = 9; row >= 7; row--)
    g_ptr_array_add (items, make_order (row));
  refills_collection_take_items (orders, items, 1787679708, 0);
  g_assert_cmpint (find_shown_row (fixture), ==, 8);

  /* The page of this order stays as it is. */
  page = refills_nav_get_visible_page (fixture->nav);
  gtk_widget_activate_action (fixture->window, "win.show-order", "x", (gint64) 8);
  g_assert_true (refills_nav_get_visible_page (fixture->nav) == page);
  gtk_widget_activate_action (fixture->window, "win.show-order", "x", (gint64) 7);
  g_assert_cmpint (find_shown_row (fixture), ==, 7);

  gtk_widget_activate_action (fixture->window, "win.show-order", "x", (gint64) 99);
  refills_test_run_until (cannot_pop, fixture->nav, DEADLINE_MS, "what is not there leads to the list");
  g_assert_cmpint (find_shown_row (fixture), ==, 0);
}

/* The title of a toast is markup. */
static void
test_toast (Fixture       *fixture,
            gconstpointer  user_data)
{
  gtk_widget_activate_action (fixture->window, "win.toast", "s", "<b>&\"");
  wait_for_text (fixture, "<b>&\"");
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  int status = 0;

  refills_widget_test_init (&argc, &argv);
  application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);

  g_test_add ("/window/grid", Fixture, NULL, set_up, test_grid, tear_down);
  g_test_add ("/window/range", Fixture, NULL, set_up, test_range, tear_down);
  g_test_add ("/window/orders", Fixture, NULL, set_up, test_orders, tear_down);
  g_test_add ("/window/show-order", Fixture, NULL, set_up, test_show_order, tear_down);
  g_test_add ("/window/toast", Fixture, NULL, set_up, test_toast, tear_down);

  status = g_test_run ();
  g_clear_object (&application);

  return status;
}
