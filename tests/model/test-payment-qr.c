/* test-payment-qr.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What we write for a wallet, read again, and what the service wrote for one, altered: for every row of the table.
 */
#include "payment-case.h"
#include "refills-payment-uri.h"
#include "refills-test.h"

#define SUI_PAYEE "0x8a8627861a5dd96c9db3ce0807b122da5ed473934ce7568a5b4b1c361cbb28ae"
#define PAYEE "2gVkYWexTHR5Hb2aLeQN3tnngvWzisFKXDUPrgMHpdST"
#define REFERENCE "82ZJ7nbGpixjeDCmEhUcmwXYfvurzAgGdtSMuHnUgyny"
#define SECOND_REFERENCE "mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN"
#define USDC_MINT "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"
#define BASE_CONTRACT "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"

static RefillsPayment *
pay (PaymentCase *order,
     gsize        row)
{
  g_autoptr (GError) error = NULL;
  RefillsPayment *payment = NULL;

  payment_case_init (order, payment_case_rows[row][0], payment_case_rows[row][1]);
  g_test_message ("%s on %s", order->coin, order->network);
  payment = payment_case_pay (order, &error);
  g_assert_no_error (error);

  return payment;
}

/* Record, request, and the same record again. */
static void
test_round_trip (void)
{
  for (gsize i = 0; payment_case_rows[i][0] != NULL; i++) {
    PaymentCase order;
    g_autoptr (RefillsPayment) payment = pay (&order, i);
    const RefillsToken *token = refills_payment_get_token (payment);
    g_autofree char *request = refills_payment_dup_request (payment);
    g_autofree char *units = NULL;
    RefillsPaymentUri uri = { 0 };
    g_autoptr (GError) error = NULL;

    if (request == NULL) {
      g_assert_true (token->family == REFILLS_ADDRESS_TRON || token->family == REFILLS_ADDRESS_DOGECOIN ||
                     token->family == REFILLS_ADDRESS_SUI);
      continue;
    }
    g_assert_true (refills_payment_uri_parse (request, token->family, &uri, &error));
    g_assert_no_error (error);
    g_assert_true (refills_address_equal (token->family, uri.payee, refills_payment_get_address (payment)));
    g_assert_cmpuint (uri.chain_id, ==, token->chain_id);
    g_assert_cmpint (uri.contract != NULL, ==, token->contract != NULL);
    if (token->contract != NULL)
      g_assert_true (refills_address_equal (token->family, uri.contract, token->contract));
    if (uri.units != NULL) {
      units = g_strdup (uri.units);
    } else {
      RefillsDecimal amount = REFILLS_DECIMAL_ZERO;

      g_assert_true (refills_decimal_parse (uri.amount, &amount, NULL));
      units = refills_decimal_to_units (&amount, token->decimals, NULL);
    }
    g_assert_cmpstr (units, ==, refills_payment_get_units (payment));
    g_assert_null (uri.memo);
    refills_payment_uri_clear (&uri);

    /* The service may say the same, or the payee alone, or nothing. */
    order.qr_text = request;
    payment_case_assert_pays (&order);
    order.qr_text = order.address;
    payment_case_assert_pays (&order);
  }
}

