/* refills-payment-uri.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A payment request of any family, read into one shape and written from it. What is read is compared with the
 * verified record and shown to nobody; what is written is made from the record alone.
 */
#include "refills-payment-uri.h"

#include <string.h>

#include "refills-bech32.h"
#include "refills-bip321.h"
#include "refills-bolt11.h"
#include "refills-erc681.h"
#include "refills-solana-pay.h"
#include "refills-ton-uri.h"
#include "refills-uri-query.h"

#define MAX_BYTES 4096
/* Of Solana Pay; and longer than any QR code that is easily scanned. */
#define MAX_WRITTEN 2048
#define CASH_PREFIX "bitcoincash:"

/* Reads what has the scheme. @unpayable: why it is not paid although it is well formed. */
typedef gboolean (*ReadUri) (const char         *text,
                             const char         *scheme,
                             RefillsPaymentUri  *out,
                             const char        **unpayable,
                             GError            **error);

/**
 * refills_payment_uri_clear:
 * @self: a request
 *
 * Frees the texts, not the struct.
 */
void
refills_payment_uri_clear (RefillsPaymentUri *self)
{
  g_clear_pointer (&self->payee, g_free);
  g_clear_pointer (&self->contract, g_free);
  g_clear_pointer (&self->amount, g_free);
  g_clear_pointer (&self->units, g_free);
  g_clear_pointer (&self->memo, g_free);
  g_clear_pointer (&self->references, g_strfreev);
}

static gboolean
read_bip321 (const char         *text,
             const char         *scheme,
             RefillsPaymentUri  *out,
             const char        **unpayable,
             GError            **error)
{
  g_auto (RefillsBip321) request = { NULL };

  if (!refills_bip321_parse (text, scheme, &request, error))
    return FALSE;
  if (request.address == NULL)
    *unpayable = "the request names no address on the chain";
  else if (request.has_choice)
    *unpayable = "the request names more than one payee";
  out->payee = g_steal_pointer (&request.address);
  out->amount = g_steal_pointer (&request.amount);
  out->contract = g_steal_pointer (&request.token);

  return TRUE;
}

static gboolean
read_invoice (const char         *invoice,
              RefillsPaymentUri  *out,
              const char        **unpayable,
              GError            **error)
{
  g_auto (RefillsBolt11) said = { NULL };

  if (!refills_bolt11_parse (invoice, &said, error))
    return FALSE;
  if (!g_str_equal (said.network, REFILLS_BOLT11_MAINNET))
    *unpayable = "the invoice is of a test network";
  out->payee = g_strdup (invoice);
  if (said.has_amount)
    out->units = g_strdup_printf ("%" G_GUINT64_FORMAT, said.millisatoshi);
  out->expires_at = said.expires_at;

  return TRUE;
}

static gboolean
read_lightning (const char         *text,
                const char         *scheme,
                RefillsPaymentUri  *out,
                const char        **unpayable,
                GError            **error)
{
  return read_invoice (text + strlen (scheme) + 1, out, unpayable, error);
}

static gboolean
read_erc681 (const char         *text,
             const char         *scheme,
             RefillsPaymentUri  *out,
             const char        **unpayable,
             GError            **error)
{
  g_auto (RefillsErc681) request = { NULL };
  gboolean is_transfer = FALSE;

  if (!refills_erc681_parse (text, &request, error))
    return FALSE;
  is_transfer = g_strcmp0 (request.function, "transfer") == 0;
  if (request.function != NULL && !is_transfer)
    *unpayable = "the request does not ask for a transfer";
  else if (request.has_more)
    *unpayable = "the request asks for more than a transfer";
  else if (is_transfer && request.value == NULL)
    *unpayable = "the transfer names no amount";
  else if (request.sends_both)
    *unpayable = "the request asks for two payments";
  else if (!refills_erc681_is_hex (request.target) || (is_transfer && !refills_erc681_is_hex (request.address)))
    *unpayable = "the request names no address but a name";
  out->chain_id = request.chain_id;
  out->units = g_steal_pointer (&request.value);
  out->payee = is_transfer ? g_steal_pointer (&request.address) : g_steal_pointer (&request.target);
  out->contract = g_steal_pointer (&request.target);

  return TRUE;
}

