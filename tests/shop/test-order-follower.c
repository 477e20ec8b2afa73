/* test-order-follower.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-order-follower.h"

#include "refills-order-state.h"
#include "refills-test.h"
#include "shop-fixture.h"

#define ORDER "/v5/orders/*"
#define SUBSCRIBE "/v5/orders/*/subscribe"

typedef struct {
  ShopFixture          *fixture;
  RefillsOrder         *order;
  RefillsOrderFollower *follower;
  guint                 n_answers; /* to questions */
  guint                 n_messages;
  guint                 n_failures;
  RefillsOrderState    *last;
} Following;

static void
answered_cb (Following         *self,
             RefillsOrderState *state,
             GBytes            *answer,
             gboolean           is_streamed)
{
  g_assert_nonnull (answer);
  if (is_streamed)
    self->n_messages++;
  else
    self->n_answers++;
  g_set_object (&self->last, state);
}

static void
failed_cb (Following    *self,
           const GError *error)
{
  g_assert_nonnull (error);
  self->n_failures++;
}

/* An order that is placed, and that nothing but @self follows. */
static void
begin (Following   *self,
       ShopFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  self->fixture = fixture;
  shop_fixture_close_shop (fixture);
  fixture->environment->is_one_shot = TRUE;
  shop_fixture_open_shop (fixture);
  self->order = shop_fixture_place (fixture);
  self->follower =
    refills_order_follower_new_at (fixture->environment,
                                   refills_order_state_get_order_id (refills_order_get_state (self->order)), "US",
                                   &error);
  g_assert_no_error (error);
  g_signal_connect_swapped (self->follower, "answered", G_CALLBACK (answered_cb), self);
  g_signal_connect_swapped (self->follower, "failed", G_CALLBACK (failed_cb), self);
}

static gboolean
is_quiet (gpointer user_data)
{
  return !refills_order_follower_is_asking (user_data);
}

static void
end (Following *self)
{
  refills_order_follower_close (self->follower);
  refills_test_run_until (is_quiet, self->follower, SHOP_FIXTURE_DEADLINE_MS, "the question to end");
  g_assert_finalize_object (g_steal_pointer (&self->follower));
  g_clear_object (&self->order);
  g_clear_object (&self->last);
}

static gboolean
was_answered (gpointer user_data)
{
  Following *self = user_data;

  return self->n_answers > 0;
}

static gboolean
has_failed (gpointer user_data)
{
  Following *self = user_data;

  return self->n_failures > 0;
}

static gboolean
is_done (gpointer user_data)
{
  Following *self = user_data;

  return self->last != NULL && refills_order_state_get_phase (self->last) == REFILLS_ORDER_PHASE_DONE;
}

static gboolean
has_message (gpointer user_data)
{
  Following *self = user_data;

  return self->n_messages > 0;
}

static void
refuse (ShopFixture *self,
        const char  *path,
        guint        status,
        guint        count,
        guint        skip)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"error\":\"no\"}", 14);
  const RefillsSandboxFault fault = {
    .kind = REFILLS_SANDBOX_FAULT_STATUS, .method = "GET", .path = path, .status = status, .count = count,
    .skip = skip, .content_type = "application/json", .body = body,
  };

  refills_sandbox_add_fault (self->sandbox, &fault);
}

/* Questions that get no state are asked after longer and longer waits, by no stream's leave, and no order is given up
 * for it. */
static void
assert_growing (Following *self)
{
  guint first = 0;

  refills_order_follower_ask (self->follower, 0);
  refills_test_run_until (has_failed, self, SHOP_FIXTURE_DEADLINE_MS, "a question in vain");
  shop_fixture_let_pass (1200);
  first = self->n_failures;
  /* 60 + 120 + … + 960 ms is more than that, even where each is a fifth shorter; every 60 to 90 ms would be 13. */
  g_assert_cmpuint (first, <=, 6);
  g_assert_cmpuint (self->n_answers, ==, 0);

  refills_sandbox_clear_faults (self->fixture->sandbox);
  shop_fixture_pay (self->fixture, self->order);
  refills_test_run_until (is_done, self, SHOP_FIXTURE_DEADLINE_MS, "the order to be done");
}

static void
test_refused (ShopFixture   *fixture,
              gconstpointer  data)
{
  Following self = { NULL };

  begin (&self, fixture);
  refuse (fixture, ORDER, 404, 0, 0);
  refills_order_follower_set_streams (self.follower, TRUE);
  assert_growing (&self);
  end (&self);
}

