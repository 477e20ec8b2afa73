/* refills-shortcuts.c — SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The keys, in one table from which both the accelerators and the window that lists them are made, so that neither
 * can know a key that the other does not. Our own window: GTK's is deprecated from 4.18 on.
 */

#include "config.h"

#include "refills-shortcuts.h"

#include <glib/gi18n.h>

typedef struct {
  const char *action;   /* NULL: the toolkit's own */
  const char *title;
  const char *keys[3];
} Shortcut;

static const Shortcut shortcuts[] = {
  { "win.search", N_("Search"), { "<Control>f" } },
  { "win.refresh", N_("Refresh"), { "<Control>r", "F5" } },
  { "win.back", N_("Back"), { "<Alt>Left" } },
  { NULL, N_("Main Menu"), { "F10" } },
  { "app.shortcuts", N_("Keyboard Shortcuts"), { "<Control>question" } },
  { "window.close", N_("Close Window"), { "<Control>w" } },
  { "app.quit", N_("Quit"), { "<Control>q" } },
};

static char *
describe_keys (const Shortcut *shortcut)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; shortcut->keys[i]; i++) {
    guint key = 0;
    GdkModifierType modifiers = 0;
    g_autofree char *label = NULL;

    if (!gtk_accelerator_parse (shortcut->keys[i], &key, &modifiers))
      continue;

    label = gtk_accelerator_get_label (key, modifiers);
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", label);
  }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
make_row (const Shortcut *shortcut)
{
  g_autofree char *keys = describe_keys (shortcut);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (keys);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(shortcut->title));
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);

  return row;
}

/**
 * refills_shortcuts_install:
 * @application: the application
 *
 * Binds the keys to their actions.
 */
void
refills_shortcuts_install (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (shortcuts[i].action)
      gtk_application_set_accels_for_action (application, shortcuts[i].action, (const char **) shortcuts[i].keys);
}

/**
 * refills_shortcuts_present:
 * @application: the application
 * @parent: (nullable): the window to stand over
 *
 * Shows the window that lists the keys.
 */
void
refills_shortcuts_present (GtkApplication *application,
                           GtkWindow      *parent)
{
  g_autoptr (GtkBuilder) builder =
    gtk_builder_new_from_resource ("/io/github/refills/Refills/ui/refills-shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "window"));
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "group"));

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    adw_preferences_group_add (group, make_row (&shortcuts[i]));

  gtk_window_set_transient_for (window, parent);
  gtk_window_set_application (window, application);
  gtk_window_present (window);
}
