/* test-payment.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-payment.h"

#include "json-case.h"
#include "payment-case.h"
#include "refills-test.h"

#define REQUESTED 1496314658
#define DELIVERY(brand, denomination, to) \
  "{'delivery_state':'WaitingForPayment','deliverable':{'brand_name':'" brand "','denomination':" denomination "," \
  "'country_code':'US','beneficiary_account':'" to "'}}"

static void
test_whole (void)
{
  PaymentCase order;
  g_autoptr (GError) error = NULL;
  g_autofree char *asset = NULL;
  g_autofree char *request = NULL;
  g_autofree char *full = NULL;
  g_autofree char *bare = NULL;
  RefillsPayment *payment = NULL;

  payment_case_init (&order, "USDC", "Base");
  order.address = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed";
  order.amount = "25.3700000000";
  payment = payment_case_pay (&order, &error);
  g_assert_no_error (error);
  g_assert_true (refills_payment_get_token (payment) == refills_token_find ("USDC", "Base"));
  g_assert_cmpint (refills_payment_get_family (payment), ==, REFILLS_ADDRESS_EVM);
  /* With its capitals, and without the zeros that the token has no digits for. */
  g_assert_cmpstr (refills_payment_get_address (payment), ==, PAYMENT_CASE_EVM);
  g_assert_cmpstr (refills_payment_get_amount (payment), ==, "25.370000");
  g_assert_cmpstr (refills_payment_get_units (payment), ==, "25370000");
  g_assert_cmpuint (refills_payment_get_decimals (payment), ==, 6);
  g_assert_cmpstr (refills_payment_get_coin (payment), ==, "USDC");
  g_assert_cmpstr (refills_payment_get_chain (payment), ==, "eip155:8453");
  g_assert_cmpstr (refills_payment_get_network_title (payment), ==, "Base");
  g_assert_cmpstr (refills_payment_get_amount_label (payment), ==, "25.370000 USDC");
  g_assert_cmpint (refills_payment_get_payable_until (payment), ==, REQUESTED + 20 * 60);
  g_assert_false (refills_payment_is_rest (payment));
  asset = refills_payment_dup_asset (payment);
  g_assert_cmpstr (asset, ==, "eip155:8453/erc20:0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913");
  request = refills_payment_dup_request (payment);
  g_assert_cmpstr (request, ==, "ethereum:0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913@8453/transfer?"
                                "address=" PAYMENT_CASE_EVM "&uint256=25370000");
  full = refills_payment_dup_code_text (payment, REFILLS_PAYMENT_CODE_REQUEST);
  g_assert_cmpstr (full, ==, request);
  bare = refills_payment_dup_code_text (payment, REFILLS_PAYMENT_CODE_ADDRESS);
  g_assert_cmpstr (bare, ==, PAYMENT_CASE_EVM);
  g_assert_finalize_object (payment);
}

