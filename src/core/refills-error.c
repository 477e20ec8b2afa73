/* refills-error.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one error domain. Codes say what a person can do about a failure; the message of an error is
 * for the log and is never shown. Sentences for the screen come from here and nowhere else.
 */
#include "refills-error.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

/* What an error carries besides its code: when the same may be asked again. */
typedef struct {
  guint    wait;        /* seconds; 0: not known */
  gboolean is_repeated; /* by itself */
} RefillsErrorPrivate;

static void
refills_error_private_init (RefillsErrorPrivate *self)
{
}

static void
refills_error_private_copy (const RefillsErrorPrivate *self,
                            RefillsErrorPrivate       *copy)
{
  *copy = *self;
}

static void
refills_error_private_clear (RefillsErrorPrivate *self)
{
}

G_DEFINE_EXTENDED_ERROR (RefillsError, refills_error)

/* Errors of the platform that reached us unmapped, as the code of ours that says the same.
 * Returns FALSE for those that have no counterpart. */
static gboolean
find_code (const GError     *error,
           RefillsErrorCode *code)
{
  if (error->domain == REFILLS_ERROR) {
    *code = (RefillsErrorCode) error->code;
    return TRUE;
  }
  if (error->domain == G_RESOLVER_ERROR) {
    *code = REFILLS_ERROR_NO_SUCH_HOST;
    return TRUE;
  }
  if (error->domain == G_TLS_ERROR) {
    *code = REFILLS_ERROR_TLS;
    return TRUE;
  }
  if (error->domain == G_FILE_ERROR) {
    *code = error->code == G_FILE_ERROR_NOSPC ? REFILLS_ERROR_STORAGE_FULL : REFILLS_ERROR_STORAGE;
    return TRUE;
  }
  if (error->domain != G_IO_ERROR)
    return FALSE;

  switch (error->code) {
  case G_IO_ERROR_HOST_NOT_FOUND:
    *code = REFILLS_ERROR_NO_SUCH_HOST;
    return TRUE;
  case G_IO_ERROR_NETWORK_UNREACHABLE:
    *code = REFILLS_ERROR_OFFLINE;
    return TRUE;
  case G_IO_ERROR_HOST_UNREACHABLE:
  case G_IO_ERROR_CONNECTION_REFUSED:
  case G_IO_ERROR_CONNECTION_CLOSED: /* also G_IO_ERROR_BROKEN_PIPE */
  case G_IO_ERROR_NOT_CONNECTED:
  case G_IO_ERROR_PARTIAL_INPUT:
  case G_IO_ERROR_PROXY_FAILED:
    *code = REFILLS_ERROR_UNREACHABLE;
    return TRUE;
  case G_IO_ERROR_TIMED_OUT:
    *code = REFILLS_ERROR_TIMEOUT;
    return TRUE;
  case G_IO_ERROR_NO_SPACE:
    *code = REFILLS_ERROR_STORAGE_FULL;
    return TRUE;
  case G_IO_ERROR_PERMISSION_DENIED:
  case G_IO_ERROR_READ_ONLY:
  case G_IO_ERROR_NOT_FOUND:
  case G_IO_ERROR_EXISTS:
  case G_IO_ERROR_IS_DIRECTORY:
  case G_IO_ERROR_NOT_DIRECTORY:
  case G_IO_ERROR_FILENAME_TOO_LONG:
  case G_IO_ERROR_TOO_MANY_OPEN_FILES:
    *code = REFILLS_ERROR_STORAGE;
    return TRUE;
  case G_IO_ERROR_INVALID_DATA:
    *code = REFILLS_ERROR_PROTOCOL;
    return TRUE;
  case G_IO_ERROR_INVALID_ARGUMENT:
    *code = REFILLS_ERROR_INVALID_INPUT;
    return TRUE;
  default:
    return FALSE;
  }
}

/* A wait is at most five minutes, so at most some hundred texts are ever kept. */
static const char *
intern (char *text)
{
  g_autofree char *owned = text;

  return g_intern_string (owned);
}

/* No error of another domain is either of these two. */
static const char *
get_rate_limit_text (const GError *error)
{
  const RefillsErrorPrivate *private = refills_error_get_private (error);

  if (private->wait == 0)
    return _("The shop asks to wait a moment before trying again.");

  return private->is_repeated
         /* Translators: %u is a number of seconds, 1 to 300. */
         ? intern (g_strdup_printf (_("Too many requests. Trying again in %u s."), private->wait))
         : intern (g_strdup_printf (_("Too many requests. Try again in %u s."), private->wait));
}

static const char *
get_trouble_text (const GError *error)
{
  const RefillsErrorPrivate *private = refills_error_get_private (error);

  if (private->wait == 0)
    return _("The shop has a problem right now.");

  return private->is_repeated
         ? intern (g_strdup_printf (_("The shop has a problem right now. Trying again in %u s."), private->wait))
         : intern (g_strdup_printf (_("The shop has a problem right now. Try again in %u s."), private->wait));
}

