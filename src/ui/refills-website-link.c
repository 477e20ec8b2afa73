/* refills-website-link.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The way to what can be bought on the service's website only.
 */

#include "config.h"

#include "refills-website-link.h"

#include <glib/gi18n.h>

/**
 * refills_website_link_set_brand:
 * @link: a link
 * @brand: what is sold there
 *
 * Makes the link lead to the brand, and say to which host.
 */
void
refills_website_link_set_brand (GtkLinkButton *link,
                                RefillsBrand  *brand)
{
  g_autofree char *address = refills_brand_dup_website_uri (brand);
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  g_autofree char *label = NULL;

  g_return_if_fail (uri != NULL);

  /* Translators: %s is the name of a website, such as “www.example.com”. */
  label = g_strdup_printf (_("Open %s"), g_uri_get_host (uri));
  gtk_link_button_set_uri (link, address);
  gtk_button_set_label (GTK_BUTTON (link), label);
}
