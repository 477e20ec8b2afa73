/* refills-timeline-step.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsTimelineStep:
 *
 * One step on an order's way: what, how far it is, when, who has to act, and how long it normally takes.
 *
 * Immutable. Owns its texts, which are for people and hold nothing that the service wrote.
 */

#include "refills-timeline-step.h"

#include <glib/gi18n.h>

struct _RefillsTimelineStep {
  GObject           parent_instance;

  char             *title;
  RefillsStepState  state;
  char             *time_text;
  RefillsActor      actor;
  char             *note;
};

G_DEFINE_ENUM_TYPE (RefillsStepState, refills_step_state,
                    G_DEFINE_ENUM_VALUE (REFILLS_STEP_AHEAD, "ahead"),
                    G_DEFINE_ENUM_VALUE (REFILLS_STEP_CURRENT, "current"),
                    G_DEFINE_ENUM_VALUE (REFILLS_STEP_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (REFILLS_STEP_FAILED, "failed"))

G_DEFINE_ENUM_TYPE (RefillsActor, refills_actor,
                    G_DEFINE_ENUM_VALUE (REFILLS_ACTOR_NOBODY, "nobody"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ACTOR_YOU, "you"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ACTOR_SHOP, "shop"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ACTOR_NETWORK, "network"))

G_DEFINE_FINAL_TYPE (RefillsTimelineStep, refills_timeline_step, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_TITLE,
  PROP_STATE,
  PROP_TIME_TEXT,
  PROP_ACTOR,
  PROP_ACTOR_TEXT,
  PROP_NOTE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
refills_timeline_step_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  RefillsTimelineStep *self = REFILLS_TIMELINE_STEP (object);

  switch (property_id) {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_TIME_TEXT:
      g_value_set_string (value, self->time_text);
      break;
    case PROP_ACTOR:
      g_value_set_enum (value, self->actor);
      break;
    case PROP_ACTOR_TEXT:
      g_value_set_string (value, refills_timeline_step_get_actor_text (self));
      break;
    case PROP_NOTE:
      g_value_set_string (value, self->note);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_timeline_step_finalize (GObject *object)
{
  RefillsTimelineStep *self = REFILLS_TIMELINE_STEP (object);

  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->time_text, g_free);
  g_clear_pointer (&self->note, g_free);

  G_OBJECT_CLASS (refills_timeline_step_parent_class)->finalize (object);
}

static void
refills_timeline_step_class_init (RefillsTimelineStepClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = refills_timeline_step_get_property;
  object_class->finalize = refills_timeline_step_finalize;

  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, REFILLS_TYPE_STEP_STATE, REFILLS_STEP_AHEAD, flags);
  props[PROP_TIME_TEXT] = g_param_spec_string ("time-text", NULL, NULL, NULL, flags);
  props[PROP_ACTOR] = g_param_spec_enum ("actor", NULL, NULL, REFILLS_TYPE_ACTOR, REFILLS_ACTOR_NOBODY, flags);
  props[PROP_ACTOR_TEXT] = g_param_spec_string ("actor-text", NULL, NULL, NULL, flags);
  props[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_timeline_step_init (RefillsTimelineStep *self)
{
}

/**
 * refills_timeline_step_new:
 * @fields: what the step says
 *
 * Makes a step.
 *
 * Returns: (transfer full): the step
 */
RefillsTimelineStep *
refills_timeline_step_new (const RefillsTimelineStepFields *fields)
{
  RefillsTimelineStep *self = g_object_new (REFILLS_TYPE_TIMELINE_STEP, NULL);

  self->title = g_strdup (fields->title);
  self->state = fields->state;
  self->time_text = g_strdup (fields->time_text);
  self->actor = fields->actor;
  self->note = g_strdup (fields->note);

  return self;
}

/**
 * refills_timeline_step_get_title:
 * @self: a step
 *
 * Returns: (transfer none): what the step is, as far as it is: “Payment”, “Waiting for payment” or “Paid”
 */
const char *
refills_timeline_step_get_title (RefillsTimelineStep *self)
{
  g_return_val_if_fail (REFILLS_IS_TIMELINE_STEP (self), NULL);

  return self->title;
}

/**
 * refills_timeline_step_get_state:
 * @self: a step
 *
 * Returns: how far the step is
 */
RefillsStepState
refills_timeline_step_get_state (RefillsTimelineStep *self)
{
  g_return_val_if_fail (REFILLS_IS_TIMELINE_STEP (self), REFILLS_STEP_AHEAD);

  return self->state;
}

/**
 * refills_timeline_step_get_time_text:
 * @self: a step
 *
 * Returns: (transfer none) (nullable): when it began or was seen, short and local; `NULL` where that is not known
 */
const char *
refills_timeline_step_get_time_text (RefillsTimelineStep *self)
{
  g_return_val_if_fail (REFILLS_IS_TIMELINE_STEP (self), NULL);

  return self->time_text;
}

/**
 * refills_timeline_step_get_actor_text:
 * @self: a step
 *
 * Returns: (transfer none) (nullable): who has to act; `NULL` for nobody
 */
const char *
refills_timeline_step_get_actor_text (RefillsTimelineStep *self)
{
  g_return_val_if_fail (REFILLS_IS_TIMELINE_STEP (self), NULL);

  switch (self->actor) {
    case REFILLS_ACTOR_YOU:
      /* Translators: who has to act for the order to go on */
      return C_("actor", "You");
    case REFILLS_ACTOR_SHOP:
      /* Translators: who has to act for the order to go on */
      return C_("actor", "The service");
    case REFILLS_ACTOR_NETWORK:
      /* Translators: who has to act for the order to go on: the network that carries the payment */
      return C_("actor", "The network");
    case REFILLS_ACTOR_NOBODY:
    default:
      return NULL;
  }
}

/**
 * refills_timeline_step_get_note:
 * @self: a step
 *
 * Returns: (transfer none) (nullable): how long the step normally takes, or what became of it; `NULL` where nothing
 *   is known
 */
const char *
refills_timeline_step_get_note (RefillsTimelineStep *self)
{
  g_return_val_if_fail (REFILLS_IS_TIMELINE_STEP (self), NULL);

  return self->note;
}
