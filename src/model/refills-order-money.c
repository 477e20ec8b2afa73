/* refills-order-money.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is known of the money of an order: how much came, what is too much of it, with which coin it was paid in truth,
 * and where a transaction can be looked at. Pure functions of the state; amounts are in coin units, and never rounded.
 */
#include "refills-order-money.h"

#include "refills-decimal.h"
#include "refills-via-name.h"

#include <glib/gi18n.h>

#include <string.h>

/* Whether the service says that it saw a payment, whatever of its amount it tells (API reference, section 12.1). */
static gboolean
is_payment_seen (RefillsOrderState *state)
{
  static const char * const seen[] = {
    "PaymentStarted", "PaymentReceived", "PaymentCompleted", "ExpiredAfterPaymentDetection", NULL,
  };
  const char *word = refills_order_state_get_payment_state (state);

  return word != NULL && g_strv_contains (seen, word);
}

/**
 * refills_order_money_get_amount_to_pay:
 * @state: an order's state
 *
 * What has to come in all. A coupon may pay for a part of what an order costs, and then its summary says what is left
 * (API reference, section 11.1).
 *
 * Returns: (nullable): what is to be paid exactly as sent, in coin units, not verified
 */
const char *
refills_order_money_get_amount_to_pay (RefillsOrderState *state)
{
  const char *total_text = NULL;
  const char *rest_text = NULL;
  RefillsDecimal whole = REFILLS_DECIMAL_ZERO;
  RefillsDecimal rest = REFILLS_DECIMAL_ZERO;

  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (state), NULL);

  total_text = refills_order_state_get_coin_amount (state);
  rest_text = refills_order_state_get_summary_amount (state);

  return total_text != NULL && rest_text != NULL && refills_decimal_parse (total_text, &whole, NULL) &&
         refills_decimal_parse (rest_text, &rest, NULL) && refills_decimal_compare (&rest, &whole) < 0
           ? rest_text : total_text;
}

/**
 * refills_order_money_dup_amount_due:
 * @state: an order's state
 *
 * What is to be paid now: after a part payment what the service calls missing, else what has not come of the whole.
 *
 * Returns: (transfer full) (nullable): an amount in coin units, not verified
 */
char *
refills_order_money_dup_amount_due (RefillsOrderState *state)
{
  const char *whole_text = NULL;
  const char *sent_text = NULL;
  RefillsDecimal whole = REFILLS_DECIMAL_ZERO;
  RefillsDecimal sent = REFILLS_DECIMAL_ZERO;
  RefillsDecimal due = REFILLS_DECIMAL_ZERO;

  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (state), NULL);

  whole_text = refills_order_money_get_amount_to_pay (state);
  sent_text = refills_order_state_get_sent_coin_amount (state);
  if (refills_order_state_get_phase (state) != REFILLS_ORDER_PHASE_PARTIALLY_PAID)
    return g_strdup (whole_text);
  if (refills_order_state_get_missing_amount (state) != NULL)
    return g_strdup (refills_order_state_get_missing_amount (state));
  if (whole_text == NULL || sent_text == NULL || !refills_decimal_parse (whole_text, &whole, NULL) ||
      !refills_decimal_parse (sent_text, &sent, NULL) || refills_decimal_compare (&sent, &whole) >= 0 ||
      !refills_decimal_subtract (&whole, &sent, &due))
    return g_strdup (whole_text);

  return refills_decimal_to_short_text (&due);
}

/**
 * refills_order_money_weigh:
 * @state: an order's state
 *
 * Compares what came with what was asked, by the figures; where there are none, by what the service calls the state of
 * the payment.
 *
 * Returns: how much of the money came
 */
RefillsOrderMoney
refills_order_money_weigh (RefillsOrderState *state)
{
  const char *amount_text = NULL;
  const char *sent_text = NULL;
  RefillsDecimal amount = REFILLS_DECIMAL_ZERO;
  RefillsDecimal sent = REFILLS_DECIMAL_ZERO;
  int order = 0;

  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (state), REFILLS_ORDER_MONEY_NONE);

  amount_text = refills_order_money_get_amount_to_pay (state);
  sent_text = refills_order_state_get_sent_coin_amount (state);
  if (sent_text == NULL || !refills_decimal_parse (sent_text, &sent, NULL) || refills_decimal_is_zero (&sent))
    return is_payment_seen (state) ? REFILLS_ORDER_MONEY_WHOLE : REFILLS_ORDER_MONEY_NONE;
  if (amount_text == NULL || !refills_decimal_parse (amount_text, &amount, NULL))
    return REFILLS_ORDER_MONEY_PART;

  order = refills_decimal_compare (&sent, &amount);

  return order < 0    ? REFILLS_ORDER_MONEY_PART
         : order == 0 ? REFILLS_ORDER_MONEY_WHOLE
                      : REFILLS_ORDER_MONEY_MORE;
}

/**
 * refills_order_money_dup_excess:
 * @state: an order's state
 *
 * Returns: (transfer full) (nullable): how much more came than was asked for, in coin units; `NULL` where none did
 */
