/* bench-events.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the server's event to the painted label. Places an order at a server in another process, opens its
 * page in a window, prints the order's id, and then, for each new status title and each new amount that the
 * page has painted, a line `painted MICROSECONDS COMMITTED TEXT` (CLOCK_MONOTONIC). COMMITTED is what another reader of
 * the database saw before that frame began: the order's state, and what stands for its sealed bytes.
 * `bench-events URL FOLDER`
 */
#include <adwaita.h>
#include <sqlite3.h>

#include "refills-order-page.h"
#include "refills-shop.h"

static char *folder; /* of the data and the cache */
static RefillsShop *shop;
static RefillsCheckout *checkout;
static GtkWidget *window;
static sqlite3_stmt *committed_statement;
static char *committed;
static char *last_title;
static char *last_amount;

static gboolean
find_text (GtkWidget  *widget,
           const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (find_text (child, text))
      return TRUE;

  return FALSE;
}

/* Says when a text is painted that was not the one painted last. */
static void
report (const char  *text,
        char       **last,
        gint64       now)
{
  g_autofree char *old = NULL;

  if (text == NULL || g_strcmp0 (text, *last) == 0 || !find_text (window, text))
    return;
  old = *last;
  *last = g_strdup (text);
  g_print ("painted %" G_GINT64_FORMAT " %s %s\n", now, committed, text);
}

/* A reader of its own sees what is committed and nothing else. */
static void
open_database (void)
{
  g_autofree char *path = g_build_filename (folder, "data", "orders.db", NULL);
  const char *sql = "SELECT order_state, state FROM orders";
  sqlite3 *database = NULL;

  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
      sqlite3_prepare_v2 (database, sql, -1, &committed_statement, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (database));
}

static void
before_paint_cb (void)
{
  g_autoptr (GBytes) sealed = NULL;

  if (committed_statement == NULL)
    open_database ();
  if (sqlite3_step (committed_statement) != SQLITE_ROW)
    g_error ("No order in the database");
  sealed = g_bytes_new (sqlite3_column_blob (committed_statement, 1),
                        (gsize) sqlite3_column_bytes (committed_statement, 1));
  g_clear_pointer (&committed, g_free);
  committed = g_strdup_printf ("%s/%08x", (const char *) sqlite3_column_text (committed_statement, 0),
                               g_bytes_hash (sealed));
  sqlite3_reset (committed_statement);
}

static void
after_paint_cb (GdkFrameClock *clock,
                gpointer       user_data)
{
  RefillsOrder *order = user_data;
  RefillsPayment *payment = refills_order_get_payment (order);
  gint64 now = g_get_monotonic_time ();

  report (refills_order_get_status_title (order), &last_title, now);
  report (payment != NULL ? refills_payment_get_amount (payment) : NULL, &last_amount, now);
}

static void
checkout_changed_cb (void)
{
  RefillsOrder *order = NULL;

  if (refills_checkout_get_state (checkout) == REFILLS_CHECKOUT_READY) {
    refills_checkout_submit (checkout);
    return;
  }
  if (refills_checkout_get_state (checkout) != REFILLS_CHECKOUT_PLACED || window == NULL ||
      gtk_window_get_child (GTK_WINDOW (window)) != NULL)
    return;

  order = refills_checkout_get_order (checkout);
  gtk_window_set_child (GTK_WINDOW (window), refills_order_page_new (shop, order));
  gtk_widget_realize (window);
  g_signal_connect (gtk_widget_get_frame_clock (window), "before-paint", G_CALLBACK (before_paint_cb), NULL);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb), order);
  gtk_window_present (GTK_WINDOW (window));
  g_print ("order %s\n", refills_order_state_get_order_id (refills_order_get_state (order)));
}

static void
products_changed_cb (RefillsCollection *products,
                     GParamSpec        *pspec,
                     RefillsBrand      *brand)
{
  g_autoptr (RefillsProduct) product = g_list_model_get_item (G_LIST_MODEL (products), 0);
  g_autoptr (RefillsProductOption) option = NULL;

  if (product == NULL || checkout != NULL)
    return;
  option = g_list_model_get_item (refills_product_get_options (product), 0);
  checkout = refills_shop_begin_checkout (shop, brand, option, NULL);
  g_signal_connect (checkout, "notify::state", G_CALLBACK (checkout_changed_cb), NULL);
  refills_order_form_set_email (refills_checkout_get_form (checkout), "ada@example.com");
}

static void
brands_changed_cb (RefillsCollection *brands)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (brands)); i++) {
    RefillsBrand *brand = g_list_model_get_item (G_LIST_MODEL (brands), i); /* kept for as long as we run */
    RefillsCollection *products = NULL;

    if (!g_str_equal (refills_brand_get_name (brand), "Steam"))
      continue;
    g_signal_handlers_disconnect_by_func (brands, brands_changed_cb, NULL);
    products = refills_catalogue_load_product (refills_shop_get_catalogue (shop), brand);
    g_signal_connect (products, "notify::state", G_CALLBACK (products_changed_cb), brand);
    return;
  }
}

static void
activate_cb (GtkApplication *application)
{
  RefillsCatalogue *catalogue = refills_shop_get_catalogue (shop);

  window = gtk_application_window_new (application);
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  g_signal_connect (refills_catalogue_get_brands (catalogue), "notify::state",
                    G_CALLBACK (brands_changed_cb), NULL);
  refills_catalogue_set_country (catalogue, "US");
  refills_shop_start (shop);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (RefillsEnvironment) environment = NULL;
  g_autoptr (GError) error = NULL;

  setvbuf (stdout, NULL, _IOLBF, 0);
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);
  folder = argv[2];
  environment = refills_environment_new_practice ("0", argv[1]);
  g_clear_pointer (&environment->data_folder, g_free);
  g_clear_pointer (&environment->cache_folder, g_free);
  environment->data_folder = g_build_filename (folder, "data", NULL);
  environment->cache_folder = g_build_filename (folder, "cache", NULL);
  shop = refills_shop_new (environment, &error);
  g_assert_no_error (error);

  application = adw_application_new ("io.github.refills.BenchEvents", G_APPLICATION_NON_UNIQUE);
  g_application_set_resource_base_path (G_APPLICATION (application), "/io/github/refills/Refills");
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);

  return g_application_run (G_APPLICATION (application), 1, argv);
}
