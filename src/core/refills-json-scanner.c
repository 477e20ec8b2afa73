/* refills-json-scanner.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The strict pass over JSON bytes: RFC 8259 and nothing else. json-glib's own parser is not used
 * for reading: it accepts comments, octal and two documents, wraps integers, makes amounts doubles,
 * and recurses without a limit. Here the tree is built directly, without recursion, and every
 * number is kept as the text it was sent as.
 *
 * A number is a string node whose first character is U+001A. A string that begins with that
 * character is refused, so the two can never be confused.
 */
#include "refills-json-private.h"
#include "refills-json.h"

#include <string.h>

#include "refills-error.h"

#define MAX_DEPTH 64
#define MAX_VALUES 1000000      /* about 100 MB of nodes; a catalogue of 6000 brands has 150 000 */
#define MAX_MEMBERS 1024        /* of one object: JsonObject's hash can be made to collide */

typedef struct {
  const guint8 *start;
  const guint8 *at;
  const guint8 *end;
  GString      *key;            /* decoded, of the member whose value comes next */
  GString      *text;           /* decoded scalar */
  JsonNode     *root;
  JsonNode     *open[MAX_DEPTH];
  guint         depth;
  guint         n_values;
} Scanner;

static void
scanner_clear (Scanner *self)
{
  g_clear_pointer (&self->root, json_node_unref);
  g_string_free (g_steal_pointer (&self->key), TRUE);
  g_string_free (g_steal_pointer (&self->text), TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scanner, scanner_clear)

static gboolean
refuse (Scanner     *self,
        const char  *reason,
        GError     **error)
{
  g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL, "JSON, byte %" G_GSIZE_FORMAT ": %s",
               (gsize) (self->at - self->start), reason);

  return FALSE;
}

static void
skip_space (Scanner *self)
{
  while (self->at < self->end &&
         (*self->at == ' ' || *self->at == '\n' || *self->at == '\t' || *self->at == '\r'))
    self->at++;
}

static gboolean
take (Scanner *self,
      char     wanted)
{
  if (self->at == self->end || *self->at != (guint8) wanted)
    return FALSE;
  self->at++;

  return TRUE;
}

static gboolean
take_word (Scanner    *self,
           const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->at) < length || memcmp (self->at, word, length) != 0)
    return FALSE;
  self->at += length;

  return TRUE;
}

static gboolean
take_digits (Scanner *self)
{
  const guint8 *first = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;

  return self->at > first;
}

/* RFC 8259, section 6. */
static gboolean
scan_number (Scanner  *self,
             GError  **error)
{
  const guint8 *first = self->at;

  take (self, '-');
  if (!take (self, '0') && !take_digits (self))
    return refuse (self, "a digit is missing", error);
  if (take (self, '.') && !take_digits (self))
    return refuse (self, "a digit is missing after the point", error);
  if (take (self, 'e') || take (self, 'E')) {
    if (!take (self, '+'))
      take (self, '-');
    if (!take_digits (self))
      return refuse (self, "a digit is missing in the exponent", error);
  }
  g_string_assign (self->text, REFILLS_JSON_NUMBER_MARK);
  g_string_append_len (self->text, (const char *) first, self->at - first);

  return TRUE;
}

static gboolean
scan_code_unit (Scanner *self,
                guint32 *unit)
{
  *unit = 0;
  if (self->end - self->at < 4)
    return FALSE;
  for (guint i = 0; i < 4; i++) {
    if (!g_ascii_isxdigit (self->at[i]))
      return FALSE;
    *unit = *unit << 4 | (guint32) g_ascii_xdigit_value ((char) self->at[i]);
  }
  self->at += 4;

  return TRUE;
}

