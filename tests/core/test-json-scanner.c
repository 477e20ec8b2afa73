/* test-json-scanner.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is a document and what is not, by RFC 8259 and the bounds of the strict pass.
 */
#include "refills-json.h"

#include <string.h>

#include "refills-error.h"
#include "refills-test.h"

#define MAX_BYTES (8 * 1024 * 1024)
#define DOCUMENT(text) { text, sizeof (text) - 1 }

typedef struct {
  const char *bytes;
  gsize       length;
} Document;

static const Document accepted[] = {
  /* arrays */
  DOCUMENT ("[]"),
  DOCUMENT ("[ ]"),
  DOCUMENT ("[[]   ]"),
  DOCUMENT ("[\"\"]"),
  DOCUMENT ("[null, 1, \"1\", {}]"),
  DOCUMENT ("[1\n,\n2]"),
  DOCUMENT (" [1]"),
  DOCUMENT ("[1,null,null,null,2]"),
  DOCUMENT ("[2] "),
  DOCUMENT ("[[],[[]],{}]"),
  DOCUMENT ("[false]"),
  /* numbers */
  DOCUMENT ("0"),
  DOCUMENT ("-0"),
  DOCUMENT ("[123e65]"),
  DOCUMENT ("[0e+1]"),
  DOCUMENT ("[0e1]"),
  DOCUMENT ("[ 4]"),
  DOCUMENT ("[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]"),
  DOCUMENT ("[20e1]"),
  DOCUMENT ("[-0]"),
  DOCUMENT ("[-123]"),
  DOCUMENT ("[-1]"),
  DOCUMENT ("[1E22]"),
  DOCUMENT ("[1E-2]"),
  DOCUMENT ("[1E+2]"),
  DOCUMENT ("[123.456e78]"),
  DOCUMENT ("[123.456789]"),
  DOCUMENT ("[1e400]"),
  DOCUMENT ("[-1e-9999999999999999999]"),
  DOCUMENT ("[18446744073709551616]"),
  DOCUMENT ("[-237462374673276894279832749832423479823246327846]"),
  DOCUMENT ("[11.260000]"),
  /* objects */
  DOCUMENT ("{}"),
  DOCUMENT ("{ }"),
  DOCUMENT ("{\"a\":\"b\"}"),
  DOCUMENT ("{\"\":0}"),
  DOCUMENT ("{\"a\":[]}"),
  DOCUMENT ("{\"a\":1, \"A\":2}"),
  DOCUMENT ("{\"foo\\u0062ar\":42}"),
  DOCUMENT ("{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1}}"),
  DOCUMENT ("[{\"a\":1},{\"a\":1}]"),
  DOCUMENT ("{\n\"a\"\t:\r1 , \"b\" : 2\n}"),
  DOCUMENT ("{\"\\ud83d\\ude00\":1,\"\\ud83d\\ude01\":2}"),
  /* strings */
  DOCUMENT ("\"\""),
  DOCUMENT ("\" \""),
  DOCUMENT ("[\"\\u0060\\u012a\\u12AB\"]"),
  DOCUMENT ("[\"\\uD801\\udc37\"]"),
  DOCUMENT ("[\"\\ud83d\\ude39\\ud83d\\udc8d\"]"),
  DOCUMENT ("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]"),
  DOCUMENT ("[\"\\\\u0000\"]"),
  DOCUMENT ("[\"a/*b*/c/*d//e\"]"),
  DOCUMENT ("[\"\\\\a\"]"),
  DOCUMENT ("[\"\\u0012\"]"),
  DOCUMENT ("[\"\\uFFFF\"]"),
  DOCUMENT ("[\"\\uDBFF\\uDFFF\"]"),
  DOCUMENT ("[\"\xef\xbf\xbf\"]"),
  DOCUMENT ("[\"\xf4\x8f\xbf\xbf\"]"),
  DOCUMENT ("[\"\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xf0\x90\x80\x80\"]"),
  DOCUMENT ("[\"\x7f\"]"),
  DOCUMENT ("[\"\xe2\x80\xa8\xe2\x80\xa9\"]"),
  DOCUMENT ("[\"a\\u001a\"]"),
  DOCUMENT ("[\"\\u001a1\"]"),
  DOCUMENT ("{\"\\u001aa\":1}"),
  DOCUMENT ("\"\\u001A\""),
  DOCUMENT ("[\"aa\\u2064\\u200B\"]"),
  DOCUMENT ("[\"[{]},:\"]"),
  /* structure */
  DOCUMENT ("null"),
  DOCUMENT ("true"),
  DOCUMENT ("false"),
  DOCUMENT ("42"),
  DOCUMENT ("-0.1"),
  DOCUMENT ("\"asd\""),
  DOCUMENT ("[\"a\"]\n"),
  DOCUMENT (" \t\r\n[] \t\r\n"),
  DOCUMENT ("\xef\xbb\xbf{}"),
  DOCUMENT ("\xef\xbb\xbf 1"),
};

