/* test-http.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What goes out, what comes back, and what ends a call, against a server that says any bytes.
 */
#include "refills-http.h"

#include <string.h>

#include "http-fixture.h"
#include "refills-error.h"
#include "refills-test.h"

static gboolean
was_asked (gpointer user_data)
{
  return scripted_server_n_requests (user_data) > 0;
}

static void
test_uris (void)
{
  static const char * const allowed[] = {
    "https://api.cryptorefills.com", "https://api.cryptorefills.com:443/", "HTTPS://example.com/prefix",
    "http://127.0.0.1:8080", "http://127.255.0.3", "http://[::1]:80", "http://localhost:1", "http://LOCALHOST",
  };
  static const char * const refused[] = {
    NULL, "", "api.cryptorefills.com", "http://api.cryptorefills.com", "http://127.0.0.1.example.com",
    "http://localhost.example.com", "http://0.0.0.0", "http://[::2]", "http://192.168.0.1", "ftp://127.0.0.1",
    "file:///etc/passwd", "https://", "https://user:word@example.com", "https://example.com/?a=b",
    "https://example.com/#a", "javascript:1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_true (refills_http_uri_is_allowed (allowed[i], &error));
    g_assert_no_error (error);
  }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (RefillsHttp) http = NULL;

    g_assert_false (refills_http_uri_is_allowed (refused[i], &error));
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_INVALID_INPUT);
    g_clear_error (&error);
    http = refills_http_new (&(RefillsHttpOptions) { .base_uri = refused[i], .version = "1" }, &error);
    g_assert_null (http);
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_INVALID_INPUT);
  }
}

/* What cannot be a header is never sent: said at once. */
static void
test_partner_refused (void)
{
  g_autofree char *longest = g_strnfill (128, 'x');
  g_autofree char *too_long = g_strnfill (129, 'x');
  const char * const bad[] = { "a\r\nHost: b", "a\nb", "a b", "\t", "caf\xc3\xa9", "\x7f", too_long };
  const char * const good[] = { NULL, "", "partner-7", "!~", longest };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (RefillsHttp) http = refills_http_new (&(RefillsHttpOptions) {
                                                       .base_uri = "https://example.com",
                                                       .partner_id = bad[i],
                                                       .version = "1",
                                                     },
                                                     &error);

    g_assert_null (http);
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_BAD_PARTNER_ID);
  }
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (refills_http_partner_id_is_allowed (good[i], NULL));
}

static gint
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* The request line, and the headers in the order of their names. */
static char *
sort_head (const char *head)
{
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 1; lines[i] != NULL; i++) {
    /* Which codings there are is libsoup's affair. */
    if (*lines[i] != '\0' && !g_str_has_prefix (lines[i], "Accept-Encoding:"))
      g_ptr_array_add (sorted, lines[i]);
  }
  g_ptr_array_sort (sorted, compare_lines);
  g_ptr_array_insert (sorted, 0, lines[0]);
  g_ptr_array_add (sorted, NULL);

  return g_strjoinv ("\n", (char **) sorted->pdata);
}

static void
assert_head (HttpFixture *fixture,
             guint        request,
             const char  *format)
{
  g_autofree char *head = sort_head (scripted_server_get_head (fixture->server, request));
  g_auto (GStrv) parts = g_strsplit (format, "HOST", -1);
  g_autofree char *wanted = g_strjoinv (fixture->uri + strlen ("http://"), parts);

  g_assert_cmpstr (head, ==, wanted);
}

