/* refills-sandbox-delivery.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How an answer reaches the peer: at once through libsoup, later, drawn by a thread first, or byte by
 * byte over a connection taken from libsoup where a fault or a stream asks for it. Owns answers on
 * their way.
 */
#include "refills-sandbox-private.h"

/* What an answer that is not yet on its way needs. */
typedef struct {
  RefillsSandbox        *sandbox; /* unowned; NULL once it has stopped */
  SoupServerMessage     *message;
  RefillsSandboxAnswer  *answer;
  RefillsSandboxPlan    *plan;
  RefillsSandboxRequest *request;
} Delivery;

/* A delayed answer comes back to where it was decided. */
static void deliver (Delivery *delivery);

static void
delivery_free (gpointer data)
{
  Delivery *self = data;

  g_clear_object (&self->message);
  g_clear_pointer (&self->answer, refills_sandbox_answer_free);
  g_clear_pointer (&self->plan, refills_sandbox_plan_free);
  g_free (self); /* a plain struct */
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
    spoilt = refills_sandbox_answer_new_bytes (200, "text/html; charset=utf-8",
                                               g_bytes_new_static (html, strlen (html)));
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
    spoilt->more_headers = g_strdup (fault->more_headers);
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
  request->closed_us = g_get_monotonic_time ();
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
  delivery->request->is_stream = delivery->answer != NULL && delivery->answer->stream_order_id != NULL;
  delivery->request->status = delivery->request->is_stream ? 200 : 0;
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

/* @lines: "Name: value" each, or NULL. */
static void
add_headers (SoupMessageHeaders *headers,
             const char         *lines)
{
  g_auto (GStrv) each = g_strsplit (lines != NULL ? lines : "", "\n", -1);

  for (guint i = 0; each[i] != NULL; i++) {
    g_auto (GStrv) parts = g_strsplit (each[i], ": ", 2);

    if (g_strv_length (parts) == 2)
      soup_message_headers_append (headers, parts[0], parts[1]);
  }
}

/* In place of libsoup's, which goes by the machine's clock, once the service's has been moved. */
static void
write_date (RefillsSandbox     *sandbox,
            SoupMessageHeaders *headers)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (refills_sandbox_get_time (sandbox));
  g_autofree char *date = now != NULL ? soup_date_time_to_string (now, SOUP_DATE_HTTP) : NULL;

  if (sandbox->forward_s != 0 && date != NULL)
    soup_message_headers_replace (headers, "Date", date);
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
  soup_server_message_set_status (message, answer->status, answer->status == 429 ? "Too Many Requests" : NULL);
  delivery->request->status = answer->status;
  write_date (delivery->sandbox, headers);
  if (answer->header_name != NULL)
    soup_message_headers_replace (headers, answer->header_name, answer->header_value);
  add_headers (headers, answer->more_headers);
  if (answer->content_type != NULL)
    soup_message_headers_set_content_type (headers, answer->content_type, NULL);
  soup_message_headers_set_content_length (headers, (goffset) g_bytes_get_size (body));
  if (g_bytes_get_size (body) > 0)
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
  Delivery *delivery = user_data;
  Picture *picture = g_task_get_task_data (G_TASK (result));
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);

  if (delivery->sandbox == NULL) {
    delivery_free (delivery);
    return;
  }
  g_hash_table_remove (delivery->sandbox->drawings, delivery);
  g_hash_table_insert (delivery->sandbox->logos, g_strdup (picture->file), g_bytes_ref (bytes));
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
  g_hash_table_add (self->drawings, delivery);
  /* Without the sandbox as its source: a thread must not be the last to let go of it. */
  task = g_task_new (NULL, NULL, drawn_cb, delivery);
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

/* Answers that are still being drawn find nobody to send them. */
void
refills_sandbox_forget_drawings (RefillsSandbox *self)
{
  GHashTableIter iter;
  gpointer delivery;

  g_hash_table_iter_init (&iter, self->drawings);
  while (g_hash_table_iter_next (&iter, &delivery, NULL))
    ((Delivery *) delivery)->sandbox = NULL;
  g_hash_table_remove_all (self->drawings);
}

/* Answers one request of the log, now or later, as the faults have it. */
void
refills_sandbox_serve (RefillsSandbox        *self,
                       SoupServerMessage     *message,
                       RefillsSandboxRequest *request,
                       GHashTable            *query)
{
  const char *path = request->path;
  gboolean is_control = g_str_has_prefix (path, "/sandbox/");
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
    delivery->answer = refills_sandbox_answer_request (self, request, query);
  }
  delivery->answer = spoil (delivery->plan, delivery->answer);
  deliver (delivery);
}
