/* refills-db.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsDb:
 *
 * A thin layer over one SQLite connection. Owns the connection and the modes of its file and folder.
 * Every call that can fail has a `GError`: `REFILLS_ERROR_STORAGE_FULL` where there is no room,
 * `REFILLS_ERROR_STORAGE` for all else.
 *
 * One thread at a time may use it. It blocks, so never on the main thread. It never deletes a
 * database, and never writes to one of a newer version.
 */
#include "refills-db.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "refills-db-private.h"
#include "refills-error.h"

#define BUSY_MS 5000
#define BUSY_STEP_MS 20

static RefillsErrorCode
error_code_for_errno (int number)
{
  return number == ENOSPC || number == EDQUOT ? REFILLS_ERROR_STORAGE_FULL : REFILLS_ERROR_STORAGE;
}

static void
set_file_error (GError     **error,
                const char  *what,
                int          number)
{
  g_set_error (error, REFILLS_ERROR, error_code_for_errno (number), "%s: %s", what,
               g_strerror (number));
}

/* Nothing here may open and close the database file by itself: that would drop the POSIX locks that
 * another connection of this process holds on it (SQLite, "How To Corrupt", section 2.2). */
static gboolean
restrict_mode (const char  *path,
               GError     **error)
{
  struct stat status;

  if (stat (path, &status) != 0) {
    if (errno == ENOENT)
      return TRUE;
    set_file_error (error, "cannot look at the database file", errno);
    return FALSE;
  }
  if (!S_ISREG (status.st_mode)) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "the database is not a file");
    return FALSE;
  }
  if ((status.st_mode & 077) != 0 && chmod (path, 0600) != 0) {
    set_file_error (error, "cannot close the database file to others", errno);
    return FALSE;
  }

  return TRUE;
}

static void
sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  if (fsync (fd) != 0)
    g_message ("cannot sync a folder: %s", g_strerror (errno));
  close (fd);
}

static gboolean
prepare_folder (const char  *path,
                GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  gboolean is_new = !g_file_test (folder, G_FILE_TEST_IS_DIR);
  struct stat status;

  if (g_mkdir_with_parents (folder, 0700) != 0 || stat (folder, &status) != 0) {
    set_file_error (error, "cannot make the folder of the database", errno);
    return FALSE;
  }
  if (is_new) {
    g_autofree char *parent = g_path_get_dirname (folder);

    /* Else the whole folder could be gone after a power cut, with synced files in it. */
    sync_folder (parent);
  }
  if (status.st_uid == geteuid () && (status.st_mode & 077) != 0 && chmod (folder, 0700) != 0)
    g_message ("cannot close the folder of the database to others: %s", g_strerror (errno));

  return TRUE;
}

static gboolean
prepare_file (const char  *path,
              GError     **error)
{
  const char *suffixes[] = { "", "-wal", "-shm", "-journal" };
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd >= 0) {
    close (fd);
  } else if (errno != EEXIST) {
    set_file_error (error, "cannot make the database file", errno);
    return FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

    if (!restrict_mode (file, error))
      return FALSE;
  }

  return TRUE;
}

static RefillsDb *
open_handle (const char  *path,
             int          flags,
             GError     **error)
{
  g_autoptr (RefillsDb) self = g_new0 (RefillsDb, 1);
  int result;

  self->path = g_strdup (path);
  result = sqlite3_open_v2 (path, &self->handle, flags, NULL);
  if (result != SQLITE_OK) {
    if (self->handle != NULL)
      refills_db_set_error (self, "open", result, error);
    else
      g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "open: out of memory");
    return NULL;
  }
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, BUSY_MS);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);

  return g_steal_pointer (&self);
}

static gboolean
read_pragma (RefillsDb   *self,
             const char  *sql,
             char       **value,
             GError     **error)
{
  g_autoptr (RefillsDbStatement) statement = refills_db_prepare (self, sql, error);
  gboolean has_row = FALSE;

  if (statement == NULL || !refills_db_statement_step (statement, &has_row, error))
    return FALSE;
  *value = has_row ? g_strdup (refills_db_statement_get_text (statement, 0)) : NULL;

  return TRUE;
}

