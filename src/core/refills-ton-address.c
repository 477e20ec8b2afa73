/* refills-ton-address.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Addresses of TON (TEP-2): for people 36 bytes in Base64, of either alphabet: a tag, the workchain, the hash of the
 * account, a CRC; raw a number, a colon and the hash in hexadecimal digits.
 */
#include "refills-ton-address.h"

#include <string.h>

#include "refills-crc16.h"

#define N_CHARACTERS 48
#define N_BYTES 36
#define N_HEX (2 * REFILLS_TON_HASH_BYTES)
#define TAG_BOUNCEABLE 0x11
#define TAG_NOT_BOUNCEABLE 0x51
#define TAG_TESTNET 0x80

/* No zero in front, so that an address has one raw text for each case of its letters. */
static gboolean
read_workchain (const char *text,
                gsize       length,
                gint32     *out)
{
  gboolean is_negative = length > 0 && text[0] == '-';
  const char *digits = text + (is_negative ? 1 : 0);
  gsize n_digits = length - (is_negative ? 1 : 0);
  gint64 value = 0;

  if (n_digits == 0 || n_digits > 10 || (digits[0] == '0' && (n_digits > 1 || is_negative)))
    return FALSE;
  for (gsize i = 0; i < n_digits; i++) {
    if (!g_ascii_isdigit (digits[i]))
      return FALSE;
    value = value * 10 + g_ascii_digit_value (digits[i]);
  }
  if (is_negative)
    value = -value;
  if (value < G_MININT32 || value > G_MAXINT32)
    return FALSE;
  *out = (gint32) value;

  return TRUE;
}

static gboolean
parse_raw (const char         *text,
           const char         *colon,
           RefillsTonAddress  *out,
           GError            **error)
{
  if (!read_workchain (text, (gsize) (colon - text), &out->workchain) || strlen (colon + 1) != N_HEX)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "no raw address");
  for (guint i = 0; i < N_HEX; i++) {
    int value = g_ascii_xdigit_value (colon[1 + i]);

    if (value < 0)
      return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "no hexadecimal digit");
    out->hash[i / 2] = (guint8) (out->hash[i / 2] << 4 | value);
  }
  out->is_raw = TRUE;

  return TRUE;
}

static int
get_value (char      character,
           gboolean *is_plain,
           gboolean *is_url)
{
  if (g_ascii_isupper (character))
    return character - 'A';
  if (g_ascii_islower (character))
    return character - 'a' + 26;
  if (g_ascii_isdigit (character))
    return character - '0' + 52;

  *is_plain |= character == '+' || character == '/';
  *is_url |= character == '-' || character == '_';

  return character == '+' || character == '-' ? 62 : character == '/' || character == '_' ? 63 : -1;
}

/**
 * refills_ton_address_parse:
 * @text: what may be an address
 * @out: (out caller-allocates): what it says
 * @error: a `REFILLS_ADDRESS_ERROR`
 *
 * Returns: whether @text is an address of the main or the test network, in either form
 */
gboolean
refills_ton_address_parse (const char         *text,
                           RefillsTonAddress  *out,
                           GError            **error)
{
  guint8 bytes[N_BYTES];
  gboolean is_plain = FALSE, is_url = FALSE;
  gsize length = strnlen (text, N_HEX + 16);
  const char *colon;
  guint8 tag;

  *out = (RefillsTonAddress) { 0 };
  if (length >= N_HEX + 16)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "too long");
  colon = strchr (text, ':');
  if (colon != NULL)
    return parse_raw (text, colon, out, error);

  if (length != N_CHARACTERS)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "no 48 characters");
  for (guint i = 0; i < N_CHARACTERS; i += 4) {
    guint32 group = 0;

    for (guint j = 0; j < 4; j++) {
      int value = get_value (text[i + j], &is_plain, &is_url);

      if (value < 0)
        return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "no Base64 character");
      group = group << 6 | (guint32) value;
    }
    for (guint j = 0; j < 3; j++)
      bytes[i / 4 * 3 + j] = (guint8) (group >> (16 - 8 * j));
  }
  if (is_plain && is_url)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "two alphabets");
  if (refills_crc16 (bytes, N_BYTES - 2) != (bytes[N_BYTES - 2] << 8 | bytes[N_BYTES - 1]))
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_CHECKSUM, "checksum");

  tag = bytes[0] & ~TAG_TESTNET;
  if (tag != TAG_BOUNCEABLE && tag != TAG_NOT_BOUNCEABLE)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "tag");
  out->is_testnet = (bytes[0] & TAG_TESTNET) != 0;
  out->is_bounceable = tag == TAG_BOUNCEABLE;
  out->workchain = (gint8) bytes[1];
  memcpy (out->hash, bytes + 2, REFILLS_TON_HASH_BYTES);

  return TRUE;
}

/**
 * refills_ton_address_dup_raw:
 * @self: an address
 *
 * Returns: (transfer full): its raw form, in small letters
 */
char *
refills_ton_address_dup_raw (const RefillsTonAddress *self)
{
  g_autoptr (GString) raw = g_string_new (NULL);

  g_string_append_printf (raw, "%d:", self->workchain);
  for (guint i = 0; i < REFILLS_TON_HASH_BYTES; i++)
    g_string_append_printf (raw, "%02x", self->hash[i]);

  return g_string_free (g_steal_pointer (&raw), FALSE);
}
