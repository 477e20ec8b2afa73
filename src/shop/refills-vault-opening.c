/* refills-vault-opening.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How the vault opens the keys that are recorded: from the keyring, the key file or the passphrase, one record after
 * the other, and what is said where that does not work.
 */
#include "refills-vault-operation-private.h"

#include <glib/gi18n.h>

#include "refills-error.h"
#include "refills-vault-work-private.h"

static void next_record (GTask *task);

static const char *
name_keyring_failure (const GError *error)
{
  if (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_NO_KEYRING))
    return _("The key to your orders is in a keyring, and no keyring can be reached on this computer.");
  if (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_LOCKED))
    return _("The keyring with the key to your orders is locked.");
  if (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND))
    return _("The key to your orders is not in the keyring, or the keyring is locked.");
  if (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_TIMEOUT))
    return _("The keyring with the key to your orders does not answer.");

  return _("The keyring did not give the key to your orders.");
}

static const char *
name_file_failure (const GError *error)
{
  if (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND))
    return _("The file with the key to your orders is missing.");
  if (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_LOCKED))
    return _("Other people on this computer could read the file with the key to your orders. "
             "Unlocking closes it to them.");

  return _("The file with the key to your orders cannot be read.");
}

static void
set_aside_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RefillsVault *self = g_task_get_source_object (task);
  RefillsVaultOperation *operation = g_task_get_task_data (task);
  GError *error = NULL;

  if (!refills_order_store_write_key_finish (REFILLS_ORDER_STORE (source), result, &error)) {
    refills_vault_settle (task, error);
    return;
  }
  g_hash_table_remove_all (self->opened);
  refills_key_set_clear (self->keys);
  g_clear_pointer (&operation->records, g_ptr_array_unref);
  operation->records = g_ptr_array_new_with_free_func ((GDestroyNotify) refills_key_record_free);
  self->is_kept = TRUE;
  refills_vault_tell_aside (self);
  refills_vault_settle (task, NULL);
}

/* Whether the operation is for what cannot be opened, and cannot it be. */
static gboolean
is_to_be_set_aside (RefillsVaultOperation *operation,
                    const GError          *error)
{
  return operation->kind == REFILLS_VAULT_DO_SET_ASIDE &&
         g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_LOCKED);
}

static void
opened_all (GTask *task)
{
  RefillsVault *self = g_task_get_source_object (task);
  RefillsVaultOperation *operation = g_task_get_task_data (task);

  if (is_to_be_set_aside (operation, operation->failure)) {
    refills_order_store_set_aside_async (self->store, set_aside_cb, g_object_ref (task));
    return;
  }
  if (operation->failure != NULL) {
    refills_vault_settle (task, g_steal_pointer (&operation->failure));
    return;
  }
  operation->is_open = TRUE;
  operation->index = 0;
  switch (operation->kind) {
  case REFILLS_VAULT_DO_RECOVER:
  case REFILLS_VAULT_DO_KEEP_IN_FILE:
    refills_vault_wrap_next (task);
    break;
  case REFILLS_VAULT_DO_SET_RECOVERY:
    refills_vault_seal_next (task);
    break;
  case REFILLS_VAULT_DO_OPEN:
  case REFILLS_VAULT_DO_UNLOCK:
  case REFILLS_VAULT_DO_PREPARE:
  case REFILLS_VAULT_DO_SET_ASIDE:
  default:
    self->is_kept = TRUE;
    refills_vault_settle (task, NULL);
    break;
  }
}

static void
try_wrapping_key (GTask      *task,
                  GBytes     *wrapping_key,
                  const char *reason)
{
  RefillsVault *self = g_task_get_source_object (task);
  RefillsVaultOperation *operation = g_task_get_task_data (task);
  const RefillsKeyRecord *record = operation->records->pdata[operation->index];
  GError *error = NULL;
  g_autoptr (GBytes) data_key = refills_key_record_unwrap (record, wrapping_key, &error);

  if (data_key != NULL)
    refills_vault_open_key (self, operation, record, data_key);
  else
    refills_vault_note_failure (operation, error, reason);
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RefillsVaultOperation *operation = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) key = refills_keyring_lookup_finish (REFILLS_KEYRING (source), result, &error);

  if (key != NULL)
    try_wrapping_key (task, key, _("The keyring has another key than the one that your orders were saved with."));
  else
    refills_vault_note_failure (operation, error, name_keyring_failure (error));
  operation->index++;
  next_record (task);
}

static void
read_file_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RefillsVaultOperation *operation = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) key = refills_vault_key_finish (result, &error);

  if (key != NULL)
    try_wrapping_key (task, key, _("The file with the key to your orders has another key in it."));
  else
    refills_vault_note_failure (operation, error, name_file_failure (error));
  operation->index++;
  next_record (task);
}

