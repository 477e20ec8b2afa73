/* test-order-page.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-countdown.h"
#include "refills-help-view.h"
#include "refills-order-again.h"
#include "refills-order-page.h"
#include "refills-payment-view.h"
#include "refills-qr-picture.h"

#include "refills-test.h"
#include "refills-widget-test.h"

#define DEADLINE_MS 20000

#define ORDER_ID "3e9f1a52-0b1c-4c39-9d3e-6a4f2b7c8d90"
#define ADDRESS  "5aAeKqTSS8vTnLmFJDqYqvqz3XGxWcYRVuMB5aAeeAed"
#define CODE     "4GYY-77HKKG-2J6M"

/* One time for the whole run: those of an order do not change. */
static gint64 started_at;

typedef struct {
  RefillsShop  *shop;
  RefillsOrder *order;
  GtkWidget    *page;
  GtkWidget    *window;
} Fixture;

static RefillsNetwork *
make_network (void)
{
  const char text[] = "{\"name\":\"Solana\",\"base_token\":\"SOL\",\"smart_contract\":{\"address\":"
                      "\"EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v\",\"decimals\":6}}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsJson) root = refills_json_parse (bytes, 4096, &error);
  RefillsJsonPlace place;
  RefillsNetwork *network;

  g_assert_no_error (error);
  refills_json_place_init (&place, root);
  network = refills_network_new_from_json (&place, &error);
  g_assert_no_error (error);

  return network;
}

static RefillsOrder *
make_order (void)
{
  const RefillsOrderLineFields line_fields = {
    .brand_name = "Bücher <b>&\" Laden", .country = "US", .kind = "giftcard",
    .denomination = "10 USD", .face_label = "10 USD", .delivery_type = "by_email",
    .beneficiary = "ada@example.com",
  };
  const RefillsOrderRequestFields fields = {
    .email = "ada@example.com", .payment_via = "USER_WALLET", .coin = "USDC", .language = "en",
    .quoted_amount = "11.47",
  };
  g_autoptr (RefillsNetwork) network = make_network ();
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RefillsOrderRequest) asked = NULL;

  g_ptr_array_add (lines, refills_order_line_new (&line_fields));
  asked = refills_order_request_new (&fields, lines, network);

  return refills_order_new (7, 1787679708, asked);
}

typedef struct {
  const char *order_state;
  const char *payment_state;
  const char *delivery_state;
  const char *address;
  const char *amount;
  int         age;     /* seconds since the payment was asked for; 0 for 18 */
  const char *secrets; /* members of the deliverable, with a comma before them */
} Answer;

/* An answer in which every member that is not set is as in an order that waits for a payment. */
static RefillsOrderState *
make_state (const Answer *answer)
{
  gint64 now = started_at;
  const char *address = answer->address != NULL ? answer->address : ADDRESS;
  g_autofree char *text = g_strdup_printf (
    "{\"order_id\":\"" ORDER_ID "\",\"created_at\":\"%" G_GINT64_FORMAT "\","
    "\"payment_requested_at\":\"%" G_GINT64_FORMAT "\",\"wallet_address\":\"%s\","
    "\"network\":\"Solana\",\"coin\":\"USDC\",\"coin_amount\":\"%s\",\"sent_coin_amount\":\"0\","
    "\"qr_text\":\"%s\",\"payment_state\":\"%s\",\"order_state\":\"%s\",\"payment_via\":\"USER_WALLET\","
    "\"deliveries\":[{\"id\":\"d1\",\"delivery_state\":\"%s\",\"kind\":\"giftcard\",\"deliverable\":{"
    "\"denomination\":\"10 USD\",\"localized_denomination\":\"$10\",\"brand_name\":\"Bücher <b>&\\\" Laden\","
    "\"beneficiary_account\":\"ada@example.com\",\"country_code\":\"US\",\"delivery_type\":\"by_email\","
    "\"redeem_instructions\":\"Enter the code <b>&amp;</b> smile\"%s}}]}",
    now, now - (answer->age != 0 ? answer->age : 18), address,
    answer->amount != NULL ? answer->amount : "11.47", address,
    answer->payment_state != NULL ? answer->payment_state : "WalletCreated",
    answer->order_state != NULL ? answer->order_state : "WaitingForPayment",
    answer->delivery_state != NULL ? answer->delivery_state : "WaitingForPayment",
    answer->secrets != NULL ? answer->secrets : "");
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  RefillsOrderState *state = refills_order_state_new_from_bytes (bytes, &error);

  g_assert_no_error (error);

  return state;
}

