/* refills-keyring-double.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-keyring.h"

G_BEGIN_DECLS

typedef enum {
  REFILLS_DOUBLE_KEEPS,
  REFILLS_DOUBLE_ABSENT,
  REFILLS_DOUBLE_LOCKED, /* until a call may prompt */
  REFILLS_DOUBLE_REFUSED, /* locked, and every prompt is closed */
  REFILLS_DOUBLE_SILENT, /* never answers */
  REFILLS_DOUBLE_FORGETS, /* says that it stores */
} RefillsDoubleBehaviour;

#define REFILLS_TYPE_KEYRING_DOUBLE (refills_keyring_double_get_type ())
G_DECLARE_FINAL_TYPE (RefillsKeyringDouble, refills_keyring_double, REFILLS, KEYRING_DOUBLE, RefillsKeyring)

RefillsKeyringDouble *refills_keyring_double_new           (guint                   limit) G_GNUC_WARN_UNUSED_RESULT;
void                  refills_keyring_double_behave        (RefillsKeyringDouble   *self,
                                                            RefillsDoubleBehaviour  behaviour);
void                  refills_keyring_double_lose          (RefillsKeyringDouble   *self);
void                  refills_keyring_double_replace       (RefillsKeyringDouble   *self,
                                                            GBytes                 *key);
guint                 refills_keyring_double_get_n_keys    (RefillsKeyringDouble   *self);
guint                 refills_keyring_double_get_n_prompts (RefillsKeyringDouble   *self);

G_END_DECLS
