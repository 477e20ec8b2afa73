/* refills-notice.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsNotice:
 *
 * One thing that a person is told of an order while nobody looks at it: the payment was seen, what was bought is
 * there, or the time to pay is over.
 *
 * Immutable. Made of what a list shows of an order, so that it can be made while the vault is locked. It can
 * be read on a locked screen: brand and face value are the most it says, never a code, an address, an e-mail or the
 * order's id.
 */
#include "refills-notice-private.h"

#include "refills-decimal.h"

#include <glib/gi18n.h>

struct _RefillsNotice {
  GObject            parent_instance;

  gint64             row;
  RefillsNoticeKind  kind;
  char              *title;
  char              *body;
};

G_DEFINE_FINAL_TYPE (RefillsNotice, refills_notice, G_TYPE_OBJECT)
static G_DEFINE_QUARK (refills-known-notices, known_notices)

G_DEFINE_FLAGS_TYPE (RefillsNoticeKind, refills_notice_kind,
                     G_DEFINE_ENUM_VALUE (REFILLS_NOTICE_PAYMENT_SEEN, "payment"),
                     G_DEFINE_ENUM_VALUE (REFILLS_NOTICE_READY, "ready"),
                     G_DEFINE_ENUM_VALUE (REFILLS_NOTICE_EXPIRED, "expired"))

/* What an order that is done says of a delivery counts where the delivery itself says nothing. */
static gboolean
is_delivered (RefillsOrderState *state,
              RefillsDelivery   *delivery)
{
  RefillsDeliveryPhase phase = refills_delivery_get_phase (delivery);

  return phase == REFILLS_DELIVERY_DELIVERED || refills_delivery_has_any_secret (delivery) ||
         (phase == REFILLS_DELIVERY_PENDING &&
          refills_order_state_get_phase (state) == REFILLS_ORDER_PHASE_DONE);
}

static gboolean
has_delivery (RefillsOrderState *state)
{
  guint n = refills_order_state_get_n_deliveries (state);

  for (guint i = 0; i < n; i++)
    if (is_delivered (state, refills_order_state_get_delivery (state, i)))
      return TRUE;

  return n == 0 && refills_order_state_get_phase (state) == REFILLS_ORDER_PHASE_DONE;
}

/* Where a part of the money came, or all of it too late, the time to pay is not what there is to tell. */
static gboolean
is_unpaid (RefillsOrderState *state)
{
  const char *text = refills_order_state_get_sent_coin_amount (state);
  RefillsDecimal sent = REFILLS_DECIMAL_ZERO;

  return text == NULL || (refills_decimal_parse (text, &sent, NULL) && refills_decimal_is_zero (&sent));
}

static const char *
title_ready (RefillsOrderState *state)
{
  guint n = refills_order_state_get_n_deliveries (state);
  guint n_ready = 0;
  RefillsDeliveryForm form = REFILLS_DELIVERY_FORM_CARD;

  for (guint i = 0; i < n; i++) {
    RefillsDelivery *delivery = refills_order_state_get_delivery (state, i);

    if (!is_delivered (state, delivery))
      continue;
    if (n_ready > 0 && refills_delivery_get_form (delivery) != form)
      return _("Your order is ready");
    form = refills_delivery_get_form (delivery);
    n_ready++;
  }
  if (n_ready == 0)
    return _("Your order is ready");

  switch (form) {
  case REFILLS_DELIVERY_FORM_PIN:
    return ngettext ("Your top-up code is ready", "Your top-up codes are ready", n_ready);
  case REFILLS_DELIVERY_FORM_TOP_UP:
    return ngettext ("Your top-up is done", "Your top-ups are done", n_ready);
  case REFILLS_DELIVERY_FORM_ACCOUNT:
    return ngettext ("Your account was credited", "Your accounts were credited", n_ready);
  case REFILLS_DELIVERY_FORM_ESIM:
    return ngettext ("Your eSIM is ready", "Your eSIMs are ready", n_ready);
  case REFILLS_DELIVERY_FORM_CARD:
  default:
    return ngettext ("Your gift card is ready", "Your gift cards are ready", n_ready);
  }
}

static const char *
choose_title (RefillsOrder      *order,
              RefillsNoticeKind  kind)
{
  switch (kind) {
  case REFILLS_NOTICE_PAYMENT_SEEN:
    return _("Payment seen");
  case REFILLS_NOTICE_EXPIRED:
    return _("Order expired");
  case REFILLS_NOTICE_READY:
  case REFILLS_NOTICE_NONE:
  default:
    return title_ready (refills_order_get_state (order));
  }
}

static void
refills_notice_finalize (GObject *object)
{
  RefillsNotice *self = REFILLS_NOTICE (object);

  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->body, g_free);

  G_OBJECT_CLASS (refills_notice_parent_class)->finalize (object);
}

static void
refills_notice_class_init (RefillsNoticeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = refills_notice_finalize;
}

static void
refills_notice_init (RefillsNotice *self)
{
}

/**
 * refills_notice_find_kinds:
 * @order: an order whose state is stored
 *
 * Works out what there is to tell of an order. What is ready was paid, so that the one contains the other.
 *
 * Returns: the kinds that it is time for, or was
 */
RefillsNoticeKind
refills_notice_find_kinds (RefillsOrder *order)
{
  RefillsOrderState *state = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER (order), REFILLS_NOTICE_NONE);

  state = refills_order_get_state (order);
  if (state == NULL || refills_order_get_outcome (order) != REFILLS_ORDER_OUTCOME_PLACED)
    return REFILLS_NOTICE_NONE;
  if (has_delivery (state))
    return REFILLS_NOTICE_PAYMENT_SEEN | REFILLS_NOTICE_READY;

  switch (refills_order_get_phase (order)) {
  case REFILLS_ORDER_PHASE_PAYMENT_SEEN:
  case REFILLS_ORDER_PHASE_PREPARING:
  case REFILLS_ORDER_PHASE_NEEDS_ACTION:
    return REFILLS_NOTICE_PAYMENT_SEEN;
  case REFILLS_ORDER_PHASE_EXPIRED:
    /* Of one that was replaced the person wants to hear nothing. */
    return is_unpaid (state) && !refills_order_is_superseded (order) ? REFILLS_NOTICE_EXPIRED : REFILLS_NOTICE_NONE;
  default:
    return REFILLS_NOTICE_NONE;
  }
}

/**
 * refills_notice_new:
 * @order: an order with a state that is stored
 * @kind: one of those that [func@Notice.find_kinds] tells
 *
 * Returns: (transfer full): what is told of @order
 */
RefillsNotice *
refills_notice_new (RefillsOrder      *order,
                    RefillsNoticeKind  kind)
{
  RefillsNotice *self = NULL;
  const char *face = NULL;

  g_return_val_if_fail (REFILLS_IS_ORDER (order), NULL);
  g_return_val_if_fail (refills_order_get_state (order) != NULL, NULL);

  self = g_object_new (REFILLS_TYPE_NOTICE, NULL);
  self->row = refills_order_get_row (order);
  self->kind = kind;
  self->title = g_strdup (choose_title (order, kind));
  face = refills_order_get_face_label (order);
  if (face != NULL && *face != '\0')
    self->body = g_strdup_printf ("%s · %s", refills_order_get_title (order), face);
  else
    self->body = g_strdup (refills_order_get_title (order));

  return self;
}

/**
 * refills_notice_set_known:
 * @order: an order that was just made from its row
 * @kinds: what its row says that the person was told
 *
 * Keeps with @order what the person was told of it before.
 */
void
refills_notice_set_known (RefillsOrder      *order,
                          RefillsNoticeKind  kinds)
{
  g_return_if_fail (REFILLS_IS_ORDER (order));

  g_object_set_qdata (G_OBJECT (order), known_notices_quark (), GUINT_TO_POINTER (kinds));
}

/**
 * refills_notice_get_known:
 * @order: an order
 *
 * Returns: what the person was told of @order before it was read from its row
 */
RefillsNoticeKind
refills_notice_get_known (RefillsOrder *order)
{
  g_return_val_if_fail (REFILLS_IS_ORDER (order), REFILLS_NOTICE_NONE);

  return GPOINTER_TO_UINT (g_object_get_qdata (G_OBJECT (order), known_notices_quark ()));
}

/**
 * refills_notice_get_row:
 * @self: a notice
 *
 * Returns: the local number of the order
 */
gint64
refills_notice_get_row (RefillsNotice *self)
{
  g_return_val_if_fail (REFILLS_IS_NOTICE (self), 0);

  return self->row;
}

/**
 * refills_notice_get_kind:
 * @self: a notice
 *
 * Returns: what is told
 */
RefillsNoticeKind
refills_notice_get_kind (RefillsNotice *self)
{
  g_return_val_if_fail (REFILLS_IS_NOTICE (self), REFILLS_NOTICE_NONE);

  return self->kind;
}

/**
 * refills_notice_get_title:
 * @self: a notice
 *
 * Returns: (transfer none): what happened, in a few words
 */
const char *
refills_notice_get_title (RefillsNotice *self)
{
  g_return_val_if_fail (REFILLS_IS_NOTICE (self), NULL);

  return self->title;
}

/**
 * refills_notice_get_body:
 * @self: a notice
 *
 * Returns: (transfer none): which order: brand and face value, as plain text
 */
const char *
refills_notice_get_body (RefillsNotice *self)
{
  g_return_val_if_fail (REFILLS_IS_NOTICE (self), NULL);

  return self->body;
}

/**
 * refills_notice_make_id:
 * @row: the local number of an order
 * @kind: one kind
 *
 * Names a notice, the same in each process, so that one that is sent twice replaces itself and one that an earlier
 * process sent can be withdrawn.
 *
 * Returns: (transfer full): the name
 */
char *
refills_notice_make_id (gint64            row,
                        RefillsNoticeKind kind)
{
  g_autoptr (GFlagsClass) class = g_type_class_ref (REFILLS_TYPE_NOTICE_KIND);
  const GFlagsValue *value = g_flags_get_first_value (class, kind);

  return g_strdup_printf ("order-%" G_GINT64_FORMAT "-%s", row, value != NULL ? value->value_nick : "none");
}
