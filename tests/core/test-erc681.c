/* test-erc681.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-erc681.h"

#include <string.h>

#include "payment-vectors.h"
#include "refills-test.h"

#define PAYEE "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
#define USDC "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"

static void
check_number (const PaymentVector *vector)
{
  g_autofree char *expected = payment_vector_dup_text (vector, "value");
  g_autofree char *number = refills_erc681_parse_number (vector->input, NULL);

  g_assert_cmpstr (number, ==, expected);
  g_assert_cmpint (number != NULL, ==, vector->is_valid);
}

static void
check_request (const PaymentVector *vector)
{
  g_auto (RefillsErc681) request = { NULL };
  g_autofree char *target = payment_vector_dup_text (vector, "target");
  g_autofree char *chain = payment_vector_dup_text (vector, "chain");
  g_autofree char *function = payment_vector_dup_text (vector, "function");
  g_autofree char *address = payment_vector_dup_text (vector, "address");
  g_autofree char *value = payment_vector_dup_text (vector, "value");
  g_autofree char *chain_id = NULL;

  g_assert_cmpint (refills_erc681_parse (vector->input, &request, NULL), ==, vector->is_valid);
  if (!vector->is_valid)
    return;
  if (request.chain_id != 0)
    chain_id = g_strdup_printf ("%" G_GUINT64_FORMAT, request.chain_id);
  g_assert_cmpstr (request.target, ==, target);
  g_assert_cmpstr (chain_id, ==, chain);
  g_assert_cmpstr (request.function, ==, function);
  g_assert_cmpstr (request.address, ==, address);
  g_assert_cmpstr (request.value, ==, value);
}

static void
test_vectors (void)
{
  payment_vectors_each ("erc681-number", check_number);
  payment_vectors_each ("erc681", check_request);
}

static void
test_numbers (void)
{
  static const char most[] = "115792089237316195423570985008687907853269984665640564039457584007913129639935";
  static const char more[] = "115792089237316195423570985008687907853269984665640564039457584007913129639936";
  static const struct { const char *text, *number; } cases[] = {
    { "2.014e18", "2014000000000000000" }, { "2.014E18", "2014000000000000000" }, { "+1", "1" }, { "007", "7" },
    { "0", "0" }, { "0e9", "0" }, { "0.00e2", "0" }, { ".5e1", "5" }, { "0.001e3", "1" },
    { most, most }, { more, NULL }, { "1e78", NULL }, { "1e999999999999", NULL }, { "0e999999999999", "0" },
    { "1.23", NULL }, { "1.234e2", NULL }, { "1.0", NULL }, { "e", NULL }, { "e5", NULL }, { ".", NULL },
    { "1.", NULL }, { "1.e1", NULL }, { ".e1", NULL }, { "-1", NULL }, { "++1", NULL }, { "1e-1", NULL },
    { "1e+1", NULL }, { " 1", NULL }, { "1 ", NULL }, { "0x1", NULL }, { "１", NULL }, { NULL, NULL },
  };
  g_autofree char *digits = g_strnfill (3000, '0');
  g_autofree char *large = refills_erc681_parse_number ("1e77", NULL);

  g_assert_cmpuint (strlen (large), ==, 78);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *number = refills_erc681_parse_number (cases[i].text, NULL);

    g_test_message ("%s", cases[i].text);
    g_assert_cmpstr (number, ==, cases[i].number);
  }
  g_assert_null (refills_erc681_parse_number (digits, NULL));
}

static void
test_requests (void)
{
  static const struct {
    const char *text;
    gboolean    is_read;
  } cases[] = {
    { "ethereum:" PAYEE, TRUE },
    { "ethereum:pay-" PAYEE, TRUE },
    { "ETHEREUM:" PAYEE "@1?value=1e18", TRUE },
    { "ethereum:0xfb6916095ca1df60bb79Ce92ce3ea74c37c5d359?value=2.014e18", TRUE }, /* not EIP-55 */
    { "ethereum:vitalik.eth@1?value=1", TRUE },
    { "ethereum:" USDC "@8453/approve?address=" PAYEE "&uint256=1", TRUE },
    { "ethereum:" PAYEE "?value=1&gas=21000&unknown=x", TRUE },
    { "ethereum:" USDC "@8453/transfer?address=" PAYEE, TRUE }, /* the payer is asked how much */
    { "ethereum:" USDC "@8453/transfer?uint256=1", FALSE },
    { "ethereum:" USDC "@8453/transfer?address=" PAYEE "&uint256=", FALSE },
    { "ethereum:" PAYEE "?gas=2.1e4&gasLimit=21000&gasPrice=1e9", TRUE },
    { "ethereum:" PAYEE "?value=1&gas=x", FALSE },
    { "ethereum:" PAYEE "?value=1&gasLimit=", FALSE },
    { "ethereum:" PAYEE "?value=1&gasPrice=1.5", FALSE },
    { "ethereum:" USDC "@8453/approve?address=" PAYEE "&uint256=1&value=x", FALSE },
    { "ethereum:" USDC "@8453/transfer?address=" PAYEE "&uint256=1&uint256=2", FALSE },
    { "ethereum:" USDC "@8453/transfer?address=" PAYEE "&uint256=1.5", FALSE },
    { "ethereum:" USDC "@8453/transfer?address=0x12&uint256=1", FALSE },
    { "ethereum:" USDC "@8453/?address=" PAYEE "&uint256=1", FALSE },
    { "ethereum:" USDC "@8453/transfer(a)?address=" PAYEE "&uint256=1", FALSE },
    { "ethereum:" PAYEE "@?value=1", FALSE },
    { "ethereum:" PAYEE "@0?value=1", FALSE },
    { "ethereum:" PAYEE "@0x1?value=1", FALSE },
    { "ethereum:" PAYEE "@99999999999999999999?value=1", FALSE },
    { "ethereum:" PAYEE "@1@2?value=1", FALSE },
    { "ethereum:" PAYEE "?value=-1", FALSE },
    { "ethereum:" PAYEE "?value=1&value=1", FALSE },
    { "ethereum:" PAYEE "?value=%zz", FALSE },
    { "ethereum:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe", FALSE },
    { "ethereum://" PAYEE, FALSE },
    { "ethereum:vitalik", FALSE },
    { "ethereum:", FALSE },
    { "bsc:" PAYEE, FALSE },
    { PAYEE, FALSE },
    { "", FALSE },
    { NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (RefillsErc681) request = { NULL };

    g_test_message ("%s", cases[i].text);
    g_assert_cmpint (refills_erc681_parse (cases[i].text, &request, NULL), ==, cases[i].is_read);
  }
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/erc681/vectors", test_vectors);
  g_test_add_func ("/erc681/numbers", test_numbers);
  g_test_add_func ("/erc681/requests", test_requests);

  return g_test_run ();
}
