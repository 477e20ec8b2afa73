/* refills-network.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsNetwork:
 *
 * A network on which a coin can be sent (API reference, section 2).
 *
 * Immutable. Owns its texts. Whether a payment on it can be verified is what the table of tokens says.
 */

#include "refills-network.h"

#include "refills-error.h"
#include "refills-rich-text.h"
#include "refills-token-table.h"

#define TITLE_MAX_CHARACTERS 40
/* More decimals than any token has; what is above is a mistake. */
#define DECIMALS_MAX 36

struct _RefillsNetwork {
  GObject parent_instance;

  char *name;
  char *title;
  char *base_token;
  char *contract;
  int decimals;
  guint64 chain_id;
  gboolean suspended;
  gboolean has_threshold;
  RefillsDecimal threshold;
};

G_DEFINE_FINAL_TYPE (RefillsNetwork, refills_network, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_NAME,
  PROP_TITLE,
  PROP_BASE_TOKEN,
  PROP_CONTRACT,
  PROP_DECIMALS,
  PROP_CHAIN_ID,
  PROP_SUSPENDED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static const struct {
  const char *coin;
  const char *name;
  const char *title;
} known_titles[] = {
  { "BTC", "Mainnet", "Bitcoin" },
  { "LTC", "Mainnet", "Litecoin" },
  { "DOGE", "Mainnet", "Dogecoin" },
  { "BCH", "Mainnet", "Bitcoin Cash" },
  { NULL, "ETH Mainnet", "Ethereum" },
  { NULL, "Polygon (Matic)", "Polygon" },
  { NULL, "Arbitrum", "Arbitrum One" },
  { NULL, "Binance Smart Chain", "BNB Smart Chain" },
  { NULL, "WORLDCHAIN", "World Chain" },
  { NULL, "WorldChain", "World Chain" },
  { NULL, "Ton", "TON" },
  /* Which exchanges confuse with X Layer: what is sent there is lost. */
  { NULL, "OKEx Mainnet", "OKX Chain (not X Layer)" },
  { NULL, "OKXChain", "OKX Chain (not X Layer)" },
};

static char *
choose_title (const char *name,
              const char *display_name,
              const char *coin)
{
  const RefillsToken *token = refills_token_find (coin, name);
  g_autofree char *shown = NULL;

  /* What is checked is what is said, whatever the service calls it. */
  if (token != NULL)
    return g_strdup (refills_token_get_network_title (token));
  if (display_name != NULL)
    shown = refills_text_clean_line (display_name, TITLE_MAX_CHARACTERS);
  /* "Mainnet" alone tells nobody which network it is. */
  if (shown != NULL && *shown != '\0' && g_ascii_strcasecmp (shown, "Mainnet") != 0 &&
      g_strcmp0 (shown, name) != 0)
    return g_steal_pointer (&shown);

  for (gsize i = 0; i < G_N_ELEMENTS (known_titles); i++)
    if (g_str_equal (known_titles[i].name, name) &&
        (known_titles[i].coin == NULL || g_strcmp0 (known_titles[i].coin, coin) == 0))
      return g_strdup (known_titles[i].title);

  return refills_text_clean_line (name, TITLE_MAX_CHARACTERS);
}

static gboolean
read_contract (RefillsNetwork          *self,
               const RefillsJsonPlace  *place,
               GError                 **error)
{
  RefillsJsonPlace contract;
  const char *address = NULL;
  guint64 decimals = 0;

  if (!refills_json_find_member (place, "smart_contract", &contract))
    return TRUE;
  if (!refills_json_place_expect (&contract, REFILLS_JSON_OBJECT, error) ||
      !refills_json_read_string (&contract, "address", &address, error) ||
      !refills_json_read_unsigned (&contract, "decimals", G_MAXUINT64, &decimals, error))
    return FALSE;

  if (decimals != G_MAXUINT64) {
    if (decimals > DECIMALS_MAX) {
      g_autofree char *path = refills_json_place_get_path (&contract);

      g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL, "%s.decimals is too large", path);
      return FALSE;
    }
    self->decimals = (int) decimals;
  }
  if (address != NULL && *address != '\0')
    self->contract = g_strdup (address);

  return TRUE;
}

