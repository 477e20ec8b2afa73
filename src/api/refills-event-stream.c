/* refills-event-stream.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsEventStream:
 *
 * Holds one event stream open for as long as it may say something: idle → connecting → open → waiting
 * → connecting …
 *
 * Owns the connection, its watchdog and the one timer of its waits; closing or dropping it closes the
 * socket and leaves no timer. A clean end is the normal case of server-sent events and leads to waiting,
 * never to idle; only the event "stop", status 204, a refusal and refills_event_stream_close() lead to
 * idle, and any end where it was told not to reconnect. Never follows a redirect, never reads what an
 * event says beyond its type. Main thread only.
 *
 * A delay is computed once, published in `delay-ms`, then waited. It starts anew after a valid message,
 * not after a connection. Handlers of its signals may close or drop it.
 */

#include "refills-event-stream.h"

#include <string.h>

#include "refills-error.h"
#include "refills-http-error.h"
#include "refills-sse-parser.h"

#define READ_BYTES (16 * 1024)
/* Below painting, which is G_PRIORITY_HIGH_IDLE + 20 in GTK: a flood of events must not keep it waiting. */
#define READ_PRIORITY (G_PRIORITY_HIGH_IDLE + 30)
/* Of one connection, without a single valid message: four of the largest orders there may be. */
#define MAX_IDLE_TALK_BYTES (4 * 1024 * 1024)
#define HEAD_DEADLINE_MS 15000
#define MIN_RETRY_MS 1000
#define MAX_RETRY_MS 30000

/* What one connection needs to be ended by; outlives the stream until its last callback came. */
typedef struct {
  GWeakRef owner;
  GCancellable *cancellable;
  SoupMessage *message;
  GInputStream *body;
  gsize idle_talk;            /* bytes since the last valid message */
} Connection;

struct _RefillsEventStream {
  GObject parent_instance;

  RefillsHttp *http;
  char *path;
  char *country;
  RefillsBackoff backoff;
  RefillsSseParser *parser;

  RefillsEventStreamFunc func;
  gpointer func_data;
  RefillsEventStreamRawFunc raw_func;
  gpointer raw_data;
  gboolean reconnects;

  RefillsEventStreamState state;
  guint delay_ms;
  gboolean delay_is_asked;    /* by the service: nothing cuts it short */
  GError *error;              /* why there is no connection; NULL where it ended in good order */
  gboolean stopped;           /* the event "stop" was seen */
  Connection *connection;     /* the present one; NULL when idle or waiting */
  guint wait_timer;
  guint watchdog;
};

