/* shop-fixture.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop-fixture.h"

#include <libsoup/soup.h>
#include <sqlite3.h>

#include "refills-json.h"
#include "refills-test.h"

#define EMAIL "ada@example.com"

typedef struct {
  gpointer object;
  int      wanted;
} Wait;

static gboolean
collection_settled (gpointer user_data)
{
  RefillsCollectionState state = refills_collection_get_state (user_data);

  return state != REFILLS_COLLECTION_LOADING && state != REFILLS_COLLECTION_IDLE &&
         !refills_collection_is_loading (user_data);
}

static gboolean
checkout_in_state (gpointer user_data)
{
  Wait *wait = user_data;

  return (int) refills_checkout_get_state (wait->object) == wait->wanted;
}

static gboolean
order_in_phase (gpointer user_data)
{
  Wait *wait = user_data;

  return (int) refills_order_get_phase (wait->object) == wait->wanted;
}

static gboolean
time_over_cb (gpointer user_data)
{
  *(gpointer *) user_data = user_data;

  return G_SOURCE_REMOVE;
}

/* Lets the main loop run for so long: for what must not happen. */
void
shop_fixture_let_pass (guint milliseconds)
{
  gpointer over = NULL;

  g_timeout_add (milliseconds, time_over_cb, &over);
  refills_test_run_until (refills_test_is_set, &over, milliseconds + 5000, "time to pass");
}

void
shop_fixture_open_shop (ShopFixture *self)
{
  g_autoptr (GError) error = NULL;

  self->shop = refills_shop_new (self->environment, &error);
  g_assert_no_error (error);
  refills_catalogue_set_country (refills_shop_get_catalogue (self->shop), "US");
  refills_shop_start (self->shop);
  refills_test_run_until (collection_settled, refills_shop_get_orders (self->shop),
                          SHOP_FIXTURE_DEADLINE_MS, "the orders to be read");
  refills_test_run_until (collection_settled,
                          refills_catalogue_get_brands (refills_shop_get_catalogue (self->shop)),
                          SHOP_FIXTURE_DEADLINE_MS, "the brands to arrive");
}

void
shop_fixture_close_shop (ShopFixture *self)
{
  refills_shop_close (self->shop);
  /* Callbacks of what was ended still hold it for a turn or two. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&self->shop));
}

/* All but the shop itself. */
void
shop_fixture_prepare (ShopFixture *self)
{
  const RefillsSandboxOptions options = { .seed = 0, .strict_shape = self->strict_shape };
  g_autoptr (GError) error = NULL;

  self->sandbox = refills_sandbox_new (&options);
  refills_sandbox_start (self->sandbox, &error);
  g_assert_no_error (error);

  self->folder = refills_test_make_folder ();
  self->environment = refills_environment_new_practice ("0.0", refills_sandbox_get_base_uri (self->sandbox));
  g_clear_pointer (&self->environment->data_folder, g_free);
  g_clear_pointer (&self->environment->cache_folder, g_free);
  self->environment->data_folder = g_build_filename (self->folder, "data", NULL);
  self->environment->cache_folder = g_build_filename (self->folder, "cache", NULL);
  self->environment->backoff_base_ms = 20;
  self->environment->backoff_limit_ms = 200;
  self->environment->poll_min_ms = 60;
  self->environment->poll_max_ms = 90;
  self->environment->overdue_poll_ms = 60 * 1000;
  self->environment->save_again_ms = 60 * 1000;
  self->environment->spread_ms = 200;
  self->environment->settle_ms = 5;
}

void
shop_fixture_set_up (ShopFixture   *self,
                     gconstpointer  data)
{
  shop_fixture_prepare (self);
  shop_fixture_open_shop (self);
}

void
shop_fixture_tear_down (ShopFixture   *self,
                        gconstpointer  data)
{
  if (self->shop != NULL)
    shop_fixture_close_shop (self);
  refills_sandbox_stop (self->sandbox);
  g_clear_object (&self->sandbox);
  g_clear_pointer (&self->environment, refills_environment_free);
  refills_test_remove_folder (g_steal_pointer (&self->folder));
}

RefillsBrand *
shop_fixture_find_brand (ShopFixture *self,
                         const char  *name)
{
  GListModel *brands = G_LIST_MODEL (refills_catalogue_get_brands (refills_shop_get_catalogue (self->shop)));

  for (guint i = 0; i < g_list_model_get_n_items (brands); i++) {
    g_autoptr (RefillsBrand) brand = g_list_model_get_item (brands, i);

    if (g_str_equal (refills_brand_get_name (brand), name))
      return g_steal_pointer (&brand);
  }
  g_error ("no brand %s", name);
}

RefillsProduct *
shop_fixture_load_product (ShopFixture  *self,
                           RefillsBrand *brand)
{
  g_autoptr (RefillsCollection) products =
    refills_catalogue_load_product (refills_shop_get_catalogue (self->shop), brand);

  refills_test_run_until (collection_settled, products, SHOP_FIXTURE_DEADLINE_MS, "the products");
  g_assert_cmpint (refills_collection_get_state (products), ==, REFILLS_COLLECTION_READY);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (products)), ==, 1);

  return g_list_model_get_item (G_LIST_MODEL (products), 0);
}

