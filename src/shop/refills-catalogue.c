/* refills-catalogue.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsCatalogue:
 *
 * What can be bought in one country, what is put forward there, what a search finds, and the ways to pay.
 *
 * Owns these lists, their copies on disk and the requests that renew them: a copy is shown at once, with its
 * age, and replaced when the service has answered; what is on screen is never taken away by a failure, nor by
 * an empty answer. Of each list one request is under way at a time. Knows nothing of orders.
 */
#include "refills-catalogue-private.h"

#include "refills-backoff.h"
#include "refills-brands-copy-private.h"
#include "refills-catalogue-loader-private.h"
#include "refills-error.h"
#include "refills-feed-section.h"
#include "refills-logo-request-private.h"

#define PRICING_COIN "USDC"

/* Up to what age a list that is there is not asked for again by itself. */
#define BRANDS_MAX_AGE_SECONDS (10 * 60)
#define HOMEPAGE_MAX_AGE_SECONDS (10 * 60)
#define PRODUCTS_MAX_AGE_SECONDS (5 * 60)
#define VIAS_MAX_AGE_SECONDS (15 * 60)

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
  RefillsBrandsCopy    copy; /* of the brands, on disk */
  RefillsCollection   *vias;
  RefillsCollection   *home;
  RefillsCollection   *found;
  char                *searched; /* what the search list is of */
  RefillsCatalogueLoader *loader;
  GCancellable        *brands_cancellable;
  GCancellable        *search_cancellable;
  RefillsBackoff       backoff;
  guint                retry_source;
  gulong               network_handler;
};

G_DEFINE_FINAL_TYPE (RefillsCatalogue, refills_catalogue, G_TYPE_OBJECT)

enum { PROP_0, PROP_COUNTRY, PROP_BRANDS, PROP_VIAS, PROP_HOME, PROP_FOUND, N_PROPS };

static GParamSpec *props[N_PROPS];

/* A question for brands: of a country, or by a text. */
typedef struct {
  GWeakRef  catalogue;
  char     *subject;
} BrandsCall;

static void
brands_call_free (BrandsCall *call)
{
  g_weak_ref_clear (&call->catalogue);
  g_clear_pointer (&call->subject, g_free);
  g_free (call); /* a plain struct: nothing else frees it */
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BrandsCall, brands_call_free)

static gint64
now_seconds (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
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
brands_failed (RefillsCatalogue *self,
               const GError     *error)
{
  /* Whether one waits the whole time once more is for the person to say. */
  gboolean repeats = refills_error_is_transient (error) &&
                     !g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_TIMEOUT);
  g_autoptr (GError) told = g_error_copy (error);
  guint wait = refills_error_get_wait (error);

  g_message ("the brands could not be loaded: %s", error->message);
  if (repeats && wait > 0)
    refills_error_set_wait (told, wait, TRUE);
  refills_collection_fail (self->brands, told);
  if (repeats && self->retry_source == 0) {
    guint delay_ms = MAX (refills_backoff_next (&self->backoff), 1000 * wait);

    self->retry_source = g_timeout_add (delay_ms, retry_cb, self);
    refills_collection_set_retry_at (self->brands, now_seconds () + (delay_ms + 999) / 1000);
  }
}

static void
show_brands (RefillsCatalogue        *self,
             const char              *country,
             RefillsCatalogueListing *brands)
{
  g_autoptr (GError) empty = NULL;

  if (brands->items->len == 0 && !refills_collection_is_empty (self->brands)) {
    /* The service was seen to do this while the shop was open (API reference, section 3). */
    empty = g_error_new_literal (REFILLS_ERROR, REFILLS_ERROR_PROTOCOL, "an empty list of brands");
    brands_failed (self, empty);
    return;
  }

  refills_collection_set_n_hidden (self->brands, brands->n_hidden);
  if (refills_brands_copy_holds (&self->copy, brands->copy)) {
    if (now_seconds () - self->copy.stored_at >= BRANDS_MAX_AGE_SECONDS)
      refills_brands_copy_store (&self->copy, self->cache, country, brands->copy);
    refills_collection_confirm (self->brands, now_seconds (), brands->n_skipped);
    return;
  }
  if (brands->items->len > 0)
    refills_brands_copy_store (&self->copy, self->cache, country, brands->copy);
  refills_collection_take_items (self->brands, g_steal_pointer (&brands->items), now_seconds (), brands->n_skipped);
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
    brands_failed (self, error);
    return;
  }
  refills_backoff_reset (&self->backoff);
  show_brands (self, call->subject, brands);
}

