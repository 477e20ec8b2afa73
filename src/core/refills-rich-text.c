/* refills-rich-text.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text from the service made fit to show: HTML descriptions as plain text, and names as one clean
 * line. The result is plain text, never markup: whoever shows it as Pango markup must escape it.
 *
 * libxml2 reads the HTML as a stream of events. No tree is built, nothing is fetched, no document
 * type is loaded, and reading stops at fixed bounds.
 */
#include "refills-rich-text.h"

#include <libxml/HTMLparser.h>
#include <string.h>

#define MAX_HTML_BYTES (256 * 1024)
#define MAX_CHARACTERS 20000
#define MAX_DEPTH 128
#define MAX_LISTS 8
#define MAX_LINK_BYTES 400

typedef struct {
  gboolean is_ordered;
  guint    next_number;
} List;

typedef struct {
  htmlParserCtxtPtr parser;
  GString          *plain;
  gsize             n_characters;
  guint             n_breaks;     /* line breaks owed before the next character, 2 at most */
  gboolean          owes_space;
  gboolean          owes_marker;  /* a list element has begun */
  guint             keeps_lines;  /* open elements whose line breaks count */
  guint             depth;
  guint             dropped;      /* open elements, from the outermost that is not shown */
  List              lists[MAX_LISTS];
  guint             n_lists;
  char             *link;         /* where the open link leads */
  gsize             link_start;
} Writer;

/* Characters that are not seen but change what is: controls, direction overrides, zero-width and
 * tag characters, with which a name beside an amount could pretend to be another. */
static gboolean
is_removed (gunichar character)
{
  return g_unichar_iscntrl (character) ||
         character == 0x00ad || character == 0x034f || character == 0x061c ||
         character == 0x115f || character == 0x1160 || character == 0x17b4 || character == 0x17b5 ||
         (character >= 0x180b && character <= 0x180f) ||
         (character >= 0x200b && character <= 0x200f) ||
         (character >= 0x202a && character <= 0x202e) ||
         (character >= 0x2060 && character <= 0x206f) ||
         character == 0x3164 || character == 0xfeff || character == 0xffa0 ||
         (character >= 0xfff0 && character <= 0xfffb) ||
         (character >= 0xe0000 && character <= 0xe0fff);
}

static gboolean
is_space (gunichar character)
{
  /* g_unichar_isspace() leaves out the vertical tab and NEL. */
  return g_unichar_isspace (character) || character == 0x0b || character == 0x85;
}

static gboolean
is_one_of (const char        *name,
           const char *const *names)
{
  return g_strv_contains (names, name);
}

static gboolean
is_dropped (const char *name)
{
  static const char *const names[] = {
    "audio", "canvas", "iframe", "math", "noscript", "object", "script", "select", "style", "svg",
    "template", "textarea", "title", "video", NULL,
  };

  return is_one_of (name, names);
}

static gboolean
is_paragraph (const char *name)
{
  static const char *const names[] = {
    "blockquote", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "p", "pre", "table",
    NULL,
  };

  return is_one_of (name, names);
}

static gboolean
is_line (const char *name)
{
  static const char *const names[] = {
    "address", "article", "aside", "caption", "dd", "div", "dt", "fieldset", "figcaption", "footer",
    "form", "header", "li", "main", "nav", "ol", "option", "section", "tr", "ul", NULL,
  };

  return is_one_of (name, names);
}

static gboolean
is_list (const char *name)
{
  return strcmp (name, "ul") == 0 || strcmp (name, "ol") == 0;
}

static void
writer_break (Writer *self,
              guint   n_breaks)
{
  /* Paragraphs within a list stay together. */
  self->n_breaks = MAX (self->n_breaks, self->n_lists > 0 ? 1 : n_breaks);
}

static void
writer_stop (Writer *self)
{
  g_string_append (self->plain, "…");
  self->n_characters++;
  xmlStopParser (self->parser);
}

static void
writer_put (Writer   *self,
            gunichar  character)
{
  if (self->n_characters > MAX_CHARACTERS)
    return;
  if (self->n_characters == MAX_CHARACTERS) {
    writer_stop (self);
    return;
  }
  g_string_append_unichar (self->plain, character);
  self->n_characters++;
}

static void
writer_put_text (Writer     *self,
                 const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    writer_put (self, g_utf8_get_char (text));
}

