/* refills-payment-comment.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the service wants to stand beside a payment. On TON it is a comment, which wallets take and payment requests
 * can name, and which is a part of the payment; elsewhere it is a memo or tag, and nothing is paid with one.
 *
 * Pure functions, on any thread.
 */
#include "refills-payment-private.h"

#include "refills-address.h"
#include "refills-payment-uri.h"
#include "refills-rich-text.h"

#include <string.h>

/* Bytes of UTF-8. A message has room for 123 in its first cell, beside its 32 bits that say that it is a text. */
#define COMMENT_BYTES 120
/* At the end of a memo that is not known as it came. */
#define CUT "…"

/* What people can see and type, each letter of it. */
static gboolean
is_plain (const char *text)
{
  g_autofree char *line = NULL;

  if (*text == '\0' || strlen (text) > COMMENT_BYTES || g_str_has_suffix (text, CUT))
    return FALSE;
  line = refills_text_clean_line (text, 0);

  return g_str_equal (line, text);
}

/* (nullable): what a payment code for TON names; none where there is no code that can be read. */
static char *
dup_code_comment (const char *text)
{
  g_auto (RefillsPaymentUri) uri = { 0 };

  if (text == NULL || !refills_payment_uri_parse (text, REFILLS_ADDRESS_TON, &uri, NULL) || uri.memo == NULL ||
      *uri.memo == '\0')
    return NULL;

  return g_steal_pointer (&uri.memo);
}

static gboolean
is_of_ton (RefillsOrderState *state)
{
  const RefillsToken *token = refills_token_find (refills_order_state_get_coin (state),
                                                  refills_order_state_get_network (state));

  return token != NULL && token->family == REFILLS_ADDRESS_TON;
}

/**
 * refills_payment_has_comment:
 * @state: an order's state
 *
 * Returns: whether its memo is a comment that a payment has, and is shown with that
 */
gboolean
refills_payment_has_comment (RefillsOrderState *state)
{
  const char *memo;

  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (state), FALSE);

  memo = refills_order_state_get_memo (state);

  return memo != NULL && is_of_ton (state) && is_plain (memo);
}

/**
 * refills_payment_changes_comment:
 * @known: what is known of an order, with a coin and network
 * @incoming: a later answer about it
 *
 * Whether the comment of a payment on TON is another one in a later answer, or the first one that came at all: whoever
 * paid by then paid without it. An answer that names none says nothing of it.
 *
 * Returns: whether it changes
 */
gboolean
refills_payment_changes_comment (RefillsOrderState *known,
                                 RefillsOrderState *incoming)
{
  g_autofree char *known_code = NULL;
  g_autofree char *code = NULL;
  const char *comment = refills_order_state_get_memo (known);
  const char *memo = refills_order_state_get_memo (incoming);

  if (!is_of_ton (known) || refills_order_state_get_wallet_address (known) == NULL)
    return FALSE;

  known_code = dup_code_comment (refills_order_state_get_qr_text (known));
  code = dup_code_comment (refills_order_state_get_qr_text (incoming));
  if (comment == NULL)
    comment = known_code;

  return (memo != NULL && g_strcmp0 (memo, comment) != 0) || (code != NULL && g_strcmp0 (code, comment) != 0);
}

static gboolean
read_code (RefillsOrderState    *state,
           RefillsAddressFamily  family,
           RefillsPaymentUri    *uri)
{
  const char *text = refills_order_state_get_qr_text (state);

  return text != NULL && refills_payment_uri_parse (text, family, uri, NULL);
}

/* Another end is less where it is later. */
static gboolean
says_less_on_ton (const RefillsPaymentUri *known,
                  const RefillsPaymentUri *incoming)
{
  gboolean had_comment = known->memo != NULL && *known->memo != '\0';
  gboolean has_comment = incoming->memo != NULL && *incoming->memo != '\0';

  return (had_comment && !has_comment) ||
         (known->expires_at != 0 && (incoming->expires_at == 0 || incoming->expires_at > known->expires_at));
}

/**
 * refills_payment_code_says_less:
 * @known: what is known of an order, with a coin and network
 * @incoming: a later answer about it
 *
 * Whether the known payment code names what a later one for the same payee leaves out or names otherwise: the comment
 * and the end of a payment on TON, the references of one on Solana. The service finds a payment by comment and
 * references, and who paid by the first code paid with those.
 *
 * Returns: whether the known code is to be kept
 */
gboolean
refills_payment_code_says_less (RefillsOrderState *known,
                                RefillsOrderState *incoming)
{
  const RefillsToken *token = refills_token_find (refills_order_state_get_coin (known),
                                                  refills_order_state_get_network (known));
  g_auto (RefillsPaymentUri) known_code = { 0 };
  g_auto (RefillsPaymentUri) code = { 0 };

  if (token == NULL || !read_code (known, token->family, &known_code) || !read_code (incoming, token->family, &code) ||
      known_code.payee == NULL || code.payee == NULL ||
      !refills_address_equal (token->family, known_code.payee, code.payee))
    return FALSE;
  if (token->family == REFILLS_ADDRESS_TON)
    return says_less_on_ton (&known_code, &code);

  return known_code.references != NULL &&
         (code.references == NULL || !g_strv_equal ((const char * const *) known_code.references,
                                                    (const char * const *) code.references));
}

static gboolean
take_comment (RefillsPaymentDraft  *self,
              GError              **error)
{
  g_autofree char *code = dup_code_comment (refills_order_state_get_qr_text (self->state));
  g_autofree char *rest = dup_code_comment (refills_order_state_get_missing_amount_qr_text (self->state));
  const char *comment = refills_order_state_get_memo (self->state);

  if (comment == NULL)
    comment = code;
  if ((code != NULL && !g_str_equal (code, comment)) ||
      (self->is_rest && rest != NULL && g_strcmp0 (rest, comment) != 0))
    return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_MEMO, "a payment code with another comment", error);
  if (comment != NULL && !is_plain (comment))
    return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_MEMO, "a comment that nobody could type", error);
  self->comment = g_strdup (comment);

  return TRUE;
}

/**
 * refills_payment_draft_check_memo:
 * @self: a draft whose payment codes were compared
 * @error: return location for a `REFILLS_PAYMENT_ERROR`
 *
 * Finds the comment of a payment on TON, which the answer may name beside its code, in it, or the same in both: plain
 * text of 120 bytes at most, without control and direction characters. Anywhere else a memo or tag is wanted for which
 * there is no place. No other chain of our table has tags: on those that have, a payment without one is lost.
 *
 * Returns: whether it can be paid so
 */
gboolean
refills_payment_draft_check_memo (RefillsPaymentDraft  *self,
                                  GError              **error)
{
  if (self->token != NULL && self->token->family == REFILLS_ADDRESS_TON)
    return take_comment (self, error);
  if (refills_order_state_get_memo (self->state) != NULL)
    return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_MEMO, "the payment needs a memo or tag", error);

  return TRUE;
}
