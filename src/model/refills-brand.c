/* refills-brand.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsBrand:
 *
 * A shop whose gift cards or refills can be bought (API reference, section 3).
 *
 * Immutable. Owns one serialised #GVariant that all its texts lie in, so that a whole catalogue
 * is read from a cache without copying a text; a brand from such a cache keeps that cache's bytes.
 * What only some views need is made when it is first asked for, so use one brand on one thread at
 * a time. It never loads a logo.
 */

#include "refills-brand.h"

#include "refills-error.h"
#include "refills-rich-text.h"
#include "refills-search-fold.h"

#include <glib/gi18n.h>

#include <string.h>

#define TITLE_MAX_CHARACTERS 120
#define VALUE_MAX_CHARACTERS 40

struct _RefillsBrand {
  GObject parent_instance;

  GVariant *data;
  /* These lie in data. */
  const char *id;
  const char *name;
  const char *family;
  const char *kind;
  const char *category;
  const char *country;
  const char *logo_uri;
  const char *logo_base_uri;
  const char *color;
  const char *value_label;
  gboolean out_of_stock;

  /* Made when first asked for. */
  char *title;
  char *initials;
  char *search_key;
};

G_DEFINE_FINAL_TYPE (RefillsBrand, refills_brand, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_TITLE,
  PROP_FAMILY,
  PROP_KIND,
  PROP_CATEGORY,
  PROP_COUNTRY,
  PROP_LOGO_URI,
  PROP_LOGO_BASE_URI,
  PROP_COLOR,
  PROP_VALUE_LABEL,
  PROP_INITIALS,
  PROP_SEARCH_KEY,
  PROP_OUT_OF_STOCK,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* "#RGB" and "#RRGGBB" in any case are what the service sends; the rest is no colour. */
static char *
normalize_color (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;
  g_autofree char *lower = NULL;

  if ((length != 4 && length != 7) || text[0] != '#')
    return NULL;
  for (gsize i = 1; i < length; i++)
    if (!g_ascii_isxdigit (text[i]))
      return NULL;

  lower = g_ascii_strdown (text, -1);
  if (length == 7)
    return g_steal_pointer (&lower);

  return g_strdup_printf ("#%c%c%c%c%c%c", lower[1], lower[1], lower[2], lower[2], lower[3],
                          lower[3]);
}

/* The service's labels are texts such as "$10" or "1 GB 3 days", not numbers. */
static char *
make_value_label (const char *minimum,
                  const char *maximum)
{
  g_autofree char *least = refills_text_clean_line (minimum != NULL ? minimum : "",
                                                    VALUE_MAX_CHARACTERS);
  g_autofree char *most = refills_text_clean_line (maximum != NULL ? maximum : "",
                                                   VALUE_MAX_CHARACTERS);

  if (*least == '\0' && *most == '\0')
    return NULL;
  if (*most == '\0')
    /* Translators: %s is the least value of a card, such as "$10". */
    return g_strdup_printf (_("from %s"), least);
  if (*least == '\0')
    /* Translators: %s is the greatest value of a card, such as "$500". */
    return g_strdup_printf (_("up to %s"), most);
  if (g_str_equal (least, most))
    return g_steal_pointer (&least);

  /* Translators: the least and the greatest value of a card, such as "$10 – $500". */
  return g_strdup_printf (_("%1$s – %2$s"), least, most);
}

static const char *
text_or_null (const char *text)
{
  return *text != '\0' ? text : NULL;
}

static const char *
text_or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/* Takes a reference, and the texts where they lie. */
static RefillsBrand *
new_for_data (GVariant *data)
{
  g_autoptr (RefillsBrand) self = g_object_new (REFILLS_TYPE_BRAND, NULL);
  const char *category = NULL;
  const char *logo_uri = NULL;
  const char *logo_base_uri = NULL;
  const char *color = NULL;
  const char *value_label = NULL;

  self->data = g_variant_ref_sink (data);
  /* With "&" this serialises the variant first, so that the borrowed texts stay where they are. */
  g_variant_get (self->data, "(&s&s&s&s&s&s&s&s&s&sb)",
                 &self->id, &self->name, &self->family, &self->kind, &category, &self->country,
                 &logo_uri, &logo_base_uri, &color, &value_label, &self->out_of_stock);
  self->category = text_or_null (category);
  self->logo_uri = text_or_null (logo_uri);
  self->logo_base_uri = text_or_null (logo_base_uri);
  self->color = text_or_null (color);
  self->value_label = text_or_null (value_label);

  if (*self->id == '\0' || *self->name == '\0' || *self->family == '\0' || *self->kind == '\0' ||
      *self->country == '\0')
    return NULL;

  return g_steal_pointer (&self);
}

static char *
make_initials (const char *title)
{
  g_autofree char *composed = g_utf8_normalize (title, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  g_autoptr (GString) initials = g_string_new (NULL);
  gboolean inside = FALSE;
  guint found = 0;

  for (const char *at = text_or_empty (composed); *at != '\0' && found < 2;
       at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    if (g_unichar_isalnum (character)) {
      if (!inside) {
        g_string_append_unichar (initials, character);
        found++;
      }
      inside = TRUE;
    } else if (!g_unichar_ismark (character) && character != '\'' && character != 0x2019) {
      inside = FALSE;
    }
  }
  if (found == 0)
    g_string_append_unichar (initials,
                             *title != '\0' ? g_utf8_get_char (title) : (gunichar) '?');

  return g_utf8_strup (initials->str, -1);
}

static void
refills_brand_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  RefillsBrand *self = REFILLS_BRAND (object);

  switch (prop_id) {
  case PROP_ID:
    g_value_set_string (value, self->id);
    break;
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_TITLE:
    g_value_set_string (value, refills_brand_get_title (self));
    break;
  case PROP_FAMILY:
    g_value_set_string (value, self->family);
    break;
  case PROP_KIND:
    g_value_set_string (value, self->kind);
    break;
  case PROP_CATEGORY:
    g_value_set_string (value, self->category);
    break;
  case PROP_COUNTRY:
    g_value_set_string (value, self->country);
    break;
  case PROP_LOGO_URI:
    g_value_set_string (value, self->logo_uri);
    break;
  case PROP_LOGO_BASE_URI:
    g_value_set_string (value, self->logo_base_uri);
    break;
  case PROP_COLOR:
    g_value_set_string (value, self->color);
    break;
  case PROP_VALUE_LABEL:
    g_value_set_string (value, self->value_label);
    break;
  case PROP_INITIALS:
    g_value_set_string (value, refills_brand_get_initials (self));
    break;
  case PROP_SEARCH_KEY:
    g_value_set_string (value, refills_brand_get_search_key (self));
    break;
  case PROP_OUT_OF_STOCK:
    g_value_set_boolean (value, self->out_of_stock);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
refills_brand_finalize (GObject *object)
{
  RefillsBrand *self = REFILLS_BRAND (object);

  g_clear_pointer (&self->data, g_variant_unref);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->initials, g_free);
  g_clear_pointer (&self->search_key, g_free);

  G_OBJECT_CLASS (refills_brand_parent_class)->finalize (object);
}

static void
refills_brand_class_init (RefillsBrandClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = refills_brand_get_property;
  object_class->finalize = refills_brand_finalize;

  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_FAMILY] = g_param_spec_string ("family", NULL, NULL, NULL, flags);
  props[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, flags);
  props[PROP_CATEGORY] = g_param_spec_string ("category", NULL, NULL, NULL, flags);
  props[PROP_COUNTRY] = g_param_spec_string ("country", NULL, NULL, NULL, flags);
  props[PROP_LOGO_URI] = g_param_spec_string ("logo-uri", NULL, NULL, NULL, flags);
  props[PROP_LOGO_BASE_URI] = g_param_spec_string ("logo-base-uri", NULL, NULL, NULL, flags);
  props[PROP_COLOR] = g_param_spec_string ("color", NULL, NULL, NULL, flags);
  props[PROP_VALUE_LABEL] = g_param_spec_string ("value-label", NULL, NULL, NULL, flags);
  props[PROP_INITIALS] = g_param_spec_string ("initials", NULL, NULL, NULL, flags);
  props[PROP_SEARCH_KEY] = g_param_spec_string ("search-key", NULL, NULL, NULL, flags);
  props[PROP_OUT_OF_STOCK] = g_param_spec_boolean ("out-of-stock", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_brand_init (RefillsBrand *self)
{
  self->id = self->name = self->family = self->kind = self->country = "";
}

/**
 * refills_brand_new_from_json:
 * @place: one brand of a brands answer
 * @error: return location for a `REFILLS_ERROR_PROTOCOL` that names the path
 *
 * Reads a brand. Unknown members are ignored; a required member that is missing or empty, and
 * any known member of another type, is an error.
 *
 * Returns: (transfer full) (nullable): the brand, or `NULL` with @error set
 */
RefillsBrand *
refills_brand_new_from_json (const RefillsJsonPlace  *place,
                             GError                 **error)
{
  RefillsBrand *self = NULL;
  g_autofree char *color = NULL;
  g_autofree char *value_label = NULL;
  const char *id = NULL;
  const char *name = NULL;
  const char *family = NULL;
  const char *kind = NULL;
  const char *category = NULL;
  const char *country = NULL;
  const char *logo_uri = NULL;
  const char *logo_base_uri = NULL;
  const char *any_color = NULL;
  const char *minimum = NULL;
  const char *maximum = NULL;
  gboolean out_of_stock = FALSE;

  g_return_val_if_fail (place != NULL, NULL);

  if (!refills_json_place_expect (place, REFILLS_JSON_OBJECT, error) ||
      !refills_json_require_string (place, "brand_id", &id, error) ||
      !refills_json_require_string (place, "brand", &name, error) ||
      !refills_json_require_string (place, "family", &family, error) ||
      !refills_json_require_string (place, "country_code", &country, error) ||
      !refills_json_require_string (place, "kind", &kind, error) ||
      !refills_json_read_string (place, "category", &category, error) ||
      !refills_json_read_string (place, "logo_url", &logo_uri, error) ||
      !refills_json_read_string (place, "logo_base_url", &logo_base_uri, error) ||
      !refills_json_read_string (place, "bg_color", &any_color, error) ||
      !refills_json_read_text (place, "min", &minimum, error) ||
      !refills_json_read_text (place, "max", &maximum, error) ||
      !refills_json_read_boolean (place, "is_out_of_stock", FALSE, &out_of_stock, error))
    return NULL;

  color = normalize_color (any_color);
  value_label = make_value_label (minimum, maximum);
  self = new_for_data (g_variant_new (REFILLS_BRAND_VARIANT_FORMAT,
                                      id, name, family, kind, text_or_empty (category), country,
                                      text_or_empty (logo_uri), text_or_empty (logo_base_uri),
                                      text_or_empty (color), text_or_empty (value_label),
                                      out_of_stock));
  if (self == NULL) {
    g_autofree char *path = refills_json_place_get_path (place);

    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL,
                 "%s lacks an id, a name, a family, a kind or a country", path);
  }

  return self;
}

/**
 * refills_brand_new_from_variant:
 * @variant: what [method@Brand.to_variant] gave, perhaps damaged since
 *
 * Makes a brand without copying: it keeps @variant, or the bytes that this lies in.
 *
 * Returns: (transfer full) (nullable): the brand, or `NULL` when @variant is none
 */
RefillsBrand *
refills_brand_new_from_variant (GVariant *variant)
{
  g_return_val_if_fail (variant != NULL, NULL);

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE (REFILLS_BRAND_VARIANT_FORMAT)))
    return NULL;

  return new_for_data (variant);
}

