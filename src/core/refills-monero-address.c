/* refills-monero-address.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Addresses of Monero: Base58 in blocks of eight bytes for eleven characters, of a tag, two keys, and the first four
 * bytes of a Keccak-256 (monero, src/common/base58.cpp and src/cryptonote_config.h).
 */
#include "refills-monero-address.h"

#include <string.h>

#include "refills-keccak.h"

#define BLOCK_CHARACTERS 11
#define BLOCK_BYTES 8
#define KEYS_BYTES 64
#define CHECKSUM_BYTES 4
#define BYTES_MAX (1 + REFILLS_MONERO_ADDRESS_BYTES + CHECKSUM_BYTES)
#define CHARACTERS_MAX 106 /* nine blocks and five bytes */

/* The bytes of a block that many characters long; one that none has is -1. */
static int
get_block_bytes (gsize n_characters)
{
  static const gint8 bytes[BLOCK_CHARACTERS + 1] = { 0, -1, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8 };

  return bytes[n_characters];
}

static gboolean
read_block (const char *text,
            gsize       n_characters,
            guint8     *out)
{
  static const char digits[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  int n_bytes = get_block_bytes (n_characters);
  guint64 value = 0;

  if (n_bytes < 0)
    return FALSE;
  for (gsize i = 0; i < n_characters; i++) {
    const char *digit = strchr (digits, text[i]);
    guint64 add = digit != NULL ? (guint64) (digit - digits) : 0;

    if (digit == NULL || value > (G_MAXUINT64 - add) / 58)
      return FALSE;
    value = value * 58 + add;
  }
  if (n_bytes < BLOCK_BYTES && value >> (8 * n_bytes) != 0)
    return FALSE;
  for (int i = n_bytes - 1; i >= 0; i--) {
    out[i] = value & 0xff;
    value >>= 8;
  }

  return TRUE;
}

/**
 * refills_monero_address_parse:
 * @text: what may be an address
 * @out: (out caller-allocates): what it says
 * @error: a `REFILLS_ADDRESS_ERROR`
 *
 * Returns: whether @text is an address of the main network or one of the two for tests
 */
gboolean
refills_monero_address_parse (const char            *text,
                              RefillsMoneroAddress  *out,
                              GError               **error)
{
  static const struct {
    guint8      tag;
    gsize       n_bytes;
    const char *kind;
  } kinds[] = {
    { 18, 64, "mainnet" }, { 19, 72, "mainnet-integrated" }, { 42, 64, "mainnet-subaddress" },
    { 53, 64, "testnet" }, { 54, 72, "testnet-integrated" }, { 63, 64, "testnet-subaddress" },
    { 24, 64, "stagenet" }, { 25, 72, "stagenet-integrated" }, { 36, 64, "stagenet-subaddress" },
  };
  gsize length = strnlen (text, CHARACTERS_MAX + 1);
  guint8 bytes[BYTES_MAX], hash[REFILLS_KECCAK256_BYTES];
  gsize n_bytes = 0;

  if (length > CHARACTERS_MAX)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "too long");
  /* Nine whole blocks and seven characters are the 77 bytes that there is room for. */
  for (gsize at = 0; at < length; at += BLOCK_CHARACTERS) {
    gsize n = MIN (length - at, BLOCK_CHARACTERS);

    if (!read_block (text + at, n, bytes + n_bytes))
      return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "no Base58 block");
    n_bytes += (gsize) get_block_bytes (n);
  }
  if (n_bytes < 1 + KEYS_BYTES + CHECKSUM_BYTES)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "length");
  n_bytes -= CHECKSUM_BYTES;
  refills_keccak256 (bytes, n_bytes, hash);
  if (memcmp (bytes + n_bytes, hash, CHECKSUM_BYTES) != 0)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_CHECKSUM, "checksum");

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].tag == bytes[0] && kinds[i].n_bytes == n_bytes - 1) {
      out->kind = kinds[i].kind;
      out->is_mainnet = g_str_has_prefix (kinds[i].kind, "mainnet");
      out->n_bytes = n_bytes - 1;
      memcpy (out->bytes, bytes + 1, out->n_bytes);
      return TRUE;
    }
  return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "tag");
}
