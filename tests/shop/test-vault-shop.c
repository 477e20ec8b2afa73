/* test-vault-shop.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The vault as the shop has it: with a purchase, and with a list that goes by it.
 */
#include <glib/gstdio.h>

#include "refills-db.h"
#include "refills-test.h"
#include "refills-vault.h"
#include "shop-fixture.h"

#define DEADLINE_MS 30000

static gboolean
is_settled (gpointer vault)
{
  RefillsVaultState state = refills_vault_get_state (vault);

  return state != REFILLS_VAULT_UNKNOWN && state != REFILLS_VAULT_OPENING;
}

static void
assert_state (ShopFixture       *self,
              RefillsVaultState  state)
{
  RefillsVault *vault = refills_shop_get_vault (self->shop);

  refills_test_run_until (is_settled, vault, DEADLINE_MS, "the vault to know");
  g_assert_cmpint (refills_vault_get_state (vault), ==, state);
}

/* The first purchase makes the key; the next start opens it by itself. */
static void
test_shop (ShopFixture   *self,
           gconstpointer  data)
{
  g_autoptr (RefillsOrder) first = NULL;

  assert_state (self, REFILLS_VAULT_EMPTY);
  first = shop_fixture_place (self);
  assert_state (self, REFILLS_VAULT_OPEN);
  g_clear_object (&first);
  shop_fixture_close_shop (self);
  shop_fixture_open_shop (self);
  assert_state (self, REFILLS_VAULT_OPEN);
}

static gboolean
has_no_orders (gpointer shop)
{
  RefillsCollection *orders = refills_shop_get_orders (shop);

  return refills_collection_get_state (orders) == REFILLS_COLLECTION_READY && refills_collection_is_empty (orders);
}

static gboolean
has_one_order (gpointer shop)
{
  return g_list_model_get_n_items (G_LIST_MODEL (refills_shop_get_orders (shop))) == 1;
}

/* The list goes with the orders, and the next order is none of them. */
static void
test_shop_set_aside (ShopFixture   *self,
                     gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsOrder) order = NULL;
  g_autofree char *path = NULL;
  g_autofree char *copy = NULL;
  RefillsVault *vault = NULL;

  order = shop_fixture_place (self);
  g_clear_object (&order);
  shop_fixture_close_shop (self);
  path = g_build_filename (self->environment->data_folder, "orders.db", NULL);
  {
    g_autoptr (RefillsDb) db = refills_db_open (path, &error);

    g_assert_no_error (error);
    g_assert_true (refills_db_execute (db, "DELETE FROM keys; DELETE FROM keys_again", &error));
  }
  copy = g_strconcat (path, ".keys", NULL);
  g_assert_cmpint (g_unlink (copy), ==, 0);
  shop_fixture_open_shop (self);
  assert_state (self, REFILLS_VAULT_LOCKED);
  refills_test_run_until (has_one_order, self->shop, DEADLINE_MS, "the locked order");

  vault = refills_shop_get_vault (self->shop);
  refills_vault_set_aside_async (vault, NULL, refills_test_keep_result, &result);
  refills_test_wait_result (&result, DEADLINE_MS);
  g_assert_true (refills_vault_finish (vault, result, &error));
  g_assert_no_error (error);
  assert_state (self, REFILLS_VAULT_EMPTY);
  refills_test_run_until (has_no_orders, self->shop, DEADLINE_MS, "an empty list");
  order = shop_fixture_place (self);
  g_assert_cmpint (refills_order_get_row (order), ==, 2);
  assert_state (self, REFILLS_VAULT_OPEN);
}

#define add_test(name, function) \
  g_test_add (name, ShopFixture, NULL, shop_fixture_set_up, function, shop_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  add_test ("/vault-shop/first-key", test_shop);
  add_test ("/vault-shop/set-aside", test_shop_set_aside);

  return g_test_run ();
}
