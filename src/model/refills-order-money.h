/* refills-order-money.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order-state.h"
#include "refills-token-table.h"

G_BEGIN_DECLS

/* How much of the money of an order has come. */
typedef enum {
  REFILLS_ORDER_MONEY_NONE,
  REFILLS_ORDER_MONEY_PART,
  REFILLS_ORDER_MONEY_WHOLE,
  REFILLS_ORDER_MONEY_MORE,
} RefillsOrderMoney;

const char         *refills_order_money_get_amount_to_pay   (RefillsOrderState *state);
char               *refills_order_money_dup_amount_due      (RefillsOrderState *state) G_GNUC_WARN_UNUSED_RESULT;
RefillsOrderMoney   refills_order_money_weigh               (RefillsOrderState *state);
const RefillsToken *refills_order_money_find_token          (RefillsOrderState *state);
char               *refills_order_money_dup_excess          (RefillsOrderState *state) G_GNUC_WARN_UNUSED_RESULT;
char               *refills_order_money_dup_label           (const char *amount,
                                                             const char *coin) G_GNUC_WARN_UNUSED_RESULT;
char               *refills_order_money_dup_original_label  (RefillsOrderState *state) G_GNUC_WARN_UNUSED_RESULT;
char               *refills_order_money_dup_transaction_uri (RefillsOrderState *state,
                                                             const char        *hash) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
