/* refills-payment-check.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether an order may be paid: every check, one after the other, from the order's state, what was asked, the
 * network's facts that were stored with it, and our own table of tokens. The first that fails gives the reason.
 *
 * Pure functions, on any thread.
 */
#include "refills-payment-private.h"

#include "refills-address.h"
#include "refills-bolt11.h"
#include "refills-order-comparison.h"
#include "refills-payment-uri.h"
#include "refills-via-name.h"
#include "refills-web-page.h"

#include <string.h>

static gboolean
check_phase (RefillsPaymentDraft  *self,
             GError              **error)
{
  RefillsOrderPhase phase = refills_order_state_get_phase (self->state);

  if (refills_order_request_is_outline (self->asked))
    return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_NOT_AS_ASKED, "what was asked is not known", error);
  if (phase != REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT && phase != REFILLS_ORDER_PHASE_PARTIALLY_PAID)
    return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_NOT_PAYABLE, "the order does not wait for a payment",
                                         error);
  self->is_rest = phase == REFILLS_ORDER_PHASE_PARTIALLY_PAID;

  return TRUE;
}

static gboolean
is_elsewhere (RefillsPaymentDraft *self)
{
  return refills_via_name_is_elsewhere (refills_order_request_get_payment_via (self->asked));
}

static gboolean
check_pair (RefillsPaymentDraft  *self,
            GError              **error)
{
  const char *coin = refills_order_state_get_coin (self->state);
  const char *network = refills_order_state_get_network (self->state);

  self->token = refills_token_find (refills_order_request_get_coin (self->asked),
                                    refills_order_request_get_network_name (self->asked));
  if (self->token == NULL)
    return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_UNSUPPORTED, "no such coin and network in our table",
                                         error);
  if (coin != NULL && network != NULL && refills_token_find (coin, network) == NULL)
    return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_UNSUPPORTED,
                                         "the answer names a coin and network that are not in our table", error);

  return TRUE;
}

/* The service has several names for a network (API reference, section 2.1). An exchange need not name one. */
static gboolean
is_network_asked (RefillsPaymentDraft *self)
{
  const char *answered = refills_order_state_get_network (self->state);
  const char *coin = refills_order_state_get_coin (self->state);
  const RefillsToken *token = refills_token_find (refills_order_request_get_coin (self->asked),
                                                  refills_order_request_get_network_name (self->asked));

  if (answered == NULL)
    return is_elsewhere (self);

  return token != NULL && coin != NULL && refills_token_find (coin, answered) == token;
}

static gboolean
check_what_was_asked (RefillsPaymentDraft  *self,
                      GError              **error)
{
  const struct {
    const char *answered;
    const char *wanted;
    const char *what;
  } pairs[] = {
    { refills_order_state_get_coin (self->state), refills_order_request_get_coin (self->asked), "the coin" },
    { refills_order_state_get_network (self->state), refills_order_request_get_network_name (self->asked),
      "the network" },
    { refills_order_state_get_payment_via (self->state), refills_order_request_get_payment_via (self->asked),
      "the way to pay" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++) {
    g_autofree char *message = NULL;

    if (*pairs[i].wanted == '\0' || g_strcmp0 (pairs[i].answered, pairs[i].wanted) == 0)
      continue;
    if (i == 1 && is_network_asked (self))
      continue;
    message = g_strdup_printf ("%s is not the one asked for", pairs[i].what);
    return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_NOT_AS_ASKED, message, error);
  }

  if (!refills_order_comparison_is_state_of (self->state, self->asked))
    return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_OTHER_DELIVERIES,
                                         "the deliveries are not those asked for", error);

  return TRUE;
}

/* Whoever has the secret of one invoice could take the money of another with the same hash, and a wallet does not pay
 * a hash twice (BOLT 4, BOLT 11). */
static gboolean
is_same_invoice (const char *a,
                 const char *b)
{
  g_auto (RefillsBolt11) left = { NULL };
  g_auto (RefillsBolt11) right = { NULL };

  return refills_bolt11_parse (a, &left, NULL) && refills_bolt11_parse (b, &right, NULL) &&
         left.has_payment_hash && right.has_payment_hash &&
         memcmp (left.payment_hash, right.payment_hash, sizeof left.payment_hash) == 0;
}

/* An invoice has its amount in it, so what is missing needs one of its own. */
static gboolean
take_rest_invoice (RefillsPaymentDraft  *self,
                   GError              **error)
{
  const char *text = refills_order_state_get_missing_amount_qr_text (self->state);
  RefillsPaymentUri uri = { 0 };

  if (text == NULL)
    return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_INVOICE, "no invoice for what is missing", error);
  if (!refills_payment_uri_parse (text, REFILLS_ADDRESS_LIGHTNING, &uri, NULL))
    return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_INVOICE, "what is missing has no readable invoice",
                                         error);
  if (is_same_invoice (self->payee, uri.payee)) {
    refills_payment_uri_clear (&uri);
    return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_INVOICE, "the first invoice again for what is missing",
                                         error);
  }
  g_clear_pointer (&self->payee, g_free);
  self->payee = g_steal_pointer (&uri.payee);
  refills_payment_uri_clear (&uri);

  return TRUE;
}

