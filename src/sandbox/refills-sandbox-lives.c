/* refills-sandbox-lives.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can become of an order (API reference, sections 12 and 13): the scenarios, each a pair of
 * states with all that goes with it, and the lives, each a row of scenarios. Owns both tables and
 * the clock of an order that goes through a life.
 */
#include "refills-sandbox-private.h"

typedef enum {
  EFFECT_NONE = 0,
  EFFECT_PAID = 1 << 0,       /* the whole amount has come */
  EFFECT_HALF = 1 << 1,       /* half of it */
  EFFECT_DOUBLE = 1 << 2,     /* twice as much */
  EFFECT_REVEAL = 1 << 3,     /* the codes are there */
  EFFECT_REVEAL_ONE = 1 << 4, /* only the first delivery's, the others are given back */
  EFFECT_REFUND = 1 << 5,     /* the money is given back */
  EFFECT_HIDE = 1 << 6,       /* there is no address */
  EFFECT_WRONG_COIN = 1 << 7, /* another coin came and was recovered */
  EFFECT_DECLINE = 1 << 8,    /* the operator says no */
} Effects;

/* `scenario` names for `POST /sandbox/orders/{id}/state`: the pairs of API reference, section 12.2. */
static const struct {
  const char *name;
  const char *order_state;
  const char *payment_state;
  const char *delivery_state;
  Effects     effects;
} scenarios[] = {
  { "waiting", "WaitingForPayment", "WalletCreated", "WaitingForPayment", EFFECT_NONE },
  { "requested", "WaitingForPayment", "PaymentRequested", "WaitingForPayment", EFFECT_NONE },
  { "created", "Created", "WalletCreated", "Created", EFFECT_NONE },
  { "started", "PaymentStarted", "PaymentStarted", NULL, EFFECT_PAID },
  { "partial", "PartialPaymentStarted", "PaymentStarted", NULL, EFFECT_HALF },
  { "over", "PaymentStarted", "PaymentStarted", NULL, EFFECT_DOUBLE },
  { "received", "WaitingForDelivery", "PaymentReceived", NULL, EFFECT_PAID },
  { "delivering", "WaitingForDelivery", "PaymentReceived", NULL, EFFECT_NONE },
  { "overpaid", "WaitingForDelivery", "PaymentReceived", NULL, EFFECT_DOUBLE },
  { "rejected", "PaymentFailed", "PaymentReceived", NULL, EFFECT_PAID },
  { "manual-action", "WaitingForManualAction", "PaymentReceived", "WaitingForManualAction", EFFECT_NONE },
  { "rebuy", "WaitingForRebuy", "PaymentReceived", "WaitingForRebuy", EFFECT_NONE },
  { "expired", "Expired", "Expired", NULL, EFFECT_NONE },
  { "late", "Expired", "ExpiredAfterPaymentDetection", NULL, EFFECT_PAID },
  { "cancelled", "Canceled", "PaymentCanceled", NULL, EFFECT_NONE },
  { "setup-failed", "PaymentSetupFailed", "WalletCreated", NULL, EFFECT_HIDE },
  { "wrong-coin", "WaitingForDelivery", "PaymentReceived", NULL, EFFECT_PAID | EFFECT_WRONG_COIN },
  { "declined", "WaitingForManualAction", "PaymentReceived", NULL, EFFECT_DECLINE },
  { "refunded", "Refunded", "PaymentReceived", "Refunded", EFFECT_REFUND },
  { "done", "Done", "PaymentReceived", "Succeeded", EFFECT_REVEAL },
  { "done-without-code", "Done", "PaymentReceived", "Succeeded", EFFECT_NONE },
  { "partly-delivered", "Done", "PaymentReceived", "Refunded", EFFECT_REVEAL_ONE | EFFECT_REFUND },
};

