/* refills-stellar-address.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-address-error.h"

G_BEGIN_DECLS

#define REFILLS_STELLAR_KEY_BYTES 32

gboolean refills_stellar_address_parse (const char  *text,
                                        guint8       out[REFILLS_STELLAR_KEY_BYTES],
                                        GError     **error);

G_END_DECLS
