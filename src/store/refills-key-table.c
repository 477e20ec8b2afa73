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

static gboolean
bytes_equal (GBytes *a,
             GBytes *b)
{
  return a == b || (a != NULL && b != NULL && g_bytes_equal (a, b));
}

static gboolean
is_same (const RefillsKeyRecord *a,
         const RefillsKeyRecord *b)
{
  return g_str_equal (a->name, b->name) && a->made_at == b->made_at && a->place == b->place &&
         bytes_equal (a->proof, b->proof) && bytes_equal (a->wrapped, b->wrapped) &&
         bytes_equal (a->recovery, b->recovery) && bytes_equal (a->salt, b->salt) && a->ops == b->ops &&
         a->memory == b->memory;
}

static gboolean
has_like (GPtrArray              *records,
          const RefillsKeyRecord *record)
{
  for (guint i = 0; i < records->len; i++)
    if (records->pdata[i] != record && is_same (records->pdata[i], record))
      return TRUE;

  return FALSE;
}

/**
 * refills_key_table_put_back:
 * @db: a connection to a database without keys
 * @found: (element-type RefillsKeyRecord): records that were found in a damaged one, which has each twice
 * @copies: (element-type RefillsKeyRecord): those of the copy beside it
 * @error: return location for an error
 *
 * Puts them into the table. Of records that differ those count that are there twice, and those that orders are sealed
 * with.
 */
gboolean
refills_key_table_put_back (RefillsDb  *db,
                            GPtrArray  *found,
                            GPtrArray  *copies,
                            GError    **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < found->len; i++) {
    const RefillsKeyRecord *record = found->pdata[i];

    if ((has_like (found, record) || has_like (copies, record)) && g_hash_table_add (names, record->name) &&
        !insert (db, record, error))
      return FALSE;
  }
  /* The name of one may be what is damaged. */
  if (g_hash_table_size (names) > 0)
    return refills_key_table_restore (db, found, error);
  for (guint i = 0; i < found->len; i++) {
    const RefillsKeyRecord *record = found->pdata[i];

    if (g_hash_table_add (names, record->name) && !insert (db, record, error))
      return FALSE;
  }

  return TRUE;
}

/**
 * refills_key_table_is_sound:
 * @db: a connection
 *
 * Returns: whether each record is there twice
 */
gboolean
refills_key_table_is_sound (RefillsDb *db)
{
  gboolean is_unlike = FALSE;

  return has_rows (db, "SELECT 1 FROM (SELECT " REFILLS_ORDER_SCHEMA_KEY_COLUMNS " FROM keys EXCEPT SELECT "
                       REFILLS_ORDER_SCHEMA_KEY_COLUMNS " FROM keys_again) UNION ALL SELECT 1 FROM (SELECT "
                       REFILLS_ORDER_SCHEMA_KEY_COLUMNS " FROM keys_again EXCEPT SELECT "
                       REFILLS_ORDER_SCHEMA_KEY_COLUMNS " FROM keys)", &is_unlike, NULL) && !is_unlike;
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
