/* test-logo-decoder.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which bytes become a picture, and which are refused before they cost anything.
 */
#include "refills-logo-decoder.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>
#include <webp/encode.h>

#include "refills-test.h"

#define WIDTH 300
#define HEIGHT 190

/* A red card, with a green pixel in its corner. */
static guint8 *
make_pixels (void)
{
  guint8 *pixels = g_malloc (WIDTH * HEIGHT * 4);

  for (gsize i = 0; i < WIDTH * HEIGHT; i++)
    memcpy (pixels + i * 4, (guint8[]) { 255, 0, 0, 255 }, 4);
  memcpy (pixels, (guint8[]) { 0, 255, 0, 255 }, 4);

  return pixels;
}

static GBytes *
make_webp (void)
{
  g_autofree guint8 *pixels = make_pixels ();
  uint8_t *data = NULL;
  size_t size = WebPEncodeLosslessRGBA (pixels, WIDTH, HEIGHT, WIDTH * 4, &data);
  GBytes *bytes = g_bytes_new (data, size);

  WebPFree (data);

  return bytes;
}

static GBytes *
make_lossy_webp (void)
{
  g_autofree guint8 *pixels = make_pixels ();
  uint8_t *data = NULL;
  size_t size = WebPEncodeRGBA (pixels, WIDTH, HEIGHT, WIDTH * 4, 80, &data);
  GBytes *bytes = g_bytes_new (data, size);

  WebPFree (data);

  return bytes;
}

static GBytes *
make_jpeg (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, WIDTH, HEIGHT);
  char *data = NULL;
  gsize size = 0;
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_fill (pixbuf, 0x3584e4ff);
  gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "jpeg", &error, NULL);
  g_assert_no_error (error);

  return g_bytes_new_take (data, size);
}

static GBytes *
copy_with (GBytes       *bytes,
           gsize         offset,
           const guint8 *patch,
           gsize         patch_size)
{
  gsize size = 0;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  guint8 *copy = g_memdup2 (data, size);

  g_assert_cmpuint (offset + patch_size, <=, size);
  memcpy (copy + offset, patch, patch_size);

  return g_bytes_new_take (copy, size);
}

static void
assert_refused (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  GdkTexture *texture = refills_logo_decode (bytes, &error);

  g_assert_null (texture);
  g_assert_nonnull (error);
}

static void
assert_decodes (GBytes            *bytes,
                RefillsLogoFormat  expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  RefillsLogoFormat format = REFILLS_LOGO_FORMAT_WEBP;
  guint width = 0;
  guint height = 0;

  g_assert_true (refills_logo_inspect (bytes, &format, &width, &height, &error));
  g_assert_no_error (error);
  g_assert_cmpint (format, ==, expected);
  g_assert_cmpuint (width, ==, WIDTH);
  g_assert_cmpuint (height, ==, HEIGHT);

  texture = refills_logo_decode (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, WIDTH);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, HEIGHT);
}

static void
test_webp (void)
{
  g_autoptr (GBytes) bytes = make_webp ();
  g_autoptr (GBytes) lossy = make_lossy_webp ();
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree guint32 *pixels = g_new0 (guint32, WIDTH * HEIGHT);

  assert_decodes (bytes, REFILLS_LOGO_FORMAT_WEBP);
  assert_decodes (lossy, REFILLS_LOGO_FORMAT_WEBP);

  /* Colours and rows are where they belong. */
  texture = refills_logo_decode (bytes, NULL);
  gdk_texture_download (texture, (guchar *) pixels, WIDTH * 4);
  g_assert_cmphex (pixels[0], ==, 0xff00ff00);
  g_assert_cmphex (pixels[1], ==, 0xffff0000);
  g_assert_cmphex (pixels[WIDTH * HEIGHT - 1], ==, 0xffff0000);
}

static void
test_jpeg (void)
{
  g_autoptr (GBytes) bytes = make_jpeg ();

  assert_decodes (bytes, REFILLS_LOGO_FORMAT_JPEG);
}

static void
test_truncated (void)
{
  g_autoptr (GBytes) webp = make_webp ();
  g_autoptr (GBytes) jpeg = make_jpeg ();

  for (gsize size = 0; size < g_bytes_get_size (webp); size++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (webp, 0, size);

    assert_refused (cut);
  }

  /* A JPEG that ends before its frame; one that ends later is padded by the decoder. */
  for (gsize size = 0; size < 160; size++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (jpeg, 0, size);

    g_assert_false (refills_logo_inspect (cut, NULL, NULL, NULL, NULL));
  }
}

