/* refills-order-sealing.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Seals what version 1 left in clear, and leaves nothing of that behind: not in the pages that become free
 * (they are overwritten), not in the log (it is emptied), and not in the copy that was made before the
 * migration, which goes only once every row was sealed and read back. Runs on the store's thread.
 */
#include "refills-order-sealing.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "refills-error.h"
#include "refills-order-record.h"
#include "refills-order-schema.h"

/* So that another process never waits for long. */
#define ROWS_AT_ONCE 100

/* @is_plain: whether rows in clear are looked for, or those that are sealed
 * @after: beyond which row */
static GArray *
list_rows (RefillsDb  *db,
           gboolean    is_plain,
           gint64      after,
           int         limit,
           GError    **error)
{
  g_autoptr (RefillsDbStatement) statement =
    refills_db_prepare (db, is_plain ? "SELECT row FROM orders WHERE key IS NULL AND row > ? LIMIT ?"
                                     : "SELECT row FROM orders WHERE key IS NOT NULL AND row > ? LIMIT ?", error);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  refills_db_statement_bind_int (statement, 1, after);
  refills_db_statement_bind_int (statement, 2, limit);
  for (;;) {
    gint64 row;

    if (!refills_db_statement_step (statement, &has_row, error))
      return NULL;
    if (!has_row)
      return g_steal_pointer (&rows);
    row = refills_db_statement_get_int (statement, 0);
    g_array_append_val (rows, row);
  }
}

static gboolean
seal_rows (RefillsDb      *db,
           RefillsKeySet  *keys,
           const char     *key,
           GError        **error)
{
  gint64 last = 0;

  for (;;) {
    g_autoptr (GArray) rows = NULL;

    if (!refills_db_begin (db, error))
      return FALSE;
    rows = list_rows (db, TRUE, last, ROWS_AT_ONCE, error);
    if (rows == NULL)
      return FALSE;
    if (rows->len == 0) {
      refills_db_roll_back (db);
      return TRUE;
    }
    for (guint i = 0; i < rows->len; i++) {
      gint64 row = g_array_index (rows, gint64, i);

      /* In a damaged table a walk may find what a look-up does not, again and again. */
      if (row <= last) {
        g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "the rows are out of order");
        return FALSE;
      }
      last = row;
      if (!refills_order_record_seal (db, keys, key, row, error))
        return FALSE;
    }
    if (!refills_db_commit (db, error))
      return FALSE;
  }
}

static gboolean
verify_rows (RefillsDb      *db,
             RefillsKeySet  *keys,
             GError        **error)
{
  g_autoptr (GArray) rows = list_rows (db, FALSE, 0, -1, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++) {
    if (!refills_order_record_verify (db, keys, g_array_index (rows, gint64, i), error))
      return FALSE;
  }

  return TRUE;
}

/**
 * refills_order_sealing_run:
 * @file: the file
 * @keys: the keys that are open
 * @error: return location for an error, `REFILLS_ERROR_LOCKED` without a current key among them
 *
 * Seals every row in clear, and removes the copy in clear once nothing depends on it. May be ended anywhere,
 * and run again.
 *
 * Returns: whether nothing is left in clear
 */
gboolean
refills_order_sealing_run (RefillsOrderFile  *file,
                           RefillsKeySet     *keys,
                           GError           **error)
{
  RefillsDb *db = refills_order_file_open_to_write (file, error);
  g_autofree char *key = refills_key_set_dup_current (keys);
  g_autofree char *copy =
    g_strdup_printf ("%s.before-%u", refills_order_file_get_path (file), REFILLS_ORDER_SCHEMA_FIRST_SEALED);
  g_autoptr (GArray) plain = NULL;
  g_autoptr (GArray) left = NULL;
  gboolean is_empty = FALSE;

  if (db == NULL)
    return FALSE;
  plain = list_rows (db, TRUE, 0, 1, error);
  if (plain == NULL)
    return FALSE;
  if (plain->len == 0 && !g_file_test (copy, G_FILE_TEST_EXISTS))
    return TRUE;

  if (key == NULL) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_LOCKED, "no key to seal orders with");
    return FALSE;
  }
  if (!seal_rows (db, keys, key, error) || !refills_db_empty_log (db, &is_empty, error))
    return FALSE;
  if (!is_empty) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "the log is in use by another process");
    return FALSE;
  }
  if (!verify_rows (db, keys, error))
    return FALSE;
  left = list_rows (db, TRUE, 0, 1, error);
  if (left == NULL)
    return FALSE;
  if (left->len > 0) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "some rows cannot be sealed");
    return FALSE;
  }
  if (g_unlink (copy) != 0 && errno != ENOENT) {
    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "the copy in clear cannot be removed: %s",
                 g_strerror (errno));
    return FALSE;
  }
  if (plain->len > 0)
    g_message ("the orders are sealed");

  return TRUE;
}
