/* sandbox-client.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "refills-sandbox-faults.h"

G_BEGIN_DECLS

/* A sandbox and a plain session that asks it. */
typedef struct {
  RefillsSandbox *sandbox;
  SoupSession    *session;
} SandboxClient;

/* What came back: @error is set where nothing whole did. */
typedef struct {
  guint     status;
  char     *content_type;
  char     *retry_after;
  GBytes   *body;
  JsonNode *root;
  GError   *error;
} SandboxReply;

void          sandbox_client_set_up     (SandboxClient *self,
                                         gconstpointer  options);
void          sandbox_client_tear_down  (SandboxClient *self,
                                         gconstpointer  options);
SandboxReply *sandbox_client_ask        (SandboxClient *self,
                                         const char    *method,
                                         const char    *path,
                                         const char    *body);
JsonObject   *sandbox_client_get_object (SandboxReply  *reply);
void          sandbox_reply_free        (SandboxReply  *self);
char         *sandbox_client_order      (SandboxClient *self,
                                         const char    *coin,
                                         const char    *network,
                                         const char    *email);
const char   *sandbox_client_first      (JsonObject    *order,
                                         const char    *member);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SandboxReply, sandbox_reply_free)

G_END_DECLS
