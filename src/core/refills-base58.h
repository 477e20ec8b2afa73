/* refills-base58.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-address-error.h"

G_BEGIN_DECLS

/* The longest text that is read, in characters; it never holds more bytes than that. */
#define REFILLS_BASE58_MAX 128

typedef enum {
  REFILLS_BASE58_BITCOIN, /* also Solana, TRON and Monero */
  REFILLS_BASE58_XRP,
} RefillsBase58Alphabet;

gboolean refills_base58_decode      (const char             *text,
                                     RefillsBase58Alphabet   alphabet,
                                     guint8                  out[REFILLS_BASE58_MAX],
                                     gsize                  *length,
                                     GError                **error);
char    *refills_base58_encode      (const guint8           *bytes,
                                     gsize                   length,
                                     RefillsBase58Alphabet   alphabet) G_GNUC_WARN_UNUSED_RESULT;
gboolean refills_base58check_decode (const char             *text,
                                     RefillsBase58Alphabet   alphabet,
                                     guint8                  out[REFILLS_BASE58_MAX],
                                     gsize                  *length,
                                     GError                **error);
char    *refills_base58check_encode (const guint8           *bytes,
                                     gsize                   length,
                                     RefillsBase58Alphabet   alphabet) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
