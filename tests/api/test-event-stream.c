/* test-event-stream.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The states of a stream, its delays and its ends, as a server sees them.
 */
#include "refills-event-stream.h"

#include <string.h>

#include "refills-test.h"
#include "stream-fixture.h"

static void
test_properties (StreamFixture *fixture,
                 gconstpointer  data)
{
  g_assert_cmpint (refills_event_stream_get_state (fixture->stream), ==, REFILLS_EVENT_STREAM_IDLE);
  g_assert_cmpuint (refills_event_stream_get_delay_ms (fixture->stream), ==, 0);
  refills_test_assert_readonly (fixture->stream, "state");
  refills_test_assert_readonly (fixture->stream, "delay-ms");
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static void
test_head (StreamFixture *fixture,
           gconstpointer  data)
{
  g_auto (GStrv) lines = NULL;
  g_autofree char *head = NULL;
  g_autofree char *uri = scripted_server_dup_uri (fixture->server);
  g_autofree char *wanted = g_strdup_printf (
    "\nAccept: text/event-stream\nCache-Control: no-cache\nConnection: Keep-Alive\nContent-Type: application/json\n"
    "GET /v5/orders/o-1/subscribe HTTP/1.1\nHost: %s\nUser-Agent: Refills/1.2.3\nX-Country-ISO-Code: US\n"
    "X-Cr-Application: partner-7\nX-Cr-Version: 1.2.3", uri + strlen ("http://"));

  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD, SCRIPTED_END_HANG);
  refills_event_stream_open (fixture->stream);
  stream_fixture_wait_state (fixture, REFILLS_EVENT_STREAM_OPEN);
  lines = g_strsplit (scripted_server_get_head (fixture->server, 0), "\r\n", -1);
  qsort (lines, g_strv_length (lines), sizeof *lines, compare_lines);
  head = g_strjoinv ("\n", lines);
  g_assert_cmpstr (head, ==, wanted);
}

static void
state_cb (RefillsEventStream *stream,
          GParamSpec         *pspec,
          GString            *states)
{
  g_string_append_printf (states, "%d", refills_event_stream_get_state (stream));
  if (refills_event_stream_get_state (stream) == REFILLS_EVENT_STREAM_WAITING)
    g_assert_cmpuint (refills_event_stream_get_delay_ms (stream), >, 0);
  else
    g_assert_cmpuint (refills_event_stream_get_delay_ms (stream), ==, 0);
}

static void
test_states (StreamFixture *fixture,
             gconstpointer  data)
{
  g_autoptr (GString) states = g_string_new (NULL);

  g_signal_connect (fixture->stream, "notify::state", G_CALLBACK (state_cb), states);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "data: 1\n\n", SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "data: 2\n\n", SCRIPTED_END_HANG);
  refills_event_stream_open (fixture->stream);
  refills_event_stream_open (fixture->stream);
  stream_fixture_wait_requests (fixture, 2);
  stream_fixture_wait_state (fixture, REFILLS_EVENT_STREAM_OPEN);
  refills_event_stream_close (fixture->stream);
  refills_event_stream_close (fixture->stream);

  /* connecting, open, waiting, connecting, open, idle */
  g_assert_cmpstr (states->str, ==, "123120");
  g_assert_cmpint (fixture->ended, ==, REFILLS_EVENT_STREAM_END_CLOSED);
  g_assert_cmpuint (fixture->n_ended, ==, 1);
  g_signal_handlers_disconnect_by_data (fixture->stream, states);
}

static void
assert_near (guint delay_ms,
             guint wanted_ms)
{
  g_assert_cmpuint (delay_ms, >=, wanted_ms * 8 / 10);
  g_assert_cmpuint (delay_ms, <=, wanted_ms * 12 / 10);
}

static guint
take_delay (StreamFixture *fixture)
{
  guint delay_ms;

  stream_fixture_wait_state (fixture, REFILLS_EVENT_STREAM_WAITING);
  delay_ms = refills_event_stream_get_delay_ms (fixture->stream);
  refills_event_stream_hurry (fixture->stream);
  g_assert_cmpint (refills_event_stream_get_state (fixture->stream), ==, REFILLS_EVENT_STREAM_CONNECTING);

  return delay_ms;
}

