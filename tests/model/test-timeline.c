/* test-timeline.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-timeline.h"

#include "json-case.h"
#include "refills-test.h"

/* Noon of a day, so that an hour earlier is the same day wherever the clock stands. */
static gint64
find_noon (int year)
{
  g_autoptr (GDateTime) noon = g_date_time_new_local (year, 11, 17, 12, 0, 0);

  return g_date_time_to_unix (noon);
}

static RefillsOrderRequest *
make_request (const char *coin,
              const char *network_text,
              const char *payment_via)
{
  g_autofree char *text = g_strdup_printf ("{'name':'%s'}", network_text);
  g_autoptr (JsonCase) json = json_case_new (text);
  g_autoptr (RefillsNetwork) network = refills_network_new_from_json (&json->place, NULL);
  const RefillsOrderLineFields line_fields = { .brand_name = "Steam", .country = "US", .denomination = "10 USD" };
  const RefillsOrderRequestFields fields = { .payment_via = payment_via, .coin = coin, .quoted_amount = "11.47" };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (lines, refills_order_line_new (&line_fields));

  return refills_order_request_new (&fields, lines, network);
}

static RefillsOrderState *
make_state (const char *order_state,
            const char *members)
{
  g_autofree char *text = g_strdup_printf ("{'order_id':'a','order_state':'%s'%s%s%s}", order_state,
                                           members && strstr (members, "payment_state") ? "" : ",'payment_state':'p'",
                                           members ? "," : "", members ? members : "");
  g_autoptr (GBytes) bytes = json_case_to_bytes (text);
  g_autoptr (GError) error = NULL;
  RefillsOrderState *state = refills_order_state_new_from_bytes (bytes, &error);

  g_assert_no_error (error);

  return state;
}

/* One line: a sign for each step's state, its title, and what is known beside it. */
static char *
write_timeline (const RefillsTimelineFacts *facts)
{
  static const char *const signs[] = { "-", ">", "+", "!" };
  g_autoptr (RefillsTimeline) timeline = refills_timeline_new (facts);
  GListModel *steps = G_LIST_MODEL (timeline);
  GString *text = g_string_new (NULL);

  g_assert_true (g_list_model_get_item_type (steps) == REFILLS_TYPE_TIMELINE_STEP);
  g_assert_null (g_list_model_get_object (steps, g_list_model_get_n_items (steps)));
  for (guint i = 0; i < g_list_model_get_n_items (steps); i++) {
    g_autoptr (RefillsTimelineStep) step = g_list_model_get_item (steps, i);
    const char *parts[] = { refills_timeline_step_get_time_text (step), refills_timeline_step_get_actor_text (step),
                            refills_timeline_step_get_note (step) };

    assert_contract (step);
    g_string_append_printf (text, "%s%s%s", i > 0 ? "; " : "", signs[refills_timeline_step_get_state (step)],
                            refills_timeline_step_get_title (step));
    for (guint j = 0; j < G_N_ELEMENTS (parts); j++)
      if (parts[j])
        g_string_append_printf (text, ", %s", parts[j]);
  }

  return g_string_free (text, FALSE);
}

static void
assert_timeline (const RefillsTimelineFacts *facts,
                 const char                 *wanted)
{
  g_autofree char *found = write_timeline (facts);

  g_assert_cmpstr (found, ==, wanted);
}

#define DELIVERY(id, state) "{'id':'" id "','delivery_state':'" state "','deliverable':{'brand_name':'Steam'}}"
#define DELIVERIES(a, b) "'deliveries':[" DELIVERY ("1", a) "," DELIVERY ("2", b) "]"

