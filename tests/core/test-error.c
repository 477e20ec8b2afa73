/* test-error.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every code has its sentence, none shows the message, and only what may be repeated is transient.
 */
#include "refills-error.h"

#include <string.h>

#include "refills-test.h"

#define SECRET "order 4711 at GError domain <b>"

static const struct {
  RefillsErrorCode code;
  gboolean         is_transient;
} codes[] = {
  { REFILLS_ERROR_OFFLINE, TRUE },
  { REFILLS_ERROR_NO_SUCH_HOST, TRUE },
  { REFILLS_ERROR_UNREACHABLE, TRUE },
  { REFILLS_ERROR_TIMEOUT, TRUE },
  { REFILLS_ERROR_PROXY, TRUE },
  { REFILLS_ERROR_SIGN_IN, TRUE },
  { REFILLS_ERROR_TLS, FALSE },
  { REFILLS_ERROR_TLS_UNTRUSTED, FALSE },
  { REFILLS_ERROR_TLS_OTHER_SITE, FALSE },
  { REFILLS_ERROR_TLS_EXPIRED, FALSE },
  { REFILLS_ERROR_TLS_NOT_YET, FALSE },
  { REFILLS_ERROR_TLS_CLOCK, FALSE },
  { REFILLS_ERROR_TLS_MISSING, FALSE },
  { REFILLS_ERROR_RATE_LIMITED, TRUE },
  { REFILLS_ERROR_PARTNER_REFUSED, FALSE },
  { REFILLS_ERROR_BLOCKED, FALSE },
  { REFILLS_ERROR_NOT_FOUND, FALSE },
  { REFILLS_ERROR_CONFLICT, FALSE },
  { REFILLS_ERROR_TOO_LONG, FALSE },
  { REFILLS_ERROR_REJECTED, FALSE },
  { REFILLS_ERROR_SERVER, TRUE },
  { REFILLS_ERROR_PROTOCOL, FALSE },
  { REFILLS_ERROR_STORAGE, FALSE },
  { REFILLS_ERROR_STORAGE_FULL, FALSE },
  { REFILLS_ERROR_UNKNOWN_OUTCOME, FALSE },
  { REFILLS_ERROR_BAD_PARTNER_ID, FALSE },
  { REFILLS_ERROR_INVALID_INPUT, FALSE },
  { REFILLS_ERROR_NOT_VALIDATED, FALSE },
  { REFILLS_ERROR_STORAGE_NEWER, FALSE },
  { REFILLS_ERROR_STORAGE_READ_ONLY, FALSE },
  { REFILLS_ERROR_LOCKED, FALSE },
  { REFILLS_ERROR_NO_KEYRING, FALSE },
  { REFILLS_ERROR_WRONG_PASSPHRASE, FALSE },
  { REFILLS_ERROR_SAME_BASKET, FALSE },
  { REFILLS_ERROR_PAYABLE_ORDER, FALSE },
  { REFILLS_ERROR_IN_USE, FALSE },
};

static void
test_codes (void)
{
  g_autoptr (GHashTable) sentences = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (G_N_ELEMENTS (codes), ==, REFILLS_ERROR_IN_USE + 1);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autoptr (GError) error = g_error_new_literal (REFILLS_ERROR, (int) codes[i].code, SECRET);
    const char *text = refills_error_to_text (error);

    g_assert_cmpuint (codes[i].code, ==, i);
    g_assert_cmpint (refills_error_is_transient (error), ==, codes[i].is_transient);
    g_assert_true (g_str_has_suffix (text, "."));
    g_assert_null (strstr (text, "4711"));
    g_assert_true (g_hash_table_add (sentences, (gpointer) text));
  }
}

static const struct {
  GQuark         (*domain) (void);
  int              code;
  RefillsErrorCode same_as;
} platform_errors[] = {
  { g_io_error_quark, G_IO_ERROR_HOST_NOT_FOUND, REFILLS_ERROR_NO_SUCH_HOST },
  { g_io_error_quark, G_IO_ERROR_NETWORK_UNREACHABLE, REFILLS_ERROR_OFFLINE },
  { g_io_error_quark, G_IO_ERROR_HOST_UNREACHABLE, REFILLS_ERROR_UNREACHABLE },
  { g_io_error_quark, G_IO_ERROR_CONNECTION_REFUSED, REFILLS_ERROR_UNREACHABLE },
  { g_io_error_quark, G_IO_ERROR_BROKEN_PIPE, REFILLS_ERROR_UNREACHABLE },
  { g_io_error_quark, G_IO_ERROR_PARTIAL_INPUT, REFILLS_ERROR_UNREACHABLE },
  { g_io_error_quark, G_IO_ERROR_TIMED_OUT, REFILLS_ERROR_TIMEOUT },
  { g_io_error_quark, G_IO_ERROR_NO_SPACE, REFILLS_ERROR_STORAGE_FULL },
  { g_io_error_quark, G_IO_ERROR_PERMISSION_DENIED, REFILLS_ERROR_STORAGE },
  { g_io_error_quark, G_IO_ERROR_INVALID_DATA, REFILLS_ERROR_PROTOCOL },
  { g_resolver_error_quark, G_RESOLVER_ERROR_TEMPORARY_FAILURE, REFILLS_ERROR_NO_SUCH_HOST },
  { g_tls_error_quark, G_TLS_ERROR_BAD_CERTIFICATE, REFILLS_ERROR_TLS },
  { g_file_error_quark, G_FILE_ERROR_NOSPC, REFILLS_ERROR_STORAGE_FULL },
  { g_file_error_quark, G_FILE_ERROR_ACCES, REFILLS_ERROR_STORAGE },
};

