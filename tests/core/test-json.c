/* test-json.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Typed reading: defaults, kinds, paths in messages.
 */
#include "refills-json.h"

#include <string.h>

#include "refills-error.h"
#include "refills-test.h"

typedef struct {
  RefillsJson      *root;
  RefillsJsonPlace  place;
} Fixture;

static const char document[] =
  "{\"string\":\"text\",\"empty\":\"\",\"number\":11.260000,\"integer\":42,\"digits\":\"42\","
  "\"largest\":18446744073709551615,\"larger\":18446744073709551616,\"negative\":-1,"
  "\"exponent\":1e3,"
  "\"true\":true,\"false\":false,\"null\":null,\"array\":[1,[\"x\",null],{\"y\":true}],"
  "\"object\":{\"coin\":\"BTC\",\"deliveries\":[{},{},{\"deliverable\":{\"coin_amount\":false}}]},"
  "\"comma\":\"1,5\"}";

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (document, sizeof document - 1);

  fixture->root = refills_json_parse (bytes, 4096, &error);
  g_assert_no_error (error);
  refills_json_place_init (&fixture->place, fixture->root);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->root, refills_json_free);
}

static void
assert_message (GError     **error,
                const char  *message)
{
  g_assert_error (*error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
  g_assert_cmpstr ((*error)->message, ==, message);
  g_clear_error (error);
}

static void
test_kinds (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct { const char *name; RefillsJsonKind kind; } cases[] = {
    { "string", REFILLS_JSON_STRING },
    { "empty", REFILLS_JSON_STRING },
    { "digits", REFILLS_JSON_STRING },
    { "number", REFILLS_JSON_NUMBER },
    { "true", REFILLS_JSON_BOOLEAN },
    { "null", REFILLS_JSON_NULL },
    { "absent", REFILLS_JSON_NULL },
    { "array", REFILLS_JSON_ARRAY },
    { "object", REFILLS_JSON_OBJECT },
  };

  g_assert_cmpint (refills_json_place_get_kind (&fixture->place), ==, REFILLS_JSON_OBJECT);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    RefillsJsonPlace member;

    g_assert_cmpint (refills_json_find_member (&fixture->place, cases[i].name, &member), ==,
                     cases[i].kind != REFILLS_JSON_NULL);
    g_assert_cmpint (refills_json_place_get_kind (&member), ==, cases[i].kind);
  }
}

static void
test_paths (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *top = refills_json_place_get_path (&fixture->place);
  g_autofree char *inner_path = NULL;
  RefillsJsonPlace object, deliveries, delivery, deliverable, array, inner, element;
  RefillsDecimal amount;

  g_assert_cmpstr (top, ==, "(document)");
  g_assert_true (refills_json_require_member (&fixture->place, "object", REFILLS_JSON_OBJECT,
                                              &object, &error));
  g_assert_true (refills_json_require_member (&object, "deliveries", REFILLS_JSON_ARRAY,
                                              &deliveries, &error));
  refills_json_get_element (&deliveries, 2, &delivery);
  g_assert_true (refills_json_require_member (&delivery, "deliverable", REFILLS_JSON_OBJECT,
                                              &deliverable, &error));
  g_assert_false (refills_json_require_decimal (&deliverable, "coin_amount", &amount, &error));
  assert_message (&error, "object.deliveries[2].deliverable.coin_amount: "
                          "expected string or number, got boolean");
  g_assert_false (refills_json_require_member (&delivery, "nothing", REFILLS_JSON_ARRAY, &element,
                                               &error));
  assert_message (&error, "object.deliveries[2].nothing: missing");
  g_assert_false (refills_json_require_member (&fixture->place, "null", REFILLS_JSON_ARRAY,
                                               &element, &error));
  assert_message (&error, "null: null");
  g_assert_false (refills_json_require_member (&fixture->place, "array", REFILLS_JSON_OBJECT,
                                               &element, &error));
  assert_message (&error, "array: expected object, got array");
  g_assert_false (refills_json_place_expect (&fixture->place, REFILLS_JSON_ARRAY, &error));
  assert_message (&error, "(document): expected array, got object");

  g_assert_true (refills_json_find_member (&fixture->place, "array", &array));
  refills_json_get_element (&array, 1, &inner);
  refills_json_get_element (&inner, 0, &element);
  inner_path = refills_json_place_get_path (&element);
  g_assert_cmpstr (inner_path, ==, "array[1][0]");
  g_assert_cmpstr (refills_json_place_get_text (&element), ==, "x");
}

