/* refills-unseen.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void refills_unseen_follow (GtkWidget *stack);

G_END_DECLS
