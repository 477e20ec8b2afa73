/* refills-payment-error.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why a payment is refused: a sentence for who buys, and a text for whoever helps them.
 */
#include "refills-payment.h"

#include "refills-order-money.h"
#include "refills-order-state-private.h"
#include "refills-rich-text.h"
#include "refills-web-page.h"

#include <glib/gi18n.h>

#define TEXT_MAX_CHARACTERS 2048

G_DEFINE_QUARK (refills-payment-error-quark, refills_payment_error)

/* In the support text; they are the same in every language. */
static const char * const names[] = {
  [REFILLS_PAYMENT_ERROR_NOT_PAYABLE] = "not-payable",
  [REFILLS_PAYMENT_ERROR_UNSUPPORTED] = "unsupported",
  [REFILLS_PAYMENT_ERROR_NOT_AS_ASKED] = "not-as-asked",
  [REFILLS_PAYMENT_ERROR_OTHER_DELIVERIES] = "other-deliveries",
  [REFILLS_PAYMENT_ERROR_ADDRESS] = "address",
  [REFILLS_PAYMENT_ERROR_RESERVED] = "reserved",
  [REFILLS_PAYMENT_ERROR_TOKEN] = "token",
  [REFILLS_PAYMENT_ERROR_AMOUNT] = "amount",
  [REFILLS_PAYMENT_ERROR_INVOICE] = "invoice",
  [REFILLS_PAYMENT_ERROR_QR] = "qr",
  [REFILLS_PAYMENT_ERROR_EXPIRED] = "expired",
  [REFILLS_PAYMENT_ERROR_CHANGED] = "changed",
  [REFILLS_PAYMENT_ERROR_MEMO] = "memo",
  [REFILLS_PAYMENT_ERROR_PAGE] = "page",
  [REFILLS_PAYMENT_ERROR_ELSEWHERE] = "elsewhere",
};

/**
 * refills_payment_error_to_text:
 * @error: (nullable): an error of [ctor@Payment.new]
 *
 * Returns: (nullable): a sentence for people, `NULL` for no error
 */
const char *
refills_payment_error_to_text (const GError *error)
{
  if (error == NULL)
    return NULL;
  if (error->domain != REFILLS_PAYMENT_ERROR)
    return _("The payment cannot be shown. Don’t pay.");

  switch ((RefillsPaymentError) error->code) {
  case REFILLS_PAYMENT_ERROR_NOT_PAYABLE:
    return _("This order cannot be paid now. Don’t pay.");
  case REFILLS_PAYMENT_ERROR_UNSUPPORTED:
    return _("The service asks for a coin or network that this version cannot check. Don’t pay.");
  case REFILLS_PAYMENT_ERROR_NOT_AS_ASKED:
    return _("The service asks for a payment that you did not choose. Don’t pay.");
  case REFILLS_PAYMENT_ERROR_OTHER_DELIVERIES:
    return _("The service made an order that you did not ask for. Don’t pay.");
  case REFILLS_PAYMENT_ERROR_ADDRESS:
    return _("The payment address looks wrong. Don’t pay.");
  case REFILLS_PAYMENT_ERROR_RESERVED:
    return _("The payment address is a special address that nobody can spend from. Don’t pay.");
  case REFILLS_PAYMENT_ERROR_TOKEN:
    return _("The service names a token contract that is not known for this coin. Don’t pay.");
  case REFILLS_PAYMENT_ERROR_AMOUNT:
    return _("The amount looks wrong. Don’t pay.");
  case REFILLS_PAYMENT_ERROR_INVOICE:
    return _("The Lightning invoice is not for the amount to pay. Don’t pay.");
  case REFILLS_PAYMENT_ERROR_QR:
    return _("The service’s payment code does not match the order. Don’t pay.");
  case REFILLS_PAYMENT_ERROR_EXPIRED:
    return _("The time to pay is over. Don’t pay.");
  case REFILLS_PAYMENT_ERROR_CHANGED:
    return _("The service changed the payment after the order was made. Don’t pay.");
  case REFILLS_PAYMENT_ERROR_MEMO:
    return _("The service wants a memo or tag with this payment, which cannot be checked here. Don’t pay.");
  case REFILLS_PAYMENT_ERROR_PAGE:
    return _("The service names no page that is safe to open. Don’t pay.");
  case REFILLS_PAYMENT_ERROR_ELSEWHERE:
    return _("This order is paid on a page of the exchange.");
  default:
    return _("The payment cannot be shown. Don’t pay.");
  }
}

