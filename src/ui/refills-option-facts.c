/* refills-option-facts.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What tells one option of a product from the next, beside its name and its price: what is in it, how long it is good
 * for, how it is delivered, where it works. Pure functions of their arguments, tested without a display.
 */

#include "config.h"

#include "refills-option-facts.h"

#include "refills-beneficiary.h"
#include "refills-country.h"

#include <glib/gi18n.h>
#include <string.h>

/* Of more regions only the number is told in short. */
#define REGIONS_TOLD 3

static const char *
name_delivery (RefillsProductOption *option,
               RefillsBrandKind      kind)
{
  switch (refills_beneficiary_kind_for (refills_product_option_get_delivery_type (option), NULL)) {
    case REFILLS_BENEFICIARY_PHONE:
      return _("Straight to the phone");
    case REFILLS_BENEFICIARY_ACCOUNT:
      return _("Straight to the account");
    case REFILLS_BENEFICIARY_EMAIL:
    default:
      /* Of a card nobody expects anything else. */
      return kind == REFILLS_BRAND_KIND_TOP_UP || kind == REFILLS_BRAND_KIND_DATA_BUNDLE ? _("PIN by e-mail") : NULL;
  }
}

/* “1 GB · 7 days” says nothing that “1 GB 7 days” does not. */
static void
add_fact (GString    *line,
          const char *label,
          const char *fact)
{
  if (!fact || !*fact || (label && strstr (label, fact)))
    return;

  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, fact);
}

/**
 * refills_option_facts_are_worth_rows:
 * @options: of [class@ProductOption]
 * @kind: what the brand sells
 *
 * Returns: whether the options differ by more than their value, and so need a row each
 */
gboolean
refills_option_facts_are_worth_rows (GListModel       *options,
                                     RefillsBrandKind  kind)
{
  for (guint i = 0; i < g_list_model_get_n_items (options); i++) {
    g_autoptr (RefillsProductOption) option = g_list_model_get_item (options, i);

    if (name_delivery (option, kind) || refills_product_option_get_benefits (option) ||
        refills_product_option_get_validity (option))
      return TRUE;
  }

  return FALSE;
}

/**
 * refills_option_facts_dup_line:
 * @option: an option
 * @kind: what the brand sells
 * @country: (nullable): the code of the country it is sold in
 *
 * Returns: (transfer full): what is to be told of it beside its label, such as "Unlimited data · 30 days"; "" where
 *   that is nothing
 */
char *
refills_option_facts_dup_line (RefillsProductOption *option,
                               RefillsBrandKind      kind,
                               const char           *country)
{
  const char *label = refills_product_option_get_label (option);
  const char *const *codes = refills_product_option_get_regions (option);
  g_autoptr (GString) line = g_string_new (NULL);

  add_fact (line, label, refills_product_option_get_benefits (option));
  add_fact (line, label, refills_product_option_get_validity (option));
  add_fact (line, label, name_delivery (option, kind));
  /* Where it is sold it works. */
  if (codes && (codes[1] || g_strcmp0 (codes[0], country) != 0)) {
    g_autofree char *regions = refills_option_facts_dup_regions (option, TRUE);

    add_fact (line, label, regions);
  }

  return g_string_free (g_steal_pointer (&line), FALSE);
}

/**
 * refills_option_facts_dup_regions:
 * @option: an option
 * @in_short: whether many are to be counted only
 *
 * Returns: (transfer full) (nullable): where it works, by the names of countries and regions
 */
char *
refills_option_facts_dup_regions (RefillsProductOption *option,
                                  gboolean              in_short)
{
  const char *const *codes = refills_product_option_get_regions (option);
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = codes ? g_strv_length ((GStrv) codes) : 0;

  if (n == 0)
    return NULL;
  if (in_short && n > REGIONS_TOLD)
    return g_strdup_printf (ngettext ("%u country", "%u countries", n), n);

  for (guint i = 0; i < n; i++) {
    g_autofree char *name = refills_country_name_code (codes[i]);

    if (i > 0)
      /* Translators: stands between names of countries. */
      g_string_append (names, C_("countries", ", "));
    g_string_append (names, name);
  }

  return g_string_free (g_steal_pointer (&names), FALSE);
}
