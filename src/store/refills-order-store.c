/* refills-order-store.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsOrderStore:
 *
 * The orders on disk. Every order is a row before it is a request, and nothing of an answer comes back
 * from here before it is committed.
 *
 * Owns the file and one worker, which runs the jobs in the order they came; each opens the file where
 * that has not worked before. After the first list another thread reads the whole file once, beside the jobs, and has
 * it mended where it is damaged. Writes the rows of one environment, and sees no others but where a call says
 * so. Never blocks its caller, but for [method@OrderStore.drain]; never returns a secret but from
 * [method@OrderStore.reveal_async] and [method@OrderStore.read_async]; never deletes a row, and never a file.
 */
#include "refills-order-store.h"

#include "refills-error.h"
#include "refills-order-check.h"
#include "refills-order-sealing.h"
#include "refills-order-store-private.h"
#include "refills-worker.h"

struct _RefillsOrderStore {
  GObject parent_instance;

  char *environment;
  RefillsWorker *worker;
  /* Looks for damage where a list reads nothing. Never touches the table, and is ended before the worker. */
  RefillsWorker *checker;
  int is_ending; /* read and written by both */
  /* Whether the rows in clear were looked for: a Sealing, read and written by both threads. */
  int sealing;
  /* As the main thread was told of it. */
  RefillsStoreCondition condition;
  char *aside;
  guint n_carried;
  /* From here on for the worker's thread alone. */
  RefillsOrderTable table;
  RefillsStoreCondition told;
};

G_DEFINE_FINAL_TYPE (RefillsOrderStore, refills_order_store, G_TYPE_OBJECT)

enum { PROP_0, PROP_CONDITION, N_PROPS };

static GParamSpec *props[N_PROPS];

/* On its way to the main thread. */
typedef struct {
  GWeakRef store;
  RefillsStoreCondition condition;
  char *aside;
  guint n_carried;
} Report;

typedef enum {
  SEALING_TO_DO,
  SEALING_UNDER_WAY,
  SEALING_DONE,
} Sealing;

typedef struct _Job Job;
typedef gpointer (*JobFunc) (RefillsOrderTable  *table,
                             Job                *job,
                             GError            **error);

struct _Job {
  JobFunc run;
  gint64 row;
  RefillsOrderRequest *asked;
  RefillsOrderState *state;
  GBytes *answer;
  gboolean replace;
  gboolean is_first;
  RefillsOrderOutcome outcome;
  RefillsOrderStoreFunc run_other;
  gpointer data;
  GDestroyNotify data_free;
};

static Job *
job_new (JobFunc run,
         gint64  row)
{
  Job *job = g_new0 (Job, 1);

  job->run = run;
  job->row = row;

  return job;
}

static void
job_free (Job *job)
{
  g_clear_object (&job->asked);
  g_clear_object (&job->state);
  g_clear_pointer (&job->answer, g_bytes_unref);
  if (job->data_free != NULL)
    job->data_free (job->data);
  g_free (job); /* plain struct */
}

static gpointer
run_add_intent (RefillsOrderTable  *table,
                Job                *job,
                GError            **error)
{
  return refills_order_table_add_intent (table, job->asked, job->replace, &job->row, error);
}

static gpointer
run_fold (RefillsOrderTable  *table,
          Job                *job,
          GError            **error)
{
  return refills_order_table_fold (table, job->row, job->state, job->answer, job->is_first, error);
}

static gpointer
run_set_outcome (RefillsOrderTable  *table,
                 Job                *job,
                 GError            **error)
{
  return refills_order_table_set_outcome (table, job->row, job->outcome, error);
}

static gpointer
run_other (RefillsOrderTable  *table,
           Job                *job,
           GError            **error)
{
  return job->run_other (table, job->data, error);
}

static void
report_free (gpointer data)
{
  Report *report = data;

  g_weak_ref_clear (&report->store);
  g_free (report->aside); /* owned by the struct */
  g_free (report);        /* plain struct */
}

