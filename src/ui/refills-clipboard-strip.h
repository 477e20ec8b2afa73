/* refills-clipboard-strip.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define REFILLS_TYPE_CLIPBOARD_STRIP (refills_clipboard_strip_get_type ())

G_DECLARE_FINAL_TYPE (RefillsClipboardStrip, refills_clipboard_strip, REFILLS, CLIPBOARD_STRIP, AdwBin)

GtkWidget *refills_clipboard_strip_new   (const char * const    *own_texts) G_GNUC_WARN_UNUSED_RESULT;

void       refills_clipboard_strip_watch (RefillsClipboardStrip *self,
                                          const char            *text);

G_END_DECLS
