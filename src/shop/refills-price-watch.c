/* refills-price-watch.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsPriceWatch:
 *
 * The price of an amount that is being typed.
 *
 * Checks the text against the option's minimum, maximum and step as it changes, and asks the service
 * for a price once typing rests. The price is indicative (API reference, section 6): only a validated
 * total is paid. Owns the one request under way.
 */
#include "refills-price-watch-private.h"

#include <glib/gi18n.h>

#include "refills-error.h"

/* How long a price that was told is still told. */
#define PRICE_MAX_AGE_SECONDS 45

struct _RefillsPriceWatch {
  GObject               parent_instance;

  RefillsCatalogueApi  *api;
  RefillsBrand         *brand;
  RefillsProductOption *option;
  guint                 settle_ms;

  char                 *text;
  gboolean              valid;
  RefillsDecimal        value;
  char                 *complaint;
  RefillsQuote         *quote;
  char                 *label; /* of the quote */
  gboolean              loading;
  guint                 settle_source;
  GCancellable         *cancellable;
  GHashTable           *prices; /* face value as a text → Price */
};

G_DEFINE_FINAL_TYPE (RefillsPriceWatch, refills_price_watch, G_TYPE_OBJECT)

enum { PROP_0, PROP_TEXT, PROP_VALID, PROP_LABEL, PROP_COMPLAINT, PROP_LOADING, N_PROPS };

static GParamSpec *props[N_PROPS];

typedef struct {
  RefillsQuote *quote;
  gint64        told_at; /* epoch seconds */
} Price;

static void
price_free (gpointer data)
{
  Price *price = data;

  g_clear_object (&price->quote);
  g_free (price); /* a plain struct: nothing else frees it */
}

static void
keep_price (RefillsPriceWatch *self)
{
  Price *price = g_new0 (Price, 1);

  price->quote = g_object_ref (self->quote);
  price->told_at = g_get_real_time () / G_USEC_PER_SEC;
  g_hash_table_replace (self->prices, refills_decimal_to_short_text (&self->value), price);
}

/* Who goes back to an amount sees its price at once. A clock that went back makes it old. */
static RefillsQuote *
find_kept_price (RefillsPriceWatch *self)
{
  g_autofree char *value = refills_decimal_to_short_text (&self->value);
  Price *price = g_hash_table_lookup (self->prices, value);
  gint64 age = price != NULL ? g_get_real_time () / G_USEC_PER_SEC - price->told_at : -1;

  return age >= 0 && age < PRICE_MAX_AGE_SECONDS ? price->quote : NULL;
}

static void
take_price (RefillsPriceWatch *self,
            RefillsQuote      *quote)
{
  g_set_object (&self->quote, quote);
  g_clear_pointer (&self->label, g_free);
  if (quote != NULL)
    /* Translators: %s is a price such as "11.47 USDC"; the sign says that it may still change a little. */
    self->label = g_strdup_printf (_("≈ %s"), refills_quote_get_label (quote));
}

