/* refills-erc681.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Payment requests on EVM chains (ERC-681): `ethereum:TARGET@CHAIN[/FUNCTION][?…]`, whose numbers may have a point
 * and an exponent and are still whole.
 *
 * The format only: whether an address has the capitals of EIP-55 is said by refills_address_check().
 */
#include "refills-erc681.h"

#include <string.h>

#include "refills-uri-query.h"

#define SCHEME "ethereum"
#define PAY_PREFIX "pay-"
#define ADDRESS_LENGTH 42
#define MAX_BYTES 2048
#define MAX_DIGITS 78
/* 2^256 - 1, which has as many. */
#define MAX_VALUE "115792089237316195423570985008687907853269984665640564039457584007913129639935"

/**
 * refills_erc681_clear:
 * @self: a request
 *
 * Frees the texts, not the struct.
 */
void
refills_erc681_clear (RefillsErc681 *self)
{
  g_clear_pointer (&self->target, g_free);
  g_clear_pointer (&self->function, g_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->value, g_free);
}

/**
 * refills_erc681_is_hex:
 * @text: what may be an address
 *
 * Returns: whether it is `0x` and forty hexadecimal digits, in whatever capitals
 */
gboolean
refills_erc681_is_hex (const char *text)
{
  return strlen (text) == ADDRESS_LENGTH && g_str_has_prefix (text, "0x") &&
         strspn (text + 2, "0123456789abcdefABCDEF") == ADDRESS_LENGTH - 2;
}

