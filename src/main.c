/* main.c — SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "refills-application.h"
#include "refills-environment.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int    argc,
      char **argv)
{
  g_autoptr (RefillsApplication) application = NULL;
  const char *localedir = g_getenv ("REFILLS_LOCALEDIR"); /* from a build folder */

  refills_environment_prepare_process ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir ? localedir : REFILLS_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = refills_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
