/* refills-problem-facts.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads what stands in a problem's `moreDetails` (API reference, section 14.1) and is fit to stand in a
 * sentence: names, figures, amounts of money, deliveries. What is missing, of another type or not fit
 * is no fact, and never an error: the sentence then does without it. Figures stay as they were sent.
 */
#include "refills-problem-facts.h"

#include <glib/gi18n.h>

#include <string.h>

#include "refills-rich-text.h"

#define NAME_MAX_CHARACTERS 60
#define FIGURE_MAX_LENGTH 40
#define UNIT_MAX_LENGTH 8
#define CURRENCY_MAX_CHARACTERS 12

static void
delivery_free (gpointer data)
{
  RefillsProblemDelivery *self = data;

  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->brand_name, g_free);
  g_clear_pointer (&self->country, g_free);
  g_clear_pointer (&self->denomination, g_free);
  g_clear_pointer (&self->product_value, g_free);
  g_clear_pointer (&self->beneficiary, g_free);
  g_free (self); /* end of life */
}

/* "100 % Pure" may be a name, "%s" is none. */
static gboolean
has_conversion (const char *text)
{
  for (const char *at = strchr (text, '%'); at != NULL; at = strchr (at + 1, '%'))
    if (g_ascii_isalnum (at[1]) || at[1] == '%')
      return TRUE;

  return FALSE;
}

/**
 * refills_problem_facts_dup_name:
 * @text: (nullable): text of the service
 * @max_characters: how long a name may be
 *
 * Tells names from what only pretends to be one. Text that has markup, conversion signs, invisible
 * characters or too many of them is not cut or cleaned, for it then says something else.
 *
 * Returns: (transfer full) (nullable): the name
 */
char *
refills_problem_facts_dup_name (const char *text,
                                gsize       max_characters)
{
  g_autofree char *clean = NULL;
  g_autofree char *stripped = NULL;

  if (text == NULL || strlen (text) > 8 * max_characters || strpbrk (text, "<>{}\\") != NULL ||
      has_conversion (text))
    return NULL;

  stripped = g_strstrip (g_strdup (text));
  clean = refills_text_clean_line (stripped, max_characters);
  if (*clean == '\0' || strcmp (clean, stripped) != 0)
    return NULL;

  return g_steal_pointer (&clean);
}

/**
 * refills_problem_facts_dup_words:
 * @word: (nullable): a word of a program, such as "e_money" or "GIFT_CARDS"
 *
 * Returns: (transfer full) (nullable): the same for people, "e money"; `NULL` where it is no such word
 */
char *
refills_problem_facts_dup_words (const char *word)
{
  g_autofree char *name = refills_problem_facts_dup_name (word, NAME_MAX_CHARACTERS);

  if (name == NULL)
    return NULL;
  g_strdelimit (name, "_", ' ');
  g_strstrip (name);
  if (*name == '\0')
    return NULL;
  /* Capitals shout only where all of it is written in them. */
  for (const char *at = name; *at != '\0'; at++)
    if (g_ascii_islower (*at))
      return g_steal_pointer (&name);

  /* The service writes English, whose I is i in every locale. */
  return g_ascii_strdown (name, -1);
}

/**
 * refills_problem_facts_read_name:
 * @details: any place
 * @name: a member
 * @max_characters: how long it may be
 *
 * Returns: (transfer full) (nullable): a name, by [func@problem_facts_dup_name]
 */
char *
refills_problem_facts_read_name (const RefillsJsonPlace *details,
                                 const char             *name,
                                 gsize                   max_characters)
{
  const char *text = NULL;

  if (!refills_json_read_text (details, name, &text, NULL))
    return NULL;

  return refills_problem_facts_dup_name (text, max_characters);
}

