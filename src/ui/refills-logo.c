/* refills-logo.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsLogo:
 *
 * The face of a brand, as a card of 300 to 190: its logo on its colour, or its initials where there is no logo. Until
 * that is known it is the colour alone: letters that are replaced at once would only flicker.
 *
 * Owns the load of its picture, which runs only while the logo is wanted, and is given up with it. It never decodes
 * and never keeps a picture that is not wanted. What it shows is named beside it, so it has no accessible name.
 */

#include "config.h"

#include "refills-logo.h"

#include <math.h>

#define CARD_WIDTH 300
#define CARD_HEIGHT 190
#define CORNER_RADIUS 9

struct _RefillsLogo {
  GtkWidget parent_instance;

  RefillsBrand        *brand;
  RefillsLogoTextures *textures;
  GdkTexture          *texture;
  gboolean             missing; /* nowhere to be had, so that initials stand in for it */
  GCancellable        *cancellable;
  int                  width;
  gboolean             large;
  gboolean             wanted;
};

G_DEFINE_FINAL_TYPE (RefillsLogo, refills_logo, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_BRAND,
  PROP_LARGE,
  PROP_WIDTH,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* WCAG 2.2, relative luminance. */
static double
find_luminance (const GdkRGBA *color)
{
  const float parts[] = { color->red, color->green, color->blue };
  const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    double part = (double) parts[i];

    sum += weights[i] * (part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4));
  }

  return sum;
}

static gboolean
is_large (RefillsLogo *self)
{
  return self->large || gtk_widget_get_scale_factor (GTK_WIDGET (self)) >= 2;
}

static void
stop_loading (RefillsLogo *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
load_ready_cb (GObject      *source_object,
               GAsyncResult *result,
               gpointer      user_data)
{
  RefillsLogoTextures *textures = REFILLS_LOGO_TEXTURES (source_object);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = refills_logo_textures_load_finish (textures, result, &error);
  RefillsLogo *self = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = REFILLS_LOGO (user_data);
  g_clear_object (&self->cancellable);
  g_set_object (&self->texture, texture);
  self->missing = texture == NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
update_picture (RefillsLogo *self)
{
  GdkTexture *texture = NULL;

  stop_loading (self);
  self->missing = self->textures == NULL;

  if (self->brand && self->textures && self->wanted) {
    texture = refills_logo_textures_look_up (self->textures, self->brand, is_large (self));
    if (!texture) {
      self->cancellable = g_cancellable_new ();
      refills_logo_textures_load_async (self->textures, self->brand, is_large (self), self->cancellable,
                                        load_ready_cb, self);
    }
  }

  if (g_set_object (&self->texture, texture))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
snapshot_initials (RefillsLogo   *self,
                   GtkSnapshot   *snapshot,
                   const GdkRGBA *color,
                   int            width,
                   int            height)
{
  g_autoptr (PangoLayout) layout = NULL;
  PangoFontDescription *font = NULL;
  PangoRectangle extents;

  if (!refills_brand_get_initials (self->brand))
    return;

  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), refills_brand_get_initials (self->brand));
  font = pango_font_description_copy (pango_context_get_font_description (pango_layout_get_context (layout)));
  pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_font_description_set_absolute_size (font, height * 0.34 * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);

  pango_layout_get_pixel_extents (layout, NULL, &extents);
  if (extents.width > width)
    return;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) ((width - extents.width) / 2),
                                                          (float) ((height - extents.height) / 2)));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

/* The whole picture, as large as it fits. */
static void
snapshot_texture (RefillsLogo *self,
                  GtkSnapshot *snapshot,
                  int          width,
                  int          height)
{
  double scale = MIN ((double) width / gdk_texture_get_width (self->texture),
                      (double) height / gdk_texture_get_height (self->texture));
  double picture_width = gdk_texture_get_width (self->texture) * scale;
  double picture_height = gdk_texture_get_height (self->texture) * scale;

  /* A card's own proportions differ by a pixel: no hairline of the colour behind it. */
  if (fabs (picture_width - width) < 2)
    picture_width = width;
  if (fabs (picture_height - height) < 2)
    picture_height = height;

  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT ((float) ((width - picture_width) / 2),
                                                    (float) ((height - picture_height) / 2),
                                                    (float) picture_width, (float) picture_height));
}

static void
refills_logo_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  RefillsLogo *self = REFILLS_LOGO (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  GskRoundedRect outline;
  GdkRGBA back;
  GdkRGBA front;

  if (!self->brand || width <= 0 || height <= 0)
    return;

  refills_logo_find_colors (refills_brand_get_color (self->brand), refills_brand_get_name (self->brand),
                            &back, &front);

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height),
                                   CORNER_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &back, &outline.bounds);
  if (self->texture)
    snapshot_texture (self, snapshot, width, height);
  else if (self->missing)
    snapshot_initials (self, snapshot, &front, width, height);
  gtk_snapshot_pop (snapshot);
}

