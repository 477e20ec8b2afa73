/* refills-store-fixture.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The calls of the order store as plain functions that run the main loop, and orders to give it.
 */
#include "refills-store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "refills-fault-vfs.h"

#define DEADLINE_MS 20000

static GAsyncResult *
wait (GAsyncResult **result)
{
  refills_test_wait_result (result, DEADLINE_MS);

  return *result;
}

void
refills_store_fixture_set_up (RefillsStoreFixture *fixture,
                              gconstpointer        user_data)
{
  fixture->folder = refills_test_make_folder ();
  fixture->path = refills_store_fixture_path (fixture->folder);
  fixture->data = g_path_get_dirname (fixture->path);
}

void
refills_store_fixture_tear_down (RefillsStoreFixture *fixture,
                                 gconstpointer        user_data)
{
  refills_fault_vfs_set (REFILLS_FAULT_NONE, 0);
  /* A test may have closed it. */
  if (g_file_test (fixture->data, G_FILE_TEST_EXISTS))
    g_assert_cmpint (g_chmod (fixture->data, 0700), ==, 0);
  g_clear_pointer (&fixture->path, g_free);
  g_clear_pointer (&fixture->data, g_free);
  refills_test_remove_folder (fixture->folder);
}

char *
refills_store_fixture_path (const char *folder)
{
  return g_build_filename (folder, "data", "orders.db", NULL);
}

/* A key that is always the same. */
RefillsKeySet *
refills_store_fixture_keys (void)
{
  static const guint8 bytes[32] = { 1, 2, 3 };
  g_autoptr (GBytes) key = g_bytes_new_static (bytes, sizeof bytes);
  RefillsKeySet *keys = refills_key_set_new ();

  g_assert_true (refills_key_set_add (keys, "fixture", key, TRUE));

  return keys;
}

RefillsOrderStore *
refills_store_fixture_new (const char *path,
                           const char *environment)
{
  g_autoptr (RefillsKeySet) keys = refills_store_fixture_keys ();

  return refills_order_store_new (path, environment, keys);
}

void
refills_store_fixture_end (RefillsOrderStore *store)
{
  g_assert_finalize_object (store);
}

RefillsOrderRequest *
refills_store_fixture_asked (const char *brand)
{
  const RefillsOrderLineFields line_fields = {
    .brand_name = brand, .brand_color = "#123456", .country = "US", .kind = "giftcard",
    .denomination = "10", .product_value = "10", .face_label = "$10", .delivery_type = "pin",
    .beneficiary = "someone@example.org",
  };
  const RefillsOrderRequestFields fields = {
    .email = "someone@example.org", .payment_via = "wallet", .coin = "USDC", .language = "en",
    .quoted_amount = AMOUNT,
  };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (lines, refills_order_line_new (&line_fields));

  return refills_order_request_new (&fields, lines, NULL);
}

static RefillsOrderState *
read_state (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  RefillsOrderState *state = refills_order_state_new_from_bytes (bytes, &error);

  g_assert_no_error (error);

  return state;
}

RefillsStoredOrder *
refills_store_fixture_add (RefillsOrderStore  *store,
                           GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RefillsOrderRequest) asked = refills_store_fixture_asked ("Airbnb");

  refills_order_store_add_intent_async (store, asked, TRUE, refills_test_keep_result, &result);

  return refills_order_store_write_finish (store, wait (&result), error);
}

/* An order that waits for its payment. */
void
refills_store_fixture_add_placed (RefillsOrderStore *store,
                                  const char        *id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdup_printf ("{\"order_id\":\"%s\",\"order_state\":\"WaitingForPayment\","
                                           "\"payment_state\":\"\",\"coin_amount\":\"%s\","
                                           "\"wallet_address\":\"%s\"}", id, AMOUNT, ADDRESS);
  g_autoptr (RefillsStoredOrder) sending = refills_store_fixture_add (store, &error);
  g_autoptr (RefillsStoredOrder) placed = NULL;

  g_assert_no_error (error);
  placed = refills_store_fixture_answer (store, sending->row, json, &error);
  g_assert_no_error (error);
}

/* Orders o0, o1 and so on. */
void
refills_store_fixture_fill (const char *path,
                            guint       n_rows)
{
  RefillsOrderStore *store = refills_store_fixture_new (path, "practice");

  for (guint i = 0; i < n_rows; i++) {
    g_autofree char *id = g_strdup_printf ("o%u", i);

    refills_store_fixture_add_placed (store, id);
  }
  refills_store_fixture_end (store);
}

RefillsStoredOrder *
refills_store_fixture_answer (RefillsOrderStore  *store,
                              gint64              row,
                              const char         *json,
                              GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (RefillsOrderState) state = read_state (bytes);

  refills_order_store_commit_answer_async (store, row, state, bytes, refills_test_keep_result, &result);

  return refills_order_store_write_finish (store, wait (&result), error);
}

RefillsStoredOrder *
refills_store_fixture_merge (RefillsOrderStore  *store,
                             gint64              row,
                             const char         *json,
                             GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (RefillsOrderState) state = read_state (bytes);

  refills_order_store_merge_async (store, row, state, bytes, refills_test_keep_result, &result);

  return refills_order_store_write_finish (store, wait (&result), error);
}

RefillsStoredOrder *
refills_store_fixture_outcome (RefillsOrderStore    *store,
                               gint64                row,
                               RefillsOrderOutcome   outcome,
                               GError              **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  refills_order_store_commit_outcome_async (store, row, outcome, refills_test_keep_result, &result);

  return refills_order_store_write_finish (store, wait (&result), error);
}

GPtrArray *
refills_store_fixture_list_sealed (RefillsOrderStore  *store,
                                   GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  refills_order_store_list_async (store, NULL, refills_test_keep_result, &result);

  return refills_order_store_list_finish (store, wait (&result), error);
}

RefillsStoredOrder *
refills_store_fixture_open (RefillsOrderStore  *store,
                            gint64              row,
                            GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  refills_order_store_open_async (store, row, NULL, refills_test_keep_result, &result);

  return refills_order_store_open_finish (store, wait (&result), error);
}

/* Every row opened. */
GPtrArray *
refills_store_fixture_list (RefillsOrderStore  *store,
                            GError            **error)
{
  g_autoptr (GPtrArray) rows = refills_store_fixture_list_sealed (store, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    g_autoptr (GError) refusal = NULL;
    RefillsStoredOrder *sealed = rows->pdata[i];

    rows->pdata[i] = refills_store_fixture_open (store, sealed->row, &refusal);
    g_assert_no_error (refusal);
    refills_stored_order_free (sealed);
  }

  return g_steal_pointer (&rows);
}

char *
refills_store_fixture_reveal (RefillsOrderStore  *store,
                              gint64              row,
                              guint               delivery,
                              RefillsSecret       secret,
                              GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  refills_order_store_reveal_async (store, row, delivery, secret, NULL, refills_test_keep_result, &result);

  return refills_order_store_reveal_finish (store, wait (&result), error);
}

GBytes *
refills_store_fixture_read (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *contents = NULL;
  gsize length = 0;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (contents, length);
}

/* How many names in @folder hold @part. */
guint
refills_store_fixture_count (const char *folder,
                             const char *part)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint count = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    count += strstr (name, part) != NULL;

  return count;
}
