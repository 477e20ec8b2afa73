/* test-order-watcher.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-test.h"
#include "shop-fixture.h"

#define SUBSCRIBE "/v5/orders/*/subscribe"
#define HOUR (60 * 60)

static guint n_before; /* requests about orders until the last start */
static guint n_streams_before;

static void
note_start (ShopFixture *self)
{
  n_before = shop_fixture_count (self, "GET", "/v5/orders/*");
  n_streams_before = shop_fixture_count (self, "GET", SUBSCRIBE);
}

static guint
count_requests (ShopFixture *self)
{
  return shop_fixture_count (self, "GET", "/v5/orders/*") - n_before;
}

static guint
count_streams (ShopFixture *self)
{
  return shop_fixture_count (self, "GET", SUBSCRIBE) - n_streams_before;
}

static gboolean
was_asked (gpointer user_data)
{
  return count_requests (user_data) >= 1;
}

static gboolean
was_asked_thrice (gpointer user_data)
{
  return count_requests (user_data) >= 3;
}

static gboolean
is_at_rest (gpointer user_data)
{
  return refills_order_get_link (user_data) == REFILLS_ORDER_LINK_IDLE;
}

static gboolean
is_live (gpointer user_data)
{
  return refills_order_get_link (user_data) == REFILLS_ORDER_LINK_LIVE;
}

static RefillsOrder *
start_again (ShopFixture  *self,
             RefillsOrder *order)
{
  g_clear_object (&order);
  shop_fixture_close_shop (self);
  note_start (self);
  shop_fixture_open_shop (self);

  return g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->shop)), 0);
}

/* Closes, makes the order so old by the clock of this computer, and opens again. */
static RefillsOrder *
start_later (ShopFixture  *self,
             RefillsOrder *order,
             guint         seconds)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE orders SET created_at = created_at - %u", seconds);

  shop_fixture_execute (self, sql);

  return start_again (self, order);
}

/* Makes the order so old by the clock of the service; one that nobody paid expires by that. */
static void
age (ShopFixture  *self,
     RefillsOrder *order,
     guint         seconds)
{
  g_autofree char *action = g_strdup_printf ("age?seconds=%u", seconds);

  shop_fixture_post (self, order, action, NULL);
}

static void
expire (ShopFixture  *self,
        RefillsOrder *order,
        guint         seconds)
{
  age (self, order, seconds);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_EXPIRED);
}

/* Nobody paid: it takes no connection from the others, and is asked for once a start. How old it is that answer
 * tells. */
static void
test_overdue (ShopFixture   *self,
              gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);

  expire (self, order, 3 * HOUR);
  order = start_again (self, g_steal_pointer (&order));
  refills_test_run_until (was_asked, self, SHOP_FIXTURE_DEADLINE_MS, "one question");
  shop_fixture_let_pass (400);
  g_assert_cmpuint (count_requests (self), ==, 1);
  g_assert_cmpuint (count_streams (self), ==, 0);
  g_assert_cmpint (refills_order_get_link (order), ==, REFILLS_ORDER_LINK_POLLING);
}

/* And once an hour while the program runs. */
static void
test_hourly (ShopFixture   *self,
             gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);

  expire (self, order, 3 * HOUR);
  self->environment->overdue_poll_ms = 100;
  order = start_again (self, g_steal_pointer (&order));
  refills_test_run_until (was_asked_thrice, self, SHOP_FIXTURE_DEADLINE_MS, "three questions");
  g_assert_cmpuint (count_streams (self), ==, 0);
}

static gboolean
was_asked_five_times (gpointer user_data)
{
  return count_requests (user_data) - count_streams (user_data) >= 5;
}

