/* refills-recovery-offer.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsRecoveryOffer:
 *
 * Offers to set a recovery passphrase, or not to be asked again.
 *
 * Both answers are actions of the window. Whether it is shown is the page's to decide.
 */

#include "config.h"

#include "refills-recovery-offer.h"

struct _RefillsRecoveryOffer {
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (RefillsRecoveryOffer, refills_recovery_offer, ADW_TYPE_BIN)

static void
refills_recovery_offer_class_init (RefillsRecoveryOfferClass *class)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (class),
                                               "/io/github/refills/Refills/ui/refills-recovery-offer.ui");
}

static void
refills_recovery_offer_init (RefillsRecoveryOffer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
