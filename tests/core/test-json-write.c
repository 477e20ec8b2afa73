/* test-json-write.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document as text again: what was read, and nothing else.
 */
#include "refills-json-write.h"

#include <string.h>

#include "refills-json.h"
#include "refills-test.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  JsonNode *root = refills_json_parse (bytes, 1 << 20, &error);

  g_assert_no_error (error);

  return root;
}

static void
assert_written (const char *sent,
                const char *expected)
{
  g_autoptr (JsonNode) root = parse (sent);
  g_autoptr (JsonNode) again = NULL;
  g_autofree char *text = refills_json_node_write (root);
  g_autofree char *text_again = NULL;

  g_assert_cmpstr (text, ==, expected);
  again = parse (text);
  text_again = refills_json_node_write (again);
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
  /* A number's mark inside a text is only a character. */
  assert_written ("\"a\\u001a5\"", "\"a\\u001a5\"");
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
  g_autoptr (JsonNode) root = parse ("[{\"brand\":\"A\",\"min\":10.0},{\"brand\":\"B\"}]");
  RefillsJsonPlace place, element;
  g_autofree char *text = NULL;

  refills_json_place_init (&place, root);
  refills_json_get_element (&place, 0, &element);
  text = refills_json_node_write (element.node);
  g_assert_cmpstr (text, ==, "{\"brand\":\"A\",\"min\":10.0}");
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
