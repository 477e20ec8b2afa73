/* refills-relay-pipe.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One stream of the service, passed on to one client byte for byte.
 *
 * The client's connection is taken from libsoup once its request was read, and written by hand: each
 * read leaves as one chunk at once, nothing more is read before it left (so that a slow client costs
 * no memory), and a client that goes away is seen while the service is silent. Either side's end ends
 * the other. Reads nothing of what it passes on, and logs none of it. Main thread only.
 */
#include "refills-relay-pipe.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#define HEAD_DEADLINE_MS 15000
#define READ_BYTES (16 * 1024)
#define CHUNK_HEAD_BYTES 6    /* "4000\r\n": READ_BYTES has four digits */
#define MAX_LAST_EVENT_ID_BYTES 1024

struct _RefillsRelayPipe {
  RefillsHttp *http;
  char *path;
  char *country;
  char *last_event_id;
  char *allow_origin;
  RefillsRelayPipeClosed closed_func;
  gpointer closed_data;

  SoupServerMessage *request; /* until its connection is taken over */
  guint take_over_source;
  gboolean chunked;
  GIOStream *client;
  GCancellable *client_cancellable;
  SoupMessage *message;       /* to the service */
  GInputStream *body;
  GCancellable *service_cancellable;
  guint head_deadline;
  GBytes *answer;             /* being written: a head, or a whole refusal */
  gboolean finishing;         /* what is being written is the last */
  gboolean closed;
  char ignored[256];
  char buffer[CHUNK_HEAD_BYTES + READ_BYTES + 2];
};

static void
pipe_clear (RefillsRelayPipe *self)
{
  g_clear_pointer (&self->answer, g_bytes_unref);
  g_clear_object (&self->body);
  g_clear_object (&self->message);
  g_clear_object (&self->client);
  g_clear_object (&self->request);
  g_clear_object (&self->client_cancellable);
  g_clear_object (&self->service_cancellable);
  g_clear_object (&self->http);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->country, g_free);
  g_clear_pointer (&self->last_event_id, g_free);
  g_clear_pointer (&self->allow_origin, g_free);
}

/**
 * refills_relay_pipe_unref:
 * @self: a pipe
 *
 * Lets go of the pipe, which lives on until its last operation is back.
 */
void
refills_relay_pipe_unref (RefillsRelayPipe *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) pipe_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsRelayPipe, refills_relay_pipe_unref)

/* The connection closes once no one holds its body and message: a read under way lets go of them when it
 * sees the cancellation. */
static void
drop_service (RefillsRelayPipe *self)
{
  g_clear_handle_id (&self->head_deadline, g_source_remove);
  g_cancellable_cancel (self->service_cancellable);
  g_clear_object (&self->body);
  g_clear_object (&self->message);
}

/**
 * refills_relay_pipe_close:
 * @self: a pipe
 *
 * Closes both connections now. Tells who made the pipe, the first time.
 */
void
refills_relay_pipe_close (RefillsRelayPipe *self)
{
  g_autoptr (RefillsRelayPipe) held = g_rc_box_acquire (self);

  if (self->closed)
    return;
  self->closed = TRUE;
  g_clear_handle_id (&self->take_over_source, g_source_remove);

  drop_service (self);
  g_cancellable_cancel (self->client_cancellable);
  if (self->client != NULL)
    g_io_stream_close (self->client, NULL, NULL);
  else if (self->request != NULL)
    soup_server_message_unpause (self->request);
  g_clear_object (&self->request);

  self->closed_func (self, self->closed_data);
}

static void watch_ready_cb (GObject      *source,
                            GAsyncResult *result,
                            gpointer      user_data);

/* A client has nothing more to say; that it went away is what is read here. */
static void
watch_client (RefillsRelayPipe *self)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (self->client), self->ignored, sizeof self->ignored,
                             G_PRIORITY_DEFAULT, self->client_cancellable, watch_ready_cb, g_rc_box_acquire (self));
}

static void
watch_ready_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (RefillsRelayPipe) self = user_data;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (self->closed)
    return;
  if (length > 0)
    watch_client (self);
  else
    refills_relay_pipe_close (self);
}

static void read_more (RefillsRelayPipe *self);

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (RefillsRelayPipe) self = user_data;
  gboolean written = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);

  if (self->closed)
    return;
  g_clear_pointer (&self->answer, g_bytes_unref);
  if (!written || self->finishing)
    refills_relay_pipe_close (self);
  else
    read_more (self);
}

