/* refills-catalogue.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsCatalogue:
 *
 * What can be bought in one country, and the ways to pay.
 *
 * Owns the two lists, their copies on disk and the requests that renew them: a copy is shown at once
 * and replaced when the service has answered; what is on screen is never taken away by a failure.
 * Knows nothing of orders.
 */
#include "refills-catalogue-private.h"

#include "refills-backoff.h"
#include "refills-error.h"
#include "refills-logo-request-private.h"

#define BRANDS_FORMAT "a" REFILLS_BRAND_VARIANT_FORMAT
#define PRICING_COIN "USDC"
#define VIAS_MAX_AGE_SECONDS (10 * 60)
/* More than a first screen shows; the rest of a list from disk follows with the first refresh. */
#define FIRST_BRANDS 24

#define RETRY_BASE_MS 2000
#define RETRY_LIMIT_MS 60000

struct _RefillsCatalogue {
  GObject              parent_instance;

  RefillsCatalogueApi *api;
  RefillsBlobCache    *cache;
  RefillsLogoLoader   *logos;
  char                *language;
  char                *country;
  RefillsCollection   *brands;
  GVariant            *rest; /* of the list from disk, from FIRST_BRANDS on */
  RefillsCollection   *vias;
  GCancellable        *brands_cancellable;
  GCancellable        *vias_cancellable;
  RefillsBackoff       backoff;
  guint                retry_source;
  gulong               network_handler;
};

G_DEFINE_FINAL_TYPE (RefillsCatalogue, refills_catalogue, G_TYPE_OBJECT)

enum { PROP_0, PROP_COUNTRY, PROP_BRANDS, PROP_VIAS, N_PROPS };

static GParamSpec *props[N_PROPS];

typedef struct {
  GWeakRef  catalogue;
  char     *country;
} BrandsCall;

/* Does not hold the list: letting go of it ends the request. */
typedef struct {
  GWeakRef  products;
  char     *brand_name;
} ProductCall;

/* The request under way for a list of products is a datum of the list. */
static G_DEFINE_QUARK (refills-catalogue-request, request)

static void
brands_call_free (BrandsCall *call)
{
  g_weak_ref_clear (&call->catalogue);
  g_clear_pointer (&call->country, g_free);
  g_free (call); /* a plain struct: nothing else frees it */
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BrandsCall, brands_call_free)

static void
product_call_free (ProductCall *call)
{
  g_weak_ref_clear (&call->products);
  g_clear_pointer (&call->brand_name, g_free);
  g_free (call); /* a plain struct: nothing else frees it */
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProductCall, product_call_free)

static char *
brands_key (const char *country)
{
  return g_strdup_printf ("brands:%s", country);
}

static gint64
now_seconds (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
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

static void
load_cached_brands (RefillsCatalogue *self)
{
  g_autofree char *key = brands_key (self->country);
  gint64 stored_at = 0;
  g_autoptr (GBytes) bytes = refills_blob_cache_load (self->cache, key, &stored_at);
  gsize n = 0;

  g_clear_pointer (&self->rest, g_variant_unref);
  if (bytes == NULL)
    return;

  self->rest = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (BRANDS_FORMAT), bytes, FALSE));
  n = g_variant_n_children (self->rest);
  refills_collection_take_items (self->brands, read_brands (self->rest, 0, MIN (n, FIRST_BRANDS)),
                                 stored_at, 0);
}

static void
load_rest_of_cached_brands (RefillsCatalogue *self)
{
  g_autoptr (GVariant) variant = g_steal_pointer (&self->rest);
  g_autoptr (GPtrArray) brands = NULL;

  if (variant == NULL || g_variant_n_children (variant) <= FIRST_BRANDS)
    return;

  brands = read_brands (variant, FIRST_BRANDS, g_variant_n_children (variant));
  refills_collection_append_items (self->brands, brands);
}

static void
store_brands (RefillsCatalogue *self,
              const char       *country,
              GPtrArray        *brands)
{
  g_autofree char *key = brands_key (country);
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (BRANDS_FORMAT));
  for (guint i = 0; i < brands->len; i++)
    g_variant_builder_add_value (&builder, refills_brand_to_variant (brands->pdata[i]));
  variant = g_variant_ref_sink (g_variant_builder_end (&builder));
  bytes = g_variant_get_data_as_bytes (variant);
  refills_blob_cache_store (self->cache, key, bytes);
}

