/* refills-order-words.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How far an order is, in words: a pure function of its state and of what was asked. A card, a code for a
 * phone, a top-up, a bill and an eSIM are each spoken of as what they are, and of several deliveries each counts
 * by its own state (API reference, sections 12 and 17, C9 and open question 10).
 */
#include "refills-order-words.h"

#include "refills-order-money.h"
#include "refills-rich-text.h"
#include "refills-via-name.h"

#include <glib/gi18n.h>

#include <string.h>

#define STATE_MAX_CHARACTERS 60
#define RECIPIENT_MAX_CHARACTERS 120

/* The deliveries of an order, counted. */
typedef struct {
  guint n;
  guint n_delivered;
  guint n_worked_on;
  guint n_failed;
  guint n_refunded;
  guint n_coded;
  gboolean is_mixed;
  RefillsDeliveryForm form; /* of all, where there is one and they are not mixed */
} Count;

/* What an order that is done says of a delivery counts where the delivery itself says nothing. */
static Count
count_deliveries (RefillsOrderState *state)
{
  gboolean is_done = refills_order_state_get_phase (state) == REFILLS_ORDER_PHASE_DONE;
  Count count = { .n = refills_order_state_get_n_deliveries (state) };

  for (guint i = 0; i < count.n; i++) {
    RefillsDelivery *delivery = refills_order_state_get_delivery (state, i);
    RefillsDeliveryForm form = refills_delivery_get_form (delivery);

    switch (refills_delivery_get_phase (delivery)) {
    case REFILLS_DELIVERY_DELIVERED:
      count.n_delivered++;
      break;
    case REFILLS_DELIVERY_MANUAL:
      count.n_worked_on++;
      break;
    case REFILLS_DELIVERY_FAILED:
      count.n_failed++;
      break;
    case REFILLS_DELIVERY_REFUNDED:
      count.n_refunded++;
      break;
    case REFILLS_DELIVERY_PENDING:
    default:
      if (is_done)
        count.n_delivered++;
    }
    if (refills_delivery_has_any_secret (delivery))
      count.n_coded++;
    if (i == 0)
      count.form = form;
    else if (form != count.form)
      count.is_mixed = TRUE;
  }

  return count;
}

/* Enough to recognise one's own address, too little for who looks over the shoulder. */
static char *
shorten_recipient (const char *recipient)
{
  const char *at = strrchr (recipient, '@');

  if (*recipient == '\0')
    return NULL;
  if (at != NULL && at > recipient) {
    g_autofree char *first = g_utf8_substring (recipient, 0, 1);
    g_autofree char *shortened = g_strdup_printf ("%s…%s", first, at);

    return refills_text_clean_line (shortened, RECIPIENT_MAX_CHARACTERS);
  }
  if (g_utf8_strlen (recipient, -1) <= 4)
    return g_strdup (recipient);

  return g_strdup_printf ("…%s", g_utf8_offset_to_pointer (recipient,
                                                           g_utf8_strlen (recipient, -1) - 4));
}

/* To whom the order goes, where that is one: what the service says, or what was asked. */
static const char *
find_recipient (RefillsOrderState   *state,
                RefillsOrderRequest *asked)
{
  const char *recipient = NULL;

  if (refills_order_state_get_n_deliveries (state) == 1)
    recipient = refills_delivery_get_beneficiary (refills_order_state_get_delivery (state, 0));
  if ((recipient == NULL || *recipient == '\0') && refills_order_request_get_n_lines (asked) == 1)
    recipient = refills_order_line_get_beneficiary (refills_order_request_get_line (asked, 0));
  if (recipient == NULL || *recipient == '\0')
    recipient = refills_order_request_get_email (asked);

  return recipient != NULL ? recipient : "";
}

