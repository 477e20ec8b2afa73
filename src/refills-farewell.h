/* refills-farewell.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "refills-shop.h"

G_BEGIN_DECLS

void refills_farewell_guard (GtkApplication *application,
                             RefillsShop    *shop);

G_END_DECLS