/* Every order begins as `waiting`; a life says what follows. */
static const struct {
  const char *name;
  const char *steps[6];
} lives[] = {
  { "happy", { "started", "delivering", "done" } },
  { "lightning", { "received", "done" } },
  { "partial", { "partial", "started", "delivering", "done" } },
  { "partial-only", { "partial" } },
  { "partial-expiry", { "partial", "expired" } },
  { "over", { "over", "delivering", "done" } },
  { "expiry", { "expired" } },
  { "late", { "expired", "late", "delivering", "done" } },
  { "late-manual", { "expired", "late", "manual-action" } },
  { "late-refund", { "expired", "late", "manual-action", "refunded" } },
  { "manual", { "started", "delivering", "manual-action" } },
  { "manual-done", { "started", "delivering", "manual-action", "done" } },
  { "rebuy", { "started", "delivering", "rebuy", "done" } },
  { "rebuy-refund", { "started", "delivering", "rebuy", "refunded" } },
  { "payment-rejected", { "started", "rejected" } },
  { "setup-failed", { "setup-failed" } },
  { "cancelled", { "cancelled" } },
  { "declined", { "started", "delivering", "declined", "refunded" } },
  { "part-delivery", { "started", "delivering", "partly-delivered" } },
  { "refund", { "started", "delivering", "refunded" } },
  { "wrong-coin", { "wrong-coin", "done" } },
  { "no-code", { "started", "delivering", "done-without-code", "done" } },
};

/* `declined` may carry an operator's own word: `declined-rejected_duplicated_transaction`. */
#define DECLINED_PREFIX "declined-"
#define DECLINED_DEFAULT "declined_credit_party_is_invalid"

static const RefillsSandboxRail *
find_rail (JsonObject *order,
           guint64    *units)
{
  const char *network = refills_sandbox_json_get_string (order, "network");
  const char *coin = refills_sandbox_json_get_string (order, "coin");
  const RefillsSandboxRail *rail =
    network != NULL && coin != NULL ? refills_sandbox_rail_find (coin, network) : NULL;

  if (rail == NULL && coin != NULL)
    rail = refills_sandbox_rail_for_quotes (coin);
  if (rail != NULL && refills_sandbox_parse_units (refills_sandbox_json_get_string (order, "coin_amount"),
                                                   rail->decimals, units))
    return rail;

  return NULL;
}

static void
add_transaction (RefillsSandbox           *sandbox,
                 JsonObject               *order,
                 const RefillsSandboxRail *rail)
{
  JsonArray *transactions = refills_sandbox_json_get_array (order, "payment_transactions");
  g_autofree char *transaction = refills_sandbox_make_transaction (sandbox, rail);

  if (transactions != NULL)
    json_array_add_string_element (transactions, transaction);
}

static void
set_sent (RefillsSandbox *sandbox,
          JsonObject     *order,
          Effects         effects)
{
  guint64 units = 0;
  const RefillsSandboxRail *rail = find_rail (order, &units);
  guint64 sent_units = effects & EFFECT_HALF ? units / 2 : effects & EFFECT_DOUBLE ? units * 2 : units;
  const char *before = refills_sandbox_json_get_string (order, "sent_coin_amount");
  const char *address = refills_sandbox_json_get_string (order, "wallet_address");
  g_autofree char *sent = NULL;

  if (rail == NULL)
    return;
  sent = refills_sandbox_format_units (sent_units, rail->decimals);
  if (g_strcmp0 (before, sent) != 0)
    add_transaction (sandbox, order, address != NULL ? rail : NULL);
  json_object_set_string_member (order, "sent_coin_amount", sent);
  json_object_remove_member (order, "missing_amount");
  json_object_remove_member (order, "missing_amount_qr_text");
  json_object_remove_member (order, "missing_amount_qr_url");
  if (sent_units < units && address != NULL) {
    g_autofree char *missing = refills_sandbox_format_units (units - sent_units, rail->decimals);
    gboolean is_invoice = rail->address_kind == REFILLS_SANDBOX_ADDRESS_LIGHTNING;
    /* An invoice is for one sum, so the rest needs one of its own. */
    g_autofree char *invoice =
      is_invoice ? refills_sandbox_make_address (sandbox, rail, units - sent_units) : NULL;
    g_autofree char *qr_text =
      refills_sandbox_make_qr_text (rail, is_invoice ? invoice : address, units - sent_units);
    g_autofree char *qr_url = g_strdup_printf ("%s/v3/qrs/%s?amount=missing", sandbox->base_uri,
                                               refills_sandbox_json_get_string (order, "order_id"));

    json_object_set_string_member (order, "missing_amount", missing);
    json_object_set_string_member (order, "missing_amount_qr_text", qr_text);
    json_object_set_string_member (order, "missing_amount_qr_url", qr_url);
  }
}

