/* refills-network-row.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsNetworkRow:
 *
 * One network to pay on: its name in words, what exchanges call it, what the token is called there where its symbol
 * alone misleads, and why it cannot be chosen where it cannot.
 *
 * The row takes the focus and is told of as a radio button; the group of the button in front is for who makes the
 * rows. What cannot be chosen is insensitive, and says why also to a screen reader.
 */

#include "config.h"

#include "refills-network-row.h"

#include "refills-token-table.h"

#include <glib/gi18n.h>

struct _RefillsNetworkRow {
  AdwActionRow    parent_instance;

  RefillsNetwork *network;
  char           *facts;
  GtkWidget      *button;
};

G_DEFINE_FINAL_TYPE (RefillsNetworkRow, refills_network_row, ADW_TYPE_ACTION_ROW)

/* The row is what takes the focus, so it has to say what the button shows. */
static void
sync_checked (RefillsNetworkRow *self)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED,
                               gtk_check_button_get_active (GTK_CHECK_BUTTON (self->button))
                                 ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

static char *
describe_token (const RefillsToken *token)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *exchange = refills_token_get_exchange_name (token);

  if (token->asset_name != NULL)
    g_string_append (text, _(token->asset_name));
  if (exchange == NULL)
    return g_string_free (g_steal_pointer (&text), FALSE);
  if (text->len > 0)
    g_string_append (text, " · ");
  /* Translators: %s is the name of a network on exchanges, such as "TRC-20". */
  g_string_append_printf (text, _("On exchanges: %s"), exchange);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
refills_network_row_finalize (GObject *object)
{
  RefillsNetworkRow *self = REFILLS_NETWORK_ROW (object);

  g_clear_object (&self->network);
  g_clear_pointer (&self->facts, g_free);

  G_OBJECT_CLASS (refills_network_row_parent_class)->finalize (object);
}

static void
refills_network_row_class_init (RefillsNetworkRowClass *class)
{
  G_OBJECT_CLASS (class)->finalize = refills_network_row_finalize;

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (class), GTK_ACCESSIBLE_ROLE_RADIO);
}

static void
refills_network_row_init (RefillsNetworkRow *self)
{
  self->button = g_object_new (GTK_TYPE_CHECK_BUTTON,
                               "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                               "can-focus", FALSE, /* one that is active and in a group would hold Tab back */
                               "valign", GTK_ALIGN_CENTER,
                               NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "network");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), self->button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->button);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  /* It is told of by all there is to know, and not by its title once more. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  g_signal_connect_object (self->button, "toggled", G_CALLBACK (sync_checked), self, G_CONNECT_SWAPPED);
  sync_checked (self);
}

/**
 * refills_network_row_new:
 * @network: a network
 * @coin: the symbol of the coin that is paid on it
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
refills_network_row_new (RefillsNetwork *network,
                         const char     *coin)
{
  RefillsNetworkRow *self = g_object_new (REFILLS_TYPE_NETWORK_ROW, NULL);
  const RefillsToken *token = refills_token_find (coin, refills_network_get_name (network));

  self->network = g_object_ref (network);
  self->facts = token != NULL ? describe_token (token) : g_strdup ("");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), refills_network_get_title (network));
  refills_network_row_set_state (self, FALSE, NULL);

  return GTK_WIDGET (self);
}

/**
 * refills_network_row_get_network:
 * @self: a row
 *
 * Returns: (transfer none): its network
 */
RefillsNetwork *
refills_network_row_get_network (RefillsNetworkRow *self)
{
  g_return_val_if_fail (REFILLS_IS_NETWORK_ROW (self), NULL);

  return self->network;
}

/**
 * refills_network_row_get_button:
 * @self: a row
 *
 * Returns: (transfer none): the #GtkCheckButton that chooses it
 */
GtkWidget *
refills_network_row_get_button (RefillsNetworkRow *self)
{
  g_return_val_if_fail (REFILLS_IS_NETWORK_ROW (self), NULL);

  return self->button;
}

/**
 * refills_network_row_set_state:
 * @self: a row
 * @is_recommended: whether nothing is better
 * @bar: (nullable): why it cannot be chosen
 *
 * Says both.
 */
void
refills_network_row_set_state (RefillsNetworkRow *self,
                               gboolean           is_recommended,
                               const char        *bar)
{
  const char *mark = is_recommended ? _("Recommended: lowest fees, fastest settlement") : bar;
  g_autoptr (GString) subtitle = g_string_new (mark);
  g_autoptr (GString) name = NULL;

  g_return_if_fail (REFILLS_IS_NETWORK_ROW (self));

  if (subtitle->len > 0 && *self->facts != '\0')
    g_string_append_c (subtitle, '\n');
  g_string_append (subtitle, self->facts);
  if (g_strcmp0 (adw_action_row_get_subtitle (ADW_ACTION_ROW (self)), subtitle->str) != 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle->str);
  gtk_widget_set_sensitive (GTK_WIDGET (self), bar == NULL);

  name = g_string_new (refills_network_get_title (self->network));
  if (is_recommended)
    g_string_append_printf (name, ", %s", mark);
  if (*self->facts != '\0')
    g_string_append_printf (name, ", %s", self->facts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name->str,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, bar != NULL ? bar : "",
                                  -1);
}