/* Capitals for an invoice, and for nothing else; an address where wallets agree on no request. */
static void
test_code_text (void)
{
  static const struct { const char *coin; const char *network; gboolean has_request; } cases[] = {
    { "BTC", "Lightning", TRUE }, { "BTC", "Mainnet", TRUE }, { "USDC", "Solana", TRUE }, { "USDT", "Ton", TRUE },
    { "USDT", "Tron", FALSE }, { "DOGE", "Mainnet", FALSE }, { "SUI", "Sui", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    PaymentCase order;
    g_autoptr (GError) error = NULL;
    g_autoptr (RefillsPayment) payment = NULL;
    g_autofree char *request = NULL;
    g_autofree char *full = NULL;
    g_autofree char *bare = NULL;
    g_autofree char *capitals = NULL;
    gboolean is_invoice = i == 0;

    payment_case_init (&order, cases[i].coin, cases[i].network);
    payment = payment_case_pay (&order, &error);
    g_assert_no_error (error);
    request = refills_payment_dup_request (payment);
    g_assert_cmpint (request != NULL, ==, cases[i].has_request);
    full = refills_payment_dup_code_text (payment, REFILLS_PAYMENT_CODE_REQUEST);
    capitals = g_ascii_strup (request != NULL ? request : order.address, -1);
    g_assert_cmpstr (full, ==, is_invoice ? capitals : request != NULL ? request : order.address);
    bare = refills_payment_dup_code_text (payment, REFILLS_PAYMENT_CODE_ADDRESS);
    g_assert_cmpint (g_ascii_strcasecmp (bare, order.address), ==, 0);
    g_assert_cmpint (g_str_equal (bare, order.address), ==, !is_invoice);
  }
}

/* One thing that is wrong, and why nothing is paid for it. In the order in which it is looked for. */
typedef struct {
  RefillsPaymentError reason;
  gsize offset;
  const char *text;
} Fault;

#define FAULT(reason, member, text) { REFILLS_PAYMENT_ERROR_ ## reason, G_STRUCT_OFFSET (PaymentCase, member), text }

static const Fault faults[] = {
  FAULT (NOT_PAYABLE, order_state, "Expired"),
  FAULT (UNSUPPORTED, answered_network, "Foo"),
  FAULT (NOT_AS_ASKED, answered_coin, "USDT"),
  FAULT (NOT_AS_ASKED, payment_via, "KUCOIN_PAY"),
  FAULT (OTHER_DELIVERIES, deliveries, "[" DELIVERY ("Amazon.com", "'100 USD'", "ada@example.com") "]"),
  FAULT (ADDRESS, address, "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD"),
  FAULT (RESERVED, address, "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"),
  FAULT (TOKEN, contract, "0xd9aAEc86B65D86f6A7B5B1b0c42FFA531710b6CA"),
  FAULT (AMOUNT, amount, "26"),
  FAULT (QR, qr_text, "ethereum:" PAYMENT_CASE_EVM "@8453?value=25370000"),
  FAULT (EXPIRED, now, "later"),
  FAULT (CHANGED, is_changed, "yes"),
  FAULT (MEMO, memo, "77"),
};

static void
spoil (PaymentCase *order,
       const Fault *fault)
{
  if (fault->offset == G_STRUCT_OFFSET (PaymentCase, now))
    order->now = REQUESTED + 20 * 60;
  else if (fault->offset == G_STRUCT_OFFSET (PaymentCase, is_changed))
    order->is_changed = TRUE;
  else
    G_STRUCT_MEMBER (const char *, order, fault->offset) = fault->text;
}

static void
test_each_check (void)
{
  PaymentCase order;

  payment_case_init (&order, "USDC", "Base");
  payment_case_assert_pays (&order);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_test_message ("%s", faults[i].text);
    payment_case_init (&order, "USDC", "Base");
    spoil (&order, &faults[i]);
    payment_case_assert_refused (&order, faults[i].reason);
  }
}

/* Of two things that are wrong the first is told. */
static void
test_order_of_checks (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    for (gsize j = i + 1; j < G_N_ELEMENTS (faults); j++) {
      PaymentCase order;

      if (faults[i].offset == faults[j].offset)
        continue;
      g_test_message ("%s, %s", faults[i].text, faults[j].text);
      payment_case_init (&order, "USDC", "Base");
      spoil (&order, &faults[j]);
      spoil (&order, &faults[i]);
      payment_case_assert_refused (&order, faults[i].reason);
    }
  }
}

static void
test_unsupported (void)
{
  static const char * const pairs[][2] = {
    { "USDC", "Fantom" }, { "XRP", "Mainnet" }, { "XMR", "Mainnet" }, { "USDC", "base" }, { "usdc", "Base" },
    { "ETH", "OKEx Mainnet" },
  };
  PaymentCase order;

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++) {
    payment_case_init (&order, pairs[i][0], pairs[i][1]);
    order.address = PAYMENT_CASE_EVM;
    payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_UNSUPPORTED);
  }
  /* What was asked is known, and what is answered is not. */
  payment_case_init (&order, "USDC", "Base");
  order.answered_coin = "SHIB";
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_UNSUPPORTED);
}

static void
test_not_as_asked (void)
{
  static const struct {
    const char *coin;
    const char *network;
    const char *via;
    gboolean is_payable;
  } cases[] = {
    { "USDT", "Base", "USER_WALLET", FALSE }, { "USDC", "Solana", "USER_WALLET", FALSE },
    { "USDC", "Base", "KUCOIN_PAY", FALSE },  { NULL, "Base", "USER_WALLET", FALSE },
    { "USDC", NULL, "USER_WALLET", FALSE },   { "USDC", "Base", NULL, FALSE },
    /* Another name of the same network. */
    { "USDC", "Base Mainnet", "USER_WALLET", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    PaymentCase order;

    payment_case_init (&order, "USDC", "Base");
    order.answered_coin = cases[i].coin;
    order.answered_network = cases[i].network;
    order.payment_via = cases[i].via;
    if (cases[i].is_payable)
      payment_case_assert_pays (&order);
    else
      payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_NOT_AS_ASKED);
  }
}

