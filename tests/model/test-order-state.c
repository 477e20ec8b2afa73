/* test-order-state.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-order-state.h"

#include "json-case.h"
#include "refills-error.h"
#include "refills-test.h"

static const char whole[] =
  "{'order_id':'f9d624ad-dc5e','created_at':'1787679708','wallet_address':'lnbc328330n1p4',"
  "'payment_method':'BTC-LIGHTNING','network':'Lightning','coin':'BTC',"
  "'coin_amount':'0.00032833','qr_text':'lightning:lnbc328330n1p4','sent_coin_amount':'0',"
  "'payment_state':'WalletCreated','payment_via':'USER_WALLET',"
  "'payment_requested_at':1787679709.75,'payment_value':22.1678,'timestamp_of_request':1787679710,"
  "'deliveries':[{'id':'521def0e','delivery_state':'WaitingForPayment','deliverable':{"
  "'denomination':'25 USD','brand_name':'Amazon.com','pin_code':'CODE'}}],"
  "'order_state':'WaitingForPayment','user':{'email':'ada@example.com'}}";

static RefillsOrderState *
read_state (const char *text)
{
  g_autoptr (GBytes) bytes = json_case_to_bytes (text);
  g_autoptr (GError) error = NULL;
  RefillsOrderState *state = refills_order_state_new_from_bytes (bytes, &error);

  g_assert_no_error (error);

  return state;
}

static void
test_whole (void)
{
  RefillsOrderState *state = read_state (whole);

  assert_contract (state);
  g_assert_cmpstr (refills_order_state_get_order_id (state), ==, "f9d624ad-dc5e");
  g_assert_cmpstr (refills_order_state_get_order_state (state), ==, "WaitingForPayment");
  g_assert_cmpstr (refills_order_state_get_payment_state (state), ==, "WalletCreated");
  g_assert_true (refills_order_state_has_valid_states (state));
  g_assert_cmpint (refills_order_state_get_phase (state), ==,
                   REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT);
  g_assert_cmpint (refills_order_state_get_alarm (state), ==, REFILLS_ORDER_ALARM_NONE);
  g_assert_false (refills_order_state_is_final (state));
  g_assert_cmpstr (refills_order_state_get_payment_via (state), ==, "USER_WALLET");
  g_assert_cmpstr (refills_order_state_get_coin (state), ==, "BTC");
  g_assert_cmpstr (refills_order_state_get_network (state), ==, "Lightning");
  g_assert_cmpstr (refills_order_state_get_wallet_address (state), ==, "lnbc328330n1p4");
  g_assert_cmpstr (refills_order_state_get_coin_amount (state), ==, "0.00032833");
  g_assert_cmpstr (refills_order_state_get_sent_coin_amount (state), ==, "0");
  g_assert_null (refills_order_state_get_missing_amount (state));
  g_assert_cmpstr (refills_order_state_get_qr_text (state), ==, "lightning:lnbc328330n1p4");
  g_assert_null (refills_order_state_get_checkout_uri (state));
  g_assert_cmpint (refills_order_state_get_created_at (state), ==, 1787679708);
  g_assert_cmpint (refills_order_state_get_payment_requested_at (state), ==, 1787679709);
  g_assert_cmpint (refills_order_state_get_server_time (state), ==, 1787679710);
  g_assert_cmpuint (refills_order_state_get_n_deliveries (state), ==, 1);
  g_assert_cmpuint (refills_order_state_get_n_skipped (state), ==, 0);
  g_assert_cmpstr (refills_delivery_get_id (refills_order_state_get_delivery (state, 0)), ==,
                   "521def0e");
  g_assert_finalize_object (state);
}

static void
test_bad_bytes (void)
{
  static const char * const bad[] = {
    "", " ", "null", "[]", "{}", "'x'", "1", "true", "{'order_id':'a'}{}", "{'order_id':'a'",
    "{'order_id':'a','wallet_address':'1','wallet_address':'2'}", "<html>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GBytes) bytes = json_case_to_bytes (bad[i]);
    g_autoptr (GError) error = NULL;

    g_assert_null (refills_order_state_new_from_bytes (bytes, &error));
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
  }
}

static void
test_size_cap (void)
{
  g_autofree char *filler = g_strnfill (REFILLS_ORDER_MAX_BYTES, 'x');
  g_autofree char *text = g_strdup_printf ("{'order_id':'a','x':'%s'}", filler);
  g_autoptr (GBytes) bytes = json_case_to_bytes (text);
  g_autoptr (GError) error = NULL;

  g_assert_null (refills_order_state_new_from_bytes (bytes, &error));
  g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
}

static void
test_ids (void)
{
  static const char * const bad[] = {
    "", "a/b", "a?b", "..", "a b", "a\\r\\nb", "é", "a.b", "a%2f",
  };
  g_autofree char *longest = g_strnfill (128, 'a');
  g_autofree char *too_long = g_strnfill (129, 'a');

  g_assert_true (refills_order_id_is_valid (longest));
  g_assert_false (refills_order_id_is_valid (too_long));
  g_assert_false (refills_order_id_is_valid (NULL));
  g_assert_true (refills_order_id_is_valid ("Aa09_-"));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *text = g_strdup_printf ("{'order_id':'%s'}", bad[i]);
    g_autoptr (JsonCase) json = json_case_new (text);
    g_autoptr (GError) error = NULL;

    g_assert_null (refills_order_state_new_from_json (&json->place, &error));
    g_assert_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL);
    /* An id is a secret, even one that is none. */
    if (strlen (bad[i]) > 2)
      g_assert_null (strstr (error->message, bad[i]));
  }
}

