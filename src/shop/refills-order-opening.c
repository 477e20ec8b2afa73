/* refills-order-opening.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The opening of orders that a list has sealed: those of which more is to come when their key is there, the others
 * when they are shown. Main thread.
 */
#include "refills-order-opening-private.h"

typedef struct {
  RefillsOrderWatcher *watcher; /* NULL where the caller follows it */
  RefillsOrder        *order;
} Opening;

/* Orders that are followed together, so that each has its place among all. */
typedef struct {
  RefillsOrderWatcher *watcher;
  GPtrArray           *orders;
  guint                n_pending;
} Batch;

static void
opening_free (gpointer data)
{
  Opening *self = data;

  g_clear_object (&self->watcher);
  g_clear_object (&self->order);
  g_free (self); /* a plain struct: nothing else frees it */
}

static void
batch_free (Batch *self)
{
  g_clear_object (&self->watcher);
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_free (self); /* a plain struct: nothing else frees it */
}

static void
count_down (Batch *self)
{
  if (--self->n_pending > 0)
    return;

  for (guint i = 0; i < self->orders->len; i++)
    refills_order_watcher_watch (self->watcher, self->orders->pdata[i], TRUE);
  batch_free (self);
}

static void
one_of_batch_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!refills_order_opening_finish (REFILLS_ORDER_STORE (source), result, &error))
    g_message ("an order stays sealed: %s", error->message);
  count_down (user_data);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsStoredOrder) stored =
    refills_order_store_open_finish (REFILLS_ORDER_STORE (source), result, &error);

  if (stored == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  /* It may have been opened meanwhile, and know more by now. */
  if (refills_order_is_sealed (opening->order))
    refills_stored_order_apply (stored, opening->order);
  if (opening->watcher != NULL)
    refills_order_watcher_watch (opening->watcher, opening->order, TRUE);
  g_task_return_boolean (task, TRUE);
}

/**
 * refills_order_opening_open_all:
 * @store: where the orders are
 * @watcher: follows them
 * @orders: orders, of [class@Order]
 *
 * Opens those of which more is to come, as far as their keys are open, and follows them. What is final stays sealed.
 */
void
refills_order_opening_open_all (RefillsOrderStore   *store,
                                RefillsOrderWatcher *watcher,
                                GListModel          *orders)
{
  Batch *batch = g_new0 (Batch, 1);

  batch->watcher = g_object_ref (watcher);
  batch->orders = g_ptr_array_new_with_free_func (g_object_unref);
  batch->n_pending = 1;
  for (guint i = 0; i < g_list_model_get_n_items (orders); i++) {
    g_autoptr (RefillsOrder) order = g_list_model_get_item (orders, i);

    if (!refills_order_is_open (order))
      continue;
    if (refills_order_is_sealed (order)) {
      batch->n_pending++;
      refills_order_opening_open_async (store, NULL, order, NULL, one_of_batch_cb, batch);
    }
    g_ptr_array_add (batch->orders, g_steal_pointer (&order));
  }
  count_down (batch);
}

/**
 * refills_order_opening_open_async:
 * @store: where the order is
 * @watcher: (nullable): follows it where more is to come
 * @order: an order
 * @cancellable: (nullable): ends the wait
 * @callback: (nullable): called on the main thread
 * @user_data: handed to @callback
 *
 * Opens a sealed order. One that is open is left as it is.
 */
void
refills_order_opening_open_async (RefillsOrderStore   *store,
                                  RefillsOrderWatcher *watcher,
                                  RefillsOrder        *order,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  g_task_set_source_tag (task, refills_order_opening_open_async);
  g_set_object (&opening->watcher, watcher);
  opening->order = g_object_ref (order);
  g_task_set_task_data (task, opening, opening_free);
  if (!refills_order_is_sealed (order)) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  refills_order_store_open_async (store, refills_order_get_row (order), cancellable, opened_cb,
                                  g_steal_pointer (&task));
}

/**
 * refills_order_opening_finish:
 * @store: where the order is
 * @result: the result
 * @error: return location for `REFILLS_ERROR_LOCKED`, `REFILLS_ERROR_STORAGE` (it is damaged, or cannot be read)
 *   or `G_IO_ERROR_CANCELLED`
 *
 * Returns: whether the order is open
 */
gboolean
refills_order_opening_finish (RefillsOrderStore  *store,
                              GAsyncResult       *result,
                              GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
