/* refills-cli-table.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RefillsCliTable:
 *
 * Rows of text whose columns stand below each other in a terminal.
 *
 * Cells may come from a server: they are cleaned, and measured as they are shown, in which some characters
 * take two places and some none.
 */
#include "refills-cli-table.h"

#include "refills-cli-output.h"
#include "refills-rich-text.h"

#define GAP 2

struct _RefillsCliTable {
  guint      n_columns;
  guint      indent;
  GPtrArray *cells; /* of char *, row by row */
};

static guint
measure (const char *text)
{
  guint width = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    if (!g_unichar_iszerowidth (character))
      width += g_unichar_iswide (character) ? 2 : 1;
  }

  return width;
}

/**
 * refills_cli_table_new:
 * @n_columns: how many columns there are
 * @indent: how many spaces stand in front of a row
 *
 * Returns: (transfer full): a table without rows
 */
RefillsCliTable *
refills_cli_table_new (guint n_columns,
                       guint indent)
{
  RefillsCliTable *self = g_new0 (RefillsCliTable, 1);

  self->n_columns = n_columns;
  self->indent = indent;
  self->cells = g_ptr_array_new_with_free_func (g_free);

  return self;
}

/**
 * refills_cli_table_add:
 * @self: a table
 * @first: (nullable): the first cell
 * @...: (nullable): the other cells, as many as there are columns
 *
 * Adds a row.
 */
void
refills_cli_table_add (RefillsCliTable *self,
                       const char      *first,
                       ...)
{
  const char *cell = first;
  va_list args;

  va_start (args, first);
  for (guint i = 0; i < self->n_columns; i++) {
    if (i > 0)
      cell = va_arg (args, const char *);
    g_ptr_array_add (self->cells, cell != NULL ? refills_text_clean_line (cell, 0) : g_strdup (""));
  }
  va_end (args);
}

/**
 * refills_cli_table_print:
 * @self: a table
 *
 * Prints the rows; a column in which every cell is empty takes no place.
 */
void
refills_cli_table_print (RefillsCliTable *self)
{
  g_autofree guint *widths = g_new0 (guint, self->n_columns);

  for (guint i = 0; i < self->cells->len; i++)
    widths[i % self->n_columns] = MAX (widths[i % self->n_columns], measure (self->cells->pdata[i]));

  for (guint row = 0; row < self->cells->len; row += self->n_columns) {
    g_autoptr (GString) line = g_string_new (NULL);
    guint owed = self->indent;

    for (guint i = 0; i < self->n_columns; i++) {
      const char *cell = self->cells->pdata[row + i];

      if (widths[i] == 0)
        continue;
      if (*cell != '\0') {
        g_string_append_printf (line, "%*s%s", (int) owed, "", cell);
        owed = 0;
      }
      owed += widths[i] - measure (cell) + GAP;
    }
    refills_cli_print_line (line->str);
  }
}

/**
 * refills_cli_table_free:
 * @self: (transfer full): a table
 */
void
refills_cli_table_free (RefillsCliTable *self)
{
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_free (self); /* a plain struct: nothing else frees it */
}
