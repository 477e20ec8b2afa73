/* refills-qr-picture.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-qr-paintable.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_QR_PICTURE (refills_qr_picture_get_type ())

G_DECLARE_FINAL_TYPE (RefillsQrPicture, refills_qr_picture, REFILLS, QR_PICTURE, GtkWidget)

G_END_DECLS
