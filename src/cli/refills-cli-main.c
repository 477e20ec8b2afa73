/* refills-cli-main.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The command-line tool: what is set before the first line of ours runs.
 */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "refills-cli.h"
#include "refills-environment.h"

int
main (int    argc,
      char **argv)
{
  const char *localedir = g_getenv ("REFILLS_LOCALEDIR"); /* from a build folder */

  refills_environment_prepare_process ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir ? localedir : REFILLS_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  return refills_cli_main (argc, argv);
}
