/* refills-relay-command.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * `refills-cli relay`: listens until it is told to end. Prints where it listens, and nothing more.
 */
#include "refills-relay-command.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "refills-cli-output.h"
#include "refills-relay.h"

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static int
run (RefillsRelay *relay,
     guint16       port)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  guint terminated;
  guint interrupted;

  if (!refills_relay_start (relay, port, &error)) {
    g_printerr (_("refills-cli: port %u of this computer cannot be listened on: %s\n"), port, error->message);
    return REFILLS_CLI_NETWORK;
  }

  terminated = g_unix_signal_add (SIGTERM, quit_cb, loop);
  interrupted = g_unix_signal_add (SIGINT, quit_cb, loop);
  line = g_strdup_printf ("listening on %s", refills_relay_get_uri (relay));
  refills_cli_print_line (line);
  g_main_loop_run (loop);
  g_source_remove (terminated);
  g_source_remove (interrupted);
  refills_relay_stop (relay);

  return REFILLS_CLI_DONE;
}

/**
 * refills_relay_run:
 * @cli: the tool
 * @argc: how many words there are, the command first
 * @argv: the words
 *
 * Serves `GET /api/orders/{orderId}/subscribe` on 127.0.0.1 until SIGTERM or SIGINT.
 *
 * Returns: a #RefillsCliExit; #REFILLS_CLI_NETWORK where the port is taken
 */
int
refills_relay_run (RefillsCli  *cli,
                   int          argc,
                   char       **argv)
{
  const RefillsEnvironment *environment = cli->environment;
  int port = -1;
  g_autofree char *upstream = NULL;
  g_autofree char *allow_origin = NULL;
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &port, N_("Listen on this port of 127.0.0.1; 0 for any free one"), N_("N") },
    { "upstream", 0, 0, G_OPTION_ARG_STRING, &upstream, N_("Pass on the streams of this server"), N_("URL") },
    { "allow-origin", 0, 0, G_OPTION_ARG_STRING, &allow_origin,
      N_("Let pages of this origin read the streams"), N_("ORIGIN") },
    { NULL }
  };
  RefillsHttpOptions options = {
    .base_uri = environment->base_uri,
    .partner_id = environment->partner_id,
    .version = environment->version,
    .silence_ms = environment->silence_ms,
    .max_streams = REFILLS_RELAY_MAX_CLIENTS,
  };
  g_autoptr (RefillsHttp) http = NULL;
  g_autoptr (RefillsRelay) relay = NULL;
  g_autoptr (GError) error = NULL;

  if (!refills_cli_parse (&argc, &argv, entries, 0, "", _("Pass the events of an order on to a page in a browser")))
    return REFILLS_CLI_USAGE;
  if (port < 0 || port > G_MAXUINT16)
    return refills_cli_fail_usage (_("--port must be given, from 0 to %u"), G_MAXUINT16);
  if (allow_origin != NULL && !refills_relay_origin_is_valid (allow_origin))
    return refills_cli_fail_usage (_("“%s” is not an origin, like https://example.com"), allow_origin);
  if (upstream != NULL)
    options.base_uri = upstream;
  http = refills_http_new (&options, &error);
  if (http == NULL)
    return refills_cli_fail_usage (_("the server’s address cannot be used: %s"), error->message);

  relay = refills_relay_new (http, cli->country, allow_origin);

  return run (relay, (guint16) port);
}