/* As the store does: merge with what is there, then show. */
static void
apply (Fixture      *fixture,
       const Answer *answer)
{
  g_autoptr (RefillsOrderState) incoming = make_state (answer);
  RefillsOrderState *stored = refills_order_get_state (fixture->order);
  g_autoptr (RefillsOrderState) merged = NULL;

  if (stored != NULL)
    merged = refills_order_state_merge (stored, incoming);
  refills_order_apply (fixture->order, merged != NULL ? merged : incoming);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  /* Nothing listens on port 1: the page needs no server. */
  g_autoptr (RefillsEnvironment) environment =
    refills_environment_new_practice ("0.0.0", "http://127.0.0.1:1");
  g_autoptr (GError) error = NULL;

  fixture->shop = refills_shop_new (environment, &error);
  g_assert_no_error (error);
  fixture->order = make_order ();
  fixture->page = g_object_ref_sink (refills_order_page_new (fixture->shop, fixture->order));
  fixture->window = refills_widget_test_show (fixture->page, 360, 720);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_cmpint (refills_widget_test_min_width (fixture->page), <=, 360);
  refills_widget_test_close (fixture->window);
  g_assert_finalize_object (fixture->page);
  g_assert_finalize_object (fixture->order);
  refills_shop_close (fixture->shop);
  g_clear_object (&fixture->shop);
}

static void
assert_not_payable (Fixture *fixture)
{
  g_assert_false (refills_widget_test_holds (fixture->page, ADDRESS));
  g_assert_false (refills_widget_test_holds (fixture->page, "5aAe"));
  g_assert_false (refills_widget_test_holds (fixture->page, "11.47"));
  g_assert_null (refills_widget_test_find (fixture->page, REFILLS_TYPE_QR_PICTURE, NULL));
  g_assert_false (refills_widget_test_shows (fixture->page, "Simulate Payment"));
}

static void
assert_button_named (Fixture    *fixture,
                     const char *name)
{
  GtkWidget *label = refills_widget_test_find_text (fixture->page, name);

  g_assert_nonnull (label);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

static void
test_sending (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *title = NULL;

  g_assert_true (refills_widget_test_shows (fixture->page, "Sending the order"));
  g_object_get (fixture->page, "title", &title, NULL);
  g_assert_cmpstr (title, ==, "Bücher <b>&\" Laden · 10 USD");
  assert_not_payable (fixture);

  refills_order_apply_outcome (fixture->order, REFILLS_ORDER_OUTCOME_UNKNOWN);
  g_assert_true (refills_widget_test_shows (fixture->page, "No answer"));
  g_assert_nonnull (refills_widget_test_find (fixture->page, GTK_TYPE_BUTTON, "Back to Orders"));
  g_assert_true (gtk_widget_get_visible (refills_widget_test_find (fixture->page, GTK_TYPE_BUTTON,
                                                                   "Back to Orders")));
  assert_not_payable (fixture);
  refills_widget_test_save (fixture->window, "order-unknown");
}

static void
test_phases (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *picture;

  apply (fixture, &(Answer) { 0 });
  g_assert_true (refills_widget_test_shows (fixture->page, "Pay 11.47 USDC on Solana"));
  g_assert_true (refills_widget_test_shows (fixture->page, "Don’t send money"));
  g_assert_true (refills_widget_test_shows (fixture->page, "11.47 USDC"));
  g_assert_true (refills_widget_test_shows (fixture->page, ADDRESS));
  g_assert_true (refills_widget_test_shows (fixture->page,
                                            "Send USDC on Solana only. On exchanges: SOL, SPL."));
  g_assert_true (refills_widget_test_holds (fixture->page, "Pay within 19 minutes"));
  g_assert_true (refills_widget_test_shows (fixture->page, "Simulate Payment"));
  picture = refills_widget_test_find (fixture->page, REFILLS_TYPE_QR_PICTURE, NULL);
  g_assert_nonnull (picture);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Payment QR code");

  /* The same again draws nothing again. */
  apply (fixture, &(Answer) { 0 });
  g_assert_true (picture == refills_widget_test_find (fixture->page, REFILLS_TYPE_QR_PICTURE, NULL));

  apply (fixture, &(Answer) { .order_state = "PaymentStarted", .payment_state = "PaymentStarted" });
  g_assert_true (refills_widget_test_shows (fixture->page, "Payment seen"));
  g_assert_true (refills_widget_test_shows (fixture->page, "Ordered"));
  g_assert_true (refills_widget_test_shows (fixture->page, "The network · Usually takes a few minutes"));
  g_assert_true (refills_widget_test_shows (fixture->page, "Preparing"));
  assert_not_payable (fixture);

  apply (fixture, &(Answer) { .order_state = "WaitingForDelivery",
                              .payment_state = "PaymentReceived" });
  g_assert_true (refills_widget_test_shows (fixture->page, "Preparing your card"));
  assert_not_payable (fixture);

  apply (fixture, &(Answer) { .order_state = "Done", .payment_state = "PaymentReceived",
                              .delivery_state = "Succeeded",
                              .secrets = ",\"pin_code\":\"" CODE "\",\"pin_serial\":\"1234\"" });
  g_assert_true (refills_widget_test_shows (fixture->page, "Done"));
  g_assert_true (refills_widget_test_shows (fixture->page, "Prepared"));
  g_assert_true (refills_widget_test_shows (fixture->page, "Delivered"));
  g_assert_false (refills_widget_test_shows (fixture->page, "Preparing"));
  assert_button_named (fixture, "Reveal Code");
  assert_button_named (fixture, "Copy Code");
  assert_button_named (fixture, "Reveal Serial");
  g_assert_false (refills_widget_test_shows (fixture->page, "Reveal Link"));
  g_assert_true (refills_widget_test_shows (fixture->page, "••••••••"));
  g_assert_false (refills_widget_test_holds (fixture->page, CODE));
  g_assert_true (refills_widget_test_holds (fixture->page, "Enter the code"));
  assert_not_payable (fixture);
}

static GtkWidget *
find_by_tooltip (GtkWidget  *root,
                 const char *tooltip)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (root), tooltip) == 0)
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_by_tooltip (child, tooltip);

    if (found != NULL)
      return found;
  }

  return NULL;
}