static gboolean
scan_unicode_escape (Scanner  *self,
                     GString  *text,
                     GError  **error)
{
  guint32 unit = 0;
  guint32 low = 0;

  if (!scan_code_unit (self, &unit))
    return refuse (self, "four hexadecimal digits are missing", error);
  if (unit == 0)
    return refuse (self, "NUL in a string", error);
  if (unit >= 0xdc00 && unit <= 0xdfff)
    return refuse (self, "half of a surrogate pair", error);
  if (unit >= 0xd800 && unit <= 0xdbff) {
    if (!take_word (self, "\\u") || !scan_code_unit (self, &low) || low < 0xdc00 || low > 0xdfff)
      return refuse (self, "half of a surrogate pair", error);
    unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
  }
  g_string_append_unichar (text, unit);

  return TRUE;
}

/* RFC 8259, section 7. The opening quotation mark has been taken; the bytes are known as UTF-8. */
static gboolean
scan_string (Scanner  *self,
             GString  *text,
             GError  **error)
{
  g_string_truncate (text, 0);
  for (;;) {
    const guint8 *first = self->at;

    while (self->at < self->end && *self->at >= 0x20 && *self->at != '"' && *self->at != '\\')
      self->at++;
    g_string_append_len (text, (const char *) first, self->at - first);

    if (self->at == self->end)
      return refuse (self, "a string does not end", error);
    if (take (self, '"'))
      break;
    if (!take (self, '\\'))
      return refuse (self, "a control character in a string", error);

    if (take (self, 'u')) {
      if (!scan_unicode_escape (self, text, error))
        return FALSE;
    } else if (take (self, '"')) {
      g_string_append_c (text, '"');
    } else if (take (self, '\\')) {
      g_string_append_c (text, '\\');
    } else if (take (self, '/')) {
      g_string_append_c (text, '/');
    } else if (take (self, 'b')) {
      g_string_append_c (text, '\b');
    } else if (take (self, 'f')) {
      g_string_append_c (text, '\f');
    } else if (take (self, 'n')) {
      g_string_append_c (text, '\n');
    } else if (take (self, 'r')) {
      g_string_append_c (text, '\r');
    } else if (take (self, 't')) {
      g_string_append_c (text, '\t');
    } else {
      return refuse (self, "an unknown escape", error);
    }
  }
  if (g_str_has_prefix (text->str, REFILLS_JSON_NUMBER_MARK))
    return refuse (self, "a string begins with U+001A", error);

  return TRUE;
}

/* Hands @node to the container that is open, or makes it the document. */
static void
attach (Scanner  *self,
        JsonNode *node)
{
  JsonNode *parent = NULL;

  if (self->depth == 0) {
    self->root = node;
    return;
  }
  parent = self->open[self->depth - 1];
  if (JSON_NODE_HOLDS_ARRAY (parent))
    json_array_add_element (json_node_get_array (parent), node);
  else
    json_object_set_member (json_node_get_object (parent), self->key->str, node);
}

static gboolean
open_container (Scanner  *self,
                JsonNode *node,
                GError  **error)
{
  attach (self, node);
  if (self->depth == MAX_DEPTH)
    return refuse (self, "nested too deeply", error);
  self->open[self->depth++] = node;

  return TRUE;
}

static JsonNode *
new_array (void)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, json_array_new ());

  return node;
}

static JsonNode *
new_object (void)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, json_object_new ());

  return node;
}

/* Takes one scalar, or opens a container. */
static gboolean
scan_value (Scanner  *self,
            GError  **error)
{
  if (++self->n_values > MAX_VALUES)
    return refuse (self, "too many values", error);
  if (self->at == self->end)
    return refuse (self, "a value is missing", error);

  switch (*self->at) {
  case '{':
    self->at++;
    return open_container (self, new_object (), error);
  case '[':
    self->at++;
    return open_container (self, new_array (), error);
  case '"':
    self->at++;
    if (!scan_string (self, self->text, error))
      return FALSE;
    attach (self, json_node_init_string (json_node_alloc (), self->text->str));
    return TRUE;
  case 't':
    if (!take_word (self, "true"))
      break;
    attach (self, json_node_init_boolean (json_node_alloc (), TRUE));
    return TRUE;
  case 'f':
    if (!take_word (self, "false"))
      break;
    attach (self, json_node_init_boolean (json_node_alloc (), FALSE));
    return TRUE;
  case 'n':
    if (!take_word (self, "null"))
      break;
    attach (self, json_node_init_null (json_node_alloc ()));
    return TRUE;
  default:
    if (*self->at != '-' && !g_ascii_isdigit (*self->at))
      break;
    if (!scan_number (self, error))
      return FALSE;
    attach (self, json_node_init_string (json_node_alloc (), self->text->str));
    return TRUE;
  }

  return refuse (self, "a value is missing", error);
}

