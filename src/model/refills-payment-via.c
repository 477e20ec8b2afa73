/* refills-payment-via.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsPaymentVia:
 *
 * A way to pay, such as a wallet of one's own, with the coins it takes (API reference, section 2).
 *
 * Immutable. Owns its coins.
 */

#include "refills-payment-via.h"

#include "refills-error.h"
#include "refills-via-name.h"

struct _RefillsPaymentVia {
  GObject parent_instance;

  char *name;
  gboolean available;
  GListModel *coins;
};

G_DEFINE_FINAL_TYPE (RefillsPaymentVia, refills_payment_via, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_NAME,
  PROP_TITLE,
  PROP_AVAILABLE,
  PROP_COINS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* One coin that cannot be read does not take the others away. */
static gboolean
read_coins (RefillsPaymentVia       *self,
            const RefillsJsonPlace  *place,
            GError                 **error)
{
  RefillsJsonPlace coins;

  if (!refills_json_find_member (place, "currencies", &coins))
    return TRUE;
  if (!refills_json_place_expect (&coins, REFILLS_JSON_ARRAY, error))
    return FALSE;

  for (guint i = 0; i < refills_json_get_length (&coins); i++) {
    g_autoptr (GError) problem = NULL;
    g_autoptr (RefillsCoin) coin = NULL;
    RefillsJsonPlace element;

    refills_json_get_element (&coins, i, &element);
    coin = refills_coin_new_from_json (&element, &problem);
    if (coin != NULL)
      g_list_store_append (G_LIST_STORE (self->coins), coin);
    else
      g_message ("a coin is left out: %s", problem->message);
  }

  return TRUE;
}

static void
refills_payment_via_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  RefillsPaymentVia *self = REFILLS_PAYMENT_VIA (object);

  switch (prop_id) {
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_TITLE:
    g_value_take_string (value, refills_via_name_dup_title (self->name));
    break;
  case PROP_AVAILABLE:
    g_value_set_boolean (value, self->available);
    break;
  case PROP_COINS:
    g_value_set_object (value, self->coins);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
refills_payment_via_finalize (GObject *object)
{
  RefillsPaymentVia *self = REFILLS_PAYMENT_VIA (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_object (&self->coins);

  G_OBJECT_CLASS (refills_payment_via_parent_class)->finalize (object);
}

static void
refills_payment_via_class_init (RefillsPaymentViaClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = refills_payment_via_get_property;
  object_class->finalize = refills_payment_via_finalize;

  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  /* What people call it; NULL where that cannot be told. */
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_AVAILABLE] = g_param_spec_boolean ("available", NULL, NULL, FALSE, flags);
  props[PROP_COINS] = g_param_spec_object ("coins", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_payment_via_init (RefillsPaymentVia *self)
{
  self->coins = G_LIST_MODEL (g_list_store_new (REFILLS_TYPE_COIN));
}

/**
 * refills_payment_via_new_from_json:
 * @place: one element of the answer to `payment_vias`
 * @error: return location for a `REFILLS_ERROR_PROTOCOL` that names the path
 *
 * Reads a way to pay. Unknown members are ignored; a coin that cannot be read is left out.
 *
 * Returns: (transfer full) (nullable): the way to pay, or `NULL` with @error set
 */
RefillsPaymentVia *
refills_payment_via_new_from_json (const RefillsJsonPlace  *place,
                                   GError                 **error)
{
  g_autoptr (RefillsPaymentVia) self = NULL;
  const char *name = NULL;

  g_return_val_if_fail (place != NULL, NULL);

  self = g_object_new (REFILLS_TYPE_PAYMENT_VIA, NULL);
  if (!refills_json_place_expect (place, REFILLS_JSON_OBJECT, error) ||
      !refills_json_require_string (place, "name", &name, error) ||
      !refills_json_read_boolean (place, "available", TRUE, &self->available, error) ||
      !read_coins (self, place, error))
    return NULL;

  if (*name == '\0') {
    g_autofree char *path = refills_json_place_get_path (place);

    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL, "%s.name is empty", path);
    return NULL;
  }
  self->name = g_strdup (name);

  return g_steal_pointer (&self);
}

/**
 * refills_payment_via_get_name:
 * @self: a way to pay
 *
 * Returns: the name, sent back to the service letter by letter, such as "USER_WALLET"
 */
const char *
refills_payment_via_get_name (RefillsPaymentVia *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT_VIA (self), NULL);

  return self->name;
}

/**
 * refills_payment_via_is_available:
 * @self: a way to pay
 *
 * Returns: whether it can be used at present
 */
gboolean
refills_payment_via_is_available (RefillsPaymentVia *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT_VIA (self), FALSE);

  return self->available;
}

/**
 * refills_payment_via_get_coins:
 * @self: a way to pay
 *
 * Returns: (transfer none): the list of [class@Coin]
 */
GListModel *
refills_payment_via_get_coins (RefillsPaymentVia *self)
{
  g_return_val_if_fail (REFILLS_IS_PAYMENT_VIA (self), NULL);

  return self->coins;
}
