/* refills-live-shim.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The service's own host, on this computer: preloaded into a whole program that believes to be on the internet.
 *
 * The names in REFILLS_LIVE_HOSTS (a comma between two) have the address 127.0.0.1, and port 443 of that leads to the
 * socket in the file system that REFILLS_LIVE_SOCKET names; the system trusts the certificates in REFILLS_LIVE_CA, and
 * no others. Every other name is unknown, without anybody being asked for it, and every other place cannot be reached.
 * What was tried all the same is appended to REFILLS_LIVE_LOG: `name NAME`, `connect FAMILY`, `socket FAMILY`.
 *
 * It only leads the way. That nothing gets past it is the kernel's to see to: refills-live-wall starts the program so
 * that neither it nor any child of its can make a socket of the internet at all, with this library or without.
 */
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#define LIVE_PORT 443
#define TYPE_MASK 0xf /* SOCK_CLOEXEC and SOCK_NONBLOCK stand above it */
#define GNUTLS_X509_FMT_PEM 1
#define GNUTLS_E_FILE_ERROR -64

/* By this the wall knows that the library was loaded. */
int refills_live_shim_is_here = 1;

static void
note (const char *what,
      const char *which)
{
  const char *path = getenv ("REFILLS_LIVE_LOG");
  int old_errno = errno;
  int fd = path != NULL ? open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;

  if (fd >= 0) {
    dprintf (fd, "%s %s\n", what, which);
    close (fd);
  }
  errno = old_errno;
}

static void
note_family (const char *what,
             int         family)
{
  char digits[16];

  snprintf (digits, sizeof digits, "%d", family);
  note (what, digits);
}

static int
is_live_host (const char *name)
{
  const char *hosts = getenv ("REFILLS_LIVE_HOSTS");
  size_t length = strlen (name);

  while (hosts != NULL && *hosts != '\0') {
    size_t n = strcspn (hosts, ",");

    if (n == length && strncasecmp (hosts, name, n) == 0)
      return 1;
    hosts += n + (hosts[n] == ',');
  }

  return 0;
}

int
getaddrinfo (const char             *name,
             const char             *service,
             const struct addrinfo  *hints,
             struct addrinfo       **result)
{
  int (*next) (const char *, const char *, const struct addrinfo *, struct addrinfo **) =
    dlsym (RTLD_NEXT, "getaddrinfo");
  struct addrinfo numeric = { .ai_family = AF_UNSPEC };
  int status;

  if (hints != NULL)
    numeric = *hints;
  numeric.ai_flags = (numeric.ai_flags & ~AI_ADDRCONFIG) | AI_NUMERICHOST;
  if (name != NULL && is_live_host (name)) {
    if (numeric.ai_family == AF_INET6)
      return EAI_NONAME;
    numeric.ai_family = AF_INET;
    return next ("127.0.0.1", service, &numeric, result);
  }

  /* Digits are read; nobody is asked for a name. */
  status = next (name, service, &numeric, result);
  if (status != 0 && name != NULL)
    note ("name", name);

  return status;
}

int
getnameinfo (const struct sockaddr *address,
             socklen_t              length,
             char                  *host,
             socklen_t              host_size,
             char                  *service,
             socklen_t              service_size,
             int                    flags)
{
  int (*next) (const struct sockaddr *, socklen_t, char *, socklen_t, char *, socklen_t, int) =
    dlsym (RTLD_NEXT, "getnameinfo");

  return next (address, length, host, host_size, service, service_size, flags | NI_NUMERICHOST);
}

/* The older ways to ask for a name, and those for other records. */

static struct hostent *
find_no_host (const char *name)
{
  note ("name", name);
  h_errno = HOST_NOT_FOUND;

  return NULL;
}

struct hostent *
gethostbyname (const char *name)
{
  return find_no_host (name);
}

struct hostent *
gethostbyname2 (const char *name,
                int         family)
{
  return find_no_host (name);
}

struct hostent *
gethostbyaddr (const void *address,
               socklen_t   length,
               int         family)
{
  return find_no_host ("(an address)");
}

static int
find_no_host_r (const char      *name,
                struct hostent **result,
                int             *error)
{
  find_no_host (name);
  *result = NULL;
  *error = HOST_NOT_FOUND;

  return 0;
}

