/* test-stream-vectors.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every case of tests/vectors/sse.json that is about connections: what the server is asked, in which order,
 * after which waits, what is dispatched, and where it ends.
 *
 * The file says what the server answers, what the requests must hold and which events there are. What the
 * stream does is in the table below; a case without a row fails, as does a row without a case. Waits are
 * those of the service's own client, with nothing injected, and are cut short once they were read.
 */
#include "refills-event-stream.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "refills-test.h"
#include "scripted-server.h"

#define DEADLINE_MS 10000
#define PATH "/v5/orders/o-1/subscribe"
#define MAX_WAITS 8
/* What is said of an endless body at a time; and how much of it may be on its way when the client leaves. */
#define ENDLESS_BYTES (64 * 1024)
#define ENDLESS_MAX_BYTES (16 * 1024 * 1024)

/* How a case ends, after the last of its connections. */
typedef enum {
  AFTER_WAITS,     /* for the next connection */
  AFTER_REFUSED,   /* idle: the order is asked for instead */
  AFTER_STOPPED,   /* idle: likewise */
  AFTER_STAYS,     /* open */
} After;

typedef enum {
  SETUP_PLAIN,
  SETUP_REFUSES,   /* nobody listens */
  SETUP_NO_HEAD,   /* a connection without "response" is accepted, and nothing said */
  SETUP_RESTART,   /* the network changes while a connection hangs */
  SETUP_FLOOD,     /* closed from here once many events came */
} Setup;

/* @waits: nominal, in ms, each after one connection; ± 20 %, or exact where @exact. 0 ends them. */
typedef struct {
  const char *name;
  guint       waits[MAX_WAITS];
  After       after;
  Setup       setup;
  gboolean    exact;
} Row;

/* Redirects: the vectors would follow some; the stream follows none, as nothing of ours does, since a
 * redirect would hand the partner's name to another host. It asks where it asked before. */
static const Row rows[] = {
  { "http-redirect-same-origin-301", { 1000, 1000 } },
  { "http-redirect-same-origin-302", { 1000, 1000 } },
  { "http-redirect-same-origin-303", { 1000, 1000 } },
  { "http-redirect-same-origin-307", { 1000, 1000 } },
  { "http-redirect-same-origin-308", { 1000, 1000 } },
  { "http-redirect-loop", { 1000 } },
  { "http-redirect-empty-location", { 1000 } },
  { "http-redirect-to-http", { 1000 } },
  { "http-mime-trailing-semicolon", { 1000 } },
  { "http-mime-case", { 1000 } },
  { "http-mime-valid-bogus", { 0 }, AFTER_REFUSED },
  { "http-mime-json-200", { 0 }, AFTER_REFUSED },
  { "http-mime-html-200", { 0 }, AFTER_REFUSED },
  { "http-mime-missing", { 0 }, AFTER_REFUSED },
  { "http-status-401", { 0 }, AFTER_REFUSED },
  { "http-status-403", { 0 }, AFTER_REFUSED },
  { "http-status-410", { 0 }, AFTER_REFUSED },
  { "http-status-429", { 30000 }, AFTER_WAITS, SETUP_PLAIN, TRUE },
  { "http-status-503", { 1000 } },
  { "http-status-504", { 1000 } },
  { "http-close-then-204", { 1000, 1000 }, AFTER_STOPPED },
  { "http-reconnect-after-close", { 1000, 1000 } },
  { "http-last-event-id-sent", { 1000, 1000, 1000 } },
  { "http-partial-dropped", { 1000, 1000 } },
  { "http-chunked-cut-at-chunk-end", { 1000, 1000 } },
  { "http-chunked-cut-inside-chunk", { 1000, 1000 } },
  { "http-bom-on-second-connection", { 1000, 1000 } },
  { "http-request-headers", { 1000 } },
  { "http-backoff-reset", { 1000, 2000, 1000, 1000 } },
  { "http-refused", { 1000, 2000, 4000, 8000, 16000, 30000, 30000 }, AFTER_WAITS, SETUP_REFUSES },
  { "http-no-response-head", { 1000, 1000 }, AFTER_WAITS, SETUP_NO_HEAD },
  { "http-network-change", { 1000 }, AFTER_WAITS, SETUP_RESTART },
  { "http-huge-line", { 1000 } },
  { "http-event-flood", { 0 }, AFTER_STAYS, SETUP_FLOOD },
};