static void
test_elements (Fixture       *fixture,
               gconstpointer  data)
{
  RefillsJsonPlace array, element, none;

  g_assert_true (refills_json_find_member (&fixture->place, "array", &array));
  g_assert_cmpuint (refills_json_get_length (&array), ==, 3);
  refills_json_get_element (&array, 0, &element);
  g_assert_cmpint (refills_json_place_get_kind (&element), ==, REFILLS_JSON_NUMBER);
  g_assert_true (refills_json_has_member (&fixture->place, "null"));
  g_assert_true (refills_json_has_member (&fixture->place, "array"));
  g_assert_false (refills_json_has_member (&fixture->place, "absent"));
  refills_json_get_element (&array, 3, &none);
  g_assert_null (none.node);
  refills_json_get_element (&element, 0, &none);
  g_assert_null (none.node);
  g_assert_cmpuint (refills_json_get_length (&element), ==, 0);
  g_assert_cmpuint (refills_json_get_length (&none), ==, 0);
  g_assert_false (refills_json_find_member (&element, "a", &none));
}

/* Members whose names nobody knows come in their order, null ones too. */
static void
test_members (void)
{
  static const char text[] = "{\"b\":1,\"a\":null,\"c\":\"x\"}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (RefillsJson) json = refills_json_parse (bytes, 4096, NULL);
  RefillsJsonPlace root, member, below;
  const char * const names[] = { "b", "a", "c" };

  refills_json_place_init (&root, json);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_assert_true (refills_json_get_member_at (&root, i, &member));
    g_assert_cmpstr (member.member, ==, names[i]);
  }
  g_assert_cmpstr (refills_json_place_get_text (&member), ==, "x");
  g_assert_false (refills_json_get_member_at (&member, 0, &below));
  g_assert_false (refills_json_get_member_at (&root, 3, &member));
  g_assert_null (member.node);
}

static void
test_text (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  const RefillsJsonPlace *place = &fixture->place;
  const char *text = "kept";

  g_assert_true (refills_json_read_text (place, "string", &text, &error));
  g_assert_cmpstr (text, ==, "text");
  g_assert_true (refills_json_read_text (place, "number", &text, &error));
  g_assert_cmpstr (text, ==, "11.260000");
  g_assert_true (refills_json_read_text (place, "empty", &text, &error));
  g_assert_cmpstr (text, ==, "");
  g_assert_true (refills_json_read_text (place, "absent", &text, &error));
  g_assert_null (text);
  g_assert_true (refills_json_read_text (place, "null", &text, &error));
  g_assert_null (text);
  g_assert_false (refills_json_read_text (place, "true", &text, &error));
  assert_message (&error, "true: expected string or number, got boolean");

  g_assert_true (refills_json_read_string (place, "digits", &text, &error));
  g_assert_cmpstr (text, ==, "42");
  g_assert_true (refills_json_read_string (place, "absent", &text, &error));
  g_assert_null (text);
  g_assert_false (refills_json_read_string (place, "integer", &text, &error));
  assert_message (&error, "integer: expected string, got number");
  g_assert_null (text);

  g_assert_true (refills_json_require_text (place, "integer", &text, &error));
  g_assert_cmpstr (text, ==, "42");
  g_assert_false (refills_json_require_text (place, "empty", &text, &error));
  assert_message (&error, "empty: empty");
  g_assert_null (text);
  g_assert_false (refills_json_require_text (place, "null", &text, &error));
  assert_message (&error, "null: null");
  g_assert_false (refills_json_require_text (place, "absent", &text, &error));
  assert_message (&error, "absent: missing");
  g_assert_false (refills_json_require_text (place, "object", &text, &error));
  assert_message (&error, "object: expected string or number, got object");

  g_assert_true (refills_json_require_string (place, "empty", &text, &error));
  g_assert_cmpstr (text, ==, "");
  g_assert_false (refills_json_require_string (place, "number", &text, &error));
  assert_message (&error, "number: expected string, got number");
  g_assert_false (refills_json_require_string (place, "absent", &text, &error));
  assert_message (&error, "absent: missing");
}

