/* refills-stellar-address.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-stellar-address.h"

#include <string.h>

#include "refills-crc16.h"

#define N_CHARACTERS 56
#define N_BYTES 35 /* version, key, CRC */
#define VERSION_ACCOUNT 0x30

/**
 * refills_stellar_address_parse:
 * @text: what may be the address of an account: G and 55 characters of Base32 (SEP-23)
 * @out: (out caller-allocates): its key
 * @error: a `REFILLS_ADDRESS_ERROR`
 *
 * Returns: whether it is one
 */
gboolean
refills_stellar_address_parse (const char  *text,
                               guint8       out[REFILLS_STELLAR_KEY_BYTES],
                               GError     **error)
{
  guint8 bytes[N_BYTES];
  guint held = 0, n_bits = 0;
  gsize n = 0;

  if (strnlen (text, N_CHARACTERS + 1) != N_CHARACTERS)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "no 56 characters");
  /* 56 characters are 35 bytes with nothing left over. */
  for (guint i = 0; i < N_CHARACTERS; i++) {
    guint value;

    if (g_ascii_isupper (text[i])) {
      value = (guint) (text[i] - 'A');
    } else if (text[i] >= '2' && text[i] <= '7') {
      value = (guint) (text[i] - '2') + 26;
    } else {
      return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "no Base32 character");
    }
    held = (held << 5 | value) & 0xfff;
    n_bits += 5;
    if (n_bits >= 8) {
      n_bits -= 8;
      bytes[n++] = (guint8) (held >> n_bits);
    }
  }
  if (refills_crc16 (bytes, N_BYTES - 2) != (bytes[N_BYTES - 2] | bytes[N_BYTES - 1] << 8))
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_CHECKSUM, "checksum");
  if (bytes[0] != VERSION_ACCOUNT)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_NETWORK, "no account");
  memcpy (out, bytes + 1, REFILLS_STELLAR_KEY_BYTES);

  return TRUE;
}
