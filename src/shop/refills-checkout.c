/* refills-checkout.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsCheckout:
 *
 * One purchase on its way to being an order: what, for whom, with which coin on which network, and the
 * total the service has validated for exactly that.
 *
 * Asks the service by itself once everything is filled in and typing rests; every change takes the total
 * back. Owns the validation under way and ends it when it is let go. The order itself is the journal's:
 * letting go of a checkout does not end it. A form is sent once: submitting it again does nothing until it is over.
 */
#include "refills-checkout-private.h"

#include <glib/gi18n.h>

#include "refills-checkout-request-private.h"
#include "refills-error.h"
#include "refills-order-form-private.h"
#include "refills-placement-private.h"
#include "refills-selection-private.h"
#include "refills-validation-private.h"

struct _RefillsCheckout {
  GObject               parent_instance;

  char                 *language;
  guint                 settle_ms;

  RefillsSelection     *selection;
  RefillsPaymentChoice *choice;
  RefillsOrderForm     *form;

  RefillsCheckoutState  state;
  RefillsValidation    *validation;
  RefillsPlacement     *placement;
  gboolean              submit_next;
  char                 *message;
  guint                 settle_source;
};

G_DEFINE_FINAL_TYPE (RefillsCheckout, refills_checkout, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_VIAS,
  PROP_VIA,
  PROP_COINS,
  PROP_NETWORKS,
  PROP_COIN,
  PROP_NETWORK,
  PROP_PAYMENT_NOTICE,
  PROP_STATE,
  PROP_TOTAL_LABEL,
  PROP_DRIFT,
  PROP_HINT,
  PROP_MESSAGE,
  PROP_PROBLEMS,
  PROP_CAN_SUBMIT,
  PROP_EDITABLE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static gboolean
is_editable (RefillsCheckout *self)
{
  return self->state != REFILLS_CHECKOUT_SUBMITTING && self->state != REFILLS_CHECKOUT_ASKING &&
         self->state != REFILLS_CHECKOUT_PLACED;
}

static void
notify_all (RefillsCheckout *self)
{
  static const guint changing[] = {
    PROP_VIA, PROP_COIN, PROP_NETWORK, PROP_PAYMENT_NOTICE, PROP_STATE, PROP_TOTAL_LABEL, PROP_DRIFT, PROP_HINT,
    PROP_MESSAGE, PROP_CAN_SUBMIT, PROP_EDITABLE,
  };

  refills_order_form_set_locked (self->form, !is_editable (self));
  refills_payment_choice_set_locked (self->choice, !is_editable (self));
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < G_N_ELEMENTS (changing); i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[changing[i]]);
  g_object_thaw_notify (G_OBJECT (self));
}

static const char *
get_hint (RefillsCheckout *self)
{
  if (self->state != REFILLS_CHECKOUT_EDITING)
    return NULL;
  if (!refills_payment_choice_is_complete (self->choice))
    return refills_payment_choice_get_hint (self->choice);

  return refills_order_form_get_hint (self->form);
}

/* A coupon changes the total for a reason that is known. */
static char *
describe_drift (RefillsCheckout *self)
{
  RefillsQuote *quote = refills_validation_get_quote (self->validation);
  const char *coupon = refills_order_form_get_coupon (self->form);

  if (quote == NULL || (coupon != NULL && *coupon != '\0'))
    return NULL;

  return refills_selection_describe_drift (self->selection, quote, refills_order_form_get_quantity (self->form));
}

static gboolean
is_complete (RefillsCheckout *self)
{
  return refills_payment_choice_is_complete (self->choice) && refills_order_form_is_complete (self->form);
}

static void
take_message (RefillsCheckout *self,
              char            *message)
{
  g_clear_pointer (&self->message, g_free);
  self->message = message;
}

/* Where what is chosen is not taken for this basket, the choice may move on, and the total is asked for again. */
static void
refuse (RefillsCheckout *self)
{
  self->state = REFILLS_CHECKOUT_REFUSED;
  notify_all (self);
  refills_payment_choice_heed_problems (self->choice, refills_checkout_get_problems (self));
  notify_all (self);
}

