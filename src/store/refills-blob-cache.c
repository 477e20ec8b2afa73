/* refills-blob-cache.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsBlobCache:
 *
 * Bytes on disk that can be had again from elsewhere: the catalogue of the last run, logos.
 *
 * Owns its folder (0700) and a file (0600) for each key, named by the SHA-256 of the key: a small
 * header, then the bytes. Writes and removals run on one thread in the order they came, and loads see
 * them at once. When the folder holds more than it may, what was not loaded for longest goes. A file
 * that is not whole is removed and was never there. Never holds anything of an order.
 */
#include "refills-blob-cache.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "refills-worker.h"

#define MAGIC 0x424c4652u /* "RFLB", read as little endian */
#define VERSION 1
#define NAME_LENGTH 64
#define N_READERS 2
/* A part file that is older than this was left by a process that was ended. */
#define STALE_SECONDS 3600

/* A multiple of 8 bytes, so that a mapped serialised GVariant lies as it must. All little endian. */
typedef struct {
  guint32 magic;
  guint32 version;
  gint64 stored_at;
  guint64 length;
  guint64 checksum;
} Header;

G_STATIC_ASSERT (sizeof (Header) == 32);

/* What is not on disk yet; no bytes: to be removed. */
typedef struct {
  GBytes *bytes;
  gint64 stored_at;
  guint serial;
} Pending;

/* Shared by the object and its jobs, which the object outlives. */
typedef struct {
  char *folder;
  guint64 max_bytes;

  GMutex lock;
  GHashTable *pending; /* name → Pending, under lock */
  guint serial;        /* under lock */

  /* For the writer's thread alone. */
  gboolean is_measured;
  guint64 total;
} Store;

struct _RefillsBlobCache {
  GObject parent_instance;

  Store store;
  RefillsWorker *writer;
  RefillsWorker *readers;
};

G_DEFINE_FINAL_TYPE (RefillsBlobCache, refills_blob_cache, G_TYPE_OBJECT)

typedef struct {
  Store *store;
  char *name;
} WriteJob;

typedef struct {
  GBytes *bytes;
  gint64 stored_at;
} Loaded;

typedef struct {
  char *path;
  guint64 size;
  struct timespec used;
} Entry;

static void
pending_free (Pending *pending)
{
  g_clear_pointer (&pending->bytes, g_bytes_unref);
  g_free (pending); /* plain struct */
}

static void
write_job_free (WriteJob *job)
{
  g_clear_pointer (&job->name, g_free);
  g_free (job); /* plain struct */
}

static void
loaded_free (Loaded *loaded)
{
  g_clear_pointer (&loaded->bytes, g_bytes_unref);
  g_free (loaded); /* plain struct */
}

static void
entry_clear (Entry *entry)
{
  g_clear_pointer (&entry->path, g_free);
}

static char *
name_for_key (const char *key)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
}

/* FNV-1a, 64 bits: tells a damaged file, not a forged one, at a tenth of the cost of SHA-256. */
static guint64
get_checksum (const guint8 *data,
              gsize         length)
{
  guint64 sum = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (gsize i = 0; i < length; i++)
    sum = (sum ^ data[i]) * G_GUINT64_CONSTANT (0x100000001b3);

  return sum;
}

static GBytes *
check_file (GBytes *file,
            gint64 *stored_at)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (file, &size);
  Header header;

  if (size < sizeof header)
    return NULL;
  memcpy (&header, data, sizeof header);
  if (GUINT32_FROM_LE (header.magic) != MAGIC ||
      GUINT32_FROM_LE (header.version) != VERSION ||
      GUINT64_FROM_LE (header.length) != size - sizeof header ||
      GUINT64_FROM_LE (header.checksum) != get_checksum (data + sizeof header, size - sizeof header))
    return NULL;
  *stored_at = GINT64_FROM_LE (header.stored_at);

  return g_bytes_new_from_bytes (file, sizeof header, size - sizeof header);
}