static void
recovered_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RefillsVault *self = g_task_get_source_object (task);
  RefillsVaultOperation *operation = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) data_key = refills_vault_key_finish (result, &error);

  if (data_key != NULL)
    refills_vault_open_key (self, operation, operation->records->pdata[operation->index], data_key);
  else
    refills_vault_note_failure (operation, error, NULL);
  operation->index++;
  next_record (task);
}

/* Opens the records one after the other. What did not answer for one is not asked for the next. */
static void
next_record (GTask *task)
{
  RefillsVault *self = g_task_get_source_object (task);
  RefillsVaultOperation *operation = g_task_get_task_data (task);
  const RefillsKeyRecord *record = NULL;

  while (operation->index < operation->records->len) {
    record = operation->records->pdata[operation->index];
    if (operation->kind == REFILLS_VAULT_DO_RECOVER || !g_hash_table_contains (self->opened, record->name))
      break;
    operation->index++;
  }
  if (operation->index == operation->records->len || operation->failure != NULL) {
    opened_all (task);
  } else if (operation->kind == REFILLS_VAULT_DO_RECOVER && record->recovery == NULL) {
    refills_vault_note_failure (operation,
                                g_error_new_literal (REFILLS_ERROR, REFILLS_ERROR_LOCKED, "there is no recovery"),
                                NULL);
    opened_all (task);
  } else if (operation->kind == REFILLS_VAULT_DO_RECOVER) {
    refills_vault_recover_key_async (record, operation->passphrase, recovered_cb, g_object_ref (task));
  } else if (record->place == REFILLS_KEY_PLACE_FILE) {
    refills_vault_read_file_async (self->key_file, operation->kind == REFILLS_VAULT_DO_UNLOCK, read_file_cb,
                                   g_object_ref (task));
  } else {
    refills_keyring_lookup_async (self->keyring, self->data, record->name, operation->kind == REFILLS_VAULT_DO_UNLOCK,
                                  g_task_get_cancellable (task), looked_up_cb, g_object_ref (task));
  }
}

static void
loaded (GTask     *task,
        GPtrArray *records)
{
  RefillsVaultOperation *operation = g_task_get_task_data (task);

  g_clear_pointer (&operation->records, g_ptr_array_unref);
  operation->records = records;
  operation->index = 0;
  if (records->len > 0)
    next_record (task);
  else if (operation->kind == REFILLS_VAULT_DO_PREPARE || operation->kind == REFILLS_VAULT_DO_KEEP_IN_FILE)
    refills_vault_make_first (task);
  else if (operation->kind == REFILLS_VAULT_DO_OPEN || operation->kind == REFILLS_VAULT_DO_UNLOCK ||
           operation->kind == REFILLS_VAULT_DO_SET_ASIDE)
    refills_vault_settle (task, NULL);
  else
    refills_vault_settle (task, g_error_new_literal (REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND, "there is no key yet"));
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RefillsVaultOperation *operation = g_task_get_task_data (task);
  GError *error = NULL;
  GPtrArray *records = refills_order_store_list_keys_finish (REFILLS_ORDER_STORE (source), result, &error);

  if (records != NULL) {
    loaded (task, records);
    return;
  }
  if (is_to_be_set_aside (operation, error)) {
    g_clear_error (&error);
    refills_order_store_set_aside_async (REFILLS_ORDER_STORE (source), set_aside_cb, g_object_ref (task));
    return;
  }
  operation->reason = g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_LOCKED)
                      ? _("Your orders were saved with a key that is not known here any more.")
                      : refills_error_to_text (error);
  refills_vault_settle (task, error);
}

/**
 * refills_vault_load:
 * @task: the task of an operation
 *
 * Reads the records and opens them; then whatever the operation is for. Where there is no database there are no
 * records, and none is made by looking.
 */
void
refills_vault_load (GTask *task)
{
  RefillsVault *self = g_task_get_source_object (task);
  RefillsVaultOperation *operation = g_task_get_task_data (task);
  gboolean may_make = operation->kind == REFILLS_VAULT_DO_PREPARE || operation->kind == REFILLS_VAULT_DO_KEEP_IN_FILE;

  g_clear_pointer (&operation->data_key, g_bytes_unref);
  g_clear_pointer (&operation->wrapping_key, g_bytes_unref);
  g_clear_pointer (&operation->record, refills_key_record_free);
  /* The store would make the file. */
  if (!may_make && !g_file_test (self->database, G_FILE_TEST_EXISTS))
    loaded (task, g_ptr_array_new_with_free_func ((GDestroyNotify) refills_key_record_free));
  else
    refills_order_store_list_keys_async (self->store, g_task_get_cancellable (task), listed_cb, g_object_ref (task));
}
