/* test-order-details.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the page of an order tells of top-ups, eSIMs, pictures, part deliveries and money.
 */
#include "refills-copy-row.h"
#include "refills-esim-sheet.h"
#include "refills-order-details.h"
#include "refills-order-page.h"
#include "refills-qr-paintable.h"

#include "refills-test.h"
#include "refills-widget-test.h"

#define ESIM "LPA:1$rsp.example.com$QR-G-5C-1LS-1W1Z9P7"

typedef struct {
  RefillsShop       *shop;
  RefillsOrder      *order;
  RefillsOrderState *stored; /* with the secrets */
  GtkWidget         *page;
  GtkWidget         *window;
} Fixture;

static RefillsNetwork *
make_network (void)
{
  const char text[] = "{\"name\":\"Solana\"}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (RefillsJson) root = refills_json_parse (bytes, 4096, NULL);
  RefillsJsonPlace place;

  refills_json_place_init (&place, root);

  return refills_network_new_from_json (&place, NULL);
}

static RefillsOrder *
make_order (void)
{
  const RefillsOrderLineFields line_fields = {
    .brand_name = "Shop", .country = "US", .kind = "giftcard", .denomination = "10 USD",
    .face_label = "$10", .delivery_type = "by_email", .beneficiary = "ada@example.com",
  };
  const RefillsOrderRequestFields fields = {
    .email = "ada@example.com", .payment_via = "USER_WALLET", .coin = "USDC", .language = "en",
  };
  g_autoptr (RefillsNetwork) network = make_network ();
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RefillsOrderRequest) asked = NULL;

  g_ptr_array_add (lines, refills_order_line_new (&line_fields));
  asked = refills_order_request_new (&fields, lines, network);

  return refills_order_new (7, 1787679708, asked);
}

/* Shows the answer of these members, with ' for ", as the store does: merged, without the secrets. */
static void
apply (Fixture    *fixture,
       const char *members)
{
  g_autofree char *text = g_strdelimit (g_strdup_printf ("{'order_id':'a','coin':'USDC','network':'Solana',"
                                                         "'coin_amount':'11.47',%s}", members), "'", '"');
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsOrderState) incoming = refills_order_state_new_from_bytes (bytes, &error);
  g_autoptr (RefillsOrderState) merged = NULL;
  g_autoptr (RefillsOrderState) redacted = NULL;

  g_assert_no_error (error);
  merged = fixture->stored != NULL ? refills_order_state_merge (fixture->stored, incoming)
                                   : g_object_ref (incoming);
  g_set_object (&fixture->stored, merged);
  redacted = refills_order_state_redact (merged);
  refills_order_apply (fixture->order, redacted);
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
  fixture->window = refills_widget_test_show (fixture->page, 360, 900);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_cmpint (refills_widget_test_min_width (fixture->page), <=, 360);
  refills_widget_test_close (fixture->window);
  g_clear_object (&fixture->page);
  g_clear_object (&fixture->order);
  g_clear_object (&fixture->stored);
  refills_shop_close (fixture->shop);
  g_clear_object (&fixture->shop);
}

static void
assert_shows (Fixture    *fixture,
              const char *text)
{
  if (!refills_widget_test_shows (fixture->page, text))
    g_error ("“%s” is not on the page", text);
}

static void
test_top_up (Fixture       *fixture,
             gconstpointer  data)
{
  apply (fixture, "'order_state':'WaitingForDelivery','payment_state':'PaymentReceived','deliveries':[{'id':'1',"
                  "'kind':'mobile_recharge','deliverable':{'brand_name':'Claro Credits','delivery_type':'by_phone'}}]");
  assert_shows (fixture, "Sending the top-up");
  apply (fixture, "'order_state':'Done','payment_state':'PaymentReceived','deliveries':[{'id':'1',"
                  "'delivery_state':'Succeeded','kind':'mobile_recharge','deliverable':{'brand_name':'Claro Credits',"
                  "'delivery_type':'by_phone','beneficiary_account':'+14155551234',"
                  "'operator_reference':'OP-2231-77'}}]");
  assert_shows (fixture, "Done");
  assert_shows (fixture, "The top-up was sent to …1234.");
  assert_shows (fixture, "Receipt Number of the Operator");
  assert_shows (fixture, "OP-2231-77");
  g_assert_false (refills_widget_test_shows (fixture->page, "••••••••"));
  refills_widget_test_save (fixture->window, "order-top-up");
}

