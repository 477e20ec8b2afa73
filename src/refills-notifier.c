/* refills-notifier.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsNotifier:
 *
 * Hands what the shop has to tell to the desktop, which shows it where the person is, on a locked screen too, and
 * starts the program again for whoever presses it.
 *
 * What the person looks at is not told; what was told is taken back once its order is looked at, by whichever process
 * it was told. A notice counts as told when it has left for the bus. Where there is no bus, or nobody there to show it,
 * it stays untold: the next start tries again, unless the page was seen.
 */

#include "config.h"

#include "refills-notifier.h"

#include "refills-background.h"
#include "refills-window.h"

#define BUS_NAME "org.freedesktop.DBus"
#define BUS_PATH "/org/freedesktop/DBus"
#define GTK_NAME "org.gtk.Notifications"
#define FREEDESKTOP_NAME "org.freedesktop.Notifications"
#define FREEDESKTOP_PATH "/org/freedesktop/Notifications"

struct _RefillsNotifier {
  GObject         parent_instance;

  GtkApplication *application; /* not owned: this goes with it */
  RefillsShop    *shop;
  gboolean        is_heard; /* somebody is there to show it */
};

/* One notice on its way. */
typedef struct {
  RefillsNotifier *notifier;
  GApplication    *application; /* held */
  RefillsNotice   *notice;
} Errand;

G_DEFINE_FINAL_TYPE (RefillsNotifier, refills_notifier, G_TYPE_OBJECT)

static const RefillsNoticeKind all_kinds[] = {
  REFILLS_NOTICE_PAYMENT_SEEN, REFILLS_NOTICE_READY, REFILLS_NOTICE_EXPIRED,
};

/* The program stays until it is done. */
static Errand *
errand_new (RefillsNotifier *notifier,
            RefillsNotice   *notice)
{
  Errand *self = g_new0 (Errand, 1);

  self->notifier = g_object_ref (notifier);
  self->application = g_object_ref (G_APPLICATION (notifier->application));
  self->notice = g_object_ref (notice);
  g_application_hold (self->application);

  return self;
}

static void
errand_free (Errand *self)
{
  g_application_release (self->application);
  g_clear_object (&self->notice);
  g_clear_object (&self->notifier);
  g_clear_object (&self->application);
  g_free (self); /* a plain struct: nothing else frees it */
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static void
withdraw (RefillsNotifier   *self,
          gint64             row,
          RefillsNoticeKind  but)
{
  /* Without a bus there is nothing to take back. */
  if (!g_application_get_dbus_connection (G_APPLICATION (self->application)))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (all_kinds); i++) {
    g_autofree char *id = refills_notice_make_id (row, all_kinds[i]);

    if (all_kinds[i] != but)
      g_application_withdraw_notification (G_APPLICATION (self->application), id);
  }
}

static void
flushed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;

  if (g_dbus_connection_flush_finish (G_DBUS_CONNECTION (source), result, &error))
    refills_shop_mark_told (errand->notifier->shop, errand->notice);
  else
    g_message ("A notification could not be sent: %s", error->message);
}

/* The portal of a sandbox knows one application, whose name is that of the real service's instance: it would open an
 * order of the other one. */
static gboolean
can_be_opened (RefillsNotifier *self)
{
  return !refills_background_is_sandboxed () ||
         g_strcmp0 (g_application_get_application_id (G_APPLICATION (self->application)), REFILLS_APPLICATION_ID) == 0;
}

static void
hand_over (Errand *errand_to_take)
{
  g_autoptr (Errand) errand = errand_to_take;
  RefillsNotifier *self = errand->notifier;
  gint64 row = refills_notice_get_row (errand->notice);
  RefillsNoticeKind kind = refills_notice_get_kind (errand->notice);
  g_autofree char *id = refills_notice_make_id (row, kind);
  g_autoptr (GNotification) notification = g_notification_new (refills_notice_get_title (errand->notice));
  GDBusConnection *connection = g_application_get_dbus_connection (errand->application);

  g_notification_set_body (notification, refills_notice_get_body (errand->notice));
  if (kind == REFILLS_NOTICE_READY)
    g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  if (can_be_opened (self))
    g_notification_set_default_action_and_target (notification, "app.show-order", "x", row);

  withdraw (self, row, kind);
  g_application_send_notification (errand->application, id, notification);
  g_dbus_connection_flush (connection, NULL, flushed_cb, g_steal_pointer (&errand));
}

