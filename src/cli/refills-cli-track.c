/* refills-cli-track.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Follows one order until its final state, and prints each new one: the stream, and polling while there is none. An
 * order that is on disk is saved there before it is printed; one that is not is only printed.
 *
 * Late money still completes an expired order (API reference, section 12.2), so that one is followed while there is a
 * stream, and is over when two answers without one say the same, or two hours after it was made. One in which money was
 * seen is another phase.
 */
#include "refills-cli-track.h"

#include <glib/gi18n.h>

#include "refills-cli-output.h"
#include "refills-error.h"
#include "refills-json-write.h"
#include "refills-order-api.h"

#define EXPIRED_OVER_SECONDS (2 * 60 * 60)
#define EXPIRED_OVER_ANSWERS 2

typedef struct {
  RefillsCli         *cli;
  RefillsCliRecord   *record;
  const char         *order_id;
  gboolean            polls_only;

  RefillsOrderApi    *api;
  RefillsEventStream *stream;
  gboolean            stream_was_open;
  gboolean            stream_ended; /* the service said so: there is no other */
  GCancellable       *question;
  guint               poll_source;

  GQueue              waiting;      /* of GBytes: answers that came while one is being saved */
  gboolean            saving;
  guint               n_expired;    /* answers in a row that said so, where no stream will say anything */
  RefillsOrderState  *shown;
  gboolean            over;
  int                 status;
} Tracker;

static void take_next (Tracker *self); /* closes the asynchronous cycle */

static void
end (Tracker *self,
     int      status)
{
  self->status = status;
  self->over = TRUE;
}

static gboolean
is_expired_for_good (Tracker *self)
{
  gint64 made = refills_order_state_get_created_at (self->shown);

  if (refills_order_state_get_phase (self->shown) != REFILLS_ORDER_PHASE_EXPIRED)
    return FALSE;

  return self->n_expired >= EXPIRED_OVER_ANSWERS ||
         made == 0 || g_get_real_time () / G_USEC_PER_SEC - made > EXPIRED_OVER_SECONDS;
}

static void
end_where_final (Tracker *self)
{
  if (self->shown != NULL && !self->saving && g_queue_is_empty (&self->waiting) &&
      (refills_order_state_is_final (self->shown) || is_expired_for_good (self)))
    end (self, REFILLS_CLI_DONE);
}

static void
print_json_answer (GBytes *answer)
{
  g_autoptr (RefillsJson) document = refills_json_parse (answer, REFILLS_ORDER_MAX_BYTES, NULL);
  g_autofree char *line = NULL;
  RefillsJsonPlace root;

  refills_json_place_init (&root, document);
  line = refills_json_place_write (&root);
  refills_cli_print_json (line);
}

static void
print_state (Tracker           *self,
             RefillsOrderState *state)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%H:%M:%S");
  const char *payment = refills_order_state_get_payment_state (state);
  const char *missing = refills_order_state_get_missing_amount (state);
  g_autoptr (GString) line = g_string_new (time);

  g_string_append_printf (line, "  %s", refills_order_state_get_order_state (state));
  if (payment != NULL && *payment != '\0')
    g_string_append_printf (line, " (%s)", payment);
  if (self->record->past != NULL)
    g_string_append_printf (line, "  %s", refills_order_get_status_title (self->record->past->order));
  if (missing != NULL)
    /* Translators: “1.50 USDC missing”, of an order that was paid in part */
    g_string_append_printf (line, _("  %s %s missing"), missing, refills_order_state_get_coin (state));
  refills_cli_print_clean ("%s", line->str);
}

/* @state: as it is on disk, where the order is there */
static void
show (Tracker           *self,
      RefillsOrderState *state,
      GBytes            *answer)
{
  if (self->shown == NULL || !refills_order_state_says_the_same (self->shown, state)) {
    if (self->cli->json)
      print_json_answer (answer);
    else
      print_state (self, state);
  }
  g_set_object (&self->shown, state);
}

typedef struct {
  Tracker *tracker;
  GBytes  *answer;
} Saving;

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autofree Saving *saving = user_data;
  g_autoptr (GBytes) answer = saving->answer;
  g_autoptr (GError) error = NULL;
  Tracker *self = saving->tracker;

  self->saving = FALSE;
  if (refills_history_save_finish (REFILLS_HISTORY (source), result, &error))
    show (self, refills_order_get_state (self->record->past->order), answer);
  else
    end (self, refills_cli_fail (self->cli, error));
  take_next (self);
}

static void
take (Tracker *self,
      GBytes  *answer)
{
  g_autoptr (RefillsOrderState) state = refills_order_state_new_from_bytes (answer, NULL);
  g_autoptr (RefillsOrderState) merged = NULL;

  if (state == NULL)
    return;
  if (self->record->past != NULL) {
    Saving *saving = g_new0 (Saving, 1);

    saving->tracker = self;
    saving->answer = g_bytes_ref (answer);
    self->saving = TRUE;
    refills_history_save_async (self->record->history, self->record->past->order, state, answer, saved_cb, saving);
    return;
  }
  merged = self->shown != NULL ? refills_order_state_merge (self->shown, state) : g_object_ref (state);
  show (self, merged, answer);
}

static void
take_next (Tracker *self)
{
  while (!self->saving && !self->over && !g_queue_is_empty (&self->waiting)) {
    g_autoptr (GBytes) answer = g_queue_pop_head (&self->waiting);

    take (self, answer);
  }
  if (!self->over)
    end_where_final (self);
}

