/* refills-closures.c — SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The words that templates may use in a `<closure>`: pure functions of their arguments, tested without a display.
 *
 * The first argument is the object that the expression is about; none of them looks at it. Text that a template
 * shows where libadwaita 1.2 reads markup passes through `refills_escape`.
 */

#include "config.h"

#include "refills-closures.h"

#include "refills-country.h"

#include <glib/gi18n.h>

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
  gtk_widget_class_bind_template_callback (widget_class, refills_name_country);
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

/**
 * refills_name_country:
 * @code: (nullable): a country's code
 *
 * Returns: (transfer full): the country's name, or @code where the name is not known
 */
char *
refills_name_country (gpointer    unused,
                      const char *code)
{
  return refills_country_name_code (code);
}

/**
 * refills_describe_age:
 * @then: epoch seconds
 *
 * Returns: (transfer full): how long ago that was, as in "Updated 2 hours ago"; "" where it is not known
 */
char *
refills_describe_age (gpointer unused,
                      gint64   then)
{
  gint64 seconds = g_get_real_time () / G_USEC_PER_SEC - then;
  guint n = 0;

  /* A clock that was set back tells nothing. */
  if (then <= 0 || seconds < 0)
    return g_strdup ("");
  if (seconds < 60)
    return g_strdup (_("Updated just now"));
  if (seconds < 60 * 60) {
    n = (guint) (seconds / 60);
    return g_strdup_printf (ngettext ("Updated %u minute ago", "Updated %u minutes ago", n), n);
  }
  if (seconds < 24 * 60 * 60) {
    n = (guint) (seconds / (60 * 60));
    return g_strdup_printf (ngettext ("Updated %u hour ago", "Updated %u hours ago", n), n);
  }

  n = (guint) MIN (seconds / (24 * 60 * 60), G_MAXINT);

  return g_strdup_printf (ngettext ("Updated %u day ago", "Updated %u days ago", n), n);
}

/**
 * refills_split_words:
 * @text: what was typed, folded
 *
 * Returns: (transfer full) (array zero-terminated=1): its words, none of them empty
 */
char **
refills_split_words (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text ? text : "", " \t\n", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; parts[i]; i++)
    if (*parts[i])
      g_strv_builder_add (words, parts[i]);

  return g_strv_builder_end (words);
}

/**
 * refills_text_has_words:
 * @text: (nullable): folded
 * @words: (nullable) (array zero-terminated=1): folded
 *
 * Returns: whether every one of @words is somewhere in @text
 */
gboolean
refills_text_has_words (const char        *text,
                        const char *const *words)
{
  for (guint i = 0; words && words[i]; i++)
    if (!text || !strstr (text, words[i]))
      return FALSE;

  return TRUE;
}
