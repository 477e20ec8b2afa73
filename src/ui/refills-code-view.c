/* refills-code-view.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsCodeView:
 *
 * The QR code of a payment, to be scanned, enlarged or saved as a picture.
 *
 * Owns the code of the text it was given last, and the window that enlarges it, which goes with it. It never makes or
 * changes a text.
 */

#include "config.h"

#include "refills-code-view.h"

#include "refills-qr-file.h"
#include "refills-qr-picture.h"
#include "refills-qr-window.h"
#include "refills-strip.h"
#include "refills-width-first.h"

#include <glib/gi18n.h>

struct _RefillsCodeView
{
  AdwBin                parent_instance;

  RefillsQrPaintable   *qr;
  char                 *summary; /* "11.47 USDC on Solana" */
  char                 *holds;   /* what the code says, in words */
  gboolean              is_practice;

  GtkFileChooserNative *chooser;
  RefillsQrWindow      *window;  /* weak; NULL while it is closed */
  GCancellable         *cancellable;

  GtkWidget            *practice_label;
  GtkWidget            *picture;
  GtkWidget            *save_button;
  GtkLabel             *holds_label;
  GtkWidget            *strip;
};

G_DEFINE_FINAL_TYPE (RefillsCodeView, refills_code_view, ADW_TYPE_BIN)

static void
enlarge_cb (RefillsCodeView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->window != NULL || !GTK_IS_WINDOW (root))
    return;

  g_set_weak_pointer (&self->window, refills_qr_window_new (GTK_WINDOW (root), self->is_practice));
  refills_qr_window_set_code (self->window, self->qr, self->summary, self->holds);
  gtk_window_present (GTK_WINDOW (self->window));
}

static const char *
describe_failure (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return _("The picture could not be saved: there is no space left.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY))
    return _("The picture could not be saved: nothing may be written there. Choose another folder.");

  return _("The picture could not be saved. Choose another folder.");
}

static void
saved_ready_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (RefillsCodeView) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = refills_qr_file_save_finish (REFILLS_QR_PAINTABLE (source), result, &error);
  GtkWidget *overlay;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gtk_widget_set_sensitive (self->save_button, TRUE);
  if (!saved) {
    g_message ("A QR code cannot be saved: error %d of %s", error->code, g_quark_to_string (error->domain));
    g_object_set (self->strip, "text", describe_failure (error), NULL);
    return;
  }

  overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (_("Picture saved")));
}

static void
chosen_cb (RefillsCodeView *self,
           int              response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))
                                                           : NULL;

  if (file == NULL)
    return;

  gtk_widget_set_sensitive (self->save_button, FALSE);
  refills_qr_file_save_async (self->qr, file, self->cancellable, saved_ready_cb, g_object_ref (self));
}

static void
save_cb (RefillsCodeView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GtkFileFilter) filter = NULL;

  if (self->chooser != NULL || !GTK_IS_WINDOW (root))
    return;

  g_object_set (self->strip, "text", NULL, NULL);
  self->chooser = gtk_file_chooser_native_new (_("Save QR Code"), GTK_WINDOW (root), GTK_FILE_CHOOSER_ACTION_SAVE,
                                               NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  /* Translators: the name of a file, without spaces */
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), _("payment-code.png"));
  filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, _("PNG pictures"));
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* What shows the code elsewhere, or would. */
static void
withdraw (RefillsCodeView *self)
{
  g_cancellable_cancel (self->cancellable);
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_weak_pointer (&self->window);
}

/* It is taken away once what it shows may not be paid any more. A picture that is being written may hold it for as long
 * as a disk likes. */
static void
refills_code_view_unroot (GtkWidget *widget)
{
  withdraw (REFILLS_CODE_VIEW (widget));

  GTK_WIDGET_CLASS (refills_code_view_parent_class)->unroot (widget);
}

static void
refills_code_view_dispose (GObject *object)
{
  RefillsCodeView *self = REFILLS_CODE_VIEW (object);

  withdraw (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->qr);

  G_OBJECT_CLASS (refills_code_view_parent_class)->dispose (object);
}

static void
refills_code_view_finalize (GObject *object)
{
  RefillsCodeView *self = REFILLS_CODE_VIEW (object);

  g_clear_pointer (&self->summary, g_free);
  g_clear_pointer (&self->holds, g_free);

  G_OBJECT_CLASS (refills_code_view_parent_class)->finalize (object);
}

static void
refills_code_view_class_init (RefillsCodeViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = refills_code_view_dispose;
  object_class->finalize = refills_code_view_finalize;
  widget_class->unroot = refills_code_view_unroot;

  g_type_ensure (REFILLS_TYPE_QR_PICTURE);
  g_type_ensure (REFILLS_TYPE_STRIP);
  g_type_ensure (REFILLS_TYPE_WIDTH_FIRST);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-code-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsCodeView, practice_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsCodeView, picture);
  gtk_widget_class_bind_template_child (widget_class, RefillsCodeView, save_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsCodeView, holds_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsCodeView, strip);
  gtk_widget_class_bind_template_callback (widget_class, enlarge_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
refills_code_view_init (RefillsCodeView *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_code_view_new:
 * @is_practice: whether nothing of it is real, which the frame of the code then says
 * @summary: what is to be paid, for people: "11.47 USDC on Solana"
 *
 * Makes the view, without a code yet.
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
refills_code_view_new (gboolean    is_practice,
                       const char *summary)
{
  RefillsCodeView *self = g_object_new (REFILLS_TYPE_CODE_VIEW, NULL);

  self->is_practice = is_practice;
  self->summary = g_strdup (summary);
  gtk_widget_set_visible (self->practice_label, is_practice);

  return GTK_WIDGET (self);
}

/**
 * refills_code_view_set_code:
 * @self: a view
 * @text: what the code is to say, byte for byte
 * @holds: what that is, in a sentence: "This code holds address and amount."
 *
 * Shows the code of a text, in place of another; also where it is enlarged.
 */
void
refills_code_view_set_code (RefillsCodeView *self,
                            const char      *text,
                            const char      *holds)
{
  g_return_if_fail (REFILLS_IS_CODE_VIEW (self));
  g_return_if_fail (text != NULL && holds != NULL);

  g_clear_object (&self->qr);
  self->qr = refills_qr_paintable_new (text);
  g_clear_pointer (&self->holds, g_free);
  self->holds = g_strdup (holds);

  g_object_set (self->picture, "qr", self->qr, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, holds, -1);
  gtk_label_set_text (self->holds_label, holds);
  if (self->window != NULL)
    refills_qr_window_set_code (self->window, self->qr, self->summary, self->holds);
}