static void
test_aliases (void)
{
  static const char * const texts[] = {
    "{'id':'a1','status':'Done','payment_state':'PaymentReceived'}",
    "{'orderId':'a1','order_state':'Done','payment_state':'PaymentReceived'}",
    "{'order_id':'a1','id':'other','order_state':'Done','status':7,"
    "'payment_state':'PaymentReceived'}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (RefillsOrderState) state = read_state (texts[i]);

    g_assert_cmpstr (refills_order_state_get_order_id (state), ==, "a1");
    g_assert_cmpint (refills_order_state_get_phase (state), ==, REFILLS_ORDER_PHASE_DONE);
    g_assert_true (refills_order_state_has_valid_states (state));
  }
}

static void
test_invalid_states (void)
{
  static const char * const members[] = {
    "'order_state':7,'payment_state':'PaymentReceived'", "'order_state':'Foo'",
    "'order_state':null,'payment_state':'a'", "'order_state':['Done'],'payment_state':'a'",
    "'order_state':'Foo','payment_state':true", "'payment_state':'PaymentReceived'",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++) {
    g_autofree char *text = g_strdup_printf ("{'order_id':'a',%s}", members[i]);
    g_autoptr (RefillsOrderState) state = read_state (text);

    g_assert_false (refills_order_state_has_valid_states (state));
    g_assert_cmpint (refills_order_state_get_phase (state), ==, REFILLS_ORDER_PHASE_UNKNOWN);
    g_assert_nonnull (refills_order_state_get_order_state (state));
    g_assert_nonnull (refills_order_state_get_payment_state (state));
  }
}