static void
test_esim (Fixture       *fixture,
           gconstpointer  data)
{
  apply (fixture, "'order_state':'Done','payment_state':'PaymentReceived','deliveries':[{'id':'1',"
                  "'delivery_state':'Succeeded','kind':'mobile_recharge','deliverable':{'brand_name':'eSIM',"
                  "'delivery_type':'by_email','pin_code':'" ESIM "','installation_url':'https://install.example/i',"
                  "'apple_universal_link':'https://esimsetup.apple.com/?carddata=" ESIM "',"
                  "'android_universal_link':'https://esimsetup.android.com/?carddata=" ESIM "',"
                  "'qr_image_url':'https://codes.example/q.png'}}]");
  assert_shows (fixture, "Your eSIM is here.");
  assert_shows (fixture, "Show eSIM Code");
  assert_shows (fixture, "Installation Page");
  assert_shows (fixture, "Link for an iPhone");
  assert_shows (fixture, "Link for an Android Phone");
  assert_shows (fixture, "QR Code at the Service");
  g_assert_false (refills_widget_test_holds (fixture->page, ESIM));
  g_assert_false (refills_widget_test_shows (fixture->page, "Another eSIM Code"));
  refills_widget_test_save (fixture->window, "order-esim");
}

static void
test_esim_by_mail (Fixture       *fixture,
                   gconstpointer  data)
{
  apply (fixture, "'order_state':'Done','payment_state':'PaymentReceived','deliveries':[{'id':'1',"
                  "'delivery_state':'Succeeded','deliverable':{'family':'eSIM','brand_name':'eSIM',"
                  "'beneficiary_account':'ada@example.com'}}]");
  assert_shows (fixture, "The service sends the code of the eSIM by e-mail. Look there, also among unwanted mail.");
}

static void
test_barcode (Fixture       *fixture,
              gconstpointer  data)
{
  apply (fixture, "'order_state':'Done','payment_state':'PaymentReceived','deliveries':[{'id':'1',"
                  "'delivery_state':'Succeeded','deliverable':{'brand_name':'Shop','pin_code':'1234-5678',"
                  "'barcode_image_url':'https://codes.example/b.png'}}]");
  /* Another code for the same card: both stay. */
  apply (fixture, "'order_state':'Done','payment_state':'PaymentReceived','deliveries':[{'id':'1',"
                  "'delivery_state':'Succeeded','deliverable':{'pin_code':'8765-4321'}}]");
  assert_shows (fixture, "Code");
  assert_shows (fixture, "Another Code");
  assert_shows (fixture, "Barcode at the Service");
  refills_widget_test_save (fixture->window, "order-barcode");
}