static void
add (GString    *text,
     const char *name,
     const char *value)
{
  g_autofree char *line = value != NULL ? refills_text_clean_line (value, TEXT_MAX_CHARACTERS) : NULL;

  g_string_append_printf (text, "%s: %s\n", name, line != NULL && *line != '\0' ? line : "(none)");
}

static void
add_pair (GString    *text,
          const char *name,
          const char *expected,
          const char *received)
{
  g_autofree char *expected_name = g_strdup_printf ("%s, expected", name);
  g_autofree char *received_name = g_strdup_printf ("%s, received", name);

  add (text, expected_name, expected);
  add (text, received_name, received);
}

static void
add_time (GString    *text,
          const char *name,
          gint64      seconds)
{
  g_autoptr (GDateTime) time = seconds > 0 ? g_date_time_new_from_unix_utc (seconds) : NULL;
  g_autofree char *formatted = time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S UTC") : NULL;

  add (text, name, formatted);
}

/* What the service said of the token when the order was sent, beside what is known of it. */
static void
add_token (GString             *text,
           RefillsOrderRequest *asked)
{
  const RefillsToken *token = refills_token_find (refills_order_request_get_coin (asked),
                                                  refills_order_request_get_network_name (asked));
  int decimals = refills_order_request_get_decimals (asked);
  guint64 chain_id = refills_order_request_get_chain_id (asked);
  g_autofree char *asset = token != NULL ? refills_token_dup_asset (token) : NULL;
  g_autofree char *known_decimals = token != NULL ? g_strdup_printf ("%u", token->decimals) : NULL;
  g_autofree char *said_decimals = decimals >= 0 ? g_strdup_printf ("%d", decimals) : NULL;
  g_autofree char *said_chain = chain_id != 0 ? g_strdup_printf ("%" G_GUINT64_FORMAT, chain_id) : NULL;

  add (text, "Asset", asset);
  add_pair (text, "Contract", token != NULL ? token->contract : NULL, refills_order_request_get_contract (asked));
  add_pair (text, "Decimals", known_decimals, said_decimals);
  add (text, "Chain id, received", said_chain);
}

/* What whoever reads it is asked to do. */
static const char *
choose_plea (RefillsOrderState *state)
{
  RefillsOrderMoney money = refills_order_money_weigh (state);

  if (money == REFILLS_ORDER_MONEY_MORE)
    return "More was sent than was asked for. Please pay back what is too much.";

  switch (refills_order_state_get_phase (state)) {
  case REFILLS_ORDER_PHASE_EXPIRED:
    if (money == REFILLS_ORDER_MONEY_PART)
      return "Only a part of the amount came before it expired. Please complete the order, or pay the money back.";
    if (money == REFILLS_ORDER_MONEY_WHOLE)
      return "Its payment came after it expired. Please complete the order, or pay the money back.";
    return "Please look for its payment.";
  case REFILLS_ORDER_PHASE_PREPARING:
  case REFILLS_ORDER_PHASE_NEEDS_ACTION:
    return "It is paid, and was not delivered yet. Please look at it.";
  case REFILLS_ORDER_PHASE_PAYMENT_FAILED:
    return "Its payment was rejected. Please say why, and pay the money back.";
  case REFILLS_ORDER_PHASE_CANCELED:
    return "It was canceled. Please pay back what was sent for it.";
  case REFILLS_ORDER_PHASE_REFUNDED:
    return "It was refunded. Please say where the money was sent to, and when.";
  case REFILLS_ORDER_PHASE_DONE:
    return "Not all of it was delivered. Please deliver the rest, or pay it back.";
  case REFILLS_ORDER_PHASE_UNKNOWN:
  case REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT:
  case REFILLS_ORDER_PHASE_PARTIALLY_PAID:
  case REFILLS_ORDER_PHASE_PAYMENT_SEEN:
  case REFILLS_ORDER_PHASE_SETUP_FAILED:
  default:
    return "Please look for its payment.";
  }
}