static void
write_all (RefillsRelayPipe *self,
           const char       *bytes,
           gsize             length)
{
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->client), bytes, length,
                                   G_PRIORITY_DEFAULT, self->client_cancellable, written_cb, g_rc_box_acquire (self));
}

static void
write_answer (RefillsRelayPipe *self,
              GString          *text)
{
  gsize length = text->len;

  self->answer = g_bytes_new (text->str, length);
  write_all (self, g_bytes_get_data (self->answer, NULL), length);
}

static void
append_origin (RefillsRelayPipe *self,
               GString          *head)
{
  if (self->allow_origin != NULL)
    g_string_append_printf (head, "Access-Control-Allow-Origin: %s\r\n", self->allow_origin);
  g_string_append (head, "\r\n");
}

static void
refuse (RefillsRelayPipe *self,
        guint             status,
        const char       *json)
{
  g_autoptr (GString) text = g_string_new (NULL);

  drop_service (self);
  g_string_append_printf (text, "HTTP/1.1 %u %s\r\nContent-Type: application/json\r\n"
                          "Content-Length: %" G_GSIZE_FORMAT "\r\nCache-Control: no-store\r\nConnection: close\r\n",
                          status, soup_status_get_phrase (status), strlen (json));
  append_origin (self, text);
  g_string_append (text, json);
  self->finishing = TRUE;
  write_answer (self, text);
}

/* API reference, section 9a: these four. */
static void
begin_stream (RefillsRelayPipe *self)
{
  g_autoptr (GString) head = g_string_new ("HTTP/1.1 200 OK\r\n"
                                           "Content-Type: text/event-stream\r\n"
                                           "Cache-Control: no-cache, no-transform\r\n"
                                           "Connection: keep-alive\r\n"
                                           "X-Accel-Buffering: no\r\n");

  if (self->chunked)
    g_string_append (head, "Transfer-Encoding: chunked\r\n");
  append_origin (self, head);
  write_answer (self, head);
}

static void
read_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (RefillsRelayPipe) self = user_data;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  char head[CHUNK_HEAD_BYTES + 1];

  if (self->closed)
    return;
  /* A stream that broke ends without the last chunk, so that the client can tell. */
  if (length < 0 || (length == 0 && !self->chunked)) {
    refills_relay_pipe_close (self);
    return;
  }
  if (length == 0) {
    self->finishing = TRUE;
    write_all (self, "0\r\n\r\n", strlen ("0\r\n\r\n"));
    return;
  }
  if (!self->chunked) {
    write_all (self, self->buffer + CHUNK_HEAD_BYTES, length);
    return;
  }

  /* Around the bytes where they lie: one write, nothing copied. */
  g_snprintf (head, sizeof head, "%04x\r\n", (guint) length);
  memcpy (self->buffer, head, CHUNK_HEAD_BYTES);
  memcpy (self->buffer + CHUNK_HEAD_BYTES + length, "\r\n", 2);
  write_all (self, self->buffer, CHUNK_HEAD_BYTES + length + 2);
}

static void
read_more (RefillsRelayPipe *self)
{
  g_input_stream_read_async (self->body, self->buffer + CHUNK_HEAD_BYTES, READ_BYTES, G_PRIORITY_DEFAULT,
                             self->service_cancellable, read_ready_cb, g_rc_box_acquire (self));
}

/* Of an answer with a status for success. What is compressed although nobody asked for it is no stream. */
static gboolean
has_body (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *encoding = soup_message_headers_get_one (headers, "Content-Encoding");

  if (soup_message_get_status (message) == SOUP_STATUS_NO_CONTENT ||
      soup_message_get_status (message) == SOUP_STATUS_RESET_CONTENT)
    return FALSE;
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
      soup_message_headers_get_content_length (headers) == 0)
    return FALSE;

  return encoding == NULL || g_ascii_strcasecmp (encoding, "identity") == 0;
}

static void
fail_to_connect (RefillsRelayPipe *self)
{
  refuse (self, SOUP_STATUS_BAD_GATEWAY, "{\"error\":\"Failed to connect to upstream stream\"}");
}

