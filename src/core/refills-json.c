/* refills-json.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Typed reading of a document from the strict parser. Every failure is a `REFILLS_ERROR_PROTOCOL`
 * that names the path, never the value: values may be secret, and messages go to the log.
 *
 * A place borrows the document and the place it was found from; it owns nothing and is never freed.
 */
#include "refills-json-private.h"

#include "refills-error.h"

#define LAST_EPOCH G_GINT64_CONSTANT (253402300799) /* 9999-12-31 23:59:59 UTC */

static const char *
kind_to_name (RefillsJsonKind kind)
{
  static const char *const names[] = { "null", "boolean", "number", "string", "array", "object" };

  return names[kind];
}

static gboolean
refuse (const RefillsJsonPlace  *place,
        const char              *reason,
        GError                 **error)
{
  g_autofree char *path = refills_json_place_get_path (place);

  g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_PROTOCOL, "%s: %s", path, reason);

  return FALSE;
}

static const RefillsJsonNode *
look_for_member (const RefillsJsonPlace *object,
                 const char             *name)
{
  guint32 hash = 0;

  if (refills_json_place_get_kind (object) != REFILLS_JSON_OBJECT)
    return NULL;

  hash = refills_json_hash (object->document, name);
  for (guint i = 0; i < object->node->n; i++) {
    const RefillsJsonNode *node = refills_json_child_at (object->document, object->node, i);

    if (node->hash == hash && g_str_equal (object->document->text + node->key, name))
      return node;
  }

  return NULL;
}

/* Tells an absent or null member from one that is there. Only an object has members. */
static gboolean
look_up (const RefillsJsonPlace  *object,
         const char              *name,
         RefillsJsonPlace        *place,
         gboolean                *found,
         GError                 **error)
{
  *found = refills_json_find_member (object, name, place);

  return *found || refills_json_place_expect (object, REFILLS_JSON_OBJECT, error);
}

/* Like look_up(), but an absent or null member is an error. */
static gboolean
require (const RefillsJsonPlace  *object,
         const char              *name,
         RefillsJsonPlace        *place,
         GError                 **error)
{
  gboolean found = FALSE;

  if (!look_up (object, name, place, &found, error))
    return FALSE;
  if (!found)
    return refuse (place, place->node == NULL ? "missing" : "null", error);

  return TRUE;
}

static const char *
get_text (const RefillsJsonPlace  *place,
          GError                 **error)
{
  const char *text = refills_json_place_get_text (place);

  if (text == NULL) {
    g_autofree char *reason = g_strdup_printf ("expected string or number, got %s",
                                               kind_to_name (refills_json_place_get_kind (place)));

    refuse (place, reason, error);
  }

  return text;
}

static gboolean
parse_decimal (const RefillsJsonPlace  *place,
               RefillsDecimal          *out,
               GError                 **error)
{
  const char *text = get_text (place, error);

  if (text == NULL)
    return FALSE;
  if (!refills_decimal_parse (text, out, error)) {
    g_autofree char *path = refills_json_place_get_path (place);

    g_prefix_error (error, "%s: ", path);
    return FALSE;
  }

  return TRUE;
}

/**
 * refills_json_place_init:
 * @self: storage to fill
 * @document: (nullable): a document from [func@json_parse], kept alive by the caller
 *
 * The place of the document itself.
 */
void
refills_json_place_init (RefillsJsonPlace  *self,
                         const RefillsJson *document)
{
  g_return_if_fail (self != NULL);

  *self = (RefillsJsonPlace) { NULL, NULL, 0, document, document != NULL ? refills_json_node_at (document, 0) : NULL };
}

/**
 * refills_json_place_get_kind:
 * @self: a place
 *
 * Returns: the kind of value there; null where there is none
 */
RefillsJsonKind
refills_json_place_get_kind (const RefillsJsonPlace *self)
{
  g_return_val_if_fail (self != NULL, REFILLS_JSON_NULL);

  return self->node != NULL ? self->node->kind : REFILLS_JSON_NULL;
}

/**
 * refills_json_place_get_text:
 * @self: a place
 *
 * Returns: (transfer none) (nullable): a string's text or a number's digits as sent, alive as long
 *   as the document; `NULL` for other kinds
 */
