/* refills-product.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsProduct:
 *
 * What one brand sells in one country, with its texts (API reference, section 6).
 *
 * Immutable. Owns its options. Its texts are plain: the service's HTML never reaches a screen.
 */

#include "refills-product.h"

#include "refills-error.h"
#include "refills-rich-text.h"

/* More options than a page can offer; what is above is counted, not shown. */
#define OPTIONS_MAX 20000

struct _RefillsProduct {
  GObject parent_instance;

  char *brand_name;
  char *country;
  char *kind;
  char *category;
  char *description;
  char *how_to_redeem;
  char *terms;
  gboolean out_of_stock;
  GListModel *options;
  guint n_skipped;
};

G_DEFINE_FINAL_TYPE (RefillsProduct, refills_product, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_BRAND_NAME,
  PROP_COUNTRY,
  PROP_KIND,
  PROP_DESCRIPTION,
  PROP_HOW_TO_REDEEM,
  PROP_TERMS,
  PROP_OUT_OF_STOCK,
  PROP_OPTIONS,
  PROP_N_SKIPPED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static char *
to_plain (const char *html)
{
  g_autofree char *plain = refills_rich_text_to_plain (html);

  return plain != NULL && *plain != '\0' ? g_steal_pointer (&plain) : NULL;
}

/* `term_and_conditions` is the service's own spelling. */
static gboolean
read_texts (RefillsProduct          *self,
            const RefillsJsonPlace  *place,
            GError                 **error)
{
  RefillsJsonPlace rich;
  const char *description = NULL;
  const char *how_to_redeem = NULL;
  const char *terms = NULL;

  if (!refills_json_find_member (place, "rich_description", &rich))
    return TRUE;
  if (!refills_json_place_expect (&rich, REFILLS_JSON_OBJECT, error) ||
      !refills_json_read_string (&rich, "description", &description, error) ||
      !refills_json_read_string (&rich, "how_to_redeem", &how_to_redeem, error) ||
      !refills_json_read_string (&rich, "term_and_conditions", &terms, error))
    return FALSE;

  self->description = to_plain (description);
  self->how_to_redeem = to_plain (how_to_redeem);
  self->terms = to_plain (terms);

  return TRUE;
}

static gboolean
read_options (RefillsProduct          *self,
              const RefillsJsonPlace  *place,
              GError                 **error)
{
  g_autoptr (GPtrArray) options = g_ptr_array_new_with_free_func (g_object_unref);
  RefillsJsonPlace products;
  guint length = 0;

  if (!refills_json_find_member (place, "products", &products))
    return TRUE;
  if (!refills_json_place_expect (&products, REFILLS_JSON_ARRAY, error))
    return FALSE;

  length = refills_json_get_length (&products);
  for (guint i = 0; i < MIN (length, OPTIONS_MAX); i++) {
    g_autoptr (GError) problem = NULL;
    RefillsProductOption *option = NULL;
    RefillsJsonPlace element;

    refills_json_get_element (&products, i, &element);
    option = refills_product_option_new_from_json (&element, &problem);
    if (option != NULL) {
      g_ptr_array_add (options, option);
    } else {
      /* One line is enough to know; there may be thousands of the same. */
      if (self->n_skipped++ == 0)
        g_message ("an option is left out: %s", problem->message);
    }
  }
  self->n_skipped += length - MIN (length, OPTIONS_MAX);
  g_list_store_splice (G_LIST_STORE (self->options), 0, 0, options->pdata, options->len);

  return TRUE;
}

static void
refills_product_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  RefillsProduct *self = REFILLS_PRODUCT (object);

  switch (prop_id) {
  case PROP_BRAND_NAME:
    g_value_set_string (value, self->brand_name);
    break;
  case PROP_COUNTRY:
    g_value_set_string (value, self->country);
    break;
  case PROP_KIND:
    g_value_set_string (value, self->kind);
    break;
  case PROP_DESCRIPTION:
    g_value_set_string (value, self->description);
    break;
  case PROP_HOW_TO_REDEEM:
    g_value_set_string (value, self->how_to_redeem);
    break;
  case PROP_TERMS:
    g_value_set_string (value, self->terms);
    break;
  case PROP_OUT_OF_STOCK:
    g_value_set_boolean (value, self->out_of_stock);
    break;
  case PROP_OPTIONS:
    g_value_set_object (value, self->options);
    break;
  case PROP_N_SKIPPED:
    g_value_set_uint (value, self->n_skipped);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
refills_product_finalize (GObject *object)
{
  RefillsProduct *self = REFILLS_PRODUCT (object);

  g_clear_pointer (&self->brand_name, g_free);
  g_clear_pointer (&self->country, g_free);
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->category, g_free);
  g_clear_pointer (&self->description, g_free);
  g_clear_pointer (&self->how_to_redeem, g_free);
  g_clear_pointer (&self->terms, g_free);
  g_clear_object (&self->options);

  G_OBJECT_CLASS (refills_product_parent_class)->finalize (object);
}

static void
refills_product_class_init (RefillsProductClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = refills_product_get_property;
  object_class->finalize = refills_product_finalize;

  props[PROP_BRAND_NAME] = g_param_spec_string ("brand-name", NULL, NULL, NULL, flags);
  props[PROP_COUNTRY] = g_param_spec_string ("country", NULL, NULL, NULL, flags);
  props[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, flags);
  props[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, flags);
  props[PROP_HOW_TO_REDEEM] = g_param_spec_string ("how-to-redeem", NULL, NULL, NULL, flags);
  props[PROP_TERMS] = g_param_spec_string ("terms", NULL, NULL, NULL, flags);
  props[PROP_OUT_OF_STOCK] = g_param_spec_boolean ("out-of-stock", NULL, NULL, FALSE, flags);
  props[PROP_OPTIONS] = g_param_spec_object ("options", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  props[PROP_N_SKIPPED] = g_param_spec_uint ("n-skipped", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_product_init (RefillsProduct *self)
{
  self->options = G_LIST_MODEL (g_list_store_new (REFILLS_TYPE_PRODUCT_OPTION));
}

/**
 * refills_product_new_from_json:
 * @place: one brand group of a products answer
 * @error: return location for a `REFILLS_ERROR_PROTOCOL` that names the path
 *
 * Reads a product. Unknown members are ignored; an option that cannot be read is left out and
 * counted.
 *
 * Returns: (transfer full) (nullable): the product, or `NULL` with @error set
 */
RefillsProduct *
refills_product_new_from_json (const RefillsJsonPlace  *place,
                               GError                 **error)
{
  g_autoptr (RefillsProduct) self = NULL;
  const char *brand_name = NULL;
  const char *country = NULL;
  const char *kind = NULL;
  const char *category = NULL;
  const char *plain_terms = NULL;

  g_return_val_if_fail (place != NULL, NULL);

  self = g_object_new (REFILLS_TYPE_PRODUCT, NULL);
  if (!refills_json_place_expect (place, REFILLS_JSON_OBJECT, error) ||
      !refills_json_require_string (place, "brand", &brand_name, error) ||
      !refills_json_require_string (place, "country_code", &country, error) ||
      !refills_json_require_string (place, "kind", &kind, error) ||
      !refills_json_read_string (place, "category", &category, error) ||
      !refills_json_read_boolean (place, "is_out_of_stock", FALSE, &self->out_of_stock, error) ||
      !refills_json_read_string (place, "product_tc", &plain_terms, error) ||
      !read_texts (self, place, error) ||
      !read_options (self, place, error))
    return NULL;

  self->brand_name = g_strdup (brand_name);
  self->country = g_strdup (country);
  self->kind = g_strdup (kind);
  self->category = g_strdup (category);
  if (self->terms == NULL)
    self->terms = to_plain (plain_terms);

  return g_steal_pointer (&self);
}

/**
 * refills_product_get_brand_name:
 * @self: a product
 *
 * Returns: the exact name of the brand
 */
const char *
refills_product_get_brand_name (RefillsProduct *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT (self), NULL);

  return self->brand_name;
}

/**
 * refills_product_get_country:
 * @self: a product
 *
 * Returns: the country code, as the service wrote it
 */
const char *
refills_product_get_country (RefillsProduct *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT (self), NULL);

  return self->country;
}

/**
 * refills_product_get_kind:
 * @self: a product
 *
 * Returns: what it is, such as "giftcard"; an open set
 */
const char *
refills_product_get_kind (RefillsProduct *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT (self), NULL);

  return self->kind;
}

/**
 * refills_product_classify:
 * @self: a product
 *
 * Returns: what it is
 */
RefillsBrandKind
refills_product_classify (RefillsProduct *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT (self), REFILLS_BRAND_KIND_UNKNOWN);

  return refills_brand_kind_from_texts (self->kind, self->category);
}

