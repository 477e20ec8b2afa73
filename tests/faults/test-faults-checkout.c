/* test-faults-checkout.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HTTP: those rows H of the table of faults that concern a purchase or an order.
 */
#include "fault-case.h"

#include <string.h>

#include "refills-test.h"

#define ORDERS "/v5/orders"
#define ORDER "/v5/orders/*-*-*-*-*"
#define SUBSCRIBE "/v5/orders/*/subscribe"
#define VALIDATIONS "/v5/orders/validations"
#define WHOLE "Content-Length: 2\r\n\r\n{}"

static void
answer_json (FaultCase  *self,
             const char *method,
             const char *pattern,
             guint       status,
             const char *json)
{
  g_autofree char *answer = g_strdup_printf ("HTTP/1.1 %u Said\r\nContent-Type: application/json\r\n"
                                             "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                                             status, strlen (json), json);

  scripted_server_on (self->server, method, pattern, answer, SCRIPTED_END_KEEP);
}

/* An answer to the order that leaves it open whether one was made. */
typedef struct {
  const char  *id;
  const char  *answer;
  ScriptedEnd  end;
} DoubtRow;

static const DoubtRow doubts[] = {
  { "H01/order", "HTTP/1.1 204 No Content\r\n\r\n", SCRIPTED_END_KEEP },
  { "H05/order", "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n", SCRIPTED_END_KEEP },
  { "H15/order-500", "HTTP/1.1 500 No\r\n" WHOLE, SCRIPTED_END_KEEP },
  { "H15/order-502", "HTTP/1.1 502 No\r\nContent-Type: text/html\r\n\r\n<h1>Bad gateway</h1>", SCRIPTED_END_CLOSE },
  { "H15/order-504", "HTTP/1.1 504 No\r\n" WHOLE, SCRIPTED_END_KEEP },
  { "H15/order-522", "HTTP/1.1 522 No\r\nContent-Type: text/html\r\n\r\n<h1>Cloudflare</h1>", SCRIPTED_END_CLOSE },
  { "H17/order", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>Sign in</h1>", SCRIPTED_END_CLOSE },
  { "H19/order", FAULT_CASE_JSON "Content-Length: 900\r\n\r\n{\"order_id\":", SCRIPTED_END_CLOSE },
  { "H21/order", FAULT_CASE_JSON "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", SCRIPTED_END_CLOSE },
  { "H23/order", FAULT_CASE_JSON "\r\n{\"order_id\":", SCRIPTED_END_CLOSE },
  { "H31/order", "this is no answer\r\n\r\n", SCRIPTED_END_CLOSE },
};

static void
test_doubt (FaultCase     *self,
            gconstpointer  data)
{
  const DoubtRow *row = data;

  scripted_server_on (self->server, "POST", ORDERS, row->answer, row->end);
  fault_case_open_loaded (self);
  fault_case_assert_unknown (self);
}

static void
test_redirected (FaultCase     *self,
                 gconstpointer  data)
{
  g_autoptr (ScriptedServer) other = scripted_server_new ();
  g_autofree char *uri = scripted_server_dup_uri (other);
  g_autofree char *answer = g_strdup_printf ("HTTP/1.1 %u Moved\r\nLocation: %s/v5/orders\r\n"
                                             "Content-Length: 0\r\n\r\n", GPOINTER_TO_UINT (data), uri);

  scripted_server_answer_json (other, 200, "{}");
  scripted_server_on (self->server, "POST", ORDERS, answer, SCRIPTED_END_KEEP);
  fault_case_open_loaded (self);
  fault_case_assert_unknown (self);
  g_assert_cmpuint (scripted_server_n_connections (other), ==, 0);
}

static RefillsProblem *
get_first_problem (RefillsCheckout *checkout)
{
  g_autoptr (RefillsProblem) problem = g_list_model_get_item (refills_checkout_get_problems (checkout), 0);

  g_assert_nonnull (problem);

  return problem; /* the list keeps it */
}

/* Refused before an order is made: in plain words, with what was chosen still chosen. */
typedef struct {
  const char            *id;
  guint                  status;
  const char            *json;
  const char            *code;
  RefillsProblemSubject  subject;
  const char            *see;
} RefusalRow;

static const RefusalRow refusals[] = {
  { "H06/stock", 400, "{\"problems\":[{\"problem\":\"OUT_OF_STOCK\"}]}", "OUT_OF_STOCK",
    REFILLS_PROBLEM_SUBJECT_PRODUCT,
    "This product is sold out for now. Choose another amount, or try again later." },
  { "H06/email", 422, "{\"problems\":[{\"problem\":\"INVALID_EMAIL_DOMAIN\"}]}", "INVALID_EMAIL_DOMAIN",
    REFILLS_PROBLEM_SUBJECT_EMAIL,
    "No mail can reach this e-mail address. Check the part after the @." },
  { "H07/coin", 422, "{\"status\":422,\"detail\":\"SUSPENDED_COIN\",\"moreDetails\":{\"coin\":\"USDC\"}}",
    "SUSPENDED_COIN", REFILLS_PROBLEM_SUBJECT_COIN,
    "USDC is not taken at present. Choose another coin." },
  { "H07/network", 422, "{\"status\":422,\"detail\":\"SUSPENDED_NETWORK\"}", "SUSPENDED_NETWORK",
    REFILLS_PROBLEM_SUBJECT_NETWORK,
    "Payments on this network are not taken at present. Choose another network." },
  { "H08", 400, "{\"problems\":[{\"problem\":\"MOON_IS_FULL\"}]}", "MOON_IS_FULL", REFILLS_PROBLEM_SUBJECT_ORDER,
    "The order cannot be made: moon is full. Change the order, or try again later." },
};

static void
assert_refused (FaultCase        *self,
                const RefusalRow *row,
                RefillsCheckout  *checkout)
{
  RefillsProblem *problem = NULL;
  const char *text = NULL;

  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_REFUSED);
  g_assert_cmpuint (g_list_model_get_n_items (refills_checkout_get_problems (checkout)), ==, 1);
  problem = get_first_problem (checkout);
  text = refills_problem_get_text (problem);
  g_assert_cmpstr (refills_problem_get_code (problem), ==, row->code);
  g_assert_cmpint (refills_problem_get_subject (problem), ==, row->subject);
  g_assert_cmpstr (text, ==, row->see);
  g_assert_null (strstr (text, row->code));
  g_assert_cmpuint (fault_case_count (self, "POST", ORDERS), <=, 1);
}

static void
test_refused_before (FaultCase     *self,
                     gconstpointer  data)
{
  const RefusalRow *row = data;
  g_autoptr (RefillsCheckout) checkout = NULL;
  RefillsCoin *coin = NULL;
  RefillsNetwork *network = NULL;

  answer_json (self, "POST", VALIDATIONS, row->status, row->json);
  fault_case_open_loaded (self);
  checkout = shop_fixture_begin (&self->base, "Steam", NULL);
  coin = refills_checkout_get_coin (checkout);
  network = refills_checkout_get_network (checkout);
  assert_refused (self, row, checkout);
  g_assert_true (refills_checkout_get_coin (checkout) == coin && coin != NULL);
  g_assert_true (refills_checkout_get_network (checkout) == network && network != NULL);
  g_assert_cmpuint (fault_case_count (self, "POST", ORDERS), ==, 0);
}

/* Accepted, and refused when it is ordered. */
static void
test_refused_after (FaultCase     *self,
                    gconstpointer  data)
{
  const RefusalRow *row = data;
  g_autoptr (RefillsCheckout) checkout = NULL;

  fault_case_open_loaded (self);
  answer_json (self, "POST", ORDERS, row->status, row->json);
  checkout = fault_case_begin (self);
  refills_checkout_submit (checkout);
  assert_refused (self, row, checkout);
  g_assert_cmpstr (refills_order_form_get_email (refills_checkout_get_form (checkout)), ==, "ada@example.com");
  g_assert_nonnull (refills_checkout_get_network (checkout));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (refills_shop_get_orders (self->base.shop))), ==, 0);
  g_assert_cmpuint (fault_case_count (self, "POST", ORDERS), ==, 1);
  /* What is chosen can be changed and ordered. */
  scripted_server_forget (self->server, "POST", ORDERS);
  refills_order_form_set_email (refills_checkout_get_form (checkout), "bob@example.com");
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  fault_case_submit (checkout, REFILLS_CHECKOUT_PLACED);
}

