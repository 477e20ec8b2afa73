/* refills-cashaddr.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CashAddr, the addresses of Bitcoin Cash: a prefix, a colon, groups of five bits in the alphabet of Bech32, and eight
 * characters of a BCH code over 40 bits (bitcoincash.org, spec/cashaddr.md).
 */
#include "refills-cashaddr.h"

#include <string.h>

#include "refills-base58.h"
#include "refills-bech32.h"

#define CHECKSUM_GROUPS 8
/* The version and the longest payload. */
#define BYTES_MAX (1 + REFILLS_CASHADDR_PAYLOAD_MAX)
#define GROUPS_MAX ((BYTES_MAX * 8 + 4) / 5 + CHECKSUM_GROUPS)
#define HASH_BYTES 20

static guint64
add_group (guint64 state,
           guint   group)
{
  static const guint64 generator[] = {
    G_GUINT64_CONSTANT (0x98f2bc8e61), G_GUINT64_CONSTANT (0x79b76d99e2), G_GUINT64_CONSTANT (0xf33e5fb3c4),
    G_GUINT64_CONSTANT (0xae2eabe2a8), G_GUINT64_CONSTANT (0x1e4f43e470),
  };
  guint top = (guint) (state >> 35);

  state = (state & G_GUINT64_CONSTANT (0x07ffffffff)) << 5 ^ group;
  for (guint i = 0; i < G_N_ELEMENTS (generator); i++)
    if (top >> i & 1)
      state ^= generator[i];

  return state;
}

/* The prefix is letters in all that is in use; digits would be mistaken for a payload without one. */
static gboolean
read_prefix (const char *text,
             gsize       length,
             char       *out)
{
  if (length == 0 || length > REFILLS_CASHADDR_PREFIX_MAX)
    return FALSE;
  for (gsize i = 0; i < length; i++) {
    if (!g_ascii_isalpha (text[i]))
      return FALSE;
    out[i] = g_ascii_tolower (text[i]);
  }
  out[length] = '\0';

  return TRUE;
}

/**
 * refills_cashaddr_decode:
 * @text: what may be a CashAddr; without a prefix, one of Bitcoin Cash's main network
 * @out: (out caller-allocates): what it says
 * @error: a `REFILLS_ADDRESS_ERROR`
 *
 * Whose prefix it is, and whether its type and length are paid to, is for the caller to say.
 *
 * Returns: whether @text is a CashAddr of any prefix and type
 */
gboolean
refills_cashaddr_decode (const char       *text,
                         RefillsCashaddr  *out,
                         GError          **error)
{
  static const guint8 lengths[] = { 20, 24, 28, 32, 40, 48, 56, 64 };
  guint8 groups[GROUPS_MAX], bytes[BYTES_MAX];
  const char *colon, *payload;
  gsize n_groups, n_bytes;
  guint64 state = 1;

  if (strnlen (text, REFILLS_CASHADDR_PREFIX_MAX + 1 + GROUPS_MAX + 1) > REFILLS_CASHADDR_PREFIX_MAX + 1 + GROUPS_MAX)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "too long");
  colon = strchr (text, ':');
  payload = colon != NULL ? colon + 1 : text;
  n_groups = strlen (payload);
  if (colon == NULL)
    g_strlcpy (out->prefix, REFILLS_CASHADDR_PREFIX, sizeof out->prefix);
  else if (!read_prefix (text, (gsize) (colon - text), out->prefix))
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "prefix");
  if (n_groups <= CHECKSUM_GROUPS || n_groups > GROUPS_MAX || !refills_bech32_is_one_case (text))
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "no CashAddr");

  for (const char *at = out->prefix; *at != '\0'; at++)
    state = add_group (state, *at & 31);
  state = add_group (state, 0);
  for (gsize i = 0; i < n_groups; i++) {
    int value = refills_bech32_get_value (payload[i]);

    if (value < 0)
      return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "no CashAddr character");
    groups[i] = (guint8) value;
    state = add_group (state, groups[i]);
  }
  if (state != 1)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_CHECKSUM, "checksum");

  if (!refills_bech32_convert_bits (groups, n_groups - CHECKSUM_GROUPS, bytes, &n_bytes) || n_bytes == 0 ||
      (bytes[0] & 0x80) != 0 || n_bytes - 1 != lengths[bytes[0] & 7])
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "payload");
  out->type = bytes[0] >> 3;
  out->n_payload = n_bytes - 1;
  memcpy (out->payload, bytes + 1, out->n_payload);

  return TRUE;
}

/**
 * refills_cashaddr_dup_legacy:
 * @self: what a CashAddr says
 *
 * Returns: (transfer full) (nullable): the same payee as Bitcoin would write it; `NULL` where it has no such form
 */
char *
refills_cashaddr_dup_legacy (const RefillsCashaddr *self)
{
  guint8 bytes[1 + HASH_BYTES];

  if (!g_str_equal (self->prefix, REFILLS_CASHADDR_PREFIX) || self->n_payload != HASH_BYTES ||
      self->type > REFILLS_CASHADDR_P2SH)
    return NULL;
  bytes[0] = self->type == REFILLS_CASHADDR_P2SH ? 5 : 0;
  memcpy (bytes + 1, self->payload, HASH_BYTES);

  return refills_base58check_encode (bytes, sizeof bytes, REFILLS_BASE58_BITCOIN);
}
