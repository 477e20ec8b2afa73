/* refills-cli.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The command-line tool: reads what stands before the command, makes the environment, runs the command.
 *
 * Needs no settings schema, no bus and no display, and writes nothing to disk but orders. Results go to
 * the standard output, a line at a time; everything else to the standard error.
 */
#include "config.h"

#include "refills-cli.h"

#include <glib/gi18n.h>
#include <string.h>

#include "refills-api-language.h"
#include "refills-cli-commands.h"
#include "refills-relay-command.h"

/* Where nothing says otherwise: the largest catalogue. */
#define DEFAULT_COUNTRY "US"

typedef struct {
  const char *name;
  int       (*run) (RefillsCli  *cli,
                    int          argc,
                    char       **argv);
  const char *summary;
} Command;

/* In the order of a purchase; what the help shows. */
static const Command commands[] = {
  { "countries", refills_cli_countries, N_("List the countries") },
  { "vias", refills_cli_vias, N_("List the ways to pay") },
  { "brands", refills_cli_brands, N_("List the brands of a country") },
  { "home", refills_cli_home, N_("List what the service puts forward") },
  { "search", refills_cli_search, N_("Search the brands of a country") },
  { "products", refills_cli_products, N_("List what a family of brands sells") },
  { "price", refills_cli_price, N_("Print the price of an amount") },
  { "validate", refills_cli_validate, N_("Print the total of an order") },
  { "order", refills_cli_order, N_("Make an order") },
  { "orders", refills_cli_orders, N_("List the orders on this computer") },
  { "show", refills_cli_show, N_("Show an order with its codes") },
  { "track", refills_cli_track, N_("Follow an order") },
  { "check", refills_cli_check, N_("Check an address or a payment request") },
  { "unlock", refills_cli_unlock, N_("Open the orders on this computer") },
  { "recovery", refills_cli_recovery, N_("Set the recovery passphrase of the orders") },
  { "relay", refills_relay_run, N_("Pass the events of an order on to a page in a browser") },
};

static const Command *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
    if (g_str_equal (commands[i].name, name))
      return &commands[i];
  }

  return NULL;
}

static char *
describe_commands (void)
{
  GString *text = g_string_new (_("Commands:"));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "\n  %-12s %s", commands[i].name, _(commands[i].summary));
  g_string_append_printf (text, "\n\n%s", _("“refills-cli COMMAND --help” has the options of a command."));

  return g_string_free (text, FALSE);
}

static gboolean
is_country_code (const char *code)
{
  return strlen (code) == 2 && g_ascii_isalpha (code[0]) && g_ascii_isalpha (code[1]);
}

static void
shorten_waits (RefillsCli *self)
{
  RefillsEnvironment *environment = self->environment;

  environment->backoff_base_ms /= self->wait_divisor;
  environment->backoff_limit_ms /= self->wait_divisor;
  environment->poll_min_ms /= self->wait_divisor;
  environment->poll_max_ms /= self->wait_divisor;
}

static void
refills_cli_clear (RefillsCli *self)
{
  g_clear_pointer (&self->environment, refills_environment_free);
  g_clear_pointer (&self->country, g_free);
  g_clear_object (&self->http);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RefillsCli, refills_cli_clear)

/**
 * refills_cli_main:
 * @argc: how many arguments
 * @argv: the command line
 *
 * Runs the tool.
 *
 * Returns: what the program ends with, a #RefillsCliExit
 */