static const char *
name_error (const GError *error)
{
  return error->domain == REFILLS_PAYMENT_ERROR && error->code >= 0 && error->code < (int) G_N_ELEMENTS (names)
           ? names[error->code] : "other";
}

/* What was refused is refused by what never changes since the first answer, or by what a later one may say. */
static gboolean
is_of_first_answer (const GError *error)
{
  switch (error->domain == REFILLS_PAYMENT_ERROR ? (RefillsPaymentError) error->code
                                                 : REFILLS_PAYMENT_ERROR_NOT_PAYABLE) {
  case REFILLS_PAYMENT_ERROR_UNSUPPORTED:
  case REFILLS_PAYMENT_ERROR_NOT_AS_ASKED:
  case REFILLS_PAYMENT_ERROR_ADDRESS:
  case REFILLS_PAYMENT_ERROR_RESERVED:
  case REFILLS_PAYMENT_ERROR_TOKEN:
  case REFILLS_PAYMENT_ERROR_AMOUNT:
  case REFILLS_PAYMENT_ERROR_INVOICE:
  case REFILLS_PAYMENT_ERROR_PAGE:
    return TRUE;
  case REFILLS_PAYMENT_ERROR_NOT_PAYABLE:
  case REFILLS_PAYMENT_ERROR_OTHER_DELIVERIES:
  case REFILLS_PAYMENT_ERROR_QR:
  case REFILLS_PAYMENT_ERROR_EXPIRED:
  case REFILLS_PAYMENT_ERROR_CHANGED:
  case REFILLS_PAYMENT_ERROR_MEMO:
  case REFILLS_PAYMENT_ERROR_ELSEWHERE:
  default:
    return FALSE;
  }
}

/* Whether there was ever something to pay to. What is shown is not written down, so this is found by the checks: what
 * was first said of the payment is kept, and it fails them now as it did then. */
static gboolean
may_have_been_shown (RefillsOrderState   *state,
                     RefillsOrderRequest *asked)
{
  g_autoptr (RefillsOrderState) first = refills_order_state_copy_without_deliveries (state);
  g_autoptr (RefillsPayment) payment = NULL;
  g_autoptr (GError) error = NULL;

  if (refills_order_money_weigh (state) != REFILLS_ORDER_MONEY_NONE)
    return TRUE;

  first->alarm = REFILLS_ORDER_ALARM_NONE;
  first->phase = REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT;
  first->n_skipped = 0;
  payment = refills_payment_new (first, asked, 0, &error);

  return payment != NULL || !is_of_first_answer (error);
}

/* What stands on the page already is not said again: not to pay. */
static const char *
advise_after_change (RefillsOrderAlarm alarm)
{
  if (alarm & REFILLS_ORDER_ALARM_ADDRESS)
    return _("Neither the new address nor the first one is safe. Have you paid already? Then Cryptorefills’ support "
             "can find the payment with the message below. If not, order again.");
  if (alarm & REFILLS_ORDER_ALARM_PAGE)
    return _("Neither the new page nor the first one is safe. Have you paid already? Then Cryptorefills’ support can "
             "find the payment with the message below. If not, order again.");

  return _("Neither what is asked for now nor what was asked for first is safe. Have you paid already? Then "
           "Cryptorefills’ support can find the payment with the message below. If not, order again.");
}

/**
 * refills_payment_error_to_advice:
 * @error: (nullable): an error of [ctor@Payment.new]
 * @state: the order's state
 * @asked: what was asked
 *
 * Says what somebody can do now whose payment was refused, in the order of
 * [func@payment_error_list_remedies]. That nothing can have been paid is said only where there never was an address.
 *
 * Returns: (nullable): a few sentences; `NULL` where nothing is wrong
 */