static void
test_phases (void)
{
  const struct {
    const char *order_state;
    const char *members;
    const char *wanted;
  } cases[] = {
    { "Foo", NULL, "+Ordered, 11:00; >Waiting for the service, The service; -Delivery" },
    { "WaitingForPayment", NULL, "+Ordered, 11:00; >Waiting for payment, You; -Preparing; -Delivery" },
    { "PartialPaymentStarted", NULL, "+Ordered, 11:00; >Partly paid, 11:02, You; -Preparing; -Delivery" },
    { "Expired", NULL, "+Ordered, 11:00; !Expired, 11:03, What was sent in time still counts" },
    { "Expired", "'sent_coin_amount':'1'", "+Ordered, 11:00; !Expired, 11:03, You, Ask Cryptorefills’ support" },
    { "Expired", "'coin_amount':'1','sent_coin_amount':'1.0'",
      "+Ordered, 11:00; !Expired, 11:03; >Paid late, The service, Can take a day" },
    { "Expired", "'payment_state':'ExpiredAfterPaymentDetection'",
      "+Ordered, 11:00; +Paid late, 11:04; >The service has to act, 11:06, The service, Can take a day; -Delivery" },
    { "Expired", "'sent_coin_amount':'0.0'", "+Ordered, 11:00; !Expired, 11:03, What was sent in time still counts" },
    { "PaymentStarted", NULL,
      "+Ordered, 11:00; >Payment seen, 11:04, The network, Usually takes a few minutes; -Preparing; -Delivery" },
    { "WaitingForDelivery", NULL,
      "+Ordered, 11:00; +Paid, 11:04; >Preparing, 11:05, The service, Usually takes a few minutes; -Delivery" },
    { "WaitingForRebuy", NULL,
      "+Ordered, 11:00; +Paid, 11:04; >The service has to act, 11:06, The service, Can take a day; -Delivery" },
    { "PaymentSetupFailed", NULL, "+Ordered, 11:00; !No payment possible, 11:07" },
    { "PaymentFailed", NULL, "+Ordered, 11:00; !Payment rejected, 11:08, You, Ask Cryptorefills’ support" },
    { "Canceled", NULL, "+Ordered, 11:00; +Paid, 11:04; !Canceled, 11:09" },
    { "Canceled", "'sent_coin_amount':'1'",
      "+Ordered, 11:00; +Paid, 11:04; !Canceled, 11:09, You, Ask Cryptorefills’ support" },
    { "Refunded", NULL, "+Ordered, 11:00; +Paid, 11:04; +Refunded, 11:10" },
    { "Done", NULL, "+Ordered, 11:00; +Paid, 11:04; +Prepared, 11:05; +Delivered, 11:11" },
    { "Done", DELIVERIES ("Succeeded", "Refunded"), "+Ordered, 11:00; +Paid, 11:04; !Partly delivered, 11:11" },
    { "Done", DELIVERIES ("Refunded", "Refunded"), "+Ordered, 11:00; +Paid, 11:04; +Refunded, 11:11" },
    { "Done", DELIVERIES ("rejected", "Refunded"), "+Ordered, 11:00; +Paid, 11:04; !Not delivered, 11:11" },
    { "Done", DELIVERIES ("Succeeded", "WaitingForManualAction"),
      "+Ordered, 11:00; +Paid, 11:04; >Partly delivered, 11:11, The service, Can take a day" },
    { "Done", DELIVERIES ("WaitingForRebuy", "Refunded"),
      "+Ordered, 11:00; +Paid, 11:04; >The service has to act, 11:11, The service, Can take a day" },
  };
  g_autoptr (RefillsOrderRequest) asked = make_request ("USDC", "Base", "USER_WALLET");
  g_autoptr (GVariant) moments = NULL;
  GVariantBuilder builder;
  gint64 now = find_noon (2026);

  /* Every phase a minute after the one before it, and the first time counts. */
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(xu)"));
  for (guint phase = 0; phase <= REFILLS_ORDER_PHASE_DONE; phase++)
    g_variant_builder_add (&builder, "(xu)", now - 60 * 60 + 60 * (gint64) phase, phase);
  g_variant_builder_add (&builder, "(xu)", now, REFILLS_ORDER_PHASE_PAYMENT_SEEN);
  moments = g_variant_ref_sink (g_variant_builder_end (&builder));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsOrderState) state = make_state (cases[i].order_state, cases[i].members);

    g_test_message ("%s %s", cases[i].order_state, cases[i].members ? cases[i].members : "");
    assert_timeline (&(RefillsTimelineFacts) {
      .outcome = REFILLS_ORDER_OUTCOME_PLACED, .asked = asked, .state = state, .moments = moments,
      .asked_at = now - 60 * 60, .now = now,
    }, cases[i].wanted);
  }
}

