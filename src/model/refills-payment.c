/* refills-payment.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsPayment:
 *
 * What may be paid, where and how much: the one verified record that text, QR code, clipboard and wallet get.
 *
 * Immutable. Made only from an order's state that passed every check against what was asked, the facts that were
 * stored with that, and our own table of tokens; where anything does not agree there is no payment, and nothing
 * payable to show. It never shows the service's own QR text, and fetches nothing.
 */

#include "refills-payment-private.h"

#include "refills-address.h"
#include "refills-payment-uri.h"

#include <glib/gi18n.h>

struct _RefillsPayment {
  GObject parent_instance;

  const RefillsToken *token;
  char *address; /* as it is shown */
  char *amount;
  char *units;
  char **references; /* of Solana Pay, in the service's order; NULL for none */
  char *comment; /* of TON; likewise */
  char *coin;
  char *network_title;
  char *amount_label;
  gint64 payable_until;
  gboolean is_rest;
};

G_DEFINE_FINAL_TYPE (RefillsPayment, refills_payment, G_TYPE_OBJECT)

static void
refills_payment_finalize (GObject *object)
{
  RefillsPayment *self = REFILLS_PAYMENT (object);

  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->amount, g_free);
  g_clear_pointer (&self->units, g_free);
  g_clear_pointer (&self->references, g_strfreev);
  g_clear_pointer (&self->comment, g_free);
  g_clear_pointer (&self->coin, g_free);
  g_clear_pointer (&self->network_title, g_free);
  g_clear_pointer (&self->amount_label, g_free);

  G_OBJECT_CLASS (refills_payment_parent_class)->finalize (object);
}

static void
refills_payment_class_init (RefillsPaymentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = refills_payment_finalize;
}

static void
refills_payment_init (RefillsPayment *self)
{
}

static RefillsPayment *
new_from_draft (RefillsPaymentDraft  *draft,
                GError              **error)
{
  g_autoptr (RefillsPayment) self = g_object_new (REFILLS_TYPE_PAYMENT, NULL);

  self->token = draft->token;
  self->address = refills_address_normalize (draft->token->family, draft->payee, NULL);
  if (self->address == NULL) {
    refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_ADDRESS, "an address that has no form to be shown in", error);
    return NULL;
  }
  self->amount = g_steal_pointer (&draft->amount);
  self->units = g_steal_pointer (&draft->units);
  self->references = g_steal_pointer (&draft->references);
  self->comment = g_steal_pointer (&draft->comment);
  self->coin = g_strdup (refills_order_request_get_coin (draft->asked));
  self->network_title = g_strdup (refills_order_request_get_network_title (draft->asked));
  /* Translators: an amount and its coin, such as "25.37 USDC". */
  self->amount_label = g_strdup_printf (C_("amount", "%1$s %2$s"), self->amount, self->coin);
  self->payable_until = draft->payable_until;
  self->is_rest = draft->is_rest;

  return g_steal_pointer (&self);
}

/**
 * refills_payment_new:
 * @state: an order's state
 * @asked: what was asked
 * @now: the time at the service, in epoch seconds; 0 where it is not known, and then nothing is refused for the time
 * @error: return location for a `REFILLS_PAYMENT_ERROR`
 *
 * Verifies that @state can be paid and asks for what was agreed to, in this order: that it waits for a payment; a coin
 * and network of our table; coin, network, way to pay and deliveries as asked; an address of the network; of somebody;
 * the service's token is ours; the amount, and that of an invoice to the millisatoshi; the service's payment code says
 * the same; the time is not over; no later answer changed anything; no memo is wanted, but for the comment of a payment
 * on TON, of which nothing says another. After a part payment it is about
 * what is missing. What is paid at an exchange has a page in place of address, token and payment code, passes all else,
 * and is no payment of a wallet: %REFILLS_PAYMENT_ERROR_ELSEWHERE.
 *
 * Returns: (transfer full) (nullable): the payment, or `NULL` with @error set
 */
