/* refills-order-watch-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-environment.h"
#include "refills-order-api.h"
#include "refills-order-store.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_ORDER_WATCH (refills_order_watch_get_type ())
G_DECLARE_FINAL_TYPE (RefillsOrderWatch, refills_order_watch, REFILLS, ORDER_WATCH, GObject)

RefillsOrderWatch *refills_order_watch_new         (RefillsOrder             *order,
                                                    RefillsOrderApi          *api,
                                                    RefillsOrderStore        *store,
                                                    const RefillsEnvironment *environment) G_GNUC_WARN_UNUSED_RESULT;

RefillsOrder      *refills_order_watch_get_order   (RefillsOrderWatch *self);
void               refills_order_watch_open        (RefillsOrderWatch *self,
                                                    gboolean           ask_now);
void               refills_order_watch_refresh     (RefillsOrderWatch *self);
void               refills_order_watch_restart     (RefillsOrderWatch *self);
const char        *refills_order_watch_get_unsaved (RefillsOrderWatch *self,
                                                    guint              delivery,
                                                    RefillsSecret      secret);
gboolean           refills_order_watch_has_unsaved (RefillsOrderWatch *self);
void               refills_order_watch_close       (RefillsOrderWatch *self);

G_END_DECLS
