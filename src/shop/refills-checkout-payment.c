/* refills-checkout-payment.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The part of a checkout that says with what it is paid: its choice, as a screen may use it.
 */
#include "refills-checkout-private.h"

#include "refills-payment-bar-private.h"
#include "refills-via-name.h"

/**
 * refills_checkout_get_vias:
 * @self: a checkout
 *
 * Returns: (transfer none): from where one can pay now, of [class@PaymentVia], a wallet first
 */
GListModel *
refills_checkout_get_vias (RefillsCheckout *self)
{
  g_return_val_if_fail (REFILLS_IS_CHECKOUT (self), NULL);

  return refills_payment_choice_get_vias (refills_checkout_get_choice (self));
}

/**
 * refills_checkout_get_via:
 * @self: a checkout
 *
 * Returns: (transfer none) (nullable): from where it is paid
 */
RefillsPaymentVia *
refills_checkout_get_via (RefillsCheckout *self)
{
  g_return_val_if_fail (REFILLS_IS_CHECKOUT (self), NULL);

  return refills_payment_choice_get_via (refills_checkout_get_choice (self));
}

/**
 * refills_checkout_set_via:
 * @self: a checkout
 * @via: (nullable): one of the ways to pay
 *
 * Chooses from where it is paid, and with that a coin.
 */
void
refills_checkout_set_via (RefillsCheckout   *self,
                          RefillsPaymentVia *via)
{
  g_return_if_fail (REFILLS_IS_CHECKOUT (self));

  refills_payment_choice_set_via (refills_checkout_get_choice (self), via);
}

/**
 * refills_checkout_get_coins:
 * @self: a checkout
 *
 * Returns: (transfer none): the coins one can pay with so, of [class@Coin], those that cannot be used now included
 */
GListModel *
refills_checkout_get_coins (RefillsCheckout *self)
{
  g_return_val_if_fail (REFILLS_IS_CHECKOUT (self), NULL);

  return refills_payment_choice_get_coins (refills_checkout_get_choice (self));
}

/**
 * refills_checkout_get_networks:
 * @self: a checkout
 *
 * Returns: (transfer none): the networks of the chosen coin, of [class@Network], those that cannot be used now included
 */
GListModel *
refills_checkout_get_networks (RefillsCheckout *self)
{
  g_return_val_if_fail (REFILLS_IS_CHECKOUT (self), NULL);

  return refills_payment_choice_get_networks (refills_checkout_get_choice (self));
}

/**
 * refills_checkout_get_coin:
 * @self: a checkout
 *
 * Returns: (transfer none) (nullable): the chosen coin
 */
RefillsCoin *
refills_checkout_get_coin (RefillsCheckout *self)
{
  g_return_val_if_fail (REFILLS_IS_CHECKOUT (self), NULL);

  return refills_payment_choice_get_coin (refills_checkout_get_choice (self));
}

/**
 * refills_checkout_set_coin:
 * @self: a checkout
 * @coin: (nullable): one of the coins
 *
 * Chooses a coin that can be used now, and the first of its networks that can; does nothing for another one.
 */
void
refills_checkout_set_coin (RefillsCheckout *self,
                           RefillsCoin     *coin)
{
  g_return_if_fail (REFILLS_IS_CHECKOUT (self));

  refills_payment_choice_set_coin (refills_checkout_get_choice (self), coin);
}

/**
 * refills_checkout_get_network:
 * @self: a checkout
 *
 * Returns: (transfer none) (nullable): the chosen network
 */
RefillsNetwork *
refills_checkout_get_network (RefillsCheckout *self)
{
  g_return_val_if_fail (REFILLS_IS_CHECKOUT (self), NULL);

  return refills_payment_choice_get_network (refills_checkout_get_choice (self));
}

/**
 * refills_checkout_set_network:
 * @self: a checkout
 * @network: (nullable): one of the networks
 *
 * Chooses a network that can be used now; does nothing for another one.
 */
void
refills_checkout_set_network (RefillsCheckout *self,
                              RefillsNetwork  *network)
{
  g_return_if_fail (REFILLS_IS_CHECKOUT (self));

  refills_payment_choice_set_network (refills_checkout_get_choice (self), network);
}

/**
 * refills_checkout_dup_bar:
 * @self: a checkout
 * @coin: one of the coins
 * @network: one of its networks
 *
 * Returns: (transfer full) (nullable): why one cannot pay so, in a few words; `NULL` where one can
 */
char *
refills_checkout_dup_bar (RefillsCheckout *self,
                          RefillsCoin     *coin,
                          RefillsNetwork  *network)
{
  g_return_val_if_fail (REFILLS_IS_CHECKOUT (self), NULL);

  return refills_payment_choice_dup_bar (refills_checkout_get_choice (self), coin, network);
}

/**
 * refills_checkout_dup_coin_bar:
 * @self: a checkout
 * @coin: one of the coins
 *
 * Returns: (transfer full) (nullable): why one cannot pay with it on any network, in a few words; `NULL` where one can
 */
char *
refills_checkout_dup_coin_bar (RefillsCheckout *self,
                               RefillsCoin     *coin)
{
  g_return_val_if_fail (REFILLS_IS_CHECKOUT (self), NULL);

  return refills_payment_choice_dup_coin_bar (refills_checkout_get_choice (self), coin);
}

/**
 * refills_checkout_is_recommended:
 * @self: a checkout
 * @network: one of the networks of its coin
 *
 * Returns: whether the chosen coin is best paid there, and can be
 */
gboolean
refills_checkout_is_recommended (RefillsCheckout *self,
                                 RefillsNetwork  *network)
{
  RefillsCoin *coin = refills_checkout_get_coin (self);
  g_autofree char *bar = coin != NULL ? refills_checkout_dup_bar (self, coin, network) : NULL;
  RefillsPaymentVia *via = refills_checkout_get_via (self);

  /* What is best is best for wallets. */
  if (via != NULL && refills_via_name_is_elsewhere (refills_payment_via_get_name (via)))
    return FALSE;

  return coin != NULL && bar == NULL && refills_payment_is_recommended (coin, network);
}
