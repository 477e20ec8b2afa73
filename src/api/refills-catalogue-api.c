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

/* Read on the main thread; a price is a few hundred bytes. */
#define PRICE_MAX_BYTES (64 * 1024)

struct _RefillsCatalogueApi {
  GObject parent_instance;

  RefillsHttp *http;
};

G_DEFINE_FINAL_TYPE (RefillsCatalogueApi, refills_catalogue_api, G_TYPE_OBJECT)

/* One list, as it is asked for. */
typedef struct {
  RefillsListingKind kind;
  char *path;
  char *country;
  char *second_query;               /* of products: to ask for English texts, once; NULL: not any more */
  RefillsCatalogueListing *first;   /* what stands where the second question fails */
} ListCall;

static void
list_call_free (gpointer data)
{
  ListCall *call = data;

  g_clear_pointer (&call->path, g_free);
  g_clear_pointer (&call->country, g_free);
  g_clear_pointer (&call->second_query, g_free);
  g_clear_pointer (&call->first, refills_catalogue_listing_free);
  g_free (call); /* end of life */
}

static void ask (RefillsHttp *http,
                 GTask       *task,
                 const char  *query);

/* An unsupported `lang` is answered without texts, not in English (API reference, section 17, C19). */
static gboolean
has_no_texts (RefillsCatalogueListing *listing)
{
  for (guint i = 0; i < listing->items->len; i++) {
    RefillsProduct *product = listing->items->pdata[i];

    if (refills_product_get_description (product) != NULL || refills_product_get_how_to_redeem (product) != NULL)
      return FALSE;
  }

  return listing->items->len > 0;
}

static void
return_listing (GTask                   *task,
                RefillsCatalogueListing *listing)
{
  g_task_return_pointer (task, listing, (GDestroyNotify) refills_catalogue_listing_free);
}

static void
list_failed (GTask  *task,
             GError *error)
{
  ListCall *call = g_task_get_task_data (task);

  if (call->first != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_error_free (error); /* the list is there, without its texts */
    return_listing (task, g_steal_pointer (&call->first));
  } else {
    g_task_return_error (task, error);
  }
}

static void
list_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ListCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  RefillsCatalogueListing *listing = refills_catalogue_listing_read_finish (result, &error);

  if (listing == NULL) {
    list_failed (task, error);
  } else if (call->second_query != NULL && has_no_texts (listing)) {
    RefillsCatalogueApi *self = g_task_get_source_object (task);
    g_autofree char *query = g_steal_pointer (&call->second_query);

    call->first = listing;
    ask (self->http, g_steal_pointer (&task), query);
  } else if (call->first != NULL && has_no_texts (listing)) {
    refills_catalogue_listing_free (listing);
    return_listing (task, g_steal_pointer (&call->first));
  } else {
    return_listing (task, listing);
  }
}

static void
list_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ListCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) bytes = refills_http_send_finish (REFILLS_HTTP (source), result, &error);

  if (bytes == NULL) {
    list_failed (task, error);
    return;
  }
  refills_catalogue_listing_read_async (call->kind, bytes, g_task_get_cancellable (task), list_read_cb,
                                        g_object_ref (task));
}

/* Takes the task. */
static void
ask (RefillsHttp *http,
     GTask       *task,
     const char  *query)
{
  ListCall *call = g_task_get_task_data (task);

  refills_http_get_json_async (http, call->path, query, call->country, g_task_get_cancellable (task), list_ready_cb,
                               task);
}

