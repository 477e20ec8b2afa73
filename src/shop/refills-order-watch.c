/* refills-order-watch.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsOrderWatch:
 *
 * Follows one open order: the stream first, polling while there is none, one question after each
 * reconnect and after `stop`. What comes in is committed by the store, and only what the store
 * returns is applied to the order. One commit is under way at a time; what comes meanwhile is folded
 * into the next, so that a flood of messages fills no queue.
 *
 * An order that nobody paid in time is overdue some time later: it has no stream, which others need
 * more, and is asked for once an hour.
 *
 * Owns the order's stream, its poll timer and the question under way, and ends all three when closed.
 * Never subscribes again once the service said `stop` (API reference, section 9a).
 */
#include "refills-order-watch-private.h"

#include "refills-error.h"

/* Since it was made. Late money may still complete an order (API reference, section 12.2); one that the
 * service does not call expired gets longer, for this clock may be wrong. */
#define EXPIRED_OVERDUE_SECONDS (2 * 60 * 60)
#define WAITING_OVERDUE_SECONDS (24 * 60 * 60)

struct _RefillsOrderWatch {
  GObject             parent_instance;

  RefillsOrder       *order;
  RefillsOrderApi    *api;
  RefillsOrderStore  *store;
  RefillsEnvironment *environment;

  RefillsEventStream *stream;
  gboolean            stream_was_open;
  gboolean            stream_ended;
  gboolean            closed;
  guint               poll_source;
  GCancellable       *question;
  RefillsOrderLink    refusal;  /* what the last answer says in place of a state, or idle */
  guint               n_invalid;

  gboolean            committing;
  RefillsOrderState  *next; /* what came meanwhile, secrets included */
  GBytes             *next_answer;
  RefillsOrderState  *unsaved; /* what could not be committed, secrets included */
  GBytes             *unsaved_answer;
  guint               save_source;
};

G_DEFINE_FINAL_TYPE (RefillsOrderWatch, refills_order_watch, G_TYPE_OBJECT)

