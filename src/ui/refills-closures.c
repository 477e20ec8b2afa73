/* refills-closures.c — SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The words that templates may use in a `<closure>`: pure functions of their arguments, tested without a display.
 *
 * The first argument is the object that the expression is about; none of them looks at it. Text that a template
 * shows where libadwaita 1.2 reads markup passes through `refills_escape`.
 */

#include "config.h"

#include "refills-closures.h"

/**
 * refills_closures_bind:
 * @widget_class: a class about to set its template
 *
 * Makes every closure of this file known to the templates of @widget_class, under its C name.
 */
void
refills_closures_bind (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, refills_is_set);
  gtk_widget_class_bind_template_callback (widget_class, refills_is_object);
  gtk_widget_class_bind_template_callback (widget_class, refills_not);
  gtk_widget_class_bind_template_callback (widget_class, refills_both);
  gtk_widget_class_bind_template_callback (widget_class, refills_text_or_empty);
  gtk_widget_class_bind_template_callback (widget_class, refills_escape);
}

/**
 * refills_is_set:
 *
 * Returns: whether @text is there and not empty
 */
gboolean
refills_is_set (gpointer    unused,
                const char *text)
{
  return text && *text;
}

/**
 * refills_is_object:
 *
 * Returns: whether @object is there
 */
gboolean
refills_is_object (gpointer  unused,
                   GObject  *object)
{
  return object != NULL;
}

/**
 * refills_not:
 *
 * Returns: the opposite of @value
 */
gboolean
refills_not (gpointer unused,
             gboolean value)
{
  return !value;
}

/**
 * refills_both:
 *
 * Returns: whether both are true
 */
gboolean
refills_both (gpointer unused,
              gboolean first,
              gboolean second)
{
  return first && second;
}

/**
 * refills_text_or_empty:
 *
 * Returns: (transfer full): @text, or "" where there is none, so that a label never keeps an old text
 */
char *
refills_text_or_empty (gpointer    unused,
                       const char *text)
{
  return g_strdup (text ? text : "");
}

/**
 * refills_escape:
 *
 * Returns: (transfer full): @text as markup that shows exactly @text, or "" where there is none
 */
char *
refills_escape (gpointer    unused,
                const char *text)
{
  return text ? g_markup_escape_text (text, -1) : g_strdup ("");
}
