/* refills-order-journal.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsOrderJournal:
 *
 * Every order there is, and the making of new ones: intent committed, one request, answer committed, and only then an
 * order that a page may show.
 *
 * Lives as long as the application: no page or window ends what it began, and "busy" holds the application until it
 * is over. The request is sent once; nothing here or below repeats it. Where the answer cannot be saved the order is
 * of unknown outcome until it can: that is tried again.
 */
#include "refills-order-journal-private.h"

#include "refills-error.h"
#include "refills-notice-private.h"
#include "refills-order-index-private.h"
#include "refills-order-opening-private.h"
#include "refills-order-rescue.h"

#include <string.h>

struct _RefillsOrderJournal {
  GObject              parent_instance;

  RefillsOrderApi     *api;
  RefillsOrderStore   *store;
  RefillsVault        *vault;   /* may be NULL */
  RefillsOrderWatcher *watcher;
  RefillsCollection   *orders;
  GPtrArray           *placing; /* of Placing, not owned: those under way */
  GPtrArray           *unsaved; /* of Unsaved */
  RefillsEnvironment  *environment;
};

typedef struct {
  RefillsOrderRequest *request;
  RefillsQuote        *accepted;
  gboolean             replace;
  RefillsOrder        *order;
  gint64               other_row; /* of what is in the way, or was replaced; 0 for none */
  RefillsOrder        *other;     /* likewise, where it is listed */
  GPtrArray           *problems; /* of RefillsProblem, or NULL */
  RefillsOrderState   *state;
  GBytes              *answer;
  GError              *error; /* why there is no order, or none that can be shown */
} Placing;

/* An answer that could not be committed. */
typedef struct {
  RefillsOrderJournal *journal; /* not owned: this goes with it */
  RefillsOrder        *order;
  RefillsOrderState   *state;
  GBytes              *answer;
  guint                source;
} Unsaved;

G_DEFINE_FINAL_TYPE (RefillsOrderJournal, refills_order_journal, G_TYPE_OBJECT)

enum { PROP_0, PROP_BUSY, N_PROPS };

static GParamSpec *props[N_PROPS];

static void
placing_free (Placing *self)
{
  g_clear_object (&self->request);
  g_clear_object (&self->accepted);
  g_clear_object (&self->order);
  g_clear_object (&self->other);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_object (&self->state);
  g_clear_pointer (&self->answer, g_bytes_unref);
  g_clear_error (&self->error);
  g_free (self); /* a plain struct: nothing else frees it */
}

static void
unsaved_free (gpointer data)
{
  Unsaved *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->order);
  g_clear_object (&self->state);
  g_clear_pointer (&self->answer, g_bytes_unref);
  g_free (self); /* a plain struct: nothing else frees it */
}

static void
begin (RefillsOrderJournal *self,
       Placing             *placing)
{
  g_ptr_array_add (self->placing, placing);
  if (self->placing->len == 1)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

static void
end (RefillsOrderJournal *self,
     Placing             *placing)
{
  g_ptr_array_remove_fast (self->placing, placing);
  if (self->placing->len == 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

static RefillsOrder *
make_order (const RefillsStoredOrder *stored)
{
  RefillsOrder *order = refills_stored_order_to_order (stored);

  refills_notice_set_known (order, stored->notices);

  return order;
}

static void other_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data); /* ends a placement */

static void
outcome_committed_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RefillsOrderJournal *self = g_task_get_source_object (task);
  Placing *placing = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsStoredOrder) stored =
    refills_order_store_write_finish (REFILLS_ORDER_STORE (source), result, &error);

  /* The intent is on disk; left as it is, the next start calls its outcome unknown. */
  if (stored == NULL)
    g_message ("the outcome of order %" G_GINT64_FORMAT " could not be saved: %s",
               refills_order_get_row (placing->order), error->message);

  if (g_error_matches (placing->error, REFILLS_ERROR, REFILLS_ERROR_UNKNOWN_OUTCOME)) {
    refills_order_apply_outcome (placing->order, REFILLS_ORDER_OUTCOME_UNKNOWN);
    refills_collection_insert (self->orders, 0, placing->order);
  } else {
    refills_order_apply_outcome (placing->order, REFILLS_ORDER_OUTCOME_REFUSED);
    /* What it was to replace has its place back, unless another process has replaced it meanwhile. */
    if (stored != NULL && placing->other != NULL) {
      refills_order_store_list_async (self->store, NULL, other_listed_cb, g_steal_pointer (&task));
      return;
    }
  }
  end (self, placing);
  g_task_return_error (task, g_steal_pointer (&placing->error));
}