static void
test_outcomes (void)
{
  const struct {
    RefillsOrderOutcome outcome;
    const char *wanted;
  } cases[] = {
    { REFILLS_ORDER_OUTCOME_SENDING,
      ">Ordering, 11:59, The service, Takes a minute at most; -Payment; -Preparing; -Delivery" },
    { REFILLS_ORDER_OUTCOME_REFUSED, "!Not ordered, 11:59" },
    { REFILLS_ORDER_OUTCOME_UNKNOWN, "!No answer, 11:59" },
    { REFILLS_ORDER_OUTCOME_PLACED, "+Ordered, 11:59; >Waiting for the service, The service; -Delivery" },
  };
  g_autoptr (RefillsOrderRequest) asked = make_request ("USDC", "Base", "USER_WALLET");
  gint64 now = find_noon (2026);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_timeline (&(RefillsTimelineFacts) {
      .outcome = cases[i].outcome, .asked = asked, .asked_at = now - 60, .now = now,
    }, cases[i].wanted);
}

static void
test_no_payment (void)
{
  g_autoptr (RefillsOrderRequest) asked = make_request ("USDC", "Base", "USER_WALLET");
  g_autoptr (RefillsOrderState) waiting = make_state ("WaitingForPayment", NULL);
  g_autoptr (RefillsOrderState) sent = make_state ("WaitingForPayment", "'sent_coin_amount':'1'");
  g_autoptr (RefillsOrderState) expired = make_state ("Expired", NULL);
  g_autoptr (RefillsOrderState) seen = make_state ("PaymentStarted", NULL);
  RefillsTimelineFacts facts = {
    .outcome = REFILLS_ORDER_OUTCOME_PLACED, .asked = asked, .state = waiting, .now = find_noon (2026),
  };

  facts.is_withheld = TRUE;
  assert_timeline (&facts, "+Ordered; !Payment stopped");
  facts.is_withheld = FALSE;
  facts.is_time_up = TRUE;
  assert_timeline (&facts, "+Ordered; >Time to pay is over, What was sent in time still counts; -Preparing; -Delivery");
  facts.is_time_up = FALSE;

  facts.is_superseded = TRUE;
  assert_timeline (&facts, "+Ordered; !Replaced, A newer order took its place");
  facts.state = sent;
  assert_timeline (&facts, "+Ordered; !Replaced, A newer order took its place");
  facts.state = NULL;
  assert_timeline (&facts, "+Ordered; !Replaced, A newer order took its place");
  /* Money that was on its way is followed all the same. */
  facts.state = expired;
  assert_timeline (&facts, "+Ordered; !Expired, What was sent in time still counts");
  facts.state = seen;
  assert_timeline (&facts,
                   "+Ordered; >Payment seen, The network, Usually takes a few minutes; -Preparing; -Delivery");
}

