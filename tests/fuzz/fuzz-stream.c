/* fuzz-stream.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any bytes as an event stream. The first byte says where the rest is cut: the events of the whole, of the pieces and
 * of single bytes are the same.
 */
#include "fuzz.h"

#include <string.h>

#include "refills-sse-parser.h"

static void
event_cb (const char *event,
          const char *data,
          gsize       length,
          const char *last_event_id,
          gpointer    user_data)
{
  GString *events = user_data;

  g_assert_true (g_utf8_validate_len (event, strlen (event), NULL));
  g_string_append_printf (events, "%s|%s|%" G_GSIZE_FORMAT "|", event, last_event_id, length);
  g_string_append_len (events, data, (gssize) length);
  g_string_append_c (events, '\n');
}

static GString *
parse (const guint8 *data,
       gsize         size,
       gsize         piece)
{
  GString *events = g_string_new (NULL);
  g_autoptr (RefillsSseParser) parser = refills_sse_parser_new (event_cb, events);

  for (gsize at = 0; at < size; at += piece) {
    /* A copy of just that size, so that reading past its end is found. */
    g_autofree char *bytes = g_memdup2 (data + at, MIN (piece, size - at));

    if (!refills_sse_parser_push (parser, bytes, MIN (piece, size - at), NULL))
      break;
  }
  g_string_append_printf (events, "%s %" G_GINT64_FORMAT, refills_sse_parser_get_last_event_id (parser),
                          refills_sse_parser_get_retry_ms (parser));

  return events;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  if (size > 1) {
    g_autoptr (GString) whole = parse (data + 1, size - 1, size);
    g_autoptr (GString) pieces = parse (data + 1, size - 1, data[0] + 1u);
    g_autoptr (GString) bytes = parse (data + 1, size - 1, 1);

    g_assert_true (g_string_equal (whole, pieces));
    g_assert_true (g_string_equal (whole, bytes));
  }

  return 0;
}
