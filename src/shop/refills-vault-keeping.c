/* refills-vault-keeping.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How the vault keeps keys: the first one, one that is wrapped anew, one that is sealed for a passphrase. The keyring
 * or the file has its part before the database names it.
 */
#include "refills-vault-operation-private.h"

#include "refills-error.h"
#include "refills-key.h"
#include "refills-vault-work-private.h"

/* Making the first key: kept first, and in the database only then. */

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RefillsVault *self = g_task_get_source_object (task);
  RefillsVaultOperation *operation = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (refills_order_store_write_key_finish (REFILLS_ORDER_STORE (source), result, &error)) {
    g_ptr_array_add (operation->records, g_steal_pointer (&operation->record));
    refills_vault_open_key (self, operation, operation->records->pdata[0], operation->data_key);
    operation->is_open = operation->failure == NULL;
    self->is_kept = TRUE;
    refills_vault_settle (task, g_steal_pointer (&operation->failure));
    return;
  }
  /* Another process was quicker, and this one is not in the database. After any other failure it may be there all the
   * same, once the file is opened anew: then only what the keyring keeps opens it. */
  if (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_LOCKED) &&
      operation->record->place == REFILLS_KEY_PLACE_KEYRING)
    refills_keyring_clear_async (self->keyring, self->data, operation->record->name, NULL, NULL, NULL);
  if (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_LOCKED) && !operation->is_second_try) {
    operation->is_second_try = TRUE;
    refills_vault_load (task);
    return;
  }
  refills_vault_settle (task, g_steal_pointer (&error));
}

static void
add_first (GTask *task)
{
  RefillsVault *self = g_task_get_source_object (task);
  RefillsVaultOperation *operation = g_task_get_task_data (task);

  refills_order_store_add_key_async (self->store, operation->record, added_cb, g_object_ref (task));
}

static void
kept_first_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (refills_keyring_store_finish (REFILLS_KEYRING (source), result, &error)) {
    add_first (task);
  } else if (error->domain == G_IO_ERROR) {
    refills_vault_settle (task, g_steal_pointer (&error));
  } else {
    g_message ("no key can be kept: %s", error->message);
    /* A locked keyring is one that the person can unlock; none of the rest would keep a key. */
    refills_vault_settle (task, g_error_new_literal (REFILLS_ERROR,
                                       error->code == REFILLS_ERROR_LOCKED ? REFILLS_ERROR_LOCKED
                                                                           : REFILLS_ERROR_NO_KEYRING,
                                       error->message));
  }
}

static void
made_first_file_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RefillsVaultOperation *operation = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&operation->wrapping_key, g_bytes_unref);
  operation->wrapping_key = refills_vault_key_finish (result, &error);
  if (operation->wrapping_key == NULL ||
      !refills_key_record_wrap (operation->record, operation->data_key, operation->wrapping_key,
                                REFILLS_KEY_PLACE_FILE, &error))
    refills_vault_settle (task, error);
  else
    add_first (task);
}

/**
 * refills_vault_make_first:
 * @task: the task of an operation without records
 *
 * Makes the first key. It is kept first, and in the database only then, where another process may have been quicker.
 */
void
refills_vault_make_first (GTask *task)
{
  RefillsVault *self = g_task_get_source_object (task);
  RefillsVaultOperation *operation = g_task_get_task_data (task);
  GError *error = NULL;

  operation->data_key = refills_key_new (&error);
  operation->wrapping_key = operation->data_key != NULL ? refills_key_new (&error) : NULL;
  if (operation->wrapping_key != NULL)
    operation->record = refills_key_record_new (operation->data_key, operation->wrapping_key,
                                                REFILLS_KEY_PLACE_KEYRING, &error);
  if (operation->record == NULL)
    refills_vault_settle (task, error);
  else if (operation->kind == REFILLS_VAULT_DO_KEEP_IN_FILE)
    refills_vault_make_file_async (self->key_file, made_first_file_cb, g_object_ref (task));
  else
    refills_keyring_store_async (self->keyring, self->data, operation->record->name, operation->wrapping_key,
                                 g_task_get_cancellable (task), kept_first_cb, g_object_ref (task));
}

/* Wrapping anew, once all is open: for the session it does not matter whether that works. */

static void
wrap_failed (GTask  *task,
             GError *error)
{
  RefillsVault *self = g_task_get_source_object (task);
  RefillsVaultOperation *operation = g_task_get_task_data (task);
  g_autoptr (GError) owned = error;

  if (operation->kind == REFILLS_VAULT_DO_RECOVER) {
    self->is_kept = FALSE;
    g_message ("the key is open until the end of the program: %s", owned->message);
    refills_vault_settle (task, NULL);
  } else {
    refills_vault_settle (task, g_steal_pointer (&owned));
  }
}