/* SQLite ignores a pragma it does not like, so each one that matters is read back. */
static gboolean
set_pragma (RefillsDb   *self,
            const char  *name,
            const char  *value,
            GError     **error)
{
  g_autofree char *write = g_strdup_printf ("PRAGMA %s=%s", name, value);
  g_autofree char *read = g_strdup_printf ("PRAGMA %s", name);
  g_autofree char *found = NULL;

  if (!refills_db_execute (self, write, error) || !read_pragma (self, read, &found, error))
    return FALSE;
  if (g_strcmp0 (found, value) != 0) {
    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "%s stays %s", name,
                 found != NULL ? found : "unset");
    return FALSE;
  }

  return TRUE;
}

static gboolean
set_journal_mode (RefillsDb  *self,
                  GError    **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autofree char *mode = NULL;

  /* The busy time-out does not hold for a change of the journal mode, which two processes may try
   * at once on a new file. */
  for (guint waited = 0; waited <= BUSY_MS; waited += BUSY_STEP_MS) {
    g_clear_error (&refusal);
    if (read_pragma (self, "PRAGMA journal_mode=WAL", &mode, &refusal))
      break;
    if (self->failure != SQLITE_BUSY)
      break;
    g_usleep (BUSY_STEP_MS * 1000);
  }
  if (refusal != NULL && self->failure != SQLITE_IOERR && self->failure != SQLITE_CANTOPEN) {
    g_propagate_error (error, g_steal_pointer (&refusal));
    return FALSE;
  }
  if (g_strcmp0 (mode, "wal") == 0)
    return TRUE;

  g_message ("no write-ahead log here, journal mode DELETE");
  return set_pragma (self, "journal_mode", "delete", error);
}

/* SQLite reads a log that another process left without syncing it: that process may have ended between writing and
 * syncing, and what a person was shown of it would be gone after a power cut. A checkpoint would not do, since it
 * leaves the log alone while another connection reads. */
static gboolean
sync_log (RefillsDb  *self,
          GError    **error)
{
  sqlite3_file *log = NULL;
  sqlite3_int64 size = 0;
  int result = sqlite3_file_control (self->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);

  if (result != SQLITE_OK || log == NULL || log->pMethods == NULL)
    return TRUE;
  result = log->pMethods->xFileSize (log, &size);
  if (result == SQLITE_OK && size > 0)
    result = log->pMethods->xSync (log, SQLITE_SYNC_NORMAL);
  if (result == SQLITE_OK)
    return TRUE;
  self->failure = result & 0xff;
  g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "sync the log: %s (%d)", sqlite3_errstr (result), result);

  return FALSE;
}

/* What VACUUM INTO wrote need not be on the disk yet. */
static gboolean
sync_file (const char  *path,
           GError     **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean is_synced = fd >= 0 && fsync (fd) == 0;

  if (!is_synced)
    set_file_error (error, "cannot sync the copy before a migration", errno);
  if (fd >= 0)
    close (fd);

  return is_synced;
}

/* VACUUM INTO wants a file that is absent or empty; an empty one of our own making has our mode. @self has a
 * transaction, in which there is no VACUUM, so that nobody else copies or migrates: another connection reads. */
static gboolean
copy_before (RefillsDb  *self,
             guint       version,
             GError    **error)
{
  g_autofree char *copy = g_strdup_printf ("%s.before-%u", self->path, version);
  g_autofree char *part = g_strconcat (copy, ".part", NULL);
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autoptr (RefillsDb) reader = NULL;
  g_autoptr (RefillsDbStatement) statement = NULL;
  int fd;

  g_unlink (part);
  fd = open (part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) {
    set_file_error (error, "cannot make the copy before a migration", errno);
    return FALSE;
  }
  close (fd);
  reader = open_handle (self->path, SQLITE_OPEN_READWRITE, error);
  statement = reader != NULL ? refills_db_prepare (reader, "VACUUM INTO ?", error) : NULL;
  if (statement == NULL)
    return FALSE;
  refills_db_statement_bind_text (statement, 1, part);
  if (!refills_db_statement_step (statement, NULL, error) || !sync_file (part, error))
    return FALSE;
  if (g_rename (part, copy) != 0) {
    set_file_error (error, "cannot name the copy before a migration", errno);
    return FALSE;
  }
  sync_folder (folder);

  return TRUE;
}