/* A checkout of the brand's first option, with the ways to pay there, and the e-mail filled in. */
RefillsCheckout *
shop_fixture_begin (ShopFixture *self,
                    const char  *brand_name,
                    const char  *value)
{
  g_autoptr (RefillsBrand) brand = shop_fixture_find_brand (self, brand_name);
  g_autoptr (RefillsProduct) product = shop_fixture_load_product (self, brand);
  g_autoptr (RefillsProductOption) option =
    g_list_model_get_item (refills_product_get_options (product), 0);
  RefillsDecimal amount = REFILLS_DECIMAL_ZERO;
  RefillsCheckout *checkout = NULL;

  if (value != NULL)
    g_assert_true (refills_decimal_parse (value, &amount, NULL));
  checkout = refills_shop_begin_checkout (self->shop, brand, option, value != NULL ? &amount : NULL);
  refills_test_run_until (collection_settled, refills_catalogue_get_vias (refills_shop_get_catalogue (self->shop)),
                          SHOP_FIXTURE_DEADLINE_MS, "the ways to pay");
  refills_order_form_set_email (refills_checkout_get_form (checkout), EMAIL);

  return checkout;
}

void
shop_fixture_choose (RefillsCheckout *checkout,
                     const char      *coin,
                     const char      *network)
{
  GListModel *coins = refills_checkout_get_coins (checkout);
  GListModel *networks = refills_checkout_get_networks (checkout);

  for (guint i = 0; i < g_list_model_get_n_items (coins); i++) {
    g_autoptr (RefillsCoin) item = g_list_model_get_item (coins, i);

    if (g_str_equal (refills_coin_get_symbol (item), coin))
      refills_checkout_set_coin (checkout, item);
  }
  for (guint i = 0; i < g_list_model_get_n_items (networks); i++) {
    g_autoptr (RefillsNetwork) item = g_list_model_get_item (networks, i);

    if (g_str_equal (refills_network_get_name (item), network))
      refills_checkout_set_network (checkout, item);
  }
  g_assert_cmpstr (refills_coin_get_symbol (refills_checkout_get_coin (checkout)), ==, coin);
  g_assert_cmpstr (refills_network_get_name (refills_checkout_get_network (checkout)), ==, network);
}

void
shop_fixture_await_state (RefillsCheckout      *checkout,
                          RefillsCheckoutState  state)
{
  Wait wait = { checkout, state };

  refills_test_run_until (checkout_in_state, &wait, SHOP_FIXTURE_DEADLINE_MS, "the checkout's state");
}

static gboolean
checkout_is_over (gpointer user_data)
{
  RefillsCheckoutState state = refills_checkout_get_state (user_data);

  return state != REFILLS_CHECKOUT_SUBMITTING && state != REFILLS_CHECKOUT_VALIDATING;
}

/* Submits a checkout that is ready, and agrees where it asks whether another order may be replaced. */
void
shop_fixture_submit (RefillsCheckout *checkout)
{
  refills_checkout_submit (checkout);
  refills_test_run_until (checkout_is_over, checkout, SHOP_FIXTURE_DEADLINE_MS, "the order to be sent");
  if (refills_checkout_get_state (checkout) != REFILLS_CHECKOUT_ASKING)
    return;

  refills_checkout_answer (checkout, TRUE);
  refills_test_run_until (checkout_is_over, checkout, SHOP_FIXTURE_DEADLINE_MS, "the order to be sent");
}

/* An order of a Steam card, placed. */
RefillsOrder *
shop_fixture_place (ShopFixture *self)
{
  g_autoptr (RefillsCheckout) checkout = shop_fixture_begin (self, "Steam", NULL);

  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  shop_fixture_submit (checkout);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_PLACED);

  return g_object_ref (refills_checkout_get_order (checkout));
}

void
shop_fixture_pay (ShopFixture  *self,
                  RefillsOrder *order)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  refills_shop_simulate_payment_async (self->shop, order, NULL,
                                       (GAsyncReadyCallback) refills_test_keep_result, &result);
  refills_test_wait_result (&result, SHOP_FIXTURE_DEADLINE_MS);
  refills_shop_simulate_payment_finish (self->shop, result, &error);
  g_assert_no_error (error);
}

