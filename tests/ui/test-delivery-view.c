/* test-delivery-view.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-delivery-view.h"
#include "refills-secret-row.h"

#include "refills-test.h"
#include "refills-widget-test.h"

static void
test_host (void)
{
  const struct {
    const char *link;
    const char *host;
  } cases[] = {
    { "https://redeem.example/card?code=1", "redeem.example" },
    { "https://REDEEM.example:8443/", "REDEEM.example" },
    /* What stands before the @ is a name, not a host. */
    { "https://shop.example@evil.example/", "evil.example" },
    { "https://shop.example%2F@evil.example/", "evil.example" },
    { "http://redeem.example/", NULL },
    { "HTTPS:///nowhere", NULL },
    { "https:redeem.example", NULL },
    { "javascript:alert(1)", NULL },
    { "file:///etc/passwd", NULL },
    { "//redeem.example/", NULL },
    { "redeem.example", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *host = refills_secret_row_find_host (cases[i].link);

    g_assert_cmpstr (host, ==, cases[i].host);
  }
}

static void
test_mask (void)
{
  const struct {
    const char *recipient;
    const char *masked;
  } cases[] = {
    { "ada@example.com", "a…@example.com" },
    { "éa@example.com", "é…@example.com" },
    { "a@b@example.com", "a…@example.com" },
    { "@example.com", "….com" },
    { "+14155551234", "…1234" },
    { "12", "…12" },
    { "", "…" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *masked = refills_delivery_view_mask_recipient (cases[i].recipient);

    g_assert_cmpstr (masked, ==, cases[i].masked);
  }
}

static RefillsOrder *
make_order (void)
{
  const RefillsOrderLineFields line_fields = {
    .brand_name = "Shop", .country = "US", .kind = "giftcard", .denomination = "10 USD",
    .face_label = "10 USD", .delivery_type = "by_email", .beneficiary = "ada@example.com",
  };
  const RefillsOrderRequestFields fields = {
    .email = "ada@example.com", .payment_via = "USER_WALLET", .coin = "USDC", .language = "en",
  };
  const char text[] = "{\"name\":\"Solana\"}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsJson) root = refills_json_parse (bytes, 4096, &error);
  g_autoptr (RefillsNetwork) network = NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RefillsOrderRequest) asked = NULL;
  RefillsJsonPlace place;

  g_assert_no_error (error);
  refills_json_place_init (&place, root);
  network = refills_network_new_from_json (&place, &error);
  g_assert_no_error (error);
  g_ptr_array_add (lines, refills_order_line_new (&line_fields));
  asked = refills_order_request_new (&fields, lines, network);

  return refills_order_new (7, 1787679708, asked);
}

typedef struct {
  GtkWidget  *row;
  const char *text;
} Awaited;

static gboolean
can_reveal (gpointer user_data)
{
  Awaited *awaited = user_data;
  GtkWidget *label = refills_widget_test_find_text (awaited->row, awaited->text);

  return label != NULL && gtk_widget_is_sensitive (gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON));
}

/* The shop knows no such order: the row says so, stays hidden, and can be asked again. */
static void
test_failure (void)
{
  g_autoptr (RefillsEnvironment) environment =
    refills_environment_new_practice ("0.0.0", "http://127.0.0.1:1");
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsShop) shop = refills_shop_new (environment, &error);
  g_autoptr (RefillsOrder) order = make_order ();
  GtkWidget *row;
  GtkWidget *list;
  GtkWidget *window;
  Awaited awaited;

  g_assert_no_error (error);
  row = g_object_ref_sink (refills_secret_row_new (shop, order, 0, REFILLS_SECRET_SECURITY_CODE));
  list = gtk_list_box_new ();
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  window = refills_widget_test_show (list, 360, 300);
  g_assert_cmpint (refills_widget_test_min_width (row), <=, 336);
  awaited = (Awaited) { .row = row, .text = "Reveal Security Code" };
  g_assert_true (can_reveal (&awaited));

  g_signal_emit_by_name (gtk_widget_get_ancestor (refills_widget_test_find_text (row, awaited.text),
                                                  GTK_TYPE_BUTTON), "clicked");
  g_assert_false (can_reveal (&awaited));
  refills_test_run_until (can_reveal, &awaited, 5000, "the row can be asked again");
  g_assert_true (refills_widget_test_shows (row, "••••••••"));
  for (GtkWidget *child = gtk_widget_get_first_child (gtk_widget_get_first_child (row));
       child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (child)) == GTK_ACCESSIBLE_ROLE_ALERT)
      g_assert_true (gtk_widget_get_mapped (child));

  /* Gone while a request is on its way: nothing happens. */
  g_signal_emit_by_name (gtk_widget_get_ancestor (refills_widget_test_find_text (row, awaited.text),
                                                  GTK_TYPE_BUTTON), "clicked");
  refills_widget_test_close (window);
  g_object_add_weak_pointer (G_OBJECT (row), (gpointer *) &awaited.row);
  g_object_run_dispose (G_OBJECT (row));
  g_object_unref (row); /* the request may still hold it */
  while (awaited.row != NULL)
    g_main_context_iteration (NULL, TRUE);
  refills_shop_close (shop);
}

int
main (int   argc,
      char *argv[])
{
  refills_widget_test_init (&argc, &argv);

  g_test_add_func ("/ui/delivery-view/host", test_host);
  g_test_add_func ("/ui/delivery-view/mask", test_mask);
  g_test_add_func ("/ui/delivery-view/failure", test_failure);

  return g_test_run ();
}
