/* test-order-api.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is sent and what is not, and what becomes of each kind of answer.
 */
#include "refills-order-api.h"

#include <string.h>

#include "http-fixture.h"
#include "order-fixture.h"
#include "refills-error.h"
#include "refills-order-body.h"
#include "refills-order-gate.h"
#include "refills-test.h"

#define ORDER "{\"order_id\":\"o-1\",\"order_state\":\"WaitingForPayment\",\"payment_state\":\"WalletCreated\"," \
              "\"coin\":\"BTC\",\"network\":\"Lightning\",\"coin_amount\":\"0.00032833\"}"

static RefillsQuote *
validate (HttpFixture  *fixture,
          GError      **error)
{
  g_autoptr (RefillsOrderApi) api = refills_order_api_new (fixture->http);
  g_autoptr (RefillsOrderRequest) request = order_fixture_one ("25 USD", NULL);
  g_autoptr (GAsyncResult) result = NULL;

  refills_order_api_validate_async (api, request, NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, HTTP_FIXTURE_DEADLINE_MS);

  return refills_order_api_validate_finish (api, result, error);
}

static void
test_validate (HttpFixture   *fixture,
               gconstpointer  data)
{
  g_autoptr (RefillsOrderRequest) request = order_fixture_one ("25 USD", NULL);
  g_autoptr (GBytes) body = refills_order_body_write (request, REFILLS_ORDER_SHAPE_FLAT);
  g_autoptr (RefillsQuote) quote = NULL;
  g_autoptr (GError) error = NULL;
  const char *sent;

  scripted_server_answer_json (fixture->server, 200,
                               "{\"coin\":\"USDC\",\"coin_amount\":\"25.37\",\"problems\":null,\"deliveries\":["
                               "{\"kind\":\"giftcard\",\"deliverable\":{\"brand_name\":\"A \\\"B\\\" é\","
                               "\"country_code\":\"US\",\"denomination\":\"25 USD\","
                               "\"beneficiary_account\":\"ada@example.com\"}}]}");
  quote = validate (fixture, &error);
  g_assert_no_error (error);
  g_assert_true (refills_quote_is_accepted (quote));
  g_assert_cmpstr (refills_quote_get_coin_amount (quote), ==, "25.37");
  g_assert_true (g_str_has_prefix (scripted_server_get_head (fixture->server, 0),
                                   "POST /v5/orders/validations HTTP/1.1\r\n"));
  sent = scripted_server_get_body (fixture->server, 0);
  g_assert_cmpmem (sent, strlen (sent), g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

/* A reason is a reason, whether it comes with 200, as a list with a 4xx or as a code word. */
static void
test_validate_refused (HttpFixture   *fixture,
                       gconstpointer  data)
{
  static const struct { guint status; const char *body; const char *code; } table[] = {
    { 200, "{\"coin\":\"USDC\",\"coin_amount\":null,\"problems\":[{\"problem\":\"OUT_OF_STOCK\"}]}", "OUT_OF_STOCK" },
    { 400, "{\"problems\":[{\"problem\":\"NOT_ACTIVE\",\"moreDetails\":null}]}", "NOT_ACTIVE" },
    { 400, "{\"status\":\"400\",\"detail\":\"SUSPENDED_COIN\",\"moreDetails\":{\"coin\":\"USDC\"}}",
      "SUSPENDED_COIN" },
    { 422, "{\"status\":422,\"detail\":\"LOGIN_REQUIRED\",\"moreDetails\":null}", "LOGIN_REQUIRED" },
    { 401, "{\"detail\":\"LOGIN_REQUIRED\"}", "LOGIN_REQUIRED" },
    { 404, "{\"status\":404,\"detail\":\"COUPON_NOT_FOUND\"}", "COUPON_NOT_FOUND" },
    { 410, "{\"problems\":[{\"problem\":\"NOT_AVAILABLE_PRODUCT\"}]}", "NOT_AVAILABLE_PRODUCT" },
    { 404, "{\"detail\":\"NO_SUCH_LUCK\"}", "NO_SUCH_LUCK" },
    /* The last: nothing is asked for a while after it. */
    { 429, "{\"status\":429,\"detail\":\"DAILY_SPENDING_LIMIT_EXCEEDED\"}", "DAILY_SPENDING_LIMIT_EXCEEDED" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (RefillsQuote) quote = NULL;
    g_autoptr (RefillsProblem) problem = NULL;
    g_autoptr (GError) error = NULL;

    scripted_server_answer_json (fixture->server, table[i].status, table[i].body);
    quote = validate (fixture, &error);
    g_assert_no_error (error);
    g_assert_false (refills_quote_is_accepted (quote));
    problem = g_list_model_get_item (refills_quote_get_problems (quote), 0);
    g_assert_cmpstr (refills_problem_get_code (problem), ==, table[i].code);
  }
}

static void
test_validate_fails (HttpFixture   *fixture,
                     gconstpointer  data)
{
  static const struct { guint status; const char *body; int code; } table[] = {
    { 400, "{\"detail\":\"what, ever\"}", REFILLS_ERROR_REJECTED },
    { 403, "<html>", REFILLS_ERROR_BLOCKED },
    { 404, "{\"detail\":\"NOT_FOUND\"}", REFILLS_ERROR_NOT_FOUND },
    { 500, "{\"detail\":\"ORDER_CREATE_ERROR\"}", REFILLS_ERROR_SERVER },
    { 200, "[]", REFILLS_ERROR_PROTOCOL },
    { 200, "{}", REFILLS_ERROR_PROTOCOL },
    { 200, "<html>", REFILLS_ERROR_SIGN_IN },
    { 429, "{\"detail\":\"TOO_MANY\"}", REFILLS_ERROR_RATE_LIMITED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (RefillsQuote) quote = NULL;
    g_autoptr (GError) error = NULL;

    scripted_server_answer_json (fixture->server, table[i].status, table[i].body);
    quote = validate (fixture, &error);
    g_assert_null (quote);
    g_assert_error (error, REFILLS_ERROR, table[i].code);
  }
}

static RefillsOrderState *
create (HttpFixture *fixture,
        GPtrArray  **problems,
        GBytes     **answer,
        GError     **error)
{
  g_autoptr (RefillsOrderApi) api = refills_order_api_new (fixture->http);
  g_autoptr (RefillsOrderRequest) request = order_fixture_one ("25 USD", NULL);
  g_autoptr (RefillsQuote) accepted = order_fixture_accept (request);
  g_autoptr (GAsyncResult) result = NULL;

  refills_order_api_create_async (api, request, accepted, refills_test_keep_result, &result);
  refills_test_wait_result (&result, HTTP_FIXTURE_DEADLINE_MS);

  return refills_order_api_create_finish (api, result, problems, answer, error);
}

static void
test_create (HttpFixture   *fixture,
             gconstpointer  data)
{
  static const guint statuses[] = { 200, 201 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++) {
    g_autoptr (RefillsOrderState) state = NULL;
    g_autoptr (GPtrArray) problems = NULL;
    g_autoptr (GBytes) answer = NULL;
    g_autoptr (GError) error = NULL;

    scripted_server_answer_json (fixture->server, statuses[i], ORDER);
    state = create (fixture, &problems, &answer, &error);
    g_assert_no_error (error);
    g_assert_null (problems);
    g_assert_cmpstr (refills_order_state_get_order_id (state), ==, "o-1");
    g_assert_cmpmem (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), ORDER, strlen (ORDER));
    g_assert_true (g_str_has_prefix (scripted_server_get_head (fixture->server, i), "POST /v5/orders HTTP/1.1\r\n"));
  }
}

static void
test_create_unreadable (HttpFixture   *fixture,
                        gconstpointer  data)
{
  static const char * const bodies[] = {
    "{}", "[]", "null", "{\"order_id\":null}", "{\"order_id\":\"../x\"}", "{\"order_id\":\"a\",\"order_id\":\"b\"}",
    "{\"order_id\":\"a\"", "[[[[",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autoptr (RefillsOrderState) state = NULL;
    g_autoptr (GBytes) answer = NULL;
    g_autoptr (GError) error = NULL;

    scripted_server_answer_json (fixture->server, 200, bodies[i]);
    state = create (fixture, NULL, &answer, &error);
    g_assert_null (state);
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_UNKNOWN_OUTCOME);
    g_assert_cmpmem (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), bodies[i], strlen (bodies[i]));
    g_assert_cmpuint (scripted_server_n_requests (fixture->server), ==, i + 1);
  }
}

/* Each code and the line it concerns. */
static char *
describe_problems (GPtrArray *problems)
{
  g_autoptr (GString) said = problems != NULL ? g_string_new (NULL) : NULL;

  if (problems == NULL)
    return NULL;
  for (guint i = 0; i < problems->len; i++)
    g_string_append_printf (said, "%s%s %d", i > 0 ? " " : "", refills_problem_get_code (problems->pdata[i]),
                            refills_problem_get_line (problems->pdata[i]));

  return g_string_free (g_steal_pointer (&said), FALSE);
}

static void
test_create_refused (HttpFixture   *fixture,
                     gconstpointer  data)
{
  static const struct { guint status; const char *body; int code; const char *problems; } table[] = {
    { 422, "{\"detail\":\"LOGIN_REQUIRED\"}", REFILLS_ERROR_REJECTED, "LOGIN_REQUIRED -1" },
    { 400, "{\"problems\":[{\"problem\":\"NOT_ACTIVE\"},{\"problem\":\"X\"}]}", REFILLS_ERROR_REJECTED,
      "NOT_ACTIVE 0 X -1" },
    { 400, "{\"problems\":[]}", REFILLS_ERROR_REJECTED, NULL },
    { 400, "nonsense", REFILLS_ERROR_REJECTED, NULL },
    { 503, "{}", REFILLS_ERROR_SERVER, NULL },
    { 500, "{\"detail\":\"ORDER_CREATE_ERROR\"}", REFILLS_ERROR_UNKNOWN_OUTCOME, NULL },
    { 429, "{\"detail\":\"TOO_MANY\"}", REFILLS_ERROR_RATE_LIMITED, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (RefillsOrderState) state = NULL;
    g_autoptr (GPtrArray) problems = NULL;
    g_autoptr (GBytes) answer = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *said = NULL;

    scripted_server_answer_json (fixture->server, table[i].status, table[i].body);
    state = create (fixture, &problems, &answer, &error);
    said = describe_problems (problems);
    g_assert_null (state);
    g_assert_null (answer);
    g_assert_error (error, REFILLS_ERROR, table[i].code);
    g_assert_cmpstr (said, ==, table[i].problems);
  }
}

/* The gate stands before the wire: no connection is made. */
static void
test_gate (HttpFixture   *fixture,
           gconstpointer  data)
{
  g_autoptr (RefillsOrderApi) api = refills_order_api_new (fixture->http);
  g_autoptr (RefillsOrderRequest) request = order_fixture_one ("25 USD", NULL);
  g_autoptr (RefillsOrderRequest) other = order_fixture_one ("100 USD", NULL);
  g_autoptr (RefillsQuote) old =
    order_fixture_quote (request, "null", refills_order_gate_get_time () - REFILLS_ORDER_GATE_MAX_AGE_US);
  g_autoptr (RefillsQuote) of_other = order_fixture_accept (other);
  g_autoptr (RefillsQuote) refused =
    order_fixture_quote (request, "[{\"problem\":\"X\"}]", refills_order_gate_get_time ());
  RefillsQuote * const quotes[] = { NULL, old, of_other, refused };

  for (guint i = 0; i < G_N_ELEMENTS (quotes); i++) {
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (RefillsOrderState) state = NULL;
    g_autoptr (GError) error = NULL;

    refills_order_api_create_async (api, request, quotes[i], refills_test_keep_result, &result);
    refills_test_wait_result (&result, HTTP_FIXTURE_DEADLINE_MS);
    state = refills_order_api_create_finish (api, result, NULL, NULL, &error);
    g_assert_null (state);
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_NOT_VALIDATED);
  }
  g_assert_cmpuint (scripted_server_n_connections (fixture->server), ==, 0);
}

/* A connection that takes until the yes is too old carries no order any more: here one whose other side never
 * says a word of TLS. */
static void
test_gate_while_connecting (HttpFixture   *fixture,
                            gconstpointer  data)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *uri = g_strdup_printf ("https://127.0.0.1:%u", port);
  g_autoptr (RefillsHttp) http = http_fixture_make (uri, NULL, 0);
  g_autoptr (RefillsOrderApi) api = refills_order_api_new (http);
  g_autoptr (RefillsOrderRequest) request = order_fixture_one ("25 USD", NULL);
  gint64 asked_at = refills_order_gate_get_time () - REFILLS_ORDER_GATE_MAX_AGE_US + G_USEC_PER_SEC;
  g_autoptr (RefillsQuote) accepted = order_fixture_quote (request, "null", asked_at);
  g_autoptr (RefillsOrderState) state = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  refills_order_api_create_async (api, request, accepted, refills_test_keep_result, &result);
  refills_test_wait_result (&result, HTTP_FIXTURE_DEADLINE_MS);
  state = refills_order_api_create_finish (api, result, NULL, NULL, &error);
  g_assert_null (state);
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_TIMEOUT);
}

static void
test_beneficiaries (HttpFixture   *fixture,
                    gconstpointer  data)
{
  static const struct { const char *type; const char *to; } table[] = {
    { "by_email", "+14155551234" }, { "by_email", "" }, { "by_email", NULL }, { "by_phone", "4155551234" },
    { "by_phone", "ada@example.com" }, { "by_account", "" }, { "by_account", "12\n34" }, { "by_pigeon", "coo" },
  };
  g_autoptr (RefillsOrderApi) api = refills_order_api_new (fixture->http);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (RefillsOrderRequest) request = NULL;
    g_autoptr (RefillsQuote) quote = NULL;
    g_autoptr (RefillsQuote) accepted = NULL;
    g_autoptr (RefillsOrderState) state = NULL;
    g_autoptr (GAsyncResult) validated = NULL;
    g_autoptr (GAsyncResult) created = NULL;
    g_autoptr (GError) error = NULL;

    g_ptr_array_add (lines, order_fixture_line ("5 USD", NULL, "by_email", "ada@example.com"));
    g_ptr_array_add (lines, order_fixture_line ("5 USD", NULL, table[i].type, table[i].to));
    request = order_fixture_request (lines, NULL, NULL);
    refills_order_api_validate_async (api, request, NULL, refills_test_keep_result, &validated);
    refills_test_wait_result (&validated, HTTP_FIXTURE_DEADLINE_MS);
    quote = refills_order_api_validate_finish (api, validated, &error);
    g_assert_null (quote);
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_INVALID_INPUT);
    g_clear_error (&error);

    accepted = order_fixture_accept (request);
    refills_order_api_create_async (api, request, accepted, refills_test_keep_result, &created);
    refills_test_wait_result (&created, HTTP_FIXTURE_DEADLINE_MS);
    state = refills_order_api_create_finish (api, created, NULL, NULL, &error);
    g_assert_null (state);
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_INVALID_INPUT);
  }
  g_assert_cmpuint (scripted_server_n_connections (fixture->server), ==, 0);
}

/* The shape is that of the order; a validation is flat always. */
static void
test_shape (HttpFixture   *fixture,
            gconstpointer  data)
{
  g_autoptr (RefillsOrderApi) api = refills_order_api_new (fixture->http);
  g_autoptr (RefillsOrderRequest) request = order_fixture_one (NULL, "25");
  g_autoptr (GBytes) flat = refills_order_body_write (request, REFILLS_ORDER_SHAPE_FLAT);
  g_autoptr (GBytes) nested = refills_order_body_write (request, REFILLS_ORDER_SHAPE_REFERENCE);
  g_autoptr (RefillsQuote) accepted = order_fixture_accept (request);
  g_autoptr (RefillsQuote) quote = NULL;
  g_autoptr (RefillsOrderState) state = NULL;
  g_autoptr (GAsyncResult) validated = NULL;
  g_autoptr (GAsyncResult) created = NULL;
  const char *sent = NULL;

  refills_order_api_set_shape (api, REFILLS_ORDER_SHAPE_REFERENCE);
  scripted_server_answer_json (fixture->server, 200, "{}");
  refills_order_api_validate_async (api, request, NULL, refills_test_keep_result, &validated);
  refills_test_wait_result (&validated, HTTP_FIXTURE_DEADLINE_MS);
  quote = refills_order_api_validate_finish (api, validated, NULL);
  sent = scripted_server_get_body (fixture->server, 0);
  g_assert_cmpmem (sent, strlen (sent), g_bytes_get_data (flat, NULL), g_bytes_get_size (flat));

  scripted_server_answer_json (fixture->server, 200, ORDER);
  refills_order_api_create_async (api, request, accepted, refills_test_keep_result, &created);
  refills_test_wait_result (&created, HTTP_FIXTURE_DEADLINE_MS);
  state = refills_order_api_create_finish (api, created, NULL, NULL, NULL);
  g_assert_nonnull (state);
  sent = scripted_server_get_body (fixture->server, 1);
  g_assert_cmpmem (sent, strlen (sent), g_bytes_get_data (nested, NULL), g_bytes_get_size (nested));
}

/* More than is read on the main thread comes out the same. */
static void
test_large (HttpFixture   *fixture,
            gconstpointer  data)
{
  g_autofree char *blanks = g_strnfill (100 * 1024, ' ');
  g_autofree char *validation = g_strconcat ("{\"coin\":\"USDC\",\"coin_amount\":\"25.37\",\"problems\":null,", blanks,
                                             "\"deliveries\":[{\"deliverable\":{\"brand_name\":\"A \\\"B\\\" é\","
                                             "\"denomination\":\"25 USD\"}}]}", NULL);
  g_autofree char *order = g_strconcat (blanks, ORDER, NULL);
  g_autofree char *broken = g_strconcat (blanks, "{\"order_id\":", NULL);
  g_autoptr (RefillsQuote) quote = NULL;
  g_autoptr (RefillsOrderState) state = NULL;
  g_autoptr (RefillsOrderState) none = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  scripted_server_answer_json (fixture->server, 200, validation);
  quote = validate (fixture, &error);
  g_assert_no_error (error);
  g_assert_true (refills_quote_is_accepted (quote));
  scripted_server_answer_json (fixture->server, 200, order);
  state = create (fixture, NULL, &answer, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (refills_order_state_get_order_id (state), ==, "o-1");
  g_assert_cmpuint (g_bytes_get_size (answer), ==, strlen (order));
  scripted_server_answer_json (fixture->server, 200, broken);
  none = create (fixture, NULL, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_UNKNOWN_OUTCOME);
}

static RefillsOrderState *
get_order (HttpFixture  *fixture,
           const char   *order_id,
           GBytes      **answer,
           GError      **error)
{
  g_autoptr (RefillsOrderApi) api = refills_order_api_new (fixture->http);
  g_autoptr (GAsyncResult) result = NULL;

  refills_order_api_get_async (api, order_id, "US", NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, HTTP_FIXTURE_DEADLINE_MS);

  return refills_order_api_get_finish (api, result, answer, error);
}

static void
test_get (HttpFixture   *fixture,
          gconstpointer  data)
{
  g_autoptr (RefillsOrderState) state = NULL;
  g_autoptr (RefillsOrderState) other = NULL;
  g_autoptr (RefillsOrderState) none = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  scripted_server_answer_json (fixture->server, 200, ORDER);
  state = get_order (fixture, "o-1", &answer, &error);
  g_assert_no_error (error);
  g_assert_nonnull (answer);
  g_assert_cmpstr (refills_order_state_get_order_state (state), ==, "WaitingForPayment");
  g_assert_true (g_str_has_prefix (scripted_server_get_head (fixture->server, 0), "GET /v5/orders/o-1 HTTP/1.1\r\n"));

  other = get_order (fixture, "o-2", NULL, &error);
  g_assert_null (other);
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
  g_clear_error (&error);

  scripted_server_answer_json (fixture->server, 404, "{}");
  none = get_order (fixture, "o-1", NULL, &error);
  g_assert_null (none);
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND);
}

static void
test_ids (HttpFixture   *fixture,
          gconstpointer  data)
{
  g_autofree char *long_id = g_strnfill (129, 'a');
  const char * const ids[] = { "", "a/b", "..", "a?b", "a b", "a\r\nb", "a%2Fb", "é", long_id };
  g_autoptr (RefillsOrderApi) api = refills_order_api_new (fixture->http);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (RefillsOrderState) state = NULL;
    g_autoptr (GError) error = NULL;

    state = get_order (fixture, ids[i], NULL, &error);
    g_assert_null (state);
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_INVALID_INPUT);
    g_assert_null (refills_order_api_subscribe (api, ids[i], "US", NULL));
  }
  g_assert_cmpuint (scripted_server_n_connections (fixture->server), ==, 0);
}

static gboolean
was_asked (gpointer user_data)
{
  return scripted_server_n_requests (user_data) > 0;
}

static void
test_subscribe (HttpFixture   *fixture,
                gconstpointer  data)
{
  g_autoptr (RefillsOrderApi) api = refills_order_api_new (fixture->http);
  g_autoptr (RefillsEventStream) stream = refills_order_api_subscribe (api, "o-1", "US", NULL);

  scripted_server_answer (fixture->server, "", SCRIPTED_END_HANG);
  refills_event_stream_open (stream);
  refills_test_run_until (was_asked, fixture->server, HTTP_FIXTURE_DEADLINE_MS, "the request");
  g_assert_true (g_str_has_prefix (scripted_server_get_head (fixture->server, 0),
                                   "GET /v5/orders/o-1/subscribe HTTP/1.1\r\n"));
  g_clear_object (&stream);
  http_fixture_wait_closed (fixture->server);
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  http_fixture_add ("/order-api/validate", 0, test_validate);
  http_fixture_add ("/order-api/validate-refused", 0, test_validate_refused);
  http_fixture_add ("/order-api/validate-fails", 0, test_validate_fails);
  http_fixture_add ("/order-api/create", 0, test_create);
  http_fixture_add ("/order-api/create-unreadable", 0, test_create_unreadable);
  http_fixture_add ("/order-api/create-refused", 0, test_create_refused);
  http_fixture_add ("/order-api/gate", 0, test_gate);
  http_fixture_add ("/order-api/gate-while-connecting", 0, test_gate_while_connecting);
  http_fixture_add ("/order-api/beneficiaries", 0, test_beneficiaries);
  http_fixture_add ("/order-api/shape", 0, test_shape);
  http_fixture_add ("/order-api/large", 0, test_large);
  http_fixture_add ("/order-api/get", 0, test_get);
  http_fixture_add ("/order-api/ids", 0, test_ids);
  http_fixture_add ("/order-api/subscribe", 0, test_subscribe);

  return g_test_run ();
}
