/* refills-cli-vault.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The commands about the key to the orders on disk: to open them where they are locked, and to make them recoverable.
 *
 * A passphrase is never an argument, which others on the computer could read: it comes from a file, or from the
 * standard input, which does not echo it where it is a terminal.
 */
#include "refills-cli-commands.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "refills-cli-fetch.h"
#include "refills-cli-output.h"
#include "refills-cli-vault.h"
#include "refills-error.h"
#include "refills-history.h"

#define MAX_PASSPHRASE 1024

static void
wipe (char *passphrase)
{
  explicit_bzero (passphrase, MAX_PASSPHRASE);
  g_free (passphrase); /* wiped before */
}

typedef char Passphrase;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Passphrase, wipe)

/* The signal that came while a terminal is quiet, or 0. */
static volatile sig_atomic_t interruption;

static void
interrupted_cb (int number)
{
  interruption = number;
}

/* The first line, a byte at a time, so that nothing of it stays in a buffer of the C library. */
static Passphrase *
read_line (int fd)
{
  g_autoptr (Passphrase) line = g_malloc0 (MAX_PASSPHRASE);
  gsize length = 0;

  while (length < MAX_PASSPHRASE - 1) {
    ssize_t n = read (fd, line + length, 1);

    if (n < 0 && errno == EINTR && interruption == 0)
      continue;
    if (n < 0)
      return NULL;
    if (n == 0 || line[length] == '\n')
      break;
    length++;
  }
  line[length] = '\0';

  return length > 0 && g_utf8_validate (line, -1, NULL) ? g_steal_pointer (&line) : NULL;
}

/* Whoever gives up finds a terminal that shows again what is typed. */
static Passphrase *
ask (const char *prompt)
{
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
  const struct sigaction note = { .sa_handler = interrupted_cb };
  struct sigaction actions[G_N_ELEMENTS (signals)];
  struct termios before;
  struct termios quiet;
  gboolean is_terminal = tcgetattr (STDIN_FILENO, &before) == 0;
  Passphrase *line = NULL;

  if (is_terminal) {
    for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
      sigaction (signals[i], &note, &actions[i]);
    quiet = before;
    quiet.c_lflag &= ~(tcflag_t) ECHO;
    g_printerr ("%s", prompt);
    tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  line = read_line (STDIN_FILENO);
  if (is_terminal) {
    tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
    g_printerr ("\n");
    for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
      sigaction (signals[i], &actions[i], NULL);
    if (interruption != 0)
      raise (interruption);
  }

  return line;
}

/* From a file, or where that is “-” or NULL from the standard input. */
static Passphrase *
get_passphrase (RefillsCli *self,
                const char *path,
                const char *prompt,
                int        *status)
{
  Passphrase *passphrase = NULL;

  if (path == NULL || g_str_equal (path, "-")) {
    passphrase = ask (prompt);
  } else {
    int fd = open (path, O_RDONLY | O_CLOEXEC);

    if (fd >= 0) {
      passphrase = read_line (fd);
      close (fd);
    }
  }
  if (passphrase == NULL)
    *status = refills_cli_fail_input (self, _("There is no passphrase to read."));

  return passphrase;
}

static int
fail (RefillsCli   *self,
      RefillsVault *vault,
      const GError *error)
{
  if (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_LOCKED) &&
      refills_vault_get_state (vault) == REFILLS_VAULT_LOCKED)
    return refills_cli_fail_locked (self, vault);

  return refills_cli_fail (self, error);
}

typedef void (*VaultCall) (RefillsVault        *vault,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data);
typedef void (*PassphraseCall) (RefillsVault        *vault,
                                const char          *passphrase,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);

static gboolean
run (RefillsCli   *self,
     RefillsVault *vault,
     VaultCall     call,
     int          *status)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  call (vault, NULL, refills_cli_keep_result, &result);
  refills_cli_wait (&result);
  if (refills_vault_finish (vault, result, &error))
    return TRUE;
  *status = fail (self, vault, error);

  return FALSE;
}

static gboolean
run_with (RefillsCli     *self,
          RefillsVault   *vault,
          PassphraseCall  call,
          const char     *passphrase,
          int            *status)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  call (vault, passphrase, NULL, refills_cli_keep_result, &result);
  refills_cli_wait (&result);
  if (refills_vault_finish (vault, result, &error))
    return TRUE;
  *status = fail (self, vault, error);

  return FALSE;
}

static int
print_state (RefillsCli   *self,
             RefillsVault *vault)
{
  gboolean is_open = refills_vault_get_state (vault) == REFILLS_VAULT_OPEN;

  if (self->json) {
    GString *object = refills_cli_begin_object ();
    g_autofree char *line = NULL;

    refills_cli_add_text (object, "vault", is_open ? "open" : "empty");
    refills_cli_add_text (object, "place", !is_open ? NULL : refills_vault_is_in_file (vault) ? "file" : "keyring");
    refills_cli_add_raw (object, "recovery", refills_vault_has_recovery (vault) ? "true" : "false");
    line = refills_cli_end_object (object);
    refills_cli_print_json (line);
  } else if (!is_open) {
    refills_cli_print_clean ("%s", _("There is no key yet. The first order makes one."));
  } else if (refills_vault_is_in_file (vault)) {
    refills_cli_print_clean ("%s", _("Your orders are open. Their key is in a file."));
  } else {
    refills_cli_print_clean ("%s", _("Your orders are open. Their key is in the keyring."));
  }

  return REFILLS_CLI_DONE;
}

