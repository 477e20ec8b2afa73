/* refills-logo-request.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsLogoRequest:
 *
 * The picture of one brand, which comes when it comes: from disk at once, from the network later, or
 * not at all.
 *
 * Goes through the candidates of [func@logo_list_uris] in order until one is there and begins like a
 * picture. Owns the request that is under way and ends it when it is let go. Never decodes.
 */
#include "refills-logo-request-private.h"

#include "refills-error.h"

#include <string.h>

struct _RefillsLogoLoader {
  gatomicrefcount      count;
  RefillsCatalogueApi *api;
  RefillsBlobCache    *cache;
  GHashTable          *missing; /* URIs the host does not have, for as long as the program runs */
  GQueue               waiting; /* of RefillsLogoRequest, not owned: a request leaves on dispose */
  guint                n_loads;
};

struct _RefillsLogoRequest {
  GObject            parent_instance;

  RefillsLogoLoader *loader;
  GStrv              uris;
  guint              index;
  gboolean           from_cache;
  RefillsLogoState   state;
  GBytes            *bytes;
  GCancellable      *cancellable;
};

G_DEFINE_ENUM_TYPE (RefillsLogoState, refills_logo_state,
  G_DEFINE_ENUM_VALUE (REFILLS_LOGO_LOADING, "loading"),
  G_DEFINE_ENUM_VALUE (REFILLS_LOGO_READY, "ready"),
  G_DEFINE_ENUM_VALUE (REFILLS_LOGO_MISSING, "missing"))

G_DEFINE_FINAL_TYPE (RefillsLogoRequest, refills_logo_request, G_TYPE_OBJECT)

enum { PROP_0, PROP_STATE, PROP_BYTES, N_PROPS };

static GParamSpec *props[N_PROPS];

static void try_candidate (RefillsLogoRequest *self); /* closes the asynchronous cycle */
static void load_from_network (RefillsLogoRequest *self); /* and that of those who wait */

/* Does not hold the request, which ends what is under way when it is let go. */
typedef struct {
  GWeakRef           request;
  RefillsLogoLoader *loader;
} Load;

static Load *
load_new (RefillsLogoRequest *request)
{
  Load *self = g_new0 (Load, 1);

  g_weak_ref_init (&self->request, request);
  self->loader = refills_logo_loader_ref (request->loader);

  return self;
}

static void
load_free (Load *self)
{
  g_weak_ref_clear (&self->request);
  g_clear_pointer (&self->loader, refills_logo_loader_unref);
  g_free (self); /* a plain struct: nothing else frees it */
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static gboolean
looks_like_picture (GBytes *bytes)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return (length >= 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0) ||
         (length >= 3 && data[0] == 0xff && data[1] == 0xd8 && data[2] == 0xff);
}

static void
settle (RefillsLogoRequest *self,
        RefillsLogoState    state,
        GBytes             *bytes)
{
  self->state = state;
  g_clear_pointer (&self->bytes, g_bytes_unref);
  if (bytes != NULL)
    self->bytes = g_bytes_ref (bytes);
  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BYTES]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Until every place is taken: one that turns out to need none must not leave the others waiting. */
static void
start_waiting (RefillsLogoLoader *loader)
{
  while (loader->n_loads < REFILLS_LOGO_MAX_LOADS && !g_queue_is_empty (&loader->waiting)) {
    RefillsLogoRequest *next = g_queue_pop_head (&loader->waiting);

    if (g_hash_table_contains (loader->missing, next->uris[next->index]))
      try_candidate (next);
    else
      load_from_network (next);
  }
}

static void
picture_ready_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (RefillsLogoRequest) self = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
    refills_catalogue_api_get_picture_finish (REFILLS_CATALOGUE_API (source), result, &error);
  const char *uri = NULL;

  load->loader->n_loads--;
  start_waiting (load->loader);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = g_weak_ref_get (&load->request);
  if (self == NULL)
    return;
  uri = self->uris[self->index];

  if (bytes != NULL && looks_like_picture (bytes)) {
    refills_blob_cache_store (self->loader->cache, uri, bytes);
    settle (self, REFILLS_LOGO_READY, bytes);
    return;
  }

  /* Without the network the next candidate would fail as well, and this one may be there later. A page in
   * place of a picture can be either: the next one is tried, and this one is not held to be missing. */
  if (!g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_SIGN_IN)) {
    if (error != NULL && refills_error_is_transient (error)) {
      settle (self, REFILLS_LOGO_MISSING, NULL);
      return;
    }
    g_hash_table_add (self->loader->missing, g_strdup (uri));
  }
  self->index++;
  try_candidate (self);
}

