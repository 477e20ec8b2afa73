/* refills-bip321.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Payment requests of Bitcoin (BIP 321, which replaces BIP 21), and of the coins that took its form over: Litecoin,
 * Dogecoin (under two names), Bitcoin Cash, and TRON, where it is a habit and no standard.
 *
 * The format only: whether an address is one is said by refills_address_check(). The examples of the standard have
 * an address that is broken on purpose.
 */
#include "refills-bip321.h"

#include <string.h>

#include "refills-uri-query.h"

#define MAX_BYTES 4096
#define MAX_ADDRESS 128
/* Bitcoin's, and that of the coins made from it. A token may have more. */
#define COIN_DECIMALS 8
#define TOKEN_DECIMALS 18

/* Where the address is left out, one of these has to say how else to pay. */
static const char * const instructions[] = { "lightning", "lno", "pay", "sp", "bc", "tb" };

/* What a browser would open; a proof of payment must not go there. */
static const char * const browser_schemes[] = { "http", "https", "file", "javascript", "mailto" };

/**
 * refills_bip321_clear:
 * @self: a request
 *
 * Frees the texts, not the struct.
 */
void
refills_bip321_clear (RefillsBip321 *self)
{
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->amount, g_free);
  g_clear_pointer (&self->token, g_free);
}

static gboolean
is_listed (const char         *text,
           const char * const *list,
           gsize               length)
{
  for (gsize i = 0; i < length; i++) {
    if (g_str_equal (text, list[i]))
      return TRUE;
  }

  return FALSE;
}

static gboolean
check_proof (const RefillsUriQuery  *query,
             GError                **error)
{
  const char *optional = NULL;
  const char *required = NULL;
  const char *rest = NULL;
  g_autofree char *scheme = NULL;

  if (!refills_uri_query_find (query, "pop", &optional, error) ||
      !refills_uri_query_find (query, "req-pop", &required, error))
    return FALSE;
  if (optional != NULL && required != NULL)
    return refills_uri_refuse (error, "a parameter stands there twice");
  if (required == NULL)
    return TRUE;
  scheme = refills_uri_take_scheme (required, &rest);
  if (scheme == NULL || is_listed (scheme, browser_schemes, G_N_ELEMENTS (browser_schemes)))
    return refills_uri_refuse (error, "the request wants a proof that no wallet may send");

  return TRUE;
}

/* Unknown parameters are ignored, unless they say that they must not be. */
static gboolean
check_names (const RefillsUriQuery  *query,
             gboolean               *has_instruction,
             GError                **error)
{
  if (!refills_uri_query_check_words (query, error))
    return FALSE;
  for (guint i = 0; i < refills_uri_query_get_n (query); i++) {
    const RefillsUriParameter *parameter = refills_uri_query_get (query, i);

    if (g_str_has_prefix (parameter->name, "req-") && !g_str_equal (parameter->name, "req-pop"))
      return refills_uri_refuse (error, "the request has a condition that is not known");
    if (is_listed (parameter->name, instructions, G_N_ELEMENTS (instructions)) && *parameter->value != '\0')
      *has_instruction = TRUE;
  }

  return TRUE;
}

static gboolean
is_address_text (const char *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++) {
    if (!g_ascii_isalnum (text[i]))
      return FALSE;
  }

  return length <= MAX_ADDRESS;
}

/* A key that is a network's prefix has an address of that network. Not more is checked, as the standard's own
 * examples have broken checksums. */
static gboolean
read_segwit (const RefillsUriQuery  *query,
             const char             *prefix,
             const char            **first,
             GError                **error)
{
  gsize length = strlen (prefix);

  for (guint i = 0; i < refills_uri_query_get_n (query); i++) {
    const RefillsUriParameter *parameter = refills_uri_query_get (query, i);

    if (!g_str_equal (parameter->name, prefix))
      continue;
    if (g_ascii_strncasecmp (parameter->value, prefix, length) != 0 || parameter->value[length] != '1' ||
        !is_address_text (parameter->value))
      return refills_uri_refuse (error, "an address of the request is of another network");
    if (first != NULL && *first == NULL)
      *first = parameter->value;
  }

  return TRUE;
}

