/* refills-budget.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsBudget:
 *
 * How often each endpoint may be asked, and until when it asked to be left alone.
 *
 * Owns the times of the last requests, and reads its clock; sends and delays nothing itself. The limits are
 * those that one client was told, so an upper bound and no promise of the service (API reference, section
 * 1.3); search and e-mail, of which nothing is known, get those of the brands. Main thread only.
 */
#include "refills-budget.h"

#include <string.h>

#define MINUTE_MS (60 * 1000)

static const struct {
  guint n;
  guint window_ms;
} limits[REFILLS_N_ENDPOINTS] = {
  [REFILLS_ENDPOINT_VIAS] = { 30, MINUTE_MS },
  [REFILLS_ENDPOINT_BRANDS] = { 60, MINUTE_MS },
  [REFILLS_ENDPOINT_HOMEPAGE] = { 30, MINUTE_MS },
  [REFILLS_ENDPOINT_SEARCH] = { 60, MINUTE_MS },
  [REFILLS_ENDPOINT_PRODUCTS] = { 60, MINUTE_MS },
  [REFILLS_ENDPOINT_PRICE] = { 120, MINUTE_MS },
  [REFILLS_ENDPOINT_ORDER] = { 120, MINUTE_MS },
  [REFILLS_ENDPOINT_VALIDATIONS] = { 60, 10 * MINUTE_MS },
  [REFILLS_ENDPOINT_CREATE] = { 30, 10 * MINUTE_MS },
  [REFILLS_ENDPOINT_EMAIL] = { 60, MINUTE_MS },
  [REFILLS_ENDPOINT_OTHER] = { 0, 0 }, /* none */
};

struct _RefillsBudget {
  RefillsClockFunc clock;
  gpointer         clock_data;
  GArray          *spent[REFILLS_N_ENDPOINTS]; /* of gint64: when, oldest first */
  gint64           blocked_until[REFILLS_N_ENDPOINTS];
};

static gint64
read_monotonic_clock (gpointer user_data)
{
  return g_get_monotonic_time () / 1000;
}

/**
 * refills_endpoint_find:
 * @method: of the request
 * @path: of the request, without the prefix of the server's address
 *
 * Tells which endpoint a request is for (API reference, section 1.4).
 *
 * Returns: the endpoint
 */
RefillsEndpoint
refills_endpoint_find (const char *method,
                       const char *path)
{
  static const struct {
    const char      *method;
    const char      *path;
    gboolean         is_prefix;
    RefillsEndpoint  endpoint;
  } table[] = {
    { "GET", "/v3/payment_vias", FALSE, REFILLS_ENDPOINT_VIAS },
    { "GET", "/v2/brands", FALSE, REFILLS_ENDPOINT_BRANDS },
    { "GET", "/v2/homepage", FALSE, REFILLS_ENDPOINT_HOMEPAGE },
    { "GET", "/v2/search/", TRUE, REFILLS_ENDPOINT_SEARCH },
    { "GET", "/v5/products/country/", TRUE, REFILLS_ENDPOINT_PRODUCTS },
    { "GET", "/v4/products/price", FALSE, REFILLS_ENDPOINT_PRICE },
    { "POST", "/v5/orders/validations", FALSE, REFILLS_ENDPOINT_VALIDATIONS },
    { "POST", "/v5/orders", FALSE, REFILLS_ENDPOINT_CREATE },
    { "GET", "/v5/orders/", TRUE, REFILLS_ENDPOINT_ORDER },
    { "POST", "/v2/validate-email", FALSE, REFILLS_ENDPOINT_EMAIL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    if (g_str_equal (method, table[i].method) &&
        (table[i].is_prefix ? g_str_has_prefix (path, table[i].path) : g_str_equal (path, table[i].path)))
      return table[i].endpoint;
  }

  return REFILLS_ENDPOINT_OTHER;
}

/**
 * refills_budget_new:
 * @clock: (nullable): where the time comes from; `NULL`: the monotonic clock
 * @user_data: handed to @clock
 *
 * Returns: (transfer full): a budget of which nothing is spent
 */
RefillsBudget *
refills_budget_new (RefillsClockFunc clock,
                    gpointer         user_data)
{
  RefillsBudget *self = g_rc_box_new0 (RefillsBudget);

  self->clock = clock != NULL ? clock : read_monotonic_clock;
  self->clock_data = user_data;
  for (guint i = 0; i < REFILLS_N_ENDPOINTS; i++) {
    self->spent[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
    self->blocked_until[i] = G_MININT64;
  }

  return self;
}

/**
 * refills_budget_ref:
 * @self: a budget
 *
 * Returns: (transfer full): the same
 */
RefillsBudget *
refills_budget_ref (RefillsBudget *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  RefillsBudget *self = data;

  for (guint i = 0; i < REFILLS_N_ENDPOINTS; i++)
    g_clear_pointer (&self->spent[i], g_array_unref);
}

/**
 * refills_budget_unref:
 * @self: (transfer full): a budget
 */
void
refills_budget_unref (RefillsBudget *self)
{
  g_rc_box_release_full (self, clear);
}

/**
 * refills_budget_get_wait:
 * @self: a budget
 * @endpoint: what is to be asked
 *
 * Returns: milliseconds until it may be asked, 0 for now
 */
guint
refills_budget_get_wait (RefillsBudget   *self,
                         RefillsEndpoint  endpoint)
{
  gint64 now = self->clock (self->clock_data);
  GArray *spent = self->spent[endpoint];
  gint64 free_at = self->blocked_until[endpoint];

  if (limits[endpoint].n > 0 && spent->len >= limits[endpoint].n) {
    gint64 oldest = g_array_index (spent, gint64, spent->len - limits[endpoint].n);

    free_at = MAX (free_at, oldest + limits[endpoint].window_ms);
  }

  return free_at > now ? (guint) (free_at - now) : 0;
}

/**
 * refills_budget_spend:
 * @self: a budget
 * @endpoint: what is being asked
 *
 * Counts a request that leaves now.
 */
void
refills_budget_spend (RefillsBudget   *self,
                      RefillsEndpoint  endpoint)
{
  gint64 now = self->clock (self->clock_data);
  GArray *spent = self->spent[endpoint];

  if (limits[endpoint].n == 0)
    return;
  if (spent->len >= limits[endpoint].n)
    g_array_remove_index (spent, 0);
  g_array_append_val (spent, now);
}

/**
 * refills_budget_block:
 * @self: a budget
 * @endpoint: what asked to be left alone
 * @milliseconds: for how long from now
 *
 * Has the endpoint be asked nothing for a time. The later of two ends holds.
 */
void
refills_budget_block (RefillsBudget   *self,
                      RefillsEndpoint  endpoint,
                      guint            milliseconds)
{
  self->blocked_until[endpoint] = MAX (self->blocked_until[endpoint],
                                       self->clock (self->clock_data) + milliseconds);
}