static gboolean
check_address (RefillsPaymentDraft  *self,
               GError              **error)
{
  g_autoptr (GError) reason = NULL;

  self->payee = g_strdup (refills_order_state_get_wallet_address (self->state));
  if (self->payee == NULL)
    return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_ADDRESS, "no address", error);
  if (self->token->family == REFILLS_ADDRESS_LIGHTNING && self->is_rest && !take_rest_invoice (self, error))
    return FALSE;

  if (!refills_address_check (self->token->family, self->payee, &reason))
    return refills_payment_draft_refuse (g_error_matches (reason, REFILLS_ADDRESS_ERROR,
                                                          REFILLS_ADDRESS_ERROR_RESERVED)
                                           ? REFILLS_PAYMENT_ERROR_RESERVED : REFILLS_PAYMENT_ERROR_ADDRESS,
                                         reason->message, error);

  return TRUE;
}

/* Money that is sent to a token's contract is lost. */
static gboolean
check_payee (RefillsPaymentDraft  *self,
             GError              **error)
{
  const char *contract = refills_order_request_get_contract (self->asked);

  if (refills_token_is_reserved (self->token->family, self->payee) ||
      (contract != NULL && refills_address_equal (self->token->family, self->payee, contract)))
    return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_RESERVED, "the payee is a contract or a mint", error);

  return TRUE;
}

static gboolean
check_token (RefillsPaymentDraft  *self,
             GError              **error)
{
  if (!refills_token_agrees (self->token, refills_order_request_get_contract (self->asked),
                             refills_order_request_get_decimals (self->asked),
                             refills_order_request_get_chain_id (self->asked)))
    return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_TOKEN,
                                         "contract, decimals or chain are not those of our table", error);

  return TRUE;
}

static gboolean
check_unchanged (RefillsPaymentDraft  *self,
                 GError              **error)
{
  if (refills_order_state_get_alarm (self->state) != REFILLS_ORDER_ALARM_NONE)
    return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_CHANGED, "a later answer changed the order", error);

  return TRUE;
}

/* An address of an exchange is nothing that could be checked, and is not looked at. A page of a program on this
 * computer is one here: whether that is where the shop is, is for who opens it. */
static gboolean
check_page (RefillsPaymentDraft  *self,
            GError              **error)
{
  g_autofree char *host = refills_web_page_dup_host (refills_order_state_get_checkout_uri (self->state), TRUE);

  if (host == NULL)
    return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_PAGE, "no page of an exchange that is safe to open",
                                         error);

  return TRUE;
}

/**
 * refills_payment_draft_refuse:
 * @reason: why
 * @message: the same for the log: no address, no order id
 * @error: return location
 *
 * Returns: %FALSE
 */
gboolean
refills_payment_draft_refuse (RefillsPaymentError   reason,
                              const char           *message,
                              GError              **error)
{
  g_set_error_literal (error, REFILLS_PAYMENT_ERROR, reason, message);

  return FALSE;
}

/**
 * refills_payment_draft_check:
 * @self: state, what was asked, and the time; all else is filled in
 * @error: return location for a `REFILLS_PAYMENT_ERROR`
 *
 * Goes through all checks in their order.
 *
 * Returns: whether the order may be paid as @self says
 */
gboolean
refills_payment_draft_check (RefillsPaymentDraft  *self,
                             GError              **error)
{
  enum { ALL, WALLET, ELSEWHERE };
  static const struct {
    int of;
    gboolean (* check) (RefillsPaymentDraft *, GError **);
  } checks[] = {
    { ALL, check_phase }, { WALLET, check_pair }, { ALL, check_what_was_asked },
    { WALLET, check_address }, { WALLET, check_payee }, { WALLET, check_token }, { ELSEWHERE, check_page },
    { ALL, refills_payment_draft_check_amount }, { WALLET, refills_payment_draft_check_qr },
    { ALL, refills_payment_draft_check_time }, { ALL, check_unchanged },
    { ALL, refills_payment_draft_check_memo },
  };
  int of = is_elsewhere (self) ? ELSEWHERE : WALLET;

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    if ((checks[i].of == ALL || checks[i].of == of) && !checks[i].check (self, error))
      return FALSE;
  if (of == ELSEWHERE)
    return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_ELSEWHERE, "the order is paid elsewhere", error);

  return TRUE;
}

/**
 * refills_payment_draft_clear:
 * @self: a draft
 */
void
refills_payment_draft_clear (RefillsPaymentDraft *self)
{
  g_clear_pointer (&self->payee, g_free);
  g_clear_pointer (&self->amount, g_free);
  g_clear_pointer (&self->units, g_free);
  g_clear_pointer (&self->references, g_strfreev);
  g_clear_pointer (&self->comment, g_free);
}
