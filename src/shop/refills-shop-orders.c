/* refills-shop-orders.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the shop does with an order that is there: its codes, news of it, and in practice its payment.
 */
#include "refills-error.h"
#include "refills-order-opening-private.h"
#include "refills-shop-private.h"

static void
order_opened_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (refills_order_opening_finish (REFILLS_ORDER_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
revealed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text =
    refills_order_store_reveal_finish (REFILLS_ORDER_STORE (source), result, &error);

  if (text == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  g_task_return_pointer (task, g_steal_pointer (&text), g_free);
}

static void
simulated_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = refills_http_send_finish (REFILLS_HTTP (source), result, &error);

  if (answer == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  g_task_return_boolean (task, TRUE);
}

/**
 * refills_shop_dup_whole_order:
 * @self: a shop
 * @order: an order that may not be saved
 *
 * Tells all that is known of an order, also an answer that was never shown since it could not be saved: for one who
 * keeps it elsewhere, and not for a page, which shows what is on disk.
 *
 * Returns: (transfer full): @order, or another object with that answer, codes included, that nothing follows
 */
RefillsOrder *
refills_shop_dup_whole_order (RefillsShop  *self,
                              RefillsOrder *order)
{
  RefillsOrderState *answer = NULL;
  RefillsOrder *whole = NULL;

  g_return_val_if_fail (REFILLS_IS_SHOP (self), NULL);
  g_return_val_if_fail (REFILLS_IS_ORDER (order), NULL);

  answer = refills_order_journal_get_unsaved (self->journal, order);
  if (answer == NULL)
    return g_object_ref (order);
  whole = refills_order_new (refills_order_get_row (order), refills_order_get_created_at (order),
                             refills_order_get_asked (order));
  refills_order_apply (whole, answer);

  return whole;
}

/**
 * refills_shop_open_order_async:
 * @self: a shop
 * @order: an order
 * @cancellable: (nullable): ends the wait
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Opens an order that a list has sealed, for what is only on its own page.
 */
void
refills_shop_open_order_async (RefillsShop         *self,
                               RefillsOrder        *order,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = NULL;

  g_return_if_fail (REFILLS_IS_SHOP (self));
  g_return_if_fail (REFILLS_IS_ORDER (order));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, refills_shop_open_order_async);
  refills_order_opening_open_async (self->store, self->watcher, order, cancellable, order_opened_cb, task);
}

/**
 * refills_shop_open_order_finish:
 * @self: a shop
 * @result: the result
 * @error: return location for `REFILLS_ERROR_LOCKED`, `REFILLS_ERROR_STORAGE` (it is damaged, or cannot be read)
 *   or `G_IO_ERROR_CANCELLED`
 *
 * Returns: whether the order is open
 */
gboolean
refills_shop_open_order_finish (RefillsShop   *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * refills_shop_reveal_async:
 * @self: a shop
 * @order: an order
 * @delivery: position of the delivery
 * @secret: which of its texts
 * @cancellable: (nullable): a cancellable
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Reads a code from disk.
 */
void
refills_shop_reveal_async (RefillsShop         *self,
                           RefillsOrder        *order,
                           guint                delivery,
                           RefillsSecret        secret,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  char *unsaved = NULL;

  g_return_if_fail (REFILLS_IS_SHOP (self));
  g_return_if_fail (REFILLS_IS_ORDER (order));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, refills_shop_reveal_async);
  unsaved = refills_order_watcher_dup_unsaved (self->watcher, order, delivery, secret);
  if (unsaved != NULL) {
    g_task_return_pointer (task, unsaved, g_free);
    return;
  }
  refills_order_store_reveal_async (self->store, refills_order_get_row (order), delivery, secret,
                                    cancellable, revealed_cb, g_steal_pointer (&task));
}

/**
 * refills_shop_reveal_finish:
 * @self: a shop
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the text, exactly as it was delivered, or `NULL` with @error set
 */
char *
refills_shop_reveal_finish (RefillsShop   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * refills_shop_refresh_order:
 * @self: a shop
 * @order: an order
 *
 * Asks for an open order now.
 */
void
refills_shop_refresh_order (RefillsShop  *self,
                            RefillsOrder *order)
{
  g_return_if_fail (REFILLS_IS_SHOP (self));

  refills_order_watcher_refresh (self->watcher, order);
}

/**
 * refills_shop_expect_payment:
 * @self: a shop
 * @order: an order that somebody says to have paid
 *
 * Asks for an open order now, and closely for the next hour. Tells the service nothing.
 */
void
refills_shop_expect_payment (RefillsShop  *self,
                             RefillsOrder *order)
{
  g_return_if_fail (REFILLS_IS_SHOP (self));

  refills_order_watcher_expect (self->watcher, order);
}

/**
 * refills_shop_mark_told:
 * @self: a shop
 * @notice: what the person was told
 *
 * Remembers on disk that @notice was told, so that no later process tells it.
 */
void
refills_shop_mark_told (RefillsShop   *self,
                        RefillsNotice *notice)
{
  g_return_if_fail (REFILLS_IS_SHOP (self));

  refills_notice_board_mark_told (self->notices, notice);
}

/**
 * refills_shop_mark_seen:
 * @self: a shop
 * @order: an order whose page is looked at
 *
 * Remembers on disk that the person knows how @order stands, so that it is not told.
 */
void
refills_shop_mark_seen (RefillsShop  *self,
                        RefillsOrder *order)
{
  g_return_if_fail (REFILLS_IS_SHOP (self));

  refills_notice_board_mark_seen (self->notices, order);
}

/**
 * refills_shop_simulate_payment_async:
 * @self: a practice shop
 * @order: a payable order
 * @cancellable: (nullable): a cancellable
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Has the sandbox behave as if the order had been paid. Refused with `REFILLS_ERROR_INVALID_INPUT`
 * outside practice.
 */
void
refills_shop_simulate_payment_async (RefillsShop         *self,
                                     RefillsOrder        *order,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  g_autofree char *path = NULL;
  RefillsOrderState *state = NULL;

  g_return_if_fail (REFILLS_IS_SHOP (self));
  g_return_if_fail (REFILLS_IS_ORDER (order));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, refills_shop_simulate_payment_async);
  state = refills_order_get_state (order);
  if (!self->environment->is_practice || state == NULL || refills_order_is_sealed (order)) {
    g_task_return_new_error (task, REFILLS_ERROR, REFILLS_ERROR_INVALID_INPUT,
                             "only a practice order can be paid in practice");
    return;
  }

  path = g_strconcat ("/sandbox/orders/", refills_order_state_get_order_id (state), "/pay", NULL);
  refills_http_post_json_async (self->http, path, body, NULL, cancellable, simulated_cb,
                                g_steal_pointer (&task));
}

/**
 * refills_shop_simulate_payment_finish:
 * @self: a shop
 * @result: the result
 * @error: return location for an error
 *
 * Returns: whether the sandbox did so
 */
gboolean
refills_shop_simulate_payment_finish (RefillsShop   *self,
                                      GAsyncResult  *result,
                                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
