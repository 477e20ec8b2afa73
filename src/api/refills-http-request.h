/* refills-http-request.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "refills-budget.h"

G_BEGIN_DECLS

typedef enum {
  REFILLS_HTTP_REQUEST_CALL,
  REFILLS_HTTP_REQUEST_PICTURE,
  REFILLS_HTTP_REQUEST_ORDER,
} RefillsHttpRequestKind;

/* What is asked, filled in before refills_http_request_run(); @headers and @body are shared, not changed. */
typedef struct {
  RefillsHttpRequestKind  kind;
  SoupSession            *session;
  const char             *method;
  GUri                   *uri;
  SoupMessageHeaders     *headers;
  GBytes                 *body;
  guint                   deadline_ms;
  guint                   send_within_ms; /* of an order: until its first byte; 0: as long as a connection may take */
  gsize                   max_bytes;
  RefillsBudget          *budget;   /* NULL: this one is not counted */
  RefillsEndpoint         endpoint;
  gint64                  built_at; /* epoch seconds: what the clock is held against */
} RefillsHttpRequestFields;

void    refills_http_request_run           (const RefillsHttpRequestFields *fields,
                                            GTask                          *task);
GBytes *refills_http_request_dup_refusal   (GTask                          *task);
gint64  refills_http_request_get_date      (GTask                          *task);

void    refills_http_request_guard         (SoupMessage                    *message,
                                            GCancellable                   *cancellable);

G_END_DECLS
