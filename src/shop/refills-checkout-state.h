/* refills-checkout-state.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  REFILLS_CHECKOUT_EDITING,     /* something is still to be filled in; "hint" says what */
  REFILLS_CHECKOUT_VALIDATING,  /* the service is being asked */
  REFILLS_CHECKOUT_READY,       /* the total is validated and less than 60 s old */
  REFILLS_CHECKOUT_REFUSED,     /* the service named problems */
  REFILLS_CHECKOUT_FAILED,      /* the service could not be asked; "message" says why */
  REFILLS_CHECKOUT_SUBMITTING,  /* the order is on its way; nothing can be changed */
  REFILLS_CHECKOUT_ASKING,      /* "question" has to be answered first; nothing was sent */
  REFILLS_CHECKOUT_PLACED,      /* "order" is there to be shown */
} RefillsCheckoutState;

#define REFILLS_TYPE_CHECKOUT_STATE (refills_checkout_state_get_type ())
GType refills_checkout_state_get_type (void);

/* What only a person can decide before an order is sent. */
typedef enum {
  REFILLS_CHECKOUT_QUESTION_NONE,
  REFILLS_CHECKOUT_QUESTION_PAYABLE_ORDER, /* another order waits for its payment, and would be replaced */
  REFILLS_CHECKOUT_QUESTION_SAME_BASKET,   /* the same was ordered a short while ago */
  REFILLS_CHECKOUT_QUESTION_LOCKED,        /* the key to the orders is there and not open */
  REFILLS_CHECKOUT_QUESTION_NO_KEYRING,    /* nothing here keeps the key but a file */
} RefillsCheckoutQuestion;

#define REFILLS_TYPE_CHECKOUT_QUESTION (refills_checkout_question_get_type ())
GType refills_checkout_question_get_type (void);

G_END_DECLS
