/* refills-order-words.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order-request.h"
#include "refills-order-state.h"

G_BEGIN_DECLS

/* What is said of an order in the phase it is in; strings are the caller's to free. */
typedef struct {
  char *title;
  char *text;
  gboolean is_unpaid; /* no money was seen */
} RefillsOrderWords;

void refills_order_words_init (RefillsOrderWords   *self,
                               RefillsOrderState   *state,
                               RefillsOrderRequest *asked);

G_END_DECLS
