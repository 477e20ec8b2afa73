/* refills-order-follower.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsOrderFollower:
 *
 * Brings what the service says of one order: by its stream, by questions while there is none, by one question after
 * each reconnect and after `stop`. It hands on every answer and keeps none.
 *
 * Owns the stream, the question under way and the timer of the next, and ends all three when closed. A question that
 * fails is asked again after a longer wait each time: up to the longest of a stream's (30 s) where the network or the
 * service has a trouble, and up to minutes where the service refuses, or answers what cannot be read. Never
 * subscribes again once the service said `stop` (API reference, section 9a). Main thread only; it does not know whether
 * an order is over.
 */
#include "refills-order-follower-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "refills-error.h"

struct _RefillsOrderFollower {
  GObject             parent_instance;

  RefillsOrderApi    *api;
  gint64              row;
  char               *order_id;
  char               *country;
  RefillsEnvironment *environment;

  gboolean            may_stream;
  RefillsEventStream *stream;
  gint64              stream_until;    /* when a waiting stream connects, monotonic µs */
  gboolean            stream_was_open;
  gboolean            stream_ended;    /* the service said so: there is no other */

  guint               least_ms;        /* between two questions */
  guint               most_ms;
  guint               source;          /* the next question */
  gint64              source_at;       /* monotonic µs */
  GCancellable       *question;
  gboolean            is_owed;         /* a question that a stream does not replace */
  gboolean            asks_again;      /* the one under way may have been answered too early */
  RefillsBackoff      backoff;
  guint               delay_ms;        /* after a failure */
  GError             *failure;         /* of the last question */
  gboolean            was_told;        /* an answer came since there is no stream */
  gint64              date;
  guint               n_invalid;
  gboolean            closed;
};

G_DEFINE_FINAL_TYPE (RefillsOrderFollower, refills_order_follower, G_TYPE_OBJECT)

enum { SIGNAL_ANSWERED, SIGNAL_FAILED, SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void ask_now (RefillsOrderFollower *self); /* a failed question is asked again: closes the cycle */

static void
tell_change (RefillsOrderFollower *self)
{
  if (!self->closed)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
stream_is (RefillsOrderFollower    *self,
           RefillsEventStreamState  state)
{
  return self->stream != NULL && refills_event_stream_get_state (self->stream) == state;
}

static gboolean
question_cb (gpointer user_data)
{
  g_autoptr (RefillsOrderFollower) self = g_object_ref (user_data);

  self->source = 0;
  ask_now (self);

  return G_SOURCE_REMOVE;
}

static void
plan_in (RefillsOrderFollower *self,
         guint                 milliseconds)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->source_at = g_get_monotonic_time () + (gint64) milliseconds * 1000;
  self->source = g_timeout_add (milliseconds, question_cb, self);
}

static guint
choose_delay (RefillsOrderFollower *self)
{
  guint spread = self->most_ms - self->least_ms;
  guint delay = self->least_ms + (spread > 0 ? (guint) g_random_int_range (0, (gint32) spread + 1) : 0);

  return self->failure != NULL ? MAX (delay, self->delay_ms) : delay;
}

/* The next question, where there must be one and none is planned. */
static void
plan (RefillsOrderFollower *self)
{
  if (self->closed || self->least_ms == REFILLS_ORDER_FOLLOWER_NEVER ||
      (stream_is (self, REFILLS_EVENT_STREAM_OPEN) && !self->is_owed)) {
    g_clear_handle_id (&self->source, g_source_remove);
    return;
  }
  if (self->source == 0 && self->question == NULL)
    plan_in (self, choose_delay (self));
}

static void
note_failure (RefillsOrderFollower *self,
              const GError         *error)
{
  const RefillsEnvironment *environment = self->environment;

  g_clear_error (&self->failure);
  self->failure = g_error_copy (error);
  self->backoff.limit_ms = refills_error_is_transient (error) ? environment->backoff_limit_ms
                                                              : environment->poll_limit_ms;
  self->delay_ms = MAX (refills_backoff_next (&self->backoff), refills_error_get_wait (error) * 1000);
  /* When it is tried again is told beside it, and is not always what the service asked for. */
  if (refills_error_get_wait (error) > 0)
    refills_error_set_wait (self->failure, 0, FALSE);
}

static void
note_success (RefillsOrderFollower *self)
{
  g_clear_error (&self->failure);
  refills_backoff_reset (&self->backoff);
}

static void
answer_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (RefillsOrderFollower) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (RefillsOrderState) state =
    refills_order_api_get_finish (REFILLS_ORDER_API (source), result, &answer, &error);