static void
test_heads (HttpFixture   *fixture,
            gconstpointer  data)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"b\":[]}", 8);
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *picture = g_strconcat (fixture->uri, "/logos/a.webp", NULL);
  GAsyncResult *result = NULL;

  scripted_server_answer_json (fixture->server, 200, "{}");

  refills_http_get_json_async (fixture->http, "/v2/brands", "country_code=US&x=%26", "US", NULL,
                               refills_test_keep_result, &result);
  answer = http_fixture_finish (fixture, &result, NULL, NULL);
  g_assert_cmpmem (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), "{}", 2);
  g_clear_pointer (&answer, g_bytes_unref);
  assert_head (fixture, 0,
               "GET /v2/brands?country_code=US&x=%26 HTTP/1.1\nAccept: application/json\nConnection: Keep-Alive\n"
               "Content-Type: application/json\nHost: HOST\n"
               "User-Agent: Refills/1.2.3\nX-Country-ISO-Code: US\nX-Cr-Application: partner-7\nX-Cr-Version: 1.2.3");

  refills_http_post_json_async (fixture->http, "/v5/orders/validations", body, "DE", NULL,
                                refills_test_keep_result, &result);
  answer = http_fixture_finish (fixture, &result, NULL, NULL);
  g_clear_pointer (&answer, g_bytes_unref);
  assert_head (fixture, 1,
               "POST /v5/orders/validations HTTP/1.1\nAccept: application/json\nConnection: Keep-Alive\n"
               "Content-Length: 8\nContent-Type: application/json\n"
               "Host: HOST\nUser-Agent: Refills/1.2.3\nX-Country-ISO-Code: DE\nX-Cr-Application: partner-7\n"
               "X-Cr-Version: 1.2.3");
  g_assert_cmpstr (scripted_server_get_body (fixture->server, 1), ==, "{\"b\":[]}");

  answer = http_fixture_post_order (fixture, NULL, NULL);
  g_clear_pointer (&answer, g_bytes_unref);
  assert_head (fixture, 2,
               "POST /v5/orders HTTP/1.1\nAccept: application/json\nConnection: Keep-Alive\n"
               "Content-Length: 7\nContent-Type: application/json\n"
               "Host: HOST\nUser-Agent: Refills/1.2.3\nX-Country-ISO-Code: US\nX-Cr-Application: partner-7\n"
               "X-Cr-Version: 1.2.3");

  /* The host of the logos learns nothing of partner and country. */
  refills_http_get_picture_async (fixture->http, picture, NULL, refills_test_keep_result, &result);
  answer = http_fixture_finish (fixture, &result, NULL, NULL);
  assert_head (fixture, 3,
               "GET /logos/a.webp HTTP/1.1\nAccept: image/webp, image/jpeg\n"
               "Connection: Keep-Alive\nHost: HOST\nUser-Agent: Refills/1.2.3");
}

static void
test_no_partner (HttpFixture   *fixture,
                 gconstpointer  data)
{
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *value = NULL;

  g_clear_object (&fixture->http);
  fixture->http = http_fixture_make (fixture->uri, "", 0);
  scripted_server_answer_json (fixture->server, 200, "{}");
  answer = http_fixture_get (fixture, NULL, NULL);
  g_assert_nonnull (answer);
  value = scripted_server_dup_header (fixture->server, 0, "X-Cr-Application");
  g_assert_null (value);
}

/* A country that is none must not become a header. */
static void
test_odd_country (HttpFixture   *fixture,
                  gconstpointer  data)
{
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *value = NULL;
  GAsyncResult *result = NULL;

  scripted_server_answer_json (fixture->server, 200, "{}");
  refills_http_get_json_async (fixture->http, "/x", NULL, "U\r\nX: y", NULL, refills_test_keep_result, &result);
  answer = http_fixture_finish (fixture, &result, NULL, NULL);
  g_assert_nonnull (answer);
  value = scripted_server_dup_header (fixture->server, 0, "X-Country-ISO-Code");
  g_assert_null (value);
}

static void
test_prefix (HttpFixture   *fixture,
             gconstpointer  data)
{
  g_autofree char *base = g_strconcat (fixture->uri, "/mirror/", NULL);
  g_autoptr (GBytes) answer = NULL;

  g_clear_object (&fixture->http);
  fixture->http = http_fixture_make (base, NULL, 0);
  scripted_server_answer_json (fixture->server, 200, "{}");
  answer = http_fixture_get (fixture, NULL, NULL);
  g_assert_true (g_str_has_prefix (scripted_server_get_head (fixture->server, 0),
                                   "GET /mirror/v3/things HTTP/1.1\r\n"));
}

