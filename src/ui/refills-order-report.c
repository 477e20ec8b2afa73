/* refills-order-report.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All that is known of one order as plain text, for a person who has to keep it elsewhere: a line for each fact.
 *
 * Codes are asked for one after the other and stand there byte for byte, also those that are on no disk. How to pay is
 * in it only as long as the order may be paid, and only after every check that the page makes too.
 */

#include "config.h"

#include "refills-order-report.h"

#include "refills-clipboard.h"
#include "refills-order-details.h"
#include "refills-secret-row.h"

#include <glib/gi18n.h>

typedef struct {
  GtkWidget    *widget;
  RefillsShop  *shop;
  RefillsOrder *order;
  GString      *text;
  guint         delivery; /* the next to be written */
  guint         secret;   /* likewise; 0 before the delivery's own lines */
} Report;

static void
report_free (Report *self)
{
  g_clear_object (&self->widget);
  g_clear_object (&self->shop);
  g_clear_object (&self->order);
  g_string_free (self->text, TRUE);
  g_free (self); /* allocated in refills_order_report_copy() */
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Report, report_free)

static void
add (GString    *text,
     const char *title,
     const char *value)
{
  if (value != NULL && *value != '\0')
    g_string_append_printf (text, "%s: %s\n", title, value);
}

/* The same anywhere, and for whoever it is sent to. */
static void
add_time (GString    *text,
          const char *title,
          gint64      seconds)
{
  g_autoptr (GDateTime) time = seconds > 0 ? g_date_time_new_from_unix_utc (seconds) : NULL;
  g_autofree char *value = time != NULL ? g_date_time_format_iso8601 (time) : NULL;

  add (text, title, value);
}

static void
add_payment (GString      *text,
             RefillsOrder *order)
{
  RefillsPayment *payment = refills_order_get_payment (order);

  if (payment == NULL || !refills_order_is_payable (order) || refills_order_get_refusal (order) != NULL ||
      refills_order_get_alarm (order) != REFILLS_ORDER_ALARM_NONE)
    return;

  add (text, _("Amount"), refills_payment_get_amount_label (payment));
  add (text, _("Network"), refills_payment_get_network_title (payment));
  add (text, _("Address"), refills_payment_get_address (payment));
  add_time (text, _("Pay Before"), refills_payment_get_payable_until (payment));
}

static void
add_order (GString      *text,
           RefillsOrder *order,
           gint64        now)
{
  RefillsOrderRequest *asked = refills_order_get_asked (order);
  RefillsOrderState *state = refills_order_get_state (order);

  add (text, _("Order ID"), state != NULL ? refills_order_state_get_order_id (state) : NULL);
  for (guint i = 0; asked != NULL && i < refills_order_request_get_n_lines (asked); i++) {
    RefillsOrderLine *line = refills_order_request_get_line (asked, i);
    const char *face_label = refills_order_line_get_face_label (line);
    g_autofree char *item = g_strjoin (" · ", refills_order_line_get_brand_name (line),
                                       face_label != NULL ? face_label : refills_order_line_get_denomination (line),
                                       refills_order_line_get_beneficiary (line), NULL);

    add (text, _("Item"), item);
  }
  add (text, _("E-mail"), asked != NULL ? refills_order_request_get_email (asked) : NULL);
  add (text, _("Status"), refills_order_get_status_title (order));
  add_time (text, _("Ordered"), state != NULL ? refills_order_state_get_created_at (state) : 0);
  add_payment (text, order);
  if (state != NULL)
    refills_order_details_write (state, text);
  if (now == 0 && state != NULL)
    now = refills_order_state_get_server_time (state);
  add_time (text, _("Time at the Service"), now);
}

static void write_on (Report *report); /* closes the asynchronous cycle */

static void
revealed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Report *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = refills_shop_reveal_finish (REFILLS_SHOP (source), result, &error);

  if (text == NULL)
    g_message ("A delivery cannot be opened: %s", error->message);
  add (self->text, refills_secret_row_name (self->secret), text != NULL ? text : _("Cannot be read"));
  self->secret++;
  write_on (self);
}

/* @report: (transfer full): ends with the last secret, on the clipboard */
static void
write_on (Report *report)
{
  g_autoptr (Report) self = report;
  RefillsOrderState *state = refills_order_get_state (self->order);

  for (; state != NULL && self->delivery < refills_order_state_get_n_deliveries (state); self->delivery++) {
    RefillsDelivery *delivery = refills_order_state_get_delivery (state, self->delivery);

    for (; self->secret < REFILLS_N_SECRETS; self->secret++) {
      const char *text = NULL;

      if (!refills_delivery_has_secret (delivery, self->secret))
        continue;
      text = refills_delivery_get_secret (delivery, self->secret);
      if (text == NULL) {
        refills_shop_reveal_async (self->shop, self->order, self->delivery, self->secret, NULL, revealed_cb, self);
        g_steal_pointer (&self);
        return;
      }
      add (self->text, refills_secret_row_name (self->secret), text);
    }
    self->secret = 0;
  }

  refills_clipboard_copy (self->widget, self->text->str);
}

/**
 * refills_order_report_copy:
 * @widget: where the person asked for it
 * @shop: the shop of the order
 * @order: the order, which may be on no disk
 *
 * Copies all that is known of @order, and says in a toast whether it is there.
 */
void
refills_order_report_copy (GtkWidget    *widget,
                           RefillsShop  *shop,
                           RefillsOrder *order)
{
  Report *report = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (REFILLS_IS_SHOP (shop));
  g_return_if_fail (REFILLS_IS_ORDER (order));

  report = g_new0 (Report, 1);
  report->widget = g_object_ref (widget);
  report->shop = g_object_ref (shop);
  report->order = refills_shop_dup_whole_order (shop, order);
  report->text = g_string_new (NULL);
  add_order (report->text, report->order, refills_shop_get_time (shop, report->order));
  write_on (report);
}
