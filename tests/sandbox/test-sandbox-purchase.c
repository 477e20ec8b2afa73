/* test-sandbox-purchase.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From validation to the delivered code, over HTTP and over the stream, held against the facts of
 * the API reference.
 */
#include "sandbox-client.h"

#include "refills-test.h"

#include <glib/gstdio.h>

typedef struct {
  GInputStream *stream;
  GString      *text;
  gboolean      ended;
} Listener;

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Listener *self = user_data;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  if (bytes == NULL || g_bytes_get_size (bytes) == 0) {
    self->ended = TRUE;
    return;
  }
  g_string_append_len (self->text, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  g_input_stream_read_bytes_async (self->stream, 16384, G_PRIORITY_DEFAULT, NULL, read_cb, self);
}

static Listener *
listen_to (SandboxClient *client,
           const char    *order_id)
{
  Listener *self = g_new0 (Listener, 1);
  g_autofree char *uri =
    g_strconcat (refills_sandbox_get_base_uri (client->sandbox), "/v5/orders/", order_id, "/subscribe", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autoptr (GAsyncResult) result = NULL;

  soup_session_send_async (client->session, message, G_PRIORITY_DEFAULT, NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, 5000);
  self->stream = soup_session_send_finish (client->session, result, NULL);
  g_assert_nonnull (self->stream);
  g_assert_cmpstr (soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL), ==,
                   "text/event-stream");
  self->text = g_string_new (NULL);
  g_input_stream_read_bytes_async (self->stream, 16384, G_PRIORITY_DEFAULT, NULL, read_cb, self);

  return self;
}

static gboolean
has_ended (gpointer user_data)
{
  return ((Listener *) user_data)->ended;
}

static gboolean
has_begun (gpointer user_data)
{
  return strstr (((Listener *) user_data)->text->str, "\n\n") != NULL;
}

static void
listener_free (Listener *self)
{
  g_clear_object (&self->stream);
  g_string_free (self->text, TRUE);
  g_free (self); /* a plain struct */
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Listener, listener_free)

static SandboxReply *
validate (SandboxClient *client,
          const char    *delivery,
          const char    *coin,
          const char    *more)
{
  g_autofree char *body = g_strdup_printf (
    "{\"email\":\"ada@example.com\",\"payment\":{\"type\":\"via\",\"payment_via\":\"USER_WALLET\",%s},"
    "\"deliveries\":[%s]%s}", coin, delivery, more);

  return sandbox_client_ask (client, "POST", "/v5/orders/validations", body);
}

static const char *
first_problem (SandboxReply *reply)
{
  JsonNode *problems = json_object_get_member (sandbox_client_get_object (reply), "problems");

  if (JSON_NODE_HOLDS_NULL (problems))
    return NULL;

  return json_object_get_string_member (json_array_get_object_element (json_node_get_array (problems), 0), "problem");
}

#define RANGE(value, account) \
  "{\"brand_name\":\"Amazon.com\",\"country_code\":\"US\",\"denomination\":\"range\",\"product_value\":" value \
  ",\"beneficiary_account\":\"" account "\"}"
#define FIXED(brand, denomination, account) \
  "{\"brand_name\":\"" brand "\",\"country_code\":\"US\",\"denomination\":\"" denomination \
  "\",\"beneficiary_account\":\"" account "\"}"
#define USDC "\"coin\":\"USDC\",\"network\":\"Base\""