static GBytes *
call_sandbox (ShopFixture *self,
              const char  *method,
              const char  *path,
              const char  *body)
{
  g_autofree char *uri = g_strconcat (refills_sandbox_get_base_uri (self->sandbox), path, NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *answer = NULL;

  if (body != NULL) {
    g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

    soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  }
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL,
                                    (GAsyncReadyCallback) refills_test_keep_result, &result);
  refills_test_wait_result (&result, SHOP_FIXTURE_DEADLINE_MS);
  answer = soup_session_send_and_read_finish (session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);

  return answer;
}

void
shop_fixture_post (ShopFixture  *self,
                   RefillsOrder *order,
                   const char   *action,
                   const char   *body)
{
  g_autofree char *path =
    g_strconcat ("/sandbox/orders/", refills_order_state_get_order_id (refills_order_get_state (order)),
                 "/", action, NULL);
  g_autoptr (GBytes) answer = call_sandbox (self, "POST", path, body);

  g_assert_nonnull (answer);
}

void
shop_fixture_await_phase (RefillsOrder      *order,
                          RefillsOrderPhase  phase)
{
  Wait wait = { order, phase };

  refills_test_run_until (order_in_phase, &wait, SHOP_FIXTURE_DEADLINE_MS, "the order's phase");
}

char *
shop_fixture_reveal (ShopFixture   *self,
                     RefillsOrder  *order,
                     RefillsSecret  secret)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  refills_shop_reveal_async (self->shop, order, 0, secret, NULL,
                             (GAsyncReadyCallback) refills_test_keep_result, &result);
  refills_test_wait_result (&result, SHOP_FIXTURE_DEADLINE_MS);
  text = refills_shop_reveal_finish (self->shop, result, &error);
  g_assert_no_error (error);

  return text;
}

/* The code as the server itself has it. */
char *
shop_fixture_read_code (ShopFixture  *self,
                        RefillsOrder *order)
{
  g_autofree char *path =
    g_strconcat ("/v5/orders/", refills_order_state_get_order_id (refills_order_get_state (order)), NULL);
  g_autoptr (GBytes) answer = call_sandbox (self, "GET", path, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsJson) root = refills_json_parse (answer, 1 << 20, &error);
  RefillsJsonPlace place, deliveries, delivery, deliverable;
  const char *code = NULL;

  g_assert_no_error (error);
  refills_json_place_init (&place, root);
  g_assert_true (refills_json_find_member (&place, "deliveries", &deliveries));
  refills_json_get_element (&deliveries, 0, &delivery);
  g_assert_true (refills_json_find_member (&delivery, "deliverable", &deliverable));
  g_assert_true (refills_json_require_string (&deliverable, "pin_code", &code, &error));

  return g_strdup (code);
}

guint
shop_fixture_count (ShopFixture *self,
                    const char  *method,
                    const char  *pattern)
{
  return refills_sandbox_count_requests (self->sandbox, method, pattern);
}

/* Runs @sql on the orders, behind the store's back. Returns the first column of its first row, or -1. */
int
shop_fixture_execute (ShopFixture *self,
                      const char  *sql)
{
  g_autofree char *path = g_build_filename (self->environment->data_folder, "orders.db", NULL);
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  int value = -1;
  int result;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    value = sqlite3_column_int (statement, 0);
  else
    g_assert_cmpint (result, ==, SQLITE_DONE);
  sqlite3_finalize (statement);
  sqlite3_close (db);

  return value;
}

/* From here on no answer can be saved; without @first_answers_too, none but that of a new order. */
void
shop_fixture_refuse_writes (ShopFixture *self,
                            gboolean     first_answers_too)
{
  shop_fixture_execute (self, first_answers_too
                              ? "CREATE TRIGGER refuse BEFORE UPDATE ON orders "
                                "BEGIN SELECT RAISE (ABORT, 'refused'); END"
                              : "CREATE TRIGGER refuse BEFORE UPDATE OF state ON orders WHEN OLD.state IS NOT NULL "
                                "BEGIN SELECT RAISE (ABORT, 'refused'); END");
}

void
shop_fixture_allow_writes (ShopFixture *self)
{
  shop_fixture_execute (self, "DROP TRIGGER refuse");
}

static gboolean
vault_has_answered (gpointer vault)
{
  RefillsVaultState state = refills_vault_get_state (vault);

  return state != REFILLS_VAULT_UNKNOWN && state != REFILLS_VAULT_OPENING;
}

/* Opens an order that a list has sealed. */
void
shop_fixture_open_order (ShopFixture  *self,
                         RefillsOrder *order)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  refills_test_run_until (vault_has_answered, refills_shop_get_vault (self->shop), SHOP_FIXTURE_DEADLINE_MS,
                          "the vault to answer");
  refills_shop_open_order_async (self->shop, order, NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, SHOP_FIXTURE_DEADLINE_MS);
  refills_shop_open_order_finish (self->shop, result, &error);
  g_assert_no_error (error);
  g_assert_false (refills_order_is_sealed (order));
}
