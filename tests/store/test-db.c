/* test-db.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-db.h"

#include <glib/gstdio.h>
#include <string.h>

#include "refills-error.h"
#include "refills-order-check.h"
#include "refills-test.h"

static const RefillsDbMigration migrations[] = {
  { .sql = "CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT);" },
  { .sql = "CREATE TABLE child (parent INTEGER NOT NULL REFERENCES parent (id));"
           "INSERT INTO parent (name) VALUES ('second');" },
  { .sql = "CREATE TABLE broken (id INTEGER); INSERT INTO nowhere VALUES (1);" },
};

static gboolean
fill_third (RefillsDb  *db,
            GError    **error)
{
  return refills_db_execute (db, "INSERT INTO third VALUES (3)", error);
}

static gboolean
fail_third (RefillsDb  *db,
            GError    **error)
{
  g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "not filled");

  return FALSE;
}

typedef struct {
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->folder = refills_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "a.db", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_clear_pointer (&fixture->path, g_free);
  refills_test_remove_folder (fixture->folder);
}

static RefillsDb *
open_at (Fixture *fixture,
         guint    n_migrations)
{
  g_autoptr (GError) error = NULL;
  RefillsDb *db = refills_db_open (fixture->path, &error);

  g_assert_no_error (error);
  refills_db_migrate (db, migrations, n_migrations, &error);
  g_assert_no_error (error);

  return db;
}

static char *
ask (RefillsDb  *db,
     const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsDbStatement) statement = refills_db_prepare (db, sql, &error);
  gboolean has_row = FALSE;

  g_assert_no_error (error);
  refills_db_statement_step (statement, &has_row, &error);
  g_assert_no_error (error);

  return has_row ? g_strdup (refills_db_statement_get_text (statement, 0)) : NULL;
}

static void
check (RefillsDb  *db,
       const char *sql,
       const char *expected)
{
  g_autofree char *found = ask (db, sql);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_settings (Fixture       *fixture,
               gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsDb) db = open_at (fixture, 2);

  check (db, "PRAGMA journal_mode", "wal");
  check (db, "PRAGMA synchronous", "2");
  check (db, "PRAGMA foreign_keys", "1");
  check (db, "PRAGMA trusted_schema", "0");
  check (db, "PRAGMA busy_timeout", "5000");
  check (db, "PRAGMA user_version", "2");
  g_assert_false (refills_db_execute (db, "INSERT INTO child VALUES (7)", &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE);
}

static void
test_values (Fixture       *fixture,
             gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsDb) db = open_at (fixture, 1);
  g_autoptr (RefillsDbStatement) statement = refills_db_prepare (db, "SELECT ?, ?, ?, ?, ?, ?, ?", &error);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a\0b", 3);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) found = NULL;
  g_autoptr (GBytes) empty = NULL;
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GVariant) expected = g_variant_ref_sink (g_variant_new ("(sx)", "'é", G_MAXINT64));
  gboolean has_row = FALSE;

  g_assert_no_error (error);
  refills_db_statement_bind_int (statement, 1, G_MININT64);
  refills_db_statement_bind_text (statement, 2, "'); DROP TABLE parent; --");
  refills_db_statement_bind_text (statement, 3, NULL);
  refills_db_statement_bind_bytes (statement, 4, bytes);
  refills_db_statement_bind_bytes (statement, 5, nothing);
  refills_db_statement_bind_variant (statement, 6, g_variant_new ("(sx)", "'é", G_MAXINT64));
  refills_db_statement_bind_variant (statement, 7, NULL);
  g_assert_true (refills_db_statement_step (statement, &has_row, &error));
  g_assert_true (has_row);
  g_assert_cmpint (refills_db_statement_get_int (statement, 0), ==, G_MININT64);
  g_assert_cmpstr (refills_db_statement_get_text (statement, 1), ==, "'); DROP TABLE parent; --");
  g_assert_null (refills_db_statement_get_text (statement, 2));
  found = refills_db_statement_get_bytes (statement, 3);
  g_assert_true (g_bytes_equal (found, bytes));
  empty = refills_db_statement_get_bytes (statement, 4);
  g_assert_cmpuint (g_bytes_get_size (empty), ==, 0);
  variant = refills_db_statement_get_variant (statement, 5, G_VARIANT_TYPE ("(sx)"));
  g_assert_cmpvariant (variant, expected);
  g_assert_null (refills_db_statement_get_variant (statement, 6, G_VARIANT_TYPE ("(sx)")));
  g_assert_true (refills_db_statement_step (statement, &has_row, &error));
  g_assert_false (has_row);
}

/* Bytes that are no variant read as one, with defaults. */
static void
test_untrusted_variant (Fixture       *fixture,
                        gconstpointer  user_data)
{
  g_autoptr (RefillsDb) db = open_at (fixture, 1);
  g_autoptr (RefillsDbStatement) statement = refills_db_prepare (db, "SELECT x'fffefdfc00fffefd'", NULL);
  g_autoptr (GVariant) variant = NULL;

  refills_db_statement_step (statement, NULL, NULL);
  variant = refills_db_statement_get_variant (statement, 0, G_VARIANT_TYPE ("(sas)"));
  g_assert_true (g_variant_is_normal_form (variant));
}

