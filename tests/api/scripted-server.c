/* scripted-server.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A server on a free port of 127.0.0.1 that says exactly the bytes it was told, well-formed or not, on
 * the main loop of the test. Records each request, and how many connections the client closed.
 *
 * Answers are used in the order they were given; the last one stays. Those of a rule are for the requests
 * that it fits. What neither is there for is asked of another server and said as that says it, or changed.
 */
#include "scripted-server-private.h"

#include <string.h>
#include <sys/socket.h>

#define TRICKLE_MS 10

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_bytes_unref (answer->bytes);
  g_free (answer); /* end of life */
}

static void
rule_free (gpointer data)
{
  Rule *rule = data;

  g_clear_pointer (&rule->answers, g_ptr_array_unref);
  g_free (rule->method);  /* end of life */
  g_free (rule->pattern); /* end of life */
  g_free (rule);          /* end of life */
}

static Rule *
rule_new (const char *method,
          const char *pattern)
{
  Rule *rule = g_new0 (Rule, 1);

  rule->method = g_strdup (method);
  rule->pattern = g_strdup (pattern);
  rule->answers = g_ptr_array_new_with_free_func (answer_free);

  return rule;
}

static void
request_free (gpointer data)
{
  ScriptedRequest *request = data;

  g_free (request->head);   /* end of life */
  g_free (request->method); /* end of life */
  g_free (request->path);   /* end of life */
  g_free (request->body);   /* end of life */
  g_free (request);         /* end of life */
}

void
scripted_peer_close (ScriptedPeer *peer,
                     gboolean      reset)
{
  if (peer->closed)
    return;
  peer->closed = TRUE;
  g_clear_handle_id (&peer->timer, g_source_remove);
  g_cancellable_cancel (peer->cancellable);
  if (reset) {
    struct linger linger = { 1, 0 };
    int fd = g_socket_get_fd (g_socket_connection_get_socket (peer->connection));

    setsockopt (fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  }
  g_socket_close (g_socket_connection_get_socket (peer->connection), NULL);
}

void
scripted_peer_closed_by_client (ScriptedPeer *peer)
{
  if (peer->closed)
    return;
  peer->server->n_closed++;
  scripted_peer_close (peer, FALSE);
}

static void
peer_free (gpointer data)
{
  ScriptedPeer *peer = data;

  scripted_peer_close (peer, FALSE);
  g_assert_false (peer->reading || peer->writing || peer->asking);
  g_object_unref (peer->connection);  /* end of life */
  g_object_unref (peer->stream);      /* end of life */
  g_object_unref (peer->cancellable); /* end of life */
  g_string_free (peer->received, TRUE);
  g_free (peer); /* end of life */
}

static void peer_write (ScriptedPeer *peer);

static gboolean
trickle_cb (gpointer user_data)
{
  ScriptedPeer *peer = user_data;
  gsize length = 0;
  const char *bytes = g_bytes_get_data (peer->answer->bytes, &length);

  if (peer->offset < length &&
      g_socket_send (g_socket_connection_get_socket (peer->connection), bytes + peer->offset, 1, NULL, NULL) == 1) {
    peer->offset++;
    return G_SOURCE_CONTINUE;
  }
  peer->timer = 0;

  return G_SOURCE_REMOVE;
}

/* Where what follows the head begins; 0 where there is no head. */
static gsize
get_body_offset (Answer *answer)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (answer->bytes, &length);
  const char *end = g_strstr_len (bytes, (gssize) length, "\r\n\r\n");

  return end != NULL && end + 4 < bytes + length ? (gsize) (end + 4 - bytes) : 0;
}

static void
write_ready_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  ScriptedPeer *peer = user_data;
  gsize written = 0;
  gboolean is_whole = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, &written, NULL);

  peer->writing = FALSE;
  peer->server->n_bytes += written;
  if (peer->closed)
    return;
  if (!is_whole) {
    scripted_peer_closed_by_client (peer);
    return;
  }

  switch (peer->answer->end) {
  case SCRIPTED_END_CLOSE:
    scripted_peer_close (peer, FALSE);
    break;

  case SCRIPTED_END_RESET:
    scripted_peer_close (peer, TRUE);
    break;

  case SCRIPTED_END_ENDLESS:
    peer->offset = get_body_offset (peer->answer);
    peer_write (peer);
    break;

  case SCRIPTED_END_HANG:
  case SCRIPTED_END_KEEP:
  case SCRIPTED_END_TRICKLE:
  default:
    break;
  }
}

