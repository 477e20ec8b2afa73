/* http-fixture.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-http.h"

#include "scripted-server.h"

G_BEGIN_DECLS

#define HTTP_FIXTURE_DEADLINE_MS 20000
#define HTTP_FIXTURE_OK "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

typedef struct {
  ScriptedServer *server;
  RefillsHttp *http;
  char *uri;
} HttpFixture;

typedef void (*HttpFixtureFunc) (HttpFixture   *fixture,
                                 gconstpointer  data);

void         http_fixture_add                (const char       *name,
                                              guint             deadline_ms,
                                              HttpFixtureFunc   test);
RefillsHttp *http_fixture_make               (const char       *uri,
                                              const char       *partner,
                                              guint             deadline_ms);
GBytes      *http_fixture_finish             (HttpFixture      *fixture,
                                              GAsyncResult    **result,
                                              GBytes          **refusal,
                                              GError          **error);
GBytes      *http_fixture_get                (HttpFixture      *fixture,
                                              GBytes          **refusal,
                                              GError          **error);
GBytes      *http_fixture_post_order         (HttpFixture      *fixture,
                                              GBytes          **refusal,
                                              GError          **error);
void         http_fixture_assert_get_fails   (HttpFixture      *fixture,
                                              int               code);
void         http_fixture_assert_order_fails (HttpFixture      *fixture,
                                              int               code);
void         http_fixture_wait_closed        (ScriptedServer   *server);

G_END_DECLS
