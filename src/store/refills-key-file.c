/* refills-key-file.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file that holds a wrapping key, for one who has no keyring and chose this: a line of hexadecimal digits, readable
 * for its owner alone. Made once and never written again. Blocks; any thread but the main one.
 */
#include "refills-key-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "refills-error.h"
#include "refills-key.h"

static void
set_error (GError     **error,
           const char  *what,
           int          number)
{
  g_set_error (error, REFILLS_ERROR, number == ENOSPC || number == EDQUOT ? REFILLS_ERROR_STORAGE_FULL
                                                                          : REFILLS_ERROR_STORAGE,
               "%s the key file: %s", what, g_strerror (number));
}

/* A folder that is not synced may lose the file with a power cut, and with it the orders. */
static gboolean
sync_folder (const char  *path,
             GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean is_synced = fd >= 0 && fsync (fd) == 0;

  if (!is_synced)
    set_error (error, "cannot sync the folder of", errno);
  if (fd >= 0)
    close (fd);

  return is_synced;
}

static gboolean
check_mode (int        fd,
            gboolean   close_to_others,
            GError   **error)
{
  struct stat status;

  if (fstat (fd, &status) != 0) {
    set_error (error, "cannot look at", errno);
    return FALSE;
  }
  if (!S_ISREG (status.st_mode) || status.st_uid != geteuid ()) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "the key file is not a file of this person");
    return FALSE;
  }
  if ((status.st_mode & 077) == 0)
    return TRUE;
  if (!close_to_others) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_LOCKED, "others may read the key file");
    return FALSE;
  }
  if (fchmod (fd, 0600) != 0) {
    set_error (error, "cannot close to others", errno);
    return FALSE;
  }

  return TRUE;
}

static gboolean
read_whole (int     fd,
            char   *text,
            gsize   size)
{
  gsize length = 0;

  while (length < size) {
    ssize_t n = read (fd, text + length, size - length);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      break;
    length += (gsize) n;
  }

  return length == size;
}

static gboolean
write_whole (int         fd,
             const char *text,
             gsize       size)
{
  while (size > 0) {
    ssize_t n = write (fd, text, size);

    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return FALSE;
    text += n;
    size -= (gsize) n;
  }

  return TRUE;
}

/* A file of its own first, so that one that is cut never has the name. */
static gboolean
write_part (char    *part,
            GBytes  *key,
            GError **error)
{
  char text[REFILLS_KEY_TEXT_SIZE];
  gboolean is_written = FALSE;
  int fd = g_mkstemp_full (part, O_WRONLY | O_CLOEXEC, 0600); /* O_CREAT and O_EXCL by itself */

  if (fd < 0) {
    set_error (error, "cannot make", errno);
    return FALSE;
  }
  refills_key_write (key, text);
  text[sizeof text - 1] = '\n';
  is_written = write_whole (fd, text, sizeof text) && fsync (fd) == 0;
  if (!is_written) {
    set_error (error, "cannot write", errno);
    g_unlink (part);
  }
  refills_key_wipe (text, sizeof text);
  close (fd);

  return is_written;
}

/**
 * refills_key_file_read:
 * @path: a file name
 * @close_to_others: whether a file that others may read is closed to them (0600), rather than refused
 * @error: return location for `REFILLS_ERROR_NOT_FOUND` (no file), `REFILLS_ERROR_LOCKED` (others may read it) or
 *   `REFILLS_ERROR_STORAGE` (it is no key file of ours)
 *
 * Reads the key.
 *
 * Returns: (transfer full) (nullable): 32 bytes
 */
GBytes *
refills_key_file_read (const char  *path,
                       gboolean     close_to_others,
                       GError     **error)
{
  char text[REFILLS_KEY_TEXT_SIZE] = { 0 };
  GBytes *key = NULL;
  /* Never waits for the other end of a pipe, and never follows a link. */
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

  if (fd < 0) {
    if (errno == ENOENT)
      g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND, "there is no key file");
    else
      set_error (error, "cannot open", errno);
    return NULL;
  }
  if (check_mode (fd, close_to_others, error)) {
    if (read_whole (fd, text, sizeof text - 1))
      key = refills_key_new_from_text (text, error);
    else
      g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "the key file is cut");
  }
  close (fd);
  refills_key_wipe (text, sizeof text);

  return key;
}

/**
 * refills_key_file_make:
 * @path: a file name; its folder is made where there is none
 * @error: return location for `REFILLS_ERROR_STORAGE` or `REFILLS_ERROR_STORAGE_FULL`
 *
 * Makes a key and a file with it (0600), which is on the disk when this returns; where there is a file its key is read.
 * One that others could read is closed to them first.
 *
 * Returns: (transfer full) (nullable): the key in the file, 32 bytes
 */
GBytes *
refills_key_file_make (const char  *path,
                       GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GBytes) key = refills_key_new (error);
  g_autofree char *part = g_strconcat (path, ".XXXXXX", NULL);

  if (key == NULL)
    return NULL;
  if (g_mkdir_with_parents (folder, 0700) != 0) {
    set_error (error, "cannot make the folder of", errno);
    return NULL;
  }
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return refills_key_file_read (path, TRUE, error);
  if (!write_part (part, key, error))
    return NULL;
  /* Fails where another process was quicker; its file is never replaced. */
  if (link (part, path) != 0) {
    int number = errno;

    g_unlink (part);
    if (number == EEXIST)
      return refills_key_file_read (path, TRUE, error);
    set_error (error, "cannot name", number);
    return NULL;
  }
  g_unlink (part);

  return sync_folder (path, error) ? g_steal_pointer (&key) : NULL;
}
