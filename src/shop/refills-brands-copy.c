/* refills-brands-copy.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The brands of a country on disk: mapped, and shown without reading JSON, the first screen of them before the
 * window is painted. Main thread only.
 */
#include "refills-brands-copy-private.h"

#include "refills-brand.h"

#define BRANDS_FORMAT "a" REFILLS_BRAND_VARIANT_FORMAT
/* More than a first screen shows; the rest follows with the first refresh. */
#define FIRST_BRANDS 24

static char *
make_key (const char *country)
{
  return g_strconcat ("brands:", country, NULL);
}

static GPtrArray *
read_brands (GVariant *variant,
             gsize     from,
             gsize     to)
{
  GPtrArray *brands = g_ptr_array_new_full (to - from, g_object_unref);

  for (gsize i = from; i < to; i++) {
    g_autoptr (GVariant) item = g_variant_get_child_value (variant, i);
    RefillsBrand *brand = refills_brand_new_from_variant (item);

    if (brand != NULL)
      g_ptr_array_add (brands, brand);
  }

  return brands;
}

/**
 * refills_brands_copy_load:
 * @self: storage to fill; what it held is let go
 * @cache: where the copy is
 * @country: of which country
 * @into: where the first brands go, with the age of the copy
 *
 * Reads the copy of a country, where there is one. Blocks, for one small file.
 */
void
refills_brands_copy_load (RefillsBrandsCopy *self,
                          RefillsBlobCache  *cache,
                          const char        *country,
                          RefillsCollection *into)
{
  g_autofree char *key = make_key (country);
  gsize n = 0;

  refills_brands_copy_clear (self);
  self->bytes = refills_blob_cache_load (cache, key, &self->stored_at);
  if (self->bytes == NULL)
    return;

  self->rest = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (BRANDS_FORMAT), self->bytes, FALSE));
  n = g_variant_n_children (self->rest);
  refills_collection_take_items (into, read_brands (self->rest, 0, MIN (n, FIRST_BRANDS)), self->stored_at, 0);
}

/**
 * refills_brands_copy_show_rest:
 * @self: a copy
 * @into: the list that [func@brands_copy_load] began
 *
 * Shows what is not shown yet.
 */
void
refills_brands_copy_show_rest (RefillsBrandsCopy *self,
                               RefillsCollection *into)
{
  g_autoptr (GVariant) variant = g_steal_pointer (&self->rest);
  g_autoptr (GPtrArray) brands = NULL;

  if (variant == NULL || g_variant_n_children (variant) <= FIRST_BRANDS)
    return;

  brands = read_brands (variant, FIRST_BRANDS, g_variant_n_children (variant));
  refills_collection_append_items (into, brands);
}

/**
 * refills_brands_copy_holds:
 * @self: a copy
 * @bytes: the `copy` of a listing of brands
 *
 * Returns: whether both are the same list
 */
gboolean
refills_brands_copy_holds (RefillsBrandsCopy *self,
                           GBytes            *bytes)
{
  return self->bytes != NULL && g_bytes_equal (self->bytes, bytes);
}

/**
 * refills_brands_copy_store:
 * @self: a copy
 * @cache: where it is kept
 * @country: of which country
 * @bytes: the `copy` of a listing of brands, which is shown whole
 *
 * Keeps a new list, and its age from now.
 */
void
refills_brands_copy_store (RefillsBrandsCopy *self,
                           RefillsBlobCache  *cache,
                           const char        *country,
                           GBytes            *bytes)
{
  g_autofree char *key = make_key (country);

  refills_blob_cache_store (cache, key, bytes);
  g_bytes_ref (bytes);
  refills_brands_copy_clear (self);
  self->bytes = bytes;
  self->stored_at = g_get_real_time () / G_USEC_PER_SEC;
}

/**
 * refills_brands_copy_clear:
 * @self: a copy
 *
 * Lets go of what is in memory.
 */
void
refills_brands_copy_clear (RefillsBrandsCopy *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->rest, g_variant_unref);
  self->stored_at = 0;
}
