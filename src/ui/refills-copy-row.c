/* refills-copy-row.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsCopyRow:
 *
 * One fact with its caption, to be read, selected, or copied by a button.
 *
 * Owns its texts. What is copied may be barer than what is shown: an amount without its coin.
 * Neither is ever read as markup. A long text can be shown in groups of four; it stays one text
 * for the clipboard and for the selection, and is described group by group for a screen reader.
 * Keys stop at its buttons alone: what a text would be copied for with keys, a button does.
 */

#include "config.h"

#include "refills-copy-row.h"

#include "refills-browser.h"
#include "refills-clipboard.h"
#include "refills-web-page.h"
#include "refills-width-first.h"

#include <glib/gi18n.h>

#include <string.h>

struct _RefillsCopyRow
{
  AdwPreferencesRow  parent_instance;

  GtkWidget         *value_label;
  AdwBin            *note_place;
  AdwBin            *link_place;
  GtkLabel          *link_label; /* of the button; NULL before the first link */
  GtkWidget         *copy_button;

  char              *text;
  char              *copy_text;
  char              *copy_label;
  char              *value_class;
  char              *note;
  char              *link;
  gboolean           grouped;
};

G_DEFINE_FINAL_TYPE (RefillsCopyRow, refills_copy_row, ADW_TYPE_PREFERENCES_ROW)

enum {
  PROP_0,
  PROP_TEXT,
  PROP_COPY_TEXT,
  PROP_COPY_LABEL,
  PROP_VALUE_CLASS,
  PROP_NOTE,
  PROP_GROUPED,
  PROP_LINK,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum {
  COPIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Characters of a group. */
#define GROUP 4
/* Of 65535. Every second group is paler, yet dark enough to be read (WCAG 2.1, 1.4.3). */
#define PALE  47000

/* Where the groups of an address begin: what comes before is a prefix, which is the same in each. */
static const char *
skip_prefix (const char *text)
{
  const char *colon = strchr (text, ':');

  if (g_str_has_prefix (text, "0x"))
    return text + strlen ("0x");

  return colon != NULL ? colon + 1 : text;
}

static void
set_range (PangoAttribute *attribute,
           gsize           start,
           gsize           end)
{
  attribute->start_index = (guint) start;
  attribute->end_index = (guint) end;
}

/* "9C2o iq3B QaiH", after the prefix, if any. */
static char *
describe_groups (const char *text,
                 const char *start)
{
  g_autoptr (GString) groups = g_string_new_len (text, start - text);

  for (gsize i = 0; start[i] != '\0'; i++) {
    if (i % GROUP == 0 && groups->len > 0)
      g_string_append_c (groups, ' ');
    g_string_append_c (groups, start[i]);
  }

  return g_string_free (g_steal_pointer (&groups), FALSE);
}

/* By attributes: blanks between the groups would be copied with a selection. In weight too, for who sees no difference
 * in shade; a monospaced letter is as wide in both. */
static void
show_groups (RefillsCopyRow *self)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  const char *start = self->grouped && self->text != NULL ? skip_prefix (self->text) : NULL;
  gsize length = start != NULL ? strlen (start) : 0;
  g_autofree char *groups = length > GROUP ? describe_groups (self->text, start) : NULL;

  /* A hyphen at the end of a line would be taken for a part of it. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  for (gsize i = 0; i < length; i += GROUP) {
    PangoAttribute *mark = i / GROUP % 2 == 0 ? pango_attr_weight_new (PANGO_WEIGHT_BOLD)
                                              : pango_attr_foreground_alpha_new (PALE);

    set_range (mark, start - self->text + i, start - self->text + MIN (i + GROUP, length));
    pango_attr_list_insert (attributes, mark);
  }
  gtk_label_set_attributes (GTK_LABEL (self->value_label), attributes);
  if (groups != NULL) {
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->value_label), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->value_label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, groups,
                                    -1);
  }
}

static void
show_note (RefillsCopyRow *self)
{
  GtkWidget *label = adw_bin_get_child (self->note_place);

  gtk_widget_set_visible (GTK_WIDGET (self->note_place), self->note != NULL);
  if (self->note == NULL)
    return;

  if (label == NULL) {
    label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                          "width-chars", 5, NULL);
    adw_bin_set_child (self->note_place, label);
  }
  gtk_label_set_text (GTK_LABEL (label), self->note);
}

/* Where keys stop, in the order of reading: the link, the button. A label that can be selected would be one, too. */
static gboolean
refills_copy_row_focus (GtkWidget        *widget,
                        GtkDirectionType  direction)
{
  RefillsCopyRow *self = REFILLS_COPY_ROW (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  gboolean forward = direction == GTK_DIR_TAB_FORWARD;
  GtkWidget *link = adw_bin_get_child (self->link_place);
  GtkWidget *stops[] = { forward ? link : self->copy_button, forward ? self->copy_button : link };
  gboolean is_inside = focus != NULL && gtk_widget_is_ancestor (focus, widget);
  gboolean passed = !is_inside;

  if (!forward && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (refills_copy_row_parent_class)->focus (widget, direction);

  /* From the text, which only the pointer leads to, forward is to the first of them, and backward is out. */
  if (is_inside && focus != stops[0] && focus != stops[1])
    passed = forward;
  for (gsize i = 0; i < G_N_ELEMENTS (stops); i++) {
    if (passed && stops[i] != NULL && gtk_widget_get_mapped (stops[i]) && gtk_widget_grab_focus (stops[i]))
      return TRUE;
    passed = passed || stops[i] == focus;
  }

  return FALSE;
}

static void
link_clicked_cb (RefillsCopyRow *self)
{
  refills_browser_open (GTK_WIDGET (self), self->link);
}

static void
make_link (RefillsCopyRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new ();

  self->link_label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   "width-chars", 5, NULL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->link_label));
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_IMAGE, "icon-name", "adw-external-link-symbolic",
                                               "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "refills-row-link");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (link_clicked_cb), self);
  adw_bin_set_child (self->link_place, button);
}

/* Only where the host can be named, so that nobody opens a page without having read whose it is. */
static void
show_link (RefillsCopyRow *self)
{
  g_autofree char *host = refills_web_page_dup_host (self->link, FALSE);
  g_autofree char *label = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->link_place), host != NULL);
  if (host == NULL)
    return;

