/* refills-sandbox-orders.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Orders from creation to delivery (API reference, sections 10 to 15): their addresses, their clock,
 * what is kept of them. Owns the orders, and one file for each where there is a state
 * folder. Never asks a chain: nothing here can be paid in earnest.
 */
#include "refills-sandbox-private.h"

#include <errno.h>
#include <glib/gstdio.h>

/* Between the steps of a life that the e-mail address asks for, unless it says. */
#define DEFAULT_STEP_MS 700

static void
set_time (JsonObject *object,
          const char *member,
          gint64      seconds)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, seconds);

  json_object_set_string_member (object, member, text);
}

static gint64
get_time (JsonObject *object,
          const char *member)
{
  const char *text = refills_sandbox_json_get_string (object, member);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static const char *
get_state (RefillsSandboxOrder *self)
{
  const char *state = refills_sandbox_json_get_string (self->object, "order_state");

  return state != NULL ? state : "";
}

/* @delivery_state: NULL to leave those of the deliveries. */
void
refills_sandbox_order_set_states (RefillsSandboxOrder *self,
                                  const char          *order_state,
                                  const char          *payment_state,
                                  const char          *delivery_state)
{
  JsonArray *deliveries = refills_sandbox_json_get_array (self->object, "deliveries");

  json_object_set_string_member (self->object, "order_state", order_state);
  json_object_set_string_member (self->object, "payment_state", payment_state);
  if (delivery_state == NULL)
    return;
  for (guint i = 0; i < json_array_get_length (deliveries); i++)
    json_object_set_string_member (json_array_get_object_element (deliveries, i), "delivery_state", delivery_state);
}

void
refills_sandbox_order_free (RefillsSandboxOrder *self)
{
  refills_sandbox_order_halt (self);
  g_clear_pointer (&self->object, json_object_unref);
  g_free (self->life);     /* a plain struct frees its strings */
  g_free (self->order_id); /* likewise */
  g_free (self);           /* and itself */
}

static void
save (RefillsSandbox      *sandbox,
      RefillsSandboxOrder *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  JsonObject *record;

  if (sandbox->state_folder == NULL)
    return;
  record = json_object_new ();
  if (self->life != NULL)
    json_object_set_string_member (record, "life", self->life);
  json_object_set_int_member (record, "stage", self->stage);
  json_object_set_int_member (record, "step_ms", self->step_ms);
  json_object_set_int_member (record, "sequence", self->sequence);
  json_object_set_object_member (record, "order", json_object_ref (self->object));
  root = refills_sandbox_json_take (record);
  /* Marked numbers stay marked in the file. */
  text = json_to_string (root, TRUE);
  name = g_strconcat (self->order_id, ".json", NULL);
  path = g_build_filename (sandbox->state_folder, name, NULL);
  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_message ("cannot keep an order: %s", error->message);
}

/* A change that subscribers and a later start must see. */
void
refills_sandbox_order_changed (RefillsSandbox      *sandbox,
                               RefillsSandboxOrder *self)
{
  set_time (self->object, "updated_at", refills_sandbox_get_time (sandbox));
  save (sandbox, self);
  refills_sandbox_events_notify (sandbox, self);
}

static void
expire (RefillsSandbox      *sandbox,
        RefillsSandboxOrder *self)
{
  refills_sandbox_order_set_states (self, "Expired", "Expired", NULL);
  refills_sandbox_order_changed (sandbox, self);
}

static gboolean
has_waited_out (RefillsSandbox      *sandbox,
                RefillsSandboxOrder *self)
{
  gint64 due = get_time (self->object, "created_at") + refills_sandbox_get_window (sandbox);

  return due <= refills_sandbox_get_time (sandbox);
}

/* Ends what has waited for more than the window (API reference, section 17, C2). */
void
refills_sandbox_orders_expire_due (RefillsSandbox *sandbox)
{
  g_autoptr (GList) orders = g_hash_table_get_values (sandbox->orders);

  for (GList *l = orders; l != NULL; l = l->next) {
    RefillsSandboxOrder *order = l->data;

    if (g_str_equal (get_state (order), "WaitingForPayment")
        && has_waited_out (sandbox, order))
      expire (sandbox, order);
  }
}

static void
expire_older (RefillsSandbox *sandbox,
              const char     *email)
{
  g_autoptr (GList) orders = g_hash_table_get_values (sandbox->orders);

  for (GList *l = orders; l != NULL; l = l->next) {
    RefillsSandboxOrder *order = l->data;
    JsonObject *user = refills_sandbox_json_get_object (order->object, "user");

    if (g_str_equal (get_state (order), "WaitingForPayment")
        && g_strcmp0 (refills_sandbox_json_get_string (user, "email"), email) == 0) {
      refills_sandbox_order_halt (order);
      g_clear_pointer (&order->life, g_free);
      expire (sandbox, order);
    }
  }
}

static void
set_payment (RefillsSandbox         *sandbox,
             JsonObject             *object,
             RefillsSandboxPurchase *purchase,
             const char             *order_id)
{
  const RefillsSandboxRail *rail = purchase->rail;

  if (rail != NULL) {
    g_autofree char *address = refills_sandbox_make_address (sandbox, rail, purchase->units);
    g_autofree char *qr_text = refills_sandbox_make_qr_text (rail, address, purchase->units);
    g_autofree char *qr_uri = g_strdup_printf ("%s/v3/qrs/%s", sandbox->base_uri, order_id);

    json_object_set_string_member (object, "wallet_address", address);
    json_object_set_string_member (object, "payment_method", rail->method);
    json_object_set_string_member (object, "network", rail->network);
    json_object_set_string_member (object, "payment_method_protocol", rail->protocol);
    json_object_set_string_member (object, "qr_url", qr_uri);
    json_object_set_string_member (object, "qr_text", qr_text);
  } else {
    g_autofree char *checkout = g_strdup_printf ("%s/checkout/%s", sandbox->base_uri, order_id);

    json_object_set_null_member (object, "wallet_address");
    json_object_set_string_member (object, "payment_method", purchase->via);
    json_object_set_string_member (object, "network", purchase->via);
    json_object_set_null_member (object, "qr_url");
    json_object_set_null_member (object, "qr_text");
    json_object_set_string_member (object, "checkout_url", checkout);
  }
}

static JsonObject *
make_order (RefillsSandbox         *sandbox,
            RefillsSandboxPurchase *purchase,
            const char             *order_id)
{
  JsonObject *object = json_object_new ();
  JsonObject *user = json_object_new ();
  const RefillsSandboxRail *rail = purchase->quote_rail;
  g_autofree char *amount = refills_sandbox_format_units (purchase->units, rail->decimals);
  g_autofree char *original = refills_sandbox_format_units (purchase->original_units, rail->decimals);
  g_autofree char *payment_id = refills_sandbox_make_uuid (sandbox->random);
  g_autofree char *fiat =
    refills_sandbox_format_short (refills_sandbox_usd_to_eur_micro (purchase->usd_micro) / 100, 4);

  json_object_set_string_member (object, "order_id", order_id);
  set_time (object, "created_at", refills_sandbox_get_time (sandbox));
  set_payment (sandbox, object, purchase, order_id);
  json_object_set_string_member (object, "coin", rail->coin);
  json_object_set_string_member (object, "coin_amount", amount);
  json_object_set_string_member (object, "original_price", original);
  json_object_set_string_member (object, "sent_coin_amount", "0");
  json_object_set_string_member (object, "payment_state", "WalletCreated");
  json_object_set_string_member (object, "payment_via", purchase->via);
  set_time (object, "payment_requested_at", refills_sandbox_get_time (sandbox));
  json_object_set_string_member (object, "payment_id", payment_id);
  refills_sandbox_json_set_raw (object, "payment_value", fiat);
  json_object_set_array_member (object, "payment_transactions", json_array_new ());
  json_object_set_array_member (object, "deliveries", json_array_ref (purchase->deliveries));
  json_object_set_string_member (object, "order_state", "WaitingForPayment");
  json_object_set_string_member (user, "email", purchase->email);
  json_object_set_object_member (object, "user", user);
  if (purchase->refund_address != NULL)
    json_object_set_string_member (object, "refund_wallet_address", purchase->refund_address);
  json_object_set_boolean_member (object, "is_payment_processor_external", FALSE);
  json_object_set_object_member (object, "summary", refills_sandbox_purchase_to_summary (purchase, FALSE));

  return object;
}

static gboolean
is_uuid (const char *text)
{
  return g_regex_match_simple ("^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", text, 0, 0);
}

/* `life+NAME@…`, or `life+NAME+MS@…` with the time between two steps. */
static void
begin_life (RefillsSandbox      *sandbox,
            RefillsSandboxOrder *self,
            const char          *email)
{
  g_auto (GStrv) parts = g_strsplit_set (email, "+@", -1);
  guint n_parts = g_strv_length (parts);
  guint64 step_ms = DEFAULT_STEP_MS;

  if (n_parts < 3 || n_parts > 4 || !g_str_equal (parts[0], "life"))
    return;
  if (n_parts == 4)
    step_ms = CLAMP (g_ascii_strtoull (parts[2], NULL, 10), 1, 3600000);
  /* No address can be made: not later, but in the answer to the creation. */
  refills_sandbox_order_live (sandbox, self, parts[1], (guint) step_ms, g_str_equal (parts[1], "setup-failed"));
}

/* `POST /v5/orders`: 200 with the order, or why not. */
RefillsSandboxAnswer *
refills_sandbox_orders_create (RefillsSandbox *sandbox,
                               JsonObject     *request)
{
  g_autoptr (RefillsSandboxPurchase) purchase = refills_sandbox_purchase_read (sandbox, request, TRUE);
  RefillsSandboxAnswer *answer;
  RefillsSandboxOrder *self;
  g_autofree char *order_id = NULL;

  if (purchase->refusal != NULL)
    return refills_sandbox_refusal_parse (purchase->refusal, purchase->refusal_status,
                                          g_steal_pointer (&purchase->refusal_details));
  if (json_array_get_length (purchase->problems) > 0) {
    JsonObject *problem = json_array_get_object_element (purchase->problems, 0);
    JsonObject *details = refills_sandbox_json_get_object (problem, "moreDetails");

    return refills_sandbox_answer_new_error (422, refills_sandbox_json_get_string (problem, "problem"),
                                             details != NULL ? json_object_ref (details) : NULL);
  }
  expire_older (sandbox, purchase->email);
  /* A repeated seed would repeat the id of an order that is kept. */
  do {
    g_clear_pointer (&order_id, g_free);
    order_id = refills_sandbox_make_uuid (sandbox->random);
  } while (g_hash_table_contains (sandbox->orders, order_id));
  self = g_new0 (RefillsSandboxOrder, 1);
  self->order_id = g_strdup (order_id);
  self->object = make_order (sandbox, purchase, order_id);
  self->sequence = ++sandbox->sequence;
  refills_sandbox_order_set_states (self, "WaitingForPayment", "WalletCreated", "WaitingForPayment");
  g_hash_table_insert (sandbox->orders, self->order_id, self);
  begin_life (sandbox, self, purchase->email);
  save (sandbox, self);
  answer = refills_sandbox_answer_new_order (sandbox, self);
  answer->status = (guint) g_ascii_strtoull (refills_sandbox_get_shape (sandbox, "create-status"), NULL, 10);

  return answer;
}

/* "last" is the newest. */
RefillsSandboxOrder *
refills_sandbox_orders_find_any (RefillsSandbox *sandbox,
                                 const char     *order_id)
{
  RefillsSandboxOrder *newest = NULL;
  GHashTableIter iter;
  gpointer value;

  if (!g_str_equal (order_id, "last"))
    return refills_sandbox_orders_find (sandbox, order_id);
  g_hash_table_iter_init (&iter, sandbox->orders);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    RefillsSandboxOrder *order = value;

    if (newest == NULL || order->sequence > newest->sequence)
      newest = order;
  }

  return newest;
}

