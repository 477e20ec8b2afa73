/* fuzz-retry-after.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any text as `Retry-After`: a wait that is neither endless nor negative.
 */
#include "fuzz.h"

#include "refills-retry-after.h"

#define NOW G_GINT64_CONSTANT (1787679708)

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  g_assert_cmpuint (refills_retry_after_read (text, NOW, 30000), <=, REFILLS_RETRY_AFTER_MAX_MS);

  return 0;
}