static void
test_copy (Fixture       *fixture,
           gconstpointer  data)
{
  const struct {
    const char *button;
    const char *copied;
  } cases[] = {
    { "Copy Address", ADDRESS },
    { "Copy Amount", "11.47" },
    { "Copy Network", "Solana" },
  };

  apply (fixture, &(Answer) { 0 });
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    GtkWidget *button = find_by_tooltip (fixture->page, cases[i].button);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *text = NULL;

    g_assert_nonnull (button);
    gtk_test_accessible_assert_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                         cases[i].button);
    g_signal_emit_by_name (button, "clicked");
    gdk_clipboard_read_text_async (gtk_widget_get_clipboard (button), NULL,
                                   (GAsyncReadyCallback) refills_test_keep_result, &result);
    refills_test_wait_result (&result, 5000);
    text = gdk_clipboard_read_text_finish (gtk_widget_get_clipboard (button), result, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (text, ==, cases[i].copied);
  }
}

static void
test_expired (Fixture       *fixture,
              gconstpointer  data)
{
  apply (fixture, &(Answer) { 0 });
  apply (fixture, &(Answer) { .order_state = "Expired", .payment_state = "Expired" });
  g_assert_true (refills_widget_test_shows (fixture->page, "Expired: don’t pay"));
  assert_not_payable (fixture);
  refills_widget_test_save (fixture->window, "order-expired");
}

static void
test_time_is_up (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkWidget *countdown;

  apply (fixture, &(Answer) { 0 });
  g_assert_true (refills_widget_test_shows (fixture->page, ADDRESS));
  countdown = refills_widget_test_find (fixture->page, REFILLS_TYPE_COUNTDOWN, NULL);
  g_assert_nonnull (countdown);
  refills_countdown_set_now (REFILLS_COUNTDOWN (countdown), started_at - 18 + 1199);
  g_assert_true (refills_widget_test_shows (fixture->page, ADDRESS));

  refills_countdown_set_now (REFILLS_COUNTDOWN (countdown), started_at - 18 + 1200);
  g_assert_true (refills_widget_test_shows (fixture->page, "Time is up. Don’t pay now."));
  g_assert_false (refills_widget_test_holds (fixture->page, "Pay 11.47 USDC on Solana"));
  assert_not_payable (fixture);
  refills_widget_test_save (fixture->window, "order-time-is-up");

  /* Late money counts all the same. */
  apply (fixture, &(Answer) { .order_state = "PaymentStarted", .payment_state = "PaymentStarted" });
  g_assert_true (refills_widget_test_shows (fixture->page, "Payment seen"));
  g_assert_false (refills_widget_test_holds (fixture->page, "Time is up"));
}