/* Dotted labels; which of them exist is not ours to say. */
static gboolean
is_name (const char *text)
{
  return strlen (text) <= 255 && strchr (text, '.') != NULL && g_ascii_isalnum (*text) &&
         text[strspn (text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")] == '\0' &&
         strstr (text, "..") == NULL && !g_str_has_suffix (text, ".");
}

static gsize
count_digits (const char *text)
{
  return strspn (text, "0123456789");
}

/* At most three digits of an exponent tell anything; more are read as too many. */
static guint
read_exponent (const char *digits,
               gsize       length)
{
  guint exponent = 0;

  for (gsize i = 0; i < length; i++)
    exponent = MIN (exponent * 10 + (guint) g_ascii_digit_value (digits[i]), 10 * MAX_DIGITS);

  return exponent;
}

/**
 * refills_erc681_parse_number:
 * @text: (nullable): a number by the grammar of ERC-681, such as `2.014e18`
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Reads a number exactly. It has to be whole, so the exponent is no smaller than the number of digits behind the
 * point; it has to fit into 256 bits; and it cannot be negative, as no sum is.
 *
 * Returns: (transfer full) (nullable): its digits
 */
char *
refills_erc681_parse_number (const char  *text,
                             GError     **error)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  gsize whole = 0;
  gsize fraction = 0;
  gsize zeros = 0;
  guint exponent = 0;
  gboolean is_whole = TRUE;

  if (text == NULL || strlen (text) > MAX_BYTES) {
    refills_uri_refuse (error, "this is not a number");
    return NULL;
  }

  if (*text == '+')
    text++;
  whole = count_digits (text);
  g_string_append_len (digits, text, (gssize) whole);
  text += whole;
  if (*text == '.') {
    fraction = count_digits (text + 1);
    g_string_append_len (digits, text + 1, (gssize) fraction);
    text += 1 + fraction;
    is_whole = fraction > 0;
  }
  if (*text == 'e' || *text == 'E') {
    gsize length = count_digits (text + 1);

    exponent = read_exponent (text + 1, length);
    text += 1 + length;
  }
  if (!is_whole || *text != '\0' || digits->len == 0 || exponent < fraction) {
    refills_uri_refuse (error, "this is not a whole number");
    return NULL;
  }

  zeros = strspn (digits->str, "0");
  if (zeros == digits->len)
    return g_strdup ("0");
  g_string_erase (digits, 0, (gssize) zeros);
  if (digits->len + exponent - fraction > MAX_DIGITS) {
    refills_uri_refuse (error, "the number is too large");
    return NULL;
  }
  for (gsize i = fraction; i < exponent; i++)
    g_string_append_c (digits, '0');
  if (digits->len == MAX_DIGITS && strcmp (digits->str, MAX_VALUE) > 0) {
    refills_uri_refuse (error, "the number is too large");
    return NULL;
  }

  return g_string_free (g_steal_pointer (&digits), FALSE);
}

static gboolean
read_chain (const char  *text,
            guint64     *chain_id,
            GError     **error)
{
  gsize length = strlen (text);

  if (length == 0 || length > 19 || count_digits (text) != length || *text == '0')
    return refills_uri_refuse (error, "the chain of the request is not a number");
  *chain_id = g_ascii_strtoull (text, NULL, 10);

  return TRUE;
}

/* `TARGET[@CHAIN][/FUNCTION]` */
static gboolean
read_path (char           *path,
           RefillsErc681  *self,
           GError        **error)
{
  char *slash = strchr (path, '/');
  char *at = NULL;

  if (slash != NULL) {
    *slash = '\0';
    if (slash[1] == '\0' || !g_ascii_isalpha (slash[1]) ||
        slash[1 + strspn (slash + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")] != '\0')
      return refills_uri_refuse (error, "the function of the request cannot be read");
    self->function = g_strdup (slash + 1);
  }
  at = strchr (path, '@');
  if (at != NULL) {
    *at = '\0';
    if (!read_chain (at + 1, &self->chain_id, error))
      return FALSE;
  }
  if (!refills_erc681_is_hex (path) && !is_name (path))
    return refills_uri_refuse (error, "the request names no address");
  self->target = g_strdup (path);

  return TRUE;
}

/* Arguments are named by their types, which make another function of the same name. Other names, such as those of what
 * the sending costs, are the wallet's. */
static gboolean
has_other_arguments (const RefillsUriQuery *query,
                     gboolean               is_transfer)
{
  static const char * const types[] = { "address", "uint", "int", "bool", "bytes", "string", "fixed", "ufixed" };

  for (guint i = 0; i < refills_uri_query_get_n (query); i++) {
    const char *name = refills_uri_query_get (query, i)->name;

    if (is_transfer && (g_str_equal (name, "address") || g_str_equal (name, "uint256")))
      continue;
    for (guint j = 0; j < G_N_ELEMENTS (types); j++) {
      gsize length = strlen (types[j]);

      if (g_ascii_strncasecmp (name, types[j], length) == 0 && !g_ascii_isalpha (name[length]))
        return TRUE;
    }
  }

  return FALSE;
}

/* Also what is the wallet's has to be a number where the standard says so. */
static gboolean
check_numbers (const RefillsUriQuery  *query,
               GError                **error)
{
  static const char * const names[] = { "value", "gas", "gasLimit", "gasPrice" };

  for (guint i = 0; i < refills_uri_query_get_n (query); i++) {
    const RefillsUriParameter *parameter = refills_uri_query_get (query, i);

    for (guint j = 0; j < G_N_ELEMENTS (names); j++) {
      g_autofree char *number = NULL;

      if (!g_str_equal (parameter->name, names[j]))
        continue;
      number = refills_erc681_parse_number (parameter->value, error);
      if (number == NULL)
        return FALSE;
    }
  }

  return TRUE;
}

/* Without an amount the payer is to be asked for one. */
static gboolean
read_transfer (const RefillsUriQuery  *query,
               RefillsErc681          *self,
               GError                **error)
{
  const char *address = NULL;
  const char *units = NULL;
  const char *value = NULL;

  if (!refills_uri_query_find (query, "address", &address, error) ||
      !refills_uri_query_find (query, "uint256", &units, error) ||
      !refills_uri_query_find (query, "value", &value, error))
    return FALSE;
  if (address == NULL || (!refills_erc681_is_hex (address) && !is_name (address)))
    return refills_uri_refuse (error, "the transfer names no payee");
  if (value != NULL) {
    g_autofree char *coins = refills_erc681_parse_number (value, error);

    if (coins == NULL)
      return FALSE;
    self->sends_both = !g_str_equal (coins, "0");
  }
  self->address = g_strdup (address);
  if (units == NULL)
    return TRUE;
  self->value = refills_erc681_parse_number (units, error);

  return self->value != NULL;
}

static gboolean
read_native (const RefillsUriQuery  *query,
             RefillsErc681          *self,
             GError                **error)
{
  const char *value = NULL;

  if (!refills_uri_query_find (query, "value", &value, error))
    return FALSE;
  if (value == NULL)
    return TRUE;
  self->value = refills_erc681_parse_number (value, error);

  return self->value != NULL;
}

/**
 * refills_erc681_parse:
 * @text: (nullable): what may be a request, 2048 bytes at most
 * @out: (out caller-allocates): what it says; untouched on failure
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Reads a request. A function other than `transfer` is read by its name only.
 *
 * Returns: whether @text is well formed
 */
gboolean
refills_erc681_parse (const char     *text,
                      RefillsErc681  *out,
                      GError        **error)
{
  g_auto (RefillsErc681) self = { NULL };
  g_autoptr (RefillsUriQuery) query = NULL;
  g_autofree char *scheme = NULL;
  g_autofree char *path = NULL;
  const char *rest = NULL;

  g_return_val_if_fail (out != NULL, FALSE);

  if (text != NULL && strlen (text) <= MAX_BYTES)
    scheme = refills_uri_take_scheme (text, &rest);
  if (g_strcmp0 (scheme, SCHEME) != 0)
    return refills_uri_refuse (error, "this is not an ethereum: request");
  if (g_str_has_prefix (rest, PAY_PREFIX))
    rest += strlen (PAY_PREFIX);
  query = refills_uri_query_parse (rest, REFILLS_URI_QUERY_EXACT_NAMES, &path, error);
  if (query == NULL || !read_path (path, &self, error) || !check_numbers (query, error))
    return FALSE;
  if (g_strcmp0 (self.function, "transfer") == 0) {
    if (!read_transfer (query, &self, error))
      return FALSE;
  } else if (self.function == NULL && !read_native (query, &self, error)) {
    return FALSE;
  }
  self.has_more = has_other_arguments (query, self.function != NULL);

  *out = self;
  self = (RefillsErc681) { NULL };

  return TRUE;
}
