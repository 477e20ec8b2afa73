/* refills-problem-details.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sentences of those codes that come with figures, names or lists (API reference, sections 14.1 and
 * 14.2). Each code takes what it finds of its own details; without them the plain sentence stands. Nothing
 * is computed, and amounts stay as the service sent them.
 */
#include "refills-problem-details.h"

#include <glib/gi18n.h>

#include <string.h>

#include "refills-country.h"
#include "refills-problem-choice.h"
#include "refills-problem-facts.h"

#define NAME_MAX_CHARACTERS 60
#define REASON_MAX_CHARACTERS 160

typedef void (*ReadDetails) (RefillsProblemDetails  *self,
                             const RefillsJsonPlace *place);

static guint64
read_count (const RefillsJsonPlace *place,
            const char             *name)
{
  guint64 count = 0;

  if (!refills_json_read_unsigned (place, name, 0, &count, NULL) || count > G_MAXINT)
    return 0;

  return count;
}

/* All that is named, as "Steam (10 USD), Xbox (25 USD)". */
static char *
dup_titles (RefillsProblemDetails *self)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->deliveries->len; i++)
    g_ptr_array_add (titles, refills_problem_delivery_dup_title (self->deliveries->pdata[i]));

  return refills_problem_facts_join (titles);
}

static void
read_minimum (RefillsProblemDetails  *self,
              const RefillsJsonPlace *place)
{
  g_autofree char *least = refills_problem_facts_read_figure (place, "minimumAmountCoin");
  g_autofree char *coin = refills_problem_facts_read_name (place, "minimumAmountCoinSymbol", NAME_MAX_CHARACTERS);
  g_autofree char *usd = refills_problem_facts_read_figure (place, "minimumAmountUSD");

  if (least == NULL)
    least = refills_problem_facts_read_figure (place, "threshold");

  if (least != NULL && coin != NULL && usd != NULL)
    /* Translators: an amount and its coin, and the same in US dollars. */
    self->what = g_strdup_printf (_("The amount is too small: the least is %1$s %2$s, or %3$s USD."), least, coin, usd);
  else if (least != NULL && coin != NULL)
    /* Translators: an amount and its coin. */
    self->what = g_strdup_printf (_("The amount is too small: the least is %1$s %2$s."), least, coin);
  else if (usd != NULL)
    self->what = g_strdup_printf (_("The amount is too small: the least is %s USD."), usd);
}

static void
read_maximum (RefillsProblemDetails  *self,
              const RefillsJsonPlace *place)
{
  g_autofree char *most = refills_problem_facts_read_money (place, "max_for_each_purchase");

  if (most != NULL)
    self->what = g_strdup_printf (_("The amount is too large: the most for one order is %s."), most);
}

/* What was spent is counted by person and by connection, and the larger of both counts. */
static char *
read_spent (const RefillsJsonPlace *place,
            const char             *by_user,
            const char             *from_address)
{
  g_autofree char *user = refills_problem_facts_read_money (place, by_user);
  g_autofree char *address = refills_problem_facts_read_money (place, from_address);
  RefillsDecimal user_amount = REFILLS_DECIMAL_ZERO;
  RefillsDecimal address_amount = REFILLS_DECIMAL_ZERO;
  RefillsJsonPlace money;

  if (user == NULL || address == NULL)
    return user != NULL ? g_steal_pointer (&user) : g_steal_pointer (&address);

  if (refills_json_find_member (place, by_user, &money) &&
      refills_json_read_decimal (&money, "amount", &user_amount, NULL, NULL) &&
      refills_json_find_member (place, from_address, &money) &&
      refills_json_read_decimal (&money, "amount", &address_amount, NULL, NULL) &&
      refills_decimal_compare (&address_amount, &user_amount) > 0)
    return g_steal_pointer (&address);

  return g_steal_pointer (&user);
}

