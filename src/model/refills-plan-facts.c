/* refills-plan-facts.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the service tells of a data plan, a top-up or a PIN beside its name and price (API reference, section 6):
 * how long it is good for, what is in it, where it works, how it is used.
 *
 * None of it is sent back or paid by, and its shape is known from few examples: what cannot be read is not told,
 * and takes the option away from nobody.
 */
#include "refills-plan-facts-private.h"

#include "refills-rich-text.h"

#include <glib/gi18n.h>

#define UNIT_MAX_CHARACTERS 16
#define BENEFITS_MAX 8
#define REGIONS_MAX 300
#define CODE_MAX_CHARACTERS 12

static char *
read_plain (const RefillsJsonPlace *object,
            const char             *name)
{
  g_autofree char *plain = NULL;
  const char *text = NULL;

  if (!refills_json_read_string (object, name, &text, NULL) || text == NULL)
    return NULL;
  plain = refills_rich_text_to_plain (text);

  return plain != NULL && *plain != '\0' ? g_steal_pointer (&plain) : NULL;
}

/* Digits without a meaningless fraction: "7" for 7, "7" and 7.0; NULL for what is no amount. */
static char *
read_amount (const RefillsJsonPlace *object,
             const char             *name)
{
  RefillsDecimal amount;
  const char *text = NULL;

  if (!refills_json_read_text (object, name, &text, NULL) || text == NULL)
    return NULL;
  /* Unlimited; an amount is never negative otherwise. */
  if (g_str_equal (text, "-1") || g_str_equal (text, "-1.0"))
    return g_strdup ("-1");

  return refills_decimal_parse (text, &amount, NULL) ? refills_decimal_to_short_text (&amount) : NULL;
}

static char *
make_duration (const char *unit,
               const char *quantity)
{
  guint64 n = 0;

  if (quantity == NULL || !g_ascii_string_to_unsigned (quantity, 10, 1, 100000, &n, NULL))
    return NULL;

  if (g_ascii_strncasecmp (unit, "hour", 4) == 0)
    return g_strdup_printf (ngettext ("%u hour", "%u hours", (gulong) n), (guint) n);
  if (g_ascii_strncasecmp (unit, "day", 3) == 0)
    return g_strdup_printf (ngettext ("%u day", "%u days", (gulong) n), (guint) n);
  if (g_ascii_strncasecmp (unit, "week", 4) == 0)
    return g_strdup_printf (ngettext ("%u week", "%u weeks", (gulong) n), (guint) n);
  if (g_ascii_strncasecmp (unit, "month", 5) == 0)
    return g_strdup_printf (ngettext ("%u month", "%u months", (gulong) n), (guint) n);
  if (g_ascii_strncasecmp (unit, "year", 4) == 0)
    return g_strdup_printf (ngettext ("%u year", "%u years", (gulong) n), (guint) n);

  return NULL;
}

/* `validity` has a unit and a quantity; `durationInDays` is the other variant's word for it. */
static char *
read_validity (const RefillsJsonPlace *details)
{
  RefillsJsonPlace validity;
  g_autofree char *days = read_amount (details, "durationInDays");
  g_autofree char *quantity = NULL;
  const char *unit = NULL;
  char *duration = NULL;

  if (refills_json_find_member (details, "validity", &validity)) {
    quantity = read_amount (&validity, "quantity");
    if (refills_json_read_string (&validity, "unit", &unit, NULL) && unit != NULL)
      duration = make_duration (unit, quantity);
  }

  return duration != NULL ? duration : make_duration ("day", days);
}

/* An amount is a number, or an object that holds one. */
static char *
read_benefit_amount (const RefillsJsonPlace *amounts,
                     const char             *name)
{
  RefillsJsonPlace amount;

  if (!refills_json_find_member (amounts, name, &amount))
    return NULL;
  if (refills_json_place_get_kind (&amount) == REFILLS_JSON_OBJECT)
    return read_amount (&amount, "amount");

  return read_amount (amounts, name);
}