/* The delays of the service's own client, with nothing injected. */
static void
test_delays (StreamFixture *fixture,
             gconstpointer  data)
{
  static const guint wanted[] = { 1000, 2000, 4000, 8000, 16000, 30000, 30000 };

  /* One that can be connected to and one that cannot. */
  for (guint i = 0; i < 2; i++) {
    g_clear_object (&fixture->stream);
    fixture->stream = refills_event_stream_new (fixture->http, "/x", NULL, NULL);
    if (i == 0)
      scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD, SCRIPTED_END_CLOSE);
    else
      scripted_server_refuse (fixture->server);
    refills_event_stream_open (fixture->stream);
    for (guint j = 0; j < G_N_ELEMENTS (wanted); j++)
      assert_near (take_delay (fixture), wanted[j]);
  }
}

static void
test_delay_reset (StreamFixture *fixture,
                  gconstpointer  data)
{
  stream_fixture_renew (fixture, 1000, 30000, 0);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD, SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "data: what\n\n",
                          SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD ": comment\n\n", SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "event: hint\ndata: {}\n\n",
                          SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "data: {}\n\n", SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD, SCRIPTED_END_CLOSE);
  refills_event_stream_open (fixture->stream);

  /* Neither the connection, nor an invalid message, a comment or another event; a valid message does. */
  g_assert_cmpuint (take_delay (fixture), ==, 1000);
  g_assert_cmpuint (take_delay (fixture), ==, 2000);
  g_assert_cmpuint (take_delay (fixture), ==, 4000);
  g_assert_cmpuint (take_delay (fixture), ==, 8000);
  g_assert_cmpuint (take_delay (fixture), ==, 1000);
  g_assert_cmpuint (take_delay (fixture), ==, 2000);
  g_assert_cmpuint (fixture->messages->len, ==, 2);
}

/* By another connection from now on, and by delays that start anew; but not before the service wants it. */
static void
test_restart (StreamFixture *fixture,
              gconstpointer  data)
{
  stream_fixture_renew (fixture, 1000, 30000, 0);
  refills_event_stream_restart (fixture->stream);
  g_assert_cmpint (refills_event_stream_get_state (fixture->stream), ==, REFILLS_EVENT_STREAM_IDLE);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD, SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD, SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD, SCRIPTED_END_HANG);
  scripted_server_answer (fixture->server, "HTTP/1.1 429 No\r\nContent-Length: 0\r\n\r\n", SCRIPTED_END_CLOSE);
  refills_event_stream_open (fixture->stream);
  g_assert_cmpuint (take_delay (fixture), ==, 1000);
  stream_fixture_wait_state (fixture, REFILLS_EVENT_STREAM_WAITING);
  g_assert_cmpuint (refills_event_stream_get_delay_ms (fixture->stream), ==, 2000);
  refills_event_stream_restart (fixture->stream);
  stream_fixture_wait_state (fixture, REFILLS_EVENT_STREAM_OPEN);
  refills_event_stream_restart (fixture->stream);
  stream_fixture_wait_closed (fixture);
  stream_fixture_wait_state (fixture, REFILLS_EVENT_STREAM_WAITING);
  g_assert_cmpuint (refills_event_stream_get_delay_ms (fixture->stream), ==, 30000);
  refills_event_stream_restart (fixture->stream);
  g_assert_cmpint (refills_event_stream_get_state (fixture->stream), ==, REFILLS_EVENT_STREAM_WAITING);
  g_assert_cmpuint (scripted_server_n_requests (fixture->server), ==, 4);

  /* The delays: without the service's wish the next one is the first. */
  stream_fixture_renew (fixture, 1000, 30000, 0);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD, SCRIPTED_END_CLOSE);
  refills_event_stream_open (fixture->stream);
  g_assert_cmpuint (take_delay (fixture), ==, 1000);
  g_assert_cmpuint (take_delay (fixture), ==, 2000);
  stream_fixture_wait_state (fixture, REFILLS_EVENT_STREAM_WAITING);
  refills_event_stream_restart (fixture->stream);
  g_assert_cmpuint (take_delay (fixture), ==, 1000);
}