/* Mapped, not read: files are replaced whole, so a mapped one stays what it was. */
static GBytes *
load_file (Store      *store,
           const char *name,
           gint64     *stored_at)
{
  g_autofree char *path = g_build_filename (store->folder, name, NULL);
  g_autoptr (GMappedFile) mapped = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr (GBytes) file = mapped != NULL ? g_mapped_file_get_bytes (mapped) : NULL;
  GBytes *bytes;

  if (file == NULL)
    return NULL;
  bytes = check_file (file, stored_at);
  if (bytes == NULL) {
    g_message ("a cached file is damaged and goes");
    g_unlink (path);
    return NULL;
  }
  utimensat (AT_FDCWD, path, NULL, 0);

  return bytes;
}

static GBytes *
load (Store      *store,
      const char *key,
      gint64     *stored_at)
{
  g_autofree char *name = name_for_key (key);
  GBytes *bytes = NULL;
  Pending *pending;

  g_mutex_lock (&store->lock);
  pending = g_hash_table_lookup (store->pending, name);
  if (pending != NULL && pending->bytes != NULL) {
    bytes = g_bytes_ref (pending->bytes);
    *stored_at = pending->stored_at;
  }
  g_mutex_unlock (&store->lock);

  return pending != NULL ? bytes : load_file (store, name, stored_at);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *left = a;
  const Entry *right = b;

  if (left->used.tv_sec != right->used.tv_sec)
    return left->used.tv_sec < right->used.tv_sec ? -1 : 1;
  if (left->used.tv_nsec != right->used.tv_nsec)
    return left->used.tv_nsec < right->used.tv_nsec ? -1 : 1;

  return strcmp (left->path, right->path);
}

static gboolean
is_entry_name (const char *name)
{
  return strlen (name) == NAME_LENGTH && strspn (name, "0123456789abcdef") == NAME_LENGTH;
}

/* Fills @entries and sets the total; clears away parts that nobody is writing any more. */
static void
measure (Store  *store,
         GArray *entries)
{
  g_autoptr (GDir) folder = g_dir_open (store->folder, 0, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  store->total = 0;
  store->is_measured = TRUE;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (store->folder, name, NULL);
    struct stat status;

    if (lstat (path, &status) != 0 || !S_ISREG (status.st_mode))
      continue;
    if (is_entry_name (name)) {
      Entry entry = { g_steal_pointer (&path), (guint64) status.st_size, status.st_mtim };

      store->total += entry.size;
      g_array_append_val (entries, entry);
    } else if (g_str_has_prefix (name + MIN (NAME_LENGTH, strlen (name)), ".") &&
               status.st_mtime < now - STALE_SECONDS) {
      g_unlink (path);
    }
  }
}

static void
evict (Store      *store,
       const char *keep)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));

  g_array_set_clear_func (entries, (GDestroyNotify) entry_clear);
  measure (store, entries);
  g_array_sort (entries, compare_entries);
  for (guint i = 0; i < entries->len && store->total > store->max_bytes; i++) {
    Entry *entry = &g_array_index (entries, Entry, i);

    if (g_str_has_suffix (entry->path, keep))
      continue;
    if (g_unlink (entry->path) == 0)
      store->total -= entry->size;
  }
}

static guint64
get_size (const char *path)
{
  struct stat status;

  return lstat (path, &status) == 0 ? (guint64) status.st_size : 0;
}

static gboolean
write_file (const char *path,
            GBytes     *bytes,
            gint64      stored_at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) file = NULL;
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  Header header = {
    GUINT32_TO_LE (MAGIC), GUINT32_TO_LE (VERSION), GINT64_TO_LE (stored_at),
    GUINT64_TO_LE ((guint64) length), GUINT64_TO_LE (get_checksum (data, length)),
  };

  file = g_byte_array_sized_new ((guint) (sizeof header + length));
  g_byte_array_append (file, (const guint8 *) &header, sizeof header);
  if (length > 0)
    g_byte_array_append (file, data, (guint) length);
  /* Replaced by renaming. Not synced where new: the checksum tells a file that a power cut took. */
  if (!g_file_set_contents_full (path, (const char *) file->data, file->len,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_ONLY_EXISTING,
                                 0600, &error)) {
    g_message ("not cached: %s", error->message);
    return FALSE;
  }

  return TRUE;
}

static void
prepare_folder (Store *store)
{
  struct stat status;

  if (g_mkdir_with_parents (store->folder, 0700) != 0)
    return;
  if (stat (store->folder, &status) == 0 && (status.st_mode & 077) != 0 &&
      chmod (store->folder, 0700) != 0)
    g_message ("cannot close the cache to others: %s", g_strerror (errno));
}

