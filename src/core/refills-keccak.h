/* refills-keccak.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define REFILLS_KECCAK256_BYTES 32

void refills_keccak256 (const guint8 *bytes,
                        gsize         length,
                        guint8        out[REFILLS_KECCAK256_BYTES]);

G_END_DECLS
