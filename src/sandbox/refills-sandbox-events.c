/* refills-sandbox-events.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server's side of `subscribe` (API reference, section 15.2): the whole order at once and after
 * each change, a comment every 15 seconds, and `stop` after the last. Owns the open streams. Sends
 * an id only where a fault asks for it, and resumes nothing.
 */
#include "refills-sandbox-private.h"

#define KEEP_ALIVE_S 15

static RefillsSandboxFault *
find_fault (RefillsSandboxStream    *self,
            RefillsSandboxFaultKind  kind)
{
  for (guint i = 0; i < self->plan->stream->len; i++) {
    RefillsSandboxFault *fault = g_ptr_array_index (self->plan->stream, i);

    if (fault->kind == kind)
      return fault;
  }

  return NULL;
}

static void
send_text (RefillsSandboxStream *self,
           const char           *text)
{
  refills_sandbox_wire_write_chunk (self->wire, text, strlen (text));
}

static void
end_stream (RefillsSandboxStream *self)
{
  refills_sandbox_wire_write_chunk (self->wire, "", 0);
  refills_sandbox_wire_finish (self->wire);
}

static void
send_stop (RefillsSandboxStream *self)
{
  send_text (self, "event: stop\ndata: {}\n\n");
  end_stream (self);
}

/* What goes wrong before the next event. FALSE: nothing more is sent. */
static gboolean
meet_faults (RefillsSandboxStream *self,
             RefillsSandboxOrder  *order)
{
  RefillsSandboxFault *fault;

  fault = find_fault (self, REFILLS_SANDBOX_FAULT_STREAM_COMMENTS);
  if (fault != NULL)
    send_text (self, ": one\n:two\n:\n");
  fault = find_fault (self, REFILLS_SANDBOX_FAULT_STREAM_GARBAGE);
  if (fault != NULL && self->events == fault->after) {
    const char *data = fault->body != NULL ? g_bytes_get_data (fault->body, NULL) : "{not json";
    g_autofree char *text = g_strdup_printf ("data: %.*s\n\n",
                                             fault->body != NULL ? (int) g_bytes_get_size (fault->body) : 9, data);

    send_text (self, text);
  }
  fault = find_fault (self, REFILLS_SANDBOX_FAULT_STREAM_WRONG_ID);
  if (fault != NULL && self->events == fault->after) {
    g_autoptr (JsonNode) root = refills_sandbox_order_to_json (order);
    g_autoptr (JsonNode) copy = refills_sandbox_json_copy (root);
    g_autofree char *json = NULL;
    g_autofree char *text = NULL;

    json_object_set_string_member (json_node_get_object (copy), "order_id", "00000000-0000-4000-8000-000000000000");
    json_object_set_string_member (json_node_get_object (copy), "order_state", "Done");
    json = refills_sandbox_json_to_text (copy);
    text = g_strdup_printf ("data: %s\n\n", json);
    send_text (self, text);
  }
  fault = find_fault (self, REFILLS_SANDBOX_FAULT_STREAM_SILENCE);
  if (fault != NULL && self->events >= fault->after) {
    self->silent = TRUE;
    return FALSE;
  }
  fault = find_fault (self, REFILLS_SANDBOX_FAULT_STREAM_CLOSE);
  if (fault != NULL && self->events >= fault->after) {
    self->silent = TRUE;
    end_stream (self);
    return FALSE;
  }
  fault = find_fault (self, REFILLS_SANDBOX_FAULT_STREAM_STOP);
  if (fault != NULL && self->events >= fault->after) {
    self->silent = TRUE;
    send_stop (self);
    return FALSE;
  }

  return TRUE;
}