static void
peer_write (ScriptedPeer *peer)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (peer->answer->bytes, &length);

  peer->writing = TRUE;
  g_output_stream_write_all_async (g_io_stream_get_output_stream (peer->stream),
                                   bytes + peer->offset, length - peer->offset, G_PRIORITY_DEFAULT,
                                   peer->server->cancellable, write_ready_cb, peer);
}

static void
peer_say (ScriptedPeer *peer)
{
  if (peer->answer->end == SCRIPTED_END_TRICKLE)
    peer->timer = g_timeout_add (TRICKLE_MS, trickle_cb, peer);
  else
    peer_write (peer);
}

static gboolean
delay_over_cb (gpointer user_data)
{
  ScriptedPeer *peer = user_data;

  peer->timer = 0;
  if (peer->answer != NULL)
    peer_say (peer);
  else
    scripted_peer_forward (peer, peer->request);

  return G_SOURCE_REMOVE;
}

static gboolean
fits (const char      *method,
      const char      *pattern,
      ScriptedRequest *request)
{
  return (method == NULL || g_str_equal (method, request->method)) && g_pattern_match_simple (pattern, request->path);
}

static Rule *
find_rule (ScriptedServer  *self,
           ScriptedRequest *request)
{
  for (guint i = 0; i < self->rules->len; i++) {
    Rule *rule = g_ptr_array_index (self->rules, i);

    if (fits (rule->method, rule->pattern, request))
      return rule;
  }

  return self->otherwise;
}

static void
peer_answer (ScriptedPeer    *peer,
             ScriptedRequest *request)
{
  Rule *rule = find_rule (peer->server, request);

  peer->request = request;
  peer->answer = NULL;
  peer->offset = 0;
  peer->change = rule->change;
  peer->change_data = rule->change_data;
  if (rule->answers->len > 0)
    peer->answer = g_ptr_array_index (rule->answers, MIN (rule->n_used, rule->answers->len - 1));
  else
    g_assert_nonnull (peer->server->upstream);
  rule->n_used++;

  if (rule->delay_ms > 0)
    peer->timer = g_timeout_add (rule->delay_ms, delay_over_cb, peer);
  else if (peer->answer != NULL)
    peer_say (peer);
  else
    scripted_peer_forward (peer, request);
}

static char *
find_header (const char *head,
             const char *name)
{
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);
  gsize length = strlen (name);

  for (guint i = 1; lines[i] != NULL; i++) {
    if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
      return g_strdup (g_strchug (lines[i] + length + 1));
  }

  return NULL;
}

static void
peer_take_requests (ScriptedPeer *peer)
{
  const char *end;

  while ((end = strstr (peer->received->str, "\r\n\r\n")) != NULL) {
    gsize head_length = end - peer->received->str;
    g_autofree char *head = g_strndup (peer->received->str, head_length + 2);
    g_autofree char *length_text = find_header (head, "Content-Length");
    gsize body_length = length_text != NULL ? g_ascii_strtoull (length_text, NULL, 10) : 0;
    g_auto (GStrv) words = NULL;
    ScriptedRequest *request;

    if (peer->received->len < head_length + 4 + body_length)
      return;
    words = g_strsplit_set (head, " ?\r", 3);
    request = g_new0 (ScriptedRequest, 1);
    request->method = g_strdup (words[0]);
    request->path = g_strdup (words[0] != NULL && words[1] != NULL ? words[1] : "");
    request->came_at = g_get_monotonic_time ();
    request->head = g_steal_pointer (&head);
    request->body = g_strndup (peer->received->str + head_length + 4, body_length);
    request->peer = peer;
    g_ptr_array_add (peer->server->requests, request);
    g_string_erase (peer->received, 0, head_length + 4 + body_length);
    peer_answer (peer, request);
  }
}

static void peer_read (ScriptedPeer *peer);

static void
read_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  ScriptedPeer *peer = user_data;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  peer->reading = FALSE;
  if (peer->closed)
    return;
  if (length <= 0) {
    scripted_peer_closed_by_client (peer);
    return;
  }
  g_string_append_len (peer->received, peer->buffer, length);
  peer_take_requests (peer);
  if (!peer->closed)
    peer_read (peer);
}

