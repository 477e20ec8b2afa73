/* fuzz-web-page.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any text as a link to a web page: none is opened, or one whose host is plain and is its own host.
 */
#include "fuzz.h"

#include <string.h>

#include "refills-web-page.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data, size) : g_strdup ("");
  g_autofree char *host = refills_web_page_dup_host (text, FALSE);
  g_autofree char *near_host = refills_web_page_dup_host (text, TRUE);
  g_autofree char *link = NULL;
  g_autofree char *again = NULL;

  if (refills_web_page_is_local (text))
    g_assert_null (host);
  if (host == NULL)
    return 0;
  g_assert_cmpstr (host, ==, near_host);
  g_assert_cmpuint (strspn (host, "abcdefghijklmnopqrstuvwxyz0123456789-."), ==, strlen (host));
  g_assert_nonnull (strchr (host, '.'));
  link = g_strconcat ("https://", host, NULL);
  again = refills_web_page_dup_host (link, FALSE);
  g_assert_cmpstr (host, ==, again);

  return 0;
}
