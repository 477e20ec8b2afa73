/* crash-buyer.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A person in front of the application, without a screen: buys, looks, and may be ended at any time.
 *
 *   crash-buyer URL FOLDER WORD…
 *
 *   buy=EMAIL      validates and places an order, and waits for what becomes of it
 *   replace=EMAIL  the same, in place of an order that can still be paid
 *   begin=EMAIL    the same, and does not wait
 *   live=N         until N orders are followed by their streams
 *   settled        until no order is open
 *   phase=NICK     until an order is in this phase
 *   alarm          until an order has an alarm
 *   told           until something was told of an order
 *   run=MS         goes on for so long
 *   state          prints all orders as a line of JSON, codes included
 *   set-aside      keeps orders that stay locked in a file of their own
 *   stay           until SIGTERM
 *
 * In the end, and at SIGTERM, it closes the shop as the application does. FOLDER has `data` (what it keeps), `screen`
 * (a line of JSON for what a screen shows, from the moment it would) and `durable` (power-cut.c); it makes them.
 */
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "crash-point.h"
#include "power-cut.h"
#include "refills-error.h"
#include "refills-shop.h"
#include "refills-test.h"

#define DEADLINE_MS 15000

typedef struct {
  RefillsShop *shop;
  GHashTable  *seen; /* what the screen has shown already, line by line */
  int          screen;
  guint        n_placing;
  guint        n_submits;
  guint        n_asked;
  guint        n_notices;
  guint        n_revealing;
  gboolean     terminated;
} Buyer;

static Buyer buyer;

static void look (void);

/* One write: a line is whole or not there. */
static void
show (const char *name,
      JsonObject *line)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), line);
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;

  json_object_set_string_member (line, "what", name);
  text = json_to_string (node, FALSE);
  whole = g_strconcat (text, "\n", NULL);
  json_object_unref (line);
  if (!g_hash_table_add (buyer.seen, g_strdup (whole)))
    return;
  if (g_str_equal (name, "payment"))
    crash_point_reach ("before-screen");
  if (g_str_equal (name, "code"))
    crash_point_reach ("before-code");
  if (write (buyer.screen, whole, strlen (whole)) < 0)
    g_error ("the screen: %s", g_strerror (errno));
  if (g_str_equal (name, "payment"))
    crash_point_reach ("on-screen");
  if (g_str_equal (name, "code"))
    crash_point_reach ("code-on-screen");
}

static JsonObject *
describe (RefillsOrder *order)
{
  JsonObject *line = json_object_new ();
  RefillsOrderState *state = refills_order_get_state (order);
  RefillsPayment *payment = refills_order_get_payment (order);

  json_object_set_int_member (line, "row", refills_order_get_row (order));
  json_object_set_string_member (line, "order_id", state != NULL ? refills_order_state_get_order_id (state) : NULL);
  if (payment != NULL) {
    g_autofree char *code_text = refills_payment_dup_code_text (payment, REFILLS_PAYMENT_CODE_ADDRESS);

    json_object_set_string_member (line, "address", refills_payment_get_address (payment));
    /* What is still missing, where a part was paid. */
    json_object_set_string_member (line, "amount", refills_payment_get_amount (payment));
    json_object_set_string_member (line, "total", refills_order_state_get_coin_amount (state));
    json_object_set_string_member (line, "missing", refills_order_state_get_missing_amount (state));
    json_object_set_string_member (line, "coin", refills_payment_get_coin (payment));
    json_object_set_string_member (line, "network", refills_payment_get_network_title (payment));
    json_object_set_string_member (line, "qr", code_text);
    json_object_set_int_member (line, "until", refills_payment_get_payable_until (payment));
  }

  return line;
}

static void
revealed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (RefillsOrder) order = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *code = refills_shop_reveal_finish (REFILLS_SHOP (source), result, &error);
  JsonObject *line = NULL;

  buyer.n_revealing--;
  if (code == NULL)
    return;
  line = describe (order);
  json_object_set_string_member (line, "code", code);
  show ("code", line);
}

