/* refills-order-api.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsOrderApi:
 *
 * Checks, makes, looks up and follows orders.
 *
 * Turns a request into the service's body and answers into model objects. Owns nothing but the way to
 * the server. Never repeats an order, never cancels one that is on its way, and puts an order id
 * nowhere but into a path. Main thread only.
 */

#include "refills-order-api.h"

#include "refills-error.h"
#include "refills-http-error.h"
#include "refills-http-request.h"
#include "refills-order-body.h"
#include "refills-order-gate.h"
#include "refills-refusal.h"

/* Read at once up to here: in the time it would take to wake a thread. */
#define READ_HERE_MAX_BYTES (64 * 1024)
#define EMAIL_DEADLINE_MS 5000

struct _RefillsOrderApi {
  GObject parent_instance;

  RefillsHttp *http;
  RefillsOrderShape shape;
};

G_DEFINE_FINAL_TYPE (RefillsOrderApi, refills_order_api, G_TYPE_OBJECT)

typedef struct _Call Call;

/* Makes of an answer what was asked for; on any thread. */
typedef GObject *(*ReadFunc) (Call    *call,
                              GError **error);

/* What one call knows. Shared with the thread that reads its answer, so counted. */
struct _Call {
  ReadFunc read;
  RefillsOrderRequest *request; /* of a validation or a creation */
  gint64 sent_at;               /* of a validation */
  char *order_id;               /* of a look-up */
  gint64 date;                  /* of its answer, epoch seconds by the service's clock; 0: not known */
  GPtrArray *problems;          /* of a creation, of RefillsProblem; NULL for none */
  GBytes *answer;
};

static void
call_clear (gpointer data)
{
  Call *call = data;

  g_clear_object (&call->request);
  g_clear_pointer (&call->order_id, g_free);
  g_clear_pointer (&call->problems, g_ptr_array_unref);
  g_clear_pointer (&call->answer, g_bytes_unref);
}

static void
call_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, call_clear);
}

static Call *
call_new (GTask    *task,
          ReadFunc  read)
{
  Call *call = g_atomic_rc_box_new0 (Call);

  call->read = read;
  g_task_set_task_data (task, call, call_unref);

  return call;
}

static char *
build_order_path (const char *order_id,
                  const char *suffix)
{
  GString *path = g_string_new ("/v5/orders/");

  g_string_append_uri_escaped (path, order_id, NULL, FALSE);
  g_string_append (path, suffix);

  return g_string_free (path, FALSE);
}

/* Why the service refused, whatever its 4xx is (API reference, section 17, question 2); nothing where it did not
 * say so. Beside a 429 a word that is not known is another for too many requests. */
static GPtrArray *
read_refusal (RefillsHttp  *http,
              GAsyncResult *result,
              const GError *error)
{
  g_autoptr (GBytes) refusal = refills_http_dup_refusal (http, result);
  g_autoptr (GPtrArray) problems = NULL;

  if (!g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_REJECTED) &&
      !g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND) &&
      !g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_RATE_LIMITED))
    g_clear_pointer (&refusal, g_bytes_unref);

  problems = refills_refusal_read_body (refusal, REFILLS_HTTP_MAX_REFUSAL_BYTES);
  if (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_RATE_LIMITED) && problems->len > 0 &&
      !refills_problem_code_is_known (refills_problem_get_code (problems->pdata[0])))
    g_ptr_array_set_size (problems, 0);

  return g_steal_pointer (&problems);
}

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Call *call = task_data;
  g_autoptr (GError) error = NULL;
  GObject *value = call->read (call, &error);

  if (value != NULL)
    g_task_return_pointer (task, value, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GObject *value = g_task_propagate_pointer (G_TASK (result), &error);

  if (value != NULL)
    g_task_return_pointer (task, value, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Reads the answer: a small one at once, another in a thread, so that none holds the main loop. The
 * thread has a task of its own: the last to let go of the way to the server must be the main thread.
 * @task: (transfer full): the call's */
static void
read_answer (GTask *task)
{
  g_autoptr (GTask) owned = task;
  Call *call = g_task_get_task_data (task);
  g_autoptr (GTask) reading = NULL;

  if (g_bytes_get_size (call->answer) <= READ_HERE_MAX_BYTES) {
    read_in_thread (task, NULL, call, NULL);
    return;
  }

  reading = g_task_new (NULL, g_task_get_cancellable (task), read_cb, g_steal_pointer (&owned));
  g_task_set_source_tag (reading, read_answer);
  g_task_set_task_data (reading, g_atomic_rc_box_acquire (call), call_unref);
  g_task_run_in_thread (reading, read_in_thread);
}

static GObject *
read_validation (Call    *call,
                 GError **error)
{
  g_autoptr (RefillsJson) root = refills_json_parse (call->answer, REFILLS_HTTP_MAX_JSON_BYTES, error);
  RefillsJsonPlace place;

  if (root == NULL)
    return NULL;
  refills_json_place_init (&place, root);

  return (GObject *) refills_quote_new_from_validation_json (&place, call->request, call->sent_at, error);
}

static void
validate_ready_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  Call *call = g_task_get_task_data (task);

  call->answer = refills_http_send_finish (REFILLS_HTTP (source), result, &error);
  if (call->answer != NULL) {
    read_answer (g_steal_pointer (&task));
    return;
  }

  problems = read_refusal (REFILLS_HTTP (source), result, error);
  if (problems->len > 0)
    g_task_return_pointer (task, refills_quote_new_refused (problems, call->request), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static GObject *
read_creation (Call    *call,
               GError **error)
{
  g_autoptr (GError) reason = NULL;
  RefillsOrderState *state =
    refills_order_state_new_from_answer (call->answer, call->date, g_get_real_time () / G_USEC_PER_SEC, &reason);

  if (state == NULL)
    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_UNKNOWN_OUTCOME,
                 "the order's answer cannot be read: %s", reason->message);

  return (GObject *) state;
}

static void
create_ready_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  Call *call = g_task_get_task_data (task);

  call->answer = refills_http_send_finish (REFILLS_HTTP (source), result, &error);
  call->date = refills_http_request_get_date (G_TASK (result));
  if (call->answer != NULL) {
    read_answer (g_steal_pointer (&task));
    return;
  }

  problems = read_refusal (REFILLS_HTTP (source), result, error);
  if (problems->len > 0)
    call->problems = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < problems->len; i++)
    g_ptr_array_add (call->problems, refills_problem_bind (problems->pdata[i], call->request));
  g_task_return_error (task, g_steal_pointer (&error));
}

