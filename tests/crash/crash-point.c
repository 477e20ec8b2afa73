/* crash-point.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the process ends itself with SIGKILL, by what `REFILLS_CRASH_AT` says:
 *
 *   NAME[:N]                  the Nth time (from 1) that the place of this name is reached
 *   NAME[:N]+WHAT-WHERE[:M]   from that time on in SQLite's files: WHAT is `write` (half of the Mth write is done) or
 *                             `sync` (before the Mth sync); or, without an end, `full` (no write more), `broken` (no
 *                             sync more) or `forget` (syncs are said to be done). WHERE is `db`, `log` or `any`
 *
 * Where NAME follows an @, nothing counts before SIGUSR1, which is answered with a line `armed`. Where it then follows
 * a ~, the process is told to end by SIGTERM, after a line `told to end at NAME`, and goes on. A NAME that ends with *
 * is any that begins so. The place `start` is reached at once. Any thread, but for crash_point_init().
 */
#include "crash-point.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "refills-fault-vfs.h"

static char *wanted;
static int left = 1;
static int armed;
static gboolean is_told;
static RefillsFault fault;
static RefillsFaultPlace place;
static int fault_after;

static void
parse_fault (const char *text)
{
  static const struct { const char *name; RefillsFault fault; } faults[] = {
    { "write", REFILLS_FAULT_DIE }, { "sync", REFILLS_FAULT_DIE_SYNC }, { "full", REFILLS_FAULT_FULL },
    { "broken", REFILLS_FAULT_SYNC }, { "forget", REFILLS_FAULT_FORGET },
  };
  g_auto (GStrv) parts = g_strsplit_set (text, "-:", 3);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    if (g_strcmp0 (parts[0], faults[i].name) == 0)
      fault = faults[i].fault;
  if (fault == REFILLS_FAULT_NONE || parts[1] == NULL)
    g_error ("REFILLS_CRASH_AT has no such fault: %s", text);
  place = g_str_equal (parts[1], "db") ? REFILLS_FAULT_IN_DATABASE
          : g_str_equal (parts[1], "log") ? REFILLS_FAULT_IN_LOG : REFILLS_FAULT_IN_ANY;
  fault_after = parts[2] != NULL ? atoi (parts[2]) - 1 : 0;
}

static gboolean
arm_cb (gpointer user_data)
{
  g_atomic_int_set (&armed, TRUE);
  g_print ("armed\n");

  return G_SOURCE_REMOVE;
}

void
crash_point_init (void)
{
  const char *text = g_getenv ("REFILLS_CRASH_AT");
  g_auto (GStrv) halves = g_strsplit (text != NULL ? text : "", "+", 2);
  char *colon = NULL;

  refills_fault_vfs_register ();
  if (halves[0] == NULL)
    return;

  armed = *halves[0] != '@';
  if (!armed)
    g_unix_signal_add (SIGUSR1, arm_cb, NULL);
  wanted = g_strdup (halves[0] + (armed ? 0 : 1));
  is_told = *wanted == '~';
  if (is_told)
    memmove (wanted, wanted + 1, strlen (wanted));
  colon = strchr (wanted, ':');
  if (colon != NULL) {
    *colon = '\0';
    left = atoi (colon + 1);
  }
  if (halves[1] != NULL)
    parse_fault (halves[1]);
  crash_point_reach ("start");
}

static gboolean
is_wanted (const char *name)
{
  gsize length = strlen (wanted);

  if (length > 0 && wanted[length - 1] == '*')
    return strncmp (name, wanted, length - 1) == 0;

  return g_str_equal (name, wanted);
}

void
crash_point_reach (const char *name)
{
  if (wanted == NULL || !g_atomic_int_get (&armed) || !is_wanted (name) || g_atomic_int_add (&left, -1) != 1)
    return;

  if (fault != REFILLS_FAULT_NONE) {
    refills_fault_vfs_set_in (place, fault, fault_after);
    return;
  }
  if (is_told) {
    g_print ("told to end at %s\n", name);
    kill (getpid (), SIGTERM);
    return;
  }
  kill (getpid (), SIGKILL);
  pause ();
}
