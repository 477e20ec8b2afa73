/* refills-countdown.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsCountdown:
 *
 * The time that is left to pay, on the screen in whole minutes and each second of the last two, spoken at 10, 5, 2 and
 * 1 minutes. A clock that runs hurries people, and keeps the computer awake.
 *
 * What is to be spoken is told to assistive technology as it changes. Of the text that a page opens with it would hear
 * nothing, since it only then gets to know the page: that one is told a moment after the page is on the screen.
 *
 * Owns one timer of the kernel, which runs only while it is mapped, and goes on while the computer sleeps. It is told
 * the time once and counts by itself from there, so that setting the computer's clock changes nothing. Once over it
 * stays over. It never decides what may be paid: that is the order's.
 */
#include "refills-countdown.h"

#include <dlfcn.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

/* Seconds; with more than that the time is told in minutes. */
#define LAST_SECONDS 120
/* Seconds; with less than that it is told on the screen, too, what not to do any more. */
#define HURRY_SECONDS (5 * 60)

/* Milliseconds from the first frame until what the page opened with is spoken. */
#define FIRST_WORDS_MS 800

/* Of GTK 4.14; there is no other way to speak there. The enumeration's middle is 1. */
typedef void (*AnnounceFunc) (GtkAccessible *self,
                              const char    *message,
                              int            priority);
#define PRIORITY_MEDIUM 1

struct _RefillsCountdown
{
  AdwBin    parent_instance;

  GtkLabel *time_label;
  GtkLabel *warning_label;

  gint64    until;  /* epoch seconds, 0 where unknown */
  gint64    begin;  /* epoch, µs */
  gint64    begun;  /* when that was, boot time, µs */
  gboolean  over;
  gboolean  speaks; /* it was on the screen for long enough to be heard */
  guint     first_words_source;
  int       timer;  /* of the kernel, -1 while there is none */
  guint     source;
};

G_DEFINE_FINAL_TYPE (RefillsCountdown, refills_countdown, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_UNTIL,
  PROP_BEGIN,
  PROP_OVER,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* µs that go on while the computer sleeps, and that nobody sets. */
static gint64
get_boot_time (void)
{
  struct timespec time = { 0 };

  if (clock_gettime (CLOCK_BOOTTIME, &time) != 0)
    return g_get_monotonic_time ();

  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Epoch, µs. */
static gint64
get_now (RefillsCountdown *self)
{
  return self->begin + get_boot_time () - self->begun;
}

/* Seconds for which the text stays true that is shown with @left. */
static gint64
get_stay (gint64 left)
{
  return left > LAST_SECONDS ? left % 60 + 1 : 1;
}

static gboolean
arm (RefillsCountdown *self)
{
  gint64 now = get_now (self);
  gint64 second = now / G_USEC_PER_SEC;
  /* Just past the clock's second, so that none is shown twice or left out. */
  gint64 next = (second + get_stay (self->until - second)) * G_USEC_PER_SEC + 5000;
  gint64 at = self->begun + next - self->begin;
  const struct itimerspec then = {
    .it_value = { .tv_sec = at / G_USEC_PER_SEC, .tv_nsec = at % G_USEC_PER_SEC * 1000 },
  };

  return timerfd_settime (self->timer, TFD_TIMER_ABSTIME, &then, NULL) == 0;
}

static gboolean
second_cb (gpointer user_data)
{
  RefillsCountdown *self = user_data;

  refills_countdown_set_now (self, get_now (self) / G_USEC_PER_SEC);

  return G_SOURCE_CONTINUE;
}

static gboolean
timer_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  RefillsCountdown *self = user_data;

  /* Its answer is never read: to arm it takes that back. */
  if (!arm (self)) {
    self->source = g_timeout_add_seconds (1, second_cb, self);
    return G_SOURCE_REMOVE;
  }
  refills_countdown_set_now (self, get_now (self) / G_USEC_PER_SEC);

  return G_SOURCE_CONTINUE;
}

static void
stop_timer (RefillsCountdown *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->timer >= 0)
    close (self->timer);
  self->timer = -1;
}

