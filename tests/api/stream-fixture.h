/* stream-fixture.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-event-stream.h"

#include "scripted-server.h"

G_BEGIN_DECLS

#define STREAM_FIXTURE_DEADLINE_MS 20000
#define STREAM_FIXTURE_HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"

typedef struct {
  ScriptedServer *server;
  RefillsHttp *http;
  RefillsEventStream *stream;
  GPtrArray *messages;
  int ended;                /* the reason, or -1 */
  guint n_ended;
  RefillsEventStreamState wanted;
  guint wanted_requests;
} StreamFixture;

typedef void (*StreamFixtureFunc) (StreamFixture *fixture,
                                   gconstpointer  data);

void stream_fixture_add                     (const char              *name,
                                             int                      data,
                                             StreamFixtureFunc        test);
void stream_fixture_renew                   (StreamFixture           *fixture,
                                             guint                    base_ms,
                                             guint                    limit_ms,
                                             guint                    silence_ms);
void stream_fixture_wait_state              (StreamFixture           *fixture,
                                             RefillsEventStreamState  state);
void stream_fixture_wait_requests           (StreamFixture           *fixture,
                                             guint                    n_requests);
void stream_fixture_wait_closed             (StreamFixture           *fixture);
void stream_fixture_wait_message            (StreamFixture           *fixture);
void stream_fixture_assert_no_more_requests (StreamFixture           *fixture);

G_END_DECLS