  g_clear_object (&self->question);
  if (self->closed)
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    ask_now (self);
    return;
  }

  self->date = state != NULL ? refills_order_state_get_server_time (state) : 0;
  if (self->date == 0)
    self->date = refills_order_api_get_date (REFILLS_ORDER_API (source), result);
  if (state != NULL) {
    note_success (self);
    self->was_told = !stream_is (self, REFILLS_EVENT_STREAM_OPEN);
    self->is_owed = self->asks_again;
    g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, state, answer, FALSE);
  } else {
    note_failure (self, error);
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
  }
  if (self->asks_again && state != NULL)
    ask_now (self);
  self->asks_again = FALSE;
  plan (self);
  tell_change (self);
}

static void
ask_now (RefillsOrderFollower *self)
{
  if (self->closed || self->question != NULL)
    return;

  g_clear_handle_id (&self->source, g_source_remove);
  self->question = g_cancellable_new ();
  refills_order_api_get_async (self->api, self->order_id, self->country, self->question, answer_cb,
                               g_object_ref (self));
}

/* What happened while there was no connection is not told by the stream, nor by an answer from before it. Where the
 * service refuses to say, the question has its time. */
static void
ask_after_gap (RefillsOrderFollower *self)
{
  self->is_owed = TRUE;
  if (self->failure != NULL && !refills_error_is_transient (self->failure))
    return;
  if (self->question != NULL)
    self->asks_again = TRUE;
  else
    ask_now (self);
}

/* Said of the first, the second, the fourth … of them: the log must not grow as fast as a flood. */
static void
count_invalid (RefillsOrderFollower *self,
               const char           *why)
{
  self->n_invalid++;
  if ((self->n_invalid & (self->n_invalid - 1)) == 0)
    g_message ("order %" G_GINT64_FORMAT ": message %u of the stream that says nothing: %s",
               self->row, self->n_invalid, why);
}

static gboolean
message_cb (const char *data,
            gsize       length,
            gpointer    user_data)
{
  g_autoptr (RefillsOrderFollower) self = g_object_ref (user_data);
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsOrderState) state = refills_order_state_new_from_bytes (bytes, &error);

  if (state == NULL) {
    count_invalid (self, error->message);
    return FALSE;
  }
  if (g_strcmp0 (refills_order_state_get_order_id (state), self->order_id) != 0 ||
      !refills_order_state_has_valid_states (state)) {
    count_invalid (self, "it is of another order, or of no known form");
    return FALSE;
  }

  note_success (self);
  refills_environment_reach (self->environment, "event-received");
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, state, bytes, TRUE);
  tell_change (self);

  return TRUE;
}

static void
close_stream (RefillsOrderFollower *self)
{
  if (self->stream == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->stream, self);
  refills_event_stream_set_func (self->stream, NULL, NULL);
  refills_event_stream_close (self->stream);
  g_clear_object (&self->stream);
}

static void
stream_state_cb (RefillsOrderFollower *self)
{
  switch (refills_event_stream_get_state (self->stream)) {
  case REFILLS_EVENT_STREAM_OPEN:
    self->was_told = FALSE;
    if (self->stream_was_open)
      ask_after_gap (self);
    self->stream_was_open = TRUE;
    break;
  case REFILLS_EVENT_STREAM_WAITING:
    self->stream_until = g_get_monotonic_time () + (gint64) refills_event_stream_get_delay_ms (self->stream) * 1000;
    break;
  case REFILLS_EVENT_STREAM_IDLE:
  case REFILLS_EVENT_STREAM_CONNECTING:
  default:
    break;
  }
  plan (self);
  tell_change (self);
}

static void
stream_ended_cb (RefillsOrderFollower  *self,
                 RefillsEventStreamEnd  end)
{
  if (end == REFILLS_EVENT_STREAM_END_CLOSED)
    return;

  self->stream_ended = TRUE;
  ask_after_gap (self);
  plan (self);
  tell_change (self);
}

