/* refills-amount-row.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "refills-shop.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_AMOUNT_ROW (refills_amount_row_get_type ())
G_DECLARE_FINAL_TYPE (RefillsAmountRow, refills_amount_row, REFILLS, AMOUNT_ROW, AdwActionRow)

GtkWidget            *refills_amount_row_new           (RefillsShop          *shop,
                                                        RefillsBrand         *brand,
                                                        RefillsProductOption *option) G_GNUC_WARN_UNUSED_RESULT;
RefillsProductOption *refills_amount_row_get_option    (RefillsAmountRow     *self);
gboolean              refills_amount_row_is_empty      (RefillsAmountRow     *self);
gboolean              refills_amount_row_is_valid      (RefillsAmountRow     *self);
gboolean              refills_amount_row_get_value     (RefillsAmountRow     *self,
                                                        RefillsDecimal       *value);
RefillsQuote         *refills_amount_row_get_quote     (RefillsAmountRow     *self);
const char           *refills_amount_row_get_complaint (RefillsAmountRow     *self);
void                  refills_amount_row_describe_by   (RefillsAmountRow     *self,
                                                        GtkWidget            *label);

G_END_DECLS
