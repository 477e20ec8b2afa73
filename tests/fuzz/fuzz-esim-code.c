/* fuzz-esim-code.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any text as the activation code of an eSIM or a link with one: none is found, or one that its QR code says too.
 */
#include "fuzz.h"

#include "refills-esim-code.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  g_autofree char *found = refills_esim_code_find (text);
  g_autofree char *qr = NULL;
  g_auto (RefillsEsimCode) code = { NULL };
  g_auto (RefillsEsimCode) scanned = { NULL };

  if (found == NULL) {
    g_assert_false (refills_esim_code_parse (text, NULL));
    return 0;
  }
  g_assert_true (refills_esim_code_parse (found, &code));
  qr = refills_esim_code_to_qr (found);
  g_assert_true (g_str_has_prefix (qr, "LPA:1$"));
  g_assert_true (refills_esim_code_parse (qr, &scanned));
  g_assert_cmpstr (code.server, ==, scanned.server);
  g_assert_cmpstr (code.matching_id, ==, scanned.matching_id);
  g_assert_cmpstr (code.object_id, ==, scanned.object_id);
  g_assert_cmpint (code.needs_confirmation, ==, scanned.needs_confirmation);

  return 0;
}
