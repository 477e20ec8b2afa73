/* refills-switcher.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsSwitcher:
 *
 * A view switcher that is wide where there is room, and narrow where there is not.
 *
 * Owns one of each and shows the one that fits. What libadwaita has for it is either deprecated (AdwViewSwitcherTitle)
 * or newer than 1.2 (AdwBreakpoint).
 */

#include "config.h"

#include "refills-switcher.h"

struct _RefillsSwitcher {
  GtkWidget parent_instance;

  GtkWidget *wide;
  GtkWidget *narrow;
};

G_DEFINE_FINAL_TYPE (RefillsSwitcher, refills_switcher, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_STACK,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
set_shown (GtkWidget *switcher,
           gboolean   shown)
{
  gtk_widget_set_child_visible (switcher, shown);
  if (shown)
    gtk_accessible_reset_state (GTK_ACCESSIBLE (switcher), GTK_ACCESSIBLE_STATE_HIDDEN);
  else
    gtk_accessible_update_state (GTK_ACCESSIBLE (switcher), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
}

static void
refills_switcher_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  RefillsSwitcher *self = REFILLS_SWITCHER (widget);
  int wide_minimum = 0;
  int wide_natural = 0;
  int narrow_minimum = 0;
  int narrow_natural = 0;

  gtk_widget_measure (self->wide, orientation, -1, &wide_minimum, &wide_natural, NULL, NULL);
  gtk_widget_measure (self->narrow, orientation, -1, &narrow_minimum, &narrow_natural, NULL, NULL);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (wide_minimum, narrow_minimum);
  else
    *minimum = MAX (wide_minimum, narrow_minimum);
  *natural = MAX (*minimum, wide_natural);
}

static void
refills_switcher_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  RefillsSwitcher *self = REFILLS_SWITCHER (widget);
  int wide_minimum = 0;
  gboolean is_wide = FALSE;

  gtk_widget_measure (self->wide, GTK_ORIENTATION_HORIZONTAL, -1, &wide_minimum, NULL, NULL, NULL);
  is_wide = width >= wide_minimum;

  set_shown (self->wide, is_wide);
  set_shown (self->narrow, !is_wide);
  gtk_widget_allocate (is_wide ? self->wide : self->narrow, width, height, baseline, NULL);
}

static void
refills_switcher_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  RefillsSwitcher *self = REFILLS_SWITCHER (object);

  switch (property_id) {
    case PROP_STACK:
      g_value_set_object (value, adw_view_switcher_get_stack (ADW_VIEW_SWITCHER (self->wide)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_switcher_set_property (GObject      *object,
                               guint         property_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  RefillsSwitcher *self = REFILLS_SWITCHER (object);

  switch (property_id) {
    case PROP_STACK:
      adw_view_switcher_set_stack (ADW_VIEW_SWITCHER (self->wide), g_value_get_object (value));
      adw_view_switcher_set_stack (ADW_VIEW_SWITCHER (self->narrow), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_switcher_dispose (GObject *object)
{
  RefillsSwitcher *self = REFILLS_SWITCHER (object);

  g_clear_pointer (&self->wide, gtk_widget_unparent);
  g_clear_pointer (&self->narrow, gtk_widget_unparent);

  G_OBJECT_CLASS (refills_switcher_parent_class)->dispose (object);
}

static void
refills_switcher_class_init (RefillsSwitcherClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = refills_switcher_get_property;
  object_class->set_property = refills_switcher_set_property;
  object_class->dispose = refills_switcher_dispose;

  widget_class->measure = refills_switcher_measure;
  widget_class->size_allocate = refills_switcher_size_allocate;

  props[PROP_STACK] =
    g_param_spec_object ("stack", NULL, NULL, ADW_TYPE_VIEW_STACK, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_switcher_init (RefillsSwitcher *self)
{
  self->wide = g_object_new (ADW_TYPE_VIEW_SWITCHER, "policy", ADW_VIEW_SWITCHER_POLICY_WIDE, NULL);
  self->narrow = g_object_new (ADW_TYPE_VIEW_SWITCHER, "policy", ADW_VIEW_SWITCHER_POLICY_NARROW, NULL);
  gtk_widget_set_parent (self->wide, GTK_WIDGET (self));
  gtk_widget_set_parent (self->narrow, GTK_WIDGET (self));
}