static void
test_partly (Fixture       *fixture,
             gconstpointer  data)
{
  apply (fixture, "'order_state':'Done','payment_state':'PaymentReceived','deliveries':["
                  "{'id':'1','delivery_state':'Succeeded','deliverable':{'brand_name':'Shop',"
                  "'localized_denomination':'$10','pin_code':'1234'}},"
                  "{'id':'2','delivery_state':'rejected_credit_party_is_barred','kind':'mobile_recharge',"
                  "'deliverable':{'brand_name':'Claro','localized_denomination':'$5','delivery_type':'by_phone',"
                  "'beneficiary_account':'+14155551234'}},"
                  "{'id':'3','delivery_state':'Refunded','deliverable':{'brand_name':'Café','failure_reason':"
                  "'OUT_OF_STOCK'}},{'id':'4','delivery_state':'WaitingForRebuy','deliverable':{'brand_name':'D'}}],"
                  "'refund':{'amount':'3.10','currency':'USDC','reason':'Out of <b>stock</b> &amp; gone'},"
                  "'refund_wallet_address':'5aAeKqTSS8vTnLmFJDqYqvqz3XGxWcYRVuMB5aAeeAed','updated_at':'1787679900',"
                  "'payment_transactions':['4vJ9JU1bJJE96FWSJKvHsmmFADCg4gpZQff4P3bkLKi']");
  assert_shows (fixture, "Partly delivered");
  assert_shows (fixture, "1 of 4 items were delivered. The service is still preparing the rest.");
  assert_shows (fixture, "Shop · $10");
  assert_shows (fixture, "Claro · $5");
  assert_shows (fixture, "Café");
  assert_shows (fixture, "The operator takes no top-ups for this number.");
  assert_shows (fixture, "This item was refunded. The service says: out of stock");
  assert_shows (fixture, "People at the service are looking at this item.");
  assert_shows (fixture, "3.10 USDC");
  /* A text of the service, not markup. */
  assert_shows (fixture, "Out of <b>stock</b> &amp; gone");
  assert_shows (fixture, "Refunds Go To");
  assert_shows (fixture, "4vJ9JU1bJJE96FWSJKvHsmmFADCg4gpZQff4P3bkLKi");
  g_assert_true (refills_order_is_open (fixture->order));
  refills_widget_test_save (fixture->window, "order-partly");
}

#define HASH "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"
#define SIGNATURE "51qSfLg2eTX1XL9tz789feJU917iumpGuEeYXLbvCr5esA85Pkeu6BkrVoeghmyHzaSXZ7NUSr61QJ2V88snKTYs"

/* How many buttons lead to a page of @host, and say so where it can be read. */
static guint
count_links (GtkWidget  *root,
             const char *host)
{
  g_autofree char *label = g_strdup_printf ("View on %s", host);
  guint n_links = 0;

  if (GTK_IS_BUTTON (root) && gtk_widget_get_visible (gtk_widget_get_parent (root)) &&
      refills_widget_test_find (root, GTK_TYPE_LABEL, label) != NULL)
    n_links++;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    n_links += count_links (child, host);

  return n_links;
}

/* A page of an explorer is offered for what is a transaction of the chain, and in practice for none. */
static void
test_explorer (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GtkWidget) details = NULL;

  apply (fixture, "'order_state':'Done','payment_state':'PaymentReceived','payment_transactions':['" SIGNATURE "',"
                  "'../../login?next=//evil.example']");
  assert_shows (fixture, SIGNATURE);
  assert_shows (fixture, "../../login?next=//evil.example");
  g_assert_cmpuint (count_links (fixture->page, "solscan.io"), ==, 0);
  details = g_object_ref_sink (refills_order_details_new (fixture->order, FALSE));
  g_assert_cmpuint (count_links (details, "solscan.io"), ==, 1);
}

/* It turns out later that another coin came: the same transaction is then looked at elsewhere, or nowhere. */
static void
test_explorer_of_other_coin (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr (GtkWidget) details = g_object_ref_sink (refills_order_details_new (fixture->order, FALSE));

  apply (fixture, "'order_state':'PaymentStarted','payment_state':'PaymentStarted',"
                  "'payment_transactions':['" SIGNATURE "']");
  g_assert_cmpuint (count_links (details, "solscan.io"), ==, 1);
  apply (fixture, "'order_state':'WaitingForDelivery','payment_state':'PaymentReceived',"
                  "'original_payment_info':{'coin':'USDT','protocol':'TRON_LIKE'}");
  g_assert_nonnull (refills_widget_test_find (details, GTK_TYPE_LABEL, "USDT on Tron"));
  g_assert_nonnull (refills_widget_test_find (details, GTK_TYPE_LABEL, SIGNATURE));
  g_assert_cmpuint (count_links (details, "solscan.io"), ==, 0);
  g_assert_cmpuint (count_links (details, "tronscan.org"), ==, 0);
}

