/* refills-db-statement.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsDbStatement:
 *
 * One compiled statement of a [struct@Db]: its values, its rows. Owns the statement, not the connection,
 * which must outlive it. A bind that fails is reported by the next step. Never holds SQL made of data.
 */
#include "refills-db.h"

#include "refills-db-private.h"

struct _RefillsDbStatement {
  RefillsDb *db;
  sqlite3_stmt *handle;
  /* The first bind that failed; reported by the next step. */
  int bind_failure;
};

static void
note_bind (RefillsDbStatement *self,
           int                 result)
{
  if (self->bind_failure == SQLITE_OK)
    self->bind_failure = result;
}

/**
 * refills_db_prepare:
 * @self: a connection, which must outlive the statement
 * @sql: one statement
 * @error: return location for an error
 *
 * Compiles a statement.
 *
 * Returns: (transfer full) (nullable): the statement; `NULL` always with @error set
 */
RefillsDbStatement *
refills_db_prepare (RefillsDb   *self,
                    const char  *sql,
                    GError     **error)
{
  g_autoptr (RefillsDbStatement) statement = g_new0 (RefillsDbStatement, 1);
  int result;

  statement->db = self;
  statement->bind_failure = SQLITE_OK;
  result = sqlite3_prepare_v2 (self->handle, sql, -1, &statement->handle, NULL);
  if (result != SQLITE_OK) {
    refills_db_set_error (self, "prepare", result, error);
    return NULL;
  }

  return g_steal_pointer (&statement);
}

/**
 * refills_db_statement_free:
 * @self: (transfer full): a statement
 *
 * Ends the statement.
 */
void
refills_db_statement_free (RefillsDbStatement *self)
{
  sqlite3_finalize (self->handle);
  g_free (self); /* plain struct */
}

/**
 * refills_db_statement_bind_int:
 * @self: a statement before its first step
 * @index: which `?`, from 1
 * @value: the value
 *
 * Binds an integer. This and every other bind keeps its failure for the next step.
 */
void
refills_db_statement_bind_int (RefillsDbStatement *self,
                               guint               index,
                               gint64              value)
{
  note_bind (self, sqlite3_bind_int64 (self->handle, (int) index, value));
}

/**
 * refills_db_statement_bind_text:
 * @self: a statement before its first step
 * @index: which `?`, from 1
 * @value: (nullable): the text, copied
 *
 * Binds a text, or NULL.
 */
void
refills_db_statement_bind_text (RefillsDbStatement *self,
                                guint               index,
                                const char         *value)
{
  note_bind (self, sqlite3_bind_text (self->handle, (int) index, value, -1, SQLITE_TRANSIENT));
}

/**
 * refills_db_statement_bind_variant:
 * @self: a statement before its first step
 * @index: which `?`, from 1
 * @value: (nullable): the variant; a floating one is taken
 *
 * Binds a variant as the bytes of its normal form. Its type is not kept: store a `v` where it may vary.
 */
void
refills_db_statement_bind_variant (RefillsDbStatement *self,
                                   guint               index,
                                   GVariant           *value)
{
  g_autoptr (GVariant) owned = value != NULL ? g_variant_ref_sink (value) : NULL;
  g_autoptr (GVariant) normal = owned != NULL ? g_variant_get_normal_form (owned) : NULL;
  g_autoptr (GBytes) bytes = normal != NULL ? g_variant_get_data_as_bytes (normal) : NULL;

  refills_db_statement_bind_bytes (self, index, bytes);
}

/**
 * refills_db_statement_bind_bytes:
 * @self: a statement before its first step
 * @index: which `?`, from 1
 * @value: (nullable): the bytes, copied
 *
 * Binds bytes, or NULL.
 */
void
refills_db_statement_bind_bytes (RefillsDbStatement *self,
                                 guint               index,
                                 GBytes             *value)
{
  gsize length = 0;
  gconstpointer data = value != NULL ? g_bytes_get_data (value, &length) : NULL;

  if (value == NULL)
    note_bind (self, sqlite3_bind_null (self->handle, (int) index));
  else if (length == 0)
    note_bind (self, sqlite3_bind_zeroblob (self->handle, (int) index, 0));
  else
    note_bind (self, sqlite3_bind_blob64 (self->handle, (int) index, data, length,
                                          SQLITE_TRANSIENT));
}

/**
 * refills_db_statement_step:
 * @self: a statement
 * @has_row: (out) (optional): whether there is a row to read
 * @error: return location for an error
 *
 * Goes on to the next row. After the last row, and after a failure, the statement may be bound and
 * stepped again.
 *
 * Returns: `FALSE` with @error set when the statement, or a bind before it, failed
 */
gboolean
refills_db_statement_step (RefillsDbStatement  *self,
                           gboolean            *has_row,
                           GError             **error)
{
  int result = self->bind_failure != SQLITE_OK ? self->bind_failure : sqlite3_step (self->handle);

  if (has_row != NULL)
    *has_row = result == SQLITE_ROW;
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    refills_db_set_error (self->db, "step", result, error);
  sqlite3_reset (self->handle);
  self->bind_failure = SQLITE_OK;

  return result == SQLITE_DONE;
}

/**
 * refills_db_statement_get_int:
 * @self: a statement on a row
 * @column: from 0
 *
 * Returns: the integer, 0 for NULL
 */
gint64
refills_db_statement_get_int (RefillsDbStatement *self,
                              guint               column)
{
  return sqlite3_column_int64 (self->handle, (int) column);
}

/**
 * refills_db_statement_get_text:
 * @self: a statement on a row
 * @column: from 0
 *
 * Returns: (nullable): the text, owned by the statement and valid until its next step; `NULL` also
 *   for text that is not UTF-8
 */
const char *
refills_db_statement_get_text (RefillsDbStatement *self,
                               guint               column)
{
  const char *text = (const char *) sqlite3_column_text (self->handle, (int) column);

  return text != NULL && g_utf8_validate (text, -1, NULL) ? text : NULL;
}

/**
 * refills_db_statement_get_bytes:
 * @self: a statement on a row
 * @column: from 0
 *
 * Returns: (transfer full) (nullable): a copy of the bytes, `NULL` for NULL
 */
GBytes *
refills_db_statement_get_bytes (RefillsDbStatement *self,
                                guint               column)
{
  gconstpointer data = NULL;

  if (sqlite3_column_type (self->handle, (int) column) == SQLITE_NULL)
    return NULL;
  data = sqlite3_column_blob (self->handle, (int) column);

  return g_bytes_new (data, (gsize) sqlite3_column_bytes (self->handle, (int) column));
}

/**
 * refills_db_statement_get_variant:
 * @self: a statement on a row
 * @column: from 0
 * @type: the type it was stored with
 *
 * Reads a variant. The bytes are not trusted: what is not in normal form reads as defaults.
 *
 * Returns: (transfer full) (nullable): the variant in normal form, `NULL` for NULL
 */
GVariant *
refills_db_statement_get_variant (RefillsDbStatement *self,
                                  guint               column,
                                  const GVariantType *type)
{
  g_autoptr (GBytes) bytes = refills_db_statement_get_bytes (self, column);
  g_autoptr (GVariant) variant = NULL;

  if (bytes == NULL)
    return NULL;
  variant = g_variant_ref_sink (g_variant_new_from_bytes (type, bytes, FALSE));

  return g_variant_get_normal_form (variant);
}
