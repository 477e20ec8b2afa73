/* test-relay-client.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Our own client behind the relay in front of the sandbox, up to the code.
 */
#include "refills-relay.h"

#include "refills-event-stream.h"
#include "refills-order-state.h"
#include "refills-test.h"
#include "sandbox-client.h"
#include "scripted-server.h"

#define DEADLINE_MS 20000
#define UNREACHED "{\"error\":\"Failed to connect to upstream stream\"}"

typedef struct {
  RefillsRelay *relay;
  RefillsHttp *upstream;
  RefillsHttp *http;        /* to the relay */
} Way;

typedef struct {
  SandboxClient base;
  Way way;
} Fixture;

/* One order, followed through the relay. */
typedef struct {
  RefillsEventStream *stream;
  RefillsOrderState *state; /* the last */
  guint n_messages;
  guint n_invalid;
  int ended;                /* the reason, or -1 */
} Follower;

static RefillsHttp *
make_http (const char *uri,
           guint       silence_ms)
{
  g_autoptr (GError) error = NULL;
  RefillsHttp *http = refills_http_new (&(RefillsHttpOptions) {
                                          .base_uri = uri,
                                          .partner_id = "partner-7",
                                          .version = "1.2.3",
                                          .silence_ms = silence_ms,
                                          .max_streams = REFILLS_RELAY_MAX_CLIENTS,
                                        },
                                        &error);

  g_assert_no_error (error);

  return http;
}

static void
way_open (Way        *way,
          const char *upstream,
          guint       silence_ms)
{
  g_autoptr (GError) error = NULL;

  way->upstream = make_http (upstream, silence_ms);
  way->relay = refills_relay_new (way->upstream, "US", NULL);
  refills_relay_start (way->relay, 0, &error);
  g_assert_no_error (error);
  way->http = make_http (refills_relay_get_uri (way->relay), 0);
}

static void
way_close (Way *way)
{
  g_assert_finalize_object (g_steal_pointer (&way->relay));
  g_clear_object (&way->http);
  g_clear_object (&way->upstream);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  sandbox_client_set_up (&fixture->base, &(RefillsSandboxOptions) { .seed = 7 });
  way_open (&fixture->way, refills_sandbox_get_base_uri (fixture->base.sandbox), 0);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  way_close (&fixture->way);
  sandbox_client_tear_down (&fixture->base, NULL);
}

static gboolean
message_cb (const char *data,
            gsize       length,
            gpointer    user_data)
{
  Follower *follower = user_data;
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (RefillsOrderState) state = refills_order_state_new_from_bytes (bytes, NULL);

  if (state == NULL) {
    follower->n_invalid++;
    return FALSE;
  }
  follower->n_messages++;
  g_set_object (&follower->state, state);

  return TRUE;
}

static void
ended_cb (RefillsEventStream    *stream,
          RefillsEventStreamEnd  reason,
          Follower              *follower)
{
  follower->ended = reason;
}

static void
follower_open (Follower   *follower,
               Way        *way,
               const char *order_id)
{
  g_autofree char *path = g_strdup_printf ("/api/orders/%s/subscribe", order_id);

  *follower = (Follower) { .ended = -1 };
  follower->stream = refills_event_stream_new (way->http, path, NULL, NULL);
  refills_event_stream_set_func (follower->stream, message_cb, follower);
  refills_event_stream_set_reconnects (follower->stream, FALSE);
  g_signal_connect (follower->stream, "ended", G_CALLBACK (ended_cb), follower);
  refills_event_stream_open (follower->stream);
}

static void
follower_close (Follower *follower)
{
  g_clear_object (&follower->stream);
  g_clear_object (&follower->state);
}

static gboolean
has_message (gpointer user_data)
{
  return ((Follower *) user_data)->n_messages > 0;
}

static gboolean
has_ended (gpointer user_data)
{
  return ((Follower *) user_data)->ended != -1;
}

static gboolean
is_quiet (gpointer user_data)
{
  return refills_sandbox_count_open_streams (user_data) == 0;
}