static Unsaved *
find_unsaved (RefillsOrderJournal *self,
              RefillsOrder        *order)
{
  for (guint i = 0; i < self->unsaved->len; i++) {
    Unsaved *unsaved = self->unsaved->pdata[i];

    if (unsaved->order == order)
      return unsaved;
  }

  return NULL;
}

static void plan_to_save_again (Unsaved *unsaved); /* closes the asynchronous cycle */

static void
saved_again_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RefillsOrderJournal *self = g_task_get_source_object (task);
  RefillsOrder *order = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsStoredOrder) stored =
    refills_order_store_write_finish (REFILLS_ORDER_STORE (source), result, &error);
  Unsaved *unsaved = find_unsaved (self, order);

  if (stored == NULL) {
    g_message ("order %" G_GINT64_FORMAT " still cannot be saved: %s", refills_order_get_row (order), error->message);
    if (unsaved != NULL)
      plan_to_save_again (unsaved);
  } else {
    refills_stored_order_apply (stored, order);
    refills_order_set_unsaved (order, FALSE, FALSE);
    refills_order_watcher_watch (self->watcher, order, TRUE);
    if (unsaved != NULL)
      g_ptr_array_remove_fast (self->unsaved, unsaved);
  }
  g_task_return_boolean (task, stored != NULL);
}

static gboolean
save_again_cb (gpointer user_data)
{
  Unsaved *unsaved = user_data;
  GTask *task = g_task_new (unsaved->journal, NULL, NULL, NULL);

  unsaved->source = 0;
  g_task_set_source_tag (task, save_again_cb);
  g_task_set_task_data (task, g_object_ref (unsaved->order), g_object_unref);
  refills_order_store_commit_answer_async (unsaved->journal->store, refills_order_get_row (unsaved->order),
                                           unsaved->state, unsaved->answer, saved_again_cb, task);

  return G_SOURCE_REMOVE;
}

static void
plan_to_save_again (Unsaved *unsaved)
{
  unsaved->source = g_timeout_add (unsaved->journal->environment->save_again_ms, save_again_cb, unsaved);
}

static void
keep_unsaved (RefillsOrderJournal *self,
              Placing             *placing)
{
  Unsaved *unsaved = g_new0 (Unsaved, 1);

  unsaved->journal = self;
  unsaved->order = g_object_ref (placing->order);
  unsaved->state = g_steal_pointer (&placing->state);
  unsaved->answer = g_steal_pointer (&placing->answer);
  g_ptr_array_add (self->unsaved, unsaved);
  plan_to_save_again (unsaved);
}

static void
answer_committed_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RefillsOrderJournal *self = g_task_get_source_object (task);
  Placing *placing = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsStoredOrder) stored =
    refills_order_store_write_finish (REFILLS_ORDER_STORE (source), result, &error);
  gboolean is_rescued = placing->error != NULL;

  end (self, placing);
  if (stored == NULL) {
    /* No address was shown, so nothing can have been paid; and none is shown now. "Could not be saved"
     * would sound as if nothing had been sent. */
    g_message ("order %" G_GINT64_FORMAT " was made and could not be saved: %s",
               refills_order_get_row (placing->order), error->message);
    refills_order_apply_outcome (placing->order, REFILLS_ORDER_OUTCOME_UNKNOWN);
    refills_collection_insert (self->orders, 0, placing->order);
    refills_order_set_unsaved (placing->order, TRUE,
                               g_error_matches (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE_FULL));
    keep_unsaved (self, placing);
    g_task_return_new_error (task, REFILLS_ERROR, REFILLS_ERROR_UNKNOWN_OUTCOME,
                             "the order was made and could not be saved: %s", error->message);
    return;
  }

  refills_stored_order_apply (stored, placing->order);
  refills_collection_insert (self->orders, 0, placing->order);
  refills_order_watcher_watch (self->watcher, placing->order, is_rescued);
  if (is_rescued) {
    g_task_return_error (task, g_steal_pointer (&placing->error));
    return;
  }
  g_task_return_pointer (task, g_object_ref (placing->order), g_object_unref);
}

