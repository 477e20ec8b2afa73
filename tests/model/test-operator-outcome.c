/* test-operator-outcome.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-operator-outcome.h"

#include "refills-test.h"

/* API reference, section 12.1. */
static const char * const reasons[] = {
  "credit_party_is_invalid", "credit_party_is_barred",
  "credit_party_is_ineligible_for_chosen_product", "debit_party_is_invalid",
  "debit_party_is_barred", "limitations_on_operator_cumulative_transaction_amount",
  "limitations_on_operator_cumulative_transaction_quantity",
  "limitations_on_credit_party_cumulative_transaction_amount",
  "limitations_on_credit_party_cumulative_transaction_quantity",
  "limitations_on_customer_cumulative_transaction_amount",
  "limitations_on_customer_cumulative_transaction_quantity", "duplicated_transaction",
  "operator_currently_unavailable", "insufficient_balance", "sla_timeout_exceeded",
};

static void
test_reasons (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++) {
    g_autofree char *rejected = g_strconcat ("rejected_", reasons[i], NULL);
    g_autofree char *declined = g_strconcat ("declined_", reasons[i], NULL);
    g_autofree char *sentence = refills_operator_outcome_explain (rejected);
    g_autofree char *same = refills_operator_outcome_explain (declined);
    g_autofree char *capitals = g_strdelimit (g_ascii_strup (rejected, -1), "_", '-');
    g_autofree char *other = refills_operator_outcome_explain (capitals);

    g_assert_cmpint (refills_operator_outcome_read (rejected), ==, REFILLS_OPERATOR_OUTCOME_REFUSED);
    g_assert_cmpint (refills_operator_outcome_read (declined), ==, REFILLS_OPERATOR_OUTCOME_REFUSED);
    g_assert_cmpint (refills_operator_outcome_read (capitals), ==, REFILLS_OPERATOR_OUTCOME_REFUSED);
    g_assert_cmpstr (same, ==, sentence);
    g_assert_cmpstr (other, ==, sentence);
    /* A sentence of its own, and not the code in other letters. */
    g_assert_null (strchr (sentence, '_'));
    g_assert_true (g_str_has_suffix (sentence, "."));
    g_assert_true (g_hash_table_add (seen, g_steal_pointer (&sentence)));
  }
}

static void
test_words (void)
{
  static const struct {
    const char *word;
    RefillsOperatorOutcome outcome;
    const char *sentence;
  } cases[] = {
    { NULL, REFILLS_OPERATOR_OUTCOME_NONE, NULL },
    { "", REFILLS_OPERATOR_OUTCOME_NONE, NULL },
    { "confirmed", REFILLS_OPERATOR_OUTCOME_CONFIRMED, "confirmed" },
    { "rejected", REFILLS_OPERATOR_OUTCOME_REFUSED, "The operator declined it." },
    { "declined", REFILLS_OPERATOR_OUTCOME_REFUSED, "The operator declined it." },
    { "cancelled", REFILLS_OPERATOR_OUTCOME_REFUSED, "The operator canceled it." },
    { "rejected_moon_phase", REFILLS_OPERATOR_OUTCOME_REFUSED,
      "The operator declined it: moon phase" },
    { "OUT_OF_STOCK", REFILLS_OPERATOR_OUTCOME_NONE, "The service says: out of stock" },
    { "rejectedness", REFILLS_OPERATOR_OUTCOME_NONE, "rejectedness" },
    { "Rejected by the shop_keeper.", REFILLS_OPERATOR_OUTCOME_NONE, "Rejected by the shop_keeper." },
    { "%s%n_", REFILLS_OPERATOR_OUTCOME_NONE, "%s%n_" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *sentence = refills_operator_outcome_explain (cases[i].word);

    g_assert_cmpint (refills_operator_outcome_read (cases[i].word), ==, cases[i].outcome);
    g_assert_cmpstr (sentence, ==, cases[i].sentence);
  }
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/operator-outcome/reasons", test_reasons);
  g_test_add_func ("/operator-outcome/words", test_words);

  return g_test_run ();
}
