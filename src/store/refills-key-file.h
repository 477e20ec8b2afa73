/* refills-key-file.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *refills_key_file_read (const char  *path,
                               gboolean     close_to_others,
                               GError     **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *refills_key_file_make (const char  *path,
                               GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
