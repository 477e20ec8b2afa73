/* refills-step-mark.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* How far one step of an order is. */
typedef enum {
  REFILLS_STEP_AHEAD,
  REFILLS_STEP_RUNNING,
  REFILLS_STEP_DONE,
} RefillsStep;

#define REFILLS_TYPE_STEP_MARK (refills_step_mark_get_type ())

G_DECLARE_FINAL_TYPE (RefillsStepMark, refills_step_mark, REFILLS, STEP_MARK, AdwBin)

G_END_DECLS
