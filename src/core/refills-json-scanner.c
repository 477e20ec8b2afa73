/* refills-json-scanner.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The strict pass over JSON bytes: RFC 8259 and nothing else. json-glib does not read what comes from
 * the network: its parser accepts comments, octal and two documents, wraps integers, makes amounts
 * doubles and recurses without a limit, and its tree takes longer to make and to free than the bytes
 * take to read. Here the values of a document lie in one array and their texts in one buffer; nothing
 * recurses, and a number is kept as the text it was sent as.
 */
#include "refills-json-private.h"

#include <string.h>

#include "refills-error.h"

#define MAX_DEPTH 64
#define MAX_VALUES 1000000      /* 24 MB of nodes; a catalogue of 6000 brands has 150 000 */
#define MAX_MEMBERS 1024        /* of one object: each name is compared with those before it */

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* A container that is not closed yet. */
typedef struct {
  guint32 node;
  guint   first;                /* where its children begin in `pending` */
} Open;

typedef struct {
  const guint8 *start;
  const guint8 *at;
  const guint8 *end;
  RefillsJson  *json;
  char         *write;          /* where the next text goes; there is room for all (see refills_json_parse()) */
  GArray       *pending;        /* of guint32: children of all open containers, the innermost's last */
  GArray       *hashes;         /* of guint32: beside each of them, of its name */
  Open          open[MAX_DEPTH];
  guint         depth;
  guint32       key;            /* of the member whose value comes next */
  guint32       key_hash;
} Scanner;

static void
scanner_clear (Scanner *self)
{
  g_clear_pointer (&self->json, refills_json_free);
  g_clear_pointer (&self->pending, g_array_unref);
  g_clear_pointer (&self->hashes, g_array_unref);
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

static void
write_text (Scanner      *self,
            const guint8 *first,
            const guint8 *end)
{
  memcpy (self->write, first, end - first);
  self->write += end - first;
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
  write_text (self, first, self->at);
  *self->write++ = '\0';

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
  self->write += g_unichar_to_utf8 (unit, self->write);

  return TRUE;
}

/* The bytes of a string that stand for themselves, eight at a time. */
static const guint8 *
find_end_of_plain (const guint8 *at,
                   const guint8 *end)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  const guint64 highs = G_GUINT64_CONSTANT (0x8080808080808080);

  while (end - at >= 8) {
    guint64 eight, quote, backslash;

    memcpy (&eight, at, sizeof eight);
    quote = eight ^ (ones * '"');
    backslash = eight ^ (ones * '\\');
    /* A high bit where a byte is below 0x20, or is one of the two (each is exact up to the first such byte). */
    if ((((eight - ones * 0x20) & ~eight) | ((quote - ones) & ~quote) | ((backslash - ones) & ~backslash)) & highs)
      break;
    at += 8;
  }
  while (at < end && *at >= 0x20 && *at != '"' && *at != '\\')
    at++;

  return at;
}

/* RFC 8259, section 7. The opening quotation mark has been taken; the bytes are known as UTF-8. */
static gboolean
scan_string (Scanner  *self,
             GError  **error)
{
  for (;;) {
    const guint8 *first = self->at;

    self->at = find_end_of_plain (self->at, self->end);
    write_text (self, first, self->at);

    if (self->at == self->end)
      return refuse (self, "a string does not end", error);
    if (take (self, '"'))
      break;
    if (!take (self, '\\'))
      return refuse (self, "a control character in a string", error);

    if (take (self, 'u')) {
      if (!scan_unicode_escape (self, error))
        return FALSE;
    } else if (take (self, '"')) {
      *self->write++ = '"';
    } else if (take (self, '\\')) {
      *self->write++ = '\\';
    } else if (take (self, '/')) {
      *self->write++ = '/';
    } else if (take (self, 'b')) {
      *self->write++ = '\b';
    } else if (take (self, 'f')) {
      *self->write++ = '\f';
    } else if (take (self, 'n')) {
      *self->write++ = '\n';
    } else if (take (self, 'r')) {
      *self->write++ = '\r';
    } else if (take (self, 't')) {
      *self->write++ = '\t';
    } else {
      return refuse (self, "an unknown escape", error);
    }
  }
  *self->write++ = '\0';

  return TRUE;
}

/* Adds a node to the container that is open, or makes it the document. */
static void
add_node (Scanner         *self,
          RefillsJsonKind  kind,
          guint32          n,
          guint32          at)
{
  RefillsJsonNode node = { kind, n, at, self->key, self->key_hash };
  guint32 index = self->json->nodes->len;

  g_array_append_val (self->json->nodes, node);
  if (self->depth > 0) {
    g_array_append_val (self->pending, index);
    g_array_append_val (self->hashes, self->key_hash);
  }
}

static gboolean
open_container (Scanner          *self,
                RefillsJsonKind   kind,
                GError          **error)
{
  guint32 index = self->json->nodes->len;

  add_node (self, kind, 0, 0);
  if (self->depth == MAX_DEPTH)
    return refuse (self, "nested too deeply", error);
  self->open[self->depth++] = (Open) { index, self->pending->len };

  return TRUE;
}

