/* test-faults-orders.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Orders and what they deliver: rows J06 to J17, J25 and E01 of the table of faults.
 */
#include "fault-case.h"

#include "refills-test.h"

#define ORDERS "/v5/orders"

/* Has every answer about orders say this of one member, from the first on. */
static void
spoil (FaultCase  *self,
       const char *member,
       const char *json)
{
  RefillsSandboxFault made = {
    .kind = REFILLS_SANDBOX_FAULT_MUTATE, .method = "POST", .path = ORDERS, .member = member, .json = json,
  };
  RefillsSandboxFault asked = made;

  asked.method = "GET";
  asked.path = ORDERS "/*";
  refills_sandbox_add_fault (self->base.sandbox, &made);
  refills_sandbox_add_fault (self->base.sandbox, &asked);
}

static RefillsOrder *
place (FaultCase *self)
{
  fault_case_open_loaded (self);

  return shop_fixture_place (&self->base);
}

static void
assert_unpayable (RefillsOrder *order)
{
  g_assert_null (refills_order_get_payment (order));
  g_assert_false (refills_order_is_payable (order));
}

/* Shop and server go on, and nothing worse than what is seen comes of it. */
static void
force (FaultCase    *self,
       RefillsOrder *order,
       const char   *members)
{
  g_autofree char *body = g_strdelimit (g_strdup_printf ("{%s}", members), "'", '"');

  shop_fixture_post (&self->base, order, "state", body);
}

static void
answer_order_with (FaultCase  *self,
                   const char *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (body, strlen (body));
  const RefillsSandboxFault fault = {
    .kind = REFILLS_SANDBOX_FAULT_BODY, .method = "POST", .path = ORDERS, .body = bytes,
  };

  refills_sandbox_add_fault (self->base.sandbox, &fault);
}

/* Neither of the two addresses is taken. The order is asked for by its id, which is all that is known. */
static void
test_duplicate_keys (FaultCase     *self,
                     gconstpointer  data)
{
  g_autoptr (RefillsCheckout) checkout = NULL;
  g_autoptr (RefillsOrder) order = NULL;

  answer_order_with (self, "{\"order_id\":\"a-1\",\"wallet_address\":\"one\",\"wallet_address\":\"two\"}");
  fault_case_open_loaded (self);
  checkout = fault_case_begin (self);
  fault_case_submit (checkout, REFILLS_CHECKOUT_FAILED);
  order = fault_case_dup_order (self);
  assert_unpayable (order);
  g_assert_null (refills_order_state_get_wallet_address (refills_order_get_state (order)));
  g_assert_true (refills_order_is_open (order));
  fault_case_await_count (self, "GET", ORDERS "/a-1", 1);
  assert_unpayable (order);
  g_assert_cmpuint (fault_case_count (self, "POST", ORDERS), ==, 1);
}

static void
test_duplicate_keys_without_id (FaultCase     *self,
                                gconstpointer  data)
{
  answer_order_with (self, "{\"wallet_address\":\"one\",\"wallet_address\":\"two\"}");
  fault_case_open_loaded (self);
  fault_case_assert_unknown (self);
}

static void
test_unknown_members (FaultCase     *self,
                      gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = NULL;

  spoil (self, "extra", "{\"deliveries\":[[[[{\"order_id\":7}]]]],\"order_state\":\"Done\"}");
  spoil (self, "deliveries.0.deliverable.extra", "[null,{\"pin_code\":\"X\"}]");
  order = place (self);
  fault_case_assert_see (order, "status-title", "Waiting for payment");
  g_assert_true (refills_order_is_payable (order));
  g_assert_false (refills_order_has_codes (order));
}

/* What is said to a person who must not pay. The support text has what they cannot see. */
static void
assert_refused (RefillsOrder *order,
                const char   *refusal)
{
  g_autofree char *support_text = refills_order_dup_support_text (order, "1.2.3");

  assert_unpayable (order);
  fault_case_assert_see (order, "status-title", "Don’t pay");
  fault_case_assert_see (order, "refusal", refusal);
  g_assert_nonnull (support_text);
  g_assert_nonnull (strstr (support_text, refills_order_state_get_order_id (refills_order_get_state (order))));
  g_assert_true (refills_order_is_open (order));
}

typedef struct {
  const char *coin;
  const char *network;
  const char *json; /* in place of the address */
  const char *see;
} Address;

