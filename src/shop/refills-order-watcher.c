/* refills-order-watcher.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsOrderWatcher:
 *
 * All open orders, each with its [class@OrderWatch].
 *
 * Shares out what all of them may ask: a stream each for the foremost four that can have one, questions every few
 * seconds for the foremost four without, and one question a second among all others, so that the orders of one person
 * stay well within what the service allows (API reference, section 1.3). Foremost is what can be paid, then what is
 * paid and not delivered, then the rest; the newer before the older. After a start, a change of the network and a
 * sleep all are asked for, the foremost at once and the others one after the other.
 *
 * Owns the watches. A watch goes when its order is final and the service has said `stop`, or a while later without
 * it; not before everything of it is saved, and never for anything else. Once closed it follows nothing more.
 */
#include "refills-order-watcher-private.h"

#include "refills-order-watch-private.h"
#include "refills-sleep-watch-private.h"

/* So many are asked for within `spread_ms` after a start; the rest at the pace of those that are not foremost. */
#define SPREAD_ORDERS 50

struct _RefillsOrderWatcher {
  GObject             parent_instance;

  RefillsOrderApi    *api;
  RefillsOrderStore  *store;
  RefillsEnvironment *environment;
  RefillsServerClock *clock;
  RefillsSleepWatch  *sleep;
  GHashTable         *watches; /* RefillsOrder → RefillsOrderWatch */
  GHashTable         *unasked; /* of RefillsOrderWatch, not owned: to be asked for after a start */
  GSList             *linger_sources;
  gulong              network_handler;
  guint               network_source; /* until the network has settled */
  guint               share_source;
  gboolean            has_slept;
  gboolean            closed;
};

typedef struct {
  RefillsOrderWatcher *watcher; /* not owned: the timer goes with it */
  RefillsOrder        *order;
} Linger;

G_DEFINE_FINAL_TYPE (RefillsOrderWatcher, refills_order_watcher, G_TYPE_OBJECT)