static const Document rejected[] = {
  /* arrays */
  DOCUMENT ("[1 true]"),
  DOCUMENT ("[\"a\" \"b\"]"),
  DOCUMENT ("[\"\": 1]"),
  DOCUMENT ("[\"\"],"),
  DOCUMENT ("[,1]"),
  DOCUMENT ("[1,,2]"),
  DOCUMENT ("[\"x\",,]"),
  DOCUMENT ("[\"x\"]]"),
  DOCUMENT ("[\"\",]"),
  DOCUMENT ("[\"x\""),
  DOCUMENT ("[x"),
  DOCUMENT ("[3[4]]"),
  DOCUMENT ("[1:2]"),
  DOCUMENT ("[,]"),
  DOCUMENT ("[-]"),
  DOCUMENT ("[   , \"\"]"),
  DOCUMENT ("[\"a\",\n4\n,1,"),
  DOCUMENT ("[1,]"),
  DOCUMENT ("[*]"),
  DOCUMENT ("[\"\""),
  DOCUMENT ("[1,\n1\n,1"),
  DOCUMENT ("[{}"),
  DOCUMENT ("[\xff]"),
  DOCUMENT ("[\v1]"),
  DOCUMENT ("[\f]"),
  DOCUMENT ("[1\0]"),
  DOCUMENT ("[\xc2\xa0]"),
  DOCUMENT ("[}"),
  DOCUMENT ("[1}"),
  /* incomplete words */
  DOCUMENT ("[fals]"),
  DOCUMENT ("[nul]"),
  DOCUMENT ("[tru]"),
  DOCUMENT ("t"),
  DOCUMENT ("nul"),
  DOCUMENT ("[True]"),
  DOCUMENT ("[NULL]"),
  DOCUMENT ("[truefalse]"),
  DOCUMENT ("truth"),
  /* numbers */
  DOCUMENT ("[++1234]"),
  DOCUMENT ("[+1]"),
  DOCUMENT ("[+Inf]"),
  DOCUMENT ("[-01]"),
  DOCUMENT ("[-1.0.]"),
  DOCUMENT ("[-2.]"),
  DOCUMENT ("[-NaN]"),
  DOCUMENT ("[.-1]"),
  DOCUMENT ("[.2e-3]"),
  DOCUMENT ("[0.1.2]"),
  DOCUMENT ("[0.3e+]"),
  DOCUMENT ("[0.3e]"),
  DOCUMENT ("[0.e1]"),
  DOCUMENT ("[0E+]"),
  DOCUMENT ("[0E]"),
  DOCUMENT ("[1.0e-]"),
  DOCUMENT ("[1 000.0]"),
  DOCUMENT ("[1eE2]"),
  DOCUMENT ("[2.e+3]"),
  DOCUMENT ("[9.e+]"),
  DOCUMENT ("[Inf]"),
  DOCUMENT ("[NaN]"),
  DOCUMENT ("[Infinity]"),
  DOCUMENT ("[-Infinity]"),
  DOCUMENT ("[\xef\xbc\x91]"),
  DOCUMENT ("[1+2]"),
  DOCUMENT ("[0x1]"),
  DOCUMENT ("[0x42]"),
  DOCUMENT ("[0e+-1]"),
  DOCUMENT ("[-123.123foo]"),
  DOCUMENT ("[123\xe5]"),
  DOCUMENT ("[- 1]"),
  DOCUMENT ("[-012]"),
  DOCUMENT ("[012]"),
  DOCUMENT ("[00]"),
  DOCUMENT ("[-.123]"),
  DOCUMENT ("[1ea]"),
  DOCUMENT ("[1.]"),
  DOCUMENT ("[.123]"),
  DOCUMENT ("[1.2a-3]"),
  DOCUMENT ("[1,2e]"),
  DOCUMENT ("-"),
  DOCUMENT ("1."),
  DOCUMENT ("1e"),
  DOCUMENT ("2 3"),
  DOCUMENT ("50,000.00"),
  DOCUMENT ("[1\xe2\x80\x8b]"),
  /* objects */
  DOCUMENT ("[\"x\", truth]"),
  DOCUMENT ("{[: \"x\"}\n"),
  DOCUMENT ("{\"x\", null}"),
  DOCUMENT ("{\"x\"::\"b\"}"),
  DOCUMENT ("{\"a\":\"a\" 123}"),
  DOCUMENT ("{key: 'value'}"),
  DOCUMENT ("{\"a\" b}"),
  DOCUMENT ("{:\"b\"}"),
  DOCUMENT ("{\"a\":"),
  DOCUMENT ("{\"a\""),
  DOCUMENT ("{\"a\" \"b\"}"),
  DOCUMENT ("{1:1}"),
  DOCUMENT ("{9999E9999:1}"),
  DOCUMENT ("{null:null,null:null}"),
  DOCUMENT ("{\"id\":0,,,,,}"),
  DOCUMENT ("{'a':0}"),
  DOCUMENT ("{\"id\":0,}"),
  DOCUMENT ("{\"a\":\"b\"}/**/"),
  DOCUMENT ("{\"a\":\"b\"}//"),
  DOCUMENT ("{\"a\":\"b\"}#"),
  DOCUMENT ("{\"a\":\"b\",,\"c\":\"d\"}"),
  DOCUMENT ("{a: \"b\"}"),
  DOCUMENT ("{\"a\":\"a"),
  DOCUMENT ("{ \"foo\" : \"bar\", \"a\" }"),
  DOCUMENT ("{,}"),
  DOCUMENT ("{,\"a\":1}"),
  DOCUMENT ("{\"a\":}"),
  DOCUMENT ("{\"a\":1]"),
  DOCUMENT ("{\"a\":true} \"x\""),
  DOCUMENT ("{\"a\\u0000\":1}"),
  DOCUMENT ("{\"a"),
  DOCUMENT ("{"),
  DOCUMENT ("{{}}"),
  DOCUMENT ("{[]}"),
  /* the same name twice */
  DOCUMENT ("{\"a\":1,\"a\":1}"),
  DOCUMENT ("{\"a\":1,\"b\":2,\"a\":{}}"),
  DOCUMENT ("{\"a\":{},\"a\":[]}"),
  DOCUMENT ("{\"\":1,\"\":2}"),
  DOCUMENT ("{\"a\":1,\"\\u0061\":2}"),
  DOCUMENT ("{\"/\":1,\"\\/\":2}"),
  DOCUMENT ("{\"\\ud83d\\ude00\":1,\"\xf0\x9f\x98\x80\":2}"),
  DOCUMENT ("[{\"b\":{\"a\":null,\"c\":{\"a\":1},\"a\":null}}]"),
  /* strings */
  DOCUMENT ("[\"\\uD800\\\"]"),
  DOCUMENT ("[\"\\uD800\\u\"]"),
  DOCUMENT ("[\"\\uD800\\u1\"]"),
  DOCUMENT ("[\"\\uD800\\u1x\"]"),
  DOCUMENT ("[\"\\uD800\"]"),
  DOCUMENT ("[\"\\uDC00\"]"),
  DOCUMENT ("[\"\\uDC00\\uD800\"]"),
  DOCUMENT ("[\"\\uD800\\uD800\\uDC00\"]"),
  DOCUMENT ("[\"\\uD800\\uD800\"]"),
  DOCUMENT ("[\"\\uD800\\uDBFF\"]"),
  DOCUMENT ("[\"\\uD800\\uE000\"]"),
  DOCUMENT ("[\"\\uD83Dx\\uDE00\"]"),
  DOCUMENT ("[\"\\uD83D\\n\"]"),
  DOCUMENT ("[\"\\ud83d\\u0041\"]"),
  DOCUMENT ("[\\u0020\"asd\"]"),
  DOCUMENT ("[\\n]"),
  DOCUMENT ("[\"\\x00\"]"),
  DOCUMENT ("[\"\\\\\\\"]"),
  DOCUMENT ("[\"\\\t\"]"),
  DOCUMENT ("[\"\\\xf0\x9f\x8c\x80\"]"),
  DOCUMENT ("[\"\\\"]"),
  DOCUMENT ("[\"\\u00A\"]"),
  DOCUMENT ("[\"\\u00AG\"]"),
  DOCUMENT ("[\"\\u+041\"]"),
  DOCUMENT ("[\"\\U0041\"]"),
  DOCUMENT ("[\"\\a\"]"),
  DOCUMENT ("[\"\\q\"]"),
  DOCUMENT ("[\"\\'\"]"),
  DOCUMENT ("[\"\\\n\"]"),
  DOCUMENT ("[\"\\u\xe5\"]"),
  DOCUMENT ("[\"AB\\u0000CD\"]"),
  DOCUMENT ("[\"a\0a\"]"),
  DOCUMENT ("[\"new\nline\"]"),
  DOCUMENT ("[\"\t\"]"),
  DOCUMENT ("[\"\x1f\"]"),
  DOCUMENT ("['single quote']"),
  DOCUMENT ("abc"),
  DOCUMENT ("\""),
  DOCUMENT ("[\""),
  DOCUMENT ("\"\\"),
  DOCUMENT ("\"x\"y"),
  /* not UTF-8 */
  DOCUMENT ("[\"\xe9\"]"),
  DOCUMENT ("[\"\x81\"]"),
  DOCUMENT ("[\"\xc0\xaf\"]"),
  DOCUMENT ("[\"\xc1\xbf\"]"),
  DOCUMENT ("[\"\xe0\x80\xaf\"]"),
  DOCUMENT ("[\"\xf0\x80\x80\xaf\"]"),
  DOCUMENT ("[\"\xed\xa0\x80\"]"),
  DOCUMENT ("[\"\xed\xbf\xbf\"]"),
  DOCUMENT ("[\"\xed\xa0\xbd\xed\xb8\x80\"]"),
  DOCUMENT ("[\"\xf4\x90\x80\x80\"]"),
  DOCUMENT ("[\"\xf8\x88\x80\x80\x80\"]"),
  DOCUMENT ("[\"\xfc\x83\xbf\xbf\xbf\xbf\"]"),
  DOCUMENT ("[\"\xe0\xff\"]"),
  DOCUMENT ("[\"\xe2\x82\"]"),
  DOCUMENT ("[\"\xf0\x9f\x98"),
  DOCUMENT ("\xff\xfe[\0\"\0\xe9\0\"\0]\0"),
  DOCUMENT ("\0[\0\"\0\xe9\0\"\0]"),
  DOCUMENT ("\xfe\xff\0["),
  /* structure */
  DOCUMENT (""),
  DOCUMENT (" "),
  DOCUMENT ("\n\t\r "),
  DOCUMENT ("\xef\xbb\xbf"),
  DOCUMENT ("\xef\xbb"),
  DOCUMENT ("\xef\xbb\xbf\xef\xbb\xbf{}"),
  DOCUMENT ("{}\xef\xbb\xbf"),
  DOCUMENT ("[\xef\xbb\xbf]"),
  DOCUMENT ("\xe2\x81\xa0[]"),
  DOCUMENT ("<.>"),
  DOCUMENT ("[<null>]"),
  DOCUMENT ("<!DOCTYPE html><html></html>"),
  DOCUMENT ("[1]x"),
  DOCUMENT ("[1]]"),
  DOCUMENT ("[][]"),
  DOCUMENT ("{\"a\":1} {\"a\":2}"),
  DOCUMENT ("{}}"),
  DOCUMENT ("]"),
  DOCUMENT ("}"),
  DOCUMENT ("*"),
  DOCUMENT (","),
  DOCUMENT (":"),
  DOCUMENT ("[\"asd]"),
  DOCUMENT ("a\xc3\xa5"),
  DOCUMENT ("/* comment */ []"),
  DOCUMENT ("[] // comment"),
  DOCUMENT ("[1, /* comment */ 2]"),
  DOCUMENT ("# comment\n[]"),
  DOCUMENT ("var x = {\"a\": 1};"),
  DOCUMENT ("callback([])"),
  DOCUMENT ("[]\0"),
  DOCUMENT ("{}\0{}"),
  DOCUMENT ("\f[]"),
  DOCUMENT ("[][\""),
  DOCUMENT ("[[[["),
  DOCUMENT ("[{\"a\":[{\"a\":"),
  DOCUMENT ("data: {}"),
  DOCUMENT ("undefined"),
  DOCUMENT ("\\u005b\\u005d"),
};