static void
close_container (Scanner *self)
{
  const Open *open = &self->open[--self->depth];
  RefillsJsonNode *node = refills_json_node_at (self->json, open->node);

  node->n = self->pending->len - open->first;
  node->at = self->json->children->len;
  if (node->n > 0)
    g_array_append_vals (self->json->children, &g_array_index (self->pending, guint32, open->first), node->n);
  g_array_set_size (self->pending, open->first);
  g_array_set_size (self->hashes, open->first);
}

/* Takes one scalar, or opens a container. */
static gboolean
scan_value (Scanner  *self,
            GError  **error)
{
  guint32 text = (guint32) (self->write - self->json->text);

  if (self->json->nodes->len == MAX_VALUES)
    return refuse (self, "too many values", error);
  if (self->at == self->end)
    return refuse (self, "a value is missing", error);

  switch (*self->at) {
  case '{':
    self->at++;
    return open_container (self, REFILLS_JSON_OBJECT, error);
  case '[':
    self->at++;
    return open_container (self, REFILLS_JSON_ARRAY, error);
  case '"':
    self->at++;
    if (!scan_string (self, error))
      return FALSE;
    add_node (self, REFILLS_JSON_STRING, 0, text);
    return TRUE;
  case 't':
    if (!take_word (self, "true"))
      break;
    add_node (self, REFILLS_JSON_BOOLEAN, TRUE, 0);
    return TRUE;
  case 'f':
    if (!take_word (self, "false"))
      break;
    add_node (self, REFILLS_JSON_BOOLEAN, FALSE, 0);
    return TRUE;
  case 'n':
    if (!take_word (self, "null"))
      break;
    add_node (self, REFILLS_JSON_NULL, 0, 0);
    return TRUE;
  default:
    if (*self->at != '-' && !g_ascii_isdigit (*self->at))
      break;
    if (!scan_number (self, error))
      return FALSE;
    add_node (self, REFILLS_JSON_NUMBER, 0, text);
    return TRUE;
  }

  return refuse (self, "a value is missing", error);
}

static gboolean
is_known_name (Scanner *self)
{
  guint first = self->open[self->depth - 1].first;
  const guint32 *hashes = (const guint32 *) (void *) self->hashes->data;
  const guint32 *indices = (const guint32 *) (void *) self->pending->data;

  for (guint i = first; i < self->pending->len; i++)
    if (hashes[i] == self->key_hash &&
        strcmp (self->json->text + refills_json_node_at (self->json, indices[i])->key,
                self->json->text + self->key) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
scan_key (Scanner  *self,
          GError  **error)
{
  skip_space (self);
  if (!take (self, '"'))
    return refuse (self, "a member's name is missing", error);
  self->key = (guint32) (self->write - self->json->text);
  if (!scan_string (self, error))
    return FALSE;
  self->key_hash = refills_json_hash (self->json, self->json->text + self->key);
  if (is_known_name (self))
    return refuse (self, "the same name twice in one object", error);
  if (self->pending->len - self->open[self->depth - 1].first == MAX_MEMBERS)
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
    RefillsJsonKind kind = refills_json_node_at (self->json, self->open[self->depth - 1].node)->kind;
    guint depth = self->depth;

    skip_space (self);
    if (take (self, kind == REFILLS_JSON_OBJECT ? '}' : ']')) {
      close_container (self);
      is_fresh = FALSE;
      continue;
    }
    if (!is_fresh && !take (self, ','))
      return refuse (self, "a comma or the end of a list is missing", error);
    if (kind == REFILLS_JSON_OBJECT && !scan_key (self, error))
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
 * Numbers are kept digit for digit. The document is read through places, from
 * [func@json_place_init] on; it is immutable, and keeps nothing of @bytes. May be called from any
 * thread; a whole catalogue belongs in a worker.
 *
 * Returns: (transfer full) (nullable): the document, or `NULL` with @error set
 */
RefillsJson *
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

  if (length == 0) {
    refuse (&self, "nothing at all", error);
    return NULL;
  }
  if (length > max_bytes || length > G_MAXINT32) {
    refuse (&self, "too large", error);
    return NULL;
  }
  if (!g_utf8_validate_len ((const char *) data, length, NULL)) {
    refuse (&self, "not UTF-8", error);
    return NULL;
  }

  /* A text is never longer decoded than written, and its NUL takes the place of a quotation mark, or of what must
   * follow a number; only a number at the very end has none. */
  self.json = g_new0 (RefillsJson, 1);
  self.json->text = self.write = g_malloc (length + 1);
  self.json->nodes = g_array_sized_new (FALSE, FALSE, sizeof (RefillsJsonNode), (guint) (length / 24 + 8));
  self.json->children = g_array_sized_new (FALSE, FALSE, sizeof (guint32), (guint) (length / 24 + 8));
  self.json->seed = g_random_int ();
  self.pending = g_array_new (FALSE, FALSE, sizeof (guint32));
  self.hashes = g_array_new (FALSE, FALSE, sizeof (guint32));

  take_word (&self, BYTE_ORDER_MARK);
  if (!scan_document (&self, error))
    return NULL;

  return g_steal_pointer (&self.json);
}

/**
 * refills_json_free:
 * @self: (nullable) (transfer full): a document
 *
 * Frees the document. Places in it, and texts read from it, are gone with it.
 */
void
refills_json_free (RefillsJson *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->nodes, g_array_unref);
  g_clear_pointer (&self->children, g_array_unref);
  g_free (self); /* end of life */
}
