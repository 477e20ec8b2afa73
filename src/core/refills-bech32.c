/* refills-bech32.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bech32 and Bech32m: a prefix, a 1, groups of five bits, and six characters of a checksum that finds any four wrong
 * characters (BIP 173 and BIP 350); and the addresses of Bitcoin and Litecoin that are written so.
 */
#include "refills-bech32.h"

#include <string.h>

#define CHECKSUM_GROUPS 6
#define BECH32_CONSTANT 1u
#define BECH32M_CONSTANT 0x2bc830a3u
#define PROGRAM_MAX 40

/**
 * refills_bech32_get_value:
 * @character: a character of either case
 *
 * The alphabet is CashAddr's too.
 *
 * Returns: the five bits it stands for, -1 for none
 */
int
refills_bech32_get_value (char character)
{
  static const char alphabet[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  const char *found = character != '\0' ? strchr (alphabet, g_ascii_tolower (character)) : NULL;

  return found != NULL ? (int) (found - alphabet) : -1;
}

static guint32
add_group (guint32 state,
           guint   group)
{
  static const guint32 generator[] = { 0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3 };
  guint32 top = state >> 25;

  state = (state & 0x1ffffff) << 5 ^ group;
  for (guint i = 0; i < G_N_ELEMENTS (generator); i++)
    if (top >> i & 1)
      state ^= generator[i];

  return state;
}

/**
 * refills_bech32_is_one_case:
 * @text: a text
 *
 * Returns: whether it is printed ASCII without blanks, and its letters are all capitals or all small
 */
gboolean
refills_bech32_is_one_case (const char *text)
{
  gboolean has_lower = FALSE, has_upper = FALSE;

  for (; *text != '\0'; text++) {
    if (!g_ascii_isgraph (*text))
      return FALSE;
    has_lower |= g_ascii_islower (*text);
    has_upper |= g_ascii_isupper (*text);
  }

  return !has_lower || !has_upper;
}

/**
 * refills_bech32_decode:
 * @text: what may be Bech32 or Bech32m
 * @max_length: how many characters it may have: `REFILLS_BECH32_MAX`, more for an invoice
 * @prefix: (out) (optional) (transfer full): what stands before the last 1, in lower case
 * @groups: (out) (optional) (transfer full): the groups of five bits, one in a byte, without the checksum
 * @encoding: (out) (optional): which of the two it is
 * @error: a `REFILLS_ADDRESS_ERROR`
 *
 * Returns: whether @text is either, in one case, with a checksum that agrees
 */
gboolean
refills_bech32_decode (const char             *text,
                       gsize                   max_length,
                       char                  **prefix,
                       GBytes                **groups,
                       RefillsBech32Encoding  *encoding,
                       GError                **error)
{
  gsize length = strnlen (text, max_length + 1);
  const char *separator;
  g_autofree guint8 *values = NULL;
  gsize n_prefix, n_values;
  guint32 state = 1;

  if (length > max_length)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "too long");
  separator = strrchr (text, '1');
  if (separator == NULL || separator == text || text + length - separator - 1 < CHECKSUM_GROUPS ||
      !refills_bech32_is_one_case (text))
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "no Bech32");

  n_prefix = (gsize) (separator - text);
  n_values = length - n_prefix - 1;
  values = g_malloc (n_values);
  for (gsize i = 0; i < n_prefix; i++)
    state = add_group (state, (guint8) g_ascii_tolower (text[i]) >> 5);
  state = add_group (state, 0);
  for (gsize i = 0; i < n_prefix; i++)
    state = add_group (state, g_ascii_tolower (text[i]) & 31);
  for (gsize i = 0; i < n_values; i++) {
    int value = refills_bech32_get_value (separator[1 + i]);

    if (value < 0)
      return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "no Bech32 character");
    values[i] = (guint8) value;
    state = add_group (state, values[i]);
  }
  if (state != BECH32_CONSTANT && state != BECH32M_CONSTANT)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_CHECKSUM, "checksum");

  if (prefix != NULL)
    *prefix = g_ascii_strdown (text, (gssize) n_prefix);
  if (groups != NULL)
    *groups = g_bytes_new_take (g_steal_pointer (&values), n_values - CHECKSUM_GROUPS);
  if (encoding != NULL)
    *encoding = state == BECH32_CONSTANT ? REFILLS_BECH32 : REFILLS_BECH32M;

  return TRUE;
}

/**
 * refills_bech32_convert_bits:
 * @groups: (array length=n_groups): groups of five bits
 * @n_groups: how many
 * @out: (out caller-allocates): room for @n_groups * 5 / 8 bytes
 * @length: (out): how many bytes there are
 *
 * Returns: whether nothing is left over but less than five bits, all zero (BIP 173)
 */
gboolean
refills_bech32_convert_bits (const guint8 *groups,
                             gsize         n_groups,
                             guint8       *out,
                             gsize        *length)
{
  guint held = 0, n_bits = 0; /* never more than 12 bits */
  gsize n = 0;

  for (gsize i = 0; i < n_groups; i++) {
    held = (held << 5 | groups[i]) & 0xfff;
    n_bits += 5;
    if (n_bits >= 8) {
      n_bits -= 8;
      out[n++] = (guint8) (held >> n_bits);
    }
  }
  *length = n;

  return n_bits < 5 && (held & ((1u << n_bits) - 1)) == 0;
}

/**
 * refills_segwit_decode:
 * @text: what may be a segwit address
 * @prefix: the chain's: `bc` of Bitcoin, `ltc` of Litecoin
 * @out: (out caller-allocates): what it pays to
 * @error: a `REFILLS_ADDRESS_ERROR`
 *
 * Version 0 is Bech32 with 20 or 32 bytes, versions 1 to 16 are Bech32m with 2 to 40 (BIP 173, BIP 350).
 *
 * Returns: whether @text is a segwit address of the chain
 */
gboolean
refills_segwit_decode (const char     *text,
                       const char     *prefix,
                       RefillsSegwit  *out,
                       GError        **error)
{
  g_autofree char *own_prefix = NULL;
  g_autoptr (GBytes) bytes = NULL;
  RefillsBech32Encoding encoding;
  const guint8 *groups;
  gsize n_groups, n_program;
  guint8 program[REFILLS_BECH32_MAX];

  if (!refills_bech32_decode (text, REFILLS_BECH32_MAX, &own_prefix, &bytes, &encoding, error))
    return FALSE;
  if (!g_str_equal (own_prefix, prefix))
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_NETWORK, "prefix");

  groups = g_bytes_get_data (bytes, &n_groups);
  if (n_groups == 0 || groups[0] > 16 ||
      !refills_bech32_convert_bits (groups + 1, n_groups - 1, program, &n_program) ||
      n_program < 2 || n_program > PROGRAM_MAX || (groups[0] == 0 && n_program != 20 && n_program != 32))
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "witness program");
  if ((groups[0] == 0) != (encoding == REFILLS_BECH32))
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_CHECKSUM, "checksum of another version");

  out->version = groups[0];
  out->script[0] = groups[0] == 0 ? 0 : 0x50 + groups[0]; /* OP_0, OP_1 to OP_16 */
  out->script[1] = (guint8) n_program;
  memcpy (out->script + 2, program, n_program);
  out->n_script = 2 + n_program;

  return TRUE;
}