static RefillsJson *
parse (const char  *text,
       gsize        length,
       GError     **error)
{
  /* A copy of just that size, so that reading past the end is found by the sanitizers. */
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);

  return refills_json_parse (bytes, MAX_BYTES, error);
}

static void
assert_refused (const char *text,
                gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsJson) json = parse (text, length, &error);

  if (json != NULL)
    g_error ("accepted: %.*s", (int) length, text);
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
}

static void
assert_accepted (const char *text,
                 gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsJson) json = parse (text, length, &error);

  if (json == NULL)
    g_error ("refused, %s: %.*s", error->message, (int) length, text);
  g_assert_no_error (error);
}

static void
test_accepted (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (accepted); i++)
    assert_accepted (accepted[i].bytes, accepted[i].length);
}

static void
test_rejected (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rejected); i++)
    assert_refused (rejected[i].bytes, rejected[i].length);
}

/* Every document in brackets is as good or as bad as alone, but for what may stand at its ends. */
static void
test_wrapped (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (accepted); i++) {
    g_autofree char *wrapped = NULL;

    if (g_str_has_prefix (accepted[i].bytes, "\xef\xbb\xbf"))
      continue;
    wrapped = g_strdup_printf ("{\"a\":[0,%s],\"b\":%s}", accepted[i].bytes, accepted[i].bytes);
    assert_accepted (wrapped, strlen (wrapped));
  }
}

