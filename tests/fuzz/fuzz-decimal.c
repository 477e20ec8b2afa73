/* fuzz-decimal.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any text as an amount: refused, just where the grammar refuses it, or a number that is the same when it was written
 * and read again, and loses nothing on its way to the chain's units and back.
 */
#include "fuzz.h"

#include "refills-decimal.h"

/* What may be paid is written down as an expression; this is a second reader of it. */
static gboolean
is_amount (const char *text)
{
  static GRegex *grammar = NULL;

  if (grammar == NULL)
    grammar = g_regex_new ("\\A[0-9]{1,30}(\\.[0-9]{1,40})?\\z", G_REGEX_RAW, 0, NULL);

  return g_regex_match (grammar, text, 0, NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  RefillsDecimal number, again, twice;

  g_assert_cmpint (refills_decimal_parse (text, &number, NULL), ==, is_amount (text));
  if (!is_amount (text))
    return 0;

  {
    g_autofree char *written = refills_decimal_to_text (&number);
    g_autofree char *brief = refills_decimal_to_short_text (&number);

    g_assert_true (refills_decimal_parse (written, &again, NULL));
    g_assert_cmpint (refills_decimal_compare (&number, &again), ==, 0);
    g_assert_true (refills_decimal_parse (brief, &again, NULL));
    g_assert_cmpint (refills_decimal_compare (&number, &again), ==, 0);
  }
  for (guint decimals = 0; decimals <= 18; decimals += 6) {
    g_autofree char *units = refills_decimal_to_units (&number, decimals, NULL);

    if (units != NULL) {
      g_assert_true (refills_decimal_from_units (units, decimals, &again, NULL));
      g_assert_cmpint (refills_decimal_compare (&number, &again), ==, 0);
      {
        g_autofree char *written = refills_decimal_to_text (&again);
        g_autofree char *same = NULL;

        g_assert_true (refills_decimal_parse (written, &again, NULL));
        same = refills_decimal_to_units (&again, decimals, NULL);
        g_assert_cmpstr (units, ==, same);
      }
    }
  }
  if (refills_decimal_add (&number, &number, &twice)) {
    g_assert_true (refills_decimal_subtract (&twice, &number, &again));
    g_assert_cmpint (refills_decimal_compare (&number, &again), ==, 0);
  }

  return 0;
}