typedef struct {
  JsonObject *object;
  JsonArray *connections;
  const Row *row;

  ScriptedServer *server;
  RefillsHttp *http;
  RefillsEventStream *stream;
  GPtrArray *events;    /* of char*: event, data and id */
  int ended;            /* the reason, or -1 */
  RefillsEventStreamState wanted;
  guint n_wanted;
} Case;

static void
raw_cb (const char *event,
        const char *data,
        gsize       length,
        const char *last_event_id,
        gpointer    user_data)
{
  Case *self = user_data;

  g_ptr_array_add (self->events, g_strdup_printf ("%s|%.*s|%s", event, (int) length, data, last_event_id));
}

/* The vectors hold no orders: each message is as good as any. */
static gboolean
message_cb (const char *data,
            gsize       length,
            gpointer    user_data)
{
  return TRUE;
}

static void
ended_cb (RefillsEventStream    *stream,
          RefillsEventStreamEnd  reason,
          Case                  *self)
{
  self->ended = reason;
}

static gboolean
is_in_state (gpointer user_data)
{
  Case *self = user_data;

  return refills_event_stream_get_state (self->stream) == self->wanted;
}

static void
await_state (Case                    *self,
             RefillsEventStreamState  state)
{
  self->wanted = state;
  refills_test_run_until (is_in_state, self, DEADLINE_MS, self->row->name);
}

static gboolean
has_events (gpointer user_data)
{
  Case *self = user_data;

  return self->events->len >= self->n_wanted;
}

static void
await_events (Case  *self,
              guint  n)
{
  self->n_wanted = n;
  refills_test_run_until (has_events, self, DEADLINE_MS, self->row->name);
}

static gboolean
is_closed (gpointer user_data)
{
  return scripted_server_n_closed (user_data) > 0;
}

static void
append_header (JsonObject *object,
               const char *name,
               JsonNode   *value,
               gpointer    user_data)
{
  g_string_append_printf (user_data, "%s: %s\r\n", name, json_node_get_string (value));
}

static ScriptedEnd
append_body (GString    *text,
             const char *body,
             gsize       length,
             const char *end)
{
  if (g_str_equal (end, "endless")) {
    for (gsize i = 0; i < ENDLESS_BYTES / length; i++)
      g_string_append_len (text, body, (gssize) length);
    return SCRIPTED_END_ENDLESS;
  }
  if (g_str_has_prefix (end, "cut-")) {
    g_string_append_printf (text, "%x\r\n", (guint) length + (g_str_equal (end, "cut-inside-chunk") ? 100 : 0));
    g_string_append_len (text, body, (gssize) length);
    if (g_str_equal (end, "cut-after-chunk"))
      g_string_append (text, "\r\n");
    return SCRIPTED_END_CLOSE;
  }

  g_string_append_len (text, body, (gssize) length);
  if (g_str_equal (end, "close"))
    return SCRIPTED_END_CLOSE;
  if (g_str_equal (end, "reset"))
    return SCRIPTED_END_RESET;
  if (g_str_equal (end, "hang"))
    return SCRIPTED_END_HANG;
  g_error ("the end “%s” is not known here", end);
}

