/* refills-cli-failure.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tool says when something is wrong: on the standard error, a sentence for people a line, or with `--json`
 * an object a line. And with which number it ends.
 */
#include <glib/gi18n.h>

#include "refills-cli-output.h"
#include "refills-cli.h"
#include "refills-error.h"
#include "refills-order-terms.h"
#include "refills-problem.h"

/* For scripts: the names stay. Which number the tool ends with. */
static const struct {
  RefillsErrorCode code;
  const char      *name;
  RefillsCliExit   exit;
} errors[] = {
  { REFILLS_ERROR_OFFLINE, "OFFLINE", REFILLS_CLI_NETWORK },
  { REFILLS_ERROR_NO_SUCH_HOST, "NO_SUCH_HOST", REFILLS_CLI_NETWORK },
  { REFILLS_ERROR_UNREACHABLE, "UNREACHABLE", REFILLS_CLI_NETWORK },
  { REFILLS_ERROR_TIMEOUT, "TIMEOUT", REFILLS_CLI_NETWORK },
  { REFILLS_ERROR_PROXY, "PROXY", REFILLS_CLI_NETWORK },
  { REFILLS_ERROR_SIGN_IN, "SIGN_IN", REFILLS_CLI_NETWORK },
  { REFILLS_ERROR_TLS, "TLS", REFILLS_CLI_NETWORK },
  { REFILLS_ERROR_TLS_UNTRUSTED, "TLS_UNTRUSTED", REFILLS_CLI_NETWORK },
  { REFILLS_ERROR_TLS_OTHER_SITE, "TLS_OTHER_SITE", REFILLS_CLI_NETWORK },
  { REFILLS_ERROR_TLS_EXPIRED, "TLS_EXPIRED", REFILLS_CLI_NETWORK },
  { REFILLS_ERROR_TLS_NOT_YET, "TLS_NOT_YET", REFILLS_CLI_NETWORK },
  { REFILLS_ERROR_TLS_CLOCK, "TLS_CLOCK", REFILLS_CLI_NETWORK },
  { REFILLS_ERROR_TLS_MISSING, "TLS_MISSING", REFILLS_CLI_NETWORK },
  { REFILLS_ERROR_RATE_LIMITED, "RATE_LIMITED", REFILLS_CLI_NETWORK },
  { REFILLS_ERROR_PARTNER_REFUSED, "PARTNER_REFUSED", REFILLS_CLI_REFUSED },
  { REFILLS_ERROR_BLOCKED, "BLOCKED", REFILLS_CLI_NETWORK },
  { REFILLS_ERROR_NOT_FOUND, "NOT_FOUND", REFILLS_CLI_REFUSED },
  { REFILLS_ERROR_CONFLICT, "CONFLICT", REFILLS_CLI_REFUSED },
  { REFILLS_ERROR_TOO_LONG, "TOO_LONG", REFILLS_CLI_REFUSED },
  { REFILLS_ERROR_REJECTED, "REJECTED", REFILLS_CLI_REFUSED },
  { REFILLS_ERROR_SERVER, "SERVER", REFILLS_CLI_NETWORK },
  { REFILLS_ERROR_PROTOCOL, "PROTOCOL", REFILLS_CLI_NETWORK },
  { REFILLS_ERROR_STORAGE, "STORAGE", REFILLS_CLI_STORAGE },
  { REFILLS_ERROR_STORAGE_FULL, "STORAGE_FULL", REFILLS_CLI_STORAGE },
  { REFILLS_ERROR_UNKNOWN_OUTCOME, "UNKNOWN_OUTCOME", REFILLS_CLI_NETWORK },
  { REFILLS_ERROR_NOT_VALIDATED, "NOT_VALIDATED", REFILLS_CLI_REFUSED },
  { REFILLS_ERROR_BAD_PARTNER_ID, "BAD_PARTNER_ID", REFILLS_CLI_REFUSED },
  { REFILLS_ERROR_INVALID_INPUT, "INVALID_INPUT", REFILLS_CLI_REFUSED },
  { REFILLS_ERROR_STORAGE_NEWER, "STORAGE_NEWER", REFILLS_CLI_STORAGE },
  { REFILLS_ERROR_STORAGE_READ_ONLY, "STORAGE_READ_ONLY", REFILLS_CLI_STORAGE },
  { REFILLS_ERROR_LOCKED, "LOCKED", REFILLS_CLI_STORAGE },
  { REFILLS_ERROR_NO_KEYRING, "NO_KEYRING", REFILLS_CLI_STORAGE },
  { REFILLS_ERROR_WRONG_PASSPHRASE, "WRONG_PASSPHRASE", REFILLS_CLI_REFUSED },
  { REFILLS_ERROR_SAME_BASKET, "SAME_BASKET", REFILLS_CLI_REFUSED },
  { REFILLS_ERROR_PAYABLE_ORDER, "PAYABLE_ORDER", REFILLS_CLI_REFUSED },
  { REFILLS_ERROR_IN_USE, "IN_USE", REFILLS_CLI_STORAGE },
  { REFILLS_ERROR_UNSUPPORTED_PAYMENT, "UNSUPPORTED_PAYMENT", REFILLS_CLI_REFUSED },
};

