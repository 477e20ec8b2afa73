/* refills-http-request.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One request from its first byte to the last of its answer, under one deadline and one cap.
 *
 * Owns the message, the body's stream and a GCancellable of its own, all of which are let go before the
 * task returns, so that nothing is left on the wire. Never follows a redirect, never repeats anything
 * but a GET, and that once. Leaves when the budget lets it: a short wait is waited, within the same deadline,
 * and a long one is an error that tells it. Knows no path and no JSON. Main thread only.
 */
#include "refills-http-request.h"

#include <string.h>

#include "refills-error.h"
#include "refills-http-error.h"

#define CONNECT_DEADLINE_MS 15000
#define READ_BYTES (64 * 1024)

typedef struct {
  RefillsHttpRequestKind kind;
  SoupSession *session;
  const char *method;
  GUri *uri;
  SoupMessageHeaders *headers;
  GBytes *body;
  gsize max_bytes;
  RefillsBudget *budget;
  RefillsEndpoint endpoint;
  gint64 built_at;
  guint max_wait_ms;

  SoupMessage *message;
  GInputStream *stream;
  GByteArray *received;
  GBytes *refusal;
  guint status;
  gint64 date;                /* epoch seconds by the server's clock; 0 where it did not say */

  GCancellable *cancellable;  /* ours; follows the caller's */
  GCancellable *callers;
  gulong cancelled_handler;
  GSource *deadline;
  GSource *connect_deadline;
  GSource *turn;              /* the wait for the budget */

  gboolean expired;
  gboolean sent;
  gboolean repeated;
} Request;

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Cancelling alone does not close a connection: stream and message must go as well. */
static void
drop_message (Request *request)
{
  if (request->message != NULL)
    g_signal_handlers_disconnect_by_data (request->message, request);
  g_clear_object (&request->stream);
  g_clear_object (&request->message);
}

static void
settle (Request *request)
{
  clear_source (&request->deadline);
  clear_source (&request->connect_deadline);
  clear_source (&request->turn);
  if (request->cancelled_handler != 0)
    g_signal_handler_disconnect (request->callers, request->cancelled_handler);
  request->cancelled_handler = 0;
  g_cancellable_cancel (request->cancellable);
  drop_message (request);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  settle (request);
  g_clear_object (&request->session);
  g_clear_object (&request->cancellable);
  g_clear_object (&request->callers);
  g_clear_pointer (&request->uri, g_uri_unref);
  g_clear_pointer (&request->headers, soup_message_headers_unref);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_clear_pointer (&request->received, g_byte_array_unref);
  g_clear_pointer (&request->refusal, g_bytes_unref);
  g_clear_pointer (&request->budget, refills_budget_unref);
  g_free (request); /* end of life */
}

static gboolean
deadline_cb (gpointer user_data)
{
  Request *request = user_data;

  request->expired = TRUE;
  g_cancellable_cancel (request->cancellable);

  return G_SOURCE_REMOVE;
}

static GSource *
add_deadline (Request *request,
              guint    milliseconds)
{
  GSource *source = g_timeout_source_new (milliseconds);

  g_source_set_callback (source, deadline_cb, request, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());

  return source;
}

static void
callers_cancelled_cb (GCancellable *callers,
                      Request      *request)
{
  g_cancellable_cancel (request->cancellable);
}

/* After connection and TLS, before the first byte: from here on the service may have seen the request. */
static void
starting_cb (SoupMessage *message,
             Request     *request)
{
  request->sent = TRUE;
  clear_source (&request->connect_deadline);
}

static void
network_event_cb (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  gpointer            user_data)
{
  GCancellable *cancellable = user_data;

  if (event != G_SOCKET_CLIENT_TLS_HANDSHAKED || !G_IS_TLS_CONNECTION (connection))
    return;
  if (g_strcmp0 (g_tls_connection_get_negotiated_protocol (G_TLS_CONNECTION (connection)), "h2") != 0)
    return;

  g_message ("HTTP/2 was negotiated; the request is given up");
  g_object_set_data (G_OBJECT (message), "refills-http2", GINT_TO_POINTER (TRUE));
  g_cancellable_cancel (cancellable);
}

