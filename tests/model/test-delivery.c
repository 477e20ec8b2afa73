/* test-delivery.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-delivery.h"

#include "json-case.h"
#include "refills-error.h"
#include "refills-test.h"

static const char whole[] =
  "{'id':'521def0e','delivery_state':'Succeeded','kind':'giftcard','deliverable':{"
  "'denomination':'25 USD','localized_denomination':'$25','brand_name':'Amazon.com',"
  "'country_code':'US','beneficiary_account':'ada@example.com','delivery_type':'by_email',"
  "'pin_code':'4GYY-77HKKG-2J6M','pin_serial':'1234','security_code':null,"
  "'redeem_instructions':'<ol><li>Visit</li></ol>','failure_reason':null}}";

static RefillsDelivery *
read_delivery (const char *text)
{
  g_autoptr (JsonCase) json = json_case_new (text);
  g_autoptr (GError) error = NULL;
  RefillsDelivery *delivery = refills_delivery_new_from_json (&json->place, &error);

  g_assert_no_error (error);

  return delivery;
}

static RefillsDelivery *
read_with (const char *state,
           const char *members)
{
  g_autofree char *text = g_strdup_printf ("{'id':'1','delivery_state':'%s','deliverable':{%s}}",
                                           state, members);

  return read_delivery (text);
}

static gboolean
is_same (RefillsDelivery *a,
         RefillsDelivery *b)
{
  g_autoptr (GVariant) left = g_variant_ref_sink (refills_delivery_to_variant (a));
  g_autoptr (GVariant) right = g_variant_ref_sink (refills_delivery_to_variant (b));

  return g_variant_equal (left, right);
}

static void
test_whole (void)
{
  RefillsDelivery *delivery = read_delivery (whole);

  assert_contract (delivery);
  g_assert_cmpstr (refills_delivery_get_id (delivery), ==, "521def0e");
  g_assert_cmpstr (refills_delivery_get_brand_name (delivery), ==, "Amazon.com");
  g_assert_cmpstr (refills_delivery_get_face_label (delivery), ==, "$25");
  g_assert_cmpstr (refills_delivery_get_beneficiary (delivery), ==, "ada@example.com");
  g_assert_cmpstr (refills_delivery_get_state_name (delivery), ==, "Succeeded");
  g_assert_cmpint (refills_delivery_get_phase (delivery), ==, REFILLS_DELIVERY_DELIVERED);
  g_assert_nonnull (strstr (refills_delivery_get_instructions (delivery), "Visit"));
  g_assert_null (refills_delivery_get_failure (delivery));
  g_assert_true (refills_delivery_has_any_secret (delivery));
  g_assert_cmpstr (refills_delivery_get_secret (delivery, REFILLS_SECRET_CODE), ==,
                   "4GYY-77HKKG-2J6M");
  g_assert_cmpstr (refills_delivery_get_secret (delivery, REFILLS_SECRET_SERIAL), ==, "1234");
  g_assert_false (refills_delivery_has_secret (delivery, REFILLS_SECRET_LINK));
  g_assert_false (refills_delivery_has_secret (delivery, REFILLS_SECRET_SECURITY_CODE));
  g_assert_finalize_object (delivery);
}

static void
test_phases (void)
{
  static const struct {
    const char *state;
    const char *members;
    RefillsDeliveryPhase phase;
  } cases[] = {
    { "Created", "", REFILLS_DELIVERY_PENDING },
    { "WaitingForPayment", "", REFILLS_DELIVERY_PENDING },
    { "WaitingForRebuy", "", REFILLS_DELIVERY_MANUAL },
    { "WaitingForManualAction", "", REFILLS_DELIVERY_MANUAL },
    { "Succeeded", "", REFILLS_DELIVERY_DELIVERED },
    { "Done", "", REFILLS_DELIVERY_DELIVERED },
    { "Completed", "", REFILLS_DELIVERY_DELIVERED },
    { "Refunded", "'pin_code':'A'", REFILLS_DELIVERY_REFUNDED },
    { "rejected_debit_party_is_barred", "", REFILLS_DELIVERY_FAILED },
    { "declined", "", REFILLS_DELIVERY_FAILED },
    { "Foo", "", REFILLS_DELIVERY_PENDING },
    { "Foo", "'pin_code':'A'", REFILLS_DELIVERY_DELIVERED },
    { "WaitingForManualAction", "'pin_code':'A'", REFILLS_DELIVERY_DELIVERED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsDelivery) delivery = read_with (cases[i].state, cases[i].members);

    g_assert_cmpint (refills_delivery_get_phase (delivery), ==, cases[i].phase);
  }
}

static void
test_secrets (void)
{
  static const struct {
    const char *members;
    RefillsSecret kind;
    const char *text;
  } cases[] = {
    { "'pin_code':'https://example.com/r?c=1'", REFILLS_SECRET_LINK, "https://example.com/r?c=1" },
    { "'pin_code':'HTTP://example.com'", REFILLS_SECRET_LINK, "HTTP://example.com" },
    { "'pin_code':'httpx'", REFILLS_SECRET_CODE, "httpx" },
    { "'pin_code':' A\\nB 0O1l '", REFILLS_SECRET_CODE, " A\nB 0O1l " },
    { "'pin_code':'\\u202eABC'", REFILLS_SECRET_CODE, "\u202e" "ABC" },
    { "'pin_code':12340000000000000000001", REFILLS_SECRET_CODE, "12340000000000000000001" },
    { "'pin_code':'A','security_code':'999'", REFILLS_SECRET_SECURITY_CODE, "999" },
    { "'pin_code':'https://a.example','pin_serial':'77'", REFILLS_SECRET_SERIAL, "77" },
    { "'voucher_code':'V'", REFILLS_SECRET_CODE, "V" },
    { "'pin_code':'A','voucher_code':'V'", REFILLS_SECRET_CODE, "A" },
    { "'installation_url':'https://esim.example/i'", REFILLS_SECRET_LINK,
      "https://esim.example/i" },
    { "'installation_url':'javascript:1'", REFILLS_SECRET_LINK, NULL },
    { "'pin_code':''", REFILLS_SECRET_CODE, NULL },
    { "'pin_code':' \\t'", REFILLS_SECRET_CODE, NULL },
    { "'pin_code':['A']", REFILLS_SECRET_CODE, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsDelivery) delivery = read_with ("Done", cases[i].members);

    g_assert_cmpstr (refills_delivery_get_secret (delivery, cases[i].kind), ==, cases[i].text);
    g_assert_cmpint (refills_delivery_has_secret (delivery, cases[i].kind), ==,
                     cases[i].text != NULL);
  }
}

static void
test_long_secret (void)
{
  g_autofree char *fits = g_strnfill (8 * 1024, 'x');
  g_autofree char *fits_member = g_strdup_printf ("'pin_code':'%s'", fits);
  g_autofree char *above_member = g_strdup_printf ("'pin_code':'%sx','pin_serial':'1'", fits);
  g_autoptr (RefillsDelivery) kept = read_with ("Done", fits_member);
  g_autoptr (RefillsDelivery) refused = read_with ("Done", above_member);

  g_assert_cmpstr (refills_delivery_get_secret (kept, REFILLS_SECRET_CODE), ==, fits);
  g_assert_false (refills_delivery_has_secret (refused, REFILLS_SECRET_CODE));
  g_assert_true (refills_delivery_has_secret (refused, REFILLS_SECRET_SERIAL));
}

static void
test_redact (void)
{
  g_autoptr (RefillsDelivery) delivery = read_delivery (whole);
  g_autoptr (RefillsDelivery) redacted = refills_delivery_redact (delivery);
  g_autoptr (GVariant) variant = g_variant_ref_sink (refills_delivery_to_variant (redacted));
  g_autoptr (RefillsDelivery) again = refills_delivery_new_from_variant (variant);
  g_autoptr (RefillsDelivery) revealed = refills_delivery_merge (redacted, delivery);
  g_autofree char *printed = g_variant_print (variant, FALSE);

  for (guint i = 0; i < REFILLS_N_SECRETS; i++) {
    g_assert_cmpint (refills_delivery_has_secret (redacted, i), ==,
                     refills_delivery_has_secret (delivery, i));
    g_assert_cmpint (refills_delivery_has_secret (again, i), ==,
                     refills_delivery_has_secret (delivery, i));
    g_assert_null (refills_delivery_get_secret (redacted, i));
  }
  g_assert_null (strstr (printed, "4GYY"));
  g_assert_cmpstr (refills_delivery_get_brand_name (redacted), ==, "Amazon.com");
  g_assert_cmpint (refills_delivery_get_phase (redacted), ==, REFILLS_DELIVERY_DELIVERED);
  g_assert_true (is_same (revealed, delivery));
}

static void
test_merge (void)
{
  g_autoptr (RefillsDelivery) waiting = read_with ("WaitingForPayment", "'brand_name':'A'");
  g_autoptr (RefillsDelivery) coded = read_with ("Done", "'pin_code':'ONE','pin_serial':'S'");
  g_autoptr (RefillsDelivery) other = read_with ("Done", "'pin_code':'TWO','security_code':'9'");
  g_autoptr (RefillsDelivery) first = refills_delivery_merge (waiting, coded);
  g_autoptr (RefillsDelivery) back = refills_delivery_merge (first, waiting);
  g_autoptr (RefillsDelivery) second = refills_delivery_merge (back, other);

  g_assert_cmpstr (refills_delivery_get_brand_name (first), ==, "A");
  g_assert_cmpint (refills_delivery_get_phase (first), ==, REFILLS_DELIVERY_DELIVERED);
  g_assert_cmpstr (refills_delivery_get_state_name (first), ==, "Done");
  /* Backwards changes nothing. */
  g_assert_true (is_same (first, back));
  /* The first code stays, what is new is added. */
  g_assert_cmpstr (refills_delivery_get_secret (second, REFILLS_SECRET_CODE), ==, "ONE");
  g_assert_cmpstr (refills_delivery_get_secret (second, REFILLS_SECRET_SERIAL), ==, "S");
  g_assert_cmpstr (refills_delivery_get_secret (second, REFILLS_SECRET_SECURITY_CODE), ==, "9");
}

