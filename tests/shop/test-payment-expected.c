/* test-payment-expected.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Somebody says to have paid an order that expired: it is asked for closely for an hour, by a clock that is a test's.
 */
#include "shop-fixture.h"

#include "refills-test.h"

#define SUBSCRIBE "/v5/orders/*/subscribe"
#define HOUR (60 * 60)

typedef struct {
  ShopFixture   base;
  RefillsOrder *order;
  gint64        passed;   /* µs that the clock is ahead */
  guint         n_before; /* questions before the last look */
} ExpectCase;

static gint64
read_boot_clock (gpointer data)
{
  return g_get_monotonic_time () + *(gint64 *) data;
}

static guint
count_all (ExpectCase *self)
{
  return shop_fixture_count (&self->base, "GET", "/v5/orders/*") -
         shop_fixture_count (&self->base, "GET", SUBSCRIBE);
}

static void
note (ExpectCase *self)
{
  self->n_before = count_all (self);
}

static guint
count_questions (ExpectCase *self)
{
  return count_all (self) - self->n_before;
}

static gboolean
was_asked (gpointer user_data)
{
  return count_questions (user_data) >= 1;
}

static gboolean
is_asked_closely (gpointer user_data)
{
  return count_questions (user_data) >= 5;
}

static gboolean
has_stream (gpointer user_data)
{
  ExpectCase *self = user_data;

  return refills_sandbox_count_open_streams (self->base.sandbox) == 1;
}

static gboolean
has_no_stream (gpointer user_data)
{
  return !has_stream (user_data);
}

static void
refuse_streams (ExpectCase *self)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"status\":404}", 14);
  const RefillsSandboxFault none = {
    .kind = REFILLS_SANDBOX_FAULT_STATUS, .method = "GET", .path = SUBSCRIBE, .status = 404,
    .content_type = "application/json", .body = body,
  };

  refills_sandbox_add_fault (self->base.sandbox, &none);
}

/* Starts the shop with an order that nobody paid three hours ago, asked for once an hour from here on. */
static void
set_up (ExpectCase    *self,
        gconstpointer  data)
{
  shop_fixture_prepare (&self->base);
  self->base.environment->boot_clock = read_boot_clock;
  self->base.environment->boot_clock_data = &self->passed;
  self->base.environment->overdue_poll_ms = 2 * HOUR * 1000;
  shop_fixture_open_shop (&self->base);
  self->order = shop_fixture_place (&self->base);
  shop_fixture_post (&self->base, self->order, "age?seconds=10800", NULL);
  shop_fixture_await_phase (self->order, REFILLS_ORDER_PHASE_EXPIRED);
}

static void
start_again (ExpectCase *self)
{
  g_clear_object (&self->order);
  shop_fixture_close_shop (&self->base);
  note (self);
  shop_fixture_open_shop (&self->base);
  self->order = g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->base.shop)), 0);
  shop_fixture_open_order (&self->base, self->order);
  refills_test_run_until (was_asked, self, SHOP_FIXTURE_DEADLINE_MS, "the question of the start");
  shop_fixture_let_pass (300);
  g_assert_cmpuint (count_questions (self), ==, 1);
}

static void
tear_down (ExpectCase    *self,
           gconstpointer  data)
{
  g_clear_object (&self->order);
  shop_fixture_tear_down (&self->base, data);
}

/* Waking is told by the next answer, and asks once for each order. */
static void
expect_silence (ExpectCase *self)
{
  shop_fixture_let_pass (300);
  note (self);
  shop_fixture_let_pass (400);
  g_assert_cmpuint (count_questions (self), ==, 0);
}

static void
test_hour (ExpectCase    *self,
           gconstpointer  data)
{
  refuse_streams (self);
  start_again (self);

  note (self);
  refills_shop_expect_payment (self->base.shop, self->order);
  refills_test_run_until (is_asked_closely, self, SHOP_FIXTURE_DEADLINE_MS, "many questions");
  self->passed = (gint64) (HOUR - 60) * G_USEC_PER_SEC;
  note (self);
  refills_test_run_until (is_asked_closely, self, SHOP_FIXTURE_DEADLINE_MS, "many questions near the end of the hour");

  self->passed = (gint64) HOUR * G_USEC_PER_SEC;
  expect_silence (self);
  g_assert_cmpint (refills_order_get_phase (self->order), ==, REFILLS_ORDER_PHASE_EXPIRED);
}

