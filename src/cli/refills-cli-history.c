/* refills-cli-history.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The commands about orders that were made: the list, from the disk alone, and one with its codes.
 */
#include "refills-cli-commands.h"

#include <glib/gi18n.h>

#include "refills-cli-fetch.h"
#include "refills-cli-output.h"
#include "refills-cli-record.h"
#include "refills-cli-table.h"
#include "refills-error.h"
#include "refills-order-api.h"
#include "refills-order-money.h"

static const char *
name_outcome (RefillsOrder *order)
{
  switch (refills_order_get_outcome (order)) {
  case REFILLS_ORDER_OUTCOME_SENDING:
    return "sending";
  case REFILLS_ORDER_OUTCOME_PLACED:
    return "placed";
  case REFILLS_ORDER_OUTCOME_REFUSED:
    return "refused";
  case REFILLS_ORDER_OUTCOME_UNKNOWN:
  default:
    return "unknown";
  }
}

static char *
write_line (RefillsOrderLine *line)
{
  GString *object = refills_cli_begin_object ();

  refills_cli_add_text (object, "brand_name", refills_order_line_get_brand_name (line));
  refills_cli_add_text (object, "country_code", refills_order_line_get_country (line));
  refills_cli_add_text (object, "denomination", refills_order_line_get_denomination (line));
  if (refills_order_line_get_product_value (line) != NULL)
    refills_cli_add_text (object, "product_value", refills_order_line_get_product_value (line));
  refills_cli_add_text (object, "localized_denomination", refills_order_line_get_face_label (line));

  return refills_cli_end_object (object);
}

/* Without codes and recipients: a list is copied about. */
static char *
write_order (const RefillsPastOrder *past)
{
  RefillsOrderState *state = refills_order_get_state (past->order);
  RefillsOrderRequest *asked = refills_order_get_asked (past->order);
  g_autoptr (GString) lines = g_string_new ("[");
  GString *object = refills_cli_begin_object ();

  for (guint i = 0; i < refills_order_request_get_n_lines (asked); i++) {
    g_autofree char *line = write_line (refills_order_request_get_line (asked, i));

    g_string_append_printf (lines, "%s%s", i > 0 ? "," : "", line);
  }
  g_string_append_c (lines, ']');

  refills_cli_add_number (object, "row", refills_order_get_row (past->order));
  refills_cli_add_text (object, "order_id", state != NULL ? refills_order_state_get_order_id (state) : NULL);
  refills_cli_add_text (object, "environment", past->environment);
  refills_cli_add_text (object, "outcome", name_outcome (past->order));
  refills_cli_add_text (object, "order_state", state != NULL ? refills_order_state_get_order_state (state) : NULL);
  refills_cli_add_text (object, "payment_state", state != NULL ? refills_order_state_get_payment_state (state) : NULL);
  refills_cli_add_number (object, "created_at", refills_order_get_created_at (past->order));
  refills_cli_add_text (object, "payment_via", refills_order_request_get_payment_via (asked));
  refills_cli_add_text (object, "coin", refills_order_request_get_coin (asked));
  refills_cli_add_text (object, "network", refills_order_request_get_network_name (asked));
  refills_cli_add_text (object, "coin_amount",
                        state != NULL ? refills_order_money_get_amount_to_pay (state)
                                      : refills_order_request_get_quoted_amount (asked));
  refills_cli_add_raw (object, "deliveries", lines->str);

  return refills_cli_end_object (object);
}

static void
add_order_row (RefillsCliTable        *table,
               const RefillsPastOrder *past)
{
  RefillsOrderState *state = refills_order_get_state (past->order);
  RefillsOrderRequest *asked = refills_order_get_asked (past->order);
  g_autofree char *made = refills_cli_format_time (refills_order_get_created_at (past->order));
  const char *amount = state != NULL ? refills_order_money_get_amount_to_pay (state)
                                     : refills_order_request_get_quoted_amount (asked);
  g_autofree char *price = g_strdup_printf ("%s %s", amount != NULL ? amount : "",
                                            refills_order_request_get_coin (asked));

  g_autofree char *row = g_strdup_printf ("%" G_GINT64_FORMAT, refills_order_get_row (past->order));

  refills_cli_table_add (table, row, made, refills_order_get_title (past->order),
                         refills_order_get_face_label (past->order),
                         refills_order_get_status_title (past->order), price, past->environment,
                         state != NULL ? refills_order_state_get_order_id (state) : NULL);
}

/**
 * refills_cli_orders:
 * @self: the tool
 * @argc: how many words
 * @argv: `orders`
 *
 * Lists the orders on disk, newest first; asks nobody. They are those of every server that shares the file with the
 * one that was chosen, each with the server it was made at.
 *
 * Returns: a #RefillsCliExit
 */
int
refills_cli_orders (RefillsCli  *self,
                    int          argc,
                    char       **argv)
{
  g_autoptr (RefillsHistory) history = NULL;
  g_autoptr (RefillsCliTable) table = refills_cli_table_new (8, 0);
  g_autoptr (GPtrArray) orders = NULL;
  g_autoptr (GError) error = NULL;

  if (!refills_cli_parse (&argc, &argv, NULL, 0, "", _("List the orders on this computer")))
    return REFILLS_CLI_USAGE;
  history = refills_history_new (self->environment);
  orders = refills_cli_list_history (history, &error);
  if (orders == NULL)
    return refills_cli_fail (self, error);

  for (guint i = 0; i < orders->len; i++) {
    if (self->json) {
      g_autofree char *line = write_order (orders->pdata[i]);

      refills_cli_print_json (line);
    } else {
      add_order_row (table, orders->pdata[i]);
    }
  }
  refills_cli_table_print (table);

  return REFILLS_CLI_DONE;
}

