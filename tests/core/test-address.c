/* test-address.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-address.h"

#include <string.h>

#include "payment-vectors.h"
#include "refills-evm-address.h"
#include "refills-test.h"

static RefillsAddressFamily vector_family;

/* What is reserved is an address all the same. */
static void
check_vector (const PaymentVector *vector)
{
  g_autoptr (GError) error = NULL;
  gboolean is_payable = refills_address_check (vector_family, vector->input, &error);

  g_assert_true (is_payable == (error == NULL));
  g_assert_true ((is_payable || g_error_matches (error, REFILLS_ADDRESS_ERROR, REFILLS_ADDRESS_ERROR_RESERVED)) ==
                 vector->is_valid);
  g_assert_true (refills_address_equal (vector_family, vector->input, vector->input) == vector->is_valid);
}

static void
test_vectors (void)
{
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
  };

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++) {
    vector_family = groups[i].family;
    payment_vectors_each (groups[i].group, check_vector);
  }
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/address/vectors", test_vectors);

  return g_test_run ();
}