G_DEFINE_ENUM_TYPE (RefillsEventStreamState, refills_event_stream_state,
                    G_DEFINE_ENUM_VALUE (REFILLS_EVENT_STREAM_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (REFILLS_EVENT_STREAM_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (REFILLS_EVENT_STREAM_OPEN, "open"),
                    G_DEFINE_ENUM_VALUE (REFILLS_EVENT_STREAM_WAITING, "waiting"))

G_DEFINE_ENUM_TYPE (RefillsEventStreamEnd, refills_event_stream_end,
                    G_DEFINE_ENUM_VALUE (REFILLS_EVENT_STREAM_END_STOP, "stop"),
                    G_DEFINE_ENUM_VALUE (REFILLS_EVENT_STREAM_END_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (REFILLS_EVENT_STREAM_END_CLOSED, "closed"),
                    G_DEFINE_ENUM_VALUE (REFILLS_EVENT_STREAM_END_OVER, "over"),
                    G_DEFINE_ENUM_VALUE (REFILLS_EVENT_STREAM_END_LOST, "lost"))

G_DEFINE_FINAL_TYPE (RefillsEventStream, refills_event_stream, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_STATE,
  PROP_DELAY_MS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum {
  SIGNAL_ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
connection_clear (Connection *connection)
{
  g_weak_ref_clear (&connection->owner);
  g_clear_object (&connection->body);
  g_clear_object (&connection->message);
  g_clear_object (&connection->cancellable);
}

static void
connection_unref (Connection *connection)
{
  g_rc_box_release_full (connection, (GDestroyNotify) connection_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Connection, connection_unref)

/* The stream that a callback is for, or NULL where it is gone or goes by another connection now. */
static RefillsEventStream *
connection_dup_owner (Connection *connection)
{
  g_autoptr (RefillsEventStream) owner = g_weak_ref_get (&connection->owner);

  if (owner == NULL || owner->connection != connection)
    return NULL;

  return g_steal_pointer (&owner);
}

static void
drop_connection (RefillsEventStream *self)
{
  g_autoptr (Connection) connection = g_steal_pointer (&self->connection);

  g_clear_handle_id (&self->watchdog, g_source_remove);
  if (connection == NULL)
    return;

  /* Stream and message close the socket; a read under way holds them until it saw the cancellation. */
  g_cancellable_cancel (connection->cancellable);
  g_clear_object (&connection->body);
  g_clear_object (&connection->message);
}

static void
halt (RefillsEventStream *self)
{
  drop_connection (self);
  g_clear_handle_id (&self->wait_timer, g_source_remove);
}

/* Handlers may do anything with @self: callers hold a reference and touch nothing afterwards that they
 * did not look at again. */
static void
enter (RefillsEventStream      *self,
       RefillsEventStreamState  state,
       guint                    delay_ms)
{
  g_autoptr (RefillsEventStream) held = g_object_ref (self);

  g_object_freeze_notify (G_OBJECT (self));
  if (self->delay_ms != delay_ms)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DELAY_MS]);
  if (self->state != state)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  self->delay_ms = delay_ms;
  self->state = state;
  g_object_thaw_notify (G_OBJECT (self));
}

static void
end (RefillsEventStream    *self,
     RefillsEventStreamEnd  reason)
{
  g_autoptr (RefillsEventStream) held = g_object_ref (self);

  halt (self);
  enter (self, REFILLS_EVENT_STREAM_IDLE, 0);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, reason);
}

static void connect_to_service (RefillsEventStream *self); /* closes the cycle of waiting */

static gboolean
wait_over_cb (gpointer user_data)
{
  RefillsEventStream *self = user_data;

  self->wait_timer = 0;
  connect_to_service (self);

  return G_SOURCE_REMOVE;
}

/* The connection ended by itself. @how: over or lost; @asked_ms: what the service asked for, or 0; @error: (transfer
 * full) (nullable): why, where a person can be told. */
static void
wait_and_retry (RefillsEventStream    *self,
                RefillsEventStreamEnd  how,
                guint                  asked_ms,
                const char            *reason,
                GError                *error)
{
  guint delay_ms;

  g_clear_error (&self->error);
  self->error = error;
  if (!self->reconnects) {
    g_message ("The event stream ended (%s)", reason);
    end (self, how);
    return;
  }

  halt (self);
  delay_ms = refills_backoff_next (&self->backoff);
  delay_ms = MAX (delay_ms, asked_ms);
  self->delay_is_asked = asked_ms > 0;
  g_message ("The event stream ended (%s); the next one in %u ms", reason, delay_ms);
  self->wait_timer = g_timeout_add (delay_ms, wait_over_cb, self);
  enter (self, REFILLS_EVENT_STREAM_WAITING, delay_ms);
}

static gboolean
watchdog_cb (gpointer user_data)
{
  RefillsEventStream *self = user_data;
  g_autoptr (RefillsEventStream) held = g_object_ref (self);

  self->watchdog = 0;
  wait_and_retry (self, REFILLS_EVENT_STREAM_END_LOST, 0, "silence",
                  self->state == REFILLS_EVENT_STREAM_CONNECTING
                  ? g_error_new_literal (REFILLS_ERROR, REFILLS_ERROR_TIMEOUT, "no head came") : NULL);

  return G_SOURCE_REMOVE;
}

static void
arm_watchdog (RefillsEventStream *self,
              guint               milliseconds)
{
  g_clear_handle_id (&self->watchdog, g_source_remove);
  self->watchdog = g_timeout_add (milliseconds, watchdog_cb, self);
}

static void
event_cb (const char *event,
          const char *data,
          gsize       length,
          const char *last_event_id,
          gpointer    user_data)
{
  RefillsEventStream *self = user_data;

  /* Nothing counts after a stop, nor once the stream was closed from within a message. */
  if (self->stopped || self->connection == NULL)
    return;

  if (self->raw_func != NULL)
    self->raw_func (event, data, length, last_event_id, self->raw_data);
  if (strcmp (event, "stop") == 0) {
    self->stopped = TRUE;
  } else if (self->func == NULL) {
    /* Who only looks on takes everything. */
    self->connection->idle_talk = 0;
  } else if (strcmp (event, "message") == 0 && self->func (data, length, self->func_data)) {
    refills_backoff_reset (&self->backoff);
    if (self->connection != NULL)
      self->connection->idle_talk = 0;
  }
}

static void
apply_retry (RefillsEventStream *self)
{
  gint64 retry_ms = refills_sse_parser_get_retry_ms (self->parser);

  if (retry_ms < 0)
    return;
  self->backoff.base_ms = CLAMP (retry_ms, MIN_RETRY_MS, MAX_RETRY_MS);
  self->backoff.limit_ms = MAX (self->backoff.limit_ms, self->backoff.base_ms);
}

static void read_more (Connection *connection);

static void
read_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (Connection) connection = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  g_autoptr (RefillsEventStream) self = connection_dup_owner (connection);
  gboolean read;

  if (self == NULL)
    return;
  if (bytes == NULL) {
    wait_and_retry (self, REFILLS_EVENT_STREAM_END_LOST, 0, error->message,
                    refills_http_error_new_for_transport (error));
    return;
  }
  if (g_bytes_get_size (bytes) == 0) {
    wait_and_retry (self, REFILLS_EVENT_STREAM_END_OVER, 0, "a clean end", NULL);
    return;
  }

  /* Any byte is life, a comment's too. */
  arm_watchdog (self, refills_http_get_silence_ms (self->http));
  connection->idle_talk += g_bytes_get_size (bytes);
  read = refills_sse_parser_push (self->parser, g_bytes_get_data (bytes, NULL),
                                  g_bytes_get_size (bytes), &error);
  apply_retry (self);
  if (self->connection != connection)
    return;

  if (self->stopped)
    end (self, REFILLS_EVENT_STREAM_END_STOP);
  else if (!read)
    wait_and_retry (self, REFILLS_EVENT_STREAM_END_LOST, 0, error->message, NULL);
  else if (connection->idle_talk > MAX_IDLE_TALK_BYTES)
    wait_and_retry (self, REFILLS_EVENT_STREAM_END_LOST, 0, "much talk and no message", NULL);
  else
    read_more (connection);
}

static void
read_more (Connection *connection)
{
  g_input_stream_read_bytes_async (connection->body, READ_BYTES, READ_PRIORITY,
                                   connection->cancellable, read_ready_cb,
                                   g_rc_box_acquire (connection));
}

static void
handle_refusal (RefillsEventStream *self,
                SoupMessage        *message)
{
  guint status = soup_message_get_status (message);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  g_autofree char *reason = g_strdup_printf ("status %u", status);
  guint asked_ms = 0;

  if (status == SOUP_STATUS_NO_CONTENT) {
    end (self, REFILLS_EVENT_STREAM_END_STOP);
    return;
  }

  if (status == 429 || status == SOUP_STATUS_SERVICE_UNAVAILABLE)
    asked_ms = refills_http_error_read_wait (status, headers, g_get_real_time () / G_USEC_PER_SEC);
  if (status == 429 || status == SOUP_STATUS_REQUEST_TIMEOUT || SOUP_STATUS_IS_REDIRECTION (status) ||
      SOUP_STATUS_IS_SERVER_ERROR (status))
    wait_and_retry (self, REFILLS_EVENT_STREAM_END_LOST, asked_ms, reason,
                    refills_http_error_new_for_status (status, headers, NULL));
  else
    end (self, REFILLS_EVENT_STREAM_END_REFUSED);
}

static void
send_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (Connection) connection = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) body = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  g_autoptr (RefillsEventStream) self = connection_dup_owner (connection);
  const char *type;

  if (self == NULL)
    return;
  if (body == NULL) {
    if (SOUP_STATUS_IS_CLIENT_ERROR (soup_message_get_status (connection->message)))
      handle_refusal (self, connection->message);
    else
      wait_and_retry (self, REFILLS_EVENT_STREAM_END_LOST, 0, error->message,
                      refills_http_error_new_for_transport (error));
    return;
  }

  connection->body = g_steal_pointer (&body);
  if (soup_message_get_status (connection->message) != SOUP_STATUS_OK) {
    handle_refusal (self, connection->message);
    return;
  }
  type = soup_message_headers_get_content_type (soup_message_get_response_headers (connection->message), NULL);
  if (type == NULL || g_ascii_strcasecmp (type, "text/event-stream") != 0) {
    end (self, REFILLS_EVENT_STREAM_END_REFUSED);
    return;
  }

  g_clear_error (&self->error);
  refills_sse_parser_restart (self->parser);
  arm_watchdog (self, refills_http_get_silence_ms (self->http));
  read_more (connection);
  enter (self, REFILLS_EVENT_STREAM_OPEN, 0);
}

