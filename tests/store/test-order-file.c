/* test-order-file.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What holds when the disk is full, another process there, or this one killed. The
 * program starts itself as the other process: `--child CHECKPOINT PATH`.
 */
#include "refills-store-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "refills-error.h"
#include "refills-fault-vfs.h"
#include "refills-order-store-keys.h"

#define N_WRITERS_ROWS 15

static void
die_at (const char *name,
        gpointer    wanted)
{
  if (g_str_equal (name, wanted))
    raise (SIGKILL);
}

/* The other process. Ends by its checkpoint, by what it is told on standard input, or when done. */
static int
run_child (const char *what,
           const char *path)
{
  RefillsOrderStore *store = refills_store_fixture_new (path, "practice");
  g_autoptr (RefillsStoredOrder) sending = NULL;

  if (g_str_equal (what, "many")) {
    for (guint i = 0; i < N_WRITERS_ROWS; i++) {
      g_autofree char *id = g_strdup_printf ("child-%u", i);

      refills_store_fixture_add_placed (store, id);
    }
    refills_store_fixture_end (store);
    return 0;
  }

  refills_order_store_set_checkpoint (store, die_at, (gpointer) what);
  sending = refills_store_fixture_add (store, NULL);
  if (g_str_equal (what, "hold")) {
    puts ("sending");
    fflush (stdout);
    (void) getchar ();
    return 0;
  }
  refills_stored_order_free (refills_store_fixture_answer (store, sending->row, PLACED ("o1"), NULL));
  refills_stored_order_free (refills_store_fixture_merge (store, sending->row, DONE ("o1", "SECRET"), NULL));

  return 0;
}

static GSubprocess *
start_child (const char *what,
             const char *path)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                         &error, "/proc/self/exe", "--child", what, path, NULL);

  g_assert_no_error (error);

  return child;
}

static const RefillsStoredOrder *
get_only (GPtrArray *rows)
{
  g_assert_cmpuint (rows->len, ==, 1);

  return rows->pdata[0];
}

static void
test_killed (RefillsStoreFixture *fixture,
             gconstpointer        user_data)
{
  const char *what = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = start_child (what, fixture->path);
  RefillsOrderStore *store = refills_store_fixture_new (fixture->path, "practice");
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *code = NULL;
  gboolean is_placed = g_str_equal (what, "answer-committed") || g_str_has_prefix (what, "merge-");
  const RefillsStoredOrder *row;

  g_subprocess_wait (child, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_signaled (child));
  g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);

  rows = refills_store_fixture_list (store, &error);
  g_assert_no_error (error);
  if (g_str_equal (what, "intent-before-commit")) {
    g_assert_cmpuint (rows->len, ==, 0);
    refills_store_fixture_end (store);
    return;
  }

  row = get_only (rows);
  g_assert_cmpstr (refills_order_request_get_title (row->asked), ==, "Airbnb");
  if (is_placed) {
    g_assert_cmpint (row->outcome, ==, REFILLS_ORDER_OUTCOME_PLACED);
    g_assert_cmpstr (refills_order_state_get_order_id (row->state), ==, "o1");
    g_assert_cmpstr (refills_order_state_get_wallet_address (row->state), ==, ADDRESS);
    g_assert_cmpstr (refills_order_state_get_coin_amount (row->state), ==, AMOUNT);
  } else {
    g_assert_cmpint (row->outcome, ==, REFILLS_ORDER_OUTCOME_UNKNOWN);
    g_assert_null (row->state);
  }
  code = refills_store_fixture_reveal (store, row->row, 0, REFILLS_SECRET_CODE, &error);
  if (g_str_equal (what, "merge-committed")) {
    g_assert_no_error (error);
    g_assert_cmpstr (code, ==, "SECRET");
    g_assert_cmpint (refills_order_state_get_phase (row->state), ==, REFILLS_ORDER_PHASE_DONE);
  } else {
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND);
  }
  /* And it goes on from there. */
  refills_store_fixture_add_placed (store, "o2");
  refills_store_fixture_end (store);
}

