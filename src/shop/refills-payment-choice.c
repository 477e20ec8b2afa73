/* refills-payment-choice.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsPaymentChoice:
 *
 * With which coin and on which network a purchase is paid, out of those that can be used now.
 *
 * Makes a first choice of its own once the ways to pay are there; what is chosen stays, with the facts it
 * was chosen by, when they are loaded anew. Never asks for them itself.
 */
#include "refills-payment-choice-private.h"

#include "refills-payment-via.h"

#define PREFERRED_COIN "USDC"
#define PREFERRED_NETWORK "Solana"

struct _RefillsPaymentChoice {
  GObject            parent_instance;

  RefillsCollection *vias;
  GListStore        *coins;
  GListStore        *networks;
  RefillsCoin       *coin;
  RefillsNetwork    *network;
};

G_DEFINE_FINAL_TYPE (RefillsPaymentChoice, refills_payment_choice, G_TYPE_OBJECT)

enum { SIGNAL_CHOSEN, N_SIGNALS };

static guint signals[N_SIGNALS];

static GPtrArray *
list_usable_networks (RefillsCoin *coin)
{
  GPtrArray *usable = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *all = coin != NULL ? refills_coin_get_networks (coin) : NULL;

  for (guint i = 0; all != NULL && i < g_list_model_get_n_items (all); i++) {
    g_autoptr (RefillsNetwork) network = g_list_model_get_item (all, i);

    if (!refills_network_is_suspended (network))
      g_ptr_array_add (usable, g_steal_pointer (&network));
  }

  return usable;
}

static void
add_usable_coins (GPtrArray         *usable,
                  RefillsPaymentVia *via)
{
  GListModel *all = refills_payment_via_get_coins (via);

  if (!refills_payment_via_is_available (via) ||
      !g_str_equal (refills_payment_via_get_name (via), REFILLS_WALLET_VIA))
    return;

  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (RefillsCoin) coin = g_list_model_get_item (all, i);
    g_autoptr (GPtrArray) networks = list_usable_networks (coin);

    if (!refills_coin_is_suspended (coin) && networks->len > 0)
      g_ptr_array_add (usable, g_steal_pointer (&coin));
  }
}

static void
replace_all (GListStore *store,
             GPtrArray  *items)
{
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)), items->pdata, items->len);
}

static void
fill_networks (RefillsPaymentChoice *self)
{
  g_autoptr (GPtrArray) usable = list_usable_networks (self->coin);
  RefillsNetwork *chosen = usable->len > 0 ? usable->pdata[0] : NULL;

  for (guint i = 0; i < usable->len; i++)
    if (g_str_equal (refills_network_get_name (usable->pdata[i]), PREFERRED_NETWORK))
      chosen = usable->pdata[i];

  replace_all (self->networks, usable);
  g_set_object (&self->network, chosen);
}

static void
fill_coins (RefillsPaymentChoice *self)
{
  g_autoptr (GPtrArray) usable = g_ptr_array_new_with_free_func (g_object_unref);
  RefillsCoin *chosen = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->vias)); i++) {
    g_autoptr (RefillsPaymentVia) via = g_list_model_get_item (G_LIST_MODEL (self->vias), i);

    add_usable_coins (usable, via);
  }
  for (guint i = 0; i < usable->len; i++)
    if (chosen == NULL || g_str_equal (refills_coin_get_symbol (usable->pdata[i]), PREFERRED_COIN))
      chosen = usable->pdata[i];

  replace_all (self->coins, usable);
  g_set_object (&self->coin, chosen);
  fill_networks (self);
}

