/* refills-order-form-view.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsOrderFormView:
 *
 * What is typed for an order: the recipient as the product asks for it, the e-mail address, how many, and,
 * where wanted, a coupon and an address for refunds.
 *
 * Follows the form of one checkout, to which it is bound once. What is wrong stands below the field it is
 * wrong with, whether the form says so or the service. It decides nothing itself.
 */

#include "config.h"

#include "refills-order-form-view.h"

#include "refills-field-note.h"

#include <glib/gi18n.h>

typedef enum {
  FIELD_BENEFICIARY,
  FIELD_EMAIL,
  FIELD_COUPON,
  FIELD_REFUND_ADDRESS,
  N_FIELDS
} FieldIndex;

struct _RefillsOrderFormView {
  AdwBin               parent_instance;

  RefillsOrderForm    *form;

  AdwPreferencesGroup *recipient_group;
  AdwEntryRow         *beneficiary_row;
  RefillsFieldNote    *beneficiary_note;
  AdwEntryRow         *email_row;
  RefillsFieldNote    *email_note;
  GtkWidget           *quantity_row;
  GtkSpinButton       *quantity_button;
  AdwExpanderRow      *extras_row;
  AdwEntryRow         *coupon_row;
  RefillsFieldNote    *coupon_note;
  AdwEntryRow         *refund_address_row;
  RefillsFieldNote    *refund_address_note;

  AdwEntryRow         *rows[N_FIELDS];
  RefillsFieldNote    *notes[N_FIELDS];
};

G_DEFINE_FINAL_TYPE (RefillsOrderFormView, refills_order_form_view, ADW_TYPE_BIN)

enum {
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const properties[N_FIELDS] = { "beneficiary", "email", "coupon", "refund-address" };

static const char *const complaints[N_FIELDS] = {
  "beneficiary-complaint", "email-complaint", "coupon-complaint", "refund-address-complaint",
};

static void
edited_cb (RefillsOrderFormView *self,
           GParamSpec           *pspec,
           AdwEntryRow          *row)
{
  for (guint i = 0; i < N_FIELDS; i++)
    if (self->rows[i] == row)
      g_object_set (self->form, properties[i], gtk_editable_get_text (GTK_EDITABLE (row)), NULL);
}

/* Enter must not send what was not yet validated. */
static void
entry_activated_cb (RefillsOrderFormView *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

/* Not a binding: setting the same text again would move the cursor under the typing hand. */
static void
sync_text (RefillsOrderFormView *self,
           guint                 field)
{
  g_autofree char *text = NULL;
  g_autofree char *typed = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->rows[field])));

  g_object_get (self->form, properties[field], &text, NULL);
  if (g_strcmp0 (g_strstrip (typed), text ? text : "") != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->rows[field]), text ? text : "");
}

static void
sync_form (RefillsOrderFormView *self)
{
  for (guint i = 0; i < N_FIELDS; i++) {
    g_autofree char *complaint = NULL;

    sync_text (self, i);
    g_object_get (self->form, complaints[i], &complaint, NULL);
    refills_field_note_set_complaint (self->notes[i], complaint);
  }
}

/* What is wrong must not be out of sight. */
static void
show_extras_cb (RefillsOrderFormView *self,
                GParamSpec           *pspec,
                GtkWidget            *problems)
{
  if (gtk_widget_get_visible (problems))
    adw_expander_row_set_expanded (self->extras_row, TRUE);
}

static void
name_lists_inside (GtkWidget  *widget,
                   const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child)) {
    if (GTK_IS_LIST_BOX (child))
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    name_lists_inside (child, name);
  }
}

static void
show_recipient (RefillsOrderFormView *self)
{
  g_autofree char *label = NULL;

  g_object_get (self->form, "label", &label, NULL);
  switch (refills_order_form_get_kind (self->form)) {
    case REFILLS_BENEFICIARY_PHONE:
      gtk_text_set_input_purpose (GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self->beneficiary_row))),
                                  GTK_INPUT_PURPOSE_PHONE);
      adw_preferences_group_set_title (self->recipient_group, _("Who Is Topped Up"));
      refills_field_note_set_hint (self->beneficiary_note, _("With its country code, such as +14155551234"));
      refills_field_note_set_hint (self->email_note, _("For news of the order"));
      break;
    case REFILLS_BENEFICIARY_ACCOUNT:
      adw_preferences_group_set_title (self->recipient_group, _("What Is Paid"));
      refills_field_note_set_hint (self->beneficiary_note, _("As it stands on your bill or contract"));
      refills_field_note_set_hint (self->email_note, _("For news of the order"));
      break;
    case REFILLS_BENEFICIARY_EMAIL:
    default:
      /* The e-mail address is the recipient. */
      gtk_widget_set_visible (GTK_WIDGET (self->beneficiary_row), FALSE);
      return;
  }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->beneficiary_row), label);
}

