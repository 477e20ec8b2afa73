/* test-sse-parser.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every parsing case of tests/vectors/sse.json at every cut, and the limits.
 */
#include "refills-sse-parser.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "refills-error.h"
#include "refills-test.h"

#define MIB (1024 * 1024)

typedef struct {
  char *event;
  GBytes *data;
  char *id;
} Event;

typedef struct {
  char *name;
  GBytes *input;
  GPtrArray *chunks;      /* of GBytes */
  GPtrArray *events;
  gint64 retry_ms;        /* -1: none */
  gint64 least_retry_ms;  /* -1: retry_ms is exact */
  char *last_event_id;
} Case;

static void
event_free (gpointer data)
{
  Event *event = data;

  g_free (event->event); /* end of life */
  g_free (event->id);    /* end of life */
  g_bytes_unref (event->data);
  g_free (event); /* end of life */
}

static Event *
event_new (const char *type,
           const char *data,
           gsize       length,
           const char *id)
{
  Event *event = g_new0 (Event, 1);

  event->event = g_strdup (type);
  event->data = g_bytes_new (data, length);
  event->id = g_strdup (id);

  return event;
}

static void
case_free (gpointer data)
{
  Case *self = data;

  g_free (self->name);          /* end of life */
  g_free (self->last_event_id); /* end of life */
  g_bytes_unref (self->input);
  g_ptr_array_unref (self->chunks);
  g_ptr_array_unref (self->events);
  g_free (self); /* end of life */
}

static GBytes *
decode (const char *base64)
{
  gsize length = 0;
  guchar *bytes = g_base64_decode (base64, &length);

  return g_bytes_new_take (bytes, length);
}

static Event *
read_event (JsonObject *object)
{
  g_autoptr (GBytes) data = NULL;

  /* Data with a NUL stands in base64, as json-glib would cut it. */
  if (json_object_has_member (object, "data_b64"))
    data = decode (json_object_get_string_member (object, "data_b64"));
  else
    data = g_bytes_new (json_object_get_string_member (object, "data"),
                        strlen (json_object_get_string_member (object, "data")));

  return event_new (json_object_get_string_member (object, "event"),
                    g_bytes_get_data (data, NULL), g_bytes_get_size (data),
                    json_object_get_string_member (object, "id"));
}

static Case *
read_case (JsonObject *object)
{
  Case *self = g_new0 (Case, 1);
  JsonArray *events = json_object_get_array_member (object, "events");

  self->name = g_strdup (json_object_get_string_member (object, "name"));
  self->input = decode (json_object_get_string_member (object, "input_b64"));
  self->last_event_id = g_strdup (json_object_get_string_member (object, "last_event_id"));
  self->least_retry_ms = json_object_get_int_member_with_default (object, "retry_ms_at_least", -1);
  self->retry_ms = -1;
  if (json_object_has_member (object, "retry_ms") && !json_object_get_null_member (object, "retry_ms"))
    self->retry_ms = json_object_get_int_member (object, "retry_ms");

  self->events = g_ptr_array_new_with_free_func (event_free);
  for (guint i = 0; i < json_array_get_length (events); i++)
    g_ptr_array_add (self->events, read_event (json_array_get_object_element (events, i)));

  self->chunks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  if (json_object_has_member (object, "chunks") && !json_object_get_null_member (object, "chunks")) {
    JsonArray *chunks = json_object_get_array_member (object, "chunks");

    for (guint i = 0; i < json_array_get_length (chunks); i++)
      g_ptr_array_add (self->chunks, decode (json_array_get_string_element (chunks, i)));
  }

  return self;
}

static GPtrArray *
read_cases (void)
{
  g_autoptr (GBytes) bytes = refills_test_read_file ("vectors/sse.json");
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  GPtrArray *cases = g_ptr_array_new_with_free_func (case_free);
  JsonArray *array;

  json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  array = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *object = json_array_get_object_element (array, i);

    if (g_str_equal (json_object_get_string_member (object, "kind"), "parse"))
      g_ptr_array_add (cases, read_case (object));
  }

  return cases;
}

static void
keep_event (const char *event,
            const char *data,
            gsize       length,
            const char *last_event_id,
            gpointer    user_data)
{
  g_assert_cmpint (data[length], ==, '\0');
  g_ptr_array_add (user_data, event_new (event, data, length, last_event_id));
}

static void
assert_case (Case             *self,
             RefillsSseParser *parser,
             GPtrArray        *seen,
             const char       *how,
             gsize             cut)
{
  gint64 retry_ms = refills_sse_parser_get_retry_ms (parser);
  gboolean is_right = seen->len == self->events->len &&
                      g_str_equal (refills_sse_parser_get_last_event_id (parser), self->last_event_id) &&
                      (self->least_retry_ms >= 0 ? retry_ms >= self->least_retry_ms : retry_ms == self->retry_ms);

  for (guint i = 0; is_right && i < seen->len; i++) {
    Event *got = g_ptr_array_index (seen, i);
    Event *wanted = g_ptr_array_index (self->events, i);

    is_right = g_str_equal (got->event, wanted->event) && g_str_equal (got->id, wanted->id) &&
               g_bytes_equal (got->data, wanted->data);
  }
  if (!is_right)
    g_error ("%s, %s %" G_GSIZE_FORMAT ": %u events, last id “%s”, retry %" G_GINT64_FORMAT, self->name, how, cut,
             seen->len, refills_sse_parser_get_last_event_id (parser), retry_ms);
}

