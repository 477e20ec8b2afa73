/* bench-stream.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long the event-stream parser takes for a file of events, in pieces of 16 KiB as they come from a socket.
 * Prints events, bytes of data and the best time in milliseconds of some rounds; bench_stream.py compares.
 */
#include <stdio.h>
#include <stdlib.h>

#include "refills-sse-parser.h"

#define PIECE_BYTES (16 * 1024)

typedef struct {
  guint64 n_events;
  guint64 n_bytes;
} Count;

static void
event_cb (const char *event,
          const char *data,
          gsize       length,
          const char *last_event_id,
          gpointer    user_data)
{
  Count *count = user_data;

  count->n_events++;
  count->n_bytes += length;
}

static double
parse (const char *contents,
       gsize       length,
       Count      *count)
{
  g_autoptr (RefillsSseParser) parser = refills_sse_parser_new (event_cb, count);
  gint64 start_us = g_get_monotonic_time ();

  *count = (Count) { 0, 0 };
  for (gsize at = 0; at < length; at += PIECE_BYTES)
    if (!refills_sse_parser_push (parser, contents + at, MIN (PIECE_BYTES, length - at), NULL))
      g_error ("the stream is refused");

  return (double) (g_get_monotonic_time () - start_us) / 1000.0;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GError) error = NULL;
  Count count = { 0, 0 };
  double best_ms = 0;

  if (argc != 3) {
    fprintf (stderr, "usage: bench-stream FILE ROUNDS\n");
    return EXIT_FAILURE;
  }
  file = g_mapped_file_new (argv[1], FALSE, &error);
  if (!file) {
    fprintf (stderr, "%s\n", error->message);
    return EXIT_FAILURE;
  }

  for (int round = 0; round < atoi (argv[2]); round++) {
    double milliseconds = parse (g_mapped_file_get_contents (file), g_mapped_file_get_length (file), &count);

    if (round == 0 || milliseconds < best_ms)
      best_ms = milliseconds;
  }
  printf ("%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %.2f\n", count.n_events, count.n_bytes, best_ms);

  return EXIT_SUCCESS;
}
