/* scripted-server-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scripted-server.h"

G_BEGIN_DECLS

typedef struct {
  GBytes *bytes;
  ScriptedEnd end;
} Answer;

/* What is said to some requests. Without answers, what the upstream says. */
typedef struct {
  char *method;  /* NULL: any */
  char *pattern;
  GPtrArray *answers;
  guint n_used;
  guint delay_ms;
  ScriptedChangeFunc change;
  gpointer change_data;
} Rule;

typedef struct _ScriptedPeer ScriptedPeer;

typedef struct {
  char *head;
  char *method;
  char *path;
  char *body;
  gint64 came_at;
  ScriptedPeer *peer;
} ScriptedRequest;

struct _ScriptedPeer {
  ScriptedServer *server;
  GSocketConnection *connection;
  GIOStream *stream;         /* the connection, or TLS on it */
  GCancellable *cancellable; /* what is asked of the upstream */
  GString *received;
  char buffer[16 * 1024];
  ScriptedRequest *request;  /* the one that is answered */
  Answer *answer;            /* the one being said */
  ScriptedChangeFunc change;
  gpointer change_data;
  gsize offset;
  guint timer;
  gboolean reading;
  gboolean writing;
  gboolean asking;           /* the upstream */
  gboolean closed;           /* by either side */
};

struct _ScriptedServer {
  GSocketService *service;
  GTlsCertificate *certificate;
  GSocketConnectable *upstream;
  guint16 port;
  GCancellable *cancellable;
  Rule *otherwise;
  GPtrArray *rules;
  GPtrArray *requests;
  GPtrArray *peers;
  guint n_connections;
  guint n_closed;
  guint64 n_bytes;
};

void scripted_peer_close            (ScriptedPeer    *peer,
                                     gboolean         reset);
void scripted_peer_closed_by_client (ScriptedPeer    *peer);
void scripted_peer_forward          (ScriptedPeer    *peer,
                                     ScriptedRequest *request);

G_END_DECLS
