/* refills-sandbox.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A stand-in for the service on 127.0.0.1, written from the API reference alone: it includes nothing
 * else of this program, so that a mistake of the client cannot be answered by the same mistake here.
 * Owns the server, its log, faults, catalogues and orders. Never sends anything to another machine,
 * never answers a request for another host.
 */
#include "refills-sandbox-private.h"

#define MAX_LOG 20000
#define CLOCK_S 1

G_DEFINE_TYPE (RefillsSandbox, refills_sandbox, G_TYPE_OBJECT)

/* What an answer that is not yet on its way needs. */
typedef struct {
  RefillsSandbox        *sandbox; /* unowned: stop () destroys the source that owns this */
  SoupServerMessage     *message;
  RefillsSandboxAnswer  *answer;
  RefillsSandboxPlan    *plan;
  RefillsSandboxRequest *request;
} Delivery;

static void deliver (Delivery *delivery);

static void
request_free (gpointer data)
{
  RefillsSandboxRequest *self = data;

  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->method); /* a plain struct frees its strings */
  g_free (self->path);   /* likewise */
  g_free (self->query);  /* likewise */
  g_free (self);         /* and itself */
}

RefillsSandboxAnswer *
refills_sandbox_answer_new_json (JsonNode *root)
{
  RefillsSandboxAnswer *self = g_new0 (RefillsSandboxAnswer, 1);

  self->status = 200;
  self->content_type = g_strdup ("application/json; charset=utf-8");
  self->root = root;

  return self;
}

RefillsSandboxAnswer *
refills_sandbox_answer_new_bytes (guint       status,
                                  const char *content_type,
                                  GBytes     *body)
{
  RefillsSandboxAnswer *self = g_new0 (RefillsSandboxAnswer, 1);

  self->status = status;
  self->content_type = g_strdup (content_type);
  self->body = body;

  return self;
}

/* The common body of HTTP errors (API reference, section 14.2). */
RefillsSandboxAnswer *
refills_sandbox_answer_new_error (guint       status,
                                  const char *detail,
                                  JsonObject *more_details)
{
  JsonObject *object = json_object_new ();
  RefillsSandboxAnswer *self;

  json_object_set_int_member (object, "status", status);
  json_object_set_string_member (object, "title", soup_status_get_phrase (status));
  json_object_set_string_member (object, "detail", detail);
  if (more_details != NULL)
    json_object_set_object_member (object, "moreDetails", more_details);
  else
    json_object_set_null_member (object, "moreDetails");
  self = refills_sandbox_answer_new_json (refills_sandbox_json_take (object));
  self->status = status;

  return self;
}

/* (transfer none) */
GBytes *
refills_sandbox_answer_get_bytes (RefillsSandboxAnswer *self)
{
  if (self->body == NULL) {
    char *text = self->root != NULL ? refills_sandbox_json_to_text (self->root) : g_strdup ("");

    self->body = g_bytes_new_take (text, strlen (text));
  }

  return self->body;
}

void
refills_sandbox_answer_free (RefillsSandboxAnswer *self)
{
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->content_type);    /* a plain struct frees its strings */
  g_free (self->header_name);     /* likewise */
  g_free (self->header_value);    /* likewise */
  g_free (self->stream_order_id); /* likewise */
  g_free (self);                  /* and itself */
}

static void
delivery_free (gpointer data)
{
  Delivery *self = data;

  g_clear_object (&self->message);
  g_clear_pointer (&self->answer, refills_sandbox_answer_free);
  g_clear_pointer (&self->plan, refills_sandbox_plan_free);
  g_free (self); /* a plain struct */
}

