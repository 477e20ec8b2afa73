/* refills-order-swap.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Puts a new database in the place of an old one, which is kept as `PATH.WHAT-EPOCH`, with its log and the rest under
 * the same name. That is several renames, and the program may be ended between any two. So the first is the decision:
 * the new file becomes `PATH.WHAT-EPOCH.next`, which says under what name the old one is kept. All others follow from
 * that name, whoever makes them and however often.
 *
 * Blocks; by one who has the orders for itself alone. Never deletes a file that holds orders.
 */
#include "refills-order-swap.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "refills-error.h"

#define DECIDED ".next"
/* Its keys stay where they are: the new file has orders that are sealed with them. */
#define MENDED ".damaged-"

/* So that no rename is on the disk before one that was made before it. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  if (fsync (fd) != 0)
    g_message ("cannot sync a folder: %s", g_strerror (errno));
  close (fd);
}

static gboolean
move (const char  *from,
      const char  *to,
      GError     **error)
{
  if (g_rename (from, to) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "cannot move the orders: %s", g_strerror (errno));

  return FALSE;
}

/* Returns: (nullable): the name under which the old file is kept, where that was decided */
static char *
find_aside (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *prefix = g_strconcat (base, ".", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, DECIDED)) {
      g_autofree char *aside = g_strndup (name, strlen (name) - strlen (DECIDED));

      return g_build_filename (folder, aside, NULL);
    }

  return NULL;
}

/* Where the old file is opened by itself one day, its keys are beside it. */
static void
copy_keys (const char *path,
           const char *aside)
{
  g_autofree char *from = g_strconcat (path, ".keys", NULL);
  g_autofree char *to = g_strconcat (aside, ".keys", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  if (g_file_get_contents (from, &contents, &length, NULL) &&
      !g_file_set_contents_full (to, contents, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_message ("no copy of the keys with the damaged orders: %s", error->message);
}

/**
 * refills_order_swap_is_begun:
 * @path: file name of the orders
 *
 * Returns: whether one was decided and not finished
 */
gboolean
refills_order_swap_is_begun (const char *path)
{
  g_autofree char *aside = find_aside (path);

  return aside != NULL;
}

/**
 * refills_order_swap_begin:
 * @path: file name of the orders
 * @what: what the old file is from then on
 * @part: a finished database, on the disk, for its place
 * @error: return location for an error
 *
 * Decides it. From then on [func@OrderSwap.finish] has to be called before the orders are opened.
 */
gboolean
refills_order_swap_begin (const char  *path,
                          const char  *what,
                          const char  *part,
                          GError     **error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *aside = NULL;
  g_autofree char *decided = NULL;

  do {
    g_free (aside); /* the name before was taken */
    aside = g_strdup_printf ("%s.%s-%" G_GINT64_FORMAT, path, what, now++);
  } while (g_file_test (aside, G_FILE_TEST_EXISTS));
  decided = g_strconcat (aside, DECIDED, NULL);
  if (g_rename (part, decided) != 0) {
    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "cannot name the new orders: %s", g_strerror (errno));
    return FALSE;
  }
  sync_folder (path);

  return TRUE;
}

/**
 * refills_order_swap_finish:
 * @path: file name of the orders
 * @aside: (out) (nullable) (transfer full): the name of the old file, without its folder, where it was damaged; else
 *   `NULL`
 * @error: return location for an error
 *
 * Does what was decided and is not done yet. The log goes first: one that is left beside the new file would be
 * replayed into it.
 */
gboolean
refills_order_swap_finish (const char  *path,
                           char       **aside,
                           GError     **error)
{
  const char *suffixes[] = { "-wal", "-journal", "-shm", "" };
  g_autofree char *kept = find_aside (path);
  g_autofree char *decided = NULL;
  g_autofree char *base = NULL;
  gboolean is_damaged = FALSE;

  *aside = NULL;
  if (kept == NULL)
    return TRUE;
  decided = g_strconcat (kept, DECIDED, NULL);
  base = g_path_get_basename (kept);
  is_damaged = strstr (base, MENDED) != NULL;
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
    g_autofree char *to = g_strconcat (kept, suffixes[i], NULL);

    if (!move (from, to, error))
      return FALSE;
  }
  if (is_damaged) {
    copy_keys (path, kept);
  } else {
    g_autofree char *from = g_strconcat (path, ".keys", NULL);
    g_autofree char *to = g_strconcat (kept, ".keys", NULL);

    /* The copy of the keys stays with the orders that are sealed with them. */
    if (!move (from, to, error))
      return FALSE;
  }
  sync_folder (path);
  if (!move (decided, path, error))
    return FALSE;
  sync_folder (path);
  if (is_damaged)
    *aside = g_steal_pointer (&base);

  return TRUE;
}

/**
 * refills_order_swap_remove:
 * @path: file name of a database that was not finished
 *
 * Removes what is left of making one.
 */
void
refills_order_swap_remove (const char *path)
{
  const char *suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

    g_unlink (file);
  }
}
