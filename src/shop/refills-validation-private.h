/* refills-validation-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order-api.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_VALIDATION (refills_validation_get_type ())
G_DECLARE_FINAL_TYPE (RefillsValidation, refills_validation, REFILLS, VALIDATION, GObject)

RefillsValidation   *refills_validation_new          (RefillsOrderApi     *api) G_GNUC_WARN_UNUSED_RESULT;

void                 refills_validation_ask          (RefillsValidation   *self,
                                                      RefillsOrderRequest *request);
void                 refills_validation_forget       (RefillsValidation   *self);

RefillsQuote        *refills_validation_get_quote    (RefillsValidation   *self);
const char        *refills_validation_get_total_label (RefillsValidation   *self);
gboolean             refills_validation_is_fresh     (RefillsValidation   *self);
gboolean             refills_validation_needs_consent (RefillsValidation  *self);
GListModel          *refills_validation_get_problems (RefillsValidation   *self);
void                 refills_validation_add_problems (RefillsValidation   *self,
                                                      GPtrArray           *problems);

G_END_DECLS
