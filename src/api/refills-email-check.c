/* refills-email-check.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether mail can reach an address, as far as the service knows. It is advice and fails open: an
 * address is only called bad by an answer that says so (API reference, section 16).
 */
#include "refills-email-check.h"

#include <json-glib/json-glib.h>

#include "refills-json.h"

#define ANSWER_MAX_BYTES (16 * 1024)

typedef struct {
  GCancellable *stop; /* of the request; also pulled by the caller's */
  GCancellable *cancellable;
  gulong handler;
  guint deadline;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_clear_handle_id (&check->deadline, g_source_remove);
  if (check->cancellable != NULL)
    g_cancellable_disconnect (check->cancellable, check->handler);
  g_clear_object (&check->cancellable);
  g_clear_object (&check->stop);
  g_free (check); /* end of life */
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

static gboolean
deadline_cb (gpointer user_data)
{
  Check *check = user_data;

  check->deadline = 0;
  g_cancellable_cancel (check->stop);

  return G_SOURCE_REMOVE;
}

static RefillsEmailVerdict
read_verdict (GBytes *answer)
{
  g_autoptr (RefillsJson) root = refills_json_parse (answer, ANSWER_MAX_BYTES, NULL);
  RefillsJsonPlace place;
  const char *reason = NULL;
  gboolean is_valid = TRUE;

  if (root == NULL)
    return REFILLS_EMAIL_VERDICT_GOOD;
  refills_json_place_init (&place, root);
  if (!refills_json_place_expect (&place, REFILLS_JSON_OBJECT, NULL) ||
      !refills_json_read_boolean (&place, "valid", TRUE, &is_valid, NULL) || is_valid)
    return REFILLS_EMAIL_VERDICT_GOOD;
  if (refills_json_read_string (&place, "reason", &reason, NULL) && g_strcmp0 (reason, "no_mx") == 0)
    return REFILLS_EMAIL_VERDICT_NO_SERVER;

  return REFILLS_EMAIL_VERDICT_BAD;
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = refills_http_send_finish (REFILLS_HTTP (source), result, &error);

  if (answer == NULL)
    g_message ("whether an e-mail address is good could not be found out: %s", error->message);
  g_task_return_int (task, answer != NULL ? read_verdict (answer) : REFILLS_EMAIL_VERDICT_GOOD);
}

static GBytes *
write_body (const char *email)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  gsize length = 0;
  char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "email");
  json_builder_add_string_value (builder, email);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &length);

  return g_bytes_new_take (text, length);
}

/**
 * refills_email_check_async:
 * @http: the way to the server
 * @email: an e-mail address of a plausible form
 * @deadline_ms: milliseconds after which it counts as good
 * @cancellable: (nullable): ends the request
 * @callback: called once
 * @user_data: handed to @callback
 *
 * Asks whether mail can reach an address. Main thread.
 */
void
refills_email_check_async (RefillsHttp         *http,
                           const char          *email,
                           guint                deadline_ms,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GBytes) body = NULL;
  GTask *task;
  Check *check;

  g_return_if_fail (REFILLS_IS_HTTP (http));
  g_return_if_fail (email != NULL);

  task = g_task_new (http, NULL, callback, user_data);
  g_task_set_source_tag (task, refills_email_check_async);
  check = g_new0 (Check, 1);
  check->stop = g_cancellable_new ();
  if (cancellable != NULL) {
    check->cancellable = g_object_ref (cancellable);
    check->handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), check->stop, NULL);
  }
  check->deadline = g_timeout_add (deadline_ms, deadline_cb, check);
  g_task_set_task_data (task, check, check_free);

  body = write_body (email);
  refills_http_post_json_async (http, "/v2/validate-email", body, NULL, check->stop, answered_cb, task);
}

/**
 * refills_email_check_finish:
 * @http: the way to the server
 * @result: the result
 *
 * Takes the verdict. Never fails.
 *
 * Returns: the verdict
 */
RefillsEmailVerdict
refills_email_check_finish (RefillsHttp  *http,
                            GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, http), REFILLS_EMAIL_VERDICT_GOOD);

  return (RefillsEmailVerdict) g_task_propagate_int (G_TASK (result), NULL);
}