static void
test_statuses (HttpFixture   *fixture,
               gconstpointer  data)
{
  static const struct { guint status; int code; } table[] = {
    { 400, REFILLS_ERROR_REJECTED }, { 401, REFILLS_ERROR_PARTNER_REFUSED }, { 403, REFILLS_ERROR_PARTNER_REFUSED },
    { 404, REFILLS_ERROR_NOT_FOUND }, { 407, REFILLS_ERROR_PROXY }, { 408, REFILLS_ERROR_TIMEOUT },
    { 409, REFILLS_ERROR_CONFLICT }, { 410, REFILLS_ERROR_NOT_FOUND }, { 413, REFILLS_ERROR_TOO_LONG },
    { 414, REFILLS_ERROR_TOO_LONG }, { 422, REFILLS_ERROR_REJECTED }, { 500, REFILLS_ERROR_SERVER },
    { 502, REFILLS_ERROR_SERVER }, { 503, REFILLS_ERROR_SERVER }, { 504, REFILLS_ERROR_SERVER },
    { 520, REFILLS_ERROR_SERVER }, { 511, REFILLS_ERROR_SIGN_IN }, { 301, REFILLS_ERROR_PROTOCOL },
    { 304, REFILLS_ERROR_PROTOCOL }, { 429, REFILLS_ERROR_RATE_LIMITED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = NULL;

    scripted_server_answer_json (fixture->server, table[i].status, "{}");
    bytes = http_fixture_get (fixture, NULL, &error);
    g_assert_null (bytes);
    if (error->code != (int) table[i].code)
      g_error ("%u is %d", table[i].status, error->code);
    g_assert_error (error, REFILLS_ERROR, table[i].code);
  }
}

static void
test_refusal (HttpFixture   *fixture,
              gconstpointer  data)
{
  static const char body[] = "{\"status\":422,\"detail\":\"SUSPENDED_COIN\",\"moreDetails\":{\"coin\":\"BTC\"}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) refusal = NULL;
  g_autoptr (GBytes) bytes = NULL;

  scripted_server_answer_json (fixture->server, 422, body);
  bytes = http_fixture_get (fixture, &refusal, &error);
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_REJECTED);
  g_assert_cmpstr (error->message, ==, "422 SUSPENDED_COIN");
  g_assert_cmpmem (g_bytes_get_data (refusal, NULL), g_bytes_get_size (refusal), body, strlen (body));
}

/* Text of the service is not put into the message, which is logged. */
static void
test_refusal_text (HttpFixture   *fixture,
                   gconstpointer  data)
{
  static const char * const bodies[] = {
    "{\"detail\":\"order 0d2c9d55 of ada\"}", "{\"detail\":7}", "[]", "<html>", "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) refusal = NULL;
    g_autoptr (GBytes) bytes = NULL;

    scripted_server_answer_json (fixture->server, 400, bodies[i]);
    bytes = http_fixture_get (fixture, &refusal, &error);
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_REJECTED);
    g_assert_cmpstr (error->message, ==, "400");
    g_assert_true ((refusal == NULL) == (*bodies[i] == '\0'));
  }
}

static void
test_no_body (HttpFixture   *fixture,
              gconstpointer  data)
{
  scripted_server_answer (fixture->server, "HTTP/1.1 204 No Content\r\n\r\n", SCRIPTED_END_KEEP);
  scripted_server_answer_json (fixture->server, 200, "");
  /* A head that is cut before its empty line is a 200 without a body to libsoup. */
  scripted_server_answer (fixture->server, "HTTP/1.1 200 OK\r\nContent-Ty", SCRIPTED_END_CLOSE);

  for (guint i = 0; i < 3; i++)
    http_fixture_assert_get_fails (fixture, REFILLS_ERROR_PROTOCOL);
}

static void
test_html (HttpFixture   *fixture,
           gconstpointer  data)
{
  scripted_server_answer (fixture->server, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\n"
                          "Content-Length: 2\r\n\r\n{}", SCRIPTED_END_KEEP);
  scripted_server_answer (fixture->server, HTTP_FIXTURE_OK "Content-Length: 17\r\n\r\n \n<!DOCTYPE html> ",
                          SCRIPTED_END_KEEP);

  for (guint i = 0; i < 2; i++)
    http_fixture_assert_get_fails (fixture, REFILLS_ERROR_SIGN_IN);
}

