/* test-order-comparison.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-order-comparison.h"

#include "refills-test.h"

static RefillsOrderLine *
make_line (const char *denomination,
           const char *value,
           const char *to)
{
  const RefillsOrderLineFields fields = {
    .brand_name = "Amazon.com", .country = "US", .denomination = denomination, .product_value = value,
    .beneficiary = to,
  };

  return refills_order_line_new (&fields);
}

static RefillsOrderRequest *
make_request (GPtrArray *lines)
{
  const RefillsOrderRequestFields fields = { .payment_via = "USER_WALLET", .coin = "USDC" };

  return refills_order_request_new (&fields, lines, NULL);
}

static void
test_one (void)
{
  static const struct {
    const char *value; /* asked; NULL for the fixed "25 USD" */
    RefillsDeliveryEcho echo;
    gboolean same;
  } cases[] = {
    { NULL, { "Amazon.com", "US", "25 USD", NULL, "ada@example.com" }, TRUE },
    { NULL, { "Amazon.com", "us", "25 USD", NULL, "Ada@Example.com" }, TRUE },
    { NULL, { "Amazon.com", NULL, "25 USD", NULL, NULL }, TRUE },
    { NULL, { "Amazon.com", "US", "100 USD", NULL, NULL }, FALSE },
    { NULL, { "Amazon.com", "US", "25.00 USD", NULL, NULL }, FALSE },
    { NULL, { "Amazon.com", "US", "range", "25", NULL }, FALSE },
    { NULL, { "Amazon.com", "US", NULL, NULL, NULL }, FALSE },
    { NULL, { NULL, "US", "25 USD", NULL, NULL }, FALSE },
    { NULL, { "Amazon.de", "US", "25 USD", NULL, NULL }, FALSE },
    { NULL, { "amazon.com", "US", "25 USD", NULL, NULL }, FALSE },
    { NULL, { "Amazon.com", "DE", "25 USD", NULL, NULL }, FALSE },
    { NULL, { "Amazon.com", "US", "25 USD", NULL, "eve@example.com" }, FALSE },
    { "25", { "Amazon.com", "US", "range", "25", NULL }, TRUE },
    { "25", { "Amazon.com", "US", "range", "25.00", NULL }, TRUE },
    { "25", { "Amazon.com", "US", "25 USD", NULL, NULL }, TRUE },
    { "25", { "Amazon.com", "US", "25.0 USD", "", NULL }, TRUE },
    { "25", { "Amazon.com", "US", "25 USD", "26", NULL }, FALSE },
    { "25", { "Amazon.com", "US", "range", NULL, NULL }, FALSE },
    { "25", { "Amazon.com", "US", "100 USD", NULL, NULL }, FALSE },
    { "25", { "Amazon.com", "US", "250 USD", NULL, NULL }, FALSE },
    { "25", { "Amazon.com", "US", "USD 25", NULL, NULL }, FALSE },
    { "25", { "Amazon.com", "US", NULL, NULL, NULL }, FALSE },
    { "25", { "Amazon.com", "US", "range", "1e400", NULL }, FALSE },
    { "twenty", { "Amazon.com", "US", "range", "twenty", NULL }, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsOrderLine) line = make_line ("25 USD", cases[i].value, "ada@example.com");

    g_assert_cmpint (refills_order_comparison_is_echo_of (&cases[i].echo, line), ==, cases[i].same);
  }
}

static gboolean
compare (const RefillsDeliveryEcho *echoes,
         guint                      n_echoes)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RefillsOrderRequest) asked = NULL;

  g_ptr_array_add (lines, make_line ("10 USD", NULL, "ada@example.com"));
  g_ptr_array_add (lines, make_line ("10 USD", NULL, "bob@example.com"));
  g_ptr_array_add (lines, make_line ("10 USD", NULL, "bob@example.com"));
  g_ptr_array_add (lines, make_line (NULL, "25", "ada@example.com"));
  asked = make_request (lines);

  return refills_order_comparison_are_echoes_of (echoes, n_echoes, asked);
}