/* @data: what the service says in place of the address */
static void
test_address_of_network (FaultCase     *self,
                         gconstpointer  data)
{
  const Address *address = data;
  g_autoptr (RefillsCheckout) checkout = NULL;

  spoil (self, "wallet_address", address->json);
  fault_case_open_loaded (self);
  checkout = shop_fixture_begin (&self->base, "Steam", NULL);
  shop_fixture_choose (checkout, address->coin, address->network);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  shop_fixture_submit (checkout);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_PLACED);
  assert_refused (refills_checkout_get_order (checkout), address->see);
}

/* @data: what the service says in place of the address */
static void
test_address (FaultCase     *self,
              gconstpointer  data)
{
  g_autofree char *long_address = g_strnfill (4096, 'A');
  g_autofree char *json = g_strdup_printf ("\"%s\"", long_address);
  g_autoptr (RefillsOrder) order = NULL;

  spoil (self, "wallet_address", g_strcmp0 (data, "4 KB") == 0 ? json : data);
  order = place (self);
  assert_refused (order, "The payment address looks wrong. Don’t pay.");
}

typedef struct {
  const char *members;
  const char *see;
} Change;

/* @data: what changes once the order is made */
static void
test_changed (FaultCase     *self,
              gconstpointer  data)
{
  const Change *change = data;
  g_autoptr (RefillsOrder) order = place (self);
  g_autofree char *address = g_strdup (refills_order_state_get_wallet_address (refills_order_get_state (order)));
  g_autofree char *amount = g_strdup (refills_order_state_get_coin_amount (refills_order_get_state (order)));

  g_assert_true (refills_order_is_payable (order));
  force (self, order, change->members);
  fault_case_await_see (order, "alarm-text", change->see);
  assert_unpayable (order);
  g_assert_cmpstr (refills_order_state_get_wallet_address (refills_order_get_state (order)), ==, address);
  g_assert_cmpstr (refills_order_state_get_coin_amount (refills_order_get_state (order)), ==, amount);

  /* It is remembered. */
  g_clear_object (&order);
  shop_fixture_close_shop (&self->base);
  shop_fixture_open_shop (&self->base);
  order = fault_case_dup_order (self);
  fault_case_assert_see (order, "alarm-text", change->see);
  assert_unpayable (order);
}

/* @data: what the service says in place of the amount */
static void
test_amount (FaultCase     *self,
             gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = NULL;

  spoil (self, "coin_amount", data);
  order = place (self);
  assert_refused (order, "The amount looks wrong. Don’t pay.");
}

/* A number is as good as a text, and is shown digit for digit. */
static void
test_amount_as_number (FaultCase     *self,
                       gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = NULL;

  spoil (self, "coin_amount", "11.4700");
  order = place (self);
  g_assert_cmpstr (refills_order_state_get_coin_amount (refills_order_get_state (order)), ==, "11.4700");
  g_assert_nonnull (refills_order_get_payment (order));
  g_assert_cmpstr (refills_payment_get_amount (refills_order_get_payment (order)), ==, "11.4700");
}

typedef struct {
  const char *member;
  const char *json;
  const char *see;
} Other;

/* @data: a member, and what the service says in place of it */
static void
test_not_as_asked (FaultCase     *self,
                   gconstpointer  data)
{
  const Other *other = data;
  g_autoptr (RefillsOrder) order = NULL;

  spoil (self, other->member, other->json);
  order = place (self);
  assert_refused (order, other->see);
}

/* @data: what the service says in place of the order's id */
static void
test_order_id (FaultCase     *self,
               gconstpointer  data)
{
  g_autofree char *long_id = g_strnfill (5000, 'a');
  g_autofree char *json = g_strdup_printf ("\"%s\"", long_id);
  const RefillsSandboxFault fault = {
    .kind = REFILLS_SANDBOX_FAULT_MUTATE, .method = "POST", .path = ORDERS, .member = "order_id",
    .json = g_strcmp0 (data, "5 KB") == 0 ? json : data,
  };

  refills_sandbox_add_fault (self->base.sandbox, &fault);
  fault_case_open_loaded (self);
  fault_case_assert_unknown (self);
  /* Nothing was asked under such a name. */
  g_assert_cmpuint (fault_case_count (self, "GET", ORDERS "/*"), ==, 0);
}

typedef struct {
  const char *json;
  const char *see;
} State;