static void
introduced_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (!answer) {
    g_message ("Nobody shows notifications: %s", error->message);
    return;
  }

  errand->notifier->is_heard = TRUE;
  hand_over (g_steal_pointer (&errand));
}

static void
owner_known_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  gboolean has_owner = FALSE;

  if (answer)
    g_variant_get (answer, "(b)", &has_owner);
  if (has_owner) {
    errand->notifier->is_heard = TRUE;
    hand_over (g_steal_pointer (&errand));
    return;
  }

  /* Starts it where it can be started. */
  g_dbus_connection_call (G_DBUS_CONNECTION (source), FREEDESKTOP_NAME, FREEDESKTOP_PATH, FREEDESKTOP_NAME,
                          "GetServerInformation", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, introduced_cb,
                          g_steal_pointer (&errand));
}

static gboolean
is_looked_at (GtkWindow *window,
              gint64     row)
{
  RefillsOrder *order = NULL;

  if (!REFILLS_IS_WINDOW (window) || !gtk_window_is_active (window))
    return FALSE;

  order = refills_window_get_shown_order (REFILLS_WINDOW (window));

  return order && refills_order_get_row (order) == row;
}

static void
notice_cb (RefillsNotifier *self,
           RefillsNotice   *notice)
{
  GDBusConnection *connection = g_application_get_dbus_connection (G_APPLICATION (self->application));
  Errand *errand = NULL;

  for (GList *item = gtk_application_get_windows (self->application); item; item = item->next)
    if (is_looked_at (item->data, refills_notice_get_row (notice))) {
      refills_shop_mark_told (self->shop, notice);
      return;
    }

  if (!connection)
    return;

  errand = errand_new (self, notice);
  /* GLib would warn, each time, that nobody is there; a portal does not answer that. */
  if (self->is_heard || refills_background_is_sandboxed ())
    hand_over (errand);
  else
    g_dbus_connection_call (connection, BUS_NAME, BUS_PATH, BUS_NAME, "NameHasOwner",
                            g_variant_new ("(s)", GTK_NAME), G_VARIANT_TYPE ("(b)"),
                            G_DBUS_CALL_FLAGS_NONE, -1, NULL, owner_known_cb, errand);
}

static void
look_changed_cb (RefillsNotifier *self,
                 GParamSpec      *pspec,
                 RefillsWindow   *window)
{
  RefillsOrder *order = refills_window_get_shown_order (window);

  if (!order || !gtk_window_is_active (GTK_WINDOW (window)))
    return;

  withdraw (self, refills_order_get_row (order), REFILLS_NOTICE_NONE);
  refills_shop_mark_seen (self->shop, order);
}

static void
window_added_cb (RefillsNotifier *self,
                 GtkWindow       *window)
{
  if (!REFILLS_IS_WINDOW (window))
    return;

  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (look_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::shown-order", G_CALLBACK (look_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
refills_notifier_dispose (GObject *object)
{
  g_clear_object (&REFILLS_NOTIFIER (object)->shop);

  G_OBJECT_CLASS (refills_notifier_parent_class)->dispose (object);
}

static void
refills_notifier_class_init (RefillsNotifierClass *class)
{
  G_OBJECT_CLASS (class)->dispose = refills_notifier_dispose;
}

static void
refills_notifier_init (RefillsNotifier *self)
{
}

/**
 * refills_notifier_new:
 * @application: an application that was started and has no window yet; it must outlive this
 * @shop: what has something to tell
 *
 * Returns: (transfer full): what tells it
 */
RefillsNotifier *
refills_notifier_new (GtkApplication *application,
                      RefillsShop    *shop)
{
  RefillsNotifier *self = g_object_new (REFILLS_TYPE_NOTIFIER, NULL);

  self->application = application;
  self->shop = g_object_ref (shop);
  g_signal_connect_object (shop, "notice", G_CALLBACK (notice_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "window-added", G_CALLBACK (window_added_cb), self, G_CONNECT_SWAPPED);

  return self;
}
