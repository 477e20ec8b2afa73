/* refills-order-merge.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The fold of an order's answers: pure, on any thread. It never loses a code, never goes back and
 * never takes another address.
 */
#include "refills-order-state-private.h"

#include "refills-address.h"
#include "refills-decimal.h"
#include "refills-order-money.h"
#include "refills-payment-private.h"
#include "refills-token-table.h"
#include "refills-via-name.h"
#include "refills-web-page.h"

static void
replace_text (char       **text,
              const char  *by)
{
  g_autofree char *old = *text;

  *text = g_strdup (by);
}

/* Fills a text that may be said once; whether a later answer says another. */
static gboolean
fill_once (char       **text,
           const char  *incoming)
{
  if (incoming == NULL)
    return FALSE;
  if (*text == NULL) {
    *text = g_strdup (incoming);
    return FALSE;
  }

  return !g_str_equal (*text, incoming);
}

/* "11.260000" is 11.26. What is no number is compared letter by letter. */
static gboolean
is_same_amount (const char *a,
                const char *b)
{
  RefillsDecimal left = REFILLS_DECIMAL_ZERO;
  RefillsDecimal right = REFILLS_DECIMAL_ZERO;

  if (refills_decimal_parse (a, &left, NULL) && refills_decimal_parse (b, &right, NULL))
    return refills_decimal_compare (&left, &right) == 0;

  return g_str_equal (a, b);
}

/* The same payee in other capitals, or in another form of its network. */
static gboolean
is_same_payee (RefillsOrderState *self,
               const char        *address)
{
  const RefillsToken *token = refills_token_find (self->coin, self->network);

  return token != NULL && refills_address_equal (token->family, self->wallet_address, address);
}

/* The service has several names for a network (API reference, section 2.1). */
static gboolean
is_same_network (RefillsOrderState *self,
                 const char        *network)
{
  const RefillsToken *token = refills_token_find (self->coin, self->network);

  return token != NULL && refills_token_find (self->coin, network) == token;
}

/* Sessions at an exchange are renewed, so the newer page of the same host is the one to open. Whether a host stands for
 * the same payee cannot be told, so another one is as bad as another address: the first page stays. What has no host
 * that could be opened was no page. Returns whether a later answer names another one. */
static gboolean
merge_page (RefillsOrderState *merged,
            RefillsOrderState *incoming)
{
  g_autofree char *host = refills_web_page_dup_host (merged->checkout_uri, TRUE);
  g_autofree char *other = refills_web_page_dup_host (incoming->checkout_uri, TRUE);

  if (incoming->checkout_uri == NULL)
    return FALSE;
  if (host != NULL && g_strcmp0 (host, other) != 0)
    return refills_via_name_is_elsewhere (merged->payment_via);
  if (merged->checkout_uri == NULL || other != NULL)
    replace_text (&merged->checkout_uri, incoming->checkout_uri);

  return FALSE;
}

/* Raises the alarm, and keeps what was named in place of the first: whoever is asked for help has to know both. */
static void
refuse (RefillsOrderState *merged,
        RefillsOrderAlarm  alarm,
        char             **kept,
        const char        *refused)
{
  merged->alarm |= alarm;
  fill_once (kept, refused);
}

/* What was raised by another answer stays raised. */
static void
merge_alarms (RefillsOrderState *merged,
              RefillsOrderState *incoming)
{
  merged->alarm |= incoming->alarm;
  fill_once (&merged->refused_coin, incoming->refused_coin);
  fill_once (&merged->refused_network, incoming->refused_network);
  fill_once (&merged->refused_wallet_address, incoming->refused_wallet_address);
  fill_once (&merged->refused_coin_amount, incoming->refused_coin_amount);
  fill_once (&merged->refused_summary_amount, incoming->refused_summary_amount);
  fill_once (&merged->refused_checkout_uri, incoming->refused_checkout_uri);
  fill_once (&merged->refused_qr_text, incoming->refused_qr_text);
}

