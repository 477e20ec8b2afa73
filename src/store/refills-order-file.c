/* refills-order-file.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsOrderFile:
 *
 * The file that the orders are in: its schema, its locks, and what is done when it is damaged.
 *
 * Owns the connection and a lock file beside it (`PATH.lock`, always empty). Byte 0 of the lock file is share-locked by
 * whoever has the orders open, so a damaged file is never moved from under another process. A byte far behind is locked
 * while the file is opened, so that of several processes that find none one makes it: each would set the journal mode,
 * and one delete the journal that another looks at. Byte N is locked by the process that is sending the order of row N.
 * The kernel drops all of them when a process ends in whatever way, and they hold between sandboxes, where process ids
 * say nothing.
 *
 * Used by one thread at a time; blocks. Never deletes a file that holds orders.
 */
#define _GNU_SOURCE /* F_OFD_SETLK */
#include "refills-order-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "refills-error.h"
#include "refills-order-check.h"
#include "refills-order-salvage.h"
#include "refills-order-schema.h"
#include "refills-order-swap.h"

#define USE_BYTE 0
#define OPEN_BYTE (G_MAXINT64 / 2)

struct _RefillsOrderFile {
  char *path;
  RefillsDb *db;
  int lock_fd;
  RefillsStoreCondition condition;
  char *aside;        /* name of the damaged file that was kept, without its folder; NULL for none */
  guint n_carried;    /* orders that were in the mended file */
  /* Rows held by this object; the kernel does not tell an owner of its own locks. */
  GHashTable *held;
};

static gboolean
lock_byte (int   fd,
           short type,
           off_t byte,
           int   command)
{
  struct flock lock = { .l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };
  int result;

  do
    result = fcntl (fd, command, &lock);
  while (result != 0 && errno == EINTR);

  return result == 0;
}

static void
open_lock (RefillsOrderFile *self)
{
  g_autofree char *lock = g_strconcat (self->path, ".lock", NULL);

  if (self->lock_fd < 0)
    self->lock_fd = open (lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  /* Where nothing can be written others may be asked all the same. */
  if (self->lock_fd < 0 && (self->condition & REFILLS_STORE_CONDITION_READ_ONLY) != 0) {
    self->lock_fd = open (lock, O_RDONLY | O_CLOEXEC);
    if (self->lock_fd < 0)
      return;
  }
  /* Waits while another process mends the file. Some network file systems have no such locks. */
  if (self->lock_fd < 0 || !lock_byte (self->lock_fd, F_RDLCK, USE_BYTE, F_OFD_SETLKW))
    g_message ("no lock beside the orders: %s", g_strerror (errno));
}

/* A file of another owner could be read by them, so nothing is written to it, not by the superuser either. Whether a
 * disk is full is for the write to find out.
 * Returns: whether the file can be written or made */
static gboolean
may_write (RefillsOrderFile *self)
{
  const char *suffixes[] = { "", "-wal", "-shm", "-journal" };
  g_autofree char *folder = g_path_get_dirname (self->path);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return errno != EACCES && errno != EPERM && errno != EROFS && errno != ENOTDIR && errno != EEXIST;
  if (faccessat (AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *file = g_strconcat (self->path, suffixes[i], NULL);
    struct stat status;

    if (stat (file, &status) == 0 &&
        (status.st_uid != geteuid () || faccessat (AT_FDCWD, file, W_OK, AT_EACCESS) != 0))
      return FALSE;
  }

  return TRUE;
}

/* Opens what there is without writing: the orders of an older version in a copy in memory, and none at all where
 * there is no file. */
static RefillsDb *
open_read_only (RefillsOrderFile  *self,
                GError           **error)
{
  g_autoptr (RefillsDb) db = NULL;
  g_autoptr (RefillsDb) copy = NULL;
  guint version = 0;
  struct stat status;

  if (stat (self->path, &status) == 0 || (errno != ENOENT && errno != ENOTDIR)) {
    db = refills_db_open_read_only (self->path, error);
    if (db == NULL || !refills_db_get_version (db, &version, error))
      return NULL;
    if (version > REFILLS_ORDER_SCHEMA_VERSION)
      self->condition |= REFILLS_STORE_CONDITION_NEWER;
    if (version >= REFILLS_ORDER_SCHEMA_VERSION)
      return g_steal_pointer (&db);
  }
  copy = refills_db_open_in_memory (db, error);
  if (copy == NULL || !refills_order_schema_migrate (copy, REFILLS_ORDER_SCHEMA_VERSION, error))
    return NULL;

  return g_steal_pointer (&copy);
}

static RefillsDb *
open_to_write (RefillsOrderFile  *self,
               GError           **error)
{
  g_autoptr (RefillsDb) db = NULL;
  g_autoptr (GError) refusal = NULL;
  gboolean is_migrated = FALSE;

  if (self->lock_fd >= 0)
    lock_byte (self->lock_fd, F_WRLCK, OPEN_BYTE, F_OFD_SETLKW);
  db = refills_db_open (self->path, error);
  is_migrated = db != NULL && refills_order_schema_migrate (db, REFILLS_ORDER_SCHEMA_VERSION, &refusal);
  if (self->lock_fd >= 0)
    lock_byte (self->lock_fd, F_UNLCK, OPEN_BYTE, F_OFD_SETLK);
  if (is_migrated)
    return g_steal_pointer (&db);
  if (db == NULL)
    return NULL;
  if (!g_error_matches (refusal, REFILLS_ERROR, REFILLS_ERROR_STORAGE_NEWER)) {
    g_propagate_error (error, g_steal_pointer (&refusal));
    return NULL;
  }
  self->condition |= REFILLS_STORE_CONDITION_NEWER;

  return refills_db_forbid_writing (db, error) ? g_steal_pointer (&db) : NULL;
}

static guint
count_orders (RefillsDb *db)
{
  g_autoptr (RefillsDbStatement) statement = refills_db_prepare (db, "SELECT count(*) FROM orders", NULL);
  gboolean has_row = FALSE;

  if (statement == NULL || !refills_db_statement_step (statement, &has_row, NULL) || !has_row)
    return 0;

  return (guint) refills_db_statement_get_int (statement, 0);
}

/* Empty, but for the row numbers that were given out. The log is emptied, so that nothing is in a second file. */
static gboolean
write_fresh (RefillsOrderFile  *self,
             const char        *part,
             GError           **error)
{
  RefillsDb *from = refills_order_file_open_to_write (self, error);
  g_autoptr (RefillsDb) to = NULL;
  gboolean is_empty = FALSE;

  if (from == NULL || !refills_db_empty_log (from, &is_empty, error))
    return FALSE;
  if (!is_empty) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_IN_USE, "the log is in use by another process");
    return FALSE;
  }
  refills_order_swap_remove (part);
  to = refills_db_open (part, error);
  if (to == NULL || !refills_order_schema_migrate (to, REFILLS_ORDER_SCHEMA_VERSION, error) ||
      !refills_db_begin (to, error) || !refills_order_salvage_copy_sequence (from, to, error))
    return FALSE;

  return refills_db_commit (to, error) && refills_db_empty_log (to, NULL, error);
}

