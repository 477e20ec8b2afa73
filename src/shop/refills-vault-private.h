/* refills-vault-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-environment.h"
#include "refills-keyring.h"
#include "refills-order-store.h"
#include "refills-vault.h"

G_BEGIN_DECLS

RefillsVault *refills_vault_new (const RefillsEnvironment *environment,
                                 RefillsOrderStore        *store,
                                 RefillsKeySet            *keys,
                                 RefillsKeyring           *keyring) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