static void
test_other_types (HttpFixture   *fixture,
                  gconstpointer  data)
{
  static const char * const types[] = {
    "", "Content-Type: text/json\r\n", "Content-Type: application/problem+json\r\n",
    "Content-Type: application/json;charset=latin1\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    g_autofree char *text = g_strdup_printf ("HTTP/1.1 200 OK\r\n%sContent-Length: 2\r\n\r\n{}", types[i]);
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = NULL;

    scripted_server_answer (fixture->server, text, SCRIPTED_END_KEEP);
    bytes = http_fixture_get (fixture, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (g_bytes_get_size (bytes), ==, 2);
  }
}

static void
test_redirects (HttpFixture   *fixture,
                gconstpointer  data)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };
  g_autoptr (ScriptedServer) other = scripted_server_new ();
  g_autofree char *other_uri = scripted_server_dup_uri (other);

  scripted_server_answer_json (other, 200, "{}");
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++) {
    g_autofree char *text = g_strdup_printf ("HTTP/1.1 %u Moved\r\nLocation: %s/x\r\nContent-Length: 0\r\n\r\n",
                                             statuses[i], other_uri);

    scripted_server_answer (fixture->server, text, SCRIPTED_END_KEEP);
    http_fixture_assert_get_fails (fixture, REFILLS_ERROR_PROTOCOL);
    scripted_server_answer (fixture->server, text, SCRIPTED_END_KEEP);
    http_fixture_assert_order_fails (fixture, REFILLS_ERROR_UNKNOWN_OUTCOME);
  }
  g_assert_cmpuint (scripted_server_n_requests (fixture->server), ==, 2 * G_N_ELEMENTS (statuses));
  g_assert_cmpuint (scripted_server_n_connections (other), ==, 0);
}

static void
test_deadline (HttpFixture   *fixture,
               gconstpointer  data)
{
  /* Nothing; a head and a body of one byte at a time, which no socket timeout would end. */
  scripted_server_answer (fixture->server, "", SCRIPTED_END_HANG);
  scripted_server_answer (fixture->server, HTTP_FIXTURE_OK "X: 0123456789012345678901234567890123456789\r\n",
                          SCRIPTED_END_TRICKLE);
  scripted_server_answer (fixture->server, HTTP_FIXTURE_OK "Content-Length: 5000\r\n\r\n[", SCRIPTED_END_HANG);

  for (guint i = 0; i < 3; i++)
    http_fixture_assert_get_fails (fixture, REFILLS_ERROR_TIMEOUT);
  g_assert_cmpuint (scripted_server_n_requests (fixture->server), ==, 3);
}

static void
test_deadline_order (HttpFixture   *fixture,
                     gconstpointer  data)
{
  scripted_server_answer (fixture->server, HTTP_FIXTURE_OK "Content-Length: 50\r\n\r\n{", SCRIPTED_END_HANG);
  http_fixture_assert_order_fails (fixture, REFILLS_ERROR_UNKNOWN_OUTCOME);
  http_fixture_wait_closed (fixture->server);
  g_assert_cmpuint (scripted_server_n_requests (fixture->server), ==, 1);
}

static void
test_endless_body (HttpFixture   *fixture,
                   gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new ("HTTP/1.1 200 OK\r\n\r\n");

  for (guint i = 0; i < 8192; i++)
    g_string_append (text, "        ");
  scripted_server_answer (fixture->server, text->str, SCRIPTED_END_ENDLESS);
  http_fixture_assert_get_fails (fixture, REFILLS_ERROR_PROTOCOL);
  http_fixture_wait_closed (fixture->server);
  g_assert_cmpuint (scripted_server_n_bytes (fixture->server), >=, REFILLS_HTTP_MAX_JSON_BYTES);
  g_assert_cmpuint (scripted_server_n_bytes (fixture->server), <, 2 * REFILLS_HTTP_MAX_JSON_BYTES);
}

