/* fuzz-address.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any two texts, on a line each, as addresses of every family: what can be paid to is shown as the same payee, and
 * what is shown is shown as it is; whether two are the same does not depend on which comes first.
 */
#include "fuzz.h"

#include <string.h>

#include "refills-address.h"

static void
try_address (RefillsAddressFamily  family,
             const char           *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = refills_address_normalize (family, text, &error);
  g_autofree char *again = NULL;

  g_assert_true ((shown == NULL) == (error != NULL));
  g_assert_true ((shown != NULL) == refills_address_check (family, text, NULL));
  if (shown == NULL)
    return;

  again = refills_address_normalize (family, shown, NULL);
  g_assert_cmpstr (shown, ==, again);
  g_assert_true (refills_address_equal (family, text, shown));
  for (const char *at = shown; *at != '\0'; at++)
    g_assert_true (g_ascii_isgraph (*at));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  char *other = strchr (text, '\n');

  if (other != NULL)
    *other++ = '\0';
  for (guint family = 0; family < REFILLS_N_ADDRESS_FAMILIES; family++) {
    try_address (family, text);
    if (other != NULL) {
      try_address (family, other);
      g_assert_cmpint (refills_address_equal (family, text, other), ==, refills_address_equal (family, other, text));
    }
  }

  return 0;
}
