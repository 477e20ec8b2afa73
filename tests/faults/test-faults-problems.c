/* test-faults-problems.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the service has against an order: rows H06 to H08 and J22 of the table of faults.
 */
#include "fault-case.h"

#include "refills-test.h"

#define VALIDATIONS "/v5/orders/validations"
#define UNREADABLE "The service named a problem that cannot be read."

static void
refuse (FaultCase  *self,
        const char *path,
        guint       status,
        const char *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  const RefillsSandboxFault fault = {
    .kind = REFILLS_SANDBOX_FAULT_STATUS, .method = "POST", .path = path, .count = 1, .status = status,
    .content_type = "application/json", .body = bytes,
  };

  refills_sandbox_add_fault (self->base.sandbox, &fault);
}

static RefillsCheckout *
begin_refused (FaultCase *self)
{
  RefillsCheckout *checkout = shop_fixture_begin (&self->base, "Steam", NULL);

  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_REFUSED);

  return checkout;
}

/* Every problem is told in two sentences, none with the code; nothing was ordered, nor can be. */
static void
assert_told (FaultCase       *self,
             RefillsCheckout *checkout)
{
  GListModel *problems = refills_checkout_get_problems (checkout);

  g_assert_cmpuint (g_list_model_get_n_items (problems), >, 0);
  for (guint i = 0; i < g_list_model_get_n_items (problems); i++) {
    g_autoptr (RefillsProblem) problem = g_list_model_get_item (problems, i);
    const char *text = refills_problem_get_text (problem);

    g_assert_true (g_str_has_suffix (refills_problem_get_what (problem), "."));
    g_assert_true (g_str_has_suffix (refills_problem_get_next (problem), "."));
    g_assert_null (strstr (text, refills_problem_get_code (problem)));
    g_assert_null (strpbrk (text, "_<>{}"));
  }
  refills_checkout_submit (checkout);
  g_assert_cmpint (refills_checkout_get_state (checkout), ==, REFILLS_CHECKOUT_REFUSED);
}

static RefillsProblem *
get_only_problem (RefillsCheckout *checkout)
{
  GListModel *problems = refills_checkout_get_problems (checkout);

  g_assert_cmpuint (g_list_model_get_n_items (problems), ==, 1);

  return g_list_model_get_item (problems, 0);
}

/* H06: all the reference's codes, as a list with a 400. */
static void
test_list (FaultCase     *self,
           gconstpointer  data)
{
  g_autoptr (GBytes) bytes = refills_test_read_file ("vectors/reference-codes.txt");
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) codes = g_strsplit (g_strchomp (text), "\n", -1);
  g_autoptr (RefillsCheckout) checkout = NULL;
  const guint half = g_strv_length (codes) / 2;

  fault_case_open_loaded (self);
  for (guint first = 0; first < 2 * half; first += half) {
    GString *body = g_string_new ("{\"problems\":[");
    g_autofree char *document = NULL;

    for (guint i = first; i < first + half; i++)
      g_string_append_printf (body, "%s{\"problem\":\"%s\",\"moreDetails\":null}", i > first ? "," : "", codes[i]);
    g_string_append (body, "]}");
    document = g_string_free (body, FALSE);
    refuse (self, VALIDATIONS, 400, document);

    g_clear_object (&checkout);
    checkout = begin_refused (self);
    g_assert_cmpuint (g_list_model_get_n_items (refills_checkout_get_problems (checkout)), ==, half);
    assert_told (self, checkout);
  }
  g_assert_cmpuint (fault_case_count (self, "POST", "/v5/orders"), ==, 0);
}

/* H06: the same when the order itself is sent, which then was not made. */
static void
test_order (FaultCase     *self,
            gconstpointer  data)
{
  g_autoptr (RefillsCheckout) checkout = NULL;
  g_autoptr (RefillsProblem) problem = NULL;

  fault_case_open_loaded (self);
  checkout = fault_case_begin (self);
  refuse (self, "/v5/orders", 400, "{\"problems\":[{\"problem\":\"OUT_OF_STOCK\",\"moreDetails\":null}]}");
  fault_case_submit (checkout, REFILLS_CHECKOUT_REFUSED);

  problem = get_only_problem (checkout);
  g_assert_cmpint (refills_problem_get_subject (problem), ==, REFILLS_PROBLEM_SUBJECT_PRODUCT);
  g_assert_cmpint (refills_problem_get_line (problem), ==, 0);
  assert_told (self, checkout);
  g_assert_null (refills_checkout_get_order (checkout));
}

typedef struct {
  const char            *id;
  const char            *body;
  RefillsProblemSubject  subject;
  const char            *see;
} Suspension;

/* H07: at the coin or the network, and what was chosen stays chosen. */
static void
test_suspended (FaultCase     *self,
                gconstpointer  data)
{
  const Suspension *suspension = data;
  g_autoptr (RefillsCheckout) checkout = NULL;
  g_autoptr (RefillsProblem) problem = NULL;

  fault_case_open_loaded (self);
  refuse (self, VALIDATIONS, 400, suspension->body);
  checkout = begin_refused (self);

  problem = get_only_problem (checkout);
  g_assert_cmpint (refills_problem_get_subject (problem), ==, suspension->subject);
  g_assert_cmpstr (refills_problem_get_text (problem), ==, suspension->see);
  assert_told (self, checkout);
  g_assert_cmpstr (refills_coin_get_symbol (refills_checkout_get_coin (checkout)), ==, "USDC");
  g_assert_cmpstr (refills_network_get_name (refills_checkout_get_network (checkout)), ==, "Solana");
}

