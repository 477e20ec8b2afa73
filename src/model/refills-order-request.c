/* refills-order-request.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsOrderRequest:
 *
 * What was asked of the service: which deliveries, and how they will be paid, with the facts about the
 * network as they were then.
 *
 * Immutable. Owns its lines and copies of all texts. It is stored before the order is sent, so that the
 * answer can be verified after a restart and without a network. It never changes with the catalogue.
 */
#include "refills-order-request.h"

#include "refills-email.h"
#include "refills-error.h"
#include "refills-order-labels-private.h"
#include "refills-order-request-private.h"

#include <string.h>

#define COUPON_MAX_BYTES 64
#define REFUND_ADDRESS_MAX_BYTES 128

struct _RefillsOrderRequest {
  GObject parent_instance;

  GPtrArray *lines; /* of RefillsOrderLine, never empty */
  char *title;
  char *face_label;
  char *email;
  char *payment_via;
  char *coin;
  char *language;
  char *coupon;
  char *refund_address;
  char *quoted_amount;
  char *network_name;
  char *network_title;
  char *contract;
  char *threshold;
  int decimals;
  guint64 chain_id;
  gboolean is_outline;
};

G_DEFINE_FINAL_TYPE (RefillsOrderRequest, refills_order_request, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_TITLE,
  PROP_FACE_LABEL,
  PROP_EMAIL,
  PROP_PAYMENT_VIA,
  PROP_COIN,
  PROP_LANGUAGE,
  PROP_COUPON,
  PROP_REFUND_ADDRESS,
  PROP_QUOTED_AMOUNT,
  PROP_NETWORK_NAME,
  PROP_NETWORK_TITLE,
  PROP_CONTRACT,
  PROP_THRESHOLD,
  PROP_DECIMALS,
  PROP_CHAIN_ID,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* The texts and their keys in a stored request. Keys are never renamed. */
static const struct {
  const char *key;
  guint property;
  gsize offset;
} texts[] = {
  { "email", PROP_EMAIL, G_STRUCT_OFFSET (RefillsOrderRequest, email) },
  { "payment-via", PROP_PAYMENT_VIA, G_STRUCT_OFFSET (RefillsOrderRequest, payment_via) },
  { "coin", PROP_COIN, G_STRUCT_OFFSET (RefillsOrderRequest, coin) },
  { "language", PROP_LANGUAGE, G_STRUCT_OFFSET (RefillsOrderRequest, language) },
  { "coupon", PROP_COUPON, G_STRUCT_OFFSET (RefillsOrderRequest, coupon) },
  { "refund-address", PROP_REFUND_ADDRESS, G_STRUCT_OFFSET (RefillsOrderRequest, refund_address) },
  { "quoted-amount", PROP_QUOTED_AMOUNT, G_STRUCT_OFFSET (RefillsOrderRequest, quoted_amount) },
  { "network-name", PROP_NETWORK_NAME, G_STRUCT_OFFSET (RefillsOrderRequest, network_name) },
  { "network-title", PROP_NETWORK_TITLE, G_STRUCT_OFFSET (RefillsOrderRequest, network_title) },
  { "contract", PROP_CONTRACT, G_STRUCT_OFFSET (RefillsOrderRequest, contract) },
  { "threshold", PROP_THRESHOLD, G_STRUCT_OFFSET (RefillsOrderRequest, threshold) },
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

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    if (texts[i].property == prop_id) {
      g_value_set_string (value, *text_at (self, i));
      return;
    }
  }

  switch (prop_id) {
  case PROP_TITLE:
    g_value_set_string (value, self->title);
    break;
  case PROP_FACE_LABEL:
    g_value_set_string (value, self->face_label);
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
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->face_label, g_free);
  g_clear_pointer (&self->lines, g_ptr_array_unref);

  G_OBJECT_CLASS (refills_order_request_parent_class)->finalize (object);
}

