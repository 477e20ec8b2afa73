/* refills-order-status.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is shown of an order: a pure function of what was asked, what became of the request, and
 * the order's state. The words for every phase are those of refills-order-words.h.
 */
#include "refills-order-status.h"

#include "refills-order-money.h"
#include "refills-order-words.h"

#include <glib/gi18n.h>

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
    self->status_text = g_strdup (_("We can’t tell whether this order was made. "
                                     "Nothing was paid: no address was shown."));
    break;
  case REFILLS_ORDER_OUTCOME_PLACED:
  default:
    self->status_title = g_strdup (_("Waiting for the service"));
    self->status_text = g_strdup (_("The order was made. Its state is not known yet."));
    break;
  }
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
  if (alarm & REFILLS_ORDER_ALARM_PAGE)
    return _("The page to pay on changed. Don’t pay.");
  if (alarm & REFILLS_ORDER_ALARM_COMMENT)
    return _("The comment changed. Don’t pay.");

  return NULL;
}

static void
replace_words (RefillsOrderStatus *self,
               const char         *title,
               const char         *text)
{
  if (title != NULL) {
    g_clear_pointer (&self->status_title, g_free);
    self->status_title = g_strdup (title);
  }
  g_clear_pointer (&self->status_text, g_free);
  self->status_text = g_strdup (text);
}

/* The sums by the record that is shown beside them. An invoice is for one sum, so the rest has one of its own. */
static void
describe_rest (RefillsOrderStatus *self,
               RefillsOrderState  *state)
{
  const char *missing = refills_payment_get_amount_label (self->payment);
  const char *sent = refills_order_state_get_sent_coin_amount (state);
  g_autofree char *came = refills_order_money_dup_label (sent, refills_payment_get_coin (self->payment));
  g_autofree char *first = NULL;
  g_autofree char *text = NULL;

  if (came != NULL)
    /* Translators: both are amounts with their coin: “5 USDC came, and 6.47 USDC is missing.” */
    first = g_strdup_printf (_("%1$s came, and %2$s is missing."), came, missing);
  else
    /* Translators: %s is an amount with its coin. */
    first = g_strdup_printf (_("%s is missing."), missing);
  text = g_strdup_printf ("%s %s", first,
                          refills_payment_get_family (self->payment) == REFILLS_ADDRESS_LIGHTNING
                            ? _("Pay the rest with the new invoice, not with the first one. The service may close the "
                                "order at any time. If you have just paid it, wait until it is seen.")
                            : _("Send exactly that to the same address. The network charges another fee, and the "
                                "service may close the order at any time. If you have just sent it, wait until it is "
                                "seen."));
  replace_words (self, NULL, text);
}

/* The order waits for the service's word also where its time is over: money may be on its way. */
static void
describe_refusal (RefillsOrderStatus *self,
                  gint64              row)
{
  g_message ("order %" G_GINT64_FORMAT " cannot be paid: %s", row, self->refused->message);
  /* It is for good, and matters more than what else would keep the order from being paid by now. */
  if (self->alarm != REFILLS_ORDER_ALARM_NONE) {
    g_clear_error (&self->refused);
    g_set_error_literal (&self->refused, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_CHANGED,
                         "a later answer changed the order");
  }
  self->paid_elsewhere = g_error_matches (self->refused, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_ELSEWHERE);
  self->is_late = g_error_matches (self->refused, REFILLS_PAYMENT_ERROR, REFILLS_PAYMENT_ERROR_EXPIRED);
  if (self->is_late) {
    replace_words (self, _("Time is up"), _("Don’t pay now. If you have paid already, wait: the order is followed."));
    return;
  }

  if (self->paid_elsewhere) {
    replace_words (self, NULL, refills_payment_error_to_text (self->refused));
    return;
  }

  self->refusal = g_strdup (refills_payment_error_to_text (self->refused));
  replace_words (self, _("Don’t pay"), self->alarm_text != NULL ? self->alarm_text : self->refusal);
}

/**
 * refills_order_status_init:
 * @self: a status to fill; what it held is not freed
 * @row: the local number of the order, for the log
 * @outcome: what became of the request
 * @asked: what was asked
 * @state: (nullable): the order's state
 * @now: the time at the service, in epoch seconds; 0 where unknown
 * @is_sealed: whether @asked and @state are those of an outline, by which nothing can be paid or revealed
 *
 * Works out what is shown of an order.
 */