static gboolean
read_solana (const char         *text,
             const char         *scheme,
             RefillsPaymentUri  *out,
             const char        **unpayable,
             GError            **error)
{
  g_auto (RefillsSolanaPay) request = { NULL };

  if (!refills_solana_pay_parse (text, &request, error))
    return FALSE;
  out->payee = g_steal_pointer (&request.recipient);
  out->contract = g_steal_pointer (&request.mint);
  out->amount = g_steal_pointer (&request.amount);
  out->memo = g_steal_pointer (&request.memo);
  out->references = g_steal_pointer (&request.references);

  return TRUE;
}

static gboolean
read_ton (const char         *text,
          const char         *scheme,
          RefillsPaymentUri  *out,
          const char        **unpayable,
          GError            **error)
{
  g_auto (RefillsTonUri) request = { NULL };

  if (!refills_ton_uri_parse (text, &request, error))
    return FALSE;
  if (request.has_payload)
    *unpayable = "the request asks for more than a transfer";
  out->payee = g_steal_pointer (&request.address);
  out->contract = g_steal_pointer (&request.jetton);
  out->units = g_steal_pointer (&request.amount);
  out->memo = g_steal_pointer (&request.text);
  out->expires_at = request.expires_at;

  return TRUE;
}

/* What a family's standard says, and for those without one what the service may write: a coin's name, an address and
 * an amount (API reference, section 13). The scheme of every EVM chain is `ethereum` (ERC-681); `base`, `bsc` and
 * `polygon` are inventions of single wallets, whose amount may be of coins or of units, and are refused. */
static const struct {
  const char           *scheme;
  RefillsAddressFamily  family;
  ReadUri               read;
} schemes[] = {
  { "bitcoin", REFILLS_ADDRESS_BITCOIN, read_bip321 },
  { "lightning", REFILLS_ADDRESS_LIGHTNING, read_lightning },
  { "litecoin", REFILLS_ADDRESS_LITECOIN, read_bip321 },
  { "dogecoin", REFILLS_ADDRESS_DOGECOIN, read_bip321 },
  { "doge", REFILLS_ADDRESS_DOGECOIN, read_bip321 },
  { "bitcoincash", REFILLS_ADDRESS_BITCOIN_CASH, read_bip321 },
  { "ethereum", REFILLS_ADDRESS_EVM, read_erc681 },
  { "solana", REFILLS_ADDRESS_SOLANA, read_solana },
  { "tron", REFILLS_ADDRESS_TRON, read_bip321 },
  { "sui", REFILLS_ADDRESS_SUI, read_bip321 },
  { "ton", REFILLS_ADDRESS_TON, read_ton },
};

static gboolean
read_bare (const char            *text,
           RefillsAddressFamily   family,
           RefillsPaymentUri     *out,
           const char           **unpayable,
           GError               **error)
{
  out->family = family;
  out->is_bare = TRUE;
  if (family == REFILLS_ADDRESS_LIGHTNING)
    return read_invoice (text, out, unpayable, error);
  if (!refills_address_check (family, text, error))
    return FALSE;
  out->payee = g_strdup (text);

  return TRUE;
}

static gboolean
read_with_scheme (const char         *text,
                  const char         *scheme,
                  RefillsPaymentUri  *out,
                  const char        **unpayable,
                  GError            **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++) {
    if (g_str_equal (scheme, schemes[i].scheme)) {
      out->family = schemes[i].family;
      return schemes[i].read (text, scheme, out, unpayable, error);
    }
  }

  return refills_uri_refuse (error, "the scheme of the request is not known");
}

/**
 * refills_payment_uri_parse:
 * @text: (nullable): what may be a payment request or an address, 4096 bytes at most
 * @expected: the family it has to be of; tells apart what an address alone does not say
 * @out: (out caller-allocates): what it says; untouched on failure
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`, or for what is wrong with an address
 *
 * Reads a request. The payee of a URI is taken as it is written: compare it with an address that was checked, by
 * refills_address_equal(), or check it. An address alone is checked here, as nothing else tells what it is.
 *
 * Returns: whether @text asks for a payment of that family
 */