/**
 * refills_brand_to_variant:
 * @self: a brand
 *
 * Returns: (transfer none): the brand as `REFILLS_BRAND_VARIANT_FORMAT`, a floating reference
 */
GVariant *
refills_brand_to_variant (RefillsBrand *self)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (REFILLS_IS_BRAND (self), NULL);

  bytes = g_variant_get_data_as_bytes (self->data);

  return g_variant_new_from_bytes (G_VARIANT_TYPE (REFILLS_BRAND_VARIANT_FORMAT), bytes, FALSE);
}

/**
 * refills_brand_equal:
 * @a: (type RefillsBrand): a brand
 * @b: (type RefillsBrand): another
 *
 * A `GEqualFunc`, for [method@Collection.set_equal_func].
 *
 * Returns: whether both say the same
 */
gboolean
refills_brand_equal (gconstpointer a,
                     gconstpointer b)
{
  return g_variant_equal (((const RefillsBrand *) a)->data, ((const RefillsBrand *) b)->data);
}

/**
 * refills_brand_get_id:
 * @self: a brand
 *
 * Returns: the service's id of the brand
 */
const char *
refills_brand_get_id (RefillsBrand *self)
{
  g_return_val_if_fail (REFILLS_IS_BRAND (self), NULL);

  return self->id;
}

