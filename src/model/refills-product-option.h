/* refills-product-option.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "refills-decimal.h"
#include "refills-json.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_PRODUCT_OPTION (refills_product_option_get_type ())
G_DECLARE_FINAL_TYPE (RefillsProductOption, refills_product_option, REFILLS, PRODUCT_OPTION, GObject)

RefillsProductOption *refills_product_option_new_from_json    (const RefillsJsonPlace  *place,
                                                               GError                 **error)
                                                            G_GNUC_WARN_UNUSED_RESULT;

gboolean              refills_product_option_is_range         (RefillsProductOption *self);
const char           *refills_product_option_get_denomination (RefillsProductOption *self);
const char           *refills_product_option_get_label        (RefillsProductOption *self);
const char           *refills_product_option_get_currency     (RefillsProductOption *self);
const char           *refills_product_option_get_delivery_type (RefillsProductOption *self);
const char           *refills_product_option_get_coin         (RefillsProductOption *self);
const char           *refills_product_option_get_coin_amount  (RefillsProductOption *self);
const char           *refills_product_option_get_price_label  (RefillsProductOption *self);
gboolean              refills_product_option_get_range        (RefillsProductOption *self,
                                                               RefillsDecimal       *minimum,
                                                               RefillsDecimal       *maximum,
                                                               RefillsDecimal       *step);
const char           *refills_product_option_get_validity (RefillsProductOption *self);
const char           *refills_product_option_get_benefits (RefillsProductOption *self);
const char           *refills_product_option_get_description (RefillsProductOption *self);
const char           *refills_product_option_get_instructions (RefillsProductOption *self);
const char           *refills_product_option_get_terms (RefillsProductOption *self);
const char * const   *refills_product_option_get_regions (RefillsProductOption *self);
gboolean              refills_product_option_get_suggested    (RefillsProductOption  *self,
                                                               RefillsDecimal        *value);
gboolean              refills_product_option_check_value      (RefillsProductOption  *self,
                                                               const char            *text,
                                                               RefillsDecimal        *value,
                                                               char                 **complaint);

G_END_DECLS