static void
test_endless_refusal (HttpFixture   *fixture,
                      gconstpointer  data)
{
  static const struct { guint status; int code; } table[] = {
    { 422, REFILLS_ERROR_REJECTED }, { 401, REFILLS_ERROR_PARTNER_REFUSED }, { 421, REFILLS_ERROR_REJECTED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *text = g_strdup_printf ("HTTP/1.1 %u No\r\n\r\n0123456789012345678901234567890123456789",
                                             table[i].status);

    scripted_server_answer (fixture->server, text, SCRIPTED_END_ENDLESS);
    http_fixture_assert_get_fails (fixture, table[i].code);
    http_fixture_wait_closed (fixture->server);
    scripted_server_answer (fixture->server, text, SCRIPTED_END_CLOSE);
    http_fixture_assert_order_fails (fixture, table[i].code);
    g_assert_cmpuint (scripted_server_n_requests (fixture->server), ==, 2 * i + 2);
  }
}

/* 64 MiB of blanks, some sixty thousand bytes on the wire. */
static void
test_compressed_bomb (HttpFixture   *fixture,
                      gconstpointer  data)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (compressor));
  g_autoptr (GBytes) compressed = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *block = g_malloc (1024 * 1024);
  g_autofree char *head = NULL;
  g_autoptr (GByteArray) whole = g_byte_array_new ();

  memset (block, ' ', 1024 * 1024);
  for (guint i = 0; i < 64; i++)
    g_assert_true (g_output_stream_write_all (stream, block, 1024 * 1024, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  compressed = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  g_assert_cmpuint (g_bytes_get_size (compressed), <, 100000);

  head = g_strdup_printf (HTTP_FIXTURE_OK "Content-Encoding: gzip\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                          g_bytes_get_size (compressed));
  g_byte_array_append (whole, (const guint8 *) head, strlen (head));
  g_byte_array_append (whole, g_bytes_get_data (compressed, NULL), g_bytes_get_size (compressed));
  answer = g_byte_array_free_to_bytes (g_steal_pointer (&whole));
  scripted_server_answer_bytes (fixture->server, answer, SCRIPTED_END_KEEP);
  http_fixture_assert_get_fails (fixture, REFILLS_ERROR_PROTOCOL);
}

static void
test_repeat (HttpFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  scripted_server_answer (fixture->server, HTTP_FIXTURE_OK "Content-Length: 50\r\n\r\n{", SCRIPTED_END_RESET);
  scripted_server_answer_json (fixture->server, 200, "[1]");
  bytes = http_fixture_get (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "[1]", 3);
  g_assert_cmpuint (scripted_server_n_requests (fixture->server), ==, 2);
}

static void
test_repeat_once (HttpFixture   *fixture,
                  gconstpointer  data)
{
  scripted_server_answer (fixture->server, HTTP_FIXTURE_OK "Content-Length: 50\r\n\r\n{", SCRIPTED_END_CLOSE);
  http_fixture_assert_get_fails (fixture, REFILLS_ERROR_UNREACHABLE);
  g_assert_cmpuint (scripted_server_n_requests (fixture->server), ==, 2);
}

static void
test_repeat_no_post (HttpFixture   *fixture,
                     gconstpointer  data)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  scripted_server_answer (fixture->server, HTTP_FIXTURE_OK "Content-Length: 50\r\n\r\n{", SCRIPTED_END_RESET);
  refills_http_post_json_async (fixture->http, "/x", body, NULL, NULL, refills_test_keep_result, &result);
  bytes = http_fixture_finish (fixture, &result, NULL, &error);
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_UNREACHABLE);
  g_assert_cmpuint (scripted_server_n_requests (fixture->server), ==, 1);
}

static void
test_refused (HttpFixture   *fixture,
              gconstpointer  data)
{
  scripted_server_refuse (fixture->server);
  http_fixture_assert_get_fails (fixture, REFILLS_ERROR_UNREACHABLE);
}

static void
test_garbage (HttpFixture   *fixture,
              gconstpointer  data)
{
  scripted_server_answer (fixture->server, "220 mail.example.com ESMTP\r\n\r\n", SCRIPTED_END_CLOSE);
  http_fixture_assert_get_fails (fixture, REFILLS_ERROR_PROTOCOL);
}

static void
test_cancel (HttpFixture   *fixture,
             gconstpointer  data)
{
  static const char * const answers[] = { "", HTTP_FIXTURE_OK, HTTP_FIXTURE_OK "Content-Length: 50\r\n\r\n{" };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autoptr (ScriptedServer) server = scripted_server_new ();
    g_autofree char *uri = scripted_server_dup_uri (server);
    g_autoptr (RefillsHttp) http = http_fixture_make (uri, NULL, 0);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = NULL;

    scripted_server_answer (server, answers[i], SCRIPTED_END_HANG);
    refills_http_get_json_async (http, "/x", NULL, NULL, cancellable, refills_test_keep_result, &result);
    refills_test_run_until (was_asked, server, HTTP_FIXTURE_DEADLINE_MS, "the request");
    g_main_context_iteration (NULL, TRUE);
    g_cancellable_cancel (cancellable);
    refills_test_wait_result (&result, HTTP_FIXTURE_DEADLINE_MS);
    bytes = refills_http_send_finish (http, result, &error);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    http_fixture_wait_closed (server);
    g_assert_cmpuint (scripted_server_n_requests (server), ==, 1);
  }
}

