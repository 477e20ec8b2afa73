/* refills-history.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsHistory:
 *
 * The orders on disk, for one who follows none of them by itself: the command-line tool.
 *
 * All servers but the real one share a file, and this lists every order in it, with the server it was made
 * at; only an order of its own server may be asked for or saved. Where there is no file there are no orders,
 * and nothing is written by looking. Main thread; never touches the network.
 */
#include "refills-history.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "refills-order-store.h"
#include "refills-secret-keyring.h"
#include "refills-store-condition-text-private.h"
#include "refills-vault-private.h"

struct _RefillsHistory {
  GObject            parent_instance;

  char              *environment;
  char              *path;
  RefillsOrderStore *store;
  RefillsVault      *vault;
};

G_DEFINE_FINAL_TYPE (RefillsHistory, refills_history, G_TYPE_OBJECT)

static RefillsPastOrder *
make_past_order (RefillsHistory           *self,
                 const RefillsStoredOrder *stored)
{
  RefillsPastOrder *past = g_new0 (RefillsPastOrder, 1);

  past->environment = g_strdup (stored->environment);
  past->is_own = g_strcmp0 (stored->environment, self->environment) == 0;
  past->order = refills_stored_order_to_order (stored);

  return past;
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = refills_order_store_list_finish (REFILLS_ORDER_STORE (source), result, &error);
  g_autoptr (GPtrArray) orders = NULL;

  if (rows == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  orders = g_ptr_array_new_with_free_func ((GDestroyNotify) refills_past_order_free);
  for (guint i = 0; i < rows->len; i++) {
    const RefillsStoredOrder *stored = rows->pdata[i];

    if (stored->outcome != REFILLS_ORDER_OUTCOME_REFUSED)
      g_ptr_array_add (orders, make_past_order (g_task_get_source_object (task), stored));
  }
  g_task_return_pointer (task, g_steal_pointer (&orders), (GDestroyNotify) g_ptr_array_unref);
}

/* What cannot be opened is listed all the same. */
static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  RefillsHistory *self = g_task_get_source_object (task);

  if (!refills_vault_finish (REFILLS_VAULT (source), result, &error))
    g_message ("the orders stay sealed: %s", error->message);
  refills_order_store_list_all_async (self->store, NULL, listed_cb, g_steal_pointer (&task));
}

typedef struct {
  GBytes *answer;
} Reading;

