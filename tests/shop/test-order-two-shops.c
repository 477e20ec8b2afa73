/* test-order-two-shops.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two programs that follow one order in one file, as the window and the tool may: what either hears is the other's.
 */
#include "refills-test.h"
#include "shop-fixture.h"

#define ORDER "/v5/orders/*"
#define SUBSCRIBE "/v5/orders/*/subscribe"

typedef struct {
  ShopFixture   base;  /* the first: its shop is swapped in and out */
  RefillsShop  *other;
  RefillsOrder *here;
  RefillsOrder *there;
} Pair;

static void
swap (Pair *self)
{
  RefillsShop *shop = self->base.shop;

  self->base.shop = self->other;
  self->other = shop;
}

static gboolean
is_live (gpointer user_data)
{
  return refills_order_get_link (user_data) == REFILLS_ORDER_LINK_LIVE;
}

static gboolean
has_alarm (gpointer user_data)
{
  return refills_order_get_alarm (user_data) == REFILLS_ORDER_ALARM_ADDRESS;
}

static void
set_up (Pair          *self,
        gconstpointer  data)
{
  shop_fixture_prepare (&self->base);
  shop_fixture_open_shop (&self->base);
  self->here = shop_fixture_place (&self->base);
  refills_test_run_until (is_live, self->here, SHOP_FIXTURE_DEADLINE_MS, "the stream");
}

/* Opens the other program on the same file. */
static void
open_other (Pair *self)
{
  swap (self);
  shop_fixture_open_shop (&self->base);
  self->there = g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->base.shop)), 0);
  swap (self);
  refills_test_run_until (is_live, self->there, SHOP_FIXTURE_DEADLINE_MS, "the other's stream");
  g_assert_true (self->here != self->there);
  g_assert_cmpint (refills_order_get_row (self->here), ==, refills_order_get_row (self->there));
}

static void
tear_down (Pair          *self,
           gconstpointer  data)
{
  g_clear_object (&self->here);
  g_clear_object (&self->there);
  swap (self);
  if (self->base.shop != NULL)
    shop_fixture_close_shop (&self->base);
  swap (self);
  shop_fixture_tear_down (&self->base, data);
}

/* Both write what they hear at once; neither takes anything from the other, and each shows the code. */
static void
test_both (Pair          *self,
           gconstpointer  data)
{
  g_autofree char *served = NULL;
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;

  open_other (self);
  shop_fixture_pay (&self->base, self->here);
  shop_fixture_await_phase (self->here, REFILLS_ORDER_PHASE_DONE);
  shop_fixture_await_phase (self->there, REFILLS_ORDER_PHASE_DONE);
  served = shop_fixture_read_code (&self->base, self->here);
  here = shop_fixture_reveal (&self->base, self->here, REFILLS_SECRET_CODE);
  swap (self);
  there = shop_fixture_reveal (&self->base, self->there, REFILLS_SECRET_CODE);
  swap (self);
  g_assert_cmpstr (here, ==, served);
  g_assert_cmpstr (there, ==, served);
  g_assert_cmpint (shop_fixture_execute (&self->base, "SELECT count (*) FROM orders"), ==, 1);
}

/* One of them is answered without the code and without the state it has come to; what the other saved stays. */
static void
test_union (Pair          *self,
            gconstpointer  data)
{
  const RefillsSandboxFault no_code = {
    .kind = REFILLS_SANDBOX_FAULT_MUTATE, .method = "GET", .path = ORDER,
    .member = "deliveries.0.deliverable.pin_code", .skip = 0,
  };
  const RefillsSandboxFault earlier = {
    .kind = REFILLS_SANDBOX_FAULT_MUTATE, .method = "GET", .path = ORDER,
    .member = "order_state", .json = "\"WaitingForDelivery\"",
  };
  g_autofree char *served = NULL;
  g_autofree char *there = NULL;
  gboolean has_codes = FALSE;

  /* The first alone hears of the code. */
  shop_fixture_pay (&self->base, self->here);
  shop_fixture_await_phase (self->here, REFILLS_ORDER_PHASE_DONE);
  served = shop_fixture_read_code (&self->base, self->here);
  shop_fixture_execute (&self->base, "SELECT 1");

  refills_sandbox_add_fault (self->base.sandbox, &no_code);
  refills_sandbox_add_fault (self->base.sandbox, &earlier);
  swap (self);
  shop_fixture_open_shop (&self->base);
  self->there = g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->base.shop)), 0);
  shop_fixture_let_pass (200);
  g_assert_cmpint (refills_order_get_phase (self->there), ==, REFILLS_ORDER_PHASE_DONE);
  shop_fixture_open_order (&self->base, self->there);
  g_object_get (self->there, "has-codes", &has_codes, NULL);
  g_assert_true (has_codes);
  there = shop_fixture_reveal (&self->base, self->there, REFILLS_SECRET_CODE);
  swap (self);
  g_assert_cmpstr (there, ==, served);
}