static GObject *
read_lookup (Call    *call,
             GError **error)
{
  g_autoptr (RefillsOrderState) state = refills_order_state_new_from_answer (call->answer, call->date, 0, error);

  if (state == NULL)
    return NULL;
  if (g_strcmp0 (refills_order_state_get_order_id (state), call->order_id) != 0) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL,
                         "another order was answered than was asked for");
    return NULL;
  }

  return (GObject *) g_steal_pointer (&state);
}

static void
get_ready_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Call *call = g_task_get_task_data (task);

  call->answer = refills_http_send_finish (REFILLS_HTTP (source), result, &error);
  call->date = refills_http_request_get_date (G_TASK (result));
  if (call->answer != NULL)
    read_answer (g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
email_checked_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_int (task, refills_email_check_finish (REFILLS_HTTP (source), result));
}

static void
refills_order_api_dispose (GObject *object)
{
  RefillsOrderApi *self = REFILLS_ORDER_API (object);

  g_clear_object (&self->http);

  G_OBJECT_CLASS (refills_order_api_parent_class)->dispose (object);
}

static void
refills_order_api_class_init (RefillsOrderApiClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = refills_order_api_dispose;
}

static void
refills_order_api_init (RefillsOrderApi *self)
{
}

/**
 * refills_order_api_new:
 * @http: the way to the server
 *
 * Makes the orders' part of the API, which writes deliveries flat.
 *
 * Returns: (transfer full): the part
 */
RefillsOrderApi *
refills_order_api_new (RefillsHttp *http)
{
  RefillsOrderApi *self = NULL;

  g_return_val_if_fail (REFILLS_IS_HTTP (http), NULL);

  self = g_object_new (REFILLS_TYPE_ORDER_API, NULL);
  self->http = g_object_ref (http);

  return self;
}

/**
 * refills_order_api_set_shape:
 * @self: the orders
 * @shape: how the deliveries of an order are written; flat unless this is called
 *
 * Chooses the body of [method@OrderApi.create_async].
 */
void
refills_order_api_set_shape (RefillsOrderApi   *self,
                             RefillsOrderShape  shape)
{
  g_return_if_fail (REFILLS_IS_ORDER_API (self));

  self->shape = shape;
}

/**
 * refills_order_api_validate_async:
 * @self: the orders
 * @request: what would be asked
 * @cancellable: (nullable): ends the request
 * @callback: called once
 * @user_data: handed to @callback
 *
 * Asks for the binding total, and whether the order could be made (API reference, section 9). Has no
 * side effects.
 */