/**
 * refills_error_to_text:
 * @error: (nullable): any error
 *
 * The sentence a person reads. Never the error's own message, which may hold server text.
 *
 * Returns: (transfer none): a translated sentence
 */
const char *
refills_error_to_text (const GError *error)
{
  RefillsErrorCode code = REFILLS_ERROR_PROTOCOL;

  if (error != NULL && error->domain == G_IO_ERROR && error->code == G_IO_ERROR_CANCELLED)
    return _("This was stopped before it finished.");
  if (error == NULL || !find_code (error, &code))
    return _("Something went wrong. Try again.");

  switch (code) {
  case REFILLS_ERROR_OFFLINE:
    return _("There is no connection to the internet.");
  case REFILLS_ERROR_NO_SUCH_HOST:
    return _("The shop cannot be found. Check your connection.");
  case REFILLS_ERROR_UNREACHABLE:
    return _("The shop cannot be reached right now.");
  case REFILLS_ERROR_TIMEOUT:
    return _("The shop took too long to answer.");
  case REFILLS_ERROR_PROXY:
    return _("The proxy of this network needs a sign-in.");
  case REFILLS_ERROR_SIGN_IN:
    return _("This network wants you to sign in first. Open a web page to do that.");
  case REFILLS_ERROR_TLS:
    return _("The connection to the shop is not secure, so nothing was sent.");
  case REFILLS_ERROR_TLS_UNTRUSTED:
    return _("This connection is not private: nobody known to this computer vouches for the other side. "
             "Nothing was sent.");
  case REFILLS_ERROR_TLS_OTHER_SITE:
    return _("This connection is not private: the certificate is for another site. Nothing was sent.");
  case REFILLS_ERROR_TLS_EXPIRED:
    return _("This connection is not private: the shop’s certificate has expired. Nothing was sent.");
  case REFILLS_ERROR_TLS_NOT_YET:
    return _("This connection is not private: the shop’s certificate is not valid yet. Nothing was sent.");
  case REFILLS_ERROR_TLS_CLOCK:
    return _("The shop’s certificate is not valid on the date that this computer shows. "
             "Check this computer’s date.");
  case REFILLS_ERROR_TLS_MISSING:
    return _("TLS support is missing on this computer (glib-networking).");
  case REFILLS_ERROR_RATE_LIMITED:
    return get_rate_limit_text (error);
  case REFILLS_ERROR_PARTNER_REFUSED:
    return _("The shop refused your partner ID.");
  case REFILLS_ERROR_BLOCKED:
    return _("The shop’s check for robots blocked this app. Try again later or from another network.");
  case REFILLS_ERROR_NOT_FOUND:
    return _("The shop does not have this any more.");
  case REFILLS_ERROR_CONFLICT:
    return _("This has changed at the shop in the meantime.");
  case REFILLS_ERROR_TOO_LONG:
    return _("This was too long for the shop.");
  case REFILLS_ERROR_REJECTED:
    return _("The shop did not accept this.");
  case REFILLS_ERROR_SERVER:
    return get_trouble_text (error);
  case REFILLS_ERROR_PROTOCOL:
    return _("The shop sent an answer that could not be understood.");
  case REFILLS_ERROR_STORAGE:
    return _("Your data could not be saved or read on this computer.");
  case REFILLS_ERROR_STORAGE_FULL:
    return _("There is no space left on this computer.");
  case REFILLS_ERROR_UNKNOWN_OUTCOME:
    return _("We can’t tell whether this order was made. Nothing was paid: no address was shown.");
  case REFILLS_ERROR_BAD_PARTNER_ID:
    return _("The partner ID may hold only letters, digits and signs, without spaces, and at most 128 of them.");
  case REFILLS_ERROR_INVALID_INPUT:
    return _("Some of what was entered is not valid.");
  case REFILLS_ERROR_NOT_VALIDATED:
    return _("The total was not confirmed in the last minute, so nothing was sent. Check it and try again.");
  case REFILLS_ERROR_STORAGE_NEWER:
    return _("Your orders were saved by a newer version of Refills. They can be read here, and not changed.");
  case REFILLS_ERROR_STORAGE_READ_ONLY:
    return _("Orders cannot be saved on this computer, so none can be made. Everything else works.");
  case REFILLS_ERROR_LOCKED:
    return _("Your orders are locked. Unlock them first.");
  case REFILLS_ERROR_NO_KEYRING:
    return _("This computer has no keyring that would keep the key to your orders.");
  case REFILLS_ERROR_WRONG_PASSPHRASE:
    return _("This is not the recovery passphrase.");
  case REFILLS_ERROR_SAME_BASKET:
    return _("You ordered the same less than ten minutes ago.");
  case REFILLS_ERROR_PAYABLE_ORDER:
    return _("Another order is waiting for its payment. A new one would replace it.");
  case REFILLS_ERROR_IN_USE:
    return _("Another program has your orders open. Close it first.");
  case REFILLS_ERROR_UNSUPPORTED_PAYMENT:
    return _("This version cannot check payments with this coin on this network, so nothing was ordered. "
             "Choose another coin or network.");
  default:
    return _("Something went wrong. Try again.");
  }
}

