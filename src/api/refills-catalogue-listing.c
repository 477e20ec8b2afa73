/* refills-catalogue-listing.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The catalogue's lists, from bytes to model objects. Pure, and made for a worker thread: a whole
 * directory of brands takes longer than a turn of the main loop may.
 *
 * A broken item is skipped and counted, a broken envelope is an error; the homepage, whose envelope nobody has
 * described, has none that is broken.
 */
#include "refills-catalogue-listing.h"

#include "refills-brand.h"
#include "refills-error.h"
#include "refills-feed-section.h"
#include "refills-http.h"
#include "refills-payment-via.h"
#include "refills-product.h"

#include <glib/gi18n.h>

/* More than a page shows; what is above is counted. */
#define HOMEPAGE_MAX_SECTIONS 100

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
  if (!g_hash_table_add (seen, g_strdup (refills_brand_get_id (brand))))
    return;
  if (refills_brand_kind_is_shown (refills_brand_classify (brand)))
    g_ptr_array_add (listing->items, g_steal_pointer (&brand));
  else
    listing->n_hidden++;
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
static gboolean
read_array_document (RefillsCatalogueListing  *listing,
                     const RefillsJsonPlace   *document,
                     ReadItemFunc              read,
                     GError                  **error)
{
  if (!refills_json_place_expect (document, REFILLS_JSON_ARRAY, error))
    return FALSE;
  read_items (listing, NULL, document, read);

  return TRUE;
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

/* `all_brands`, or where that is missing or empty the brands of the categories; each once, in the order of the
 * service (API reference, sections 3 and 5). */
static gboolean
read_brands_document (RefillsCatalogueListing  *listing,
                      const RefillsJsonPlace   *document,
                      GError                  **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  RefillsJsonPlace brands, categories;
  gboolean has_brands, has_categories;

  if (!refills_json_place_expect (document, REFILLS_JSON_OBJECT, error))
    return FALSE;

  has_brands = find_array (document, "all_brands", &brands);
  has_categories = find_array (document, "categories", &categories);
  if (!has_brands && !has_categories) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL, "neither all_brands nor categories");
    return FALSE;
  }

  if (has_brands && refills_json_get_length (&brands) > 0)
    read_items (listing, seen, &brands, read_brand);
  else if (has_categories)
    read_categories (listing, seen, &categories);

  return TRUE;
}

/* The list as it lies on disk: brands are mapped from it without reading JSON. */
static GBytes *
write_brands (GPtrArray *brands)
{
  g_autoptr (GVariant) variant = NULL;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" REFILLS_BRAND_VARIANT_FORMAT));
  for (guint i = 0; i < brands->len; i++)
    g_variant_builder_add_value (&builder, refills_brand_to_variant (brands->pdata[i]));
  variant = g_variant_ref_sink (g_variant_builder_end (&builder));

  return g_variant_get_data_as_bytes (variant);
}

/* Adds a section, unless none of its brands can be shown. A brand may stand in several. */
static void
add_section (RefillsCatalogueListing *listing,
             const char              *title,
             const char              *category,
             const RefillsJsonPlace  *brands)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (RefillsCatalogueListing) inside = listing_new ();

  read_items (inside, seen, brands, read_brand);
  listing->n_skipped += inside->n_skipped;
  listing->n_hidden += inside->n_hidden;
  if (inside->items->len > 0)
    g_ptr_array_add (listing->items, refills_feed_section_new (title, category, inside->items));
}

static const char *
find_first_text (const RefillsJsonPlace *object,
                 const char             *first,
                 const char             *second)
{
  const char *text = NULL;

  if (refills_json_read_string (object, first, &text, NULL) && text != NULL)
    return text;
  if (second != NULL && refills_json_read_string (object, second, &text, NULL))
    return text;

  return NULL;
}

static void
read_sections (RefillsCatalogueListing *listing,
               const RefillsJsonPlace  *sections)
{
  guint length = refills_json_get_length (sections);

  if (length > HOMEPAGE_MAX_SECTIONS) {
    listing->n_skipped += length - HOMEPAGE_MAX_SECTIONS;
    length = HOMEPAGE_MAX_SECTIONS;
  }
  for (guint i = 0; i < length; i++) {
    RefillsJsonPlace section, brands;

    refills_json_get_element (sections, i, &section);
    if (find_array (&section, "brands", &brands) || find_array (&section, "items", &brands))
      add_section (listing, find_first_text (&section, "title", "name"),
                   find_first_text (&section, "category", NULL), &brands);
  }
}

static gboolean
holds_sections (const RefillsJsonPlace *array)
{
  RefillsJsonPlace first, brands;

  refills_json_get_element (array, 0, &first);

  return find_array (&first, "brands", &brands) || find_array (&first, "items", &brands);
}

