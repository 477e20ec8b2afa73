/* refills-sandbox-control.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The paths under /sandbox/, which the service does not have: paying, ageing and forcing an order,
 * asking for faults and for other forms of the wire, reading the log and the codes. Owns nothing.
 */
#include "refills-sandbox-private.h"

#define DEFAULT_STEP_MS 700

/* Ten years at a time. */
#define MAX_FORWARD_S 315360000

static gint64
get_number (GHashTable *query,
            const char *name,
            gint64      otherwise)
{
  const char *text = query != NULL ? g_hash_table_lookup (query, name) : NULL;

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : otherwise;
}

static JsonObject *
request_to_json (RefillsSandboxRequest *request,
                 guint                  index)
{
  /* The log keeps the monotonic clock; another program can only compare with the other one. */
  gint64 offset_us = g_get_real_time () - g_get_monotonic_time ();
  JsonObject *entry = json_object_new ();
  JsonObject *headers = json_object_new ();
  g_autofree char *body = g_utf8_make_valid (g_bytes_get_size (request->body) > 0
                                               ? g_bytes_get_data (request->body, NULL) : "",
                                             (gssize) g_bytes_get_size (request->body));
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  json_object_set_int_member (entry, "index", index);
  json_object_set_string_member (entry, "method", request->method);
  json_object_set_string_member (entry, "path", request->path);
  json_object_set_string_member (entry, "query", request->query);
  g_hash_table_iter_init (&iter, request->headers);
  while (g_hash_table_iter_next (&iter, &name, &value)) {
    g_autofree char *text = g_utf8_make_valid (value, -1);

    json_object_set_string_member (headers, name, text);
  }
  json_object_set_object_member (entry, "headers", headers);
  json_object_set_string_member (entry, "body", body);
  json_object_set_int_member (entry, "status", request->status);
  json_object_set_int_member (entry, "time_us", request->time_us);
  json_object_set_int_member (entry, "time_ms", (request->time_us + offset_us) / 1000);
  json_object_set_boolean_member (entry, "is_stream", request->is_stream);
  json_object_set_boolean_member (entry, "stream_open", request->stream_open);
  if (request->closed_us != 0) {
    json_object_set_int_member (entry, "closed_ms", (request->closed_us + offset_us) / 1000);
    json_object_set_int_member (entry, "open_for_ms", (request->closed_us - request->time_us) / 1000);
  } else {
    json_object_set_null_member (entry, "closed_ms");
    json_object_set_null_member (entry, "open_for_ms");
  }

  return entry;
}

/* `?path=PATTERN` and `?from=INDEX` make it shorter. */
static JsonNode *
log_to_json (RefillsSandbox *sandbox,
             GHashTable     *query)
{
  const char *pattern = query != NULL ? g_hash_table_lookup (query, "path") : NULL;
  gint64 from = get_number (query, "from", 0);
  JsonObject *object = json_object_new ();
  JsonArray *requests = json_array_new ();

  for (guint i = 0; i < sandbox->log->len; i++) {
    RefillsSandboxRequest *request = g_ptr_array_index (sandbox->log, i);

    if ((gint64) i >= from && (pattern == NULL || g_pattern_match_simple (pattern, request->path)))
      json_array_add_object_element (requests, request_to_json (request, i));
  }
  json_object_set_array_member (object, "requests", requests);
  json_object_set_int_member (object, "open_streams", refills_sandbox_count_open_streams (sandbox));
  json_object_set_int_member (object, "now_ms", g_get_real_time () / 1000);

  return refills_sandbox_json_take (object);
}

static int
compare_orders (gconstpointer a,
                gconstpointer b)
{
  const RefillsSandboxOrder *first = a;
  const RefillsSandboxOrder *second = b;

  return first->sequence < second->sequence ? -1 : first->sequence > second->sequence;
}