/* An answer for an earlier text was cancelled, so this is the newest. */
static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (BrandsCall) call = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsCatalogueListing) found =
    refills_catalogue_api_list_finish (REFILLS_CATALOGUE_API (source), result, &error);
  g_autoptr (RefillsCatalogue) self = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = g_weak_ref_get (&call->catalogue);
  if (self == NULL)
    return;

  if (found == NULL) {
    g_message ("a search found no answer: %s", error->message);
    /* What an earlier text found is no answer to this one. */
    if (g_strcmp0 (self->searched, call->subject) != 0)
      refills_collection_clear (self->found);
    refills_collection_fail (self->found, error);
    return;
  }
  g_free (self->searched); /* another takes its place */
  self->searched = g_strdup (call->subject);
  refills_collection_set_n_hidden (self->found, found->n_hidden);
  refills_collection_take_items (self->found, g_steal_pointer (&found->items), now_seconds (), found->n_skipped);
}

static BrandsCall *
new_call (RefillsCatalogue *self,
          const char       *subject)
{
  BrandsCall *call = g_new0 (BrandsCall, 1);

  g_weak_ref_init (&call->catalogue, self);
  call->subject = g_strdup (subject);

  return call;
}

static void
load_list (RefillsCatalogue   *self,
           RefillsListingKind  kind,
           guint               max_age_seconds,
           RefillsCollection  *into)
{
  const RefillsCatalogueWish wish = {
    .kind = kind, .country = self->country, .max_age_seconds = max_age_seconds,
  };

  refills_catalogue_loader_load (self->loader, &wish, into, FALSE);
}

static void
load_products (RefillsCatalogue  *self,
               RefillsBrand      *brand,
               RefillsCollection *products,
               gboolean           must_ask)
{
  const RefillsCatalogueWish wish = {
    .kind = REFILLS_LISTING_PRODUCTS, .country = refills_brand_get_country (brand), .brand = brand,
    .coin = PRICING_COIN, .language = self->language, .max_age_seconds = PRODUCTS_MAX_AGE_SECONDS,
  };

  refills_catalogue_loader_load (self->loader, &wish, products, must_ask);
}