static void
look_at (RefillsOrder *order)
{
  RefillsOrderState *state = refills_order_get_state (order);

  if (refills_order_get_payment (order) != NULL)
    show ("payment", describe (order));
  /* A page opens its order before it shows a code of it. */
  if (refills_order_is_sealed (order))
    return;
  for (guint i = 0; state != NULL && i < refills_order_state_get_n_deliveries (state); i++)
    if (refills_delivery_has_secret (refills_order_state_get_delivery (state, i), REFILLS_SECRET_CODE)) {
      buyer.n_revealing++;
      refills_shop_reveal_async (buyer.shop, order, i, REFILLS_SECRET_CODE, NULL, revealed_cb, g_object_ref (order));
    }
}

static void
look (void)
{
  GListModel *orders = G_LIST_MODEL (refills_shop_get_orders (buyer.shop));

  for (guint i = 0; i < g_list_model_get_n_items (orders); i++) {
    g_autoptr (RefillsOrder) order = g_list_model_get_item (orders, i);

    g_signal_handlers_disconnect_by_func (order, look_at, NULL);
    g_signal_connect (order, "notify", G_CALLBACK (look_at), NULL);
    look_at (order);
  }
}

/* As the application does: told, and only then remembered as told. */
static void
notice_cb (RefillsShop   *shop,
           RefillsNotice *notice)
{
  JsonObject *line = json_object_new ();
  g_autofree char *id = refills_notice_make_id (refills_notice_get_row (notice), refills_notice_get_kind (notice));

  crash_point_reach ("before-notice");
  json_object_set_string_member (line, "id", id);
  json_object_set_int_member (line, "row", refills_notice_get_row (notice));
  json_object_set_int_member (line, "kind", (int) refills_notice_get_kind (notice));
  json_object_set_int_member (line, "number", ++buyer.n_notices);
  show ("notice", line);
  crash_point_reach ("notice-sent");
  refills_shop_mark_told (shop, notice);
}

static gboolean
deadline_cb (gpointer user_data)
{
  gboolean *expired = user_data;

  *expired = TRUE;

  return G_SOURCE_CONTINUE;
}

static void
run_until (gboolean  (*condition) (int argument),
           int         argument,
           const char *what)
{
  gboolean expired = FALSE;
  guint source = g_timeout_add (DEADLINE_MS, deadline_cb, &expired);

  while (!condition (argument) && !buyer.terminated) {
    if (expired) {
      g_printerr ("not within %d ms: %s\n", DEADLINE_MS, what);
      exit (3);
    }
    g_main_context_iteration (NULL, TRUE);
  }
  g_source_remove (source);
}

static gboolean
is_listed (int unused)
{
  return !refills_collection_is_loading (refills_shop_get_orders (buyer.shop));
}

static gboolean
is_settled (int unused)
{
  GListModel *orders = G_LIST_MODEL (refills_shop_get_orders (buyer.shop));

  for (guint i = 0; i < g_list_model_get_n_items (orders); i++) {
    g_autoptr (RefillsOrder) order = g_list_model_get_item (orders, i);

    if (refills_order_is_open (order) && (refills_order_is_sealed (order) || refills_order_get_state (order) != NULL))
      return FALSE;
  }

  return buyer.n_placing == 0 && buyer.n_revealing == 0;
}

static gboolean
are_live (int n)
{
  GListModel *orders = G_LIST_MODEL (refills_shop_get_orders (buyer.shop));
  int live = 0;

  for (guint i = 0; i < g_list_model_get_n_items (orders); i++) {
    g_autoptr (RefillsOrder) order = g_list_model_get_item (orders, i);

    live += refills_order_get_link (order) == REFILLS_ORDER_LINK_LIVE;
  }

  return live >= n;
}

static const char *wanted_phase;

static gboolean
has_order (int has_alarm)
{
  GListModel *orders = G_LIST_MODEL (refills_shop_get_orders (buyer.shop));
  g_autoptr (GEnumClass) phases = g_type_class_ref (REFILLS_TYPE_ORDER_PHASE);

  for (guint i = 0; i < g_list_model_get_n_items (orders); i++) {
    g_autoptr (RefillsOrder) order = g_list_model_get_item (orders, i);
    const char *phase = g_enum_get_value (phases, refills_order_get_phase (order))->value_nick;

    if (has_alarm ? refills_order_get_alarm (order) != 0 : g_strcmp0 (phase, wanted_phase) == 0)
      return TRUE;
  }

  return FALSE;
}

static gboolean
is_vault_settled (int unused)
{
  RefillsVaultState state = refills_vault_get_state (refills_shop_get_vault (buyer.shop));

  return state != REFILLS_VAULT_UNKNOWN && state != REFILLS_VAULT_OPENING;
}