const char *
refills_json_place_get_text (const RefillsJsonPlace *self)
{
  RefillsJsonKind kind = refills_json_place_get_kind (self);

  if (kind != REFILLS_JSON_STRING && kind != REFILLS_JSON_NUMBER)
    return NULL;

  return self->document->text + self->node->at;
}

/**
 * refills_json_place_get_path:
 * @self: a place
 *
 * Returns: (transfer full): such as `deliveries[2].deliverable.coin_amount`; `(document)` at the
 *   top
 */
char *
refills_json_place_get_path (const RefillsJsonPlace *self)
{
  GString *path = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->parent == NULL)
    return g_strdup ("(document)");

  path = g_string_new (NULL);
  for (const RefillsJsonPlace *place = self; place->parent != NULL; place = place->parent) {
    if (place->member != NULL) {
      if (path->len > 0 && path->str[0] != '[')
        g_string_prepend_c (path, '.');
      g_string_prepend (path, place->member);
    } else {
      char index[16];

      if (path->len > 0 && path->str[0] != '[')
        g_string_prepend_c (path, '.');
      g_snprintf (index, sizeof index, "[%u]", place->index);
      g_string_prepend (path, index);
    }
  }

  return g_string_free (path, FALSE);
}

/**
 * refills_json_place_expect:
 * @self: a place
 * @kind: the kind of value it should hold
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Returns: whether it does
 */
gboolean
refills_json_place_expect (const RefillsJsonPlace  *self,
                           RefillsJsonKind          kind,
                           GError                 **error)
{
  RefillsJsonKind actual = refills_json_place_get_kind (self);
  g_autofree char *reason = NULL;

  if (actual == kind)
    return TRUE;
  reason = g_strdup_printf ("expected %s, got %s", kind_to_name (kind), kind_to_name (actual));

  return refuse (self, reason, error);
}

/**
 * refills_json_has_member:
 * @object: any place
 * @name: a member's name
 *
 * Tells a member that is there and null from one that is not there at all.
 *
 * Returns: whether @object is an object with such a member
 */
gboolean
refills_json_has_member (const RefillsJsonPlace *object,
                         const char             *name)
{
  g_return_val_if_fail (object != NULL && name != NULL, FALSE);

  return look_for_member (object, name) != NULL;
}

/**
 * refills_json_find_member:
 * @object: any place
 * @name: a member's name; borrowed by @out
 * @out: (out): the member's place, always filled so that it can be named in a message
 *
 * Returns: `FALSE` when @object is not an object, or the member is absent or null
 */
gboolean
refills_json_find_member (const RefillsJsonPlace *object,
                          const char             *name,
                          RefillsJsonPlace       *out)
{
  g_return_val_if_fail (object != NULL && name != NULL && out != NULL, FALSE);
  g_return_val_if_fail (object != out, FALSE);

  *out = (RefillsJsonPlace) { object, name, 0, object->document, look_for_member (object, name) };

  return refills_json_place_get_kind (out) != REFILLS_JSON_NULL;
}

/**
 * refills_json_require_member:
 * @object: any place
 * @name: a member's name; borrowed by @out
 * @kind: the kind of value it should hold
 * @out: (out): the member's place
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Returns: `FALSE` with @error when @object is not an object, or the member is absent or of another
 *   kind
 */
gboolean
refills_json_require_member (const RefillsJsonPlace  *object,
                             const char              *name,
                             RefillsJsonKind          kind,
                             RefillsJsonPlace        *out,
                             GError                 **error)
{
  return require (object, name, out, error) && refills_json_place_expect (out, kind, error);
}

/**
 * refills_json_get_length:
 * @array: any place
 *
 * Returns: how many elements there are; 0 when it is not an array
 */
guint
refills_json_get_length (const RefillsJsonPlace *array)
{
  g_return_val_if_fail (array != NULL, 0);

  return refills_json_place_get_kind (array) == REFILLS_JSON_ARRAY ? array->node->n : 0;
}

/**
 * refills_json_get_element:
 * @array: an array's place
 * @index: less than [func@json_get_length]
 * @out: (out): the element's place
 *
 * Goes to one element. Past the end, or where @array is no array, @out is a place without a value.
 */
void
refills_json_get_element (const RefillsJsonPlace *array,
                          guint                   index,
                          RefillsJsonPlace       *out)
{
  g_return_if_fail (array != NULL && out != NULL && array != out);

  *out = (RefillsJsonPlace) { array, NULL, index, array->document, NULL };
  if (index < refills_json_get_length (array))
    out->node = refills_json_child_at (array->document, array->node, index);
}

