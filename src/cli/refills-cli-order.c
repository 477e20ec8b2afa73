/* refills-cli-order.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The commands that ask for the total of an order, and that make one.
 *
 * An order is made by the shop, as in the window: validated, on disk before it is sent, sent once, on disk before
 * anything of it is printed.
 */
#include "refills-cli-commands.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "refills-cli-basket.h"
#include "refills-cli-fetch.h"
#include "refills-cli-output.h"
#include "refills-cli-track.h"
#include "refills-cli-vault.h"
#include "refills-error.h"
#include "refills-json-write.h"
#include "refills-order-api.h"
#include "refills-quote.h"
#include "refills-shop.h"
#include "refills-via-name.h"

typedef struct {
  char     *email;
  char     *via;
  char     *coin;
  char     *network;
  char     *coupon;
  char     *refund_address;
  char    **lines;
  gboolean  replace;
  gboolean  key_file;
  gboolean  track;
  gboolean  accept_terms;
} Options;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->email, g_free);
  g_clear_pointer (&self->via, g_free);
  g_clear_pointer (&self->coin, g_free);
  g_clear_pointer (&self->network, g_free);
  g_clear_pointer (&self->coupon, g_free);
  g_clear_pointer (&self->refund_address, g_free);
  g_clear_pointer (&self->lines, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static RefillsOrderRequest *
read_request (RefillsCli  *self,
              Options     *options,
              gboolean     makes_order,
              int          argc,
              char       **argv,
              const char  *summary,
              int         *status)
{
  const GOptionEntry entries[] = {
    { "email", 0, 0, G_OPTION_ARG_STRING, &options->email, N_("Send the receipt to this address"), N_("ADDRESS") },
    { "coin", 0, 0, G_OPTION_ARG_STRING, &options->coin, N_("Pay with this coin"), N_("COIN") },
    { "network", 0, 0, G_OPTION_ARG_STRING, &options->network, N_("Pay on this network"), N_("NETWORK") },
    { "via", 0, 0, G_OPTION_ARG_STRING, &options->via, N_("Pay this way (USER_WALLET if not given)"),
      N_("VIA") },
    { "coupon", 0, 0, G_OPTION_ARG_STRING, &options->coupon, N_("Use this coupon"), N_("CODE") },
    { "refund-address", 0, 0, G_OPTION_ARG_STRING, &options->refund_address, N_("Send refunds to this address"),
      N_("ADDRESS") },
    { "line", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->lines,
      N_("What is bought, and for whom; may be given again. Of a range: BRAND|range=75|BENEFICIARY"),
      N_("BRAND|DENOMINATION|BENEFICIARY") },
    /* The last ones, so that they can be left out. */
    { makes_order ? "replace" : NULL, 0, 0, G_OPTION_ARG_NONE, &options->replace,
      N_("Replace an order that waits for its payment, and order the same again"), NULL },
    { "key-file", 0, 0, G_OPTION_ARG_NONE, &options->key_file,
      N_("Keep the key to the orders in a file, not in a keyring"), NULL },
    { "track", 0, 0, G_OPTION_ARG_NONE, &options->track, N_("Follow the order to its end"), NULL },
    { "accept-terms", 0, 0, G_OPTION_ARG_NONE, &options->accept_terms,
      N_("Order at a server that is not on this computer"), NULL },
    { NULL }
  };
  RefillsCliBasket basket = { 0 };

  if (!refills_cli_parse (&argc, &argv, entries, 0, "", summary)) {
    *status = REFILLS_CLI_USAGE;
    return NULL;
  }
  /* Before anything is asked. */
  if (makes_order && !options->accept_terms && refills_environment_has_real_orders (self->environment)) {
    *status = refills_cli_fail_terms (self);
    return NULL;
  }
  basket.email = options->email;
  basket.via = options->via != NULL ? options->via : REFILLS_WALLET_VIA;
  basket.coin = options->coin;
  basket.network = options->network;
  basket.coupon = options->coupon;
  basket.refund_address = options->refund_address;
  basket.lines = options->lines;

  return refills_cli_basket_resolve (self, &basket, status);
}

/* Says why there is no order, where the service named problems or no total. */
static gboolean
is_accepted (RefillsCli   *self,
             RefillsQuote *quote,
             int          *status)
{
  g_autoptr (GPtrArray) problems = NULL;
  GListModel *found = refills_quote_get_problems (quote);

  if (refills_quote_is_accepted (quote))
    return TRUE;
  problems = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (found); i++)
    g_ptr_array_add (problems, g_list_model_get_item (found, i));
  if (problems->len == 0)
    *status = refills_cli_fail_input (self, _("The service named no total for this order."));
  else
    *status = refills_cli_fail_problems (self, problems, NULL);

  return FALSE;
}

