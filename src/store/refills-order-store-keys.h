/* refills-order-store-keys.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-key-table.h"
#include "refills-order-store.h"

G_BEGIN_DECLS

void       refills_order_store_list_keys_async  (RefillsOrderStore       *self,
                                                 GCancellable            *cancellable,
                                                 GAsyncReadyCallback      callback,
                                                 gpointer                 user_data);
GPtrArray *refills_order_store_list_keys_finish (RefillsOrderStore       *self,
                                                 GAsyncResult            *result,
                                                 GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
void       refills_order_store_add_key_async    (RefillsOrderStore       *self,
                                                 const RefillsKeyRecord  *record,
                                                 GAsyncReadyCallback      callback,
                                                 gpointer                 user_data);
void       refills_order_store_update_key_async (RefillsOrderStore       *self,
                                                 const RefillsKeyRecord  *record,
                                                 GAsyncReadyCallback      callback,
                                                 gpointer                 user_data);
void       refills_order_store_set_aside_async  (RefillsOrderStore       *self,
                                                 GAsyncReadyCallback      callback,
                                                 gpointer                 user_data);
gboolean   refills_order_store_write_key_finish (RefillsOrderStore       *self,
                                                 GAsyncResult            *result,
                                                 GError                 **error);

G_END_DECLS