/* Faults J12: another card than was asked for, or another number of them, is not paid for. */
static void
test_other_deliveries (void)
{
  static const struct { const char *deliveries; gboolean payable; } cases[] = {
    { "[" DELIVERY ("Amazon.com", "'25 USD'", "ada@example.com") "]", TRUE },
    { "[{'delivery_state':'WaitingForPayment','deliverable':{'brand_name':'Amazon.com'}}]", TRUE },
    { "[]", TRUE },
    { "[" DELIVERY ("Amazon.com", "'100 USD'", "ada@example.com") "]", FALSE },
    { "[" DELIVERY ("Amazon.de", "'25 USD'", "ada@example.com") "]", FALSE },
    { "[" DELIVERY ("Amazon.com", "'25 USD'", "eve@example.com") "]", FALSE },
    { "[" DELIVERY ("Amazon.com", "'25 USD'", "ada@example.com") ","
      DELIVERY ("Amazon.com", "'25 USD'", "ada@example.com") "]", FALSE },
    { "[7]", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    PaymentCase order;

    g_test_message ("%s", cases[i].deliveries);
    payment_case_init (&order, "USDC", "Base");
    order.deliveries = cases[i].deliveries;
    if (cases[i].payable)
      payment_case_assert_pays (&order);
    else
      payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_OTHER_DELIVERIES);
  }
}

/* An address of each family is an address of no other; test networks are none. */
static void
test_families (void)
{
  static const char * const pairs[][2] = {
    { "BTC", "Mainnet" }, { "BTC", "Lightning" }, { "LTC", "Mainnet" }, { "DOGE", "Mainnet" }, { "BCH", "Mainnet" },
    { "USDC", "Base" }, { "USDC", "Solana" }, { "USDT", "Tron" }, { "USDT", "Ton" }, { "SUI", "Sui" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS (pairs); j++) {
      const RefillsToken *other = refills_token_find (pairs[j][0], pairs[j][1]);
      PaymentCase order;

      payment_case_init (&order, pairs[i][0], pairs[i][1]);
      order.address = payment_case_get_payee (other->family);
      g_test_message ("%s on %s: %s", pairs[i][0], pairs[i][1], order.address);
      if (i == j)
        payment_case_assert_pays (&order);
      else
        payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_ADDRESS);
    }
  }
}

