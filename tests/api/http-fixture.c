/* http-fixture.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A scripted server, a RefillsHttp that asks it, and the two requests that most tests make.
 */
#include "http-fixture.h"

#include "refills-error.h"
#include "refills-test.h"

static void
set_up (HttpFixture   *fixture,
        gconstpointer  data)
{
  fixture->server = scripted_server_new ();
  fixture->uri = scripted_server_dup_uri (fixture->server);
  fixture->http = http_fixture_make (fixture->uri, "partner-7", GPOINTER_TO_UINT (data));
}

static void
tear_down (HttpFixture   *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->http));
  g_clear_pointer (&fixture->server, scripted_server_free);
  g_clear_pointer (&fixture->uri, g_free);
}

void
http_fixture_add (const char      *name,
                  guint            deadline_ms,
                  HttpFixtureFunc  test)
{
  g_test_add (name, HttpFixture, GUINT_TO_POINTER (deadline_ms), set_up, test, tear_down);
}

RefillsHttp *
http_fixture_make (const char *uri,
                   const char *partner,
                   guint       deadline_ms)
{
  g_autoptr (GError) error = NULL;
  RefillsHttp *http = refills_http_new (&(RefillsHttpOptions) {
                                          .base_uri = uri,
                                          .logo_origin = uri,
                                          .partner_id = partner,
                                          .version = "1.2.3",
                                          .read_deadline_ms = deadline_ms,
                                          .order_deadline_ms = deadline_ms,
                                        },
                                        &error);

  g_assert_no_error (error);

  return http;
}

/* Waits for the answer; the refusal may be asked for as well. */
GBytes *
http_fixture_finish (HttpFixture   *fixture,
                     GAsyncResult **result,
                     GBytes       **refusal,
                     GError       **error)
{
  GBytes *bytes;

  refills_test_wait_result (result, HTTP_FIXTURE_DEADLINE_MS);
  bytes = refills_http_send_finish (fixture->http, *result, error);
  if (refusal != NULL)
    *refusal = refills_http_dup_refusal (fixture->http, *result);
  g_clear_object (result);

  return bytes;
}

GBytes *
http_fixture_get (HttpFixture  *fixture,
                  GBytes      **refusal,
                  GError      **error)
{
  GAsyncResult *result = NULL;

  refills_http_get_json_async (fixture->http, "/v3/things", NULL, NULL, NULL, refills_test_keep_result, &result);

  return http_fixture_finish (fixture, &result, refusal, error);
}

GBytes *
http_fixture_post_order (HttpFixture  *fixture,
                         GBytes      **refusal,
                         GError      **error)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"a\":1}", 7);
  GAsyncResult *result = NULL;

  refills_http_post_order_async (fixture->http, body, "US", 0, refills_test_keep_result, &result);

  return http_fixture_finish (fixture, &result, refusal, error);
}

void
http_fixture_assert_get_fails (HttpFixture *fixture,
                               int          code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = http_fixture_get (fixture, NULL, &error);

  g_assert_null (bytes);
  g_assert_error (error, REFILLS_ERROR, code);
}

void
http_fixture_assert_order_fails (HttpFixture *fixture,
                                 int          code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = http_fixture_post_order (fixture, NULL, &error);

  g_assert_null (bytes);
  g_assert_error (error, REFILLS_ERROR, code);
}

static gboolean
is_closed (gpointer user_data)
{
  return scripted_server_n_closed (user_data) > 0;
}

/* Until the client closed a connection. */
void
http_fixture_wait_closed (ScriptedServer *server)
{
  refills_test_run_until (is_closed, server, HTTP_FIXTURE_DEADLINE_MS, "the connection is closed");
}