static const char *
choose_other_contract (const RefillsToken *token)
{
  static const struct { RefillsAddressFamily family; const char *contract[2]; } contracts[] = {
    { REFILLS_ADDRESS_EVM, { "0x6B175474E89094C44Da98b954EedeAC495271d0F",
                             "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48" } },
    { REFILLS_ADDRESS_SOLANA, { "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
                                "Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB" } },
    { REFILLS_ADDRESS_TON, { "EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs",
                             "EQCKhieGGl3ZbJ2zzggHsSLaXtRzk0znVopbSxw2HLsorkdl" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (contracts); i++)
    if (contracts[i].family == token->family)
      return contracts[i].contract[g_strcmp0 (contracts[i].contract[0], token->contract) == 0];

  return NULL;
}

static void
assert_refused_with (PaymentCase             *order,
                     const RefillsPaymentUri *uri)
{
  g_autofree char *text = refills_payment_uri_write (uri);

  g_test_message ("  %s", text);
  g_assert_nonnull (text);
  order->qr_text = text;
  payment_case_assert_refused (order, REFILLS_PAYMENT_ERROR_QR);
  order->qr_text = NULL;
}

/* One field of the service's code at a time. */
static void
test_altered (void)
{
  for (gsize i = 0; payment_case_rows[i][0] != NULL; i++) {
    PaymentCase order;
    g_autoptr (RefillsPayment) payment = pay (&order, i);
    const RefillsToken *token = refills_payment_get_token (payment);
    g_autofree char *request = refills_payment_dup_request (payment);
    const char *other = choose_other_contract (token);
    RefillsPaymentUri uri = { 0 };
    RefillsPaymentUri altered;

    order.qr_text = payment_case_get_other (token->family);
    payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_QR);
    if (request == NULL)
      continue;
    g_assert_true (refills_payment_uri_parse (request, token->family, &uri, NULL));
    altered = uri;
    altered.payee = (char *) payment_case_get_other (token->family);
    assert_refused_with (&order, &altered);
    if (uri.chain_id != 0) {
      altered = uri;
      altered.chain_id = uri.chain_id == 1 ? 137 : 1;
      assert_refused_with (&order, &altered);
    }
    if (other != NULL) {
      altered = uri;
      altered.contract = (char *) other;
      assert_refused_with (&order, &altered);
    }
    if (uri.contract != NULL) {
      altered = uri;
      altered.contract = NULL;
      assert_refused_with (&order, &altered);
    }
    if (uri.units != NULL && token->family != REFILLS_ADDRESS_LIGHTNING) {
      g_autofree char *more = g_strconcat (uri.units, "0", NULL);

      altered = uri;
      altered.units = more;
      assert_refused_with (&order, &altered);
      altered.units = (char *) "1";
      assert_refused_with (&order, &altered);
    }
    if (uri.amount != NULL) {
      altered = uri;
      altered.amount = (char *) "25.370001";
      assert_refused_with (&order, &altered);
      altered.amount = (char *) "2537";
      assert_refused_with (&order, &altered);
    }
    refills_payment_uri_clear (&uri);
  }
}

static void
test_forms (void)
{
  static const struct { const char *coin; const char *network; const char *qr_text; gboolean agrees; } cases[] = {
    { "USDC", "Base", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", TRUE },
    { "USDC", "Base", "ethereum:" PAYMENT_CASE_EVM, TRUE },
    { "USDC", "Base", "ethereum:" PAYMENT_CASE_EVM "@8453", FALSE }, /* says the chain's own coin */
    { "ETH", "Base", "ethereum:" PAYMENT_CASE_EVM "@8453?value=25370000000000000000", TRUE },
    { "ETH", "Base", "ethereum:" PAYMENT_CASE_EVM "@1?value=25370000000000000000", FALSE },
    { "ETH", "Base", "ethereum:" PAYMENT_CASE_EVM "@8453?value=25.37e18", TRUE },
    { "ETH", "Base", "solana:2gVkYWexTHR5Hb2aLeQN3tnngvWzisFKXDUPrgMHpdST", FALSE },
    { "USDC", "Base", "https://example.com/pay", FALSE },
    { "USDC", "Base", "hello", FALSE },
    { "BTC", "Mainnet", "bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4?amount=25.37", TRUE },
    { "BTC", "Mainnet", "BITCOIN:BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4?amount=25.37000000", TRUE },
    { "BTC", "Mainnet", "bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", TRUE },
    { "BTC", "Mainnet", "bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4?amount=25.3", FALSE },
    { "BTC", "Mainnet", "bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4?amount=25.37&req-x=1", FALSE },
    { "SOL", "Solana", "solana:2gVkYWexTHR5Hb2aLeQN3tnngvWzisFKXDUPrgMHpdST?amount=25.37", TRUE },
    { "USDC", "Solana", "solana:2gVkYWexTHR5Hb2aLeQN3tnngvWzisFKXDUPrgMHpdST?amount=25.37", FALSE },
    { "SOL", "Solana", "solana:2gVkYWexTHR5Hb2aLeQN3tnngvWzisFKXDUPrgMHpdST?amount=25.37&memo=7", FALSE },
    { "USDT", "Tron", "tron:TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC?amount=25.37", TRUE },
    { "USDT", "Tron", "tron:TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC?amount=25.38", FALSE },
    { "DOGE", "Mainnet", "dogecoin:DLSSSUS3ex7YNDACJDxMER1ZMW579Vy8Zy?amount=25.37", TRUE },
    { "DOGE", "Mainnet", "doge:DLSSSUS3ex7YNDACJDxMER1ZMW579Vy8Zy?amount=25.38", FALSE },
    { "SUI", "Sui", "sui:" SUI_PAYEE, TRUE },
    { "SUI", "Sui", "sui:" SUI_PAYEE "?amount=25.370000000", TRUE },
    { "SUI", "Sui", "sui:" SUI_PAYEE "?amount=25370000000", FALSE },
    { "SUI", "Sui", "sui:" SUI_PAYEE "?token=0x2::sui::SUI", FALSE },
    { "USDC", "Sui", "sui:" SUI_PAYEE "?amount=25.37", TRUE },
    { "USDC", "Sui", "sui:" SUI_PAYEE "?amount=25.37&token=0xdba34672e30cb065b1f93e3ab55318768fd6fef66c15942c9f7cb8"
      "46e2f900e7::usdc::USDC", TRUE },
    { "USDC", "Sui", "sui:" SUI_PAYEE "?amount=25.37&token=0xdba34672e30cb065b1f93e3ab55318768fd6fef66c15942c9f7cb8"
      "46e2f900e7::coin::COIN", FALSE },
    { "USDT", "Tron", "tron:TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC?amount=25.37&token=TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
      TRUE },
    { "TRX", "Tron", "tron:TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC?amount=25.37&token=TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
      FALSE },
    /* Schemes of single wallets, for chains whose standard has one for all. */
    { "USDC", "Base", "base:" PAYMENT_CASE_EVM, FALSE },
    { "USDC", "Base", "base:" PAYMENT_CASE_EVM "?amount=25.37", FALSE },
    { "BNB", "Binance Smart Chain Mainnet", "bsc:" PAYMENT_CASE_EVM "?amount=25.37", FALSE },
    { "POL", "Polygon (Matic)", "polygon:" PAYMENT_CASE_EVM "?value=25370000000000000000", FALSE },
    { "ETH", "ETH Mainnet", "eth:" PAYMENT_CASE_EVM, FALSE },
    /* One may not say whether it means coins or nanocoins. */
    { "TON", "Ton", "ton:UQCKhieGGl3ZbJ2zzggHsSLaXtRzk0znVopbSxw2HLsorhqg?amount=25370000000", FALSE },
    { "TON", "Ton", "ton://transfer/UQCKhieGGl3ZbJ2zzggHsSLaXtRzk0znVopbSxw2HLsorhqg?amount=25370000000", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    PaymentCase order;

    g_test_message ("%s on %s: %s", cases[i].coin, cases[i].network, cases[i].qr_text);
    payment_case_init (&order, cases[i].coin, cases[i].network);
    order.qr_text = cases[i].qr_text;
    if (cases[i].agrees)
      payment_case_assert_pays (&order);
    else
      payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_QR);
  }
}

/* The code for what is missing says what is missing. */
static void
test_part_payment (void)
{
  static const struct { const char *qr_text; const char *missing_qr_text; gboolean agrees; } cases[] = {
    { NULL, NULL, TRUE },
    { NULL, "solana:2gVkYWexTHR5Hb2aLeQN3tnngvWzisFKXDUPrgMHpdST?amount=5.37", TRUE },
    { NULL, "2gVkYWexTHR5Hb2aLeQN3tnngvWzisFKXDUPrgMHpdST", TRUE },
    { NULL, "solana:2gVkYWexTHR5Hb2aLeQN3tnngvWzisFKXDUPrgMHpdST?amount=25.37", FALSE },
    { NULL, "solana:mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN?amount=5.37", FALSE },
    { "solana:2gVkYWexTHR5Hb2aLeQN3tnngvWzisFKXDUPrgMHpdST?amount=25.37", NULL, TRUE },
    { "solana:2gVkYWexTHR5Hb2aLeQN3tnngvWzisFKXDUPrgMHpdST?amount=5.37", NULL, TRUE },
    { "solana:2gVkYWexTHR5Hb2aLeQN3tnngvWzisFKXDUPrgMHpdST?amount=6", NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    PaymentCase order;

    payment_case_init (&order, "SOL", "Solana");
    order.missing = "5.37";
    order.sent = "20";
    order.qr_text = cases[i].qr_text;
    order.missing_qr_text = cases[i].missing_qr_text;
    if (cases[i].agrees)
      payment_case_assert_pays (&order);
    else
      payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_QR);
  }
}

/* The code for what is missing, of a token: it may not name another chain, token or payee, nor another family. */
static void
test_part_of_a_token (void)
{
  static const struct { const char *missing_qr_text; gboolean agrees; } cases[] = {
    { "ethereum:" BASE_CONTRACT "@8453/transfer?address=" PAYMENT_CASE_EVM "&uint256=5370000", TRUE },
    { "ethereum:" BASE_CONTRACT "@1/transfer?address=" PAYMENT_CASE_EVM "&uint256=5370000", FALSE },
    { "ethereum:" BASE_CONTRACT "@8453/transfer?address=" PAYMENT_CASE_EVM "&uint256=25370000", FALSE },
    { "ethereum:" BASE_CONTRACT "@8453/transfer?address=0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359&uint256=5370000",
      FALSE },
    { "ethereum:0xd9aAEc86B65D86f6A7B5B1b0c42FFA531710b6CA@8453/transfer?address=" PAYMENT_CASE_EVM "&uint256=5370000",
      FALSE },
    { "ethereum:" PAYMENT_CASE_EVM "@8453?value=5370000", FALSE },
    { "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", FALSE },
    { "solana:" PAYEE "?amount=5.37&spl-token=" USDC_MINT, FALSE },
    { PAYEE, FALSE },
  };
  PaymentCase order;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].missing_qr_text);
    payment_case_init (&order, "USDC", "Base");
    order.missing = "5.37";
    order.sent = "20";
    order.missing_qr_text = cases[i].missing_qr_text;
    if (cases[i].agrees)
      payment_case_assert_pays (&order);
    else
      payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_QR);
  }
  /* The answer that tells what is missing names another address: nothing of it is taken. */
  payment_case_init (&order, "USDC", "Base");
  order.missing = "5.37";
  order.sent = "20";
  order.is_changed = TRUE;
  payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_CHANGED);
}

