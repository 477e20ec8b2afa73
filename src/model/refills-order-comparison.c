/* refills-order-comparison.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether an answer speaks of what was asked. The service may otherwise have fallen back to another,
 * dearer product without a word (API reference, section 8.3).
 *
 * Pure functions, on any thread.
 */
#include "refills-order-comparison.h"

#include "refills-decimal.h"
#include "refills-rich-text.h"

#include <string.h>

/* An amount may be this much above what was agreed to: 1 %. */
#define LIMIT_NUMERATOR "101"
#define LIMIT_DENOMINATOR "100"

/* The number at the start of a denomination such as "25 USD". */
static gboolean
parse_leading_number (const char     *text,
                      RefillsDecimal *number)
{
  g_autofree char *digits = g_strndup (text, strspn (text, "0123456789."));

  return refills_decimal_parse (digits, number, NULL);
}

static gboolean
is_same_text (const char *echoed,
              const char *asked)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (g_strcmp0 (echoed, asked) == 0)
    return TRUE;

  /* What is kept of an order is kept as it is shown, without control characters and double blanks. */
  a = refills_text_clean_line (echoed, 0);
  b = refills_text_clean_line (asked, 0);

  return g_strcmp0 (a, b) == 0;
}

/* Country codes and e-mail addresses come back in another case now and then. */
static gboolean
is_same_or_absent (const char *echoed,
                   const char *asked)
{
  g_autofree char *clean = NULL;

  if (echoed == NULL || *echoed == '\0')
    return TRUE;
  if (asked == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (echoed, asked) == 0)
    return TRUE;
  clean = refills_text_clean_line (asked, 0); /* as in is_same_text() */

  return g_ascii_strcasecmp (echoed, clean) == 0;
}

/* The value of a range comes back as `product_value`, or in the denomination as "25 USD" (API
 * reference, section 17, C14). A fixed one that fell back to the brand's default says so. */
static gboolean
is_same_value (const RefillsDeliveryEcho *echo,
               RefillsOrderLine          *line)
{
  const char *asked_value = refills_order_line_get_product_value (line);
  RefillsDecimal asked = REFILLS_DECIMAL_ZERO;
  RefillsDecimal echoed = REFILLS_DECIMAL_ZERO;

  if (echo->may_be_silent && echo->denomination == NULL && echo->product_value == NULL)
    return TRUE;
  if (asked_value == NULL)
    return is_same_text (echo->denomination, refills_order_line_get_denomination (line));

  if (!refills_decimal_parse (asked_value, &asked, NULL))
    return FALSE;
  if (echo->product_value != NULL && *echo->product_value != '\0')
    return refills_decimal_parse (echo->product_value, &echoed, NULL) &&
           refills_decimal_compare (&asked, &echoed) == 0;

  return echo->denomination != NULL && parse_leading_number (echo->denomination, &echoed) &&
         refills_decimal_compare (&asked, &echoed) == 0;
}

/**
 * refills_order_comparison_is_echo_of:
 * @echo: what an answer says of a delivery
 * @line: a delivery that was asked for
 *
 * Compares brand and value, which must be there unless @echo may be silent, and country and recipient,
 * which may be left out.
 *
 * Returns: whether @echo can be about @line
 */
gboolean
refills_order_comparison_is_echo_of (const RefillsDeliveryEcho *echo,
                                     RefillsOrderLine          *line)
{
  g_return_val_if_fail (echo != NULL, FALSE);
  g_return_val_if_fail (REFILLS_IS_ORDER_LINE (line), FALSE);

  if (echo->brand_name == NULL && !echo->may_be_silent)
    return FALSE;

  return (echo->brand_name == NULL ||
          is_same_text (echo->brand_name, refills_order_line_get_brand_name (line))) &&
         is_same_or_absent (echo->country, refills_order_line_get_country (line)) &&
         is_same_or_absent (echo->beneficiary, refills_order_line_get_beneficiary (line)) &&
         is_same_value (echo, line);
}