/* libsoup gathers the whole body of these before it hands it out, expecting to send the message again,
 * and knows no limit for it. Where no small length is promised, the status has to be enough. */
static void
got_headers_cb (SoupMessage *message,
                gpointer     user_data)
{
  GCancellable *cancellable = user_data;
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  guint status = soup_message_get_status (message);
  gboolean is_small = soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
                      soup_message_headers_get_content_length (headers) <= REFILLS_HTTP_MAX_REFUSAL_BYTES &&
                      soup_message_headers_get_one (headers, "Content-Encoding") == NULL;

  if (status == SOUP_STATUS_MISDIRECTED_REQUEST ||
      (!is_small && (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED)))
    g_cancellable_cancel (cancellable);
}

static void
return_error (GTask  *task,
              GError *error)
{
  Request *request = g_task_get_task_data (task);

  settle (request);
  g_task_return_error (task, error);
}

static void
return_transport_error (GTask        *task,
                        const GError *cause)
{
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean was_http2 = request->message != NULL &&
                       g_object_get_data (G_OBJECT (request->message), "refills-http2") != NULL;

  if (request->expired)
    error = g_error_new_literal (REFILLS_ERROR, REFILLS_ERROR_TIMEOUT, "the deadline was reached");
  else if (was_http2)
    error = g_error_new_literal (REFILLS_ERROR, REFILLS_ERROR_PROTOCOL, "HTTP/2 was negotiated");
  else if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    error = refills_http_error_new_for_certificate (soup_message_get_tls_peer_certificate_errors (request->message),
                                                    g_get_real_time () / G_USEC_PER_SEC, request->built_at);
  else
    error = refills_http_error_new_for_transport (cause);

  if (request->kind == REFILLS_HTTP_REQUEST_ORDER && request->sent && !was_http2)
    return_error (task, g_error_new (REFILLS_ERROR, REFILLS_ERROR_UNKNOWN_OUTCOME,
                                     "the order was sent, then: %s", error->message));
  else
    return_error (task, g_steal_pointer (&error));
}

/* Only of use with the status of a refusal; a 2xx that cannot be used is a protocol error. */
static void
return_unusable (GTask            *task,
                 RefillsErrorCode  code,
                 const char       *what)
{
  Request *request = g_task_get_task_data (task);

  if (request->kind == REFILLS_HTTP_REQUEST_ORDER)
    code = REFILLS_ERROR_UNKNOWN_OUTCOME;
  return_error (task, g_error_new (REFILLS_ERROR, code, "%u: %s", request->status, what));
}

static void
set_wait (GError *error,
          guint   milliseconds)
{
  if (milliseconds > 0 && (error->code == REFILLS_ERROR_RATE_LIMITED || error->code == REFILLS_ERROR_SERVER))
    refills_error_set_wait (error, (milliseconds + 999) / 1000, FALSE); /* who asks again says so */
}

static void
return_refusal (GTask *task)
{
  Request *request = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (request->message);
  g_autoptr (GError) error = NULL;
  guint status = request->status;
  guint wait_ms = refills_http_error_read_wait (status, headers, g_get_real_time () / G_USEC_PER_SEC);

  if (request->received != NULL && request->received->len > 0)
    request->refusal = g_byte_array_free_to_bytes (g_steal_pointer (&request->received));
  error = refills_http_error_new_for_status (status, headers, request->refusal);
  if (error->code == REFILLS_ERROR_PARTNER_REFUSED &&
      soup_message_headers_get_one (request->headers, "X-Cr-Application") == NULL)
    error->code = REFILLS_ERROR_REJECTED; /* none was sent */
  if (wait_ms > 0 && request->budget != NULL)
    refills_budget_block (request->budget, request->endpoint, wait_ms);

  /* A 4xx and a 503 say that no order was made; any other answer leaves it open. */
  if (request->kind == REFILLS_HTTP_REQUEST_ORDER) {
    if (!SOUP_STATUS_IS_CLIENT_ERROR (status) && status != SOUP_STATUS_SERVICE_UNAVAILABLE)
      error->code = REFILLS_ERROR_UNKNOWN_OUTCOME;
    else if (error->code == REFILLS_ERROR_NOT_FOUND || error->code == REFILLS_ERROR_TIMEOUT ||
             error->code == REFILLS_ERROR_CONFLICT)
      error->code = REFILLS_ERROR_REJECTED; /* what these say of a question makes no sense here */
  }
  set_wait (error, wait_ms);
  return_error (task, g_steal_pointer (&error));
}

