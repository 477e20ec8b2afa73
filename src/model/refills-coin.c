/* refills-coin.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsCoin:
 *
 * A coin that the service takes, with the networks on which it can be sent (API reference,
 * section 2).
 *
 * Immutable. Owns its networks.
 */

#include "refills-coin.h"

#include "refills-error.h"

struct _RefillsCoin {
  GObject parent_instance;

  char *symbol;
  gboolean suspended;
  GListModel *networks;
};

G_DEFINE_FINAL_TYPE (RefillsCoin, refills_coin, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_SYMBOL,
  PROP_SUSPENDED,
  PROP_NETWORKS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* One network that cannot be read does not take the others away. */
static gboolean
read_networks (RefillsCoin             *self,
               const RefillsJsonPlace  *place,
               GError                 **error)
{
  RefillsJsonPlace networks;

  if (!refills_json_find_member (place, "networks", &networks))
    return TRUE;
  if (!refills_json_place_expect (&networks, REFILLS_JSON_ARRAY, error))
    return FALSE;

  for (guint i = 0; i < refills_json_get_length (&networks); i++) {
    g_autoptr (GError) problem = NULL;
    g_autoptr (RefillsNetwork) network = NULL;
    RefillsJsonPlace element;

    refills_json_get_element (&networks, i, &element);
    network = refills_network_new_for_coin (&element, self->symbol, &problem);
    if (network != NULL)
      g_list_store_append (G_LIST_STORE (self->networks), network);
    else
      g_message ("a network is left out: %s", problem->message);
  }

  return TRUE;
}

static void
refills_coin_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  RefillsCoin *self = REFILLS_COIN (object);

  switch (prop_id) {
  case PROP_SYMBOL:
    g_value_set_string (value, self->symbol);
    break;
  case PROP_SUSPENDED:
    g_value_set_boolean (value, self->suspended);
    break;
  case PROP_NETWORKS:
    g_value_set_object (value, self->networks);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
refills_coin_finalize (GObject *object)
{
  RefillsCoin *self = REFILLS_COIN (object);

  g_clear_pointer (&self->symbol, g_free);
  g_clear_object (&self->networks);

  G_OBJECT_CLASS (refills_coin_parent_class)->finalize (object);
}

static void
refills_coin_class_init (RefillsCoinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = refills_coin_get_property;
  object_class->finalize = refills_coin_finalize;

  props[PROP_SYMBOL] = g_param_spec_string ("symbol", NULL, NULL, NULL, flags);
  props[PROP_SUSPENDED] = g_param_spec_boolean ("suspended", NULL, NULL, FALSE, flags);
  props[PROP_NETWORKS] = g_param_spec_object ("networks", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_coin_init (RefillsCoin *self)
{
  self->networks = G_LIST_MODEL (g_list_store_new (REFILLS_TYPE_NETWORK));
}

/**
 * refills_coin_new_from_json:
 * @place: one element of `currencies`
 * @error: return location for a `REFILLS_ERROR_PROTOCOL` that names the path
 *
 * Reads a coin. Unknown members are ignored; a network that cannot be read is left out.
 *
 * Returns: (transfer full) (nullable): the coin, or `NULL` with @error set
 */
RefillsCoin *
refills_coin_new_from_json (const RefillsJsonPlace  *place,
                            GError                 **error)
{
  g_autoptr (RefillsCoin) self = NULL;
  const char *symbol = NULL;

  g_return_val_if_fail (place != NULL, NULL);

  self = g_object_new (REFILLS_TYPE_COIN, NULL);
  if (!refills_json_place_expect (place, REFILLS_JSON_OBJECT, error) ||
      !refills_json_require_string (place, "name", &symbol, error) ||
      !refills_json_read_boolean (place, "is_suspended", FALSE, &self->suspended, error))
    return NULL;

  if (*symbol == '\0') {
    g_autofree char *path = refills_json_place_get_path (place);

    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL, "%s.name is empty", path);
    return NULL;
  }

  self->symbol = g_strdup (symbol);
  if (!read_networks (self, place, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * refills_coin_get_symbol:
 * @self: a coin
 *
 * Returns: the symbol, such as "USDC.e"; case and dots matter
 */
const char *
refills_coin_get_symbol (RefillsCoin *self)
{
  g_return_val_if_fail (REFILLS_IS_COIN (self), NULL);

  return self->symbol;
}

/**
 * refills_coin_is_suspended:
 * @self: a coin
 *
 * Returns: whether the service does not take it at present
 */
gboolean
refills_coin_is_suspended (RefillsCoin *self)
{
  g_return_val_if_fail (REFILLS_IS_COIN (self), FALSE);

  return self->suspended;
}

/**
 * refills_coin_get_networks:
 * @self: a coin
 *
 * Returns: (transfer none): the list of [class@Network]; empty for coins paid through an
 *   exchange
 */
GListModel *
refills_coin_get_networks (RefillsCoin *self)
{
  g_return_val_if_fail (REFILLS_IS_COIN (self), NULL);

  return self->networks;
}