static void
vias_changed_cb (RefillsPaymentChoice *self)
{
  /* A copy from disk that is being asked for again may offer what is suspended by now. */
  if (self->coin != NULL || refills_collection_is_empty (self->vias) || refills_collection_is_loading (self->vias))
    return;

  fill_coins (self);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
refills_payment_choice_finalize (GObject *object)
{
  RefillsPaymentChoice *self = REFILLS_PAYMENT_CHOICE (object);

  g_clear_object (&self->vias);
  g_clear_object (&self->coins);
  g_clear_object (&self->networks);
  g_clear_object (&self->coin);
  g_clear_object (&self->network);

  G_OBJECT_CLASS (refills_payment_choice_parent_class)->finalize (object);
}

static void
refills_payment_choice_class_init (RefillsPaymentChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = refills_payment_choice_finalize;

  /**
   * RefillsPaymentChoice::chosen:
   *
   * A first choice was made, because the ways to pay arrived.
   */
  signals[SIGNAL_CHOSEN] =
    g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
refills_payment_choice_init (RefillsPaymentChoice *self)
{
  self->coins = g_list_store_new (REFILLS_TYPE_COIN);
  self->networks = g_list_store_new (REFILLS_TYPE_NETWORK);
}

/**
 * refills_payment_choice_new:
 * @vias: the ways to pay, perhaps still loading
 *
 * Returns: (transfer full): a choice, made where the ways to pay are known
 */
RefillsPaymentChoice *
refills_payment_choice_new (RefillsCollection *vias)
{
  RefillsPaymentChoice *self = g_object_new (REFILLS_TYPE_PAYMENT_CHOICE, NULL);

  self->vias = g_object_ref (vias);
  g_signal_connect_object (vias, "items-changed", G_CALLBACK (vias_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (vias, "notify::state", G_CALLBACK (vias_changed_cb), self, G_CONNECT_SWAPPED);
  fill_coins (self);

  return self;
}

/**
 * refills_payment_choice_get_vias:
 * @self: a choice
 *
 * Returns: (transfer none): the ways to pay it is made from
 */
RefillsCollection *
refills_payment_choice_get_vias (RefillsPaymentChoice *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT_CHOICE (self), NULL);

  return self->vias;
}

/**
 * refills_payment_choice_get_coins:
 * @self: a choice
 *
 * Returns: (transfer none): the coins that can be used now, of [class@Coin]
 */
GListModel *
refills_payment_choice_get_coins (RefillsPaymentChoice *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT_CHOICE (self), NULL);

  return G_LIST_MODEL (self->coins);
}

/**
 * refills_payment_choice_get_networks:
 * @self: a choice
 *
 * Returns: (transfer none): the networks of the chosen coin that can be used now, of [class@Network]
 */
GListModel *
refills_payment_choice_get_networks (RefillsPaymentChoice *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT_CHOICE (self), NULL);

  return G_LIST_MODEL (self->networks);
}

/**
 * refills_payment_choice_get_coin:
 * @self: a choice
 *
 * Returns: (transfer none) (nullable): the coin
 */
RefillsCoin *
refills_payment_choice_get_coin (RefillsPaymentChoice *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT_CHOICE (self), NULL);

  return self->coin;
}

/**
 * refills_payment_choice_set_coin:
 * @self: a choice
 * @coin: (nullable): one of the coins
 *
 * Chooses a coin, and one of its networks.
 *
 * Returns: whether that changed anything
 */
gboolean
refills_payment_choice_set_coin (RefillsPaymentChoice *self,
                                 RefillsCoin          *coin)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT_CHOICE (self), FALSE);

  if (coin == NULL || !g_list_store_find (self->coins, coin, NULL) || !g_set_object (&self->coin, coin))
    return FALSE;

  fill_networks (self);

  return TRUE;
}

/**
 * refills_payment_choice_get_network:
 * @self: a choice
 *
 * Returns: (transfer none) (nullable): the network
 */
RefillsNetwork *
refills_payment_choice_get_network (RefillsPaymentChoice *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT_CHOICE (self), NULL);

  return self->network;
}

/**
 * refills_payment_choice_set_network:
 * @self: a choice
 * @network: (nullable): one of the networks
 *
 * Chooses a network.
 *
 * Returns: whether that changed anything
 */
gboolean
refills_payment_choice_set_network (RefillsPaymentChoice *self,
                                    RefillsNetwork       *network)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT_CHOICE (self), FALSE);

  return network != NULL && g_list_store_find (self->networks, network, NULL) &&
         g_set_object (&self->network, network);
}
