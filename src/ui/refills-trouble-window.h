/* refills-trouble-window.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REFILLS_TYPE_TROUBLE_WINDOW (refills_trouble_window_get_type ())
G_DECLARE_FINAL_TYPE (RefillsTroubleWindow, refills_trouble_window, REFILLS, TROUBLE_WINDOW, AdwApplicationWindow)

RefillsTroubleWindow *refills_trouble_window_new (GtkApplication *application,
                                                  const char     *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