static void
merge_what_never_changes (RefillsOrderState *merged,
                          RefillsOrderState *incoming)
{
  RefillsOrderAlarm before = merged->alarm;
  /* What was to be paid before anything was said of it in the summary. */
  g_autofree char *only_amount = merged->summary_amount == NULL ? g_strdup (merged->coin_amount) : NULL;

  merge_alarms (merged, incoming);
  if (fill_once (&merged->coin, incoming->coin))
    refuse (merged, REFILLS_ORDER_ALARM_COIN, &merged->refused_coin, incoming->coin);
  if (fill_once (&merged->network, incoming->network) && !is_same_network (merged, incoming->network))
    refuse (merged, REFILLS_ORDER_ALARM_NETWORK, &merged->refused_network, incoming->network);
  /* Before the address is filled in: nobody could pay without one. The payment's code has the comment in it. */
  if (merged->phase <= REFILLS_ORDER_PHASE_PAYMENT_SEEN && refills_payment_changes_comment (merged, incoming))
    refuse (merged, REFILLS_ORDER_ALARM_COMMENT, &merged->refused_qr_text, incoming->qr_text);
  if (fill_once (&merged->wallet_address, incoming->wallet_address) &&
      !is_same_payee (merged, incoming->wallet_address))
    refuse (merged, REFILLS_ORDER_ALARM_ADDRESS, &merged->refused_wallet_address, incoming->wallet_address);
  if (fill_once (&merged->coin_amount, incoming->coin_amount) &&
      !is_same_amount (merged->coin_amount, incoming->coin_amount))
    refuse (merged, REFILLS_ORDER_ALARM_AMOUNT, &merged->refused_coin_amount, incoming->coin_amount);
  if ((only_amount != NULL && incoming->summary_amount != NULL &&
       !is_same_amount (only_amount, incoming->summary_amount)) ||
      (only_amount == NULL && fill_once (&merged->summary_amount, incoming->summary_amount) &&
       !is_same_amount (merged->summary_amount, incoming->summary_amount)))
    refuse (merged, REFILLS_ORDER_ALARM_AMOUNT, &merged->refused_summary_amount, incoming->summary_amount);
  else if (only_amount != NULL)
    fill_once (&merged->summary_amount, incoming->summary_amount);

  fill_once (&merged->payment_via, incoming->payment_via);
  if (merge_page (merged, incoming))
    refuse (merged, REFILLS_ORDER_ALARM_PAGE, &merged->refused_checkout_uri, incoming->checkout_uri);

  if (merged->alarm != before)
    g_message ("a later answer changed what an order may not change: alarm %u", (guint) merged->alarm);

  /* The same may be said in another form. Each is compared with what never changes before anything is shown. */
  if (merged->alarm == REFILLS_ORDER_ALARM_NONE && incoming->qr_text != NULL &&
      !refills_payment_code_says_less (merged, incoming))
    replace_text (&merged->qr_text, incoming->qr_text);
}

static gboolean
is_below (const char *text,
          const char *limit)
{
  RefillsDecimal left = REFILLS_DECIMAL_ZERO;
  RefillsDecimal right = REFILLS_DECIMAL_ZERO;

  return text != NULL && limit != NULL && refills_decimal_parse (text, &left, NULL) &&
         refills_decimal_parse (limit, &right, NULL) && refills_decimal_compare (&left, &right) < 0;
}

static gboolean
is_above_zero (const char *text)
{
  return is_below ("0", text);
}

/* A payment is often seen before its amount is: that something is missing may come after it. Only an
 * answer that names a figure, and is not older by any sign, takes the order back to that. */
