/* test-choice-row.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row with choices: what it shows, what its list offers, and that nothing gets at what must not be chosen.
 */
#include "refills-choice-row.h"

#include "refills-test.h"
#include "refills-widget-test.h"

static const char * const names[] = { "ada", "bob", "cyd", "dee", NULL };

/* @user_data: the names that something stands against, as one text. */
static char *
find_bar (gpointer choice,
          gpointer user_data)
{
  const char *name = gtk_string_object_get_string (choice);

  return strstr (user_data, name) != NULL ? g_strdup_printf ("No %s today", name) : NULL;
}

static GtkWidget *
make_row (GtkStringList *choices,
          char          *barred)
{
  GtkExpression *text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  g_autoptr (GtkExpression) expression = text;
  GtkWidget *row = g_object_new (REFILLS_TYPE_CHOICE_ROW, "title", "Friend", "expression", expression, NULL);

  refills_choice_row_set_bar_func (REFILLS_CHOICE_ROW (row), find_bar, barred);
  g_object_set (row, "choices", choices, NULL);

  return row;
}

/* In a list, as it is made for. */
static GtkWidget *
show_row (GtkWidget *row)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_append (GTK_LIST_BOX (list), row);

  return refills_widget_test_show (list, 360, 400);
}

static void
choose (GtkWidget     *row,
        GtkStringList *choices,
        guint          position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (choices), position);

  g_object_set (row, "choice", item, NULL);
}

static const char *
get_choice (GtkWidget *row)
{
  g_autoptr (GtkStringObject) choice = NULL;

  g_object_get (row, "choice", &choice, NULL);

  return choice != NULL ? gtk_string_object_get_string (choice) : NULL; /* the list keeps it */
}

static GtkWidget *
find_list_row (GtkWidget  *row,
               const char *text)
{
  return gtk_widget_get_ancestor (refills_widget_test_find_text (row, text), GTK_TYPE_LIST_BOX_ROW);
}

static gboolean
press (GtkWidget *list_row,
       guint      keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (gtk_widget_get_parent (list_row));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_KEY (controller) &&
        gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
      g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &handled);
  }

  return handled;
}

static GtkWidget *
get_focus_row (GtkWidget *window)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

  return focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;
}

static void
test_barred (void)
{
  g_autoptr (GtkStringList) choices = gtk_string_list_new (names);
  char barred[] = "ada cyd";
  GtkWidget *row = make_row (choices, barred);
  GtkWidget *window = show_row (row);
  GtkWidget *list_row = NULL;

  /* Closed, it has what is chosen, and never what cannot be. */
  choose (row, choices, 1);
  g_assert_true (refills_widget_test_shows (row, "bob"));
  choose (row, choices, 2);
  g_assert_false (refills_widget_test_shows (row, "cyd"));
  choose (row, choices, 1);

  adw_action_row_activate (ADW_ACTION_ROW (row));
  g_assert_false (gtk_widget_get_sensitive (find_list_row (row, "No ada today")));
  g_assert_false (gtk_widget_get_sensitive (find_list_row (row, "No cyd today")));
  g_assert_true (gtk_widget_get_sensitive (find_list_row (row, "dee")));

  /* Keys go round it. */
  list_row = find_list_row (row, "dee");
  g_assert_true (get_focus_row (window) != find_list_row (row, "No ada today"));
  g_assert_true (press (list_row, GDK_KEY_Home));
  g_assert_true (get_focus_row (window) != find_list_row (row, "No ada today"));
  g_assert_true (press (list_row, GDK_KEY_Down));
  g_assert_true (get_focus_row (window) == list_row);
  g_assert_true (press (list_row, GDK_KEY_Down));
  g_assert_true (get_focus_row (window) == list_row);
  g_assert_true (press (list_row, GDK_KEY_Up));
  g_assert_true (get_focus_row (window) != find_list_row (row, "No cyd today"));

  g_signal_emit_by_name (gtk_widget_get_parent (list_row), "row-activated", find_list_row (row, "No cyd today"));
  g_assert_cmpstr (get_choice (row), ==, "bob");
  g_signal_emit_by_name (gtk_widget_get_parent (list_row), "row-activated", list_row);
  g_assert_cmpstr (get_choice (row), ==, "dee");
  g_assert_true (refills_widget_test_shows (row, "dee"));

  /* What comes to stand against the chosen one takes it away from sight. */
  memcpy (barred, "cyd dee", sizeof barred);
  refills_choice_row_sync (REFILLS_CHOICE_ROW (row));
  g_assert_cmpstr (get_choice (row), ==, "dee");
  gtk_popover_popdown (GTK_POPOVER (refills_widget_test_find (row, GTK_TYPE_POPOVER, NULL)));
  g_assert_true (refills_widget_test_shows (row, "Choose…"));
  refills_widget_test_close (window);
}

static void
test_choices_change (void)
{
  g_autoptr (GtkStringList) choices = gtk_string_list_new (names);
  char barred[] = "";
  GtkWidget *row = make_row (choices, barred);
  GtkWidget *window = show_row (row);

  /* Nothing is chosen that nobody chose. */
  g_assert_null (get_choice (row));
  choose (row, choices, 3);
  gtk_string_list_splice (choices, 0, 1, NULL);
  g_assert_cmpstr (get_choice (row), ==, "dee");
  g_assert_true (refills_widget_test_shows (row, "dee"));
  refills_widget_test_close (window);
}

int
main (int   argc,
      char *argv[])
{
  refills_widget_test_init (&argc, &argv);
  g_test_add_func ("/choice-row/barred", test_barred);
  g_test_add_func ("/choice-row/choices-change", test_choices_change);

  return g_test_run ();
}