const char *
refills_payment_error_to_advice (const GError        *error,
                                 RefillsOrderState   *state,
                                 RefillsOrderRequest *asked)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (state), NULL);
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (asked), NULL);

  if (error == NULL)
    return NULL;

  switch (error->domain == REFILLS_PAYMENT_ERROR ? (RefillsPaymentError) error->code
                                                 : REFILLS_PAYMENT_ERROR_NOT_PAYABLE) {
  case REFILLS_PAYMENT_ERROR_ELSEWHERE:
    return NULL;
  case REFILLS_PAYMENT_ERROR_UNSUPPORTED:
  case REFILLS_PAYMENT_ERROR_MEMO:
    if (may_have_been_shown (state, asked))
      return _("Order with another coin or network. If you have paid this order already, Cryptorefills’ support can "
               "find the payment with the message below.");
    return _("Nothing has been paid, and this order closes by itself. Order with another coin or network.");
  case REFILLS_PAYMENT_ERROR_NOT_AS_ASKED:
  case REFILLS_PAYMENT_ERROR_OTHER_DELIVERIES:
  case REFILLS_PAYMENT_ERROR_PAGE:
    if (may_have_been_shown (state, asked))
      return _("Order again. If you have paid this order already, Cryptorefills’ support can find the payment with the "
               "message below.");
    return _("Nothing has been paid, and this order closes by itself. Order again. If the same happens, tell "
             "Cryptorefills’ support with the message below.");
  case REFILLS_PAYMENT_ERROR_ADDRESS:
  case REFILLS_PAYMENT_ERROR_RESERVED:
  case REFILLS_PAYMENT_ERROR_TOKEN:
  case REFILLS_PAYMENT_ERROR_AMOUNT:
  case REFILLS_PAYMENT_ERROR_INVOICE:
  case REFILLS_PAYMENT_ERROR_QR:
    if (may_have_been_shown (state, asked))
      return _("Check again. If that changes nothing and you have paid already, Cryptorefills’ support can find the "
               "payment with the message below. If you have not, order with another coin or network.");
    return _("No address was shown, so nothing has been paid. Check again. If that changes nothing, tell "
             "Cryptorefills’ support with the message below, and order with another coin or network.");
  case REFILLS_PAYMENT_ERROR_CHANGED:
    return advise_after_change (refills_order_state_get_alarm (state));
  case REFILLS_PAYMENT_ERROR_EXPIRED:
  case REFILLS_PAYMENT_ERROR_NOT_PAYABLE:
  default:
    return _("If you have paid already, Cryptorefills’ support can find the payment with the message below. If not, "
             "order again.");
  }
}

/**
 * refills_payment_error_list_remedies:
 * @error: (nullable): an error of [ctor@Payment.new]
 *
 * Returns: (array zero-terminated=1): what can be done, in the order in which the advice names it. To check again is
 *   not among it where no answer could help.
 */
const RefillsOrderRemedy *
refills_payment_error_list_remedies (const GError *error)
{
  static const RefillsOrderRemedy none[] = { REFILLS_ORDER_REMEDY_NONE };
  static const RefillsOrderRemedy other[] = {
    REFILLS_ORDER_REMEDY_BRANDS, REFILLS_ORDER_REMEDY_SUPPORT, REFILLS_ORDER_REMEDY_NONE,
  };
  static const RefillsOrderRemedy again[] = {
    REFILLS_ORDER_REMEDY_AGAIN, REFILLS_ORDER_REMEDY_SUPPORT, REFILLS_ORDER_REMEDY_CHECK, REFILLS_ORDER_REMEDY_NONE,
  };
  static const RefillsOrderRemedy check[] = {
    REFILLS_ORDER_REMEDY_CHECK, REFILLS_ORDER_REMEDY_SUPPORT, REFILLS_ORDER_REMEDY_BRANDS, REFILLS_ORDER_REMEDY_NONE,
  };
  static const RefillsOrderRemedy support[] = {
    REFILLS_ORDER_REMEDY_SUPPORT, REFILLS_ORDER_REMEDY_AGAIN, REFILLS_ORDER_REMEDY_NONE,
  };

  if (error == NULL)
    return none;

  switch (error->domain == REFILLS_PAYMENT_ERROR ? (RefillsPaymentError) error->code
                                                 : REFILLS_PAYMENT_ERROR_NOT_PAYABLE) {
  case REFILLS_PAYMENT_ERROR_ELSEWHERE:
    return none;
  case REFILLS_PAYMENT_ERROR_UNSUPPORTED:
  case REFILLS_PAYMENT_ERROR_MEMO:
    return other;
  case REFILLS_PAYMENT_ERROR_NOT_AS_ASKED:
  case REFILLS_PAYMENT_ERROR_OTHER_DELIVERIES:
  case REFILLS_PAYMENT_ERROR_PAGE:
    return again;
  case REFILLS_PAYMENT_ERROR_ADDRESS:
  case REFILLS_PAYMENT_ERROR_RESERVED:
  case REFILLS_PAYMENT_ERROR_TOKEN:
  case REFILLS_PAYMENT_ERROR_AMOUNT:
  case REFILLS_PAYMENT_ERROR_INVOICE:
  case REFILLS_PAYMENT_ERROR_QR:
    return check;
  case REFILLS_PAYMENT_ERROR_CHANGED:
  case REFILLS_PAYMENT_ERROR_EXPIRED:
  case REFILLS_PAYMENT_ERROR_NOT_PAYABLE:
  default:
    return support;
  }
}

