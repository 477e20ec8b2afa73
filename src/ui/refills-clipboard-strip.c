/* refills-clipboard-strip.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsClipboardStrip:
 *
 * Warns where something else that could be paid to has come into the clipboard after a payment's text was copied: some
 * programs put their own address in place of one that they find there.
 *
 * Owns the texts of its payment. It looks once something of the payment was copied, by a button or by the keys for a
 * selection, when the clipboard changes and when the window gets the focus, for as long as it is on the page. Before
 * that it reads nothing but what this program itself put there. What it reads it neither keeps nor logs, and it minds
 * nothing that is no address, invoice or payment request.
 */

#include "config.h"

#include "refills-clipboard-strip.h"

#include "refills-clipboard.h"
#include "refills-payment-uri.h"
#include "refills-strip.h"

#include <glib/gi18n.h>

#include <string.h>

/* Bytes. No payment request is as long: the longest is a Lightning invoice. */
#define LONGEST 4096

struct _RefillsClipboardStrip
{
  AdwBin         parent_instance;

  GtkWidget     *strip;
  char          *copied; /* the last that was; NULL before */

  char         **own_texts;
  GdkClipboard  *clipboard; /* of the window it stands in, or NULL */
  GtkWidget     *window;    /* the one it stands in, or NULL; weak */
  GCancellable  *cancellable;
};

G_DEFINE_FINAL_TYPE (RefillsClipboardStrip, refills_clipboard_strip, ADW_TYPE_BIN)

static gboolean
is_own (RefillsClipboardStrip *self,
        const char            *text)
{
  return g_strv_contains ((const char * const *) self->own_texts, text);
}

static gboolean
is_other_payee (RefillsClipboardStrip *self,
                const char            *text)
{
  g_autofree char *bare = NULL;

  if (text == NULL || strlen (text) > LONGEST)
    return FALSE;

  /* As it is pasted: a line end that came along is taken off by what it is pasted into. */
  bare = g_strstrip (g_strdup (text));
  if (is_own (self, bare))
    return FALSE;

  return refills_payment_text_is_payable (bare);
}

static void
read_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (RefillsClipboardStrip) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);

  /* What is no text is no address; a newer look has its own answer. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_object_set (self->strip, "text",
                is_other_payee (self, text)
                  ? _("The clipboard now holds another address. Check the address before you pay.") : NULL, NULL);
}

static void
look (RefillsClipboardStrip *self)
{
  if (self->copied == NULL || self->window == NULL || !gtk_window_is_active (GTK_WINDOW (self->window)))
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gdk_clipboard_read_text_async (self->clipboard, self->cancellable, read_ready_cb, g_object_ref (self));
}

/* What this program put into the clipboard; NULL where another did, whose text is not asked for. */
static char *
dup_local_text (GdkClipboard *clipboard)
{
  GdkContentProvider *content = gdk_clipboard_is_local (clipboard) ? gdk_clipboard_get_content (clipboard) : NULL;
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  if (content == NULL || !gdk_content_provider_get_value (content, &value, NULL))
    return NULL;

  return g_value_dup_string (&value);
}

static void
changed_cb (RefillsClipboardStrip *self)
{
  g_autofree char *text = dup_local_text (self->clipboard);

  if (text != NULL && is_own (self, text))
    refills_clipboard_strip_watch (self, text);
  else
    look (self);
}

static void
copy_again_cb (RefillsClipboardStrip *self)
{
  g_autofree char *text = g_strdup (self->copied); /* which is replaced as the clipboard changes */

  refills_clipboard_copy (GTK_WIDGET (self), text);
  g_object_set (self->strip, "text", NULL, NULL);
  look (self);
}

static void
refills_clipboard_strip_root (GtkWidget *widget)
{
  RefillsClipboardStrip *self = REFILLS_CLIPBOARD_STRIP (widget);

  GTK_WIDGET_CLASS (refills_clipboard_strip_parent_class)->root (widget);

  self->clipboard = g_object_ref (gtk_widget_get_clipboard (widget));
  g_signal_connect_object (self->clipboard, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  if (GTK_IS_WINDOW (gtk_widget_get_root (widget))) {
    g_set_weak_pointer (&self->window, GTK_WIDGET (gtk_widget_get_root (widget)));
    g_signal_connect_object (self->window, "notify::is-active", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  }
}

static void
refills_clipboard_strip_unroot (GtkWidget *widget)
{
  RefillsClipboardStrip *self = REFILLS_CLIPBOARD_STRIP (widget);

  if (self->window != NULL)
    g_signal_handlers_disconnect_by_func (self->window, look, self);
  g_clear_weak_pointer (&self->window);
  g_cancellable_cancel (self->cancellable);
  g_signal_handlers_disconnect_by_func (self->clipboard, changed_cb, self);
  g_clear_object (&self->clipboard);

  GTK_WIDGET_CLASS (refills_clipboard_strip_parent_class)->unroot (widget);
}

static void
refills_clipboard_strip_dispose (GObject *object)
{
  RefillsClipboardStrip *self = REFILLS_CLIPBOARD_STRIP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->clipboard);
  g_clear_weak_pointer (&self->window);

  G_OBJECT_CLASS (refills_clipboard_strip_parent_class)->dispose (object);
}

static void
refills_clipboard_strip_finalize (GObject *object)
{
  g_clear_pointer (&REFILLS_CLIPBOARD_STRIP (object)->own_texts, g_strfreev);
  g_clear_pointer (&REFILLS_CLIPBOARD_STRIP (object)->copied, g_free);

  G_OBJECT_CLASS (refills_clipboard_strip_parent_class)->finalize (object);
}

static void
refills_clipboard_strip_class_init (RefillsClipboardStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = refills_clipboard_strip_dispose;
  object_class->finalize = refills_clipboard_strip_finalize;
  widget_class->root = refills_clipboard_strip_root;
  widget_class->unroot = refills_clipboard_strip_unroot;
}

static void
refills_clipboard_strip_init (RefillsClipboardStrip *self)
{
  self->strip = g_object_new (REFILLS_TYPE_STRIP, "button-label", _("Copy Again"), NULL);
  g_signal_connect_object (self->strip, "activated", G_CALLBACK (copy_again_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), self->strip);
  g_object_bind_property (self->strip, "visible", self, "visible", G_BINDING_SYNC_CREATE);
}

/**
 * refills_clipboard_strip_new:
 * @own_texts: every text that the payment itself may be copied as
 *
 * Makes the strip, without a warning. It reads nothing of another program's before one of @own_texts was copied, or
 * [func@watch].
 *
 * Returns: (transfer floating): the strip
 */
GtkWidget *
refills_clipboard_strip_new (const char * const *own_texts)
{
  RefillsClipboardStrip *self = g_object_new (REFILLS_TYPE_CLIPBOARD_STRIP, NULL);

  self->own_texts = g_strdupv ((char **) own_texts);

  return GTK_WIDGET (self);
}

/**
 * refills_clipboard_strip_watch:
 * @self: a strip
 * @text: what was copied
 *
 * Something of the payment was copied just now: a warning goes, and the clipboard is watched from here on.
 */
void
refills_clipboard_strip_watch (RefillsClipboardStrip *self,
                               const char            *text)
{
  g_return_if_fail (REFILLS_IS_CLIPBOARD_STRIP (self));
  g_return_if_fail (text != NULL);

  g_clear_pointer (&self->copied, g_free);
  self->copied = g_strdup (text);

  g_object_set (self->strip, "text", NULL, NULL);
  look (self);
}
