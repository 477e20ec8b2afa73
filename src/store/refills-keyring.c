/* refills-keyring.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsKeyring:
 *
 * A place outside of our files that keeps small keys: what is the same for every such place. A question that may not
 * prompt is answered within `limit` milliseconds, whatever the place does; one that may prompt begins with one that
 * may not, so that a dead service is found out before a person waits for it. What was stored is looked up again and
 * compared before it is trusted.
 *
 * Main thread. Errors: `REFILLS_ERROR_NO_KEYRING` (no bus, no service), `_LOCKED` (it is locked, or the person closed
 * the prompt), `_NOT_FOUND` (nothing found, which a locked keyring says as well), `_TIMEOUT`, `_STORAGE` (anything
 * else) and `G_IO_ERROR_CANCELLED`.
 */
#include "refills-keyring.h"

#include "refills-error.h"

#define LIMIT_MS 5000

typedef struct {
  guint limit;
} RefillsKeyringPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RefillsKeyring, refills_keyring, G_TYPE_OBJECT)

enum { PROP_0, PROP_LIMIT, N_PROPS };

static GParamSpec *props[N_PROPS];

typedef enum { STEP_FIRST, STEP_ACT, STEP_COMPARE } Step;

/* What a task is about; it outlives the task's return while the keyring still has a question of it. */
typedef struct {
  RefillsKeyringCall *call;
  Step step;
  gboolean is_returned;
  GCancellable *inner; /* of the question that is asked now */
  GSource *timer;
  GSource *cancelled;
} Attempt;

static void ask (GTask *task);

static void
stop_sources (Attempt *attempt)
{
  GSource **sources[] = { &attempt->timer, &attempt->cancelled };

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++) {
    if (*sources[i] != NULL)
      g_source_destroy (*sources[i]);
    g_clear_pointer (sources[i], g_source_unref);
  }
}

static void
attempt_free (Attempt *attempt)
{
  stop_sources (attempt);
  g_clear_object (&attempt->inner);
  g_clear_pointer (&attempt->call, refills_keyring_call_free);
  g_free (attempt); /* plain struct */
}

static void
fail (GTask  *task,
      GError *error)
{
  Attempt *attempt = g_task_get_task_data (task);

  attempt->is_returned = TRUE;
  stop_sources (attempt);
  g_task_return_error (task, error);
}

/* Sources hold a reference to the task, which goes with them. */
static gboolean
late_cb (gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Attempt *attempt = g_task_get_task_data (task);

  g_cancellable_cancel (attempt->inner);
  fail (task, g_error_new_literal (REFILLS_ERROR, REFILLS_ERROR_TIMEOUT, "the keyring does not answer"));

  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Attempt *attempt = g_task_get_task_data (task);

  g_cancellable_cancel (attempt->inner);
  fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled"));

  return G_SOURCE_REMOVE;
}

static gboolean
may_mean_locked (const GError *error)
{
  return g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_LOCKED) ||
         g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND);
}

