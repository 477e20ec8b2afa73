/* refills-trouble-window.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsTroubleWindow:
 *
 * What is shown in place of the window where the shop cannot be opened, as on a full disk. Offers to quit, and
 * nothing else.
 */

#include "config.h"

#include "refills-trouble-window.h"

#include "refills-closures.h"

struct _RefillsTroubleWindow {
  AdwApplicationWindow parent_instance;

  AdwStatusPage *page;
};

G_DEFINE_FINAL_TYPE (RefillsTroubleWindow, refills_trouble_window, ADW_TYPE_APPLICATION_WINDOW)

static void
refills_trouble_window_class_init (RefillsTroubleWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-trouble-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsTroubleWindow, page);
}

static void
refills_trouble_window_init (RefillsTroubleWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * refills_trouble_window_new:
 * @application: the application
 * @text: a sentence on what is wrong
 *
 * Returns: (transfer none): a window, which the application owns
 */
RefillsTroubleWindow *
refills_trouble_window_new (GtkApplication *application,
                            const char     *text)
{
  RefillsTroubleWindow *self = g_object_new (REFILLS_TYPE_TROUBLE_WINDOW, "application", application, NULL);
  g_autofree char *escaped = refills_escape (NULL, text);

  adw_status_page_set_description (self->page, escaped);

  return self;
}
