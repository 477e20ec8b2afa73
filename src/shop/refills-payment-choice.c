/* refills-payment-choice.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsPaymentChoice:
 *
 * From where, with which coin and on which network a purchase is paid. Lists all that the service has for wallets, and
 * for an exchange where one is chosen, and lets choose what nothing stands against.
 *
 * Makes a first choice of its own once the ways to pay are there: what was chosen for the last purchase, else what is
 * recommended, else the next that can be used; and says why where it is not the first of these. It moves on by itself
 * only as long as no person has chosen here. What is chosen stays, with the facts it was chosen by, when they are
 * loaded anew. Never asks for them itself.
 *
 * It begins with a wallet each time: an exchange is chosen by a person, for one purchase. It takes no part in what is
 * recommended and is not remembered, since there is one pair of coin and network to remember, which is a wallet's; and
 * who pays at an exchange may have an account there today and an empty one tomorrow.
 */
#include "refills-payment-choice-private.h"

#include <glib/gi18n.h>

#include "refills-payment-bar-private.h"
#include "refills-payment-exchange-private.h"
#include "refills-payment-pairs-private.h"
#include "refills-payment-via.h"
#include "refills-problem-choice.h"
#include "refills-problem.h"
#include "refills-via-name.h"

/* The service names the pairs that it would take. */
#define NOT_ALLOWED_CODE "UNSUPPORTED_PROTOCOL_COIN_COMBINATION"

struct _RefillsPaymentChoice {
  GObject                  parent_instance;

  RefillsCollection       *vias;
  RefillsPreferredPayment *preferred;
  GListStore              *offered;    /* of RefillsPaymentVia: what can be used, a wallet first */
  RefillsPaymentVia       *via;
  GListStore              *coins;
  GListStore              *networks;
  RefillsCoin             *coin;
  RefillsNetwork          *network;
  gboolean                 is_picked;  /* by a person, here */
  gboolean                 is_locked;
  char                    *notice;

  char                    *price_coin; /* NULL: the price is not known */
  RefillsDecimal           price;
  GPtrArray               *allowed;    /* of RefillsProblemChoice; empty: nothing is said */
};

G_DEFINE_FINAL_TYPE (RefillsPaymentChoice, refills_payment_choice, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static gboolean
is_allowed (RefillsPaymentChoice *self,
            RefillsCoin          *coin,
            RefillsNetwork       *network)
{
  for (guint i = 0; i < self->allowed->len; i++)
    if (g_strcmp0 (refills_problem_choice_get_coin (self->allowed->pdata[i]), refills_coin_get_symbol (coin)) == 0 &&
        refills_problem_choice_has_network (self->allowed->pdata[i], network))
      return TRUE;

  return self->allowed->len == 0;
}

static gboolean
is_elsewhere (RefillsPaymentChoice *self)
{
  return self->via != NULL && refills_via_name_is_elsewhere (refills_payment_via_get_name (self->via));
}

static RefillsPaymentBar
find_wallet_bar (RefillsPaymentChoice *self,
                 RefillsCoin          *coin,
                 RefillsNetwork       *network)
{
  gboolean has_price = g_strcmp0 (self->price_coin, refills_coin_get_symbol (coin)) == 0;
  RefillsPaymentBar bar = refills_payment_bar_find (coin, network, has_price ? &self->price : NULL);

  if ((bar == REFILLS_PAYMENT_BAR_NONE || bar == REFILLS_PAYMENT_BAR_MINIMUM) && !is_allowed (self, coin, network))
    return REFILLS_PAYMENT_BAR_NOT_ALLOWED;

  return bar;
}

static RefillsPaymentBar
find_bar (RefillsPaymentChoice *self,
          RefillsCoin          *coin,
          RefillsNetwork       *network)
{
  if (is_elsewhere (self))
    return refills_payment_exchange_find_bar (coin, network);

  return find_wallet_bar (self, coin, network);
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
  g_autoptr (GPtrArray) networks = refills_payment_list_networks (self->coin);

  replace_all (self->networks, networks);
}

/* What stands against every network of it; where that differs, what is the nearest to being none. @network_out: gets
 * the network that this is said of, which the coin keeps. */
static RefillsPaymentBar
find_coin_bar (RefillsPaymentChoice  *self,
               RefillsCoin           *coin,
               RefillsNetwork       **network_out)
{
  GListModel *networks = refills_coin_get_networks (coin);
  guint n_networks = g_list_model_get_n_items (networks);
  RefillsPaymentBar found = REFILLS_PAYMENT_BAR_NONE;

  *network_out = NULL;
  if (n_networks == 0)
    return is_elsewhere (self) ? refills_payment_exchange_find_bar (coin, NULL) : REFILLS_PAYMENT_BAR_UNSUPPORTED;

  for (guint i = 0; i < n_networks; i++) {
    g_autoptr (RefillsNetwork) network = g_list_model_get_item (networks, i);
    RefillsPaymentBar bar = find_bar (self, coin, network);

    if (bar == REFILLS_PAYMENT_BAR_NONE)
      return REFILLS_PAYMENT_BAR_NONE;
    if (bar < found || (bar == found && !refills_payment_bar_is_nearer (network, *network_out)))
      continue;
    found = bar;
    *network_out = network;
  }

  return found;
}

static gboolean
is_coin_usable (RefillsPaymentChoice *self,
                RefillsCoin          *coin)
{
  RefillsNetwork *network = NULL;

  return find_coin_bar (self, coin, &network) == REFILLS_PAYMENT_BAR_NONE;
}

/* The first coin that can be used, or the one that is called @symbol. */
static RefillsCoin *
find_usable_coin (RefillsPaymentChoice *self,
                  const char           *symbol)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->coins)); i++) {
    g_autoptr (RefillsCoin) coin = g_list_model_get_item (G_LIST_MODEL (self->coins), i);

    if ((symbol == NULL || g_str_equal (refills_coin_get_symbol (coin), symbol)) && is_coin_usable (self, coin))
      return coin; /* the list keeps it */
  }

  return NULL;
}