/* The connection lives on after data that is not valid. */
static void
test_invalid_keeps (StreamFixture *fixture,
                    gconstpointer  data)
{
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "data: what\n\n", SCRIPTED_END_HANG);
  refills_event_stream_open (fixture->stream);
  stream_fixture_wait_message (fixture);
  g_ptr_array_set_size (fixture->messages, 0);
  scripted_server_send (fixture->server, 0, "data: {\"a\":");
  scripted_server_send (fixture->server, 0, "1}\n\n");
  stream_fixture_wait_message (fixture);
  g_assert_cmpstr (g_ptr_array_index (fixture->messages, 0), ==, "{\"a\":1}");
  g_assert_cmpuint (scripted_server_n_requests (fixture->server), ==, 1);
}

static void
test_stop (StreamFixture *fixture,
           gconstpointer  data)
{
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "data: {1}\n\nevent: stop\ndata: bye\n\ndata: {2}\n\n",
                          SCRIPTED_END_HANG);
  refills_event_stream_open (fixture->stream);
  stream_fixture_wait_state (fixture, REFILLS_EVENT_STREAM_OPEN);
  stream_fixture_wait_state (fixture, REFILLS_EVENT_STREAM_IDLE);
  g_assert_cmpint (fixture->ended, ==, REFILLS_EVENT_STREAM_END_STOP);
  g_assert_cmpuint (fixture->n_ended, ==, 1);
  g_assert_cmpuint (fixture->messages->len, ==, 1);
  stream_fixture_wait_closed (fixture);
  stream_fixture_assert_no_more_requests (fixture);
}

static void
raw_cb (const char *event,
        const char *data,
        gsize       length,
        const char *last_event_id,
        gpointer    user_data)
{
  g_string_append_printf (user_data, "%s|%.*s|%" G_GSIZE_FORMAT "|%s\n", event, (int) length, data, length,
                          last_event_id);
}

static void
test_raw (StreamFixture *fixture,
          gconstpointer  data)
{
  g_autoptr (GString) seen = g_string_new (NULL);

  refills_event_stream_set_raw_func (fixture->stream, raw_cb, seen);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "data: what\n\nid: 7\nevent: hint\ndata\n\n"
                          "event: empty\n\ndata: {1}\ndata: 2\n\ndata: cut", SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "event: stop\ndata: bye\n\nevent: stop\ndata\n\n",
                          SCRIPTED_END_HANG);
  refills_event_stream_open (fixture->stream);
  stream_fixture_wait_state (fixture, REFILLS_EVENT_STREAM_IDLE);
  g_assert_cmpint (fixture->ended, ==, REFILLS_EVENT_STREAM_END_STOP);
  g_assert_cmpstr (seen->str, ==, "message|what|4|\nhint||0|7\nmessage|{1}\n2|5|7\nstop|bye|3|7\n");
  g_assert_cmpuint (fixture->messages->len, ==, 2);
}