static void
write_now (Store      *store,
           const char *name,
           GBytes     *bytes,
           gint64      stored_at)
{
  g_autofree char *path = g_build_filename (store->folder, name, NULL);
  guint64 before;

  if (!store->is_measured) {
    g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));

    g_array_set_clear_func (entries, (GDestroyNotify) entry_clear);
    prepare_folder (store);
    measure (store, entries);
  }
  before = get_size (path);
  if (bytes == NULL) {
    if (g_unlink (path) == 0)
      store->total -= MIN (before, store->total);
    return;
  }
  if (!write_file (path, bytes, stored_at))
    return;

  store->total = store->total - MIN (before, store->total) + get_size (path);
  if (store->total > store->max_bytes)
    evict (store, name);
}

/* Several writes of one key that come together are one. */
static void
run_write (gpointer data)
{
  WriteJob *job = data;
  Store *store = job->store;
  g_autoptr (GBytes) bytes = NULL;
  gint64 stored_at = 0;
  guint serial = 0;
  Pending *pending;

  g_mutex_lock (&store->lock);
  pending = g_hash_table_lookup (store->pending, job->name);
  if (pending != NULL) {
    bytes = pending->bytes != NULL ? g_bytes_ref (pending->bytes) : NULL;
    stored_at = pending->stored_at;
    serial = pending->serial;
  }
  g_mutex_unlock (&store->lock);
  if (serial == 0)
    return;

  write_now (store, job->name, bytes, stored_at);

  g_mutex_lock (&store->lock);
  pending = g_hash_table_lookup (store->pending, job->name);
  if (pending != NULL && pending->serial == serial)
    g_hash_table_remove (store->pending, job->name);
  g_mutex_unlock (&store->lock);
}

static void
push_write (RefillsBlobCache *self,
            const char       *key,
            GBytes           *bytes)
{
  WriteJob *job = g_new0 (WriteJob, 1);
  Pending *pending = g_new0 (Pending, 1);

  job->store = &self->store;
  job->name = name_for_key (key);
  pending->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  pending->stored_at = g_get_real_time () / G_USEC_PER_SEC;

  g_mutex_lock (&self->store.lock);
  pending->serial = ++self->store.serial;
  g_hash_table_replace (self->store.pending, g_strdup (job->name), pending);
  g_mutex_unlock (&self->store.lock);

  refills_worker_push (self->writer, run_write, job, (GDestroyNotify) write_job_free);
}

static gpointer
run_load (GTask   *task,
          GError **error)
{
  RefillsBlobCache *self = g_task_get_source_object (task);
  const char *key = g_task_get_task_data (task);
  Loaded *loaded = g_new0 (Loaded, 1);

  loaded->bytes = load (&self->store, key, &loaded->stored_at);

  return loaded;
}

static void
refills_blob_cache_finalize (GObject *object)
{
  RefillsBlobCache *self = REFILLS_BLOB_CACHE (object);

  g_clear_pointer (&self->readers, refills_worker_free);
  g_clear_pointer (&self->writer, refills_worker_free);
  g_clear_pointer (&self->store.pending, g_hash_table_unref);
  g_clear_pointer (&self->store.folder, g_free);
  g_mutex_clear (&self->store.lock);

  G_OBJECT_CLASS (refills_blob_cache_parent_class)->finalize (object);
}

static void
refills_blob_cache_class_init (RefillsBlobCacheClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = refills_blob_cache_finalize;
}

static void
refills_blob_cache_init (RefillsBlobCache *self)
{
  g_mutex_init (&self->store.lock);
  self->store.pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                               (GDestroyNotify) pending_free);
  self->writer = refills_worker_new (1);
  self->readers = refills_worker_new (N_READERS);
}

/**
 * refills_blob_cache_new:
 * @folder: a folder of its own; made by the first write
 * @max_bytes: how much it may hold, headers included
 *
 * Makes a cache. Touches nothing on disk.
 *
 * Returns: (transfer full): a cache
 */