static gboolean
turns_out_partial (RefillsOrderState *merged,
                   RefillsOrderState *incoming)
{
  if (merged->phase != REFILLS_ORDER_PHASE_PAYMENT_SEEN ||
      incoming->phase != REFILLS_ORDER_PHASE_PARTIALLY_PAID)
    return FALSE;
  if ((incoming->updated_at != 0 && incoming->updated_at < merged->updated_at) ||
      (incoming->server_time != 0 && incoming->server_time < merged->server_time) ||
      is_below (incoming->sent_coin_amount, merged->sent_coin_amount))
    return FALSE;

  return is_above_zero (incoming->missing_amount) ||
         (is_above_zero (incoming->sent_coin_amount) &&
          is_below (incoming->sent_coin_amount, refills_order_money_get_amount_to_pay (merged)));
}

/* Whether a part payment is told as it was before: to ask again for what has come would have it sent twice. That more
 * has come is never old, whatever times stand beside it. */
static gboolean
is_of_earlier_part (RefillsOrderState *merged,
                    RefillsOrderState *incoming)
{
  if (merged->phase != REFILLS_ORDER_PHASE_PARTIALLY_PAID || incoming->phase != REFILLS_ORDER_PHASE_PARTIALLY_PAID)
    return FALSE;
  if (is_below (merged->sent_coin_amount, incoming->sent_coin_amount) ||
      is_below (incoming->missing_amount, merged->missing_amount))
    return FALSE;

  return (incoming->updated_at != 0 && incoming->updated_at < merged->updated_at) ||
         (incoming->server_time != 0 && incoming->server_time < merged->server_time) ||
         is_below (incoming->sent_coin_amount, merged->sent_coin_amount);
}

/* An older answer that comes late says nothing new. A word that is not known can mean anything, a payment
 * that was seen included: while none was, it holds, so that nobody pays into a state that is not understood. */
static gboolean
says_nothing_new (RefillsOrderState *merged,
                  RefillsOrderState *incoming)
{
  if (incoming->phase == REFILLS_ORDER_PHASE_UNKNOWN && incoming->has_valid_states)
    return merged->phase > REFILLS_ORDER_PHASE_PARTIALLY_PAID;

  return is_of_earlier_part (merged, incoming) ||
         (incoming->phase < merged->phase && !turns_out_partial (merged, incoming));
}

/* An answer without a summary knows nothing of a coupon, and may call all that was to be paid a part. */
static gboolean
is_paid_in_full (RefillsOrderState *merged,
                 RefillsOrderState *incoming)
{
  return incoming->phase == REFILLS_ORDER_PHASE_PARTIALLY_PAID && incoming->summary_amount == NULL &&
         !is_above_zero (incoming->missing_amount) && is_above_zero (incoming->sent_coin_amount) &&
         !is_below (incoming->sent_coin_amount, refills_order_money_get_amount_to_pay (merged));
}

static void
merge_what_moves (RefillsOrderState *merged,
                  RefillsOrderState *incoming)
{
  if (says_nothing_new (merged, incoming))
    return;

  merged->phase = is_paid_in_full (merged, incoming) ? REFILLS_ORDER_PHASE_PAYMENT_SEEN : incoming->phase;
  merged->has_valid_states = incoming->has_valid_states;
  replace_text (&merged->order_state, incoming->order_state);
  replace_text (&merged->payment_state, incoming->payment_state);
  replace_text (&merged->missing_amount, incoming->missing_amount);
  replace_text (&merged->missing_amount_qr_text, incoming->missing_amount_qr_text);
  if (incoming->sent_coin_amount != NULL)
    replace_text (&merged->sent_coin_amount, incoming->sent_coin_amount);
}

static void
follow_text (char       **text,
             const char  *incoming)
{
  if (incoming != NULL)
    replace_text (text, incoming);
}