static void
test_no_reconnects (StreamFixture *fixture,
                    gconstpointer  data)
{
  static const struct { const char *answer; ScriptedEnd how; RefillsEventStreamEnd end; guint n_messages; } table[] = {
    { STREAM_FIXTURE_HEAD "data: {}\n\n", SCRIPTED_END_CLOSE, REFILLS_EVENT_STREAM_END_OVER, 1 },
    { STREAM_FIXTURE_HEAD, SCRIPTED_END_CLOSE, REFILLS_EVENT_STREAM_END_OVER, 0 },
    { STREAM_FIXTURE_HEAD "event: stop\ndata\n\n", SCRIPTED_END_HANG, REFILLS_EVENT_STREAM_END_STOP, 0 },
    { STREAM_FIXTURE_HEAD "data: {}\n\n", SCRIPTED_END_HANG, REFILLS_EVENT_STREAM_END_LOST, 1 },
    { "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n99\r\ndata: {}\n\n",
      SCRIPTED_END_CLOSE, REFILLS_EVENT_STREAM_END_LOST, 1 },
    { "HTTP/1.1 503 No\r\nRetry-After: 5\r\n\r\n", SCRIPTED_END_CLOSE, REFILLS_EVENT_STREAM_END_LOST, 0 },
    { "HTTP/1.1 429 No\r\n\r\n", SCRIPTED_END_CLOSE, REFILLS_EVENT_STREAM_END_LOST, 0 },
    { "HTTP/1.1 302 Moved\r\nLocation: /other\r\n\r\n", SCRIPTED_END_CLOSE, REFILLS_EVENT_STREAM_END_LOST, 0 },
    { "HTTP/1.1 404 No\r\n\r\n", SCRIPTED_END_CLOSE, REFILLS_EVENT_STREAM_END_REFUSED, 0 },
    { "", SCRIPTED_END_CLOSE, REFILLS_EVENT_STREAM_END_LOST, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    stream_fixture_renew (fixture, 10, 40, 300);
    refills_event_stream_set_reconnects (fixture->stream, FALSE);
    scripted_server_answer (fixture->server, table[i].answer, table[i].how);
    g_ptr_array_set_size (fixture->messages, 0);
    fixture->n_ended = 0;
    refills_event_stream_open (fixture->stream);
    stream_fixture_wait_state (fixture, REFILLS_EVENT_STREAM_IDLE);
    g_assert_cmpuint (fixture->n_ended, ==, 1);
    g_assert_cmpint (fixture->ended, ==, table[i].end);
    g_assert_cmpuint (fixture->messages->len, ==, table[i].n_messages);
    g_assert_cmpuint (scripted_server_n_requests (fixture->server), ==, i + 1);
  }
  stream_fixture_assert_no_more_requests (fixture);
}

static void
test_ends (StreamFixture *fixture,
           gconstpointer  data)
{
  static const struct { const char *head; RefillsEventStreamEnd end; } table[] = {
    { "204 No Content\r\nContent-Type: text/event-stream\r\n", REFILLS_EVENT_STREAM_END_STOP },
    { "200 OK\r\n", REFILLS_EVENT_STREAM_END_REFUSED },
    { "200 OK\r\nContent-Type: text/x-bogus\r\n", REFILLS_EVENT_STREAM_END_REFUSED },
    { "200 OK\r\nContent-Type: text/html; charset=UTF-8\r\n", REFILLS_EVENT_STREAM_END_REFUSED },
    { "200 OK\r\nContent-Type: application/json\r\n", REFILLS_EVENT_STREAM_END_REFUSED },
    { "205 Reset\r\nContent-Type: text/event-stream\r\n", REFILLS_EVENT_STREAM_END_REFUSED },
    { "400 No\r\nContent-Type: text/event-stream\r\n", REFILLS_EVENT_STREAM_END_REFUSED },
    { "401 No\r\nContent-Type: text/event-stream\r\n", REFILLS_EVENT_STREAM_END_REFUSED },
    { "403 No\r\nContent-Type: text/html\r\n", REFILLS_EVENT_STREAM_END_REFUSED },
    { "404 No\r\nContent-Type: text/event-stream\r\n", REFILLS_EVENT_STREAM_END_REFUSED },
    { "410 No\r\nContent-Type: text/event-stream\r\n", REFILLS_EVENT_STREAM_END_REFUSED },
    { "422 No\r\nContent-Type: text/event-stream\r\n", REFILLS_EVENT_STREAM_END_REFUSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    /* A 204 has no body. */
    g_autofree char *text = g_strdup_printf ("HTTP/1.1 %s\r\n%s", table[i].head, i > 0 ? "data: {}\n\n" : "");

    scripted_server_answer (fixture->server, text, SCRIPTED_END_HANG);
    fixture->ended = -1;
    refills_event_stream_open (fixture->stream);
    stream_fixture_wait_state (fixture, REFILLS_EVENT_STREAM_IDLE);
    g_assert_cmpint (fixture->ended, ==, table[i].end);
    g_assert_cmpuint (scripted_server_n_requests (fixture->server), ==, i + 1);
  }
  g_assert_cmpuint (fixture->messages->len, ==, 0);
  stream_fixture_assert_no_more_requests (fixture);
}

static void
test_waits (StreamFixture *fixture,
            gconstpointer  data)
{
  g_autoptr (ScriptedServer) other = scripted_server_new ();
  g_autofree char *other_uri = scripted_server_dup_uri (other);
  g_autofree char *moved = g_strdup_printf ("302 Moved\r\nLocation: %s/\r\n", other_uri);
  const char * const heads[] = {
    "408 Slow\r\nContent-Type: text/event-stream\r\n", "500 No\r\nContent-Type: text/event-stream\r\n",
    "502 No\r\nContent-Type: text/html\r\n", "503 No\r\nContent-Type: text/event-stream\r\n",
    "504 No\r\nContent-Type: text/event-stream\r\n", "301 Moved\r\nLocation: \r\n", moved,
  };

  scripted_server_answer_json (other, 200, "{}");
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++) {
    g_autofree char *text = g_strdup_printf ("HTTP/1.1 %s\r\ndata: {}\n\n", heads[i]);

    scripted_server_answer (fixture->server, text, SCRIPTED_END_CLOSE);
  }
  scripted_server_answer (fixture->server, "", SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, "nonsense\r\n\r\n", SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "data: {\"cut\":",
                          SCRIPTED_END_RESET);
  scripted_server_answer (fixture->server, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                          "Transfer-Encoding: chunked\r\n\r\n99\r\ndata: {\"cut\":", SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD, SCRIPTED_END_HANG);

  refills_event_stream_open (fixture->stream);
  stream_fixture_wait_requests (fixture, G_N_ELEMENTS (heads) + 5);
  stream_fixture_wait_state (fixture, REFILLS_EVENT_STREAM_OPEN);
  g_assert_cmpint (fixture->ended, ==, -1);
  g_assert_cmpuint (fixture->messages->len, ==, 0);
  g_assert_cmpuint (scripted_server_n_connections (other), ==, 0);
}

static void
test_content_type (StreamFixture *fixture,
                   gconstpointer  data)
{
  static const char * const types[] = {
    "Text/Event-Stream; charset=UTF-8", "text/event-stream;", "text/event-stream; charset=windows-1252",
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    g_autofree char *text = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: %s\r\n\r\ndata: {}\n\n", types[i]);

    g_ptr_array_set_size (fixture->messages, 0);
    scripted_server_answer (fixture->server, text, SCRIPTED_END_HANG);
    refills_event_stream_open (fixture->stream);
    stream_fixture_wait_message (fixture);
    refills_event_stream_close (fixture->stream);
  }
}

static void
test_retry_after (StreamFixture *fixture,
                  gconstpointer  data)
{
  static const struct { guint status; const char *header; guint delay_ms; } table[] = {
    { 429, "Retry-After: 40\r\n", 40000 },
    { 429, "", 30000 },
    { 429, "Retry-After: 999999\r\n", 300000 },
    { 429, "Retry-After: -1\r\n", 30000 },
    { 429, "Retry-After: soon\r\n", 30000 },
    { 429, "Retry-After: 18446744073709551616\r\n", 30000 },
    /* The year 2286; another header of the service for the same. */
    { 429, "X-RateLimit-Reset: 9999999999\r\n", 300000 },
    { 429, "Retry-After: 40\r\nX-RateLimit-Reset: 9999999999\r\n", 40000 },
    { 429, "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT\r\n", 300000 },
    { 429, "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n", 10 },
    { 503, "Retry-After: 50\r\n", 50000 },
    { 503, "", 10 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *text = g_strdup_printf ("HTTP/1.1 %u No\r\n%sContent-Length: 0\r\n\r\n",
                                             table[i].status, table[i].header);

    stream_fixture_renew (fixture, 10, 40, 0);
    scripted_server_answer (fixture->server, text, SCRIPTED_END_KEEP);
    refills_event_stream_open (fixture->stream);
    stream_fixture_wait_state (fixture, REFILLS_EVENT_STREAM_WAITING);
    g_assert_cmpuint (refills_event_stream_get_delay_ms (fixture->stream), ==, table[i].delay_ms);
    if (*table[i].header != '\0') {
      refills_event_stream_hurry (fixture->stream);
      g_assert_cmpint (refills_event_stream_get_state (fixture->stream), ==, REFILLS_EVENT_STREAM_WAITING);
    }
  }
}

static void
test_retry (StreamFixture *fixture,
            gconstpointer  data)
{
  stream_fixture_renew (fixture, 1000, 30000, 0);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "retry: 3000\ndata: {}\n\n",
                          SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD, SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "retry: 2\ndata: {}\n\n",
                          SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "retry: 99999999999999999999\ndata: {}\n\n",
                          SCRIPTED_END_CLOSE);
  refills_event_stream_open (fixture->stream);
  g_assert_cmpuint (take_delay (fixture), ==, 3000);
  g_assert_cmpuint (take_delay (fixture), ==, 6000);
  g_assert_cmpuint (take_delay (fixture), ==, 1000);
  g_assert_cmpuint (take_delay (fixture), ==, 30000);
}

static void
test_silence (StreamFixture *fixture,
              gconstpointer  data)
{
  /* Before the head and after it. */
  stream_fixture_renew (fixture, 10, 40, 100);
  scripted_server_answer (fixture->server, "", SCRIPTED_END_HANG);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "data: {}\n\n", SCRIPTED_END_HANG);
  refills_event_stream_open (fixture->stream);
  stream_fixture_wait_requests (fixture, 3);
  g_assert_cmpuint (scripted_server_n_closed (fixture->server), >=, 1);
  g_assert_cmpuint (fixture->messages->len, ==, 1);
}