static void
read_daily_limit (RefillsProblemDetails  *self,
                  const RefillsJsonPlace *place)
{
  g_autofree char *most = refills_problem_facts_read_money (place, "daily_max");
  g_autofree char *spent = read_spent (place, "spent_today_by_user", "spent_today_from_ip");
  g_autofree char *price = refills_problem_facts_read_money (place, "order_price_in_currency");
  g_autofree char *account = NULL;
  RefillsJsonPlace info;

  if (most != NULL && spent != NULL && price != NULL)
    /* Translators: amounts such as "1000 EUR": the limit, what is spent, and what this order comes to. */
    self->what = g_strdup_printf (_("This order of %3$s goes over the limit of %1$s a day, of which %2$s are spent."),
                                  most, spent, price);
  else if (most != NULL && spent != NULL)
    self->what = g_strdup_printf (_("This order goes over the limit of %1$s a day, of which %2$s are spent."),
                                  most, spent);
  else if (most != NULL)
    self->what = g_strdup_printf (_("This order goes over the limit of %s a day."), most);

  if (refills_json_find_member (place, "dailySpendingLimitInfo", &info))
    account = refills_problem_facts_read_money (&info, "forREGISTERED");
  if (account != NULL)
    self->more = g_strdup_printf (_("With an account at Cryptorefills it is %s a day."), account);
}

static void
read_monthly_limit (RefillsProblemDetails  *self,
                    const RefillsJsonPlace *place)
{
  g_autofree char *most = refills_problem_facts_read_money (place, "monthly_max");
  g_autofree char *spent = read_spent (place, "spent_this_month_by_user", "spent_this_month_from_ip");
  g_autofree char *price = refills_problem_facts_read_money (place, "order_price_in_currency");
  g_autofree char *account = NULL;
  RefillsJsonPlace info;

  if (most != NULL && spent != NULL && price != NULL)
    /* Translators: amounts such as "5000 EUR": the limit, what is spent, and what this order comes to. */
    self->what = g_strdup_printf (_("This order of %3$s goes over the limit of %1$s a month, of which %2$s are spent."),
                                  most, spent, price);
  else if (most != NULL && spent != NULL)
    self->what = g_strdup_printf (_("This order goes over the limit of %1$s a month, of which %2$s are spent."),
                                  most, spent);
  else if (most != NULL)
    self->what = g_strdup_printf (_("This order goes over the limit of %s a month."), most);

  if (refills_json_find_member (place, "monthlySpendingLimitInfo", &info))
    account = refills_problem_facts_read_money (&info, "forREGISTERED");
  if (account != NULL)
    self->more = g_strdup_printf (_("With an account at Cryptorefills it is %s a month."), account);
}

static void
read_product_count (RefillsProblemDetails  *self,
                    const RefillsJsonPlace *place)
{
  guint64 most = read_count (place, "max_products_per_order");

  if (most > 0)
    self->what = g_strdup_printf (ngettext ("One order holds at most %d product.",
                                            "One order holds at most %d products.", (gulong) most),
                                  (int) most);
}

static void
read_count_per_day (RefillsProblemDetails  *self,
                    const RefillsJsonPlace *place)
{
  guint64 most = read_count (place, "max_per_day");
  guint64 exceeding = read_count (place, "exceeding");
  g_autofree char *reason = refills_problem_facts_read_name (place, "why", REASON_MAX_CHARACTERS);
  g_autofree char *words = refills_problem_facts_dup_words (reason);

  if (most > 0)
    self->what = g_strdup_printf (ngettext ("At most %d of these products can be bought in a day.",
                                            "At most %d of these products can be bought in a day.", (gulong) most),
                                  (int) most);
  if (exceeding > 0)
    self->next = g_strdup_printf (ngettext ("Take %d out of the order, or try again tomorrow.",
                                            "Take %d out of the order, or try again tomorrow.", (gulong) exceeding),
                                  (int) exceeding);
  if (words != NULL)
    /* Translators: %s is what the service says a limit is for, such as "brand". */
    self->more = g_strdup_printf (_("The reason given: %s."), words);
}

static void
read_discontinued (RefillsProblemDetails  *self,
                   const RefillsJsonPlace *place)
{
  g_autofree char *titles = dup_titles (self);

  if (titles != NULL)
    /* Translators: %s is one product or several, such as "Steam (10 USD)". */
    self->what = g_strdup_printf (_("No longer offered: %s."), titles);
}

static void
read_sold_out (RefillsProblemDetails  *self,
               const RefillsJsonPlace *place)
{
  g_autofree char *titles = dup_titles (self);

  if (titles != NULL)
    /* Translators: %s is one product or several, such as "Steam (10 USD)". */
    self->what = g_strdup_printf (_("Sold out for now: %s."), titles);
}

