/* refills-sse-parser.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsSseParser:
 *
 * Reads the bytes of an event stream (WHATWG HTML, server-sent events, "Parsing an event stream").
 *
 * Pure: bytes in, events out; it owns its buffers and knows no connection, clock or order. A cut may
 * lie between any two bytes. What the standard leaves without a limit has one here: a line and the data
 * of one event hold at most 1 MiB, the last event id at most 1 KiB.
 */

#include "refills-sse-parser.h"

#include <string.h>

#include "refills-error.h"

#define MAX_LINE_BYTES (1024 * 1024)
#define MAX_DATA_BYTES (1024 * 1024)
#define MAX_ID_BYTES 1024
#define MAX_NAME_BYTES 5 /* "event", "retry" */

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
#define REPLACEMENT "\xEF\xBF\xBD"

struct _RefillsSseParser {
  RefillsSseEventFunc func;
  gpointer user_data;

  GByteArray *line;       /* the beginning of a line whose end was not seen yet */
  GString *text;          /* the value being read, decoded */
  GString *data;
  GString *event;
  GString *id;            /* the standard's last event ID buffer */
  char *last_event_id;    /* what it was at the last dispatch */
  gint64 retry_ms;

  gboolean is_first_line;
  gboolean after_cr;      /* a LF that comes now belongs to the CR before it */
  gboolean has_data;
  gboolean failed;
};

/* Where the run of ASCII ends that begins at @i, four words at a time. */
static gsize
skip_ascii (const guint8 *octets,
            gsize         i,
            gsize         length)
{
  guint64 words[4];

  while (i + sizeof words <= length) {
    memcpy (words, octets + i, sizeof words);
    if (((words[0] | words[1] | words[2] | words[3]) & G_GUINT64_CONSTANT (0x8080808080808080)) != 0)
      break;
    i += sizeof words;
  }
  while (i < length && octets[i] < 0x80)
    i++;

  return i;
}

/* The Encoding standard's UTF-8 decoder: each maximal part of a sequence that cannot be finished
 * becomes one U+FFFD. Lines may be decoded one by one, since CR and LF never lie within a sequence. */
static void
append_decoded (GString    *out,
                const char *bytes,
                gsize       length)
{
  const guint8 *octets = (const guint8 *) bytes;
  gsize start = 0; /* of what is good and not appended yet */
  gsize i = 0;

  while ((i = skip_ascii (octets, i, length)) < length) {
    guint8 lead = octets[i];
    guint8 lower = 0x80, upper = 0xBF;
    guint needed = 0, found = 0;
    gsize end = i + 1;

    if (lead >= 0xC2 && lead <= 0xDF)
      needed = 1;
    else if (lead >= 0xE0 && lead <= 0xEF)
      needed = 2;
    else if (lead >= 0xF0 && lead <= 0xF4)
      needed = 3;

    if (lead == 0xE0)
      lower = 0xA0;
    else if (lead == 0xED)
      upper = 0x9F;
    else if (lead == 0xF0)
      lower = 0x90;
    else if (lead == 0xF4)
      upper = 0x8F;

    while (found < needed && end < length && octets[end] >= lower && octets[end] <= upper) {
      lower = 0x80;
      upper = 0xBF;
      found++;
      end++;
    }

    if (needed == 0 || found < needed) {
      g_string_append_len (out, bytes + start, i - start);
      g_string_append (out, REPLACEMENT);
      start = end;
    }
    i = end;
  }
  g_string_append_len (out, bytes + start, length - start);
}

static void
set_text (GString    *self,
          const char *text,
          gsize       length)
{
  g_string_truncate (self, 0);
  g_string_append_len (self, text, length);
}

static void
dispatch (RefillsSseParser *self)
{
  if (strcmp (self->last_event_id, self->id->str) != 0) {
    g_free (self->last_event_id); /* replaced in place */
    self->last_event_id = g_strdup (self->id->str);
  }

  if (self->has_data) {
    /* Each data line ended in a LF; the last of them is not part of the data. */
    g_string_truncate (self->data, self->data->len - 1);
    self->func (self->event->len > 0 ? self->event->str : "message",
                self->data->str, self->data->len, self->last_event_id, self->user_data);
  }

  self->has_data = FALSE;
  g_string_truncate (self->data, 0);
  g_string_truncate (self->event, 0);
}

