/* refills-timeline.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsTimeline:
 *
 * The steps of one order, from the order on to what became of it, as a list of [class@TimelineStep].
 *
 * Immutable: a pure function of what is known of the order. It reads no clock, and says how long something takes
 * only where a source does; no step promises anything.
 */

#include "refills-timeline.h"

#include "refills-order-money.h"
#include "refills-via-name.h"

#include <glib/gi18n.h>

struct _RefillsTimeline {
  GObject    parent_instance;

  GPtrArray *steps;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RefillsTimeline, refills_timeline, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return REFILLS_TYPE_TIMELINE_STEP;
}

static guint
get_n_items (GListModel *model)
{
  return REFILLS_TIMELINE (model)->steps->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  RefillsTimeline *self = REFILLS_TIMELINE (model);

  return position < self->steps->len ? g_object_ref (self->steps->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* When the order first was in one of these phases; 0 where that was not seen. What is stored may be damaged. */
static gint64
find_moment (const RefillsTimelineFacts *facts,
             guint                       phases)
{
  GVariantIter iter;
  gint64 seconds = 0;
  guint32 phase = 0;

  if (facts->moments == NULL || !g_variant_is_of_type (facts->moments, G_VARIANT_TYPE ("a(xu)")))
    return 0;

  g_variant_iter_init (&iter, facts->moments);
  while (g_variant_iter_next (&iter, "(xu)", &seconds, &phase))
    if (phase <= REFILLS_ORDER_PHASE_DONE && (phases & (1u << phase)) != 0 && seconds > 0)
      return seconds;

  return 0;
}

/**
 * refills_timeline_format_time:
 * @seconds: epoch seconds; 0 where it is not known
 * @now: the time now, likewise
 *
 * Returns: (transfer full) (nullable): the time, local, and no longer than it has to be; `NULL` where it is not known
 */
char *
refills_timeline_format_time (gint64 seconds,
                              gint64 now)
{
  g_autoptr (GDateTime) then = seconds > 0 ? g_date_time_new_from_unix_local (seconds) : NULL;
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now);

  if (then == NULL || today == NULL)
    return NULL;

  if (g_date_time_get_year (then) != g_date_time_get_year (today))
    /* Translators: a time of another year, see g_date_time_format() */
    return g_date_time_format (then, C_("another year", "%-d %b %Y, %H:%M"));
  if (g_date_time_get_day_of_year (then) != g_date_time_get_day_of_year (today))
    /* Translators: a time of another day of this year, see g_date_time_format() */
    return g_date_time_format (then, C_("this year", "%-d %b, %H:%M"));

  /* Translators: a time of today, see g_date_time_format() */
  return g_date_time_format (then, C_("today", "%H:%M"));
}

static void
add (RefillsTimeline            *self,
     const RefillsTimelineFacts *facts,
     RefillsStepState            state,
     const char                 *title,
     gint64                      seconds,
     RefillsActor                actor,
     const char                 *note)
{
  g_autofree char *time_text = refills_timeline_format_time (seconds, facts->now);

  g_ptr_array_add (self->steps, refills_timeline_step_new (&(RefillsTimelineStepFields) {
    .title = title, .state = state, .time_text = time_text, .actor = actor, .note = note,
  }));
}

static void
add_ahead (RefillsTimeline            *self,
           const RefillsTimelineFacts *facts,
           const char                 *title)
{
  add (self, facts, REFILLS_STEP_AHEAD, title, 0, REFILLS_ACTOR_NOBODY, NULL);
}

static gboolean
is_paid_on_chain (const RefillsTimelineFacts *facts)
{
  return !refills_via_name_is_elsewhere (refills_order_request_get_payment_via (facts->asked));
}

/* A Lightning payment is seen and prepared within seconds (API reference, section 12.3); one on Bitcoin's own chain
 * may need up to six confirmations (section 13), ten minutes each. Of the other networks the service says only that
 * they fit its window of 20 to 30 minutes. */
static const char *
describe_network_time (const RefillsTimelineFacts *facts)
{
  const char *network = refills_order_request_get_network_name (facts->asked);
  const RefillsToken *token = NULL;

  if (!is_paid_on_chain (facts) || network == NULL || *network == '\0')
    return NULL;
  token = refills_order_money_find_token (facts->state);
  if (token == NULL)
    token = refills_token_find (refills_order_request_get_coin (facts->asked), network);
  if (token != NULL && token->family == REFILLS_ADDRESS_LIGHTNING)
    return _("Usually takes seconds");
  if (token != NULL && token->family == REFILLS_ADDRESS_BITCOIN)
    return _("Up to 6 confirmations, which can take an hour or more");

  return _("Usually takes a few minutes");
}

/* A top-up takes minutes to an hour; a code comes within minutes. */
static const char *
describe_delivery_time (const RefillsTimelineFacts *facts)
{
  for (guint i = 0; i < refills_order_state_get_n_deliveries (facts->state); i++) {
    RefillsDelivery *delivery = refills_order_state_get_delivery (facts->state, i);
    RefillsDeliveryForm form = refills_delivery_get_form (delivery);

    if (form == REFILLS_DELIVERY_FORM_TOP_UP || form == REFILLS_DELIVERY_FORM_ACCOUNT)
      return _("Usually takes minutes, sometimes an hour");
  }

  return _("Usually takes a few minutes");
}

#define SEEN (1u << REFILLS_ORDER_PHASE_PAYMENT_SEEN)
#define PREPARING (1u << REFILLS_ORDER_PHASE_PREPARING)
#define NEEDS_ACTION (1u << REFILLS_ORDER_PHASE_NEEDS_ACTION)

static void
add_paid (RefillsTimeline            *self,
          const RefillsTimelineFacts *facts)
{
  const char *word = refills_order_state_get_payment_state (facts->state);

  add (self, facts, REFILLS_STEP_DONE,
       g_strcmp0 (word, "ExpiredAfterPaymentDetection") == 0 ? C_("step", "Paid late") : C_("step", "Paid"),
       find_moment (facts, SEEN | PREPARING | NEEDS_ACTION), REFILLS_ACTOR_NOBODY, NULL);
}

static void
add_failed (RefillsTimeline            *self,
            const RefillsTimelineFacts *facts,
            const char                 *title,
            RefillsOrderPhase           phase,
            RefillsActor                actor,
            const char                 *note)
{
  add (self, facts, REFILLS_STEP_FAILED, title, find_moment (facts, 1u << phase), actor, note);
}

/* How the way to pay stands while nothing, or not enough, was paid. */
static void
add_unpaid (RefillsTimeline            *self,
            const RefillsTimelineFacts *facts,
            RefillsOrderPhase           phase)
{
  gboolean is_partly_paid = phase == REFILLS_ORDER_PHASE_PARTIALLY_PAID;
  gint64 moment = is_partly_paid ? find_moment (facts, 1u << phase) : 0;

  if (facts->is_withheld)
    add (self, facts, REFILLS_STEP_FAILED, C_("step", "Payment stopped"), 0, REFILLS_ACTOR_NOBODY, NULL);
  else if (facts->is_time_up)
    add (self, facts, REFILLS_STEP_CURRENT, C_("step", "Time to pay is over"), moment, REFILLS_ACTOR_NOBODY,
         _("What was sent in time still counts"));
  else if (is_partly_paid)
    add (self, facts, REFILLS_STEP_CURRENT, C_("step", "Partly paid"), moment, REFILLS_ACTOR_YOU, NULL);
  else
    /* How long the network takes is said once it has the payment: here it would read as the time that is left. */
    add (self, facts, REFILLS_STEP_CURRENT, C_("step", "Waiting for payment"), 0, REFILLS_ACTOR_YOU, NULL);
}

static void
add_end (RefillsTimeline            *self,
         const RefillsTimelineFacts *facts)
{
  gint64 moment = find_moment (facts, 1u << REFILLS_ORDER_PHASE_DONE);
  guint n_delivered = 0;
  guint n_worked_on = 0;
  guint n_refunded = 0;
  guint n = refills_order_state_get_n_deliveries (facts->state);

  for (guint i = 0; i < n; i++) {
    RefillsDeliveryPhase phase = refills_delivery_get_phase (refills_order_state_get_delivery (facts->state, i));

    n_delivered += phase == REFILLS_DELIVERY_DELIVERED || phase == REFILLS_DELIVERY_PENDING;
    n_worked_on += phase == REFILLS_DELIVERY_MANUAL;
    n_refunded += phase == REFILLS_DELIVERY_REFUNDED;
  }

  if (n_worked_on > 0)
    add (self, facts, REFILLS_STEP_CURRENT,
         n_delivered > 0 ? C_("step", "Partly delivered") : C_("step", "The service has to act"), moment,
         REFILLS_ACTOR_SHOP, _("Can take a day"));
  else if (n_delivered == n)
    add (self, facts, REFILLS_STEP_DONE, C_("step", "Delivered"), moment, REFILLS_ACTOR_NOBODY, NULL);
  else if (n_delivered > 0)
    add (self, facts, REFILLS_STEP_FAILED, C_("step", "Partly delivered"), moment, REFILLS_ACTOR_NOBODY, NULL);
  else if (n_refunded == n)
    add (self, facts, REFILLS_STEP_DONE, C_("step", "Refunded"), moment, REFILLS_ACTOR_NOBODY, NULL);
  else
    add (self, facts, REFILLS_STEP_FAILED, C_("step", "Not delivered"), moment, REFILLS_ACTOR_NOBODY, NULL);
}

/* The service acts by itself on a payment that came late; on a part of one, only when it is asked. */
static void
add_expired (RefillsTimeline            *self,
             const RefillsTimelineFacts *facts)
{
  const char *title = C_("step", "Expired");

  switch (refills_order_money_weigh (facts->state)) {
    case REFILLS_ORDER_MONEY_NONE:
      add_failed (self, facts, title, REFILLS_ORDER_PHASE_EXPIRED, REFILLS_ACTOR_NOBODY,
                  _("What was sent in time still counts"));
      break;
    case REFILLS_ORDER_MONEY_PART:
      add_failed (self, facts, title, REFILLS_ORDER_PHASE_EXPIRED, REFILLS_ACTOR_YOU, _("Ask Cryptorefills’ support"));
      break;
    case REFILLS_ORDER_MONEY_WHOLE:
    case REFILLS_ORDER_MONEY_MORE:
    default:
      add_failed (self, facts, title, REFILLS_ORDER_PHASE_EXPIRED, REFILLS_ACTOR_NOBODY, NULL);
      add (self, facts, REFILLS_STEP_CURRENT, C_("step", "Paid late"), 0, REFILLS_ACTOR_SHOP, _("Can take a day"));
  }
}

static void
add_phase (RefillsTimeline            *self,
           const RefillsTimelineFacts *facts,
           RefillsOrderPhase           phase)
{
  switch (phase) {
    case REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT:
    case REFILLS_ORDER_PHASE_PARTIALLY_PAID:
      add_unpaid (self, facts, phase);
      if (facts->is_withheld)
        break;
      add_ahead (self, facts, C_("step", "Preparing"));
      add_ahead (self, facts, C_("step", "Delivery"));
      break;
    case REFILLS_ORDER_PHASE_EXPIRED:
      /* It is not the end (API reference, section 17, C15): late money can still complete the order. */
      add_expired (self, facts);
      break;
    case REFILLS_ORDER_PHASE_PAYMENT_SEEN:
      add (self, facts, REFILLS_STEP_CURRENT, C_("step", "Payment seen"), find_moment (facts, SEEN),
           is_paid_on_chain (facts) ? REFILLS_ACTOR_NETWORK : REFILLS_ACTOR_SHOP, describe_network_time (facts));
      add_ahead (self, facts, C_("step", "Preparing"));
      add_ahead (self, facts, C_("step", "Delivery"));
      break;
    case REFILLS_ORDER_PHASE_PREPARING:
      add_paid (self, facts);
      add (self, facts, REFILLS_STEP_CURRENT, C_("step", "Preparing"), find_moment (facts, PREPARING),
           REFILLS_ACTOR_SHOP, describe_delivery_time (facts));
      add_ahead (self, facts, C_("step", "Delivery"));
      break;
    case REFILLS_ORDER_PHASE_NEEDS_ACTION:
      /* API reference, section 12.2: support or restock, up to 24 hours. */
      add_paid (self, facts);
      add (self, facts, REFILLS_STEP_CURRENT, C_("step", "The service has to act"), find_moment (facts, NEEDS_ACTION),
           REFILLS_ACTOR_SHOP, _("Can take a day"));
      add_ahead (self, facts, C_("step", "Delivery"));
      break;
    case REFILLS_ORDER_PHASE_SETUP_FAILED:
      add_failed (self, facts, C_("step", "No payment possible"), phase, REFILLS_ACTOR_NOBODY, NULL);
      break;
    case REFILLS_ORDER_PHASE_PAYMENT_FAILED:
      add_failed (self, facts, C_("step", "Payment rejected"), phase, REFILLS_ACTOR_YOU,
                  _("Ask Cryptorefills’ support"));
      break;
    case REFILLS_ORDER_PHASE_CANCELED:
      if (find_moment (facts, SEEN | PREPARING) > 0)
        add_paid (self, facts);
      if (refills_order_money_weigh (facts->state) != REFILLS_ORDER_MONEY_NONE)
        add_failed (self, facts, C_("step", "Canceled"), phase, REFILLS_ACTOR_YOU, _("Ask Cryptorefills’ support"));
      else
        add_failed (self, facts, C_("step", "Canceled"), phase, REFILLS_ACTOR_NOBODY, NULL);
      break;
    case REFILLS_ORDER_PHASE_REFUNDED:
      add_paid (self, facts);
      add (self, facts, REFILLS_STEP_DONE, C_("step", "Refunded"), find_moment (facts, 1u << phase),
           REFILLS_ACTOR_NOBODY, NULL);
      break;
    case REFILLS_ORDER_PHASE_DONE:
      add_paid (self, facts);
      if (refills_order_state_is_all_delivered (facts->state))
        add (self, facts, REFILLS_STEP_DONE, C_("step", "Prepared"), find_moment (facts, PREPARING),
             REFILLS_ACTOR_NOBODY, NULL);
      add_end (self, facts);
      break;
    case REFILLS_ORDER_PHASE_UNKNOWN:
    default:
      add (self, facts, REFILLS_STEP_CURRENT, C_("step", "Waiting for the service"), 0, REFILLS_ACTOR_SHOP, NULL);
      add_ahead (self, facts, C_("step", "Delivery"));
  }
}

/* A newer order withdraws how to pay an older one; what was paid goes on all the same. */
static gboolean
is_replaced (const RefillsTimelineFacts *facts,
             RefillsOrderPhase           phase)
{
  return facts->is_superseded && phase <= REFILLS_ORDER_PHASE_PARTIALLY_PAID;
}

static void
add_placed (RefillsTimeline            *self,
            const RefillsTimelineFacts *facts)
{
  RefillsOrderPhase phase = facts->state != NULL ? refills_order_state_get_phase (facts->state)
                                                 : REFILLS_ORDER_PHASE_UNKNOWN;

  add (self, facts, REFILLS_STEP_DONE, C_("step", "Ordered"), facts->asked_at, REFILLS_ACTOR_NOBODY, NULL);
  if (is_replaced (facts, phase))
    add (self, facts, REFILLS_STEP_FAILED, C_("step", "Replaced"), 0, REFILLS_ACTOR_NOBODY,
         _("A newer order took its place"));
  else
    add_phase (self, facts, phase);
}

static void
refills_timeline_dispose (GObject *object)
{
  RefillsTimeline *self = REFILLS_TIMELINE (object);

  g_ptr_array_set_size (self->steps, 0);

  G_OBJECT_CLASS (refills_timeline_parent_class)->dispose (object);
}

static void
refills_timeline_finalize (GObject *object)
{
  RefillsTimeline *self = REFILLS_TIMELINE (object);

  g_clear_pointer (&self->steps, g_ptr_array_unref);

  G_OBJECT_CLASS (refills_timeline_parent_class)->finalize (object);
}

static void
refills_timeline_class_init (RefillsTimelineClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = refills_timeline_dispose;
  object_class->finalize = refills_timeline_finalize;
}

static void
refills_timeline_init (RefillsTimeline *self)
{
  self->steps = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * refills_timeline_new:
 * @facts: what is known of an order; nothing of it is kept
 *
 * Works out the steps of an order. There is always one, and at most one is the current one.
 *
 * Returns: (transfer full): the steps, a list of [class@TimelineStep]
 */
RefillsTimeline *
refills_timeline_new (const RefillsTimelineFacts *facts)
{
  RefillsTimeline *self = g_object_new (REFILLS_TYPE_TIMELINE, NULL);

  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (facts->asked), self);

  switch (facts->outcome) {
    case REFILLS_ORDER_OUTCOME_SENDING:
      /* The request has a minute at most. */
      add (self, facts, REFILLS_STEP_CURRENT, C_("step", "Ordering"), facts->asked_at, REFILLS_ACTOR_SHOP,
           _("Takes a minute at most"));
      add_ahead (self, facts, C_("step", "Payment"));
      add_ahead (self, facts, C_("step", "Preparing"));
      add_ahead (self, facts, C_("step", "Delivery"));
      break;
    case REFILLS_ORDER_OUTCOME_REFUSED:
      add (self, facts, REFILLS_STEP_FAILED, C_("step", "Not ordered"), facts->asked_at, REFILLS_ACTOR_NOBODY, NULL);
      break;
    case REFILLS_ORDER_OUTCOME_UNKNOWN:
      add (self, facts, REFILLS_STEP_FAILED, C_("step", "No answer"), facts->asked_at, REFILLS_ACTOR_NOBODY, NULL);
      break;
    case REFILLS_ORDER_OUTCOME_PLACED:
    default:
      add_placed (self, facts);
  }

  return self;
}
