/* test-timeline-view.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-step-mark.h"
#include "refills-timeline-view.h"

#include "refills-test.h"
#include "refills-widget-test.h"

typedef struct {
  RefillsOrder *order;
  GtkWidget    *view;
  GtkWidget    *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  static const char network_text[] = "{\"name\":\"Base\"}";
  g_autoptr (GBytes) network_bytes = g_bytes_new_static (network_text, strlen (network_text));
  g_autoptr (RefillsJson) root = refills_json_parse (network_bytes, 4096, NULL);
  const RefillsOrderLineFields line_fields = { .brand_name = "Steam", .country = "US", .denomination = "10 USD" };
  const RefillsOrderRequestFields fields = { .payment_via = "USER_WALLET", .coin = "USDC" };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RefillsNetwork) network = NULL;
  g_autoptr (RefillsOrderRequest) asked = NULL;
  RefillsJsonPlace place;

  refills_json_place_init (&place, root);
  network = refills_network_new_from_json (&place, NULL);
  g_ptr_array_add (lines, refills_order_line_new (&line_fields));
  asked = refills_order_request_new (&fields, lines, network);
  fixture->order = refills_order_new (7, 1787679708, asked);
  fixture->view = g_object_ref_sink (refills_timeline_view_new (fixture->order));
  fixture->window = refills_widget_test_show (fixture->view, 360, 300);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_cmpint (refills_widget_test_min_width (fixture->view), <=, 336);
  refills_widget_test_close (fixture->window);
  g_assert_finalize_object (fixture->view);
  g_assert_finalize_object (fixture->order);
}

static void
apply (Fixture    *fixture,
       const char *order_state)
{
  g_autofree char *text = g_strdup_printf ("{\"order_id\":\"a\",\"order_state\":\"%s\",\"payment_state\":\"p\"}",
                                           order_state);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (RefillsOrderState) incoming = refills_order_state_new_from_bytes (bytes, NULL);
  RefillsOrderState *stored = refills_order_get_state (fixture->order);
  g_autoptr (RefillsOrderState) merged = stored ? refills_order_state_merge (stored, incoming) : NULL;

  refills_order_apply (fixture->order, merged ? merged : incoming);
}

/* The marks: each with a sign and a name of its own. */
static void
assert_marks (Fixture    *fixture,
              const char *const names[][2])
{
  GtkWidget *mark = refills_widget_test_find (fixture->view, REFILLS_TYPE_STEP_MARK, NULL);

  for (guint i = 0; names[i][0]; i++) {
    g_assert_nonnull (mark);
    g_test_message ("%s", names[i][1]);
    gtk_test_accessible_assert_role (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
    gtk_test_accessible_assert_property (GTK_ACCESSIBLE (mark), GTK_ACCESSIBLE_PROPERTY_LABEL, names[i][1]);
    g_assert_cmpstr (gtk_image_get_icon_name (GTK_IMAGE (refills_widget_test_find (mark, GTK_TYPE_IMAGE, NULL))), ==,
                     *names[i][0] != '\0' ? names[i][0] : NULL);
    mark = gtk_widget_get_next_sibling (mark);
  }
  g_assert_null (mark);
}

#define DONE "emblem-ok-symbolic"
#define CURRENT "media-record-symbolic"
#define FAILED "window-close-symbolic"
#define AHEAD ""

static char *
format_ordered (void)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (1787679708);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gboolean is_this_year = g_date_time_get_year (then) == g_date_time_get_year (now);
  gboolean is_today = is_this_year && g_date_time_get_day_of_year (then) == g_date_time_get_day_of_year (now);
  g_autofree char *time_text = g_date_time_format (then, is_today ? "%H:%M" : is_this_year ? "%-d %b, %H:%M"
                                                                                         : "%-d %b %Y, %H:%M");

  return g_strdup_printf ("Ordered: done, %s", time_text);
}

static void
test_timeline_view_follows (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autofree char *ordered = format_ordered ();
  GtkWidget *first = refills_widget_test_find (fixture->view, REFILLS_TYPE_STEP_MARK, NULL);

  apply (fixture, "PaymentStarted");
  assert_marks (fixture, (const char *const[][2]) {
    { DONE, ordered },
    { CURRENT, "Payment seen: in progress, The network · Usually takes a few minutes" },
    { AHEAD, "Preparing: not yet" },
    { AHEAD, "Delivery: not yet" },
    { NULL },
  });
  refills_widget_test_save (fixture->window, "timeline-seen");

  apply (fixture, "Done");
  assert_marks (fixture, (const char *const[][2]) {
    { DONE, ordered }, { DONE, "Paid: done" }, { DONE, "Prepared: done" }, { DONE, "Delivered: done" }, { NULL },
  });
  /* What was there is the same widget still. */
  g_assert_true (refills_widget_test_find (fixture->view, REFILLS_TYPE_STEP_MARK, NULL) == first);
}

static void
test_timeline_view_shortens (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autofree char *ordered = format_ordered ();

  apply (fixture, "Foo");
  apply (fixture, "PaymentSetupFailed");
  assert_marks (fixture, (const char *const[][2]) {
    { DONE, ordered }, { FAILED, "No payment possible: stopped" }, { NULL },
  });
  refills_widget_test_save (fixture->window, "timeline-failed");
}

/* One step says no more than the title above it. */
static void
test_timeline_view_alone (Fixture       *fixture,
                          gconstpointer  data)
{
  g_assert_true (gtk_widget_get_visible (fixture->view));
  refills_order_apply_outcome (fixture->order, REFILLS_ORDER_OUTCOME_REFUSED);
  g_assert_false (gtk_widget_get_visible (fixture->view));
}

int
main (int    argc,
      char **argv)
{
  refills_widget_test_init (&argc, &argv);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/timeline-view/follows", test_timeline_view_follows);
  ADD ("/timeline-view/shortens", test_timeline_view_shortens);
  ADD ("/timeline-view/alone", test_timeline_view_alone);
#undef ADD

  return g_test_run ();
}