gboolean
refills_payment_uri_parse (const char            *text,
                           RefillsAddressFamily   expected,
                           RefillsPaymentUri     *out,
                           GError               **error)
{
  g_auto (RefillsPaymentUri) self = { 0 };
  g_autofree char *scheme = NULL;
  const char *rest = NULL;
  const char *unpayable = NULL;

  g_return_val_if_fail (out != NULL, FALSE);
  g_return_val_if_fail (expected < REFILLS_N_ADDRESS_FAMILIES, FALSE);

  if (text == NULL || strlen (text) > MAX_BYTES)
    return refills_uri_refuse (error, "this is not a payment request");
  scheme = refills_uri_take_scheme (text, &rest);
  if (scheme == NULL) {
    if (!read_bare (text, expected, &self, &unpayable, error))
      return FALSE;
  } else if (!read_with_scheme (text, scheme, &self, &unpayable, error)) {
    return FALSE;
  }
  if (self.family != expected)
    return refills_uri_refuse (error, "the request is for another coin");
  if (unpayable != NULL)
    return refills_uri_refuse (error, unpayable);

  *out = self;
  self = (RefillsPaymentUri) { 0 };

  return TRUE;
}

static void
append_parameter (GString    *uri,
                  const char *name,
                  const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL)
    return;
  escaped = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (uri, "%c%s=%s", strchr (uri->str, '?') == NULL ? '?' : '&', name, escaped);
}

/* Whatever an address is made of needs no escapes. */
static gboolean
is_plain (const char *text)
{
  for (; text != NULL && *text != '\0'; text++) {
    if (!g_ascii_isalnum (*text) && strchr ("-_:", *text) == NULL)
      return FALSE;
  }

  return TRUE;
}

/* Numbers are written as they are: wallets broke on exponents. Without a chain a wallet takes the one it is on. */
static char *
write_erc681 (const RefillsPaymentUri *self)
{
  if (self->chain_id == 0 || (self->contract != NULL && self->units == NULL))
    return NULL;
  if (self->contract != NULL)
    return g_strdup_printf ("ethereum:%s@%" G_GUINT64_FORMAT "/transfer?address=%s&uint256=%s", self->contract,
                            self->chain_id, self->payee, self->units);

  return g_strdup_printf ("ethereum:%s@%" G_GUINT64_FORMAT "%s%s", self->payee, self->chain_id,
                          self->units != NULL ? "?value=" : "", self->units != NULL ? self->units : "");
}

static char *
write_ton (const RefillsPaymentUri *self)
{
  g_autoptr (GString) uri = g_string_new ("ton://transfer/");
  g_autofree char *deadline = NULL;

  if (self->expires_at > 0)
    deadline = g_strdup_printf ("%" G_GINT64_FORMAT, self->expires_at);
  g_string_append (uri, self->payee);
  append_parameter (uri, "jetton", self->contract);
  append_parameter (uri, "amount", self->units);
  append_parameter (uri, "text", self->memo);
  append_parameter (uri, "exp", deadline);
  if (uri->len > MAX_WRITTEN)
    return NULL;

  return g_string_free (g_steal_pointer (&uri), FALSE);
}

static char *
write_solana (const RefillsPaymentUri *self)
{
  g_autoptr (GString) uri = g_string_new ("solana:");

  g_string_append (uri, self->payee);
  append_parameter (uri, "amount", self->amount);
  append_parameter (uri, "spl-token", self->contract);
  for (guint i = 0; self->references != NULL && self->references[i] != NULL; i++)
    append_parameter (uri, "reference", self->references[i]);
  if (uri->len > MAX_WRITTEN)
    return NULL;

  return g_string_free (g_steal_pointer (&uri), FALSE);
}

static char *
write_bip321 (const RefillsPaymentUri *self,
              const char              *scheme)
{
  g_autoptr (GString) uri = g_string_new (scheme);
  const char *payee = self->payee;

  /* The prefix of a CashAddr is the scheme, and stands there once. */
  if (g_ascii_strncasecmp (payee, CASH_PREFIX, strlen (CASH_PREFIX)) == 0)
    payee += strlen (CASH_PREFIX);
  g_string_append (uri, payee);
  append_parameter (uri, "amount", self->amount);

  return g_string_free (g_steal_pointer (&uri), FALSE);
}

/**
 * refills_payment_uri_write:
 * @self: a request, with the amount as its family has it: @amount or @units
 *
 * Writes a request as the family's standard has it, and nothing that @self does not say. What cannot be written is
 * never left out.
 *
 * Returns: (transfer full) (nullable): the request, or `NULL` where the family has no scheme that wallets agree on,
 *   or none that says all of it
 */
