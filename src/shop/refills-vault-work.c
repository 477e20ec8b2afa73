/* refills-vault-work.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the vault does that blocks, each on a thread of its own: the key file, and keys that are made of a passphrase.
 * Knows nothing of states.
 */
#include "refills-vault-work-private.h"

#include <string.h>

#include "refills-key-file.h"
#include "refills-key.h"

typedef struct {
  char *path;
  gboolean close_to_others;
  RefillsKeyRecord *record;
  GBytes *data_key;
  char *passphrase;
} Work;

static void
work_free (Work *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->record, refills_key_record_free);
  g_clear_pointer (&self->data_key, g_bytes_unref);
  g_clear_pointer (&self->passphrase, refills_vault_wipe_passphrase);
  g_free (self); /* plain struct */
}

static void
run (Work                *work,
     GTaskThreadFunc      function,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, function);
}

static void
return_key (GTask  *task,
            GBytes *key,
            GError *error)
{
  if (key != NULL)
    g_task_return_pointer (task, key, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
read_file (GTask        *task,
           gpointer      source,
           gpointer      data,
           GCancellable *cancellable)
{
  const Work *work = data;
  GError *error = NULL;
  GBytes *key = refills_key_file_read (work->path, work->close_to_others, &error);

  return_key (task, key, error);
}

static void
make_file (GTask        *task,
           gpointer      source,
           gpointer      data,
           GCancellable *cancellable)
{
  const Work *work = data;
  GError *error = NULL;
  GBytes *key = refills_key_file_make (work->path, &error);

  return_key (task, key, error);
}

static void
recover_key (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const Work *work = data;
  GError *error = NULL;
  GBytes *key = refills_key_record_recover (work->record, work->passphrase, &error);

  return_key (task, key, error);
}

static void
seal_recovery (GTask        *task,
               gpointer      source,
               gpointer      data,
               GCancellable *cancellable)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;

  if (refills_key_record_set_recovery (work->record, work->data_key, work->passphrase, &error))
    g_task_return_pointer (task, g_steal_pointer (&work->record), (GDestroyNotify) refills_key_record_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * refills_vault_read_file_async:
 * @path: a key file
 * @close_to_others: whether a file that others may read is closed to them, rather than refused
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Reads a key file.
 */
void
refills_vault_read_file_async (const char          *path,
                               gboolean             close_to_others,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  Work *work = g_new0 (Work, 1);

  work->path = g_strdup (path);
  work->close_to_others = close_to_others;
  run (work, read_file, callback, user_data);
}

/**
 * refills_vault_make_file_async:
 * @path: a key file
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Makes a key file, or reads the one that is there.
 */
void
refills_vault_make_file_async (const char          *path,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  Work *work = g_new0 (Work, 1);

  work->path = g_strdup (path);
  run (work, make_file, callback, user_data);
}

/**
 * refills_vault_recover_key_async:
 * @record: a record with a recovery
 * @passphrase: what the person typed
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Opens a data key by the passphrase.
 */
void
refills_vault_recover_key_async (const RefillsKeyRecord *record,
                                 const char             *passphrase,
                                 GAsyncReadyCallback     callback,
                                 gpointer                user_data)
{
  Work *work = g_new0 (Work, 1);

  work->record = refills_key_record_copy (record);
  work->passphrase = g_strdup (passphrase);
  run (work, recover_key, callback, user_data);
}

/**
 * refills_vault_key_finish:
 * @result: what the callback was given
 * @error: return location for the error of the call
 *
 * Returns: (transfer full) (nullable): the key, 32 bytes
 */
GBytes *
refills_vault_key_finish (GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * refills_vault_seal_recovery_async:
 * @record: a record, copied
 * @data_key: its key
 * @passphrase: what the person will remember
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Seals a data key for a passphrase.
 */
void
refills_vault_seal_recovery_async (const RefillsKeyRecord *record,
                                   GBytes                 *data_key,
                                   const char             *passphrase,
                                   GAsyncReadyCallback     callback,
                                   gpointer                user_data)
{
  Work *work = g_new0 (Work, 1);

  work->record = refills_key_record_copy (record);
  work->data_key = g_bytes_ref (data_key);
  work->passphrase = g_strdup (passphrase);
  run (work, seal_recovery, callback, user_data);
}

/**
 * refills_vault_seal_recovery_finish:
 * @result: what the callback was given
 * @error: return location for a `REFILLS_ERROR_STORAGE`
 *
 * Returns: (transfer full) (nullable): the record with its recovery
 */
RefillsKeyRecord *
refills_vault_seal_recovery_finish (GAsyncResult  *result,
                                    GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * refills_vault_wipe_passphrase:
 * @passphrase: (transfer full): a copy of ours
 *
 * Zeroes it, and frees it.
 */
void
refills_vault_wipe_passphrase (char *passphrase)
{
  refills_key_wipe (passphrase, strlen (passphrase));
  g_free (passphrase); /* wiped before */
}
