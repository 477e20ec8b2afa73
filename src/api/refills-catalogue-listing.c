/* refills-catalogue-listing.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The catalogue's lists, from bytes to model objects. Pure, and made for a worker thread: a whole
 * directory of brands takes longer than a turn of the main loop may.
 *
 * A broken item is skipped and counted, a broken envelope is an error.
 */
#include "refills-catalogue-listing.h"

#include "refills-brand.h"
#include "refills-catalogue-api.h"
#include "refills-error.h"
#include "refills-payment-via.h"
#include "refills-product.h"

typedef void (*ReadItemFunc) (RefillsCatalogueListing *listing,
                              GHashTable              *seen,
                              const RefillsJsonPlace  *place);

static RefillsCatalogueListing *
listing_new (void)
{
  RefillsCatalogueListing *listing = g_new0 (RefillsCatalogueListing, 1);

  listing->items = g_ptr_array_new_with_free_func (g_object_unref);

  return listing;
}

static void
skip (RefillsCatalogueListing *listing,
      const GError            *error)
{
  /* One line is enough to know; a list may hold thousands of the same. */
  if (listing->n_skipped++ == 0)
    g_message ("An item was left out: %s", error->message);
}

static void
read_via (RefillsCatalogueListing *listing,
          GHashTable              *seen,
          const RefillsJsonPlace  *place)
{
  g_autoptr (GError) error = NULL;
  RefillsPaymentVia *via = refills_payment_via_new_from_json (place, &error);

  if (via != NULL)
    g_ptr_array_add (listing->items, via);
  else
    skip (listing, error);
}

static void
read_product (RefillsCatalogueListing *listing,
              GHashTable              *seen,
              const RefillsJsonPlace  *place)
{
  g_autoptr (GError) error = NULL;
  RefillsProduct *product = refills_product_new_from_json (place, &error);

  if (product != NULL)
    g_ptr_array_add (listing->items, product);
  else
    skip (listing, error);
}

static void
read_brand (RefillsCatalogueListing *listing,
            GHashTable              *seen,
            const RefillsJsonPlace  *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsBrand) brand = refills_brand_new_from_json (place, &error);

  if (brand == NULL) {
    skip (listing, error);
    return;
  }
  /* The same brand lies in several categories. */
  if (g_hash_table_contains (seen, refills_brand_get_id (brand)))
    return;
  g_hash_table_add (seen, (gpointer) refills_brand_get_id (brand));
  g_ptr_array_add (listing->items, g_steal_pointer (&brand));
}

static void
read_items (RefillsCatalogueListing *listing,
            GHashTable              *seen,
            const RefillsJsonPlace  *array,
            ReadItemFunc             read)
{
  guint length = refills_json_get_length (array);

  for (guint i = 0; i < length; i++) {
    RefillsJsonPlace element;

    if (listing->items->len >= REFILLS_CATALOGUE_MAX_ITEMS) {
      g_message ("A list was cut at %d items", REFILLS_CATALOGUE_MAX_ITEMS);
      listing->n_skipped += length - i;
      return;
    }
    refills_json_get_element (array, i, &element);
    read (listing, seen, &element);
  }
}

/* A document that is one array (API reference, sections 2 and 6). */
static RefillsCatalogueListing *
read_array_document (GBytes        *bytes,
                     ReadItemFunc   read,
                     GError       **error)
{
  g_autoptr (RefillsCatalogueListing) listing = NULL;
  g_autoptr (RefillsJson) root = refills_json_parse (bytes, REFILLS_HTTP_MAX_JSON_BYTES, error);
  RefillsJsonPlace place;

  if (root == NULL)
    return NULL;
  refills_json_place_init (&place, root);
  if (!refills_json_place_expect (&place, REFILLS_JSON_ARRAY, error))
    return NULL;

  listing = listing_new ();
  read_items (listing, NULL, &place, read);

  return g_steal_pointer (&listing);
}