static void
test_addresses (void)
{
  static const struct {
    const char *coin;
    const char *network;
    const char *address;
    RefillsPaymentError reason;
  } cases[] = {
    { "USDC", "Base", NULL, REFILLS_PAYMENT_ERROR_ADDRESS },
    { "USDC", "Base", "", REFILLS_PAYMENT_ERROR_ADDRESS },
    { "USDC", "Base", "  ", REFILLS_PAYMENT_ERROR_ADDRESS },
    { "USDC", "Base", "0x5aAeb6053F3E94C9b9A0 9f33669435E7Ef1BeAed", REFILLS_PAYMENT_ERROR_ADDRESS },
    /* No blanks of ASCII: a space that does not break, one of no width, and a mark of the byte order. */
    { "USDC", "Base", "\\u00a0" PAYMENT_CASE_EVM, REFILLS_PAYMENT_ERROR_ADDRESS },
    { "USDC", "Base", PAYMENT_CASE_EVM "\\u200b", REFILLS_PAYMENT_ERROR_ADDRESS },
    { "USDC", "Base", "\\ufeff" PAYMENT_CASE_EVM, REFILLS_PAYMENT_ERROR_ADDRESS },
    { "USDC", "Base", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe\\u0501", REFILLS_PAYMENT_ERROR_ADDRESS },
    /* EIP-55: capitals that are not those of the checksum. */
    { "USDC", "Base", "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", REFILLS_PAYMENT_ERROR_ADDRESS },
    { "USDC", "Base", "0x0000000000000000000000000000000000000000", REFILLS_PAYMENT_ERROR_RESERVED },
    { "USDC", "Base", "0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359", REFILLS_PAYMENT_ERROR_RESERVED },
    { "USDC", "Solana", "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v", REFILLS_PAYMENT_ERROR_RESERVED },
    { "USDC", "Solana", "11111111111111111111111111111111", REFILLS_PAYMENT_ERROR_RESERVED },
    { "USDC", "Solana", "2gVkYWexTHR5Hb2aLeQN3tnngvWzisFKXDUPrgMHpd", REFILLS_PAYMENT_ERROR_ADDRESS },
    { "USDT", "Tron", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", REFILLS_PAYMENT_ERROR_RESERVED },
    { "USDT", "Ton", "EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs", REFILLS_PAYMENT_ERROR_RESERVED },
    /* Test networks. */
    { "BTC", "Mainnet", "tb1qghfhmd4zh7ncpmxl3qzhmq566jk8ckq4gafnmq", REFILLS_PAYMENT_ERROR_ADDRESS },
    { "BTC", "Mainnet", "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn", REFILLS_PAYMENT_ERROR_ADDRESS },
    { "TON", "Ton", "0QCKhieGGl3ZbJ2zzggHsSLaXtRzk0znVopbSxw2HLsorqEq", REFILLS_PAYMENT_ERROR_ADDRESS },
    { "BTC", "Lightning", "lntb20m1pvjluezsp5zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zygshp58yjmdan79s6qqdhdz"
      "gynm4zwqd5d7xmw5fk98klysy043l2ahrqspp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypq"
      "fpp3x9et2e20v6pu37c5d9vax37wxq72un989qrsgqdj545axuxtnfemtpwkc45hx9d2ft7x04mt8q7y6t0k2dge9e"
      "7h8kpy9p34ytyslj3yu569aalz2xdk8xkd7ltxqld94u8h2esmsmacgpghe9k8", REFILLS_PAYMENT_ERROR_ADDRESS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    PaymentCase order;

    g_test_message ("%s", cases[i].address);
    payment_case_init (&order, cases[i].coin, cases[i].network);
    order.address = cases[i].address;
    payment_case_assert_refused (&order, cases[i].reason);
  }
}

/* Blanks around an address and a payment code are no part of them, whoever looks: the record, a later answer, and what
 * is shown. */
static void
test_blanks (void)
{
  static const struct { const char *address; const char *qr_text; } cases[] = {
    { " " PAYMENT_CASE_EVM, NULL }, { PAYMENT_CASE_EVM "\\r\\n", PAYMENT_CASE_EVM },
    { "\\t" PAYMENT_CASE_EVM " ", " " PAYMENT_CASE_EVM "\\n" }, { PAYMENT_CASE_EVM, "\\n" PAYMENT_CASE_EVM },
  };
  PaymentCase order;
  g_autoptr (RefillsPayment) plain = NULL;
  g_autoptr (RefillsOrderRequest) asked = NULL;

  payment_case_init (&order, "USDC", "Base");
  plain = payment_case_pay (&order, NULL);
  asked = payment_case_make_request (&order);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsOrderState) state = NULL;

    order.address = cases[i].address;
    order.qr_text = cases[i].qr_text;
    state = payment_case_make_state (&order);
    g_assert_cmpstr (refills_order_state_get_wallet_address (state), ==, PAYMENT_CASE_EVM);
    for (gsize j = 0; j < G_N_ELEMENTS (cases); j++) {
      g_autoptr (RefillsOrderState) later = NULL;
      g_autoptr (RefillsOrderState) merged = NULL;
      g_autoptr (RefillsPayment) payment = NULL;

      order.address = cases[j].address;
      order.qr_text = cases[j].qr_text;
      later = payment_case_make_state (&order);
      merged = refills_order_state_merge (state, later);
      g_assert_cmpint (refills_order_state_get_alarm (merged), ==, REFILLS_ORDER_ALARM_NONE);
      payment = refills_payment_new (merged, asked, 0, NULL);
      g_assert_nonnull (payment);
      g_assert_true (refills_payment_equal (payment, plain));
    }
  }
}

/* The service's token is ours: contract, decimals and chain. */
static void
test_tokens (void)
{
  static const struct {
    const char *coin;
    const char *network;
    const char *contract;
    int decimals;
    guint64 chain_id;
    gboolean agrees;
  } cases[] = {
    { "USDC", "Base", "0x833589fcd6edb6e08f4c7c32d4f71b54bda02913", 6, 0, TRUE },
    { "USDC", "Base", "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", 18, 8453, FALSE },
    { "USDC", "Base", "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", 6, 1, FALSE },
    { "USDC", "Base", NULL, 6, 8453, FALSE },
    { "USDC", "Base", "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913", -1, 8453, FALSE },
    /* Six digits everywhere, but on this chain eighteen. */
    { "USDC", "Binance Smart Chain Mainnet", "0x8AC76a51cc950d9822D68b83fE1Ad97B32Cd580d", 18, 56, TRUE },
    { "USDC", "Binance Smart Chain Mainnet", "0x8AC76a51cc950d9822D68b83fE1Ad97B32Cd580d", 6, 56, FALSE },
    /* USDC and USDC.e are two tokens of one chain. */
    { "USDC", "Arbitrum", "0xFF970A61A04b1cA14834A43f5dE4533eBDDB5CC8", 6, 42161, FALSE },
    { "USDC.e", "Arbitrum", "0xFF970A61A04b1cA14834A43f5dE4533eBDDB5CC8", 6, 42161, TRUE },
    { "USDC.e", "Arbitrum", "0xaf88d065e77c8cC2239327C5EDb3A432268e5831", 6, 42161, FALSE },
    { "SOL", "Solana", NULL, -1, 0, TRUE },
    { "SOL", "Solana", "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v", 6, 0, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    PaymentCase order;

    g_test_message ("%s on %s, %d", cases[i].coin, cases[i].network, cases[i].decimals);
    payment_case_init (&order, cases[i].coin, cases[i].network);
    order.contract = cases[i].contract;
    order.decimals = cases[i].decimals;
    order.chain_id = cases[i].chain_id;
    if (cases[i].agrees)
      payment_case_assert_pays (&order);
    else
      payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_TOKEN);
  }
}

/* All chains of Ethereum's kind have the same addresses, and some the same contracts: the number alone tells them
 * apart. The service need not say it, and may not say another. */
static void
test_chains (void)
{
  static const struct { const char *coin; const char *network; const char *qr_text; gboolean agrees; } codes[] = {
    /* FDUSD has one contract on two chains. */
    { "FDUSD", "ETH Mainnet", "ethereum:0xc5f0f7b66764F6ec8C8Dff7BA683102295E16409@1/transfer?address="
      PAYMENT_CASE_EVM "&uint256=25370000000000000000", TRUE },
    { "FDUSD", "ETH Mainnet", "ethereum:0xc5f0f7b66764F6ec8C8Dff7BA683102295E16409@56/transfer?address="
      PAYMENT_CASE_EVM "&uint256=25370000000000000000", FALSE },
    { "FDUSD", "Binance Smart Chain Mainnet", "ethereum:0xc5f0f7b66764F6ec8C8Dff7BA683102295E16409@1/transfer?address="
      PAYMENT_CASE_EVM "&uint256=25370000000000000000", FALSE },
    { "FDUSD", "Binance Smart Chain Mainnet", "ethereum:0xc5f0f7b66764F6ec8C8Dff7BA683102295E16409@56/transfer?address="
      PAYMENT_CASE_EVM "&uint256=25370000", FALSE },
    /* And so has USD₮0, on Plasma and on HyperEVM (999). */
    { "USDT", "Plasma", "ethereum:0xB8CE59FC3717ada4C02eaDF9682A9e934F625ebb@9745/transfer?address="
      PAYMENT_CASE_EVM "&uint256=25370000", TRUE },
    { "USDT", "Plasma", "ethereum:0xB8CE59FC3717ada4C02eaDF9682A9e934F625ebb@999/transfer?address="
      PAYMENT_CASE_EVM "&uint256=25370000", FALSE },
    /* Eighteen digits on one chain, six on the others. */
    { "USDT", "Binance Smart Chain Mainnet", "ethereum:0x55d398326f99059fF775485246999027B3197955@56/transfer?address="
      PAYMENT_CASE_EVM "&uint256=25370000000000000000", TRUE },
    { "USDT", "Binance Smart Chain Mainnet", "ethereum:0x55d398326f99059fF775485246999027B3197955@56/transfer?address="
      PAYMENT_CASE_EVM "&uint256=25370000", FALSE },
  };
  PaymentCase order;
  g_autoptr (GHashTable) chains = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; payment_case_rows[i][0] != NULL; i++) {
    const RefillsToken *token = refills_token_find (payment_case_rows[i][0], payment_case_rows[i][1]);
    const guint64 wrong[] = { 1, 10, 56, 137, 999, 8453, G_MAXUINT64 };

    if (token->family != REFILLS_ADDRESS_EVM)
      continue;
    g_test_message ("%s on %s", token->coin, token->network);
    payment_case_init (&order, token->coin, token->network);
    payment_case_assert_pays (&order);
    order.chain_id = 0;
    payment_case_assert_pays (&order);
    for (gsize j = 0; j < G_N_ELEMENTS (wrong); j++) {
      order.chain_id = wrong[j];
      if (wrong[j] != token->chain_id)
        payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_TOKEN);
    }
    g_hash_table_add (chains, (char *) token->chain);
  }
  g_assert_cmpuint (g_hash_table_size (chains), ==, 11);

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_test_message ("%s", codes[i].qr_text);
    payment_case_init (&order, codes[i].coin, codes[i].network);
    order.qr_text = codes[i].qr_text;
    if (codes[i].agrees)
      payment_case_assert_pays (&order);
    else
      payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_QR);
  }
  payment_case_init (&order, "USDT", "HyperEVM");
  order.address = PAYMENT_CASE_EVM;
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_UNSUPPORTED);
}

