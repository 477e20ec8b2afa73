/* refills-budget.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the service counts separately. */
typedef enum {
  REFILLS_ENDPOINT_VIAS,
  REFILLS_ENDPOINT_BRANDS,
  REFILLS_ENDPOINT_HOMEPAGE,
  REFILLS_ENDPOINT_SEARCH,
  REFILLS_ENDPOINT_PRODUCTS,
  REFILLS_ENDPOINT_PRICE,
  REFILLS_ENDPOINT_ORDER,
  REFILLS_ENDPOINT_VALIDATIONS,
  REFILLS_ENDPOINT_CREATE,
  REFILLS_ENDPOINT_EMAIL,
  REFILLS_ENDPOINT_OTHER,
  REFILLS_N_ENDPOINTS,
} RefillsEndpoint;

/* Milliseconds that never go back. */
typedef gint64 (*RefillsClockFunc) (gpointer user_data);

typedef struct _RefillsBudget RefillsBudget;

RefillsEndpoint  refills_endpoint_find   (const char       *method,
                                          const char       *path);

RefillsBudget   *refills_budget_new      (RefillsClockFunc  clock,
                                          gpointer          user_data) G_GNUC_WARN_UNUSED_RESULT;
RefillsBudget   *refills_budget_ref      (RefillsBudget    *self) G_GNUC_WARN_UNUSED_RESULT;
void             refills_budget_unref    (RefillsBudget    *self);
guint            refills_budget_get_wait (RefillsBudget    *self,
                                          RefillsEndpoint   endpoint);
void             refills_budget_spend    (RefillsBudget    *self,
                                          RefillsEndpoint   endpoint);
void             refills_budget_block    (RefillsBudget    *self,
                                          RefillsEndpoint   endpoint,
                                          guint             milliseconds);

G_END_DECLS
