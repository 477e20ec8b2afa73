/* test-order-salvage.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files with sealed orders that were cut, overwritten or flipped, wherever that was.
 */
#include "refills-store-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "refills-db.h"
#include "refills-error.h"
#include "refills-order-check.h"
#include "refills-order-store-keys.h"

#define N_DAMAGED_ROWS 12
#define N_DAMAGES 120
#define PAGE_BYTES 4096

/* Adds a record as the vault does, so that there is a copy of it. */
static void
key_added_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  gboolean *is_added = user_data;

  *is_added = refills_order_store_write_key_finish (REFILLS_ORDER_STORE (source), result, NULL);
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
add_key (RefillsOrderStore *store)
{
  g_autoptr (GBytes) data_key = g_bytes_new_static ("data key data key data key data", 32);
  g_autoptr (GBytes) wrapping_key = g_bytes_new_static ("wrapping key wrapping key wrapp", 32);
  g_autoptr (RefillsKeyRecord) record =
    refills_key_record_new (data_key, wrapping_key, REFILLS_KEY_PLACE_KEYRING, NULL);
  g_autoptr (RefillsKeySet) keys = refills_store_fixture_keys ();
  gboolean is_added = FALSE;

  g_free (record->name); /* the fixture's orders are sealed with its key */
  record->name = refills_key_set_dup_current (keys);
  refills_order_store_add_key_async (store, record, key_added_cb, &is_added);
  refills_test_run_until (is_true, &is_added, 5000, "the key is recorded");
}

static void
keys_listed_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  GPtrArray **records = user_data;
  g_autoptr (GError) error = NULL;

  *records = refills_order_store_list_keys_finish (REFILLS_ORDER_STORE (source), result, &error);
  g_assert_no_error (error);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static GPtrArray *
list_keys (RefillsOrderStore *store)
{
  GPtrArray *records = NULL;

  refills_order_store_list_keys_async (store, NULL, keys_listed_cb, &records);
  refills_test_run_until (is_set, &records, 5000, "the keys are listed");

  return records;
}

static guint
count_keys (const char *path)
{
  g_autoptr (RefillsDb) db = refills_db_open (path, NULL);
  g_autoptr (RefillsDbStatement) statement = refills_db_prepare (db, "SELECT count(*) FROM keys NOT INDEXED", NULL);
  gboolean has_row = FALSE;

  g_assert_true (refills_db_statement_step (statement, &has_row, NULL) && has_row);

  return (guint) refills_db_statement_get_int (statement, 0);
}

/* Whatever was done to the file: it opens, what is listed is whole, and the old file is kept where anything is missing.
 * Returns: how many orders are left */
static guint
check_damaged (RefillsStoreFixture    *fixture,
               const char *what)
{
  RefillsOrderStore *store = refills_store_fixture_new (fixture->path, "practice");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  guint n_whole = 0;

  g_test_message ("%s", what);
  /* As at every start. */
  g_ptr_array_unref (list_keys (store));
  rows = refills_store_fixture_list_sealed (store, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++) {
    const RefillsStoredOrder *sealed = rows->pdata[i];
    g_autofree char *id = g_strdup_printf ("o%" G_GINT64_FORMAT, sealed->row);
    g_autofree char *code = NULL;
    g_autoptr (RefillsStoredOrder) row = NULL;

    /* A bit of what is sealed is no damage to the database; then that order is refused, or made from its answers. */
    row = refills_store_fixture_open (store, sealed->row, NULL);
    if (row == NULL || row->state == NULL)
      continue;
    g_assert_cmpstr (refills_order_state_get_order_id (row->state), ==, id);
    code = refills_store_fixture_reveal (store, sealed->row, 0, REFILLS_SECRET_CODE, NULL);
    if (code != NULL)
      g_assert_cmpstr (code, ==, "SECRET");
    n_whole++;
  }
  if (n_whole < N_DAMAGED_ROWS && rows->len < N_DAMAGED_ROWS)
    g_assert_cmpuint (refills_store_fixture_count (fixture->data, ".damaged-"), >, 0);
  /* And it goes on from there. */
  refills_stored_order_free (refills_store_fixture_add (store, &error));
  g_assert_no_error (error);
  refills_store_fixture_end (store);
  if (n_whole > 0)
    g_assert_cmpuint (count_keys (fixture->path), ==, 1);

  return n_whole;
}