static void
push (RefillsSseParser *parser,
      const char       *bytes,
      gsize             length)
{
  g_autoptr (GError) error = NULL;

  refills_sse_parser_push (parser, bytes, length, &error);
  g_assert_no_error (error);
}

static void
test_cut (void)
{
  g_autoptr (GPtrArray) cases = read_cases ();

  g_assert_cmpuint (cases->len, >=, 106);
  for (guint i = 0; i < cases->len; i++) {
    Case *self = g_ptr_array_index (cases, i);
    gsize length = 0;
    const char *bytes = g_bytes_get_data (self->input, &length);

    for (gsize cut = 0; cut <= length; cut++) {
      g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (event_free);
      g_autoptr (RefillsSseParser) parser = refills_sse_parser_new (keep_event, seen);

      push (parser, bytes, cut);
      push (parser, bytes + cut, length - cut);
      assert_case (self, parser, seen, "cut at", cut);
    }
  }
}

static void
test_byte_by_byte (void)
{
  g_autoptr (GPtrArray) cases = read_cases ();

  for (guint i = 0; i < cases->len; i++) {
    Case *self = g_ptr_array_index (cases, i);
    g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (event_free);
    g_autoptr (RefillsSseParser) parser = refills_sse_parser_new (keep_event, seen);
    gsize length = 0;
    const char *bytes = g_bytes_get_data (self->input, &length);

    for (gsize j = 0; j < length; j++)
      push (parser, bytes + j, 1);
    assert_case (self, parser, seen, "bytes", 1);
  }
}

static void
test_chunks (void)
{
  g_autoptr (GPtrArray) cases = read_cases ();
  guint n_chunked = 0;

  for (guint i = 0; i < cases->len; i++) {
    Case *self = g_ptr_array_index (cases, i);
    g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (event_free);
    g_autoptr (RefillsSseParser) parser = refills_sse_parser_new (keep_event, seen);

    if (self->chunks->len == 0)
      continue;
    n_chunked++;
    for (guint j = 0; j < self->chunks->len; j++) {
      GBytes *chunk = g_ptr_array_index (self->chunks, j);

      push (parser, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk));
    }
    assert_case (self, parser, seen, "chunks", self->chunks->len);
  }
  g_assert_cmpuint (n_chunked, >, 0);
}

static void
push_many (RefillsSseParser  *parser,
           char               byte,
           gsize              count,
           GError           **error)
{
  g_autofree char *block = g_malloc (count);

  memset (block, byte, count);
  refills_sse_parser_push (parser, block, count, error);
}

