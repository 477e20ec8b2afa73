/* refills-cli-record.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsCliRecord:
 *
 * One order that a command was given the id of, as it is on disk, and how it is printed.
 *
 * In JSON it is the service's last answer, and in front of its members what we know beside it. An address, an amount to
 * send and a payment request stand only where the payment was verified, as in the window, and are its.
 */
#include "refills-cli-record.h"

#include <glib/gi18n.h>

#include "refills-cli-answer.h"
#include "refills-cli-fetch.h"
#include "refills-cli-output.h"
#include "refills-cli-table.h"
#include "refills-order-money.h"
#include "refills-web-page.h"

/**
 * refills_cli_record_clear:
 * @self: a record
 */
void
refills_cli_record_clear (RefillsCliRecord *self)
{
  g_clear_pointer (&self->past, refills_past_order_free);
  g_clear_object (&self->state);
  g_clear_pointer (&self->answer, g_bytes_unref);
  g_clear_object (&self->history);
}

/**
 * refills_cli_list_history:
 * @history: a history
 * @error: return location for a `REFILLS_ERROR_STORAGE`
 *
 * Notes on standard error what is not as it should be with them.
 *
 * Returns: (transfer full) (nullable) (element-type RefillsPastOrder): the orders on disk, newest first
 */
GPtrArray *
refills_cli_list_history (RefillsHistory  *history,
                          GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) orders = NULL;
  g_autofree char *condition = NULL;

  refills_history_list_async (history, refills_cli_keep_result, &result);
  refills_cli_wait (&result);
  orders = refills_history_list_finish (history, result, error);
  condition = refills_history_dup_condition_text (history);
  if (condition != NULL)
    refills_cli_note ("%s", condition);

  return g_steal_pointer (&orders);
}

/**
 * refills_cli_record_find:
 * @self: (out caller-allocates): an empty record
 * @cli: the tool
 * @order_id: the service's id of an order
 * @status: (out): what the command ends with where the disk cannot be read
 *
 * Looks for an order on disk, first among those of the server that was chosen. Finding none is no failure.
 *
 * Returns: whether the disk could be read
 */
gboolean
refills_cli_record_find (RefillsCliRecord *self,
                         RefillsCli       *cli,
                         const char       *order_id,
                         int              *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) orders = NULL;
  guint found = G_MAXUINT;

  self->history = refills_history_new (cli->environment);
  orders = refills_cli_list_history (self->history, &error);
  if (orders == NULL) {
    *status = refills_cli_fail (cli, error);
    return FALSE;
  }
  for (guint i = 0; i < orders->len; i++) {
    const RefillsPastOrder *past = orders->pdata[i];
    RefillsOrderState *state = refills_order_get_state (past->order);

    if (state == NULL || g_strcmp0 (refills_order_state_get_order_id (state), order_id) != 0)
      continue;
    if (past->is_own || found == G_MAXUINT)
      found = i;
    if (past->is_own)
      break;
  }
  if (found == G_MAXUINT) {
    RefillsVault *vault = refills_history_get_vault (self->history);

    if (refills_vault_get_state (vault) != REFILLS_VAULT_LOCKED)
      return TRUE;
    /* It may well be there. */
    *status = refills_cli_fail_locked (cli, vault);
    return FALSE;
  }

  self->past = g_ptr_array_steal_index (orders, found);
  if (!refills_cli_record_read (self, &error)) {
    *status = refills_cli_fail (cli, error);
    return FALSE;
  }

  return TRUE;
}

/**
 * refills_cli_record_find_row:
 * @self: (out caller-allocates): an empty record
 * @cli: the tool
 * @row: the local number of an order
 * @status: (out): what the command ends with where there is none, or the disk cannot be read
 *
 * Looks for an order on disk that may have no id, since nobody can tell whether it was made.
 *
 * Returns: whether it is there; it may have no state
 */
gboolean
refills_cli_record_find_row (RefillsCliRecord *self,
                             RefillsCli       *cli,
                             gint64            row,
                             int              *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) orders = NULL;

  self->history = refills_history_new (cli->environment);
  orders = refills_cli_list_history (self->history, &error);
  for (guint i = 0; orders != NULL && i < orders->len; i++) {
    const RefillsPastOrder *past = orders->pdata[i];

    if (refills_order_get_row (past->order) != row)
      continue;
    self->past = g_ptr_array_steal_index (orders, i);
    if (refills_order_get_outcome (self->past->order) != REFILLS_ORDER_OUTCOME_PLACED ||
        refills_cli_record_read (self, &error))
      return TRUE;
    break;
  }
  *status = error != NULL ? refills_cli_fail (cli, error)
                          : refills_cli_fail_input (cli, _("There is no such order on this computer."));

  return FALSE;
}