/**
 * refills_json_get_member_at:
 * @object: any place
 * @index: counts from 0, in the order in which the members came
 * @out: (out): the member's place, null ones too
 *
 * Goes through the members of an object whose names are not known.
 *
 * Returns: `FALSE` past the last member, or where @object is no object
 */
gboolean
refills_json_get_member_at (const RefillsJsonPlace *object,
                            guint                   index,
                            RefillsJsonPlace       *out)
{
  const RefillsJsonNode *child = NULL;

  g_return_val_if_fail (object != NULL && out != NULL && object != out, FALSE);

  *out = (RefillsJsonPlace) { object, NULL, index, object->document, NULL };
  if (refills_json_place_get_kind (object) != REFILLS_JSON_OBJECT || index >= object->node->n)
    return FALSE;

  child = refills_json_child_at (object->document, object->node, index);
  out->member = object->document->text + child->key;
  out->node = child;

  return TRUE;
}

/**
 * refills_json_read_text:
 * @object: an object's place
 * @name: a member's name
 * @out: (out) (transfer none) (nullable): a string's text or a number's digits as sent, alive as
 *   long as the document; `NULL` when absent or null
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Reads what the service sends now as a string and now as a number. This and the other optional
 * reads give their default when the member is absent or null.
 *
 * Returns: `FALSE` with @error when @object is not an object or the member is of another kind
 */
