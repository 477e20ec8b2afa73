/* test-purchase-pages.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One gift card, bought through the pages alone: checkout, order, code, list of orders, against the sandbox.
 */
#include "refills-brand-page.h"
#include "refills-checkout-page.h"
#include "refills-confirm.h"
#include "refills-order-page.h"
#include "refills-order-row.h"
#include "refills-order-terms.h"
#include "refills-orders-page.h"
#include "refills-sandbox-faults.h"
#include "refills-sandbox.h"

#include "refills-test.h"
#include "refills-widget-test.h"

#define DEADLINE_MS 20000

typedef struct {
  RefillsSandbox     *sandbox;
  RefillsShop        *shop;
  char               *folder;
  RefillsCheckout    *checkout;
  GtkWidget          *page;
  GtkWidget          *window;
  RefillsOrder       *order;
  guint               n_placed;
  const char         *awaited;
} Fixture;

static gboolean
has_items (gpointer model)
{
  return g_list_model_get_n_items (model) > 0;
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

static gboolean
can_place (gpointer user_data)
{
  Fixture *fixture = user_data;
  GtkWidget *button = refills_widget_test_find_text (fixture->window, "Place Order");

  return button != NULL && gtk_widget_is_sensitive (button);
}

static void
click (Fixture    *fixture,
       const char *text)
{
  GtkWidget *widget = refills_widget_test_find_text (fixture->window, text);

  g_assert_nonnull (widget);
  if (!GTK_IS_BUTTON (widget))
    widget = gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_is_sensitive (widget));
  g_signal_emit_by_name (widget, "clicked");
}

static GtkWidget *
find_field (Fixture    *fixture,
            const char *title)
{
  GtkWidget *label = refills_widget_test_find_text (fixture->page, title);

  g_assert_nonnull (label);

  return gtk_widget_get_ancestor (label, ADW_TYPE_ENTRY_ROW);
}

static gboolean
is_wanted (RefillsBrand *brand)
{
  return g_strcmp0 (refills_brand_get_kind (brand), "giftcard") == 0
         && refills_brand_is_sold_here (brand) && !refills_brand_is_out_of_stock (brand);
}

static RefillsProductOption *
find_fixed_option (RefillsProduct *product)
{
  GListModel *options = refills_product_get_options (product);

  for (guint i = 0; i < g_list_model_get_n_items (options); i++) {
    g_autoptr (RefillsProductOption) option = g_list_model_get_item (options, i);

    if (!refills_product_option_is_range (option))
      return g_steal_pointer (&option);
  }

  return NULL;
}

static RefillsCheckout *
begin_checkout (RefillsShop *shop)
{
  RefillsCatalogue *catalogue = refills_shop_get_catalogue (shop);
  GListModel *brands = G_LIST_MODEL (refills_catalogue_get_brands (catalogue));

  refills_test_run_until (has_items, brands, DEADLINE_MS, "brands are there");
  for (guint i = 0; i < g_list_model_get_n_items (brands); i++) {
    g_autoptr (RefillsBrand) brand = g_list_model_get_item (brands, i);
    g_autoptr (RefillsCollection) products = NULL;
    g_autoptr (RefillsProduct) product = NULL;
    g_autoptr (RefillsProductOption) option = NULL;

    if (!is_wanted (brand))
      continue;
    products = refills_catalogue_load_product (catalogue, brand);
    refills_test_run_until (has_items, products, DEADLINE_MS, "the product is there");
    product = g_list_model_get_item (G_LIST_MODEL (products), 0);
    option = find_fixed_option (product);
    if (option != NULL)
      return refills_shop_begin_checkout (shop, brand, option, NULL);
  }
  g_assert_not_reached ();
}

static void
order_placed_cb (Fixture      *fixture,
                 RefillsOrder *order)
{
  fixture->n_placed++;
  g_set_object (&fixture->order, order);
}