/* Only the page changes: not the text, not the row. */
static void
test_link_alone (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GtkWidget) details = g_object_ref_sink (refills_order_details_new (fixture->order, FALSE));
  GtkWidget *row = NULL;

  apply (fixture, "'order_state':'PaymentStarted','payment_state':'PaymentStarted',"
                  "'original_payment_info':{'coin':'USDT','protocol':'TRON_LIKE'},"
                  "'payment_transactions':['" HASH "']");
  g_assert_cmpuint (count_links (details, "tronscan.org"), ==, 1);
  row = gtk_widget_get_ancestor (refills_widget_test_find (details, GTK_TYPE_LABEL, HASH), REFILLS_TYPE_COPY_ROW);
  apply (fixture, "'order_state':'PaymentStarted','payment_state':'PaymentStarted',"
                  "'original_payment_info':{'coin':'BTC','protocol':'BTC_LIKE'}");
  g_assert_cmpuint (count_links (details, "tronscan.org"), ==, 0);
  g_assert_cmpuint (count_links (details, "mempool.space"), ==, 1);
  g_assert_true (gtk_widget_get_ancestor (refills_widget_test_find (details, GTK_TYPE_LABEL, HASH),
                                          REFILLS_TYPE_COPY_ROW) == row);
}

/* Each of several has its own page, also when what is above them changes. */
static void
test_several_transactions (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autoptr (GtkWidget) details = g_object_ref_sink (refills_order_details_new (fixture->order, FALSE));
  GtkWidget *row = NULL;
  g_autofree char *link = NULL;

  apply (fixture, "'order_state':'PaymentStarted','payment_state':'PaymentStarted',"
                  "'payment_transactions':['by hand','" SIGNATURE "']");
  apply (fixture, "'order_state':'WaitingForDelivery','payment_state':'PaymentReceived','sent_coin_amount':'20',"
                  "'payment_transactions':['third']");
  g_assert_cmpuint (count_links (details, "solscan.io"), ==, 1);
  row = gtk_widget_get_ancestor (refills_widget_test_find (details, GTK_TYPE_LABEL, SIGNATURE),
                                 REFILLS_TYPE_COPY_ROW);
  g_object_get (row, "link", &link, NULL);
  g_assert_cmpstr (link, ==, "https://solscan.io/tx/" SIGNATURE);
  g_assert_nonnull (refills_widget_test_find (details, GTK_TYPE_LABEL, "by hand"));
  g_assert_nonnull (refills_widget_test_find (details, GTK_TYPE_LABEL, "third"));
}

/* What is pasted for an amount is the number that stands there, and nothing else. */
static void
test_copied (Fixture       *fixture,
             gconstpointer  data)
{
  static const char * const amounts[][2] = {
    { "11.47 USDC", "11.47" }, { "20.5000 USDC", "20.5000" }, { "9.03 USDC", "9.03" }, { "3.10 USDT", "3.10" },
  };

  apply (fixture, "'order_state':'WaitingForDelivery','payment_state':'PaymentReceived','sent_coin_amount':'12'");
  apply (fixture, "'order_state':'WaitingForDelivery','payment_state':'PaymentReceived','sent_coin_amount':'20.5000',"
                  "'refund':{'amount':'3.10','currency':'USDT'}");
  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++) {
    GtkWidget *label = refills_widget_test_find_text (fixture->page, amounts[i][0]);
    g_autofree char *copied = NULL;

    g_assert_nonnull (label);
    g_object_get (gtk_widget_get_ancestor (label, REFILLS_TYPE_COPY_ROW), "copy-text", &copied, NULL);
    g_assert_cmpstr (copied, ==, amounts[i][1]);
  }
}

static GtkWidget *
find_row (Fixture    *fixture,
          const char *text)
{
  GtkWidget *label = refills_widget_test_find_text (fixture->page, text);

  g_assert_nonnull (label);

  return gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX_ROW);
}