static RefillsSandboxRequest *
log_request (RefillsSandbox    *self,
             SoupServerMessage *message,
             const char        *path)
{
  RefillsSandboxRequest *request = g_new0 (RefillsSandboxRequest, 1);
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;

  request->method = g_strdup (soup_server_message_get_method (message));
  request->path = g_strdup (path);
  request->query = g_strdup (g_uri_get_query (soup_server_message_get_uri (message)));
  request->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  soup_message_headers_iter_init (&iter, soup_server_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    g_hash_table_insert (request->headers, g_ascii_strdown (name, -1), g_strdup (value));
  request->body = g_bytes_ref (body);
  request->time_us = g_get_monotonic_time ();
  if (self->log->len == MAX_LOG && g_hash_table_size (self->wires) == 0)
    g_ptr_array_remove_index (self->log, 0);
  g_ptr_array_add (self->log, request);

  return request;
}

RefillsSandboxCatalogue *
refills_sandbox_get_catalogue (RefillsSandbox *self,
                               const char     *country_code)
{
  RefillsSandboxCatalogue *catalogue = g_hash_table_lookup (self->catalogues, country_code);

  if (catalogue != NULL)
    return catalogue;
  if (strlen (country_code) != 2 || !g_ascii_isupper (country_code[0]) || !g_ascii_isupper (country_code[1]))
    return NULL;
  catalogue = refills_sandbox_catalogue_new (country_code);
  g_hash_table_insert (self->catalogues, catalogue->country_code, catalogue);
  for (guint i = 0; i < catalogue->brands->len; i++) {
    RefillsSandboxBrand *brand = g_ptr_array_index (catalogue->brands, i);

    if (!g_hash_table_contains (self->logo_names, brand->slug))
      g_hash_table_insert (self->logo_names, brand->slug, brand);
  }

  return catalogue;
}

static RefillsSandboxAnswer *
answer_catalogue (RefillsSandbox *self,
                  const char     *path,
                  GHashTable     *query)
{
  const char *country_code = query != NULL ? g_hash_table_lookup (query, "country_code") : NULL;
  RefillsSandboxCatalogue *catalogue =
    country_code != NULL ? refills_sandbox_get_catalogue (self, country_code) : NULL;
  GBytes *body;

  if (catalogue == NULL)
    return refills_sandbox_answer_new_error (400, "BAD_REQUEST", NULL);
  body = g_str_equal (path, "/v2/brands") ? refills_sandbox_catalogue_get_brands (catalogue, self->base_uri)
                                          : refills_sandbox_catalogue_get_homepage (catalogue, self->base_uri);

  return refills_sandbox_answer_new_bytes (200, "application/json; charset=utf-8", g_bytes_ref (body));
}

static const char *
get_query (GHashTable *query,
           const char *name)
{
  const char *value = query != NULL ? g_hash_table_lookup (query, name) : NULL;

  return value != NULL && *value != '\0' ? value : NULL;
}

static RefillsSandboxAnswer *
answer_products (RefillsSandbox *self,
                 const char     *country_code,
                 GHashTable     *query)
{
  const char *family = get_query (query, "family_name");
  const char *brand = get_query (query, "brand_name");
  RefillsSandboxCatalogue *catalogue = refills_sandbox_get_catalogue (self, country_code);

  if (catalogue == NULL || (family == NULL && brand == NULL))
    return refills_sandbox_answer_new_error (400, "BAD_REQUEST", NULL);

  return refills_sandbox_answer_new_json (
    refills_sandbox_products_to_json (catalogue, family, brand, get_query (query, "coin"),
                                      get_query (query, "lang"), self->base_uri));
}

static RefillsSandboxAnswer *
answer_price (RefillsSandbox *self,
              GHashTable     *query)
{
  const char *name = get_query (query, "brand_name");
  const char *country_code = get_query (query, "country_code");
  const char *coin = get_query (query, "coin");
  const RefillsSandboxRail *rail = refills_sandbox_rail_for_quotes (coin != NULL ? coin : "USDC");
  RefillsSandboxCatalogue *catalogue =
    country_code != NULL ? refills_sandbox_get_catalogue (self, country_code) : NULL;
  RefillsSandboxBrand *brand = catalogue != NULL && name != NULL ? refills_sandbox_catalogue_find (catalogue, name) : NULL;
  guint64 minor = 0;

  if (brand == NULL || rail == NULL || !brand->is_range || brand->out_of_stock
      || !refills_sandbox_parse_units (get_query (query, "face_value"), brand->currency->decimals, &minor)
      || !refills_sandbox_range_has (brand, minor))
    return refills_sandbox_answer_new_error (400, "BAD_REQUEST", NULL);

  return refills_sandbox_answer_new_json (refills_sandbox_price_to_json (brand, minor, rail));
}

static RefillsSandboxAnswer *
answer_validate_email (JsonObject *request)
{
  const char *email = refills_sandbox_json_get_string (request, "email");
  gboolean is_email = refills_sandbox_is_email (email);
  gboolean has_mail = is_email && !g_str_has_suffix (email, ".invalid");
  JsonObject *object = json_object_new ();

  json_object_set_boolean_member (object, "valid", has_mail);
  if (!has_mail)
    json_object_set_string_member (object, "reason", is_email ? "no_mx" : "bad_format");

  return refills_sandbox_answer_new_json (refills_sandbox_json_take (object));
}

static RefillsSandboxAnswer *
answer_post (RefillsSandbox *self,
             const char     *path,
             GBytes         *body)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (body, &length);
  g_autoptr (JsonNode) root = length > 0 ? refills_sandbox_json_parse (data, (gssize) length) : NULL;
  JsonObject *request = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;

  if (request == NULL)
    return refills_sandbox_answer_new_error (400, "BAD_REQUEST", NULL);
  if (g_str_equal (path, "/v5/orders/validations")) {
    g_autoptr (RefillsSandboxPurchase) purchase = refills_sandbox_purchase_read (self, request, FALSE);

    if (purchase->refusal != NULL)
      return refills_sandbox_answer_new_error (purchase->refusal_status, purchase->refusal,
                                               g_steal_pointer (&purchase->refusal_details));
    return refills_sandbox_answer_new_json (refills_sandbox_purchase_to_validation (purchase));
  }
  if (g_str_equal (path, "/v5/orders"))
    return refills_sandbox_orders_create (self, request);

  return answer_validate_email (request);
}