/**
 * refills_cli_record_read:
 * @self: a record that is on disk
 * @error: return location for a `REFILLS_ERROR_STORAGE`
 *
 * Reads all that is known of it by now.
 *
 * Returns: whether it could be read
 */
gboolean
refills_cli_record_read (RefillsCliRecord  *self,
                         GError           **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_clear_object (&self->state);
  g_clear_pointer (&self->answer, g_bytes_unref);
  refills_history_read_async (self->history, self->past->order, refills_cli_keep_result, &result);
  refills_cli_wait (&result);
  self->state = refills_history_read_finish (self->history, result, &self->answer, error);
  refills_cli_record_tell_time (self, 0);

  return self->state != NULL;
}

/**
 * refills_cli_record_tell_time:
 * @self: a record
 * @date: the time at the service just now, in epoch seconds; 0 where it did not say
 *
 * Withdraws what can no longer be paid in time. Without @date, or with one from before the order was made, by this
 * computer's clock.
 */
void
refills_cli_record_tell_time (RefillsCliRecord *self,
                              gint64            date)
{
  RefillsOrder *order = self->past != NULL ? self->past->order : NULL;

  if (order == NULL || refills_order_is_sealed (order))
    return;
  self->goes_by_our_clock = date < refills_order_estimate_time (order, 0);
  refills_order_set_service_time (order, self->goes_by_our_clock || date == 0
                                           ? refills_order_estimate_time (order, g_get_real_time () / G_USEC_PER_SEC)
                                           : date);
}

/**
 * refills_cli_record_may_ask:
 * @self: a record
 *
 * Returns: whether the server that was chosen may be asked for the order: not for another one's
 */
gboolean
refills_cli_record_may_ask (RefillsCliRecord *self)
{
  return self->past == NULL || self->past->is_own;
}

/**
 * refills_cli_record_is_refused:
 * @self: a record
 *
 * Returns: whether nothing may be paid for the order
 */
gboolean
refills_cli_record_is_refused (RefillsCliRecord *self)
{
  return self->past != NULL && refills_order_get_refusal (self->past->order) != NULL &&
         !refills_order_is_paid_elsewhere (self->past->order);
}

/**
 * refills_cli_record_get_checkout_page:
 * @self: a record
 *
 * Returns: (nullable): the page at which the order is paid, where it may be opened
 */
const char *
refills_cli_record_get_checkout_page (RefillsCliRecord *self)
{
  const char *uri = self->state != NULL ? refills_order_state_get_checkout_uri (self->state) : NULL;
  g_autofree char *host = NULL;

  if (self->past == NULL || !refills_order_is_paid_elsewhere (self->past->order))
    return NULL;
  host = refills_web_page_dup_host (uri, g_str_equal (self->past->environment, "practice") ||
                                         refills_web_page_is_local (self->past->environment));

  return host != NULL ? uri : NULL;
}

/**
 * refills_cli_format_time:
 * @seconds: since the epoch
 *
 * Returns: (transfer full) (nullable): the time here, with its zone
 */
char *
refills_cli_format_time (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (seconds);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M:%S %Z") : NULL;
}

/**
 * refills_cli_record_dup_warning:
 * @self: a record
 *
 * Returns: (transfer full) (nullable): why nothing may be paid any more, though the order waits for it
 */
char *
refills_cli_record_dup_warning (RefillsCliRecord *self)
{
  RefillsOrder *order = self->past != NULL ? self->past->order : NULL;

  if (order == NULL || !refills_order_is_late (order))
    return NULL;

  return g_strdup_printf ("%s. %s", refills_order_get_status_title (order), refills_order_get_status_text (order));
}

/* What earlier answers brought and the last one lacks: a code is never forgotten. */
static char *
list_kept_codes (RefillsCliRecord *self)
{
  g_autoptr (RefillsOrderState) last = self->answer != NULL
                                       ? refills_order_state_new_from_bytes (self->answer, NULL)
                                       : NULL;
  GString *codes = g_string_new ("[");

  for (guint i = 0; i < refills_order_state_get_n_deliveries (self->state); i++) {
    RefillsDelivery *delivery = refills_order_state_get_delivery (self->state, i);
    RefillsDelivery *shown = last != NULL && i < refills_order_state_get_n_deliveries (last)
                             ? refills_order_state_get_delivery (last, i)
                             : NULL;

    for (guint secret = 0; secret < REFILLS_N_SECRETS; secret++) {
      const char *text = refills_delivery_get_secret (delivery, secret);
      g_autofree char *document = NULL;
      GString *object = NULL;

      if (text == NULL || (shown != NULL && g_strcmp0 (refills_delivery_get_secret (shown, secret), text) == 0))
        continue;
      object = refills_cli_begin_object ();
      refills_cli_add_number (object, "delivery", i);
      refills_cli_add_text (object, "text", text);
      document = refills_cli_end_object (object);
      g_string_append_printf (codes, "%s%s", codes->len > 1 ? "," : "", document);
    }
  }
  if (codes->len == 1) {
    g_string_free (codes, TRUE);
    return NULL;
  }
  g_string_append_c (codes, ']');

  return g_string_free (codes, FALSE);
}