static void
test_opened_late (Fixture       *fixture,
                  gconstpointer  data)
{
  apply (fixture, &(Answer) { .age = 1201 });
  g_assert_true (refills_widget_test_shows (fixture->page, "Time is up. Don’t pay now."));
  g_assert_false (refills_widget_test_holds (fixture->page, "Pay 11.47 USDC on Solana"));
  assert_not_payable (fixture);
}

static void
show_order_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       row)
{
  *(gint64 *) row = g_variant_get_int64 (parameter);
}

/* At once, also while its time is not over. */
static void
test_replaced (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("show-order", G_VARIANT_TYPE_INT64);
  RefillsCollection *orders = refills_shop_get_orders (fixture->shop);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  RefillsOrderRequest *asked = refills_order_get_asked (fixture->order);
  gint64 row = 0;

  for (gint64 other = 10; other >= 6; other--) {
    RefillsOrder *order = refills_order_new (other, 1787679708, asked);

    /* The one after it was refused, and took no place. */
    if (other == 8)
      refills_order_apply_outcome (order, REFILLS_ORDER_OUTCOME_REFUSED);
    g_ptr_array_add (items, order);
  }
  refills_collection_take_items (orders, items, 1787679708, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  g_signal_connect (action, "activate", G_CALLBACK (show_order_cb), &row);
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (group));

  apply (fixture, &(Answer) { 0 });
  g_assert_true (refills_widget_test_shows (fixture->page, ADDRESS));
  g_assert_false (refills_widget_test_shows (fixture->page, "Show Newer Order"));
  refills_order_set_superseded (fixture->order, TRUE);
  assert_not_payable (fixture);
  g_assert_true (refills_widget_test_shows (fixture->page, "Replaced by a newer order"));
  g_assert_true (refills_widget_test_shows (fixture->page, "A newer order took its place"));
  refills_widget_test_save (fixture->window, "order-replaced");
  g_signal_emit_by_name (refills_widget_test_find (fixture->page, GTK_TYPE_BUTTON, "Show Newer Order"), "clicked");
  g_assert_cmpint (row, ==, 9);

  /* Money that was on its way is followed all the same. */
  apply (fixture, &(Answer) { .order_state = "PaymentStarted", .payment_state = "PaymentStarted" });
  g_assert_true (refills_widget_test_shows (fixture->page, "Payment seen"));
  g_assert_false (refills_widget_test_shows (fixture->page, "Show Newer Order"));
}

static void
test_changed_address (Fixture       *fixture,
                      gconstpointer  data)
{
  GtkWidget *help = NULL;

  apply (fixture, &(Answer) { 0 });
  g_assert_true (refills_widget_test_shows (fixture->page, ADDRESS));

  apply (fixture, &(Answer) { .address = "9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin" });
  g_assert_true (refills_widget_test_shows (fixture->page, "The address changed. Don’t pay."));
  /* It is for good, so there is no use in asking again. */
  g_assert_false (refills_widget_test_shows (fixture->page, "Check Again"));
  g_assert_true (refills_widget_test_shows (fixture->page, "Create Support Message"));
  g_assert_true (refills_widget_test_shows (fixture->page, "Order Again"));
  help = refills_widget_test_find (fixture->page, REFILLS_TYPE_HELP_VIEW, NULL);
  g_assert_true (gtk_widget_get_next_sibling (refills_widget_test_find (help, GTK_TYPE_BUTTON,
                                                                        "Create Support Message")) ==
                 refills_widget_test_find (help, REFILLS_TYPE_ORDER_AGAIN, NULL));
  assert_not_payable (fixture);
  g_assert_false (refills_widget_test_holds (fixture->page, "9xQe"));
  refills_widget_test_save (fixture->window, "order-changed");
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  apply (fixture, &(Answer) { .amount = "1e400" });
  g_assert_true (refills_widget_test_shows (fixture->page, "The amount looks wrong. Don’t pay."));
  g_assert_true (refills_widget_test_shows (fixture->page, "Check Again"));
  assert_not_payable (fixture);
  refills_widget_test_save (fixture->window, "order-refused");
}

