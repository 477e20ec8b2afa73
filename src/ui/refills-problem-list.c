/* refills-problem-list.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsProblemList:
 *
 * Those problems of an order that concern what stands above them, each in a line with a sign.
 *
 * Owns the lines, and follows the list it is given. Shows at most twenty, as plain text, and
 * nothing at all where there are none.
 */

#include "config.h"

#include "refills-problem-list.h"

struct _RefillsProblemList
{
  AdwBin              parent_instance;

  GtkFilterListModel *filtered;
  GtkCustomFilter    *filter;
  GListModel         *shown;
  guint               subjects; /* bits, 1 << RefillsProblemSubject */

  GtkBox             *box;
};

G_DEFINE_FINAL_TYPE (RefillsProblemList, refills_problem_list, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_PROBLEMS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static gboolean
is_wanted (gpointer item,
           gpointer user_data)
{
  RefillsProblemList *self = user_data;

  return (self->subjects & (1u << refills_problem_get_subject (item))) != 0;
}

static GtkWidget *
create_line (RefillsProblem *problem)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  "icon-name", "dialog-warning-symbolic",
                                  "valign", GTK_ALIGN_START,
                                  "margin-top", 2,
                                  NULL);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "label", refills_problem_get_text (problem),
                                   "xalign", 0.0f,
                                   "hexpand", TRUE,
                                   "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   NULL);

  gtk_widget_add_css_class (line, "error");
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), label);

  return line;
}

static void
shown_changed_cb (RefillsProblemList *self)
{
  guint n_items = g_list_model_get_n_items (self->shown);
  GtkWidget *line;

  while ((line = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, line);

  for (guint i = 0; i < n_items; i++) {
    g_autoptr (RefillsProblem) problem = g_list_model_get_item (self->shown, i);

    gtk_box_append (self->box, create_line (problem));
  }
  gtk_widget_set_visible (GTK_WIDGET (self), n_items > 0);
}

static void
refills_problem_list_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  RefillsProblemList *self = REFILLS_PROBLEM_LIST (object);

  switch (property_id) {
  case PROP_PROBLEMS:
    g_value_set_object (value, gtk_filter_list_model_get_model (self->filtered));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_problem_list_set_property (GObject      *object,
                                   guint         property_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  RefillsProblemList *self = REFILLS_PROBLEM_LIST (object);

  switch (property_id) {
  case PROP_PROBLEMS:
    gtk_filter_list_model_set_model (self->filtered, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_problem_list_dispose (GObject *object)
{
  RefillsProblemList *self = REFILLS_PROBLEM_LIST (object);

  g_clear_object (&self->shown);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);

  G_OBJECT_CLASS (refills_problem_list_parent_class)->dispose (object);
}

static void
refills_problem_list_class_init (RefillsProblemListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = refills_problem_list_get_property;
  object_class->set_property = refills_problem_list_set_property;
  object_class->dispose = refills_problem_list_dispose;

  /* A GListModel of RefillsProblem. */
  props[PROP_PROBLEMS] =
    g_param_spec_object ("problems", NULL, NULL, G_TYPE_LIST_MODEL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
refills_problem_list_init (RefillsProblemList *self)
{
  self->filter = gtk_custom_filter_new (is_wanted, self, NULL);
  self->filtered = gtk_filter_list_model_new (NULL, g_object_ref (GTK_FILTER (self->filter)));
  self->shown = G_LIST_MODEL (gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (self->filtered)),
                                                        0, REFILLS_PROBLEM_LIST_MAX));
  g_signal_connect_object (self->shown, "items-changed", G_CALLBACK (shown_changed_cb), self,
                           G_CONNECT_SWAPPED);

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->box), 6);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * refills_problem_list_set_subjects:
 * @self: a list
 * @subjects: bits, `1 << RefillsProblemSubject`
 *
 * Chooses which problems belong here.
 */
void
refills_problem_list_set_subjects (RefillsProblemList *self,
                                   guint               subjects)
{
  g_return_if_fail (REFILLS_IS_PROBLEM_LIST (self));

  self->subjects = subjects;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}
