/* refills-sandbox-logos.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Draws a picture for every invented brand: a mark and the name in plain strokes, on the brand's
 * colour, the same at every start. Owns nothing. May be called from any thread. Floating point is
 * for pixels only.
 */
#include "refills-sandbox-private.h"

#include <math.h>
#include <webp/encode.h>

#define N_MARKS 14

typedef struct {
  double r, g, b;
} Color;

typedef struct {
  guint8 *pixels; /* RGB */
  int     width;
  int     height;
} Canvas;

/* Strokes on a grid of 4 by 6, y downwards: pairs of digits, a space lifts the pen. */
static const char *letters[26] = {
  "062046 1434", "003041423303 0600 033344453606", "4130100105163645", "06003041453606", "40000646 0333",
  "400006 0333", "41301001051636454323", "0006 4046 0343", "2026", "4045361605", "0006 4003 0346", "000646",
  "0600234046", "06004640", "103041453616050110", "06003041423303", "103041453616050110 2446",
  "06003041423303 2346", "413010010213334445361605", "0040 2026", "000516364540", "002640", "0016233640",
  "0046 4006", "002340 2326", "00400646",
};
static const char *digits[10] = {
  "103041453616050110", "112026", "01103041420646", "004023334445361605", "36300444", "400002334445361605",
  "413010010516364544331304", "004016", "103041453616050110 0343", "0516364541301001021343",
};