static void
send_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (RefillsRelayPipe) self = user_data;
  g_autoptr (GInputStream) body = soup_session_send_finish (SOUP_SESSION (source), result, NULL);
  guint status;

  /* Without a message the deadline has answered already. */
  if (self->closed || self->message == NULL)
    return;
  g_clear_handle_id (&self->head_deadline, g_source_remove);

  status = soup_message_get_status (self->message);
  self->body = g_steal_pointer (&body);
  if (self->body != NULL && SOUP_STATUS_IS_SUCCESSFUL (status) && has_body (self->message)) {
    begin_stream (self);
  } else if (self->body == NULL && !SOUP_STATUS_IS_CLIENT_ERROR (status)) {
    fail_to_connect (self);
  } else {
    /* A status that must have no body cannot say why. */
    if (status < 300 || status > 599 || status == SOUP_STATUS_NOT_MODIFIED)
      status = SOUP_STATUS_BAD_GATEWAY;
    refuse (self, status, "{\"error\":\"Upstream returned an error\"}");
  }
}

static gboolean
head_deadline_cb (gpointer user_data)
{
  RefillsRelayPipe *self = user_data;

  self->head_deadline = 0;
  fail_to_connect (self);

  return G_SOURCE_REMOVE;
}

static void
ask_service (RefillsRelayPipe *self)
{
  self->message = refills_http_new_stream (self->http, self->path, self->country);
  if (self->last_event_id != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (self->message), "Last-Event-ID",
                                  self->last_event_id);
  refills_http_guard_stream (self->http, self->message, self->service_cancellable);
  self->head_deadline = g_timeout_add (MIN (refills_http_get_silence_ms (self->http), HEAD_DEADLINE_MS),
                                       head_deadline_cb, self);
  soup_session_send_async (refills_http_get_stream_session (self->http), self->message, G_PRIORITY_DEFAULT,
                           self->service_cancellable, send_ready_cb, g_rc_box_acquire (self));
}

static gboolean
take_over_cb (gpointer user_data)
{
  RefillsRelayPipe *self = user_data;
  g_autoptr (GSocket) connection = NULL;

  self->take_over_source = 0;
  if (soup_server_message_get_socket (self->request) != NULL)
    connection = g_object_ref (soup_server_message_get_socket (self->request));
  self->client = soup_server_message_steal_connection (self->request);
  g_clear_object (&self->request);
  if (self->client == NULL) {
    refills_relay_pipe_close (self);
    return G_SOURCE_REMOVE;
  }

  /* An event must not wait for the acknowledgement of the one before. */
  if (connection != NULL)
    g_socket_set_option (connection, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  watch_client (self);
  ask_service (self);

  return G_SOURCE_REMOVE;
}

/* Between an event of the service and a header lies a browser; what cannot have been an id is not sent. */
static gboolean
is_event_id (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  if (length == 0 || length > MAX_LAST_EVENT_ID_BYTES)
    return FALSE;
  for (const char *c = text; *c != '\0'; c++) {
    if (g_ascii_iscntrl (*c))
      return FALSE;
  }

  return TRUE;
}

/**
 * refills_relay_pipe_new:
 * @http: the way to the service
 * @client: a request that was read
 * @fields: what it asked for; copied
 * @closed: called once, when the pipe is done with
 * @user_data: handed to @closed
 *
 * Takes the connection of @client over, asks the service, and passes on what it says. Where it cannot,
 * the client gets a 502 or the service's own status, with one line of JSON (API reference, section 9a).
 * The service has 15 s for the head of its answer, and may be silent as long as it likes afterwards.
 *
 * Returns: (transfer full): a pipe
 */
RefillsRelayPipe *
refills_relay_pipe_new (RefillsHttp                  *http,
                        SoupServerMessage            *client,
                        const RefillsRelayPipeFields *fields,
                        RefillsRelayPipeClosed        closed,
                        gpointer                      user_data)
{
  RefillsRelayPipe *self = NULL;

  g_return_val_if_fail (REFILLS_IS_HTTP (http), NULL);
  g_return_val_if_fail (closed != NULL, NULL);

  self = g_rc_box_new0 (RefillsRelayPipe);
  self->http = g_object_ref (http);
  self->path = g_strdup (fields->path);
  self->country = g_strdup (fields->country);
  self->last_event_id = is_event_id (fields->last_event_id) ? g_strdup (fields->last_event_id) : NULL;
  self->allow_origin = g_strdup (fields->allow_origin);
  self->closed_func = closed;
  self->closed_data = user_data;
  self->request = g_object_ref (client);
  self->chunked = soup_server_message_get_http_version (client) != SOUP_HTTP_1_0;
  self->client_cancellable = g_cancellable_new ();
  self->service_cancellable = g_cancellable_new ();

  /* Not here: libsoup is still using the connection. */
  soup_server_message_pause (client);
  self->take_over_source = g_idle_add_full (G_PRIORITY_DEFAULT, take_over_cb, self, NULL);

  return self;
}
