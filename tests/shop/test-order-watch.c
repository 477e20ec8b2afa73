/* test-order-watch.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-test.h"
#include "shop-fixture.h"

#include <sqlite3.h>

#define SUBSCRIBE "/v5/orders/*/subscribe"

typedef struct {
  ShopFixture *fixture;
  const char  *method;
  const char  *pattern;
  guint        at_least;
} CountWait;

static gboolean
counted (gpointer user_data)
{
  CountWait *wait = user_data;

  return shop_fixture_count (wait->fixture, wait->method, wait->pattern) >= wait->at_least;
}

static void
await_count (ShopFixture *self,
             const char  *pattern,
             guint        at_least)
{
  CountWait wait = { self, "GET", pattern, at_least };

  refills_test_run_until (counted, &wait, SHOP_FIXTURE_DEADLINE_MS, pattern);
}

static guint
count_questions (ShopFixture *self)
{
  return shop_fixture_count (self, "GET", "/v5/orders/*") - shop_fixture_count (self, "GET", SUBSCRIBE);
}

static gboolean
no_stream_open (gpointer user_data)
{
  ShopFixture *self = user_data;

  return refills_sandbox_count_open_streams (self->sandbox) == 0;
}

static gboolean
is_live (gpointer user_data)
{
  return refills_order_get_link (user_data) == REFILLS_ORDER_LINK_LIVE;
}

static gboolean
is_polling (gpointer user_data)
{
  return refills_order_get_link (user_data) == REFILLS_ORDER_LINK_POLLING;
}

static void
add_fault (ShopFixture               *self,
           RefillsSandboxFaultKind    kind,
           const char                *path,
           const char                *member,
           const char                *json)
{
  const RefillsSandboxFault fault = {
    .kind = kind, .method = "GET", .path = path, .member = member, .json = json,
  };

  refills_sandbox_add_fault (self->sandbox, &fault);
}

/* After `stop`: one question at once, then polling, and never again a subscription. */
static void
test_stop (ShopFixture   *self,
           gconstpointer  data)
{
  const RefillsSandboxFault stop = {
    .kind = REFILLS_SANDBOX_FAULT_STREAM_STOP, .method = "GET", .path = SUBSCRIBE, .after = 1,
  };
  g_autoptr (RefillsOrder) order = NULL;
  guint before = 0;

  refills_sandbox_add_fault (self->sandbox, &stop);
  order = shop_fixture_place (self);
  refills_test_run_until (is_polling, order, SHOP_FIXTURE_DEADLINE_MS, "polling");
  before = count_questions (self);
  g_assert_cmpuint (before, <=, 1);
  await_count (self, "/v5/orders/*", before + 3 + 1);
  g_assert_cmpuint (shop_fixture_count (self, "GET", SUBSCRIBE), ==, 1);

  shop_fixture_pay (self, order);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
  shop_fixture_let_pass (200);
  before = count_questions (self);
  shop_fixture_let_pass (200);
  g_assert_cmpuint (count_questions (self), ==, before);
  g_assert_cmpuint (shop_fixture_count (self, "GET", SUBSCRIBE), ==, 1);
}

/* A stream that is closed politely is opened again, and each time the order is asked for once. */
static void
test_reconnect (ShopFixture   *self,
                gconstpointer  data)
{
  const RefillsSandboxFault close = {
    .kind = REFILLS_SANDBOX_FAULT_STREAM_CLOSE, .method = "GET", .path = SUBSCRIBE, .after = 1, .count = 2,
  };
  g_autoptr (RefillsOrder) order = NULL;

  refills_sandbox_add_fault (self->sandbox, &close);
  order = shop_fixture_place (self);
  await_count (self, SUBSCRIBE, 3);
  refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the stream");
  await_count (self, "/v5/orders/*", 3 + 2);
  shop_fixture_pay (self, order);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
}

