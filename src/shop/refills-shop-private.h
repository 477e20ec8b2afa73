/* refills-shop-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-catalogue-private.h"
#include "refills-checkout-private.h"
#include "refills-notice-board-private.h"
#include "refills-order-journal-private.h"
#include "refills-price-watch-private.h"
#include "refills-shop.h"
#include "refills-vault-private.h"
#include "refills-vigil-private.h"

G_BEGIN_DECLS

/* For the files that the shop is written in. */
struct _RefillsShop {
  GObject                  parent_instance;

  RefillsEnvironment      *environment;
  RefillsHttp             *http;
  RefillsCatalogueApi     *catalogue_api;
  RefillsOrderApi         *order_api;
  RefillsBlobCache        *cache;
  RefillsKeySet           *keys;
  RefillsOrderStore       *store;
  RefillsVault            *vault;
  GCancellable            *opening;
  RefillsCatalogue        *catalogue;
  RefillsPreferredPayment *preferred_payment;
  RefillsOrderWatcher     *watcher;
  RefillsOrderJournal     *journal;
  RefillsNoticeBoard      *notices;
  RefillsVigil            *vigil;
  gboolean                 condition_dismissed;
};

G_END_DECLS
