/* refills-feed-section.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsFeedSection:
 *
 * Some brands that the service puts forward together, such as the popular ones (API reference, section 4).
 *
 * Immutable. Owns its brands.
 */

#include "refills-feed-section.h"

#include "refills-rich-text.h"

#define TITLE_MAX_CHARACTERS 80

struct _RefillsFeedSection {
  GObject parent_instance;

  char *title;
  char *category;
  GListModel *brands;
};

G_DEFINE_FINAL_TYPE (RefillsFeedSection, refills_feed_section, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_TITLE,
  PROP_CATEGORY,
  PROP_BRANDS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
refills_feed_section_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  RefillsFeedSection *self = REFILLS_FEED_SECTION (object);

  switch (prop_id) {
  case PROP_TITLE:
    g_value_set_string (value, self->title);
    break;
  case PROP_CATEGORY:
    g_value_set_string (value, self->category);
    break;
  case PROP_BRANDS:
    g_value_set_object (value, self->brands);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
refills_feed_section_finalize (GObject *object)
{
  RefillsFeedSection *self = REFILLS_FEED_SECTION (object);

  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->category, g_free);
  g_clear_object (&self->brands);

  G_OBJECT_CLASS (refills_feed_section_parent_class)->finalize (object);
}

static void
refills_feed_section_class_init (RefillsFeedSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = refills_feed_section_get_property;
  object_class->finalize = refills_feed_section_finalize;

  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_CATEGORY] = g_param_spec_string ("category", NULL, NULL, NULL, flags);
  props[PROP_BRANDS] = g_param_spec_object ("brands", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_feed_section_init (RefillsFeedSection *self)
{
  self->brands = G_LIST_MODEL (g_list_store_new (REFILLS_TYPE_BRAND));
}

/**
 * refills_feed_section_new:
 * @title: (nullable): the service's heading
 * @category: (nullable): the slug of the category that its brands are of
 * @brands: (element-type RefillsBrand): its brands
 *
 * Returns: (transfer full): the section
 */
RefillsFeedSection *
refills_feed_section_new (const char *title,
                          const char *category,
                          GPtrArray  *brands)
{
  RefillsFeedSection *self = NULL;
  g_autofree char *clean = refills_text_clean_line (title != NULL ? title : "", TITLE_MAX_CHARACTERS);

  g_return_val_if_fail (brands != NULL, NULL);

  self = g_object_new (REFILLS_TYPE_FEED_SECTION, NULL);
  if (*clean != '\0')
    self->title = g_steal_pointer (&clean);
  if (category != NULL && *category != '\0')
    self->category = g_strdup (category);
  g_list_store_splice (G_LIST_STORE (self->brands), 0, 0, brands->pdata, brands->len);

  return self;
}

/**
 * refills_feed_section_get_title:
 * @self: a section
 *
 * Returns: (nullable): the service's heading, as one line; `NULL` where it gave none
 */
const char *
refills_feed_section_get_title (RefillsFeedSection *self)
{
  g_return_val_if_fail (REFILLS_IS_FEED_SECTION (self), NULL);

  return self->title;
}

/**
 * refills_feed_section_get_category:
 * @self: a section
 *
 * Returns: (nullable): the slug of the category that its brands are of, such as "e-sim"; an open set
 */
const char *
refills_feed_section_get_category (RefillsFeedSection *self)
{
  g_return_val_if_fail (REFILLS_IS_FEED_SECTION (self), NULL);

  return self->category;
}

/**
 * refills_feed_section_get_brands:
 * @self: a section
 *
 * Returns: (transfer none): the list of [class@Brand]
 */
GListModel *
refills_feed_section_get_brands (RefillsFeedSection *self)
{
  g_return_val_if_fail (REFILLS_IS_FEED_SECTION (self), NULL);

  return self->brands;
}