typedef struct {
  StreamFixture *fixture;
  guint left;
} Comments;

static gboolean
comment_cb (gpointer user_data)
{
  Comments *comments = user_data;

  scripted_server_send (comments->fixture->server, 0, ":\n");
  comments->left--;

  return comments->left > 0;
}

static gboolean
are_said (gpointer user_data)
{
  return ((Comments *) user_data)->left == 0;
}

static void
test_comments_are_life (StreamFixture *fixture,
                        gconstpointer  data)
{
  Comments comments = { fixture, 8 };

  stream_fixture_renew (fixture, 10, 40, 1000);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD, SCRIPTED_END_HANG);
  refills_event_stream_open (fixture->stream);
  stream_fixture_wait_state (fixture, REFILLS_EVENT_STREAM_OPEN);
  g_timeout_add (200, comment_cb, &comments);
  refills_test_run_until (are_said, &comments, STREAM_FIXTURE_DEADLINE_MS, "comments");
  g_assert_cmpint (refills_event_stream_get_state (fixture->stream), ==, REFILLS_EVENT_STREAM_OPEN);
  g_assert_cmpuint (scripted_server_n_requests (fixture->server), ==, 1);
}

static void
test_last_event_id (StreamFixture *fixture,
                    gconstpointer  data)
{
  static const char * const wanted[] = { NULL, "…", "…", NULL, NULL };

  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "id: …\ndata: {}\n\n",
                          SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "\xEF\xBB\xBF" "data: {}\n\nid: lost\ndata: x",
                          SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "id: a\x01z\n\n",
                          SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "id: a\n\nid\n\n",
                          SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD, SCRIPTED_END_HANG);
  refills_event_stream_open (fixture->stream);
  stream_fixture_wait_requests (fixture, 5);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    g_autofree char *id = scripted_server_dup_header (fixture->server, i, "Last-Event-ID");

    g_assert_cmpstr (id, ==, wanted[i]);
  }
  g_assert_cmpuint (fixture->messages->len, ==, 2);
}