/* An order of which no more is known than its id. Its stream comes and goes, and asks no oftener for it. */
static void
test_unreadable (ShopFixture   *fixture,
                 gconstpointer  data)
{
  const RefillsSandboxFault twice = {
    .kind = REFILLS_SANDBOX_FAULT_MUTATE, .method = "GET", .path = ORDER, .member = "order_id", .json = "[1,2",
  };
  const RefillsSandboxFault close = {
    .kind = REFILLS_SANDBOX_FAULT_STREAM_CLOSE, .method = "GET", .path = SUBSCRIBE, .after = 1,
  };
  Following self = { NULL };

  begin (&self, fixture);
  refills_sandbox_add_fault (fixture->sandbox, &close);
  refills_sandbox_add_fault (fixture->sandbox, &twice);
  refills_order_follower_set_streams (self.follower, TRUE);
  assert_growing (&self);
  end (&self);
}

/* The service has a trouble: it is asked again within the longest wait of a stream, and not every time later. */
static void
test_trouble (ShopFixture   *fixture,
              gconstpointer  data)
{
  Following self = { NULL };

  begin (&self, fixture);
  refuse (fixture, ORDER, 500, 8, 0);
  refills_order_follower_ask (self.follower, 0);
  refills_test_run_until (was_answered, &self, SHOP_FIXTURE_DEADLINE_MS, "an answer in the end");
  g_assert_cmpuint (self.n_failures, ==, 8);
  end (&self);
}

/* The one question after a reconnect is asked until it is answered, though the stream is live again. */
static void
test_reconnect_until_answered (ShopFixture   *fixture,
                               gconstpointer  data)
{
  const RefillsSandboxFault close = {
    .kind = REFILLS_SANDBOX_FAULT_STREAM_CLOSE, .method = "GET", .path = SUBSCRIBE, .after = 1, .count = 1,
  };
  const RefillsSandboxFault late = {
    .kind = REFILLS_SANDBOX_FAULT_STREAM_LATE, .method = "GET", .path = SUBSCRIBE, .skip = 1,
  };
  g_autofree char *path = NULL;
  Following self = { NULL };

  fixture->environment->poll_min_ms = fixture->environment->poll_max_ms = 400;
  begin (&self, fixture);
  path = g_strconcat ("/v5/orders/", refills_order_state_get_order_id (refills_order_get_state (self.order)), NULL);
  refills_sandbox_add_fault (fixture->sandbox, &close);
  refills_sandbox_add_fault (fixture->sandbox, &late);
  /* Two questions, and no subscription. */
  refuse (fixture, path, 500, 2, 0);
  refills_order_follower_set_streams (self.follower, TRUE);
  refills_test_run_until (was_answered, &self, SHOP_FIXTURE_DEADLINE_MS, "the answer");
  g_assert_cmpuint (self.n_failures, ==, 2);
  g_assert_cmpuint (shop_fixture_count (fixture, "GET", SUBSCRIBE), ==, 2);
  shop_fixture_let_pass (600);
  g_assert_cmpuint (self.n_answers, ==, 1);
  end (&self);
}

/* A stream may be taken away and given back: what it did not say meanwhile is asked for. */
static void
test_taken_away (ShopFixture   *fixture,
                 gconstpointer  data)
{
  Following self = { NULL };

  fixture->environment->poll_min_ms = fixture->environment->poll_max_ms = 60 * 1000;
  begin (&self, fixture);
  refills_order_follower_set_streams (self.follower, TRUE);
  refills_test_run_until (has_message, &self, SHOP_FIXTURE_DEADLINE_MS, "a message");
  refills_order_follower_set_streams (self.follower, FALSE);
  g_assert_true (refills_order_follower_can_stream (self.follower));
  g_assert_cmpuint (self.n_answers, ==, 0);
  refills_order_follower_set_streams (self.follower, TRUE);
  refills_test_run_until (was_answered, &self, SHOP_FIXTURE_DEADLINE_MS, "an answer");
  g_assert_cmpuint (shop_fixture_count (fixture, "GET", SUBSCRIBE), ==, 2);
  end (&self);
}

typedef struct {
  guint           n_polls;
  GMainContext   *context;
  GPollFunc       poll;
} Wakes;

static Wakes wakes;

static int
count_poll (GPollFD *fds,
            guint    n_fds,
            int      timeout)
{
  wakes.n_polls++;

  return wakes.poll (fds, n_fds, timeout);
}

