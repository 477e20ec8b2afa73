/* refills-order-follower.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-environment.h"
#include "refills-order-link.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_ORDER_FOLLOWER (refills_order_follower_get_type ())
G_DECLARE_FINAL_TYPE (RefillsOrderFollower, refills_order_follower, REFILLS, ORDER_FOLLOWER, GObject)

RefillsOrderFollower *refills_order_follower_new_at      (const RefillsEnvironment  *environment,
                                                          const char                *order_id,
                                                          const char                *country,
                                                          GError                   **error)
                                                          G_GNUC_WARN_UNUSED_RESULT;

void                  refills_order_follower_set_streams (RefillsOrderFollower *self,
                                                          gboolean              may_stream);
void                  refills_order_follower_ask         (RefillsOrderFollower *self,
                                                          guint                 within_ms);
gboolean              refills_order_follower_can_stream  (RefillsOrderFollower *self);
gint64                refills_order_follower_get_date    (RefillsOrderFollower *self);
gboolean              refills_order_follower_is_asking   (RefillsOrderFollower *self);
void                  refills_order_follower_close       (RefillsOrderFollower *self);

G_END_DECLS
