/* refills-sleep-watch.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsSleepWatch:
 *
 * Tells that the computer has slept: the clock that goes on meanwhile is further ahead of the one that does not.
 *
 * Owns a timer of the kernel that never runs out and that the kernel cuts short when the computer wakes or its clock
 * is set, so that nothing here wakes up by itself. Where there is no such timer, whoever is awake anyway asks by
 * refills_sleep_watch_check(). Main thread only.
 */
#include "refills-sleep-watch-private.h"

#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "refills-boot-time-private.h"

#define LEAST_SLEEP_US (2 * G_USEC_PER_SEC)

struct _RefillsSleepWatch {
  GObject             parent_instance;

  RefillsEnvironment *environment;
  gint64              asleep; /* µs since the computer started */
  int                 timer;
  guint               source;
};

G_DEFINE_FINAL_TYPE (RefillsSleepWatch, refills_sleep_watch, G_TYPE_OBJECT)

enum { SIGNAL_WOKE, N_SIGNALS };

static guint signals[N_SIGNALS];

static gint64
measure_sleep (RefillsSleepWatch *self)
{
  return refills_boot_time_get (self->environment) - g_get_monotonic_time ();
}

static gboolean
arm (RefillsSleepWatch *self)
{
  const struct itimerspec never = { .it_value = { .tv_sec = G_MAXINT32 } };

  return timerfd_settime (self->timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL) == 0;
}

static gboolean
cut_short_cb (int          fd,
              GIOCondition condition,
              gpointer     user_data)
{
  RefillsSleepWatch *self = user_data;
  guint64 expirations = 0;
  gssize n_read = read (fd, &expirations, sizeof expirations);
  gboolean goes_on = n_read < 0 && arm (self); /* an answer would mean the end of its time */

  if (!goes_on)
    self->source = 0;
  refills_sleep_watch_check (self);

  return goes_on ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
refills_sleep_watch_finalize (GObject *object)
{
  RefillsSleepWatch *self = REFILLS_SLEEP_WATCH (object);

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->timer >= 0)
    close (self->timer);
  g_clear_pointer (&self->environment, refills_environment_free);

  G_OBJECT_CLASS (refills_sleep_watch_parent_class)->finalize (object);
}

static void
refills_sleep_watch_class_init (RefillsSleepWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = refills_sleep_watch_finalize;

  /**
   * RefillsSleepWatch::woke:
   *
   * The computer has slept since the last time this was looked at. Handlers must not drop the watch.
   */
  signals[SIGNAL_WOKE] =
    g_signal_new ("woke", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
refills_sleep_watch_init (RefillsSleepWatch *self)
{
  self->timer = -1;
}

/**
 * refills_sleep_watch_new:
 * @environment: may name a clock of a test
 *
 * Returns: (transfer full): a watch
 */
RefillsSleepWatch *
refills_sleep_watch_new (const RefillsEnvironment *environment)
{
  RefillsSleepWatch *self = g_object_new (REFILLS_TYPE_SLEEP_WATCH, NULL);

  self->environment = refills_environment_copy (environment);
  self->asleep = measure_sleep (self);
  self->timer = timerfd_create (CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (self->timer >= 0 && arm (self))
    self->source = g_unix_fd_add (self->timer, G_IO_IN, cut_short_cb, self);

  return self;
}

/**
 * refills_sleep_watch_check:
 * @self: a watch
 *
 * Looks at both clocks, which costs so little that whatever is awake may do it.
 */
void
refills_sleep_watch_check (RefillsSleepWatch *self)
{
  gint64 asleep = 0;
  gboolean woke = FALSE;

  g_return_if_fail (REFILLS_IS_SLEEP_WATCH (self));

  asleep = measure_sleep (self);
  woke = asleep - self->asleep >= LEAST_SLEEP_US;
  self->asleep = asleep;
  if (woke)
    g_signal_emit (self, signals[SIGNAL_WOKE], 0);
}
