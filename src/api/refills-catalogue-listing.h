/* refills-catalogue-listing.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a list became: objects, and how many of its items could not be read. */
typedef struct {
  GPtrArray *items;
  guint n_skipped;
} RefillsCatalogueListing;

void                     refills_catalogue_listing_free          (RefillsCatalogueListing *self);

RefillsCatalogueListing *refills_catalogue_listing_read_vias     (GBytes  *bytes,
                                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
RefillsCatalogueListing *refills_catalogue_listing_read_brands   (GBytes  *bytes,
                                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
RefillsCatalogueListing *refills_catalogue_listing_read_products (GBytes  *bytes,
                                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsCatalogueListing, refills_catalogue_listing_free)

G_END_DECLS
