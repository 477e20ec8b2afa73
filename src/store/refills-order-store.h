/* refills-order-store.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-key-set.h"
#include "refills-store-condition.h"
#include "refills-stored-order.h"

G_BEGIN_DECLS

/* Where a test stops the store; NULL in the program. Called on the store's thread. */
typedef void (*RefillsStoreCheckpoint) (const char *name,
                                        gpointer    user_data);

#define REFILLS_TYPE_ORDER_STORE (refills_order_store_get_type ())
G_DECLARE_FINAL_TYPE (RefillsOrderStore, refills_order_store, REFILLS, ORDER_STORE, GObject)

RefillsOrderStore  *refills_order_store_new                   (const char    *path,
                                                               const char    *environment,
                                                               RefillsKeySet *keys) G_GNUC_WARN_UNUSED_RESULT;
void                refills_order_store_set_checkpoint        (RefillsOrderStore      *self,
                                                               RefillsStoreCheckpoint  checkpoint,
                                                               gpointer                user_data);

RefillsStoreCondition refills_order_store_get_condition       (RefillsOrderStore      *self);
const char         *refills_order_store_get_aside             (RefillsOrderStore      *self,
                                                               guint                  *n_carried);

void                refills_order_store_list_async            (RefillsOrderStore      *self,
                                                               GCancellable           *cancellable,
                                                               GAsyncReadyCallback     callback,
                                                               gpointer                user_data);
void                refills_order_store_list_all_async        (RefillsOrderStore      *self,
                                                               GCancellable           *cancellable,
                                                               GAsyncReadyCallback     callback,
                                                               gpointer                user_data);
GPtrArray          *refills_order_store_list_finish           (RefillsOrderStore      *self,
                                                               GAsyncResult           *result,
                                                               GError                **error) G_GNUC_WARN_UNUSED_RESULT;

void                refills_order_store_add_intent_async      (RefillsOrderStore      *self,
                                                               RefillsOrderRequest    *asked,
                                                               gboolean                replace,
                                                               GAsyncReadyCallback     callback,
                                                               gpointer                user_data);
void                refills_order_store_commit_answer_async   (RefillsOrderStore      *self,
                                                               gint64                  row,
                                                               RefillsOrderState      *state,
                                                               GBytes                 *answer,
                                                               GAsyncReadyCallback     callback,
                                                               gpointer                user_data);
void                refills_order_store_commit_outcome_async  (RefillsOrderStore      *self,
                                                               gint64                  row,
                                                               RefillsOrderOutcome     outcome,
                                                               GAsyncReadyCallback     callback,
                                                               gpointer                user_data);
void                refills_order_store_merge_async           (RefillsOrderStore      *self,
                                                               gint64                  row,
                                                               RefillsOrderState      *incoming,
                                                               GBytes                 *answer,
                                                               GAsyncReadyCallback     callback,
                                                               gpointer                user_data);
void                refills_order_store_mark_notices_async    (RefillsOrderStore      *self,
                                                               gint64                  row,
                                                               guint                   notices,
                                                               GAsyncReadyCallback     callback,
                                                               gpointer                user_data);
gboolean            refills_order_store_mark_notices_finish   (RefillsOrderStore      *self,
                                                               GAsyncResult           *result,
                                                               GError                **error);
RefillsStoredOrder *refills_order_store_write_finish          (RefillsOrderStore      *self,
                                                               GAsyncResult           *result,
                                                               GError                **error) G_GNUC_WARN_UNUSED_RESULT;
gint64              refills_order_store_get_other_row         (RefillsOrderStore      *self,
                                                               GAsyncResult           *result);

void                refills_order_store_open_async            (RefillsOrderStore      *self,
                                                               gint64                  row,
                                                               GCancellable           *cancellable,
                                                               GAsyncReadyCallback     callback,
                                                               gpointer                user_data);
RefillsStoredOrder *refills_order_store_open_finish           (RefillsOrderStore      *self,
                                                               GAsyncResult           *result,
                                                               GError                **error) G_GNUC_WARN_UNUSED_RESULT;

void                refills_order_store_reveal_async          (RefillsOrderStore      *self,
                                                               gint64                  row,
                                                               guint                   delivery,
                                                               RefillsSecret           secret,
                                                               GCancellable           *cancellable,
                                                               GAsyncReadyCallback     callback,
                                                               gpointer                user_data);
char               *refills_order_store_reveal_finish         (RefillsOrderStore      *self,
                                                               GAsyncResult           *result,
                                                               GError                **error) G_GNUC_WARN_UNUSED_RESULT;

void                refills_order_store_read_async            (RefillsOrderStore      *self,
                                                               gint64                  row,
                                                               GCancellable           *cancellable,
                                                               GAsyncReadyCallback     callback,
                                                               gpointer                user_data);
RefillsOrderState  *refills_order_store_read_finish           (RefillsOrderStore      *self,
                                                               GAsyncResult           *result,
                                                               GBytes                **answer,
                                                               GError                **error) G_GNUC_WARN_UNUSED_RESULT;

void                refills_order_store_seal                  (RefillsOrderStore      *self);
void                refills_order_store_drain                 (RefillsOrderStore      *self);

G_END_DECLS
