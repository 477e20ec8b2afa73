/* test-country.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The countries are the reference's, and are named in the person's language.
 */
#include "refills-country.h"

#include <locale.h>
#include <string.h>

#include "json-case.h"
#include "refills-test.h"

/* The lines of the reference that name a country: a code, a space, a name. */
static GStrv
read_reference (void)
{
  g_autoptr (GBytes) bytes = refills_test_read_file ("vectors/reference-countries.txt");
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();

  for (guint i = 0; lines[i] != NULL; i++) {
    if (*lines[i] == '\0' || *lines[i] == '#')
      continue;
    g_assert_true (lines[i][2] == ' ' && lines[i][3] != '\0');
    lines[i][2] = '\0';
    g_strv_builder_add (codes, lines[i]);
  }

  return g_strv_builder_end (codes);
}

static void
test_reference (void)
{
  g_auto (GStrv) codes = read_reference ();
  g_autoptr (GListModel) list = refills_country_list_all ();
  g_autoptr (GHashTable) ours = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (RefillsCountry) country = g_list_model_get_item (list, i);

    g_assert_true (g_hash_table_add (ours, g_strdup (refills_country_get_code (country))));
    g_assert_cmpstr (refills_country_get_name (country), !=, refills_country_get_code (country));
  }
  g_assert_cmpuint (g_strv_length (codes), ==, 233);
  g_assert_cmpuint (g_hash_table_size (ours), ==, 233);
  for (guint i = 0; codes[i] != NULL; i++) {
    if (!g_hash_table_contains (ours, codes[i]) || !refills_country_is_listed (codes[i]))
      g_error ("%s is in the reference only", codes[i]);
  }
  g_assert_false (refills_country_is_listed ("IR"));
  g_assert_false (refills_country_is_listed ("us"));
  g_assert_false (refills_country_is_listed (NULL));
}

static void
test_names (void)
{
  static const char * const cases[][2] = {
    { "US", "United States" }, { "de", "Germany" }, { "BO", "Bolivia" }, { "CI", "Côte d'Ivoire" },
    { "XK", "Kosovo" }, { "WW", "Worldwide" }, { "EU", "Europe" }, { "ASIA", "Asia" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = refills_country_name_code (cases[i][0]);

    g_assert_cmpstr (name, ==, cases[i][1]);
  }
}

/* What is no country's code, or of one that is not listed, is shown as it is. */
static void
test_codes (void)
{
  static const char * const cases[][2] = {
    { "XX", "XX" }, { "qq", "qq" }, { "USA", "USA" }, { "IR", "IR" }, { "", "" }, { NULL, "" },
    { "\xe2\x80\xaeQ\nQ", "Q Q" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = refills_country_name_code (cases[i][0]);

    g_assert_cmpstr (name, ==, cases[i][1]);
  }
}

static void
test_matches (void)
{
  static const struct { const char *code, *typed; gboolean matches; } cases[] = {
    { "CI", "cote", TRUE }, { "CI", " CI ", TRUE }, { "CI", "ivory", FALSE }, { "TR", "turk", TRUE },
    { "DE", "GERM", TRUE }, { "DE", "", TRUE }, { "US", "states", TRUE }, { "US", "usa", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsCountry) country = refills_country_new (cases[i].code);

    if (refills_country_matches (country, cases[i].typed) != cases[i].matches)
      g_error ("%s and “%s”", cases[i].code, cases[i].typed);
  }
}

static void
test_contract (void)
{
  RefillsCountry *country = refills_country_new ("QQ");

  assert_contract (country);
  g_assert_cmpstr (refills_country_get_code (country), ==, "QQ");
  g_assert_cmpstr (refills_country_get_name (country), ==, "QQ");
  g_assert_finalize_object (country);
}

static guint
find_position (GListModel *list,
               const char *code)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (RefillsCountry) country = g_list_model_get_item (list, i);

    if (g_str_equal (refills_country_get_code (country), code))
      return i;
  }
  g_error ("%s is not in the list", code);
}

/* The locale is made for the test: a system need not have it. */
static void
test_german (void)
{
  g_autofree char *folder = refills_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "de_DE.UTF-8", NULL);
  const char * const command[] = { "localedef", "-i", "de_DE", "-f", "UTF-8", path, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GListModel) list = NULL;
  g_autoptr (RefillsCountry) germany = NULL;

  g_spawn_sync (NULL, (char **) command, NULL,
                G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_setenv ("LOCPATH", folder, TRUE);
  g_setenv ("LANGUAGE", "de", TRUE);
  g_assert_nonnull (setlocale (LC_ALL, "de_DE.UTF-8"));

  name = refills_country_name_code ("TR");
  g_assert_cmpstr (name, ==, "Türkei");
  germany = refills_country_new ("DE");
  g_assert_cmpstr (refills_country_get_name (germany), ==, "Deutschland");
  g_assert_true (refills_country_matches (germany, "deutsch"));
  g_assert_true (refills_country_matches (germany, "germany"));
  /* Ä (Ägypten) is sorted as A is, and not after Z (Zypern). */
  list = refills_country_list_all ();
  g_assert_cmpuint (find_position (list, "EG"), <, find_position (list, "AL"));
  g_assert_cmpuint (find_position (list, "EG"), <, find_position (list, "CY"));

  g_assert_nonnull (setlocale (LC_ALL, "C.UTF-8"));
  g_unsetenv ("LOCPATH");
  g_unsetenv ("LANGUAGE");
  refills_test_remove_folder (g_steal_pointer (&folder));
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/country/reference", test_reference);
  g_test_add_func ("/country/names", test_names);
  g_test_add_func ("/country/J20", test_codes);
  g_test_add_func ("/country/matches", test_matches);
  g_test_add_func ("/country/contract", test_contract);
  g_test_add_func ("/country/german", test_german);

  return g_test_run ();
}
