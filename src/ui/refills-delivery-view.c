/* refills-delivery-view.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsDeliveryView:
 *
 * What became of one item of an order: its codes, or why there are none.
 *
 * Made for one delivery, which never changes, and replaced with it; it follows the order around it.
 * The codes themselves are its rows' affair; it only knows which there are.
 */

#include "config.h"

#include "refills-delivery-view.h"

#include "refills-copy-row.h"
#include "refills-operator-outcome.h"
#include "refills-rich-text.h"
#include "refills-secret-row.h"

#include <glib/gi18n.h>

#define NAME_MAX_CHARACTERS 120

struct _RefillsDeliveryView
{
  AdwBin           parent_instance;

  RefillsOrder    *order;
  RefillsDelivery *delivery;

  GtkWidget  *title_box;
  GtkImage   *state_icon;
  GtkLabel   *title_label;
  GtkLabel   *state_label;
  GtkListBox *secret_list;
  GtkListBox *receipt_list;
  GtkLabel   *note_label;
  GtkWidget  *instructions_box;
  GtkLabel   *instructions_label;
};

G_DEFINE_FINAL_TYPE (RefillsDeliveryView, refills_delivery_view, ADW_TYPE_BIN)

/* An order that is done says so of a delivery that says nothing itself. */
static RefillsDeliveryPhase
find_phase (RefillsOrder    *order,
            RefillsDelivery *delivery)
{
  RefillsDeliveryPhase phase = refills_delivery_get_phase (delivery);

  if (phase == REFILLS_DELIVERY_PENDING && refills_order_get_phase (order) == REFILLS_ORDER_PHASE_DONE)
    return REFILLS_DELIVERY_DELIVERED;

  return phase;
}

static char *
describe_delivered (RefillsDelivery *delivery)
{
  const char *beneficiary = refills_delivery_get_beneficiary (delivery);
  g_autofree char *masked = NULL;

  if (refills_delivery_has_any_secret (delivery))
    return NULL;
  if (beneficiary == NULL || *beneficiary == '\0')
    return g_strdup (_("Delivered by e-mail"));
  masked = refills_delivery_view_mask_recipient (beneficiary);

  switch (refills_delivery_get_form (delivery)) {
  case REFILLS_DELIVERY_FORM_TOP_UP:
    /* Translators: %s is the end of a phone number */
    return g_strdup_printf (_("The top-up was sent to %s."), masked);
  case REFILLS_DELIVERY_FORM_ACCOUNT:
    /* Translators: %s is the end of an account number */
    return g_strdup_printf (_("The account %s was credited."), masked);
  case REFILLS_DELIVERY_FORM_CARD:
  case REFILLS_DELIVERY_FORM_PIN:
  case REFILLS_DELIVERY_FORM_ESIM:
  default:
    /* Translators: %s is an address of which most is hidden */
    return g_strdup_printf (_("Delivered to %s"), masked);
  }
}

/* The service's reason, which may stand for its state. */
static char *
describe_failure (RefillsDelivery *delivery)
{
  const char *state_name = refills_delivery_get_state_name (delivery);
  char *failure = refills_operator_outcome_explain (refills_delivery_get_failure (delivery));

  if (failure == NULL && refills_operator_outcome_read (state_name) == REFILLS_OPERATOR_OUTCOME_REFUSED)
    failure = refills_operator_outcome_explain (state_name);

  return failure;
}

static char *
describe_state (RefillsOrder    *order,
                RefillsDelivery *delivery)
{
  g_autofree char *failure = describe_failure (delivery);

  switch (find_phase (order, delivery)) {
  case REFILLS_DELIVERY_DELIVERED:
    return describe_delivered (delivery);
  case REFILLS_DELIVERY_FAILED:
    return failure != NULL ? g_steal_pointer (&failure)
                           : g_strdup (_("The service could not deliver this item."));
  case REFILLS_DELIVERY_REFUNDED:
    if (failure != NULL)
      /* Translators: %s is a whole sentence about why something was not delivered */
      return g_strdup_printf (_("This item was refunded. %s"), failure);
    return g_strdup (_("This item was refunded."));
  case REFILLS_DELIVERY_MANUAL:
    return g_strdup (_("People at the service are looking at this item."));
  case REFILLS_DELIVERY_PENDING:
  default:
    return failure != NULL ? g_steal_pointer (&failure) : g_strdup (_("Not delivered yet"));
  }
}

/* What a person has to know who has no code here. */
static const char *
choose_note (RefillsOrder    *order,
             RefillsDelivery *delivery)
{
  if (find_phase (order, delivery) != REFILLS_DELIVERY_DELIVERED ||
      refills_delivery_get_form (delivery) != REFILLS_DELIVERY_FORM_ESIM ||
      refills_delivery_has_secret (delivery, REFILLS_SECRET_ESIM))
    return NULL;

  return _("The service sends the code of the eSIM by e-mail. Look there, also among unwanted mail.");
}