static gboolean
save (RefillsCliRecord   *record,
      RefillsOrderState  *state,
      GBytes             *answer,
      GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  refills_history_save_async (record->history, record->past->order, state, answer, refills_cli_keep_result, &result);
  refills_cli_wait (&result);

  return refills_history_save_finish (record->history, result, error) && refills_cli_record_read (record, error);
}

/* What can be paid follows an answer that is on no disk too, but for an address. */
static void
show_unsaved (RefillsOrder      *order,
              RefillsOrderState *state)
{
  g_autoptr (RefillsOrderState) shown = NULL;
  g_autoptr (RefillsOrderState) redacted = NULL;

  if (refills_order_get_state (order) == NULL)
    return;
  shown = refills_order_state_merge_uncommitted (refills_order_get_state (order), state);
  redacted = refills_order_state_redact (shown);
  refills_order_apply (order, redacted);
}

/* One question, and what it brings is on disk before it is printed. */
static int
ask (RefillsCli       *self,
     RefillsCliRecord *record,
     const char       *order_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RefillsOrderApi) api = NULL;
  g_autoptr (RefillsOrderState) state = NULL;
  g_autoptr (GBytes) answer = NULL;
  RefillsHttp *http = refills_cli_get_http (self, &error);

  if (http == NULL)
    return refills_cli_fail (self, error);
  api = refills_order_api_new (http);
  refills_order_api_get_async (api, order_id, self->country, NULL, refills_cli_keep_result, &result);
  refills_cli_wait (&result);
  state = refills_order_api_get_finish (api, result, &answer, &error);
  if (state == NULL) {
    if (record->past == NULL)
      return refills_cli_fail (self, error);
    refills_cli_note (_("The service could not be asked, so this is what is saved here: %s"),
                      refills_error_to_text (error));
    return REFILLS_CLI_DONE;
  }
  if (record->past != NULL) {
    gboolean is_saved = save (record, state, answer, &error);
    gint64 date = refills_order_state_get_server_time (state);

    if (date == 0)
      date = refills_order_api_get_date (api, result);
    if (!is_saved)
      show_unsaved (record->past->order, state);
    refills_cli_record_tell_time (record, date);
    if (is_saved)
      return REFILLS_CLI_DONE;
    /* A code that was paid for is shown even so. That nothing can be saved was noted. */
    if (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE_NEWER) ||
        g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE_READ_ONLY))
      g_clear_error (&error);
    else
      refills_cli_fail (self, error);
  }
  g_set_object (&record->state, state);
  g_clear_pointer (&record->answer, g_bytes_unref);
  record->answer = g_steal_pointer (&answer);

  return error != NULL ? REFILLS_CLI_STORAGE : REFILLS_CLI_DONE;
}

/* Nobody can tell whether it was made, so there is nobody to ask. */
static int
show_unanswered (RefillsCli       *self,
                 RefillsCliRecord *record)
{
  if (self->json) {
    g_autofree char *line = write_order (record->past);

    refills_cli_print_json (line);
  } else {
    refills_cli_print_record (self, record);
  }

  return REFILLS_CLI_DONE;
}

/* @words: what follows the options */
static gboolean
find (RefillsCli        *self,
      RefillsCliRecord  *record,
      gint64             row,
      int                argc,
      char             **argv,
      int               *status)
{
  if ((row == 0) != (argc == 2)) {
    *status = refills_cli_fail_usage (_("what is wanted is: %s"), _("ORDER, or --row=NUMBER"));
    return FALSE;
  }
  *status = REFILLS_CLI_DONE;
  if (row != 0)
    return refills_cli_record_find_row (record, self, row, status);
  if (!refills_order_id_is_valid (argv[1])) {
    *status = refills_cli_fail_usage (_("“%s” cannot be the id of an order"), argv[1]);
    return FALSE;
  }

  return refills_cli_record_find (record, self, argv[1], status);
}

/**
 * refills_cli_show:
 * @self: the tool
 * @argc: how many words
 * @argv: `show`, and the id of an order, or its local number
 *
 * Prints an order with its codes: what is on disk, after the service was asked once, where it is this server's and
 * can be reached. An order that is not on disk is asked for.
 *
 * Returns: a #RefillsCliExit
 */
int
refills_cli_show (RefillsCli  *self,
                  int          argc,
                  char       **argv)
{
  gboolean offline = FALSE;
  gint64 row = 0;
  const char *order_id = NULL;
  const GOptionEntry entries[] = {
    { "row", 0, 0, G_OPTION_ARG_INT64, &row, N_("The order with this number in the list, which may have no ID"),
      N_("NUMBER") },
    { "offline", 0, 0, G_OPTION_ARG_NONE, &offline, N_("Don’t ask the service"), NULL },
    { NULL }
  };
  g_auto (RefillsCliRecord) record = { 0 };
  int status = REFILLS_CLI_DONE;

  if (!refills_cli_parse_with (&argc, &argv, entries, NULL, _("ORDER"), _("Show an order with its codes")))
    return REFILLS_CLI_USAGE;
  if (!find (self, &record, row, argc, argv, &status))
    return status;
  if (record.past == NULL && offline)
    return refills_cli_fail_input (self, _("There is no such order on this computer."));
  if (record.past != NULL && record.state == NULL)
    return show_unanswered (self, &record);
  order_id = record.state != NULL ? refills_order_state_get_order_id (record.state) : argv[1];
  if (!offline && refills_cli_record_may_ask (&record))
    status = ask (self, &record, order_id);
  if (record.state != NULL)
    refills_cli_print_record (self, &record);

  return status;
}