/**
 * refills_order_file_new:
 * @path: file name of the database
 *
 * Touches nothing on disk.
 *
 * Returns: (transfer full): a closed file
 */
RefillsOrderFile *
refills_order_file_new (const char *path)
{
  RefillsOrderFile *self = g_new0 (RefillsOrderFile, 1);

  self->path = g_strdup (path);
  self->lock_fd = -1;
  self->held = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  return self;
}

/**
 * refills_order_file_free:
 * @self: (transfer full): a file
 *
 * Closes the file and lets go of its locks.
 */
void
refills_order_file_free (RefillsOrderFile *self)
{
  g_clear_pointer (&self->db, refills_db_close);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_hash_table_unref (self->held);
  g_free (self->aside); /* owned by the struct */
  g_free (self->path); /* owned by the struct */
  g_free (self);       /* plain struct */
}

/**
 * refills_order_file_get_path:
 * @self: a file
 *
 * Returns: its name
 */
const char *
refills_order_file_get_path (RefillsOrderFile *self)
{
  return self->path;
}

/**
 * refills_order_file_open:
 * @self: a file, open or closed
 * @error: return location for an error; `REFILLS_ERROR_STORAGE_NEWER` where a newer version made it that this one
 *   cannot read
 *
 * Opens the file where it is not open yet, with the schema of this version. One that cannot be written, and one of a
 * newer version, is opened to be read.
 *
 * Returns: (transfer none) (nullable): the connection; `NULL` always with @error set
 */