RefillsBlobCache *
refills_blob_cache_new (const char *folder,
                        guint64     max_bytes)
{
  RefillsBlobCache *self;

  g_return_val_if_fail (folder != NULL, NULL);

  self = g_object_new (REFILLS_TYPE_BLOB_CACHE, NULL);
  self->store.folder = g_strdup (folder);
  self->store.max_bytes = max_bytes;

  return self;
}

/**
 * refills_blob_cache_load:
 * @self: a cache
 * @key: any text
 * @stored_at: (out) (optional): when it was stored, in epoch seconds; 0 without a result
 *
 * Loads at once, on the calling thread: for the few small files that the first frame needs. Any
 * thread.
 *
 * Returns: (transfer full) (nullable): the bytes, mapped, which stay as they are whatever is stored
 *   later; `NULL` where there are none or they are damaged
 */
GBytes *
refills_blob_cache_load (RefillsBlobCache *self,
                         const char       *key,
                         gint64           *stored_at)
{
  gint64 found_at = 0;
  GBytes *bytes;

  g_return_val_if_fail (REFILLS_IS_BLOB_CACHE (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  bytes = load (&self->store, key, &found_at);
  if (stored_at != NULL)
    *stored_at = found_at;

  return bytes;
}

/**
 * refills_blob_cache_load_async:
 * @self: a cache
 * @key: any text
 * @cancellable: (nullable): ends the wait
 * @callback: called with the result
 * @user_data: handed to @callback
 *
 * Loads off the calling thread.
 */
void
refills_blob_cache_load_async (RefillsBlobCache    *self,
                               const char          *key,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (REFILLS_IS_BLOB_CACHE (self));
  g_return_if_fail (key != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, refills_blob_cache_load_async);
  g_task_set_task_data (task, g_strdup (key), g_free);
  refills_worker_push_task (self->readers, run_load, task, (GDestroyNotify) loaded_free);
}

/**
 * refills_blob_cache_load_finish:
 * @self: a cache
 * @result: what the callback was given
 * @stored_at: (out) (optional): when it was stored, in epoch seconds; 0 without a result
 * @error: return location for a `G_IO_ERROR_CANCELLED`; that there is nothing is no error
 *
 * Returns: (transfer full) (nullable): the bytes, mapped; `NULL` also without @error where there are
 *   none or they are damaged
 */
GBytes *
refills_blob_cache_load_finish (RefillsBlobCache  *self,
                                GAsyncResult      *result,
                                gint64            *stored_at,
                                GError           **error)
{
  Loaded *loaded;
  GBytes *bytes = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (stored_at != NULL)
    *stored_at = 0;
  loaded = g_task_propagate_pointer (G_TASK (result), error);
  if (loaded == NULL)
    return NULL;
  if (stored_at != NULL)
    *stored_at = loaded->stored_at;
  bytes = g_steal_pointer (&loaded->bytes);
  loaded_free (loaded);

  return bytes;
}

/**
 * refills_blob_cache_store:
 * @self: a cache
 * @key: any text
 * @bytes: what to store; must not change any more
 *
 * Stores in the background; loads see it at once. A failure is logged, and what was there before
 * stays.
 */
void
refills_blob_cache_store (RefillsBlobCache *self,
                          const char       *key,
                          GBytes           *bytes)
{
  g_return_if_fail (REFILLS_IS_BLOB_CACHE (self));
  g_return_if_fail (key != NULL);
  g_return_if_fail (bytes != NULL);

  /* What could not stay replaces what was there: that is old now. */
  push_write (self, key,
              g_bytes_get_size (bytes) + sizeof (Header) <= self->store.max_bytes ? bytes : NULL);
}

/**
 * refills_blob_cache_remove:
 * @self: a cache
 * @key: any text
 *
 * Removes in the background; loads see it at once.
 */
void
refills_blob_cache_remove (RefillsBlobCache *self,
                           const char       *key)
{
  g_return_if_fail (REFILLS_IS_BLOB_CACHE (self));
  g_return_if_fail (key != NULL);

  push_write (self, key, NULL);
}

/**
 * refills_blob_cache_drain:
 * @self: a cache
 *
 * Waits until everything that was stored is on disk. For the end of the program, and for tests.
 */
void
refills_blob_cache_drain (RefillsBlobCache *self)
{
  g_return_if_fail (REFILLS_IS_BLOB_CACHE (self));

  refills_worker_drain (self->writer);
}
