/* refills-order-report.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "refills-shop.h"

G_BEGIN_DECLS

void refills_order_report_copy (GtkWidget    *widget,
                                RefillsShop  *shop,
                                RefillsOrder *order);

G_END_DECLS
