/* refills-catalogue-loader.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lists of the catalogue: first the copy on disk, then the service's answer where the copy is too old.
 *
 * One question is under way for a list at a time; who wants the same list meanwhile waits for its answer. A
 * question ends when nobody waits for it any more. It is never asked again by itself. Main thread only.
 */
#include "refills-catalogue-loader-private.h"

#include "refills-error.h"

/* An empty list may be a mistake of the service (API reference, section 3): it is not believed for long. */
#define EMPTY_MAX_AGE_SECONDS 5

struct _RefillsCatalogueLoader {
  int                  n_refs;
  RefillsCatalogueApi *api;
  RefillsBlobCache    *cache;
  GHashTable          *loads; /* key → Load, those under way; owned by their calls */
};

typedef struct {
  int                     n_refs;
  RefillsCatalogueLoader *loader;
  GCancellable           *cancellable;
  GPtrArray              *waiting; /* of GWeakRef to the lists that wait */
  guint                   n_tickets;
  char                   *key;
  gint64                  stored_at; /* of the copy that is being read, in epoch seconds */
  gboolean                must_ask;

  RefillsListingKind      kind;
  char                   *country;
  RefillsBrand           *brand;
  char                   *coin;
  char                   *language;
  guint                   max_age_seconds;
} Load;

/* What a list waits for, and the bytes of what it shows, are data of the list. */
static G_DEFINE_QUARK (refills-catalogue-ticket, ticket)
static G_DEFINE_QUARK (refills-catalogue-copy, copy)

static void
weak_ref_free (gpointer data)
{
  GWeakRef *ref = data;

  g_weak_ref_clear (ref);
  g_free (ref); /* a plain struct: nothing else frees it */
}

static void
load_unref (Load *self)
{
  if (--self->n_refs > 0)
    return;

  g_clear_pointer (&self->loader, refills_catalogue_loader_unref);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->country, g_free);
  g_clear_object (&self->brand);
  g_clear_pointer (&self->coin, g_free);
  g_clear_pointer (&self->language, g_free);
  g_free (self); /* end of life */
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_unref)

static Load *
load_ref (Load *self)
{
  self->n_refs++;

  return self;
}

/* No answer is waited for any more, or wanted. */
static void
load_end (Load *self)
{
  if (g_hash_table_lookup (self->loader->loads, self->key) == self)
    g_hash_table_remove (self->loader->loads, self->key);
}

static void
give_up_ticket (gpointer data)
{
  g_autoptr (Load) load = data;

  if (--load->n_tickets == 0) {
    load_end (load);
    g_cancellable_cancel (load->cancellable);
  }
}

static void
wait_for (Load              *self,
          RefillsCollection *list)
{
  GWeakRef *ref = NULL;

  if (g_object_get_qdata (G_OBJECT (list), ticket_quark ()) != self) {
    ref = g_new0 (GWeakRef, 1);
    g_weak_ref_init (ref, list);
    g_ptr_array_add (self->waiting, ref);
    self->n_tickets++;
    g_object_set_qdata_full (G_OBJECT (list), ticket_quark (), load_ref (self), give_up_ticket);
  }
  refills_collection_begin_loading (list);
}

static char *
make_key (const RefillsCatalogueWish *wish)
{
  static const char * const names[] = {
    [REFILLS_LISTING_VIAS] = "vias", [REFILLS_LISTING_HOMEPAGE] = "homepage", [REFILLS_LISTING_PRODUCTS] = "products",
  };

  if (wish->kind != REFILLS_LISTING_PRODUCTS)
    return g_strjoin (":", names[wish->kind], wish->country, NULL);

  /* No two wishes have the same key: none of these texts holds a line break where it can be bought. */
  return g_strjoin ("\n", names[wish->kind], wish->country, wish->coin, wish->language,
                    refills_brand_get_family (wish->brand), refills_brand_get_name (wish->brand), NULL);
}

static Load *
load_new (RefillsCatalogueLoader     *loader,
          const RefillsCatalogueWish *wish,
          char                       *key)
{
  Load *self = g_new0 (Load, 1);

  self->n_refs = 1;
  loader->n_refs++;
  self->loader = loader;
  self->cancellable = g_cancellable_new ();
  self->waiting = g_ptr_array_new_with_free_func (weak_ref_free);
  self->key = key;
  self->kind = wish->kind;
  self->country = g_strdup (wish->country);
  self->brand = wish->brand != NULL ? g_object_ref (wish->brand) : NULL;
  self->coin = g_strdup (wish->coin);
  self->language = g_strdup (wish->language);
  self->max_age_seconds = wish->max_age_seconds;
  g_hash_table_insert (loader->loads, self->key, self);

  return self;
}

