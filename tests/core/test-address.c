/* test-address.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-address.h"

#include <string.h>

#include "payment-vectors.h"
#include "refills-evm-address.h"
#include "refills-test.h"

/* Groups of tests/vectors/payment.json in which what is valid can be paid to, or is reserved. */
static const struct {
  const char           *group;
  RefillsAddressFamily  family;
} groups[] = {
  { "bitcoin-address", REFILLS_ADDRESS_BITCOIN },
  { "litecoin-address", REFILLS_ADDRESS_LITECOIN },
  { "dogecoin-address", REFILLS_ADDRESS_DOGECOIN },
  { "evm-address", REFILLS_ADDRESS_EVM },
  { "solana-address", REFILLS_ADDRESS_SOLANA },
  { "tron-address", REFILLS_ADDRESS_TRON },
  { "sui-address", REFILLS_ADDRESS_SUI },
  { "xrp-classic", REFILLS_ADDRESS_XRP },
  { "stellar-address", REFILLS_ADDRESS_STELLAR },
};

/* One of each form that can be paid to. Those of a family name different payees. */
static const struct {
  RefillsAddressFamily  family;
  const char           *text;
  gboolean              has_checksum;
} payable[] = {
  { REFILLS_ADDRESS_BITCOIN, "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu", TRUE },
  { REFILLS_ADDRESS_BITCOIN, "3EktnHQD7RiAE6uzMj2ZifT9YgRrkSgzQX", TRUE },
  { REFILLS_ADDRESS_BITCOIN, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", TRUE },
  { REFILLS_ADDRESS_BITCOIN, "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", TRUE },
  { REFILLS_ADDRESS_LITECOIN, "LW6HjAU6GL9fK2LZWUA6VZCzomTdrpx3nr", TRUE },
  { REFILLS_ADDRESS_LITECOIN, "MHhghmmCTASDnuwpgsPUNJVPTFaj61GzaG", TRUE },
  { REFILLS_ADDRESS_LITECOIN, "ltc1q3m3ujh350qrqdl33pv7pjw0d0m9qnm6qjcjpga", TRUE },
  { REFILLS_ADDRESS_DOGECOIN, "DLSSSUS3ex7YNDACJDxMER1ZMW579Vy8Zy", TRUE },
  { REFILLS_ADDRESS_DOGECOIN, "AETZJzedcmLM2rxCM6VqCGF3YEMUjA3jMw", TRUE },
  { REFILLS_ADDRESS_BITCOIN_CASH, "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", TRUE },
  { REFILLS_ADDRESS_BITCOIN_CASH, "ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq", TRUE },
  { REFILLS_ADDRESS_EVM, "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", TRUE },
  { REFILLS_ADDRESS_EVM, "0xde709f2102306220921060314715629080e2fb77", FALSE },
  { REFILLS_ADDRESS_SOLANA, "mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN", FALSE },
  { REFILLS_ADDRESS_TRON, "TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC", TRUE },
  { REFILLS_ADDRESS_TON, "EQCKhieGGl3ZbJ2zzggHsSLaXtRzk0znVopbSxw2HLsorkdl", TRUE },
  { REFILLS_ADDRESS_TON, "Uf_lZ1T4NCb2mwkme9h2rJfESCE0W34ma9lWp7-_uY3zXGYv", TRUE },
  { REFILLS_ADDRESS_SUI, "0x259ff8074ab425cbb489f236e18e08f03f1a7856bdf7c7a2877bd64f738b5015", FALSE },
  { REFILLS_ADDRESS_XRP, "rGWrZyQqhTp9Xu7G5Pkayo7bXjH4k4QYpf", TRUE },
  { REFILLS_ADDRESS_XRP, "XVLhHMPHU98es4dbozjVtdWzVrDjtVoKj3MnFGMXEFMnvJV", TRUE },
  { REFILLS_ADDRESS_STELLAR, "GAB6EDWGWSRZUYUYCWXAFQFBHE5ZEJPDXCIMVZC3LH2C7IU35FTI2NOQ", TRUE },
  { REFILLS_ADDRESS_MONERO,
    "46BeWrHpwXmHDpDEUmZBWZfoQpdc6HaERCNmx1pEYL2rAcuwufPN9rXHHtyUA4QVy66qeFQkn6sfK8aHYjA3jk3o1Bv16em", TRUE },
  { REFILLS_ADDRESS_MONERO,
    "888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H", TRUE },
};

static gboolean
has_form (RefillsAddressFamily  family,
          const char           *text)
{
  g_autoptr (GError) error = NULL;
  gboolean is_payable = refills_address_check (family, text, &error);

  g_assert_true (is_payable == (error == NULL));
  g_assert_true (is_payable || error->domain == REFILLS_ADDRESS_ERROR);

  return is_payable || error->code == REFILLS_ADDRESS_ERROR_RESERVED;
}

/* An address is of one family; that of old pay-to-script Litecoin looks like Bitcoin's. */
static gboolean
is_shared (RefillsAddressFamily  family,
           RefillsAddressFamily  other,
           const char           *text)
{
  return text[0] == '3' && (family == REFILLS_ADDRESS_BITCOIN || family == REFILLS_ADDRESS_LITECOIN) &&
         (other == REFILLS_ADDRESS_BITCOIN || other == REFILLS_ADDRESS_LITECOIN);
}

static void
assert_own_family_only (RefillsAddressFamily  family,
                        const char           *text)
{
  for (guint other = 0; other < REFILLS_N_ADDRESS_FAMILIES; other++) {
    gboolean is_own = other == family || is_shared (family, other, text);

    g_assert_cmpint (has_form (other, text), ==, is_own);
    g_assert_cmpint (refills_address_equal (other, text, text), ==, is_own);
  }
}

static RefillsAddressFamily vector_family;

static void
check_vector (const PaymentVector *vector)
{
  g_assert_cmpint (has_form (vector_family, vector->input), ==, vector->is_valid);
  if (vector->is_valid)
    assert_own_family_only (vector_family, vector->input);
}

static void
check_evm_vector (const PaymentVector *vector)
{
  g_autofree char *expected = payment_vector_dup_text (vector, "checksum");
  guint8 bytes[REFILLS_EVM_ADDRESS_BYTES];
  gboolean has_checksum;

  if (refills_evm_address_parse (vector->input, bytes, &has_checksum, NULL))
    g_assert_cmpstr (has_checksum ? "true" : "false", ==, expected);
}

static void
test_vectors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++) {
    vector_family = groups[i].family;
    payment_vectors_each (groups[i].group, check_vector);
  }
  payment_vectors_each ("evm-address", check_evm_vector);
}

