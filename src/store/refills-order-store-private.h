/* refills-order-store-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order-table.h"

G_BEGIN_DECLS

/* A job on the store's thread: returns the result, or NULL with @error set. What it wrote and did not commit is
 * taken back after a failure. */
typedef gpointer (*RefillsOrderStoreFunc) (RefillsOrderTable  *table,
                                           gpointer            data,
                                           GError            **error);

void     refills_order_store_run_async  (RefillsOrderStore      *self,
                                         RefillsOrderStoreFunc   run,
                                         gpointer                data,
                                         GDestroyNotify          data_free,
                                         GDestroyNotify          result_free,
                                         GCancellable           *cancellable,
                                         GAsyncReadyCallback     callback,
                                         gpointer                user_data);
gpointer refills_order_store_run_finish (RefillsOrderStore      *self,
                                         GAsyncResult           *result,
                                         GError                **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
