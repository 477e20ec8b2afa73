/* refills-web-page.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whose web page a link from outside leads to, before anybody opens it. Stricter than any browser: what two programs
 * could read differently, such as a backslash or an escape in the name, leads nowhere.
 *
 * Pure functions, on any thread.
 */
#include "refills-web-page.h"

#include <string.h>

/* Bytes; the service's links have less than a hundred. */
#define MAX_LENGTH 2048
/* Characters of a name and of a part of it (RFC 1035, section 2.3.4). */
#define MAX_NAME 253
#define MAX_LABEL 63
/* Digits of a port. */
#define MAX_PORT 5

static gboolean
is_loopback (const char *host)
{
  return g_str_equal (host, "127.0.0.1") || g_str_equal (host, "localhost") || g_str_equal (host, "[::1]");
}

/* Letters, digits and hyphens, of which a name has two parts at least; the last one has letters, or it were a number
 * that browsers take for an address. A name of another script is in its ASCII form (RFC 3490) and stays so. */
static gboolean
is_name (const char *host)
{
  g_auto (GStrv) labels = NULL;
  guint n_labels = 0;

  if (strlen (host) > MAX_NAME)
    return FALSE;

  labels = g_strsplit (host, ".", -1);
  n_labels = g_strv_length (labels);
  for (guint i = 0; i < n_labels; i++) {
    gsize length = strlen (labels[i]);

    if (length == 0 || length > MAX_LABEL || labels[i][0] == '-' || labels[i][length - 1] == '-' ||
        strspn (labels[i], "abcdefghijklmnopqrstuvwxyz0123456789-") != length)
      return FALSE;
  }

  return n_labels >= 2 && g_ascii_isalpha (labels[n_labels - 1][0]);
}

/* Only what is printed, without what a browser drops, and without what a terminal or a label takes for something
 * else. */
static gboolean
is_plain (const char *uri)
{
  gsize length = strlen (uri);

  if (length > MAX_LENGTH)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (uri[i]) || strchr ("\"\\<>^`{|}", uri[i]) != NULL)
      return FALSE;

  return TRUE;
}

static gboolean
is_port (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= MAX_PORT && strspn (text, "0123456789") == length &&
         g_ascii_strtoull (text, NULL, 10) <= G_MAXUINT16;
}

/* Of "user@host:port" there may be no user. @rest: gets what is behind the scheme. */
static char *
read_host (const char *rest)
{
  g_autofree char *authority = g_strndup (rest, strcspn (rest, "/?#"));
  const char *after = authority[0] == '[' ? strchr (authority, ']') : authority;
  char *colon = after != NULL ? strchr (after, ':') : NULL;

  if (colon != NULL && !is_port (colon + 1))
    return NULL;
  if (colon != NULL)
    *colon = '\0';

  return g_ascii_strdown (authority, -1);
}

/**
 * refills_web_page_is_local:
 * @uri: (nullable): a link, or the address of a server
 *
 * Returns: whether it leads to a program on this computer
 */
gboolean
refills_web_page_is_local (const char *uri)
{
  g_autofree char *host = uri != NULL && g_str_has_prefix (uri, "http://")
                            ? read_host (uri + strlen ("http://")) : NULL;

  return host != NULL && is_loopback (host);
}

/**
 * refills_web_page_dup_host:
 * @uri: (nullable): a link from outside
 * @may_be_local: whether the link came from a server on this computer, and may lead to one in plain `http`
 *
 * Who is asked for a page where it is opened: the whole name, in lower case, that of another script as `xn--…`. There
 * is none for what must not be opened: anything but `https`, a name and password, an address in place of a name, and
 * whatever is not plain ASCII.
 *
 * Returns: (transfer full) (nullable): the host
 */
char *
refills_web_page_dup_host (const char *uri,
                           gboolean    may_be_local)
{
  g_autofree char *host = NULL;

  if (uri == NULL || !is_plain (uri))
    return NULL;
  if (g_ascii_strncasecmp (uri, "https://", strlen ("https://")) != 0)
    return may_be_local && refills_web_page_is_local (uri) ? read_host (uri + strlen ("http://")) : NULL;

  host = read_host (uri + strlen ("https://"));

  return host != NULL && is_name (host) ? g_steal_pointer (&host) : NULL;
}
