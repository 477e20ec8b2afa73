/* refills-order-check.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether a file with orders is damaged, beyond what SQLite sees: zeros in the place of records are records to it, with
 * the row number 0 and nothing in any column, and a table is one by whatever name. On any thread, with a connection of
 * its own that writes nothing; blocks.
 */
#include "refills-order-check.h"

#include <glib/gstdio.h>

#include "refills-key-table.h"
#include "refills-order-schema.h"
#include "refills-stored-order.h"

/* An older version had no name for a row. */
#define ROWS_BEFORE "SELECT row, environment, created_at, zeroblob (16) FROM orders ORDER BY row DESC"
#define ROWS "SELECT row, environment, created_at, uuid FROM orders ORDER BY row DESC"

static gsize
get_file_bytes (const char *path,
                const char *suffix,
                gboolean   *is_there)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  GStatBuf status;

  *is_there = g_stat (name, &status) == 0;

  return *is_there ? (gsize) status.st_size : 0;
}

static gboolean
has_sound_rows (RefillsDb  *db,
                guint       version,
                const int  *stop)
{
  g_autoptr (RefillsDbStatement) statement = refills_db_prepare (db, version == 1 ? ROWS_BEFORE : ROWS, NULL);
  gint64 above = G_MAXINT64;
  gboolean has_row = FALSE;

  if (statement == NULL)
    return FALSE;
  while (refills_db_statement_step (statement, &has_row, NULL)) {
    gint64 row = has_row ? refills_db_statement_get_int (statement, 0) : 0;
    g_autoptr (GBytes) uuid = has_row ? refills_db_statement_get_bytes (statement, 3) : NULL;

    if (!has_row || (stop != NULL && g_atomic_int_get (stop)))
      return TRUE;
    if (!refills_order_check_row (row, above, refills_db_statement_get_text (statement, 1),
                                  refills_db_statement_get_int (statement, 2),
                                  uuid != NULL ? g_bytes_get_size (uuid) : 0))
      return FALSE;
    above = row;
  }

  return FALSE;
}

/**
 * refills_order_check_is_emptied:
 * @path: file name of the orders
 *
 * SQLite takes an empty file for a new database, and removes the log beside it.
 *
 * Returns: whether there were orders in it once, and it is empty; where there is a log, also whether it is gone
 */
gboolean
refills_order_check_is_emptied (const char *path)
{
  gboolean is_there = FALSE;
  gboolean has_keys = FALSE;
  gboolean has_log = FALSE;

  if (get_file_bytes (path, "", &is_there) > 0)
    return FALSE;
  get_file_bytes (path, ".keys", &has_keys);

  return get_file_bytes (path, "-wal", &has_log) > 0 || (is_there && has_keys);
}

/**
 * refills_order_check_row:
 * @row: its number
 * @above: the number of the row that was read before it, newest first; or `G_MAXINT64`
 * @environment: (nullable): whose row it is
 * @created_at: epoch seconds
 * @uuid_bytes: the length of its name
 *
 * Returns: whether we can have written such a row
 */
gboolean
refills_order_check_row (gint64      row,
                         gint64      above,
                         const char *environment,
                         gint64      created_at,
                         gsize       uuid_bytes)
{
  return row > 0 && row < above && environment != NULL && created_at > 0 &&
         uuid_bytes == REFILLS_STORED_ORDER_UUID_BYTES;
}

/**
 * refills_order_check_is_damaged:
 * @path: file name of the orders
 * @stop: (nullable): not 0 from the moment when the answer is not wanted any more; read atomically
 *
 * Reads the whole file: its pages and indexes, its schema, what a list shows, and whether each key is there twice. A
 * file that is absent, busy or may not be read is not damaged.
 *
 * Returns: whether it is damaged; `FALSE` where it was stopped
 */
gboolean
refills_order_check_is_damaged (const char *path,
                                const int  *stop)
{
  g_autoptr (RefillsDb) db = NULL;
  gboolean is_damaged = FALSE;
  guint version = 0;

  if (refills_order_check_is_emptied (path))
    return TRUE;
  db = refills_db_open_to_read (path, NULL);
  if (db == NULL)
    return FALSE;
  if (!refills_db_check (db, stop, &is_damaged))
    return FALSE;
  if (is_damaged || !refills_db_get_version (db, &version, NULL))
    return is_damaged;

  return version <= REFILLS_ORDER_SCHEMA_VERSION &&
         (!refills_order_schema_is_sound (db, version) || (version > 0 && !has_sound_rows (db, version, stop)) ||
          (version > 1 && !refills_key_table_is_sound (db)));
}
