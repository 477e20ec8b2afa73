/* refills-relay.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsRelay:
 *
 * Lets a page in a browser follow an order: serves `GET /api/orders/{orderId}/subscribe` on 127.0.0.1
 * and passes on the service's own stream (API reference, section 9a, the part of the server).
 *
 * Owns the server and the open streams, sixty-four at most. Answers only to its own names, so that no
 * page can reach it through a name of the page's own; tells a browser only of the one origin it was
 * told. Never logs what it is asked for. Main thread only.
 */

#include "refills-relay.h"

#include <string.h>

#include "refills-relay-pipe.h"

#define PREFIX "/api/orders/"
#define SUFFIX "/subscribe"
#define MAX_ORDER_ID_BYTES 128

struct _RefillsRelay {
  GObject parent_instance;

  RefillsHttp *http;
  char *country;
  char *allow_origin;

  SoupServer *server;
  guint16 port;
  char *uri;
  GPtrArray *pipes;   /* of RefillsRelayPipe */
};

G_DEFINE_FINAL_TYPE (RefillsRelay, refills_relay, G_TYPE_OBJECT)

static void
answer_error (SoupServerMessage *message,
              guint              status,
              const char        *json)
{
  soup_server_message_set_status (message, status, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Cache-Control", "no-store");
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, json, strlen (json));
}

/* 127.0.0.1, localhost and [::1], without a port or with ours. */
static gboolean
is_own_host (RefillsRelay *self,
             const char   *host)
{
  static const char * const names[] = { "127.0.0.1", "localhost", "[::1]" };
  g_autofree char *port = g_strdup_printf (":%u", self->port);

  for (guint i = 0; host != NULL && i < G_N_ELEMENTS (names); i++) {
    gsize length = strlen (names[i]);

    if (g_ascii_strncasecmp (host, names[i], length) == 0 &&
        (host[length] == '\0' || strcmp (host + length, port) == 0))
      return TRUE;
  }

  return FALSE;
}

/* The order that @path, decoded, is about, or NULL. */
static char *
dup_order_id (const char *path)
{
  const char *id = path + strlen (PREFIX);
  gsize length;

  if (!g_str_has_prefix (path, PREFIX))
    return NULL;
  length = strspn (id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-");
  if (length < 1 || length > MAX_ORDER_ID_BYTES || strcmp (id + length, SUFFIX) != 0)
    return NULL;

  return g_strndup (id, length);
}

static void
pipe_closed_cb (RefillsRelayPipe *pipe,
                gpointer          user_data)
{
  RefillsRelay *self = user_data;

  g_ptr_array_remove_fast (self->pipes, pipe);
}

static void
open_pipe (RefillsRelay      *self,
           SoupServerMessage *message,
           const char        *order_id,
           const char        *allow_origin)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autofree char *path = g_strdup_printf ("/v5/orders/%s/subscribe", order_id);
  const RefillsRelayPipeFields fields = {
    .path = path,
    .country = self->country,
    .last_event_id = soup_message_headers_get_one (headers, "Last-Event-ID"),
    .allow_origin = allow_origin,
  };

  g_ptr_array_add (self->pipes, refills_relay_pipe_new (self->http, message, &fields, pipe_closed_cb, self));
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  RefillsRelay *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *response_headers = soup_server_message_get_response_headers (message);
  const char *origin = soup_message_headers_get_one (headers, "Origin");
  g_autofree char *order_id = dup_order_id (path);
  const char *allow_origin = NULL;

  if (!is_own_host (self, soup_message_headers_get_one (headers, "Host"))) {
    answer_error (message, SOUP_STATUS_FORBIDDEN, "{\"error\":\"This host is not served here\"}");
    return;
  }

  if (self->allow_origin != NULL && g_strcmp0 (origin, self->allow_origin) == 0) {
    allow_origin = self->allow_origin;
    soup_message_headers_replace (response_headers, "Access-Control-Allow-Origin", allow_origin);
  }
  if (order_id == NULL) {
    answer_error (message, SOUP_STATUS_NOT_FOUND, "{\"error\":\"Not found\"}");
  } else if (strcmp (soup_server_message_get_method (message), SOUP_METHOD_GET) != 0) {
    soup_message_headers_replace (response_headers, "Allow", "GET");
    answer_error (message, SOUP_STATUS_METHOD_NOT_ALLOWED, "{\"error\":\"Method not allowed\"}");
  } else if (self->pipes->len >= REFILLS_RELAY_MAX_CLIENTS) {
    answer_error (message, SOUP_STATUS_SERVICE_UNAVAILABLE, "{\"error\":\"Too many streams\"}");
  } else {
    open_pipe (self, message, order_id, allow_origin);
  }
}

/* Nobody reads the bodies of requests, so none is gathered. */
static void
request_head_cb (SoupServer        *server,
                 SoupServerMessage *message,
                 const char        *path,
                 GHashTable        *query,
                 gpointer           user_data)
{
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
}

