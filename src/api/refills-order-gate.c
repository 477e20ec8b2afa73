/* refills-order-gate.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What must hold before an order is sent, whoever sends it: the service has just said yes to the same.
 */
#include "refills-order-gate.h"

#include <time.h>

#include "refills-error.h"
#include "refills-token-table.h"
#include "refills-via-name.h"

/**
 * refills_order_gate_get_time:
 *
 * The clock ages are measured by: it goes on while the computer sleeps, and setting the time of day
 * does not move it.
 *
 * Returns: microseconds since the computer was started
 */
gint64
refills_order_gate_get_time (void)
{
  struct timespec now = { 0, 0 };

  if (clock_gettime (CLOCK_BOOTTIME, &now) != 0)
    return g_get_monotonic_time (); /* a kernel without it */

  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gboolean
refuse (const char  *reason,
        GError     **error)
{
  g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_NOT_VALIDATED, reason);

  return FALSE;
}

/* A payment that could not be verified is not asked for. What an exchange is paid by is the exchange's to check. */
static gboolean
check_token (RefillsOrderRequest  *request,
             GError              **error)
{
  const RefillsToken *token;

  if (refills_via_name_is_elsewhere (refills_order_request_get_payment_via (request)))
    return TRUE;

  token = refills_token_find (refills_order_request_get_coin (request),
                              refills_order_request_get_network_name (request));
  if (token != NULL && refills_token_agrees (token, refills_order_request_get_contract (request),
                                             refills_order_request_get_decimals (request),
                                             refills_order_request_get_chain_id (request)))
    return TRUE;
  g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_UNSUPPORTED_PAYMENT,
                       "what the service says of this coin on this network is not what is known of it");

  return FALSE;
}

/**
 * refills_order_gate_check:
 * @request: what is to be ordered
 * @accepted: (nullable): what the service said of it
 * @now: the time now, of refills_order_gate_get_time()
 * @error: return location for a `REFILLS_ERROR_INVALID_INPUT` `REFILLS_ERROR_UNSUPPORTED_PAYMENT` or
 *   `REFILLS_ERROR_NOT_VALIDATED`
 *
 * Lets a request pass that can be sent at all, whose payment can be verified, and that the service accepted, the same
 * basket, when it was asked less than a minute ago.
 *
 * Returns: whether the order may be sent
 */
gboolean
refills_order_gate_check (RefillsOrderRequest  *request,
                          RefillsQuote         *accepted,
                          gint64                now,
                          GError              **error)
{
  RefillsOrderRequest *asked = NULL;
  gint64 age = 0;

  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (request), FALSE);

  if (!refills_order_request_check (request, error) || !check_token (request, error))
    return FALSE;
  if (accepted == NULL || !refills_quote_is_accepted (accepted))
    return refuse ("there is no accepted validation", error);
  asked = refills_quote_get_asked (accepted);
  if (asked == NULL || !refills_order_request_is_same_basket (request, asked))
    return refuse ("something else was validated", error);
  age = now - refills_quote_get_asked_at (accepted);
  if (age < 0 || age >= REFILLS_ORDER_GATE_MAX_AGE_US)
    return refuse ("the validation is too old", error);

  return TRUE;
}

/**
 * refills_order_gate_get_rest:
 * @accepted: what refills_order_gate_check() let pass
 * @now: the same time
 *
 * Returns: milliseconds for which it still does, at least 1
 */
guint
refills_order_gate_get_rest (RefillsQuote *accepted,
                             gint64        now)
{
  gint64 rest = refills_quote_get_asked_at (accepted) + REFILLS_ORDER_GATE_MAX_AGE_US - now;

  return (guint) MAX (rest / 1000, 1);
}
