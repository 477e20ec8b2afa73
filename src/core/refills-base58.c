/* refills-base58.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Base58: a number in 58 digits, where each zero byte in front is a digit zero in front; and Base58Check, which ends
 * with the first four bytes of a double SHA-256 (Bitcoin's wiki, "Base58Check encoding"). Written with the first digit
 * of XRP's alphabet it begins with an r.
 */
#include "refills-base58.h"

#include <string.h>

#define CHECKSUM_BYTES 4
#define SHA256_BYTES 32

static const char *
get_alphabet (RefillsBase58Alphabet alphabet)
{
  static const char bitcoin[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  static const char xrp[] = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

  G_STATIC_ASSERT (sizeof bitcoin == 59 && sizeof xrp == 59);

  return alphabet == REFILLS_BASE58_XRP ? xrp : bitcoin;
}

/**
 * refills_base58_decode:
 * @text: what may be Base58, of 1 to `REFILLS_BASE58_MAX` characters
 * @alphabet: its digits
 * @out: (out caller-allocates): the bytes
 * @length: (out): how many there are; at most as many as @text has characters
 * @error: a `REFILLS_ADDRESS_ERROR`
 *
 * The time grows with the square of the length, which is bounded. Each sequence of bytes has one text only.
 *
 * Returns: whether @text is Base58
 */
gboolean
refills_base58_decode (const char             *text,
                       RefillsBase58Alphabet   alphabet,
                       guint8                  out[REFILLS_BASE58_MAX],
                       gsize                  *length,
                       GError                **error)
{
  const char *digits = get_alphabet (alphabet);
  guint8 number[REFILLS_BASE58_MAX]; /* least byte first */
  gsize n_number = 0, n_zeros = 0;
  gsize n_text = strnlen (text, REFILLS_BASE58_MAX + 1);

  if (n_text == 0 || n_text > REFILLS_BASE58_MAX)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "length");
  while (text[n_zeros] == digits[0])
    n_zeros++;

  for (gsize i = n_zeros; i < n_text; i++) {
    const char *digit = strchr (digits, text[i]);
    guint carry;

    if (digit == NULL)
      return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "no Base58 character");
    carry = (guint) (digit - digits);
    for (gsize j = 0; j < n_number; j++) {
      carry += 58u * number[j];
      number[j] = carry & 0xff;
      carry >>= 8;
    }
    /* At most one byte more for a digit, so that it fits. */
    if (carry > 0)
      number[n_number++] = (guint8) carry;
  }

  memset (out, 0, n_zeros);
  for (gsize i = 0; i < n_number; i++)
    out[n_zeros + i] = number[n_number - 1 - i];
  *length = n_zeros + n_number;

  return TRUE;
}

/**
 * refills_base58_encode:
 * @bytes: (array length=length) (nullable): what to write
 * @length: how many bytes, at most `REFILLS_BASE58_MAX`
 * @alphabet: the digits
 *
 * Returns: (transfer full): @bytes as Base58
 */
char *
refills_base58_encode (const guint8          *bytes,
                       gsize                  length,
                       RefillsBase58Alphabet  alphabet)
{
  const char *digits = get_alphabet (alphabet);
  guint8 number[2 * REFILLS_BASE58_MAX]; /* digits, the least first; a byte makes less than 1.37 of them */
  gsize n_number = 0, n_zeros = 0;
  char *text;

  g_return_val_if_fail (length <= REFILLS_BASE58_MAX, NULL);

  while (n_zeros < length && bytes[n_zeros] == 0)
    n_zeros++;
  for (gsize i = n_zeros; i < length; i++) {
    guint carry = bytes[i];

    for (gsize j = 0; j < n_number; j++) {
      carry += 256u * number[j];
      number[j] = (guint8) (carry % 58);
      carry /= 58;
    }
    for (; carry > 0; carry /= 58)
      number[n_number++] = (guint8) (carry % 58);
  }

  text = g_malloc (n_zeros + n_number + 1);
  memset (text, digits[0], n_zeros);
  for (gsize i = 0; i < n_number; i++)
    text[n_zeros + i] = digits[number[n_number - 1 - i]];
  text[n_zeros + n_number] = '\0';

  return text;
}

static void
compute_checksum (const guint8 *bytes,
                  gsize         length,
                  guint8        out[CHECKSUM_BYTES])
{
  guint8 digest[SHA256_BYTES];

  for (guint round = 0; round < 2; round++) {
    g_autoptr (GChecksum) sha256 = g_checksum_new (G_CHECKSUM_SHA256);
    gsize n_digest = sizeof digest;

    g_checksum_update (sha256, round == 0 ? bytes : digest, round == 0 ? (gssize) length : SHA256_BYTES);
    g_checksum_get_digest (sha256, digest, &n_digest);
  }
  memcpy (out, digest, CHECKSUM_BYTES);
}

/**
 * refills_base58check_decode:
 * @text: what may be Base58Check
 * @alphabet: its digits
 * @out: (out caller-allocates): the bytes; those of the checksum stand behind them
 * @length: (out): how many there are, without the checksum
 * @error: a `REFILLS_ADDRESS_ERROR`
 *
 * Returns: whether @text is Base58 with a checksum that agrees
 */
gboolean
refills_base58check_decode (const char             *text,
                            RefillsBase58Alphabet   alphabet,
                            guint8                  out[REFILLS_BASE58_MAX],
                            gsize                  *length,
                            GError                **error)
{
  guint8 checksum[CHECKSUM_BYTES];
  gsize n_bytes;

  if (!refills_base58_decode (text, alphabet, out, &n_bytes, error))
    return FALSE;
  if (n_bytes <= CHECKSUM_BYTES)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "length");
  n_bytes -= CHECKSUM_BYTES;
  compute_checksum (out, n_bytes, checksum);
  if (memcmp (out + n_bytes, checksum, CHECKSUM_BYTES) != 0)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_CHECKSUM, "checksum");
  *length = n_bytes;

  return TRUE;
}

/**
 * refills_base58check_encode:
 * @bytes: (array length=length) (nullable): what to write, with the byte of its version
 * @length: how many bytes, at most `REFILLS_BASE58_MAX` less the four of the checksum
 * @alphabet: the digits
 *
 * Returns: (transfer full): @bytes as Base58Check
 */
char *
refills_base58check_encode (const guint8          *bytes,
                            gsize                  length,
                            RefillsBase58Alphabet  alphabet)
{
  guint8 all[REFILLS_BASE58_MAX];

  g_return_val_if_fail (length <= sizeof all - CHECKSUM_BYTES, NULL);

  if (length > 0)
    memcpy (all, bytes, length);
  compute_checksum (all, length, all + length);

  return refills_base58_encode (all, length + CHECKSUM_BYTES, alphabet);
}