static gboolean
scan_key (Scanner  *self,
          GError  **error)
{
  JsonObject *object = json_node_get_object (self->open[self->depth - 1]);

  skip_space (self);
  if (!take (self, '"'))
    return refuse (self, "a member's name is missing", error);
  if (!scan_string (self, self->key, error))
    return FALSE;
  if (json_object_has_member (object, self->key->str))
    return refuse (self, "the same name twice in one object", error);
  if (json_object_get_size (object) == MAX_MEMBERS)
    return refuse (self, "too many members in one object", error);
  skip_space (self);
  if (!take (self, ':'))
    return refuse (self, "a colon is missing", error);

  return TRUE;
}

static gboolean
scan_document (Scanner  *self,
               GError  **error)
{
  gboolean is_fresh = FALSE; /* the innermost container is open and still empty */

  skip_space (self);
  if (!scan_value (self, error))
    return FALSE;
  is_fresh = self->depth > 0;

  while (self->depth > 0) {
    gboolean is_object = JSON_NODE_HOLDS_OBJECT (self->open[self->depth - 1]);
    guint depth = self->depth;

    skip_space (self);
    if (take (self, is_object ? '}' : ']')) {
      self->depth--;
      is_fresh = FALSE;
      continue;
    }
    if (!is_fresh && !take (self, ','))
      return refuse (self, "a comma or the end of a list is missing", error);
    if (is_object && !scan_key (self, error))
      return FALSE;
    skip_space (self);
    if (!scan_value (self, error))
      return FALSE;
    is_fresh = self->depth > depth;
  }

  skip_space (self);
  if (self->at < self->end)
    return refuse (self, "something follows the document", error);

  return TRUE;
}

/**
 * refills_json_parse:
 * @bytes: what was received
 * @max_bytes: the most bytes to read
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Reads one document, strictly: the grammar of RFC 8259, well-formed UTF-8 without NUL or lone
 * surrogates, 64 levels, a million values and 1024 members of one object at most, no name twice in
 * one object, nothing after the document. A byte order mark before it is accepted (RFC 8259,
 * section 8.1).
 *
 * Numbers are kept digit for digit as marked strings: read the result through the functions of
 * this file or [func@json_node_get_text], never through json-glib's number or string getters.
 * The result is immutable. May be called from any thread; a whole catalogue belongs in a worker.
 *
 * Returns: (transfer full) (nullable): the document, or `NULL` with @error set
 */
JsonNode *
refills_json_parse (GBytes  *bytes,
                    gsize    max_bytes,
                    GError **error)
{
  g_auto (Scanner) self = { NULL };
  gsize length = 0;
  const guint8 *data = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &length);
  self.start = self.at = data;
  self.end = length > 0 ? data + length : data;
  self.key = g_string_new (NULL);
  self.text = g_string_new (NULL);

  if (length == 0) {
    refuse (&self, "nothing at all", error);
    return NULL;
  }
  if (length > max_bytes) {
    refuse (&self, "too large", error);
    return NULL;
  }
  if (!g_utf8_validate_len ((const char *) data, length, NULL)) {
    refuse (&self, "not UTF-8", error);
    return NULL;
  }
  take_word (&self, "\xef\xbb\xbf");
  if (!scan_document (&self, error))
    return NULL;

  json_node_seal (self.root);

  return g_steal_pointer (&self.root);
}
