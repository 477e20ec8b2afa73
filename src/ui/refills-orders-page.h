/* refills-orders-page.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-shop.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_ORDERS_PAGE (refills_orders_page_get_type ())
G_DECLARE_FINAL_TYPE (RefillsOrdersPage, refills_orders_page, REFILLS, ORDERS_PAGE, AdwBin)

GtkWidget *refills_orders_page_new (RefillsShop *shop) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