static void
script (Case *self)
{
  for (guint i = 0; i < json_array_get_length (self->connections); i++) {
    JsonObject *connection = json_array_get_object_element (self->connections, i);
    JsonObject *response = json_object_get_null_member (connection, "response")
                             ? NULL : json_object_get_object_member (connection, "response");
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GBytes) bytes = NULL;
    g_autofree guchar *body = NULL;
    gsize length = 0;
    ScriptedEnd end = SCRIPTED_END_HANG;

    if (response != NULL) {
      g_string_printf (text, "HTTP/1.1 %" G_GINT64_FORMAT " Said\r\n",
                       json_object_get_int_member (response, "status"));
      json_object_foreach_member (json_object_get_object_member (response, "headers"), append_header, text);
      g_string_append (text, "\r\n");
      body = g_base64_decode (json_object_get_string_member (response, "body_b64"), &length);
      end = append_body (text, (const char *) body, length, json_object_get_string_member (response, "end"));
    }
    bytes = g_bytes_new (text->str, text->len);
    scripted_server_answer_bytes (self->server, bytes, end);
  }
  if (self->row->setup == SETUP_REFUSES)
    scripted_server_refuse (self->server);
}

static void
open_stream (Case *self)
{
  g_autofree char *uri = scripted_server_dup_uri (self->server);
  g_autoptr (GError) error = NULL;

  self->http = refills_http_new (&(RefillsHttpOptions) {
                                   .base_uri = uri,
                                   .partner_id = "partner-7",
                                   .version = "1.2.3",
                                   /* The head may take 15 s, or as long as the silence where that is less. */
                                   .silence_ms = self->row->setup == SETUP_NO_HEAD ? 300 : 0,
                                 },
                                 &error);
  g_assert_no_error (error);
  self->stream = refills_event_stream_new (self->http, PATH, "US", NULL);
  refills_event_stream_set_func (self->stream, message_cb, self);
  refills_event_stream_set_raw_func (self->stream, raw_cb, self);
  g_signal_connect (self->stream, "ended", G_CALLBACK (ended_cb), self);
  refills_event_stream_open (self->stream);
}

static void
assert_wait (Case  *self,
             guint  number)
{
  guint nominal = self->row->waits[number];
  guint delay;

  await_state (self, REFILLS_EVENT_STREAM_WAITING);
  delay = refills_event_stream_get_delay_ms (self->stream);
  g_assert_cmpuint (delay, >=, self->row->exact ? nominal : nominal * 8 / 10);
  g_assert_cmpuint (delay, <=, self->row->exact ? nominal : nominal * 12 / 10);

  /* The file's own word on the next connection, which knows no spread. */
  if (number + 1 < json_array_get_length (self->connections)) {
    JsonObject *next = json_array_get_object_element (self->connections, number + 1);

    if (!json_object_get_null_member (next, "min_delay_ms"))
      g_assert_cmpint (json_object_get_int_member (next, "min_delay_ms"), ==, nominal);
  }
}

/* Through the connections of the case, one wait after another. */
static void
run_waits (Case *self)
{
  for (guint i = 0; i < MAX_WAITS && self->row->waits[i] > 0; i++) {
    assert_wait (self, i);
    if (i + 1 < MAX_WAITS && (self->row->waits[i + 1] > 0 || self->row->after != AFTER_WAITS))
      refills_event_stream_hurry (self->stream);
  }
}

static void
run (Case *self)
{
  open_stream (self);
  switch (self->row->setup) {
  case SETUP_RESTART:
    await_events (self, 1);
    refills_event_stream_restart (self->stream);
    refills_test_run_until (is_closed, self->server, DEADLINE_MS, "the old connection is closed");
    run_waits (self);
    break;

  case SETUP_FLOOD:
    await_events (self, 20000);
    g_assert_cmpint (refills_event_stream_get_state (self->stream), ==, REFILLS_EVENT_STREAM_OPEN);
    for (guint i = 0; i < self->events->len; i++)
      g_assert_cmpstr (g_ptr_array_index (self->events, i), ==, "message|hello|");
    break;

  case SETUP_PLAIN:
  case SETUP_REFUSES:
  case SETUP_NO_HEAD:
  default:
    run_waits (self);
  }
}

