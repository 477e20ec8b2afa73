/* refills-option-row.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsOptionRow:
 *
 * One option of a product to choose: its label, what there is to know of it, and its price.
 *
 * The row takes the focus and is told of as a radio button; the group of the button in front is for who makes the
 * rows.
 */

#include "config.h"

#include "refills-option-row.h"

struct _RefillsOptionRow {
  AdwActionRow  parent_instance;

  GtkWidget    *button;
  GtkWidget    *price_label;
};

G_DEFINE_FINAL_TYPE (RefillsOptionRow, refills_option_row, ADW_TYPE_ACTION_ROW)

/* The row is what takes the focus, so it has to say what the button shows. */
static void
sync_checked (RefillsOptionRow *self)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED,
                               gtk_check_button_get_active (GTK_CHECK_BUTTON (self->button))
                                 ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

static void
refills_option_row_class_init (RefillsOptionRowClass *class)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (class), GTK_ACCESSIBLE_ROLE_RADIO);
}

static void
refills_option_row_init (RefillsOptionRow *self)
{
  self->button = g_object_new (GTK_TYPE_CHECK_BUTTON,
                               "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                               "can-focus", FALSE, /* one that is active and in a group would hold Tab back */
                               "valign", GTK_ALIGN_CENTER,
                               NULL);
  self->price_label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->price_label, "numeric");
  gtk_widget_add_css_class (self->price_label, "dim-label");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), self->button);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->price_label);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->button);
  /* It is told of by all there is to know, and not by its title once more. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  g_signal_connect_object (self->button, "toggled", G_CALLBACK (sync_checked), self, G_CONNECT_SWAPPED);
  sync_checked (self);
}

/**
 * refills_option_row_new:
 * @option: an option of a fixed value
 * @facts: what there is to know of it, or ""
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
refills_option_row_new (RefillsProductOption *option,
                        const char           *facts)
{
  RefillsOptionRow *self = g_object_new (REFILLS_TYPE_OPTION_ROW, NULL);
  const char *label = refills_product_option_get_label (option);
  const char *price = refills_product_option_get_price_label (option);
  g_autoptr (GString) name = g_string_new (label);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), facts);
  gtk_label_set_text (GTK_LABEL (self->price_label), price ? price : "");

  if (*facts)
    g_string_append_printf (name, ", %s", facts);
  if (price && *price)
    g_string_append_printf (name, ", %s", price);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);

  return GTK_WIDGET (self);
}

/**
 * refills_option_row_get_button:
 * @self: a row
 *
 * Returns: (transfer none): the #GtkCheckButton that chooses it
 */
GtkWidget *
refills_option_row_get_button (RefillsOptionRow *self)
{
  g_return_val_if_fail (REFILLS_IS_OPTION_ROW (self), NULL);

  return self->button;
}
