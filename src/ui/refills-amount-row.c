/* refills-amount-row.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsAmountRow:
 *
 * The entry for a value of one's own, between a least and a most, with the price of what was typed.
 *
 * Owns the watch of the price. It never computes: what is valid, and why not, is the watch's word.
 */

#include "config.h"

#include "refills-amount-row.h"

#include "refills-option-facts.h"

#include <glib/gi18n.h>

struct _RefillsAmountRow {
  AdwActionRow parent_instance;

  RefillsProductOption *option;
  RefillsPriceWatch    *watch;
  GtkWidget            *complaint_label;

  GtkWidget            *entry;
  GtkLabel             *currency_label;
  GtkLabel             *price_label;
  GtkSpinner           *spinner;
};

G_DEFINE_FINAL_TYPE (RefillsAmountRow, refills_amount_row, ADW_TYPE_ACTION_ROW)

enum {
  CHANGED,
  COMMITTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
describe_range (RefillsProductOption *option)
{
  RefillsDecimal minimum;
  RefillsDecimal maximum;
  RefillsDecimal step;
  g_autofree char *minimum_text = NULL;
  g_autofree char *maximum_text = NULL;
  g_autofree char *step_text = NULL;

  if (!refills_product_option_get_range (option, &minimum, &maximum, &step))
    return g_strdup (refills_product_option_get_label (option));

  minimum_text = refills_decimal_to_short_text (&minimum);
  maximum_text = refills_decimal_to_short_text (&maximum);
  if (refills_decimal_is_zero (&step))
    /* Translators: the least and the most, as in "10 to 500". */
    return g_strdup_printf (_("%s to %s"), minimum_text, maximum_text);

  step_text = refills_decimal_to_short_text (&step);
  /* Translators: the least, the most and the step between allowed values, as in "10 to 500, in steps of 5". */
  return g_strdup_printf (_("%s to %s, in steps of %s"), minimum_text, maximum_text, step_text);
}

static void
update (RefillsAmountRow *self)
{
  const char *label = refills_price_watch_get_label (self->watch);
  const char *complaint = refills_price_watch_get_complaint (self->watch);
  gboolean loading = FALSE;

  g_object_get (self->watch, "loading", &loading, NULL);

  gtk_label_set_text (self->price_label, label ? label : "");
  gtk_spinner_set_spinning (self->spinner, loading);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), loading);

  if (complaint && *complaint) {
    gtk_widget_add_css_class (self->entry, "error");
    gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry),
                                 GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
    if (self->complaint_label)
      gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry),
                                      GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->complaint_label, NULL, -1);
  } else {
    gtk_widget_remove_css_class (self->entry, "error");
    gtk_accessible_reset_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID);
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  }

  g_signal_emit (self, signals[CHANGED], 0);
}