/* While the stream is live nothing is asked. */
static void
test_no_polling_while_live (ShopFixture   *self,
                            gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);
  guint before = 0;

  refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the stream");
  shop_fixture_let_pass (60);
  before = count_questions (self);
  shop_fixture_let_pass (300);
  g_assert_cmpuint (count_questions (self), ==, before);
}

/* What cannot be read, and what is not of this order, leaves connection and order as they are. */
static void
test_garbage (ShopFixture   *self,
              gconstpointer  data)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"order_id\":", 12);
  const RefillsSandboxFault garbage = {
    .kind = REFILLS_SANDBOX_FAULT_STREAM_GARBAGE, .method = "GET", .path = SUBSCRIBE, .body = body,
  };
  const RefillsSandboxFault foreign = {
    .kind = REFILLS_SANDBOX_FAULT_STREAM_WRONG_ID, .method = "GET", .path = SUBSCRIBE, .after = 1,
  };
  g_autoptr (RefillsOrder) order = NULL;

  refills_sandbox_add_fault (self->sandbox, &garbage);
  refills_sandbox_add_fault (self->sandbox, &foreign);
  order = shop_fixture_place (self);
  refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the stream");
  shop_fixture_pay (self, order);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
  g_assert_cmpuint (shop_fixture_count (self, "GET", SUBSCRIBE), ==, 1);
}

/* Streams that bring nothing valid, one after the other: each wait is twice as long as the one before. */
static void
await_growing_delays (ShopFixture *self,
                      const char  *bad_payment_state)
{
  const RefillsSandboxFault close = {
    .kind = REFILLS_SANDBOX_FAULT_STREAM_CLOSE, .method = "GET", .path = SUBSCRIBE, .after = 1,
  };
  g_autoptr (RefillsOrder) order = NULL;

  shop_fixture_close_shop (self);
  self->environment->backoff_base_ms = 1;
  self->environment->backoff_limit_ms = 60 * 1000;
  shop_fixture_open_shop (self);
  refills_sandbox_add_fault (self->sandbox, &close);
  if (bad_payment_state != NULL)
    add_fault (self, REFILLS_SANDBOX_FAULT_MUTATE, SUBSCRIBE, "payment_state", bad_payment_state);
  order = shop_fixture_place (self);
  if (bad_payment_state == NULL) {
    await_count (self, SUBSCRIBE, 20);
    return;
  }
  /* 1 + 2 + … + 1024 ms is more than 1500, even where each is a fifth shorter. */
  await_count (self, SUBSCRIBE, 6);
  shop_fixture_let_pass (1500);
  g_assert_cmpuint (shop_fixture_count (self, "GET", SUBSCRIBE), <=, 13);
}

static void
test_delay_valid (ShopFixture   *self,
                  gconstpointer  data)
{
  await_growing_delays (self, NULL);
}

static void
test_delay_invalid (ShopFixture   *self,
                    gconstpointer  data)
{
  await_growing_delays (self, "5");
}

static void
test_delay_unparsable (ShopFixture   *self,
                       gconstpointer  data)
{
  await_growing_delays (self, "5 5");
}

/* A message whose states are not strings is none, whatever else it says. */
static void
test_states_are_strings (ShopFixture   *self,
                         gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = NULL;

  add_fault (self, REFILLS_SANDBOX_FAULT_MUTATE, SUBSCRIBE, "payment_state", "5");
  order = shop_fixture_place (self);
  refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the stream");
  shop_fixture_post (self, order, "state", "{\"order_state\":\"WaitingForDelivery\"}");
  shop_fixture_let_pass (200);
  g_assert_cmpint (refills_order_get_phase (order), ==, REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT);
}

/* Closing the shop closes the socket, and leaves nothing that asks again. */
static void
test_close (ShopFixture   *self,
            gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);
  guint before = 0;

  refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the stream");
  g_assert_cmpuint (refills_sandbox_count_open_streams (self->sandbox), ==, 1);
  g_clear_object (&order);
  shop_fixture_close_shop (self);
  refills_test_run_until (no_stream_open, self, SHOP_FIXTURE_DEADLINE_MS, "the socket to close");
  before = refills_sandbox_get_log (self->sandbox)->len;
  shop_fixture_let_pass (300);
  g_assert_cmpuint (refills_sandbox_get_log (self->sandbox)->len, ==, before);
}

