/* refills-logo-decoder.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a logo may be at most: bytes on the wire, pixels of a side, pixels in all. */
#define REFILLS_LOGO_MAX_BYTES (2 * 1024 * 1024)
#define REFILLS_LOGO_MAX_SIDE 4096
#define REFILLS_LOGO_MAX_PIXELS (4 * 1000 * 1000)

typedef enum {
  REFILLS_LOGO_FORMAT_WEBP,
  REFILLS_LOGO_FORMAT_JPEG,
} RefillsLogoFormat;

gboolean    refills_logo_inspect (GBytes             *bytes,
                                  RefillsLogoFormat  *format,
                                  guint              *width,
                                  guint              *height,
                                  GError            **error);
GdkTexture *refills_logo_decode  (GBytes             *bytes,
                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