static void
bind_problems (RefillsOrderFormView *self,
               RefillsCheckout      *checkout)
{
  gboolean is_by_email = refills_order_form_get_kind (self->form) == REFILLS_BENEFICIARY_EMAIL;
  const guint recipient = 1u << REFILLS_PROBLEM_SUBJECT_BENEFICIARY;
  const guint subjects[N_FIELDS] = {
    is_by_email ? 0 : recipient,
    1u << REFILLS_PROBLEM_SUBJECT_EMAIL | (is_by_email ? recipient : 0),
    1u << REFILLS_PROBLEM_SUBJECT_COUPON,
    0,
  };

  for (guint i = 0; i < N_FIELDS; i++) {
    RefillsProblemList *list = refills_field_note_get_problems (self->notes[i]);

    if (i == FIELD_COUPON)
      g_signal_connect_object (list, "notify::visible", G_CALLBACK (show_extras_cb), self, G_CONNECT_SWAPPED);
    refills_problem_list_set_subjects (list, subjects[i]);
    g_object_bind_property (checkout, "problems", list, "problems", G_BINDING_SYNC_CREATE);
  }
}

static void
refills_order_form_view_dispose (GObject *object)
{
  RefillsOrderFormView *self = REFILLS_ORDER_FORM_VIEW (object);

  if (self->form)
    g_signal_handlers_disconnect_by_data (self->form, self);
  g_clear_object (&self->form);

  G_OBJECT_CLASS (refills_order_form_view_parent_class)->dispose (object);
}

static void
refills_order_form_view_class_init (RefillsOrderFormViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = refills_order_form_view_dispose;

  /**
   * RefillsOrderFormView::activated:
   *
   * The person pressed Enter in a field.
   */
  signals[ACTIVATED] =
    g_signal_new ("activated", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  g_type_ensure (REFILLS_TYPE_FIELD_NOTE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-order-form-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderFormView, recipient_group);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderFormView, beneficiary_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderFormView, beneficiary_note);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderFormView, email_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderFormView, email_note);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderFormView, quantity_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderFormView, quantity_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderFormView, extras_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderFormView, coupon_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderFormView, coupon_note);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderFormView, refund_address_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsOrderFormView, refund_address_note);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
}

static void
refills_order_form_view_init (RefillsOrderFormView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->rows[FIELD_BENEFICIARY] = self->beneficiary_row;
  self->notes[FIELD_BENEFICIARY] = self->beneficiary_note;
  self->rows[FIELD_EMAIL] = self->email_row;
  self->notes[FIELD_EMAIL] = self->email_note;
  self->rows[FIELD_COUPON] = self->coupon_row;
  self->notes[FIELD_COUPON] = self->coupon_note;
  self->rows[FIELD_REFUND_ADDRESS] = self->refund_address_row;
  self->notes[FIELD_REFUND_ADDRESS] = self->refund_address_note;
}

/**
 * refills_order_form_view_set_checkout:
 * @self: a view
 * @checkout: the purchase whose form it shows
 *
 * Fills the view; to be called once.
 */
void
refills_order_form_view_set_checkout (RefillsOrderFormView *self,
                                      RefillsCheckout      *checkout)
{
  const char *extras = NULL;
  guint max_quantity = 1;

  g_return_if_fail (REFILLS_IS_ORDER_FORM_VIEW (self));
  g_return_if_fail (self->form == NULL);

  self->form = g_object_ref (refills_checkout_get_form (checkout));
  show_recipient (self);
  for (guint i = 0; i < N_FIELDS; i++) {
    const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->rows[i]));

    refills_field_note_set_field (self->notes[i], self->rows[i]);
    /* What has a name of its own is the text inside the row. */
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (self->rows[i]))),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  }
  /* An expander row is a row of lists, which would be told of by the name of their class. */
  extras = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->extras_row));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->extras_row), GTK_ACCESSIBLE_PROPERTY_LABEL, extras, -1);
  name_lists_inside (GTK_WIDGET (self->extras_row), extras);

  refills_field_note_set_hint (self->refund_address_note, _("Where money goes back to, on the network you pay on"));

  g_object_get (self->form, "max-quantity", &max_quantity, NULL);
  gtk_widget_set_visible (self->quantity_row, max_quantity > 1);
  gtk_spin_button_set_range (self->quantity_button, 1, max_quantity);
  g_object_bind_property (self->form, "quantity", self->quantity_button, "value",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);

  bind_problems (self, checkout);
  g_signal_connect_swapped (self->form, "notify", G_CALLBACK (sync_form), self);
  sync_form (self);
}
