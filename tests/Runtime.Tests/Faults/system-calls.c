// Stands before libc for the product's imports (SystemCalls.cs): each of these calls asks first. What is not here is libc's own.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>

enum { HALF = -1, DONE = -2 };

// 0 to go on, an error number to fail with, HALF to write or to read only half, DONE to say that it went well and do nothing.
static int (*ask)(const char *name);

void ask_first(int (*whom)(const char *)) { ask = whom; }

#define REAL(type, name, parameters) \
  static type(*real) parameters;     \
  if (!real) real = (type(*) parameters)dlsym(RTLD_NEXT, #name)

#define FAILING(type, name, parameters, arguments) \
  type name parameters {                           \
    REAL(type, name, parameters);                  \
    int answer = ask ? ask(#name) : 0;             \
    if (answer > 0) {                              \
      errno = answer;                              \
      return -1;                                   \
    }                                              \
    if (answer == DONE) return 0;                  \
    return real arguments;                         \
  }

FAILING(int, openat, (int directory, const char *path, int flags, unsigned mode), (directory, path, flags, mode))
FAILING(long, syscall, (long number, long a, long b, long c, long d), (number, a, b, c, d))
FAILING(long, read, (int file, void *to, size_t count), (file, to, count))
FAILING(int, ftruncate, (int file, long length), (file, length))
FAILING(int, fsync, (int file), (file))
FAILING(int, fdatasync, (int file), (file))
FAILING(int, flock, (int file, int operation), (file, operation))
FAILING(int, fcntl, (int file, int command, void *range), (file, command, range))
FAILING(int, renameat, (int a, const char *from, int b, const char *to), (a, from, b, to))
FAILING(int, unlinkat, (int directory, const char *path, int flags), (directory, path, flags))
FAILING(int, linkat, (int a, const char *from, int b, const char *to, int flags), (a, from, b, to, flags))
FAILING(int, mkdir, (const char *path, unsigned mode), (path, mode))
FAILING(int, fchmod, (int file, unsigned mode), (file, mode))
FAILING(int, timer_create, (int clock, void *what, void *timer), (clock, what, timer))
FAILING(int, futimens, (int file, const void *times), (file, times))
FAILING(int, statx, (int directory, const char *path, int flags, unsigned mask, void *facts), (directory, path, flags, mask, facts))

long pread(int file, void *to, size_t count, long at) {
  REAL(long, pread, (int, void *, size_t, long));
  int answer = ask ? ask("pread") : 0;
  if (answer > 0) {
    errno = answer;
    return -1;
  }
  return real(file, to, answer == HALF && count > 1 ? count / 2 : count, at);
}

long write(int file, const void *from, size_t count) {
  REAL(long, write, (int, const void *, size_t));
  int answer = ask ? ask("write") : 0;
  if (answer > 0) {
    errno = answer;
    return -1;
  }
  return real(file, from, answer == HALF ? count / 2 : count);
}

// The descriptor is gone all the same, as close(2) has it.
int close(int file) {
  REAL(int, close, (int));
  int answer = ask ? ask("close") : 0, result = real(file);
  if (answer > 0) {
    errno = answer;
    return -1;
  }
  return result;
}
