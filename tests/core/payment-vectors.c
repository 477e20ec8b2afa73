/* payment-vectors.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The cases of tests/vectors/payment.json and published.json, by group.
 */
#include "payment-vectors.h"

#include "refills-test.h"

static guint
read_file (const char        *name,
           const char        *group,
           PaymentVectorFunc  func)
{
  g_autoptr (GBytes) bytes = refills_test_read_file (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsJson) document = refills_json_parse (bytes, g_bytes_get_size (bytes), &error);
  RefillsJsonPlace root;
  guint n_found = 0;

  g_assert_no_error (error);
  refills_json_place_init (&root, document);
  for (guint i = 0; i < refills_json_get_length (&root); i++) {
    RefillsJsonPlace place, expect, input;
    PaymentVector vector = { NULL };
    const char *its_group;

    refills_json_get_element (&root, i, &place);
    g_assert_true (refills_json_require_string (&place, "group", &its_group, NULL));
    if (!g_str_equal (its_group, group))
      continue;

    n_found++;
    if (refills_json_require_member (&place, "input", REFILLS_JSON_OBJECT, &input, NULL)) {
      g_assert_true (refills_json_require_string (&input, "text", &vector.input, NULL));
      g_assert_true (refills_json_read_unsigned (&input, "decimals", 0, &vector.decimals, NULL));
    } else {
      g_assert_true (refills_json_require_string (&place, "input", &vector.input, NULL));
    }
    g_assert_true (refills_json_read_boolean (&place, "valid", FALSE, &vector.is_valid, NULL));
    if (refills_json_find_member (&place, "expect", &expect))
      vector.expect = &expect;
    g_test_message ("%s: %s", group, vector.input);
    func (&vector);
  }

  return n_found;
}

/* Calls @func for every case of the group, of which there must be one. */
void
payment_vectors_each (const char        *group,
                      PaymentVectorFunc  func)
{
  g_assert_cmpuint (read_file ("vectors/payment.json", group, func), >, 0);
  (void) read_file ("vectors/published.json", group, func);
}

/* What the case expects under @name, as text; NULL where it says nothing of it, or null. */
char *
payment_vector_dup_text (const PaymentVector *vector,
                         const char          *name)
{
  RefillsJsonPlace place;

  if (vector->expect == NULL || !refills_json_find_member (vector->expect, name, &place))
    return NULL;

  switch (refills_json_place_get_kind (&place)) {
  case REFILLS_JSON_NULL:
    return NULL;
  case REFILLS_JSON_BOOLEAN: {
    gboolean value = FALSE;

    g_assert_true (refills_json_read_boolean (vector->expect, name, FALSE, &value, NULL));
    return g_strdup (value ? "true" : "false");
  }
  default:
    return g_strdup (refills_json_place_get_text (&place));
  }
}
