/* refills-payment-pairs-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-coin.h"

G_BEGIN_DECLS

/* A coin on a network; the list of ways to pay that it comes from owns both. */
typedef struct {
  RefillsCoin    *coin;
  RefillsNetwork *network;
  int             rank;
  guint           position; /* in the service's list */
} RefillsPaymentPair;

GArray                   *refills_payment_list_pairs    (GListModel  *vias) G_GNUC_WARN_UNUSED_RESULT;
const RefillsPaymentPair *refills_payment_find_pair     (GArray      *pairs,
                                                         const char  *coin,
                                                         const char  *network);
GPtrArray                *refills_payment_list_coins    (GArray      *pairs) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray                *refills_payment_list_networks (RefillsCoin *coin) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
