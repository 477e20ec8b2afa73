/* refills-switcher.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsSwitcher:
 *
 * A view switcher that is wide where there is room, and narrow where there is not.
 *
 * Owns one of each, the narrow one from the time it is first needed, and shows the one that fits.
 * What libadwaita has for it is either deprecated (AdwViewSwitcherTitle)
 * or newer than 1.2 (AdwBreakpoint).
 */

#include "config.h"

#include "refills-switcher.h"

/* Room for two narrow buttons, in points. */
#define NARROW_WIDTH 140

struct _RefillsSwitcher {
  GtkWidget parent_instance;

  GtkWidget *wide;
  GtkWidget *narrow; /* NULL until needed: a start in a wide window does without its widgets */
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
make_narrow (RefillsSwitcher *self)
{
  self->narrow = g_object_new (ADW_TYPE_VIEW_SWITCHER, "policy", ADW_VIEW_SWITCHER_POLICY_NARROW, NULL);
  adw_view_switcher_set_stack (ADW_VIEW_SWITCHER (self->narrow),
                               adw_view_switcher_get_stack (ADW_VIEW_SWITCHER (self->wide)));
  gtk_widget_set_parent (self->narrow, GTK_WIDGET (self));
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

  gtk_widget_measure (self->wide, orientation, -1, &wide_minimum, natural, NULL, NULL);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN (wide_minimum, NARROW_WIDTH) : wide_minimum;
}

static void
refills_switcher_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  RefillsSwitcher *self = REFILLS_SWITCHER (widget);
  GtkWidget *shown = NULL;
  int minimum = 0;

  gtk_widget_measure (self->wide, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  if (width < minimum && !self->narrow)
    make_narrow (self);

  shown = width < minimum ? self->narrow : self->wide;
  set_shown (self->wide, shown == self->wide);
  if (self->narrow)
    set_shown (self->narrow, shown == self->narrow);

  /* Whoever is shown is measured first, and not given less than it asks. */
  gtk_widget_measure (shown, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (shown, MAX (width, minimum), height, baseline, NULL);
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
      if (self->narrow)
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
  gtk_widget_set_parent (self->wide, GTK_WIDGET (self));
}
