/* test-email-check.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Advice about an e-mail address, which is good unless an answer says otherwise.
 */
#include "refills-email-check.h"

#include <string.h>

#include "http-fixture.h"
#include "refills-order-api.h"
#include "refills-test.h"

#define EMAIL "ada \"é\"@example.com"

static RefillsEmailVerdict
check (HttpFixture *fixture,
       guint        deadline_ms)
{
  g_autoptr (GAsyncResult) result = NULL;

  refills_email_check_async (fixture->http, EMAIL, deadline_ms, NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, HTTP_FIXTURE_DEADLINE_MS);

  return refills_email_check_finish (fixture->http, result);
}

static void
test_request (HttpFixture   *fixture,
              gconstpointer  data)
{
  g_autoptr (RefillsOrderApi) api = refills_order_api_new (fixture->http);
  g_autoptr (GAsyncResult) result = NULL;

  scripted_server_answer_json (fixture->server, 200, "{\"valid\":false,\"reason\":\"no_mx\"}");
  refills_order_api_validate_email_async (api, EMAIL, NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, HTTP_FIXTURE_DEADLINE_MS);
  g_assert_cmpint (refills_order_api_validate_email_finish (api, result), ==, REFILLS_EMAIL_VERDICT_NO_SERVER);
  g_assert_true (g_str_has_prefix (scripted_server_get_head (fixture->server, 0),
                                   "POST /v2/validate-email HTTP/1.1\r\n"));
  g_assert_cmpstr (scripted_server_get_body (fixture->server, 0), ==, "{\"email\":\"ada \\\"é\\\"@example.com\"}");
}

static void
test_answers (HttpFixture   *fixture,
              gconstpointer  data)
{
  static const struct { guint status; const char *body; RefillsEmailVerdict verdict; } table[] = {
    { 200, "{\"valid\":true}", REFILLS_EMAIL_VERDICT_GOOD },
    { 200, "{\"valid\":true,\"reason\":\"no_mx\"}", REFILLS_EMAIL_VERDICT_GOOD },
    { 200, "{\"valid\":false,\"reason\":\"no_mx\"}", REFILLS_EMAIL_VERDICT_NO_SERVER },
    { 200, "{\"valid\":false,\"reason\":\"bad_format\"}", REFILLS_EMAIL_VERDICT_BAD },
    { 200, "{\"valid\":false,\"reason\":null}", REFILLS_EMAIL_VERDICT_BAD },
    { 200, "{\"valid\":false,\"reason\":7}", REFILLS_EMAIL_VERDICT_BAD },
    { 200, "{\"valid\":false}", REFILLS_EMAIL_VERDICT_BAD },
    { 201, "{\"valid\":false}", REFILLS_EMAIL_VERDICT_BAD },
    { 200, "{}", REFILLS_EMAIL_VERDICT_GOOD },
    { 200, "{\"valid\":null}", REFILLS_EMAIL_VERDICT_GOOD },
    { 200, "{\"valid\":\"false\"}", REFILLS_EMAIL_VERDICT_GOOD },
    { 200, "{\"valid\":0}", REFILLS_EMAIL_VERDICT_GOOD },
    { 200, "{\"valid\":false", REFILLS_EMAIL_VERDICT_GOOD },
    { 200, "{\"valid\":false,\"valid\":false}", REFILLS_EMAIL_VERDICT_GOOD },
    { 200, "[]", REFILLS_EMAIL_VERDICT_GOOD },
    { 200, "null", REFILLS_EMAIL_VERDICT_GOOD },
    { 200, "", REFILLS_EMAIL_VERDICT_GOOD },
    { 200, "<html>", REFILLS_EMAIL_VERDICT_GOOD },
    { 400, "{\"valid\":false,\"reason\":\"no_mx\"}", REFILLS_EMAIL_VERDICT_GOOD },
    { 404, "{\"valid\":false}", REFILLS_EMAIL_VERDICT_GOOD },
    { 422, "{\"valid\":false}", REFILLS_EMAIL_VERDICT_GOOD },
    { 429, "{\"valid\":false}", REFILLS_EMAIL_VERDICT_GOOD },
    { 500, "{\"valid\":false}", REFILLS_EMAIL_VERDICT_GOOD },
    { 503, "", REFILLS_EMAIL_VERDICT_GOOD },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    scripted_server_answer_json (fixture->server, table[i].status, table[i].body);
    g_assert_cmpint (check (fixture, HTTP_FIXTURE_DEADLINE_MS), ==, table[i].verdict);
  }
}

static void
test_broken (HttpFixture   *fixture,
             gconstpointer  data)
{
  static const ScriptedEnd ends[] = { SCRIPTED_END_CLOSE, SCRIPTED_END_RESET };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    scripted_server_answer (fixture->server, HTTP_FIXTURE_OK "Content-Length: 99\r\n\r\n{\"valid\":false", ends[i]);
    g_assert_cmpint (check (fixture, HTTP_FIXTURE_DEADLINE_MS), ==, REFILLS_EMAIL_VERDICT_GOOD);
  }
}

static void
test_silence (HttpFixture   *fixture,
              gconstpointer  data)
{
  scripted_server_answer (fixture->server, "", SCRIPTED_END_HANG);
  g_assert_cmpint (check (fixture, 60), ==, REFILLS_EMAIL_VERDICT_GOOD);
}

static void
test_no_server (HttpFixture   *fixture,
                gconstpointer  data)
{
  scripted_server_refuse (fixture->server);
  g_assert_cmpint (check (fixture, HTTP_FIXTURE_DEADLINE_MS), ==, REFILLS_EMAIL_VERDICT_GOOD);
}

static void
test_cancelled (HttpFixture   *fixture,
                gconstpointer  data)
{
  g_autoptr (RefillsOrderApi) api = refills_order_api_new (fixture->http);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;

  scripted_server_answer (fixture->server, "", SCRIPTED_END_HANG);
  refills_order_api_validate_email_async (api, EMAIL, cancellable, refills_test_keep_result, &result);
  g_cancellable_cancel (cancellable);
  refills_test_wait_result (&result, HTTP_FIXTURE_DEADLINE_MS);
  g_assert_cmpint (refills_order_api_validate_email_finish (api, result), ==, REFILLS_EMAIL_VERDICT_GOOD);
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);
  http_fixture_add ("/email-check/request", 0, test_request);
  http_fixture_add ("/email-check/answers", 0, test_answers);
  http_fixture_add ("/email-check/broken", 0, test_broken);
  http_fixture_add ("/email-check/silence", 0, test_silence);
  http_fixture_add ("/email-check/no-server", 0, test_no_server);
  http_fixture_add ("/email-check/cancelled", 0, test_cancelled);

  return g_test_run ();
}
