/* bench-reading.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long a catalogue takes to become model objects: the strict reading of 6000 brands beside json-glib's bare parse
 * of the same bytes, turn about in one process, and the strict pass by itself. What the main thread has to do with the
 * finished list is timed apart. Exits non-zero over a limit.
 */
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <stdlib.h>

#include "refills-brand.h"
#include "refills-catalogue-listing.h"
#include "refills-collection.h"
#include "refills-http.h"

#define N_BRANDS 6000
#define N_ROUNDS 15

#define MAX_RATIO 2.0
#define MIN_PASS_MB_PER_S 200.0
#define MAX_MAIN_MS 2.0

/* As the service writes a brand (API reference, section 3), about 570 bytes of it. */
static GBytes *
make_catalogue (void)
{
  GString *text = g_string_new ("{\"last_user_purchases\":[],\"suggestions\":[],\"country_code\":\"US\","
                                "\"categories\":[],\"all_brands\":[");

  for (guint i = 0; i < N_BRANDS; i++)
    g_string_append_printf (text,
      "%s{\"family\":\"Brand of the family %u\",\"brand_id\":\"%08x-7d0e-4a52-9c1b-2f6f0f3f7a10\","
      "\"brand\":\"Brand %u and Söhne \\u0026 Co\","
      "\"logo_url\":\"https://cdn.cryptorefills.com/logos_v2/brand_number_%u.webp\","
      "\"logo_base_url\":\"https://cdn.cryptorefills.com/logos_v2/brand_number_%u\","
      "\"bg_color\":\"#%06x\",\"min\":\"$%u\",\"max\":\"$%u\",\"category\":\"e-commerce\",\"is_out_of_stock\":%s,"
      "\"country_code\":\"US\",\"additional_categories\":[\"games\",\"entertainment\"],\"kind\":\"giftcard\","
      "\"product_type\":\"digital\",\"brand_tags\":[],\"position\":%u,\"rating\":4.75,\"promotion\":null,"
      "\"redeem_method\":[\"Online\",\"InStore\"]}",
      i > 0 ? "," : "", i, i, i, i, i, i * 2654435761u & 0xffffff, 5 + i % 20, 100 + i % 400,
      i % 20 == 0 ? "true" : "false", i);
  g_string_append (text, "],\"popular_brands\":[]}");

  return g_string_free_to_bytes (text);
}

static double
milliseconds_since (gint64 start_us)
{
  return (double) (g_get_monotonic_time () - start_us) / 1000.0;
}

static double
time_bare_parse (GBytes *bytes)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gint64 start_us = g_get_monotonic_time ();
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);

  if (!json_parser_load_from_data (parser, data, (gssize) length, NULL))
    g_error ("json-glib cannot read it");

  return milliseconds_since (start_us);
}

static double
time_strict_pass (GBytes *bytes)
{
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (RefillsJson) document = refills_json_parse (bytes, REFILLS_HTTP_MAX_JSON_BYTES, NULL);

  if (!document)
    g_error ("the strict pass refuses it");

  return milliseconds_since (start_us);
}

/* What a worker does, and what is left for the main thread: to take the list. */
static double
time_reading (GBytes *bytes,
              double *main_ms)
{
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (RefillsCatalogueListing) listing = refills_catalogue_listing_read (REFILLS_LISTING_BRANDS, bytes, NULL);
  double milliseconds = milliseconds_since (start_us);
  g_autoptr (RefillsCollection) collection = refills_collection_new (REFILLS_TYPE_BRAND);

  if (!listing || listing->items->len != N_BRANDS)
    g_error ("the catalogue cannot be read");
  start_us = g_get_monotonic_time ();
  refills_collection_take_items (collection, g_steal_pointer (&listing->items), 0, 0);
  *main_ms = milliseconds_since (start_us);

  return milliseconds;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
median (double *values)
{
  qsort (values, N_ROUNDS, sizeof *values, compare);

  return values[N_ROUNDS / 2];
}

static gboolean
report (const char *what,
        double      figure,
        const char *unit,
        double      limit,
        gboolean    is_most)
{
  gboolean holds = is_most ? figure <= limit : figure >= limit;

  printf ("%-42s %8.2f %-5s (at %s %g)%s\n", what, figure, unit, is_most ? "most" : "least", limit,
          holds ? "" : "  OVER THE LIMIT");

  return holds;
}

int
main (void)
{
  g_autoptr (GBytes) bytes = make_catalogue ();
  double megabytes = (double) g_bytes_get_size (bytes) / 1e6;
  double bare[N_ROUNDS], pass[N_ROUNDS], reading[N_ROUNDS], on_main[N_ROUNDS];
  double bare_ms = 0, pass_ms = 0, reading_ms = 0;
  gboolean holds = TRUE;

  for (guint i = 0; i < N_ROUNDS; i++) {
    bare[i] = time_bare_parse (bytes);
    pass[i] = time_strict_pass (bytes);
    reading[i] = time_reading (bytes, &on_main[i]);
  }
  bare_ms = median (bare);
  pass_ms = median (pass);
  reading_ms = median (reading);

  printf ("%d brands, %.2f MB, medians of %d rounds: json-glib's bare parse %.1f ms, strict pass %.1f ms, "
          "strict reading into brands %.1f ms\n", N_BRANDS, megabytes, N_ROUNDS, bare_ms, pass_ms, reading_ms);
  holds &= report ("reading : json-glib's bare parse", reading_ms / bare_ms, "x", MAX_RATIO, TRUE);
  holds &= report ("strict pass alone", megabytes / pass_ms * 1000.0, "MB/s", MIN_PASS_MB_PER_S, FALSE);
  holds &= report ("main thread's share", median (on_main), "ms", MAX_MAIN_MS, TRUE);

  return holds ? EXIT_SUCCESS : EXIT_FAILURE;
}
