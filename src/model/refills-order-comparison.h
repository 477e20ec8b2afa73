/* refills-order-comparison.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order-request.h"
#include "refills-order-state.h"

G_BEGIN_DECLS

/* What an answer says of one delivery; `NULL` where it says nothing. */
typedef struct {
  const char *brand_name;
  const char *country;
  const char *denomination;
  const char *product_value;
  const char *beneficiary;
  gboolean    may_be_silent; /* about brand and value: what is not said does not differ */
} RefillsDeliveryEcho;

gboolean refills_order_comparison_is_echo_of      (const RefillsDeliveryEcho *echo,
                                                   RefillsOrderLine          *line);
gboolean refills_order_comparison_are_echoes_of   (const RefillsDeliveryEcho *echoes,
                                                   guint                      n_echoes,
                                                   RefillsOrderRequest       *asked);
gboolean refills_order_comparison_is_state_of     (RefillsOrderState         *state,
                                                   RefillsOrderRequest       *asked);
gboolean refills_order_comparison_is_within_limit (const char                *amount,
                                                   const char                *agreed);

G_END_DECLS
