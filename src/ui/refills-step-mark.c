/* refills-step-mark.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsStepMark:
 *
 * One step on an order's way, with how far it is: as a sign, as weight, and in words for a screen
 * reader.
 *
 * Owns its title. Never says it by colour alone.
 */

#include "config.h"

#include "refills-step-mark.h"

#include <glib/gi18n.h>

struct _RefillsStepMark
{
  AdwBin       parent_instance;

  GtkImage    *icon;
  GtkSpinner  *spinner;
  GtkLabel    *label;

  char        *title;
  RefillsStep  step;
};

G_DEFINE_FINAL_TYPE (RefillsStepMark, refills_step_mark, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_TITLE,
  PROP_STEP,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
show (RefillsStepMark *self)
{
  gboolean running = self->step == REFILLS_STEP_RUNNING;
  const char *title = self->title != NULL ? self->title : "";
  const char *state = C_("step", "not yet");
  g_autofree char *name = NULL;

  if (running)
    state = C_("step", "in progress");
  else if (self->step == REFILLS_STEP_DONE)
    state = C_("step", "done");

  gtk_image_set_from_icon_name (self->icon, self->step == REFILLS_STEP_DONE
                                              ? "emblem-ok-symbolic"
                                              : "content-loading-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->icon), !running);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), running);
  gtk_spinner_set_spinning (self->spinner, running);

  gtk_label_set_text (self->label, title);
  if (running)
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "heading");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "heading");
  if (self->step == REFILLS_STEP_AHEAD)
    gtk_widget_add_css_class (GTK_WIDGET (self), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "dim-label");

  /* Translators: a step of an order, and how far it is: "Preparing: in progress" */
  name = g_strdup_printf (C_("step", "%s: %s"), title, state);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->label), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

static void
refills_step_mark_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  RefillsStepMark *self = REFILLS_STEP_MARK (object);

  switch (property_id) {
  case PROP_TITLE:
    g_value_set_string (value, self->title);
    break;
  case PROP_STEP:
    g_value_set_int (value, self->step);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_step_mark_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  RefillsStepMark *self = REFILLS_STEP_MARK (object);

  switch (property_id) {
  case PROP_TITLE:
    g_clear_pointer (&self->title, g_free);
    self->title = g_value_dup_string (value);
    break;
  case PROP_STEP:
    if (self->step == (RefillsStep) g_value_get_int (value))
      return;
    self->step = (RefillsStep) g_value_get_int (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    return;
  }

  show (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
refills_step_mark_finalize (GObject *object)
{
  RefillsStepMark *self = REFILLS_STEP_MARK (object);

  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (refills_step_mark_parent_class)->finalize (object);
}

static void
refills_step_mark_class_init (RefillsStepMarkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = refills_step_mark_get_property;
  object_class->set_property = refills_step_mark_set_property;
  object_class->finalize = refills_step_mark_finalize;

  props[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /* A RefillsStep. */
  props[PROP_STEP] =
    g_param_spec_int ("step", NULL, NULL, REFILLS_STEP_AHEAD, REFILLS_STEP_DONE,
                      REFILLS_STEP_AHEAD,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-step-mark.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsStepMark, icon);
  gtk_widget_class_bind_template_child (widget_class, RefillsStepMark, spinner);
  gtk_widget_class_bind_template_child (widget_class, RefillsStepMark, label);
}

static void
refills_step_mark_init (RefillsStepMark *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