static char *
read_benefit (const RefillsJsonPlace *benefit)
{
  RefillsJsonPlace amounts;
  g_autofree char *amount = NULL;
  g_autofree char *shown = NULL;
  const char *unit = NULL;
  const char *type = NULL;

  if (!refills_json_find_member (benefit, "amount", &amounts))
    return NULL;
  if (refills_json_place_get_kind (&amounts) == REFILLS_JSON_OBJECT) {
    amount = read_benefit_amount (&amounts, "total_including_tax");
    if (amount == NULL)
      amount = read_benefit_amount (&amounts, "base");
  } else {
    amount = read_amount (benefit, "amount");
  }
  if (amount == NULL || g_str_equal (amount, "0"))
    return NULL;

  if (g_str_equal (amount, "-1") && refills_json_read_string (benefit, "type", &type, NULL) &&
      g_strcmp0 (type, "DATA") == 0)
    return g_strdup (_("Unlimited data"));
  if (!refills_json_read_string (benefit, "unit", &unit, NULL) || unit == NULL)
    return NULL;
  shown = refills_text_clean_line (unit, UNIT_MAX_CHARACTERS);
  if (*shown == '\0')
    return NULL;
  if (g_str_equal (amount, "-1"))
    /* Translators: %s is what there is no limit of, in the service's words, such as "SMS". */
    return g_strdup_printf (_("Unlimited %s"), shown);

  /* Translators: an amount and its unit, such as "1 GB". */
  return g_strdup_printf (C_("benefit", "%1$s %2$s"), amount, shown);
}

static char *
read_benefits (const RefillsJsonPlace *object)
{
  RefillsJsonPlace benefits;
  g_autoptr (GString) all = g_string_new (NULL);
  guint length = 0;

  if (!refills_json_find_member (object, "benefits", &benefits))
    return NULL;

  length = MIN (refills_json_get_length (&benefits), BENEFITS_MAX);
  for (guint i = 0; i < length; i++) {
    RefillsJsonPlace benefit;
    g_autofree char *text = NULL;

    refills_json_get_element (&benefits, i, &benefit);
    text = read_benefit (&benefit);
    if (text != NULL)
      g_string_append_printf (all, "%s%s", all->len > 0 ? " · " : "", text);
  }

  return all->len > 0 ? g_string_free (g_steal_pointer (&all), FALSE) : NULL;
}

static GStrv
read_regions (const RefillsJsonPlace *option)
{
  RefillsJsonPlace regions;
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  guint length = 0;
  guint n = 0;

  if (!refills_json_find_member (option, "valid_regions", &regions))
    return NULL;

  length = MIN (refills_json_get_length (&regions), REGIONS_MAX);
  for (guint i = 0; i < length; i++) {
    RefillsJsonPlace element;
    g_autofree char *code = NULL;

    refills_json_get_element (&regions, i, &element);
    if (refills_json_place_get_kind (&element) != REFILLS_JSON_STRING)
      continue;
    code = refills_text_clean_line (refills_json_place_get_text (&element), CODE_MAX_CHARACTERS);
    if (*code == '\0')
      continue;
    g_strv_builder_add (codes, code);
    n++;
  }

  return n > 0 ? g_strv_builder_end (codes) : NULL;
}

/* How a PIN is used comes as a list of texts. */
static char *
read_instructions (const RefillsJsonPlace *pin)
{
  RefillsJsonPlace usage;
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree char *plain = NULL;

  if (!refills_json_find_member (pin, "usage_info", &usage))
    return NULL;

  for (guint i = 0; i < refills_json_get_length (&usage); i++) {
    RefillsJsonPlace element;

    refills_json_get_element (&usage, i, &element);
    if (refills_json_place_get_kind (&element) == REFILLS_JSON_STRING)
      g_string_append_printf (all, "<p>%s</p>", refills_json_place_get_text (&element));
  }
  plain = refills_rich_text_to_plain (all->str);

  return plain != NULL && *plain != '\0' ? g_steal_pointer (&plain) : NULL;
}

/**
 * refills_plan_facts_read:
 * @self: storage to fill, empty
 * @option: one element of `products`
 *
 * Reads what there is to read. Any thread.
 */
void
refills_plan_facts_read (RefillsPlanFacts       *self,
                         const RefillsJsonPlace *option)
{
  RefillsJsonPlace details, pin;

  self->benefits = read_benefits (option);
  self->regions = read_regions (option);
  if (!refills_json_find_member (option, "additional_details", &details))
    return;

  if (self->benefits == NULL)
    self->benefits = read_benefits (&details);
  self->validity = read_validity (&details);
  self->description = read_plain (&details, "description");
  if (refills_json_find_member (&details, "pin", &pin)) {
    self->instructions = read_instructions (&pin);
    self->terms = read_plain (&pin, "terms");
  }
}

/**
 * refills_plan_facts_clear:
 * @self: the facts
 *
 * Frees what it holds, not itself.
 */
void
refills_plan_facts_clear (RefillsPlanFacts *self)
{
  g_clear_pointer (&self->validity, g_free);
  g_clear_pointer (&self->benefits, g_free);
  g_clear_pointer (&self->description, g_free);
  g_clear_pointer (&self->instructions, g_free);
  g_clear_pointer (&self->terms, g_free);
  g_clear_pointer (&self->regions, g_strfreev);
}