static void
peer_read (ScriptedPeer *peer)
{
  peer->reading = TRUE;
  g_input_stream_read_async (g_io_stream_get_input_stream (peer->stream),
                             peer->buffer, sizeof peer->buffer, G_PRIORITY_DEFAULT,
                             peer->server->cancellable, read_ready_cb, peer);
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           user_data)
{
  ScriptedServer *self = user_data;
  ScriptedPeer *peer = g_new0 (ScriptedPeer, 1);

  peer->server = self;
  peer->cancellable = g_cancellable_new ();
  peer->connection = g_object_ref (connection);
  if (self->certificate != NULL) {
    g_autoptr (GError) error = NULL;

    peer->stream = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, &error);
    g_assert_no_error (error);
  } else {
    peer->stream = g_object_ref (G_IO_STREAM (connection));
  }
  peer->received = g_string_new (NULL);
  g_ptr_array_add (self->peers, peer);
  self->n_connections++;
  peer_read (peer);

  return TRUE;
}

static ScriptedRequest *
get_request (ScriptedServer *self,
             guint           request)
{
  g_assert_cmpuint (request, <, self->requests->len);

  return g_ptr_array_index (self->requests, request);
}

static void
begin_to_listen (ScriptedServer *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_from_string ("127.0.0.1");
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, self->port);
  g_autoptr (GSocketAddress) given = NULL;
  g_autoptr (GError) error = NULL;

  self->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &given, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (given));
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_socket_service_start (self->service);
}

ScriptedServer *
scripted_server_new (void)
{
  return scripted_server_new_tls (NULL);
}

/* @certificate: (nullable): with its key */
ScriptedServer *
scripted_server_new_tls (GTlsCertificate *certificate)
{
  ScriptedServer *self = g_new0 (ScriptedServer, 1);

  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  self->cancellable = g_cancellable_new ();
  self->otherwise = rule_new (NULL, "*");
  self->rules = g_ptr_array_new_with_free_func (rule_free);
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->peers = g_ptr_array_new_with_free_func (peer_free);
  begin_to_listen (self);

  return self;
}

static gboolean
is_quiet (ScriptedServer *self)
{
  for (guint i = 0; i < self->peers->len; i++) {
    ScriptedPeer *peer = g_ptr_array_index (self->peers, i);

    if (peer->reading || peer->writing || peer->asking)
      return FALSE;
  }

  return TRUE;
}

/* From now on nobody listens at the server's address. */
void
scripted_server_refuse (ScriptedServer *self)
{
  if (self->service == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
}

/* After scripted_server_refuse(): at the same address. */
void
scripted_server_return (ScriptedServer *self)
{
  g_assert_null (self->service);
  begin_to_listen (self);
}

void
scripted_server_drop_connections (ScriptedServer *self,
                                  gboolean        reset)
{
  for (guint i = 0; i < self->peers->len; i++)
    scripted_peer_close (g_ptr_array_index (self->peers, i), reset);
}

void
scripted_server_free (ScriptedServer *self)
{
  scripted_server_refuse (self);
  scripted_server_drop_connections (self, FALSE);
  g_cancellable_cancel (self->cancellable);
  while (!is_quiet (self))
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&self->certificate);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->upstream);
  g_clear_pointer (&self->requests, g_ptr_array_unref);
  g_clear_pointer (&self->peers, g_ptr_array_unref);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->otherwise, rule_free);
  g_free (self); /* end of life */
}

char *
scripted_server_dup_uri (ScriptedServer *self)
{
  return g_strdup_printf ("%s://127.0.0.1:%u", self->certificate != NULL ? "https" : "http", self->port);
}

guint
scripted_server_get_port (ScriptedServer *self)
{
  return self->port;
}

static void
rule_add (Rule        *rule,
          GBytes      *bytes,
          ScriptedEnd  end)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->bytes = g_bytes_ref (bytes);
  answer->end = end;
  g_ptr_array_add (rule->answers, answer);
}

void
scripted_server_answer_bytes (ScriptedServer *self,
                              GBytes         *bytes,
                              ScriptedEnd     end)
{
  rule_add (self->otherwise, bytes, end);
}

void
scripted_server_answer (ScriptedServer *self,
                        const char     *text,
                        ScriptedEnd     end)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  scripted_server_answer_bytes (self, bytes, end);
}

void
scripted_server_answer_json (ScriptedServer *self,
                             guint           status,
                             const char     *json)
{
  g_autofree char *text = g_strdup_printf ("HTTP/1.1 %u Said\r\nContent-Type: application/json; charset=utf-8\r\n"
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                           status, strlen (json), json);

  scripted_server_answer (self, text, SCRIPTED_END_KEEP);
}

