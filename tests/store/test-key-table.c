/* test-key-table.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-key-table.h"

#include <string.h>

#include "refills-error.h"
#include "refills-order-schema.h"
#include "refills-order-store-keys.h"
#include "refills-test.h"

#define DEADLINE_MS 10000

typedef struct {
  char *folder;
  char *path;
} Fixture;

static void
fixture_set_up (Fixture       *fixture,
                gconstpointer  data)
{
  fixture->folder = refills_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "orders.db", NULL);
}

static void
fixture_tear_down (Fixture       *fixture,
                   gconstpointer  data)
{
  refills_test_remove_folder (g_steal_pointer (&fixture->folder));
  g_clear_pointer (&fixture->path, g_free);
}

static RefillsDb *
open_db (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  RefillsDb *db = refills_db_open (fixture->path, &error);

  g_assert_no_error (error);
  refills_order_schema_migrate (db, REFILLS_ORDER_SCHEMA_VERSION, &error);
  g_assert_no_error (error);

  return db;
}

static GBytes *
make_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static RefillsKeyRecord *
make_record (const char *name)
{
  RefillsKeyRecord *record = g_new0 (RefillsKeyRecord, 1);

  record->name = g_strdup (name);
  record->made_at = 1700000000;
  record->place = REFILLS_KEY_PLACE_KEYRING;
  record->proof = make_bytes ("proof");
  record->wrapped = make_bytes ("wrapped");

  return record;
}

static void
assert_bytes (GBytes     *bytes,
              const char *text)
{
  g_assert_nonnull (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text));
}

static void
test_records (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (RefillsDb) db = open_db (fixture);
  g_autoptr (RefillsKeyRecord) record = make_record ("a");
  g_autoptr (RefillsKeyRecord) unknown = make_record ("b");
  g_autoptr (GPtrArray) empty = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) changed = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GError) error = NULL;
  const RefillsKeyRecord *read = NULL;

  empty = refills_key_table_list (db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (empty->len, ==, 0);

  refills_key_table_add_first (db, record, &error);
  g_assert_no_error (error);
  records = refills_key_table_list (db, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);
  read = records->pdata[0];
  g_assert_cmpstr (read->name, ==, "a");
  g_assert_cmpint (read->made_at, ==, 1700000000);
  g_assert_cmpint (read->place, ==, REFILLS_KEY_PLACE_KEYRING);
  assert_bytes (read->proof, "proof");
  assert_bytes (read->wrapped, "wrapped");
  g_assert_null (read->recovery);
  g_assert_null (read->salt);

  record->place = REFILLS_KEY_PLACE_FILE;
  g_bytes_unref (record->wrapped); /* replaced at once */
  record->wrapped = make_bytes ("anew");
  record->recovery = make_bytes ("recovery");
  record->salt = make_bytes ("salt");
  record->ops = 3;
  record->memory = 64 * 1024 * 1024;
  refills_key_table_update (db, record, &error);
  g_assert_no_error (error);
  changed = refills_key_table_list (db, &error);
  g_assert_no_error (error);
  read = changed->pdata[0];
  g_assert_cmpint (read->place, ==, REFILLS_KEY_PLACE_FILE);
  assert_bytes (read->proof, "proof");
  assert_bytes (read->wrapped, "anew");
  assert_bytes (read->recovery, "recovery");
  assert_bytes (read->salt, "salt");
  g_assert_cmpint (read->ops, ==, 3);
  g_assert_cmpint (read->memory, ==, 64 * 1024 * 1024);

  /* What a change does not name stays. */
  g_clear_pointer (&record->recovery, g_bytes_unref);
  g_clear_pointer (&record->salt, g_bytes_unref);
  refills_key_table_update (db, record, &error);
  g_assert_no_error (error);
  g_clear_pointer (&record->wrapped, g_bytes_unref);
  record->place = REFILLS_KEY_PLACE_KEYRING;
  refills_key_table_update (db, record, &error);
  g_assert_no_error (error);
  kept = refills_key_table_list (db, &error);
  g_assert_no_error (error);
  read = kept->pdata[0];
  g_assert_cmpint (read->place, ==, REFILLS_KEY_PLACE_FILE);
  assert_bytes (read->wrapped, "anew");
  assert_bytes (read->recovery, "recovery");
  assert_bytes (read->salt, "salt");
  g_assert_cmpint (read->ops, ==, 3);

  g_assert_false (refills_key_table_update (db, unknown, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND);
  refills_db_roll_back (db);
}

