/* refills-http.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsHttp:
 *
 * The way to one server of the service, and to the host of its logos.
 *
 * Owns three sessions: one for calls, and two without a socket timeout, for streams and for the order
 * POST (on one session, streams take every connection there may be, and all else waits for ever). All
 * speak HTTP/1.1 only, follow no redirect and keep no cookies, credentials or cache. Never writes to
 * disk, never asks any host but the two it was made for, and never repeats a POST. Main thread only.
 *
 * libsoup reads `SOUP_FORCE_HTTP1` from the environment; it is set here, where nobody did before, and
 * must be so before the process has other threads: the programs set it as their first act.
 */

#include "refills-http.h"

#include <glib/gi18n.h>
#include <string.h>

#include "refills-error.h"
#include "refills-http-error.h"
#include "refills-http-request.h"

#define DEFAULT_SOCKET_TIMEOUT_S 15
#define DEFAULT_READ_DEADLINE_MS 20000
#define DEFAULT_ORDER_DEADLINE_MS 60000
#define DEFAULT_SILENCE_MS 45000
#define DEFAULT_MAX_STREAMS 16
#define MAX_PICTURE_URI_BYTES 2048
#define ORDERS_PATH "/v5/orders"

struct _RefillsHttp {
  GObject parent_instance;

  SoupSession *calls;
  SoupSession *streams;
  SoupSession *orders;
  GUri *base;
  GUri *logo_origin;
  char *partner_id;
  char *version;
  guint read_deadline_ms;
  guint order_deadline_ms;
  guint silence_ms;
  gint64 built_at;
  RefillsBudget *budget;
};

G_DEFINE_FINAL_TYPE (RefillsHttp, refills_http, G_TYPE_OBJECT)

static gboolean
is_loopback (GUri *uri)
{
  g_autoptr (GInetAddress) address = NULL;

  if (g_ascii_strcasecmp (g_uri_get_host (uri), "localhost") == 0)
    return TRUE;
  address = g_inet_address_new_from_string (g_uri_get_host (uri));

  return address != NULL && g_inet_address_get_is_loopback (address);
}

static int
get_port (GUri *uri)
{
  int port = g_uri_get_port (uri);

  if (port > 0)
    return port;

  return strcmp (g_uri_get_scheme (uri), "https") == 0 ? 443 : 80;
}

/* https, or http on this machine; nothing in it but scheme, host, port and path. */
static GUri *
parse_base (const char  *text,
            GError     **error)
{
  g_autoptr (GUri) uri = text != NULL ? g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  const char *scheme;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0') {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_INVALID_INPUT,
                         _("The server must be given as a full address, like https://example.com"));
    return NULL;
  }
  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_INVALID_INPUT,
                         _("The server’s address must not hold a name, a password, a query or a fragment"));
    return NULL;
  }

  scheme = g_uri_get_scheme (uri);
  if (strcmp (scheme, "https") != 0 && !(strcmp (scheme, "http") == 0 && is_loopback (uri))) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_INVALID_INPUT,
                         _("The server’s address must begin with https:; http: is only for this computer"));
    return NULL;
  }

  return g_steal_pointer (&uri);
}

static gboolean
is_header_value (const char *text)
{
  for (const char *c = text; *c != '\0'; c++) {
    if (*c < 0x21 || *c > 0x7E)
      return FALSE;
  }

  return TRUE;
}

static gboolean
is_country_code (const char *country)
{
  return country != NULL && strlen (country) == 2 &&
         g_ascii_isupper (country[0]) && g_ascii_isupper (country[1]);
}

/* @path and @query are escaped already. */
static GUri *
build_uri (RefillsHttp *self,
           const char  *path,
           const char  *query)
{
  const char *prefix = g_uri_get_path (self->base);
  gsize prefix_length = strlen (prefix);
  g_autofree char *whole = NULL;

  while (prefix_length > 0 && prefix[prefix_length - 1] == '/')
    prefix_length--;
  whole = g_strdup_printf ("%.*s%s", (int) prefix_length, prefix, path);

  return g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (self->base), NULL,
                      g_uri_get_host (self->base), g_uri_get_port (self->base),
                      whole, query != NULL && *query != '\0' ? query : NULL, NULL);
}