/* The service said that it did not make it: that can be tried again, later. */
typedef struct {
  const char *id;
  const char *answer;
  const char *see;
} NotMadeRow;

static const NotMadeRow not_made[] = {
  { "H16", "HTTP/1.1 503 No\r\nRetry-After: 30\r\n" WHOLE, "The shop has a problem right now. Try again in 30 s." },
  { "H14/order", "HTTP/1.1 429 No\r\nRetry-After: 30\r\n" WHOLE, "Too many requests. Try again in 30 s." },
  { "H09/order", "HTTP/1.1 403 No\r\n" WHOLE, "The shop refused your partner ID." },
  { "H10/order", "HTTP/1.1 403 No\r\nContent-Type: text/html\r\n\r\n<h1>Just a moment</h1>",
    "The shop’s check for robots blocked this app. Try again later or from another network." },
  { "H13/order", "HTTP/1.1 413 No\r\n" WHOLE, "This was too long for the shop." },
};

static void
test_not_made (FaultCase     *self,
               gconstpointer  data)
{
  const NotMadeRow *row = data;
  g_autoptr (RefillsCheckout) checkout = NULL;

  fault_case_open_loaded (self);
  scripted_server_on (self->server, "POST", ORDERS, row->answer, SCRIPTED_END_CLOSE);
  checkout = fault_case_begin (self);
  fault_case_submit (checkout, REFILLS_CHECKOUT_FAILED);
  fault_case_assert_see (checkout, "message", row->see);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (refills_shop_get_orders (self->base.shop))), ==, 0);
  g_assert_false (refills_shop_is_busy (self->base.shop));
  shop_fixture_let_pass (100);
  g_assert_cmpuint (fault_case_count (self, "POST", ORDERS), ==, 1);
}