/* A small JPEG, since nothing here can write one. */
static const char jpeg_base64[] =
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZI"
  "hlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8"
  "fHx8fHx8fHx8fHx8fHx8fHz/wAARCAC+ASwDASIAAhEBAxEB/8QAGwABAAMBAQEBAAAAAAAAAAAAAAQFBgEDAgf/xAA8EA"
  "EAAgECAgUJBQcEAwAAAAAAAQIDBBEF0RIhMUFUExUWIlFhcZOjFDJCgbEGIzM1kaHBUnJzsoLh8P/EABkBAQADAQEAAAAA"
  "AAAAAAAAAAACAwQFAf/EACQRAQACAgEEAgIDAAAAAAAAAAABAgMRMQQSIVETFDJhM0FC/9oADAMBAAIRAxEAPwClAWIAAA"
  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+8eO+W8U"
  "x1m1p7lxpeGY8URbLtkv/aFWTLXHHlZSk34VeHSZ8/Xjxzt7Z6oTKcHtP8TLEf7Y3Www26q88eGiMNY5V8cIw7etkyT8No"
  "fNuD45+5ltHxjdZCv58ntP4qelLl4Tmr147VvH9JQ8mO+O3RyVms+yYaZ85MVMtejkrFo962nV2j8vKu2CJ4ZgWOs4bbFE"
  "5MG9qR2174VzfS9bxurNas1nUgCaIAAAAAAAAAAAAAAAAAAAAAAAA+8eO2XJFKRvaeyHwueFaboYvLWj1r9nuhVlyRjrtO"
  "le6dJGk0tNLj2jrvP3re1IByLWm07lviIiNQCHrOIU0+9KR08ns7o+KozarNnmfKZJmPZHVC/H09rxviFV8sV8NBbPipO1"
  "stKz77RDtb1vG9LRb4TuzDsTMTvE7Sv+nHtX8/6agUen4lmwzEXnylPZPb/VcYM9NRji+Od47474ZcmG2PnhdTJF+HoquJ"
  "aHaJz4Y99qx+q1O2NpRx5Jx23D21YtGpZYStfpvs2omKx6luuvJFditotG4YJiYnUgCTwAAAAAAAAAAAAAAAAAAAAAB6af"
  "FObPTHH4p2/JpIiKxERG0R1RCm4RSLaqbT+GszC6c3q7btFfTXgjVdiJxDVfZsO1J/eX6o93vS1BxDL5XV3nurPRj8lfT4"
  "++/niE8tu2vhGmZmd5neZcB1mEAAe+l1FtNli9ez8Ue2HgPJiLRqXsTqdw1FL1yUres71tG8Oq/g+XpYLY5/BPV8JWDjZK"
  "dlpq6Fbd0bQ+KYfK6WbRHrU9aPh3qJqL1i9LVnstG0sxMbTMT3NvSW3Wa+mbPHmJcAbWcAAAAAAAAAAAAAAAAAAAAABacF"
  "jrzT39X+VqqODW2zZK+2u/9/8A2t3K6n+SW7D+Ay9pm1pme2Z3ahm9VTyepyU222tO3wW9HPmYV5+IeQDoMoAAACx4NM/a"
  "Lx3TTf8AuuFXwWn8XJt1dVY/+/otHK6md5JbsP4DN6mNtTliOyLz+rSMxkt08lre2Zlb0fMq8/EPkB0GUAAAAAAAAAAAAA"
  "AAAAAAAABJ0GXyWrxzPZM7T+bQMs0Oh1H2jT1tM+tHVb4sHV04u1YLf5SFXxfTzvGesdXZb/ErRy1YtWa2jeJ6piWTHecd"
  "u5devdGmXE7W8Pvgmb44m2Lt99UF16Xi8bhhtWazqQBNEdrWbWitY3mZ2iHaUte0VpE2tPZELnQaDyH7zLtOTuj/AEqsuW"
  "McblZSk3lI0mCNPp64+/ttPvewORMzM7luiNRp4a3L5LS5Ld+20fGWdWXF9R0r1w1nqr12+KtdPpqdtNz/AGx5rbtoAaVI"
  "AAAAAAAAAAAAAAAAAAAAAAk6LVTpc287zS3VaEYRtWLRqXsTMTuGorat6xas71nriYdUWi11tNPRtvbHPbHs+C7xZaZqRf"
  "HaLVnvhycuGcc/pupki8PpGzaDT5pmZp0bT316kkV1tNZ3EpzETyrLcHrM+rmmI99d33ThGKPv5L2+HUsBb9jJ7Q+Knp54"
  "cGLBG2KkV9/fL0BTMzPmU4jXAja3V10uLftvP3Y/yavW49NWY+9k7q81Fly3zZJvkne0tWDBN57rcKcmTt8Ry+bWm1ptad"
  "5md5lwHTYwAAAAAAAAAAAAAAAAAAAAAAAAAB6Yc2TBbpYrTWf1eY8mInxL3eltg4vWerPSYn215JlNZp8n3c1Pznb9WdGa"
  "3S0njwujNaOWoi0WjesxPwly2XHT7961+M7MwK/px7S+f9L/AC8R02P8fTn2VjdX6jimXJE1xR5Ovt7ZQBdTpqV88q7ZbS"
  "7MzM7zO8uA0KgAAAAAAAAAAAAAAAAAAAAAAABP03BtfqsFc2DB08dt9p6dY32nbvlAbr9nP5Jpv/L/ALS8mdPYZj0e4p4X"
  "6leZ6PcU8L9SvNuhHb3TC+j3FPC/UrzPR7inhfqV5t0GzTC+j3FPC/UrzPR7inhfqV5t0GzTC+j3FPC/UrzPR7inhfqV5t"
  "0GzTC+j3FPC/UrzPR7inhfqV5t0GzTC+j3FPC/UrzPR7inhfqV5t0GzTC+j3FPC/UrzPR7inhfqV5t0GzT861ejz6HLGPU"
  "4+hea9KI3ier8vgjr39rv5ni/wCGP+1lElDwAevAAAAAAAAAAAAAAAAAABIx63VYaRTFqc1KR2VrkmIj8kcBK85a7xuo+b"
  "bmectd43UfNtzRQErzlrvG6j5tuZ5y13jdR823NFASvOWu8bqPm25nnLXeN1Hzbc0UBK85a7xuo+bbmectd43UfNtzRQEr"
  "zlrvG6j5tuZ5y13jdR823NFASvOWu8bqPm25nnLXeN1Hzbc0UBK85a7xuo+bbmectd43UfNtzRQHpmz5c9otny3yWiNom9"
  "pmdvzeYAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA//2Q==";

