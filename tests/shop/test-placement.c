/* test-placement.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * No order without a key to seal it with: what is asked then, and what a yes does.
 */
#include "refills-error.h"
#include "refills-keyring-double.h"
#include "refills-placement-private.h"
#include "refills-test.h"
#include "refills-vault-private.h"
#include "shop-fixture.h"

#define ORDERS "/v5/orders"

typedef struct {
  ShopFixture           base; /* the service, and a shop that asks it for totals */
  RefillsEnvironment   *environment;
  RefillsHttp          *http;
  RefillsOrderApi      *api;
  RefillsKeySet        *keys;
  RefillsOrderStore    *store;
  RefillsKeyringDouble *keyring;
  RefillsVault         *vault;
  RefillsOrderWatcher  *watcher;
  RefillsOrderJournal  *journal;
  RefillsPlacement     *placement;
  guint                 n_over;
  guint                 n_agreed;
  GError               *refusal; /* with the last agreement */
} Fixture;

static void
over_cb (Fixture *self)
{
  self->n_over++;
}

static void
agreed_cb (Fixture      *self,
           const GError *error)
{
  g_clear_error (&self->refusal);
  self->refusal = error != NULL ? g_error_copy (error) : NULL;
  self->n_agreed++;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  RefillsHttpOptions options = { .version = "1" };

  shop_fixture_set_up (&self->base, NULL);
  self->environment = refills_environment_copy (self->base.environment);
  g_free (self->environment->data_folder); /* a plain struct, with fields to be set */
  self->environment->data_folder = g_build_filename (self->base.folder, "sealed", NULL);
  path = g_build_filename (self->environment->data_folder, "orders.db", NULL);
  options.base_uri = refills_sandbox_get_base_uri (self->base.sandbox);
  self->http = refills_http_new (&options, &error);
  g_assert_no_error (error);
  self->api = refills_order_api_new (self->http);
  self->keys = refills_key_set_new ();
  self->store = refills_order_store_new (path, self->environment->name, self->keys);
  self->keyring = refills_keyring_double_new (SHOP_FIXTURE_DEADLINE_MS);
  self->vault = refills_vault_new (self->environment, self->store, self->keys, REFILLS_KEYRING (self->keyring));
  self->watcher = refills_order_watcher_new (self->api, self->store, self->environment);
  self->journal = refills_order_journal_new (self->api, self->store, self->watcher, self->environment);
  refills_order_journal_set_vault (self->journal, self->vault);
  self->placement = refills_placement_new (self->journal, self->vault);
  g_signal_connect_swapped (self->placement, "over", G_CALLBACK (over_cb), self);
  g_signal_connect_swapped (self->placement, "agreed", G_CALLBACK (agreed_cb), self);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  refills_order_watcher_close (self->watcher);
  refills_order_journal_close (self->journal);
  refills_order_store_drain (self->store);
  g_clear_object (&self->placement);
  g_clear_object (&self->journal);
  g_clear_object (&self->watcher);
  g_clear_object (&self->vault);
  g_clear_object (&self->keyring);
  g_clear_object (&self->store);
  g_clear_pointer (&self->keys, refills_key_set_unref);
  g_clear_object (&self->api);
  g_clear_object (&self->http);
  g_clear_pointer (&self->environment, refills_environment_free);
  g_clear_error (&self->refusal);
  shop_fixture_tear_down (&self->base, NULL);
}