static void
read_paused (RefillsProblemDetails  *self,
             const RefillsJsonPlace *place)
{
  g_autofree char *titles = dup_titles (self);

  if (titles != NULL)
    /* Translators: %s is one product or several, such as "Steam (10 USD)". */
    self->what = g_strdup_printf (_("Not sold at present: %s."), titles);
}

static void
read_beneficiary (RefillsProblemDetails  *self,
                  const RefillsJsonPlace *place)
{
  const RefillsProblemDelivery *delivery = self->deliveries->len > 0 ? self->deliveries->pdata[0] : NULL;
  g_autofree char *title = NULL;

  if (delivery == NULL)
    return;

  title = refills_problem_delivery_dup_title (delivery);
  if (delivery->beneficiary == NULL) {
    /* Translators: %s is a product, such as "Steam (10 USD)". */
    self->what = g_strdup_printf (_("%s cannot be sent to this e-mail address or number."), title);
    return;
  }
  /* Translators: a product, such as "Steam (10 USD)", and an e-mail address or a number. */
  self->what = g_strdup_printf (_("%1$s cannot be sent to “%2$s”."), title, delivery->beneficiary);
  if (strchr (delivery->beneficiary, '@') != NULL)
    self->next = g_strdup (_("Check the e-mail address for typing mistakes."));
  else if (g_strcmp0 (delivery->kind, "mobile_recharge") == 0)
    self->next = g_strdup (_("Check the number. It begins with + and the code of the country."));
  else
    self->next = g_strdup (_("Check the number for typing mistakes."));
}

static void
add_choice (RefillsProblemDetails *self,
            GPtrArray             *labels,
            RefillsProblemChoice  *choice)
{
  const char *label = refills_problem_choice_get_label (choice);

  if (g_ptr_array_find_with_equal_func (labels, label, g_str_equal, NULL))
    return;
  g_ptr_array_add (labels, (gpointer) label);
  g_list_store_append (self->choices, choice);
}

static void
read_allowed_kinds (RefillsProblemDetails  *self,
                    const RefillsJsonPlace *place)
{
  g_autoptr (GPtrArray) kinds = refills_problem_facts_read_names (place, "allowedKinds");
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  g_autofree char *list = NULL;
  gboolean are_vias = FALSE;

  for (guint i = 0; i < kinds->len; i++) {
    g_autoptr (RefillsProblemChoice) choice = refills_problem_choice_new_for_kind (kinds->pdata[i]);

    if (choice == NULL)
      continue;
    are_vias |= refills_problem_choice_get_via (choice) != NULL;
    add_choice (self, labels, choice);
  }

  list = refills_problem_facts_join (labels);
  if (list == NULL)
    return;
  /* The reference does not say kinds of what: of products this way may pay for, or of ways to pay. */
  if (are_vias)
    /* Translators: %s is a list of ways to pay, such as "Binance Pay, KuCoin Pay". */
    self->next = g_strdup_printf (_("Choose one of these: %s."), list);
  else
    /* Translators: %s is a list of kinds of products, such as "gift cards, eSIMs". */
    self->next = g_strdup_printf (_("Choose another way to pay; this one is only for: %s."), list);
}

static void
read_paid_with (RefillsProblemDetails  *self,
                const RefillsJsonPlace *place)
{
  g_autofree char *via = refills_problem_facts_read_name (place, "paymentVia", NAME_MAX_CHARACTERS);
  g_autoptr (RefillsProblemChoice) choice = via != NULL ? refills_problem_choice_new_for_kind (via) : NULL;

  if (choice != NULL && refills_problem_choice_get_via (choice) != NULL)
    /* Translators: %s is a way to pay, such as "Binance Pay" or "your own wallet". */
    self->what = g_strdup_printf (_("This order cannot be paid with %s."), refills_problem_choice_get_label (choice));
  read_allowed_kinds (self, place);
}