static gboolean
read_address (const RefillsUriQuery  *query,
              const char             *body,
              gboolean                has_instruction,
              RefillsBip321          *self,
              GError                **error)
{
  const char *instead = NULL;

  if (!read_segwit (query, "bc", &instead, error) || !read_segwit (query, "tb", NULL, error))
    return FALSE;
  if (*body == '\0') {
    if (!has_instruction)
      return refills_uri_refuse (error, "the request names no address");
    self->address = g_strdup (instead);
    return TRUE;
  }
  self->address = g_strdup (body);

  return TRUE;
}

/* Whether something else to pay to is named: wallets take what they know best, and not all know the same. */
static gboolean
names_another (const RefillsUriQuery *query,
               const char            *address)
{
  for (guint i = 0; i < refills_uri_query_get_n (query); i++) {
    const RefillsUriParameter *parameter = refills_uri_query_get (query, i);

    if (*parameter->value != '\0' && is_listed (parameter->name, instructions, G_N_ELEMENTS (instructions)) &&
        !(g_str_equal (parameter->name, "bc") && g_ascii_strcasecmp (parameter->value, address) == 0))
      return TRUE;
  }

  return FALSE;
}

/**
 * refills_bip321_parse:
 * @text: (nullable): what may be a request, 4096 bytes at most
 * @scheme: the scheme it must have, in lower case, such as `bitcoin`
 * @out: (out caller-allocates): what it says; untouched on failure
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Reads a request. The address may be missing only for Bitcoin, where something else to pay to is named.
 *
 * Returns: whether @text is well formed
 */
gboolean
refills_bip321_parse (const char     *text,
                      const char     *scheme,
                      RefillsBip321  *out,
                      GError        **error)
{
  g_auto (RefillsBip321) self = { NULL };
  g_autoptr (RefillsUriQuery) query = NULL;
  g_autofree char *written = NULL;
  g_autofree char *body = NULL;
  const char *rest = NULL;
  gboolean is_bitcoin = g_str_equal (scheme, "bitcoin");
  gboolean has_tokens = g_str_equal (scheme, "tron") || g_str_equal (scheme, "sui");
  gboolean has_instruction = FALSE;

  g_return_val_if_fail (out != NULL, FALSE);

  if (text != NULL && strlen (text) <= MAX_BYTES)
    written = refills_uri_take_scheme (text, &rest);
  if (g_strcmp0 (written, scheme) != 0)
    return refills_uri_refuse (error, "the request has another scheme");
  query = refills_uri_query_parse (rest, REFILLS_URI_QUERY_ANY_CASE, &body, error);
  if (query == NULL || !check_names (query, &has_instruction, error) || !check_proof (query, error) ||
      !refills_uri_query_find_amount (query, has_tokens ? TOKEN_DECIMALS : COIN_DECIMALS, &self.amount, error))
    return FALSE;
  if (!is_address_text (body))
    return refills_uri_refuse (error, "the address of the request cannot be read");
  if (is_bitcoin) {
    if (!read_address (query, body, has_instruction, &self, error))
      return FALSE;
  } else if (*body == '\0') {
    return refills_uri_refuse (error, "the request names no address");
  } else if (g_str_equal (scheme, "bitcoincash")) {
    /* The prefix of the address is the scheme. */
    self.address = g_strndup (text, (gsize) (rest - text) + strlen (body));
  } else {
    self.address = g_steal_pointer (&body);
  }
  self.has_choice = self.address != NULL && names_another (query, self.address);
  if (has_tokens) {
    const char *token = NULL;

    if (!refills_uri_query_find (query, "token", &token, error))
      return FALSE;
    self.token = g_strdup (token);
  }

  *out = self;
  self = (RefillsBip321) { NULL };

  return TRUE;
}