static const char *
title_preparing (const Count *count)
{
  if (count->n == 0 || count->is_mixed)
    return _("Preparing your order");

  switch (count->form) {
  case REFILLS_DELIVERY_FORM_PIN:
    return ngettext ("Preparing your code", "Preparing your codes", count->n);
  case REFILLS_DELIVERY_FORM_TOP_UP:
    return ngettext ("Sending the top-up", "Sending the top-ups", count->n);
  case REFILLS_DELIVERY_FORM_ACCOUNT:
    return ngettext ("Crediting the account", "Crediting the accounts", count->n);
  case REFILLS_DELIVERY_FORM_ESIM:
    return ngettext ("Preparing your eSIM", "Preparing your eSIMs", count->n);
  case REFILLS_DELIVERY_FORM_CARD:
  default:
    return ngettext ("Preparing your card", "Preparing your cards", count->n);
  }
}

static const char *
text_with_codes (const Count *count)
{
  if (count->is_mixed || count->n_coded < count->n)
    return _("Everything was delivered.");

  switch (count->form) {
  case REFILLS_DELIVERY_FORM_PIN:
    return ngettext ("Your code is here.", "Your codes are here.", count->n);
  case REFILLS_DELIVERY_FORM_ESIM:
    return ngettext ("Your eSIM is here.", "Your eSIMs are here.", count->n);
  case REFILLS_DELIVERY_FORM_CARD:
  case REFILLS_DELIVERY_FORM_TOP_UP:
  case REFILLS_DELIVERY_FORM_ACCOUNT:
  default:
    return ngettext ("Your card is here.", "Your cards are here.", count->n);
  }
}

static char *
text_without_codes (RefillsOrderState   *state,
                    RefillsOrderRequest *asked,
                    const Count         *count)
{
  const char *recipient = find_recipient (state, asked);
  g_autofree char *shortened = shorten_recipient (recipient);

  if (count->n > 1)
    return g_strdup (_("Everything was delivered."));
  if (shortened == NULL)
    return g_strdup (_("The service says it was delivered."));
  if (count->n == 1 && count->form == REFILLS_DELIVERY_FORM_TOP_UP)
    /* Translators: %s is the end of a phone number. */
    return g_strdup_printf (_("The top-up was sent to %s."), shortened);
  if (count->n == 1 && count->form == REFILLS_DELIVERY_FORM_ACCOUNT)
    /* Translators: %s is the end of an account number. */
    return g_strdup_printf (_("The account %s was credited."), shortened);
  if (strchr (recipient, '@') != NULL)
    /* Translators: %s is a shortened e-mail address, such as "u…@example.com". */
    return g_strdup_printf (_("Delivered by e-mail to %s"), shortened);

  /* Translators: %s is the end of a phone or account number. */
  return g_strdup_printf (_("Delivered to %s"), shortened);
}

/* Some of it came, and some did not or not yet. */
static char *
text_partly (const Count *count)
{
  /* Translators: the first %u is how many items came, the second how many were ordered. */
  g_autofree char *first = g_strdup_printf (ngettext ("%u of %u item was delivered.",
                                                      "%u of %u items were delivered.",
                                                      count->n),
                                            count->n_delivered, count->n);
  const char *rest = NULL;

  if (count->n_worked_on > 0)
    rest = _("The service is still preparing the rest.");
  else if (count->n_failed > 0)
    rest = _("Ask Cryptorefills’ support about the rest.");
  else
    rest = _("The rest was refunded.");

  return g_strdup_printf ("%s %s", first, rest);
}

static char *
text_of_refund (RefillsOrderState *state)
{
  g_autofree char *amount = refills_order_money_dup_label (refills_order_state_get_refund_amount (state),
                                                           refills_order_state_get_refund_currency (state));

  if (amount == NULL)
    return g_strdup (_("The service pays the money back."));

  /* Translators: %s is an amount with its coin. */
  return g_strdup_printf (_("The service pays %s back."), amount);
}

static void
describe_refunded (RefillsOrderWords *self,
                   RefillsOrderState *state)
{
  self->title = g_strdup (_("Refunded"));
  self->text = text_of_refund (state);
}