static void
test_over_limit (StreamFixture *fixture,
                 gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new (STREAM_FIXTURE_HEAD "data: ");

  for (guint i = 0; i < 8192; i++)
    g_string_append (text, "aaaaaaaa");
  /* The head is said again and again as well, with its line ends: so one long line only. */
  stream_fixture_renew (fixture, 60000, 60000, 0);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "data: ", SCRIPTED_END_HANG);
  refills_event_stream_open (fixture->stream);
  stream_fixture_wait_state (fixture, REFILLS_EVENT_STREAM_OPEN);
  g_string_erase (text, 0, strlen (STREAM_FIXTURE_HEAD "data: "));
  for (guint i = 0; i < 40 && scripted_server_n_closed (fixture->server) == 0; i++) {
    scripted_server_send (fixture->server, 0, text->str);
    for (guint j = 0; j < 100 && g_main_context_iteration (NULL, FALSE); j++)
      ;
  }
  stream_fixture_wait_state (fixture, REFILLS_EVENT_STREAM_WAITING);
  stream_fixture_wait_closed (fixture);
  g_assert_cmpuint (fixture->messages->len, ==, 0);
}

static void
open_into (StreamFixture           *fixture,
           RefillsEventStreamState  state)
{
  if (state == REFILLS_EVENT_STREAM_CONNECTING)
    scripted_server_answer (fixture->server, "", SCRIPTED_END_HANG);
  else if (state == REFILLS_EVENT_STREAM_OPEN)
    scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "data: {}\n\n", SCRIPTED_END_HANG);
  else
    scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD, SCRIPTED_END_CLOSE);
  refills_event_stream_open (fixture->stream);
  stream_fixture_wait_requests (fixture, 1);
  stream_fixture_wait_state (fixture, state);
}

