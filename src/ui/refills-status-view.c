/* refills-status-view.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsStatusView:
 *
 * Where an order stands, in one sign, one title and one sentence.
 *
 * Holds the order and follows it by itself. The words are the order's, but for the payment that its page has: while
 * there is one, the title says what to pay. Where there must be none, the title says so and why in one.
 */

#include "config.h"

#include "refills-status-view.h"

#include "refills-closures.h"

#include <glib/gi18n.h>

struct _RefillsStatusView
{
  AdwBin          parent_instance;

  RefillsOrder   *order;
  RefillsPayment *payment;

  GtkWidget      *icon;
  GtkWidget      *title_label;
};

G_DEFINE_FINAL_TYPE (RefillsStatusView, refills_status_view, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_ORDER,
  PROP_PAYMENT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static gboolean
is_sending (gpointer            unused,
            RefillsOrderOutcome outcome)
{
  return outcome == REFILLS_ORDER_OUTCOME_SENDING;
}

/* The sign of a state that is an end, good or bad; NULL while the order is on its way. */
static char *
choose_icon (gpointer            unused,
             RefillsOrderOutcome outcome,
             RefillsOrderPhase   phase,
             const char         *refusal,
             RefillsOrderState  *state)
{
  if (refusal != NULL)
    return g_strdup ("dialog-error-symbolic");
  if (outcome == REFILLS_ORDER_OUTCOME_SENDING)
    return NULL;
  if (outcome == REFILLS_ORDER_OUTCOME_UNKNOWN)
    return g_strdup ("dialog-question-symbolic");
  if (outcome == REFILLS_ORDER_OUTCOME_REFUSED)
    return g_strdup ("dialog-error-symbolic");

  switch (phase) {
  case REFILLS_ORDER_PHASE_DONE:
    return g_strdup (state != NULL && !refills_order_state_is_all_delivered (state)
                       ? "dialog-warning-symbolic" : "emblem-ok-symbolic");
  case REFILLS_ORDER_PHASE_EXPIRED:
  case REFILLS_ORDER_PHASE_NEEDS_ACTION: /* nothing is wrong: it takes its time */
    return g_strdup ("document-open-recent-symbolic");
  case REFILLS_ORDER_PHASE_PARTIALLY_PAID:
    return g_strdup ("dialog-warning-symbolic");
  case REFILLS_ORDER_PHASE_SETUP_FAILED:
  case REFILLS_ORDER_PHASE_PAYMENT_FAILED:
  case REFILLS_ORDER_PHASE_CANCELED:
    return g_strdup ("dialog-error-symbolic");
  case REFILLS_ORDER_PHASE_REFUNDED:
    return g_strdup ("edit-undo-symbolic");
  case REFILLS_ORDER_PHASE_UNKNOWN:
  case REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT:
  case REFILLS_ORDER_PHASE_PAYMENT_SEEN:
  case REFILLS_ORDER_PHASE_PREPARING:
  default:
    return NULL;
  }
}

static gboolean
has_icon (gpointer            unused,
          RefillsOrderOutcome outcome,
          RefillsOrderPhase   phase,
          const char         *refusal,
          RefillsOrderState  *state,
          RefillsPayment     *payment)
{
  g_autofree char *icon = choose_icon (NULL, outcome, phase, refusal, state);

  /* Beside what to pay, it would only push that down. */
  return icon != NULL && payment == NULL;
}

static char *
choose_title (gpointer        unused,
              const char     *title,
              const char     *text,
              const char     *refusal,
              RefillsPayment *payment)
{
  if (refusal != NULL && text != NULL)
    return g_strdup (text);
  if (payment == NULL)
    return g_strdup (title != NULL ? title : "");

  if (refills_payment_is_rest (payment))
    /* Translators: %1$s is an amount with its coin, %2$s a network, where a part is paid already */
    return g_strdup_printf (_("Pay the remaining %1$s on %2$s"), refills_payment_get_amount_label (payment),
                            refills_payment_get_network_title (payment));

  /* Translators: %1$s is an amount with its coin, %2$s a network: “Pay 11.47 USDC on Solana” */
  return g_strdup_printf (_("Pay %1$s on %2$s"), refills_payment_get_amount_label (payment),
                          refills_payment_get_network_title (payment));
}

/* The amount and the address are on the page. */
static char *
choose_text (gpointer        unused,
             const char     *text,
             const char     *refusal,
             RefillsPayment *payment)
{
  gboolean is_told = payment != NULL && !refills_payment_is_rest (payment);

  return g_strdup (refusal == NULL && text != NULL && !is_told ? text : "");
}

static gboolean
has_text (gpointer        unused,
          const char     *text,
          const char     *refusal,
          RefillsPayment *payment)
{
  g_autofree char *chosen = choose_text (NULL, text, refusal, payment);

  return *chosen != '\0';
}

static void
sync_refusal (RefillsStatusView *self)
{
  GtkWidget *widgets[] = { self->icon, self->title_label };

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++) {
    if (refills_order_get_refusal (self->order) != NULL)
      gtk_widget_add_css_class (widgets[i], "error");
    else
      gtk_widget_remove_css_class (widgets[i], "error");
  }
}

static void
set_order (RefillsStatusView *self,
           RefillsOrder      *order)
{
  if (self->order != NULL || order == NULL)
    return;

  self->order = g_object_ref (order);
  g_signal_connect_object (order, "notify::refusal", G_CALLBACK (sync_refusal), self,
                           G_CONNECT_SWAPPED);
  sync_refusal (self);
}

static void
refills_status_view_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  RefillsStatusView *self = REFILLS_STATUS_VIEW (object);

  switch (property_id) {
  case PROP_ORDER:
    g_value_set_object (value, self->order);
    break;
  case PROP_PAYMENT:
    g_value_set_object (value, self->payment);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_status_view_set_property (GObject      *object,
                                  guint         property_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  RefillsStatusView *self = REFILLS_STATUS_VIEW (object);

  switch (property_id) {
  case PROP_ORDER:
    set_order (self, g_value_get_object (value));
    break;
  case PROP_PAYMENT:
    if (g_set_object (&self->payment, g_value_get_object (value)))
      g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_status_view_dispose (GObject *object)
{
  RefillsStatusView *self = REFILLS_STATUS_VIEW (object);

  g_clear_object (&self->order);
  g_clear_object (&self->payment);

  G_OBJECT_CLASS (refills_status_view_parent_class)->dispose (object);
}

static void
refills_status_view_class_init (RefillsStatusViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = refills_status_view_get_property;
  object_class->set_property = refills_status_view_set_property;
  object_class->dispose = refills_status_view_dispose;

  /* Set once, by the page's template. */
  props[PROP_ORDER] =
    g_param_spec_object ("order", NULL, NULL, REFILLS_TYPE_ORDER,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /* What is to be paid on the same page, or NULL. */
  props[PROP_PAYMENT] =
    g_param_spec_object ("payment", NULL, NULL, REFILLS_TYPE_PAYMENT,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-status-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsStatusView, icon);
  gtk_widget_class_bind_template_child (widget_class, RefillsStatusView, title_label);
  refills_closures_bind (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, is_sending);
  gtk_widget_class_bind_template_callback (widget_class, choose_icon);
  gtk_widget_class_bind_template_callback (widget_class, has_icon);
  gtk_widget_class_bind_template_callback (widget_class, choose_title);
  gtk_widget_class_bind_template_callback (widget_class, choose_text);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
}

static void
refills_status_view_init (RefillsStatusView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