static RefillsSandboxAnswer *
answer_order (RefillsSandbox *self,
              const char     *rest)
{
  g_auto (GStrv) parts = g_strsplit (rest, "/", 2);
  RefillsSandboxOrder *order;

  refills_sandbox_orders_expire_due (self);
  order = parts[0] != NULL ? refills_sandbox_orders_find (self, parts[0]) : NULL;
  if (order == NULL || (parts[1] != NULL && !g_str_equal (parts[1], "subscribe")))
    return refills_sandbox_answer_new_error (404, "ORDER_NOT_FOUND", NULL);
  if (parts[1] != NULL) {
    RefillsSandboxAnswer *answer = refills_sandbox_answer_new_json (NULL);

    answer->stream_order_id = g_strdup (parts[0]);
    return answer;
  }

  return refills_sandbox_answer_new_json (refills_sandbox_order_to_json (order));
}

static RefillsSandboxAnswer *
route (RefillsSandbox *self,
       const char     *method,
       const char     *path,
       GHashTable     *query,
       GBytes         *body)
{
  gboolean is_get = g_str_equal (method, "GET");

  if (g_str_has_prefix (path, "/sandbox/"))
    return refills_sandbox_control_answer (self, method, path, query, body);
  if (g_str_equal (method, "POST") && (g_str_equal (path, "/v5/orders/validations") || g_str_equal (path, "/v5/orders")
                                       || g_str_equal (path, "/v2/validate-email")))
    return answer_post (self, path, body);
  if (is_get && g_str_equal (path, "/v3/payment_vias"))
    return refills_sandbox_answer_new_bytes (200, "application/json; charset=utf-8", g_bytes_ref (self->vias_body));
  if (is_get && g_str_equal (path, "/v3/currencies"))
    return refills_sandbox_answer_new_json (refills_sandbox_rails_to_coins (self->base_uri));
  if (is_get && (g_str_equal (path, "/v2/brands") || g_str_equal (path, "/v2/homepage")))
    return answer_catalogue (self, path, query);
  if (is_get && g_str_has_prefix (path, "/v2/search/")) {
    RefillsSandboxCatalogue *catalogue = refills_sandbox_get_catalogue (self, path + strlen ("/v2/search/"));
    const char *text = get_query (query, "q");

    if (catalogue != NULL && text != NULL)
      return refills_sandbox_answer_new_json (refills_sandbox_catalogue_search (catalogue, text, self->base_uri));
    return refills_sandbox_answer_new_error (400, "BAD_REQUEST", NULL);
  }
  if (is_get && g_str_has_prefix (path, "/v5/products/country/"))
    return answer_products (self, path + strlen ("/v5/products/country/"), query);
  if (is_get && g_str_equal (path, "/v4/products/price"))
    return answer_price (self, query);
  if (is_get && g_str_has_prefix (path, "/v5/orders/"))
    return answer_order (self, path + strlen ("/v5/orders/"));

  return refills_sandbox_answer_new_error (404, "NOT_FOUND", NULL);
}

