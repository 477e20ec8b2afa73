/* test-catalogue-loader.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lists from disk and from the service: how often the service is asked, and what is shown meanwhile.
 */
#include "refills-catalogue-loader-private.h"

#include <string.h>

#include "refills-catalogue-private.h"
#include "refills-error.h"
#include "refills-feed-section.h"
#include "refills-payment-choice-private.h"
#include "refills-sandbox-faults.h"
#include "refills-sandbox.h"
#include "refills-test.h"

#define DEADLINE_MS 20000
#define LONG 100000

typedef struct {
  RefillsSandbox         *sandbox;
  char                   *folder;
  RefillsCatalogueApi    *api;
  RefillsBlobCache       *cache;
  RefillsCatalogueLoader *loader;
  RefillsBrand           *brand;
} Fixture;

static RefillsCatalogueApi *
make_api (Fixture *self,
          guint    deadline_ms)
{
  const RefillsHttpOptions options = {
    .base_uri = refills_sandbox_get_base_uri (self->sandbox),
    .logo_origin = refills_sandbox_get_base_uri (self->sandbox),
    .version = "0", .read_deadline_ms = deadline_ms,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsHttp) http = refills_http_new (&options, &error);

  g_assert_no_error (error);

  return refills_catalogue_api_new (http);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  const RefillsSandboxOptions options = { .seed = 0 };
  g_autoptr (GVariant) steam =
    g_variant_ref_sink (g_variant_new (REFILLS_BRAND_VARIANT_FORMAT, "s", "Steam", "Steam", "giftcard", "games",
                                       "US", "", "", "", "", FALSE));
  g_autoptr (GError) error = NULL;

  self->sandbox = refills_sandbox_new (&options);
  refills_sandbox_start (self->sandbox, &error);
  g_assert_no_error (error);
  self->folder = refills_test_make_folder ();
  self->cache = refills_blob_cache_new (self->folder, 1 << 24);
  self->api = make_api (self, 0);
  self->loader = refills_catalogue_loader_new (self->api, self->cache);
  self->brand = refills_brand_new_from_variant (steam);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  refills_catalogue_loader_close (self->loader);
  g_clear_pointer (&self->loader, refills_catalogue_loader_unref);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->api);
  refills_blob_cache_drain (self->cache);
  g_clear_object (&self->cache);
  g_clear_object (&self->brand);
  refills_sandbox_stop (self->sandbox);
  g_clear_object (&self->sandbox);
  refills_test_remove_folder (g_steal_pointer (&self->folder));
}

static void
fault (Fixture                 *self,
       RefillsSandboxFaultKind  kind,
       const char              *path,
       const char              *body)
{
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  const RefillsSandboxFault bad = {
    .kind = kind, .method = "GET", .path = path, .body = bytes, .delay_ms = 60000,
  };

  refills_sandbox_clear_faults (self->sandbox);
  refills_sandbox_add_fault (self->sandbox, &bad);
}

static RefillsCatalogueWish
wish_products (Fixture *self,
               guint    max_age_seconds)
{
  return (RefillsCatalogueWish) {
    .kind = REFILLS_LISTING_PRODUCTS, .country = "US", .brand = self->brand, .coin = "USDC", .language = "en",
    .max_age_seconds = max_age_seconds,
  };
}

static guint
count_products (Fixture *self)
{
  return refills_sandbox_count_requests (self->sandbox, "GET", "/v5/products/*");
}

static gboolean
is_settled (gpointer list)
{
  return !refills_collection_is_loading (list);
}

static void
await (RefillsCollection      *list,
       RefillsCollectionState  state)
{
  refills_test_run_until (is_settled, list, DEADLINE_MS, "a list");
  g_assert_cmpint (refills_collection_get_state (list), ==, state);
}

static gboolean
has_items (gpointer list)
{
  return !refills_collection_is_empty (list);
}

static RefillsCollection *
load_products (Fixture *self,
               guint    max_age_seconds)
{
  RefillsCollection *list = refills_collection_new (REFILLS_TYPE_PRODUCT);
  RefillsCatalogueWish wish = wish_products (self, max_age_seconds);

  refills_catalogue_loader_load (self->loader, &wish, list, FALSE);

  return list;
}

