/* refills-sandbox-json.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading that never complains, and writing that keeps every digit: a number that must stand on the
 * wire as given ("22.1678", or "1e400" for a fault) travels through json-glib as a marked string.
 * Owns nothing.
 */
#include "refills-sandbox-private.h"

#define RAW_MARK "\001"
#define RAW_MARK_WRITTEN "\"\\u0001"

JsonObject *
refills_sandbox_json_get_object (JsonObject *object,
                                 const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
refills_sandbox_json_get_array (JsonObject *object,
                                const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

const char *
refills_sandbox_json_get_string (JsonObject *object,
                                 const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

/* The text of a string, or of a number as json-glib kept it. */
char *
refills_sandbox_json_dup_scalar (JsonObject *object,
                                 const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));

  return json_to_string (node, FALSE);
}

/* The string that refills_sandbox_json_to_text () writes as @text, bare. */
char *
refills_sandbox_json_to_raw (const char *text)
{
  g_autofree char *encoded = g_base64_encode ((const guchar *) text, strlen (text));

  return g_strconcat (RAW_MARK, encoded, NULL);
}

/* What a marked string stands for; NULL where it is not marked. */
char *
refills_sandbox_json_from_raw (const char *string)
{
  gsize length = 0;
  g_autofree guchar *decoded = NULL;

  if (!g_str_has_prefix (string, RAW_MARK))
    return NULL;
  decoded = g_base64_decode (string + strlen (RAW_MARK), &length);

  return g_strndup ((const char *) decoded, length);
}

void
refills_sandbox_json_set_raw (JsonObject *object,
                              const char *member,
                              const char *text)
{
  g_autofree char *raw = refills_sandbox_json_to_raw (text);

  json_object_set_string_member (object, member, raw);
}

char *
refills_sandbox_json_to_text (JsonNode *root)
{
  g_autofree char *written = json_to_string (root, FALSE);
  g_autoptr (GString) text = g_string_sized_new (strlen (written));
  const char *rest = written;
  const char *mark;

  while ((mark = strstr (rest, RAW_MARK_WRITTEN)) != NULL) {
    const char *start = mark + strlen (RAW_MARK_WRITTEN);
    const char *end = strchr (start, '"');
    g_autofree char *encoded = g_strndup (start, (gsize) (end - start));
    gsize length = 0;
    g_autofree guchar *decoded = g_base64_decode (encoded, &length);

    g_string_append_len (text, rest, mark - rest);
    g_string_append_len (text, (const char *) decoded, (gssize) length);
    rest = end + 1;
  }
  g_string_append (text, rest);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* json-glib copies a node's object by reference; this one copies all of it. */
JsonNode *
refills_sandbox_json_copy (JsonNode *root)
{
  g_autofree char *written = json_to_string (root, FALSE);

  return refills_sandbox_json_parse (written, -1);
}

/* NULL where it is not JSON, or where it nests so deep that json-glib would crash on it. */
JsonNode *
refills_sandbox_json_parse (const char *text,
                            gssize      length)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  guint depth = 0;

  for (gsize i = 0; i < size; i++) {
    if (text[i] == '[' || text[i] == '{')
      depth++;
  }
  if (depth > 200000 || !g_utf8_validate_len (text, size, NULL))
    return NULL;
  depth = 0;
  for (gsize i = 0; i < size && depth <= 500; i++) {
    if (text[i] == '[' || text[i] == '{')
      depth++;
    else if ((text[i] == ']' || text[i] == '}') && depth > 0)
      depth--;
  }
  if (depth > 500 || !json_parser_load_from_data (parser, text, (gssize) size, NULL))
    return NULL;

  return json_parser_steal_root (parser);
}

JsonNode *
refills_sandbox_json_take (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);

  return node;
}

/* Members of @changes win; objects within objects are merged too. */
void
refills_sandbox_json_merge (JsonObject *object,
                            JsonObject *changes)
{
  g_autoptr (GList) members = json_object_get_members (changes);

  for (GList *l = members; l != NULL; l = l->next) {
    const char *member = l->data;
    JsonNode *change = json_object_get_member (changes, member);
    JsonObject *inner = refills_sandbox_json_get_object (object, member);

    if (inner != NULL && JSON_NODE_HOLDS_OBJECT (change))
      refills_sandbox_json_merge (inner, json_node_get_object (change));
    else
      json_object_set_member (object, member, json_node_copy (change));
  }
}
