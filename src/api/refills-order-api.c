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

#include <json-glib/json-glib.h>
#include <string.h>

#include "refills-catalogue-api.h"
#include "refills-error.h"
#include "refills-http-error.h"
#include "refills-refusal.h"

#define MAX_INTEGER_DIGITS 18

struct _RefillsOrderApi {
  GObject parent_instance;

  RefillsHttp *http;
};

G_DEFINE_FINAL_TYPE (RefillsOrderApi, refills_order_api, G_TYPE_OBJECT)

/* What a creation leaves behind besides its state. */
typedef struct {
  RefillsProblem *problem;
  GBytes *answer;
} Creation;

typedef struct {
  char *order_id;
  GBytes *answer;
} Lookup;

static void
creation_free (gpointer data)
{
  Creation *creation = data;

  g_clear_object (&creation->problem);
  g_clear_pointer (&creation->answer, g_bytes_unref);
  g_free (creation); /* end of life */
}

static void
lookup_free (gpointer data)
{
  Lookup *lookup = data;

  g_clear_pointer (&lookup->order_id, g_free);
  g_clear_pointer (&lookup->answer, g_bytes_unref);
  g_free (lookup); /* end of life */
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

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *value)
{
  if (value == NULL || *value == '\0')
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

/* A number, as most clients send it; one with a fraction goes as text, which the service takes too, for
 * a double would not keep it (API reference, section 8.3). */
static void
add_product_value (JsonBuilder *builder,
                   const char  *value)
{
  g_autofree char *text = NULL;
  RefillsDecimal decimal;

  json_builder_set_member_name (builder, "product_value");
  if (!refills_decimal_parse (value, &decimal, NULL)) {
    json_builder_add_string_value (builder, value);
    return;
  }

  text = refills_decimal_to_short_text (&decimal);
  if (strchr (text, '.') == NULL && strlen (text) <= MAX_INTEGER_DIGITS)
    json_builder_add_int_value (builder, g_ascii_strtoll (text, NULL, 10));
  else
    json_builder_add_string_value (builder, text);
}

static void
add_delivery (JsonBuilder      *builder,
              RefillsOrderLine *line)
{
  const char *value = refills_order_line_get_product_value (line);

  json_builder_begin_object (builder);
  add_text (builder, "brand_name", refills_order_line_get_brand_name (line));
  add_text (builder, "country_code", refills_order_line_get_country (line));
  add_text (builder, "denomination", refills_order_line_get_denomination (line));
  if (value != NULL)
    add_product_value (builder, value);
  add_text (builder, "beneficiary_account", refills_order_line_get_beneficiary (line));
  json_builder_end_object (builder);
}

static GBytes *
write_document (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  gsize length = 0;
  char *text = NULL;

  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &length);

  return g_bytes_new_take (text, length);
}

/* Why the service refused, whatever its 4xx is; nothing where it did not say so. */
static GPtrArray *
read_refusal (RefillsHttp  *http,
              GAsyncResult *result,
              const GError *error)
{
  g_autoptr (GBytes) refusal = refills_http_dup_refusal (http, result);

  if (!g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_REJECTED))
    g_clear_pointer (&refusal, g_bytes_unref);

  return refills_refusal_read_body (refusal, REFILLS_HTTP_MAX_REFUSAL_BYTES);
}

