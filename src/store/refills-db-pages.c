/* refills-db-pages.c — SPDX-License-Identifier: GPL-3.0-or-later */

/**
 * RefillsDbPages:
 *
 * The pages of a database file as they lie there, for what SQLite cannot find its way to any more: it goes from page to
 * page by the pages above, and one that is lost loses all below it. Here each page is looked at by itself.
 *
 * What the log holds of committed transactions lies over the file, up to the first frame whose checksum is wrong. A
 * file that ends within a page, and a page that the disk does not give, read as zeros. Nothing is written, and nothing
 * that is read is trusted: any bytes will do.
 *
 * Source of the format: "Database File Format" (https://www.sqlite.org/fileformat2.html), sections 1.3 (header), 1.6
 * (pages of tables, cells, overflow), 2.1 (records) and 4 (log). Bytes at the end of each page that an extension of
 * SQLite may reserve are none in what we write.
 *
 * Blocks, and holds the whole file in memory. Only while nobody has the database open: closing the file drops SQLite's
 * locks.
 */
#include "refills-db-pages.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "refills-error.h"

#define DEFAULT_PAGE_BYTES 4096
#define FILE_HEADER_BYTES 100
#define PAGE_HEADER_BYTES 8
#define TABLE_LEAF 0x0d
#define LOG_MAGIC 0x377f0682u
#define LOG_HEADER_BYTES 32
#define FRAME_HEADER_BYTES 24
#define CHUNK_BYTES 65536
/* More than anybody orders; a file that says to be larger is not read. */
#define MAX_FILE_BYTES (G_GINT64_CONSTANT (1) << 30)

struct _RefillsDbPages {
  guint page_bytes;
  guint n_pages;
  GByteArray *file; /* a whole number of pages */
  GByteArray *log;
  GHashTable *logged; /* page number → offset in the log + 1 */
};

static guint32
read_u32 (const guint8 *data)
{
  return (guint32) data[0] << 24 | (guint32) data[1] << 16 | (guint32) data[2] << 8 | data[3];
}

static guint
read_u16 (const guint8 *data)
{
  return (guint) data[0] << 8 | data[1];
}

/* @data: with @length bytes left
 * Returns: how many bytes it took; 0 where it is cut off */
static guint
read_varint (const guint8 *data,
             gsize         length,
             guint64      *value)
{
  *value = 0;
  for (guint i = 0; i < 9 && i < length; i++) {
    if (i == 8) {
      *value = *value << 8 | data[i];
      return 9;
    }
    *value = *value << 7 | (data[i] & 0x7f);
    if ((data[i] & 0x80) == 0)
      return i + 1;
  }

  return 0;
}

/* What the disk does not give is zeros. One that is absent is empty. */
static GByteArray *
read_file (const char  *path,
           GError     **error)
{
  g_autoptr (GByteArray) contents = g_byte_array_new ();
  struct stat status;
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  if (fd < 0 && errno == ENOENT)
    return g_steal_pointer (&contents);
  if (fd < 0 || fstat (fd, &status) != 0 || status.st_size > MAX_FILE_BYTES) {
    g_set_error (error, REFILLS_ERROR, REFILLS_ERROR_STORAGE, "a damaged file cannot be read: %s",
                 fd < 0 ? g_strerror (errno) : "too large");
    if (fd >= 0)
      close (fd);
    return NULL;
  }
  g_byte_array_set_size (contents, (guint) status.st_size);
  if (contents->len > 0)
    memset (contents->data, 0, contents->len);
  for (guint at = 0; at < contents->len;) {
    ssize_t count = pread (fd, contents->data + at, MIN (CHUNK_BYTES, contents->len - at), at);

    if (count < 0 && errno == EINTR)
      continue;
    at += count > 0 ? (guint) count : DEFAULT_PAGE_BYTES;
  }
  close (fd);

  return g_steal_pointer (&contents);
}

static gboolean
is_page_size (guint64 bytes)
{
  return bytes >= 512 && bytes <= 65536 && (bytes & (bytes - 1)) == 0;
}

static guint
find_page_bytes (const GByteArray *file,
                 const GByteArray *log)
{
  guint bytes = file->len >= FILE_HEADER_BYTES ? read_u16 (file->data + 16) : 0;

  bytes = bytes == 1 ? 65536 : bytes;
  if (is_page_size (bytes) && memcmp (file->data, "SQLite format 3", 16) == 0)
    return bytes;
  if (log->len >= LOG_HEADER_BYTES && (read_u32 (log->data) & ~1u) == LOG_MAGIC &&
      is_page_size (read_u32 (log->data + 8)))
    return read_u32 (log->data + 8);

  return DEFAULT_PAGE_BYTES;
}

