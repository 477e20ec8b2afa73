/* test-closures.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words of the templates, without a display.
 */
#include "refills-closures.h"

#include "refills-test.h"

static void
test_text (void)
{
  g_autofree char *none = refills_text_or_empty (NULL, NULL);
  g_autofree char *some = refills_text_or_empty (NULL, "10 USD");

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (some, ==, "10 USD");
  g_assert_false (refills_is_set (NULL, NULL));
  g_assert_false (refills_is_set (NULL, ""));
  g_assert_true (refills_is_set (NULL, " "));
}

static void
test_logic (void)
{
  g_autoptr (GObject) object = g_object_new (G_TYPE_OBJECT, NULL);

  g_assert_true (refills_is_object (NULL, object));
  g_assert_false (refills_is_object (NULL, NULL));
  g_assert_true (refills_not (NULL, FALSE));
  g_assert_false (refills_not (NULL, TRUE));
  g_assert_true (refills_both (NULL, TRUE, TRUE));
  g_assert_false (refills_both (NULL, TRUE, FALSE));
  g_assert_false (refills_both (NULL, FALSE, TRUE));
}

static void
test_escape (void)
{
  g_autofree char *none = refills_escape (NULL, NULL);
  g_autofree char *escaped = refills_escape (NULL, "<b>&\" %s");
  g_autofree char *shown = NULL;

  g_assert_cmpstr (none, ==, "");
  g_assert_true (pango_parse_markup (escaped, -1, 0, NULL, &shown, NULL, NULL));
  g_assert_cmpstr (shown, ==, "<b>&\" %s");
}

static void
test_country (void)
{
  g_autofree char *known = refills_name_country (NULL, "US");
  g_autofree char *lower = refills_name_country (NULL, "de");
  g_autofree char *unknown = refills_name_country (NULL, "QQ");
  g_autofree char *none = refills_name_country (NULL, NULL);

  g_assert_cmpstr (known, ==, "United States");
  g_assert_cmpstr (lower, ==, "Germany");
  g_assert_cmpstr (unknown, ==, "QQ");
  g_assert_cmpstr (none, ==, "");
}

static void
test_age (void)
{
  static const struct {
    gint64      seconds;
    const char *text;
  } ages[] = {
    { 0, "Updated just now" },
    { 59, "Updated just now" },
    { 70, "Updated 1 minute ago" },
    { 59 * 60, "Updated 59 minutes ago" },
    { 60 * 60, "Updated 1 hour ago" },
    { 2 * 60 * 60, "Updated 2 hours ago" },
    { 25 * 60 * 60, "Updated 1 day ago" },
    { 50 * 24 * 60 * 60, "Updated 50 days ago" },
    { -100, "" },
  };
  g_autofree char *never = refills_describe_age (NULL, 0);

  g_assert_cmpstr (never, ==, "");
  for (gsize i = 0; i < G_N_ELEMENTS (ages); i++) {
    g_autofree char *text = refills_describe_age (NULL, g_get_real_time () / G_USEC_PER_SEC - ages[i].seconds);

    g_assert_cmpstr (text, ==, ages[i].text);
  }
}

static void
test_words (void)
{
  g_auto (GStrv) words = refills_split_words ("  air \tbnb ");
  g_auto (GStrv) none = refills_split_words (" ");
  g_auto (GStrv) null = refills_split_words (NULL);

  g_assert_cmpuint (g_strv_length (words), ==, 2);
  g_assert_cmpstr (words[0], ==, "air");
  g_assert_cmpstr (words[1], ==, "bnb");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_cmpuint (g_strv_length (null), ==, 0);

  g_assert_true (refills_text_has_words ("airbnb travel", (const char *const *) words));
  g_assert_false (refills_text_has_words ("air france", (const char *const *) words));
  g_assert_true (refills_text_has_words ("anything", (const char *const *) none));
  g_assert_true (refills_text_has_words (NULL, NULL));
  g_assert_false (refills_text_has_words (NULL, (const char *const *) words));
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  g_test_add_func ("/closures/text", test_text);
  g_test_add_func ("/closures/logic", test_logic);
  g_test_add_func ("/closures/escape", test_escape);
  g_test_add_func ("/closures/country", test_country);
  g_test_add_func ("/closures/age", test_age);
  g_test_add_func ("/closures/words", test_words);

  return g_test_run ();
}