static void
check_invoice (const PaymentVector *vector)
{
  g_autofree char *network = payment_vector_dup_text (vector, "net");
  gboolean is_upper = g_ascii_isupper (vector->input[0]);
  g_autofree char *other_case = is_upper ? g_ascii_strdown (vector->input, -1) : g_ascii_strup (vector->input, -1);
  g_autofree char *altered = g_strdup (vector->input);
  g_autofree char *shown = NULL;
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (network, "bc") != 0) {
    g_assert_false (refills_address_check (REFILLS_ADDRESS_LIGHTNING, vector->input, &error));
    g_assert_error (error, REFILLS_ADDRESS_ERROR, REFILLS_ADDRESS_ERROR_NETWORK);
    return;
  }

  assert_own_family_only (REFILLS_ADDRESS_LIGHTNING, vector->input);
  g_assert_true (refills_address_equal (REFILLS_ADDRESS_LIGHTNING, vector->input, other_case));
  shown = refills_address_normalize (REFILLS_ADDRESS_LIGHTNING, vector->input, NULL);
  g_assert_cmpstr (shown, ==, is_upper ? other_case : vector->input);

  for (char *at = altered; *at != '\0'; at++) {
    char was = *at;

    *at = was == 'q' ? 'p' : 'q';
    g_assert_false (refills_address_check (REFILLS_ADDRESS_LIGHTNING, altered, NULL));
    *at = was;
  }
}

/* Also those that can be read, and that no wallet pays. */
static void
check_invalid_invoice (const PaymentVector *vector)
{
  g_assert_false (has_form (REFILLS_ADDRESS_LIGHTNING, vector->input));
}

static void
test_invoices (void)
{
  payment_vectors_each ("bolt11", check_invoice);
  payment_vectors_each ("bolt11-invalid", check_invalid_invoice);
}

static void
test_families (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (payable); i++) {
    g_test_message ("%s", payable[i].text);
    g_assert_true (refills_address_check (payable[i].family, payable[i].text, NULL));
    assert_own_family_only (payable[i].family, payable[i].text);
    for (gsize j = 0; j < G_N_ELEMENTS (payable); j++)
      for (guint family = 0; family < REFILLS_N_ADDRESS_FAMILIES; family++)
        if (i != j)
          g_assert_false (refills_address_equal (family, payable[i].text, payable[j].text));
  }
}

