/* test-countdown.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-countdown.h"

#include "refills-test.h"
#include "refills-widget-test.h"

/* Far from now, so that the clock of the machine cannot interfere. */
#define UNTIL G_GINT64_CONSTANT (40000000000)

static void
test_text (void)
{
  const struct {
    gint64      seconds;
    const char *text;
  } cases[] = {
    { 1, "0:01 left" },
    { 59, "0:59 left" },
    { 60, "1:00 left" },
    { 119, "Pay within 1:59" },
    { 120, "Pay within 2 minutes" },
    { 179, "Pay within 2 minutes" },
    { 1182, "Pay within 19 minutes" },
    { 7325, "Pay within 122 minutes" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = refills_countdown_to_text (cases[i].seconds);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_announcements (void)
{
  GtkWidget *countdown = g_object_ref_sink (g_object_new (REFILLS_TYPE_COUNTDOWN, "until", UNTIL, NULL));
  GtkWidget *window = refills_widget_test_show (countdown, 360, 200);
  GtkWidget *status = NULL;
  guint n_announced = 0;

  refills_countdown_set_now (REFILLS_COUNTDOWN (countdown), UNTIL - 1200);
  g_assert_true (refills_widget_test_shows (countdown, "Pay within 20 minutes"));

  for (GtkWidget *child = gtk_widget_get_first_child (gtk_widget_get_first_child (countdown));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (child)) == GTK_ACCESSIBLE_ROLE_ALERT)
      status = child;
  g_assert_nonnull (status);
  g_signal_connect_swapped (status, "notify::label", G_CALLBACK (count_cb), &n_announced);

  for (gint64 left = 1199; left > 0; left--) {
    refills_countdown_set_now (REFILLS_COUNTDOWN (countdown), UNTIL - left);
    g_assert_cmpuint (n_announced, ==, (left <= 600) + (left <= 300) + (left <= 120) + (left <= 60));
  }
  g_assert_false (refills_countdown_is_over (REFILLS_COUNTDOWN (countdown)));

  refills_countdown_set_now (REFILLS_COUNTDOWN (countdown), UNTIL);
  g_assert_cmpuint (n_announced, ==, 5);
  g_assert_true (refills_countdown_is_over (REFILLS_COUNTDOWN (countdown)));
  g_assert_true (refills_widget_test_shows (countdown, "Time is up. Don’t pay now."));
  g_assert_false (refills_widget_test_shows (countdown, "0:01 left"));

  /* A clock that is set back does not open the window again. */
  refills_countdown_set_now (REFILLS_COUNTDOWN (countdown), UNTIL - 500);
  g_assert_true (refills_countdown_is_over (REFILLS_COUNTDOWN (countdown)));
  g_assert_true (refills_widget_test_shows (countdown, "Time is up. Don’t pay now."));

  refills_widget_test_close (window);
  g_assert_finalize_object (countdown);
}

/* The clock that it goes by may turn out to be another; by a second more or less nothing is drawn again. */
static void
test_begin (void)
{
  GtkWidget *countdown = g_object_ref_sink (g_object_new (REFILLS_TYPE_COUNTDOWN, "until", UNTIL,
                                                          "begin", UNTIL - 4810, NULL));
  GtkWidget *window = refills_widget_test_show (countdown, 360, 200);

  g_assert_true (refills_widget_test_shows (countdown, "Pay within 80 minutes"));
  refills_countdown_set_begin (REFILLS_COUNTDOWN (countdown), UNTIL - 1210);
  g_assert_true (refills_widget_test_shows (countdown, "Pay within 20 minutes"));
  refills_countdown_set_begin (REFILLS_COUNTDOWN (countdown), 0);
  g_assert_true (refills_widget_test_shows (countdown, "Pay within 20 minutes"));
  refills_countdown_set_begin (REFILLS_COUNTDOWN (countdown), UNTIL);
  g_assert_true (refills_countdown_is_over (REFILLS_COUNTDOWN (countdown)));

  refills_widget_test_close (window);
  g_assert_finalize_object (countdown);
}

static void
test_over_at_once (void)
{
  GtkWidget *countdown =
    g_object_ref_sink (g_object_new (REFILLS_TYPE_COUNTDOWN, "until", (gint64) 1000, NULL));

  g_assert_true (refills_countdown_is_over (REFILLS_COUNTDOWN (countdown)));
  g_assert_finalize_object (countdown);
}

/* The time is told once, whatever this computer's clock says. */
static void
test_told_the_time (void)
{
  GtkWidget *countdown = g_object_ref_sink (g_object_new (REFILLS_TYPE_COUNTDOWN, "until", (gint64) 5000,
                                                          "begin", (gint64) (5000 - 300), NULL));
  GtkWidget *window = refills_widget_test_show (countdown, 360, 200);

  g_assert_false (refills_countdown_is_over (REFILLS_COUNTDOWN (countdown)));
  g_assert_true (refills_widget_test_holds (countdown, "Pay within 5 minutes") ||
                 refills_widget_test_holds (countdown, "Pay within 4 minutes"));
  refills_widget_test_close (window);
  g_assert_finalize_object (countdown);
}

static gboolean
counts_seconds_cb (gpointer user_data)
{
  return refills_widget_test_holds (user_data, "Pay within 1:5");
}

static gboolean
is_over_cb (gpointer user_data)
{
  return refills_countdown_is_over (user_data);
}

/* Its own timer wakes it where the text changes: from minutes to seconds, and at the end. */
static void
test_timer (void)
{
  const struct {
    gint64   left;
    gboolean (*is_reached) (gpointer user_data);
  } cases[] = {
    { 121, counts_seconds_cb },
    { 2, is_over_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    GtkWidget *countdown = g_object_ref_sink (g_object_new (REFILLS_TYPE_COUNTDOWN, "until", (gint64) 5000,
                                                            "begin", 5000 - cases[i].left, NULL));
    GtkWidget *window = refills_widget_test_show (countdown, 360, 200);

    refills_test_run_until (cases[i].is_reached, countdown, 20000, G_STRLOC);
    refills_widget_test_close (window);
    g_assert_finalize_object (countdown);
  }
}

static void
test_unknown (void)
{
  GtkWidget *countdown = g_object_ref_sink (g_object_new (REFILLS_TYPE_COUNTDOWN, NULL));

  g_assert_false (refills_countdown_is_over (REFILLS_COUNTDOWN (countdown)));
  g_assert_false (gtk_widget_get_visible (countdown));
  g_assert_finalize_object (countdown);
}

int
main (int   argc,
      char *argv[])
{
  refills_widget_test_init (&argc, &argv);

  g_test_add_func ("/ui/countdown/begin", test_begin);
  g_test_add_func ("/ui/countdown/text", test_text);
  g_test_add_func ("/ui/countdown/announcements", test_announcements);
  g_test_add_func ("/ui/countdown/over-at-once", test_over_at_once);
  g_test_add_func ("/ui/countdown/told-the-time", test_told_the_time);
  g_test_add_func ("/ui/countdown/timer", test_timer);
  g_test_add_func ("/ui/countdown/unknown", test_unknown);

  return g_test_run ();
}
