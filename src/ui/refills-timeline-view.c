/* refills-timeline-view.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsTimelineView:
 *
 * The steps of one order, one below the other.
 *
 * Holds the order and follows it. The words are those of [class@Timeline]; marks that stay are changed in place, so
 * that a screen reader keeps where it is.
 */

#include "config.h"

#include "refills-timeline-view.h"

#include "refills-step-mark.h"
#include "refills-timeline.h"

#include <glib/gi18n.h>

struct _RefillsTimelineView {
  AdwBin        parent_instance;

  RefillsOrder *order;
  GtkBox       *box;
  gboolean      time_up;
};

G_DEFINE_FINAL_TYPE (RefillsTimelineView, refills_timeline_view, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_TIME_UP,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static gboolean
is_withheld (RefillsOrder *order)
{
  if (refills_order_get_alarm (order) != REFILLS_ORDER_ALARM_NONE)
    return TRUE;

  return refills_order_get_refusal (order) != NULL && !refills_order_is_paid_elsewhere (order);
}

static void
sync_steps (RefillsTimelineView *self)
{
  g_autoptr (RefillsTimeline) timeline = refills_timeline_new (&(RefillsTimelineFacts) {
    .outcome = refills_order_get_outcome (self->order),
    .asked = refills_order_get_asked (self->order),
    .state = refills_order_get_state (self->order),
    .asked_at = refills_order_get_created_at (self->order),
    .moments = refills_order_get_moments (self->order),
    .now = g_get_real_time () / G_USEC_PER_SEC,
    .is_superseded = refills_order_is_superseded (self->order),
    .is_withheld = is_withheld (self->order),
    .is_time_up = self->time_up || refills_order_is_late (self->order),
  });
  GListModel *steps = G_LIST_MODEL (timeline);
  guint n_steps = g_list_model_get_n_items (steps);
  GtkWidget *mark = gtk_widget_get_first_child (GTK_WIDGET (self->box));

  for (guint i = 0; i < n_steps; i++) {
    g_autoptr (RefillsTimelineStep) step = g_list_model_get_item (steps, i);

    if (!mark) {
      mark = refills_step_mark_new ();
      gtk_box_append (self->box, mark);
    }
    refills_step_mark_show (REFILLS_STEP_MARK (mark), step, i + 1 == n_steps);
    mark = gtk_widget_get_next_sibling (mark);
  }
  /* One step alone says what the order's status says. */
  gtk_widget_set_visible (GTK_WIDGET (self), n_steps > 1);
  while (mark) {
    GtkWidget *gone = mark;

    mark = gtk_widget_get_next_sibling (gone);
    gtk_box_remove (self->box, gone);
  }
}

static void
refills_timeline_view_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  RefillsTimelineView *self = REFILLS_TIMELINE_VIEW (object);

  switch (property_id) {
    case PROP_TIME_UP:
      g_value_set_boolean (value, self->time_up);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_timeline_view_set_property (GObject      *object,
                                    guint         property_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  RefillsTimelineView *self = REFILLS_TIMELINE_VIEW (object);

  switch (property_id) {
    case PROP_TIME_UP:
      if (self->time_up == g_value_get_boolean (value))
        return;
      self->time_up = g_value_get_boolean (value);
      sync_steps (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_timeline_view_dispose (GObject *object)
{
  RefillsTimelineView *self = REFILLS_TIMELINE_VIEW (object);

  g_clear_object (&self->order);

  G_OBJECT_CLASS (refills_timeline_view_parent_class)->dispose (object);
}

static void
refills_timeline_view_class_init (RefillsTimelineViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = refills_timeline_view_get_property;
  object_class->set_property = refills_timeline_view_set_property;
  object_class->dispose = refills_timeline_view_dispose;

  /* Whether the time to pay was seen to be up on the page, before the order itself knows. */
  props[PROP_TIME_UP] =
    g_param_spec_boolean ("time-up", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_timeline_view_init (RefillsTimelineView *self)
{
  self->box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                            "accessible-role", GTK_ACCESSIBLE_ROLE_LIST, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Progress"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/**
 * refills_timeline_view_new:
 * @order: the order, for as long as the view lives
 *
 * Makes the view of an order's steps.
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
refills_timeline_view_new (RefillsOrder *order)
{
  static const char *const signals[] = { "notify::outcome", "notify::state", "notify::alarm", "notify::refusal",
                                         "notify::superseded", "notify::moments", "notify::late" };
  RefillsTimelineView *self = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER (order), NULL);

  self = g_object_new (REFILLS_TYPE_TIMELINE_VIEW, NULL);
  self->order = g_object_ref (order);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (order, signals[i], G_CALLBACK (sync_steps), self, G_CONNECT_SWAPPED);
  sync_steps (self);

  return GTK_WIDGET (self);
}
