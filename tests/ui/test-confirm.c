/* test-confirm.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-confirm.h"
#include "refills-widget-test.h"

#include "refills-test.h"

#define DEADLINE_MS 20000
#define LONG_TITLE "Sie haben schon eine Bestellung, die auf ihre Bezahlung wartet"
#define LONG_LABEL "Die wartende Bestellung durch diese ersetzen"

typedef struct {
  RefillsConfirm       *confirm; /* weak */
  RefillsConfirmAnswer  answer;
  guint                 n_answers;
} Fixture;

static void
answered_cb (Fixture              *self,
             RefillsConfirmAnswer  answer)
{
  self->answer = answer;
  self->n_answers++;
}

static gboolean
is_mapped (gpointer user_data)
{
  return gtk_widget_get_mapped (user_data);
}

static gboolean
is_gone (gpointer user_data)
{
  return *(gpointer *) user_data == NULL;
}

static void
ask (Fixture    *self,
     const char *look,
     gboolean    is_destructive)
{
  const RefillsConfirmText text = {
    .title = LONG_TITLE, .body = "A new order replaces it.", .look = look, .go = LONG_LABEL,
    .is_destructive = is_destructive,
  };

  self->n_answers = 0;
  g_set_weak_pointer (&self->confirm, refills_confirm_new (NULL, &text));
  g_signal_connect_swapped (self->confirm, "answered", G_CALLBACK (answered_cb), self);
  gtk_window_present (GTK_WINDOW (self->confirm));
  refills_test_run_until (is_mapped, self->confirm, DEADLINE_MS, "the question");
}

static GtkWidget *
find_button (Fixture    *self,
             const char *label)
{
  GtkWidget *found = refills_widget_test_find_text (GTK_WIDGET (self->confirm), label);

  g_assert_nonnull (found);

  return GTK_IS_BUTTON (found) ? found : gtk_widget_get_ancestor (found, GTK_TYPE_BUTTON);
}

/* An activated button is pressed for a moment first. */
static gboolean
is_answered (gpointer user_data)
{
  Fixture *self = user_data;

  return self->n_answers > 0;
}

static void
expect (Fixture              *self,
        RefillsConfirmAnswer  answer)
{
  refills_test_run_until (is_answered, self, DEADLINE_MS, "the answer");
  g_assert_cmpuint (self->n_answers, ==, 1);
  g_assert_cmpint (self->answer, ==, answer);
  refills_test_run_until (is_gone, &self->confirm, DEADLINE_MS, "the question to go");
  g_assert_cmpuint (self->n_answers, ==, 1);
}

static void
press (Fixture    *self,
       const char *label)
{
  GtkWidget *button = g_object_ref (find_button (self, label));

  /* Pressed twice before the window is gone. */
  g_signal_emit_by_name (button, "clicked");
  g_signal_emit_by_name (button, "clicked");
  g_object_unref (button); /* not a temporary of the macro's scope: the window must be able to go */
}

static void
test_answers (void)
{
  Fixture fixture = { 0 };

  ask (&fixture, "Show That Order", FALSE);
  g_assert_true (gtk_widget_has_css_class (find_button (&fixture, LONG_LABEL), "suggested-action"));
  press (&fixture, LONG_LABEL);
  expect (&fixture, REFILLS_CONFIRM_GO);
  ask (&fixture, "Show That Order", TRUE);
  g_assert_true (gtk_widget_has_css_class (find_button (&fixture, LONG_LABEL), "destructive-action"));
  press (&fixture, "Show That Order");
  expect (&fixture, REFILLS_CONFIRM_LOOK);
  ask (&fixture, NULL, TRUE);
  g_assert_false (refills_widget_test_shows (GTK_WIDGET (fixture.confirm), "Show That Order"));
  press (&fixture, "Cancel");
  expect (&fixture, REFILLS_CONFIRM_CANCEL);
}

/* Escape is bound to it. */
static void
test_closing_cancels (void)
{
  Fixture fixture = { 0 };

  ask (&fixture, "Show That Order", TRUE);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.confirm), "window.close", NULL));
  expect (&fixture, REFILLS_CONFIRM_CANCEL);
}

static void
test_enter_is_harmless (void)
{
  Fixture fixture = { 0 };

  ask (&fixture, "Show That Order", TRUE);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture.confirm)) == find_button (&fixture, "Show That Order"));
  gtk_widget_activate_default (GTK_WIDGET (fixture.confirm));
  expect (&fixture, REFILLS_CONFIRM_LOOK);
  ask (&fixture, NULL, TRUE);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture.confirm)) == find_button (&fixture, "Cancel"));
  gtk_widget_activate_default (GTK_WIDGET (fixture.confirm));
  expect (&fixture, REFILLS_CONFIRM_CANCEL);
}

static void
test_told (void)
{
  Fixture fixture = { 0 };

  ask (&fixture, "Show That Order", TRUE);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture.confirm), GTK_ACCESSIBLE_ROLE_ALERT_DIALOG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture.confirm), GTK_ACCESSIBLE_PROPERTY_LABEL, LONG_TITLE);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture.confirm), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "A new order replaces it.");
  g_assert_cmpint (refills_widget_test_min_width (GTK_WIDGET (fixture.confirm)), <=, 360);
  refills_widget_test_save (GTK_WIDGET (fixture.confirm), "confirm");
  press (&fixture, "Cancel");
  expect (&fixture, REFILLS_CONFIRM_CANCEL);
}

int
main (int   argc,
      char *argv[])
{
  refills_widget_test_init (&argc, &argv);

  g_test_add_func ("/ui/confirm/answers", test_answers);
  g_test_add_func ("/ui/confirm/closing-cancels", test_closing_cancels);
  g_test_add_func ("/ui/confirm/enter-is-harmless", test_enter_is_harmless);
  g_test_add_func ("/ui/confirm/told", test_told);

  return g_test_run ();
}