/**
 * refills_brand_get_name:
 * @self: a brand
 *
 * Returns: the exact name, sent back to the service letter by letter
 */
const char *
refills_brand_get_name (RefillsBrand *self)
{
  g_return_val_if_fail (REFILLS_IS_BRAND (self), NULL);

  return self->name;
}

/**
 * refills_brand_get_family:
 * @self: a brand
 *
 * Returns: the exact family, sent back to the service letter by letter
 */
const char *
refills_brand_get_family (RefillsBrand *self)
{
  g_return_val_if_fail (REFILLS_IS_BRAND (self), NULL);

  return self->family;
}

/**
 * refills_brand_get_kind:
 * @self: a brand
 *
 * Returns: what it sells, such as "giftcard"; an open set
 */
const char *
refills_brand_get_kind (RefillsBrand *self)
{
  g_return_val_if_fail (REFILLS_IS_BRAND (self), NULL);

  return self->kind;
}

/**
 * refills_brand_get_category:
 * @self: a brand
 *
 * Returns: (nullable): the slug of its category
 */
const char *
refills_brand_get_category (RefillsBrand *self)
{
  g_return_val_if_fail (REFILLS_IS_BRAND (self), NULL);

  return self->category;
}

/**
 * refills_brand_get_country:
 * @self: a brand
 *
 * Returns: the country code, as the service wrote it
 */