static void
read_combinations (RefillsProblemDetails  *self,
                   const RefillsJsonPlace *place)
{
  g_autofree char *titles = dup_titles (self);
  g_autofree char *list = NULL;
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  RefillsJsonPlace combos;
  guint length = 0;

  if (titles != NULL)
    /* Translators: %s is one product or several, such as "Steam (10 USD)". */
    self->what = g_strdup_printf (_("This coin on this network cannot pay for %s."), titles);
  if (!refills_json_find_member (place, "supported_protocol_coin_combo", &combos))
    return;

  length = refills_json_get_length (&combos);
  for (guint i = 0; i < length && labels->len < REFILLS_PROBLEM_MAX_CHOICES; i++) {
    g_autoptr (RefillsProblemChoice) choice = NULL;
    g_autofree char *protocol = NULL;
    g_autofree char *coin = NULL;
    RefillsJsonPlace combo;

    refills_json_get_element (&combos, i, &combo);
    protocol = refills_problem_facts_read_name (&combo, "protocol", NAME_MAX_CHARACTERS);
    coin = refills_problem_facts_read_name (&combo, "coin", NAME_MAX_CHARACTERS);
    choice = refills_problem_choice_new_for_payment (protocol, coin);
    if (choice != NULL)
      add_choice (self, labels, choice);
  }

  list = refills_problem_facts_join (labels);
  if (list != NULL)
    /* Translators: %s is a list such as "USDC on Solana, BTC on Lightning". */
    self->next = g_strdup_printf (_("Choose one of these: %s."), list);
}

static void
read_suspended_coin (RefillsProblemDetails  *self,
                     const RefillsJsonPlace *place)
{
  g_autofree char *coin = refills_problem_facts_read_name (place, "coin", NAME_MAX_CHARACTERS);

  if (coin != NULL)
    /* Translators: %s is a coin, such as "USDC". */
    self->what = g_strdup_printf (_("%s is not taken at present."), coin);
}

static void
read_suspended_network (RefillsProblemDetails  *self,
                        const RefillsJsonPlace *place)
{
  g_autofree char *coin = refills_problem_facts_read_name (place, "coin", NAME_MAX_CHARACTERS);
  g_autofree char *network = refills_problem_facts_read_name (place, "network", NAME_MAX_CHARACTERS);
  g_autoptr (RefillsProblemChoice) choice = refills_problem_choice_new_for_payment (network, coin);

  if (choice != NULL)
    /* Translators: %s is a coin on a network, such as "USDC on Solana". */
    self->what = g_strdup_printf (_("%s is not taken at present."), refills_problem_choice_get_label (choice));
  else if (coin != NULL)
    /* Translators: %s is a coin, such as "USDC". */
    self->what = g_strdup_printf (_("%s is not taken on this network at present."), coin);
}

static void
read_login (RefillsProblemDetails  *self,
            const RefillsJsonPlace *place)
{
  g_autofree char *titles = dup_titles (self);

  if (titles != NULL)
    /* Translators: %s is one product or several, such as "Steam (10 USD)". */
    self->what = g_strdup_printf (_("Only people with an account at Cryptorefills can buy %s."), titles);
}

static void
read_identity (RefillsProblemDetails  *self,
               const RefillsJsonPlace *place)
{
  g_autofree char *titles = dup_titles (self);
  g_autofree char *given = refills_problem_facts_read_name (place, "declined_reason", REASON_MAX_CHARACTERS);
  g_autofree char *reason = given != NULL && strchr (given, ' ') == NULL ? refills_problem_facts_dup_words (given)
                                                                         : g_strdup (given);

  if (reason != NULL && g_str_has_suffix (reason, "."))
    reason[strlen (reason) - 1] = '\0';
  if (reason != NULL && titles != NULL)
    /* Translators: a reason in the service's words, and one product or several. */
    self->more = g_strdup_printf (_("The reason given: %1$s. This concerns %2$s."), reason, titles);
  else if (reason != NULL)
    /* Translators: %s is a reason in the service's words. */
    self->more = g_strdup_printf (_("The reason given: %s."), reason);
  else if (titles != NULL)
    /* Translators: %s is one product or several, such as "Steam (10 USD)". */
    self->more = g_strdup_printf (_("This concerns %s."), titles);
}