/* @data: a state's word, and what is seen of it */
static void
test_unknown_state (FaultCase     *self,
                    gconstpointer  data)
{
  const State *state = data;
  /* Without the stream, so that it can be counted who asks. */
  const RefillsSandboxFault no_stream = {
    .kind = REFILLS_SANDBOX_FAULT_STATUS, .method = "GET", .path = ORDERS "/*/subscribe", .status = 404,
  };
  g_autoptr (RefillsOrder) order = NULL;
  guint before = 0;

  refills_sandbox_add_fault (self->base.sandbox, &no_stream);
  spoil (self, "order_state", state->json);
  order = place (self);
  fault_case_assert_see (order, "status-title", state->see);
  assert_unpayable (order);
  g_assert_true (refills_order_is_open (order));
  before = fault_case_count (self, "GET", ORDERS "/*");
  fault_case_await_count (self, "GET", ORDERS "/*", before + 3);
  fault_case_assert_see (order, "status-title", state->see);
}

static void
test_backwards (FaultCase     *self,
                gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = place (self);
  g_autofree char *code = NULL;
  g_autofree char *again = NULL;

  force (self, order, "'scenario':'done'");
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
  code = shop_fixture_reveal (&self->base, order, REFILLS_SECRET_CODE);
  g_assert_nonnull (code);
  force (self, order, "'order_state':'WaitingForPayment','payment_state':'WalletCreated',"
                      "'delivery':{'delivery_state':'WaitingForPayment','deliverable':{'pin_code':null}}");
  refills_shop_refresh_order (self->base.shop, order);
  shop_fixture_let_pass (200);

  fault_case_assert_see (order, "status-title", "Done");
  again = shop_fixture_reveal (&self->base, order, REFILLS_SECRET_CODE);
  g_assert_cmpstr (again, ==, code);
  assert_unpayable (order);
}

typedef struct {
  const char *deliverable;
  const char *see;
  RefillsSecret secret;
  const char *text; /* exactly; NULL: there is no secret of the kind */
} Secret;

/* @data: what is delivered, where it is found, and what is said of it */
static void
test_secret (FaultCase     *self,
             gconstpointer  data)
{
  const Secret *secret = data;
  g_autoptr (RefillsOrder) order = place (self);
  g_autofree char *body =
    g_strdup_printf ("{\"order_state\":\"Done\",\"payment_state\":\"PaymentReceived\","
                     "\"delivery\":{\"delivery_state\":\"Succeeded\",\"deliverable\":{%s}}}", secret->deliverable);
  g_autoptr (RefillsDelivery) delivery = NULL;

  shop_fixture_post (&self->base, order, "state", body);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
  fault_case_assert_see (order, "status-text", secret->see);
  delivery = g_list_model_get_item (refills_order_get_deliveries (order), 0);
  g_assert_cmpint (refills_delivery_has_secret (delivery, secret->secret), ==, secret->text != NULL);
  /* It is not in memory until it is asked for. */
  g_assert_null (refills_delivery_get_secret (delivery, secret->secret));
  if (secret->text != NULL) {
    g_autofree char *text = shop_fixture_reveal (&self->base, order, secret->secret);

    g_assert_cmpstr (text, ==, secret->text);
  }
}

static void
test_long_code (FaultCase     *self,
                gconstpointer  data)
{
  g_autofree char *code = g_strnfill (10 * 1024, 'x');
  g_autofree char *deliverable = g_strdup_printf ("\"pin_code\":\"%s\"", code);
  const Secret secret = { deliverable, "Your card is here.", REFILLS_SECRET_CODE, code };

  test_secret (self, &secret);
}

/* Then there is as much time as from the head of the first answer on.
 * @data: what the service says in place of every time */
static void
test_times (FaultCase     *self,
            gconstpointer  data)
{
  static const char * const members[] = { "created_at", "payment_requested_at", "updated_at", "timestamp_of_request" };
  g_autoptr (RefillsOrder) order = NULL;
  gint64 left = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    spoil (self, members[i], data);
  order = place (self);
  g_assert_nonnull (refills_order_get_payment (order));
  left = refills_payment_get_payable_until (refills_order_get_payment (order)) -
         refills_shop_get_time (self->base.shop, order);
  g_assert_cmpint (left, >, (REFILLS_PAYMENT_WINDOW_MINUTES - 5) * 60);
  g_assert_cmpint (left, <=, REFILLS_PAYMENT_WINDOW_MINUTES * 60);
  force (self, order, "'scenario':'done'");
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
  g_assert_true (refills_order_has_codes (order));
}

