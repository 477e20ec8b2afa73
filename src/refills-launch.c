/* refills-launch.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was asked for at the start: an option goes before the environment, and that before the settings.
 *
 * One instance a server: the one of the settings, which is the real service where they name none, has the application's
 * own id as its name on the bus; practice and a server that an option or the environment names have names of their own,
 * so that starting one of them never raises the window of another. A desktop can start the first two by their names,
 * since each has a service file.
 */

#include "config.h"

#include "refills-launch.h"

#include <glib/gi18n.h>
#include <string.h>

/* Where no setting says otherwise: the largest catalogue. */
#define DEFAULT_COUNTRY "US"

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
read_setting (RefillsLaunch *self,
              const char    *key)
{
  return self->settings ? g_settings_get_string (self->settings, key) : g_strdup ("");
}

/* An option, then the setting, then what it was built with. */
static char *
choose_partner_id (RefillsLaunch *self,
                   GVariantDict  *options)
{
  g_autofree char *setting = NULL;
  const char *option = NULL;

  if (g_variant_dict_lookup (options, "partner-id", "&s", &option))
    return g_strdup (option);

  setting = read_setting (self, "partner-id");

  return g_strdup (*setting ? setting : REFILLS_PARTNER_ID);
}

static gboolean
choose_order_shape (RefillsLaunch *self,
                    GVariantDict  *options)
{
  g_autofree char *setting = NULL;
  const char *option = NULL;

  if (g_variant_dict_lookup (options, "order-shape", "&s", &option))
    return refills_order_shape_from_name (option, &self->order_shape);

  setting = read_setting (self, "order-shape");

  return *setting == '\0' || refills_order_shape_from_name (setting, &self->order_shape);
}

static gboolean
is_country_code (const char *code)
{
  return strlen (code) == 2 && g_ascii_isalpha (code[0]) && g_ascii_isalpha (code[1]);
}

static gboolean
choose_country (RefillsLaunch *self,
                GVariantDict  *options)
{
  g_autofree char *setting = NULL;
  const char *option = NULL;

  if (g_variant_dict_lookup (options, "country", "&s", &option)) {
    self->country = g_ascii_strup (option, -1);
    return is_country_code (option);
  }

  setting = read_setting (self, "country");
  self->country = g_ascii_strup (is_country_code (setting) ? setting : DEFAULT_COUNTRY, -1);

  return TRUE;
}

/* An option, then the environment; NULL where neither names a server. */
static const char *
find_named_server (GVariantDict *options)
{
  const char *url = NULL;

  if (g_variant_dict_lookup (options, "api-url", "&s", &url))
    return url;

  url = g_getenv ("REFILLS_API_URL");

  return url && *url ? url : NULL;
}

static gboolean
choose_server (RefillsLaunch *self,
               GVariantDict  *options,
               GError       **error)
{
  g_autofree char *partner_id = choose_partner_id (self, options);
  g_autofree char *setting = read_setting (self, "api-url");
  const char *named = find_named_server (options);
  const char *url = named ? named : setting;

  if (g_variant_dict_contains (options, "practice")) {
    self->practice = TRUE;
    self->bus_name = g_strdup (REFILLS_APPLICATION_ID ".Practice");
    return TRUE;
  }

  if (*url == '\0') {
    self->environment = refills_environment_new_live (REFILLS_VERSION, partner_id);
    self->bus_name = g_strdup (REFILLS_APPLICATION_ID);
    return TRUE;
  }

  self->environment = refills_environment_new_for_uri (REFILLS_VERSION, partner_id, url, error);
  if (!self->environment)
    return FALSE;

  if (named && !self->environment->is_live) {
    /* One instance a name, since a name is a folder of data. */
    g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->environment->name, -1);

    digest[16] = '\0';
    self->bus_name = g_strconcat (REFILLS_APPLICATION_ID ".Server", digest, NULL);
  } else {
    self->bus_name = g_strdup (REFILLS_APPLICATION_ID);
  }

  return TRUE;
}

/**
 * refills_launch_add_options:
 * @application: an application
 *
 * Has @application understand our options.
 */
void
refills_launch_add_options (GApplication *application)
{
  g_application_add_main_option_entries (application, option_entries);
  g_application_set_option_context_summary (application, _("Buy gift cards with crypto"));
}

/**
 * refills_launch_read:
 * @self: an empty launch; to be cleared in any case
 * @options: the options as they were given
 *
 * Reads what was asked for. What is wrong is printed.
 *
 * Returns: -1 to go on, or the status to exit with
 */
int
refills_launch_read (RefillsLaunch *self,
                     GVariantDict  *options)
{
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (options, "version")) {
    g_print ("refills %s\n", REFILLS_VERSION);
    return 0;
  }

#ifndef REFILLS_HAVE_SANDBOX
  if (g_variant_dict_contains (options, "practice")) {
    g_printerr ("%s\n", _("This build has no practice mode."));
    return 1;
  }
#endif

  self->settings = open_settings ();
  if (!choose_country (self, options)) {
    const char *country = NULL;

    g_variant_dict_lookup (options, "country", "&s", &country);
    g_printerr (_("“%s” is not a two-letter country code.\n"), country);
    return 1;
  }
  if (!choose_order_shape (self, options)) {
    g_printerr (_("The shape of an order is flat or reference.\n"));
    return 1;
  }
  if (!choose_server (self, options, &error)) {
    g_printerr (_("The server’s address cannot be used: %s\n"), error->message);
    return 1;
  }

  return -1;
}

/**
 * refills_launch_clear:
 * @self: a launch
 *
 * Frees what was read.
 */
void
refills_launch_clear (RefillsLaunch *self)
{
  g_clear_object (&self->settings);
  g_clear_pointer (&self->bus_name, g_free);
  g_clear_pointer (&self->environment, refills_environment_free);
  g_clear_pointer (&self->country, g_free);
}
