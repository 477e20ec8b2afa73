/* soak.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The shop without a screen: `soak URL FOLDER` makes orders and follows them for as long as it is told to, by lines on
 * its standard input.
 *
 * `place N FIRST` makes N more, for persons from number FIRST on, each in the place of the one before; for each a line
 * `order ROW ID` comes. `report` prints for each order `row ROW ID STATE CODE…`, from the disk, and then `reported`.
 * `quit` ends it.
 */
#include <stdio.h>
#include <string.h>

#include "refills-test.h"
#include "shop-fixture.h"

static RefillsEnvironment *
make_environment (const char *uri,
                  const char *folder)
{
  g_autoptr (GError) error = NULL;
  RefillsEnvironment *environment = refills_environment_new_for_uri ("0.0", "", uri, &error);

  g_assert_no_error (error);
  g_clear_pointer (&environment->data_folder, g_free);
  g_clear_pointer (&environment->cache_folder, g_free);
  environment->data_folder = g_build_filename (folder, "data", NULL);
  environment->cache_folder = g_build_filename (folder, "cache", NULL);
  environment->settle_ms = 5; /* nobody types */

  return environment;
}

/* Each for another person, so that the service expires none of them for the next. */
static void
place (ShopFixture *fixture,
       guint        number)
{
  g_autoptr (RefillsCheckout) checkout = shop_fixture_begin (fixture, "Steam", NULL);
  g_autofree char *email = g_strdup_printf ("ada%u@example.com", number);
  RefillsOrder *order = NULL;

  refills_order_form_set_email (refills_checkout_get_form (checkout), email);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_READY);
  shop_fixture_submit (checkout);
  shop_fixture_await_state (checkout, REFILLS_CHECKOUT_PLACED);
  order = refills_checkout_get_order (checkout);
  printf ("order %" G_GINT64_FORMAT " %s\n", refills_order_get_row (order),
          refills_order_state_get_order_id (refills_order_get_state (order)));
}

static void
report (ShopFixture *fixture)
{
  GListModel *orders = G_LIST_MODEL (refills_shop_get_orders (fixture->shop));

  for (guint i = 0; i < g_list_model_get_n_items (orders); i++) {
    g_autoptr (RefillsOrder) order = g_list_model_get_item (orders, i);
    RefillsOrderState *state = refills_order_get_state (order);

    printf ("row %" G_GINT64_FORMAT " %s %s", refills_order_get_row (order), refills_order_state_get_order_id (state),
            refills_order_state_get_order_state (state));
    if (refills_order_get_phase (order) == REFILLS_ORDER_PHASE_DONE) {
      g_autofree char *code = shop_fixture_reveal (fixture, order, REFILLS_SECRET_CODE);

      printf (" %s", code);
    }
    printf ("\n");
  }
  printf ("reported\n");
}

static gboolean
line_read_cb (GIOChannel   *channel,
              GIOCondition  condition,
              gpointer      user_data)
{
  char **line = user_data;

  if (g_io_channel_read_line (channel, line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    *line = g_strdup ("quit\n");
  g_strchomp (*line);

  return G_SOURCE_REMOVE;
}

/* The main loop runs until there is one, for hours if need be. */
static char *
wait_for_line (GIOChannel *channel)
{
  char *line = NULL;

  g_io_add_watch (channel, G_IO_IN | G_IO_HUP, line_read_cb, &line);
  while (line == NULL)
    g_main_context_iteration (NULL, TRUE);

  return line;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GIOChannel) channel = g_io_channel_unix_new (0);
  g_autofree char *keyring = NULL;
  ShopFixture fixture = { 0 };

  setvbuf (stdout, NULL, _IOLBF, 0);
  refills_test_init (&argc, &argv);
  refills_test_spare_libsoup ();
  /* Each run finds the keyring of the one before. */
  keyring = g_build_filename (argv[2], "keyring", NULL);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  fixture.environment = make_environment (argv[1], argv[2]);
  shop_fixture_open_shop (&fixture);
  printf ("open\n");

  while (TRUE) {
    g_autofree char *line = wait_for_line (channel);
    guint more = 0;
    guint first = 0;

    if (g_str_equal (line, "quit"))
      break;
    if (g_str_equal (line, "report"))
      report (&fixture);
    else if (sscanf (line, "place %u %u", &more, &first) == 2)
      while (more-- > 0)
        place (&fixture, first++);
  }
  shop_fixture_close_shop (&fixture);
  g_clear_pointer (&fixture.environment, refills_environment_free);

  return 0;
}
