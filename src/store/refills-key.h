/* refills-key.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of a key. */
#define REFILLS_KEY_SIZE 32

GBytes *refills_key_new       (GError     **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *refills_key_derive    (GBytes      *key,
                               const char  *use,
                               GError     **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *refills_key_seal      (GBytes      *key,
                               const char  *context,
                               GBytes      *plain,
                               GError     **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *refills_key_open      (GBytes      *key,
                               const char  *context,
                               GBytes      *sealed,
                               GError     **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *refills_key_hash      (GBytes      *key,
                               const char  *text,
                               GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