/* Spoils an answer by the one fault that replaces it and can go through libsoup. */
static RefillsSandboxAnswer *
spoil (RefillsSandboxPlan   *plan,
       RefillsSandboxAnswer *answer)
{
  static const char html[] = "<!DOCTYPE html><html><head><title>Sign in</title></head>"
                             "<body><h1>Welcome to the network</h1></body></html>";
  RefillsSandboxFault *fault = plan->answer;
  RefillsSandboxAnswer *spoilt = NULL;
  GBytes *body;

  if (answer != NULL && answer->root != NULL && plan->mutations->len > 0) {
    JsonNode *copy = refills_sandbox_json_copy (answer->root);

    g_clear_pointer (&answer->root, json_node_unref);
    g_clear_pointer (&answer->body, g_bytes_unref);
    answer->root = copy;
    refills_sandbox_plan_mutate (plan, copy);
  } else if (answer != NULL && answer->body != NULL && plan->mutations->len > 0) {
    gsize length = 0;
    const char *data = g_bytes_get_data (answer->body, &length);
    JsonNode *root = refills_sandbox_json_parse (data, (gssize) length);

    if (root != NULL) {
      g_clear_pointer (&answer->body, g_bytes_unref);
      answer->root = root;
      refills_sandbox_plan_mutate (plan, root);
    }
  }
  if (fault == NULL)
    return answer;
  body = fault->body != NULL ? g_bytes_ref (fault->body) : g_bytes_new (NULL, 0);
  if (fault->kind == REFILLS_SANDBOX_FAULT_STATUS)
    spoilt = refills_sandbox_answer_new_bytes (fault->status != 0 ? fault->status : 500,
                                               fault->content_type != NULL ? fault->content_type
                                                                           : "application/json; charset=utf-8",
                                               g_bytes_ref (body));
  else if (fault->kind == REFILLS_SANDBOX_FAULT_BODY)
    spoilt = refills_sandbox_answer_new_bytes (fault->status != 0 ? fault->status : 200,
                                               fault->content_type != NULL ? fault->content_type
                                                                           : "application/json; charset=utf-8",
                                               g_bytes_ref (body));
  else if (fault->kind == REFILLS_SANDBOX_FAULT_HTML)
    spoilt = refills_sandbox_answer_new_bytes (200, "text/html; charset=utf-8", g_bytes_new_static (html, strlen (html)));
  else if (fault->kind == REFILLS_SANDBOX_FAULT_REDIRECT)
    spoilt = refills_sandbox_answer_new_bytes (fault->status != 0 ? fault->status : 302, NULL, g_bytes_ref (body));
  g_bytes_unref (body); /* each answer took a reference of its own */
  if (spoilt == NULL)
    return answer;
  if (fault->kind == REFILLS_SANDBOX_FAULT_REDIRECT) {
    spoilt->header_name = g_strdup ("Location");
    spoilt->header_value = g_strdup (fault->location != NULL ? fault->location : "/");
  } else {
    spoilt->header_name = g_strdup (fault->header_name);
    spoilt->header_value = g_strdup (fault->header_value);
  }
  g_clear_pointer (&answer, refills_sandbox_answer_free);

  return spoilt;
}

static gboolean
needs_wire (Delivery *delivery)
{
  RefillsSandboxFault *fault = delivery->plan->answer;

  if (delivery->answer != NULL && delivery->answer->stream_order_id != NULL)
    return TRUE;
  if (fault == NULL)
    return FALSE;
  switch (fault->kind) {
  case REFILLS_SANDBOX_FAULT_NEVER:
  case REFILLS_SANDBOX_FAULT_CLOSE:
  case REFILLS_SANDBOX_FAULT_CUT:
  case REFILLS_SANDBOX_FAULT_CUT_CHUNKED:
  case REFILLS_SANDBOX_FAULT_SLOW:
  case REFILLS_SANDBOX_FAULT_RAW:
    return TRUE;
  default:
    return FALSE;
  }
}

static void
wire_closed_cb (RefillsSandboxWire *wire,
                gpointer            user_data)
{
  RefillsSandbox *self = user_data;
  RefillsSandboxRequest *request = g_hash_table_lookup (self->wires, wire);

  request->stream_open = FALSE;
  refills_sandbox_events_forget (self, wire);
  g_hash_table_remove (self->wires, wire);
}

static void
write_spoilt (RefillsSandboxWire   *wire,
              RefillsSandboxFault  *fault,
              RefillsSandboxAnswer *answer)
{
  GBytes *body = answer != NULL ? refills_sandbox_answer_get_bytes (answer) : NULL;
  gsize size = body != NULL ? g_bytes_get_size (body) : 0;
  gsize part = MIN (fault->after, size);
  guint status = answer != NULL ? answer->status : 200;
  const char *content_type = answer != NULL ? answer->content_type : NULL;
  g_autoptr (GBytes) start = body != NULL ? g_bytes_new_from_bytes (body, 0, part) : g_bytes_new (NULL, 0);

  switch (fault->kind) {
  case REFILLS_SANDBOX_FAULT_NEVER:
    return;
  case REFILLS_SANDBOX_FAULT_CUT:
    refills_sandbox_wire_write_head (wire, status, content_type, (gssize) size, NULL, NULL);
    refills_sandbox_wire_write (wire, start);
    refills_sandbox_wire_finish (wire);
    return;
  case REFILLS_SANDBOX_FAULT_CUT_CHUNKED:
    refills_sandbox_wire_write_head (wire, status, content_type, -1, NULL, NULL);
    if (part > 0)
      refills_sandbox_wire_write_chunk (wire, g_bytes_get_data (start, NULL), part);
    refills_sandbox_wire_finish (wire);
    return;
  case REFILLS_SANDBOX_FAULT_SLOW:
    refills_sandbox_wire_write_head (wire, status, content_type, (gssize) size, NULL, NULL);
    if (body != NULL)
      refills_sandbox_wire_drip (wire, body, fault->delay_ms);
    return;
  case REFILLS_SANDBOX_FAULT_RAW:
    if (fault->body != NULL)
      refills_sandbox_wire_write (wire, fault->body);
    refills_sandbox_wire_finish (wire);
    return;
  default:
    refills_sandbox_wire_close (wire);
    return;
  }
}