static void
pay (Fixture    *fixture,
     const char *order_id)
{
  g_autofree char *path = g_strdup_printf ("/sandbox/orders/%s/pay?step_ms=20", order_id);
  g_autoptr (SandboxReply) reply = sandbox_client_ask (&fixture->base, "POST", path, NULL);

  g_assert_cmpuint (reply->status, ==, 200);
}

/* The code that the sandbox made, asked of the order itself. */
static char *
dup_code (Fixture    *fixture,
          const char *order_id)
{
  g_autofree char *path = g_strconcat ("/v5/orders/", order_id, NULL);
  g_autoptr (SandboxReply) reply = sandbox_client_ask (&fixture->base, "GET", path, NULL);

  return g_strdup (sandbox_client_first (sandbox_client_get_object (reply), "pin_code"));
}

static void
assert_has_code (Fixture    *fixture,
                 Follower   *follower,
                 const char *order_id)
{
  g_autofree char *code = dup_code (fixture, order_id);

  g_assert_cmpint (follower->ended, ==, REFILLS_EVENT_STREAM_END_STOP);
  g_assert_cmpuint (follower->n_invalid, ==, 0);
  g_assert_cmpuint (follower->n_messages, >, 1);
  g_assert_cmpstr (refills_order_state_get_order_id (follower->state), ==, order_id);
  g_assert_cmpint (refills_order_state_get_phase (follower->state), ==, REFILLS_ORDER_PHASE_DONE);
  g_assert_nonnull (code);
  g_assert_cmpstr (refills_delivery_get_secret (refills_order_state_get_delivery (follower->state, 0),
                                                REFILLS_SECRET_CODE), ==, code);
}

static void
test_up_to_the_code (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *order_id = sandbox_client_order (&fixture->base, "BTC", "Lightning", "ada@example.com");
  Follower follower;

  follower_open (&follower, &fixture->way, order_id);
  refills_test_run_until (has_message, &follower, DEADLINE_MS, "the order");
  g_assert_cmpint (refills_order_state_get_phase (follower.state), ==, REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT);
  g_assert_cmpuint (refills_sandbox_count_open_streams (fixture->base.sandbox), ==, 1);
  pay (fixture, order_id);
  refills_test_run_until (has_ended, &follower, DEADLINE_MS, "the end of the stream");
  assert_has_code (fixture, &follower, order_id);
  refills_test_run_until (is_quiet, fixture->base.sandbox, DEADLINE_MS, "the sandbox's stream is closed");
  g_assert_cmpuint (refills_sandbox_count_requests (fixture->base.sandbox, "GET", "/v5/orders/*/subscribe"), ==, 1);
  follower_close (&follower);
}

static void
test_two_at_once (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *first_id = sandbox_client_order (&fixture->base, "BTC", "Lightning", "ada@example.com");
  g_autofree char *second_id = sandbox_client_order (&fixture->base, "LTC", "Mainnet", "bob@example.com");
  Follower first;
  Follower second;
  Follower beside;  /* a second client of the first order */

  follower_open (&first, &fixture->way, first_id);
  follower_open (&second, &fixture->way, second_id);
  follower_open (&beside, &fixture->way, first_id);
  refills_test_run_until (has_message, &first, DEADLINE_MS, "the first order");
  refills_test_run_until (has_message, &second, DEADLINE_MS, "the second order");
  refills_test_run_until (has_message, &beside, DEADLINE_MS, "the first order again");
  g_assert_cmpuint (refills_sandbox_count_open_streams (fixture->base.sandbox), ==, 3);

  pay (fixture, first_id);
  refills_test_run_until (has_ended, &first, DEADLINE_MS, "the end of the first stream");
  refills_test_run_until (has_ended, &beside, DEADLINE_MS, "the end of its other stream");
  assert_has_code (fixture, &first, first_id);
  assert_has_code (fixture, &beside, first_id);
  g_assert_cmpint (second.ended, ==, -1);
  g_assert_cmpuint (second.n_messages, ==, 1);

  pay (fixture, second_id);
  refills_test_run_until (has_ended, &second, DEADLINE_MS, "the end of the second stream");
  assert_has_code (fixture, &second, second_id);
  follower_close (&first);
  follower_close (&second);
  follower_close (&beside);
}

