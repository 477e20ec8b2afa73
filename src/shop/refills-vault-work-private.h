/* refills-vault-work-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "refills-key-record.h"

G_BEGIN_DECLS

void              refills_vault_read_file_async     (const char              *path,
                                                     gboolean                 close_to_others,
                                                     GAsyncReadyCallback      callback,
                                                     gpointer                 user_data);
void              refills_vault_make_file_async     (const char              *path,
                                                     GAsyncReadyCallback      callback,
                                                     gpointer                 user_data);
void              refills_vault_recover_key_async   (const RefillsKeyRecord  *record,
                                                     const char              *passphrase,
                                                     GAsyncReadyCallback      callback,
                                                     gpointer                 user_data);
GBytes           *refills_vault_key_finish          (GAsyncResult            *result,
                                                     GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
void              refills_vault_seal_recovery_async (const RefillsKeyRecord  *record,
                                                     GBytes                  *data_key,
                                                     const char              *passphrase,
                                                     GAsyncReadyCallback      callback,
                                                     gpointer                 user_data);
RefillsKeyRecord *refills_vault_seal_recovery_finish (GAsyncResult           *result,
                                                     GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

void              refills_vault_wipe_passphrase     (char                    *passphrase);

G_END_DECLS
