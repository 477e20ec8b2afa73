/* test-notice.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-order-schema.h"
#include "refills-test.h"
#include "shop-fixture.h"

typedef struct {
  ShopFixture  shop;
  GPtrArray   *notices; /* of RefillsNotice */
  gboolean     mark;    /* whether what is told is remembered */
} Fixture;

static void
notice_cb (Fixture       *self,
           RefillsNotice *notice)
{
  g_ptr_array_add (self->notices, g_object_ref (notice));
  if (self->mark)
    refills_shop_mark_told (self->shop.shop, notice);
}

static void
listen (Fixture *self)
{
  g_signal_connect_swapped (self->shop.shop, "notice", G_CALLBACK (notice_cb), self);
}

static gboolean
orders_are_read (gpointer user_data)
{
  return refills_collection_get_state (user_data) == REFILLS_COLLECTION_READY;
}

static void
restart (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  shop_fixture_close_shop (&self->shop);
  g_ptr_array_set_size (self->notices, 0);
  self->shop.shop = refills_shop_new (self->shop.environment, &error);
  g_assert_no_error (error);
  listen (self);
  refills_shop_start_orders (self->shop.shop);
  refills_test_run_until (orders_are_read, refills_shop_get_orders (self->shop.shop), SHOP_FIXTURE_DEADLINE_MS,
                          "the orders to be read");
  shop_fixture_let_pass (50);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  shop_fixture_set_up (&self->shop, NULL);
  self->notices = g_ptr_array_new_with_free_func (g_object_unref);
  self->mark = TRUE;
  listen (self);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  shop_fixture_tear_down (&self->shop, NULL);
  g_clear_pointer (&self->notices, g_ptr_array_unref);
}

typedef struct {
  Fixture *fixture;
  guint    n;
} Wait;

static gboolean
enough_told (gpointer user_data)
{
  Wait *wait = user_data;

  return wait->fixture->notices->len >= wait->n;
}

static void
await_notices (Fixture *self,
               guint    n)
{
  Wait wait = { self, n };

  refills_test_run_until (enough_told, &wait, SHOP_FIXTURE_DEADLINE_MS, "the notices");
  shop_fixture_let_pass (50);
  g_assert_cmpuint (self->notices->len, ==, n);
}

static void
assert_notice (Fixture           *self,
               guint              index,
               RefillsNoticeKind  kind,
               const char        *title)
{
  RefillsNotice *notice = self->notices->pdata[index];

  g_assert_cmpuint (refills_notice_get_kind (notice), ==, kind);
  g_assert_cmpstr (refills_notice_get_title (notice), ==, title);
  g_assert_cmpstr (refills_notice_get_body (notice), ==, "Steam · $10");
}

static RefillsOrder *
get_first (Fixture *self)
{
  return g_list_model_get_item (G_LIST_MODEL (refills_shop_get_orders (self->shop.shop)), 0);
}

static void
deliver (Fixture      *self,
         RefillsOrder *order)
{
  shop_fixture_post (&self->shop, order, "life?name=happy&step_ms=0", "{}");
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_DONE);
}

static void
see_payment (Fixture      *self,
             RefillsOrder *order)
{
  shop_fixture_post (&self->shop, order, "state", "{\"order_state\":\"WaitingForDelivery\"}");
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_PREPARING);
}

static int
read_marks (Fixture *self)
{
  return shop_fixture_execute (&self->shop, "SELECT notices FROM orders");
}

static void
test_in_turn (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (&self->shop);

  see_payment (self, order);
  await_notices (self, 1);
  assert_notice (self, 0, REFILLS_NOTICE_PAYMENT_SEEN, "Payment seen");
  g_assert_cmpint (read_marks (self), ==, REFILLS_NOTICE_PAYMENT_SEEN);

  deliver (self, order);
  await_notices (self, 2);
  assert_notice (self, 1, REFILLS_NOTICE_READY, "Your gift card is ready");
  g_assert_cmpint (read_marks (self), ==, REFILLS_NOTICE_PAYMENT_SEEN | REFILLS_NOTICE_READY);
  g_clear_object (&order);

  restart (self);
  g_assert_cmpuint (self->notices->len, ==, 0);
}

/* On disk and not told, as where the process ended in between: told after the next start, under the same name, until it
 * is remembered. */