char *
refills_order_money_dup_excess (RefillsOrderState *state)
{
  RefillsDecimal amount = REFILLS_DECIMAL_ZERO;
  RefillsDecimal sent = REFILLS_DECIMAL_ZERO;

  if (refills_order_money_weigh (state) != REFILLS_ORDER_MONEY_MORE)
    return NULL;
  if (!refills_decimal_parse (refills_order_money_get_amount_to_pay (state), &amount, NULL) ||
      !refills_decimal_parse (refills_order_state_get_sent_coin_amount (state), &sent, NULL) ||
      !refills_decimal_subtract (&sent, &amount, &sent))
    return NULL;

  return refills_decimal_to_short_text (&sent);
}

/**
 * refills_order_money_dup_label:
 * @amount: (nullable): an amount as it was sent, in coin units
 * @coin: (nullable): its coin
 *
 * Returns: (transfer full) (nullable): both, as far as they are known; `NULL` without an amount
 */
char *
refills_order_money_dup_label (const char *amount,
                               const char *coin)
{
  if (amount == NULL || coin == NULL)
    return g_strdup (amount);

  /* Translators: an amount and its coin, such as "25.37 USDC". */
  return g_strdup_printf (C_("amount", "%1$s %2$s"), amount, coin);
}

/* "FOO_LIKE" is Foo to everybody but the service. */
static char *
name_protocol (const char *protocol)
{
  g_autofree char *name = g_ascii_strdown (protocol, -1);

  if (g_str_has_suffix (name, "_like"))
    name[strlen (name) - strlen ("_like")] = '\0';
  g_strdelimit (name, "_", ' ');
  name[0] = g_ascii_toupper (name[0]);

  return g_steal_pointer (&name);
}

static gboolean
has_original (RefillsOrderState *state)
{
  return refills_order_state_get_original_coin (state) != NULL ||
         refills_order_state_get_original_protocol (state) != NULL;
}

/**
 * refills_order_money_find_token:
 * @state: an order's state
 *
 * Returns: (nullable): what is known of the coin on the network that was paid with, or is to be; `NULL` where it is
 *   not known for sure, or is none of ours
 */
const RefillsToken *
refills_order_money_find_token (RefillsOrderState *state)
{
  const char *coin = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (state), NULL);

  coin = refills_order_state_get_original_coin (state);
  if (!has_original (state))
    return refills_token_find (refills_order_state_get_coin (state), refills_order_state_get_network (state));

  /* A protocol names its chain alone: where only that is told, the coin was the right one. */
  return refills_token_find (coin != NULL ? coin : refills_order_state_get_coin (state),
                             refills_order_state_get_original_protocol (state));
}

/**
 * refills_order_money_dup_original_label:
 * @state: an order's state
 *
 * Returns: (transfer full) (nullable): with what it was paid in place of what was asked, such as "USDT on Polygon";
 *   `NULL` where the right coin came
 */
char *
refills_order_money_dup_original_label (RefillsOrderState *state)
{
  const RefillsToken *token = NULL;
  const char *coin = NULL;
  const char *protocol = NULL;
  g_autofree char *network = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (state), NULL);

  if (!has_original (state))
    return NULL;
  token = refills_order_money_find_token (state);
  coin = refills_order_state_get_original_coin (state);
  protocol = refills_order_state_get_original_protocol (state);
  if (token != NULL)
    network = g_strdup (refills_token_get_network_title (token));
  else if (protocol != NULL)
    network = name_protocol (protocol);
  if (coin == NULL || network == NULL)
    return g_strdup (coin != NULL ? coin : network);

  /* Translators: a coin and a network, such as "USDT on Tron". */
  return g_strdup_printf (_("%1$s on %2$s"), coin, network);
}

/**
 * refills_order_money_dup_transaction_uri:
 * @state: an order's state
 * @hash: one of its transactions
 *
 * Where a transaction can be looked at: on the chain that was paid on, never on another that was asked for. What an
 * exchange calls a transaction is on no chain. Where another coin came, and one of several transactions could be
 * either's, nobody knows whose it is.
 *
 * Returns: (transfer full) (nullable): an `https` URI; `NULL` where the chain is not known, or @hash is none of its
 */
char *
refills_order_money_dup_transaction_uri (RefillsOrderState *state,
                                         const char        *hash)
{
  const RefillsToken *asked = NULL;
  const RefillsToken *paid = NULL;
  const char *via = NULL;
  g_autofree char *other = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (state), NULL);
  g_return_val_if_fail (hash != NULL, NULL);

  via = refills_order_state_get_payment_via (state);
  paid = refills_order_money_find_token (state);
  if (paid == NULL || refills_via_name_is_elsewhere (via))
    return NULL;

  asked = refills_token_find (refills_order_state_get_coin (state), refills_order_state_get_network (state));
  if (asked != NULL && g_strcmp0 (asked->chain, paid->chain) != 0 &&
      g_strv_length ((char **) refills_order_state_get_transactions (state)) > 1)
    other = refills_token_dup_transaction_uri (asked, hash);

  return other == NULL ? refills_token_dup_transaction_uri (paid, hash) : NULL;
}