static gboolean
report_cb (gpointer data)
{
  Report *report = data;
  g_autoptr (RefillsOrderStore) self = g_weak_ref_get (&report->store);

  if (self == NULL)
    return G_SOURCE_REMOVE;
  self->condition = report->condition;
  self->n_carried = report->n_carried;
  g_free (self->aside); /* what was told before */
  self->aside = g_steal_pointer (&report->aside);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONDITION]);

  return G_SOURCE_REMOVE;
}

/* On the worker's thread, before the result of the job that met with it: whoever gets that knows of the condition. */
static void
report_condition (RefillsOrderStore *self)
{
  RefillsStoreCondition condition = refills_order_file_get_condition (self->table.file);
  g_autoptr (GSource) source = NULL;
  Report *report = NULL;

  if (condition == self->told)
    return;
  self->told = condition;
  report = g_new0 (Report, 1);
  g_weak_ref_init (&report->store, self);
  report->condition = condition;
  report->aside = g_strdup (refills_order_file_get_aside (self->table.file, &report->n_carried));
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, report_cb, report, report_free);
  g_source_attach (source, NULL);
}

/* That nothing is written is told as a condition, once. */
static gboolean
is_told (const GError *error)
{
  return g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE_NEWER) ||
         g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE_READ_ONLY);
}

/* On the worker's thread. A file that is damaged is mended, and the job has a second try. Any other
 * failed file stays open: a commit that could not be synced is in the log all the same, whole, and
 * would count for whoever opens the file anew. The next commit writes over it, so that nothing is ever
 * synced again without being written again. */
static gpointer
try_job (GTask   *task,
         GError **error)
{
  RefillsOrderStore *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) refusal = NULL;
  gpointer result = job->run (&self->table, job, &failure);

  if (result != NULL)
    return result;
  refills_order_file_roll_back (self->table.file);
  if (g_error_matches (failure, REFILLS_ERROR, REFILLS_ERROR_STORAGE) &&
      refills_order_file_is_damaged (self->table.file)) {
    if (refills_order_file_mend (self->table.file, &refusal)) {
      g_clear_error (&failure);
      result = job->run (&self->table, job, &failure);
      if (result != NULL)
        return result;
      refills_order_file_roll_back (self->table.file);
    } else {
      g_message ("the damaged orders stay: %s", refusal->message);
    }
  }
  if (!is_told (failure))
    g_message ("the store: %s", failure->message);
  g_propagate_error (error, g_steal_pointer (&failure));

  return NULL;
}

/* On the worker's thread. Others may have mended it meanwhile. */
static void
run_mending (gpointer data)
{
  RefillsOrderStore *self = data;
  g_autoptr (GError) refusal = NULL;

  if (refills_order_file_is_damaged (self->table.file) && !refills_order_file_mend (self->table.file, &refusal))
    g_message ("the damaged orders stay: %s", refusal->message);
  report_condition (self);
}

/* On the checker's thread. */
static void
run_check (gpointer data)
{
  RefillsOrderStore *self = data;

  if (refills_order_check_is_damaged (refills_order_file_get_path (self->table.file), &self->is_ending))
    refills_worker_push (self->worker, run_mending, self, NULL);
}

/* On the worker's thread. */
static gpointer
run_job (GTask   *task,
         GError **error)
{
  RefillsOrderStore *self = g_task_get_source_object (task);
  gpointer result = try_job (task, error);

  report_condition (self);
  if (self->table.is_listed && !self->table.is_checked) {
    self->table.is_checked = TRUE;
    refills_worker_push (self->checker, run_check, self, NULL);
  }

  return result;
}

/* On the worker's thread. The worker is drained before the store goes. */
static void
run_sealing (gpointer data)
{
  RefillsOrderStore *self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = refills_order_sealing_run (self->table.file, self->table.keys, &error);

  if (!is_done) {
    refills_order_file_roll_back (self->table.file);
    if (!is_told (error))
      g_message ("orders are in clear: %s", error->message);
  }
  /* What does not work is tried again at the next start, unless the key was only closed meanwhile. */
  g_atomic_int_set (&self->sealing, g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_LOCKED)
                                      ? SEALING_TO_DO : SEALING_DONE);
}

