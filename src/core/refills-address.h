/* refills-address.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-address-error.h"

G_BEGIN_DECLS

/* Chains whose addresses look alike. All EVM chains are one: only the network that is named tells them apart. */
typedef enum {
  REFILLS_ADDRESS_BITCOIN,
  REFILLS_ADDRESS_LIGHTNING, /* an invoice */
  REFILLS_ADDRESS_LITECOIN,
  REFILLS_ADDRESS_DOGECOIN,
  REFILLS_ADDRESS_BITCOIN_CASH,
  REFILLS_ADDRESS_EVM,
  REFILLS_ADDRESS_SOLANA,
  REFILLS_ADDRESS_TRON,
  REFILLS_ADDRESS_TON,
  REFILLS_ADDRESS_SUI,
  REFILLS_ADDRESS_XRP,
  REFILLS_ADDRESS_STELLAR,
  REFILLS_ADDRESS_MONERO,
  REFILLS_N_ADDRESS_FAMILIES,
} RefillsAddressFamily;

gboolean refills_address_check     (RefillsAddressFamily   family,
                                    const char            *text,
                                    GError               **error);
char    *refills_address_normalize (RefillsAddressFamily   family,
                                    const char            *text,
                                    GError               **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean refills_address_equal     (RefillsAddressFamily   family,
                                    const char            *a,
                                    const char            *b);

G_END_DECLS
