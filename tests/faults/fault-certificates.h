/* fault-certificates.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  FAULT_CERTIFICATE_GOOD,
  FAULT_CERTIFICATE_OTHER_SITE,
  FAULT_CERTIFICATE_EXPIRED,
  FAULT_CERTIFICATE_NOT_YET,
  FAULT_CERTIFICATE_UNKNOWN,   /* of an authority that nobody trusts */
} FaultCertificate;

char            *fault_certificates_make  (const char       *folder,
                                           FaultCertificate  kind) G_GNUC_WARN_UNUSED_RESULT;
void             fault_certificates_trust (const char       *folder);
GTlsCertificate *fault_certificates_load  (const char       *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