static void
test_totals (SandboxClient *client,
             gconstpointer  unused)
{
  static const struct {
    const char *delivery;
    const char *coin;
    const char *more;
    const char *total;
  } cases[] = {
    { RANGE ("25", "ada@example.com"), USDC, "", "25.37" },
    { RANGE ("\"25.00\"", "ada@example.com"), "\"coin\":\"USDC\"", "", "25.37" },
    { RANGE ("25", "ada@example.com"), "\"coin\":\"BTC\",\"network\":\"Mainnet\"", "", "0.00032666" },
    { RANGE ("25", "ada@example.com"), "\"coin\":\"BTC\",\"network\":\"Lightning\"", "", "0.00032833" },
    { RANGE ("25", "ada@example.com") "," RANGE ("25", "ada@example.com"), USDC, "", "50.74" },
    { RANGE ("25", "ada@example.com"), USDC, ",\"promo_code\":\"TEN\"", "22.84" },
    { FIXED ("Steam", "20 USD", "ada@example.com"), USDC, "", "21.43" },
    { FIXED ("Airbnb", "100 USD", "ada@example.com"), USDC, "", "104.50" },
    { FIXED ("Airbnb", "100", "ada@example.com"), USDC, "", "104.50" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (SandboxReply) reply = validate (client, cases[i].delivery, cases[i].coin, cases[i].more);

    g_test_message ("%s", cases[i].delivery);
    g_assert_cmpstr (first_problem (reply), ==, NULL);
    g_assert_cmpstr (json_object_get_string_member (sandbox_client_get_object (reply), "coin_amount"), ==,
                     cases[i].total);
  }
}

static void
test_problems (SandboxClient *client,
               gconstpointer  unused)
{
  static const struct {
    const char *delivery;
    const char *more;
    const char *problem;
  } cases[] = {
    { RANGE ("25", "nobody"), "", "INVALID_BENEFICIARY_ACCOUNT" },
    { RANGE ("25.5", "ada@example.com"), "", "NOT_AVAILABLE_PRODUCT" },
    { RANGE ("501", "ada@example.com"), "", "NOT_AVAILABLE_PRODUCT" },
    { FIXED ("Nobody", "10 USD", "ada@example.com"), "", "NOT_AVAILABLE_PRODUCT" },
    { FIXED ("Steam", "11 USD", "ada@example.com"), "", "NOT_AVAILABLE_PRODUCT" },
    { FIXED ("mint", "10 USD", "ada@example.com"), "", "OUT_OF_STOCK" },
    { FIXED ("Rewarble", "10 USD", "ada@example.com"), "", "LOGIN_REQUIRED" },
    { FIXED ("Pennywhistle Games", "0.25 USD", "ada@example.com"), "", "AMOUNT_LESS_THEN_MINIMUM_ALLOWED" },
    { FIXED ("Kestrel Mobile Credits", "10 USD", "5551234"), "", "INVALID_BENEFICIARY_ACCOUNT" },
    { FIXED ("Kestrel Mobile Credits", "10 USD", "+14155551234"), "", NULL },
    { FIXED ("Kestrel Mobile Credits", "10 - PIN", "ada@example.com"), "", NULL },
    { RANGE ("25", "ada@example.com"), ",\"promo_code\":\"WRONG\"", "COUPON_NOT_FOUND" },
    { RANGE ("25", "ada@example.com"), ",\"promo_code\":\"COUPON_EXPIRED\"", "COUPON_EXPIRED" },
    { RANGE ("25", "problem+DAILY_SPENDING_LIMIT_EXCEEDED@example.com"), "", "DAILY_SPENDING_LIMIT_EXCEEDED" },
    { RANGE ("25", "problem+NEVER_HEARD_OF@example.com"), "", "NEVER_HEARD_OF" },
    { RANGE ("500", "ada@example.com") "," RANGE ("500", "ada@example.com") "," RANGE ("500", "ada@example.com") ","
      RANGE ("500", "ada@example.com") "," RANGE ("500", "ada@example.com"), "", "MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (SandboxReply) reply = validate (client, cases[i].delivery, USDC, cases[i].more);

    g_test_message ("%s", cases[i].delivery);
    g_assert_cmpuint (reply->status, ==, 200);
    g_assert_cmpstr (first_problem (reply), ==, cases[i].problem);
  }
}

/* What a client sends that asks for one address only: a problem of the form, not an HTTP error. */
static void
test_bad_email (SandboxClient *client,
                gconstpointer  unused)
{
  static const char body[] =
    "{\"deliveries\":[" RANGE ("25", "%s") "],\"payment\":{\"type\":\"via\",\"payment_via\":\"USER_WALLET\"," USDC
    "},\"user\":{\"email\":\"nobody\"}}";
  g_autofree char *both = g_strdup_printf (body, "nobody");
  g_autofree char *one = g_strdup_printf (body, "ada@example.com");
  g_autoptr (SandboxReply) validation = sandbox_client_ask (client, "POST", "/v5/orders/validations", both);
  g_autoptr (SandboxReply) creation = sandbox_client_ask (client, "POST", "/v5/orders", both);
  g_autoptr (SandboxReply) domain = sandbox_client_ask (client, "POST", "/v5/orders", one);

  g_assert_cmpuint (validation->status, ==, 200);
  g_assert_cmpstr (first_problem (validation), ==, "INVALID_BENEFICIARY_ACCOUNT");
  g_assert_cmpuint (creation->status, ==, 422);
  g_assert_cmpstr (json_object_get_string_member (sandbox_client_get_object (creation), "detail"), ==,
                   "INVALID_BENEFICIARY_ACCOUNT");
  g_assert_cmpuint (domain->status, ==, 422);
  g_assert_cmpstr (json_object_get_string_member (sandbox_client_get_object (domain), "detail"), ==,
                   "INVALID_EMAIL_DOMAIN");
}

static void
test_refusals (SandboxClient *client,
               gconstpointer  unused)
{
  static const struct {
    const char *delivery;
    const char *coin;
    const char *detail;
  } cases[] = {
    { RANGE ("25", "ada@example.com"), "\"coin\":\"DOGE\",\"network\":\"Mainnet\"", "SUSPENDED_COIN" },
    { RANGE ("25", "ada@example.com"), "\"coin\":\"USDT\",\"network\":\"TON\"", "SUSPENDED_NETWORK" },
    { RANGE ("25", "error+USER_BLOCKED@example.com"), USDC, "USER_BLOCKED" },
    { "", USDC, "BAD_REQUEST" },
  };
  g_autoptr (SandboxReply) garbage = sandbox_client_ask (client, "POST", "/v5/orders", "{not json");
  g_autoptr (SandboxReply) combination =
    validate (client, RANGE ("25", "ada@example.com"), "\"coin\":\"BTC\",\"network\":\"Solana\"", "");
  g_autoptr (SandboxReply) money = NULL;

  g_assert_cmpuint (garbage->status, ==, 400);
  g_assert_cmpstr (first_problem (combination), ==, "UNSUPPORTED_PROTOCOL_COIN_COMBINATION");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (SandboxReply) reply = validate (client, cases[i].delivery, cases[i].coin, "");

    g_assert_cmpuint (reply->status, >=, 400);
    g_assert_cmpstr (json_object_get_string_member (sandbox_client_get_object (reply), "detail"), ==,
                     cases[i].detail);
  }
  money = sandbox_client_ask (client, "POST", "/v5/orders",
                              "{\"deliveries\":[" FIXED ("Rewarble", "10 USD", "ada@example.com") "],"
                              "\"payment\":{\"type\":\"via\",\"payment_via\":\"USER_WALLET\"," USDC "},"
                              "\"user\":{\"email\":\"ada@example.com\"}}");
  g_assert_cmpuint (money->status, ==, 422);
  g_assert_cmpstr (json_object_get_string_member (sandbox_client_get_object (money), "detail"), ==, "LOGIN_REQUIRED");
}

static void
test_addresses (SandboxClient *client,
                gconstpointer  unused)
{
  static const struct {
    const char *coin;
    const char *network;
    const char *address;
    const char *qr_text;
  } cases[] = {
    { "BTC", "Mainnet", "^bc1q[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{38}$", "^bitcoin:bc1q\\w+\\?amount=0\\.00032666$" },
    { "BTC", "Lightning", "^lnbc328330n1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{200,}$", "^lightning:lnbc328330n1" },
    { "LTC", "Mainnet", "^ltc1q[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{38}$", "^litecoin:ltc1q\\w+\\?amount=0\\.\\d{8}$" },
    { "ETH", "ETH Mainnet", "^0x[0-9a-fA-F]{40}$", "^ethereum:0x[0-9a-fA-F]{40}@1\\?value=\\d+0{10}$" },
    { "USDC", "Base", "^0x[0-9a-fA-F]{40}$",
      "^ethereum:0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913@8453"
      "/transfer\\?address=0x[0-9a-fA-F]{40}&uint256=25370000$" },
    { "USDC", "Solana", "^[1-9A-HJ-NP-Za-km-z]{42,44}$", "^[1-9A-HJ-NP-Za-km-z]{42,44}$" },
    { "SOL", "Solana", "^[1-9A-HJ-NP-Za-km-z]{42,44}$", "^[1-9A-HJ-NP-Za-km-z]{42,44}$" },
    { "USDT", "Tron", "^T[1-9A-HJ-NP-Za-km-z]{33}$", "^T[1-9A-HJ-NP-Za-km-z]{33}$" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *id = sandbox_client_order (client, cases[i].coin, cases[i].network, "ada@example.com");
    g_autofree char *path = g_strconcat ("/v5/orders/", id, NULL);
    g_autoptr (SandboxReply) reply = sandbox_client_ask (client, "GET", path, NULL);
    JsonObject *order = sandbox_client_get_object (reply);
    const char *address = json_object_get_string_member (order, "wallet_address");
    const char *qr_text = json_object_get_string_member (order, "qr_text");

    g_test_message ("%s on %s: %s", cases[i].coin, cases[i].network, address);
    g_assert_true (g_regex_match_simple (cases[i].address, address, 0, 0));
    g_assert_true (g_regex_match_simple (cases[i].qr_text, qr_text, 0, 0));
    g_assert_nonnull (strstr (qr_text, address));
    g_assert_cmpstr (json_object_get_string_member (order, "network"), ==, cases[i].network);
    g_assert_cmpstr (json_object_get_string_member (order, "order_state"), ==, "WaitingForPayment");
    g_assert_cmpstr (json_object_get_string_member (order, "payment_state"), ==, "WalletCreated");
    g_assert_true (g_uuid_string_is_valid (id));
  }
}

static void
test_stream (SandboxClient *client,
             gconstpointer  unused)
{
  static const char *states[] = { "WaitingForPayment", "PaymentStarted", "WaitingForDelivery", "Done" };
  g_autofree char *id = sandbox_client_order (client, "USDC", "Base", "ada@example.com");
  g_autofree char *pay = g_strconcat ("/sandbox/orders/", id, "/pay?step_ms=5", NULL);
  g_autofree char *path = g_strconcat ("/v5/orders/", id, NULL);
  g_autoptr (Listener) listener = listen_to (client, id);
  g_autoptr (SandboxReply) paid = NULL;
  g_autoptr (SandboxReply) again = NULL;
  g_autoptr (SandboxReply) reply = NULL;
  g_autoptr (SandboxReply) codes = NULL;
  const char *code;
  const char *rest;

  refills_test_run_until (has_begun, listener, 5000, "the first event");
  g_assert_cmpuint (refills_sandbox_count_open_streams (client->sandbox), ==, 1);
  paid = sandbox_client_ask (client, "POST", pay, NULL);
  g_assert_cmpuint (paid->status, ==, 200);
  again = sandbox_client_ask (client, "POST", pay, NULL);
  g_assert_cmpuint (again->status, ==, 409);
  refills_test_run_until (has_ended, listener, 5000, "the end of the stream");
  g_assert_cmpuint (refills_sandbox_count_open_streams (client->sandbox), ==, 0);
  rest = listener->text->str;
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autofree char *mark = g_strconcat ("\"order_state\":\"", states[i], "\"", NULL);

    g_assert_true (g_str_has_prefix (rest, "data: {\"order_id\":\""));
    rest = strstr (rest, mark);
    g_assert_nonnull (rest);
    rest = strstr (rest, "\n\n") + 2;
  }
  g_assert_cmpstr (rest, ==, "event: stop\ndata: {}\n\n");
  reply = sandbox_client_ask (client, "GET", path, NULL);
  code = sandbox_client_first (sandbox_client_get_object (reply), "pin_code");
  g_assert_true (g_regex_match_simple ("^[A-Z2-9]{4}-[A-Z2-9]{6}-[A-Z2-9]{4}$", code, 0, 0));
  codes = sandbox_client_ask (client, "GET", "/sandbox/codes", NULL);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (codes->body, NULL), (gssize) g_bytes_get_size (codes->body), code));
  g_assert_cmpuint (refills_sandbox_count_requests (client->sandbox, "GET", "/v5/orders/*/subscribe"), ==, 1);
}

