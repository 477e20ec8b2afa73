/* refills-order-request.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsOrderRequest:
 *
 * What was asked of the service: one card, to whom, and how it will be paid, with the facts about
 * the network as they were then.
 *
 * Immutable. Owns copies of all texts. It is stored before the order is sent, so that the answer
 * can be verified after a restart and without a network. It never changes with the catalogue.
 */

#include "refills-order-request.h"

struct _RefillsOrderRequest {
  GObject parent_instance;

  char *brand_name;
  char *brand_color;
  char *country;
  char *kind;
  char *denomination;
  char *product_value;
  char *face_label;
  char *delivery_type;
  char *beneficiary;
  char *email;
  char *payment_via;
  char *coin;
  char *language;
  char *quoted_amount;
  char *network_name;
  char *network_title;
  char *contract;
  int decimals;
  guint64 chain_id;
};

G_DEFINE_FINAL_TYPE (RefillsOrderRequest, refills_order_request, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_BRAND_NAME,
  PROP_BRAND_COLOR,
  PROP_COUNTRY,
  PROP_KIND,
  PROP_DENOMINATION,
  PROP_PRODUCT_VALUE,
  PROP_FACE_LABEL,
  PROP_DELIVERY_TYPE,
  PROP_BENEFICIARY,
  PROP_EMAIL,
  PROP_PAYMENT_VIA,
  PROP_COIN,
  PROP_LANGUAGE,
  PROP_QUOTED_AMOUNT,
  PROP_NETWORK_NAME,
  PROP_NETWORK_TITLE,
  PROP_CONTRACT,
  PROP_DECIMALS,
  PROP_CHAIN_ID,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* The texts and their keys in a stored request. Keys are never renamed. */
static const struct {
  const char *key;
  gsize offset;
} texts[] = {
  { "brand-name", G_STRUCT_OFFSET (RefillsOrderRequest, brand_name) },
  { "brand-color", G_STRUCT_OFFSET (RefillsOrderRequest, brand_color) },
  { "country", G_STRUCT_OFFSET (RefillsOrderRequest, country) },
  { "kind", G_STRUCT_OFFSET (RefillsOrderRequest, kind) },
  { "denomination", G_STRUCT_OFFSET (RefillsOrderRequest, denomination) },
  { "product-value", G_STRUCT_OFFSET (RefillsOrderRequest, product_value) },
  { "face-label", G_STRUCT_OFFSET (RefillsOrderRequest, face_label) },
  { "delivery-type", G_STRUCT_OFFSET (RefillsOrderRequest, delivery_type) },
  { "beneficiary", G_STRUCT_OFFSET (RefillsOrderRequest, beneficiary) },
  { "email", G_STRUCT_OFFSET (RefillsOrderRequest, email) },
  { "payment-via", G_STRUCT_OFFSET (RefillsOrderRequest, payment_via) },
  { "coin", G_STRUCT_OFFSET (RefillsOrderRequest, coin) },
  { "language", G_STRUCT_OFFSET (RefillsOrderRequest, language) },
  { "quoted-amount", G_STRUCT_OFFSET (RefillsOrderRequest, quoted_amount) },
  { "network-name", G_STRUCT_OFFSET (RefillsOrderRequest, network_name) },
  { "network-title", G_STRUCT_OFFSET (RefillsOrderRequest, network_title) },
  { "contract", G_STRUCT_OFFSET (RefillsOrderRequest, contract) },
};

static char **
text_at (RefillsOrderRequest *self,
         gsize                index)
{
  return (char **) G_STRUCT_MEMBER_P (self, texts[index].offset);
}

static void
refills_order_request_get_property (GObject    *object,
                                    guint       prop_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  RefillsOrderRequest *self = REFILLS_ORDER_REQUEST (object);

  switch (prop_id) {
  case PROP_BRAND_NAME:
    g_value_set_string (value, self->brand_name);
    break;
  case PROP_BRAND_COLOR:
    g_value_set_string (value, self->brand_color);
    break;
  case PROP_COUNTRY:
    g_value_set_string (value, self->country);
    break;
  case PROP_KIND:
    g_value_set_string (value, self->kind);
    break;
  case PROP_DENOMINATION:
    g_value_set_string (value, self->denomination);
    break;
  case PROP_PRODUCT_VALUE:
    g_value_set_string (value, self->product_value);
    break;
  case PROP_FACE_LABEL:
    g_value_set_string (value, self->face_label);
    break;
  case PROP_DELIVERY_TYPE:
    g_value_set_string (value, self->delivery_type);
    break;
  case PROP_BENEFICIARY:
    g_value_set_string (value, self->beneficiary);
    break;
  case PROP_EMAIL:
    g_value_set_string (value, self->email);
    break;
  case PROP_PAYMENT_VIA:
    g_value_set_string (value, self->payment_via);
    break;
  case PROP_COIN:
    g_value_set_string (value, self->coin);
    break;
  case PROP_LANGUAGE:
    g_value_set_string (value, self->language);
    break;
  case PROP_QUOTED_AMOUNT:
    g_value_set_string (value, self->quoted_amount);
    break;
  case PROP_NETWORK_NAME:
    g_value_set_string (value, self->network_name);
    break;
  case PROP_NETWORK_TITLE:
    g_value_set_string (value, self->network_title);
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
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
refills_order_request_finalize (GObject *object)
{
  RefillsOrderRequest *self = REFILLS_ORDER_REQUEST (object);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (text_at (self, i), g_free);

  G_OBJECT_CLASS (refills_order_request_parent_class)->finalize (object);
}

static void
refills_order_request_class_init (RefillsOrderRequestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = refills_order_request_get_property;
  object_class->finalize = refills_order_request_finalize;

  props[PROP_BRAND_NAME] = g_param_spec_string ("brand-name", NULL, NULL, NULL, flags);
  props[PROP_BRAND_COLOR] = g_param_spec_string ("brand-color", NULL, NULL, NULL, flags);
  props[PROP_COUNTRY] = g_param_spec_string ("country", NULL, NULL, NULL, flags);
  props[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, flags);
  props[PROP_DENOMINATION] = g_param_spec_string ("denomination", NULL, NULL, NULL, flags);
  props[PROP_PRODUCT_VALUE] = g_param_spec_string ("product-value", NULL, NULL, NULL, flags);
  props[PROP_FACE_LABEL] = g_param_spec_string ("face-label", NULL, NULL, NULL, flags);
  props[PROP_DELIVERY_TYPE] = g_param_spec_string ("delivery-type", NULL, NULL, NULL, flags);
  props[PROP_BENEFICIARY] = g_param_spec_string ("beneficiary", NULL, NULL, NULL, flags);
  props[PROP_EMAIL] = g_param_spec_string ("email", NULL, NULL, NULL, flags);
  props[PROP_PAYMENT_VIA] = g_param_spec_string ("payment-via", NULL, NULL, NULL, flags);
  props[PROP_COIN] = g_param_spec_string ("coin", NULL, NULL, NULL, flags);
  props[PROP_LANGUAGE] = g_param_spec_string ("language", NULL, NULL, NULL, flags);
  props[PROP_QUOTED_AMOUNT] = g_param_spec_string ("quoted-amount", NULL, NULL, NULL, flags);
  props[PROP_NETWORK_NAME] = g_param_spec_string ("network-name", NULL, NULL, NULL, flags);
  props[PROP_NETWORK_TITLE] = g_param_spec_string ("network-title", NULL, NULL, NULL, flags);
  props[PROP_CONTRACT] = g_param_spec_string ("contract", NULL, NULL, NULL, flags);
  props[PROP_DECIMALS] = g_param_spec_int ("decimals", NULL, NULL, -1, G_MAXINT, -1, flags);
  props[PROP_CHAIN_ID] = g_param_spec_uint64 ("chain-id", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_order_request_init (RefillsOrderRequest *self)
{
  self->decimals = -1;
}

/**
 * refills_order_request_new:
 * @fields: what is asked; brand name, country, denomination, way to pay and coin are not `NULL`
 * @network: (nullable): the network, `NULL` for a coin that is paid through an exchange
 *
 * Makes a request. All texts are copied.
 *
 * Returns: (transfer full): the request
 */
RefillsOrderRequest *
refills_order_request_new (const RefillsOrderRequestFields *fields,
                           RefillsNetwork                  *network)
{
  RefillsOrderRequest *self = NULL;

  g_return_val_if_fail (fields != NULL, NULL);
  g_return_val_if_fail (fields->brand_name != NULL && fields->country != NULL, NULL);
  g_return_val_if_fail (fields->denomination != NULL, NULL);
  g_return_val_if_fail (fields->payment_via != NULL && fields->coin != NULL, NULL);
  g_return_val_if_fail (network == NULL || REFILLS_IS_NETWORK (network), NULL);

  self = g_object_new (REFILLS_TYPE_ORDER_REQUEST, NULL);
  self->brand_name = g_strdup (fields->brand_name);
  self->brand_color = g_strdup (fields->brand_color);
  self->country = g_strdup (fields->country);
  self->kind = g_strdup (fields->kind);
  self->denomination = g_strdup (fields->denomination);
  self->product_value = g_strdup (fields->product_value);
  self->face_label = g_strdup (fields->face_label);
  self->delivery_type = g_strdup (fields->delivery_type);
  self->beneficiary = g_strdup (fields->beneficiary);
  self->email = g_strdup (fields->email);
  self->payment_via = g_strdup (fields->payment_via);
  self->coin = g_strdup (fields->coin);
  self->language = g_strdup (fields->language);
  self->quoted_amount = g_strdup (fields->quoted_amount);
  if (network != NULL) {
    self->network_name = g_strdup (refills_network_get_name (network));
    self->network_title = g_strdup (refills_network_get_title (network));
    self->contract = g_strdup (refills_network_get_contract (network));
    self->decimals = refills_network_get_decimals (network);
    self->chain_id = refills_network_get_chain_id (network);
  } else {
    self->network_name = g_strdup ("");
    self->network_title = g_strdup ("");
  }

  return self;
}

/**
 * refills_order_request_new_from_variant:
 * @variant: what [method@OrderRequest.to_variant] gave, perhaps of another version or damaged
 *
 * Makes a stored request again. Unknown keys are ignored.
 *
 * Returns: (transfer full) (nullable): the request, or `NULL` when @variant is none
 */
RefillsOrderRequest *
refills_order_request_new_from_variant (GVariant *variant)
{
  g_autoptr (RefillsOrderRequest) self = NULL;
  gint32 decimals = -1;

  g_return_val_if_fail (variant != NULL, NULL);

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT))
    return NULL;

  self = g_object_new (REFILLS_TYPE_ORDER_REQUEST, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_variant_lookup (variant, texts[i].key, "s", text_at (self, i));
  if (g_variant_lookup (variant, "decimals", "i", &decimals))
    self->decimals = MAX (decimals, -1);
  g_variant_lookup (variant, "chain-id", "t", &self->chain_id);

  if (self->brand_name == NULL || self->country == NULL || self->denomination == NULL ||
      self->payment_via == NULL || self->coin == NULL || self->network_name == NULL)
    return NULL;
  if (self->network_title == NULL)
    self->network_title = g_strdup (self->network_name);

  return g_steal_pointer (&self);
}

/**
 * refills_order_request_to_variant:
 * @self: a request
 *
 * Returns: (transfer none): the request as `a{sv}`, a floating reference
 */
GVariant *
refills_order_request_to_variant (RefillsOrderRequest *self)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (*text_at (self, i) != NULL)
      g_variant_builder_add (&builder, "{sv}", texts[i].key,
                             g_variant_new_string (*text_at (self, i)));
  g_variant_builder_add (&builder, "{sv}", "decimals", g_variant_new_int32 (self->decimals));
  g_variant_builder_add (&builder, "{sv}", "chain-id", g_variant_new_uint64 (self->chain_id));

  return g_variant_builder_end (&builder);
}

/**
 * refills_order_request_with_quote:
 * @self: a request
 * @quoted_amount: (nullable): the validated total in coin units
 *
 * Returns: (transfer full): the same request with this total
 */
RefillsOrderRequest *
refills_order_request_with_quote (RefillsOrderRequest *self,
                                  const char          *quoted_amount)
{
  RefillsOrderRequest *copy = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  copy = g_object_new (REFILLS_TYPE_ORDER_REQUEST, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    *text_at (copy, i) = g_strdup (*text_at (self, i));
  copy->decimals = self->decimals;
  copy->chain_id = self->chain_id;

  g_clear_pointer (&copy->quoted_amount, g_free);
  copy->quoted_amount = g_strdup (quoted_amount);

  return copy;
}

/**
 * refills_order_request_get_brand_name:
 * @self: a request
 *
 * Returns: the exact name of the brand
 */
const char *
refills_order_request_get_brand_name (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->brand_name;
}

/**
 * refills_order_request_get_brand_color:
 * @self: a request
 *
 * Returns: (nullable): the colour of the brand as "#rrggbb"
 */
const char *
refills_order_request_get_brand_color (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->brand_color;
}

/**
 * refills_order_request_get_country:
 * @self: a request
 *
 * Returns: the country code of the brand
 */
const char *
refills_order_request_get_country (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->country;
}

/**
 * refills_order_request_get_kind:
 * @self: a request
 *
 * Returns: (nullable): what the brand sells
 */
const char *
refills_order_request_get_kind (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->kind;
}

/**
 * refills_order_request_get_denomination:
 * @self: a request
 *
 * Returns: the exact denomination, "range" for a value of a range
 */
const char *
refills_order_request_get_denomination (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->denomination;
}

/**
 * refills_order_request_get_product_value:
 * @self: a request
 *
 * Returns: (nullable): the value of a range in units of its currency, `NULL` for a fixed one
 */
const char *
refills_order_request_get_product_value (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->product_value;
}

/**
 * refills_order_request_get_face_label:
 * @self: a request
 *
 * Returns: (nullable): what was bought, for screens
 */
const char *
refills_order_request_get_face_label (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->face_label;
}

/**
 * refills_order_request_get_delivery_type:
 * @self: a request
 *
 * Returns: (nullable): how it is delivered
 */
const char *
refills_order_request_get_delivery_type (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->delivery_type;
}

/**
 * refills_order_request_get_beneficiary:
 * @self: a request
 *
 * Returns: (nullable): to whom it is delivered: an e-mail address, a number or an account
 */
const char *
refills_order_request_get_beneficiary (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->beneficiary;
}

/**
 * refills_order_request_get_email:
 * @self: a request
 *
 * Returns: (nullable): the e-mail address of the order
 */
const char *
refills_order_request_get_email (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->email;
}

/**
 * refills_order_request_get_payment_via:
 * @self: a request
 *
 * Returns: the way to pay
 */
const char *
refills_order_request_get_payment_via (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->payment_via;
}

/**
 * refills_order_request_get_coin:
 * @self: a request
 *
 * Returns: the symbol of the coin
 */
const char *
refills_order_request_get_coin (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->coin;
}

/**
 * refills_order_request_get_language:
 * @self: a request
 *
 * Returns: (nullable): the language asked for
 */
const char *
refills_order_request_get_language (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->language;
}

/**
 * refills_order_request_get_quoted_amount:
 * @self: a request
 *
 * Returns: (nullable): the validated total in coin units, `NULL` before the validation
 */
const char *
refills_order_request_get_quoted_amount (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->quoted_amount;
}

/**
 * refills_order_request_get_network_name:
 * @self: a request
 *
 * Returns: the name of the network as the service writes it; empty for a coin paid through an
 *   exchange
 */
const char *
refills_order_request_get_network_name (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->network_name;
}

/**
 * refills_order_request_get_network_title:
 * @self: a request
 *
 * Returns: the name of the network that people know
 */
const char *
refills_order_request_get_network_title (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->network_title;
}

/**
 * refills_order_request_get_contract:
 * @self: a request
 *
 * Returns: (nullable): the address of the token's contract or mint
 */
const char *
refills_order_request_get_contract (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->contract;
}

/**
 * refills_order_request_get_decimals:
 * @self: a request
 *
 * Returns: how many decimals the token has, -1 when unknown
 */
int
refills_order_request_get_decimals (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), -1);

  return self->decimals;
}

/**
 * refills_order_request_get_chain_id:
 * @self: a request
 *
 * Returns: the EIP-155 number of the chain, 0 when unknown
 */
guint64
refills_order_request_get_chain_id (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), 0);

  return self->chain_id;
}
