/* refills-store-fixture.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order-store.h"
#include "refills-test.h"

G_BEGIN_DECLS

#define ADDRESS "0x52908400098527886E0F7030069857D2E4169EE7"
#define AMOUNT "11.260000"

#define ORDER(id, state, payment_state, address, amount, deliveries) \
  "{\"order_id\":\"" id "\",\"order_state\":\"" state "\",\"payment_state\":\"" payment_state "\"," \
  "\"coin\":\"USDC\",\"network\":\"Polygon\",\"wallet_address\":\"" address "\"," \
  "\"coin_amount\":\"" amount "\",\"new_member\":{\"kept\":1e2}," \
  "\"deliveries\":[" deliveries "]}"
#define DELIVERY(state, members) \
  "{\"id\":\"d1\",\"delivery_state\":\"" state "\",\"deliverable\":{\"brand_name\":\"Airbnb\"" members "}}"

#define PLACED(id) ORDER (id, "WaitingForPayment", "", ADDRESS, AMOUNT, DELIVERY ("WaitingForDelivery", ""))
#define RECEIVED(id) ORDER (id, "PaymentReceived", "", ADDRESS, AMOUNT, DELIVERY ("WaitingForDelivery", ""))
#define DONE(id, code) \
  ORDER (id, "Done", "", ADDRESS, AMOUNT, DELIVERY ("Done", ",\"pin_code\":\"" code "\""))

/* A folder of its own for each test. */
typedef struct {
  char *folder;
  char *data; /* where the orders are, below it */
  char *path;
} RefillsStoreFixture;

void                 refills_store_fixture_set_up    (RefillsStoreFixture *fixture,
                                                    gconstpointer        user_data);
void                 refills_store_fixture_tear_down (RefillsStoreFixture *fixture,
                                                    gconstpointer        user_data);
char                *refills_store_fixture_path    (const char          *folder);
RefillsKeySet       *refills_store_fixture_keys    (void);
RefillsOrderStore   *refills_store_fixture_new     (const char          *path,
                                                    const char          *environment);
void                 refills_store_fixture_end     (RefillsOrderStore   *store);
RefillsOrderRequest *refills_store_fixture_asked   (const char          *brand);
RefillsStoredOrder  *refills_store_fixture_add     (RefillsOrderStore   *store,
                                                    GError             **error);
void                 refills_store_fixture_add_placed (RefillsOrderStore  *store,
                                                    const char          *id);
void                 refills_store_fixture_fill    (const char          *path,
                                                    guint                n_rows);
RefillsStoredOrder  *refills_store_fixture_answer  (RefillsOrderStore   *store,
                                                    gint64               row,
                                                    const char          *json,
                                                    GError             **error);
RefillsStoredOrder  *refills_store_fixture_merge   (RefillsOrderStore   *store,
                                                    gint64               row,
                                                    const char          *json,
                                                    GError             **error);
RefillsStoredOrder  *refills_store_fixture_outcome (RefillsOrderStore   *store,
                                                    gint64               row,
                                                    RefillsOrderOutcome  outcome,
                                                    GError             **error);
GPtrArray           *refills_store_fixture_list_sealed (RefillsOrderStore *store,
                                                    GError             **error);
RefillsStoredOrder  *refills_store_fixture_open    (RefillsOrderStore   *store,
                                                    gint64               row,
                                                    GError             **error);
GPtrArray           *refills_store_fixture_list    (RefillsOrderStore   *store,
                                                    GError             **error);
char                *refills_store_fixture_reveal  (RefillsOrderStore   *store,
                                                    gint64               row,
                                                    guint                delivery,
                                                    RefillsSecret        secret,
                                                    GError             **error);
GBytes              *refills_store_fixture_read    (const char          *path);
guint                refills_store_fixture_count   (const char          *folder,
                                                    const char          *part);

G_END_DECLS
