/* refills-order-follower-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order-api.h"
#include "refills-order-follower.h"

G_BEGIN_DECLS

#define REFILLS_ORDER_FOLLOWER_NEVER G_MAXUINT

RefillsOrderFollower *refills_order_follower_new       (RefillsOrderApi          *api,
                                                        gint64                    row,
                                                        const char               *order_id,
                                                        const char               *country,
                                                        const RefillsEnvironment *environment)
                                                        G_GNUC_WARN_UNUSED_RESULT;

void                  refills_order_follower_set_pace  (RefillsOrderFollower  *self,
                                                        guint                  least_ms,
                                                        guint                  most_ms);
void                  refills_order_follower_refresh   (RefillsOrderFollower  *self);
void                  refills_order_follower_restart   (RefillsOrderFollower  *self,
                                                        guint                  within_ms);
RefillsOrderLink      refills_order_follower_get_link  (RefillsOrderFollower  *self,
                                                        gint64                *until,
                                                        const char           **why);

G_END_DECLS