static gint64
now_seconds (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* A clock that went back makes everything old. */
static gboolean
is_younger (gint64 since,
            guint  seconds)
{
  gint64 age = now_seconds () - since;

  return since > 0 && age >= 0 && age < seconds;
}

/* A family can hold several brands; a list of products is that of one. */
static GPtrArray *
pick_items (Load      *self,
            GPtrArray *all)
{
  GPtrArray *items = g_ptr_array_new_full (all->len, g_object_unref);

  for (guint i = 0; i < all->len; i++)
    if (self->kind != REFILLS_LISTING_PRODUCTS ||
        g_str_equal (refills_product_get_brand_name (all->pdata[i]), refills_brand_get_name (self->brand)))
      g_ptr_array_add (items, g_object_ref (all->pdata[i]));

  return items;
}

/* What is too old to be relied on is shown all the same, and said to be loading. */
static void
show (Load                    *self,
      RefillsCollection       *list,
      RefillsCatalogueListing *listing,
      gint64                   loaded_at,
      gboolean                 is_old)
{
  GBytes *shown = g_object_get_qdata (G_OBJECT (list), copy_quark ());

  if (!is_old && shown != NULL && g_bytes_equal (shown, listing->copy)) {
    refills_collection_confirm (list, loaded_at, listing->n_skipped);
    return;
  }
  g_object_set_qdata_full (G_OBJECT (list), copy_quark (), g_bytes_ref (listing->copy),
                           (GDestroyNotify) g_bytes_unref);
  refills_collection_set_n_hidden (list, listing->n_hidden);
  if (is_old)
    refills_collection_take_copy (list, pick_items (self, listing->items), loaded_at, listing->n_skipped);
  else
    refills_collection_take_items (list, pick_items (self, listing->items), loaded_at, listing->n_skipped);
}

/* What the service puts forward is an extra: without it nothing is missing. */
static void
fail (Load              *self,
      RefillsCollection *list,
      const GError      *error)
{
  if (self->kind != REFILLS_LISTING_HOMEPAGE)
    refills_collection_fail (list, error);
  else
    refills_collection_confirm (list, refills_collection_get_loaded_at (list),
                                refills_collection_get_n_skipped (list));
}

static GPtrArray *
list_waiting (Load *self)
{
  GPtrArray *lists = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->waiting->len; i++) {
    RefillsCollection *list = g_weak_ref_get (self->waiting->pdata[i]);

    if (list != NULL && g_object_get_qdata (G_OBJECT (list), ticket_quark ()) == self)
      g_ptr_array_add (lists, list);
    else
      g_clear_object (&list);
  }

  return lists;
}

/* Without ways to pay nothing can be bought: what was known stays, and is said to be old. */
static GError *
doubt_empty (Load                    *self,
             RefillsCollection       *list,
             RefillsCatalogueListing *listing)
{
  if (self->kind != REFILLS_LISTING_VIAS || listing->items->len > 0 || refills_collection_is_empty (list))
    return NULL;

  return g_error_new_literal (REFILLS_ERROR, REFILLS_ERROR_PROTOCOL, "an empty list of ways to pay");
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Load) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsCatalogueListing) listing =
    refills_catalogue_api_list_finish (REFILLS_CATALOGUE_API (source), result, &error);
  g_autoptr (GPtrArray) lists = NULL;

  load_end (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (listing == NULL)
    g_message ("a list of the catalogue could not be loaded: %s", error->message);
  else if (listing->items->len > 0)
    refills_blob_cache_store (self->loader->cache, self->key, listing->copy);
  else if (self->kind != REFILLS_LISTING_VIAS)
    refills_blob_cache_remove (self->loader->cache, self->key);

  lists = list_waiting (self);
  for (guint i = 0; i < lists->len; i++) {
    g_autoptr (GError) doubt = listing != NULL ? doubt_empty (self, lists->pdata[i], listing) : NULL;

    if (listing == NULL || doubt != NULL)
      fail (self, lists->pdata[i], doubt != NULL ? doubt : error);
    else
      show (self, lists->pdata[i], listing, now_seconds (), FALSE);
  }
}

static void
ask (Load *self)
{
  RefillsCatalogueApi *api = self->loader->api;

  switch (self->kind) {
  case REFILLS_LISTING_VIAS:
    refills_catalogue_api_list_vias_async (api, self->country, self->cancellable, answered_cb, load_ref (self));
    break;
  case REFILLS_LISTING_HOMEPAGE:
    refills_catalogue_api_get_homepage_async (api, self->country, self->cancellable, answered_cb, load_ref (self));
    break;
  case REFILLS_LISTING_PRODUCTS:
    refills_catalogue_api_list_products_async (api, self->brand, self->coin, self->language, self->cancellable,
                                               answered_cb, load_ref (self));
    break;
  case REFILLS_LISTING_BRANDS:
  case REFILLS_LISTING_SEARCH:
  default:
    g_assert_not_reached ();
  }
}

