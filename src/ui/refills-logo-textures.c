/* refills-logo-textures.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsLogoTextures:
 *
 * The logos that were drawn lately, decoded, and the way to more of them.
 *
 * Owns at most %MAX_TEXTURES textures, the least lately used of which goes first (a picture of 300 × 190 pixels holds
 * 223 KiB). Asks the catalogue for the bytes, decodes them in a worker thread, and where they cannot be decoded asks
 * for the next candidate. It never keeps bytes. Main thread only.
 */

#include "config.h"

#include "refills-logo-textures.h"

#include "refills-logo-decoder.h"

#define MAX_TEXTURES 150

struct _RefillsLogoTextures {
  GObject parent_instance;

  RefillsCatalogue *catalogue;
  GHashTable       *entries; /* key → Entry, which the queue owns */
  GQueue            queue;   /* of Entry, the latest used first */
};

G_DEFINE_FINAL_TYPE (RefillsLogoTextures, refills_logo_textures, G_TYPE_OBJECT)

typedef struct {
  char       *key;
  GdkTexture *texture;
  GList       link;
} Entry;

static void
entry_free (Entry *entry)
{
  g_clear_pointer (&entry->key, g_free);
  g_clear_object (&entry->texture);
  g_free (entry); /* the box itself */
}

/* One logo under way. */
typedef struct {
  char               *key;
  RefillsLogoRequest *request;
  GBytes             *tried;    /* the bytes that were decoded, or could not be */
  GSource            *cancelled_source;
  gulong              state_handler;
  gboolean            decoding;
} Load;

static void
load_free (Load *load)
{
  g_clear_pointer (&load->key, g_free);
  g_clear_pointer (&load->tried, g_bytes_unref);
  g_clear_object (&load->request);
  g_free (load); /* the box itself */
}

static char *
make_key (RefillsBrand *brand,
          gboolean      large)
{
  const char *base = refills_brand_get_logo_base_uri (brand);
  const char *other = refills_brand_get_logo_uri (brand);

  return g_strdup_printf ("%c %s %s", large ? 'L' : 'S', base ? base : "", other ? other : "");
}

static void
keep_texture (RefillsLogoTextures *self,
              const char          *key,
              GdkTexture          *texture)
{
  Entry *entry = g_hash_table_lookup (self->entries, key);

  if (entry) {
    g_set_object (&entry->texture, texture);
    return;
  }

  entry = g_new0 (Entry, 1);
  entry->key = g_strdup (key);
  entry->texture = g_object_ref (texture);
  entry->link.data = entry;
  g_queue_push_head_link (&self->queue, &entry->link);
  g_hash_table_insert (self->entries, entry->key, entry);

  while (self->queue.length > MAX_TEXTURES) {
    Entry *last = self->queue.tail->data;

    g_queue_unlink (&self->queue, &last->link);
    g_hash_table_remove (self->entries, last->key);
    entry_free (last);
  }
}

/* Request and cancellable hold the task until here. */
static void
let_go (GTask *task)
{
  Load *load = g_task_get_task_data (task);

  g_clear_signal_handler (&load->state_handler, load->request);
  if (load->cancelled_source) {
    g_source_destroy (load->cancelled_source);
    g_clear_pointer (&load->cancelled_source, g_source_unref);
  }
}

static void
decode_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  GError *error = NULL;
  GdkTexture *texture = refills_logo_decode (task_data, &error);

  if (texture)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void advance_load (GTask *task);

static void
decode_ready_cb (GObject      *source_object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;
  RefillsLogoTextures *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);

  texture = g_task_propagate_pointer (G_TASK (result), &error);
  load->decoding = FALSE;

  if (texture) {
    keep_texture (self, load->key, texture);
    let_go (task);
    g_task_return_pointer (task, g_steal_pointer (&texture), g_object_unref);
    return;
  }

  g_message ("A logo cannot be shown: %s", error->message);
  refills_logo_request_reject (load->request);
  advance_load (task);
}

/* Looks where the request stands; called again on each change of it. */
static void
advance_load (GTask *task)
{
  Load *load = g_task_get_task_data (task);
  g_autoptr (GTask) decoding = NULL;
  GBytes *bytes = NULL;

  if (load->decoding || g_task_get_completed (task))
    return;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task))) {
    let_go (task);
    g_task_return_error_if_cancelled (task);
    return;
  }

  switch (refills_logo_request_get_state (load->request)) {
    case REFILLS_LOGO_LOADING:
      break;

    case REFILLS_LOGO_READY:
      bytes = refills_logo_request_get_bytes (load->request);
      if (bytes == load->tried)
        break;

      g_clear_pointer (&load->tried, g_bytes_unref);
      load->tried = g_bytes_ref (bytes);
      load->decoding = TRUE;
      decoding = g_task_new (NULL, NULL, decode_ready_cb, g_object_ref (task));
      g_task_set_source_tag (decoding, decode_in_thread);
      g_task_set_task_data (decoding, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
      g_task_run_in_thread (decoding, decode_in_thread);
      break;

    case REFILLS_LOGO_MISSING:
    default:
      let_go (task);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "No logo");
      break;
  }
}