static void
test_client_goes_away (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *order_id = sandbox_client_order (&fixture->base, "BTC", "Lightning", "ada@example.com");
  Follower follower;

  follower_open (&follower, &fixture->way, order_id);
  refills_test_run_until (has_message, &follower, DEADLINE_MS, "the order");
  g_assert_cmpuint (refills_sandbox_count_open_streams (fixture->base.sandbox), ==, 1);
  follower_close (&follower);
  refills_test_run_until (is_quiet, fixture->base.sandbox, 1000, "the sandbox's stream is closed within a second");
}

static void
test_relay_stops (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *order_id = sandbox_client_order (&fixture->base, "BTC", "Lightning", "ada@example.com");
  g_autoptr (GError) error = NULL;
  Follower follower;

  follower_open (&follower, &fixture->way, order_id);
  refills_test_run_until (has_message, &follower, DEADLINE_MS, "the order");
  refills_relay_stop (fixture->way.relay);
  refills_test_run_until (has_ended, &follower, DEADLINE_MS, "the end of the stream");
  /* libsoup before 3.6.5 does not miss the last chunk. */
  g_assert_true (follower.ended == REFILLS_EVENT_STREAM_END_OVER || follower.ended == REFILLS_EVENT_STREAM_END_LOST);
  refills_test_run_until (is_quiet, fixture->base.sandbox, DEADLINE_MS, "the sandbox's stream is closed");
  refills_relay_start (fixture->way.relay, 0, &error);
  g_assert_no_error (error);
  follower_close (&follower);
}

static gboolean
is_closed (gpointer user_data)
{
  return scripted_server_n_closed (user_data) > 0;
}

/* A service that takes the request and says nothing: the client is told in the end. */
static void
test_no_head (void)
{
  g_autoptr (ScriptedServer) server = scripted_server_new ();
  g_autofree char *uri = scripted_server_dup_uri (server);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *client_uri = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  Way way;

  scripted_server_answer (server, "", SCRIPTED_END_HANG);
  way_open (&way, uri, 200);
  client_uri = g_strconcat (refills_relay_get_uri (way.relay), "/api/orders/o-1/subscribe", NULL);
  message = soup_message_new (SOUP_METHOD_GET, client_uri);
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, DEADLINE_MS);
  body = soup_session_send_and_read_finish (session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 502);
  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), UNREACHED, strlen (UNREACHED));
  refills_test_run_until (is_closed, server, DEADLINE_MS, "the service is let go");
  way_close (&way);
}

static gboolean
let_pass_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static gboolean
is_let_pass (gpointer user_data)
{
  return *(gboolean *) user_data;
}

/* After the head, silence is no end: what has a clock of its own is the client. */
static void
test_silence (void)
{
  g_autoptr (ScriptedServer) server = scripted_server_new ();
  g_autofree char *uri = scripted_server_dup_uri (server);
  gboolean later = FALSE;
  Follower follower;
  Way way;

  scripted_server_answer (server, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n", SCRIPTED_END_HANG);
  way_open (&way, uri, 100);
  follower_open (&follower, &way, "o-1");
  g_timeout_add (500, let_pass_cb, &later);
  refills_test_run_until (is_let_pass, &later, DEADLINE_MS, "five times what the head may take");
  g_assert_cmpint (follower.ended, ==, -1);
  g_assert_cmpint (refills_event_stream_get_state (follower.stream), ==, REFILLS_EVENT_STREAM_OPEN);
  g_assert_cmpuint (scripted_server_n_closed (server), ==, 0);
  follower_close (&follower);
  refills_test_run_until (is_closed, server, DEADLINE_MS, "the service is let go");
  way_close (&way);
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  g_test_add ("/relay-client/up-to-the-code", Fixture, NULL, set_up, test_up_to_the_code, tear_down);
  g_test_add ("/relay-client/two-at-once", Fixture, NULL, set_up, test_two_at_once, tear_down);
  g_test_add ("/relay-client/client-goes-away", Fixture, NULL, set_up, test_client_goes_away, tear_down);
  g_test_add ("/relay-client/relay-stops", Fixture, NULL, set_up, test_relay_stops, tear_down);
  g_test_add_func ("/relay-client/no-head", test_no_head);
  g_test_add_func ("/relay-client/silence", test_silence);

  return g_test_run ();
}
