/* refills-order.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsOrder:
 *
 * One order as screens show it: what was asked, what became of it, and every text made from that.
 *
 * The one model object that changes. It changes only by [method@Order.apply] with a state that is
 * stored already, by [method@Order.apply_outcome] and [method@Order.set_superseded] for what else is
 * stored, and by what is told of the connection; every
 * property that is different afterwards is notified once everything is consistent. Main thread
 * only. It never asks the service and never stores anything.
 *
 * One that comes from a list is sealed: it knows what a list shows and nothing else, until it is opened.
 */

#include "refills-order.h"

#include "refills-order-outline.h"
#include "refills-order-private.h"
#include "refills-rich-text.h"

#define TITLE_MAX_CHARACTERS 120

G_DEFINE_ENUM_TYPE (RefillsOrderOutcome, refills_order_outcome,
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_OUTCOME_SENDING, "sending"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_OUTCOME_PLACED, "placed"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_OUTCOME_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (REFILLS_ORDER_OUTCOME_UNKNOWN, "unknown"))

G_DEFINE_FINAL_TYPE (RefillsOrder, refills_order, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_ROW,
  PROP_CREATED_AT,
  PROP_ASKED,
  PROP_STATE,
  PROP_OUTCOME,
  PROP_PHASE,
  PROP_ALARM,
  PROP_ALARM_TEXT,
  PROP_LINK,
  PROP_LINK_TEXT,
  PROP_LINK_UNTIL,
  PROP_TITLE,
  PROP_FACE_LABEL,
  PROP_STATUS_TITLE,
  PROP_STATUS_TEXT,
  PROP_PAYMENT,
  PROP_REFUSAL,
  PROP_PAYABLE,
  PROP_LATE,
  PROP_OPEN,
  PROP_UNSAVED,
  PROP_LACKS_SPACE,
  PROP_SUPERSEDED,
  PROP_DELIVERIES,
  PROP_HAS_CODES,
  PROP_SEALED,
  PROP_MOMENTS,
  PROP_SERVICE_TIME,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
notify (RefillsOrder *self,
        guint         property)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[property]);
}

/* Takes what is shown now and tells every difference. The caller has frozen notification. */
static void
refresh (RefillsOrder *self)
{
  RefillsOrderStatus old = self->shown;
  RefillsOrderStatus new = { 0 };

  refills_order_status_init (&new, self->row, self->outcome, self->asked,
                             self->state != NULL ? self->state : self->outline_state, self->now, self->is_sealed);
  if (self->superseded)
    refills_order_status_supersede (&new);
  /* The same payment stays the same object, so that nothing on screen is drawn again. */
  if (old.payment != NULL && new.payment != NULL &&
      refills_payment_equal (old.payment, new.payment))
    g_set_object (&new.payment, old.payment);
  self->shown = new;

  if (old.phase != new.phase)
    notify (self, PROP_PHASE);
  if (old.alarm != new.alarm)
    notify (self, PROP_ALARM);
  if (g_strcmp0 (old.alarm_text, new.alarm_text) != 0)
    notify (self, PROP_ALARM_TEXT);
  if (g_strcmp0 (old.status_title, new.status_title) != 0)
    notify (self, PROP_STATUS_TITLE);
  if (g_strcmp0 (old.status_text, new.status_text) != 0)
    notify (self, PROP_STATUS_TEXT);
  if (old.payment != new.payment)
    notify (self, PROP_PAYMENT);
  if (g_strcmp0 (old.refusal, new.refusal) != 0)
    notify (self, PROP_REFUSAL);
  if (old.payable != new.payable)
    notify (self, PROP_PAYABLE);
  if (old.is_late != new.is_late)
    notify (self, PROP_LATE);
  if (old.open != new.open)
    notify (self, PROP_OPEN);
  if (old.has_codes != new.has_codes)
    notify (self, PROP_HAS_CODES);

  refills_order_status_clear (&old);
}

/* @asked: (transfer full) */
static void
take_asked (RefillsOrder        *self,
            RefillsOrderRequest *asked)
{
  self->asked = asked;
  g_clear_pointer (&self->title, g_free);
  self->title = refills_text_clean_line (refills_order_request_get_title (asked), TITLE_MAX_CHARACTERS);
  g_clear_pointer (&self->face_label, g_free);
  self->face_label = refills_text_clean_line (refills_order_request_get_face_label (asked),
                                              TITLE_MAX_CHARACTERS);
}