static void
test_after_restart (Fixture       *self,
                    gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (&self->shop);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  self->mark = FALSE;
  see_payment (self, order);
  await_notices (self, 1);
  before = refills_notice_make_id (refills_order_get_row (order), refills_notice_get_kind (self->notices->pdata[0]));
  g_assert_cmpint (read_marks (self), ==, 0);
  g_clear_object (&order);

  restart (self);
  await_notices (self, 1);
  assert_notice (self, 0, REFILLS_NOTICE_PAYMENT_SEEN, "Payment seen");
  after = refills_notice_make_id (refills_notice_get_row (self->notices->pdata[0]),
                                  refills_notice_get_kind (self->notices->pdata[0]));
  g_assert_cmpstr (before, ==, after);
  g_assert_true (g_str_has_prefix (after, "order-"));
  g_assert_true (g_str_has_suffix (after, "-payment"));

  /* Of an order that is over, too. */
  order = get_first (self);
  deliver (self, order);
  await_notices (self, 2);
  g_clear_object (&order);
  self->mark = TRUE;
  restart (self);
  await_notices (self, 1);
  assert_notice (self, 0, REFILLS_NOTICE_READY, "Your gift card is ready");
  g_assert_cmpint (read_marks (self), ==, REFILLS_NOTICE_PAYMENT_SEEN | REFILLS_NOTICE_READY);
  restart (self);
  g_assert_cmpuint (self->notices->len, ==, 0);
}

/* What the page showed needs no telling; what comes later does. */
static void
test_seen (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (&self->shop);

  self->mark = FALSE;
  see_payment (self, order);
  await_notices (self, 1);
  refills_shop_mark_seen (self->shop.shop, order);
  g_clear_object (&order);

  restart (self);
  g_assert_cmpuint (self->notices->len, ==, 0);
  g_assert_cmpint (read_marks (self), ==, REFILLS_NOTICE_PAYMENT_SEEN);
  order = get_first (self);
  deliver (self, order);
  await_notices (self, 1);
  assert_notice (self, 0, REFILLS_NOTICE_READY, "Your gift card is ready");
}

/* What was told of the payment does not count for the delivery that came while it was told. */
static void
test_told_late (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (&self->shop);

  self->mark = FALSE;
  see_payment (self, order);
  await_notices (self, 1);
  shop_fixture_post (&self->shop, order, "life?name=happy&step_ms=0", "{}");
  while (refills_order_get_phase (order) != REFILLS_ORDER_PHASE_DONE)
    g_main_context_iteration (NULL, TRUE);
  refills_shop_mark_told (self->shop.shop, self->notices->pdata[0]);
  await_notices (self, 2);
  assert_notice (self, 1, REFILLS_NOTICE_READY, "Your gift card is ready");
}

static void
test_expired (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (&self->shop);

  shop_fixture_post (&self->shop, order, "life?name=expiry&step_ms=0", "{}");
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_EXPIRED);
  await_notices (self, 1);
  assert_notice (self, 0, REFILLS_NOTICE_EXPIRED, "Order expired");

  /* Money that came late is news again. */
  deliver (self, order);
  await_notices (self, 2);
  assert_notice (self, 1, REFILLS_NOTICE_READY, "Your gift card is ready");
  g_clear_object (&order);
  restart (self);
  g_assert_cmpuint (self->notices->len, ==, 0);
}

static void
test_expired_with_money (Fixture       *self,
                         gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (&self->shop);

  shop_fixture_post (&self->shop, order, "life?name=partial-only&step_ms=0", "{}");
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_PARTIALLY_PAID);
  shop_fixture_post (&self->shop, order, "state", "{\"order_state\":\"Expired\"}");
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_EXPIRED);
  shop_fixture_let_pass (50);
  g_assert_cmpuint (self->notices->len, ==, 0);
}

/* The service ends an order that a newer one replaced, which the person knows. */
static void
test_replaced (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (&self->shop);
  g_autoptr (RefillsOrder) other = shop_fixture_place (&self->shop);

  g_assert_true (refills_order_is_superseded (order));
  shop_fixture_await_phase (order, REFILLS_ORDER_PHASE_EXPIRED);
  shop_fixture_let_pass (50);
  g_assert_cmpuint (self->notices->len, ==, 0);
}

