/* refills-order-line.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsOrderLine:
 *
 * One delivery that is asked for: what, and to whom. Two of the same are two lines.
 *
 * Immutable. Owns copies of all texts. It never changes with the catalogue.
 */
#include "refills-order-line.h"

#include "refills-error.h"

struct _RefillsOrderLine {
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
};

G_DEFINE_FINAL_TYPE (RefillsOrderLine, refills_order_line, G_TYPE_OBJECT)

/* The texts: their properties, and their keys in a stored line. Keys are never renamed. */
static const struct {
  const char *key;
  gsize offset;
} texts[] = {
  { "brand-name", G_STRUCT_OFFSET (RefillsOrderLine, brand_name) },
  { "brand-color", G_STRUCT_OFFSET (RefillsOrderLine, brand_color) },
  { "country", G_STRUCT_OFFSET (RefillsOrderLine, country) },
  { "kind", G_STRUCT_OFFSET (RefillsOrderLine, kind) },
  { "denomination", G_STRUCT_OFFSET (RefillsOrderLine, denomination) },
  { "product-value", G_STRUCT_OFFSET (RefillsOrderLine, product_value) },
  { "face-label", G_STRUCT_OFFSET (RefillsOrderLine, face_label) },
  { "delivery-type", G_STRUCT_OFFSET (RefillsOrderLine, delivery_type) },
  { "beneficiary", G_STRUCT_OFFSET (RefillsOrderLine, beneficiary) },
};

#define N_TEXTS G_N_ELEMENTS (texts)

static GParamSpec *props[N_TEXTS + 1];

static char **
text_at (RefillsOrderLine *self,
         gsize             index)
{
  return (char **) G_STRUCT_MEMBER_P (self, texts[index].offset);
}

static void
refills_order_line_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  if (prop_id >= 1 && prop_id <= N_TEXTS)
    g_value_set_string (value, *text_at (REFILLS_ORDER_LINE (object), prop_id - 1));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
refills_order_line_finalize (GObject *object)
{
  RefillsOrderLine *self = REFILLS_ORDER_LINE (object);

  for (gsize i = 0; i < N_TEXTS; i++)
    g_clear_pointer (text_at (self, i), g_free);

  G_OBJECT_CLASS (refills_order_line_parent_class)->finalize (object);
}

static void
refills_order_line_class_init (RefillsOrderLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = refills_order_line_get_property;
  object_class->finalize = refills_order_line_finalize;

  for (gsize i = 0; i < N_TEXTS; i++)
    props[i + 1] = g_param_spec_string (texts[i].key, NULL, NULL, NULL,
                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_TEXTS + 1, props);
}

static void
refills_order_line_init (RefillsOrderLine *self)
{
}

/* API reference, section 8.3: a range is always "range" and its value; by "100 USD" another, dearer
 * product would be meant. */
static void
settle_denomination (RefillsOrderLine *self)
{
  if (self->product_value != NULL && *self->product_value == '\0')
    g_clear_pointer (&self->product_value, g_free);
  if (self->product_value != NULL) {
    g_clear_pointer (&self->denomination, g_free);
    self->denomination = g_strdup ("range");
  }
}

/**
 * refills_order_line_new:
 * @fields: what is asked; brand name and country are not `NULL`, nor is the denomination where there is
 *   no product value
 *
 * Makes a line. All texts are copied. With a product value the denomination is "range", whatever
 * @fields says.
 *
 * Returns: (transfer full): the line
 */
RefillsOrderLine *
refills_order_line_new (const RefillsOrderLineFields *fields)
{
  RefillsOrderLine *self = NULL;

  g_return_val_if_fail (fields != NULL, NULL);
  g_return_val_if_fail (fields->brand_name != NULL && fields->country != NULL, NULL);
  g_return_val_if_fail (fields->denomination != NULL || fields->product_value != NULL, NULL);

  self = g_object_new (REFILLS_TYPE_ORDER_LINE, NULL);
  self->brand_name = g_strdup (fields->brand_name);
  self->brand_color = g_strdup (fields->brand_color);
  self->country = g_strdup (fields->country);
  self->kind = g_strdup (fields->kind);
  self->denomination = g_strdup (fields->denomination);
  self->product_value = g_strdup (fields->product_value);
  self->face_label = g_strdup (fields->face_label);
  self->delivery_type = g_strdup (fields->delivery_type);
  self->beneficiary = g_strdup (fields->beneficiary);
  settle_denomination (self);

  return self;
}

/**
 * refills_order_line_new_from_variant:
 * @variant: what [method@OrderLine.to_variant] gave, perhaps of another version or damaged
 *
 * Makes a stored line again. Unknown keys are ignored.
 *
 * Returns: (transfer full) (nullable): the line, or `NULL` when @variant is none
 */
