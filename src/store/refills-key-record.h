/* refills-key-record.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What keeps the key that a data key is wrapped with. The numbers are those in the database. */
typedef enum {
  REFILLS_KEY_PLACE_KEYRING = 0,
  REFILLS_KEY_PLACE_FILE = 1,
} RefillsKeyPlace;

/* What the database knows of a data key: nothing that opens it alone. */
typedef struct {
  char            *name;
  gint64           made_at;  /* epoch seconds */
  RefillsKeyPlace  place;
  GBytes          *proof;    /* sealed with the data key: tells whether a key is this one */
  GBytes          *wrapped;  /* the data key, sealed with the wrapping key */
  GBytes          *recovery; /* the data key, sealed with the key of the passphrase; NULL where there is none */
  GBytes          *salt;     /* Argon2id: these three are NULL and 0 without a recovery */
  gint64           ops;      /* passes */
  gint64           memory;   /* bytes */
} RefillsKeyRecord;

RefillsKeyRecord *refills_key_record_new          (GBytes                  *data_key,
                                                   GBytes                  *wrapping_key,
                                                   RefillsKeyPlace          place,
                                                   GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
RefillsKeyRecord *refills_key_record_copy         (const RefillsKeyRecord  *self) G_GNUC_WARN_UNUSED_RESULT;
void              refills_key_record_free         (RefillsKeyRecord        *self);

GBytes           *refills_key_record_unwrap       (const RefillsKeyRecord  *self,
                                                   GBytes                  *wrapping_key,
                                                   GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes           *refills_key_record_recover      (const RefillsKeyRecord  *self,
                                                   const char              *passphrase,
                                                   GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean          refills_key_record_wrap         (RefillsKeyRecord        *self,
                                                   GBytes                  *data_key,
                                                   GBytes                  *wrapping_key,
                                                   RefillsKeyPlace          place,
                                                   GError                 **error);
gboolean          refills_key_record_set_recovery (RefillsKeyRecord        *self,
                                                   GBytes                  *data_key,
                                                   const char              *passphrase,
                                                   GError                 **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsKeyRecord, refills_key_record_free)

G_END_DECLS