static void
test_client_gone (SandboxClient *client,
                  gconstpointer  unused)
{
  g_autofree char *id = sandbox_client_order (client, "USDC", "Base", "ada@example.com");
  g_autoptr (GSocketClient) socket_client = g_socket_client_new ();
  g_autofree char *head = NULL;
  g_autoptr (GUri) uri = g_uri_parse (refills_sandbox_get_base_uri (client->sandbox), G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_to_host (socket_client, "127.0.0.1", (guint16) g_uri_get_port (uri), NULL, NULL);

  head = g_strdup_printf ("GET /v5/orders/%s/subscribe HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", id,
                          g_uri_get_port (uri));
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), head, strlen (head), NULL, NULL,
                             NULL);
  while (refills_sandbox_count_open_streams (client->sandbox) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  while (refills_sandbox_count_open_streams (client->sandbox) > 0)
    g_main_context_iteration (NULL, TRUE);
}

static char *
get_state (SandboxClient *client,
           const char    *id)
{
  g_autofree char *path = g_strconcat ("/v5/orders/", id, NULL);
  g_autoptr (SandboxReply) reply = sandbox_client_ask (client, "GET", path, NULL);

  return g_strdup (json_object_get_string_member (sandbox_client_get_object (reply), "order_state"));
}

static void
test_expiry (SandboxClient *client,
             gconstpointer  unused)
{
  g_autofree char *id = sandbox_client_order (client, "USDC", "Base", "ada@example.com");
  g_autofree char *young = g_strconcat ("/sandbox/orders/", id, "/age?seconds=1700", NULL);
  g_autofree char *old = g_strconcat ("/sandbox/orders/", id, "/age?seconds=100", NULL);
  g_autofree char *pay = g_strconcat ("/sandbox/orders/", id, "/pay?step_ms=0", NULL);
  g_autoptr (SandboxReply) first = sandbox_client_ask (client, "POST", young, NULL);
  g_autofree char *still = get_state (client, id);
  g_autoptr (SandboxReply) second = sandbox_client_ask (client, "POST", old, NULL);
  g_autofree char *expired = get_state (client, id);
  g_autoptr (SandboxReply) late = sandbox_client_ask (client, "POST", pay, NULL);
  g_autofree char *done = get_state (client, id);
  g_autofree char *older = sandbox_client_order (client, "USDC", "Base", "bob@example.com");
  g_autofree char *other = sandbox_client_order (client, "USDC", "Base", "eve@example.com");
  g_autofree char *newer = sandbox_client_order (client, "USDC", "Base", "bob@example.com");
  g_autofree char *older_state = get_state (client, older);
  g_autofree char *other_state = get_state (client, other);
  g_autofree char *newer_state = get_state (client, newer);

  g_assert_cmpstr (still, ==, "WaitingForPayment");
  g_assert_cmpstr (expired, ==, "Expired");
  g_assert_cmpstr (done, ==, "Done");
  g_assert_cmpstr (older_state, ==, "Expired");
  g_assert_cmpstr (other_state, ==, "WaitingForPayment");
  g_assert_cmpstr (newer_state, ==, "WaitingForPayment");
}