char *
refills_payment_uri_write (const RefillsPaymentUri *self)
{
  gboolean has_memo = FALSE;

  g_return_val_if_fail (self != NULL && self->payee != NULL, NULL);

  if (!is_plain (self->payee) || !is_plain (self->contract))
    return NULL;
  if (self->references != NULL && self->family != REFILLS_ADDRESS_SOLANA)
    return NULL;
  has_memo = self->memo != NULL;
  switch (self->family) {
  case REFILLS_ADDRESS_BITCOIN:
    return has_memo || self->contract != NULL || self->units != NULL ? NULL : write_bip321 (self, "bitcoin:");
  case REFILLS_ADDRESS_LITECOIN:
    return has_memo || self->contract != NULL || self->units != NULL ? NULL : write_bip321 (self, "litecoin:");
  case REFILLS_ADDRESS_BITCOIN_CASH:
    return has_memo || self->contract != NULL || self->units != NULL ? NULL : write_bip321 (self, CASH_PREFIX);
  case REFILLS_ADDRESS_LIGHTNING:
    return has_memo || self->contract != NULL ? NULL : g_strconcat ("lightning:", self->payee, NULL);
  case REFILLS_ADDRESS_EVM:
    return has_memo || self->amount != NULL ? NULL : write_erc681 (self);
  case REFILLS_ADDRESS_SOLANA:
    return has_memo || self->units != NULL ? NULL : write_solana (self);
  case REFILLS_ADDRESS_TON:
    return self->amount != NULL ? NULL : write_ton (self);
  case REFILLS_ADDRESS_DOGECOIN:
  case REFILLS_ADDRESS_TRON:
  case REFILLS_ADDRESS_SUI:
  case REFILLS_ADDRESS_XRP:
  case REFILLS_ADDRESS_STELLAR:
  case REFILLS_ADDRESS_MONERO:
  case REFILLS_N_ADDRESS_FAMILIES:
  default:
    return NULL;
  }
}

static gboolean
is_bare_payable (const char *text)
{
  for (guint family = 0; family < REFILLS_N_ADDRESS_FAMILIES; family++) {
    g_auto (RefillsPaymentUri) request = { 0 };
    const char *unpayable = NULL;

    if (read_bare (text, (RefillsAddressFamily) family, &request, &unpayable, NULL))
      return TRUE;
  }

  return FALSE;
}

/* Schemes of single wallets, and of families that are never paid here: an address behind them is enough. */
static gboolean
is_foreign_request (const char *rest)
{
  static const char destination[] = "destination=";
  g_autofree char *address = NULL;

  while (*rest == '/')
    rest++;
  if (g_str_has_prefix (rest, "pay-"))
    rest += strlen ("pay-");
  /* SEP-7, of Stellar: `web+stellar:pay?destination=…` */
  if (g_str_has_prefix (rest, "pay?") && strstr (rest, destination) != NULL)
    rest = strstr (rest, destination) + strlen (destination);
  address = g_strndup (rest, strcspn (rest, "?&@/#"));

  return is_bare_payable (address);
}

/* A URL in the place of an invoice (LUD-01): whoever it belongs to says what is paid. */
static gboolean
is_lnurl (const char *text)
{
  g_autofree char *prefix = NULL;
  g_autoptr (GBytes) groups = NULL;
  RefillsBech32Encoding encoding = REFILLS_BECH32;

  return refills_bech32_decode (text, MAX_BYTES, &prefix, &groups, &encoding, NULL) && g_str_equal (prefix, "lnurl");
}

/**
 * refills_payment_text_is_payable:
 * @text: (nullable): any text, such as the clipboard's
 *
 * Whether a wallet could take a text for something to pay to: an address, an invoice or a payment request of any
 * family, also of those that this program never pays. Blanks around it do not count.
 *
 * Returns: whether it is one
 */
gboolean
refills_payment_text_is_payable (const char *text)
{
  g_auto (RefillsPaymentUri) request = { 0 };
  g_autofree char *stripped = NULL;
  g_autofree char *scheme = NULL;
  const char *rest = NULL;
  const char *unpayable = NULL;

  if (text == NULL || strnlen (text, 2 * MAX_BYTES) == 2 * MAX_BYTES)
    return FALSE;
  stripped = g_strstrip (g_strdup (text));
  scheme = refills_uri_take_scheme (stripped, &rest);
  if (scheme == NULL)
    return is_bare_payable (stripped) || is_lnurl (stripped);

  return read_with_scheme (stripped, scheme, &request, &unpayable, NULL) || is_foreign_request (rest) ||
         is_lnurl (rest);
}