/* Who wants the same list meanwhile waits for the same answer, however often. */
static void
test_one_question (Fixture       *self,
                   gconstpointer  data)
{
  g_autoptr (RefillsCollection) first = load_products (self, LONG);
  g_autoptr (RefillsCollection) second = load_products (self, LONG);
  RefillsCatalogueWish wish = wish_products (self, LONG);

  refills_catalogue_loader_load (self->loader, &wish, first, TRUE);
  refills_catalogue_loader_load (self->loader, &wish, second, TRUE);
  await (first, REFILLS_COLLECTION_READY);
  await (second, REFILLS_COLLECTION_READY);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (first)), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (second)), ==, 1);
  g_assert_cmpuint (count_products (self), ==, 1);

  /* The next question is one of its own. */
  refills_catalogue_loader_load (self->loader, &wish, second, TRUE);
  await (second, REFILLS_COLLECTION_READY);
  g_assert_cmpuint (count_products (self), ==, 2);
}

/* A copy that is young enough is enough, another coin's is another list's. */
static void
test_young_copy (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr (RefillsCollection) first = load_products (self, LONG);
  g_autoptr (RefillsCollection) second = NULL;
  g_autoptr (RefillsCollection) other = refills_collection_new (REFILLS_TYPE_PRODUCT);
  RefillsCatalogueWish wish = wish_products (self, LONG);

  await (first, REFILLS_COLLECTION_READY);
  second = load_products (self, LONG);
  await (second, REFILLS_COLLECTION_READY);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (second)), ==, 1);
  g_assert_cmpint (refills_collection_get_loaded_at (second), >, 0);
  g_assert_cmpuint (count_products (self), ==, 1);

  refills_catalogue_loader_load (self->loader, &wish, second, FALSE);
  g_assert_false (refills_collection_is_loading (second));

  wish.coin = "BTC";
  refills_catalogue_loader_load (self->loader, &wish, other, FALSE);
  await (other, REFILLS_COLLECTION_READY);
  g_assert_cmpuint (count_products (self), ==, 2);
}

static void
note_loading_cb (RefillsCollection *list,
                 guint              position,
                 guint              removed,
                 guint              added,
                 gpointer           n_ready)
{
  if (!refills_collection_is_loading (list))
    ++*(guint *) n_ready;
}

/* An old copy is shown, with its age, until the answer is there; it is the same, so nothing changes. */
static void
test_old_copy (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr (RefillsCollection) first = load_products (self, 0);
  g_autoptr (RefillsCollection) second = NULL;
  g_autoptr (GObject) shown = NULL;
  g_autoptr (GObject) confirmed = NULL;
  guint n_ready = 0;

  await (first, REFILLS_COLLECTION_READY);
  second = load_products (self, 0);
  g_signal_connect (second, "items-changed", G_CALLBACK (note_loading_cb), &n_ready);
  refills_test_run_until (has_items, second, DEADLINE_MS, "the copy");
  g_assert_true (refills_collection_is_loading (second));
  g_assert_cmpint (refills_collection_get_loaded_at (second), >, 0);
  shown = g_list_model_get_item (G_LIST_MODEL (second), 0);
  await (second, REFILLS_COLLECTION_READY);
  confirmed = g_list_model_get_item (G_LIST_MODEL (second), 0);
  g_assert_true (shown == confirmed);
  /* At no time was it said to be more than a copy. */
  g_assert_cmpuint (n_ready, ==, 0);
  g_assert_cmpuint (count_products (self), ==, 2);
}

/* Without an answer the copy stays, and is said to be old. */
static void
test_stale_copy (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr (RefillsCollection) first = load_products (self, 0);
  g_autoptr (RefillsCollection) second = NULL;
  gint64 loaded_at = 0;

  await (first, REFILLS_COLLECTION_READY);
  loaded_at = refills_collection_get_loaded_at (first);
  fault (self, REFILLS_SANDBOX_FAULT_HTML, "/v5/products/*", NULL);
  second = load_products (self, 0);
  await (second, REFILLS_COLLECTION_STALE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (second)), ==, 1);
  g_assert_cmpint (refills_collection_get_loaded_at (second), >=, loaded_at);
  g_assert_nonnull (refills_collection_get_error (second));
}

static void
test_broken_copy (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr (GBytes) broken = g_bytes_new_static ("[{", 2);
  g_autoptr (RefillsCollection) list = NULL;

  refills_blob_cache_store (self->cache, "products\nUS\nUSDC\nen\nSteam\nSteam", broken);
  list = load_products (self, LONG);
  await (list, REFILLS_COLLECTION_READY);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  g_assert_cmpuint (count_products (self), ==, 1);
}

/* A question holds the brand it is about. */
static gboolean
is_let_go (gpointer user_data)
{
  Fixture *self = user_data;

  return G_OBJECT (self->brand)->ref_count == 1;
}