static void
test_bind_failure (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsDb) db = open_at (fixture, 1);
  g_autoptr (RefillsDbStatement) statement =
    refills_db_prepare (db, "INSERT INTO parent (name) VALUES (?)", &error);

  refills_db_statement_bind_text (statement, 2, "out of range");
  refills_db_statement_bind_text (statement, 1, "fine");
  g_assert_false (refills_db_statement_step (statement, NULL, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE);
  check (db, "SELECT count(*) FROM parent", "0");
  g_clear_error (&error);
  refills_db_statement_bind_text (statement, 1, "fine");
  g_assert_true (refills_db_statement_step (statement, NULL, &error));
  g_assert_cmpint (refills_db_get_last_row (db), ==, 1);
  g_assert_cmpuint (refills_db_get_n_changes (db), ==, 1);
}

static void
test_roll_back (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsDb) db = open_at (fixture, 1);

  g_assert_true (refills_db_begin (db, &error));
  g_assert_true (refills_db_execute (db, "INSERT INTO parent (name) VALUES ('a')", &error));
  refills_db_roll_back (db);
  refills_db_roll_back (db);
  check (db, "SELECT count(*) FROM parent", "0");
  g_assert_true (refills_db_begin (db, &error));
  g_assert_true (refills_db_execute (db, "INSERT INTO parent (name) VALUES ('a')", &error));
  g_assert_true (refills_db_commit (db, &error));
  check (db, "SELECT count(*) FROM parent", "1");
}

static void
test_full (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsDb) db = open_at (fixture, 1);

  g_assert_true (refills_db_execute (db, "PRAGMA max_page_count=3", &error));
  g_assert_false (refills_db_execute (db, "INSERT INTO parent (name) VALUES (zeroblob (50000))", &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE_FULL);
  check (db, "SELECT count(*) FROM parent", "0");
}