/* The other hears of a state that the first missed: the first has it with the next it hears. */
static void
test_rank (Pair          *self,
           gconstpointer  data)
{
  const RefillsSandboxFault earlier = {
    .kind = REFILLS_SANDBOX_FAULT_MUTATE, .method = "GET", .path = ORDER,
    .member = "order_state", .json = "\"WaitingForPayment\"",
  };

  open_other (self);
  shop_fixture_post (&self->base, self->here, "state",
                     "{\"order_state\":\"WaitingForManualAction\",\"payment_state\":\"PaymentReceived\"}");
  shop_fixture_await_phase (self->here, REFILLS_ORDER_PHASE_NEEDS_ACTION);
  shop_fixture_await_phase (self->there, REFILLS_ORDER_PHASE_NEEDS_ACTION);
  refills_sandbox_add_fault (self->base.sandbox, &earlier);
  refills_shop_refresh_order (self->base.shop, self->here);
  refills_shop_refresh_order (self->other, self->there);
  shop_fixture_let_pass (200);
  g_assert_cmpint (refills_order_get_phase (self->here), ==, REFILLS_ORDER_PHASE_NEEDS_ACTION);
  g_assert_cmpint (refills_order_get_phase (self->there), ==, REFILLS_ORDER_PHASE_NEEDS_ACTION);
}

/* Another address comes to one of them: the first stays in both, and both raise the alarm. */
static void
test_alarm (Pair          *self,
            gconstpointer  data)
{
  const RefillsSandboxFault other = {
    .kind = REFILLS_SANDBOX_FAULT_MUTATE, .method = "GET", .path = ORDER, .count = 1,
    .member = "wallet_address", .json = "\"9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin\"",
  };
  g_autofree char *first = g_strdup (refills_payment_get_address (refills_order_get_payment (self->here)));

  open_other (self);
  g_assert_cmpstr (refills_payment_get_address (refills_order_get_payment (self->there)), ==, first);
  shop_fixture_let_pass (100);
  refills_sandbox_add_fault (self->base.sandbox, &other);
  refills_shop_refresh_order (self->other, self->there);
  refills_test_run_until (has_alarm, self->there, SHOP_FIXTURE_DEADLINE_MS, "the alarm of the one");
  g_assert_false (has_alarm (self->here));
  refills_shop_refresh_order (self->base.shop, self->here);
  refills_test_run_until (has_alarm, self->here, SHOP_FIXTURE_DEADLINE_MS, "the alarm of the other");
  g_assert_cmpstr (refills_order_state_get_wallet_address (refills_order_get_state (self->here)), ==, first);
  g_assert_cmpstr (refills_order_state_get_wallet_address (refills_order_get_state (self->there)), ==, first);
  g_assert_null (refills_order_get_payment (self->here));
  g_assert_null (refills_order_get_payment (self->there));
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

#define ADD(path, func) g_test_add (path, Pair, NULL, set_up, func, tear_down)

  ADD ("/order-two-shops/both", test_both);
  ADD ("/order-two-shops/union", test_union);
  ADD ("/order-two-shops/rank", test_rank);
  ADD ("/order-two-shops/alarm", test_alarm);

  return g_test_run ();
}