static void
refills_network_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  RefillsNetwork *self = REFILLS_NETWORK (object);

  switch (prop_id) {
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_TITLE:
    g_value_set_string (value, self->title);
    break;
  case PROP_BASE_TOKEN:
    g_value_set_string (value, self->base_token);
    break;
  case PROP_CONTRACT:
    g_value_set_string (value, self->contract);
    break;
  case PROP_DECIMALS:
    g_value_set_int (value, self->decimals);
    break;
  case PROP_CHAIN_ID:
    g_value_set_uint64 (value, self->chain_id);
    break;
  case PROP_SUSPENDED:
    g_value_set_boolean (value, self->suspended);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
refills_network_finalize (GObject *object)
{
  RefillsNetwork *self = REFILLS_NETWORK (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->base_token, g_free);
  g_clear_pointer (&self->contract, g_free);

  G_OBJECT_CLASS (refills_network_parent_class)->finalize (object);
}

static void
refills_network_class_init (RefillsNetworkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = refills_network_get_property;
  object_class->finalize = refills_network_finalize;

  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_BASE_TOKEN] = g_param_spec_string ("base-token", NULL, NULL, NULL, flags);
  props[PROP_CONTRACT] = g_param_spec_string ("contract", NULL, NULL, NULL, flags);
  props[PROP_DECIMALS] = g_param_spec_int ("decimals", NULL, NULL, -1, G_MAXINT, -1, flags);
  props[PROP_CHAIN_ID] = g_param_spec_uint64 ("chain-id", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  props[PROP_SUSPENDED] = g_param_spec_boolean ("suspended", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_network_init (RefillsNetwork *self)
{
  self->decimals = -1;
}

/**
 * refills_network_new_for_coin:
 * @place: one element of a coin's `networks`
 * @coin: (nullable): the coin, without which "Mainnet" cannot be named
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * As [ctor@Network.new_from_json], for a coin that is known.
 *
 * Returns: (transfer full) (nullable): the network, or `NULL` with @error set
 */
RefillsNetwork *
refills_network_new_for_coin (const RefillsJsonPlace  *place,
                              const char              *coin,
                              GError                 **error)
{
  g_autoptr (RefillsNetwork) self = NULL;
  const char *name = NULL;
  const char *display_name = NULL;
  const char *base_token = NULL;

  g_return_val_if_fail (place != NULL, NULL);

  self = g_object_new (REFILLS_TYPE_NETWORK, NULL);
  if (!refills_json_place_expect (place, REFILLS_JSON_OBJECT, error) ||
      !refills_json_require_string (place, "name", &name, error) ||
      !refills_json_read_string (place, "display_name", &display_name, error) ||
      !refills_json_read_string (place, "base_token", &base_token, error) ||
      !refills_json_read_unsigned (place, "chain_id", 0, &self->chain_id, error) ||
      !refills_json_read_boolean (place, "is_suspended", FALSE, &self->suspended, error) ||
      !refills_json_read_decimal (place, "threshold", &self->threshold, &self->has_threshold,
                                  error) ||
      !read_contract (self, place, error))
    return NULL;

  if (*name == '\0') {
    g_autofree char *path = refills_json_place_get_path (place);

    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL, "%s.name is empty", path);
    return NULL;
  }

  self->name = g_strdup (name);
  self->base_token = g_strdup (base_token);
  self->title = choose_title (name, display_name, coin != NULL ? coin : base_token);

  return g_steal_pointer (&self);
}

/**
 * refills_network_new_from_json:
 * @place: one element of a coin's `networks`
 * @error: return location for a `REFILLS_ERROR_PROTOCOL` that names the path
 *
 * Reads a network. Unknown members are ignored.
 *
 * Returns: (transfer full) (nullable): the network, or `NULL` with @error set
 */
RefillsNetwork *
refills_network_new_from_json (const RefillsJsonPlace  *place,
                               GError                 **error)
{
  return refills_network_new_for_coin (place, NULL, error);
}

/**
 * refills_network_get_name:
 * @self: a network
 *
 * Returns: the name, sent back to the service letter by letter
 */
const char *
refills_network_get_name (RefillsNetwork *self)
{
  g_return_val_if_fail (REFILLS_IS_NETWORK (self), NULL);

  return self->name;
}

/**
 * refills_network_get_title:
 * @self: a network
 *
 * Returns: the name people know, such as "Polygon" for "Polygon (Matic)"
 */
const char *
refills_network_get_title (RefillsNetwork *self)
{
  g_return_val_if_fail (REFILLS_IS_NETWORK (self), NULL);

  return self->title;
}

/**
 * refills_network_get_base_token:
 * @self: a network
 *
 * Returns: (nullable): the coin that fees are paid in, such as "ETH"
 */
const char *
refills_network_get_base_token (RefillsNetwork *self)
{
  g_return_val_if_fail (REFILLS_IS_NETWORK (self), NULL);

  return self->base_token;
}

/**
 * refills_network_get_contract:
 * @self: a network
 *
 * Returns: (nullable): the address of the token's contract or mint, `NULL` for a network's own
 *   coin
 */
const char *
refills_network_get_contract (RefillsNetwork *self)
{
  g_return_val_if_fail (REFILLS_IS_NETWORK (self), NULL);

  return self->contract;
}

/**
 * refills_network_get_decimals:
 * @self: a network
 *
 * Returns: how many decimals the token has, -1 when the service does not say
 */
int
refills_network_get_decimals (RefillsNetwork *self)
{
  g_return_val_if_fail (REFILLS_IS_NETWORK (self), -1);

  return self->decimals;
}

/**
 * refills_network_get_chain_id:
 * @self: a network
 *
 * Returns: the EIP-155 number of the chain, 0 when the service does not say
 */
guint64
refills_network_get_chain_id (RefillsNetwork *self)
{
  g_return_val_if_fail (REFILLS_IS_NETWORK (self), 0);

  return self->chain_id;
}

/**
 * refills_network_is_suspended:
 * @self: a network
 *
 * Returns: whether the service takes no payment here at present
 */
gboolean
refills_network_is_suspended (RefillsNetwork *self)
{
  g_return_val_if_fail (REFILLS_IS_NETWORK (self), FALSE);

  return self->suspended;
}

/**
 * refills_network_get_threshold:
 * @self: a network
 * @threshold: (out) (optional): the smallest total of an order, in coin units
 *
 * Returns: whether the service names one
 */
gboolean
refills_network_get_threshold (RefillsNetwork *self,
                               RefillsDecimal *threshold)
{
  g_return_val_if_fail (REFILLS_IS_NETWORK (self), FALSE);

  if (self->has_threshold && threshold != NULL)
    *threshold = self->threshold;

  return self->has_threshold;
}

/**
 * refills_network_is_supported:
 * @self: a network
 * @coin: the symbol of a coin on it
 *
 * Whether what the service says of the coin here is what this version knows of it: its contract, its decimals and
 * its chain.
 *
 * Returns: whether a payment can be verified
 */
gboolean
refills_network_is_supported (RefillsNetwork *self,
                              const char     *coin)
{
  const RefillsToken *token;

  g_return_val_if_fail (REFILLS_IS_NETWORK (self), FALSE);

  token = refills_token_find (coin, self->name);

  return token != NULL && refills_token_agrees (token, self->contract, self->decimals, self->chain_id);
}