static gpointer
make_cb (GVariant *variant)
{
  return refills_delivery_new_from_variant (variant);
}

static void
test_variant (void)
{
  g_autoptr (RefillsDelivery) delivery = read_delivery (whole);
  g_autoptr (GVariant) variant = g_variant_ref_sink (refills_delivery_to_variant (delivery));
  g_autoptr (RefillsDelivery) again = refills_delivery_new_from_variant (variant);
  g_autoptr (GVariant) foreign = g_variant_ref_sink (g_variant_new ("(ii)", 1, 2));

  g_assert_true (is_same (delivery, again));
  g_assert_cmpstr (refills_delivery_get_secret (again, REFILLS_SECRET_CODE), ==,
                   "4GYY-77HKKG-2J6M");
  g_assert_null (refills_delivery_new_from_variant (foreign));
  assert_damaged_safe (refills_delivery_to_variant (delivery), make_cb);
}

static void
vary_cb (const char       *path,
         RefillsJsonPlace *place,
         gpointer          user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsDelivery) delivery = refills_delivery_new_from_json (place, &error);

  g_assert_true ((delivery == NULL) == (error != NULL));
  if (!g_str_equal (path, "$.deliverable")) {
    g_assert_nonnull (delivery);
    /* Whatever else is broken, the code is there. */
    if (!g_str_equal (path, "$.deliverable.pin_code"))
      g_assert_cmpstr (refills_delivery_get_secret (delivery, REFILLS_SECRET_CODE), ==,
                       "4GYY-77HKKG-2J6M");
  }
}

static void
test_vary (void)
{
  json_case_vary (whole, vary_cb, NULL);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/delivery/whole", test_whole);
  g_test_add_func ("/delivery/phases", test_phases);
  g_test_add_func ("/delivery/secrets", test_secrets);
  g_test_add_func ("/delivery/long-secret", test_long_secret);
  g_test_add_func ("/delivery/redact", test_redact);
  g_test_add_func ("/delivery/merge", test_merge);
  g_test_add_func ("/delivery/variant", test_variant);
  g_test_add_func ("/delivery/vary", test_vary);

  return g_test_run ();
}