static void
push (Tracker *self,
      GBytes  *answer)
{
  g_queue_push_tail (&self->waiting, g_bytes_ref (answer));
  take_next (self);
}

static void plan_poll (Tracker *self);

static void
answer_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Tracker *self = user_data;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsOrderState) state =
    refills_order_api_get_finish (REFILLS_ORDER_API (source), result, &answer, &error);

  g_clear_object (&self->question);
  if (self->over)
    return;
  if (state != NULL) {
    if (refills_order_state_get_phase (state) != REFILLS_ORDER_PHASE_EXPIRED)
      self->n_expired = 0;
    else if (self->stream_ended || self->polls_only)
      self->n_expired++;
    push (self, answer);
  } else if (self->shown == NULL || !refills_error_is_transient (error)) {
    end (self, refills_cli_fail (self->cli, error));
  } else {
    refills_cli_note ("%s", refills_error_to_text (error));
  }
  plan_poll (self);
}

static void
ask (Tracker *self)
{
  if (self->over || self->question != NULL)
    return;
  self->question = g_cancellable_new ();
  refills_order_api_get_async (self->api, self->order_id, self->cli->country, self->question, answer_cb, self);
}

static gboolean
poll_cb (gpointer user_data)
{
  Tracker *self = user_data;

  self->poll_source = 0;
  ask (self);

  return G_SOURCE_REMOVE;
}

static gboolean
stream_is_open (Tracker *self)
{
  return self->stream != NULL && refills_event_stream_get_state (self->stream) == REFILLS_EVENT_STREAM_OPEN;
}

static void
plan_poll (Tracker *self)
{
  const RefillsEnvironment *environment = self->cli->environment;
  guint spread = environment->poll_max_ms - environment->poll_min_ms;

  if (self->over || stream_is_open (self)) {
    g_clear_handle_id (&self->poll_source, g_source_remove);
    return;
  }
  if (self->poll_source == 0 && self->question == NULL)
    self->poll_source = g_timeout_add (environment->poll_min_ms +
                                       (spread > 0 ? g_random_int_range (0, (gint32) spread + 1) : 0), poll_cb, self);
}

static gboolean
message_cb (const char *data,
            gsize       length,
            gpointer    user_data)
{
  Tracker *self = user_data;
  g_autoptr (GBytes) answer = g_bytes_new (data, length);
  g_autoptr (RefillsOrderState) state = refills_order_state_new_from_bytes (answer, NULL);

  if (state == NULL || g_strcmp0 (refills_order_state_get_order_id (state), self->order_id) != 0 ||
      !refills_order_state_has_valid_states (state))
    return FALSE;
  if (!self->over)
    push (self, answer);

  return TRUE;
}

static void
stream_state_cb (Tracker *self)
{
  if (stream_is_open (self)) {
    /* What happened while there was no connection is not told by the stream. */
    if (self->stream_was_open)
      ask (self);
    self->stream_was_open = TRUE;
  }
  plan_poll (self);
}

static void
stream_ended_cb (Tracker               *self,
                 RefillsEventStreamEnd  reason)
{
  if (reason == REFILLS_EVENT_STREAM_END_CLOSED)
    return;
  self->stream_ended = TRUE;
  ask (self);
}

static void
open_stream (Tracker *self)
{
  const RefillsEnvironment *environment = self->cli->environment;
  RefillsBackoff backoff;

  refills_backoff_init (&backoff, environment->backoff_base_ms, environment->backoff_limit_ms, NULL, NULL);
  self->stream = refills_order_api_subscribe (self->api, self->order_id, self->cli->country, &backoff);
  refills_event_stream_set_func (self->stream, message_cb, self);
  g_signal_connect_swapped (self->stream, "notify::state", G_CALLBACK (stream_state_cb), self);
  g_signal_connect_swapped (self->stream, "ended", G_CALLBACK (stream_ended_cb), self);
  refills_event_stream_open (self->stream);
}

static void
close_stream (Tracker *self)
{
  if (self->stream == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->stream, self);
  refills_event_stream_set_func (self->stream, NULL, NULL);
  refills_event_stream_close (self->stream);
  g_clear_object (&self->stream);
}

/**
 * refills_cli_follow:
 * @cli: the tool
 * @record: the order as it is on disk, where it is
 * @order_id: its id
 * @polls_only: whether no stream is opened
 *
 * Prints each new state of an order, until a final one.
 *
 * Returns: a #RefillsCliExit
 */
int
refills_cli_follow (RefillsCli       *cli,
                    RefillsCliRecord *record,
                    const char       *order_id,
                    gboolean          polls_only)
{
  Tracker self = { .cli = cli, .record = record, .order_id = order_id, .polls_only = polls_only };
  g_autoptr (GError) error = NULL;
  RefillsHttp *http = refills_cli_get_http (cli, &error);

  if (http == NULL)
    return refills_cli_fail (cli, error);
  g_queue_init (&self.waiting);
  self.api = refills_order_api_new (http);
  ask (&self);
  if (!polls_only)
    open_stream (&self);

  while (!self.over)
    g_main_context_iteration (NULL, TRUE);

  close_stream (&self);
  g_clear_handle_id (&self.poll_source, g_source_remove);
  if (self.question != NULL)
    g_cancellable_cancel (self.question);
  /* Their callbacks have this frame. */
  while (self.question != NULL || self.saving)
    g_main_context_iteration (NULL, TRUE);
  g_queue_clear_full (&self.waiting, (GDestroyNotify) g_bytes_unref);
  g_clear_object (&self.shown);
  g_clear_object (&self.api);

  return self.status;
}
