/* refills-order-store-notices.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The job of the store that remembers what the person was told. It runs in turn with the others.
 */
#include "refills-order-store-private.h"

typedef struct {
  gint64 row;
  guint notices;
} Mark;

/* There is nothing to hand back but that it worked. */
static gpointer
run_mark (RefillsOrderTable  *table,
          gpointer            data,
          GError            **error)
{
  const Mark *mark = data;

  return refills_order_table_mark_notices (table, mark->row, mark->notices, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

/**
 * refills_order_store_mark_notices_async:
 * @self: a store
 * @row: a row number
 * @notices: bits: 1 payment seen, 2 code ready, 4 expired
 * @callback: called once it is on the disk
 * @user_data: handed to @callback
 *
 * Remembers that the person was told @notices of an order, and what was remembered before. Works without a key.
 */
void
refills_order_store_mark_notices_async (RefillsOrderStore   *self,
                                        gint64               row,
                                        guint                notices,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  Mark *mark = g_new0 (Mark, 1);

  mark->row = row;
  mark->notices = notices;
  refills_order_store_run_async (self, run_mark, mark, g_free, NULL, NULL, callback, user_data);
}

/**
 * refills_order_store_mark_notices_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is on the disk
 */
gboolean
refills_order_store_mark_notices_finish (RefillsOrderStore  *self,
                                         GAsyncResult       *result,
                                         GError            **error)
{
  return refills_order_store_run_finish (self, result, error) != NULL;
}