static GtkSizeRequestMode
refills_logo_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
refills_logo_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  RefillsLogo *self = REFILLS_LOGO (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = MIN (self->width, 140);
    *natural = self->width;
  } else {
    int width = for_size < 0 ? self->width : for_size;

    /* A widget that is not stretched is still measured for the whole width (GTK 4.8). */
    if (gtk_widget_get_halign (widget) != GTK_ALIGN_FILL)
      width = MIN (width, self->width);

    *minimum = *natural = width * CARD_HEIGHT / CARD_WIDTH;
  }
}

static void
refills_logo_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  RefillsLogo *self = REFILLS_LOGO (object);

  switch (property_id) {
    case PROP_BRAND:
      g_value_set_object (value, self->brand);
      break;
    case PROP_LARGE:
      g_value_set_boolean (value, self->large);
      break;
    case PROP_WIDTH:
      g_value_set_int (value, self->width);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_logo_set_property (GObject      *object,
                           guint         property_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  RefillsLogo *self = REFILLS_LOGO (object);

  switch (property_id) {
    case PROP_BRAND:
      refills_logo_set_brand (self, g_value_get_object (value));
      break;
    case PROP_LARGE:
      self->large = g_value_get_boolean (value);
      break;
    case PROP_WIDTH:
      self->width = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_logo_dispose (GObject *object)
{
  RefillsLogo *self = REFILLS_LOGO (object);

  stop_loading (self);
  g_clear_object (&self->texture);
  g_clear_object (&self->textures);
  g_clear_object (&self->brand);

  G_OBJECT_CLASS (refills_logo_parent_class)->dispose (object);
}

static void
refills_logo_class_init (RefillsLogoClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = refills_logo_get_property;
  object_class->set_property = refills_logo_set_property;
  object_class->dispose = refills_logo_dispose;

  widget_class->snapshot = refills_logo_snapshot;
  widget_class->get_request_mode = refills_logo_get_request_mode;
  widget_class->measure = refills_logo_measure;

  props[PROP_BRAND] =
    g_param_spec_object ("brand", NULL, NULL, REFILLS_TYPE_BRAND,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_LARGE] =
    g_param_spec_boolean ("large", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_WIDTH] =
    g_param_spec_int ("width", NULL, NULL, 1, 1000, 148,
                      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "logo");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
refills_logo_init (RefillsLogo *self)
{
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (update_picture), NULL);
}

/**
 * refills_logo_set_brand:
 * @self: a logo
 * @brand: (nullable): whose
 *
 * Shows another brand.
 */
void
refills_logo_set_brand (RefillsLogo  *self,
                        RefillsBrand *brand)
{
  g_return_if_fail (REFILLS_IS_LOGO (self));

  if (!g_set_object (&self->brand, brand))
    return;

  g_clear_object (&self->texture);
  update_picture (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BRAND]);
}

/**
 * refills_logo_set_textures:
 * @self: a logo
 * @textures: (nullable): where pictures come from; without them initials are shown
 *
 * Tells where pictures come from.
 */
void
refills_logo_set_textures (RefillsLogo         *self,
                           RefillsLogoTextures *textures)
{
  g_return_if_fail (REFILLS_IS_LOGO (self));

  if (g_set_object (&self->textures, textures))
    update_picture (self);
}

/**
 * refills_logo_set_wanted:
 * @self: a logo
 * @wanted: whether it can be seen
 *
 * Loads the picture, or lets it go.
 */
void
refills_logo_set_wanted (RefillsLogo *self,
                         gboolean     wanted)
{
  g_return_if_fail (REFILLS_IS_LOGO (self));

  if (self->wanted == wanted)
    return;

  self->wanted = wanted;
  update_picture (self);
}

/**
 * refills_logo_has_picture:
 * @self: a logo
 *
 * Returns: whether the brand's picture is shown, and not its initials
 */
gboolean
refills_logo_has_picture (RefillsLogo *self)
{
  g_return_val_if_fail (REFILLS_IS_LOGO (self), FALSE);

  return self->texture != NULL;
}

/**
 * refills_logo_find_colors:
 * @color: (nullable): a brand's own colour, "#rrggbb"
 * @name: (nullable): the brand's name, to pick a colour by where it has none
 * @back: (out): the colour behind the logo
 * @front: (out): black or white, whichever reads better on @back; at least 4.5 to 1 (WCAG 2.2, 1.4.3)
 *
 * Returns: whether @color was one
 */
gboolean
refills_logo_find_colors (const char *color,
                          const char *name,
                          GdkRGBA    *back,
                          GdkRGBA    *front)
{
  /* GNOME's palette, the third and fifth shade of each. */
  static const char *const palette[] = {
    "#3584e4", "#1a5fb4", "#33d17a", "#26a269", "#f6d32d", "#e5a50a",
    "#ff7800", "#c64600", "#e01b24", "#a51d2d", "#9141ac", "#613583",
  };
  gboolean known = color && *color && gdk_rgba_parse (back, color);
  double luminance = 0;

  if (!known)
    gdk_rgba_parse (back, palette[g_str_hash (name ? name : "") % G_N_ELEMENTS (palette)]);
  back->alpha = 1;

  luminance = find_luminance (back);
  if ((luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05))
    *front = (GdkRGBA) { 0, 0, 0, 1 };
  else
    *front = (GdkRGBA) { 1, 1, 1, 1 };

  return known;
}