void
refills_order_status_init (RefillsOrderStatus  *self,
                           gint64               row,
                           RefillsOrderOutcome  outcome,
                           RefillsOrderRequest *asked,
                           RefillsOrderState   *state,
                           gint64               now,
                           gboolean             is_sealed)
{
  RefillsOrderWords words = { NULL };

  *self = (RefillsOrderStatus) { 0 };
  if (outcome != REFILLS_ORDER_OUTCOME_PLACED || state == NULL) {
    describe_outcome (self, outcome);
    self->open = outcome == REFILLS_ORDER_OUTCOME_PLACED;
    return;
  }

  self->phase = refills_order_state_get_phase (state);
  self->alarm = refills_order_state_get_alarm (state);
  self->alarm_text = g_strdup (alarm_to_text (self->alarm));
  self->has_codes = !is_sealed && has_codes (state);
  self->open = !refills_order_state_is_final (state);
  refills_order_words_init (&words, state, asked);
  self->status_title = words.title;
  self->status_text = words.text;
  self->is_unpaid = words.is_unpaid;
  if (is_sealed || (self->phase != REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT &&
                    self->phase != REFILLS_ORDER_PHASE_PARTIALLY_PAID))
    return;

  self->payment = refills_payment_new (state, asked, now, &self->refused);
  self->payable = self->payment != NULL;
  if (self->payment == NULL)
    describe_refusal (self, row);
  else if (refills_payment_is_rest (self->payment))
    describe_rest (self, state);
  if (self->payment != NULL)
    self->payable_until = refills_payment_get_payable_until (self->payment);
  else if (self->paid_elsewhere)
    self->payable_until = refills_payment_find_window_end (state, now);
}

/**
 * refills_order_status_supersede:
 * @self: the status of an order that a newer one replaced
 *
 * Withdraws what could be paid to, where it was still waiting for that. What was paid in time goes its way. That the
 * service then lets it expire is no news.
 */
void
refills_order_status_supersede (RefillsOrderStatus *self)
{
  if (self->phase != REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT && self->phase != REFILLS_ORDER_PHASE_PARTIALLY_PAID &&
      (self->phase != REFILLS_ORDER_PHASE_EXPIRED || !self->is_unpaid))
    return;

  g_clear_object (&self->payment);
  g_clear_pointer (&self->refusal, g_free);
  g_clear_error (&self->refused);
  self->payable = FALSE;
  self->paid_elsewhere = FALSE;
  self->payable_until = 0;
  self->is_late = FALSE;
  replace_words (self, _("Replaced by a newer order"),
                 _("Don’t pay it. If you have paid it already, wait: it is still followed."));
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
  g_clear_error (&self->refused);
}

static gboolean
is_same_delivery (RefillsDelivery *a,
                  RefillsDelivery *b)
{
  g_autoptr (GVariant) left = g_variant_ref_sink (refills_delivery_to_variant (a));
  g_autoptr (GVariant) right = g_variant_ref_sink (refills_delivery_to_variant (b));

  return g_variant_equal (left, right);
}

/**
 * refills_order_status_list_deliveries:
 * @list: (element-type RefillsDelivery): what is shown of the deliveries
 * @state: the order's state
 *
 * Makes the list say what the state says. A delivery that is as it was stays the same object.
 */
void
refills_order_status_list_deliveries (GListStore        *list,
                                      RefillsOrderState *state)
{
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (list));
  guint n_deliveries = refills_order_state_get_n_deliveries (state);

  for (guint i = 0; i < n_deliveries; i++) {
    gpointer delivery = refills_order_state_get_delivery (state, i);
    g_autoptr (RefillsDelivery) old = g_list_model_get_item (G_LIST_MODEL (list), i);

    if (old == NULL)
      g_list_store_append (list, delivery);
    else if (old != delivery && !is_same_delivery (old, delivery))
      g_list_store_splice (list, i, 1, &delivery, 1);
  }
  if (n_shown > n_deliveries)
    g_list_store_splice (list, n_deliveries, n_shown - n_deliveries, NULL, 0);
}