/* CR, LF and NUL cannot come from the parser; other control characters have no place in a header. */
static gboolean
is_header_value (const char *text)
{
  for (const char *c = text; *c != '\0'; c++) {
    if (g_ascii_iscntrl (*c))
      return FALSE;
  }

  return *text != '\0';
}

static void
connect_to_service (RefillsEventStream *self)
{
  const char *id = refills_sse_parser_get_last_event_id (self->parser);
  Connection *connection = g_rc_box_new0 (Connection);

  halt (self);
  self->stopped = FALSE;
  self->delay_is_asked = FALSE;
  g_weak_ref_init (&connection->owner, self);
  connection->cancellable = g_cancellable_new ();
  connection->message = refills_http_new_stream (self->http, self->path, self->country);
  if (is_header_value (id))
    soup_message_headers_replace (soup_message_get_request_headers (connection->message),
                                  "Last-Event-ID", id);
  refills_http_guard_stream (self->http, connection->message, connection->cancellable);
  self->connection = connection;

  soup_session_send_async (refills_http_get_stream_session (self->http), connection->message,
                           G_PRIORITY_DEFAULT, connection->cancellable, send_ready_cb,
                           g_rc_box_acquire (connection));
  arm_watchdog (self, MIN (refills_http_get_silence_ms (self->http), HEAD_DEADLINE_MS));
  enter (self, REFILLS_EVENT_STREAM_CONNECTING, 0);
}

