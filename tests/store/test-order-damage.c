/* test-order-damage.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is left of a damaged file.
 */
#define _GNU_SOURCE /* memmem */
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
find_aside (RefillsStoreFixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->data, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    if (strstr (name, ".damaged-") != NULL && !g_str_has_suffix (name, "-shm") &&
        !g_str_has_suffix (name, "-wal") && !g_str_has_suffix (name, ".keys"))
      return g_build_filename (fixture->data, name, NULL);

  return NULL;
}

static void
execute (RefillsStoreFixture *fixture,
         const char          *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsDb) db = refills_db_open (fixture->path, &error);

  g_assert_no_error (error);
  refills_db_execute (db, sql, &error);
  g_assert_no_error (error);
}

static void
delete_row (RefillsStoreFixture *fixture,
            guint                row)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM orders WHERE row = %u", row);

  execute (fixture, sql);
}

static void
test_damaged_page (RefillsStoreFixture *fixture,
                   gconstpointer        user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (RefillsStoredOrder) next = NULL;
  g_autofree char *aside = NULL;
  RefillsOrderStore *store;
  gsize size;

  refills_store_fixture_fill (fixture->path, N_ROWS + 1);
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
find_page (RefillsStoreFixture *fixture,
           const char          *table)
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
test_damaged_keys (RefillsStoreFixture *fixture,
                   gconstpointer        user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) keys = NULL;
  RefillsOrderStore *store;

  refills_store_fixture_fill (fixture->path, 1);
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
test_damaged_claims (RefillsStoreFixture *fixture,
                     gconstpointer        user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GBytes) before = NULL;
  RefillsOrderStore *store;

  refills_store_fixture_fill (fixture->path, N_ROWS);
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

static gboolean
is_mended (gpointer store)
{
  return refills_order_store_get_condition (store) == REFILLS_STORE_CONDITION_MENDED;
}

static GPtrArray *
list (RefillsOrderStore *store)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = refills_store_fixture_list_sealed (store, &error);

  g_assert_no_error (error);

  return rows;
}

/* Where the uuid of each row is in the file; the header of its record is in front of it. */
static GArray *
find_uuids (RefillsStoreFixture *fixture,
            GBytes              *file)
{
  g_autoptr (RefillsDb) db = refills_db_open (fixture->path, NULL);
  g_autoptr (RefillsDbStatement) select = refills_db_prepare (db, "SELECT uuid FROM orders ORDER BY row", NULL);
  GArray *offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  const char *begin = g_bytes_get_data (file, NULL);
  gboolean has_row = FALSE;

  while (refills_db_statement_step (select, &has_row, NULL) && has_row) {
    g_autoptr (GBytes) uuid = refills_db_statement_get_bytes (select, 0);
    const char *found = memmem (begin, g_bytes_get_size (file), g_bytes_get_data (uuid, NULL), g_bytes_get_size (uuid));
    gsize offset = 0;

    g_assert_nonnull (found);
    offset = (gsize) (found - begin);
    g_array_append_val (offsets, offset);
  }

  return offsets;
}

/* What is listed of a file that was zeroed from @from on: nothing that is made of zeros, and all that was not. */
static void
check_zeroes (RefillsStoreFixture *fixture,
              GBytes              *whole,
              GArray              *uuids,
              gsize                from)
{
  g_autofree char *zeroed = g_memdup2 (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole));
  RefillsOrderStore *store = refills_store_fixture_new (fixture->path, "practice");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GHashTable) listed = g_hash_table_new (NULL, NULL);

  g_test_message ("zeroes at %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT, from, g_bytes_get_size (whole));
  memset (zeroed + from, 0, g_bytes_get_size (whole) - from);
  g_assert_true (g_file_set_contents (fixture->path, zeroed, (gssize) g_bytes_get_size (whole), NULL));
  rows = list (store);
  for (guint i = 0; i < rows->len; i++) {
    const RefillsStoredOrder *row = rows->pdata[i];

    g_assert_cmpint (row->row, >=, 1);
    g_assert_cmpint (row->row, <=, (gint64) uuids->len);
    g_assert_cmpstr (row->environment, ==, "practice");
    g_assert_cmpint (row->created_at, >, 0);
    g_assert_true (g_hash_table_add (listed, GINT_TO_POINTER ((int) row->row)));
  }
  for (guint i = 0; i < uuids->len; i++)
    if (g_array_index (uuids, gsize, i) + 16 <= from)
      g_assert_true (g_hash_table_contains (listed, GINT_TO_POINTER ((int) i + 1)));
  g_assert_true (is_mended (store));
  refills_store_fixture_end (store);
}

