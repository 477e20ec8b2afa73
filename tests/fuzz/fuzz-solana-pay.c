/* fuzz-solana-pay.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any text as a request on Solana: refused, or one whose recipient and token are keys and whose amount is one.
 */
#include "fuzz.h"

#include <string.h>

#include "refills-base58.h"
#include "refills-decimal.h"
#include "refills-solana-pay.h"

static void
assert_key (const char *text)
{
  guint8 key[REFILLS_BASE58_MAX];
  gsize length = 0;

  g_assert_true (refills_base58_decode (text, REFILLS_BASE58_BITCOIN, key, &length, NULL));
  g_assert_cmpuint (length, ==, 32);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  g_auto (RefillsSolanaPay) request = { NULL };
  g_autoptr (GError) error = NULL;
  RefillsDecimal amount;

  if (!refills_solana_pay_parse (text, &request, &error)) {
    g_assert_nonnull (error);
    g_assert_null (request.recipient);
    return 0;
  }
  g_assert_no_error (error);
  assert_key (request.recipient);
  if (request.mint != NULL)
    assert_key (request.mint);
  if (request.amount != NULL) {
    const char *point = strchr (request.amount, '.');

    g_assert_true (refills_decimal_parse (request.amount, &amount, NULL));
    g_assert_true (request.mint != NULL || point == NULL || strlen (point + 1) <= 9);
  }
  if (request.memo != NULL)
    g_assert_true (g_utf8_validate (request.memo, -1, NULL));

  return 0;
}
