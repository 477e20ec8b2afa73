/* refills-order-store-read.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How the rows are listed, and how one is opened: without its secrets, one secret of it, or all of it.
 */
#include "refills-order-store-private.h"

typedef struct {
  gint64 row;
  guint delivery;
  RefillsSecret secret;
} Place;

/* All that is known of an order. */
typedef struct {
  RefillsOrderState *state;
  GBytes *answer;
} Whole;

static void
whole_free (gpointer data)
{
  Whole *self = data;

  g_clear_object (&self->state);
  g_clear_pointer (&self->answer, g_bytes_unref);
  g_free (self); /* plain struct */
}

static gpointer
run_list (RefillsOrderTable  *table,
          gpointer            data,
          GError            **error)
{
  GPtrArray *rows = refills_order_table_list (table, FALSE, error);

  table->is_listed = rows != NULL;

  return rows;
}

/* Whoever asks for all of them asks once, and ends: what a list does not read is looked at before. */
static gpointer
run_list_all (RefillsOrderTable  *table,
              gpointer            data,
              GError            **error)
{
  g_autoptr (GError) refusal = NULL;
  GPtrArray *rows = NULL;

  if (!table->is_checked && refills_order_file_is_damaged (table->file) &&
      !refills_order_file_mend (table->file, &refusal))
    g_message ("the damaged orders stay: %s", refusal->message);
  table->is_checked = TRUE;
  rows = refills_order_table_list (table, TRUE, error);
  if (rows != NULL)
    refills_order_table_open_all (table, rows);

  return rows;
}

static gpointer
run_open (RefillsOrderTable  *table,
          gpointer            data,
          GError            **error)
{
  const Place *place = data;

  return refills_order_table_open (table, place->row, error);
}

static gpointer
run_reveal (RefillsOrderTable  *table,
            gpointer            data,
            GError            **error)
{
  const Place *place = data;

  return refills_order_table_reveal (table, place->row, place->delivery, place->secret, error);
}

static gpointer
run_read (RefillsOrderTable  *table,
          gpointer            data,
          GError            **error)
{
  const Place *place = data;
  g_autoptr (GBytes) answer = NULL;
  RefillsOrderState *state = refills_order_table_read (table, place->row, &answer, error);
  Whole *whole = NULL;

  if (state == NULL)
    return NULL;
  whole = g_new0 (Whole, 1);
  whole->state = state;
  whole->answer = g_steal_pointer (&answer);

  return whole;
}

static void
push (RefillsOrderStore     *self,
      RefillsOrderStoreFunc  run,
      const Place           *place,
      GDestroyNotify         result_free,
      GCancellable          *cancellable,
      GAsyncReadyCallback    callback,
      gpointer               user_data)
{
  refills_order_store_run_async (self, run, g_memdup2 (place, sizeof *place), g_free, result_free, cancellable,
                                 callback, user_data);
}

/**
 * refills_order_store_list_async:
 * @self: a store
 * @cancellable: (nullable): ends the wait
 * @callback: called with the result
 * @user_data: handed to @callback
 *
 * Reads what may be known without a key of all rows of the environment, newest first. One that was being
 * sent when its process ended comes back, and stays, as of unknown outcome.
 */
void
refills_order_store_list_async (RefillsOrderStore   *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (REFILLS_IS_ORDER_STORE (self));

  refills_order_store_run_async (self, run_list, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                                 user_data);
}

/**
 * refills_order_store_list_all_async:
 * @self: a store
 * @cancellable: (nullable): ends the wait
 * @callback: called with the result
 * @user_data: handed to @callback
 *
 * As [method@OrderStore.list_async], for the rows of every environment, and with each row opened that can be;
 * each names its environment. Finish with [method@OrderStore.list_finish].
 */
void
refills_order_store_list_all_async (RefillsOrderStore   *self,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_return_if_fail (REFILLS_IS_ORDER_STORE (self));

  refills_order_store_run_async (self, run_list_all, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, cancellable,
                                 callback, user_data);
}

/**
 * refills_order_store_list_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for `REFILLS_ERROR_STORAGE`, `REFILLS_ERROR_STORAGE_FULL` or
 *   `G_IO_ERROR_CANCELLED`
 *
 * Returns: (transfer full) (nullable) (element-type RefillsStoredOrder): the rows
 */
