/* test-order-journal.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-error.h"
#include "refills-order-gate.h"
#include "refills-order-journal-private.h"
#include "refills-test.h"
#include "shop-fixture.h"

#include <sqlite3.h>

#define SUBSCRIBE "/v5/orders/*/subscribe"

static RefillsOrder *
dup_first (ShopFixture *self)
{
  return g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->shop)), 0);
}

static guint
count_orders (ShopFixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (refills_shop_get_orders (self->shop)));
}

static gboolean
was_read (gpointer user_data)
{
  return refills_collection_get_state (user_data) == REFILLS_COLLECTION_READY;
}

static gboolean
is_live (gpointer user_data)
{
  return refills_order_get_link (user_data) == REFILLS_ORDER_LINK_LIVE;
}

static gboolean
post_was_sent (gpointer user_data)
{
  return shop_fixture_count (user_data, "POST", "/v5/orders") == 1;
}

static void
read_again (ShopFixture *self)
{
  refills_shop_start (self->shop);
  g_assert_true (refills_collection_is_loading (refills_shop_get_orders (self->shop)));
  refills_test_run_until (was_read, refills_shop_get_orders (self->shop), SHOP_FIXTURE_DEADLINE_MS,
                          "the orders to be read again");
}

/* "Try Again" on the list: an order that is followed, and perhaps on screen, stays what it is. */
static void
test_read_again (ShopFixture   *self,
                 gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);
  g_autoptr (RefillsOrder) again = NULL;

  refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the stream");
  read_again (self);
  again = dup_first (self);
  g_assert_cmpuint (count_orders (self), ==, 1);
  g_assert_true (again == order);
  shop_fixture_let_pass (60);
  g_assert_cmpuint (shop_fixture_count (self, "GET", SUBSCRIBE), ==, 1);
  g_clear_object (&again);
}

static void
test_read_again_while_sending (ShopFixture   *self,
                               gconstpointer  data)
{
  const RefillsSandboxFault slow = {
    .kind = REFILLS_SANDBOX_FAULT_DELAY, .method = "POST", .path = "/v5/orders", .count = 1, .delay_ms = 400,
  };
  g_autoptr (RefillsCheckout) checkout = shop_fixture_begin (self, "Steam", NULL);

  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  refills_sandbox_add_fault (self->sandbox, &slow);
  refills_checkout_submit (checkout);
  refills_test_run_until (post_was_sent, self, SHOP_FIXTURE_DEADLINE_MS, "the order to be sent");
  read_again (self);
  g_assert_true (refills_shop_is_busy (self->shop));
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_PLACED);
  g_assert_cmpuint (count_orders (self), ==, 1);
}