RefillsDb *
refills_order_file_open (RefillsOrderFile  *self,
                         GError           **error)
{
  g_autoptr (RefillsDb) db = NULL;
  gboolean is_writable;

  /* Who may not write may be allowed to meanwhile. */
  if (self->db != NULL && (self->condition & REFILLS_STORE_CONDITION_READ_ONLY) != 0 && may_write (self)) {
    g_clear_pointer (&self->db, refills_db_close);
    if (self->lock_fd >= 0)
      close (self->lock_fd);
    self->lock_fd = -1;
  }
  if (self->db != NULL)
    return self->db;

  self->condition &= REFILLS_STORE_CONDITION_MENDED;
  is_writable = may_write (self);
  if (!is_writable)
    self->condition |= REFILLS_STORE_CONDITION_READ_ONLY;
  open_lock (self);
  /* A process was ended while it put a new file in the place of this one; or there is none in its place. */
  if (is_writable && (refills_order_swap_is_begun (self->path) || refills_order_check_is_emptied (self->path)) &&
      !refills_order_file_mend (self, error))
    return NULL;
  db = is_writable ? open_to_write (self, error) : open_read_only (self, error);
  if (db == NULL)
    return NULL;
  if ((self->condition & REFILLS_STORE_CONDITION_NEWER) != 0 && !refills_order_schema_can_read (db)) {
    self->condition |= REFILLS_STORE_CONDITION_UNREADABLE;
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE_NEWER,
                         "the database is of a newer version that this one cannot read");
    return NULL;
  }
  if ((self->condition & REFILLS_STORE_CONDITION_MENDED) != 0 && self->n_carried == 0)
    self->n_carried = count_orders (db);
  self->db = g_steal_pointer (&db);

  return self->db;
}

/**
 * refills_order_file_open_to_write:
 * @self: a file, open or closed
 * @error: return location for an error; `REFILLS_ERROR_STORAGE_NEWER` or `REFILLS_ERROR_STORAGE_READ_ONLY` where it is
 *   only read
 *
 * As [method@OrderFile.open], for one who will write.
 *
 * Returns: (transfer none) (nullable): the connection; `NULL` always with @error set
 */
RefillsDb *
refills_order_file_open_to_write (RefillsOrderFile  *self,
                                  GError           **error)
{
  RefillsDb *db = refills_order_file_open (self, error);

  if (db == NULL)
    return NULL;
  if ((self->condition & REFILLS_STORE_CONDITION_NEWER) != 0) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE_NEWER, "the database is of a newer version");
    return NULL;
  }
  if ((self->condition & REFILLS_STORE_CONDITION_READ_ONLY) != 0) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE_READ_ONLY, "the database is only read");
    return NULL;
  }

  return db;
}

/**
 * refills_order_file_get_condition:
 * @self: a file that was opened
 *
 * Returns: what is not as it should be; of mending all that happened since it was made
 */
RefillsStoreCondition
refills_order_file_get_condition (RefillsOrderFile *self)
{
  return self->condition;
}

/**
 * refills_order_file_get_aside:
 * @self: a file
 * @n_carried: (out): how many orders could be read when it was mended
 *
 * Returns: (nullable): the name, without its folder, of the damaged file that was kept when it was mended
 */
const char *
refills_order_file_get_aside (RefillsOrderFile *self,
                              guint            *n_carried)
{
  *n_carried = self->n_carried;

  return self->aside;
}

/**
 * refills_order_file_roll_back:
 * @self: a file
 *
 * Takes back what a failed query left open.
 */
void
refills_order_file_roll_back (RefillsOrderFile *self)
{
  if (self->db != NULL)
    refills_db_roll_back (self->db);
}

/**
 * refills_order_file_is_damaged:
 * @self: a file
 *
 * Reads the whole file.
 *
 * Returns: whether it is damaged
 */
gboolean
refills_order_file_is_damaged (RefillsOrderFile *self)
{
  return refills_order_swap_is_begun (self->path) || refills_order_check_is_damaged (self->path, NULL);
}

/* By one who has the file for itself.
 * @aside: (out): the name of the damaged file that was kept now, or NULL */
static gboolean
mend (RefillsOrderFile  *self,
      char             **aside,
      GError           **error)
{
  g_autofree char *part = g_strconcat (self->path, ".mended.part", NULL);
  guint n_orders = 0;

  *aside = NULL;
  if (refills_order_swap_is_begun (self->path))
    return refills_order_swap_finish (self->path, aside, error);
  /* Another process was quicker. */
  if (!refills_order_file_is_damaged (self))
    return TRUE;
  refills_order_swap_remove (part);
  if (!refills_order_salvage_write (self->path, part, &n_orders, error) ||
      !refills_order_swap_begin (self->path, "damaged", part, error) ||
      !refills_order_swap_finish (self->path, aside, error))
    return FALSE;
  g_message ("the orders were damaged: the old file is kept, %u orders were carried over", n_orders);

  return TRUE;
}

