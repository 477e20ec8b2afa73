/* refills-key-table.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows of the table `keys`: for each data key its check value and how it is wrapped. On the store's thread, one
 * transaction for each change. A key's row is never deleted, and never made where something is sealed already.
 */
#include "refills-key-table.h"

#include "refills-error.h"
#include "refills-order-schema.h"

/* NULL where the row cannot be one of ours; its key cannot be opened then. */
static RefillsKeyRecord *
read_record (RefillsDbStatement *statement)
{
  g_autoptr (RefillsKeyRecord) record = g_new0 (RefillsKeyRecord, 1);

  record->name = g_strdup (refills_db_statement_get_text (statement, 0));
  record->made_at = refills_db_statement_get_int (statement, 1);
  record->place = refills_db_statement_get_int (statement, 2) == REFILLS_KEY_PLACE_FILE ? REFILLS_KEY_PLACE_FILE
                                                                                      : REFILLS_KEY_PLACE_KEYRING;
  record->proof = refills_db_statement_get_bytes (statement, 3);
  record->wrapped = refills_db_statement_get_bytes (statement, 4);
  record->recovery = refills_db_statement_get_bytes (statement, 5);
  record->salt = refills_db_statement_get_bytes (statement, 6);
  record->ops = refills_db_statement_get_int (statement, 7);
  record->memory = refills_db_statement_get_int (statement, 8);

  return record->name != NULL && record->proof != NULL && record->wrapped != NULL ? g_steal_pointer (&record) : NULL;
}

static gboolean
has_rows (RefillsDb   *db,
          const char  *sql,
          gboolean    *has_row,
          GError     **error)
{
  g_autoptr (RefillsDbStatement) statement = refills_db_prepare (db, sql, error);

  return statement != NULL && refills_db_statement_step (statement, has_row, error);
}

/* Makes a new key impossible where that would leave rows behind that nobody can open. */
static gboolean
may_add_first (RefillsDb  *db,
               GError    **error)
{
  gboolean has_keys = FALSE;
  gboolean has_sealed = FALSE;

  if (!has_rows (db, "SELECT 1 FROM keys LIMIT 1", &has_keys, error) ||
      !has_rows (db, "SELECT 1 FROM orders WHERE key IS NOT NULL LIMIT 1", &has_sealed, error))
    return FALSE;
  if (!has_keys && !has_sealed)
    return TRUE;
  g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_LOCKED,
                       has_keys ? "there is a key already" : "orders are sealed with a key that is not recorded");

  return FALSE;
}

static void
bind_places (RefillsDbStatement     *statement,
             const RefillsKeyRecord *record)
{
  refills_db_statement_bind_text (statement, 1, record->name);
  refills_db_statement_bind_int (statement, 2, record->place);
  refills_db_statement_bind_bytes (statement, 3, record->wrapped);
  refills_db_statement_bind_bytes (statement, 4, record->recovery);
  refills_db_statement_bind_bytes (statement, 5, record->salt);
  refills_db_statement_bind_int (statement, 6, record->ops);
  refills_db_statement_bind_int (statement, 7, record->memory);
}

static gboolean
insert (RefillsDb               *db,
        const RefillsKeyRecord  *record,
        GError                 **error)
{
  g_autoptr (RefillsDbStatement) statement =
    refills_db_prepare (db, "INSERT INTO keys (name, place, wrapped, recovery, salt, ops, memory, made_at, proof)"
                            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  bind_places (statement, record);
  refills_db_statement_bind_int (statement, 8, record->made_at);
  refills_db_statement_bind_bytes (statement, 9, record->proof);

  return refills_db_statement_step (statement, NULL, error);
}

/**
 * refills_key_table_list:
 * @db: a connection
 * @error: return location for an error; `REFILLS_ERROR_LOCKED` where orders are sealed and no key is recorded
 *
 * Reads what is known of the keys. A row that is damaged is left out.
 *
 * Returns: (transfer full) (nullable) (element-type RefillsKeyRecord): the records, the newest last
 */
GPtrArray *
refills_key_table_list (RefillsDb  *db,
                        GError    **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) refills_key_record_free);
  g_autoptr (RefillsDbStatement) statement =
    refills_db_prepare (db, "SELECT " REFILLS_ORDER_SCHEMA_KEY_COLUMNS " FROM keys ORDER BY made_at, name", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  while (TRUE) {
    RefillsKeyRecord *record = NULL;

    if (!refills_db_statement_step (statement, &has_row, error))
      return NULL;
    if (!has_row)
      break;
    record = read_record (statement);
    if (record != NULL)
      g_ptr_array_add (records, record);
    else
      g_message ("a key's record is damaged");
  }
  if (records->len == 0 && !may_add_first (db, error))
    return NULL;

  return g_steal_pointer (&records);
}

