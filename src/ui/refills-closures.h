/* refills-closures.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void      refills_closures_bind      (GtkWidgetClass *widget_class);

gboolean  refills_is_set             (gpointer        unused,
                                      const char     *text);
gboolean  refills_is_object          (gpointer        unused,
                                      GObject        *object);
gboolean  refills_not                (gpointer        unused,
                                      gboolean        value);
gboolean  refills_both               (gpointer        unused,
                                      gboolean        first,
                                      gboolean        second);
char     *refills_text_or_empty      (gpointer        unused,
                                      const char     *text) G_GNUC_WARN_UNUSED_RESULT;
char     *refills_escape             (gpointer        unused,
                                      const char     *text) G_GNUC_WARN_UNUSED_RESULT;

char     *refills_name_country       (gpointer        unused,
                                      const char     *code) G_GNUC_WARN_UNUSED_RESULT;
char     *refills_describe_age       (gpointer        unused,
                                      gint64          then) G_GNUC_WARN_UNUSED_RESULT;

char    **refills_split_words        (const char     *text) G_GNUC_WARN_UNUSED_RESULT;
gboolean  refills_text_has_words     (const char     *text,
                                      const char     *const *words);

G_END_DECLS
