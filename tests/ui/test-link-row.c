/* test-link-row.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-link-row.h"

#include "refills-test.h"
#include "refills-widget-test.h"

static RefillsOrder *
make_order (void)
{
  static const char network_text[] = "{\"name\":\"Base\"}";
  static const char state_text[] = "{\"order_id\":\"a\",\"order_state\":\"WaitingForDelivery\","
                                   "\"payment_state\":\"PaymentReceived\"}";
  g_autoptr (GBytes) network_bytes = g_bytes_new_static (network_text, strlen (network_text));
  g_autoptr (GBytes) state_bytes = g_bytes_new_static (state_text, strlen (state_text));
  g_autoptr (RefillsJson) root = refills_json_parse (network_bytes, 4096, NULL);
  const RefillsOrderLineFields line_fields = { .brand_name = "Steam", .country = "US", .denomination = "10 USD" };
  const RefillsOrderRequestFields fields = { .payment_via = "USER_WALLET", .coin = "USDC" };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RefillsNetwork) network = NULL;
  g_autoptr (RefillsOrderRequest) asked = NULL;
  g_autoptr (RefillsOrderState) state = refills_order_state_new_from_bytes (state_bytes, NULL);
  RefillsJsonPlace place;
  RefillsOrder *order = NULL;

  refills_json_place_init (&place, root);
  network = refills_network_new_from_json (&place, NULL);
  g_ptr_array_add (lines, refills_order_line_new (&line_fields));
  asked = refills_order_request_new (&fields, lines, network);
  order = refills_order_new (7, 1787679708, asked);
  refills_order_apply (order, state);

  return order;
}

static void
assert_shown (GtkWidget  *row,
              const char *text,
              const char *icon_name)
{
  GtkWidget *icon = refills_widget_test_find (row, GTK_TYPE_IMAGE, NULL);

  g_assert_true (gtk_widget_get_visible (row));
  g_assert_true (refills_widget_test_shows (row, text));
  g_assert_cmpstr (gtk_image_get_icon_name (GTK_IMAGE (icon)), ==, icon_name);
}

static void
test_link_row_states (void)
{
  g_autoptr (RefillsOrder) order = make_order ();
  GtkWidget *row = g_object_ref_sink (refills_link_row_new (order));
  GtkWidget *window = refills_widget_test_show (row, 360, 120);

  g_assert_false (gtk_widget_get_visible (row));

  refills_order_set_link (order, REFILLS_ORDER_LINK_LIVE, 0, NULL);
  assert_shown (row, "Updating live", "network-transmit-receive-symbolic");
  refills_order_set_link (order, REFILLS_ORDER_LINK_POLLING, 0, NULL);
  assert_shown (row, "Checking every few seconds", "view-refresh-symbolic");
  refills_order_set_link (order, REFILLS_ORDER_LINK_OFFLINE, 0, NULL);
  assert_shown (row, "There is no connection to the internet.", "network-offline-symbolic");
  refills_order_set_link (order, REFILLS_ORDER_LINK_GONE, 0, NULL);
  assert_shown (row, "The service no longer knows this order", "dialog-warning-symbolic");
  g_assert_cmpint (refills_widget_test_min_width (row), <=, 336);

  refills_order_set_link (order, REFILLS_ORDER_LINK_IDLE, 0, NULL);
  g_assert_false (gtk_widget_get_visible (row));

  refills_widget_test_close (window);
  g_assert_finalize_object (row);
}

static gboolean
says_less (gpointer row)
{
  return !refills_widget_test_holds (row, "Next try in 3 seconds") && refills_widget_test_holds (row, "Next try in");
}

static gboolean
says_nothing (gpointer row)
{
  GtkWidget *label = refills_widget_test_find (row, GTK_TYPE_LABEL, NULL);

  label = gtk_widget_get_next_sibling (label);

  return !gtk_widget_get_visible (label);
}

static void
test_link_row_waits (void)
{
  g_autoptr (RefillsOrder) order = make_order ();
  GtkWidget *row = g_object_ref_sink (refills_link_row_new (order));
  GtkWidget *window = refills_widget_test_show (row, 360, 120);

  refills_order_set_link (order, REFILLS_ORDER_LINK_WAITING, g_get_monotonic_time () + 3 * G_USEC_PER_SEC,
                          "The shop is not answering.");
  assert_shown (row, "The shop is not answering.", "document-open-recent-symbolic");
  g_assert_true (refills_widget_test_shows (row, "Next try in 3 seconds"));
  refills_widget_test_save (window, "link-waiting");
  refills_test_run_until (says_less, row, 5000, "the seconds are counted");
  /* What a screen reader is told changes with the connection alone. */
  g_assert_true (refills_widget_test_shows (row, "The shop is not answering."));
  refills_test_run_until (says_nothing, row, 8000, "the time is over");

  refills_order_set_link (order, REFILLS_ORDER_LINK_WAITING, g_get_monotonic_time () + 90 * G_USEC_PER_SEC, NULL);
  g_assert_true (refills_widget_test_shows (row, "Next try in 90 seconds"));
  refills_order_set_link (order, REFILLS_ORDER_LINK_LIVE, 0, NULL);
  g_assert_true (says_nothing (row));

  refills_widget_test_close (window);
  g_assert_finalize_object (row);
}

int
main (int    argc,
      char **argv)
{
  refills_widget_test_init (&argc, &argv);

  g_test_add_func ("/link-row/states", test_link_row_states);
  g_test_add_func ("/link-row/waits", test_link_row_waits);

  return g_test_run ();
}
