/* refills-payment-bar-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-coin.h"
#include "refills-payment-pairs-private.h"

G_BEGIN_DECLS

/* What stands against a coin on a network. */
typedef enum {
  REFILLS_PAYMENT_BAR_NONE,
  REFILLS_PAYMENT_BAR_UNSUPPORTED, /* this version cannot verify it */
  REFILLS_PAYMENT_BAR_SUSPENDED,
  REFILLS_PAYMENT_BAR_NOT_ALLOWED, /* not for this basket */
  REFILLS_PAYMENT_BAR_MINIMUM,     /* of an order */
} RefillsPaymentBar;

int               refills_payment_rank             (RefillsCoin          *coin,
                                                    RefillsNetwork       *network);
gboolean          refills_payment_is_recommended   (RefillsCoin          *coin,
                                                    RefillsNetwork       *network);
RefillsPaymentBar refills_payment_bar_find         (RefillsCoin          *coin,
                                                    RefillsNetwork       *network,
                                                    const RefillsDecimal *total);
char             *refills_payment_bar_dup_label    (RefillsPaymentBar     bar,
                                                    RefillsCoin          *coin,
                                                    RefillsNetwork       *network) G_GNUC_WARN_UNUSED_RESULT;
char             *refills_payment_bar_dup_sentence (RefillsPaymentBar     bar,
                                                    RefillsCoin          *coin,
                                                    RefillsNetwork       *network) G_GNUC_WARN_UNUSED_RESULT;
char             *refills_payment_bar_dup_notice   (RefillsPaymentBar     bar,
                                                    const RefillsPaymentPair *expected,
                                                    const RefillsPaymentPair *chosen) G_GNUC_WARN_UNUSED_RESULT;
gboolean          refills_payment_bar_is_nearer    (RefillsNetwork       *network,
                                                    RefillsNetwork       *other);
char             *refills_payment_dup_pair_label   (RefillsCoin          *coin,
                                                    RefillsNetwork       *network) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
