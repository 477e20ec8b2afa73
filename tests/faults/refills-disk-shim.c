/* refills-disk-shim.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A disk that is full or that cannot sync, and a clock that was set: preloaded into a whole program.
 *
 * REFILLS_SHIM names a file whose words say what is wrong from now on, and which a test rewrites while the program
 * runs: `full` (nothing can be written: ENOSPC), `sync` (nothing gets to the disk: EIO), `clock SECONDS` (the wall
 * clock is so far off; monotonic and boot time go on), `speed N SINCE` (all clocks go N times as fast since SINCE, in
 * seconds of the real monotonic clock, and a poll waits so much less). Only files whose path has REFILLS_SHIM_FILES in
 * it ("/orders.db" where nothing is said) are spoilt. What is done to them is appended to REFILLS_SHIM_LOG:
 * `PID write|sync|close FD RESULT`. With REFILLS_SHIM_MIRRORED GTK is told that the language is written from right to
 * left, which it asks the translations of: there is none of ours to such a language.
 *
 * Everything goes to the kernel by system call, so that there is no next function to be looked up.
 */
/* 32-bit offsets or 64, both names are to be ours. */
#undef _FILE_OFFSET_BITS
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define WORDS_MAX 128
#define PATH_MAX_HERE 512

/* What is wrong now: empty where nothing is. */
static void
read_words (char words[WORDS_MAX])
{
  const char *path = getenv ("REFILLS_SHIM");
  int old_errno = errno;
  long fd = path != NULL ? syscall (SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC) : -1;
  long length = fd >= 0 ? syscall (SYS_read, fd, words, WORDS_MAX - 1) : 0;

  if (fd >= 0)
    syscall (SYS_close, fd);
  words[length > 0 ? length : 0] = '\0';
  errno = old_errno;
}

static int
is_told (const char *word)
{
  char words[WORDS_MAX];

  read_words (words);

  return strstr (words, word) != NULL;
}

static int
is_ours (int fd)
{
  const char *files = getenv ("REFILLS_SHIM_FILES");
  char link[64];
  char path[PATH_MAX_HERE];
  int old_errno = errno;
  long length;

  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  length = syscall (SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
  errno = old_errno;
  if (length <= 0)
    return 0;
  path[length] = '\0';

  return strstr (path, files != NULL ? files : "/orders.db") != NULL;
}

static void
note (const char *what,
      int         fd,
      int         result)
{
  const char *path = getenv ("REFILLS_SHIM_LOG");
  char line[64];
  int old_errno = errno;
  long log = path != NULL ? syscall (SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
  int length = snprintf (line, sizeof line, "%d %s %d %d\n", (int) getpid (), what, fd, result);

  if (log >= 0) {
    syscall (SYS_write, log, line, (size_t) length);
    syscall (SYS_close, log);
  }
  errno = old_errno;
}

/* Whether a write of a file of ours is refused. */
static int
is_refused (int fd)
{
  int refused;

  if (!is_ours (fd))
    return 0;
  refused = is_told ("full");
  note ("write", fd, refused ? ENOSPC : 0);
  if (refused)
    errno = ENOSPC;

  return refused;
}

ssize_t
write (int         fd,
       const void *data,
       size_t      length)
{
  return is_refused (fd) ? -1 : syscall (SYS_write, fd, data, length);
}

ssize_t
pwrite (int         fd,
        const void *data,
        size_t      length,
        off_t       offset)
{
  return is_refused (fd) ? -1 : syscall (SYS_pwrite64, fd, data, length, offset);
}

ssize_t
pwrite64 (int         fd,
          const void *data,
          size_t      length,
          off64_t     offset)
{
  return is_refused (fd) ? -1 : syscall (SYS_pwrite64, fd, data, length, offset);
}

int
posix_fallocate (int   fd,
                 off_t offset,
                 off_t length)
{
  int old_errno = errno;
  int result = is_refused (fd) || syscall (SYS_fallocate, fd, 0, offset, length) != 0 ? errno : 0;

  errno = old_errno;

  return result;
}

static int
sync_file (int  fd,
           long number)
{
  int refused;

  if (!is_ours (fd))
    return (int) syscall (number, fd);
  refused = is_told ("sync");
  note ("sync", fd, refused ? EIO : 0);
  if (!refused)
    return (int) syscall (number, fd);
  errno = EIO;

  return -1;
}

int
fsync (int fd)
{
  return sync_file (fd, SYS_fsync);
}

int
fdatasync (int fd)
{
  return sync_file (fd, SYS_fdatasync);
}

int
close (int fd)
{
  if (is_ours (fd))
    note ("close", fd, 0);

  return (int) syscall (SYS_close, fd);
}

/* How many times as fast time goes, and since when in nanoseconds; 1 where nothing is said. */
static long
read_speed (const char *words,
            long long  *since)
{
  const char *found = strstr (words, "speed ");
  char *end = NULL;
  long speed = found != NULL ? strtol (found + strlen ("speed "), &end, 10) : 1;

  *since = speed > 1 ? (long long) (strtod (end, NULL) * 1e9) : 0;

  return speed;
}

int
clock_gettime (clockid_t        clock,
               struct timespec *now)
{
  int result = (int) syscall (SYS_clock_gettime, clock, now);
  struct timespec real;
  char words[WORDS_MAX];
  const char *step;
  long long since, nanoseconds;
  long speed;

  if (result != 0 || clock == CLOCK_PROCESS_CPUTIME_ID || clock == CLOCK_THREAD_CPUTIME_ID)
    return result;
  read_words (words);
  step = strstr (words, "clock ");
  if (step != NULL && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
    now->tv_sec += strtol (step + strlen ("clock "), NULL, 10);

  speed = read_speed (words, &since);
  if (speed > 1) {
    syscall (SYS_clock_gettime, CLOCK_MONOTONIC, &real);
    nanoseconds = now->tv_nsec + (speed - 1) * (real.tv_sec * 1000000000LL + real.tv_nsec - since);
    now->tv_sec += nanoseconds / 1000000000;
    now->tv_nsec = nanoseconds % 1000000000;
  }

  return result;
}

static int
shorten (int milliseconds)
{
  char words[WORDS_MAX];
  long long since;
  long speed;

  read_words (words);
  speed = read_speed (words, &since);

  return milliseconds > 0 ? (int) ((milliseconds + speed - 1) / speed) : milliseconds;
}

int
poll (struct pollfd *fds,
      nfds_t         n_fds,
      int            milliseconds)
{
  return (int) syscall (SYS_poll, fds, n_fds, shorten (milliseconds));
}

int
gettimeofday (struct timeval *restrict now,
              void           *restrict zone)
{
  struct timespec exact;

  if (clock_gettime (CLOCK_REALTIME, &exact) != 0)
    return -1;
  now->tv_sec = exact.tv_sec;
  now->tv_usec = exact.tv_nsec / 1000;

  return 0;
}

time_t
time (time_t *now)
{
  struct timespec exact;

  clock_gettime (CLOCK_REALTIME, &exact);
  if (now != NULL)
    *now = exact.tv_sec;

  return exact.tv_sec;
}

/* The C library's own name for the next one. */
extern char *__dcgettext (const char *domain, const char *text, int category);

/* Only in a locale without translations, where there is no other answer. */
char *
dcgettext (const char *domain,
           const char *text,
           int         category)
{
  if (getenv ("REFILLS_SHIM_MIRRORED") != NULL && strcmp (text, "default:LTR") == 0)
    return (char *) "default:RTL";

  return __dcgettext (domain, text, category);
}
