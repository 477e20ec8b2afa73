/* refills-sandbox-main.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sandbox as a program of its own. Prints where it listens once it does, and ends on SIGTERM or
 * SIGINT.
 */
#include "config.h"

#include "refills-sandbox-faults.h"

#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

/* FALSE: one of them is not to be had; it is said which. */
static gboolean
set_shapes (RefillsSandbox *sandbox,
            char          **shapes,
            const char     *strict_shape)
{
  for (guint i = 0; shapes != NULL && shapes[i] != NULL; i++) {
    g_auto (GStrv) parts = g_strsplit (shapes[i], "=", 2);

    if (g_strv_length (parts) != 2 || !refills_sandbox_set_shape (sandbox, parts[0], parts[1])) {
      g_printerr ("refills-sandbox: there is no shape “%s”\n", shapes[i]);
      return FALSE;
    }
  }
  if (strict_shape != NULL && !refills_sandbox_set_shape (sandbox, "deliveries", strict_shape)) {
    g_printerr ("refills-sandbox: --strict-shape is “flat” or “reference”\n");
    return FALSE;
  }

  return TRUE;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

int
main (int   argc,
      char *argv[])
{
  int port = 0;
  gint64 seed = 0;
  gboolean version = FALSE;
  g_autofree char *strict_shape = NULL;
  g_auto (GStrv) shapes = NULL;
  g_autofree char *state_folder = NULL;
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &port, "Listen on this port of 127.0.0.1; 0 for any", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "Repeat codes, ids and addresses; 0 for others each time", "N" },
    { "state-folder", 0, 0, G_OPTION_ARG_FILENAME, &state_folder, "Keep orders in this folder", "DIR" },
    { "strict-shape", 0, 0, G_OPTION_ARG_STRING, &strict_shape,
      "Take orders of this shape only, “flat” or “reference”", "SHAPE" },
    { "shape", 0, 0, G_OPTION_ARG_STRING_ARRAY, &shapes, "Answer in another form; see sandbox.md", "NAME=VALUE" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, "Print the version and exit", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) options = g_option_context_new ("— a stand-in for the gift card service");
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsSandbox) sandbox = NULL;
  g_autoptr (GMainLoop) loop = NULL;

  setlocale (LC_CTYPE, ""); /* no more of it, so that figures are written the same everywhere */
  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error)) {
    g_printerr ("refills-sandbox: %s\n", error->message);
    return EXIT_FAILURE;
  }
  if (version) {
    g_print ("refills-sandbox %s\n", REFILLS_VERSION);
    return EXIT_SUCCESS;
  }
  if (argc > 1 || port < 0 || port > G_MAXUINT16) {
    g_printerr ("refills-sandbox: see --help\n");
    return EXIT_FAILURE;
  }
  sandbox = refills_sandbox_new (&(RefillsSandboxOptions) {
    .seed = (guint64) seed,
    .state_folder = state_folder,
    .port = (guint16) port,
  });
  if (!set_shapes (sandbox, shapes, strict_shape))
    return EXIT_FAILURE;
  if (!refills_sandbox_start (sandbox, &error)) {
    g_printerr ("refills-sandbox: %s\n", error->message);
    return EXIT_FAILURE;
  }
  loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  g_unix_signal_add (SIGINT, quit_cb, loop);
  g_print ("listening on %s\n", refills_sandbox_get_base_uri (sandbox));
  fflush (stdout);
  g_main_loop_run (loop);
  refills_sandbox_stop (sandbox);

  return EXIT_SUCCESS;
}
