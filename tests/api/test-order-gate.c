/* test-order-gate.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * No order without a fresh yes to the same basket.
 */
#include "refills-order-gate.h"

#include <string.h>
#include <time.h>

#include "order-fixture.h"
#include "refills-error.h"
#include "refills-test.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

static void
assert_refused (RefillsOrderRequest *request,
                RefillsQuote        *accepted,
                gint64               now,
                int                  code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (refills_order_gate_check (request, accepted, now, &error));
  g_assert_error (error, REFILLS_ERROR, code);
}

static void
test_age (void)
{
  static const struct { gint64 age; gboolean passes; } table[] = {
    { 0, TRUE }, { 59 * SECOND, TRUE }, { 60 * SECOND - 1, TRUE }, { 60 * SECOND, FALSE },
    { 3600 * SECOND, FALSE }, { -1, FALSE }, { G_MAXINT64 / 2, FALSE },
  };
  g_autoptr (RefillsOrderRequest) request = order_fixture_one ("25 USD", NULL);
  g_autoptr (RefillsQuote) accepted = order_fixture_quote (request, "null", 1000 * SECOND);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    gint64 now = 1000 * SECOND + table[i].age;

    if (table[i].passes)
      g_assert_true (refills_order_gate_check (request, accepted, now, NULL));
    else
      assert_refused (request, accepted, now, REFILLS_ERROR_NOT_VALIDATED);
  }
}

static void
test_accepted (void)
{
  g_autoptr (RefillsOrderRequest) request = order_fixture_one ("25 USD", NULL);
  g_autoptr (RefillsQuote) refused = order_fixture_quote (request, "[{\"problem\":\"NOT_ACTIVE\"}]", 0);

  assert_refused (request, NULL, 0, REFILLS_ERROR_NOT_VALIDATED);
  assert_refused (request, refused, 0, REFILLS_ERROR_NOT_VALIDATED);
}

static void
test_basket (void)
{
  g_autoptr (GPtrArray) two = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) to_bob = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RefillsOrderRequest) request = order_fixture_one ("25 USD", NULL);
  g_autoptr (RefillsOrderRequest) with_total = refills_order_request_with_quote (request, "25.37");
  g_autoptr (RefillsOrderRequest) dearer = order_fixture_one ("100 USD", NULL);
  g_autoptr (RefillsOrderRequest) range = order_fixture_one (NULL, "25");
  g_autoptr (RefillsQuote) accepted = order_fixture_quote (request, "null", 0);
  g_autoptr (RefillsOrderRequest) twice = NULL;
  g_autoptr (RefillsOrderRequest) other = NULL;
  g_autoptr (RefillsOrderRequest) coupon = NULL;
  g_autoptr (RefillsOrderRequest) refund = NULL;

  g_ptr_array_add (two, order_fixture_line ("25 USD", NULL, "by_email", "ada@example.com"));
  coupon = order_fixture_request (two, "TEN", NULL);
  refund = order_fixture_request (two, NULL, "0xA1");
  g_ptr_array_add (two, g_object_ref (two->pdata[0]));
  twice = order_fixture_request (two, NULL, NULL);
  g_ptr_array_add (to_bob, order_fixture_line ("25 USD", NULL, "by_email", "bob@example.com"));
  other = order_fixture_request (to_bob, NULL, NULL);

  g_assert_true (refills_order_gate_check (with_total, accepted, 1, NULL));
  assert_refused (dearer, accepted, 1, REFILLS_ERROR_NOT_VALIDATED);
  assert_refused (range, accepted, 1, REFILLS_ERROR_NOT_VALIDATED);
  assert_refused (twice, accepted, 1, REFILLS_ERROR_NOT_VALIDATED);
  assert_refused (other, accepted, 1, REFILLS_ERROR_NOT_VALIDATED);
  assert_refused (coupon, accepted, 1, REFILLS_ERROR_NOT_VALIDATED);
  assert_refused (refund, accepted, 1, REFILLS_ERROR_NOT_VALIDATED);
}