static gboolean
is_html (Request *request)
{
  const char *type =
    soup_message_headers_get_content_type (soup_message_get_response_headers (request->message), NULL);
  gsize i = 0;

  if (type != NULL && g_ascii_strcasecmp (type, "text/html") == 0)
    return TRUE;
  while (i < request->received->len && g_ascii_isspace (request->received->data[i]))
    i++;

  return i < request->received->len && request->received->data[i] == '<';
}

static void
return_answer (GTask *task)
{
  Request *request = g_task_get_task_data (task);
  GBytes *answer = NULL;

  if (request->received->len == 0 || request->status == SOUP_STATUS_NO_CONTENT) {
    return_unusable (task, REFILLS_ERROR_PROTOCOL, "no body");
    return;
  }
  if (is_html (request)) {
    return_unusable (task, REFILLS_ERROR_SIGN_IN, "HTML");
    return;
  }

  answer = g_byte_array_free_to_bytes (g_steal_pointer (&request->received));
  settle (request);
  g_task_return_pointer (task, answer, (GDestroyNotify) g_bytes_unref);
}

static gboolean
was_cut (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);
}

/* Whether the request may go again now: a GET, once, and not over its budget. */
static gboolean
may_repeat (Request *request)
{
  return request->method == SOUP_METHOD_GET && !request->repeated && !request->expired &&
         (request->budget == NULL || refills_budget_get_wait (request->budget, request->endpoint) == 0);
}

static void start (GTask *task); /* a cut GET begins again: closes the cycle */

static void read_more (GTask *task);

static void
read_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  Request *request = g_task_get_task_data (task);
  gboolean is_refusal = !SOUP_STATUS_IS_SUCCESSFUL (request->status);
  gsize max_bytes = is_refusal ? REFILLS_HTTP_MAX_REFUSAL_BYTES : request->max_bytes;

  if (bytes == NULL) {
    if (g_cancellable_is_cancelled (request->callers)) {
      return_transport_error (task, error);
    } else if (is_refusal) {
      g_byte_array_set_size (request->received, 0);
      return_refusal (task);
    } else if (was_cut (error) && may_repeat (request)) {
      request->repeated = TRUE;
      g_message ("An answer was cut; asking again");
      start (g_steal_pointer (&task));
    } else {
      return_transport_error (task, error);
    }
    return;
  }

  if (g_bytes_get_size (bytes) == 0) {
    if (is_refusal)
      return_refusal (task);
    else
      return_answer (task);
    return;
  }

  if (request->received->len + g_bytes_get_size (bytes) > max_bytes) {
    if (is_refusal) {
      g_byte_array_set_size (request->received, 0);
      return_refusal (task);
    } else {
      return_unusable (task, REFILLS_ERROR_PROTOCOL, "the body is over its limit");
    }
    return;
  }

  g_byte_array_append (request->received, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  read_more (g_steal_pointer (&task));
}

static void
read_more (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (request->stream, READ_BYTES, g_task_get_priority (task),
                                   request->cancellable, read_ready_cb, task);
}

static gint64
read_date (SoupMessage *message)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message), "Date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) : 0;
}