static void
test_truncated (void)
{
  static const char document[] =
    "{\"id\":\"a\\u00e9\\ud83d\\ude00é\",\"amount\":-11.260000e+1,"
    "\"list\":[true,false,null,[],{}],"
    "\"nested\":{\"deliveries\":[{\"code\":\"x\\\"y\\\\\",\"done\":true},{}]},\"last\":0}";
  gsize length = sizeof document - 1;

  assert_accepted (document, length);
  for (gsize i = 0; i < length; i++)
    assert_refused (document, i);
}

/* Each byte of a document changed to each other value: never a crash, and never two errors. */
static void
test_damaged (void)
{
  char document[] = "{\"a\":[1.5e3,\"\\u00e9\\n\",true],\"b\":{\"c\":null}}";

  for (gsize i = 0; i < sizeof document - 1; i++) {
    char kept = document[i];

    for (guint value = 0; value < 256; value++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (RefillsJson) json = NULL;

      document[i] = (char) value;
      json = parse (document, sizeof document - 1, &error);
      g_assert_true ((json == NULL) == (error != NULL));
    }
    document[i] = kept;
  }
}

static char *
nest (const char *open,
      const char *inner,
      const char *close,
      gsize       depth)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < depth; i++)
    g_string_append (text, open);
  g_string_append (text, inner);
  for (gsize i = 0; i < depth; i++)
    g_string_append (text, close);

  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  static const struct { const char *open, *inner, *close; } kinds[] = {
    { "[", "", "]" },
    { "[", "1", "]" },
    { "{\"a\":", "null", "}" },
    { "[0,", "0", ",0]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *deepest = nest (kinds[i].open, kinds[i].inner, kinds[i].close, 64);
    g_autofree char *deeper = nest (kinds[i].open, kinds[i].inner, kinds[i].close, 65);
    g_autofree char *deep = nest (kinds[i].open, kinds[i].inner, kinds[i].close, 500);
    g_autofree char *open = nest (kinds[i].open, kinds[i].inner, "", 80000);

    assert_accepted (deepest, strlen (deepest));
    assert_refused (deeper, strlen (deeper));
    assert_refused (deep, strlen (deep));
    assert_refused (open, strlen (open));
  }
}

