/* refills-collection.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsCollection:
 *
 * A list that comes late: a #GListModel with the state of its loading and the error of the last
 * attempt.
 *
 * Owns its items. It never loads anything itself: who loads tells it so with
 * [method@Collection.begin_loading], [method@Collection.take_items] and [method@Collection.fail].
 * Items are never thrown away because a later attempt failed. Main thread only.
 */

#include "refills-collection.h"

#include "refills-error.h"

struct _RefillsCollection {
  GObject parent_instance;

  GType item_type;
  GPtrArray *items;
  GEqualFunc equal;
  RefillsCollectionState state;
  GError *error;
  gint64 loaded_at;
  guint n_skipped;
  guint n_hidden;
  gint64 retry_at;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_ENUM_TYPE (RefillsCollectionState, refills_collection_state,
                    G_DEFINE_ENUM_VALUE (REFILLS_COLLECTION_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (REFILLS_COLLECTION_LOADING, "loading"),
                    G_DEFINE_ENUM_VALUE (REFILLS_COLLECTION_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (REFILLS_COLLECTION_STALE, "stale"),
                    G_DEFINE_ENUM_VALUE (REFILLS_COLLECTION_FAILED, "failed"))

G_DEFINE_FINAL_TYPE_WITH_CODE (RefillsCollection, refills_collection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

enum {
  PROP_0,
  PROP_STATE,
  PROP_ERROR_TEXT,
  PROP_LOADING,
  PROP_EMPTY,
  PROP_N_ITEMS,
  PROP_LOADED_AT,
  PROP_N_SKIPPED,
  PROP_N_HIDDEN,
  PROP_RETRY_AT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
set_state (RefillsCollection      *self,
           RefillsCollectionState  state)
{
  gboolean was_loading = self->state == REFILLS_COLLECTION_LOADING;

  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  if (was_loading != (state == REFILLS_COLLECTION_LOADING))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

static void
set_error (RefillsCollection *self,
           const GError      *error)
{
  if (self->error == NULL && error == NULL)
    return;

  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR_TEXT]);
}

static void
set_loaded (RefillsCollection *self,
            gint64             loaded_at,
            guint              n_skipped)
{
  if (self->loaded_at != MAX (loaded_at, 0)) {
    self->loaded_at = MAX (loaded_at, 0);
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADED_AT]);
  }
  if (self->n_skipped != n_skipped) {
    self->n_skipped = n_skipped;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_SKIPPED]);
  }
}

/* The last to be called, when every field is as it will stay. */
static void
tell_change (RefillsCollection *self,
             guint              position,
             guint              removed,
             guint              added)
{
  if (removed == 0 && added == 0)
    return;

  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  if (removed != added) {
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
    if (self->items->len == 0 || self->items->len + removed == added)
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_EMPTY]);
  }
}

static gboolean
is_same (RefillsCollection *self,
         gpointer           a,
         gpointer           b)
{
  return a == b || (self->equal != NULL && self->equal (a, b));
}

static GType
refills_collection_get_item_type (GListModel *model)
{
  return REFILLS_COLLECTION (model)->item_type;
}

static guint
refills_collection_get_n_items (GListModel *model)
{
  return REFILLS_COLLECTION (model)->items->len;
}

static gpointer
refills_collection_get_item (GListModel *model,
                             guint       position)
{
  RefillsCollection *self = REFILLS_COLLECTION (model);

  if (position >= self->items->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->items, position));
}

static void
replace_items (RefillsCollection      *self,
               GPtrArray              *items,
               gint64                  loaded_at,
               guint                   n_skipped,
               RefillsCollectionState  state)
{
  g_autoptr (GPtrArray) taken = items;
  g_autoptr (GPtrArray) old = NULL;
  guint start = 0;
  guint end = 0;
  guint shorter = 0;

  shorter = MIN (self->items->len, taken->len);
  while (start < shorter &&
         is_same (self, self->items->pdata[start], taken->pdata[start]))
    start++;
  while (end < shorter - start &&
         is_same (self, self->items->pdata[self->items->len - 1 - end],
                  taken->pdata[taken->len - 1 - end]))
    end++;

  old = g_steal_pointer (&self->items);
  self->items = g_ptr_array_new_full (taken->len, g_object_unref);
  for (guint i = 0; i < taken->len; i++) {
    gpointer item = taken->pdata[i];

    if (i < start)
      item = old->pdata[i];
    else if (i >= taken->len - end)
      item = old->pdata[old->len - (taken->len - i)];
    g_ptr_array_add (self->items, g_object_ref (item));
  }

  g_object_freeze_notify (G_OBJECT (self));
  set_loaded (self, loaded_at, n_skipped);
  if (state == REFILLS_COLLECTION_READY)
    set_error (self, NULL);
  set_state (self, state);
  tell_change (self, start, old->len - start - end, taken->len - start - end);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = refills_collection_get_item_type;
  iface->get_n_items = refills_collection_get_n_items;
  iface->get_item = refills_collection_get_item;
}