/* Takes the connection from libsoup. Not within its own callback: it is still using it there. */
static gboolean
take_over_cb (gpointer user_data)
{
  Delivery *delivery = user_data;
  RefillsSandbox *self = delivery->sandbox;
  GIOStream *stream = soup_server_message_steal_connection (delivery->message);
  RefillsSandboxWire *wire;

  g_hash_table_remove (self->pending, g_main_current_source ());
  if (stream == NULL)
    return G_SOURCE_REMOVE;
  wire = refills_sandbox_wire_new (stream, self->context, wire_closed_cb, self);
  g_hash_table_insert (self->wires, wire, delivery->request);
  delivery->request->stream_open = TRUE;
  if (delivery->plan->answer != NULL && needs_wire (delivery) && delivery->answer == NULL)
    write_spoilt (wire, delivery->plan->answer, NULL);
  else if (delivery->answer->stream_order_id != NULL && delivery->plan->answer == NULL)
    refills_sandbox_events_open (self, wire, delivery->answer->stream_order_id, g_steal_pointer (&delivery->plan));
  else
    write_spoilt (wire, delivery->plan->answer, delivery->answer);

  return G_SOURCE_REMOVE;
}

static void
start_source (Delivery   *delivery,
              GSource    *source,
              GSourceFunc func)
{
  g_source_set_callback (source, func, delivery, delivery_free);
  g_source_attach (source, delivery->sandbox->context);
  g_hash_table_add (delivery->sandbox->pending, source);
}

static gboolean
delayed_cb (gpointer user_data)
{
  Delivery *delivery = user_data;
  Delivery *now = g_new0 (Delivery, 1);

  now->sandbox = delivery->sandbox;
  now->message = g_steal_pointer (&delivery->message);
  now->answer = g_steal_pointer (&delivery->answer);
  now->plan = g_steal_pointer (&delivery->plan);
  now->request = delivery->request;
  g_hash_table_remove (now->sandbox->pending, g_main_current_source ());
  soup_server_message_unpause (now->message);
  deliver (now);

  return G_SOURCE_REMOVE;
}

/* Takes @delivery. */
static void
deliver (Delivery *delivery)
{
  RefillsSandboxAnswer *answer = delivery->answer;
  SoupServerMessage *message = delivery->message;
  SoupMessageHeaders *headers;
  GBytes *body;

  if (delivery->plan->delay_ms > 0) {
    GSource *source = g_timeout_source_new (delivery->plan->delay_ms);

    delivery->plan->delay_ms = 0;
    soup_server_message_pause (message);
    start_source (delivery, source, delayed_cb);
    return;
  }
  if (needs_wire (delivery)) {
    GSource *source = g_idle_source_new ();

    g_source_set_priority (source, G_PRIORITY_DEFAULT);
    soup_server_message_pause (message);
    start_source (delivery, source, take_over_cb);
    return;
  }
  body = refills_sandbox_answer_get_bytes (answer);
  headers = soup_server_message_get_response_headers (message);
  soup_server_message_set_status (message, answer->status, NULL);
  if (answer->header_name != NULL)
    soup_message_headers_replace (headers, answer->header_name, answer->header_value);
  if (answer->content_type != NULL)
    soup_message_headers_set_content_type (headers, answer->content_type, NULL);
  soup_message_headers_set_content_length (headers, (goffset) g_bytes_get_size (body));
  soup_message_body_append_bytes (soup_server_message_get_response_body (message), body);
  soup_message_body_complete (soup_server_message_get_response_body (message));
  delivery_free (delivery);
}

typedef struct {
  char *file;
  char *slug;
  char *color;
  char *name;
  int   width;
  int   height;
} Picture;

static void
picture_free (gpointer data)
{
  Picture *self = data;

  g_free (self->file);  /* a plain struct frees its strings */
  g_free (self->slug);  /* likewise */
  g_free (self->color); /* likewise */
  g_free (self->name);  /* likewise */
  g_free (self);        /* and itself */
}

static void
draw_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Picture *picture = task_data;

  g_task_return_pointer (task,
                         refills_sandbox_logo_get (picture->slug, picture->color, picture->name,
                                                   picture->width, picture->height),
                         (GDestroyNotify) g_bytes_unref);
}

static void
drawn_cb (GObject      *source_object,
          GAsyncResult *result,
          gpointer      user_data)
{
  RefillsSandbox *self = REFILLS_SANDBOX (source_object);
  Delivery *delivery = user_data;
  Picture *picture = g_task_get_task_data (G_TASK (result));
  GBytes *bytes = g_task_propagate_pointer (G_TASK (result), NULL);

  g_hash_table_insert (self->logos, g_strdup (picture->file), bytes);
  if (self->server == NULL) {
    delivery_free (delivery);
    return;
  }
  delivery->answer = refills_sandbox_answer_new_bytes (200, "image/webp", g_bytes_ref (bytes));
  soup_server_message_unpause (delivery->message);
  deliver (delivery);
}

