/* refills-qr-window.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-qr-paintable.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_QR_WINDOW (refills_qr_window_get_type ())

G_DECLARE_FINAL_TYPE (RefillsQrWindow, refills_qr_window, REFILLS, QR_WINDOW, AdwWindow)

RefillsQrWindow *refills_qr_window_new      (GtkWindow          *parent,
                                             gboolean            is_practice) G_GNUC_WARN_UNUSED_RESULT;

void             refills_qr_window_set_code (RefillsQrWindow    *self,
                                             RefillsQrPaintable *qr,
                                             const char         *summary,
                                             const char         *holds);

G_END_DECLS
