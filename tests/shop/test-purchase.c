/* test-purchase.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-test.h"
#include "shop-fixture.h"

#include <sqlite3.h>

static guint
count_rows (ShopFixture *self,
            const char  *where)
{
  g_autofree char *path = g_build_filename (self->environment->data_folder, "orders.db", NULL);
  g_autofree char *sql = g_strconcat ("SELECT count(*) FROM orders WHERE ", where, NULL);
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  guint n = 0;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  n = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);

  return n;
}

static void
test_whole (ShopFixture   *self,
            gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);
  RefillsPayment *payment = refills_order_get_payment (order);
  g_autofree char *address = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *served = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (RefillsOrder) again = NULL;

  /* On disk before any page can have it. */
  g_assert_cmpuint (count_rows (self, "order_state IS NOT NULL AND first_answer IS NOT NULL"), ==, 1);
  g_assert_nonnull (payment);
  g_assert_cmpstr (refills_payment_get_coin (payment), ==, "USDC");
  g_assert_cmpstr (refills_payment_get_amount (payment), ==, "11.47");
  address = g_strdup (refills_payment_get_address (payment));
  g_assert_cmpuint (shop_fixture_count (self, "POST", "/v5/orders"), ==, 1);

  shop_fixture_pay (self, order);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
  shown = shop_fixture_reveal (self, order, REFILLS_SECRET_CODE);
  served = shop_fixture_read_code (self, order);
  g_assert_cmpstr (shown, ==, served);
  g_assert_null (refills_order_get_payment (order));
  g_clear_object (&order);

  shop_fixture_close_shop (self);
  shop_fixture_open_shop (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (refills_shop_get_orders (self->shop))), ==, 1);
  again = g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->shop)), 0);
  g_assert_cmpint (refills_order_get_phase (again), ==, REFILLS_ORDER_PHASE_DONE);
  g_assert_true (refills_order_is_sealed (again));
  g_assert_false (refills_order_has_codes (again));
  shop_fixture_open_order (self, again);
  g_assert_true (refills_order_has_codes (again));
  g_assert_cmpstr (refills_order_state_get_wallet_address (refills_order_get_state (again)), ==, address);
  kept = shop_fixture_reveal (self, again, REFILLS_SECRET_CODE);
  g_assert_cmpstr (kept, ==, served);
  g_assert_cmpuint (shop_fixture_count (self, "POST", "/v5/orders"), ==, 1);
}

static void
test_range (ShopFixture   *self,
            gconstpointer  data)
{
  g_autoptr (RefillsCheckout) checkout = shop_fixture_begin (self, "Airbnb", "75");
  RefillsOrder *order = NULL;

  shop_fixture_choose (checkout, "USDC", "Base");
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  refills_checkout_submit (checkout);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_PLACED);
  order = refills_checkout_get_order (checkout);
  g_assert_nonnull (refills_order_get_payment (order));
  g_assert_true (g_str_has_prefix (refills_payment_get_address (refills_order_get_payment (order)), "0x"));
  g_assert_cmpstr (refills_order_get_face_label (order), ==, "75 USD");
}

static void
test_restart_while_open (ShopFixture   *self,
                         gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);
  g_autofree char *address = g_strdup (refills_payment_get_address (refills_order_get_payment (order)));
  g_autoptr (RefillsOrder) again = NULL;

  g_clear_object (&order);
  shop_fixture_close_shop (self);
  shop_fixture_open_shop (self);

  again = g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->shop)), 0);
  g_assert_true (refills_order_is_open (again));
  shop_fixture_open_order (self, again);
  g_assert_cmpstr (refills_payment_get_address (refills_order_get_payment (again)), ==, address);
  shop_fixture_pay (self, again);
  shop_fixture_await_phase (again, REFILLS_ORDER_PHASE_DONE);
  g_assert_cmpuint (shop_fixture_count (self, "POST", "/v5/orders"), ==, 1);
}