static gboolean
is_scrollable (gpointer adjustment)
{
  return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment) >= 200;
}

static gboolean
is_at_top (gpointer adjustment)
{
  return (int) gtk_adjustment_get_value (adjustment) == 0;
}

/* What changed is in sight: who looks at the payment when it goes is shown how it goes on, and the focus that moves on
 * takes nobody elsewhere. Who reads what is below keeps the place. */
static void
test_place (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *scroller = refills_widget_test_find (fixture->page, GTK_TYPE_SCROLLED_WINDOW, NULL);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  GtkWidget *payment = NULL;

  /* So low that the page scrolls also without the payment. */
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 240);
  apply (fixture, &(Answer) { 0 });
  refills_widget_test_save (fixture->window, "order-place-payment");
  payment = refills_widget_test_find (fixture->page, REFILLS_TYPE_PAYMENT_VIEW, NULL);
  g_assert_true (gtk_widget_child_focus (payment, GTK_DIR_TAB_FORWARD));
  refills_widget_test_save (fixture->window, "order-place-focus");
  refills_test_run_until (is_scrollable, adjustment, DEADLINE_MS, "a page longer than its window");
  gtk_adjustment_set_value (adjustment, 200);
  g_assert_cmpint ((int) gtk_adjustment_get_value (adjustment), ==, 200);
  apply (fixture, &(Answer) { .order_state = "PaymentStarted", .payment_state = "PaymentStarted" });
  refills_widget_test_save (fixture->window, "order-place-seen");
  refills_test_run_until (is_at_top, adjustment, DEADLINE_MS, "the headline in sight");
}

static void
test_done_without_code (Fixture       *fixture,
                        gconstpointer  data)
{
  apply (fixture, &(Answer) { .order_state = "Done", .payment_state = "PaymentReceived",
                              .delivery_state = "Succeeded" });
  g_assert_true (refills_widget_test_holds (fixture->page, "a…@example.com"));
  g_assert_false (refills_widget_test_holds (fixture->page, "ada@example.com"));
  g_assert_false (refills_widget_test_shows (fixture->page, "Reveal Code"));
  assert_not_payable (fixture);
  refills_widget_test_save (fixture->window, "order-no-code");
}

static void
test_unknown_state (Fixture       *fixture,
                    gconstpointer  data)
{
  apply (fixture, &(Answer) { .order_state = "Foo<b>" });
  g_assert_true (refills_widget_test_shows (fixture->page, "Waiting for the service (Foo<b>)"));
  assert_not_payable (fixture);
  refills_widget_test_save (fixture->window, "order-unknown-state");
}

static void
test_unsaved (Fixture       *fixture,
              gconstpointer  data)
{
  apply (fixture, &(Answer) { .order_state = "Done", .delivery_state = "Succeeded",
                              .secrets = ",\"pin_code\":\"" CODE "\"" });
  g_assert_false (refills_widget_test_holds (fixture->page, "not saved"));
  refills_order_set_unsaved (fixture->order, TRUE, FALSE);
  g_assert_true (refills_widget_test_holds (fixture->page, "This order is not saved"));
  g_assert_false (refills_widget_test_holds (fixture->page, "Free some space"));
  refills_widget_test_save (fixture->window, "order-unsaved");
  refills_order_set_unsaved (fixture->order, TRUE, TRUE);
  g_assert_true (refills_widget_test_holds (fixture->page, "Free some space: this order is not saved"));
  refills_order_set_unsaved (fixture->order, FALSE, FALSE);
  g_assert_false (refills_widget_test_holds (fixture->page, "not saved"));
}

int
main (int   argc,
      char *argv[])
{
  refills_widget_test_init (&argc, &argv);
  started_at = g_get_real_time () / G_USEC_PER_SEC;

#define ADD(name, func) g_test_add ("/ui/order-page/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("sending", test_sending);
  ADD ("phases", test_phases);
  ADD ("copy", test_copy);
  ADD ("expired", test_expired);
  ADD ("time-is-up", test_time_is_up);
  ADD ("opened-late", test_opened_late);
  ADD ("replaced", test_replaced);
  ADD ("changed-address", test_changed_address);
  ADD ("refused", test_refused);
  ADD ("place", test_place);
  ADD ("done-without-code", test_done_without_code);
  ADD ("unknown-state", test_unknown_state);
  ADD ("unsaved", test_unsaved);
#undef ADD

  return g_test_run ();
}