/* Zeros in the place of a record are a record to SQLite. A page of which its own list of cells was left, or half of it,
 * as with 94221 and 95068 of 106496 bytes. */
static void
test_zeroes (RefillsStoreFixture *fixture,
             gconstpointer        user_data)
{
  gsize within_page = GPOINTER_TO_SIZE (user_data);
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GArray) uuids = NULL;
  const guint8 *data = NULL;
  guint n_pages = 0;

  refills_store_fixture_fill (fixture->path, 12);
  whole = refills_store_fixture_read (fixture->path);
  uuids = find_uuids (fixture, whole);
  data = g_bytes_get_data (whole, NULL);
  for (gsize page = 4096; page < g_bytes_get_size (whole); page += 4096)
    if (data[page] == 0x0d && data[page + 4] > 0) {
      check_zeroes (fixture, whole, uuids, page + within_page);
      n_pages++;
    }
  g_assert_cmpuint (n_pages, >=, 4);
}

/* What all orders are found by. */
static void
test_lost_root (RefillsStoreFixture *fixture,
                gconstpointer        user_data)
{
  RefillsOrderStore *store;
  g_autoptr (GPtrArray) rows = NULL;

  refills_store_fixture_fill (fixture->path, N_ROWS);
  damage (fixture->path, (find_page (fixture, "orders") - 1) * 4096, 4096);
  store = refills_store_fixture_new (fixture->path, "practice");
  rows = list (store);
  g_assert_cmpuint (rows->len, ==, N_ROWS);
  refills_store_fixture_end (store);
}

/* Where a list reads nothing: it is found out by itself, and nothing is lost. */
static void
test_unlisted (RefillsStoreFixture *fixture,
               gconstpointer        user_data)
{
  RefillsOrderStore *store;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autofree char *aside = NULL;

  refills_store_fixture_fill (fixture->path, N_ROWS);
  damage (fixture->path, (find_page (fixture, user_data) - 1) * 4096, 4096);
  store = refills_store_fixture_new (fixture->path, "practice");
  before = list (store);
  g_assert_cmpuint (before->len, ==, N_ROWS);
  refills_test_run_until (is_mended, store, DEADLINE_MS, "the file is mended");
  aside = find_aside (fixture);
  g_assert_nonnull (aside);
  after = list (store);
  g_assert_cmpuint (after->len, ==, N_ROWS);
  refills_store_fixture_end (store);
}

/* A letter of the schema is no damage to SQLite. */
static void
test_schema (RefillsStoreFixture *fixture,
             gconstpointer        user_data)
{
  const char * const *words = user_data;
  g_autofree char *contents = NULL;
  char *found = NULL;
  gsize length = 0;
  RefillsOrderStore *store;
  g_autoptr (GPtrArray) rows = NULL;

  refills_store_fixture_fill (fixture->path, 3);
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  found = memmem (contents, length, words[0], strlen (words[0]));
  g_assert_nonnull (found);
  memcpy (found, words[1], strlen (words[1]));
  g_assert_true (g_file_set_contents (fixture->path, contents, (gssize) length, NULL));
  store = refills_store_fixture_new (fixture->path, "practice");
  rows = list (store);
  g_assert_cmpuint (rows->len, ==, 3);
  refills_test_run_until (is_mended, store, DEADLINE_MS, "the file is mended");
  refills_store_fixture_end (store);
}

