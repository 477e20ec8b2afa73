/* refills-ton-uri.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Payment requests on TON: `ton://transfer/ADDRESS?amount=&jetton=&text=&exp=` (TON documentation, "deep links").
 * Sums are whole numbers of smallest units.
 */
#include "refills-ton-uri.h"

#include <string.h>

#include "refills-address.h"
#include "refills-uri-query.h"

#define SCHEME "ton"
#define ACTION "//transfer/"
#define MAX_BYTES 2048
#define MAX_DIGITS 40

/**
 * refills_ton_uri_clear:
 * @self: a request
 *
 * Frees the texts, not the struct.
 */
void
refills_ton_uri_clear (RefillsTonUri *self)
{
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->amount, g_free);
  g_clear_pointer (&self->jetton, g_free);
  g_clear_pointer (&self->text, g_free);
}

/* The digits of a whole number, without zeros in front; NULL where there is another character. */
static char *
read_digits (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > MAX_DIGITS || strspn (text, "0123456789") != length)
    return NULL;
  while (*text == '0' && text[1] != '\0')
    text++;

  return g_strdup (text);
}

static gboolean
read_parameters (const RefillsUriQuery  *query,
                 RefillsTonUri          *self,
                 GError                **error)
{
  const char *amount = NULL;
  const char *jetton = NULL;
  const char *text = NULL;
  const char *deadline = NULL;
  const char *body = NULL;
  const char *code = NULL;

  if (!refills_uri_query_find (query, "amount", &amount, error) ||
      !refills_uri_query_find (query, "jetton", &jetton, error) ||
      !refills_uri_query_find (query, "text", &text, error) ||
      !refills_uri_query_find (query, "exp", &deadline, error) ||
      !refills_uri_query_find (query, "bin", &body, error) ||
      !refills_uri_query_find (query, "init", &code, error))
    return FALSE;

  if (amount != NULL) {
    self->amount = read_digits (amount);
    if (self->amount == NULL)
      return refills_uri_refuse (error, "the amount is not a whole number of smallest units");
  }
  if (jetton != NULL && !refills_address_check (REFILLS_ADDRESS_TON, jetton, error))
    return FALSE;
  if (deadline != NULL) {
    g_autofree char *digits = read_digits (deadline);

    /* Past 18 digits it would not fit, and a time has ten. */
    if (digits == NULL || strlen (digits) > 18 || g_str_equal (digits, "0"))
      return refills_uri_refuse (error, "the deadline of the request is not a time");
    self->expires_at = g_ascii_strtoll (digits, NULL, 10);
  }
  self->jetton = g_strdup (jetton);
  self->text = g_strdup (text);
  self->has_payload = body != NULL || code != NULL;

  return TRUE;
}

/**
 * refills_ton_uri_parse:
 * @text: (nullable): what may be a request, 2048 bytes at most
 * @out: (out caller-allocates): what it says; untouched on failure
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`, or for what is wrong with an address
 *
 * Reads a request for a transfer.
 *
 * Returns: whether @text is well formed, and its addresses are of the main network
 */
gboolean
refills_ton_uri_parse (const char     *text,
                       RefillsTonUri  *out,
                       GError        **error)
{
  g_auto (RefillsTonUri) self = { NULL };
  g_autoptr (RefillsUriQuery) query = NULL;
  g_autofree char *scheme = NULL;
  const char *rest = NULL;

  g_return_val_if_fail (out != NULL, FALSE);

  if (text != NULL && strlen (text) <= MAX_BYTES)
    scheme = refills_uri_take_scheme (text, &rest);
  if (g_strcmp0 (scheme, SCHEME) != 0 || !g_str_has_prefix (rest, ACTION))
    return refills_uri_refuse (error, "this is not a ton:// request for a transfer");
  query = refills_uri_query_parse (rest + strlen (ACTION), REFILLS_URI_QUERY_EXACT_NAMES, &self.address, error);
  if (query == NULL || !refills_address_check (REFILLS_ADDRESS_TON, self.address, error) ||
      !read_parameters (query, &self, error))
    return FALSE;

  *out = self;
  self = (RefillsTonUri) { NULL };

  return TRUE;
}
