/* refills-brand-kind.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What a brand sells. Whether a gift card has fixed values or a range, and whether a top-up goes to a phone or
 * comes as a PIN, is a matter of its options: some brands have both. */
typedef enum {
  REFILLS_BRAND_KIND_UNKNOWN,
  REFILLS_BRAND_KIND_GIFT_CARD,
  REFILLS_BRAND_KIND_TOP_UP,
  REFILLS_BRAND_KIND_DATA_BUNDLE,
  REFILLS_BRAND_KIND_ESIM,
  REFILLS_BRAND_KIND_UTILITY,
  REFILLS_BRAND_KIND_E_MONEY,
  REFILLS_BRAND_KIND_FLIGHT,
  REFILLS_BRAND_KIND_STAY,
  REFILLS_BRAND_KIND_NFT,
} RefillsBrandKind;

#define REFILLS_TYPE_BRAND_KIND (refills_brand_kind_get_type ())
GType            refills_brand_kind_get_type   (void);

RefillsBrandKind refills_brand_kind_from_texts (const char       *kind,
                                                const char       *category);
gboolean         refills_brand_kind_is_shown   (RefillsBrandKind  kind);
gboolean         refills_brand_kind_is_sold    (RefillsBrandKind  kind);

G_END_DECLS