/* What happened to the money: told late, and never taken back. */
static void
merge_facts (RefillsOrderState *merged,
             RefillsOrderState *incoming)
{
  g_autoptr (GStrvBuilder) transactions = g_strv_builder_new ();
  guint n = g_strv_length (merged->transactions);

  if ((merged->alarm & REFILLS_ORDER_ALARM_COMMENT) == 0)
    fill_once (&merged->memo, incoming->memo);
  follow_text (&merged->original_coin, incoming->original_coin);
  follow_text (&merged->original_protocol, incoming->original_protocol);
  follow_text (&merged->refund_address, incoming->refund_address);
  follow_text (&merged->refund_amount, incoming->refund_amount);
  follow_text (&merged->refund_currency, incoming->refund_currency);
  follow_text (&merged->refund_reason, incoming->refund_reason);

  g_strv_builder_addv (transactions, (const char **) merged->transactions);
  for (char **at = incoming->transactions; *at != NULL && n < REFILLS_ORDER_MAX_TRANSACTIONS; at++) {
    if (!g_strv_contains ((const char * const *) merged->transactions, *at)) {
      g_strv_builder_add (transactions, *at);
      n++;
    }
  }
  g_strfreev (merged->transactions); /* an array has no cleanup of its own */
  merged->transactions = g_strv_builder_end (transactions);
}

static void
follow_time (gint64 *time,
             gint64  incoming)
{
  if (incoming != 0)
    *time = incoming;
}

/* A later answer may shorten the time there is to pay, and never makes it longer. */
static void
keep_earliest (gint64 *time,
               gint64  incoming)
{
  if (incoming != 0 && (*time == 0 || incoming < *time))
    *time = incoming;
}

/* An order that was answered with its number alone is answered first by what says where to pay. */
static void
keep_first_answer (RefillsOrderState *merged,
                   RefillsOrderState *incoming)
{
  if (merged->answered_at == 0 && merged->wallet_address == NULL && merged->checkout_uri == NULL)
    merged->answered_at = incoming->answered_at;
}

static guint
find_delivery (RefillsOrderState *self,
               RefillsDelivery   *wanted,
               guint              position)
{
  const char *id = refills_delivery_get_id (wanted);

  for (guint i = 0; id != NULL && i < self->deliveries->len; i++)
    if (g_strcmp0 (refills_delivery_get_id (self->deliveries->pdata[i]), id) == 0)
      return i;

  /* By position only where one of both has no id: two ids that differ are two cards. */
  if (position < self->deliveries->len &&
      (id == NULL || refills_delivery_get_id (self->deliveries->pdata[position]) == NULL))
    return position;

  return G_MAXUINT;
}

static void
merge_deliveries (RefillsOrderState *merged,
                  RefillsOrderState *stored,
                  RefillsOrderState *incoming)
{
  for (guint i = 0; i < stored->deliveries->len; i++)
    g_ptr_array_add (merged->deliveries, g_object_ref (stored->deliveries->pdata[i]));

  for (guint i = 0; i < incoming->deliveries->len; i++) {
    RefillsDelivery *delivery = incoming->deliveries->pdata[i];
    guint at = find_delivery (merged, delivery, i);

    if (at == G_MAXUINT) {
      if (merged->deliveries->len < REFILLS_ORDER_MAX_DELIVERIES)
        g_ptr_array_add (merged->deliveries, g_object_ref (delivery));
    } else {
      g_autoptr (RefillsDelivery) old = merged->deliveries->pdata[at];

      merged->deliveries->pdata[at] = refills_delivery_merge (old, delivery);
    }
  }
}

/**
 * refills_order_state_merge:
 * @stored: what is known
 * @incoming: a later answer about the same order
 *
 * Folds two answers. Pure; on any thread.
 *
 * - The phase never moves to a lower rank, the order of #RefillsOrderPhase. An expired order may
 *   still be paid. A word that is not known takes the place of waiting for payment, and lowers
 *   nothing else. A payment that was seen may turn out to be a part of what was asked.
 * - Secrets are a union. Deliveries are matched by id, or by position where there is none.
 * - Address, amounts, coin and network are filled once. A summary that comes later says the amount that was known
 *   without it. Where a later answer says another, the first stays, the alarm is raised for good, and the first other
 *   is kept beside it; the same in another form is no other. So is the host of the page of an exchange, whose page
 *   follows the later answer, as does the service's payment code. A comment on TON may not change, nor come later than
 *   the address.
 * - What became of the money, such as a refund, follows the later answer that tells it.
 * - What has come and what is missing follow the later answer, unless it is of a lower rank or of an
 *   earlier part, and so does the service's clock. Of the times an order counts from, the earliest stays, and
 *   when it was first answered stays whatever comes.
 *
 * An answer about another order changes nothing.
 *
 * Returns: (transfer full): the state after both
 */
