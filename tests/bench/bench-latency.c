/* bench-latency.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long an event takes from the server's write to our callback, through libsoup, the event stream and its parser;
 * and, as the reference, to a plain blocking read of a socket. Each event holds the time it was written, in
 * microseconds of CLOCK_MONOTONIC. Prints one line `KIND MICROSECONDS` for each.
 * `bench-latency PORT stream|socket EVENTS`
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "refills-event-stream.h"

static GMainLoop *loop;
static guint n_left;

static void
report (const char *kind,
        const char *written)
{
  printf ("%s %" G_GINT64_FORMAT "\n", kind, g_get_monotonic_time () - g_ascii_strtoll (written, NULL, 10));
}

static gboolean
message_cb (const char *data,
            gsize       length,
            gpointer    user_data)
{
  report ("stream", data);
  if (--n_left == 0)
    g_main_loop_quit (loop);

  return TRUE;
}

static int
read_stream (guint16 port)
{
  g_autofree char *uri = g_strdup_printf ("%s://127.0.0.1:%u", "http", port);
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsHttp) http = refills_http_new (&(RefillsHttpOptions) { .base_uri = uri, .version = "0" }, &error);
  g_autoptr (RefillsEventStream) stream = NULL;
  RefillsBackoff backoff;

  if (!http) {
    fprintf (stderr, "%s\n", error->message);
    return EXIT_FAILURE;
  }
  refills_backoff_init (&backoff, 100, 1000, NULL, NULL);
  stream = refills_event_stream_new (http, "/v5/orders/o-1/subscribe", "US", &backoff);
  refills_event_stream_set_func (stream, message_cb, NULL);
  loop = g_main_loop_new (NULL, FALSE);
  refills_event_stream_open (stream);
  g_main_loop_run (loop);
  refills_event_stream_close (stream);
  g_clear_pointer (&loop, g_main_loop_unref);

  return EXIT_SUCCESS;
}

static int
read_socket (guint16 port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  const char request[] = "GET /v5/orders/o-1/subscribe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  int socket_fd = socket (AF_INET, SOCK_STREAM, 0);
  char buffer[4096];
  ssize_t length = 0;

  if (socket_fd < 0 || connect (socket_fd, (struct sockaddr *) &address, sizeof address) != 0 ||
      write (socket_fd, request, sizeof request - 1) != (ssize_t) sizeof request - 1)
    return EXIT_FAILURE;
  while (n_left > 0 && (length = read (socket_fd, buffer, sizeof buffer - 1)) > 0) {
    const char *data = NULL;

    buffer[length] = '\0';
    data = strstr (buffer, "data: ");
    if (data) {
      report ("socket", data + strlen ("data: "));
      n_left--;
    }
  }
  close (socket_fd);

  return n_left == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (int   argc,
      char *argv[])
{
  if (argc != 4) {
    fprintf (stderr, "usage: bench-latency PORT stream|socket EVENTS\n");
    return EXIT_FAILURE;
  }
  n_left = (guint) atoi (argv[3]);

  return g_str_equal (argv[2], "stream") ? read_stream ((guint16) atoi (argv[1]))
                                         : read_socket ((guint16) atoi (argv[1]));
}
