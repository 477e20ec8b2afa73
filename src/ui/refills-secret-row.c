/* refills-secret-row.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsSecretRow:
 *
 * A code, link, serial, security code or eSIM of one delivery: hidden until asked for, copied
 * without being shown.
 *
 * Holds the text only while it is revealed. It never reads the text as markup and never groups,
 * trims or corrects it; a link is opened only on its own button, below the name of its host.
 */

#include "config.h"

#include "refills-secret-row.h"

#include "refills-clipboard.h"
#include "refills-error.h"
#include "refills-esim-sheet.h"

#include <glib/gi18n.h>

#define HIDDEN_TEXT "••••••••"

struct _RefillsSecretRow
{
  AdwPreferencesRow  parent_instance;

  RefillsShop       *shop;
  RefillsOrder      *order;
  guint              delivery;
  RefillsSecret      secret;
  GCancellable      *cancellable;
  GtkWidget         *focused_button; /* one of the two, or NULL */
  char              *text; /* NULL while hidden */

  GtkLabel          *value_label;
  GtkLabel          *error_label;
  GtkLabel          *host_label;
  GtkLabel          *reveal_label;
  GtkLabel          *copy_label;
  GtkWidget         *reveal_button;
  GtkWidget         *copy_button;
  GtkSpinner        *spinner;
  GtkWidget         *link_box;
  AdwBin            *esim_place;
};

G_DEFINE_FINAL_TYPE (RefillsSecretRow, refills_secret_row, ADW_TYPE_PREFERENCES_ROW)

typedef struct {
  const char *title;
  const char *later_title;
  const char *reveal;
  const char *hide;
  const char *copy;
} Words;

static const Words words[REFILLS_N_SECRETS / REFILLS_SECRET_MAX_TEXTS] = {
  [REFILLS_SECRET_CODE / REFILLS_SECRET_MAX_TEXTS] = {
    NC_("secret", "Code"), NC_("secret", "Another Code"),
    N_("Reveal Code"), N_("Hide Code"), N_("Copy Code"),
  },
  [REFILLS_SECRET_LINK / REFILLS_SECRET_MAX_TEXTS] = {
    NC_("secret", "Link"), NC_("secret", "Another Link"),
    N_("Reveal Link"), N_("Hide Link"), N_("Copy Link"),
  },
  [REFILLS_SECRET_SERIAL / REFILLS_SECRET_MAX_TEXTS] = {
    NC_("secret", "Serial"), NC_("secret", "Another Serial"),
    N_("Reveal Serial"), N_("Hide Serial"), N_("Copy Serial"),
  },
  [REFILLS_SECRET_SECURITY_CODE / REFILLS_SECRET_MAX_TEXTS] = {
    NC_("secret", "Security Code"), NC_("secret", "Another Security Code"),
    N_("Reveal Security Code"), N_("Hide Security Code"), N_("Copy Security Code"),
  },
  [REFILLS_SECRET_ESIM / REFILLS_SECRET_MAX_TEXTS] = {
    NC_("secret", "eSIM Code"), NC_("secret", "Another eSIM Code"),
    N_("Show eSIM Code"), N_("Hide eSIM Code"), N_("Copy eSIM Code"),
  },
  [REFILLS_SECRET_INSTALL_LINK / REFILLS_SECRET_MAX_TEXTS] = {
    NC_("secret", "Installation Page"), NC_("secret", "Another Installation Page"),
    N_("Reveal Link"), N_("Hide Link"), N_("Copy Link"),
  },
  [REFILLS_SECRET_APPLE_LINK / REFILLS_SECRET_MAX_TEXTS] = {
    NC_("secret", "Link for an iPhone"), NC_("secret", "Another Link for an iPhone"),
    N_("Reveal Link"), N_("Hide Link"), N_("Copy Link"),
  },
  [REFILLS_SECRET_ANDROID_LINK / REFILLS_SECRET_MAX_TEXTS] = {
    NC_("secret", "Link for an Android Phone"), NC_("secret", "Another Link for an Android Phone"),
    N_("Reveal Link"), N_("Hide Link"), N_("Copy Link"),
  },
  [REFILLS_SECRET_BARCODE_LINK / REFILLS_SECRET_MAX_TEXTS] = {
    NC_("secret", "Barcode at the Service"), NC_("secret", "Barcode at the Service"),
    N_("Reveal Link"), N_("Hide Link"), N_("Copy Link"),
  },
  [REFILLS_SECRET_QR_LINK / REFILLS_SECRET_MAX_TEXTS] = {
    NC_("secret", "QR Code at the Service"), NC_("secret", "QR Code at the Service"),
    N_("Reveal Link"), N_("Hide Link"), N_("Copy Link"),
  },
};

