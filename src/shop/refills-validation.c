/* refills-validation.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsValidation:
 *
 * What the service says of a purchase before it is one: the total, or what it has against it.
 *
 * Owns the question under way; a new one takes its place, and a late answer to the old one is never
 * heard. Knows for how long an answer holds.
 */
#include "refills-validation-private.h"

#include "refills-order-comparison.h"
#include "refills-order-gate.h"

/* A little less than what an order may be sent by, for the way to the disk. */
#define MAX_AGE_US (REFILLS_ORDER_GATE_MAX_AGE_US - 5 * G_USEC_PER_SEC)

struct _RefillsValidation {
  GObject              parent_instance;

  RefillsOrderApi     *api;
  RefillsOrderRequest *request;
  RefillsQuote        *quote;    /* only one that was accepted */
  RefillsQuote        *earlier;  /* the one before, for the same request asked again */
  GListStore          *problems;
  GCancellable        *cancellable;
};

G_DEFINE_FINAL_TYPE (RefillsValidation, refills_validation, G_TYPE_OBJECT)

enum { SIGNAL_ANSWERED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
stop_asking (RefillsValidation *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
take_problems (RefillsValidation *self,
               GListModel        *problems)
{
  for (guint i = 0; i < g_list_model_get_n_items (problems); i++) {
    g_autoptr (RefillsProblem) problem = g_list_model_get_item (problems, i);

    g_list_store_append (self->problems, problem);
  }
}

static void
validated_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (RefillsValidation) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsQuote) quote =
    refills_order_api_validate_finish (REFILLS_ORDER_API (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->earlier);
  self->earlier = g_steal_pointer (&self->quote);
  g_list_store_remove_all (self->problems);
  if (quote == NULL) {
    g_message ("the purchase could not be validated: %s", error->message);
  } else if (refills_quote_is_accepted (quote)) {
    self->quote = g_steal_pointer (&quote);
  } else {
    take_problems (self, refills_quote_get_problems (quote));
  }
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, error);
}

static void
refills_validation_dispose (GObject *object)
{
  stop_asking (REFILLS_VALIDATION (object));

  G_OBJECT_CLASS (refills_validation_parent_class)->dispose (object);
}

static void
refills_validation_finalize (GObject *object)
{
  RefillsValidation *self = REFILLS_VALIDATION (object);

  g_clear_object (&self->api);
  g_clear_object (&self->request);
  g_clear_object (&self->quote);
  g_clear_object (&self->earlier);
  g_clear_object (&self->problems);

  G_OBJECT_CLASS (refills_validation_parent_class)->finalize (object);
}

static void
refills_validation_class_init (RefillsValidationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = refills_validation_dispose;
  object_class->finalize = refills_validation_finalize;

  /**
   * RefillsValidation::answered:
   * @error: (nullable): why there is no answer
   *
   * There is a quote, or there are problems, or there is an error.
   */
  signals[SIGNAL_ANSWERED] =
    g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
refills_validation_init (RefillsValidation *self)
{
  self->problems = g_list_store_new (REFILLS_TYPE_PROBLEM);
}

/**
 * refills_validation_new:
 * @api: the orders' calls
 *
 * Returns: (transfer full): a validation of nothing yet
 */
RefillsValidation *
refills_validation_new (RefillsOrderApi *api)
{
  RefillsValidation *self = g_object_new (REFILLS_TYPE_VALIDATION, NULL);

  self->api = g_object_ref (api);

  return self;
}

/**
 * refills_validation_ask:
 * @self: a validation
 * @request: what is to be ordered
 *
 * Asks the service. The quote there was stays until the answer comes.
 */
void
refills_validation_ask (RefillsValidation   *self,
                        RefillsOrderRequest *request)
{
  g_return_if_fail (REFILLS_IS_VALIDATION (self));

  stop_asking (self);
  self->cancellable = g_cancellable_new ();
  g_set_object (&self->request, request);
  refills_order_api_validate_async (self->api, request, self->cancellable, validated_cb,
                                    g_object_ref (self));
}

/**
 * refills_validation_forget:
 * @self: a validation
 *
 * Takes back what was said, for what it was said of has changed.
 */
void
refills_validation_forget (RefillsValidation *self)
{
  g_return_if_fail (REFILLS_IS_VALIDATION (self));

  stop_asking (self);
  g_clear_object (&self->quote);
  g_clear_object (&self->earlier);
  g_list_store_remove_all (self->problems);
}

/**
 * refills_validation_get_quote:
 * @self: a validation
 *
 * Returns: (transfer none) (nullable): the accepted total
 */
RefillsQuote *
refills_validation_get_quote (RefillsValidation *self)
{
  g_return_val_if_fail (REFILLS_IS_VALIDATION (self), NULL);

  return self->quote;
}

/**
 * refills_validation_get_total_label:
 * @self: a validation
 *
 * Returns: (nullable): the accepted total in words
 */
const char *
refills_validation_get_total_label (RefillsValidation *self)
{
  g_return_val_if_fail (REFILLS_IS_VALIDATION (self), NULL);

  return self->quote != NULL ? refills_quote_get_label (self->quote) : NULL;
}

/**
 * refills_validation_is_fresh:
 * @self: a validation
 *
 * Returns: whether the accepted total is young enough to order by it
 */
gboolean
refills_validation_is_fresh (RefillsValidation *self)
{
  g_return_val_if_fail (REFILLS_IS_VALIDATION (self), FALSE);

  return self->quote != NULL &&
         refills_order_gate_get_time () - refills_quote_get_asked_at (self->quote) < MAX_AGE_US;
}

/**
 * refills_validation_needs_consent:
 * @self: a validation that was asked for again
 *
 * Returns: whether the total is above the one that was shown before or more than 1 % below it, or none
 *   was
 */
gboolean
refills_validation_needs_consent (RefillsValidation *self)
{
  RefillsDecimal now = REFILLS_DECIMAL_ZERO;
  RefillsDecimal before = REFILLS_DECIMAL_ZERO;
  const char *now_text = NULL;
  const char *before_text = NULL;

  g_return_val_if_fail (REFILLS_IS_VALIDATION (self), TRUE);

  if (self->quote == NULL || self->earlier == NULL)
    return TRUE;
  now_text = refills_quote_get_coin_amount (self->quote);
  before_text = refills_quote_get_coin_amount (self->earlier);

  return !refills_decimal_parse (now_text, &now, NULL) ||
         !refills_decimal_parse (before_text, &before, NULL) ||
         refills_decimal_compare (&now, &before) > 0 ||
         !refills_order_comparison_is_within_limit (before_text, now_text);
}

/**
 * refills_validation_get_problems:
 * @self: a validation
 *
 * Returns: (transfer none): what the service has against it, of [class@Problem]; always the same list
 */
GListModel *
refills_validation_get_problems (RefillsValidation *self)
{
  g_return_val_if_fail (REFILLS_IS_VALIDATION (self), NULL);

  return G_LIST_MODEL (self->problems);
}

/**
 * refills_validation_add_problems:
 * @self: a validation
 * @problems: (element-type RefillsProblem): what came up afterwards, when the order was placed
 *
 * Adds problems; the total holds no longer.
 */
void
refills_validation_add_problems (RefillsValidation *self,
                                 GPtrArray         *problems)
{
  g_return_if_fail (REFILLS_IS_VALIDATION (self));

  g_clear_object (&self->quote);
  for (guint i = 0; i < problems->len; i++)
    g_list_store_append (self->problems, problems->pdata[i]);
}
