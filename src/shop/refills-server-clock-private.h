/* refills-server-clock-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-environment.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_SERVER_CLOCK (refills_server_clock_get_type ())
G_DECLARE_FINAL_TYPE (RefillsServerClock, refills_server_clock, REFILLS, SERVER_CLOCK, GObject)

RefillsServerClock *refills_server_clock_new       (const RefillsEnvironment *environment) G_GNUC_WARN_UNUSED_RESULT;

void                refills_server_clock_note      (RefillsServerClock *self,
                                                    gint64              time);
gint64              refills_server_clock_get_time  (RefillsServerClock *self);

G_END_DECLS
