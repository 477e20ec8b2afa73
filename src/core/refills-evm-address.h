/* refills-evm-address.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-address-error.h"

G_BEGIN_DECLS

#define REFILLS_EVM_ADDRESS_BYTES 20

gboolean refills_evm_address_parse (const char    *text,
                                    guint8         out[REFILLS_EVM_ADDRESS_BYTES],
                                    gboolean      *has_checksum,
                                    GError       **error);
char    *refills_evm_address_write (const guint8   bytes[REFILLS_EVM_ADDRESS_BYTES]) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
