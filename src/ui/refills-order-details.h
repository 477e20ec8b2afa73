/* refills-order-details.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-order.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_ORDER_DETAILS (refills_order_details_get_type ())

G_DECLARE_FINAL_TYPE (RefillsOrderDetails, refills_order_details, REFILLS, ORDER_DETAILS, AdwBin)

GtkWidget *refills_order_details_new   (RefillsOrder      *order,
                                        gboolean           is_practice) G_GNUC_WARN_UNUSED_RESULT;
void       refills_order_details_write (RefillsOrderState *state,
                                        GString           *text);

G_END_DECLS
