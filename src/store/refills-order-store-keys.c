/* refills-order-store-keys.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The jobs of the store that read and write the records of keys, and keep their copy. They run in turn with those of
 * the orders.
 */
#include "refills-order-store-keys.h"

#include "refills-error.h"
#include "refills-key-copy.h"
#include "refills-order-store-private.h"

static gboolean
may_write (RefillsOrderTable *table)
{
  return (refills_order_file_get_condition (table->file) & REFILLS_STORE_CONDITION_ONLY_READ) == 0;
}

/* @records: (transfer full) (nullable): all there are */
static void
write_copy (RefillsOrderTable *table,
            GPtrArray         *records)
{
  if (records == NULL)
    return;
  refills_key_copy_write (refills_order_file_get_path (table->file), records);
  g_ptr_array_unref (records);
}

static gpointer
run_list (RefillsOrderTable  *table,
          gpointer            data,
          GError            **error)
{
  RefillsDb *db = refills_order_file_open (table->file, error);
  const char *path = refills_order_file_get_path (table->file);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) refusal = NULL;

  /* A key that is damaged opens nothing, and there are others of it. */
  if (db != NULL && may_write (table) && !refills_key_table_is_sound (db)) {
    if (!refills_order_file_mend (table->file, &refusal))
      g_message ("the damaged keys stay: %s", refusal->message);
    g_clear_error (&refusal);
    db = refills_order_file_open (table->file, error);
  }
  if (db == NULL)
    return NULL;
  records = refills_key_table_list (db, &refusal);
  /* Orders are sealed, and nothing says with what. */
  if (g_error_matches (refusal, REFILLS_ERROR, REFILLS_ERROR_LOCKED) && may_write (table)) {
    g_autoptr (GPtrArray) copies = refills_key_copy_read (path);

    if (refills_key_table_restore (db, copies, NULL)) {
      g_clear_error (&refusal);
      records = refills_key_table_list (db, &refusal);
    }
  }
  if (records == NULL) {
    g_propagate_error (error, g_steal_pointer (&refusal));
    return NULL;
  }
  if (records->len > 0 && may_write (table) && refills_key_copy_lacks (path, records))
    refills_key_copy_write (path, records);

  return g_steal_pointer (&records);
}

static gpointer
run_add (RefillsOrderTable  *table,
         gpointer            data,
         GError            **error)
{
  RefillsDb *db = refills_order_file_open_to_write (table->file, error);

  if (db == NULL || !refills_key_table_add_first (db, data, error))
    return NULL;
  write_copy (table, refills_key_table_list (db, NULL));

  return GINT_TO_POINTER (TRUE);
}

static gpointer
run_update (RefillsOrderTable  *table,
            gpointer            data,
            GError            **error)
{
  RefillsDb *db = refills_order_file_open_to_write (table->file, error);

  if (db == NULL || !refills_key_table_update (db, data, error))
    return NULL;
  write_copy (table, refills_key_table_list (db, NULL));

  return GINT_TO_POINTER (TRUE);
}

static gpointer
run_set_aside (RefillsOrderTable  *table,
               gpointer            data,
               GError            **error)
{
  return GINT_TO_POINTER (refills_order_file_set_aside (table->file, error));
}

/**
 * refills_order_store_list_keys_async:
 * @self: a store
 * @cancellable: (nullable): ends the wait
 * @callback: called with the result
 * @user_data: handed to @callback
 *
 * Reads the records of all keys.
 */
void
refills_order_store_list_keys_async (RefillsOrderStore   *self,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  refills_order_store_run_async (self, run_list, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                                 user_data);
}

/**
 * refills_order_store_list_keys_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for `REFILLS_ERROR_STORAGE`, `REFILLS_ERROR_LOCKED` (orders are sealed, and no key is
 *   recorded) or `G_IO_ERROR_CANCELLED`
 *
 * Returns: (transfer full) (nullable) (element-type RefillsKeyRecord): the records, the newest last
 */
GPtrArray *
refills_order_store_list_keys_finish (RefillsOrderStore  *self,
                                      GAsyncResult       *result,
                                      GError            **error)
{
  return refills_order_store_run_finish (self, result, error);
}

/**
 * refills_order_store_add_key_async:
 * @self: a store
 * @record: the first key, copied
 * @callback: called once it is on the disk
 * @user_data: handed to @callback
 *
 * Commits the first key. Finish with [method@OrderStore.write_key_finish].
 */
void
refills_order_store_add_key_async (RefillsOrderStore      *self,
                                   const RefillsKeyRecord *record,
                                   GAsyncReadyCallback     callback,
                                   gpointer                user_data)
{
  refills_order_store_run_async (self, run_add, refills_key_record_copy (record),
                                 (GDestroyNotify) refills_key_record_free, NULL, NULL, callback, user_data);
}

/**
 * refills_order_store_update_key_async:
 * @self: a store
 * @record: a key that is on the disk, copied
 * @callback: called once it is on the disk
 * @user_data: handed to @callback
 *
 * Commits how a key is wrapped. Finish with [method@OrderStore.write_key_finish].
 */
void
refills_order_store_update_key_async (RefillsOrderStore      *self,
                                      const RefillsKeyRecord *record,
                                      GAsyncReadyCallback     callback,
                                      gpointer                user_data)
{
  refills_order_store_run_async (self, run_update, refills_key_record_copy (record),
                                 (GDestroyNotify) refills_key_record_free, NULL, NULL, callback, user_data);
}

/**
 * refills_order_store_set_aside_async:
 * @self: a store
 * @callback: called once it is done
 * @user_data: handed to @callback
 *
 * Keeps all orders and their keys in a file of their own, and begins without any. Finish with
 * [method@OrderStore.write_key_finish].
 */
void
refills_order_store_set_aside_async (RefillsOrderStore   *self,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  refills_order_store_run_async (self, run_set_aside, NULL, NULL, NULL, NULL, callback, user_data);
}

/**
 * refills_order_store_write_key_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for `REFILLS_ERROR_STORAGE`, `REFILLS_ERROR_STORAGE_FULL`, `REFILLS_ERROR_LOCKED` (not the
 *   first key), `REFILLS_ERROR_NOT_FOUND` (no such key) or `REFILLS_ERROR_IN_USE` (another process has them open)
 *
 * Returns: whether it is on the disk
 */
gboolean
refills_order_store_write_key_finish (RefillsOrderStore  *self,
                                      GAsyncResult       *result,
                                      GError            **error)
{
  return refills_order_store_run_finish (self, result, error) != NULL;
}
