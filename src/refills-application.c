/* refills-application.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsApplication:
 *
 * Where everything is put together: reads what was asked for, makes the shop, shows the window.
 *
 * Owns the shop and, in practice mode, the server inside the application. It holds no logic of buying, and leaves to
 * others how long it stays without a window and what it tells the desktop. Whatever the name of its instance on the
 * bus, the window keeps the application's own id, by which a desktop finds name and icon.
 */

#include "config.h"

#include "refills-application.h"

#include "refills-background.h"
#include "refills-error.h"
#include "refills-farewell.h"
#include "refills-launch.h"
#include "refills-notifier.h"
#include "refills-partner-window.h"
#include "refills-shop.h"
#include "refills-shortcuts.h"
#include "refills-trouble-window.h"
#include "refills-window.h"

#ifdef REFILLS_HAVE_SANDBOX
#include "refills-sandbox.h"
#endif

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

#ifdef GDK_WINDOWING_WAYLAND
#include <gdk/wayland/gdkwayland.h>
#endif

/* A program that a desktop started to do something is told at once what; without a window nothing else waits. */
#define SERVICE_START_MS 1000
#define SERVICE_STAY_MS 10000

struct _RefillsApplication {
  AdwApplication parent_instance;

  RefillsLaunch      launch;

  GObject           *sandbox; /* a RefillsSandbox, where the build has one */
  RefillsShop       *shop;
  GError            *trouble;
  RefillsBackground *background;
  RefillsNotifier   *notifier;
  guint              service_source;
  guint              signal_sources[3];
  gboolean           started;
};

G_DEFINE_FINAL_TYPE (RefillsApplication, refills_application, ADW_TYPE_APPLICATION)

#ifdef REFILLS_HAVE_SANDBOX
static RefillsEnvironment *
start_practice (RefillsApplication *self,
                GError            **error)
{
  g_autofree char *folder = refills_environment_dup_sandbox_folder ();
  RefillsSandboxOptions options = { .state_folder = folder };
  RefillsSandbox *sandbox = refills_sandbox_new (&options);

  self->sandbox = G_OBJECT (sandbox);
  if (!refills_sandbox_start (sandbox, error))
    return NULL;
  g_message ("The practice server listens at %s", refills_sandbox_get_base_uri (sandbox));

  return refills_environment_new_practice (REFILLS_VERSION, refills_sandbox_get_base_uri (sandbox));
}
#endif

static gboolean
open_shop (RefillsApplication *self,
           GError            **error)
{
  RefillsLaunch *launch = &self->launch;

#ifdef REFILLS_HAVE_SANDBOX
  if (launch->practice && !launch->environment)
    launch->environment = start_practice (self, error);
#endif
  if (!launch->environment)
    return FALSE;
  launch->environment->order_shape = launch->order_shape;

  self->shop = refills_shop_new (launch->environment, error);
  if (!self->shop)
    return FALSE;

  refills_catalogue_set_country (refills_shop_get_catalogue (self->shop), launch->country);
  self->background = refills_background_new (GTK_APPLICATION (self), self->shop);
  self->notifier = refills_notifier_new (GTK_APPLICATION (self), self->shop);
  refills_farewell_guard (GTK_APPLICATION (self), self->shop);

  return TRUE;
}

#ifdef GDK_WINDOWING_WAYLAND
static void
window_realized_cb (GtkWidget *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  if (GDK_IS_WAYLAND_TOPLEVEL (surface))
    gdk_wayland_toplevel_set_application_id (GDK_TOPLEVEL (surface), REFILLS_APPLICATION_ID);
}
#endif

static GtkWindow *
make_window (RefillsApplication *self)
{
  GtkWindow *window = NULL;

  if (self->shop)
    window = GTK_WINDOW (refills_window_new (GTK_APPLICATION (self), self->shop, self->launch.settings));
  else
    window = GTK_WINDOW (refills_trouble_window_new (GTK_APPLICATION (self), refills_error_to_text (self->trouble)));

#ifdef GDK_WINDOWING_WAYLAND
  g_signal_connect_after (window, "realize", G_CALLBACK (window_realized_cb), NULL);
#endif

  return window;
}

