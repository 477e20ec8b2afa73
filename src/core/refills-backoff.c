/* refills-backoff.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How long to wait before the next try: doubling up to a limit, each wait spread by ± 20 % so that
 * many clients of a service that came back do not all return in the same instant.
 *
 * Owns nothing, starts no timer: it only counts.
 */
#include "refills-backoff.h"

static double
draw_random (gpointer user_data)
{
  return g_random_double ();
}

/**
 * refills_backoff_init:
 * @self: storage to fill
 * @base_ms: the first wait, in milliseconds
 * @limit_ms: the longest wait before the spread, in milliseconds
 * @random: (nullable): gives numbers in [0, 1); `NULL` for GLib's
 * @random_data: handed to @random; must outlive @self
 *
 * Starts at the first wait.
 */
void
refills_backoff_init (RefillsBackoff *self,
                      guint           base_ms,
                      guint           limit_ms,
                      RefillsRandom   random,
                      gpointer        random_data)
{
  g_return_if_fail (self != NULL);

  self->base_ms = base_ms;
  self->limit_ms = limit_ms;
  self->step = 0;
  self->random = random != NULL ? random : draw_random;
  self->random_data = random_data;
}

/**
 * refills_backoff_next:
 * @self: a started backoff
 *
 * The next wait: base, twice, four times … the limit, and the limit from then on; each spread by
 * ± 20 %. Draw once, publish that number and wait that number: each call moves on.
 *
 * Returns: milliseconds to wait
 */
guint
refills_backoff_next (RefillsBackoff *self)
{
  guint64 wait_ms = 0;
  double spread = 0;

  g_return_val_if_fail (self != NULL && self->random != NULL, 0);

  /* 32 doublings of a millisecond pass any limit, so the count stops there and cannot wrap. */
  wait_ms = MIN ((guint64) self->base_ms << self->step, (guint64) self->limit_ms);
  if (self->step < 32)
    self->step++;

  spread = 0.8 + 0.4 * CLAMP (self->random (self->random_data), 0.0, 1.0);

  return (guint) MIN ((double) wait_ms * spread, (double) G_MAXUINT);
}

/**
 * refills_backoff_reset:
 * @self: a started backoff
 *
 * Back to the first wait, after something valid has arrived.
 */
void
refills_backoff_reset (RefillsBackoff *self)
{
  g_return_if_fail (self != NULL);

  self->step = 0;
}
