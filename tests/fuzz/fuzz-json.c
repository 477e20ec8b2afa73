/* fuzz-json.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes through the strict pass: refused, or a document that is the same when it was written and read again.
 */
#include "fuzz.h"

#include <string.h>

#include "refills-json-write.h"
#include "refills-json.h"

#define MAX_BYTES (64 * 1024)

static char *
write_again (GBytes *bytes)
{
  g_autoptr (RefillsJson) document = refills_json_parse (bytes, MAX_BYTES, NULL);
  RefillsJsonPlace place;

  if (document == NULL)
    return NULL;
  refills_json_place_init (&place, document);

  return refills_json_place_write (&place);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autofree char *text = write_again (bytes);

  if (text != NULL) {
    g_autoptr (GBytes) written = g_bytes_new (text, strlen (text));
    g_autofree char *again = strlen (text) <= MAX_BYTES ? write_again (written) : g_strdup (text);

    g_assert_cmpstr (again, ==, text);
  }

  return 0;
}
