/* refills-step-mark.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-timeline-step.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_STEP_MARK (refills_step_mark_get_type ())

G_DECLARE_FINAL_TYPE (RefillsStepMark, refills_step_mark, REFILLS, STEP_MARK, AdwBin)

GtkWidget *refills_step_mark_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void       refills_step_mark_show (RefillsStepMark     *self,
                                   RefillsTimelineStep *step,
                                   gboolean             is_last);

G_END_DECLS