/* A killed process may have written its commit and not synced it: nothing of that is shown before it is on the disk. */
static void
test_log_left_behind (RefillsStoreFixture *fixture,
                      gconstpointer        user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = start_child ("merge-committed", fixture->path);
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  RefillsOrderStore *store = refills_store_fixture_new (fixture->path, "practice");
  g_autoptr (GPtrArray) rows = NULL;
  GStatBuf status;

  g_subprocess_wait (child, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (log, &status), ==, 0);
  g_assert_cmpint (status.st_size, >, 0);

  refills_fault_vfs_set_in (REFILLS_FAULT_IN_LOG, REFILLS_FAULT_SYNC, 0);
  g_assert_null (refills_store_fixture_list (store, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE);
  g_assert_true (refills_fault_vfs_was_hit ());
  g_clear_error (&error);
  refills_fault_vfs_set (REFILLS_FAULT_NONE, 0);
  rows = refills_store_fixture_list (store, &error);
  g_assert_no_error (error);
  g_assert_cmpint (refills_order_state_get_phase (get_only (rows)->state), ==, REFILLS_ORDER_PHASE_DONE);
  refills_store_fixture_end (store);

  /* A log that is empty costs nothing. */
  refills_fault_vfs_set_in (REFILLS_FAULT_IN_LOG, REFILLS_FAULT_SYNC, 0);
  store = refills_store_fixture_new (fixture->path, "practice");
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = refills_store_fixture_list (store, &error);
  g_assert_no_error (error);
  g_assert_false (refills_fault_vfs_was_hit ());
  refills_fault_vfs_set (REFILLS_FAULT_NONE, 0);
  refills_store_fixture_end (store);
}

static void
test_other_process_sends (RefillsStoreFixture *fixture,
                          gconstpointer        user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = start_child ("hold", fixture->path);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  RefillsOrderStore *store = refills_store_fixture_new (fixture->path, "practice");
  g_autoptr (GPtrArray) during = refills_store_fixture_list (store, &error);
  g_autoptr (GPtrArray) after = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, "sending");
  g_assert_cmpint (get_only (during)->outcome, ==, REFILLS_ORDER_OUTCOME_SENDING);

  g_subprocess_force_exit (child);
  g_subprocess_wait (child, NULL, NULL);
  after = refills_store_fixture_list (store, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_only (after)->outcome, ==, REFILLS_ORDER_OUTCOME_UNKNOWN);
  refills_store_fixture_end (store);
}

static void
test_two_processes_write (RefillsStoreFixture *fixture,
                          gconstpointer        user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = start_child ("many", fixture->path);
  RefillsOrderStore *store = refills_store_fixture_new (fixture->path, "practice");
  g_autoptr (GPtrArray) rows = NULL;

  for (guint i = 0; i < N_WRITERS_ROWS; i++) {
    g_autofree char *id = g_strdup_printf ("parent-%u", i);

    refills_store_fixture_add_placed (store, id);
  }
  g_subprocess_wait_check (child, NULL, &error);
  g_assert_no_error (error);
  rows = refills_store_fixture_list (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 2 * N_WRITERS_ROWS);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpint (((RefillsStoredOrder *) rows->pdata[i])->outcome, ==, REFILLS_ORDER_OUTCOME_PLACED);
  refills_store_fixture_end (store);
}