/* Splits "NAME_300x190.webp". */
static char *
split_logo (const char  *file,
            int         *width,
            int         *height,
            const char **suffix)
{
  const char *dot = strrchr (file, '.');
  g_autofree char *stem = dot != NULL ? g_strndup (file, (gsize) (dot - file)) : g_strdup (file);

  *suffix = dot != NULL ? dot : "";
  *width = 500;
  *height = 318;
  if (g_str_has_suffix (stem, "_300x190")) {
    *width = 300;
    *height = 190;
    stem[strlen (stem) - strlen ("_300x190")] = '\0';
  } else if (g_str_has_suffix (stem, "_500x318")) {
    stem[strlen (stem) - strlen ("_500x318")] = '\0';
  } else {
    *width = 0;
  }

  return g_steal_pointer (&stem);
}

static gboolean
has_logo_file (RefillsSandboxBrand *brand,
               gboolean             is_sized,
               gboolean             is_jpeg)
{
  switch (brand->logo_files) {
  case REFILLS_SANDBOX_LOGO_WEBP:
    return !is_jpeg;
  case REFILLS_SANDBOX_LOGO_BASE_WEBP:
    return !is_jpeg && !is_sized;
  case REFILLS_SANDBOX_LOGO_SIZED_JPEG:
    return is_jpeg && is_sized;
  case REFILLS_SANDBOX_LOGO_BASE_JPEG:
    return is_jpeg && !is_sized;
  case REFILLS_SANDBOX_LOGO_URL_ONLY:
  case REFILLS_SANDBOX_LOGO_NONE:
  default:
    return FALSE;
  }
}

/* Takes @delivery. Drawing takes milliseconds, so a thread does it: the sandbox may share the main
 * loop with a window. */
static void
deliver_logo (RefillsSandbox *self,
              Delivery       *delivery,
              const char     *file)
{
  int width = 0;
  int height = 0;
  const char *suffix = NULL;
  g_autofree char *slug = split_logo (file, &width, &height, &suffix);
  gboolean is_sized = width != 0;
  gboolean is_jpeg = g_str_equal (suffix, ".jpg");
  gboolean is_coin = g_str_has_prefix (slug, "coin_") && strlen (slug) < 12;
  gboolean is_poster = g_str_has_suffix (slug, "-poster") && !is_sized && !is_jpeg;
  GBytes *known = g_hash_table_lookup (self->logos, file);
  RefillsSandboxBrand *brand;
  g_autoptr (GTask) task = NULL;
  Picture *picture;

  if (is_poster)
    slug[strlen (slug) - strlen ("-poster")] = '\0';
  brand = g_hash_table_lookup (self->logo_names, slug);
  if (known != NULL)
    delivery->answer = refills_sandbox_answer_new_bytes (200, "image/webp", g_bytes_ref (known));
  else if ((!is_jpeg && !g_str_equal (suffix, ".webp")) || (brand == NULL && !is_coin)
           || (brand != NULL && is_poster && brand->logo_files != REFILLS_SANDBOX_LOGO_URL_ONLY)
           || (brand != NULL && !is_poster && !has_logo_file (brand, is_sized, is_jpeg)) || (is_coin && is_jpeg))
    delivery->answer = refills_sandbox_answer_new_error (404, "NOT_FOUND", NULL);
  else if (is_jpeg)
    delivery->answer = refills_sandbox_answer_new_bytes (200, "image/jpeg", refills_sandbox_logo_get_jpeg ());
  if (delivery->answer != NULL) {
    deliver (delivery);
    return;
  }
  picture = g_new0 (Picture, 1);
  picture->file = g_strdup (file);
  picture->slug = g_strdup (slug);
  picture->color = g_strdup (brand != NULL ? brand->bg_color : NULL);
  picture->name = g_strdup (brand != NULL ? brand->brand : slug + strlen ("coin_"));
  picture->width = is_coin ? 64 : is_sized ? width : 500;
  picture->height = is_coin ? 64 : height;
  soup_server_message_pause (delivery->message);
  task = g_task_new (self, NULL, drawn_cb, delivery);
  g_task_set_source_tag (task, deliver_logo);
  g_task_set_task_data (task, picture, picture_free);
  g_task_run_in_thread (task, draw_in_thread);
}

static gboolean
is_own_host (RefillsSandbox        *self,
             RefillsSandboxRequest *request)
{
  const char *host = g_hash_table_lookup (request->headers, "host");

  return host != NULL && (g_str_equal (host, self->host) || g_ascii_strcasecmp (host, self->host_by_name) == 0);
}