static void
start_timer (RefillsCountdown *self)
{
  if (self->until == 0 || self->over || self->source != 0)
    return;

  self->timer = timerfd_create (CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (self->timer >= 0 && arm (self))
    self->source = g_unix_fd_add (self->timer, G_IO_IN, timer_cb, self);
  else
    self->source = g_timeout_add_seconds (1, second_cb, self);
}

/* NULL where GTK is older. */
static AnnounceFunc
get_announce (void)
{
  static gsize looked_up = 0;
  static AnnounceFunc func = NULL;

  if (g_once_init_enter (&looked_up)) {
    void *program = dlopen (NULL, RTLD_LAZY);

    if (program != NULL)
      *(void **) &func = dlsym (program, "gtk_accessible_announce");
    g_once_init_leave (&looked_up, 1);
  }

  return func;
}

static void
announce (RefillsCountdown *self,
          const char       *text)
{
  AnnounceFunc func = get_announce ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* The window is known to assistive technology whatever it has read of it. */
  if (func != NULL && root != NULL)
    func (GTK_ACCESSIBLE (root), text, PRIORITY_MEDIUM);
}

static void
set_spoken (RefillsCountdown *self,
            const char       *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->warning_label), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* It is hidden where GTK speaks without it. In an older one its change alone is told, and that of what was hidden is
 * not: there it has an empty name, or it would have that of its class. */
static void
keep_silent (RefillsCountdown *self,
             gboolean          is_silent)
{
  if (get_announce () != NULL)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self->warning_label), GTK_ACCESSIBLE_STATE_HIDDEN, is_silent, -1);
  else if (is_silent)
    set_spoken (self, "");
}

static gboolean
first_words_cb (gpointer user_data)
{
  RefillsCountdown *self = user_data;
  const char *text = gtk_label_get_text (self->warning_label);

  self->first_words_source = 0;
  self->speaks = TRUE;
  if (*text != '\0') {
    set_spoken (self, text);
    announce (self, text);
  }

  return G_SOURCE_REMOVE;
}

/* Setting the same text again would still be told to a screen reader. */
static void
warn (RefillsCountdown *self,
      const char       *text,
      gboolean          is_seen)
{
  if (g_str_equal (gtk_label_get_text (self->warning_label), text))
    return;

  keep_silent (self, *text == '\0');
  if (is_seen)
    gtk_widget_remove_css_class (GTK_WIDGET (self->warning_label), "refills-silent");
  gtk_label_set_text (self->warning_label, text);
  if (!self->speaks)
    set_spoken (self, "");
  else if (*text != '\0')
    announce (self, text);
}

static void
refills_countdown_map (GtkWidget *widget)
{
  RefillsCountdown *self = REFILLS_COUNTDOWN (widget);

  GTK_WIDGET_CLASS (refills_countdown_parent_class)->map (widget);

  start_timer (self);
  refills_countdown_set_now (self, get_now (self) / G_USEC_PER_SEC);
  if (!self->speaks && self->first_words_source == 0)
    self->first_words_source = g_timeout_add (FIRST_WORDS_MS, first_words_cb, self);
}

static void
refills_countdown_unmap (GtkWidget *widget)
{
  RefillsCountdown *self = REFILLS_COUNTDOWN (widget);

  stop_timer (self);
  g_clear_handle_id (&self->first_words_source, g_source_remove);

  GTK_WIDGET_CLASS (refills_countdown_parent_class)->unmap (widget);
}