static void
read_coupon_end (RefillsProblemDetails  *self,
                 const RefillsJsonPlace *place)
{
  g_autofree char *until = refills_problem_facts_read_name (place, "valid_until_pretty", NAME_MAX_CHARACTERS);
  gint64 seconds = 0;

  if (until == NULL && refills_json_read_epoch (place, "valid_until", &seconds, NULL) && seconds > 0) {
    g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (seconds);

    until = time != NULL ? g_date_time_format (time, "%x") : NULL;
  }
  if (until != NULL)
    /* Translators: %s is a date, such as "January 1, 2026". */
    self->what = g_strdup_printf (_("This coupon was good until %s."), until);
}

static void
read_coupon_minimum (RefillsProblemDetails  *self,
                     const RefillsJsonPlace *place)
{
  g_autofree char *least = refills_problem_facts_read_money (place, "min_order_amount");

  if (least != NULL)
    self->what = g_strdup_printf (_("The amount is too small for this coupon: the least is %s."), least);
}

static void
read_coupon_categories (RefillsProblemDetails  *self,
                        const RefillsJsonPlace *place)
{
  g_autoptr (GPtrArray) slugs = refills_problem_facts_read_names (place, "valid_categories");
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;

  for (guint i = 0; i < slugs->len; i++) {
    char *words = refills_problem_facts_dup_words (slugs->pdata[i]);

    if (words != NULL)
      g_ptr_array_add (names, words);
  }
  list = refills_problem_facts_join (names);
  if (list != NULL)
    self->what = g_strdup_printf (_("This coupon is only for these categories: %s."), list);
}

static void
read_coupon_kinds (RefillsProblemDetails  *self,
                   const RefillsJsonPlace *place)
{
  g_autoptr (GPtrArray) kinds = refills_problem_facts_read_names (place, "valid_kinds");
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;

  for (guint i = 0; i < kinds->len; i++) {
    g_autoptr (RefillsProblemChoice) choice = refills_problem_choice_new_for_kind (kinds->pdata[i]);

    if (choice != NULL)
      g_ptr_array_add (names, g_strdup (refills_problem_choice_get_label (choice)));
  }
  list = refills_problem_facts_join (names);
  if (list != NULL)
    /* Translators: %s is a list of kinds of products, such as "gift cards, eSIMs". */
    self->what = g_strdup_printf (_("This coupon is only for: %s."), list);
}

static void
read_coupon_brands (RefillsProblemDetails  *self,
                    const RefillsJsonPlace *place)
{
  g_autoptr (GPtrArray) names = refills_problem_facts_read_names (place, "valid_brand_names");
  g_autofree char *list = refills_problem_facts_join (names);

  if (list == NULL)
    return;
  self->what = g_strdup_printf (_("This coupon is only for these brands: %s."), list);
  self->next = g_strdup (_("Choose one of them, or order without it."));
}

static void
read_coupon_countries (RefillsProblemDetails  *self,
                       const RefillsJsonPlace *place)
{
  g_autoptr (GPtrArray) codes = refills_problem_facts_read_names (place, "spendable_country_codes");
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;

  for (guint i = 0; i < codes->len; i++)
    g_ptr_array_add (names, refills_country_name_code (codes->pdata[i]));
  list = refills_problem_facts_join (names);
  if (list == NULL)
    return;
  self->what = g_strdup_printf (_("This coupon is only for these countries: %s."), list);
  self->next = g_strdup (_("Choose a product of one of them, or order without it."));
}

static void
read_coupon_stores (RefillsProblemDetails  *self,
                    const RefillsJsonPlace *place)
{
  g_autoptr (GPtrArray) names = refills_problem_facts_read_names (place, "storeRestrictions");
  g_autofree char *list = refills_problem_facts_join (names);

  if (list != NULL)
    self->what = g_strdup_printf (_("This coupon is only for these stores: %s."), list);
}

static void
read_points (RefillsProblemDetails  *self,
             const RefillsJsonPlace *place)
{
  g_autofree char *least = refills_problem_facts_read_figure (place, "minimum_points");
  g_autofree char *available = refills_problem_facts_read_figure (place, "available_points");

  if (least != NULL && available != NULL)
    self->what = g_strdup_printf (_("Points can be used from %1$s on, and the account has %2$s."), least, available);
  else if (least != NULL)
    self->what = g_strdup_printf (_("Points can be used from %s on."), least);
  else if (available != NULL)
    self->what = g_strdup_printf (_("The points of the account, %s, cannot be used for this."), available);
}

