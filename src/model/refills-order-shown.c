/* refills-order-shown.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is shown of a RefillsOrder, one by one: all of it was worked out when it last changed.
 */
#include "refills-order.h"

#include "refills-order-help.h"
#include "refills-order-status.h"

/**
 * refills_order_get_alarm:
 * @self: an order
 *
 * Returns: what a later answer changed and must not have
 */
RefillsOrderAlarm
refills_order_get_alarm (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), REFILLS_ORDER_ALARM_NONE);

  return refills_order_get_shown (self)->alarm;
}

/**
 * refills_order_get_alarm_text:
 * @self: an order
 *
 * Returns: (nullable): a sentence about the alarm
 */
const char *
refills_order_get_alarm_text (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), NULL);

  return refills_order_get_shown (self)->alarm_text;
}

/**
 * refills_order_get_status_title:
 * @self: an order
 *
 * Returns: how far it is, in a few words
 */
const char *
refills_order_get_status_title (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), NULL);

  return refills_order_get_shown (self)->status_title;
}

/**
 * refills_order_get_status_text:
 * @self: an order
 *
 * Returns: how far it is and who must act, in a sentence or two
 */
const char *
refills_order_get_status_text (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), NULL);

  return refills_order_get_shown (self)->status_text;
}

/**
 * refills_order_get_payment:
 * @self: an order
 *
 * Returns: (transfer none) (nullable): what may be paid, `NULL` when nothing may
 */
RefillsPayment *
refills_order_get_payment (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), NULL);

  return refills_order_get_shown (self)->payment;
}

/**
 * refills_order_get_refusal:
 * @self: an order
 *
 * Returns: (nullable): why an order that waits for a payment must not be paid
 */
const char *
refills_order_get_refusal (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), NULL);

  return refills_order_get_shown (self)->refusal;
}

/**
 * refills_order_is_paid_elsewhere:
 * @self: an order
 *
 * Returns: whether it waits for a payment that is made on a page of an exchange; its refusal says so
 */
gboolean
refills_order_is_paid_elsewhere (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), FALSE);

  return refills_order_get_shown (self)->paid_elsewhere;
}

/**
 * refills_order_get_payable_until:
 * @self: an order
 *
 * Returns: the end of the time to pay, here or on the page of an exchange, in epoch seconds of the service's clock; 0
 *   where nothing can be paid, or no end is counted down
 */
gint64
refills_order_get_payable_until (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), 0);

  return refills_order_get_shown (self)->payable_until;
}

/**
 * refills_order_is_unpaid:
 * @self: an order
 *
 * Returns: whether the service saw no money for it
 */
gboolean
refills_order_is_unpaid (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), FALSE);

  return refills_order_get_shown (self)->is_unpaid;
}

/**
 * refills_order_is_late:
 * @self: an order
 *
 * Returns: whether nothing but the time kept it from being paid; it still waits, for money that may be on its way
 */
gboolean
refills_order_is_late (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), FALSE);

  return refills_order_get_shown (self)->is_late;
}

/**
 * refills_order_dup_help_text:
 * @self: an order
 *
 * Returns: (transfer full) (nullable): what can be done about the order's money where it goes another way than planned,
 *   with a message to support in the end; changes with the state, the refusal, and whether it was replaced
 */
char *
refills_order_dup_help_text (RefillsOrder *self)
{
  const RefillsOrderStatus *shown = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER (self), NULL);

  if (refills_order_get_state (self) == NULL || refills_order_is_sealed (self))
    return NULL;

  shown = refills_order_get_shown (self);
  if (shown->refusal != NULL)
    return g_strdup (refills_payment_error_to_advice (shown->refused, refills_order_get_state (self),
                                                      refills_order_get_asked (self)));

  return refills_order_help_dup_text (refills_order_get_state (self));
}

/**
 * refills_order_list_remedies:
 * @self: an order
 *
 * Returns: (array zero-terminated=1): what can be done about it, in the order in which [method@Order.dup_help_text]
 *   names it; changes with that
 */
const RefillsOrderRemedy *
refills_order_list_remedies (RefillsOrder *self)
{
  static const RefillsOrderRemedy none[] = { REFILLS_ORDER_REMEDY_NONE };
  const RefillsOrderStatus *shown = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER (self), none);

  if (refills_order_get_state (self) == NULL || refills_order_is_sealed (self))
    return none;

  shown = refills_order_get_shown (self);

  return shown->refusal != NULL ? refills_payment_error_list_remedies (shown->refused)
                                : refills_order_help_list_remedies (refills_order_get_state (self));
}

/**
 * refills_order_dup_support_text:
 * @self: an order
 * @version: of the application
 *
 * Returns: (transfer full) (nullable): what somebody has to know who is to help with a payment: for a message, not for
 *   a page, since the order id is in it, and a refused address; `NULL` where the service never answered, or the order
 *   is not open
 */
char *
refills_order_dup_support_text (RefillsOrder *self,
                                const char   *version)
{
  const RefillsOrderStatus *shown = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER (self), NULL);
  g_return_val_if_fail (version != NULL, NULL);

  if (refills_order_get_state (self) == NULL || refills_order_is_sealed (self))
    return NULL;

  shown = refills_order_get_shown (self);

  return refills_payment_error_dup_support_text (shown->refusal != NULL ? shown->refused : NULL,
                                                 refills_order_get_state (self), refills_order_get_asked (self),
                                                 refills_order_get_row (self), version);
}

/**
 * refills_order_is_payable:
 * @self: an order
 *
 * Returns: whether there is something to pay
 */
gboolean
refills_order_is_payable (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), FALSE);

  return refills_order_get_shown (self)->payable;
}

/**
 * refills_order_has_codes:
 * @self: an order
 *
 * Returns: whether a delivery has a secret
 */
gboolean
refills_order_has_codes (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), FALSE);

  return refills_order_get_shown (self)->has_codes;
}