enum { SIGNAL_UNSAVED_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void plan_to_share (RefillsOrderWatcher *self); /* what one no longer needs others get: closes the cycle */

static void
unsaved_changed_cb (RefillsOrderWatcher *self)
{
  g_signal_emit (self, signals[SIGNAL_UNSAVED_CHANGED], 0);
}

static void
linger_free (gpointer data)
{
  Linger *self = data;

  g_clear_object (&self->order);
  g_free (self); /* a plain struct: nothing else frees it */
}

static gboolean
linger_cb (gpointer user_data)
{
  Linger *linger = user_data;
  RefillsOrderWatcher *self = linger->watcher;
  RefillsOrderWatch *watch = g_hash_table_lookup (self->watches, linger->order);
  guint source = g_source_get_id (g_main_current_source ());

  if (watch != NULL && refills_order_watch_has_unsaved (watch))
    return G_SOURCE_CONTINUE;

  self->linger_sources = g_slist_remove (self->linger_sources, GUINT_TO_POINTER (source));
  if (watch != NULL) {
    g_signal_handlers_disconnect_by_func (linger->order, unsaved_changed_cb, self);
    g_signal_handlers_disconnect_by_data (watch, self);
    g_hash_table_remove (self->unasked, watch);
    refills_order_watch_close (watch);
    g_hash_table_remove (self->watches, linger->order);
    plan_to_share (self);
  }

  return G_SOURCE_REMOVE;
}

static void
settled_cb (RefillsOrderWatcher *self,
            RefillsOrderWatch   *watch)
{
  Linger *linger = g_new0 (Linger, 1);
  guint source = 0;

  /* `stop` follows the last state, and one question follows `stop`: leave both the time to come. */
  g_signal_handlers_disconnect_by_func (watch, settled_cb, self);
  linger->watcher = self;
  linger->order = g_object_ref (refills_order_watch_get_order (watch));
  source = g_timeout_add_full (G_PRIORITY_DEFAULT, self->environment->poll_min_ms, linger_cb, linger,
                               linger_free);
  self->linger_sources = g_slist_prepend (self->linger_sources, GUINT_TO_POINTER (source));
}

static int
rank (RefillsOrder *order)
{
  if (refills_order_is_payable (order) || refills_order_is_paid_elsewhere (order) || refills_order_is_late (order))
    return 0;

  switch (refills_order_get_phase (order)) {
  case REFILLS_ORDER_PHASE_PARTIALLY_PAID:
  case REFILLS_ORDER_PHASE_PAYMENT_SEEN:
  case REFILLS_ORDER_PHASE_PREPARING:
  case REFILLS_ORDER_PHASE_NEEDS_ACTION:
    return 1;
  case REFILLS_ORDER_PHASE_UNKNOWN:
  case REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT:
    return 2;
  case REFILLS_ORDER_PHASE_EXPIRED:
    return 3;
  case REFILLS_ORDER_PHASE_SETUP_FAILED:
  case REFILLS_ORDER_PHASE_PAYMENT_FAILED:
  case REFILLS_ORDER_PHASE_CANCELED:
  case REFILLS_ORDER_PHASE_REFUNDED:
  case REFILLS_ORDER_PHASE_DONE:
  default:
    return 4;
  }
}

/* By row, which only grows, and not by a clock. */
static int
compare_watches (gconstpointer a,
                 gconstpointer b)
{
  RefillsOrder *left = refills_order_watch_get_order (*(gpointer *) a);
  RefillsOrder *right = refills_order_watch_get_order (*(gpointer *) b);
  int ranks = rank (left) - rank (right);

  if (ranks != 0)
    return ranks;

  return refills_order_get_row (left) > refills_order_get_row (right) ? -1 : 1;
}

static GPtrArray *
list_watches (RefillsOrderWatcher *self)
{
  GPtrArray *watches = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer watch = NULL;

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, NULL, &watch))
    g_ptr_array_add (watches, g_object_ref (watch));
  g_ptr_array_sort (watches, compare_watches);

  return watches;
}

/* Whether each may stream, in the order of @watches. One whose order is final keeps what is left over, for `stop`. */
static GArray *
choose_streams (RefillsOrderWatcher *self,
                GPtrArray           *watches)
{
  GArray *chosen = g_array_sized_new (FALSE, FALSE, sizeof (gboolean), watches->len);
  guint n_streams = 0;

  for (guint i = 0; i < watches->len; i++) {
    RefillsOrderPace pace = refills_order_watch_get_pace (watches->pdata[i]);
    gboolean may_stream = (pace == REFILLS_ORDER_PACE_CLOSE || pace == REFILLS_ORDER_PACE_SETTLED) &&
                          n_streams < self->environment->max_streams &&
                          refills_order_watch_can_stream (watches->pdata[i]);

    n_streams += may_stream ? 1 : 0;
    g_array_append_val (chosen, may_stream);
  }

  return chosen;
}

static void
share_with (RefillsOrderWatcher *self,
            RefillsOrderWatch   *watch,
            gboolean             may_stream,
            guint                place,
            guint                n_close)
{
  const RefillsEnvironment *environment = self->environment;
  guint least = environment->poll_min_ms;
  guint most = environment->poll_max_ms;

  switch (refills_order_watch_get_pace (watch)) {
  case REFILLS_ORDER_PACE_CLOSE:
    if (place >= environment->max_streams && n_close > environment->max_streams) {
      least = MAX (least, (n_close - environment->max_streams) * environment->poll_gap_ms);
      most = MAX (most, least + least / 8);
    }
    break;
  case REFILLS_ORDER_PACE_HOURLY:
    least = environment->overdue_poll_ms;
    most = least + least / 8;
    break;
  case REFILLS_ORDER_PACE_AT_REST:
  case REFILLS_ORDER_PACE_SETTLED:
  default:
    least = most = G_MAXUINT;
    break;
  }
  refills_order_watch_share (watch, may_stream, least, most);
}

