/* fault-case.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One row of the faults: a server that misbehaves, a real shop that asks it, and what a person would read.
 *
 * What is compared are the texts that views are bound to, and the server's own log of the requests. Warnings
 * and criticals end the program, so that every row asserts that there are none.
 */
#include "fault-case.h"

#include "refills-test.h"

/* What a page says of an order that may have been made. */
#define UNKNOWN_OUTCOME "We can’t tell whether this order was made. Nothing was paid: no address was shown."

typedef struct {
  FaultFunc     test;
  gconstpointer data;
} Row;

typedef struct {
  gpointer    object;
  const char *property;
  const char *see;
} See;

typedef struct {
  FaultCase  *self;
  const char *method;
  const char *pattern;
  guint       n;
} Count;

static void
set_up (FaultCase *self)
{
  shop_fixture_prepare (&self->base);
  self->server = scripted_server_new ();
  scripted_server_forward (self->server, refills_sandbox_get_base_uri (self->base.sandbox));
  g_clear_pointer (&self->base.environment->base_uri, g_free);
  self->base.environment->base_uri = scripted_server_dup_uri (self->server);
}

static void
tear_down (FaultCase *self)
{
  shop_fixture_tear_down (&self->base, NULL);
  g_clear_pointer (&self->server, scripted_server_free);
}

static void
run (gconstpointer data)
{
  const Row *row = data;
  FaultCase self = { 0 };

  set_up (&self);
  row->test (&self, row->data);
  tear_down (&self);
}

/* In a process of its own, which does what cannot be undone, and tells its peak of memory. */
static void
run_alone (gconstpointer data)
{
  if (!g_test_subprocess ()) {
    g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC,
                            G_TEST_SUBPROCESS_INHERIT_STDERR);
    g_test_trap_assert_passed ();
    return;
  }
  run (data);
}

static Row *
row_new (FaultFunc     test,
         gconstpointer data)
{
  static GPtrArray *rows; /* for as long as the program */
  Row *row = g_new0 (Row, 1);

  if (rows == NULL)
    rows = g_ptr_array_new ();
  g_ptr_array_add (rows, row);
  row->test = test;
  row->data = data;

  return row;
}

/**
 * fault_case_add:
 * @id: the row, as "N05", or one of its parameters, as "H14/date"
 * @test: makes the fault and asserts what is seen, and what never happens
 * @data: handed to @test
 *
 * Adds a row as the test "/faults/ID".
 */
void
fault_case_add (const char    *id,
                FaultFunc      test,
                gconstpointer  data)
{
  g_autofree char *path = g_strconcat ("/faults/", id, NULL);

  g_test_add_data_func_full (path, row_new (test, data), run, g_free);
}

/**
 * fault_case_add_alone:
 * @id: as for fault_case_add()
 * @test: likewise; runs in a process of its own, and may change its environment and its namespaces
 * @data: handed to @test
 *
 * Adds a row that would spoil the others.
 */
void
fault_case_add_alone (const char    *id,
                      FaultFunc      test,
                      gconstpointer  data)
{
  g_autofree char *path = g_strconcat ("/faults/", id, NULL);

  g_test_add_data_func_full (path, row_new (test, data), run_alone, g_free);
}

/* Makes the shop and has it ask, and waits for nothing. */
void
fault_case_open (FaultCase *self)
{
  g_autoptr (GError) error = NULL;

  self->base.shop = refills_shop_new (self->base.environment, &error);
  g_assert_no_error (error);
  refills_catalogue_set_country (refills_shop_get_catalogue (self->base.shop), "US");
  refills_shop_start (self->base.shop);
}

/* Makes the shop, and waits for the brands. */
void
fault_case_open_loaded (FaultCase *self)
{
  shop_fixture_open_shop (&self->base);
  g_assert_cmpint (refills_collection_get_state (fault_case_get_brands (self)), ==, REFILLS_COLLECTION_READY);
}

RefillsCollection *
fault_case_get_brands (FaultCase *self)
{
  return refills_catalogue_get_brands (refills_shop_get_catalogue (self->base.shop));
}

typedef struct {
  RefillsCollection     *list;
  RefillsCollectionState state;
} ListWait;

static gboolean
list_is_in_state (gpointer user_data)
{
  ListWait *wait = user_data;

  return refills_collection_get_state (wait->list) == wait->state && !refills_collection_is_loading (wait->list);
}

