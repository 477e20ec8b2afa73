/* refills-uri-query.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What payment requests of all kinds have in common: a scheme, and parameters behind a question mark.
 *
 * GUri is not used for them: it mends what it reads (bad escapes, for one), and a request that two readers
 * could understand in two ways must not be paid.
 */
#include "refills-uri-query.h"

#include <string.h>

#include "refills-decimal.h"
#include "refills-error.h"

#define MAX_PARAMETERS 64

struct _RefillsUriQuery {
  GArray *parameters; /* RefillsUriParameter */
};

/**
 * refills_uri_refuse:
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 * @reason: why, in plain words; nothing of what was read, as it may end in a log
 *
 * Returns: `FALSE`
 */
gboolean
refills_uri_refuse (GError     **error,
                    const char  *reason)
{
  g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL, reason);

  return FALSE;
}

/**
 * refills_uri_take_scheme:
 * @text: what may be a URI
 * @rest: (out): what follows the colon, within @text; untouched where there is no scheme
 *
 * Returns: (transfer full) (nullable): the scheme in lower case (RFC 3986, section 3.1)
 */
char *
refills_uri_take_scheme (const char  *text,
                         const char **rest)
{
  gsize length = 0;

  if (!g_ascii_isalpha (text[0]))
    return NULL;
  while (g_ascii_isalnum (text[length]) || (text[length] != '\0' && strchr ("+-.", text[length]) != NULL))
    length++;
  if (text[length] != ':')
    return NULL;
  *rest = text + length + 1;

  return g_ascii_strdown (text, (gssize) length);
}

static void
clear_parameter (gpointer data)
{
  RefillsUriParameter *parameter = data;

  g_clear_pointer (&parameter->name, g_free);
  g_clear_pointer (&parameter->value, g_free);
}

/* RFC 3986, section 2.1. NULL where it is not exactly right, or no text once decoded. */
static char *
decode (const char *text,
        gsize       length)
{
  g_autoptr (GString) decoded = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++) {
    guchar character = (guchar) text[i];

    if (character == '%') {
      int high = i + 2 < length ? g_ascii_xdigit_value (text[i + 1]) : -1;
      int low = i + 2 < length ? g_ascii_xdigit_value (text[i + 2]) : -1;

      if (high < 0 || low < 0 || (high == 0 && low == 0))
        return NULL;
      character = (guchar) (high * 16 + low);
      i += 2;
    } else if (!g_ascii_isgraph (text[i]) || character == '#') {
      return NULL;
    }
    g_string_append_c (decoded, (char) character);
  }
  if (!g_utf8_validate (decoded->str, (gssize) decoded->len, NULL))
    return NULL;

  return g_string_free (g_steal_pointer (&decoded), FALSE);
}

static gboolean
add_parameter (RefillsUriQuery      *self,
               const char           *text,
               gsize                 length,
               RefillsUriQueryNames  names)
{
  const char *equals = memchr (text, '=', length);
  gsize name_length = equals != NULL ? (gsize) (equals - text) : length;
  g_autofree char *name = decode (text, name_length);
  g_autofree char *value = equals != NULL ? decode (equals + 1, length - name_length - 1) : g_strdup ("");
  RefillsUriParameter parameter = { NULL, NULL };

  if (name == NULL || value == NULL || *name == '\0')
    return FALSE;

  parameter.name = names == REFILLS_URI_QUERY_ANY_CASE ? g_ascii_strdown (name, -1) : g_steal_pointer (&name);
  parameter.value = g_steal_pointer (&value);
  g_array_append_val (self->parameters, parameter);

  return TRUE;
}

/**
 * refills_uri_query_parse:
 * @rest: what follows the colon of a scheme
 * @names: how names are compared
 * @path: (out) (transfer full): what stands in front of the question mark; set also on failure
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Reads the parameters behind the question mark, if there is one. Escapes that are none, a NUL, what is not UTF-8 once
 * decoded, and characters that have to be escaped and are not make the whole of it wrong.
 *
 * Returns: (transfer full) (nullable): the parameters
 */