/* What was first said, and what a later answer said in place of it. Older rows lack the second. */
static void
add_change (GString    *text,
            const char *name,
            const char *first,
            const char *later)
{
  g_autofree char *first_name = g_strdup_printf ("%s, first", name);
  g_autofree char *later_name = g_strdup_printf ("%s, later", name);

  add (text, first_name, first);
  add (text, later_name, later != NULL ? later : "(not kept)");
}

/* Its host is what matters; what has none that could be opened is told as it came. */
static void
add_page_change (GString           *text,
                 RefillsOrderState *state)
{
  g_autofree char *first = refills_web_page_dup_host (state->checkout_uri, TRUE);
  g_autofree char *later = refills_web_page_dup_host (state->refused_checkout_uri, TRUE);

  add_change (text, "Page", first != NULL ? first : state->checkout_uri,
              later != NULL ? later : state->refused_checkout_uri);
}

static void
add_changes (GString           *text,
             RefillsOrderState *state)
{
  static const struct {
    RefillsOrderAlarm alarm;
    const char       *name;
  } members[] = {
    { REFILLS_ORDER_ALARM_ADDRESS, "address" }, { REFILLS_ORDER_ALARM_AMOUNT, "amount" },
    { REFILLS_ORDER_ALARM_COIN, "coin" }, { REFILLS_ORDER_ALARM_NETWORK, "network" },
    { REFILLS_ORDER_ALARM_PAGE, "page" }, { REFILLS_ORDER_ALARM_COMMENT, "comment" },
  };
  g_autoptr (GString) changed = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (state->alarm & members[i].alarm)
      g_string_append_printf (changed, "%s%s", changed->len > 0 ? ", " : "", members[i].name);
  add (text, "Changed", changed->str);

  if (state->alarm & REFILLS_ORDER_ALARM_ADDRESS)
    add_change (text, "Address", state->wallet_address, state->refused_wallet_address);
  if (state->alarm & REFILLS_ORDER_ALARM_AMOUNT) {
    if (state->refused_coin_amount != NULL || state->refused_summary_amount == NULL)
      add_change (text, "Amount", state->coin_amount, state->refused_coin_amount);
    if (state->refused_summary_amount != NULL)
      add_change (text, "Amount of the summary", refills_order_money_get_amount_to_pay (state),
                  state->refused_summary_amount);
  }
  if (state->alarm & REFILLS_ORDER_ALARM_COIN)
    add_change (text, "Coin", state->coin, state->refused_coin);
  if (state->alarm & REFILLS_ORDER_ALARM_NETWORK)
    add_change (text, "Network", state->network, state->refused_network);
  if (state->alarm & REFILLS_ORDER_ALARM_PAGE)
    add_page_change (text, state);
  if (state->alarm & REFILLS_ORDER_ALARM_COMMENT)
    add_change (text, "Payment code", state->qr_text, state->refused_qr_text);
}

/* Why nothing is paid by what the service says now, and what may have been before. */
static void
add_reason (GString             *text,
            const GError        *error,
            RefillsOrderState   *state,
            RefillsOrderRequest *asked)
{
  g_string_append (text, may_have_been_shown (state, asked)
                           ? " What it said before may have been shown, and may have been paid."
                           : " Nothing was shown that could have been paid.");
  g_string_append (text, "\n\n");
  if (state->alarm != REFILLS_ORDER_ALARM_NONE) {
    add (text, "Reason", names[REFILLS_PAYMENT_ERROR_CHANGED]);
    add_changes (text, state);
  } else {
    add (text, "Reason", name_error (error));
    add (text, "Details", error->message);
  }
}

