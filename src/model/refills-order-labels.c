/* refills-order-labels.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The deliveries of an order in a few words, for screens.
 */
#include "refills-order-labels-private.h"

#include "refills-order-line.h"
#include "refills-rich-text.h"

#include <glib/gi18n.h>

#define LABEL_MAX_CHARACTERS 80
#define LABELS_MAX 3

static const char *
get_label_of (RefillsOrderLine *line)
{
  const char *label = refills_order_line_get_face_label (line);

  if (label == NULL || *label == '\0')
    label = refills_order_line_get_product_value (line);

  return label != NULL ? label : refills_order_line_get_denomination (line);
}

/* How many lines before @before have the same text: 0 for the first of its kind. */
static guint
count_same (GPtrArray   *lines,
            const char *(*get_text) (RefillsOrderLine *),
            guint        before,
            const char  *text)
{
  guint count = 0;

  for (guint i = 0; i < before; i++)
    count += g_str_equal (get_text (lines->pdata[i]), text);

  return count;
}

/**
 * refills_order_lines_dup_title:
 * @lines: at least one [class@OrderLine]
 *
 * Returns: (transfer full): one brand by its name, as the service spells it; of several the first, and
 *   how many more
 */
char *
refills_order_lines_dup_title (GPtrArray *lines)
{
  const char *first = refills_order_line_get_brand_name (lines->pdata[0]);
  g_autofree char *cleaned = NULL;
  guint n_more = 0;

  for (guint i = 1; i < lines->len; i++) {
    const char *name = refills_order_line_get_brand_name (lines->pdata[i]);

    n_more += count_same (lines, refills_order_line_get_brand_name, i, name) == 0;
  }

  if (n_more == 0)
    return g_strdup (first);

  cleaned = refills_text_clean_line (first, LABEL_MAX_CHARACTERS);

  /* Translators: several brands in one order. %1$s is the name of the first, %2$u how many others. */
  return g_strdup_printf (ngettext ("%1$s and %2$u more", "%1$s and %2$u more", n_more),
                          cleaned, n_more);
}

/**
 * refills_order_lines_dup_face_label:
 * @lines: at least one [class@OrderLine]
 *
 * Returns: (transfer full): what is bought, each once and with its number; of many only how many
 */
char *
refills_order_lines_dup_face_label (GPtrArray *lines)
{
  g_autoptr (GString) text = NULL;
  guint n_labels = 0;

  if (lines->len == 1)
    return g_strdup (get_label_of (lines->pdata[0]));

  text = g_string_new (NULL);
  for (guint i = 0; i < lines->len; i++) {
    const char *label = get_label_of (lines->pdata[i]);
    g_autofree char *cleaned = refills_text_clean_line (label, LABEL_MAX_CHARACTERS);
    guint count = 0;

    if (count_same (lines, get_label_of, i, label) > 0)
      continue;
    count = count_same (lines, get_label_of, lines->len, label);
    if (n_labels++ > 0)
      /* Translators: stands between the things that are bought: “2 × 25 USD, 10 USD”. */
      g_string_append (text, C_("basket", ", "));
    if (count > 1)
      /* Translators: %1$u is how many, %2$s what, such as “25 USD”. */
      g_string_append_printf (text, C_("basket", "%1$u × %2$s"), count, cleaned);
    else
      g_string_append (text, cleaned);
  }

  if (n_labels > LABELS_MAX)
    g_string_printf (text, ngettext ("%u item", "%u items", lines->len), lines->len);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