static int
print_total (RefillsCli          *self,
             RefillsOrderRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RefillsOrderApi) api = NULL;
  g_autoptr (RefillsQuote) quote = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (RefillsJson) document = NULL;
  RefillsHttp *http = refills_cli_get_http (self, &error);
  int status = REFILLS_CLI_DONE;

  if (http == NULL)
    return refills_cli_fail (self, error);
  api = refills_order_api_new (http);
  refills_order_api_set_shape (api, self->environment->order_shape);
  refills_order_api_validate_async (api, request, NULL, refills_cli_keep_result, &result);
  refills_cli_wait (&result);
  quote = refills_order_api_validate_finish (api, result, &error);
  if (quote == NULL)
    return refills_cli_fail (self, error);

  answer = refills_order_api_dup_validation (api, result);
  if (answer != NULL)
    document = refills_json_parse (answer, REFILLS_HTTP_MAX_JSON_BYTES, NULL);
  if (self->json && document != NULL) {
    RefillsJsonPlace root;
    g_autofree char *line = NULL;

    refills_json_place_init (&root, document);
    line = refills_json_place_write (&root);
    refills_cli_print_json (line);
  }
  if (is_accepted (self, quote, &status) && !self->json)
    refills_cli_print_clean ("%s", refills_quote_get_label (quote));

  return status;
}

/**
 * refills_cli_validate:
 * @self: the tool
 * @argc: how many words
 * @argv: `validate`, and what would be bought
 *
 * Prints the total that an order would have (API reference, section 9); in JSON the whole answer, with its problems.
 *
 * Returns: a #RefillsCliExit
 */
int
refills_cli_validate (RefillsCli  *self,
                      int          argc,
                      char       **argv)
{
  g_auto (Options) options = { 0 };
  g_autoptr (RefillsOrderRequest) request = NULL;
  int status = REFILLS_CLI_DONE;

  request = read_request (self, &options, FALSE, argc, argv, _("Print the total of an order"), &status);

  return request != NULL ? print_total (self, request) : status;
}

static RefillsQuote *
validate (RefillsCli          *self,
          RefillsShop         *shop,
          RefillsOrderRequest *request,
          int                 *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RefillsQuote) quote = NULL;

  refills_shop_validate_async (shop, request, NULL, refills_cli_keep_result, &result);
  refills_cli_wait (&result);
  quote = refills_shop_validate_finish (shop, result, &error);
  if (quote == NULL)
    *status = refills_cli_fail (self, error);

  return quote != NULL && is_accepted (self, quote, status) ? g_steal_pointer (&quote) : NULL;
}

static gboolean
interrupted_cb (gpointer user_data)
{
  refills_cli_note ("%s", _("The order was sent. Waiting for the answer."));

  return G_SOURCE_CONTINUE;
}

