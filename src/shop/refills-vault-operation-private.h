/* refills-vault-operation-private.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-order-store-keys.h"
#include "refills-vault-private.h"

G_BEGIN_DECLS

struct _RefillsVault {
  GObject            parent_instance;

  char              *data;      /* "live" or "practice": what the keyring knows the orders by */
  char              *database;
  char              *key_file;
  RefillsOrderStore *store;
  RefillsKeySet     *keys;
  RefillsKeyring    *keyring;

  RefillsVaultState  state;
  const char        *reason;
  gboolean           has_recovery;
  gboolean           is_in_file;
  gboolean           is_kept;
  GHashTable        *opened;    /* name -> data key */
  GQueue             waiting;   /* of GTask */
  GTask             *running;   /* (not owned) */
};

typedef enum {
  REFILLS_VAULT_DO_OPEN,
  REFILLS_VAULT_DO_UNLOCK,
  REFILLS_VAULT_DO_RECOVER,
  REFILLS_VAULT_DO_PREPARE,
  REFILLS_VAULT_DO_KEEP_IN_FILE,
  REFILLS_VAULT_DO_SET_RECOVERY,
  REFILLS_VAULT_DO_SET_ASIDE,
} RefillsVaultKind;

/* What one task does. */
typedef struct {
  RefillsVaultKind  kind;
  char             *passphrase;
  gboolean          was_open;
  GPtrArray        *records;       /* of RefillsKeyRecord; NULL until read */
  guint             index;         /* of the record that is worked on */
  gboolean          is_open;       /* all of them are */
  GError           *failure;       /* the first */
  const char       *reason;
  gboolean          is_second_try; /* at the first key */
  GBytes           *data_key;      /* the first, until it is recorded */
  GBytes           *wrapping_key;
  RefillsKeyRecord *record;        /* on its way to the database */
} RefillsVaultOperation;

/* Each goes on with the task of an operation, and ends it by and by. */
void refills_vault_load         (GTask *task);
void refills_vault_make_first   (GTask *task);
void refills_vault_wrap_next    (GTask *task);
void refills_vault_seal_next    (GTask *task);
void refills_vault_tell_aside   (RefillsVault *self);
void refills_vault_settle       (GTask  *task,
                                 GError *error);

void refills_vault_open_key     (RefillsVault           *self,
                                 RefillsVaultOperation  *operation,
                                 const RefillsKeyRecord *record,
                                 GBytes                 *data_key);
void refills_vault_note_failure (RefillsVaultOperation *operation,
                                 GError                *error,
                                 const char            *reason);

G_END_DECLS