static gboolean
has_member (const RefillsJsonPlace *answer,
            const char             *name)
{
  RefillsJsonPlace member;

  return refills_json_find_member (answer, name, &member);
}

/* Ours first, so that they are seen; never a name that the service uses. Of an order that must not be paid only what
 * it is. */
static char *
write_record (RefillsCliRecord *self,
              RefillsJson      *document)
{
  GString *object = refills_cli_begin_object ();
  g_autofree char *codes = list_kept_codes (self);
  g_autofree char *warning = refills_cli_record_dup_warning (self);
  RefillsPayment *payment = self->past != NULL ? refills_order_get_payment (self->past->order) : NULL;
  RefillsJsonPlace root;

  refills_json_place_init (&root, document);
  if (self->past != NULL && !has_member (&root, "environment"))
    refills_cli_add_text (object, "environment", self->past->environment);
  if (refills_cli_record_is_refused (self)) {
    refills_cli_add_text (object, "order_id", refills_order_state_get_order_id (self->state));
    refills_cli_add_text (object, "order_state", refills_order_state_get_order_state (self->state));
    refills_cli_add_text (object, "warning", refills_order_get_refusal (self->past->order));
    return refills_cli_end_object (object);
  }
  if (warning != NULL)
    refills_cli_add_text (object, "warning", warning);
  if (self->past != NULL && !has_member (&root, "pay_before") &&
      (payment != NULL || refills_order_is_paid_elsewhere (self->past->order)))
    refills_cli_add_number (object, "pay_before", refills_order_get_payable_until (self->past->order));
  if (codes != NULL && !has_member (&root, "kept_codes"))
    refills_cli_add_raw (object, "kept_codes", codes);

  refills_cli_add_answer (object, &root, payment, refills_cli_record_get_checkout_page (self),
                          self->past != NULL ? refills_order_get_asked (self->past->order) : NULL);

  return refills_cli_end_object (object);
}

static void
print_json (RefillsCli       *cli,
            RefillsCliRecord *record)
{
  g_autoptr (RefillsJson) document = refills_json_parse (record->answer, REFILLS_ORDER_MAX_BYTES, NULL);
  g_autofree char *line = NULL;

  if (document == NULL)
    return;
  line = write_record (record, document);
  refills_cli_print_json (line);
}

static const char *
name_secret (guint secret)
{
  switch (secret / REFILLS_SECRET_MAX_TEXTS * REFILLS_SECRET_MAX_TEXTS) {
  case REFILLS_SECRET_CODE:
    return _("Code");
  case REFILLS_SECRET_LINK:
    return _("Link");
  case REFILLS_SECRET_SERIAL:
    return _("Serial number");
  case REFILLS_SECRET_SECURITY_CODE:
    return _("Security code");
  case REFILLS_SECRET_ESIM:
    return _("Activation code");
  case REFILLS_SECRET_INSTALL_LINK:
    return _("Installation link");
  case REFILLS_SECRET_APPLE_LINK:
    return _("Link for iPhones");
  case REFILLS_SECRET_ANDROID_LINK:
    return _("Link for Android phones");
  case REFILLS_SECRET_BARCODE_LINK:
    return _("Picture of the barcode");
  case REFILLS_SECRET_QR_LINK:
  default:
    return _("Picture of the QR code");
  }
}

static void
add_row (RefillsCliTable *table,
         const char      *name,
         const char      *value)
{
  if (value != NULL && *value != '\0')
    refills_cli_table_add (table, name, value);
}

/* What the service does not say is left out. */
static char *
join (const char *first,
      const char *second)
{
  if (first == NULL || second == NULL)
    return g_strdup (first != NULL ? first : second);

  return g_strconcat (first, " ", second, NULL);
}

static void
add_payment_rows (RefillsCliTable *table,
                  RefillsPayment  *payment)
{
  g_autofree char *until = refills_cli_format_time (refills_payment_get_payable_until (payment));
  g_autofree char *request = refills_payment_dup_request (payment);

  add_row (table, _("Amount"), refills_payment_get_amount_label (payment));
  add_row (table, _("Address"), refills_payment_get_address (payment));
  add_row (table, _("Network"), refills_payment_get_network_title (payment));
  add_row (table, _("Comment"), refills_payment_get_comment (payment));
  add_row (table, C_("record", "Request"), request);
  if (refills_payment_get_payable_until (payment) != 0)
    add_row (table, _("Pay before"), until);
}

