/* refills-vault.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsVault:
 *
 * Whether what was saved of the orders can be opened, and what a person can do where it cannot.
 *
 * Gets the data keys from where they are wrapped (the keyring, the key file, the recovery passphrase), checks each by
 * its check value, and hands them to the key set, which the store seals and opens with. Does one thing after the other,
 * in the order it was asked. It never makes a key where something is sealed already, never takes a failed look-up
 * for one that found nothing, and never keeps a key in a file unless the person chose that. Main thread; what blocks is
 * done elsewhere.
 */
#include "refills-vault.h"

#include <glib/gi18n.h>

#include "refills-error.h"
#include "refills-vault-operation-private.h"
#include "refills-vault-work-private.h"

G_DEFINE_ENUM_TYPE (RefillsVaultState, refills_vault_state,
  G_DEFINE_ENUM_VALUE (REFILLS_VAULT_UNKNOWN, "unknown"),
  G_DEFINE_ENUM_VALUE (REFILLS_VAULT_EMPTY, "empty"),
  G_DEFINE_ENUM_VALUE (REFILLS_VAULT_OPENING, "opening"),
  G_DEFINE_ENUM_VALUE (REFILLS_VAULT_OPEN, "open"),
  G_DEFINE_ENUM_VALUE (REFILLS_VAULT_LOCKED, "locked"))

G_DEFINE_FINAL_TYPE (RefillsVault, refills_vault, G_TYPE_OBJECT)

enum { PROP_0, PROP_STATE, PROP_REASON, PROP_RECOVERY, PROP_IN_FILE, N_PROPS };

static GParamSpec *props[N_PROPS];

enum { ASIDE, N_SIGNALS };

static guint signals[N_SIGNALS];

static void run_next (RefillsVault *self);

static void
operation_free (RefillsVaultOperation *self)
{
  g_clear_pointer (&self->passphrase, refills_vault_wipe_passphrase);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_error (&self->failure);
  g_clear_pointer (&self->data_key, g_bytes_unref);
  g_clear_pointer (&self->wrapping_key, g_bytes_unref);
  g_clear_pointer (&self->record, refills_key_record_free);
  g_free (self); /* plain struct */
}

static void
set_state (RefillsVault      *self,
           RefillsVaultState  state,
           const char        *reason)
{
  if (self->reason != reason) {
    self->reason = reason;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REASON]);
  }
  if (self->state != state) {
    self->state = state;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  }
}

static void
set_flags (RefillsVault *self,
           GPtrArray    *records)
{
  const RefillsKeyRecord *newest = records->len > 0 ? records->pdata[records->len - 1] : NULL;
  gboolean is_in_file = newest != NULL && newest->place == REFILLS_KEY_PLACE_FILE;
  gboolean has_recovery = newest != NULL;

  for (guint i = 0; i < records->len; i++)
    has_recovery = has_recovery && ((const RefillsKeyRecord *) records->pdata[i])->recovery != NULL;
  if (self->has_recovery != has_recovery) {
    self->has_recovery = has_recovery;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RECOVERY]);
  }
  if (self->is_in_file != is_in_file) {
    self->is_in_file = is_in_file;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IN_FILE]);
  }
}

/**
 * refills_vault_settle:
 * @task: the task of the operation that runs
 * @error: (nullable) (transfer full): why it failed
 *
 * Ends the operation; the next one begins.
 */
void
refills_vault_settle (GTask  *task,
                      GError *error)
{
  g_autoptr (RefillsVault) self = g_object_ref (g_task_get_source_object (task));
  RefillsVaultOperation *operation = g_task_get_task_data (task);

  if (operation->records != NULL)
    set_flags (self, operation->records);
  self->running = NULL;
  if (operation->is_open || operation->was_open)
    set_state (self, REFILLS_VAULT_OPEN, NULL);
  else if (operation->records != NULL && operation->records->len == 0)
    set_state (self, REFILLS_VAULT_EMPTY, NULL);
  else
    set_state (self, REFILLS_VAULT_LOCKED,
               operation->reason != NULL ? operation->reason : _("Your orders are locked."));

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  run_next (self);
}

/**
 * refills_vault_tell_aside:
 * @self: a vault whose orders were set aside
 *
 * Tells whoever shows them.
 */
void
refills_vault_tell_aside (RefillsVault *self)
{
  g_signal_emit (self, signals[ASIDE], 0);
}

