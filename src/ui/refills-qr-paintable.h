/* refills-qr-paintable.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define REFILLS_TYPE_QR_PAINTABLE (refills_qr_paintable_get_type ())

G_DECLARE_FINAL_TYPE (RefillsQrPaintable, refills_qr_paintable, REFILLS, QR_PAINTABLE, GObject)

RefillsQrPaintable *refills_qr_paintable_new         (const char         *text) G_GNUC_WARN_UNUSED_RESULT;

const char         *refills_qr_paintable_get_text    (RefillsQrPaintable *self);
int                 refills_qr_paintable_get_modules (RefillsQrPaintable *self);

void                refills_qr_paintable_paint       (RefillsQrPaintable *self,
                                                      GtkSnapshot        *snapshot,
                                                      int                 width,
                                                      int                 height,
                                                      double              scale);
GdkTexture         *refills_qr_paintable_dup_texture (RefillsQrPaintable *self,
                                                      int                 module) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