static Rule *
get_rule (ScriptedServer *self,
          const char     *method,
          const char     *pattern)
{
  Rule *rule = NULL;

  for (guint i = 0; i < self->rules->len; i++) {
    rule = g_ptr_array_index (self->rules, i);
    if (g_strcmp0 (rule->method, method) == 0 && g_str_equal (rule->pattern, pattern))
      return rule;
  }
  rule = rule_new (method, pattern);
  g_ptr_array_add (self->rules, rule);

  return rule;
}

/* An answer for the requests of @method whose path, without the query, fits the glob @pattern. The rule that
 * was made first wins. */
void
scripted_server_on_bytes (ScriptedServer *self,
                          const char     *method,
                          const char     *pattern,
                          GBytes         *bytes,
                          ScriptedEnd     end)
{
  rule_add (get_rule (self, method, pattern), bytes, end);
}

void
scripted_server_on (ScriptedServer *self,
                    const char     *method,
                    const char     *pattern,
                    const char     *text,
                    ScriptedEnd     end)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  scripted_server_on_bytes (self, method, pattern, bytes, end);
}

/* What the upstream answers goes through @change first. */
void
scripted_server_on_change (ScriptedServer     *self,
                           const char         *method,
                           const char         *pattern,
                           ScriptedChangeFunc  change,
                           gpointer            user_data)
{
  Rule *rule = get_rule (self, method, pattern);

  rule->change = change;
  rule->change_data = user_data;
}

/* The answer begins so much later. */
void
scripted_server_delay (ScriptedServer *self,
                       const char     *method,
                       const char     *pattern,
                       guint           milliseconds)
{
  get_rule (self, method, pattern)->delay_ms = milliseconds;
}

/* Takes a rule back, with its answers. */
void
scripted_server_forget (ScriptedServer *self,
                        const char     *method,
                        const char     *pattern)
{
  for (guint i = 0; i < self->peers->len; i++) {
    ScriptedPeer *peer = g_ptr_array_index (self->peers, i);

    g_assert_true (peer->closed || !peer->writing);
  }
  g_ptr_array_remove (self->rules, get_rule (self, method, pattern));
}

/* What nothing else is said to is asked of the server at @uri on this machine. */
void
scripted_server_forward (ScriptedServer *self,
                         const char     *uri)
{
  g_autoptr (GError) error = NULL;

  self->upstream = g_network_address_parse_uri (uri, 80, &error);
  g_assert_no_error (error);
}

/* More bytes on the connection that a request came by. */
void
scripted_server_send (ScriptedServer *self,
                      guint           request,
                      const char     *text)
{
  ScriptedPeer *peer = get_request (self, request)->peer;
  g_autoptr (GError) error = NULL;

  g_socket_send (g_socket_connection_get_socket (peer->connection), text, strlen (text), NULL, &error);
  g_assert_no_error (error);
}

void
scripted_server_end (ScriptedServer *self,
                     guint           request)
{
  scripted_peer_close (get_request (self, request)->peer, FALSE);
}

guint
scripted_server_n_requests (ScriptedServer *self)
{
  return self->requests->len;
}

guint
scripted_server_count (ScriptedServer *self,
                       const char     *method,
                       const char     *pattern)
{
  guint n = 0;

  for (guint i = 0; i < self->requests->len; i++)
    n += fits (method, pattern, get_request (self, i)) ? 1 : 0;

  return n;
}

/* By g_get_monotonic_time(), in microseconds. */
gint64
scripted_server_get_time (ScriptedServer *self,
                          guint           request)
{
  return get_request (self, request)->came_at;
}

guint
scripted_server_n_connections (ScriptedServer *self)
{
  return self->n_connections;
}

guint
scripted_server_n_closed (ScriptedServer *self)
{
  return self->n_closed;
}

guint64
scripted_server_n_bytes (ScriptedServer *self)
{
  return self->n_bytes;
}

/* The request line and the headers, each with its CR LF. */
const char *
scripted_server_get_head (ScriptedServer *self,
                          guint           request)
{
  return get_request (self, request)->head;
}

const char *
scripted_server_get_body (ScriptedServer *self,
                          guint           request)
{
  return get_request (self, request)->body;
}

char *
scripted_server_dup_header (ScriptedServer *self,
                            guint           request,
                            const char     *name)
{
  return find_header (get_request (self, request)->head, name);
}
