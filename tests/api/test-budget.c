/* test-budget.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How many requests leave in which time.
 */
#include "refills-budget.h"

#include "refills-test.h"

static const struct {
  const char      *method;
  const char      *path;
  RefillsEndpoint  endpoint;
  guint            n;         /* requests in the window */
  guint            window_ms;
} endpoints[] = {
  { "GET", "/v3/payment_vias", REFILLS_ENDPOINT_VIAS, 30, 60000 },
  { "GET", "/v2/brands", REFILLS_ENDPOINT_BRANDS, 60, 60000 },
  { "GET", "/v2/homepage", REFILLS_ENDPOINT_HOMEPAGE, 30, 60000 },
  { "GET", "/v2/search/US", REFILLS_ENDPOINT_SEARCH, 60, 60000 },
  { "GET", "/v5/products/country/US", REFILLS_ENDPOINT_PRODUCTS, 60, 60000 },
  { "GET", "/v4/products/price", REFILLS_ENDPOINT_PRICE, 120, 60000 },
  { "GET", "/v5/orders/5b0c", REFILLS_ENDPOINT_ORDER, 120, 60000 },
  { "POST", "/v5/orders/validations", REFILLS_ENDPOINT_VALIDATIONS, 60, 600000 },
  { "POST", "/v5/orders", REFILLS_ENDPOINT_CREATE, 30, 600000 },
  { "POST", "/v2/validate-email", REFILLS_ENDPOINT_EMAIL, 60, 60000 },
};

static gint64
read_clock (gpointer user_data)
{
  return *(gint64 *) user_data;
}

static void
test_endpoints (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (endpoints); i++)
    g_assert_cmpint (refills_endpoint_find (endpoints[i].method, endpoints[i].path), ==, endpoints[i].endpoint);
  g_assert_cmpint (refills_endpoint_find ("POST", "/v2/brands"), ==, REFILLS_ENDPOINT_OTHER);
  g_assert_cmpint (refills_endpoint_find ("POST", "/v5/orders/"), ==, REFILLS_ENDPOINT_OTHER);
  g_assert_cmpint (refills_endpoint_find ("GET", "/v2/brandsx"), ==, REFILLS_ENDPOINT_OTHER);
}

/* The last of the budget leaves at once, the next one when the first is out of the window; and so on. */
static void
test_windows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (endpoints); i++) {
    gint64 now = -5;
    RefillsBudget *budget = refills_budget_new (read_clock, &now);

    for (guint j = 0; j < endpoints[i].n; j++) {
      g_assert_cmpuint (refills_budget_get_wait (budget, endpoints[i].endpoint), ==, 0);
      refills_budget_spend (budget, endpoints[i].endpoint);
      now += 10;
    }
    g_assert_cmpuint (refills_budget_get_wait (budget, endpoints[i].endpoint), ==,
                      endpoints[i].window_ms - 10 * endpoints[i].n);
    now += endpoints[i].window_ms - 10 * endpoints[i].n - 1;
    g_assert_cmpuint (refills_budget_get_wait (budget, endpoints[i].endpoint), ==, 1);
    now += 1;
    g_assert_cmpuint (refills_budget_get_wait (budget, endpoints[i].endpoint), ==, 0);
    refills_budget_spend (budget, endpoints[i].endpoint);
    g_assert_cmpuint (refills_budget_get_wait (budget, endpoints[i].endpoint), ==, 10);

    /* Of the others nothing is spent. */
    for (int other = 0; other < REFILLS_N_ENDPOINTS; other++)
      g_assert_true (other == (int) endpoints[i].endpoint || refills_budget_get_wait (budget, other) == 0);
    refills_budget_unref (budget);
  }
}

static void
test_block (void)
{
  gint64 now = 1000;
  RefillsBudget *budget = refills_budget_new (read_clock, &now);

  refills_budget_block (budget, REFILLS_ENDPOINT_OTHER, 30000);
  refills_budget_block (budget, REFILLS_ENDPOINT_OTHER, 10);
  g_assert_cmpuint (refills_budget_get_wait (budget, REFILLS_ENDPOINT_OTHER), ==, 30000);
  g_assert_cmpuint (refills_budget_get_wait (budget, REFILLS_ENDPOINT_BRANDS), ==, 0);
  now += 29999;
  g_assert_cmpuint (refills_budget_get_wait (budget, REFILLS_ENDPOINT_OTHER), ==, 1);
  now += 1;
  g_assert_cmpuint (refills_budget_get_wait (budget, REFILLS_ENDPOINT_OTHER), ==, 0);
  refills_budget_unref (budget);
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  g_test_add_func ("/budget/endpoints", test_endpoints);
  g_test_add_func ("/budget/windows", test_windows);
  g_test_add_func ("/budget/block", test_block);

  return g_test_run ();
}