RefillsSandboxOrder *
refills_sandbox_orders_find (RefillsSandbox *sandbox,
                             const char     *order_id)
{
  return g_hash_table_lookup (sandbox->orders, order_id);
}

/* Shares the order's object: copy before changing it. */
JsonNode *
refills_sandbox_order_to_json (RefillsSandboxOrder *self)
{
  return refills_sandbox_json_take (json_object_ref (self->object));
}

gboolean
refills_sandbox_order_is_final (RefillsSandboxOrder *self)
{
  static const char *final_states[] = { "Done", "Expired", "Canceled", "PaymentFailed", "PaymentSetupFailed",
                                        "Refunded", NULL };

  return g_strv_contains (final_states, get_state (self));
}

/* The life of one who pays at once: the first step now, each next one @step_ms later; all at once
 * with 0. An expired order may be paid late. FALSE: it is paid already, or beyond it. */
gboolean
refills_sandbox_order_pay (RefillsSandbox      *sandbox,
                           RefillsSandboxOrder *self,
                           guint                step_ms)
{
  static const char *payable[] = { "WaitingForPayment", "PartialPaymentStarted", "Expired", NULL };

  if (self->step != NULL || !g_strv_contains (payable, get_state (self)))
    return FALSE;

  return refills_sandbox_order_live (sandbox, self, "happy", step_ms, TRUE);
}

