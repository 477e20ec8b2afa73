/* test-faults-http.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HTTP: those rows H of the table of faults that a list can show.
 */
#include "fault-case.h"

#include <libsoup/soup.h>
#include <string.h>

#include "refills-http.h"
#include "refills-test.h"

#define BRANDS "/v2/brands"
#define UNREACHABLE "The shop cannot be reached right now."
#define UNEXPECTED "The shop sent an answer that could not be understood."
#define TOO_SLOW "The shop took too long to answer."
#define PARTNER_REFUSED "The shop refused your partner ID."
#define BLOCKED "The shop’s check for robots blocked this app. Try again later or from another network."
#define TROUBLE "The shop has a problem right now."
#define TOO_LONG "This was too long for the shop."
#define SIGN_IN "This network wants you to sign in first. Open a web page to do that."
#define LIMITED "Too many requests. Trying again in %u s."

#define WHOLE "Content-Length: 2\r\n\r\n{}"

static GBytes *
say (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

/* One answer to the list, what is read of it, and how often the server was asked. */
typedef struct {
  const char  *id;
  const char  *answer;
  ScriptedEnd  end;
  const char  *see;
  guint        n_requests;
  gboolean     is_lost_since_3_6; /* libsoup 3.6 tells a cut that 3.2 took for the end */
} AnswerRow;

static const AnswerRow answers[] = {
  { "H01", "HTTP/1.1 204 No Content\r\n\r\n", SCRIPTED_END_KEEP, UNEXPECTED, 1 },
  { "H09/401", "HTTP/1.1 401 No\r\nContent-Type: application/json\r\n" WHOLE, SCRIPTED_END_KEEP, PARTNER_REFUSED, 1 },
  { "H09/403", "HTTP/1.1 403 No\r\nContent-Type: application/json\r\n" WHOLE, SCRIPTED_END_KEEP, PARTNER_REFUSED, 1 },
  { "H10", "HTTP/1.1 403 Forbidden\r\nContent-Type: text/html; charset=UTF-8\r\nServer: cloudflare\r\n"
    "cf-mitigated: challenge\r\n\r\n<!DOCTYPE html><title>Just a moment...</title>", SCRIPTED_END_CLOSE, BLOCKED, 1 },
  { "H10/unmarked", "HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\n\r\n<h1>Access denied</h1>",
    SCRIPTED_END_CLOSE, BLOCKED, 1 },
  { "H13/413", "HTTP/1.1 413 No\r\n" WHOLE, SCRIPTED_END_KEEP, TOO_LONG, 1 },
  { "H13/414", "HTTP/1.1 414 No\r\n" WHOLE, SCRIPTED_END_KEEP, TOO_LONG, 1 },
  { "H17", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" WHOLE, SCRIPTED_END_KEEP, SIGN_IN, 1 },
  { "H19/list", FAULT_CASE_JSON "Content-Length: 500\r\n\r\n{}", SCRIPTED_END_CLOSE, UNREACHABLE, 2 },
  { "H20/short", FAULT_CASE_JSON "Content-Length: 19\r\n\r\n{\"all_brands\":[{}, {}]}", SCRIPTED_END_CLOSE,
    UNEXPECTED, 1 },
  { "H20/twice", FAULT_CASE_JSON "Content-Length: 23\r\nContent-Length: 19\r\n\r\n{\"all_brands\":[{}, {}]}",
    SCRIPTED_END_CLOSE, UNEXPECTED, 1 },
  { "H21", FAULT_CASE_JSON "Transfer-Encoding: chunked\r\n\r\n11\r\n{\"all_brands\":[{}\r\n", SCRIPTED_END_CLOSE,
    UNEXPECTED, 1, TRUE },
  { "H22", FAULT_CASE_JSON "Transfer-Encoding: chunked\r\n\r\n11\r\n{\"all_brands\":[{}\r\nzz\r\n]}\r\n0\r\n\r\n",
    SCRIPTED_END_CLOSE, UNEXPECTED, 1 },
  { "H23", FAULT_CASE_JSON "\r\n{\"all_brands\":[{}", SCRIPTED_END_CLOSE, UNEXPECTED, 1 },
  { "H31/garbage", "\x7f" "ELF\x02\x01\x01 is not what was asked for\r\n\r\n", SCRIPTED_END_CLOSE, UNEXPECTED, 1 },
  { "H31/old", "{\"all_brands\":[]}", SCRIPTED_END_CLOSE, UNEXPECTED, 1 },
  { "H31/mail", "220 mail.example.com ESMTP\r\n\r\n", SCRIPTED_END_CLOSE, UNEXPECTED, 1 },
  { "H32", "HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"a\", nonce=\r\nWWW-Authenticate: Digest\r\n"
    "WWW-Authenticate: Digest realm=\"\", qop=\"auth,\", nonce=\"\", domain=\r\n" WHOLE, SCRIPTED_END_KEEP,
    PARTNER_REFUSED, 1 },
};

static gboolean
is_lost (const AnswerRow *row)
{
  return row->is_lost_since_3_6 && soup_check_version (3, 6, 0);
}

static void
test_answer (FaultCase     *self,
             gconstpointer  data)
{
  const AnswerRow *row = data;

  scripted_server_on (self->server, "GET", BRANDS, row->answer, row->end);
  fault_case_open (self);
  fault_case_assert_nothing (self, is_lost (row) ? UNREACHABLE : row->see);
  shop_fixture_let_pass (50);
  g_assert_cmpuint (fault_case_count (self, "GET", BRANDS), ==, is_lost (row) ? 2 : row->n_requests);
}

/* The same while there is a list: it stays. */
static void
test_answer_later (FaultCase     *self,
                   gconstpointer  data)
{
  const AnswerRow *row = data;

  fault_case_open_loaded (self);
  scripted_server_on (self->server, "GET", BRANDS, row->answer, row->end);
  refills_catalogue_refresh (refills_shop_get_catalogue (self->base.shop));
  fault_case_assert_kept (self, is_lost (row) ? UNREACHABLE : row->see);
}

/* What is refused for good is not asked again by itself. */
static void
test_no_loop (FaultCase     *self,
              gconstpointer  data)
{
  scripted_server_on (self->server, "GET", BRANDS, "HTTP/1.1 403 No\r\nContent-Type: application/json\r\n" WHOLE,
                      SCRIPTED_END_KEEP);
  fault_case_open (self);
  fault_case_assert_nothing (self, PARTNER_REFUSED);
  shop_fixture_let_pass (3000);
  g_assert_cmpuint (fault_case_count (self, "GET", BRANDS), ==, 1);
}

static void
test_redirect (FaultCase     *self,
               gconstpointer  data)
{
  guint status = GPOINTER_TO_UINT (data);
  g_autoptr (ScriptedServer) other = scripted_server_new ();
  g_autofree char *uri = scripted_server_dup_uri (other);
  g_autofree char *answer = g_strdup_printf ("HTTP/1.1 %u Moved\r\nLocation: %s/v2/brands\r\n"
                                             "Content-Length: 0\r\n\r\n", status, uri);

  scripted_server_on (self->server, "GET", BRANDS, answer, SCRIPTED_END_KEEP);
  fault_case_open (self);
  fault_case_assert_nothing (self, UNEXPECTED);
  g_assert_cmpuint (scripted_server_n_connections (other), ==, 0);
}

static void
test_odd_redirect (FaultCase     *self,
                   gconstpointer  data)
{
  const char *location = data;
  g_autofree char *own = g_str_equal (location, "self") ? scripted_server_dup_uri (self->server) : NULL;
  g_autofree char *header = own != NULL ? g_strdup_printf ("Location: %s" BRANDS "\r\n", own)
                            : *location != '\0' ? g_strdup_printf ("Location: %s\r\n", location)
                            : g_strdup ("");
  g_autofree char *answer = g_strdup_printf ("HTTP/1.1 302 Found\r\n%sContent-Length: 0\r\n\r\n", header);

  scripted_server_on (self->server, "GET", BRANDS, answer, SCRIPTED_END_KEEP);
  fault_case_open (self);
  fault_case_assert_nothing (self, UNEXPECTED);
  shop_fixture_let_pass (50);
  g_assert_cmpuint (scripted_server_n_requests (self->server), ==, 1);
}

/* 429: the sentence names the wait, and nothing leaves before it is over, whoever asks. */
typedef struct {
  const char *id;
  const char *headers;
  gint64      reset_in;  /* seconds, for X-RateLimit-Reset or a date; 0: not */
  gboolean    is_date;
  guint       see;       /* seconds; one less is right as well, where a date is meant */
} LimitRow;

static const LimitRow limits[] = {
  { "H14/seconds", "Retry-After: 30\r\n", 0, FALSE, 30 },
  { "H14/date", NULL, 40, TRUE, 40 },
  { "H14/missing", "", 0, FALSE, 30 },
  { "H14/long", "Retry-After: 999999\r\n", 0, FALSE, 300 },
  { "H14/negative", "Retry-After: -1\r\n", 0, FALSE, 30 },
  { "H14/text", "Retry-After: in a moment\r\n", 0, FALSE, 30 },
  { "H14/reset", NULL, 50, FALSE, 50 },
  { "H14/html", "Retry-After: 30\r\nContent-Type: text/html\r\n", 0, FALSE, 30 },
};

static char *
make_limit_header (const LimitRow *row)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (now + row->reset_in);

  if (row->headers != NULL)
    return g_strdup (row->headers);
  if (row->is_date) {
    g_autofree char *text = soup_date_time_to_string (date, SOUP_DATE_HTTP);

    return g_strdup_printf ("Retry-After: %s\r\n", text);
  }

  return g_strdup_printf ("X-RateLimit-Reset: %" G_GINT64_FORMAT "\r\n", now + row->reset_in);
}

static void
assert_limited (FaultCase      *self,
                const LimitRow *row)
{
  g_autofree char *at_once = g_strdup_printf (LIMITED, row->see);
  g_autofree char *after_a_second = g_strdup_printf (LIMITED, row->see - 1);
  g_autofree char *text = fault_case_dup_text (fault_case_get_brands (self), "error-text");

  if (!g_str_equal (text, after_a_second))
    g_assert_cmpstr (text, ==, at_once);
}

static void
test_limit (FaultCase     *self,
            gconstpointer  data)
{
  const LimitRow *row = data;
  g_autofree char *header = make_limit_header (row);
  g_autofree char *answer = g_strdup_printf ("HTTP/1.1 429 Too Many Requests\r\n%s" WHOLE, header);
  RefillsCollection *brands = NULL;

  scripted_server_on (self->server, "GET", BRANDS, answer, SCRIPTED_END_KEEP);
  fault_case_open (self);
  brands = fault_case_get_brands (self);
  fault_case_await_list (brands, REFILLS_COLLECTION_FAILED);
  assert_limited (self, row);
  for (guint i = 0; i < 3; i++) {
    refills_catalogue_refresh (refills_shop_get_catalogue (self->base.shop));
    fault_case_await_list (brands, REFILLS_COLLECTION_FAILED);
    assert_limited (self, row);
  }
  g_assert_cmpuint (fault_case_count (self, "GET", BRANDS), ==, 1);
  /* The others may be asked. */
  refills_catalogue_update_vias (refills_shop_get_catalogue (self->base.shop));
  fault_case_await_list (refills_catalogue_get_vias (refills_shop_get_catalogue (self->base.shop)),
                         REFILLS_COLLECTION_READY);
}

/* And then it is tried again by itself. */
static void
test_limit_over (FaultCase     *self,
                 gconstpointer  data)
{
  scripted_server_on (self->server, "GET", BRANDS, "HTTP/1.1 429 No\r\nRetry-After: 3\r\n" WHOLE, SCRIPTED_END_KEEP);
  scripted_server_on (self->server, "GET", BRANDS, FAULT_CASE_JSON "Content-Length: 17\r\n\r\n{\"all_brands\":[]}",
                      SCRIPTED_END_KEEP);
  fault_case_open (self);
  fault_case_assert_nothing (self, "Too many requests. Trying again in 3 s.");
  fault_case_await_list (fault_case_get_brands (self), REFILLS_COLLECTION_READY);
  g_assert_cmpuint (fault_case_count (self, "GET", BRANDS), ==, 2);
  g_assert_cmpint (scripted_server_get_time (self->server, 1) - scripted_server_get_time (self->server, 0), >=,
                   3 * G_USEC_PER_SEC);
}

/* The server has trouble: said, and tried again by itself, after a while. */
static void
test_trouble (FaultCase     *self,
              gconstpointer  data)
{
  static const guint statuses[] = { 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527 };
  static const char * const bodies[] = { "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
                                         "Content-Type: text/html\r\nContent-Length: 13\r\n\r\n<b>Oh</b> dear" };
  RefillsCatalogue *catalogue = NULL;

  fault_case_open_loaded (self);
  catalogue = refills_shop_get_catalogue (self->base.shop);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (bodies); j++) {
      g_autofree char *answer = g_strdup_printf ("HTTP/1.1 %u Trouble\r\n%s", statuses[i], bodies[j]);
      guint n = fault_case_count (self, "GET", BRANDS);

      scripted_server_on (self->server, "GET", BRANDS, answer, SCRIPTED_END_KEEP);
      refills_catalogue_refresh (catalogue);
      fault_case_assert_kept (self, TROUBLE);
      g_assert_cmpuint (fault_case_count (self, "GET", BRANDS), ==, n + 1);
      scripted_server_forget (self->server, "GET", BRANDS);
    }
  }
  refills_catalogue_refresh (catalogue);
  fault_case_await_list (fault_case_get_brands (self), REFILLS_COLLECTION_READY);
}