  if (self->link_label == NULL)
    make_link (self);
  /* Translators: %s is the name of a website, such as "etherscan.io". */
  label = g_strdup_printf (_("View on %s"), host);
  gtk_label_set_text (self->link_label, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (adw_bin_get_child (self->link_place)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
copy_clicked_cb (RefillsCopyRow *self)
{
  const char *text = self->copy_text != NULL ? self->copy_text : self->text;

  if (text == NULL)
    return;

  refills_clipboard_copy (GTK_WIDGET (self), text);
  g_signal_emit (self, signals[COPIED], 0, text);
}

static void
refills_copy_row_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  RefillsCopyRow *self = REFILLS_COPY_ROW (object);

  switch (property_id) {
  case PROP_TEXT:
    g_value_set_string (value, self->text);
    break;
  case PROP_COPY_TEXT:
    g_value_set_string (value, self->copy_text);
    break;
  case PROP_COPY_LABEL:
    g_value_set_string (value, self->copy_label);
    break;
  case PROP_VALUE_CLASS:
    g_value_set_string (value, self->value_class);
    break;
  case PROP_NOTE:
    g_value_set_string (value, self->note);
    break;
  case PROP_GROUPED:
    g_value_set_boolean (value, self->grouped);
    break;
  case PROP_LINK:
    g_value_set_string (value, self->link);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
refills_copy_row_set_property (GObject      *object,
                               guint         property_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  RefillsCopyRow *self = REFILLS_COPY_ROW (object);

  switch (property_id) {
  case PROP_TEXT:
    g_clear_pointer (&self->text, g_free);
    self->text = g_value_dup_string (value);
    show_groups (self);
    break;
  case PROP_COPY_TEXT:
    g_clear_pointer (&self->copy_text, g_free);
    self->copy_text = g_value_dup_string (value);
    break;
  case PROP_COPY_LABEL:
    self->copy_label = g_value_dup_string (value);
    break;
  case PROP_VALUE_CLASS:
    self->value_class = g_value_dup_string (value);
    break;
  case PROP_NOTE:
    g_clear_pointer (&self->note, g_free);
    self->note = g_value_dup_string (value);
    show_note (self);
    break;
  case PROP_GROUPED:
    self->grouped = g_value_get_boolean (value);
    show_groups (self);
    break;
  case PROP_LINK:
    g_clear_pointer (&self->link, g_free);
    self->link = g_value_dup_string (value);
    show_link (self);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

/* The builder sets the title after the row is constructed. */
static void
title_changed_cb (RefillsCopyRow *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), -1);
}

static void
refills_copy_row_constructed (GObject *object)
{
  RefillsCopyRow *self = REFILLS_COPY_ROW (object);

  G_OBJECT_CLASS (refills_copy_row_parent_class)->constructed (object);

  show_groups (self);
  if (self->value_class != NULL)
    gtk_widget_add_css_class (self->value_label, self->value_class);
  /* Addresses run from left to right in every language, and are broken anywhere: where a line ends at a hyphen of
   * theirs, it is taken for one of the line's. */
  if (g_strcmp0 (self->value_class, "monospace") == 0) {
    gtk_widget_set_direction (self->value_label, GTK_TEXT_DIR_LTR);
    gtk_label_set_wrap_mode (GTK_LABEL (self->value_label), PANGO_WRAP_CHAR);
  }
  gtk_widget_set_visible (self->copy_button, self->copy_label != NULL);
  if (self->copy_label != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy_button),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, self->copy_label, -1);
  g_signal_connect (self, "notify::title", G_CALLBACK (title_changed_cb), NULL);
  title_changed_cb (self);
}

static void
refills_copy_row_finalize (GObject *object)
{
  RefillsCopyRow *self = REFILLS_COPY_ROW (object);

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->copy_text, g_free);
  g_clear_pointer (&self->copy_label, g_free);
  g_clear_pointer (&self->value_class, g_free);
  g_clear_pointer (&self->note, g_free);
  g_clear_pointer (&self->link, g_free);

  G_OBJECT_CLASS (refills_copy_row_parent_class)->finalize (object);
}

static void
refills_copy_row_class_init (RefillsCopyRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = refills_copy_row_get_property;
  object_class->set_property = refills_copy_row_set_property;
  object_class->constructed = refills_copy_row_constructed;
  object_class->finalize = refills_copy_row_finalize;
  widget_class->focus = refills_copy_row_focus;

  props[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /* What the button copies; NULL for the text itself. */
  props[PROP_COPY_TEXT] =
    g_param_spec_string ("copy-text", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /* The button's name: "Copy Address". NULL: there is no button. */
  props[PROP_COPY_LABEL] =
    g_param_spec_string ("copy-label", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /* A style class for the value: "monospace", "title-1". */
  props[PROP_VALUE_CLASS] =
    g_param_spec_string ("value-class", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /* A sentence about the text, below it; NULL for none. */
  props[PROP_NOTE] =
    g_param_spec_string ("note", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /* Whether the text is shown in groups of four: ASCII only, such as an address. */
  props[PROP_GROUPED] =
    g_param_spec_boolean ("grouped", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /* An https page about the text, opened by a button that names its host; NULL or an unsafe one: there is no button. */
  props[PROP_LINK] =
    g_param_spec_string ("link", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * RefillsCopyRow::copied:
   *
   * @text: what is on its way to the clipboard
   *
   * The button was pressed.
   */
  signals[COPIED] =
    g_signal_new ("copied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                  G_TYPE_STRING);

  g_type_ensure (REFILLS_TYPE_WIDTH_FIRST);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/refills/Refills/ui/refills-copy-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RefillsCopyRow, value_label);
  gtk_widget_class_bind_template_child (widget_class, RefillsCopyRow, note_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsCopyRow, link_place);
  gtk_widget_class_bind_template_child (widget_class, RefillsCopyRow, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
}

static void
refills_copy_row_init (RefillsCopyRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
