/* refills-web-page.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean refills_web_page_is_local (const char *uri);
char    *refills_web_page_dup_host (const char *uri,
                                    gboolean    may_be_local) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
