/* refills-address-error.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-address-error.h"

G_DEFINE_QUARK (refills-address-error-quark, refills_address_error)

/**
 * refills_address_refuse:
 * @error: return location for a `REFILLS_ADDRESS_ERROR`
 * @code: which
 * @reason: why, in plain words; nothing of what was read, as it may end in a log
 *
 * Returns: `FALSE`
 */
gboolean
refills_address_refuse (GError              **error,
                        RefillsAddressError   code,
                        const char           *reason)
{
  g_set_error_literal (error, REFILLS_ADDRESS_ERROR, code, reason);

  return FALSE;
}