void
refills_order_api_validate_async (RefillsOrderApi     *self,
                                  RefillsOrderRequest *request,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  Call *call;

  g_return_if_fail (REFILLS_IS_ORDER_API (self));
  g_return_if_fail (REFILLS_IS_ORDER_REQUEST (request));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, refills_order_api_validate_async);
  call = call_new (task, read_validation);
  call->request = g_object_ref (request);
  if (!refills_order_request_check (request, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  /* The reference sends it flat where it sends orders otherwise. */
  body = refills_order_body_write (request, REFILLS_ORDER_SHAPE_FLAT);
  call->sent_at = refills_order_gate_get_time ();
  refills_http_post_json_async (self->http, "/v5/orders/validations", body,
                                refills_order_request_get_country (request), cancellable,
                                validate_ready_cb, g_steal_pointer (&task));
}

/**
 * refills_order_api_validate_finish:
 * @self: the orders
 * @result: the result
 * @error: return location for a `REFILLS_ERROR` or `G_IO_ERROR_CANCELLED`
 *
 * Takes the total. A refusal with a reason, by status 200 or 4xx, is a quote that is not accepted.
 *
 * Returns: (transfer full) (nullable): the quote
 */
RefillsQuote *
refills_order_api_validate_finish (RefillsOrderApi  *self,
                                   GAsyncResult     *result,
                                   GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * refills_order_api_dup_validation:
 * @self: the orders
 * @result: of a validation that has ended
 *
 * Returns: (transfer full) (nullable): the whole answer of a 2xx
 */
GBytes *
refills_order_api_dup_validation (RefillsOrderApi *self,
                                  GAsyncResult    *result)
{
  Call *call = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  call = g_task_get_task_data (G_TASK (result));

  return call->answer != NULL ? g_bytes_ref (call->answer) : NULL;
}

/**
 * refills_order_api_may_create:
 * @self: the orders
 * @request: what is to be ordered
 * @accepted: (nullable): what the service said of it
 * @error: return location for a `REFILLS_ERROR_INVALID_INPUT` or `REFILLS_ERROR_NOT_VALIDATED`
 *
 * Says whether [method@OrderApi.create_async] would send the order now.
 *
 * Returns: whether it would
 */
gboolean
refills_order_api_may_create (RefillsOrderApi      *self,
                              RefillsOrderRequest  *request,
                              RefillsQuote         *accepted,
                              GError              **error)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_API (self), FALSE);

  return refills_order_gate_check (request, accepted, refills_order_gate_get_time (), error);
}

/**
 * refills_order_api_create_async:
 * @self: the orders
 * @request: what is asked
 * @accepted: (nullable): what the service said of it less than a minute ago
 * @callback: called once
 * @user_data: handed to @callback
 *
 * Makes the order, once (API reference, section 10). Nothing cancels it. Nothing is sent for a request
 * that cannot be right, or that was not validated: `REFILLS_ERROR_INVALID_INPUT`,
 * `REFILLS_ERROR_NOT_VALIDATED`. Nor is it where the connection takes until the minute is over:
 * `REFILLS_ERROR_TIMEOUT`.
 */
void
refills_order_api_create_async (RefillsOrderApi     *self,
                                RefillsOrderRequest *request,
                                RefillsQuote        *accepted,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  gint64 now = 0;
  Call *call;

  g_return_if_fail (REFILLS_IS_ORDER_API (self));
  g_return_if_fail (REFILLS_IS_ORDER_REQUEST (request));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, refills_order_api_create_async);
  call = call_new (task, read_creation);
  call->request = g_object_ref (request);
  now = refills_order_gate_get_time ();
  if (!refills_order_gate_check (request, accepted, now, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  body = refills_order_body_write (request, self->shape);
  refills_http_post_order_async (self->http, body, refills_order_request_get_country (request),
                                 refills_order_gate_get_rest (accepted, now),
                                 create_ready_cb, g_steal_pointer (&task));
}

/**
 * refills_order_api_create_finish:
 * @self: the orders
 * @result: the result
 * @problems: (out) (optional) (nullable) (transfer full) (element-type RefillsProblem): all that the service
 *   has against it, bound to the request; `NULL` where it named nothing
 * @answer: (out) (optional) (nullable) (transfer full): the whole answer of a 2xx, readable or not
 * @error: return location for a `REFILLS_ERROR`; see refills_http_post_order_async() for what each means
 *
 * Takes the order.
 *
 * Returns: (transfer full) (nullable): its first state
 */
RefillsOrderState *
refills_order_api_create_finish (RefillsOrderApi  *self,
                                 GAsyncResult     *result,
                                 GPtrArray       **problems,
                                 GBytes          **answer,
                                 GError          **error)
{
  Call *call;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  call = g_task_get_task_data (G_TASK (result));
  if (problems != NULL)
    *problems = g_steal_pointer (&call->problems);
  if (answer != NULL)
    *answer = g_steal_pointer (&call->answer);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * refills_order_api_validate_email_async:
 * @self: the orders
 * @email: an e-mail address of a plausible form
 * @cancellable: (nullable): ends the request
 * @callback: called once, at the latest after 5 s
 * @user_data: handed to @callback
 *
 * Asks whether mail can reach an address (API reference, section 16).
 */
void
refills_order_api_validate_email_async (RefillsOrderApi     *self,
                                        const char          *email,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (REFILLS_IS_ORDER_API (self));
  g_return_if_fail (email != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, refills_order_api_validate_email_async);
  g_task_set_check_cancellable (task, FALSE);
  refills_email_check_async (self->http, email, EMAIL_DEADLINE_MS, cancellable, email_checked_cb, task);
}

/**
 * refills_order_api_validate_email_finish:
 * @self: the orders
 * @result: the result
 *
 * Takes the verdict. Never fails: what cannot be found out counts as good.
 *
 * Returns: the verdict
 */
RefillsEmailVerdict
refills_order_api_validate_email_finish (RefillsOrderApi *self,
                                         GAsyncResult    *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), REFILLS_EMAIL_VERDICT_GOOD);

  return (RefillsEmailVerdict) g_task_propagate_int (G_TASK (result), NULL);
}