/* Newer ones that are asked for once an hour are in nobody's way: one that expired just now is still followed. */
static void
test_behind_hourly (ShopFixture   *self,
                    gconstpointer  data)
{
  const RefillsSandboxFault none = {
    .kind = REFILLS_SANDBOX_FAULT_STATUS, .method = "GET", .path = SUBSCRIBE, .status = 404,
    .content_type = "application/json", .body = g_bytes_new_static ("{\"status\":404}", 14),
  };
  g_autoptr (RefillsOrder) close = shop_fixture_place (self);
  g_autoptr (RefillsOrder) first = NULL;
  g_autoptr (RefillsOrder) second = NULL;

  expire (self, close, HOUR);
  first = shop_fixture_place (self);
  expire (self, first, 3 * HOUR);
  second = shop_fixture_place (self);
  expire (self, second, 3 * HOUR);
  self->environment->max_streams = 2;
  refills_sandbox_add_fault (self->sandbox, &none);
  g_bytes_unref (none.body); /* the fault has its own */
  g_clear_object (&first);
  g_clear_object (&second);
  close = start_again (self, g_steal_pointer (&close));
  refills_test_run_until (was_asked_five_times, self, SHOP_FIXTURE_DEADLINE_MS, "questions about the one that expired");
}

/* Late money brings the stream back. */
static void
test_late_payment (ShopFixture   *self,
                   gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);

  expire (self, order, 3 * HOUR);
  order = start_again (self, g_steal_pointer (&order));
  refills_test_run_until (was_asked, self, SHOP_FIXTURE_DEADLINE_MS, "one question");
  shop_fixture_post (self, order, "state", "{\"order_state\":\"PaymentReceived\"}");
  refills_shop_refresh_order (self->shop, order);
  refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the stream");
  g_assert_cmpint (refills_order_get_phase (order), ==, REFILLS_ORDER_PHASE_PREPARING);
}

/* After a week it is asked for no more once an answer has told what time it is, unless by a person; and never
 * forgotten. */
static void
test_at_rest (ShopFixture   *self,
              gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);

  expire (self, order, 8 * 24 * HOUR);
  self->environment->overdue_poll_ms = 50;
  order = start_again (self, g_steal_pointer (&order));
  refills_test_run_until (is_at_rest, order, SHOP_FIXTURE_DEADLINE_MS, "rest");
  shop_fixture_let_pass (400);
  g_assert_cmpuint (count_requests (self), ==, 1);
  g_assert_cmpuint (count_streams (self), ==, 0);
  g_assert_cmpint (refills_order_get_link (order), ==, REFILLS_ORDER_LINK_IDLE);

  shop_fixture_post (self, order, "state", "{\"order_state\":\"WaitingForManualAction\"}");
  refills_shop_refresh_order (self->shop, order);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_NEEDS_ACTION);
  refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the stream");
}

/* Six days: still once a start. */
static void
test_within_the_week (ShopFixture   *self,
                      gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);

  expire (self, order, 6 * 24 * HOUR);
  order = start_again (self, g_steal_pointer (&order));
  refills_test_run_until (was_asked, self, SHOP_FIXTURE_DEADLINE_MS, "one question");
  order = start_again (self, g_steal_pointer (&order));
  refills_test_run_until (was_asked, self, SHOP_FIXTURE_DEADLINE_MS, "one more");
}

/* One that was paid is followed however old it is. */
static void
test_paid_long_ago (ShopFixture   *self,
                    gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);

  shop_fixture_post (self, order, "state", "{\"order_state\":\"WaitingForManualAction\"}");
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_NEEDS_ACTION);
  age (self, order, 8 * 24 * HOUR);
  order = start_later (self, g_steal_pointer (&order), 8 * 24 * HOUR);
  refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the stream");
}

/* When it was made is what the service says, whatever this computer's clock was then or is now. */
static void
test_made_by_a_wrong_clock (ShopFixture   *self,
                            gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);

  order = start_later (self, g_steal_pointer (&order), 365 * 24 * HOUR);
  refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the stream");
  g_assert_cmpint (refills_order_get_phase (order), ==, REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT);
}