/* Of a coin that is paid from a wallet there is always a network to choose. */
static gboolean
is_complete (RefillsPaymentChoice *self)
{
  if (self->coin == NULL || self->network != NULL)
    return self->network != NULL;

  return is_elsewhere (self) && g_list_model_get_n_items (G_LIST_MODEL (self->networks)) == 0 &&
         refills_payment_exchange_find_bar (self->coin, NULL) == REFILLS_PAYMENT_BAR_NONE;
}

static void
fill_offered (RefillsPaymentChoice *self)
{
  g_autoptr (GPtrArray) offered = refills_payment_list_offered (G_LIST_MODEL (self->vias));
  RefillsPaymentVia *wallet = offered->len > 0 ? offered->pdata[0] : NULL;

  if (wallet != NULL && refills_via_name_is_elsewhere (refills_payment_via_get_name (wallet)))
    wallet = NULL;
  g_set_object (&self->via, wallet);
  replace_all (self->offered, offered);
}

static RefillsNetwork *
find_first_network (RefillsPaymentChoice *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->networks)); i++) {
    g_autoptr (RefillsNetwork) network = g_list_model_get_item (G_LIST_MODEL (self->networks), i);

    if (find_bar (self, self->coin, network) == REFILLS_PAYMENT_BAR_NONE)
      return network; /* the list keeps it */
  }

  return NULL;
}

static const RefillsPaymentPair *
find_preferred (RefillsPaymentChoice *self,
                GArray               *pairs)
{
  if (self->preferred == NULL)
    return NULL;

  return refills_payment_find_pair (pairs, refills_preferred_payment_get_coin (self->preferred),
                                    refills_preferred_payment_get_network (self->preferred));
}

/* Why @chosen is chosen and not what was to be expected. */
static char *
make_notice (RefillsPaymentChoice     *self,
             const RefillsPaymentPair *expected,
             const RefillsPaymentPair *chosen)
{
  if (expected == NULL || chosen == NULL || expected == chosen)
    return NULL;

  return refills_payment_bar_dup_notice (find_bar (self, expected->coin, expected->network), expected, chosen);
}

static void
choose (RefillsPaymentChoice *self)
{
  g_autoptr (GArray) pairs = refills_payment_list_pairs (G_LIST_MODEL (self->vias));
  g_autoptr (GPtrArray) coins = refills_payment_list_coins (pairs);
  const RefillsPaymentPair *expected = NULL;
  const RefillsPaymentPair *chosen = NULL;
  RefillsCoin *coin = NULL;
  RefillsNetwork *network = NULL;

  fill_offered (self);
  expected = find_preferred (self, pairs);
  if (expected != NULL && find_bar (self, expected->coin, expected->network) == REFILLS_PAYMENT_BAR_NONE)
    chosen = expected;
  for (guint i = 0; chosen == NULL && i < pairs->len; i++) {
    const RefillsPaymentPair *pair = &g_array_index (pairs, RefillsPaymentPair, i);

    if (expected == NULL && refills_payment_is_recommended (pair->coin, pair->network))
      expected = pair;
    if (find_bar (self, pair->coin, pair->network) == REFILLS_PAYMENT_BAR_NONE)
      chosen = pair;
  }

  g_clear_pointer (&self->notice, g_free);
  self->notice = make_notice (self, expected, chosen);
  if (chosen != NULL) {
    coin = chosen->coin;
    network = chosen->network;
  }
  g_set_object (&self->coin, coin);
  g_set_object (&self->network, network);
  replace_all (self->coins, coins);
  fill_networks (self);
}