/* The whole amount, or with @only_rest the share of all deliveries but the first. */
static void
set_refund (JsonObject *order,
            gboolean    only_rest)
{
  JsonArray *deliveries = refills_sandbox_json_get_array (order, "deliveries");
  JsonObject *refund;
  guint64 units = 0;
  const RefillsSandboxRail *rail = find_rail (order, &units);
  g_autofree char *amount = NULL;

  if (rail == NULL)
    return;
  if (only_rest) {
    JsonObject *first = refills_sandbox_json_get_object (json_array_get_object_element (deliveries, 0), "deliverable");
    guint64 kept = 0;

    if (!refills_sandbox_parse_units (refills_sandbox_json_get_string (first, "coin_amount"), rail->decimals, &kept)
        || kept >= units)
      return;
    units -= kept;
  }
  amount = refills_sandbox_format_units (units, rail->decimals);
  refund = json_object_new ();
  json_object_set_string_member (refund, "amount", amount);
  json_object_set_string_member (refund, "currency", rail->coin);
  json_object_set_string_member (refund, "reason", "out_of_stock");
  json_object_set_object_member (order, "refund", refund);
}

/* The sender had chosen another chain, and the money was found all the same. */
static void
set_wrong_coin (JsonObject *order)
{
  JsonObject *info = json_object_new ();
  gboolean is_usdt = g_strcmp0 (refills_sandbox_json_get_string (order, "coin"), "USDT") == 0;

  json_object_set_string_member (info, "coin", is_usdt ? "USDC" : "USDT");
  json_object_set_string_member (info, "protocol", "MATIC_LIKE");
  json_object_set_object_member (order, "original_payment_info", info);
}

static void
set_declined (JsonArray  *deliveries,
              const char *word)
{
  for (guint i = 0; i < json_array_get_length (deliveries); i++) {
    JsonObject *delivery = json_array_get_object_element (deliveries, i);
    JsonObject *deliverable = refills_sandbox_json_get_object (delivery, "deliverable");

    json_object_set_string_member (delivery, "delivery_state", word);
    if (deliverable == NULL)
      continue;
    json_object_set_string_member (deliverable, "failure_reason", word);
    json_object_set_string_member (deliverable, "error_description", "The operator has refused the top-up.");
  }
}

/* FALSE: an unknown scenario. */
gboolean
refills_sandbox_order_apply (RefillsSandbox      *sandbox,
                             RefillsSandboxOrder *self,
                             const char          *scenario)
{
  JsonArray *deliveries = refills_sandbox_json_get_array (self->object, "deliveries");
  const char *word = DECLINED_DEFAULT;
  Effects effects;
  gsize index = 0;

  if (g_str_has_prefix (scenario, DECLINED_PREFIX)) {
    word = scenario + strlen (DECLINED_PREFIX);
    scenario = "declined";
  }
  while (index < G_N_ELEMENTS (scenarios) && !g_str_equal (scenarios[index].name, scenario))
    index++;
  if (index == G_N_ELEMENTS (scenarios) || deliveries == NULL)
    return FALSE;
  effects = scenarios[index].effects;
  refills_sandbox_order_set_states (self, scenarios[index].order_state, scenarios[index].payment_state,
                                    scenarios[index].delivery_state);
  if (effects & (EFFECT_PAID | EFFECT_HALF | EFFECT_DOUBLE))
    set_sent (sandbox, self->object, effects);
  for (guint i = 0; i < json_array_get_length (deliveries); i++) {
    JsonObject *delivery = json_array_get_object_element (deliveries, i);

    if (!(effects & EFFECT_REVEAL) && !(effects & EFFECT_REVEAL_ONE && i == 0))
      continue;
    json_object_set_string_member (delivery, "delivery_state", "Succeeded");
    refills_sandbox_delivery_reveal (sandbox, delivery);
  }
  if (effects & EFFECT_REFUND && json_array_get_length (deliveries) > 0)
    set_refund (self->object, effects & EFFECT_REVEAL_ONE);
  if (effects & EFFECT_WRONG_COIN)
    set_wrong_coin (self->object);
  if (effects & EFFECT_DECLINE)
    set_declined (deliveries, word);
  if (effects & EFFECT_HIDE) {
    json_object_set_null_member (self->object, "wallet_address");
    json_object_set_null_member (self->object, "qr_text");
    json_object_set_null_member (self->object, "qr_url");
  }

  return TRUE;
}

