/* refills-order-opening-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order-store.h"
#include "refills-order-watcher-private.h"

G_BEGIN_DECLS

void     refills_order_opening_open_all   (RefillsOrderStore    *store,
                                           RefillsOrderWatcher  *watcher,
                                           GListModel           *orders);
void     refills_order_opening_open_async (RefillsOrderStore    *store,
                                           RefillsOrderWatcher  *watcher,
                                           RefillsOrder         *order,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
gboolean refills_order_opening_finish     (RefillsOrderStore    *store,
                                           GAsyncResult         *result,
                                           GError              **error);

G_END_DECLS