static void
refills_event_stream_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  RefillsEventStream *self = REFILLS_EVENT_STREAM (object);

  switch (prop_id) {
  case PROP_STATE:
    g_value_set_enum (value, self->state);
    break;

  case PROP_DELAY_MS:
    g_value_set_uint (value, self->delay_ms);
    break;

  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
refills_event_stream_dispose (GObject *object)
{
  RefillsEventStream *self = REFILLS_EVENT_STREAM (object);

  halt (self);
  self->func = NULL;
  self->raw_func = NULL;
  self->state = REFILLS_EVENT_STREAM_IDLE;
  g_clear_object (&self->http);

  G_OBJECT_CLASS (refills_event_stream_parent_class)->dispose (object);
}

static void
refills_event_stream_finalize (GObject *object)
{
  RefillsEventStream *self = REFILLS_EVENT_STREAM (object);

  g_clear_pointer (&self->parser, refills_sse_parser_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->country, g_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (refills_event_stream_parent_class)->finalize (object);
}

static void
refills_event_stream_class_init (RefillsEventStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = refills_event_stream_get_property;
  object_class->dispose = refills_event_stream_dispose;
  object_class->finalize = refills_event_stream_finalize;

  props[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL,
                       REFILLS_TYPE_EVENT_STREAM_STATE, REFILLS_EVENT_STREAM_IDLE,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /* Milliseconds that are waited before the next connection; 0 in every other state. */
  props[PROP_DELAY_MS] =
    g_param_spec_uint ("delay-ms", NULL, NULL,
                       0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * RefillsEventStream::ended:
   * @self: the stream
   * @reason: why
   *
   * The stream went to idle and does not come back by itself. The last thing done in a turn, so that
   * handlers may drop the stream or open it again.
   */
  signals[SIGNAL_ENDED] =
    g_signal_new ("ended", REFILLS_TYPE_EVENT_STREAM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, REFILLS_TYPE_EVENT_STREAM_END);
}

static void
refills_event_stream_init (RefillsEventStream *self)
{
  self->parser = refills_sse_parser_new (event_cb, self);
  self->reconnects = TRUE;
}

/**
 * refills_event_stream_new:
 * @http: the way to the server
 * @path: begins with a slash; its parts are escaped
 * @country: (nullable): ISO 3166 alpha-2 in capitals
 * @backoff: (nullable): where the delays come from; copied. `NULL`: 1 s doubling to 30 s, ± 20 %
 *
 * Makes a stream that is idle.
 *
 * Returns: (transfer full): the stream
 */
RefillsEventStream *
refills_event_stream_new (RefillsHttp          *http,
                          const char           *path,
                          const char           *country,
                          const RefillsBackoff *backoff)
{
  RefillsEventStream *self = NULL;

  g_return_val_if_fail (REFILLS_IS_HTTP (http), NULL);
  g_return_val_if_fail (path != NULL && path[0] == '/', NULL);

  self = g_object_new (REFILLS_TYPE_EVENT_STREAM, NULL);
  self->http = g_object_ref (http);
  self->path = g_strdup (path);
  self->country = g_strdup (country);
  if (backoff != NULL)
    self->backoff = *backoff;
  else
    refills_backoff_init (&self->backoff, MIN_RETRY_MS, MAX_RETRY_MS, NULL, NULL);

  return self;
}

/**
 * refills_event_stream_set_func:
 * @self: a stream
 * @func: (nullable): gets each event of the type "message"
 * @user_data: handed to @func; must live as long as @self is not closed
 *
 * Sets what reads the messages.
 */
void
refills_event_stream_set_func (RefillsEventStream     *self,
                               RefillsEventStreamFunc  func,
                               gpointer                user_data)
{
  g_return_if_fail (REFILLS_IS_EVENT_STREAM (self));

  self->func = func;
  self->func_data = user_data;
}

/**
 * refills_event_stream_set_raw_func:
 * @self: a stream
 * @func: (nullable): gets each event of any type, as it was dispatched; its texts are borrowed
 * @user_data: handed to @func; must live as long as @self is not closed
 *
 * Sets what looks on. It is told of an event before anything else is, up to and including the first
 * "stop" of a connection, and changes nothing.
 */
void
refills_event_stream_set_raw_func (RefillsEventStream        *self,
                                   RefillsEventStreamRawFunc  func,
                                   gpointer                   user_data)
{
  g_return_if_fail (REFILLS_IS_EVENT_STREAM (self));

  self->raw_func = func;
  self->raw_data = user_data;
}

/**
 * refills_event_stream_set_reconnects:
 * @self: a stream
 * @reconnects: `FALSE` to go to idle, with [signal@EventStream::ended], where it would wait for another
 *   connection
 *
 * Sets whether the stream comes back by itself; it does unless told otherwise.
 */
void
refills_event_stream_set_reconnects (RefillsEventStream *self,
                                     gboolean            reconnects)
{
  g_return_if_fail (REFILLS_IS_EVENT_STREAM (self));

  self->reconnects = reconnects;
}

/**
 * refills_event_stream_open:
 * @self: a stream
 *
 * Connects, where the stream is idle.
 */
void
refills_event_stream_open (RefillsEventStream *self)
{
  g_return_if_fail (REFILLS_IS_EVENT_STREAM (self));

  if (self->state == REFILLS_EVENT_STREAM_IDLE)
    connect_to_service (self);
}

/**
 * refills_event_stream_hurry:
 * @self: a stream
 *
 * Ends a wait at once, as when somebody asks for news. Not one that the service asked for by
 * `Retry-After`; the delays go on growing from where they were.
 */
void
refills_event_stream_hurry (RefillsEventStream *self)
{
  g_return_if_fail (REFILLS_IS_EVENT_STREAM (self));

  if (self->state == REFILLS_EVENT_STREAM_WAITING && !self->delay_is_asked)
    connect_to_service (self);
}

/**
 * refills_event_stream_restart:
 * @self: a stream
 *
 * Goes by a new connection from now on, as when the network changed: nothing may ever come by the old one,
 * nor tell that it ended. The delays start anew. Does nothing where the stream is idle, nor where the
 * service asked for a wait by `Retry-After`.
 */
void
refills_event_stream_restart (RefillsEventStream *self)
{
  g_return_if_fail (REFILLS_IS_EVENT_STREAM (self));

  if (self->state == REFILLS_EVENT_STREAM_IDLE ||
      (self->state == REFILLS_EVENT_STREAM_WAITING && self->delay_is_asked))
    return;

  refills_backoff_reset (&self->backoff);
  connect_to_service (self);
}

/**
 * refills_event_stream_close:
 * @self: a stream
 *
 * Closes the connection and forgets every timer; emits [signal@EventStream::ended] where the stream was
 * not idle.
 */
void
refills_event_stream_close (RefillsEventStream *self)
{
  g_return_if_fail (REFILLS_IS_EVENT_STREAM (self));

  if (self->state != REFILLS_EVENT_STREAM_IDLE)
    end (self, REFILLS_EVENT_STREAM_END_CLOSED);
}

/**
 * refills_event_stream_get_state:
 * @self: a stream
 *
 * Gets where the stream is.
 *
 * Returns: the state
 */
RefillsEventStreamState
refills_event_stream_get_state (RefillsEventStream *self)
{
  g_return_val_if_fail (REFILLS_IS_EVENT_STREAM (self), REFILLS_EVENT_STREAM_IDLE);

  return self->state;
}

/**
 * refills_event_stream_get_delay_ms:
 * @self: a stream
 *
 * Gets how long is waited before the next connection.
 *
 * Returns: milliseconds from the beginning of the wait; 0 in every other state
 */
guint
refills_event_stream_get_delay_ms (RefillsEventStream *self)
{
  g_return_val_if_fail (REFILLS_IS_EVENT_STREAM (self), 0);

  return self->delay_ms;
}

/**
 * refills_event_stream_get_error:
 * @self: a stream
 *
 * Gets why there is no connection.
 *
 * Returns: (transfer none) (nullable): a `REFILLS_ERROR`, until there is one again; `NULL` where the last one ended
 *   in good order, or for nothing that a person could be told
 */
const GError *
refills_event_stream_get_error (RefillsEventStream *self)
{
  g_return_val_if_fail (REFILLS_IS_EVENT_STREAM (self), NULL);

  return self->error;
}
