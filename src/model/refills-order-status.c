/* refills-order-status.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is shown of an order: a pure function of what was asked, what became of the request, and
 * the order's state. The words for every phase are here.
 */
#include "refills-order-status.h"

#include "refills-rich-text.h"

#include <glib/gi18n.h>

#include <string.h>

#define STATE_MAX_CHARACTERS 60

/* Enough to recognise one's own address, too little for who looks over the shoulder. */
static char *
shorten_recipient (const char *recipient)
{
  const char *at = strrchr (recipient, '@');

  if (*recipient == '\0')
    return NULL;
  if (at != NULL && at > recipient) {
    g_autofree char *first = g_utf8_substring (recipient, 0, 1);

    return g_strdup_printf ("%s…%s", first, at);
  }
  if (g_utf8_strlen (recipient, -1) <= 4)
    return g_strdup (recipient);

  return g_strdup_printf ("…%s", g_utf8_offset_to_pointer (recipient,
                                                           g_utf8_strlen (recipient, -1) - 4));
}

static char *
make_delivered_text (RefillsOrderRequest *asked)
{
  const char *recipient = NULL;
  g_autofree char *shortened = NULL;

  /* Of several deliveries each says its own. */
  if (refills_order_request_get_n_lines (asked) == 1)
    recipient = refills_order_line_get_beneficiary (refills_order_request_get_line (asked, 0));
  if (recipient == NULL || *recipient == '\0')
    recipient = refills_order_request_get_email (asked);
  if (recipient != NULL)
    shortened = shorten_recipient (recipient);
  if (shortened == NULL)
    return g_strdup (_("The service says that it was delivered."));
  if (strchr (recipient, '@') != NULL)
    /* Translators: %s is a shortened e-mail address, such as "u…@example.com". */
    return g_strdup_printf (_("Delivered by e-mail to %s"), shortened);

  /* Translators: %s is the end of a phone or account number. */
  return g_strdup_printf (_("Delivered to %s"), shortened);
}

static gboolean
has_codes (RefillsOrderState *state)
{
  for (guint i = 0; state != NULL && i < refills_order_state_get_n_deliveries (state); i++)
    if (refills_delivery_has_any_secret (refills_order_state_get_delivery (state, i)))
      return TRUE;

  return FALSE;
}

static void
describe_outcome (RefillsOrderStatus  *self,
                  RefillsOrderOutcome  outcome)
{
  switch (outcome) {
  case REFILLS_ORDER_OUTCOME_SENDING:
    self->status_title = g_strdup (_("Sending the order"));
    self->status_text = g_strdup (_("Waiting for the service to answer. Nothing to pay yet."));
    break;
  case REFILLS_ORDER_OUTCOME_REFUSED:
    self->status_title = g_strdup (_("Not ordered"));
    self->status_text = g_strdup (_("The service did not take the order. "
                                     "Nothing has been paid."));
    break;
  case REFILLS_ORDER_OUTCOME_UNKNOWN:
    self->status_title = g_strdup (_("No answer"));
    self->status_text = g_strdup (_("We can’t tell whether the order was made. "
                                     "Nothing has been paid."));
    break;
  case REFILLS_ORDER_OUTCOME_PLACED:
  default:
    self->status_title = g_strdup (_("Waiting for the service"));
    self->status_text = g_strdup (_("The order was made. Its state is not known yet."));
    break;
  }
}

static void
describe_unknown_phase (RefillsOrderStatus *self,
                        RefillsOrderState  *state)
{
  g_autofree char *name =
    refills_text_clean_line (refills_order_state_get_order_state (state),
                             STATE_MAX_CHARACTERS);

  if (*name != '\0')
    /* Translators: %s is the service's own word for a state that we do not know. */
    self->status_title = g_strdup_printf (_("Waiting for the service (%s)"), name);
  else
    self->status_title = g_strdup (_("Waiting for the service"));
  self->status_text = g_strdup (_("This state of the order is not known here. "
                                   "We keep asking the service."));
}