/* Fails at the write (or sync) numbered @after and every later one; whether it came to that. */
static gboolean
run_with_fault (RefillsStoreFixture      *fixture,
                RefillsFault  fault,
                int           after)
{
  g_autofree char *path = g_strdup_printf ("%s/%d-%d/orders.db", fixture->folder, (int) fault, after);
  RefillsErrorCode code = fault == REFILLS_FAULT_SYNC ? REFILLS_ERROR_STORAGE : REFILLS_ERROR_STORAGE_FULL;
  RefillsOrderStore *store = refills_store_fixture_new (path, "practice");
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsStoredOrder) sending = NULL;
  g_autoptr (RefillsStoredOrder) merged = NULL;
  g_autoptr (RefillsStoredOrder) again = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *found = NULL;
  gboolean was_hit;

  refills_store_fixture_add_placed (store, "o1");
  refills_fault_vfs_set (fault, after);
  merged = refills_store_fixture_merge (store, 1, DONE ("o1", "SECRET"), &error);
  if (merged == NULL)
    g_assert_error (error, REFILLS_ERROR, (int) code);
  g_clear_error (&error);
  sending = refills_store_fixture_add (store, &error);
  if (sending == NULL)
    g_assert_error (error, REFILLS_ERROR, (int) code);
  g_clear_error (&error);
  was_hit = refills_fault_vfs_was_hit ();
  refills_fault_vfs_set (REFILLS_FAULT_NONE, 0);

  /* Each was written whole or not at all, and just as was said; in this process and in the next. */
  for (guint i = 0; i < 2; i++) {
    g_clear_pointer (&rows, g_ptr_array_unref);
    rows = refills_store_fixture_list (store, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (rows->len, ==, sending != NULL ? 2 : 1);
    g_clear_pointer (&found, g_free);
    found = refills_store_fixture_reveal (store, 1, 0, REFILLS_SECRET_CODE, NULL);
    g_assert_cmpstr (found, ==, merged != NULL ? "SECRET" : NULL);
    refills_store_fixture_end (store);
    store = refills_store_fixture_new (path, "practice");
  }
  again = refills_store_fixture_merge (store, 1, DONE ("o1", "SECRET"), &error);
  g_assert_no_error (error);
  g_clear_pointer (&found, g_free);
  found = refills_store_fixture_reveal (store, 1, 0, REFILLS_SECRET_CODE, NULL);
  g_assert_cmpstr (found, ==, "SECRET");
  g_assert_cmpuint (refills_store_fixture_count (path, "damaged"), ==, 0);
  refills_store_fixture_end (store);

  return was_hit;
}

static void
test_fault (RefillsStoreFixture *fixture,
            gconstpointer        user_data)
{
  int n_hit = 0;

  while (run_with_fault (fixture, (RefillsFault) GPOINTER_TO_INT (user_data), n_hit))
    n_hit++;
  g_assert_cmpint (n_hit, >=, 2);
}

static void
finish_setting_aside (RefillsOrderStore *store,
                      RefillsErrorCode   code)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_aside = FALSE;

  refills_order_store_set_aside_async (store, refills_test_keep_result, &result);
  refills_test_wait_result (&result, 30000);
  is_aside = refills_order_store_write_key_finish (store, result, &error);
  if (code == 0) {
    g_assert_no_error (error);
    g_assert_true (is_aside);
  } else {
    g_assert_error (error, REFILLS_ERROR, (int) code);
  }
}

static void
assert_rows (RefillsOrderStore *store,
             guint              n_rows)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = refills_store_fixture_list (store, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, n_rows);
}

static char *
find_locked (RefillsStoreFixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->data, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    if (strstr (name, ".locked-") != NULL)
      return g_build_filename (fixture->data, name, NULL);

  return NULL;
}

