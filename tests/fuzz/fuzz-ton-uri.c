/* fuzz-ton-uri.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any text as a request on TON: refused, or one whose addresses can be paid to and whose amount is a whole number.
 */
#include "fuzz.h"

#include <string.h>

#include "refills-address.h"
#include "refills-ton-uri.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  g_auto (RefillsTonUri) request = { NULL };
  g_autoptr (GError) error = NULL;

  if (!refills_ton_uri_parse (text, &request, &error)) {
    g_assert_nonnull (error);
    g_assert_null (request.address);
    return 0;
  }
  g_assert_no_error (error);
  g_assert_true (refills_address_check (REFILLS_ADDRESS_TON, request.address, NULL));
  g_assert_true (request.jetton == NULL || refills_address_check (REFILLS_ADDRESS_TON, request.jetton, NULL));
  g_assert_cmpint (request.expires_at, >=, 0);
  if (request.amount != NULL) {
    g_assert_cmpuint (strspn (request.amount, "0123456789"), ==, strlen (request.amount));
    g_assert_true (*request.amount != '0' || request.amount[1] == '\0');
  }
  if (request.text != NULL)
    g_assert_true (g_utf8_validate (request.text, -1, NULL));

  return 0;
}
