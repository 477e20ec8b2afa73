/* refills-vault.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  REFILLS_VAULT_UNKNOWN, /* before the first look */
  REFILLS_VAULT_EMPTY,   /* no key yet: the first purchase makes one */
  REFILLS_VAULT_OPENING,
  REFILLS_VAULT_OPEN,
  REFILLS_VAULT_LOCKED,
} RefillsVaultState;

#define REFILLS_TYPE_VAULT_STATE (refills_vault_state_get_type ())
GType              refills_vault_state_get_type      (void);

/* Characters that a recovery passphrase has at least. */
#define REFILLS_VAULT_MIN_PASSPHRASE 8

#define REFILLS_TYPE_VAULT (refills_vault_get_type ())
G_DECLARE_FINAL_TYPE (RefillsVault, refills_vault, REFILLS, VAULT, GObject)

RefillsVaultState  refills_vault_get_state           (RefillsVault         *self);
const char        *refills_vault_get_reason          (RefillsVault         *self);
gboolean           refills_vault_has_recovery        (RefillsVault         *self);
gboolean           refills_vault_is_in_file          (RefillsVault         *self);
gboolean           refills_vault_is_kept             (RefillsVault         *self);

void               refills_vault_open_async          (RefillsVault         *self,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
void               refills_vault_unlock_async        (RefillsVault         *self,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
void               refills_vault_recover_async       (RefillsVault         *self,
                                                      const char           *passphrase,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
void               refills_vault_prepare_async       (RefillsVault         *self,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
void               refills_vault_keep_in_file_async  (RefillsVault         *self,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
void               refills_vault_set_recovery_async  (RefillsVault         *self,
                                                      const char           *passphrase,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
void               refills_vault_set_aside_async     (RefillsVault         *self,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean           refills_vault_finish              (RefillsVault         *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

G_END_DECLS