static void
request_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  RefillsSandbox *self = user_data;
  gboolean is_control = g_str_has_prefix (path, "/sandbox/");
  RefillsSandboxRequest *request = log_request (self, message, path);
  Delivery *delivery = g_new0 (Delivery, 1);
  g_autoptr (GPtrArray) none = refills_sandbox_faults_new ();

  delivery->sandbox = self;
  delivery->message = g_object_ref (message);
  delivery->request = request;
  delivery->plan = refills_sandbox_faults_plan (is_control ? none : self->faults, request->method, path);
  if (!is_own_host (self, request)) {
    g_clear_pointer (&delivery->plan, refills_sandbox_plan_free);
    delivery->plan = refills_sandbox_faults_plan (none, request->method, path);
    delivery->answer = refills_sandbox_answer_new_error (403, "FORBIDDEN", NULL);
    deliver (delivery);
    return;
  }
  if (refills_sandbox_plan_performs (delivery->plan)) {
    if (g_str_has_prefix (path, "/logos/") && g_str_equal (request->method, "GET") && delivery->plan->answer == NULL) {
      deliver_logo (self, delivery, path + strlen ("/logos/"));
      return;
    }
    delivery->answer = route (self, request->method, path, query, request->body);
  }
  delivery->answer = spoil (delivery->plan, delivery->answer);
  deliver (delivery);
}

static gboolean
clock_cb (gpointer user_data)
{
  refills_sandbox_orders_expire_due (user_data);

  return G_SOURCE_CONTINUE;
}

static void
refills_sandbox_dispose (GObject *object)
{
  refills_sandbox_stop (REFILLS_SANDBOX (object));

  G_OBJECT_CLASS (refills_sandbox_parent_class)->dispose (object);
}

static void
refills_sandbox_finalize (GObject *object)
{
  RefillsSandbox *self = REFILLS_SANDBOX (object);

  g_clear_pointer (&self->orders, g_hash_table_unref);
  g_clear_pointer (&self->streams, g_ptr_array_unref);
  g_clear_pointer (&self->wires, g_hash_table_unref);
  g_clear_pointer (&self->pending, g_hash_table_unref);
  g_clear_pointer (&self->logo_names, g_hash_table_unref);
  g_clear_pointer (&self->catalogues, g_hash_table_unref);
  g_clear_pointer (&self->logos, g_hash_table_unref);
  g_clear_pointer (&self->faults, g_ptr_array_unref);
  g_clear_pointer (&self->log, g_ptr_array_unref);
  g_clear_pointer (&self->vias_body, g_bytes_unref);
  g_clear_pointer (&self->random, g_rand_free);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->base_uri, g_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->host_by_name, g_free);
  g_clear_pointer (&self->state_folder, g_free);

  G_OBJECT_CLASS (refills_sandbox_parent_class)->finalize (object);
}

static void
refills_sandbox_class_init (RefillsSandboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = refills_sandbox_dispose;
  object_class->finalize = refills_sandbox_finalize;
}

static void
refills_sandbox_init (RefillsSandbox *self)
{
  self->log = g_ptr_array_new_with_free_func (request_free);
  self->faults = refills_sandbox_faults_new ();
  self->catalogues = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                            (GDestroyNotify) refills_sandbox_catalogue_free);
  self->logo_names = g_hash_table_new (g_str_hash, g_str_equal);
  self->logos = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->orders = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) refills_sandbox_order_free);
  self->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) refills_sandbox_stream_free);
  self->wires = g_hash_table_new (NULL, NULL);
  self->pending = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) g_source_unref, NULL);
}

/**
 * refills_sandbox_new:
 * @options: (nullable): how to start; copied
 *
 * Returns: (transfer full): a sandbox that does not listen yet
 */
RefillsSandbox *
refills_sandbox_new (const RefillsSandboxOptions *options)
{
  RefillsSandbox *self = g_object_new (REFILLS_TYPE_SANDBOX, NULL);

  if (options != NULL) {
    self->seed = options->seed;
    self->port = options->port;
    self->state_folder = g_strdup (options->state_folder);
  }
  if (self->seed != 0) {
    guint32 words[2] = { (guint32) self->seed, (guint32) (self->seed >> 32) };

    self->random = g_rand_new_with_seed_array (words, 2);
  } else {
    self->random = g_rand_new ();
  }

  return self;
}

/**
 * refills_sandbox_start:
 * @self: a sandbox that is not started
 * @error: (optional): where a #GIOErrorEnum goes when the port cannot be had
 *
 * Listens on 127.0.0.1 only; requests are answered on the thread default main context. Orders of the
 * state folder are there at once, and payments under way go on.
 */
