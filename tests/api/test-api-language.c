/* test-api-language.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-api-language.h"

#include "refills-test.h"

static void
test_table (void)
{
  static const struct { const char *locale, *lang; } table[] = {
    { "en", "en" }, { "es", "es" }, { "fr", "fr" }, { "de", "de" }, { "it", "it" }, { "pt", "pt" },
    { "zh", "zh" }, { "tr", "tr" }, { "vi", "vi" }, { "tl", "tl" },

    { "pt_BR", "pt" }, { "pt-BR", "pt" }, { "pt_PT.UTF-8", "pt" }, { "zh_TW", "zh" }, { "zh_CN", "zh" },
    { "zh-Hant-HK", "zh" }, { "de_AT.UTF-8", "de" }, { "DE", "de" }, { "es@x", "es" }, { "fil", "tl" },
    { "fil_PH", "tl" }, { "tr_TR.UTF-8@euro", "tr" },

    { NULL, "en" }, { "", "en" }, { "C", "en" }, { "C.UTF-8", "en" }, { "POSIX", "en" }, { "ar", "en" },
    { "ar_EG", "en" }, { "hi", "en" }, { "pl", "en" }, { "ja", "en" }, { "esperanto", "en" }, { "d", "en" },
    { "_de", "en" }, { "ptx", "en" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    if (g_strcmp0 (refills_api_language (table[i].locale), table[i].lang) != 0)
      g_error ("%s is not asked for as %s", table[i].locale, table[i].lang);
  }
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/api-language/table", test_table);

  return g_test_run ();
}