static void
send_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  Request *request = g_task_get_task_data (task);

  request->status = soup_message_get_status (request->message);
  request->date = read_date (request->message);
  if (stream == NULL) {
    if (SOUP_STATUS_IS_CLIENT_ERROR (request->status) && !g_cancellable_is_cancelled (request->callers))
      return_refusal (task);
    else
      return_transport_error (task, error);
    return;
  }

  request->stream = g_steal_pointer (&stream);
  request->received = g_byte_array_new ();
  if (SOUP_STATUS_IS_REDIRECTION (request->status))
    return_refusal (task);
  else
    read_more (g_steal_pointer (&task));
}

static void
copy_header (const char *name,
             const char *value,
             gpointer    user_data)
{
  soup_message_headers_append (user_data, name, value);
}

static void
start (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  if (request->budget != NULL)
    refills_budget_spend (request->budget, request->endpoint);
  drop_message (request);
  g_clear_pointer (&request->received, g_byte_array_unref);
  request->status = 0;

  request->message = soup_message_new_from_uri (request->method, request->uri);
  soup_message_add_flags (request->message, SOUP_MESSAGE_NO_REDIRECT);
  if (request->kind == REFILLS_HTTP_REQUEST_ORDER)
    soup_message_add_flags (request->message, SOUP_MESSAGE_NEW_CONNECTION);
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (request->message, "application/json", request->body);
  else if (request->kind == REFILLS_HTTP_REQUEST_CALL)
    soup_message_headers_set_content_type (soup_message_get_request_headers (request->message),
                                           "application/json", NULL);
  soup_message_headers_foreach (request->headers, copy_header,
                                soup_message_get_request_headers (request->message));

  g_signal_connect (request->message, "starting", G_CALLBACK (starting_cb), request);
  refills_http_request_guard (request->message, request->cancellable);

  soup_session_send_async (request->session, request->message, g_task_get_priority (task),
                           request->cancellable, send_ready_cb, task);
}

static void take_turn (GTask *task); /* the budget may have been spent by others: closes the cycle */

static gboolean
turn_cb (gpointer user_data)
{
  GTask *task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  clear_source (&request->turn);
  if (g_cancellable_set_error_if_cancelled (request->cancellable, &error))
    return_transport_error (task, error);
  else
    take_turn (g_object_ref (task));

  return G_SOURCE_REMOVE;
}

/* Sends the request when its budget has room, unless that takes too long for whoever waits. An order does not
 * wait: the person must know at once that nothing was sent. */
static void
take_turn (GTask *task)
{
  Request *request = g_task_get_task_data (task);
  guint wait_ms = request->budget != NULL ? refills_budget_get_wait (request->budget, request->endpoint) : 0;
  g_autoptr (GSource) cancelled = NULL;
  GError *error = NULL;

  if (wait_ms == 0) {
    start (task);
    return;
  }

  if (wait_ms > request->max_wait_ms) {
    error = g_error_new (REFILLS_ERROR, REFILLS_ERROR_RATE_LIMITED, "not sent for another %u ms", wait_ms);
    set_wait (error, wait_ms);
    return_error (task, error);
    g_object_unref (task); /* ours, and done with */
    return;
  }

  request->turn = g_timeout_source_new (wait_ms);
  cancelled = g_cancellable_source_new (request->cancellable);
  g_source_set_dummy_callback (cancelled);
  g_source_add_child_source (request->turn, cancelled);
  g_source_set_callback (request->turn, turn_cb, task, g_object_unref);
  g_source_attach (request->turn, g_main_context_get_thread_default ());
}

/**
 * refills_http_request_run:
 * @fields: what is asked; copied
 * @task: (transfer full): returns the body as `GBytes`
 *
 * Sends the request. The task fails with `REFILLS_ERROR`, or with `G_IO_ERROR_CANCELLED` when its own
 * cancellable was cancelled; the deadline is total: wait, name look-up, connection, head and body. A request
 * that its budget keeps back for more than half of that fails with `REFILLS_ERROR_RATE_LIMITED` at once, and
 * so does any order; see [func@error_get_wait].
 *
 * An order that may have reached the service and got no clear answer is
 * `REFILLS_ERROR_UNKNOWN_OUTCOME`; as long as `SoupMessage::starting` was not seen nothing was sent, and
 * the error is an ordinary one.
 */