gboolean
refills_json_read_text (const RefillsJsonPlace  *object,
                        const char              *name,
                        const char             **out,
                        GError                 **error)
{
  RefillsJsonPlace place;
  gboolean found = FALSE;

  *out = NULL;
  if (!look_up (object, name, &place, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  *out = get_text (&place, error);

  return *out != NULL;
}

/**
 * refills_json_read_string:
 * @object: an object's place
 * @name: a member's name
 * @out: (out) (transfer none) (nullable): the text, alive as long as the document; `NULL` when
 *   absent or null
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Returns: `FALSE` with @error when @object is not an object or the member is of another kind
 */
gboolean
refills_json_read_string (const RefillsJsonPlace  *object,
                          const char              *name,
                          const char             **out,
                          GError                 **error)
{
  RefillsJsonPlace place;
  gboolean found = FALSE;

  *out = NULL;
  if (!look_up (object, name, &place, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  if (!refills_json_place_expect (&place, REFILLS_JSON_STRING, error))
    return FALSE;
  *out = refills_json_place_get_text (&place);

  return TRUE;
}

/**
 * refills_json_read_boolean:
 * @object: an object's place
 * @name: a member's name
 * @fallback: the value when absent or null
 * @out: (out): the value
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Returns: `FALSE` with @error when @object is not an object or the member is of another kind
 */
gboolean
refills_json_read_boolean (const RefillsJsonPlace  *object,
                           const char              *name,
                           gboolean                 fallback,
                           gboolean                *out,
                           GError                 **error)
{
  RefillsJsonPlace place;
  gboolean found = FALSE;

  *out = fallback;
  if (!look_up (object, name, &place, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  if (!refills_json_place_expect (&place, REFILLS_JSON_BOOLEAN, error))
    return FALSE;
  *out = place.node->n != 0;

  return TRUE;
}

/**
 * refills_json_read_unsigned:
 * @object: an object's place
 * @name: a member's name
 * @fallback: the value when absent or null
 * @out: (out): the value
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Reads a whole number from 0 to 2^64 − 1, sent as a number or as a string of digits. A sign, a
 * point or an exponent is an error.
 *
 * Returns: `FALSE` with @error when @object is not an object or the member is anything else
 */
gboolean
refills_json_read_unsigned (const RefillsJsonPlace  *object,
                            const char              *name,
                            guint64                  fallback,
                            guint64                 *out,
                            GError                 **error)
{
  RefillsJsonPlace place;
  gboolean found = FALSE;
  const char *text = NULL;

  *out = fallback;
  if (!look_up (object, name, &place, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  text = get_text (&place, error);
  if (text == NULL)
    return FALSE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, out, NULL)) {
    *out = fallback;
    return refuse (&place, "expected a whole number", error);
  }

  return TRUE;
}

/**
 * refills_json_read_epoch:
 * @object: an object's place
 * @name: a member's name
 * @out: (out): seconds since 1970; 0 when absent or not a time
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`; only for an @object that is no object
 *
 * Reads a time, sent as a whole number, a number with a fraction (dropped) or a string of either.
 * A time that cannot be understood, or lies after the year 9999, is left out rather than refused:
 * times are only shown, and milliseconds or a date as text must not hide an order.
 *
 * Returns: `FALSE` with @error when @object is not an object
 */
gboolean
refills_json_read_epoch (const RefillsJsonPlace  *object,
                         const char              *name,
                         gint64                  *out,
                         GError                 **error)
{
  RefillsJsonPlace place;
  gboolean found = FALSE;
  const char *text = NULL;
  gint64 seconds = 0;

  *out = 0;
  if (!look_up (object, name, &place, &found, error))
    return FALSE;
  text = found ? refills_json_place_get_text (&place) : NULL;
  if (text == NULL || !g_ascii_isdigit (*text))
    return TRUE;

  for (; g_ascii_isdigit (*text); text++) {
    seconds = seconds * 10 + (*text - '0');
    if (seconds > LAST_EPOCH)
      return TRUE;
  }
  if (*text == '.') {
    for (text++; g_ascii_isdigit (*text);)
      text++;
  }
  if (*text == '\0')
    *out = seconds;

  return TRUE;
}

/**
 * refills_json_read_decimal:
 * @object: an object's place
 * @name: a member's name
 * @out: (out): the amount; nought when absent or null
 * @found: (out) (optional): whether there was one
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Reads an amount, sent as a string or a number, by the grammar of [func@decimal_parse].
 *
 * Returns: `FALSE` with @error when @object is not an object or the member is no amount
 */
gboolean
refills_json_read_decimal (const RefillsJsonPlace  *object,
                           const char              *name,
                           RefillsDecimal          *out,
                           gboolean                *found,
                           GError                 **error)
{
  RefillsJsonPlace place;
  gboolean is_there = FALSE;

  *out = REFILLS_DECIMAL_ZERO;
  if (found != NULL)
    *found = FALSE;
  if (!look_up (object, name, &place, &is_there, error))
    return FALSE;
  if (!is_there)
    return TRUE;
  if (!parse_decimal (&place, out, error))
    return FALSE;
  if (found != NULL)
    *found = TRUE;

  return TRUE;
}

/**
 * refills_json_require_text:
 * @object: an object's place
 * @name: a member's name
 * @out: (out) (transfer none): a string's text or a number's digits as sent, not empty, alive as
 *   long as the document
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Returns: `FALSE` with @error when absent, null, empty or of another kind
 */
gboolean
refills_json_require_text (const RefillsJsonPlace  *object,
                           const char              *name,
                           const char             **out,
                           GError                 **error)
{
  RefillsJsonPlace place;

  *out = NULL;
  if (!require (object, name, &place, error))
    return FALSE;
  *out = get_text (&place, error);
  if (*out != NULL && **out == '\0') {
    *out = NULL;
    return refuse (&place, "empty", error);
  }

  return *out != NULL;
}

/**
 * refills_json_require_string:
 * @object: an object's place
 * @name: a member's name
 * @out: (out) (transfer none): the text, which may be empty, alive as long as the document
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Returns: `FALSE` with @error when absent, null or of another kind
 */
gboolean
refills_json_require_string (const RefillsJsonPlace  *object,
                             const char              *name,
                             const char             **out,
                             GError                 **error)
{
  RefillsJsonPlace place;

  *out = NULL;
  if (!refills_json_require_member (object, name, REFILLS_JSON_STRING, &place, error))
    return FALSE;
  *out = refills_json_place_get_text (&place);

  return TRUE;
}

/**
 * refills_json_require_decimal:
 * @object: an object's place
 * @name: a member's name
 * @out: (out): the amount
 * @error: return location for a `REFILLS_ERROR_PROTOCOL`
 *
 * Returns: `FALSE` with @error when absent, null or no amount by the grammar of
 *   [func@decimal_parse]
 */
gboolean
refills_json_require_decimal (const RefillsJsonPlace  *object,
                              const char              *name,
                              RefillsDecimal          *out,
                              GError                 **error)
{
  RefillsJsonPlace place;

  *out = REFILLS_DECIMAL_ZERO;
  if (!require (object, name, &place, error))
    return FALSE;

  return parse_decimal (&place, out, error);
}
