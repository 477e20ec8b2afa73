/* refills-application.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsApplication:
 *
 * Where everything is put together: reads the command line, picks the server, makes the shop, shows the window.
 *
 * Owns the shop and, in practice mode, the server inside the application. Stays alive without a window, and asks the
 * session to, while the shop is busy: an order that was sent must be answered and stored. It holds no logic of buying.
 *
 * One instance a server: live, practice and any other server have their own name on the bus, so that starting one of
 * them never raises the window of another. The window keeps the application's own id, by which a desktop finds name
 * and icon.
 */

#include "config.h"

#include "refills-application.h"

#include "refills-error.h"
#include "refills-order-shape.h"
#include "refills-partner-window.h"
#include "refills-shop.h"
#include "refills-shortcuts.h"
#include "refills-trouble-window.h"
#include "refills-window.h"

#ifdef REFILLS_HAVE_SANDBOX
#include "refills-sandbox.h"
#endif

#include <glib/gi18n.h>

#ifdef GDK_WINDOWING_WAYLAND
#include <gdk/wayland/gdkwayland.h>
#endif

/* Where no setting says otherwise: the largest catalogue. */
#define DEFAULT_COUNTRY "US"

struct _RefillsApplication {
  AdwApplication parent_instance;

  GSettings          *settings;
  RefillsEnvironment *environment; /* unset in practice mode until the server inside runs */
  gboolean            practice;
  char               *country;
  RefillsOrderShape   order_shape;

  GObject            *sandbox; /* a RefillsSandbox, where the build has one */
  RefillsShop        *shop;
  GError             *trouble;
  gboolean            held;
  guint               inhibition; /* 0 where there is none, and where no session can be asked */
  gboolean            started;
};

G_DEFINE_FINAL_TYPE (RefillsApplication, refills_application, ADW_TYPE_APPLICATION)

static const GOptionEntry option_entries[] = {
  { "practice", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_("Use a server inside the application; nothing bought there is real"), NULL },
  { "api-url", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Use another server"), N_("URL") },
  { "country", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Show the gift cards of this country"), N_("CODE") },
  { "partner-id", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Send this partner ID"), N_("ID") },
  { "order-shape", 0, 0, G_OPTION_ARG_STRING, NULL, N_("How an order is written: flat or reference"), N_("SHAPE") },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
  { NULL }
};

/* NULL where the schema is not installed: settings are then not kept, and everything else works. */
static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source)
    schema = g_settings_schema_source_lookup (source, REFILLS_APPLICATION_ID, TRUE);

  if (!schema) {
    g_message ("There is no settings schema: settings are not kept");
    return NULL;
  }

  return g_settings_new_full (schema, NULL, NULL);
}

static char *
read_setting (RefillsApplication *self,
              const char         *key)
{
  return self->settings ? g_settings_get_string (self->settings, key) : g_strdup ("");
}

/* An option, then the setting, then what it was built with. */
static char *
choose_partner_id (RefillsApplication *self,
                   GVariantDict       *options)
{
  g_autofree char *setting = NULL;
  const char *option = NULL;

  if (g_variant_dict_lookup (options, "partner-id", "&s", &option))
    return g_strdup (option);

  setting = read_setting (self, "partner-id");

  return g_strdup (*setting ? setting : REFILLS_PARTNER_ID);
}

static gboolean
choose_order_shape (RefillsApplication *self,
                    GVariantDict       *options)
{
  g_autofree char *setting = NULL;
  const char *option = NULL;

  if (g_variant_dict_lookup (options, "order-shape", "&s", &option))
    return refills_order_shape_from_name (option, &self->order_shape);

  setting = read_setting (self, "order-shape");

  return *setting == '\0' || refills_order_shape_from_name (setting, &self->order_shape);
}

/* An option, then the environment, then the setting. */
static char *
choose_api_url (RefillsApplication *self,
                GVariantDict       *options)
{
  const char *url = NULL;

  if (g_variant_dict_lookup (options, "api-url", "&s", &url))
    return g_strdup (url);

  url = g_getenv ("REFILLS_API_URL");
  if (url && *url)
    return g_strdup (url);

  return read_setting (self, "api-url");
}

static gboolean
is_country_code (const char *code)
{
  return strlen (code) == 2 && g_ascii_isalpha (code[0]) && g_ascii_isalpha (code[1]);
}

static gboolean
choose_server (RefillsApplication *self,
               GVariantDict       *options,
               GError            **error)
{
  g_autofree char *partner_id = choose_partner_id (self, options);
  g_autofree char *url = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *bus_name = NULL;

  if (g_variant_dict_contains (options, "practice")) {
    self->practice = TRUE;
    g_application_set_application_id (G_APPLICATION (self), REFILLS_APPLICATION_ID ".Practice");
    return TRUE;
  }

  url = choose_api_url (self, options);
  if (*url == '\0') {
    self->environment = refills_environment_new_live (REFILLS_VERSION, partner_id);
    return TRUE;
  }

  self->environment = refills_environment_new_for_uri (REFILLS_VERSION, partner_id, url, error);
  if (!self->environment)
    return FALSE;

  /* One instance a name, since a name is a folder of data. */
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->environment->name, -1);
  digest[16] = '\0';
  bus_name = g_strconcat (REFILLS_APPLICATION_ID ".Server", digest, NULL);
  g_application_set_application_id (G_APPLICATION (self), bus_name);

  return TRUE;
}

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

