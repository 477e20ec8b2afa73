/* bench-payment.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long an order takes to become a payment with its code: every check, the request, and libqrencode's code of it,
 * beside that code alone, turn about in one process. Exits non-zero over a limit.
 */
#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>

#include "refills-payment.h"

#define N_ROUNDS 31
#define N_PAYMENTS 20

#define MAX_RATIO 2.0
#define MAX_MS 2.0

static const char order[] =
  "{\"order_id\":\"o-1\",\"order_state\":\"WaitingForPayment\",\"payment_state\":\"WalletCreated\","
  "\"payment_via\":\"USER_WALLET\",\"coin\":\"USDC\",\"network\":\"Base\",\"coin_amount\":\"25.37\","
  "\"wallet_address\":\"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed\",\"payment_requested_at\":1787679708,"
  "\"qr_text\":\"ethereum:0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913@8453/transfer?"
  "address=0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed&uint256=25370000\"}";
static const char network[] =
  "{\"name\":\"Base\",\"chain_id\":8453,\"threshold\":\"0.5\",\"smart_contract\":{"
  "\"address\":\"0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913\",\"decimals\":6}}";

static RefillsOrderRequest *
make_request (void)
{
  const RefillsOrderLineFields line = { .brand_name = "Airbnb", .country = "US", .denomination = "25 USD" };
  const RefillsOrderRequestFields fields = { .payment_via = "USER_WALLET", .coin = "USDC", .quoted_amount = "25.37" };
  g_autoptr (GBytes) bytes = g_bytes_new_static (network, sizeof network - 1);
  g_autoptr (RefillsJson) root = refills_json_parse (bytes, sizeof network, NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RefillsNetwork) facts = NULL;
  RefillsJsonPlace place;

  refills_json_place_init (&place, root);
  facts = refills_network_new_for_coin (&place, "USDC", NULL);
  g_ptr_array_add (lines, refills_order_line_new (&line));

  return refills_order_request_new (&fields, lines, facts);
}

static void
encode (const char *text)
{
  QRcode *code = QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);

  if (code == NULL)
    g_error ("no code of it");
  QRcode_free (code);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
median (double *values)
{
  qsort (values, N_ROUNDS, sizeof *values, compare);

  return values[N_ROUNDS / 2];
}

int
main (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (order, sizeof order - 1);
  g_autoptr (RefillsOrderState) state = refills_order_state_new_from_bytes (bytes, NULL);
  g_autoptr (RefillsOrderRequest) asked = make_request ();
  g_autofree char *request = NULL;
  double whole[N_ROUNDS], bare[N_ROUNDS];
  double whole_ms = 0, bare_ms = 0;
  gboolean holds = FALSE;

  for (guint i = 0; i < N_ROUNDS; i++) {
    gint64 start_us = g_get_monotonic_time ();

    for (guint j = 0; j < N_PAYMENTS; j++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (RefillsPayment) payment = refills_payment_new (state, asked, 1787679709, &error);

      if (payment == NULL)
        g_error ("it cannot be paid: %s", error->message);
      g_clear_pointer (&request, g_free);
      request = refills_payment_dup_code_text (payment, REFILLS_PAYMENT_CODE_REQUEST);
      encode (request);
    }
    whole[i] = (double) (g_get_monotonic_time () - start_us) / 1000.0 / N_PAYMENTS;

    start_us = g_get_monotonic_time ();
    for (guint j = 0; j < N_PAYMENTS; j++)
      encode (request);
    bare[i] = (double) (g_get_monotonic_time () - start_us) / 1000.0 / N_PAYMENTS;
  }
  whole_ms = median (whole);
  bare_ms = median (bare);
  holds = whole_ms <= MAX_MS && whole_ms / bare_ms <= MAX_RATIO;

  printf ("record, request and code: %.3f ms (at most %g); the code alone: %.3f ms; ratio %.2f (at most %g)%s\n",
          whole_ms, MAX_MS, bare_ms, whole_ms / bare_ms, MAX_RATIO, holds ? "" : "  OVER THE LIMIT");

  return holds ? EXIT_SUCCESS : EXIT_FAILURE;
}