static void
assert_not_first (RefillsDb *db)
{
  g_autoptr (RefillsKeyRecord) second = make_record ("second");
  g_autoptr (GError) error = NULL;

  g_assert_false (refills_key_table_add_first (db, second, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_LOCKED);
  refills_db_roll_back (db);
}

/* Two processes at once: the second finds the first's. */
static void
test_first_only (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (RefillsDb) db = open_db (fixture);
  g_autoptr (RefillsDb) other = open_db (fixture);
  g_autoptr (RefillsKeyRecord) record = make_record ("first");
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  refills_key_table_add_first (db, record, &error);
  g_assert_no_error (error);
  assert_not_first (other);
  records = refills_key_table_list (other, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpstr (((RefillsKeyRecord *) records->pdata[0])->name, ==, "first");
}

static void
test_never_over_sealed_rows (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr (RefillsDb) db = open_db (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refusal = NULL;

  refills_db_execute (db, "INSERT INTO orders (environment, created_at, updated_at, outcome, uuid, key, asked)"
                          " VALUES ('live', 1, 1, 1, x'00', 'lost', x'00')", &error);
  g_assert_no_error (error);
  assert_not_first (db);
  g_assert_null (refills_key_table_list (db, &refusal));
  g_assert_error (refusal, REFILLS_ERROR, REFILLS_ERROR_LOCKED);
}

static void
test_damaged_record (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (RefillsDb) db = open_db (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refusal = NULL;

  refills_db_execute (db, "INSERT INTO keys (name, made_at, place, proof, wrapped)"
                          " VALUES (x'ff', 'yesterday', 7, 'x', 'y')", &error);
  g_assert_no_error (error);
  g_assert_null (refills_key_table_list (db, &refusal));
  g_assert_error (refusal, REFILLS_ERROR, REFILLS_ERROR_LOCKED);
  assert_not_first (db);
}

static void
write_key (RefillsOrderStore       *store,
           const RefillsKeyRecord  *record,
           gboolean                 is_new,
           GError                 **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (is_new)
    refills_order_store_add_key_async (store, record, refills_test_keep_result, &result);
  else
    refills_order_store_update_key_async (store, record, refills_test_keep_result, &result);
  refills_test_wait_result (&result, DEADLINE_MS);
  refills_order_store_write_key_finish (store, result, error);
}

static void
test_jobs (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (RefillsKeySet) keys = refills_key_set_new ();
  g_autoptr (RefillsOrderStore) store = refills_order_store_new (fixture->path, "live", keys);
  g_autoptr (RefillsKeyRecord) record = make_record ("a");
  g_autoptr (RefillsKeyRecord) second = make_record ("b");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refusal = NULL;

  write_key (store, record, TRUE, &error);
  g_assert_no_error (error);
  write_key (store, second, TRUE, &refusal);
  g_assert_error (refusal, REFILLS_ERROR, REFILLS_ERROR_LOCKED);
  record->place = REFILLS_KEY_PLACE_FILE;
  write_key (store, record, FALSE, &error);
  g_assert_no_error (error);

  refills_order_store_list_keys_async (store, NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, DEADLINE_MS);
  records = refills_order_store_list_keys_finish (store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpint (((RefillsKeyRecord *) records->pdata[0])->place, ==, REFILLS_KEY_PLACE_FILE);
}

#define add_test(name, function) \
  g_test_add (name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  add_test ("/key-table/records", test_records);
  add_test ("/key-table/first-only", test_first_only);
  add_test ("/key-table/never-over-sealed-rows", test_never_over_sealed_rows);
  add_test ("/key-table/damaged-record", test_damaged_record);
  add_test ("/key-table/jobs", test_jobs);

  return g_test_run ();
}
