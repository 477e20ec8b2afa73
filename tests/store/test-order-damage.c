/* test-order-damage.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is left of a damaged file.
 */
#include "refills-store-fixture.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "refills-db.h"
#include "refills-error.h"
#include "refills-fault-vfs.h"
#include "refills-order-store-keys.h"

#define N_ROWS 40
#define DEADLINE_MS 10000

typedef struct {
  char *folder;
  char *data;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->folder = refills_test_make_folder ();
  fixture->path = refills_store_fixture_path (fixture->folder);
  fixture->data = g_path_get_dirname (fixture->path);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  refills_fault_vfs_set (REFILLS_FAULT_NONE, 0);
  g_clear_pointer (&fixture->path, g_free);
  g_clear_pointer (&fixture->data, g_free);
  refills_test_remove_folder (fixture->folder);
}

static void
add_placed (RefillsOrderStore *store,
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

static void
damage (const char *path,
        gsize       offset,
        gsize       length)
{
  FILE *file = g_fopen (path, "r+b");
  g_autofree char *garbage = g_strnfill (length, '\xff');

  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, (long) offset, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (garbage, 1, length, file), ==, length);
  g_assert_cmpint (fclose (file), ==, 0);
}

static char *
find_aside (Fixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->data, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    if (strstr (name, ".damaged-") != NULL && !g_str_has_suffix (name, "-shm") &&
        !g_str_has_suffix (name, "-wal"))
      return g_build_filename (fixture->data, name, NULL);

  return NULL;
}

static void
fill (Fixture *fixture,
      guint    n_rows)
{
  RefillsOrderStore *store = refills_store_fixture_new (fixture->path, "practice");

  for (guint i = 0; i < n_rows; i++) {
    g_autofree char *id = g_strdup_printf ("o%u", i);

    add_placed (store, id);
  }
  refills_store_fixture_end (store);
}

static void
execute (Fixture    *fixture,
         const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsDb) db = refills_db_open (fixture->path, &error);

  g_assert_no_error (error);
  refills_db_execute (db, sql, &error);
  g_assert_no_error (error);
}

static void
delete_row (Fixture *fixture,
            guint    row)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM orders WHERE row = %u", row);

  execute (fixture, sql);
}

static void
test_damaged_page (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (RefillsStoredOrder) next = NULL;
  g_autofree char *aside = NULL;
  RefillsOrderStore *store;
  gsize size;

  fill (fixture, N_ROWS + 1);
  /* Its number must not come again. */
  delete_row (fixture, N_ROWS + 1);
  before = refills_store_fixture_read (fixture->path);
  size = g_bytes_get_size (before);
  g_clear_pointer (&before, g_bytes_unref);
  damage (fixture->path, size / 2 / 4096 * 4096, 2 * 4096);
  before = refills_store_fixture_read (fixture->path);

  store = refills_store_fixture_new (fixture->path, "practice");
  rows = refills_store_fixture_list (store, &error);
  g_assert_no_error (error);
  g_test_message ("%u of %u rows", rows->len, N_ROWS);
  g_assert_cmpuint (rows->len, >=, N_ROWS / 2);
  g_assert_cmpuint (rows->len, <, N_ROWS);
  for (guint i = 0; i < rows->len; i++) {
    const RefillsStoredOrder *row = rows->pdata[i];
    g_autofree char *id = g_strdup_printf ("o%u", (guint) row->row - 1);

    g_assert_cmpstr (refills_order_state_get_order_id (row->state), ==, id);
  }
  aside = find_aside (fixture);
  g_assert_nonnull (aside);
  kept = refills_store_fixture_read (aside);
  g_assert_true (g_bytes_equal (before, kept));
  next = refills_store_fixture_add (store, &error);
  g_assert_no_error (error);
  g_assert_cmpint (next->row, ==, N_ROWS + 2);
  refills_store_fixture_end (store);
}

static guint
find_page (Fixture    *fixture,
           const char *table)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsDb) db = refills_db_open (fixture->path, &error);
  g_autoptr (RefillsDbStatement) statement = NULL;
  gboolean has_row = FALSE;

  g_assert_no_error (error);
  statement = refills_db_prepare (db, "SELECT rootpage FROM sqlite_schema WHERE name = ?", &error);
  g_assert_no_error (error);
  refills_db_statement_bind_text (statement, 1, table);
  g_assert_true (refills_db_statement_step (statement, &has_row, &error));
  g_assert_true (has_row);

  return (guint) refills_db_statement_get_int (statement, 0);
}

/* A damaged page with the keys on it costs no order either. */
static void
test_damaged_keys (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) keys = NULL;
  RefillsOrderStore *store;

  fill (fixture, 1);
  execute (fixture, "INSERT INTO keys (name, made_at, place, proof, wrapped) VALUES ('a', 1, 0, x'01', x'02');"
                    "UPDATE keys SET wrapped = x'03'");
  damage (fixture->path, (find_page (fixture, "keys") - 1) * 4096, 4096);
  store = refills_store_fixture_new (fixture->path, "practice");
  refills_order_store_list_keys_async (store, NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, DEADLINE_MS);
  keys = refills_order_store_list_keys_finish (store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (keys->len, ==, 1);
  g_assert_cmpstr (((RefillsKeyRecord *) keys->pdata[0])->name, ==, "a");
  g_assert_cmpmem (g_bytes_get_data (((RefillsKeyRecord *) keys->pdata[0])->wrapped, NULL), 1, "\x03", 1);
  g_clear_object (&result);
  refills_store_fixture_end (store);
}

