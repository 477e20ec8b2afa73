/* refills-passphrase-window.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsPassphraseWindow:
 *
 * Asks for the recovery passphrase: twice to set one, once to open the orders by it.
 *
 * Hands what was typed to the vault and keeps it nowhere. What is wrong stands below the field it is wrong with.
 * Closing it calls off what it began.
 */

#include "config.h"

#include "refills-passphrase-window.h"

#include "refills-error.h"
#include "refills-field-note.h"

#include <glib/gi18n.h>

struct _RefillsPassphraseWindow {
  AdwWindow         parent_instance;

  GtkLabel         *text_label;
  AdwEntryRow      *passphrase_row;
  RefillsFieldNote *passphrase_note;
  AdwEntryRow      *again_row;
  RefillsFieldNote *again_note;
  GtkButton        *accept_button;
  GtkSpinner       *spinner;

  RefillsVault     *vault;
  GCancellable     *cancellable;
  gboolean          recovers;
  gboolean          busy;
};

G_DEFINE_FINAL_TYPE (RefillsPassphraseWindow, refills_passphrase_window, ADW_TYPE_WINDOW)

enum {
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_busy (RefillsPassphraseWindow *self,
          gboolean                 busy)
{
  self->busy = busy;
  /* Not insensitive: GTK 4.8 warns of a field that loses the focus so. */
  gtk_editable_set_editable (GTK_EDITABLE (self->passphrase_row), !busy);
  gtk_editable_set_editable (GTK_EDITABLE (self->again_row), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->accept_button), !busy);
  /* The spinner takes the place of the words, which stay the button's name. */
  if (busy)
    gtk_widget_add_css_class (GTK_WIDGET (self->accept_button), "busy");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->accept_button), "busy");
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}

