/* refills-sandbox-wire.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A connection taken from libsoup after it has read the request, and written by hand from then on,
 * so that it can be cut at any byte and so that the peer's going away is seen at once. Owns the
 * connection and what is still to be written; ends itself, once, telling who made it.
 */
#include "refills-sandbox-private.h"

struct _RefillsSandboxWire {
  GIOStream                *stream;
  GMainContext             *context;
  GCancellable             *cancellable;
  GQueue                    queue;       /* of GBytes */
  GBytes                   *writing;
  GBytes                   *dripping;
  gsize                     dripped;
  GSource                  *drip;
  gboolean                  finishing;
  gboolean                  closed;
  guint                     operations;  /* under way: the struct stays until they are back */
  RefillsSandboxWireClosed  closed_func;
  gpointer                  user_data;
  guint8                    ignored[256];
};

static void wire_write_next (RefillsSandboxWire *self);
static void wire_read_next  (RefillsSandboxWire *self);

static void
wire_free_if_idle (RefillsSandboxWire *self)
{
  if (!self->closed || self->operations > 0)
    return;
  g_queue_clear_full (&self->queue, (GDestroyNotify) g_bytes_unref);
  g_clear_pointer (&self->writing, g_bytes_unref);
  g_clear_pointer (&self->dripping, g_bytes_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->stream);
  g_free (self); /* the last operation is back */
}

/* Closes the connection now, whatever is still to be written. */
void
refills_sandbox_wire_close (RefillsSandboxWire *self)
{
  if (self->closed)
    return;
  self->closed = TRUE;
  if (self->drip != NULL) {
    g_source_destroy (self->drip);
    g_clear_pointer (&self->drip, g_source_unref);
  }
  self->operations++;
  g_cancellable_cancel (self->cancellable);
  g_io_stream_close (self->stream, NULL, NULL);
  self->closed_func (self, self->user_data);
  self->operations--;
  wire_free_if_idle (self);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  RefillsSandboxWire *self = user_data;
  gboolean written = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);

  self->operations--;
  g_clear_pointer (&self->writing, g_bytes_unref);
  if (self->closed)
    wire_free_if_idle (self);
  else if (!written)
    refills_sandbox_wire_close (self);
  else
    wire_write_next (self);
}

static void
wire_write_next (RefillsSandboxWire *self)
{
  gsize length = 0;
  const void *data;

  if (self->closed || self->writing != NULL)
    return;
  self->writing = g_queue_pop_head (&self->queue);
  if (self->writing == NULL) {
    if (self->finishing && self->drip == NULL)
      refills_sandbox_wire_close (self);
    return;
  }
  data = g_bytes_get_data (self->writing, &length);
  self->operations++;
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream), data, length,
                                   G_PRIORITY_DEFAULT, self->cancellable, written_cb, self);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  RefillsSandboxWire *self = user_data;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  self->operations--;
  if (self->closed)
    wire_free_if_idle (self);
  else if (length <= 0)
    refills_sandbox_wire_close (self);
  else
    wire_read_next (self);
}

static void
wire_read_next (RefillsSandboxWire *self)
{
  self->operations++;
  g_input_stream_read_async (g_io_stream_get_input_stream (self->stream), self->ignored, sizeof self->ignored,
                             G_PRIORITY_DEFAULT, self->cancellable, read_cb, self);
}

/**
 * refills_sandbox_wire_new:
 * @stream: (transfer full): a connection whose request has been read
 * @context: where callbacks run; the thread default one
 * @closed: called once, when either side has closed; the wire is gone after it
 * @user_data: handed to @closed
 *
 * Returns: (transfer none): a wire that frees itself after @closed
 */
RefillsSandboxWire *
refills_sandbox_wire_new (GIOStream                *stream,
                          GMainContext             *context,
                          RefillsSandboxWireClosed  closed,
                          gpointer                  user_data)
{
  RefillsSandboxWire *self = g_new0 (RefillsSandboxWire, 1);

  self->stream = stream;
  self->context = g_main_context_ref (context);
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->queue);
  self->closed_func = closed;
  self->user_data = user_data;
  wire_read_next (self);

  return self;
}

void
refills_sandbox_wire_write (RefillsSandboxWire *self,
                            GBytes             *bytes)
{
  if (self->closed || self->finishing || g_bytes_get_size (bytes) == 0)
    return;
  g_queue_push_tail (&self->queue, g_bytes_ref (bytes));
  wire_write_next (self);
}

void
refills_sandbox_wire_write_text (RefillsSandboxWire *self,
                                 const char         *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  refills_sandbox_wire_write (self, bytes);
}

/* The head of an answer. @length: of the body in bytes, or -1 for chunks. */
void
refills_sandbox_wire_write_head (RefillsSandboxWire *self,
                                 guint               status,
                                 const char         *content_type,
                                 gssize              length,
                                 const char         *header_name,
                                 const char         *header_value)
{
  g_autoptr (GString) head = g_string_new (NULL);

  g_string_printf (head, "HTTP/1.1 %u %s\r\n", status, soup_status_get_phrase (status));
  if (content_type != NULL)
    g_string_append_printf (head, "Content-Type: %s\r\n", content_type);
  if (length >= 0)
    g_string_append_printf (head, "Content-Length: %" G_GSSIZE_FORMAT "\r\n", length);
  else
    g_string_append (head, "Transfer-Encoding: chunked\r\n");
  if (header_name != NULL)
    g_string_append_printf (head, "%s: %s\r\n", header_name, header_value);
  g_string_append (head, "Connection: close\r\n\r\n");
  refills_sandbox_wire_write_text (self, head->str);
}

/* One chunk; of no bytes, the last. */
void
refills_sandbox_wire_write_chunk (RefillsSandboxWire *self,
                                  const char         *data,
                                  gsize               length)
{
  g_autoptr (GString) chunk = g_string_new (NULL);

  g_string_printf (chunk, "%" G_GSIZE_MODIFIER "x\r\n", length);
  g_string_append_len (chunk, data, (gssize) length);
  g_string_append (chunk, "\r\n");
  refills_sandbox_wire_write_text (self, chunk->str);
}

static gboolean
drip_cb (gpointer user_data)
{
  RefillsSandboxWire *self = user_data;
  g_autoptr (GBytes) byte = NULL;

  if (self->dripped == g_bytes_get_size (self->dripping)) {
    g_clear_pointer (&self->drip, g_source_unref);
    refills_sandbox_wire_close (self);
    return G_SOURCE_REMOVE;
  }
  byte = g_bytes_new_from_bytes (self->dripping, self->dripped++, 1);
  refills_sandbox_wire_write (self, byte);

  return G_SOURCE_CONTINUE;
}

/* Writes one byte every @interval_ms milliseconds, and closes after the last. */
void
refills_sandbox_wire_drip (RefillsSandboxWire *self,
                           GBytes             *bytes,
                           guint               interval_ms)
{
  if (self->closed)
    return;
  self->dripping = g_bytes_ref (bytes);
  self->drip = g_timeout_source_new (MAX (interval_ms, 1));
  g_source_set_callback (self->drip, drip_cb, self, NULL);
  g_source_attach (self->drip, self->context);
}

/* Closes after what is still to be written. */
void
refills_sandbox_wire_finish (RefillsSandboxWire *self)
{
  if (self->closed)
    return;
  self->finishing = TRUE;
  wire_write_next (self);
}
