/* refills-checkout-request.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is asked of the service for a checkout that is filled in.
 */
#include "refills-checkout-request-private.h"

/**
 * refills_checkout_request_new:
 * @selection: what is bought
 * @form: what is typed for it, complete
 * @choice: with what it is paid, complete
 * @language: as the API takes it
 *
 * Returns: (transfer full): a request
 */
RefillsOrderRequest *
refills_checkout_request_new (RefillsSelection     *selection,
                              RefillsOrderForm     *form,
                              RefillsPaymentChoice *choice,
                              const char           *language)
{
  g_autofree char *recipient = refills_order_form_dup_recipient (form);
  const RefillsOrderRequestFields fields = {
    .email = refills_order_form_get_email (form),
    .payment_via = refills_payment_via_get_name (refills_payment_choice_get_via (choice)),
    .coin = refills_coin_get_symbol (refills_payment_choice_get_coin (choice)),
    .language = language,
    .coupon = refills_order_form_get_coupon (form),
    .refund_address = refills_order_form_get_refund_address (form),
  };
  g_autoptr (GPtrArray) lines =
    refills_selection_make_lines (selection, recipient, refills_order_form_get_quantity (form));

  return refills_order_request_new (&fields, lines, refills_payment_choice_get_network (choice));
}