RefillsPayment *
refills_payment_new (RefillsOrderState    *state,
                     RefillsOrderRequest  *asked,
                     gint64                now,
                     GError              **error)
{
  RefillsPaymentDraft draft = { .state = state, .asked = asked, .now = now };
  RefillsPayment *self = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (state), NULL);
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (asked), NULL);

  if (refills_payment_draft_check (&draft, error))
    self = new_from_draft (&draft, error);
  refills_payment_draft_clear (&draft);

  return self;
}

static gboolean
has_same_references (RefillsPayment *a,
                     RefillsPayment *b)
{
  static const char * const none[] = { NULL };

  return g_strv_equal (a->references != NULL ? (const char * const *) a->references : none,
                       b->references != NULL ? (const char * const *) b->references : none);
}

/**
 * refills_payment_equal:
 * @a: a payment
 * @b: another
 *
 * Returns: whether both ask for the same: payee, token, amount as it is written, references, comment, and time
 */
gboolean
refills_payment_equal (RefillsPayment *a,
                       RefillsPayment *b)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (a), FALSE);
  g_return_val_if_fail (REFILLS_IS_PAYMENT (b), FALSE);

  return a->token == b->token && g_str_equal (a->address, b->address) && g_str_equal (a->units, b->units) &&
         g_str_equal (a->amount, b->amount) && has_same_references (a, b) && g_str_equal (a->coin, b->coin) &&
         g_str_equal (a->network_title, b->network_title) && g_strcmp0 (a->comment, b->comment) == 0 &&
         a->payable_until == b->payable_until && a->is_rest == b->is_rest;
}

/**
 * refills_payment_get_token:
 * @self: a payment
 *
 * Returns: (transfer none): what is to be sent, a row of our table
 */
const RefillsToken *
refills_payment_get_token (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), NULL);

  return self->token;
}

/**
 * refills_payment_get_family:
 * @self: a payment
 *
 * Returns: what kind of address it is paid to
 */
RefillsAddressFamily
refills_payment_get_family (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), REFILLS_ADDRESS_BITCOIN);

  return self->token->family;
}

/**
 * refills_payment_get_address:
 * @self: a payment
 *
 * Returns: where to pay to, in the form in which it is shown (EIP-55 capitals, lower case bech32, CashAddr with its
 *   prefix); an invoice for Lightning
 */
const char *
refills_payment_get_address (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), NULL);

  return self->address;
}

/**
 * refills_payment_get_amount:
 * @self: a payment
 *
 * Returns: how much to send, in coin units, as the service wrote it, without zeros that the token has no digits for
 */
const char *
refills_payment_get_amount (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), NULL);

  return self->amount;
}

/**
 * refills_payment_get_units:
 * @self: a payment
 *
 * Returns: how much to send, in the smallest units of the token, a whole number
 */
const char *
refills_payment_get_units (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), NULL);

  return self->units;
}

/**
 * refills_payment_get_decimals:
 * @self: a payment
 *
 * Returns: the digits after the point of the smallest unit
 */
guint
refills_payment_get_decimals (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), 0);

  return self->token->decimals;
}

/**
 * refills_payment_get_coin:
 * @self: a payment
 *
 * Returns: the symbol of the coin
 */
const char *
refills_payment_get_coin (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), NULL);

  return self->coin;
}

/**
 * refills_payment_get_chain:
 * @self: a payment
 *
 * Returns: (nullable): the chain, by CAIP-2; `NULL` for Lightning
 */
const char *
refills_payment_get_chain (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), NULL);

  return self->token->chain;
}

/**
 * refills_payment_dup_asset:
 * @self: a payment
 *
 * Returns: (transfer full) (nullable): what is sent, by CAIP-19; `NULL` where that has no name for it
 */
char *
refills_payment_dup_asset (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), NULL);

  return refills_token_dup_asset (self->token);
}

/**
 * refills_payment_get_network_title:
 * @self: a payment
 *
 * Returns: the name of the network that people know
 */
const char *
refills_payment_get_network_title (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), NULL);

  return self->network_title;
}