static void
refills_collection_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  RefillsCollection *self = REFILLS_COLLECTION (object);

  switch (prop_id) {
  case PROP_STATE:
    g_value_set_enum (value, self->state);
    break;
  case PROP_ERROR_TEXT:
    g_value_set_string (value, refills_collection_get_error_text (self));
    break;
  case PROP_LOADING:
    g_value_set_boolean (value, refills_collection_is_loading (self));
    break;
  case PROP_EMPTY:
    g_value_set_boolean (value, refills_collection_is_empty (self));
    break;
  case PROP_N_ITEMS:
    g_value_set_uint (value, self->items->len);
    break;
  case PROP_LOADED_AT:
    g_value_set_int64 (value, self->loaded_at);
    break;
  case PROP_N_SKIPPED:
    g_value_set_uint (value, self->n_skipped);
    break;
  case PROP_N_HIDDEN:
    g_value_set_uint (value, self->n_hidden);
    break;
  case PROP_RETRY_AT:
    g_value_set_int64 (value, self->retry_at);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
refills_collection_finalize (GObject *object)
{
  RefillsCollection *self = REFILLS_COLLECTION (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (refills_collection_parent_class)->finalize (object);
}

static void
refills_collection_class_init (RefillsCollectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = refills_collection_get_property;
  object_class->finalize = refills_collection_finalize;

  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, REFILLS_TYPE_COLLECTION_STATE,
                                         REFILLS_COLLECTION_IDLE, flags);
  props[PROP_ERROR_TEXT] = g_param_spec_string ("error-text", NULL, NULL, NULL, flags);
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  props[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, TRUE, flags);
  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_LOADED_AT] = g_param_spec_int64 ("loaded-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_N_SKIPPED] = g_param_spec_uint ("n-skipped", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_HIDDEN] = g_param_spec_uint ("n-hidden", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_RETRY_AT] = g_param_spec_int64 ("retry-at", NULL, NULL, 0, G_MAXINT64, 0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_collection_init (RefillsCollection *self)
{
  self->item_type = G_TYPE_OBJECT;
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * refills_collection_new:
 * @item_type: the type of its items, a #GObject type
 *
 * Makes an empty, idle collection.
 *
 * Returns: (transfer full): the collection
 */
RefillsCollection *
refills_collection_new (GType item_type)
{
  RefillsCollection *self = NULL;

  g_return_val_if_fail (g_type_is_a (item_type, G_TYPE_OBJECT), NULL);

  self = g_object_new (REFILLS_TYPE_COLLECTION, NULL);
  self->item_type = item_type;

  return self;
}

/**
 * refills_collection_set_equal_func:
 * @self: a collection
 * @equal: (nullable) (scope forever): whether two items show the same
 *
 * Lets [method@Collection.take_items] keep an item whose successor shows the same, so that a
 * refresh of an unchanged list changes nothing on screen. Without it only the same object is
 * the same item.
 */
void
refills_collection_set_equal_func (RefillsCollection *self,
                                   GEqualFunc         equal)
{
  g_return_if_fail (REFILLS_IS_COLLECTION (self));

  self->equal = equal;
}

/**
 * refills_collection_begin_loading:
 * @self: a collection
 *
 * Tells that an attempt is under way. Items and the error of the last attempt stay until its end.
 */
void
refills_collection_begin_loading (RefillsCollection *self)
{
  g_return_if_fail (REFILLS_IS_COLLECTION (self));

  g_object_freeze_notify (G_OBJECT (self));
  refills_collection_set_retry_at (self, 0);
  set_state (self, REFILLS_COLLECTION_LOADING);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * refills_collection_take_items:
 * @self: a collection
 * @items: (transfer full) (element-type GObject): the new items; the array frees its elements
 * @loaded_at: when they were loaded, in epoch seconds
 * @n_skipped: how many more there were that could not be read
 *
 * Ends an attempt with success: replaces the items and is ready.
 *
 * What is the same at the start and at the end stays, and `items-changed` tells the rest only.
 */
void
refills_collection_take_items (RefillsCollection *self,
                               GPtrArray         *items,
                               gint64             loaded_at,
                               guint              n_skipped)
{
  g_return_if_fail (REFILLS_IS_COLLECTION (self));
  g_return_if_fail (items != NULL);

  replace_items (self, items, loaded_at, n_skipped, REFILLS_COLLECTION_READY);
}

/**
 * refills_collection_take_copy:
 * @self: a collection that is loading
 * @items: (transfer full) (element-type GObject): what was loaded some time ago; the array frees its elements
 * @loaded_at: when they were loaded, in epoch seconds
 * @n_skipped: how many more there were that could not be read
 *
 * Shows items that are too old to be relied on, while the attempt goes on.
 */
void
refills_collection_take_copy (RefillsCollection *self,
                              GPtrArray         *items,
                              gint64             loaded_at,
                              guint              n_skipped)
{
  g_return_if_fail (REFILLS_IS_COLLECTION (self));
  g_return_if_fail (items != NULL);

  replace_items (self, items, loaded_at, n_skipped, REFILLS_COLLECTION_LOADING);
}

/**
 * refills_collection_confirm:
 * @self: a collection
 * @loaded_at: when they were loaded again, in epoch seconds
 * @n_skipped: how many more there were that could not be read
 *
 * Ends an attempt with success that found the items as they are.
 */
void
refills_collection_confirm (RefillsCollection *self,
                            gint64             loaded_at,
                            guint              n_skipped)
{
  g_return_if_fail (REFILLS_IS_COLLECTION (self));

  g_object_freeze_notify (G_OBJECT (self));
  set_loaded (self, loaded_at, n_skipped);
  set_error (self, NULL);
  set_state (self, REFILLS_COLLECTION_READY);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * refills_collection_set_retry_at:
 * @self: a collection
 * @retry_at: when the next attempt begins by itself, in epoch seconds; 0 where none is planned
 *
 * To be told after a failure; the next attempt forgets it.
 */
void
refills_collection_set_retry_at (RefillsCollection *self,
                                 gint64             retry_at)
{
  g_return_if_fail (REFILLS_IS_COLLECTION (self));

  if (self->retry_at == retry_at)
    return;

  self->retry_at = retry_at;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RETRY_AT]);
}

/**
 * refills_collection_set_n_hidden:
 * @self: a collection
 * @n_hidden: how many more items there were that can be read, and are not for this application
 *
 * To be told with each load; [method@Collection.clear] forgets it.
 */
void
refills_collection_set_n_hidden (RefillsCollection *self,
                                 guint              n_hidden)
{
  g_return_if_fail (REFILLS_IS_COLLECTION (self));

  if (self->n_hidden == n_hidden)
    return;

  self->n_hidden = n_hidden;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_HIDDEN]);
}

/**
 * refills_collection_clear:
 * @self: a collection
 *
 * Makes it empty and idle, as it was when new: what it listed is no longer asked for.
 */
void
refills_collection_clear (RefillsCollection *self)
{
  guint n_items = 0;

  g_return_if_fail (REFILLS_IS_COLLECTION (self));

  n_items = self->items->len;
  g_ptr_array_set_size (self->items, 0);

  g_object_freeze_notify (G_OBJECT (self));
  set_loaded (self, 0, 0);
  refills_collection_set_n_hidden (self, 0);
  set_error (self, NULL);
  set_state (self, REFILLS_COLLECTION_IDLE);
  tell_change (self, 0, n_items, 0);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * refills_collection_append_items:
 * @self: a collection
 * @items: (transfer none) (element-type GObject): more items
 *
 * Adds what was left out of [method@Collection.take_items] to show the first screen sooner.
 * The state stays.
 */
void
refills_collection_append_items (RefillsCollection *self,
                                 GPtrArray         *items)
{
  guint position = 0;

  g_return_if_fail (REFILLS_IS_COLLECTION (self));
  g_return_if_fail (items != NULL);

  position = self->items->len;
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (self->items, g_object_ref (items->pdata[i]));

  g_object_freeze_notify (G_OBJECT (self));
  tell_change (self, position, 0, items->len);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * refills_collection_insert:
 * @self: a collection
 * @position: where; beyond the end means at the end
 * @item: (transfer none) (type GObject): an item
 *
 * Inserts one item. The state stays.
 */
void
refills_collection_insert (RefillsCollection *self,
                           guint              position,
                           gpointer           item)
{
  g_return_if_fail (REFILLS_IS_COLLECTION (self));
  g_return_if_fail (G_TYPE_CHECK_INSTANCE_TYPE (item, self->item_type));

  position = MIN (position, self->items->len);
  g_ptr_array_insert (self->items, (int) position, g_object_ref (item));

  g_object_freeze_notify (G_OBJECT (self));
  tell_change (self, position, 0, 1);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * refills_collection_fail:
 * @self: a collection
 * @error: why the attempt failed
 *
 * Ends an attempt without success: stale where there are items, failed where there are none.
 * A cancelled attempt is no failure: the state is what it was before it.
 */
void
refills_collection_fail (RefillsCollection *self,
                         const GError      *error)
{
  g_return_if_fail (REFILLS_IS_COLLECTION (self));
  g_return_if_fail (error != NULL);

  g_object_freeze_notify (G_OBJECT (self));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    if (self->error != NULL)
      set_state (self, self->items->len > 0 ? REFILLS_COLLECTION_STALE : REFILLS_COLLECTION_FAILED);
    else if (self->items->len > 0 || self->loaded_at > 0)
      set_state (self, REFILLS_COLLECTION_READY);
    else
      set_state (self, REFILLS_COLLECTION_IDLE);
  } else {
    set_error (self, error);
    set_state (self, self->items->len > 0 ? REFILLS_COLLECTION_STALE : REFILLS_COLLECTION_FAILED);
  }
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * refills_collection_get_state:
 * @self: a collection
 *
 * Returns: how far its loading is
 */
RefillsCollectionState
refills_collection_get_state (RefillsCollection *self)
{
  g_return_val_if_fail (REFILLS_IS_COLLECTION (self), REFILLS_COLLECTION_IDLE);

  return self->state;
}

/**
 * refills_collection_get_error:
 * @self: a collection
 *
 * Returns: (nullable): why the last attempt failed, or `NULL` where it did not
 */
const GError *
refills_collection_get_error (RefillsCollection *self)
{
  g_return_val_if_fail (REFILLS_IS_COLLECTION (self), NULL);

  return self->error;
}

/**
 * refills_collection_get_error_text:
 * @self: a collection
 *
 * Returns: (nullable): the sentence for people about [method@Collection.get_error]
 */
const char *
refills_collection_get_error_text (RefillsCollection *self)
{
  g_return_val_if_fail (REFILLS_IS_COLLECTION (self), NULL);

  return self->error != NULL ? refills_error_to_text (self->error) : NULL;
}

/**
 * refills_collection_is_loading:
 * @self: a collection
 *
 * Returns: whether an attempt is under way
 */
gboolean
refills_collection_is_loading (RefillsCollection *self)
{
  g_return_val_if_fail (REFILLS_IS_COLLECTION (self), FALSE);

  return self->state == REFILLS_COLLECTION_LOADING;
}

/**
 * refills_collection_is_empty:
 * @self: a collection
 *
 * Returns: whether there is no item, for whatever reason: [method@Collection.get_state] tells it
 */
gboolean
refills_collection_is_empty (RefillsCollection *self)
{
  g_return_val_if_fail (REFILLS_IS_COLLECTION (self), TRUE);

  return self->items->len == 0;
}

/**
 * refills_collection_get_loaded_at:
 * @self: a collection
 *
 * Returns: when the items were loaded, in epoch seconds; 0 for never
 */
gint64
refills_collection_get_loaded_at (RefillsCollection *self)
{
  g_return_val_if_fail (REFILLS_IS_COLLECTION (self), 0);

  return self->loaded_at;
}

/**
 * refills_collection_get_n_skipped:
 * @self: a collection
 *
 * Returns: how many items of the last load could not be read
 */
guint
refills_collection_get_n_skipped (RefillsCollection *self)
{
  g_return_val_if_fail (REFILLS_IS_COLLECTION (self), 0);

  return self->n_skipped;
}

/**
 * refills_collection_get_n_hidden:
 * @self: a collection
 *
 * Returns: how many items of the last load are not for this application
 */
guint
refills_collection_get_n_hidden (RefillsCollection *self)
{
  g_return_val_if_fail (REFILLS_IS_COLLECTION (self), 0);

  return self->n_hidden;
}

/**
 * refills_collection_get_retry_at:
 * @self: a collection
 *
 * Returns: when the next attempt begins by itself, in epoch seconds; 0 where none is planned
 */
gint64
refills_collection_get_retry_at (RefillsCollection *self)
{
  g_return_val_if_fail (REFILLS_IS_COLLECTION (self), 0);

  return self->retry_at;
}
