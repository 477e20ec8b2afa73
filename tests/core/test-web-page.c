/* test-web-page.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-web-page.h"

#include "refills-test.h"

static void
test_hosts (void)
{
  static const char * const cases[][2] = {
    { "https://pay.example", "pay.example" },
    { "https://pay.example/", "pay.example" },
    { "https://pay.example?order=1", "pay.example" },
    { "https://pay.example#a@b", "pay.example" },
    { "https://Pay.Example:8443/a/b?c=d&e=%2F#f", "pay.example" },
    { "HTTPS://pay.example/@evil.example", "pay.example" },
    { "https://pay.example/a:b@c", "pay.example" },
    /* Looks like an a and is none: shown as it is asked for. */
    { "https://xn--pypal-4ve.example/", "xn--pypal-4ve.example" },
    { "https://checkout.pay.example.evil.example/", "checkout.pay.example.evil.example" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *host = refills_web_page_dup_host (cases[i][0], FALSE);

    g_assert_cmpstr (host, ==, cases[i][1]);
  }
}

static void
test_not_opened (void)
{
  static const char * const cases[] = {
    "", "pay.example", "//pay.example", "https:", "https://", "https:///pay.example", "https:pay.example",
    "http://pay.example/", "ftp://pay.example", "javascript:alert(1)//https://pay.example", "file:///etc/passwd",
    "https://ada@pay.example/", "https://ada:pw@pay.example/", "https://pay.example@evil.example/",
    "https://@pay.example",
    "https://pay.example\\@evil.example/", "https://evil.example\\.pay.example/", "https://pay%2eexample/",
    "https://p\xc3\xa4y.example/", "https://pay.example/\xc3\xa4", "https://pay.example/ x", " https://pay.example/",
    "https://pay.example/\n", "https://pay.example/\t", "https://pay.example/\x1b[2J", "https://pay.example/\x7f",
    "https://pay.example/\xe2\x80\xae", "https://pay.example/<b>", "https://pay.example/\"", "https://pay..example/",
    "https://.pay.example/", "https://pay.example./", "https://-pay.example/", "https://pay-.example/",
    "https://pay_.example/", "https://localhost/", "https://pay/", "https://192.0.2.1/", "https://3232235777/",
    "https://0x7f.1/", "https://[2001:db8::1]/", "https://[::1/", "https://pay.example:/", "https://pay.example:x/",
    "https://pay.example:65536/", "https://pay.example:1:2/", "https://pay.example:-1/",
    "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example/",
  };
  g_autofree char *path = g_strnfill (2048, 'a');
  g_autofree char *name = g_strnfill (254, 'a');
  g_autofree char *longer = g_strconcat ("https://pay.example/", path, NULL);
  g_autofree char *wider = NULL;

  for (gsize i = 1; 2 * i < 254; i++)
    name[2 * i - 1] = '.';
  wider = g_strconcat ("https://", name, "/", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *host = refills_web_page_dup_host (cases[i], TRUE);

    g_test_message ("%s", cases[i]);
    g_assert_null (host);
  }
  g_assert_null (refills_web_page_dup_host (NULL, TRUE));
  g_assert_null (refills_web_page_dup_host (longer, TRUE));
  g_assert_null (refills_web_page_dup_host (wider, TRUE));
}

/* Of a server on this computer, and of no other. */
static void
test_local_pages (void)
{
  static const char * const local[][2] = {
    { "http://127.0.0.1:8765/pay", "127.0.0.1" },
    { "http://localhost/pay", "localhost" },
    { "http://[::1]:8765", "[::1]" },
  };
  static const char * const foreign[] = {
    "http://127.0.0.1.evil.example/", "http://127.0.0.1@evil.example/", "http://localhost.example/",
    "http://127.0.0.2/",
    "http://[::2]/", "http://127.0.0.1:x/", "https://127.0.0.1/", "http:/127.0.0.1/", "practice", "live",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (local); i++) {
    g_autofree char *host = refills_web_page_dup_host (local[i][0], TRUE);
    g_autofree char *none = refills_web_page_dup_host (local[i][0], FALSE);

    g_assert_cmpstr (host, ==, local[i][1]);
    g_assert_null (none);
    g_assert_true (refills_web_page_is_local (local[i][0]));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (foreign); i++) {
    g_autofree char *host = refills_web_page_dup_host (foreign[i], TRUE);

    g_test_message ("%s", foreign[i]);
    g_assert_null (host);
    g_assert_false (refills_web_page_is_local (foreign[i]));
  }
  g_assert_false (refills_web_page_is_local (NULL));
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);

  g_test_add_func ("/web-page/hosts", test_hosts);
  g_test_add_func ("/web-page/not-opened", test_not_opened);
  g_test_add_func ("/web-page/local-pages", test_local_pages);

  return g_test_run ();
}
