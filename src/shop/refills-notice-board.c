/* refills-notice-board.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsNoticeBoard:
 *
 * Tells, once for each order and kind, what a person should hear of it.
 *
 * Goes by orders whose state is on disk, and remembers on disk what was told: only after it was told, so that a
 * process that ends in between tells it once more, under the same name, rather than never. Follows orders that are
 * open; of the others only what was never told is told, when they are listed.
 */
#include "refills-notice-board-private.h"

#include "refills-notice-private.h"

struct _RefillsNoticeBoard {
  GObject            parent_instance;

  GListModel        *orders;
  RefillsOrderStore *store;
  GHashTable        *entries; /* RefillsOrder → Entry, which owns the order */
  GPtrArray         *due;     /* of RefillsOrder: those to look at again */
  guint              source;
  gboolean           closed;
};

typedef struct {
  RefillsOrder      *order;
  RefillsNoticeKind  told;   /* by this process, or by one before it */
  RefillsNoticeKind  marked; /* on disk, or on its way there */
} Entry;

G_DEFINE_FINAL_TYPE (RefillsNoticeBoard, refills_notice_board, G_TYPE_OBJECT)

enum { SIGNAL_NOTICE, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_clear_object (&self->order);
  g_free (self); /* a plain struct: nothing else frees it */
}

static Entry *
ensure_entry (RefillsNoticeBoard *self,
              RefillsOrder       *order)
{
  Entry *entry = g_hash_table_lookup (self->entries, order);

  if (entry == NULL) {
    entry = g_new0 (Entry, 1);
    entry->order = g_object_ref (order);
    entry->told = refills_notice_get_known (order);
    entry->marked = entry->told;
    g_hash_table_insert (self->entries, order, entry);
  }

  return entry;
}

static RefillsNoticeKind
choose_kind (RefillsNoticeKind kinds)
{
  if (kinds & REFILLS_NOTICE_READY)
    return REFILLS_NOTICE_READY;
  if (kinds & REFILLS_NOTICE_PAYMENT_SEEN)
    return REFILLS_NOTICE_PAYMENT_SEEN;

  return REFILLS_NOTICE_EXPIRED;
}

static void
look_at (RefillsNoticeBoard *self,
         RefillsOrder       *order)
{
  Entry *entry = g_hash_table_lookup (self->entries, order);
  RefillsNoticeKind kinds = REFILLS_NOTICE_NONE;
  RefillsNoticeKind new = REFILLS_NOTICE_NONE;
  g_autoptr (RefillsNotice) notice = NULL;

  /* What could not be saved is on the page alone, until it is. */
  if (entry == NULL || refills_order_is_unsaved (order))
    return;

  kinds = refills_notice_find_kinds (order);
  new = kinds & ~entry->told;
  if (new == REFILLS_NOTICE_NONE)
    return;

  entry->told |= kinds;
  notice = refills_notice_new (order, choose_kind (new));
  g_signal_emit (self, signals[SIGNAL_NOTICE], 0, notice);
}

static gboolean
look_cb (gpointer user_data)
{
  RefillsNoticeBoard *self = user_data;
  g_autoptr (GPtrArray) due = g_steal_pointer (&self->due);

  self->due = g_ptr_array_new_with_free_func (g_object_unref);
  self->source = 0;
  for (guint i = 0; i < due->len; i++)
    look_at (self, due->pdata[i]);

  return G_SOURCE_REMOVE;
}

/* Not at once: a state that could not be saved is applied before it is marked so. */
static void
plan_look (RefillsNoticeBoard *self,
           GParamSpec         *pspec,
           RefillsOrder       *order)
{
  if (self->closed)
    return;

  if (!g_ptr_array_find (self->due, order, NULL))
    g_ptr_array_add (self->due, g_object_ref (order));
  if (self->source == 0)
    self->source = g_idle_add (look_cb, self);
}

static void
orders_changed_cb (RefillsNoticeBoard *self,
                   guint               position,
                   guint               removed,
                   guint               added)
{
  for (guint i = position; i < position + added; i++) {
    g_autoptr (RefillsOrder) order = g_list_model_get_item (self->orders, i);
    gboolean is_open = refills_order_is_open (order);

    /* Of most orders all was told long ago: they are not even looked into. */
    if (g_hash_table_contains (self->entries, order) ||
        (!is_open && (refills_notice_get_known (order) & REFILLS_NOTICE_READY) != 0) ||
        (!is_open && (refills_notice_find_kinds (order) & ~refills_notice_get_known (order)) == 0))
      continue;
    ensure_entry (self, order);
    if (is_open) {
      g_signal_connect_object (order, "notify::state", G_CALLBACK (plan_look), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (order, "notify::unsaved", G_CALLBACK (plan_look), self, G_CONNECT_SWAPPED);
    }
    plan_look (self, NULL, order);
  }
}

static void
marked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* It is told once more after the next start, in place of what is there. */
  if (!refills_order_store_mark_notices_finish (REFILLS_ORDER_STORE (source), result, &error))
    g_message ("what was told of an order could not be remembered: %s", error->message);
}

