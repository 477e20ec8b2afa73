/* refills-problem-list.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsProblemList:
 *
 * Those problems of an order that concern what stands above them, each with a sign, its subject, what the
 * matter is and what to do. What the service allows instead stands below as buttons, and a code that nobody
 * has a sentence for can be copied.
 *
 * Owns the lines, and follows the list it is given. Shows at most twenty, as plain text, and
 * nothing at all where there are none. It chooses nothing itself.
 */

#include "config.h"

#include "refills-problem-list.h"

#include "refills-clipboard.h"

#include <glib/gi18n.h>

/* What stands below a problem at once; the rest unfolds. */
#define CHOICES_SHOWN 4

struct _RefillsProblemList
{
  AdwBin              parent_instance;

  GtkFilterListModel *filtered;
  GtkCustomFilter    *filter;
  GListModel         *shown;
  guint               subjects; /* bits, 1 << RefillsProblemSubject */

  RefillsProblemListRate rate;
  gpointer            rate_data;

  GtkBox             *box;
};

G_DEFINE_FINAL_TYPE (RefillsProblemList, refills_problem_list, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_PROBLEMS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum {
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
name_subject (RefillsProblemSubject subject)
{
  switch (subject) {
  case REFILLS_PROBLEM_SUBJECT_PRODUCT:
    return _("Product");
  case REFILLS_PROBLEM_SUBJECT_BENEFICIARY:
    return _("Recipient");
  case REFILLS_PROBLEM_SUBJECT_EMAIL:
    return _("E-mail");
  case REFILLS_PROBLEM_SUBJECT_AMOUNT:
    return _("Amount");
  case REFILLS_PROBLEM_SUBJECT_LIMIT:
    return _("Limit");
  case REFILLS_PROBLEM_SUBJECT_COIN:
    return _("Coin");
  case REFILLS_PROBLEM_SUBJECT_NETWORK:
    return _("Network");
  case REFILLS_PROBLEM_SUBJECT_VIA:
    return _("Way to Pay");
  case REFILLS_PROBLEM_SUBJECT_COUPON:
    return _("Coupon");
  case REFILLS_PROBLEM_SUBJECT_ACCOUNT:
    return _("Account");
  case REFILLS_PROBLEM_SUBJECT_ORDER:
  default:
    return _("Order");
  }
}

static gboolean
is_wanted (gpointer item,
           gpointer user_data)
{
  RefillsProblemList *self = user_data;

  return (self->subjects & (1u << refills_problem_get_subject (item))) != 0;
}

static GtkWidget *
create_label (const char *text)
{
  return g_object_new (GTK_TYPE_LABEL,
                       "label", text,
                       "xalign", 0.0f,
                       "hexpand", TRUE,
                       "wrap", TRUE,
                       "wrap-mode", PANGO_WRAP_WORD_CHAR,
                       NULL);
}

static void
choice_clicked_cb (GtkButton *button,
                   gpointer   user_data)
{
  RefillsProblemList *self = REFILLS_PROBLEM_LIST (gtk_widget_get_ancestor (GTK_WIDGET (button),
                                                                            REFILLS_TYPE_PROBLEM_LIST));
  /* The button is gone once something else is chosen. */
  g_autoptr (RefillsProblemChoice) choice = g_object_ref (user_data);

  g_signal_emit (self, signals[CHOSEN], 0, choice);
}

static GtkWidget *
create_choice_button (RefillsProblemChoice *choice)
{
  GtkWidget *button = gtk_button_new_with_label (refills_problem_choice_get_label (choice));
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  g_signal_connect_data (button, "clicked", G_CALLBACK (choice_clicked_cb), g_object_ref (choice),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);

  return button;
}

static GtkWidget *
create_choice_box (void)
{
  GtkWidget *flow = g_object_new (GTK_TYPE_FLOW_BOX,
                                  "selection-mode", GTK_SELECTION_NONE,
                                  "homogeneous", TRUE,
                                  "min-children-per-line", 2,
                                  "max-children-per-line", 3,
                                  "column-spacing", 6,
                                  "row-spacing", 6,
                                  NULL);

  gtk_widget_add_css_class (flow, "values");
  gtk_accessible_update_property (GTK_ACCESSIBLE (flow), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What can be chosen instead"), -1);

  return flow;
}

/* Only what can be chosen here: a coin the service names may be suspended, or not be known. */
static GPtrArray *
list_choices (RefillsProblemList *self,
              RefillsProblem     *problem)
{
  GListModel *choices = refills_problem_get_choices (problem);
  GPtrArray *listed = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) rates = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; self->rate != NULL && i < g_list_model_get_n_items (choices); i++) {
    g_autoptr (RefillsProblemChoice) choice = g_list_model_get_item (choices, i);
    guint rate = self->rate (choice, self->rate_data);
    guint position = 0;

    if (rate == 0)
      continue;
    while (position < rates->len && g_array_index (rates, guint, position) >= rate)
      position++;
    g_array_insert_val (rates, position, rate);
    g_ptr_array_insert (listed, (int) position, g_steal_pointer (&choice));
  }

  return listed;
}

static GtkWidget *
create_choices (RefillsProblemList *self,
                RefillsProblem     *problem)
{
  g_autoptr (GPtrArray) choices = list_choices (self, problem);
  GtkWidget *column = NULL;
  GtkWidget *shown = NULL;
  GtkWidget *others = NULL;

  if (choices->len == 0)
    return NULL;

  column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_margin_top (column, 6);
  shown = create_choice_box ();
  gtk_box_append (GTK_BOX (column), shown);
  if (choices->len > CHOICES_SHOWN) {
    GtkWidget *expander = gtk_expander_new (_("More"));

    others = create_choice_box ();
    gtk_widget_set_margin_top (others, 6);
    gtk_expander_set_child (GTK_EXPANDER (expander), others);
    gtk_box_append (GTK_BOX (column), expander);
  }
  for (guint i = 0; i < choices->len; i++) {
    GtkWidget *button = create_choice_button (choices->pdata[i]);

    gtk_flow_box_append (GTK_FLOW_BOX (i < CHOICES_SHOWN ? shown : others), button);
    /* The button takes the focus, not the cell around it. */
    gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
  }

  return column;
}

static void
copy_clicked_cb (GtkButton *button,
                 gpointer   user_data)
{
  refills_clipboard_copy (GTK_WIDGET (button), refills_problem_get_code (user_data));
}

/* For those who ask for help: a code that is told in its own words only. */
static GtkWidget *
create_code (RefillsProblem *problem)
{
  GtkWidget *expander = gtk_expander_new (_("Details"));
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *code = create_label (refills_problem_get_code (problem));
  GtkWidget *copy = g_object_new (GTK_TYPE_BUTTON,
                                  "icon-name", "edit-copy-symbolic",
                                  "tooltip-text", _("Copy Code"),
                                  "valign", GTK_ALIGN_CENTER,
                                  NULL);

  gtk_label_set_selectable (GTK_LABEL (code), TRUE);
  gtk_widget_add_css_class (code, "monospace");
  gtk_widget_add_css_class (copy, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Copy Code"), -1);
  g_signal_connect_data (copy, "clicked", G_CALLBACK (copy_clicked_cb), g_object_ref (problem),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  gtk_box_append (GTK_BOX (row), code);
  gtk_box_append (GTK_BOX (row), copy);
  gtk_expander_set_child (GTK_EXPANDER (expander), row);

  return expander;
}

static GtkWidget *
create_line (RefillsProblemList *self,
             RefillsProblem     *problem)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *subject = create_label (name_subject (refills_problem_get_subject (problem)));
  GtkWidget *text = create_label (refills_problem_get_text (problem));
  GtkWidget *choices = create_choices (self, problem);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  "icon-name", "dialog-warning-symbolic",
                                  "valign", GTK_ALIGN_START,
                                  "margin-top", 2,
                                  NULL);

  gtk_widget_add_css_class (icon, "error");
  gtk_widget_add_css_class (subject, "caption-heading");
  gtk_widget_add_css_class (subject, "error");
  gtk_widget_add_css_class (text, "error");
  gtk_box_append (GTK_BOX (column), subject);
  gtk_box_append (GTK_BOX (column), text);
  if (choices != NULL)
    gtk_box_append (GTK_BOX (column), choices);
  if (!refills_problem_code_is_known (refills_problem_get_code (problem)))
    gtk_box_append (GTK_BOX (column), create_code (problem));
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), column);

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

    gtk_box_append (self->box, create_line (self, problem));
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

  /**
   * RefillsProblemList::chosen:
   * @choice: a [class@ProblemChoice]
   *
   * What is allowed instead was asked for.
   */
  signals[CHOSEN] =
    g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, REFILLS_TYPE_PROBLEM_CHOICE);

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

/**
 * refills_problem_list_set_rate:
 * @self: a list
 * @rate: (nullable): tells what can be chosen where the list stands; without it nothing is offered
 * @user_data: handed to @rate, and alive as long as the list is
 *
 * Offers what the service allows instead.
 */
void
refills_problem_list_set_rate (RefillsProblemList     *self,
                               RefillsProblemListRate  rate,
                               gpointer                user_data)
{
  g_return_if_fail (REFILLS_IS_PROBLEM_LIST (self));

  self->rate = rate;
  self->rate_data = user_data;
  shown_changed_cb (self);
}