static void
refills_order_request_class_init (RefillsOrderRequestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = refills_order_request_get_property;
  object_class->finalize = refills_order_request_finalize;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    props[texts[i].property] = g_param_spec_string (texts[i].key, NULL, NULL, NULL, flags);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_FACE_LABEL] = g_param_spec_string ("face-label", NULL, NULL, NULL, flags);
  props[PROP_DECIMALS] = g_param_spec_int ("decimals", NULL, NULL, -1, G_MAXINT, -1, flags);
  props[PROP_CHAIN_ID] = g_param_spec_uint64 ("chain-id", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_order_request_init (RefillsOrderRequest *self)
{
  self->lines = g_ptr_array_new_with_free_func (g_object_unref);
  self->decimals = -1;
}

static void
take_labels (RefillsOrderRequest *self)
{
  self->title = refills_order_lines_dup_title (self->lines);
  self->face_label = refills_order_lines_dup_face_label (self->lines);
}

static char *
dup_unless_empty (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/**
 * refills_order_request_new:
 * @fields: how it is paid; way to pay and coin are not `NULL`
 * @lines: the deliveries, of [class@OrderLine], at least one; the same one again for each copy
 * @network: (nullable): the network, `NULL` for a coin that is paid through an exchange
 *
 * Makes a request. All texts are copied. Whether the service could take it is told by
 * [method@OrderRequest.check].
 *
 * Returns: (transfer full): the request
 */
RefillsOrderRequest *
refills_order_request_new (const RefillsOrderRequestFields *fields,
                           GPtrArray                       *lines,
                           RefillsNetwork                  *network)
{
  RefillsOrderRequest *self = NULL;

  g_return_val_if_fail (fields != NULL, NULL);
  g_return_val_if_fail (fields->payment_via != NULL && fields->coin != NULL, NULL);
  g_return_val_if_fail (lines != NULL && lines->len > 0, NULL);
  g_return_val_if_fail (network == NULL || REFILLS_IS_NETWORK (network), NULL);

  self = g_object_new (REFILLS_TYPE_ORDER_REQUEST, NULL);
  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (self->lines, g_object_ref (lines->pdata[i]));
  self->email = g_strdup (fields->email);
  self->payment_via = g_strdup (fields->payment_via);
  self->coin = g_strdup (fields->coin);
  self->language = g_strdup (fields->language);
  self->coupon = dup_unless_empty (fields->coupon);
  self->refund_address = dup_unless_empty (fields->refund_address);
  self->quoted_amount = g_strdup (fields->quoted_amount);
  if (network != NULL) {
    RefillsDecimal threshold = REFILLS_DECIMAL_ZERO;

    self->network_name = g_strdup (refills_network_get_name (network));
    self->network_title = g_strdup (refills_network_get_title (network));
    self->contract = g_strdup (refills_network_get_contract (network));
    self->decimals = refills_network_get_decimals (network);
    self->chain_id = refills_network_get_chain_id (network);
    if (refills_network_get_threshold (network, &threshold))
      self->threshold = refills_decimal_to_text (&threshold);
  } else {
    self->network_name = g_strdup ("");
    self->network_title = g_strdup ("");
  }
  take_labels (self);

  return self;
}

/* Before there were lines a request was one delivery, its members beside the others. */
static gboolean
read_lines (RefillsOrderRequest *self,
            GVariant            *variant)
{
  g_autoptr (GVariant) lines = g_variant_lookup_value (variant, "lines", G_VARIANT_TYPE ("aa{sv}"));
  RefillsOrderLine *line = NULL;

  for (gsize i = 0; lines != NULL && i < g_variant_n_children (lines); i++) {
    g_autoptr (GVariant) child = g_variant_get_child_value (lines, i);

    line = refills_order_line_new_from_variant (child);
    if (line == NULL)
      return FALSE;
    g_ptr_array_add (self->lines, line);
  }

  if (lines == NULL) {
    line = refills_order_line_new_from_variant (variant);
    if (line != NULL)
      g_ptr_array_add (self->lines, line);
  }

  return self->lines->len > 0;
}

/**
 * refills_order_request_new_from_variant:
 * @variant: what [method@OrderRequest.to_variant] gave, perhaps of another version or damaged
 *
 * Makes a stored request again. Unknown keys are ignored. Reads the older form too, which had one
 * delivery.
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
  g_variant_lookup (variant, REFILLS_ORDER_REQUEST_KEY_OUTLINE, "b", &self->is_outline);

  if (!read_lines (self, variant) ||
      self->payment_via == NULL || self->coin == NULL || self->network_name == NULL)
    return NULL;
  if (self->network_title == NULL)
    self->network_title = g_strdup (self->network_name);
  take_labels (self);

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
  g_auto (GVariantBuilder) lines = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  for (guint i = 0; i < self->lines->len; i++)
    g_variant_builder_add_value (&lines, refills_order_line_to_variant (self->lines->pdata[i]));
  g_variant_builder_add (&builder, "{sv}", "lines", g_variant_builder_end (&lines));
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
 * Returns: (transfer full): the same request with another total
 */
RefillsOrderRequest *
refills_order_request_with_quote (RefillsOrderRequest *self,
                                  const char          *quoted_amount)
{
  RefillsOrderRequest *copy = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  copy = g_object_new (REFILLS_TYPE_ORDER_REQUEST, NULL);
  for (guint i = 0; i < self->lines->len; i++)
    g_ptr_array_add (copy->lines, g_object_ref (self->lines->pdata[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    *text_at (copy, i) = g_strdup (*text_at (self, i));
  g_clear_pointer (&copy->quoted_amount, g_free);
  copy->quoted_amount = g_strdup (quoted_amount);
  copy->title = g_strdup (self->title);
  copy->face_label = g_strdup (self->face_label);
  copy->decimals = self->decimals;
  copy->chain_id = self->chain_id;
  copy->is_outline = self->is_outline;

  return copy;
}

/**
 * refills_order_request_is_same_basket:
 * @a: a request
 * @b: another
 *
 * Compares what a total depends on: the deliveries in their order, recipients, coin, network, way to
 * pay, coupon and refund address. The total itself and the language do not count.
 *
 * Returns: whether a validation of one holds for the other
 */
gboolean
refills_order_request_is_same_basket (RefillsOrderRequest *a,
                                      RefillsOrderRequest *b)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (a), FALSE);
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (b), FALSE);

  if (a->lines->len != b->lines->len)
    return FALSE;
  for (guint i = 0; i < a->lines->len; i++)
    if (!refills_order_line_equal (a->lines->pdata[i], b->lines->pdata[i]))
      return FALSE;

  return g_strcmp0 (a->email, b->email) == 0 && g_strcmp0 (a->payment_via, b->payment_via) == 0 &&
         g_strcmp0 (a->coin, b->coin) == 0 && g_strcmp0 (a->network_name, b->network_name) == 0 &&
         g_strcmp0 (a->coupon, b->coupon) == 0 &&
         g_strcmp0 (a->refund_address, b->refund_address) == 0;
}

static gboolean
is_one_word (const char *text,
             gsize       max_bytes)
{
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (text[i]))
      return FALSE;

  return length > 0 && length <= max_bytes;
}

/**
 * refills_order_request_is_coupon:
 * @text: what was typed
 *
 * Returns: whether @text can be the code of a coupon: one word of printable ASCII, not a long one
 */
gboolean
refills_order_request_is_coupon (const char *text)
{
  return is_one_word (text, COUPON_MAX_BYTES);
}

/**
 * refills_order_request_is_refund_address:
 * @text: what was typed
 *
 * Returns: whether @text can be an address to pay back to: one word of printable ASCII. Whether it is one
 *   of a chain the service pays back on is the service's to judge.
 */
gboolean
refills_order_request_is_refund_address (const char *text)
{
  return is_one_word (text, REFUND_ADDRESS_MAX_BYTES);
}

static gboolean
refuse (const char  *reason,
        GError     **error)
{
  g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_INVALID_INPUT, reason);

  return FALSE;
}