static void
test_close (StreamFixture *fixture,
            gconstpointer  data)
{
  RefillsEventStreamState state = GPOINTER_TO_INT (data);

  open_into (fixture, state);
  refills_event_stream_close (fixture->stream);
  g_assert_cmpint (refills_event_stream_get_state (fixture->stream), ==, REFILLS_EVENT_STREAM_IDLE);
  g_assert_cmpint (fixture->ended, ==, REFILLS_EVENT_STREAM_END_CLOSED);
  if (state != REFILLS_EVENT_STREAM_WAITING)
    stream_fixture_wait_closed (fixture);
  stream_fixture_assert_no_more_requests (fixture);
  g_assert_cmpuint (fixture->n_ended, ==, 1);
}

static void
test_drop (StreamFixture *fixture,
           gconstpointer  data)
{
  RefillsEventStreamState state = GPOINTER_TO_INT (data);

  open_into (fixture, state);
  g_assert_finalize_object (g_steal_pointer (&fixture->stream));
  if (state != REFILLS_EVENT_STREAM_WAITING)
    stream_fixture_wait_closed (fixture);
  stream_fixture_assert_no_more_requests (fixture);
  g_assert_cmpint (fixture->ended, ==, -1);
}

static void
drop_cb (RefillsEventStream *stream,
         gpointer            detail,
         StreamFixture      *fixture)
{
  g_clear_object (&fixture->stream);
}

static gboolean
is_dropped (gpointer user_data)
{
  return ((StreamFixture *) user_data)->stream == NULL;
}

static void
test_drop_in_ended (StreamFixture *fixture,
                    gconstpointer  data)
{
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "event: stop\ndata\n\n",
                          SCRIPTED_END_HANG);
  g_signal_connect (fixture->stream, "ended", G_CALLBACK (drop_cb), fixture);
  refills_event_stream_open (fixture->stream);
  refills_test_run_until (is_dropped, fixture, STREAM_FIXTURE_DEADLINE_MS, "the stream is dropped");
  stream_fixture_wait_closed (fixture);
  stream_fixture_assert_no_more_requests (fixture);
}

static void
drop_when_waiting_cb (RefillsEventStream *stream,
                      GParamSpec         *pspec,
                      StreamFixture      *fixture)
{
  if (fixture->stream != NULL && refills_event_stream_get_state (stream) == fixture->wanted)
    g_clear_object (&fixture->stream);
}

static void
test_drop_in_notify (StreamFixture *fixture,
                     gconstpointer  data)
{
  fixture->wanted = GPOINTER_TO_INT (data);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD, SCRIPTED_END_CLOSE);
  g_signal_connect (fixture->stream, "notify::state", G_CALLBACK (drop_when_waiting_cb), fixture);
  refills_event_stream_open (fixture->stream);
  refills_test_run_until (is_dropped, fixture, STREAM_FIXTURE_DEADLINE_MS, "the stream is dropped");
  stream_fixture_assert_no_more_requests (fixture);
}

static void
reopen_cb (RefillsEventStream    *stream,
           RefillsEventStreamEnd  reason,
           StreamFixture         *fixture)
{
  if (scripted_server_n_requests (fixture->server) == 1)
    refills_event_stream_open (stream);
}

static void
test_reopen_in_ended (StreamFixture *fixture,
                      gconstpointer  data)
{
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "event: stop\ndata\n\n",
                          SCRIPTED_END_HANG);
  scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD "data: {}\n\n", SCRIPTED_END_HANG);
  g_signal_connect (fixture->stream, "ended", G_CALLBACK (reopen_cb), fixture);
  refills_event_stream_open (fixture->stream);
  stream_fixture_wait_message (fixture);
  g_assert_cmpint (refills_event_stream_get_state (fixture->stream), ==, REFILLS_EVENT_STREAM_OPEN);
}

/* Six streams, each with a connection of its own: one call is answered all the same. */
static void
test_no_starvation (StreamFixture *fixture,
                    gconstpointer  data)
{
  g_autoptr (GPtrArray) streams = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 6; i++) {
    scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD, SCRIPTED_END_HANG);
    g_ptr_array_add (streams, refills_event_stream_new (fixture->http, "/x", NULL, NULL));
    refills_event_stream_open (g_ptr_array_index (streams, i));
    stream_fixture_wait_requests (fixture, i + 1);
  }
  scripted_server_answer_json (fixture->server, 200, "{}");
  refills_http_get_json_async (fixture->http, "/y", NULL, NULL, NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, STREAM_FIXTURE_DEADLINE_MS);
  bytes = refills_http_send_finish (fixture->http, result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 6; i++) {
    RefillsEventStream *stream = g_ptr_array_index (streams, i);

    g_assert_cmpint (refills_event_stream_get_state (stream), ==, REFILLS_EVENT_STREAM_OPEN);
  }
}

