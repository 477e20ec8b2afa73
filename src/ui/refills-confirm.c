/* refills-confirm.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsConfirm:
 *
 * One question before something that cannot be taken back, with its answers below each other, so that they fit
 * the narrowest window in every language.
 *
 * Answers once, by a signal, and goes away by that. Escape and closing it are Cancel; Enter is what has the focus,
 * which is the harmless answer until another is chosen: a second Enter that was meant for the page below does no harm.
 */

#include "config.h"

#include "refills-confirm.h"

struct _RefillsConfirm {
  AdwWindow  parent_instance;

  GtkLabel  *title_label;
  GtkLabel  *body_label;
  GtkButton *look_button;
  GtkButton *cancel_button;
  GtkButton *go_button;

  gboolean   is_answered;
};

G_DEFINE_ENUM_TYPE (RefillsConfirmAnswer, refills_confirm_answer,
  G_DEFINE_ENUM_VALUE (REFILLS_CONFIRM_CANCEL, "cancel"),
  G_DEFINE_ENUM_VALUE (REFILLS_CONFIRM_LOOK, "look"),
  G_DEFINE_ENUM_VALUE (REFILLS_CONFIRM_GO, "go"))

G_DEFINE_FINAL_TYPE (RefillsConfirm, refills_confirm, ADW_TYPE_WINDOW)

enum { ANSWERED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
answer (RefillsConfirm       *self,
        RefillsConfirmAnswer  what)
{
  g_autoptr (RefillsConfirm) kept = g_object_ref (self);

  if (self->is_answered)
    return;

  self->is_answered = TRUE;
  /* Out of the way of what the answer shows; destroyed after it, since that ends the signal's handlers. */
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_emit (self, signals[ANSWERED], 0, what);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
look_cb (RefillsConfirm *self)
{
  answer (self, REFILLS_CONFIRM_LOOK);
}

static void
cancel_cb (RefillsConfirm *self)
{
  answer (self, REFILLS_CONFIRM_CANCEL);
}

static void
go_cb (RefillsConfirm *self)
{
  answer (self, REFILLS_CONFIRM_GO);
}

static gboolean
refills_confirm_close_request (GtkWindow *window)
{
  answer (REFILLS_CONFIRM (window), REFILLS_CONFIRM_CANCEL);

  return TRUE; /* it is destroyed by now */
}

/* A button's own label does not wrap. */
static void
set_label (GtkButton  *button,
           const char *text)
{
  GtkWidget *label = NULL;

  gtk_button_set_label (button, text);
  label = gtk_button_get_child (button);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
}

static void
refills_confirm_class_init (RefillsConfirmClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  GTK_WINDOW_CLASS (class)->close_request = refills_confirm_close_request;

  /**
   * RefillsConfirm::answered:
   * @answer: a #RefillsConfirmAnswer
   *
   * Emitted once, when the window is hidden already.
   */
  signals[ANSWERED] =
    g_signal_new ("answered", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, REFILLS_TYPE_CONFIRM_ANSWER);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/refills/Refills/ui/refills-confirm.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsConfirm, title_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsConfirm, body_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsConfirm, look_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsConfirm, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsConfirm, go_button);
  gtk_widget_class_bind_template_callback (widget_class, look_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
refills_confirm_init (RefillsConfirm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_confirm_new:
 * @parent: (nullable): the window it is asked in, which waits for the answer
 * @text: what is asked
 *
 * Makes a question. It goes with its parent, unanswered.
 *
 * Returns: (transfer none): a modal window, not shown yet, which GTK owns
 */
RefillsConfirm *
refills_confirm_new (GtkWindow                *parent,
                     const RefillsConfirmText *text)
{
  RefillsConfirm *self =
    g_object_new (REFILLS_TYPE_CONFIRM, "transient-for", parent, "title", text->title, NULL);
  GtkWidget *harmless = GTK_WIDGET (text->look != NULL ? self->look_button : self->cancel_button);

  gtk_label_set_text (self->title_label, text->title);
  gtk_label_set_text (self->body_label, text->body);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text->title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text->body, -1);
  if (text->look != NULL)
    set_label (self->look_button, text->look);
  gtk_widget_set_visible (GTK_WIDGET (self->look_button), text->look != NULL);
  set_label (self->go_button, text->go);
  gtk_widget_add_css_class (GTK_WIDGET (self->go_button),
                            text->is_destructive ? "destructive-action" : "suggested-action");
  gtk_window_set_default_widget (GTK_WINDOW (self), harmless);
  gtk_window_set_focus (GTK_WINDOW (self), harmless);

  return self;
}