static guint
count_close (GPtrArray *watches)
{
  guint n = 0;

  for (guint i = 0; i < watches->len; i++)
    n += refills_order_watch_get_pace (watches->pdata[i]) == REFILLS_ORDER_PACE_CLOSE ? 1 : 0;

  return n;
}

/* When the order in a place of @n is to be asked for, where all are: in milliseconds from now. */
static guint
get_turn (RefillsOrderWatcher *self,
          guint                place,
          guint                n)
{
  guint n_foremost = self->environment->max_streams;
  guint n_spread = MIN (n, SPREAD_ORDERS);

  if (place < n_foremost)
    return 0;
  if (place < n_spread)
    return (guint) ((guint64) self->environment->spread_ms * (place - n_foremost + 1) / (n_spread - n_foremost));

  return self->environment->spread_ms + (place - n_spread + 1) * self->environment->poll_gap_ms;
}

/* @and_hourly: also those that are asked for only now and then */
static void
restart (RefillsOrderWatcher *self,
         gboolean             and_hourly)
{
  g_autoptr (GPtrArray) watches = list_watches (self);
  guint place = 0;

  for (guint i = 0; i < watches->len; i++) {
    RefillsOrderPace pace = refills_order_watch_get_pace (watches->pdata[i]);

    if (pace == REFILLS_ORDER_PACE_CLOSE || (pace == REFILLS_ORDER_PACE_HOURLY && and_hourly))
      refills_order_watch_restart (watches->pdata[i], get_turn (self, place++, watches->len));
  }
}

static gboolean
share_cb (gpointer user_data)
{
  g_autoptr (RefillsOrderWatcher) self = g_object_ref (user_data);
  g_autoptr (GPtrArray) watches = list_watches (self);
  g_autoptr (GArray) streams = choose_streams (self, watches);
  guint n_close = count_close (watches);
  guint n_unasked = g_hash_table_size (self->unasked);
  guint close_place = n_close;
  guint place = 0;

  self->share_source = 0;
  /* The last first: one must let go of its stream before another gets it. */
  for (guint i = watches->len; i > 0; i--) {
    if (refills_order_watch_get_pace (watches->pdata[i - 1]) == REFILLS_ORDER_PACE_CLOSE && close_place > 0)
      close_place--;
    share_with (self, watches->pdata[i - 1], g_array_index (streams, gboolean, i - 1), close_place, n_close);
  }

  for (guint i = 0; i < watches->len; i++) {
    RefillsOrderPace pace = refills_order_watch_get_pace (watches->pdata[i]);

    if (!g_hash_table_remove (self->unasked, watches->pdata[i]))
      continue;
    if (pace == REFILLS_ORDER_PACE_CLOSE || pace == REFILLS_ORDER_PACE_HOURLY)
      refills_order_watch_ask (watches->pdata[i], get_turn (self, place++, n_unasked));
  }
  if (self->has_slept)
    restart (self, TRUE);
  self->has_slept = FALSE;

  return G_SOURCE_REMOVE;
}

/* From the main loop, for this comes from within a watch; before anything is drawn. */
static void
plan_to_share (RefillsOrderWatcher *self)
{
  if (self->share_source == 0 && !self->closed)
    self->share_source = g_idle_add_full (G_PRIORITY_DEFAULT, share_cb, self, NULL);
}

static void
woke_cb (RefillsOrderWatcher *self)
{
  g_message ("the computer has slept; every open order is asked for");
  self->has_slept = TRUE;
  plan_to_share (self);
}

static void
watch_changed_cb (RefillsOrderWatcher *self)
{
  plan_to_share (self);
  refills_sleep_watch_check (self->sleep);
}

static gboolean
network_settled_cb (gpointer user_data)
{
  RefillsOrderWatcher *self = user_data;

  self->network_source = 0;
  restart (self, FALSE);

  return G_SOURCE_REMOVE;
}

