/* refills-event-stream.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-backoff.h"
#include "refills-http.h"

G_BEGIN_DECLS

typedef enum {
  REFILLS_EVENT_STREAM_IDLE,
  REFILLS_EVENT_STREAM_CONNECTING,
  REFILLS_EVENT_STREAM_OPEN,
  REFILLS_EVENT_STREAM_WAITING,
} RefillsEventStreamState;

/* Why a stream went to idle for good; the last two only where it does not reconnect. */
typedef enum {
  REFILLS_EVENT_STREAM_END_STOP,       /* event "stop", or status 204 */
  REFILLS_EVENT_STREAM_END_REFUSED,    /* another content type, or a 4xx other than 408 and 429 */
  REFILLS_EVENT_STREAM_END_CLOSED,     /* refills_event_stream_close() */
  REFILLS_EVENT_STREAM_END_OVER,       /* the server ended it in good order */
  REFILLS_EVENT_STREAM_END_LOST,       /* no connection, a broken one, silence, 408, 429, 3xx, 5xx, too much */
} RefillsEventStreamEnd;

#define REFILLS_TYPE_EVENT_STREAM_STATE (refills_event_stream_state_get_type ())
GType refills_event_stream_state_get_type (void);
#define REFILLS_TYPE_EVENT_STREAM_END (refills_event_stream_end_get_type ())
GType refills_event_stream_end_get_type (void);

/* Returns whether the message is valid, which resets the delay. Must not close the stream from within. */
typedef gboolean (*RefillsEventStreamFunc) (const char *data,
                                            gsize       length,
                                            gpointer    user_data);

/* Any event there is, "stop" too, before it counts. Must not close the stream from within. */
typedef void     (*RefillsEventStreamRawFunc) (const char *event,
                                               const char *data,
                                               gsize       length,
                                               const char *last_event_id,
                                               gpointer    user_data);

#define REFILLS_TYPE_EVENT_STREAM (refills_event_stream_get_type ())
G_DECLARE_FINAL_TYPE (RefillsEventStream, refills_event_stream, REFILLS, EVENT_STREAM, GObject)

RefillsEventStream      *refills_event_stream_new            (RefillsHttp               *http,
                                                              const char                *path,
                                                              const char                *country,
                                                              const RefillsBackoff      *backoff)
                                                              G_GNUC_WARN_UNUSED_RESULT;

void                     refills_event_stream_set_func       (RefillsEventStream        *self,
                                                              RefillsEventStreamFunc     func,
                                                              gpointer                   user_data);
void                     refills_event_stream_set_raw_func   (RefillsEventStream        *self,
                                                              RefillsEventStreamRawFunc  func,
                                                              gpointer                   user_data);
void                     refills_event_stream_set_reconnects (RefillsEventStream        *self,
                                                              gboolean                   reconnects);
void                     refills_event_stream_open           (RefillsEventStream        *self);
void                     refills_event_stream_hurry          (RefillsEventStream        *self);
void                     refills_event_stream_restart        (RefillsEventStream        *self);
void                     refills_event_stream_close          (RefillsEventStream        *self);

RefillsEventStreamState  refills_event_stream_get_state      (RefillsEventStream        *self);
guint                    refills_event_stream_get_delay_ms   (RefillsEventStream        *self);
const GError            *refills_event_stream_get_error      (RefillsEventStream        *self);

G_END_DECLS