static void
push_job (RefillsOrderStore   *self,
          Job                 *job,
          gpointer             source_tag,
          GDestroyNotify       result_free,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  refills_worker_push_task (self->worker, run_job, task, result_free);
  refills_order_store_seal (self);
}

static void
refills_order_store_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch (property_id) {
  case PROP_CONDITION:
    g_value_set_uint (value, REFILLS_ORDER_STORE (object)->condition);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_order_store_finalize (GObject *object)
{
  RefillsOrderStore *self = REFILLS_ORDER_STORE (object);

  /* What was queued by the last job of the worker may be queued by now, and what the check queues is one more job. */
  g_atomic_int_set (&self->is_ending, TRUE);
  refills_worker_drain (self->worker);
  g_clear_pointer (&self->checker, refills_worker_free);
  g_clear_pointer (&self->worker, refills_worker_free);
  g_clear_pointer (&self->table.file, refills_order_file_free);
  g_clear_pointer (&self->table.keys, refills_key_set_unref);
  g_clear_pointer (&self->environment, g_free);
  g_clear_pointer (&self->aside, g_free);

  G_OBJECT_CLASS (refills_order_store_parent_class)->finalize (object);
}

static void
refills_order_store_class_init (RefillsOrderStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = refills_order_store_get_property;
  object_class->finalize = refills_order_store_finalize;

  props[PROP_CONDITION] =
    g_param_spec_uint ("condition", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_order_store_init (RefillsOrderStore *self)
{
  self->worker = refills_worker_new (1);
  self->checker = refills_worker_new (1);
}

/**
 * refills_order_store_new:
 * @path: file name of the database; made, with its folder, by the first job
 * @environment: the name of the environment whose rows it sees
 * @keys: the keys that are open; rows are sealed with the current one
 *
 * Makes a store. Touches nothing on disk.
 *
 * Returns: (transfer full): a store
 */
RefillsOrderStore *
refills_order_store_new (const char    *path,
                         const char    *environment,
                         RefillsKeySet *keys)
{
  RefillsOrderStore *self;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (environment != NULL, NULL);
  g_return_val_if_fail (keys != NULL, NULL);

  self = g_object_new (REFILLS_TYPE_ORDER_STORE, NULL);
  self->environment = g_strdup (environment);
  self->table.file = refills_order_file_new (path);
  self->table.environment = self->environment;
  self->table.keys = refills_key_set_ref (keys);

  return self;
}

/**
 * refills_order_store_set_checkpoint:
 * @self: a store without jobs
 * @checkpoint: (nullable) (scope forever): called on the store's thread where a test may stop it:
 *   `intent-`, `answer-` and `merge-`, each with `before-commit` and `committed`
 * @user_data: handed to @checkpoint
 *
 * For tests.
 */
void
refills_order_store_set_checkpoint (RefillsOrderStore      *self,
                                    RefillsStoreCheckpoint  checkpoint,
                                    gpointer                user_data)
{
  g_return_if_fail (REFILLS_IS_ORDER_STORE (self));

  self->table.checkpoint = checkpoint;
  self->table.checkpoint_data = user_data;
}

/**
 * refills_order_store_get_condition:
 * @self: a store
 *
 * Known once the first job is done. For the main thread, as is `notify::condition`.
 *
 * Returns: what is not as it should be with the file
 */
RefillsStoreCondition
refills_order_store_get_condition (RefillsOrderStore *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STORE (self), REFILLS_STORE_CONDITION_NONE);

  return self->condition;
}

/**
 * refills_order_store_get_aside:
 * @self: a store whose file was mended
 * @n_carried: (out): how many orders could be read
 *
 * Returns: (nullable): the name of the damaged file, which was kept in the same folder
 */
const char *
refills_order_store_get_aside (RefillsOrderStore *self,
                               guint             *n_carried)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_STORE (self), NULL);

  *n_carried = self->n_carried;

  return self->aside;
}

