/* scripted-server.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What follows the bytes of an answer. */
typedef enum {
  SCRIPTED_END_CLOSE,    /* a clean end */
  SCRIPTED_END_RESET,    /* a reset of the connection */
  SCRIPTED_END_HANG,     /* nothing, with the connection open */
  SCRIPTED_END_KEEP,     /* the next request on the same connection */
  SCRIPTED_END_TRICKLE,  /* the bytes came one by one, 10 ms apart; then nothing */
  SCRIPTED_END_ENDLESS,  /* what follows the head again and again */
} ScriptedEnd;

typedef struct _ScriptedServer ScriptedServer;

/* Makes what is said out of what the upstream said: head and body. */
typedef GBytes *(*ScriptedChangeFunc) (GBytes   *answer,
                                       gpointer  user_data);

ScriptedServer *scripted_server_new          (void);
ScriptedServer *scripted_server_new_tls      (GTlsCertificate *certificate);
void            scripted_server_free         (ScriptedServer *self);
void            scripted_server_refuse       (ScriptedServer *self);
void            scripted_server_return       (ScriptedServer *self);
void            scripted_server_drop_connections (ScriptedServer *self,
                                              gboolean        reset);

char           *scripted_server_dup_uri      (ScriptedServer *self);
guint           scripted_server_get_port     (ScriptedServer *self);

void            scripted_server_answer       (ScriptedServer *self,
                                              const char     *text,
                                              ScriptedEnd     end);
void            scripted_server_answer_bytes (ScriptedServer *self,
                                              GBytes         *bytes,
                                              ScriptedEnd     end);
void            scripted_server_answer_json  (ScriptedServer *self,
                                              guint           status,
                                              const char     *json);
void            scripted_server_on           (ScriptedServer *self,
                                              const char     *method,
                                              const char     *pattern,
                                              const char     *text,
                                              ScriptedEnd     end);
void            scripted_server_on_bytes     (ScriptedServer *self,
                                              const char     *method,
                                              const char     *pattern,
                                              GBytes         *bytes,
                                              ScriptedEnd     end);
void            scripted_server_on_change    (ScriptedServer *self,
                                              const char     *method,
                                              const char     *pattern,
                                              ScriptedChangeFunc change,
                                              gpointer        user_data);
void            scripted_server_delay        (ScriptedServer *self,
                                              const char     *method,
                                              const char     *pattern,
                                              guint           milliseconds);
void            scripted_server_forget       (ScriptedServer *self,
                                              const char     *method,
                                              const char     *pattern);
void            scripted_server_forward      (ScriptedServer *self,
                                              const char     *uri);
void            scripted_server_send         (ScriptedServer *self,
                                              guint           request,
                                              const char     *text);
void            scripted_server_end          (ScriptedServer *self,
                                              guint           request);

guint           scripted_server_n_requests   (ScriptedServer *self);
guint           scripted_server_count        (ScriptedServer *self,
                                              const char     *method,
                                              const char     *pattern);
gint64          scripted_server_get_time     (ScriptedServer *self,
                                              guint           request);
guint           scripted_server_n_connections (ScriptedServer *self);
guint           scripted_server_n_closed     (ScriptedServer *self);
guint64         scripted_server_n_bytes      (ScriptedServer *self);
const char     *scripted_server_get_head     (ScriptedServer *self,
                                              guint           request);
const char     *scripted_server_get_body     (ScriptedServer *self,
                                              guint           request);
char           *scripted_server_dup_header   (ScriptedServer *self,
                                              guint           request,
                                              const char     *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScriptedServer, scripted_server_free)

G_END_DECLS
