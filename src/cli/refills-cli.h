/* refills-cli.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-environment.h"
#include "refills-http.h"
#include "refills-vault.h"

G_BEGIN_DECLS

/* What the program ends with. */
typedef enum {
  REFILLS_CLI_DONE,    /* 0 */
  REFILLS_CLI_REFUSED, /* 1: refused by the service, or invalid */
  REFILLS_CLI_USAGE,   /* 2: the command line is wrong */
  REFILLS_CLI_NETWORK, /* 3: the network or the service */
  REFILLS_CLI_STORAGE, /* 4: the disk */
} RefillsCliExit;

/* What was said before the command. */
typedef struct {
  RefillsEnvironment *environment; /* the server and its folders; language and partner id are set */
  char               *country;     /* two capital letters */
  gboolean            json;
  guint               wait_divisor; /* 1, but in tests */
  RefillsHttp        *http;        /* made when first asked for; see refills_cli_get_http() */
} RefillsCli;

int          refills_cli_main          (int                  argc,
                                        char               **argv);
gboolean     refills_cli_parse         (int                 *argc,
                                        char              ***argv,
                                        const GOptionEntry  *entries,
                                        int                  n_parameters,
                                        const char          *parameters,
                                        const char          *summary);
gboolean     refills_cli_parse_with    (int                 *argc,
                                        char              ***argv,
                                        const GOptionEntry  *entries,
                                        gpointer             data,
                                        const char          *parameters,
                                        const char          *summary);
RefillsHttp *refills_cli_get_http      (RefillsCli          *self,
                                        GError             **error);

int          refills_cli_fail          (RefillsCli          *self,
                                        const GError        *error);
int          refills_cli_fail_locked   (RefillsCli          *self,
                                        RefillsVault        *vault);
int          refills_cli_fail_problems (RefillsCli          *self,
                                        GPtrArray           *problems,
                                        const GError        *error);
int          refills_cli_fail_answer   (RefillsCli          *self);
int          refills_cli_fail_order    (RefillsCli          *self,
                                        GPtrArray           *problems,
                                        const GError        *error);
int          refills_cli_fail_unsaved  (RefillsCli          *self,
                                        const char          *order_id);
int          refills_cli_fail_terms    (RefillsCli          *self);
int          refills_cli_fail_input    (RefillsCli          *self,
                                        const char          *format,
                                        ...) G_GNUC_PRINTF (2, 3);
int          refills_cli_fail_usage    (const char          *format,
                                        ...) G_GNUC_PRINTF (1, 2);
void         refills_cli_note          (const char          *format,
                                        ...) G_GNUC_PRINTF (1, 2);

G_END_DECLS
