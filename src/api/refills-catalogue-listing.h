/* refills-catalogue-listing.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define REFILLS_CATALOGUE_MAX_ITEMS 20000

typedef enum {
  REFILLS_LISTING_VIAS,     /* RefillsPaymentVia */
  REFILLS_LISTING_BRANDS,   /* RefillsBrand */
  REFILLS_LISTING_SEARCH,   /* RefillsBrand */
  REFILLS_LISTING_HOMEPAGE, /* RefillsFeedSection */
  REFILLS_LISTING_PRODUCTS, /* RefillsProduct */
} RefillsListingKind;

/* What a list became: objects, and how many of its items could not be read or are not for this application. */
typedef struct {
  GPtrArray *items;
  guint n_skipped;
  guint n_hidden;
  GBytes *copy; /* what to keep on disk; same bytes, same list */
} RefillsCatalogueListing;

void                     refills_catalogue_listing_free        (RefillsCatalogueListing *self);

RefillsCatalogueListing *refills_catalogue_listing_read        (RefillsListingKind    kind,
                                                                GBytes               *bytes,
                                                                GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void                     refills_catalogue_listing_read_async  (RefillsListingKind    kind,
                                                                GBytes               *bytes,
                                                                GCancellable         *cancellable,
                                                                GAsyncReadyCallback   callback,
                                                                gpointer              user_data);
RefillsCatalogueListing *refills_catalogue_listing_read_finish (GAsyncResult         *result,
                                                                GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsCatalogueListing, refills_catalogue_listing_free)

G_END_DECLS
