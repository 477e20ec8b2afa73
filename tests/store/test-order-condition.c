/* test-order-condition.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Orders that can be read and not written. The superuser may write everywhere, so the program starts itself as
 * one who may not: `--child WHAT PATH`, `WHAT` being what is expected.
 */
#include "refills-store-fixture.h"

#include <glib/gstdio.h>
#include <errno.h>
#include <linux/capability.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "refills-db.h"
#include "refills-error.h"

/* Somebody who owns nothing. */
#define NOBODY 65534

static void
expect_refusal (RefillsOrderStore *store)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (refills_store_fixture_add (store, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE_READ_ONLY);
  g_assert_cmpuint (refills_order_store_get_condition (store), ==, REFILLS_STORE_CONDITION_READ_ONLY);
}

/* As one who may not write. */
static int
run_child (const char *what,
           const char *path)
{
  RefillsOrderStore *store = refills_store_fixture_new (path, "practice");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  rows = refills_store_fixture_list (store, &error);
  g_assert_no_error (error);
  if (g_str_equal (what, "nothing")) {
    g_assert_cmpuint (rows->len, ==, 0);
  } else {
    g_autofree char *code = NULL;
    const RefillsStoredOrder *row = NULL;

    g_assert_cmpuint (rows->len, ==, 2);
    row = rows->pdata[0];
    g_assert_cmpint (row->outcome, ==, REFILLS_ORDER_OUTCOME_UNKNOWN);
    row = rows->pdata[1];
    g_assert_cmpstr (refills_order_state_get_order_id (row->state), ==, "o1");
    code = refills_store_fixture_reveal (store, 1, 0, REFILLS_SECRET_CODE, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (code, ==, "SECRET");
    g_assert_null (refills_store_fixture_merge (store, 1, DONE ("o1", "OTHER"), &error));
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE_READ_ONLY);
  }
  expect_refusal (store);
  refills_store_fixture_end (store);

  return 0;
}

/* Ends without closing anything. */
static int
run_killed (const char *path)
{
  RefillsOrderStore *store = refills_store_fixture_new (path, "practice");

  refills_stored_order_free (refills_store_fixture_add (store, NULL));
  refills_stored_order_free (refills_store_fixture_answer (store, 1, DONE ("o1", "SECRET"), NULL));
  refills_stored_order_free (refills_store_fixture_add (store, NULL));
  raise (SIGKILL);

  return 1;
}

/* From the next program on modes hold for the superuser too. */
static void
give_up_power (gpointer user_data)
{
  if (geteuid () == 0 && prctl (PR_CAPBSET_DROP, CAP_DAC_OVERRIDE) != 0)
    _exit (77);
}

static void
run_child_without_power (RefillsStoreFixture *fixture,
                         const char          *what)
{
  const char *argv[] = { "/proc/self/exe", "--child", what, fixture->path, NULL };
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GError) error = NULL;
  int status = 0;

  argv[0] = program;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_CHILD_INHERITS_STDIN, give_up_power, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

/* Everything in the folder is only to be read. */
static void
close_folder (RefillsStoreFixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->data, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (fixture->data, name, NULL);

    g_assert_cmpint (g_chmod (file, 0400), ==, 0);
  }
  g_assert_cmpint (g_chmod (fixture->data, 0500), ==, 0);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const char * const *left = a;
  const char * const *right = b;

  return strcmp (*left, *right);
}

/* Also what SQLite has given to the owner of the database. */
static void
give_to (RefillsStoreFixture *fixture,
         uid_t                owner)
{
  const char *suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *file = g_strconcat (fixture->path, suffixes[i], NULL);

    g_assert_true (chown (file, owner, (gid_t) -1) == 0 || errno == ENOENT);
  }
}

static char *
list_files (RefillsStoreFixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->data, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);

  return g_strjoinv (" ", (char **) names->pdata);
}

static void
fill (RefillsStoreFixture *fixture)
{
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "/proc/self/exe", "--killed", fixture->path, NULL);
  g_assert_no_error (error);
  g_subprocess_wait (child, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (child));
}

/* @user_data: what is there beside the database */
static void
test_read_only (RefillsStoreFixture *fixture,
                gconstpointer        user_data)
{
  const char *beside = user_data;
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *shared = g_strconcat (fixture->path, "-shm", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GBytes) file_before = NULL;
  g_autoptr (GBytes) file_after = NULL;

  fill (fixture);
  if (g_str_equal (beside, "nothing")) {
    RefillsOrderStore *store = refills_store_fixture_new (fixture->path, "practice");

    g_ptr_array_unref (refills_store_fixture_list (store, NULL));
    refills_store_fixture_end (store);
    g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  } else if (g_str_equal (beside, "log")) {
    g_assert_cmpint (g_unlink (shared), ==, 0);
  }
  close_folder (fixture);
  before = list_files (fixture);
  file_before = refills_store_fixture_read (fixture->path);
  run_child_without_power (fixture, "orders");
  after = list_files (fixture);
  file_after = refills_store_fixture_read (fixture->path);
  g_assert_cmpstr (before, ==, after);
  g_assert_true (g_bytes_equal (file_before, file_after));
}

static void
test_no_file (RefillsStoreFixture *fixture,
              gconstpointer        user_data)
{
  g_assert_cmpint (g_mkdir (fixture->data, 0700), ==, 0);
  close_folder (fixture);
  run_child_without_power (fixture, "nothing");
}

static void
test_no_folder (RefillsStoreFixture *fixture,
                gconstpointer        user_data)
{
  g_assert_cmpint (g_chmod (fixture->folder, 0555), ==, 0);
  run_child_without_power (fixture, "nothing");
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
  g_assert_false (g_file_test (fixture->data, G_FILE_TEST_EXISTS));
}

/* What another owns is not written to, not by the superuser. */
static void
test_another_owner (RefillsStoreFixture *fixture,
                    gconstpointer        user_data)
{
  if (geteuid () != 0) {
    g_test_skip ("needs the superuser");
    return;
  }
  fill (fixture);
  give_to (fixture, NOBODY);
  g_assert_cmpint (run_child ("orders", fixture->path), ==, 0);
  /* And once it is one's own it is written to, without starting again. */
  {
    RefillsOrderStore *store = refills_store_fixture_new (fixture->path, "practice");
    g_autoptr (RefillsStoredOrder) row = NULL;
    g_autoptr (GError) error = NULL;

    expect_refusal (store);
    give_to (fixture, 0);
    row = refills_store_fixture_merge (store, 1, DONE ("o1", "SECRET"), &error);
    g_assert_no_error (error);
    g_assert_cmpuint (refills_order_store_get_condition (store), ==, REFILLS_STORE_CONDITION_NONE);
    refills_store_fixture_end (store);
  }
}

#define ADD(name, data, function) \
  g_test_add ("/order-condition/" name, RefillsStoreFixture, data, refills_store_fixture_set_up, function, \
              refills_store_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2], argv[3]);
  if (argc == 3 && g_str_equal (argv[1], "--killed"))
    return run_killed (argv[2]);

  refills_test_init (&argc, &argv);

  ADD ("closed", "nothing", test_read_only);
  ADD ("log", "log", test_read_only);
  ADD ("log-and-shared", "both", test_read_only);
  ADD ("no-file", NULL, test_no_file);
  ADD ("no-folder", NULL, test_no_folder);
  ADD ("another-owner", NULL, test_another_owner);

  return g_test_run ();
}