static void
refills_countdown_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  RefillsCountdown *self = REFILLS_COUNTDOWN (object);

  switch (property_id) {
  case PROP_UNTIL:
    g_value_set_int64 (value, self->until);
    break;
  case PROP_BEGIN:
    g_value_set_int64 (value, self->begin / G_USEC_PER_SEC);
    break;
  case PROP_OVER:
    g_value_set_boolean (value, self->over);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_countdown_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  RefillsCountdown *self = REFILLS_COUNTDOWN (object);

  switch (property_id) {
  case PROP_UNTIL:
    self->until = g_value_get_int64 (value);
    break;
  case PROP_BEGIN:
    self->begin = g_value_get_int64 (value) * G_USEC_PER_SEC;
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_countdown_constructed (GObject *object)
{
  RefillsCountdown *self = REFILLS_COUNTDOWN (object);

  G_OBJECT_CLASS (refills_countdown_parent_class)->constructed (object);

  if (self->begin == 0)
    self->begin = g_get_real_time ();
  self->begun = get_boot_time ();
  gtk_widget_set_visible (GTK_WIDGET (self), self->until != 0);
  refills_countdown_set_now (self, get_now (self) / G_USEC_PER_SEC);
}

static void
refills_countdown_dispose (GObject *object)
{
  RefillsCountdown *self = REFILLS_COUNTDOWN (object);

  stop_timer (self);
  g_clear_handle_id (&self->first_words_source, g_source_remove);

  G_OBJECT_CLASS (refills_countdown_parent_class)->dispose (object);
}

static void
refills_countdown_class_init (RefillsCountdownClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = refills_countdown_get_property;
  object_class->set_property = refills_countdown_set_property;
  object_class->constructed = refills_countdown_constructed;
  object_class->dispose = refills_countdown_dispose;
  widget_class->map = refills_countdown_map;
  widget_class->unmap = refills_countdown_unmap;

  /* Epoch seconds; 0 hides the countdown. */
  props[PROP_UNTIL] =
    g_param_spec_int64 ("until", NULL, NULL, 0, G_MAXINT64, 0,
                        G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /* The time as it is made, epoch seconds; 0 for this computer's. */
  props[PROP_BEGIN] =
    g_param_spec_int64 ("begin", NULL, NULL, 0, G_MAXINT64 / G_USEC_PER_SEC, 0,
                        G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_OVER] =
    g_param_spec_boolean ("over", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-countdown.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsCountdown, time_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsCountdown, warning_label);
}

static void
refills_countdown_init (RefillsCountdown *self)
{
  self->timer = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  keep_silent (self, TRUE);
}

/**
 * refills_countdown_to_text:
 * @seconds: seconds that are left, more than 0
 *
 * Returns: (transfer full): "Pay within 19 minutes", "Pay within 1:42" in the last two, "0:42 left" in the last. Never
 *   more than is left
 */
char *
refills_countdown_to_text (gint64 seconds)
{
  g_autofree char *time = NULL;

  if (seconds >= LAST_SECONDS)
    return g_strdup_printf (ngettext ("Pay within %d minute", "Pay within %d minutes", (gulong) seconds / 60),
                            (int) (seconds / 60));

  time = g_strdup_printf ("%d:%02d", (int) (seconds / 60), (int) (seconds % 60));

  /* Not “pay”, beside the advice not to begin. */
  if (seconds <= 60)
    /* Translators: %s is minutes and seconds, as in 0:42 */
    return g_strdup_printf (_("%s left"), time);

  /* Translators: %s is minutes and seconds, as in 1:42 */
  return g_strdup_printf (_("Pay within %s"), time);
}

/**
 * refills_countdown_to_warning:
 * @seconds: seconds that are left
 *
 * What is to be said as time runs out; the same text until the next step.
 *
 * Returns: (transfer none) (nullable): a sentence, or `NULL` with more than ten minutes left
 */
const char *
refills_countdown_to_warning (gint64 seconds)
{
  if (seconds <= 0)
    return _("Time is up. Don’t pay now.");
  if (seconds <= 60)
    return _("Less than a minute left. Don’t start a payment now.");
  if (seconds <= 2 * 60)
    return _("Less than 2 minutes left. Don’t start a slow or exchange payment now.");
  if (seconds <= 5 * 60)
    return _("Less than 5 minutes left. Don’t start a slow or exchange payment now.");
  if (seconds <= 10 * 60)
    return _("Less than 10 minutes left");

  return NULL;
}

/**
 * refills_countdown_set_begin:
 * @self: a countdown
 * @begin: the time now, epoch seconds
 *
 * Sets the clock that it goes by. A difference of less than two seconds is none: times are told in whole ones.
 */
void
refills_countdown_set_begin (RefillsCountdown *self,
                             gint64            begin)
{
  g_return_if_fail (REFILLS_IS_COUNTDOWN (self));

  if (begin <= 0 || begin > G_MAXINT64 / G_USEC_PER_SEC || self->until == 0 || self->over ||
      ABS (begin - get_now (self) / G_USEC_PER_SEC) < 2)
    return;

  self->begin = begin * G_USEC_PER_SEC;
  self->begun = get_boot_time ();
  refills_countdown_set_now (self, begin);
  if (self->source != 0 && !self->over) {
    stop_timer (self);
    start_timer (self);
  }
}

/**
 * refills_countdown_set_now:
 * @self: a countdown
 * @now: the time, epoch seconds
 *
 * Shows what is left at a time. The countdown's own timer calls it with the clock's.
 */
void
refills_countdown_set_now (RefillsCountdown *self,
                           gint64            now)
{
  g_autofree char *text = NULL;
  const char *warning;
  gint64 left;

  g_return_if_fail (REFILLS_IS_COUNTDOWN (self));

  if (self->until == 0 || self->over)
    return;

  left = MAX (self->until - now, 0);
  warning = refills_countdown_to_warning (left);

  /* Before that it says no more than the time above it, which is not heard. */
  warn (self, warning != NULL ? warning : "", left <= HURRY_SECONDS);
  if (left > 0) {
    text = refills_countdown_to_text (left);
    gtk_label_set_text (self->time_label, text);
  } else {
    stop_timer (self);
    gtk_widget_set_visible (GTK_WIDGET (self->time_label), FALSE);
    gtk_widget_remove_css_class (GTK_WIDGET (self->warning_label), "caption-heading");
    gtk_widget_remove_css_class (GTK_WIDGET (self->warning_label), "refills-hurry");
    gtk_widget_add_css_class (GTK_WIDGET (self->warning_label), "title-4");
    self->over = TRUE;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OVER]);
  }
}

/**
 * refills_countdown_is_over:
 * @self: a countdown
 *
 * Returns: whether the time was seen to be up
 */
gboolean
refills_countdown_is_over (RefillsCountdown *self)
{
  g_return_val_if_fail (REFILLS_IS_COUNTDOWN (self), FALSE);

  return self->over;
}