static gboolean
same_brands (RefillsCollection *shown,
             GPtrArray         *brands)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (shown));

  if (n != brands->len)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    g_autoptr (RefillsBrand) brand = g_list_model_get_item (G_LIST_MODEL (shown), i);

    if (!refills_brand_equal (brand, brands->pdata[i]))
      return FALSE;
  }

  return TRUE;
}

static gboolean
retry_cb (gpointer user_data)
{
  RefillsCatalogue *self = user_data;

  self->retry_source = 0;
  refills_catalogue_refresh (self);

  return G_SOURCE_REMOVE;
}

static void
brands_ready_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (BrandsCall) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsCatalogueListing) brands =
    refills_catalogue_api_list_finish (REFILLS_CATALOGUE_API (source), result, &error);
  g_autoptr (RefillsCatalogue) self = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = g_weak_ref_get (&call->catalogue);
  if (self == NULL)
    return;

  if (brands == NULL) {
    g_message ("the brands could not be loaded: %s", error->message);
    refills_collection_fail (self->brands, error);
    if (refills_error_is_transient (error) && self->retry_source == 0)
      self->retry_source = g_timeout_add (refills_backoff_next (&self->backoff), retry_cb, self);
    return;
  }

  refills_backoff_reset (&self->backoff);
  if (same_brands (self->brands, brands->items)) {
    refills_collection_confirm (self->brands, now_seconds (), brands->n_skipped);
    return;
  }
  store_brands (self, call->country, brands->items);
  refills_collection_take_items (self->brands, g_steal_pointer (&brands->items), now_seconds (), brands->n_skipped);
}

static void
vias_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (BrandsCall) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsCatalogueListing) vias =
    refills_catalogue_api_list_finish (REFILLS_CATALOGUE_API (source), result, &error);
  g_autoptr (RefillsCatalogue) self = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = g_weak_ref_get (&call->catalogue);
  if (self == NULL)
    return;

  if (vias == NULL) {
    g_message ("the ways to pay could not be loaded: %s", error->message);
    refills_collection_fail (self->vias, error);
    return;
  }
  refills_collection_take_items (self->vias, g_steal_pointer (&vias->items), now_seconds (), vias->n_skipped);
}

static void
end_request (gpointer data)
{
  g_autoptr (GCancellable) cancellable = data;

  g_cancellable_cancel (cancellable);
}

static void
products_ready_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (ProductCall) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsCatalogueListing) all =
    refills_catalogue_api_list_finish (REFILLS_CATALOGUE_API (source), result, &error);
  g_autoptr (RefillsCollection) list = NULL;
  g_autoptr (GPtrArray) products = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  list = g_weak_ref_get (&call->products);
  if (list == NULL)
    return;

  if (all == NULL) {
    g_message ("the products could not be loaded: %s", error->message);
    refills_collection_fail (list, error);
    return;
  }

  /* A family can hold several brands; the page is that of one. */
  products = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < all->items->len; i++)
    if (g_strcmp0 (refills_product_get_brand_name (all->items->pdata[i]), call->brand_name) == 0)
      g_ptr_array_add (products, g_object_ref (all->items->pdata[i]));
  refills_collection_take_items (list, g_steal_pointer (&products), now_seconds (), all->n_skipped);
}

static void
network_changed_cb (RefillsCatalogue *self,
                    gboolean          available)
{
  RefillsCollectionState state = refills_collection_get_state (self->brands);

  /* A hint only: there may be a way out again, so it is worth a try now. */
  if (available && (state == REFILLS_COLLECTION_FAILED || state == REFILLS_COLLECTION_STALE))
    refills_catalogue_refresh (self);
}