static void
describe_done (RefillsOrderWords   *self,
               RefillsOrderState   *state,
               RefillsOrderRequest *asked,
               const Count         *count)
{
  if (count->n_delivered == count->n) {
    self->title = g_strdup (_("Done"));
    self->text = count->n_coded > 0 ? g_strdup (text_with_codes (count))
                                    : text_without_codes (state, asked, count);
  } else if (count->n_delivered > 0) {
    self->title = g_strdup (_("Partly delivered"));
    self->text = text_partly (count);
  } else if (count->n_worked_on > 0) {
    self->title = g_strdup (_("The service has to act"));
    self->text = g_strdup (_("People at the service are looking at this order. This can take a day. "
                             "There is nothing more to pay."));
  } else if (count->n_failed > 0) {
    self->title = g_strdup (_("Not delivered"));
    self->text = g_strdup (_("The service could not deliver it. Ask Cryptorefills’ support about your money."));
  } else {
    describe_refunded (self, state);
  }
}

static char *
text_of_late_part (RefillsOrderState *state)
{
  g_autofree char *sent = refills_order_money_dup_label (refills_order_state_get_sent_coin_amount (state),
                                                         refills_order_state_get_coin (state));
  g_autofree char *asked = refills_order_money_dup_label (refills_order_money_get_amount_to_pay (state),
                                                          refills_order_state_get_coin (state));

  if (asked == NULL)
    return g_strdup (_("Only a part of the payment came in time. Ask Cryptorefills’ support about it."));

  /* Translators: both are amounts with their coin: “Only 5 USDC of 11.47 USDC came in time.” */
  return g_strdup_printf (_("Only %1$s of %2$s came in time. Ask Cryptorefills’ support about it."), sent, asked);
}

static void
describe_expired (RefillsOrderWords *self,
                  RefillsOrderState *state,
                  RefillsOrderMoney  money)
{
  if (money == REFILLS_ORDER_MONEY_NONE) {
    self->title = g_strdup (_("Expired: don’t pay"));
    self->text = g_strdup (_("The time to pay is over. If you have paid already, "
                             "the service may still complete the order."));
  } else if (money == REFILLS_ORDER_MONEY_PART) {
    self->title = g_strdup (_("Expired: don’t pay any more"));
    self->text = text_of_late_part (state);
  } else {
    self->title = g_strdup (_("Paid late: don’t pay again"));
    self->text = g_strdup (_("Your payment came after the time to pay. The service has to act: it completes the "
                             "order or pays the money back, usually within a day."));
  }
}

/* API reference, section 13: up to six confirmations on Bitcoin's own chain, ten minutes each. */
static const char *
text_of_seen (RefillsOrderState   *state,
              RefillsOrderRequest *asked)
{
  const RefillsToken *token = refills_order_money_find_token (state);

  if (refills_via_name_is_elsewhere (refills_order_request_get_payment_via (asked)))
    return _("Waiting for the service to confirm it. There is nothing more to do.");
  if (token != NULL && token->family == REFILLS_ADDRESS_BITCOIN)
    return _("Waiting for the network to confirm it: on Bitcoin up to 6 times, which can take an hour or more. "
             "There is nothing more to do.");

  return _("Waiting for the network to confirm it. There is nothing more to do.");
}

static const char *
text_of_action (RefillsOrderState *state)
{
  if (g_str_equal (refills_order_state_get_payment_state (state), "ExpiredAfterPaymentDetection"))
    return _("Your payment came after the time to pay. People at the service are looking at it, "
             "which can take a day. Don’t pay any more.");
  if (g_str_equal (refills_order_state_get_order_state (state), "WaitingForRebuy"))
    return _("The service has run out of it and is buying more. This can take a day. "
             "There is nothing more to pay.");

  return _("People at the service are looking at this order. This can take a day. "
           "There is nothing more to pay.");
}

static void
describe_unknown (RefillsOrderWords *self,
                  RefillsOrderState *state)
{
  g_autofree char *name = refills_text_clean_line (refills_order_state_get_order_state (state),
                                                   STATE_MAX_CHARACTERS);

  if (*name != '\0')
    /* Translators: %s is the service's own word for a state that we do not know. */
    self->title = g_strdup_printf (_("Waiting for the service (%s)"), name);
  else
    self->title = g_strdup (_("Waiting for the service"));
  self->text = g_strdup (_("This version does not know this state of the order. It keeps asking the service."));
}

static void
describe (RefillsOrderWords *self,
          const char        *title,
          const char        *text)
{
  self->title = g_strdup (title);
  self->text = g_strdup (text);
}

