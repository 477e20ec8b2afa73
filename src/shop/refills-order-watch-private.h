/* refills-order-watch-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-environment.h"
#include "refills-order-api.h"
#include "refills-order-store.h"
#include "refills-server-clock-private.h"

G_BEGIN_DECLS

/* How closely an order is followed. */
typedef enum {
  REFILLS_ORDER_PACE_CLOSE,   /* by a stream, or every few seconds */
  REFILLS_ORDER_PACE_HOURLY,  /* nobody paid it in time */
  REFILLS_ORDER_PACE_AT_REST, /* nor for a week: only when a person asks */
  REFILLS_ORDER_PACE_SETTLED, /* final: what is on its way is still taken */
} RefillsOrderPace;

#define REFILLS_TYPE_ORDER_WATCH (refills_order_watch_get_type ())
G_DECLARE_FINAL_TYPE (RefillsOrderWatch, refills_order_watch, REFILLS, ORDER_WATCH, GObject)

RefillsOrderWatch *refills_order_watch_new         (RefillsOrder             *order,
                                                    RefillsOrderApi          *api,
                                                    RefillsOrderStore        *store,
                                                    RefillsServerClock       *clock,
                                                    const RefillsEnvironment *environment) G_GNUC_WARN_UNUSED_RESULT;

RefillsOrder      *refills_order_watch_get_order   (RefillsOrderWatch *self);
gint64             refills_order_watch_get_time    (RefillsOrderWatch *self);
RefillsOrderPace   refills_order_watch_get_pace    (RefillsOrderWatch *self);
gboolean           refills_order_watch_can_stream  (RefillsOrderWatch *self);
void               refills_order_watch_share       (RefillsOrderWatch *self,
                                                    gboolean           may_stream,
                                                    guint              least_ms,
                                                    guint              most_ms);
void               refills_order_watch_ask         (RefillsOrderWatch *self,
                                                    guint              within_ms);
void               refills_order_watch_refresh     (RefillsOrderWatch *self);
void               refills_order_watch_expect      (RefillsOrderWatch *self);
void               refills_order_watch_restart     (RefillsOrderWatch *self,
                                                    guint              within_ms);
const char        *refills_order_watch_get_unsaved (RefillsOrderWatch *self,
                                                    guint              delivery,
                                                    RefillsSecret      secret);
gboolean           refills_order_watch_has_unsaved (RefillsOrderWatch *self);
void               refills_order_watch_close       (RefillsOrderWatch *self);

G_END_DECLS