static gboolean
has_alarm (gpointer user_data)
{
  return refills_order_get_alarm (user_data) != REFILLS_ORDER_ALARM_NONE;
}

static void
test_address_changes (ShopFixture   *self,
                      gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = NULL;
  g_autofree char *first = NULL;

  add_fault (self, REFILLS_SANDBOX_FAULT_MUTATE, SUBSCRIBE, "wallet_address",
             "\"9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin\"");
  order = shop_fixture_place (self);
  first = g_strdup (refills_order_state_get_wallet_address (refills_order_get_state (order)));
  refills_test_run_until (has_alarm, order, SHOP_FIXTURE_DEADLINE_MS, "the alarm");
  g_assert_cmpint (refills_order_get_alarm (order), ==, REFILLS_ORDER_ALARM_ADDRESS);
  g_assert_cmpstr (refills_order_state_get_wallet_address (refills_order_get_state (order)), ==, first);
  g_assert_null (refills_order_get_payment (order));
  g_assert_nonnull (refills_order_get_refusal (order));

  /* It is remembered. */
  g_clear_object (&order);
  refills_sandbox_clear_faults (self->sandbox);
  shop_fixture_close_shop (self);
  shop_fixture_open_shop (self);
  order = g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->shop)), 0);
  shop_fixture_open_order (self, order);
  g_assert_cmpint (refills_order_get_alarm (order), ==, REFILLS_ORDER_ALARM_ADDRESS);
  g_assert_null (refills_order_get_payment (order));
}

static void
test_absurd_amount (ShopFixture   *self,
                    gconstpointer  data)
{
  const RefillsSandboxFault fault = {
    .kind = REFILLS_SANDBOX_FAULT_MUTATE, .method = "POST", .path = "/v5/orders",
    .member = "coin_amount", .json = "1e400",
  };
  g_autoptr (RefillsOrder) order = NULL;

  refills_sandbox_add_fault (self->sandbox, &fault);
  order = shop_fixture_place (self);
  g_assert_null (refills_order_get_payment (order));
  g_assert_nonnull (refills_order_get_refusal (order));
}

static void
test_unknown_state (ShopFixture   *self,
                    gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = NULL;

  add_fault (self, REFILLS_SANDBOX_FAULT_MUTATE, SUBSCRIBE, "order_state", "\"Foo\"");
  order = shop_fixture_place (self);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_UNKNOWN);
  g_assert_true (refills_order_is_open (order));
  g_assert_nonnull (strstr (refills_order_get_status_title (order), "Foo"));
  g_assert_null (refills_order_get_payment (order));

  /* Once the service speaks plainly again, so does the page. */
  refills_sandbox_clear_faults (self->sandbox);
  refills_shop_refresh_order (self->shop, order);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT);
  g_assert_nonnull (refills_order_get_payment (order));
}

static void
test_done_without_code (ShopFixture   *self,
                        gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);
  gboolean has_codes = TRUE;

  add_fault (self, REFILLS_SANDBOX_FAULT_MUTATE, "/v5/orders/*", "deliveries.0.deliverable.pin_code", NULL);
  add_fault (self, REFILLS_SANDBOX_FAULT_MUTATE, "/v5/orders/*", "deliveries.0.deliverable.pin_serial", NULL);
  shop_fixture_close_shop (self);
  g_clear_object (&order);
  shop_fixture_open_shop (self);
  order = g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->shop)), 0);
  shop_fixture_open_order (self, order);
  shop_fixture_pay (self, order);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
  g_object_get (order, "has-codes", &has_codes, NULL);
  g_assert_false (has_codes);
  g_assert_nonnull (strstr (refills_order_get_status_text (order), "e-mail"));
  /* The whole address is nobody's business who looks over a shoulder. */
  g_assert_null (strstr (refills_order_get_status_text (order), "ada@example.com"));
}