/* API reference, section 1.1: the same headers on every request. X-Forwarded-For is never sent. */
static SoupMessageHeaders *
make_headers (RefillsHttp *self,
              const char  *country,
              const char  *accept)
{
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);

  soup_message_headers_append (headers, "Accept", accept);
  if (self->partner_id != NULL)
    soup_message_headers_append (headers, "X-Cr-Application", self->partner_id);
  soup_message_headers_append (headers, "X-Cr-Version", self->version);
  if (is_country_code (country))
    soup_message_headers_append (headers, "X-Country-ISO-Code", country);

  return headers;
}

static void
run_call (RefillsHttp *self,
          const char  *method,
          const char  *path,
          const char  *query,
          GBytes      *body,
          const char  *country,
          GTask       *task)
{
  g_autoptr (GUri) uri = build_uri (self, path, query);
  g_autoptr (SoupMessageHeaders) headers = make_headers (self, country, "application/json");
  RefillsHttpRequestFields fields = {
    .kind = REFILLS_HTTP_REQUEST_CALL,
    .session = self->calls,
    .method = method,
    .uri = uri,
    .headers = headers,
    .body = body,
    .deadline_ms = self->read_deadline_ms,
    .max_bytes = REFILLS_HTTP_MAX_JSON_BYTES,
    .budget = self->budget,
    .endpoint = refills_endpoint_find (method, path),
    .built_at = self->built_at,
  };

  refills_http_request_run (&fields, task);
}

static GUri *
parse_picture_uri (RefillsHttp  *self,
                   const char   *text,
                   GError      **error)
{
  g_autoptr (GUri) uri = NULL;

  if (strlen (text) <= MAX_PICTURE_URI_BYTES)
    uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);

  if (uri == NULL || self->logo_origin == NULL || g_uri_get_host (uri) == NULL ||
      g_uri_get_userinfo (uri) != NULL ||
      strcmp (g_uri_get_scheme (uri), g_uri_get_scheme (self->logo_origin)) != 0 ||
      g_ascii_strcasecmp (g_uri_get_host (uri), g_uri_get_host (self->logo_origin)) != 0 ||
      get_port (uri) != get_port (self->logo_origin)) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_INVALID_INPUT,
                         "a picture that is not on the host of the logos");
    return NULL;
  }

  return g_steal_pointer (&uri);
}

static SoupSession *
make_session (const char *version,
              guint       timeout_s,
              int         connections_per_host)
{
  g_autofree char *user_agent = g_strconcat ("Refills/", version, NULL);
  SoupSession *session = soup_session_new_with_options ("timeout", timeout_s,
                                                        "max-conns", 4 * connections_per_host,
                                                        "max-conns-per-host", connections_per_host,
                                                        "user-agent", user_agent,
                                                        NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);

  return session;
}

static void
refills_http_dispose (GObject *object)
{
  RefillsHttp *self = REFILLS_HTTP (object);

  if (self->calls != NULL)
    soup_session_abort (self->calls);
  if (self->streams != NULL)
    soup_session_abort (self->streams);
  if (self->orders != NULL)
    soup_session_abort (self->orders);
  g_clear_object (&self->calls);
  g_clear_object (&self->streams);
  g_clear_object (&self->orders);

  G_OBJECT_CLASS (refills_http_parent_class)->dispose (object);
}

static void
refills_http_finalize (GObject *object)
{
  RefillsHttp *self = REFILLS_HTTP (object);

  g_clear_pointer (&self->base, g_uri_unref);
  g_clear_pointer (&self->logo_origin, g_uri_unref);
  g_clear_pointer (&self->partner_id, g_free);
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->budget, refills_budget_unref);

  G_OBJECT_CLASS (refills_http_parent_class)->finalize (object);
}

static void
refills_http_class_init (RefillsHttpClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = refills_http_dispose;
  object_class->finalize = refills_http_finalize;
}

static void
refills_http_init (RefillsHttp *self)
{
}

/**
 * refills_http_new:
 * @options: where to ask and as whom; copied
 * @error: return location for a `REFILLS_ERROR_INVALID_INPUT` whose message is a sentence, a
 *   `REFILLS_ERROR_BAD_PARTNER_ID` or a `REFILLS_ERROR_TLS_MISSING`
 *
 * Makes the way to a server. Nothing is asked yet.
 *
 * Returns: (transfer full) (nullable): the way, or `NULL` where an address is not allowed or the
 *   partner id or version cannot be a header
 */