static void
complain (AdwEntryRow      *row,
          RefillsFieldNote *note,
          const char       *text)
{
  refills_field_note_set_complaint (note, text);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
changed_cb (RefillsPassphraseWindow *self)
{
  refills_field_note_set_complaint (self->passphrase_note, NULL);
  refills_field_note_set_complaint (self->again_note, NULL);
}

static gboolean
check (RefillsPassphraseWindow *self)
{
  const char *passphrase = gtk_editable_get_text (GTK_EDITABLE (self->passphrase_row));

  if (self->recovers) {
    if (*passphrase == '\0')
      complain (self->passphrase_row, self->passphrase_note, _("Enter your recovery passphrase"));
    return *passphrase != '\0';
  }
  if (g_utf8_strlen (passphrase, -1) < REFILLS_VAULT_MIN_PASSPHRASE) {
    g_autofree char *text = g_strdup_printf (ngettext ("Use at least %u character", "Use at least %u characters",
                                                       REFILLS_VAULT_MIN_PASSPHRASE),
                                             REFILLS_VAULT_MIN_PASSPHRASE);

    complain (self->passphrase_row, self->passphrase_note, text);
    return FALSE;
  }
  if (g_strcmp0 (passphrase, gtk_editable_get_text (GTK_EDITABLE (self->again_row))) != 0) {
    complain (self->again_row, self->again_note, _("This is not the same passphrase"));
    return FALSE;
  }

  return TRUE;
}

static void
ready_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (RefillsPassphraseWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = refills_vault_finish (REFILLS_VAULT (source), result, &error);

  /* Closed meanwhile: nobody is left to tell, but what was done is done. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (!done) {
    g_message ("The recovery passphrase is not taken: %s", error->message);
    set_busy (self, FALSE);
    complain (self->passphrase_row, self->passphrase_note, refills_error_to_text (error));
    gtk_editable_select_region (GTK_EDITABLE (self->passphrase_row), 0, -1);
    return;
  }

  g_signal_emit (self, signals[DONE], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
accept_cb (RefillsPassphraseWindow *self)
{
  const char *passphrase = gtk_editable_get_text (GTK_EDITABLE (self->passphrase_row));

  if (self->busy || !check (self))
    return;

  changed_cb (self);
  set_busy (self, TRUE);
  if (self->recovers)
    refills_vault_recover_async (self->vault, passphrase, self->cancellable, ready_cb, g_object_ref (self));
  else
    refills_vault_set_recovery_async (self->vault, passphrase, self->cancellable, ready_cb, g_object_ref (self));
}

static void
name_entry (AdwEntryRow *row)
{
  /* What has a name of its own is the text inside the row. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);
}

static gboolean
refills_passphrase_window_close_request (GtkWindow *window)
{
  g_cancellable_cancel (REFILLS_PASSPHRASE_WINDOW (window)->cancellable);

  return GTK_WINDOW_CLASS (refills_passphrase_window_parent_class)->close_request (window);
}

static void
refills_passphrase_window_dispose (GObject *object)
{
  RefillsPassphraseWindow *self = REFILLS_PASSPHRASE_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->vault);

  G_OBJECT_CLASS (refills_passphrase_window_parent_class)->dispose (object);
}

static void
refills_passphrase_window_class_init (RefillsPassphraseWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = refills_passphrase_window_dispose;
  GTK_WINDOW_CLASS (class)->close_request = refills_passphrase_window_close_request;

  /**
   * RefillsPassphraseWindow::done:
   *
   * The passphrase is set, or the orders are open.
   */
  signals[DONE] =
    g_signal_new ("done", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (REFILLS_TYPE_FIELD_NOTE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-passphrase-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsPassphraseWindow, text_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsPassphraseWindow, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsPassphraseWindow, passphrase_note);
  gtk_widget_class_bind_template_child (widget_class, RefillsPassphraseWindow, again_row);
  gtk_widget_class_bind_template_child (widget_class, RefillsPassphraseWindow, again_note);
  gtk_widget_class_bind_template_child (widget_class, RefillsPassphraseWindow, accept_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsPassphraseWindow, spinner);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
refills_passphrase_window_init (RefillsPassphraseWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  refills_field_note_set_field (self->passphrase_note, self->passphrase_row);
  refills_field_note_set_field (self->again_note, self->again_row);
  name_entry (self->passphrase_row);
  name_entry (self->again_row);
}

/**
 * refills_passphrase_window_new_to_set:
 * @parent: the window it belongs to
 * @vault: an open vault
 *
 * Makes the window that sets the recovery passphrase, in place of one that there was.
 *
 * Returns: (transfer none): a modal window, which GTK owns
 */
RefillsPassphraseWindow *
refills_passphrase_window_new_to_set (GtkWindow    *parent,
                                      RefillsVault *vault)
{
  RefillsPassphraseWindow *self = g_object_new (REFILLS_TYPE_PASSPHRASE_WINDOW, "transient-for", parent, NULL);
  g_autofree char *rule = g_strdup_printf (ngettext ("At least %u character", "At least %u characters",
                                                     REFILLS_VAULT_MIN_PASSPHRASE),
                                           REFILLS_VAULT_MIN_PASSPHRASE);

  self->vault = g_object_ref (vault);
  gtk_label_set_text (self->text_label,
                      refills_vault_has_recovery (vault)
                        ? _("Choose a new passphrase. The one you had stops working.")
                        : _("If this computer loses the key to your orders, this passphrase opens them and their "
                            "codes. Keep it somewhere else: nobody can give it back to you."));
  refills_field_note_set_hint (self->passphrase_note, rule);

  return self;
}

/**
 * refills_passphrase_window_new_to_recover:
 * @parent: the window it belongs to
 * @vault: a locked vault
 *
 * Makes the window that opens the orders by the recovery passphrase.
 *
 * Returns: (transfer none): a modal window, which GTK owns
 */
RefillsPassphraseWindow *
refills_passphrase_window_new_to_recover (GtkWindow    *parent,
                                          RefillsVault *vault)
{
  RefillsPassphraseWindow *self = g_object_new (REFILLS_TYPE_PASSPHRASE_WINDOW, "transient-for", parent, NULL);

  self->vault = g_object_ref (vault);
  self->recovers = TRUE;
  gtk_window_set_title (GTK_WINDOW (self), _("Unlock Orders"));
  gtk_label_set_text (self->text_label, _("Enter the passphrase that you chose when you set up recovery."));
  gtk_button_set_label (self->accept_button, _("Unlock"));
  gtk_widget_set_visible (GTK_WIDGET (self->again_row), FALSE);

  return self;
}