/* Moves the order's times into the past, as if @seconds had gone by. */
void
refills_sandbox_order_age (RefillsSandbox      *sandbox,
                           RefillsSandboxOrder *self,
                           gint64               seconds)
{
  set_time (self->object, "created_at", get_time (self->object, "created_at") - seconds);
  set_time (self->object, "payment_requested_at", get_time (self->object, "payment_requested_at") - seconds);
  if (g_str_equal (get_state (self), "WaitingForPayment")
      && has_waited_out (sandbox, self))
    expire (sandbox, self);
  else
    refills_sandbox_order_changed (sandbox, self);
}

/* @changes is laid over the order; its `scenario`, where there is one, is applied first, and
 * `delivery` over every delivery. FALSE: an unknown scenario. */
gboolean
refills_sandbox_order_force (RefillsSandbox      *sandbox,
                             RefillsSandboxOrder *self,
                             JsonObject          *changes)
{
  const char *scenario = refills_sandbox_json_get_string (changes, "scenario");
  JsonObject *delivery = refills_sandbox_json_get_object (changes, "delivery");
  JsonArray *deliveries = refills_sandbox_json_get_array (self->object, "deliveries");

  if (scenario != NULL && !refills_sandbox_order_apply (sandbox, self, scenario))
    return FALSE;
  refills_sandbox_order_halt (self);
  g_clear_pointer (&self->life, g_free);
  self->stage = 0;
  for (guint i = 0; delivery != NULL && i < json_array_get_length (deliveries); i++)
    refills_sandbox_json_merge (json_array_get_object_element (deliveries, i), delivery);
  json_object_remove_member (changes, "scenario");
  json_object_remove_member (changes, "delivery");
  refills_sandbox_json_merge (self->object, changes);
  if (refills_sandbox_json_get_array (self->object, "deliveries") == NULL)
    json_object_set_array_member (self->object, "deliveries", json_array_new ());
  refills_sandbox_order_changed (sandbox, self);

  return TRUE;
}

