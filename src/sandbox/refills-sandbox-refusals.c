/* refills-sandbox-refusals.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HTTP errors by magic value (API reference, section 14.2): every status, and every body that
 * clients of the service had to accept. Owns the table of bodies.
 */
#include "refills-sandbox-private.h"

#define RETRY_AFTER_S "2"

typedef enum {
  BODY_COMMON, /* {status, title, detail, moreDetails} */
  BODY_MESSAGE,
  BODY_ERROR,
  BODY_REASON,
  BODY_ERROR_CODE,
  BODY_TEXT,
  BODY_HTML,
  BODY_EMPTY,
  BODY_PROBLEMS,
} Body;

static const struct {
  const char *name;
  Body        body;
  gboolean    retry_after;
  gboolean    limits;
} variants[] = {
  { "json", BODY_COMMON, FALSE, FALSE },
  { "message", BODY_MESSAGE, FALSE, FALSE },
  { "error", BODY_ERROR, FALSE, FALSE },
  { "reason", BODY_REASON, FALSE, FALSE },
  { "error-code", BODY_ERROR_CODE, FALSE, FALSE },
  { "text", BODY_TEXT, FALSE, FALSE },
  { "html", BODY_HTML, FALSE, FALSE },
  { "empty", BODY_EMPTY, FALSE, FALSE },
  { "problems", BODY_PROBLEMS, FALSE, FALSE },
  { "retry-after", BODY_COMMON, TRUE, FALSE },
  { "limits", BODY_COMMON, FALSE, TRUE },
  { "retry-after-limits", BODY_COMMON, TRUE, TRUE },
};

static const struct {
  guint       status;
  const char *detail;
} details[] = {
  { 400, "BAD_REQUEST" }, { 401, "UNAUTHORIZED" }, { 403, "FORBIDDEN" }, { 404, "NOT_FOUND" },
  { 409, "CONFLICT" }, { 410, "GONE" }, { 422, "ORDER_CREATE_ERROR" }, { 429, "TOO_MANY_REQUESTS" },
  { 500, "INTERNAL_SERVER_ERROR" }, { 502, "BAD_GATEWAY" }, { 503, "SERVICE_UNAVAILABLE" },
  { 504, "GATEWAY_TIMEOUT" },
};

static const char *
get_detail (guint status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (details); i++) {
    if (details[i].status == status)
      return details[i].detail;
  }

  return "UNKNOWN";
}

static char *
make_text (Body        body,
           guint       status,
           const char *detail)
{
  switch (body) {
  case BODY_MESSAGE:
    return g_strdup_printf ("{\"message\":\"%s\"}", detail);
  case BODY_ERROR:
    return g_strdup_printf ("{\"error\":\"%s\"}", detail);
  case BODY_REASON:
    return g_strdup_printf ("{\"detail\":\"%s\",\"reason\":\"refused on request\"}", detail);
  case BODY_ERROR_CODE:
    return g_strdup_printf ("{\"error_code\":\"%s\"}", detail);
  case BODY_TEXT:
    return g_strdup_printf ("\"%s\"", detail);
  case BODY_PROBLEMS:
    return g_strdup_printf ("{\"status\":%u,\"problems\":[{\"problem\":\"%s\",\"moreDetails\":null}]}", status, detail);
  case BODY_HTML:
    return g_strdup_printf ("<!DOCTYPE html>\n<html><head><title>%u</title></head>"
                            "<body><center><h1>%u</h1></center><hr><center>gateway</center></body></html>\n",
                            status, status);
  case BODY_EMPTY:
  case BODY_COMMON:
  default:
    return g_strdup ("");
  }
}

/**
 * refills_sandbox_refusal_new:
 * @status: the HTTP status
 * @detail: (nullable): the code; %NULL for the status's own
 * @variant: (nullable): a name of the table; %NULL for the usual one: a page of HTML with 502, the
 *   headers of limits with 429
 * @more_details: (nullable) (transfer full): beside the code
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL where there is no such status or variant
 */