void
fault_case_await_list (RefillsCollection      *list,
                       RefillsCollectionState  state)
{
  ListWait wait = { list, state };

  refills_test_run_until (list_is_in_state, &wait, FAULT_CASE_DEADLINE_MS, "the state of the list");
}

/* A condition: the list in @user_data waits for nothing. */
gboolean
fault_case_is_settled (gpointer user_data)
{
  return !refills_collection_is_loading (user_data);
}

/* A page with nothing but a sentence: the brands failed, and there is not one. */
void
fault_case_assert_nothing (FaultCase  *self,
                           const char *see)
{
  RefillsCollection *brands = fault_case_get_brands (self);

  fault_case_await_list (brands, REFILLS_COLLECTION_FAILED);
  fault_case_assert_see (brands, "error-text", see);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (brands)), ==, 0);
}

/* A sentence beside what was there before. */
void
fault_case_assert_kept (FaultCase  *self,
                        const char *see)
{
  RefillsCollection *brands = fault_case_get_brands (self);

  fault_case_await_list (brands, REFILLS_COLLECTION_STALE);
  fault_case_assert_see (brands, "error-text", see);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (brands)), >, 0);
}

/* A card that can be ordered now. */
RefillsCheckout *
fault_case_begin (FaultCase *self)
{
  RefillsCheckout *checkout = shop_fixture_begin (&self->base, "Steam", NULL);

  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);

  return checkout;
}

void
fault_case_submit (RefillsCheckout      *checkout,
                   RefillsCheckoutState  state)
{
  shop_fixture_submit (checkout);
  shop_fixture_await_state (checkout, state);
}

RefillsOrder *
fault_case_dup_order (FaultCase *self)
{
  return g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->base.shop)), 0);
}

/* An order is sent, and nobody can tell what came of it: that is said, kept, and nothing is sent again, also
 * when the shop is opened anew. */
void
fault_case_assert_unknown (FaultCase *self)
{
  g_autoptr (RefillsCheckout) checkout = fault_case_begin (self);
  g_autoptr (RefillsOrder) order = NULL;

  fault_case_submit (checkout, REFILLS_CHECKOUT_FAILED);
  fault_case_assert_see (checkout, "message", UNKNOWN_OUTCOME);
  order = fault_case_dup_order (self);
  g_assert_nonnull (order);
  fault_case_assert_see (order, "status-title", "No answer");
  g_assert_null (refills_order_get_payment (order));
  g_clear_object (&order);
  g_clear_object (&checkout);

  shop_fixture_let_pass (100);
  shop_fixture_close_shop (&self->base);
  shop_fixture_open_shop (&self->base);
  order = fault_case_dup_order (self);
  fault_case_assert_see (order, "status-title", "No answer");
  shop_fixture_let_pass (100);
  g_assert_cmpuint (fault_case_count (self, "POST", "/v5/orders"), ==, 1);
}

char *
fault_case_dup_text (gpointer    object,
                     const char *property)
{
  char *text = NULL;

  g_object_get (object, property, &text, NULL);

  return text;
}

void
fault_case_assert_see (gpointer    object,
                       const char *property,
                       const char *see)
{
  g_autofree char *text = fault_case_dup_text (object, property);

  g_assert_cmpstr (text, ==, see);
}

static gboolean
is_seen (gpointer user_data)
{
  See *see = user_data;
  g_autofree char *text = fault_case_dup_text (see->object, see->property);

  return g_strcmp0 (text, see->see) == 0;
}

void
fault_case_await_see (gpointer    object,
                      const char *property,
                      const char *see)
{
  See wait = { object, property, see };

  refills_test_run_until (is_seen, &wait, FAULT_CASE_DEADLINE_MS, see);
}

guint
fault_case_count (FaultCase  *self,
                  const char *method,
                  const char *pattern)
{
  return scripted_server_count (self->server, method, pattern);
}

static gboolean
is_counted (gpointer user_data)
{
  Count *count = user_data;

  return fault_case_count (count->self, count->method, count->pattern) >= count->n;
}

/* Until the server got so many. */
void
fault_case_await_count (FaultCase  *self,
                        const char *method,
                        const char *pattern,
                        guint       n)
{
  Count count = { self, method, pattern, n };

  refills_test_run_until (is_counted, &count, FAULT_CASE_DEADLINE_MS, pattern);
}
