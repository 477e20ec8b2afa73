/* refills-support-window.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REFILLS_TYPE_SUPPORT_WINDOW (refills_support_window_get_type ())

G_DECLARE_FINAL_TYPE (RefillsSupportWindow, refills_support_window, REFILLS, SUPPORT_WINDOW, AdwWindow)

RefillsSupportWindow *refills_support_window_new (GtkWindow  *parent,
                                                  const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
