/* refills-choice-row.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsChoiceRow:
 *
 * A row with one of several objects, and a list to choose another one from.
 *
 * Owns neither the choices nor the chosen one, and chooses nothing by itself. What must not be chosen now stands in the
 * list with the reason, dimmed, and neither the pointer nor a key gets at it: the items of a GtkListView can be passed
 * over by no key before GTK 4.12, so the list has rows of its own. They are there while the list is open.
 */

#include "config.h"

#include "refills-choice-row.h"

#include <glib/gi18n.h>

#define MAX_LIST_HEIGHT 400 /* pixels */

struct _RefillsChoiceRow
{
  AdwActionRow       parent_instance;

  GListModel        *choices;
  GObject           *choice;
  GtkExpression     *expression;
  RefillsChoiceBar   bar_func;
  gpointer           bar_data;
  gboolean           use_subtitle;

  GtkLabel          *value_label;
  GtkPopover        *popover;
  GtkListBox        *list;
};

G_DEFINE_FINAL_TYPE (RefillsChoiceRow, refills_choice_row, ADW_TYPE_ACTION_ROW)

enum {
  PROP_0,
  PROP_CHOICES,
  PROP_CHOICE,
  PROP_EXPRESSION,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static char *
dup_text (RefillsChoiceRow *self,
          gpointer          item)
{
  GValue value = G_VALUE_INIT;
  char *text = NULL;

  if (item == NULL || self->expression == NULL || !gtk_expression_evaluate (self->expression, item, &value))
    return NULL;
  text = g_value_dup_string (&value);
  g_value_unset (&value);

  return text;
}

static char *
dup_bar (RefillsChoiceRow *self,
         gpointer          item)
{
  return self->bar_func != NULL ? self->bar_func (item, self->bar_data) : NULL;
}

/* What it shows while it is closed, which is nothing that could not be chosen. */
static void
sync_value (RefillsChoiceRow *self)
{
  g_autofree char *bar = self->choice != NULL ? dup_bar (self, self->choice) : NULL;
  g_autofree char *text = bar == NULL ? dup_text (self, self->choice) : NULL;
  const char *shown = text != NULL ? text : _("Choose…");

  gtk_widget_set_visible (GTK_WIDGET (self->value_label), !self->use_subtitle);
  if (g_strcmp0 (adw_action_row_get_subtitle (ADW_ACTION_ROW (self)), self->use_subtitle ? shown : "") != 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), self->use_subtitle ? shown : "");
  if (g_str_equal (gtk_label_get_text (self->value_label), shown))
    return;

  gtk_label_set_text (self->value_label, shown);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, shown, -1);
}

static gpointer
get_item (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "item");
}

static GtkWidget *
make_mark (gboolean is_chosen)
{
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");

  /* It keeps its place, so that each row is as wide as the others. */
  gtk_widget_set_opacity (mark, is_chosen ? 1 : 0);

  return mark;
}

static GtkWidget *
make_row (RefillsChoiceRow *self,
          GObject          *item)
{
  g_autofree char *text = dup_text (self, item);
  g_autofree char *bar = dup_bar (self, item);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), label);
  if (bar != NULL) {
    GtkWidget *reason = gtk_label_new (bar);

    gtk_label_set_xalign (GTK_LABEL (reason), 0);
    gtk_label_set_wrap (GTK_LABEL (reason), TRUE);
    gtk_widget_add_css_class (reason, "caption");
    gtk_widget_add_css_class (reason, "reason");
    gtk_box_append (GTK_BOX (texts), reason);
  }
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), make_mark (item == self->choice && bar == NULL));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_sensitive (row, bar == NULL);
  g_object_set_data_full (G_OBJECT (row), "item", g_object_ref (item), g_object_unref);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text != NULL ? text : "",
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, bar != NULL ? bar : "",
                                  -1);

  return row;
}

static void
clear_list (RefillsChoiceRow *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
}

static void
fill_list (RefillsChoiceRow *self)
{
  guint n_items = self->choices != NULL ? g_list_model_get_n_items (self->choices) : 0;

  clear_list (self);
  for (guint i = 0; i < n_items; i++) {
    g_autoptr (GObject) item = g_list_model_get_item (self->choices, i);

    gtk_list_box_append (self->list, make_row (self, item));
  }
}

/* From @row on in one direction, the first that may be chosen; @row itself counts. */
static GtkWidget *
find_open (GtkWidget *row,
           gboolean   forward)
{
  while (row != NULL && !gtk_widget_get_sensitive (row))
    row = forward ? gtk_widget_get_next_sibling (row) : gtk_widget_get_prev_sibling (row);

  return row;
}

static GtkWidget *
find_first_focus (RefillsChoiceRow *self)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  for (GtkWidget *row = first; row != NULL; row = gtk_widget_get_next_sibling (row))
    if (get_item (row) == self->choice && gtk_widget_get_sensitive (row))
      return row;

  return find_open (first, TRUE);
}

static void
open_list (RefillsChoiceRow *self)
{
  GtkWidget *focus = NULL;

  if (self->choices == NULL || g_list_model_get_n_items (self->choices) == 0)
    return;

  fill_list (self);
  gtk_popover_popup (self->popover);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, TRUE, -1);
  focus = find_first_focus (self);
  if (focus != NULL)
    gtk_widget_grab_focus (focus);
}

static void
closed_cb (RefillsChoiceRow *self)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
}

static void
refills_choice_row_activate (AdwActionRow *row)
{
  open_list (REFILLS_CHOICE_ROW (row));
}

static void
set_choice (RefillsChoiceRow *self,
            GObject          *choice)
{
  gboolean is_other = g_set_object (&self->choice, choice);

  sync_value (self);
  if (is_other)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHOICE]);
}

