/* refills-qr-picture.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsQrPicture:
 *
 * A QR code on the screen, as large as its place and never smaller than it is meant to be. Every code asks for the
 * same room, so that nothing moves when another takes its place.
 *
 * Holds the code. GtkPicture paints in units, which are not pixels on every display; this paints modules of whole
 * device pixels that begin on one, whatever the scale and wherever it stands. It never looks at the theme.
 */

#include "config.h"

#include "refills-qr-picture.h"

#include <math.h>

/* Units. The largest code of a module of so many pixels that fits in it is never much smaller. */
#define LEAST_SIZE 300

struct _RefillsQrPicture
{
  GtkWidget           parent_instance;

  RefillsQrPaintable *qr;
};

G_DEFINE_FINAL_TYPE (RefillsQrPicture, refills_qr_picture, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_QR,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* Device pixels per unit. From GTK 4.12 on a surface tells a fraction; before that there are none. */
static double
get_scale (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;
  double scale = 0;

  if (surface != NULL && g_object_class_find_property (G_OBJECT_GET_CLASS (surface), "scale") != NULL)
    g_object_get (surface, "scale", &scale, NULL);

  return scale > 0 ? scale : gtk_widget_get_scale_factor (widget);
}

/* How far the next whole device pixel is from the corner of the widget, in units. */
static graphene_point_t
find_first_pixel (GtkWidget *widget,
                  double     scale)
{
  GtkNative *native = gtk_widget_get_native (widget);
  graphene_point_t corner = { 0, 0 };
  double left = 0;
  double top = 0;

  if (native == NULL || !gtk_widget_compute_point (widget, GTK_WIDGET (native), &corner, &corner))
    return (graphene_point_t) { 0, 0 };

  gtk_native_get_surface_transform (native, &left, &top);
  left = (left + corner.x) * scale;
  top = (top + corner.y) * scale;

  /* Less than that is the error of adding fractions. */
  return (graphene_point_t) { (float) ((ceil (left - 0.001) - left) / scale),
                              (float) ((ceil (top - 0.001) - top) / scale) };
}

static void
refills_qr_picture_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  RefillsQrPicture *self = REFILLS_QR_PICTURE (widget);

  int size = self->qr != NULL ? gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (self->qr)) : 0;

  *minimum = size > 0 ? MAX (size, LEAST_SIZE) : 0;
  *natural = *minimum;
}

static void
refills_qr_picture_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  RefillsQrPicture *self = REFILLS_QR_PICTURE (widget);
  double scale = get_scale (widget);
  graphene_point_t start = find_first_pixel (widget, scale);
  const GdkRGBA white = { 1, 1, 1, 1 };
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);

  if (self->qr == NULL || refills_qr_paintable_get_modules (self->qr) == 0)
    return;

  gtk_snapshot_append_color (snapshot, &white, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &start);
  refills_qr_paintable_paint (self->qr, snapshot, (int) floor ((width - start.x) * scale + 0.001),
                              (int) floor ((height - start.y) * scale + 0.001), scale);
  gtk_snapshot_restore (snapshot);
}

static void
refills_qr_picture_realize (GtkWidget *widget)
{
  GdkSurface *surface;

  GTK_WIDGET_CLASS (refills_qr_picture_parent_class)->realize (widget);

  surface = gtk_native_get_surface (gtk_widget_get_native (widget));
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (surface), "scale") != NULL)
    g_signal_connect_object (surface, "notify::scale", G_CALLBACK (gtk_widget_queue_draw), widget, G_CONNECT_SWAPPED);
}

static void
refills_qr_picture_unrealize (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_native_get_surface (gtk_widget_get_native (widget)),
                                        gtk_widget_queue_draw, widget);

  GTK_WIDGET_CLASS (refills_qr_picture_parent_class)->unrealize (widget);
}

static void
refills_qr_picture_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  RefillsQrPicture *self = REFILLS_QR_PICTURE (object);

  switch (property_id) {
  case PROP_QR:
    g_value_set_object (value, self->qr);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_qr_picture_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  RefillsQrPicture *self = REFILLS_QR_PICTURE (object);

  switch (property_id) {
  case PROP_QR:
    if (g_set_object (&self->qr, g_value_get_object (value))) {
      gtk_widget_queue_resize (GTK_WIDGET (self));
      g_object_notify_by_pspec (object, pspec);
    }
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_qr_picture_dispose (GObject *object)
{
  g_clear_object (&REFILLS_QR_PICTURE (object)->qr);

  G_OBJECT_CLASS (refills_qr_picture_parent_class)->dispose (object);
}

static void
refills_qr_picture_class_init (RefillsQrPictureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = refills_qr_picture_get_property;
  object_class->set_property = refills_qr_picture_set_property;
  object_class->dispose = refills_qr_picture_dispose;
  widget_class->measure = refills_qr_picture_measure;
  widget_class->snapshot = refills_qr_picture_snapshot;
  widget_class->realize = refills_qr_picture_realize;
  widget_class->unrealize = refills_qr_picture_unrealize;

  props[PROP_QR] =
    g_param_spec_object ("qr", NULL, NULL, REFILLS_TYPE_QR_PAINTABLE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
refills_qr_picture_init (RefillsQrPicture *self)
{
}
