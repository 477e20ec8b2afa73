/* sandbox-client.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asks a sandbox over HTTP as any program would. Shares no code with it.
 */
#include "sandbox-client.h"

#include "refills-test.h"

void
sandbox_client_set_up (SandboxClient *self,
                       gconstpointer  options)
{
  g_autoptr (GError) error = NULL;

  self->sandbox = refills_sandbox_new (options);
  refills_sandbox_start (self->sandbox, &error);
  g_assert_no_error (error);
  self->session = soup_session_new ();
  soup_session_set_timeout (self->session, 5);
}

void
sandbox_client_tear_down (SandboxClient *self,
                          gconstpointer  options)
{
  g_clear_object (&self->session);
  refills_sandbox_stop (self->sandbox);
  g_assert_finalize_object (self->sandbox);
}

/* @path with its query; @body is sent as JSON. */
SandboxReply *
sandbox_client_ask (SandboxClient *self,
                    const char    *method,
                    const char    *path,
                    const char    *body)
{
  SandboxReply *reply = g_new0 (SandboxReply, 1);
  g_autofree char *uri = g_strconcat (refills_sandbox_get_base_uri (self->sandbox), path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  SoupMessageHeaders *headers;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (body != NULL) {
    g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

    soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  }
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, refills_test_keep_result,
                                    &result);
  refills_test_wait_result (&result, 8000);
  reply->body = soup_session_send_and_read_finish (self->session, result, &reply->error);
  reply->status = soup_message_get_status (message);
  headers = soup_message_get_response_headers (message);
  reply->content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  reply->retry_after = g_strdup (soup_message_headers_get_one (headers, "Retry-After"));
  if (reply->body != NULL && g_bytes_get_size (reply->body) > 0
      && json_parser_load_from_data (parser, g_bytes_get_data (reply->body, NULL),
                                     (gssize) g_bytes_get_size (reply->body), NULL))
    reply->root = json_parser_steal_root (parser);

  return reply;
}

JsonObject *
sandbox_client_get_object (SandboxReply *reply)
{
  g_assert_no_error (reply->error);
  g_assert_nonnull (reply->root);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (reply->root));

  return json_node_get_object (reply->root);
}

void
sandbox_reply_free (SandboxReply *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_error (&self->error);
  g_free (self->content_type); /* a plain struct frees its strings */
  g_free (self->retry_after);  /* likewise */
  g_free (self);               /* and itself */
}

/* Buys 25 USD of a range brand; the order's id. */
char *
sandbox_client_order (SandboxClient *self,
                      const char    *coin,
                      const char    *network,
                      const char    *email)
{
  g_autofree char *body = g_strdup_printf (
    "{\"deliveries\":[{\"brand_name\":\"Amazon.com\",\"country_code\":\"US\",\"denomination\":\"range\","
    "\"product_value\":25,\"beneficiary_account\":\"%s\"}],\"payment\":{\"type\":\"via\","
    "\"payment_via\":\"USER_WALLET\",\"coin\":\"%s\",\"network\":\"%s\"},\"user\":{\"email\":\"%s\"}}",
    email, coin, network, email);
  g_autoptr (SandboxReply) reply = sandbox_client_ask (self, "POST", "/v5/orders", body);

  g_assert_cmpuint (reply->status, ==, 200);

  return g_strdup (json_object_get_string_member (sandbox_client_get_object (reply), "order_id"));
}

/* A string of the first delivery's deliverable, or NULL. */
const char *
sandbox_client_first (JsonObject *order,
                      const char *member)
{
  JsonArray *deliveries = json_object_get_array_member (order, "deliveries");
  JsonObject *delivery = json_array_get_object_element (deliveries, 0);

  return json_object_get_string_member_with_default (json_object_get_object_member (delivery, "deliverable"),
                                                     member, NULL);
}