static void
validate_ready_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = refills_http_send_finish (REFILLS_HTTP (source), result, &error);
  g_autoptr (RefillsJson) root = NULL;
  RefillsQuote *quote = NULL;

  if (bytes != NULL) {
    root = refills_json_parse (bytes, REFILLS_HTTP_MAX_JSON_BYTES, &error);
  } else {
    g_autoptr (GPtrArray) problems = read_refusal (REFILLS_HTTP (source), result, error);

    if (problems->len > 0)
      quote = refills_quote_new_refused (problems, g_task_get_task_data (task));
  }

  if (root != NULL) {
    RefillsJsonPlace place;

    refills_json_place_init (&place, root);
    quote = refills_quote_new_from_validation_json (&place, g_task_get_task_data (task), &error);
  }

  if (quote != NULL)
    g_task_return_pointer (task, quote, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
create_ready_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Creation *creation = g_task_get_task_data (task);
  RefillsOrderState *state = NULL;

  creation->answer = refills_http_send_finish (REFILLS_HTTP (source), result, &error);
  if (creation->answer == NULL) {
    g_autoptr (GPtrArray) problems = read_refusal (REFILLS_HTTP (source), result, error);

    if (problems->len > 0)
      creation->problem = g_object_ref (problems->pdata[0]);
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  state = refills_order_state_new_from_bytes (creation->answer, &error);
  if (state != NULL)
    g_task_return_pointer (task, state, g_object_unref);
  else
    g_task_return_new_error (task, REFILLS_ERROR, REFILLS_ERROR_UNKNOWN_OUTCOME,
                             "the order's answer cannot be read: %s", error->message);
}

static void
get_ready_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsOrderState) state = NULL;
  Lookup *lookup = g_task_get_task_data (task);

  lookup->answer = refills_http_send_finish (REFILLS_HTTP (source), result, &error);
  if (lookup->answer != NULL)
    state = refills_order_state_new_from_bytes (lookup->answer, &error);
  if (state == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  if (g_strcmp0 (refills_order_state_get_order_id (state), lookup->order_id) != 0) {
    g_task_return_new_error (task, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL,
                             "another order was answered than was asked for");
    return;
  }
  g_task_return_pointer (task, g_steal_pointer (&state), g_object_unref);
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
 * Makes the orders' part of the API.
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
 * refills_order_api_write_body:
 * @request: what is asked
 *
 * Writes the body of a validation and of a creation (API reference, section 8, flat deliveries).
 *
 * Returns: (transfer full): one JSON document
 */
GBytes *
refills_order_api_write_body (RefillsOrderRequest *request)
{
  g_autoptr (JsonBuilder) builder = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (request), NULL);

  builder = json_builder_new ();
  json_builder_begin_object (builder);

  json_builder_set_member_name (builder, "deliveries");
  json_builder_begin_array (builder);
  for (guint i = 0; i < refills_order_request_get_n_lines (request); i++)
    add_delivery (builder, refills_order_request_get_line (request, i));
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "payment");
  json_builder_begin_object (builder);
  add_text (builder, "type", "via");
  add_text (builder, "payment_via", refills_order_request_get_payment_via (request));
  add_text (builder, "coin", refills_order_request_get_coin (request));
  add_text (builder, "network", refills_order_request_get_network_name (request));
  json_builder_end_object (builder);

  add_text (builder, "email", refills_order_request_get_email (request));

  json_builder_set_member_name (builder, "user");
  json_builder_begin_object (builder);
  add_text (builder, "email", refills_order_request_get_email (request));
  json_builder_set_member_name (builder, "has_accepted_newsletter");
  json_builder_add_boolean_value (builder, FALSE);
  json_builder_end_object (builder);

  add_text (builder, "lang", refills_api_language (refills_order_request_get_language (request)));

  json_builder_set_member_name (builder, "acquisition");
  json_builder_begin_object (builder);
  add_text (builder, "utm_source", "refills");
  json_builder_end_object (builder);

  json_builder_end_object (builder);

  return write_document (builder);
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

  g_return_if_fail (REFILLS_IS_ORDER_API (self));
  g_return_if_fail (REFILLS_IS_ORDER_REQUEST (request));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, refills_order_api_validate_async);
  g_task_set_task_data (task, g_object_ref (request), g_object_unref);
  if (!refills_order_request_check (request, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  body = refills_order_api_write_body (request);
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
 * refills_order_api_create_async:
 * @self: the orders
 * @request: what is asked
 * @callback: called once
 * @user_data: handed to @callback
 *
 * Makes the order, once (API reference, section 10). Nothing cancels it.
 */
void
refills_order_api_create_async (RefillsOrderApi     *self,
                                RefillsOrderRequest *request,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (REFILLS_IS_ORDER_API (self));
  g_return_if_fail (REFILLS_IS_ORDER_REQUEST (request));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, refills_order_api_create_async);
  g_task_set_task_data (task, g_new0 (Creation, 1), creation_free);
  if (!refills_order_request_check (request, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  body = refills_order_api_write_body (request);
  refills_http_post_order_async (self->http, body, refills_order_request_get_country (request),
                                 create_ready_cb, g_steal_pointer (&task));
}

/**
 * refills_order_api_create_finish:
 * @self: the orders
 * @result: the result
 * @problem: (out) (optional) (nullable) (transfer full): why the service refused, where it said so
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
                                 RefillsProblem  **problem,
                                 GBytes          **answer,
                                 GError          **error)
{
  Creation *creation;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  creation = g_task_get_task_data (G_TASK (result));
  if (problem != NULL)
    *problem = g_steal_pointer (&creation->problem);
  if (answer != NULL)
    *answer = g_steal_pointer (&creation->answer);

  return g_task_propagate_pointer (G_TASK (result), error);
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
  Lookup *lookup;

  g_return_if_fail (REFILLS_IS_ORDER_API (self));
  g_return_if_fail (order_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, refills_order_api_get_async);
  lookup = g_new0 (Lookup, 1);
  lookup->order_id = g_strdup (order_id);
  g_task_set_task_data (task, lookup, lookup_free);

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
  Lookup *lookup;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  lookup = g_task_get_task_data (G_TASK (result));
  if (answer != NULL)
    *answer = g_steal_pointer (&lookup->answer);

  return g_task_propagate_pointer (G_TASK (result), error);
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
