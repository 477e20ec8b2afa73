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

#include "refills-catalogue-listing.h"

struct _RefillsCatalogueApi {
  GObject parent_instance;

  RefillsHttp *http;
};

G_DEFINE_FINAL_TYPE (RefillsCatalogueApi, refills_catalogue_api, G_TYPE_OBJECT)

typedef RefillsCatalogueListing *(*ReadListFunc) (GBytes  *bytes,
                                                   GError **error);

/* All that the worker gets: it must not be the one to drop the last reference to a session. */
typedef struct {
  GBytes *bytes;
  ReadListFunc read;
} ListAnswer;

static void
list_answer_free (gpointer data)
{
  ListAnswer *answer = data;

  g_bytes_unref (answer->bytes);
  g_free (answer); /* end of life */
}

static void
read_list_thread (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  ListAnswer *answer = task_data;
  g_autoptr (GError) error = NULL;
  RefillsCatalogueListing *listing = answer->read (answer->bytes, &error);

  if (listing != NULL)
    g_task_return_pointer (task, listing, (GDestroyNotify) refills_catalogue_listing_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
list_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  RefillsCatalogueListing *listing = g_task_propagate_pointer (G_TASK (result), &error);

  if (listing != NULL)
    g_task_return_pointer (task, listing, (GDestroyNotify) refills_catalogue_listing_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
list_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GTask) reading = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *bytes = refills_http_send_finish (REFILLS_HTTP (source), result, &error);
  ListAnswer *answer;

  if (bytes == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  answer = g_new0 (ListAnswer, 1);
  answer->bytes = bytes;
  answer->read = g_task_get_task_data (task);
  reading = g_task_new (NULL, g_task_get_cancellable (task), list_read_cb, g_object_ref (task));
  g_task_set_source_tag (reading, list_ready_cb);
  g_task_set_task_data (reading, answer, list_answer_free);
  g_task_run_in_thread (reading, read_list_thread);
}

static void
list (RefillsCatalogueApi *self,
      const char          *path,
      const char          *query,
      const char          *country,
      ReadListFunc         read,
      GTask               *task)
{
  g_task_set_task_data (task, read, NULL);
  refills_http_get_json_async (self->http, path, query, country, g_task_get_cancellable (task),
                               list_ready_cb, task);
}

static GPtrArray *
list_finish (RefillsCatalogueApi  *self,
             GAsyncResult         *result,
             guint                *n_skipped,
             GError              **error)
{
  g_autoptr (RefillsCatalogueListing) listing = NULL;

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
  g_autoptr (RefillsJson) root = NULL;
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
  list (self, "/v3/payment_vias", NULL, country, refills_catalogue_listing_read_vias, task);
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
  list (self, "/v2/brands", query->str, country, refills_catalogue_listing_read_brands, task);
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
  list (self, path->str, query->str, country, refills_catalogue_listing_read_products, task);
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