static gboolean
is_gone (gpointer user_data)
{
  return refills_order_get_link (user_data) == REFILLS_ORDER_LINK_GONE;
}

/* The service forgets the order: that is said, and everything stays. */
static void
test_not_found (ShopFixture   *self,
                gconstpointer  data)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"status\":404}", 14);
  const RefillsSandboxFault gone = {
    .kind = REFILLS_SANDBOX_FAULT_STATUS, .method = "GET", .path = "/v5/orders/*", .status = 404,
    .content_type = "application/json", .body = body,
  };
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);

  refills_sandbox_add_fault (self->sandbox, &gone);
  g_clear_object (&order);
  shop_fixture_close_shop (self);
  shop_fixture_open_shop (self);
  order = g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->shop)), 0);
  refills_test_run_until (is_gone, order, SHOP_FIXTURE_DEADLINE_MS, "the link to be gone");
  shop_fixture_let_pass (200);
  g_assert_true (refills_order_is_open (order));
  g_assert_nonnull (refills_order_get_payment (order));
}

static gboolean
is_unsaved (gpointer user_data)
{
  gboolean unsaved = FALSE;

  g_object_get (user_data, "unsaved", &unsaved, NULL);

  return unsaved;
}

static gboolean
is_saved (gpointer user_data)
{
  return !is_unsaved (user_data);
}

static gboolean
has_payment (gpointer user_data)
{
  return refills_order_get_payment (user_data) != NULL;
}

/* An address that came later and could not be saved is not shown before it is. */
static void
test_unsaved_address (ShopFixture   *self,
                      gconstpointer  data)
{
  const RefillsSandboxFault none = {
    .kind = REFILLS_SANDBOX_FAULT_MUTATE, .method = "POST", .path = "/v5/orders", .member = "wallet_address",
  };
  g_autoptr (RefillsOrder) order = NULL;

  shop_fixture_refuse_writes (self, FALSE);
  refills_sandbox_add_fault (self->sandbox, &none);
  order = shop_fixture_place (self);
  g_assert_null (refills_order_get_payment (order));
  refills_test_run_until (is_unsaved, order, SHOP_FIXTURE_DEADLINE_MS, "a state that is not saved");
  g_assert_null (refills_order_get_payment (order));
  g_assert_null (refills_order_state_get_wallet_address (refills_order_get_state (order)));

  shop_fixture_allow_writes (self);
  refills_shop_refresh_order (self->shop, order);
  refills_test_run_until (has_payment, order, SHOP_FIXTURE_DEADLINE_MS, "the payment");
  g_assert_false (is_unsaved (order));
}

/* A code that could not be saved is shown, marked, and saved at the next chance. */
static void
test_unsaved_code (ShopFixture   *self,
                   gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);
  g_autofree char *served = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *kept = NULL;

  shop_fixture_refuse_writes (self, FALSE);
  shop_fixture_pay (self, order);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
  g_assert_true (is_unsaved (order));
  g_assert_true (refills_shop_is_busy (self->shop));
  served = shop_fixture_read_code (self, order);
  shown = shop_fixture_reveal (self, order, REFILLS_SECRET_CODE);
  g_assert_cmpstr (shown, ==, served);

  /* The watch lingers no shorter for it. */
  shop_fixture_let_pass (200);
  g_clear_pointer (&shown, g_free);
  shown = shop_fixture_reveal (self, order, REFILLS_SECRET_CODE);
  g_assert_cmpstr (shown, ==, served);

  shop_fixture_allow_writes (self);
  refills_shop_refresh_order (self->shop, order);
  refills_test_run_until (is_saved, order, SHOP_FIXTURE_DEADLINE_MS, "the code to be saved");
  g_assert_false (refills_shop_is_busy (self->shop));
  g_clear_object (&order);
  shop_fixture_close_shop (self);
  shop_fixture_open_shop (self);
  order = g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->shop)), 0);
  shop_fixture_open_order (self, order);
  kept = shop_fixture_reveal (self, order, REFILLS_SECRET_CODE);
  g_assert_cmpstr (kept, ==, served);
}