static const char *
find_strokes (char letter)
{
  if (g_ascii_isalpha (letter))
    return letters[g_ascii_toupper (letter) - 'A'];
  if (g_ascii_isdigit (letter))
    return digits[letter - '0'];
  if (letter == '&' || letter == '+')
    return "1333 2224";
  if (letter == '.')
    return "2526";
  if (letter == '-')
    return "1333";

  return "";
}

static double
clamp (double value)
{
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

static Color
parse_color (const char *text,
             guint64     hash)
{
  Color color = { 0.2 + (double) (hash % 40) / 100, 0.25 + (double) (hash / 40 % 30) / 100,
                  0.3 + (double) (hash / 1200 % 40) / 100 };
  guint64 value;
  gsize length = text != NULL ? strlen (text) : 0;

  if (length != 4 && length != 7)
    return color;
  value = g_ascii_strtoull (text + 1, NULL, 16);
  if (length == 4) {
    color.r = (double) (value >> 8 & 15) / 15;
    color.g = (double) (value >> 4 & 15) / 15;
    color.b = (double) (value & 15) / 15;
  } else {
    color.r = (double) (value >> 16 & 255) / 255;
    color.g = (double) (value >> 8 & 255) / 255;
    color.b = (double) (value & 255) / 255;
  }

  return color;
}

static void
blend (Canvas *canvas,
       int     x,
       int     y,
       Color   color,
       double  alpha)
{
  guint8 *pixel;

  if (x < 0 || y < 0 || x >= canvas->width || y >= canvas->height || alpha <= 0)
    return;
  pixel = canvas->pixels + 3 * (y * canvas->width + x);
  pixel[0] = (guint8) (pixel[0] + (color.r * 255 - pixel[0]) * alpha + 0.5);
  pixel[1] = (guint8) (pixel[1] + (color.g * 255 - pixel[1]) * alpha + 0.5);
  pixel[2] = (guint8) (pixel[2] + (color.b * 255 - pixel[2]) * alpha + 0.5);
}

static double
circle (double x,
        double y,
        double cx,
        double cy,
        double radius)
{
  return hypot (x - cx, y - cy) - radius;
}

static double
box (double x,
     double y,
     double cx,
     double cy,
     double half_width,
     double half_height)
{
  return fmax (fabs (x - cx) - half_width, fabs (y - cy) - half_height);
}

/* The signed distance to a mark's shape, in a square from -1 to 1; two layers of each. */
static double
mark_distance (guint  mark,
               guint  layer,
               double x,
               double y)
{
  double d = 9;

  switch (mark) {
  case 0: /* a ring and its heart */
    return layer == 0 ? fabs (hypot (x, y) - 0.74) - 0.17 : circle (x, y, 0, 0, 0.3);
  case 1: /* a disc in two halves, shifted */
    return layer == 0 ? fmax (circle (x, y, -0.12, 0, 0.82), y + 0.06) : fmax (circle (x, y, 0.12, 0, 0.82), 0.06 - y);
  case 2: /* a diamond in a diamond */
    return layer == 0 ? fmax ((fabs (x) + fabs (y) - 0.98) * 0.7, (0.55 - fabs (x) - fabs (y)) * 0.7)
                      : (fabs (x) + fabs (y) - 0.36) * 0.7;
  case 3: /* three bars */
    return layer == 0 ? fmin (box (x, y, -0.62, 0.2, 0.19, 0.7), box (x, y, 0.62, 0.05, 0.19, 0.85))
                      : box (x, y, 0, 0.4, 0.19, 0.5);
  case 4: /* a hexagon with a window */
    d = fmax (fabs (x) * 0.866 + fabs (y) * 0.5, fabs (y));
    return layer == 0 ? fmax (d - 0.84, 0.5 - d) : d - 0.27;
  case 5: /* four petals */
    if (layer == 1)
      return circle (x, y, 0, 0, 0.24);
    for (int i = 0; i < 4; i++)
      d = fmin (d, circle (x, y, i % 2 == 0 ? 0.45 : -0.45, i / 2 == 0 ? 0.45 : -0.45, 0.42));
    return fmax (d, 0.32 - hypot (x, y));
  case 6: /* chevrons */
    d = (fabs (y - fabs (x) * 0.8 + (layer == 0 ? 0.72 : 0.1)) - 0.2) * 0.78;
    return fmax (d, fabs (x) - 0.86);
  case 7: /* waves in a disc */
    d = fabs (y + 0.16 * sin (x * 5)) - 0.17;
    return layer == 0 ? fmax (circle (x, y, 0, 0, 0.9), -d) : fmax (circle (x, y, 0, 0, 0.9), d + 0.05);
  case 8: /* the sun over a line */
    return layer == 0 ? fmax (circle (x, y, 0, 0.35, 0.72), y - 0.3) : box (x, y, 0, 0.58, 0.95, 0.11);
  case 9: /* a leaf and its vein */
    d = fmax (circle (x, y, -0.5, -0.5, 1.12), circle (x, y, 0.5, 0.5, 1.12));
    return layer == 0 ? fmax (d, 0.06 - fabs (x + y) * 0.7) : circle (x, y, -0.62, 0.62, 0.17);
  case 10: /* two peaks */
    return layer == 0 ? fmax ((fabs (x + 0.25) * 1.25 - y - 0.75) * 0.62, y - 0.68)
                      : fmax ((fabs (x - 0.5) * 1.25 - y - 0.2) * 0.62, y - 0.68);
  case 11: /* dots */
    for (int i = 0; i < 9; i++) {
      if ((i % 2 == 0) == (layer == 0))
        d = fmin (d, circle (x, y, (i % 3 - 1) * 0.62, (i / 3 - 1) * 0.62, 0.24));
    }
    return d;
  case 12: /* a crescent and a star */
    return layer == 0 ? fmax (circle (x, y, -0.08, 0, 0.85), 0.68 - hypot (x - 0.28, y + 0.12))
                      : circle (x, y, 0.42, -0.18, 0.2);
  default: /* arches */
    d = hypot (x, y - 0.45);
    d = layer == 0 ? fmin (fabs (d - 1.05) - 0.14, fabs (d - 0.28) - 0.14) : fabs (d - 0.66) - 0.13;
    return fmax (d, y - 0.5);
  }
}

static void
draw_mark (Canvas *canvas,
           guint   mark,
           Color   front,
           Color   accent,
           double  center_y,
           double  radius)
{
  double center_x = canvas->width / 2.0;

  for (int y = (int) (center_y - radius * 1.2); y <= (int) (center_y + radius * 1.2); y++) {
    for (int x = (int) (center_x - radius * 1.3); x <= (int) (center_x + radius * 1.3); x++) {
      double u = (x + 0.5 - center_x) / radius;
      double v = (y + 0.5 - center_y) / radius;

      blend (canvas, x, y, front, clamp (0.5 - mark_distance (mark, 0, u, v) * radius));
      blend (canvas, x, y, accent, clamp (0.5 - mark_distance (mark, 1, u, v) * radius));
    }
  }
}

static void
draw_segment (Canvas *canvas,
              Color   color,
              double  x0,
              double  y0,
              double  x1,
              double  y1,
              double  radius)
{
  double dx = x1 - x0;
  double dy = y1 - y0;
  double square = dx * dx + dy * dy;

  for (int y = (int) (fmin (y0, y1) - radius - 1); y <= (int) (fmax (y0, y1) + radius + 1); y++) {
    for (int x = (int) (fmin (x0, x1) - radius - 1); x <= (int) (fmax (x0, x1) + radius + 1); x++) {
      double px = x + 0.5 - x0;
      double py = y + 0.5 - y0;
      double along = square > 0 ? clamp ((px * dx + py * dy) / square) : 0;

      blend (canvas, x, y, color, clamp (0.5 - (hypot (px - along * dx, py - along * dy) - radius)));
    }
  }
}

static void
draw_letter (Canvas     *canvas,
             Color       color,
             const char *strokes,
             double      x,
             double      y,
             double      unit)
{
  const char *previous = NULL;

  for (const char *p = strokes; p[0] != '\0' && p[1] != '\0';) {
    if (p[0] == ' ') {
      previous = NULL;
      p++;
      continue;
    }
    if (previous != NULL)
      draw_segment (canvas, color, x + (previous[0] - '0') * unit, y + (previous[1] - '0') * unit,
                    x + (p[0] - '0') * unit, y + (p[1] - '0') * unit, unit * 0.52);
    previous = p;
    p += 2;
  }
}

static void
draw_text (Canvas     *canvas,
           Color       color,
           const char *text,
           double      top,
           double      height)
{
  double advance = 5.9;
  double units = (double) strlen (text) * advance - (advance - 4);
  double unit = fmin (height / 6, canvas->width * 0.86 / units);
  double x = (canvas->width - units * unit) / 2;
  double y = top + (height - unit * 6) / 2;

  for (const char *p = text; *p != '\0'; p++) {
    draw_letter (canvas, color, find_strokes (*p), x, y, unit);
    x += advance * unit;
  }
}

/**
 * refills_sandbox_logo_get:
 * @slug: what the picture is chosen by
 * @color: (nullable): the ground, `#RGB` or `#RRGGBB`
 * @name: what is written on it
 * @width: in pixels
 * @height: in pixels
 *
 * Returns: (transfer full): a WebP file
 */
GBytes *
refills_sandbox_logo_get (const char *slug,
                          const char *color,
                          const char *name,
                          int         width,
                          int         height)
{
  g_autofree char *text = g_str_to_ascii (name, "C");
  g_autofree guint8 *pixels = g_malloc ((gsize) width * (gsize) height * 3);
  guint64 hash = refills_sandbox_names_hash (slug);
  Color ground = parse_color (color, hash);
  double light = 0.3 * ground.r + 0.59 * ground.g + 0.11 * ground.b;
  Color front = { 1, 1, 1 };
  Color accent;
  Canvas canvas = { pixels, width, height };
  gboolean is_square = width == height;
  guint8 *encoded = NULL;
  gsize size;
  GBytes *bytes;

  if (light > 0.62) {
    Color dark = { 0.1 + (double) (hash % 30) / 100, 0.14, 0.2 + (double) (hash / 30 % 30) / 100 };

    front = dark;
  }
  accent.r = ground.r * 0.45 + front.r * 0.55;
  accent.g = ground.g * 0.45 + front.g * 0.55;
  accent.b = ground.b * 0.45 + front.b * 0.55;
  if (hash / 7 % 3 == 0) {
    accent.r = 0.98;
    accent.g = 0.78;
    accent.b = 0.32;
  }
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      double shade = 1.04 - 0.1 * y / height;

      pixels[3 * (y * width + x)] = (guint8) (clamp (ground.r * shade) * 255);
      pixels[3 * (y * width + x) + 1] = (guint8) (clamp (ground.g * shade) * 255);
      pixels[3 * (y * width + x) + 2] = (guint8) (clamp (ground.b * shade) * 255);
    }
  }
  if (is_square) {
    draw_text (&canvas, front, text, height * 0.3, height * 0.4);
  } else {
    draw_mark (&canvas, (guint) (hash / 11 % N_MARKS), front, accent, height * 0.39, height * 0.235);
    draw_text (&canvas, front, text, height * 0.75, height * 0.105);
  }
  size = WebPEncodeRGB (pixels, width, height, width * 3, 90, &encoded);
  bytes = g_bytes_new (encoded, size);
  WebPFree (encoded);

  return bytes;
}

/* The one JPEG, 300 by 190; (transfer full). */
GBytes *
refills_sandbox_logo_get_jpeg (void)
{
  gsize length = 0;
  guchar *decoded = g_base64_decode (jpeg_base64, &length);

  return g_bytes_new_take (decoded, length);
}
