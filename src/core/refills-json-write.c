/* refills-json-write.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document from the strict parser as text again: compact, with every number's own digits.
 * json-glib's generator would write a number as the marked string it is kept as.
 */
#include "refills-json-write.h"

#include "refills-json.h"

static void write_value (GString  *out,
                         JsonNode *node);

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
write_array (GString   *out,
             JsonArray *array)
{
  guint length = json_array_get_length (array);

  g_string_append_c (out, '[');
  for (guint i = 0; i < length; i++) {
    if (i > 0)
      g_string_append_c (out, ',');
    write_value (out, json_array_get_element (array, i));
  }
  g_string_append_c (out, ']');
}

static void
write_object (GString    *out,
              JsonObject *object)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;
  gboolean is_first = TRUE;

  g_string_append_c (out, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member)) {
    if (!is_first)
      g_string_append_c (out, ',');
    is_first = FALSE;
    write_string (out, name);
    g_string_append_c (out, ':');
    write_value (out, member);
  }
  g_string_append_c (out, '}');
}

/* Calls itself for what is inside; the parser lets through 64 levels. */
static void
write_value (GString  *out,
             JsonNode *node)
{
  RefillsJsonPlace place;

  refills_json_place_init (&place, node);
  switch (refills_json_place_get_kind (&place)) {
  case REFILLS_JSON_BOOLEAN:
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
    break;
  case REFILLS_JSON_NUMBER:
    g_string_append (out, refills_json_node_get_text (node));
    break;
  case REFILLS_JSON_STRING:
    write_string (out, refills_json_node_get_text (node));
    break;
  case REFILLS_JSON_ARRAY:
    write_array (out, json_node_get_array (node));
    break;
  case REFILLS_JSON_OBJECT:
    write_object (out, json_node_get_object (node));
    break;
  case REFILLS_JSON_NULL:
  default:
    g_string_append (out, "null");
  }
}

/**
 * refills_json_node_write:
 * @node: a document from [func@json_parse], or a part of one
 *
 * Writes what was read: no spaces, members in the order in which they came, numbers digit for digit.
 * Reading the text again gives the same document. Any thread.
 *
 * Returns: (transfer full): one line of JSON, in UTF-8
 */
char *
refills_json_node_write (JsonNode *node)
{
  GString *out = NULL;

  g_return_val_if_fail (node != NULL, NULL);

  out = g_string_new (NULL);
  write_value (out, node);

  return g_string_free (out, FALSE);
}