/* A question ends with the last who waits for it. */
static void
test_let_go (Fixture       *self,
             gconstpointer  data)
{
  RefillsCollection *first = NULL;
  RefillsCollection *second = NULL;
  g_autoptr (RefillsCollection) third = NULL;

  fault (self, REFILLS_SANDBOX_FAULT_DELAY, "/v5/products/*", NULL);
  first = load_products (self, LONG);
  second = load_products (self, LONG);
  g_assert_finalize_object (first);
  g_assert_true (refills_collection_is_loading (second));
  g_assert_finalize_object (second);
  refills_test_run_until (is_let_go, self, DEADLINE_MS, "the question to end");

  /* Else this would wait for the answer that does not come. */
  refills_sandbox_clear_faults (self->sandbox);
  third = load_products (self, LONG);
  await (third, REFILLS_COLLECTION_READY);
}

static RefillsCollection *
load_simple (Fixture           *self,
             RefillsListingKind kind,
             RefillsCollection *list)
{
  const RefillsCatalogueWish wish = { .kind = kind, .country = "US", .max_age_seconds = LONG };

  refills_catalogue_loader_load (self->loader, &wish, list, TRUE);

  return list;
}

/* What the service puts forward may be missing, and nobody is told. */
static void
test_homepage (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr (RefillsCollection) home = refills_collection_new (REFILLS_TYPE_FEED_SECTION);

  fault (self, REFILLS_SANDBOX_FAULT_HTML, "/v2/homepage", NULL);
  await (load_simple (self, REFILLS_LISTING_HOMEPAGE, home), REFILLS_COLLECTION_READY);
  g_assert_true (refills_collection_is_empty (home));
  g_assert_null (refills_collection_get_error (home));
  g_assert_false (refills_catalogue_is_fresh (home, LONG));

  refills_sandbox_clear_faults (self->sandbox);
  await (load_simple (self, REFILLS_LISTING_HOMEPAGE, home), REFILLS_COLLECTION_READY);
  g_assert_false (refills_collection_is_empty (home));

  fault (self, REFILLS_SANDBOX_FAULT_CLOSE, "/v2/homepage", NULL);
  await (load_simple (self, REFILLS_LISTING_HOMEPAGE, home), REFILLS_COLLECTION_READY);
  g_assert_false (refills_collection_is_empty (home));
}

static void
test_empty_vias (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr (RefillsCollection) vias = refills_collection_new (REFILLS_TYPE_PAYMENT_VIA);
  guint n = 0;

  await (load_simple (self, REFILLS_LISTING_VIAS, vias), REFILLS_COLLECTION_READY);
  n = g_list_model_get_n_items (G_LIST_MODEL (vias));
  g_assert_cmpuint (n, >, 0);
  fault (self, REFILLS_SANDBOX_FAULT_BODY, "/v3/payment_vias", "[]");
  await (load_simple (self, REFILLS_LISTING_VIAS, vias), REFILLS_COLLECTION_STALE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (vias)), ==, n);

  refills_catalogue_loader_leave (vias);
  g_assert_true (refills_collection_is_empty (vias));
  await (load_simple (self, REFILLS_LISTING_VIAS, vias), REFILLS_COLLECTION_READY);
  g_assert_true (refills_collection_is_empty (vias));
  g_assert_true (refills_catalogue_is_fresh (vias, LONG));
}

/* A coin is chosen among those of the service's answer, and of a copy only where there is no other. */
static void
test_choice (Fixture       *self,
             gconstpointer  data)
{
  const RefillsCatalogueWish wish = { .kind = REFILLS_LISTING_VIAS, .country = "US", .max_age_seconds = 0 };
  g_autoptr (RefillsCollection) first = refills_collection_new (REFILLS_TYPE_PAYMENT_VIA);
  g_autoptr (RefillsCollection) second = refills_collection_new (REFILLS_TYPE_PAYMENT_VIA);
  g_autoptr (RefillsPaymentChoice) choice = refills_payment_choice_new (second, NULL);

  await (load_simple (self, REFILLS_LISTING_VIAS, first), REFILLS_COLLECTION_READY);
  fault (self, REFILLS_SANDBOX_FAULT_HTML, "/v3/payment_vias", NULL);
  refills_catalogue_loader_load (self->loader, &wish, second, FALSE);
  refills_test_run_until (has_items, second, DEADLINE_MS, "the copy");
  g_assert_true (refills_collection_is_loading (second));
  g_assert_null (refills_payment_choice_get_coin (choice));
  await (second, REFILLS_COLLECTION_STALE);
  g_assert_nonnull (refills_payment_choice_get_coin (choice));
}

