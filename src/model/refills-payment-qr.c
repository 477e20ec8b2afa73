/* refills-payment-qr.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The service's own payment code, which is never shown and has to agree with what is: a difference says that one of the
 * two was tampered with.
 *
 * Pure functions, on any thread.
 */
#include "refills-payment-private.h"

#include "refills-address.h"
#include "refills-payment-uri.h"

/* Solana Pay names no limit; each takes room in a transaction, of which there is little. */
#define REFERENCES_MAX 5

/* Whether a payment request of the family names the token, so that one without a token asks for the coin itself. */
static gboolean
names_tokens (RefillsAddressFamily family)
{
  return family == REFILLS_ADDRESS_EVM || family == REFILLS_ADDRESS_SOLANA || family == REFILLS_ADDRESS_TON;
}

static gboolean
is_same_token (RefillsPaymentDraft     *self,
               const RefillsPaymentUri *uri)
{
  if (uri->contract == NULL && !names_tokens (self->token->family))
    return TRUE;

  return refills_token_agrees (self->token, uri->contract, (int) self->token->decimals, uri->chain_id);
}

static gboolean
is_same_amount (RefillsPaymentDraft     *self,
                const RefillsPaymentUri *uri,
                const RefillsDecimal    *amount)
{
  RefillsDecimal said = REFILLS_DECIMAL_ZERO;
  g_autofree char *units = refills_decimal_to_units (amount, self->token->decimals, NULL);

  if (uri->amount != NULL && (!refills_decimal_parse (uri->amount, &said, NULL) ||
                              refills_decimal_compare (&said, amount) != 0))
    return FALSE;

  return uri->units == NULL || g_strcmp0 (uri->units, units) == 0;
}

/* A merchant finds a payment by the keys that it names (Solana Pay): few, and not what pays a program. */
static gboolean
are_references (const RefillsPaymentUri *uri)
{
  guint n = uri->references != NULL ? g_strv_length (uri->references) : 0;

  if (n > REFERENCES_MAX)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    const char *reference = uri->references[i];

    if (!refills_address_check (REFILLS_ADDRESS_SOLANA, reference, NULL) ||
        refills_token_is_reserved (REFILLS_ADDRESS_SOLANA, reference) || g_str_equal (reference, uri->payee))
      return FALSE;
    for (guint j = 0; j < i; j++)
      if (g_str_equal (reference, uri->references[j]))
        return FALSE;
  }

  return TRUE;
}

/* Adds the references of a code that agrees to the draft, in place of those that a code for the whole had; and when it
 * ends, unless it is that for the whole of which only a rest is to be paid.
 *
 * @other: (nullable): another amount that the code may say */
static const char *
find_difference (RefillsPaymentDraft  *self,
                 const char           *text,
                 const char           *payee,
                 const RefillsDecimal *amount,
                 const RefillsDecimal *other)
{
  RefillsPaymentUri uri = { 0 };
  const char *difference = NULL;

  if (!refills_payment_uri_parse (text, self->token->family, &uri, NULL))
    return "a payment code that cannot be read";

  if (uri.payee == NULL || !refills_address_equal (self->token->family, uri.payee, payee))
    difference = "a payment code with another address";
  else if (uri.memo != NULL && self->token->family != REFILLS_ADDRESS_TON)
    difference = "a payment code with a memo";
  else if (!uri.is_bare && (uri.contract != NULL || uri.amount != NULL || uri.units != NULL || uri.chain_id != 0) &&
           !is_same_token (self, &uri))
    difference = "a payment code for another token or chain";
  else if (!is_same_amount (self, &uri, amount) && (other == NULL || !is_same_amount (self, &uri, other)))
    difference = "a payment code for another amount";
  else if (!are_references (&uri))
    difference = "a payment code with references that are none";
  if (difference == NULL && uri.references != NULL) {
    g_clear_pointer (&self->references, g_strfreev);
    self->references = g_steal_pointer (&uri.references);
  }
  /* What an invoice says of its end is known from the payee, which is one. */
  if (difference == NULL && self->token->family == REFILLS_ADDRESS_TON && uri.expires_at != 0 &&
      (other == NULL || !is_same_amount (self, &uri, amount)) &&
      (self->code_expires_at == 0 || uri.expires_at < self->code_expires_at))
    self->code_expires_at = uri.expires_at;
  refills_payment_uri_clear (&uri);

  return difference;
}

/**
 * refills_payment_draft_check_qr:
 * @self: a draft whose amount is known
 * @error: return location for a `REFILLS_PAYMENT_ERROR`
 *
 * Compares payee, chain, token and amount with what the service's payment codes say. One may be left out or say the
 * payee alone. What a code says more is left out of ours, but for the references of Solana Pay, and the end and the
 * comment of one for TON, at which [func@payment_draft_check_memo] looks; any other code that wants a memo is refused.
 *
 * Returns: whether nothing differs
 */
gboolean
refills_payment_draft_check_qr (RefillsPaymentDraft  *self,
                                GError              **error)
{
  const char *whole = refills_order_state_get_qr_text (self->state);
  const char *rest = refills_order_state_get_missing_amount_qr_text (self->state);
  const char *difference = NULL;

  /* After a part payment some services say there what is missing. */
  if (whole != NULL)
    difference = find_difference (self, whole, refills_order_state_get_wallet_address (self->state), &self->whole,
                                  self->is_rest ? &self->due : NULL);
  if (difference == NULL && self->is_rest && rest != NULL)
    difference = find_difference (self, rest, self->payee, &self->due, NULL);
  if (difference != NULL)
    return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_QR, difference, error);

  return TRUE;
}
