/* refills-recovery-offer.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REFILLS_TYPE_RECOVERY_OFFER (refills_recovery_offer_get_type ())

G_DECLARE_FINAL_TYPE (RefillsRecoveryOffer, refills_recovery_offer, REFILLS, RECOVERY_OFFER, AdwBin)

G_END_DECLS
