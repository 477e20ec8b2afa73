/* test-faults-bodies.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers that are no document, or not the one that was asked for: rows J01 to J03, J05, J21 and J24 of the
 * table of faults, for a list and for an order.
 */
#include "fault-case.h"

#include <string.h>

#include "refills-http.h"
#include "refills-test.h"

#define BRANDS "/v2/brands"
#define ORDERS "/v5/orders"
#define UNEXPECTED "The shop sent an answer that could not be understood."
#define BODY(text) text, sizeof (text) - 1

/* A body of these bytes, the opening repeated so often. */
typedef struct {
  const char *id;
  const char *bytes;
  gsize       length;
  guint       n_times;
} BodyRow;

static const BodyRow bodies[] = {
  { "J01/empty", BODY (""), 1 },
  { "J01/blanks", BODY (" \r\n\t "), 1 },
  { "J01/null", BODY ("null"), 1 },
  { "J01/array", BODY ("[]"), 1 },
  { "J01/object", BODY ("{}"), 1 },
  { "J01/string", BODY ("\"x\""), 1 },
  { "J01/number", BODY ("1"), 1 },
  { "J01/true", BODY ("true"), 1 },
  { "J02/garbage", BODY ("{\"all_brands\":[]} x"), 1 },
  { "J02/two", BODY ("{\"all_brands\":[]}{\"all_brands\":[]}"), 1 },
  { "J03/arrays", BODY ("["), 100000 },
  { "J03/objects", BODY ("{\"a\":"), 100000 },
  { "J05", BODY (" "), REFILLS_HTTP_MAX_JSON_BYTES + 1 },
  { "J24/utf-8", BODY ("{\"all_brands\":[],\"x\":\"\xff\"}"), 1 },
  { "J24/latin-1", BODY ("{\"all_brands\":[],\"x\":\"M\xfcller\"}"), 1 },
  { "J24/utf-16", BODY ("\xff\xfe{\0\"\0a\0\"\0:\0""1\0}\0"), 1 },
};

/* The whole answer of a row. */
static GBytes *
write_answer (const BodyRow *row)
{
  gsize length = row->length * row->n_times;
  g_autofree char *head = g_strdup_printf (FAULT_CASE_JSON "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", length);
  GString *text = g_string_sized_new (strlen (head) + length);

  g_string_append (text, head);
  for (guint i = 0; i < row->n_times; i++)
    g_string_append_len (text, row->bytes, (gssize) row->length);

  return g_string_free_to_bytes (text);
}

static void
test_list (FaultCase     *self,
           gconstpointer  data)
{
  g_autoptr (GBytes) answer = write_answer (data);

  scripted_server_on_bytes (self->server, "GET", BRANDS, answer, SCRIPTED_END_KEEP);
  fault_case_open (self);
  fault_case_assert_nothing (self, UNEXPECTED);
  shop_fixture_let_pass (50);
  g_assert_cmpuint (fault_case_count (self, "GET", BRANDS), ==, 1);
}

static void
test_order (FaultCase     *self,
            gconstpointer  data)
{
  g_autoptr (GBytes) answer = write_answer (data);

  fault_case_open_loaded (self);
  scripted_server_on_bytes (self->server, "POST", ORDERS, answer, SCRIPTED_END_KEEP);
  fault_case_assert_unknown (self);
}

static GBytes *
add_mark (GBytes   *answer,
          gpointer  user_data)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (answer, &length);
  const char *body = g_strstr_len (bytes, (gssize) length, "\r\n\r\n");
  gsize n_body = 0;
  g_autofree char *head = NULL;
  GString *text = NULL;

  g_assert_nonnull (body);
  body += 4;
  n_body = length - (gsize) (body - bytes);
  head = g_strdup_printf (FAULT_CASE_JSON "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n\xef\xbb\xbf", n_body + 3);
  text = g_string_new (head);
  g_string_append_len (text, body, (gssize) n_body);

  return g_string_free_to_bytes (text);
}

/* The mark of the byte order in front is the one thing that is let pass. */
static void
test_mark (FaultCase     *self,
           gconstpointer  data)
{
  scripted_server_on_change (self->server, "GET", BRANDS, add_mark, NULL);
  fault_case_open_loaded (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fault_case_get_brands (self))), >, 0);
}

static void
change_amount (FaultCase  *self,
               const char *path,
               const char *json)
{
  const RefillsSandboxFault fault = {
    .kind = REFILLS_SANDBOX_FAULT_MUTATE, .method = "POST", .path = path, .member = "coin_amount", .json = json,
  };

  const RefillsSandboxFault summary = {
    .kind = REFILLS_SANDBOX_FAULT_MUTATE, .method = "POST", .path = path,
    .member = "summary.coin_amount_to_pay_in_crypto", .json = json,
  };

  refills_sandbox_add_fault (self->base.sandbox, &fault);
  refills_sandbox_add_fault (self->base.sandbox, &summary);
}

typedef struct {
  const char *amount;   /* of the order, after a total of 12 */
  const char *payable;  /* or NULL */
} PriceRow;

static const PriceRow prices[] = {
  { "\"12.12\"", "12.12" },
  { "\"11.50\"", "11.50" },
  { "\"12.121\"", NULL },
  { "\"13\"", NULL },
};

/* The list says a price, the validation another, the order a third: what is paid is the order's, and no more
 * than a hundredth above what was agreed to. */
static void
test_price (FaultCase     *self,
            gconstpointer  data)
{
  const PriceRow *row = data;
  g_autoptr (RefillsCheckout) checkout = NULL;
  g_autoptr (RefillsOrder) order = NULL;
  RefillsPayment *payment = NULL;

  change_amount (self, ORDERS "/validations", "\"12.00\"");
  change_amount (self, ORDERS, row->amount);
  fault_case_open_loaded (self);
  checkout = fault_case_begin (self);
  fault_case_assert_see (checkout, "total-label", "12.00 USDC");
  fault_case_submit (checkout, REFILLS_CHECKOUT_PLACED);
  order = fault_case_dup_order (self);
  payment = refills_order_get_payment (order);
  if (row->payable != NULL) {
    g_assert_nonnull (payment);
    g_assert_cmpstr (refills_payment_get_amount (payment), ==, row->payable);
  } else {
    g_assert_null (payment);
    fault_case_assert_see (order, "status-title", "Don’t pay");
    fault_case_assert_see (order, "refusal", "The amount looks wrong. Don’t pay.");
  }
  g_assert_cmpuint (fault_case_count (self, "POST", ORDERS), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++) {
    g_autofree char *order = g_strconcat (bodies[i].id, strchr (bodies[i].id, '/') ? "-" : "/", "order", NULL);

    fault_case_add (bodies[i].id, test_list, &bodies[i]);
    fault_case_add (order, test_order, &bodies[i]);
  }
  fault_case_add ("J02/mark", test_mark, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (prices); i++) {
    g_autofree char *id = g_strdup_printf ("J21/%" G_GSIZE_FORMAT, i);

    fault_case_add (id, test_price, &prices[i]);
  }

  return g_test_run ();
}