static void
row_activated_cb (RefillsChoiceRow *self,
                  GtkWidget        *row)
{
  g_autoptr (GObject) item = g_object_ref (get_item (row));
  g_autofree char *bar = dup_bar (self, item);

  gtk_popover_popdown (self->popover);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  /* It may have come to stand against it while the list was open. */
  if (bar == NULL)
    set_choice (self, item);
}

static gboolean
key_cb (RefillsChoiceRow *self,
        guint             keyval)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;
  GtkWidget *next = NULL;

  if (row == NULL || gtk_widget_get_parent (row) != GTK_WIDGET (self->list))
    row = NULL;
  switch (keyval) {
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down:
    next = row != NULL ? find_open (gtk_widget_get_next_sibling (row), TRUE) : find_first_focus (self);
    break;
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    next = row != NULL ? find_open (gtk_widget_get_prev_sibling (row), FALSE) : find_first_focus (self);
    break;
  case GDK_KEY_Home:
  case GDK_KEY_KP_Home:
  case GDK_KEY_Page_Up:
  case GDK_KEY_KP_Page_Up:
    next = find_open (gtk_widget_get_first_child (GTK_WIDGET (self->list)), TRUE);
    break;
  case GDK_KEY_End:
  case GDK_KEY_KP_End:
  case GDK_KEY_Page_Down:
  case GDK_KEY_KP_Page_Down:
    next = find_open (gtk_widget_get_last_child (GTK_WIDGET (self->list)), FALSE);
    break;
  default:
    return GDK_EVENT_PROPAGATE;
  }
  if (next != NULL)
    gtk_widget_grab_focus (next);

  return GDK_EVENT_STOP;
}

static void
choices_changed_cb (RefillsChoiceRow *self)
{
  gtk_popover_popdown (self->popover);
  sync_value (self);
}

static void
set_choices (RefillsChoiceRow *self,
             GListModel       *choices)
{
  if (self->choices == choices)
    return;

  if (self->choices != NULL)
    g_signal_handlers_disconnect_by_func (self->choices, choices_changed_cb, self);
  g_set_object (&self->choices, choices);
  if (choices != NULL)
    g_signal_connect_object (choices, "items-changed", G_CALLBACK (choices_changed_cb), self, G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHOICES]);
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
  case PROP_EXPRESSION:
    gtk_value_set_expression (value, self->expression);
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
  case PROP_EXPRESSION:
    g_clear_pointer (&self->expression, gtk_expression_unref);
    self->expression = gtk_value_dup_expression (value);
    sync_value (self);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_choice_row_dispose (GObject *object)
{
  RefillsChoiceRow *self = REFILLS_CHOICE_ROW (object);

  self->bar_func = NULL;
  g_clear_object (&self->choices);
  g_clear_object (&self->choice);
  g_clear_pointer (&self->expression, gtk_expression_unref);

  G_OBJECT_CLASS (refills_choice_row_parent_class)->dispose (object);
}

static void
refills_choice_row_class_init (RefillsChoiceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = refills_choice_row_get_property;
  object_class->set_property = refills_choice_row_set_property;
  object_class->dispose = refills_choice_row_dispose;
  ADW_ACTION_ROW_CLASS (klass)->activate = refills_choice_row_activate;

  props[PROP_CHOICES] =
    g_param_spec_object ("choices", NULL, NULL, G_TYPE_LIST_MODEL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /* One of the choices, or NULL. */
  props[PROP_CHOICE] =
    g_param_spec_object ("choice", NULL, NULL, G_TYPE_OBJECT,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /* The text of a choice. */
  props[PROP_EXPRESSION] =
    gtk_param_spec_expression ("expression", NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_COMBO_BOX);
}

static void
refills_choice_row_init (RefillsChoiceRow *self)
{
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *arrow = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *window = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->value_label = GTK_LABEL (label);
  self->popover = GTK_POPOVER (popover);
  self->list = GTK_LIST_BOX (list);

  gtk_label_set_ellipsize (self->value_label, PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (arrow), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  gtk_widget_set_valign (arrow, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), arrow);

  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (list, keys);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (window), MAX_LIST_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (window), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (window), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), list);
  gtk_popover_set_child (self->popover, window);
  gtk_widget_add_css_class (popover, "menu");
  gtk_widget_add_css_class (popover, "refills-choices");
  gtk_widget_set_parent (popover, arrow);
  g_signal_connect_object (popover, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
}

/**
 * refills_choice_row_set_bar_func:
 * @self: a row
 * @func: says what stands against a choice
 * @user_data: handed to @func; lives as long as @self
 *
 * Asked for each choice when the list opens, and for the chosen one when it changes; refills_choice_row_sync() asks
 * again.
 */
void
refills_choice_row_set_bar_func (RefillsChoiceRow *self,
                                 RefillsChoiceBar  func,
                                 gpointer          user_data)
{
  g_return_if_fail (REFILLS_IS_CHOICE_ROW (self));

  self->bar_func = func;
  self->bar_data = user_data;
  sync_value (self);
}

/**
 * refills_choice_row_set_use_subtitle:
 * @self: a row
 * @use_subtitle: whether what is chosen stands below the title and not beside it
 *
 * Makes room for both where text is large.
 */
void
refills_choice_row_set_use_subtitle (RefillsChoiceRow *self,
                                     gboolean          use_subtitle)
{
  g_return_if_fail (REFILLS_IS_CHOICE_ROW (self));

  self->use_subtitle = use_subtitle;
  sync_value (self);
}

/**
 * refills_choice_row_sync:
 * @self: a row
 *
 * Shows what is true of the chosen one now.
 */
void
refills_choice_row_sync (RefillsChoiceRow *self)
{
  g_return_if_fail (REFILLS_IS_CHOICE_ROW (self));

  sync_value (self);
}
