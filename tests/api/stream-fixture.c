/* stream-fixture.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A scripted server and a stream of it whose delays are short and exact, with what it said.
 */
#include "stream-fixture.h"

#include "refills-test.h"

static double
draw_half (gpointer user_data)
{
  return 0.5;
}

/* Valid is what begins with a brace. */
static gboolean
message_func (const char *data,
              gsize       length,
              gpointer    user_data)
{
  StreamFixture *fixture = user_data;

  g_ptr_array_add (fixture->messages, g_strndup (data, length));

  return length > 0 && data[0] == '{';
}

static void
ended_cb (RefillsEventStream    *stream,
          RefillsEventStreamEnd  reason,
          StreamFixture         *fixture)
{
  g_assert_cmpint (refills_event_stream_get_state (stream), ==, REFILLS_EVENT_STREAM_IDLE);
  fixture->ended = reason;
  fixture->n_ended++;
}

void
stream_fixture_renew (StreamFixture *fixture,
                      guint          base_ms,
                      guint          limit_ms,
                      guint          silence_ms)
{
  g_autofree char *uri = scripted_server_dup_uri (fixture->server);
  g_autoptr (GError) error = NULL;
  RefillsBackoff backoff;

  g_clear_object (&fixture->stream);
  g_clear_object (&fixture->http);
  fixture->http = refills_http_new (&(RefillsHttpOptions) {
                                      .base_uri = uri,
                                      .partner_id = "partner-7",
                                      .version = "1.2.3",
                                      .silence_ms = silence_ms,
                                    },
                                    &error);
  g_assert_no_error (error);
  refills_backoff_init (&backoff, base_ms, limit_ms, draw_half, NULL);
  fixture->stream = refills_event_stream_new (fixture->http, "/v5/orders/o-1/subscribe", "US", &backoff);
  refills_event_stream_set_func (fixture->stream, message_func, fixture);
  g_signal_connect (fixture->stream, "ended", G_CALLBACK (ended_cb), fixture);
}

static void
set_up (StreamFixture *fixture,
        gconstpointer  data)
{
  fixture->server = scripted_server_new ();
  fixture->messages = g_ptr_array_new_with_free_func (g_free);
  fixture->ended = -1;
  stream_fixture_renew (fixture, 10, 40, 0);
}

static void
tear_down (StreamFixture *fixture,
           gconstpointer  data)
{
  if (fixture->stream != NULL)
    g_assert_finalize_object (g_steal_pointer (&fixture->stream));
  g_clear_object (&fixture->http);
  g_clear_pointer (&fixture->server, scripted_server_free);
  g_clear_pointer (&fixture->messages, g_ptr_array_unref);
}

static gboolean
is_in_state (gpointer user_data)
{
  StreamFixture *fixture = user_data;

  return refills_event_stream_get_state (fixture->stream) == fixture->wanted;
}

void
stream_fixture_wait_state (StreamFixture           *fixture,
                           RefillsEventStreamState  state)
{
  fixture->wanted = state;
  refills_test_run_until (is_in_state, fixture, STREAM_FIXTURE_DEADLINE_MS, "the state of the stream");
}

static gboolean
has_requests (gpointer user_data)
{
  StreamFixture *fixture = user_data;

  return scripted_server_n_requests (fixture->server) >= fixture->wanted_requests;
}

void
stream_fixture_wait_requests (StreamFixture *fixture,
                              guint          n_requests)
{
  fixture->wanted_requests = n_requests;
  refills_test_run_until (has_requests, fixture, STREAM_FIXTURE_DEADLINE_MS, "requests");
}

static gboolean
is_closed (gpointer user_data)
{
  return scripted_server_n_closed (user_data) > 0;
}

static gboolean
has_message (gpointer user_data)
{
  StreamFixture *fixture = user_data;

  return fixture->messages->len > 0;
}

void
stream_fixture_wait_closed (StreamFixture *fixture)
{
  refills_test_run_until (is_closed, fixture->server, STREAM_FIXTURE_DEADLINE_MS, "the connection is closed");
}

void
stream_fixture_wait_message (StreamFixture *fixture)
{
  refills_test_run_until (has_message, fixture, STREAM_FIXTURE_DEADLINE_MS, "a message");
}

static gboolean
stop_waiting_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Much longer than any delay of the stream: what has not come then does not come. */
void
stream_fixture_assert_no_more_requests (StreamFixture *fixture)
{
  guint n_requests = scripted_server_n_requests (fixture->server);
  gboolean is_over = FALSE;

  g_timeout_add (200, stop_waiting_cb, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (scripted_server_n_requests (fixture->server), ==, n_requests);
}

void
stream_fixture_add (const char        *name,
                    int                data,
                    StreamFixtureFunc  test)
{
  g_test_add (name, StreamFixture, GINT_TO_POINTER (data), set_up, test, tear_down);
}
