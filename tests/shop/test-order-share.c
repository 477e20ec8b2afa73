/* test-order-share.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fifty open orders: what all of them ask together.
 */
#include <string.h>

#include "refills-test.h"
#include "shop-fixture.h"

#define SUBSCRIBE "/v5/orders/*/subscribe"
#define N_PAID 48
#define N_A_SHOP 24 /* a shop makes at most thirty in ten minutes */
#define N_STREAMS 4

static guint n_before; /* requests in the log until the last start */

static void
let_stand (ShopFixture *self)
{
  shop_fixture_close_shop (self);
  n_before = refills_sandbox_get_log (self->sandbox)->len;
}

/* Of requests about orders since the last start: when the first and the last question came, and how many there are. */
typedef struct {
  guint  n_questions;
  guint  n_streams;
  gint64 first_us;
  gint64 last_us;
} Tally;

static Tally
tally (ShopFixture *self)
{
  GPtrArray *log = refills_sandbox_get_log (self->sandbox);
  Tally result = { 0 };

  for (guint i = n_before; i < log->len; i++) {
    const RefillsSandboxRequest *request = log->pdata[i];

    if (strcmp (request->method, "GET") != 0 || !g_str_has_prefix (request->path, "/v5/orders/"))
      continue;
    if (g_str_has_suffix (request->path, "/subscribe")) {
      result.n_streams++;
      continue;
    }
    if (result.n_questions++ == 0)
      result.first_us = request->time_us;
    result.last_us = request->time_us;
  }

  return result;
}

static gboolean
all_asked (gpointer user_data)
{
  return tally (user_data).n_questions >= N_PAID + 2;
}

static gboolean
has_fifth_stream (gpointer user_data)
{
  return tally (user_data).n_streams > N_STREAMS;
}

static gboolean
is_live (gpointer user_data)
{
  return refills_order_get_link (user_data) == REFILLS_ORDER_LINK_LIVE;
}

static RefillsOrder *
place_for (ShopFixture *self,
           guint        number)
{
  g_autoptr (RefillsCheckout) checkout = shop_fixture_begin (self, "Steam", NULL);
  g_autofree char *email = g_strdup_printf ("ada%u@example.com", number);

  refills_order_form_set_email (refills_checkout_get_form (checkout), email);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  refills_checkout_submit (checkout);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_PLACED);

  return g_object_ref (refills_checkout_get_order (checkout));
}

static void
place_paid (ShopFixture *self,
            guint        number)
{
  g_autoptr (RefillsOrder) order = place_for (self, number);

  shop_fixture_post (self, order, "state",
                     "{\"order_state\":\"WaitingForDelivery\",\"payment_state\":\"PaymentReceived\"}");
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_PREPARING);
}

static RefillsOrder *
get_order (ShopFixture *self,
           guint        position)
{
  return g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->shop)), position);
}

/* Newest first: one that can be paid, one that expired a little while ago, and 48 that are paid. */
static void
set_up (ShopFixture   *self,
        gconstpointer  data)
{
  g_autoptr (RefillsOrder) expired = NULL;
  g_autoptr (RefillsOrder) payable = NULL;

  shop_fixture_prepare (self);
  /* No more questions meanwhile than the service allows. */
  self->environment->poll_min_ms = self->environment->poll_max_ms = 60 * 1000;
  shop_fixture_open_shop (self);
  for (guint i = 0; i < N_PAID; i++) {
    if (i > 0 && i % N_A_SHOP == 0) {
      shop_fixture_close_shop (self);
      shop_fixture_open_shop (self);
    }
    place_paid (self, i);
  }
  expired = place_for (self, N_PAID);
  shop_fixture_post (self, expired, "age?seconds=3600", NULL);
  shop_fixture_await_phase (expired, REFILLS_ORDER_PHASE_EXPIRED);
  payable = place_for (self, N_PAID + 1);
  g_assert_nonnull (refills_order_get_payment (payable));
  g_clear_object (&payable);
  g_clear_object (&expired);
  let_stand (self);
  /* Later than a stream is there, so that the foremost are asked for once. */
  self->environment->poll_min_ms = 5000;
  self->environment->poll_max_ms = 10000;
  self->environment->spread_ms = 600;
}

/* After a start each is asked for once, the foremost at once and the others one after the other; four have a stream,
 * and the rest of the time nothing is asked that has no turn. */
