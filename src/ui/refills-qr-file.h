/* refills-qr-file.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-qr-paintable.h"

G_BEGIN_DECLS

void     refills_qr_file_save_async  (RefillsQrPaintable   *qr,
                                      GFile                *file,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean refills_qr_file_save_finish (RefillsQrPaintable   *qr,
                                      GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS
