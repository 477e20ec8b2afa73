/* test-sandbox-faults.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each kind of fault does what its name says, once or for ever, and nothing else. Answers are read
 * from a bare socket, since a client library would hide some of them.
 */
#include "sandbox-client.h"

#include "refills-test.h"

typedef struct {
  GString  *text;
  gboolean  ended;
} Raw;

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Raw *self = user_data;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  if (bytes == NULL || g_bytes_get_size (bytes) == 0) {
    self->ended = TRUE;
    return;
  }
  g_string_append_len (self->text, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  g_input_stream_read_bytes_async (G_INPUT_STREAM (source), 16384, G_PRIORITY_DEFAULT, NULL, read_cb, self);
}

static gboolean
has_ended (gpointer user_data)
{
  return ((Raw *) user_data)->ended;
}

/* Everything the server writes until it closes, or until @until has come. */
static char *
ask_raw (SandboxClient *client,
         const char    *method,
         const char    *path,
         const char    *until)
{
  g_autoptr (GSocketClient) socket_client = g_socket_client_new ();
  g_autoptr (GUri) uri = g_uri_parse (refills_sandbox_get_base_uri (client->sandbox), G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_to_host (socket_client, "127.0.0.1", (guint16) g_uri_get_port (uri), NULL, NULL);
  g_autofree char *head = g_strdup_printf ("%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n", method,
                                           path, g_uri_get_port (uri));
  Raw raw = { g_string_new (NULL), FALSE };

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), head, strlen (head), NULL, NULL,
                             NULL);
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (G_IO_STREAM (connection)), 16384, G_PRIORITY_DEFAULT,
                                   NULL, read_cb, &raw);
  if (until != NULL) {
    while (strstr (raw.text->str, until) == NULL)
      g_main_context_iteration (NULL, TRUE);
    g_socket_shutdown (g_socket_connection_get_socket (connection), TRUE, TRUE, NULL);
  }
  refills_test_run_until (has_ended, &raw, 8000, "the end of the connection");

  return g_string_free (raw.text, FALSE);
}

static void
add_json (SandboxClient *client,
          const char    *json)
{
  g_autoptr (SandboxReply) reply = sandbox_client_ask (client, "POST", "/sandbox/faults", json);

  g_assert_cmpuint (reply->status, ==, 200);
}

static const char *
find_body (const char *answer)
{
  const char *end = strstr (answer, "\r\n\r\n");

  g_assert_nonnull (end);

  return end + 4;
}

static void
test_status (SandboxClient *client,
             gconstpointer  unused)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("slow down", 9);

  refills_sandbox_add_fault (client->sandbox, &(RefillsSandboxFault) {
    .kind = REFILLS_SANDBOX_FAULT_STATUS, .path = "/v3/*", .count = 2, .skip = 1, .status = 429,
    .header_name = "Retry-After", .header_value = "3", .content_type = "text/plain", .body = body,
  });
  for (guint i = 0; i < 4; i++) {
    g_autoptr (SandboxReply) reply = sandbox_client_ask (client, "GET", "/v3/payment_vias", NULL);

    g_assert_cmpuint (reply->status, ==, i == 1 || i == 2 ? 429 : 200);
    g_assert_cmpstr (reply->retry_after, ==, i == 1 || i == 2 ? "3" : NULL);
  }
}

static void
test_pages (SandboxClient *client,
            gconstpointer  unused)
{
  g_autoptr (SandboxReply) html = NULL;
  g_autoptr (SandboxReply) moved = NULL;
  g_autoptr (SandboxReply) other = NULL;
  g_autoptr (SandboxReply) refused = sandbox_client_ask (client, "POST", "/sandbox/faults", "{\"kind\":\"nonsense\"}");
  g_autoptr (SandboxReply) cleared = NULL;
  g_autoptr (SandboxReply) plain = NULL;

  g_assert_cmpuint (refused->status, ==, 400);
  add_json (client, "{\"kind\":\"html\",\"path\":\"/v3/*\",\"count\":1}");
  html = sandbox_client_ask (client, "GET", "/v3/payment_vias", NULL);
  g_assert_cmpuint (html->status, ==, 200);
  g_assert_cmpstr (html->content_type, ==, "text/html");
  add_json (client, "{\"kind\":\"redirect\",\"location\":\"http://shop.example/\",\"status\":307,\"count\":1}");
  moved = sandbox_client_ask (client, "GET", "/v3/payment_vias", NULL);
  g_assert_cmpuint (moved->status, ==, 307);
  add_json (client, "{\"kind\":\"body\",\"body\":\"[[[[\"}");
  other = sandbox_client_ask (client, "GET", "/v3/payment_vias", NULL);
  g_assert_cmpmem (g_bytes_get_data (other->body, NULL), g_bytes_get_size (other->body), "[[[[", 4);
  cleared = sandbox_client_ask (client, "DELETE", "/sandbox/faults", NULL);
  g_assert_cmpuint (cleared->status, ==, 200);
  plain = sandbox_client_ask (client, "GET", "/v3/payment_vias", NULL);
  g_assert_nonnull (plain->root);
}

static void
test_cuts (SandboxClient *client,
           gconstpointer  unused)
{
  g_autofree char *closed = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *chunked = NULL;
  g_autofree char *raw = NULL;
  g_autofree char *slow = NULL;

  add_json (client, "{\"kind\":\"close\",\"count\":1}");
  closed = ask_raw (client, "GET", "/v3/payment_vias", NULL);
  g_assert_cmpstr (closed, ==, "");
  add_json (client, "{\"kind\":\"cut\",\"after\":10,\"count\":1}");
  cut = ask_raw (client, "GET", "/v3/payment_vias", NULL);
  g_assert_cmpstr (find_body (cut), ==, "[{\"name\":\"");
  g_assert_null (strstr (cut, "Content-Length: 10\r\n"));
  add_json (client, "{\"kind\":\"cut-chunked\",\"after\":10,\"count\":1}");
  chunked = ask_raw (client, "GET", "/v3/payment_vias", NULL);
  g_assert_cmpstr (find_body (chunked), ==, "a\r\n[{\"name\":\"\r\n");
  add_json (client, "{\"kind\":\"raw\",\"body\":\"HTTP/9 what\\r\\n\",\"count\":1}");
  raw = ask_raw (client, "GET", "/v3/payment_vias", NULL);
  g_assert_cmpstr (raw, ==, "HTTP/9 what\r\n");
  add_json (client, "{\"kind\":\"slow\",\"delay_ms\":1,\"count\":1,\"path\":\"/v9/*\"}");
  slow = ask_raw (client, "GET", "/v9/nothing", NULL);
  g_assert_cmpstr (find_body (slow), ==,
                   "{\"status\":404,\"title\":\"Not Found\",\"detail\":\"NOT_FOUND\",\"moreDetails\":null}");
}

static void
test_lost_answer (SandboxClient *client,
                  gconstpointer  unused)
{
  static const char body[] =
    "{\"deliveries\":[{\"brand_name\":\"Amazon.com\",\"country_code\":\"US\",\"denomination\":\"range\","
    "\"product_value\":25,\"beneficiary_account\":\"ada@example.com\"}],\"payment\":{\"type\":\"via\","
    "\"payment_via\":\"USER_WALLET\",\"coin\":\"USDC\",\"network\":\"Base\"},\"user\":{\"email\":\"ada@example.com\"}}";
  guint made[2];

  for (guint i = 0; i < 2; i++) {
    g_autoptr (SandboxReply) lost = NULL;
    g_autoptr (SandboxReply) codes = NULL;

    refills_sandbox_add_fault (client->sandbox, &(RefillsSandboxFault) {
      .kind = REFILLS_SANDBOX_FAULT_CLOSE, .method = "POST", .path = "/v5/orders", .count = 1, .unperformed = i == 1,
    });
    lost = sandbox_client_ask (client, "POST", "/v5/orders", body);
    g_assert_nonnull (lost->error);
    codes = sandbox_client_ask (client, "GET", "/sandbox/codes", NULL);
    made[i] = json_array_get_length (json_object_get_array_member (sandbox_client_get_object (codes), "orders"));
  }
  g_assert_cmpuint (made[0], ==, 1);
  g_assert_cmpuint (made[1], ==, 1);
}

static void
test_never_and_delay (SandboxClient *client,
                      gconstpointer  unused)
{
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SandboxReply) late = NULL;
  g_autofree char *uri = g_strconcat (refills_sandbox_get_base_uri (client->sandbox), "/v3/payment_vias", NULL);
  gint64 start;

  add_json (client, "{\"kind\":\"never\",\"count\":1}");
  message = soup_message_new ("GET", uri);
  soup_session_send_and_read_async (client->session, message, G_PRIORITY_DEFAULT, cancellable, refills_test_keep_result,
                                    &result);
  while (refills_sandbox_count_requests (client->sandbox, "GET", "/v3/payment_vias") == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  refills_test_wait_result (&result, 5000);
  g_assert_null (soup_session_send_and_read_finish (client->session, result, &error));
  add_json (client, "{\"kind\":\"delay\",\"delay_ms\":60,\"count\":1}");
  start = g_get_monotonic_time ();
  late = sandbox_client_ask (client, "GET", "/v3/payment_vias", NULL);
  g_assert_cmpuint (late->status, ==, 200);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 60000);
}

static void
test_mutations (SandboxClient *client,
                gconstpointer  unused)
{
  g_autofree char *id = sandbox_client_order (client, "USDC", "Base", "ada@example.com");
  g_autofree char *path = g_strconcat ("/v5/orders/", id, NULL);
  g_autofree char *changed = NULL;
  g_autofree char *whole = NULL;

  add_json (client, "{\"kind\":\"mutate\",\"member\":\"wallet_address\",\"value\":\"0xdead\",\"count\":1}");
  add_json (client, "{\"kind\":\"mutate\",\"member\":\"coin_amount\",\"json\":\"1e400\",\"count\":1}");
  add_json (client, "{\"kind\":\"mutate\",\"member\":\"deliveries.0.delivery_state\",\"value\":null,\"count\":1}");
  add_json (client, "{\"kind\":\"mutate\",\"member\":\"qr_text\",\"count\":1}");
  changed = ask_raw (client, "GET", path, NULL);
  g_assert_nonnull (strstr (changed, "\"wallet_address\":\"0xdead\""));
  g_assert_nonnull (strstr (changed, "\"coin_amount\":1e400,"));
  g_assert_nonnull (strstr (changed, "\"delivery_state\":null"));
  g_assert_nonnull (strstr (changed, "\"payment_value\":22.1678,"));
  g_assert_null (strstr (changed, "qr_text"));
  whole = ask_raw (client, "GET", path, NULL);
  g_assert_nonnull (strstr (whole, "\"coin_amount\":\"25.37\""));
  g_assert_null (strstr (whole, "0xdead"));
}

static void
test_streams (SandboxClient *client,
              gconstpointer  unused)
{
  static const struct {
    const char *fault;
    const char *expected; /* an expression for the whole body, chunk sizes taken out */
  } cases[] = {
    { "{\"kind\":\"stream-close\",\"after\":1,\"count\":1}", "^data: \\{[^\n]+\\}\n\n$" },
    { "{\"kind\":\"stream-close\",\"after\":0,\"count\":1}", "^$" },
    { "{\"kind\":\"stream-stop\",\"after\":1,\"count\":1}", "^data: \\{[^\n]+\\}\n\nevent: stop\ndata: \\{\\}\n\n$" },
    { "{\"kind\":\"stream-drop\",\"after\":0,\"count\":1}", "^data: \\{[^\n]+[^}\n]$" },
    { "{\"kind\":\"stream-wrong-type\",\"count\":1}", NULL },
    { "{\"kind\":\"stream-retry\",\"delay_ms\":2000,\"count\":1}", "^retry: 2000\n\ndata: \\{" },
    { "{\"kind\":\"stream-comments\",\"count\":1}", "^: one\n:two\n:\ndata: \\{" },
    { "{\"kind\":\"stream-garbage\",\"body\":\"{oops\",\"count\":1}", "^data: \\{oops\n\ndata: \\{" },
    { "{\"kind\":\"stream-wrong-id\",\"count\":1}",
      "^data: \\{\"order_id\":\"00000000-0000-4000-8000-000000000000\"[^\n]+\n\ndata: \\{" },
  };
  g_autofree char *id = sandbox_client_order (client, "USDC", "Base", "ada@example.com");
  g_autofree char *path = g_strconcat ("/v5/orders/", id, "/subscribe", NULL);
  g_autofree char *order_mark = g_strconcat ("{\"order_id\":\"", id, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    /* The first four end by themselves. */
    g_autofree char *answer = NULL;
    g_autofree char *body = NULL;
    g_autoptr (GRegex) sizes = g_regex_new ("(^|\r\n)[0-9a-f]+\r\n", G_REGEX_RAW, 0, NULL);
    g_autoptr (GRegex) ends = g_regex_new ("\r\n", G_REGEX_RAW, 0, NULL);
    g_autofree char *joined = NULL;

    g_test_message ("%s", cases[i].fault);
    add_json (client, cases[i].fault);
    answer = ask_raw (client, "GET", path, i < 4 ? NULL : order_mark);
    if (cases[i].expected == NULL) {
      g_assert_nonnull (strstr (answer, "Content-Type: text/html\r\n"));
      continue;
    }
    g_assert_nonnull (strstr (answer, "Content-Type: text/event-stream\r\n"));
    joined = g_regex_replace_literal (sizes, find_body (answer), -1, 0, "", 0, NULL);
    body = g_regex_replace_literal (ends, joined, -1, 0, "", 0, NULL);
    g_assert_true (g_regex_match_simple (cases[i].expected, body, 0, 0));
  }
  add_json (client, "{\"kind\":\"status\",\"status\":204,\"path\":\"*/subscribe\",\"count\":1}");
  {
    g_autofree char *answer = ask_raw (client, "GET", path, NULL);

    g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 204 "));
  }
}

static RefillsSandboxRequest *
find_stream (SandboxClient *client)
{
  GPtrArray *log = refills_sandbox_get_log (client->sandbox);

  for (guint i = log->len; i-- > 0;) {
    RefillsSandboxRequest *request = g_ptr_array_index (log, i);

    if (g_str_has_suffix (request->path, "/subscribe"))
      return request;
  }

  return NULL;
}

static gboolean
stream_closed (gpointer user_data)
{
  return find_stream (user_data)->closed_us != 0;
}

/* What a test in the same process says to open streams, and what the log tells it of them. */
static void
test_actions (SandboxClient *client,
              gconstpointer  unused)
{
  g_autofree char *id = sandbox_client_order (client, "USDC", "Base", "ada@example.com");
  g_autofree char *path = g_strconcat ("/v5/orders/", id, "/subscribe", NULL);
  g_autofree char *uri = g_strconcat (refills_sandbox_get_base_uri (client->sandbox), path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) spliced = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GOutputStream) sink = g_memory_output_stream_new_resizable ();
  g_autofree char *text = NULL;

  g_assert_false (refills_sandbox_act_streams (client->sandbox, id, "stop"));
  g_assert_false (refills_sandbox_act_streams (client->sandbox, "nobody", "stop"));
  soup_session_send_async (client->session, message, G_PRIORITY_DEFAULT, NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, 5000);
  stream = soup_session_send_finish (client->session, result, NULL);
  g_assert_nonnull (stream);
  g_assert_true (find_stream (client)->is_stream);
  g_assert_true (find_stream (client)->stream_open);
  g_assert_cmpint (find_stream (client)->closed_us, ==, 0);
  g_assert_false (refills_sandbox_act_streams (client->sandbox, id, "dance"));
  g_assert_true (refills_sandbox_act_streams (client->sandbox, id, "comment"));
  g_assert_true (refills_sandbox_act_streams (client->sandbox, id, "stop"));
  g_output_stream_splice_async (sink, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, G_PRIORITY_DEFAULT, NULL,
                                refills_test_keep_result, &spliced);
  refills_test_wait_result (&spliced, 5000);
  text = g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (sink)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (sink)));
  g_assert_true (g_str_has_prefix (text, "data: {"));
  g_assert_true (g_str_has_suffix (text, "\n\n: said on demand\n\nevent: stop\ndata: {}\n\n"));
  refills_test_run_until (stream_closed, client, 5000, "the end in the log");
  g_assert_false (find_stream (client)->stream_open);
  g_assert_cmpint (find_stream (client)->closed_us, >=, find_stream (client)->time_us);
}

/* The options of the struct are those of the program. */
static void
test_strict_shape (void)
{
  static const char nested[] =
    "{\"deliveries\":[{\"kind\":\"giftcard\",\"quantity\":1,\"deliverable\":{\"brand_name\":\"Steam\","
    "\"country_code\":\"US\",\"denomination\":\"10 USD\",\"beneficiary_account\":\"ada@example.com\"}}],"
    "\"payment\":{\"type\":\"via\",\"payment_via\":\"USER_WALLET\",\"coin\":\"USDC\",\"network\":\"Base\"},"
    "\"user\":{\"email\":\"ada@example.com\"}}";
  static const char *shapes[] = { NULL, "reference", "flat" };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++) {
    RefillsSandboxOptions options = { .strict_shape = shapes[i] };
    SandboxClient client = { 0 };

    sandbox_client_set_up (&client, &options);
    {
      g_autoptr (SandboxReply) reply = sandbox_client_ask (&client, "POST", "/v5/orders", nested);

      g_assert_cmpuint (reply->status, ==, i == 2 ? 400 : 200);
    }
    g_assert_false (refills_sandbox_set_shape (client.sandbox, "deliveries", "round"));
    g_assert_false (refills_sandbox_set_shape (client.sandbox, "colour", "flat"));
    g_assert_true (refills_sandbox_set_shape (client.sandbox, "deliveries", "any"));
    {
      g_autoptr (SandboxReply) reply = sandbox_client_ask (&client, "POST", "/v5/orders", nested);

      g_assert_cmpuint (reply->status, ==, 200);
    }
    sandbox_client_tear_down (&client, NULL);
  }
}

int
main (int   argc,
      char *argv[])
{
  static const struct {
    const char *name;
    void      (*func) (SandboxClient *, gconstpointer);
  } tests[] = {
    { "/sandbox/faults/status", test_status },
    { "/sandbox/faults/pages", test_pages },
    { "/sandbox/faults/cuts", test_cuts },
    { "/sandbox/faults/lost-answer", test_lost_answer },
    { "/sandbox/faults/never-and-delay", test_never_and_delay },
    { "/sandbox/faults/mutations", test_mutations },
    { "/sandbox/faults/streams", test_streams },
    { "/sandbox/faults/actions", test_actions },
  };

  refills_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, SandboxClient, NULL, sandbox_client_set_up, tests[i].func, sandbox_client_tear_down);
  g_test_add_func ("/sandbox/faults/strict-shape", test_strict_shape);

  return g_test_run ();
}
