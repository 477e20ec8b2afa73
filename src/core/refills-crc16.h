/* refills-crc16.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint16 refills_crc16 (const guint8 *bytes,
                       gsize         length);

G_END_DECLS
