/* refills-payment-deadline.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Until when an order may be paid, by the service's clock.
 *
 * Pure functions, on any thread.
 */
#include "refills-payment-private.h"

/* The service names no end. Its reference says 30 minutes, its site counts 20 (API reference, section 13): the
 * shorter is safe. */
static gint64
find_end_of_window (RefillsOrderState *state)
{
  gint64 start = refills_order_state_get_payment_requested_at (state);

  if (start == 0)
    start = refills_order_state_get_created_at (state);
  if (start == 0 || start > G_MAXINT64 - REFILLS_PAYMENT_WINDOW_MINUTES * 60)
    return 0;

  return start + REFILLS_PAYMENT_WINDOW_MINUTES * 60;
}

/**
 * refills_payment_draft_check_time:
 * @self: a draft whose amount is known
 * @error: return location for a `REFILLS_PAYMENT_ERROR`
 *
 * Finds the end of the time to pay: %REFILLS_PAYMENT_WINDOW_MINUTES after the payment was asked for, or the end of the
 * invoice where that is earlier. What is missing after a part payment may be paid until the service says otherwise, but
 * no invoice after its own end. Where the time is not known nothing is refused for it.
 *
 * Returns: whether it is not over
 */
gboolean
refills_payment_draft_check_time (RefillsPaymentDraft  *self,
                                  GError              **error)
{
  gint64 until = self->is_rest ? 0 : find_end_of_window (self->state);

  if (self->invoice_expires_at != 0 && (until == 0 || self->invoice_expires_at < until))
    until = self->invoice_expires_at;
  self->payable_until = until;

  if (self->now != 0 && until != 0 && self->now >= until)
    return refills_payment_draft_refuse (REFILLS_PAYMENT_ERROR_EXPIRED, "the time to pay is over", error);

  return TRUE;
}
