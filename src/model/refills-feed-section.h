/* refills-feed-section.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-brand.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_FEED_SECTION (refills_feed_section_get_type ())
G_DECLARE_FINAL_TYPE (RefillsFeedSection, refills_feed_section, REFILLS, FEED_SECTION, GObject)

RefillsFeedSection *refills_feed_section_new          (const char         *title,
                                                       const char         *category,
                                                       GPtrArray          *brands) G_GNUC_WARN_UNUSED_RESULT;

const char         *refills_feed_section_get_title    (RefillsFeedSection *self);
const char         *refills_feed_section_get_category (RefillsFeedSection *self);
GListModel         *refills_feed_section_get_brands   (RefillsFeedSection *self);

G_END_DECLS
