/* refills-worker.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsWorker:
 *
 * A queue of jobs that block, run off the main thread; with one thread, in the order they came.
 *
 * A task comes back whole to the main context it was made in, and its last reference is dropped
 * there, never on the worker's thread: the object behind it may own the worker, and a thread cannot
 * wait for itself. Owns nothing of what the jobs work on.
 */
#include "refills-worker.h"

struct _RefillsWorker {
  GThreadPool *pool;
  GMutex lock;
  GCond done;
  guint n_pending;
};

typedef struct {
  RefillsWorkerFunc run;
  gpointer data;
  GDestroyNotify data_free;

  RefillsWorkerTaskFunc run_task;
  GTask *task;
  GDestroyNotify result_free;
  gpointer result;
  GError *error;
} Job;

static void
job_free (Job *job)
{
  if (job->data_free != NULL)
    job->data_free (job->data);
  if (job->result != NULL && job->result_free != NULL)
    job->result_free (job->result);
  g_clear_error (&job->error);
  g_clear_object (&job->task);
  g_free (job); /* plain struct */
}

static gboolean
return_task_cb (gpointer user_data)
{
  Job *job = user_data;

  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->result_free);

  return G_SOURCE_REMOVE;
}

static void
run_task (Job *job)
{
  GCancellable *cancellable = g_task_get_cancellable (job->task);
  g_autoptr (GMainContext) context = g_main_context_ref (g_task_get_context (job->task));
  g_autoptr (GSource) source = g_idle_source_new ();

  if (!g_cancellable_set_error_if_cancelled (cancellable, &job->error))
    job->result = job->run_task (job->task, &job->error);

  g_source_set_static_name (source, "[refills] finished job");
  g_source_set_priority (source, g_task_get_priority (job->task));
  g_source_set_callback (source, return_task_cb, job, (GDestroyNotify) job_free);
  g_source_attach (source, context);
}

static void
run_job (gpointer data,
         gpointer user_data)
{
  RefillsWorker *self = user_data;
  Job *job = data;

  if (job->run_task != NULL) {
    run_task (job);
  } else {
    job->run (job->data);
    job_free (job);
  }

  g_mutex_lock (&self->lock);
  self->n_pending--;
  if (self->n_pending == 0)
    g_cond_broadcast (&self->done);
  g_mutex_unlock (&self->lock);
}

static void
push_job (RefillsWorker *self,
          Job           *job)
{
  g_mutex_lock (&self->lock);
  self->n_pending++;
  g_mutex_unlock (&self->lock);

  /* Fails only where no thread can be had; the job stays queued then, for the next one. */
  g_thread_pool_push (self->pool, job, NULL);
}

/**
 * refills_worker_new:
 * @n_threads: how many jobs may run at once; 1 keeps their order
 *
 * Makes a worker. Its threads start with the first job.
 *
 * Returns: (transfer full): a worker
 */
RefillsWorker *
refills_worker_new (guint n_threads)
{
  RefillsWorker *self = g_new0 (RefillsWorker, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->done);
  self->pool = g_thread_pool_new (run_job, self, (int) n_threads, FALSE, NULL);

  return self;
}

/**
 * refills_worker_free:
 * @self: (transfer full): a worker
 *
 * Waits for the jobs that were pushed, and ends the worker. Not from one of its jobs.
 */
void
refills_worker_free (RefillsWorker *self)
{
  g_thread_pool_free (self->pool, FALSE, TRUE);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->done);
  g_free (self); /* plain struct */
}

/**
 * refills_worker_push:
 * @self: a worker
 * @run: what to do, on a thread of the worker
 * @data: handed to @run
 * @data_free: (nullable): frees @data, on that thread
 *
 * Queues a job that nobody waits for.
 */
void
refills_worker_push (RefillsWorker     *self,
                     RefillsWorkerFunc  run,
                     gpointer           data,
                     GDestroyNotify     data_free)
{
  Job *job = g_new0 (Job, 1);

  job->run = run;
  job->data = data;
  job->data_free = data_free;
  push_job (self, job);
}

/**
 * refills_worker_push_task:
 * @self: a worker
 * @run: makes the result, on a thread of the worker; not called when cancelled before its turn
 * @task: (transfer full): a task that is returned with what @run made
 * @result_free: (nullable): frees the result
 *
 * Queues a job whose result goes to the task's own main context.
 */
void
refills_worker_push_task (RefillsWorker         *self,
                          RefillsWorkerTaskFunc  run,
                          GTask                 *task,
                          GDestroyNotify         result_free)
{
  Job *job = g_new0 (Job, 1);

  job->run_task = run;
  job->task = task;
  job->result_free = result_free;
  push_job (self, job);
}

/**
 * refills_worker_drain:
 * @self: a worker
 *
 * Waits until no job is left; the results still go through the main loop. For the end of the program
 * and for tests, since it blocks.
 */
void
refills_worker_drain (RefillsWorker *self)
{
  g_mutex_lock (&self->lock);
  while (self->n_pending > 0)
    g_cond_wait (&self->done, &self->lock);
  g_mutex_unlock (&self->lock);
}
