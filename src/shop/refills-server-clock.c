/* refills-server-clock.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsServerClock:
 *
 * What time it is at the service: its last answer's time, and what has gone by here since then. The clock that a
 * person sets has no part in it.
 *
 * Owns one pair of times. Never asks.
 */
#include "refills-server-clock-private.h"

#include "refills-boot-time-private.h"

struct _RefillsServerClock {
  GObject             parent_instance;

  RefillsEnvironment *environment;
  gint64              time;     /* epoch seconds; 0: not known */
  gint64              noted_at; /* boot time, µs */
};

G_DEFINE_FINAL_TYPE (RefillsServerClock, refills_server_clock, G_TYPE_OBJECT)

static void
refills_server_clock_finalize (GObject *object)
{
  RefillsServerClock *self = REFILLS_SERVER_CLOCK (object);

  g_clear_pointer (&self->environment, refills_environment_free);

  G_OBJECT_CLASS (refills_server_clock_parent_class)->finalize (object);
}

static void
refills_server_clock_class_init (RefillsServerClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = refills_server_clock_finalize;
}

static void
refills_server_clock_init (RefillsServerClock *self)
{
}

/**
 * refills_server_clock_new:
 * @environment: whose clock it goes by between two answers
 *
 * Returns: (transfer full): a clock that does not know the time
 */
RefillsServerClock *
refills_server_clock_new (const RefillsEnvironment *environment)
{
  RefillsServerClock *self = g_object_new (REFILLS_TYPE_SERVER_CLOCK, NULL);

  self->environment = refills_environment_copy (environment);

  return self;
}

/**
 * refills_server_clock_note:
 * @self: a clock
 * @time: what an answer that came just now says, in epoch seconds; 0 is ignored
 */
void
refills_server_clock_note (RefillsServerClock *self,
                           gint64              time)
{
  g_return_if_fail (REFILLS_IS_SERVER_CLOCK (self));

  if (time <= 0)
    return;
  self->time = time;
  self->noted_at = refills_boot_time_get (self->environment);
}

/**
 * refills_server_clock_get_time:
 * @self: a clock
 *
 * Returns: the time at the service, in epoch seconds; 0 where it never said since the program began
 */
gint64
refills_server_clock_get_time (RefillsServerClock *self)
{
  g_return_val_if_fail (REFILLS_IS_SERVER_CLOCK (self), 0);

  if (self->time == 0)
    return 0;

  return self->time + (refills_boot_time_get (self->environment) - self->noted_at) / G_USEC_PER_SEC;
}
