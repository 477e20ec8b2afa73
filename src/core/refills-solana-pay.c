/* refills-solana-pay.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Solana Pay's requests for a transfer. The other kind, `solana:https://…`, lets a server write the transaction, and
 * is refused.
 */
#include "refills-solana-pay.h"

#include <string.h>

#include "refills-base58.h"
#include "refills-token-table.h"
#include "refills-uri-query.h"

#define SCHEME "solana"
#define MAX_BYTES 2048
#define KEY_BYTES 32
#define SOL_DECIMALS 9
#define ANY_DECIMALS 40 /* as many as an amount can have */

/**
 * refills_solana_pay_clear:
 * @self: a request
 *
 * Frees the texts, not the struct.
 */
void
refills_solana_pay_clear (RefillsSolanaPay *self)
{
  g_clear_pointer (&self->recipient, g_free);
  g_clear_pointer (&self->amount, g_free);
  g_clear_pointer (&self->mint, g_free);
  g_clear_pointer (&self->memo, g_free);
  g_clear_pointer (&self->references, g_strfreev);
}

static gboolean
is_key (const char *text)
{
  guint8 key[REFILLS_BASE58_MAX];
  gsize length = 0;

  return refills_base58_decode (text, REFILLS_BASE58_BITCOIN, key, &length, NULL) && length == KEY_BYTES;
}

/* A request does not say how many digits its token has, and not every token is known. */
static gsize
get_decimals (const char *mint)
{
  const RefillsToken *token = mint != NULL ? refills_token_find_contract (REFILLS_ADDRESS_SOLANA, mint) : NULL;

  if (mint == NULL)
    return SOL_DECIMALS;

  return token != NULL ? token->decimals : ANY_DECIMALS;
}

static gboolean
read_references (const RefillsUriQuery  *query,
                 RefillsSolanaPay       *self,
                 GError                **error)
{
  g_autoptr (GStrvBuilder) references = g_strv_builder_new ();
  gboolean has_any = FALSE;

  for (guint i = 0; i < refills_uri_query_get_n (query); i++) {
    const RefillsUriParameter *parameter = refills_uri_query_get (query, i);

    if (!g_str_equal (parameter->name, "reference"))
      continue;
    if (!is_key (parameter->value))
      return refills_uri_refuse (error, "a reference of the request is not a key");
    g_strv_builder_add (references, parameter->value);
    has_any = TRUE;
  }
  if (has_any)
    self->references = g_strv_builder_end (references);

  return TRUE;
}

static gboolean
read_parameters (const RefillsUriQuery  *query,
                 RefillsSolanaPay       *self,
                 GError                **error)
{
  const char *value = NULL;

  if (!refills_uri_query_check_words (query, error) || !refills_uri_query_find (query, "memo", &value, error))
    return FALSE;
  self->memo = g_strdup (value);
  if (!refills_uri_query_find (query, "spl-token", &value, error))
    return FALSE;
  if (value != NULL && !is_key (value))
    return refills_uri_refuse (error, "the token of the request is not a key");
  self->mint = g_strdup (value);

  return read_references (query, self, error) &&
         refills_uri_query_find_amount (query, get_decimals (self->mint), &self->amount, error);
}

/**
 * refills_solana_pay_parse:
 * @text: (nullable): what may be a request, 2048 bytes at most
 * @out: (out caller-allocates): what it says; untouched on failure
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Reads a request for a transfer (Solana Pay, "transfer request").
 *
 * Returns: whether @text is well formed
 */
gboolean
refills_solana_pay_parse (const char        *text,
                          RefillsSolanaPay  *out,
                          GError           **error)
{
  g_auto (RefillsSolanaPay) self = { NULL };
  g_autoptr (RefillsUriQuery) query = NULL;
  g_autofree char *scheme = NULL;
  const char *rest = NULL;

  g_return_val_if_fail (out != NULL, FALSE);

  if (text != NULL && strlen (text) <= MAX_BYTES)
    scheme = refills_uri_take_scheme (text, &rest);
  if (g_strcmp0 (scheme, SCHEME) != 0)
    return refills_uri_refuse (error, "this is not a solana: request");
  query = refills_uri_query_parse (rest, REFILLS_URI_QUERY_EXACT_NAMES, &self.recipient, error);
  if (query == NULL || !read_parameters (query, &self, error))
    return FALSE;
  if (!is_key (self.recipient))
    return refills_uri_refuse (error, "the recipient of the request is not a key");

  *out = self;
  self = (RefillsSolanaPay) { NULL };

  return TRUE;
}