/**
 * refills_cli_keep_in_file:
 * @self: the tool
 * @vault: the keys
 * @status: (out): what the command ends with where that does not work
 *
 * Keeps the key in a file, because the command line says so.
 *
 * Returns: whether it is kept there
 */
gboolean
refills_cli_keep_in_file (RefillsCli   *self,
                          RefillsVault *vault,
                          int          *status)
{
  return run (self, vault, refills_vault_keep_in_file_async, status);
}

/**
 * refills_cli_unlock:
 * @self: the tool
 * @argc: how many words
 * @argv: `unlock`
 *
 * Opens the orders on disk: the keyring may ask for its password, or the recovery passphrase opens them and the key is
 * kept again where it was.
 *
 * Returns: a #RefillsCliExit
 */
int
refills_cli_unlock (RefillsCli  *self,
                    int          argc,
                    char       **argv)
{
  g_autofree char *passphrase_file = NULL;
  gboolean key_file = FALSE;
  gboolean set_aside = FALSE;
  const GOptionEntry entries[] = {
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &passphrase_file,
      N_("Open them by the recovery passphrase, from this file or with “-” from the standard input"), N_("FILE") },
    { "key-file", 0, 0, G_OPTION_ARG_NONE, &key_file, N_("Keep the key in a file from now on, not in a keyring"),
      NULL },
    { "set-aside", 0, 0, G_OPTION_ARG_NONE, &set_aside,
      N_("Where they cannot be opened, keep them in another file and begin without them"), NULL },
    { NULL }
  };
  g_autoptr (RefillsHistory) history = NULL;
  g_autoptr (Passphrase) passphrase = NULL;
  RefillsVault *vault = NULL;
  int status = REFILLS_CLI_DONE;

  if (!refills_cli_parse (&argc, &argv, entries, 0, "", _("Open the orders on this computer")))
    return REFILLS_CLI_USAGE;
  if (set_aside && passphrase_file != NULL)
    return refills_cli_fail_usage ("%s", _("Give one of --passphrase-file and --set-aside."));
  history = refills_history_new (self->environment);
  vault = refills_history_get_vault (history);
  if (set_aside) {
    if (!run (self, vault, refills_vault_set_aside_async, &status))
      return status;
    if (refills_vault_get_state (vault) == REFILLS_VAULT_EMPTY)
      refills_cli_note (_("Orders that could not be opened are in a file in %s."), self->environment->data_folder);
  } else if (passphrase_file != NULL) {
    passphrase = get_passphrase (self, passphrase_file, _("Recovery passphrase: "), &status);
    if (passphrase == NULL || !run_with (self, vault, refills_vault_recover_async, passphrase, &status))
      return status;
  } else if (!run (self, vault, refills_vault_unlock_async, &status)) {
    return status;
  }
  if (key_file && !refills_cli_keep_in_file (self, vault, &status))
    return status;
  if (!refills_vault_is_kept (vault)) {
    g_autoptr (GError) error = g_error_new_literal (REFILLS_ERROR, REFILLS_ERROR_NO_KEYRING, "not kept");

    refills_cli_note ("%s", _("The passphrase is right. With --key-file the key would be kept in a file."));
    return refills_cli_fail (self, error);
  }

  return print_state (self, vault);
}

/**
 * refills_cli_recovery:
 * @self: the tool
 * @argc: how many words
 * @argv: `recovery`
 *
 * Sets the passphrase that opens the orders where the keyring or the key file is lost.
 *
 * Returns: a #RefillsCliExit
 */
int
refills_cli_recovery (RefillsCli  *self,
                      int          argc,
                      char       **argv)
{
  g_autofree char *passphrase_file = NULL;
  const GOptionEntry entries[] = {
    { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &passphrase_file,
      N_("Read the passphrase from this file, not from the standard input"), N_("FILE") },
    { NULL }
  };
  g_autoptr (RefillsHistory) history = NULL;
  g_autoptr (Passphrase) passphrase = NULL;
  g_autoptr (Passphrase) again = NULL;
  RefillsVault *vault = NULL;
  int status = REFILLS_CLI_DONE;

  if (!refills_cli_parse (&argc, &argv, entries, 0, "", _("Set the recovery passphrase of the orders")))
    return REFILLS_CLI_USAGE;
  history = refills_history_new (self->environment);
  vault = refills_history_get_vault (history);
  if (!run (self, vault, refills_vault_unlock_async, &status))
    return status;
  if (refills_vault_get_state (vault) == REFILLS_VAULT_EMPTY)
    return refills_cli_fail_input (self, _("There is no key yet. The first order makes one."));
  passphrase = get_passphrase (self, passphrase_file, _("New recovery passphrase: "), &status);
  if (passphrase == NULL)
    return status;
  if (g_utf8_strlen (passphrase, -1) < REFILLS_VAULT_MIN_PASSPHRASE)
    return refills_cli_fail_input (self, _("A recovery passphrase has at least %d characters."),
                                   REFILLS_VAULT_MIN_PASSPHRASE);
  /* What nobody sees is easily mistyped. */
  if (passphrase_file == NULL && isatty (STDIN_FILENO)) {
    again = get_passphrase (self, NULL, _("The same again: "), &status);
    if (again == NULL)
      return status;
    if (!g_str_equal (passphrase, again))
      return refills_cli_fail_input (self, _("The two passphrases are not the same."));
  }
  if (!run_with (self, vault, refills_vault_set_recovery_async, passphrase, &status))
    return status;

  return print_state (self, vault);
}