static void
reading_free (Reading *self)
{
  g_clear_pointer (&self->answer, g_bytes_unref);
  g_free (self); /* a plain struct: nothing else frees it */
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Reading *reading = g_task_get_task_data (task);
  RefillsOrderState *state =
    refills_order_store_read_finish (REFILLS_ORDER_STORE (source), result, &reading->answer, &error);

  if (state != NULL)
    g_task_return_pointer (task, state, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsStoredOrder) stored =
    refills_order_store_write_finish (REFILLS_ORDER_STORE (source), result, &error);

  if (stored == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  refills_stored_order_apply (stored, g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

static void
refills_history_finalize (GObject *object)
{
  RefillsHistory *self = REFILLS_HISTORY (object);

  g_clear_object (&self->vault);
  g_clear_object (&self->store);
  g_clear_pointer (&self->environment, g_free);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (refills_history_parent_class)->finalize (object);
}

static void
refills_history_class_init (RefillsHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = refills_history_finalize;
}

static void
refills_history_init (RefillsHistory *self)
{
}

/**
 * refills_past_order_free:
 * @self: (transfer full): an order
 */
void
refills_past_order_free (RefillsPastOrder *self)
{
  g_clear_pointer (&self->environment, g_free);
  g_clear_object (&self->order);
  g_free (self); /* a plain struct: nothing else frees it */
}

/**
 * refills_history_new:
 * @environment: whose file is read, and whose orders may be saved
 *
 * Touches nothing on disk.
 *
 * Returns: (transfer full): a history
 */
RefillsHistory *
refills_history_new (const RefillsEnvironment *environment)
{
  RefillsHistory *self = g_object_new (REFILLS_TYPE_HISTORY, NULL);
  g_autoptr (RefillsKeySet) keys = refills_key_set_new ();
  g_autoptr (RefillsKeyring) keyring = refills_secret_keyring_new ();

  self->environment = g_strdup (environment->name);
  self->path = g_build_filename (environment->data_folder, "orders.db", NULL);
  self->store = refills_order_store_new (self->path, environment->name, keys);
  self->vault = refills_vault_new (environment, self->store, keys, keyring);

  return self;
}

/**
 * refills_history_get_vault:
 * @self: a history
 *
 * Returns: (transfer none): the keys to its orders; [method@History.list_async] opens it
 */
RefillsVault *
refills_history_get_vault (RefillsHistory *self)
{
  g_return_val_if_fail (REFILLS_IS_HISTORY (self), NULL);

  return self->vault;
}

/**
 * refills_history_dup_condition_text:
 * @self: a history that was listed
 *
 * Returns: (transfer full) (nullable): what is not as it should be with the orders on disk, in a sentence
 */
char *
refills_history_dup_condition_text (RefillsHistory *self)
{
  g_return_val_if_fail (REFILLS_IS_HISTORY (self), NULL);

  return refills_store_condition_to_text (self->store);
}

/**
 * refills_history_list_async:
 * @self: a history
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Reads the orders of every server in the file, but for those that a server refused. One whose key is not open
 * is sealed.
 */
void
refills_history_list_async (RefillsHistory      *self,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GStatBuf status;

  g_return_if_fail (REFILLS_IS_HISTORY (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, refills_history_list_async);
  /* The store would make the file and its folder. */
  if (g_stat (self->path, &status) != 0 && errno == ENOENT) {
    g_task_return_pointer (task,
                           g_ptr_array_new_with_free_func ((GDestroyNotify) refills_past_order_free),
                           (GDestroyNotify) g_ptr_array_unref);
    return;
  }
  if (refills_vault_get_state (self->vault) == REFILLS_VAULT_UNKNOWN)
    refills_vault_open_async (self->vault, NULL, opened_cb, g_steal_pointer (&task));
  else
    refills_order_store_list_all_async (self->store, NULL, listed_cb, g_steal_pointer (&task));
}

/**
 * refills_history_list_finish:
 * @self: a history
 * @result: what the callback was given
 * @error: return location for `REFILLS_ERROR_STORAGE` or `REFILLS_ERROR_STORAGE_FULL`
 *
 * Returns: (transfer full) (nullable) (element-type RefillsPastOrder): the orders, newest first
 */
GPtrArray *
refills_history_list_finish (RefillsHistory  *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * refills_history_read_async:
 * @self: a history
 * @order: one of its orders, of any server
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Reads all that is known of an order, its codes too.
 */
void
refills_history_read_async (RefillsHistory      *self,
                            RefillsOrder        *order,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REFILLS_IS_HISTORY (self));
  g_return_if_fail (REFILLS_IS_ORDER (order));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, refills_history_read_async);
  g_task_set_task_data (task, g_new0 (Reading, 1), (GDestroyNotify) reading_free);
  refills_order_store_read_async (self->store, refills_order_get_row (order), NULL, read_cb,
                                  g_steal_pointer (&task));
}

/**
 * refills_history_read_finish:
 * @self: a history
 * @result: what the callback was given
 * @answer: (out) (nullable) (transfer full): the last answer that said something new, whole
 * @error: return location for `REFILLS_ERROR_NOT_FOUND` where the service never answered, or
 *   `REFILLS_ERROR_STORAGE`
 *
 * Returns: (transfer full) (nullable): the state, with its codes
 */
RefillsOrderState *
refills_history_read_finish (RefillsHistory  *self,
                             GAsyncResult    *result,
                             GBytes         **answer,
                             GError         **error)
{
  Reading *reading = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  reading = g_task_get_task_data (G_TASK (result));
  *answer = g_steal_pointer (&reading->answer);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * refills_history_save_async:
 * @self: a history
 * @order: one of its orders, of its own server
 * @state: what the service says now
 * @answer: the answer that @state was read from, whole
 * @callback: called on the main thread once it is on disk, and @order is at that state
 * @user_data: handed to @callback
 *
 * Folds an answer into an order.
 */
void
refills_history_save_async (RefillsHistory      *self,
                            RefillsOrder        *order,
                            RefillsOrderState   *state,
                            GBytes              *answer,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (REFILLS_IS_HISTORY (self));
  g_return_if_fail (REFILLS_IS_ORDER (order));
  g_return_if_fail (REFILLS_IS_ORDER_STATE (state));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, refills_history_save_async);
  g_task_set_task_data (task, g_object_ref (order), g_object_unref);
  refills_order_store_merge_async (self->store, refills_order_get_row (order), state, answer, saved_cb,
                                   g_steal_pointer (&task));
}

/**
 * refills_history_save_finish:
 * @self: a history
 * @result: what the callback was given
 * @error: return location for `REFILLS_ERROR_STORAGE`, `REFILLS_ERROR_STORAGE_FULL`,
 *   `REFILLS_ERROR_NOT_FOUND` (an order of another server) or `REFILLS_ERROR_PROTOCOL`
 *
 * Returns: whether it was saved
 */
gboolean
refills_history_save_finish (RefillsHistory  *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
