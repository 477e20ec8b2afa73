/* scripted-upstream.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The way of a request to another server and of its answer back, byte for byte as it comes, so that event
 * streams pass too; or gathered and changed first. Ends with the connection of the client.
 */
#include "scripted-server-private.h"

#include <string.h>

#define READ_BYTES (64 * 1024)

typedef struct {
  ScriptedPeer *peer;
  GSocketConnection *connection;
  GByteArray *gathered;
  GBytes *sent;
  GBytes *said;
} Asking;

static void
asking_end (Asking *asking)
{
  ScriptedPeer *peer = asking->peer;

  peer->asking = FALSE;
  scripted_peer_close (peer, FALSE);
  g_clear_object (&asking->connection);
  g_clear_pointer (&asking->gathered, g_byte_array_unref);
  g_clear_pointer (&asking->sent, g_bytes_unref);
  g_clear_pointer (&asking->said, g_bytes_unref);
  g_free (asking); /* end of life */
}

static void
said_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Asking *asking = user_data;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  asking_end (asking);
}

static void gather (Asking *asking); /* closes the cycle */

static void
gathered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Asking *asking = user_data;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);
  g_autoptr (GBytes) answer = NULL;

  if (bytes == NULL) {
    asking_end (asking);
    return;
  }
  if (g_bytes_get_size (bytes) > 0) {
    g_byte_array_append (asking->gathered, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    gather (asking);
    return;
  }

  answer = g_byte_array_free_to_bytes (g_steal_pointer (&asking->gathered));
  asking->said = asking->peer->change (answer, asking->peer->change_data);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (asking->peer->stream),
                                   g_bytes_get_data (asking->said, NULL), g_bytes_get_size (asking->said),
                                   G_PRIORITY_DEFAULT, asking->peer->cancellable, said_cb, asking);
}

static void
gather (Asking *asking)
{
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (G_IO_STREAM (asking->connection)), READ_BYTES,
                                   G_PRIORITY_DEFAULT, asking->peer->cancellable, gathered_cb, asking);
}

static void
spliced_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, NULL);
  asking_end (user_data);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Asking *asking = user_data;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL)) {
    asking_end (asking);
    return;
  }
  if (asking->peer->change != NULL) {
    asking->gathered = g_byte_array_new ();
    gather (asking);
    return;
  }
  g_output_stream_splice_async (g_io_stream_get_output_stream (asking->peer->stream),
                                g_io_stream_get_input_stream (G_IO_STREAM (asking->connection)),
                                G_OUTPUT_STREAM_SPLICE_NONE, G_PRIORITY_DEFAULT, asking->peer->cancellable,
                                spliced_cb, asking);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Asking *asking = user_data;

  asking->connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, NULL);
  if (asking->connection == NULL) {
    asking_end (asking);
    return;
  }
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (asking->connection)),
                                   g_bytes_get_data (asking->sent, NULL), g_bytes_get_size (asking->sent),
                                   G_PRIORITY_DEFAULT, asking->peer->cancellable, sent_cb, asking);
}

/* The request as it came, but for whom it is for and that its connection is not used again. */
static GBytes *
write_request (ScriptedRequest *request,
               GNetworkAddress *upstream)
{
  g_auto (GStrv) lines = g_strsplit (request->head, "\r\n", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++) {
    if (*lines[i] != '\0' && g_ascii_strncasecmp (lines[i], "Host:", 5) != 0 &&
        g_ascii_strncasecmp (lines[i], "Connection:", 11) != 0)
      g_string_append_printf (text, "%s\r\n", lines[i]);
  }
  g_string_append_printf (text, "Host: %s:%u\r\nConnection: close\r\n\r\n%s",
                          g_network_address_get_hostname (upstream), g_network_address_get_port (upstream),
                          request->body);

  return g_string_free_to_bytes (text);
}

void
scripted_peer_forward (ScriptedPeer    *peer,
                       ScriptedRequest *request)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  Asking *asking = g_new0 (Asking, 1);

  g_socket_client_set_enable_proxy (client, FALSE);
  asking->peer = peer;
  asking->sent = write_request (request, G_NETWORK_ADDRESS (peer->server->upstream));
  peer->asking = TRUE;
  g_socket_client_connect_async (client, peer->server->upstream, peer->cancellable, connected_cb, asking);
}