static void
writer_put_marker (Writer *self)
{
  List *list = self->n_lists > 0 ? &self->lists[MIN (self->n_lists, MAX_LISTS) - 1] : NULL;

  if (list != NULL && list->is_ordered) {
    g_autofree char *number = g_strdup_printf ("%u. ", list->next_number);

    list->next_number++;
    writer_put_text (self, number);
  } else {
    writer_put_text (self, "• ");
  }
  self->owes_marker = FALSE;
}

/* Pays what is owed before a character that is seen. */
static void
writer_settle (Writer *self)
{
  gboolean is_at_start = self->plain->len == 0;
  gboolean is_new_line = is_at_start || self->n_breaks > 0;

  for (; self->n_breaks > 0; self->n_breaks--) {
    if (!is_at_start)
      writer_put (self, '\n');
  }
  if (is_new_line || self->owes_marker) {
    guint level = MIN (self->n_lists, MAX_LISTS);

    if (self->owes_marker && level > 0)
      level--;
    for (; level > 0; level--)
      writer_put_text (self, "  ");
    if (self->owes_marker)
      writer_put_marker (self);
  } else if (self->owes_space) {
    writer_put (self, ' ');
  }
  self->owes_space = FALSE;
}

static void
writer_add (Writer     *self,
            const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    gunichar character = g_utf8_get_char (text);

    if (is_space (character)) {
      if (self->keeps_lines > 0 && character == '\n')
        self->n_breaks = MIN (self->n_breaks + 1, 2);
      self->owes_space = TRUE;
    } else if (!is_removed (character)) {
      writer_settle (self);
      writer_put (self, character);
    }
  }
}

static void
writer_begin_link (Writer         *self,
                   const xmlChar **attributes)
{
  g_clear_pointer (&self->link, g_free);
  for (guint i = 0; attributes != NULL && attributes[i] != NULL; i += 2) {
    const char *value = (const char *) attributes[i + 1];

    if (value == NULL || strcmp ((const char *) attributes[i], "href") != 0)
      continue;
    if ((g_str_has_prefix (value, "https://") || g_str_has_prefix (value, "http://")) &&
        strlen (value) <= MAX_LINK_BYTES && g_utf8_validate (value, -1, NULL)) {
      self->link = g_strdup (value);
      self->link_start = self->plain->len;
    }
    break;
  }
}

/* "Visit this page" is of no use without the address; what names its address needs no second. */
static void
writer_end_link (Writer *self)
{
  g_autofree char *link = g_steal_pointer (&self->link);

  if (link == NULL || self->plain->len == self->link_start ||
      strstr (self->plain->str + self->link_start, strstr (link, "//") + 2) != NULL)
    return;
  self->owes_space = TRUE;
  writer_add (self, "(");
  writer_add (self, link);
  writer_add (self, ")");
}

static void
start_element_cb (void           *user_data,
                  const xmlChar  *xml_name,
                  const xmlChar **attributes)
{
  Writer *self = user_data;
  const char *name = (const char *) xml_name;

  /* Bounds the stack of the parser too, which looks through it at every stray end tag. */
  if (++self->depth > MAX_DEPTH) {
    xmlStopParser (self->parser);
    return;
  }
  if (self->dropped > 0 || is_dropped (name)) {
    self->dropped++;
    return;
  }
  if (is_paragraph (name) || is_list (name))
    writer_break (self, 2);
  else if (is_line (name))
    writer_break (self, 1);

  if (strcmp (name, "pre") == 0) {
    self->keeps_lines++;
  } else if (strcmp (name, "br") == 0) {
    self->n_breaks = MIN (self->n_breaks + 1, 2);
  } else if (strcmp (name, "li") == 0) {
    self->owes_marker = TRUE;
  } else if (strcmp (name, "a") == 0) {
    writer_begin_link (self, attributes);
  } else if (is_list (name)) {
    self->owes_marker = FALSE;
    if (self->n_lists < MAX_LISTS)
      self->lists[self->n_lists] = (List) { strcmp (name, "ol") == 0, 1 };
    self->n_lists++;
  }
}

static void
end_element_cb (void          *user_data,
                const xmlChar *xml_name)
{
  Writer *self = user_data;
  const char *name = (const char *) xml_name;

  if (self->depth > 0)
    self->depth--;
  if (self->dropped > 0) {
    self->dropped--;
    return;
  }
  if (strcmp (name, "a") == 0)
    writer_end_link (self);
  else if (strcmp (name, "td") == 0 || strcmp (name, "th") == 0)
    self->owes_space = TRUE;
  else if (strcmp (name, "li") == 0)
    self->owes_marker = FALSE;
  else if (strcmp (name, "pre") == 0 && self->keeps_lines > 0)
    self->keeps_lines--;
  else if (is_list (name) && self->n_lists > 0)
    self->n_lists--;

  if (is_paragraph (name) || is_list (name))
    writer_break (self, 2);
  else if (is_line (name))
    writer_break (self, 1);
}