/* A merchant finds the payment by the keys that its request names: ours names the same. */
static void
test_references (void)
{
  static const struct { const char *coin; const char *query; const char *ours; /* NULL: refused */ } cases[] = {
    { "SOL", "?amount=25.37", "?amount=25.37" },
    { "SOL", "?amount=25.37&reference=" REFERENCE, "?amount=25.37&reference=" REFERENCE },
    { "SOL", "?reference=" SECOND_REFERENCE "&label=Shop&reference=" REFERENCE "&message=Thanks",
      "?amount=25.37&reference=" SECOND_REFERENCE "&reference=" REFERENCE },
    { "USDC", "?spl-token=" USDC_MINT "&reference=" REFERENCE "&amount=25.37&reference=" SECOND_REFERENCE,
      "?amount=25.37&spl-token=" USDC_MINT "&reference=" REFERENCE "&reference=" SECOND_REFERENCE },
    /* Twice the same, the payee, a program, a mint, no key, too many, and a memo beside one. */
    { "SOL", "?reference=" REFERENCE "&reference=" REFERENCE, NULL },
    { "SOL", "?reference=" PAYEE, NULL },
    { "SOL", "?reference=TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", NULL },
    { "SOL", "?reference=11111111111111111111111111111111", NULL },
    { "SOL", "?reference=" USDC_MINT, NULL },
    { "SOL", "?reference=0xffff", NULL },
    { "SOL", "?reference=", NULL },
    { "SOL", "?reference=" REFERENCE "&memo=7", NULL },
    { "SOL", "?reference=" REFERENCE "&reference=" SECOND_REFERENCE "&reference=2gVkYWexTHR5Hb2aLeQN3tnngvWzisFKXDUPrgM"
      "HpdSU&reference=2gVkYWexTHR5Hb2aLeQN3tnngvWzisFKXDUPrgMHpdSV&reference=2gVkYWexTHR5Hb2aLeQN3tnngvWzisFKXDUPrgM"
      "HpdSW&reference=2gVkYWexTHR5Hb2aLeQN3tnngvWzisFKXDUPrgMHpdSX", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    PaymentCase order;
    g_autofree char *theirs = g_strconcat ("solana:" PAYEE, cases[i].query, NULL);
    g_autofree char *ours = NULL;
    g_autofree char *address = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (RefillsPayment) payment = NULL;
    g_auto (RefillsPaymentUri) read = { 0 };

    g_test_message ("%s", cases[i].query);
    payment_case_init (&order, cases[i].coin, "Solana");
    order.qr_text = theirs;
    if (cases[i].ours == NULL) {
      payment_case_assert_refused (&order, REFILLS_PAYMENT_ERROR_QR);
      continue;
    }
    payment = payment_case_pay (&order, &error);
    g_assert_no_error (error);
    ours = refills_payment_dup_request (payment);
    g_assert_true (g_str_has_prefix (ours, "solana:" PAYEE));
    g_assert_cmpstr (ours + strlen ("solana:" PAYEE), ==, cases[i].ours);
    g_assert_true (refills_payment_uri_parse (ours, REFILLS_ADDRESS_SOLANA, &read, NULL));
    address = refills_payment_dup_code_text (payment, REFILLS_PAYMENT_CODE_ADDRESS);
    g_assert_cmpstr (address, ==, PAYEE);
    order.qr_text = ours;
    payment_case_assert_pays (&order);
  }
}

/* Two payments are one only with the same references in the same order; those of a code for the rest go before. */
static void
test_references_differ (void)
{
  static const char * const codes[] = {
    NULL, "solana:" PAYEE "?reference=" REFERENCE, "solana:" PAYEE "?reference=" SECOND_REFERENCE,
    "solana:" PAYEE "?reference=" REFERENCE "&reference=" SECOND_REFERENCE,
    "solana:" PAYEE "?reference=" SECOND_REFERENCE "&reference=" REFERENCE,
  };
  PaymentCase order;
  g_autofree char *whole = NULL;
  g_autofree char *rest = NULL;
  g_autoptr (RefillsPayment) of_whole = NULL;
  g_autoptr (RefillsPayment) of_rest = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS (codes); j++) {
      g_autoptr (RefillsPayment) one = NULL;
      g_autoptr (RefillsPayment) other = NULL;

      payment_case_init (&order, "SOL", "Solana");
      order.qr_text = codes[i];
      one = payment_case_pay (&order, NULL);
      order.qr_text = codes[j];
      other = payment_case_pay (&order, NULL);
      g_assert_cmpint (refills_payment_equal (one, other), ==, i == j);
    }
  }

  payment_case_init (&order, "SOL", "Solana");
  order.missing = "5.37";
  order.sent = "20";
  order.qr_text = codes[1];
  of_whole = payment_case_pay (&order, NULL);
  whole = refills_payment_dup_request (of_whole);
  g_assert_cmpstr (whole, ==, "solana:" PAYEE "?amount=5.37&reference=" REFERENCE);
  order.missing_qr_text = codes[2];
  of_rest = payment_case_pay (&order, NULL);
  rest = refills_payment_dup_request (of_rest);
  g_assert_cmpstr (rest, ==, "solana:" PAYEE "?amount=5.37&reference=" SECOND_REFERENCE);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/payment-qr/round-trip", test_round_trip);
  g_test_add_func ("/payment-qr/altered", test_altered);
  g_test_add_func ("/payment-qr/forms", test_forms);
  g_test_add_func ("/payment-qr/part-payment", test_part_payment);
  g_test_add_func ("/payment-qr/part-of-a-token", test_part_of_a_token);
  g_test_add_func ("/payment-qr/references", test_references);
  g_test_add_func ("/payment-qr/references-differ", test_references_differ);

  return g_test_run ();
}
