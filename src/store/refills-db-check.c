/* refills-db-check.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether a database is damaged, as far as SQLite can tell.
 */
#include "refills-db-private.h"

#define STEPS_BETWEEN_STOPS 1000
/* "Database File Format", section 1.3: offset of the versions to write and to read with. */
#define HEADER_VERSIONS 18

static int
is_stopped (gpointer data)
{
  return g_atomic_int_get ((const int *) data);
}

/* SQLite would read a file with another number in the first place, and never write to it. */
static gboolean
has_sound_header (RefillsDb *self)
{
  sqlite3_file *file = NULL;
  guint8 versions[2] = { 0 };

  if (sqlite3_file_control (self->handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || file == NULL ||
      file->pMethods == NULL || file->pMethods->xRead (file, versions, sizeof versions, HEADER_VERSIONS) != SQLITE_OK)
    return TRUE;

  return versions[0] == versions[1] && (versions[0] == 1 || versions[0] == 2);
}

/**
 * refills_db_check:
 * @self: a connection that is used for nothing else
 * @stop: (nullable): not 0 from the moment when the answer is not wanted any more; read atomically
 * @is_damaged: (out): whether SQLite finds it damaged, or cannot read it as a database of ours
 *
 * Reads the whole database, its indexes too.
 *
 * Returns: whether that could be found out; not so where it is busy, may not be read, or was stopped
 */
gboolean
refills_db_check (RefillsDb *self,
                  const int *stop,
                  gboolean  *is_damaged)
{
  g_autoptr (RefillsDbStatement) statement = NULL;
  gboolean has_row = FALSE;

  if (stop != NULL)
    sqlite3_progress_handler (self->handle, STEPS_BETWEEN_STOPS, is_stopped, (gpointer) stop);
  statement = refills_db_prepare (self, "PRAGMA integrity_check(1)", NULL);
  if (statement == NULL || !refills_db_statement_step (statement, &has_row, NULL)) {
    /* A pragma can only be wrong (SQLITE_ERROR) where the file is. */
    *is_damaged = self->failure == SQLITE_CORRUPT || self->failure == SQLITE_NOTADB || self->failure == SQLITE_ERROR;
    return *is_damaged;
  }
  *is_damaged = !has_row || g_strcmp0 (refills_db_statement_get_text (statement, 0), "ok") != 0 ||
                !has_sound_header (self);

  return TRUE;
}