static void
show (Fixture   *fixture,
      GtkWidget *page)
{
  if (fixture->window != NULL) {
    g_assert_cmpint (refills_widget_test_min_width (fixture->page), <=, 360);
    refills_widget_test_close (fixture->window);
    g_assert_finalize_object (fixture->page);
  }
  fixture->window = NULL;
  fixture->page = NULL;
  if (page == NULL)
    return;

  fixture->page = g_object_ref_sink (page);
  fixture->window = refills_widget_test_show (page, 360, 800);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const RefillsSandboxOptions options = { .seed = 7 };
  g_autoptr (RefillsEnvironment) environment = NULL;
  g_autoptr (GError) error = NULL;

  fixture->sandbox = refills_sandbox_new (&options);
  refills_sandbox_start (fixture->sandbox, &error);
  g_assert_no_error (error);
  environment = refills_environment_new_practice ("0.0.0",
                                                  refills_sandbox_get_base_uri (fixture->sandbox));
  environment->settle_ms = 10;
  /* The sandbox in the place of the service, as far as the pages can tell. */
  environment->is_live = data != NULL;
  environment->is_practice = data == NULL;
  /* A folder of its own, so that no test sees another's orders. */
  fixture->folder = refills_test_make_folder ();
  g_free (environment->data_folder); /* a plain struct, with fields to be set */
  environment->data_folder = g_build_filename (fixture->folder, "data", NULL);
  g_free (environment->cache_folder); /* likewise */
  environment->cache_folder = g_build_filename (fixture->folder, "cache", NULL);

  fixture->shop = refills_shop_new (environment, &error);
  g_assert_no_error (error);
  refills_catalogue_set_country (refills_shop_get_catalogue (fixture->shop), "US");
  refills_shop_start (fixture->shop);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  show (fixture, NULL);
  g_clear_object (&fixture->order);
  g_clear_object (&fixture->checkout);
  refills_shop_close (fixture->shop);
  g_clear_object (&fixture->shop);
  refills_sandbox_stop (fixture->sandbox);
  g_clear_object (&fixture->sandbox);
  refills_test_remove_folder (g_steal_pointer (&fixture->folder));
}

static void
place_order (Fixture *fixture)
{
  GtkWidget *email;
  g_autofree char *total = NULL;

  fixture->checkout = begin_checkout (fixture->shop);
  show (fixture, refills_checkout_page_new (fixture->shop, fixture->checkout));
  g_signal_connect_swapped (fixture->page, "order-placed", G_CALLBACK (order_placed_cb), fixture);

  email = find_field (fixture, "E-mail");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (email))),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "E-mail");
  g_assert_false (can_place (fixture));
  refills_widget_test_save (fixture->window, "checkout-empty");

  gtk_editable_set_text (GTK_EDITABLE (email), "ada@example.com");
  g_assert_cmpstr (refills_order_form_get_email (refills_checkout_get_form (fixture->checkout)), ==, "ada@example.com");
  /* Enter before the total is known sends nothing. */
  g_signal_emit_by_name (email, "entry-activated");
  g_assert_cmpuint (refills_sandbox_count_requests (fixture->sandbox, "POST", "/v5/orders"), ==, 0);

  refills_test_run_until (can_place, fixture, DEADLINE_MS, "the order can be placed");
  g_object_get (fixture->checkout, "total-label", &total, NULL);
  g_assert_nonnull (total);
  g_assert_true (refills_widget_test_shows (fixture->page, total));
  g_assert_true (refills_widget_test_shows (fixture->page, "Validated by the service"));
  refills_widget_test_save (fixture->window, "checkout-ready");
  g_signal_emit_by_name (email, "entry-activated");
  g_assert_cmpuint (refills_sandbox_count_requests (fixture->sandbox, "POST", "/v5/orders"), ==, 0);

  click (fixture, "Place Order");
  /* A second press while the first is on its way does nothing. */
  g_assert_false (can_place (fixture));
  g_assert_true (refills_widget_test_shows (fixture->page, "Placing the order…"));
  g_assert_false (gtk_widget_is_sensitive (email));

  refills_test_run_until (refills_test_is_set, &fixture->order, DEADLINE_MS, "the order is placed");
  g_assert_cmpuint (fixture->n_placed, ==, 1);
  g_assert_cmpuint (refills_sandbox_count_requests (fixture->sandbox, "POST", "/v5/orders"), ==, 1);
}