static void
request_changed_cb (GTask *task)
{
  g_autoptr (GTask) held = g_object_ref (task);

  advance_load (held);
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  request_changed_cb (user_data);

  return G_SOURCE_REMOVE;
}

static void
unref_closure_data (gpointer  data,
                    GClosure *closure)
{
  g_clear_object (&data);
}

static void
refills_logo_textures_finalize (GObject *object)
{
  RefillsLogoTextures *self = REFILLS_LOGO_TEXTURES (object);
  Entry *entry = NULL;

  g_clear_pointer (&self->entries, g_hash_table_unref);
  while ((entry = g_queue_peek_head (&self->queue))) {
    g_queue_unlink (&self->queue, &entry->link);
    entry_free (entry);
  }
  g_clear_object (&self->catalogue);

  G_OBJECT_CLASS (refills_logo_textures_parent_class)->finalize (object);
}

static void
refills_logo_textures_class_init (RefillsLogoTexturesClass *class)
{
  G_OBJECT_CLASS (class)->finalize = refills_logo_textures_finalize;
}

static void
refills_logo_textures_init (RefillsLogoTextures *self)
{
  g_queue_init (&self->queue);
  self->entries = g_hash_table_new (g_str_hash, g_str_equal);
}

/**
 * refills_logo_textures_new:
 * @catalogue: who knows where logos are
 *
 * Returns: (transfer full): an empty store of textures
 */
RefillsLogoTextures *
refills_logo_textures_new (RefillsCatalogue *catalogue)
{
  RefillsLogoTextures *self = g_object_new (REFILLS_TYPE_LOGO_TEXTURES, NULL);

  g_set_object (&self->catalogue, catalogue);

  return self;
}

/**
 * refills_logo_textures_look_up:
 * @self: the textures
 * @brand: whose logo
 * @large: the one for two pixels a point, and for the brand's own page
 *
 * Returns: (transfer none) (nullable): the logo, where it is at hand
 */
GdkTexture *
refills_logo_textures_look_up (RefillsLogoTextures *self,
                               RefillsBrand        *brand,
                               gboolean             large)
{
  g_autofree char *key = NULL;
  Entry *entry = NULL;

  g_return_val_if_fail (REFILLS_IS_LOGO_TEXTURES (self), NULL);

  key = make_key (brand, large);
  entry = g_hash_table_lookup (self->entries, key);
  if (!entry)
    return NULL;

  g_queue_unlink (&self->queue, &entry->link);
  g_queue_push_head_link (&self->queue, &entry->link);

  return entry->texture;
}

/**
 * refills_logo_textures_load_async:
 * @self: the textures
 * @brand: whose logo
 * @large: the one for two pixels a point, and for the brand's own page
 * @cancellable: (nullable): to give up waiting; the download ends too
 * @callback: called when the logo is decoded or known not to exist
 * @user_data: for @callback
 *
 * Loads and decodes a logo. Ends with `G_IO_ERROR_NOT_FOUND` where the brand has none that can be shown.
 */
void
refills_logo_textures_load_async (RefillsLogoTextures *self,
                                  RefillsBrand        *brand,
                                  gboolean             large,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GdkTexture *texture = NULL;
  Load *load = NULL;

  g_return_if_fail (REFILLS_IS_LOGO_TEXTURES (self));
  g_return_if_fail (REFILLS_IS_BRAND (brand));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, refills_logo_textures_load_async);

  texture = refills_logo_textures_look_up (self, brand, large);
  if (texture) {
    g_task_return_pointer (task, g_object_ref (texture), g_object_unref);
    return;
  }

  if (!self->catalogue) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "No catalogue");
    return;
  }

  load = g_new0 (Load, 1);
  load->key = make_key (brand, large);
  load->request = refills_catalogue_request_logo (self->catalogue, brand, large);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  load->state_handler =
    g_signal_connect_data (load->request, "notify::state", G_CALLBACK (request_changed_cb), g_object_ref (task),
                           unref_closure_data, G_CONNECT_SWAPPED);
  if (cancellable) {
    load->cancelled_source = g_cancellable_source_new (cancellable);
    g_source_set_callback (load->cancelled_source, G_SOURCE_FUNC (cancelled_cb), g_object_ref (task), g_object_unref);
    g_source_attach (load->cancelled_source, g_main_context_get_thread_default ());
  }

  advance_load (task);
}

/**
 * refills_logo_textures_load_finish:
 * @self: the textures
 * @result: what the callback was given
 * @error: return location for a `G_IO_ERROR`
 *
 * Returns: (transfer full) (nullable): the logo
 */
GdkTexture *
refills_logo_textures_load_finish (RefillsLogoTextures  *self,
                                   GAsyncResult         *result,
                                   GError              **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
