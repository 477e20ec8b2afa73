/* refills-unseen.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keeps the pages of a stack that are not shown from assistive technologies: GTK 4.8 tells them of every page, so
 * that a screen reader would read the payment of the page before. Owns nothing.
 */

#include "config.h"

#include "refills-unseen.h"

static void
sync_pages (GtkWidget *stack)
{
  g_autoptr (GtkWidget) shown = NULL;

  g_object_get (stack, "visible-child", &shown, NULL);
  for (GtkWidget *page = gtk_widget_get_first_child (stack); page; page = gtk_widget_get_next_sibling (page))
    gtk_accessible_update_state (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_STATE_HIDDEN, page != shown, -1);
}

/**
 * refills_unseen_follow:
 * @stack: a widget whose children are pages and that has a `visible-child`: a GtkStack or an AdwViewStack
 *
 * Hides from assistive technologies whatever page is not the visible one, from now on. Pages that are added later
 * are hidden at the next change of page; add before you show.
 */
void
refills_unseen_follow (GtkWidget *stack)
{
  g_return_if_fail (GTK_IS_WIDGET (stack));

  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (sync_pages), NULL);
  sync_pages (stack);
}
