/* fault-certificates.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Certificates for 127.0.0.1, good and bad, by an authority that is made on the spot with the program openssl
 * and trusted by this process only. Each lies in one file together with its key.
 */
#include "fault-certificates.h"

#include <glib/gstdio.h>

static void
run_openssl (const char         *folder,
             const char * const *arguments)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autofree char *complaint = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_strv_builder_add (builder, "openssl");
  g_strv_builder_addv (builder, (const char **) arguments);
  argv = g_strv_builder_end (builder);
  g_spawn_sync (folder, argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &complaint,
                &status, &error);
  g_assert_no_error (error);
  if (status != 0)
    g_error ("openssl %s: %s", arguments[0], complaint);
}

static void
write_file (const char *folder,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* An authority in a folder of its own; once for each folder. */
static void
make_authority (const char *folder)
{
  static const char config[] =
    "[ca]\ndefault_ca=own\n"
    "[own]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=any\nunique_subject=no\n"
    "[any]\ncommonName=supplied\n"
    "[here]\nsubjectAltName=IP:127.0.0.1,DNS:localhost\n"
    "[elsewhere]\nsubjectAltName=DNS:shop.example\n"
    "[root]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n"
    "[req]\ndistinguished_name=name\n[name]\n";
  g_autofree char *made = g_build_filename (folder, "ca.pem", NULL);

  if (g_file_test (made, G_FILE_TEST_EXISTS))
    return;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  write_file (folder, "openssl.cnf", config);
  write_file (folder, "index.txt", "");
  write_file (folder, "serial", "01\n");
  run_openssl (folder, (const char * const[]) { "req", "-x509", "-config", "openssl.cnf", "-extensions", "root",
                                                "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                                                "-subj", "/CN=An authority of the tests", "-days", "30",
                                                "-keyout", "ca-key.pem", "-out", "ca.pem", NULL });
}

static char *
format_time (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (g_get_real_time () / G_USEC_PER_SEC + seconds);

  return g_date_time_format (time, "%Y%m%d%H%M%SZ");
}

/* Makes a certificate in @folder, with the authority there where none is yet. Returns its path. */
char *
fault_certificates_make (const char       *folder,
                         FaultCertificate  kind)
{
  const gint64 day = 24 * 60 * 60;
  g_autofree char *stranger = g_build_filename (folder, "stranger", NULL);
  const char *authority = kind == FAULT_CERTIFICATE_UNKNOWN ? stranger : folder;
  g_autofree char *begin = format_time (kind == FAULT_CERTIFICATE_NOT_YET ? 10 * day : -20 * day);
  g_autofree char *end = format_time (kind == FAULT_CERTIFICATE_EXPIRED ? -10 * day : 20 * day);
  g_autofree char *certificate_path = g_build_filename (authority, "server.pem", NULL);
  g_autofree char *key_path = g_build_filename (authority, "server-key.pem", NULL);
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;
  g_autofree char *both = NULL;
  char *path = g_build_filename (authority, "server-both.pem", NULL);

  make_authority (authority);
  run_openssl (authority, (const char * const[]) { "req", "-new", "-config", "openssl.cnf", "-newkey", "ec",
                                                   "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                                                   "-subj", "/CN=A server of the tests",
                                                   "-keyout", "server-key.pem", "-out", "server.csr", NULL });
  run_openssl (authority, (const char * const[]) { "ca", "-batch", "-config", "openssl.cnf", "-cert", "ca.pem",
                                                   "-keyfile", "ca-key.pem", "-in", "server.csr", "-out", "server.pem",
                                                   "-startdate", begin, "-enddate", end, "-notext", "-extensions",
                                                   kind == FAULT_CERTIFICATE_OTHER_SITE ? "elsewhere" : "here",
                                                   NULL });
  g_assert_true (g_file_get_contents (certificate_path, &certificate, NULL, NULL));
  g_assert_true (g_file_get_contents (key_path, &key, NULL, NULL));
  both = g_strconcat (certificate, key, NULL);
  write_file (authority, "server-both.pem", both);

  return path;
}

/* From now on this process trusts the authority in @folder, and no other. */
void
fault_certificates_trust (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "ca.pem", NULL);
  g_autoptr (GTlsDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  make_authority (folder);
  database = g_tls_file_database_new (path, &error);
  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
}

GTlsCertificate *
fault_certificates_load (const char *path)
{
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);

  return certificate;
}