/**
 * refills_order_request_check:
 * @self: a request
 * @error: return location for a `REFILLS_ERROR_INVALID_INPUT`
 *
 * Checks what can be checked without the service: one to ten deliveries, each to a recipient of the
 * form its delivery type asks for, an e-mail address, and a coupon and refund address that are one word
 * of printable ASCII.
 *
 * Returns: whether it may be sent
 */
gboolean
refills_order_request_check (RefillsOrderRequest  *self,
                             GError              **error)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), FALSE);

  if (self->lines->len > REFILLS_ORDER_REQUEST_MAX_LINES)
    return refuse ("more deliveries than an order can have", error);
  if (!refills_email_is_plausible (self->email))
    return refuse ("the buyer’s e-mail address is none", error);
  if (self->coupon != NULL && !refills_order_request_is_coupon (self->coupon))
    return refuse ("the coupon cannot be one", error);
  if (self->refund_address != NULL && !refills_order_request_is_refund_address (self->refund_address))
    return refuse ("the refund address cannot be one", error);
  for (guint i = 0; i < self->lines->len; i++)
    if (!refills_order_line_check_beneficiary (self->lines->pdata[i], error))
      return FALSE;

  return TRUE;
}

/**
 * refills_order_request_is_outline:
 * @self: a request
 *
 * Returns: whether it lacks recipients, e-mail address and the network's facts, as what is known of an order
 *   without the key to it does; nothing may be paid by it
 */