RefillsUriQuery *
refills_uri_query_parse (const char            *rest,
                         RefillsUriQueryNames   names,
                         char                 **path,
                         GError               **error)
{
  g_autoptr (RefillsUriQuery) self = g_new0 (RefillsUriQuery, 1);
  gsize length = strcspn (rest, "?");
  const char *text = rest[length] == '?' ? rest + length + 1 : "";

  *path = g_strndup (rest, length);
  self->parameters = g_array_new (FALSE, FALSE, sizeof (RefillsUriParameter));
  g_array_set_clear_func (self->parameters, clear_parameter);
  while (*text != '\0') {
    length = strcspn (text, "&");

    /* The grammar of BIP 321 has empty parameters. */
    if (length > 0 && (self->parameters->len == MAX_PARAMETERS || !add_parameter (self, text, length, names))) {
      refills_uri_refuse (error, "a parameter cannot be read");
      return NULL;
    }
    text += length;
    if (*text == '&')
      text++;
  }

  return g_steal_pointer (&self);
}

/**
 * refills_uri_query_free:
 * @self: (transfer full): parameters
 *
 * Frees them.
 */
void
refills_uri_query_free (RefillsUriQuery *self)
{
  g_clear_pointer (&self->parameters, g_array_unref);
  g_free (self); /* not an object */
}

/**
 * refills_uri_query_get_n:
 * @self: parameters
 *
 * Returns: how many there are
 */
guint
refills_uri_query_get_n (const RefillsUriQuery *self)
{
  return self->parameters->len;
}

/**
 * refills_uri_query_get:
 * @self: parameters
 * @index: which one
 *
 * Returns: (transfer none): the parameter
 */
const RefillsUriParameter *
refills_uri_query_get (const RefillsUriQuery *self,
                       guint                  index)
{
  return &g_array_index (self->parameters, RefillsUriParameter, index);
}

/**
 * refills_uri_query_find:
 * @self: parameters
 * @name: a name that may stand there once
 * @out: (out) (transfer none) (nullable): its value; `NULL` where it does not stand there
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Returns: `FALSE` where the name stands there twice, or in other capitals
 */
gboolean
refills_uri_query_find (const RefillsUriQuery  *self,
                        const char             *name,
                        const char            **out,
                        GError                **error)
{
  const char *found = NULL;

  for (guint i = 0; i < self->parameters->len; i++) {
    const RefillsUriParameter *parameter = refills_uri_query_get (self, i);

    if (g_ascii_strcasecmp (parameter->name, name) != 0)
      continue;
    if (found != NULL)
      return refills_uri_refuse (error, "a parameter stands there twice");
    /* Of two readers one would see it and one would not. */
    if (!g_str_equal (parameter->name, name))
      return refills_uri_refuse (error, "a parameter has other capitals");
    found = parameter->value;
  }
  *out = found;

  return TRUE;
}

/**
 * refills_uri_query_find_amount:
 * @self: parameters
 * @max_decimals: how many digits it may have behind the point
 * @out: (out) (transfer full) (nullable): the parameter `amount` as it is written, coin units; `NULL` for none
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Returns: `FALSE` where the amount stands there twice or is none
 */
gboolean
refills_uri_query_find_amount (const RefillsUriQuery  *self,
                               gsize                   max_decimals,
                               char                  **out,
                               GError                **error)
{
  const char *amount = NULL;
  const char *point = NULL;
  RefillsDecimal number;

  *out = NULL;
  if (!refills_uri_query_find (self, "amount", &amount, error))
    return FALSE;
  if (amount == NULL)
    return TRUE;
  if (!refills_decimal_parse (amount, &number, error))
    return FALSE;
  point = strchr (amount, '.');
  if (point != NULL && strlen (point + 1) > max_decimals)
    return refills_uri_refuse (error, "the amount has too many digits behind the point");
  *out = g_strdup (amount);

  return TRUE;
}

/**
 * refills_uri_query_check_words:
 * @self: parameters
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Returns: `FALSE` where what a wallet shows to people stands there twice: `label` or `message`
 */
gboolean
refills_uri_query_check_words (const RefillsUriQuery  *self,
                               GError                **error)
{
  const char *words = NULL;

  return refills_uri_query_find (self, "label", &words, error) &&
         refills_uri_query_find (self, "message", &words, error);
}