/* Section 4.2: the sums go on from frame to frame. */
static void
add_to_sums (const guint8 *data,
             gsize         length,
             gboolean      is_big_endian,
             guint32       sums[2])
{
  for (gsize i = 0; i + 8 <= length; i += 8) {
    guint32 first = read_u32 (data + i), second = read_u32 (data + i + 4);

    sums[0] += (is_big_endian ? first : GUINT32_SWAP_LE_BE (first)) + sums[1];
    sums[1] += (is_big_endian ? second : GUINT32_SWAP_LE_BE (second)) + sums[0];
  }
}

static gboolean
sums_hold (const guint8  *data,
           const guint32  sums[2])
{
  return read_u32 (data) == sums[0] && read_u32 (data + 4) == sums[1];
}

static void
read_log (RefillsDbPages *self)
{
  const guint8 *log = self->log->data;
  g_autoptr (GHashTable) pending = g_hash_table_new (NULL, NULL);
  gsize frame_bytes = FRAME_HEADER_BYTES + self->page_bytes;
  gboolean is_big_endian;
  guint32 sums[2] = { 0, 0 };

  if (self->log->len < LOG_HEADER_BYTES || (read_u32 (log) & ~1u) != LOG_MAGIC ||
      read_u32 (log + 8) != self->page_bytes)
    return;
  is_big_endian = (read_u32 (log) & 1) != 0;
  add_to_sums (log, 24, is_big_endian, sums);
  if (!sums_hold (log + 24, sums))
    return;
  for (gsize at = LOG_HEADER_BYTES; at + frame_bytes <= self->log->len; at += frame_bytes) {
    const guint8 *frame = log + at;
    GHashTableIter iter;
    gpointer number = NULL;
    gpointer offset = NULL;

    add_to_sums (frame, 8, is_big_endian, sums);
    add_to_sums (frame + FRAME_HEADER_BYTES, self->page_bytes, is_big_endian, sums);
    if (memcmp (frame + 8, log + 16, 8) != 0 || !sums_hold (frame + 16, sums))
      return;
    g_hash_table_insert (pending, GUINT_TO_POINTER (read_u32 (frame)), GSIZE_TO_POINTER (at + FRAME_HEADER_BYTES + 1));
    if (read_u32 (frame + 4) == 0)
      continue;
    /* The last frame of a transaction. */
    g_hash_table_iter_init (&iter, pending);
    while (g_hash_table_iter_next (&iter, &number, &offset)) {
      g_hash_table_insert (self->logged, number, offset);
      if (GPOINTER_TO_UINT (number) <= MAX_FILE_BYTES / self->page_bytes)
        self->n_pages = MAX (self->n_pages, GPOINTER_TO_UINT (number));
    }
    g_hash_table_remove_all (pending);
  }
}

/* Returns: (nullable): the bytes of a page, from 1 */
static const guint8 *
get_page (RefillsDbPages *self,
          guint64         number)
{
  gsize logged = 0;

  if (number == 0 || number > self->n_pages)
    return NULL;
  if (g_hash_table_size (self->logged) > 0)
    logged = GPOINTER_TO_SIZE (g_hash_table_lookup (self->logged, GUINT_TO_POINTER ((guint) number)));
  if (logged > 0)
    return self->log->data + logged - 1;
  if (number * self->page_bytes > self->file->len)
    return NULL;

  return self->file->data + (number - 1) * self->page_bytes;
}

static gsize
get_type_bytes (guint64 type)
{
  static const gsize sizes[] = { 0, 1, 2, 3, 4, 6, 8, 8, 0, 0 };

  return type < G_N_ELEMENTS (sizes) ? sizes[type] : (gsize) ((type - 12) / 2);
}

/* Section 1.6: how much of a payload is in the cell itself. */
static gsize
get_local_bytes (RefillsDbPages *self,
                 gsize           payload_bytes)
{
  gsize most = self->page_bytes - 35;
  gsize least = (self->page_bytes - 12) * 32 / 255 - 23;
  gsize local = 0;

  if (payload_bytes <= most)
    return payload_bytes;
  local = least + (payload_bytes - least) % (self->page_bytes - 4);

  return local <= most ? local : least;
}

