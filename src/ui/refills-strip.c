/* refills-strip.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsStrip:
 *
 * A lasting state of the page it stands on, in one sentence, with at most one thing to do about it.
 *
 * Owns its texts. Without a sentence it hides itself. It never reads the sentence as markup, and an
 * icon says what its colour says.
 */

#include "config.h"

#include "refills-strip.h"

struct _RefillsStrip
{
  AdwBin     parent_instance;

  GtkImage  *icon;
  GtkLabel  *label;
  GtkButton *button;

  char      *text;
  char      *button_label;
};

G_DEFINE_FINAL_TYPE (RefillsStrip, refills_strip, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_TEXT,
  PROP_BUTTON_LABEL,
  PROP_ICON_NAME,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum {
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
replace_string (char       **location,
                const char  *value)
{
  g_autofree char *copy = NULL;

  if (g_strcmp0 (*location, value) == 0)
    return FALSE;

  copy = g_strdup (value);
  g_clear_pointer (location, g_free);
  *location = g_steal_pointer (&copy);

  return TRUE;
}

static void
button_clicked_cb (RefillsStrip *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
set_text (RefillsStrip *self,
          const char   *text)
{
  if (!replace_string (&self->text, text))
    return;

  gtk_label_set_text (self->label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL && *text != '\0');
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT]);
}

static void
set_button_label (RefillsStrip *self,
                  const char   *label)
{
  if (!replace_string (&self->button_label, label))
    return;

  gtk_button_set_label (self->button, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (self->button), label != NULL && *label != '\0');
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUTTON_LABEL]);
}

static void
refills_strip_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  RefillsStrip *self = REFILLS_STRIP (object);

  switch (property_id) {
  case PROP_TEXT:
    g_value_set_string (value, self->text);
    break;
  case PROP_BUTTON_LABEL:
    g_value_set_string (value, self->button_label);
    break;
  case PROP_ICON_NAME:
    g_value_set_string (value, gtk_image_get_icon_name (self->icon));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_strip_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  RefillsStrip *self = REFILLS_STRIP (object);

  switch (property_id) {
  case PROP_TEXT:
    set_text (self, g_value_get_string (value));
    break;
  case PROP_BUTTON_LABEL:
    set_button_label (self, g_value_get_string (value));
    break;
  case PROP_ICON_NAME:
    gtk_image_set_from_icon_name (self->icon, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_strip_finalize (GObject *object)
{
  RefillsStrip *self = REFILLS_STRIP (object);

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->button_label, g_free);

  G_OBJECT_CLASS (refills_strip_parent_class)->finalize (object);
}

static void
refills_strip_class_init (RefillsStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = refills_strip_get_property;
  object_class->set_property = refills_strip_set_property;
  object_class->finalize = refills_strip_finalize;

  /* The sentence; NULL or empty hides the strip. */
  props[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /* NULL or empty for no button. */
  props[PROP_BUTTON_LABEL] =
    g_param_spec_string ("button-label", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_ICON_NAME] =
    g_param_spec_string ("icon-name", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * RefillsStrip::activated:
   *
   * The button was pressed.
   */
  signals[ACTIVATED] =
    g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsStrip, icon);
  gtk_widget_class_bind_template_child (widget_class, RefillsStrip, label);
  gtk_widget_class_bind_template_child (widget_class, RefillsStrip, button);
  gtk_widget_class_bind_template_callback (widget_class, button_clicked_cb);
}

static void
refills_strip_init (RefillsStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