static void
refills_order_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  RefillsOrder *self = REFILLS_ORDER (object);

  switch (prop_id) {
  case PROP_ROW:
    g_value_set_int64 (value, self->row);
    break;
  case PROP_CREATED_AT:
    g_value_set_int64 (value, self->created_at);
    break;
  case PROP_ASKED:
    g_value_set_object (value, refills_order_get_asked (self));
    break;
  case PROP_STATE:
    g_value_set_object (value, refills_order_get_state (self));
    break;
  case PROP_OUTCOME:
    g_value_set_enum (value, self->outcome);
    break;
  case PROP_PHASE:
    g_value_set_enum (value, self->shown.phase);
    break;
  case PROP_ALARM:
    g_value_set_flags (value, refills_order_get_alarm (self));
    break;
  case PROP_ALARM_TEXT:
    g_value_set_string (value, refills_order_get_alarm_text (self));
    break;
  case PROP_LINK:
    g_value_set_enum (value, self->link);
    break;
  case PROP_LINK_TEXT:
    g_value_set_string (value, refills_order_get_link_text (self));
    break;
  case PROP_LINK_UNTIL:
    g_value_set_int64 (value, self->link_until);
    break;
  case PROP_TITLE:
    g_value_set_string (value, refills_order_get_title (self));
    break;
  case PROP_FACE_LABEL:
    g_value_set_string (value, refills_order_get_face_label (self));
    break;
  case PROP_STATUS_TITLE:
    g_value_set_string (value, refills_order_get_status_title (self));
    break;
  case PROP_STATUS_TEXT:
    g_value_set_string (value, refills_order_get_status_text (self));
    break;
  case PROP_PAYMENT:
    g_value_set_object (value, refills_order_get_payment (self));
    break;
  case PROP_REFUSAL:
    g_value_set_string (value, refills_order_get_refusal (self));
    break;
  case PROP_PAYABLE:
    g_value_set_boolean (value, refills_order_is_payable (self));
    break;
  case PROP_LATE:
    g_value_set_boolean (value, self->shown.is_late);
    break;
  case PROP_OPEN:
    g_value_set_boolean (value, self->shown.open);
    break;
  case PROP_UNSAVED:
    g_value_set_boolean (value, self->unsaved);
    break;
  case PROP_LACKS_SPACE:
    g_value_set_boolean (value, self->lacks_space);
    break;
  case PROP_SUPERSEDED:
    g_value_set_boolean (value, self->superseded);
    break;
  case PROP_DELIVERIES:
    g_value_set_object (value, refills_order_get_deliveries (self));
    break;
  case PROP_HAS_CODES:
    g_value_set_boolean (value, refills_order_has_codes (self));
    break;
  case PROP_SEALED:
    g_value_set_boolean (value, self->is_sealed);
    break;
  case PROP_MOMENTS:
    g_value_set_variant (value, self->moments);
    break;
  case PROP_SERVICE_TIME:
    g_value_set_int64 (value, self->now);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
refills_order_dispose (GObject *object)
{
  RefillsOrder *self = REFILLS_ORDER (object);

  g_clear_object (&self->asked);
  g_clear_object (&self->state);
  g_clear_object (&self->outline_state);
  g_clear_object (&self->deliveries);
  g_clear_object (&self->shown.payment);

  G_OBJECT_CLASS (refills_order_parent_class)->dispose (object);
}

static void
refills_order_finalize (GObject *object)
{
  RefillsOrder *self = REFILLS_ORDER (object);

  g_clear_pointer (&self->outline, g_variant_unref);
  g_clear_pointer (&self->moments, g_variant_unref);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->face_label, g_free);
  g_clear_pointer (&self->link_why, g_free);
  refills_order_status_clear (&self->shown);

  G_OBJECT_CLASS (refills_order_parent_class)->finalize (object);
}

