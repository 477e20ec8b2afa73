/* refills-xrp-address.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Addresses of the XRP Ledger: Base58Check in an alphabet of its own, of a zero and an account; and X-addresses, which
 * hold the destination tag too (XLS-5).
 */
#include "refills-xrp-address.h"

#include <string.h>

#include "refills-base58.h"

/* Two bytes of prefix, the account, flags, and eight bytes for a tag of which four are for later. */
#define X_BYTES (2 + REFILLS_XRP_ACCOUNT_BYTES + 1 + 8)
#define FLAG_NO_TAG 0
#define FLAG_TAG 1

static gboolean
read_x_address (const guint8       *bytes,
                RefillsXrpAddress  *out,
                GError            **error)
{
  static const guint8 main_prefix[] = { 0x05, 0x44 }, test_prefix[] = { 0x04, 0x93 };
  const guint8 *tag = bytes + 2 + REFILLS_XRP_ACCOUNT_BYTES + 1;
  guint8 flags = tag[-1];
  guint32 value = (guint32) tag[0] | (guint32) tag[1] << 8 | (guint32) tag[2] << 16 | (guint32) tag[3] << 24;

  out->is_testnet = memcmp (bytes, test_prefix, sizeof test_prefix) == 0;
  if (!out->is_testnet && memcmp (bytes, main_prefix, sizeof main_prefix) != 0)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "prefix");
  if (flags > FLAG_TAG || tag[4] != 0 || tag[5] != 0 || tag[6] != 0 || tag[7] != 0 ||
      (flags == FLAG_NO_TAG && value != 0))
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "tag");
  memcpy (out->account, bytes + 2, REFILLS_XRP_ACCOUNT_BYTES);
  out->has_tag = flags == FLAG_TAG;
  out->tag = value;

  return TRUE;
}

/**
 * refills_xrp_address_parse:
 * @text: what may be an address
 * @out: (out caller-allocates): what it says
 * @error: a `REFILLS_ADDRESS_ERROR`
 *
 * Returns: whether @text is a classic address, or an X-address of the main or the test network
 */
gboolean
refills_xrp_address_parse (const char         *text,
                           RefillsXrpAddress  *out,
                           GError            **error)
{
  guint8 bytes[REFILLS_BASE58_MAX];
  gsize length;

  *out = (RefillsXrpAddress) { { 0 } };
  if (!refills_base58check_decode (text, REFILLS_BASE58_XRP, bytes, &length, error))
    return FALSE;
  if (length == X_BYTES)
    return read_x_address (bytes, out, error);
  if (length != 1 + REFILLS_XRP_ACCOUNT_BYTES || bytes[0] != 0)
    return refills_address_refuse (error, REFILLS_ADDRESS_ERROR_SYNTAX, "version");
  out->is_classic = TRUE;
  memcpy (out->account, bytes + 1, REFILLS_XRP_ACCOUNT_BYTES);

  return TRUE;
}

/**
 * refills_xrp_address_dup_classic:
 * @self: an address
 *
 * Returns: (transfer full): its account as a classic address, which leaves out the tag
 */
char *
refills_xrp_address_dup_classic (const RefillsXrpAddress *self)
{
  guint8 bytes[1 + REFILLS_XRP_ACCOUNT_BYTES] = { 0 };

  memcpy (bytes + 1, self->account, REFILLS_XRP_ACCOUNT_BYTES);

  return refills_base58check_encode (bytes, sizeof bytes, REFILLS_BASE58_XRP);
}