/* What could not be saved has a last try when the shop is closed. */
static void
test_unsaved_at_close (ShopFixture   *self,
                       gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);

  shop_fixture_refuse_writes (self, FALSE);
  shop_fixture_pay (self, order);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
  shop_fixture_allow_writes (self);
  g_clear_object (&order);
  shop_fixture_close_shop (self);
  g_assert_cmpint (shop_fixture_execute (self, "SELECT count (*) FROM orders WHERE order_state = 'Done'"), ==, 1);
}

/* Saved by itself after a while. */
static void
test_saved_again (ShopFixture   *self,
                  gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = NULL;

  shop_fixture_close_shop (self);
  self->environment->save_again_ms = 60;
  shop_fixture_open_shop (self);
  order = shop_fixture_place (self);
  shop_fixture_refuse_writes (self, FALSE);
  shop_fixture_pay (self, order);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
  g_assert_true (is_unsaved (order));
  shop_fixture_allow_writes (self);
  refills_test_run_until (is_saved, order, SHOP_FIXTURE_DEADLINE_MS, "the code to be saved");
}

/* While a commit waits, what comes is folded into one more: no queue grows. */
static void
test_flood (ShopFixture   *self,
            gconstpointer  data)
{
  static const char * const states[] = {
    "PaymentStarted", "PaymentReceived", "WaitingForDelivery", "WaitingForManualAction",
  };
  g_autofree char *path = g_build_filename (self->environment->data_folder, "orders.db", NULL);
  g_autoptr (RefillsOrder) order = shop_fixture_place (self);
  sqlite3 *other = NULL;

  refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the stream");
  shop_fixture_let_pass (60);
  shop_fixture_execute (self, "CREATE TABLE writes (n)");
  shop_fixture_execute (self, "CREATE TRIGGER note AFTER UPDATE OF state ON orders "
                              "BEGIN INSERT INTO writes VALUES (1); END");
  g_assert_cmpint (sqlite3_open_v2 (path, &other, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autofree char *body = g_strdup_printf ("{\"order_state\":\"%s\"}", states[i]);

    shop_fixture_post (self, order, "state", body);
  }
  shop_fixture_let_pass (100);
  g_assert_cmpint (refills_order_get_phase (order), ==, REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT);
  g_assert_cmpint (sqlite3_exec (other, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (other);
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_NEEDS_ACTION);
  g_assert_cmpint (shop_fixture_execute (self, "SELECT count (*) FROM writes"), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

#define ADD(path, func) \
  g_test_add (path, ShopFixture, NULL, shop_fixture_set_up, func, shop_fixture_tear_down)

  ADD ("/order-watch/stop", test_stop);
  ADD ("/order-watch/reconnect", test_reconnect);
  ADD ("/order-watch/no-polling-while-live", test_no_polling_while_live);
  ADD ("/order-watch/garbage", test_garbage);
  ADD ("/order-watch/delay/valid", test_delay_valid);
  ADD ("/order-watch/delay/invalid", test_delay_invalid);
  ADD ("/order-watch/delay/unparsable", test_delay_unparsable);
  ADD ("/order-watch/states-are-strings", test_states_are_strings);
  ADD ("/order-watch/close", test_close);
  ADD ("/order-watch/address-changes", test_address_changes);
  ADD ("/order-watch/absurd-amount", test_absurd_amount);
  ADD ("/order-watch/unknown-state", test_unknown_state);
  ADD ("/order-watch/done-without-code", test_done_without_code);
  ADD ("/order-watch/not-found", test_not_found);
  ADD ("/order-watch/unsaved-address", test_unsaved_address);
  ADD ("/order-watch/unsaved-code", test_unsaved_code);
  ADD ("/order-watch/unsaved-at-close", test_unsaved_at_close);
  ADD ("/order-watch/saved-again", test_saved_again);
  ADD ("/order-watch/flood", test_flood);

  return g_test_run ();
}