int
refills_cli_main (int    argc,
                  char **argv)
{
  g_auto (RefillsCli) cli = { 0 };
  g_autofree char *url = NULL;
  g_autofree char *country = NULL;
  g_autofree char *language = NULL;
  g_autofree char *partner_id = NULL;
  g_autofree char *shape_name = NULL;
  g_autofree char *description = describe_commands ();
  gboolean json = FALSE;
  gboolean version = FALSE;
  RefillsOrderShape shape = REFILLS_ORDER_SHAPE_FLAT;
  int divisor = 1;
  const GOptionEntry entries[] = {
    { "api-url", 0, 0, G_OPTION_ARG_STRING, &url, N_("Use another server"), N_("URL") },
    { "country", 0, 0, G_OPTION_ARG_STRING, &country, N_("Ask for what is sold in this country"), N_("CODE") },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &language, N_("Ask for texts in this language"), N_("LANGUAGE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON, with the service’s own names"), NULL },
    { "order-shape", 0, 0, G_OPTION_ARG_STRING, &shape_name, N_("Write orders flat, or as the reference does"),
      "flat|reference" },
    { "partner-id", 0, 0, G_OPTION_ARG_STRING, &partner_id, N_("Send this partner ID"), N_("ID") },
    /* For tests: every wait is divided by this. */
    { "test-intervals", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, &divisor, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_("Print the version and exit"), NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_("COMMAND …"));
  g_autoptr (GError) error = NULL;
  const Command *command = NULL;

  g_set_prgname ("refills-cli");
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_summary (context, _("Buy gift cards with crypto"));
  g_option_context_set_description (context, description);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return refills_cli_fail_usage ("%s", error->message);
  if (version) {
    g_print ("refills-cli %s\n", REFILLS_VERSION);
    return REFILLS_CLI_DONE;
  }

  if (shape_name != NULL && !refills_order_shape_from_name (shape_name, &shape))
    return refills_cli_fail_usage (_("“%s” is not flat or reference"), shape_name);
  if (partner_id != NULL && !refills_http_partner_id_is_allowed (partner_id, &error))
    return refills_cli_fail_usage (_("the partner ID cannot be sent: %s"), error->message);
  if (divisor < 1)
    return refills_cli_fail_usage ("%s", "--test-intervals");
  if (argc < 2)
    return refills_cli_fail_usage (_("there is no command"));
  command = find_command (argv[1]);
  if (command == NULL)
    return refills_cli_fail_usage (_("“%s” is not a command"), argv[1]);
  if (country != NULL && !is_country_code (country))
    return refills_cli_fail_usage (_("“%s” is not a two-letter country code"), country);

  cli.json = json;
  cli.wait_divisor = (guint) divisor;
  cli.country = g_ascii_strup (country != NULL ? country : DEFAULT_COUNTRY, -1);
  if (url == NULL)
    url = g_strdup (g_getenv ("REFILLS_API_URL"));
  if (partner_id == NULL)
    partner_id = g_strdup (REFILLS_PARTNER_ID);
  if (url == NULL || *url == '\0')
    cli.environment = refills_environment_new_live (REFILLS_VERSION, partner_id);
  else
    cli.environment = refills_environment_new_for_uri (REFILLS_VERSION, partner_id, url, &error);
  if (cli.environment == NULL)
    return refills_cli_fail_usage (_("the server’s address cannot be used: %s"), error->message);
  if (language != NULL) {
    g_free (cli.environment->language); /* owned by the struct */
    cli.environment->language = g_strdup (refills_api_language (language));
  }

  cli.environment->order_shape = shape;
  shorten_waits (&cli);

  return command->run (&cli, argc - 1, argv + 1);
}

/**
 * refills_cli_parse:
 * @argc: (inout): how many words there are, the command first
 * @argv: (inout): the words
 * @entries: (nullable): the command's options
 * @n_parameters: how many words it takes beside them
 * @parameters: what those are, for its help
 * @summary: what it does, for its help
 *
 * Reads the options of a command; what is left are its parameters, behind the command itself. Says what
 * is wrong where something is, and ends the program for `--help`.
 *
 * Returns: whether the options are right; the command ends with #REFILLS_CLI_USAGE where they are not
 */
gboolean
refills_cli_parse (int                *argc,
                   char             ***argv,
                   const GOptionEntry *entries,
                   int                 n_parameters,
                   const char         *parameters,
                   const char         *summary)
{
  if (!refills_cli_parse_with (argc, argv, entries, NULL, parameters, summary))
    return FALSE;
  if (*argc - 1 != n_parameters) {
    refills_cli_fail_usage (n_parameters > 0 ? _("what is wanted is: %s") : _("there are no such parameters"),
                            parameters);
    return FALSE;
  }

  return TRUE;
}

/**
 * refills_cli_parse_with:
 * @argc: (inout): how many words there are, the command first
 * @argv: (inout): the words
 * @entries: (nullable): the command's options
 * @data: (nullable): handed to the callbacks in @entries
 * @parameters: what else it takes, for its help
 * @summary: what it does, for its help
 *
 * As [func@cli_parse], for a command that counts its parameters by itself.
 *
 * Returns: whether the options are right
 */
gboolean
refills_cli_parse_with (int                *argc,
                        char             ***argv,
                        const GOptionEntry *entries,
                        gpointer            data,
                        const char         *parameters,
                        const char         *summary)
{
  g_autoptr (GOptionContext) context = g_option_context_new (parameters);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("refills-cli %s", (*argv)[0]);
  GOptionGroup *group = g_option_group_new (NULL, NULL, NULL, data, NULL);

  g_set_prgname (name); /* what the help begins with; there are no threads yet */
  if (entries != NULL)
    g_option_group_add_entries (group, entries);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_context_set_main_group (context, group);
  g_option_context_set_summary (context, summary);
  if (!g_option_context_parse (context, argc, argv, &error)) {
    refills_cli_fail_usage ("%s", error->message);
    return FALSE;
  }
  if (*argc > 1 && g_str_equal ((*argv)[1], "--")) {
    (*argv)++;
    (*argc)--;
  }

  return TRUE;
}

/**
 * refills_cli_get_http:
 * @self: the tool
 * @error: return location for a `REFILLS_ERROR_INVALID_INPUT`
 *
 * Returns: (transfer none) (nullable): what asks the server
 */
RefillsHttp *
refills_cli_get_http (RefillsCli  *self,
                      GError     **error)
{
  const RefillsEnvironment *environment = self->environment;
  const RefillsHttpOptions options = {
    .base_uri = environment->base_uri,
    .logo_origin = environment->logo_origin,
    .partner_id = environment->partner_id,
    .version = environment->version,
    .read_deadline_ms = environment->read_deadline_ms,
    .order_deadline_ms = environment->order_deadline_ms,
    .silence_ms = environment->silence_ms,
    .socket_timeout_s = environment->socket_timeout_s,
    .built_at = environment->built_at,
  };

  if (self->http == NULL)
    self->http = refills_http_new (&options, error);

  return self->http;
}