static void
test_phases (void)
{
  static const char * const states[] = {
    "Foo", "", "Expired", "PaymentStarted", "WaitingForDelivery", "WaitingForManualAction",
    "PaymentSetupFailed", "PaymentFailed", "Canceled", "Refunded", "Done",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++) {
    PaymentCase order;

    payment_case_init (&order, "USDC", "Base");
    order.order_state = states[i];
    payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_NOT_PAYABLE);
  }
}

static void
test_time (void)
{
  static const struct {
    const char *coin;
    const char *network;
    gint64 requested_at;
    gint64 now;
    gint64 until; /* -1: refused */
  } cases[] = {
    { "USDC", "Base", REQUESTED, 0, REQUESTED + 1200 },
    { "USDC", "Base", REQUESTED, REQUESTED + 1199, REQUESTED + 1200 },
    { "USDC", "Base", REQUESTED, REQUESTED + 1200, -1 },
    { "USDC", "Base", 0, REQUESTED + 1200, 0 },
    /* An invoice that ends a minute after it was made. */
    { "BTC", "Lightning", REQUESTED, 0, REQUESTED + 60 },
    { "BTC", "Lightning", REQUESTED, REQUESTED + 59, REQUESTED + 60 },
    { "BTC", "Lightning", REQUESTED, REQUESTED + 60, -1 },
    { "BTC", "Lightning", 0, REQUESTED, REQUESTED + 60 },
    { "BTC", "Lightning", REQUESTED - 1190, REQUESTED, REQUESTED + 10 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    PaymentCase order;

    payment_case_init (&order, cases[i].coin, cases[i].network);
    order.requested_at = cases[i].requested_at;
    order.now = cases[i].now;
    if (cases[i].until < 0) {
      payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_EXPIRED);
    } else {
      g_autoptr (RefillsPayment) payment = payment_case_pay (&order, NULL);

      g_assert_nonnull (payment);
      g_assert_cmpint (refills_payment_get_payable_until (payment), ==, cases[i].until);
    }
  }
}

