/* test-payment-uri.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-payment-uri.h"

#include "payment-vectors.h"
#include "refills-bip321.h"
#include "refills-decimal.h"
#include "refills-solana-pay.h"
#include "refills-test.h"
#include "refills-ton-uri.h"

#define BTC "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
#define LTC "ltc1q3m3ujh350qrqdl33pv7pjw0d0m9qnm6qjcjpga"
#define DOGE "DLSSSUS3ex7YNDACJDxMER1ZMW579Vy8Zy"
#define EVM "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
#define USDC "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"
#define SOL "mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN"
#define MINT "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"
#define TRX "TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC"
#define SUI "0x259ff8074ab425cbb489f236e18e08f03f1a7856bdf7c7a2877bd64f738b5015"
#define TON "UQDYzZmfsrGzhObKJUw4gzdeIxEai3jAFbiGKGwxvxHinf4K"
#define JETTON "EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs"
#define INVOICE \
  "lnbc2500u1pvjluezsp5zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zygspp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqw" \
  "zqfqqqsyqcyq5rqwzqfqypqdq5xysxxatsyp3k7enxv4jsxqzpu9qrsgquk0rl77nj30yxdy8j9vdx85fkpmdla2087ne0xh8nhedh8w" \
  "27kyke0lp53ut353s06fv3qfegext0eh0ymjpf39tuven09sam30g4vgpfna3rh"

static void
check_bip321 (const PaymentVector *vector)
{
  g_auto (RefillsBip321) request = { NULL };
  g_autofree char *expected = payment_vector_dup_text (vector, "amount_units");
  g_autofree char *units = NULL;
  RefillsDecimal amount;

  g_assert_cmpint (refills_bip321_parse (vector->input, "bitcoin", &request, NULL), ==, vector->is_valid);
  if (request.amount != NULL) {
    g_assert_true (refills_decimal_parse (request.amount, &amount, NULL));
    units = refills_decimal_to_units (&amount, 8, NULL);
  }
  g_assert_cmpstr (units, ==, expected);
  /* The address of the examples is broken on purpose. */
  if (request.address != NULL)
    g_assert_false (refills_address_check (REFILLS_ADDRESS_BITCOIN, request.address, NULL));
}

static void
check_solana_pay (const PaymentVector *vector)
{
  g_auto (RefillsSolanaPay) request = { NULL };
  g_autofree char *recipient = payment_vector_dup_text (vector, "recipient");
  g_autofree char *amount = payment_vector_dup_text (vector, "amount");
  g_autofree char *mint = payment_vector_dup_text (vector, "mint");

  g_assert_cmpint (refills_solana_pay_parse (vector->input, &request, NULL), ==, vector->is_valid);
  g_assert_cmpstr (request.recipient, ==, recipient);
  g_assert_cmpstr (request.amount, ==, amount);
  g_assert_cmpstr (request.mint, ==, mint);
}

static void
check_ton_uri (const PaymentVector *vector)
{
  g_auto (RefillsTonUri) request = { NULL };
  g_autofree char *address = payment_vector_dup_text (vector, "address");
  g_autofree char *amount = payment_vector_dup_text (vector, "amount");
  g_autofree char *jetton = payment_vector_dup_text (vector, "jetton");

  g_assert_cmpint (refills_ton_uri_parse (vector->input, &request, NULL), ==, vector->is_valid);
  g_assert_cmpstr (request.address, ==, address);
  g_assert_cmpstr (request.amount, ==, amount);
  g_assert_cmpstr (request.jetton, ==, jetton);
  g_assert_cmpint (request.expires_at, ==, 0);
}

static void
test_vectors (void)
{
  payment_vectors_each ("bip321", check_bip321);
  payment_vectors_each ("solana-pay", check_solana_pay);
  payment_vectors_each ("ton-uri", check_ton_uri);
}

