/* refills-problem-table.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What each code of the service means to a person: what it is about, what the matter is, and what to do
 * next (API reference, sections 14.1 and 14.2). The sentences are those that hold without any details.
 * They speak of products, for a code may concern a gift card, a top-up or an eSIM alike.
 */
#include "refills-problem-table.h"

#include <glib/gi18n.h>

#define ORDER       REFILLS_PROBLEM_SUBJECT_ORDER
#define PRODUCT     REFILLS_PROBLEM_SUBJECT_PRODUCT
#define BENEFICIARY REFILLS_PROBLEM_SUBJECT_BENEFICIARY
#define EMAIL       REFILLS_PROBLEM_SUBJECT_EMAIL
#define AMOUNT      REFILLS_PROBLEM_SUBJECT_AMOUNT
#define LIMIT       REFILLS_PROBLEM_SUBJECT_LIMIT
#define COIN        REFILLS_PROBLEM_SUBJECT_COIN
#define NETWORK     REFILLS_PROBLEM_SUBJECT_NETWORK
#define VIA         REFILLS_PROBLEM_SUBJECT_VIA
#define COUPON      REFILLS_PROBLEM_SUBJECT_COUPON
#define ACCOUNT     REFILLS_PROBLEM_SUBJECT_ACCOUNT

