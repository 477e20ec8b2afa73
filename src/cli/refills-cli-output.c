/* refills-cli-output.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tool prints: whole lines, each of which leaves at once.
 *
 * Ends the program where nobody reads any more (by SIGPIPE, as a tool in a pipe does), and with the
 * exit code of the disk where a line cannot be written. What a server sent reaches a terminal without
 * anything that would steer it: removed from text, escaped in JSON.
 */
#include "refills-cli-output.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "refills-cli.h"
#include "refills-rich-text.h"

/**
 * refills_cli_print_line:
 * @line: a result, without its line break
 *
 * Prints one line to the standard output and flushes it.
 */
void
refills_cli_print_line (const char *line)
{
  if (fputs (line, stdout) >= 0 && fputc ('\n', stdout) >= 0 && fflush (stdout) == 0)
    return;

  /* GIO has SIGPIPE ignored. */
  if (errno == EPIPE) {
    signal (SIGPIPE, SIG_DFL);
    raise (SIGPIPE);
  }
  g_printerr (_("refills-cli: the output cannot be written: %s\n"), g_strerror (errno));
  exit (REFILLS_CLI_STORAGE);
}

/**
 * refills_cli_print_clean:
 * @format: how the line is made
 * @...: for @format; may come from a server
 *
 * Prints one line of text for people, without control characters. Spaces in front of it stay.
 */
void
refills_cli_print_clean (const char *format,
                         ...)
{
  g_autofree char *text = NULL;
  g_autofree char *clean = NULL;
  g_autofree char *line = NULL;
  va_list args;
  int indent = 0;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  clean = refills_text_clean_line (text, 0);
  indent = (int) strspn (text, " ");
  line = g_strdup_printf ("%*s%s", indent, "", clean);
  refills_cli_print_line (line);
}

/* Everything outside of strings is ASCII, so these can only be inside of one. */
static gboolean
is_terminal_control (gunichar character)
{
  return character >= 0x7f && character <= 0x9f;
}

/**
 * refills_cli_escape_controls:
 * @document: JSON in one line
 *
 * RFC 8259 lets characters through that steer a terminal: DEL and U+0080…U+009F.
 *
 * Returns: (transfer full): the same document, with those escaped
 */
char *
refills_cli_escape_controls (const char *document)
{
  GString *escaped = g_string_sized_new (strlen (document));

  for (const char *at = document; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    if (is_terminal_control (character))
      g_string_append_printf (escaped, "\\u%04x", character);
    else
      g_string_append_len (escaped, at, g_utf8_next_char (at) - at);
  }

  return g_string_free (escaped, FALSE);
}

/**
 * refills_cli_print_json:
 * @document: JSON in one line
 *
 * Prints a document.
 */
void
refills_cli_print_json (const char *document)
{
  g_autofree char *escaped = refills_cli_escape_controls (document);

  refills_cli_print_line (escaped);
}

static void
append_string (GString    *object,
               const char *text,
               gsize       length)
{
  g_string_append_c (object, '"');
  for (gsize i = 0; i < length; i++) {
    guchar character = (guchar) text[i];

    if (character == '"' || character == '\\')
      g_string_append_printf (object, "\\%c", character);
    else if (character == '\n')
      g_string_append (object, "\\n");
    else if (character < 0x20)
      g_string_append_printf (object, "\\u%04x", character);
    else
      g_string_append_c (object, (char) character);
  }
  g_string_append_c (object, '"');
}

static void
append_name (GString    *object,
             const char *name)
{
  if (object->len > 1)
    g_string_append_c (object, ',');
  append_string (object, name, strlen (name));
  g_string_append_c (object, ':');
}

/**
 * refills_cli_begin_object:
 *
 * Returns: (transfer full): a JSON object to be filled
 */
GString *
refills_cli_begin_object (void)
{
  return g_string_new ("{");
}

/**
 * refills_cli_add_bytes:
 * @object: an object
 * @name: a member's name
 * @text: valid UTF-8, which may hold NUL
 * @length: bytes of @text
 *
 * Adds a string.
 */
void
refills_cli_add_bytes (GString    *object,
                       const char *name,
                       const char *text,
                       gsize       length)
{
  append_name (object, name);
  append_string (object, text, length);
}

/**
 * refills_cli_add_text:
 * @object: an object
 * @name: a member's name
 * @text: (nullable): valid UTF-8
 *
 * Adds a string, or null.
 */
void
refills_cli_add_text (GString    *object,
                      const char *name,
                      const char *text)
{
  if (text != NULL)
    refills_cli_add_bytes (object, name, text, strlen (text));
  else
    refills_cli_add_raw (object, name, "null");
}

/**
 * refills_cli_add_number:
 * @object: an object
 * @name: a member's name
 * @number: a number
 *
 * Adds a number.
 */
void
refills_cli_add_number (GString    *object,
                        const char *name,
                        gint64      number)
{
  append_name (object, name);
  g_string_append_printf (object, "%" G_GINT64_FORMAT, number);
}

/**
 * refills_cli_add_raw:
 * @object: an object
 * @name: a member's name
 * @document: JSON in one line
 *
 * Adds a value as it is.
 */
void
refills_cli_add_raw (GString    *object,
                     const char *name,
                     const char *document)
{
  append_name (object, name);
  g_string_append (object, document);
}

/**
 * refills_cli_end_object:
 * @object: (transfer full): an object
 *
 * Returns: (transfer full): the document
 */
char *
refills_cli_end_object (GString *object)
{
  g_string_append_c (object, '}');

  return g_string_free (object, FALSE);
}
