/* refills-product.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-brand-kind.h"
#include "refills-product-option.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_PRODUCT (refills_product_get_type ())
G_DECLARE_FINAL_TYPE (RefillsProduct, refills_product, REFILLS, PRODUCT, GObject)

RefillsProduct *refills_product_new_from_json     (const RefillsJsonPlace  *place,
                                                   GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

const char     *refills_product_get_brand_name    (RefillsProduct *self);
const char     *refills_product_get_country       (RefillsProduct *self);
const char     *refills_product_get_kind          (RefillsProduct *self);
RefillsBrandKind refills_product_classify         (RefillsProduct *self);
const char     *refills_product_get_description   (RefillsProduct *self);
const char     *refills_product_get_how_to_redeem (RefillsProduct *self);
const char     *refills_product_get_terms         (RefillsProduct *self);
gboolean        refills_product_is_out_of_stock   (RefillsProduct *self);
GListModel     *refills_product_get_options       (RefillsProduct *self);
guint           refills_product_get_n_skipped     (RefillsProduct *self);

G_END_DECLS
