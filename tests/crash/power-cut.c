/* power-cut.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a power cut would leave of a folder: takes the place of fsync, fdatasync and rename for the whole program,
 * SQLite and GLib included, and keeps beside the folder what was synced and nothing else.
 *
 *   DURABLE/data/INODE   the bytes of a file when it was last synced
 *   DURABLE/entries      the names in the folder when it was last synced, a line each: inode, space, name
 *   DURABLE/held/INODE   a link to each file there was, so that no inode is used again
 *
 * A file whose folder was never synced after its making is not there after a cut; one whose folder was, but not the
 * file itself, is there and empty. Stricter than most file systems are. No disk is waited for.
 */
#define _GNU_SOURCE
#include "power-cut.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static GMutex lock;
static char *recorded;
static char *durable;
static PowerCutFunc tell;

static int
move_file (const char *from,
           const char *to)
{
  return (int) syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

static void
hold (const char        *path,
      const struct stat *status)
{
  g_autofree char *held = g_strdup_printf ("%s/held/%lu", durable, (unsigned long) status->st_ino);

  if (link (path, held) != 0 && errno != EEXIST && errno != ENOENT)
    g_error ("cannot hold %s: %s", path, g_strerror (errno));
}

static void
write_whole (const char *path,
             const char *bytes,
             gsize       length)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  int fd = open (part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  if (fd < 0 || write (fd, bytes, length) != (gssize) length || close (fd) != 0 || move_file (part, path) != 0)
    g_error ("cannot keep %s: %s", path, g_strerror (errno));
}

static void
keep_file (int                fd,
           const char        *path,
           const struct stat *status)
{
  g_autofree char *copy = g_strdup_printf ("%s/data/%lu", durable, (unsigned long) status->st_ino);
  g_autofree char *bytes = g_malloc ((gsize) status->st_size + 1);
  gssize length = 0;
  int own = fd;

  /* The file may be open to write only. */
  if ((fcntl (fd, F_GETFL) & O_ACCMODE) == O_WRONLY)
    own = open (path, O_RDONLY | O_CLOEXEC);
  length = pread (own, bytes, (gsize) status->st_size, 0);
  if (own != fd)
    close (own);
  hold (path, status);
  write_whole (copy, bytes, (gsize) MAX (length, 0));
}

static void
keep_entries (void)
{
  g_autofree char *entries = g_build_filename (durable, "entries", NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  DIR *folder = opendir (recorded);
  struct dirent *entry;

  while (folder != NULL && (entry = readdir (folder)) != NULL) {
    g_autofree char *path = g_build_filename (recorded, entry->d_name, NULL);
    struct stat status;

    if (lstat (path, &status) != 0 || !S_ISREG (status.st_mode))
      continue;
    hold (path, &status);
    g_string_append_printf (text, "%lu %s\n", (unsigned long) status.st_ino, entry->d_name);
  }
  if (folder != NULL)
    closedir (folder);
  write_whole (entries, text->str, text->len);
}

static int
synced (int fd)
{
  g_autofree char *link_name = g_strdup_printf ("/proc/self/fd/%d", fd);
  char path[PATH_MAX] = "";
  struct stat status;
  gssize length = readlink (link_name, path, sizeof path - 1);

  if (recorded == NULL || length < 0 || fstat (fd, &status) != 0 || !g_str_has_prefix (path, recorded))
    return 0;

  g_mutex_lock (&lock);
  if (S_ISDIR (status.st_mode) && g_str_equal (path, recorded)) {
    if (tell != NULL)
      tell ("folder");
    keep_entries ();
  } else if (S_ISREG (status.st_mode)) {
    keep_file (fd, path, &status);
  }
  g_mutex_unlock (&lock);

  return 0;
}

int fsync (int fd) { return synced (fd); }
int fdatasync (int fd) { return synced (fd); }

int
rename (const char *from,
        const char *to)
{
  gboolean is_ours = recorded != NULL && g_str_has_prefix (to, recorded);
  g_autofree char *before = is_ours ? g_strconcat ("rename ", to + strlen (recorded) + 1, NULL) : NULL;
  g_autofree char *after = is_ours ? g_strconcat ("renamed ", to + strlen (recorded) + 1, NULL) : NULL;
  int result;

  if (before != NULL && tell != NULL)
    tell (before);
  result = move_file (from, to);
  if (after != NULL && result == 0 && tell != NULL)
    tell (after);

  return result;
}

/* @durable_folder has the folders `data` and `held`. */
void
power_cut_record (const char *folder,
                  const char *durable_folder)
{
  recorded = g_strdup (folder);
  durable = g_strdup (durable_folder);
}

/* @func is called before the folder is synced (`folder`), and before and after a file in it gets its name
 * (`rename NAME`, `renamed NAME`). */
void
power_cut_tell (PowerCutFunc func)
{
  tell = func;
}