gboolean
refills_sandbox_start (RefillsSandbox  *self,
                       GError         **error)
{
  static const char *countries[] = { "US", "DE", "GB", "FR", "ES" };
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (JsonNode) vias = NULL;
  GSList *uris;
  char *text;

  g_return_val_if_fail (REFILLS_IS_SANDBOX (self), FALSE);
  g_return_val_if_fail (self->base_uri == NULL, FALSE);

  server = soup_server_new ("server-header", "refills-sandbox", NULL);
  if (!soup_server_listen_local (server, self->port, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return FALSE;
  uris = soup_server_get_uris (server);
  self->port = (guint16) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->base_uri = g_strdup_printf ("http://127.0.0.1:%u", self->port);
  self->host = g_strdup_printf ("127.0.0.1:%u", self->port);
  self->host_by_name = g_strdup_printf ("localhost:%u", self->port);
  self->context = g_main_context_ref_thread_default ();
  vias = refills_sandbox_rails_to_vias (self->base_uri);
  text = refills_sandbox_json_to_text (vias);
  self->vias_body = g_bytes_new_take (text, strlen (text));
  for (gsize i = 0; i < G_N_ELEMENTS (countries); i++)
    refills_sandbox_get_catalogue (self, countries[i]);
  refills_sandbox_orders_load (self);
  refills_sandbox_orders_resume (self);
  self->clock = g_timeout_source_new_seconds (CLOCK_S);
  g_source_set_callback (self->clock, clock_cb, self, NULL);
  g_source_attach (self->clock, self->context);
  soup_server_add_handler (server, NULL, request_cb, self, NULL);
  self->server = g_steal_pointer (&server);

  return TRUE;
}

/**
 * refills_sandbox_get_base_uri:
 * @self: a started sandbox
 *
 * Returns: (nullable): "http://127.0.0.1:PORT", or %NULL before the start
 */
const char *
refills_sandbox_get_base_uri (RefillsSandbox *self)
{
  g_return_val_if_fail (REFILLS_IS_SANDBOX (self), NULL);

  return self->base_uri;
}

/**
 * refills_sandbox_stop:
 * @self: a sandbox
 *
 * Closes the port and every connection. The log stays readable; kept orders stay in their folder.
 */
void
refills_sandbox_stop (RefillsSandbox *self)
{
  g_autoptr (GList) wires = NULL;
  g_autoptr (GList) sources = NULL;
  GHashTableIter iter;
  gpointer order;

  g_return_if_fail (REFILLS_IS_SANDBOX (self));

  if (self->server == NULL)
    return;
  g_source_destroy (self->clock);
  g_clear_pointer (&self->clock, g_source_unref);
  g_hash_table_iter_init (&iter, self->orders);
  while (g_hash_table_iter_next (&iter, NULL, &order)) {
    RefillsSandboxOrder *each = order;

    if (each->step != NULL) {
      g_source_destroy (each->step);
      g_clear_pointer (&each->step, g_source_unref);
    }
  }
  sources = g_hash_table_get_keys (self->pending);
  for (GList *l = sources; l != NULL; l = l->next) {
    g_source_destroy (l->data);
    g_hash_table_remove (self->pending, l->data);
  }
  wires = g_hash_table_get_keys (self->wires);
  for (GList *l = wires; l != NULL; l = l->next)
    refills_sandbox_wire_close (l->data);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
}

/**
 * refills_sandbox_get_log:
 * @self: a sandbox
 *
 * Returns: (transfer none) (element-type RefillsSandboxRequest): every request so far, oldest first
 */
GPtrArray *
refills_sandbox_get_log (RefillsSandbox *self)
{
  g_return_val_if_fail (REFILLS_IS_SANDBOX (self), NULL);

  return self->log;
}

/**
 * refills_sandbox_count_requests:
 * @self: a sandbox
 * @method: (nullable): only this method
 * @path_pattern: (nullable): only paths that match, by g_pattern_match_simple()
 *
 * Returns: how many requests of the log fit
 */
guint
refills_sandbox_count_requests (RefillsSandbox *self,
                                const char     *method,
                                const char     *path_pattern)
{
  guint count = 0;

  g_return_val_if_fail (REFILLS_IS_SANDBOX (self), 0);

  for (guint i = 0; i < self->log->len; i++) {
    RefillsSandboxRequest *request = g_ptr_array_index (self->log, i);

    if ((method == NULL || g_str_equal (method, request->method))
        && (path_pattern == NULL || g_pattern_match_simple (path_pattern, request->path)))
      count++;
  }

  return count;
}

/**
 * refills_sandbox_count_open_streams:
 * @self: a sandbox
 *
 * Returns: how many `subscribe` connections are open now
 */
guint
refills_sandbox_count_open_streams (RefillsSandbox *self)
{
  g_return_val_if_fail (REFILLS_IS_SANDBOX (self), 0);

  return self->streams->len;
}
