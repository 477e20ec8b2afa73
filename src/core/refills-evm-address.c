/* refills-evm-address.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Addresses of Ethereum and of the chains that are like it: `0x` and 40 hexadecimal digits, whose capitals are the
 * checksum (EIP-55).
 */
#include "refills-evm-address.h"

#include <string.h>

#include "refills-keccak.h"

#define N_DIGITS (2 * REFILLS_EVM_ADDRESS_BYTES)

/**
 * refills_evm_address_write:
 * @bytes: an address
 *
 * Returns: (transfer full): it with `0x` and the capitals of EIP-55: a letter is one where the hexadecimal digit at its
 *   place in the Keccak-256 of the small letters is 8 or more
 */
char *
refills_evm_address_write (const guint8 bytes[REFILLS_EVM_ADDRESS_BYTES])
{
  guint8 hash[REFILLS_KECCAK256_BYTES];
  char *text = g_malloc (2 + N_DIGITS + 1);
  char *digits = text + 2;

  for (guint i = 0; i < REFILLS_EVM_ADDRESS_BYTES; i++) {
    digits[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
    digits[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
  }
  refills_keccak256 ((const guint8 *) digits, N_DIGITS, hash);
  for (guint i = 0; i < N_DIGITS; i++)
    if ((i % 2 == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 15) >= 8)
      digits[i] = g_ascii_toupper (digits[i]);
  text[0] = '0';
  text[1] = 'x';
  digits[N_DIGITS] = '\0';

  return text;
}

/**
 * refills_evm_address_parse:
 * @text: what may be an address
 * @out: (out caller-allocates): its bytes
 * @has_checksum: (out) (optional): whether it is as EIP-55 writes it; otherwise its letters are of one case, and
 *   nothing tells a wrong one
 * @error: a `REFILLS_ADDRESS_ERROR`
 *
 * Returns: whether @text is an address
 */
gboolean
refills_evm_address_parse (const char  *text,
                           guint8       out[REFILLS_EVM_ADDRESS_BYTES],
                           gboolean    *has_checksum,
                           GError     **error)
{
  g_autofree char *written = NULL;
  gboolean has_lower = FALSE, has_upper = FALSE, agrees;

  if (strnlen (text, 2 + N_DIGITS + 1) != 2 + N_DIGITS || text[0] != '0' || text[1] != 'x')
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "no 0x and 40 digits");
  for (guint i = 0; i < N_DIGITS; i++) {
    char digit = text[2 + i];

    if (!g_ascii_isxdigit (digit))
      return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "no hexadecimal digit");
    has_lower |= g_ascii_islower (digit);
    has_upper |= g_ascii_isupper (digit);
  }
  for (guint i = 0; i < REFILLS_EVM_ADDRESS_BYTES; i++)
    out[i] = (guint8) (g_ascii_xdigit_value (text[2 + 2 * i]) << 4 | g_ascii_xdigit_value (text[3 + 2 * i]));

  written = refills_evm_address_write (out);
  agrees = g_str_equal (text, written);
  if (!agrees && has_lower && has_upper)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_CHECKSUM, "capitals");
  if (has_checksum != NULL)
    *has_checksum = agrees;

  return TRUE;
}