/* What a person chose is not changed for something else. Where it cannot be used on any network, nothing is chosen. */
static void
let_go (RefillsPaymentChoice *self)
{
  g_autofree char *reason = NULL;

  if (self->coin == NULL || is_coin_usable (self, self->coin))
    return;

  if (self->network != NULL)
    reason = refills_payment_bar_dup_sentence (find_bar (self, self->coin, self->network), self->coin, self->network);
  g_clear_pointer (&self->notice, g_free);
  if (reason != NULL)
    /* Translators: %s is a sentence such as "USDC on Solana is suspended for now." */
    self->notice = g_strdup_printf (_("%s Choose another coin."), reason);
  g_clear_object (&self->coin);
  g_clear_object (&self->network);
  fill_networks (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Moves on where something came to stand against what is chosen, or no longer stands against what could be. */
static void
reconsider (RefillsPaymentChoice *self)
{
  RefillsNetwork *before = self->network;

  if (self->is_locked || refills_collection_is_loading (self->vias))
    return;
  if (self->is_picked) {
    let_go (self);
    return;
  }
  if (before != NULL && find_bar (self, self->coin, before) == REFILLS_PAYMENT_BAR_NONE)
    return;

  choose (self);
  if (self->network != before)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
vias_changed_cb (RefillsPaymentChoice *self)
{
  /* A copy from disk that is being asked for again may offer what is suspended by now. */
  if (self->network != NULL || self->is_picked || refills_collection_is_empty (self->vias) ||
      refills_collection_is_loading (self->vias))
    return;

  choose (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
refills_payment_choice_finalize (GObject *object)
{
  RefillsPaymentChoice *self = REFILLS_PAYMENT_CHOICE (object);

  g_clear_object (&self->vias);
  g_clear_object (&self->preferred);
  g_clear_object (&self->offered);
  g_clear_object (&self->via);
  g_clear_object (&self->coins);
  g_clear_object (&self->networks);
  g_clear_object (&self->coin);
  g_clear_object (&self->network);
  g_clear_pointer (&self->notice, g_free);
  g_clear_pointer (&self->price_coin, g_free);
  g_clear_pointer (&self->allowed, g_ptr_array_unref);

  G_OBJECT_CLASS (refills_payment_choice_parent_class)->finalize (object);
}

static void
refills_payment_choice_class_init (RefillsPaymentChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = refills_payment_choice_finalize;

  /**
   * RefillsPaymentChoice::changed:
   *
   * Another coin or network is chosen, by a person or by itself.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
refills_payment_choice_init (RefillsPaymentChoice *self)
{
  self->offered = g_list_store_new (REFILLS_TYPE_PAYMENT_VIA);
  self->coins = g_list_store_new (REFILLS_TYPE_COIN);
  self->networks = g_list_store_new (REFILLS_TYPE_NETWORK);
  self->allowed = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * refills_payment_choice_new:
 * @vias: the ways to pay, perhaps still loading
 * @preferred: (nullable): what was chosen before
 *
 * Returns: (transfer full): a choice, made where the ways to pay are known
 */
RefillsPaymentChoice *
refills_payment_choice_new (RefillsCollection       *vias,
                            RefillsPreferredPayment *preferred)
{
  RefillsPaymentChoice *self = g_object_new (REFILLS_TYPE_PAYMENT_CHOICE, NULL);

  self->vias = g_object_ref (vias);
  g_set_object (&self->preferred, preferred);
  g_signal_connect_object (vias, "items-changed", G_CALLBACK (vias_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (vias, "notify::state", G_CALLBACK (vias_changed_cb), self, G_CONNECT_SWAPPED);
  choose (self);

  return self;
}

/**
 * refills_payment_choice_get_vias:
 * @self: a choice
 *
 * Returns: (transfer none): from where one can pay now, of [class@PaymentVia], a wallet first
 */
GListModel *
refills_payment_choice_get_vias (RefillsPaymentChoice *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT_CHOICE (self), NULL);

  return G_LIST_MODEL (self->offered);
}

/**
 * refills_payment_choice_get_via:
 * @self: a choice
 *
 * Returns: (transfer none) (nullable): from where it is paid
 */
RefillsPaymentVia *
refills_payment_choice_get_via (RefillsPaymentChoice *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT_CHOICE (self), NULL);

  return self->via;
}

static void
take_exchange (RefillsPaymentChoice *self,
               RefillsPaymentVia    *via)
{
  GListModel *all = refills_payment_via_get_coins (via);
  g_autoptr (GPtrArray) coins = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RefillsCoin) before = g_steal_pointer (&self->coin);
  RefillsCoin *coin = NULL;
  RefillsNetwork *network = NULL;

  g_set_object (&self->via, via);
  self->is_picked = TRUE;
  g_clear_pointer (&self->notice, g_free);
  self->notice = g_strdup (_("You pay on the exchange’s own page, which opens in your browser after you have seen its "
                             "name. The order goes on here."));
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    g_ptr_array_add (coins, g_list_model_get_item (all, i));
  replace_all (self->coins, coins);
  if (before != NULL)
    coin = find_usable_coin (self, refills_coin_get_symbol (before));
  if (coin == NULL)
    coin = find_usable_coin (self, NULL);
  g_set_object (&self->coin, coin);
  fill_networks (self);
  network = self->coin != NULL ? find_first_network (self) : NULL;
  g_set_object (&self->network, network);
}

/**
 * refills_payment_choice_set_via:
 * @self: a choice
 * @via: (nullable): one of the ways to pay
 *
 * Chooses from where it is paid, and with that a coin that can be used there. With a wallet the choice is made as if
 * nobody had chosen.
 */
void
refills_payment_choice_set_via (RefillsPaymentChoice *self,
                                RefillsPaymentVia    *via)
{
  g_return_if_fail (REFILLS_IS_PAYMENT_CHOICE (self));

  if (self->is_locked || via == NULL || via == self->via || !g_list_store_find (self->offered, via, NULL))
    return;

  if (refills_via_name_is_elsewhere (refills_payment_via_get_name (via))) {
    take_exchange (self, via);
  } else {
    self->is_picked = FALSE;
    choose (self);
  }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * refills_payment_choice_is_complete:
 * @self: a choice
 *
 * Returns: whether an order can be made with it
 */
gboolean
refills_payment_choice_is_complete (RefillsPaymentChoice *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT_CHOICE (self), FALSE);

  return is_complete (self);
}

/**
 * refills_payment_choice_get_coins:
 * @self: a choice
 *
 * Returns: (transfer none): the coins one can pay with so, of [class@Coin], those one cannot use now included
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
 * Returns: (transfer none): the networks of the chosen coin, of [class@Network], those one cannot use now included
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
 * Chooses a coin, and the first of its networks that nothing stands against; not one that something stands against on
 * all of them.
 */
void
refills_payment_choice_set_coin (RefillsPaymentChoice *self,
                                 RefillsCoin          *coin)
{
  g_return_if_fail (REFILLS_IS_PAYMENT_CHOICE (self));

  if (self->is_locked || coin == NULL || !g_list_store_find (self->coins, coin, NULL) ||
      !is_coin_usable (self, coin) || !g_set_object (&self->coin, coin))
    return;

  self->is_picked = TRUE;
  if (!is_elsewhere (self))
    g_clear_pointer (&self->notice, g_free);
  fill_networks (self);
  g_set_object (&self->network, find_first_network (self));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
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
 * Chooses a network; not one that something stands against.
 */
void
refills_payment_choice_set_network (RefillsPaymentChoice *self,
                                    RefillsNetwork       *network)
{
  g_return_if_fail (REFILLS_IS_PAYMENT_CHOICE (self));

  if (self->is_locked || network == NULL || network == self->network ||
      !g_list_store_find (self->networks, network, NULL) ||
      find_bar (self, self->coin, network) != REFILLS_PAYMENT_BAR_NONE)
    return;

  self->is_picked = TRUE;
  if (!is_elsewhere (self))
    g_clear_pointer (&self->notice, g_free);
  g_set_object (&self->network, network);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * refills_payment_choice_set_locked:
 * @self: a choice
 * @locked: whether it stays as it is, since the order is on its way
 */
void
refills_payment_choice_set_locked (RefillsPaymentChoice *self,
                                   gboolean              locked)
{
  g_return_if_fail (REFILLS_IS_PAYMENT_CHOICE (self));

  self->is_locked = locked;
}

/**
 * refills_payment_choice_set_price:
 * @self: a choice
 * @coin: (nullable): the symbol of a coin, `NULL` where no price is known
 * @total: (nullable): what is to be paid in it, in units of the coin
 *
 * Says what minimums are compared with. Prices in other coins are not known before the service names them.
 */
void
refills_payment_choice_set_price (RefillsPaymentChoice *self,
                                  const char           *coin,
                                  const RefillsDecimal *total)
{
  g_return_if_fail (REFILLS_IS_PAYMENT_CHOICE (self));

  g_clear_pointer (&self->price_coin, g_free);
  if (coin != NULL && total != NULL) {
    self->price_coin = g_strdup (coin);
    self->price = *total;
  }
  reconsider (self);
}

/**
 * refills_payment_choice_heed_problems:
 * @self: a choice
 * @problems: what the service has against the order, of [class@Problem]
 *
 * Learns with what the basket cannot be paid (API reference, section 14.1).
 */
void
refills_payment_choice_heed_problems (RefillsPaymentChoice *self,
                                      GListModel           *problems)
{
  guint n_problems;

  g_return_if_fail (REFILLS_IS_PAYMENT_CHOICE (self));

  n_problems = g_list_model_get_n_items (problems);
  for (guint i = 0; i < n_problems; i++) {
    g_autoptr (RefillsProblem) problem = g_list_model_get_item (problems, i);
    GListModel *choices = refills_problem_get_choices (problem);

    if (!g_str_equal (refills_problem_get_code (problem), NOT_ALLOWED_CODE))
      continue;
    g_ptr_array_set_size (self->allowed, 0);
    for (guint j = 0; choices != NULL && j < g_list_model_get_n_items (choices); j++)
      g_ptr_array_add (self->allowed, g_list_model_get_item (choices, j));
    /* Where more is wrong, another pair is no help. */
    if (n_problems == 1)
      reconsider (self);
  }
}

/**
 * refills_payment_choice_remember:
 * @self: a choice that an order was made with
 *
 * Keeps it for the next purchase, where a person made it: what it fell back to is nobody's wish.
 */
void
refills_payment_choice_remember (RefillsPaymentChoice *self)
{
  g_return_if_fail (REFILLS_IS_PAYMENT_CHOICE (self));

  if (self->is_picked && !is_elsewhere (self) && self->network != NULL && self->preferred != NULL)
    refills_preferred_payment_set (self->preferred, refills_coin_get_symbol (self->coin),
                                   refills_network_get_name (self->network));
}

/**
 * refills_payment_choice_get_notice:
 * @self: a choice
 *
 * Returns: (nullable): why it is not what was to be expected; of an exchange what is going to happen
 */
const char *
refills_payment_choice_get_notice (RefillsPaymentChoice *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT_CHOICE (self), NULL);

  return self->notice;
}

/**
 * refills_payment_choice_get_hint:
 * @self: a choice
 *
 * Returns: (nullable): what is missing
 */
const char *
refills_payment_choice_get_hint (RefillsPaymentChoice *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT_CHOICE (self), NULL);

  if (is_complete (self) || refills_collection_is_loading (self->vias))
    return NULL;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->coins)) > 0 && find_usable_coin (self, NULL) == NULL)
    return _("None of these coins can be used now.");

  return _("Choose a coin to pay with.");
}

/**
 * refills_payment_choice_dup_bar:
 * @self: a choice
 * @coin: a coin
 * @network: one of its networks
 *
 * Returns: (transfer full) (nullable): what stands against the pair, in a few words
 */
char *
refills_payment_choice_dup_bar (RefillsPaymentChoice *self,
                                RefillsCoin          *coin,
                                RefillsNetwork       *network)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT_CHOICE (self), NULL);

  return refills_payment_bar_dup_label (find_bar (self, coin, network), coin, network);
}

/**
 * refills_payment_choice_dup_coin_bar:
 * @self: a choice
 * @coin: one of the coins
 *
 * Returns: (transfer full) (nullable): what stands against the coin on every network, in a few words
 */
char *
refills_payment_choice_dup_coin_bar (RefillsPaymentChoice *self,
                                     RefillsCoin          *coin)
{
  RefillsNetwork *network = NULL;
  RefillsPaymentBar bar;

  g_return_val_if_fail (REFILLS_IS_PAYMENT_CHOICE (self), NULL);

  bar = find_coin_bar (self, coin, &network);

  return refills_payment_bar_dup_label (bar, coin, network);
}