static void
test_early_stop (FaultCase     *self,
                 gconstpointer  data)
{
  const RefillsSandboxFault stop = {
    .kind = REFILLS_SANDBOX_FAULT_STREAM_STOP, .method = "GET", .path = ORDERS "/*/subscribe", .after = 1,
  };
  g_autoptr (RefillsOrder) order = NULL;
  guint before = 0;

  refills_sandbox_add_fault (self->base.sandbox, &stop);
  order = place (self);
  force (self, order, "'order_state':'WaitingForDelivery','payment_state':'PaymentReceived'");
  fault_case_await_see (order, "status-title", "Preparing your card");
  fault_case_await_see (order, "link-text", "Checking every few seconds");
  before = fault_case_count (self, "GET", ORDERS "/*");
  fault_case_await_count (self, "GET", ORDERS "/*", before + 2);
  g_assert_true (refills_order_is_open (order));
  force (self, order, "'scenario':'done'");
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
  g_assert_cmpuint (fault_case_count (self, "GET", ORDERS "/*/subscribe"), ==, 1);
}

static void
add_each (const char         *id,
          FaultFunc           test,
          const char * const *values,
          gsize               n_values)
{
  for (gsize i = 0; i < n_values; i++) {
    g_autofree char *path = g_strdup_printf ("%s/%" G_GSIZE_FORMAT, id, i);

    fault_case_add (path, test, values[i]);
  }
}