/* Takes the path. */
static GTask *
new_list_task (RefillsCatalogueApi *self,
               RefillsListingKind   kind,
               char                *path,
               const char          *country,
               GCancellable        *cancellable,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  ListCall *call = g_new0 (ListCall, 1);

  call->kind = kind;
  call->path = path;
  call->country = g_strdup (country);
  g_task_set_source_tag (task, new_list_task);
  g_task_set_task_data (task, call, list_call_free);

  return task;
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

static char *
make_path (const char *beginning,
           const char *country)
{
  GString *path = g_string_new (beginning);

  g_string_append_uri_escaped (path, country, NULL, FALSE);

  return g_string_free (path, FALSE);
}

static char *
make_products_query (RefillsBrand *brand,
                     const char   *coin,
                     const char   *language)
{
  GString *query = g_string_new (NULL);

  append_query (query, "family_name", refills_brand_get_family (brand));
  append_query (query, "coin", coin);
  append_query (query, "lang", language);

  return g_string_free (query, FALSE);
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
    root = refills_json_parse (bytes, PRICE_MAX_BYTES, &error);
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
 * Asks for the ways to pay, of `RefillsPaymentVia`, in the order of the service (API reference, section 2).
 */
void
refills_catalogue_api_list_vias_async (RefillsCatalogueApi *self,
                                       const char          *country,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  g_return_if_fail (REFILLS_IS_CATALOGUE_API (self));

  ask (self->http, new_list_task (self, REFILLS_LISTING_VIAS, g_strdup ("/v3/payment_vias"), country, cancellable,
                                  callback, user_data), NULL);
}

/**
 * refills_catalogue_api_list_brands_async:
 * @self: the catalogue
 * @country: ISO 3166 alpha-2
 * @cancellable: (nullable): ends the request
 * @callback: called once
 * @user_data: handed to @callback
 *
 * Asks for the brands of a country, of `RefillsBrand`, each once, in the order of the service (API reference,
 * section 3).
 */
void
refills_catalogue_api_list_brands_async (RefillsCatalogueApi *self,
                                         const char          *country,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data)
{
  g_autoptr (GString) query = NULL;

  g_return_if_fail (REFILLS_IS_CATALOGUE_API (self));
  g_return_if_fail (country != NULL);

  query = g_string_new (NULL);
  append_query (query, "country_code", country);
  ask (self->http, new_list_task (self, REFILLS_LISTING_BRANDS, g_strdup ("/v2/brands"), country, cancellable,
                                  callback, user_data), query->str);
}

/**
 * refills_catalogue_api_get_homepage_async:
 * @self: the catalogue
 * @country: ISO 3166 alpha-2
 * @cancellable: (nullable): ends the request
 * @callback: called once
 * @user_data: handed to @callback
 *
 * Asks for what the service puts forward in a country, of `RefillsFeedSection` (API reference, section 4). An
 * answer that cannot be read has no sections.
 */
void
refills_catalogue_api_get_homepage_async (RefillsCatalogueApi *self,
                                          const char          *country,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data)
{
  g_autoptr (GString) query = NULL;

  g_return_if_fail (REFILLS_IS_CATALOGUE_API (self));
  g_return_if_fail (country != NULL);

  query = g_string_new (NULL);
  append_query (query, "country_code", country);
  ask (self->http, new_list_task (self, REFILLS_LISTING_HOMEPAGE, g_strdup ("/v2/homepage"), country, cancellable,
                                  callback, user_data), query->str);
}

/**
 * refills_catalogue_api_search_async:
 * @self: the catalogue
 * @country: ISO 3166 alpha-2
 * @text: what to look for, not empty
 * @language: (nullable): a locale or language
 * @cancellable: (nullable): ends the request
 * @callback: called once
 * @user_data: handed to @callback
 *
 * Asks for the brands that a text finds, of `RefillsBrand`, the best first (API reference, section 5).
 */
void
refills_catalogue_api_search_async (RefillsCatalogueApi *self,
                                    const char          *country,
                                    const char          *text,
                                    const char          *language,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr (GString) query = NULL;

  g_return_if_fail (REFILLS_IS_CATALOGUE_API (self));
  g_return_if_fail (country != NULL);
  g_return_if_fail (text != NULL && *text != '\0');

  query = g_string_new (NULL);
  append_query (query, "q", text);
  append_query (query, "lang", refills_api_language (language));
  ask (self->http, new_list_task (self, REFILLS_LISTING_SEARCH, make_path ("/v2/search/", country), country,
                                  cancellable, callback, user_data), query->str);
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
 * Asks for the products of the brand's family, of `RefillsProduct`, one for each of its brands; none where the
 * family is not known (API reference, section 6). Where there are no texts in @language it asks once more, in
 * English.
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
  g_autofree char *query = NULL;
  const char *country, *lang;
  ListCall *call;
  GTask *task;

  g_return_if_fail (REFILLS_IS_CATALOGUE_API (self));
  g_return_if_fail (REFILLS_IS_BRAND (brand));

  country = refills_brand_get_country (brand);
  lang = refills_api_language (language);
  query = make_products_query (brand, coin, lang);
  task = new_list_task (self, REFILLS_LISTING_PRODUCTS, make_path ("/v5/products/country/", country), country,
                        cancellable, callback, user_data);
  call = g_task_get_task_data (task);
  if (!g_str_equal (lang, REFILLS_API_FALLBACK_LANGUAGE))
    call->second_query = make_products_query (brand, coin, REFILLS_API_FALLBACK_LANGUAGE);
  ask (self->http, task, query);
}

/**
 * refills_catalogue_api_list_finish:
 * @self: the catalogue
 * @result: the result of any question for a list
 * @error: return location for a `REFILLS_ERROR` or `G_IO_ERROR_CANCELLED`
 *
 * Takes a list.
 *
 * Returns: (transfer full) (nullable): the list, at most 20,000 items, with what was left out counted
 */
RefillsCatalogueListing *
refills_catalogue_api_list_finish (RefillsCatalogueApi  *self,
                                   GAsyncResult         *result,
                                   GError              **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, new_list_task), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
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
