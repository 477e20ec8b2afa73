/* test-history.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-error.h"
#include "refills-history.h"
#include "refills-order-store.h"
#include "refills-secret-keyring.h"
#include "refills-test.h"
#include "refills-vault-private.h"

#define DEADLINE_MS 20000
#define ORDER(state, more) \
  "{\"order_id\":\"o1\",\"order_state\":\"" state "\",\"payment_state\":\"\",\"deliveries\":[{\"id\":\"d1\"," \
  "\"delivery_state\":\"Created\",\"deliverable\":{\"brand_name\":\"Steam\"" more "}}]}"

typedef struct {
  char               *folder;
  char               *path;
  RefillsEnvironment *environment;
  RefillsHistory     *history;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->folder = refills_test_make_folder ();
  fixture->environment = refills_environment_new_for_uri ("1", NULL, "http://127.0.0.1:1", NULL);
  g_free (fixture->environment->data_folder); /* a plain struct, with fields to be set */
  fixture->environment->data_folder = g_build_filename (fixture->folder, "data", NULL);
  fixture->path = g_build_filename (fixture->environment->data_folder, "orders.db", NULL);
  fixture->history = refills_history_new (fixture->environment);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_clear_object (&fixture->history);
  g_clear_pointer (&fixture->environment, refills_environment_free);
  g_clear_pointer (&fixture->path, g_free);
  refills_test_remove_folder (g_steal_pointer (&fixture->folder));
}

static GPtrArray *
list (Fixture  *fixture,
      GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  refills_history_list_async (fixture->history, refills_test_keep_result, &result);
  refills_test_wait_result (&result, DEADLINE_MS);

  return refills_history_list_finish (fixture->history, result, error);
}

static RefillsOrderRequest *
make_request (void)
{
  const RefillsOrderLineFields line = {
    .brand_name = "Steam", .country = "US", .kind = "giftcard", .denomination = "10 USD", .face_label = "$10",
    .delivery_type = "by_email", .beneficiary = "ada@example.com",
  };
  const RefillsOrderRequestFields fields = {
    .email = "ada@example.com", .payment_via = "USER_WALLET", .coin = "USDC", .language = "en",
  };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (lines, refills_order_line_new (&line));

  return refills_order_request_new (&fields, lines, NULL);
}

/* An order as the window leaves it: placed, where @json is given. */
static void
leave_order (Fixture    *fixture,
             const char *environment,
             const char *json)
{
  g_autoptr (RefillsKeySet) keys = refills_key_set_new ();
  g_autoptr (RefillsKeyring) keyring = refills_secret_keyring_new ();
  RefillsOrderStore *store = refills_order_store_new (fixture->path, environment, keys);
  g_autoptr (RefillsVault) vault = refills_vault_new (fixture->environment, store, keys, keyring);
  g_autoptr (GAsyncResult) prepared = NULL;
  g_autoptr (RefillsOrderRequest) asked = make_request ();
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (RefillsStoredOrder) stored = NULL;

  refills_vault_prepare_async (vault, NULL, refills_test_keep_result, &prepared);
  refills_test_wait_result (&prepared, DEADLINE_MS);
  g_assert_true (refills_vault_finish (vault, prepared, NULL));
  g_clear_object (&prepared);
  g_clear_object (&vault);
  refills_order_store_add_intent_async (store, asked, TRUE, refills_test_keep_result, &added);
  refills_test_wait_result (&added, DEADLINE_MS);
  stored = refills_order_store_write_finish (store, added, NULL);
  g_clear_object (&added);
  if (json != NULL) {
    g_autoptr (GBytes) answer = g_bytes_new (json, strlen (json));
    g_autoptr (RefillsOrderState) state = refills_order_state_new_from_bytes (answer, NULL);
    g_autoptr (RefillsStoredOrder) placed = NULL;
    g_autoptr (GAsyncResult) answered = NULL;

    refills_order_store_commit_answer_async (store, stored->row, state, answer, refills_test_keep_result, &answered);
    refills_test_wait_result (&answered, DEADLINE_MS);
    placed = refills_order_store_write_finish (store, answered, NULL);
    g_assert_nonnull (placed);
    g_clear_object (&answered);
  }
  refills_order_store_drain (store);
  g_assert_finalize_object (store);
}

static void
test_looking_writes_nothing (Fixture       *fixture,
                             gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) orders = list (fixture, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (orders->len, ==, 0);
  g_assert_false (g_file_test (fixture->environment->data_folder, G_FILE_TEST_EXISTS));
}

