/* refills-order-journal-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-collection.h"
#include "refills-environment.h"
#include "refills-order-api.h"
#include "refills-order-store.h"
#include "refills-order-watcher-private.h"
#include "refills-vault.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_ORDER_JOURNAL (refills_order_journal_get_type ())
G_DECLARE_FINAL_TYPE (RefillsOrderJournal, refills_order_journal, REFILLS, ORDER_JOURNAL, GObject)

RefillsOrderJournal *refills_order_journal_new          (RefillsOrderApi          *api,
                                                         RefillsOrderStore        *store,
                                                         RefillsOrderWatcher      *watcher,
                                                         const RefillsEnvironment *environment)
                                                         G_GNUC_WARN_UNUSED_RESULT;

void                 refills_order_journal_set_vault    (RefillsOrderJournal      *self,
                                                         RefillsVault             *vault);
RefillsOrderState   *refills_order_journal_get_unsaved  (RefillsOrderJournal      *self,
                                                         RefillsOrder             *order);
void                 refills_order_journal_close        (RefillsOrderJournal *self);
RefillsCollection   *refills_order_journal_get_orders   (RefillsOrderJournal *self);
gboolean             refills_order_journal_is_busy      (RefillsOrderJournal *self);

void                 refills_order_journal_load         (RefillsOrderJournal *self);
void                 refills_order_journal_place_async  (RefillsOrderJournal *self,
                                                         RefillsOrderRequest *request,
                                                         RefillsQuote        *accepted,
                                                         gboolean             replace,
                                                         GAsyncReadyCallback  callback,
                                                         gpointer             user_data);
RefillsOrder        *refills_order_journal_place_finish (RefillsOrderJournal  *self,
                                                         GAsyncResult         *result,
                                                         GPtrArray           **problems,
                                                         GError              **error) G_GNUC_WARN_UNUSED_RESULT;
RefillsOrder        *refills_order_journal_dup_other_order (RefillsOrderJournal *self,
                                                         GAsyncResult        *result) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
