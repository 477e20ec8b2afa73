/* refills-order-gate.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-quote.h"

G_BEGIN_DECLS

#define REFILLS_ORDER_GATE_MAX_AGE_US (60 * G_USEC_PER_SEC)

gint64   refills_order_gate_get_time (void);
gboolean refills_order_gate_check    (RefillsOrderRequest  *request,
                                      RefillsQuote         *accepted,
                                      gint64                now,
                                      GError              **error);

guint    refills_order_gate_get_rest (RefillsQuote         *accepted,
                                      gint64                now);

G_END_DECLS
