/* refills-placement-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-checkout.h"
#include "refills-order-journal-private.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_PLACEMENT (refills_placement_get_type ())
G_DECLARE_FINAL_TYPE (RefillsPlacement, refills_placement, REFILLS, PLACEMENT, GObject)

RefillsPlacement        *refills_placement_new                (RefillsOrderJournal *journal,
                                                               RefillsVault        *vault) G_GNUC_WARN_UNUSED_RESULT;

void                     refills_placement_begin              (RefillsPlacement    *self,
                                                               RefillsQuote        *accepted);
void                     refills_placement_agree              (RefillsPlacement    *self);
void                     refills_placement_forget             (RefillsPlacement    *self);

RefillsOrder            *refills_placement_get_order          (RefillsPlacement    *self);
RefillsCheckoutQuestion  refills_placement_get_question       (RefillsPlacement    *self);
RefillsOrder            *refills_placement_get_other_order    (RefillsPlacement    *self);
GPtrArray               *refills_placement_get_problems       (RefillsPlacement    *self);
const GError            *refills_placement_get_error          (RefillsPlacement    *self);

G_END_DECLS
