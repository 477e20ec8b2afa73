/* refills-order-facts.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an order tells of itself. Of a sealed order most is read from its outline, when it is first asked for.
 */
#include "refills-order.h"

#include "refills-order-private.h"
#include "refills-order-state-private.h"
#include "refills-payment-private.h"

/**
 * refills_order_get_row:
 * @self: an order
 *
 * Returns: the local number of the order, the only one that goes into logs and notifications
 */
gint64
refills_order_get_row (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), 0);

  return self->row;
}

/**
 * refills_order_get_created_at:
 * @self: an order
 *
 * Returns: when it was asked for, in epoch seconds of our own clock
 */
gint64
refills_order_get_created_at (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), 0);

  return self->created_at;
}

/**
 * refills_order_get_asked:
 * @self: an order
 *
 * Returns: (transfer none): what was asked; without recipient, e-mail address and the network's facts while the
 *   order is sealed
 */
RefillsOrderRequest *
refills_order_get_asked (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), NULL);

  refills_order_read_outline (self);

  return self->asked;
}

/**
 * refills_order_get_state:
 * @self: an order
 *
 * Returns: (transfer none) (nullable): the last state, `NULL` before the first; without order id, address and the
 *   like while the order is sealed
 */
RefillsOrderState *
refills_order_get_state (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), NULL);

  refills_order_read_outline (self);

  return self->state != NULL ? self->state : self->outline_state;
}

/**
 * refills_order_get_made_at:
 * @self: an order
 *
 * Tells a time that is over at the service: when it first answered, or as far as that is not known, when it made the
 * order or asked for its payment, whichever was later. What cannot be believed of it is left out
 * ([func@payment_find_start]), so that it is never before the time to pay began.
 *
 * Returns: epoch seconds of the service's clock; 0 where it did not say, or the order is sealed
 */
gint64
refills_order_get_made_at (RefillsOrder *self)
{
  gint64 made = 0;
  gint64 start = 0;

  g_return_val_if_fail (REFILLS_IS_ORDER (self), 0);

  if (self->state == NULL)
    return 0;
  if (refills_order_state_get_answered_at (self->state) != 0)
    return refills_order_state_get_answered_at (self->state);

  made = refills_order_state_get_created_at (self->state);
  start = refills_payment_find_start (self->state, 0);

  return made > start && made - start < REFILLS_ORDER_SLIP_SECONDS ? made : start;
}

/**
 * refills_order_estimate_time:
 * @self: an order
 * @here: the time that this computer shows, in epoch seconds
 *
 * Works out the time at the service where it does not say it: when it made the order, and what has gone by here since
 * the order was asked for. That a clock is wrong all the time does not matter; that it was set does.
 *
 * Returns: epoch seconds; 0 where the service did not say when it made the order, or the order is sealed
 */
gint64
refills_order_estimate_time (RefillsOrder *self,
                             gint64        here)
{
  gint64 made = 0;

  g_return_val_if_fail (REFILLS_IS_ORDER (self), 0);

  made = refills_order_get_made_at (self);
  if (made == 0 || here <= self->created_at)
    return made;

  return made > G_MAXINT64 - (here - self->created_at) ? G_MAXINT64 : made + (here - self->created_at);
}

/**
 * refills_order_get_outcome:
 * @self: an order
 *
 * Returns: what became of the request
 */
RefillsOrderOutcome
refills_order_get_outcome (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), REFILLS_ORDER_OUTCOME_SENDING);

  return self->outcome;
}

/**
 * refills_order_get_phase:
 * @self: an order
 *
 * Returns: how far the order is
 */
RefillsOrderPhase
refills_order_get_phase (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), REFILLS_ORDER_PHASE_UNKNOWN);

  return self->shown.phase;
}

/**
 * refills_order_get_link:
 * @self: an order
 *
 * Returns: how news of the order comes
 */
RefillsOrderLink
refills_order_get_link (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), REFILLS_ORDER_LINK_IDLE);

  return self->link;
}

/**
 * refills_order_get_title:
 * @self: an order
 *
 * Returns: the brand, for screens
 */
const char *
refills_order_get_title (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), NULL);

  refills_order_read_outline (self);

  return self->title;
}

/**
 * refills_order_get_face_label:
 * @self: an order
 *
 * Returns: (nullable): what was bought, for screens
 */
const char *
refills_order_get_face_label (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), NULL);

  refills_order_read_outline (self);

  return self->face_label;
}

/**
 * refills_order_is_open:
 * @self: an order
 *
 * Returns: whether the order was made and more is to come
 */
gboolean
refills_order_is_open (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), FALSE);

  return self->shown.open;
}

/**
 * refills_order_is_unsaved:
 * @self: an order
 *
 * Returns: whether the last state could not be stored
 */
gboolean
refills_order_is_unsaved (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), FALSE);

  return self->unsaved;
}

/**
 * refills_order_get_deliveries:
 * @self: an order
 *
 * Returns: (transfer none): the list of [class@Delivery], always the same object
 */
GListModel *
refills_order_get_deliveries (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), NULL);

  if (self->deliveries == NULL) {
    self->deliveries = G_LIST_MODEL (g_list_store_new (REFILLS_TYPE_DELIVERY));
    if (self->state != NULL)
      refills_order_status_list_deliveries (G_LIST_STORE (self->deliveries), self->state);
  }

  return self->deliveries;
}

/**
 * refills_order_get_link_text:
 * @self: an order
 *
 * Returns: (nullable): how news of the order comes, and why not otherwise, in words; `NULL` while none is awaited
 */
const char *
refills_order_get_link_text (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), NULL);

  return self->link_why != NULL ? self->link_why : refills_order_link_to_text (self->link);
}

/**
 * refills_order_get_link_until:
 * @self: an order
 *
 * Returns: when news is tried for again, by g_get_monotonic_time(), in µs; 0 where none is waited for
 */
gint64
refills_order_get_link_until (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), 0);

  return self->link_until;
}

/**
 * refills_order_is_sealed:
 * @self: an order
 *
 * Returns: whether only what a list may know of the order is known here: no payment, no delivery, no recipient
 */
gboolean
refills_order_is_sealed (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), FALSE);

  return self->is_sealed;
}

/**
 * refills_order_get_moments:
 * @self: an order
 *
 * Returns: (transfer none) (nullable): when which phase was reached, as `a(xu)` of epoch seconds of our own clock
 *   and a #RefillsOrderPhase
 */
GVariant *
refills_order_get_moments (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), NULL);

  return self->moments;
}

/**
 * refills_order_is_superseded:
 * @self: an order
 *
 * Returns: whether a newer order replaced it, so that it must not be paid; it is followed all the same
 */
gboolean
refills_order_is_superseded (RefillsOrder *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (self), FALSE);

  return self->superseded;
}

/**
 * refills_order_get_shown:
 * @self: an order
 *
 * Returns: everything that follows from what is known of it, until it changes
 */
const RefillsOrderStatus *
refills_order_get_shown (RefillsOrder *self)
{
  refills_order_read_outline (self);

  return &self->shown;
}
