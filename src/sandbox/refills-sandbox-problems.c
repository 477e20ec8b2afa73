/* refills-sandbox-problems.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands beside each code: the `moreDetails` of API reference, sections 14.1 and 14.2, filled
 * with plausible values. Owns the table of shapes.
 */
#include "refills-sandbox-private.h"

/* Codes whose details do not depend on the request; as JSON. */
static const struct {
  const char *code;
  const char *details;
} fixed_details[] = {
  { "AMOUNT_LESS_THEN_MINIMUM_ALLOWED",
    "{\"threshold\":\"0.562099175481640\",\"minimumAmountCoinSymbol\":\"USDC\",\"minimumAmountUSD\":\"0.57\","
    "\"minimumAmountCoin\":\"0.562099175481640\"}" },
  { "MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED", "{\"max_for_each_purchase\":\"2000\"}" },
  { "PRODUCT_COUNT_EXCEEDED", "{\"max_products_per_order\":10}" },
  { "COUPON_EXPIRED", "{\"valid_until\":\"1767225600\",\"valid_until_pretty\":\"January 1, 2026\"}" },
  { "COUPON_BELOW_MIN_AMOUNT", "{\"min_order_amount\":\"50\"}" },
  { "COUPON_NOT_VALID_FOR_CATEGORY", "{\"valid_categories\":[\"games\"]}" },
  { "COUPON_NOT_VALID_FOR_KIND", "{\"valid_kinds\":[\"mobile_recharge\"]}" },
  { "COUPON_NOT_VALID_FOR_BRAND", "{\"valid_brand_names\":[\"Steam\"]}" },
  { "COUPON_NOT_VALID_FOR_COUNTRY", "{\"spendable_country_codes\":[\"DE\",\"FR\"]}" },
  { "COUPON_NOT_VALID_FOR_STORE", "{\"storeRestrictions\":[\"cryptorefills.com\"]}" },
  { "MAXIMUM_NUMBER_OF_PRODUCTS_PER_DAY_EXCEEDED", "{\"why\":\"brand\",\"max_per_day\":3,\"exceeding\":1}" },
  { "LOYALTY_REDEMPTION_NOT_AVAILABLE", "{\"minimum_points\":500,\"available_points\":22}" },
  { "TRANSACTION_LIMIT_EXCEEDED", "{\"max_for_each_purchase\":\"1000\"}" },
};

static const char *delivery_codes[] = { "NOT_AVAILABLE_PRODUCT", "OUT_OF_STOCK", "NOT_ACTIVE",
                                        "INVALID_BENEFICIARY_ACCOUNT", "KYC_MISSING_ON_PAYMENT_PROCESSOR",
                                        "KYC_DECLINED_ON_PAYMENT_PROCESSOR",
                                        "MAXIMUM_NUMBER_OF_SAME_PRODUCT_PER_DAY_EXCEEDED", NULL };
static const char *deliveries_codes[] = { "LOGIN_REQUIRED", "UNSUPPORTED_PROTOCOL_COIN_COMBINATION", "KYC_MISSING",
                                          "KYC_PENDING", "KYC_PENDING_ON_PAYMENT_PROCESSOR",
                                          "KYC_INVALID_ON_PAYMENT_PROCESSOR", "VERIFICATION_REQUIRED", NULL };

static JsonObject *
money (int         amount,
       const char *currency)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "amount", amount);
  json_object_set_string_member (object, "currency", currency);

  return object;
}

