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

  RefillsLogo  *logo;
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
  gtk_widget_dispose_template (GTK_WIDGET (self), REFILLS_TYPE_BRAND_TILE);

  G_OBJECT_CLASS (refills_brand_tile_parent_class)->dispose (object);
}

static void
refills_brand_tile_class_init (RefillsBrandTileClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = refills_brand_tile_dispose;

  g_type_ensure (REFILLS_TYPE_LOGO);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-brand-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandTile, logo);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandTile, name_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsBrandTile, value_label);

  gtk_widget_class_set_css_name (widget_class, "brandtile");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
refills_brand_tile_init (RefillsBrandTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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

  refills_logo_set_textures (self->logo, textures);

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

  refills_logo_set_brand (self->logo, brand);
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

  refills_logo_set_wanted (self->logo, wanted);
}