enum { SIGNAL_SETTLED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void commit (RefillsOrderWatch *self,
                    RefillsOrderState *state,
                    GBytes            *answer);         /* closes the asynchronous cycles */
static void follow (RefillsOrderWatch *self);

static const char *
get_order_id (RefillsOrderWatch *self)
{
  RefillsOrderState *state = refills_order_get_state (self->order);

  return state != NULL ? refills_order_state_get_order_id (state) : NULL;
}

static const char *
get_country (RefillsOrderWatch *self)
{
  return refills_order_request_get_country (refills_order_get_asked (self->order));
}

static gboolean
is_overdue (RefillsOrderWatch *self)
{
  gint64 age = g_get_real_time () / G_USEC_PER_SEC - refills_order_get_created_at (self->order);

  switch (refills_order_get_phase (self->order)) {
  case REFILLS_ORDER_PHASE_EXPIRED:
    return age > EXPIRED_OVERDUE_SECONDS;
  case REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT:
    return age > WAITING_OVERDUE_SECONDS;
  default:
    return FALSE;
  }
}

static void
save_again (RefillsOrderWatch *self)
{
  if (self->unsaved != NULL && !self->committing)
    commit (self, self->unsaved, self->unsaved_answer);
}

static gboolean
save_again_cb (gpointer user_data)
{
  RefillsOrderWatch *self = user_data;

  self->save_source = 0;
  save_again (self);

  return G_SOURCE_REMOVE;
}

static void
replace_answer (GBytes **answer,
                GBytes  *by)
{
  g_autoptr (GBytes) old = *answer;

  *answer = by != NULL ? g_bytes_ref (by) : NULL;
}

static void
keep_unsaved (RefillsOrderWatch *self,
              RefillsOrderState *state,
              GBytes            *answer)
{
  g_autoptr (RefillsOrderState) shown = NULL;
  g_autoptr (RefillsOrderState) redacted = NULL;

  g_set_object (&self->unsaved, state);
  replace_answer (&self->unsaved_answer, answer);
  /* A code that was paid for is shown even when it cannot be saved; it is marked so. An address is not. */
  shown = refills_order_state_merge_uncommitted (refills_order_get_state (self->order), state);
  redacted = refills_order_state_redact (shown);
  refills_order_apply (self->order, redacted);
  refills_order_set_unsaved (self->order, TRUE);
  if (self->save_source == 0 && !self->closed)
    self->save_source = g_timeout_add (self->environment->save_again_ms, save_again_cb, self);
}

typedef struct {
  RefillsOrderWatch *watch;
  RefillsOrderState *state;
  GBytes            *answer;
} Commit;

static void
commit_free (Commit *self)
{
  g_clear_object (&self->watch);
  g_clear_object (&self->state);
  g_clear_pointer (&self->answer, g_bytes_unref);
  g_free (self); /* a plain struct: nothing else frees it */
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Commit, commit_free)

static void
take_next (RefillsOrderWatch *self)
{
  g_autoptr (RefillsOrderState) state = g_steal_pointer (&self->next);
  g_autoptr (GBytes) answer = g_steal_pointer (&self->next_answer);

  if (state != NULL)
    commit (self, state, answer);
}

static void
committed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Commit) call = user_data;
  RefillsOrderWatch *self = call->watch;
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsStoredOrder) stored =
    refills_order_store_write_finish (REFILLS_ORDER_STORE (source), result, &error);

  self->committing = FALSE;
  if (stored == NULL) {
    g_message ("order %" G_GINT64_FORMAT " could not be saved: %s",
               refills_order_get_row (self->order), error->message);
    keep_unsaved (self, call->state, call->answer);
  } else {
    g_clear_object (&self->unsaved);
    g_clear_pointer (&self->unsaved_answer, g_bytes_unref);
    refills_order_apply (self->order, stored->state);
    refills_order_set_unsaved (self->order, FALSE);
    refills_environment_reach (self->environment, "state-applied");
  }
  take_next (self);
  if (self->closed)
    return;

  follow (self);
  if (stored != NULL && !refills_order_is_open (self->order))
    g_signal_emit (self, signals[SIGNAL_SETTLED], 0);
}

static void
push_commit (RefillsOrderWatch *self,
             RefillsOrderState *state,
             GBytes            *answer)
{
  Commit *call = g_new0 (Commit, 1);

  call->watch = g_object_ref (self);
  call->state = g_object_ref (state);
  call->answer = answer != NULL ? g_bytes_ref (answer) : NULL;
  self->committing = TRUE;
  refills_order_store_merge_async (self->store, refills_order_get_row (self->order), state, answer,
                                   committed_cb, call);
}

/* With what could not be saved before: a later state must not leave it behind. */
static void
commit (RefillsOrderWatch *self,
        RefillsOrderState *state,
        GBytes            *answer)
{
  RefillsOrderState *before = self->committing ? self->next : self->unsaved;
  g_autoptr (RefillsOrderState) whole =
    before != NULL ? refills_order_state_merge (before, state) : g_object_ref (state);

  if (self->committing) {
    g_set_object (&self->next, whole);
    replace_answer (&self->next_answer, answer);
    return;
  }
  g_clear_handle_id (&self->save_source, g_source_remove);
  push_commit (self, whole, answer);
}

/* Nothing of the order is taken back for it: what is on disk stays. */
static RefillsOrderLink
read_refusal (const GError *error)
{
  if (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_NOT_FOUND))
    return REFILLS_ORDER_LINK_GONE;
  if (g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_CONFLICT) ||
      g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_REJECTED) ||
      g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_PARTNER_REFUSED) ||
      g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_BLOCKED))
    return REFILLS_ORDER_LINK_REFUSED;

  return REFILLS_ORDER_LINK_IDLE;
}