static void
busy_changed_cb (RefillsApplication *self)
{
  gboolean busy = refills_shop_is_busy (self->shop);

  if (busy == self->held)
    return;

  self->held = busy;
  if (busy) {
    g_application_hold (G_APPLICATION (self));
    self->inhibition = gtk_application_inhibit (GTK_APPLICATION (self),
                                                gtk_application_get_active_window (GTK_APPLICATION (self)),
                                                GTK_APPLICATION_INHIBIT_LOGOUT | GTK_APPLICATION_INHIBIT_SUSPEND,
                                                _("Sending the order"));
  } else {
    if (self->inhibition != 0)
      gtk_application_uninhibit (GTK_APPLICATION (self), self->inhibition);
    self->inhibition = 0;
    g_application_release (G_APPLICATION (self));
  }
}

static gboolean
open_shop (RefillsApplication *self,
           GError            **error)
{
  g_autofree char *setting = read_setting (self, "country");
  g_autofree char *chosen = g_ascii_strup (setting, -1);
  const char *country = self->country;

  if (!country)
    country = is_country_code (chosen) ? chosen : DEFAULT_COUNTRY;

#ifdef REFILLS_HAVE_SANDBOX
  if (self->practice && !self->environment)
    self->environment = start_practice (self, error);
#endif
  if (!self->environment)
    return FALSE;
  self->environment->order_shape = self->order_shape;

  self->shop = refills_shop_new (self->environment, error);
  if (!self->shop)
    return FALSE;

  refills_catalogue_set_country (refills_shop_get_catalogue (self->shop), country);
  g_signal_connect_object (self->shop, "notify::busy", G_CALLBACK (busy_changed_cb), self, G_CONNECT_SWAPPED);
  busy_changed_cb (self);

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
    window = GTK_WINDOW (refills_window_new (GTK_APPLICATION (self), self->shop, self->settings));
  else
    window = GTK_WINDOW (refills_trouble_window_new (GTK_APPLICATION (self), refills_error_to_text (self->trouble)));

#ifdef GDK_WINDOWING_WAYLAND
  g_signal_connect_after (window, "realize", G_CALLBACK (window_realized_cb), NULL);
#endif

  return window;
}

static void
quit_action_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  GtkApplication *application = user_data;
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (application));

  /* Not g_application_quit(): an order that was sent is waited for. */
  for (GList *item = windows; item; item = item->next)
    gtk_window_close (item->data);
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
  { .name = "about", .activate = about_action_cb },
  { .name = "shortcuts", .activate = shortcuts_action_cb },
};

static int
refills_application_handle_local_options (GApplication *application,
                                          GVariantDict *options)
{
  RefillsApplication *self = REFILLS_APPLICATION (application);
  g_autoptr (GError) error = NULL;
  const char *country = NULL;

  if (g_variant_dict_contains (options, "version")) {
    g_print ("refills %s\n", REFILLS_VERSION);
    return 0;
  }

  if (g_variant_dict_lookup (options, "country", "&s", &country)) {
    if (!is_country_code (country)) {
      g_printerr (_("“%s” is not a two-letter country code.\n"), country);
      return 1;
    }
    self->country = g_ascii_strup (country, -1);
  }

#ifndef REFILLS_HAVE_SANDBOX
  if (g_variant_dict_contains (options, "practice")) {
    g_printerr ("%s\n", _("This build has no practice mode."));
    return 1;
  }
#endif

  self->settings = open_settings ();
  if (!choose_order_shape (self, options)) {
    g_printerr (_("The shape of an order is flat or reference.\n"));
    return 1;
  }
  if (!choose_server (self, options, &error)) {
    g_printerr (_("The server’s address cannot be used: %s\n"), error->message);
    return 1;
  }

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
}

/* Once, and only where it would be sent to the service itself. */
static void
ask_for_partner_id (RefillsApplication *self)
{
  if (!self->environment->is_live || *self->environment->partner_id != '\0' ||
      !self->settings || g_settings_get_boolean (self->settings, "partner-id-asked"))
    return;

  gtk_window_present (GTK_WINDOW (refills_partner_window_new (
    gtk_application_get_active_window (GTK_APPLICATION (self)), self->shop, self->settings)));
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

static void
refills_application_activate (GApplication *application)
{
  RefillsApplication *self = REFILLS_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window) {
    gtk_window_present (window);
    return;
  }

  window = make_window (self);
  gtk_window_present (window);
  /* What is on disk is painted before anything else is asked or read. */
  if (self->shop && !self->started)
    g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint",
                             G_CALLBACK (first_painted_cb), self, G_CONNECT_SWAPPED);
}

static void
refills_application_shutdown (GApplication *application)
{
  RefillsApplication *self = REFILLS_APPLICATION (application);

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
  g_clear_object (&self->settings);
  g_clear_pointer (&self->environment, refills_environment_free);
  g_clear_pointer (&self->country, g_free);
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
  g_application_add_main_option_entries (G_APPLICATION (self), option_entries);
  g_application_set_option_context_summary (G_APPLICATION (self), _("Buy gift cards with crypto"));
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