const char *
refills_brand_get_country (RefillsBrand *self)
{
  g_return_val_if_fail (REFILLS_IS_BRAND (self), NULL);

  return self->country;
}

/**
 * refills_brand_get_logo_uri:
 * @self: a brand
 *
 * Returns: (nullable): where its picture is; not checked
 */
const char *
refills_brand_get_logo_uri (RefillsBrand *self)
{
  g_return_val_if_fail (REFILLS_IS_BRAND (self), NULL);

  return self->logo_uri;
}

/**
 * refills_brand_get_logo_base_uri:
 * @self: a brand
 *
 * Returns: (nullable): where its picture is, less size and suffix; not checked
 */
const char *
refills_brand_get_logo_base_uri (RefillsBrand *self)
{
  g_return_val_if_fail (REFILLS_IS_BRAND (self), NULL);

  return self->logo_base_uri;
}

/**
 * refills_brand_get_color:
 * @self: a brand
 *
 * Returns: (nullable): its background colour as lower-case "#rrggbb"
 */
const char *
refills_brand_get_color (RefillsBrand *self)
{
  g_return_val_if_fail (REFILLS_IS_BRAND (self), NULL);

  return self->color;
}

/**
 * refills_brand_get_value_label:
 * @self: a brand
 *
 * Returns: (nullable): what it sells, from the least to the most, for screens
 */
