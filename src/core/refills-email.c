/* refills-email.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-email.h"

#include <string.h>

/**
 * refills_email_is_plausible:
 * @text: (nullable): what was typed
 *
 * Checks the form of an e-mail address: one `@` with something before it, and behind it a host name
 * with a dot (WHATWG HTML, "valid e-mail address", and at least two labels; 254 bytes at most, RFC 5321
 * section 4.5.3.1). Whether anybody reads it is the service's to say.
 *
 * Returns: whether the text can be an e-mail address
 */
gboolean
refills_email_is_plausible (const char *text)
{
  static const char local_extra[] = ".!#$%&'*+/=?^_`{|}~-";
  const char *at = NULL;
  guint n_labels = 0;
  gsize label_length = 0;

  if (text == NULL || strlen (text) > 254)
    return FALSE;

  at = strchr (text, '@');
  if (at == NULL || at == text)
    return FALSE;

  for (const char *p = text; p < at; p++)
    if (!g_ascii_isalnum (*p) && strchr (local_extra, *p) == NULL)
      return FALSE;

  for (const char *p = at + 1;; p++) {
    if (*p == '.' || *p == '\0') {
      if (label_length == 0 || label_length > 63 || p[-1] == '-')
        return FALSE;
      n_labels++;
      label_length = 0;
      if (*p == '\0')
        break;
    } else if (g_ascii_isalnum (*p) || (*p == '-' && label_length > 0)) {
      label_length++;
    } else {
      return FALSE;
    }
  }

  return n_labels >= 2;
}
