/* refills-payment-amount.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How much is to be sent: the order's amount, or what is missing after a part payment. Digits are compared as
 * numbers and never rounded.
 *
 * Pure functions, on any thread.
 */
#include "refills-payment-private.h"

#include "refills-bolt11.h"
#include "refills-order-comparison.h"

#include <string.h>

static gboolean
refuse (const char  *message,
        GError     **error)
{
  return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_AMOUNT, message, error);
}

/* A price may fall between two answers, by a tenth. What is far below it is another order's amount, or one whose point
 * has moved. */
#define LEAST_NUMERATOR "10"
#define LEAST_DENOMINATOR "9"

static gboolean
is_as_agreed (const RefillsDecimal *amount,
              const char           *amount_text,
              const char           *agreed_text)
{
  RefillsDecimal agreed = REFILLS_DECIMAL_ZERO;
  RefillsDecimal left = REFILLS_DECIMAL_ZERO;
  RefillsDecimal right = REFILLS_DECIMAL_ZERO;

  return refills_order_comparison_is_within_limit (amount_text, agreed_text) &&
         refills_decimal_parse (agreed_text, &agreed, NULL) &&
         refills_decimal_parse (LEAST_NUMERATOR, &left, NULL) &&
         refills_decimal_parse (LEAST_DENOMINATOR, &right, NULL) &&
         refills_decimal_multiply (&left, amount, &left) && refills_decimal_multiply (&right, &agreed, &right) &&
         refills_decimal_compare (&left, &right) >= 0;
}

/* Where a coupon pays for a part, what is left is in the summary; else both say the same. A service that says no more
 * than one amount means that one. */
static gboolean
choose_whole (RefillsPaymentDraft  *self,
              GError              **error)
{
  const char *total_text = refills_order_state_get_coin_amount (self->state);
  const char *summary_text = refills_order_state_get_summary_amount (self->state);
  RefillsDecimal total = REFILLS_DECIMAL_ZERO;
  int order = 0;

  if (total_text == NULL || !refills_decimal_parse (total_text, &total, NULL))
    return refuse ("an amount that is no plain decimal number", error);
  self->whole_text = total_text;
  self->whole = total;
  if (summary_text == NULL)
    return TRUE;

  if (!refills_decimal_parse (summary_text, &self->whole, NULL))
    return refuse ("a summary whose amount is no plain decimal number", error);
  order = refills_decimal_compare (&self->whole, &total);
  if (order > 0 || (order < 0 && refills_order_request_get_coupon (self->asked) == NULL))
    return refuse ("a summary with another amount than the order’s", error);
  if (order < 0)
    self->whole_text = summary_text;

  return TRUE;
}

/* The whole amount of the order, whatever of it is still to be paid. */
static gboolean
check_whole (RefillsPaymentDraft  *self,
             GError              **error)
{
  const char *agreed = refills_order_request_get_quoted_amount (self->asked);
  const char *threshold_text = refills_order_request_get_threshold (self->asked);
  RefillsDecimal threshold = REFILLS_DECIMAL_ZERO;

  if (!choose_whole (self, error))
    return FALSE;
  if (refills_decimal_is_zero (&self->whole))
    return refuse ("an amount of nothing", error);
  if (threshold_text != NULL && refills_decimal_parse (threshold_text, &threshold, NULL) &&
      refills_decimal_compare (&self->whole, &threshold) < 0)
    return refuse ("an amount below what the network takes", error);
  if (agreed != NULL && !is_as_agreed (&self->whole, self->whole_text, agreed))
    return refuse ("an amount that is not the total that was agreed to", error);

  return TRUE;
}

/* Whether what has come and what is asked for now are together what the whole may be. The limit is that of the total
 * that was agreed to, so that it is not had a second time above a whole that is at the limit itself. What is far below
 * the whole shows that one of the two figures is wrong. */
static gboolean
is_rest_of_whole (RefillsPaymentDraft *self)
{
  const char *sent_text = refills_order_state_get_sent_coin_amount (self->state);
  const char *agreed = refills_order_request_get_quoted_amount (self->asked);
  RefillsDecimal sent = REFILLS_DECIMAL_ZERO;
  RefillsDecimal all = REFILLS_DECIMAL_ZERO;
  g_autofree char *all_text = NULL;

  if (sent_text == NULL || !refills_decimal_parse (sent_text, &sent, NULL) || refills_decimal_is_zero (&sent))
    return TRUE;
  if (!refills_decimal_add (&sent, &self->due, &all))
    return FALSE;
  all_text = refills_decimal_to_text (&all);

  return is_as_agreed (&all, all_text, agreed != NULL ? agreed : self->whole_text);
}

