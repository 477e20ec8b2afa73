/* test-uri-query.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-uri-query.h"

#include "refills-test.h"

/* The parameters behind a payee. */
static RefillsUriQuery *
read_query (const char           *text,
            RefillsUriQueryNames  names)
{
  g_autofree char *rest = g_strconcat ("payee", text, NULL);
  g_autofree char *path = NULL;
  g_autoptr (RefillsUriQuery) query = refills_uri_query_parse (rest, names, &path, NULL);

  g_assert_cmpstr (path, ==, "payee");

  return g_steal_pointer (&query);
}

static void
test_decoded (void)
{
  g_autoptr (RefillsUriQuery) query = read_query ("?a=%C3%A9%20b+c&&B&empty=&x=1=2?", REFILLS_URI_QUERY_ANY_CASE);
  static const struct { const char *name, *value; } wanted[] = {
    { "a", "é b+c" }, { "b", "" }, { "empty", "" }, { "x", "1=2?" },
  };

  g_assert_nonnull (query);
  g_assert_cmpuint (refills_uri_query_get_n (query), ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    g_assert_cmpstr (refills_uri_query_get (query, i)->name, ==, wanted[i].name);
    g_assert_cmpstr (refills_uri_query_get (query, i)->value, ==, wanted[i].value);
  }
}

static void
test_refused (void)
{
  static const char * const cases[] = {
    "a=%", "a=%4", "a=%4g", "a=%g4", "a=%00", "%=1", "a=%FF", "a=%C3%28", "a=é", "a=b c", "a=b\n", "a=b#c", "=1",
    "a=\x7f", "a=%ED%A0%80",
  };
  g_autofree char *many = g_strnfill (1 + 65 * 2, '&');

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strconcat ("?", cases[i], NULL);
    g_autoptr (RefillsUriQuery) query = read_query (text, REFILLS_URI_QUERY_EXACT_NAMES);

    g_test_message ("%s", cases[i]);
    g_assert_null (query);
  }
  many[0] = '?';
  for (guint i = 0; i < 65; i++)
    many[1 + 2 * i] = 'a';
  {
    g_autoptr (RefillsUriQuery) query = read_query (many, REFILLS_URI_QUERY_EXACT_NAMES);

    g_assert_null (query);
  }
}

static void
test_find (void)
{
  g_autoptr (RefillsUriQuery) exact = read_query ("?a=1&A=2", REFILLS_URI_QUERY_EXACT_NAMES);
  g_autoptr (RefillsUriQuery) folded = read_query ("?a=1&A=2", REFILLS_URI_QUERY_ANY_CASE);
  g_autoptr (RefillsUriQuery) other_case = read_query ("?Amount=1", REFILLS_URI_QUERY_EXACT_NAMES);
  g_autoptr (RefillsUriQuery) none = read_query (NULL, REFILLS_URI_QUERY_ANY_CASE);
  const char *value = "untouched";

  /* Where capitals count some readers do not know it. */
  g_assert_false (refills_uri_query_find (exact, "A", &value, NULL));
  g_assert_false (refills_uri_query_find (exact, "a", &value, NULL));
  g_assert_false (refills_uri_query_find (other_case, "amount", &value, NULL));
  g_assert_true (refills_uri_query_find (other_case, "Amount", &value, NULL));
  g_assert_cmpstr (value, ==, "1");
  g_assert_false (refills_uri_query_find (folded, "a", &value, NULL));
  g_assert_true (refills_uri_query_find (none, "a", &value, NULL));
  g_assert_null (value);
}

static void
test_amount (void)
{
  static const struct { const char *text, *amount; gboolean is_right; } cases[] = {
    { "?amount=1.25", "1.25", TRUE }, { "?amount=001.20", "001.20", TRUE }, { "?x=1", NULL, TRUE },
    { "?amount=1.255", NULL, FALSE }, { "?amount=1e1", NULL, FALSE }, { "?amount=", NULL, FALSE },
    { "?amount=1&amount=1", NULL, FALSE }, { "?Amount=1", NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsUriQuery) query = read_query (cases[i].text, REFILLS_URI_QUERY_EXACT_NAMES);
    g_autofree char *amount = NULL;

    g_test_message ("%s", cases[i].text);
    g_assert_true (refills_uri_query_find_amount (query, 2, &amount, NULL) == cases[i].is_right);
    g_assert_cmpstr (amount, ==, cases[i].amount);
  }
}

static void
test_words (void)
{
  static const struct { const char *text; gboolean is_right; } cases[] = {
    { "?label=a&message=b", TRUE }, { NULL, TRUE }, { "?label=a&label=a", FALSE }, { "?message=&message=", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsUriQuery) query = read_query (cases[i].text, REFILLS_URI_QUERY_EXACT_NAMES);

    g_assert_true (refills_uri_query_check_words (query, NULL) == cases[i].is_right);
  }
}

static void
test_scheme (void)
{
  static const struct { const char *text, *scheme, *rest; } cases[] = {
    { "bitcoin:x", "bitcoin", "x" }, { "BitCoin:", "bitcoin", "" }, { "web+stellar:pay", "web+stellar", "pay" },
    { "1bitcoin:x", NULL, NULL }, { "0:8a86", NULL, NULL }, { "bit coin:x", NULL, NULL }, { "bitcoin", NULL, NULL },
    { ":", NULL, NULL }, { "", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *rest = NULL;
    g_autofree char *scheme = refills_uri_take_scheme (cases[i].text, &rest);

    g_assert_cmpstr (scheme, ==, cases[i].scheme);
    g_assert_cmpstr (rest, ==, cases[i].rest);
  }
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/uri-query/decoded", test_decoded);
  g_test_add_func ("/uri-query/refused", test_refused);
  g_test_add_func ("/uri-query/find", test_find);
  g_test_add_func ("/uri-query/amount", test_amount);
  g_test_add_func ("/uri-query/words", test_words);
  g_test_add_func ("/uri-query/scheme", test_scheme);

  return g_test_run ();
}
