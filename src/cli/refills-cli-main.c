/* refills-cli-main.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The command-line tool: what is set before the first line of ours runs.
 */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "refills-cli.h"
#include "refills-environment.h"

/* What is said for those who look into the program is for them only; results have the standard output to themselves. */
static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         user_data)
{
  if ((level & G_LOG_LEVEL_MESSAGE) != 0 && g_getenv ("G_MESSAGES_DEBUG") == NULL)
    return G_LOG_WRITER_HANDLED;

  return g_log_writer_default (level, fields, n_fields, user_data);
}

int
main (int    argc,
      char **argv)
{
  const char *localedir = g_getenv ("REFILLS_LOCALEDIR"); /* from a build folder */

  refills_environment_prepare_process ();

  g_log_writer_default_set_use_stderr (TRUE);
  g_log_set_writer_func (write_log, NULL, NULL);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir ? localedir : REFILLS_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  return refills_cli_main (argc, argv);
}
