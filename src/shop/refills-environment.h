/* refills-environment.h — SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "refills-order-shape.h"

G_BEGIN_DECLS

/* The name of a place where a test may end the process; from any thread. */
typedef void (*RefillsCheckpoint) (const char *name,
                                   gpointer    user_data);

/* Microseconds since this computer started, time asleep included: what only goes forward. */
typedef gint64 (*RefillsBootClock) (gpointer data);

/* Which server, which folders, which intervals: plain values, handed in by the application or a test. */
typedef struct {
  char     *name;              /* "live", "practice", or the server's URI without its port */
  char     *base_uri;
  char     *logo_origin;
  char     *data_folder;
  char     *cache_folder;
  char     *partner_id;
  char     *version;
  char     *language;          /* as the API takes it: "en", "de" … */
  RefillsOrderShape order_shape;
  gboolean  is_practice;
  gboolean  is_live;           /* the service itself */
  gboolean  is_one_shot;       /* nothing is followed that is not asked for: the command-line tool */
  guint     backoff_base_ms;   /* 1000 */
  guint     backoff_limit_ms;  /* 30000 */
  guint     poll_min_ms;       /* 5000 */
  guint     poll_max_ms;       /* 10000 */
  guint     overdue_poll_ms;   /* 3600000: an order that nobody paid in time */
  guint     expect_ms;         /* 3600000: how long one is asked for closely that somebody says to have paid */
  guint     poll_limit_ms;     /* 300000: the longest between two questions that the service refuses */
  guint     poll_gap_ms;       /* 1000: between two orders of those that are not foremost */
  guint     spread_ms;         /* 5000: in which all of fifty orders are asked for */
  guint     max_streams;       /* 4 */
  guint     save_again_ms;     /* 5000 */
  guint     silence_ms;        /* 45000 */
  guint     retry_ms;          /* 2000: before the catalogue is asked for again, then twice that… */
  guint     settle_ms;         /* 400: how long typing must rest before a price is asked */
  guint     read_deadline_ms;  /* 20000 */
  guint     order_deadline_ms; /* 60000 */
  guint     socket_timeout_s;  /* 15: without any byte, but for a stream */
  gint64    built_at;          /* epoch seconds; a clock far off it is wrong */
  RefillsBootClock boot_clock; /* of a test; NULL for this computer's */
  gpointer  boot_clock_data;
  RefillsCheckpoint checkpoint; /* of a test; NULL in every program */
  gpointer  checkpoint_data;
} RefillsEnvironment;

#define REFILLS_TYPE_ENVIRONMENT (refills_environment_get_type ())
GType               refills_environment_get_type     (void);

RefillsEnvironment *refills_environment_new_live     (const char *version,
                                                      const char *partner_id) G_GNUC_WARN_UNUSED_RESULT;
RefillsEnvironment *refills_environment_new_practice (const char *version,
                                                      const char *base_uri) G_GNUC_WARN_UNUSED_RESULT;
RefillsEnvironment *refills_environment_new_for_uri  (const char  *version,
                                                      const char  *partner_id,
                                                      const char  *uri,
                                                      GError     **error) G_GNUC_WARN_UNUSED_RESULT;
RefillsEnvironment *refills_environment_copy         (const RefillsEnvironment *self) G_GNUC_WARN_UNUSED_RESULT;
void                refills_environment_free         (RefillsEnvironment *self);

gboolean            refills_environment_has_real_orders (const RefillsEnvironment *self);

void                refills_environment_reach        (const RefillsEnvironment *self,
                                                      const char               *name);

void                refills_environment_prepare_process (void);

char               *refills_environment_dup_sandbox_folder (void) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RefillsEnvironment, refills_environment_free)

G_END_DECLS
