/* refills-order-help.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a person can do about an order whose money went another way than planned, and when to ask the support of
 * Cryptorefills: a pure function of the order's state. How long things take is what sources say (API reference,
 * sections 12.2 and 13).
 */
#include "refills-order-help.h"

#include "refills-decimal.h"
#include "refills-order-money.h"

#include <glib/gi18n.h>

/* Whether at least what came too much is being paid back already. */
static gboolean
is_paid_back (RefillsOrderState *state,
              const char        *excess)
{
  const char *refund_text = refills_order_state_get_refund_amount (state);
  RefillsDecimal refund = REFILLS_DECIMAL_ZERO;
  RefillsDecimal wanted = REFILLS_DECIMAL_ZERO;

  return refund_text != NULL && refills_decimal_parse (refund_text, &refund, NULL) &&
         refills_decimal_parse (excess, &wanted, NULL) && refills_decimal_compare (&refund, &wanted) >= 0 &&
         g_strcmp0 (refills_order_state_get_refund_currency (state), refills_order_state_get_coin (state)) == 0;
}

/* API reference, section 13: what is too much is paid back through support only. */
static char *
describe_excess (RefillsOrderState *state)
{
  const char *coin = refills_order_state_get_coin (state);
  g_autofree char *excess = refills_order_money_dup_excess (state);
  g_autofree char *sent_label = NULL;
  g_autofree char *asked_label = NULL;
  g_autofree char *excess_label = NULL;

  if (excess == NULL || is_paid_back (state, excess))
    return NULL;

  sent_label = refills_order_money_dup_label (refills_order_state_get_sent_coin_amount (state), coin);
  asked_label = refills_order_money_dup_label (refills_order_money_get_amount_to_pay (state), coin);
  excess_label = refills_order_money_dup_label (excess, coin);

  /* Translators: all are amounts with their coin: “22 USDC came and 11 USDC was asked for, so 11 USDC is too much.” */
  return g_strdup_printf (_("%1$s came and %2$s was asked for, so %3$s is too much. It is paid back only when "
                            "Cryptorefills’ support is asked to, with the message below."),
                          sent_label, asked_label, excess_label);
}

/* A refund goes to the address that was given with the order; else the service asks for one by e-mail. */
static const char *
describe_refund (RefillsOrderState *state)
{
  if (refills_order_state_get_refund_address (state) != NULL)
    return _("The refund goes to the address below, usually within 24 to 48 hours. If it does not come, "
             "Cryptorefills’ support can find it with the message below.");

  return _("The service asks by e-mail where to pay it back to. Look for that message, also among unwanted mail, and "
           "answer it within 90 days. The money then usually comes within 24 to 48 hours.");
}

static gboolean
has_delivery (RefillsOrderState    *state,
              RefillsDeliveryPhase  phase)
{
  for (guint i = 0; i < refills_order_state_get_n_deliveries (state); i++)
    if (refills_delivery_get_phase (refills_order_state_get_delivery (state, i)) == phase)
      return TRUE;

  return FALSE;
}

static const char *
describe_delivery (RefillsOrderState *state)
{
  if (has_delivery (state, REFILLS_DELIVERY_FAILED))
    return _("Cryptorefills’ support can say why, and pay back what was not delivered: send it the message below.");
  if (has_delivery (state, REFILLS_DELIVERY_REFUNDED))
    return describe_refund (state);

  return NULL;
}

static const char *
describe_phase (RefillsOrderState *state)
{
  RefillsOrderMoney money = refills_order_money_weigh (state);

  switch (refills_order_state_get_phase (state)) {
  case REFILLS_ORDER_PHASE_EXPIRED:
    if (money == REFILLS_ORDER_MONEY_NONE)
      return NULL;
    if (money == REFILLS_ORDER_MONEY_PART)
      return _("The rest must not be sent any more. The order is completed, or the money paid back, when "
               "Cryptorefills’ support is asked to, with the message below.");
    return _("If nothing has changed after a day, ask Cryptorefills’ support with the message below.");
  case REFILLS_ORDER_PHASE_NEEDS_ACTION:
    return _("If nothing has changed after a day, ask Cryptorefills’ support with the message below.");
  case REFILLS_ORDER_PHASE_PAYMENT_FAILED:
    return _("Cryptorefills’ support can say why, and pay back what came: send it the message below. A refund usually "
             "takes 24 to 48 hours.");
  case REFILLS_ORDER_PHASE_CANCELED:
    if (money == REFILLS_ORDER_MONEY_NONE)
      return _("If you have paid all the same, Cryptorefills’ support can find the payment with the message below. If "
               "not, order again.");
    return _("Cryptorefills’ support can pay back what came: send it the message below. A refund usually takes 24 to "
             "48 hours.");
  case REFILLS_ORDER_PHASE_REFUNDED:
    return describe_refund (state);
  case REFILLS_ORDER_PHASE_DONE:
    return describe_delivery (state);
  case REFILLS_ORDER_PHASE_UNKNOWN:
  case REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT:
  case REFILLS_ORDER_PHASE_PARTIALLY_PAID:
  case REFILLS_ORDER_PHASE_PAYMENT_SEEN:
  case REFILLS_ORDER_PHASE_PREPARING:
  case REFILLS_ORDER_PHASE_SETUP_FAILED:
  default:
    return NULL;
  }
}

/**
 * refills_order_help_dup_text:
 * @state: an order's state
 *
 * Returns: (transfer full) (nullable): what can be done about the order's money, in a paragraph or two; `NULL` where
 *   all goes as planned
 */
char *
refills_order_help_dup_text (RefillsOrderState *state)
{
  g_autofree char *excess = NULL;
  const char *rest = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (state), NULL);

  rest = describe_phase (state);
  if (refills_order_state_get_phase (state) != REFILLS_ORDER_PHASE_REFUNDED)
    excess = describe_excess (state);
  if (excess == NULL || rest == NULL)
    return g_strdup (excess != NULL ? excess : rest);

  return g_strdup_printf ("%s\n\n%s", excess, rest);
}

/**
 * refills_order_help_list_remedies:
 * @state: an order's state
 *
 * Returns: (array zero-terminated=1): what can be done, in the order in which the text names it
 */
const RefillsOrderRemedy *
refills_order_help_list_remedies (RefillsOrderState *state)
{
  static const RefillsOrderRemedy none[] = { REFILLS_ORDER_REMEDY_NONE };
  static const RefillsOrderRemedy again[] = { REFILLS_ORDER_REMEDY_AGAIN, REFILLS_ORDER_REMEDY_NONE };
  static const RefillsOrderRemedy support[] = { REFILLS_ORDER_REMEDY_SUPPORT, REFILLS_ORDER_REMEDY_NONE };
  static const RefillsOrderRemedy both[] = {
    REFILLS_ORDER_REMEDY_SUPPORT, REFILLS_ORDER_REMEDY_AGAIN, REFILLS_ORDER_REMEDY_NONE,
  };
  g_autofree char *text = refills_order_help_dup_text (state);

  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (state), none);

  if (refills_order_state_get_phase (state) == REFILLS_ORDER_PHASE_SETUP_FAILED)
    return again;
  if (refills_order_state_get_phase (state) == REFILLS_ORDER_PHASE_CANCELED &&
      refills_order_money_weigh (state) == REFILLS_ORDER_MONEY_NONE)
    return both;

  return text != NULL ? support : none;
}