static void
open_stream (RefillsOrderFollower *self)
{
  RefillsBackoff backoff;

  refills_backoff_init (&backoff, self->environment->backoff_base_ms, self->environment->backoff_limit_ms, NULL, NULL);
  self->stream = refills_order_api_subscribe (self->api, self->order_id, self->country, &backoff);
  if (self->stream == NULL) {
    self->stream_ended = TRUE;
    return;
  }
  refills_event_stream_set_func (self->stream, message_cb, self);
  g_signal_connect_object (self->stream, "notify::state", G_CALLBACK (stream_state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stream, "ended", G_CALLBACK (stream_ended_cb), self, G_CONNECT_SWAPPED);
  refills_event_stream_open (self->stream);
}

static void
refills_order_follower_dispose (GObject *object)
{
  refills_order_follower_close (REFILLS_ORDER_FOLLOWER (object));

  G_OBJECT_CLASS (refills_order_follower_parent_class)->dispose (object);
}

static void
refills_order_follower_finalize (GObject *object)
{
  RefillsOrderFollower *self = REFILLS_ORDER_FOLLOWER (object);

  g_clear_object (&self->api);
  g_clear_pointer (&self->order_id, g_free);
  g_clear_pointer (&self->country, g_free);
  g_clear_pointer (&self->environment, refills_environment_free);
  g_clear_error (&self->failure);

  G_OBJECT_CLASS (refills_order_follower_parent_class)->finalize (object);
}

static void
refills_order_follower_class_init (RefillsOrderFollowerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = refills_order_follower_dispose;
  object_class->finalize = refills_order_follower_finalize;

  /**
   * RefillsOrderFollower::answered:
   * @self: the follower
   * @state: what the service says, of this order and in a known form
   * @answer: the same, whole
   * @is_streamed: whether nobody asked
   *
   * Handlers must not close the follower from within.
   */
  signals[SIGNAL_ANSWERED] =
    g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, REFILLS_TYPE_ORDER_STATE, G_TYPE_BYTES, G_TYPE_BOOLEAN);
  /**
   * RefillsOrderFollower::failed:
   * @self: the follower
   * @error: why a question got no state
   *
   * It is asked again by itself. Handlers must not close the follower from within.
   */
  signals[SIGNAL_FAILED] =
    g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);
  /**
   * RefillsOrderFollower::changed:
   *
   * How news comes, or whether there can be a stream, may be another now.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
refills_order_follower_init (RefillsOrderFollower *self)
{
}

/**
 * refills_order_follower_new:
 * @api: the orders' calls
 * @row: the local number of the order, for the log
 * @order_id: the service's id of the order
 * @country: (nullable): ISO 3166 alpha-2
 * @environment: the intervals
 *
 * Returns: (transfer full): a follower that asks every 5 to 10 s from now on, and has no stream yet
 */
RefillsOrderFollower *
refills_order_follower_new (RefillsOrderApi          *api,
                            gint64                    row,
                            const char               *order_id,
                            const char               *country,
                            const RefillsEnvironment *environment)
{
  RefillsOrderFollower *self = NULL;

  g_return_val_if_fail (order_id != NULL, NULL);

  self = g_object_new (REFILLS_TYPE_ORDER_FOLLOWER, NULL);
  self->api = g_object_ref (api);
  self->row = row;
  self->order_id = g_strdup (order_id);
  self->country = g_strdup (country);
  self->environment = refills_environment_copy (environment);
  self->least_ms = environment->poll_min_ms;
  self->most_ms = MAX (environment->poll_max_ms, environment->poll_min_ms);
  refills_backoff_init (&self->backoff, environment->poll_min_ms, environment->poll_limit_ms, NULL, NULL);
  plan (self);

  return self;
}

/**
 * refills_order_follower_new_at:
 * @environment: the server and the intervals
 * @order_id: the service's id of the order
 * @country: (nullable): ISO 3166 alpha-2
 * @error: return location for a `REFILLS_ERROR_INVALID_INPUT` or `_TLS_MISSING`
 *
 * Makes a follower for somebody without a shop.
 *
 * Returns: (transfer full) (nullable): a follower as of refills_order_follower_new(), or `NULL` with @error set when
 *   the server's address cannot be used
 */
RefillsOrderFollower *
refills_order_follower_new_at (const RefillsEnvironment  *environment,
                               const char                *order_id,
                               const char                *country,
                               GError                   **error)
{
  const RefillsHttpOptions options = {
    .base_uri = environment->base_uri,
    .logo_origin = environment->logo_origin,
    .partner_id = environment->partner_id,
    .version = environment->version,
    .read_deadline_ms = environment->read_deadline_ms,
    .silence_ms = environment->silence_ms,
    .socket_timeout_s = environment->socket_timeout_s,
    .built_at = environment->built_at,
  };
  g_autoptr (RefillsHttp) http = refills_http_new (&options, error);
  g_autoptr (RefillsOrderApi) api = NULL;

  if (http == NULL)
    return NULL;
  api = refills_order_api_new (http);

  return refills_order_follower_new (api, 0, order_id, country, environment);
}

