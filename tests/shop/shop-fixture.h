/* shop-fixture.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-sandbox-faults.h"
#include "refills-shop.h"

G_BEGIN_DECLS

/* A sandbox, a folder, and a shop between the two, with short intervals. */
typedef struct {
  RefillsSandbox     *sandbox;
  char               *folder;
  RefillsEnvironment *environment;
  RefillsShop        *shop;
  const char         *strict_shape; /* of the sandbox; NULL for either */
} ShopFixture;

void             shop_fixture_prepare       (ShopFixture        *self);
void             shop_fixture_set_up        (ShopFixture        *self,
                                             gconstpointer       data);
void             shop_fixture_tear_down     (ShopFixture        *self,
                                             gconstpointer       data);
void             shop_fixture_open_shop     (ShopFixture        *self);
void             shop_fixture_close_shop    (ShopFixture        *self);

RefillsBrand    *shop_fixture_find_brand    (ShopFixture        *self,
                                             const char         *name);
RefillsProduct  *shop_fixture_load_product  (ShopFixture        *self,
                                             RefillsBrand       *brand);
RefillsCheckout *shop_fixture_begin         (ShopFixture        *self,
                                             const char         *brand_name,
                                             const char         *value);
void             shop_fixture_choose        (RefillsCheckout    *checkout,
                                             const char         *coin,
                                             const char         *network);
void             shop_fixture_await_state   (RefillsCheckout    *checkout,
                                             RefillsCheckoutState state);
void             shop_fixture_submit        (RefillsCheckout    *checkout);
RefillsOrder    *shop_fixture_place         (ShopFixture        *self);
void             shop_fixture_pay           (ShopFixture        *self,
                                             RefillsOrder       *order);
void             shop_fixture_post          (ShopFixture        *self,
                                             RefillsOrder       *order,
                                             const char         *action,
                                             const char         *body);
void             shop_fixture_await_phase   (RefillsOrder       *order,
                                             RefillsOrderPhase   phase);
char            *shop_fixture_reveal        (ShopFixture        *self,
                                             RefillsOrder       *order,
                                             RefillsSecret       secret);
char            *shop_fixture_read_code     (ShopFixture        *self,
                                             RefillsOrder       *order);
guint            shop_fixture_count         (ShopFixture        *self,
                                             const char         *method,
                                             const char         *pattern);
int              shop_fixture_execute       (ShopFixture        *self,
                                             const char         *sql);
void             shop_fixture_refuse_writes (ShopFixture        *self,
                                             gboolean            first_answers_too);
void             shop_fixture_allow_writes  (ShopFixture        *self);
void             shop_fixture_let_pass      (guint               milliseconds);

#define SHOP_FIXTURE_DEADLINE_MS 20000

void shop_fixture_open_order (ShopFixture  *self,
                              RefillsOrder *order);

G_END_DECLS
