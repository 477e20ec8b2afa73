/* refills-choice-row.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsChoiceRow:
 *
 * A combo row whose chosen *object* can be bound both ways.
 *
 * Owns neither the choices nor the chosen one. AdwComboRow chooses the first item by itself when
 * its list changes; that is not the person's choice, so it is not told on.
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
  g_signal_connect (self, "notify::selected", G_CALLBACK (selected_cb), NULL);
}