static const char *
get_name (const GError *error)
{
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++) {
    if (g_error_matches (error, REFILLS_ERROR, (int) errors[i].code))
      return errors[i].name;
  }

  return "OTHER";
}

static RefillsCliExit
get_exit (const GError *error)
{
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++) {
    if (g_error_matches (error, REFILLS_ERROR, (int) errors[i].code))
      return errors[i].exit;
  }

  return REFILLS_CLI_NETWORK;
}

/* Where a window would ask, the tool says what it can be told. */
static const char *
get_text (const GError *error)
{
  if (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_PAYABLE_ORDER))
    return _("Another order is waiting for its payment. With --replace a new one takes its place, and its address "
             "must not be paid any more.");
  if (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_SAME_BASKET))
    return _("You ordered the same less than ten minutes ago. With --replace it is ordered again.");

  return refills_error_to_text (error);
}

static void
say (RefillsCli *self,
     const char *member,
     const char *code,
     const char *text)
{
  if (self->json) {
    GString *object = refills_cli_begin_object ();
    g_autofree char *document = NULL;
    g_autofree char *escaped = NULL;

    refills_cli_add_text (object, member, code);
    refills_cli_add_text (object, "message", text);
    document = refills_cli_end_object (object);
    escaped = refills_cli_escape_controls (document);
    g_printerr ("%s\n", escaped);
  } else {
    g_printerr ("refills-cli: %s\n", text);
  }
}

/**
 * refills_cli_fail:
 * @self: the tool
 * @error: why a command cannot go on
 *
 * Says why.
 *
 * Returns: what the command ends with
 */
int
refills_cli_fail (RefillsCli   *self,
                  const GError *error)
{
  say (self, "error", get_name (error), get_text (error));

  return get_exit (error);
}

/**
 * refills_cli_fail_order:
 * @self: the tool
 * @problems: (nullable) (element-type RefillsProblem): why the service refused, where it said so
 * @error: why there is no order
 *
 * Says why no order was made, and where it could not be saved, that it was not sent.
 *
 * Returns: what the command ends with
 */
int
refills_cli_fail_order (RefillsCli   *self,
                        GPtrArray    *problems,
                        const GError *error)
{
  const char *text = get_text (error);

  if (problems != NULL && problems->len > 0)
    return refills_cli_fail_problems (self, problems, error);

  /* Where a window would ask, the tool has words of its own. */
  if (g_str_equal (text, refills_error_to_text (error)))
    text = refills_error_to_order_text (error);
  say (self, "error", get_name (error), text);

  return get_exit (error);
}

/**
 * refills_cli_fail_locked:
 * @self: the tool
 * @vault: a locked vault
 *
 * Says why what was saved cannot be opened.
 *
 * Returns: #REFILLS_CLI_STORAGE
 */