static void
copy_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Load) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsCatalogueListing) listing = refills_catalogue_listing_read_finish (result, &error);
  gboolean is_young = is_younger (self->stored_at, self->max_age_seconds) && !self->must_ask;
  g_autoptr (GPtrArray) lists = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (listing == NULL) {
    ask (self);
    return;
  }

  lists = list_waiting (self);
  if (is_young)
    load_end (self);
  for (guint i = 0; i < lists->len; i++)
    show (self, lists->pdata[i], listing, self->stored_at, !is_young);
  if (!is_young)
    ask (self);
}

static void
copy_loaded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (Load) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
    refills_blob_cache_load_finish (REFILLS_BLOB_CACHE (source), result, &self->stored_at, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (bytes != NULL)
    refills_catalogue_listing_read_async (self->kind, bytes, self->cancellable, copy_read_cb, load_ref (self));
  else
    ask (self);
}

/**
 * refills_catalogue_loader_new:
 * @api: the catalogue's calls
 * @cache: where the copies are
 *
 * Returns: (transfer full): a loader with nothing to do
 */
RefillsCatalogueLoader *
refills_catalogue_loader_new (RefillsCatalogueApi *api,
                              RefillsBlobCache    *cache)
{
  RefillsCatalogueLoader *self = g_new0 (RefillsCatalogueLoader, 1);

  self->n_refs = 1;
  self->api = g_object_ref (api);
  self->cache = g_object_ref (cache);
  self->loads = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

/**
 * refills_catalogue_loader_unref:
 * @self: a loader
 *
 * Gives up a reference; lists that wait keep one each.
 */
void
refills_catalogue_loader_unref (RefillsCatalogueLoader *self)
{
  if (--self->n_refs > 0)
    return;

  g_clear_object (&self->api);
  g_clear_object (&self->cache);
  g_clear_pointer (&self->loads, g_hash_table_unref);
  g_free (self); /* end of life */
}

/**
 * refills_catalogue_loader_load:
 * @self: a loader
 * @wish: which list
 * @into: where it goes; letting go of it ends the question
 * @must_ask: whether the service is asked however young what is there is
 *
 * Fills a list, unless it is filled and young enough: at once from disk where it is empty, and then from the
 * service where that is older than it may be.
 */
void
refills_catalogue_loader_load (RefillsCatalogueLoader     *self,
                               const RefillsCatalogueWish *wish,
                               RefillsCollection          *into,
                               gboolean                    must_ask)
{
  g_autofree char *key = NULL;
  g_autoptr (Load) load = NULL;
  Load *under_way = NULL;

  if (!must_ask && refills_catalogue_is_fresh (into, wish->max_age_seconds))
    return;

  key = make_key (wish);
  under_way = g_hash_table_lookup (self->loads, key);
  if (under_way != NULL) {
    under_way->must_ask |= must_ask;
    wait_for (under_way, into);
    return;
  }

  load = load_new (self, wish, g_steal_pointer (&key));
  load->must_ask = must_ask;
  wait_for (load, into);
  if (must_ask || !refills_collection_is_empty (into))
    ask (load);
  else
    refills_blob_cache_load_async (self->cache, load->key, load->cancellable, copy_loaded_cb, load_ref (load));
}

/**
 * refills_catalogue_loader_leave:
 * @into: a list
 *
 * Ends the list's waiting, and the question where no other list waits for it, and makes the list empty.
 */
void
refills_catalogue_loader_leave (RefillsCollection *into)
{
  g_object_set_qdata (G_OBJECT (into), ticket_quark (), NULL);
  g_object_set_qdata (G_OBJECT (into), copy_quark (), NULL);
  refills_collection_clear (into);
}

/**
 * refills_catalogue_loader_close:
 * @self: a loader
 *
 * Ends every question.
 */
void
refills_catalogue_loader_close (RefillsCatalogueLoader *self)
{
  g_autoptr (GPtrArray) questions = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer load = NULL;

  g_hash_table_iter_init (&iter, self->loads);
  while (g_hash_table_iter_next (&iter, NULL, &load))
    g_ptr_array_add (questions, g_object_ref (((Load *) load)->cancellable));
  g_hash_table_remove_all (self->loads);
  for (guint i = 0; i < questions->len; i++)
    g_cancellable_cancel (questions->pdata[i]);
}

/**
 * refills_catalogue_is_fresh:
 * @list: a list
 * @max_age_seconds: how old it may be; an empty one never more than 5 seconds
 *
 * Returns: whether the list need not be asked for again
 */
gboolean
refills_catalogue_is_fresh (RefillsCollection *list,
                            guint              max_age_seconds)
{
  guint limit = refills_collection_is_empty (list) ? EMPTY_MAX_AGE_SECONDS : max_age_seconds;

  return refills_collection_get_state (list) == REFILLS_COLLECTION_READY &&
         is_younger (refills_collection_get_loaded_at (list), limit);
}
