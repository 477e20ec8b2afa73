/* refills-sleep-watch-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-environment.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_SLEEP_WATCH (refills_sleep_watch_get_type ())
G_DECLARE_FINAL_TYPE (RefillsSleepWatch, refills_sleep_watch, REFILLS, SLEEP_WATCH, GObject)

RefillsSleepWatch *refills_sleep_watch_new   (const RefillsEnvironment *environment) G_GNUC_WARN_UNUSED_RESULT;

void               refills_sleep_watch_check (RefillsSleepWatch *self);

G_END_DECLS