GPtrArray *
refills_order_store_list_finish (RefillsOrderStore  *self,
                                 GAsyncResult       *result,
                                 GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return refills_order_store_run_finish (self, result, error);
}

/**
 * refills_order_store_open_async:
 * @self: a store
 * @row: a row number, of any environment
 * @cancellable: (nullable): ends the wait
 * @callback: called with the result
 * @user_data: handed to @callback
 *
 * Opens a row that a list has sealed.
 */
void
refills_order_store_open_async (RefillsOrderStore   *self,
                                gint64               row,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (REFILLS_IS_ORDER_STORE (self));

  push (self, run_open, &(Place) { .row = row }, (GDestroyNotify) refills_stored_order_free, cancellable, callback,
        user_data);
}

/**
 * refills_order_store_open_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for `REFILLS_ERROR_LOCKED` (the key of the row is not open),
 *   `REFILLS_ERROR_STORAGE` (it is damaged, or cannot be read), `REFILLS_ERROR_NOT_FOUND` or
 *   `G_IO_ERROR_CANCELLED`
 *
 * Returns: (transfer full) (nullable): the row, without its secrets
 */
RefillsStoredOrder *
refills_order_store_open_finish (RefillsOrderStore  *self,
                                 GAsyncResult       *result,
                                 GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return refills_order_store_run_finish (self, result, error);
}

/**
 * refills_order_store_reveal_async:
 * @self: a store
 * @row: a row number
 * @delivery: which delivery, from 0
 * @secret: which of its secrets
 * @cancellable: (nullable): ends the wait
 * @callback: called with the result
 * @user_data: handed to @callback
 *
 * Reads one secret.
 */
void
refills_order_store_reveal_async (RefillsOrderStore   *self,
                                  gint64               row,
                                  guint                delivery,
                                  RefillsSecret        secret,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (REFILLS_IS_ORDER_STORE (self));
  g_return_if_fail (secret < REFILLS_N_SECRETS);

  push (self, run_reveal, &(Place) { .row = row, .delivery = delivery, .secret = secret }, g_free, cancellable,
        callback, user_data);
}

/**
 * refills_order_store_reveal_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for `REFILLS_ERROR_NOT_FOUND`, `REFILLS_ERROR_STORAGE` or
 *   `G_IO_ERROR_CANCELLED`
 *
 * Returns: (transfer full) (nullable): the secret, exactly as the service sent it
 */
char *
refills_order_store_reveal_finish (RefillsOrderStore  *self,
                                   GAsyncResult       *result,
                                   GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return refills_order_store_run_finish (self, result, error);
}

/**
 * refills_order_store_read_async:
 * @self: a store
 * @row: a row number, of any environment
 * @cancellable: (nullable): ends the wait
 * @callback: called with the result
 * @user_data: handed to @callback
 *
 * Reads all that is known of an order, its secrets too.
 */
void
refills_order_store_read_async (RefillsOrderStore   *self,
                                gint64               row,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (REFILLS_IS_ORDER_STORE (self));

  push (self, run_read, &(Place) { .row = row }, whole_free, cancellable, callback, user_data);
}

/**
 * refills_order_store_read_finish:
 * @self: a store
 * @result: what the callback was given
 * @answer: (out) (nullable) (transfer full): the last answer that said something new, whole
 * @error: return location for `REFILLS_ERROR_NOT_FOUND`, `REFILLS_ERROR_STORAGE` or
 *   `G_IO_ERROR_CANCELLED`
 *
 * Returns: (transfer full) (nullable): the state, not redacted
 */
RefillsOrderState *
refills_order_store_read_finish (RefillsOrderStore  *self,
                                 GAsyncResult       *result,
                                 GBytes            **answer,
                                 GError            **error)
{
  Whole *whole = NULL;
  RefillsOrderState *state = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  whole = refills_order_store_run_finish (self, result, error);
  if (whole == NULL)
    return NULL;
  state = g_steal_pointer (&whole->state);
  *answer = g_steal_pointer (&whole->answer);
  whole_free (whole);

  return state;
}
