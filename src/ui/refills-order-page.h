/* refills-order-page.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-shop.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_ORDER_PAGE (refills_order_page_get_type ())
G_DECLARE_FINAL_TYPE (RefillsOrderPage, refills_order_page, REFILLS, ORDER_PAGE, AdwBin)

GtkWidget *refills_order_page_new (RefillsShop  *shop,
                                   RefillsOrder *order) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
