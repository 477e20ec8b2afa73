/* refills-timeline-step.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* How far one step of an order is. */
typedef enum {
  REFILLS_STEP_AHEAD,
  REFILLS_STEP_CURRENT,
  REFILLS_STEP_DONE,
  REFILLS_STEP_FAILED,
} RefillsStepState;

/* Who has to do something for the order to go on. */
typedef enum {
  REFILLS_ACTOR_NOBODY,
  REFILLS_ACTOR_YOU,
  REFILLS_ACTOR_SHOP,
  REFILLS_ACTOR_NETWORK,
} RefillsActor;

#define REFILLS_TYPE_STEP_STATE (refills_step_state_get_type ())
GType refills_step_state_get_type (void);
#define REFILLS_TYPE_ACTOR (refills_actor_get_type ())
GType refills_actor_get_type (void);

#define REFILLS_TYPE_TIMELINE_STEP (refills_timeline_step_get_type ())
G_DECLARE_FINAL_TYPE (RefillsTimelineStep, refills_timeline_step, REFILLS, TIMELINE_STEP, GObject)

/* The texts are copied; each but the title may be NULL. */
typedef struct {
  const char       *title;
  RefillsStepState  state;
  const char       *time_text;
  RefillsActor      actor;
  const char       *note;
} RefillsTimelineStepFields;

RefillsTimelineStep *refills_timeline_step_new            (const RefillsTimelineStepFields *fields)
                                                        G_GNUC_WARN_UNUSED_RESULT;

const char          *refills_timeline_step_get_title      (RefillsTimelineStep *self);
RefillsStepState     refills_timeline_step_get_state      (RefillsTimelineStep *self);
const char          *refills_timeline_step_get_time_text  (RefillsTimelineStep *self);
const char          *refills_timeline_step_get_actor_text (RefillsTimelineStep *self);
const char          *refills_timeline_step_get_note       (RefillsTimelineStep *self);

G_END_DECLS