static void
test_set_aside (RefillsStoreFixture *fixture,
                gconstpointer        user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsStoredOrder) added = NULL;
  g_autofree char *locked = NULL;
  RefillsOrderStore *store = refills_store_fixture_new (fixture->path, "practice");
  RefillsOrderStore *kept = NULL;
  GStatBuf status;

  refills_store_fixture_fill (fixture->path, 3);
  finish_setting_aside (store, 0);
  assert_rows (store, 0);
  /* Its log is in it, and nothing of the making is left. */
  g_assert_cmpuint (refills_store_fixture_count (fixture->data, ".locked-"), ==, 1);
  g_assert_cmpuint (refills_store_fixture_count (fixture->data, ".fresh"), ==, 0);
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  locked = find_locked (fixture);
  g_assert_cmpint (g_stat (locked, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  /* A notification of an order that was there before never leads to another one. */
  added = refills_store_fixture_add (store, &error);
  g_assert_no_error (error);
  g_assert_cmpint (added->row, ==, 4);
  assert_rows (store, 1);
  refills_store_fixture_end (store);

  kept = refills_store_fixture_new (locked, "practice");
  assert_rows (kept, 3);
  refills_store_fixture_end (kept);
}

static void
test_set_aside_in_use (RefillsStoreFixture *fixture,
                       gconstpointer        user_data)
{
  RefillsOrderStore *store = refills_store_fixture_new (fixture->path, "practice");
  RefillsOrderStore *user = refills_store_fixture_new (fixture->path, "practice");

  refills_store_fixture_fill (fixture->path, 3);
  assert_rows (user, 3);
  finish_setting_aside (store, REFILLS_ERROR_IN_USE);
  assert_rows (store, 3);
  g_assert_cmpuint (refills_store_fixture_count (fixture->data, ".locked-"), ==, 0);
  refills_store_fixture_end (user);
  finish_setting_aside (store, 0);
  assert_rows (store, 0);
  refills_store_fixture_end (store);
}

/* Wherever there is no room for it, all is as it was. */
static void
test_set_aside_and_full (RefillsStoreFixture *fixture,
                         gconstpointer        user_data)
{
  RefillsOrderStore *store = NULL;
  guint n_refused = 0;

  refills_store_fixture_fill (fixture->path, 3);
  store = refills_store_fixture_new (fixture->path, "practice");
  while (refills_store_fixture_count (fixture->data, ".locked-") == 0) {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    assert_rows (store, 3);
    refills_fault_vfs_set (REFILLS_FAULT_FULL, (int) n_refused);
    refills_order_store_set_aside_async (store, refills_test_keep_result, &result);
    refills_test_wait_result (&result, 30000);
    refills_fault_vfs_set (REFILLS_FAULT_NONE, 0);
    if (!refills_order_store_write_key_finish (store, result, &error)) {
      g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE_FULL);
      n_refused++;
    }
  }
  g_assert_cmpuint (n_refused, >=, 2);
  assert_rows (store, 0);
  refills_store_fixture_end (store);
}

#define ADD(name, data, function) \
  g_test_add ("/order-file/" name, RefillsStoreFixture, data, refills_store_fixture_set_up, function, \
              refills_store_fixture_tear_down)
#define ADD_KILLED(name) ADD ("killed/" name, name, test_killed)

int
main (int    argc,
      char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2], argv[3]);

  refills_test_init (&argc, &argv);
  refills_fault_vfs_register ();
  ADD_KILLED ("intent-before-commit");
  ADD_KILLED ("intent-committed");
  ADD_KILLED ("answer-before-commit");
  ADD_KILLED ("answer-committed");
  ADD_KILLED ("merge-before-commit");
  ADD_KILLED ("merge-committed");
  ADD ("log-left-behind", NULL, test_log_left_behind);
  ADD ("other-process-sends", NULL, test_other_process_sends);
  ADD ("two-processes-write", NULL, test_two_processes_write);
  ADD ("fault/full", GINT_TO_POINTER (REFILLS_FAULT_FULL), test_fault);
  ADD ("fault/cut", GINT_TO_POINTER (REFILLS_FAULT_CUT), test_fault);
  ADD ("fault/sync", GINT_TO_POINTER (REFILLS_FAULT_SYNC), test_fault);
  ADD ("set-aside/kept", NULL, test_set_aside);
  ADD ("set-aside/in-use", NULL, test_set_aside_in_use);
  ADD ("set-aside/full", NULL, test_set_aside_and_full);

  return g_test_run ();
}