static void
test_purchase (Fixture       *fixture,
               gconstpointer  data)
{
  RefillsPayment *payment;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  GtkWidget *row;
  g_autofree char *name = NULL;

  place_order (fixture);
  show (fixture, refills_order_page_new (fixture->shop, fixture->order));
  payment = refills_order_get_payment (fixture->order);
  g_assert_nonnull (payment);
  g_assert_true (refills_widget_test_shows (fixture->page, refills_payment_get_address (payment)));
  g_assert_true (refills_widget_test_shows (fixture->page,
                                            refills_payment_get_amount_label (payment)));
  refills_widget_test_save (fixture->window, "order-waiting");

  click (fixture, "Simulate Payment");
  g_assert_false (gtk_widget_is_sensitive (refills_widget_test_find_text (fixture->page,
                                                                          "Simulate Payment")));
  wait_for_text (fixture, "Preparing your card");
  refills_widget_test_save (fixture->window, "order-preparing");
  wait_for_text (fixture, "Done");
  refills_widget_test_save (fixture->window, "order-done");
  g_assert_null (refills_widget_test_find (fixture->page, GTK_TYPE_PICTURE, NULL));

  refills_shop_reveal_async (fixture->shop, fixture->order, 0, REFILLS_SECRET_CODE, NULL,
                             (GAsyncReadyCallback) refills_test_keep_result, &result);
  refills_test_wait_result (&result, DEADLINE_MS);
  code = refills_shop_reveal_finish (fixture->shop, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (code, !=, "");
  g_assert_false (refills_widget_test_holds (fixture->page, code));

  click (fixture, "Copy Code");
  wait_for_text (fixture, "Reveal Code");
  g_assert_false (refills_widget_test_holds (fixture->page, code));
  while (!gtk_widget_is_sensitive (refills_widget_test_find_text (fixture->page, "Reveal Code")))
    g_main_context_iteration (NULL, TRUE);

  click (fixture, "Reveal Code");
  wait_for_text (fixture, code);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (refills_widget_test_find_text (fixture->page, code)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, code);
  refills_widget_test_save (fixture->window, "order-revealed");
  click (fixture, "Hide Code");
  g_assert_false (refills_widget_test_holds (fixture->page, code));

  show (fixture, refills_orders_page_new (fixture->shop));
  row = refills_widget_test_find (fixture->page, REFILLS_TYPE_ORDER_ROW, NULL);
  g_assert_nonnull (row);
  name = g_strdup_printf ("%s, %s, Done", refills_order_get_title (fixture->order),
                          refills_order_get_face_label (fixture->order));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  g_clear_object (&fixture->order);
  g_signal_connect_swapped (fixture->page, "order-activated", G_CALLBACK (order_placed_cb), fixture);
  g_signal_emit_by_name (row, "activate");
  refills_widget_test_save (fixture->window, "orders");
  g_assert_nonnull (fixture->order);
}

static void
open_checkout (Fixture                   *fixture,
               const RefillsSandboxFault *fault)
{
  GtkWidget *email;

  fixture->checkout = begin_checkout (fixture->shop);
  refills_sandbox_add_fault (fixture->sandbox, fault);
  show (fixture, refills_checkout_page_new (fixture->shop, fixture->checkout));
  email = find_field (fixture, "E-mail");
  gtk_editable_set_text (GTK_EDITABLE (email), "ada@example.com");
}

static void
test_failed (Fixture       *fixture,
             gconstpointer  data)
{
  const RefillsSandboxFault fault = {
    .kind = REFILLS_SANDBOX_FAULT_STATUS, .path = "/v5/orders/validations", .count = 1, .status = 503,
  };

  open_checkout (fixture, &fault);
  wait_for_text (fixture, "Try Again");
  g_assert_true (refills_widget_test_shows (fixture->page, "The total is not known"));
  g_assert_false (can_place (fixture));
  refills_widget_test_save (fixture->window, "checkout-failed");

  click (fixture, "Try Again");
  refills_test_run_until (can_place, fixture, DEADLINE_MS, "the order can be placed");
  g_assert_false (refills_widget_test_shows (fixture->page, "Try Again"));
}

/* Each problem stands once, by what it concerns, as plain text. */
static void
test_problems (Fixture       *fixture,
               gconstpointer  data)
{
  const RefillsSandboxFault fault = {
    .kind = REFILLS_SANDBOX_FAULT_MUTATE, .path = "/v5/orders/validations", .count = 1, .member = "problems",
    .json = "[{\"problem\":\"INVALID_BENEFICIARY_ACCOUNT\"},{\"problem\":\"SUSPENDED_NETWORK\"},"
            "{\"problem\":\"<b>NEW_ONE</b>\"}]",
  };
  GListModel *problems;

  open_checkout (fixture, &fault);
  problems = refills_checkout_get_problems (fixture->checkout);
  refills_test_run_until (has_items, problems, DEADLINE_MS, "problems are there");
  g_assert_cmpuint (g_list_model_get_n_items (problems), ==, 3);
  for (guint i = 0; i < 3; i++) {
    g_autoptr (RefillsProblem) problem = g_list_model_get_item (problems, i);

    g_assert_true (refills_widget_test_shows (fixture->page, refills_problem_get_text (problem)));
  }
  g_assert_false (can_place (fixture));
  /* The code nobody has a sentence for can be copied; of those that are known only the sentence stands. */
  gtk_expander_set_expanded (GTK_EXPANDER (refills_widget_test_find (fixture->page, GTK_TYPE_EXPANDER, NULL)), TRUE);
  g_assert_true (refills_widget_test_shows (fixture->page, "<b>NEW_ONE</b>"));
  g_assert_false (refills_widget_test_shows (fixture->page, "SUSPENDED_NETWORK"));
  refills_widget_test_save (fixture->window, "checkout-problems");
}

/* What the service allows instead is a button, where it can be chosen, and choosing it asks again. */
static void
test_choices (Fixture       *fixture,
              gconstpointer  data)
{
  const RefillsSandboxFault fault = {
    .kind = REFILLS_SANDBOX_FAULT_MUTATE, .path = "/v5/orders/validations", .count = 1, .member = "problems",
    .json = "[{\"problem\":\"UNSUPPORTED_PROTOCOL_COIN_COMBINATION\",\"moreDetails\":{\"deliveries\":[],"
            "\"supported_protocol_coin_combo\":[{\"protocol\":\"LIGHTNING_LIKE\",\"coin\":\"BTC\"},"
            "{\"protocol\":\"SOLANA_LIKE\",\"coin\":\"USDC\"},{\"protocol\":\"MOON_LIKE\",\"coin\":\"BTC\"},"
            "{\"protocol\":\"SOLANA_LIKE\",\"coin\":\"NONE\"}]}}]",
  };

  open_checkout (fixture, &fault);
  refills_test_run_until (has_items, refills_checkout_get_problems (fixture->checkout), DEADLINE_MS,
                          "problems are there");
  g_assert_true (refills_widget_test_shows (fixture->page, "BTC on Lightning"));
  /* It is chosen already, or cannot be chosen here. */
  g_assert_false (refills_widget_test_shows (fixture->page, "USDC on Solana"));
  g_assert_false (refills_widget_test_shows (fixture->page, "BTC on moon"));
  g_assert_false (refills_widget_test_shows (fixture->page, "NONE on Solana"));
  refills_widget_test_save (fixture->window, "checkout-choices");

  click (fixture, "BTC on Lightning");
  g_assert_cmpstr (refills_coin_get_symbol (refills_checkout_get_coin (fixture->checkout)), ==, "BTC");
  g_assert_cmpstr (refills_network_get_name (refills_checkout_get_network (fixture->checkout)), ==, "Lightning");
  g_assert_cmpuint (g_list_model_get_n_items (refills_checkout_get_problems (fixture->checkout)), ==, 0);
  refills_test_run_until (can_place, fixture, DEADLINE_MS, "the order can be placed");
}

static GtkWidget *
find_question (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next) {
    if (REFILLS_IS_CONFIRM (link->data) && gtk_widget_get_mapped (link->data))
      return link->data;
  }

  return NULL;
}