static RefillsQuote *
validate (Fixture *self)
{
  static const char text[] = "{\"name\":\"Base\",\"smart_contract\":{\"address\":"
                             "\"0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913\",\"decimals\":6}}";
  const RefillsOrderLineFields line_fields = {
    .brand_name = "Steam", .country = "US", .kind = "giftcard", .denomination = "10 USD",
    .face_label = "$10", .delivery_type = "by_email", .beneficiary = "ada@example.com",
  };
  const RefillsOrderRequestFields fields = {
    .email = "ada@example.com", .payment_via = "USER_WALLET", .coin = "USDC", .language = "en",
  };
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (RefillsJson) root = refills_json_parse (bytes, 1024, NULL);
  g_autoptr (RefillsNetwork) network = NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RefillsOrderRequest) request = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RefillsJsonPlace place;
  RefillsQuote *quote = NULL;

  refills_json_place_init (&place, root);
  network = refills_network_new_from_json (&place, NULL);
  g_ptr_array_add (lines, refills_order_line_new (&line_fields));
  request = refills_order_request_new (&fields, lines, network);
  refills_order_api_validate_async (self->api, request, NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, SHOP_FIXTURE_DEADLINE_MS);
  quote = refills_order_api_validate_finish (self->api, result, &error);
  g_assert_no_error (error);

  return quote;
}

static gboolean
is_over (gpointer user_data)
{
  return ((Fixture *) user_data)->n_over > 0;
}

static gboolean
is_agreed (gpointer user_data)
{
  return ((Fixture *) user_data)->n_agreed > 0;
}

static void
begin (Fixture *self)
{
  g_autoptr (RefillsQuote) quote = validate (self);

  self->n_over = 0;
  refills_placement_begin (self->placement, quote);
  refills_test_run_until (is_over, self, SHOP_FIXTURE_DEADLINE_MS, "the placement");
  g_assert_cmpuint (self->n_over, ==, 1);
}

static void
agree (Fixture *self)
{
  self->n_agreed = 0;
  refills_placement_agree (self->placement);
  refills_test_run_until (is_agreed, self, SHOP_FIXTURE_DEADLINE_MS, "the key");
}

static void
expect_question (Fixture                 *self,
                 RefillsCheckoutQuestion  question)
{
  g_assert_cmpint (refills_placement_get_question (self->placement), ==, question);
  g_assert_null (refills_placement_get_order (self->placement));
  g_assert_null (refills_placement_get_other_order (self->placement));
  g_assert_false (refills_order_journal_is_busy (self->journal));
  g_assert_cmpuint (shop_fixture_count (&self->base, "POST", ORDERS), ==, 0);
}

static void
test_no_keyring (Fixture       *self,
                 gconstpointer  data)
{
  refills_keyring_double_behave (self->keyring, REFILLS_DOUBLE_ABSENT);
  begin (self);
  expect_question (self, REFILLS_CHECKOUT_QUESTION_NO_KEYRING);
  g_assert_false (refills_vault_is_in_file (self->vault));
  agree (self);
  g_assert_no_error (self->refusal);
  g_assert_true (refills_vault_is_in_file (self->vault));
  begin (self);
  g_assert_nonnull (refills_placement_get_order (self->placement));
  g_assert_cmpuint (shop_fixture_count (&self->base, "POST", ORDERS), ==, 1);
}

/* The first key, which the keyring must be opened for: its prompt is closed at first. */
static void
test_locked (Fixture       *self,
             gconstpointer  data)
{
  refills_keyring_double_behave (self->keyring, REFILLS_DOUBLE_REFUSED);
  begin (self);
  expect_question (self, REFILLS_CHECKOUT_QUESTION_LOCKED);
  agree (self);
  begin (self);
  expect_question (self, REFILLS_CHECKOUT_QUESTION_LOCKED);
  refills_placement_forget (self->placement);
  expect_question (self, REFILLS_CHECKOUT_QUESTION_NONE);

  refills_keyring_double_behave (self->keyring, REFILLS_DOUBLE_LOCKED);
  begin (self);
  g_assert_nonnull (refills_placement_get_order (self->placement));
  g_assert_cmpuint (shop_fixture_count (&self->base, "POST", ORDERS), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

  g_test_add ("/placement/no-keyring", Fixture, NULL, set_up, test_no_keyring, tear_down);
  g_test_add ("/placement/locked", Fixture, NULL, set_up, test_locked, tear_down);

  return g_test_run ();
}
