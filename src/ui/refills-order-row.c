/* refills-order-row.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsOrderRow:
 *
 * One order in the list: what, where it stands, when.
 *
 * Holds the order and follows it. Its name for a screen reader is "BRAND, FACE, STATUS". It never
 * shows a code, an address or an order id.
 */

#include "config.h"

#include "refills-order-row.h"

#include <glib/gi18n.h>

struct _RefillsOrderRow
{
  AdwActionRow  parent_instance;

  RefillsOrder *order;
};

G_DEFINE_FINAL_TYPE (RefillsOrderRow, refills_order_row, ADW_TYPE_ACTION_ROW)

enum {
  PROP_0,
  PROP_ORDER,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static char *
describe_date (gpointer unused,
               gint64   seconds)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (seconds);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (then == NULL || now == NULL || seconds <= 0)
    return g_strdup ("");

  if (g_date_time_get_year (then) == g_date_time_get_year (now)
      && g_date_time_get_day_of_year (then) == g_date_time_get_day_of_year (now))
    /* Translators: a time of today, see g_date_time_format() */
    return g_date_time_format (then, C_("today", "%H:%M"));
  if (g_date_time_get_year (then) == g_date_time_get_year (now))
    /* Translators: a day of this year, see g_date_time_format() */
    return g_date_time_format (then, C_("this year", "%-d %b"));

  /* Translators: a day of another year, see g_date_time_format() */
  return g_date_time_format (then, C_("another year", "%-d %b %Y"));
}

/* Not bound in the template: GTK 4.8 warns when a widget that goes watches itself. */
static void
sync_texts (RefillsOrderRow *self)
{
  const char *title = refills_order_get_title (self->order);
  const char *face = refills_order_get_face_label (self->order);
  const char *status = refills_order_get_status_title (self->order);
  gboolean has_face = face != NULL && *face != '\0';
  g_autofree char *what = has_face ? g_strdup_printf ("%s · %s", title, face) : g_strdup (title);
  g_autofree char *name = has_face ? g_strdup_printf ("%s, %s, %s", title, face, status)
                                   : g_strdup_printf ("%s, %s", title, status);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), what);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), status);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
refills_order_row_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  RefillsOrderRow *self = REFILLS_ORDER_ROW (object);

  switch (property_id) {
  case PROP_ORDER:
    g_value_set_object (value, self->order);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_order_row_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  RefillsOrderRow *self = REFILLS_ORDER_ROW (object);

  switch (property_id) {
  case PROP_ORDER:
    self->order = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_order_row_constructed (GObject *object)
{
  RefillsOrderRow *self = REFILLS_ORDER_ROW (object);

  G_OBJECT_CLASS (refills_order_row_parent_class)->constructed (object);

  g_signal_connect_object (self->order, "notify::status-title", G_CALLBACK (sync_texts), self,
                           G_CONNECT_SWAPPED);
  sync_texts (self);
}

static void
refills_order_row_dispose (GObject *object)
{
  RefillsOrderRow *self = REFILLS_ORDER_ROW (object);

  g_clear_object (&self->order);

  G_OBJECT_CLASS (refills_order_row_parent_class)->dispose (object);
}

static void
refills_order_row_class_init (RefillsOrderRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = refills_order_row_get_property;
  object_class->set_property = refills_order_row_set_property;
  object_class->constructed = refills_order_row_constructed;
  object_class->dispose = refills_order_row_dispose;

  props[PROP_ORDER] =
    g_param_spec_object ("order", NULL, NULL, REFILLS_TYPE_ORDER,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-order-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, describe_date);
}

static void
refills_order_row_init (RefillsOrderRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* The row's own name says it all; its title would be added to it. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/**
 * refills_order_row_new:
 * @order: the order
 *
 * Makes the row of one order.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
refills_order_row_new (RefillsOrder *order)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (order), NULL);

  return g_object_new (REFILLS_TYPE_ORDER_ROW, "order", order, NULL);
}

/**
 * refills_order_row_get_order:
 * @self: a row
 *
 * Returns: (transfer none): its order
 */
RefillsOrder *
refills_order_row_get_order (RefillsOrderRow *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_ROW (self), NULL);

  return self->order;
}