/* A service that says 1970 of all it makes: the order is not put to rest for that. */
static void
test_made_in_1970 (ShopFixture   *self,
                   gconstpointer  data)
{
  static const char * const members[] = { "created_at", "payment_requested_at" };
  g_autoptr (RefillsOrder) order = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++) {
    const RefillsSandboxFault made = {
      .kind = REFILLS_SANDBOX_FAULT_MUTATE, .method = "POST", .path = "/v5/orders", .member = members[i], .json = "5",
    };
    const RefillsSandboxFault asked = {
      .kind = REFILLS_SANDBOX_FAULT_MUTATE, .method = "GET", .path = "/v5/orders/*", .member = members[i],
      .json = "5",
    };

    refills_sandbox_add_fault (self->sandbox, &made);
    refills_sandbox_add_fault (self->sandbox, &asked);
  }
  note_start (self);
  order = shop_fixture_place (self);
  refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the stream");
  refills_shop_refresh_order (self->shop, order);
  refills_test_run_until (was_asked, self, SHOP_FIXTURE_DEADLINE_MS, "one question");
  shop_fixture_let_pass (200);
  g_assert_cmpint (refills_order_get_link (order), ==, REFILLS_ORDER_LINK_LIVE);
  g_assert_true (refills_order_is_payable (order));
}

static gint64
read_shifted_clock (gpointer data)
{
  const gint64 *shift = data;

  return g_get_monotonic_time () + *shift;
}

static gboolean
has_another_stream (gpointer user_data)
{
  ShopFixture *self = user_data;

  return count_streams (self) >= 1 && refills_sandbox_count_open_streams (self->sandbox) == 1;
}

/* The computer slept: by the connection of before nothing comes. Whatever wakes the program next finds out. */
static void
test_sleep (ShopFixture   *self,
            gconstpointer  data)
{
  const RefillsSandboxFault silence = {
    .kind = REFILLS_SANDBOX_FAULT_STREAM_SILENCE, .method = "GET", .path = SUBSCRIBE, .after = 1, .count = 1,
  };
  g_autoptr (RefillsOrder) order = NULL;
  g_autoptr (RefillsOrder) old = NULL;
  gint64 asleep = 0;

  self->environment->boot_clock = read_shifted_clock;
  self->environment->boot_clock_data = &asleep;
  old = shop_fixture_place (self);
  expire (self, old, 3 * HOUR);
  shop_fixture_close_shop (self);
  g_clear_object (&old);
  shop_fixture_open_shop (self);
  refills_sandbox_add_fault (self->sandbox, &silence);
  order = shop_fixture_place (self);
  refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the stream");
  shop_fixture_let_pass (100);

  /* Awake all the while: one question is one question. */
  note_start (self);
  refills_shop_refresh_order (self->shop, order);
  refills_test_run_until (was_asked, self, SHOP_FIXTURE_DEADLINE_MS, "the question");
  shop_fixture_let_pass (100);
  g_assert_cmpuint (count_streams (self), ==, 0);
  g_assert_cmpuint (count_requests (self), ==, 1);

  note_start (self);
  asleep = 600 * G_USEC_PER_SEC;
  refills_shop_refresh_order (self->shop, order);
  refills_test_run_until (has_another_stream, self, SHOP_FIXTURE_DEADLINE_MS, "another stream");
  refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the stream again");
  shop_fixture_let_pass (400);
  g_assert_cmpuint (count_streams (self), ==, 1);
  /* The one that woke it, one for each order, and one after the reconnect at the most. */
  g_assert_cmpuint (count_requests (self) - count_streams (self), >=, 3);
  g_assert_cmpuint (count_requests (self) - count_streams (self), <=, 4);
  shop_fixture_pay (self, order);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
}

/* Wi-Fi to mobile: the old connection is silent for ever. Another one, and one question, bring what it did not. */
static void
test_half_open (ShopFixture   *self,
                gconstpointer  data)
{
  const RefillsSandboxFault silence = {
    .kind = REFILLS_SANDBOX_FAULT_STREAM_SILENCE, .method = "GET", .path = SUBSCRIBE, .after = 1, .count = 1,
  };
  const RefillsSandboxFault late = {
    .kind = REFILLS_SANDBOX_FAULT_STREAM_LATE, .method = "GET", .path = SUBSCRIBE, .skip = 1,
  };
  g_autoptr (RefillsOrder) order = NULL;

  shop_fixture_close_shop (self);
  self->environment->silence_ms = 500;
  shop_fixture_open_shop (self);
  refills_sandbox_add_fault (self->sandbox, &silence);
  refills_sandbox_add_fault (self->sandbox, &late);
  note_start (self);
  order = shop_fixture_place (self);
  refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the stream");
  shop_fixture_post (self, order, "state", "{\"order_state\":\"WaitingForManualAction\"}");
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_NEEDS_ACTION);
  refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the stream again");
  g_assert_cmpuint (count_streams (self), ==, 2);
  g_assert_cmpuint (count_requests (self), ==, 2 + 1);
}

