/* refills-secret-keyring.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-keyring.h"

G_BEGIN_DECLS

#define REFILLS_TYPE_SECRET_KEYRING (refills_secret_keyring_get_type ())
G_DECLARE_FINAL_TYPE (RefillsSecretKeyring, refills_secret_keyring, REFILLS, SECRET_KEYRING, RefillsKeyring)

RefillsKeyring *refills_secret_keyring_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