/* Writes that were lost left the claim where it was before: that costs no order. */
static void
test_damaged_claims (Fixture       *fixture,
                     gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GBytes) before = NULL;
  RefillsOrderStore *store;

  fill (fixture, N_ROWS);
  execute (fixture, "DROP INDEX orders_claim; UPDATE orders SET claim = 1, superseded_by = NULL");
  before = refills_store_fixture_read (fixture->path);
  damage (fixture->path, g_bytes_get_size (before) / 2 / 4096 * 4096, 2 * 4096);
  store = refills_store_fixture_new (fixture->path, "practice");
  rows = refills_store_fixture_list (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, >=, N_ROWS / 2);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpint (((RefillsStoredOrder *) rows->pdata[i])->superseded_by, ==, i == 0 ? 0 : N_ROWS);
  refills_store_fixture_end (store);
}

static void
test_no_database (Fixture       *fixture,
                  gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *aside = NULL;
  RefillsOrderStore *store;

  fill (fixture, 1);
  damage (fixture->path, 0, 4096);
  store = refills_store_fixture_new (fixture->path, "practice");
  rows = refills_store_fixture_list (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 0);
  aside = find_aside (fixture);
  g_assert_nonnull (aside);
  add_placed (store, "o1");
  refills_store_fixture_end (store);
}

/* With no room for the mended file the damaged one stays where it is, and all is tried again later. */
static void
test_damaged_and_full (Fixture       *fixture,
                       gconstpointer  user_data)
{
  gboolean is_done = FALSE;
  guint n_refused = 0;
  RefillsOrderStore *store;

  fill (fixture, N_ROWS);
  damage (fixture->path, 12 * 4096, 2 * 4096);
  store = refills_store_fixture_new (fixture->path, "practice");
  for (int after = 0; !is_done; after++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) rows = NULL;

    refills_fault_vfs_set (REFILLS_FAULT_FULL, after);
    rows = refills_store_fixture_list (store, &error);
    is_done = rows != NULL;
    if (is_done)
      g_assert_cmpuint (rows->len, >=, N_ROWS / 2);
    else
      n_refused++;
    g_assert_cmpuint (refills_store_fixture_count (fixture->data, ".damaged-") > 0, ==, is_done);
  }
  g_assert_cmpuint (n_refused, >=, 2);
  refills_fault_vfs_set (REFILLS_FAULT_NONE, 0);
  refills_store_fixture_end (store);
}

static void
test_damaged_and_in_use (Fixture       *fixture,
                         gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  RefillsOrderStore *user = refills_store_fixture_new (fixture->path, "practice");
  RefillsOrderStore *store = refills_store_fixture_new (fixture->path, "practice");
  g_autoptr (GPtrArray) rows = NULL;

  fill (fixture, N_ROWS);
  rows = refills_store_fixture_list (user, &error);
  g_assert_no_error (error);
  damage (fixture->path, 0, 8192);
  g_assert_null (refills_store_fixture_list (store, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE);
  g_assert_cmpuint (refills_store_fixture_count (fixture->data, ".damaged-"), ==, 0);
  refills_store_fixture_end (user);
  g_clear_pointer (&rows, g_ptr_array_unref);
  g_clear_error (&error);
  rows = refills_store_fixture_list (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (refills_store_fixture_count (fixture->data, ".damaged-"), >=, 1);
  refills_store_fixture_end (store);
}

/* Ended between mending and swapping. */
static void
test_half_swapped (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *mended = g_strconcat (fixture->path, ".mended", NULL);
  RefillsOrderStore *store;

  fill (fixture, 3);
  g_assert_cmpint (g_rename (fixture->path, mended), ==, 0);
  if (user_data != NULL) {
    g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);

    g_assert_true (g_file_set_contents (fixture->path, "damaged", -1, NULL));
    g_assert_true (g_file_set_contents (log, "its log", -1, NULL));
  }
  store = refills_store_fixture_new (fixture->path, "practice");
  rows = refills_store_fixture_list (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_false (g_file_test (mended, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (refills_store_fixture_count (fixture->data, ".damaged-"), ==, user_data != NULL ? 2 : 0);
  refills_store_fixture_end (store);
}

#define ADD(name, data, function) \
  g_test_add ("/order-damage/" name, Fixture, data, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);
  refills_fault_vfs_register ();
  ADD ("page", NULL, test_damaged_page);
  ADD ("keys", NULL, test_damaged_keys);
  ADD ("claims", NULL, test_damaged_claims);
  ADD ("no-database", NULL, test_no_database);
  ADD ("and-full", NULL, test_damaged_and_full);
  ADD ("and-in-use", NULL, test_damaged_and_in_use);
  ADD ("half-swapped/moved", NULL, test_half_swapped);
  ADD ("half-swapped/not-moved", "damaged", test_half_swapped);

  return g_test_run ();
}
