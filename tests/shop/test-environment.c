/* test-environment.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-environment.h"
#include "refills-test.h"

#include <string.h>

static void
test_kinds (void)
{
  g_autoptr (RefillsEnvironment) live = refills_environment_new_live ("1.2", NULL);
  g_autoptr (RefillsEnvironment) practice = refills_environment_new_practice ("1.2", "http://127.0.0.1:1");
  g_autoptr (RefillsEnvironment) other_port = refills_environment_new_practice ("1.2", "http://127.0.0.1:2");

  g_assert_true (g_str_has_prefix (live->base_uri, "https://"));
  g_assert_true (g_str_has_prefix (live->logo_origin, "https://"));
  g_assert_false (live->is_practice);
  g_assert_true (practice->is_practice);
  g_assert_true (refills_environment_has_real_orders (live));
  g_assert_false (refills_environment_has_real_orders (practice));
  g_assert_cmpstr (practice->partner_id, ==, "practice");
  g_assert_cmpstr (practice->logo_origin, ==, practice->base_uri);
  /* Nothing of one is ever seen in the other, and the port is no part of the name. */
  g_assert_cmpstr (live->data_folder, !=, practice->data_folder);
  g_assert_cmpstr (practice->data_folder, ==, other_port->data_folder);
  g_assert_cmpstr (practice->name, ==, other_port->name);
}

static void
test_uris (void)
{
  static const char *const good[] = {
    "https://example.com", "https://example.com/", "https://example.com:8443", "http://127.0.0.1:8080",
    "http://localhost:1", "http://[::1]:8080",
  };
  static const char *const bad[] = {
    "", "example.com", "http://example.com", "http://10.0.0.1", "ftp://example.com", "file:///etc/passwd",
    "http://127.0.0.1.example.com", "https://",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (RefillsEnvironment) environment =
      refills_environment_new_for_uri ("1.2", NULL, good[i], &error);

    g_assert_no_error (error);
    g_assert_false (environment->is_practice);
    g_assert_false (g_str_has_suffix (environment->base_uri, "/"));
    g_assert_null (strchr (strrchr (environment->data_folder, '/') + 1, ':'));
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (refills_environment_new_for_uri ("1.2", NULL, bad[i], &error));
    g_assert_nonnull (error);
  }
}

/* Whichever way it is named, it is one service, and what is paid there lies in one place. */
static void
test_live_by_its_uri (void)
{
  static const char *const same[] = { "", "/", ":443", "//" };
  static const char *const other[] = { ":8443", "/v6", ".example.com" };
  g_autoptr (RefillsEnvironment) live = refills_environment_new_live ("1", "id");
  g_autofree char *upper = g_ascii_strup (strstr (live->base_uri, "//"), -1);
  g_autofree char *shouted = g_strconcat ("https:", upper, NULL);
  g_autoptr (RefillsEnvironment) loud = refills_environment_new_for_uri ("1", "id", shouted, NULL);

  g_assert_true (loud->is_live);
  for (guint i = 0; i < G_N_ELEMENTS (same); i++) {
    g_autofree char *uri = g_strconcat (live->base_uri, same[i], NULL);
    g_autoptr (RefillsEnvironment) named = refills_environment_new_for_uri ("1", "id", uri, NULL);

    g_assert_true (named->is_live);
    g_assert_cmpstr (named->name, ==, live->name);
    g_assert_cmpstr (named->base_uri, ==, live->base_uri);
    g_assert_cmpstr (named->data_folder, ==, live->data_folder);
    g_assert_cmpstr (named->partner_id, ==, "id");
  }
  for (guint i = 0; i < G_N_ELEMENTS (other); i++) {
    g_autofree char *uri = g_strconcat (live->base_uri, other[i], NULL);
    g_autoptr (RefillsEnvironment) named = refills_environment_new_for_uri ("1", "id", uri, NULL);

    g_assert_false (named->is_live);
    g_assert_cmpstr (named->data_folder, !=, live->data_folder);
    g_assert_true (refills_environment_has_real_orders (named));
  }
}

static void
test_port_is_no_part_of_the_name (void)
{
  g_autoptr (RefillsEnvironment) a = refills_environment_new_for_uri ("1", NULL, "http://127.0.0.1:1", NULL);
  g_autoptr (RefillsEnvironment) b = refills_environment_new_for_uri ("1", NULL, "http://127.0.0.1:2", NULL);
  g_autoptr (RefillsEnvironment) c = refills_environment_new_for_uri ("1", NULL, "https://example.com", NULL);

  g_assert_cmpstr (a->name, ==, b->name);
  g_assert_cmpstr (a->data_folder, ==, b->data_folder);
  g_assert_cmpstr (a->base_uri, !=, b->base_uri);
  g_assert_cmpstr (a->name, !=, c->name);
  g_assert_cmpstr (a->cache_folder, !=, c->cache_folder);
}

static void
test_real_orders_lie_apart (void)
{
  g_autoptr (RefillsEnvironment) live = refills_environment_new_live ("1", NULL);
  g_autoptr (RefillsEnvironment) practice = refills_environment_new_practice ("1", "http://127.0.0.1:1");
  g_autoptr (RefillsEnvironment) local = refills_environment_new_for_uri ("1", NULL, "http://127.0.0.1:1/", NULL);
  g_autoptr (RefillsEnvironment) remote = refills_environment_new_for_uri ("1", NULL, "https://example.com", NULL);

  g_assert_true (g_str_has_suffix (live->data_folder, "/refills/live"));
  g_assert_true (g_str_has_suffix (practice->data_folder, "/refills/practice"));
  g_assert_cmpstr (local->data_folder, ==, practice->data_folder);
  g_assert_cmpstr (remote->data_folder, ==, practice->data_folder);
}

static void
test_path (void)
{
  g_autoptr (RefillsEnvironment) relay =
    refills_environment_new_for_uri ("1", NULL, "http://127.0.0.1:8080/relay/", NULL);
  g_autoptr (RefillsEnvironment) other = refills_environment_new_for_uri ("1", NULL, "http://127.0.0.1:8080", NULL);

  g_assert_cmpstr (relay->base_uri, ==, "http://127.0.0.1:8080/relay");
  g_assert_cmpstr (relay->name, ==, "http://127.0.0.1/relay");
  g_assert_cmpstr (relay->name, !=, other->name);
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

  g_test_add_func ("/environment/kinds", test_kinds);
  g_test_add_func ("/environment/uris", test_uris);
  g_test_add_func ("/environment/live-by-its-uri", test_live_by_its_uri);
  g_test_add_func ("/environment/port-is-no-part-of-the-name", test_port_is_no_part_of_the_name);
  g_test_add_func ("/environment/real-orders-lie-apart", test_real_orders_lie_apart);
  g_test_add_func ("/environment/path", test_path);

  return g_test_run ();
}