static void
clear_data (RefillsStoreFixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->data, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (fixture->data, name, NULL);

    if (!g_str_has_suffix (name, ".keys"))
      g_unlink (file);
  }
}

/* Cuts, flipped bits, zeros at the end and overwritten pages, all over the file. */
static void
test_damages (RefillsStoreFixture *fixture,
              gconstpointer        user_data)
{
  RefillsOrderStore *store = refills_store_fixture_new (fixture->path, "practice");
  g_autoptr (GBytes) whole = NULL;
  gsize size = 0;
  guint n_left = 0;

  add_key (store);
  for (guint i = 1; i <= N_DAMAGED_ROWS; i++) {
    g_autofree char *id = g_strdup_printf ("o%u", i);
    g_autofree char *json = g_strdup_printf (DONE ("%s", "SECRET"), id);

    refills_stored_order_free (refills_store_fixture_add (store, NULL));
    refills_stored_order_free (refills_store_fixture_answer (store, i, json, NULL));
  }
  refills_store_fixture_end (store);
  whole = refills_store_fixture_read (fixture->path);
  size = g_bytes_get_size (whole);

  for (guint i = 1; i < N_DAMAGES; i++) {
    g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (whole, NULL), size);
    gsize at = size * i / N_DAMAGES + i % 7;
    g_autofree char *what = g_strdup_printf ("damage %u of kind %u at %" G_GSIZE_FORMAT, i, i % 4, at);
    gsize length = size;

    switch (i % 4) {
    case 0:
      length = at;
      break;
    case 1:
      data[at] ^= (guint8) (1 << (i % 8));
      break;
    case 2:
      memset (data + at, 0, size - at);
      break;
    default:
      memset (data + at / PAGE_BYTES * PAGE_BYTES, 0xff, PAGE_BYTES);
      break;
    }
    clear_data (fixture);
    g_assert_true (g_file_set_contents (fixture->path, (const char *) data, (gssize) length, NULL));
    n_left += check_damaged (fixture, what);
  }
  g_test_message ("%u of %u orders were whole", n_left, N_DAMAGES * N_DAMAGED_ROWS);
  g_assert_cmpuint (n_left, >, N_DAMAGES * N_DAMAGED_ROWS / 3);
}

/* The only page of the table of keys. */
static void
test_damaged_keys (RefillsStoreFixture *fixture,
                   gconstpointer        user_data)
{
  RefillsOrderStore *store = refills_store_fixture_new (fixture->path, "practice");
  g_autoptr (RefillsDb) db = NULL;
  g_autoptr (RefillsDbStatement) root = NULL;
  g_autofree char *contents = NULL;
  gboolean has_row = FALSE;
  gsize length = 0;
  gsize page = 0;

  add_key (store);
  refills_stored_order_free (refills_store_fixture_add (store, NULL));
  refills_stored_order_free (refills_store_fixture_answer (store, 1, DONE ("o1", "SECRET"), NULL));
  refills_store_fixture_end (store);
  db = refills_db_open (fixture->path, NULL);
  root = refills_db_prepare (db, "SELECT rootpage FROM sqlite_master WHERE name = 'keys'", NULL);
  g_assert_true (refills_db_statement_step (root, &has_row, NULL) && has_row);
  page = (gsize) refills_db_statement_get_int (root, 0);
  g_clear_pointer (&root, refills_db_statement_free);
  g_clear_pointer (&db, refills_db_close);
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  memset (contents + (page - 1) * PAGE_BYTES, user_data != NULL ? 0xff : 0, PAGE_BYTES);
  g_assert_true (g_file_set_contents (fixture->path, contents, (gssize) length, NULL));

  g_assert_true (refills_order_check_is_damaged (fixture->path, NULL));
  store = refills_store_fixture_new (fixture->path, "practice");
  g_ptr_array_unref (list_keys (store));
  g_assert_cmpuint (refills_order_store_get_condition (store), ==, REFILLS_STORE_CONDITION_MENDED);
  refills_store_fixture_end (store);
  g_assert_cmpuint (count_keys (fixture->path), ==, 1);
}

#define ADD(name, data, function) \
  g_test_add ("/order-salvage/" name, RefillsStoreFixture, data, refills_store_fixture_set_up, function, \
              refills_store_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  ADD ("anywhere", NULL, test_damages);
  ADD ("keys/zeros", NULL, test_damaged_keys);
  ADD ("keys/ones", "", test_damaged_keys);

  return g_test_run ();
}
