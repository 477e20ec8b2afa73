/* refills-problem-choice.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsProblemChoice:
 *
 * What the service allows instead of what it refused: a coin on a network, a way to pay, or a kind of
 * product (`supported_protocol_coin_combo` and `allowedKinds`, API reference, section 14.1).
 *
 * Immutable. Says what could be chosen; whether it can be chosen here is for who offers it.
 */

#include "refills-problem-choice.h"

#include <glib/gi18n.h>

#include <string.h>

#include "refills-problem-facts.h"
#include "refills-via-name.h"

#define NAME_MAX_CHARACTERS 40

struct _RefillsProblemChoice {
  GObject parent_instance;

  char *label;
  char *kind;
  char *via;
  char *coin;
  char *protocol;
  char *network; /* its title */
  guint64 chain_id;
};

G_DEFINE_FINAL_TYPE (RefillsProblemChoice, refills_problem_choice, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_LABEL,
  PROP_KIND,
  PROP_VIA,
  PROP_COIN,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* API reference, section 2.1. The titles are those that RefillsNetwork gives the same networks. */
static const struct {
  const char *protocol;
  const char *coin;
  const char *network;
  guint64 chain_id;
} protocols[] = {
  { "BTC_LIKE", "LTC", "Litecoin", 0 },
  { "BTC_LIKE", "DOGE", "Dogecoin", 0 },
  { "BTC_LIKE", "BCH", "Bitcoin Cash", 0 },
  { "BTC_LIKE", NULL, "Bitcoin", 0 },
  { "LTC_LIKE", NULL, "Litecoin", 0 },
  { "DOGE_LIKE", NULL, "Dogecoin", 0 },
  { "LIGHTNING_LIKE", NULL, "Lightning", 0 },
  { "ETHEREUM_LIKE", NULL, "Ethereum", 1 },
  { "ARBITRUM_LIKE", NULL, "Arbitrum One", 42161 },
  { "BASE_LIKE", NULL, "Base", 8453 },
  { "MATIC_LIKE", NULL, "Polygon", 137 },
  { "POLYGON_LIKE", NULL, "Polygon", 137 },
  { "OPTIMISM_LIKE", NULL, "OP Mainnet", 10 },
  { "AVALANCHE_LIKE", NULL, "Avalanche C-Chain", 43114 },
  { "BSC_LIKE", NULL, "BNB Smart Chain", 56 },
  { "BINANCE_LIKE", NULL, "BNB Smart Chain", 56 },
  { "FANTOM_LIKE", NULL, "Fantom", 250 },
  { "OKEX_LIKE", NULL, "OKX Chain (not X Layer)", 66 },
  { "WORLDCHAIN_LIKE", NULL, "World Chain", 480 },
  { "SONIC_LIKE", NULL, "Sonic", 146 },
  { "PLASMA_LIKE", NULL, "Plasma", 9745 },
  { "SONEIUM_LIKE", NULL, "Soneium", 1868 },
  { "SOLANA_LIKE", NULL, "Solana", 0 },
  { "TRON_LIKE", NULL, "Tron", 0 },
  { "TON_LIKE", NULL, "TON", 0 },
  { "SUI_LIKE", NULL, "Sui", 0 },
};

static const struct {
  const char *kind;
  const char *title;
} kinds[] = {
  { "giftcard", N_("gift cards") },
  { "gift_card", N_("gift cards") },
  { "mobile_recharge", N_("mobile top-ups and eSIMs") },
  { "e-sim", N_("eSIMs") },
  { "esim", N_("eSIMs") },
  { "utility", N_("utility bills") },
  { "flight", N_("flights") },
  { "stay", N_("stays") },
  { "nft", N_("NFTs") },
};

static gboolean
is_all_capitals (const char *text)
{
  return strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == strlen (text);
}

static void
refills_problem_choice_get_property (GObject    *object,
                                     guint       prop_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  RefillsProblemChoice *self = REFILLS_PROBLEM_CHOICE (object);

  switch (prop_id) {
  case PROP_LABEL:
    g_value_set_string (value, self->label);
    break;
  case PROP_KIND:
    g_value_set_string (value, self->kind);
    break;
  case PROP_VIA:
    g_value_set_string (value, self->via);
    break;
  case PROP_COIN:
    g_value_set_string (value, self->coin);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
refills_problem_choice_finalize (GObject *object)
{
  RefillsProblemChoice *self = REFILLS_PROBLEM_CHOICE (object);

  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->via, g_free);
  g_clear_pointer (&self->coin, g_free);
  g_clear_pointer (&self->protocol, g_free);
  g_clear_pointer (&self->network, g_free);

  G_OBJECT_CLASS (refills_problem_choice_parent_class)->finalize (object);
}

static void
refills_problem_choice_class_init (RefillsProblemChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = refills_problem_choice_get_property;
  object_class->finalize = refills_problem_choice_finalize;

  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  props[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, flags);
  props[PROP_VIA] = g_param_spec_string ("via", NULL, NULL, NULL, flags);
  props[PROP_COIN] = g_param_spec_string ("coin", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_problem_choice_init (RefillsProblemChoice *self)
{
}

/**
 * refills_problem_choice_new_for_kind:
 * @kind: one of `allowedKinds`: a kind of product, or the name of a way to pay, which is in capitals
 *
 * Returns: (transfer full) (nullable): the choice; `NULL` where the text is no name
 */
RefillsProblemChoice *
refills_problem_choice_new_for_kind (const char *kind)
{
  g_autofree char *name = refills_problem_facts_dup_name (kind, NAME_MAX_CHARACTERS);
  g_autofree char *label = refills_problem_facts_dup_words (kind);
  RefillsProblemChoice *self = NULL;

  if (name == NULL || label == NULL)
    return NULL;

  self = g_object_new (REFILLS_TYPE_PROBLEM_CHOICE, NULL);
  if (is_all_capitals (name)) {
    self->label = refills_via_name_is_elsewhere (name) ? refills_via_name_dup_title (name)
                                                       : g_strdup (_("your own wallet"));
    self->via = g_steal_pointer (&name);
  } else {
    for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
      if (g_ascii_strcasecmp (kinds[i].kind, name) == 0)
        self->label = g_strdup (_(kinds[i].title));
    self->kind = g_steal_pointer (&name);
  }
  if (self->label == NULL)
    self->label = g_steal_pointer (&label);

  return self;
}

/**
 * refills_problem_choice_new_for_payment:
 * @protocol: (nullable): a protocol, such as "SOLANA_LIKE", or the name of a network
 * @coin: (nullable): a coin's symbol
 *
 * Returns: (transfer full) (nullable): the choice; `NULL` where one of both is no name
 */
RefillsProblemChoice *
refills_problem_choice_new_for_payment (const char *protocol,
                                        const char *coin)
{
  g_autofree char *name = refills_problem_facts_dup_name (protocol, NAME_MAX_CHARACTERS);
  g_autofree char *symbol = refills_problem_facts_dup_name (coin, NAME_MAX_CHARACTERS);
  RefillsProblemChoice *self = NULL;

  if (name == NULL || symbol == NULL)
    return NULL;

  self = g_object_new (REFILLS_TYPE_PROBLEM_CHOICE, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (protocols) && self->network == NULL; i++) {
    if (g_str_equal (protocols[i].protocol, name) &&
        (protocols[i].coin == NULL || g_str_equal (protocols[i].coin, symbol))) {
      self->network = g_strdup (protocols[i].network);
      self->chain_id = protocols[i].chain_id;
    }
  }
  if (self->network == NULL && g_str_has_suffix (name, "_LIKE")) {
    g_autofree char *start = g_strndup (name, strlen (name) - strlen ("_LIKE"));

    self->network = refills_problem_facts_dup_words (start);
  }
  if (self->network == NULL)
    self->network = g_strdup (name);

  /* Translators: a coin and the network it is sent on, such as "USDC on Solana". */
  self->label = g_strdup_printf (_("%1$s on %2$s"), symbol, self->network);
  self->protocol = g_steal_pointer (&name);
  self->coin = g_steal_pointer (&symbol);

  return self;
}

/**
 * refills_problem_choice_get_label:
 * @self: a choice
 *
 * Returns: what it is called, such as "USDC on Solana" or "gift cards"
 */
const char *
refills_problem_choice_get_label (RefillsProblemChoice *self)
{
  g_return_val_if_fail (REFILLS_IS_PROBLEM_CHOICE (self), NULL);

  return self->label;
}

/**
 * refills_problem_choice_get_kind:
 * @self: a choice
 *
 * Returns: (nullable): the kind of product, as sent
 */
const char *
refills_problem_choice_get_kind (RefillsProblemChoice *self)
{
  g_return_val_if_fail (REFILLS_IS_PROBLEM_CHOICE (self), NULL);

  return self->kind;
}

/**
 * refills_problem_choice_get_via:
 * @self: a choice
 *
 * Returns: (nullable): the way to pay, as sent
 */
const char *
refills_problem_choice_get_via (RefillsProblemChoice *self)
{
  g_return_val_if_fail (REFILLS_IS_PROBLEM_CHOICE (self), NULL);

  return self->via;
}

/**
 * refills_problem_choice_get_coin:
 * @self: a choice
 *
 * Returns: (nullable): the symbol of the coin, where it is about one
 */
const char *
refills_problem_choice_get_coin (RefillsProblemChoice *self)
{
  g_return_val_if_fail (REFILLS_IS_PROBLEM_CHOICE (self), NULL);

  return self->coin;
}

/**
 * refills_problem_choice_has_network:
 * @self: a choice
 * @network: a network of the coin
 *
 * Returns: whether that is the network it is about
 */
gboolean
refills_problem_choice_has_network (RefillsProblemChoice *self,
                                    RefillsNetwork       *network)
{
  g_return_val_if_fail (REFILLS_IS_PROBLEM_CHOICE (self), FALSE);
  g_return_val_if_fail (REFILLS_IS_NETWORK (network), FALSE);

  if (self->network == NULL)
    return FALSE;

  return (self->chain_id != 0 && self->chain_id == refills_network_get_chain_id (network)) ||
         g_ascii_strcasecmp (self->network, refills_network_get_title (network)) == 0 ||
         g_ascii_strcasecmp (self->protocol, refills_network_get_name (network)) == 0;
}
