/* fuzz-erc681.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any text as a request on an EVM chain and as one of its numbers, whose digits are a number that is read as itself.
 */
#include "fuzz.h"

#include <string.h>

#include "refills-erc681.h"

static void
try_number (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *digits = refills_erc681_parse_number (text, &error);
  g_autofree char *again = NULL;

  g_assert_cmpint (digits == NULL, ==, error != NULL);
  if (digits == NULL)
    return;
  g_assert_cmpuint (strspn (digits, "0123456789"), ==, strlen (digits));
  g_assert_cmpuint (strlen (digits), <=, 78);
  g_assert_true (*digits != '0' || digits[1] == '\0');
  again = refills_erc681_parse_number (digits, NULL);
  g_assert_cmpstr (again, ==, digits);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  g_auto (RefillsErc681) request = { NULL };

  try_number (text);
  if (refills_erc681_parse (text, &request, NULL)) {
    g_assert_nonnull (request.target);
    g_assert_true (g_strcmp0 (request.function, "transfer") != 0 || request.address != NULL);
    if (request.value != NULL)
      try_number (request.value);
  } else {
    g_assert_null (request.target);
  }

  return 0;
}