static void
test_migrate (Fixture       *fixture,
              gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsDb) db = open_at (fixture, 1);
  g_autoptr (RefillsDb) old = NULL;
  g_autofree char *copy = g_strconcat (fixture->path, ".before-2", NULL);
  g_autofree char *first = g_strconcat (fixture->path, ".before-1", NULL);
  GStatBuf status;

  g_assert_true (refills_db_execute (db, "INSERT INTO parent (name) VALUES ('first')", &error));
  g_assert_true (refills_db_migrate (db, migrations, 2, &error));
  check (db, "SELECT group_concat (name) FROM parent", "first,second");
  g_assert_false (g_file_test (first, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_stat (copy, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0600);
  old = refills_db_open_to_read (copy, &error);
  check (old, "SELECT group_concat (name) FROM parent", "first");
  check (old, "PRAGMA user_version", "1");
}

static gpointer
migrate_in_thread (gpointer path)
{
  GError *error = NULL;
  g_autoptr (RefillsDb) db = refills_db_open (path, &error);

  if (db != NULL)
    refills_db_migrate (db, migrations, 2, &error);

  return error;
}

/* Several at once: one of them copies and migrates, the others find that done. */
static void
test_migrate_at_once (Fixture       *fixture,
                      gconstpointer  user_data)
{
  for (guint round = 0; round < 10; round++) {
    g_autofree char *path = g_strdup_printf ("%s/%u.db", fixture->folder, round);
    g_autofree char *copy = g_strconcat (path, ".before-2", NULL);
    g_autofree char *part = g_strconcat (copy, ".part", NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (RefillsDb) db = refills_db_open (path, &error);
    g_autoptr (RefillsDb) old = NULL;
    GThread *threads[4];

    g_assert_no_error (error);
    g_assert_true (refills_db_migrate (db, migrations, 1, &error));
    g_assert_true (refills_db_execute (db, "INSERT INTO parent (name) VALUES ('first')", &error));
    for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
      threads[i] = g_thread_new ("migrate", migrate_in_thread, path);
    for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
      g_autoptr (GError) failure = g_thread_join (threads[i]);

      g_assert_no_error (failure);
    }
    check (db, "SELECT group_concat (name) FROM parent", "first,second");
    old = refills_db_open_to_read (copy, &error);
    g_assert_no_error (error);
    check (old, "SELECT group_concat (name) FROM parent", "first");
    check (old, "PRAGMA user_version", "1");
    g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  }
}

/* A step may be more than SQL, and is one transaction all the same. */
static void
test_migrate_by_function (Fixture       *fixture,
                          gconstpointer  user_data)
{
  RefillsDbMigration steps[] = {
    migrations[0], migrations[1], { .sql = "CREATE TABLE third (id INTEGER)", .run = fail_third },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsDb) db = open_at (fixture, 2);

  g_assert_false (refills_db_migrate (db, steps, 3, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE);
  g_clear_error (&error);
  check (db, "PRAGMA user_version", "2");
  check (db, "SELECT count(*) FROM sqlite_schema WHERE name = 'third'", "0");
  steps[2].run = fill_third;
  refills_db_migrate (db, steps, 3, &error);
  g_assert_no_error (error);
  check (db, "PRAGMA user_version", "3");
  check (db, "SELECT id FROM third", "3");
}

static void
test_migration_fails (Fixture       *fixture,
                      gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsDb) db = open_at (fixture, 2);

  for (guint i = 0; i < 2; i++) {
    g_assert_false (refills_db_migrate (db, migrations, 3, &error));
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE);
    g_clear_error (&error);
    check (db, "PRAGMA user_version", "2");
    check (db, "SELECT count(*) FROM sqlite_schema WHERE name = 'broken'", "0");
  }
}

static void
test_newer (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize before_length = 0;
  gsize after_length = 0;
  RefillsDb *db = open_at (fixture, 2);

  /* Not in our journal mode either: opening must not set it. */
  check (db, "PRAGMA journal_mode=DELETE", "delete");
  refills_db_close (db);
  g_assert_true (g_file_get_contents (fixture->path, &before, &before_length, NULL));
  db = refills_db_open (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_false (refills_db_migrate (db, migrations, 1, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE_NEWER);
  refills_db_close (db);
  g_assert_true (g_file_get_contents (fixture->path, &after, &after_length, NULL));
  g_assert_cmpmem (before, before_length, after, after_length);
}

static void
test_cannot_open (Fixture       *fixture,
                  gconstpointer  user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *below_file = g_build_filename (fixture->path, "b.db", NULL);

  g_assert_null (refills_db_open (fixture->folder, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_null (refills_db_open_to_read (fixture->path, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_false (refills_order_check_is_damaged (fixture->path, NULL));

  g_assert_true (g_file_set_contents (fixture->path, "This is no database, whatever its name says.", -1, NULL));
  g_assert_null (refills_db_open (fixture->path, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_true (refills_order_check_is_damaged (fixture->path, NULL));
  g_assert_null (refills_db_open (below_file, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE);
}

#define ADD(name, function) g_test_add ("/db/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);
  ADD ("settings", test_settings);
  ADD ("values", test_values);
  ADD ("untrusted-variant", test_untrusted_variant);
  ADD ("bind-failure", test_bind_failure);
  ADD ("roll-back", test_roll_back);
  ADD ("full", test_full);
  ADD ("migrate", test_migrate);
  ADD ("migrate-at-once", test_migrate_at_once);
  ADD ("migrate-by-function", test_migrate_by_function);
  ADD ("migration-fails", test_migration_fails);
  ADD ("newer", test_newer);
  ADD ("cannot-open", test_cannot_open);

  return g_test_run ();
}