const char *
refills_brand_get_value_label (RefillsBrand *self)
{
  g_return_val_if_fail (REFILLS_IS_BRAND (self), NULL);

  return self->value_label;
}

/**
 * refills_brand_is_out_of_stock:
 * @self: a brand
 *
 * Returns: whether it has nothing to sell at present
 */
gboolean
refills_brand_is_out_of_stock (RefillsBrand *self)
{
  g_return_val_if_fail (REFILLS_IS_BRAND (self), FALSE);

  return self->out_of_stock;
}

/**
 * refills_brand_get_title:
 * @self: a brand
 *
 * Returns: the name for screens: one line, without control and direction characters
 */
const char *
refills_brand_get_title (RefillsBrand *self)
{
  g_return_val_if_fail (REFILLS_IS_BRAND (self), NULL);

  if (self->title == NULL)
    self->title = refills_text_clean_line (self->name, TITLE_MAX_CHARACTERS);

  return self->title;
}

/**
 * refills_brand_get_initials:
 * @self: a brand
 *
 * Returns: one or two capitals to show where there is no logo
 */
const char *
refills_brand_get_initials (RefillsBrand *self)
{
  g_return_val_if_fail (REFILLS_IS_BRAND (self), NULL);

  if (self->initials == NULL)
    self->initials = make_initials (refills_brand_get_title (self));

  return self->initials;
}

/**
 * refills_brand_get_search_key:
 * @self: a brand
 *
 * Returns: its name, family and category as [func@search_fold] makes them
 */
const char *
refills_brand_get_search_key (RefillsBrand *self)
{
  g_return_val_if_fail (REFILLS_IS_BRAND (self), NULL);

  if (self->search_key == NULL) {
    g_autofree char *category = g_strdelimit (g_strdup (text_or_empty (self->category)), "_-", ' ');
    g_autofree char *all = g_strjoin (" ", self->name, self->family, category, NULL);

    self->search_key = refills_search_fold (all);
  }

  return self->search_key;
}

/**
 * refills_brand_classify:
 * @self: a brand
 *
 * Returns: what it sells
 */
RefillsBrandKind
refills_brand_classify (RefillsBrand *self)
{
  g_return_val_if_fail (REFILLS_IS_BRAND (self), REFILLS_BRAND_KIND_UNKNOWN);

  return refills_brand_kind_from_texts (self->kind, self->category);
}

/**
 * refills_brand_is_sold_here:
 * @self: a brand
 *
 * Returns: whether what it sells can be bought in this application
 */
gboolean
refills_brand_is_sold_here (RefillsBrand *self)
{
  g_return_val_if_fail (REFILLS_IS_BRAND (self), FALSE);

  return refills_brand_kind_is_sold (refills_brand_classify (self));
}

/**
 * refills_brand_dup_website_uri:
 * @self: a brand
 *
 * Makes the address of the brand on the service's website, for what can be bought only there (API reference,
 * section 14.3).
 *
 * Returns: (transfer full): an https address
 */
char *
refills_brand_dup_website_uri (RefillsBrand *self)
{
  GString *uri = NULL;

  g_return_val_if_fail (REFILLS_IS_BRAND (self), NULL);

  uri = g_string_new ("https://www.cryptorefills.com/en/");
  g_string_append_uri_escaped (uri, self->country, NULL, FALSE);
  g_string_append (uri, "/gift_cards/");
  g_string_append_uri_escaped (uri, self->name, NULL, FALSE);

  return g_string_free (uri, FALSE);
}