static const char *const *
find_steps (const char *life)
{
  gboolean is_declined = g_str_has_prefix (life, DECLINED_PREFIX) && life[strlen (DECLINED_PREFIX)] != '\0';

  for (gsize i = 0; i < G_N_ELEMENTS (lives); i++) {
    if (g_str_equal (lives[i].name, is_declined ? "declined" : life))
      return lives[i].steps;
  }

  return NULL;
}

static gboolean
has_step (RefillsSandboxOrder *self)
{
  const char *const *steps = self->life != NULL ? find_steps (self->life) : NULL;

  return steps != NULL && self->stage < G_N_ELEMENTS (lives[0].steps) && steps[self->stage] != NULL;
}

static void
make_step (RefillsSandbox      *sandbox,
           RefillsSandboxOrder *self)
{
  const char *step = find_steps (self->life)[self->stage++];

  /* The life's name may carry the operator's word. */
  refills_sandbox_order_apply (sandbox, self, g_str_equal (step, "declined") ? self->life : step);
  refills_sandbox_order_changed (sandbox, self);
}

typedef struct {
  RefillsSandbox      *sandbox;
  RefillsSandboxOrder *order;
} Step;

static gboolean
step_cb (gpointer user_data)
{
  Step *step = user_data;

  make_step (step->sandbox, step->order);
  if (has_step (step->order))
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&step->order->step, g_source_unref);

  return G_SOURCE_REMOVE;
}

/* Ends the life where it is. */
void
refills_sandbox_order_halt (RefillsSandboxOrder *self)
{
  if (self->step == NULL)
    return;
  g_source_destroy (self->step);
  g_clear_pointer (&self->step, g_source_unref);
}

/* Goes on with a life, the next step after `step_ms`; with a step of 0 ms to its end at once. */
void
refills_sandbox_order_resume (RefillsSandbox      *sandbox,
                              RefillsSandboxOrder *self)
{
  Step *step;

  while (self->step_ms == 0 && has_step (self))
    make_step (sandbox, self);
  if (!has_step (self) || self->step != NULL)
    return;
  step = g_new0 (Step, 1);
  step->sandbox = sandbox;
  step->order = self;
  self->step = g_timeout_source_new (self->step_ms);
  g_source_set_callback (self->step, step_cb, step, g_free);
  g_source_attach (self->step, sandbox->context);
}

/**
 * refills_sandbox_order_live:
 * @sandbox: its sandbox
 * @self: an order
 * @life: a name of the table, or "declined-" and an operator's word
 * @step_ms: milliseconds between two steps; 0 for all at once
 * @first_now: whether the first step is made at once, else after @step_ms
 *
 * Begins a life, in place of one under way.
 *
 * Returns: %FALSE where there is no such life
 */
gboolean
refills_sandbox_order_live (RefillsSandbox      *sandbox,
                            RefillsSandboxOrder *self,
                            const char          *life,
                            guint                step_ms,
                            gboolean             first_now)
{
  g_autofree char *name = g_strdup (life);

  if (find_steps (name) == NULL)
    return FALSE;
  refills_sandbox_order_halt (self);
  g_clear_pointer (&self->life, g_free);
  self->life = g_steal_pointer (&name);
  self->stage = 0;
  self->step_ms = step_ms;
  if (first_now)
    make_step (sandbox, self);
  refills_sandbox_order_resume (sandbox, self);

  return TRUE;
}

/* `{lives: {NAME: [SCENARIO, …]}, scenarios: {NAME: {…}}}`. */
JsonNode *
refills_sandbox_lives_to_json (void)
{
  JsonObject *object = json_object_new ();
  JsonObject *all_lives = json_object_new ();
  JsonObject *all_scenarios = json_object_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (lives); i++) {
    JsonArray *steps = json_array_new ();

    for (gsize j = 0; j < G_N_ELEMENTS (lives[i].steps) && lives[i].steps[j] != NULL; j++)
      json_array_add_string_element (steps, lives[i].steps[j]);
    json_object_set_array_member (all_lives, lives[i].name, steps);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (scenarios); i++) {
    JsonObject *states = json_object_new ();

    json_object_set_string_member (states, "order_state", scenarios[i].order_state);
    json_object_set_string_member (states, "payment_state", scenarios[i].payment_state);
    json_object_set_string_member (states, "delivery_state", scenarios[i].delivery_state);
    json_object_set_object_member (all_scenarios, scenarios[i].name, states);
  }
  json_object_set_object_member (object, "lives", all_lives);
  json_object_set_object_member (object, "scenarios", all_scenarios);

  return refills_sandbox_json_take (object);
}