static void
read_event_field (RefillsSseParser *self,
                  const char       *value,
                  gsize             length)
{
  /* A type is handed on as a C string, and "stop" must not be what is left of "stop\0ping". */
  if (memchr (value, '\0', length) != NULL)
    g_string_assign (self->event, REPLACEMENT);
  else
    set_text (self->event, value, length);
}

static void
read_id_field (RefillsSseParser *self,
               const char       *value,
               gsize             length)
{
  if (memchr (value, '\0', length) != NULL)
    return;

  /* An id that is too long to send back must not leave an older one in its place. */
  set_text (self->id, value, length <= MAX_ID_BYTES ? length : 0);
}

static void
read_retry_field (RefillsSseParser *self,
                  const char       *value,
                  gsize             length)
{
  gint64 milliseconds = 0;

  if (length == 0)
    return;
  for (gsize i = 0; i < length; i++) {
    if (!g_ascii_isdigit (value[i]))
      return;
    if (milliseconds > (G_MAXINT64 - 9) / 10)
      milliseconds = (G_MAXINT64 - 9) / 10;
    milliseconds = milliseconds * 10 + (value[i] - '0');
  }
  self->retry_ms = milliseconds;
}

static gboolean
read_data_field (RefillsSseParser  *self,
                 const char        *value,
                 gsize              length,
                 GError           **error)
{
  append_decoded (self->data, value, length);
  g_string_append_c (self->data, '\n');
  self->has_data = TRUE;

  /* A line has its own limit, so what is in memory for this moment has one too. */
  if (self->data->len <= MAX_DATA_BYTES)
    return TRUE;
  g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL,
               "an event holds more than %d bytes", MAX_DATA_BYTES);

  return FALSE;
}

static gboolean
is_name (const char *name,
         gsize       length,
         const char *wanted)
{
  return length == strlen (wanted) && memcmp (name, wanted, length) == 0;
}

static gboolean
read_line (RefillsSseParser  *self,
           const char        *bytes,
           gsize              length,
           GError           **error)
{
  const char *colon, *value;
  gsize name_length, value_length;

  if (self->is_first_line) {
    self->is_first_line = FALSE;
    if (length >= 3 && memcmp (bytes, BYTE_ORDER_MARK, 3) == 0) {
      bytes += 3;
      length -= 3;
    }
  }

  if (length == 0) {
    dispatch (self);
    return TRUE;
  }
  if (bytes[0] == ':')
    return TRUE;

  colon = memchr (bytes, ':', MIN (length, MAX_NAME_BYTES + 1));
  if (colon == NULL && length > MAX_NAME_BYTES)
    return TRUE; /* a name that the standard does not know */
  name_length = colon != NULL ? (gsize) (colon - bytes) : length;
  value = colon != NULL ? colon + 1 : bytes + length;
  value_length = length - (value - bytes);
  if (value_length > 0 && value[0] == ' ') {
    value++;
    value_length--;
  }

  if (is_name (bytes, name_length, "data"))
    return read_data_field (self, value, value_length, error);

  g_string_truncate (self->text, 0);
  append_decoded (self->text, value, value_length);
  if (is_name (bytes, name_length, "event"))
    read_event_field (self, self->text->str, self->text->len);
  else if (is_name (bytes, name_length, "id"))
    read_id_field (self, self->text->str, self->text->len);
  else if (is_name (bytes, name_length, "retry"))
    read_retry_field (self, self->text->str, self->text->len);

  return TRUE;
}

static gsize
find_line_end (const char *bytes,
               gsize       length)
{
  const char *lf = memchr (bytes, '\n', length);
  const char *cr = memchr (bytes, '\r', lf != NULL ? (gsize) (lf - bytes) : length);

  if (cr != NULL)
    return cr - bytes;

  return lf != NULL ? (gsize) (lf - bytes) : length;
}

