/* refills-json-write.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document from the strict parser as text again: compact, with every number's own digits.
 * json-glib's generator knows numbers as integers and doubles only, and would write others.
 */
#include "refills-json-write.h"

#include "refills-json-private.h"

static void write_value (GString               *out,
                         const RefillsJson     *document,
                         const RefillsJsonNode *node);

/* RFC 8259, section 7: what must be escaped is, and nothing else. */
static void
write_string (GString    *out,
              const char *text)
{
  g_string_append_c (out, '"');
  for (const char *at = text; *at != '\0'; at++) {
    switch (*at) {
    case '"':
      g_string_append (out, "\\\"");
      break;
    case '\\':
      g_string_append (out, "\\\\");
      break;
    case '\b':
      g_string_append (out, "\\b");
      break;
    case '\f':
      g_string_append (out, "\\f");
      break;
    case '\n':
      g_string_append (out, "\\n");
      break;
    case '\r':
      g_string_append (out, "\\r");
      break;
    case '\t':
      g_string_append (out, "\\t");
      break;
    default:
      if ((guchar) *at < 0x20)
        g_string_append_printf (out, "\\u%04x", (guint) (guchar) *at);
      else
        g_string_append_c (out, *at);
    }
  }
  g_string_append_c (out, '"');
}

static void
write_container (GString                *out,
                 const RefillsJson      *document,
                 const RefillsJsonNode  *node)
{
  gboolean is_object = node->kind == REFILLS_JSON_OBJECT;

  g_string_append_c (out, is_object ? '{' : '[');
  for (guint i = 0; i < node->n; i++) {
    const RefillsJsonNode *child = refills_json_child_at (document, node, i);

    if (i > 0)
      g_string_append_c (out, ',');
    if (is_object) {
      write_string (out, document->text + child->key);
      g_string_append_c (out, ':');
    }
    write_value (out, document, child);
  }
  g_string_append_c (out, is_object ? '}' : ']');
}

/* Calls itself for what is inside; the parser lets through 64 levels. */
static void
write_value (GString               *out,
             const RefillsJson     *document,
             const RefillsJsonNode *node)
{
  switch (node->kind) {
  case REFILLS_JSON_BOOLEAN:
    g_string_append (out, node->n != 0 ? "true" : "false");
    break;
  case REFILLS_JSON_NUMBER:
    g_string_append (out, document->text + node->at);
    break;
  case REFILLS_JSON_STRING:
    write_string (out, document->text + node->at);
    break;
  case REFILLS_JSON_ARRAY:
  case REFILLS_JSON_OBJECT:
    write_container (out, document, node);
    break;
  case REFILLS_JSON_NULL:
  default:
    g_string_append (out, "null");
  }
}

/**
 * refills_json_place_write:
 * @self: a place
 *
 * Writes what was read there: no spaces, members in the order in which they came, numbers digit for digit.
 * Reading the text again gives the same document. Any thread.
 *
 * Returns: (transfer full): one line of JSON, in UTF-8; `null` where there is nothing
 */
char *
refills_json_place_write (const RefillsJsonPlace *self)
{
  GString *out = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->node == NULL)
    return g_strdup ("null");
  out = g_string_new (NULL);
  write_value (out, self->document, self->node);

  return g_string_free (out, FALSE);
}
