/* refills-test.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef gboolean (*RefillsTestCondition) (gpointer user_data);

void     refills_test_init            (int                  *argc,
                                       char               ***argv);
void     refills_test_spare_libsoup   (void);
void     refills_test_run_until       (RefillsTestCondition  condition,
                                       gpointer              user_data,
                                       guint                 deadline_ms,
                                       const char           *what);
gboolean refills_test_is_set          (gpointer              flag);
GBytes  *refills_test_read_file       (const char           *relative_path);
char    *refills_test_make_folder     (void) G_GNUC_WARN_UNUSED_RESULT;
void     refills_test_remove_folder   (char                 *path);

void     refills_test_keep_result     (GObject              *source,
                                       GAsyncResult         *result,
                                       gpointer              result_location);
void     refills_test_assert_readonly (gpointer              object,
                                       const char           *property_name);

#define refills_test_wait_result(location, deadline_ms) \
  refills_test_run_until (refills_test_is_set, (location), (deadline_ms), G_STRLOC)

G_END_DECLS
