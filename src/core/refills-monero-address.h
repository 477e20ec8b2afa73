/* refills-monero-address.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-address-error.h"

G_BEGIN_DECLS

#define REFILLS_MONERO_ADDRESS_BYTES 72 /* two keys, and the identifier of a payment where there is one */

typedef struct {
  const char *kind; /* "mainnet", "testnet" or "stagenet"; then nothing, "-integrated" or "-subaddress" */
  gboolean    is_mainnet;
  guint8      bytes[REFILLS_MONERO_ADDRESS_BYTES];
  gsize       n_bytes;
} RefillsMoneroAddress;

gboolean refills_monero_address_parse (const char            *text,
                                       RefillsMoneroAddress  *out,
                                       GError               **error);

G_END_DECLS
