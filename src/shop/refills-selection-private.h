/* refills-selection-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-brand.h"
#include "refills-product.h"
#include "refills-quote.h"

G_BEGIN_DECLS

typedef struct _RefillsSelection RefillsSelection;

RefillsSelection *refills_selection_new            (RefillsBrand           *brand,
                                                    RefillsProductOption   *option,
                                                    const RefillsDecimal   *value) G_GNUC_WARN_UNUSED_RESULT;
void              refills_selection_free           (RefillsSelection       *self);

RefillsBrand     *refills_selection_get_brand      (const RefillsSelection *self);
const char       *refills_selection_get_face_label (const RefillsSelection *self);
void              refills_selection_set_seen_price (RefillsSelection       *self,
                                                    const char             *coin,
                                                    const char             *amount);
const char       *refills_selection_get_seen_total (const RefillsSelection *self,
                                                    guint                   quantity,
                                                    RefillsDecimal         *total);
GPtrArray        *refills_selection_make_lines     (const RefillsSelection *self,
                                                    const char             *recipient,
                                                    guint                   quantity) G_GNUC_WARN_UNUSED_RESULT;
char             *refills_selection_describe_drift (const RefillsSelection *self,
                                                    RefillsQuote           *quote,
                                                    guint                   quantity) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsSelection, refills_selection_free)

G_END_DECLS