static gboolean
is_asked (gpointer user_data)
{
  return find_question () != NULL;
}

static void
press_answer (const char *label)
{
  GtkWidget *found = NULL;

  refills_test_run_until (is_asked, NULL, DEADLINE_MS, "the question");
  found = refills_widget_test_find_text (find_question (), label);
  g_assert_nonnull (found);
  if (!GTK_IS_BUTTON (found))
    found = gtk_widget_get_ancestor (found, GTK_TYPE_BUTTON);
  g_signal_emit_by_name (found, "clicked");
  g_assert_null (find_question ());
}

/* A second order asks before it replaces the first, and can show that one. */
static void
test_replace (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (RefillsOrder) first = NULL;
  RefillsOrder *requested = NULL;
  g_autofree char *body = NULL;

  place_order (fixture);
  first = g_steal_pointer (&fixture->order);
  g_clear_object (&fixture->checkout);
  fixture->n_placed = 0;
  fixture->checkout = begin_checkout (fixture->shop);
  refills_order_form_set_email (refills_checkout_get_form (fixture->checkout), "ada@example.com");
  show (fixture, refills_checkout_page_new (fixture->shop, fixture->checkout));
  g_signal_connect_swapped (fixture->page, "order-placed", G_CALLBACK (order_placed_cb), fixture);
  g_signal_connect_swapped (fixture->page, "order-requested", G_CALLBACK (g_set_object), &requested);
  refills_test_run_until (can_place, fixture, DEADLINE_MS, "the order can be placed");
  click (fixture, "Place Order");
  refills_test_run_until (is_asked, NULL, DEADLINE_MS, "the question");
  body = g_strdup_printf ("You already have an order waiting for its payment: %s, %s, for %s. If you have already paid "
                          "it, wait: a new order replaces it, and its address must not be paid any more.",
                          refills_order_get_title (first), refills_order_get_face_label (first),
                          refills_payment_get_amount_label (refills_order_get_payment (first)));
  g_assert_true (refills_widget_test_shows (find_question (), body));
  g_assert_cmpint (refills_widget_test_min_width (find_question ()), <=, 360);
  refills_widget_test_save (find_question (), "checkout-replace");
  press_answer ("Cancel");
  g_assert_true (can_place (fixture));

  click (fixture, "Place Order");
  press_answer ("Show That Order");
  g_assert_true (requested == first);
  g_clear_object (&requested);
  g_assert_cmpuint (refills_sandbox_count_requests (fixture->sandbox, "POST", "/v5/orders"), ==, 1);
  g_assert_true (refills_order_is_payable (first));

  click (fixture, "Place Order");
  press_answer ("Replace");
  refills_test_run_until (refills_test_is_set, &fixture->order, DEADLINE_MS, "the order is placed");
  g_assert_false (refills_order_is_payable (first));
  g_assert_cmpuint (fixture->n_placed, ==, 1);
  g_assert_cmpuint (refills_sandbox_count_requests (fixture->sandbox, "POST", "/v5/orders"), ==, 2);
}