static gboolean
find_array (const RefillsJsonPlace *object,
            const char             *name,
            RefillsJsonPlace       *out)
{
  return refills_json_find_member (object, name, out) &&
         refills_json_place_get_kind (out) == REFILLS_JSON_ARRAY;
}

static void
read_categories (RefillsCatalogueListing *listing,
                 GHashTable              *seen,
                 const RefillsJsonPlace  *categories)
{
  guint length = refills_json_get_length (categories);

  for (guint i = 0; i < length; i++) {
    RefillsJsonPlace category, brands;

    refills_json_get_element (categories, i, &category);
    if (find_array (&category, "brands", &brands))
      read_items (listing, seen, &brands, read_brand);
  }
}

/* What the service sells and we do not is nobody's loss: left out, not counted as broken. */
static void
leave_out_what_is_not_sold (RefillsCatalogueListing *listing)
{
  g_autoptr (GPtrArray) all = g_steal_pointer (&listing->items);

  listing->items = g_ptr_array_new_full (all->len, g_object_unref);
  for (guint i = 0; i < all->len; i++) {
    RefillsBrand *brand = g_ptr_array_index (all, i);

    if (refills_brand_is_sold_here (brand))
      g_ptr_array_add (listing->items, g_object_ref (brand));
  }
  if (listing->items->len < all->len)
    g_message ("%u brands are of kinds that are not sold here", all->len - listing->items->len);
}

/**
 * refills_catalogue_listing_free:
 * @self: (nullable): a listing
 *
 * Frees the listing with what is still in it.
 */
void
refills_catalogue_listing_free (RefillsCatalogueListing *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self); /* end of life */
}

/**
 * refills_catalogue_listing_read_vias:
 * @bytes: an answer (API reference, section 2)
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Reads the ways to pay. Any thread.
 *
 * Returns: (transfer full) (nullable): of `RefillsPaymentVia`
 */
RefillsCatalogueListing *
refills_catalogue_listing_read_vias (GBytes  *bytes,
                                     GError **error)
{
  return read_array_document (bytes, read_via, error);
}

/**
 * refills_catalogue_listing_read_brands:
 * @bytes: an answer (API reference, section 3)
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Reads `all_brands`, or where that is missing or empty the brands of the categories; each once, in the
 * order of the service, without those that are not sold here. Any thread.
 *
 * Returns: (transfer full) (nullable): of `RefillsBrand`
 */
RefillsCatalogueListing *
refills_catalogue_listing_read_brands (GBytes  *bytes,
                                       GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (RefillsCatalogueListing) listing = NULL;
  g_autoptr (RefillsJson) root = refills_json_parse (bytes, REFILLS_HTTP_MAX_JSON_BYTES, error);
  RefillsJsonPlace place, brands, categories;
  gboolean has_brands, has_categories;

  if (root == NULL)
    return NULL;
  refills_json_place_init (&place, root);
  if (!refills_json_place_expect (&place, REFILLS_JSON_OBJECT, error))
    return NULL;

  has_brands = find_array (&place, "all_brands", &brands);
  has_categories = find_array (&place, "categories", &categories);
  if (!has_brands && !has_categories) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL, "neither all_brands nor categories");
    return NULL;
  }

  listing = listing_new ();
  if (has_brands && refills_json_get_length (&brands) > 0)
    read_items (listing, seen, &brands, read_brand);
  else if (has_categories)
    read_categories (listing, seen, &categories);
  leave_out_what_is_not_sold (listing);

  return g_steal_pointer (&listing);
}

/**
 * refills_catalogue_listing_read_products:
 * @bytes: an answer (API reference, section 6)
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Reads the products of a family, one item for each of its brands. Any thread.
 *
 * Returns: (transfer full) (nullable): of `RefillsProduct`
 */
RefillsCatalogueListing *
refills_catalogue_listing_read_products (GBytes  *bytes,
                                         GError **error)
{
  return read_array_document (bytes, read_product, error);
}