static gboolean
push (RefillsSseParser  *self,
      const char        *bytes,
      gsize              length,
      GError           **error)
{
  while (length > 0) {
    gsize end;

    if (self->after_cr) {
      self->after_cr = FALSE;
      if (bytes[0] == '\n') {
        bytes++;
        length--;
        continue;
      }
    }

    end = find_line_end (bytes, length);
    if (self->line->len + end > MAX_LINE_BYTES) {
      g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL,
                   "a line of the stream holds more than %d bytes", MAX_LINE_BYTES);
      return FALSE;
    }
    if (end == length) {
      g_byte_array_append (self->line, (const guint8 *) bytes, length);
      return TRUE;
    }

    self->after_cr = bytes[end] == '\r';
    if (self->line->len == 0) {
      if (!read_line (self, bytes, end, error))
        return FALSE;
    } else {
      gboolean read;

      g_byte_array_append (self->line, (const guint8 *) bytes, end);
      read = read_line (self, (const char *) self->line->data, self->line->len, error);
      g_byte_array_set_size (self->line, 0);
      if (!read)
        return FALSE;
    }
    bytes += end + 1;
    length -= end + 1;
  }

  return TRUE;
}

/**
 * refills_sse_parser_new:
 * @func: called once for each dispatched event, within refills_sse_parser_push()
 * @user_data: handed to @func
 *
 * Makes a parser at the beginning of a first connection.
 *
 * Not thread-safe; @func must not free the parser.
 *
 * Returns: (transfer full): the parser; free with [func@SseParser.free]
 */
RefillsSseParser *
refills_sse_parser_new (RefillsSseEventFunc func,
                        gpointer            user_data)
{
  RefillsSseParser *self = NULL;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (RefillsSseParser, 1);
  self->func = func;
  self->user_data = user_data;
  self->line = g_byte_array_new ();
  self->text = g_string_new (NULL);
  self->data = g_string_new (NULL);
  self->event = g_string_new (NULL);
  self->id = g_string_new (NULL);
  self->last_event_id = g_strdup ("");
  self->retry_ms = -1;
  self->is_first_line = TRUE;

  return self;
}

/**
 * refills_sse_parser_free:
 * @self: (nullable): a parser
 *
 * Frees the parser. What was not ended by an empty line is dropped, as the standard says.
 */
void
refills_sse_parser_free (RefillsSseParser *self)
{
  if (self == NULL)
    return;

  g_byte_array_unref (self->line);
  g_string_free (self->text, TRUE);
  g_string_free (self->data, TRUE);
  g_string_free (self->event, TRUE);
  g_string_free (self->id, TRUE);
  g_free (self->last_event_id); /* end of life */
  g_free (self);                /* end of life */
}

/**
 * refills_sse_parser_push:
 * @self: a parser
 * @bytes: the next bytes of the stream
 * @length: how many
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Reads more of the stream and dispatches the events that end in it.
 *
 * Returns: `FALSE` once a line or an event is over its limit; the parser then refuses everything until
 *   refills_sse_parser_restart()
 */
gboolean
refills_sse_parser_push (RefillsSseParser  *self,
                         const char        *bytes,
                         gsize              length,
                         GError           **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL || length == 0, FALSE);

  if (self->failed) {
    g_set_error_literal (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL, "the stream was given up");
    return FALSE;
  }
  self->failed = !push (self, bytes, length, error);

  return !self->failed;
}

/**
 * refills_sse_parser_restart:
 * @self: a parser
 *
 * Prepares for the first byte of the next connection: an unfinished event with its id is dropped, the
 * last dispatched id and the retry time are kept.
 */
void
refills_sse_parser_restart (RefillsSseParser *self)
{
  g_return_if_fail (self != NULL);

  g_byte_array_set_size (self->line, 0);
  g_string_truncate (self->data, 0);
  g_string_truncate (self->event, 0);
  g_string_assign (self->id, self->last_event_id);
  self->is_first_line = TRUE;
  self->after_cr = FALSE;
  self->has_data = FALSE;
  self->failed = FALSE;
}

/**
 * refills_sse_parser_get_last_event_id:
 * @self: a parser
 *
 * Gets what the next connection sends as `Last-Event-ID`.
 *
 * Returns: UTF-8 of at most 1 KiB without CR, LF and NUL; empty: no header
 */
const char *
refills_sse_parser_get_last_event_id (RefillsSseParser *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->last_event_id;
}

/**
 * refills_sse_parser_get_retry_ms:
 * @self: a parser
 *
 * Gets the last `retry` that the stream asked for.
 *
 * Returns: milliseconds, saturated, not yet brought within any bounds; −1 where there was none
 */
gint64
refills_sse_parser_get_retry_ms (RefillsSseParser *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->retry_ms;
}
