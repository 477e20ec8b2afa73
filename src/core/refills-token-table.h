/* refills-token-table.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-address.h"

G_BEGIN_DECLS

/* What is known of a coin on a network. Constant; never freed. */
typedef struct {
  const char           *coin;       /* the service's name */
  const char           *network;    /* the service's first name of it; others are found as well */
  RefillsAddressFamily  family;
  const char           *chain;      /* CAIP-2; NULL for Lightning, which has none */
  guint64               chain_id;   /* EIP-155; 0 where the chain is no EVM chain */
  const char           *contract;   /* or mint, jetton master, coin type of Sui; NULL for the chain's own coin */
  guint                 decimals;   /* of the smallest unit; 11 for Lightning, whose unit is the millisatoshi */
  const char           *asset_name; /* what it is called where its symbol misleads, a msgid if it has words; or NULL */
} RefillsToken;

const RefillsToken *refills_token_find                (const char           *coin,
                                                       const char           *network);
const RefillsToken *refills_token_find_contract       (RefillsAddressFamily  family,
                                                       const char           *contract);
const char         *refills_token_get_network_title   (const RefillsToken   *self);
const char         *refills_token_get_exchange_name   (const RefillsToken   *self);
gboolean            refills_token_agrees              (const RefillsToken   *self,
                                                       const char           *contract,
                                                       int                   decimals,
                                                       guint64               chain_id);
char               *refills_token_dup_asset           (const RefillsToken   *self) G_GNUC_WARN_UNUSED_RESULT;
char               *refills_token_dup_transaction_uri (const RefillsToken   *self,
                                                       const char           *hash) G_GNUC_WARN_UNUSED_RESULT;

gboolean            refills_token_is_reserved         (RefillsAddressFamily  family,
                                                       const char           *address);

G_END_DECLS