/* Once, and only where it would be sent to the service itself. */
static void
ask_for_partner_id (RefillsApplication *self)
{
  const RefillsEnvironment *environment = self->launch.environment;
  GSettings *settings = self->launch.settings;

  if (!environment->is_live || *environment->partner_id != '\0' ||
      !settings || g_settings_get_boolean (settings, "partner-id-asked"))
    return;

  gtk_window_present (GTK_WINDOW (refills_partner_window_new (
    gtk_application_get_active_window (GTK_APPLICATION (self)), self->shop, settings)));
}

static void
first_painted_cb (RefillsApplication *self,
                  GdkFrameClock      *clock)
{
  g_signal_handlers_disconnect_by_func (clock, first_painted_cb, self);
  if (self->started)
    return;
  self->started = TRUE;
  /* On X11 the icon is drawn for the window, by the loader for SVG: not before the window itself. */
  gtk_window_set_default_icon_name (REFILLS_APPLICATION_ID);
  refills_shop_start (self->shop);
  ask_for_partner_id (self);
}

/* The window itself, not one above it. */
static GtkWindow *
find_window (RefillsApplication *self)
{
  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (self)); item; item = item->next)
    if (REFILLS_IS_WINDOW (item->data) || REFILLS_IS_TROUBLE_WINDOW (item->data))
      return item->data;

  return NULL;
}

static GtkWindow *
present_window (RefillsApplication *self)
{
  GtkWindow *window = find_window (self);

  if (window) {
    gtk_window_present (window);
    return window;
  }

  window = make_window (self);
  gtk_window_present (window);
  /* From here on it ends with its window, as any other. */
  g_application_set_inactivity_timeout (G_APPLICATION (self), 0);
  /* What is on disk is painted before anything else is asked or read. */
  if (self->shop && !self->started)
    g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint",
                             G_CALLBACK (first_painted_cb), self, G_CONNECT_SWAPPED);

  return window;
}

static gpointer
copy_window (gconstpointer window,
             gpointer      unused)
{
  return g_object_ref ((gpointer) window);
}

static void
quit_action_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  RefillsApplication *self = user_data;
  /* One that closes takes those above it along. */
  g_autolist (GtkWindow) windows =
    g_list_copy_deep (gtk_application_get_windows (GTK_APPLICATION (self)), copy_window, NULL);

  /* Not g_application_quit(): an order that was sent is waited for. One that is only watched is not, as the person who
   * closes the windows would have it. */
  if (self->background)
    refills_background_set_ending (self->background, TRUE);
  for (GList *item = windows; item; item = item->next)
    gtk_window_close (item->data);

  /* It may ask whether it should. */
  if (self->background && gtk_application_get_windows (GTK_APPLICATION (self)))
    refills_background_set_ending (self->background, FALSE);
}

/* Pressed on a notification, in this process or in one that has ended since. */
static void
show_order_action_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  gtk_widget_activate_action_variant (GTK_WIDGET (present_window (user_data)), "win.show-order", parameter);
}

static void
about_action_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  GtkApplication *application = user_data;

  gtk_show_about_dialog (gtk_application_get_active_window (application),
                         "program-name", _("Refills"),
                         "logo-icon-name", REFILLS_APPLICATION_ID,
                         "version", REFILLS_VERSION,
                         "comments", _("Buy gift cards with crypto. An independent client, "
                                       "not affiliated with Cryptorefills."),
                         "website", "https://github.com/refills/refills",
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: your name, as it should appear in the credits. */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

static void
shortcuts_action_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  GtkApplication *application = user_data;

  refills_shortcuts_present (application, gtk_application_get_active_window (application));
}

static const GActionEntry action_entries[] = {
  { .name = "quit", .activate = quit_action_cb },
  { .name = "show-order", .activate = show_order_action_cb, .parameter_type = "x" },
  { .name = "about", .activate = about_action_cb },
  { .name = "shortcuts", .activate = shortcuts_action_cb },
};

static int
refills_application_handle_local_options (GApplication *application,
                                          GVariantDict *options)
{
  RefillsApplication *self = REFILLS_APPLICATION (application);
  int status = refills_launch_read (&self->launch, options);

  if (status >= 0)
    return status;

  g_application_set_application_id (application, self->launch.bus_name);

  return G_APPLICATION_CLASS (refills_application_parent_class)->handle_local_options (application, options);
}

static gpointer
read_icons (gpointer data)
{
  g_autoptr (GtkIconTheme) theme = data;

  gtk_icon_theme_has_icon (theme, "open-menu-symbolic");

  return NULL;
}