/* Every other character in every place, and one left out or too many, is refused where there is a checksum, or means
 * the same payee: - and + are one in the two alphabets of Base64. Without a checksum no other payee is the same. */
static void
test_altered (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (payable); i++) {
    const char *text = payable[i].text;
    gsize length = strlen (text);

    for (gsize at = 0; at < length; at++) {
      g_autofree char *shorter = g_strdup (text);

      for (int c = 1; c < 256; c++) {
        g_autofree char *altered = g_strdup (text);

        altered[at] = (char) c;
        if (altered[at] == text[at] || !refills_address_check (payable[i].family, altered, NULL))
          continue;
        if (payable[i].has_checksum)
          g_assert_true (payable[i].family == REFILLS_ADDRESS_TON && (c == '+' || c == '/'));
        g_assert_cmpint (refills_address_equal (payable[i].family, text, altered), ==,
                         payable[i].has_checksum || (payable[i].family != REFILLS_ADDRESS_SOLANA &&
                                                     g_ascii_strcasecmp (text, altered) == 0));
      }
      memmove (shorter + at, shorter + at + 1, length - at);
      g_assert_false (refills_address_check (payable[i].family, shorter, NULL));
    }
    for (int c = 1; c < 256; c++) {
      const char other[] = { (char) c, '\0' };
      g_autofree char *before = g_strconcat (other, text, NULL);
      g_autofree char *behind = g_strconcat (text, other, NULL);

      g_assert_false (refills_address_equal (payable[i].family, text, before));
      g_assert_false (refills_address_equal (payable[i].family, text, behind));
      /* A larger number may still have 32 bytes. */
      if (payable[i].family != REFILLS_ADDRESS_SOLANA) {
        g_assert_false (refills_address_check (payable[i].family, before, NULL));
        g_assert_false (refills_address_check (payable[i].family, behind, NULL));
      }
    }
  }
}

