/* refills-order-index.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Orders by their row numbers, for a list of thousands that is read again.
 */
#include "refills-order-index-private.h"

/**
 * refills_order_index_new:
 * @orders: orders, of [class@Order]
 *
 * Returns: (transfer full) (element-type gint64 RefillsOrder): each by its row number, as they are now
 */
GHashTable *
refills_order_index_new (GListModel *orders)
{
  GHashTable *by_row = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (orders); i++) {
    RefillsOrder *order = g_list_model_get_item (orders, i);
    gint64 row = refills_order_get_row (order);

    g_hash_table_insert (by_row, g_memdup2 (&row, sizeof row), order);
  }

  return by_row;
}
