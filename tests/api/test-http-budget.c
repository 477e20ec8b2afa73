/* test-http-budget.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * When requests leave that are kept back by the service or by the budget for it.
 */
#include "refills-http.h"

#include "http-fixture.h"
#include "refills-error.h"
#include "refills-test.h"

#define DEADLINE_MS 1000
#define ORDERS_IN_TEN_MINUTES 30
#define VIAS_IN_A_MINUTE 30

typedef struct {
  HttpFixture base;
  gint64 ahead_ms; /* of the monotonic clock */
} Fixture;

static gint64
read_clock (gpointer user_data)
{
  Fixture *fixture = user_data;

  return g_get_monotonic_time () / 1000 + fixture->ahead_ms;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->base.server = scripted_server_new ();
  fixture->base.uri = scripted_server_dup_uri (fixture->base.server);
  fixture->base.http = refills_http_new (&(RefillsHttpOptions) {
                                           .base_uri = fixture->base.uri,
                                           .version = "1.2.3",
                                           .read_deadline_ms = DEADLINE_MS,
                                           .clock = read_clock,
                                           .clock_data = fixture,
                                         },
                                         &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->base.http));
  g_clear_pointer (&fixture->base.server, scripted_server_free);
  g_clear_pointer (&fixture->base.uri, g_free);
}

static GBytes *
get (Fixture     *fixture,
     const char  *path,
     GError     **error)
{
  GAsyncResult *result = NULL;

  refills_http_get_json_async (fixture->base.http, path, NULL, NULL, NULL, refills_test_keep_result, &result);

  return http_fixture_finish (&fixture->base, &result, NULL, error);
}

static void
assert_works (Fixture    *fixture,
              const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = get (fixture, path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (bytes);
}

static void
assert_limited (Fixture    *fixture,
                const char *path,
                guint       wait_s)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = get (fixture, path, &error);

  g_assert_null (bytes);
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_RATE_LIMITED);
  g_assert_cmpuint (refills_error_get_wait (error), >=, wait_s - 2);
  g_assert_cmpuint (refills_error_get_wait (error), <=, wait_s);
}

/* Nothing leaves for that endpoint before the time, and everything for the others. */
static void
test_limited (Fixture       *fixture,
              gconstpointer  data)
{
  scripted_server_answer (fixture->base.server, "HTTP/1.1 429 Slow\r\nRetry-After: 40\r\nContent-Length: 0\r\n\r\n",
                          SCRIPTED_END_KEEP);
  scripted_server_answer_json (fixture->base.server, 200, "{}");
  assert_limited (fixture, "/v2/brands", 40);
  for (guint i = 0; i < 5; i++)
    assert_limited (fixture, "/v2/brands", 40);
  g_assert_cmpuint (scripted_server_n_requests (fixture->base.server), ==, 1);
  assert_works (fixture, "/v3/payment_vias");

  fixture->ahead_ms = 30 * 1000;
  assert_limited (fixture, "/v2/brands", 10);
  g_assert_cmpuint (scripted_server_n_requests (fixture->base.server), ==, 2);
  fixture->ahead_ms = 40 * 1000;
  assert_works (fixture, "/v2/brands");
  g_assert_cmpuint (scripted_server_n_requests (fixture->base.server), ==, 3);
}

/* A 503 that says when; the error is the server's, then ours. */
static void
test_trouble (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  scripted_server_answer (fixture->base.server, "HTTP/1.1 503 No\r\nRetry-After: 40\r\nContent-Length: 0\r\n\r\n",
                          SCRIPTED_END_KEEP);
  bytes = get (fixture, "/v2/brands", &error);
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_SERVER);
  g_assert_cmpuint (refills_error_get_wait (error), ==, 40);
  assert_limited (fixture, "/v2/brands", 40);
  g_assert_cmpuint (scripted_server_n_requests (fixture->base.server), ==, 1);
}

static void
spend_vias (Fixture *fixture)
{
  scripted_server_answer_json (fixture->base.server, 200, "{}");
  for (guint i = 0; i < VIAS_IN_A_MINUTE; i++)
    assert_works (fixture, "/v3/payment_vias");
  assert_limited (fixture, "/v3/payment_vias", 60);
  g_assert_cmpuint (scripted_server_n_requests (fixture->base.server), ==, VIAS_IN_A_MINUTE);
}

