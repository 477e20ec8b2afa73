/* refills-qr-paintable.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsQrPaintable:
 *
 * The QR code of one text, as something to paint.
 *
 * Owns the text and its modules. Immutable: another text is another paintable. It never looks at
 * the theme: readers fail on light modules on dark ground, so it is black on white everywhere.
 */
#include "refills-qr-paintable.h"

#include <qrencode.h>

/* ISO/IEC 18004, 5.3.8: four modules of light ground on every side. */
#define QUIET_MODULES 4
/* Pixels; the natural size is the largest multiple of the modules that fits. */
#define NATURAL_SIZE  300

struct _RefillsQrPaintable
{
  GObject  parent_instance;

  char    *text;
  guint8  *modules; /* width × width bytes, 1 is dark */
  int      width;   /* 0 where the text makes no code */
};

enum {
  PROP_0,
  PROP_TEXT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static int
refills_qr_paintable_get_intrinsic_size (GdkPaintable *paintable)
{
  RefillsQrPaintable *self = REFILLS_QR_PAINTABLE (paintable);
  int across = self->width + 2 * QUIET_MODULES;

  if (self->width == 0)
    return 0;

  return across * MAX (NATURAL_SIZE / across, 1);
}

static double
refills_qr_paintable_get_intrinsic_aspect_ratio (GdkPaintable *paintable)
{
  return 1;
}

static GdkPaintableFlags
refills_qr_paintable_get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_CONTENTS | GDK_PAINTABLE_STATIC_SIZE;
}

static void
refills_qr_paintable_snapshot (GdkPaintable *paintable,
                               GdkSnapshot  *snapshot,
                               double        width,
                               double        height)
{
  refills_qr_paintable_paint (REFILLS_QR_PAINTABLE (paintable), GTK_SNAPSHOT (snapshot),
                              (int) width, (int) height, 1);
}

static void
refills_qr_paintable_iface_init (GdkPaintableInterface *iface)
{
  iface->get_flags = refills_qr_paintable_get_flags;
  iface->get_intrinsic_width = refills_qr_paintable_get_intrinsic_size;
  iface->get_intrinsic_height = refills_qr_paintable_get_intrinsic_size;
  iface->get_intrinsic_aspect_ratio = refills_qr_paintable_get_intrinsic_aspect_ratio;
  iface->snapshot = refills_qr_paintable_snapshot;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RefillsQrPaintable, refills_qr_paintable, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE,
                                                      refills_qr_paintable_iface_init))

static void
encode (RefillsQrPaintable *self)
{
  QRcode *code;

  if (self->text == NULL || *self->text == '\0')
    return;

  /* 0 is the smallest version that holds the text. */
  code = QRcode_encodeString8bit (self->text, 0, QR_ECLEVEL_M);
  if (code == NULL) {
    g_message ("A text of %" G_GSIZE_FORMAT " bytes makes no QR code", strlen (self->text));
    return;
  }

  self->width = code->width;
  self->modules = g_new (guint8, code->width * code->width);
  /* The lowest bit says dark (qrencode.h); the others are the encoder's own. */
  for (int i = 0; i < code->width * code->width; i++)
    self->modules[i] = code->data[i] & 1;
  QRcode_free (code);
}

