/* refills-shop.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsShop:
 *
 * The application without a screen: one server, its catalogue, and the orders made there.
 *
 * The only place that joins the calls and the store. Owns everything below it; everything it hands out
 * is a model object or one of its own, so that no screen ever meets a request or a row.
 */
#include "refills-shop.h"

#include "refills-error.h"
#include "refills-order-opening-private.h"
#include "refills-secret-keyring.h"
#include "refills-shop-private.h"
#include "refills-store-condition-text-private.h"
#include "refills-web-page.h"

#define CACHE_MAX_BYTES (50 * 1024 * 1024)

G_DEFINE_FINAL_TYPE (RefillsShop, refills_shop, G_TYPE_OBJECT)

enum { PROP_0, PROP_PRACTICE, PROP_BUSY, PROP_NEEDS_WATCHING, PROP_CATALOGUE, PROP_ORDERS,
       PROP_CONDITION_TEXT, N_PROPS };

static GParamSpec *props[N_PROPS];

enum { SIGNAL_NOTICE, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
busy_changed_cb (RefillsShop *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

static void
vigil_changed_cb (RefillsShop *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NEEDS_WATCHING]);
}

/* What cannot be saved by waiting is nothing to stay for. */
static void
condition_changed_cb (RefillsShop *self)
{
  self->condition_dismissed = FALSE;
  /* Orders may have been found that nothing led to. */
  if ((refills_order_store_get_condition (self->store) & REFILLS_STORE_CONDITION_MENDED) != 0)
    refills_order_journal_load (self->journal);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONDITION_TEXT]);
  busy_changed_cb (self);
  vigil_changed_cb (self);
}

static void
notice_cb (RefillsShop   *self,
           RefillsNotice *notice)
{
  g_signal_emit (self, signals[SIGNAL_NOTICE], 0, notice);
}