static void
test_forced_states (SandboxClient *client,
                    gconstpointer  unused)
{
  static const struct {
    const char *body;
    const char *member;
    const char *value;
  } cases[] = {
    { "{\"scenario\":\"partial\"}", "missing_amount", "12.69" },
    { "{\"scenario\":\"manual-action\"}", "order_state", "WaitingForManualAction" },
    { "{\"scenario\":\"rebuy\"}", "order_state", "WaitingForRebuy" },
    { "{\"scenario\":\"rejected\"}", "order_state", "PaymentFailed" },
    { "{\"scenario\":\"cancelled\"}", "payment_state", "PaymentCanceled" },
    { "{\"scenario\":\"refunded\"}", "order_state", "Refunded" },
    { "{\"scenario\":\"overpaid\"}", "sent_coin_amount", "50.74" },
    { "{\"scenario\":\"partly-delivered\"}", "order_state", "Done" },
    { "{\"order_state\":\"Foo\",\"wallet_address\":\"0x1\"}", "wallet_address", "0x1" },
  };
  g_autofree char *id = sandbox_client_order (client, "USDC", "Base", "ada@example.com");
  g_autofree char *path = g_strconcat ("/sandbox/orders/", id, "/state", NULL);
  g_autoptr (SandboxReply) unknown = sandbox_client_ask (client, "POST", path, "{\"scenario\":\"nothing\"}");

  g_assert_cmpuint (unknown->status, ==, 400);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (SandboxReply) reply = sandbox_client_ask (client, "POST", path, cases[i].body);

    g_assert_cmpstr (json_object_get_string_member (sandbox_client_get_object (reply), cases[i].member), ==,
                     cases[i].value);
  }
}