RefillsHttp *
refills_http_new (const RefillsHttpOptions  *options,
                  GError                   **error)
{
  g_autoptr (GUri) base = NULL;
  g_autoptr (GUri) logo_origin = NULL;
  RefillsHttp *self = NULL;

  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (options->version != NULL, NULL);

  base = parse_base (options->base_uri, error);
  if (base == NULL)
    return NULL;
  if (options->logo_origin != NULL && *options->logo_origin != '\0') {
    logo_origin = parse_base (options->logo_origin, error);
    if (logo_origin == NULL)
      return NULL;
  }
  if (!refills_http_partner_id_is_allowed (options->partner_id, error))
    return NULL;
  if (!is_header_value (options->version)) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_INVALID_INPUT, "the version cannot be a header");
    return NULL;
  }
  /* Here, and not when the first request fails: it is this computer's matter, and the person's to settle. */
  if (strcmp (g_uri_get_scheme (base), "https") == 0 && !g_tls_backend_supports_tls (g_tls_backend_get_default ())) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_TLS_MISSING, "GIO has no TLS backend");
    return NULL;
  }

  g_setenv ("SOUP_FORCE_HTTP1", "1", FALSE);

  self = g_object_new (REFILLS_TYPE_HTTP, NULL);
  self->base = g_steal_pointer (&base);
  self->logo_origin = g_steal_pointer (&logo_origin);
  self->partner_id = options->partner_id != NULL && *options->partner_id != '\0'
                       ? g_strdup (options->partner_id) : NULL;
  self->version = g_strdup (options->version);
  self->read_deadline_ms = options->read_deadline_ms != 0 ? options->read_deadline_ms : DEFAULT_READ_DEADLINE_MS;
  self->order_deadline_ms = options->order_deadline_ms != 0 ? options->order_deadline_ms : DEFAULT_ORDER_DEADLINE_MS;
  self->silence_ms = options->silence_ms != 0 ? options->silence_ms : DEFAULT_SILENCE_MS;
  self->built_at = options->built_at;
  self->budget = refills_budget_new (options->clock, options->clock_data);
  self->calls = make_session (self->version,
                              options->socket_timeout_s != 0 ? options->socket_timeout_s : DEFAULT_SOCKET_TIMEOUT_S,
                              6);
  self->streams = make_session (self->version, 0,
                                options->max_streams != 0 ? options->max_streams : DEFAULT_MAX_STREAMS);
  self->orders = make_session (self->version, 0, 2);

  return self;
}

/**
 * refills_http_uri_is_allowed:
 * @uri: (nullable): what a person or a setting gave as the server
 * @error: return location for a `REFILLS_ERROR_INVALID_INPUT` whose message is a sentence
 *
 * Checks a server's address: https, or http on 127.0.0.0/8, ::1 and localhost.
 *
 * Returns: whether refills_http_new() would take it
 */
gboolean
refills_http_uri_is_allowed (const char  *uri,
                             GError     **error)
{
  g_autoptr (GUri) parsed = parse_base (uri, error);

  return parsed != NULL;
}

/**
 * refills_http_partner_id_is_allowed:
 * @partner_id: (nullable): what a person, a setting or the build gave
 * @error: return location for a `REFILLS_ERROR_BAD_PARTNER_ID`
 *
 * Checks a partner ID: nothing, or at most 128 printable ASCII characters without a blank, since it is sent
 * as a header.
 *
 * Returns: whether refills_http_new() would take it
 */
gboolean
refills_http_partner_id_is_allowed (const char  *partner_id,
                                    GError     **error)
{
  if (partner_id == NULL)
    return TRUE;

  if (!is_header_value (partner_id) || strlen (partner_id) > REFILLS_HTTP_MAX_PARTNER_ID_BYTES) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_BAD_PARTNER_ID, "a partner ID that cannot be a header");
    return FALSE;
  }

  return TRUE;
}

/**
 * refills_http_set_partner_id:
 * @self: the way to a server
 * @partner_id: (nullable): what is sent as `X-Cr-Application` from now on; `NULL` or empty for no such header
 * @error: return location for a `REFILLS_ERROR_BAD_PARTNER_ID`
 *
 * Changes the partner ID.
 *
 * Returns: `FALSE` with @error set where it cannot be a header; nothing is changed then
 */
gboolean
refills_http_set_partner_id (RefillsHttp *self,
                             const char  *partner_id,
                             GError     **error)
{
  g_return_val_if_fail (REFILLS_IS_HTTP (self), FALSE);

  if (!refills_http_partner_id_is_allowed (partner_id, error))
    return FALSE;

  g_clear_pointer (&self->partner_id, g_free);
  if (partner_id != NULL && *partner_id != '\0')
    self->partner_id = g_strdup (partner_id);

  return TRUE;
}

