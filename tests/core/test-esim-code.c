/* test-esim-code.c — SPDX-License-Identifier: GPL-3.0-or-later */
#include "refills-esim-code.h"

#include <string.h>

#include "payment-vectors.h"
#include "refills-test.h"

static void
check_vector (const PaymentVector *vector)
{
  g_auto (RefillsEsimCode) code = { NULL };
  g_autofree char *server = payment_vector_dup_text (vector, "smdp");
  g_autofree char *matching_id = payment_vector_dup_text (vector, "matching_id");
  g_autofree char *object_id = payment_vector_dup_text (vector, "oid");
  g_autofree char *needs_confirmation = payment_vector_dup_text (vector, "cc_required");

  g_assert_cmpint (refills_esim_code_parse (vector->input, &code), ==, vector->is_valid);
  g_assert_cmpstr (code.server, ==, server);
  g_assert_cmpstr (code.matching_id, ==, matching_id);
  g_assert_cmpstr (code.object_id, ==, object_id);
  g_assert_cmpint (code.needs_confirmation, ==, g_strcmp0 (needs_confirmation, "true") == 0);
}

static void
test_vectors (void)
{
  payment_vectors_each ("lpa", check_vector);
}

static void
test_valid (void)
{
  static const struct {
    const char *text;
    const char *server;
    const char *matching_id;
    gboolean needs_confirmation;
    const char *qr;
  } cases[] = {
    { "LPA:1$rsp.truphone.com$QR-G-5C-1LS-1W1Z9P7", "rsp.truphone.com", "QR-G-5C-1LS-1W1Z9P7",
      FALSE, "LPA:1$rsp.truphone.com$QR-G-5C-1LS-1W1Z9P7" },
    { "LPA:1$huk.prod.ondemandconnectivity.com$LBHWREN8ASCLTOTF$$1",
      "huk.prod.ondemandconnectivity.com", "LBHWREN8ASCLTOTF", TRUE,
      "LPA:1$huk.prod.ondemandconnectivity.com$LBHWREN8ASCLTOTF$$1" },
    { "LPA:1$dp-plus-par07-01.oasis-smartsim.com$16972-65675-56112-2T7TD$1.3.6.1.2.1.53860.7.5.1.1",
      "dp-plus-par07-01.oasis-smartsim.com", "16972-65675-56112-2T7TD", FALSE,
      "LPA:1$dp-plus-par07-01.oasis-smartsim.com$16972-65675-56112-2T7TD$1.3.6.1.2.1.53860.7.5.1.1" },
    { "lpa:1$RSP.TRUPHONE.COM$X", "rsp.truphone.com", "X", FALSE, "LPA:1$RSP.TRUPHONE.COM$X" },
    { "1$rsp.truphone.com$X", "rsp.truphone.com", "X", FALSE, "LPA:1$rsp.truphone.com$X" },
    { "  LPA:1$smdp.example.com$ABCD-1234\n", "smdp.example.com", "ABCD-1234", FALSE,
      "LPA:1$smdp.example.com$ABCD-1234" },
    { "LPA:1$smdp.example.com$", "smdp.example.com", "", FALSE, "LPA:1$smdp.example.com$" },
    { "LPA:1$smdp.example.com$X$$$later$fields", "smdp.example.com", "X", FALSE,
      "LPA:1$smdp.example.com$X$$$later$fields" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (RefillsEsimCode) code = { NULL };
    g_autofree char *qr = refills_esim_code_to_qr (cases[i].text);
    g_autofree char *found = refills_esim_code_find (cases[i].text);

    g_test_message ("%s", cases[i].text);
    g_assert_true (refills_esim_code_parse (cases[i].text, &code));
    g_assert_cmpstr (code.server, ==, cases[i].server);
    g_assert_cmpstr (code.matching_id, ==, cases[i].matching_id);
    g_assert_cmpint (code.object_id != NULL, ==, strstr (cases[i].text, "$1.3.6") != NULL);
    g_assert_cmpint (code.needs_confirmation, ==, cases[i].needs_confirmation);
    g_assert_cmpstr (qr, ==, cases[i].qr);
    /* What is kept is what was sent. */
    g_assert_cmpstr (found, ==, cases[i].text);
  }
}

static void
test_invalid (void)
{
  g_autofree char *long_id = g_strnfill (256, 'A');
  g_autofree char *too_long = g_strconcat ("LPA:1$smdp.example.com$", long_id, NULL);
  g_autofree char *longer = g_strnfill (100000, '$');
  const char * const cases[] = {
    NULL, "", " ", "LPA:", "LPA:1", "LPA:1$", "LPA:1$$", "LPA:1$$X", "LPA:2$smdp.example.com$X",
    "LPA:1$smdp.example.com", "LPA:1$localhost$X", "LPA:1$https://smdp.example.com$X",
    "LPA:1$smdp.example.com:443$X", "LPA:1$192.0.2.1$X", "LPA:1$smdp.example.com$AB CD",
    "LPA:1$smdp.example.com$X$$2", "LPA:1$smdp.example.com$X$1.a", "LPA:1$smdp.example.com$X$.",
    "LPA:1$smdp.example.com$X$1..3", "LPA:1$smdp.example.com$X$.1", "LPA:1$smdp.example.com$X$1.$1",
    "LPA:1$-a.example$X",
    "LPA:1$a..example$X", "LPA:1$smdp.example.com$\xc3\xa9", "https://example.com/qr.png",
    "4GYY-77HKKG-2J6M", too_long, longer,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    RefillsEsimCode code = { NULL };

    g_assert_false (refills_esim_code_parse (cases[i], &code));
    g_assert_null (code.server);
    g_assert_null (refills_esim_code_find (cases[i]));
    g_assert_null (refills_esim_code_to_qr (cases[i]));
  }
}

static void
test_links (void)
{
  static const struct {
    const char *link;
    const char *code;
  } cases[] = {
    { "https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=LPA%3A1%24rsp.example.com%24AB-1",
      "LPA:1$rsp.example.com$AB-1" },
    { "https://esimsetup.android.com/esim_qrcode_provisioning?carddata=LPA:1$rsp.example.com$AB-1",
      "LPA:1$rsp.example.com$AB-1" },
    { "https://install.example/i?x=1&CardData=1%24rsp.example.com%24AB#top", "1$rsp.example.com$AB" },
    { "https://install.example/#carddata=LPA%3a1%24rsp.example.com%24AB&y=2", "LPA:1$rsp.example.com$AB" },
    { "lpa:1%24rsp.example.com%24AB", "lpa:1$rsp.example.com$AB" },
    { "LPA:1%24rsp.example.com%24A%20B", NULL },
    { "https://install.example/i?carddata=LPA%3A1%24rsp.example.com", NULL },
    { "https://install.example/i?carddata=%zz", NULL },
    { "https://install.example/i?carddata=", NULL },
    { "https://install.example/i?carddata=%00LPA%3A1%24rsp.example.com%24A", NULL },
    { "https://install.example/i?discarddata=LPA%3A1%24rsp.example.com%24AB", NULL },
    { "https://install.example/carddata=LPA%3A1%24rsp.example.com%24AB", NULL },
    /* Decoded these are no text any more, and a state that holds one cannot be stored. */
    { "https://install.example/i?carddata=1%24rsp.example.com%24AB%24%241%24%FF", NULL },
    { "https://install.example/i?carddata=1%24rsp.example.com%24AB%24%24%24%C3%28", NULL },
    { "https://install.example/i?", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *code = refills_esim_code_find (cases[i].link);

    g_test_message ("%s", cases[i].link);
    g_assert_cmpstr (code, ==, cases[i].code);
  }
}

int
main (int   argc,
      char *argv[])
{
  refills_test_init (&argc, &argv);
  g_test_add_func ("/esim-code/vectors", test_vectors);
  g_test_add_func ("/esim-code/valid", test_valid);
  g_test_add_func ("/esim-code/invalid", test_invalid);
  g_test_add_func ("/esim-code/links", test_links);

  return g_test_run ();
}
