/* refills-relay-pipe.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-http.h"

G_BEGIN_DECLS

typedef struct _RefillsRelayPipe RefillsRelayPipe;

/* Either side has gone. */
typedef void (*RefillsRelayPipeClosed) (RefillsRelayPipe *pipe,
                                        gpointer          user_data);

/* What one client asked for, filled in before refills_relay_pipe_new(); strings are copied. */
typedef struct {
  const char *path;          /* at the service, escaped */
  const char *country;       /* ISO 3166 alpha-2, or NULL */
  const char *last_event_id; /* or NULL */
  const char *allow_origin;  /* or NULL */
} RefillsRelayPipeFields;

RefillsRelayPipe *refills_relay_pipe_new   (RefillsHttp                  *http,
                                            SoupServerMessage            *client,
                                            const RefillsRelayPipeFields *fields,
                                            RefillsRelayPipeClosed        closed,
                                            gpointer                      user_data) G_GNUC_WARN_UNUSED_RESULT;
void              refills_relay_pipe_close (RefillsRelayPipe             *self);
void              refills_relay_pipe_unref (RefillsRelayPipe             *self);

G_END_DECLS