/* The command-line tool: neither what is on disk nor what it makes is followed by itself. */
static void
test_one_shot (ShopFixture   *self,
               gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);
  g_autoptr (RefillsOrder) other = NULL;

  self->environment->is_one_shot = TRUE;
  order = start_later (self, g_steal_pointer (&order), 0);
  other = shop_fixture_place (self);
  g_assert_cmpint (refills_order_get_link (order), ==, REFILLS_ORDER_LINK_IDLE);
  g_assert_cmpint (refills_order_get_link (other), ==, REFILLS_ORDER_LINK_IDLE);
  g_assert_cmpuint (count_requests (self), ==, 0);
}

/* Closed while the orders are being read: they are not followed afterwards. */
static void
test_closed_while_reading (ShopFixture   *self,
                           gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);
  g_autoptr (GError) error = NULL;

  g_clear_object (&order);
  shop_fixture_close_shop (self);
  note_start (self);
  self->shop = refills_shop_new (self->environment, &error);
  g_assert_no_error (error);
  refills_catalogue_set_country (refills_shop_get_catalogue (self->shop), "US");
  refills_shop_start (self->shop);
  refills_shop_close (self->shop);
  shop_fixture_let_pass (200);
  g_assert_cmpuint (count_requests (self), ==, 0);
}

/* By a connection of the network before nothing comes, and nothing tells so. */
static void
test_network_changed (ShopFixture   *self,
                      gconstpointer  data)
{
  const RefillsSandboxFault silence = {
    .kind = REFILLS_SANDBOX_FAULT_STREAM_SILENCE, .method = "GET", .path = SUBSCRIBE, .after = 1, .count = 1,
  };
  g_autoptr (RefillsOrder) order = NULL;

  refills_sandbox_add_fault (self->sandbox, &silence);
  order = shop_fixture_place (self);
  refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the stream");
  shop_fixture_post (self, order, "state", "{\"order_state\":\"WaitingForManualAction\"}");
  note_start (self);
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", FALSE);
  shop_fixture_let_pass (100);
  g_assert_cmpuint (count_requests (self), ==, 0);

  for (guint i = 0; i < 5; i++)
    g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_NEEDS_ACTION);
  refills_test_run_until (has_another_stream, self, SHOP_FIXTURE_DEADLINE_MS, "another stream, and only that");
  refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the stream again");
  g_assert_cmpuint (count_streams (self), ==, 1);
  g_assert_cmpuint (count_requests (self), <=, 1 + 2);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

#define ADD(path, func) \
  g_test_add (path, ShopFixture, NULL, shop_fixture_set_up, func, shop_fixture_tear_down)

  ADD ("/order-watcher/overdue", test_overdue);
  ADD ("/order-watcher/hourly", test_hourly);
  ADD ("/order-watcher/behind-hourly", test_behind_hourly);
  ADD ("/order-watcher/late-payment", test_late_payment);
  ADD ("/order-watcher/at-rest", test_at_rest);
  ADD ("/order-watcher/within-the-week", test_within_the_week);
  ADD ("/order-watcher/paid-long-ago", test_paid_long_ago);
  ADD ("/order-watcher/made-by-a-wrong-clock", test_made_by_a_wrong_clock);
  ADD ("/order-watcher/made-in-1970", test_made_in_1970);
  ADD ("/order-watcher/sleep", test_sleep);
  ADD ("/order-watcher/half-open", test_half_open);
  ADD ("/order-watcher/one-shot", test_one_shot);
  ADD ("/order-watcher/closed-while-reading", test_closed_while_reading);
  ADD ("/order-watcher/network-changed", test_network_changed);

  return g_test_run ();
}
