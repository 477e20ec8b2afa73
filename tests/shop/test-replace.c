/* test-replace.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A second order while one is payable: asked about, by this window and against another process.
 */
#include "refills-error.h"
#include "refills-test.h"
#include "shop-fixture.h"

#define ORDERS "/v5/orders"

typedef struct {
  ShopFixture  *fixture;
  guint         n_posts;
} Sent;

static gboolean
was_sent (gpointer user_data)
{
  Sent *sent = user_data;

  return shop_fixture_count (sent->fixture, "POST", ORDERS) == sent->n_posts;
}

static gboolean
is_superseded (gpointer order)
{
  return refills_order_is_superseded (order);
}

/* A checkout that waits for the answer to its question. */
static RefillsCheckout *
begin_second (ShopFixture  *self,
              RefillsOrder *first)
{
  g_autoptr (RefillsCheckout) checkout = shop_fixture_begin (self, "Airbnb", "75");

  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  refills_checkout_submit (checkout);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_ASKING);
  g_assert_cmpint (refills_checkout_get_question (checkout), ==, REFILLS_CHECKOUT_QUESTION_PAYABLE_ORDER);
  if (first != NULL)
    g_assert_true (refills_checkout_get_other_order (checkout) == first);

  return g_steal_pointer (&checkout);
}

static void
refuse_next (ShopFixture *self)
{
  static const char text[] = "{\"problems\":[{\"problem\":\"OUT_OF_STOCK\"}]}";
  g_autoptr (GBytes) body = g_bytes_new_static (text, sizeof text - 1);
  const RefillsSandboxFault refusal = {
    .kind = REFILLS_SANDBOX_FAULT_STATUS, .method = "POST", .path = ORDERS, .count = 1,
    .status = 422, .content_type = "application/json", .body = body,
  };

  refills_sandbox_add_fault (self->sandbox, &refusal);
}

static void
test_asks (ShopFixture   *self,
           gconstpointer  data)
{
  g_autoptr (RefillsOrder) first = shop_fixture_place (self);
  g_autoptr (RefillsCheckout) checkout = begin_second (self, first);

  g_assert_false (refills_shop_is_busy (self->shop));
  g_assert_cmpuint (shop_fixture_count (self, "POST", ORDERS), ==, 1);
  g_assert_true (refills_order_is_payable (first));
  /* Nothing can be changed or sent under the question. */
  refills_checkout_submit (checkout);
  refills_checkout_validate (checkout);
  refills_order_form_set_email (refills_checkout_get_form (checkout), "eve@example.com");
  g_assert_cmpint (refills_checkout_get_state (checkout), ==, REFILLS_CHECKOUT_ASKING);

  refills_checkout_answer (checkout, FALSE);
  g_assert_cmpint (refills_checkout_get_state (checkout), ==, REFILLS_CHECKOUT_READY);
  g_assert_cmpint (refills_checkout_get_question (checkout), ==, REFILLS_CHECKOUT_QUESTION_NONE);
  refills_checkout_answer (checkout, TRUE);
  shop_fixture_let_pass (60);
  g_assert_cmpuint (shop_fixture_count (self, "POST", ORDERS), ==, 1);
  g_assert_true (refills_order_is_payable (first));

  /* A no is not remembered, and neither is a yes. */
  refills_checkout_submit (checkout);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_ASKING);
}

