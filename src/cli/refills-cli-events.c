/* refills-cli-events.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The command that follows an order: state by state, or with `--raw` event by event, as the stream has them, but for
 * what somebody could pay by.
 */
#include "refills-cli-commands.h"

#include <glib/gi18n.h>

#include "refills-cli-answer.h"
#include "refills-cli-output.h"
#include "refills-cli-payee.h"
#include "refills-cli-track.h"
#include "refills-order-api.h"

#define POLL_MIN_SECONDS 5
#define POLL_MAX_SECONDS 10

typedef struct {
  gboolean polls;
  char    *interval; /* what stood behind --poll; may be the order, where nothing stood behind an equals sign */
  gboolean raw;
  gboolean no_reconnect;
} Options;

static gboolean
poll_cb (const char  *name,
         const char  *value,
         gpointer     data,
         GError     **error)
{
  Options *options = data;

  options->polls = TRUE;
  g_free (options->interval); /* the option was given twice */
  options->interval = g_strdup (value);

  return TRUE;
}

static gboolean
set_interval (RefillsCli *cli,
              const char *text)
{
  guint64 seconds = 0;

  if (!g_ascii_string_to_unsigned (text, 10, POLL_MIN_SECONDS, POLL_MAX_SECONDS, &seconds, NULL)) {
    refills_cli_fail_usage (_("--poll takes seconds from %d to %d, not “%s”"), POLL_MIN_SECONDS, POLL_MAX_SECONDS,
                            text);
    return FALSE;
  }
  cli->environment->poll_min_ms = cli->environment->poll_max_ms = (guint) seconds * 1000 / cli->wait_divisor;

  return TRUE;
}

static void
add_clean_text (GString    *object,
                const char *name,
                const char *text)
{
  refills_cli_add_text (object, name, text != NULL && refills_cli_names_payee (text) ? NULL : text);
}

/* Nothing of a stream was verified. */
static void
event_cb (const char *event,
          const char *data,
          gsize       length,
          const char *last_event_id,
          gpointer    user_data)
{
  GString *object = refills_cli_begin_object ();
  g_autofree char *line = NULL;

  add_clean_text (object, "event", event);
  refills_cli_add_event_data (object, data, length);
  add_clean_text (object, "id", last_event_id);
  line = refills_cli_end_object (object);
  refills_cli_print_json (line);
}

typedef struct {
  gboolean              over;
  RefillsEventStreamEnd reason;
} End;

static void
ended_cb (End                   *end,
          RefillsEventStreamEnd  reason)
{
  end->over = TRUE;
  end->reason = reason;
}

/* The stream and nothing else: no question, and nothing of it goes to disk. */
static int
print_events (RefillsCli *self,
              const char *order_id,
              gboolean    reconnects)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RefillsOrderApi) api = NULL;
  g_autoptr (RefillsEventStream) stream = NULL;
  RefillsHttp *http = refills_cli_get_http (self, &error);
  RefillsBackoff backoff;
  End end = { 0 };

  if (http == NULL)
    return refills_cli_fail (self, error);
  api = refills_order_api_new (http);
  refills_backoff_init (&backoff, self->environment->backoff_base_ms, self->environment->backoff_limit_ms, NULL, NULL);
  stream = refills_order_api_subscribe (api, order_id, self->country, &backoff);
  refills_event_stream_set_raw_func (stream, event_cb, NULL);
  refills_event_stream_set_reconnects (stream, reconnects);
  g_signal_connect_swapped (stream, "ended", G_CALLBACK (ended_cb), &end);
  refills_event_stream_open (stream);
  while (!end.over)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (stream, &end);

  switch (end.reason) {
  case REFILLS_EVENT_STREAM_END_STOP:
  case REFILLS_EVENT_STREAM_END_OVER:
  case REFILLS_EVENT_STREAM_END_CLOSED:
    return REFILLS_CLI_DONE;
  case REFILLS_EVENT_STREAM_END_REFUSED:
    refills_cli_note ("%s", _("The service does not let this order be followed."));
    return REFILLS_CLI_NETWORK;
  case REFILLS_EVENT_STREAM_END_LOST:
  default:
    refills_cli_note ("%s", _("The connection was lost."));
    return REFILLS_CLI_NETWORK;
  }
}

static int
track (RefillsCli *self,
       const char *order_id,
       Options    *options)
{
  g_auto (RefillsCliRecord) record = { 0 };
  int status = REFILLS_CLI_DONE;

  if (!refills_order_id_is_valid (order_id))
    return refills_cli_fail_usage (_("“%s” cannot be the id of an order"), order_id);
  if (options->raw)
    return print_events (self, order_id, !options->no_reconnect);
  if (!refills_cli_record_find (&record, self, order_id, &status))
    return status;
  if (!refills_cli_record_may_ask (&record))
    return refills_cli_fail_input (self, _("This order was made at another server: %s"), record.past->environment);

  return refills_cli_follow (self, &record, order_id, options->polls);
}

/**
 * refills_cli_track:
 * @self: the tool
 * @argc: how many words
 * @argv: `track`, and the id of an order
 *
 * Prints each new state of an order until a final one; with `--raw` each event of its stream.
 *
 * Returns: a #RefillsCliExit
 */
int
refills_cli_track (RefillsCli  *self,
                   int          argc,
                   char       **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "poll", 0, G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK, poll_cb,
      N_("Ask again every S seconds, from 5 to 10, and open no stream"), N_("S") },
    { "raw", 0, 0, G_OPTION_ARG_NONE, &options.raw, N_("Print each event of the stream as JSON"), NULL },
    { "no-reconnect", 0, 0, G_OPTION_ARG_NONE, &options.no_reconnect,
      N_("With --raw, end where the stream ends first"), NULL },
    { NULL }
  };
  g_autofree char *interval = NULL;
  const char *order_id = NULL;

  if (!refills_cli_parse_with (&argc, &argv, entries, &options, _("ORDER"), _("Follow an order")))
    return REFILLS_CLI_USAGE;
  interval = g_steal_pointer (&options.interval);
  order_id = argc > 1 ? argv[1] : NULL;
  /* GOption takes the word behind a lone --poll for its value. */
  if (order_id == NULL && interval != NULL) {
    order_id = interval;
  } else if (interval != NULL) {
    if (!set_interval (self, interval))
      return REFILLS_CLI_USAGE;
  }
  if (order_id == NULL || argc > 2)
    return refills_cli_fail_usage (_("what is wanted is: %s"), _("ORDER"));
  if (options.raw && options.polls)
    return refills_cli_fail_usage (_("--raw and --poll exclude each other"));
  if (options.no_reconnect && !options.raw)
    return refills_cli_fail_usage (_("--no-reconnect goes with --raw"));

  return track (self, order_id, &options);
}
