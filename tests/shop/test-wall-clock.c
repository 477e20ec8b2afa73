/* test-wall-clock.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The clock of this computer is set while an order is open: row L07 of the table of faults. In this program GLib's
 * clock is ours.
 */
#include <time.h>

#include "refills-test.h"
#include "shop-fixture.h"

#define SUBSCRIBE "/v5/orders/*/subscribe"
#define DAY (24 * 60 * 60)

static gint64 shift; /* seconds */

gint64
g_get_real_time (void)
{
  struct timespec now = { 0 };

  clock_gettime (CLOCK_REALTIME, &now);

  return (now.tv_sec + shift) * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static const gint64 steps[] = { -365 * DAY, DAY, 30 * DAY, -30 * DAY };

static gboolean
is_live (gpointer user_data)
{
  return refills_order_get_link (user_data) == REFILLS_ORDER_LINK_LIVE;
}

static gboolean
was_asked (gpointer user_data)
{
  ShopFixture *self = user_data;

  return shop_fixture_count (self, "GET", "/v5/orders/*") > shop_fixture_count (self, "GET", SUBSCRIBE);
}

static void
tear_down (ShopFixture   *self,
           gconstpointer  data)
{
  shift = 0;
  shop_fixture_tear_down (self, data);
}

/* While it is followed, and over a start: the order stays, is followed as closely, and can be paid. */
static void
test_payable (ShopFixture   *self,
              gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = NULL;

  /* The sandbox has the same clock, and nothing expires by it. */
  g_assert_true (refills_sandbox_set_shape (self->sandbox, "window", "999999999"));
  order = shop_fixture_place (self);
  refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the stream");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    shift = steps[i];
    g_test_message ("%" G_GINT64_FORMAT " s", shift);
    refills_shop_refresh_order (self->shop, order);
    shop_fixture_let_pass (100);
    g_assert_true (is_live (order));
    g_assert_cmpint (refills_order_get_phase (order), ==, REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT);
    g_assert_nonnull (refills_order_get_payment (order));

    g_clear_object (&order);
    shop_fixture_close_shop (self);
    shop_fixture_open_shop (self);
    order = g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->shop)), 0);
    refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the stream after a start");
    g_assert_true (refills_order_is_open (order));
  }
  shop_fixture_pay (self, order);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
}

/* One that expired: neither asked for every few seconds again nor left to itself. */
static void
test_expired (ShopFixture   *self,
              gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);

  shop_fixture_post (self, order, "age?seconds=10800", NULL);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_EXPIRED);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    guint n_streams = 0;
    guint n_all = 0;

    shift = steps[i];
    g_test_message ("%" G_GINT64_FORMAT " s", shift);
    g_clear_object (&order);
    shop_fixture_close_shop (self);
    n_streams = shop_fixture_count (self, "GET", SUBSCRIBE);
    n_all = shop_fixture_count (self, "GET", "/v5/orders/*");
    shop_fixture_open_shop (self);
    order = g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->shop)), 0);
    refills_test_run_until (was_asked, self, SHOP_FIXTURE_DEADLINE_MS, "a question");
    shop_fixture_let_pass (300);
    g_assert_cmpuint (shop_fixture_count (self, "GET", SUBSCRIBE), ==, n_streams);
    g_assert_cmpuint (shop_fixture_count (self, "GET", "/v5/orders/*"), ==, n_all + 1);
    g_assert_cmpint (refills_order_get_link (order), ==, REFILLS_ORDER_LINK_POLLING);
  }
}

/* Nobody can be asked: the time to pay goes by what was stored, and by how much later it is here. A clock that was set
 * back adds nothing to it. */
static void
test_time_offline (ShopFixture   *self,
                   gconstpointer  data)
{
  const RefillsSandboxFault none = { .kind = REFILLS_SANDBOX_FAULT_CLOSE, .method = "GET", .path = "/v5/orders/*" };
  static const gint64 later[] = { 0, 10 * 60, -5 * 60 * 60, 19 * 60, 20 * 60, 5 * 60 * 60 };
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);
  gint64 until = refills_payment_get_payable_until (refills_order_get_payment (order));

  refills_sandbox_add_fault (self->sandbox, &none);
  for (guint i = 0; i < G_N_ELEMENTS (later); i++) {
    gint64 left = 0;

    shift = later[i];
    g_test_message ("%" G_GINT64_FORMAT " s", shift);
    g_clear_object (&order);
    shop_fixture_close_shop (self);
    shop_fixture_open_shop (self);
    order = g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->shop)), 0);
    shop_fixture_open_order (self, order);
    left = until - refills_shop_get_time (self->shop, order);
    g_assert_cmpint (left, <=, REFILLS_PAYMENT_WINDOW_MINUTES * 60 - MAX (shift, 0));
    g_assert_cmpint (left, >, REFILLS_PAYMENT_WINDOW_MINUTES * 60 - MAX (shift, 0) - 60);
    g_assert_true (refills_order_is_late (order) == (left <= 0));
    g_assert_true (refills_order_is_payable (order) == (left > 0));
  }
}

/* While the program runs nobody who sets the clock gives more time, or takes any. */
static void
test_time_while_open (ShopFixture   *self,
                      gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);
  gint64 until = refills_payment_get_payable_until (refills_order_get_payment (order));

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    gint64 left = 0;

    shift = steps[i];
    left = until - refills_shop_get_time (self->shop, order);
    g_assert_cmpint (left, <=, REFILLS_PAYMENT_WINDOW_MINUTES * 60);
    g_assert_cmpint (left, >, (REFILLS_PAYMENT_WINDOW_MINUTES - 1) * 60);
    g_assert_true (refills_order_is_payable (order));
  }
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

#define ADD(path, func) g_test_add (path, ShopFixture, NULL, shop_fixture_set_up, func, tear_down)

  ADD ("/wall-clock/payable", test_payable);
  ADD ("/wall-clock/expired", test_expired);
  ADD ("/wall-clock/time-offline", test_time_offline);
  ADD ("/wall-clock/time-while-open", test_time_while_open);

  return g_test_run ();
}