static void
test_replaces (ShopFixture   *self,
               gconstpointer  data)
{
  const RefillsSandboxFault slow = {
    .kind = REFILLS_SANDBOX_FAULT_DELAY, .method = "POST", .path = ORDERS, .count = 1, .delay_ms = 300,
  };
  g_autoptr (RefillsOrder) first = shop_fixture_place (self);
  g_autoptr (RefillsCheckout) checkout = begin_second (self, first);
  Sent sent = { self, 2 };

  refills_sandbox_add_fault (self->sandbox, &slow);
  refills_checkout_answer (checkout, TRUE);
  /* Twice, and from elsewhere. */
  refills_checkout_answer (checkout, TRUE);
  refills_checkout_submit (checkout);
  refills_test_run_until (was_sent, &sent, SHOP_FIXTURE_DEADLINE_MS, "the second order to be sent");

  /* The old address is gone before the new order can be there. */
  g_assert_null (refills_order_get_payment (first));
  g_assert_false (refills_order_is_payable (first));
  g_assert_cmpstr (refills_order_get_status_title (first), ==, "Replaced by a newer order");
  g_assert_true (refills_order_is_open (first));
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_PLACED);
  g_assert_true (refills_order_is_payable (refills_checkout_get_order (checkout)));
  g_assert_cmpuint (shop_fixture_count (self, "POST", ORDERS), ==, 2);

  /* It is followed to its end all the same, also after a start. */
  shop_fixture_await_phase (first, REFILLS_ORDER_PHASE_EXPIRED);
  g_assert_cmpstr (refills_order_get_status_title (first), ==, "Replaced by a newer order");
}

static void
test_refused (ShopFixture   *self,
              gconstpointer  data)
{
  g_autoptr (RefillsOrder) first = shop_fixture_place (self);
  g_autofree char *address = g_strdup (refills_payment_get_address (refills_order_get_payment (first)));
  g_autoptr (RefillsCheckout) checkout = begin_second (self, first);

  refuse_next (self);
  refills_checkout_answer (checkout, TRUE);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_REFUSED);
  g_assert_false (refills_order_is_superseded (first));
  g_assert_cmpstr (refills_payment_get_address (refills_order_get_payment (first)), ==, address);
  g_assert_cmpint (shop_fixture_execute (self, "SELECT row FROM orders WHERE claim = 1"), ==,
                   (int) refills_order_get_row (first));
}

static void
test_unknown (ShopFixture   *self,
              gconstpointer  data)
{
  const RefillsSandboxFault cut = {
    .kind = REFILLS_SANDBOX_FAULT_CLOSE, .method = "POST", .path = ORDERS, .count = 1,
  };
  g_autoptr (RefillsOrder) first = shop_fixture_place (self);
  g_autoptr (RefillsCheckout) checkout = begin_second (self, first);

  refills_sandbox_add_fault (self->sandbox, &cut);
  refills_checkout_answer (checkout, TRUE);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_FAILED);
  g_assert_true (refills_order_is_superseded (first));
  g_assert_null (refills_order_get_payment (first));
}

/* Another process replaces the second before that is refused: the first one's address stays withdrawn. */
static void
test_refused_meanwhile (ShopFixture   *self,
                        gconstpointer  data)
{
  const RefillsSandboxFault slow = {
    .kind = REFILLS_SANDBOX_FAULT_DELAY, .method = "POST", .path = ORDERS, .count = 1, .delay_ms = 1000,
  };
  g_autoptr (RefillsOrder) first = shop_fixture_place (self);
  g_autoptr (RefillsCheckout) checkout = begin_second (self, first);
  Sent sent = { self, 2 };

  refills_sandbox_add_fault (self->sandbox, &slow);
  refuse_next (self);
  refills_checkout_answer (checkout, TRUE);
  refills_test_run_until (was_sent, &sent, SHOP_FIXTURE_DEADLINE_MS, "the second order to be sent");
  shop_fixture_execute (self, "UPDATE orders SET claim = NULL, superseded_by = 3 WHERE row = 2");
  shop_fixture_execute (self, "INSERT INTO orders (environment, created_at, updated_at, outcome, uuid, asked, claim) "
                              "SELECT environment, created_at, updated_at, 1, uuid, asked, 1 FROM orders "
                              "WHERE row = 2");
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_REFUSED);
  g_assert_true (refills_order_is_superseded (first));
  g_assert_null (refills_order_get_payment (first));
  g_assert_cmpint (shop_fixture_execute (self, "SELECT superseded_by FROM orders WHERE row = 1"), ==, 3);
}

