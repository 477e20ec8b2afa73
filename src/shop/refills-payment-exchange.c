/* refills-payment-exchange.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From where one can pay, and with what at an exchange: that of it which needs no choice. Pure functions on what the
 * service lists.
 */
#include "refills-payment-exchange-private.h"

#include "refills-via-name.h"

/* A way to pay that cannot be named cannot be chosen. */
static gboolean
is_offered (RefillsPaymentVia *via)
{
  g_autofree char *title = refills_via_name_dup_title (refills_payment_via_get_name (via));

  return title != NULL && refills_payment_via_is_available (via);
}

/**
 * refills_payment_list_offered:
 * @vias: the ways to pay that the service lists, of [class@PaymentVia]
 *
 * Returns: (transfer full): those that can be used, the first wallet in front and no other wallet; exchanges only where
 *   they take a coin
 */
GPtrArray *
refills_payment_list_offered (GListModel *vias)
{
  GPtrArray *offered = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean has_wallet = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (vias); i++) {
    g_autoptr (RefillsPaymentVia) via = g_list_model_get_item (vias, i);

    if (!is_offered (via))
      continue;
    if (!refills_via_name_is_elsewhere (refills_payment_via_get_name (via))) {
      if (!has_wallet)
        g_ptr_array_insert (offered, 0, g_steal_pointer (&via));
      has_wallet = TRUE;
    } else if (g_list_model_get_n_items (refills_payment_via_get_coins (via)) > 0) {
      g_ptr_array_add (offered, g_steal_pointer (&via));
    }
  }

  return offered;
}

/**
 * refills_payment_exchange_find_bar:
 * @coin: a coin of an exchange
 * @network: (nullable): one of its networks, `NULL` where it has none
 *
 * What an exchange can verify and takes is the exchange's to say.
 *
 * Returns: what stands against paying so
 */
RefillsPaymentBar
refills_payment_exchange_find_bar (RefillsCoin    *coin,
                                   RefillsNetwork *network)
{
  gboolean is_suspended =
    refills_coin_is_suspended (coin) || (network != NULL && refills_network_is_suspended (network));

  return is_suspended ? REFILLS_PAYMENT_BAR_SUSPENDED : REFILLS_PAYMENT_BAR_NONE;
}
