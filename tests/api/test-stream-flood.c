/* test-stream-flood.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Valid messages without end: nothing gives them up, and painting goes on all the same.
 *
 * The server is a thread, since on the main loop it would be what is in the way.
 */
#include "refills-event-stream.h"

#include <string.h>

#include "refills-test.h"

#define DEADLINE_MS 20000
#define BLOCK_BYTES (64 * 1024)
/* GDK_PRIORITY_REDRAW */
#define PAINTING (G_PRIORITY_HIGH_IDLE + 20)

static gpointer
flood_in_thread (gpointer data)
{
  g_autoptr (GSocketConnection) connection = g_socket_listener_accept (data, NULL, NULL, NULL);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autoptr (GString) block = g_string_new ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");

  while (g_output_stream_write_all (output, block->str, block->len, NULL, NULL, NULL)) {
    g_string_truncate (block, 0);
    while (block->len < BLOCK_BYTES)
      g_string_append (block, "data: {}\n\n");
  }

  return NULL;
}

typedef struct {
  guint64 n_messages;
  guint   n_painted;
} Flood;

static gboolean
message_cb (const char *data,
            gsize       length,
            gpointer    user_data)
{
  ((Flood *) user_data)->n_messages++;

  return TRUE;
}

static gboolean
paint_cb (gpointer user_data)
{
  ((Flood *) user_data)->n_painted++;

  return G_SOURCE_CONTINUE;
}

static gboolean
is_much (gpointer user_data)
{
  Flood *flood = user_data;

  return flood->n_messages > 2 * 1000 * 1000;
}

static void
test_painting (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_from_string ("127.0.0.1");
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) given = NULL;
  g_autoptr (RefillsHttp) http = NULL;
  g_autoptr (RefillsEventStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;
  GThread *thread;
  Flood flood = { 0 };
  guint paint;

  g_socket_listener_add_address (listener, wanted, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &given, &error);
  g_assert_no_error (error);
  uri = g_strdup_printf ("http://127.0.0.1:%u", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (given)));
  thread = g_thread_new ("flood", flood_in_thread, listener);
  http = refills_http_new (&(RefillsHttpOptions) { .base_uri = uri, .version = "1.2.3" }, &error);
  g_assert_no_error (error);
  stream = refills_event_stream_new (http, "/x", NULL, NULL);
  refills_event_stream_set_func (stream, message_cb, &flood);
  paint = g_timeout_add_full (PAINTING, 1, paint_cb, &flood, NULL);
  refills_event_stream_open (stream);

  /* 20 MB, of which no turn reads more than 16 KiB: painting has had its turn between any two. */
  refills_test_run_until (is_much, &flood, DEADLINE_MS, "many messages");
  g_assert_cmpint (refills_event_stream_get_state (stream), ==, REFILLS_EVENT_STREAM_OPEN);
  g_assert_cmpuint (flood.n_painted, >, 20);
  g_source_remove (paint);
  refills_event_stream_close (stream);
  g_clear_object (&stream);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&http);
  g_thread_join (thread);
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  g_test_add_func ("/stream-flood/painting", test_painting);

  return g_test_run ();
}