RefillsOrderLine *
refills_order_line_new_from_variant (GVariant *variant)
{
  g_autoptr (RefillsOrderLine) self = NULL;

  g_return_val_if_fail (variant != NULL, NULL);

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT))
    return NULL;

  self = g_object_new (REFILLS_TYPE_ORDER_LINE, NULL);
  for (gsize i = 0; i < N_TEXTS; i++)
    g_variant_lookup (variant, texts[i].key, "s", text_at (self, i));
  settle_denomination (self);
  if (self->brand_name == NULL || self->country == NULL || self->denomination == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * refills_order_line_to_variant:
 * @self: a line
 *
 * Returns: (transfer none): the line as `a{sv}`, a floating reference
 */
GVariant *
refills_order_line_to_variant (RefillsOrderLine *self)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  g_return_val_if_fail (REFILLS_IS_ORDER_LINE (self), NULL);

  for (gsize i = 0; i < N_TEXTS; i++)
    if (*text_at (self, i) != NULL)
      g_variant_builder_add (&builder, "{sv}", texts[i].key, g_variant_new_string (*text_at (self, i)));

  return g_variant_builder_end (&builder);
}

/**
 * refills_order_line_equal:
 * @a: a line
 * @b: another
 *
 * Returns: whether both ask for the same and for the same recipient
 */
gboolean
refills_order_line_equal (RefillsOrderLine *a,
                          RefillsOrderLine *b)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_LINE (a), FALSE);
  g_return_val_if_fail (REFILLS_IS_ORDER_LINE (b), FALSE);

  for (gsize i = 0; i < N_TEXTS; i++)
    if (g_strcmp0 (*text_at (a, i), *text_at (b, i)) != 0)
      return FALSE;

  return TRUE;
}

/**
 * refills_order_line_check_beneficiary:
 * @self: a line
 * @error: return location for a `REFILLS_ERROR_INVALID_INPUT`
 *
 * Checks that the recipient is of the form its delivery type asks for; see
 * [func@beneficiary_kind_for].
 *
 * Returns: whether it is
 */
gboolean
refills_order_line_check_beneficiary (RefillsOrderLine  *self,
                                      GError           **error)
{
  RefillsBeneficiaryKind kind;

  g_return_val_if_fail (REFILLS_IS_ORDER_LINE (self), FALSE);

  kind = refills_beneficiary_kind_for (self->delivery_type, self->kind);
  if (refills_beneficiary_is_plausible (kind, self->beneficiary))
    return TRUE;

  g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_INVALID_INPUT,
               "the recipient is not %s",
               kind == REFILLS_BENEFICIARY_PHONE ? "a phone number in the international form"
               : kind == REFILLS_BENEFICIARY_ACCOUNT ? "an account number" : "an e-mail address");

  return FALSE;
}

/**
 * refills_order_line_get_brand_name:
 * @self: a line
 *
 * Returns: the exact name of the brand, as the service takes it
 */
const char *
refills_order_line_get_brand_name (RefillsOrderLine *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_LINE (self), NULL);

  return self->brand_name;
}

/**
 * refills_order_line_get_brand_color:
 * @self: a line
 *
 * Returns: (nullable): the colour of the brand, such as "#ff9900"
 */
const char *
refills_order_line_get_brand_color (RefillsOrderLine *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_LINE (self), NULL);

  return self->brand_color;
}

/**
 * refills_order_line_get_country:
 * @self: a line
 *
 * Returns: the country it is bought for, in capitals
 */
const char *
refills_order_line_get_country (RefillsOrderLine *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_LINE (self), NULL);

  return self->country;
}

/**
 * refills_order_line_get_kind:
 * @self: a line
 *
 * Returns: (nullable): what the brand sells
 */
const char *
refills_order_line_get_kind (RefillsOrderLine *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_LINE (self), NULL);

  return self->kind;
}

/**
 * refills_order_line_get_denomination:
 * @self: a line
 *
 * Returns: the exact denomination; "range" for a value of a range
 */
const char *
refills_order_line_get_denomination (RefillsOrderLine *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_LINE (self), NULL);

  return self->denomination;
}

/**
 * refills_order_line_get_product_value:
 * @self: a line
 *
 * Returns: (nullable): the value of a range in units of its currency, `NULL` for a fixed one
 */
const char *
refills_order_line_get_product_value (RefillsOrderLine *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_LINE (self), NULL);

  return self->product_value;
}

/**
 * refills_order_line_get_face_label:
 * @self: a line
 *
 * Returns: (nullable): what is bought, for screens
 */
const char *
refills_order_line_get_face_label (RefillsOrderLine *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_LINE (self), NULL);

  return self->face_label;
}

/**
 * refills_order_line_get_delivery_type:
 * @self: a line
 *
 * Returns: (nullable): how it is delivered, such as "by_email"; an open set
 */
const char *
refills_order_line_get_delivery_type (RefillsOrderLine *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_LINE (self), NULL);

  return self->delivery_type;
}

/**
 * refills_order_line_get_beneficiary:
 * @self: a line
 *
 * Returns: (nullable): the e-mail address, phone number or account it goes to
 */
const char *
refills_order_line_get_beneficiary (RefillsOrderLine *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_LINE (self), NULL);

  return self->beneficiary;
}