/**
 * refills_order_file_mend:
 * @self: a damaged file
 * @error: return location for an error
 *
 * Closes the file, writes what can be read to a new one (see RefillsOrderSalvage for what that is), and keeps the old
 * one as `PATH.damaged-EPOCH`. Refuses while another process has the orders open.
 *
 * Returns: whether there is a sound file now in place of the damaged one
 */
gboolean
refills_order_file_mend (RefillsOrderFile  *self,
                         GError           **error)
{
  g_autofree char *aside = NULL;
  gboolean is_mended = FALSE;

  g_clear_pointer (&self->db, refills_db_close);
  self->n_carried = 0;
  if (!may_write (self)) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE_READ_ONLY, "the damaged orders are only read");
    return FALSE;
  }
  open_lock (self);
  if (self->lock_fd >= 0 && !lock_byte (self->lock_fd, F_WRLCK, USE_BYTE, F_OFD_SETLK)) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE,
                         "the damaged orders are open in another process");
    return FALSE;
  }
  is_mended = mend (self, &aside, error);
  if (aside != NULL) {
    self->condition |= REFILLS_STORE_CONDITION_MENDED;
    g_free (self->aside); /* of an earlier time */
    self->aside = g_steal_pointer (&aside);
  }
  if (self->lock_fd >= 0)
    lock_byte (self->lock_fd, F_RDLCK, USE_BYTE, F_OFD_SETLK);

  return is_mended;
}

/**
 * refills_order_file_set_aside:
 * @self: a file
 * @error: return location for `REFILLS_ERROR_IN_USE` where another process has the orders open, or an order is being
 *   sent; or another error
 *
 * Keeps the file as `PATH.locked-EPOCH`, and begins an empty one that gives out no row number again.
 *
 * Returns: whether that was done; where it was not, the file is as it was
 */
gboolean
refills_order_file_set_aside (RefillsOrderFile  *self,
                              GError           **error)
{
  g_autofree char *part = g_strconcat (self->path, ".fresh.part", NULL);
  g_autofree char *aside = NULL;
  gboolean is_aside = FALSE;

  if (refills_order_file_open_to_write (self, error) == NULL)
    return FALSE;
  if (self->lock_fd < 0 || g_hash_table_size (self->held) > 0 ||
      !lock_byte (self->lock_fd, F_WRLCK, USE_BYTE, F_OFD_SETLK)) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_IN_USE, "the orders are open in another process");
    return FALSE;
  }
  is_aside = write_fresh (self, part, error);
  if (is_aside) {
    g_clear_pointer (&self->db, refills_db_close);
    is_aside = refills_order_swap_begin (self->path, "locked", part, error) &&
               refills_order_swap_finish (self->path, &aside, error);
  }
  lock_byte (self->lock_fd, F_RDLCK, USE_BYTE, F_OFD_SETLK);
  if (is_aside)
    g_message ("the locked orders are kept in a file of their own");

  return is_aside;
}

/**
 * refills_order_file_hold_row:
 * @self: an open file
 * @row: a row number
 *
 * Tells other processes that this one is sending the order of @row, until dropped or until it ends.
 */
void
refills_order_file_hold_row (RefillsOrderFile *self,
                             gint64            row)
{
  if (self->lock_fd >= 0)
    lock_byte (self->lock_fd, F_WRLCK, row, F_OFD_SETLK);
  g_hash_table_add (self->held, g_memdup2 (&row, sizeof row));
}

/**
 * refills_order_file_drop_row:
 * @self: a file
 * @row: a row number
 *
 * The order of @row is not being sent any more.
 */
void
refills_order_file_drop_row (RefillsOrderFile *self,
                             gint64            row)
{
  if (g_hash_table_remove (self->held, &row) && self->lock_fd >= 0)
    lock_byte (self->lock_fd, F_UNLCK, row, F_OFD_SETLK);
}

/**
 * refills_order_file_row_is_held:
 * @self: an open file
 * @row: a row number
 *
 * Returns: whether this or another living process is sending the order of @row
 */
gboolean
refills_order_file_row_is_held (RefillsOrderFile *self,
                                gint64            row)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = row, .l_len = 1 };

  if (g_hash_table_contains (self->held, &row))
    return TRUE;

  return self->lock_fd >= 0 && fcntl (self->lock_fd, F_OFD_GETLK, &lock) == 0 &&
         lock.l_type != F_UNLCK;
}