static void
load_from_network (RefillsLogoRequest *self)
{
  if (self->loader->n_loads >= REFILLS_LOGO_MAX_LOADS) {
    g_queue_push_tail (&self->loader->waiting, self);
    return;
  }

  self->loader->n_loads++;
  refills_catalogue_api_get_picture_async (self->loader->api, self->uris[self->index],
                                           self->cancellable, picture_ready_cb,
                                           load_new (self));
}

static void
cached_ready_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (RefillsLogoRequest) self = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
    refills_blob_cache_load_finish (REFILLS_BLOB_CACHE (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = g_weak_ref_get (&load->request);
  if (self == NULL)
    return;

  if (bytes != NULL && looks_like_picture (bytes)) {
    self->from_cache = TRUE;
    settle (self, REFILLS_LOGO_READY, bytes);
    return;
  }

  load_from_network (self);
}

static void
try_candidate (RefillsLogoRequest *self)
{
  while (self->uris[self->index] != NULL &&
         g_hash_table_contains (self->loader->missing, self->uris[self->index]))
    self->index++;

  if (self->uris[self->index] == NULL) {
    settle (self, REFILLS_LOGO_MISSING, NULL);
    return;
  }

  refills_blob_cache_load_async (self->loader->cache, self->uris[self->index], self->cancellable,
                                 cached_ready_cb, load_new (self));
}

static void
refills_logo_request_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  RefillsLogoRequest *self = REFILLS_LOGO_REQUEST (object);

  switch (property_id) {
  case PROP_STATE:
    g_value_set_enum (value, self->state);
    break;
  case PROP_BYTES:
    g_value_set_boxed (value, self->bytes);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_logo_request_dispose (GObject *object)
{
  RefillsLogoRequest *self = REFILLS_LOGO_REQUEST (object);

  g_cancellable_cancel (self->cancellable);
  if (self->loader != NULL)
    g_queue_remove (&self->loader->waiting, self);

  G_OBJECT_CLASS (refills_logo_request_parent_class)->dispose (object);
}

static void
refills_logo_request_finalize (GObject *object)
{
  RefillsLogoRequest *self = REFILLS_LOGO_REQUEST (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->uris, g_strfreev);
  g_clear_pointer (&self->loader, refills_logo_loader_unref);

  G_OBJECT_CLASS (refills_logo_request_parent_class)->finalize (object);
}

static void
refills_logo_request_class_init (RefillsLogoRequestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = refills_logo_request_get_property;
  object_class->dispose = refills_logo_request_dispose;
  object_class->finalize = refills_logo_request_finalize;

  props[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, REFILLS_TYPE_LOGO_STATE, REFILLS_LOGO_LOADING,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_BYTES] =
    g_param_spec_boxed ("bytes", NULL, NULL, G_TYPE_BYTES,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_logo_request_init (RefillsLogoRequest *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * refills_logo_loader_new:
 * @api: where pictures come from
 * @cache: where they are kept
 *
 * Returns: (transfer full): what the logo requests of one catalogue share
 */
RefillsLogoLoader *
refills_logo_loader_new (RefillsCatalogueApi *api,
                         RefillsBlobCache    *cache)
{
  RefillsLogoLoader *self = g_new0 (RefillsLogoLoader, 1);

  g_atomic_ref_count_init (&self->count);
  self->api = g_object_ref (api);
  self->cache = g_object_ref (cache);
  self->missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->waiting);

  return self;
}

/**
 * refills_logo_loader_ref:
 * @self: a loader
 *
 * Returns: (transfer full): @self
 */
RefillsLogoLoader *
refills_logo_loader_ref (RefillsLogoLoader *self)
{
  g_atomic_ref_count_inc (&self->count);

  return self;
}

/**
 * refills_logo_loader_unref:
 * @self: (transfer full): a loader
 */
void
refills_logo_loader_unref (RefillsLogoLoader *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;

  g_clear_object (&self->api);
  g_clear_object (&self->cache);
  g_clear_pointer (&self->missing, g_hash_table_unref);
  g_free (self); /* a plain struct: nothing else frees it */
}

/**
 * refills_logo_list_uris:
 * @brand: a brand
 * @large: whether the 500×318 form is wanted first, rather than the 300×190 one
 *
 * The addresses under which a brand's logo may be, best first (API reference, section 3, "Logo URL
 * variants"): the wanted size and the whole picture as WebP, the same two as JPEG, then `logo_url`.
 *
 * Returns: (transfer full): the addresses, perhaps none
 */
GStrv
refills_logo_list_uris (RefillsBrand *brand,
                        gboolean      large)
{
  static const char *const endings[2][4] = {
    { "_300x190.webp", ".webp", "_300x190.jpg", ".jpg" },
    { "_500x318.webp", ".webp", "_500x318.jpg", ".jpg" },
  };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *base = refills_brand_get_logo_base_uri (brand);
  const char *plain = refills_brand_get_logo_uri (brand);
  gboolean listed = FALSE;

  for (guint i = 0; base != NULL && *base != '\0' && i < G_N_ELEMENTS (endings[0]); i++) {
    g_autofree char *uri = g_strconcat (base, endings[large ? 1 : 0][i], NULL);

    listed = listed || g_strcmp0 (uri, plain) == 0;
    g_strv_builder_add (builder, uri);
  }
  if (plain != NULL && *plain != '\0' && !listed)
    g_strv_builder_add (builder, plain);

  return g_strv_builder_end (builder);
}

/**
 * refills_logo_request_new:
 * @loader: what the requests share
 * @brand: whose logo
 * @large: see [func@logo_list_uris]
 *
 * Starts looking; the answer comes by notify, never before this returns.
 *
 * Returns: (transfer full): the request
 */
RefillsLogoRequest *
refills_logo_request_new (RefillsLogoLoader *loader,
                          RefillsBrand      *brand,
                          gboolean           large)
{
  RefillsLogoRequest *self = g_object_new (REFILLS_TYPE_LOGO_REQUEST, NULL);

  self->loader = refills_logo_loader_ref (loader);
  self->uris = refills_logo_list_uris (brand, large);
  try_candidate (self);

  return self;
}

/**
 * refills_logo_request_get_state:
 * @self: a logo request
 *
 * Returns: whether the picture is looked for, there, or nowhere to be had
 */
RefillsLogoState
refills_logo_request_get_state (RefillsLogoRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_LOGO_REQUEST (self), REFILLS_LOGO_MISSING);

  return self->state;
}

/**
 * refills_logo_request_get_bytes:
 * @self: a logo request
 *
 * Returns: (transfer none) (nullable): a WebP or JPEG file, not yet decoded nor trusted
 */
GBytes *
refills_logo_request_get_bytes (RefillsLogoRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_LOGO_REQUEST (self), NULL);

  return self->bytes;
}

/**
 * refills_logo_request_get_uri:
 * @self: a logo request
 *
 * Returns: (nullable): the address the bytes came from
 */
const char *
refills_logo_request_get_uri (RefillsLogoRequest *self)
{
  g_return_val_if_fail (REFILLS_IS_LOGO_REQUEST (self), NULL);

  return self->state == REFILLS_LOGO_READY ? self->uris[self->index] : NULL;
}

/**
 * refills_logo_request_reject:
 * @self: a logo request that is ready
 *
 * Says that the bytes are not a picture after all, and goes on to the next candidate. A damaged copy
 * on disk is asked for anew first.
 */
void
refills_logo_request_reject (RefillsLogoRequest *self)
{
  const char *uri = NULL;

  g_return_if_fail (REFILLS_IS_LOGO_REQUEST (self));

  if (self->state != REFILLS_LOGO_READY)
    return;

  uri = self->uris[self->index];
  refills_blob_cache_remove (self->loader->cache, uri);
  settle (self, REFILLS_LOGO_LOADING, NULL);
  if (self->from_cache) {
    self->from_cache = FALSE;
    load_from_network (self);
    return;
  }
  g_hash_table_add (self->loader->missing, g_strdup (uri));
  self->index++;
  try_candidate (self);
}