/**
 * refills_order_store_add_intent_async:
 * @self: a store
 * @asked: the order that is about to be sent
 * @replace: whether a payable order may be replaced, and the same be ordered again within ten minutes
 * @callback: called once the row is on the disk; the order may be sent then
 * @user_data: handed to @callback
 *
 * Commits an order before its request. Without @replace that fails with `REFILLS_ERROR_PAYABLE_ORDER` or
 * `REFILLS_ERROR_SAME_BASKET` where another order is in the way. Finish with [method@OrderStore.write_finish].
 */
void
refills_order_store_add_intent_async (RefillsOrderStore   *self,
                                      RefillsOrderRequest *asked,
                                      gboolean             replace,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  Job *job;

  g_return_if_fail (REFILLS_IS_ORDER_STORE (self));
  g_return_if_fail (REFILLS_IS_ORDER_REQUEST (asked));

  job = job_new (run_add_intent, 0);
  job->asked = g_object_ref (asked);
  job->replace = replace;
  push_job (self, job, refills_order_store_add_intent_async,
            (GDestroyNotify) refills_stored_order_free, NULL, callback, user_data);
}

/**
 * refills_order_store_commit_answer_async:
 * @self: a store
 * @row: a row number
 * @state: the order that was made
 * @answer: the answer that @state was read from, whole
 * @callback: called once all of it is on the disk
 * @user_data: handed to @callback
 *
 * Commits the order's id and its whole answer. May be repeated after a failure. Finish with
 * [method@OrderStore.write_finish].
 */
void
refills_order_store_commit_answer_async (RefillsOrderStore   *self,
                                         gint64               row,
                                         RefillsOrderState   *state,
                                         GBytes              *answer,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data)
{
  Job *job;

  g_return_if_fail (REFILLS_IS_ORDER_STORE (self));
  g_return_if_fail (REFILLS_IS_ORDER_STATE (state));

  job = job_new (run_fold, row);
  job->state = g_object_ref (state);
  job->answer = answer != NULL ? g_bytes_ref (answer) : NULL;
  job->is_first = TRUE;
  push_job (self, job, refills_order_store_commit_answer_async,
            (GDestroyNotify) refills_stored_order_free, NULL, callback, user_data);
}

/**
 * refills_order_store_commit_outcome_async:
 * @self: a store
 * @row: a row number
 * @outcome: refused or unknown
 * @callback: called once it is on the disk
 * @user_data: handed to @callback
 *
 * Commits what became of a request that brought no order. An order that was placed stays so. Finish
 * with [method@OrderStore.write_finish].
 */
void
refills_order_store_commit_outcome_async (RefillsOrderStore   *self,
                                          gint64               row,
                                          RefillsOrderOutcome  outcome,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data)
{
  Job *job;

  g_return_if_fail (REFILLS_IS_ORDER_STORE (self));
  g_return_if_fail (outcome == REFILLS_ORDER_OUTCOME_REFUSED ||
                    outcome == REFILLS_ORDER_OUTCOME_UNKNOWN);

  job = job_new (run_set_outcome, row);
  job->outcome = outcome;
  push_job (self, job, refills_order_store_commit_outcome_async,
            (GDestroyNotify) refills_stored_order_free, NULL, callback, user_data);
}

/**
 * refills_order_store_merge_async:
 * @self: a store
 * @row: a row number
 * @incoming: what the service says now
 * @answer: (nullable): the answer that @incoming was read from, whole
 * @callback: called once the merged state is on the disk
 * @user_data: handed to @callback
 *
 * Reads the row, merges and commits, in one transaction. Finish with
 * [method@OrderStore.write_finish].
 */
