/* usage RUNS COMMAND...: runs a command many times with its output thrown away and prints the medians of what the kernel
   counted for it: minor page faults, peak resident set in KiB, and processor time in microseconds. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static int ascending(const void *left, const void *right)
{
    long a = *(const long *)left, b = *(const long *)right;
    return (a > b) - (a < b);
}

static long median(long *values, int count)
{
    qsort(values, count, sizeof *values, ascending);
    return values[count / 2];
}

int main(int argc, char **argv)
{
    int runs = argc > 2 ? atoi(argv[1]) : 0;
    if (runs < 1) {
        fprintf(stderr, "usage: usage RUNS COMMAND...\n");
        return 2;
    }
    long *faults = calloc(runs, sizeof *faults), *peak = calloc(runs, sizeof *peak), *time = calloc(runs, sizeof *time);
    for (int i = 0; i < runs; i++) {
        struct rusage usage;
        int status;
        pid_t child = fork();
        if (child == 0) {
            int nothing = open("/dev/null", O_RDWR);
            dup2(nothing, 0);
            dup2(nothing, 1);
            dup2(nothing, 2);
            execv(argv[2], argv + 2);
            _exit(127);
        }
        if (child < 0 || wait4(child, &status, 0, &usage) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) == 127) {
            fprintf(stderr, "usage: %s did not run\n", argv[2]);
            return 1;
        }
        faults[i] = usage.ru_minflt;
        peak[i] = usage.ru_maxrss;
        time[i] = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000L + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
    }
    printf("%ld %ld %ld\n", median(faults, runs), median(peak, runs), median(time, runs));
    return 0;
}