static void
test_money (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *received = NULL;

  apply (fixture, "'order_state':'WaitingForPayment','payment_state':'WalletCreated','sent_coin_amount':'0'");
  g_assert_false (refills_widget_test_shows (fixture->page, "Payment Details"));
  apply (fixture, "'order_state':'PartialPaymentStarted','payment_state':'PaymentStarted','sent_coin_amount':'10.00',"
                  "'missing_amount':'1.47'");
  assert_shows (fixture, "Payment Details");
  assert_shows (fixture, "10.00 USDC");
  assert_shows (fixture, "1.47 USDC");
  received = find_row (fixture, "10.00 USDC");
  apply (fixture, "'order_state':'PartialPaymentStarted','payment_state':'PaymentStarted','sent_coin_amount':'10.40',"
                  "'missing_amount':'1.07'");
  assert_shows (fixture, "1.07 USDC");
  g_assert_true (find_row (fixture, "10.40 USDC") == received);
  apply (fixture, "'order_state':'WaitingForDelivery','payment_state':'PaymentReceived','sent_coin_amount':'20.00',"
                  "'original_payment_info':{'coin':'USDT','protocol':'TRON_LIKE'}");
  assert_shows (fixture, "20.00 USDC");
  assert_shows (fixture, "USDT on Tron");
  g_assert_true (find_row (fixture, "20.00 USDC") == received);
  g_assert_false (refills_widget_test_shows (fixture->page, "Missing"));
  refills_widget_test_save (fixture->window, "order-money");
}

static void
test_memo (Fixture       *fixture,
           gconstpointer  data)
{
  apply (fixture, "'order_state':'WaitingForPayment','payment_state':'WalletCreated','payment_via':'USER_WALLET',"
                  "'wallet_address':'5aAeKqTSS8vTnLmFJDqYqvqz3XGxWcYRVuMB5aAeeAed','destination_tag':103402");
  assert_shows (fixture, "Payment stopped");
  assert_shows (fixture, "Memo or Tag");
  assert_shows (fixture, "103402");
  g_assert_false (refills_widget_test_holds (fixture->page, "5aAeKqTSS8vTnLmFJDqYqvqz3XGxWcYRVuMB5aAeeAed"));
  refills_widget_test_save (fixture->window, "order-memo");
}

static void
test_sheet (void)
{
  GtkWidget *sheet = g_object_ref_sink (refills_esim_sheet_new (ESIM "$$1"));
  GtkWidget *window = refills_widget_test_show (sheet, 360, 640);
  GtkWidget *picture = refills_widget_test_find (sheet, GTK_TYPE_PICTURE, NULL);
  GdkPaintable *qr = gtk_picture_get_paintable (GTK_PICTURE (picture));

  g_assert_cmpstr (refills_qr_paintable_get_text (REFILLS_QR_PAINTABLE (qr)), ==, ESIM "$$1");
  g_assert_true (refills_widget_test_shows (sheet, "rsp.example.com"));
  g_assert_true (refills_widget_test_shows (sheet, "QR-G-5C-1LS-1W1Z9P7"));
  g_assert_true (refills_widget_test_shows (sheet, "The phone will ask for a confirmation code, "
                                                   "which comes by e-mail."));
  g_assert_cmpint (refills_widget_test_min_width (sheet), <=, 312);
  refills_widget_test_save (window, "esim-sheet");
  refills_widget_test_close (window);
  g_object_unref (sheet); /* a reference of our own beside the window's */
  g_assert_null (refills_esim_sheet_new ("4GYY-77HKKG"));
}

int
main (int   argc,
      char *argv[])
{
  refills_widget_test_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/ui/order-details/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("top-up", test_top_up);
  ADD ("esim", test_esim);
  ADD ("esim-by-mail", test_esim_by_mail);
  ADD ("barcode", test_barcode);
  ADD ("partly", test_partly);
  ADD ("money", test_money);
  ADD ("explorer", test_explorer);
  ADD ("explorer-of-other-coin", test_explorer_of_other_coin);
  ADD ("link-alone", test_link_alone);
  ADD ("several-transactions", test_several_transactions);
  ADD ("copied", test_copied);
  ADD ("memo", test_memo);
#undef ADD
  g_test_add_func ("/ui/order-details/sheet", test_sheet);

  return g_test_run ();
}