static const Words *
get_words (RefillsSecret secret)
{
  return &words[secret / REFILLS_SECRET_MAX_TEXTS];
}

static gboolean
is_link (RefillsSecret secret)
{
  switch ((guint) (secret - secret % REFILLS_SECRET_MAX_TEXTS)) {
  case REFILLS_SECRET_LINK:
  case REFILLS_SECRET_INSTALL_LINK:
  case REFILLS_SECRET_APPLE_LINK:
  case REFILLS_SECRET_ANDROID_LINK:
  case REFILLS_SECRET_BARCODE_LINK:
  case REFILLS_SECRET_QR_LINK:
    return TRUE;
  default:
    return FALSE;
  }
}

static void
show_error (RefillsSecretRow *self,
            const char       *text)
{
  gtk_label_set_text (self->error_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), text != NULL);
}

static void
set_busy (RefillsSecretRow *self,
          gboolean          busy)
{
  if (busy)
    self->focused_button = gtk_widget_has_focus (self->reveal_button) ? self->reveal_button
                           : gtk_widget_has_focus (self->copy_button) ? self->copy_button : NULL;
  gtk_widget_set_sensitive (self->reveal_button, !busy);
  gtk_widget_set_sensitive (self->copy_button, !busy);
  /* An insensitive button loses the focus to nothing, and the keyboard with it. */
  if (!busy && self->focused_button != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL
      && gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))) == NULL)
    gtk_widget_grab_focus (self->focused_button);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}

/* A button with a label inside, so that it can wrap, has no name by itself. */
static void
name_button (GtkWidget  *button,
             GtkLabel   *label,
             const char *name)
{
  gtk_label_set_text (label, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_text (RefillsSecretRow *self,
          const char       *text)
{
  g_autofree char *host = NULL;
  g_autofree char *sentence = NULL;
  GtkWidget *sheet = NULL;

  g_clear_pointer (&self->text, g_free);
  self->text = g_strdup (text);

  gtk_label_set_text (self->value_label, text != NULL ? text : HIDDEN_TEXT);
  gtk_label_set_selectable (self->value_label, text != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->value_label), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text != NULL ? text : C_("secret", "Hidden"), -1);
  name_button (self->reveal_button, self->reveal_label,
               _(text != NULL ? get_words (self->secret)->hide : get_words (self->secret)->reveal));

  if (text != NULL && is_link (self->secret))
    host = refills_secret_row_find_host (text);
  if (host != NULL) {
    /* Translators: %s is the name of a web server */
    sentence = g_strdup_printf (_("This link leads to %s"), host);
    gtk_label_set_text (self->host_label, sentence);
  }
  gtk_widget_set_visible (self->link_box, host != NULL);

  if (text != NULL && self->secret - self->secret % REFILLS_SECRET_MAX_TEXTS == REFILLS_SECRET_ESIM)
    sheet = refills_esim_sheet_new (text);
  adw_bin_set_child (self->esim_place, sheet);
  gtk_widget_set_visible (GTK_WIDGET (self->esim_place), sheet != NULL);
}

static void
reveal_ready_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (RefillsSecretRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = refills_shop_reveal_finish (REFILLS_SHOP (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_busy (self, FALSE);
  if (text == NULL) {
    g_message ("A delivery cannot be opened: %s", error->message);
    show_error (self, refills_error_to_text (error));
    return;
  }
  set_text (self, text);
}

static void
copy_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (RefillsSecretRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = refills_shop_reveal_finish (REFILLS_SHOP (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_busy (self, FALSE);
  if (text == NULL) {
    g_message ("A delivery cannot be opened: %s", error->message);
    show_error (self, refills_error_to_text (error));
    return;
  }
  refills_clipboard_copy (GTK_WIDGET (self), text);
}

static void
ask (RefillsSecretRow    *self,
     GAsyncReadyCallback  callback)
{
  show_error (self, NULL);
  set_busy (self, TRUE);
  refills_shop_reveal_async (self->shop, self->order, self->delivery, self->secret,
                             self->cancellable, callback, g_object_ref (self));
}

static void
reveal_clicked_cb (RefillsSecretRow *self)
{
  if (self->text != NULL)
    set_text (self, NULL);
  else
    ask (self, reveal_ready_cb);
}

static void
copy_clicked_cb (RefillsSecretRow *self)
{
  if (self->text != NULL)
    refills_clipboard_copy (GTK_WIDGET (self), self->text);
  else
    ask (self, copy_ready_cb);
}

static void
open_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (RefillsSecretRow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, &error))
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_message ("A link cannot be opened: %s", error->message);
  show_error (self, _("The link cannot be opened. Copy it and open it in a browser."));
}

static void
open_clicked_cb (RefillsSecretRow *self)
{
  g_autoptr (GdkAppLaunchContext) context = NULL;

  if (self->text == NULL)
    return;

  show_error (self, NULL);
  context = gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (self)));
  g_app_info_launch_default_for_uri_async (self->text, G_APP_LAUNCH_CONTEXT (context),
                                           self->cancellable, open_ready_cb, g_object_ref (self));
}

static void
refills_secret_row_dispose (GObject *object)
{
  RefillsSecretRow *self = REFILLS_SECRET_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->shop);
  g_clear_object (&self->order);

  G_OBJECT_CLASS (refills_secret_row_parent_class)->dispose (object);
}