/* I1: as long as the intent waits for the disk, nothing is on the wire, and a second submit adds nothing. */
static void
test_intent_first (ShopFixture   *self,
                   gconstpointer  data)
{
  g_autofree char *path = g_build_filename (self->environment->data_folder, "orders.db", NULL);
  g_autoptr (RefillsCheckout) checkout = shop_fixture_begin (self, "Steam", NULL);
  sqlite3 *other = NULL;

  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  g_assert_cmpint (sqlite3_open_v2 (path, &other, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (other, 5000);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  refills_checkout_submit (checkout);
  refills_checkout_submit (checkout);
  shop_fixture_let_pass (300);
  refills_checkout_submit (checkout);
  g_assert_cmpuint (shop_fixture_count (self, "POST", "/v5/orders"), ==, 0);
  g_assert_true (refills_shop_is_busy (self->shop));
  g_assert_cmpint (sqlite3_exec (other, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_PLACED);
  g_assert_cmpuint (shop_fixture_count (self, "POST", "/v5/orders"), ==, 1);
  g_assert_cmpint (shop_fixture_execute (self, "SELECT count (*) FROM orders"), ==, 1);
}

/* Before the request: it is not sent. */
static void
test_intent_not_saved (ShopFixture   *self,
                       gconstpointer  data)
{
  g_autoptr (RefillsCheckout) checkout = shop_fixture_begin (self, "Steam", NULL);

  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  shop_fixture_execute (self, "CREATE TRIGGER refuse BEFORE INSERT ON orders "
                              "BEGIN SELECT RAISE (ABORT, 'refused'); END");
  refills_checkout_submit (checkout);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_FAILED);
  shop_fixture_let_pass (60);
  g_assert_cmpuint (shop_fixture_count (self, "POST", "/v5/orders"), ==, 0);
  g_assert_cmpuint (count_orders (self), ==, 0);
  g_assert_false (refills_shop_is_busy (self->shop));
}

/* After it: nothing to pay to is shown, and nothing says that it was not sent. */
static void
test_answer_not_saved (ShopFixture   *self,
                       gconstpointer  data)
{
  const GError unknown = { .domain = REFILLS_ERROR, .code = REFILLS_ERROR_UNKNOWN_OUTCOME };
  g_autoptr (RefillsCheckout) checkout = NULL;
  g_autoptr (RefillsOrder) order = NULL;
  g_autofree char *message = NULL;

  shop_fixture_close_shop (self);
  self->environment->save_again_ms = 60;
  shop_fixture_open_shop (self);
  checkout = shop_fixture_begin (self, "Steam", NULL);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  shop_fixture_refuse_writes (self, TRUE);
  refills_checkout_submit (checkout);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_FAILED);
  g_object_get (checkout, "message", &message, NULL);
  g_assert_cmpstr (message, ==, refills_error_to_text (&unknown));
  g_assert_cmpuint (shop_fixture_count (self, "POST", "/v5/orders"), ==, 1);
  order = dup_first (self);
  g_assert_cmpint (refills_order_get_outcome (order), ==, REFILLS_ORDER_OUTCOME_UNKNOWN);
  g_assert_null (refills_order_get_payment (order));
  g_assert_null (refills_order_get_state (order));
  g_assert_false (refills_shop_is_busy (self->shop));

  /* Once there is room it is saved by itself, and then it can be paid. */
  shop_fixture_let_pass (200);
  g_assert_null (refills_order_get_state (order));
  shop_fixture_allow_writes (self);
  refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the order to be saved and followed");
  g_assert_nonnull (refills_order_get_payment (order));
  g_assert_cmpuint (count_orders (self), ==, 1);
  g_assert_cmpuint (shop_fixture_count (self, "POST", "/v5/orders"), ==, 1);
}

/* What is on disk can be damaged: what is left of it is listed. */
static void
test_state_lost (ShopFixture   *self,
                 gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);
  g_autoptr (RefillsOrder) again = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_object (&order);
  shop_fixture_close_shop (self);
  shop_fixture_execute (self, "UPDATE orders SET state = NULL, first_answer = NULL, last_answer = NULL");
  shop_fixture_open_shop (self);
  g_assert_cmpuint (count_orders (self), ==, 1);
  again = dup_first (self);
  g_assert_cmpstr (refills_order_get_title (again), !=, "");
  refills_shop_open_order_async (self->shop, again, NULL, refills_test_keep_result, &opened);
  refills_test_wait_result (&opened, SHOP_FIXTURE_DEADLINE_MS);
  g_assert_false (refills_shop_open_order_finish (self->shop, opened, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE);
  g_assert_true (refills_order_is_sealed (again));
  g_assert_null (refills_order_get_payment (again));
  refills_shop_refresh_order (self->shop, again);
  shop_fixture_let_pass (60);
}

/* The answer is here and not on disk yet: nobody sees an order. */
static void
test_committed_first (ShopFixture   *self,
                      gconstpointer  data)
{
  const RefillsSandboxFault slow = {
    .kind = REFILLS_SANDBOX_FAULT_DELAY, .method = "POST", .path = "/v5/orders", .count = 1, .delay_ms = 200,
  };
  g_autofree char *path = g_build_filename (self->environment->data_folder, "orders.db", NULL);
  g_autoptr (RefillsCheckout) checkout = shop_fixture_begin (self, "Steam", NULL);
  sqlite3 *other = NULL;

  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  refills_sandbox_add_fault (self->sandbox, &slow);
  refills_checkout_submit (checkout);
  refills_test_run_until (post_was_sent, self, SHOP_FIXTURE_DEADLINE_MS, "the order to be sent");
  g_assert_cmpint (sqlite3_open_v2 (path, &other, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  shop_fixture_let_pass (500);
  g_assert_cmpint (refills_checkout_get_state (checkout), ==, REFILLS_CHECKOUT_SUBMITTING);
  g_assert_null (refills_checkout_get_order (checkout));
  g_assert_cmpuint (count_orders (self), ==, 0);
  g_assert_cmpint (sqlite3_exec (other, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_PLACED);
}

static gboolean
has_payment (gpointer user_data)
{
  return refills_order_get_payment (user_data) != NULL;
}

/* Faults J06: nobody can tell what was answered, but for the id; the order is asked for by that. */
static void
test_unreadable_answer (ShopFixture   *self,
                        gconstpointer  data)
{
  const GError unknown = { .domain = REFILLS_ERROR, .code = REFILLS_ERROR_UNKNOWN_OUTCOME };
  const RefillsSandboxFault garbled = {
    .kind = REFILLS_SANDBOX_FAULT_MUTATE, .method = "POST", .path = "/v5/orders", .count = 1,
    .member = "wallet_address", .json = "\"one\" \"another\"",
  };
  const RefillsSandboxFault silent = {
    .kind = REFILLS_SANDBOX_FAULT_NEVER, .method = "GET", .path = "/v5/orders/*", .count = 2,
  };
  g_autoptr (RefillsCheckout) checkout = shop_fixture_begin (self, "Steam", NULL);
  g_autoptr (RefillsOrder) order = NULL;
  g_autofree char *message = NULL;

  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  refills_sandbox_add_fault (self->sandbox, &garbled);
  refills_sandbox_add_fault (self->sandbox, &silent);
  refills_checkout_submit (checkout);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_FAILED);
  g_object_get (checkout, "message", &message, NULL);
  g_assert_cmpstr (message, ==, refills_error_to_text (&unknown));
  g_assert_cmpuint (count_orders (self), ==, 1);
  order = dup_first (self);
  g_assert_nonnull (refills_order_get_state (order));
  g_assert_null (refills_order_get_payment (order));
  g_assert_false (refills_shop_is_busy (self->shop));

  refills_sandbox_clear_faults (self->sandbox);
  refills_shop_refresh_order (self->shop, order);
  refills_test_run_until (has_payment, order, SHOP_FIXTURE_DEADLINE_MS, "the order to be asked for");
  g_assert_cmpuint (shop_fixture_count (self, "POST", "/v5/orders"), ==, 1);
}

/* The service itself, as far as this program can tell: the order goes there like any other, once, after its total was
 * accepted. */
static void
test_live (ShopFixture   *self,
           gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = NULL;

  shop_fixture_close_shop (self);
  g_assert_false (refills_environment_has_real_orders (self->environment));
  self->environment->is_practice = FALSE;
  self->environment->is_live = TRUE;
  g_assert_true (refills_environment_has_real_orders (self->environment));
  shop_fixture_open_shop (self);
  g_assert_true (refills_shop_has_real_orders (self->shop));
  order = shop_fixture_place (self);
  g_assert_nonnull (refills_order_get_payment (order));
  g_assert_cmpuint (shop_fixture_count (self, "POST", "/v5/orders"), ==, 1);
  g_assert_cmpuint (shop_fixture_count (self, "POST", "/v5/orders/validations"), >=, 1);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

#define ADD(path, func) \
  g_test_add (path, ShopFixture, NULL, shop_fixture_set_up, func, shop_fixture_tear_down)

  ADD ("/order-journal/read-again", test_read_again);
  ADD ("/order-journal/read-again-while-sending", test_read_again_while_sending);
  ADD ("/order-journal/intent-first", test_intent_first);
  ADD ("/order-journal/intent-not-saved", test_intent_not_saved);
  ADD ("/order-journal/answer-not-saved", test_answer_not_saved);
  ADD ("/order-journal/state-lost", test_state_lost);
  ADD ("/order-journal/committed-first", test_committed_first);
  ADD ("/order-journal/unreadable-answer", test_unreadable_answer);
  ADD ("/order-journal/live", test_live);

  return g_test_run ();
}