static void
remember_pictures (RefillsSandbox *sandbox,
                   JsonObject     *order)
{
  JsonArray *deliveries = refills_sandbox_json_get_array (order, "deliveries");

  for (guint i = 0; i < json_array_get_length (deliveries); i++) {
    JsonNode *node = json_array_get_element (deliveries, i);

    if (JSON_NODE_HOLDS_OBJECT (node))
      refills_sandbox_delivery_remember (sandbox, json_node_get_object (node));
  }
}

/* Finds again what the state folder keeps. */
void
refills_sandbox_orders_load (RefillsSandbox *sandbox)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  if (sandbox->state_folder == NULL)
    return;
  if (g_mkdir_with_parents (sandbox->state_folder, 0700) != 0)
    g_message ("cannot make the folder for orders: %s", g_strerror (errno));
  folder = g_dir_open (sandbox->state_folder, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (sandbox->state_folder, name, NULL);
    g_autofree char *order_id = g_strndup (name, strcspn (name, "."));
    g_autofree char *text = NULL;
    g_autoptr (JsonNode) root = NULL;
    JsonObject *record;
    JsonObject *object;
    RefillsSandboxOrder *order;

    if (!g_str_has_suffix (name, ".json") || !is_uuid (order_id) || !g_file_get_contents (path, &text, NULL, NULL))
      continue;
    root = refills_sandbox_json_parse (text, -1);
    record = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
    object = refills_sandbox_json_get_object (record, "order");
    if (object == NULL || refills_sandbox_json_get_array (object, "deliveries") == NULL) {
      g_message ("a kept order cannot be read");
      continue;
    }
    order = g_new0 (RefillsSandboxOrder, 1);
    order->order_id = g_steal_pointer (&order_id);
    order->object = json_object_ref (object);
    order->life = g_strdup (refills_sandbox_json_get_string (record, "life"));
    order->stage = (guint) json_object_get_int_member_with_default (record, "stage", 0);
    order->step_ms = (guint) json_object_get_int_member_with_default (record, "step_ms", 0);
    order->sequence = (guint) json_object_get_int_member_with_default (record, "sequence", 0);
    /* Kept by a version that knew one life only. */
    if (order->life == NULL && order->stage > 0)
      order->life = g_strdup ("happy");
    remember_pictures (sandbox, object);
    sandbox->sequence = MAX (sandbox->sequence, order->sequence);
    g_hash_table_insert (sandbox->orders, order->order_id, order);
  }
}

/* Goes on with the lives that the last stop interrupted. */
void
refills_sandbox_orders_resume (RefillsSandbox *sandbox)
{
  g_autoptr (GList) orders = g_hash_table_get_values (sandbox->orders);

  for (GList *l = orders; l != NULL; l = l->next)
    refills_sandbox_order_resume (sandbox, l->data);
}
