/* scripted-server.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A server on a free port of 127.0.0.1 that says exactly the bytes it was told, well-formed or not, on
 * the main loop of the test. Records each request, and how many connections the client closed.
 *
 * Answers are used in the order they were given; the last one stays.
 */
#include "scripted-server.h"

#include <string.h>
#include <sys/socket.h>

#define TRICKLE_MS 10

typedef struct {
  GBytes *bytes;
  ScriptedEnd end;
} Answer;

typedef struct {
  ScriptedServer *server;
  GSocketConnection *connection;
  GString *received;
  char buffer[16 * 1024];
  Answer *answer;         /* the one being said */
  gsize offset;
  guint timer;
  gboolean reading;
  gboolean writing;
  gboolean closed;        /* by either side */
} Peer;

typedef struct {
  char *head;
  char *body;
  Peer *peer;
} Request;

struct _ScriptedServer {
  GSocketService *service;
  guint16 port;
  GCancellable *cancellable;
  GPtrArray *answers;
  guint n_used;
  GPtrArray *requests;
  GPtrArray *peers;
  guint n_connections;
  guint n_closed;
  guint64 n_bytes;
};

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_bytes_unref (answer->bytes);
  g_free (answer); /* end of life */
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->head); /* end of life */
  g_free (request->body); /* end of life */
  g_free (request);       /* end of life */
}

static void
peer_close (Peer     *peer,
            gboolean  reset)
{
  if (peer->closed)
    return;
  peer->closed = TRUE;
  g_clear_handle_id (&peer->timer, g_source_remove);
  if (reset) {
    struct linger linger = { 1, 0 };
    int fd = g_socket_get_fd (g_socket_connection_get_socket (peer->connection));

    setsockopt (fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  }
  g_socket_close (g_socket_connection_get_socket (peer->connection), NULL);
}

static void
peer_closed_by_client (Peer *peer)
{
  if (peer->closed)
    return;
  peer->server->n_closed++;
  peer_close (peer, FALSE);
}

static void
peer_free (gpointer data)
{
  Peer *peer = data;

  peer_close (peer, FALSE);
  g_assert_false (peer->reading || peer->writing);
  g_object_unref (peer->connection); /* end of life */
  g_string_free (peer->received, TRUE);
  g_free (peer); /* end of life */
}

static void peer_write (Peer *peer);

static gboolean
trickle_cb (gpointer user_data)
{
  Peer *peer = user_data;
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

static void
write_ready_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Peer *peer = user_data;
  gsize written = 0;
  gboolean is_whole = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, &written, NULL);

  peer->writing = FALSE;
  peer->server->n_bytes += written;
  if (peer->closed)
    return;
  if (!is_whole) {
    peer_closed_by_client (peer);
    return;
  }

  switch (peer->answer->end) {
  case SCRIPTED_END_CLOSE:
    peer_close (peer, FALSE);
    break;

  case SCRIPTED_END_RESET:
    peer_close (peer, TRUE);
    break;

  case SCRIPTED_END_ENDLESS:
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
peer_write (Peer *peer)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (peer->answer->bytes, &length);

  peer->writing = TRUE;
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (peer->connection)),
                                   bytes, length, G_PRIORITY_DEFAULT, peer->server->cancellable,
                                   write_ready_cb, peer);
}

