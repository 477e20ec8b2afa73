/* refills-key-set.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsKeySet:
 *
 * The keys to the orders on disk that are open now, by name, and what is done with them. Without any it is
 * locked. Shared by the main thread, which adds and clears, and the store's thread: every call may come from
 * any thread. Owns the keys, in memory that is wiped; never hands one out, and never keeps one anywhere.
 *
 * A key seals and hashes by two keys that are derived from it.
 */
#include "refills-key-set.h"

#include "refills-error.h"
#include "refills-key.h"

typedef struct {
  GBytes *seal;
  GBytes *hash;
} Entry;

struct _RefillsKeySet {
  gatomicrefcount n_references;
  GMutex lock;
  GHashTable *entries; /* name -> Entry */
  char *current;
};

G_DEFINE_BOXED_TYPE (RefillsKeySet, refills_key_set, refills_key_set_ref, refills_key_set_unref)

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_clear_pointer (&self->seal, g_bytes_unref);
  g_clear_pointer (&self->hash, g_bytes_unref);
  g_free (self); /* plain struct */
}

/* The work itself is done outside of the lock, with a reference of its own. */
static GBytes *
dup_key (RefillsKeySet  *self,
         const char     *name,
         gboolean        is_hash,
         GError        **error)
{
  const Entry *entry = NULL;
  GBytes *key = NULL;

  g_mutex_lock (&self->lock);
  entry = name != NULL ? g_hash_table_lookup (self->entries, name) : NULL;
  if (entry != NULL)
    key = g_bytes_ref (is_hash ? entry->hash : entry->seal);
  g_mutex_unlock (&self->lock);

  if (key == NULL)
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_LOCKED, "the key is not open");

  return key;
}

/**
 * refills_key_set_new:
 *
 * Makes a set without keys.
 *
 * Returns: (transfer full): a set
 */
RefillsKeySet *
refills_key_set_new (void)
{
  RefillsKeySet *self = g_new0 (RefillsKeySet, 1);

  g_atomic_ref_count_init (&self->n_references);
  g_mutex_init (&self->lock);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);

  return self;
}

/**
 * refills_key_set_ref:
 * @self: a set
 *
 * Returns: (transfer full): @self
 */
RefillsKeySet *
refills_key_set_ref (RefillsKeySet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->n_references);

  return self;
}

/**
 * refills_key_set_unref:
 * @self: (transfer full): a set
 *
 * Gives a reference back; the last one wipes the keys.
 */
void
refills_key_set_unref (RefillsKeySet *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->n_references))
    return;
  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_pointer (&self->current, g_free);
  g_mutex_clear (&self->lock);
  g_free (self); /* plain struct */
}

/**
 * refills_key_set_add:
 * @self: a set
 * @name: the key's name, which sealed rows name
 * @key: 32 bytes
 * @is_current: whether new rows are sealed with it
 *
 * Opens a key. One of the same name is replaced.
 *
 * Returns: whether it can be used: `FALSE` where it is not of 32 bytes or libsodium does not work
 */
gboolean
refills_key_set_add (RefillsKeySet *self,
                     const char    *name,
                     GBytes        *key,
                     gboolean       is_current)
{
  g_autoptr (GBytes) seal = NULL;
  g_autoptr (GBytes) hash = NULL;
  Entry *entry = NULL;

  g_return_val_if_fail (self != NULL && name != NULL && key != NULL, FALSE);

  seal = refills_key_derive (key, "refills: seal", NULL);
  hash = refills_key_derive (key, "refills: hash", NULL);
  if (seal == NULL || hash == NULL)
    return FALSE;

  entry = g_new0 (Entry, 1);
  entry->seal = g_steal_pointer (&seal);
  entry->hash = g_steal_pointer (&hash);

  g_mutex_lock (&self->lock);
  g_hash_table_replace (self->entries, g_strdup (name), entry);
  if (is_current && g_strcmp0 (self->current, name) != 0) {
    g_free (self->current); /* replaced at once */
    self->current = g_strdup (name);
  }
  g_mutex_unlock (&self->lock);

  return TRUE;
}

/**
 * refills_key_set_clear:
 * @self: a set
 *
 * Locks: forgets every key. What is being sealed or opened now is still ended.
 */
