/* refills-step-mark.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsStepMark:
 *
 * One step on an order's way: how far it is, as a shape, as weight and in words for a screen reader; when; who acts.
 *
 * Owns nothing but its widgets. Never says anything by colour alone, and never moves by itself: an order that waits
 * for hours must not keep the computer awake.
 */

#include "config.h"

#include "refills-step-mark.h"

#include "refills-width-first.h"

#include <glib/gi18n.h>

struct _RefillsStepMark {
  AdwBin     parent_instance;

  GtkImage  *icon;
  GtkWidget *line;
  GtkWidget *words;
  GtkLabel  *title_label;
  GtkLabel  *time_label;
  GtkLabel  *detail_label;
};

G_DEFINE_FINAL_TYPE (RefillsStepMark, refills_step_mark, ADW_TYPE_BIN)

static const struct {
  const char *css_class;
  const char *icon_name;
} looks[] = {
  [REFILLS_STEP_AHEAD] = { "ahead", NULL },
  [REFILLS_STEP_CURRENT] = { "current", "media-record-symbolic" },
  [REFILLS_STEP_DONE] = { "done", "emblem-ok-symbolic" },
  [REFILLS_STEP_FAILED] = { "failed", "window-close-symbolic" },
};

static const char *
name_state (RefillsStepState state)
{
  switch (state) {
    case REFILLS_STEP_CURRENT:
      return C_("step", "in progress");
    case REFILLS_STEP_DONE:
      return C_("step", "done");
    case REFILLS_STEP_FAILED:
      return C_("step", "stopped");
    case REFILLS_STEP_AHEAD:
    default:
      return C_("step", "not yet");
  }
}

static void
show_label (GtkLabel   *label,
            const char *text)
{
  gtk_label_set_text (label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static char *
join (const char *first,
      const char *second)
{
  if (!first || !second)
    return g_strdup (first ? first : second);

  /* Translators: who has to act, and how long it takes: “The network · Usually takes a few minutes” */
  return g_strdup_printf (C_("step", "%1$s · %2$s"), first, second);
}

static char *
name_step (RefillsTimelineStep *step,
           const char          *detail)
{
  const char *time_text = refills_timeline_step_get_time_text (step);
  /* Translators: a step of an order, and how far it is: "Preparing: in progress" */
  g_autofree char *name = g_strdup_printf (C_("step", "%s: %s"), refills_timeline_step_get_title (step),
                                           name_state (refills_timeline_step_get_state (step)));
  const char *parts[] = { name, time_text ? time_text : detail, time_text ? detail : NULL, NULL };

  return g_strjoinv (", ", (char **) parts);
}

static void
refills_step_mark_class_init (RefillsStepMarkClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (REFILLS_TYPE_WIDTH_FIRST);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-step-mark.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsStepMark, icon);
  gtk_widget_class_bind_template_child (widget_class, RefillsStepMark, line);
  gtk_widget_class_bind_template_child (widget_class, RefillsStepMark, words);
  gtk_widget_class_bind_template_child (widget_class, RefillsStepMark, title_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsStepMark, time_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsStepMark, detail_label);
  gtk_widget_class_set_css_name (widget_class, "stepmark");
}

static void
refills_step_mark_init (RefillsStepMark *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_step_mark_new:
 *
 * Makes a mark that shows no step yet.
 *
 * Returns: (transfer floating): the mark
 */
GtkWidget *
refills_step_mark_new (void)
{
  return g_object_new (REFILLS_TYPE_STEP_MARK, NULL);
}

/**
 * refills_step_mark_show:
 * @self: a mark
 * @step: what to show; not kept
 * @is_last: whether no step follows
 *
 * Shows a step in place of the one before.
 */
void
refills_step_mark_show (RefillsStepMark     *self,
                        RefillsTimelineStep *step,
                        gboolean             is_last)
{
  RefillsStepState state = REFILLS_STEP_AHEAD;
  g_autofree char *detail = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (REFILLS_IS_STEP_MARK (self));
  g_return_if_fail (REFILLS_IS_TIMELINE_STEP (step));

  state = refills_timeline_step_get_state (step);
  detail = join (refills_timeline_step_get_actor_text (step), refills_timeline_step_get_note (step));
  name = name_step (step, detail);

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++) {
    if (i == state)
      gtk_widget_add_css_class (GTK_WIDGET (self), looks[i].css_class);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self), looks[i].css_class);
  }
  gtk_image_set_from_icon_name (self->icon, looks[state].icon_name);
  gtk_widget_set_visible (self->line, !is_last);
  gtk_widget_set_margin_bottom (self->words, is_last ? 0 : 12);

  gtk_label_set_text (self->title_label, refills_timeline_step_get_title (step));
  show_label (self->time_label, refills_timeline_step_get_time_text (step));
  show_label (self->detail_label, detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
