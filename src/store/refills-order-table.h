/* refills-order-table.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order-file.h"
#include "refills-order-store.h"

G_BEGIN_DECLS

typedef struct {
  RefillsOrderFile *file;
  const char *environment;
  RefillsKeySet *keys;
  gboolean is_listed;  /* what a list shows was read */
  gboolean is_checked; /* and so was, or is, all else */
  RefillsStoreCheckpoint checkpoint;
  gpointer checkpoint_data;
} RefillsOrderTable;

RefillsStoredOrder *refills_order_table_add_intent  (RefillsOrderTable    *self,
                                                     RefillsOrderRequest  *asked,
                                                     gboolean              replace,
                                                     gint64               *other,
                                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;
RefillsStoredOrder *refills_order_table_fold        (RefillsOrderTable    *self,
                                                     gint64                row,
                                                     RefillsOrderState    *incoming,
                                                     GBytes               *answer,
                                                     gboolean              is_first,
                                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;
RefillsStoredOrder *refills_order_table_set_outcome (RefillsOrderTable    *self,
                                                     gint64                row,
                                                     RefillsOrderOutcome   outcome,
                                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean            refills_order_table_mark_notices (RefillsOrderTable   *self,
                                                     gint64                row,
                                                     guint                 notices,
                                                     GError              **error);
GPtrArray          *refills_order_table_list        (RefillsOrderTable    *self,
                                                     gboolean              everywhere,
                                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void                refills_order_table_open_all    (RefillsOrderTable    *self,
                                                     GPtrArray            *rows);
RefillsStoredOrder *refills_order_table_open        (RefillsOrderTable    *self,
                                                     gint64                row,
                                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;
char               *refills_order_table_reveal      (RefillsOrderTable    *self,
                                                     gint64                row,
                                                     guint                 delivery,
                                                     RefillsSecret         secret,
                                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;
RefillsOrderState  *refills_order_table_read        (RefillsOrderTable    *self,
                                                     gint64                row,
                                                     GBytes              **answer,
                                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
