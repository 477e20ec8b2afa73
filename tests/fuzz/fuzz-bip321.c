/* fuzz-bip321.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any text as a request of Bitcoin and of each coin that took its form over: refused, or one with an address of plain
 * characters and an amount no finer than the coin's.
 */
#include "fuzz.h"

#include <string.h>

#include "refills-bip321.h"
#include "refills-decimal.h"

static void
try (const char *text,
     const char *scheme)
{
  g_auto (RefillsBip321) request = { NULL };
  g_autoptr (GError) error = NULL;
  gboolean is_tron = g_str_equal (scheme, "tron");
  RefillsDecimal amount;

  if (!refills_bip321_parse (text, scheme, &request, &error)) {
    g_assert_nonnull (error);
    g_assert_null (request.address);
    g_assert_null (request.amount);
    return;
  }
  g_assert_no_error (error);
  g_assert_true (request.address != NULL || g_str_equal (scheme, "bitcoin"));
  for (const char *at = request.address; at != NULL && *at != '\0'; at++)
    g_assert_true (g_ascii_isalnum (*at) || *at == ':');
  g_assert_true (request.token == NULL || is_tron);
  if (request.amount != NULL) {
    g_autofree char *units = NULL;

    g_assert_true (refills_decimal_parse (request.amount, &amount, NULL));
    units = refills_decimal_to_units (&amount, is_tron ? 18 : 8, NULL);
    g_assert_nonnull (units);
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static const char * const schemes[] = { "bitcoin", "litecoin", "dogecoin", "doge", "bitcoincash", "tron" };
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    try (text, schemes[i]);

  return 0;
}