static void
characters_cb (void          *user_data,
               const xmlChar *characters,
               int            length)
{
  Writer *self = user_data;
  g_autofree char *text = NULL;

  if (self->dropped > 0 || length <= 0)
    return;
  text = g_utf8_make_valid ((const char *) characters, length);
  writer_add (self, text);
}

/* The start of @text as UTF-8, no longer than @max_bytes. */
static char *
dup_start (const char *text,
           gsize       max_bytes)
{
  gsize length = strnlen (text, max_bytes + 1);

  if (length > max_bytes) {
    length = max_bytes;
    while (length > 0 && ((guint8) text[length] & 0xc0) == 0x80)
      length--;
  }

  return g_utf8_make_valid (text, (gssize) length);
}

/**
 * refills_rich_text_to_plain:
 * @html: (nullable): HTML from the service, or plain text
 *
 * Turns a description into plain text: paragraphs with an empty line between them, list elements
 * with bullets or numbers, addresses of links in parentheses. Scripts, styles and embedded content
 * are left out, and so are control, direction and zero-width characters. Text without any tag keeps
 * its lines.
 *
 * Reads 256 KiB, 128 levels and 20 000 characters at most; what is beyond is cut. Any thread.
 *
 * Returns: (transfer full) (nullable): plain text without markup; `NULL` for `NULL`
 */
char *
refills_rich_text_to_plain (const char *html)
{
  Writer self = { NULL };
  g_autofree char *start = NULL;
  g_autofree char *document = NULL;

  if (html == NULL)
    return NULL;

  start = dup_start (html, MAX_HTML_BYTES);
  xmlInitParser ();
  self.parser = htmlNewParserCtxt ();
  if (self.parser == NULL)
    g_error ("out of memory");
  self.plain = g_string_new (NULL);
  self.keeps_lines = strchr (start, '<') == NULL ? 1 : 0;

  memset (self.parser->sax, 0, sizeof *self.parser->sax);
  self.parser->sax->startElement = start_element_cb;
  self.parser->sax->endElement = end_element_cb;
  self.parser->sax->characters = characters_cb;
  self.parser->sax->ignorableWhitespace = characters_cb;
  self.parser->sax->cdataBlock = characters_cb;
  self.parser->userData = &self;
  /* Outside a body libxml2 would put every run of text into a paragraph of its own. */
  document = g_strconcat ("<html><body>", start, NULL);
  htmlCtxtReadMemory (self.parser, document, (int) strlen (document), NULL, "UTF-8",
                      HTML_PARSE_RECOVER | HTML_PARSE_NODEFDTD | HTML_PARSE_NOERROR |
                      HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
  g_clear_pointer (&self.parser, htmlFreeParserCtxt);
  g_clear_pointer (&self.link, g_free);

  return g_string_free (self.plain, FALSE);
}

/**
 * refills_text_clean_line:
 * @text: (nullable): text from a server, of any kind
 * @max_characters: the most characters to keep, the mark of the cut counted; 0 for no limit
 *
 * Makes one line fit to stand beside an amount: control, direction and zero-width characters are
 * removed, white space is folded to single spaces, and what is too long ends in "…".
 *
 * Returns: (transfer full) (nullable): the line, not markup; `NULL` for `NULL`
 */
char *
refills_text_clean_line (const char *text,
                         gsize       max_characters)
{
  GString *line = NULL;
  g_autofree char *valid = NULL;
  gsize n_characters = 0;
  gsize last = 0; /* where the last character that may stay before a cut ends */
  gboolean owes_space = FALSE;

  if (text == NULL)
    return NULL;

  valid = g_utf8_make_valid (text, -1);
  line = g_string_new (NULL);
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    if (is_space (character)) {
      owes_space = line->len > 0;
      continue;
    }
    if (is_removed (character))
      continue;

    if (max_characters > 0 && n_characters + (owes_space ? 2 : 1) > max_characters) {
      g_string_truncate (line, last);
      g_string_append (line, "…");
      break;
    }
    if (owes_space) {
      g_string_append_c (line, ' ');
      n_characters++;
      owes_space = FALSE;
    }
    g_string_append_unichar (line, character);
    n_characters++;
    if (n_characters < max_characters)
      last = line->len;
  }

  return g_string_free (line, FALSE);
}
