/* refills-ton-address.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-address-error.h"

G_BEGIN_DECLS

#define REFILLS_TON_HASH_BYTES 32

typedef struct {
  gint32   workchain;
  guint8   hash[REFILLS_TON_HASH_BYTES];
  gboolean is_raw;        /* written as workchain:hash; the flags are then FALSE */
  gboolean is_bounceable;
  gboolean is_testnet;
} RefillsTonAddress;

gboolean refills_ton_address_parse   (const char               *text,
                                      RefillsTonAddress        *out,
                                      GError                  **error);
char    *refills_ton_address_dup_raw (const RefillsTonAddress  *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