/* By itself: three times in vain, each later than the last. */
static void
test_trouble_again (FaultCase     *self,
                    gconstpointer  data)
{
  gint64 times[4];

  self->base.environment->retry_ms = 100;
  for (guint i = 0; i < 3; i++)
    scripted_server_on (self->server, "GET", BRANDS, "HTTP/1.1 500 No\r\n" WHOLE, SCRIPTED_END_KEEP);
  scripted_server_on (self->server, "GET", BRANDS, FAULT_CASE_JSON "Content-Length: 17\r\n\r\n{\"all_brands\":[]}",
                      SCRIPTED_END_KEEP);
  fault_case_open (self);
  fault_case_assert_nothing (self, TROUBLE);
  fault_case_await_list (fault_case_get_brands (self), REFILLS_COLLECTION_READY);
  fault_case_assert_see (fault_case_get_brands (self), "error-text", NULL);
  g_assert_cmpuint (fault_case_count (self, "GET", BRANDS), ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    times[i] = scripted_server_get_time (self->server, i);
  g_assert_cmpint (times[1] - times[0], >=, 80 * 1000);
  g_assert_cmpint (times[2] - times[1], >=, 160 * 1000);
  g_assert_cmpint (times[3] - times[2], >=, 320 * 1000);
}

static void
test_trouble_wait (FaultCase     *self,
                   gconstpointer  data)
{
  scripted_server_on (self->server, "GET", BRANDS, "HTTP/1.1 503 No\r\nRetry-After: 30\r\n" WHOLE, SCRIPTED_END_KEEP);
  fault_case_open (self);
  fault_case_assert_nothing (self, "The shop has a problem right now. Trying again in 30 s.");
  refills_catalogue_refresh (refills_shop_get_catalogue (self->base.shop));
  fault_case_await_list (fault_case_get_brands (self), REFILLS_COLLECTION_FAILED);
  g_assert_cmpuint (fault_case_count (self, "GET", BRANDS), ==, 1);
}

/* The sandbox's list with other headers before it. */
static GBytes *
change_type (GBytes   *answer,
             gpointer  data)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (answer, &length);
  const char *body = g_strstr_len (text, length, "\r\n\r\n") + 4;
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 200 OK\r\n%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                                           (const char *) data, length - (gsize) (body - text));
  GByteArray *whole = g_byte_array_new ();

  g_assert_nonnull (g_strstr_len (text, body - text, "Content-Length"));
  g_byte_array_append (whole, (const guint8 *) head, strlen (head));
  g_byte_array_append (whole, (const guint8 *) body, length - (gsize) (body - text));

  return g_byte_array_free_to_bytes (whole);
}

