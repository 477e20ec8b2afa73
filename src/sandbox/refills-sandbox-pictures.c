/* refills-sandbox-pictures.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pictures of `GET /v3/qrs/{id}` (API reference, section 13): a QR code as PNG. Owns nothing.
 * The PNG is stored, not compressed: it is small, and needs no library.
 */
#include "refills-sandbox-private.h"

#include <qrencode.h>

#define MODULE 4 /* pixels */
#define QUIET 4  /* modules */

static guint32
crc32_of (const guint8 *bytes,
          gsize         length)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < length; i++) {
    crc ^= bytes[i];
    for (guint bit = 0; bit < 8; bit++)
      crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
  }

  return crc ^ 0xffffffff;
}

static void
append_number (GByteArray *bytes,
               guint32     number)
{
  guint32 big = GUINT32_TO_BE (number);

  g_byte_array_append (bytes, (const guint8 *) &big, 4);
}

static void
append_block (GByteArray *png,
              const char *type,
              GByteArray *data)
{
  g_autoptr (GByteArray) block = g_byte_array_new ();

  g_byte_array_append (block, (const guint8 *) type, 4);
  g_byte_array_append (block, data->data, data->len);
  append_number (png, data->len);
  g_byte_array_append (png, block->data, block->len);
  append_number (png, crc32_of (block->data, block->len));
}

/* Zlib's format with stored blocks only. */
static GByteArray *
store (GByteArray *raw)
{
  static const guint8 head[] = { 0x78, 0x01 };
  GByteArray *stored = g_byte_array_new ();
  guint32 a = 1;
  guint32 b = 0;

  g_byte_array_append (stored, head, sizeof head);
  for (guint start = 0; start < raw->len; start += 0xffff) {
    guint16 length = (guint16) MIN (raw->len - start, 0xffff);
    guint8 block[5] = { start + length == raw->len, length & 0xff, length >> 8,
                        ~length & 0xff, ~length >> 8 & 0xff };

    g_byte_array_append (stored, block, sizeof block);
    g_byte_array_append (stored, raw->data + start, length);
  }
  for (guint i = 0; i < raw->len; i++) {
    a = (a + raw->data[i]) % 65521;
    b = (b + a) % 65521;
  }
  append_number (stored, b << 16 | a);

  return stored;
}

/* NULL where @text does not fit into a QR code. */
GBytes *
refills_sandbox_picture_new (const char *text)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  static const guint8 grey[] = { 8, 0, 0, 0, 0 }; /* bits, colour type, and no options */
  QRcode *code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  GByteArray *png;
  g_autoptr (GByteArray) header = g_byte_array_new ();
  g_autoptr (GByteArray) raw = g_byte_array_new ();
  g_autoptr (GByteArray) data = NULL;
  g_autoptr (GByteArray) nothing = g_byte_array_new ();
  guint side;

  if (code == NULL)
    return NULL;
  side = ((guint) code->width + 2 * QUIET) * MODULE;
  for (guint y = 0; y < side; y++) {
    guint8 filter = 0;

    g_byte_array_append (raw, &filter, 1);
    for (guint x = 0; x < side; x++) {
      int row = (int) (y / MODULE) - QUIET;
      int column = (int) (x / MODULE) - QUIET;
      gboolean is_inside = row >= 0 && column >= 0 && row < code->width && column < code->width;
      guint8 pixel = is_inside && code->data[row * code->width + column] & 1 ? 0 : 255;

      g_byte_array_append (raw, &pixel, 1);
    }
  }
  QRcode_free (code);
  png = g_byte_array_new ();
  g_byte_array_append (png, signature, sizeof signature);
  append_number (header, side);
  append_number (header, side);
  g_byte_array_append (header, grey, sizeof grey);
  append_block (png, "IHDR", header);
  data = store (raw);
  append_block (png, "IDAT", data);
  append_block (png, "IEND", nothing);

  return g_byte_array_free_to_bytes (png);
}