/* Fills in what the header of the record says, where that adds up to its length. */
static gboolean
read_header (RefillsDbCell        *cell,
             const guint8         *data,
             gsize                 length,
             RefillsDbCellAccepts  accepts,
             gpointer              user_data)
{
  guint64 header_bytes = 0;
  gsize at = read_varint (data, length, &header_bytes);
  gsize start = (gsize) header_bytes;

  if (at == 0 || header_bytes > length || header_bytes <= at)
    return FALSE;
  while (at < header_bytes) {
    guint64 type = 0;
    guint taken = read_varint (data + at, header_bytes - at, &type);

    if (taken == 0 || cell->n_columns == G_N_ELEMENTS (cell->types) || type == 10 || type == 11 ||
        type > 2 * MAX_FILE_BYTES)
      return FALSE;
    cell->types[cell->n_columns] = type;
    cell->starts[cell->n_columns++] = start;
    start += get_type_bytes (type);
    at += taken;
  }

  return start == cell->whole_length && accepts (cell->types, cell->n_columns, user_data);
}

/* Each page has as much as fits, and names the next. What a broken chain still has counts up to where it breaks. */
static void
read_overflow (RefillsDbPages *self,
               GByteArray     *payload,
               gsize           whole_length,
               guint64         next)
{
  guint n_left = (guint) (whole_length - payload->len) / (self->page_bytes - 4) + 1;

  while (payload->len < whole_length && n_left-- > 0) {
    const guint8 *page = get_page (self, next);
    gsize count = MIN (whole_length - payload->len, self->page_bytes - 4);

    if (page == NULL)
      return;
    next = read_u32 (page);
    g_byte_array_append (payload, page + 4, (guint) count);
  }
}

/**
 * refills_db_pages_read:
 * @path: file name of a database; its log is beside it
 * @error: return location for `REFILLS_ERROR_STORAGE`
 *
 * Returns: (transfer full) (nullable): its pages; none where there is no file
 */
RefillsDbPages *
refills_db_pages_read (const char  *path,
                       GError     **error)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autoptr (RefillsDbPages) self = g_new0 (RefillsDbPages, 1);
  guint length = 0;

  self->logged = g_hash_table_new (NULL, NULL);
  self->file = read_file (path, error);
  self->log = self->file != NULL ? read_file (log, error) : NULL;
  if (self->log == NULL)
    return NULL;
  self->page_bytes = find_page_bytes (self->file, self->log);
  length = self->file->len;
  self->n_pages = (length + self->page_bytes - 1) / self->page_bytes;
  g_byte_array_set_size (self->file, self->n_pages * self->page_bytes);
  if (self->file->len > length)
    memset (self->file->data + length, 0, self->file->len - length);
  read_log (self);

  return g_steal_pointer (&self);
}

/**
 * refills_db_pages_free:
 * @self: (transfer full): pages
 */
void
refills_db_pages_free (RefillsDbPages *self)
{
  g_clear_pointer (&self->file, g_byte_array_unref);
  g_clear_pointer (&self->log, g_byte_array_unref);
  g_clear_pointer (&self->logged, g_hash_table_unref);
  g_free (self); /* plain struct */
}

/**
 * refills_db_pages_get_n_pages:
 * @self: pages
 *
 * Returns: the number of the last page, which is how many there are
 */
guint
refills_db_pages_get_n_pages (RefillsDbPages *self)
{
  return self->n_pages;
}

/**
 * refills_db_pages_get_page_bytes:
 * @self: pages
 *
 * Returns: the size of each page, in bytes
 */
guint
refills_db_pages_get_page_bytes (RefillsDbPages *self)
{
  return self->page_bytes;
}

/**
 * refills_db_pages_list_cells:
 * @self: pages
 * @number: a page, from 1
 *
 * Returns: (transfer full) (element-type guint): where its cells begin, as the page itself says; none where it is not
 *   a leaf of a table
 */
GArray *
refills_db_pages_list_cells (RefillsDbPages *self,
                             guint           number)
{
  GArray *offsets = g_array_new (FALSE, FALSE, sizeof (guint));
  const guint8 *page = get_page (self, number);
  guint begin = number == 1 ? FILE_HEADER_BYTES : 0;
  guint n_cells = 0;

  if (page == NULL || page[begin] != TABLE_LEAF)
    return offsets;
  n_cells = read_u16 (page + begin + 3);
  for (guint i = 0; i < n_cells && begin + PAGE_HEADER_BYTES + 2 * i + 2 <= self->page_bytes; i++) {
    guint offset = read_u16 (page + begin + PAGE_HEADER_BYTES + 2 * i);

    g_array_append_val (offsets, offset);
  }

  return offsets;
}

/**
 * refills_db_pages_read_cell:
 * @self: pages
 * @number: a page, from 1
 * @offset: where in it a cell of a table may begin, in bytes
 * @accepts: whether a record with these types of columns is looked for
 * @user_data: handed to @accepts
 *
 * Reads what is there, with what of it is in other pages.
 *
 * Returns: (transfer full) (nullable): the record; `NULL` where there is none that adds up, or that @accepts takes
 */
