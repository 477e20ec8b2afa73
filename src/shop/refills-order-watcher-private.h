/* refills-order-watcher-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-environment.h"
#include "refills-order-api.h"
#include "refills-order-store.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_ORDER_WATCHER (refills_order_watcher_get_type ())
G_DECLARE_FINAL_TYPE (RefillsOrderWatcher, refills_order_watcher, REFILLS, ORDER_WATCHER, GObject)

RefillsOrderWatcher *refills_order_watcher_new         (RefillsOrderApi          *api,
                                                        RefillsOrderStore        *store,
                                                        const RefillsEnvironment *environment)
                                                        G_GNUC_WARN_UNUSED_RESULT;

void                 refills_order_watcher_watch       (RefillsOrderWatcher *self,
                                                        RefillsOrder        *order,
                                                        gboolean             ask_now);
void                 refills_order_watcher_refresh     (RefillsOrderWatcher *self,
                                                        RefillsOrder        *order);
void                 refills_order_watcher_expect      (RefillsOrderWatcher *self,
                                                        RefillsOrder        *order);
char                *refills_order_watcher_dup_unsaved (RefillsOrderWatcher *self,
                                                        RefillsOrder        *order,
                                                        guint                delivery,
                                                        RefillsSecret        secret) G_GNUC_WARN_UNUSED_RESULT;
gboolean             refills_order_watcher_has_unsaved (RefillsOrderWatcher *self);
gint64               refills_order_watcher_get_time    (RefillsOrderWatcher *self,
                                                        RefillsOrder        *order);
void                 refills_order_watcher_close       (RefillsOrderWatcher *self);

G_END_DECLS
