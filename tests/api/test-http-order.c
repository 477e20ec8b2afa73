/* test-http-order.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The order POST, sent once or not at all, and pictures, from one host only.
 */
#include "refills-http.h"

#include <string.h>

#include "http-fixture.h"
#include "refills-error.h"
#include "refills-test.h"

static void
assert_picture_refused (RefillsHttp *http,
                        const char  *uri)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  refills_http_get_picture_async (http, uri, NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, HTTP_FIXTURE_DEADLINE_MS);
  bytes = refills_http_send_finish (http, result, &error);
  g_assert_null (bytes);
  if (!g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_INVALID_INPUT))
    g_error ("%s was asked for", uri);
}

static void
test_picture_hosts (void)
{
  static const char * const refused[] = {
    "http://cdn.example.com/a.webp", "https://example.com/a.webp", "https://cdn.example.com:444/a.webp",
    "https://u:p@cdn.example.com/a.webp", "file:///etc/passwd", "data:image/webp,x", "javascript:1",
    "//cdn.example.com/a", "/a.webp", "", "x",
    "https://cdn.example.com.example.org/a.webp", "https://cdn.example.com@example.org/a.webp",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsHttp) http = refills_http_new (&(RefillsHttpOptions) {
                                                     .base_uri = "https://example.com",
                                                     .logo_origin = "https://cdn.example.com",
                                                     .version = "1",
                                                   },
                                                   &error);
  g_autofree char *path = g_strnfill (1024 * 1024, 'a');
  g_autofree char *huge = g_strconcat ("https://cdn.example.com/", path, NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_picture_refused (http, refused[i]);
  assert_picture_refused (http, huge);
}

static void
test_picture_other_port (HttpFixture   *fixture,
                         gconstpointer  data)
{
  assert_picture_refused (fixture->http, "http://127.0.0.1:1/a.webp");
  g_assert_cmpuint (scripted_server_n_connections (fixture->server), ==, 0);
}

static void
test_picture_limit (HttpFixture   *fixture,
                    gconstpointer  data)
{
  g_autofree char *uri = g_strconcat (fixture->uri, "/a.webp", NULL);
  g_autoptr (GString) text = g_string_new ("HTTP/1.1 200 OK\r\nContent-Type: image/webp\r\n\r\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GAsyncResult *result = NULL;

  for (guint i = 0; i < 8192; i++)
    g_string_append (text, "RIFFRIFF");
  scripted_server_answer (fixture->server, text->str, SCRIPTED_END_ENDLESS);
  refills_http_get_picture_async (fixture->http, uri, NULL, refills_test_keep_result, &result);
  bytes = http_fixture_finish (fixture, &result, NULL, &error);
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
  http_fixture_wait_closed (fixture->server);
  g_assert_cmpuint (scripted_server_n_bytes (fixture->server), <, REFILLS_HTTP_MAX_JSON_BYTES);
}

static void
test_order_unknown (HttpFixture   *fixture,
                    gconstpointer  data)
{
  guint n_requests = 0;

  scripted_server_answer (fixture->server, "", SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, "", SCRIPTED_END_RESET);
  scripted_server_answer (fixture->server, HTTP_FIXTURE_OK "Content-Length: 50\r\n\r\n{", SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, HTTP_FIXTURE_OK "Content-Length: 50\r\n\r\n{", SCRIPTED_END_RESET);
  scripted_server_answer (fixture->server, "nonsense\r\n\r\n", SCRIPTED_END_CLOSE);
  scripted_server_answer (fixture->server, "HTTP/1.1 204 No\r\n\r\n", SCRIPTED_END_CLOSE);
  scripted_server_answer_json (fixture->server, 201, "");
  scripted_server_answer_json (fixture->server, 200, "<html>");
  scripted_server_answer_json (fixture->server, 500, "{}");
  scripted_server_answer_json (fixture->server, 502, "{}");
  scripted_server_answer_json (fixture->server, 504, "{}");

  for (guint i = 0; i < 11; i++) {
    http_fixture_assert_order_fails (fixture, REFILLS_ERROR_UNKNOWN_OUTCOME);
    g_assert_cmpuint (scripted_server_n_requests (fixture->server), ==, ++n_requests);
  }
}

/* A second order must not go out when the first one's kept connection turns out to be dead. */
static void
test_order_new_connection (HttpFixture   *fixture,
                           gconstpointer  data)
{
  g_autoptr (GBytes) bytes = NULL;

  scripted_server_answer_json (fixture->server, 200, "{}");
  scripted_server_answer (fixture->server, "", SCRIPTED_END_CLOSE);
  bytes = http_fixture_post_order (fixture, NULL, NULL);
  g_assert_nonnull (bytes);
  http_fixture_assert_order_fails (fixture, REFILLS_ERROR_UNKNOWN_OUTCOME);
  g_assert_cmpuint (scripted_server_n_requests (fixture->server), ==, 2);
  g_assert_cmpuint (scripted_server_n_connections (fixture->server), ==, 2);
}

static void
test_order_refusals (HttpFixture   *fixture,
                     gconstpointer  data)
{
  static const struct { guint status; int code; } table[] = {
    { 400, REFILLS_ERROR_REJECTED }, { 401, REFILLS_ERROR_REJECTED }, { 404, REFILLS_ERROR_REJECTED },
    { 408, REFILLS_ERROR_REJECTED }, { 422, REFILLS_ERROR_REJECTED }, { 503, REFILLS_ERROR_SERVER },
    { 429, REFILLS_ERROR_RATE_LIMITED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) refusal = NULL;
    g_autoptr (GBytes) bytes = NULL;

    scripted_server_answer_json (fixture->server, table[i].status, "{\"detail\":\"OUT_OF_STOCK\"}");
    bytes = http_fixture_post_order (fixture, &refusal, &error);
    g_assert_error (error, REFILLS_ERROR, table[i].code);
    g_assert_nonnull (strstr (error->message, "OUT_OF_STOCK"));
    g_assert_nonnull (refusal);
  }
}

/* The status alone decides; a body that is cut takes nothing back. */
static void
test_order_refusal_cut (HttpFixture   *fixture,
                        gconstpointer  data)
{
  scripted_server_answer (fixture->server, "HTTP/1.1 422 No\r\nContent-Length: 50\r\n\r\n{", SCRIPTED_END_RESET);
  http_fixture_assert_order_fails (fixture, REFILLS_ERROR_REJECTED);
}

static void
test_order_not_sent (HttpFixture   *fixture,
                     gconstpointer  data)
{
  scripted_server_refuse (fixture->server);
  http_fixture_assert_order_fails (fixture, REFILLS_ERROR_UNREACHABLE);
}

/* As at the service itself: over TLS, once, and whole. */
static void
test_order_tls (HttpFixture   *fixture,
                gconstpointer  data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "tls", "loopback.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &error);
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (path, NULL);
  g_autoptr (ScriptedServer) server = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *uri = NULL;

  g_assert_no_error (error);
  server = scripted_server_new_tls (certificate);
  uri = scripted_server_dup_uri (server);
  g_assert_true (g_str_has_prefix (uri, "https://"));
  scripted_server_answer_json (server, 200, "{}");
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
  g_clear_object (&fixture->http);
  fixture->http = http_fixture_make (uri, "partner-7", 0);
  bytes = http_fixture_post_order (fixture, NULL, &error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), NULL);
  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  g_assert_cmpuint (scripted_server_n_requests (server), ==, 1);
  g_assert_cmpuint (scripted_server_n_connections (server), ==, 1);
  g_assert_true (g_str_has_prefix (scripted_server_get_head (server, 0), "POST /v5/orders HTTP/1.1\r\n"));
  g_assert_cmpuint (scripted_server_n_connections (fixture->server), ==, 0);
}

/* A server that is not on this machine is spoken to by https alone. */
static void
test_order_needs_https (void)
{
  static const char *refused[] = { "http://example.invalid", "http://192.0.2.1", "http://[2001:db8::1]:80" };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    const RefillsHttpOptions options = { .base_uri = refused[i], .version = "1" };
    g_autoptr (GError) error = NULL;

    g_assert_null (refills_http_new (&options, &error));
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_INVALID_INPUT);
  }
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  g_test_add_func ("/http-picture/hosts", test_picture_hosts);
  http_fixture_add ("/http-picture/other-port", 0, test_picture_other_port);
  http_fixture_add ("/http-picture/limit", 0, test_picture_limit);
  http_fixture_add ("/http-order/unknown", 0, test_order_unknown);
  http_fixture_add ("/http-order/new-connection", 0, test_order_new_connection);
  http_fixture_add ("/http-order/refusals", 0, test_order_refusals);
  http_fixture_add ("/http-order/refusal-cut", 0, test_order_refusal_cut);
  http_fixture_add ("/http-order/not-sent", 0, test_order_not_sent);
  http_fixture_add ("/http-order/tls", 0, test_order_tls);
  g_test_add_func ("/http-order/needs-https", test_order_needs_https);

  return g_test_run ();
}
