/* refills-cli-output.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tool prints: whole lines, each of which leaves at once.
 *
 * Ends the program where nobody reads any more (by SIGPIPE, as a tool in a pipe does), and with the
 * exit code of the disk where a line cannot be written.
 */
#include "refills-cli-output.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <glib/gi18n.h>

#include "refills-cli.h"

/**
 * refills_cli_print_line:
 * @line: a result, without its line break
 *
 * Prints one line to the standard output and flushes it.
 */
void
refills_cli_print_line (const char *line)
{
  if (fputs (line, stdout) >= 0 && fputc ('\n', stdout) >= 0 && fflush (stdout) == 0)
    return;

  /* GIO has SIGPIPE ignored. */
  if (errno == EPIPE) {
    signal (SIGPIPE, SIG_DFL);
    raise (SIGPIPE);
  }
  g_printerr (_("refills-cli: the output cannot be written: %s\n"), g_strerror (errno));
  exit (REFILLS_CLI_STORAGE);
}