/* A payment that needs a text beside it is none, whatever else is right; on TON where nobody could type it. */
static void
test_memo (void)
{
  g_autofree char *text = g_strnfill (17 * 1024, '7');
  /* One that cannot be shown is one all the same. */
  const char * const memos[] = { text, "\\u200b" };
  PaymentCase order;

  for (gsize i = 0; i < G_N_ELEMENTS (memos); i++) {
    payment_case_init (&order, "USDT", "Ton");
    order.memo = memos[i];
    payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_MEMO);
  }
  payment_case_init (&order, "USDC", "Base");
  order.memo = "77";
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_MEMO);
  order.memo = " ";
  payment_case_assert_pays (&order);
}

static void
test_equal (void)
{
  PaymentCase order;
  g_autoptr (RefillsPayment) one = NULL;
  g_autoptr (RefillsPayment) same = NULL;
  g_autoptr (RefillsPayment) later = NULL;
  g_autoptr (RefillsPayment) elsewhere = NULL;
  g_autoptr (RefillsPayment) other = NULL;

  payment_case_init (&order, "USDC", "Base");
  one = payment_case_pay (&order, NULL);
  order.qr_text = PAYMENT_CASE_EVM;
  same = payment_case_pay (&order, NULL);
  order.requested_at++;
  later = payment_case_pay (&order, NULL);
  payment_case_init (&order, "USDC", "ETH Mainnet");
  elsewhere = payment_case_pay (&order, NULL);
  payment_case_init (&order, "USDC", "Base");
  order.amount = "25.370001";
  other = payment_case_pay (&order, NULL);
  g_assert_true (refills_payment_equal (one, same));
  g_assert_false (refills_payment_equal (one, later));
  g_assert_false (refills_payment_equal (one, elsewhere));
  g_assert_false (refills_payment_equal (one, other));
}