/* An order that was over before anything was told is no news; what comes of one that was not is. */
static void
test_before_notices (void)
{
  g_autofree char *folder = refills_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "orders.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsDb) db = refills_db_open (path, &error);
  g_autoptr (RefillsDbStatement) statement = NULL;
  gboolean has_row = FALSE;

  g_assert_no_error (error);
  g_assert_true (refills_order_schema_migrate (db, 1, &error));
  for (int phase = REFILLS_ORDER_PHASE_UNKNOWN; phase <= REFILLS_ORDER_PHASE_DONE; phase++) {
    g_autofree char *sql =
      g_strdup_printf ("INSERT INTO orders (environment, created_at, updated_at, outcome, phase, asked) "
                       "VALUES ('%d', 1, 1, 1, %d, x'00')", phase, phase);

    g_assert_true (refills_db_execute (db, sql, &error));
  }
  g_assert_true (refills_order_schema_migrate (db, REFILLS_ORDER_SCHEMA_VERSION, &error));
  g_assert_no_error (error);

  statement = refills_db_prepare (db, "SELECT phase, notices FROM orders ORDER BY phase", &error);
  for (int phase = REFILLS_ORDER_PHASE_UNKNOWN; phase <= REFILLS_ORDER_PHASE_DONE; phase++) {
    RefillsNoticeKind told = REFILLS_NOTICE_NONE;

    if (phase >= REFILLS_ORDER_PHASE_SETUP_FAILED)
      told = REFILLS_NOTICE_PAYMENT_SEEN | REFILLS_NOTICE_READY | REFILLS_NOTICE_EXPIRED;
    else if (phase >= REFILLS_ORDER_PHASE_PAYMENT_SEEN)
      told = REFILLS_NOTICE_PAYMENT_SEEN;
    else if (phase == REFILLS_ORDER_PHASE_EXPIRED)
      told = REFILLS_NOTICE_EXPIRED;
    g_assert_true (refills_db_statement_step (statement, &has_row, &error) && has_row);
    g_assert_cmpint (refills_db_statement_get_int (statement, 0), ==, phase);
    g_assert_cmpint (refills_db_statement_get_int (statement, 1), ==, told);
  }

  g_clear_pointer (&statement, refills_db_statement_free);
  g_clear_pointer (&db, refills_db_close);
  refills_test_remove_folder (g_steal_pointer (&folder));
}

/* Only what is on disk is told. */
static void
test_unsaved (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (&self->shop);

  shop_fixture_refuse_writes (&self->shop, TRUE);
  deliver (self, order);
  g_assert_true (refills_order_is_unsaved (order));
  shop_fixture_let_pass (50);
  g_assert_cmpuint (self->notices->len, ==, 0);
  refills_shop_mark_seen (self->shop.shop, order);

  shop_fixture_allow_writes (&self->shop);
  refills_shop_refresh_order (self->shop.shop, order);
  await_notices (self, 1);
  assert_notice (self, 0, REFILLS_NOTICE_READY, "Your gift card is ready");
}

static gboolean
is_live (gpointer user_data)
{
  return refills_order_get_link (user_data) == REFILLS_ORDER_LINK_LIVE;
}

/* It can be read on a locked screen. */
static void
test_no_secret (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr (RefillsOrder) order = shop_fixture_place (&self->shop);
  RefillsOrderState *state = refills_order_get_state (order);
  g_autofree char *address = g_strdup (refills_order_state_get_wallet_address (state));
  g_autofree char *id = g_strdup (refills_order_state_get_order_id (state));
  g_autofree char *code = NULL;

  refills_test_run_until (is_live, order, SHOP_FIXTURE_DEADLINE_MS, "the stream");
  see_payment (self, order);
  await_notices (self, 1);
  deliver (self, order);
  await_notices (self, 2);
  code = shop_fixture_read_code (&self->shop, order);
  for (guint i = 0; i < self->notices->len; i++) {
    RefillsNotice *notice = self->notices->pdata[i];
    g_autofree char *name = refills_notice_make_id (refills_notice_get_row (notice), refills_notice_get_kind (notice));
    g_autofree char *all = g_strjoin ("\n", name, refills_notice_get_title (notice), refills_notice_get_body (notice),
                                      NULL);

    g_assert_null (strstr (all, address));
    g_assert_null (strstr (all, id));
    g_assert_null (strstr (all, code));
    g_assert_null (strchr (all, '@'));
  }
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  g_test_add ("/notice/in-turn", Fixture, NULL, set_up, test_in_turn, tear_down);
  g_test_add ("/notice/after-restart", Fixture, NULL, set_up, test_after_restart, tear_down);
  g_test_add ("/notice/seen", Fixture, NULL, set_up, test_seen, tear_down);
  g_test_add ("/notice/told-late", Fixture, NULL, set_up, test_told_late, tear_down);
  g_test_add ("/notice/expired", Fixture, NULL, set_up, test_expired, tear_down);
  g_test_add ("/notice/expired-with-money", Fixture, NULL, set_up, test_expired_with_money, tear_down);
  g_test_add ("/notice/replaced", Fixture, NULL, set_up, test_replaced, tear_down);
  g_test_add_func ("/notice/before-notices", test_before_notices);
  g_test_add ("/notice/unsaved", Fixture, NULL, set_up, test_unsaved, tear_down);
  g_test_add ("/notice/no-secret", Fixture, NULL, set_up, test_no_secret, tear_down);

  return g_test_run ();
}