static void
refills_qr_paintable_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  RefillsQrPaintable *self = REFILLS_QR_PAINTABLE (object);

  switch (property_id) {
  case PROP_TEXT:
    g_value_set_string (value, self->text);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_qr_paintable_set_property (GObject      *object,
                                   guint         property_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  RefillsQrPaintable *self = REFILLS_QR_PAINTABLE (object);

  switch (property_id) {
  case PROP_TEXT:
    self->text = g_value_dup_string (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_qr_paintable_constructed (GObject *object)
{
  G_OBJECT_CLASS (refills_qr_paintable_parent_class)->constructed (object);
  encode (REFILLS_QR_PAINTABLE (object));
}

static void
refills_qr_paintable_finalize (GObject *object)
{
  RefillsQrPaintable *self = REFILLS_QR_PAINTABLE (object);

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->modules, g_free);

  G_OBJECT_CLASS (refills_qr_paintable_parent_class)->finalize (object);
}

static void
refills_qr_paintable_class_init (RefillsQrPaintableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = refills_qr_paintable_get_property;
  object_class->set_property = refills_qr_paintable_set_property;
  object_class->constructed = refills_qr_paintable_constructed;
  object_class->finalize = refills_qr_paintable_finalize;

  props[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_qr_paintable_init (RefillsQrPaintable *self)
{
}

/**
 * refills_qr_paintable_new:
 * @text: (nullable): what a reader is to read, as bytes
 *
 * Makes the QR code of a text: level M, black on white, four modules of white around it.
 *
 * A text that is empty or too long (2331 bytes at level M) makes a paintable of no size.
 *
 * Returns: (transfer full): the code
 */
RefillsQrPaintable *
refills_qr_paintable_new (const char *text)
{
  return g_object_new (REFILLS_TYPE_QR_PAINTABLE, "text", text, NULL);
}

/**
 * refills_qr_paintable_get_text:
 * @self: a code
 *
 * Returns: (transfer none) (nullable): what it says
 */
const char *
refills_qr_paintable_get_text (RefillsQrPaintable *self)
{
  g_return_val_if_fail (REFILLS_IS_QR_PAINTABLE (self), NULL);

  return self->text;
}

/**
 * refills_qr_paintable_get_modules:
 * @self: a code
 *
 * Returns: modules per side without the white around them; 0 where there is no code
 */
int
refills_qr_paintable_get_modules (RefillsQrPaintable *self)
{
  g_return_val_if_fail (REFILLS_IS_QR_PAINTABLE (self), 0);

  return self->width;
}

/**
 * refills_qr_paintable_paint:
 * @self: a code
 * @snapshot: where to paint it, from 0, 0
 * @width: device pixels
 * @height: device pixels
 * @scale: device pixels per unit of @snapshot
 *
 * Paints the code as large as it fits, in the middle of white ground. A module is a whole number of device pixels and
 * begins on one, at every scale: what ends between two is grey on both. Paints nothing where that number would be 0.
 */
void
refills_qr_paintable_paint (RefillsQrPaintable *self,
                            GtkSnapshot        *snapshot,
                            int                 width,
                            int                 height,
                            double              scale)
{
  const GdkRGBA white = { 1, 1, 1, 1 };
  const GdkRGBA black = { 0, 0, 0, 1 };
  int across;
  int module;
  int left;
  int top;

  g_return_if_fail (REFILLS_IS_QR_PAINTABLE (self));
  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot));
  g_return_if_fail (scale > 0);

  across = self->width + 2 * QUIET_MODULES;
  module = MIN (width, height) / across;
  if (self->width == 0 || module <= 0)
    return;

  left = (width - across * module) / 2 + QUIET_MODULES * module;
  top = (height - across * module) / 2 + QUIET_MODULES * module;
  gtk_snapshot_append_color (snapshot, &white,
                             &GRAPHENE_RECT_INIT (0, 0, (float) (width / scale), (float) (height / scale)));

  for (int y = 0; y < self->width; y++) {
    const guint8 *row = self->modules + y * self->width;

    for (int x = 0; x < self->width;) {
      int start = x;

      if (!row[x]) {
        x++;
        continue;
      }
      while (x < self->width && row[x])
        x++;
      gtk_snapshot_append_color (snapshot, &black,
                                 &GRAPHENE_RECT_INIT ((float) ((left + start * module) / scale),
                                                      (float) ((top + y * module) / scale),
                                                      (float) ((x - start) * module / scale),
                                                      (float) (module / scale)));
    }
  }
}

/**
 * refills_qr_paintable_dup_texture:
 * @self: a code that is not empty
 * @module: pixels per module, more than 0
 *
 * Returns: (transfer full) (nullable): the code and the white around it as a picture, or `NULL` where there is no code
 */
GdkTexture *
refills_qr_paintable_dup_texture (RefillsQrPaintable *self,
                                  int                 module)
{
  g_autoptr (GBytes) bytes = NULL;
  guint8 *pixels;
  int size;

  g_return_val_if_fail (REFILLS_IS_QR_PAINTABLE (self), NULL);
  g_return_val_if_fail (module > 0, NULL);

  if (self->width == 0)
    return NULL;

  size = (self->width + 2 * QUIET_MODULES) * module;
  pixels = g_malloc ((gsize) size * size * 3);
  memset (pixels, 0xff, (gsize) size * size * 3);
  for (int y = 0; y < self->width * module; y++)
    for (int x = 0; x < self->width; x++)
      if (self->modules[y / module * self->width + x])
        memset (pixels + ((gsize) (y + QUIET_MODULES * module) * size + (x + QUIET_MODULES) * module) * 3, 0,
                (gsize) module * 3);
  bytes = g_bytes_new_take (pixels, (gsize) size * size * 3);

  return gdk_memory_texture_new (size, size, GDK_MEMORY_R8G8B8, bytes, (gsize) size * 3);
}
