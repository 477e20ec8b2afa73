/* refills-choice-row.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsChoiceRow:
 *
 * A combo row whose chosen *object* can be bound both ways.
 *
 * Owns neither the choices nor the chosen one. AdwComboRow chooses the first item by itself when
 * its list changes; that is not the person's choice, so it is not told on. Its list is drawn here
 * rather than there, for GTK 4.8 leaves the items of a list without a name.
 */

#include "config.h"

#include "refills-choice-row.h"

struct _RefillsChoiceRow
{
  AdwComboRow  parent_instance;

  GListModel  *choices;
  GObject     *choice;
  gboolean     syncing;
};

G_DEFINE_FINAL_TYPE (RefillsChoiceRow, refills_choice_row, ADW_TYPE_COMBO_ROW)

enum {
  PROP_0,
  PROP_CHOICES,
  PROP_CHOICE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static guint
find_position (RefillsChoiceRow *self)
{
  guint n_items = self->choices != NULL ? g_list_model_get_n_items (self->choices) : 0;

  for (guint i = 0; i < n_items; i++) {
    g_autoptr (GObject) item = g_list_model_get_item (self->choices, i);

    if (item == self->choice)
      return i;
  }

  return GTK_INVALID_LIST_POSITION;
}

static void
sync_selected (RefillsChoiceRow *self)
{
  self->syncing = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), find_position (self));
  self->syncing = FALSE;
}

static void
before_change_cb (RefillsChoiceRow *self)
{
  self->syncing = TRUE;
}

static void
set_choices (RefillsChoiceRow *self,
             GListModel       *choices)
{
  if (self->choices == choices)
    return;

  if (self->choices != NULL) {
    g_signal_handlers_disconnect_by_func (self->choices, before_change_cb, self);
    g_signal_handlers_disconnect_by_func (self->choices, sync_selected, self);
  }
  g_set_object (&self->choices, choices);
  self->syncing = TRUE;
  /* One handler before the combo row's own, one after it. */
  if (choices != NULL)
    g_signal_connect_object (choices, "items-changed", G_CALLBACK (before_change_cb), self,
                             G_CONNECT_SWAPPED);
  adw_combo_row_set_model (ADW_COMBO_ROW (self), choices);
  if (choices != NULL)
    g_signal_connect_object (choices, "items-changed", G_CALLBACK (sync_selected), self,
                             G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  sync_selected (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHOICES]);
}

static void
set_choice (RefillsChoiceRow *self,
            GObject          *choice)
{
  if (!g_set_object (&self->choice, choice))
    return;

  sync_selected (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHOICE]);
}

static void
selected_cb (RefillsChoiceRow *self)
{
  GObject *item = adw_combo_row_get_selected_item (ADW_COMBO_ROW (self));

  if (self->syncing || item == NULL)
    return;

  if (g_set_object (&self->choice, item))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHOICE]);
}

static void
update_mark (RefillsChoiceRow *self,
             GtkListItem      *list_item)
{
  GtkWidget *mark = gtk_widget_get_last_child (gtk_list_item_get_child (list_item));

  /* It keeps its place, so that the list does not change its width. */
  gtk_widget_set_opacity (mark, adw_combo_row_get_selected (ADW_COMBO_ROW (self)) ==
                                gtk_list_item_get_position (list_item) ? 1 : 0);
}

static void
selected_moved_cb (RefillsChoiceRow *self,
                   GParamSpec       *pspec,
                   GtkListItem      *list_item)
{
  update_mark (self, list_item);
}

static char *
get_text (RefillsChoiceRow *self,
          gpointer          item)
{
  GtkExpression *expression = adw_combo_row_get_expression (ADW_COMBO_ROW (self));
  GValue value = G_VALUE_INIT;
  char *text = NULL;

  if (expression == NULL || !gtk_expression_evaluate (expression, item, &value))
    return NULL;
  text = g_value_dup_string (&value);
  g_value_unset (&value);

  return text;
}

static void
setup_item_cb (RefillsChoiceRow *self,
               GtkListItem      *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_list_item_set_child (list_item, box);
}

static void
bind_item_cb (RefillsChoiceRow *self,
              GtkListItem      *list_item)
{
  GtkWidget *box = gtk_list_item_get_child (list_item);
  GtkWidget *cell = gtk_widget_get_parent (box);
  g_autofree char *text = get_text (self, gtk_list_item_get_item (list_item));

  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)), text != NULL ? text : "");
  if (cell != NULL && text != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_signal_connect_object (self, "notify::selected", G_CALLBACK (selected_moved_cb), list_item, 0);
  update_mark (self, list_item);
}

static void
unbind_item_cb (RefillsChoiceRow *self,
                GtkListItem      *list_item)
{
  g_signal_handlers_disconnect_by_func (self, selected_moved_cb, list_item);
}

static void
refills_choice_row_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  RefillsChoiceRow *self = REFILLS_CHOICE_ROW (object);

  switch (property_id) {
  case PROP_CHOICES:
    g_value_set_object (value, self->choices);
    break;
  case PROP_CHOICE:
    g_value_set_object (value, self->choice);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_choice_row_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  RefillsChoiceRow *self = REFILLS_CHOICE_ROW (object);

  switch (property_id) {
  case PROP_CHOICES:
    set_choices (self, g_value_get_object (value));
    break;
  case PROP_CHOICE:
    set_choice (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_choice_row_dispose (GObject *object)
{
  RefillsChoiceRow *self = REFILLS_CHOICE_ROW (object);

  self->syncing = TRUE;
  g_clear_object (&self->choices);
  g_clear_object (&self->choice);

  G_OBJECT_CLASS (refills_choice_row_parent_class)->dispose (object);
}

static void
refills_choice_row_class_init (RefillsChoiceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = refills_choice_row_get_property;
  object_class->set_property = refills_choice_row_set_property;
  object_class->dispose = refills_choice_row_dispose;

  props[PROP_CHOICES] =
    g_param_spec_object ("choices", NULL, NULL, G_TYPE_LIST_MODEL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /* One of the choices, or NULL. */
  props[PROP_CHOICE] =
    g_param_spec_object ("choice", NULL, NULL, G_TYPE_OBJECT,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_choice_row_init (RefillsChoiceRow *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_item_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_item_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_item_cb), self, G_CONNECT_SWAPPED);
  adw_combo_row_set_list_factory (ADW_COMBO_ROW (self), factory);
  g_signal_connect (self, "notify::selected", G_CALLBACK (selected_cb), NULL);
}