static void
test_type (FaultCase     *self,
           gconstpointer  data)
{
  scripted_server_on_change (self->server, "GET", BRANDS, change_type, (gpointer) data);
  fault_case_open_loaded (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fault_case_get_brands (self))), >, 0);
}

/* Cut once, whole the second time: nobody sees anything. */
static void
test_cut_once (FaultCase     *self,
               gconstpointer  data)
{
  scripted_server_on (self->server, "GET", BRANDS, FAULT_CASE_JSON "Content-Length: 500\r\n\r\n{}", SCRIPTED_END_CLOSE);
  scripted_server_on (self->server, "GET", BRANDS, FAULT_CASE_JSON "Content-Length: 17\r\n\r\n{\"all_brands\":[]}",
                      SCRIPTED_END_KEEP);
  fault_case_open (self);
  fault_case_await_list (fault_case_get_brands (self), REFILLS_COLLECTION_READY);
  fault_case_assert_see (fault_case_get_brands (self), "error-text", NULL);
  g_assert_cmpuint (fault_case_count (self, "GET", BRANDS), ==, 2);
}

static GBytes *
compress (GBytes *bytes,
          guint   n_times)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (compressor));

  for (guint i = 0; i < n_times; i++)
    g_assert_true (g_output_stream_write_all (stream, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                              NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
answer_compressed (FaultCase  *self,
                   const char *coding,
                   GBytes     *body,
                   gsize       length)
{
  g_autofree char *head = g_strdup_printf (FAULT_CASE_JSON "Content-Encoding: %s\r\n"
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", coding, length);
  GByteArray *whole = g_byte_array_new ();
  g_autoptr (GBytes) answer = NULL;

  g_byte_array_append (whole, (const guint8 *) head, strlen (head));
  g_byte_array_append (whole, g_bytes_get_data (body, NULL), length);
  answer = g_byte_array_free_to_bytes (whole);
  scripted_server_on_bytes (self->server, "GET", BRANDS, answer, SCRIPTED_END_KEEP);
}

static void
test_gzip_cut (FaultCase     *self,
               gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new ("{\"all_brands\":[");
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) compressed = NULL;

  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (text, "%s{\"brand_id\":\"%u\"}", i > 0 ? "," : "", i * 7919);
  g_string_append (text, "]}");
  plain = say (text->str);
  compressed = compress (plain, 1);
  answer_compressed (self, "gzip", compressed, g_bytes_get_size (compressed) / 2);
  fault_case_open (self);
  fault_case_assert_nothing (self, UNEXPECTED);
}

static gint64
read_status (const char *name)
{
  g_autofree char *status = NULL;
  const char *line = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, name);
  g_assert_nonnull (line);

  return g_ascii_strtoll (line + strlen (name), NULL, 10) * 1024;
}

/* 256 MiB of blanks, compressed once or twice. Counts the peak of a process that does nothing else. */
static void
test_bomb (FaultCase     *self,
           gconstpointer  data)
{
  gboolean twice = data != NULL;
  g_autofree char *blanks = g_malloc (1024 * 1024);
  g_autoptr (GBytes) block = NULL;
  g_autoptr (GBytes) once = NULL;
  g_autoptr (GBytes) bomb = NULL;
  G_GNUC_UNUSED gint64 before;

  memset (blanks, ' ', 1024 * 1024);
  block = g_bytes_new_take (g_steal_pointer (&blanks), 1024 * 1024);
  once = compress (block, 256);
  bomb = twice ? compress (once, 1) : g_bytes_ref (once);
  g_assert_cmpuint (g_bytes_get_size (bomb), <, 300 * 1024);
  fault_case_open_loaded (self);
  answer_compressed (self, twice ? "gzip, gzip" : "gzip", bomb, g_bytes_get_size (bomb));

  g_assert_true (g_file_set_contents_full ("/proc/self/clear_refs", "5", 1, G_FILE_SET_CONTENTS_NONE, 0, NULL));
  before = read_status ("VmRSS:");
  refills_catalogue_refresh (refills_shop_get_catalogue (self->base.shop));
  fault_case_assert_kept (self, UNEXPECTED);
#ifndef __SANITIZE_ADDRESS__ /* which keeps what was freed */
  g_assert_cmpint (read_status ("VmHWM:") - before, <, REFILLS_HTTP_MAX_JSON_BYTES + 16 * 1024 * 1024);
#endif
}

static void
test_wrong_coding (FaultCase     *self,
                   gconstpointer  data)
{
  g_autoptr (GBytes) body = say ("{\"all_brands\":[]}");

  answer_compressed (self, data, body, g_bytes_get_size (body));
  fault_case_open (self);
  fault_case_await_list (fault_case_get_brands (self), REFILLS_COLLECTION_READY);
}

static void
test_endless (FaultCase     *self,
              gconstpointer  data)
{
  g_autofree char *blanks = g_strnfill (64 * 1024, ' ');
  g_autofree char *answer = g_strconcat ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", blanks, NULL);

  scripted_server_on (self->server, "GET", BRANDS, answer, SCRIPTED_END_ENDLESS);
  fault_case_open (self);
  fault_case_assert_nothing (self, UNEXPECTED);
  g_assert_cmpuint (scripted_server_n_bytes (self->server), <, 3 * REFILLS_HTTP_MAX_JSON_BYTES);
  g_assert_cmpuint (fault_case_count (self, "GET", BRANDS), ==, 1);
}

static void
test_large_head (FaultCase     *self,
                 gconstpointer  data)
{
  guint n = GPOINTER_TO_UINT (data); /* headers; else one large one */
  g_autoptr (GString) answer = g_string_new ("HTTP/1.1 200 OK\r\n");
  g_autofree char *large = g_strnfill (1024 * 1024, 'x');

  for (guint i = 0; i < n; i++)
    g_string_append_printf (answer, "X-%u: y\r\n", i);
  if (n == 0)
    g_string_append_printf (answer, "X: %s\r\n", large);
  g_string_append (answer, WHOLE);
  scripted_server_on (self->server, "GET", BRANDS, answer->str, SCRIPTED_END_CLOSE);
  fault_case_open (self);
  fault_case_assert_nothing (self, UNREACHABLE); /* libsoup: as if it had been cut */
  g_assert_cmpuint (fault_case_count (self, "GET", BRANDS), ==, 1);
}

/* Very many interim answers are borne, endless ones end at the deadline. */
static void
test_interim (FaultCase     *self,
              gconstpointer  data)
{
  g_autoptr (GString) answer = g_string_new (NULL);

  for (guint i = 0; i < 100000; i++)
    g_string_append (answer, "HTTP/1.1 100 Continue\r\n\r\n");
  g_string_append (answer, FAULT_CASE_JSON "Content-Length: 17\r\n\r\n{\"all_brands\":[]}");
  scripted_server_on (self->server, "GET", BRANDS, answer->str, SCRIPTED_END_KEEP);
  fault_case_open (self);
  fault_case_await_list (fault_case_get_brands (self), REFILLS_COLLECTION_READY);
}

static void
test_endless_interim (FaultCase     *self,
                      gconstpointer  data)
{
  g_autoptr (GString) answer = g_string_new (NULL);

  for (guint i = 0; i < 1000; i++)
    g_string_append (answer, "HTTP/1.1 102 Processing\r\n\r\n");
  self->base.environment->read_deadline_ms = 500;
  scripted_server_on (self->server, "GET", BRANDS, answer->str, SCRIPTED_END_ENDLESS);
  fault_case_open (self);
  fault_case_assert_nothing (self, TOO_SLOW);
  g_assert_cmpuint (fault_case_count (self, "GET", BRANDS), ==, 1);
}

/* On every answer, also on a refusal; nothing of it comes back. */
static void
test_cookies (FaultCase     *self,
              gconstpointer  data)
{
  static const char cookies[] = "Set-Cookie: id=1; Path=/; Max-Age=86400\r\nSet-Cookie: other=2\r\n"
                                "Strict-Transport-Security: max-age=31536000\r\nETag: \"x\"\r\n";
  g_autofree char *good = g_strconcat (FAULT_CASE_JSON, cookies, "Content-Length: 17\r\n\r\n{\"all_brands\":[]}", NULL);
  g_autofree char *bad = g_strconcat ("HTTP/1.1 500 No\r\n", cookies, WHOLE, NULL);

  scripted_server_on (self->server, "GET", BRANDS, good, SCRIPTED_END_KEEP);
  scripted_server_on (self->server, "GET", BRANDS, bad, SCRIPTED_END_KEEP);
  scripted_server_on (self->server, "GET", BRANDS, good, SCRIPTED_END_KEEP);
  fault_case_open (self);
  for (guint i = 1; i <= 3; i++) {
    fault_case_await_count (self, "GET", BRANDS, i);
    refills_catalogue_update_vias (refills_shop_get_catalogue (self->base.shop));
    refills_test_run_until (fault_case_is_settled, fault_case_get_brands (self), FAULT_CASE_DEADLINE_MS, "an answer");
    refills_catalogue_refresh (refills_shop_get_catalogue (self->base.shop));
  }
  fault_case_await_count (self, "GET", BRANDS, 4);
  for (guint i = 0; i < scripted_server_n_requests (self->server); i++) {
    g_autofree char *cookie = scripted_server_dup_header (self->server, i, "Cookie");
    g_autofree char *tag = scripted_server_dup_header (self->server, i, "If-None-Match");

    g_assert_null (cookie);
    g_assert_null (tag);
  }
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autofree char *later = g_strconcat (answers[i].id, "/later", NULL);

    fault_case_add (answers[i].id, test_answer, &answers[i]);
    fault_case_add (later, test_answer_later, &answers[i]);
  }
  fault_case_add ("H02/301", test_redirect, GUINT_TO_POINTER (301));
  fault_case_add ("H02/302", test_redirect, GUINT_TO_POINTER (302));
  fault_case_add ("H02/303", test_redirect, GUINT_TO_POINTER (303));
  fault_case_add ("H02/308", test_redirect, GUINT_TO_POINTER (308));
  fault_case_add ("H05/loop", test_odd_redirect, "self");
  fault_case_add ("H05/nowhere", test_odd_redirect, "");
  fault_case_add ("H05/file", test_odd_redirect, "file:///etc/passwd");
  fault_case_add ("H05/data", test_odd_redirect, "data:application/json,{}");
  fault_case_add ("H09/no-loop", test_no_loop, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    fault_case_add (limits[i].id, test_limit, &limits[i]);
  fault_case_add ("H14/over", test_limit_over, NULL);
  fault_case_add ("H15/list", test_trouble, NULL);
  fault_case_add ("H15/again", test_trouble_again, NULL);
  fault_case_add ("H15/wait", test_trouble_wait, NULL);
  fault_case_add ("H18/none", test_type, "");
  fault_case_add ("H18/text-json", test_type, "Content-Type: text/json\r\n");
  fault_case_add ("H18/problem-json", test_type, "Content-Type: application/problem+json\r\n");
  fault_case_add ("H18/latin1", test_type, "Content-Type: application/json;charset=latin1\r\n");
  fault_case_add ("H19/once", test_cut_once, NULL);
  fault_case_add ("H24", test_gzip_cut, NULL);
  fault_case_add_alone ("H25", test_bomb, NULL);
  fault_case_add_alone ("H26", test_bomb, "twice");
  fault_case_add ("H27/gzip", test_wrong_coding, "gzip");
  fault_case_add ("H27/unknown", test_wrong_coding, "x-unheard-of");
  fault_case_add ("H28", test_endless, NULL);
  fault_case_add ("H29/one", test_large_head, GUINT_TO_POINTER (0));
  fault_case_add ("H29/many", test_large_head, GUINT_TO_POINTER (200000));
  fault_case_add ("H30/many", test_interim, NULL);
  fault_case_add ("H30/endless", test_endless_interim, NULL);
  fault_case_add ("H33", test_cookies, NULL);

  return g_test_run ();
}