const RefillsProblemRow refills_problem_rows[] = {
  { REFILLS_PROBLEM_CODE_NOT_AS_ASKED, ORDER,
    N_("The service answered for something else, and nothing was ordered."),
    N_("Try again.") },
  { REFILLS_PROBLEM_CODE_UNREADABLE, ORDER,
    N_("The service named a problem that cannot be read."),
    N_("Change the order, or try again later.") },
  { REFILLS_PROBLEM_CODE_COUPON_NOT_APPLIED, COUPON,
    N_("The service left the coupon out of the total."),
    N_("Remove the coupon, or try another one.") },

  /* The service's own spelling. */
  { "AMOUNT_LESS_THEN_MINIMUM_ALLOWED", AMOUNT,
    N_("The amount is too small for this coin and network."),
    N_("Choose a larger amount, or another coin.") },
  { "MAXIMUM_AMOUNT_PER_ORDER_EXCEEDED", AMOUNT,
    N_("The amount is too large for one order."),
    N_("Choose a smaller amount, or make several orders.") },
  { "DAILY_SPENDING_LIMIT_EXCEEDED", LIMIT,
    N_("This order goes over what can be spent in a day."),
    N_("Choose a smaller amount, or try again tomorrow.") },
  { "MONTHLY_SPENDING_LIMIT_EXCEEDED", LIMIT,
    N_("This order goes over what can be spent in a month."),
    N_("Choose a smaller amount, or try again next month.") },
  { "TRANSACTION_LIMIT_EXCEEDED", LIMIT,
    N_("This order is larger than the service allows without an account."),
    N_("Choose a smaller amount.") },
  { "PRODUCT_COUNT_EXCEEDED", LIMIT,
    N_("There are too many products in this order."),
    N_("Take some out, and order them separately.") },
  { "MULTIPLE_LIMITED_PRODUCT_SAME_ORDER", ORDER,
    N_("Some of these products are limited, and cannot be bought together."),
    N_("Order them one by one.") },
  { "MAXIMUM_NUMBER_OF_SAME_PRODUCT_PER_DAY_EXCEEDED", LIMIT,
    N_("No more of this product can be bought today."),
    N_("Choose another product, or try again tomorrow.") },
  { "MAXIMUM_NUMBER_OF_PRODUCTS_PER_DAY_EXCEEDED", LIMIT,
    N_("No more products can be bought today."),
    N_("Order fewer, or try again tomorrow.") },

  { "NOT_AVAILABLE_PRODUCT", PRODUCT,
    N_("This product is no longer offered."),
    N_("Choose another amount or brand.") },
  { "OUT_OF_STOCK", PRODUCT,
    N_("This product is sold out for now."),
    N_("Choose another amount, or try again later.") },
  { "NOT_ACTIVE", PRODUCT,
    N_("This product is not sold at present."),
    N_("Choose another brand, or try again later.") },
  { "BLOCKED_COUNTRY", ORDER,
    N_("The service does not sell to this country."),
    N_("Choose another country, or ask the service’s support.") },

  { "INVALID_BENEFICIARY_ACCOUNT", BENEFICIARY,
    N_("The product cannot be sent to this e-mail address or number."),
    N_("Check it for typing mistakes.") },
  { "INVALID_EMAIL_DOMAIN", EMAIL,
    N_("No mail can reach this e-mail address."),
    N_("Check the part after the @.") },
  { "EMAIL_NOT_CONFIRMED", EMAIL,
    N_("The service wants this e-mail address to be confirmed first."),
    N_("Confirm it on the Cryptorefills website, or use another one.") },
  { "USER_BLOCKED", EMAIL,
    N_("The service takes no orders for this e-mail address."),
    N_("Ask the service’s support.") },
  { "USER_BLOCKED_BY_EXTERNAL_PAYMENT_PROCESSOR", EMAIL,
    N_("The payment company takes no payments for this e-mail address."),
    N_("Ask the service’s support.") },
  { "FULLNAME_MISSING", NETWORK,
    N_("The service asks for a full name to pay on this network."),
    N_("Choose another network.") },

  { "NOT_ALLOWED_PAYMENT_VIA", VIA,
    N_("This order cannot be paid this way."),
    N_("Choose another way to pay.") },
  { "PAYMENT_METHOD_NOT_SUPPORTED_FOR_EMAIL", VIA,
    N_("This way to pay is not open to this e-mail address."),
    N_("Choose another coin.") },
  { "SUSPENDED_COIN", COIN,
    N_("This coin is not taken at present."),
    N_("Choose another coin.") },
  { "SUSPENDED_NETWORK", NETWORK,
    N_("Payments on this network are not taken at present."),
    N_("Choose another network.") },
  { "UNSUPPORTED_PROTOCOL_COIN_COMBINATION", NETWORK,
    N_("This order cannot be paid with this coin on this network."),
    N_("Choose another coin or network.") },
  { "CANT_SETUP_PAYMENT", COIN,
    N_("The service could not prepare the payment."),
    N_("Try again, or choose another coin.") },

  { "COUPON_REQUIRES_LOGIN", COUPON,
    N_("This coupon works only with an account at Cryptorefills."),
    N_("Use it on the Cryptorefills website, or order without it.") },
  { "COUPON_NOT_FOUND", COUPON,
    N_("There is no such coupon."),
    N_("Check its code, or order without it.") },
  { "COUPON_NOT_ACTIVE", COUPON,
    N_("This coupon is not valid yet."),
    N_("Keep it for later, or order without it.") },
  { "COUPON_ALREADY_SPENT", COUPON,
    N_("This coupon has been used before."),
    N_("Use another one, or order without it.") },
  { "COUPON_MAX_USAGE_REACHED", COUPON,
    N_("This coupon has been used as often as it can be."),
    N_("Use another one, or order without it.") },
  { "COUPON_NOT_VALID_FOR_USER", COUPON,
    N_("This coupon is not for this e-mail address."),
    N_("Use another one, or order without it.") },
  { "COUPON_EXPIRED", COUPON,
    N_("This coupon has expired."),
    N_("Use another one, or order without it.") },
  { "COUPON_BELOW_MIN_AMOUNT", COUPON,
    N_("The amount is too small for this coupon."),
    N_("Choose a larger amount, or order without the coupon.") },
  { "COUPON_NOT_VALID_FOR_CATEGORY", COUPON,
    N_("This coupon is for brands of another category."),
    N_("Choose a brand it is for, or order without it.") },
  { "COUPON_NOT_VALID_FOR_KIND", COUPON,
    N_("This coupon is for another kind of product."),
    N_("Choose a product it is for, or order without it.") },
  { "COUPON_NOT_VALID_FOR_BRAND", COUPON,
    N_("This coupon is for another brand."),
    N_("Choose that brand, or order without it.") },
  { "COUPON_NOT_VALID_FOR_COUNTRY", COUPON,
    N_("This coupon is for another country."),
    N_("Choose a product of that country, or order without it.") },
  { "COUPON_NOT_VALID_FOR_STORE", COUPON,
    N_("This coupon is for another store."),
    N_("Use it there, or order without it.") },

  { "LOYALTY_NOT_AVAILABLE_FOR_ORDER", ORDER,
    N_("Points cannot be used for this order."),
    N_("Order without them.") },
  { "LOYALTY_REDEMPTION_NOT_AVAILABLE", ORDER,
    N_("Points cannot be used at present."),
    N_("Order without them.") },
  { "LOYALTY_BELOW_MINIMUM", ORDER,
    N_("These are too few points to be used."),
    N_("Use more of them, or none.") },
  { "INSUFFICIENT_LOYALTY_POINTS", ORDER,
    N_("The account has fewer points than that."),
    N_("Use fewer of them, or none.") },

  { "LOGIN_REQUIRED", ACCOUNT,
    N_("This product is sold only to people with an account at Cryptorefills."),
    N_("Buy it on the Cryptorefills website, or choose something else.") },
  { "VERIFICATION_REQUIRED", ACCOUNT,
    N_("The service asks for a verified account for this order."),
    N_("Buy it on the Cryptorefills website, or choose something else.") },
  { "KYC_MISSING", ACCOUNT,
    N_("The service asks for proof of identity for this order."),
    N_("Buy it on the Cryptorefills website, or choose something else.") },
  { "KYC_PENDING", ACCOUNT,
    N_("The service is still checking your identity."),
    N_("Try again later.") },
  { "KYC_MISSING_ON_PAYMENT_PROCESSOR", ACCOUNT,
    N_("The payment company asks for proof of identity for this order."),
    N_("Buy it on the Cryptorefills website, or choose something else.") },
  { "KYC_PENDING_ON_PAYMENT_PROCESSOR", ACCOUNT,
    N_("The payment company is still checking your identity."),
    N_("Try again later.") },
  { "KYC_INVALID_ON_PAYMENT_PROCESSOR", ACCOUNT,
    N_("The payment company could not use your proof of identity."),
    N_("Send a new one on the Cryptorefills website.") },
  { "KYC_DECLINED_ON_PAYMENT_PROCESSOR", ACCOUNT,
    N_("The payment company did not accept your proof of identity."),
    N_("Ask the service’s support.") },

  { "FLIGHT_EXPIRED", PRODUCT,
    N_("This flight is no longer offered."),
    N_("Take it out of the order.") },
  { "STAY_EXPIRED", PRODUCT,
    N_("This stay is no longer offered."),
    N_("Take it out of the order.") },
  { "FLIGHT_SERVICE_NOT_AVAILABLE", PRODUCT,
    N_("Flights are not sold at present."),
    N_("Try again later.") },
  { "STAY_SERVICE_NOT_AVAILABLE", PRODUCT,
    N_("Stays are not sold at present."),
    N_("Try again later.") },
  { "PAYMENT_METHOD_NOT_SUPPORTED_FOR_FLIGHTS", VIA,
    N_("Flights cannot be paid this way."),
    N_("Choose another coin.") },
  { "PAYMENT_METHOD_NOT_SUPPORTED_FOR_STAYS", VIA,
    N_("Stays cannot be paid this way."),
    N_("Choose another coin.") },
  { "NFT_GIFT_CARD_NOT_APPLICABLE_FOR_SELECTED_PRODUCTS", ORDER,
    N_("An NFT gift card cannot pay for these products."),
    N_("Order without it.") },
  { "ORDER_AMOUNT_BELOW_MIN_FOR_NFT_GIFT_CARDS", AMOUNT,
    N_("The amount is too small to be paid with an NFT gift card."),
    N_("Choose a larger amount, or order without it.") },
  { "TOO_MANY_NFT_GIFT_CARDS", ORDER,
    N_("This order uses more NFT gift cards than it can."),
    N_("Use fewer of them.") },

  { "BAD_REQUEST", ORDER,
    N_("The service could not read the order."),
    N_("Check what you entered, and try again.") },
  { "ORDER_CREATE_ERROR", ORDER,
    N_("The service could not make the order."),
    N_("Try again later.") },
};

const gsize refills_n_problem_rows = G_N_ELEMENTS (refills_problem_rows);

/**
 * refills_problem_row_find:
 * @code: a code
 *
 * Returns: (transfer none) (nullable): what is known of it
 */
const RefillsProblemRow *
refills_problem_row_find (const char *code)
{
  g_return_val_if_fail (code != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (refills_problem_rows); i++)
    if (g_str_equal (refills_problem_rows[i].code, code))
      return &refills_problem_rows[i];

  return NULL;
}