/**
 * refills_payment_get_amount_label:
 * @self: a payment
 *
 * Returns: how much to send, for screens, such as "25.37 USDC"
 */
const char *
refills_payment_get_amount_label (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), NULL);

  return self->amount_label;
}

/**
 * refills_payment_get_payable_until:
 * @self: a payment
 *
 * Returns: the end of the time to pay, in epoch seconds of the service’s clock; 0 where none is counted down
 */
gint64
refills_payment_get_payable_until (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), 0);

  return self->payable_until;
}

/**
 * refills_payment_is_rest:
 * @self: a payment
 *
 * Returns: whether it is what is missing after a part payment
 */
gboolean
refills_payment_is_rest (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), FALSE);

  return self->is_rest;
}

/**
 * refills_payment_get_comment:
 * @self: a payment
 *
 * Returns: (nullable): the text that the payment needs, by which the service finds it; of TON alone
 */
const char *
refills_payment_get_comment (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), NULL);

  return self->comment;
}

/* @expires_at: epoch seconds; 0 for no end */
static char *
write_request (RefillsPayment *self,
               gint64          expires_at)
{
  RefillsPaymentUri uri = { 0 };
  RefillsDecimal amount = REFILLS_DECIMAL_ZERO;
  g_autofree char *short_amount = NULL;

  if (!refills_decimal_from_units (self->units, self->token->decimals, &amount, NULL))
    return NULL;
  short_amount = refills_decimal_to_short_text (&amount);
  uri.family = self->token->family;
  uri.payee = self->address;
  uri.chain_id = self->token->chain_id;
  uri.contract = (char *) self->token->contract; /* lent: written, never cleared */
  uri.references = self->references; /* likewise */
  uri.memo = self->comment; /* likewise */
  if (uri.family == REFILLS_ADDRESS_TON)
    uri.expires_at = expires_at;
  if (uri.family == REFILLS_ADDRESS_EVM || uri.family == REFILLS_ADDRESS_TON)
    uri.units = self->units;
  else if (uri.family != REFILLS_ADDRESS_LIGHTNING) /* an invoice has its amount in it */
    uri.amount = short_amount;

  return refills_payment_uri_write (&uri);
}

/**
 * refills_payment_dup_request:
 * @self: a payment
 *
 * Writes payee, chain, token and amount as wallets agree on: whole units for EVM chains (ERC-681) and TON, plain
 * decimals elsewhere (BIP 321, Solana Pay). No label, and no reference and no comment but those that the service's own
 * answer has, by which it finds the payment.
 *
 * Returns: (transfer full) (nullable): the payment request; `NULL` where wallets agree on none (TRON, Dogecoin, Sui)
 */
char *
refills_payment_dup_request (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), NULL);

  return write_request (self, 0);
}

/**
 * refills_payment_dup_timed_request:
 * @self: a payment
 *
 * Writes the request with the end of the time to pay, where its family can say that and it is known: on TON the chain
 * itself then refuses what comes late. Only for wallets that are known to take it; see [func@wallet_dup_request].
 *
 * Returns: (transfer full) (nullable): the payment request, or `NULL` as of [method@Payment.dup_request]
 */
char *
refills_payment_dup_timed_request (RefillsPayment *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), NULL);

  return write_request (self, self->payable_until);
}

/**
 * refills_payment_dup_code_text:
 * @self: a payment
 * @code: what the code is to hold
 *
 * Returns: (transfer full): the text of the QR code; the address where there is no request
 */
char *
refills_payment_dup_code_text (RefillsPayment     *self,
                               RefillsPaymentCode  code)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (REFILLS_IS_PAYMENT (self), NULL);

  if (code == REFILLS_PAYMENT_CODE_REQUEST)
    text = refills_payment_dup_request (self);
  if (text == NULL)
    text = g_strdup (self->address);

  /* Capitals make a smaller code, and an invoice means the same in either case (BOLT 11). Of addresses on a chain
   * exchanges refuse them. */
  return self->token->family == REFILLS_ADDRESS_LIGHTNING ? g_ascii_strup (text, -1) : g_steal_pointer (&text);
}