static void
validated_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  RefillsQuote *quote = refills_order_api_validate_finish (REFILLS_ORDER_API (source), result, &error);

  if (quote != NULL)
    g_task_return_pointer (task, quote, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
placed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *problems = NULL;
  RefillsOrder *order =
    refills_order_journal_place_finish (REFILLS_ORDER_JOURNAL (source), result, &problems, &error);

  if (problems != NULL)
    g_task_set_task_data (task, problems, (GDestroyNotify) g_ptr_array_unref);
  if (order != NULL)
    g_task_return_pointer (task, order, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* What waited for a key is sealed with it, or opened. What an older version left in clear needs none. */
static void
vault_changed_cb (RefillsShop *self)
{
  RefillsVaultState state = refills_vault_get_state (self->vault);

  if (state == REFILLS_VAULT_UNKNOWN || state == REFILLS_VAULT_OPENING)
    return;

  if (state == REFILLS_VAULT_OPEN)
    refills_order_store_seal (self->store);
  refills_order_opening_open_all (self->store, self->watcher, G_LIST_MODEL (refills_shop_get_orders (self)));
}

/* Cleared first: what is listed is of rows that are not there any more. */
static void
vault_aside_cb (RefillsShop *self)
{
  refills_collection_clear (refills_order_journal_get_orders (self->journal));
  refills_order_journal_load (self->journal);
}

static void
refills_shop_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  RefillsShop *self = REFILLS_SHOP (object);

  switch (property_id) {
  case PROP_PRACTICE:
    g_value_set_boolean (value, refills_shop_is_practice (self));
    break;
  case PROP_BUSY:
    g_value_set_boolean (value, refills_shop_is_busy (self));
    break;
  case PROP_NEEDS_WATCHING:
    g_value_set_boolean (value, refills_shop_needs_watching (self));
    break;
  case PROP_CATALOGUE:
    g_value_set_object (value, self->catalogue);
    break;
  case PROP_ORDERS:
    g_value_set_object (value, refills_shop_get_orders (self));
    break;
  case PROP_CONDITION_TEXT:
    g_value_take_string (value, refills_shop_dup_condition_text (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_shop_finalize (GObject *object)
{
  RefillsShop *self = REFILLS_SHOP (object);

  if (self->watcher != NULL)
    refills_order_watcher_close (self->watcher);
  if (self->catalogue != NULL)
    refills_catalogue_close (self->catalogue);
  g_clear_object (&self->vigil);
  g_clear_object (&self->notices);
  g_clear_object (&self->journal);
  g_clear_object (&self->watcher);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->preferred_payment);
  g_clear_object (&self->vault);
  g_clear_object (&self->opening);
  g_clear_object (&self->store);
  g_clear_pointer (&self->keys, refills_key_set_unref);
  g_clear_object (&self->cache);
  g_clear_object (&self->order_api);
  g_clear_object (&self->catalogue_api);
  g_clear_object (&self->http);
  g_clear_pointer (&self->environment, refills_environment_free);

  G_OBJECT_CLASS (refills_shop_parent_class)->finalize (object);
}

static void
refills_shop_class_init (RefillsShopClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = refills_shop_get_property;
  object_class->finalize = refills_shop_finalize;

  props[PROP_PRACTICE] =
    g_param_spec_boolean ("practice", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_BUSY] =
    g_param_spec_boolean ("busy", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_NEEDS_WATCHING] =
    g_param_spec_boolean ("needs-watching", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_CATALOGUE] =
    g_param_spec_object ("catalogue", NULL, NULL, REFILLS_TYPE_CATALOGUE,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_ORDERS] =
    g_param_spec_object ("orders", NULL, NULL, REFILLS_TYPE_COLLECTION,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_CONDITION_TEXT] =
    g_param_spec_string ("condition-text", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * RefillsShop::notice:
   * @notice: what there is to tell
   *
   * A person who does not look should hear of this; it is on disk. Whoever has told it calls
   * [method@Shop.mark_told].
   */
  signals[SIGNAL_NOTICE] =
    g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, REFILLS_TYPE_NOTICE);
}

static void
refills_shop_init (RefillsShop *self)
{
  self->preferred_payment = refills_preferred_payment_new ();
}

/**
 * refills_shop_new:
 * @environment: which server, which folders, which intervals
 * @error: return location for a `REFILLS_ERROR_INVALID_INPUT` or `_TLS_MISSING`
 *
 * Makes a shop. Nothing is asked or read before [method@Shop.start]; its catalogue has no country yet.
 *
 * Returns: (transfer full) (nullable): the shop, or `NULL` with @error set when the server's address
 *   cannot be used
 */
RefillsShop *
refills_shop_new (const RefillsEnvironment *environment,
                  GError                  **error)
{
  g_autoptr (RefillsShop) self = g_object_new (REFILLS_TYPE_SHOP, NULL);
  g_autofree char *database = g_build_filename (environment->data_folder, "orders.db", NULL);
  g_autoptr (RefillsKeyring) keyring = refills_secret_keyring_new ();
  const RefillsHttpOptions options = {
    .base_uri = environment->base_uri,
    .logo_origin = environment->logo_origin,
    .partner_id = environment->partner_id,
    .version = environment->version,
    .read_deadline_ms = environment->read_deadline_ms,
    .order_deadline_ms = environment->order_deadline_ms,
    .silence_ms = environment->silence_ms,
    .socket_timeout_s = environment->socket_timeout_s,
    .built_at = environment->built_at,
  };

  self->environment = refills_environment_copy (environment);
  self->http = refills_http_new (&options, error);
  if (self->http == NULL)
    return NULL;

  self->catalogue_api = refills_catalogue_api_new (self->http);
  self->order_api = refills_order_api_new (self->http);
  refills_order_api_set_shape (self->order_api, environment->order_shape);
  self->cache = refills_blob_cache_new (environment->cache_folder, CACHE_MAX_BYTES);
  self->keys = refills_key_set_new ();
  self->store = refills_order_store_new (database, environment->name, self->keys);
  refills_order_store_set_checkpoint (self->store, environment->checkpoint, environment->checkpoint_data);
  g_signal_connect_object (self->store, "notify::condition", G_CALLBACK (condition_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->vault = refills_vault_new (environment, self->store, self->keys, keyring);
  self->opening = g_cancellable_new ();
  self->catalogue = refills_catalogue_new (self->catalogue_api, self->cache, environment->language,
                                           environment->retry_ms);
  self->watcher = refills_order_watcher_new (self->order_api, self->store, environment);
  self->journal = refills_order_journal_new (self->order_api, self->store, self->watcher, environment);
  refills_order_journal_set_vault (self->journal, self->vault);
  g_signal_connect_object (self->vault, "notify::state", G_CALLBACK (vault_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->vault, "aside", G_CALLBACK (vault_aside_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->journal, "notify::busy", G_CALLBACK (busy_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watcher, "unsaved-changed", G_CALLBACK (busy_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->notices = refills_notice_board_new (G_LIST_MODEL (refills_shop_get_orders (self)), self->store);
  g_signal_connect_object (self->notices, "notice", G_CALLBACK (notice_cb), self, G_CONNECT_SWAPPED);
  self->vigil = refills_vigil_new (refills_shop_get_orders (self));
  g_signal_connect_object (self->vigil, "notify::needed", G_CALLBACK (vigil_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return g_steal_pointer (&self);
}

/**
 * refills_shop_start:
 * @self: a shop whose catalogue has a country
 *
 * Reads the orders, follows those that are open, and asks for the catalogue.
 */
void
refills_shop_start (RefillsShop *self)
{
  g_return_if_fail (REFILLS_IS_SHOP (self));

  refills_shop_start_orders (self);
  refills_catalogue_refresh (self->catalogue);
}

/**
 * refills_shop_start_orders:
 * @self: a shop
 *
 * Reads the orders and follows those that are open, for a program without a window; [method@Shop.start] may follow.
 */
void
refills_shop_start_orders (RefillsShop *self)
{
  g_return_if_fail (REFILLS_IS_SHOP (self));

  refills_vault_open_async (self->vault, self->opening, NULL, NULL);
  refills_order_journal_load (self->journal);
}

/**
 * refills_shop_close:
 * @self: a shop that is not busy
 *
 * Ends every request and stream, and waits until all that was to be written is on disk. Blocks; for the
 * end of the program.
 */
void
refills_shop_close (RefillsShop *self)
{
  g_return_if_fail (REFILLS_IS_SHOP (self));

  g_cancellable_cancel (self->opening);
  refills_notice_board_close (self->notices);
  refills_order_watcher_close (self->watcher);
  refills_order_journal_close (self->journal);
  refills_catalogue_close (self->catalogue);
  refills_order_store_drain (self->store);
  refills_blob_cache_drain (self->cache);
}

/**
 * refills_shop_has_real_orders:
 * @self: a shop
 *
 * Returns: whether an order here is one at a service, and its price is paid with money; see
 *   [func@Environment.has_real_orders]
 */
gboolean
refills_shop_has_real_orders (RefillsShop *self)
{
  g_return_val_if_fail (REFILLS_IS_SHOP (self), FALSE);

  return refills_environment_has_real_orders (self->environment);
}

/**
 * refills_shop_is_practice:
 * @self: a shop
 *
 * Returns: whether nothing here is real
 */
gboolean
refills_shop_is_practice (RefillsShop *self)
{
  g_return_val_if_fail (REFILLS_IS_SHOP (self), FALSE);

  return self->environment->is_practice;
}

/**
 * refills_shop_get_vault:
 * @self: a shop
 *
 * Returns: (transfer none): the keys to what was saved
 */
RefillsVault *
refills_shop_get_vault (RefillsShop *self)
{
  g_return_val_if_fail (REFILLS_IS_SHOP (self), NULL);

  return self->vault;
}

/**
 * refills_shop_is_local:
 * @self: a shop
 *
 * Returns: whether its service is a program on this computer, whose pages are there as well
 */
gboolean
refills_shop_is_local (RefillsShop *self)
{
  g_return_val_if_fail (REFILLS_IS_SHOP (self), FALSE);

  return refills_web_page_is_local (self->environment->base_uri);
}

/**
 * refills_shop_set_partner_id:
 * @self: a shop
 * @partner_id: what is sent as `X-Cr-Application` from now on; empty for nothing
 * @error: return location for a `REFILLS_ERROR_BAD_PARTNER_ID`
 *
 * Changes the partner ID of requests to come.
 *
 * Returns: `FALSE` with @error set, and nothing changed, where it cannot be sent
 */
gboolean
refills_shop_set_partner_id (RefillsShop *self,
                             const char  *partner_id,
                             GError     **error)
{
  g_return_val_if_fail (REFILLS_IS_SHOP (self), FALSE);

  return refills_http_set_partner_id (self->http, partner_id, error);
}

/**
 * refills_shop_get_time:
 * @self: a shop
 * @order: an order
 *
 * What the time to pay an order is counted by.
 *
 * Returns: the time at the service, in epoch seconds, and this computer's where nothing was said of it yet
 */
gint64
refills_shop_get_time (RefillsShop  *self,
                       RefillsOrder *order)
{
  gint64 time = 0;

  g_return_val_if_fail (REFILLS_IS_SHOP (self), 0);

  time = refills_order_watcher_get_time (self->watcher, order);

  return time != 0 ? time : g_get_real_time () / G_USEC_PER_SEC;
}

/**
 * refills_shop_is_busy:
 * @self: a shop
 *
 * Returns: whether an order is on its way, or a code is nowhere but here, so that the program must not
 *   end
 */
gboolean
refills_shop_is_busy (RefillsShop *self)
{
  g_return_val_if_fail (REFILLS_IS_SHOP (self), FALSE);

  return refills_order_journal_is_busy (self->journal) ||
         (refills_shop_can_order (self) && refills_order_watcher_has_unsaved (self->watcher));
}

/**
 * refills_shop_is_sending:
 * @self: a shop
 *
 * Returns: whether an order is on its way, so that the computer should not be turned off
 */
gboolean
refills_shop_is_sending (RefillsShop *self)
{
  g_return_val_if_fail (REFILLS_IS_SHOP (self), FALSE);

  return refills_order_journal_is_busy (self->journal);
}

/**
 * refills_shop_needs_watching:
 * @self: a shop
 *
 * Returns: whether some order is worth staying for when no window is open
 */
gboolean
refills_shop_needs_watching (RefillsShop *self)
{
  g_return_val_if_fail (REFILLS_IS_SHOP (self), FALSE);

  return refills_shop_can_order (self) && refills_vigil_is_needed (self->vigil);
}

/**
 * refills_shop_can_order:
 * @self: a shop
 *
 * Returns: whether orders can be saved, so that they may be made; also before that is known
 */
gboolean
refills_shop_can_order (RefillsShop *self)
{
  g_return_val_if_fail (REFILLS_IS_SHOP (self), FALSE);

  return (refills_order_store_get_condition (self->store) & REFILLS_STORE_CONDITION_ONLY_READ) == 0;
}

/**
 * refills_shop_dup_condition_text:
 * @self: a shop
 *
 * Returns: (transfer full) (nullable): what is not as it should be with the orders on disk, in a sentence; `NULL` where
 *   all is well, and once it was dismissed
 */
char *
refills_shop_dup_condition_text (RefillsShop *self)
{
  g_return_val_if_fail (REFILLS_IS_SHOP (self), NULL);

  return self->condition_dismissed ? NULL : refills_store_condition_to_text (self->store);
}

/**
 * refills_shop_dismiss_condition:
 * @self: a shop
 *
 * The person has read that orders were mended, which is over. What lasts stays told.
 */
void
refills_shop_dismiss_condition (RefillsShop *self)
{
  g_return_if_fail (REFILLS_IS_SHOP (self));

  if (self->condition_dismissed || !refills_shop_can_order (self))
    return;
  self->condition_dismissed = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONDITION_TEXT]);
}

/**
 * refills_shop_get_catalogue:
 * @self: a shop
 *
 * Returns: (transfer none): what can be bought
 */
RefillsCatalogue *
refills_shop_get_catalogue (RefillsShop *self)
{
  g_return_val_if_fail (REFILLS_IS_SHOP (self), NULL);

  return self->catalogue;
}

/**
 * refills_shop_get_orders:
 * @self: a shop
 *
 * Returns: (transfer none): the orders made here, newest first, of [class@Order]
 */
RefillsCollection *
refills_shop_get_orders (RefillsShop *self)
{
  g_return_val_if_fail (REFILLS_IS_SHOP (self), NULL);

  return refills_order_journal_get_orders (self->journal);
}

/**
 * refills_shop_watch_price:
 * @self: a shop
 * @brand: a brand
 * @option: a range of it
 *
 * Returns: (transfer full): the price of an amount that is typed
 */
RefillsPriceWatch *
refills_shop_watch_price (RefillsShop          *self,
                          RefillsBrand         *brand,
                          RefillsProductOption *option)
{
  g_return_val_if_fail (REFILLS_IS_SHOP (self), NULL);

  return refills_price_watch_new (self->catalogue_api, brand, option, self->environment->settle_ms);
}

/**
 * refills_shop_get_preferred_payment:
 * @self: a shop
 *
 * Returns: (transfer none): with what the last purchase was paid; who has settings binds it to them
 */
RefillsPreferredPayment *
refills_shop_get_preferred_payment (RefillsShop *self)
{
  g_return_val_if_fail (REFILLS_IS_SHOP (self), NULL);

  return self->preferred_payment;
}

/**
 * refills_shop_begin_checkout:
 * @self: a shop
 * @brand: what is bought
 * @option: which of its options
 * @value: (nullable): the face value, for a range
 *
 * Begins a purchase, and asks for the ways to pay where they are not known.
 *
 * Returns: (transfer full): the checkout
 */
RefillsCheckout *
refills_shop_begin_checkout (RefillsShop          *self,
                             RefillsBrand         *brand,
                             RefillsProductOption *option,
                             const RefillsDecimal *value)
{
  g_return_val_if_fail (REFILLS_IS_SHOP (self), NULL);

  refills_catalogue_update_vias (self->catalogue);

  return refills_checkout_new (self->order_api, self->journal, self->vault,
                               refills_catalogue_get_vias (self->catalogue), self->preferred_payment,
                               self->environment->language, self->environment->settle_ms,
                               brand, option, value);
}

/**
 * refills_shop_validate_async:
 * @self: a shop
 * @request: what would be ordered
 * @cancellable: (nullable): ends the request
 * @callback: called on the main thread
 * @user_data: handed to @callback
 *
 * Asks the service for the total of @request, and whether it could be ordered. Nothing is asked about a
 * request that cannot be right: `REFILLS_ERROR_INVALID_INPUT`.
 */
void
refills_shop_validate_async (RefillsShop         *self,
                             RefillsOrderRequest *request,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = NULL;

  g_return_if_fail (REFILLS_IS_SHOP (self));
  g_return_if_fail (REFILLS_IS_ORDER_REQUEST (request));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, refills_shop_validate_async);
  refills_order_api_validate_async (self->order_api, request, cancellable, validated_cb, task);
}

/**
 * refills_shop_validate_finish:
 * @self: a shop
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what the service said, problems among it, or `NULL` with @error set
 */
RefillsQuote *
refills_shop_validate_finish (RefillsShop   *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * refills_shop_place_async:
 * @self: a shop
 * @request: what is ordered
 * @accepted: (nullable): what the service said of it within the last minute
 * @replace: whether it may replace an order that waits for its payment, and the same be ordered twice
 * @callback: called on the main thread when the order is on disk, or there will be none
 * @user_data: handed to @callback
 *
 * Makes an order at the total of @accepted, and follows it; first the key that it is sealed with, where there is none.
 * Cannot be cancelled.
 */
void
refills_shop_place_async (RefillsShop         *self,
                          RefillsOrderRequest *request,
                          RefillsQuote        *accepted,
                          gboolean             replace,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = NULL;

  g_return_if_fail (REFILLS_IS_SHOP (self));
  g_return_if_fail (REFILLS_IS_ORDER_REQUEST (request));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, refills_shop_place_async);
  refills_order_journal_place_async (self->journal, request, accepted, replace, placed_cb, task);
}

/**
 * refills_shop_place_finish:
 * @self: a shop
 * @result: the result
 * @problems: (out) (optional) (nullable) (transfer full) (element-type RefillsProblem): all that the service
 *   has against it, where it said so
 * @error: return location for an error; `REFILLS_ERROR_UNKNOWN_OUTCOME` when nobody can tell whether
 *   an order was made, `REFILLS_ERROR_NOT_VALIDATED`, `REFILLS_ERROR_LOCKED` or `REFILLS_ERROR_NO_KEYRING` when
 *   nothing was sent, `REFILLS_ERROR_PAYABLE_ORDER` or `REFILLS_ERROR_SAME_BASKET` when nothing was sent because of
 *   another order
 *
 * Returns: (transfer full) (nullable): the order, on disk, or `NULL` with @error set
 */
RefillsOrder *
refills_shop_place_finish (RefillsShop     *self,
                           GAsyncResult    *result,
                           GPtrArray      **problems,
                           GError         **error)
{
  GPtrArray *kept = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  kept = g_task_get_task_data (G_TASK (result));
  if (problems != NULL)
    *problems = kept != NULL ? g_ptr_array_ref (kept) : NULL;

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * refills_shop_dup_unsaved_id:
 * @self: a shop
 *
 * Returns: (transfer full) (nullable): the service's id of the last order that was made and could not be saved, until
 *   the shop is closed; it is to be shown to the person, who can keep it elsewhere
 */
char *
refills_shop_dup_unsaved_id (RefillsShop *self)
{
  RefillsOrderState *state = NULL;

  g_return_val_if_fail (REFILLS_IS_SHOP (self), NULL);

  state = refills_order_journal_get_unsaved (self->journal, NULL);

  return state != NULL ? g_strdup (refills_order_state_get_order_id (state)) : NULL;
}