/**
 * refills_http_get_json_async:
 * @self: the way to a server
 * @path: begins with a slash; its parts are escaped
 * @query: (nullable): escaped, without the question mark
 * @country: (nullable): ISO 3166 alpha-2 in capitals, else not sent
 * @cancellable: (nullable): ends the request at once; main thread
 * @callback: called once
 * @user_data: handed to @callback
 *
 * Asks for a document of at most 8 MiB. A GET whose answer is cut is repeated once. What the service, or our
 * own budget for it, asks not to be asked yet waits, or fails with `REFILLS_ERROR_RATE_LIMITED`.
 */
void
refills_http_get_json_async (RefillsHttp         *self,
                             const char          *path,
                             const char          *query,
                             const char          *country,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (REFILLS_IS_HTTP (self));
  g_return_if_fail (path != NULL && path[0] == '/');

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, refills_http_get_json_async);
  run_call (self, SOUP_METHOD_GET, path, query, NULL, country, task);
}

/**
 * refills_http_post_json_async:
 * @self: the way to a server
 * @path: begins with a slash; its parts are escaped
 * @body: a JSON document
 * @country: (nullable): as for refills_http_get_json_async()
 * @cancellable: (nullable): ends the request at once; main thread
 * @callback: called once
 * @user_data: handed to @callback
 *
 * Posts a document to a path without side effects. Not for orders.
 */
void
refills_http_post_json_async (RefillsHttp         *self,
                              const char          *path,
                              GBytes              *body,
                              const char          *country,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (REFILLS_IS_HTTP (self));
  g_return_if_fail (path != NULL && path[0] == '/');
  g_return_if_fail (body != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, refills_http_post_json_async);
  run_call (self, SOUP_METHOD_POST, path, NULL, body, country, task);
}

/**
 * refills_http_post_order_async:
 * @self: the way to a server
 * @body: the order
 * @country: (nullable): as for refills_http_get_json_async()
 * @send_within_ms: milliseconds within which its first byte must leave, or it never does; 0 for no such limit
 * @callback: called once
 * @user_data: handed to @callback
 *
 * Posts an order, once. Nothing cancels it; its deadline is 60 s, of which 15 s or @send_within_ms for the
 * connection.
 *
 * Fails with `REFILLS_ERROR_UNKNOWN_OUTCOME` where the service may have made the order; with
 * `REFILLS_ERROR_REJECTED`, `_RATE_LIMITED` or `_SERVER` where it said that it did not, the latter two with
 * a wait; else nothing was sent. Too many orders in ten minutes are `REFILLS_ERROR_RATE_LIMITED` too, without
 * a request.
 */
void
refills_http_post_order_async (RefillsHttp         *self,
                               GBytes              *body,
                               const char          *country,
                               guint                send_within_ms,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (SoupMessageHeaders) headers = NULL;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REFILLS_IS_HTTP (self));
  g_return_if_fail (body != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, refills_http_post_order_async);

  uri = build_uri (self, ORDERS_PATH, NULL);
  headers = make_headers (self, country, "application/json");
  /* The socket timeout of the calls would cut the answer to a slow order short. */
  refills_http_request_run (&(RefillsHttpRequestFields) {
                              .kind = REFILLS_HTTP_REQUEST_ORDER,
                              .session = self->orders,
                              .method = SOUP_METHOD_POST,
                              .uri = uri,
                              .headers = headers,
                              .body = body,
                              .deadline_ms = self->order_deadline_ms,
                              .send_within_ms = send_within_ms,
                              .max_bytes = REFILLS_HTTP_MAX_JSON_BYTES,
                              .budget = self->budget,
                              .endpoint = REFILLS_ENDPOINT_CREATE,
                              .built_at = self->built_at,
                            },
                            g_steal_pointer (&task));
}

/**
 * refills_http_send_finish:
 * @self: the way to a server
 * @result: the result of any of the requests
 * @error: return location for a `REFILLS_ERROR` or `G_IO_ERROR_CANCELLED`
 *
 * Takes the answer.
 *
 * Returns: (transfer full) (nullable): its body, decompressed, never empty; not checked to be JSON
 */