static void
answer_ready_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (RefillsOrderWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (RefillsOrderState) state =
    refills_order_api_get_finish (REFILLS_ORDER_API (source), result, &answer, &error);

  if (self->closed || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->question);
  self->refusal = read_refusal (error);
  if (state != NULL)
    commit (self, state, answer);
  else
    g_message ("order %" G_GINT64_FORMAT " was asked for in vain: %s",
               refills_order_get_row (self->order), error->message);
  follow (self);
}

static void
ask (RefillsOrderWatch *self)
{
  if (self->closed || self->question != NULL)
    return;

  self->question = g_cancellable_new ();
  refills_order_api_get_async (self->api, get_order_id (self), get_country (self), self->question,
                               answer_ready_cb, g_object_ref (self));
}

static gboolean
poll_cb (gpointer user_data)
{
  RefillsOrderWatch *self = user_data;

  self->poll_source = 0;
  ask (self);

  return G_SOURCE_REMOVE;
}

static gboolean
stream_is_open (RefillsOrderWatch *self)
{
  return self->stream != NULL &&
         refills_event_stream_get_state (self->stream) == REFILLS_EVENT_STREAM_OPEN;
}

static void
plan_poll (RefillsOrderWatch *self)
{
  guint spread = self->environment->poll_max_ms - self->environment->poll_min_ms;
  guint delay = self->environment->poll_min_ms + (spread > 0 ? g_random_int_range (0, spread + 1) : 0);

  if (self->closed || !refills_order_is_open (self->order) || stream_is_open (self)) {
    g_clear_handle_id (&self->poll_source, g_source_remove);
    return;
  }
  if (is_overdue (self))
    delay = self->environment->overdue_poll_ms;
  if (self->poll_source == 0 && self->question == NULL)
    self->poll_source = g_timeout_add (delay, poll_cb, self);
}

static void
show_link (RefillsOrderWatch *self)
{
  RefillsOrderLink link = REFILLS_ORDER_LINK_IDLE;

  if (self->closed || !refills_order_is_open (self->order))
    link = REFILLS_ORDER_LINK_IDLE;
  else if (self->refusal != REFILLS_ORDER_LINK_IDLE)
    link = self->refusal;
  else if (self->stream_ended)
    link = REFILLS_ORDER_LINK_POLLING;
  else if (self->stream == NULL)
    link = REFILLS_ORDER_LINK_IDLE;
  else
    switch (refills_event_stream_get_state (self->stream)) {
    case REFILLS_EVENT_STREAM_OPEN:
      link = REFILLS_ORDER_LINK_LIVE;
      break;
    case REFILLS_EVENT_STREAM_WAITING:
      link = REFILLS_ORDER_LINK_WAITING;
      break;
    case REFILLS_EVENT_STREAM_CONNECTING:
    case REFILLS_EVENT_STREAM_IDLE:
    default:
      link = REFILLS_ORDER_LINK_CONNECTING;
    }

  refills_order_set_link (self->order, link, 0, NULL);
}

/* Said of the first, the second, the fourth … of them: the log must not grow as fast as a flood. */
static void
count_invalid (RefillsOrderWatch *self,
               const char        *why)
{
  self->n_invalid++;
  if ((self->n_invalid & (self->n_invalid - 1)) == 0)
    g_message ("order %" G_GINT64_FORMAT ": message %u of the stream that says nothing: %s",
               refills_order_get_row (self->order), self->n_invalid, why);
}

static gboolean
message_cb (const char *data,
            gsize       length,
            gpointer    user_data)
{
  RefillsOrderWatch *self = user_data;
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsOrderState) state = refills_order_state_new_from_bytes (bytes, &error);

  if (state == NULL) {
    count_invalid (self, error->message);
    return FALSE;
  }
  if (g_strcmp0 (refills_order_state_get_order_id (state), get_order_id (self)) != 0 ||
      !refills_order_state_has_valid_states (state)) {
    count_invalid (self, "it is of another order, or of no known form");
    return FALSE;
  }

  self->refusal = REFILLS_ORDER_LINK_IDLE;
  refills_environment_reach (self->environment, "event-received");
  commit (self, state, bytes);

  return TRUE;
}