/**
 * refills_order_follower_set_streams:
 * @self: a follower
 * @may_stream: whether it may hold a stream
 *
 * Has it open a stream, or close the one it has and go on asking.
 */
void
refills_order_follower_set_streams (RefillsOrderFollower *self,
                                    gboolean              may_stream)
{
  g_return_if_fail (REFILLS_IS_ORDER_FOLLOWER (self));

  if (self->closed || self->may_stream == may_stream)
    return;

  self->may_stream = may_stream;
  if (!may_stream)
    close_stream (self);
  else if (!self->stream_ended)
    open_stream (self);
  plan (self);
  tell_change (self);
}

/**
 * refills_order_follower_set_pace:
 * @self: a follower
 * @least_ms: the least between two questions while there is no stream, in milliseconds, or
 *   `REFILLS_ORDER_FOLLOWER_NEVER` to ask nothing by itself, not even what was to be asked
 * @most_ms: the most, likewise
 *
 * Sets how often it asks. One that is planned keeps its time where that is of the same order.
 */
void
refills_order_follower_set_pace (RefillsOrderFollower *self,
                                 guint                 least_ms,
                                 guint                 most_ms)
{
  guint before = self->least_ms;

  g_return_if_fail (REFILLS_IS_ORDER_FOLLOWER (self));

  self->least_ms = least_ms;
  self->most_ms = MAX (least_ms, most_ms);
  if (before == least_ms)
    return;

  if (least_ms == REFILLS_ORDER_FOLLOWER_NEVER)
    self->is_owed = FALSE;
  else if (!self->is_owed && self->failure == NULL && (least_ms / 2 > before || before / 2 > least_ms))
    g_clear_handle_id (&self->source, g_source_remove);
  plan (self);
  tell_change (self);
}

/**
 * refills_order_follower_ask:
 * @self: a follower
 * @within_ms: milliseconds from now
 *
 * Has the order be asked for once, whatever its stream says, and at the latest then.
 */
void
refills_order_follower_ask (RefillsOrderFollower *self,
                            guint                 within_ms)
{
  g_return_if_fail (REFILLS_IS_ORDER_FOLLOWER (self));

  if (self->closed)
    return;

  self->is_owed = TRUE;
  if (self->question != NULL)
    return;
  if (within_ms == 0)
    ask_now (self);
  else if (self->source == 0 || self->source_at > g_get_monotonic_time () + (gint64) within_ms * 1000)
    plan_in (self, within_ms);
}

/**
 * refills_order_follower_refresh:
 * @self: a follower
 *
 * Asks now, and cuts a wait of the stream short, as when a person wants news.
 */
void
refills_order_follower_refresh (RefillsOrderFollower *self)
{
  g_return_if_fail (REFILLS_IS_ORDER_FOLLOWER (self));

  refills_backoff_reset (&self->backoff);
  if (self->stream != NULL && !self->stream_ended)
    refills_event_stream_hurry (self->stream);
  refills_order_follower_ask (self, 0);
}

/**
 * refills_order_follower_restart:
 * @self: a follower
 * @within_ms: milliseconds from now
 *
 * Asks within that time, and has the stream go by a new connection at once, as when the network changed: by the old
 * one nothing may ever come. A question that went by it is asked again.
 */
void
refills_order_follower_restart (RefillsOrderFollower *self,
                                guint                 within_ms)
{
  g_return_if_fail (REFILLS_IS_ORDER_FOLLOWER (self));

  refills_backoff_reset (&self->backoff);
  if (self->question != NULL)
    g_cancellable_cancel (self->question);
  refills_order_follower_ask (self, within_ms);
  if (self->stream != NULL && !self->stream_ended)
    refills_event_stream_restart (self->stream);
}

/**
 * refills_order_follower_can_stream:
 * @self: a follower
 *
 * Returns: whether there is, or may be, a stream: not after `stop`, nor where the service refused one
 */
gboolean
refills_order_follower_can_stream (RefillsOrderFollower *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_FOLLOWER (self), FALSE);

  return !self->stream_ended;
}

