/* bench-orders.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opens a file of ten thousand orders, whose payloads are sealed, and lists them: from a path to the values that the
 * main thread gets. Beside it SQLite alone, which reads the same clear columns. `bench-orders`
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "refills-store-fixture.h"

#define N_ORDERS 10000
#define N_MADE 20 /* by the store; the others are their likes under other names */
#define N_ROUNDS 9
#define MAX_MS 200.0
#define ENVIRONMENT "bench"

/* What a list shows is in clear; to open a payload takes its row's own name, which no likeness has. */
#define LIKE_THEM \
  "INSERT INTO orders (environment, created_at, updated_at, outcome, order_state, phase, is_open, brand, face, " \
  "coin, amount, uuid, key, id_hash, basket_hash, outline, moments, notices, asked, state, first_answer, " \
  "last_answer) " \
  "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?1) " \
  "SELECT environment, created_at + n, updated_at + n, outcome, order_state, phase, is_open, brand, face, coin, " \
  "amount, randomblob (16), key, randomblob (32), randomblob (32), outline, moments, notices, asked, state, " \
  "first_answer, last_answer FROM orders, number"

#define CLEAR_COLUMNS \
  "SELECT row, environment, created_at, updated_at, outcome, order_state, phase, brand, face, coin, amount, uuid, " \
  "key, outline, moments, notices, superseded_by FROM orders WHERE environment = '" ENVIRONMENT "' " \
  "ORDER BY row DESC"

static sqlite3 *
open_file (const char *path)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);

  return db;
}

static void
execute (sqlite3    *db,
         const char *sql,
         int         number)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  sqlite3_bind_int (statement, 1, number);
  while (sqlite3_step (statement) == SQLITE_ROW)
    ;
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);
}

static void
make_orders (const char *path)
{
  g_autoptr (GError) error = NULL;
  RefillsOrderStore *store = refills_store_fixture_new (path, ENVIRONMENT);
  sqlite3 *db = NULL;

  for (guint i = 0; i < N_MADE; i++) {
    g_autoptr (RefillsStoredOrder) sending = NULL;
    g_autoptr (RefillsStoredOrder) placed = NULL;
    g_autofree char *placed_json =
      g_strdup_printf (ORDER ("%08u-0000-4000-8000-000000000000", "%s", "", ADDRESS, AMOUNT, DELIVERY ("%s", "%s")),
                       i, "Done", "Done", ",\"pin_code\":\"ABCD-EFGH-1234\"");

    sending = refills_store_fixture_add (store, &error);
    g_assert_no_error (error);
    placed = refills_store_fixture_answer (store, sending->row, placed_json, &error);
    g_assert_no_error (error);
  }
  refills_store_fixture_end (store);

  db = open_file (path);
  execute (db, LIKE_THEM, N_ORDERS / N_MADE - 1);
  execute (db, "PRAGMA wal_checkpoint (TRUNCATE)", 0);
  sqlite3_close (db);
}

static double
milliseconds_since (gint64 start_us)
{
  return (double) (g_get_monotonic_time () - start_us) / 1000.0;
}

static double
time_bare (const char *path)
{
  gint64 start_us = g_get_monotonic_time ();
  sqlite3 *db = open_file (path);
  sqlite3_stmt *statement = NULL;
  guint rows = 0;
  gsize bytes = 0;

  g_assert_cmpint (sqlite3_prepare_v2 (db, CLEAR_COLUMNS, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW) {
    rows++;
    for (int i = 0; i < sqlite3_column_count (statement); i++) {
      const void *value = sqlite3_column_blob (statement, i);
      g_autofree char *copy = g_memdup2 (value, (gsize) sqlite3_column_bytes (statement, i));

      bytes += copy != NULL;
    }
  }
  sqlite3_finalize (statement);
  sqlite3_close (db);
  g_assert_cmpuint (rows, ==, N_ORDERS);
  g_assert_cmpuint (bytes, >, 0);

  return milliseconds_since (start_us);
}

static double
time_list (const char *path)
{
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  RefillsOrderStore *store = refills_store_fixture_new (path, ENVIRONMENT);
  g_autoptr (GPtrArray) rows = refills_store_fixture_list_sealed (store, &error);
  double milliseconds = milliseconds_since (start_us);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, N_ORDERS);
  refills_store_fixture_end (store);

  return milliseconds;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
median (double *values)
{
  qsort (values, N_ROUNDS, sizeof *values, compare);

  return values[N_ROUNDS / 2];
}

int
main (int   argc,
      char *argv[])
{
  double bare[N_ROUNDS], list[N_ROUNDS];
  double bare_ms = 0, list_ms = 0;
  char *folder = NULL;
  g_autofree char *path = NULL;

  refills_test_init (&argc, &argv);
  folder = refills_test_make_folder ();
  path = refills_store_fixture_path (folder);
  make_orders (path);
  for (guint i = 0; i < N_ROUNDS; i++) {
    bare[i] = time_bare (path);
    list[i] = time_list (path);
  }
  bare_ms = median (bare);
  list_ms = median (list);
  printf ("%d orders, medians of %d rounds: SQLite alone %.1f ms; open and list %.1f ms (%.1f–%.1f), %.2f times as "
          "long, limit %g ms%s\n", N_ORDERS, N_ROUNDS, bare_ms, list_ms, list[0], list[N_ROUNDS - 1], list_ms / bare_ms,
          MAX_MS, list_ms > MAX_MS ? "  OVER THE LIMIT" : "");
  refills_test_remove_folder (folder);

  return list_ms > MAX_MS ? EXIT_FAILURE : EXIT_SUCCESS;
}