/* An answer that cannot be read may still name its order: it is asked for by its id, and not payable before that. */
static RefillsOrderState *
make_state_of_id (GBytes *answer)
{
  g_autofree char *order_id = refills_order_rescue_id (answer);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (order_id == NULL)
    return NULL;
  text = g_strdup_printf ("{\"order_id\":\"%s\"}", order_id);
  bytes = g_bytes_new (text, strlen (text));

  return refills_order_state_new_from_bytes (bytes, NULL);
}

static void
created_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RefillsOrderJournal *self = g_task_get_source_object (task);
  Placing *placing = g_task_get_task_data (task);
  RefillsOrderOutcome outcome = REFILLS_ORDER_OUTCOME_REFUSED;
  gint64 row = refills_order_get_row (placing->order);

  placing->state = refills_order_api_create_finish (REFILLS_ORDER_API (source), result, &placing->problems,
                                                    &placing->answer, &placing->error);
  refills_environment_reach (self->environment, "answer-read");
  if (placing->state == NULL && placing->answer != NULL)
    placing->state = make_state_of_id (placing->answer);
  if (placing->state != NULL) {
    refills_order_store_commit_answer_async (self->store, row, placing->state, placing->answer,
                                             answer_committed_cb, g_steal_pointer (&task));
    return;
  }

  if (g_error_matches (placing->error, REFILLS_ERROR, REFILLS_ERROR_UNKNOWN_OUTCOME))
    outcome = REFILLS_ORDER_OUTCOME_UNKNOWN;
  g_message ("order %" G_GINT64_FORMAT " %s: %s", row,
             outcome == REFILLS_ORDER_OUTCOME_UNKNOWN ? "may have been made or not" : "was not made",
             placing->error->message);
  refills_order_store_commit_outcome_async (self->store, row, outcome, outcome_committed_cb, g_steal_pointer (&task));
}

static RefillsOrder *
find_order (RefillsOrderJournal *self,
            gint64               row)
{
  g_autoptr (GHashTable) by_row = refills_order_index_new (G_LIST_MODEL (self->orders));
  RefillsOrder *order = g_hash_table_lookup (by_row, &row);

  return order != NULL ? g_object_ref (order) : NULL;
}

static gboolean
is_placing (RefillsOrderJournal *self,
            gint64               row)
{
  for (guint i = 0; i < self->placing->len; i++) {
    const Placing *placing = self->placing->pdata[i];

    if (placing->order != NULL && refills_order_get_row (placing->order) == row)
      return TRUE;
  }

  return FALSE;
}

static void
take_list (RefillsOrderJournal *self,
           RefillsOrderStore   *store,
           GAsyncResult        *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = refills_order_store_list_finish (store, result, &error);
  g_autoptr (GPtrArray) orders = NULL;
  g_autoptr (GHashTable) by_row = NULL;

  if (rows == NULL) {
    g_message ("the orders could not be read: %s", error->message);
    refills_collection_fail (self->orders, error);
    return;
  }

  by_row = refills_order_index_new (G_LIST_MODEL (self->orders));
  orders = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < rows->len; i++) {
    const RefillsStoredOrder *stored = rows->pdata[i];
    RefillsOrder *known = NULL;

    /* One that is being placed is listed when that is over. */
    if (stored->outcome == REFILLS_ORDER_OUTCOME_REFUSED || is_placing (self, stored->row))
      continue;
    /* An order that is known already, and perhaps followed and on screen, stays the same object. */
    known = g_hash_table_lookup (by_row, &stored->row);
    if (known != NULL)
      refills_order_set_superseded (known, stored->superseded_by != 0);
    g_ptr_array_add (orders, known != NULL ? g_object_ref (known) : make_order (stored));
  }
  refills_collection_take_items (self->orders, g_ptr_array_ref (orders),
                                 g_get_real_time () / G_USEC_PER_SEC, 0);
  /* While the keys are being fetched the shop waits for them. */
  if (self->vault == NULL || (refills_vault_get_state (self->vault) != REFILLS_VAULT_UNKNOWN &&
                              refills_vault_get_state (self->vault) != REFILLS_VAULT_OPENING))
    refills_order_opening_open_all (self->store, self->watcher, G_LIST_MODEL (self->orders));
}