static void
print_delivery (RefillsDelivery *delivery)
{
  g_autoptr (RefillsCliTable) table = refills_cli_table_new (2, 2);
  g_autofree char *title = join (refills_delivery_get_brand_name (delivery),
                                 refills_delivery_get_face_label (delivery));

  refills_cli_print_line ("");
  if (title != NULL)
    refills_cli_print_clean ("%s", title);
  add_row (table, C_("record", "For"), refills_delivery_get_beneficiary (delivery));
  add_row (table, C_("record", "State"), refills_delivery_get_state_name (delivery));
  add_row (table, C_("record", "Failure"), refills_delivery_get_failure (delivery));
  add_row (table, _("Operator’s reference"), refills_delivery_get_operator_reference (delivery));
  for (guint secret = 0; secret < REFILLS_N_SECRETS; secret++)
    add_row (table, name_secret (secret), refills_delivery_get_secret (delivery, secret));
  refills_cli_table_print (table);
}

/* Of an order that the service never answered. */
static void
print_unanswered (RefillsCliRecord *record)
{
  g_autoptr (RefillsCliTable) table = refills_cli_table_new (2, 0);
  RefillsOrder *order = record->past->order;
  RefillsOrderRequest *asked = refills_order_get_asked (order);
  g_autofree char *made = refills_cli_format_time (refills_order_get_created_at (order));
  g_autofree char *amount = join (refills_order_request_get_quoted_amount (asked),
                                  refills_order_request_get_coin (asked));

  refills_cli_print_clean ("%s %s", refills_order_get_title (order), refills_order_get_face_label (order));
  refills_cli_print_clean ("%s. %s", refills_order_get_status_title (order), refills_order_get_status_text (order));
  add_row (table, _("Server"), record->past->environment);
  add_row (table, C_("record", "Made"), made);
  add_row (table, _("Amount"), amount);
  refills_cli_table_print (table);
}

static void
print_text (RefillsCli       *cli,
            RefillsCliRecord *record)
{
  g_autoptr (RefillsCliTable) table = refills_cli_table_new (2, 0);
  RefillsOrder *order = record->past != NULL ? record->past->order : NULL;
  RefillsPayment *payment = order != NULL ? refills_order_get_payment (order) : NULL;

  if (order != NULL) {
    g_autofree char *made = refills_cli_format_time (refills_order_get_created_at (order));

    refills_cli_print_clean ("%s %s", refills_order_get_title (order), refills_order_get_face_label (order));
    refills_cli_print_clean ("%s. %s", refills_order_get_status_title (order), refills_order_get_status_text (order));
    add_row (table, _("Order"), refills_order_state_get_order_id (record->state));
    add_row (table, _("Server"), record->past->environment);
    add_row (table, C_("record", "Made"), made);
  } else {
    add_row (table, _("Order"), refills_order_state_get_order_id (record->state));
  }
  add_row (table, C_("record", "State"), refills_order_state_get_order_state (record->state));
  add_row (table, _("Payment"), refills_order_state_get_payment_state (record->state));
  if (payment != NULL) {
    add_payment_rows (table, payment);
  } else {
    g_autofree char *due = refills_order_money_dup_amount_due (record->state);
    g_autofree char *amount = join (due, refills_order_state_get_coin (record->state));

    add_row (table, _("Amount"), amount);
    if (order != NULL && refills_order_is_paid_elsewhere (order)) {
      gint64 seconds = refills_order_get_payable_until (order);
      g_autofree char *until = seconds != 0 ? refills_cli_format_time (seconds) : NULL;

      add_row (table, _("Pay at"), refills_cli_record_get_checkout_page (record));
      add_row (table, _("Pay before"), until);
    }
  }
  refills_cli_table_print (table);
  if (refills_cli_record_is_refused (record))
    refills_cli_note ("%s", refills_order_get_refusal (order));
  else if (order != NULL && refills_order_is_late (order) && record->goes_by_our_clock)
    refills_cli_note ("%s", _("The service did not say what time it is there. By this computer’s clock the time to pay "
                              "is over."));

  for (guint i = 0; i < refills_order_state_get_n_deliveries (record->state); i++)
    print_delivery (refills_order_state_get_delivery (record->state, i));
}

/**
 * refills_cli_print_record:
 * @cli: the tool
 * @record: an order; without a state as text only
 *
 * Prints all that is known of it, its codes too.
 */
void
refills_cli_print_record (RefillsCli       *cli,
                          RefillsCliRecord *record)
{
  if (record->state == NULL)
    print_unanswered (record);
  else if (cli->json)
    print_json (cli, record);
  else
    print_text (cli, record);
}