static guint
count_orders (Fixture *fixture)
{
  return refills_sandbox_count_requests (fixture->sandbox, "POST", "/v5/orders");
}

static void
await_explanation (Fixture *fixture)
{
  refills_test_run_until (can_place, fixture, DEADLINE_MS, "the order can be placed");
  click (fixture, "Place Order");
  g_assert_true (is_asked (NULL));
  g_assert_true (refills_widget_test_shows (find_question (), "Before Your First Order"));
  g_assert_cmpuint (count_orders (fixture), ==, 0);
}

/* What costs money is sent after what must be known was said and agreed to; that is asked once. */
static void
test_first_order (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *terms = refills_order_terms_dup_text ();
  gboolean is_explained = TRUE;

  fixture->checkout = begin_checkout (fixture->shop);
  refills_order_form_set_email (refills_checkout_get_form (fixture->checkout), "ada@example.com");
  show (fixture, refills_checkout_page_new (fixture->shop, fixture->checkout));
  g_signal_connect_swapped (fixture->page, "order-placed", G_CALLBACK (order_placed_cb), fixture);
  await_explanation (fixture);
  g_assert_true (refills_widget_test_shows (find_question (), terms));
  g_assert_cmpint (refills_widget_test_min_width (find_question ()), <=, 360);
  refills_widget_test_save (find_question (), "checkout-first-order");

  /* Another press of the button below asks nothing else. Escape, closing and Cancel send nothing. */
  click (fixture, "Place Order");
  g_assert_true (gtk_widget_activate_action (find_question (), "window.close", NULL));
  g_assert_null (find_question ());
  await_explanation (fixture);
  gtk_window_close (GTK_WINDOW (find_question ()));
  await_explanation (fixture);
  press_answer ("Cancel");
  g_object_get (fixture->page, "explained", &is_explained, NULL);
  g_assert_false (is_explained);
  g_assert_true (can_place (fixture));
  g_assert_cmpuint (count_orders (fixture), ==, 0);

  await_explanation (fixture);
  press_answer ("Continue");
  g_object_get (fixture->page, "explained", &is_explained, NULL);
  g_assert_true (is_explained);
  refills_test_run_until (refills_test_is_set, &fixture->order, DEADLINE_MS, "the order is placed");
  g_assert_cmpuint (count_orders (fixture), ==, 1);
}

/* Whoever knows is not asked again. */
static void
test_later_order (Fixture       *fixture,
                  gconstpointer  data)
{
  fixture->checkout = begin_checkout (fixture->shop);
  refills_order_form_set_email (refills_checkout_get_form (fixture->checkout), "ada@example.com");
  show (fixture, refills_checkout_page_new (fixture->shop, fixture->checkout));
  g_object_set (fixture->page, "explained", TRUE, NULL);
  g_signal_connect_swapped (fixture->page, "order-placed", G_CALLBACK (order_placed_cb), fixture);
  refills_test_run_until (can_place, fixture, DEADLINE_MS, "the order can be placed");
  click (fixture, "Place Order");
  g_assert_null (find_question ());
  refills_test_run_until (refills_test_is_set, &fixture->order, DEADLINE_MS, "the order is placed");
  g_assert_cmpuint (count_orders (fixture), ==, 1);
}