/* Whoever says so again gets another hour; the one from before ends nothing. */
static void
test_again (ExpectCase    *self,
            gconstpointer  data)
{
  refuse_streams (self);
  start_again (self);

  refills_shop_expect_payment (self->base.shop, self->order);
  self->passed = (gint64) (HOUR / 2) * G_USEC_PER_SEC;
  refills_shop_expect_payment (self->base.shop, self->order);
  self->passed = (gint64) (HOUR + 60) * G_USEC_PER_SEC;
  note (self);
  refills_test_run_until (is_asked_closely, self, SHOP_FIXTURE_DEADLINE_MS, "many questions");
  self->passed = (gint64) (2 * HOUR) * G_USEC_PER_SEC;
  expect_silence (self);
}

/* A stream that says nothing goes as well. */
static void
test_stream (ExpectCase    *self,
             gconstpointer  data)
{
  const RefillsSandboxFault silence = {
    .kind = REFILLS_SANDBOX_FAULT_STREAM_SILENCE, .method = "GET", .path = SUBSCRIBE, .after = 1,
  };

  refills_sandbox_add_fault (self->base.sandbox, &silence);
  self->base.environment->expect_ms = 1500;
  start_again (self);
  g_assert_true (has_no_stream (self));

  refills_shop_expect_payment (self->base.shop, self->order);
  refills_test_run_until (has_stream, self, SHOP_FIXTURE_DEADLINE_MS, "a stream");
  refills_test_run_until (has_no_stream, self, SHOP_FIXTURE_DEADLINE_MS, "the end of the stream");
  expect_silence (self);
}

/* A page that closes lets go of the order, and nothing else. What then comes is found out. */
static void
test_page_closed (ExpectCase    *self,
                  gconstpointer  data)
{
  refuse_streams (self);
  start_again (self);

  refills_shop_expect_payment (self->base.shop, self->order);
  g_clear_object (&self->order);
  note (self);
  refills_test_run_until (is_asked_closely, self, SHOP_FIXTURE_DEADLINE_MS, "many questions without a page");
  self->order = g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->base.shop)), 0);
  note (self);
  refills_test_run_until (is_asked_closely, self, SHOP_FIXTURE_DEADLINE_MS, "many questions with a page again");
  shop_fixture_post (&self->base, self->order, "pay", "{}");
  shop_fixture_await_phase (self->order, REFILLS_ORDER_PHASE_DONE);
  expect_silence (self);
}

/* Of a finished order nothing is expected: neither while its watch is still there nor later. */
static void
test_finished (ExpectCase    *self,
               gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (&self->base);

  shop_fixture_pay (&self->base, order);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
  refills_shop_expect_payment (self->base.shop, order);
  shop_fixture_let_pass (200);
  note (self);
  refills_shop_expect_payment (self->base.shop, order);
  shop_fixture_let_pass (300);
  g_assert_cmpuint (count_questions (self), ==, 0);
  g_assert_cmpint (refills_order_get_link (order), ==, REFILLS_ORDER_LINK_IDLE);
}

/* The hour of every program. */
static void
test_figure (void)
{
  g_autoptr (RefillsEnvironment) live = refills_environment_new_live ("0.0", NULL);

  g_assert_cmpuint (live->expect_ms, ==, HOUR * 1000);
}

#define ADD(path, func) g_test_add ("/payment-expected/" path, ExpectCase, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

  ADD ("hour", test_hour);
  ADD ("again", test_again);
  ADD ("stream", test_stream);
  ADD ("page-closed", test_page_closed);
  ADD ("finished", test_finished);
  g_test_add_func ("/payment-expected/figure", test_figure);

  return g_test_run ();
}
