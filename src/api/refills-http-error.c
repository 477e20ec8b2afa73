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
#include "refills-refusal.h"
#include "refills-retry-after.h"

#define MAX_CODE_LENGTH 64
#define DAY_SECONDS (24 * 60 * 60)
/* This program is older than it says it is, or the clock is wrong. */
#define OLD_SECONDS (5 * 365 * (gint64) DAY_SECONDS)

static RefillsErrorCode
get_io_code (int code)
{
  switch (code) {
  case G_IO_ERROR_NETWORK_UNREACHABLE:
  case G_IO_ERROR_HOST_UNREACHABLE:
    return REFILLS_ERROR_OFFLINE;

  case G_IO_ERROR_HOST_NOT_FOUND:
    return REFILLS_ERROR_NO_SUCH_HOST;

  case G_IO_ERROR_PROXY_AUTH_FAILED:
  case G_IO_ERROR_PROXY_NEED_AUTH:
    return REFILLS_ERROR_PROXY;

  case G_IO_ERROR_INVALID_DATA:
  case G_IO_ERROR_INVALID_ARGUMENT:  /* libsoup 3.6: a chunk whose size is no number */
  case G_IO_ERROR_MESSAGE_TOO_LARGE: /* the same: a size that is too large for one */
    return REFILLS_ERROR_PROTOCOL;

  case G_IO_ERROR_TIMED_OUT: /* the connection, or a socket that said nothing for long: no slow answer */
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
    code = REFILLS_ERROR_NO_SUCH_HOST;
  else if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_EOF))
    code = REFILLS_ERROR_UNREACHABLE;
  else if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_UNAVAILABLE))
    code = REFILLS_ERROR_TLS_MISSING;
  else if (cause->domain == G_TLS_ERROR)
    code = REFILLS_ERROR_TLS;
  else if (cause->domain == G_IO_ERROR)
    code = get_io_code (cause->code);

  return g_error_new (REFILLS_ERROR, code, "%s %d: %s",
                      g_quark_to_string (cause->domain), cause->code, cause->message);
}

/**
 * refills_http_error_new_for_certificate:
 * @flags: what is wrong with the certificate
 * @now: the present, in epoch seconds
 * @built_at: when this program was built, likewise
 *
 * Says why a certificate was refused. A date that is before the program's, or years after it, means that the
 * clock is wrong rather than the certificate.
 *
 * Returns: (transfer full): the error to report
 */
