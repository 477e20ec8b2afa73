/* refills-help-view.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsHelpView:
 *
 * What can be done about an order whose payment was refused, or whose money went another way than planned, and a
 * button for each of it, in the order in which the text names it. What happened is the order's status.
 *
 * Follows the order, and hides itself while all goes as planned. It has nothing that could be paid to: what the message
 * says is made when somebody asks for it, and shown in a window of its own.
 */

#include "config.h"

#include "refills-help-view.h"

#include "refills-order-again.h"
#include "refills-support-window.h"

struct _RefillsHelpView
{
  AdwBin                parent_instance;

  GtkBox               *box;
  GtkLabel             *text_label;
  GtkWidget            *check_button;
  GtkWidget            *support_button;
  GtkWidget            *brands_button;
  GtkWidget            *again;
  RefillsShop          *shop;
  RefillsOrder         *order;
  gboolean              is_explained; /* see RefillsOrderAgain */
  RefillsSupportWindow *window; /* weak; NULL while it is closed */
};

G_DEFINE_FINAL_TYPE (RefillsHelpView, refills_help_view, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_EXPLAINED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
check_cb (RefillsHelpView *self)
{
  refills_shop_refresh_order (self->shop, self->order);
}

static void
support_cb (RefillsHelpView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *text = refills_order_dup_support_text (self->order, REFILLS_VERSION);

  if (text == NULL || self->window != NULL || !GTK_IS_WINDOW (root))
    return;

  g_set_weak_pointer (&self->window, refills_support_window_new (GTK_WINDOW (root), text));
  gtk_window_present (GTK_WINDOW (self->window));
}

/* Made once it is needed: of most orders nothing is ordered again from here. */
static GtkWidget *
find_again (RefillsHelpView *self)
{
  if (self->again == NULL) {
    self->again = refills_order_again_new (self->shop, self->order);
    g_object_bind_property (self, "explained", self->again, "explained",
                            G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
    gtk_box_append (self->box, self->again);
  }

  return self->again;
}

static GtkWidget *
find_button (RefillsHelpView    *self,
             RefillsOrderRemedy  remedy)
{
  switch (remedy) {
  case REFILLS_ORDER_REMEDY_CHECK:
    return self->check_button;
  case REFILLS_ORDER_REMEDY_SUPPORT:
    return self->support_button;
  case REFILLS_ORDER_REMEDY_AGAIN:
    return find_again (self);
  case REFILLS_ORDER_REMEDY_BRANDS:
    return self->brands_button;
  case REFILLS_ORDER_REMEDY_NONE:
  default:
    return NULL;
  }
}

static void
hide_button (GtkWidget *button)
{
  if (button != NULL)
    gtk_widget_set_visible (button, FALSE);
}

/* In the order of @remedies, which is also that of the keyboard. */
static void
sync_buttons (RefillsHelpView          *self,
              const RefillsOrderRemedy *remedies)
{
  GtkWidget *before = GTK_WIDGET (self->text_label);
  GtkWidget * const all[] = { self->check_button, self->support_button, self->brands_button, self->again };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++) {
    gboolean is_wanted = FALSE;

    for (const RefillsOrderRemedy *at = remedies; *at != REFILLS_ORDER_REMEDY_NONE; at++)
      is_wanted = is_wanted || find_button (self, *at) == all[i];
    if (!is_wanted)
      hide_button (all[i]);
  }
  for (; *remedies != REFILLS_ORDER_REMEDY_NONE; remedies++) {
    GtkWidget *button = find_button (self, *remedies);

    gtk_box_reorder_child_after (self->box, button, before);
    gtk_widget_set_visible (button, TRUE);
    before = button;
  }
}

static void
sync_text (RefillsHelpView *self)
{
  const RefillsOrderRemedy *remedies = refills_order_list_remedies (self->order);
  g_autofree char *text = refills_order_dup_help_text (self->order);

  gtk_label_set_text (self->text_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->text_label), text != NULL);
  sync_buttons (self, remedies);
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL || *remedies != REFILLS_ORDER_REMEDY_NONE);
}

static void
refills_help_view_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (property_id) {
  case PROP_EXPLAINED:
    g_value_set_boolean (value, REFILLS_HELP_VIEW (object)->is_explained);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_help_view_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (property_id) {
  case PROP_EXPLAINED:
    REFILLS_HELP_VIEW (object)->is_explained = g_value_get_boolean (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_help_view_dispose (GObject *object)
{
  RefillsHelpView *self = REFILLS_HELP_VIEW (object);

  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->shop);
  g_clear_object (&self->order);

  G_OBJECT_CLASS (refills_help_view_parent_class)->dispose (object);
}

static void
refills_help_view_class_init (RefillsHelpViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = refills_help_view_get_property;
  object_class->set_property = refills_help_view_set_property;
  object_class->dispose = refills_help_view_dispose;

  /* Whether it was said, and agreed to, what must be known before the first order that costs money. */
  props[PROP_EXPLAINED] =
    g_param_spec_boolean ("explained", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/refills/Refills/ui/refills-help-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsHelpView, box);
  gtk_widget_class_bind_template_child (widget_class, RefillsHelpView, text_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsHelpView, check_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsHelpView, support_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsHelpView, brands_button);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, support_cb);
}

static void
refills_help_view_init (RefillsHelpView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_help_view_new:
 * @shop: the shop of the order
 * @order: an order, for as long as the view lives
 *
 * Makes the view.
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
refills_help_view_new (RefillsShop  *shop,
                       RefillsOrder *order)
{
  static const char * const signals[] = { "notify::refusal", "notify::alarm", "notify::state", "notify::sealed" };
  RefillsHelpView *self = g_object_new (REFILLS_TYPE_HELP_VIEW, NULL);

  self->shop = g_object_ref (shop);
  self->order = g_object_ref (order);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (order, signals[i], G_CALLBACK (sync_text), self, G_CONNECT_SWAPPED);
  sync_text (self);

  return GTK_WIDGET (self);
}
