/* refills-api-language.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The person's language as one of those the service takes.
 */
#include "refills-api-language.h"

#include <string.h>

/* API reference, section 1.2: any other gets no description at all, not an English one. */
static const struct {
  const char *language;
  const char *lang;
} table[] = {
  { "de", "de" },
  { "en", "en" },
  { "es", "es" },
  { "fil", "tl" }, /* ISO 639-2 for what the service knows by the older code */
  { "fr", "fr" },
  { "it", "it" },
  { "pt", "pt" },
  { "tl", "tl" },
  { "tr", "tr" },
  { "vi", "vi" },
  { "zh", "zh" },
};

/**
 * refills_api_language:
 * @locale: (nullable): a language or locale in any form, such as "pt_BR.UTF-8", "zh-Hant" or "C"
 *
 * Finds the value of `lang` for a language. Any thread.
 *
 * Returns: two letters; "en" where the service does not know the language
 */
const char *
refills_api_language (const char *locale)
{
  gsize length = 0;

  if (locale == NULL)
    return REFILLS_API_FALLBACK_LANGUAGE;

  length = strcspn (locale, "_-.@");
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) {
    if (strlen (table[i].language) == length && g_ascii_strncasecmp (locale, table[i].language, length) == 0)
      return table[i].lang;
  }

  return REFILLS_API_FALLBACK_LANGUAGE;
}
