/* refills-error.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one error domain. Codes say what a person can do about a failure; the message of an error is
 * for the log and is never shown. Sentences for the screen come from here and nowhere else.
 */
#include "refills-error.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

G_DEFINE_QUARK (refills-error-quark, refills_error)

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
    *code = REFILLS_ERROR_OFFLINE;
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
  case REFILLS_ERROR_UNREACHABLE:
    return _("The shop cannot be reached right now.");
  case REFILLS_ERROR_TIMEOUT:
    return _("The shop took too long to answer.");
  case REFILLS_ERROR_TLS:
    return _("The connection to the shop is not secure, so nothing was sent.");
  case REFILLS_ERROR_SIGN_IN:
    return _("This network wants you to sign in first. Open a web page to do that.");
  case REFILLS_ERROR_RATE_LIMITED:
    return _("The shop asks to wait a moment before trying again.");
  case REFILLS_ERROR_NOT_FOUND:
    return _("The shop does not have this any more.");
  case REFILLS_ERROR_REJECTED:
    return _("The shop did not accept this.");
  case REFILLS_ERROR_SERVER:
    return _("The shop has a problem right now.");
  case REFILLS_ERROR_PROTOCOL:
    return _("The shop sent an answer that could not be understood.");
  case REFILLS_ERROR_STORAGE:
    return _("Your data could not be saved or read on this computer.");
  case REFILLS_ERROR_STORAGE_FULL:
    return _("There is no space left on this computer.");
  case REFILLS_ERROR_UNKNOWN_OUTCOME:
    return _("It is not known whether the order was made. Nothing was paid.");
  case REFILLS_ERROR_LIVE_ORDERS_OFF:
    return _("Ordering at the real shop is not open yet.");
  case REFILLS_ERROR_INVALID_INPUT:
    return _("Some of what was entered is not valid.");
  default:
    return _("Something went wrong. Try again.");
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
  case REFILLS_ERROR_UNREACHABLE:
  case REFILLS_ERROR_TIMEOUT:
  case REFILLS_ERROR_SIGN_IN:
  case REFILLS_ERROR_RATE_LIMITED:
  case REFILLS_ERROR_SERVER:
    return TRUE;
  case REFILLS_ERROR_TLS:
  case REFILLS_ERROR_NOT_FOUND:
  case REFILLS_ERROR_REJECTED:
  case REFILLS_ERROR_PROTOCOL:
  case REFILLS_ERROR_STORAGE:
  case REFILLS_ERROR_STORAGE_FULL:
  case REFILLS_ERROR_UNKNOWN_OUTCOME:
  case REFILLS_ERROR_LIVE_ORDERS_OFF:
  case REFILLS_ERROR_INVALID_INPUT:
  default:
    return FALSE;
  }
}
