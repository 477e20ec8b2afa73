/* refills-window.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-shop.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_WINDOW (refills_window_get_type ())
G_DECLARE_FINAL_TYPE (RefillsWindow, refills_window, REFILLS, WINDOW, AdwApplicationWindow)

RefillsWindow *refills_window_new        (GtkApplication *application,
                                          RefillsShop    *shop,
                                          GSettings      *settings) G_GNUC_WARN_UNUSED_RESULT;
void           refills_window_show_order (RefillsWindow  *self,
                                          RefillsOrder   *order);
RefillsOrder  *refills_window_get_shown_order (RefillsWindow *self);

G_END_DECLS