static void
test_expectations (void)
{
  const struct {
    const char *coin;
    const char *network;
    const char *via;
    const char *wanted;
  } cases[] = {
    { "BTC", "Lightning", "USER_WALLET", ">Payment seen, The network, Usually takes seconds" },
    { "BTC", "Mainnet", "USER_WALLET",
      ">Payment seen, The network, Up to 6 confirmations, which can take an hour or more" },
    { "USDT", "Tron", "USER_WALLET", ">Payment seen, The network, Usually takes a few minutes" },
    { "USDT", "Tron", "GATE_PAY", ">Payment seen, The service" },
  };
  g_autoptr (RefillsOrderState) seen = make_state ("PaymentStarted", NULL);
  g_autoptr (RefillsOrderRequest) asked = make_request ("USDC", "Base", "USER_WALLET");
  g_autoptr (RefillsOrderState) top_up =
    make_state ("WaitingForDelivery", "'deliveries':[{'id':'1','delivery_state':'WaitingForDelivery',"
                                      "'deliverable':{'delivery_type':'by_phone'}}]");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (RefillsOrderRequest) paid = make_request (cases[i].coin, cases[i].network, cases[i].via);
    g_autofree char *wanted = g_strdup_printf ("+Ordered; %s; -Preparing; -Delivery", cases[i].wanted);

    assert_timeline (&(RefillsTimelineFacts) {
      .outcome = REFILLS_ORDER_OUTCOME_PLACED, .asked = paid, .state = seen, .now = find_noon (2026),
    }, wanted);
  }

  assert_timeline (&(RefillsTimelineFacts) {
    .outcome = REFILLS_ORDER_OUTCOME_PLACED, .asked = asked, .state = top_up, .now = find_noon (2026),
  }, "+Ordered; +Paid; >Preparing, The service, Usually takes minutes, sometimes an hour; -Delivery");
}

/* Month names are those of the locale: only their place is looked at. */
static void
assert_time (gint64      seconds,
             gint64      now,
             const char *pattern)
{
  g_autoptr (RefillsOrderRequest) asked = make_request ("USDC", "Base", "USER_WALLET");
  g_autofree char *text = write_timeline (&(RefillsTimelineFacts) {
    .outcome = REFILLS_ORDER_OUTCOME_REFUSED, .asked = asked, .asked_at = seconds, .now = now,
  });

  g_test_message ("%s", text);
  g_assert_true (g_regex_match_simple (pattern, text, 0, 0));
}

static void
test_times (void)
{
  gint64 now = find_noon (2026);

  assert_time (now - 60, now, "^!Not ordered, 11:59$");
  assert_time (now + 60, now, "^!Not ordered, 12:01$");
  assert_time (now - 24 * 60 * 60, now, "^!Not ordered, 16 [^ ]+, 12:00$");
  assert_time (find_noon (2025), now, "^!Not ordered, 17 [^ ]+ 2025, 12:00$");
  assert_time (0, now, "^!Not ordered$");
  assert_time (-5, now, "^!Not ordered$");
  assert_time (G_MAXINT64, now, "^!Not ordered$");
}

/* Moments come from a file that may be damaged. */
static void
test_damaged_moments (void)
{
  const char *const texts[] = { "@a(xu) []", "'moments'", "[(int64 5, uint32 99), (-7, 11), (0, 11)]",
                                "[(int64 9223372036854775807, uint32 11)]" };
  g_autoptr (RefillsOrderRequest) asked = make_request ("USDC", "Base", "USER_WALLET");
  g_autoptr (RefillsOrderState) done = make_state ("Done", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GVariant) moments = g_variant_parse (NULL, texts[i], NULL, NULL, &error);

    g_assert_no_error (error);
    assert_timeline (&(RefillsTimelineFacts) {
      .outcome = REFILLS_ORDER_OUTCOME_PLACED, .asked = asked, .state = done, .moments = moments,
      .now = find_noon (2026),
    }, "+Ordered; +Paid; +Prepared; +Delivered");
  }
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  g_test_add_func ("/timeline/phases", test_phases);
  g_test_add_func ("/timeline/outcomes", test_outcomes);
  g_test_add_func ("/timeline/no-payment", test_no_payment);
  g_test_add_func ("/timeline/expectations", test_expectations);
  g_test_add_func ("/timeline/times", test_times);
  g_test_add_func ("/timeline/damaged-moments", test_damaged_moments);

  return g_test_run ();
}