static gboolean is_told (int unused) { return buyer.n_notices > 0; }
static gboolean is_placed (int unused) { return buyer.n_placing == 0; }
static gboolean is_idle (int unused) { return !refills_shop_is_busy (buyer.shop); }
static gboolean is_over (int unused) { return buyer.terminated; }

static RefillsOrderRequest *
make_request (const char *email)
{
  static const char text[] = "{\"name\":\"Base\",\"chain_id\":8453,\"smart_contract\":"
                             "{\"address\":\"0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913\",\"decimals\":6}}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (RefillsJson) root = refills_json_parse (bytes, sizeof text, NULL);
  g_autoptr (RefillsNetwork) network = NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  RefillsJsonPlace place;

  refills_json_place_init (&place, root);
  network = refills_network_new_for_coin (&place, "USDC", NULL);
  g_ptr_array_add (lines, refills_order_line_new (&(RefillsOrderLineFields) {
                            .brand_name = "Steam", .country = "US", .kind = "giftcard", .denomination = "10 USD",
                            .face_label = "$10", .delivery_type = "by_email", .beneficiary = email,
                          }));

  return refills_order_request_new (&(RefillsOrderRequestFields) {
                                      .email = email, .payment_via = "USER_WALLET", .coin = "USDC", .language = "en",
                                    }, lines, network);
}

static void
placed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsOrder) order = refills_shop_place_finish (REFILLS_SHOP (source), result, NULL, &error);

  buyer.n_placing--;
  if (order == NULL) {
    g_print ("refused %d %s\n", error->code, error->message);
    return;
  }
  g_print ("placed %" G_GINT64_FORMAT "\n", refills_order_get_row (order));
  look ();
}

typedef struct {
  RefillsOrderRequest *request;
  gboolean             replace;
} Wish;

static void
validated_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autofree Wish *wish = user_data;
  g_autoptr (RefillsOrderRequest) request = wish->request;
  g_autoptr (RefillsOrderRequest) quoted = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *line = NULL;
  g_autoptr (RefillsQuote) quote = refills_shop_validate_finish (REFILLS_SHOP (source), result, &error);

  if (quote == NULL || !refills_quote_is_accepted (quote)) {
    g_print ("refused %d %s\n", error != NULL ? error->code : 0, error != NULL ? error->message : "by the service");
    buyer.n_placing--;
    return;
  }
  quoted = refills_order_request_with_quote (request, refills_quote_get_coin_amount (quote));
  line = json_object_new ();
  json_object_set_int_member (line, "number", ++buyer.n_submits);
  show ("submit", line);
  crash_point_reach ("submitted");
  refills_shop_place_async (buyer.shop, quoted, quote, wish->replace, placed_cb, NULL);
}

static void
begin (const char *email,
       gboolean    replace)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->request = make_request (email);
  wish->replace = replace;
  buyer.n_placing++;
  refills_shop_validate_async (buyer.shop, wish->request, NULL, validated_cb, wish);
}

static void
keep_result (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GAsyncResult **location = user_data;

  *location = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* As one who has each order's page on screen. */
static void
open_orders (void)
{
  GListModel *orders = G_LIST_MODEL (refills_shop_get_orders (buyer.shop));

  for (guint i = 0; i < g_list_model_get_n_items (orders); i++) {
    g_autoptr (RefillsOrder) order = g_list_model_get_item (orders, i);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    refills_shop_open_order_async (buyer.shop, order, NULL, keep_result, &result);
    wait_for (&result);
    if (!refills_shop_open_order_finish (buyer.shop, result, &error))
      g_printerr ("an order stays sealed: %s\n", error->message);
  }
}

/* As its page does. */
static void
open_order (RefillsOrder *order)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (!refills_order_is_sealed (order))
    return;

  refills_shop_open_order_async (buyer.shop, order, NULL, keep_result, &result);
  wait_for (&result);
  if (!refills_shop_open_order_finish (buyer.shop, result, &error))
    g_printerr ("an order stays sealed: %s\n", error->message);
}

