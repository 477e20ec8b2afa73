/* refills-fault-vfs.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A layer below SQLite that from the Nth call on refuses writes, cuts them in half, fails to sync, forgets to, or
 * ends the process there. Passes all else to the file system as it is.
 */
#include "refills-fault-vfs.h"

#include <signal.h>
#include <sqlite3.h>
#include <unistd.h>

typedef struct {
  sqlite3_file base;
  sqlite3_file *real;
  RefillsFaultPlace place;
} FaultFile;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs fault_vfs;
static int fault;
static int where;
static int left;
static int hit;

static gboolean
strikes (sqlite3_file *file,
         RefillsFault  wanted)
{
  int place = g_atomic_int_get (&where);

  if (g_atomic_int_get (&fault) != (int) wanted ||
      (place != REFILLS_FAULT_IN_ANY && place != (int) ((FaultFile *) file)->place) ||
      g_atomic_int_add (&left, -1) > 0)
    return FALSE;
  g_atomic_int_set (&hit, TRUE);

  return TRUE;
}

#define REAL(file) (((FaultFile *) (file))->real)
#define CALL(file, method, ...) (REAL (file)->pMethods->method (REAL (file), ##__VA_ARGS__))

static void
die (void)
{
  kill (getpid (), SIGKILL);
  pause ();
}

static int fault_close (sqlite3_file *f) { return CALL (f, xClose); }
static int fault_read (sqlite3_file *f, void *p, int n, sqlite3_int64 o) { return CALL (f, xRead, p, n, o); }

static int
fault_write (sqlite3_file  *f,
             const void    *p,
             int            n,
             sqlite3_int64  o)
{
  if (strikes (f, REFILLS_FAULT_FULL))
    return SQLITE_FULL;
  if (strikes (f, REFILLS_FAULT_CUT)) {
    CALL (f, xWrite, p, n / 2, o);
    return SQLITE_FULL;
  }
  if (strikes (f, REFILLS_FAULT_DIE)) {
    CALL (f, xWrite, p, n / 2, o);
    die ();
  }

  return CALL (f, xWrite, p, n, o);
}

static int fault_truncate (sqlite3_file *f, sqlite3_int64 n) { return CALL (f, xTruncate, n); }

static int
fault_sync (sqlite3_file *f,
            int           flags)
{
  if (strikes (f, REFILLS_FAULT_SYNC))
    return SQLITE_IOERR_FSYNC;
  if (strikes (f, REFILLS_FAULT_FORGET))
    return SQLITE_OK;
  if (strikes (f, REFILLS_FAULT_DIE_SYNC))
    die ();

  return CALL (f, xSync, flags);
}

static int fault_size (sqlite3_file *f, sqlite3_int64 *n) { return CALL (f, xFileSize, n); }
static int fault_lock (sqlite3_file *f, int l) { return CALL (f, xLock, l); }
static int fault_unlock (sqlite3_file *f, int l) { return CALL (f, xUnlock, l); }
static int fault_check (sqlite3_file *f, int *r) { return CALL (f, xCheckReservedLock, r); }
static int fault_control (sqlite3_file *f, int op, void *p) { return CALL (f, xFileControl, op, p); }
static int fault_sector (sqlite3_file *f) { return CALL (f, xSectorSize); }
static int fault_device (sqlite3_file *f) { return CALL (f, xDeviceCharacteristics); }
static int fault_shm_lock (sqlite3_file *f, int o, int n, int l) { return CALL (f, xShmLock, o, n, l); }
static void fault_shm_barrier (sqlite3_file *f) { CALL (f, xShmBarrier); }
static int fault_shm_unmap (sqlite3_file *f, int d) { return CALL (f, xShmUnmap, d); }

static int
fault_shm_map (sqlite3_file  *f,
               int            region,
               int            size,
               int            extend,
               void volatile **out)
{
  return CALL (f, xShmMap, region, size, extend, out);
}

static const sqlite3_io_methods fault_methods = {
  .iVersion = 2,
  .xClose = fault_close,
  .xRead = fault_read,
  .xWrite = fault_write,
  .xTruncate = fault_truncate,
  .xSync = fault_sync,
  .xFileSize = fault_size,
  .xLock = fault_lock,
  .xUnlock = fault_unlock,
  .xCheckReservedLock = fault_check,
  .xFileControl = fault_control,
  .xSectorSize = fault_sector,
  .xDeviceCharacteristics = fault_device,
  .xShmMap = fault_shm_map,
  .xShmLock = fault_shm_lock,
  .xShmBarrier = fault_shm_barrier,
  .xShmUnmap = fault_shm_unmap,
};

static int
fault_open (sqlite3_vfs  *vfs,
            const char   *name,
            sqlite3_file *file,
            int           flags,
            int          *out_flags)
{
  FaultFile *self = (FaultFile *) file;
  int result;

  self->real = (sqlite3_file *) (self + 1);
  self->place = (flags & SQLITE_OPEN_MAIN_DB) != 0 ? REFILLS_FAULT_IN_DATABASE
                : (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0 ? REFILLS_FAULT_IN_LOG
                                                                              : REFILLS_FAULT_IN_ANY;
  result = real_vfs->xOpen (real_vfs, name, self->real, flags, out_flags);
  file->pMethods = self->real->pMethods != NULL ? &fault_methods : NULL;

  return result;
}

void
refills_fault_vfs_register (void)
{
  real_vfs = sqlite3_vfs_find (NULL);
  fault_vfs = *real_vfs;
  fault_vfs.zName = "refills-fault";
  fault_vfs.pNext = NULL;
  fault_vfs.szOsFile = (int) sizeof (FaultFile) + real_vfs->szOsFile;
  fault_vfs.xOpen = fault_open;
  g_assert_cmpint (sqlite3_vfs_register (&fault_vfs, 1), ==, SQLITE_OK);
}

/* From the call numbered @after on, counted from 0, every one fails. */
void
refills_fault_vfs_set (RefillsFault kind,
                       int          after)
{
  refills_fault_vfs_set_in (REFILLS_FAULT_IN_ANY, kind, after);
}

/* As the above, for the files of one kind. */
void
refills_fault_vfs_set_in (RefillsFaultPlace place,
                          RefillsFault      kind,
                          int               after)
{
  g_atomic_int_set (&fault, REFILLS_FAULT_NONE);
  g_atomic_int_set (&where, (int) place);
  g_atomic_int_set (&left, after);
  g_atomic_int_set (&hit, FALSE);
  g_atomic_int_set (&fault, (int) kind);
}

gboolean
refills_fault_vfs_was_hit (void)
{
  return g_atomic_int_get (&hit);
}
