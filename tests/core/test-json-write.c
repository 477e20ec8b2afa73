/* test-json-write.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document as text again: what was read, and nothing else.
 */
#include "refills-json-write.h"

#include <string.h>

#include "refills-json.h"
#include "refills-test.h"

static RefillsJson *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  RefillsJson *root = refills_json_parse (bytes, 1 << 20, &error);

  g_assert_no_error (error);

  return root;
}

static char *
write_again (const char *sent)
{
  g_autoptr (RefillsJson) root = parse (sent);
  RefillsJsonPlace place;

  refills_json_place_init (&place, root);

  return refills_json_place_write (&place);
}

static void
assert_written (const char *sent,
                const char *expected)
{
  g_autofree char *text = write_again (sent);
  g_autofree char *text_again = write_again (text);

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpstr (text_again, ==, text);
}

static void
test_numbers (void)
{
  static const char * const numbers[] = {
    "5.0", "0.562099175481640", "-0", "1e400", "1E+2", "100000000000000000000", "22.1678", "-1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    assert_written (numbers[i], numbers[i]);
}

static void
test_strings (void)
{
  assert_written ("\"\\u0041\\/\\\"\\\\\\b\\f\\n\\r\\t\"", "\"A/\\\"\\\\\\b\\f\\n\\r\\t\"");
  assert_written ("\"\\u001f\\u0001\"", "\"\\u001f\\u0001\"");
  assert_written ("\"\\ud83d\\ude00 \\u20ac\\u202e\"", "\"😀 €\xe2\x80\xae\"");
  assert_written ("\"5.0\"", "\"5.0\"");
  assert_written ("\"\"", "\"\"");
}

static void
test_containers (void)
{
  assert_written (" [ ] ", "[]");
  assert_written ("{ }", "{}");
  assert_written ("[null, true ,false, [ {} ] ]", "[null,true,false,[{}]]");
  assert_written ("{\"z\": 1, \"a\": {\"\\n\": \"x\"}, \"m\": [5.0, \"5.0\"]}",
                  "{\"z\":1,\"a\":{\"\\n\":\"x\"},\"m\":[5.0,\"5.0\"]}");
}

static void
test_part (void)
{
  g_autoptr (RefillsJson) root = parse ("[{\"brand\":\"A\",\"min\":10.0},{\"brand\":\"B\"}]");
  RefillsJsonPlace place, element;
  g_autofree char *text = NULL;
  g_autofree char *nothing = NULL;

  refills_json_place_init (&place, root);
  refills_json_get_element (&place, 0, &element);
  text = refills_json_place_write (&element);
  g_assert_cmpstr (text, ==, "{\"brand\":\"A\",\"min\":10.0}");
  refills_json_get_element (&place, 2, &element);
  nothing = refills_json_place_write (&element);
  g_assert_cmpstr (nothing, ==, "null");
}

static void
test_deepest (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 64; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < 64; i++)
    g_string_append_c (text, ']');
  assert_written (text->str, text->str);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-write/numbers", test_numbers);
  g_test_add_func ("/json-write/strings", test_strings);
  g_test_add_func ("/json-write/containers", test_containers);
  g_test_add_func ("/json-write/part", test_part);
  g_test_add_func ("/json-write/deepest", test_deepest);

  return g_test_run ();
}