static void
test_refused (void)
{
  static const struct {
    RefillsAddressFamily  family;
    const char           *text;
    RefillsAddressError   code;
  } cases[] = {
    /* Test networks, and other chains' versions. */
    { REFILLS_ADDRESS_BITCOIN, "mk2QpYatsKicvFVuTAQLBryyccRXMUaGHP", REFILLS_ADDRESS_ERROR_NETWORK },
    { REFILLS_ADDRESS_BITCOIN, "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
      REFILLS_ADDRESS_ERROR_NETWORK },
    { REFILLS_ADDRESS_BITCOIN, "LW6HjAU6GL9fK2LZWUA6VZCzomTdrpx3nr", REFILLS_ADDRESS_ERROR_NETWORK },
    { REFILLS_ADDRESS_LITECOIN, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", REFILLS_ADDRESS_ERROR_NETWORK },
    { REFILLS_ADDRESS_BITCOIN_CASH, "bchtest:pr6m7j9njldwwzlg9v7v53unlr4jkmx6eyvwc0uz5t",
      REFILLS_ADDRESS_ERROR_NETWORK },
    { REFILLS_ADDRESS_BITCOIN_CASH,
      "bitcoincash:qnq8zwpj8cq05n7pytfmskuk9r4gzzel8qtsvwz79zdskftrzxtar994cgutavfklv39gr3uvz",
      REFILLS_ADDRESS_ERROR_NETWORK },
    { REFILLS_ADDRESS_BITCOIN_CASH, "1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu", REFILLS_ADDRESS_ERROR_SYNTAX },
    { REFILLS_ADDRESS_TON, "kQCKhieGGl3ZbJ2zzggHsSLaXtRzk0znVopbSxw2HLsorvzv", REFILLS_ADDRESS_ERROR_NETWORK },
    { REFILLS_ADDRESS_TON, "0:8a8627861a5dd96c9db3ce0807b122da5ed473934ce7568a5b4b1c361cbb28ae",
      REFILLS_ADDRESS_ERROR_NETWORK },
    { REFILLS_ADDRESS_XRP, "TVE26TYGhfLC7tQDno7G8dGtxSkYQnT2oqaCDzMEuCDAj1j", REFILLS_ADDRESS_ERROR_NETWORK },
    { REFILLS_ADDRESS_MONERO,
      "9tTLtauaEKSj7xoVXytVH32R1pLZBk4VV4mZFGEh4wkXhDWqw1soPyf3fGixf1kni31VznEZkWNEza9d5TvjWwq5PaohYHC",
      REFILLS_ADDRESS_ERROR_NETWORK },
    { REFILLS_ADDRESS_BITCOIN_CASH, "bitcoincash:zqqsyqcyq5rqwzqfpg9scrgwpugpzysnzsve2tmffa",
      REFILLS_ADDRESS_ERROR_NETWORK },
    { REFILLS_ADDRESS_TON, "EQEBAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fIHLd", REFILLS_ADDRESS_ERROR_NETWORK },
    /* A byte too many, and one too few. */
    { REFILLS_ADDRESS_BITCOIN, "1QXEx2ZQ9mEdvMSaVKHznFv6iZpzyPzoVD", REFILLS_ADDRESS_ERROR_SYNTAX },
    { REFILLS_ADDRESS_SOLANA, "JJFZLcJwx1KDGjMQXcXt8h7rCCH8wuPh38cDwgPq1fwD", REFILLS_ADDRESS_ERROR_SYNTAX },
    { REFILLS_ADDRESS_SOLANA, "2nCKqGG85jHxT1nw693Ya6gh53VkDgyDM1aZf4mv2b", REFILLS_ADDRESS_ERROR_SYNTAX },
    /* Wrong characters. */
    { REFILLS_ADDRESS_BITCOIN, "175tWpb8K1S7NmH4Zx6rewF9WQrcZv245W", REFILLS_ADDRESS_ERROR_CHECKSUM },
    { REFILLS_ADDRESS_BITCOIN, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", REFILLS_ADDRESS_ERROR_CHECKSUM },
    { REFILLS_ADDRESS_BITCOIN, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", REFILLS_ADDRESS_ERROR_CHECKSUM },
    { REFILLS_ADDRESS_EVM, "0xfb6916095ca1df60bb79Ce92ce3ea74c37c5d359", REFILLS_ADDRESS_ERROR_CHECKSUM },
    { REFILLS_ADDRESS_EVM, "0X5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", REFILLS_ADDRESS_ERROR_SYNTAX },
    { REFILLS_ADDRESS_EVM, "0X5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED", REFILLS_ADDRESS_ERROR_SYNTAX },
    /* Nobody's. */
    { REFILLS_ADDRESS_BITCOIN, "1111111111111111111114oLvT2", REFILLS_ADDRESS_ERROR_RESERVED },
    { REFILLS_ADDRESS_BITCOIN, "BC1SW50QGDZ25J", REFILLS_ADDRESS_ERROR_RESERVED },
    { REFILLS_ADDRESS_BITCOIN, "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
      REFILLS_ADDRESS_ERROR_RESERVED },
    { REFILLS_ADDRESS_BITCOIN, "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", REFILLS_ADDRESS_ERROR_RESERVED },
    { REFILLS_ADDRESS_EVM, "0x0000000000000000000000000000000000000000", REFILLS_ADDRESS_ERROR_RESERVED },
    { REFILLS_ADDRESS_EVM, "0x0000000000000000000000000000000000000009", REFILLS_ADDRESS_ERROR_RESERVED },
    { REFILLS_ADDRESS_EVM, "0x000000000000000000000000000000000000dEaD", REFILLS_ADDRESS_ERROR_RESERVED },
    { REFILLS_ADDRESS_EVM, "0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE", REFILLS_ADDRESS_ERROR_RESERVED },
    { REFILLS_ADDRESS_EVM, "0xffffffffffffffffffffffffffffffffffffffff", REFILLS_ADDRESS_ERROR_RESERVED },
    { REFILLS_ADDRESS_SOLANA, "11111111111111111111111111111111", REFILLS_ADDRESS_ERROR_RESERVED },
    { REFILLS_ADDRESS_SOLANA, "SysvarLastRestartS1ot1111111111111111111111", REFILLS_ADDRESS_ERROR_RESERVED },
    { REFILLS_ADDRESS_SOLANA, "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", REFILLS_ADDRESS_ERROR_RESERVED },
    { REFILLS_ADDRESS_SOLANA, "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL", REFILLS_ADDRESS_ERROR_RESERVED },
    { REFILLS_ADDRESS_SOLANA, "So11111111111111111111111111111111111111112", REFILLS_ADDRESS_ERROR_RESERVED },
    { REFILLS_ADDRESS_TRON, "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb", REFILLS_ADDRESS_ERROR_RESERVED },
    { REFILLS_ADDRESS_SUI, "0x0000000000000000000000000000000000000000000000000000000000000000",
      REFILLS_ADDRESS_ERROR_RESERVED },
    { REFILLS_ADDRESS_SUI, "0x0000000000000000000000000000000000000000000000000000000000000002",
      REFILLS_ADDRESS_ERROR_RESERVED },
    { REFILLS_ADDRESS_TON, "EQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAM9c", REFILLS_ADDRESS_ERROR_RESERVED },
    { REFILLS_ADDRESS_XRP, "rrrrrrrrrrrrrrrrrrrrrhoLvTp", REFILLS_ADDRESS_ERROR_RESERVED },
    { REFILLS_ADDRESS_XRP, "rrrrrrrrrrrrrrrrrrrrBZbvji", REFILLS_ADDRESS_ERROR_RESERVED },
    { REFILLS_ADDRESS_LIGHTNING, "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
      REFILLS_ADDRESS_ERROR_SYNTAX },
  };
  g_autofree char *long_text = g_strnfill (1000000, 'q');
  g_autofree char *padded = g_strconcat (" ", payable[0].text, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", cases[i].text);
    g_assert_false (refills_address_check (cases[i].family, cases[i].text, &error));
    g_assert_error (error, REFILLS_ADDRESS_ERROR, (int) cases[i].code);
    g_assert_null (strstr (error->message, cases[i].text));
    g_assert_null (refills_address_normalize (cases[i].family, cases[i].text, NULL));
  }
  for (guint family = 0; family < REFILLS_N_ADDRESS_FAMILIES; family++) {
    const char * const texts[] = { NULL, "", " ", "1", "0x", ":", "\xff\xfe", "１２３", long_text, padded };

    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
      g_autoptr (GError) error = NULL;

      g_assert_false (refills_address_check (family, texts[i], &error));
      g_assert_error (error, REFILLS_ADDRESS_ERROR, REFILLS_ADDRESS_ERROR_SYNTAX);
      g_assert_false (refills_address_equal (family, texts[i], texts[i]));
    }
  }
}

static void
test_normalized (void)
{
  static const struct {
    RefillsAddressFamily  family;
    const char           *text;
    const char           *shown;
  } cases[] = {
    { REFILLS_ADDRESS_BITCOIN, "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
      "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4" },
    { REFILLS_ADDRESS_BITCOIN_CASH, "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
      "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a" },
    { REFILLS_ADDRESS_BITCOIN_CASH, "BITCOINCASH:QPM2QSZNHKS23Z7629MMS6S4CWEF74VCWVY22GDX6A",
      "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a" },
    { REFILLS_ADDRESS_EVM, "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
      "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed" },
    { REFILLS_ADDRESS_EVM, "0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED",
      "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed" },
    { REFILLS_ADDRESS_SUI, "0x259FF8074AB425CBB489F236E18E08F03F1A7856BDF7C7A2877BD64F738B5015",
      "0x259ff8074ab425cbb489f236e18e08f03f1a7856bdf7c7a2877bd64f738b5015" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *shown = refills_address_normalize (cases[i].family, cases[i].text, NULL);

    g_assert_cmpstr (shown, ==, cases[i].shown);
    g_assert_true (refills_address_equal (cases[i].family, cases[i].text, shown));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (payable); i++) {
    g_autofree char *shown = refills_address_normalize (payable[i].family, payable[i].text, NULL);

    if (payable[i].family != REFILLS_ADDRESS_BITCOIN_CASH)
      g_assert_cmpstr (shown, ==, payable[i].text);
  }
}

static void
test_equal (void)
{
  static const struct {
    RefillsAddressFamily  family;
    const char           *a;
    const char           *b;
    gboolean              is_equal;
  } cases[] = {
    { REFILLS_ADDRESS_TON, "EQCKhieGGl3ZbJ2zzggHsSLaXtRzk0znVopbSxw2HLsorkdl",
      "UQCKhieGGl3ZbJ2zzggHsSLaXtRzk0znVopbSxw2HLsorhqg", TRUE },
    { REFILLS_ADDRESS_TON, "Ef_lZ1T4NCb2mwkme9h2rJfESCE0W34ma9lWp7-_uY3zXDvq",
      "Ef/lZ1T4NCb2mwkme9h2rJfESCE0W34ma9lWp7+/uY3zXDvq", TRUE },
    /* The same key of another network is no address here. */
    { REFILLS_ADDRESS_TON, "EQCKhieGGl3ZbJ2zzggHsSLaXtRzk0znVopbSxw2HLsorkdl",
      "kQCKhieGGl3ZbJ2zzggHsSLaXtRzk0znVopbSxw2HLsorvzv", FALSE },
    /* One hash in both workchains, and of a key and of a script. */
    { REFILLS_ADDRESS_TON, "EQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fIP8B",
      "Ef8BAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fIABJ", FALSE },
    { REFILLS_ADDRESS_BITCOIN_CASH, "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
      "ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq", FALSE },
    /* One script before 2018 and after; on Bitcoin there is one version. */
    { REFILLS_ADDRESS_LITECOIN, "3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC", "MJiPwX84iBe4WnFDwsYGgtnz1XonPhUqhf", TRUE },
    { REFILLS_ADDRESS_BITCOIN, "3CWFddi6m4ndiGyKqzYvsFYagqDLPVMTzC", "MJiPwX84iBe4WnFDwsYGgtnz1XonPhUqhf", FALSE },
    /* A capital decides on these chains. */
    { REFILLS_ADDRESS_SOLANA, "mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN",
      "mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kn", FALSE },
    /* The zero address, and one account of XRP under two tags. */
    { REFILLS_ADDRESS_EVM, "0x0000000000000000000000000000000000000000",
      "0x0000000000000000000000000000000000000000", TRUE },
    { REFILLS_ADDRESS_XRP, "XVLhHMPHU98es4dbozjVtdWzVrDjtVoKj3MnFGMXEFMnvJV",
      "XVLhHMPHU98es4dbozjVtdWzVrDjtV8zpDURx7DzBCkrQE7", FALSE },
    { REFILLS_ADDRESS_XRP, "XVLhHMPHU98es4dbozjVtdWzVrDjtV8AqEL4xcZj5whKbmc",
      "rGWrZyQqhTp9Xu7G5Pkayo7bXjH4k4QYpf", FALSE },
    { REFILLS_ADDRESS_EVM, NULL, NULL, FALSE },
    { REFILLS_ADDRESS_EVM, "x", "x", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].a);
    g_assert_cmpint (refills_address_equal (cases[i].family, cases[i].a, cases[i].b), ==, cases[i].is_equal);
    g_assert_cmpint (refills_address_equal (cases[i].family, cases[i].b, cases[i].a), ==, cases[i].is_equal);
  }
}

/* EIP-55's own, of one case and of both; and each with one letter of the other case. */
static void
test_capitals (void)
{
  static const char * const texts[] = {
    "0x52908400098527886E0F7030069857D2E4169EE7", "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
    "0xde709f2102306220921060314715629080e2fb77", "0x27b1fdb04752bbc536007a920d24acb045561c26",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    guint8 bytes[REFILLS_EVM_ADDRESS_BYTES];
    gboolean has_checksum = FALSE;
    g_autofree char *written = NULL;

    g_assert_true (refills_evm_address_parse (texts[i], bytes, &has_checksum, NULL));
    g_assert_true (has_checksum);
    written = refills_evm_address_write (bytes);
    g_assert_cmpstr (written, ==, texts[i]);

    for (gsize at = 2; texts[i][at] != '\0'; at++) {
      g_autofree char *other = g_strdup (texts[i]);
      g_autoptr (GError) error = NULL;

      if (!g_ascii_isalpha (texts[i][at]))
        continue;
      other[at] ^= 'a' ^ 'A';
      g_assert_false (refills_evm_address_parse (other, bytes, NULL, &error));
      g_assert_error (error, REFILLS_ADDRESS_ERROR, REFILLS_ADDRESS_ERROR_CHECKSUM);
    }
  }
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/address/vectors", test_vectors);
  g_test_add_func ("/address/invoices", test_invoices);
  g_test_add_func ("/address/families", test_families);
  g_test_add_func ("/address/altered", test_altered);
  g_test_add_func ("/address/refused", test_refused);
  g_test_add_func ("/address/normalized", test_normalized);
  g_test_add_func ("/address/equal", test_equal);
  g_test_add_func ("/address/capitals", test_capitals);

  return g_test_run ();
}
