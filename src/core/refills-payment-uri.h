/* refills-payment-uri.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-address.h"

G_BEGIN_DECLS

/* What a payment request says; strings are owned, and absent members are NULL or 0. */
typedef struct {
  RefillsAddressFamily  family;
  gboolean              is_bare; /* no scheme, only the address */
  char                 *payee; /* as written; an invoice for Lightning */
  guint64               chain_id; /* EVM only; 0 where it is not said */
  char                 *contract; /* ERC-20 contract, SPL mint, jetton master; NULL for the native coin */
  char                 *amount; /* coin units, decimal text: BIP 321 and its kin, Solana Pay */
  char                 *units; /* smallest units, digits: EVM, TON; millisatoshi for Lightning */
  char                 *memo;
  char                **references; /* Solana Pay: keys by which the payment is found; never empty */
  gint64                expires_at; /* epoch seconds: TON, Lightning */
} RefillsPaymentUri;

gboolean  refills_payment_uri_parse       (const char               *text,
                                           RefillsAddressFamily      expected,
                                           RefillsPaymentUri        *out,
                                           GError                  **error);
char     *refills_payment_uri_write       (const RefillsPaymentUri  *self) G_GNUC_WARN_UNUSED_RESULT;
void      refills_payment_uri_clear       (RefillsPaymentUri        *self);
gboolean  refills_payment_text_is_payable (const char               *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RefillsPaymentUri, refills_payment_uri_clear)

G_END_DECLS
