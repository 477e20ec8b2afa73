/* refills-catalogue-api.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsCatalogueApi:
 *
 * What can be bought, and how it can be paid.
 *
 * Turns questions into requests and answers into model objects; lists are read in a worker thread.
 * Owns nothing but the way to the server, keeps no answer. A broken item is skipped and counted, a
 * broken envelope is an error. Main thread only.
 */

#include "refills-catalogue-api.h"

#include <string.h>

#include "refills-error.h"

struct _RefillsCatalogueApi {
  GObject parent_instance;

  RefillsHttp *http;
};

G_DEFINE_FINAL_TYPE (RefillsCatalogueApi, refills_catalogue_api, G_TYPE_OBJECT)

/* What a list becomes; filled by the worker, taken by the main thread. */
typedef struct {
  GPtrArray *items;
  guint n_skipped;
} Listing;

typedef void (*ReadItemFunc) (Listing                *listing,
                              GHashTable             *seen,
                              const RefillsJsonPlace *place);

typedef struct {
  GBytes *bytes;
  GTaskThreadFunc read;
} ListRequest;

static void
listing_free (gpointer data)
{
  Listing *listing = data;

  g_clear_pointer (&listing->items, g_ptr_array_unref);
  g_free (listing); /* end of life */
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Listing, listing_free)

static Listing *
listing_new (void)
{
  Listing *listing = g_new0 (Listing, 1);

  listing->items = g_ptr_array_new_with_free_func (g_object_unref);

  return listing;
}

static void
list_request_free (gpointer data)
{
  ListRequest *request = data;

  g_clear_pointer (&request->bytes, g_bytes_unref);
  g_free (request); /* end of life */
}

static void
skip (Listing                *listing,
      const RefillsJsonPlace *place,
      const GError           *error)
{
  /* One line is enough to know; a list may hold thousands of the same. */
  if (listing->n_skipped++ == 0)
    g_message ("An item was left out: %s", error->message);
}

static void
read_via (Listing                *listing,
          GHashTable             *seen,
          const RefillsJsonPlace *place)
{
  g_autoptr (GError) error = NULL;
  RefillsPaymentVia *via = refills_payment_via_new_from_json (place, &error);

  if (via != NULL)
    g_ptr_array_add (listing->items, via);
  else
    skip (listing, place, error);
}

static void
read_product (Listing                *listing,
              GHashTable             *seen,
              const RefillsJsonPlace *place)
{
  g_autoptr (GError) error = NULL;
  RefillsProduct *product = refills_product_new_from_json (place, &error);

  if (product != NULL)
    g_ptr_array_add (listing->items, product);
  else
    skip (listing, place, error);
}

static void
read_brand (Listing                *listing,
            GHashTable             *seen,
            const RefillsJsonPlace *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsBrand) brand = refills_brand_new_from_json (place, &error);

  if (brand == NULL) {
    skip (listing, place, error);
    return;
  }
  /* The same brand lies in several categories. */
  if (g_hash_table_contains (seen, refills_brand_get_id (brand)))
    return;
  g_hash_table_add (seen, (gpointer) refills_brand_get_id (brand));
  g_ptr_array_add (listing->items, g_steal_pointer (&brand));
}

