/* refills-order-watch.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsOrderWatch:
 *
 * Commits what a [class@OrderFollower] brings of one open order, and only what the store returns is applied to the
 * order. One commit is under way at a time; what comes meanwhile is folded into the next, so that a flood of messages
 * fills no queue. Tells how closely its order is to be followed, by the service's clock and by what has gone by here,
 * never by the time that this computer shows.
 *
 * Owns the follower, and what could not be saved.
 */
#include "refills-order-watch-private.h"

#include "refills-boot-time-private.h"
#include "refills-error.h"
#include "refills-order-follower-private.h"

/* Since it was made. Late money may still complete an order (API reference, section 12.2); one that the
 * service does not call expired gets longer. */
#define EXPIRED_OVERDUE_SECONDS (2 * 60 * 60)
#define WAITING_OVERDUE_SECONDS (24 * 60 * 60)
#define AT_REST_SECONDS (7 * 24 * 60 * 60)

/* Of what is asked about no more it must be certain: nothing was made so long before it was first answered. */
#define SLIP_SECONDS (30 * 24 * 60 * 60)

#define NEW_SECONDS (10 * 60)
#define IMPLAUSIBLE_SECONDS (24 * 60 * 60)

struct _RefillsOrderWatch {
  GObject               parent_instance;

  RefillsOrder         *order;
  RefillsOrderStore    *store;
  RefillsServerClock   *clock;
  RefillsEnvironment   *environment;
  RefillsOrderFollower *follower;
  gint64                began_at; /* boot time, µs */
  gint64                begun_here; /* the same by this computer's clock, epoch seconds */
  gint64                expected_until; /* boot time, µs: somebody says that a payment is on its way; 0 for nobody */
  gboolean              is_new; /* the order was made just before, as far as this computer's clock says */
  gboolean              closed;

  gboolean              committing;
  RefillsOrderState    *next; /* what came meanwhile, secrets included */
  GBytes               *next_answer;
  RefillsOrderState    *unsaved; /* what could not be committed, secrets included */
  GBytes               *unsaved_answer;
  guint                 save_source;
  guint                 deadline_source;
  guint                 expected_source;
};

G_DEFINE_FINAL_TYPE (RefillsOrderWatch, refills_order_watch, G_TYPE_OBJECT)

enum { SIGNAL_SETTLED, SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void commit (RefillsOrderWatch *self,
                    RefillsOrderState *state,
                    GBytes            *answer);         /* closes the asynchronous cycles */

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

static void await_deadline (RefillsOrderWatch *self); /* closes a cycle */

/* The time at the service, by its last answer: but not before it made the order and what was watched of that, and where
 * it is a new one not a day later either, whatever the date of an answer is. Without one it is estimated. */
static gint64
get_service_time (RefillsOrderWatch *self)
{
  gint64 now = refills_server_clock_get_time (self->clock);
  gint64 made = refills_order_get_made_at (self->order);
  gint64 watched = (refills_boot_time_get (self->environment) - self->began_at) / G_USEC_PER_SEC;

  if (made == 0)
    return now;
  if (now == 0 || (self->is_new && now - made > watched + IMPLAUSIBLE_SECONDS))
    now = refills_order_estimate_time (self->order, self->begun_here) + watched;

  return MAX (now, made + watched);
}

static gboolean
deadline_cb (gpointer user_data)
{
  RefillsOrderWatch *self = user_data;

  self->deadline_source = 0;
  refills_order_set_service_time (self->order, get_service_time (self));
  await_deadline (self);

  return G_SOURCE_REMOVE;
}

/* Not by the time that this computer shows. What sleep adds is told on waking. */
static void
await_deadline (RefillsOrderWatch *self)
{
  gint64 until = refills_order_get_payable_until (self->order);
  gint64 now = get_service_time (self);

  g_clear_handle_id (&self->deadline_source, g_source_remove);
  if (!self->closed && until != 0 && now != 0)
    self->deadline_source = g_timeout_add (MAX (CLAMP (until - now, 0, G_MAXINT / 1000) * 1000, 1), deadline_cb, self);
}

static void
tell_time (RefillsOrderWatch *self)
{
  refills_order_set_service_time (self->order, get_service_time (self));
  await_deadline (self);
}

static void
keep_unsaved (RefillsOrderWatch *self,
              RefillsOrderState *state,
              GBytes            *answer,
              const GError      *error)
{
  g_autoptr (RefillsOrderState) shown = NULL;
  g_autoptr (RefillsOrderState) redacted = NULL;

  g_set_object (&self->unsaved, state);
  replace_answer (&self->unsaved_answer, answer);
  /* A code that was paid for is shown even when it cannot be saved; it is marked so. An address is not. */
  shown = refills_order_state_merge_uncommitted (refills_order_get_state (self->order), state);
  redacted = refills_order_state_redact (shown);
  refills_order_apply (self->order, redacted);
  refills_order_set_unsaved (self->order, TRUE, g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE_FULL));
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
show_link (RefillsOrderWatch *self)
{
  RefillsOrderLink link = REFILLS_ORDER_LINK_IDLE;
  gint64 until = 0;
  const char *why = NULL;

  if (!self->closed && refills_order_is_open (self->order))
    link = refills_order_follower_get_link (self->follower, &until, &why);

  refills_order_set_link (self->order, link, until, why);
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
    keep_unsaved (self, call->state, call->answer, error);
  } else {
    g_clear_object (&self->unsaved);
    g_clear_pointer (&self->unsaved_answer, g_bytes_unref);
    refills_stored_order_apply (stored, self->order);
    refills_order_set_unsaved (self->order, FALSE, FALSE);
    refills_environment_reach (self->environment, "state-applied");
  }
  take_next (self);
  if (self->closed)
    return;