RefillsOrderState *
refills_order_state_merge (RefillsOrderState *stored,
                           RefillsOrderState *incoming)
{
  RefillsOrderState *merged = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (stored), NULL);
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (incoming), NULL);

  if (!g_str_equal (stored->order_id, incoming->order_id)) {
    g_message ("an answer about another order is left out");
    return g_object_ref (stored);
  }

  merged = refills_order_state_copy_without_deliveries (stored);
  keep_first_answer (merged, incoming);
  merge_what_never_changes (merged, incoming);
  merge_what_moves (merged, incoming);
  merge_facts (merged, incoming);
  keep_earliest (&merged->created_at, incoming->created_at);
  keep_earliest (&merged->payment_requested_at, incoming->payment_requested_at);
  follow_time (&merged->server_time, incoming->server_time);
  merged->updated_at = MAX (merged->updated_at, incoming->updated_at);
  merged->n_skipped = incoming->n_skipped;
  merge_deliveries (merged, stored, incoming);

  return merged;
}

/**
 * refills_order_state_merge_uncommitted:
 * @shown: what is committed and on screen
 * @incoming: a later state of the same order that could not be committed
 *
 * Folds two states as [method@OrderState.merge] does, but takes nothing to pay to or with from
 * @incoming: an address that is on no disk is not shown, while a code is. Pure; on any thread.
 *
 * Returns: (transfer full): what may be shown
 */
RefillsOrderState *
refills_order_state_merge_uncommitted (RefillsOrderState *shown,
                                       RefillsOrderState *incoming)
{
  RefillsOrderState *merged = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (shown), NULL);
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (incoming), NULL);

  if (!g_str_equal (shown->order_id, incoming->order_id))
    return g_object_ref (shown);

  merged = refills_order_state_merge (shown, incoming);
  replace_text (&merged->wallet_address, shown->wallet_address);
  replace_text (&merged->coin_amount, shown->coin_amount);
  replace_text (&merged->summary_amount, shown->summary_amount);
  replace_text (&merged->coin, shown->coin);
  replace_text (&merged->network, shown->network);
  replace_text (&merged->payment_via, shown->payment_via);
  replace_text (&merged->qr_text, shown->qr_text);
  /* That of what was missing before asks for too much by now. */
  if (g_strcmp0 (merged->missing_amount_qr_text, shown->missing_amount_qr_text) != 0)
    g_clear_pointer (&merged->missing_amount_qr_text, g_free);
  replace_text (&merged->checkout_uri, shown->checkout_uri);

  return merged;
}

/**
 * refills_order_state_says_the_same:
 * @a: an order's state
 * @b: another
 *
 * Returns: whether both say the same of the order, whatever the service's times were
 */
gboolean
refills_order_state_says_the_same (RefillsOrderState *a,
                                   RefillsOrderState *b)
{
  g_autoptr (RefillsOrderState) later = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (a), FALSE);
  g_return_val_if_fail (REFILLS_IS_ORDER_STATE (b), FALSE);

  later = refills_order_state_copy_without_deliveries (a);
  later->server_time = b->server_time;
  later->answered_at = b->answered_at;
  later->updated_at = b->updated_at;
  for (guint i = 0; i < a->deliveries->len; i++)
    g_ptr_array_add (later->deliveries, g_object_ref (a->deliveries->pdata[i]));

  return refills_order_state_equal (later, b);
}