static JsonNode *
codes_to_json (RefillsSandbox *sandbox)
{
  static const char *members[] = { "order_state", "coin", "coin_amount", "network", "wallet_address", "qr_text" };
  static const char *secrets[] = { "brand_name", "denomination", "pin_code", "pin_serial", "security_code",
                                   "operator_reference" };
  g_autoptr (GList) orders = g_list_sort (g_hash_table_get_values (sandbox->orders), compare_orders);
  JsonObject *object = json_object_new ();
  JsonArray *entries = json_array_new ();

  for (GList *l = orders; l != NULL; l = l->next) {
    RefillsSandboxOrder *order = l->data;
    JsonArray *deliveries = refills_sandbox_json_get_array (order->object, "deliveries");
    JsonObject *entry = json_object_new ();
    JsonArray *codes = json_array_new ();

    json_object_set_string_member (entry, "order_id", order->order_id);
    for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
      json_object_set_string_member (entry, members[i], refills_sandbox_json_get_string (order->object, members[i]));
    for (guint i = 0; deliveries != NULL && i < json_array_get_length (deliveries); i++) {
      JsonObject *deliverable =
        refills_sandbox_json_get_object (json_array_get_object_element (deliveries, i), "deliverable");
      JsonObject *code = json_object_new ();

      for (gsize j = 0; j < G_N_ELEMENTS (secrets); j++)
        json_object_set_string_member (code, secrets[j], refills_sandbox_json_get_string (deliverable, secrets[j]));
      json_array_add_object_element (codes, code);
    }
    json_object_set_array_member (entry, "codes", codes);
    json_array_add_object_element (entries, entry);
  }
  json_object_set_array_member (object, "orders", entries);

  return refills_sandbox_json_take (object);
}

static JsonNode *
parse_body (GBytes *body)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (body, &length);
  JsonNode *root = length > 0 ? refills_sandbox_json_parse (data, (gssize) length) : NULL;

  if (root != NULL && !JSON_NODE_HOLDS_OBJECT (root))
    g_clear_pointer (&root, json_node_unref);

  return root;
}

static RefillsSandboxAnswer *
answer_order (RefillsSandbox *sandbox,
              const char     *rest,
              GHashTable     *query,
              GBytes         *body)
{
  g_auto (GStrv) parts = g_strsplit (rest, "/", 2);
  RefillsSandboxOrder *order = parts[0] != NULL ? refills_sandbox_orders_find_any (sandbox, parts[0]) : NULL;
  const char *action = order != NULL && parts[1] != NULL ? parts[1] : "";

  if (order == NULL)
    return refills_sandbox_answer_new_error (404, "ORDER_NOT_FOUND", NULL);
  if (g_str_equal (action, "pay")) {
    gint64 step_ms = CLAMP (get_number (query, "step_ms", DEFAULT_STEP_MS), 0, 3600000);

    if (!refills_sandbox_order_pay (sandbox, order, (guint) step_ms))
      return refills_sandbox_answer_new_error (409, "NOT_PAYABLE", NULL);
  } else if (g_str_equal (action, "age")) {
    refills_sandbox_order_age (sandbox, order, get_number (query, "seconds", 0));
  } else if (g_str_equal (action, "life")) {
    const char *name = query != NULL ? g_hash_table_lookup (query, "name") : NULL;
    gint64 step_ms = CLAMP (get_number (query, "step_ms", DEFAULT_STEP_MS), 0, 3600000);

    if (name == NULL || !refills_sandbox_order_live (sandbox, order, name, (guint) step_ms, TRUE))
      return refills_sandbox_answer_new_error (400, "BAD_REQUEST", NULL);
  } else if (g_str_equal (action, "stream")) {
    const char *wanted = query != NULL ? g_hash_table_lookup (query, "do") : NULL;

    if (wanted == NULL)
      return refills_sandbox_answer_new_error (400, "BAD_REQUEST", NULL);
    if (!refills_sandbox_act_streams (sandbox, order->order_id, wanted))
      return refills_sandbox_answer_new_error (409, "NO_OPEN_STREAM", NULL);
  } else if (g_str_equal (action, "state")) {
    g_autoptr (JsonNode) root = parse_body (body);

    if (root == NULL || !refills_sandbox_order_force (sandbox, order, json_node_get_object (root)))
      return refills_sandbox_answer_new_error (400, "BAD_REQUEST", NULL);
  } else {
    return refills_sandbox_answer_new_error (404, "NOT_FOUND", NULL);
  }

  return refills_sandbox_answer_new_order (sandbox, order);
}