/**
 * refills_error_to_order_text:
 * @error: (nullable): why there is no order
 *
 * As [func@error_to_text], and where the order could not be saved before it was sent, it says that too.
 *
 * Returns: (transfer none): one sentence or two in the language of the person, never empty
 */
const char *
refills_error_to_order_text (const GError *error)
{
  RefillsErrorCode code = REFILLS_ERROR_PROTOCOL;

  if (error == NULL || !find_code (error, &code))
    return refills_error_to_text (error);

  switch (code) {
  case REFILLS_ERROR_STORAGE:
    return _("The order could not be saved on this computer, so it was not sent.");
  case REFILLS_ERROR_STORAGE_FULL:
    return _("There is no space left on this computer. The order could not be saved, so it was not sent.");
  case REFILLS_ERROR_STORAGE_NEWER:
    return _("Your orders were saved by a newer version of Refills, so this one was not sent.");
  case REFILLS_ERROR_STORAGE_READ_ONLY:
    return _("Orders cannot be saved on this computer, so this one was not sent.");
  default:
    return refills_error_to_text (error);
  }
}

/**
 * refills_error_is_transient:
 * @error: (nullable): any error
 *
 * Whether the same request may succeed later without anybody changing anything, so that repeating
 * it after a delay is worth it. Only for requests that may be repeated: an order that was sent and
 * got no answer is never transient.
 *
 * Returns: `TRUE` when trying again by itself is worth it
 */
gboolean
refills_error_is_transient (const GError *error)
{
  RefillsErrorCode code = REFILLS_ERROR_PROTOCOL;

  if (error == NULL || !find_code (error, &code))
    return FALSE;

  switch (code) {
  case REFILLS_ERROR_OFFLINE:
  case REFILLS_ERROR_NO_SUCH_HOST:
  case REFILLS_ERROR_UNREACHABLE:
  case REFILLS_ERROR_TIMEOUT:
  case REFILLS_ERROR_PROXY:
  case REFILLS_ERROR_SIGN_IN:
  case REFILLS_ERROR_RATE_LIMITED:
  case REFILLS_ERROR_SERVER:
    return TRUE;
  case REFILLS_ERROR_TLS:
  case REFILLS_ERROR_TLS_UNTRUSTED:
  case REFILLS_ERROR_TLS_OTHER_SITE:
  case REFILLS_ERROR_TLS_EXPIRED:
  case REFILLS_ERROR_TLS_NOT_YET:
  case REFILLS_ERROR_TLS_CLOCK:
  case REFILLS_ERROR_TLS_MISSING:
  case REFILLS_ERROR_PARTNER_REFUSED:
  case REFILLS_ERROR_BLOCKED:
  case REFILLS_ERROR_NOT_FOUND:
  case REFILLS_ERROR_CONFLICT:
  case REFILLS_ERROR_TOO_LONG:
  case REFILLS_ERROR_REJECTED:
  case REFILLS_ERROR_PROTOCOL:
  case REFILLS_ERROR_STORAGE:
  case REFILLS_ERROR_STORAGE_FULL:
  case REFILLS_ERROR_UNKNOWN_OUTCOME:
  case REFILLS_ERROR_BAD_PARTNER_ID:
  case REFILLS_ERROR_INVALID_INPUT:
  case REFILLS_ERROR_NOT_VALIDATED:
  case REFILLS_ERROR_STORAGE_NEWER:
  case REFILLS_ERROR_STORAGE_READ_ONLY:
  case REFILLS_ERROR_LOCKED:
  case REFILLS_ERROR_NO_KEYRING:
  case REFILLS_ERROR_WRONG_PASSPHRASE:
  case REFILLS_ERROR_SAME_BASKET:
  case REFILLS_ERROR_PAYABLE_ORDER:
  case REFILLS_ERROR_IN_USE:
  case REFILLS_ERROR_UNSUPPORTED_PAYMENT:
  default:
    return FALSE;
  }
}

/**
 * refills_error_set_wait:
 * @error: a `REFILLS_ERROR_RATE_LIMITED` or `_SERVER`
 * @seconds: how long nothing may be asked, or 0
 * @is_repeated: whether it is tried again then by itself
 *
 * Says when the same may be asked again.
 */
void
refills_error_set_wait (GError   *error,
                        guint     seconds,
                        gboolean  is_repeated)
{
  RefillsErrorPrivate *private = NULL;

  g_return_if_fail (error != NULL && error->domain == REFILLS_ERROR);

  private = refills_error_get_private (error);
  private->wait = seconds;
  private->is_repeated = is_repeated;
}

/**
 * refills_error_get_wait:
 * @error: (nullable): any error
 *
 * Returns: seconds until the same may be asked again, from when the error was made; 0 where that is not known
 */
guint
refills_error_get_wait (const GError *error)
{
  return error != NULL && error->domain == REFILLS_ERROR ? refills_error_get_private (error)->wait : 0;
}
