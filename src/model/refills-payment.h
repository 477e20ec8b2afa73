/* refills-payment.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order-request.h"
#include "refills-order-state.h"

G_BEGIN_DECLS

/* Why nothing payable is shown. */
typedef enum {
  REFILLS_PAYMENT_ERROR_CHANGED,
  REFILLS_PAYMENT_ERROR_NOT_AS_ASKED,
  REFILLS_PAYMENT_ERROR_ADDRESS,
  REFILLS_PAYMENT_ERROR_AMOUNT,
  REFILLS_PAYMENT_ERROR_NOT_PAYABLE,
  REFILLS_PAYMENT_ERROR_MEMO,
  REFILLS_PAYMENT_ERROR_OTHER_DELIVERIES,
  REFILLS_PAYMENT_ERROR_ELSEWHERE,
} RefillsPaymentError;

#define REFILLS_PAYMENT_ERROR (refills_payment_error_quark ())
GQuark          refills_payment_error_quark       (void);
const char     *refills_payment_error_to_text     (const GError *error);

/* Minutes from payment_requested_at in which an order may be paid. */
#define REFILLS_PAYMENT_WINDOW_MINUTES 20

#define REFILLS_TYPE_PAYMENT (refills_payment_get_type ())
G_DECLARE_FINAL_TYPE (RefillsPayment, refills_payment, REFILLS, PAYMENT, GObject)

RefillsPayment *refills_payment_new               (RefillsOrderState    *state,
                                                   RefillsOrderRequest  *asked,
                                                   GError              **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean        refills_payment_equal             (RefillsPayment *a,
                                                   RefillsPayment *b);
const char     *refills_payment_get_address       (RefillsPayment *self);
const char     *refills_payment_get_amount        (RefillsPayment *self);
const char     *refills_payment_get_coin          (RefillsPayment *self);
const char     *refills_payment_get_network_title (RefillsPayment *self);
const char     *refills_payment_get_amount_label  (RefillsPayment *self);
const char     *refills_payment_get_qr_text       (RefillsPayment *self);
gint64          refills_payment_get_payable_until (RefillsPayment *self);

G_END_DECLS