static void
test_phases (void)
{
#define PHASE(name) REFILLS_ORDER_PHASE_##name
  static const struct {
    const char *order_state;
    const char *payment_state;
    const char *members;
    RefillsOrderPhase phase;
    gboolean final;
  } cases[] = {
    { "Created", "", "", PHASE (WAITING_FOR_PAYMENT), FALSE },
    { "WaitingForPayment", "WalletCreated", "", PHASE (WAITING_FOR_PAYMENT), FALSE },
    { "WaitingForPayment", "PaymentRequested", "", PHASE (WAITING_FOR_PAYMENT), FALSE },
    { "WaitingForPayment", "PaymentStarted", "", PHASE (PAYMENT_SEEN), FALSE },
    { "WaitingForPayment", "PaymentReceived", "", PHASE (PREPARING), FALSE },
    { "WaitingForPayment", "Expired", "", PHASE (EXPIRED), FALSE },
    { "WaitingForPayment", "PaymentCanceled", "", PHASE (EXPIRED), FALSE },
    { "WaitingForPayment", "WalletCreated", ",'missing_amount':'1'", PHASE (PARTIALLY_PAID),
      FALSE },
    { "WaitingForPayment", "WalletCreated", ",'missing_amount':'0'", PHASE (WAITING_FOR_PAYMENT),
      FALSE },
    { "WaitingForPayment", "WalletCreated", ",'coin_amount':'2','sent_coin_amount':'0.5'",
      PHASE (PARTIALLY_PAID), FALSE },
    { "WaitingForPayment", "PaymentStarted", ",'coin_amount':2,'sent_coin_amount':0.5",
      PHASE (PARTIALLY_PAID), FALSE },
    { "WaitingForPayment", "PaymentReceived", ",'coin_amount':2,'sent_coin_amount':0.5",
      PHASE (PREPARING), FALSE },
    { "WaitingForPayment", "WalletCreated", ",'coin_amount':'2','sent_coin_amount':'2.0'",
      PHASE (PAYMENT_SEEN), FALSE },
    { "WaitingForPayment", "WalletCreated", ",'coin_amount':'2','sent_coin_amount':'1e400'",
      PHASE (WAITING_FOR_PAYMENT), FALSE },
    { "PartialPaymentStarted", "PaymentStarted", "", PHASE (PARTIALLY_PAID), FALSE },
    { "PaymentStarted", "PaymentStarted", "", PHASE (PAYMENT_SEEN), FALSE },
    { "PaymentReceived", "PaymentReceived", "", PHASE (PREPARING), FALSE },
    { "WaitingForDelivery", "PaymentReceived", "", PHASE (PREPARING), FALSE },
    { "WaitingForRebuy", "PaymentReceived", "", PHASE (NEEDS_ACTION), FALSE },
    { "WaitingForManualAction", "PaymentReceived", "", PHASE (NEEDS_ACTION), FALSE },
    { "PaymentFailed", "PaymentReceived", "", PHASE (PAYMENT_FAILED), TRUE },
    { "PaymentSetupFailed", "", "", PHASE (SETUP_FAILED), TRUE },
    { "Expired", "Expired", "", PHASE (EXPIRED), FALSE },
    { "Expired", "ExpiredAfterPaymentDetection", "", PHASE (NEEDS_ACTION), FALSE },
    { "Canceled", "PaymentCanceled", "", PHASE (CANCELED), TRUE },
    { "Cancelled", "PaymentCanceled", "", PHASE (CANCELED), TRUE },
    { "Refunded", "PaymentReceived", "", PHASE (REFUNDED), TRUE },
    { "Done", "PaymentReceived", "", PHASE (DONE), TRUE },
    { "Done", "PaymentCompleted", "", PHASE (DONE), TRUE },
    { "Completed", "PaymentCompleted", "", PHASE (DONE), TRUE },
    { "done", "PaymentReceived", "", PHASE (UNKNOWN), FALSE },
    { "Foo", "PaymentReceived", "", PHASE (UNKNOWN), FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
      g_strdup_printf ("{'order_id':'a','order_state':'%s','payment_state':'%s'%s}",
                       cases[i].order_state, cases[i].payment_state, cases[i].members);
    g_autoptr (RefillsOrderState) state = read_state (text);

    g_test_message ("%s", text);
    g_assert_cmpint (refills_order_state_get_phase (state), ==, cases[i].phase);
    g_assert_cmpint (refills_order_state_is_final (state), ==, cases[i].final);
  }
}

static void
test_exact_amounts (void)
{
  static const char * const cases[][2] = {
    { "'11.260000'", "11.260000" }, { "1e400", "1e400" }, { "5.0", "5.0" }, { "'0x10'", "0x10" },
    { "'NaN'", "NaN" }, { "18446744073709551616", "18446744073709551616" }, { "null", NULL },
    { "[]", NULL }, { "''", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf ("{'order_id':'a','coin_amount':%s}", cases[i][0]);
    g_autoptr (RefillsOrderState) state = read_state (text);

    g_assert_cmpstr (refills_order_state_get_coin_amount (state), ==, cases[i][1]);
  }
}

static void
test_skipped_deliveries (void)
{
  g_autoptr (RefillsOrderState) state =
    read_state ("{'order_id':'a','deliveries':[7,{},{'deliverable':{'pin_code':'A'}},null]}");
  g_autoptr (RefillsOrderState) object = read_state ("{'order_id':'a','deliveries':{}}");

  g_assert_cmpuint (refills_order_state_get_n_deliveries (state), ==, 1);
  g_assert_cmpuint (refills_order_state_get_n_skipped (state), ==, 3);
  g_assert_cmpuint (refills_order_state_get_n_deliveries (object), ==, 0);
  g_assert_cmpuint (refills_order_state_get_n_skipped (object), ==, 1);
}

static gpointer
make_cb (GVariant *variant)
{
  RefillsOrderState *state = refills_order_state_new_from_variant (variant);

  if (state != NULL) {
    g_autoptr (RefillsOrderState) merged = refills_order_state_merge (state, state);

    g_assert_true (refills_order_id_is_valid (refills_order_state_get_order_id (state)));
    g_assert_nonnull (refills_order_state_get_order_state (state));
    refills_order_state_is_final (state);
  }

  return state;
}

static void
test_variant (void)
{
  g_autoptr (RefillsOrderState) state = read_state (whole);
  g_autoptr (GVariant) variant = g_variant_ref_sink (refills_order_state_to_variant (state));
  g_autoptr (RefillsOrderState) again = refills_order_state_new_from_variant (variant);
  g_autoptr (RefillsOrderState) redacted = refills_order_state_redact (state);
  g_autoptr (GVariant) hidden = g_variant_ref_sink (refills_order_state_to_variant (redacted));
  g_autofree char *printed = g_variant_print (hidden, FALSE);
  g_autoptr (GVariant) foreign = g_variant_ref_sink (g_variant_new_int32 (7));
  g_autoptr (GVariant) empty = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  g_autoptr (GVariant) more = NULL;
  g_autoptr (RefillsOrderState) newer = NULL;
  GVariantDict dict;

  g_assert_true (refills_order_state_equal (state, again));
  g_assert_false (refills_order_state_equal (state, redacted));
  g_assert_null (strstr (printed, "CODE"));
  g_assert_true (refills_delivery_has_any_secret (refills_order_state_get_delivery (redacted, 0)));
  g_assert_null (refills_order_state_new_from_variant (foreign));
  g_assert_null (refills_order_state_new_from_variant (empty));

  /* A later version adds keys, and phases that we do not know. */
  g_variant_dict_init (&dict, variant);
  g_variant_dict_insert (&dict, "mood", "s", "good");
  g_variant_dict_insert (&dict, "phase", "i", 99);
  g_variant_dict_insert (&dict, "alarm", "u", 0xffffffff);
  more = g_variant_ref_sink (g_variant_dict_end (&dict));
  newer = refills_order_state_new_from_variant (more);
  g_assert_cmpint (refills_order_state_get_phase (newer), ==, REFILLS_ORDER_PHASE_UNKNOWN);
  g_assert_cmpuint (refills_order_state_get_alarm (newer), ==, 15);

  assert_damaged_safe (refills_order_state_to_variant (state), make_cb);
}

static void
vary_cb (const char       *path,
         RefillsJsonPlace *place,
         gpointer          user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsOrderState) state = refills_order_state_new_from_json (place, &error);

  g_assert_true ((state == NULL) == (error != NULL));
  if (!g_str_equal (path, "$.order_id")) {
    g_assert_nonnull (state);
    /* Whatever else is broken, the code is there. */
    if (!g_str_has_prefix (path, "$.deliveries"))
      g_assert_cmpstr (refills_delivery_get_secret (refills_order_state_get_delivery (state, 0),
                                                    REFILLS_SECRET_CODE), ==, "CODE");
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
  g_test_add_func ("/order-state/whole", test_whole);
  g_test_add_func ("/order-state/bad-bytes", test_bad_bytes);
  g_test_add_func ("/order-state/size-cap", test_size_cap);
  g_test_add_func ("/order-state/ids", test_ids);
  g_test_add_func ("/order-state/aliases", test_aliases);
  g_test_add_func ("/order-state/invalid-states", test_invalid_states);
  g_test_add_func ("/order-state/phases", test_phases);
  g_test_add_func ("/order-state/exact-amounts", test_exact_amounts);
  g_test_add_func ("/order-state/skipped-deliveries", test_skipped_deliveries);
  g_test_add_func ("/order-state/variant", test_variant);
  g_test_add_func ("/order-state/vary", test_vary);

  return g_test_run ();
}