static RefillsOrderRequest *
make_request (const char *via,
              const char *coin,
              const char *network_json)
{
  g_autoptr (GBytes) bytes = network_json != NULL ? g_bytes_new (network_json, strlen (network_json)) : NULL;
  g_autoptr (RefillsJson) json = bytes != NULL ? refills_json_parse (bytes, 4096, NULL) : NULL;
  g_autoptr (RefillsNetwork) network = NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  RefillsJsonPlace place;

  if (json != NULL) {
    refills_json_place_init (&place, json);
    network = refills_network_new_for_coin (&place, coin, NULL);
    g_assert_nonnull (network);
  }
  g_ptr_array_add (lines, order_fixture_line ("25 USD", NULL, "by_email", "ada@example.com"));

  return refills_order_request_new (&(RefillsOrderRequestFields) {
                                      .email = "ada@example.com", .payment_via = via, .coin = coin, .language = "en",
                                    }, lines, network);
}

/* A payment that could not be verified is not asked for, whatever the service said. */
static void
test_unsupported (void)
{
#define BASE(contract, decimals, more) \
  "{\"name\":\"Base\",\"smart_contract\":{\"address\":\"" contract "\",\"decimals\":" decimals "}" more "}"
#define USDC "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"
  static const struct { const char *via, *coin, *network; gboolean passes; } table[] = {
    { "USER_WALLET", "USDC", BASE (USDC, "6", ",\"chain_id\":8453"), TRUE },
    { "USER_WALLET", "USDC", BASE (USDC, "6", ""), TRUE },
    { "USER_WALLET", "USDC", BASE (USDC, "18", ""), FALSE },
    { "USER_WALLET", "USDC", BASE (USDC, "6", ",\"chain_id\":1"), FALSE },
    { "USER_WALLET", "USDC", BASE ("0xd9aAEc86B65D86f6A7B5B1b0c42FFA531710b6CA", "6", ""), FALSE },
    { "USER_WALLET", "USDC", "{\"name\":\"Base\",\"chain_id\":8453}", FALSE },
    { "USER_WALLET", "USDC", "{\"name\":\"Moon\"}", FALSE },
    { "USER_WALLET", "XMR", "{\"name\":\"Mainnet\"}", FALSE },
    { "GATE_PAY", "USDC", NULL, TRUE }, /* the exchange's to check */
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (RefillsOrderRequest) request = make_request (table[i].via, table[i].coin, table[i].network);
    g_autoptr (RefillsQuote) accepted = order_fixture_quote (request, "null", 0);

    if (table[i].passes)
      g_assert_true (refills_order_gate_check (request, accepted, 1, NULL));
    else
      assert_refused (request, accepted, 1, REFILLS_ERROR_UNSUPPORTED_PAYMENT);
  }
}

/* What cannot be right is not sent, whatever the service said. */
static void
test_beneficiary (void)
{
  static const struct { const char *type; const char *to; gboolean passes; } table[] = {
    { "by_phone", "+14155551234", TRUE }, { "by_phone", "4155551234", FALSE },
    { "by_email", "+14155551234", FALSE }, { "by_account", "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (RefillsOrderRequest) request = NULL;
    g_autoptr (RefillsQuote) accepted = NULL;

    g_ptr_array_add (lines, order_fixture_line ("5 USD", NULL, table[i].type, table[i].to));
    request = order_fixture_request (lines, NULL, NULL);
    accepted = order_fixture_quote (request, "null", 0);
    if (table[i].passes)
      g_assert_true (refills_order_gate_check (request, accepted, 1, NULL));
    else
      assert_refused (request, accepted, 1, REFILLS_ERROR_INVALID_INPUT);
  }
}

/* Neither the time of day nor a clock that sleeps: this one counts from the start of the computer. */
static void
test_clock (void)
{
  struct timespec boot;
  gint64 before = refills_order_gate_get_time ();
  gint64 after = 0;

  g_assert_cmpint (clock_gettime (CLOCK_BOOTTIME, &boot), ==, 0);
  after = refills_order_gate_get_time ();
  g_assert_cmpint (before, <=, (gint64) boot.tv_sec * SECOND + boot.tv_nsec / 1000);
  g_assert_cmpint (after, >=, (gint64) boot.tv_sec * SECOND + boot.tv_nsec / 1000);
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/order-gate/age", test_age);
  g_test_add_func ("/order-gate/accepted", test_accepted);
  g_test_add_func ("/order-gate/basket", test_basket);
  g_test_add_func ("/order-gate/unsupported", test_unsupported);
  g_test_add_func ("/order-gate/beneficiary", test_beneficiary);
  g_test_add_func ("/order-gate/clock", test_clock);

  return g_test_run ();
}