/* However many orders are followed, a new one can be made. */
static void
test_order_beside_streams (StreamFixture *fixture,
                           gconstpointer  data)
{
  const guint n_streams = 16;
  g_autoptr (GPtrArray) streams = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_streams; i++) {
    scripted_server_answer (fixture->server, STREAM_FIXTURE_HEAD, SCRIPTED_END_HANG);
    g_ptr_array_add (streams, refills_event_stream_new (fixture->http, "/x", NULL, NULL));
    refills_event_stream_open (g_ptr_array_index (streams, i));
    stream_fixture_wait_requests (fixture, i + 1);
  }
  scripted_server_answer_json (fixture->server, 200, "{}");
  refills_http_post_order_async (fixture->http, body, NULL, 0, refills_test_keep_result, &result);
  refills_test_wait_result (&result, STREAM_FIXTURE_DEADLINE_MS);
  bytes = refills_http_send_finish (fixture->http, result, &error);
  g_assert_no_error (error);
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  stream_fixture_add ("/event-stream/properties", 0, test_properties);
  stream_fixture_add ("/event-stream/head", 0, test_head);
  stream_fixture_add ("/event-stream/states", 0, test_states);
  stream_fixture_add ("/event-stream/delays", 0, test_delays);
  stream_fixture_add ("/event-stream/delay-reset", 0, test_delay_reset);
  stream_fixture_add ("/event-stream/restart", 0, test_restart);
  stream_fixture_add ("/event-stream/invalid-keeps", 0, test_invalid_keeps);
  stream_fixture_add ("/event-stream/stop", 0, test_stop);
  stream_fixture_add ("/event-stream/raw", 0, test_raw);
  stream_fixture_add ("/event-stream/no-reconnects", 0, test_no_reconnects);
  stream_fixture_add ("/event-stream/ends", 0, test_ends);
  stream_fixture_add ("/event-stream/waits", 0, test_waits);
  stream_fixture_add ("/event-stream/content-type", 0, test_content_type);
  stream_fixture_add ("/event-stream/retry-after", 0, test_retry_after);
  stream_fixture_add ("/event-stream/retry", 0, test_retry);
  stream_fixture_add ("/event-stream/silence", 0, test_silence);
  stream_fixture_add ("/event-stream/comments-are-life", 0, test_comments_are_life);
  stream_fixture_add ("/event-stream/last-event-id", 0, test_last_event_id);
  stream_fixture_add ("/event-stream/over-limit", 0, test_over_limit);
  stream_fixture_add ("/event-stream/close/connecting", REFILLS_EVENT_STREAM_CONNECTING, test_close);
  stream_fixture_add ("/event-stream/close/open", REFILLS_EVENT_STREAM_OPEN, test_close);
  stream_fixture_add ("/event-stream/close/waiting", REFILLS_EVENT_STREAM_WAITING, test_close);
  stream_fixture_add ("/event-stream/drop/connecting", REFILLS_EVENT_STREAM_CONNECTING, test_drop);
  stream_fixture_add ("/event-stream/drop/open", REFILLS_EVENT_STREAM_OPEN, test_drop);
  stream_fixture_add ("/event-stream/drop/waiting", REFILLS_EVENT_STREAM_WAITING, test_drop);
  stream_fixture_add ("/event-stream/drop-in-ended", 0, test_drop_in_ended);
  stream_fixture_add ("/event-stream/drop-in-notify/connecting", REFILLS_EVENT_STREAM_CONNECTING, test_drop_in_notify);
  stream_fixture_add ("/event-stream/drop-in-notify/open", REFILLS_EVENT_STREAM_OPEN, test_drop_in_notify);
  stream_fixture_add ("/event-stream/drop-in-notify/waiting", REFILLS_EVENT_STREAM_WAITING, test_drop_in_notify);
  stream_fixture_add ("/event-stream/reopen-in-ended", 0, test_reopen_in_ended);
  stream_fixture_add ("/event-stream/no-starvation", 0, test_no_starvation);
  stream_fixture_add ("/event-stream/order-beside-streams", 0, test_order_beside_streams);

  return g_test_run ();
}