static void
peer_answer (Peer *peer)
{
  ScriptedServer *self = peer->server;

  g_assert_cmpuint (self->answers->len, >, 0);
  peer->answer = g_ptr_array_index (self->answers, MIN (self->n_used, self->answers->len - 1));
  peer->offset = 0;
  self->n_used++;

  if (peer->answer->end == SCRIPTED_END_TRICKLE)
    peer->timer = g_timeout_add (TRICKLE_MS, trickle_cb, peer);
  else
    peer_write (peer);
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
peer_take_requests (Peer *peer)
{
  const char *end;

  while ((end = strstr (peer->received->str, "\r\n\r\n")) != NULL) {
    gsize head_length = end - peer->received->str;
    g_autofree char *head = g_strndup (peer->received->str, head_length + 2);
    g_autofree char *length_text = find_header (head, "Content-Length");
    gsize body_length = length_text != NULL ? g_ascii_strtoull (length_text, NULL, 10) : 0;
    Request *request;

    if (peer->received->len < head_length + 4 + body_length)
      return;
    request = g_new0 (Request, 1);
    request->head = g_steal_pointer (&head);
    request->body = g_strndup (peer->received->str + head_length + 4, body_length);
    request->peer = peer;
    g_ptr_array_add (peer->server->requests, request);
    g_string_erase (peer->received, 0, head_length + 4 + body_length);
    peer_answer (peer);
  }
}

static void peer_read (Peer *peer);

static void
read_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Peer *peer = user_data;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  peer->reading = FALSE;
  if (peer->closed)
    return;
  if (length <= 0) {
    peer_closed_by_client (peer);
    return;
  }
  g_string_append_len (peer->received, peer->buffer, length);
  peer_take_requests (peer);
  if (!peer->closed)
    peer_read (peer);
}

static void
peer_read (Peer *peer)
{
  peer->reading = TRUE;
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (peer->connection)),
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
  Peer *peer = g_new0 (Peer, 1);

  peer->server = self;
  peer->connection = g_object_ref (connection);
  peer->received = g_string_new (NULL);
  g_ptr_array_add (self->peers, peer);
  self->n_connections++;
  peer_read (peer);

  return TRUE;
}

static Request *
get_request (ScriptedServer *self,
             guint           request)
{
  g_assert_cmpuint (request, <, self->requests->len);

  return g_ptr_array_index (self->requests, request);
}

ScriptedServer *
scripted_server_new (void)
{
  ScriptedServer *self = g_new0 (ScriptedServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_from_string ("127.0.0.1");
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) given = NULL;
  g_autoptr (GError) error = NULL;

  self->service = g_socket_service_new ();
  self->cancellable = g_cancellable_new ();
  self->answers = g_ptr_array_new_with_free_func (answer_free);
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->peers = g_ptr_array_new_with_free_func (peer_free);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &given, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (given));
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_socket_service_start (self->service);

  return self;
}

static gboolean
is_quiet (ScriptedServer *self)
{
  for (guint i = 0; i < self->peers->len; i++) {
    Peer *peer = g_ptr_array_index (self->peers, i);

    if (peer->reading || peer->writing)
      return FALSE;
  }

  return TRUE;
}

void
scripted_server_free (ScriptedServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  for (guint i = 0; i < self->peers->len; i++)
    peer_close (g_ptr_array_index (self->peers, i), FALSE);
  g_cancellable_cancel (self->cancellable);
  while (!is_quiet (self))
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_clear_object (&self->service);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->requests, g_ptr_array_unref);
  g_clear_pointer (&self->peers, g_ptr_array_unref);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_free (self); /* end of life */
}

/* From now on nobody listens at the server's address. */
void
scripted_server_refuse (ScriptedServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
}

char *
scripted_server_dup_uri (ScriptedServer *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u", self->port);
}

void
scripted_server_answer_bytes (ScriptedServer *self,
                              GBytes         *bytes,
                              ScriptedEnd     end)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->bytes = g_bytes_ref (bytes);
  answer->end = end;
  g_ptr_array_add (self->answers, answer);
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

/* More bytes on the connection that a request came by. */
void
scripted_server_send (ScriptedServer *self,
                      guint           request,
                      const char     *text)
{
  Peer *peer = get_request (self, request)->peer;
  g_autoptr (GError) error = NULL;

  g_socket_send (g_socket_connection_get_socket (peer->connection), text, strlen (text), NULL, &error);
  g_assert_no_error (error);
}

void
scripted_server_end (ScriptedServer *self,
                     guint           request)
{
  peer_close (get_request (self, request)->peer, FALSE);
}

guint
scripted_server_n_requests (ScriptedServer *self)
{
  return self->requests->len;
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
