/* refills-boot-time.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The clock that goes on while the computer sleeps, and that nobody sets.
 */
#include "refills-boot-time-private.h"

#include <time.h>

/**
 * refills_boot_time_get:
 * @environment: may name a clock of a test
 *
 * Returns: microseconds since the computer started, time asleep included
 */
gint64
refills_boot_time_get (const RefillsEnvironment *environment)
{
  struct timespec time = { 0 };

  if (environment->boot_clock != NULL)
    return environment->boot_clock (environment->boot_clock_data);

  if (clock_gettime (CLOCK_BOOTTIME, &time) != 0)
    return g_get_monotonic_time ();

  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}
