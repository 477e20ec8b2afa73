/* test-qr-paintable.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-qr-paintable.h"

#include "refills-test.h"
#include "refills-widget-test.h"

static const char * const texts[] = {
  "5aAeKqTSS8vTnLmFJDqYqvqz3XGxWcYRVuMB5aAeeAed",
  "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
  "solana:mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN?amount=11.47"
  "&spl-token=EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
  "LNBC20M1PVJLUEZPP5QQQSYQCYQ5RQWZQFQQQSYQCYQ5RQWZQFQQQSYQCYQ5RQWZQFQYPQHP58YJMDAN79S6QQDHDZGYNM4ZWQD5"
  "D7XMW5FK98KLYSY043L2AHRQSFPP3QJMP7LWPAGXUN9YGEXVGPJDC4JDJ85FR9YQ20Q82GPHP2NFLC7JTZRCAZRRA7WWGZXQC8U7"
  "754CDLPFRMCCAE92QGZQVZQ2PS8PQQQQQQPQQQQQ9QQQVPEUQAFQXU92D8LR6FVG0R5GV0HEEEQGCRQLNM6JHPHU9Y00RRHY4GRQ",
};

/* What zbarimg reads in a picture; NULL where it reads nothing. */
static char *
read_code (GdkTexture *picture)
{
  g_autofree char *folder = refills_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "code.png", NULL);
  g_autoptr (GSubprocess) zbarimg = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  gboolean read;

  g_assert_true (gdk_texture_save_to_png (picture, path));
  zbarimg = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                              &error, "zbarimg", "--quiet", "--raw", "-Sdisable",
                              "-Sqrcode.enable", path, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (zbarimg, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  read = g_subprocess_get_successful (zbarimg);
  refills_test_remove_folder (g_steal_pointer (&folder));

  return read ? g_strdup (g_strchomp (output)) : NULL;
}

/* Black or white, nothing between, and a white margin of four modules. */
static void
assert_pixels (GdkTexture         *picture,
               RefillsQrPaintable *code)
{
  int width = gdk_texture_get_width (picture);
  int height = gdk_texture_get_height (picture);
  int module = width / (refills_qr_paintable_get_modules (code) + 8);
  g_autofree guint32 *pixels = g_new (guint32, width * height);
  guint n_dark = 0;

  gdk_texture_download (picture, (guchar *) pixels, width * sizeof (guint32));
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      guint32 pixel = pixels[y * width + x];

      g_assert_true (pixel == 0xff000000 || pixel == 0xffffffff);
      if (pixel != 0xff000000)
        continue;
      n_dark++;
      g_assert_cmpint (x, >=, 4 * module);
      g_assert_cmpint (y, >=, 4 * module);
      g_assert_cmpint (x, <, width - 4 * module);
      g_assert_cmpint (y, <, height - 4 * module);
    }
  g_assert_cmpuint (n_dark, >, 0);
  g_assert_cmpuint (n_dark, <, width * height / 2);
}

static void
check_scheme (AdwColorScheme scheme)
{
  GtkWidget *picture = gtk_picture_new ();
  GtkWidget *window;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
  window = refills_widget_test_show (picture, 400, 400);
  g_assert_cmpint (adw_style_manager_get_dark (adw_style_manager_get_default ()), ==,
                   scheme == ADW_COLOR_SCHEME_FORCE_DARK);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (RefillsQrPaintable) code = refills_qr_paintable_new (texts[i]);
    GdkPaintable *paintable = GDK_PAINTABLE (code);
    int size = gdk_paintable_get_intrinsic_width (paintable);
    /* Sizes that are no multiple of the modules must stay sharp too. */
    const int sizes[] = { size, size + 3, size * 2 - 5 };

    g_assert_cmpint (size, ==, gdk_paintable_get_intrinsic_height (paintable));
    g_assert_cmpint (size, <=, 336);
    g_assert_cmpint (size % (refills_qr_paintable_get_modules (code) + 8), ==, 0);

    for (guint j = 0; j < G_N_ELEMENTS (sizes); j++) {
      g_autoptr (GdkTexture) painted =
        refills_widget_test_paint (window, paintable, sizes[j], sizes[j]);
      g_autofree char *read = read_code (painted);

      assert_pixels (painted, code);
      g_assert_cmpstr (read, ==, texts[i]);
    }
  }

  refills_widget_test_close (window);
}

