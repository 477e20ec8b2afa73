/* refills-test.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every suite shares: a bounded wait on the default main loop, temporary folders, and the
 * property contract. Owns nothing beyond one call; never sleeps.
 */
#include "refills-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#define FOLDER_PREFIX "refills-test-"
#define LEFT_BEHIND_SECONDS (60 * 60)

static char *keyring_folder = NULL;
static pid_t keyring_owner = 0;

static void
remove_keyring (void)
{
  /* A child that was forked off ends by this too. */
  if (getpid () == keyring_owner)
    refills_test_remove_folder (g_steal_pointer (&keyring_folder));
}

/* What a program that was killed, or ended by a failure, left behind an hour ago or earlier. One that still runs has
 * its folders locked. */
static void
remove_left_behind (void)
{
  g_autoptr (GDir) folder = g_dir_open (g_get_tmp_dir (), 0, NULL);
  gint64 limit = g_get_real_time () / G_USEC_PER_SEC - LEFT_BEHIND_SECONDS;
  const char *name = NULL;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (g_get_tmp_dir (), name, NULL);
    GStatBuf status;
    int fd = -1;

    if (!g_str_has_prefix (name, FOLDER_PREFIX) || g_lstat (path, &status) != 0 || !S_ISDIR (status.st_mode) ||
        status.st_uid != geteuid () || status.st_mtime > limit)
      continue;
    fd = open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
      refills_test_remove_folder (g_strdup (path));
    if (fd >= 0)
      close (fd);
  }
}

/* libsecret's file in place of the person's keyring: no bus, no prompt, gone with the program. */
static void
set_up_keyring (void)
{
  g_autofree char *file = NULL;

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  /* A test that starts itself again finds what it stored. */
  if (g_test_subprocess () && g_getenv ("SECRET_FILE_TEST_PATH") != NULL)
    return;
  keyring_folder = refills_test_make_folder ();
  keyring_owner = getpid ();
  file = g_build_filename (keyring_folder, "keyring", NULL);
  g_setenv ("SECRET_FILE_TEST_PATH", file, TRUE);
  atexit (remove_keyring);
}

static gboolean
deadline_cb (gpointer user_data)
{
  gboolean *expired = user_data;

  *expired = TRUE;

  return G_SOURCE_CONTINUE;
}

/**
 * refills_test_init:
 * @argc: (inout): argument count
 * @argv: (inout): arguments
 *
 * Starts a test program: TAP, the locale of the environment, folders and a keyring of its own in place of the
 * person's, no proxy.
 */
void
refills_test_init (int    *argc,
                   char ***argv)
{
  setlocale (LC_ALL, "");
  g_setenv ("GIO_USE_VFS", "local", TRUE);
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);
  g_setenv ("G_TLS_GNUTLS_PRIORITY", "NORMAL:-VERS-TLS1.1:-VERS-TLS1.0", TRUE);
  g_test_init (argc, argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  remove_left_behind ();
  set_up_keyring ();
}

/**
 * refills_test_spare_libsoup:
 *
 * Lets warnings end the program only where they are ours, or GLib's about us. libsoup 3.2 says of itself that a
 * message was returned twice where its connection is cut off at an odd moment, and goes on. For what cuts many.
 */
void
refills_test_spare_libsoup (void)
{
  const char *domains[] = { "refills-core", "refills-model", "refills-api", "refills-store", "refills-shop", "GLib",
                            "GLib-GObject", "GLib-GIO", "Json", "libsecret" };

  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    g_log_set_fatal_mask (domains[i], G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
}

/**
 * refills_test_run_until:
 * @condition: asked after each turn of the default main loop
 * @user_data: handed to @condition
 * @deadline_ms: milliseconds after which the test fails
 * @what: what was waited for, printed when it did not come
 *
 * Runs the default main loop until @condition holds.
 */
void
refills_test_run_until (RefillsTestCondition  condition,
                        gpointer              user_data,
                        guint                 deadline_ms,
                        const char           *what)
{
  gboolean expired = FALSE;
  guint source = g_timeout_add (deadline_ms, deadline_cb, &expired);

  while (!condition (user_data)) {
    if (expired)
      g_error ("not within %u ms: %s", deadline_ms, what);
    g_main_context_iteration (NULL, TRUE);
  }
  g_source_remove (source);
}

/**
 * refills_test_is_set:
 * @flag: the address of a pointer or of a pointer-sized flag
 *
 * A condition for [func@run_until]: true once what @flag points to is not zero.
 */
gboolean
refills_test_is_set (gpointer flag)
{
  return *(gpointer *) flag != NULL;
}

/**
 * refills_test_keep_result:
 * @source: unused
 * @result: an asynchronous result
 * @result_location: (type GAsyncResult**): where a reference to @result goes
 *
 * A `GAsyncReadyCallback` that keeps the result for the test to finish.
 */
void
refills_test_keep_result (GObject      *source,
                          GAsyncResult *result,
                          gpointer      result_location)
{
  GAsyncResult **location = result_location;

  g_assert_null (*location);
  *location = g_object_ref (result);
}

/**
 * refills_test_read_file:
 * @relative_path: a path below `tests/`
 *
 * Reads a fixture; fails the test where there is none.
 *
 * Returns: (transfer full): its bytes
 */
GBytes *
refills_test_read_file (const char *relative_path)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, relative_path, NULL);
  g_autoptr (GError) error = NULL;
  char *contents = NULL;
  gsize length = 0;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (contents, length);
}

/**
 * refills_test_make_folder:
 *
 * Makes an empty folder. Remove it with [func@remove_folder]; where the program ends without that, another one does.
 *
 * Returns: (transfer full): its path
 */
char *
refills_test_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp (FOLDER_PREFIX "XXXXXX", &error);

  g_assert_no_error (error);
  /* Held until the program ends, in whatever way. */
  flock (open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), LOCK_SH);

  return path;
}

static void
remove_tree (GFile *folder)
{
  g_autoptr (GFileEnumerator) children =
    g_file_enumerate_children (folder, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                               G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);

  while (children != NULL) {
    GFileInfo *info = NULL;
    GFile *child = NULL;

    if (!g_file_enumerator_iterate (children, &info, &child, NULL, NULL) || info == NULL)
      break;
    if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
      remove_tree (child);
    else
      g_file_delete (child, NULL, NULL);
  }
  g_file_delete (folder, NULL, NULL);
}

/**
 * refills_test_remove_folder:
 * @path: (transfer full): a folder made by [func@make_folder]
 *
 * Removes the folder with everything in it.
 */
void
refills_test_remove_folder (char *path)
{
  g_autofree char *owned = path;
  g_autoptr (GFile) folder = g_file_new_for_path (owned);

  remove_tree (folder);
}

/**
 * refills_test_assert_readonly:
 * @object: a GObject
 * @property_name: one of its properties
 *
 * Asserts that the property exists, can be read and cannot be set after construction.
 */
void
refills_test_assert_readonly (gpointer    object,
                              const char *property_name)
{
  GParamSpec *spec = g_object_class_find_property (G_OBJECT_GET_CLASS (object), property_name);
  GValue value = G_VALUE_INIT;

  g_assert_nonnull (spec);
  g_assert_true (spec->flags & G_PARAM_READABLE);
  g_assert_true (!(spec->flags & G_PARAM_WRITABLE) || (spec->flags & G_PARAM_CONSTRUCT_ONLY));
  g_value_init (&value, spec->value_type);
  g_object_get_property (object, property_name, &value);
  g_value_unset (&value);
}