static void
refills_order_class_init (RefillsOrderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = refills_order_get_property;
  object_class->dispose = refills_order_dispose;
  object_class->finalize = refills_order_finalize;

  props[PROP_ROW] = g_param_spec_int64 ("row", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_CREATED_AT] = g_param_spec_int64 ("created-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_ASKED] = g_param_spec_object ("asked", NULL, NULL, REFILLS_TYPE_ORDER_REQUEST, flags);
  props[PROP_STATE] = g_param_spec_object ("state", NULL, NULL, REFILLS_TYPE_ORDER_STATE, flags);
  props[PROP_OUTCOME] = g_param_spec_enum ("outcome", NULL, NULL,
                                           REFILLS_TYPE_ORDER_OUTCOME,
                                           REFILLS_ORDER_OUTCOME_SENDING, flags);
  props[PROP_PHASE] = g_param_spec_enum ("phase", NULL, NULL,
                                         REFILLS_TYPE_ORDER_PHASE, REFILLS_ORDER_PHASE_UNKNOWN,
                                         flags);
  props[PROP_ALARM] = g_param_spec_flags ("alarm", NULL, NULL,
                                          REFILLS_TYPE_ORDER_ALARM, REFILLS_ORDER_ALARM_NONE,
                                          flags);
  props[PROP_ALARM_TEXT] = g_param_spec_string ("alarm-text", NULL, NULL, NULL, flags);
  props[PROP_LINK] = g_param_spec_enum ("link", NULL, NULL,
                                        REFILLS_TYPE_ORDER_LINK, REFILLS_ORDER_LINK_IDLE, flags);
  props[PROP_LINK_TEXT] = g_param_spec_string ("link-text", NULL, NULL, NULL, flags);
  props[PROP_LINK_UNTIL] = g_param_spec_int64 ("link-until", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_FACE_LABEL] = g_param_spec_string ("face-label", NULL, NULL, NULL, flags);
  props[PROP_STATUS_TITLE] = g_param_spec_string ("status-title", NULL, NULL, NULL, flags);
  props[PROP_STATUS_TEXT] = g_param_spec_string ("status-text", NULL, NULL, NULL, flags);
  props[PROP_PAYMENT] = g_param_spec_object ("payment", NULL, NULL, REFILLS_TYPE_PAYMENT, flags);
  props[PROP_REFUSAL] = g_param_spec_string ("refusal", NULL, NULL, NULL, flags);
  props[PROP_PAYABLE] = g_param_spec_boolean ("payable", NULL, NULL, FALSE, flags);
  props[PROP_LATE] = g_param_spec_boolean ("late", NULL, NULL, FALSE, flags);
  props[PROP_OPEN] = g_param_spec_boolean ("open", NULL, NULL, FALSE, flags);
  props[PROP_UNSAVED] = g_param_spec_boolean ("unsaved", NULL, NULL, FALSE, flags);
  props[PROP_LACKS_SPACE] = g_param_spec_boolean ("lacks-space", NULL, NULL, FALSE, flags);
  props[PROP_SUPERSEDED] = g_param_spec_boolean ("superseded", NULL, NULL, FALSE, flags);
  props[PROP_DELIVERIES] = g_param_spec_object ("deliveries", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  props[PROP_HAS_CODES] = g_param_spec_boolean ("has-codes", NULL, NULL, FALSE, flags);
  props[PROP_SEALED] = g_param_spec_boolean ("sealed", NULL, NULL, FALSE, flags);
  props[PROP_MOMENTS] = g_param_spec_variant ("moments", NULL, NULL, G_VARIANT_TYPE ("a(xu)"), NULL, flags);
  /* As it was told last, which may be a while ago. */
  props[PROP_SERVICE_TIME] = g_param_spec_int64 ("service-time", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_order_init (RefillsOrder *self)
{
}

/**
 * refills_order_new:
 * @row: the local number of the order
 * @created_at: when it was asked for, in epoch seconds
 * @asked: what was asked
 *
 * Makes an order whose request is being sent.
 *
 * Returns: (transfer full): the order
 */
RefillsOrder *
refills_order_new (gint64               row,
                   gint64               created_at,
                   RefillsOrderRequest *asked)
{
  RefillsOrder *self = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER_REQUEST (asked), NULL);

  self = g_object_new (REFILLS_TYPE_ORDER, NULL);
  self->row = MAX (row, 0);
  self->created_at = MAX (created_at, 0);
  take_asked (self, g_object_ref (asked));
  refills_order_status_init (&self->shown, self->row, self->outcome, self->asked, self->state, 0, FALSE);

  return self;
}

/**
 * refills_order_new_sealed:
 * @row: the local number of the order
 * @created_at: when it was asked for, in epoch seconds
 * @outcome: what became of the request
 * @phase: how far the order is
 * @is_open: whether it was made and more is to come
 * @outline: what a list may know of it, see [func@order_outline_new]; perhaps damaged
 *
 * Makes an order from what is known without a key. @outline is read when something of it is first asked for, so
 * that thousands of orders cost next to nothing.
 *
 * Returns: (transfer full): the order, to be opened by [method@Order.unseal]
 */
RefillsOrder *
refills_order_new_sealed (gint64               row,
                          gint64               created_at,
                          RefillsOrderOutcome  outcome,
                          RefillsOrderPhase    phase,
                          gboolean             is_open,
                          GVariant            *outline)
{
  RefillsOrder *self = NULL;

  g_return_val_if_fail (outline != NULL, NULL);

  self = g_object_new (REFILLS_TYPE_ORDER, NULL);
  self->row = MAX (row, 0);
  self->created_at = MAX (created_at, 0);
  self->outcome = outcome;
  self->is_sealed = TRUE;
  self->outline = g_variant_ref_sink (outline);
  self->shown.phase = phase;
  self->shown.open = is_open;

  return self;
}

/**
 * refills_order_read_outline:
 * @self: an order
 *
 * Reads the outline of a sealed order where that was not done yet. What a list showed of phase and openness stays.
 */
void
refills_order_read_outline (RefillsOrder *self)
{
  g_autoptr (GVariant) outline = g_steal_pointer (&self->outline);
  g_autoptr (RefillsOrderRequest) asked = NULL;
  RefillsOrderPhase phase = self->shown.phase;
  gboolean is_open = self->shown.open;

  if (outline == NULL)
    return;

  if (!refills_order_outline_read (outline, &asked, &self->outline_state)) {
    g_autoptr (GVariant) bare = g_variant_ref_sink (refills_order_outline_new_bare (NULL, NULL, NULL));

    g_message ("the outline of order %" G_GINT64_FORMAT " cannot be read", self->row);
    refills_order_outline_read (bare, &asked, &self->outline_state);
  }
  take_asked (self, g_steal_pointer (&asked));
  refills_order_status_init (&self->shown, self->row, self->outcome, self->asked, self->outline_state, 0, TRUE);
  self->shown.phase = phase;
  self->shown.open = is_open;
  if (self->superseded)
    refills_order_status_supersede (&self->shown);
}

/**
 * refills_order_unseal:
 * @self: an order
 * @asked: what was asked
 * @state: (nullable): its state, redacted, where it has one
 *
 * Opens a sealed order. Does nothing to one that is open, which is followed and may know more by now.
 */
void
refills_order_unseal (RefillsOrder        *self,
                      RefillsOrderRequest *asked,
                      RefillsOrderState   *state)
{
  g_return_if_fail (REFILLS_IS_ORDER (self));
  g_return_if_fail (REFILLS_IS_ORDER_REQUEST (asked));
  g_return_if_fail (state == NULL || REFILLS_IS_ORDER_STATE (state));

  if (!self->is_sealed)
    return;

  /* Where nobody has read it, nobody need. */
  g_clear_pointer (&self->outline, g_variant_unref);
  g_object_freeze_notify (G_OBJECT (self));
  self->is_sealed = FALSE;
  g_clear_object (&self->outline_state);
  g_clear_object (&self->asked);
  take_asked (self, g_object_ref (asked));
  notify (self, PROP_SEALED);
  notify (self, PROP_ASKED);
  notify (self, PROP_TITLE);
  notify (self, PROP_FACE_LABEL);
  if (state != NULL && self->state == NULL)
    refills_order_apply (self, state);
  else
    refresh (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * refills_order_set_moments:
 * @self: an order
 * @moments: when which phase was reached, as `a(xu)`; a floating one is taken
 *
 * Tells the times of the order, which are stored with it.
 */
void
refills_order_set_moments (RefillsOrder *self,
                           GVariant     *moments)
{
  g_autoptr (GVariant) owned = NULL;

  g_return_if_fail (REFILLS_IS_ORDER (self));
  g_return_if_fail (g_variant_is_of_type (moments, G_VARIANT_TYPE ("a(xu)")));

  owned = g_variant_ref_sink (moments);
  if (self->moments == owned)
    return;
  if (self->moments != NULL && g_variant_equal (self->moments, owned))
    return;
  g_clear_pointer (&self->moments, g_variant_unref);
  self->moments = g_steal_pointer (&owned);
  notify (self, PROP_MOMENTS);
}

/**
 * refills_order_apply:
 * @self: an order
 * @state: a state of this order that is stored already, or that the caller marks with
 *   [method@Order.set_unsaved]
 *
 * Shows @state. An order with a state was made, so the outcome is that it was placed.
 */
void
refills_order_apply (RefillsOrder      *self,
                     RefillsOrderState *state)
{
  g_return_if_fail (REFILLS_IS_ORDER (self));
  g_return_if_fail (REFILLS_IS_ORDER_STATE (state));
  g_return_if_fail (self->state == NULL ||
                    g_str_equal (refills_order_state_get_order_id (self->state),
                                 refills_order_state_get_order_id (state)));

  refills_order_read_outline (self);
  g_object_freeze_notify (G_OBJECT (self));
  if (g_set_object (&self->state, state))
    notify (self, PROP_STATE);
  if (self->outcome != REFILLS_ORDER_OUTCOME_PLACED) {
    self->outcome = REFILLS_ORDER_OUTCOME_PLACED;
    notify (self, PROP_OUTCOME);
  }
  refresh (self);
  if (self->deliveries != NULL)
    refills_order_status_list_deliveries (G_LIST_STORE (self->deliveries), state);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * refills_order_apply_outcome:
 * @self: an order
 * @outcome: what became of the request
 *
 * Tells what became of the request. An order that has a state stays placed.
 */
void
refills_order_apply_outcome (RefillsOrder        *self,
                             RefillsOrderOutcome  outcome)
{
  g_return_if_fail (REFILLS_IS_ORDER (self));

  if (self->outcome == outcome || self->state != NULL)
    return;

  refills_order_read_outline (self);
  g_object_freeze_notify (G_OBJECT (self));
  self->outcome = outcome;
  notify (self, PROP_OUTCOME);
  refresh (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * refills_order_set_superseded:
 * @self: an order
 * @superseded: whether a newer order replaced it, by what is stored
 *
 * Withdraws what could be paid to, or brings it back where no newer order came of it.
 */
void
refills_order_set_superseded (RefillsOrder *self,
                              gboolean      superseded)
{
  g_return_if_fail (REFILLS_IS_ORDER (self));

  superseded = !!superseded;
  if (self->superseded == superseded)
    return;

  /* Reading costs more than all the rest of a list. What follows from this is worked out when somebody asks. */
  if (self->outline != NULL) {
    self->superseded = superseded;
    notify (self, PROP_SUPERSEDED);
    return;
  }

  g_object_freeze_notify (G_OBJECT (self));
  self->superseded = superseded;
  notify (self, PROP_SUPERSEDED);
  refresh (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * refills_order_set_service_time:
 * @self: an order
 * @now: the time at the service, in epoch seconds; 0 where it is not known
 *
 * Withdraws what can no longer be paid in time, or brings it back where the clock was wrong. The order has no clock:
 * who follows it tells it the time with each answer, and at the moment that a payment is to end.
 */
void
refills_order_set_service_time (RefillsOrder *self,
                                gint64        now)
{
  g_return_if_fail (REFILLS_IS_ORDER (self));

  g_object_freeze_notify (G_OBJECT (self));
  if (self->now != now)
    notify (self, PROP_SERVICE_TIME);
  self->now = now;
  if (!self->is_sealed &&
      (self->shown.is_late || (self->shown.payable_until != 0 && now >= self->shown.payable_until)))
    refresh (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * refills_order_set_link:
 * @self: an order
 * @link: how news of it comes
 * @until: when it is tried again, by g_get_monotonic_time(), in µs; 0 where that is not known
 * @why: (nullable): a sentence for a person; `NULL` for the usual one of @link
 *
 * Tells how news of the order comes just now. What is as it was is not notified.
 */
void
refills_order_set_link (RefillsOrder     *self,
                        RefillsOrderLink  link,
                        gint64            until,
                        const char       *why)
{
  g_autofree char *old_text = NULL;
  gboolean is_other_link = FALSE;
  gboolean is_other_time = FALSE;

  g_return_if_fail (REFILLS_IS_ORDER (self));

  old_text = g_strdup (refills_order_get_link_text (self));
  is_other_link = self->link != link;
  is_other_time = self->link_until != until;
  g_object_freeze_notify (G_OBJECT (self));
  self->link = link;
  self->link_until = until;
  if (g_strcmp0 (self->link_why, why) != 0) {
    g_clear_pointer (&self->link_why, g_free);
    self->link_why = g_strdup (why);
  }
  if (is_other_link)
    notify (self, PROP_LINK);
  if (g_strcmp0 (old_text, refills_order_get_link_text (self)) != 0)
    notify (self, PROP_LINK_TEXT);
  if (is_other_time)
    notify (self, PROP_LINK_UNTIL);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * refills_order_set_unsaved:
 * @self: an order
 * @unsaved: whether its last state could not be stored
 * @lacks_space: whether that is because there is no space
 *
 * Marks an order whose last state is known and could not be stored.
 */
void
refills_order_set_unsaved (RefillsOrder *self,
                           gboolean      unsaved,
                           gboolean      lacks_space)
{
  g_return_if_fail (REFILLS_IS_ORDER (self));

  unsaved = !!unsaved;
  lacks_space = unsaved && lacks_space;
  if (self->lacks_space != lacks_space) {
    self->lacks_space = lacks_space;
    notify (self, PROP_LACKS_SPACE);
  }
  if (self->unsaved == unsaved)
    return;

  self->unsaved = unsaved;
  notify (self, PROP_UNSAVED);
}