/* The header: with which version it is written, and the number of our own version. */
static void
test_header (RefillsStoreFixture *fixture,
             gconstpointer        user_data)
{
  gsize offset = GPOINTER_TO_SIZE (user_data);
  g_autofree char *contents = NULL;
  gsize length = 0;
  RefillsOrderStore *store;
  g_autoptr (GPtrArray) rows = NULL;

  refills_store_fixture_fill (fixture->path, 3);
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  contents[offset] ^= offset == 18 ? 4 : 2;
  g_assert_true (g_file_set_contents (fixture->path, contents, (gssize) length, NULL));
  store = refills_store_fixture_new (fixture->path, "practice");
  rows = list (store);
  g_assert_cmpuint (rows->len, ==, 3);
  refills_test_run_until (is_mended, store, DEADLINE_MS, "the file is mended");
  refills_store_fixture_end (store);
}

/* Each is there three times: one that differs is not believed. */
static void
test_flipped_key (RefillsStoreFixture *fixture,
                  gconstpointer        user_data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (GError) error = NULL;
  RefillsOrderStore *store;
  const RefillsKeyRecord *key = NULL;

  refills_store_fixture_fill (fixture->path, 1);
  store = refills_store_fixture_new (fixture->path, "practice");
  {
    g_autoptr (RefillsKeyRecord) record = g_new0 (RefillsKeyRecord, 1);

    execute (fixture, "UPDATE orders SET key = NULL");
    record->name = g_strdup ("key");
    record->made_at = 1;
    record->proof = g_bytes_new_static ("proof", 5);
    record->wrapped = g_bytes_new_static ("wrapped", 7);
    refills_order_store_add_key_async (store, record, refills_test_keep_result, &result);
    refills_test_wait_result (&result, DEADLINE_MS);
    g_assert_true (refills_order_store_write_key_finish (store, result, &error));
    g_assert_no_error (error);
    g_clear_object (&result);
  }
  refills_store_fixture_end (store);
  execute (fixture, "DROP TRIGGER keys_changed");
  execute (fixture, user_data);
  store = refills_store_fixture_new (fixture->path, "practice");
  refills_order_store_list_keys_async (store, NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, DEADLINE_MS);
  keys = refills_order_store_list_keys_finish (store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (keys->len, ==, 1);
  key = keys->pdata[0];
  g_assert_cmpstr (key->name, ==, "key");
  g_assert_cmpmem (g_bytes_get_data (key->wrapped, NULL), g_bytes_get_size (key->wrapped), "wrapped", 7);
  g_assert_cmpuint (refills_order_store_get_condition (store), ==, REFILLS_STORE_CONDITION_MENDED);
  g_clear_object (&result);
  refills_store_fixture_end (store);
}

/* A page that an order overflows into: it is listed, and all others are whole. */
static void
test_payload (RefillsStoreFixture *fixture,
              gconstpointer        user_data)
{
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const guint8 *data = NULL;
  RefillsOrderStore *store;
  gsize page = 4096;
  guint n_open = 0;

  refills_store_fixture_fill (fixture->path, 0);
  store = refills_store_fixture_new (fixture->path, "practice");
  for (guint i = 1; i <= 5; i++) {
    g_autofree char *code = g_strnfill (5000, 'x');
    g_autofree char *json = g_strdup_printf (DONE ("o%u", "%s"), i, code);

    refills_stored_order_free (refills_store_fixture_add (store, NULL));
    refills_stored_order_free (refills_store_fixture_answer (store, i, json, NULL));
  }
  refills_store_fixture_end (store);
  whole = refills_store_fixture_read (fixture->path);
  data = g_bytes_get_data (whole, NULL);
  /* One that names another, so it is in the middle. */
  while (data[page] != 0 || data[page + 3] == 0 || data[page + 8] == 0)
    page += 4096;
  damage (fixture->path, page, 4096);

  store = refills_store_fixture_new (fixture->path, "practice");
  rows = list (store);
  g_assert_cmpuint (rows->len, ==, 5);
  refills_test_run_until (is_mended, store, DEADLINE_MS, "the file is mended");
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = list (store);
  g_assert_cmpuint (rows->len, ==, 5);
  for (guint i = 0; i < rows->len; i++) {
    g_autoptr (RefillsStoredOrder) row =
      refills_store_fixture_open (store, ((RefillsStoredOrder *) rows->pdata[i])->row, NULL);

    n_open += row != NULL;
  }
  g_assert_cmpuint (n_open, >=, 4);
  refills_store_fixture_end (store);
}

/* SQLite takes an empty file for a new one. */
static void
test_emptied (RefillsStoreFixture *fixture,
              gconstpointer        user_data)
{
  g_autofree char *keys = g_strconcat (fixture->path, ".keys", NULL);
  g_autofree char *aside = NULL;
  RefillsOrderStore *store;
  g_autoptr (GPtrArray) rows = NULL;

  refills_store_fixture_fill (fixture->path, 3);
  if (user_data != NULL)
    g_assert_true (g_file_set_contents (keys, user_data, -1, NULL));
  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  store = refills_store_fixture_new (fixture->path, "practice");
  rows = list (store);
  g_assert_cmpuint (rows->len, ==, 0);
  g_assert_cmpuint (refills_order_store_get_condition (store), ==,
                    user_data != NULL ? REFILLS_STORE_CONDITION_MENDED : REFILLS_STORE_CONDITION_NONE);
  aside = find_aside (fixture);
  g_assert_cmpuint (aside != NULL, ==, user_data != NULL);
  refills_store_fixture_add_placed (store, "next");
  refills_store_fixture_end (store);
}

/* The first page says where everything is. */
static void
test_no_schema (RefillsStoreFixture *fixture,
                  gconstpointer        user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *aside = NULL;
  RefillsOrderStore *store;

  refills_store_fixture_fill (fixture->path, N_ROWS);
  damage (fixture->path, 0, 4096);
  store = refills_store_fixture_new (fixture->path, "practice");
  rows = refills_store_fixture_list (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, N_ROWS);
  for (guint i = 0; i < rows->len; i++) {
    const RefillsStoredOrder *row = rows->pdata[i];
    g_autofree char *id = g_strdup_printf ("o%u", N_ROWS - 1 - i);

    g_assert_cmpint (row->row, ==, N_ROWS - i);
    g_assert_cmpstr (refills_order_state_get_order_id (row->state), ==, id);
  }
  aside = find_aside (fixture);
  g_assert_nonnull (aside);
  refills_store_fixture_add_placed (store, "next");
  refills_store_fixture_end (store);
}

/* With no room for the mended file the damaged one stays where it is, and all is tried again later. */
static void
test_damaged_and_full (RefillsStoreFixture *fixture,
                       gconstpointer        user_data)
{
  gboolean is_done = FALSE;
  guint n_refused = 0;
  RefillsOrderStore *store;

  refills_store_fixture_fill (fixture->path, N_ROWS);
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
test_damaged_and_in_use (RefillsStoreFixture *fixture,
                         gconstpointer        user_data)
{
  g_autoptr (GError) error = NULL;
  RefillsOrderStore *user = refills_store_fixture_new (fixture->path, "practice");
  RefillsOrderStore *store = refills_store_fixture_new (fixture->path, "practice");
  g_autoptr (GPtrArray) rows = NULL;

  refills_store_fixture_fill (fixture->path, N_ROWS);
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

/* Ended between any two renames: all that belongs to the old file ends up under one name, and the new one is used. */
static void
test_half_swapped (RefillsStoreFixture *fixture,
                   gconstpointer        user_data)
{
  const char *what = user_data;
  const char *suffixes[] = { "-wal", "-journal", "-shm", "" };
  g_autofree char *aside = g_strdup_printf ("%s.%s-1700000000", fixture->path, what);
  g_autofree char *decided = g_strconcat (aside, ".next", NULL);
  g_autofree char *keys = g_strconcat (fixture->path, ".keys", NULL);
  g_autofree char *kept_keys = g_strconcat (aside, ".keys", NULL);

  for (guint n_moved = 0; n_moved <= G_N_ELEMENTS (suffixes); n_moved++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) rows = NULL;
    RefillsOrderStore *store;
    guint n_carried = 0;

    refills_store_fixture_fill (fixture->path, 3);
    g_assert_cmpint (g_rename (fixture->path, decided), ==, 0);
    g_assert_true (g_file_set_contents (keys, "keys", -1, NULL));
    for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
      g_autofree char *file = g_strconcat (i < n_moved ? aside : fixture->path, suffixes[i], NULL);

      g_assert_true (g_file_set_contents (file, suffixes[i], -1, NULL));
    }
    store = refills_store_fixture_new (fixture->path, "practice");
    rows = refills_store_fixture_list (store, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (rows->len, ==, 3);
    g_assert_false (g_file_test (decided, G_FILE_TEST_EXISTS));
    for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
      g_autofree char *file = g_strconcat (aside, suffixes[i], NULL);
      g_autofree char *contents = NULL;

      g_assert_true (g_file_get_contents (file, &contents, NULL, NULL));
      g_assert_cmpstr (contents, ==, suffixes[i]);
      g_assert_cmpint (g_unlink (file), ==, 0);
    }
    g_assert_true (g_file_test (kept_keys, G_FILE_TEST_EXISTS));
    if (g_str_equal (what, "damaged")) {
      g_assert_cmpuint (refills_order_store_get_condition (store), ==, REFILLS_STORE_CONDITION_MENDED);
      g_assert_cmpstr (refills_order_store_get_aside (store, &n_carried), ==, "orders.db.damaged-1700000000");
      g_assert_cmpuint (n_carried, ==, 3);
      g_assert_cmpint (g_unlink (keys), ==, 0);
    } else {
      g_assert_cmpuint (refills_order_store_get_condition (store), ==, REFILLS_STORE_CONDITION_NONE);
      g_assert_false (g_file_test (keys, G_FILE_TEST_EXISTS));
    }
    g_assert_cmpint (g_unlink (kept_keys), ==, 0);
    refills_store_fixture_end (store);
    g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  }
}

static const char * const column_renamed[] = { "  outline BLOB,", "  outlinf BLOB," };
static const char * const index_changed[] = { "WHERE claim = 1", "WHERE claim = 3" };

#define ADD(name, data, function) \
  g_test_add ("/order-damage/" name, RefillsStoreFixture, data, refills_store_fixture_set_up, function, \
              refills_store_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);
  refills_fault_vfs_register ();
  ADD ("page", NULL, test_damaged_page);
  ADD ("keys", NULL, test_damaged_keys);
  ADD ("claims", NULL, test_damaged_claims);
  ADD ("no-schema", NULL, test_no_schema);
  ADD ("zeroes/among-cells", GSIZE_TO_POINTER (13), test_zeroes);
  ADD ("zeroes/after-cells", GSIZE_TO_POINTER (860), test_zeroes);
  ADD ("root", NULL, test_lost_root);
  ADD ("unlisted/index", "orders_claim", test_unlisted);
  ADD ("unlisted/hashes", "sqlite_autoindex_orders_1", test_unlisted);
  ADD ("unlisted/keys", "keys_again", test_unlisted);
  ADD ("schema/column", column_renamed, test_schema);
  ADD ("schema/index", index_changed, test_schema);
  ADD ("header/write-version", GSIZE_TO_POINTER (18), test_header);
  ADD ("header/our-version", GSIZE_TO_POINTER (63), test_header);
  ADD ("key/wrapped", "UPDATE keys SET wrapped = x'00'", test_flipped_key);
  ADD ("key/name", "UPDATE keys SET name = 'kez'", test_flipped_key);
  ADD ("key/again", "UPDATE keys_again SET wrapped = x'00'", test_flipped_key);
  ADD ("payload", NULL, test_payload);
  ADD ("emptied/used-before", "keys", test_emptied);
  ADD ("emptied/new", NULL, test_emptied);
  ADD ("and-full", NULL, test_damaged_and_full);
  ADD ("and-in-use", NULL, test_damaged_and_in_use);
  ADD ("half-swapped/damaged", "damaged", test_half_swapped);
  ADD ("half-swapped/locked", "locked", test_half_swapped);

  return g_test_run ();
}