static void
test_second_submit_does_nothing (ShopFixture   *self,
                                 gconstpointer  data)
{
  g_autoptr (RefillsCheckout) checkout = shop_fixture_begin (self, "Steam", NULL);

  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  refills_checkout_submit (checkout);
  refills_checkout_submit (checkout);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_PLACED);
  refills_checkout_submit (checkout);
  shop_fixture_let_pass (50);
  g_assert_cmpuint (shop_fixture_count (self, "POST", "/v5/orders"), ==, 1);
}

static gboolean
shop_is_idle (gpointer user_data)
{
  return !refills_shop_is_busy (user_data);
}

static void
test_page_left_while_sending (ShopFixture   *self,
                              gconstpointer  data)
{
  const RefillsSandboxFault slow = {
    .kind = REFILLS_SANDBOX_FAULT_DELAY, .method = "POST", .path = "/v5/orders", .count = 1, .delay_ms = 150,
  };
  RefillsCheckout *checkout = shop_fixture_begin (self, "Steam", NULL);
  g_autoptr (RefillsOrder) order = NULL;

  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  refills_sandbox_add_fault (self->sandbox, &slow);
  refills_checkout_submit (checkout);
  g_assert_true (refills_shop_is_busy (self->shop));
  g_clear_object (&checkout);
  refills_test_run_until (shop_is_idle, self->shop, SHOP_FIXTURE_DEADLINE_MS, "the order to be placed");

  order = g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->shop)), 0);
  g_assert_cmpint (refills_order_get_outcome (order), ==, REFILLS_ORDER_OUTCOME_PLACED);
  shop_fixture_open_order (self, order);
  g_assert_nonnull (refills_order_get_payment (order));
}

static void
test_unknown_outcome (ShopFixture   *self,
                      gconstpointer  data)
{
  const RefillsSandboxFault cut = {
    .kind = REFILLS_SANDBOX_FAULT_CLOSE, .method = "POST", .path = "/v5/orders", .count = 1,
  };
  g_autoptr (RefillsCheckout) checkout = shop_fixture_begin (self, "Steam", NULL);
  g_autoptr (RefillsOrder) order = NULL;
  g_autofree char *message = NULL;

  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  refills_sandbox_add_fault (self->sandbox, &cut);
  refills_checkout_submit (checkout);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_FAILED);
  g_object_get (checkout, "message", &message, NULL);
  g_assert_nonnull (message);
  shop_fixture_let_pass (100);
  g_assert_cmpuint (shop_fixture_count (self, "POST", "/v5/orders"), ==, 1);

  order = g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->shop)), 0);
  g_assert_cmpint (refills_order_get_outcome (order), ==, REFILLS_ORDER_OUTCOME_UNKNOWN);
  g_assert_null (refills_order_get_payment (order));
  g_assert_cmpuint (count_rows (self, "outcome = 3"), ==, 1);

  /* It stays in the history as it is. */
  g_clear_object (&order);
  shop_fixture_close_shop (self);
  shop_fixture_open_shop (self);
  order = g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->shop)), 0);
  g_assert_cmpint (refills_order_get_outcome (order), ==, REFILLS_ORDER_OUTCOME_UNKNOWN);
}

static void
test_refused (ShopFixture   *self,
              gconstpointer  data)
{
  static const char text[] = "{\"problems\":[{\"problem\":\"OUT_OF_STOCK\"},{\"problem\":\"COUPON_NOT_FOUND\"}]}";
  g_autoptr (GBytes) body = g_bytes_new_static (text, sizeof text - 1);
  const RefillsSandboxFault refusal = {
    .kind = REFILLS_SANDBOX_FAULT_STATUS, .method = "POST", .path = "/v5/orders", .count = 1,
    .status = 422, .content_type = "application/json", .body = body,
  };
  g_autoptr (RefillsCheckout) checkout = shop_fixture_begin (self, "Steam", NULL);
  g_autoptr (RefillsProblem) problem = NULL;
  g_autoptr (RefillsProblem) second = NULL;

  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  refills_sandbox_add_fault (self->sandbox, &refusal);
  refills_checkout_submit (checkout);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_REFUSED);
  problem = g_list_model_get_item (refills_checkout_get_problems (checkout), 0);
  second = g_list_model_get_item (refills_checkout_get_problems (checkout), 1);
  g_assert_cmpstr (refills_problem_get_code (problem), ==, "OUT_OF_STOCK");
  g_assert_cmpstr (refills_problem_get_code (second), ==, "COUPON_NOT_FOUND");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (refills_shop_get_orders (self->shop))), ==, 0);

  /* The form is whole: it can be checked and sent again. */
  refills_checkout_validate (checkout);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  refills_checkout_submit (checkout);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_PLACED);
}