static void
assert_after (Case *self)
{
  switch (self->row->after) {
  case AFTER_REFUSED:
    await_state (self, REFILLS_EVENT_STREAM_IDLE);
    g_assert_cmpint (self->ended, ==, REFILLS_EVENT_STREAM_END_REFUSED);
    break;

  case AFTER_STOPPED:
    await_state (self, REFILLS_EVENT_STREAM_IDLE);
    g_assert_cmpint (self->ended, ==, REFILLS_EVENT_STREAM_END_STOP);
    break;

  case AFTER_WAITS:
    g_assert_cmpint (refills_event_stream_get_state (self->stream), ==, REFILLS_EVENT_STREAM_WAITING);
    g_assert_cmpint (self->ended, ==, -1);
    break;

  case AFTER_STAYS:
  default:
    g_assert_cmpint (self->ended, ==, -1);
  }
}

/* What the server got: so many requests, in this order, and nothing else. */
static void
assert_requests (Case *self)
{
  guint n_requests = self->row->setup == SETUP_REFUSES ? 0 : json_array_get_length (self->connections);

  g_assert_cmpuint (scripted_server_n_requests (self->server), ==, n_requests);
  for (guint i = 0; i < n_requests; i++) {
    JsonObject *connection = json_array_get_object_element (self->connections, i);
    JsonObject *request = json_object_get_object_member (connection, "expect_request");
    g_autoptr (GList) names = json_object_get_members (request);

    g_assert_true (g_str_has_prefix (scripted_server_get_head (self->server, i), "GET " PATH " HTTP/1.1\r\n"));
    for (GList *l = names; l != NULL; l = l->next) {
      const char *name = l->data;

      if (g_str_equal (name, "method")) {
        g_assert_cmpstr (json_object_get_string_member (request, name), ==, "GET");
      } else if (g_str_equal (name, "path")) {
        /* Where a redirect would have led. */
        g_assert_true (g_str_has_prefix (self->row->name, "http-redirect-"));
      } else if (g_str_equal (name, "headers")) {
        JsonObject *headers = json_object_get_object_member (request, name);
        g_autoptr (GList) wanted = json_object_get_members (headers);

        for (GList *m = wanted; m != NULL; m = m->next) {
          g_autofree char *got = scripted_server_dup_header (self->server, i, m->data);

          g_assert_cmpstr (got, ==, json_object_get_string_member (headers, m->data));
        }
      } else if (g_str_equal (name, "absent")) {
        JsonArray *absent = json_object_get_array_member (request, name);

        for (guint j = 0; j < json_array_get_length (absent); j++) {
          const char *header = json_array_get_string_element (absent, j);
          g_autofree char *got = scripted_server_dup_header (self->server, i, header);

          g_assert_null (got);
        }
      } else {
        g_error ("%s: “%s” of a request is not known here", self->row->name, name);
      }
    }
  }
}

static void
assert_events (Case *self)
{
  JsonArray *events = json_object_get_array_member (self->object, "events");

  if (self->row->setup == SETUP_FLOOD)
    return;
  g_assert_cmpuint (self->events->len, ==, json_array_get_length (events));
  for (guint i = 0; i < self->events->len; i++) {
    JsonObject *event = json_array_get_object_element (events, i);
    g_autofree char *wanted = g_strdup_printf ("%s|%s|%s", json_object_get_string_member (event, "event"),
                                               json_object_get_string_member (event, "data"),
                                               json_object_get_string_member (event, "id"));

    g_assert_cmpstr (g_ptr_array_index (self->events, i), ==, wanted);
  }
}

static gboolean
let_pass_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static gboolean
is_set (gpointer user_data)
{
  return *(gboolean *) user_data;
}

