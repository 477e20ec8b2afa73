/* refills-checkout-state.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How far a purchase is, and what stands in its way.
 */
#include "refills-checkout-state.h"

G_DEFINE_ENUM_TYPE (RefillsCheckoutState, refills_checkout_state,
  G_DEFINE_ENUM_VALUE (REFILLS_CHECKOUT_EDITING, "editing"),
  G_DEFINE_ENUM_VALUE (REFILLS_CHECKOUT_VALIDATING, "validating"),
  G_DEFINE_ENUM_VALUE (REFILLS_CHECKOUT_READY, "ready"),
  G_DEFINE_ENUM_VALUE (REFILLS_CHECKOUT_REFUSED, "refused"),
  G_DEFINE_ENUM_VALUE (REFILLS_CHECKOUT_FAILED, "failed"),
  G_DEFINE_ENUM_VALUE (REFILLS_CHECKOUT_SUBMITTING, "submitting"),
  G_DEFINE_ENUM_VALUE (REFILLS_CHECKOUT_ASKING, "asking"),
  G_DEFINE_ENUM_VALUE (REFILLS_CHECKOUT_PLACED, "placed"))

G_DEFINE_ENUM_TYPE (RefillsCheckoutQuestion, refills_checkout_question,
  G_DEFINE_ENUM_VALUE (REFILLS_CHECKOUT_QUESTION_NONE, "none"),
  G_DEFINE_ENUM_VALUE (REFILLS_CHECKOUT_QUESTION_PAYABLE_ORDER, "payable-order"),
  G_DEFINE_ENUM_VALUE (REFILLS_CHECKOUT_QUESTION_SAME_BASKET, "same-basket"))