void
refills_order_store_merge_async (RefillsOrderStore   *self,
                                 gint64               row,
                                 RefillsOrderState   *incoming,
                                 GBytes              *answer,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  Job *job;

  g_return_if_fail (REFILLS_IS_ORDER_STORE (self));
  g_return_if_fail (REFILLS_IS_ORDER_STATE (incoming));

  job = job_new (run_fold, row);
  job->state = g_object_ref (incoming);
  job->answer = answer != NULL ? g_bytes_ref (answer) : NULL;
  push_job (self, job, refills_order_store_merge_async,
            (GDestroyNotify) refills_stored_order_free, NULL, callback, user_data);
}

/**
 * refills_order_store_write_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for `REFILLS_ERROR_STORAGE`, `REFILLS_ERROR_STORAGE_FULL`,
 *   `REFILLS_ERROR_NOT_FOUND` (no such row in this environment) or `REFILLS_ERROR_PROTOCOL` (an answer
 *   for another order)
 *
 * Ends any of the writing calls. After an error nothing of it was written.
 *
 * Returns: (transfer full) (nullable): the row as committed, its state redacted
 */
RefillsStoredOrder *
refills_order_store_write_finish (RefillsOrderStore  *self,
                                  GAsyncResult       *result,
                                  GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * refills_order_store_get_other_row:
 * @self: a store
 * @result: of [method@OrderStore.add_intent_async]
 *
 * Returns: the row that is in the way, where it failed for that; the row that is replaced, where it did not; or 0
 */
gint64
refills_order_store_get_other_row (RefillsOrderStore *self,
                                   GAsyncResult      *result)
{
  const Job *job = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  job = g_task_get_task_data (G_TASK (result));

  return job->row;
}

/**
 * refills_order_store_run_async:
 * @self: a store
 * @run: called on the store's thread, in its turn; again where the file was mended
 * @data: handed to @run
 * @data_free: (nullable): frees @data
 * @result_free: (nullable): frees what @run returned
 * @cancellable: (nullable): ends the wait
 * @callback: called with the result
 * @user_data: handed to @callback
 *
 * Queues a job that is written elsewhere in this layer.
 */
void
refills_order_store_run_async (RefillsOrderStore     *self,
                               RefillsOrderStoreFunc  run,
                               gpointer               data,
                               GDestroyNotify         data_free,
                               GDestroyNotify         result_free,
                               GCancellable          *cancellable,
                               GAsyncReadyCallback    callback,
                               gpointer               user_data)
{
  Job *job = NULL;

  g_return_if_fail (REFILLS_IS_ORDER_STORE (self));

  job = job_new (run_other, 0);
  job->run_other = run;
  job->data = data;
  job->data_free = data_free;
  push_job (self, job, refills_order_store_run_async, result_free, cancellable, callback, user_data);
}

/**
 * refills_order_store_run_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for the job's error or `G_IO_ERROR_CANCELLED`
 *
 * Returns: (transfer full) (nullable): what the job returned
 */
gpointer
refills_order_store_run_finish (RefillsOrderStore  *self,
                                GAsyncResult       *result,
                                GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * refills_order_store_seal:
 * @self: a store
 *
 * Seals what an older version left in clear, as soon as a key is open; every job does so too.
 */
void
refills_order_store_seal (RefillsOrderStore *self)
{
  g_autofree char *key = NULL;

  g_return_if_fail (REFILLS_IS_ORDER_STORE (self));

  if (g_atomic_int_get (&self->sealing) != SEALING_TO_DO)
    return;
  key = refills_key_set_dup_current (self->table.keys);
  if (key == NULL)
    return;
  g_atomic_int_set (&self->sealing, SEALING_UNDER_WAY);
  refills_worker_push (self->worker, run_sealing, self, NULL);
}

/**
 * refills_order_store_drain:
 * @self: a store
 *
 * Waits until every job that was queued is done; their callbacks still come through the main loop.
 * For the end of the program, and for tests.
 */
void
refills_order_store_drain (RefillsOrderStore *self)
{
  g_return_if_fail (REFILLS_IS_ORDER_STORE (self));

  refills_worker_drain (self->worker);
}
