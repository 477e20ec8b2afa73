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

#include "refills-cli-answer.h"
#include "refills-cli-output.h"
#include "refills-error.h"
#include "refills-order-follower.h"

#define EXPIRED_OVER_SECONDS (2 * 60 * 60)
#define EXPIRED_OVER_ANSWERS 2

typedef struct {
  RefillsCli           *cli;
  RefillsCliRecord     *record;
  gboolean              polls_only;
  RefillsOrderFollower *follower;

  GQueue                waiting;   /* of GBytes: answers that came while one is being saved */
  gboolean              saving;
  guint                 n_expired; /* answers in a row that said so, where no stream will say anything */
  RefillsOrderState    *shown;
  gint64                date;      /* of the last answer, epoch seconds; 0 where none said it */
  gint64                dated_at;  /* when that came, monotonic, µs */
  gboolean              over;
  int                   status;
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
print_json_answer (Tracker *self,
                   GBytes  *answer)
{
  g_autoptr (RefillsJson) document = refills_json_parse (answer, REFILLS_ORDER_MAX_BYTES, NULL);
  RefillsOrder *order = self->record->past != NULL ? self->record->past->order : NULL;
  GString *object = refills_cli_begin_object ();
  g_autofree char *warning = refills_cli_record_dup_warning (self->record);
  g_autofree char *line = NULL;
  RefillsJsonPlace root;

  refills_json_place_init (&root, document);
  if (order != NULL && refills_cli_record_is_refused (self->record))
    refills_cli_add_text (object, "warning", refills_order_get_refusal (order));
  else if (warning != NULL)
    refills_cli_add_text (object, "warning", warning);
  refills_cli_add_answer (object, &root, order != NULL ? refills_order_get_payment (order) : NULL,
                          refills_cli_record_get_checkout_page (self->record),
                          order != NULL ? refills_order_get_asked (order) : NULL);
  line = refills_cli_end_object (object);
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

static void
tell_time (Tracker *self)
{
  gint64 passed = (g_get_monotonic_time () - self->dated_at) / G_USEC_PER_SEC;

  refills_cli_record_tell_time (self->record, self->date != 0 ? self->date + passed : 0);
}

/* @state: as it is on disk, where the order is there */
static void
show (Tracker           *self,
      RefillsOrderState *state,
      GBytes            *answer)
{
  tell_time (self);
  if (self->shown == NULL || !refills_order_state_says_the_same (self->shown, state)) {
    if (self->cli->json)
      print_json_answer (self, answer);
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

static void
answered_cb (Tracker           *self,
             RefillsOrderState *state,
             GBytes            *answer,
             gboolean           is_streamed)
{
  if (self->over)
    return;
  if (refills_order_state_get_phase (state) != REFILLS_ORDER_PHASE_EXPIRED)
    self->n_expired = 0;
  else if (!is_streamed && (self->polls_only || !refills_order_follower_can_stream (self->follower)))
    self->n_expired++;
  if (!is_streamed && refills_order_follower_get_date (self->follower) != 0) {
    self->date = refills_order_follower_get_date (self->follower);
    self->dated_at = g_get_monotonic_time ();
  }
  push (self, answer);
}

static void
failed_cb (Tracker      *self,
           const GError *error)
{
  if (self->over)
    return;
  if (self->shown == NULL || !refills_error_is_transient (error))
    end (self, refills_cli_fail (self->cli, error));
  else
    refills_cli_note ("%s", refills_error_to_text (error));
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
  Tracker self = { .cli = cli, .record = record, .polls_only = polls_only };
  g_autoptr (GError) error = NULL;

  self.follower = refills_order_follower_new_at (cli->environment, order_id, cli->country, &error);
  if (self.follower == NULL)
    return refills_cli_fail (cli, error);
  g_queue_init (&self.waiting);
  g_signal_connect_swapped (self.follower, "answered", G_CALLBACK (answered_cb), &self);
  g_signal_connect_swapped (self.follower, "failed", G_CALLBACK (failed_cb), &self);
  refills_order_follower_ask (self.follower, 0);
  refills_order_follower_set_streams (self.follower, !polls_only);

  while (!self.over)
    g_main_context_iteration (NULL, TRUE);

  refills_order_follower_close (self.follower);
  /* The callback of the one has this frame; that of the other must have come before the program ends. */
  while (self.saving || refills_order_follower_is_asking (self.follower))
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&self.follower);
  g_queue_clear_full (&self.waiting, (GDestroyNotify) g_bytes_unref);
  g_clear_object (&self.shown);

  return self.status;
}