static void
test_too_large (void)
{
  /* SOI, SOF0 of 20000 × 20000 with three components, SOS. */
  static const guint8 jpeg[] = {
    0xff, 0xd8, 0xff, 0xc0, 0x00, 0x11, 0x08, 0x4e, 0x20, 0x4e, 0x20, 0x03,
    0x01, 0x22, 0x00, 0x02, 0x11, 0x01, 0x03, 0x11, 0x01,
    0xff, 0xda, 0x00, 0x0c, 0x03, 0x01, 0x00, 0x02, 0x11, 0x03, 0x11, 0x00, 0x3f, 0x00,
  };
  g_autoptr (GBytes) jpeg_bytes = g_bytes_new_static (jpeg, sizeof jpeg);
  g_autoptr (GBytes) webp = make_lossy_webp ();
  g_autoptr (GBytes) claim = NULL;
  g_autoptr (GBytes) long_bytes = NULL;
  g_autoptr (GError) error = NULL;
  guint8 *many = g_malloc0 (REFILLS_LOGO_MAX_BYTES + 1);

  g_assert_false (refills_logo_inspect (jpeg_bytes, NULL, NULL, NULL, &error));
  g_assert_nonnull (strstr (error->message, "20000"));
  g_clear_error (&error);

  /* 14 bits each for width and height, after the frame tag and the start code (RFC 6386, 9.1). */
  claim = copy_with (webp, 26, (guint8[]) { 0xff, 0x3f, 0xff, 0x3f }, 4);
  g_assert_false (refills_logo_inspect (claim, NULL, NULL, NULL, &error));
  g_assert_nonnull (strstr (error->message, "16383"));
  g_clear_error (&error);

  memcpy (many, g_bytes_get_data (webp, NULL), g_bytes_get_size (webp));
  long_bytes = g_bytes_new_take (many, REFILLS_LOGO_MAX_BYTES + 1);
  assert_refused (long_bytes);
}

static void
test_other_formats (void)
{
  static const char *const texts[] = {
    "",
    "<!DOCTYPE html><html><body>Sign in</body></html>",
    "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>",
    "RIFF....WEBP",
    "RIFF....WEBPVP8 ",
    "\xff\xd8\xff",
    "\xff\xd8\xff\xff\xff\xff\xff\xff",
    "\xff\xd8\xff\xe0",
  };
  static const guint8 gif[] = {
    'G', 'I', 'F', '8', '9', 'a', 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255,
    0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b,
  };
  static const guint8 png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R' };
  g_autoptr (GBytes) gif_bytes = g_bytes_new_static (gif, sizeof gif);
  g_autoptr (GBytes) png_bytes = g_bytes_new_static (png, sizeof png);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));

    assert_refused (bytes);
  }
  assert_refused (gif_bytes);
  assert_refused (png_bytes);
}

/* No byte of a header may make the walk leave the buffer or hang. */
static void
test_damaged (void)
{
  g_autoptr (GBytes) jpeg = make_jpeg ();
  g_autoptr (GBytes) webp = make_lossy_webp ();

  for (gsize offset = 0; offset < 200; offset++)
    for (guint value = 0; value < 256; value += 51) {
      guint8 patch = (guint8) value;
      g_autoptr (GBytes) bad_jpeg = copy_with (jpeg, offset, &patch, 1);
      g_autoptr (GBytes) bad_webp = copy_with (webp, offset % 40, &patch, 1);

      refills_logo_inspect (bad_jpeg, NULL, NULL, NULL, NULL);
      refills_logo_inspect (bad_webp, NULL, NULL, NULL, NULL);
    }
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  g_test_add_func ("/logo-decoder/webp", test_webp);
  g_test_add_func ("/logo-decoder/jpeg", test_jpeg);
  g_test_add_func ("/logo-decoder/truncated", test_truncated);
  g_test_add_func ("/logo-decoder/too-large", test_too_large);
  g_test_add_func ("/logo-decoder/other-formats", test_other_formats);
  g_test_add_func ("/logo-decoder/damaged", test_damaged);

  return g_test_run ();
}
