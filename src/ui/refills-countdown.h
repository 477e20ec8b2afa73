/* refills-countdown.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REFILLS_TYPE_COUNTDOWN (refills_countdown_get_type ())

G_DECLARE_FINAL_TYPE (RefillsCountdown, refills_countdown, REFILLS, COUNTDOWN, AdwBin)

char       *refills_countdown_to_text    (gint64 seconds) G_GNUC_WARN_UNUSED_RESULT;
const char *refills_countdown_to_warning (gint64 seconds);

void        refills_countdown_set_begin  (RefillsCountdown *self,
                                          gint64            begin);
void        refills_countdown_set_now    (RefillsCountdown *self,
                                          gint64            now);
gboolean    refills_countdown_is_over    (RefillsCountdown *self);

G_END_DECLS