static gboolean
run_migration (RefillsDb                *self,
               const RefillsDbMigration *migration,
               guint                     version,
               GError                  **error)
{
  g_autofree char *pragma = g_strdup_printf ("PRAGMA user_version=%u", version);

  return refills_db_execute (self, migration->sql, error) &&
         (migration->run == NULL || migration->run (self, error)) &&
         refills_db_execute (self, pragma, error) &&
         refills_db_commit (self, error);
}

/**
 * refills_db_open:
 * @path: file name of the database
 * @error: return location for `REFILLS_ERROR_STORAGE` or `REFILLS_ERROR_STORAGE_FULL`
 *
 * Opens a database, and makes it and its folder where there is none. The folder is closed to others
 * (0700) and so is the file (0600), also when they were open before. What is set is of this
 * connection alone; the file itself is first written by [func@Db.migrate].
 *
 * Returns: (transfer full) (nullable): the connection; `NULL` always with @error set
 */
RefillsDb *
refills_db_open (const char  *path,
                 GError     **error)
{
  g_autoptr (RefillsDb) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (!prepare_folder (path, error) || !prepare_file (path, error))
    return NULL;
  self = open_handle (path, SQLITE_OPEN_READWRITE, error);
  if (self == NULL)
    return NULL;
  /* A commit is on the disk when it returns (2 is FULL). Foreign keys cannot be turned on inside a
   * transaction: SQLite ignores it there. */
  if (!set_pragma (self, "synchronous", "2", error) ||
      !set_pragma (self, "foreign_keys", "1", error) ||
      !set_pragma (self, "secure_delete", "1", error) ||
      !set_pragma (self, "trusted_schema", "0", error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * refills_db_open_to_read:
 * @path: file name of the database
 * @error: return location for a `REFILLS_ERROR_STORAGE`
 *
 * Opens a database that must exist, and never changes it: for what can still be read of a damaged one.
 *
 * Returns: (transfer full) (nullable): the connection; `NULL` always with @error set
 */
RefillsDb *
refills_db_open_to_read (const char  *path,
                         GError     **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return open_handle (path, SQLITE_OPEN_READONLY, error);
}

/**
 * refills_db_open_read_only:
 * @path: file name of the database
 * @error: return location for a `REFILLS_ERROR_STORAGE`
 *
 * Opens a database that must exist and that cannot be written, nor its folder. One with a write-ahead log wants a file
 * to agree on with others (`-shm`). Where that is absent and cannot be made nobody has the database open, so it is
 * read without: with its log where it has one, else as one that does not change. What another writes from then on may
 * be missed, or look damaged; it is not damaged.
 *
 * Returns: (transfer full) (nullable): the connection; `NULL` always with @error set
 */
RefillsDb *
refills_db_open_read_only (const char  *path,
                           GError     **error)
{
  g_autofree char *escaped = NULL;
  g_autofree char *log = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (RefillsDb) self = NULL;
  g_autoptr (GError) refusal = NULL;
  struct stat status;
  gboolean has_log = FALSE;
  guint version = 0;

  g_return_val_if_fail (path != NULL, NULL);

  self = open_handle (path, SQLITE_OPEN_READONLY, error);
  if (self == NULL)
    return NULL;
  if (refills_db_get_version (self, &version, &refusal))
    return g_steal_pointer (&self);
  if (self->failure != SQLITE_CANTOPEN && self->failure != SQLITE_READONLY) {
    g_propagate_error (error, g_steal_pointer (&refusal));
    return NULL;
  }

  g_clear_pointer (&self, refills_db_close);
  escaped = g_uri_escape_string (path, "/", FALSE);
  log = g_strconcat (path, "-wal", NULL);
  has_log = stat (log, &status) == 0 && status.st_size > 0;
  uri = g_strdup_printf ("file:%s?mode=ro&%s", escaped, has_log ? "vfs=unix-none" : "immutable=1");
  self = open_handle (uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
  /* One who shares with nobody keeps in memory what would be in that file. */
  if (self == NULL || (has_log && !refills_db_execute (self, "PRAGMA locking_mode=EXCLUSIVE", error)) ||
      !refills_db_get_version (self, &version, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * refills_db_open_in_memory:
 * @from: (nullable): what is copied to it
 * @error: return location for a `REFILLS_ERROR_STORAGE`
 *
 * Makes a database that is nowhere on disk.
 *
 * Returns: (transfer full) (nullable): the connection; `NULL` always with @error set
 */
RefillsDb *
refills_db_open_in_memory (RefillsDb  *from,
                           GError    **error)
{
  g_autoptr (RefillsDb) self = open_handle (":memory:", SQLITE_OPEN_READWRITE, error);
  sqlite3_backup *backup = NULL;

  if (self == NULL)
    return NULL;
  g_clear_pointer (&self->path, g_free);
  if (from == NULL)
    return g_steal_pointer (&self);

  backup = sqlite3_backup_init (self->handle, "main", from->handle, "main");
  if (backup != NULL) {
    sqlite3_backup_step (backup, -1);
    sqlite3_backup_finish (backup);
  }
  if (sqlite3_errcode (self->handle) != SQLITE_OK) {
    refills_db_set_error (self, "copy", sqlite3_errcode (self->handle), error);
    return NULL;
  }

  return g_steal_pointer (&self);
}

/**
 * refills_db_forbid_writing:
 * @self: a connection
 * @error: return location for an error
 *
 * From now on it writes nothing, not even what is in the log when it is closed.
 */
gboolean
refills_db_forbid_writing (RefillsDb  *self,
                           GError    **error)
{
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);

  return set_pragma (self, "query_only", "1", error);
}

/**
 * refills_db_close:
 * @self: (transfer full): a connection without statements
 *
 * Closes the connection. What was not committed is gone.
 */
void
refills_db_close (RefillsDb *self)
{
  if (sqlite3_close (self->handle) != SQLITE_OK)
    g_critical ("a database is closed with statements left");
  g_free (self->path); /* owned by the struct */
  g_free (self);       /* plain struct */
}

/**
 * refills_db_migrate:
 * @self: a connection outside of any transaction
 * @migrations: (array length=n_migrations): all steps there are, from version 0 on
 * @n_migrations: their number, which is the version afterwards
 * @error: return location for an error
 *
 * Brings the schema up to date: each step and its version number in one transaction, after a copy of
 * an older database as `PATH.before-N`, N being the first version it is brought to. A newer database
 * is refused and not written to. What a log holds by then is on the disk afterwards, whoever wrote it.
 *
 * Returns: whether the schema is that of the last step
 */
gboolean
refills_db_migrate (RefillsDb                *self,
                    const RefillsDbMigration *migrations,
                    guint                     n_migrations,
                    GError                  **error)
{
  guint version = 0;
  gboolean is_ours = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);

  /* What is in memory alone wants no copy. */
  is_ours = self->path == NULL;
  if (!refills_db_get_version (self, &version, error))
    return FALSE;
  if (version > n_migrations) {
    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE_NEWER,
                 "the database is of version %u, newer than %u", version, n_migrations);
    return FALSE;
  }
  /* The mode is kept in the file, so it waits until the file is known to be ours. */
  if (self->path != NULL && (!set_journal_mode (self, error) || !sync_log (self, error)))
    return FALSE;
  while (version < n_migrations) {
    if (!refills_db_begin (self, error))
      return FALSE;
    /* Another process may have been quicker. */
    if (!refills_db_get_version (self, &version, error)) {
      refills_db_roll_back (self);
      return FALSE;
    }
    if (version >= n_migrations) {
      refills_db_roll_back (self);
      break;
    }
    if ((version > 0 && !is_ours && !copy_before (self, version + 1, error)) ||
        !run_migration (self, &migrations[version], version + 1, error)) {
      refills_db_roll_back (self);
      return FALSE;
    }
    /* Made here, or copied as it was. */
    is_ours = TRUE;
    version++;
  }

  return TRUE;
}

/**
 * refills_db_get_version:
 * @self: a connection
 * @version: (out): the version of its schema, 0 for a new database
 * @error: return location for an error
 *
 * Returns: whether it could be read
 */
gboolean
refills_db_get_version (RefillsDb  *self,
                        guint      *version,
                        GError    **error)
{
  g_autoptr (RefillsDbStatement) statement = refills_db_prepare (self, "PRAGMA user_version", error);
  gboolean has_row = FALSE;

  if (statement == NULL || !refills_db_statement_step (statement, &has_row, error))
    return FALSE;
  *version = has_row ? (guint) CLAMP (refills_db_statement_get_int (statement, 0), 0, G_MAXINT32) : 0;

  return TRUE;
}

/**
 * refills_db_execute:
 * @self: a connection
 * @sql: one or more statements of our own
 * @error: return location for an error
 *
 * Runs statements that have no results.
 */
gboolean
refills_db_execute (RefillsDb   *self,
                    const char  *sql,
                    GError     **error)
{
  int result = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  if (result != SQLITE_OK) {
    refills_db_set_error (self, "execute", result, error);
    return FALSE;
  }

  return TRUE;
}

/**
 * refills_db_begin:
 * @self: a connection outside of any transaction
 * @error: return location for an error
 *
 * Begins a transaction that may write at once (`BEGIN IMMEDIATE`), after waiting up to 5 s for another.
 */
gboolean
refills_db_begin (RefillsDb  *self,
                  GError    **error)
{
  return refills_db_execute (self, "BEGIN IMMEDIATE", error);
}

/**
 * refills_db_commit:
 * @self: a connection in a transaction
 * @error: return location for an error
 *
 * Commits; what was written is on the disk when this returns `TRUE`. On failure roll back.
 */
gboolean
refills_db_commit (RefillsDb  *self,
                   GError    **error)
{
  return refills_db_execute (self, "COMMIT", error);
}

/**
 * refills_db_roll_back:
 * @self: a connection
 *
 * Takes the transaction back; does nothing where there is none (SQLite ends it by itself after some
 * failures).
 */
void
refills_db_roll_back (RefillsDb *self)
{
  g_autoptr (GError) error = NULL;

  if (sqlite3_get_autocommit (self->handle) != 0)
    return;
  if (!refills_db_execute (self, "ROLLBACK", &error))
    g_message ("%s", error->message);
}

/**
 * refills_db_empty_log:
 * @self: a connection outside of any transaction
 * @is_empty: (out) (optional): `FALSE` where another connection reads from the log just now
 * @error: return location for an error
 *
 * Writes what is in the log into the database, and cuts the log to nothing. Does nothing where there is none.
 */
gboolean
refills_db_empty_log (RefillsDb   *self,
                      gboolean    *is_empty,
                      GError     **error)
{
  g_autoptr (RefillsDbStatement) statement = refills_db_prepare (self, "PRAGMA wal_checkpoint(TRUNCATE)", error);
  gboolean has_row = FALSE;

  if (statement == NULL || !refills_db_statement_step (statement, &has_row, error))
    return FALSE;
  if (is_empty != NULL)
    *is_empty = has_row && refills_db_statement_get_int (statement, 0) == 0;

  return TRUE;
}

/**
 * refills_db_get_last_row:
 * @self: a connection
 *
 * Returns: the row number of the last row inserted through this connection
 */
gint64
refills_db_get_last_row (RefillsDb *self)
{
  return sqlite3_last_insert_rowid (self->handle);
}

/**
 * refills_db_get_n_changes:
 * @self: a connection
 *
 * Returns: the number of rows that the last statement changed
 */
guint
refills_db_get_n_changes (RefillsDb *self)
{
  return (guint) sqlite3_changes (self->handle);
}

/**
 * refills_db_set_error:
 * @self: a connection
 * @what: what was tried
 * @result: what SQLite returned
 * @error: return location for the error
 *
 * Sets an error from what SQLite says, and remembers its kind.
 */
void
refills_db_set_error (RefillsDb   *self,
                      const char  *what,
                      int          result,
                      GError     **error)
{
  RefillsErrorCode code = REFILLS_ERROR_STORAGE;

  self->failure = result & 0xff;
  if (self->failure == SQLITE_FULL)
    code = REFILLS_ERROR_STORAGE_FULL;
  else if (self->failure == SQLITE_IOERR)
    code = error_code_for_errno (sqlite3_system_errno (self->handle));
  g_set_error (error, REFILLS_ERROR, code, "%s: %s (%d)", what, sqlite3_errmsg (self->handle),
               result);
}