static void
test_boolean (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gboolean value = FALSE;

  g_assert_true (refills_json_read_boolean (&fixture->place, "true", FALSE, &value, &error));
  g_assert_true (value);
  g_assert_true (refills_json_read_boolean (&fixture->place, "false", TRUE, &value, &error));
  g_assert_false (value);
  g_assert_true (refills_json_read_boolean (&fixture->place, "absent", TRUE, &value, &error));
  g_assert_true (value);
  g_assert_true (refills_json_read_boolean (&fixture->place, "null", FALSE, &value, &error));
  g_assert_false (value);
  g_assert_false (refills_json_read_boolean (&fixture->place, "integer", TRUE, &value, &error));
  assert_message (&error, "integer: expected boolean, got number");
}

static void
test_unsigned (Fixture       *fixture,
               gconstpointer  data)
{
  static const char *const refused[] = {
    "larger", "negative", "exponent", "number", "string", "empty", "true", "array",
  };
  guint64 value = 0;

  g_assert_true (refills_json_read_unsigned (&fixture->place, "integer", 7, &value, NULL));
  g_assert_cmpuint (value, ==, 42);
  g_assert_true (refills_json_read_unsigned (&fixture->place, "digits", 7, &value, NULL));
  g_assert_cmpuint (value, ==, 42);
  g_assert_true (refills_json_read_unsigned (&fixture->place, "largest", 7, &value, NULL));
  g_assert_cmpuint (value, ==, G_MAXUINT64);
  g_assert_true (refills_json_read_unsigned (&fixture->place, "absent", 7, &value, NULL));
  g_assert_cmpuint (value, ==, 7);
  g_assert_true (refills_json_read_unsigned (&fixture->place, "null", 8, &value, NULL));
  g_assert_cmpuint (value, ==, 8);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (refills_json_read_unsigned (&fixture->place, refused[i], 7, &value, &error));
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
    g_assert_true (g_str_has_prefix (error->message, refused[i]));
    g_assert_cmpuint (value, ==, 7);
  }
}

static void
test_epoch (void)
{
  static const struct { const char *json; gint64 seconds; } cases[] = {
    { "1700000000", 1700000000 },
    { "\"1700000000\"", 1700000000 },
    { "1700000000.987", 1700000000 },
    { "\"1700000000.5\"", 1700000000 },
    { "0", 0 },
    { "253402300799", 253402300799 },
    { "253402300800", 0 },
    { "1700000000000", 0 },
    { "99999999999999999999999999", 0 },
    { "-1", 0 },
    { "1.7e9", 0 },
    { "null", 0 },
    { "true", 0 },
    { "{}", 0 },
    { "[1]", 0 },
    { "\"\"", 0 },
    { "\"soon\"", 0 },
    { "\"2026-01-02T03:04:05Z\"", 0 },
    { "\" 1700000000\"", 0 },
    { "\"1700000000 \"", 0 },
    { "\"1.5.5\"", 0 },
  };
  gint64 seconds = 0;
  g_autoptr (GError) error = NULL;
  RefillsJsonPlace nowhere;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf ("{\"time\":%s}", cases[i].json);
    g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
    g_autoptr (RefillsJson) root = refills_json_parse (bytes, 1000, &error);
    RefillsJsonPlace place;

    g_assert_no_error (error);
    refills_json_place_init (&place, root);
    seconds = -1;
    g_assert_true (refills_json_read_epoch (&place, "time", &seconds, &error));
    g_assert_cmpint (seconds, ==, cases[i].seconds);
    g_assert_true (refills_json_read_epoch (&place, "absent", &seconds, &error));
    g_assert_cmpint (seconds, ==, 0);
  }
  refills_json_place_init (&nowhere, NULL);
  g_assert_false (refills_json_read_epoch (&nowhere, "time", &seconds, &error));
  assert_message (&error, "(document): expected object, got null");
}