static void
refills_relay_dispose (GObject *object)
{
  RefillsRelay *self = REFILLS_RELAY (object);

  refills_relay_stop (self);
  g_clear_object (&self->http);

  G_OBJECT_CLASS (refills_relay_parent_class)->dispose (object);
}

static void
refills_relay_finalize (GObject *object)
{
  RefillsRelay *self = REFILLS_RELAY (object);

  g_clear_pointer (&self->pipes, g_ptr_array_unref);
  g_clear_pointer (&self->country, g_free);
  g_clear_pointer (&self->allow_origin, g_free);
  g_clear_pointer (&self->uri, g_free);

  G_OBJECT_CLASS (refills_relay_parent_class)->finalize (object);
}

static void
refills_relay_class_init (RefillsRelayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = refills_relay_dispose;
  object_class->finalize = refills_relay_finalize;
}

static void
refills_relay_init (RefillsRelay *self)
{
  self->pipes = g_ptr_array_new_with_free_func ((GDestroyNotify) refills_relay_pipe_unref);
}

/**
 * refills_relay_origin_is_valid:
 * @origin: what a person gave as the origin of a page
 *
 * Checks that a browser could send it: scheme, host and port, without a path.
 *
 * Returns: whether refills_relay_new() takes it
 */
gboolean
refills_relay_origin_is_valid (const char *origin)
{
  g_autoptr (GUri) uri = g_uri_parse (origin, G_URI_FLAGS_NONE, NULL);
  g_autofree char *text = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return FALSE;
  if (strcmp (g_uri_get_scheme (uri), "http") != 0 && strcmp (g_uri_get_scheme (uri), "https") != 0)
    return FALSE;
  if (strpbrk (origin, "\r\n\t ") != NULL)
    return FALSE;

  return g_uri_get_userinfo (uri) == NULL && *g_uri_get_path (uri) == '\0' &&
         g_uri_get_query (uri) == NULL && g_uri_get_fragment (uri) == NULL;
}

/**
 * refills_relay_new:
 * @http: the way to the service, with `max_streams` of at least %REFILLS_RELAY_MAX_CLIENTS
 * @country: (nullable): ISO 3166 alpha-2 in capitals, sent to the service
 * @allow_origin: (nullable): the one origin whose pages may read the streams; checked by
 *   refills_relay_origin_is_valid()
 *
 * Makes a relay that does not listen yet.
 *
 * Returns: (transfer full): the relay
 */
RefillsRelay *
refills_relay_new (RefillsHttp *http,
                   const char  *country,
                   const char  *allow_origin)
{
  RefillsRelay *self = NULL;

  g_return_val_if_fail (REFILLS_IS_HTTP (http), NULL);
  g_return_val_if_fail (allow_origin == NULL || refills_relay_origin_is_valid (allow_origin), NULL);

  self = g_object_new (REFILLS_TYPE_RELAY, NULL);
  self->http = g_object_ref (http);
  self->country = g_strdup (country);
  self->allow_origin = g_strdup (allow_origin);

  return self;
}

/**
 * refills_relay_start:
 * @self: a relay
 * @port: of 127.0.0.1; 0 for any free one
 * @error: return location for a `G_IO_ERROR`, as where the port is taken
 *
 * Begins to listen.
 *
 * Returns: whether it does
 */
gboolean
refills_relay_start (RefillsRelay  *self,
                     guint16        port,
                     GError       **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_from_string ("127.0.0.1");
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  GSList *uris = NULL;

  g_return_val_if_fail (REFILLS_IS_RELAY (self), FALSE);
  g_return_val_if_fail (self->server == NULL, FALSE);

  self->server = soup_server_new (NULL, NULL);
  soup_server_add_early_handler (self->server, NULL, request_head_cb, self, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  if (!soup_server_listen (self->server, address, 0, error)) {
    g_clear_object (&self->server);
    return FALSE;
  }

  uris = soup_server_get_uris (self->server);
  self->port = (guint16) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_free (self->uri); /* of an earlier start */
  self->uri = g_strdup_printf ("http://127.0.0.1:%u", self->port);

  return TRUE;
}

/**
 * refills_relay_stop:
 * @self: a relay
 *
 * Closes every stream, and listens no more.
 */
void
refills_relay_stop (RefillsRelay *self)
{
  g_return_if_fail (REFILLS_IS_RELAY (self));

  while (self->pipes->len > 0)
    refills_relay_pipe_close (g_ptr_array_index (self->pipes, self->pipes->len - 1));
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
}

/**
 * refills_relay_get_uri:
 * @self: a relay that was started
 *
 * Gets where it listens.
 *
 * Returns: (transfer none) (nullable): "http://127.0.0.1:PORT"
 */
const char *
refills_relay_get_uri (RefillsRelay *self)
{
  g_return_val_if_fail (REFILLS_IS_RELAY (self), NULL);

  return self->uri;
}
