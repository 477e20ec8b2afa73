/* refills-keyring-double.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A keyring that does what a test says, and nothing by itself.
 */
#include "refills-keyring-double.h"

#include "refills-error.h"

struct _RefillsKeyringDouble {
  RefillsKeyring parent_instance;

  RefillsDoubleBehaviour behaviour;
  GHashTable *keys;
  guint n_prompts;
};

G_DEFINE_FINAL_TYPE (RefillsKeyringDouble, refills_keyring_double, REFILLS_TYPE_KEYRING)

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_task_return_error_if_cancelled (user_data);

  return G_SOURCE_REMOVE;
}

static gboolean
is_refused (RefillsKeyringDouble     *self,
            const RefillsKeyringCall *call,
            RefillsErrorCode         *code)
{
  if (self->behaviour == REFILLS_DOUBLE_ABSENT) {
    *code = REFILLS_ERROR_NO_KEYRING;
    return TRUE;
  }
  if (self->behaviour != REFILLS_DOUBLE_LOCKED && self->behaviour != REFILLS_DOUBLE_REFUSED)
    return FALSE;
  *code = REFILLS_ERROR_LOCKED;
  if (!call->may_prompt)
    return TRUE;
  self->n_prompts++;
  if (self->behaviour == REFILLS_DOUBLE_LOCKED)
    self->behaviour = REFILLS_DOUBLE_KEEPS;

  return self->behaviour == REFILLS_DOUBLE_REFUSED;
}

static void
refills_keyring_double_call_async (RefillsKeyring           *keyring,
                                   const RefillsKeyringCall *call,
                                   GCancellable             *cancellable,
                                   GAsyncReadyCallback       callback,
                                   gpointer                  user_data)
{
  RefillsKeyringDouble *self = REFILLS_KEYRING_DOUBLE (keyring);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *place = g_strconcat (call->data, " ", call->name, NULL);
  RefillsErrorCode code = REFILLS_ERROR_NOT_FOUND;
  GBytes *key = NULL;

  if (self->behaviour == REFILLS_DOUBLE_SILENT) {
    g_autoptr (GSource) source = g_cancellable_source_new (cancellable);

    g_source_set_callback (source, G_SOURCE_FUNC (cancelled_cb), g_object_ref (task), g_object_unref);
    g_source_attach (source, NULL);
    return;
  }
  if (is_refused (self, call, &code)) {
    g_task_return_new_error (task, REFILLS_ERROR, (int) code, "refused");
    return;
  }
  switch (call->action) {
  case REFILLS_KEYRING_STORE:
    if (self->behaviour != REFILLS_DOUBLE_FORGETS)
      g_hash_table_replace (self->keys, g_steal_pointer (&place), g_bytes_ref (call->key));
    g_task_return_pointer (task, NULL, NULL);
    break;
  case REFILLS_KEYRING_CLEAR:
    g_hash_table_remove (self->keys, place);
    g_task_return_pointer (task, NULL, NULL);
    break;
  case REFILLS_KEYRING_LOOKUP:
  default:
    key = g_hash_table_lookup (self->keys, place);
    if (key != NULL)
      g_task_return_pointer (task, g_bytes_ref (key), (GDestroyNotify) g_bytes_unref);
    else
      g_task_return_new_error (task, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND, "no such key");
    break;
  }
}

static gboolean
refills_keyring_double_call_finish (RefillsKeyring  *keyring,
                                    GAsyncResult    *result,
                                    GBytes         **key,
                                    GError         **error)
{
  GError *failure = NULL;

  *key = g_task_propagate_pointer (G_TASK (result), &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);

  return FALSE;
}

static void
refills_keyring_double_finalize (GObject *object)
{
  RefillsKeyringDouble *self = REFILLS_KEYRING_DOUBLE (object);

  g_clear_pointer (&self->keys, g_hash_table_unref);

  G_OBJECT_CLASS (refills_keyring_double_parent_class)->finalize (object);
}

static void
refills_keyring_double_class_init (RefillsKeyringDoubleClass *klass)
{
  RefillsKeyringClass *keyring_class = REFILLS_KEYRING_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = refills_keyring_double_finalize;
  keyring_class->call_async = refills_keyring_double_call_async;
  keyring_class->call_finish = refills_keyring_double_call_finish;
}

static void
refills_keyring_double_init (RefillsKeyringDouble *self)
{
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
}

/**
 * refills_keyring_double_new:
 * @limit: milliseconds for a question that may not prompt
 *
 * Returns: (transfer full): a keyring that keeps what it is given
 */
RefillsKeyringDouble *
refills_keyring_double_new (guint limit)
{
  return g_object_new (REFILLS_TYPE_KEYRING_DOUBLE, "limit", limit, NULL);
}

/**
 * refills_keyring_double_behave:
 * @self: a double
 * @behaviour: what it does from now on
 */
void
refills_keyring_double_behave (RefillsKeyringDouble   *self,
                               RefillsDoubleBehaviour  behaviour)
{
  self->behaviour = behaviour;
}

/**
 * refills_keyring_double_lose:
 * @self: a double
 *
 * It was reset: everything in it is gone.
 */
void
refills_keyring_double_lose (RefillsKeyringDouble *self)
{
  g_hash_table_remove_all (self->keys);
}

/**
 * refills_keyring_double_replace:
 * @self: a double
 * @key: what every entry is from now on
 */
void
refills_keyring_double_replace (RefillsKeyringDouble *self,
                                GBytes               *key)
{
  GHashTableIter iter;

  g_hash_table_iter_init (&iter, self->keys);
  while (g_hash_table_iter_next (&iter, NULL, NULL))
    g_hash_table_iter_replace (&iter, g_bytes_ref (key));
}

/**
 * refills_keyring_double_get_n_keys:
 * @self: a double
 *
 * Returns: how many keys it keeps
 */
guint
refills_keyring_double_get_n_keys (RefillsKeyringDouble *self)
{
  return g_hash_table_size (self->keys);
}

/**
 * refills_keyring_double_get_n_prompts:
 * @self: a double
 *
 * Returns: how often a person was asked
 */
guint
refills_keyring_double_get_n_prompts (RefillsKeyringDouble *self)
{
  return self->n_prompts;
}