static void
over_cb (RefillsCheckout *self)
{
  GPtrArray *problems = refills_placement_get_problems (self->placement);

  if (refills_placement_get_order (self->placement) != NULL) {
    self->state = REFILLS_CHECKOUT_PLACED;
    refills_payment_choice_remember (self->choice);
  } else if (refills_placement_get_question (self->placement) != REFILLS_CHECKOUT_QUESTION_NONE) {
    self->state = REFILLS_CHECKOUT_ASKING;
  } else if (problems != NULL) {
    refills_validation_add_problems (self->validation, problems);
    refuse (self);
    return;
  } else {
    take_message (self, g_strdup (refills_error_to_order_text (refills_placement_get_error (self->placement))));
    self->state = REFILLS_CHECKOUT_FAILED;
  }
  notify_all (self);
}

static void
place (RefillsCheckout *self)
{
  self->submit_next = FALSE;
  self->state = REFILLS_CHECKOUT_SUBMITTING;
  take_message (self, NULL);
  notify_all (self);
  refills_placement_begin (self->placement, refills_validation_get_quote (self->validation));
}

static void
answered_cb (RefillsCheckout *self,
             const GError    *error)
{
  RefillsQuote *quote = refills_validation_get_quote (self->validation);
  gboolean submit = self->submit_next;

  self->submit_next = FALSE;
  take_message (self, NULL);

  if (error != NULL) {
    take_message (self, g_strdup (refills_error_to_text (error)));
    self->state = REFILLS_CHECKOUT_FAILED;
  } else if (quote == NULL) {
    refuse (self);
    return;
  } else if (submit && !refills_validation_needs_consent (self->validation)) {
    place (self);
    return;
  } else {
    refills_placement_forget (self->placement);
    self->state = REFILLS_CHECKOUT_READY;
    if (submit)
      /* Translators: %s is an amount such as "11.47 USDC". */
      take_message (self, g_strdup_printf (_("The total is now %s. Look at it, then place the order again."),
                                           refills_quote_get_label (quote)));
  }
  notify_all (self);
}

static void
ask_for_validation (RefillsCheckout *self)
{
  g_autoptr (RefillsOrderRequest) request =
    refills_checkout_request_new (self->selection, self->form, self->choice, self->language);

  g_clear_handle_id (&self->settle_source, g_source_remove);
  self->state = REFILLS_CHECKOUT_VALIDATING;
  take_message (self, NULL);
  notify_all (self);
  refills_validation_ask (self->validation, request);
}

static void
place_or_ask (RefillsCheckout *self)
{
  if (refills_validation_is_fresh (self->validation)) {
    place (self);
    return;
  }
  self->submit_next = TRUE;
  ask_for_validation (self);
}

static void
agreed_cb (RefillsCheckout *self,
           const GError    *error)
{
  if (error == NULL) {
    place_or_ask (self);
    return;
  }
  take_message (self, g_strdup (refills_error_to_text (error)));
  self->state = REFILLS_CHECKOUT_READY;
  notify_all (self);
}

static gboolean
settle_cb (gpointer user_data)
{
  RefillsCheckout *self = user_data;

  self->settle_source = 0;
  refills_order_form_rest (self->form);
  if (is_complete (self))
    ask_for_validation (self);
  else
    notify_all (self);

  return G_SOURCE_REMOVE;
}

/* What minimums are compared with, before there is a total. */
static void
update_price (RefillsCheckout *self)
{
  RefillsDecimal total;
  const char *coin =
    refills_selection_get_seen_total (self->selection, refills_order_form_get_quantity (self->form), &total);

  refills_payment_choice_set_price (self->choice, coin, coin != NULL ? &total : NULL);
}

static void
input_changed (RefillsCheckout *self)
{
  if (!is_editable (self))
    return;

  update_price (self);
  g_clear_handle_id (&self->settle_source, g_source_remove);
  refills_validation_forget (self->validation);
  refills_placement_forget (self->placement);
  self->submit_next = FALSE;
  take_message (self, NULL);
  self->state = REFILLS_CHECKOUT_EDITING;
  self->settle_source = g_timeout_add (self->settle_ms, settle_cb, self);
  notify_all (self);
}