/**
 * refills_order_follower_is_asking:
 * @self: a follower
 *
 * Returns: whether a question is under way, so that a callback of it is still to come
 */
gboolean
refills_order_follower_is_asking (RefillsOrderFollower *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_FOLLOWER (self), FALSE);

  return self->question != NULL;
}

/**
 * refills_order_follower_get_date:
 * @self: a follower
 *
 * Returns: the service's clock at the last answer to a question, of whatever kind, in epoch seconds; 0 where there was
 *   none, or it did not say
 */
gint64
refills_order_follower_get_date (RefillsOrderFollower *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_FOLLOWER (self), 0);

  return self->date;
}

/* What a person can be told of a failure. Only a hint is what the computer thinks of its network, and none at all for
 * a server on this computer, the only one that is spoken to without TLS. */
static RefillsOrderLink
describe_failure (RefillsOrderFollower  *self,
                  const GError          *error,
                  const char           **why)
{
  gboolean is_local = g_str_has_prefix (self->environment->base_uri, "http:");

  if (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND))
    return REFILLS_ORDER_LINK_GONE;
  if (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_CONFLICT) ||
      g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_REJECTED) ||
      g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_PARTNER_REFUSED) ||
      g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_BLOCKED))
    return REFILLS_ORDER_LINK_REFUSED;
  if (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_OFFLINE) ||
      (!is_local && !g_network_monitor_get_network_available (g_network_monitor_get_default ()) &&
       (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_UNREACHABLE) ||
        g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_NO_SUCH_HOST) ||
        g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_TIMEOUT))))
    return REFILLS_ORDER_LINK_OFFLINE;

  *why = refills_error_to_text (error);

  return REFILLS_ORDER_LINK_WAITING;
}

static gint64
get_next_try (RefillsOrderFollower *self)
{
  gint64 until = self->source != 0 ? self->source_at : 0;

  if (stream_is (self, REFILLS_EVENT_STREAM_WAITING))
    until = until != 0 ? MIN (until, self->stream_until) : self->stream_until;

  return until;
}

/**
 * refills_order_follower_get_link:
 * @self: a follower
 * @until: (out): as of refills_order_get_link_until()
 * @why: (out) (nullable) (transfer none): a sentence where the usual one does not say enough
 *
 * Returns: how news of the order comes
 */
RefillsOrderLink
refills_order_follower_get_link (RefillsOrderFollower  *self,
                                 gint64                *until,
                                 const char           **why)
{
  const GError *error = self->failure;
  RefillsOrderLink link = REFILLS_ORDER_LINK_POLLING;

  g_return_val_if_fail (REFILLS_IS_ORDER_FOLLOWER (self), REFILLS_ORDER_LINK_IDLE);

  *until = 0;
  *why = NULL;
  if (self->closed || (self->least_ms == REFILLS_ORDER_FOLLOWER_NEVER && error == NULL))
    return REFILLS_ORDER_LINK_IDLE;
  if (stream_is (self, REFILLS_EVENT_STREAM_OPEN) && (error == NULL || refills_error_is_transient (error)))
    return REFILLS_ORDER_LINK_LIVE;

  if (error == NULL && stream_is (self, REFILLS_EVENT_STREAM_WAITING) && !self->was_told) {
    error = refills_event_stream_get_error (self->stream);
    if (error == NULL)
      link = REFILLS_ORDER_LINK_WAITING;
  }
  if (error != NULL)
    link = describe_failure (self, error, why);
  else if (link == REFILLS_ORDER_LINK_POLLING && stream_is (self, REFILLS_EVENT_STREAM_CONNECTING) && !self->was_told)
    link = REFILLS_ORDER_LINK_CONNECTING;

  if (link == REFILLS_ORDER_LINK_POLLING && self->most_ms > self->environment->poll_max_ms)
    *why = _("Checking now and then");
  if (link != REFILLS_ORDER_LINK_POLLING && link != REFILLS_ORDER_LINK_CONNECTING)
    *until = get_next_try (self);

  return link;
}

/**
 * refills_order_follower_close:
 * @self: a follower
 *
 * Ends the stream, the question and the timer. Nothing is told any more.
 */
void
refills_order_follower_close (RefillsOrderFollower *self)
{
  g_return_if_fail (REFILLS_IS_ORDER_FOLLOWER (self));

  self->closed = TRUE;
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->question != NULL)
    g_cancellable_cancel (self->question);
  close_stream (self);
}