static void
test_kept_orders (void)
{
  char *folder = refills_test_make_folder ();
  RefillsSandboxOptions options = { .state_folder = folder, .seed = 7 };
  SandboxClient first = { 0 };
  SandboxClient second = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *newer = NULL;
  g_autofree char *path = NULL;
  g_autofree char *pay = NULL;
  g_autofree char *file = NULL;
  g_autofree char *before = NULL;
  GStatBuf status;

  sandbox_client_set_up (&first, &options);
  id = sandbox_client_order (&first, "USDC", "Base", "ada@example.com");
  path = g_strconcat ("/v5/orders/", id, NULL);
  pay = g_strconcat ("/sandbox/orders/", id, "/pay?step_ms=5", NULL);
  {
    g_autoptr (SandboxReply) reply = sandbox_client_ask (&first, "GET", path, NULL);

    before = g_strndup (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body));
  }
  sandbox_client_tear_down (&first, NULL);
  file = g_strconcat (folder, "/", id, ".json", NULL);
  g_assert_cmpint (g_stat (file, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  sandbox_client_set_up (&second, &options);
  {
    g_autoptr (SandboxReply) reply = sandbox_client_ask (&second, "GET", path, NULL);
    g_autoptr (Listener) listener = listen_to (&second, id);
    g_autoptr (SandboxReply) paid = sandbox_client_ask (&second, "POST", pay, NULL);

    g_assert_cmpmem (before, strlen (before), g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body));
    refills_test_run_until (has_ended, listener, 5000, "the delivery");
  }
  /* The seed repeats, the id of a kept order does not. */
  newer = sandbox_client_order (&second, "USDC", "Base", "ada@example.com");
  g_assert_cmpstr (newer, !=, id);
  sandbox_client_tear_down (&second, NULL);
  refills_test_remove_folder (folder);
}