static void
notify_all (RefillsPriceWatch *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Does not hold the watch, which ends its question when it is let go. */
typedef struct {
  GWeakRef watch;
} Call;

static void
call_free (Call *self)
{
  g_weak_ref_clear (&self->watch);
  g_free (self); /* a plain struct: nothing else frees it */
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static void
price_ready_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (Call) call = user_data;
  g_autoptr (RefillsPriceWatch) self = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsQuote) quote =
    refills_catalogue_api_get_price_finish (REFILLS_CATALOGUE_API (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = g_weak_ref_get (&call->watch);
  if (self == NULL)
    return;

  self->loading = FALSE;
  if (quote != NULL) {
    take_price (self, quote);
    keep_price (self);
  } else {
    g_message ("no price: %s", error->message);
    self->complaint = g_strdup (refills_error_to_text (error));
  }
  notify_all (self);
}

static gboolean
settle_cb (gpointer user_data)
{
  RefillsPriceWatch *self = user_data;
  Call *call = g_new0 (Call, 1);

  g_weak_ref_init (&call->watch, self);
  self->settle_source = 0;
  self->cancellable = g_cancellable_new ();
  refills_catalogue_api_get_price_async (self->api,
                                         refills_brand_get_name (self->brand),
                                         refills_brand_get_country (self->brand),
                                         &self->value,
                                         refills_product_option_get_coin (self->option),
                                         self->cancellable, price_ready_cb, call);

  return G_SOURCE_REMOVE;
}

static void
refills_price_watch_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  RefillsPriceWatch *self = REFILLS_PRICE_WATCH (object);

  switch (property_id) {
  case PROP_TEXT:
    g_value_set_string (value, self->text);
    break;
  case PROP_VALID:
    g_value_set_boolean (value, self->valid);
    break;
  case PROP_LABEL:
    g_value_set_string (value, self->label);
    break;
  case PROP_COMPLAINT:
    g_value_set_string (value, self->complaint);
    break;
  case PROP_LOADING:
    g_value_set_boolean (value, self->loading);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_price_watch_set_property (GObject      *object,
                                  guint         property_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (property_id) {
  case PROP_TEXT:
    refills_price_watch_set_text (REFILLS_PRICE_WATCH (object), g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_price_watch_dispose (GObject *object)
{
  RefillsPriceWatch *self = REFILLS_PRICE_WATCH (object);

  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (refills_price_watch_parent_class)->dispose (object);
}

static void
refills_price_watch_finalize (GObject *object)
{
  RefillsPriceWatch *self = REFILLS_PRICE_WATCH (object);

  g_clear_object (&self->api);
  g_clear_object (&self->brand);
  g_clear_object (&self->option);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->text, g_free);
  g_clear_object (&self->quote);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->complaint, g_free);
  g_clear_pointer (&self->prices, g_hash_table_unref);

  G_OBJECT_CLASS (refills_price_watch_parent_class)->finalize (object);
}

static void
refills_price_watch_class_init (RefillsPriceWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = refills_price_watch_get_property;
  object_class->set_property = refills_price_watch_set_property;
  object_class->dispose = refills_price_watch_dispose;
  object_class->finalize = refills_price_watch_finalize;

  props[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_VALID] =
    g_param_spec_boolean ("valid", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_COMPLAINT] =
    g_param_spec_string ("complaint", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_price_watch_init (RefillsPriceWatch *self)
{
  self->prices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, price_free);
}

/**
 * refills_price_watch_new:
 * @api: where prices come from
 * @brand: what is bought
 * @option: a range of it
 * @settle_ms: milliseconds that typing must rest before a price is asked
 *
 * Returns: (transfer full): a watch with no text yet
 */
RefillsPriceWatch *
refills_price_watch_new (RefillsCatalogueApi  *api,
                         RefillsBrand         *brand,
                         RefillsProductOption *option,
                         guint                 settle_ms)
{
  RefillsPriceWatch *self = g_object_new (REFILLS_TYPE_PRICE_WATCH, NULL);

  self->api = g_object_ref (api);
  self->brand = g_object_ref (brand);
  self->option = g_object_ref (option);
  self->settle_ms = settle_ms;

  return self;
}

/**
 * refills_price_watch_set_text:
 * @self: a price watch
 * @text: (nullable): what is typed
 *
 * Checks the text now and asks for its price once it has not changed for a while, unless it was told less than
 * 45 seconds ago.
 */
void
refills_price_watch_set_text (RefillsPriceWatch *self,
                              const char        *text)
{
  g_return_if_fail (REFILLS_IS_PRICE_WATCH (self));

  if (g_strcmp0 (self->text, text) == 0)
    return;

  g_clear_pointer (&self->text, g_free);
  take_price (self, NULL);
  g_clear_pointer (&self->complaint, g_free);
  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  self->text = g_strdup (text);
  self->valid = text != NULL && *text != '\0' &&
                refills_product_option_check_value (self->option, text, &self->value, &self->complaint);
  if (self->valid)
    take_price (self, find_kept_price (self));
  self->loading = self->valid && self->label == NULL;
  if (self->loading)
    self->settle_source = g_timeout_add (self->settle_ms, settle_cb, self);
  notify_all (self);
}

/**
 * refills_price_watch_get_value:
 * @self: a price watch
 * @value: (out caller-allocates): the face value, in whole units of the card's currency
 *
 * Returns: whether the text is a value that can be bought; @value is set only then
 */
gboolean
refills_price_watch_get_value (RefillsPriceWatch *self,
                               RefillsDecimal    *value)
{
  g_return_val_if_fail (REFILLS_IS_PRICE_WATCH (self), FALSE);

  if (self->valid)
    *value = self->value;

  return self->valid;
}

/**
 * refills_price_watch_get_label:
 * @self: a price watch
 *
 * Returns: (nullable): the indicative price in words, once it is known
 */
const char *
refills_price_watch_get_label (RefillsPriceWatch *self)
{
  g_return_val_if_fail (REFILLS_IS_PRICE_WATCH (self), NULL);

  return self->label;
}

/**
 * refills_price_watch_get_quote:
 * @self: a price watch
 *
 * Returns: (transfer none) (nullable): the indicative price, once it is known
 */
RefillsQuote *
refills_price_watch_get_quote (RefillsPriceWatch *self)
{
  g_return_val_if_fail (REFILLS_IS_PRICE_WATCH (self), NULL);

  return self->quote;
}

/**
 * refills_price_watch_get_complaint:
 * @self: a price watch
 *
 * Returns: (nullable): what is the matter with the text, as a sentence
 */
const char *
refills_price_watch_get_complaint (RefillsPriceWatch *self)
{
  g_return_val_if_fail (REFILLS_IS_PRICE_WATCH (self), NULL);

  return self->complaint;
}
