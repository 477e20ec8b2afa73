/* refills-background.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsBackground:
 *
 * How long the program stays when no window is open: while an order that was sent has no answer, a code is nowhere but
 * in memory, or an order is worth watching. Then it ends by itself.
 *
 * Holds the application, and asks the session not to end while an order is being sent, for that alone. In a sandbox it
 * asks the background portal to be left running, and says there what it does: one call without an answer that anything
 * depends on, so that no library is needed for it. Everything else works where there is neither bus nor portal.
 */

#include "config.h"

#include "refills-background.h"

#include <glib/gi18n.h>

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_INTERFACE "org.freedesktop.portal.Background"

/* What the last change leads to, such as a notification, comes a moment after it. */
#define LINGER_MS 2000

struct _RefillsBackground {
  GObject         parent_instance;

  GtkApplication *application; /* not owned: this goes with it */
  RefillsShop    *shop;
  gboolean        ending; /* the person does not want it to stay */
  gboolean        held;
  guint           linger_source;
  guint           inhibition; /* 0 where there is none, and where no session can be asked */
};

G_DEFINE_FINAL_TYPE (RefillsBackground, refills_background, G_TYPE_OBJECT)

static void
portal_answered_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (!answer)
    g_message ("The portal was asked to leave this running in vain: %s", error->message);
}

static void
call_portal (RefillsBackground *self,
             const char        *method,
             GVariant          *arguments)
{
  g_dbus_connection_call (g_application_get_dbus_connection (G_APPLICATION (self->application)),
                          PORTAL_NAME, PORTAL_PATH, PORTAL_INTERFACE, method, arguments, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, portal_answered_cb, NULL);
}

static void
ask_portal (RefillsBackground *self)
{
  GVariantBuilder options = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  GVariantBuilder status = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  if (!refills_background_is_sandboxed () || !g_application_get_dbus_connection (G_APPLICATION (self->application))) {
    g_variant_builder_clear (&options);
    g_variant_builder_clear (&status);
    return;
  }

  g_variant_builder_add (&options, "{sv}", "reason",
                         g_variant_new_string (_("Refills watches an order until it is delivered.")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (FALSE));
  g_variant_builder_add (&options, "{sv}", "dbus-activatable", g_variant_new_boolean (FALSE));
  call_portal (self, "RequestBackground", g_variant_new ("(sa{sv})", "", &options));

  g_variant_builder_add (&status, "{sv}", "message", g_variant_new_string (_("Watching an order")));
  call_portal (self, "SetStatus", g_variant_new ("(a{sv})", &status));
}

static void
sync_inhibition (RefillsBackground *self)
{
  gboolean sending = refills_shop_is_sending (self->shop);

  if (sending && self->inhibition == 0) {
    self->inhibition = gtk_application_inhibit (self->application,
                                                gtk_application_get_active_window (self->application),
                                                GTK_APPLICATION_INHIBIT_LOGOUT | GTK_APPLICATION_INHIBIT_SUSPEND,
                                                _("Sending the order"));
  } else if (!sending && self->inhibition != 0) {
    gtk_application_uninhibit (self->application, self->inhibition);
    self->inhibition = 0;
  }
}

static void
release (RefillsBackground *self)
{
  g_clear_handle_id (&self->linger_source, g_source_remove);
  self->held = FALSE;
  g_application_release (G_APPLICATION (self->application));
}

static gboolean
linger_cb (gpointer user_data)
{
  RefillsBackground *self = user_data;

  self->linger_source = 0;
  release (self);

  return G_SOURCE_REMOVE;
}

static void
update (RefillsBackground *self)
{
  gboolean needed = self->ending ? refills_shop_is_sending (self->shop)
                                 : refills_shop_is_busy (self->shop) || refills_shop_needs_watching (self->shop);

  sync_inhibition (self);
  if (needed) {
    g_clear_handle_id (&self->linger_source, g_source_remove);
    if (!self->held)
      g_application_hold (G_APPLICATION (self->application));
    self->held = TRUE;
  } else if (self->held && self->ending) {
    release (self);
  } else if (self->held && self->linger_source == 0) {
    self->linger_source = g_timeout_add (LINGER_MS, linger_cb, self);
  }
}

static void
window_removed_cb (RefillsBackground *self)
{
  /* Nothing came while it was open that would not be there at the next start. */
  if (self->linger_source != 0)
    release (self);
  if (self->held && !self->ending && gtk_application_get_windows (self->application) == NULL)
    ask_portal (self);
}

/* Whoever opens it again wants it to stay again. */
static void
window_added_cb (RefillsBackground *self)
{
  self->ending = FALSE;
  update (self);
}

static void
refills_background_dispose (GObject *object)
{
  g_clear_handle_id (&REFILLS_BACKGROUND (object)->linger_source, g_source_remove);
  g_clear_object (&REFILLS_BACKGROUND (object)->shop);

  G_OBJECT_CLASS (refills_background_parent_class)->dispose (object);
}

static void
refills_background_class_init (RefillsBackgroundClass *class)
{
  G_OBJECT_CLASS (class)->dispose = refills_background_dispose;
}

static void
refills_background_init (RefillsBackground *self)
{
}

/**
 * refills_background_new:
 * @application: an application that was started; it must outlive this
 * @shop: what it may have to stay for
 *
 * Returns: (transfer full): what keeps @application running
 */
RefillsBackground *
refills_background_new (GtkApplication *application,
                        RefillsShop    *shop)
{
  RefillsBackground *self = g_object_new (REFILLS_TYPE_BACKGROUND, NULL);

  self->application = application;
  self->shop = g_object_ref (shop);
  g_signal_connect_object (shop, "notify::busy", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shop, "notify::needs-watching", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "window-removed", G_CALLBACK (window_removed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (application, "window-added", G_CALLBACK (window_added_cb), self, G_CONNECT_SWAPPED);
  update (self);

  return self;
}

/**
 * refills_background_is_sandboxed:
 *
 * Returns: whether this is a Flatpak or a Snap, which reach the desktop through portals
 */
gboolean
refills_background_is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) || g_getenv ("SNAP") != NULL;
}

/**
 * refills_background_set_ending:
 * @self: what keeps the application running
 * @ending: whether the person wants it to end
 *
 * Has the application stay for nothing but an order that was sent and has no answer.
 */
void
refills_background_set_ending (RefillsBackground *self,
                               gboolean           ending)
{
  g_return_if_fail (REFILLS_IS_BACKGROUND (self));

  self->ending = ending;
  update (self);
}