static void
test_no_folder (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) orders = NULL;
  g_autofree char *text = NULL;

  /* Nobody, root included, makes a folder below a file. */
  g_assert_true (g_file_set_contents (fixture->environment->data_folder, "a file", -1, NULL));
  orders = list (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (orders->len, ==, 0);
  text = refills_history_dup_condition_text (fixture->history);
  g_assert_nonnull (text);
}

static void
test_every_server (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (GPtrArray) orders = NULL;
  const RefillsPastOrder *newest = NULL;
  const RefillsPastOrder *oldest = NULL;

  leave_order (fixture, "practice", ORDER ("WaitingForPayment", ""));
  leave_order (fixture, "http://127.0.0.1", ORDER ("WaitingForPayment", ""));
  orders = list (fixture, NULL);
  g_assert_cmpuint (orders->len, ==, 2);
  newest = orders->pdata[0];
  oldest = orders->pdata[1];
  g_assert_cmpstr (newest->environment, ==, "http://127.0.0.1");
  g_assert_true (newest->is_own);
  g_assert_cmpstr (oldest->environment, ==, "practice");
  g_assert_false (oldest->is_own);
  g_assert_cmpint (refills_order_get_outcome (oldest->order), ==, REFILLS_ORDER_OUTCOME_PLACED);
  g_assert_cmpstr (refills_order_state_get_order_id (refills_order_get_state (oldest->order)), ==, "o1");
}

static RefillsOrderState *
read_order (Fixture       *fixture,
            RefillsOrder  *order,
            GBytes       **answer,
            GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  refills_history_read_async (fixture->history, order, refills_test_keep_result, &result);
  refills_test_wait_result (&result, DEADLINE_MS);

  return refills_history_read_finish (fixture->history, result, answer, error);
}

static gboolean
save (Fixture       *fixture,
      RefillsOrder  *order,
      const char    *json,
      GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) answer = g_bytes_new (json, strlen (json));
  g_autoptr (RefillsOrderState) state = refills_order_state_new_from_bytes (answer, NULL);

  refills_history_save_async (fixture->history, order, state, answer, refills_test_keep_result, &result);
  refills_test_wait_result (&result, DEADLINE_MS);

  return refills_history_save_finish (fixture->history, result, error);
}

static void
test_save_and_read (Fixture       *fixture,
                    gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) orders = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (RefillsOrderState) state = NULL;
  RefillsOrder *own = NULL;
  RefillsOrder *foreign = NULL;

  leave_order (fixture, "practice", ORDER ("WaitingForPayment", ""));
  leave_order (fixture, "http://127.0.0.1", ORDER ("WaitingForPayment", ""));
  orders = list (fixture, NULL);
  own = ((RefillsPastOrder *) orders->pdata[0])->order;
  foreign = ((RefillsPastOrder *) orders->pdata[1])->order;

  g_assert_true (save (fixture, own, ORDER ("Done", ",\"pin_code\":\"C-1\""), &error));
  g_assert_no_error (error);
  g_assert_cmpint (refills_order_get_phase (own), ==, REFILLS_ORDER_PHASE_DONE);
  state = read_order (fixture, own, &answer, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (refills_delivery_get_secret (refills_order_state_get_delivery (state, 0), REFILLS_SECRET_CODE),
                   ==, "C-1");
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (answer, NULL), (gssize) g_bytes_get_size (answer), "C-1"));

  /* Another server's order is read, and not written. */
  g_assert_false (save (fixture, foreign, ORDER ("Done", ""), &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND);
}

static void
test_no_answer (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) orders = NULL;
  g_autoptr (GBytes) answer = NULL;

  /* The process that sent it is gone: nobody can tell any more. */
  leave_order (fixture, "http://127.0.0.1", NULL);
  orders = list (fixture, NULL);
  g_assert_cmpint (refills_order_get_outcome (((RefillsPastOrder *) orders->pdata[0])->order), ==,
                   REFILLS_ORDER_OUTCOME_UNKNOWN);
  g_assert_null (read_order (fixture, ((RefillsPastOrder *) orders->pdata[0])->order, &answer, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND);
  g_assert_null (answer);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

#define ADD(name, function) g_test_add ("/history/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("looking-writes-nothing", test_looking_writes_nothing);
  ADD ("no-folder", test_no_folder);
  ADD ("every-server", test_every_server);
  ADD ("save-and-read", test_save_and_read);
  ADD ("no-answer", test_no_answer);
#undef ADD

  return g_test_run ();
}