/**
 * refills_key_table_add_first:
 * @db: a connection outside of any transaction
 * @record: a new key
 * @error: return location for an error; `REFILLS_ERROR_LOCKED` where there is a key already, or something sealed
 *
 * Commits the first key. Of two processes that try at once one is refused, and finds the other's.
 */
gboolean
refills_key_table_add_first (RefillsDb               *db,
                             const RefillsKeyRecord  *record,
                             GError                 **error)
{
  if (!refills_db_begin (db, error) || !may_add_first (db, error))
    return FALSE;
  return insert (db, record, error) && refills_db_commit (db, error);
}

/**
 * refills_key_table_restore:
 * @db: a connection, in a transaction or not
 * @copies: (element-type RefillsKeyRecord): records that were in the table once
 * @error: return location for an error
 *
 * Puts back the records that orders are sealed with and that are not there any more; no others, for a key may belong to
 * orders that were put away.
 */
gboolean
refills_key_table_restore (RefillsDb  *db,
                           GPtrArray  *copies,
                           GError    **error)
{
  for (guint i = 0; i < copies->len; i++) {
    const RefillsKeyRecord *record = copies->pdata[i];
    g_autoptr (RefillsDbStatement) wanted =
      refills_db_prepare (db, "SELECT 1 FROM orders WHERE key = ?1 AND ?1 NOT IN (SELECT name FROM keys) LIMIT 1",
                          error);
    gboolean is_wanted = FALSE;

    if (wanted == NULL)
      return FALSE;
    refills_db_statement_bind_text (wanted, 1, record->name);
    if (!refills_db_statement_step (wanted, &is_wanted, error))
      return FALSE;
    g_clear_pointer (&wanted, refills_db_statement_free);
    if (is_wanted && !insert (db, record, error))
      return FALSE;
    if (is_wanted)
      g_message ("the record of a key is taken from its copy");
  }

  return TRUE;
}

/**
 * refills_key_table_update:
 * @db: a connection outside of any transaction
 * @record: a key that is there
 * @error: return location for an error; `REFILLS_ERROR_NOT_FOUND` where it is not
 *
 * Commits how a key is wrapped: its place and wrapped key where there is one in @record, and its recovery where there
 * is one, so that two processes that change one each take nothing from each other. The key itself and its check value
 * never change.
 */
gboolean
refills_key_table_update (RefillsDb               *db,
                          const RefillsKeyRecord  *record,
                          GError                 **error)
{
  g_autoptr (RefillsDbStatement) update = NULL;

  if (!refills_db_begin (db, error))
    return FALSE;
  update = refills_db_prepare (db, "UPDATE keys SET place = iif (?3 IS NULL, place, ?2),"
                                   " wrapped = coalesce (?3, wrapped), recovery = coalesce (?4, recovery),"
                                   " salt = iif (?4 IS NULL, salt, ?5), ops = iif (?4 IS NULL, ops, ?6),"
                                   " memory = iif (?4 IS NULL, memory, ?7) WHERE name = ?1", error);
  if (update == NULL)
    return FALSE;
  bind_places (update, record);
  if (!refills_db_statement_step (update, NULL, error))
    return FALSE;
  if (refills_db_get_n_changes (db) != 1) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND, "no such key");
    return FALSE;
  }

  return refills_db_commit (db, error);
}
