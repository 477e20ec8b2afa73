/* refills-delivery-view.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsDeliveryView:
 *
 * What became of one item of an order: its codes, or why there are none.
 *
 * Made for one delivery, which never changes, and replaced with it. The codes themselves are its
 * rows' affair; it only knows which there are.
 */

#include "config.h"

#include "refills-delivery-view.h"

#include "refills-secret-row.h"

#include <glib/gi18n.h>

struct _RefillsDeliveryView
{
  AdwBin      parent_instance;

  GtkWidget  *title_box;
  GtkImage   *state_icon;
  GtkLabel   *title_label;
  GtkLabel   *state_label;
  GtkListBox *secret_list;
  GtkWidget  *instructions_box;
  GtkLabel   *instructions_label;
};

G_DEFINE_FINAL_TYPE (RefillsDeliveryView, refills_delivery_view, ADW_TYPE_BIN)

static char *
describe_state (RefillsDelivery *delivery)
{
  const char *failure = refills_delivery_get_failure (delivery);
  const char *beneficiary = refills_delivery_get_beneficiary (delivery);
  g_autofree char *masked = NULL;

  switch (refills_delivery_get_phase (delivery)) {
  case REFILLS_DELIVERY_DELIVERED:
    if (refills_delivery_has_any_secret (delivery))
      return NULL;
    if (beneficiary == NULL || *beneficiary == '\0')
      return g_strdup (_("Delivered by e-mail"));
    masked = refills_delivery_view_mask_recipient (beneficiary);
    /* Translators: %s is an address of which most is hidden */
    return g_strdup_printf (_("Delivered to %s"), masked);
  case REFILLS_DELIVERY_FAILED:
    if (failure != NULL && *failure != '\0')
      return g_strdup (failure);
    return g_strdup (_("The service could not deliver this item."));
  case REFILLS_DELIVERY_REFUNDED:
    return g_strdup (_("This item was refunded."));
  case REFILLS_DELIVERY_MANUAL:
    return g_strdup (_("The service prepares this item by hand."));
  case REFILLS_DELIVERY_PENDING:
  default:
    return g_strdup (_("Not delivered yet"));
  }
}

static const char *
choose_icon (RefillsDelivery *delivery)
{
  switch (refills_delivery_get_phase (delivery)) {
  case REFILLS_DELIVERY_DELIVERED:
    return "emblem-ok-symbolic";
  case REFILLS_DELIVERY_FAILED:
    return "dialog-error-symbolic";
  case REFILLS_DELIVERY_REFUNDED:
    return "edit-undo-symbolic";
  case REFILLS_DELIVERY_MANUAL:
  case REFILLS_DELIVERY_PENDING:
  default:
    return "document-open-recent-symbolic";
  }
}

static void
fill (RefillsDeliveryView *self,
      RefillsShop         *shop,
      RefillsOrder        *order,
      guint                position,
      RefillsDelivery     *delivery)
{
  const char *brand = refills_delivery_get_brand_name (delivery);
  const char *face = refills_delivery_get_face_label (delivery);
  const char *instructions = refills_delivery_get_instructions (delivery);
  g_autofree char *title = NULL;
  g_autofree char *state = NULL;
  gboolean alone = g_list_model_get_n_items (refills_order_get_deliveries (order)) == 1;

  if (brand == NULL || *brand == '\0')
    brand = refills_order_get_title (order);
  if (face == NULL || *face == '\0')
    face = refills_order_get_face_label (order);
  title = g_strdup_printf ("%s · %s", brand, face);
  if (!alone || refills_delivery_get_phase (delivery) != REFILLS_DELIVERY_DELIVERED)
    state = describe_state (delivery);

  gtk_image_set_from_icon_name (self->state_icon, choose_icon (delivery));
  gtk_label_set_text (self->title_label, title);
  /* An order of one item says on top what it is, and that it was delivered. */
  gtk_widget_set_visible (self->title_box, !alone);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->secret_list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_label_set_text (self->state_label, state != NULL ? state : "");
  gtk_widget_set_visible (GTK_WIDGET (self->state_label), state != NULL);

  for (RefillsSecret secret = 0; secret < REFILLS_N_SECRETS; secret++) {
    if (refills_delivery_has_secret (delivery, secret))
      gtk_list_box_append (self->secret_list,
                           refills_secret_row_new (shop, order, position, secret));
  }
  gtk_widget_set_visible (GTK_WIDGET (self->secret_list),
                          refills_delivery_has_any_secret (delivery));

  gtk_label_set_text (self->instructions_label, instructions != NULL ? instructions : "");
  gtk_widget_set_visible (self->instructions_box, instructions != NULL && *instructions != '\0');
}

static void
refills_delivery_view_class_init (RefillsDeliveryViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-delivery-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsDeliveryView, title_box);
  gtk_widget_class_bind_template_child (widget_class, RefillsDeliveryView, state_icon);
  gtk_widget_class_bind_template_child (widget_class, RefillsDeliveryView, title_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsDeliveryView, state_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsDeliveryView, secret_list);
  gtk_widget_class_bind_template_child (widget_class, RefillsDeliveryView, instructions_box);
  gtk_widget_class_bind_template_child (widget_class, RefillsDeliveryView, instructions_label);
}

static void
refills_delivery_view_init (RefillsDeliveryView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_delivery_view_new:
 * @shop: the shop that opens its codes
 * @order: the order
 * @position: the delivery's place in the order
 * @delivery: the delivery
 *
 * Makes the view of one delivery.
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
refills_delivery_view_new (RefillsShop     *shop,
                           RefillsOrder    *order,
                           guint            position,
                           RefillsDelivery *delivery)
{
  RefillsDeliveryView *self;

  g_return_val_if_fail (REFILLS_IS_ORDER (order), NULL);
  g_return_val_if_fail (REFILLS_IS_DELIVERY (delivery), NULL);

  self = g_object_new (REFILLS_TYPE_DELIVERY_VIEW, NULL);
  fill (self, shop, order, position, delivery);

  return GTK_WIDGET (self);
}

/**
 * refills_delivery_view_mask_recipient:
 * @recipient: an e-mail address or a phone number
 *
 * Hides most of an address, for a page that others may see: "u…@example.com", "…4567".
 *
 * Returns: (transfer full): what may be shown
 */
char *
refills_delivery_view_mask_recipient (const char *recipient)
{
  const char *at;
  g_autofree char *first = NULL;
  glong length;

  g_return_val_if_fail (recipient != NULL, NULL);

  at = strrchr (recipient, '@');
  length = g_utf8_strlen (recipient, -1);
  if (at != NULL && at != recipient) {
    first = g_utf8_substring (recipient, 0, 1);
    return g_strdup_printf ("%s…%s", first, at);
  }

  return g_strdup_printf ("…%s", g_utf8_offset_to_pointer (recipient, MAX (length - 4, 0)));
}