static void
close_stream (RefillsOrderWatch *self)
{
  if (self->stream == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->stream, self);
  refills_event_stream_set_func (self->stream, NULL, NULL);
  refills_event_stream_close (self->stream);
  g_clear_object (&self->stream);
}

static void
stream_state_cb (RefillsOrderWatch *self)
{
  if (stream_is_open (self)) {
    /* What happened while there was no connection is not told by the stream. */
    if (self->stream_was_open)
      ask (self);
    self->stream_was_open = TRUE;
  } else if (refills_event_stream_get_state (self->stream) == REFILLS_EVENT_STREAM_WAITING &&
             is_overdue (self)) {
    close_stream (self);
  }
  show_link (self);
  plan_poll (self);
}

static void
stream_ended_cb (RefillsOrderWatch     *self,
                 RefillsEventStreamEnd  end)
{
  if (end == REFILLS_EVENT_STREAM_END_CLOSED)
    return;

  self->stream_ended = TRUE;
  show_link (self);
  ask (self);
}

static void
open_stream (RefillsOrderWatch *self)
{
  RefillsBackoff backoff;

  refills_backoff_init (&backoff, self->environment->backoff_base_ms,
                        self->environment->backoff_limit_ms, NULL, NULL);
  self->stream = refills_order_api_subscribe (self->api, get_order_id (self), get_country (self), &backoff);
  refills_event_stream_set_func (self->stream, message_cb, self);
  g_signal_connect_object (self->stream, "notify::state", G_CALLBACK (stream_state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stream, "ended", G_CALLBACK (stream_ended_cb), self,
                           G_CONNECT_SWAPPED);
  refills_event_stream_open (self->stream);
}

/* A payment that came late brings the stream back. */
static void
follow (RefillsOrderWatch *self)
{
  if (self->stream == NULL && !self->stream_ended && !self->closed &&
      refills_order_is_open (self->order) && !is_overdue (self))
    open_stream (self);
  show_link (self);
  plan_poll (self);
}

static void
refills_order_watch_dispose (GObject *object)
{
  refills_order_watch_close (REFILLS_ORDER_WATCH (object));

  G_OBJECT_CLASS (refills_order_watch_parent_class)->dispose (object);
}

static void
refills_order_watch_finalize (GObject *object)
{
  RefillsOrderWatch *self = REFILLS_ORDER_WATCH (object);

  g_clear_object (&self->order);
  g_clear_object (&self->api);
  g_clear_object (&self->store);
  g_clear_object (&self->next);
  g_clear_pointer (&self->next_answer, g_bytes_unref);
  g_clear_object (&self->unsaved);
  g_clear_pointer (&self->unsaved_answer, g_bytes_unref);
  g_clear_pointer (&self->environment, refills_environment_free);

  G_OBJECT_CLASS (refills_order_watch_parent_class)->finalize (object);
}

static void
refills_order_watch_class_init (RefillsOrderWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = refills_order_watch_dispose;
  object_class->finalize = refills_order_watch_finalize;

  /**
   * RefillsOrderWatch::settled:
   *
   * A final state is committed and applied.
   */
  signals[SIGNAL_SETTLED] =
    g_signal_new ("settled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
refills_order_watch_init (RefillsOrderWatch *self)
{
}

/**
 * refills_order_watch_new:
 * @order: an order that was placed
 * @api: the orders' calls
 * @store: where what comes in is committed
 * @environment: the intervals
 *
 * Returns: (transfer full): a watch that does nothing yet
 */
RefillsOrderWatch *
refills_order_watch_new (RefillsOrder             *order,
                         RefillsOrderApi          *api,
                         RefillsOrderStore        *store,
                         const RefillsEnvironment *environment)
{
  RefillsOrderWatch *self = g_object_new (REFILLS_TYPE_ORDER_WATCH, NULL);

  self->order = g_object_ref (order);
  self->api = g_object_ref (api);
  self->store = g_object_ref (store);
  self->environment = refills_environment_copy (environment);

  return self;
}

/**
 * refills_order_watch_get_order:
 * @self: a watch
 *
 * Returns: (transfer none): the order it follows
 */
RefillsOrder *
refills_order_watch_get_order (RefillsOrderWatch *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_WATCH (self), NULL);

  return self->order;
}

/**
 * refills_order_watch_open:
 * @self: a watch
 * @ask_now: whether to ask for the order as well, as after a start
 *
 * Subscribes.
 */
void
refills_order_watch_open (RefillsOrderWatch *self,
                          gboolean           ask_now)
{
  g_return_if_fail (REFILLS_IS_ORDER_WATCH (self));
  g_return_if_fail (self->stream == NULL);

  follow (self);
  if (ask_now || is_overdue (self))
    ask (self);
}

/**
 * refills_order_watch_refresh:
 * @self: a watch
 *
 * Asks now, cuts a wait of the stream short, and tries at once to save what could not be saved.
 */
void
refills_order_watch_refresh (RefillsOrderWatch *self)
{
  g_return_if_fail (REFILLS_IS_ORDER_WATCH (self));

  g_clear_handle_id (&self->poll_source, g_source_remove);
  save_again (self);
  if (self->stream != NULL && !self->stream_ended)
    refills_event_stream_hurry (self->stream);
  ask (self);
}

/**
 * refills_order_watch_restart:
 * @self: a watch
 *
 * Asks now, and has the stream go by a new connection, as when the network changed: by the old one nothing
 * may ever come. An order that is asked for only now and then waits for its turn.
 */
void
refills_order_watch_restart (RefillsOrderWatch *self)
{
  g_return_if_fail (REFILLS_IS_ORDER_WATCH (self));

  if (self->closed || !refills_order_is_open (self->order) || is_overdue (self))
    return;

  ask (self);
  if (self->stream != NULL && !self->stream_ended)
    refills_event_stream_restart (self->stream);
}

/**
 * refills_order_watch_get_unsaved:
 * @self: a watch
 * @delivery: position of the delivery
 * @secret: which of its texts
 *
 * Returns: (nullable): the text, when it is here and could not be saved
 */
const char *
refills_order_watch_get_unsaved (RefillsOrderWatch *self,
                                 guint              delivery,
                                 RefillsSecret      secret)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_WATCH (self), NULL);

  if (self->unsaved == NULL || delivery >= refills_order_state_get_n_deliveries (self->unsaved))
    return NULL;

  return refills_delivery_get_secret (refills_order_state_get_delivery (self->unsaved, delivery), secret);
}

