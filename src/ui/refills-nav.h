/* refills-nav.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define REFILLS_TYPE_NAV (refills_nav_get_type ())
G_DECLARE_FINAL_TYPE (RefillsNav, refills_nav, REFILLS, NAV, GtkWidget)

void         refills_nav_set_root         (RefillsNav *self,
                                           GtkWidget  *root);
void         refills_nav_push             (RefillsNav *self,
                                           GtkWidget  *page);
gboolean     refills_nav_pop              (RefillsNav *self);
void         refills_nav_pop_to_root      (RefillsNav *self);
void         refills_nav_replace          (RefillsNav *self,
                                           GtkWidget  *page);
GtkWidget   *refills_nav_get_visible_page (RefillsNav *self);
const char  *refills_nav_get_title        (RefillsNav *self);
gboolean     refills_nav_can_pop          (RefillsNav *self);

G_END_DECLS