static void
test_error_texts (void)
{
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "x");

  g_assert_null (refills_payment_error_to_text (NULL));
  g_assert_nonnull (strstr (refills_payment_error_to_text (foreign), "Don’t pay."));
  for (int code = REFILLS_PAYMENT_ERROR_NOT_PAYABLE; code < REFILLS_PAYMENT_ERROR_ELSEWHERE; code++) {
    g_autoptr (GError) error = g_error_new_literal (REFILLS_PAYMENT_ERROR, code, "x");

    g_assert_true (g_str_has_suffix (refills_payment_error_to_text (error), "Don’t pay."));
  }
}

/* All that somebody needs who is to help; the sentence on screen has none of it. */
static void
test_support_text (void)
{
  static const char * const parts[] = {
    "The order id below is a secret", "Refills 1.2.3", "Reason: address\n", "Order id: o-1\n",
    "Number on this computer: 7\n", "Payment requested: 2017-06-01 10:57:38 UTC\n", "Coin, expected: USDC\n",
    "Coin, received: USDC\n", "Network, expected: Base\n", "Network, received: Base\n",
    "Contract, expected: 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913\n",
    "Contract, received: 0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913\n", "Decimals, received: 6\n",
    "Amount, expected: 25.37\n", "Amount, received: 25.38\n", "Address as received: 0xbad <b>\n",
    "Payment code as received: ethereum:0xbad\n", "Memo as received: (none)\n",
  };
  PaymentCase order;
  g_autoptr (RefillsOrderState) state = NULL;
  g_autoptr (RefillsOrderRequest) asked = NULL;
  g_autoptr (RefillsPayment) payment = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  payment_case_init (&order, "USDC", "Base");
  order.address = "0xbad\\n<b>";
  order.qr_text = "ethereum:0xbad";
  order.amount = "25.38";
  state = payment_case_make_state (&order);
  asked = payment_case_make_request (&order);
  payment = refills_payment_new (state, asked, 0, &error);
  g_assert_null (payment);
  text = refills_payment_error_dup_support_text (error, state, asked, 7, "1.2.3");
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (strstr (text, parts[i]) == NULL)
      g_error ("no “%s” in:\n%s", parts[i], text);
  }
  g_assert_null (strstr (refills_payment_error_to_text (error), "0xbad"));
  g_assert_null (strstr (error->message, "0xbad"));
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/payment/whole", test_whole);
  g_test_add_func ("/payment/code-text", test_code_text);
  g_test_add_func ("/payment/each-check", test_each_check);
  g_test_add_func ("/payment/order-of-checks", test_order_of_checks);
  g_test_add_func ("/payment/unsupported", test_unsupported);
  g_test_add_func ("/payment/not-as-asked", test_not_as_asked);
  g_test_add_func ("/payment/other-deliveries", test_other_deliveries);
  g_test_add_func ("/payment/families", test_families);
  g_test_add_func ("/payment/addresses", test_addresses);
  g_test_add_func ("/payment/blanks", test_blanks);
  g_test_add_func ("/payment/tokens", test_tokens);
  g_test_add_func ("/payment/chains", test_chains);
  g_test_add_func ("/payment/phases", test_phases);
  g_test_add_func ("/payment/time", test_time);
  g_test_add_func ("/payment/memo", test_memo);
  g_test_add_func ("/payment/equal", test_equal);
  g_test_add_func ("/payment/error-texts", test_error_texts);
  g_test_add_func ("/payment/support-text", test_support_text);

  return g_test_run ();
}