static void
test_size (void)
{
  gsize length = MAX_BYTES + 1;
  g_autofree char *text = g_strnfill (length, ' ');
  g_autoptr (GBytes) small = g_bytes_new_static ("[1]", 3);

  text[0] = '[';
  text[MAX_BYTES - 1] = ']';
  assert_accepted (text, MAX_BYTES);
  assert_refused (text, MAX_BYTES + 1);
  g_assert_null (refills_json_parse (small, 2, NULL));
}

static void
test_many_values (void)
{
  GString *text = g_string_new ("[0");
  g_autofree char *document = NULL;

  /* The list and its first element are two values. */
  for (guint i = 2; i < 1000000; i++)
    g_string_append (text, ",0");
  g_string_append_c (text, ']');
  assert_accepted (text->str, text->len);
  g_string_truncate (text, text->len - 1);
  g_string_append (text, ",0]");
  document = g_string_free (text, FALSE);
  assert_refused (document, strlen (document));
}

static void
test_many_members (void)
{
  GString *text = g_string_new ("{\"m\":0");
  g_autofree char *document = NULL;

  for (guint i = 1; i < 1024; i++)
    g_string_append_printf (text, ",\"%u\":0", i);
  g_string_append_c (text, '}');
  assert_accepted (text->str, text->len);
  g_string_truncate (text, text->len - 1);
  g_string_append (text, ",\"n\":0}");
  document = g_string_free (text, FALSE);
  assert_refused (document, strlen (document));
}