static void
test_start (ShopFixture   *self,
            gconstpointer  data)
{
  g_autoptr (RefillsOrder) payable = NULL;
  g_autoptr (RefillsOrder) expired = NULL;
  Tally counted = { 0 };

  shop_fixture_open_shop (self);
  payable = get_order (self, 0);
  expired = get_order (self, 1);
  refills_test_run_until (is_live, payable, SHOP_FIXTURE_DEADLINE_MS, "the stream of the payable order");
  refills_test_run_until (all_asked, self, SHOP_FIXTURE_DEADLINE_MS, "fifty questions");
  shop_fixture_let_pass (400);
  counted = tally (self);
  g_assert_cmpuint (counted.n_questions, ==, N_PAID + 2);
  g_assert_cmpint (counted.last_us - counted.first_us, >=, 500 * 1000);
  g_assert_cmpuint (counted.n_streams, ==, N_STREAMS);
  g_assert_cmpuint (refills_sandbox_count_open_streams (self->sandbox), ==, N_STREAMS);
  g_assert_true (is_live (payable));
  for (guint i = 2; i < N_STREAMS + 1; i++) {
    g_autoptr (RefillsOrder) paid = get_order (self, i);

    g_assert_true (is_live (paid));
  }
  /* Newer than all that are paid, and nobody waits for it. */
  g_assert_cmpint (refills_order_get_link (expired), ==, REFILLS_ORDER_LINK_POLLING);
  g_assert_cmpstr (refills_order_get_link_text (expired), ==, "Checking now and then");
}

/* When one is delivered the next in line gets its stream. */
static void
test_slot (ShopFixture   *self,
           gconstpointer  data)
{
  g_autoptr (RefillsOrder) payable = NULL;
  g_autoptr (RefillsOrder) next = NULL;

  shop_fixture_open_shop (self);
  payable = get_order (self, 0);
  next = get_order (self, N_STREAMS + 1);
  refills_test_run_until (is_live, payable, SHOP_FIXTURE_DEADLINE_MS, "the stream of the payable order");
  g_assert_cmpint (refills_order_get_link (next), !=, REFILLS_ORDER_LINK_LIVE);
  shop_fixture_pay (self, payable);
  shop_fixture_await_phase (payable, REFILLS_ORDER_PHASE_DONE);
  refills_test_run_until (is_live, next, SHOP_FIXTURE_DEADLINE_MS, "the stream of the next");
  refills_test_run_until (has_fifth_stream, self, SHOP_FIXTURE_DEADLINE_MS, "another stream");
  g_assert_cmpuint (refills_sandbox_count_open_streams (self->sandbox), <=, N_STREAMS);
}

/* No streams at all: whoever pays is asked for every few seconds, while the others have their turns. */
static void
test_no_streams (ShopFixture   *self,
                 gconstpointer  data)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"status\":404}", 14);
  const RefillsSandboxFault none = {
    .kind = REFILLS_SANDBOX_FAULT_STATUS, .method = "GET", .path = SUBSCRIBE, .status = 404,
    .content_type = "application/json", .body = body,
  };
  g_autoptr (RefillsOrder) payable = NULL;

  refills_sandbox_add_fault (self->sandbox, &none);
  self->environment->poll_min_ms = self->environment->poll_max_ms = 300;
  shop_fixture_open_shop (self);
  payable = get_order (self, 0);
  shop_fixture_open_order (self, payable);
  shop_fixture_pay (self, payable);
  shop_fixture_await_phase (payable, REFILLS_ORDER_PHASE_DONE);
  refills_test_run_until (all_asked, self, SHOP_FIXTURE_DEADLINE_MS, "fifty questions");
  g_assert_cmpuint (tally (self).n_streams, <=, N_PAID + 2);
}

/* By the real figures all together stay below what one client was told: 120 a minute (API reference, section 1.3). */
static void
test_figures (void)
{
  g_autoptr (RefillsEnvironment) live = refills_environment_new_live ("0.0", NULL);
  guint a_minute = live->max_streams * 60000 / live->poll_min_ms + 60000 / live->poll_gap_ms;

  g_assert_cmpuint (live->max_streams, ==, N_STREAMS);
  g_assert_cmpuint (live->spread_ms, ==, 5000);
  g_assert_cmpuint (live->overdue_poll_ms, ==, 60 * 60 * 1000);
  g_assert_cmpuint (a_minute, <=, 120);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

#define ADD(path, func) \
  g_test_add (path, ShopFixture, NULL, set_up, func, shop_fixture_tear_down)

  ADD ("/order-share/start", test_start);
  ADD ("/order-share/slot", test_slot);
  ADD ("/order-share/no-streams", test_no_streams);
  g_test_add_func ("/order-share/figures", test_figures);

  return g_test_run ();
}