/* The order that is in the way may be another process's. */
static void
other_listed_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RefillsOrderJournal *self = g_task_get_source_object (task);
  Placing *placing = g_task_get_task_data (task);

  take_list (self, REFILLS_ORDER_STORE (source), result);
  if (placing->other == NULL)
    placing->other = find_order (self, placing->other_row);
  end (self, placing);
  g_task_return_error (task, g_steal_pointer (&placing->error));
}

static void
intent_committed_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RefillsOrderJournal *self = g_task_get_source_object (task);
  Placing *placing = g_task_get_task_data (task);
  g_autoptr (RefillsStoredOrder) stored =
    refills_order_store_write_finish (REFILLS_ORDER_STORE (source), result, &placing->error);

  placing->other_row = refills_order_store_get_other_row (REFILLS_ORDER_STORE (source), result);
  placing->other = find_order (self, placing->other_row);
  if (stored == NULL && placing->other_row != 0 && placing->other == NULL) {
    refills_order_store_list_async (self->store, NULL, other_listed_cb, g_steal_pointer (&task));
    return;
  }
  if (stored == NULL) {
    g_message ("an order was not sent: %s", placing->error->message);
    end (self, placing);
    g_task_return_error (task, g_steal_pointer (&placing->error));
    return;
  }

  /* Before the new one is sent: from then on the service may let the older one expire. */
  if (placing->other != NULL)
    refills_order_set_superseded (placing->other, TRUE);
  placing->order = make_order (stored);
  refills_environment_reach (self->environment, "request-before-send");
  refills_order_api_create_async (self->api, placing->request, placing->accepted, created_cb, g_steal_pointer (&task));
  refills_environment_reach (self->environment, "request-started");
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (RefillsOrderJournal) self = user_data;

  take_list (self, REFILLS_ORDER_STORE (source), result);
}

static void
commit_intent (GTask *task)
{
  RefillsOrderJournal *self = g_task_get_source_object (task);
  const Placing *placing = g_task_get_task_data (task);

  refills_order_store_add_intent_async (self->store, placing->request, placing->replace, intent_committed_cb, task);
}

/* A prompt of the keyring may have taken longer than what was accepted holds. */
static void
prepared_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  RefillsOrderJournal *self = g_task_get_source_object (task);
  Placing *placing = g_task_get_task_data (task);

  if (refills_vault_finish (REFILLS_VAULT (source), result, &placing->error) &&
      refills_order_api_may_create (self->api, placing->request, placing->accepted, &placing->error)) {
    commit_intent (g_steal_pointer (&task));
    return;
  }
  g_message ("an order was not sent: %s", placing->error->message);
  end (self, placing);
  g_task_return_error (task, g_steal_pointer (&placing->error));
}

