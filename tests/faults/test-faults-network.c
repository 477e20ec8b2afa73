/* test-faults-network.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The network: rows N of the table of faults.
 */
#include "fault-case.h"

#include "refills-test.h"

#define BRANDS "/v2/brands"
#define ORDERS "/v5/orders"
#define UNREACHABLE "The shop cannot be reached right now."

static void
test_refused (FaultCase     *self,
              gconstpointer  data)
{
  scripted_server_refuse (self->server);
  fault_case_open (self);
  fault_case_assert_nothing (self, UNREACHABLE);
  scripted_server_return (self->server);
  fault_case_await_list (fault_case_get_brands (self), REFILLS_COLLECTION_READY);
}

static void
test_reset_in_body (FaultCase     *self,
                    gconstpointer  data)
{
  scripted_server_on (self->server, "GET", BRANDS, FAULT_CASE_JSON "Content-Length: 500\r\n\r\n{", SCRIPTED_END_RESET);
  fault_case_open (self);
  fault_case_assert_nothing (self, UNREACHABLE);
  g_assert_cmpuint (fault_case_count (self, "GET", BRANDS), ==, 2);
}

static void
test_closed_after_order (FaultCase     *self,
                         gconstpointer  data)
{
  scripted_server_on (self->server, "POST", ORDERS, "", SCRIPTED_END_CLOSE);
  fault_case_open_loaded (self);
  fault_case_assert_unknown (self);
}

int
main (int    argc,
      char **argv)
{
  refills_test_init (&argc, &argv);

  fault_case_add ("N04", test_refused, NULL);
  fault_case_add ("N09", test_reset_in_body, NULL);
  fault_case_add ("N11", test_closed_after_order, NULL);

  return g_test_run ();
}
