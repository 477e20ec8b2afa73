/* refills-sides.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsSides:
 *
 * Two widgets beside each other where there is room for both, and below each other where there is not.
 *
 * Owns the two. Keeps their order for keyboard and screen reader in both forms. (Breakpoints are newer
 * than libadwaita 1.2.)
 */

#include "config.h"

#include "refills-sides.h"

/* The second one gets at least this much, in units, or goes below; more of it where text is larger. */
#define LEAST_WIDTH 320
/* Of 1024 dots per inch, as GTK tells them, with text of the usual size. */
#define USUAL_DPI   (96 * 1024)

struct _RefillsSides {
  GtkWidget parent_instance;

  GtkWidget *first;
  GtkWidget *second;
  int        spacing;
};

G_DEFINE_FINAL_TYPE (RefillsSides, refills_sides, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_FIRST,
  PROP_SECOND,
  PROP_SPACING,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static int
get_natural_width (GtkWidget *widget)
{
  int natural = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static int
get_minimum_width (GtkWidget *widget)
{
  int minimum = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}

static int
get_least_width (GtkWidget *widget)
{
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);

  return dpi > USUAL_DPI ? (int) ((gint64) LEAST_WIDTH * dpi / USUAL_DPI) : LEAST_WIDTH;
}

static int
get_height (GtkWidget *widget,
            int        width)
{
  int natural = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);

  return natural;
}

/* The first one's width beside the second, or 0 where the second goes below. */
static int
split_width (RefillsSides *self,
             int           width)
{
  int first = get_natural_width (self->first);
  int second = MAX (get_least_width (GTK_WIDGET (self)), get_minimum_width (self->second));

  return first + self->spacing + second <= width ? first : 0;
}

static GtkSizeRequestMode
refills_sides_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
refills_sides_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  RefillsSides *self = REFILLS_SIDES (widget);
  int least = MAX (get_minimum_width (self->first), get_minimum_width (self->second));

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = least;
    *natural = get_natural_width (self->first) + self->spacing +
               MAX (get_least_width (widget), get_natural_width (self->second));
  } else {
    int width = MAX (least, for_size);
    int split = split_width (self, width);

    *natural = split > 0
               ? MAX (get_height (self->first, split), get_height (self->second, width - split - self->spacing))
               : get_height (self->first, width) + self->spacing + get_height (self->second, width);
    *minimum = *natural;
  }
}

static void
refills_sides_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  RefillsSides *self = REFILLS_SIDES (widget);
  int split = split_width (self, width);
  GtkAllocation first = { 0, 0, width, 0 };
  GtkAllocation second = { 0, 0, width, 0 };

  if (split > 0) {
    first.width = split;
    first.height = height;
    second.x = split + self->spacing;
    second.width = width - second.x;
    /* At the top, so that both begin on one line, and not by its own alignment: for that GTK asks each text how wide it
     * is at this height, which it finds out by breaking its lines again and again. */
    second.height = MIN (get_height (self->second, second.width), height);
    if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL) {
      first.x = width - first.width;
      second.x = 0;
    }
  } else {
    first.height = get_height (self->first, width);
    second.y = first.height + self->spacing;
    second.height = MAX (height - second.y, get_height (self->second, width));
  }
  gtk_widget_size_allocate (self->first, &first, -1);
  gtk_widget_size_allocate (self->second, &second, -1);
}

static void
refills_sides_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  RefillsSides *self = REFILLS_SIDES (object);

  switch (property_id) {
    case PROP_FIRST:
      g_value_set_object (value, self->first);
      break;
    case PROP_SECOND:
      g_value_set_object (value, self->second);
      break;
    case PROP_SPACING:
      g_value_set_int (value, self->spacing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_sides_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  RefillsSides *self = REFILLS_SIDES (object);

  switch (property_id) {
    case PROP_FIRST:
      self->first = g_value_get_object (value);
      gtk_widget_set_parent (self->first, GTK_WIDGET (self));
      break;
    case PROP_SECOND:
      self->second = g_value_get_object (value);
      gtk_widget_set_parent (self->second, GTK_WIDGET (self));
      break;
    case PROP_SPACING:
      self->spacing = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_sides_dispose (GObject *object)
{
  RefillsSides *self = REFILLS_SIDES (object);

  g_clear_pointer (&self->first, gtk_widget_unparent);
  g_clear_pointer (&self->second, gtk_widget_unparent);

  G_OBJECT_CLASS (refills_sides_parent_class)->dispose (object);
}

static void
refills_sides_class_init (RefillsSidesClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = refills_sides_get_property;
  object_class->set_property = refills_sides_set_property;
  object_class->dispose = refills_sides_dispose;

  widget_class->get_request_mode = refills_sides_get_request_mode;
  widget_class->measure = refills_sides_measure;
  widget_class->size_allocate = refills_sides_size_allocate;

  props[PROP_FIRST] =
    g_param_spec_object ("first", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_SECOND] =
    g_param_spec_object ("second", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_SPACING] =
    g_param_spec_int ("spacing", NULL, NULL, 0, 100, 0,
                      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
refills_sides_init (RefillsSides *self)
{
}
