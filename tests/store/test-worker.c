/* test-worker.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-worker.h"

#include "refills-test.h"

#define N_JOBS 200

typedef struct {
  GString *seen;
  guint number;
} Note;

static void
write_note (gpointer data)
{
  Note *note = data;

  g_string_append_printf (note->seen, "%u ", note->number);
}

static void
test_order (void)
{
  RefillsWorker *worker = refills_worker_new (1);
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GString) expected = g_string_new (NULL);

  for (guint i = 0; i < N_JOBS; i++) {
    Note *note = g_new0 (Note, 1);

    note->seen = seen;
    note->number = i;
    g_string_append_printf (expected, "%u ", i);
    refills_worker_push (worker, write_note, note, g_free);
  }
  refills_worker_drain (worker);
  refills_worker_free (worker);
  g_assert_cmpstr (seen->str, ==, expected->str);
}

static gpointer
get_thread (GTask   *task,
            GError **error)
{
  guint *n_calls = g_task_get_task_data (task);

  g_atomic_int_inc (n_calls);

  return g_thread_self ();
}

static gpointer
refuse (GTask   *task,
        GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "nothing");

  return NULL;
}

static void
test_tasks (void)
{
  g_autoptr (RefillsWorker) worker = refills_worker_new (1);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  RefillsWorkerTaskFunc runs[] = { get_thread, refuse, get_thread };
  GAsyncResult *results[G_N_ELEMENTS (runs)] = { NULL };
  guint n_calls = 0;
  gpointer thread;

  g_cancellable_cancel (cancelled);
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++) {
    GTask *task = g_task_new (NULL, i == 2 ? cancelled : NULL, refills_test_keep_result, &results[i]);

    g_task_set_source_tag (task, test_tasks);
    g_task_set_task_data (task, &n_calls, NULL);
    refills_worker_push_task (worker, runs[i], task, NULL);
  }
  refills_worker_drain (worker);
  /* Nothing comes back but through the main loop. */
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    g_assert_null (results[i]);
  refills_test_wait_result (&results[2], 5000);

  thread = g_task_propagate_pointer (G_TASK (results[0]), &error);
  g_assert_no_error (error);
  g_assert_nonnull (thread);
  g_assert_true (thread != g_thread_self ());
  g_assert_null (g_task_propagate_pointer (G_TASK (results[1]), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (g_task_propagate_pointer (G_TASK (results[2]), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  /* What is cancelled before its turn is not begun. */
  g_assert_cmpuint (n_calls, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    g_assert_finalize_object (results[i]);
}

static void
note_thread (gpointer  data,
             GObject  *object)
{
  GThread **thread = data;

  *thread = g_thread_self ();
}

/* The object behind a task is never dropped on the worker's thread, which it may own. */
static void
test_last_reference (void)
{
  g_autoptr (RefillsWorker) worker = refills_worker_new (1);
  guint n_calls = 0;

  for (guint i = 0; i < N_JOBS; i++) {
    GObject *source = g_object_new (G_TYPE_OBJECT, NULL);
    GThread *thread = NULL;
    GTask *task = g_task_new (source, NULL, NULL, NULL);

    g_object_weak_ref (source, note_thread, &thread);
    g_object_unref (source); /* the task has it now */
    g_task_set_task_data (task, &n_calls, NULL);
    refills_worker_push_task (worker, get_thread, task, NULL);
    refills_test_wait_result (&thread, 5000);
    g_assert_true (thread == g_thread_self ());
  }
  g_assert_cmpuint (n_calls, ==, N_JOBS);
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/worker/order", test_order);
  g_test_add_func ("/worker/tasks", test_tasks);
  g_test_add_func ("/worker/last-reference", test_last_reference);

  return g_test_run ();
}