void
refills_key_set_clear (RefillsKeySet *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  g_hash_table_remove_all (self->entries);
  g_clear_pointer (&self->current, g_free);
  g_mutex_unlock (&self->lock);
}

/**
 * refills_key_set_has:
 * @self: a set
 * @name: (nullable): a key's name
 *
 * Returns: whether that key is open
 */
gboolean
refills_key_set_has (RefillsKeySet *self,
                     const char    *name)
{
  gboolean has = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);

  g_mutex_lock (&self->lock);
  has = name != NULL && g_hash_table_contains (self->entries, name);
  g_mutex_unlock (&self->lock);

  return has;
}

/**
 * refills_key_set_dup_current:
 * @self: a set
 *
 * Returns: (transfer full) (nullable): the name of the key that new rows are sealed with
 */
char *
refills_key_set_dup_current (RefillsKeySet *self)
{
  char *current = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  g_mutex_lock (&self->lock);
  current = g_strdup (self->current);
  g_mutex_unlock (&self->lock);

  return current;
}

/**
 * refills_key_set_seal:
 * @self: a set
 * @name: (nullable): a key's name
 * @context: what the bytes are and of which row; authenticated, and not in the result
 * @plain: the bytes
 * @error: return location for `REFILLS_ERROR_LOCKED` (the key is not open) or `REFILLS_ERROR_STORAGE`
 *
 * Encrypts bytes: a random nonce of 24 bytes, and XChaCha20-Poly1305. 40 bytes are added.
 *
 * Returns: (transfer full) (nullable): the sealed bytes
 */
GBytes *
refills_key_set_seal (RefillsKeySet  *self,
                      const char     *name,
                      const char     *context,
                      GBytes         *plain,
                      GError        **error)
{
  g_autoptr (GBytes) key = NULL;

  g_return_val_if_fail (self != NULL && context != NULL && plain != NULL, NULL);

  key = dup_key (self, name, FALSE, error);

  return key != NULL ? refills_key_seal (key, context, plain, error) : NULL;
}

/**
 * refills_key_set_open:
 * @self: a set
 * @name: (nullable): a key's name
 * @context: as it was sealed with
 * @sealed: what [method@KeySet.seal] returned, maybe damaged or forged
 * @error: return location for `REFILLS_ERROR_LOCKED` (the key is not open) or `REFILLS_ERROR_STORAGE` (it does
 *   not verify: another key, another context, or changed bytes)
 *
 * Decrypts bytes that verify.
 *
 * Returns: (transfer full) (nullable): the bytes, in memory that is wiped when freed
 */
GBytes *
refills_key_set_open (RefillsKeySet  *self,
                      const char     *name,
                      const char     *context,
                      GBytes         *sealed,
                      GError        **error)
{
  g_autoptr (GBytes) key = NULL;

  g_return_val_if_fail (self != NULL && context != NULL && sealed != NULL, NULL);

  key = dup_key (self, name, FALSE, error);

  return key != NULL ? refills_key_open (key, context, sealed, error) : NULL;
}

/**
 * refills_key_set_hash:
 * @self: a set
 * @name: (nullable): a key's name
 * @context: what is hashed; the same text has another hash in another context
 * @text: the text
 * @error: return location for `REFILLS_ERROR_LOCKED` (the key is not open) or `REFILLS_ERROR_STORAGE`
 *
 * A keyed BLAKE2b by which a text is found again without being told.
 *
 * Returns: (transfer full) (nullable): 32 bytes
 */
GBytes *
refills_key_set_hash (RefillsKeySet  *self,
                      const char     *name,
                      const char     *context,
                      const char     *text,
                      GError        **error)
{
  g_autoptr (GBytes) key = NULL;
  g_autoptr (GBytes) key_of_context = NULL;

  g_return_val_if_fail (self != NULL && context != NULL && text != NULL, NULL);

  key = dup_key (self, name, TRUE, error);
  if (key == NULL)
    return NULL;
  key_of_context = refills_key_derive (key, context, error);

  return key_of_context != NULL ? refills_key_hash (key_of_context, text, error) : NULL;
}