  await_deadline (self);
  show_link (self);
  if (stored != NULL && !refills_order_is_open (self->order))
    g_signal_emit (self, signals[SIGNAL_SETTLED], 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
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

static void
note_time (RefillsOrderWatch *self)
{
  refills_server_clock_note (self->clock, refills_order_follower_get_date (self->follower));
  tell_time (self);
}

static void
answered_cb (RefillsOrderWatch *self,
             RefillsOrderState *state,
             GBytes            *answer,
             gboolean           is_streamed)
{
  if (!is_streamed)
    note_time (self);
  commit (self, state, answer);
}

/* Nothing of the order is taken back for it: what is on disk stays. */
static void
failed_cb (RefillsOrderWatch *self,
           const GError      *error)
{
  note_time (self);
  g_message ("order %" G_GINT64_FORMAT " was asked for in vain: %s",
             refills_order_get_row (self->order), error->message);
}

static void
follower_changed_cb (RefillsOrderWatch *self)
{
  show_link (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Seconds since the order was made, as far as that is certain: by the clock of the service, which made it, or by the
 * time that it was watched. */
static gint64
get_age (RefillsOrderWatch *self)
{
  RefillsOrderState *state = refills_order_get_state (self->order);
  gint64 made = refills_order_state_get_created_at (state);
  gint64 answered = refills_order_state_get_answered_at (state);
  gint64 now = MAX (refills_server_clock_get_time (self->clock), refills_order_state_get_server_time (state));
  gint64 watched = (refills_boot_time_get (self->environment) - self->began_at) / G_USEC_PER_SEC;

  if (made == 0)
    made = refills_order_state_get_payment_requested_at (state);
  if (made == 0 || made < answered - SLIP_SECONDS)
    made = answered;

  return made > 0 && now > made ? MAX (now - made, watched) : watched;
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
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->follower);
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
  /**
   * RefillsOrderWatch::changed:
   *
   * How closely the order is to be followed, or how it can be, may be another now; and the program is awake.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
refills_order_watch_init (RefillsOrderWatch *self)
{
}

/**
 * refills_order_watch_new:
 * @order: an open order whose id is known
 * @api: the orders' calls
 * @store: where what comes in is committed
 * @clock: the service's; it is told what time it is there
 * @environment: the intervals
 *
 * Returns: (transfer full): a watch that asks now and then, and has no stream before
 *   refills_order_watch_share()
 */
RefillsOrderWatch *
refills_order_watch_new (RefillsOrder             *order,
                         RefillsOrderApi          *api,
                         RefillsOrderStore        *store,
                         RefillsServerClock       *clock,
                         const RefillsEnvironment *environment)
{
  RefillsOrderWatch *self = g_object_new (REFILLS_TYPE_ORDER_WATCH, NULL);

  self->order = g_object_ref (order);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->environment = refills_environment_copy (environment);
  self->began_at = refills_boot_time_get (environment);
  self->begun_here = g_get_real_time () / G_USEC_PER_SEC;
  self->is_new = ABS (self->begun_here - refills_order_get_created_at (order)) < NEW_SECONDS;
  self->follower = refills_order_follower_new (api, refills_order_get_row (order),
                                               refills_order_state_get_order_id (refills_order_get_state (order)),
                                               refills_order_request_get_country (refills_order_get_asked (order)),
                                               environment);
  tell_time (self);
  g_signal_connect_object (self->follower, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->follower, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->follower, "changed", G_CALLBACK (follower_changed_cb), self, G_CONNECT_SWAPPED);

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
 * refills_order_watch_get_time:
 * @self: a watch
 *
 * Returns: the time at the service, in epoch seconds, as good as it is known; 0 where nothing was said of it
 */
gint64
refills_order_watch_get_time (RefillsOrderWatch *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_WATCH (self), 0);

  return get_service_time (self);
}

/**
 * refills_order_watch_get_pace:
 * @self: a watch
 *
 * Returns: how closely its order is to be followed
 */
RefillsOrderPace
refills_order_watch_get_pace (RefillsOrderWatch *self)
{
  RefillsOrderPhase phase = REFILLS_ORDER_PHASE_UNKNOWN;
  gint64 overdue = WAITING_OVERDUE_SECONDS;
  gint64 age = 0;

  g_return_val_if_fail (REFILLS_IS_ORDER_WATCH (self), REFILLS_ORDER_PACE_AT_REST);

  if (!refills_order_is_open (self->order))
    return REFILLS_ORDER_PACE_SETTLED;

  phase = refills_order_get_phase (self->order);
  if (phase == REFILLS_ORDER_PHASE_EXPIRED)
    overdue = EXPIRED_OVERDUE_SECONDS;
  else if (phase != REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT)
    return REFILLS_ORDER_PACE_CLOSE;
  if (refills_boot_time_get (self->environment) < self->expected_until)
    return REFILLS_ORDER_PACE_CLOSE;

  age = get_age (self);
  if (age > AT_REST_SECONDS)
    return REFILLS_ORDER_PACE_AT_REST;

  return age > overdue ? REFILLS_ORDER_PACE_HOURLY : REFILLS_ORDER_PACE_CLOSE;
}

/**
 * refills_order_watch_can_stream:
 * @self: a watch
 *
 * An expired order may be so old that it needs none, which its first answer tells.
 *
 * Returns: whether a stream would be of use, and there can be one
 */
gboolean
refills_order_watch_can_stream (RefillsOrderWatch *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_WATCH (self), FALSE);

  return refills_order_follower_can_stream (self->follower) &&
         (refills_order_get_phase (self->order) != REFILLS_ORDER_PHASE_EXPIRED ||
          refills_server_clock_get_time (self->clock) != 0);
}

/**
 * refills_order_watch_share:
 * @self: a watch
 * @may_stream: whether there is a stream for it
 * @least_ms: the least between two questions while it has none, or G_MAXUINT for none at all
 * @most_ms: the most
 *
 * Gives it its part of what all orders may ask together.
 */
void
refills_order_watch_share (RefillsOrderWatch *self,
                           gboolean           may_stream,
                           guint              least_ms,
                           guint              most_ms)
{
  g_return_if_fail (REFILLS_IS_ORDER_WATCH (self));

  if (self->closed)
    return;
  refills_order_follower_set_pace (self->follower, least_ms, most_ms);
  refills_order_follower_set_streams (self->follower, may_stream);
  show_link (self);
}

/**
 * refills_order_watch_ask:
 * @self: a watch
 * @within_ms: milliseconds from now
 *
 * Asks for the order, whatever its stream says.
 */
void
refills_order_watch_ask (RefillsOrderWatch *self,
                         guint              within_ms)
{
  g_return_if_fail (REFILLS_IS_ORDER_WATCH (self));

  if (!self->closed)
    refills_order_follower_ask (self->follower, within_ms);
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

  save_again (self);
  if (!self->closed)
    refills_order_follower_refresh (self->follower);
}

/* A stream that says nothing would stay for as long as it likes. */
static gboolean
expected_cb (gpointer user_data)
{
  RefillsOrderWatch *self = user_data;

  self->expected_source = 0;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);

  return G_SOURCE_REMOVE;
}

/**
 * refills_order_watch_expect:
 * @self: a watch
 *
 * Asks now, and closely for the next hour, because somebody says that a payment is on its way. Of an order that is
 * final nothing is expected.
 */
void
refills_order_watch_expect (RefillsOrderWatch *self)
{
  g_return_if_fail (REFILLS_IS_ORDER_WATCH (self));

  if (self->closed || !refills_order_is_open (self->order))
    return;

  self->expected_until = refills_boot_time_get (self->environment) + (gint64) self->environment->expect_ms * 1000;
  g_clear_handle_id (&self->expected_source, g_source_remove);
  self->expected_source = g_timeout_add (self->environment->expect_ms, expected_cb, self);
  refills_order_watch_refresh (self);
}

/**
 * refills_order_watch_restart:
 * @self: a watch
 * @within_ms: milliseconds from now
 *
 * Asks, and has the stream go by a new connection, as when the network changed or the computer has slept.
 */
void
refills_order_watch_restart (RefillsOrderWatch *self,
                             guint              within_ms)
{
  g_return_if_fail (REFILLS_IS_ORDER_WATCH (self));

  if (self->closed || !refills_order_is_open (self->order))
    return;
  tell_time (self);
  refills_order_follower_restart (self->follower, within_ms);
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
  g_clear_handle_id (&self->save_source, g_source_remove);
  g_clear_handle_id (&self->deadline_source, g_source_remove);
  g_clear_handle_id (&self->expected_source, g_source_remove);
  if (self->follower != NULL)
    refills_order_follower_close (self->follower);
  if (self->order != NULL)
    show_link (self);
}