static void
text_changed_cb (RefillsAmountRow *self)
{
  refills_price_watch_set_text (self->watch, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  update (self);
}

static void
entry_activate_cb (RefillsAmountRow *self)
{
  g_signal_emit (self, signals[COMMITTED], 0);
}

static void
refills_amount_row_dispose (GObject *object)
{
  RefillsAmountRow *self = REFILLS_AMOUNT_ROW (object);

  g_clear_weak_pointer (&self->complaint_label);
  if (self->watch)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  g_clear_object (&self->watch);
  g_clear_object (&self->option);

  G_OBJECT_CLASS (refills_amount_row_parent_class)->dispose (object);
}

static void
refills_amount_row_class_init (RefillsAmountRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = refills_amount_row_dispose;

  /**
   * RefillsAmountRow::changed:
   *
   * What was typed, its price, or what is wrong with it changed.
   */
  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * RefillsAmountRow::committed:
   *
   * The person pressed Enter.
   */
  signals[COMMITTED] =
    g_signal_new ("committed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-amount-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsAmountRow, entry);
  gtk_widget_class_bind_template_child (widget_class, RefillsAmountRow, currency_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsAmountRow, price_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsAmountRow, spinner);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activate_cb);
}

static void
refills_amount_row_init (RefillsAmountRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_amount_row_new:
 * @shop: who is asked for prices
 * @brand: the brand
 * @option: a range of values
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
refills_amount_row_new (RefillsShop          *shop,
                        RefillsBrand         *brand,
                        RefillsProductOption *option)
{
  RefillsAmountRow *self = g_object_new (REFILLS_TYPE_AMOUNT_ROW, NULL);
  g_autofree char *range = describe_range (option);
  g_autofree char *facts = refills_option_facts_dup_line (option, refills_brand_classify (brand),
                                                          refills_brand_get_country (brand));
  g_autofree char *subtitle = *facts ? g_strdup_printf ("%s · %s", range, facts) : g_strdup (range);

  self->option = g_object_ref (option);
  self->watch = refills_shop_watch_price (shop, brand, option);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_label_set_text (self->currency_label, refills_product_option_get_currency (option));
  g_signal_connect_swapped (self->watch, "notify", G_CALLBACK (update), self);

  return GTK_WIDGET (self);
}

/**
 * refills_amount_row_get_option:
 * @self: a row
 *
 * Returns: (transfer none): the range
 */
RefillsProductOption *
refills_amount_row_get_option (RefillsAmountRow *self)
{
  g_return_val_if_fail (REFILLS_IS_AMOUNT_ROW (self), NULL);

  return self->option;
}

/**
 * refills_amount_row_is_empty:
 * @self: a row
 *
 * Returns: whether nothing is typed
 */
gboolean
refills_amount_row_is_empty (RefillsAmountRow *self)
{
  g_return_val_if_fail (REFILLS_IS_AMOUNT_ROW (self), TRUE);

  return *gtk_editable_get_text (GTK_EDITABLE (self->entry)) == '\0';
}

/**
 * refills_amount_row_is_valid:
 * @self: a row
 *
 * Returns: whether what is typed can be bought
 */
gboolean
refills_amount_row_is_valid (RefillsAmountRow *self)
{
  gboolean valid = FALSE;

  g_return_val_if_fail (REFILLS_IS_AMOUNT_ROW (self), FALSE);

  g_object_get (self->watch, "valid", &valid, NULL);

  return valid;
}

/**
 * refills_amount_row_get_value:
 * @self: a row
 * @value: (out): what is typed
 *
 * Returns: whether it can be bought
 */
gboolean
refills_amount_row_get_value (RefillsAmountRow *self,
                              RefillsDecimal   *value)
{
  g_return_val_if_fail (REFILLS_IS_AMOUNT_ROW (self), FALSE);

  return refills_price_watch_get_value (self->watch, value);
}

/**
 * refills_amount_row_get_quote:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the price that is shown
 */
RefillsQuote *
refills_amount_row_get_quote (RefillsAmountRow *self)
{
  g_return_val_if_fail (REFILLS_IS_AMOUNT_ROW (self), NULL);

  return refills_price_watch_get_quote (self->watch);
}

/**
 * refills_amount_row_get_complaint:
 * @self: a row
 *
 * Returns: (nullable): a sentence on what is wrong with the value
 */
const char *
refills_amount_row_get_complaint (RefillsAmountRow *self)
{
  g_return_val_if_fail (REFILLS_IS_AMOUNT_ROW (self), NULL);

  return refills_price_watch_get_complaint (self->watch);
}

/**
 * refills_amount_row_describe_by:
 * @self: a row
 * @label: where the complaint is shown
 *
 * Tells assistive technologies where to find what is wrong.
 */
void
refills_amount_row_describe_by (RefillsAmountRow *self,
                                GtkWidget        *label)
{
  g_return_if_fail (REFILLS_IS_AMOUNT_ROW (self));

  g_set_weak_pointer (&self->complaint_label, label);
}
