/* refills-http-error.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a failed transport and an HTTP status mean in REFILLS_ERROR, whose codes are sorted by what the
 * person can do. Pure functions; the status and a code word of the service ride in the message for the
 * log, text of the service never does.
 */
#include "refills-http-error.h"

#include <string.h>

#include "refills-error.h"
#include "refills-json.h"

#define MAX_CODE_LENGTH 64

static RefillsErrorCode
get_io_code (int code)
{
  switch (code) {
  case G_IO_ERROR_NETWORK_UNREACHABLE:
  case G_IO_ERROR_HOST_UNREACHABLE:
  case G_IO_ERROR_HOST_NOT_FOUND:
    return REFILLS_ERROR_OFFLINE;

  case G_IO_ERROR_TIMED_OUT:
    return REFILLS_ERROR_TIMEOUT;

  case G_IO_ERROR_PROXY_AUTH_FAILED:
  case G_IO_ERROR_PROXY_NEED_AUTH:
    return REFILLS_ERROR_SIGN_IN;

  case G_IO_ERROR_INVALID_DATA:
  case G_IO_ERROR_INVALID_ARGUMENT:  /* libsoup 3.6: a chunk whose size is no number */
  case G_IO_ERROR_MESSAGE_TOO_LARGE: /* the same: a size that is too large for one */
    return REFILLS_ERROR_PROTOCOL;

  default:
    return REFILLS_ERROR_UNREACHABLE;
  }
}

static gboolean
is_code_word (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= MAX_CODE_LENGTH && g_ascii_isupper (text[0]) &&
         strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == length;
}

/**
 * refills_http_error_new_for_transport:
 * @cause: an error of GIO, its resolver or TLS, or libsoup, met before or within an answer
 *
 * Translates the error. A cancellation stays `G_IO_ERROR_CANCELLED`.
 *
 * Returns: (transfer full): the error to report
 */
GError *
refills_http_error_new_for_transport (const GError *cause)
{
  RefillsErrorCode code = REFILLS_ERROR_PROTOCOL;

  if (cause->domain == REFILLS_ERROR || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (cause);

  if (cause->domain == G_RESOLVER_ERROR)
    code = REFILLS_ERROR_OFFLINE;
  else if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_EOF))
    code = REFILLS_ERROR_UNREACHABLE;
  else if (cause->domain == G_TLS_ERROR)
    code = REFILLS_ERROR_TLS;
  else if (cause->domain == G_IO_ERROR)
    code = get_io_code (cause->code);

  return g_error_new (REFILLS_ERROR, code, "%s %d: %s",
                      g_quark_to_string (cause->domain), cause->code, cause->message);
}

/**
 * refills_http_error_new_for_status:
 * @status: a status that is not 2xx
 * @refusal: (nullable): the body that came with it
 *
 * Translates the status (API reference, section 14.2). Which code word comes with which 4xx is not
 * documented, so those are all one error, with the word in its message.
 *
 * Returns: (transfer full): the error to report
 */
GError *
refills_http_error_new_for_status (guint   status,
                                   GBytes *refusal)
{
  g_autofree char *detail = refills_http_error_dup_detail (refusal);
  RefillsErrorCode code = REFILLS_ERROR_PROTOCOL;

  if (status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_GONE)
    code = REFILLS_ERROR_NOT_FOUND;
  else if (status == SOUP_STATUS_REQUEST_TIMEOUT)
    code = REFILLS_ERROR_TIMEOUT;
  else if (status == 429)
    code = REFILLS_ERROR_RATE_LIMITED;
  else if (status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED || status == 511)
    code = REFILLS_ERROR_SIGN_IN; /* RFC 6585, section 6: a network that wants a sign-in */
  else if (SOUP_STATUS_IS_CLIENT_ERROR (status))
    code = REFILLS_ERROR_REJECTED;
  else if (SOUP_STATUS_IS_SERVER_ERROR (status))
    code = REFILLS_ERROR_SERVER;

  if (SOUP_STATUS_IS_REDIRECTION (status))
    return g_error_new (REFILLS_ERROR, code, "redirect (%u)", status);

  return g_error_new (REFILLS_ERROR, code, "%u%s%s", status,
                      detail != NULL ? " " : "", detail != NULL ? detail : "");
}

/**
 * refills_http_error_dup_detail:
 * @refusal: (nullable): the body of a refusal
 *
 * Finds the `detail` code word of `{status, detail, …}` (API reference, section 14.2).
 *
 * Returns: (transfer full) (nullable): capitals, digits and underscores, or `NULL` where the body is
 *   no JSON object or says something else
 */
char *
refills_http_error_dup_detail (GBytes *refusal)
{
  g_autoptr (RefillsJson) root = NULL;
  RefillsJsonPlace place;
  const char *detail = NULL;

  if (refusal == NULL)
    return NULL;
  root = refills_json_parse (refusal, REFILLS_HTTP_MAX_REFUSAL_BYTES, NULL);
  if (root == NULL)
    return NULL;

  refills_json_place_init (&place, root);
  if (!refills_json_read_string (&place, "detail", &detail, NULL) || detail == NULL)
    return NULL;

  return is_code_word (detail) ? g_strdup (detail) : NULL;
}