static void
test_case (gconstpointer data)
{
  JsonObject *object = (JsonObject *) data;
  const char *name = json_object_get_string_member (object, "name");
  Case self = { .object = object, .ended = -1 };
  gboolean later = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (g_str_equal (rows[i].name, name))
      self.row = &rows[i];
  }
  if (self.row == NULL)
    g_error ("%s: no row says what the stream does", name);
  if (json_object_get_null_member (object, "connections"))
    g_error ("%s: needs a set-up of its own", name);

  self.connections = json_object_get_array_member (object, "connections");
  self.server = scripted_server_new ();
  self.events = g_ptr_array_new_with_free_func (g_free);
  script (&self);
  run (&self);
  assert_after (&self);

  /* Nothing else is asked, neither for as long as it waits nor once it is closed. */
  g_timeout_add (50, let_pass_cb, &later);
  refills_test_run_until (is_set, &later, DEADLINE_MS, name);
  assert_requests (&self);
  assert_events (&self);
  refills_event_stream_close (self.stream);
  if (g_str_equal (name, "http-huge-line") || self.row->setup == SETUP_FLOOD) {
    refills_test_run_until (is_closed, self.server, DEADLINE_MS, "the connection is closed");
    g_assert_cmpuint (scripted_server_n_bytes (self.server), <, ENDLESS_MAX_BYTES);
  }

  g_assert_finalize_object (self.stream);
  g_object_unref (self.http); /* not finalized before its last callback */
  g_ptr_array_unref (self.events);
  scripted_server_free (self.server);
}

static void
test_no_row_alone (gconstpointer data)
{
  GHashTable *names = (GHashTable *) data;

  g_assert_cmpuint (g_hash_table_size (names), >=, 34);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_true (g_hash_table_contains (names, rows[i].name));
}

/* What was read above is what is waited, by the times of the requests. */
static void
test_waited_as_shown (void)
{
  RefillsBackoff backoff;
  Case self = { .row = &rows[0], .ended = -1 };
  gint64 begun_at = 0;
  guint delay = 0;

  self.server = scripted_server_new ();
  self.events = g_ptr_array_new_with_free_func (g_free);
  scripted_server_answer (self.server, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n",
                          SCRIPTED_END_CLOSE);
  open_stream (&self);
  refills_event_stream_close (self.stream);
  g_clear_object (&self.stream);
  refills_backoff_init (&backoff, 50, 400, NULL, NULL);
  self.stream = refills_event_stream_new (self.http, PATH, NULL, &backoff);
  refills_event_stream_open (self.stream);
  for (guint i = 0; i < 5; i++) {
    /* From before the wait on: a busy machine may look at it only when some of it is over. */
    begun_at = g_get_monotonic_time ();
    await_state (&self, REFILLS_EVENT_STREAM_WAITING);
    delay = refills_event_stream_get_delay_ms (self.stream);
    await_state (&self, REFILLS_EVENT_STREAM_CONNECTING);
    g_assert_cmpint (g_get_monotonic_time () - begun_at, >=, (gint64) delay * 1000 - 2000);
  }

  g_object_unref (self.stream); /* in the middle of a connection */
  g_object_unref (self.http);   /* likewise */
  g_ptr_array_unref (self.events);
  scripted_server_free (self.server);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *cases;

  refills_test_init (&argc, &argv);

  bytes = refills_test_read_file ("vectors/sse.json");
  json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  cases = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (cases); i++) {
    JsonObject *object = json_array_get_object_element (cases, i);
    const char *kind = json_object_get_string_member (object, "kind");
    const char *name = json_object_get_string_member (object, "name");
    g_autofree char *path = g_strconcat ("/stream-vectors/", name, NULL);

    /* Those of the parser are test-sse-parser's. */
    if (g_str_equal (kind, "parse"))
      continue;
    g_hash_table_add (names, (gpointer) name);
    g_test_add_data_func (path, object, test_case);
  }
  g_test_add_data_func ("/stream-vectors/no-row-alone", names, test_no_row_alone);
  g_test_add_func ("/stream-vectors/waited-as-shown", test_waited_as_shown);

  return g_test_run ();
}