/* One change of the network is told several times, as its addresses and routes come. */
static void
network_changed_cb (RefillsOrderWatcher *self,
                    gboolean             available)
{
  g_clear_handle_id (&self->network_source, g_source_remove);
  if (available)
    self->network_source = g_timeout_add (self->environment->settle_ms, network_settled_cb, self);
}

static void
refills_order_watcher_dispose (GObject *object)
{
  refills_order_watcher_close (REFILLS_ORDER_WATCHER (object));

  G_OBJECT_CLASS (refills_order_watcher_parent_class)->dispose (object);
}

static void
refills_order_watcher_finalize (GObject *object)
{
  RefillsOrderWatcher *self = REFILLS_ORDER_WATCHER (object);

  g_clear_object (&self->api);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->sleep);
  g_clear_pointer (&self->environment, refills_environment_free);
  g_clear_pointer (&self->unasked, g_hash_table_unref);
  g_clear_pointer (&self->watches, g_hash_table_unref);

  G_OBJECT_CLASS (refills_order_watcher_parent_class)->finalize (object);
}

static void
refills_order_watcher_class_init (RefillsOrderWatcherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = refills_order_watcher_dispose;
  object_class->finalize = refills_order_watcher_finalize;

  /**
   * RefillsOrderWatcher::unsaved-changed:
   *
   * What refills_order_watcher_has_unsaved() says may be another now.
   */
  signals[SIGNAL_UNSAVED_CHANGED] =
    g_signal_new ("unsaved-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
refills_order_watcher_init (RefillsOrderWatcher *self)
{
  self->watches = g_hash_table_new_full (NULL, NULL, g_object_unref, g_object_unref);
  self->unasked = g_hash_table_new (NULL, NULL);
}

/**
 * refills_order_watcher_new:
 * @api: the orders' calls
 * @store: where what comes in is committed
 * @environment: the intervals
 *
 * Returns: (transfer full): a watcher of no order yet
 */
RefillsOrderWatcher *
refills_order_watcher_new (RefillsOrderApi          *api,
                           RefillsOrderStore        *store,
                           const RefillsEnvironment *environment)
{
  RefillsOrderWatcher *self = g_object_new (REFILLS_TYPE_ORDER_WATCHER, NULL);

  self->api = g_object_ref (api);
  self->store = g_object_ref (store);
  self->environment = refills_environment_copy (environment);
  self->clock = refills_server_clock_new (environment);
  self->sleep = refills_sleep_watch_new (environment);
  g_signal_connect_object (self->sleep, "woke", G_CALLBACK (woke_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * refills_order_watcher_watch:
 * @self: a watcher
 * @order: an order
 * @ask_now: whether to ask for it as well as subscribe, as after a start
 *
 * Follows the order until it is final. Nothing happens when it is not open, or sealed, or followed already, or its
 * id is not known because its row cannot be read.
 */
void
refills_order_watcher_watch (RefillsOrderWatcher *self,
                             RefillsOrder        *order,
                             gboolean             ask_now)
{
  RefillsOrderWatch *watch = NULL;

  g_return_if_fail (REFILLS_IS_ORDER_WATCHER (self));
  g_return_if_fail (REFILLS_IS_ORDER (order));

  if (self->environment->is_one_shot || self->closed || !refills_order_is_open (order) ||
      refills_order_is_sealed (order) || refills_order_get_state (order) == NULL ||
      g_hash_table_contains (self->watches, order))
    return;

  if (self->network_handler == 0)
    self->network_handler = g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                                                     G_CALLBACK (network_changed_cb), self,
                                                     G_CONNECT_SWAPPED);
  watch = refills_order_watch_new (order, self->api, self->store, self->clock, self->environment);
  g_hash_table_insert (self->watches, g_object_ref (order), watch);
  g_signal_connect_object (watch, "settled", G_CALLBACK (settled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (watch, "changed", G_CALLBACK (watch_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (order, "notify::unsaved", G_CALLBACK (unsaved_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (ask_now)
    g_hash_table_add (self->unasked, watch);
  plan_to_share (self);
}

/**
 * refills_order_watcher_refresh:
 * @self: a watcher
 * @order: an order
 *
 * Asks for an order that is followed, now.
 */
void
refills_order_watcher_refresh (RefillsOrderWatcher *self,
                               RefillsOrder        *order)
{
  RefillsOrderWatch *watch = NULL;

  g_return_if_fail (REFILLS_IS_ORDER_WATCHER (self));

  watch = g_hash_table_lookup (self->watches, order);
  if (watch != NULL)
    refills_order_watch_refresh (watch);
}

/**
 * refills_order_watcher_expect:
 * @self: a watcher
 * @order: an order
 *
 * Follows an order closely for an hour.
 */
void
refills_order_watcher_expect (RefillsOrderWatcher *self,
                              RefillsOrder        *order)
{
  RefillsOrderWatch *watch = NULL;

  g_return_if_fail (REFILLS_IS_ORDER_WATCHER (self));

  watch = g_hash_table_lookup (self->watches, order);
  if (watch == NULL)
    return;
  refills_order_watch_expect (watch);
  plan_to_share (self);
}

/**
 * refills_order_watcher_dup_unsaved:
 * @self: a watcher
 * @order: an order
 * @delivery: position of the delivery
 * @secret: which of its texts
 *
 * Returns: (transfer full) (nullable): the text, when it is here and could not be saved
 */
char *
refills_order_watcher_dup_unsaved (RefillsOrderWatcher *self,
                                   RefillsOrder        *order,
                                   guint                delivery,
                                   RefillsSecret        secret)
{
  RefillsOrderWatch *watch = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_WATCHER (self), NULL);

  watch = g_hash_table_lookup (self->watches, order);

  return watch != NULL ? g_strdup (refills_order_watch_get_unsaved (watch, delivery, secret)) : NULL;
}

/**
 * refills_order_watcher_has_unsaved:
 * @self: a watcher
 *
 * Returns: whether something of an order is here and could not be saved
 */
gboolean
refills_order_watcher_has_unsaved (RefillsOrderWatcher *self)
{
  GHashTableIter iter;
  gpointer watch = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_WATCHER (self), FALSE);

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, NULL, &watch))
    if (refills_order_watch_has_unsaved (watch))
      return TRUE;

  return FALSE;
}

/**
 * refills_order_watcher_get_time:
 * @self: a watcher
 * @order: an order
 *
 * Returns: the time at the service that @order is measured by, in epoch seconds; 0 where nothing was said of it
 */
gint64
refills_order_watcher_get_time (RefillsOrderWatcher *self,
                                RefillsOrder        *order)
{
  RefillsOrderWatch *watch = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_WATCHER (self), 0);

  watch = g_hash_table_lookup (self->watches, order);

  return watch != NULL ? refills_order_watch_get_time (watch) : refills_server_clock_get_time (self->clock);
}

/**
 * refills_order_watcher_close:
 * @self: a watcher
 *
 * Closes every watch, for good.
 */
void
refills_order_watcher_close (RefillsOrderWatcher *self)
{
  GHashTableIter iter;
  gpointer watch = NULL;

  g_return_if_fail (REFILLS_IS_ORDER_WATCHER (self));

  self->closed = TRUE;
  g_clear_signal_handler (&self->network_handler, g_network_monitor_get_default ());
  g_clear_handle_id (&self->network_source, g_source_remove);
  g_clear_handle_id (&self->share_source, g_source_remove);
  g_hash_table_remove_all (self->unasked);
  while (self->linger_sources != NULL) {
    g_source_remove (GPOINTER_TO_UINT (self->linger_sources->data));
    self->linger_sources = g_slist_delete_link (self->linger_sources, self->linger_sources);
  }
  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, NULL, &watch))
    refills_order_watch_close (watch);
  g_hash_table_remove_all (self->watches);
}