void
refills_http_request_run (const RefillsHttpRequestFields *fields,
                          GTask                          *task)
{
  Request *request = g_new0 (Request, 1);
  guint connect_ms = CONNECT_DEADLINE_MS;

  request->kind = fields->kind;
  request->session = g_object_ref (fields->session);
  request->method = fields->method;
  request->uri = g_uri_ref (fields->uri);
  request->headers = soup_message_headers_ref (fields->headers);
  request->body = fields->body != NULL ? g_bytes_ref (fields->body) : NULL;
  request->max_bytes = fields->max_bytes;
  request->budget = fields->budget != NULL ? refills_budget_ref (fields->budget) : NULL;
  request->endpoint = fields->endpoint;
  request->built_at = fields->built_at;
  request->max_wait_ms = fields->kind == REFILLS_HTTP_REQUEST_ORDER ? 0 : fields->deadline_ms / 2;
  request->cancellable = g_cancellable_new ();
  g_task_set_task_data (task, request, request_free);

  if (g_task_return_error_if_cancelled (task)) {
    g_object_unref (task); /* ours, and done with */
    return;
  }
  if (g_task_get_cancellable (task) != NULL) {
    request->callers = g_object_ref (g_task_get_cancellable (task));
    /* Not g_cancellable_connect(): its disconnect waits for a running handler, and would wait for ever
     * where the cancellation itself ends the request. */
    request->cancelled_handler =
      g_signal_connect (request->callers, "cancelled", G_CALLBACK (callers_cancelled_cb), request);
  }

  request->deadline = add_deadline (request, fields->deadline_ms);
  /* The session of the orders has no socket timeout, so a connection that hangs ends here. */
  if (fields->kind == REFILLS_HTTP_REQUEST_ORDER && fields->send_within_ms != 0)
    connect_ms = MIN (connect_ms, fields->send_within_ms);
  if (fields->kind == REFILLS_HTTP_REQUEST_ORDER && fields->deadline_ms > connect_ms)
    request->connect_deadline = add_deadline (request, connect_ms);

  take_turn (task);
}

/**
 * refills_http_request_dup_refusal:
 * @task: a task of refills_http_request_run() that returned
 *
 * Gets the body that came with a 4xx or 5xx.
 *
 * Returns: (transfer full) (nullable): at most 256 KiB; `NULL` where there was none
 */
GBytes *
refills_http_request_dup_refusal (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  return request != NULL && request->refusal != NULL ? g_bytes_ref (request->refusal) : NULL;
}

/**
 * refills_http_request_get_date:
 * @task: a task of refills_http_request_run() that returned
 *
 * Gets the server's clock at the answer, of whatever status.
 *
 * Returns: epoch seconds; 0 where there was no answer, or it did not say
 */
gint64
refills_http_request_get_date (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  return request != NULL ? request->date : 0;
}

/**
 * refills_http_request_guard:
 * @message: a message that is about to be sent
 * @cancellable: what it is sent with
 *
 * Keeps libsoup from what cannot be bounded. The message is given up before any of it is sent if HTTP/2
 * is negotiated all the same (in libsoup 3.2 it knows no timeouts and repeats a POST without limit), and
 * at the head of an answer of status 421, and of 401 and 407 with a body of no known small size; the
 * message has the status then.
 */
void
refills_http_request_guard (SoupMessage  *message,
                            GCancellable *cancellable)
{
  g_signal_connect_object (message, "network-event", G_CALLBACK (network_event_cb), cancellable, 0);
  g_signal_connect_object (message, "got-headers", G_CALLBACK (got_headers_cb), cancellable, 0);
}