static void
test_read (void)
{
  static const struct {
    const char           *text;
    RefillsAddressFamily  family;
    const char           *payee;
    guint64               chain_id;
    const char           *contract;
    const char           *amount;
    const char           *units;
    const char           *memo;
    gint64                expires_at;
  } cases[] = {
    { "bitcoin:" BTC "?amount=20.3&label=x", REFILLS_ADDRESS_BITCOIN, BTC, 0, NULL, "20.3", NULL, NULL, 0 },
    { "bitcoin:" BTC "?amount=50&label=Luke-Jr&message=Donation%20for%20project%20xyz&other=1&lightning=",
      REFILLS_ADDRESS_BITCOIN, BTC, 0, NULL, "50", NULL, NULL, 0 },
    { "BITCOIN:BC1QUFGY354J3KMVUCH987XE4S40836X3H0LG8F5NQ?AMOUNT=1&"
      "BC=bc1qufgy354j3kmvuch987xe4s40836x3h0lg8f5nq",
      REFILLS_ADDRESS_BITCOIN, "BC1QUFGY354J3KMVUCH987XE4S40836X3H0LG8F5NQ", 0, NULL, "1", NULL, NULL, 0 },
    { "bitcoin:?bc=bc1qufgy354j3kmvuch987xe4s40836x3h0lg8f5nq", REFILLS_ADDRESS_BITCOIN,
      "bc1qufgy354j3kmvuch987xe4s40836x3h0lg8f5nq", 0, NULL, NULL, NULL, NULL, 0 },
    { "litecoin:" LTC "?amount=0.5", REFILLS_ADDRESS_LITECOIN, LTC, 0, NULL, "0.5", NULL, NULL, 0 },
    { "dogecoin:" DOGE "?amount=7", REFILLS_ADDRESS_DOGECOIN, DOGE, 0, NULL, "7", NULL, NULL, 0 },
    { "doge:" DOGE, REFILLS_ADDRESS_DOGECOIN, DOGE, 0, NULL, NULL, NULL, NULL, 0 },
    { "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a?amount=1", REFILLS_ADDRESS_BITCOIN_CASH,
      "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", 0, NULL, "1", NULL, NULL, 0 },
    { "lightning:" INVOICE, REFILLS_ADDRESS_LIGHTNING, INVOICE, 0, NULL, NULL, "250000000", NULL, 1496314718 },
    { INVOICE, REFILLS_ADDRESS_LIGHTNING, INVOICE, 0, NULL, NULL, "250000000", NULL, 1496314718 },
    { "ethereum:" EVM "@1?value=2.014e18", REFILLS_ADDRESS_EVM, EVM, 1, NULL, NULL, "2014000000000000000", NULL, 0 },
    { "ethereum:" EVM "@56?value=1&gas=21000&gasLimit=21000&gasPrice=1e9", REFILLS_ADDRESS_EVM, EVM, 56, NULL, NULL,
      "1", NULL, 0 }, /* what it costs to send is the wallet's */
    { "ethereum:pay-" EVM, REFILLS_ADDRESS_EVM, EVM, 0, NULL, NULL, NULL, NULL, 0 },
    { "ethereum:" USDC "@8453/transfer?address=" EVM "&uint256=11260000", REFILLS_ADDRESS_EVM, EVM, 8453, USDC, NULL,
      "11260000", NULL, 0 },
    { "solana:" SOL "?amount=0.01&spl-token=" MINT "&reference=82ZJ7nbGpixjeDCmEhUcmwXYfvurzAgGdtSMuHnUgyny&"
      "memo=a%20b",
      REFILLS_ADDRESS_SOLANA, SOL, 0, MINT, "0.01", NULL, "a b", 0 },
    { "tron:" TRX "?amount=12.5", REFILLS_ADDRESS_TRON, TRX, 0, NULL, "12.5", NULL, NULL, 0 },
    { "tron:" TRX "?amount=12.5&token=1002000", REFILLS_ADDRESS_TRON, TRX, 0, "1002000", "12.5", NULL, NULL, 0 },
    { "ton://transfer/" TON "?jetton=" JETTON "&amount=0005000&text=hello&exp=1700000000", REFILLS_ADDRESS_TON, TON, 0,
      JETTON, NULL, "5000", "hello", 1700000000 },
    { "ton://transfer/" TON, REFILLS_ADDRESS_TON, TON, 0, NULL, NULL, NULL, NULL, 0 },
    { TON, REFILLS_ADDRESS_TON, TON, 0, NULL, NULL, NULL, NULL, 0 },
    { BTC, REFILLS_ADDRESS_BITCOIN, BTC, 0, NULL, NULL, NULL, NULL, 0 },
    { EVM, REFILLS_ADDRESS_EVM, EVM, 0, NULL, NULL, NULL, NULL, 0 },
    { SOL, REFILLS_ADDRESS_SOLANA, SOL, 0, NULL, NULL, NULL, NULL, 0 },
    { TRX, REFILLS_ADDRESS_TRON, TRX, 0, NULL, NULL, NULL, NULL, 0 },
    { SUI, REFILLS_ADDRESS_SUI, SUI, 0, NULL, NULL, NULL, NULL, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (RefillsPaymentUri) request = { 0 };
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", cases[i].text);
    refills_payment_uri_parse (cases[i].text, cases[i].family, &request, &error);
    g_assert_no_error (error);
    g_assert_cmpint (request.family, ==, cases[i].family);
    g_assert_cmpint (request.is_bare, ==, g_str_equal (cases[i].text, cases[i].payee));
    g_assert_cmpstr (request.payee, ==, cases[i].payee);
    g_assert_cmpuint (request.chain_id, ==, cases[i].chain_id);
    g_assert_cmpstr (request.contract, ==, cases[i].contract);
    g_assert_cmpstr (request.amount, ==, cases[i].amount);
    g_assert_cmpstr (request.units, ==, cases[i].units);
    g_assert_cmpstr (request.memo, ==, cases[i].memo);
    g_assert_cmpint (request.expires_at, ==, cases[i].expires_at);
    g_assert_true (refills_payment_text_is_payable (cases[i].text));
    /* No text is of two families, but that the old addresses of Litecoin are Bitcoin's. */
    for (guint family = 0; family < REFILLS_N_ADDRESS_FAMILIES; family++) {
      g_auto (RefillsPaymentUri) other = { 0 };

      if (family != cases[i].family)
        g_assert_false (refills_payment_uri_parse (cases[i].text, (RefillsAddressFamily) family, &other, NULL));
    }
  }
}

static void
test_refused (void)
{
  static const struct {
    const char           *text;
    RefillsAddressFamily  family;
  } cases[] = {
    { NULL, REFILLS_ADDRESS_BITCOIN },
    { "", REFILLS_ADDRESS_BITCOIN },
    { " " BTC, REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:", REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:?amount=1", REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:?lightning=" INVOICE, REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:?lightning=" INVOICE, REFILLS_ADDRESS_LIGHTNING },
    { "bitcoin://" BTC, REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:" BTC "?amount=50,000.00", REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:" BTC "?amount=1e3", REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:" BTC "?amount=.5", REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:" BTC "?amount=-1", REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:" BTC "?amount=0.000000001", REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:" BTC "?amount=1&AMOUNT=1", REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:" BTC "?req-x=1", REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:" BTC "?REQ-x=1", REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:" BTC "?req-pop=https%3aevilwebsite.com", REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:" BTC "?pop=a%3a&pop=a%3a", REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:" BTC "?message=a&message=a", REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:" BTC "?label=%00", REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:" BTC "?bc=tb1qghfhmd4zh7ncpmxl3qzhmq566jk8ckq4gafnmq", REFILLS_ADDRESS_BITCOIN },
    /* A wallet could take another payee than the address. */
    { "bitcoin:" BTC "?amount=1&lightning=" INVOICE, REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:" BTC "?amount=1&LNO=lno1bogusoffer", REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:" BTC "?sp=sp1qsilentpayment", REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:" BTC "?bc=bc1qufgy354j3kmvuch987xe4s40836x3h0lg8f5nq", REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:" BTC "?tb=tb1qghfhmd4zh7ncpmxl3qzhmq566jk8ckq4gafnmq", REFILLS_ADDRESS_BITCOIN },
    { "bitcoin:?bc=" BTC "&bc=bc1qufgy354j3kmvuch987xe4s40836x3h0lg8f5nq", REFILLS_ADDRESS_BITCOIN },
    { "litecoin:" LTC "?lightning=" INVOICE, REFILLS_ADDRESS_LITECOIN },
    { "bitcoincash:bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", REFILLS_ADDRESS_BITCOIN_CASH },
    { "litecoin:?lightning=x", REFILLS_ADDRESS_LITECOIN },
    { "lightning://" INVOICE, REFILLS_ADDRESS_LIGHTNING },
    { "lightning:" INVOICE "?x=1", REFILLS_ADDRESS_LIGHTNING },
    { "lightning:user@example.com", REFILLS_ADDRESS_LIGHTNING },
    /* A test network. */
    { "lntb20m1pvjluezsp5zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zygshp58yjmdan79s6qqdhdzgynm4zwqd5d"
      "7xmw5fk98klysy04"
      "3l2ahrqspp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqfpp3x9et2e20v6pu37c5d9vax37wxq72un989q"
      "rsgqdj545axuxtnfe"
      "mtpwkc45hx9d2ft7x04mt8q7y6t0k2dge9e7h8kpy9p34ytyslj3yu569aalz2xdk8xkd7ltxqld94u8h2esmsmacgpghe9k8",
      REFILLS_ADDRESS_LIGHTNING },
    { "ethereum:vitalik.eth@1?value=1", REFILLS_ADDRESS_EVM },
    { "ethereum:" USDC "@1/transfer?address=vitalik.eth&uint256=1", REFILLS_ADDRESS_EVM },
    { "ethereum:" USDC "@1/transfer?address=" EVM "&uint256=1&value=1", REFILLS_ADDRESS_EVM },
    { "ethereum:" USDC "@1/approve?address=" EVM "&uint256=1", REFILLS_ADDRESS_EVM },
    { "ethereum:" USDC "@1/transfer?address=" EVM, REFILLS_ADDRESS_EVM },
    /* Another function of the same name, and a transfer without the function. */
    { "ethereum:" USDC "@1/transfer?address=" EVM "&uint256=1&bytes=0x00", REFILLS_ADDRESS_EVM },
    { "ethereum:" USDC "@1/transfer?address=" EVM "&uint256=1&uint8=1", REFILLS_ADDRESS_EVM },
    { "ethereum:" USDC "@1/transfer?address=" EVM "&uint256=1&address[]=" EVM, REFILLS_ADDRESS_EVM },
    { "ethereum:" USDC "@1?address=" EVM "&uint256=1", REFILLS_ADDRESS_EVM },
    { "ethereum:" USDC "@1/transfer?address=" EVM "&uint256=1&Address=" USDC, REFILLS_ADDRESS_EVM },
    { "ethereum:" EVM "@1?value=1&VALUE=2", REFILLS_ADDRESS_EVM },
    { "bsc:" EVM "@56?value=1", REFILLS_ADDRESS_EVM },
    { "solana:https%3A%2F%2Fexample.com", REFILLS_ADDRESS_SOLANA },
    { "solana:https://example.com", REFILLS_ADDRESS_SOLANA },
    { "solana:0xffff", REFILLS_ADDRESS_SOLANA },
    { "solana:" SOL "?amount=1e3", REFILLS_ADDRESS_SOLANA },
    { "solana:" SOL "?amount=1&Amount=2", REFILLS_ADDRESS_SOLANA },
    { "solana:" SOL "?amount=1&amount=1", REFILLS_ADDRESS_SOLANA },
    { "solana:" SOL "?reference=0xffff", REFILLS_ADDRESS_SOLANA },
    /* Finer than SOL, and than a token that is known. */
    { "solana:" SOL "?amount=0.0000000001", REFILLS_ADDRESS_SOLANA },
    { "solana:" SOL "?amount=0.0000001&spl-token=" MINT, REFILLS_ADDRESS_SOLANA },
    { "solana:11111111111111111111111111111111", REFILLS_ADDRESS_TRON },
    { "11111111111111111111111111111111", REFILLS_ADDRESS_SOLANA },
    { "tron:" TRX "?amount=1,5", REFILLS_ADDRESS_TRON },
    { "tron:", REFILLS_ADDRESS_TRON },
    { "175tWpb8K1S7NmH4Zx6rewF9WQrcZv245W", REFILLS_ADDRESS_BITCOIN },
    { "ton://transfer/" TON "?amount=0.005", REFILLS_ADDRESS_TON },
    { "ton://transfer/" TON "?amount=1&AMOUNT=2", REFILLS_ADDRESS_TON },
    { "ton://transfer/" TON "?amount=1&amount=1", REFILLS_ADDRESS_TON },
    { "ton://transfer/" TON "?jetton=x", REFILLS_ADDRESS_TON },
    { "ton://transfer/" TON "?bin=te6ccgEBAQEAAgAAAA", REFILLS_ADDRESS_TON }, /* a message that cannot be read */
    { "ton://transfer/" TON "?exp=0", REFILLS_ADDRESS_TON },
    { "ton://transfer/" TON "?exp=9999999999999999999", REFILLS_ADDRESS_TON },
    { "ton://transfer/kQCKhieGGl3ZbJ2zzggHsSLaXtRzk0znVopbSxw2HLsorvzv", REFILLS_ADDRESS_TON }, /* a test network */
    { "ton://transfer/EQCKhieGGl3ZbJ2zzggHsSLaXtRzk0znVopbSxw2HLsor", REFILLS_ADDRESS_TON },
    { "ton:" TON, REFILLS_ADDRESS_TON },
  };
  g_autofree char *filler = g_strnfill (2049, 'X');
  g_autofree char *too_long = g_strconcat ("solana:" SOL "?label=", filler, NULL);
  RefillsPaymentUri untouched = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    RefillsPaymentUri request = { 0 };
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", cases[i].text);
    g_assert_false (refills_payment_uri_parse (cases[i].text, cases[i].family, &request, &error));
    g_assert_nonnull (error);
    g_assert_null (request.payee);
  }
  g_assert_false (refills_payment_uri_parse (too_long, REFILLS_ADDRESS_SOLANA, &untouched, NULL));
}

static void
test_written (void)
{
  static const struct {
    RefillsPaymentUri  request;
    const char        *text; /* NULL: not written */
  } cases[] = {
    { { .family = REFILLS_ADDRESS_BITCOIN, .payee = (char *) BTC, .amount = (char *) "20.3" },
      "bitcoin:" BTC "?amount=20.3" },
    { { .family = REFILLS_ADDRESS_BITCOIN, .payee = (char *) BTC }, "bitcoin:" BTC },
    { { .family = REFILLS_ADDRESS_LITECOIN, .payee = (char *) LTC, .amount = (char *) "1" },
      "litecoin:" LTC "?amount=1" },
    { { .family = REFILLS_ADDRESS_BITCOIN_CASH, .payee = (char *) "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
        .amount = (char *) "1" },
      "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a?amount=1" },
    { { .family = REFILLS_ADDRESS_BITCOIN_CASH,
        .payee = (char *) "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a" },
      "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a" },
    { { .family = REFILLS_ADDRESS_LIGHTNING, .payee = (char *) INVOICE, .units = (char *) "250000000" },
      "lightning:" INVOICE },
    { { .family = REFILLS_ADDRESS_EVM, .payee = (char *) EVM, .chain_id = 1, .units = (char *) "100000000000"
      "0000000000" },
      "ethereum:" EVM "@1?value=1000000000000000000000" },
    { { .family = REFILLS_ADDRESS_EVM, .payee = (char *) EVM, .chain_id = 8453, .contract = (char *) USDC,
        .units = (char *) "11260000" },
      "ethereum:" USDC "@8453/transfer?address=" EVM "&uint256=11260000" },
    { { .family = REFILLS_ADDRESS_SOLANA, .payee = (char *) SOL, .contract = (char *) MINT, .amount = (char *) "0.01" },
      "solana:" SOL "?amount=0.01&spl-token=" MINT },
    { { .family = REFILLS_ADDRESS_TON, .payee = (char *) "UQDYzZmfsrGzhObKJUw4gzdeIxEai3jAFbiGKGwxvxHinf4K",
        .contract = (char *) "EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs", .units = (char *) "5000",
        .memo = (char *) "a b&c", .expires_at = 1700000000 },
      "ton://transfer/UQDYzZmfsrGzhObKJUw4gzdeIxEai3jAFbiGKGwxvxHinf4K?jetton=EQCxE6mUtQJKFnGfaROTKOt1lZbDii"
      "X1kCixRv7Nw2"
      "Id_sDs&amount=5000&text=a%20b%26c&exp=1700000000" },
    /* No scheme, or none that says all of it. */
    { { .family = REFILLS_ADDRESS_TRON, .payee = (char *) TRX, .amount = (char *) "1" }, NULL },
    { { .family = REFILLS_ADDRESS_DOGECOIN, .payee = (char *) DOGE, .amount = (char *) "1" }, NULL },
    { { .family = REFILLS_ADDRESS_SUI, .payee = (char *) SUI, .amount = (char *) "1" }, NULL },
    { { .family = REFILLS_ADDRESS_EVM, .payee = (char *) EVM, .units = (char *) "1" }, NULL },
    { { .family = REFILLS_ADDRESS_EVM, .payee = (char *) EVM, .chain_id = 1, .units = (char *) "1",
        .memo = (char *) "1" }, NULL },
    { { .family = REFILLS_ADDRESS_SOLANA, .payee = (char *) SOL, .amount = (char *) "1", .memo = (char *) "1" }, NULL },
    { { .family = REFILLS_ADDRESS_BITCOIN, .payee = (char *) BTC, .units = (char *) "1" }, NULL },
    { { .family = REFILLS_ADDRESS_BITCOIN, .payee = (char *) BTC "?x=1" }, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = refills_payment_uri_write (&cases[i].request);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

static void
test_payable (void)
{
  static const char * const payable[] = {
    " " BTC "\n", "tron:" TRX, "bsc:" EVM "?amount=1", "ethereum:vitalik.eth@1?value=1", "bitcoin:?light"
    "ning=" INVOICE,
    "base:" EVM, "sui:" SUI, "web+stellar:pay?destination=GAB6EDWGWSRZUYUYCWXAFQFBHE5ZEJPDXCIMVZC3LH2C7IU35F"
    "TI2NOQ&amount=1",
    "monero:46BeWrHpwXmHDpDEUmZBWZfoQpdc6HaERCNmx1pEYL2rAcuwufPN9rXHHtyUA4QVy66qeFQkn6sfK8aHYjA3jk3o1Bv16em?"
    "tx_amount=1",
    "rGWrZyQqhTp9Xu7G5Pkayo7bXjH4k4QYpf",
    "LNURL1DP68GURN8GHJ7UM9WFMXJCM99E3K7MF0V9CXJ0M385EKVCENXC6R2C35XVUKXEFCV5MKVV34X5EKZD3EV56NYD3HXQURZEPEX"
    "EJXXEPNXSCRVWF"
    "NV9NXZCN9XQ6XYEFHVGCXXCMYXYMNSERXFQ5FNS",
  };
  static const char * const harmless[] = {
    NULL, "", "hello", "11.26", "https://etherscan.io/tx/0x12", "bitcoin: is a coin", "user@exampl"
      "e.com", "mailto:" EVM "x",
    "4GYY-77HKKG-2J6M", "LPA:1$rsp.truphone.com$QR-G-5C-1LS-1W1Z9P7",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (payable); i++) {
    g_test_message ("%s", payable[i]);
    g_assert_true (refills_payment_text_is_payable (payable[i]));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (harmless); i++) {
    g_test_message ("%s", harmless[i]);
    g_assert_false (refills_payment_text_is_payable (harmless[i]));
  }
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/payment-uri/vectors", test_vectors);
  g_test_add_func ("/payment-uri/read", test_read);
  g_test_add_func ("/payment-uri/refused", test_refused);
  g_test_add_func ("/payment-uri/written", test_written);
  g_test_add_func ("/payment-uri/payable", test_payable);

  return g_test_run ();
}