static void
succeed (GTask  *task,
         GBytes *key)
{
  Attempt *attempt = g_task_get_task_data (task);

  attempt->is_returned = TRUE;
  stop_sources (attempt);
  if (key != NULL)
    g_task_return_pointer (task, g_bytes_ref (key), (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_pointer (task, NULL, NULL);
}

static void
go_on (GTask   *task,
       GBytes  *key,
       GError  *error)
{
  Attempt *attempt = g_task_get_task_data (task);
  RefillsKeyringAction action = attempt->call->action;

  if (attempt->step == STEP_FIRST && attempt->call->may_prompt &&
      (action == REFILLS_KEYRING_STORE ? error == NULL || may_mean_locked (error) : may_mean_locked (error))) {
    attempt->step = STEP_ACT;
    ask (task);
  } else if (error != NULL) {
    fail (task, g_error_copy (error));
  } else if (action == REFILLS_KEYRING_STORE && attempt->step == STEP_ACT) {
    attempt->step = STEP_COMPARE;
    ask (task);
  } else if (action == REFILLS_KEYRING_STORE && (key == NULL || !g_bytes_equal (key, attempt->call->key))) {
    fail (task, g_error_new_literal (REFILLS_ERROR, REFILLS_ERROR_STORAGE, "the keyring kept something else"));
  } else {
    succeed (task, key);
  }
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) key = NULL;
  RefillsKeyring *self = REFILLS_KEYRING (source);
  Attempt *attempt = g_task_get_task_data (task);

  REFILLS_KEYRING_GET_CLASS (self)->call_finish (self, result, &key, &error);
  if (attempt->is_returned)
    return;
  stop_sources (attempt);
  go_on (task, key, error);
}

static void
ask (GTask *task)
{
  RefillsKeyring *self = g_task_get_source_object (task);
  RefillsKeyringPrivate *priv = refills_keyring_get_instance_private (self);
  Attempt *attempt = g_task_get_task_data (task);
  RefillsKeyringCall call = *attempt->call;
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (attempt->step != STEP_ACT)
    call.may_prompt = FALSE;
  /* A store is asked first, and looked at afterwards. */
  if (call.action == REFILLS_KEYRING_STORE && attempt->step != STEP_ACT)
    call.action = REFILLS_KEYRING_LOOKUP;

  g_clear_object (&attempt->inner);
  attempt->inner = g_cancellable_new ();
  if (!call.may_prompt) {
    attempt->timer = g_timeout_source_new (priv->limit);
    g_source_set_static_name (attempt->timer, "[refills] keyring limit");
    g_source_set_callback (attempt->timer, late_cb, g_object_ref (task), g_object_unref);
    g_source_attach (attempt->timer, g_task_get_context (task));
  }
  if (cancellable != NULL) {
    attempt->cancelled = g_cancellable_source_new (cancellable);
    g_source_set_callback (attempt->cancelled, G_SOURCE_FUNC (cancelled_cb), g_object_ref (task), g_object_unref);
    g_source_attach (attempt->cancelled, g_task_get_context (task));
  }
  REFILLS_KEYRING_GET_CLASS (self)->call_async (self, &call, attempt->inner, answered_cb, g_object_ref (task));
}

static void
begin (RefillsKeyring       *self,
       RefillsKeyringAction  action,
       const char           *data,
       const char           *name,
       GBytes               *key,
       gboolean              may_prompt,
       GCancellable         *cancellable,
       GAsyncReadyCallback   callback,
       gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Attempt *attempt = g_new0 (Attempt, 1);

  /* Returned by the source of the cancellable, or too late to count. */
  g_task_set_check_cancellable (task, FALSE);
  attempt->call = g_new0 (RefillsKeyringCall, 1);
  attempt->call->action = action;
  attempt->call->data = g_strdup (data);
  attempt->call->name = g_strdup (name);
  attempt->call->key = key != NULL ? g_bytes_ref (key) : NULL;
  attempt->call->may_prompt = may_prompt;
  g_task_set_task_data (task, attempt, (GDestroyNotify) attempt_free);
  ask (task);
}

static void
refills_keyring_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  RefillsKeyringPrivate *priv = refills_keyring_get_instance_private (REFILLS_KEYRING (object));

  switch (property_id) {
  case PROP_LIMIT:
    priv->limit = g_value_get_uint (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_keyring_class_init (RefillsKeyringClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = refills_keyring_set_property;

  /* Milliseconds for a question that may not prompt. */
  props[PROP_LIMIT] =
    g_param_spec_uint ("limit", NULL, NULL, 1, G_MAXUINT, LIMIT_MS,
                       G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_keyring_init (RefillsKeyring *self)
{
}

/**
 * refills_keyring_call_free:
 * @self: (transfer full): a call
 */
void
refills_keyring_call_free (RefillsKeyringCall *self)
{
  g_clear_pointer (&self->data, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->key, g_bytes_unref);
  g_free (self); /* plain struct */
}

/**
 * refills_keyring_lookup_async:
 * @self: a keyring
 * @data: whose orders: "live" or "practice"
 * @name: of the key
 * @may_prompt: whether the person asked for it, and may be asked to unlock the keyring
 * @cancellable: (nullable): ends the wait, and the prompt
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Looks a key up.
 */
void
refills_keyring_lookup_async (RefillsKeyring      *self,
                              const char          *data,
                              const char          *name,
                              gboolean             may_prompt,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (REFILLS_IS_KEYRING (self));

  begin (self, REFILLS_KEYRING_LOOKUP, data, name, NULL, may_prompt, cancellable, callback, user_data);
}

/**
 * refills_keyring_lookup_finish:
 * @self: a keyring
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the key, 32 bytes
 */
GBytes *
refills_keyring_lookup_finish (RefillsKeyring  *self,
                               GAsyncResult    *result,
                               GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * refills_keyring_store_async:
 * @self: a keyring
 * @data: whose orders: "live" or "practice"
 * @name: of the key; one of the same name is replaced
 * @key: 32 bytes
 * @cancellable: (nullable): ends the wait, and the prompt
 * @callback: called on the main thread once the keyring gave the key back
 * @user_data: handed to @callback
 *
 * Stores a key; the person may be asked to unlock the keyring. After a failure it may be stored all the same.
 */
void
refills_keyring_store_async (RefillsKeyring      *self,
                             const char          *data,
                             const char          *name,
                             GBytes              *key,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (REFILLS_IS_KEYRING (self));

  begin (self, REFILLS_KEYRING_STORE, data, name, key, TRUE, cancellable, callback, user_data);
}

/**
 * refills_keyring_store_finish:
 * @self: a keyring
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether the keyring keeps the key
 */
gboolean
refills_keyring_store_finish (RefillsKeyring  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_autoptr (GBytes) key = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  key = g_task_propagate_pointer (G_TASK (result), error);

  return key != NULL;
}

/**
 * refills_keyring_clear_async:
 * @self: a keyring
 * @data: whose orders: "live" or "practice"
 * @name: of the key
 * @cancellable: (nullable): ends the wait
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Takes a key out again that nothing was sealed with.
 */
void
refills_keyring_clear_async (RefillsKeyring      *self,
                             const char          *data,
                             const char          *name,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (REFILLS_IS_KEYRING (self));

  begin (self, REFILLS_KEYRING_CLEAR, data, name, NULL, FALSE, cancellable, callback, user_data);
}

/**
 * refills_keyring_clear_finish:
 * @self: a keyring
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether the keyring did so
 */
gboolean
refills_keyring_clear_finish (RefillsKeyring  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  g_task_propagate_pointer (G_TASK (result), &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}