static void
test_several (void)
{
  const RefillsDeliveryEcho ada = { "Amazon.com", "US", "10 USD", NULL, "ada@example.com" };
  const RefillsDeliveryEcho bob = { "Amazon.com", "US", "10 USD", NULL, "bob@example.com" };
  const RefillsDeliveryEcho anyone = { "Amazon.com", NULL, "10 USD", NULL, NULL };
  const RefillsDeliveryEcho range = { "Amazon.com", "US", "25 USD", NULL, NULL };
  const struct {
    RefillsDeliveryEcho echoes[5];
    guint n_echoes;
    gboolean same;
  } cases[] = {
    { { ada, bob, bob, range }, 4, TRUE },
    { { range, bob, ada, bob }, 4, TRUE },
    /* What says nothing of the recipient must not take the line of one that does. */
    { { anyone, bob, bob, range }, 4, TRUE },
    { { anyone, anyone, ada, range }, 4, TRUE },
    { { anyone, anyone, anyone, range }, 4, TRUE },
    { { ada, ada, bob, range }, 4, FALSE },
    { { bob, bob, bob, range }, 4, FALSE },
    { { ada, bob, bob, bob }, 4, FALSE },
    { { ada, bob, bob, { NULL } }, 4, FALSE },
    { { ada, bob, range }, 3, FALSE },
    { { ada, bob, bob, range, ada }, 5, FALSE },
    { { { NULL } }, 0, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (compare (cases[i].echoes, cases[i].n_echoes), ==, cases[i].same);
}

static void
test_limit (void)
{
  static const struct { const char *amount; const char *agreed; gboolean within; } cases[] = {
    { "25.37", "25.37", TRUE }, { "25.6237", "25.37", TRUE }, { "25.6238", "25.37", FALSE },
    { "0", "25.37", TRUE }, { "1", "100000000000000000000000000000", TRUE },
    { NULL, "1", FALSE }, { "1", NULL, FALSE }, { "1e2", "100", FALSE }, { "1", "0x1", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (refills_order_comparison_is_within_limit (cases[i].amount, cases[i].agreed), ==,
                     cases[i].within);
}

/* What is long, or written with two blanks, is kept whole where it is compared, and cut only where it is shown. */
static void
test_long (void)
{
  g_autofree char *name = g_strnfill (1500, 'n');
  g_autofree char *brand = g_strconcat (name, "  Card", NULL);
  g_autofree char *other = g_strconcat (name, "  Code", NULL);
  g_autofree char *value = g_strnfill (150, 'v');
  g_autofree char *local = g_strnfill (200, 'a');
  g_autofree char *email = g_strconcat (local, "@example.com", NULL);
  const struct {
    const char *brand;
    const char *to;
    const char *echoed_brand;
    const char *echoed_to;
    gboolean same;
  } cases[] = {
    { brand, email, brand, email, TRUE },
    { brand, "12  34", brand, "12  34", TRUE },
    { brand, email, other, email, FALSE },
    { brand, email, brand, "ada@example.com", FALSE },
    { brand, "12  34", brand, "1234", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const RefillsOrderLineFields fields = {
      .brand_name = cases[i].brand, .country = "US", .denomination = value, .beneficiary = cases[i].to,
    };
    g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (RefillsOrderRequest) asked = NULL;
    g_autofree char *text =
      g_strdup_printf ("{\"order_id\":\"o\",\"deliveries\":[{\"deliverable\":{\"brand_name\":\"%s\","
                       "\"country_code\":\"US\",\"denomination\":\"%s\",\"beneficiary_account\":\"%s\"}}]}",
                       cases[i].echoed_brand, value, cases[i].echoed_to);
    g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
    g_autoptr (RefillsOrderState) state = refills_order_state_new_from_bytes (bytes, NULL);
    const char *face_label = refills_delivery_get_face_label (refills_order_state_get_delivery (state, 0));

    g_ptr_array_add (lines, refills_order_line_new (&fields));
    asked = make_request (lines);
    g_assert_cmpint (refills_order_comparison_is_state_of (state, asked), ==, cases[i].same);
    g_assert_cmpint (g_utf8_strlen (face_label, -1), ==, 120);
  }
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/order-comparison/one", test_one);
  g_test_add_func ("/order-comparison/several", test_several);
  g_test_add_func ("/order-comparison/long", test_long);
  g_test_add_func ("/order-comparison/limit", test_limit);

  return g_test_run ();
}
