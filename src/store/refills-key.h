/* refills-key.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of a key. */
#define REFILLS_KEY_SIZE 32
/* Of a key as text: hexadecimal digits and the end. */
#define REFILLS_KEY_TEXT_SIZE (2 * REFILLS_KEY_SIZE + 1)
/* Bytes of the salt of a passphrase. */
#define REFILLS_KEY_SALT_SIZE 16

GBytes *refills_key_new                 (GError     **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *refills_key_new_from_text       (const char  *text,
                                         GError     **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *refills_key_new_from_passphrase (const char  *passphrase,
                                         GBytes      *salt,
                                         gint64       ops,
                                         gint64       memory,
                                         GError     **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *refills_key_derive              (GBytes      *key,
                                         const char  *use,
                                         GError     **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *refills_key_seal                (GBytes      *key,
                                         const char  *context,
                                         GBytes      *plain,
                                         GError     **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *refills_key_open                (GBytes      *key,
                                         const char  *context,
                                         GBytes      *sealed,
                                         GError     **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *refills_key_hash                (GBytes      *key,
                                         const char  *text,
                                         GError     **error) G_GNUC_WARN_UNUSED_RESULT;

void    refills_key_write               (GBytes      *key,
                                         char         text[REFILLS_KEY_TEXT_SIZE]);
void    refills_key_wipe                (gpointer     data,
                                         gsize        size);
GBytes *refills_key_new_salt            (GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