/* Nobody orders while the service asks for quiet, however often the button is pressed. */
static void
test_not_made_again (FaultCase     *self,
                     gconstpointer  data)
{
  g_autoptr (RefillsCheckout) checkout = NULL;

  fault_case_open_loaded (self);
  scripted_server_on (self->server, "POST", ORDERS, "HTTP/1.1 503 No\r\nRetry-After: 30\r\n" WHOLE, SCRIPTED_END_KEEP);
  checkout = fault_case_begin (self);
  fault_case_submit (checkout, REFILLS_CHECKOUT_FAILED);
  refills_checkout_validate (checkout);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  fault_case_submit (checkout, REFILLS_CHECKOUT_FAILED);
  fault_case_await_see (checkout, "message", "Too many requests. Try again in 30 s.");
  g_assert_cmpuint (fault_case_count (self, "POST", ORDERS), ==, 1);
}

/* An order that we hold, of which the service no longer says anything. */
typedef struct {
  const char *id;
  guint       status;
  const char *see;
} HeldRow;

static const HeldRow held[] = {
  { "H11", 404, "The service no longer knows this order" },
  { "H12/410", 410, "The service no longer knows this order" },
  { "H12/409", 409, "The service does not say where this order stands" },
};

static void
test_held (FaultCase     *self,
           gconstpointer  data)
{
  const HeldRow *row = data;
  g_autoptr (RefillsOrder) order = NULL;
  g_autofree char *address = NULL;
  g_autofree char *title = NULL;

  answer_json (self, "GET", SUBSCRIBE, row->status, "{\"error\":\"no such order <b>\"}");
  answer_json (self, "GET", ORDER, row->status, "{\"error\":\"no such order <b>\"}");
  fault_case_open_loaded (self);
  order = shop_fixture_place (&self->base);
  title = fault_case_dup_text (order, "status-title");
  address = g_strdup (refills_payment_get_address (refills_order_get_payment (order)));
  fault_case_await_see (order, "link-text", row->see);
  fault_case_assert_see (order, "status-title", title);
  g_assert_cmpstr (refills_payment_get_address (refills_order_get_payment (order)), ==, address);

  g_clear_object (&order);
  shop_fixture_close_shop (&self->base);
  shop_fixture_open_shop (&self->base);
  order = fault_case_dup_order (self);
  fault_case_await_see (order, "link-text", row->see);
  g_assert_cmpstr (refills_payment_get_address (refills_order_get_payment (order)), ==, address);

  /* It comes back: so does its state. */
  scripted_server_forget (self->server, "GET", ORDER);
  shop_fixture_post (&self->base, order, "pay", "{}");
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
}

