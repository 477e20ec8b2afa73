/* refills-esim-code.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The code that puts an eSIM on a phone: `LPA:1$SERVER$MATCHING-ID[$[OID][$FLAG…]]` (GSMA SGP.22,
 * section 4.1). Pure functions on text; nothing is asked of the server a code names.
 */
#include "refills-esim-code.h"

#include <string.h>

/* SGP.22 limits what a phone has to read. */
#define MAX_BYTES 255
#define SCHEME "LPA:"

static gboolean
is_label (const char *label)
{
  gsize length = strlen (label);

  if (length == 0 || length > 63 || label[0] == '-' || label[length - 1] == '-')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (label[i]) && label[i] != '-')
      return FALSE;

  return TRUE;
}

/* A whole name of a server: no scheme, no port, no number. */
static gboolean
is_server (const char *server)
{
  g_auto (GStrv) labels = g_strsplit (server, ".", -1);
  guint n_labels = g_strv_length (labels);

  if (n_labels < 2)
    return FALSE;
  for (guint i = 0; i < n_labels; i++)
    if (!is_label (labels[i]))
      return FALSE;

  return g_ascii_isalpha (labels[n_labels - 1][0]);
}

static gboolean
consists_of (const char *text,
             const char *others)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && strchr (others, *text) == NULL)
      return FALSE;

  return TRUE;
}

/* Numbers with a dot between any two of them, or nothing. */
static gboolean
is_object_id (const char *text)
{
  for (gsize i = 0; text[i] != '\0'; i++)
    if (!g_ascii_isdigit (text[i]) &&
        (text[i] != '.' || i == 0 || text[i - 1] == '.' || !g_ascii_isdigit (text[i + 1])))
      return FALSE;

  return TRUE;
}

/* What is decoded from a link may be any bytes, and later fields are read by nobody: without this they
 * could be no text at all. */
static gboolean
is_printed (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isgraph (*text))
      return FALSE;

  return TRUE;
}

/* Without the blanks around it and without the scheme; NULL where it is no code. */
static char *
strip_scheme (const char *text)
{
  g_autofree char *bare = NULL;

  if (strlen (text) > 4 * MAX_BYTES)
    return NULL;
  bare = g_strstrip (g_strdup (text));
  if (g_ascii_strncasecmp (bare, SCHEME, strlen (SCHEME)) == 0)
    memmove (bare, bare + strlen (SCHEME), strlen (bare + strlen (SCHEME)) + 1);

  return strlen (bare) <= MAX_BYTES && g_str_has_prefix (bare, "1$") && is_printed (bare)
         ? g_steal_pointer (&bare) : NULL;
}

/**
 * refills_esim_code_parse:
 * @text: (nullable): what may be an activation code, with or without `LPA:`
 * @out: (out caller-allocates) (optional): what it says; filled only for a code, then cleared by
 *   [func@esim_code_clear]
 *
 * Fields after the confirmation flag belong to later versions and are ignored.
 *
 * Returns: whether @text is an activation code
 */
gboolean
refills_esim_code_parse (const char      *text,
                         RefillsEsimCode *out)
{
  g_autofree char *bare = text != NULL ? strip_scheme (text) : NULL;
  g_auto (GStrv) fields = bare != NULL ? g_strsplit (bare, "$", -1) : NULL;
  guint n_fields = fields != NULL ? g_strv_length (fields) : 0;
  const char *flag = n_fields > 4 ? fields[4] : "";

  if (n_fields < 3 || !is_server (fields[1]) || !consists_of (fields[2], "-") ||
      (n_fields > 3 && !is_object_id (fields[3])) ||
      (*flag != '\0' && !g_str_equal (flag, "1")))
    return FALSE;

  if (out != NULL)
    *out = (RefillsEsimCode) {
      .server = g_ascii_strdown (fields[1], -1),
      .matching_id = g_strdup (fields[2]),
      .object_id = n_fields > 3 && *fields[3] != '\0' ? g_strdup (fields[3]) : NULL,
      .needs_confirmation = *flag != '\0',
    };

  return TRUE;
}

/**
 * refills_esim_code_clear:
 * @self: what a code says
 *
 * Frees the texts, not the struct.
 */
void
refills_esim_code_clear (RefillsEsimCode *self)
{
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->matching_id, g_free);
  g_clear_pointer (&self->object_id, g_free);
}

/* The value of a `carddata` parameter, decoded. Read by hand: a link that GUri refuses in another
 * part may still carry a code that was paid for. */
static char *
find_card_data (const char *link)
{
  static const char name[] = "carddata=";

  for (const char *at = strpbrk (link, "?&#"); at != NULL; at = strpbrk (at, "?&#")) {
    at++;
    if (g_ascii_strncasecmp (at, name, strlen (name)) == 0) {
      const char *value = at + strlen (name);

      return g_uri_unescape_segment (value, value + strcspn (value, "&#"), NULL);
    }
  }

  return NULL;
}

/* A link may have the `$` escaped. */
static char *
decode_link (const char *link)
{
  return g_ascii_strncasecmp (link, SCHEME, strlen (SCHEME)) == 0 ? g_uri_unescape_string (link, NULL) : NULL;
}

/**
 * refills_esim_code_find:
 * @text: (nullable): a code, an `lpa:` link, or a link for phones with the code in its `carddata` parameter
 *
 * Returns: (transfer full) (nullable): the activation code as it stands there, or `NULL`
 */
char *
refills_esim_code_find (const char *text)
{
  g_autofree char *card_data = NULL;
  g_autofree char *link = NULL;

  if (text == NULL)
    return NULL;
  if (refills_esim_code_parse (text, NULL))
    return g_strdup (text);
  link = decode_link (text);
  if (refills_esim_code_parse (link, NULL))
    return g_steal_pointer (&link);

  card_data = find_card_data (text);

  return refills_esim_code_parse (card_data, NULL) ? g_steal_pointer (&card_data) : NULL;
}

/**
 * refills_esim_code_to_qr:
 * @text: (nullable): an activation code
 *
 * Returns: (transfer full) (nullable): what a QR code for a phone says, with the scheme in capitals,
 *   as not every phone takes another; `NULL` where @text is no code
 */
char *
refills_esim_code_to_qr (const char *text)
{
  g_autofree char *bare = NULL;

  if (!refills_esim_code_parse (text, NULL))
    return NULL;
  bare = strip_scheme (text);

  return g_strconcat (SCHEME, bare, NULL);
}
