/* refills-order-watcher.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsOrderWatcher:
 *
 * All open orders, each with its [class@OrderWatch].
 *
 * Owns the watches. A watch goes when its order is final and the service has said `stop`, or a while
 * later without it; not before everything of it is saved. An order that nobody paid is given up after a
 * week. Once closed it follows nothing more.
 */
#include "refills-order-watcher-private.h"

#include "refills-order-watch-private.h"

#define GIVE_UP_SECONDS (7 * 24 * 60 * 60)

struct _RefillsOrderWatcher {
  GObject             parent_instance;

  RefillsOrderApi    *api;
  RefillsOrderStore  *store;
  RefillsEnvironment *environment;
  GHashTable         *watches; /* RefillsOrder → RefillsOrderWatch */
  GSList             *linger_sources;
  gulong              network_handler;
  guint               network_source; /* until the network has settled */
  gboolean            closed;
};

typedef struct {
  RefillsOrderWatcher *watcher; /* not owned: the timer goes with it */
  RefillsOrder        *order;
} Linger;

G_DEFINE_FINAL_TYPE (RefillsOrderWatcher, refills_order_watcher, G_TYPE_OBJECT)

enum { SIGNAL_UNSAVED_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

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
    refills_order_watch_close (watch);
    g_hash_table_remove (self->watches, linger->order);
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

static gboolean
is_given_up (RefillsOrder *order)
{
  RefillsOrderPhase phase = refills_order_get_phase (order);
  gint64 age = g_get_real_time () / G_USEC_PER_SEC - refills_order_get_created_at (order);

  return (phase == REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT || phase == REFILLS_ORDER_PHASE_EXPIRED) &&
         age > GIVE_UP_SECONDS;
}

static gboolean
network_settled_cb (gpointer user_data)
{
  RefillsOrderWatcher *self = user_data;
  g_autoptr (GList) watches = g_hash_table_get_values (self->watches);

  self->network_source = 0;
  for (GList *l = watches; l != NULL; l = l->next)
    refills_order_watch_restart (l->data);

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
  g_clear_pointer (&self->environment, refills_environment_free);
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

  return self;
}

/**
 * refills_order_watcher_watch:
 * @self: a watcher
 * @order: an order
 * @ask_now: whether to ask for it as well as subscribe, as after a start
 *
 * Follows the order until it is final. Nothing happens when it is not open, or followed already, or its
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
      refills_order_get_state (order) == NULL || is_given_up (order) ||
      g_hash_table_contains (self->watches, order))
    return;

  if (self->network_handler == 0)
    self->network_handler = g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                                                     G_CALLBACK (network_changed_cb), self,
                                                     G_CONNECT_SWAPPED);
  watch = refills_order_watch_new (order, self->api, self->store, self->environment);
  g_hash_table_insert (self->watches, g_object_ref (order), watch);
  g_signal_connect_object (watch, "settled", G_CALLBACK (settled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (order, "notify::unsaved", G_CALLBACK (unsaved_changed_cb), self,
                           G_CONNECT_SWAPPED);
  refills_order_watch_open (watch, ask_now);
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
  while (self->linger_sources != NULL) {
    g_source_remove (GPOINTER_TO_UINT (self->linger_sources->data));
    self->linger_sources = g_slist_delete_link (self->linger_sources, self->linger_sources);
  }
  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, NULL, &watch))
    refills_order_watch_close (watch);
  g_hash_table_remove_all (self->watches);
}
