/* refills-widget-test.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void        refills_widget_test_init         (int         *argc,
                                              char      ***argv);
GtkWidget  *refills_widget_test_show         (GtkWidget   *child,
                                              int          width,
                                              int          height) G_GNUC_WARN_UNUSED_RESULT;
void        refills_widget_test_close        (GtkWidget   *window);
GtkWidget  *refills_widget_test_find         (GtkWidget   *root,
                                              GType        type,
                                              const char  *text);
GtkWidget  *refills_widget_test_find_text    (GtkWidget   *root,
                                              const char  *text);
gboolean    refills_widget_test_shows        (GtkWidget   *root,
                                              const char  *text);
gboolean    refills_widget_test_holds        (GtkWidget   *root,
                                              const char  *text);
GdkTexture *refills_widget_test_paint        (GtkWidget   *window,
                                              GdkPaintable *paintable,
                                              int          width,
                                              int          height) G_GNUC_WARN_UNUSED_RESULT;
void        refills_widget_test_save         (GtkWidget   *window,
                                              const char  *name);
int         refills_widget_test_min_width    (GtkWidget   *widget);

G_END_DECLS