static JsonObject *
spending_limit_details (void)
{
  static const struct {
    const char *member;
    int         amount;
  } amounts[] = {
    { "daily_max", 1000 }, { "monthly_max", 5000 }, { "spent_today_by_user", 980 },
    { "spent_this_month_by_user", 4100 }, { "spent_today_from_ip", 980 }, { "spent_this_month_from_ip", 4100 },
    { "order_price_in_currency", 100 },
  };
  static const char *infos[] = { "monthlySpendingLimitInfo", "dailySpendingLimitInfo" };
  JsonObject *object = json_object_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    json_object_set_object_member (object, amounts[i].member, money (amounts[i].amount, "EUR"));
  json_object_set_boolean_member (object, "is_user_logged_in", FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (infos); i++) {
    JsonObject *info = json_object_new ();
    int factor = i == 0 ? 5 : 1;

    json_object_set_object_member (info, "forNOT_REGISTERED", money (1000 * factor, "EUR"));
    json_object_set_object_member (info, "forREGISTERED", money (2000 * factor, "EUR"));
    json_object_set_object_member (info, "forKYC_1", money (6000 * factor, "EUR"));
    json_object_set_object_member (object, infos[i], info);
  }

  return object;
}

/* What the payment that was asked for is, and what may take its place. */
static JsonObject *
payment_details (const char *code,
                 JsonObject *payment)
{
  const char *coin = refills_sandbox_json_get_string (payment, "coin");
  const char *via = refills_sandbox_json_get_string (payment, "payment_via");
  JsonObject *details = json_object_new ();
  JsonArray *kinds;

  if (g_str_has_prefix (code, "SUSPENDED_")) {
    json_object_set_string_member (details, "coin", coin != NULL ? coin : "USDC");
    return details;
  }
  kinds = json_array_new ();
  json_array_add_string_element (kinds, "giftcard");
  json_array_add_string_element (kinds, "mobile_recharge");
  json_object_set_string_member (details, "paymentVia", via != NULL ? via : "USER_WALLET");
  json_object_set_array_member (details, "allowedKinds", kinds);

  return details;
}

/**
 * refills_sandbox_problem_details:
 * @code: a problem code
 * @deliverable: (nullable): what the problem is about
 * @kind: (nullable): its kind
 * @payment: (nullable): the `payment` of the request
 *
 * Returns: (transfer full) (nullable): `moreDetails`, or %NULL where the code has none
 */
JsonObject *
refills_sandbox_problem_details (const char *code,
                                 JsonObject *deliverable,
                                 const char *kind,
                                 JsonObject *payment)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fixed_details); i++) {
    if (g_str_equal (fixed_details[i].code, code)) {
      g_autoptr (JsonNode) root = refills_sandbox_json_parse (fixed_details[i].details, -1);

      return json_node_dup_object (root);
    }
  }
  if (g_str_has_suffix (code, "LY_SPENDING_LIMIT_EXCEEDED"))
    return spending_limit_details ();
  if (g_str_equal (code, "NOT_ALLOWED_PAYMENT_VIA") || g_str_equal (code, "SUSPENDED_COIN")
      || g_str_equal (code, "SUSPENDED_NETWORK"))
    return payment_details (code, payment);
  if (deliverable != NULL
      && (g_strv_contains (delivery_codes, code) || g_strv_contains (deliveries_codes, code))) {
    JsonObject *details = json_object_new ();
    JsonObject *delivery = json_object_new ();

    json_object_set_string_member (delivery, "kind", kind);
    json_object_set_object_member (delivery, "deliverable", json_object_ref (deliverable));
    if (g_strv_contains (deliveries_codes, code)) {
      JsonArray *deliveries = json_array_new ();

      json_array_add_object_element (deliveries, delivery);
      json_object_set_array_member (details, "deliveries", deliveries);
    } else {
      json_object_set_object_member (details, "delivery", delivery);
    }
    if (g_str_equal (code, "UNSUPPORTED_PROTOCOL_COIN_COMBINATION"))
      json_object_set_array_member (details, "supported_protocol_coin_combo", refills_sandbox_rails_to_combos ());
    if (g_str_equal (code, "KYC_DECLINED_ON_PAYMENT_PROCESSOR"))
      json_object_set_string_member (details, "declined_reason", "document_unreadable");
    return details;
  }

  return NULL;
}
