/* refills-brand-tile.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsBrandTile:
 *
 * One brand in the grid: its logo, its name in up to two lines, what it can be bought for.
 *
 * Names the grid's cell that holds it, which assistive technologies would otherwise know by the name of its class.
 * It never acts: the grid does.
 */

#include "config.h"

#include "refills-brand-tile.h"

#include "refills-logo.h"

#include <glib/gi18n.h>

struct _RefillsBrandTile {
  GtkWidget parent_instance;

  RefillsBrand *brand;

  GtkWidget    *logo;
  GtkWidget    *name_label;
  GtkWidget    *value_label;
};

G_DEFINE_FINAL_TYPE (RefillsBrandTile, refills_brand_tile, GTK_TYPE_WIDGET)

static char *
get_title (RefillsBrand *brand)
{
  char *title = NULL;

  g_object_get (brand, "title", &title, NULL);

  return title;
}

static void
refills_brand_tile_dispose (GObject *object)
{
  RefillsBrandTile *self = REFILLS_BRAND_TILE (object);

  g_clear_object (&self->brand);
  g_clear_pointer (&self->logo, gtk_widget_unparent);
  g_clear_pointer (&self->name_label, gtk_widget_unparent);
  g_clear_pointer (&self->value_label, gtk_widget_unparent);

  G_OBJECT_CLASS (refills_brand_tile_parent_class)->dispose (object);
}

static GtkSizeRequestMode
refills_brand_tile_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
measure_height (GtkWidget *widget,
                int        width)
{
  int natural = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);

  return natural;
}

/* As wide as the logo, whatever the texts: they wrap or end early, and laying each out to find its width would
 * take more time than all else about a tile. */
static void
refills_brand_tile_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  RefillsBrandTile *self = REFILLS_BRAND_TILE (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    gtk_widget_measure (self->logo, orientation, -1, minimum, natural, NULL, NULL);
    return;
  }

  *natural = measure_height (self->logo, for_size) + measure_height (self->name_label, for_size) +
             measure_height (self->value_label, for_size);
  *minimum = *natural;
}

static void
refills_brand_tile_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  GtkAllocation allocation = { 0, 0, width, 0 };

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child)) {
    allocation.height = measure_height (child, width);
    gtk_widget_size_allocate (child, &allocation, -1);
    allocation.y += allocation.height;
  }
}

static void
refills_brand_tile_class_init (RefillsBrandTileClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = refills_brand_tile_dispose;

  widget_class->get_request_mode = refills_brand_tile_get_request_mode;
  widget_class->measure = refills_brand_tile_measure;
  widget_class->size_allocate = refills_brand_tile_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "brandtile");
}

static GtkWidget *
make_label (RefillsBrandTile *self)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_END, "xalign", 0.0f, NULL);

  gtk_widget_set_parent (label, GTK_WIDGET (self));

  return label;
}

/* By hand, not from a template: two dozen of these are made before the first picture of the window. */
static void
refills_brand_tile_init (RefillsBrandTile *self)
{
  self->logo = g_object_new (REFILLS_TYPE_LOGO, NULL);
  gtk_widget_set_parent (self->logo, GTK_WIDGET (self));

  self->name_label = make_label (self);
  gtk_label_set_lines (GTK_LABEL (self->name_label), 2);
  gtk_label_set_wrap (GTK_LABEL (self->name_label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->name_label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (self->name_label, "name");

  self->value_label = make_label (self);
  gtk_widget_add_css_class (self->value_label, "caption");
  gtk_widget_add_css_class (self->value_label, "dim-label");
}

/**
 * refills_brand_tile_new:
 * @textures: (nullable): where logos come from
 *
 * Returns: (transfer floating): a tile without a brand
 */
GtkWidget *
refills_brand_tile_new (RefillsLogoTextures *textures)
{
  RefillsBrandTile *self = g_object_new (REFILLS_TYPE_BRAND_TILE, NULL);

  refills_logo_set_textures (REFILLS_LOGO (self->logo), textures);

  return GTK_WIDGET (self);
}

/**
 * refills_brand_tile_set_brand:
 * @self: a tile
 * @brand: (nullable): what to show
 *
 * Shows another brand. The tile must be in its cell already, so that the cell gets the name.
 */
void
refills_brand_tile_set_brand (RefillsBrandTile *self,
                              RefillsBrand     *brand)
{
  g_autofree char *title = NULL;
  GtkWidget *cell = NULL;

  g_return_if_fail (REFILLS_IS_BRAND_TILE (self));

  if (!g_set_object (&self->brand, brand))
    return;

  refills_logo_set_brand (REFILLS_LOGO (self->logo), brand);
  if (!brand)
    return;

  title = get_title (brand);
  gtk_label_set_text (GTK_LABEL (self->name_label), title);
  if (refills_brand_is_out_of_stock (brand)) {
    gtk_label_set_text (GTK_LABEL (self->value_label), _("Out of stock"));
    gtk_widget_add_css_class (GTK_WIDGET (self), "out-of-stock");
  } else {
    gtk_label_set_text (GTK_LABEL (self->value_label), refills_brand_get_value_label (brand));
    gtk_widget_remove_css_class (GTK_WIDGET (self), "out-of-stock");
  }

  cell = gtk_widget_get_parent (GTK_WIDGET (self));
  if (cell)
    gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

/**
 * refills_brand_tile_get_brand:
 * @self: a tile
 *
 * Returns: (transfer none) (nullable): what it shows
 */
RefillsBrand *
refills_brand_tile_get_brand (RefillsBrandTile *self)
{
  g_return_val_if_fail (REFILLS_IS_BRAND_TILE (self), NULL);

  return self->brand;
}

/**
 * refills_brand_tile_set_wanted:
 * @self: a tile
 * @wanted: whether it can be seen
 *
 * Loads the logo, or lets it go.
 */
void
refills_brand_tile_set_wanted (RefillsBrandTile *self,
                               gboolean          wanted)
{
  g_return_if_fail (REFILLS_IS_BRAND_TILE (self));

  refills_logo_set_wanted (REFILLS_LOGO (self->logo), wanted);
}
