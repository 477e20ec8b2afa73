/* refills-order-again.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-shop.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_ORDER_AGAIN (refills_order_again_get_type ())

G_DECLARE_FINAL_TYPE (RefillsOrderAgain, refills_order_again, REFILLS, ORDER_AGAIN, AdwBin)

GtkWidget *refills_order_again_new (RefillsShop  *shop,
                                    RefillsOrder *order) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