static void
refills_order_journal_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  switch (property_id) {
  case PROP_BUSY:
    g_value_set_boolean (value, refills_order_journal_is_busy (REFILLS_ORDER_JOURNAL (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_order_journal_finalize (GObject *object)
{
  RefillsOrderJournal *self = REFILLS_ORDER_JOURNAL (object);

  g_clear_object (&self->api);
  g_clear_object (&self->vault);
  g_clear_object (&self->store);
  g_clear_object (&self->watcher);
  g_clear_object (&self->orders);
  g_clear_pointer (&self->placing, g_ptr_array_unref);
  g_clear_pointer (&self->unsaved, g_ptr_array_unref);
  g_clear_pointer (&self->environment, refills_environment_free);

  G_OBJECT_CLASS (refills_order_journal_parent_class)->finalize (object);
}

static void
refills_order_journal_class_init (RefillsOrderJournalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = refills_order_journal_get_property;
  object_class->finalize = refills_order_journal_finalize;

  props[PROP_BUSY] =
    g_param_spec_boolean ("busy", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_order_journal_init (RefillsOrderJournal *self)
{
  self->orders = refills_collection_new (REFILLS_TYPE_ORDER);
  self->placing = g_ptr_array_new ();
  self->unsaved = g_ptr_array_new_with_free_func (unsaved_free);
}

/**
 * refills_order_journal_new:
 * @api: the orders' calls
 * @store: where orders are kept
 * @watcher: follows what is open
 * @environment: the intervals
 *
 * Returns: (transfer full): a journal that has not read its orders yet
 */
RefillsOrderJournal *
refills_order_journal_new (RefillsOrderApi          *api,
                           RefillsOrderStore        *store,
                           RefillsOrderWatcher      *watcher,
                           const RefillsEnvironment *environment)
{
  RefillsOrderJournal *self = g_object_new (REFILLS_TYPE_ORDER_JOURNAL, NULL);

  self->api = g_object_ref (api);
  self->store = g_object_ref (store);
  self->watcher = g_object_ref (watcher);
  self->environment = refills_environment_copy (environment);

  return self;
}

/**
 * refills_order_journal_set_vault:
 * @self: a journal
 * @vault: asked for a key before an order is written down; without one nobody is asked
 */
void
refills_order_journal_set_vault (RefillsOrderJournal *self,
                                 RefillsVault        *vault)
{
  g_return_if_fail (REFILLS_IS_ORDER_JOURNAL (self));

  g_set_object (&self->vault, vault);
}

/**
 * refills_order_journal_get_unsaved:
 * @self: a journal
 * @order: (nullable): an order that was made; `NULL` for the last one that could not be saved
 *
 * Returns: (transfer none) (nullable): the answer to it that could not be saved, codes included, for one who can keep
 *   it elsewhere
 */
RefillsOrderState *
refills_order_journal_get_unsaved (RefillsOrderJournal *self,
                                   RefillsOrder        *order)
{
  const Unsaved *found = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_JOURNAL (self), NULL);

  found = order != NULL ? find_unsaved (self, order)
          : self->unsaved->len > 0 ? self->unsaved->pdata[self->unsaved->len - 1] : NULL;
  return found != NULL ? found->state : NULL;
}

/**
 * refills_order_journal_close:
 * @self: a journal
 *
 * Gives up what could not be saved: at the next start such an order is of unknown outcome.
 */
void
refills_order_journal_close (RefillsOrderJournal *self)
{
  g_return_if_fail (REFILLS_IS_ORDER_JOURNAL (self));

  g_ptr_array_set_size (self->unsaved, 0);
}

/**
 * refills_order_journal_get_orders:
 * @self: a journal
 *
 * Returns: (transfer none): the orders, newest first, of [class@Order]
 */
RefillsCollection *
refills_order_journal_get_orders (RefillsOrderJournal *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_JOURNAL (self), NULL);

  return self->orders;
}

/**
 * refills_order_journal_is_busy:
 * @self: a journal
 *
 * Returns: whether an order is on its way, so that the program must not end
 */
gboolean
refills_order_journal_is_busy (RefillsOrderJournal *self)
{
  g_return_val_if_fail (REFILLS_IS_ORDER_JOURNAL (self), FALSE);

  return self->placing->len > 0;
}

/**
 * refills_order_journal_load:
 * @self: a journal
 *
 * Reads the orders from disk and follows those that are open.
 */
void
refills_order_journal_load (RefillsOrderJournal *self)
{
  g_return_if_fail (REFILLS_IS_ORDER_JOURNAL (self));

  if (refills_collection_is_loading (self->orders))
    return;

  refills_collection_begin_loading (self->orders);
  refills_order_store_list_async (self->store, NULL, listed_cb, g_object_ref (self));
}

static gboolean
may_save (RefillsOrderJournal  *self,
          GError              **error)
{
  RefillsStoreCondition condition = refills_order_store_get_condition (self->store);

  if ((condition & REFILLS_STORE_CONDITION_ONLY_READ) == 0)
    return TRUE;
  g_set_error_literal (error, REFILLS_ERROR,
                       (condition & REFILLS_STORE_CONDITION_NEWER) != 0 ? REFILLS_ERROR_STORAGE_NEWER
                                                                        : REFILLS_ERROR_STORAGE_READ_ONLY,
                       "orders are only read");

  return FALSE;
}

/**
 * refills_order_journal_place_async:
 * @self: a journal
 * @request: what is ordered
 * @accepted: (nullable): what the service said of it within the last minute
 * @replace: whether it may replace an order that waits for its payment, and the same be ordered twice
 * @callback: called on the main thread when the answer is committed, or there will be none
 * @user_data: handed to @callback
 *
 * Makes an order at the total of @accepted. Cannot be cancelled: once sent, what came of it must be
 * written down. An order that may not be sent leaves nothing behind. An order that is replaced is superseded from
 * the moment the new one is on disk, before it is sent; it is restored where the service refuses the new one.
 */
void
refills_order_journal_place_async (RefillsOrderJournal *self,
                                   RefillsOrderRequest *request,
                                   RefillsQuote        *accepted,
                                   gboolean             replace,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  Placing *placing = NULL;

  g_return_if_fail (REFILLS_IS_ORDER_JOURNAL (self));
  g_return_if_fail (REFILLS_IS_ORDER_REQUEST (request));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, refills_order_journal_place_async);
  placing = g_new0 (Placing, 1);
  g_task_set_task_data (task, placing, (GDestroyNotify) placing_free);
  /* Before a key is made for it; the store refuses too. */
  if (!may_save (self, &error) || !refills_order_api_may_create (self->api, request, accepted, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  placing->request = refills_order_request_with_quote (request, refills_quote_get_coin_amount (accepted));
  placing->accepted = g_object_ref (accepted);
  begin (self, placing);
  placing->replace = replace;
  if (self->vault != NULL)
    refills_vault_prepare_async (self->vault, NULL, prepared_cb, g_steal_pointer (&task));
  else
    commit_intent (g_steal_pointer (&task));
}

/**
 * refills_order_journal_place_finish:
 * @self: a journal
 * @result: the result
 * @problems: (out) (optional) (nullable) (transfer full) (element-type RefillsProblem): all that the service
 *   has against it, where it said so
 * @error: return location for an error; `REFILLS_ERROR_UNKNOWN_OUTCOME` when nobody can tell whether
 *   an order was made, `REFILLS_ERROR_PAYABLE_ORDER` or `REFILLS_ERROR_SAME_BASKET` where another order is in the way
 *
 * Returns: (transfer full) (nullable): the order, committed, or `NULL` with @error set
 */
RefillsOrder *
refills_order_journal_place_finish (RefillsOrderJournal  *self,
                                    GAsyncResult         *result,
                                    GPtrArray           **problems,
                                    GError              **error)
{
  Placing *placing = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  placing = g_task_get_task_data (G_TASK (result));
  if (problems != NULL)
    *problems = g_steal_pointer (&placing->problems);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * refills_order_journal_dup_other_order:
 * @self: a journal
 * @result: the result
 *
 * Returns: (transfer full) (nullable): the order that is in the way of the new one, or was replaced by it
 */
RefillsOrder *
refills_order_journal_dup_other_order (RefillsOrderJournal *self,
                                       GAsyncResult        *result)
{
  Placing *placing = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  placing = g_task_get_task_data (G_TASK (result));

  return placing->other != NULL ? g_object_ref (placing->other) : NULL;
}