GBytes *
refills_http_send_finish (RefillsHttp   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * refills_http_dup_refusal:
 * @self: the way to a server
 * @result: a finished result of any of the requests
 *
 * Gets what the service said together with a 4xx or 5xx.
 *
 * Returns: (transfer full) (nullable): at most 256 KiB of anything, or `NULL` where it said nothing
 */
GBytes *
refills_http_dup_refusal (RefillsHttp  *self,
                          GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return refills_http_request_dup_refusal (G_TASK (result));
}

/**
 * refills_http_get_picture_async:
 * @self: the way to a server
 * @uri: where the picture lies
 * @cancellable: (nullable): ends the request at once; main thread
 * @callback: called once
 * @user_data: handed to @callback
 *
 * Asks for at most 2 MiB from the host of the logos, which learns nothing of the partner or the country.
 *
 * Fails with `REFILLS_ERROR_INVALID_INPUT`, and asks nothing, where @uri is on another host.
 */
void
refills_http_get_picture_async (RefillsHttp         *self,
                                const char          *uri,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GUri) parsed = NULL;
  g_autoptr (SoupMessageHeaders) headers = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REFILLS_IS_HTTP (self));
  g_return_if_fail (uri != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, refills_http_get_picture_async);

  parsed = parse_picture_uri (self, uri, &error);
  if (parsed == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  soup_message_headers_append (headers, "Accept", "image/webp, image/jpeg");
  refills_http_request_run (&(RefillsHttpRequestFields) {
                              .kind = REFILLS_HTTP_REQUEST_PICTURE,
                              .session = self->calls,
                              .method = SOUP_METHOD_GET,
                              .uri = parsed,
                              .headers = headers,
                              .deadline_ms = self->read_deadline_ms,
                              .max_bytes = REFILLS_HTTP_MAX_PICTURE_BYTES,
                              .built_at = self->built_at,
                            },
                            g_steal_pointer (&task));
}

static void
copy_header (const char *name,
             const char *value,
             gpointer    user_data)
{
  soup_message_headers_append (user_data, name, value);
}

/**
 * refills_http_new_stream:
 * @self: the way to a server
 * @path: begins with a slash; its parts are escaped
 * @country: (nullable): as for refills_http_get_json_async()
 *
 * Makes the request for an event stream, to be sent with [method@Http.get_stream_session] after
 * refills_http_guard_stream(). Not compressed, since events would wait for the compressor.
 *
 * Returns: (transfer full): a message
 */
SoupMessage *
refills_http_new_stream (RefillsHttp *self,
                         const char  *path,
                         const char  *country)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (SoupMessageHeaders) headers = NULL;
  SoupMessage *message = NULL;
  SoupMessageHeaders *request_headers = NULL;

  g_return_val_if_fail (REFILLS_IS_HTTP (self), NULL);
  g_return_val_if_fail (path != NULL && path[0] == '/', NULL);

  uri = build_uri (self, path, NULL);
  headers = make_headers (self, country, "text/event-stream");
  message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_disable_feature (message, SOUP_TYPE_CONTENT_DECODER);
  request_headers = soup_message_get_request_headers (message);
  soup_message_headers_set_content_type (request_headers, "application/json", NULL);
  soup_message_headers_foreach (headers, copy_header, request_headers);
  soup_message_headers_append (request_headers, "Cache-Control", "no-cache");

  return message;
}

/**
 * refills_http_guard_stream:
 * @self: the way to a server
 * @message: made by refills_http_new_stream()
 * @cancellable: what it is sent with
 *
 * Gives the stream up, before it is asked for, where HTTP/2 would be spoken; and at the head of a 401,
 * 407 or 421 whose body libsoup would gather without a limit. The message has the status then.
 */
void
refills_http_guard_stream (RefillsHttp  *self,
                           SoupMessage  *message,
                           GCancellable *cancellable)
{
  g_return_if_fail (REFILLS_IS_HTTP (self));

  refills_http_request_guard (message, cancellable);
}

/**
 * refills_http_get_stream_session:
 * @self: the way to a server
 *
 * Gets the session for streams: no socket timeout, a connection for each.
 *
 * Returns: (transfer none): the session
 */
SoupSession *
refills_http_get_stream_session (RefillsHttp *self)
{
  g_return_val_if_fail (REFILLS_IS_HTTP (self), NULL);

  return self->streams;
}

/**
 * refills_http_get_silence_ms:
 * @self: the way to a server
 *
 * Gets how long a stream may say nothing, not even a comment.
 *
 * Returns: milliseconds
 */
guint
refills_http_get_silence_ms (RefillsHttp *self)
{
  g_return_val_if_fail (REFILLS_IS_HTTP (self), 0);

  return self->silence_ms;
}