static void
refills_catalogue_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  RefillsCatalogue *self = REFILLS_CATALOGUE (object);

  switch (property_id) {
  case PROP_COUNTRY:
    g_value_set_string (value, self->country);
    break;
  case PROP_BRANDS:
    g_value_set_object (value, self->brands);
    break;
  case PROP_VIAS:
    g_value_set_object (value, self->vias);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_catalogue_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (property_id) {
  case PROP_COUNTRY:
    refills_catalogue_set_country (REFILLS_CATALOGUE (object), g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_catalogue_dispose (GObject *object)
{
  refills_catalogue_close (REFILLS_CATALOGUE (object));

  G_OBJECT_CLASS (refills_catalogue_parent_class)->dispose (object);
}

static void
refills_catalogue_finalize (GObject *object)
{
  RefillsCatalogue *self = REFILLS_CATALOGUE (object);

  g_clear_object (&self->api);
  g_clear_object (&self->cache);
  g_clear_pointer (&self->logos, refills_logo_loader_unref);
  g_clear_object (&self->brands);
  g_clear_object (&self->vias);
  g_clear_object (&self->brands_cancellable);
  g_clear_object (&self->vias_cancellable);
  g_clear_pointer (&self->rest, g_variant_unref);
  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->country, g_free);

  G_OBJECT_CLASS (refills_catalogue_parent_class)->finalize (object);
}

static void
refills_catalogue_class_init (RefillsCatalogueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = refills_catalogue_get_property;
  object_class->set_property = refills_catalogue_set_property;
  object_class->dispose = refills_catalogue_dispose;
  object_class->finalize = refills_catalogue_finalize;

  props[PROP_COUNTRY] =
    g_param_spec_string ("country", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_BRANDS] =
    g_param_spec_object ("brands", NULL, NULL, REFILLS_TYPE_COLLECTION,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_VIAS] =
    g_param_spec_object ("vias", NULL, NULL, REFILLS_TYPE_COLLECTION,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_catalogue_init (RefillsCatalogue *self)
{
  self->brands = refills_collection_new (REFILLS_TYPE_BRAND);
  self->vias = refills_collection_new (REFILLS_TYPE_PAYMENT_VIA);
  refills_backoff_init (&self->backoff, RETRY_BASE_MS, RETRY_LIMIT_MS, NULL, NULL);
}

/**
 * refills_catalogue_new:
 * @api: the catalogue's calls
 * @cache: where lists and logos are kept
 * @language: the language of descriptions, as the API takes it
 *
 * Returns: (transfer full): a catalogue of no country yet
 */
RefillsCatalogue *
refills_catalogue_new (RefillsCatalogueApi *api,
                       RefillsBlobCache    *cache,
                       const char          *language)
{
  RefillsCatalogue *self = g_object_new (REFILLS_TYPE_CATALOGUE, NULL);

  self->api = g_object_ref (api);
  self->cache = g_object_ref (cache);
  self->language = g_strdup (language);
  self->logos = refills_logo_loader_new (api, cache);

  return self;
}

/**
 * refills_catalogue_close:
 * @self: a catalogue
 *
 * Ends what is under way. Nothing is asked afterwards.
 */
void
refills_catalogue_close (RefillsCatalogue *self)
{
  g_return_if_fail (REFILLS_IS_CATALOGUE (self));

  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_clear_signal_handler (&self->network_handler, g_network_monitor_get_default ());
  g_cancellable_cancel (self->brands_cancellable);
  g_cancellable_cancel (self->vias_cancellable);
}

/**
 * refills_catalogue_get_country:
 * @self: a catalogue
 *
 * Returns: (nullable): the ISO 3166-1 code of the country whose list is shown
 */
const char *
refills_catalogue_get_country (RefillsCatalogue *self)
{
  g_return_val_if_fail (REFILLS_IS_CATALOGUE (self), NULL);

  return self->country;
}

/**
 * refills_catalogue_set_country:
 * @self: a catalogue
 * @country: an ISO 3166-1 code, as the API lists it
 *
 * Goes to another country: the beginning of its list from disk at once, where there is one. The rest of
 * that comes with [method@Catalogue.refresh], which also asks the service.
 */
void
refills_catalogue_set_country (RefillsCatalogue *self,
                               const char       *country)
{
  g_return_if_fail (REFILLS_IS_CATALOGUE (self));
  g_return_if_fail (country != NULL);

  if (g_strcmp0 (self->country, country) == 0)
    return;

  g_cancellable_cancel (self->brands_cancellable);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_clear_pointer (&self->country, g_free);
  self->country = g_strdup (country);
  refills_collection_clear (self->brands);
  load_cached_brands (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COUNTRY]);
}

/**
 * refills_catalogue_get_brands:
 * @self: a catalogue
 *
 * Returns: (transfer none): the country's brands, of [class@Brand]
 */
RefillsCollection *
refills_catalogue_get_brands (RefillsCatalogue *self)
{
  g_return_val_if_fail (REFILLS_IS_CATALOGUE (self), NULL);

  return self->brands;
}

/**
 * refills_catalogue_get_vias:
 * @self: a catalogue
 *
 * Returns: (transfer none): the ways to pay, of [class@PaymentVia]
 */
RefillsCollection *
refills_catalogue_get_vias (RefillsCatalogue *self)
{
  g_return_val_if_fail (REFILLS_IS_CATALOGUE (self), NULL);

  return self->vias;
}

/**
 * refills_catalogue_refresh:
 * @self: a catalogue with a country
 *
 * Asks the service for the brands. A refresh that is under way is replaced. Where the service cannot be
 * reached it is tried again by itself, after 2 s and then ever longer up to a minute.
 */
void
refills_catalogue_refresh (RefillsCatalogue *self)
{
  BrandsCall *call = NULL;

  g_return_if_fail (REFILLS_IS_CATALOGUE (self));
  g_return_if_fail (self->country != NULL);

  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_cancellable_cancel (self->brands_cancellable);
  g_clear_object (&self->brands_cancellable);
  self->brands_cancellable = g_cancellable_new ();
  if (self->network_handler == 0)
    self->network_handler = g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                                                     G_CALLBACK (network_changed_cb), self,
                                                     G_CONNECT_SWAPPED);

  load_rest_of_cached_brands (self);
  call = g_new0 (BrandsCall, 1);
  g_weak_ref_init (&call->catalogue, self);
  call->country = g_strdup (self->country);
  refills_collection_begin_loading (self->brands);
  refills_catalogue_api_list_brands_async (self->api, self->country, self->brands_cancellable,
                                           brands_ready_cb, call);
}

/**
 * refills_catalogue_refresh_vias:
 * @self: a catalogue with a country
 *
 * Asks for the ways to pay, unless those known are younger than ten minutes or being asked for.
 */
void
refills_catalogue_refresh_vias (RefillsCatalogue *self)
{
  BrandsCall *call = NULL;

  g_return_if_fail (REFILLS_IS_CATALOGUE (self));

  if (refills_collection_is_loading (self->vias) ||
      (refills_collection_get_state (self->vias) == REFILLS_COLLECTION_READY &&
       now_seconds () - refills_collection_get_loaded_at (self->vias) < VIAS_MAX_AGE_SECONDS))
    return;

  g_clear_object (&self->vias_cancellable);
  self->vias_cancellable = g_cancellable_new ();
  call = g_new0 (BrandsCall, 1);
  g_weak_ref_init (&call->catalogue, self);
  refills_collection_begin_loading (self->vias);
  refills_catalogue_api_list_vias_async (self->api, self->country, self->vias_cancellable,
                                         vias_ready_cb, call);
}

/**
 * refills_catalogue_load_product:
 * @self: a catalogue
 * @brand: a brand
 *
 * Asks what can be bought of a brand. Letting go of the list ends the question.
 *
 * Returns: (transfer full): a list that fills later, of [class@Product]: one, as a rule
 */
RefillsCollection *
refills_catalogue_load_product (RefillsCatalogue *self,
                                RefillsBrand     *brand)
{
  RefillsCollection *products = refills_collection_new (REFILLS_TYPE_PRODUCT);

  refills_catalogue_reload_product (self, brand, products);

  return products;
}

/**
 * refills_catalogue_reload_product:
 * @self: a catalogue
 * @brand: the brand that @products is of
 * @products: a list made by [method@Catalogue.load_product]
 *
 * Asks again. A question that is under way is replaced.
 */
void
refills_catalogue_reload_product (RefillsCatalogue  *self,
                                  RefillsBrand      *brand,
                                  RefillsCollection *products)
{
  GCancellable *cancellable = NULL;
  ProductCall *call = NULL;

  g_return_if_fail (REFILLS_IS_CATALOGUE (self));
  g_return_if_fail (REFILLS_IS_BRAND (brand));
  g_return_if_fail (REFILLS_IS_COLLECTION (products));

  call = g_new0 (ProductCall, 1);
  g_weak_ref_init (&call->products, products);
  call->brand_name = g_strdup (refills_brand_get_name (brand));
  cancellable = g_cancellable_new ();
  g_object_set_qdata_full (G_OBJECT (products), request_quark (), cancellable, end_request);
  refills_collection_begin_loading (products);
  refills_catalogue_api_list_products_async (self->api, brand, PRICING_COIN, self->language, cancellable,
                                             products_ready_cb, call);
}

/**
 * refills_catalogue_request_logo:
 * @self: a catalogue
 * @brand: whose logo
 * @large: whether the large form is wanted, for a big picture or a screen of scale 2
 *
 * Returns: (transfer full): a request whose picture comes later; letting go of it ends it
 */
RefillsLogoRequest *
refills_catalogue_request_logo (RefillsCatalogue *self,
                                RefillsBrand     *brand,
                                gboolean          large)
{
  g_return_val_if_fail (REFILLS_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (REFILLS_IS_BRAND (brand), NULL);

  return refills_logo_request_new (self->logos, brand, large);
}
