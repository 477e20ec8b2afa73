/* test-http-error.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a failed transport means, and a server that insists on HTTP/2.
 */
#include "refills-http-error.h"

#include <string.h>

#include "http-fixture.h"
#include "refills-error.h"
#include "refills-test.h"

static void
test_transport (void)
{
  const struct { GQuark domain; int code; int wanted; } table[] = {
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, REFILLS_ERROR_NO_SUCH_HOST },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, REFILLS_ERROR_NO_SUCH_HOST },
    { G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, REFILLS_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE, REFILLS_ERROR_OFFLINE },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, REFILLS_ERROR_UNREACHABLE },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, REFILLS_ERROR_UNREACHABLE },
    { G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, REFILLS_ERROR_UNREACHABLE },
    { G_IO_ERROR, G_IO_ERROR_TIMED_OUT, REFILLS_ERROR_UNREACHABLE },
    { G_IO_ERROR, G_IO_ERROR_PROXY_NEED_AUTH, REFILLS_ERROR_PROXY },
    { G_IO_ERROR, G_IO_ERROR_PROXY_FAILED, REFILLS_ERROR_UNREACHABLE },
    { G_IO_ERROR, G_IO_ERROR_INVALID_DATA, REFILLS_ERROR_PROTOCOL },
    { G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, REFILLS_ERROR_PROTOCOL },
    { G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, REFILLS_ERROR_PROTOCOL },
    { G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, REFILLS_ERROR_TLS },
    { G_TLS_ERROR, G_TLS_ERROR_UNAVAILABLE, REFILLS_ERROR_TLS_MISSING },
    { G_TLS_ERROR, G_TLS_ERROR_EOF, REFILLS_ERROR_UNREACHABLE },
    { SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING, REFILLS_ERROR_PROTOCOL },
    { REFILLS_ERROR, REFILLS_ERROR_SERVER, REFILLS_ERROR_SERVER },
  };
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  g_autoptr (GError) kept = refills_http_error_new_for_transport (cancelled);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (GError) cause = g_error_new_literal (table[i].domain, table[i].code, "x");
    g_autoptr (GError) error = refills_http_error_new_for_transport (cause);

    g_assert_error (error, REFILLS_ERROR, table[i].wanted);
  }
  g_assert_error (kept, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_certificate (void)
{
  const gint64 built = 1700000000, year = 365 * 24 * 60 * 60;
  const struct { GTlsCertificateFlags flags; gint64 now; int wanted; } table[] = {
    { G_TLS_CERTIFICATE_UNKNOWN_CA, built, REFILLS_ERROR_TLS_UNTRUSTED },
    { G_TLS_CERTIFICATE_UNKNOWN_CA | G_TLS_CERTIFICATE_EXPIRED, 0, REFILLS_ERROR_TLS_UNTRUSTED },
    { G_TLS_CERTIFICATE_BAD_IDENTITY, built, REFILLS_ERROR_TLS_OTHER_SITE },
    { G_TLS_CERTIFICATE_EXPIRED, built, REFILLS_ERROR_TLS_EXPIRED },
    { G_TLS_CERTIFICATE_EXPIRED, built + year, REFILLS_ERROR_TLS_EXPIRED },
    { G_TLS_CERTIFICATE_EXPIRED, built + 6 * year, REFILLS_ERROR_TLS_CLOCK },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED, built, REFILLS_ERROR_TLS_NOT_YET },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED, built - year, REFILLS_ERROR_TLS_CLOCK },
    { G_TLS_CERTIFICATE_REVOKED | G_TLS_CERTIFICATE_EXPIRED, 0, REFILLS_ERROR_TLS },
    { G_TLS_CERTIFICATE_GENERIC_ERROR, built, REFILLS_ERROR_TLS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (GError) error = refills_http_error_new_for_certificate (table[i].flags, table[i].now, built);

    g_assert_error (error, REFILLS_ERROR, table[i].wanted);
  }
}

