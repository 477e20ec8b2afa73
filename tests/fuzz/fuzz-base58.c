/* fuzz-base58.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any text as Base58 in both alphabets, and any bytes written in it: what was read is written as the same text, what
 * was written is read as the same bytes. With a checksum likewise.
 */
#include "fuzz.h"

#include <string.h>

#include "refills-base58.h"
#include "refills-monero-address.h"

static void
try_text (const char            *text,
          RefillsBase58Alphabet  alphabet)
{
  guint8 bytes[REFILLS_BASE58_MAX];
  gsize length;

  if (refills_base58_decode (text, alphabet, bytes, &length, NULL)) {
    g_autofree char *written = refills_base58_encode (bytes, length, alphabet);

    g_assert_cmpuint (length, <=, strlen (text));
    g_assert_cmpstr (written, ==, text);
  }
  if (refills_base58check_decode (text, alphabet, bytes, &length, NULL)) {
    g_autofree char *written = refills_base58check_encode (bytes, length, alphabet);

    g_assert_cmpstr (written, ==, text);
  }
}

static void
try_bytes (const guint8          *data,
           gsize                  size,
           RefillsBase58Alphabet  alphabet)
{
  guint8 bytes[REFILLS_BASE58_MAX];
  gsize length;
  g_autofree char *text = refills_base58_encode (data, size, alphabet);
  g_autofree char *checked = refills_base58check_encode (data, size, alphabet);

  if (size > 0 && strlen (text) <= REFILLS_BASE58_MAX) {
    g_assert_true (refills_base58_decode (text, alphabet, bytes, &length, NULL));
    g_assert_cmpmem (bytes, length, data, size);
  }
  if (size > 0 && strlen (checked) <= REFILLS_BASE58_MAX) {
    g_assert_true (refills_base58check_decode (checked, alphabet, bytes, &length, NULL));
    g_assert_cmpmem (bytes, length, data, size);
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  RefillsMoneroAddress monero;

  for (guint alphabet = REFILLS_BASE58_BITCOIN; alphabet <= REFILLS_BASE58_XRP; alphabet++) {
    try_text (text, alphabet);
    try_bytes (data, MIN (size, REFILLS_BASE58_MAX - 4), alphabet);
  }
  if (refills_monero_address_parse (text, &monero, NULL))
    g_assert_true (monero.n_bytes == 64 || monero.n_bytes == 72);

  return 0;
}