/* With its stream live and nothing to say, an order wakes nobody. */
static void
test_idle (ShopFixture   *fixture,
           gconstpointer  data)
{
  Following self = { NULL };

  fixture->environment->silence_ms = 45000;
  fixture->environment->poll_min_ms = fixture->environment->poll_max_ms = 250;
  begin (&self, fixture);
  refills_order_follower_set_streams (self.follower, TRUE);
  refills_test_run_until (has_message, &self, SHOP_FIXTURE_DEADLINE_MS, "a message");
  shop_fixture_let_pass (200);

  wakes.context = g_main_context_default ();
  wakes.n_polls = 0;
  wakes.poll = g_main_context_get_poll_func (wakes.context);
  g_main_context_set_poll_func (wakes.context, count_poll);
  shop_fixture_let_pass (1200);
  g_main_context_set_poll_func (wakes.context, wakes.poll);
  /* Of which two are those of the test's own timer, and one or two of the sandbox's. */
  g_assert_cmpuint (wakes.n_polls, <=, 4);
  g_assert_cmpuint (self.n_answers, ==, 0);
  end (&self);
}

/* How news comes, as a person reads it. */
static gboolean
waits (gpointer user_data)
{
  return refills_order_get_link (user_data) == REFILLS_ORDER_LINK_WAITING &&
         refills_order_get_link_until (user_data) != 0;
}

static gboolean
polls (gpointer user_data)
{
  return refills_order_get_link (user_data) == REFILLS_ORDER_LINK_POLLING;
}

static void
assert_wait (ShopFixture *fixture,
             const char  *why)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (fixture);

  refills_test_run_until (waits, order, SHOP_FIXTURE_DEADLINE_MS, "the wait");
  g_assert_cmpstr (refills_order_get_link_text (order), ==, why);
  refills_sandbox_clear_faults (fixture->sandbox);
}

static void
test_wait_trouble (ShopFixture   *fixture,
                   gconstpointer  data)
{
  refuse (fixture, ORDER, 500, 0, 0);
  assert_wait (fixture, "The shop has a problem right now.");
}

static void
test_wait_asked (ShopFixture   *fixture,
                 gconstpointer  data)
{
  refuse (fixture, ORDER, 429, 0, 0);
  assert_wait (fixture, "The shop asks to wait a moment before trying again.");
}

static void
test_wait_unreachable (ShopFixture   *fixture,
                       gconstpointer  data)
{
  const RefillsSandboxFault cut = {
    .kind = REFILLS_SANDBOX_FAULT_CLOSE, .method = "GET", .path = ORDER,
  };

  refills_sandbox_add_fault (fixture->sandbox, &cut);
  assert_wait (fixture, "The shop cannot be reached right now.");
}

static void
count_cb (guint *n)
{
  ++*n;
}

/* Where there is no stream and the order is asked for and answered, nothing flickers. */
static void
test_calm (ShopFixture   *fixture,
           gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = NULL;
  guint n_changes = 0;
  guint n_questions = 0;

  refuse (fixture, SUBSCRIBE, 500, 0, 0);
  order = shop_fixture_place (fixture);
  refills_test_run_until (polls, order, SHOP_FIXTURE_DEADLINE_MS, "polling");
  g_signal_connect_swapped (order, "notify::link", G_CALLBACK (count_cb), &n_changes);
  g_signal_connect_swapped (order, "notify::link-text", G_CALLBACK (count_cb), &n_changes);
  g_signal_connect_swapped (order, "notify::link-until", G_CALLBACK (count_cb), &n_changes);
  n_questions = shop_fixture_count (fixture, "GET", ORDER);
  shop_fixture_let_pass (800);
  g_assert_cmpuint (shop_fixture_count (fixture, "GET", ORDER), >, n_questions + 2);
  g_assert_cmpuint (n_changes, ==, 0);
  g_signal_handlers_disconnect_by_data (order, &n_changes);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

#define ADD(path, func) \
  g_test_add (path, ShopFixture, NULL, shop_fixture_set_up, func, shop_fixture_tear_down)

  ADD ("/order-follower/refused", test_refused);
  ADD ("/order-follower/unreadable", test_unreadable);
  ADD ("/order-follower/trouble", test_trouble);
  ADD ("/order-follower/reconnect-until-answered", test_reconnect_until_answered);
  ADD ("/order-follower/taken-away", test_taken_away);
  ADD ("/order-follower/idle", test_idle);
  ADD ("/order-follower/wait/trouble", test_wait_trouble);
  ADD ("/order-follower/wait/asked", test_wait_asked);
  ADD ("/order-follower/wait/unreachable", test_wait_unreachable);
  ADD ("/order-follower/calm", test_calm);

  return g_test_run ();
}
