/* refills-cli-output.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void     refills_cli_print_line      (const char *line);
void     refills_cli_print_clean     (const char *format,
                                      ...) G_GNUC_PRINTF (1, 2);
void     refills_cli_print_json      (const char *document);
char    *refills_cli_escape_controls (const char *document) G_GNUC_WARN_UNUSED_RESULT;

GString *refills_cli_begin_object    (void) G_GNUC_WARN_UNUSED_RESULT;
void     refills_cli_add_text        (GString    *object,
                                      const char *name,
                                      const char *text);
void     refills_cli_add_bytes       (GString    *object,
                                      const char *name,
                                      const char *text,
                                      gsize       length);
void     refills_cli_add_number      (GString    *object,
                                      const char *name,
                                      gint64      number);
void     refills_cli_add_raw         (GString    *object,
                                      const char *name,
                                      const char *document);
char    *refills_cli_end_object      (GString    *object) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