GError *
refills_http_error_new_for_certificate (GTlsCertificateFlags flags,
                                        gint64               now,
                                        gint64               built_at)
{
  RefillsErrorCode code = REFILLS_ERROR_TLS;
  gboolean is_clock_wrong = now < built_at - DAY_SECONDS || now > built_at + OLD_SECONDS;

  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    code = REFILLS_ERROR_TLS_UNTRUSTED;
  else if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    code = REFILLS_ERROR_TLS_OTHER_SITE;
  else if (flags & (G_TLS_CERTIFICATE_REVOKED | G_TLS_CERTIFICATE_INSECURE))
    code = REFILLS_ERROR_TLS;
  else if (flags & (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED) && is_clock_wrong)
    code = REFILLS_ERROR_TLS_CLOCK;
  else if (flags & G_TLS_CERTIFICATE_EXPIRED)
    code = REFILLS_ERROR_TLS_EXPIRED;
  else if (flags & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    code = REFILLS_ERROR_TLS_NOT_YET;

  return g_error_new (REFILLS_ERROR, code, "the certificate is not accepted (%#x)", flags);
}

static gboolean
is_html (SoupMessageHeaders *headers,
         GBytes             *body)
{
  const char *type = headers != NULL ? soup_message_headers_get_content_type (headers, NULL) : NULL;
  gsize length = 0;
  const char *text = body != NULL ? g_bytes_get_data (body, &length) : NULL;
  gsize i = 0;

  if (type != NULL && g_ascii_strcasecmp (type, "text/html") == 0)
    return TRUE;
  while (i < length && g_ascii_isspace (text[i]))
    i++;

  return i < length && text[i] == '<';
}

/* The reasons why an order cannot be made come with any 4xx. */
static gboolean
names_reason (GBytes *refusal)
{
  g_autoptr (GPtrArray) problems = refills_refusal_read_body (refusal, REFILLS_HTTP_MAX_REFUSAL_BYTES);

  return problems->len > 0;
}

static RefillsErrorCode
get_client_error_code (guint               status,
                       SoupMessageHeaders *headers,
                       GBytes             *refusal)
{
  switch (status) {
  case SOUP_STATUS_NOT_FOUND:
  case SOUP_STATUS_GONE:
    return REFILLS_ERROR_NOT_FOUND;
  case SOUP_STATUS_REQUEST_TIMEOUT:
    return REFILLS_ERROR_TIMEOUT;
  case SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED:
    return REFILLS_ERROR_PROXY;
  case 429:
    return REFILLS_ERROR_RATE_LIMITED;
  default:
    break;
  }

  if (names_reason (refusal))
    return REFILLS_ERROR_REJECTED;

  switch (status) {
  case SOUP_STATUS_UNAUTHORIZED:
    return REFILLS_ERROR_PARTNER_REFUSED;
  case SOUP_STATUS_FORBIDDEN:
    return is_html (headers, refusal) ? REFILLS_ERROR_BLOCKED : REFILLS_ERROR_PARTNER_REFUSED;
  case SOUP_STATUS_CONFLICT:
    return REFILLS_ERROR_CONFLICT;
  case SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE:
  case SOUP_STATUS_REQUEST_URI_TOO_LONG:
    return REFILLS_ERROR_TOO_LONG;
  default:
    return REFILLS_ERROR_REJECTED;
  }
}

/**
 * refills_http_error_new_for_status:
 * @status: a status that is not 2xx
 * @headers: (nullable): those of the answer
 * @refusal: (nullable): the body that came with it
 *
 * Translates the status (API reference, section 14.2). Which code word comes with which 4xx is not
 * documented, so all that have one are the same error, with the word in its message.
 *
 * Returns: (transfer full): the error to report
 */
GError *
refills_http_error_new_for_status (guint               status,
                                   SoupMessageHeaders *headers,
                                   GBytes             *refusal)
{
  g_autofree char *detail = refills_http_error_dup_detail (refusal);
  RefillsErrorCode code = REFILLS_ERROR_PROTOCOL;

  /* Cloudflare's mark for a page that asks whether one is human; the status differs. */
  if (headers != NULL && soup_message_headers_get_one (headers, "cf-mitigated") != NULL)
    code = REFILLS_ERROR_BLOCKED;
  else if (status == 511)
    code = REFILLS_ERROR_SIGN_IN; /* RFC 6585, section 6: a network that wants a sign-in */
  else if (SOUP_STATUS_IS_CLIENT_ERROR (status))
    code = get_client_error_code (status, headers, refusal);
  else if (SOUP_STATUS_IS_SERVER_ERROR (status))
    code = REFILLS_ERROR_SERVER;

  if (SOUP_STATUS_IS_REDIRECTION (status))
    return g_error_new (REFILLS_ERROR, code, "redirect (%u)", status);

  return g_error_new (REFILLS_ERROR, code, "%u%s%s", status,
                      detail != NULL ? " " : "", detail != NULL ? detail : "");
}

/**
 * refills_http_error_read_wait:
 * @status: a status that is not 2xx
 * @headers: those of the answer
 * @now: the present, in epoch seconds
 *
 * Tells how long the service asks to be left alone: with a 429 always, for 30 s where it does not say, and
 * with a 503 where it says so.
 *
 * Returns: milliseconds, at most `REFILLS_RETRY_AFTER_MAX_MS`; 0: it does not ask
 */
guint
refills_http_error_read_wait (guint               status,
                              SoupMessageHeaders *headers,
                              gint64              now)
{
  const char *after = soup_message_headers_get_one (headers, "Retry-After");
  const char *reset = soup_message_headers_get_one (headers, "X-RateLimit-Reset");

  if (status == SOUP_STATUS_SERVICE_UNAVAILABLE)
    return refills_retry_after_read (after, now, 0);
  if (status != 429)
    return 0;

  return refills_retry_after_read (after, now, refills_retry_after_read_reset (reset, now,
                                                                               REFILLS_HTTP_DEFAULT_WAIT_MS));
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
