/* turns ROUNDS FILE: runs the commands of FILE in turn, once each in every round, and prints one line for every run: the command's index, wall time in
   microseconds from before the fork to after the wait, processor time in microseconds, minor page faults, and peak resident set in KiB.
   A line of FILE is a command: what to restore before each run (two paths, from and to; both empty for nothing), then its arguments, parted by tabs. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_COMMANDS = 64, MOST_ARGUMENTS = 64 };

struct command {
    char *from, *to, *argv[MOST_ARGUMENTS + 1];
};

static void die(const char *what)
{
    fprintf(stderr, "turns: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void copy(const char *from, const char *to)
{
    static char buffer[1 << 20];
    int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    ssize_t got;
    if (in < 0 || out < 0)
        die(from);
    while ((got = read(in, buffer, sizeof buffer)) > 0)
        if (write(out, buffer, got) != got)
            die(to);
    close(in);
    close(out);
}

static int read_commands(const char *path, struct command *commands)
{
    static char line[1 << 16];
    int count = 0;
    FILE *file = fopen(path, "r");
    if (!file)
        die(path);
    while (count < MOST_COMMANDS && fgets(line, sizeof line, file)) {
        struct command *command = commands + count++;
        char *rest = strdup(line);
        int argument = 0;
        rest[strcspn(rest, "\n")] = 0;
        command->from = strsep(&rest, "\t");
        command->to = strsep(&rest, "\t");
        while (rest && argument < MOST_ARGUMENTS)
            command->argv[argument++] = strsep(&rest, "\t");
    }
    fclose(file);
    return count;
}

static void run(const struct command *command, int index)
{
    static int nothing = -1;
    struct timespec start, end;
    struct rusage usage;
    int status;
    if (nothing < 0)
        nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (*command->from)
        copy(command->from, command->to);
    clock_gettime(CLOCK_MONOTONIC, &start);
    pid_t child = vfork();
    if (child == 0) {
        dup2(nothing, 0);
        dup2(nothing, 1);
        dup2(nothing, 2);
        execv(command->argv[0], command->argv);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) == 127)
        die(command->argv[0]);
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%d %ld %ld %ld %ld\n", index,
        (end.tv_sec - start.tv_sec) * 1000000L + (end.tv_nsec - start.tv_nsec) / 1000,
        (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000L + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec,
        usage.ru_minflt, usage.ru_maxrss);
}

int main(int argc, char **argv)
{
    static struct command commands[MOST_COMMANDS];
    int rounds = argc == 3 ? atoi(argv[1]) : 0, count = rounds > 0 ? read_commands(argv[2], commands) : 0;
    if (count == 0) {
        fprintf(stderr, "usage: turns ROUNDS FILE\n");
        return 2;
    }
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < count; i++)
            run(commands + i, i);
    return 0;
}