static void
test_decimal (Fixture       *fixture,
              gconstpointer  data)
{
  static const char *const refused[] = {
    "negative", "exponent", "string", "empty", "true", "comma",
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  RefillsDecimal amount;
  gboolean found = FALSE;

  g_assert_true (refills_json_read_decimal (&fixture->place, "number", &amount, &found, &error));
  g_assert_true (found);
  text = refills_decimal_to_text (&amount);
  g_assert_cmpstr (text, ==, "11.260000");
  g_assert_true (refills_json_read_decimal (&fixture->place, "absent", &amount, &found, &error));
  g_assert_false (found);
  g_assert_true (refills_decimal_is_zero (&amount));
  g_assert_true (refills_json_read_decimal (&fixture->place, "null", &amount, NULL, &error));
  g_assert_true (refills_json_require_decimal (&fixture->place, "digits", &amount, &error));
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autofree char *prefix = g_strconcat (refused[i], ": ", NULL);

    found = TRUE;
    g_assert_false (refills_json_read_decimal (&fixture->place, refused[i], &amount, &found,
                                               &error));
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
    g_assert_true (g_str_has_prefix (error->message, prefix));
    g_assert_false (found);
    g_clear_error (&error);
    g_assert_false (refills_json_require_decimal (&fixture->place, refused[i], &amount, NULL));
  }
  g_assert_false (refills_json_require_decimal (&fixture->place, "absent", &amount, &error));
  assert_message (&error, "absent: missing");
}

/* Members of what is no object: an error for every read, never an assertion. */
static void
test_not_an_object (void)
{
  static const char *const documents[] = { "null", "[]", "\"x\"", "1", "true" };

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (documents[i], strlen (documents[i]));
    g_autoptr (RefillsJson) root = refills_json_parse (bytes, 100, NULL);
    RefillsJsonPlace place, member;
    const char *text = NULL;
    gboolean boolean = FALSE;
    guint64 number = 0;
    gint64 seconds = 0;
    RefillsDecimal amount;

    g_assert_nonnull (root);
    refills_json_place_init (&place, root);
    g_assert_false (refills_json_find_member (&place, "a", &member));
    g_assert_false (refills_json_has_member (&place, "a"));
    g_assert_false (refills_json_require_member (&place, "a", REFILLS_JSON_NULL, &member, NULL));
    g_assert_false (refills_json_read_text (&place, "a", &text, NULL));
    g_assert_false (refills_json_read_string (&place, "a", &text, NULL));
    g_assert_false (refills_json_read_boolean (&place, "a", TRUE, &boolean, NULL));
    g_assert_false (refills_json_read_unsigned (&place, "a", 1, &number, NULL));
    g_assert_false (refills_json_read_epoch (&place, "a", &seconds, NULL));
    g_assert_false (refills_json_read_decimal (&place, "a", &amount, NULL, NULL));
    g_assert_false (refills_json_require_text (&place, "a", &text, NULL));
    g_assert_false (refills_json_require_string (&place, "a", &text, NULL));
    g_assert_false (refills_json_require_decimal (&place, "a", &amount, NULL));
  }
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  ADD ("/json/kinds", test_kinds);
  ADD ("/json/paths", test_paths);
  ADD ("/json/elements", test_elements);
  ADD ("/json/text", test_text);
  ADD ("/json/boolean", test_boolean);
  ADD ("/json/unsigned", test_unsigned);
  g_test_add_func ("/json/members", test_members);
  g_test_add_func ("/json/epoch", test_epoch);
  ADD ("/json/decimal", test_decimal);
  g_test_add_func ("/json/not-an-object", test_not_an_object);

  return g_test_run ();
}
