/* refills-payment-private.h — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For the files that a payment is made of: what is checked, and what comes of it.
 */
#pragma once

#include "refills-decimal.h"
#include "refills-payment.h"

G_BEGIN_DECLS

/* What is known of a payment after each check; nothing of it is shown before the last. */
typedef struct {
  RefillsOrderState   *state;
  RefillsOrderRequest *asked;
  gint64               now;   /* epoch seconds of the service's clock; 0 where unknown */

  const RefillsToken  *token;
  gboolean             is_rest;
  char                *payee; /* as it came; of a Lightning payment the invoice */
  gint64               code_expires_at; /* of an invoice, or as the service's code says; epoch seconds; 0: not said */
  const char          *whole_text; /* what is to be paid in all, as it came, in coin units; lent by @state */
  RefillsDecimal       whole; /* the same */
  RefillsDecimal       due;   /* what is to be sent now */
  char                *amount; /* the same as a text */
  char                *units; /* the same in the token's smallest units */
  char               **references; /* that the service wants named (Solana Pay); NULL for none */
  char                *comment; /* likewise (TON) */
  gint64               payable_until;
} RefillsPaymentDraft;

gboolean refills_payment_draft_check        (RefillsPaymentDraft  *self,
                                             GError              **error);
void     refills_payment_draft_clear        (RefillsPaymentDraft  *self);

gboolean refills_payment_draft_check_amount (RefillsPaymentDraft  *self,
                                             GError              **error);
gboolean refills_payment_draft_check_qr     (RefillsPaymentDraft  *self,
                                             GError              **error);
gboolean refills_payment_draft_check_time   (RefillsPaymentDraft  *self,
                                             GError              **error);
gboolean refills_payment_draft_check_memo   (RefillsPaymentDraft  *self,
                                             GError              **error);
gint64   refills_payment_find_start         (RefillsOrderState    *state,
                                             gint64                now);
gboolean refills_payment_changes_comment    (RefillsOrderState    *known,
                                             RefillsOrderState    *incoming);
gboolean refills_payment_code_says_less     (RefillsOrderState    *known,
                                             RefillsOrderState    *incoming);
gboolean refills_payment_draft_refuse       (RefillsPaymentError   reason,
                                             const char           *message,
                                             GError              **error);

G_END_DECLS