static RefillsSandboxAnswer *
answer_shapes (RefillsSandbox *sandbox,
               const char     *method,
               GBytes         *body)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GList) names = NULL;

  if (g_str_equal (method, "DELETE")) {
    refills_sandbox_reset_shapes (sandbox);
  } else if (g_str_equal (method, "POST")) {
    root = parse_body (body);
    if (root == NULL)
      return refills_sandbox_answer_new_error (400, "BAD_REQUEST", NULL);
    names = json_object_get_members (json_node_get_object (root));
    for (GList *l = names; l != NULL; l = l->next) {
      g_autofree char *value = refills_sandbox_json_dup_scalar (json_node_get_object (root), l->data);

      if (value == NULL || !refills_sandbox_set_shape (sandbox, l->data, value))
        return refills_sandbox_answer_new_error (400, "BAD_REQUEST", NULL);
    }
  }

  return refills_sandbox_answer_new_json (refills_sandbox_shapes_to_json (sandbox));
}

/* The service's clock, which can be moved. */
static RefillsSandboxAnswer *
answer_clock (RefillsSandbox *sandbox,
              const char     *method,
              GHashTable     *query)
{
  gint64 forward = get_number (query, "forward", 0);
  JsonObject *object;

  if (g_str_equal (method, "POST")) {
    if (forward == 0 || ABS (forward) > MAX_FORWARD_S)
      return refills_sandbox_answer_new_error (400, "BAD_REQUEST", NULL);
    refills_sandbox_forward (sandbox, forward);
  } else if (g_str_equal (method, "DELETE")) {
    refills_sandbox_forward (sandbox, -sandbox->forward_s);
  }
  object = json_object_new ();
  json_object_set_int_member (object, "now", refills_sandbox_get_time (sandbox));
  json_object_set_int_member (object, "forward", sandbox->forward_s);

  return refills_sandbox_answer_new_json (refills_sandbox_json_take (object));
}

static RefillsSandboxAnswer *
answer_faults (RefillsSandbox *sandbox,
               const char     *method,
               GBytes         *body)
{
  g_autoptr (JsonNode) root = parse_body (body);
  JsonObject *object;

  if (g_str_equal (method, "DELETE"))
    refills_sandbox_clear_faults (sandbox);
  else if (g_str_equal (method, "POST")
           && (root == NULL || !refills_sandbox_faults_add_json (sandbox, json_node_get_object (root))))
    return refills_sandbox_answer_new_error (400, "BAD_REQUEST", NULL);
  object = json_object_new ();
  json_object_set_int_member (object, "faults", sandbox->faults->len);

  return refills_sandbox_answer_new_json (refills_sandbox_json_take (object));
}

/* @path begins with "/sandbox/". */
RefillsSandboxAnswer *
refills_sandbox_control_answer (RefillsSandbox *sandbox,
                                const char     *method,
                                const char     *path,
                                GHashTable     *query,
                                GBytes         *body)
{
  const char *rest = path + strlen ("/sandbox/");
  gboolean is_get = g_str_equal (method, "GET");
  gboolean is_post = g_str_equal (method, "POST");

  if (is_get && g_str_equal (rest, "log"))
    return refills_sandbox_answer_new_json (log_to_json (sandbox, query));
  if (is_get && g_str_equal (rest, "codes"))
    return refills_sandbox_answer_new_json (codes_to_json (sandbox));
  if (is_get && g_str_equal (rest, "lives"))
    return refills_sandbox_answer_new_json (refills_sandbox_lives_to_json ());
  if (is_get && g_str_equal (rest, "orders/last")) {
    RefillsSandboxOrder *order = refills_sandbox_orders_find_any (sandbox, "last");

    if (order != NULL)
      return refills_sandbox_answer_new_order (sandbox, order);
  }
  if (is_post && g_str_has_prefix (rest, "orders/"))
    return answer_order (sandbox, rest + strlen ("orders/"), query, body);
  if (g_str_equal (rest, "clock"))
    return answer_clock (sandbox, method, query);
  if (g_str_equal (rest, "shapes"))
    return answer_shapes (sandbox, method, body);
  if (g_str_equal (rest, "faults"))
    return answer_faults (sandbox, method, body);

  return refills_sandbox_answer_new_error (404, "NOT_FOUND", NULL);
}
