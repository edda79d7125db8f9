using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;

namespace SpecKitty.Mutation;

/// <summary>
/// A process that has the mutated product and its tests loaded. Told <c>cover</c>, it says of every test how long it takes and which mutants it reaches; told a
/// mutant and tests, it says which of them notices. A line in, a line out: whoever asked sees when it hangs or dies.
/// </summary>
internal sealed class Worker
{
    private readonly IReadOnlyList<TestCase> _tests;
    private readonly FieldInfo _active;
    private readonly FieldInfo _reached;
    private readonly TextReader _input;
    private readonly TextWriter _output;

    public Worker(Folders folders, TextReader input, TextWriter output)
    {
        // The tests look for their data beside their own assembly.
        AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", folders.Tests + "/");
        AssemblyLoadContext.Default.Resolving += (context, name) =>
        {
            string path = name.Name == "spec-kitty" ? folders.Mutated : Path.Combine(folders.Tests, name.Name + ".dll");
            return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        };
        var product = AssemblyLoadContext.Default.LoadFromAssemblyPath(folders.Mutated);
        var mutants = product.GetType("SpecKitty.Mutants", throwOnError: true)!;
        _active = mutants.GetField("Active")!;
        _reached = mutants.GetField("Reached")!;
        _tests = TestCase.All(AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(folders.Tests, "SpecKitty.Runtime.Tests.dll")));
        _input = input;
        _output = output;
    }

    public void Run()
    {
        while (_input.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            if (words[0] == "cover")
            {
                Cover(int.Parse(words[1], CultureInfo.InvariantCulture));
            }
            else
            {
                Kill(int.Parse(words[0], CultureInfo.InvariantCulture), [.. words.Skip(1).Select(static word => int.Parse(word, CultureInfo.InvariantCulture))]);
            }
        }
    }

    private void Cover(int mutants)
    {
        for (int i = 0; i < _tests.Count; i++)
        {
            var reached = new bool[mutants];
            _reached.SetValue(null, reached);
            var effort = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.StartNew();
            string? failure = _tests[i].Run();
            string time = Milliseconds(clock.Elapsed) + " " + Milliseconds(Environment.CpuUsage.TotalTime - effort);
            _reached.SetValue(null, null);
            var ids = Enumerable.Range(0, mutants).Where(id => reached[id]);
            Say(failure is null ? $"{i} {time} {_tests[i].Name} {string.Join(',', ids)}" : $"{i} failed {_tests[i].Name} {OneLine(failure)}");
        }

        Say("done");
    }

    private void Kill(int mutant, int[] tests)
    {
        foreach (int test in tests)
        {
            Say("at " + test);
            _active.SetValue(null, mutant);
            string? failure = _tests[test].Run();
            _active.SetValue(null, -1);
            if (failure is not null)
            {
                // A mutant can leave something behind that breaks the tests of the next one: then this process is of no more use.
                bool isSpoiled = _tests[test].Run() is not null;
                Say($"{(isSpoiled ? "spoiled" : "killed")} {_tests[test].Name} {OneLine(failure)}");
                return;
            }
        }

        Say("survived");
    }

    private void Say(string line)
    {
        _output.WriteLine(line);
        _output.Flush();
    }

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture);

    private static string OneLine(string text) => string.Join(' ', text.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)) is { Length: > 200 } line ? line[..200] : text.ReplaceLineEndings(" ");
}