/* One event with the whole order. */
static char *
make_event (RefillsSandboxStream *self,
            RefillsSandboxOrder  *order)
{
  g_autoptr (JsonNode) root = refills_sandbox_order_to_json (order);
  g_autoptr (JsonNode) copy = refills_sandbox_shape_order (self->sandbox, root);
  g_autoptr (GString) event = g_string_new (NULL);
  g_autofree char *json = NULL;

  refills_sandbox_plan_mutate (self->plan, copy);
  json = refills_sandbox_json_to_text (copy);
  if (find_fault (self, REFILLS_SANDBOX_FAULT_STREAM_IDS) != NULL)
    g_string_append_printf (event, "id: %u\n", self->events + 1);
  if (find_fault (self, REFILLS_SANDBOX_FAULT_STREAM_LINES) != NULL) {
    /* Between two members of an object a line may end without changing what is said. */
    g_auto (GStrv) parts = g_strsplit (json, ",\"", -1);

    for (guint i = 0; parts[i] != NULL; i++)
      g_string_append_printf (event, "data: %s%s%s\n", i > 0 ? "\"" : "", parts[i], parts[i + 1] != NULL ? "," : "");
  } else {
    g_string_append_printf (event, "data: %s\n", json);
  }
  g_string_append_c (event, '\n');

  return g_string_free (g_steal_pointer (&event), FALSE);
}

static void
send_order (RefillsSandboxStream *self,
            RefillsSandboxOrder  *order)
{
  g_autofree char *text = NULL;
  RefillsSandboxFault *fault;

  if (self->silent || !meet_faults (self, order))
    return;
  text = make_event (self, order);
  fault = find_fault (self, REFILLS_SANDBOX_FAULT_STREAM_DROP);
  if (fault != NULL && self->events >= fault->after) {
    refills_sandbox_wire_write_chunk (self->wire, text, strlen (text) / 2);
    self->silent = TRUE;
    refills_sandbox_wire_finish (self->wire);
    return;
  }
  send_text (self, text);
  self->events++;
  /* Those that act after this very event do so at once. */
  if (!meet_faults (self, order))
    return;
  if (refills_sandbox_order_is_final (order) && find_fault (self, REFILLS_SANDBOX_FAULT_STREAM_NO_STOP) == NULL) {
    self->silent = TRUE;
    send_stop (self);
  }
}

static gboolean
keep_alive_cb (gpointer user_data)
{
  RefillsSandboxStream *self = user_data;

  if (!self->silent)
    send_text (self, ": keep-alive\n\n");

  return G_SOURCE_CONTINUE;
}

/* @wire is told about events of @order_id until either side closes. @plan is taken. */
void
refills_sandbox_events_open (RefillsSandbox     *sandbox,
                             RefillsSandboxWire *wire,
                             const char         *order_id,
                             RefillsSandboxPlan *plan)
{
  RefillsSandboxStream *self = g_new0 (RefillsSandboxStream, 1);
  RefillsSandboxOrder *order = refills_sandbox_orders_find (sandbox, order_id);
  RefillsSandboxFault *fault;
  const char *content_type = "text/event-stream";

  self->sandbox = sandbox;
  self->order_id = g_strdup (order_id);
  self->wire = wire;
  self->plan = plan;
  g_ptr_array_add (sandbox->streams, self);
  fault = find_fault (self, REFILLS_SANDBOX_FAULT_STREAM_WRONG_TYPE);
  if (fault != NULL)
    content_type = fault->content_type != NULL ? fault->content_type : "text/html";
  refills_sandbox_wire_write_head (wire, 200, content_type, -1, "Cache-Control", "no-cache");
  fault = find_fault (self, REFILLS_SANDBOX_FAULT_STREAM_RETRY);
  if (fault != NULL) {
    g_autofree char *retry = g_strdup_printf ("retry: %u\n\n", fault->delay_ms);

    send_text (self, retry);
  }
  self->keep_alive = g_timeout_source_new_seconds (KEEP_ALIVE_S);
  g_source_set_callback (self->keep_alive, keep_alive_cb, self, NULL);
  g_source_attach (self->keep_alive, sandbox->context);
  if (find_fault (self, REFILLS_SANDBOX_FAULT_STREAM_LATE) == NULL)
    send_order (self, order);
}