int
gethostbyname_r (const char      *name,
                 struct hostent  *entry,
                 char            *buffer,
                 size_t           size,
                 struct hostent **result,
                 int             *error)
{
  return find_no_host_r (name, result, error);
}

int
gethostbyname2_r (const char      *name,
                  int              family,
                  struct hostent  *entry,
                  char            *buffer,
                  size_t           size,
                  struct hostent **result,
                  int             *error)
{
  return find_no_host_r (name, result, error);
}

int
gethostbyaddr_r (const void      *address,
                 socklen_t        length,
                 int              family,
                 struct hostent  *entry,
                 char            *buffer,
                 size_t           size,
                 struct hostent **result,
                 int             *error)
{
  return find_no_host_r ("(an address)", result, error);
}

static int
find_no_record (const char *name)
{
  note ("name", name);
  h_errno = NO_RECOVERY;

  return -1;
}

int
res_query (const char    *name,
           int            class,
           int            type,
           unsigned char *answer,
           int            size)
{
  return find_no_record (name);
}

int
res_search (const char    *name,
            int            class,
            int            type,
            unsigned char *answer,
            int            size)
{
  return find_no_record (name);
}

int
res_nquery (void          *state,
            const char    *name,
            int            class,
            int            type,
            unsigned char *answer,
            int            size)
{
  return find_no_record (name);
}

int
res_nsearch (void          *state,
             const char    *name,
             int            class,
             int            type,
             unsigned char *answer,
             int            size)
{
  return find_no_record (name);
}

/* Their names before glibc 2.34. */
int __res_query (const char *, int, int, unsigned char *, int) __attribute__ ((alias ("res_query")));
int __res_search (const char *, int, int, unsigned char *, int) __attribute__ ((alias ("res_search")));
int __res_nquery (void *, const char *, int, int, unsigned char *, int) __attribute__ ((alias ("res_nquery")));
int __res_nsearch (void *, const char *, int, int, unsigned char *, int) __attribute__ ((alias ("res_nsearch")));

/* What would be a connection of the internet is one within this computer, from its first moment. */
int
socket (int family,
        int type,
        int protocol)
{
  if (family == AF_UNIX || family == AF_NETLINK)
    return (int) syscall (SYS_socket, family, type, protocol);
  if ((family == AF_INET || family == AF_INET6) && (type & TYPE_MASK) == SOCK_STREAM)
    return (int) syscall (SYS_socket, AF_UNIX, type, 0);

  note_family ("socket", family);
  errno = EACCES;

  return -1;
}

static int
is_live_address (const struct sockaddr *address,
                 socklen_t              length)
{
  struct sockaddr_in inet;

  if (address->sa_family != AF_INET || length < sizeof inet)
    return 0;
  memcpy (&inet, address, sizeof inet);

  return inet.sin_port == htons (LIVE_PORT) && inet.sin_addr.s_addr == htonl (INADDR_LOOPBACK);
}

int
connect (int                    fd,
         const struct sockaddr *address,
         socklen_t              length)
{
  const char *path = getenv ("REFILLS_LIVE_SOCKET");
  struct sockaddr_un here = { .sun_family = AF_UNIX };

  if (address->sa_family == AF_UNIX || address->sa_family == AF_NETLINK)
    return (int) syscall (SYS_connect, fd, address, length);
  if (!is_live_address (address, length) || path == NULL || strlen (path) >= sizeof here.sun_path) {
    note_family ("connect", address->sa_family);
    errno = ENETUNREACH;
    return -1;
  }
  memcpy (here.sun_path, path, strlen (path));

  return (int) syscall (SYS_connect, fd, &here, sizeof here);
}

/* The authorities that the system trusts: ours alone. GnuTLS may be loaded for one module, out of all others' sight. */
int
gnutls_x509_trust_list_add_system_trust (void        *list,
                                         unsigned int flags,
                                         unsigned int verify_flags)
{
  void *library = dlopen ("libgnutls.so.30", RTLD_LAZY | RTLD_NOLOAD);
  int (*add_file) (void *, const char *, const char *, int, unsigned int, unsigned int) =
    library != NULL ? dlsym (library, "gnutls_x509_trust_list_add_trust_file") : NULL;
  const char *path = getenv ("REFILLS_LIVE_CA");

  if (add_file == NULL || path == NULL)
    return GNUTLS_E_FILE_ERROR;

  return add_file (list, path, NULL, GNUTLS_X509_FMT_PEM, flags, verify_flags);
}
