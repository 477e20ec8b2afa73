/* refills-cli-fetch.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One question at a time: asks the server and waits for the answer, turning the main loop.
 */
#include "refills-cli-fetch.h"

#include "refills-error.h"
#include "refills-http-error.h"
#include "refills-refusal.h"

/**
 * refills_cli_keep_result:
 * @source: what was called
 * @result: how it ended
 * @result_location: a `GAsyncResult *` that is `NULL`
 *
 * A callback for [func@cli_wait].
 */
void
refills_cli_keep_result (GObject      *source,
                         GAsyncResult *result,
                         gpointer      result_location)
{
  *(GAsyncResult **) result_location = g_object_ref (result);
}

/**
 * refills_cli_wait:
 * @result: where [func@cli_keep_result] puts the result
 *
 * Turns the main loop until a call has ended.
 */
void
refills_cli_wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/**
 * refills_cli_add_query:
 * @query: what is asked so far
 * @name: a parameter
 * @value: (nullable): its value; without one it is left out
 *
 * Adds a parameter, escaped.
 */
void
refills_cli_add_query (GString    *query,
                       const char *name,
                       const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  if (query->len > 0)
    g_string_append_c (query, '&');
  g_string_append_printf (query, "%s=", name);
  g_string_append_uri_escaped (query, value, NULL, FALSE);
}

/**
 * refills_cli_fetch:
 * @self: the tool
 * @path: a path of the service
 * @query: (nullable): what [func@cli_add_query] made
 * @status: (out): what the command ends with where there is no answer
 *
 * Asks the server, and says what went wrong where something did.
 *
 * Returns: (transfer full) (nullable): the answer, read strictly
 */
RefillsJson *
refills_cli_fetch (RefillsCli *self,
                   const char *path,
                   GString    *query,
                   int        *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  RefillsJson *document = NULL;
  RefillsHttp *http = refills_cli_get_http (self, &error);

  if (http == NULL) {
    *status = refills_cli_fail (self, error);
    return NULL;
  }
  refills_http_get_json_async (http, path, query != NULL ? query->str : NULL, self->country, NULL,
                               refills_cli_keep_result, &result);
  refills_cli_wait (&result);
  bytes = refills_http_send_finish (http, result, &error);
  if (bytes != NULL) {
    document = refills_json_parse (bytes, REFILLS_HTTP_MAX_JSON_BYTES, &error);
    if (document == NULL)
      *status = refills_cli_fail (self, error);
  } else {
    g_autoptr (GBytes) refusal = refills_http_dup_refusal (http, result);
    g_autoptr (GPtrArray) problems = refills_refusal_read_body (refusal, REFILLS_HTTP_MAX_REFUSAL_BYTES);

    *status = refills_cli_fail_problems (self, problems, error);
  }

  return document;
}