/* What became of the money, where anything did. */
static void
add_money (GString           *text,
           RefillsOrderState *state)
{
  g_autofree char *excess = refills_order_money_dup_excess (state);
  g_autofree char *original = refills_order_money_dup_original_label (state);
  g_autofree char *refund = refills_order_money_dup_label (refills_order_state_get_refund_amount (state),
                                                           refills_order_state_get_refund_currency (state));

  if (excess != NULL)
    add (text, "Amount too much", excess);
  if (original != NULL)
    add (text, "Paid with", original);
  if (refund != NULL)
    add (text, "Refund", refund);
  if (refills_order_state_get_refund_address (state) != NULL)
    add (text, "Refunds go to", refills_order_state_get_refund_address (state));
}

/**
 * refills_payment_error_dup_support_text:
 * @error: (nullable): why the payment of an order was refused; `NULL` where it was not, and help is needed
 * @state: the order's state
 * @asked: what was asked
 * @row: the local number of the order
 * @version: of the application
 *
 * Writes down what somebody who is to help has to know, so it is for a message and never for a page: a refused address
 * included, and after a change both what was named first and what was named later, as far as both are known. Of a
 * payment that was neither refused nor changed the address is not repeated. The order id in it is a secret, as its
 * first sentence says. All but that sentence is in English.
 *
 * Returns: (transfer full): lines of text
 */
char *
refills_payment_error_dup_support_text (const GError        *error,
                                        RefillsOrderState   *state,
                                        RefillsOrderRequest *asked,
                                        gint64               row,
                                        const char          *version)
{
  GString *text = NULL;
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, row);

  g_return_val_if_fail (version != NULL, NULL);
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (state), NULL);
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (asked), NULL);

  text = g_string_new (_("The order id below is a secret: who knows it can get at the codes. "
                         "Give this text to the support of Cryptorefills only."));
  if (error != NULL)
    g_string_append_printf (text, "\n\nRefills %s does not show the payment of this order.", version);
  else
    g_string_append_printf (text, "\n\nRefills %s follows this order. %s", version, choose_plea (state));
  if (refills_order_state_get_alarm (state) != REFILLS_ORDER_ALARM_NONE)
    g_string_append (text, " The service changed what it had said of the payment.");
  if (error != NULL || refills_order_state_get_alarm (state) != REFILLS_ORDER_ALARM_NONE)
    add_reason (text, error, state, asked);
  else
    g_string_append (text, "\n\n");
  add (text, "Order id", refills_order_state_get_order_id (state));
  add (text, "Number on this computer", number);
  add_time (text, "Order made", refills_order_state_get_created_at (state));
  add_time (text, "Payment requested", refills_order_state_get_payment_requested_at (state));
  add_time (text, "Time of the answer", refills_order_state_get_server_time (state));
  add (text, "Order state", refills_order_state_get_order_state (state));
  add (text, "Payment state", refills_order_state_get_payment_state (state));
  add_pair (text, "Way to pay", refills_order_request_get_payment_via (asked),
            refills_order_state_get_payment_via (state));
  add_pair (text, "Coin", refills_order_request_get_coin (asked), refills_order_state_get_coin (state));
  add_pair (text, "Network", refills_order_request_get_network_name (asked),
            refills_order_state_get_network (state));
  add_token (text, asked);
  add_pair (text, "Amount", refills_order_request_get_quoted_amount (asked),
            refills_order_state_get_coin_amount (state));
  add (text, "Amount of the summary", refills_order_state_get_summary_amount (state));
  add (text, "Least amount of the network", refills_order_request_get_threshold (asked));
  add (text, "Amount sent", refills_order_state_get_sent_coin_amount (state));
  add (text, "Amount missing", refills_order_state_get_missing_amount (state));
  add_money (text, state);
  for (const char * const *hash = refills_order_state_get_transactions (state); *hash != NULL; hash++)
    add (text, "Transaction", *hash);
  if (error == NULL)
    return g_string_free (text, FALSE);
  add (text, "Address as received", refills_order_state_get_wallet_address (state));
  add (text, "Payment code as received", refills_order_state_get_qr_text (state));
  add (text, "Payment code of what is missing, as received",
       refills_order_state_get_missing_amount_qr_text (state));
  add (text, "Memo as received", refills_order_state_get_memo (state));

  return g_string_free (text, FALSE);
}