int
refills_cli_fail_locked (RefillsCli   *self,
                         RefillsVault *vault)
{
  const char *reason = refills_vault_get_reason (vault);
  g_autoptr (GError) error = g_error_new_literal (REFILLS_ERROR, REFILLS_ERROR_LOCKED, "the vault is locked");

  say (self, "error", get_name (error), reason != NULL ? reason : refills_error_to_text (error));

  return get_exit (error);
}

/**
 * refills_cli_fail_problems:
 * @self: the tool
 * @problems: (element-type RefillsProblem): why the service refused, where it said so
 * @error: (nullable): why there is no answer; what is said where there are no problems
 *
 * Says each problem.
 *
 * Returns: what the command ends with
 */
int
refills_cli_fail_problems (RefillsCli   *self,
                           GPtrArray    *problems,
                           const GError *error)
{
  for (guint i = 0; i < problems->len; i++)
    say (self, "problem", refills_problem_get_code (problems->pdata[i]), refills_problem_get_text (problems->pdata[i]));

  if (problems->len == 0)
    return refills_cli_fail (self, error);

  return error != NULL ? get_exit (error) : REFILLS_CLI_REFUSED;
}

/**
 * refills_cli_fail_answer:
 * @self: the tool
 *
 * Says that an answer is not what was asked for.
 *
 * Returns: what the command ends with
 */
int
refills_cli_fail_answer (RefillsCli *self)
{
  g_autoptr (GError) error =
    g_error_new_literal (REFILLS_ERROR, REFILLS_ERROR_PROTOCOL, "the answer is of another kind");

  return refills_cli_fail (self, error);
}

/**
 * refills_cli_fail_unsaved:
 * @self: the tool
 * @order_id: the service's id of an order
 *
 * Says that an order was made and is not on disk, and how it is found again.
 *
 * Returns: #REFILLS_CLI_STORAGE
 */
int
refills_cli_fail_unsaved (RefillsCli *self,
                          const char *order_id)
{
  g_autofree char *text =
    /* Translators: %s is the id of an order, as “refills-cli show” takes it. */
    g_strdup_printf (_("The order was made and could not be saved here. Keep its ID: “refills-cli show %s” asks the "
                       "service for it."), order_id);

  say (self, "error", "UNSAVED_ORDER", text);

  return REFILLS_CLI_STORAGE;
}

/**
 * refills_cli_fail_terms:
 * @self: the tool
 *
 * Says what must be known before an order that costs money, which is not made until the command line says that it is
 * known: the tool asks nothing and remembers nothing, and a server that was forgotten to be named is the real one.
 *
 * Returns: #REFILLS_CLI_REFUSED
 */
int
refills_cli_fail_terms (RefillsCli *self)
{
  g_autofree char *terms = refills_order_terms_dup_text ();
  g_autofree char *text =
    g_strjoin ("\n\n", _("This order would cost real money. Nothing was sent."), terms,
               _("With --accept-terms the order is made."), NULL);

  say (self, "error", "TERMS", text);

  return REFILLS_CLI_REFUSED;
}

/**
 * refills_cli_fail_input:
 * @self: the tool
 * @format: a sentence about what cannot be had
 * @...: for @format
 *
 * Says it.
 *
 * Returns: #REFILLS_CLI_REFUSED
 */
int
refills_cli_fail_input (RefillsCli *self,
                        const char *format,
                        ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  say (self, "error", "INVALID_INPUT", text);

  return REFILLS_CLI_REFUSED;
}

/**
 * refills_cli_fail_usage:
 * @format: what is wrong with the command line
 * @...: for @format
 *
 * Returns: #REFILLS_CLI_USAGE
 */
int
refills_cli_fail_usage (const char *format,
                        ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("refills-cli: %s\n", text);
  g_printerr ("%s\n", _("“refills-cli --help” shows how it is used."));

  return REFILLS_CLI_USAGE;
}

/**
 * refills_cli_note:
 * @format: what should be known beside the results
 * @...: for @format
 *
 * Says it on the standard error.
 */
void
refills_cli_note (const char *format,
                  ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("refills-cli: %s\n", text);
}