static void
test_problem_named (ShopFixture   *self,
                    gconstpointer  data)
{
  g_autoptr (RefillsCheckout) checkout = shop_fixture_begin (self, "Steam", NULL);
  g_autoptr (RefillsProblem) problem = NULL;

  refills_order_form_set_email (refills_checkout_get_form (checkout), "problem+NOT_ACTIVE@example.com");
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_REFUSED);
  problem = g_list_model_get_item (refills_checkout_get_problems (checkout), 0);
  g_assert_cmpstr (refills_problem_get_code (problem), ==, "NOT_ACTIVE");
  refills_checkout_submit (checkout);
  shop_fixture_let_pass (50);
  g_assert_cmpuint (shop_fixture_count (self, "POST", "/v5/orders"), ==, 0);

  refills_order_form_set_email (refills_checkout_get_form (checkout), "not an address");
  shop_fixture_let_pass (50);
  g_assert_cmpint (refills_checkout_get_state (checkout), ==, REFILLS_CHECKOUT_EDITING);
}

static char *
get_drift (RefillsCheckout *checkout)
{
  char *drift = NULL;

  g_object_get (checkout, "drift", &drift, NULL);

  return drift;
}

/* The total is compared with what was shown for as many, unless a coupon or another coin explains it. */
static void
test_drift (ShopFixture   *self,
            gconstpointer  data)
{
  g_autoptr (RefillsCheckout) checkout = shop_fixture_begin (self, "Steam", NULL);
  RefillsOrderForm *form = refills_checkout_get_form (checkout);
  g_autofree char *total = NULL;
  g_autofree char *near = NULL;
  g_autofree char *far = NULL;
  g_autofree char *bought_with_coupon = NULL;
  g_autofree char *with_another_coin = NULL;

  refills_checkout_set_seen_price (checkout, "USDC", "11.47");
  refills_order_form_set_quantity (form, 2);
  shop_fixture_choose (checkout, "USDC", "Base");
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  g_object_get (checkout, "total-label", &total, NULL);
  g_assert_cmpstr (total, ==, "22.94 USDC");
  near = get_drift (checkout);
  g_assert_null (near);
  refills_checkout_set_seen_price (checkout, "USDC", "10");
  far = get_drift (checkout);
  g_assert_cmpstr (far, ==, "This is 2.94 USDC more than the price shown before, 20 USDC.");

  refills_order_form_set_coupon (form, "TEN");
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  bought_with_coupon = get_drift (checkout);
  g_assert_null (bought_with_coupon);

  refills_order_form_set_coupon (form, NULL);
  shop_fixture_choose (checkout, "BTC", "Lightning");
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  with_another_coin = get_drift (checkout);
  g_assert_null (with_another_coin);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

#define ADD(path, func) \
  g_test_add (path, ShopFixture, NULL, shop_fixture_set_up, func, shop_fixture_tear_down)

  ADD ("/purchase/whole", test_whole);
  ADD ("/purchase/drift", test_drift);
  ADD ("/purchase/range", test_range);
  ADD ("/purchase/restart-while-open", test_restart_while_open);
  ADD ("/purchase/second-submit-does-nothing", test_second_submit_does_nothing);
  ADD ("/purchase/page-left-while-sending", test_page_left_while_sending);
  ADD ("/purchase/unknown-outcome", test_unknown_outcome);
  ADD ("/purchase/refused", test_refused);
  ADD ("/purchase/problem-named", test_problem_named);

  return g_test_run ();
}