/**
 * refills_order_watch_has_unsaved:
 * @self: a watch
 *
 * Returns: whether something of the order is here and could not be saved
 */
gboolean
refills_order_watch_has_unsaved (RefillsOrderWatch *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_WATCH (self), FALSE);

  return self->unsaved != NULL;
}

/**
 * refills_order_watch_close:
 * @self: a watch
 *
 * Closes the stream, the question and every timer. What is on its way to the store gets there; what
 * could not be saved has a last try.
 */
void
refills_order_watch_close (RefillsOrderWatch *self)
{
  RefillsOrderState *left = NULL;

  g_return_if_fail (REFILLS_IS_ORDER_WATCH (self));

  left = self->next != NULL ? self->next : self->unsaved;
  if (!self->closed && left != NULL)
    push_commit (self, left, self->next != NULL ? self->next_answer : self->unsaved_answer);
  g_clear_object (&self->next);
  g_clear_pointer (&self->next_answer, g_bytes_unref);

  self->closed = TRUE;
  g_clear_handle_id (&self->poll_source, g_source_remove);
  g_clear_handle_id (&self->save_source, g_source_remove);
  g_cancellable_cancel (self->question);
  g_clear_object (&self->question);
  close_stream (self);
  if (self->order != NULL)
    show_link (self);
}