static void
refills_checkout_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  RefillsCheckout *self = REFILLS_CHECKOUT (object);

  switch (property_id) {
  case PROP_VIAS:
    g_value_set_object (value, refills_checkout_get_vias (self));
    break;
  case PROP_VIA:
    g_value_set_object (value, refills_checkout_get_via (self));
    break;
  case PROP_COINS:
    g_value_set_object (value, refills_checkout_get_coins (self));
    break;
  case PROP_NETWORKS:
    g_value_set_object (value, refills_checkout_get_networks (self));
    break;
  case PROP_COIN:
    g_value_set_object (value, refills_checkout_get_coin (self));
    break;
  case PROP_NETWORK:
    g_value_set_object (value, refills_checkout_get_network (self));
    break;
  case PROP_PAYMENT_NOTICE:
    g_value_set_string (value, refills_payment_choice_get_notice (self->choice));
    break;
  case PROP_STATE:
    g_value_set_enum (value, self->state);
    break;
  case PROP_TOTAL_LABEL:
    g_value_set_string (value, refills_validation_get_total_label (self->validation));
    break;
  case PROP_DRIFT:
    g_value_take_string (value, describe_drift (self));
    break;
  case PROP_HINT:
    g_value_set_string (value, get_hint (self));
    break;
  case PROP_MESSAGE:
    g_value_set_string (value, self->message);
    break;
  case PROP_PROBLEMS:
    g_value_set_object (value, refills_checkout_get_problems (self));
    break;
  case PROP_CAN_SUBMIT:
    g_value_set_boolean (value, self->state == REFILLS_CHECKOUT_READY);
    break;
  case PROP_EDITABLE:
    g_value_set_boolean (value, is_editable (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_checkout_set_property (GObject      *object,
                               guint         property_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  RefillsCheckout *self = REFILLS_CHECKOUT (object);

  switch (property_id) {
  case PROP_VIA:
    refills_checkout_set_via (self, g_value_get_object (value));
    break;
  case PROP_COIN:
    refills_checkout_set_coin (self, g_value_get_object (value));
    break;
  case PROP_NETWORK:
    refills_checkout_set_network (self, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_checkout_dispose (GObject *object)
{
  RefillsCheckout *self = REFILLS_CHECKOUT (object);

  g_clear_handle_id (&self->settle_source, g_source_remove);
  refills_validation_forget (self->validation);
  refills_order_form_stop (self->form);

  G_OBJECT_CLASS (refills_checkout_parent_class)->dispose (object);
}

static void
refills_checkout_finalize (GObject *object)
{
  RefillsCheckout *self = REFILLS_CHECKOUT (object);

  g_clear_object (&self->choice);
  g_clear_object (&self->validation);
  g_clear_object (&self->placement);
  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->selection, refills_selection_free);
  g_clear_object (&self->form);
  g_clear_pointer (&self->message, g_free);

  G_OBJECT_CLASS (refills_checkout_parent_class)->finalize (object);
}

static void
install_object (guint       property_id,
                const char *name,
                GType       type,
                GParamFlags flags)
{
  props[property_id] = g_param_spec_object (name, NULL, NULL, type,
                                            flags | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
}

static void
install_string (guint       property_id,
                const char *name,
                GParamFlags flags)
{
  props[property_id] = g_param_spec_string (name, NULL, NULL, NULL,
                                            flags | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
}

static void
install_boolean (guint       property_id,
                 const char *name)
{
  props[property_id] = g_param_spec_boolean (name, NULL, NULL, FALSE, G_PARAM_READABLE |
                                             G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
}

static void
refills_checkout_class_init (RefillsCheckoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = refills_checkout_get_property;
  object_class->set_property = refills_checkout_set_property;
  object_class->dispose = refills_checkout_dispose;
  object_class->finalize = refills_checkout_finalize;

  install_object (PROP_VIAS, "vias", G_TYPE_LIST_MODEL, G_PARAM_READABLE);
  install_object (PROP_VIA, "via", REFILLS_TYPE_PAYMENT_VIA, G_PARAM_READWRITE);
  install_object (PROP_COINS, "coins", G_TYPE_LIST_MODEL, G_PARAM_READABLE);
  install_object (PROP_NETWORKS, "networks", G_TYPE_LIST_MODEL, G_PARAM_READABLE);
  install_object (PROP_COIN, "coin", REFILLS_TYPE_COIN, G_PARAM_READWRITE);
  install_object (PROP_NETWORK, "network", REFILLS_TYPE_NETWORK, G_PARAM_READWRITE);
  install_string (PROP_PAYMENT_NOTICE, "payment-notice", G_PARAM_READABLE);
  props[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, REFILLS_TYPE_CHECKOUT_STATE, REFILLS_CHECKOUT_EDITING,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  install_string (PROP_TOTAL_LABEL, "total-label", G_PARAM_READABLE);
  install_string (PROP_DRIFT, "drift", G_PARAM_READABLE);
  install_string (PROP_HINT, "hint", G_PARAM_READABLE);
  install_string (PROP_MESSAGE, "message", G_PARAM_READABLE);
  install_object (PROP_PROBLEMS, "problems", G_TYPE_LIST_MODEL, G_PARAM_READABLE);
  install_boolean (PROP_CAN_SUBMIT, "can-submit");
  install_boolean (PROP_EDITABLE, "editable");
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_checkout_init (RefillsCheckout *self)
{
}

/**
 * refills_checkout_new:
 * @api: the orders' calls
 * @journal: makes the order
 * @vault: has the key that it is sealed with
 * @vias: the ways to pay, perhaps still loading
 * @preferred: with what was paid before
 * @language: as the API takes it
 * @settle_ms: milliseconds that typing must rest before the service is asked
 * @brand: what is bought
 * @option: which of its options
 * @value: (nullable): the face value, for a range
 *
 * Returns: (transfer full): a checkout with a coin and network chosen where they are known
 */
RefillsCheckout *
refills_checkout_new (RefillsOrderApi         *api,
                      RefillsOrderJournal     *journal,
                      RefillsVault            *vault,
                      RefillsCollection       *vias,
                      RefillsPreferredPayment *preferred,
                      const char              *language,
                      guint                    settle_ms,
                      RefillsBrand            *brand,
                      RefillsProductOption    *option,
                      const RefillsDecimal    *value)
{
  RefillsCheckout *self = g_object_new (REFILLS_TYPE_CHECKOUT, NULL);

  self->validation = refills_validation_new (api);
  self->placement = refills_placement_new (journal, vault);
  self->choice = refills_payment_choice_new (vias, preferred);
  self->form = refills_order_form_new (api, refills_beneficiary_kind_for (
                                         refills_product_option_get_delivery_type (option),
                                         refills_brand_get_kind (brand)));
  self->language = g_strdup (language);
  self->settle_ms = settle_ms;
  self->selection = refills_selection_new (brand, option, value);
  g_signal_connect_object (self->validation, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->placement, "over", G_CALLBACK (over_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->placement, "agreed", G_CALLBACK (agreed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->choice, "changed", G_CALLBACK (input_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "changed", G_CALLBACK (input_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (vias, "notify::state", G_CALLBACK (notify_all), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * refills_checkout_get_brand:
 * @self: a checkout
 *
 * Returns: (transfer none): what is bought
 */
RefillsBrand *
refills_checkout_get_brand (RefillsCheckout *self)
{
  g_return_val_if_fail (REFILLS_IS_CHECKOUT (self), NULL);

  return refills_selection_get_brand (self->selection);
}

/**
 * refills_checkout_get_face_label:
 * @self: a checkout
 *
 * Returns: the face value in words
 */
const char *
refills_checkout_get_face_label (RefillsCheckout *self)
{
  g_return_val_if_fail (REFILLS_IS_CHECKOUT (self), NULL);

  return refills_selection_get_face_label (self->selection);
}

/**
 * refills_checkout_get_form:
 * @self: a checkout
 *
 * Returns: (transfer none): what is typed for it
 */
RefillsOrderForm *
refills_checkout_get_form (RefillsCheckout *self)
{
  g_return_val_if_fail (REFILLS_IS_CHECKOUT (self), NULL);

  return self->form;
}

/**
 * refills_checkout_get_choice:
 * @self: a checkout
 *
 * Returns: (transfer none): with what it is paid
 */
RefillsPaymentChoice *
refills_checkout_get_choice (RefillsCheckout *self)
{
  g_return_val_if_fail (REFILLS_IS_CHECKOUT (self), NULL);

  return self->choice;
}

/**
 * refills_checkout_set_seen_price:
 * @self: a checkout
 * @coin: the coin's symbol
 * @amount: the price of one, in units of the coin
 *
 * Remembers what was shown before, so that "drift" can say how far the total is from it.
 */
void
refills_checkout_set_seen_price (RefillsCheckout *self,
                                 const char      *coin,
                                 const char      *amount)
{
  g_return_if_fail (REFILLS_IS_CHECKOUT (self));

  refills_selection_set_seen_price (self->selection, coin, amount);
  update_price (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DRIFT]);
}

/**
 * refills_checkout_get_state:
 * @self: a checkout
 *
 * Returns: how far the purchase is
 */
RefillsCheckoutState
refills_checkout_get_state (RefillsCheckout *self)
{
  g_return_val_if_fail (REFILLS_IS_CHECKOUT (self), REFILLS_CHECKOUT_EDITING);

  return self->state;
}

/**
 * refills_checkout_get_problems:
 * @self: a checkout
 *
 * Returns: (transfer none): what the service has against it, of [class@Problem]; always the same list
 */
GListModel *
refills_checkout_get_problems (RefillsCheckout *self)
{
  g_return_val_if_fail (REFILLS_IS_CHECKOUT (self), NULL);

  return refills_validation_get_problems (self->validation);
}

/**
 * refills_checkout_get_order:
 * @self: a checkout
 *
 * Returns: (transfer none) (nullable): the order, once it is placed and on disk
 */
RefillsOrder *
refills_checkout_get_order (RefillsCheckout *self)
{
  g_return_val_if_fail (REFILLS_IS_CHECKOUT (self), NULL);

  return refills_placement_get_order (self->placement);
}

/**
 * refills_checkout_get_question:
 * @self: a checkout
 *
 * Returns: what has to be answered before the order is sent
 */
RefillsCheckoutQuestion
refills_checkout_get_question (RefillsCheckout *self)
{
  g_return_val_if_fail (REFILLS_IS_CHECKOUT (self), REFILLS_CHECKOUT_QUESTION_NONE);

  return refills_placement_get_question (self->placement);
}

/**
 * refills_checkout_get_other_order:
 * @self: a checkout
 *
 * Returns: (transfer none) (nullable): the order that the question is about
 */
RefillsOrder *
refills_checkout_get_other_order (RefillsCheckout *self)
{
  g_return_val_if_fail (REFILLS_IS_CHECKOUT (self), NULL);

  return refills_placement_get_other_order (self->placement);
}

/**
 * refills_checkout_validate:
 * @self: a checkout
 *
 * Asks the service now, as after a failure.
 */
void
refills_checkout_validate (RefillsCheckout *self)
{
  g_return_if_fail (REFILLS_IS_CHECKOUT (self));

  if (is_editable (self) && is_complete (self))
    ask_for_validation (self);
}

/**
 * refills_checkout_submit:
 * @self: a checkout
 *
 * Places the order. A validation older than a minute is made anew first, and the order goes only if the
 * total has not risen. Does nothing unless the checkout is ready, and nothing the second time.
 */
void
refills_checkout_submit (RefillsCheckout *self)
{
  g_return_if_fail (REFILLS_IS_CHECKOUT (self));

  if (self->state != REFILLS_CHECKOUT_READY)
    return;

  place_or_ask (self);
}

/**
 * refills_checkout_answer:
 * @self: a checkout
 * @go_on: whether what the question asks about is to be done
 *
 * Answers the question. Goes on at the total that was accepted, or asks for it anew where that is older than a
 * minute. Does nothing where nothing is asked, or no longer.
 */
void
refills_checkout_answer (RefillsCheckout *self,
                         gboolean         go_on)
{
  g_return_if_fail (REFILLS_IS_CHECKOUT (self));

  if (self->state != REFILLS_CHECKOUT_ASKING)
    return;

  if (go_on) {
    self->state = REFILLS_CHECKOUT_SUBMITTING;
    notify_all (self);
    refills_placement_agree (self->placement);
    return;
  }
  refills_placement_forget (self->placement);
  self->state = REFILLS_CHECKOUT_READY;
  notify_all (self);
}
