/* test-order-journal.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-error.h"
#include "refills-test.h"
#include "shop-fixture.h"

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
  g_autoptr (RefillsCheckout) checkout = shop_fixture_begin (self, "Steam", NULL);
  g_autoptr (RefillsOrder) order = NULL;
  g_autofree char *message = NULL;

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
}

/* What is on disk can be damaged: what is left of it is listed. */
static void
test_state_lost (ShopFixture   *self,
                 gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);
  g_autoptr (RefillsOrder) again = NULL;

  g_clear_object (&order);
  shop_fixture_close_shop (self);
  shop_fixture_execute (self, "UPDATE orders SET state = NULL, first_answer = NULL, last_answer = NULL");
  shop_fixture_open_shop (self);
  g_assert_cmpuint (count_orders (self), ==, 1);
  again = dup_first (self);
  g_assert_null (refills_order_get_state (again));
  refills_shop_refresh_order (self->shop, again);
  shop_fixture_let_pass (60);
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
  ADD ("/order-journal/intent-not-saved", test_intent_not_saved);
  ADD ("/order-journal/answer-not-saved", test_answer_not_saved);
  ADD ("/order-journal/state-lost", test_state_lost);

  return g_test_run ();
}