/**
 * refills_product_get_description:
 * @self: a product
 *
 * Returns: (nullable): what the brand is, as plain text of several lines
 */
const char *
refills_product_get_description (RefillsProduct *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT (self), NULL);

  return self->description;
}

/**
 * refills_product_get_how_to_redeem:
 * @self: a product
 *
 * Returns: (nullable): how a card is used, as plain text of several lines
 */
const char *
refills_product_get_how_to_redeem (RefillsProduct *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT (self), NULL);

  return self->how_to_redeem;
}

/**
 * refills_product_get_terms:
 * @self: a product
 *
 * Returns: (nullable): the terms, as plain text of several lines
 */
const char *
refills_product_get_terms (RefillsProduct *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT (self), NULL);

  return self->terms;
}

/**
 * refills_product_is_out_of_stock:
 * @self: a product
 *
 * Returns: whether it has nothing to sell at present
 */
gboolean
refills_product_is_out_of_stock (RefillsProduct *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT (self), FALSE);

  return self->out_of_stock;
}

/**
 * refills_product_get_options:
 * @self: a product
 *
 * Returns: (transfer none): the list of [class@ProductOption]
 */
GListModel *
refills_product_get_options (RefillsProduct *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT (self), NULL);

  return self->options;
}

/**
 * refills_product_get_n_skipped:
 * @self: a product
 *
 * Returns: how many more options there were that could not be read
 */
guint
refills_product_get_n_skipped (RefillsProduct *self)
{
  g_return_val_if_fail (REFILLS_IS_PRODUCT (self), 0);

  return self->n_skipped;
}
