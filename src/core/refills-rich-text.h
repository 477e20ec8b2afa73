/* refills-rich-text.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *refills_rich_text_to_plain (const char *html) G_GNUC_WARN_UNUSED_RESULT;
char *refills_text_clean_line    (const char *text,
                                  gsize       max_characters) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