/* "1000", "0.562099175481640", "1,000.50", "1000 EUR", "$50", "€ 50". */
static gboolean
is_figure (const char *text)
{
  const char *at = text;
  gsize n_digits = 0;

  if (strlen (text) > FIGURE_MAX_LENGTH || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  if (g_unichar_type (g_utf8_get_char (at)) == G_UNICODE_CURRENCY_SYMBOL) {
    at = g_utf8_next_char (at);
    at += *at == ' ' ? 1 : 0;
  }
  for (; g_ascii_isdigit (*at) || ((*at == '.' || *at == ',') && n_digits > 0); at++)
    n_digits += g_ascii_isdigit (*at) ? 1 : 0;
  if (n_digits == 0)
    return FALSE;
  if (*at == '\0')
    return TRUE;

  at += *at == ' ' ? 1 : 0;
  if (g_unichar_type (g_utf8_get_char (at)) == G_UNICODE_CURRENCY_SYMBOL)
    return *g_utf8_next_char (at) == '\0';

  return strlen (at) <= UNIT_MAX_LENGTH &&
         strspn (at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.") == strlen (at);
}

/**
 * refills_problem_facts_read_figure:
 * @details: any place
 * @name: a member
 *
 * Returns: (transfer full) (nullable): a number as sent, with its unit where one was sent with it
 */
char *
refills_problem_facts_read_figure (const RefillsJsonPlace *details,
                                   const char             *name)
{
  const char *text = NULL;
  g_autofree char *stripped = NULL;

  if (!refills_json_read_text (details, name, &text, NULL) || text == NULL)
    return NULL;
  if (strlen (text) > 2 * FIGURE_MAX_LENGTH)
    return NULL;
  stripped = g_strstrip (g_strdup (text));

  return is_figure (stripped) ? g_steal_pointer (&stripped) : NULL;
}

/**
 * refills_problem_facts_read_money:
 * @details: any place
 * @name: a member, `{amount, currency}` or a figure
 *
 * Returns: (transfer full) (nullable): such as "1000 EUR", the number as sent
 */
char *
refills_problem_facts_read_money (const RefillsJsonPlace *details,
                                  const char             *name)
{
  RefillsJsonPlace money;
  g_autofree char *amount = NULL;
  g_autofree char *currency = NULL;

  if (!refills_json_find_member (details, name, &money))
    return NULL;
  if (refills_json_place_get_kind (&money) != REFILLS_JSON_OBJECT)
    return refills_problem_facts_read_figure (details, name);

  amount = refills_problem_facts_read_figure (&money, "amount");
  currency = refills_problem_facts_read_name (&money, "currency", CURRENCY_MAX_CHARACTERS);
  if (amount == NULL || currency == NULL)
    return g_steal_pointer (&amount);

  /* Translators: an amount and its currency, such as "25 EUR". */
  return g_strdup_printf (C_("amount", "%1$s %2$s"), amount, currency);
}

/**
 * refills_problem_facts_read_names:
 * @details: any place
 * @name: a member, an array of texts
 *
 * Returns: (transfer full): the names among them; none where there is no such list
 */
GPtrArray *
refills_problem_facts_read_names (const RefillsJsonPlace *details,
                                  const char             *name)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  RefillsJsonPlace list;
  guint length = 0;

  if (!refills_json_find_member (details, name, &list))
    return names;

  length = refills_json_get_length (&list);
  for (guint i = 0; i < length && names->len < REFILLS_PROBLEM_MAX_CHOICES; i++) {
    g_autofree char *found = NULL;
    RefillsJsonPlace element;

    refills_json_get_element (&list, i, &element);
    found = refills_problem_facts_dup_name (refills_json_place_get_text (&element), NAME_MAX_CHARACTERS);
    if (found != NULL && !g_ptr_array_find_with_equal_func (names, found, g_str_equal, NULL))
      g_ptr_array_add (names, g_steal_pointer (&found));
  }

  return names;
}

static void
take_delivery (GPtrArray              *deliveries,
               const RefillsJsonPlace *place)
{
  RefillsProblemDelivery *delivery = NULL;
  RefillsJsonPlace deliverable;
  const RefillsJsonPlace *facts = place;
  g_autofree char *brand_name = NULL;

  if (refills_json_find_member (place, "deliverable", &deliverable))
    facts = &deliverable;
  brand_name = refills_problem_facts_read_name (facts, "brand_name", NAME_MAX_CHARACTERS);
  if (brand_name == NULL)
    return;

  delivery = g_new0 (RefillsProblemDelivery, 1);
  delivery->brand_name = g_steal_pointer (&brand_name);
  delivery->kind = refills_problem_facts_read_name (place, "kind", NAME_MAX_CHARACTERS);
  delivery->country = refills_problem_facts_read_name (facts, "country_code", NAME_MAX_CHARACTERS);
  delivery->denomination = refills_problem_facts_read_name (facts, "denomination", NAME_MAX_CHARACTERS);
  delivery->product_value = refills_problem_facts_read_figure (facts, "product_value");
  delivery->beneficiary = refills_problem_facts_read_name (facts, "beneficiary_account", NAME_MAX_CHARACTERS);
  g_ptr_array_add (deliveries, delivery);
}

/**
 * refills_problem_facts_read_deliveries:
 * @details: any place
 *
 * Reads the `delivery` or the `deliveries` that a problem concerns.
 *
 * Returns: (transfer full): of #RefillsProblemDelivery, each with a brand
 */
GPtrArray *
refills_problem_facts_read_deliveries (const RefillsJsonPlace *details)
{
  GPtrArray *deliveries = g_ptr_array_new_with_free_func (delivery_free);
  RefillsJsonPlace list;
  guint length = 0;

  if (refills_json_find_member (details, "delivery", &list)) {
    take_delivery (deliveries, &list);
  } else if (refills_json_find_member (details, "deliveries", &list)) {
    length = refills_json_get_length (&list);
    for (guint i = 0; i < length && deliveries->len < REFILLS_PROBLEM_MAX_CHOICES; i++) {
      RefillsJsonPlace element;

      refills_json_get_element (&list, i, &element);
      take_delivery (deliveries, &element);
    }
  }

  return deliveries;
}

/**
 * refills_problem_facts_join:
 * @names: (element-type utf8): names
 *
 * Returns: (transfer full) (nullable): them as one text, of which a long one ends in "and others"; `NULL`
 *   where there are none
 */
char *
refills_problem_facts_join (GPtrArray *names)
{
  g_autofree char *joined = NULL;

  if (names->len == 0)
    return NULL;

  for (guint i = 0; i < MIN (names->len, REFILLS_PROBLEM_MAX_NAMED); i++) {
    g_autofree char *before = g_steal_pointer (&joined);

    joined = before == NULL ? g_strdup (names->pdata[i])
                            /* Translators: puts one more name to a list of names. */
                            : g_strdup_printf (C_("list", "%1$s, %2$s"), before, (char *) names->pdata[i]);
  }
  if (names->len > REFILLS_PROBLEM_MAX_NAMED)
    /* Translators: ends a list that is too long to be read, such as "Steam, Xbox and others". */
    return g_strdup_printf (C_("list", "%s and others"), joined);

  return g_steal_pointer (&joined);
}

/**
 * refills_problem_delivery_dup_title:
 * @self: a delivery
 *
 * Returns: (transfer full): such as "Steam (10 USD)"
 */
char *
refills_problem_delivery_dup_title (const RefillsProblemDelivery *self)
{
  const char *value = self->product_value != NULL ? self->product_value : self->denomination;

  if (value == NULL || g_str_equal (value, "range"))
    return g_strdup (self->brand_name);

  /* Translators: a brand and the value of the product, such as "Steam (10 USD)". */
  return g_strdup_printf (C_("product", "%1$s (%2$s)"), self->brand_name, value);
}