static void
describe_phase (RefillsOrderStatus  *self,
                RefillsOrderRequest *asked,
                RefillsOrderState   *state)
{
  const char *title = NULL;
  const char *text = NULL;

  switch (self->phase) {
  case REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT:
    title = _("Waiting for payment");
    text = _("Send the exact amount to the address.");
    break;
  case REFILLS_ORDER_PHASE_PARTIALLY_PAID:
    title = _("Part of the payment is missing");
    text = _("Send the missing amount to the same address. "
             "The service may close the order before it comes.");
    break;
  case REFILLS_ORDER_PHASE_EXPIRED:
    title = _("Expired: don’t pay");
    text = _("The time to pay is over. If you have paid already, "
             "the service may still complete the order.");
    break;
  case REFILLS_ORDER_PHASE_PAYMENT_SEEN:
    title = _("Payment seen");
    text = _("Waiting for the network to confirm it. There is nothing more to do.");
    break;
  case REFILLS_ORDER_PHASE_PREPARING:
    title = _("Preparing your card");
    text = _("The payment has arrived. There is nothing more to do.");
    break;
  case REFILLS_ORDER_PHASE_NEEDS_ACTION:
    title = _("The service has to act");
    text = _("People at the service are looking at this order. This can take a day. "
             "There is nothing more to pay.");
    break;
  case REFILLS_ORDER_PHASE_SETUP_FAILED:
    title = _("No payment possible");
    text = _("The service could not prepare the payment. Don’t pay. Order again.");
    break;
  case REFILLS_ORDER_PHASE_PAYMENT_FAILED:
    title = _("Payment rejected");
    text = _("The service did not accept the payment. Ask its support.");
    break;
  case REFILLS_ORDER_PHASE_CANCELED:
    title = _("Canceled: don’t pay");
    text = _("The order was canceled.");
    break;
  case REFILLS_ORDER_PHASE_REFUNDED:
    title = _("Refunded");
    text = _("The service has paid the money back.");
    break;
  case REFILLS_ORDER_PHASE_DONE:
    title = _("Done");
    if (self->has_codes)
      text = _("Your card is here.");
    break;
  case REFILLS_ORDER_PHASE_UNKNOWN:
  default:
    describe_unknown_phase (self, state);
    return;
  }

  self->status_title = g_strdup (title);
  self->status_text = text != NULL ? g_strdup (text) : make_delivered_text (asked);
}

static const char *
alarm_to_text (RefillsOrderAlarm alarm)
{
  if (alarm & REFILLS_ORDER_ALARM_ADDRESS)
    return _("The address changed. Don’t pay.");
  if (alarm & REFILLS_ORDER_ALARM_AMOUNT)
    return _("The amount changed. Don’t pay.");
  if (alarm & REFILLS_ORDER_ALARM_COIN)
    return _("The coin changed. Don’t pay.");
  if (alarm & REFILLS_ORDER_ALARM_NETWORK)
    return _("The network changed. Don’t pay.");

  return NULL;
}

/**
 * refills_order_status_init:
 * @self: a status to fill; what it held is not freed
 * @row: the local number of the order, for the log
 * @outcome: what became of the request
 * @asked: what was asked
 * @state: (nullable): the order's state
 *
 * Works out what is shown of an order.
 */
void
refills_order_status_init (RefillsOrderStatus  *self,
                           gint64               row,
                           RefillsOrderOutcome  outcome,
                           RefillsOrderRequest *asked,
                           RefillsOrderState   *state)
{
  g_autoptr (GError) error = NULL;

  *self = (RefillsOrderStatus) { 0 };
  if (outcome != REFILLS_ORDER_OUTCOME_PLACED || state == NULL) {
    describe_outcome (self, outcome);
    self->open = outcome == REFILLS_ORDER_OUTCOME_PLACED;
    return;
  }

  self->phase = refills_order_state_get_phase (state);
  self->alarm = refills_order_state_get_alarm (state);
  self->alarm_text = g_strdup (alarm_to_text (self->alarm));
  self->has_codes = has_codes (state);
  self->open = !refills_order_state_is_final (state);
  describe_phase (self, asked, state);
  if (self->phase != REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT &&
      self->phase != REFILLS_ORDER_PHASE_PARTIALLY_PAID)
    return;

  self->payment = refills_payment_new (state, asked, &error);
  self->payable = self->payment != NULL;
  if (self->payment == NULL) {
    g_message ("order %" G_GINT64_FORMAT " cannot be paid: %s", row, error->message);
    self->refusal = g_strdup (refills_payment_error_to_text (error));
    g_clear_pointer (&self->status_title, g_free);
    self->status_title = g_strdup (_("Don’t pay"));
    g_clear_pointer (&self->status_text, g_free);
    self->status_text = g_strdup (self->alarm_text != NULL ? self->alarm_text : self->refusal);
  }
}

/**
 * refills_order_status_clear:
 * @self: a status
 *
 * Frees what a status holds, not the status.
 */
void
refills_order_status_clear (RefillsOrderStatus *self)
{
  g_clear_pointer (&self->alarm_text, g_free);
  g_clear_pointer (&self->status_title, g_free);
  g_clear_pointer (&self->status_text, g_free);
  g_clear_object (&self->payment);
  g_clear_pointer (&self->refusal, g_free);
}