int
main (int    argc,
      char **argv)
{
  static const char * const addresses[] = { NULL, "null", "\"\"", "\"  \"", "7", "[]", "\"a b\"", "\"ａ\"", "4 KB",
                                            "\"0OIl0OIl0OIl0OIl0OIl0OIl0OIl0OIl0OIl0OIl0OIl\"" };
  static const char * const amounts[] = {
    NULL, "null", "\"1e2\"", "\"0x10\"", "\"-11.47\"", "-11.47", "0", "\"0.000\"", "\"NaN\"", "1e400", "\"11,47\"",
    "\"1000000000000000000000000000000\"", "\"11.4700000000000000000000000001\"", "[]", "\"\"", "\" 11.47\"", "\"1\"",
  };
  static const char wrong_address[] = "The payment address looks wrong. Don’t pay.";
  static const char nobody[] = "The payment address is a special address that nobody can spend from. Don’t pay.";
  static const Address of_networks[] = {
    /* The checksum of its capitals is wrong (EIP-55). */
    { "USDC", "Base", "\"0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed\"", wrong_address },
    { "USDC", "Base", "\"0x0000000000000000000000000000000000000000\"", nobody },
    { "USDC", "Base", "\"0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913\"", nobody },
    { "USDC", "Base", "\"2gVkYWexTHR5Hb2aLeQN3tnngvWzisFKXDUPrgMHpdST\"", wrong_address },
    { "USDC", "Solana", "\"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed\"", wrong_address },
    { "USDC", "Solana", "\"EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v\"", nobody },
    { "BTC", "Mainnet", "\"tb1qghfhmd4zh7ncpmxl3qzhmq566jk8ckq4gafnmq\"", wrong_address },
    { "BTC", "Lightning", "\"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4\"", wrong_address },
    { "USDT", "Tron", "\"TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeD\"", wrong_address },
  };
  static const char another[] = "The service asks for a payment that you did not choose. Don’t pay.";
  static const char unknown[] = "The service asks for a coin or network that this version cannot check. Don’t pay.";
  static const char says_else[] = "The service’s payment code does not match the order. Don’t pay.";
  static const Other others[] = {
    { "coin", "\"USDT\"", another }, { "coin", "null", another }, { "network", "\"Base\"", another },
    { "network", "7", another }, { "payment_via", "\"KUCOIN_PAY\"", another },
    { "coin", "\"BTC\"", unknown }, { "network", "\"Tron\"", unknown }, { "network", "\"Nowhere\"", unknown },
    { "qr_text", "\"2gVkYWexTHR5Hb2aLeQN3tnngvWzisFKXDUPrgMHpdST\"", says_else },
    { "qr_text", "\"ethereum:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed@1?value=1\"", says_else },
    { "qr_text", "\"hello\"", says_else },
  };
  static const char * const ids[] = {
    NULL, "7", "\"\"", "\"a/b\"", "\"a?b\"", "\"..\"", "\"a\\u0000b\"", "\"a\\r\\nb\"", "\"a b\"", "[]", "5 KB",
  };
  static const char * const times[] = {
    "1787679708000", "\"2026-08-25T14:21:48Z\"", "\"2026-08-25 14:21\"", "\"0000-01-01T00:00:00Z\"",
    "\"99999-01-01\"", "9e99", "-62167219200", "3093527980800000", "true", "{}",
    "0", "5", "\"86400\"", "4102444800", "253402300799",
  };
  static const Change addresses_changed = { "'wallet_address':'elsewhere'", "The address changed. Don’t pay." };
  static const Change amounts_changed = { "'coin_amount':'11.48'", "The amount changed. Don’t pay." };
  static const State states[] = {
    { "\"Foo\"", "Waiting for the service (Foo)" },
    { "\"done\"", "Waiting for the service (done)" },
    { "\"<b>%s</b>\"", "Waiting for the service (<b>%s</b>)" },
    { "7", "Waiting for the service" },
    { "null", "Waiting for the service" },
    { "[\"Done\"]", "Waiting for the service" },
    { NULL, "Waiting for the service" },
  };
  static const Secret places[] = {
    { "\"pin_code\":null", "Delivered by e-mail to a…@example.com", REFILLS_SECRET_CODE, NULL },
    { "\"pin_code\":\"\"", "Delivered by e-mail to a…@example.com", REFILLS_SECRET_CODE, NULL },
    { "\"voucher_code\":\"V-1\"", "Your card is here.", REFILLS_SECRET_CODE, "V-1" },
    { "\"pin_code\":\"https://r.example/?c=1\",\"pin_serial\":\"77\"", "Your card is here.", REFILLS_SECRET_LINK,
      "https://r.example/?c=1" },
    { "\"pin_code\":\"https://r.example/?c=1\",\"pin_serial\":\"77\"", "Your card is here.", REFILLS_SECRET_SERIAL,
      "77" },
    { "\"pin_code\":\"A\",\"security_code\":\"999\"", "Your card is here.", REFILLS_SECRET_SECURITY_CODE, "999" },
    { "\"barcode_image_url\":\"https://b.example/1.png\"", "Your card is here.", REFILLS_SECRET_BARCODE_LINK,
      "https://b.example/1.png" },
    { "\"apple_universal_link\":\"https://e.example/?carddata=LPA%3A1%24rsp.example%24A-1\"", "Your eSIM is here.",
      REFILLS_SECRET_ESIM, "LPA:1$rsp.example$A-1" },
  };
  static const Secret exact[] = {
    { "\"pin_code\":\"A\\nB\\tC \"", "Your card is here.", REFILLS_SECRET_CODE, "A\nB\tC " },
    { "\"pin_code\":\"\\u202e0O1l\\u200b\"", "Your card is here.", REFILLS_SECRET_CODE, "\u202e0O1l\u200b" },
    { "\"pin_code\":\"<b>&amp;%s</b>\"", "Your card is here.", REFILLS_SECRET_CODE, "<b>&amp;%s</b>" },
    { "\"pin_code\":1234567890", "Your card is here.", REFILLS_SECRET_CODE, "1234567890" },
  };

  refills_test_init (&argc, &argv);

  fault_case_add ("J06", test_duplicate_keys, NULL);
  fault_case_add ("J06/without-id", test_duplicate_keys_without_id, NULL);
  fault_case_add ("J07", test_unknown_members, NULL);
  add_each ("J08", test_address, addresses, G_N_ELEMENTS (addresses));
  fault_case_add ("J09", test_changed, &addresses_changed);
  add_each ("J10", test_amount, amounts, G_N_ELEMENTS (amounts));
  fault_case_add ("J10/number", test_amount_as_number, NULL);
  fault_case_add ("J11", test_changed, &amounts_changed);
  for (gsize i = 0; i < G_N_ELEMENTS (of_networks); i++) {
    g_autofree char *path = g_strdup_printf ("J08/network/%" G_GSIZE_FORMAT, i);

    fault_case_add (path, test_address_of_network, &of_networks[i]);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autofree char *path = g_strdup_printf ("J12/%" G_GSIZE_FORMAT, i);

    fault_case_add (path, test_not_as_asked, &others[i]);
  }
  add_each ("J13", test_order_id, ids, G_N_ELEMENTS (ids));
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autofree char *path = g_strdup_printf ("J14/%" G_GSIZE_FORMAT, i);

    fault_case_add (path, test_unknown_state, &states[i]);
  }
  fault_case_add ("J15", test_backwards, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autofree char *path = g_strdup_printf ("J16/%" G_GSIZE_FORMAT, i);

    fault_case_add (path, test_secret, &places[i]);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (exact); i++) {
    g_autofree char *path = g_strdup_printf ("J17/%" G_GSIZE_FORMAT, i);

    fault_case_add (path, test_secret, &exact[i]);
  }
  fault_case_add ("J17/long", test_long_code, NULL);
  add_each ("J25", test_times, times, G_N_ELEMENTS (times));
  fault_case_add ("E01", test_early_stop, NULL);

  return g_test_run ();
}