static GBytes *
change_date (GBytes   *answer,
             gpointer  data)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (answer, &length);
  const char *date = g_strstr_len (text, length, "\r\nDate:");
  const char *rest = date != NULL ? g_strstr_len (date + 2, length - (gsize) (date + 2 - text), "\r\n") : text;
  const char *other = data;
  GByteArray *changed = g_byte_array_new ();

  if (date != NULL)
    g_byte_array_append (changed, (const guint8 *) text, date - text);
  g_byte_array_append (changed, (const guint8 *) other, date != NULL ? strlen (other) : 0);
  g_byte_array_append (changed, (const guint8 *) rest, length - (rest - text));

  return g_byte_array_free_to_bytes (changed);
}

/* The server's clock is not believed: an order can be paid as long as by ours. */
static void
test_date (FaultCase     *self,
           gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = NULL;

  scripted_server_on_change (self->server, "POST", "*", change_date, (gpointer) data);
  scripted_server_on_change (self->server, "GET", ORDER, change_date, (gpointer) data);
  fault_case_open_loaded (self);
  order = shop_fixture_place (&self->base);
  refills_shop_refresh_order (self->base.shop, order);
  fault_case_await_count (self, "GET", ORDER, 1);
  shop_fixture_let_pass (50);
  g_assert_true (refills_order_is_payable (order));
  g_assert_cmpint (refills_order_get_phase (order), ==, REFILLS_ORDER_PHASE_WAITING_FOR_PAYMENT);
}

static gboolean
can_submit (RefillsCheckout *checkout)
{
  gboolean can = FALSE;

  g_object_get (checkout, "can-submit", &can, NULL);

  return can;
}

/* The button stays off until there is an answer, and pressing it does nothing. */
static void
test_slow_answer (FaultCase     *self,
                  gconstpointer  data)
{
  g_autoptr (RefillsCheckout) checkout = NULL;

  scripted_server_delay (self->server, "POST", ORDERS, 800);
  fault_case_open_loaded (self);
  checkout = fault_case_begin (self);
  for (guint i = 0; i < 5; i++) {
    refills_checkout_submit (checkout);
    refills_checkout_validate (checkout);
    g_assert_cmpint (refills_checkout_get_state (checkout), ==, REFILLS_CHECKOUT_SUBMITTING);
    g_assert_false (can_submit (checkout));
    g_assert_true (refills_shop_is_busy (self->base.shop));
    shop_fixture_let_pass (50);
  }
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_PLACED);
  g_assert_cmpuint (fault_case_count (self, "POST", ORDERS), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (doubts); i++)
    fault_case_add (doubts[i].id, test_doubt, &doubts[i]);
  fault_case_add ("H03", test_redirected, GUINT_TO_POINTER (302));
  fault_case_add ("H04/307", test_redirected, GUINT_TO_POINTER (307));
  fault_case_add ("H04/308", test_redirected, GUINT_TO_POINTER (308));
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++) {
    g_autofree char *after = g_strdup_printf ("H35/%s", refusals[i].code);

    fault_case_add (refusals[i].id, test_refused_before, &refusals[i]);
    fault_case_add (after, test_refused_after, &refusals[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (not_made); i++)
    fault_case_add (not_made[i].id, test_not_made, &not_made[i]);
  fault_case_add ("H16/again", test_not_made_again, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (held); i++)
    fault_case_add (held[i].id, test_held, &held[i]);
  fault_case_add ("H34/year", test_date, "\r\nDate: Mon, 01 Jan 2035 00:00:00 GMT");
  fault_case_add ("H34/missing", test_date, "");
  fault_case_add ("H36", test_slow_answer, NULL);

  return g_test_run ();
}
