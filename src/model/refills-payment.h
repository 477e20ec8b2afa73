/* refills-payment.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order-help.h"
#include "refills-order-request.h"
#include "refills-order-state.h"
#include "refills-token-table.h"

G_BEGIN_DECLS

/* Why nothing payable is shown, in the order in which it is looked for. */
typedef enum {
  REFILLS_PAYMENT_ERROR_NOT_PAYABLE,      /* the order does not wait for a payment */
  REFILLS_PAYMENT_ERROR_UNSUPPORTED,      /* a coin on a network that is not in our table */
  REFILLS_PAYMENT_ERROR_NOT_AS_ASKED,     /* another coin, network or way to pay */
  REFILLS_PAYMENT_ERROR_OTHER_DELIVERIES, /* other cards, or another number of them */
  REFILLS_PAYMENT_ERROR_ADDRESS,          /* no address of the network */
  REFILLS_PAYMENT_ERROR_RESERVED,         /* a contract, a mint, a program or nobody */
  REFILLS_PAYMENT_ERROR_TOKEN,            /* the service's token is not ours */
  REFILLS_PAYMENT_ERROR_AMOUNT,           /* no amount, or not the one agreed to */
  REFILLS_PAYMENT_ERROR_INVOICE,          /* a Lightning invoice that is not for exactly the amount */
  REFILLS_PAYMENT_ERROR_QR,               /* the service's payment code says something else */
  REFILLS_PAYMENT_ERROR_EXPIRED,          /* the time to pay is over */
  REFILLS_PAYMENT_ERROR_CHANGED,          /* a later answer changed what may not change */
  REFILLS_PAYMENT_ERROR_MEMO,             /* a memo or tag is wanted */
  REFILLS_PAYMENT_ERROR_PAGE,             /* no page of the exchange that could be opened */
  REFILLS_PAYMENT_ERROR_ELSEWHERE,        /* nothing is wrong; it is paid on a page of an exchange */
} RefillsPaymentError;

#define REFILLS_PAYMENT_ERROR (refills_payment_error_quark ())
GQuark              refills_payment_error_quark            (void);
const char         *refills_payment_error_to_text          (const GError *error);
const char         *refills_payment_error_to_advice        (const GError        *error,
                                                            RefillsOrderState   *state,
                                                            RefillsOrderRequest *asked);
const RefillsOrderRemedy *refills_payment_error_list_remedies (const GError *error);
char               *refills_payment_error_dup_support_text (const GError        *error,
                                                            RefillsOrderState   *state,
                                                            RefillsOrderRequest *asked,
                                                            gint64               row,
                                                            const char          *version)
                                                         G_GNUC_WARN_UNUSED_RESULT;

/* Minutes from payment_requested_at in which an order may be paid. */
#define REFILLS_PAYMENT_WINDOW_MINUTES 20
/* The service's own (API reference, section 13): named, and not relied on. */
#define REFILLS_PAYMENT_SERVICE_MINUTES 30

/* What a code to scan holds. */
typedef enum {
  REFILLS_PAYMENT_CODE_REQUEST, /* payee and amount, where wallets agree on how to say that */
  REFILLS_PAYMENT_CODE_ADDRESS, /* the payee alone */
} RefillsPaymentCode;

#define REFILLS_TYPE_PAYMENT (refills_payment_get_type ())
G_DECLARE_FINAL_TYPE (RefillsPayment, refills_payment, REFILLS, PAYMENT, GObject)

RefillsPayment      *refills_payment_new               (RefillsOrderState    *state,
                                                        RefillsOrderRequest  *asked,
                                                        gint64                now,
                                                        GError              **error) G_GNUC_WARN_UNUSED_RESULT;

gint64               refills_payment_find_window_end   (RefillsOrderState    *state,
                                                        gint64                now);
gboolean             refills_payment_has_comment       (RefillsOrderState    *state);

gboolean             refills_payment_equal             (RefillsPayment *a,
                                                        RefillsPayment *b);
const RefillsToken  *refills_payment_get_token         (RefillsPayment *self);
RefillsAddressFamily refills_payment_get_family        (RefillsPayment *self);
const char          *refills_payment_get_address       (RefillsPayment *self);
const char          *refills_payment_get_amount        (RefillsPayment *self);
const char          *refills_payment_get_units         (RefillsPayment *self);
guint                refills_payment_get_decimals      (RefillsPayment *self);
const char          *refills_payment_get_coin          (RefillsPayment *self);
const char          *refills_payment_get_chain         (RefillsPayment *self);
char                *refills_payment_dup_asset         (RefillsPayment *self) G_GNUC_WARN_UNUSED_RESULT;
const char          *refills_payment_get_network_title (RefillsPayment *self);
const char          *refills_payment_get_amount_label  (RefillsPayment *self);
gint64               refills_payment_get_payable_until (RefillsPayment *self);
gboolean             refills_payment_is_rest           (RefillsPayment *self);
const char          *refills_payment_get_comment       (RefillsPayment *self);
char                *refills_payment_dup_request       (RefillsPayment *self) G_GNUC_WARN_UNUSED_RESULT;
char                *refills_payment_dup_timed_request (RefillsPayment *self) G_GNUC_WARN_UNUSED_RESULT;
char                *refills_payment_dup_code_text     (RefillsPayment     *self,
                                                        RefillsPaymentCode  code) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
