/* test-rich-text.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-rich-text.h"

#include <string.h>

#include "refills-test.h"

static void
test_plain (void)
{
  static const struct { const char *html, *plain; } cases[] = {
    { "", "" },
    { "   ", "" },
    { "Hello", "Hello" },
    { "two\nlines", "two\nlines" },
    { "two\n\n\n\nparagraphs\n", "two\n\nparagraphs" },
    { "Fish &amp; chips &lt;b&gt; &euro;5 &#8364;&nbsp;5", "Fish & chips <b> €5 € 5" },
    { "<p>One</p><p>Two</p>", "One\n\nTwo" },
    { "<p>One\n  line</p>\n\n<p>Two</p>", "One line\n\nTwo" },
    { "a<br>b<br/>c", "a\nb\nc" },
    { "a<br><br><br><br>b", "a\n\nb" },
    { "<div>a</div><div>b</div>", "a\nb" },
    { "a<div>b</div>c", "a\nb\nc" },
    { "<h2>Terms</h2>Text", "Terms\n\nText" },
    { "a <b>bold</b> and <i>i</i>talic", "a bold and italic" },
    { "<ul><li>a</li><li>b</li></ul>c", "• a\n• b\n\nc" },
    { "<ol><li>a<li>b</ol>", "1. a\n2. b" },
    { "<ol><li><p>a</p></li><li><p>b</p><p>c</p></li></ol>", "1. a\n2. b\n  c" },
    { "<ul><li>a<ol><li>x</li><li>y</li></ol></li><li>b</li></ul>",
      "• a\n  1. x\n  2. y\n• b" },
    { "<ul><li></li><li>b</li></ul>", "• b" },
    { "<table><tr><td>1 GB</td><td>7 days</td></tr><tr><td>2 GB</td></tr></table>",
      "1 GB 7 days\n2 GB" },
    { "a<script>alert('<p>x</p>')</script>b", "ab" },
    { "a<style>p { color: red }</style>b<svg><text>t</text></svg>c<iframe>x</iframe>", "abc" },
    { "<title>t</title>a<textarea><b>x</b></textarea>b", "ab" },
    { "a<!-- comment -->b<?php x ?><!DOCTYPE html>", "ab" },
    { "<a href='https://shop.example/redeem'>Redeem</a>.",
      "Redeem (https://shop.example/redeem)." },
    { "<a href='https://shop.example/x'>shop.example/x</a>", "shop.example/x" },
    { "<a href='https://shop.example/'><img src='x.png'></a>b", "b" },
    { "<a href='javascript:alert(1)'>a</a> <a href='file:///etc/passwd'>b</a> <a>c</a>", "a b c" },
    { "<!DOCTYPE html><html lang='en'><head><title>t</title></head><body class='x'>a <b>b</b> c"
      "</body></html>", "a b c" },
    { "<p onclick='x()'>a</p", "a" },
    { "<p>unclosed <b>tags", "unclosed tags" },
    { "</p></b>stray</div>", "stray" },
    { "1 < 2 & 3 > 2", "1 < 2 & 3 > 2" },
    { "&unknown; &#0; &#xD800; &#99999999;x", "&unknown; x" },
    { "<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-1'>caf\xc3\xa9",
      "café" },
    { "<p>a&#8238;b&#x200b;c\u2066d\u2069e\u202ef&#7;g</p>", "abcdefg" },
    { "<p>\xff\xfe</p>", "\xef\xbf\xbd\xef\xbf\xbd" },
    { "<pre>a\nb</pre>c\nd", "a\nb\n\nc d" },
    { "<x-unknown>a</x-unknown>", "a" },
    { "<!ENTITY a 'aaaa'><!DOCTYPE x [<!ENTITY b '&a;&a;'>]>c&b;", NULL },
    { "%s%n%d", "%s%n%d" },
  };

  g_assert_null (refills_rich_text_to_plain (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *plain = refills_rich_text_to_plain (cases[i].html);

    g_assert_true (g_utf8_validate (plain, -1, NULL));
    if (cases[i].plain != NULL)
      g_assert_cmpstr (plain, ==, cases[i].plain);
  }
}

static char *
repeat (const char *text,
        gsize       count)
{
  GString *all = g_string_new (NULL);

  for (gsize i = 0; i < count; i++)
    g_string_append (all, text);

  return g_string_free (all, FALSE);
}

static void
test_bounds (void)
{
  g_autofree char *deep = repeat ("<b>", 200000);
  g_autofree char *deep_lists = repeat ("<ul><li>x", 50000);
  g_autofree char *stray = repeat ("<b></x>", 100000);
  g_autofree char *large = repeat ("é", 1000000);
  g_autofree char *spaces = repeat (" ", 1000000);
  g_autofree char *scripts = repeat ("<script>", 100000);
  g_autofree char *entities = repeat ("&amp;", 100000);
  g_autofree char *breaks = repeat ("<br>", 100000);
  const char *const all[] = {
    deep, deep_lists, stray, large, spaces, scripts, entities, breaks,
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    g_autofree char *plain = refills_rich_text_to_plain (all[i]);

    g_assert_true (g_utf8_validate (plain, -1, NULL));
    g_assert_cmpint (g_utf8_strlen (plain, -1), <=, 20001);
    if (all[i] == large || all[i] == entities)
      g_assert_true (g_str_has_suffix (plain, "…"));
  }
}

/* Descriptions of a catalogue are read in worker threads. */
static gpointer
read_cb (gpointer data)
{
  for (guint i = 0; i < 200; i++) {
    g_autofree char *plain = refills_rich_text_to_plain ("<ul><li>a &amp; b</li></ul>");

    g_assert_cmpstr (plain, ==, "• a & b");
  }

  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("rich-text", read_cb, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* Any cut of a document gives text, and no crash. */
static void
test_truncated (void)
{
  static const char html[] =
    "<h2>A</h2><p>b &amp; <a href=\"https://x.example/\">c</a></p><ol><li>d</li></ol>"
    "<script>x</script><!-- y --><table><tr><td>é</td></tr></table>";

  for (gsize i = 0; i < sizeof html; i++) {
    g_autofree char *cut = g_strndup (html, i);
    g_autofree char *plain = refills_rich_text_to_plain (cut);

    g_assert_true (g_utf8_validate (plain, -1, NULL));
  }
}

static void
test_clean_line (void)
{
  static const struct { const char *text; gsize max; const char *line; } cases[] = {
    { "", 0, "" },
    { "Amazon", 0, "Amazon" },
    { "  two \n\t lines\r\n", 0, "two lines" },
    { "a\u00a0b\u2003c\u2028d\u3000e\vf\xc2\x85g", 0, "a b c d e f g" },
    { "a\u202eb\u200bc\u2066d\u2069\ufeffe\u200f\u00adf\u061cg", 0, "abcdefg" },
    { "a\001b\033[31mc\177d\xc2\x9b" "e", 0, "ab[31mcde" },
    { "a\U000e0041b\u2062c\u180ed", 0, "abcd" },
    { "<b>&amp;\"%s%n", 0, "<b>&amp;\"%s%n" },
    { "abcde", 5, "abcde" },
    { "abcdef", 5, "abcd…" },
    { "ab cd", 5, "ab cd" },
    { "ab cde", 5, "ab c…" },
    { "ab cde", 4, "ab…" },
    { "ab cde", 3, "ab…" },
    { "ab c", 3, "ab…" },
    { "abc   ", 3, "abc" },
    { "éééé", 3, "éé…" },
    { "ab", 1, "…" },
    { "a", 1, "a" },
    { "a\xff" "b", 0, "a\xef\xbf\xbd" "b" },
    { "مرحبا 🇩🇪", 0, "مرحبا 🇩🇪" },
    { "\u200b\u200b", 0, "" },
    { "null", 0, "null" },
  };

  g_assert_null (refills_text_clean_line (NULL, 10));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *line = refills_text_clean_line (cases[i].text, cases[i].max);

    g_assert_cmpstr (line, ==, cases[i].line);
  }
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/rich-text/plain", test_plain);
  g_test_add_func ("/rich-text/bounds", test_bounds);
  g_test_add_func ("/rich-text/threads", test_threads);
  g_test_add_func ("/rich-text/truncated", test_truncated);
  g_test_add_func ("/rich-text/clean-line", test_clean_line);

  return g_test_run ();
}
