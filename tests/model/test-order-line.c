/* test-order-line.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-order-line.h"

#include "json-case.h"
#include "refills-error.h"
#include "refills-test.h"

static const RefillsOrderLineFields whole = {
  .brand_name = "Amazon.com", .brand_color = "#ff9900", .country = "US", .kind = "giftcard",
  .denomination = "100 USD", .product_value = "25", .face_label = "25 USD",
  .delivery_type = "by_email", .beneficiary = "ada@example.com",
};

static void
assert_line (RefillsOrderLine *line)
{
  g_assert_cmpstr (refills_order_line_get_brand_name (line), ==, "Amazon.com");
  g_assert_cmpstr (refills_order_line_get_brand_color (line), ==, "#ff9900");
  g_assert_cmpstr (refills_order_line_get_country (line), ==, "US");
  g_assert_cmpstr (refills_order_line_get_kind (line), ==, "giftcard");
  g_assert_cmpstr (refills_order_line_get_denomination (line), ==, "range");
  g_assert_cmpstr (refills_order_line_get_product_value (line), ==, "25");
  g_assert_cmpstr (refills_order_line_get_face_label (line), ==, "25 USD");
  g_assert_cmpstr (refills_order_line_get_delivery_type (line), ==, "by_email");
  g_assert_cmpstr (refills_order_line_get_beneficiary (line), ==, "ada@example.com");
}

static void
test_new (void)
{
  RefillsOrderLine *line = refills_order_line_new (&whole);

  assert_contract (line);
  assert_line (line);
  g_assert_finalize_object (line);
}

/* Never "100 USD" for a range: it would be another product. */
static void
test_denomination (void)
{
  static const struct { const char *denomination; const char *value; const char *wanted; } cases[] = {
    { "25 USD", NULL, "25 USD" }, { "25 USD", "", "25 USD" }, { "25 USD", "25", "range" },
    { "range", "25", "range" }, { NULL, "25", "range" }, { "1 GB 7 days", NULL, "1 GB 7 days" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    RefillsOrderLineFields fields = whole;
    g_autoptr (RefillsOrderLine) line = NULL;

    fields.denomination = cases[i].denomination;
    fields.product_value = cases[i].value;
    line = refills_order_line_new (&fields);
    g_assert_cmpstr (refills_order_line_get_denomination (line), ==, cases[i].wanted);
    g_assert_cmpint (refills_order_line_get_product_value (line) != NULL, ==,
                     g_str_equal (cases[i].wanted, "range"));
  }
}

static void
test_equal (void)
{
  RefillsOrderLineFields fields = whole;
  g_autoptr (RefillsOrderLine) line = refills_order_line_new (&whole);
  g_autoptr (RefillsOrderLine) same = refills_order_line_new (&whole);
  g_autoptr (RefillsOrderLine) other = NULL;
  g_autoptr (RefillsOrderLine) without = NULL;

  fields.beneficiary = "eve@example.com";
  other = refills_order_line_new (&fields);
  fields.beneficiary = NULL;
  without = refills_order_line_new (&fields);
  g_assert_true (refills_order_line_equal (line, same));
  g_assert_false (refills_order_line_equal (line, other));
  g_assert_false (refills_order_line_equal (line, without));
}

static void
test_check_beneficiary (void)
{
  static const struct { const char *type; const char *to; gboolean valid; } cases[] = {
    { "by_email", "ada@example.com", TRUE }, { "by_email", "+14155551234", FALSE },
    { "by_phone", "+14155551234", TRUE }, { "by_phone", "ada@example.com", FALSE },
    { "by_account", "12-34", TRUE }, { "by_account", "", FALSE }, { "by_account", NULL, FALSE },
    { "by_pigeon", "ada@example.com", TRUE }, { NULL, "ada", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    RefillsOrderLineFields fields = whole;
    g_autoptr (RefillsOrderLine) line = NULL;
    g_autoptr (GError) error = NULL;

    fields.delivery_type = cases[i].type;
    fields.beneficiary = cases[i].to;
    line = refills_order_line_new (&fields);
    g_assert_cmpint (refills_order_line_check_beneficiary (line, &error), ==, cases[i].valid);
    if (cases[i].valid)
      g_assert_no_error (error);
    else
      g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_INVALID_INPUT);
  }
}

static gpointer
make_cb (GVariant *variant)
{
  RefillsOrderLine *line = refills_order_line_new_from_variant (variant);

  if (line != NULL)
    g_assert_nonnull (refills_order_line_get_denomination (line));

  return line;
}

static void
test_variant (void)
{
  g_autoptr (RefillsOrderLine) line = refills_order_line_new (&whole);
  g_autoptr (GVariant) variant = g_variant_ref_sink (refills_order_line_to_variant (line));
  g_autoptr (RefillsOrderLine) again = refills_order_line_new_from_variant (variant);
  g_autoptr (GVariant) foreign = g_variant_ref_sink (g_variant_new_string ("a"));
  g_autoptr (GVariant) empty = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));

  assert_line (again);
  g_assert_true (refills_order_line_equal (line, again));
  g_assert_null (refills_order_line_new_from_variant (foreign));
  g_assert_null (refills_order_line_new_from_variant (empty));
  assert_damaged_safe (refills_order_line_to_variant (line), make_cb);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/order-line/new", test_new);
  g_test_add_func ("/order-line/denomination", test_denomination);
  g_test_add_func ("/order-line/equal", test_equal);
  g_test_add_func ("/order-line/check-beneficiary", test_check_beneficiary);
  g_test_add_func ("/order-line/variant", test_variant);

  return g_test_run ();
}