/* The page is left under its question: that goes with it, and nothing is sent. */
static void
test_left_asking (Fixture       *fixture,
                  gconstpointer  data)
{
  place_order (fixture);
  g_clear_object (&fixture->checkout);
  fixture->checkout = begin_checkout (fixture->shop);
  refills_order_form_set_email (refills_checkout_get_form (fixture->checkout), "ada@example.com");
  show (fixture, refills_checkout_page_new (fixture->shop, fixture->checkout));
  refills_test_run_until (can_place, fixture, DEADLINE_MS, "the order can be placed");
  click (fixture, "Place Order");
  refills_test_run_until (is_asked, NULL, DEADLINE_MS, "the question");
  show (fixture, NULL);
  g_assert_null (find_question ());
  g_assert_cmpuint (refills_sandbox_count_requests (fixture->sandbox, "POST", "/v5/orders"), ==, 1);
}

static RefillsBrand *
find_kind (Fixture          *fixture,
           RefillsBrandKind  kind)
{
  GListModel *brands = G_LIST_MODEL (refills_catalogue_get_brands (refills_shop_get_catalogue (fixture->shop)));

  refills_test_run_until (has_items, brands, DEADLINE_MS, "brands are there");
  for (guint i = 0; i < g_list_model_get_n_items (brands); i++) {
    g_autoptr (RefillsBrand) brand = g_list_model_get_item (brands, i);

    if (refills_brand_classify (brand) == kind && !refills_brand_is_out_of_stock (brand))
      return g_steal_pointer (&brand);
  }
  g_assert_not_reached ();
}

/* What is not sold here is shown, with where to go, and with nothing to choose. */
static void
test_needs_account (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (RefillsLogoTextures) textures =
    refills_logo_textures_new (refills_shop_get_catalogue (fixture->shop));
  g_autoptr (RefillsBrand) brand = find_kind (fixture, REFILLS_BRAND_KIND_E_MONEY);

  show (fixture, refills_brand_page_new (fixture->shop, brand, textures));
  wait_for_text (fixture, "Needs an Account");
  g_assert_true (refills_widget_test_shows (fixture->page, "Open www.cryptorefills.com"));
  g_assert_false (refills_widget_test_shows (fixture->page, "Choose a Value"));
  g_assert_false (refills_widget_test_shows (fixture->page, "Out of Stock"));
  refills_widget_test_save (fixture->window, "brand-needs-account");
}

static void
test_no_orders (Fixture       *fixture,
                gconstpointer  data)
{
  show (fixture, refills_orders_page_new (fixture->shop));
  wait_for_text (fixture, "No Orders Yet");
  g_assert_true (refills_widget_test_shows (fixture->page, "Browse Brands"));
  refills_widget_test_save (fixture->window, "orders-empty");
}

int
main (int   argc,
      char *argv[])
{
  refills_widget_test_init (&argc, &argv);

  g_test_add ("/ui/purchase-pages/whole", Fixture, NULL, set_up, test_purchase, tear_down);
  g_test_add ("/ui/purchase-pages/failed", Fixture, NULL, set_up, test_failed, tear_down);
  g_test_add ("/ui/purchase-pages/problems", Fixture, NULL, set_up, test_problems, tear_down);
  g_test_add ("/ui/purchase-pages/choices", Fixture, NULL, set_up, test_choices, tear_down);
  g_test_add ("/ui/purchase-pages/replace", Fixture, NULL, set_up, test_replace, tear_down);
  g_test_add ("/ui/purchase-pages/first-order", Fixture, "live", set_up, test_first_order, tear_down);
  g_test_add ("/ui/purchase-pages/later-order", Fixture, "live", set_up, test_later_order, tear_down);
  g_test_add ("/ui/purchase-pages/left-asking", Fixture, NULL, set_up, test_left_asking, tear_down);
  g_test_add ("/ui/purchase-pages/needs-account", Fixture, NULL, set_up, test_needs_account, tear_down);
  g_test_add ("/ui/purchase-pages/no-orders", Fixture, NULL, set_up, test_no_orders, tear_down);

  return g_test_run ();
}