/* To so long after the first request. */
static void
go_to (Fixture *fixture,
       gint64   milliseconds)
{
  gint64 passed = g_get_monotonic_time () - scripted_server_get_time (fixture->base.server, 0);

  fixture->ahead_ms = milliseconds - passed / 1000;
}

/* A short wait is waited, and is not seen. */
static void
test_short_wait (Fixture       *fixture,
                 gconstpointer  data)
{
  gint64 began_at;

  spend_vias (fixture);
  /* 300 ms before the first of them is a minute old. */
  go_to (fixture, 60 * 1000 - 300);
  began_at = g_get_monotonic_time ();
  assert_works (fixture, "/v3/payment_vias");
  g_assert_cmpint (g_get_monotonic_time () - began_at, >=, 200 * 1000);
  g_assert_cmpuint (scripted_server_n_requests (fixture->base.server), ==, VIAS_IN_A_MINUTE + 1);
}

static void
test_cancelled_wait (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GAsyncResult *result = NULL;

  spend_vias (fixture);
  go_to (fixture, 60 * 1000 - 400);
  refills_http_get_json_async (fixture->base.http, "/v3/payment_vias", NULL, NULL, cancellable,
                               refills_test_keep_result, &result);
  g_main_context_iteration (NULL, FALSE);
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  bytes = http_fixture_finish (&fixture->base, &result, NULL, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (scripted_server_n_requests (fixture->base.server), ==, VIAS_IN_A_MINUTE);
}

/* An answer that is cut is not asked for again when that would be one too many. */
static void
test_no_repeat (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  scripted_server_answer_json (fixture->base.server, 200, "{}");
  for (guint i = 0; i + 1 < VIAS_IN_A_MINUTE; i++)
    assert_works (fixture, "/v3/payment_vias");
  scripted_server_on (fixture->base.server, "GET", "*", HTTP_FIXTURE_OK "Content-Length: 50\r\n\r\n{",
                      SCRIPTED_END_RESET);
  bytes = get (fixture, "/v3/payment_vias", &error);
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_UNREACHABLE);
  g_assert_cmpuint (scripted_server_n_requests (fixture->base.server), ==, VIAS_IN_A_MINUTE);
}

static void
assert_order_limited (Fixture *fixture,
                      guint    wait_s)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = http_fixture_post_order (&fixture->base, NULL, &error);

  g_assert_null (bytes);
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_RATE_LIMITED);
  g_assert_cmpuint (refills_error_get_wait (error), >=, wait_s - 2);
  g_assert_cmpuint (refills_error_get_wait (error), <=, wait_s);
}

/* An order does not wait, however short: nothing is sent, and that is said at once. */
static void
test_orders (Fixture       *fixture,
             gconstpointer  data)
{
  scripted_server_answer_json (fixture->base.server, 200, "{}");
  for (guint i = 0; i < ORDERS_IN_TEN_MINUTES; i++) {
    g_autoptr (GBytes) bytes = http_fixture_post_order (&fixture->base, NULL, NULL);

    g_assert_nonnull (bytes);
  }
  assert_order_limited (fixture, 600);
  fixture->ahead_ms = 599 * 1000;
  assert_order_limited (fixture, 2);
  g_assert_cmpuint (scripted_server_n_requests (fixture->base.server), ==, ORDERS_IN_TEN_MINUTES);
}

static void
test_order_limited (Fixture       *fixture,
                    gconstpointer  data)
{
  scripted_server_answer (fixture->base.server, "HTTP/1.1 429 Slow\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n",
                          SCRIPTED_END_KEEP);
  assert_order_limited (fixture, 30);
  assert_order_limited (fixture, 30);
  g_assert_cmpuint (scripted_server_n_requests (fixture->base.server), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

  ADD ("/http-budget/limited", test_limited);
  ADD ("/http-budget/trouble", test_trouble);
  ADD ("/http-budget/short-wait", test_short_wait);
  ADD ("/http-budget/cancelled-wait", test_cancelled_wait);
  ADD ("/http-budget/no-repeat", test_no_repeat);
  ADD ("/http-budget/orders", test_orders);
  ADD ("/http-budget/order-limited", test_order_limited);

  return g_test_run ();
}
