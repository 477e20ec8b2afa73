/* refills-key-copy.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-key-record.h"

G_BEGIN_DECLS

GPtrArray *refills_key_copy_read  (const char *database) G_GNUC_WARN_UNUSED_RESULT;
void       refills_key_copy_write (const char *database,
                                   GPtrArray  *records);
gboolean   refills_key_copy_lacks (const char *database,
                                   GPtrArray  *records);

G_END_DECLS
