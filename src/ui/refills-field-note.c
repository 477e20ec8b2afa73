/* refills-field-note.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsFieldNote:
 *
 * What is said of an entry row, in a row of its own right below it: a hint, what is wrong with what was
 * typed, and what the service has against it.
 *
 * A complaint stands instead of the hint. There is no row where there is nothing to say.
 */

#include "config.h"

#include "refills-field-note.h"

struct _RefillsFieldNote {
  AdwPreferencesRow    parent_instance;

  AdwEntryRow         *field;

  GtkLabel            *hint_label;
  GtkWidget           *complaint_box;
  GtkLabel            *complaint_label;
  RefillsProblemList  *problems;
};

G_DEFINE_FINAL_TYPE (RefillsFieldNote, refills_field_note, ADW_TYPE_PREFERENCES_ROW)

static gboolean
has_text (GtkLabel *label)
{
  return *gtk_label_get_text (label) != '\0';
}

static void
tell (RefillsFieldNote *self,
      gboolean          is_wrong,
      GtkLabel         *described_by)
{
  GtkAccessible *text = GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (self->field)));

  /* What has a name and a state of its own is the text inside the row. */
  if (is_wrong)
    gtk_accessible_update_state (text, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
  else
    gtk_accessible_reset_state (text, GTK_ACCESSIBLE_STATE_INVALID);
  if (described_by)
    gtk_accessible_update_relation (text, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, described_by, NULL, -1);
  else
    gtk_accessible_reset_relation (text, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
}

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    wanted)
{
  if (wanted)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
update (RefillsFieldNote *self)
{
  gboolean has_complaint = has_text (self->complaint_label);
  gboolean has_hint = has_text (self->hint_label) && !has_complaint;
  gboolean has_problems = gtk_widget_get_visible (GTK_WIDGET (self->problems));
  gboolean is_shown = (has_complaint || has_hint || has_problems) && self->field &&
                      gtk_widget_get_visible (GTK_WIDGET (self->field));

  gtk_widget_set_visible (self->complaint_box, has_complaint);
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), has_hint);
  gtk_widget_set_visible (GTK_WIDGET (self), is_shown);
  if (!self->field)
    return;

  set_class (GTK_WIDGET (self->field), "noted", is_shown);
  set_class (GTK_WIDGET (self->field), "error", has_complaint || has_problems);
  tell (self, has_complaint || has_problems,
        has_complaint ? self->complaint_label : has_hint ? self->hint_label : NULL);
}

static void
set_label (RefillsFieldNote *self,
           GtkLabel         *label,
           const char       *text)
{
  /* The same text again would be read out again. */
  if (g_strcmp0 (gtk_label_get_text (label), text ? text : "") == 0)
    return;

  gtk_label_set_text (label, text ? text : "");
  update (self);
}

static void
refills_field_note_dispose (GObject *object)
{
  RefillsFieldNote *self = REFILLS_FIELD_NOTE (object);

  g_clear_weak_pointer (&self->field);

  G_OBJECT_CLASS (refills_field_note_parent_class)->dispose (object);
}

static void
refills_field_note_class_init (RefillsFieldNoteClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = refills_field_note_dispose;

  g_type_ensure (REFILLS_TYPE_PROBLEM_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-field-note.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsFieldNote, hint_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsFieldNote, complaint_box);
  gtk_widget_class_bind_template_child (widget_class, RefillsFieldNote, complaint_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsFieldNote, problems);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
refills_field_note_init (RefillsFieldNote *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_field_note_set_field:
 * @self: a note
 * @field: the row above
 *
 * Says what the note is about; to be called once.
 */
void
refills_field_note_set_field (RefillsFieldNote *self,
                              AdwEntryRow      *field)
{
  g_return_if_fail (REFILLS_IS_FIELD_NOTE (self));

  g_set_weak_pointer (&self->field, field);
  g_signal_connect_object (field, "notify::visible", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * refills_field_note_set_hint:
 * @self: a note
 * @hint: (nullable): what is to be typed
 *
 * Sets what is said as long as nothing is wrong.
 */
void
refills_field_note_set_hint (RefillsFieldNote *self,
                             const char       *hint)
{
  g_return_if_fail (REFILLS_IS_FIELD_NOTE (self));

  set_label (self, self->hint_label, hint);
}

/**
 * refills_field_note_set_complaint:
 * @self: a note
 * @complaint: (nullable): a sentence
 *
 * Says what is wrong with what was typed.
 */
void
refills_field_note_set_complaint (RefillsFieldNote *self,
                                  const char       *complaint)
{
  g_return_if_fail (REFILLS_IS_FIELD_NOTE (self));

  set_label (self, self->complaint_label, complaint);
}

/**
 * refills_field_note_get_problems:
 * @self: a note
 *
 * Returns: (transfer none): what the service has against it
 */
RefillsProblemList *
refills_field_note_get_problems (RefillsFieldNote *self)
{
  g_return_val_if_fail (REFILLS_IS_FIELD_NOTE (self), NULL);

  return self->problems;
}