static void
network_changed_cb (RefillsCatalogue *self,
                    gboolean          available)
{
  const GError *error = refills_collection_get_error (self->brands);

  /* A hint only: there may be a way out again, so it is worth a try now. */
  if (available && error != NULL && !g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_TIMEOUT))
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
  case PROP_HOME:
    g_value_set_object (value, self->home);
    break;
  case PROP_FOUND:
    g_value_set_object (value, self->found);
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
  g_clear_object (&self->home);
  g_clear_object (&self->found);
  g_clear_object (&self->brands_cancellable);
  g_clear_object (&self->search_cancellable);
  g_clear_pointer (&self->loader, refills_catalogue_loader_unref);
  refills_brands_copy_clear (&self->copy);
  g_clear_pointer (&self->searched, g_free);
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
  props[PROP_HOME] =
    g_param_spec_object ("home", NULL, NULL, REFILLS_TYPE_COLLECTION,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_FOUND] =
    g_param_spec_object ("found", NULL, NULL, REFILLS_TYPE_COLLECTION,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_catalogue_init (RefillsCatalogue *self)
{
  self->brands = refills_collection_new (REFILLS_TYPE_BRAND);
  self->vias = refills_collection_new (REFILLS_TYPE_PAYMENT_VIA);
  self->home = refills_collection_new (REFILLS_TYPE_FEED_SECTION);
  self->found = refills_collection_new (REFILLS_TYPE_BRAND);
}

/**
 * refills_catalogue_new:
 * @api: the catalogue's calls
 * @cache: where lists and logos are kept
 * @language: the language of descriptions, as the API takes it
 * @retry_ms: how long to wait before the first repetition; 0 means 2 s
 *
 * Returns: (transfer full): a catalogue of no country yet
 */
RefillsCatalogue *
refills_catalogue_new (RefillsCatalogueApi *api,
                       RefillsBlobCache    *cache,
                       const char          *language,
                       guint                retry_ms)
{
  RefillsCatalogue *self = g_object_new (REFILLS_TYPE_CATALOGUE, NULL);

  self->api = g_object_ref (api);
  self->cache = g_object_ref (cache);
  self->language = g_strdup (language);
  refills_backoff_init (&self->backoff, retry_ms > 0 ? retry_ms : RETRY_BASE_MS, RETRY_LIMIT_MS, NULL, NULL);
  self->loader = refills_catalogue_loader_new (api, cache);
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
  g_cancellable_cancel (self->search_cancellable);
  if (self->loader != NULL)
    refills_catalogue_loader_close (self->loader);
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
 * Goes to another country: what was asked for the one before is ended. The beginning of its list comes from
 * disk at once, where there is one, and the rest of that with [method@Catalogue.update] or
 * [method@Catalogue.refresh].
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
  refills_catalogue_search (self, "");
  refills_catalogue_loader_leave (self->vias);
  refills_catalogue_loader_leave (self->home);
  g_clear_pointer (&self->country, g_free);
  self->country = g_strdup (country);
  refills_collection_clear (self->brands);
  refills_brands_copy_load (&self->copy, self->cache, country, self->brands);
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
 * refills_catalogue_get_home:
 * @self: a catalogue
 *
 * Returns: (transfer none): what the service puts forward in the country, of [class@FeedSection]; empty until
 *   [method@Catalogue.update_home], and where the service has nothing of the kind
 */
RefillsCollection *
refills_catalogue_get_home (RefillsCatalogue *self)
{
  g_return_val_if_fail (REFILLS_IS_CATALOGUE (self), NULL);

  return self->home;
}

/**
 * refills_catalogue_get_found:
 * @self: a catalogue
 *
 * Returns: (transfer none): what the last search found, of [class@Brand]
 */
RefillsCollection *
refills_catalogue_get_found (RefillsCatalogue *self)
{
  g_return_val_if_fail (REFILLS_IS_CATALOGUE (self), NULL);

  return self->found;
}

/**
 * refills_catalogue_refresh:
 * @self: a catalogue with a country
 *
 * Asks the service for the brands, unless it is being asked. Where the service cannot be reached it is tried
 * again by itself, after 2 s and then ever longer up to a minute; but not where it was too slow.
 */
void
refills_catalogue_refresh (RefillsCatalogue *self)
{
  g_return_if_fail (REFILLS_IS_CATALOGUE (self));
  g_return_if_fail (self->country != NULL);

  if (refills_collection_is_loading (self->brands))
    return;

  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_clear_object (&self->brands_cancellable);
  self->brands_cancellable = g_cancellable_new ();
  if (self->network_handler == 0)
    self->network_handler = g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                                                     G_CALLBACK (network_changed_cb), self,
                                                     G_CONNECT_SWAPPED);

  refills_brands_copy_show_rest (&self->copy, self->brands);
  refills_collection_begin_loading (self->brands);
  refills_catalogue_api_list_brands_async (self->api, self->country, self->brands_cancellable,
                                           brands_ready_cb, new_call (self, self->country));
}

/**
 * refills_catalogue_update:
 * @self: a catalogue with a country
 *
 * Asks the service for the brands where those known are ten minutes old.
 */
void
refills_catalogue_update (RefillsCatalogue *self)
{
  g_return_if_fail (REFILLS_IS_CATALOGUE (self));
  g_return_if_fail (self->country != NULL);

  if (refills_catalogue_is_fresh (self->brands, BRANDS_MAX_AGE_SECONDS))
    refills_brands_copy_show_rest (&self->copy, self->brands);
  else
    refills_catalogue_refresh (self);
}

/**
 * refills_catalogue_update_vias:
 * @self: a catalogue with a country
 *
 * Loads the ways to pay, unless those known are younger than a quarter of an hour or being asked for.
 */
void
refills_catalogue_update_vias (RefillsCatalogue *self)
{
  g_return_if_fail (REFILLS_IS_CATALOGUE (self));
  g_return_if_fail (self->country != NULL);

  load_list (self, REFILLS_LISTING_VIAS, VIAS_MAX_AGE_SECONDS, self->vias);
}

/**
 * refills_catalogue_update_home:
 * @self: a catalogue with a country
 *
 * Loads what the service puts forward, unless what is known is younger than ten minutes or being asked for.
 * That it cannot be had is never an error.
 */
void
refills_catalogue_update_home (RefillsCatalogue *self)
{
  g_return_if_fail (REFILLS_IS_CATALOGUE (self));
  g_return_if_fail (self->country != NULL);

  load_list (self, REFILLS_LISTING_HOMEPAGE, HOMEPAGE_MAX_AGE_SECONDS, self->home);
}

/**
 * refills_catalogue_search:
 * @self: a catalogue with a country
 * @text: what to look for; nothing but space ends the search
 *
 * Asks the service what a text finds, into [method@Catalogue.get_found]. The newest text wins: a question
 * that is under way is ended. Who calls this while somebody types waits until typing rests.
 */
void
refills_catalogue_search (RefillsCatalogue *self,
                          const char       *text)
{
  g_autofree char *subject = NULL;

  g_return_if_fail (REFILLS_IS_CATALOGUE (self));
  g_return_if_fail (text != NULL);

  subject = g_strstrip (g_strdup (text));
  g_cancellable_cancel (self->search_cancellable);
  g_clear_object (&self->search_cancellable);
  if (*subject == '\0') {
    g_clear_pointer (&self->searched, g_free);
    refills_collection_clear (self->found);
    return;
  }

  g_return_if_fail (self->country != NULL);
  self->search_cancellable = g_cancellable_new ();
  refills_collection_begin_loading (self->found);
  refills_catalogue_api_search_async (self->api, self->country, subject, self->language, self->search_cancellable,
                                      found_cb, new_call (self, subject));
}

/**
 * refills_catalogue_load_product:
 * @self: a catalogue
 * @brand: a brand
 *
 * Loads what can be bought of a brand, first from disk, and asks the service where that is five minutes old.
 * Letting go of the list ends the question.
 *
 * Returns: (transfer full): a list that fills later, of [class@Product]: one, as a rule
 */
RefillsCollection *
refills_catalogue_load_product (RefillsCatalogue *self,
                                RefillsBrand     *brand)
{
  RefillsCollection *products = NULL;

  g_return_val_if_fail (REFILLS_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (REFILLS_IS_BRAND (brand), NULL);

  products = refills_collection_new (REFILLS_TYPE_PRODUCT);
  load_products (self, brand, products, FALSE);

  return products;
}

/**
 * refills_catalogue_reload_product:
 * @self: a catalogue
 * @brand: the brand that @products is of
 * @products: a list made by [method@Catalogue.load_product]
 *
 * Asks again, unless it is being asked.
 */
void
refills_catalogue_reload_product (RefillsCatalogue  *self,
                                  RefillsBrand      *brand,
                                  RefillsCollection *products)
{
  g_return_if_fail (REFILLS_IS_CATALOGUE (self));
  g_return_if_fail (REFILLS_IS_BRAND (brand));
  g_return_if_fail (REFILLS_IS_COLLECTION (products));

  load_products (self, brand, products, TRUE);
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
