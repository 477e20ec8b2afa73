/* refills-history.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-environment.h"
#include "refills-order.h"
#include "refills-vault.h"

G_BEGIN_DECLS

/* One order in the file. */
typedef struct {
  char         *environment; /* the name of the server it was made at */
  gboolean      is_own;      /* whether that is this server, so that it may be asked */
  RefillsOrder *order;
} RefillsPastOrder;

void               refills_past_order_free             (RefillsPastOrder *self);

#define REFILLS_TYPE_HISTORY (refills_history_get_type ())
G_DECLARE_FINAL_TYPE (RefillsHistory, refills_history, REFILLS, HISTORY, GObject)

RefillsHistory    *refills_history_new                 (const RefillsEnvironment *environment)
                                                        G_GNUC_WARN_UNUSED_RESULT;

RefillsVault      *refills_history_get_vault           (RefillsHistory       *self);
char              *refills_history_dup_condition_text  (RefillsHistory       *self) G_GNUC_WARN_UNUSED_RESULT;

void               refills_history_list_async          (RefillsHistory       *self,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
GPtrArray         *refills_history_list_finish         (RefillsHistory       *self,
                                                        GAsyncResult         *result,
                                                        GError              **error) G_GNUC_WARN_UNUSED_RESULT;

void               refills_history_read_async          (RefillsHistory       *self,
                                                        RefillsOrder         *order,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
RefillsOrderState *refills_history_read_finish         (RefillsHistory       *self,
                                                        GAsyncResult         *result,
                                                        GBytes              **answer,
                                                        GError              **error) G_GNUC_WARN_UNUSED_RESULT;

void               refills_history_save_async          (RefillsHistory       *self,
                                                        RefillsOrder         *order,
                                                        RefillsOrderState    *state,
                                                        GBytes               *answer,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
gboolean           refills_history_save_finish         (RefillsHistory       *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsPastOrder, refills_past_order_free)

G_END_DECLS
