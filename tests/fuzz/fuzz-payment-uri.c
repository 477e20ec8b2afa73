/* fuzz-payment-uri.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any text as a payment request of each family: refused, or a request that says the same when it was written and
 * read again. The reader of every scheme is behind it.
 */
#include "fuzz.h"

#include <string.h>

#include "refills-decimal.h"
#include "refills-payment-uri.h"

static void
assert_same_amount (const char *a,
                    const char *b)
{
  RefillsDecimal first, second;

  g_assert_cmpint (a == NULL, ==, b == NULL);
  if (a == NULL)
    return;
  g_assert_true (refills_decimal_parse (a, &first, NULL));
  g_assert_true (refills_decimal_parse (b, &second, NULL));
  g_assert_cmpint (refills_decimal_compare (&first, &second), ==, 0);
}

/* A CashAddr may be written with its prefix in capitals, or without it. */
static const char *
skip_prefix (const char *payee)
{
  const char *colon = strrchr (payee, ':');

  return colon != NULL ? colon + 1 : payee;
}

static void
try (const char           *text,
     RefillsAddressFamily  family)
{
  g_auto (RefillsPaymentUri) request = { 0 };
  g_auto (RefillsPaymentUri) again = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *written = NULL;

  if (!refills_payment_uri_parse (text, family, &request, &error)) {
    g_assert_nonnull (error);
    g_assert_null (request.payee);
    return;
  }
  g_assert_no_error (error);
  g_assert_cmpint (request.family, ==, family);
  g_assert_true (request.payee != NULL && *request.payee != '\0');
  g_assert_true (refills_payment_text_is_payable (text));

  written = refills_payment_uri_write (&request);
  if (written == NULL)
    return;
  refills_payment_uri_parse (written, family, &again, &error);
  g_assert_no_error (error);
  g_assert_false (again.is_bare);
  g_assert_cmpstr (skip_prefix (request.payee), ==, skip_prefix (again.payee));
  g_assert_cmpstr (request.contract, ==, again.contract);
  g_assert_cmpuint (request.chain_id, ==, again.chain_id);
  g_assert_cmpstr (request.units, ==, again.units);
  assert_same_amount (request.amount, again.amount);
  g_assert_cmpstr (request.memo, ==, again.memo);
  g_assert_cmpint (request.expires_at, ==, again.expires_at);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");

  for (guint family = 0; family < REFILLS_N_ADDRESS_FAMILIES; family++)
    try (text, (RefillsAddressFamily) family);
  (void) refills_payment_text_is_payable (text);

  return 0;
}
