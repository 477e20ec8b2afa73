/* refills-retry-after.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The headers Retry-After and X-RateLimit-Reset as delays. Pure functions; the dates are read here, since which of them
 * libsoup takes differs from version to version (the year 9999 is one).
 */
#include "refills-retry-after.h"

#include <string.h>

#define MAX_LENGTH 40

/* Whether @text has the shape of @pattern to its end: 0 is a digit, a letter any letter, _ a digit or a
 * space, and everything else itself. */
static gboolean
has_shape (const char *text,
           const char *pattern)
{
  for (; *pattern != '\0'; text++, pattern++) {
    if (*pattern == '0' ? !g_ascii_isdigit (*text)
        : *pattern == '_' ? !g_ascii_isdigit (*text) && *text != ' '
        : g_ascii_isalpha (*pattern) ? !g_ascii_isalpha (*text)
        : *text != *pattern)
      return FALSE;
  }

  return *text == '\0';
}

/* Two digits, or a space and a digit. */
static int
read_two (const char *text)
{
  return (text[0] == ' ' ? 0 : text[0] - '0') * 10 + text[1] - '0';
}

/* 1 to 12, or 0. */
static int
read_month (const char *text)
{
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

  for (int i = 0; i < 12; i++) {
    if (strncmp (text, months + 3 * i, 3) == 0)
      return i + 1;
  }

  return 0;
}

/* RFC 9110, section 5.6.7: the preferred format and the two obsolete ones. NULL where it is no date. The
 * name of the day is not compared with the date. */
static GDateTime *
read_date (const char *text,
           gint64      now)
{
  const char *comma = strchr (text, ',');
  const char *day, *month, *clock;
  int year, second;

  if (comma != NULL && has_shape (comma, ", 00 Aaa 0000 00:00:00 GMT") && comma - text == 3) {
    day = comma + 2;
    month = comma + 5;
    year = read_two (comma + 9) * 100 + read_two (comma + 11);
    clock = comma + 14;
  } else if (comma != NULL && has_shape (comma, ", 00-Aaa-00 00:00:00 GMT") && comma - text >= 6) {
    g_autoptr (GDateTime) today = g_date_time_new_from_unix_utc (now);
    int this_year = today != NULL ? g_date_time_get_year (today) : 1970;

    day = comma + 2;
    month = comma + 5;
    /* The first such year from forty-nine years ago on: more than fifty ahead means the past. */
    year = this_year / 100 * 100 + read_two (comma + 9);
    if (year > this_year + 50)
      year -= 100;
    else if (year < this_year - 49)
      year += 100;
    clock = comma + 12;
  } else if (has_shape (text, "Aaa Aaa _0 00:00:00 0000")) {
    day = text + 8;
    month = text + 4;
    year = read_two (text + 20) * 100 + read_two (text + 22);
    clock = text + 11;
  } else {
    return NULL;
  }

  for (const char *c = text; c < comma; c++) {
    if (!g_ascii_isalpha (*c))
      return NULL;
  }

  second = read_two (clock + 6);
  if (second == 60)
    second = 59; /* a leap second */

  return g_date_time_new_utc (year, read_month (month), read_two (day),
                              read_two (clock), read_two (clock + 3), second);
}

/**
 * refills_retry_after_read:
 * @text: (nullable): the value of the header, as it came
 * @now: the present, in epoch seconds
 * @fallback_ms: milliseconds where the header is missing or cannot be read
 *
 * Reads the value: seconds or a date (RFC 9110, section 10.2.3).
 *
 * Returns: milliseconds, at least 1 and at most `REFILLS_RETRY_AFTER_MAX_MS`, or @fallback_ms
 */
guint
refills_retry_after_read (const char *text,
                          gint64      now,
                          guint       fallback_ms)
{
  g_autoptr (GDateTime) date = NULL;
  guint64 seconds = 0;
  gint64 left;

  if (text == NULL || strnlen (text, MAX_LENGTH + 1) > MAX_LENGTH)
    return fallback_ms;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &seconds, NULL))
    return CLAMP (seconds * 1000, 1, REFILLS_RETRY_AFTER_MAX_MS);

  date = read_date (text, now);
  if (date == NULL)
    return fallback_ms;
  left = g_date_time_to_unix (date) - now;

  return left <= 0 ? 1 : MIN (left, REFILLS_RETRY_AFTER_MAX_MS / 1000) * 1000;
}

/**
 * refills_retry_after_read_reset:
 * @text: (nullable): the value of the header X-RateLimit-Reset, as it came
 * @now: the present, in epoch seconds
 * @fallback_ms: milliseconds where the header is missing, cannot be read, or names no time to come
 *
 * Reads the value: epoch seconds (API reference, section 1.3).
 *
 * Returns: milliseconds, at most `REFILLS_RETRY_AFTER_MAX_MS`, or @fallback_ms
 */
guint
refills_retry_after_read_reset (const char *text,
                                gint64      now,
                                guint       fallback_ms)
{
  guint64 reset = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &reset, NULL) || (gint64) reset <= now)
    return fallback_ms;

  return MIN ((gint64) reset - now, REFILLS_RETRY_AFTER_MAX_MS / 1000) * 1000;
}
