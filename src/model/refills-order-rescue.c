/* refills-order-rescue.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can be taken from the answer to an order that cannot be read: its id and nothing else, so that
 * the order can be asked for and is not lost (faults J06).
 */
#include "refills-order-rescue.h"

#include "refills-order-state.h"

#include <string.h>

#define KEY "order_id"

typedef struct {
  const char *next;
  const char *end;
} Cursor;

static void
skip_blanks (Cursor *cursor)
{
  while (cursor->next < cursor->end && strchr (" \t\r\n", *cursor->next) != NULL && *cursor->next != '\0')
    cursor->next++;
}

static gboolean
take_sign (Cursor *cursor,
           char    sign)
{
  skip_blanks (cursor);
  if (cursor->next >= cursor->end || *cursor->next != sign)
    return FALSE;
  cursor->next++;

  return TRUE;
}

/* The raw text between quotes, escapes as they are; %FALSE where it does not end. */
static gboolean
take_string (Cursor      *cursor,
             const char **start,
             gsize       *length)
{
  if (!take_sign (cursor, '"'))
    return FALSE;

  *start = cursor->next;
  for (; cursor->next < cursor->end; cursor->next++) {
    if (*cursor->next == '"') {
      *length = (gsize) (cursor->next - *start);
      cursor->next++;
      return TRUE;
    }
    if (*cursor->next == '\\' && cursor->next + 1 < cursor->end)
      cursor->next++;
  }

  return FALSE;
}

/* Keeps @id, and says whether it is the only one so far. */
static gboolean
keep_id (char       **kept,
         const char  *start,
         gsize        length)
{
  g_autofree char *id = g_strndup (start, length);

  if (!refills_order_id_is_valid (id))
    return FALSE;
  if (*kept == NULL)
    *kept = g_steal_pointer (&id);

  return id == NULL || g_str_equal (*kept, id);
}

/**
 * refills_order_rescue_id:
 * @answer: what came instead of an order: cut off, with a key twice, or otherwise no strict JSON
 *
 * Looks for `order_id` in the outermost object and nowhere else. An id that could not stand in a path,
 * or two that differ, are none.
 *
 * Returns: (transfer full) (nullable): the id
 */
char *
refills_order_rescue_id (GBytes *answer)
{
  g_autofree char *kept = NULL;
  Cursor cursor;
  guint depth = 0;
  gsize size = 0;

  g_return_val_if_fail (answer != NULL, NULL);

  cursor.next = g_bytes_get_data (answer, &size);
  cursor.end = cursor.next + size;
  if (!take_sign (&cursor, '{'))
    return NULL;
  depth = 1;

  while (cursor.next < cursor.end && depth > 0) {
    const char *start = NULL;
    gsize length = 0;

    if (*cursor.next == '"') {
      if (!take_string (&cursor, &start, &length))
        break;
      if (depth != 1 || length != strlen (KEY) || strncmp (start, KEY, length) != 0 ||
          !take_sign (&cursor, ':'))
        continue;
      if (!take_string (&cursor, &start, &length) || !keep_id (&kept, start, length))
        return NULL;
      continue;
    }
    if (*cursor.next == '{' || *cursor.next == '[')
      depth++;
    else if (*cursor.next == '}' || *cursor.next == ']')
      depth--;
    cursor.next++;
  }

  return g_steal_pointer (&kept);
}
