/* refills-payment-pairs.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What one can pay with from a wallet, in the order in which it is offered, whether it can be used now or not. Pure
 * functions on what the service lists.
 */
#include "refills-payment-pairs-private.h"

#include "refills-payment-bar-private.h"
#include "refills-payment-via.h"
#include "refills-via-name.h"

static gint
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const RefillsPaymentPair *first = a;
  const RefillsPaymentPair *second = b;

  if (first->rank != second->rank)
    return first->rank < second->rank ? -1 : 1;

  return first->position < second->position ? -1 : first->position > second->position;
}

static void
add_coin (GArray      *pairs,
          RefillsCoin *coin)
{
  GListModel *networks = refills_coin_get_networks (coin);

  for (guint i = 0; i < g_list_model_get_n_items (networks); i++) {
    g_autoptr (RefillsNetwork) network = g_list_model_get_item (networks, i);
    RefillsPaymentPair pair = { coin, network, refills_payment_rank (coin, network), pairs->len };

    g_array_append_val (pairs, pair);
  }
}

static void
add_via (GArray            *pairs,
         RefillsPaymentVia *via)
{
  GListModel *coins = refills_payment_via_get_coins (via);

  if (!refills_payment_via_is_available (via) || !g_str_equal (refills_payment_via_get_name (via), REFILLS_WALLET_VIA))
    return;

  for (guint i = 0; i < g_list_model_get_n_items (coins); i++) {
    g_autoptr (RefillsCoin) coin = g_list_model_get_item (coins, i);

    add_coin (pairs, coin);
  }
}

/**
 * refills_payment_list_pairs:
 * @vias: the ways to pay that the service lists, of [class@PaymentVia]
 *
 * Returns: (transfer full): all that a wallet pays with, of #RefillsPaymentPair, as it is offered; valid while @vias
 *   has what it has
 */
GArray *
refills_payment_list_pairs (GListModel *vias)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (RefillsPaymentPair));

  for (guint i = 0; i < g_list_model_get_n_items (vias); i++) {
    g_autoptr (RefillsPaymentVia) via = g_list_model_get_item (vias, i);

    add_via (pairs, via);
  }
  g_array_sort (pairs, compare_pairs);

  return pairs;
}

/**
 * refills_payment_find_pair:
 * @pairs: what a wallet pays with
 * @coin: the symbol of a coin
 * @network: the service's name of a network
 *
 * Returns: (transfer none) (nullable): both, where they are there
 */
const RefillsPaymentPair *
refills_payment_find_pair (GArray     *pairs,
                           const char *coin,
                           const char *network)
{
  for (guint i = 0; i < pairs->len; i++) {
    const RefillsPaymentPair *pair = &g_array_index (pairs, RefillsPaymentPair, i);

    if (g_str_equal (refills_coin_get_symbol (pair->coin), coin) &&
        g_str_equal (refills_network_get_name (pair->network), network))
      return pair;
  }

  return NULL;
}

/**
 * refills_payment_list_coins:
 * @pairs: what a wallet pays with
 *
 * Returns: (transfer container): the coins, each where its best network stands
 */
GPtrArray *
refills_payment_list_coins (GArray *pairs)
{
  GPtrArray *coins = g_ptr_array_new ();

  for (guint i = 0; i < pairs->len; i++) {
    RefillsCoin *coin = g_array_index (pairs, RefillsPaymentPair, i).coin;

    if (!g_ptr_array_find (coins, coin, NULL))
      g_ptr_array_add (coins, coin);
  }

  return coins;
}

/**
 * refills_payment_list_networks:
 * @coin: (nullable): a coin
 *
 * Returns: (transfer container): its networks, the best in front; of no coin none
 */
GPtrArray *
refills_payment_list_networks (RefillsCoin *coin)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (RefillsPaymentPair));
  GPtrArray *networks = g_ptr_array_new ();

  if (coin != NULL)
    add_coin (pairs, coin);
  g_array_sort (pairs, compare_pairs);
  for (guint i = 0; i < pairs->len; i++)
    g_ptr_array_add (networks, g_array_index (pairs, RefillsPaymentPair, i).network);

  return networks;
}