static void
assert_element (const char *document,
                const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsJson) json = parse (document, strlen (document), &error);
  RefillsJsonPlace place, element;

  g_assert_no_error (error);
  refills_json_place_init (&place, json);
  refills_json_get_element (&place, 0, &element);
  g_assert_cmpstr (refills_json_place_get_text (&element), ==, expected);
}

static void
test_digits (void)
{
  assert_element ("[1e400]", "1e400");
  assert_element ("[18446744073709551616]", "18446744073709551616");
  assert_element ("[-9223372036854775809]", "-9223372036854775809");
  assert_element ("[11.260000]", "11.260000");
  assert_element ("[100.123456789012345678]", "100.123456789012345678");
  assert_element ("[-0]", "-0");
  assert_element ("[1E+02]", "1E+02");
  assert_element ("[\"11.260000\"]", "11.260000");
}

static void
test_strings (void)
{
  assert_element ("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "\"\\/\b\f\n\r\t");
  assert_element ("[\"\\u0041\\u00e9\\u20AC\\ud83d\\ude00\"]", "Aé€😀");
  assert_element ("[\"é€😀\"]", "é€😀");
  assert_element ("[\"\\u0001\\u001f\\u007f\"]", "\001\037\177");
  assert_element ("[\"a\\u001a\"]", "a\032");
  assert_element ("[\"\"]", "");
  assert_element ("[null]", NULL);
  assert_element ("[true]", NULL);
  assert_element ("[{}]", NULL);
  assert_element ("[[1]]", NULL);
  assert_element ("[]", NULL);
  assert_element ("[\"\\u001a1\"]", "\0321");
}

static void
test_messages (void)
{
  g_autoptr (GError) error = NULL;
  const char *document = "{\"secret\":\"CODE-1\",\"secret\":\"CODE-2\"}";

  g_assert_null (parse (document, strlen (document), &error));
  g_assert_cmpstr (error->message, ==, "JSON, byte 27: the same name twice in one object");
}

static gpointer
parse_cb (gpointer data)
{
  for (guint i = 0; i < 200; i++)
    assert_accepted ("{\"a\":[1,\"x\",{\"b\":null}]}", 24);

  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("json", parse_cb, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/json-scanner/accepted", test_accepted);
  g_test_add_func ("/json-scanner/rejected", test_rejected);
  g_test_add_func ("/json-scanner/wrapped", test_wrapped);
  g_test_add_func ("/json-scanner/truncated", test_truncated);
  g_test_add_func ("/json-scanner/damaged", test_damaged);
  g_test_add_func ("/json-scanner/depth", test_depth);
  g_test_add_func ("/json-scanner/size", test_size);
  g_test_add_func ("/json-scanner/many-values", test_many_values);
  g_test_add_func ("/json-scanner/many-members", test_many_members);
  g_test_add_func ("/json-scanner/digits", test_digits);
  g_test_add_func ("/json-scanner/strings", test_strings);
  g_test_add_func ("/json-scanner/messages", test_messages);
  g_test_add_func ("/json-scanner/threads", test_threads);

  return g_test_run ();
}