static void
refills_secret_row_finalize (GObject *object)
{
  RefillsSecretRow *self = REFILLS_SECRET_ROW (object);

  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (refills_secret_row_parent_class)->finalize (object);
}

static void
refills_secret_row_class_init (RefillsSecretRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = refills_secret_row_dispose;
  object_class->finalize = refills_secret_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-secret-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsSecretRow, value_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsSecretRow, error_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsSecretRow, host_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsSecretRow, reveal_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsSecretRow, copy_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsSecretRow, reveal_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsSecretRow, copy_button);
  gtk_widget_class_bind_template_child (widget_class, RefillsSecretRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, RefillsSecretRow, link_box);
  gtk_widget_class_bind_template_child (widget_class, RefillsSecretRow, esim_place);
  gtk_widget_class_bind_template_callback (widget_class, reveal_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
}

static void
refills_secret_row_init (RefillsSecretRow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_direction (GTK_WIDGET (self->value_label), GTK_TEXT_DIR_LTR);
}

/**
 * refills_secret_row_new:
 * @shop: the shop that opens it
 * @order: the order
 * @delivery: which of its deliveries
 * @secret: which of the delivery's secrets
 *
 * Makes a row with the secret hidden.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
refills_secret_row_new (RefillsShop   *shop,
                        RefillsOrder  *order,
                        guint          delivery,
                        RefillsSecret  secret)
{
  RefillsSecretRow *self;
  const char *title;

  g_return_val_if_fail (REFILLS_IS_ORDER (order), NULL);
  g_return_val_if_fail (secret < REFILLS_N_SECRETS, NULL);

  title = refills_secret_row_name (secret);
  self = g_object_new (REFILLS_TYPE_SECRET_ROW, "title", title, NULL);
  g_set_object (&self->shop, shop);
  self->order = g_object_ref (order);
  self->delivery = delivery;
  self->secret = secret;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  name_button (self->copy_button, self->copy_label, _(get_words (secret)->copy));
  set_text (self, NULL);

  return GTK_WIDGET (self);
}

/**
 * refills_secret_row_name:
 * @secret: one of a delivery's secrets
 *
 * Returns: what it is called
 */
const char *
refills_secret_row_name (RefillsSecret secret)
{
  g_return_val_if_fail (secret < REFILLS_N_SECRETS, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "secret",
                       secret % REFILLS_SECRET_MAX_TEXTS == 0 ? get_words (secret)->title
                                                              : get_words (secret)->later_title);
}

/**
 * refills_secret_row_find_host:
 * @link: what the service calls a link
 *
 * Finds the server a link leads to, as a browser would: what stands before an `@` is not it
 * (RFC 3986, section 3.2).
 *
 * Returns: (transfer full) (nullable): the host, or `NULL` where @link is not a whole `https:` URI
 */
char *
refills_secret_row_find_host (const char *link)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (link != NULL, NULL);

  uri = g_uri_parse (link, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_strcmp0 (g_uri_get_scheme (uri), "https") != 0)
    return NULL;
  if (g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return NULL;

  return g_strdup (g_uri_get_host (uri));
}