static void
test_status (void)
{
  const struct { guint status; const char *header; const char *value; const char *body; int wanted; } table[] = {
    { 401, NULL, NULL, NULL, REFILLS_ERROR_PARTNER_REFUSED },
    { 403, NULL, NULL, "{}", REFILLS_ERROR_PARTNER_REFUSED },
    { 403, NULL, NULL, "{\"detail\":\"SUSPENDED_COIN\"}", REFILLS_ERROR_REJECTED },
    { 403, NULL, NULL, "{\"message\":\"USER_BLOCKED\"}", REFILLS_ERROR_REJECTED },
    { 401, NULL, NULL, "{\"error\":\"UNAUTHORIZED\"}", REFILLS_ERROR_PARTNER_REFUSED },
    { 409, NULL, NULL, "{\"problems\":[{}]}", REFILLS_ERROR_REJECTED },
    { 409, NULL, NULL, "{\"problems\":[]}", REFILLS_ERROR_CONFLICT },
    { 403, "Content-Type", "text/html; charset=UTF-8", "", REFILLS_ERROR_BLOCKED },
    { 403, NULL, NULL, " \n<!DOCTYPE html>", REFILLS_ERROR_BLOCKED },
    { 503, "cf-mitigated", "challenge", "<html>", REFILLS_ERROR_BLOCKED },
    { 503, NULL, NULL, "<html>", REFILLS_ERROR_SERVER },
    { 404, NULL, NULL, "{\"detail\":\"NOT_FOUND\"}", REFILLS_ERROR_NOT_FOUND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
    g_autoptr (GBytes) body = table[i].body != NULL ? g_bytes_new (table[i].body, strlen (table[i].body)) : NULL;
    g_autoptr (GError) error = NULL;

    if (table[i].header != NULL)
      soup_message_headers_append (headers, table[i].header, table[i].value);
    error = refills_http_error_new_for_status (table[i].status, headers, body);
    g_assert_error (error, REFILLS_ERROR, table[i].wanted);
  }
}

static void
test_wait (void)
{
  const struct { guint status; const char *after; const char *reset; guint wanted; } table[] = {
    { 429, "7", NULL, 7000 },
    { 429, NULL, NULL, REFILLS_HTTP_DEFAULT_WAIT_MS },
    { 429, "-1", NULL, REFILLS_HTTP_DEFAULT_WAIT_MS },
    { 429, "-1", "1060", 60000 },
    { 429, "7", "1060", 7000 },
    { 429, NULL, "999", REFILLS_HTTP_DEFAULT_WAIT_MS },
    { 429, "999999", NULL, 300000 },
    { 503, "7", NULL, 7000 },
    { 503, NULL, "1060", 0 },
    { 503, "soon", NULL, 0 },
    { 500, "7", NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);

    if (table[i].after != NULL)
      soup_message_headers_append (headers, "Retry-After", table[i].after);
    if (table[i].reset != NULL)
      soup_message_headers_append (headers, "X-RateLimit-Reset", table[i].reset);
    g_assert_cmpuint (refills_http_error_read_wait (table[i].status, headers, 1000), ==, table[i].wanted);
  }
}

typedef struct {
  GTlsCertificate *certificate;
  GIOStream *connection;
  GByteArray *received;     /* after the handshake */
  char buffer[256];
  gboolean ended;
  const char *protocol;
} TlsServer;

static void tls_read (TlsServer *server);

static void
tls_read_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  TlsServer *server = user_data;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  server->protocol = g_tls_connection_get_negotiated_protocol (G_TLS_CONNECTION (server->connection));
  if (length <= 0) {
    server->ended = TRUE;
    return;
  }
  g_byte_array_append (server->received, (const guint8 *) server->buffer, length);
  tls_read (server);
}

static void
tls_read (TlsServer *server)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (server->connection), server->buffer, sizeof server->buffer,
                             G_PRIORITY_DEFAULT, NULL, tls_read_cb, server);
}

static gboolean
tls_incoming_cb (GSocketService    *service,
                 GSocketConnection *connection,
                 GObject           *source,
                 gpointer           user_data)
{
  static const char * const protocols[] = { "h2", NULL };
  TlsServer *server = user_data;
  g_autoptr (GError) error = NULL;

  server->connection = g_tls_server_connection_new (G_IO_STREAM (connection), server->certificate, &error);
  g_assert_no_error (error);
  g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (server->connection), protocols);
  tls_read (server);

  return TRUE;
}

static gboolean
has_ended (gpointer user_data)
{
  return ((TlsServer *) user_data)->ended;
}

/* RFC 9113, sections 3.4 and 4.1: the preface, then frames of nine bytes and their payload. */
static void
assert_no_request (GByteArray *received)
{
  const guint8 *bytes = received->data;

  for (gsize offset = 24; offset + 9 <= received->len;) {
    gsize length = bytes[offset] << 16 | bytes[offset + 1] << 8 | bytes[offset + 2];

    g_assert_cmpuint (bytes[offset + 3], !=, 0); /* DATA */
    g_assert_cmpuint (bytes[offset + 3], !=, 1); /* HEADERS */
    offset += 9 + length;
  }
}

/* With nothing that keeps libsoup from HTTP/2, the order never leaves. */
static void
test_http2 (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "tls", "loopback.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (path, &error);
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RefillsHttp) http = NULL;
  g_autofree char *uri = NULL;
  TlsServer server = { .received = g_byte_array_new () };
  guint16 port;

  g_assert_no_error (error);
  server.certificate = g_tls_certificate_new_from_file (path, &error);
  g_assert_no_error (error);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (service, "incoming", G_CALLBACK (tls_incoming_cb), &server);
  uri = g_strdup_printf ("https://127.0.0.1:%u", port);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
  http = http_fixture_make (uri, NULL, 0);

  g_unsetenv ("SOUP_FORCE_HTTP1");
  refills_http_post_order_async (http, body, NULL, 0, refills_test_keep_result, &result);
  refills_test_wait_result (&result, HTTP_FIXTURE_DEADLINE_MS);
  refills_test_run_until (has_ended, &server, HTTP_FIXTURE_DEADLINE_MS, "the end of the connection");
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);

  answer = refills_http_send_finish (http, result, &error);
  g_assert_cmpstr (server.protocol, ==, "h2");
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
  assert_no_request (server.received);

  g_tls_backend_set_default_database (g_tls_backend_get_default (), NULL);
  g_socket_service_stop (service);
  g_clear_object (&server.connection);
  g_clear_object (&server.certificate);
  g_clear_pointer (&server.received, g_byte_array_unref);
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  g_test_add_func ("/http-error/transport", test_transport);
  g_test_add_func ("/http-error/certificate", test_certificate);
  g_test_add_func ("/http-error/status", test_status);
  g_test_add_func ("/http-error/wait", test_wait);
  g_test_add_func ("/http-error/http2", test_http2);

  return g_test_run ();
}
