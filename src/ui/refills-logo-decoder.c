/* refills-logo-decoder.c — SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Turns the bytes of a logo into a texture. Pure functions, for any thread.
 *
 * Bytes come from the network, so the signature and the dimensions are read before anything is decoded: a JPEG of
 * 543 bytes can claim 20000 × 20000 pixels and cost a gigabyte. Only WebP, by libwebp (whether a loader for it is
 * installed differs from machine to machine, and the loader accepts cut files), and JPEG, by GDK.
 */

#include "config.h"

#include "refills-logo-decoder.h"

#include <string.h>
#include <webp/decode.h>

static guint
read_u16_be (const guint8 *data)
{
  return ((guint) data[0] << 8) | data[1];
}

/* Walks the segments up to the frame header (ITU-T T.81, B.1.1.3 and B.2.2). */
static gboolean
find_jpeg_size (const guint8 *data,
                gsize         size,
                guint        *width,
                guint        *height)
{
  gsize at = 2;

  while (at + 4 <= size) {
    guint8 marker = 0;
    guint length = 0;

    if (data[at] != 0xff)
      return FALSE;

    marker = data[at + 1];
    if (marker == 0xff) { /* a fill byte */
      at++;
      continue;
    }

    if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7)) { /* stand alone, no length */
      at += 2;
      continue;
    }

    if (marker == 0xd9 || marker == 0xda) /* the end, or a scan before any frame */
      return FALSE;

    length = read_u16_be (data + at + 2);
    if (length < 2)
      return FALSE;

    /* SOF0 to SOF15, without DHT, JPG and DAC, which share the range. */
    if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
      if (length < 8 || at + 9 > size)
        return FALSE;
      *height = read_u16_be (data + at + 5);
      *width = read_u16_be (data + at + 7);
      return TRUE;
    }

    at += 2 + (gsize) length;
  }

  return FALSE;
}

static GdkTexture *
decode_webp (const guint8  *data,
             gsize          size,
             guint          width,
             guint          height,
             GError       **error)
{
  gsize stride = (gsize) width * 4;
  g_autofree guint8 *pixels = NULL;
  g_autoptr (GBytes) bytes = NULL;
  WebPDecoderConfig config;

  if (!WebPInitDecoderConfig (&config)) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "libwebp of another version");
    return NULL;
  }

  pixels = g_try_malloc (stride * height);
  if (!pixels) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "No memory for the picture");
    return NULL;
  }

  /* The format that cairo draws without converting, on every byte order. */
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  config.output.colorspace = MODE_bgrA;
#else
  config.output.colorspace = MODE_Argb;
#endif
  config.output.u.RGBA.rgba = pixels;
  config.output.u.RGBA.stride = (int) stride;
  config.output.u.RGBA.size = stride * height;
  config.output.is_external_memory = 1;

  if (WebPDecode (data, size, &config) != VP8_STATUS_OK) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "A WebP picture that cannot be decoded");
    return NULL;
  }

  bytes = g_bytes_new_take (g_steal_pointer (&pixels), stride * height);

  return gdk_memory_texture_new ((int) width, (int) height, GDK_MEMORY_DEFAULT, bytes, stride);
}

/**
 * refills_logo_inspect:
 * @bytes: a file
 * @format: (out) (optional): what it is
 * @width: (out) (optional): pixels
 * @height: (out) (optional): pixels
 * @error: return location for a `G_IO_ERROR`
 *
 * Reads signature and dimensions, without decoding, and refuses what is too large or neither WebP nor JPEG.
 *
 * Returns: whether the file is worth decoding
 */
gboolean
refills_logo_inspect (GBytes             *bytes,
                      RefillsLogoFormat  *format,
                      guint              *width,
                      guint              *height,
                      GError            **error)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  RefillsLogoFormat found_format = REFILLS_LOGO_FORMAT_WEBP;
  guint found_width = 0;
  guint found_height = 0;
  gboolean found = FALSE;

  if (size > REFILLS_LOGO_MAX_BYTES) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 "A picture of %" G_GSIZE_FORMAT " bytes is too large", size);
    return FALSE;
  }

  if (size >= 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0) {
    int webp_width = 0;
    int webp_height = 0;

    found = WebPGetInfo (data, size, &webp_width, &webp_height) && webp_width > 0 && webp_height > 0;
    found_width = (guint) webp_width;
    found_height = (guint) webp_height;
  } else if (size >= 4 && data[0] == 0xff && data[1] == 0xd8 && data[2] == 0xff) {
    found_format = REFILLS_LOGO_FORMAT_JPEG;
    found = find_jpeg_size (data, size, &found_width, &found_height) && found_width > 0 && found_height > 0;
  }

  if (!found) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Neither a WebP nor a JPEG picture");
    return FALSE;
  }

  if (found_width > REFILLS_LOGO_MAX_SIDE || found_height > REFILLS_LOGO_MAX_SIDE ||
      (guint64) found_width * found_height > REFILLS_LOGO_MAX_PIXELS) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 "A picture of %u × %u pixels is too large", found_width, found_height);
    return FALSE;
  }

  if (format)
    *format = found_format;
  if (width)
    *width = found_width;
  if (height)
    *height = found_height;

  return TRUE;
}

/**
 * refills_logo_decode:
 * @bytes: a file
 * @error: return location for a `G_IO_ERROR`, or an error of GDK's
 *
 * Inspects and decodes a logo. Takes a few milliseconds: for a worker thread.
 *
 * Returns: (transfer full) (nullable): the texture
 */
GdkTexture *
refills_logo_decode (GBytes  *bytes,
                     GError **error)
{
  RefillsLogoFormat format;
  guint width = 0;
  guint height = 0;
  gsize size = 0;
  const guint8 *data = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  if (!refills_logo_inspect (bytes, &format, &width, &height, error))
    return NULL;

  if (format == REFILLS_LOGO_FORMAT_JPEG)
    return gdk_texture_new_from_bytes (bytes, error);

  data = g_bytes_get_data (bytes, &size);

  return decode_webp (data, size, width, height, error);
}
