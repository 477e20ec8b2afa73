/* test-vigil.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-test.h"
#include "shop-fixture.h"

static gboolean
is_not_needed (gpointer user_data)
{
  return !refills_shop_needs_watching (user_data);
}

static void
await_end (ShopFixture *self)
{
  refills_test_run_until (is_not_needed, self->shop, SHOP_FIXTURE_DEADLINE_MS, "nothing to stay for");
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_life (ShopFixture   *self,
           gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = NULL;
  guint n_changes = 0;

  g_assert_false (refills_shop_needs_watching (self->shop));
  g_signal_connect_swapped (self->shop, "notify::needs-watching", G_CALLBACK (count_cb), &n_changes);
  order = shop_fixture_place (self);
  g_assert_true (refills_shop_needs_watching (self->shop));
  shop_fixture_post (self, order, "state", "{\"order_state\":\"WaitingForDelivery\"}");
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_PREPARING);
  g_assert_true (refills_shop_needs_watching (self->shop));
  /* The program ends with this property: it must not waver in between. */
  g_assert_cmpuint (n_changes, ==, 1);

  shop_fixture_post (self, order, "life?name=happy&step_ms=0", "{}");
  await_end (self);
  g_assert_cmpint (refills_order_get_phase (order), ==, REFILLS_ORDER_PHASE_DONE);
  g_assert_cmpuint (n_changes, ==, 2);
}

static void
test_expired (ShopFixture   *self,
              gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);

  shop_fixture_post (self, order, "life?name=expiry&step_ms=0", "{}");
  await_end (self);
  g_assert_cmpint (refills_order_get_phase (order), ==, REFILLS_ORDER_PHASE_EXPIRED);
}

/* Needed while it is not known yet, and then by what was found. */
static void
test_restart (ShopFixture   *self,
              gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);
  g_autoptr (GError) error = NULL;
  guint n_changes = 0;

  g_clear_object (&order);
  shop_fixture_close_shop (self);
  self->shop = refills_shop_new (self->environment, &error);
  g_assert_no_error (error);
  g_assert_false (refills_shop_needs_watching (self->shop));
  g_signal_connect_swapped (self->shop, "notify::needs-watching", G_CALLBACK (count_cb), &n_changes);
  refills_shop_start_orders (self->shop);
  g_assert_true (refills_shop_needs_watching (self->shop));
  shop_fixture_let_pass (200);
  g_assert_true (refills_shop_needs_watching (self->shop));
  g_assert_cmpuint (n_changes, ==, 1);
}

/* Nobody waits for ever, by the clock of the computer, which may stand anywhere. */
static void
test_patience (ShopFixture   *self,
          gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);

  g_clear_object (&order);
  shop_fixture_close_shop (self);
  shop_fixture_execute (self, "UPDATE orders SET created_at = created_at - 7210");
  shop_fixture_open_shop (self);
  g_assert_false (refills_shop_needs_watching (self->shop));

  shop_fixture_close_shop (self);
  shop_fixture_execute (self, "UPDATE orders SET created_at = created_at + 40000000");
  shop_fixture_open_shop (self);
  g_assert_true (refills_shop_needs_watching (self->shop));
}

/* The day of one that is paid begins with the payment, however late it came. */
static void
test_paid_late (ShopFixture   *self,
                gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);

  g_clear_object (&order);
  shop_fixture_close_shop (self);
  shop_fixture_execute (self, "UPDATE orders SET created_at = created_at - 90000");
  shop_fixture_open_shop (self);
  g_assert_false (refills_shop_needs_watching (self->shop));

  order = g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->shop)), 0);
  shop_fixture_post (self, order, "state", "{\"order_state\":\"WaitingForDelivery\"}");
  refills_shop_refresh_order (self->shop, order);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_PREPARING);
  g_assert_true (refills_shop_needs_watching (self->shop));
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  g_test_add ("/vigil/life", ShopFixture, NULL, shop_fixture_set_up, test_life, shop_fixture_tear_down);
  g_test_add ("/vigil/expired", ShopFixture, NULL, shop_fixture_set_up, test_expired, shop_fixture_tear_down);
  g_test_add ("/vigil/restart", ShopFixture, NULL, shop_fixture_set_up, test_restart, shop_fixture_tear_down);
  g_test_add ("/vigil/paid-late", ShopFixture, NULL, shop_fixture_set_up, test_paid_late, shop_fixture_tear_down);
  g_test_add ("/vigil/patience", ShopFixture, NULL, shop_fixture_set_up, test_patience, shop_fixture_tear_down);

  return g_test_run ();
}