/* What is still to be paid: the service's figure where it is sane, else what has not come yet. */
static gboolean
choose_missing_amount (RefillsPaymentDraft  *self,
                       GError              **error)
{
  const char *missing_text = refills_order_state_get_missing_amount (self->state);
  const char *sent_text = refills_order_state_get_sent_coin_amount (self->state);
  RefillsDecimal sent = REFILLS_DECIMAL_ZERO;

  if (missing_text != NULL) {
    if (!refills_decimal_parse (missing_text, &self->due, NULL) || refills_decimal_is_zero (&self->due) ||
        refills_decimal_compare (&self->due, &self->whole) > 0 || !is_rest_of_whole (self))
      return refuse ("a missing amount that cannot be", error);
    self->amount = g_strdup (missing_text);
    return TRUE;
  }

  if (sent_text == NULL || !refills_decimal_parse (sent_text, &sent, NULL) ||
      refills_decimal_compare (&sent, &self->whole) >= 0 ||
      !refills_decimal_subtract (&self->whole, &sent, &self->due))
    return refuse ("a part payment without a missing amount", error);
  self->amount = refills_decimal_to_short_text (&self->due);

  return TRUE;
}

/* A wallet may not take zeros that its token has no digits for. */
static void
cut_to_token (char  *amount,
              guint  decimals)
{
  char *point = strchr (amount, '.');

  if (point != NULL && strlen (point + 1) > decimals)
    point[decimals > 0 ? decimals + 1 : 0] = '\0';
}

/* A wallet pays what the invoice says, whatever stands beside it. The unit of the token is the invoice's own. */
static gboolean
check_invoice (RefillsPaymentDraft  *self,
               GError              **error)
{
  RefillsBolt11 invoice = { 0 };
  const char *message = NULL;

  if (!refills_bolt11_parse (self->payee, &invoice, NULL)) {
    message = "an invoice that cannot be read";
  } else if (g_strcmp0 (invoice.network, "bc") != 0) {
    message = "an invoice of a test network";
  } else if (!invoice.has_amount) {
    message = "an invoice without an amount";
  } else {
    g_autofree char *millisatoshi = g_strdup_printf ("%" G_GUINT64_FORMAT, invoice.millisatoshi);

    if (!g_str_equal (millisatoshi, self->units))
      message = "an invoice for another amount";
    self->code_expires_at = invoice.expires_at;
  }
  refills_bolt11_clear (&invoice);

  return message == NULL || refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_INVOICE, message, error);
}

/**
 * refills_payment_draft_check_amount:
 * @self: a draft whose token is known, unless it is paid at an exchange
 * @error: return location for a `REFILLS_PAYMENT_ERROR`
 *
 * Looks at the amount, which is the summary's where a coupon was asked for, and else has to be the same there: the
 * grammar `[0-9]{1,30}(\.[0-9]{1,40})?`, above zero, not below what the network takes, at most 1 % above the validated
 * total and a tenth below it, no finer than the token. After a part payment it is what is missing, which has to make up
 * the whole with what has come. The invoice of a Lightning payment is for exactly that, to the millisatoshi.
 *
 * Returns: whether it may be paid
 */
gboolean
refills_payment_draft_check_amount (RefillsPaymentDraft  *self,
                                    GError              **error)
{
  if (!check_whole (self, error))
    return FALSE;

  if (self->is_rest) {
    if (!choose_missing_amount (self, error))
      return FALSE;
  } else {
    self->amount = g_strdup (self->whole_text);
    self->due = self->whole;
  }
  if (self->token == NULL)
    return TRUE;

  self->units = refills_decimal_to_units (&self->due, self->token->decimals, NULL);
  if (self->units == NULL)
    return refuse ("an amount finer than the token", error);
  cut_to_token (self->amount, self->token->decimals);

  return self->token->family != REFILLS_ADDRESS_LIGHTNING || check_invoice (self, error);
}