gboolean
refills_order_request_is_outline (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), TRUE);

  return self->is_outline;
}

/**
 * refills_order_request_get_n_lines:
 * @self: a request
 *
 * Returns: how many deliveries are asked for, at least one
 */
guint
refills_order_request_get_n_lines (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), 0);

  return self->lines->len;
}

/**
 * refills_order_request_get_line:
 * @self: a request
 * @index: position of the delivery
 *
 * Returns: (transfer none): the delivery that is asked for
 */
RefillsOrderLine *
refills_order_request_get_line (RefillsOrderRequest *self,
                                guint                index)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);
  g_return_val_if_fail (index < self->lines->len, NULL);

  return self->lines->pdata[index];
}

/**
 * refills_order_request_get_title:
 * @self: a request
 *
 * Returns: what is bought from, for screens: the brand, or the first of several and how many more; not cleaned
 */
const char *
refills_order_request_get_title (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->title;
}

/**
 * refills_order_request_get_face_label:
 * @self: a request
 *
 * Returns: what is bought, for screens, such as "25 USD" or "2 × 25 USD, 10 USD"
 */
const char *
refills_order_request_get_face_label (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->face_label;
}

/**
 * refills_order_request_get_country:
 * @self: a request
 *
 * Returns: the country of the first delivery, which the request is sent for
 */
const char *
refills_order_request_get_country (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return refills_order_line_get_country (self->lines->pdata[0]);
}

/**
 * refills_order_request_get_email:
 * @self: a request
 *
 * Returns: (nullable): the e-mail address of who buys
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
 * Returns: the way to pay, as the service names it
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
 * Returns: (nullable): the language the service should answer in, as a locale
 */
const char *
refills_order_request_get_language (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->language;
}

/**
 * refills_order_request_get_coupon:
 * @self: a request
 *
 * Returns: (nullable): the code of a coupon
 */
const char *
refills_order_request_get_coupon (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->coupon;
}

/**
 * refills_order_request_get_refund_address:
 * @self: a request
 *
 * Returns: (nullable): where a refund is to go; only its form was looked at, the service judges it
 */
const char *
refills_order_request_get_refund_address (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->refund_address;
}

/**
 * refills_order_request_get_quoted_amount:
 * @self: a request
 *
 * Returns: (nullable): the validated total in coin units
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
 * Returns: the network exactly as the service spells it; empty for none
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
 * Returns: (nullable): the address of the token's contract
 */
const char *
refills_order_request_get_contract (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->contract;
}

/**
 * refills_order_request_get_threshold:
 * @self: a request
 *
 * Returns: (nullable): the least that an order on the network may cost, in coin units; `NULL` when unknown
 */
const char *
refills_order_request_get_threshold (RefillsOrderRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (self), NULL);

  return self->threshold;
}

/**
 * refills_order_request_get_decimals:
 * @self: a request
 *
 * Returns: the digits after the point of the token's smallest unit, -1 when unknown
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
