/* refills-search-fold.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The form in which a search compares texts.
 */
#include "refills-search-fold.h"

#include <string.h>

/**
 * refills_search_fold:
 * @text: what a person typed, or any text
 *
 * Makes the form in which a search compares: without case and without accents. A search for words looks
 * for each word's form in the form of the whole.
 *
 * Returns: (transfer full): the form
 */
char *
refills_search_fold (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *split = NULL;
  g_autoptr (GString) bare = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  split = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  bare = g_string_sized_new (strlen (split));
  for (const char *at = split; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_ismark (g_utf8_get_char (at)))
      g_string_append_len (bare, at, g_utf8_next_char (at) - at);

  return g_utf8_casefold (bare->str, (gssize) bare->len);
}
