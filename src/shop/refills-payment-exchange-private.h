/* refills-payment-exchange-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-payment-bar-private.h"
#include "refills-payment-via.h"

G_BEGIN_DECLS

GPtrArray         *refills_payment_list_offered       (GListModel        *vias) G_GNUC_WARN_UNUSED_RESULT;
RefillsPaymentBar  refills_payment_exchange_find_bar  (RefillsCoin       *coin,
                                                       RefillsNetwork    *network);

G_END_DECLS