static void
updated_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RefillsVaultOperation *operation = g_task_get_task_data (task);
  GError *error = NULL;

  if (!refills_order_store_write_key_finish (REFILLS_ORDER_STORE (source), result, &error)) {
    wrap_failed (task, error);
    return;
  }
  refills_key_record_free (operation->records->pdata[operation->index]);
  operation->records->pdata[operation->index] = g_steal_pointer (&operation->record);
  operation->index++;
  if (operation->kind == REFILLS_VAULT_DO_SET_RECOVERY)
    refills_vault_seal_next (task);
  else
    refills_vault_wrap_next (task);
}

/* One of the two parts alone, so that another process's change of the other stays. */
static void
update (GTask            *task,
        RefillsKeyRecord *record)
{
  RefillsVault *self = g_task_get_source_object (task);
  RefillsVaultOperation *operation = g_task_get_task_data (task);
  g_autoptr (RefillsKeyRecord) part = refills_key_record_copy (record);

  operation->record = record;
  g_clear_pointer (operation->kind == REFILLS_VAULT_DO_SET_RECOVERY ? &part->wrapped : &part->recovery, g_bytes_unref);
  refills_order_store_update_key_async (self->store, part, updated_cb, g_object_ref (task));
}

static void
wrap_with (GTask           *task,
           GBytes          *wrapping_key,
           RefillsKeyPlace  place)
{
  RefillsVault *self = g_task_get_source_object (task);
  RefillsVaultOperation *operation = g_task_get_task_data (task);
  g_autoptr (RefillsKeyRecord) record = refills_key_record_copy (operation->records->pdata[operation->index]);
  GError *error = NULL;

  if (refills_key_record_wrap (record, g_hash_table_lookup (self->opened, record->name), wrapping_key, place, &error))
    update (task, g_steal_pointer (&record));
  else
    wrap_failed (task, error);
}

static void
made_file_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) key = refills_vault_key_finish (result, &error);

  if (key != NULL)
    wrap_with (task, key, REFILLS_KEY_PLACE_FILE);
  else
    wrap_failed (task, error);
}

static void
kept_again_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RefillsVaultOperation *operation = g_task_get_task_data (task);
  GError *error = NULL;

  if (refills_keyring_store_finish (REFILLS_KEYRING (source), result, &error))
    wrap_with (task, operation->wrapping_key, REFILLS_KEY_PLACE_KEYRING);
  else
    wrap_failed (task, error);
}

static void
looked_again_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RefillsVault *self = g_task_get_source_object (task);
  RefillsVaultOperation *operation = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) key = refills_keyring_lookup_finish (REFILLS_KEYRING (source), result, &error);

  if (key != NULL) {
    wrap_with (task, key, REFILLS_KEY_PLACE_KEYRING);
    return;
  }
  g_clear_pointer (&operation->wrapping_key, g_bytes_unref);
  if (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND)) {
    g_clear_error (&error);
    operation->wrapping_key = refills_key_new (&error);
  }
  if (operation->wrapping_key == NULL)
    wrap_failed (task, error);
  else
    refills_keyring_store_async (self->keyring, self->data,
                                 ((const RefillsKeyRecord *) operation->records->pdata[operation->index])->name,
                                 operation->wrapping_key, g_task_get_cancellable (task), kept_again_cb,
                                 g_object_ref (task));
}

/**
 * refills_vault_wrap_next:
 * @task: the task of an operation whose keys are all open
 *
 * Wraps each key anew. What the keyring has is used again rather than replaced: the database is written after it, and a
 * program that ends in between would leave two halves that do not fit.
 */
void
refills_vault_wrap_next (GTask *task)
{
  RefillsVault *self = g_task_get_source_object (task);
  RefillsVaultOperation *operation = g_task_get_task_data (task);
  const RefillsKeyRecord *record = NULL;

  if (operation->index == operation->records->len) {
    self->is_kept = TRUE;
    refills_vault_settle (task, NULL);
    return;
  }
  record = operation->records->pdata[operation->index];
  if (operation->kind == REFILLS_VAULT_DO_KEEP_IN_FILE || record->place == REFILLS_KEY_PLACE_FILE)
    refills_vault_make_file_async (self->key_file, made_file_cb, g_object_ref (task));
  else
    refills_keyring_lookup_async (self->keyring, self->data, record->name, TRUE, g_task_get_cancellable (task),
                                  looked_again_cb, g_object_ref (task));
}

static void
sealed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  RefillsKeyRecord *record = refills_vault_seal_recovery_finish (result, &error);

  if (record != NULL)
    update (task, record);
  else
    refills_vault_settle (task, error);
}

/**
 * refills_vault_seal_next:
 * @task: the task of an operation whose keys are all open
 *
 * Seals each key for the passphrase.
 */
void
refills_vault_seal_next (GTask *task)
{
  RefillsVault *self = g_task_get_source_object (task);
  RefillsVaultOperation *operation = g_task_get_task_data (task);
  const RefillsKeyRecord *record = NULL;

  if (operation->index == operation->records->len) {
    refills_vault_settle (task, NULL);
    return;
  }
  record = operation->records->pdata[operation->index];
  refills_vault_seal_recovery_async (record, g_hash_table_lookup (self->opened, record->name), operation->passphrase,
                                     sealed_cb, g_object_ref (task));
}