/* A family that is not known any more is not sold any more, and its copy goes. */
static void
test_empty_products (Fixture       *self,
                     gconstpointer  data)
{
  g_autoptr (RefillsCollection) list = load_products (self, 0);
  g_autoptr (RefillsCollection) again = NULL;
  RefillsCatalogueWish wish = wish_products (self, LONG);

  await (list, REFILLS_COLLECTION_READY);
  fault (self, REFILLS_SANDBOX_FAULT_BODY, "/v5/products/*", "[]");
  refills_catalogue_loader_load (self->loader, &wish, list, TRUE);
  await (list, REFILLS_COLLECTION_READY);
  g_assert_true (refills_collection_is_empty (list));
  again = load_products (self, LONG);
  await (again, REFILLS_COLLECTION_READY);
  g_assert_true (refills_collection_is_empty (again));
  g_assert_cmpuint (count_products (self), ==, 3);
}

static void
test_age (Fixture       *self,
          gconstpointer  data)
{
  g_autoptr (RefillsCollection) list = refills_collection_new (G_TYPE_OBJECT);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const struct { guint n_items; gint64 loaded_at; gboolean is_fresh; } cases[] = {
    { 1, now - 500, TRUE }, { 1, now - 601, FALSE }, { 1, now + 100, FALSE }, { 1, 0, FALSE },
    { 0, now, TRUE }, { 0, now - 6, FALSE },
  };

  g_assert_false (refills_catalogue_is_fresh (list, 600));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

    if (cases[i].n_items > 0)
      g_ptr_array_add (items, g_object_new (G_TYPE_OBJECT, NULL));
    refills_collection_take_items (list, items, cases[i].loaded_at, 0);
    g_assert_cmpint (refills_catalogue_is_fresh (list, 600), ==, cases[i].is_fresh);
  }
}

static gboolean
has_asked_thrice (gpointer user_data)
{
  Fixture *self = user_data;

  return refills_sandbox_count_requests (self->sandbox, "GET", "/v2/brands") >= 3;
}

static gboolean
raise_cb (gpointer user_data)
{
  *(gpointer *) user_data = user_data;

  return G_SOURCE_REMOVE;
}

/* What could not be reached is tried again by itself; what was too slow is not. */
static void
test_retry (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (RefillsCatalogueApi) api = make_api (self, 100);
  g_autoptr (RefillsCatalogue) catalogue = refills_catalogue_new (api, self->cache, "en", 5);
  RefillsCollection *brands = refills_catalogue_get_brands (catalogue);
  gpointer over = NULL;
  guint n = 0;

  fault (self, REFILLS_SANDBOX_FAULT_HTML, "/v2/brands", NULL);
  refills_catalogue_set_country (catalogue, "DE");
  refills_catalogue_refresh (catalogue);
  refills_test_run_until (has_asked_thrice, self, DEADLINE_MS, "to be asked again");

  fault (self, REFILLS_SANDBOX_FAULT_DELAY, "/v2/brands", NULL);
  refills_catalogue_set_country (catalogue, "US");
  n = refills_sandbox_count_requests (self->sandbox, "GET", "/v2/brands");
  refills_catalogue_refresh (catalogue);
  await (brands, REFILLS_COLLECTION_FAILED);
  g_assert_true (g_error_matches (refills_collection_get_error (brands), REFILLS_ERROR, REFILLS_ERROR_TIMEOUT));
  g_timeout_add (100, raise_cb, &over);
  refills_test_run_until (refills_test_is_set, &over, DEADLINE_MS, "time to pass");
  g_assert_cmpuint (refills_sandbox_count_requests (self->sandbox, "GET", "/v2/brands"), ==, n + 1);
  refills_catalogue_close (catalogue);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/catalogue-loader/one-question", test_one_question);
  ADD ("/catalogue-loader/young-copy", test_young_copy);
  ADD ("/catalogue-loader/old-copy", test_old_copy);
  ADD ("/catalogue-loader/stale-copy", test_stale_copy);
  ADD ("/catalogue-loader/broken-copy", test_broken_copy);
  ADD ("/catalogue-loader/let-go", test_let_go);
  ADD ("/catalogue-loader/homepage", test_homepage);
  ADD ("/catalogue-loader/empty-vias", test_empty_vias);
  ADD ("/catalogue-loader/choice", test_choice);
  ADD ("/catalogue-loader/empty-products", test_empty_products);
  ADD ("/catalogue-loader/age", test_age);
  ADD ("/catalogue-loader/retry", test_retry);

  return g_test_run ();
}