/* The order was made, and this computer cannot keep it: its id is in nobody's hands but those of who reads this. */
static int
fail_unsaved (RefillsCli *self,
              const char *order_id)
{
  if (self->json) {
    GString *object = refills_cli_begin_object ();
    g_autofree char *line = NULL;

    refills_cli_add_text (object, "order_id", order_id);
    refills_cli_add_text (object, "outcome", "unsaved");
    line = refills_cli_end_object (object);
    refills_cli_print_json (line);
  } else {
    refills_cli_print_clean ("%s", order_id);
  }

  return refills_cli_fail_unsaved (self, order_id);
}

/* Once it is sent, what comes of it must be written down: an interruption waits. */
static RefillsOrder *
place (RefillsCli          *self,
       RefillsShop         *shop,
       RefillsOrderRequest *request,
       RefillsQuote        *quote,
       gboolean             replace,
       int                 *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  guint interrupted = g_unix_signal_add (SIGINT, interrupted_cb, NULL);
  guint terminated = g_unix_signal_add (SIGTERM, interrupted_cb, NULL);
  g_autofree char *unsaved = NULL;
  g_autofree char *condition = NULL;
  RefillsOrder *order = NULL;

  refills_shop_place_async (shop, request, quote, replace, refills_cli_keep_result, &result);
  refills_cli_wait (&result);
  order = refills_shop_place_finish (shop, result, &problems, &error);
  unsaved = refills_shop_dup_unsaved_id (shop);
  condition = refills_shop_dup_condition_text (shop);
  if (condition != NULL)
    refills_cli_note ("%s", condition);
  if (order == NULL && unsaved != NULL) {
    *status = fail_unsaved (self, unsaved);
  } else if (order == NULL) {
    if (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_NO_KEYRING))
      refills_cli_note ("%s", _("With --key-file the key would be kept in a file that only you can read."));
    *status = refills_cli_fail_order (self, problems, error);
  }
  g_source_remove (interrupted);
  g_source_remove (terminated);

  return order;
}

static int
print_order (RefillsCli   *self,
             RefillsOrder *order,
             gboolean      track)
{
  g_auto (RefillsCliRecord) record = { 0 };
  const char *order_id = refills_order_state_get_order_id (refills_order_get_state (order));
  int status = REFILLS_CLI_DONE;

  if (!refills_cli_record_find (&record, self, order_id, &status))
    return status;
  if (record.past == NULL)
    return refills_cli_fail_input (self, _("There is no such order on this computer."));
  refills_cli_print_record (self, &record);
  if (refills_cli_record_is_refused (&record))
    return REFILLS_CLI_REFUSED;

  return track ? refills_cli_follow (self, &record, order_id, FALSE) : REFILLS_CLI_DONE;
}

/**
 * refills_cli_order:
 * @self: the tool
 * @argc: how many words
 * @argv: `order`, and what is bought
 *
 * Validates an order, makes it (API reference, section 10), stores it, and prints what must be paid.
 *
 * Returns: a #RefillsCliExit; #REFILLS_CLI_NETWORK also where nobody can tell whether it was made
 */
int
refills_cli_order (RefillsCli  *self,
                   int          argc,
                   char       **argv)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsOrderRequest) request = NULL;
  g_autoptr (RefillsShop) shop = NULL;
  g_autoptr (RefillsQuote) quote = NULL;
  g_autoptr (RefillsOrder) order = NULL;
  int status = REFILLS_CLI_DONE;

  request = read_request (self, &options, TRUE, argc, argv, _("Make an order"), &status);
  if (request == NULL)
    return status;
  self->environment->is_one_shot = TRUE;
  shop = refills_shop_new (self->environment, &error);
  if (shop == NULL)
    return refills_cli_fail (self, error);
  quote = validate (self, shop, request, &status);
  if (quote != NULL && (!options.key_file || refills_cli_keep_in_file (self, refills_shop_get_vault (shop), &status)))
    order = place (self, shop, request, quote, options.replace, &status);
  refills_shop_close (shop);

  return order != NULL ? print_order (self, order, options.track) : status;
}