static void
test_cancel_before (HttpFixture   *fixture,
                    gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GAsyncResult *result = NULL;

  g_cancellable_cancel (cancellable);
  refills_http_get_json_async (fixture->http, "/x", NULL, NULL, cancellable, refills_test_keep_result, &result);
  bytes = http_fixture_finish (fixture, &result, NULL, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (scripted_server_n_connections (fixture->server), ==, 0);
}

/* The last reference goes while a request is under way: it is answered all the same. */
static void
test_owner_dropped (HttpFixture   *fixture,
                    gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  scripted_server_answer_json (fixture->server, 200, "{}");
  refills_http_get_json_async (fixture->http, "/x", NULL, NULL, NULL, refills_test_keep_result, &result);
  g_clear_object (&fixture->http);
  refills_test_wait_result (&result, HTTP_FIXTURE_DEADLINE_MS);
  fixture->http = g_object_ref (REFILLS_HTTP (g_async_result_get_source_object (result)));
  g_object_unref (fixture->http); /* the one that get_source_object gave */
  bytes = refills_http_send_finish (fixture->http, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (bytes);
}

static void
test_nothing_kept (HttpFixture   *fixture,
                   gconstpointer  data)
{
  const GType unwanted[] = {
    SOUP_TYPE_AUTH_MANAGER, SOUP_TYPE_COOKIE_JAR, SOUP_TYPE_HSTS_ENFORCER, SOUP_TYPE_CONTENT_SNIFFER, SOUP_TYPE_CACHE,
  };
  g_autofree char *cookie = NULL;
  g_autofree char *authorization = NULL;
  g_autoptr (GBytes) bytes = NULL;

  scripted_server_answer (fixture->server,
                          "HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nCache-Control: max-age=900\r\n"
                          "ETag: \"x\"\r\nContent-Length: 2\r\n\r\n{}", SCRIPTED_END_KEEP);
  scripted_server_answer (fixture->server, "HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"a\", nonce=\r\n"
                          "Content-Length: 2\r\n\r\n{}", SCRIPTED_END_KEEP);

  bytes = http_fixture_get (fixture, NULL, NULL);
  http_fixture_assert_get_fails (fixture, REFILLS_ERROR_PARTNER_REFUSED);
  http_fixture_assert_get_fails (fixture, REFILLS_ERROR_PARTNER_REFUSED);
  g_assert_cmpuint (scripted_server_n_requests (fixture->server), ==, 3);
  cookie = scripted_server_dup_header (fixture->server, 1, "Cookie");
  authorization = scripted_server_dup_header (fixture->server, 2, "Authorization");
  g_assert_null (cookie);
  g_assert_null (authorization);
  for (guint i = 0; i < G_N_ELEMENTS (unwanted); i++)
    g_assert_false (soup_session_has_feature (refills_http_get_stream_session (fixture->http), unwanted[i]));
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  g_test_add_func ("/http/uris", test_uris);
  g_test_add_func ("/http/partner-refused", test_partner_refused);
  http_fixture_add ("/http/heads", 0, test_heads);
  http_fixture_add ("/http/no-partner", 0, test_no_partner);
  http_fixture_add ("/http/odd-country", 0, test_odd_country);
  http_fixture_add ("/http/prefix", 0, test_prefix);
  http_fixture_add ("/http/statuses", 0, test_statuses);
  http_fixture_add ("/http/refusal", 0, test_refusal);
  http_fixture_add ("/http/refusal-text", 0, test_refusal_text);
  http_fixture_add ("/http/no-body", 0, test_no_body);
  http_fixture_add ("/http/html", 0, test_html);
  http_fixture_add ("/http/other-types", 0, test_other_types);
  http_fixture_add ("/http/redirects", 0, test_redirects);
  http_fixture_add ("/http/deadline", 200, test_deadline);
  http_fixture_add ("/http/order-deadline", 200, test_deadline_order);
  http_fixture_add ("/http/endless-body", 0, test_endless_body);
  http_fixture_add ("/http/endless-refusal", 0, test_endless_refusal);
  http_fixture_add ("/http/compressed-bomb", 0, test_compressed_bomb);
  http_fixture_add ("/http/repeat", 0, test_repeat);
  http_fixture_add ("/http/repeat-once", 0, test_repeat_once);
  http_fixture_add ("/http/repeat-no-post", 0, test_repeat_no_post);
  http_fixture_add ("/http/refused", 0, test_refused);
  http_fixture_add ("/http/garbage", 0, test_garbage);
  http_fixture_add ("/http/cancel", 0, test_cancel);
  http_fixture_add ("/http/cancel-before", 0, test_cancel_before);
  http_fixture_add ("/http/owner-dropped", 0, test_owner_dropped);
  http_fixture_add ("/http/nothing-kept", 0, test_nothing_kept);

  return g_test_run ();
}
