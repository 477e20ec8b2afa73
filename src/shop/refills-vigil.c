/* refills-vigil.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsVigil:
 *
 * Whether some order is worth staying for when no window is open: one that can be paid, for two hours, or one that was
 * paid and is not delivered yet, for a day. Also while the orders are being read, since it is not known yet.
 *
 * The time goes from when the order was made, or its payment was seen, by this computer's clock when the order is
 * first met in that state, and from then on by a clock that nobody can set and that does not stop in sleep. It follows
 * no order itself: that is the watcher's.
 */
#include "refills-vigil-private.h"

#include "refills-order.h"

#include <time.h>

/* The service leaves half an hour to pay; one that never says that it is over may be out of reach. */
#define PAYABLE_SECONDS (2 * 60 * 60)
#define PAID_SECONDS (24 * 60 * 60)
/* Timers stop in sleep, so the end is looked for again now and then. */
#define LOOK_AGAIN_SECONDS (5 * 60)

struct _RefillsVigil {
  GObject            parent_instance;

  RefillsCollection *orders;
  GHashTable        *entries; /* RefillsOrder → Entry, which owns the order: those that are or were open */
  guint              source;
  gboolean           needed;
};

typedef enum {
  CAUSE_NONE,
  CAUSE_PAYABLE,
  CAUSE_PAID,
} Cause;

typedef struct {
  RefillsOrder *order;
  Cause         cause;
  gint64        until; /* seconds of CLOCK_BOOTTIME, while there is a cause */
} Entry;

G_DEFINE_FINAL_TYPE (RefillsVigil, refills_vigil, G_TYPE_OBJECT)

enum { PROP_0, PROP_NEEDED, N_PROPS };

static GParamSpec *props[N_PROPS];

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_clear_object (&self->order);
  g_free (self); /* a plain struct: nothing else frees it */
}

/* Seconds of a clock that runs in sleep and cannot be set. */
static gint64
get_running_time (void)
{
  struct timespec now;

  if (clock_gettime (CLOCK_BOOTTIME, &now) != 0)
    return g_get_monotonic_time () / G_USEC_PER_SEC;

  return now.tv_sec;
}

static Cause
find_cause (RefillsOrder *order)
{
  if (refills_order_get_outcome (order) != REFILLS_ORDER_OUTCOME_PLACED)
    return CAUSE_NONE;

  switch (refills_order_get_phase (order)) {
  case REFILLS_ORDER_PHASE_UNKNOWN:
    return CAUSE_PAYABLE;
  case REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT:
  case REFILLS_ORDER_PHASE_PARTIALLY_PAID:
    /* What a sealed order can be paid by is not known before it is opened. */
    return refills_order_is_sealed (order) || refills_order_is_payable (order) || refills_order_is_late (order) ||
           refills_order_is_paid_elsewhere (order) ? CAUSE_PAYABLE : CAUSE_NONE;
  case REFILLS_ORDER_PHASE_PAYMENT_SEEN:
  case REFILLS_ORDER_PHASE_PREPARING:
  case REFILLS_ORDER_PHASE_NEEDS_ACTION:
    return CAUSE_PAID;
  default:
    return CAUSE_NONE;
  }
}

static gboolean
update_entry (Entry  *entry,
              gint64  now)
{
  Cause cause = find_cause (entry->order);

  if (cause != entry->cause) {
    gint64 age = g_get_real_time () / G_USEC_PER_SEC - refills_order_get_created_at (entry->order);

    gboolean is_seen_now = entry->cause == CAUSE_PAYABLE && cause == CAUSE_PAID;
    gint64 patience = cause == CAUSE_PAID ? PAID_SECONDS : PAYABLE_SECONDS;

    entry->cause = cause;
    entry->until = now + patience - (is_seen_now ? 0 : CLAMP (age, 0, patience));
  }

  return cause != CAUSE_NONE && now < entry->until;
}

static gboolean look_again_cb (gpointer user_data); /* closes the cycle of the timer */

static void
update (RefillsVigil *self)
{
  RefillsCollectionState state = refills_collection_get_state (self->orders);
  gboolean is_reading = state == REFILLS_COLLECTION_LOADING;
  gint64 now = get_running_time ();
  gboolean needed = FALSE;
  GHashTableIter iter;
  gpointer entry = NULL;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    needed |= update_entry (entry, now);

  if (!needed)
    g_clear_handle_id (&self->source, g_source_remove);
  else if (self->source == 0)
    self->source = g_timeout_add_seconds (LOOK_AGAIN_SECONDS, look_again_cb, self);

  needed |= is_reading;
  if (needed == self->needed)
    return;

  self->needed = needed;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NEEDED]);
}

static gboolean
look_again_cb (gpointer user_data)
{
  RefillsVigil *self = user_data;

  self->source = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

static void
orders_changed_cb (RefillsVigil *self,
                   guint         position,
                   guint         removed,
                   guint         added)
{
  for (guint i = position; i < position + added; i++) {
    g_autoptr (RefillsOrder) order = g_list_model_get_item (G_LIST_MODEL (self->orders), i);
    Entry *entry = NULL;

    if (!refills_order_is_open (order) || g_hash_table_contains (self->entries, order))
      continue;
    entry = g_new0 (Entry, 1);
    entry->order = g_object_ref (order);
    g_hash_table_insert (self->entries, order, entry);
    g_signal_connect_object (order, "notify::phase", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (order, "notify::payable", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  }
  update (self);
}

static void
refills_vigil_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (property_id) {
  case PROP_NEEDED:
    g_value_set_boolean (value, refills_vigil_is_needed (REFILLS_VIGIL (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_vigil_finalize (GObject *object)
{
  RefillsVigil *self = REFILLS_VIGIL (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_object (&self->orders);

  G_OBJECT_CLASS (refills_vigil_parent_class)->finalize (object);
}

static void
refills_vigil_class_init (RefillsVigilClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = refills_vigil_get_property;
  object_class->finalize = refills_vigil_finalize;

  props[PROP_NEEDED] =
    g_param_spec_boolean ("needed", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_vigil_init (RefillsVigil *self)
{
  self->entries = g_hash_table_new_full (NULL, NULL, NULL, entry_free);
}

/**
 * refills_vigil_new:
 * @orders: all orders, of [class@Order]
 *
 * Returns: (transfer full): a vigil over @orders
 */
RefillsVigil *
refills_vigil_new (RefillsCollection *orders)
{
  RefillsVigil *self = g_object_new (REFILLS_TYPE_VIGIL, NULL);

  self->orders = g_object_ref (orders);
  g_signal_connect_object (orders, "items-changed", G_CALLBACK (orders_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (orders, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  orders_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (orders)));

  return self;
}

/**
 * refills_vigil_is_needed:
 * @self: a vigil
 *
 * Returns: whether some order is worth staying for
 */
gboolean
refills_vigil_is_needed (RefillsVigil *self)
{
  g_return_val_if_fail (REFILLS_IS_VIGIL (self), FALSE);

  return self->needed;
}
