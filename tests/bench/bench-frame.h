/* bench-frame.h — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a benchmarked window and its references measure alike: microseconds since the runner started the
 * program (`REFILLS_BENCH_T0`, of CLOCK_MONOTONIC), and the peak of resident memory in KiB.
 */
#pragma once

#include <gtk/gtk.h>

static inline gint64
bench_elapsed_us (void)
{
  const char *start = g_getenv ("REFILLS_BENCH_T0");

  return g_get_monotonic_time () - (start != NULL ? g_ascii_strtoll (start, NULL, 10) : 0);
}

static inline gint64
bench_peak_kib (void)
{
  g_autofree char *status = NULL;
  const char *line = NULL;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, "VmHWM:");

  return line != NULL ? g_ascii_strtoll (line + strlen ("VmHWM:"), NULL, 10) : 0;
}
