/* refills-order-outline.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order-request.h"
#include "refills-order-state.h"

G_BEGIN_DECLS

#define REFILLS_ORDER_OUTLINE_TYPE G_VARIANT_TYPE ("(a{sv}ma{sv})")

GVariant *refills_order_outline_new      (RefillsOrderRequest *asked,
                                          RefillsOrderState   *state);
GVariant *refills_order_outline_new_bare (const char          *brand,
                                          const char          *face,
                                          const char          *coin);
gboolean  refills_order_outline_read     (GVariant             *outline,
                                          RefillsOrderRequest **asked,
                                          RefillsOrderState   **state);

G_END_DECLS