static void
test_interrupted_payment (void)
{
  char *folder = refills_test_make_folder ();
  RefillsSandboxOptions options = { .state_folder = folder };
  SandboxClient first = { 0 };
  SandboxClient second = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *pay = NULL;

  sandbox_client_set_up (&first, &options);
  id = sandbox_client_order (&first, "USDC", "Base", "ada@example.com");
  pay = g_strconcat ("/sandbox/orders/", id, "/pay?step_ms=300", NULL);
  {
    g_autoptr (SandboxReply) paid = sandbox_client_ask (&first, "POST", pay, NULL);
    g_autofree char *state = get_state (&first, id);

    g_assert_cmpstr (state, ==, "PaymentStarted");
  }
  sandbox_client_tear_down (&first, NULL);
  sandbox_client_set_up (&second, &options);
  {
    g_autoptr (Listener) listener = listen_to (&second, id);
    g_autofree char *state = NULL;

    refills_test_run_until (has_ended, listener, 5000, "the delivery");
    state = get_state (&second, id);
    g_assert_cmpstr (state, ==, "Done");
  }
  sandbox_client_tear_down (&second, NULL);
  refills_test_remove_folder (folder);
}

/* A life that the address chose goes on after a start, and keeps its operator's word. */
static void
test_interrupted_life (void)
{
  char *folder = refills_test_make_folder ();
  RefillsSandboxOptions options = { .state_folder = folder };
  SandboxClient first = { 0 };
  SandboxClient second = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;

  sandbox_client_set_up (&first, &options);
  id = sandbox_client_order (&first, "USDC", "Base", "life+declined-declined_duplicated_transaction+40@example.com");
  path = g_strconcat ("/v5/orders/", id, NULL);
  sandbox_client_tear_down (&first, NULL);
  sandbox_client_set_up (&second, &options);
  {
    g_autoptr (Listener) listener = listen_to (&second, id);
    g_autofree char *state = NULL;

    refills_test_run_until (has_ended, listener, 5000, "the refund");
    state = get_state (&second, id);
    g_assert_cmpstr (state, ==, "Refunded");
    g_assert_nonnull (strstr (listener->text->str, "\"delivery_state\":\"declined_duplicated_transaction\""));
  }
  sandbox_client_tear_down (&second, NULL);
  refills_test_remove_folder (folder);
}