/* Tells every open stream of @order that it has changed. */
void
refills_sandbox_events_notify (RefillsSandbox      *sandbox,
                               RefillsSandboxOrder *order)
{
  g_autoptr (GPtrArray) streams = g_ptr_array_new ();

  for (guint i = 0; i < sandbox->streams->len; i++) {
    RefillsSandboxStream *stream = g_ptr_array_index (sandbox->streams, i);

    if (g_str_equal (stream->order_id, order->order_id))
      g_ptr_array_add (streams, stream);
  }
  /* Writing never closes a wire within the call, so the collected pointers stay good. */
  for (guint i = 0; i < streams->len; i++)
    send_order (g_ptr_array_index (streams, i), order);
}

static gboolean
act (RefillsSandboxStream *self,
     RefillsSandboxOrder  *order,
     const char           *action)
{
  g_autofree char *event = NULL;

  if (g_str_equal (action, "repeat")) {
    send_order (self, order);
  } else if (g_str_equal (action, "comment")) {
    send_text (self, ": said on demand\n\n");
  } else if (g_str_equal (action, "stop")) {
    self->silent = TRUE;
    send_stop (self);
  } else if (g_str_equal (action, "close")) {
    self->silent = TRUE;
    end_stream (self);
  } else if (g_str_equal (action, "drop")) {
    event = make_event (self, order);
    self->silent = TRUE;
    refills_sandbox_wire_write_chunk (self->wire, event, strlen (event) / 2);
    refills_sandbox_wire_finish (self->wire);
  } else if (g_str_equal (action, "silence")) {
    self->silent = TRUE;
  } else {
    return FALSE;
  }

  return TRUE;
}

/**
 * refills_sandbox_act_streams:
 * @self: a sandbox
 * @order_id: an order's id
 * @action: "repeat" to send the order once more, "comment" to send one, "stop" to send `stop` and
 *   end, "close" to end without it, "drop" to break off within an event, "silence" to send no more
 *
 * Does this to every stream of the order that is open now, and to none that is opened later.
 *
 * Returns: %FALSE for an unknown action, or where the order has no open stream
 */
gboolean
refills_sandbox_act_streams (RefillsSandbox *self,
                             const char     *order_id,
                             const char     *action)
{
  g_autoptr (GPtrArray) streams = g_ptr_array_new ();
  RefillsSandboxOrder *order;
  gboolean done = FALSE;

  g_return_val_if_fail (REFILLS_IS_SANDBOX (self), FALSE);
  g_return_val_if_fail (order_id != NULL && action != NULL, FALSE);

  order = refills_sandbox_orders_find (self, order_id);
  for (guint i = 0; order != NULL && i < self->streams->len; i++) {
    RefillsSandboxStream *stream = g_ptr_array_index (self->streams, i);

    if (g_str_equal (stream->order_id, order_id))
      g_ptr_array_add (streams, stream);
  }
  for (guint i = 0; i < streams->len; i++)
    done = act (g_ptr_array_index (streams, i), order, action) || done;

  return done;
}

/* The wire has closed. */
void
refills_sandbox_events_forget (RefillsSandbox     *sandbox,
                               RefillsSandboxWire *wire)
{
  for (guint i = 0; i < sandbox->streams->len; i++) {
    RefillsSandboxStream *stream = g_ptr_array_index (sandbox->streams, i);

    if (stream->wire == wire) {
      g_ptr_array_remove_index (sandbox->streams, i);
      return;
    }
  }
}

void
refills_sandbox_stream_free (RefillsSandboxStream *self)
{
  if (self->keep_alive != NULL) {
    g_source_destroy (self->keep_alive);
    g_clear_pointer (&self->keep_alive, g_source_unref);
  }
  g_clear_pointer (&self->plan, refills_sandbox_plan_free);
  g_free (self->order_id); /* a plain struct frees its strings */
  g_free (self);           /* and itself */
}
