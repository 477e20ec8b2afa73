/* refills-sse-parser.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RefillsSseParser RefillsSseParser;

/* One dispatched event; @data is UTF-8, borrowed for the call. */
typedef void (*RefillsSseEventFunc) (const char *event,
                                     const char *data,
                                     gsize       length,
                                     const char *last_event_id,
                                     gpointer    user_data);

RefillsSseParser *refills_sse_parser_new               (RefillsSseEventFunc  func,
                                                        gpointer             user_data) G_GNUC_WARN_UNUSED_RESULT;
void              refills_sse_parser_free              (RefillsSseParser    *self);

gboolean          refills_sse_parser_push              (RefillsSseParser    *self,
                                                        const char          *bytes,
                                                        gsize                length,
                                                        GError             **error);
void              refills_sse_parser_restart           (RefillsSseParser    *self);

const char       *refills_sse_parser_get_last_event_id (RefillsSseParser    *self);
gint64            refills_sse_parser_get_retry_ms      (RefillsSseParser    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsSseParser, refills_sse_parser_free)

G_END_DECLS
