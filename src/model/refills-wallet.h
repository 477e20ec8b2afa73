/* refills-wallet.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-payment.h"

G_BEGIN_DECLS

/* A wallet, or a kind of exchange, that people pay with. Static: borrowed for ever. */
typedef struct _RefillsWallet RefillsWallet;

const RefillsWallet **refills_wallet_list            (RefillsAddressFamily family) G_GNUC_WARN_UNUSED_RESULT;

const char           *refills_wallet_get_id          (const RefillsWallet *self);
const char           *refills_wallet_get_name        (const RefillsWallet *self);
gboolean              refills_wallet_is_exchange     (const RefillsWallet *self);
RefillsPaymentCode    refills_wallet_get_code        (const RefillsWallet *self,
                                                      const RefillsToken  *token);
gboolean              refills_wallet_has_choice      (const RefillsWallet *self,
                                                      const RefillsToken  *token);
char                 *refills_wallet_dup_caution     (const RefillsWallet *self,
                                                      const RefillsToken  *token) G_GNUC_WARN_UNUSED_RESULT;

char                 *refills_wallet_dup_request     (const RefillsWallet *self,
                                                      RefillsPayment      *payment) G_GNUC_WARN_UNUSED_RESULT;
char                 *refills_wallet_dup_code_text   (const RefillsWallet *self,
                                                      RefillsPayment      *payment,
                                                      RefillsPaymentCode   code) G_GNUC_WARN_UNUSED_RESULT;

/* What was chosen before, for each family: "evm=metamask:address". */
const RefillsWallet  *refills_wallet_recall          (const char * const   *choices,
                                                      const RefillsToken   *token,
                                                      RefillsPaymentCode   *code);
char                **refills_wallet_remember        (const char * const   *choices,
                                                      const RefillsToken   *token,
                                                      const RefillsWallet  *wallet,
                                                      RefillsPaymentCode    code) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