RefillsSandboxAnswer *
refills_sandbox_refusal_new (guint       status,
                             const char *detail,
                             const char *variant,
                             JsonObject *more_details)
{
  g_autoptr (JsonObject) more = more_details;
  RefillsSandboxAnswer *answer;
  gsize index = 0;

  if (variant == NULL)
    variant = status == 502 ? "html" : status == 429 ? "retry-after-limits" : "json";
  while (index < G_N_ELEMENTS (variants) && !g_str_equal (variants[index].name, variant))
    index++;
  if (index == G_N_ELEMENTS (variants) || status < 400 || status > 599)
    return NULL;
  if (detail == NULL || *detail == '\0')
    detail = get_detail (status);
  if (variants[index].body == BODY_COMMON) {
    answer = refills_sandbox_answer_new_error (status, detail, g_steal_pointer (&more));
  } else {
    char *text = make_text (variants[index].body, status, detail);
    gboolean is_html = variants[index].body == BODY_HTML;

    answer = refills_sandbox_answer_new_bytes (status, is_html ? "text/html; charset=utf-8"
                                                               : "application/json; charset=utf-8",
                                               g_bytes_new_take (text, strlen (text)));
  }
  if (variants[index].retry_after) {
    answer->header_name = g_strdup ("Retry-After");
    answer->header_value = g_strdup (RETRY_AFTER_S);
  }
  if (variants[index].limits)
    answer->more_headers =
      g_strdup_printf ("X-RateLimit-Limit: 60\nX-RateLimit-Remaining: 0\nX-RateLimit-Reset: %" G_GINT64_FORMAT "\n",
                       g_get_real_time () / G_USEC_PER_SEC + 2);

  return answer;
}

/**
 * refills_sandbox_refusal_parse:
 * @magic: "STATUS", "STATUS+CODE", "CODE", each possibly followed by "+VARIANT"
 * @otherwise: the status where @magic names none
 * @more_details: (nullable) (transfer full): beside the code
 *
 * Returns: (transfer full): what the end of `error+…` asks for; a variant is in lower case, a code
 *   is not
 */
RefillsSandboxAnswer *
refills_sandbox_refusal_parse (const char *magic,
                               guint       otherwise,
                               JsonObject *more_details)
{
  g_auto (GStrv) parts = g_strsplit (magic, "+", -1);
  const char *detail = NULL;
  const char *variant = NULL;
  guint status = otherwise;
  RefillsSandboxAnswer *answer;

  for (guint i = 0; parts[i] != NULL; i++) {
    if (i == 0 && strlen (parts[i]) == 3 && strspn (parts[i], "0123456789") == 3)
      status = (guint) g_ascii_strtoull (parts[i], NULL, 10);
    else if (g_ascii_islower (parts[i][0]))
      variant = parts[i];
    else
      detail = parts[i];
  }
  answer = refills_sandbox_refusal_new (status, detail, variant, more_details);

  return answer != NULL ? answer : refills_sandbox_answer_new_error (400, "BAD_REQUEST", NULL);
}

/* The CODE within the end of `error+…`, or NULL. */
char *
refills_sandbox_refusal_dup_code (const char *magic)
{
  g_auto (GStrv) parts = g_strsplit (magic, "+", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    if (g_ascii_isupper (parts[i][0]))
      return g_strdup (parts[i]);
  }

  return NULL;
}

/* `status-STATUS` or `status-STATUS-VARIANT`. */
static RefillsSandboxAnswer *
read_value (const char *value)
{
  static const char prefix[] = "status-";
  g_auto (GStrv) parts = NULL;

  if (!g_str_has_prefix (value, prefix))
    return NULL;
  parts = g_strsplit (value + strlen (prefix), "-", 2);

  return refills_sandbox_refusal_new ((guint) g_ascii_strtoull (parts[0], NULL, 10), NULL, parts[1], NULL);
}

/* What a magic segment of the path or a magic value of the query asks for; NULL for neither. */
RefillsSandboxAnswer *
refills_sandbox_refusal_find (const char *path,
                              GHashTable *query)
{
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  RefillsSandboxAnswer *answer = NULL;
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; segments[i] != NULL && answer == NULL; i++)
    answer = read_value (segments[i]);
  if (query == NULL)
    return answer;
  g_hash_table_iter_init (&iter, query);
  while (answer == NULL && g_hash_table_iter_next (&iter, NULL, &value))
    answer = read_value (value);

  return answer;
}