static void
test_line_limit (void)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (event_free);
  g_autoptr (RefillsSseParser) parser = refills_sse_parser_new (keep_event, seen);
  g_autoptr (GError) error = NULL;

  /* A comment counts as well. */
  push (parser, ":", 1);
  push_many (parser, 'x', MIB - 1, &error);
  g_assert_no_error (error);
  push_many (parser, 'x', 1, &error);
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
  g_clear_error (&error);

  g_assert_false (refills_sse_parser_push (parser, "\n", 1, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
  g_clear_error (&error);

  refills_sse_parser_restart (parser);
  push (parser, "data: x\n\n", 9);
  g_assert_cmpuint (seen->len, ==, 1);
}

static void
test_data_limit (void)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (event_free);
  g_autoptr (RefillsSseParser) parser = refills_sse_parser_new (keep_event, seen);
  g_autoptr (GError) error = NULL;

  /* 1 MiB with the line ends: two halves of 512 KiB. */
  for (guint i = 0; i < 2; i++) {
    push (parser, "data:", 5);
    push_many (parser, 'x', MIB / 2 - 1, &error);
    g_assert_no_error (error);
    push (parser, "\n", 1);
  }
  push (parser, "\n", 1);
  g_assert_cmpuint (seen->len, ==, 1);
  g_assert_cmpuint (g_bytes_get_size (((Event *) g_ptr_array_index (seen, 0))->data), ==, MIB - 1);

  for (guint i = 0; i < 2; i++) {
    push (parser, "data:", 5);
    push_many (parser, 'x', MIB / 2 - 1, &error);
    g_assert_no_error (error);
    push (parser, "\n", 1);
  }
  g_assert_false (refills_sse_parser_push (parser, "data\n", 5, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
  g_assert_cmpuint (seen->len, ==, 1);
}

/* Bytes that are not UTF-8 grow threefold; the limit is on what they become. */
static void
test_data_limit_decoded (void)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (event_free);
  g_autoptr (RefillsSseParser) parser = refills_sse_parser_new (keep_event, seen);
  g_autoptr (GError) error = NULL;

  push (parser, "data:", 5);
  push_many (parser, '\xFF', MIB / 2, &error);
  g_assert_no_error (error);
  g_assert_false (refills_sse_parser_push (parser, "\n", 1, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
}

static void
test_id_limit (void)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (event_free);
  g_autoptr (RefillsSseParser) parser = refills_sse_parser_new (keep_event, seen);

  push (parser, "id:", 3);
  push_many (parser, 'x', 1024, NULL);
  push (parser, "\n\n", 2);
  g_assert_cmpuint (strlen (refills_sse_parser_get_last_event_id (parser)), ==, 1024);

  push (parser, "id:", 3);
  push_many (parser, 'x', 1025, NULL);
  push (parser, "\n\n", 2);
  g_assert_cmpstr (refills_sse_parser_get_last_event_id (parser), ==, "");
}

static void
test_restart (void)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (event_free);
  g_autoptr (RefillsSseParser) parser = refills_sse_parser_new (keep_event, seen);
  static const char first[] = "retry: 7\nid: a\ndata: 1\n\nid: b\nevent: stop\ndata: lost\r";
  static const char second[] = "\ndata: more\n\n";
  static const char third[] = "\xEF\xBB\xBF" "data: 2\n\n";

  push (parser, first, strlen (first));
  refills_sse_parser_restart (parser);
  g_assert_cmpstr (refills_sse_parser_get_last_event_id (parser), ==, "a");
  g_assert_cmpint (refills_sse_parser_get_retry_ms (parser), ==, 7);

  /* The LF belongs to no CR of the connection before, and the lost event is lost whole. */
  push (parser, second, strlen (second));
  g_assert_cmpuint (seen->len, ==, 2);
  g_assert_cmpstr (((Event *) g_ptr_array_index (seen, 1))->event, ==, "message");
  g_assert_cmpstr (((Event *) g_ptr_array_index (seen, 1))->id, ==, "a");

  refills_sse_parser_restart (parser);
  push (parser, third, strlen (third));
  g_assert_cmpuint (seen->len, ==, 3);
}

/* A type is a C string: what is cut at a NUL must not become another type. */
static void
test_type_with_nul (void)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (event_free);
  g_autoptr (RefillsSseParser) parser = refills_sse_parser_new (keep_event, seen);
  static const char bytes[] = "event: stop\0x\ndata: x\n\n";

  push (parser, bytes, sizeof bytes - 1);
  g_assert_cmpuint (seen->len, ==, 1);
  g_assert_cmpstr (((Event *) g_ptr_array_index (seen, 0))->event, !=, "stop");
}

/* Encoding standard, UTF-8 decoder: one U+FFFD for each maximal part. */
static void
test_maximal_parts (void)
{
  static const struct { const char *bytes; guint n_replaced; } table[] = {
    { "\xC0\xAF", 2 },
    { "\xE0\x80\xAF", 3 },
    { "\xE0\xA0", 1 },
    { "\xED\xBF\xBF", 3 },
    { "\xED\x9F", 1 },
    { "\xF0\x80\x80\xAF", 4 },
    { "\xF0\x90\x80", 1 },
    { "\xF4\x90\x80\x80", 4 },
    { "\xF4\x8F\xBF", 1 },
    { "\xF5", 1 },
    { "\x80\x80", 2 },
    { "\xE1\x80\xE2\xF1\x80\x80", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (event_free);
    g_autoptr (RefillsSseParser) parser = refills_sse_parser_new (keep_event, seen);
    g_autoptr (GString) wanted = g_string_new (NULL);
    GBytes *data;

    for (guint j = 0; j < table[i].n_replaced; j++)
      g_string_append (wanted, "\xEF\xBF\xBD");
    push (parser, "data:", 5);
    push (parser, table[i].bytes, strlen (table[i].bytes));
    push (parser, "\n\n", 2);
    g_assert_cmpuint (seen->len, ==, 1);
    data = ((Event *) g_ptr_array_index (seen, 0))->data;
    g_assert_cmpmem (g_bytes_get_data (data, NULL), g_bytes_get_size (data), wanted->str, wanted->len);
  }
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  g_test_add_func ("/sse-parser/vectors/cut", test_cut);
  g_test_add_func ("/sse-parser/vectors/byte-by-byte", test_byte_by_byte);
  g_test_add_func ("/sse-parser/vectors/chunks", test_chunks);
  g_test_add_func ("/sse-parser/maximal-parts", test_maximal_parts);
  g_test_add_func ("/sse-parser/line-limit", test_line_limit);
  g_test_add_func ("/sse-parser/data-limit", test_data_limit);
  g_test_add_func ("/sse-parser/data-limit-decoded", test_data_limit_decoded);
  g_test_add_func ("/sse-parser/id-limit", test_id_limit);
  g_test_add_func ("/sse-parser/restart", test_restart);
  g_test_add_func ("/sse-parser/type-with-nul", test_type_with_nul);

  return g_test_run ();
}
