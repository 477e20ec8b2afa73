/* refills-cli-record.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "refills-cli.h"
#include "refills-history.h"

G_BEGIN_DECLS

/* An order as a command has it: from the disk, from the service, or both. */
typedef struct {
  RefillsHistory    *history;
  RefillsPastOrder  *past;   /* NULL: it is not on disk */
  RefillsOrderState *state;  /* with its codes; NULL: the service never answered */
  GBytes            *answer; /* the last answer that said something new, whole */
  gboolean           goes_by_our_clock; /* the service did not say what time it is there */
} RefillsCliRecord;

void      refills_cli_record_clear    (RefillsCliRecord  *self);
gboolean  refills_cli_record_find     (RefillsCliRecord  *self,
                                       RefillsCli        *cli,
                                       const char        *order_id,
                                       int               *status);
gboolean  refills_cli_record_find_row (RefillsCliRecord  *self,
                                       RefillsCli        *cli,
                                       gint64             row,
                                       int               *status);
gboolean  refills_cli_record_read     (RefillsCliRecord  *self,
                                       GError           **error);
void      refills_cli_record_tell_time (RefillsCliRecord *self,
                                        gint64            date);
gboolean  refills_cli_record_may_ask  (RefillsCliRecord  *self);
gboolean  refills_cli_record_is_refused (RefillsCliRecord *self);
const char *refills_cli_record_get_checkout_page (RefillsCliRecord *self);
char     *refills_cli_record_dup_warning (RefillsCliRecord *self) G_GNUC_WARN_UNUSED_RESULT;

GPtrArray *refills_cli_list_history   (RefillsHistory    *history,
                                       GError           **error) G_GNUC_WARN_UNUSED_RESULT;
char     *refills_cli_format_time     (gint64             seconds) G_GNUC_WARN_UNUSED_RESULT;
void      refills_cli_print_record    (RefillsCli        *cli,
                                       RefillsCliRecord  *record);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RefillsCliRecord, refills_cli_record_clear)

G_END_DECLS