static void
test_platform_errors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (platform_errors); i++) {
    g_autoptr (GError) error =
      g_error_new_literal (platform_errors[i].domain (), platform_errors[i].code, SECRET);
    g_autoptr (GError) ours =
      g_error_new_literal (REFILLS_ERROR, (int) platform_errors[i].same_as, SECRET);

    g_assert_cmpstr (refills_error_to_text (error), ==, refills_error_to_text (ours));
    g_assert_cmpint (refills_error_is_transient (error), ==, refills_error_is_transient (ours));
  }
}

static void
test_others (void)
{
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, SECRET);
  g_autoptr (GError) failed = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, SECRET);
  g_autoptr (GError) foreign =
    g_error_new_literal (g_quark_from_static_string ("foreign"), 1, SECRET);
  g_autoptr (GError) unknown = g_error_new_literal (REFILLS_ERROR, 4711, SECRET);
  const char *general = refills_error_to_text (NULL);

  g_assert_cmpuint (strlen (general), >, 0);
  g_assert_cmpstr (refills_error_to_text (failed), ==, general);
  g_assert_cmpstr (refills_error_to_text (foreign), ==, general);
  g_assert_cmpstr (refills_error_to_text (unknown), ==, general);
  g_assert_cmpstr (refills_error_to_text (cancelled), !=, general);
  g_assert_false (refills_error_is_transient (NULL));
  g_assert_false (refills_error_is_transient (cancelled));
  g_assert_false (refills_error_is_transient (failed));
  g_assert_false (refills_error_is_transient (foreign));
  g_assert_false (refills_error_is_transient (unknown));
}

/* The wait is in the sentence, and survives a copy. */
/* What keeps an order from being saved keeps it from being sent; all else is said as everywhere. */
static void
test_orders (void)
{
  static const RefillsErrorCode unsaved[] = {
    REFILLS_ERROR_STORAGE, REFILLS_ERROR_STORAGE_FULL, REFILLS_ERROR_STORAGE_NEWER, REFILLS_ERROR_STORAGE_READ_ONLY,
  };
  g_autoptr (GError) offline = g_error_new_literal (REFILLS_ERROR, REFILLS_ERROR_OFFLINE, "");
  g_autoptr (GError) unknown = g_error_new_literal (REFILLS_ERROR, REFILLS_ERROR_UNKNOWN_OUTCOME, "");

  for (guint i = 0; i < G_N_ELEMENTS (unsaved); i++) {
    g_autoptr (GError) error = g_error_new_literal (REFILLS_ERROR, (int) unsaved[i], "");

    g_assert_nonnull (strstr (refills_error_to_order_text (error), "not sent"));
  }
  g_assert_cmpstr (refills_error_to_order_text (offline), ==, refills_error_to_text (offline));
  g_assert_cmpstr (refills_error_to_order_text (unknown), ==, refills_error_to_text (unknown));
  g_assert_cmpstr (refills_error_to_order_text (NULL), ==, refills_error_to_text (NULL));
}

static void
test_waits (void)
{
  g_autoptr (GError) limited = g_error_new_literal (REFILLS_ERROR, REFILLS_ERROR_RATE_LIMITED, SECRET);
  g_autoptr (GError) trouble = g_error_new_literal (REFILLS_ERROR, REFILLS_ERROR_SERVER, SECRET);
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, SECRET);
  g_autoptr (GError) copy = NULL;

  g_assert_cmpuint (refills_error_get_wait (limited), ==, 0);
  g_assert_cmpuint (refills_error_get_wait (foreign), ==, 0);
  g_assert_cmpuint (refills_error_get_wait (NULL), ==, 0);

  refills_error_set_wait (limited, 30, TRUE);
  copy = g_error_copy (limited);
  g_assert_cmpuint (refills_error_get_wait (copy), ==, 30);
  g_assert_cmpstr (refills_error_to_text (copy), ==, "Too many requests. Trying again in 30 s.");
  refills_error_set_wait (limited, 300, FALSE);
  g_assert_cmpstr (refills_error_to_text (limited), ==, "Too many requests. Try again in 300 s.");
  refills_error_set_wait (trouble, 7, TRUE);
  g_assert_cmpstr (refills_error_to_text (trouble), ==, "The shop has a problem right now. Trying again in 7 s.");
  refills_error_set_wait (trouble, 7, FALSE);
  g_assert_cmpstr (refills_error_to_text (trouble), ==, "The shop has a problem right now. Try again in 7 s.");
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/error/codes", test_codes);
  g_test_add_func ("/error/platform-errors", test_platform_errors);
  g_test_add_func ("/error/others", test_others);
  g_test_add_func ("/error/orders", test_orders);
  g_test_add_func ("/error/waits", test_waits);

  return g_test_run ();
}