/* What was paid is in nobody's way, but the same again within ten minutes is asked about. */
static void
test_same_basket (ShopFixture   *self,
                  gconstpointer  data)
{
  g_autoptr (RefillsOrder) first = shop_fixture_place (self);
  g_autoptr (RefillsCheckout) checkout = NULL;

  shop_fixture_pay (self, first);
  shop_fixture_await_phase (first, REFILLS_ORDER_PHASE_DONE);
  checkout = shop_fixture_begin (self, "Steam", NULL);
  /* How it is paid makes it no other. */
  shop_fixture_choose (checkout, "USDC", "Base");
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  refills_checkout_submit (checkout);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_ASKING);
  g_assert_cmpint (refills_checkout_get_question (checkout), ==, REFILLS_CHECKOUT_QUESTION_SAME_BASKET);
  g_assert_true (refills_checkout_get_other_order (checkout) == first);
  g_assert_cmpuint (shop_fixture_count (self, "POST", ORDERS), ==, 1);
  refills_checkout_answer (checkout, TRUE);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_PLACED);
  g_assert_cmpuint (shop_fixture_count (self, "POST", ORDERS), ==, 2);
  g_assert_false (refills_order_is_superseded (first));
  g_assert_cmpint (refills_order_get_phase (first), ==, REFILLS_ORDER_PHASE_DONE);
}

static RefillsShop *
open_other_shop (ShopFixture *self)
{
  RefillsShop *mine = g_steal_pointer (&self->shop);
  RefillsShop *other = NULL;

  shop_fixture_open_shop (self);
  other = g_steal_pointer (&self->shop);
  self->shop = mine;

  return other;
}

static RefillsOrder *
place_in (ShopFixture *self,
          RefillsShop *shop)
{
  RefillsShop *mine = self->shop;
  RefillsOrder *order = NULL;

  self->shop = shop;
  order = shop_fixture_place (self);
  self->shop = mine;

  return order;
}

static void
close_other_shop (ShopFixture *self,
                  RefillsShop *shop)
{
  RefillsShop *mine = self->shop;

  self->shop = shop;
  shop_fixture_close_shop (self);
  self->shop = mine;
}

/* Another process has made one that this one has never heard of. */
static void
test_other_process (ShopFixture   *self,
                    gconstpointer  data)
{
  RefillsShop *other = open_other_shop (self);
  g_autoptr (RefillsOrder) theirs = place_in (self, other);
  g_autoptr (RefillsCheckout) checkout = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (refills_shop_get_orders (self->shop))), ==, 0);
  checkout = begin_second (self, NULL);
  g_assert_nonnull (refills_checkout_get_other_order (checkout));
  g_assert_cmpint (refills_order_get_row (refills_checkout_get_other_order (checkout)), ==,
                   refills_order_get_row (theirs));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (refills_shop_get_orders (self->shop))), ==, 1);
  g_clear_object (&checkout);
  g_clear_object (&theirs);
  close_other_shop (self, other);
}

/* Another process has replaced ours: the next news of it says so. */
static void
test_replaced_elsewhere (ShopFixture   *self,
                         gconstpointer  data)
{
  g_autoptr (RefillsOrder) ours = shop_fixture_place (self);
  RefillsShop *other = open_other_shop (self);
  g_autoptr (RefillsOrder) theirs = place_in (self, other);

  refills_shop_refresh_order (self->shop, ours);
  refills_test_run_until (is_superseded, ours, SHOP_FIXTURE_DEADLINE_MS, "the order to be superseded");
  g_assert_null (refills_order_get_payment (ours));
  g_clear_object (&theirs);
  close_other_shop (self, other);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

#define ADD(path, func) \
  g_test_add (path, ShopFixture, NULL, shop_fixture_set_up, func, shop_fixture_tear_down)

  ADD ("/replace/asks", test_asks);
  ADD ("/replace/replaces", test_replaces);
  ADD ("/replace/refused", test_refused);
  ADD ("/replace/refused-meanwhile", test_refused_meanwhile);
  ADD ("/replace/unknown", test_unknown);
  ADD ("/replace/same-basket", test_same_basket);
  ADD ("/replace/other-process", test_other_process);
  ADD ("/replace/replaced-elsewhere", test_replaced_elsewhere);

  return g_test_run ();
}