/* Nobody has seen this answer (API reference, section 4): a list of sections, with or without an envelope, a
 * subset of that of the brands, or a bare list of brands. What is none of these has nothing to show. */
static void
read_homepage_document (RefillsCatalogueListing *listing,
                        const RefillsJsonPlace  *document)
{
  RefillsJsonPlace list;

  if (refills_json_place_get_kind (document) == REFILLS_JSON_ARRAY) {
    if (holds_sections (document))
      read_sections (listing, document);
    else
      add_section (listing, NULL, NULL, document);
    return;
  }
  if (find_array (document, "sections", &list)) {
    read_sections (listing, &list);
    return;
  }

  if (find_array (document, "popular_brands", &list))
    add_section (listing, C_("brands", "Popular"), NULL, &list);
  if (find_array (document, "categories", &list))
    read_sections (listing, &list);
  if (listing->items->len == 0 && find_array (document, "all_brands", &list))
    add_section (listing, NULL, NULL, &list);
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
  g_clear_pointer (&self->copy, g_bytes_unref);
  g_free (self); /* end of life */
}

/**
 * refills_catalogue_listing_read:
 * @kind: what was asked for
 * @bytes: the answer, or the `copy` of a listing other than of brands
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Reads a list (API reference, sections 2 to 6), at most 20,000 of its items. Of brands, those that are not shown
 * are left out and counted. A homepage is never an error: what cannot be read has no sections. Any thread.
 *
 * Returns: (transfer full) (nullable): the list
 */
RefillsCatalogueListing *
refills_catalogue_listing_read (RefillsListingKind   kind,
                                GBytes              *bytes,
                                GError             **error)
{
  g_autoptr (RefillsCatalogueListing) listing = listing_new ();
  g_autoptr (GError) broken = NULL;
  g_autoptr (RefillsJson) root = refills_json_parse (bytes, REFILLS_HTTP_MAX_JSON_BYTES, &broken);
  RefillsJsonPlace document;
  gboolean is_whole = root != NULL;

  if (root != NULL) {
    refills_json_place_init (&document, root);
    switch (kind) {
    case REFILLS_LISTING_VIAS:
      is_whole = read_array_document (listing, &document, read_via, &broken);
      break;
    case REFILLS_LISTING_BRANDS:
    case REFILLS_LISTING_SEARCH:
      is_whole = read_brands_document (listing, &document, &broken);
      break;
    case REFILLS_LISTING_HOMEPAGE:
      read_homepage_document (listing, &document);
      break;
    case REFILLS_LISTING_PRODUCTS:
    default:
      is_whole = read_array_document (listing, &document, read_product, &broken);
      break;
    }
  }

  if (!is_whole && kind == REFILLS_LISTING_HOMEPAGE) {
    g_message ("The homepage cannot be read: %s", broken->message);
  } else if (!is_whole) {
    g_propagate_error (error, g_steal_pointer (&broken));
    return NULL;
  }
  listing->copy = kind == REFILLS_LISTING_BRANDS ? write_brands (listing->items) : g_bytes_ref (bytes);

  return g_steal_pointer (&listing);
}

/* All that the worker gets: it must not be the one to drop the last reference to a session. */
typedef struct {
  RefillsListingKind kind;
  GBytes *bytes;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->bytes, g_bytes_unref);
  g_free (reading); /* end of life */
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Reading *reading = task_data;
  GError *error = NULL;
  RefillsCatalogueListing *listing = refills_catalogue_listing_read (reading->kind, reading->bytes, &error);

  if (listing != NULL)
    g_task_return_pointer (task, listing, (GDestroyNotify) refills_catalogue_listing_free);
  else
    g_task_return_error (task, error);
}

/**
 * refills_catalogue_listing_read_async:
 * @kind: what was asked for
 * @bytes: as for [func@catalogue_listing_read]
 * @cancellable: (nullable): lets go of the result
 * @callback: called once, with no source
 * @user_data: handed to @callback
 *
 * Reads a list in a worker thread.
 */
void
refills_catalogue_listing_read_async (RefillsListingKind   kind,
                                      GBytes              *bytes,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  reading->kind = kind;
  reading->bytes = g_bytes_ref (bytes);
  g_task_set_source_tag (task, refills_catalogue_listing_read_async);
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, read_thread);
}

/**
 * refills_catalogue_listing_read_finish:
 * @result: the result
 * @error: return location for a `REFILLS_ERROR_PROTOCOL` or `G_IO_ERROR_CANCELLED`
 *
 * Returns: (transfer full) (nullable): the list
 */
RefillsCatalogueListing *
refills_catalogue_listing_read_finish (GAsyncResult  *result,
                                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
