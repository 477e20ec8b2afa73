/* refills-operator-outcome.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words in which operators of top-ups say what became of one (API reference, section 12.1), and
 * sentences for people. An open set: what is not known is put in plain words.
 */
#include "refills-operator-outcome.h"

#include <glib/gi18n.h>

#include <string.h>

/* By what follows "rejected_" or "declined_". */
static const struct {
  const char *reason;
  const char *text;
} reasons[] = {
  { "credit_party_is_invalid", N_("This number does not belong to the operator.") },
  { "credit_party_is_barred", N_("The operator takes no top-ups for this number.") },
  { "credit_party_is_ineligible_for_chosen_product",
    N_("This product cannot be used with this number’s plan.") },
  { "debit_party_is_invalid", N_("The service could not buy from the operator.") },
  { "debit_party_is_barred", N_("The operator takes no orders from the service just now.") },
  { "limitations_on_operator_cumulative_transaction_amount",
    N_("The operator’s limit for top-ups is reached.") },
  { "limitations_on_operator_cumulative_transaction_quantity",
    N_("The operator takes no more top-ups for now.") },
  { "limitations_on_credit_party_cumulative_transaction_amount",
    N_("This number has had as much credit as the operator allows.") },
  { "limitations_on_credit_party_cumulative_transaction_quantity",
    N_("This number has had as many top-ups as the operator allows.") },
  { "limitations_on_customer_cumulative_transaction_amount",
    N_("You have bought as much credit as the operator allows.") },
  { "limitations_on_customer_cumulative_transaction_quantity",
    N_("You have bought as many top-ups as the operator allows.") },
  { "duplicated_transaction", N_("The same top-up was sent a short time before.") },
  { "operator_currently_unavailable", N_("The operator could not be reached.") },
  { "insufficient_balance", N_("The service ran out of credit at the operator.") },
  { "sla_timeout_exceeded", N_("The operator did not answer in time.") },
};

/* "REJECTED-OPERATOR-CURRENTLY-UNAVAILABLE" is the same word. */
static char *
normalize (const char *word)
{
  return g_strdelimit (g_ascii_strdown (word, -1), "-", '_');
}

static gboolean
begins_with (const char  *word,
             const char  *verb,
             const char **rest)
{
  gsize length = strlen (verb);

  if (strncmp (word, verb, length) != 0 || (word[length] != '\0' && word[length] != '_'))
    return FALSE;
  if (rest != NULL)
    *rest = word[length] == '_' ? word + length + 1 : word + length;

  return TRUE;
}

static gboolean
is_code (const char *word)
{
  return strchr (word, '_') != NULL &&
         word[strspn (word, "_-" G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS)] == '\0';
}

/**
 * refills_operator_outcome_read:
 * @word: (nullable): what may be an operator's word, in any case
 *
 * Returns: what it says
 */
RefillsOperatorOutcome
refills_operator_outcome_read (const char *word)
{
  g_autofree char *normal = word != NULL ? normalize (word) : NULL;

  if (normal == NULL)
    return REFILLS_OPERATOR_OUTCOME_NONE;
  if (g_str_equal (normal, "confirmed"))
    return REFILLS_OPERATOR_OUTCOME_CONFIRMED;
  if (begins_with (normal, "rejected", NULL) || begins_with (normal, "declined", NULL) ||
      g_str_equal (normal, "cancelled") || g_str_equal (normal, "canceled"))
    return REFILLS_OPERATOR_OUTCOME_REFUSED;

  return REFILLS_OPERATOR_OUTCOME_NONE;
}

/**
 * refills_operator_outcome_explain:
 * @word: (nullable): why something was not delivered: an operator's word, or a text of the service
 *
 * Returns: (transfer full) (nullable): a sentence for people; the text itself where it is no code
 */
char *
refills_operator_outcome_explain (const char *word)
{
  g_autofree char *normal = NULL;
  const char *reason = NULL;

  if (word == NULL || *word == '\0')
    return NULL;

  normal = normalize (word);
  if (refills_operator_outcome_read (word) == REFILLS_OPERATOR_OUTCOME_REFUSED) {
    if (!begins_with (normal, "rejected", &reason) && !begins_with (normal, "declined", &reason))
      return g_strdup (_("The operator canceled it."));
    if (*reason == '\0')
      return g_strdup (_("The operator declined it."));
    for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
      if (g_str_equal (reasons[i].reason, reason))
        return g_strdup (_(reasons[i].text));
    g_strdelimit (normal, "_", ' ');
    /* Translators: %s is a reason in English words. */
    return g_strdup_printf (_("The operator declined it: %s"), reason);
  }
  if (!is_code (word))
    return g_strdup (word);
  g_strdelimit (normal, "_", ' ');

  /* Translators: %s is a reason in English words. */
  return g_strdup_printf (_("The service says: %s"), normal);
}