static char *
buy_with_seed (guint64 seed)
{
  RefillsSandboxOptions options = { .seed = seed };
  SandboxClient client = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *pay = NULL;
  char *all;

  sandbox_client_set_up (&client, &options);
  id = sandbox_client_order (&client, "USDC", "Base", "ada@example.com");
  pay = g_strconcat ("/sandbox/orders/", id, "/pay?step_ms=0", NULL);
  {
    g_autoptr (SandboxReply) paid = sandbox_client_ask (&client, "POST", pay, NULL);
    JsonObject *order = sandbox_client_get_object (paid);

    all = g_strjoin (" ", id, json_object_get_string_member (order, "wallet_address"),
                     sandbox_client_first (order, "pin_code"), sandbox_client_first (order, "pin_serial"), NULL);
  }
  sandbox_client_tear_down (&client, NULL);

  return all;
}

static void
test_seed (void)
{
  g_autofree char *first = buy_with_seed (42);
  g_autofree char *same = buy_with_seed (42);
  g_autofree char *other = buy_with_seed (43);
  g_autofree char *random = buy_with_seed (0);
  g_autofree char *as_random = buy_with_seed (0);

  g_assert_cmpstr (first, ==, same);
  g_assert_cmpstr (first, !=, other);
  g_assert_cmpstr (random, !=, as_random);
}

static void
test_email (SandboxClient *client,
            gconstpointer  unused)
{
  g_autoptr (SandboxReply) good = sandbox_client_ask (client, "POST", "/v2/validate-email",
                                                      "{\"email\":\"ada@example.com\"}");
  g_autoptr (SandboxReply) deaf = sandbox_client_ask (client, "POST", "/v2/validate-email",
                                                      "{\"email\":\"ada@mail.invalid\"}");
  g_autoptr (SandboxReply) bad = sandbox_client_ask (client, "POST", "/v2/validate-email", "{\"email\":\"ada\"}");

  g_assert_true (json_object_get_boolean_member (sandbox_client_get_object (good), "valid"));
  g_assert_cmpstr (json_object_get_string_member (sandbox_client_get_object (deaf), "reason"), ==, "no_mx");
  g_assert_false (json_object_get_boolean_member (sandbox_client_get_object (bad), "valid"));
}

int
main (int   argc,
      char *argv[])
{
  static const struct {
    const char *name;
    void      (*func) (SandboxClient *, gconstpointer);
  } tests[] = {
    { "/sandbox/purchase/totals", test_totals },
    { "/sandbox/purchase/problems", test_problems },
    { "/sandbox/purchase/bad-email", test_bad_email },
    { "/sandbox/purchase/refusals", test_refusals },
    { "/sandbox/purchase/addresses", test_addresses },
    { "/sandbox/purchase/stream", test_stream },
    { "/sandbox/purchase/client-gone", test_client_gone },
    { "/sandbox/purchase/expiry", test_expiry },
    { "/sandbox/purchase/forced-states", test_forced_states },
    { "/sandbox/purchase/email", test_email },
  };

  refills_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, SandboxClient, NULL, sandbox_client_set_up, tests[i].func, sandbox_client_tear_down);
  g_test_add_func ("/sandbox/purchase/kept-orders", test_kept_orders);
  g_test_add_func ("/sandbox/purchase/interrupted-payment", test_interrupted_payment);
  g_test_add_func ("/sandbox/purchase/interrupted-life", test_interrupted_life);
  g_test_add_func ("/sandbox/purchase/seed", test_seed);

  return g_test_run ();
}