static void
mark (RefillsNoticeBoard *self,
      Entry              *entry,
      RefillsNoticeKind   kinds)
{
  if ((kinds & ~entry->marked) == 0)
    return;

  entry->marked |= kinds;
  refills_order_store_mark_notices_async (self->store, refills_order_get_row (entry->order), entry->marked,
                                          marked_cb, NULL);
}

static void
refills_notice_board_dispose (GObject *object)
{
  RefillsNoticeBoard *self = REFILLS_NOTICE_BOARD (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->due, g_ptr_array_unref);
  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_object (&self->store);
  g_clear_object (&self->orders);

  G_OBJECT_CLASS (refills_notice_board_parent_class)->dispose (object);
}

static void
refills_notice_board_class_init (RefillsNoticeBoardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = refills_notice_board_dispose;

  /**
   * RefillsNoticeBoard::notice:
   * @notice: what there is to tell
   *
   * A person should hear of this. Whoever has told it calls [method@NoticeBoard.mark_told].
   */
  signals[SIGNAL_NOTICE] =
    g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, REFILLS_TYPE_NOTICE);
}

static void
refills_notice_board_init (RefillsNoticeBoard *self)
{
  self->entries = g_hash_table_new_full (NULL, NULL, NULL, entry_free);
  self->due = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * refills_notice_board_new:
 * @orders: all orders, of [class@Order]
 * @store: where what was told is remembered
 *
 * Returns: (transfer full): a board
 */
RefillsNoticeBoard *
refills_notice_board_new (GListModel        *orders,
                          RefillsOrderStore *store)
{
  RefillsNoticeBoard *self = g_object_new (REFILLS_TYPE_NOTICE_BOARD, NULL);

  self->orders = g_object_ref (orders);
  self->store = g_object_ref (store);
  g_signal_connect_object (orders, "items-changed", G_CALLBACK (orders_changed_cb), self, G_CONNECT_SWAPPED);
  orders_changed_cb (self, 0, 0, g_list_model_get_n_items (orders));

  return self;
}

/**
 * refills_notice_board_mark_told:
 * @self: a board
 * @notice: what was told
 *
 * Remembers on disk that @notice was told.
 */
void
refills_notice_board_mark_told (RefillsNoticeBoard *self,
                                RefillsNotice      *notice)
{
  RefillsNoticeKind kinds = REFILLS_NOTICE_NONE;
  GHashTableIter iter;
  gpointer value = NULL;

  g_return_if_fail (REFILLS_IS_NOTICE_BOARD (self));
  g_return_if_fail (REFILLS_IS_NOTICE (notice));

  /* Whoever heard that it is ready need not hear of the payment. */
  kinds = refills_notice_get_kind (notice);
  if (kinds == REFILLS_NOTICE_READY)
    kinds |= REFILLS_NOTICE_PAYMENT_SEEN;
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    Entry *entry = value;

    if (refills_order_get_row (entry->order) == refills_notice_get_row (notice))
      mark (self, entry, kinds);
  }
}

/**
 * refills_notice_board_mark_seen:
 * @self: a board
 * @order: an order whose page is looked at
 *
 * Remembers on disk that the person knows how @order stands, so that it is not told.
 */
void
refills_notice_board_mark_seen (RefillsNoticeBoard *self,
                                RefillsOrder       *order)
{
  RefillsNoticeKind kinds = REFILLS_NOTICE_NONE;
  Entry *entry = NULL;

  g_return_if_fail (REFILLS_IS_NOTICE_BOARD (self));
  g_return_if_fail (REFILLS_IS_ORDER (order));

  if (refills_order_is_unsaved (order))
    return;

  kinds = refills_notice_find_kinds (order);
  entry = g_hash_table_lookup (self->entries, order);
  if (entry == NULL && (kinds & ~refills_notice_get_known (order)) == 0)
    return;

  entry = ensure_entry (self, order);
  entry->told |= kinds;
  mark (self, entry, kinds);
}

/**
 * refills_notice_board_close:
 * @self: a board
 *
 * Tells nothing more.
 */
void
refills_notice_board_close (RefillsNoticeBoard *self)
{
  g_return_if_fail (REFILLS_IS_NOTICE_BOARD (self));

  self->closed = TRUE;
  g_clear_handle_id (&self->source, g_source_remove);
  g_ptr_array_set_size (self->due, 0);
}