static void
add_codes (JsonObject   *object,
           RefillsOrder *order)
{
  g_autoptr (RefillsOrderState) state = refills_order_get_state (order) != NULL
                                        ? g_object_ref (refills_order_get_state (order)) : NULL;
  JsonArray *codes = json_array_new ();

  for (guint i = 0; state != NULL && i < refills_order_state_get_n_deliveries (state); i++) {
    g_autoptr (GAsyncResult) result = NULL;
    g_autofree char *code = NULL;

    if (!refills_delivery_has_secret (refills_order_state_get_delivery (state, i), REFILLS_SECRET_CODE))
      continue;
    refills_shop_reveal_async (buyer.shop, order, i, REFILLS_SECRET_CODE, NULL, keep_result, &result);
    wait_for (&result);
    code = refills_shop_reveal_finish (buyer.shop, result, NULL);
    json_array_add_string_element (codes, code);
  }
  json_object_set_array_member (object, "codes", codes);
}

static const char *
get_nick (GType type,
          int   value)
{
  g_autoptr (GEnumClass) names = g_type_class_ref (type);
  GEnumValue *found = g_enum_get_value (names, value);

  return found != NULL ? found->value_nick : NULL;
}

/* What is on screen before the line `asked` must be in what is printed; more may come meanwhile. */
static void
print_state (void)
{
  JsonObject *line = json_object_new ();
  GListModel *orders = G_LIST_MODEL (refills_shop_get_orders (buyer.shop));
  JsonArray *array = json_array_new ();
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), array);
  g_autofree char *text = NULL;

  run_until (is_vault_settled, 0, "the vault");
  json_object_set_int_member (line, "number", ++buyer.n_asked);
  show ("asked", line);
  for (guint i = 0; i < g_list_model_get_n_items (orders); i++) {
    g_autoptr (RefillsOrder) order = g_list_model_get_item (orders, i);
    JsonObject *object = NULL;
    RefillsOrderState *state = NULL;

    open_order (order);
    object = describe (order);
    state = refills_order_get_state (order);

    json_object_set_string_member (object, "outcome",
                                   get_nick (REFILLS_TYPE_ORDER_OUTCOME, refills_order_get_outcome (order)));
    json_object_set_string_member (object, "phase",
                                   get_nick (REFILLS_TYPE_ORDER_PHASE, refills_order_get_phase (order)));
    json_object_set_string_member (object, "link", get_nick (REFILLS_TYPE_ORDER_LINK, refills_order_get_link (order)));
    json_object_set_string_member (object, "order_state",
                                   state != NULL ? refills_order_state_get_order_state (state) : NULL);
    json_object_set_string_member (object, "stored_address",
                                   state != NULL ? refills_order_state_get_wallet_address (state) : NULL);
    json_object_set_string_member (object, "stored_amount",
                                   state != NULL ? refills_order_state_get_coin_amount (state) : NULL);
    add_codes (object, order);
    json_object_set_boolean_member (object, "open", refills_order_is_open (order));
    json_object_set_boolean_member (object, "payable", refills_order_is_payable (order));
    json_object_set_int_member (object, "alarm", (int) refills_order_get_alarm (order));
    json_array_add_object_element (array, object);
  }
  text = json_to_string (node, FALSE);
  json_array_unref (array);
  g_print ("vault %s\n", get_nick (REFILLS_TYPE_VAULT_STATE,
                                   (int) refills_vault_get_state (refills_shop_get_vault (buyer.shop))));
  g_print ("state %s\n", text);
}

static void
set_aside (void)
{
  RefillsVault *vault = refills_shop_get_vault (buyer.shop);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  refills_vault_set_aside_async (vault, NULL, keep_result, &result);
  wait_for (&result);
  if (!refills_vault_finish (vault, result, &error))
    g_printerr ("nothing is set aside: %s\n", error->message);
}

static void
obey (const char *word)
{
  const char *value = strchr (word, '=');
  int number = value != NULL ? atoi (value + 1) : 0;

  value = value != NULL ? value + 1 : "";
  if (g_str_has_prefix (word, "buy=") || g_str_has_prefix (word, "replace=")) {
    begin (value, *word == 'r');
    run_until (is_placed, 0, word);
  } else if (g_str_has_prefix (word, "begin=")) {
    begin (value, TRUE);
  } else if (g_str_has_prefix (word, "live=")) {
    run_until (are_live, number, word);
  } else if (g_str_has_prefix (word, "phase=")) {
    wanted_phase = value;
    run_until (has_order, FALSE, word);
  } else if (g_str_equal (word, "alarm")) {
    run_until (has_order, TRUE, word);
  } else if (g_str_equal (word, "told")) {
    run_until (is_told, 0, word);
  } else if (g_str_equal (word, "settled")) {
    run_until (is_settled, 0, word);
  } else if (g_str_has_prefix (word, "run=")) {
    gboolean over = FALSE;
    guint source = g_timeout_add ((guint) number, deadline_cb, &over);

    while (!over && !buyer.terminated)
      g_main_context_iteration (NULL, TRUE);
    g_source_remove (source);
  } else if (g_str_equal (word, "state")) {
    print_state ();
  } else if (g_str_equal (word, "set-aside")) {
    set_aside ();
  } else if (g_str_equal (word, "stay")) {
    g_print ("staying\n");
    run_until (is_over, 0, word);
  } else {
    g_error ("no such word: %s", word);
  }
}