static void
test_light (void)
{
  check_scheme (ADW_COLOR_SCHEME_FORCE_LIGHT);
}

static void
test_dark (void)
{
  check_scheme (ADW_COLOR_SCHEME_FORCE_DARK);
}

/* A module is whole device pixels wherever the corner of the picture is, and at fractions of a pixel too. */
static void
test_scales (void)
{
  const double scales[] = { 1, 1.25, 1.5, 1.75, 2, 3 };
  GtkWidget *window = refills_widget_test_show (gtk_picture_new (), 200, 200);

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++) {
    g_autoptr (RefillsQrPaintable) code = refills_qr_paintable_new (texts[1]);
    int across = refills_qr_paintable_get_modules (code) + 8;
    int size = across * 5 + 3;
    g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
    g_autoptr (GskRenderNode) node = NULL;
    g_autoptr (GdkTexture) picture = NULL;
    g_autofree char *read = NULL;

    /* What the compositor does with units. */
    gtk_snapshot_scale (snapshot, (float) scales[i], (float) scales[i]);
    refills_qr_paintable_paint (code, snapshot, size, size, scales[i]);
    node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
    picture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                           &GRAPHENE_RECT_INIT (0, 0, (float) size, (float) size));
    assert_pixels (picture, code);
    read = read_code (picture);
    g_assert_cmpstr (read, ==, texts[1]);
  }

  refills_widget_test_close (window);
}

static void
test_texture (void)
{
  g_autoptr (RefillsQrPaintable) code = refills_qr_paintable_new (texts[2]);
  g_autoptr (GdkTexture) picture = refills_qr_paintable_dup_texture (code, 3);
  g_autofree char *read = read_code (picture);

  g_assert_cmpint (gdk_texture_get_width (picture), ==, 3 * (refills_qr_paintable_get_modules (code) + 8));
  g_assert_cmpint (gdk_texture_get_height (picture), ==, gdk_texture_get_width (picture));
  assert_pixels (picture, code);
  g_assert_cmpstr (read, ==, texts[2]);
  /* Level M: a request of 118 bytes has 45 modules to a side with it, and 41 with level L (libqrencode 4.1.1). */
  g_assert_cmpint (refills_qr_paintable_get_modules (code), ==, 45);
}

static void
test_nothing (void)
{
  g_autofree char *long_text = g_strnfill (2332, 'x');
  const char * const wrong[] = { NULL, "", long_text };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (RefillsQrPaintable) code = refills_qr_paintable_new (wrong[i]);
    GtkSnapshot *snapshot = gtk_snapshot_new ();

    g_assert_cmpstr (refills_qr_paintable_get_text (code), ==, wrong[i]);
    g_assert_cmpint (refills_qr_paintable_get_modules (code), ==, 0);
    g_assert_cmpint (gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (code)), ==, 0);
    gdk_paintable_snapshot (GDK_PAINTABLE (code), GDK_SNAPSHOT (snapshot), 100, 100);
    g_assert_null (gtk_snapshot_free_to_node (snapshot));
  }
}

static void
test_contract (void)
{
  RefillsQrPaintable *code = refills_qr_paintable_new ("text");

  refills_test_assert_readonly (code, "text");
  g_assert_cmpint (gdk_paintable_get_flags (GDK_PAINTABLE (code)), ==,
                   GDK_PAINTABLE_STATIC_CONTENTS | GDK_PAINTABLE_STATIC_SIZE);
  g_assert_finalize_object (code);
}

int
main (int   argc,
      char *argv[])
{
  refills_widget_test_init (&argc, &argv);

  g_test_add_func ("/ui/qr-paintable/light", test_light);
  g_test_add_func ("/ui/qr-paintable/dark", test_dark);
  g_test_add_func ("/ui/qr-paintable/scales", test_scales);
  g_test_add_func ("/ui/qr-paintable/texture", test_texture);
  g_test_add_func ("/ui/qr-paintable/nothing", test_nothing);
  g_test_add_func ("/ui/qr-paintable/contract", test_contract);

  return g_test_run ();
}