/**
 * refills_order_api_get_async:
 * @self: the orders
 * @order_id: letters, digits, minus and underscore
 * @country: (nullable): ISO 3166 alpha-2
 * @cancellable: (nullable): ends the request
 * @callback: called once
 * @user_data: handed to @callback
 *
 * Asks for an order (API reference, section 15.1). An id that cannot stand in a path fails with
 * `REFILLS_ERROR_INVALID_INPUT` without a request.
 */
void
refills_order_api_get_async (RefillsOrderApi     *self,
                             const char          *order_id,
                             const char          *country,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *path = NULL;
  Call *call;

  g_return_if_fail (REFILLS_IS_ORDER_API (self));
  g_return_if_fail (order_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, refills_order_api_get_async);
  call = call_new (task, read_lookup);
  call->order_id = g_strdup (order_id);

  if (!refills_order_id_is_valid (order_id)) {
    g_task_return_new_error (task, REFILLS_ERROR, REFILLS_ERROR_INVALID_INPUT,
                             "an order id that cannot be asked for");
    return;
  }
  path = build_order_path (order_id, "");
  refills_http_get_json_async (self->http, path, NULL, country, cancellable,
                               get_ready_cb, g_steal_pointer (&task));
}

/**
 * refills_order_api_get_finish:
 * @self: the orders
 * @result: the result
 * @answer: (out) (optional) (nullable) (transfer full): the whole answer
 * @error: return location for a `REFILLS_ERROR` or `G_IO_ERROR_CANCELLED`
 *
 * Takes the order's present state; that of another order is a `REFILLS_ERROR_PROTOCOL`.
 *
 * Returns: (transfer full) (nullable): the state
 */
RefillsOrderState *
refills_order_api_get_finish (RefillsOrderApi  *self,
                              GAsyncResult     *result,
                              GBytes          **answer,
                              GError          **error)
{
  Call *call;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  call = g_task_get_task_data (G_TASK (result));
  if (answer != NULL)
    *answer = g_steal_pointer (&call->answer);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * refills_order_api_get_date:
 * @self: the orders
 * @result: a look-up that has ended, well or not
 *
 * Returns: the service's clock at the answer, in epoch seconds; 0 where there was no answer, or it did not say
 */
gint64
refills_order_api_get_date (RefillsOrderApi *self,
                            GAsyncResult    *result)
{
  Call *call;

  g_return_val_if_fail (g_task_is_valid (result, self), 0);

  call = g_task_get_task_data (G_TASK (result));

  return call->date;
}

/**
 * refills_order_api_subscribe:
 * @self: the orders
 * @order_id: letters, digits, minus and underscore
 * @country: (nullable): ISO 3166 alpha-2
 * @backoff: (nullable): where the delays come from; copied
 *
 * Makes the event stream of an order (API reference, section 15.2), idle.
 *
 * Returns: (transfer full) (nullable): the stream, or `NULL` where the id cannot stand in a path
 */
RefillsEventStream *
refills_order_api_subscribe (RefillsOrderApi      *self,
                             const char           *order_id,
                             const char           *country,
                             const RefillsBackoff *backoff)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_API (self), NULL);
  g_return_val_if_fail (order_id != NULL, NULL);

  if (!refills_order_id_is_valid (order_id))
    return NULL;
  path = build_order_path (order_id, "/subscribe");

  return refills_event_stream_new (self->http, path, country, backoff);
}
