/* refills-order-row.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-order.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_ORDER_ROW (refills_order_row_get_type ())

G_DECLARE_FINAL_TYPE (RefillsOrderRow, refills_order_row, REFILLS, ORDER_ROW, AdwActionRow)

GtkWidget    *refills_order_row_new       (RefillsOrder    *order) G_GNUC_WARN_UNUSED_RESULT;

RefillsOrder *refills_order_row_get_order (RefillsOrderRow *self);

G_END_DECLS