static const struct {
  const char *code;
  ReadDetails read;
} readers[] = {
  { "AMOUNT_LESS_THEN_MINIMUM_ALLOWED", read_minimum },
  { "MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED", read_maximum },
  { "DAILY_SPENDING_LIMIT_EXCEEDED", read_daily_limit },
  { "MONTHLY_SPENDING_LIMIT_EXCEEDED", read_monthly_limit },
  { "PRODUCT_COUNT_EXCEEDED", read_product_count },
  { "MAXIMUM_NUMBER_OF_SAME_PRODUCT_PER_DAY_EXCEEDED", read_count_per_day },
  { "MAXIMUM_NUMBER_OF_PRODUCTS_PER_DAY_EXCEEDED", read_count_per_day },
  { "NOT_AVAILABLE_PRODUCT", read_discontinued },
  { "OUT_OF_STOCK", read_sold_out },
  { "NOT_ACTIVE", read_paused },
  { "INVALID_BENEFICIARY_ACCOUNT", read_beneficiary },
  { "NOT_ALLOWED_PAYMENT_VIA", read_paid_with },
  { "UNSUPPORTED_PROTOCOL_COIN_COMBINATION", read_combinations },
  { "SUSPENDED_COIN", read_suspended_coin },
  { "SUSPENDED_NETWORK", read_suspended_network },
  { "LOGIN_REQUIRED", read_login },
  { "VERIFICATION_REQUIRED", read_identity },
  { "KYC_MISSING", read_identity },
  { "KYC_PENDING", read_identity },
  { "KYC_MISSING_ON_PAYMENT_PROCESSOR", read_identity },
  { "KYC_PENDING_ON_PAYMENT_PROCESSOR", read_identity },
  { "KYC_INVALID_ON_PAYMENT_PROCESSOR", read_identity },
  { "KYC_DECLINED_ON_PAYMENT_PROCESSOR", read_identity },
  { "COUPON_EXPIRED", read_coupon_end },
  { "COUPON_BELOW_MIN_AMOUNT", read_coupon_minimum },
  { "COUPON_NOT_VALID_FOR_CATEGORY", read_coupon_categories },
  { "COUPON_NOT_VALID_FOR_KIND", read_coupon_kinds },
  { "COUPON_NOT_VALID_FOR_BRAND", read_coupon_brands },
  { "COUPON_NOT_VALID_FOR_COUNTRY", read_coupon_countries },
  { "COUPON_NOT_VALID_FOR_STORE", read_coupon_stores },
  { "LOYALTY_REDEMPTION_NOT_AVAILABLE", read_points },
  { "LOYALTY_NOT_AVAILABLE_FOR_ORDER", read_points },
  { "LOYALTY_BELOW_MINIMUM", read_points },
  { "INSUFFICIENT_LOYALTY_POINTS", read_points },
};

/**
 * refills_problem_details_new:
 * @code: a code of the service
 * @place: (nullable): its `moreDetails`, of any kind
 *
 * Reads the details. Those of a code that has none, and those that cannot be read, say nothing.
 *
 * Returns: (transfer full): what they add
 */
RefillsProblemDetails *
refills_problem_details_new (const char             *code,
                             const RefillsJsonPlace *place)
{
  RefillsProblemDetails *self = g_new0 (RefillsProblemDetails, 1);

  self->choices = g_list_store_new (REFILLS_TYPE_PROBLEM_CHOICE);
  if (place == NULL) {
    self->deliveries = g_ptr_array_new ();
    return self;
  }

  self->deliveries = refills_problem_facts_read_deliveries (place);
  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    if (g_str_equal (readers[i].code, code))
      readers[i].read (self, place);

  return self;
}

/**
 * refills_problem_details_free:
 * @self: (transfer full): details
 *
 * Frees them.
 */
void
refills_problem_details_free (RefillsProblemDetails *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->what, g_free);
  g_clear_pointer (&self->next, g_free);
  g_clear_pointer (&self->more, g_free);
  g_clear_pointer (&self->deliveries, g_ptr_array_unref);
  g_clear_object (&self->choices);
  g_free (self); /* end of life */
}