static gboolean
terminated_cb (gpointer user_data)
{
  buyer.terminated = TRUE;

  return G_SOURCE_CONTINUE;
}

static void
checkpoint (const char *name,
            gpointer    user_data)
{
  crash_point_reach (name);
}

static RefillsShop *
open_shop (const char *uri,
           const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsEnvironment) environment = refills_environment_new_for_uri ("0.0", NULL, uri, &error);
  RefillsShop *shop = NULL;

  if (environment == NULL)
    g_error ("%s", error->message);
  g_clear_pointer (&environment->data_folder, g_free);
  g_clear_pointer (&environment->cache_folder, g_free);
  environment->data_folder = g_build_filename (folder, "data", NULL);
  environment->cache_folder = g_build_filename (folder, "cache", NULL);
  environment->backoff_base_ms = 10;
  environment->backoff_limit_ms = 40;
  environment->poll_min_ms = 20;
  environment->poll_max_ms = 30;
  environment->overdue_poll_ms = 200;
  environment->poll_limit_ms = 60;
  environment->poll_gap_ms = 5;
  environment->spread_ms = 20;
  environment->save_again_ms = 20;
  environment->order_deadline_ms = 5000;
  environment->read_deadline_ms = 3000;
  environment->checkpoint = checkpoint;
  shop = refills_shop_new (environment, &error);
  if (shop == NULL)
    g_error ("%s", error->message);

  return shop;
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *data = NULL;
  g_autofree char *durable = NULL;
  g_autofree char *screen = NULL;
  gpointer rest = NULL;
  const char *parts[] = { "data", "held" };

  setlocale (LC_ALL, "");
  setvbuf (stdout, NULL, _IOLBF, 0);
  if (argc < 3)
    return 2;
  refills_test_spare_libsoup ();
  refills_environment_prepare_process ();
  data = g_build_filename (argv[2], "data", NULL);
  durable = g_build_filename (argv[2], "durable", NULL);
  screen = g_build_filename (argv[2], "screen", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *folder = g_build_filename (durable, parts[i], NULL);

    g_mkdir_with_parents (folder, 0700);
  }
  power_cut_record (data, durable);
  power_cut_tell (crash_point_reach);
  crash_point_init ();

  buyer.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  buyer.screen = open (screen, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  buyer.shop = open_shop (argv[1], argv[2]);
  g_unix_signal_add (SIGTERM, terminated_cb, NULL);
  g_signal_connect (refills_shop_get_orders (buyer.shop), "items-changed", G_CALLBACK (look), NULL);
  g_signal_connect (buyer.shop, "notice", G_CALLBACK (notice_cb), NULL);
  /* No country has this name, and so no catalogue to wait for. */
  refills_catalogue_set_country (refills_shop_get_catalogue (buyer.shop), "ZZ");
  refills_shop_start (buyer.shop);
  run_until (is_listed, 0, "the orders");
  run_until (is_vault_settled, 0, "the keys");
  open_orders ();
  g_print ("started\n");
  crash_point_reach ("listed");
  for (int i = 3; i < argc && !buyer.terminated; i++)
    obey (argv[i]);

  buyer.terminated = FALSE;
  run_until (is_idle, 0, "the shop to be idle");
  crash_point_reach ("closing");
  refills_shop_close (buyer.shop);
  /* The file is closed with the shop, which callbacks of what was ended hold for a turn or two. */
  g_object_add_weak_pointer (G_OBJECT (buyer.shop), &rest);
  g_object_unref (buyer.shop); /* kept by what is still under way */
  while (rest != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_print ("closed\n");

  return 0;
}