/**
 * refills_vault_note_failure:
 * @operation: what runs
 * @error: (transfer full): why a key cannot be opened
 * @reason: (nullable): the same as a sentence, where it is another than before
 *
 * Keeps the first failure. A passphrase that is wrong, and a person who cancels, are told as they are; all else is
 * locked.
 */
void
refills_vault_note_failure (RefillsVaultOperation *operation,
                            GError                *error,
                            const char            *reason)
{
  g_autoptr (GError) owned = error;

  if (operation->failure != NULL)
    return;
  if (reason != NULL)
    operation->reason = reason;
  if (g_error_matches (owned, REFILLS_ERROR, REFILLS_ERROR_WRONG_PASSPHRASE) ||
      g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    operation->failure = g_steal_pointer (&owned);
  else
    g_set_error (&operation->failure, REFILLS_ERROR, REFILLS_ERROR_LOCKED, "the vault: %s", owned->message);
}

/**
 * refills_vault_open_key:
 * @self: a vault
 * @operation: what runs
 * @record: one of its records
 * @data_key: its key, verified
 *
 * Opens what was sealed with a key.
 */
void
refills_vault_open_key (RefillsVault           *self,
                        RefillsVaultOperation  *operation,
                        const RefillsKeyRecord *record,
                        GBytes                 *data_key)
{
  gboolean is_newest = record == operation->records->pdata[operation->records->len - 1];

  g_hash_table_replace (self->opened, g_strdup (record->name), g_bytes_ref (data_key));
  if (!refills_key_set_add (self->keys, record->name, data_key, is_newest))
    refills_vault_note_failure (operation,
                                g_error_new_literal (REFILLS_ERROR, REFILLS_ERROR_STORAGE, "a key cannot be used"),
                                _("The key to your orders cannot be used."));
}

static void
run_next (RefillsVault *self)
{
  g_autoptr (GTask) task = NULL;
  RefillsVaultOperation *operation = NULL;

  if (self->running != NULL || g_queue_is_empty (&self->waiting))
    return;
  task = g_queue_pop_head (&self->waiting);
  operation = g_task_get_task_data (task);
  self->running = task;
  operation->was_open = self->state == REFILLS_VAULT_OPEN;
  operation->reason = self->reason;
  if (operation->was_open &&
      (operation->kind == REFILLS_VAULT_DO_OPEN || operation->kind == REFILLS_VAULT_DO_UNLOCK ||
       operation->kind == REFILLS_VAULT_DO_PREPARE || operation->kind == REFILLS_VAULT_DO_SET_ASIDE)) {
    refills_vault_settle (task, NULL);
    return;
  }
  if (!operation->was_open)
    set_state (self, REFILLS_VAULT_OPENING, NULL);
  refills_vault_load (task);
}

static void
begin (RefillsVault        *self,
       RefillsVaultKind                 kind,
       const char          *passphrase,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  RefillsVaultOperation *operation = g_new0 (RefillsVaultOperation, 1);

  /* The state says what was done, and so does the result. */
  g_task_set_check_cancellable (task, FALSE);
  operation->kind = kind;
  operation->passphrase = g_strdup (passphrase);
  g_task_set_task_data (task, operation, (GDestroyNotify) operation_free);
  g_queue_push_tail (&self->waiting, g_steal_pointer (&task));
  run_next (self);
}

static void
refills_vault_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  RefillsVault *self = REFILLS_VAULT (object);

  switch (property_id) {
  case PROP_STATE:
    g_value_set_enum (value, (int) self->state);
    break;
  case PROP_REASON:
    g_value_set_string (value, self->reason);
    break;
  case PROP_RECOVERY:
    g_value_set_boolean (value, self->has_recovery);
    break;
  case PROP_IN_FILE:
    g_value_set_boolean (value, self->is_in_file);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_vault_finalize (GObject *object)
{
  RefillsVault *self = REFILLS_VAULT (object);

  g_clear_pointer (&self->opened, g_hash_table_unref);
  g_clear_object (&self->keyring);
  g_clear_object (&self->store);
  g_clear_pointer (&self->keys, refills_key_set_unref);
  g_clear_pointer (&self->key_file, g_free);
  g_clear_pointer (&self->database, g_free);
  g_clear_pointer (&self->data, g_free);

  G_OBJECT_CLASS (refills_vault_parent_class)->finalize (object);
}

static void
refills_vault_class_init (RefillsVaultClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = refills_vault_get_property;
  object_class->finalize = refills_vault_finalize;

  props[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, REFILLS_TYPE_VAULT_STATE, REFILLS_VAULT_UNKNOWN, flags);
  props[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, flags);
  props[PROP_RECOVERY] = g_param_spec_boolean ("recovery", NULL, NULL, FALSE, flags);
  props[PROP_IN_FILE] = g_param_spec_boolean ("in-file", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * RefillsVault::aside:
   *
   * The orders that were locked are in a file of their own, and there are none any more; the state changes next.
   */
  signals[ASIDE] =
    g_signal_new ("aside", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
refills_vault_init (RefillsVault *self)
{
  self->opened = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->is_kept = TRUE;
  g_queue_init (&self->waiting);
}

static gboolean
is_long_enough (const char *passphrase)
{
  return g_utf8_validate (passphrase, -1, NULL) && g_utf8_strlen (passphrase, -1) >= REFILLS_VAULT_MIN_PASSPHRASE;
}

/**
 * refills_vault_new:
 * @environment: whose orders
 * @store: where they are
 * @keys: what @store seals and opens with; the vault fills it
 * @keyring: where keys are kept
 *
 * Touches nothing.
 *
 * Returns: (transfer full): a vault of unknown state
 */
RefillsVault *
refills_vault_new (const RefillsEnvironment *environment,
                   RefillsOrderStore        *store,
                   RefillsKeySet            *keys,
                   RefillsKeyring           *keyring)
{
  RefillsVault *self = g_object_new (REFILLS_TYPE_VAULT, NULL);

  self->data = g_strdup (environment->is_live ? "live" : "practice");
  self->database = g_build_filename (environment->data_folder, "orders.db", NULL);
  self->key_file = g_build_filename (environment->data_folder, "orders.key", NULL);
  self->store = g_object_ref (store);
  self->keys = refills_key_set_ref (keys);
  self->keyring = g_object_ref (keyring);

  return self;
}

/**
 * refills_vault_get_state:
 * @self: a vault
 *
 * Returns: whether what was saved can be opened
 */
RefillsVaultState
refills_vault_get_state (RefillsVault *self)
{
  g_return_val_if_fail (REFILLS_IS_VAULT (self), REFILLS_VAULT_UNKNOWN);

  return self->state;
}

/**
 * refills_vault_get_reason:
 * @self: a vault
 *
 * Returns: (nullable): why it is locked, as a translated sentence; `NULL` unless it is
 */
const char *
refills_vault_get_reason (RefillsVault *self)
{
  g_return_val_if_fail (REFILLS_IS_VAULT (self), NULL);

  return self->reason;
}

/**
 * refills_vault_has_recovery:
 * @self: a vault
 *
 * Returns: whether there is a recovery passphrase
 */
gboolean
refills_vault_has_recovery (RefillsVault *self)
{
  g_return_val_if_fail (REFILLS_IS_VAULT (self), FALSE);

  return self->has_recovery;
}

/**
 * refills_vault_is_in_file:
 * @self: a vault
 *
 * Returns: whether the key is kept in a file, rather than in a keyring
 */
gboolean
refills_vault_is_in_file (RefillsVault *self)
{
  g_return_val_if_fail (REFILLS_IS_VAULT (self), FALSE);

  return self->is_in_file;
}

/**
 * refills_vault_is_kept:
 * @self: an open vault
 *
 * Returns: whether the next start opens it by itself: `FALSE` where the passphrase opened it, and nothing would keep
 *   the key since
 */
gboolean
refills_vault_is_kept (RefillsVault *self)
{
  g_return_val_if_fail (REFILLS_IS_VAULT (self), FALSE);

  return self->is_kept;
}

/**
 * refills_vault_open_async:
 * @self: a vault
 * @cancellable: (nullable): ends the wait for the keyring
 * @callback: (nullable): called on the main thread
 * @user_data: handed to @callback
 *
 * Looks whether there is a key and opens it, at start: never asks a person, and leaves a keyring that has not answered
 * within 5 s. Finish with [method@Vault.finish].
 */
void
refills_vault_open_async (RefillsVault        *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (REFILLS_IS_VAULT (self));

  begin (self, REFILLS_VAULT_DO_OPEN, NULL, cancellable, callback, user_data);
}

/**
 * refills_vault_unlock_async:
 * @self: a vault
 * @cancellable: (nullable): ends the wait, and the keyring's prompt
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * As [method@Vault.open_async], because a person asked for it: the keyring may ask for its password, and a key file
 * that others could read is closed to them.
 */
void
refills_vault_unlock_async (RefillsVault        *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (REFILLS_IS_VAULT (self));

  begin (self, REFILLS_VAULT_DO_UNLOCK, NULL, cancellable, callback, user_data);
}

/**
 * refills_vault_recover_async:
 * @self: a vault
 * @passphrase: what the person typed
 * @cancellable: (nullable): ends the wait, and the keyring's prompt
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Opens the key by the recovery passphrase, and keeps it again where it was kept, so that the next start needs no
 * passphrase. Where that does not work the vault is open all the same, and [method@Vault.is_kept] says so.
 */
void
refills_vault_recover_async (RefillsVault        *self,
                             const char          *passphrase,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (REFILLS_IS_VAULT (self));
  g_return_if_fail (passphrase != NULL);

  begin (self, REFILLS_VAULT_DO_RECOVER, passphrase, cancellable, callback, user_data);
}

/**
 * refills_vault_prepare_async:
 * @self: a vault
 * @cancellable: (nullable): ends the wait, and the keyring's prompt
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Sees to it that a new order can be sealed: makes the first key where there is none. The person is buying, so a locked
 * keyring may ask for its password then.
 */
void
refills_vault_prepare_async (RefillsVault        *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (REFILLS_IS_VAULT (self));

  begin (self, REFILLS_VAULT_DO_PREPARE, NULL, cancellable, callback, user_data);
}

/**
 * refills_vault_keep_in_file_async:
 * @self: a vault that is empty or open
 * @cancellable: (nullable): a cancellable
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Keeps the key in a file that only this person can read, from now on: because the person chose that, and never else.
 * Where there is no key yet it is made.
 */
void
refills_vault_keep_in_file_async (RefillsVault        *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (REFILLS_IS_VAULT (self));

  begin (self, REFILLS_VAULT_DO_KEEP_IN_FILE, NULL, cancellable, callback, user_data);
}

/**
 * refills_vault_set_recovery_async:
 * @self: an open vault
 * @passphrase: at least `REFILLS_VAULT_MIN_PASSPHRASE` characters
 * @cancellable: (nullable): a cancellable
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Makes the key recoverable by a passphrase, which replaces one before.
 */
void
refills_vault_set_recovery_async (RefillsVault        *self,
                                  const char          *passphrase,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (REFILLS_IS_VAULT (self));
  g_return_if_fail (passphrase != NULL);

  if (is_long_enough (passphrase))
    begin (self, REFILLS_VAULT_DO_SET_RECOVERY, passphrase, cancellable, callback, user_data);
  else
    g_task_report_new_error (self, callback, user_data, refills_vault_set_recovery_async, REFILLS_ERROR,
                             REFILLS_ERROR_INVALID_INPUT, "the passphrase is too short");
}

/**
 * refills_vault_set_aside_async:
 * @self: a vault
 * @cancellable: (nullable): ends the wait for the keyring
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * The last resort of a person who has lost the key: once more looks for it, without asking a person, and where it
 * cannot be had keeps the orders in a file of their own (`orders.db.locked-EPOCH`) and begins without any. Orders that
 * can be opened stay, open; so does all where another process has the file open.
 */
void
refills_vault_set_aside_async (RefillsVault        *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (REFILLS_IS_VAULT (self));

  begin (self, REFILLS_VAULT_DO_SET_ASIDE, NULL, cancellable, callback, user_data);
}

/**
 * refills_vault_finish:
 * @self: a vault
 * @result: what the callback was given
 * @error: return location for `REFILLS_ERROR_LOCKED`, `_WRONG_PASSPHRASE`, `_NO_KEYRING` (nothing keeps a first key),
 *   `_INVALID_INPUT` (a passphrase that is too short), `_NOT_FOUND` (there is no key yet), `_IN_USE` (another process
 *   has the orders open that were to be set aside), `_STORAGE…` or
 *   `G_IO_ERROR_CANCELLED`
 *
 * Ends any of the calls.
 *
 * Returns: whether it did what was asked; for [method@Vault.open_async] and `unlock` also where there is no key yet
 */
gboolean
refills_vault_finish (RefillsVault  *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
