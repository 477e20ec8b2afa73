/* refills-live-wall.c — SPDX-License-Identifier: GPL-3.0-or-later
 *
 * refills-live-wall PROGRAM [ARGUMENT…]: runs a program that can reach nothing but this computer's own sockets.
 *
 * The kernel refuses it, and all that it starts, every socket but those of the file system and of the kernel itself
 * (seccomp, for which nobody needs a privilege, and which nobody can take back). So not a byte of it can get to a
 * network, not even to the loopback one, whatever else goes wrong. Ends with 125, and runs nothing, where it cannot
 * promise that, or where refills-live-shim is not preloaded: without that a name would be asked for by others, who
 * stand outside of the wall.
 */
#include <dlfcn.h>
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NO_WALL 125

/* Where there is no second call that makes sockets. */
#if defined __x86_64__ && !defined __ILP32__
# define HERE AUDIT_ARCH_X86_64
#elif defined __aarch64__ && defined __AARCH64EL__
# define HERE AUDIT_ARCH_AARCH64
#elif defined __riscv && __riscv_xlen == 64
# define HERE AUDIT_ARCH_RISCV64
#endif

#ifndef SYS_io_uring_setup
# define SYS_io_uring_setup 425
#endif

#define X32 0x40000000u
#define LOAD(member) BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, member))
#define RETURN(verdict) BPF_STMT (BPF_RET | BPF_K, (verdict))
/* The next rule counts only for that value, or for all but that one. */
#define WHERE(value) BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, (value), 0, 1)
#define WHERE_NOT(value) BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, (value), 1, 0)
#define WHERE_FROM(value) BPF_JUMP (BPF_JMP | BPF_JGE | BPF_K, (value), 0, 1)

static int
fail (const char *what)
{
  fprintf (stderr, "refills-live-wall: %s: nothing is run\n", what);

  return NO_WALL;
}

#ifdef HERE
static int
build_wall (void)
{
  struct sock_filter rules[] = {
    LOAD (arch),
    WHERE_NOT (HERE),
    RETURN (SECCOMP_RET_KILL_PROCESS),
    LOAD (nr),
    /* The same calls by other numbers, and another way to make a socket. */
    WHERE_FROM (X32),
    RETURN (SECCOMP_RET_ERRNO | ENOSYS),
    WHERE (SYS_io_uring_setup),
    RETURN (SECCOMP_RET_ERRNO | ENOSYS),
    WHERE_NOT (SYS_socket),
    RETURN (SECCOMP_RET_ALLOW),
    LOAD (args), /* the lower half of the first, on a little-endian processor */
    WHERE (AF_UNIX),
    RETURN (SECCOMP_RET_ALLOW),
    WHERE (AF_NETLINK),
    RETURN (SECCOMP_RET_ALLOW),
    RETURN (SECCOMP_RET_ERRNO | EACCES),
  };
  struct sock_fprog program = { .len = sizeof rules / sizeof rules[0], .filter = rules };

  return prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}
#else
static int
build_wall (void)
{
  return 0;
}
#endif

/* Past the library, as anything else in the program could ask. */
static int
is_refused (int family,
            int type)
{
  return syscall (SYS_socket, family, type, 0) < 0 && errno == EACCES;
}

int
main (int    argc,
      char **argv)
{
  if (argc < 2)
    return fail ("no program is named");
  if (dlsym (RTLD_DEFAULT, "refills_live_shim_is_here") == NULL)
    return fail ("refills-live-shim is not preloaded");
  if (!build_wall ())
    return fail ("the kernel takes no rules");
  if (!is_refused (AF_INET, SOCK_STREAM) || !is_refused (AF_INET, SOCK_DGRAM) || !is_refused (AF_INET6, SOCK_STREAM) ||
      !is_refused (AF_INET6, SOCK_DGRAM) || !is_refused (AF_PACKET, SOCK_RAW))
    return fail ("the rules have a hole");

  execv (argv[1], argv + 1);

  return fail (strerror (errno));
}
