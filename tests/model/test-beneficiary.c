/* test-beneficiary.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-beneficiary.h"

#include "refills-test.h"

static void
test_kinds (void)
{
  static const struct {
    const char *delivery_type;
    const char *brand_kind;
    RefillsBeneficiaryKind kind;
  } cases[] = {
    { "by_email", "giftcard", REFILLS_BENEFICIARY_EMAIL },
    { "by_email", "mobile_recharge", REFILLS_BENEFICIARY_EMAIL },
    { "by_phone", "mobile_recharge", REFILLS_BENEFICIARY_PHONE },
    { "by_phone", NULL, REFILLS_BENEFICIARY_PHONE },
    { "by_account", "utility", REFILLS_BENEFICIARY_ACCOUNT },
    { "by_account", "giftcard", REFILLS_BENEFICIARY_ACCOUNT },
    { NULL, "giftcard", REFILLS_BENEFICIARY_EMAIL },
    { "by_pigeon", "giftcard", REFILLS_BENEFICIARY_EMAIL },
    { "by_pigeon", NULL, REFILLS_BENEFICIARY_EMAIL },
    { "BY_PHONE", "giftcard", REFILLS_BENEFICIARY_EMAIL },
    { "by_pigeon", "mobile_recharge", REFILLS_BENEFICIARY_ACCOUNT },
    { NULL, "utility", REFILLS_BENEFICIARY_ACCOUNT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (refills_beneficiary_kind_for (cases[i].delivery_type, cases[i].brand_kind), ==,
                     cases[i].kind);
}

static void
test_forms (void)
{
  static const struct {
    RefillsBeneficiaryKind kind;
    const char *text;
    gboolean plausible;
  } cases[] = {
    { REFILLS_BENEFICIARY_EMAIL, "ada@example.com", TRUE },
    { REFILLS_BENEFICIARY_EMAIL, "+14155551234", FALSE },
    { REFILLS_BENEFICIARY_EMAIL, "", FALSE },
    { REFILLS_BENEFICIARY_EMAIL, NULL, FALSE },
    { REFILLS_BENEFICIARY_PHONE, "+14155551234", TRUE },
    { REFILLS_BENEFICIARY_PHONE, "+1234567", TRUE },
    { REFILLS_BENEFICIARY_PHONE, "+123456789012345", TRUE },
    { REFILLS_BENEFICIARY_PHONE, "+123456", FALSE },
    { REFILLS_BENEFICIARY_PHONE, "+1234567890123456", FALSE },
    { REFILLS_BENEFICIARY_PHONE, "+04155551234", FALSE },
    { REFILLS_BENEFICIARY_PHONE, "14155551234", FALSE },
    { REFILLS_BENEFICIARY_PHONE, "004915112345678", FALSE },
    { REFILLS_BENEFICIARY_PHONE, "+1 415 555 1234", FALSE },
    { REFILLS_BENEFICIARY_PHONE, "+1415555123a", FALSE },
    { REFILLS_BENEFICIARY_PHONE, "+14155551234\n", FALSE },
    { REFILLS_BENEFICIARY_PHONE, "+١٤١٥٥٥٥١٢٣٤", FALSE },
    { REFILLS_BENEFICIARY_PHONE, "+", FALSE },
    { REFILLS_BENEFICIARY_PHONE, "", FALSE },
    { REFILLS_BENEFICIARY_PHONE, NULL, FALSE },
    { REFILLS_BENEFICIARY_PHONE, "ada@example.com", FALSE },
    { REFILLS_BENEFICIARY_ACCOUNT, "0012 3456-78/9", TRUE },
    { REFILLS_BENEFICIARY_ACCOUNT, "7", TRUE },
    { REFILLS_BENEFICIARY_ACCOUNT, "DE_1.2#3:4*(A)", TRUE },
    { REFILLS_BENEFICIARY_ACCOUNT, "", FALSE },
    { REFILLS_BENEFICIARY_ACCOUNT, NULL, FALSE },
    { REFILLS_BENEFICIARY_ACCOUNT, "---", FALSE },
    { REFILLS_BENEFICIARY_ACCOUNT, " 12", FALSE },
    { REFILLS_BENEFICIARY_ACCOUNT, "12 ", FALSE },
    { REFILLS_BENEFICIARY_ACCOUNT, "12\n34", FALSE },
    { REFILLS_BENEFICIARY_ACCOUNT, "12\"34", FALSE },
    { REFILLS_BENEFICIARY_ACCOUNT, "<b>12</b>", FALSE },
    { REFILLS_BENEFICIARY_ACCOUNT, "é12", FALSE },
  };
  g_autofree char *longest = g_strnfill (64, '1');
  g_autofree char *too_long = g_strnfill (65, '1');

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (refills_beneficiary_is_plausible (cases[i].kind, cases[i].text), ==,
                     cases[i].plausible);
  g_assert_true (refills_beneficiary_is_plausible (REFILLS_BENEFICIARY_ACCOUNT, longest));
  g_assert_false (refills_beneficiary_is_plausible (REFILLS_BENEFICIARY_ACCOUNT, too_long));
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/beneficiary/kinds", test_kinds);
  g_test_add_func ("/beneficiary/forms", test_forms);

  return g_test_run ();
}