/* Finds a line for @index, moving those that have theirs on to others where that helps. */
static gboolean
find_line (const RefillsDeliveryEcho *echoes,
           guint                      index,
           RefillsOrderRequest       *asked,
           int                       *echo_of_line,
           gboolean                  *tried)
{
  for (guint i = 0; i < refills_order_request_get_n_lines (asked); i++) {
    if (tried[i] ||
        !refills_order_comparison_is_echo_of (&echoes[index], refills_order_request_get_line (asked, i)))
      continue;
    tried[i] = TRUE;
    if (echo_of_line[i] < 0 ||
        find_line (echoes, (guint) echo_of_line[i], asked, echo_of_line, tried)) {
      echo_of_line[i] = (int) index;
      return TRUE;
    }
  }

  return FALSE;
}

/**
 * refills_order_comparison_are_echoes_of:
 * @echoes: (array length=n_echoes): what an answer says of its deliveries
 * @n_echoes: how many there are
 * @asked: what was asked
 *
 * Returns: whether there is exactly one for each delivery that was asked for, in any order
 */
gboolean
refills_order_comparison_are_echoes_of (const RefillsDeliveryEcho *echoes,
                                        guint                      n_echoes,
                                        RefillsOrderRequest       *asked)
{
  guint n_lines = 0;
  g_autofree int *echo_of_line = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (asked), FALSE);

  n_lines = refills_order_request_get_n_lines (asked);
  if (n_echoes != n_lines)
    return FALSE;

  echo_of_line = g_new (int, n_lines);
  for (guint i = 0; i < n_lines; i++)
    echo_of_line[i] = -1;
  for (guint i = 0; i < n_echoes; i++) {
    g_autofree gboolean *tried = g_new0 (gboolean, n_lines);

    if (!find_line (echoes, i, asked, echo_of_line, tried))
      return FALSE;
  }

  return TRUE;
}

/**
 * refills_order_comparison_is_state_of:
 * @state: an order's state
 * @asked: what was asked
 *
 * Compares the deliveries of an order with those that were asked for. A state that says nothing of its
 * deliveries, or no more than some of it, does not differ: what was validated did say it.
 *
 * Returns: whether nothing that @state says of its deliveries differs
 */
gboolean
refills_order_comparison_is_state_of (RefillsOrderState   *state,
                                      RefillsOrderRequest *asked)
{
  g_autofree RefillsDeliveryEcho *echoes = NULL;
  guint n_deliveries = 0;

  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (state), FALSE);
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (asked), FALSE);

  n_deliveries = refills_order_state_get_n_deliveries (state);
  if (n_deliveries == 0)
    return refills_order_state_get_n_skipped (state) == 0;

  echoes = g_new0 (RefillsDeliveryEcho, n_deliveries);
  for (guint i = 0; i < n_deliveries; i++) {
    RefillsDelivery *delivery = refills_order_state_get_delivery (state, i);

    echoes[i].brand_name = refills_delivery_get_brand_name (delivery);
    echoes[i].country = refills_delivery_get_country (delivery);
    echoes[i].denomination = refills_delivery_get_denomination (delivery);
    echoes[i].product_value = refills_delivery_get_product_value (delivery);
    echoes[i].beneficiary = refills_delivery_get_beneficiary (delivery);
    echoes[i].may_be_silent = TRUE;
  }

  return refills_order_comparison_are_echoes_of (echoes, n_deliveries, asked);
}

/**
 * refills_order_comparison_is_within_limit:
 * @amount: (nullable): an amount in coin units
 * @agreed: (nullable): the amount that was agreed to
 *
 * Returns: whether both are amounts and @amount is at most 1 % above @agreed
 */
gboolean
refills_order_comparison_is_within_limit (const char *amount,
                                          const char *agreed)
{
  RefillsDecimal a = REFILLS_DECIMAL_ZERO;
  RefillsDecimal b = REFILLS_DECIMAL_ZERO;
  RefillsDecimal numerator = REFILLS_DECIMAL_ZERO;
  RefillsDecimal denominator = REFILLS_DECIMAL_ZERO;

  return amount != NULL && agreed != NULL &&
         refills_decimal_parse (amount, &a, NULL) && refills_decimal_parse (agreed, &b, NULL) &&
         refills_decimal_parse (LIMIT_NUMERATOR, &numerator, NULL) &&
         refills_decimal_parse (LIMIT_DENOMINATOR, &denominator, NULL) &&
         refills_decimal_multiply (&a, &denominator, &a) &&
         refills_decimal_multiply (&b, &numerator, &b) &&
         refills_decimal_compare (&a, &b) <= 0;
}