static void
add_sentence (RefillsOrderWords *self,
              const char        *sentence)
{
  char *longer = g_strdup_printf ("%s %s", self->text, sentence);

  g_clear_pointer (&self->text, g_free);
  self->text = longer;
}

/* What holds beside any phase in which money has come or items are to come. */
static void
add_notes (RefillsOrderWords *self,
           RefillsOrderState *state,
           RefillsOrderMoney  money)
{
  RefillsOrderPhase phase = refills_order_state_get_phase (state);
  g_autofree char *original = refills_order_money_dup_original_label (state);
  g_autofree char *sentence = NULL;

  if (money == REFILLS_ORDER_MONEY_MORE && phase != REFILLS_ORDER_PHASE_REFUNDED)
    add_sentence (self, _("More was paid than asked."));
  if (original != NULL) {
    /* Translators: %s is a coin and a network, such as "USDT on Tron". */
    sentence = g_strdup_printf (_("It was paid with %s instead of what was asked for, and the service could use it."),
                                original);
    add_sentence (self, sentence);
  }
  if (phase == REFILLS_ORDER_PHASE_CANCELED && money != REFILLS_ORDER_MONEY_NONE)
    add_sentence (self, _("Ask Cryptorefills’ support about your money."));
  if (refills_order_state_get_n_skipped (state) > 0)
    add_sentence (self, ngettext ("A part of the service’s answer could not be read.",
                                  "Parts of the service’s answer could not be read.",
                                  refills_order_state_get_n_skipped (state)));
}

/**
 * refills_order_words_init:
 * @self: (out caller-allocates): the words; the strings are new
 * @state: an order's state
 * @asked: what was asked
 *
 * Puts into words how far the order is and who must act.
 */
void
refills_order_words_init (RefillsOrderWords   *self,
                          RefillsOrderState   *state,
                          RefillsOrderRequest *asked)
{
  const Count count = count_deliveries (state);
  const RefillsOrderMoney money = refills_order_money_weigh (state);

  *self = (RefillsOrderWords) { .is_unpaid = money == REFILLS_ORDER_MONEY_NONE };

  switch (refills_order_state_get_phase (state)) {
  case REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT:
    describe (self, _("Waiting for payment"), _("Pay exactly the amount asked for."));
    break;
  case REFILLS_ORDER_PHASE_PARTIALLY_PAID:
    describe (self, _("Part of the payment is missing"),
              _("Pay only the missing amount. If you have just paid it, wait until it is seen."));
    break;
  case REFILLS_ORDER_PHASE_EXPIRED:
    describe_expired (self, state, money);
    break;
  case REFILLS_ORDER_PHASE_PAYMENT_SEEN:
    describe (self, _("Payment seen"), text_of_seen (state, asked));
    break;
  case REFILLS_ORDER_PHASE_PREPARING:
    describe (self, title_preparing (&count),
              _("The payment has arrived. There is nothing more to do."));
    break;
  case REFILLS_ORDER_PHASE_NEEDS_ACTION:
    describe (self, _("The service has to act"), text_of_action (state));
    break;
  case REFILLS_ORDER_PHASE_SETUP_FAILED:
    describe (self, _("No payment possible"),
              _("The service could not prepare the payment. Don’t pay. Order again."));
    break;
  case REFILLS_ORDER_PHASE_PAYMENT_FAILED:
    describe (self, _("Payment rejected"),
              _("The service did not accept the payment. Don’t pay again. Ask Cryptorefills’ support."));
    break;
  case REFILLS_ORDER_PHASE_CANCELED:
    describe (self, _("Canceled: don’t pay"), _("The order was canceled. It can no longer be paid."));
    break;
  case REFILLS_ORDER_PHASE_REFUNDED:
    if (count.n_delivered > 0 && count.n_delivered < count.n)
      describe_done (self, state, asked, &count);
    else
      describe_refunded (self, state);
    break;
  case REFILLS_ORDER_PHASE_DONE:
    describe_done (self, state, asked, &count);
    break;
  case REFILLS_ORDER_PHASE_UNKNOWN:
  default:
    describe_unknown (self, state);
  }

  add_notes (self, state, money);
}
