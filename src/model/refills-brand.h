/* refills-brand.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "refills-brand-kind.h"
#include "refills-json.h"

G_BEGIN_DECLS

#define REFILLS_BRAND_VARIANT_FORMAT "(ssssssssssb)"

#define REFILLS_TYPE_BRAND (refills_brand_get_type ())
G_DECLARE_FINAL_TYPE (RefillsBrand, refills_brand, REFILLS, BRAND, GObject)

RefillsBrand *refills_brand_new_from_json     (const RefillsJsonPlace  *place,
                                               GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
RefillsBrand *refills_brand_new_from_variant  (GVariant *variant) G_GNUC_WARN_UNUSED_RESULT;
GVariant     *refills_brand_to_variant        (RefillsBrand *self);
gboolean      refills_brand_equal             (gconstpointer a,
                                               gconstpointer b);

const char   *refills_brand_get_id            (RefillsBrand *self);
const char   *refills_brand_get_name          (RefillsBrand *self);
const char   *refills_brand_get_title         (RefillsBrand *self);
const char   *refills_brand_get_family        (RefillsBrand *self);
const char   *refills_brand_get_kind          (RefillsBrand *self);
const char   *refills_brand_get_category      (RefillsBrand *self);
const char   *refills_brand_get_country       (RefillsBrand *self);
const char   *refills_brand_get_logo_uri      (RefillsBrand *self);
const char   *refills_brand_get_logo_base_uri (RefillsBrand *self);
const char   *refills_brand_get_color         (RefillsBrand *self);
const char   *refills_brand_get_value_label   (RefillsBrand *self);
const char   *refills_brand_get_initials      (RefillsBrand *self);
const char   *refills_brand_get_search_key    (RefillsBrand *self);
gboolean      refills_brand_is_out_of_stock   (RefillsBrand *self);
RefillsBrandKind refills_brand_classify       (RefillsBrand *self);
gboolean      refills_brand_is_sold_here      (RefillsBrand *self);
char         *refills_brand_dup_website_uri   (RefillsBrand *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