RefillsDbCell *
refills_db_pages_read_cell (RefillsDbPages       *self,
                            guint                 number,
                            guint                 offset,
                            RefillsDbCellAccepts  accepts,
                            gpointer              user_data)
{
  const guint8 *page = get_page (self, number);
  RefillsDbCell cell = { 0 };
  g_autoptr (GByteArray) payload = NULL;
  guint64 whole_length = 0;
  guint64 row = 0;
  gsize at = offset;
  gsize local = 0;
  guint taken = 0;

  if (page == NULL || offset >= self->page_bytes)
    return NULL;
  taken = read_varint (page + at, self->page_bytes - at, &whole_length);
  at += taken;
  if (taken == 0 || whole_length == 0 || whole_length > (guint64) self->n_pages * self->page_bytes)
    return NULL;
  taken = read_varint (page + at, self->page_bytes - at, &row);
  at += taken;
  local = get_local_bytes (self, (gsize) whole_length);
  if (taken == 0 || at + local + (local < whole_length ? 4 : 0) > self->page_bytes)
    return NULL;
  cell.row = (gint64) row;
  cell.whole_length = (gsize) whole_length;
  if (!read_header (&cell, page + at, local, accepts, user_data))
    return NULL;
  payload = g_byte_array_sized_new ((guint) local);
  g_byte_array_append (payload, page + at, (guint) local);
  if (local < whole_length)
    read_overflow (self, payload, cell.whole_length, read_u32 (page + at + local));
  cell.payload = g_byte_array_free_to_bytes (g_steal_pointer (&payload));

  return g_memdup2 (&cell, sizeof cell);
}

/**
 * refills_db_cell_free:
 * @self: (transfer full): a record
 */
void
refills_db_cell_free (RefillsDbCell *self)
{
  g_clear_pointer (&self->payload, g_bytes_unref);
  g_free (self); /* plain struct */
}

/**
 * refills_db_cell_is_whole:
 * @self: a record
 *
 * Returns: whether all of its bytes could be found
 */
gboolean
refills_db_cell_is_whole (const RefillsDbCell *self)
{
  return g_bytes_get_size (self->payload) == self->whole_length;
}

static const guint8 *
get_column (const RefillsDbCell *self,
            guint                column,
            gsize               *length)
{
  *length = get_type_bytes (self->types[column]);
  if (self->starts[column] + *length > g_bytes_get_size (self->payload))
    return NULL;

  return (const guint8 *) g_bytes_get_data (self->payload, NULL) + self->starts[column];
}

/**
 * refills_db_cell_get_int:
 * @self: a record
 * @column: from 0
 * @value: (out): the integer
 *
 * Returns: whether there is one
 */
gboolean
refills_db_cell_get_int (const RefillsDbCell *self,
                         guint                column,
                         gint64              *value)
{
  guint64 type = self->types[column];
  guint64 bits = 0;
  gsize length = 0;
  const guint8 *data = get_column (self, column, &length);

  *value = 0;
  if (data == NULL || type == 0 || type == 7 || type > 9)
    return FALSE;
  if (type >= 8) {
    *value = type == 9;
    return TRUE;
  }
  bits = (data[0] & 0x80) != 0 ? G_MAXUINT64 : 0;
  for (gsize i = 0; i < length; i++)
    bits = bits << 8 | data[i];
  *value = (gint64) bits;

  return TRUE;
}

/**
 * refills_db_cell_dup_text:
 * @self: a record
 * @column: from 0
 *
 * Returns: (transfer full) (nullable): the text, or `NULL` where there is none that could be read
 */
char *
refills_db_cell_dup_text (const RefillsDbCell *self,
                          guint                column)
{
  gsize length = 0;
  const guint8 *data = get_column (self, column, &length);

  if (data == NULL || self->types[column] < 13 || self->types[column] % 2 == 0)
    return NULL;

  return g_strndup ((const char *) data, length);
}

/**
 * refills_db_cell_get_bytes:
 * @self: a record
 * @column: from 0
 *
 * Returns: (transfer full) (nullable): the bytes, or `NULL` where there are none that could be read
 */
GBytes *
refills_db_cell_get_bytes (const RefillsDbCell *self,
                           guint                column)
{
  gsize length = 0;
  const guint8 *data = get_column (self, column, &length);

  if (data == NULL || self->types[column] < 12 || self->types[column] % 2 != 0)
    return NULL;

  return g_bytes_new (data, length);
}