/* The first icon makes GTK read the whole theme, which takes as long as making the window: both at once. A
 * GtkIconTheme that is set up may be used by other threads (the comment on threading in gtkicontheme.c). */
static void
begin_reading_icons (void)
{
  GdkDisplay *display = gdk_display_get_default ();

  if (display)
    g_thread_unref (g_thread_new ("icons", read_icons, g_object_ref (gtk_icon_theme_get_for_display (display))));
}

static gboolean
signal_cb (gpointer user_data)
{
  /* All that was said is on disk or gets there as the shop is closed; what was not answered is known as such at the
   * next start. Nobody is there to be asked. */
  g_application_quit (G_APPLICATION (user_data));

  return G_SOURCE_CONTINUE;
}

static void
watch_signals (RefillsApplication *self)
{
  static const int signals[] = { SIGTERM, SIGINT, SIGHUP };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    self->signal_sources[i] = g_unix_signal_add (signals[i], signal_cb, self);
}

static gboolean
start_service_cb (gpointer user_data)
{
  RefillsApplication *self = user_data;

  self->service_source = 0;
  if (self->shop && !gtk_application_get_windows (GTK_APPLICATION (self)))
    refills_shop_start_orders (self->shop);

  return G_SOURCE_REMOVE;
}

/* A window, where one is wanted, comes first: it starts the shop by itself once it is painted. */
static void
begin_service (RefillsApplication *self)
{
  g_application_set_inactivity_timeout (G_APPLICATION (self), SERVICE_STAY_MS);
  self->service_source = g_timeout_add (SERVICE_START_MS, start_service_cb, self);
}

static void
refills_application_startup (GApplication *application)
{
  RefillsApplication *self = REFILLS_APPLICATION (application);
  GtkApplication *gtk_application = GTK_APPLICATION (application);

  G_APPLICATION_CLASS (refills_application_parent_class)->startup (application);
  begin_reading_icons ();

  g_action_map_add_action_entries (G_ACTION_MAP (self), action_entries, G_N_ELEMENTS (action_entries), self);
  refills_shortcuts_install (gtk_application);

  if (!open_shop (self, &self->trouble))
    g_message ("The shop cannot be opened: %s", self->trouble->message);
  watch_signals (self);
  if (g_application_get_flags (application) & G_APPLICATION_IS_SERVICE)
    begin_service (self);
}

static void
refills_application_activate (GApplication *application)
{
  present_window (REFILLS_APPLICATION (application));
}

static void
refills_application_shutdown (GApplication *application)
{
  RefillsApplication *self = REFILLS_APPLICATION (application);

  g_clear_handle_id (&self->service_source, g_source_remove);
  for (guint i = 0; i < G_N_ELEMENTS (self->signal_sources); i++)
    g_clear_handle_id (&self->signal_sources[i], g_source_remove);
  g_clear_object (&self->notifier);
  g_clear_object (&self->background);
  if (self->shop)
    refills_shop_close (self->shop);
#ifdef REFILLS_HAVE_SANDBOX
  if (self->sandbox)
    refills_sandbox_stop (REFILLS_SANDBOX (self->sandbox));
#endif

  G_APPLICATION_CLASS (refills_application_parent_class)->shutdown (application);
}

static void
refills_application_finalize (GObject *object)
{
  RefillsApplication *self = REFILLS_APPLICATION (object);

  g_clear_object (&self->shop);
  g_clear_object (&self->sandbox);
  refills_launch_clear (&self->launch);
  g_clear_error (&self->trouble);

  G_OBJECT_CLASS (refills_application_parent_class)->finalize (object);
}

static void
refills_application_class_init (RefillsApplicationClass *class)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = refills_application_finalize;

  application_class->handle_local_options = refills_application_handle_local_options;
  application_class->startup = refills_application_startup;
  application_class->activate = refills_application_activate;
  application_class->shutdown = refills_application_shutdown;
}

static void
refills_application_init (RefillsApplication *self)
{
  refills_launch_add_options (G_APPLICATION (self));
}

/**
 * refills_application_new:
 *
 * Returns: (transfer full): the application, which has not read its command line yet
 */
RefillsApplication *
refills_application_new (void)
{
  return g_object_new (REFILLS_TYPE_APPLICATION,
                       "application-id", REFILLS_APPLICATION_ID,
                       "resource-base-path", "/io/github/refills/Refills",
                       NULL);
}