static const char *
choose_icon (RefillsOrder    *order,
             RefillsDelivery *delivery)
{
  switch (find_phase (order, delivery)) {
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

/* An order of one item says on top what it is, and that it was delivered. */
static void
sync_state (RefillsDeliveryView *self)
{
  const char *brand = refills_delivery_get_brand_name (self->delivery);
  const char *face = refills_delivery_get_face_label (self->delivery);
  const char *note = choose_note (self->order, self->delivery);
  gboolean alone = g_list_model_get_n_items (refills_order_get_deliveries (self->order)) == 1;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  g_autofree char *state = NULL;

  if (brand == NULL || *brand == '\0')
    brand = refills_order_get_title (self->order);
  name = refills_text_clean_line (brand, NAME_MAX_CHARACTERS);
  if (alone && (face == NULL || *face == '\0'))
    face = refills_order_get_face_label (self->order);
  title = face != NULL && *face != '\0' ? g_strdup_printf ("%s · %s", name, face) : g_strdup (name);
  if (!alone || find_phase (self->order, self->delivery) != REFILLS_DELIVERY_DELIVERED)
    state = describe_state (self->order, self->delivery);

  gtk_image_set_from_icon_name (self->state_icon, choose_icon (self->order, self->delivery));
  gtk_label_set_text (self->title_label, title);
  gtk_widget_set_visible (self->title_box, !alone);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->secret_list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_label_set_text (self->state_label, state != NULL ? state : "");
  gtk_widget_set_visible (GTK_WIDGET (self->state_label), state != NULL);
  gtk_label_set_text (self->note_label, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), note != NULL);
}

static void
fill (RefillsDeliveryView *self,
      RefillsShop         *shop,
      RefillsOrder        *order,
      guint                position,
      RefillsDelivery     *delivery)
{
  const char *instructions = refills_delivery_get_instructions (delivery);
  const char *receipt = refills_delivery_get_operator_reference (delivery);

  for (RefillsSecret secret = 0; secret < REFILLS_N_SECRETS; secret++) {
    if (refills_delivery_has_secret (delivery, secret))
      gtk_list_box_append (self->secret_list,
                           refills_secret_row_new (shop, order, position, secret));
  }
  gtk_widget_set_visible (GTK_WIDGET (self->secret_list),
                          refills_delivery_has_any_secret (delivery));

  if (receipt != NULL)
    gtk_list_box_append (self->receipt_list,
                         g_object_new (REFILLS_TYPE_COPY_ROW,
                                       "title", _("Receipt Number of the Operator"),
                                       "text", receipt,
                                       "copy-label", _("Copy Receipt Number"),
                                       "value-class", "monospace",
                                       NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->receipt_list), receipt != NULL);

  gtk_label_set_text (self->instructions_label, instructions != NULL ? instructions : "");
  gtk_widget_set_visible (self->instructions_box, instructions != NULL && *instructions != '\0');
}

static void
refills_delivery_view_dispose (GObject *object)
{
  RefillsDeliveryView *self = REFILLS_DELIVERY_VIEW (object);

  g_clear_object (&self->order);
  g_clear_object (&self->delivery);

  G_OBJECT_CLASS (refills_delivery_view_parent_class)->dispose (object);
}

static void
refills_delivery_view_class_init (RefillsDeliveryViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = refills_delivery_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-delivery-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsDeliveryView, title_box);
  gtk_widget_class_bind_template_child (widget_class, RefillsDeliveryView, state_icon);
  gtk_widget_class_bind_template_child (widget_class, RefillsDeliveryView, title_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsDeliveryView, state_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsDeliveryView, secret_list);
  gtk_widget_class_bind_template_child (widget_class, RefillsDeliveryView, receipt_list);
  gtk_widget_class_bind_template_child (widget_class, RefillsDeliveryView, note_label);
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
  self->order = g_object_ref (order);
  self->delivery = g_object_ref (delivery);
  fill (self, shop, order, position, delivery);
  /* Whether it is the only one, and what the order says where the delivery does not, may change around it. */
  g_signal_connect_object (refills_order_get_deliveries (order), "items-changed",
                           G_CALLBACK (sync_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (order, "notify::phase", G_CALLBACK (sync_state), self, G_CONNECT_SWAPPED);
  sync_state (self);

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
  g_autofree char *masked = NULL;
  glong length;

  g_return_val_if_fail (recipient != NULL, NULL);

  at = strrchr (recipient, '@');
  length = g_utf8_strlen (recipient, -1);
  if (at != NULL && at != recipient) {
    first = g_utf8_substring (recipient, 0, 1);
    masked = g_strdup_printf ("%s…%s", first, at);
    return refills_text_clean_line (masked, NAME_MAX_CHARACTERS);
  }

  return g_strdup_printf ("…%s", g_utf8_offset_to_pointer (recipient, MAX (length - 4, 0)));
}