/* H08: told in its words, and its own spelling is there for the details. */
static void
test_unknown (FaultCase     *self,
              gconstpointer  data)
{
  g_autoptr (RefillsCheckout) checkout = NULL;
  g_autoptr (RefillsProblem) problem = NULL;

  fault_case_open_loaded (self);
  refuse (self, VALIDATIONS, 422, data);
  checkout = begin_refused (self);

  problem = get_only_problem (checkout);
  g_assert_cmpstr (refills_problem_get_what (problem), ==, "The order cannot be made: moon in retrograde.");
  g_assert_cmpstr (refills_problem_get_code (problem), ==, "MOON_IN_RETROGRADE");
  assert_told (self, checkout);
}

/* J22: no list, no problems in it, or far too many. */
static void
test_odd_list (FaultCase     *self,
               gconstpointer  data)
{
  const RefillsSandboxFault fault = {
    .kind = REFILLS_SANDBOX_FAULT_MUTATE, .method = "POST", .path = VALIDATIONS, .member = "problems", .json = data,
  };
  g_autoptr (RefillsCheckout) checkout = NULL;
  GListModel *problems = NULL;

  fault_case_open_loaded (self);
  refills_sandbox_add_fault (self->base.sandbox, &fault);
  checkout = begin_refused (self);

  problems = refills_checkout_get_problems (checkout);
  for (guint i = 0; i < g_list_model_get_n_items (problems); i++) {
    g_autoptr (RefillsProblem) problem = g_list_model_get_item (problems, i);

    g_assert_cmpstr (refills_problem_get_what (problem), ==, UNREADABLE);
  }
  assert_told (self, checkout);
}

static void
test_many (FaultCase     *self,
           gconstpointer  data)
{
  GString *list = g_string_new ("[\"NOT_ACTIVE\"");
  g_autofree char *json = NULL;
  RefillsSandboxFault fault = {
    .kind = REFILLS_SANDBOX_FAULT_MUTATE, .method = "POST", .path = VALIDATIONS, .member = "problems",
  };
  g_autoptr (RefillsCheckout) checkout = NULL;

  for (guint i = 1; i < 10000; i++)
    g_string_append (list, ",\"NOT_ACTIVE\"");
  g_string_append_c (list, ']');
  fault.json = json = g_string_free (list, FALSE);

  fault_case_open_loaded (self);
  refills_sandbox_add_fault (self->base.sandbox, &fault);
  checkout = begin_refused (self);
  g_assert_cmpuint (g_list_model_get_n_items (refills_checkout_get_problems (checkout)), ==, 20);
  assert_told (self, checkout);
}

/* Null is the service's way to say that there are none. */
static void
test_null (FaultCase     *self,
           gconstpointer  data)
{
  const RefillsSandboxFault fault = {
    .kind = REFILLS_SANDBOX_FAULT_MUTATE, .method = "POST", .path = VALIDATIONS, .member = "problems", .json = "null",
  };
  g_autoptr (RefillsCheckout) checkout = NULL;

  fault_case_open_loaded (self);
  refills_sandbox_add_fault (self->base.sandbox, &fault);
  checkout = fault_case_begin (self);
  g_assert_cmpuint (g_list_model_get_n_items (refills_checkout_get_problems (checkout)), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  static const Suspension suspensions[] = {
    { "H07/coin", "{\"status\":400,\"detail\":\"SUSPENDED_COIN\",\"moreDetails\":{\"coin\":\"USDC\"}}",
      REFILLS_PROBLEM_SUBJECT_COIN, "USDC is not taken at present. Choose another coin." },
    { "H07/network", "{\"status\":\"400\",\"detail\":\"SUSPENDED_NETWORK\",\"moreDetails\":{\"coin\":\"USDC\"}}",
      REFILLS_PROBLEM_SUBJECT_NETWORK, "USDC is not taken on this network at present. Choose another network." },
  };

  refills_test_init (&argc, &argv);

  fault_case_add ("H06/validation", test_list, NULL);
  fault_case_add ("H06/order", test_order, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (suspensions); i++)
    fault_case_add (suspensions[i].id, test_suspended, &suspensions[i]);
  fault_case_add ("H08/list", test_unknown,
                  "{\"problems\":[{\"problem\":\"MOON_IN_RETROGRADE\",\"title\":\"Oh no\"}]}");
  fault_case_add ("H08/detail", test_unknown, "{\"detail\":\"MOON_IN_RETROGRADE\",\"title\":\"Oh <b>no</b>\"}");
  fault_case_add ("J22/object", test_odd_list, "{\"a\":1}");
  fault_case_add ("J22/text", test_odd_list, "\"What a pity\"");
  fault_case_add ("J22/strings", test_odd_list, "[\"What a pity\",\"<b>No</b>\",\"\"]");
  fault_case_add ("J22/others", test_odd_list, "[null,7,true,[],{}]");
  fault_case_add ("J22/many", test_many, NULL);
  fault_case_add ("J22/null", test_null, NULL);

  return g_test_run ();
}
