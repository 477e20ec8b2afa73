/* refills-width-first.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsWidthFirst:
 *
 * A place for text that wraps. It has one width, whatever height there is for it.
 *
 * A horizontal box, and what is aligned to something else than its place, asks a child how wide it is at the height
 * that it has just computed from a width. A label of GTK 4.8 finds the answer by breaking its lines at one width after
 * the other, which took half the time of a page. Nothing here is ever to be made wider for want of height.
 */

#include "config.h"

#include "refills-width-first.h"

struct _RefillsWidthFirst
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (RefillsWidthFirst, refills_width_first, ADW_TYPE_BIN)

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkWidget      *widget,
         GtkOrientation  orientation,
         int             for_size,
         int            *minimum,
         int            *natural,
         int            *minimum_baseline,
         int            *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_measure (child, orientation, orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : for_size,
                        minimum, natural, minimum_baseline, natural_baseline);
}

static void
allocate (GtkWidget *widget,
          int        width,
          int        height,
          int        baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

static void
refills_width_first_class_init (RefillsWidthFirstClass *klass)
{
}

static void
refills_width_first_init (RefillsWidthFirst *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), gtk_custom_layout_new (get_request_mode, measure, allocate));
}