static void
read_items (Listing                *listing,
            GHashTable             *seen,
            const RefillsJsonPlace *array,
            ReadItemFunc            read)
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
static void
read_array_document (GTask        *task,
                     ReadItemFunc  read)
{
  ListRequest *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = refills_json_parse (request->bytes, REFILLS_HTTP_MAX_JSON_BYTES, &error);
  g_autoptr (Listing) listing = listing_new ();
  RefillsJsonPlace place;

  if (root == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  refills_json_place_init (&place, root);
  if (!refills_json_place_expect (&place, REFILLS_JSON_ARRAY, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  read_items (listing, NULL, &place, read);
  g_task_return_pointer (task, g_steal_pointer (&listing), listing_free);
}

static void
read_vias_thread (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  read_array_document (task, read_via);
}

static void
read_products_thread (GTask        *task,
                      gpointer      source,
                      gpointer      task_data,
                      GCancellable *cancellable)
{
  read_array_document (task, read_product);
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
read_categories (Listing                *listing,
                 GHashTable             *seen,
                 const RefillsJsonPlace *categories)
{
  guint length = refills_json_get_length (categories);

  for (guint i = 0; i < length; i++) {
    RefillsJsonPlace category, brands;

    refills_json_get_element (categories, i, &category);
    if (find_array (&category, "brands", &brands))
      read_items (listing, seen, &brands, read_brand);
  }
}

/* What is sold by the service, but not by us, is nobody's loss: left out, not counted as broken. */
static void
leave_out_what_is_not_sold (Listing *listing)
{
  guint n_sold = 0, n_left_out = 0;

  for (guint i = 0; i < listing->items->len; i++) {
    RefillsBrand *brand = g_ptr_array_index (listing->items, i);

    if (refills_brand_is_sold_here (brand)) {
      listing->items->pdata[n_sold++] = brand;
    } else {
      n_left_out++;
      g_object_unref (brand); /* its place in the array is taken over */
    }
  }
  for (guint i = n_sold; i < listing->items->len; i++)
    listing->items->pdata[i] = NULL;
  g_ptr_array_set_free_func (listing->items, NULL);
  g_ptr_array_set_size (listing->items, n_sold);
  g_ptr_array_set_free_func (listing->items, g_object_unref);

  if (n_left_out > 0)
    g_message ("%u brands are of kinds that are not sold here", n_left_out);
}

/* API reference, section 3: `all_brands`, or where that is missing the brands of the categories. */
static void
read_brands_thread (GTask        *task,
                    gpointer      source,
                    gpointer      task_data,
                    GCancellable *cancellable)
{
  ListRequest *request = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = refills_json_parse (request->bytes, REFILLS_HTTP_MAX_JSON_BYTES, &error);
  g_autoptr (Listing) listing = listing_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  RefillsJsonPlace place, brands, categories;
  gboolean has_brands, has_categories;

  if (root == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  refills_json_place_init (&place, root);
  if (!refills_json_place_expect (&place, REFILLS_JSON_OBJECT, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  has_brands = find_array (&place, "all_brands", &brands);
  has_categories = find_array (&place, "categories", &categories);
  if (!has_brands && !has_categories) {
    g_task_return_new_error (task, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL,
                             "neither all_brands nor categories");
    return;
  }
  if (has_brands)
    read_items (listing, seen, &brands, read_brand);
  if (has_categories && (!has_brands || refills_json_get_length (&brands) == 0))
    read_categories (listing, seen, &categories);

  leave_out_what_is_not_sold (listing);
  g_task_return_pointer (task, g_steal_pointer (&listing), listing_free);
}

static void
list_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  ListRequest *request = g_task_get_task_data (task);

  request->bytes = refills_http_send_finish (REFILLS_HTTP (source), result, &error);
  if (request->bytes == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  g_task_run_in_thread (task, request->read);
}

static void
list (RefillsCatalogueApi *self,
      const char          *path,
      const char          *query,
      const char          *country,
      GTaskThreadFunc      read,
      GTask               *task)
{
  ListRequest *request = g_new0 (ListRequest, 1);

  request->read = read;
  g_task_set_task_data (task, request, list_request_free);
  refills_http_get_json_async (self->http, path, query, country, g_task_get_cancellable (task),
                               list_ready_cb, task);
}

static GPtrArray *
list_finish (RefillsCatalogueApi  *self,
             GAsyncResult         *result,
             guint                *n_skipped,
             GError              **error)
{
  g_autoptr (Listing) listing = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (n_skipped != NULL)
    *n_skipped = 0;
  listing = g_task_propagate_pointer (G_TASK (result), error);
  if (listing == NULL)
    return NULL;
  if (n_skipped != NULL)
    *n_skipped = listing->n_skipped;

  return g_steal_pointer (&listing->items);
}

static void
append_query (GString    *query,
              const char *name,
              const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  if (query->len > 0)
    g_string_append_c (query, '&');
  g_string_append (query, name);
  g_string_append_c (query, '=');
  g_string_append_uri_escaped (query, value, NULL, FALSE);
}

static void
price_ready_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = refills_http_send_finish (REFILLS_HTTP (source), result, &error);
  g_autoptr (JsonNode) root = NULL;
  RefillsJsonPlace place;
  RefillsQuote *quote = NULL;

  if (bytes != NULL)
    root = refills_json_parse (bytes, REFILLS_HTTP_MAX_JSON_BYTES, &error);
  if (root != NULL) {
    refills_json_place_init (&place, root);
    quote = refills_quote_new_from_price_json (&place, &error);
  }

  if (quote != NULL)
    g_task_return_pointer (task, quote, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
picture_ready_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GBytes *bytes = refills_http_send_finish (REFILLS_HTTP (source), result, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
refills_catalogue_api_dispose (GObject *object)
{
  RefillsCatalogueApi *self = REFILLS_CATALOGUE_API (object);

  g_clear_object (&self->http);

  G_OBJECT_CLASS (refills_catalogue_api_parent_class)->dispose (object);
}

static void
refills_catalogue_api_class_init (RefillsCatalogueApiClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = refills_catalogue_api_dispose;
}

static void
refills_catalogue_api_init (RefillsCatalogueApi *self)
{
}

/**
 * refills_catalogue_api_new:
 * @http: the way to the server
 *
 * Makes the catalogue's part of the API.
 *
 * Returns: (transfer full): the part
 */
RefillsCatalogueApi *
refills_catalogue_api_new (RefillsHttp *http)
{
  RefillsCatalogueApi *self = NULL;

  g_return_val_if_fail (REFILLS_IS_HTTP (http), NULL);

  self = g_object_new (REFILLS_TYPE_CATALOGUE_API, NULL);
  self->http = g_object_ref (http);

  return self;
}

/**
 * refills_catalogue_api_list_vias_async:
 * @self: the catalogue
 * @country: (nullable): ISO 3166 alpha-2
 * @cancellable: (nullable): ends the request
 * @callback: called once
 * @user_data: handed to @callback
 *
 * Asks for the ways to pay (API reference, section 2).
 */
void
refills_catalogue_api_list_vias_async (RefillsCatalogueApi *self,
                                       const char          *country,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (REFILLS_IS_CATALOGUE_API (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, refills_catalogue_api_list_vias_async);
  list (self, "/v3/payment_vias", NULL, country, read_vias_thread, task);
}

/**
 * refills_catalogue_api_list_vias_finish:
 * @self: the catalogue
 * @result: the result
 * @n_skipped: (out) (optional): how many items could not be read
 * @error: return location for a `REFILLS_ERROR` or `G_IO_ERROR_CANCELLED`
 *
 * Takes the ways to pay, in the order of the service.
 *
 * Returns: (transfer full) (nullable) (element-type RefillsPaymentVia): the ways
 */
GPtrArray *
refills_catalogue_api_list_vias_finish (RefillsCatalogueApi  *self,
                                        GAsyncResult         *result,
                                        guint                *n_skipped,
                                        GError              **error)
{
  return list_finish (self, result, n_skipped, error);
}

/**
 * refills_catalogue_api_list_brands_async:
 * @self: the catalogue
 * @country: ISO 3166 alpha-2
 * @cancellable: (nullable): ends the request
 * @callback: called once
 * @user_data: handed to @callback
 *
 * Asks for the brands of a country (API reference, section 3).
 */
void
refills_catalogue_api_list_brands_async (RefillsCatalogueApi *self,
                                         const char          *country,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data)
{
  g_autoptr (GString) query = NULL;
  GTask *task;

  g_return_if_fail (REFILLS_IS_CATALOGUE_API (self));
  g_return_if_fail (country != NULL);

  query = g_string_new (NULL);
  append_query (query, "country_code", country);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, refills_catalogue_api_list_brands_async);
  list (self, "/v2/brands", query->str, country, read_brands_thread, task);
}

/**
 * refills_catalogue_api_list_brands_finish:
 * @self: the catalogue
 * @result: the result
 * @n_skipped: (out) (optional): how many items could not be read
 * @error: return location for a `REFILLS_ERROR` or `G_IO_ERROR_CANCELLED`
 *
 * Takes the brands that are sold here, each once, in the order of the service; at most 20,000.
 *
 * Returns: (transfer full) (nullable) (element-type RefillsBrand): the brands
 */
GPtrArray *
refills_catalogue_api_list_brands_finish (RefillsCatalogueApi  *self,
                                          GAsyncResult         *result,
                                          guint                *n_skipped,
                                          GError              **error)
{
  return list_finish (self, result, n_skipped, error);
}

/**
 * refills_catalogue_api_list_products_async:
 * @self: the catalogue
 * @brand: whose products
 * @coin: (nullable): in which the prices are wanted
 * @language: (nullable): a locale or language
 * @cancellable: (nullable): ends the request
 * @callback: called once
 * @user_data: handed to @callback
 *
 * Asks for the products of the brand's family (API reference, section 6).
 */
void
refills_catalogue_api_list_products_async (RefillsCatalogueApi *self,
                                           RefillsBrand        *brand,
                                           const char          *coin,
                                           const char          *language,
                                           GCancellable        *cancellable,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data)
{
  g_autoptr (GString) path = NULL;
  g_autoptr (GString) query = NULL;
  const char *country;
  GTask *task;

  g_return_if_fail (REFILLS_IS_CATALOGUE_API (self));
  g_return_if_fail (REFILLS_IS_BRAND (brand));

  country = refills_brand_get_country (brand);
  path = g_string_new ("/v5/products/country/");
  g_string_append_uri_escaped (path, country, NULL, FALSE);
  query = g_string_new (NULL);
  append_query (query, "family_name", refills_brand_get_family (brand));
  append_query (query, "coin", coin);
  append_query (query, "lang", refills_api_language (language));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, refills_catalogue_api_list_products_async);
  list (self, path->str, query->str, country, read_products_thread, task);
}

/**
 * refills_catalogue_api_list_products_finish:
 * @self: the catalogue
 * @result: the result
 * @n_skipped: (out) (optional): how many brands of the family could not be read
 * @error: return location for a `REFILLS_ERROR` or `G_IO_ERROR_CANCELLED`
 *
 * Takes the family's products, one item for each of its brands; none where the family is not known.
 *
 * Returns: (transfer full) (nullable) (element-type RefillsProduct): the products
 */
GPtrArray *
refills_catalogue_api_list_products_finish (RefillsCatalogueApi  *self,
                                            GAsyncResult         *result,
                                            guint                *n_skipped,
                                            GError              **error)
{
  return list_finish (self, result, n_skipped, error);
}

/**
 * refills_catalogue_api_get_price_async:
 * @self: the catalogue
 * @brand_name: the brand, as the service wrote it
 * @country: ISO 3166 alpha-2
 * @face_value: a value within the range of the product
 * @coin: in which the price is wanted
 * @cancellable: (nullable): ends the request
 * @callback: called once
 * @user_data: handed to @callback
 *
 * Asks what a value of a range product would cost (API reference, section 7). Not binding.
 */
void
refills_catalogue_api_get_price_async (RefillsCatalogueApi  *self,
                                       const char           *brand_name,
                                       const char           *country,
                                       const RefillsDecimal *face_value,
                                       const char           *coin,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data)
{
  g_autoptr (GString) query = NULL;
  g_autofree char *value = NULL;
  GTask *task;

  g_return_if_fail (REFILLS_IS_CATALOGUE_API (self));
  g_return_if_fail (brand_name != NULL);
  g_return_if_fail (country != NULL);
  g_return_if_fail (face_value != NULL);
  g_return_if_fail (coin != NULL);

  value = refills_decimal_to_text (face_value);
  query = g_string_new (NULL);
  append_query (query, "brand_name", brand_name);
  append_query (query, "country_code", country);
  append_query (query, "face_value", value);
  append_query (query, "coin", coin);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, refills_catalogue_api_get_price_async);
  refills_http_get_json_async (self->http, "/v4/products/price", query->str, country, cancellable,
                               price_ready_cb, task);
}

/**
 * refills_catalogue_api_get_price_finish:
 * @self: the catalogue
 * @result: the result
 * @error: return location for a `REFILLS_ERROR` or `G_IO_ERROR_CANCELLED`
 *
 * Takes the price.
 *
 * Returns: (transfer full) (nullable): the price
 */
RefillsQuote *
refills_catalogue_api_get_price_finish (RefillsCatalogueApi  *self,
                                        GAsyncResult         *result,
                                        GError              **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * refills_catalogue_api_get_picture_async:
 * @self: the catalogue
 * @uri: where the picture lies; another host than that of the logos is refused without a request
 * @cancellable: (nullable): ends the request
 * @callback: called once
 * @user_data: handed to @callback
 *
 * Asks for a logo of at most 2 MiB.
 */
void
refills_catalogue_api_get_picture_async (RefillsCatalogueApi *self,
                                         const char          *uri,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (REFILLS_IS_CATALOGUE_API (self));
  g_return_if_fail (uri != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, refills_catalogue_api_get_picture_async);
  refills_http_get_picture_async (self->http, uri, cancellable, picture_ready_cb, task);
}

/**
 * refills_catalogue_api_get_picture_finish:
 * @self: the catalogue
 * @result: the result
 * @error: return location for a `REFILLS_ERROR` or `G_IO_ERROR_CANCELLED`
 *
 * Takes the picture, still encoded and unchecked.
 *
 * Returns: (transfer full) (nullable): its bytes
 */
GBytes *
refills_catalogue_api_get_picture_finish (RefillsCatalogueApi  *self,
                                          GAsyncResult         *result,
                                          GError              **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * refills_api_language:
 * @locale: (nullable): a locale or language, like "de_AT.UTF-8"
 *
 * Finds the language that the service is asked in (API reference, section 1.2).
 *
 * Returns: two letters; "en" where the service does not know the language
 */
const char *
refills_api_language (const char *locale)
{
  static const char * const known[] = { "en", "es", "fr", "de", "it", "pt", "zh", "tr", "vi", "tl" };

  for (guint i = 0; locale != NULL && i < G_N_ELEMENTS (known); i++) {
    if (g_ascii_strncasecmp (locale, known[i], 2) == 0 && !g_ascii_isalpha (locale[2]))
      return known[i];
  }

  return "en";
}
