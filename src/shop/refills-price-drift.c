/* refills-price-drift.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How far a validated total is from the price that was shown before, in words.
 */
#include "refills-price-drift.h"

#include <glib/gi18n.h>

#include "refills-decimal.h"

/* A price moves with its coin; below one in so many it is not worth a word. */
#define WORTH_ONE_IN 100

static gboolean
is_worth_a_word (const RefillsDecimal *difference,
                 const RefillsDecimal *expected)
{
  RefillsDecimal parts;
  RefillsDecimal weighted;
  g_autofree char *text = g_strdup_printf ("%d", WORTH_ONE_IN);

  return refills_decimal_parse (text, &parts, NULL) && refills_decimal_multiply (difference, &parts, &weighted) &&
         refills_decimal_compare (&weighted, expected) > 0;
}

/**
 * refills_price_drift_describe:
 * @seen_amount: (nullable): the price of one that was shown, in coin units
 * @quantity: how many are bought
 * @total_amount: the validated total, in coin units
 * @coin: the coin of both
 *
 * Compares exactly, on any thread.
 *
 * Returns: (transfer full) (nullable): a sentence where the total is more than one per cent above or below
 *   what was shown for as many
 */
char *
refills_price_drift_describe (const char *seen_amount,
                              guint       quantity,
                              const char *total_amount,
                              const char *coin)
{
  g_autofree char *count_text = g_strdup_printf ("%u", quantity);
  g_autofree char *expected_text = NULL;
  g_autofree char *difference_text = NULL;
  RefillsDecimal seen, count, expected, total, difference;
  gboolean is_more = FALSE;

  if (seen_amount == NULL || !refills_decimal_parse (seen_amount, &seen, NULL) ||
      !refills_decimal_parse (count_text, &count, NULL) || !refills_decimal_parse (total_amount, &total, NULL) ||
      !refills_decimal_multiply (&seen, &count, &expected) || refills_decimal_is_zero (&expected))
    return NULL;

  is_more = refills_decimal_compare (&total, &expected) > 0;
  if (!refills_decimal_subtract (is_more ? &total : &expected, is_more ? &expected : &total, &difference) ||
      !is_worth_a_word (&difference, &expected))
    return NULL;

  expected_text = refills_decimal_to_short_text (&expected);
  difference_text = refills_decimal_to_short_text (&difference);
  if (is_more)
    /* Translators: amounts of a coin: “This is 0.53 USDC more than the price shown before, 11.47 USDC.” */
    return g_strdup_printf (_("This is %1$s %3$s more than the price shown before, %2$s %3$s."),
                            difference_text, expected_text, coin);

  /* Translators: amounts of a coin: “This is 0.53 USDC less than the price shown before, 11.47 USDC.” */
  return g_strdup_printf (_("This is %1$s %3$s less than the price shown before, %2$s %3$s."),
                          difference_text, expected_text, coin);
}
