using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using SpecKitty.Reliability.Harness;
using SpecKitty.Reliability.Parts;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability;

/// <summary>Tries hard to break the published executable. The last line is "N passed, N failed".</summary>
internal static class Program
{
    private const string Usage = "usage: --binary PATH [--sample|--long] [--only PART,...] [--mutation NAME-PART|=NAME]... [--seed N] [--jobs N] [--work DIRECTORY] [--table FILE]";

    private static readonly Part[] Parts =
    [
        new CheckerChecks(),
        new FaultMatrix(),
        new ReadFaults(),
        new StartUp(),
        new KillMatrix(),
        new RandomKills(),
        new Histories(),
        new Claims(),
        new Appends(),
        new TornTails(),
        new Disk(),
        new HostileFiles(),
        new HostileInput(),
        new Descriptors(),
        new Clock(),
        new StoppedHolder(),
        new Waits(),
        new Sessions(),
    ];

    private static int Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        if (Options.Parse(args, out string error) is not { } options || options.Only.FirstOrDefault(n => Array.TrueForAll(Parts, p => p.Name != n)) is { } unknown && (error = "no part " + unknown) is not null)
        {
            Console.WriteLine($"{error}\n{Usage}\nparts: {string.Join(' ', Parts.Select(p => p.Name))}");
            return 2;
        }

        Console.WriteLine($"# {options.Scale} run, seed {options.Seed}, {options.Jobs} jobs, {options.Binary}");
        var reports = new List<Report>();
        using (var templates = new Templates(options))
        {
            Scene.Templates = templates;
            foreach (var part in Parts.Where(p => options.Only.Count == 0 || options.Only.Contains(p.Name)))
            {
                var report = new Report(part.Name, part.Subject);
                reports.Add(report);
                try
                {
                    part.Run(options, report);
                }
#pragma warning disable CA1031 // A part that cannot run has failed; the others still say their part.
                catch (Exception defect)
#pragma warning restore CA1031
                {
                    report.Case(defect.ToString(), "the part itself");
                }

                report.Finish();
            }
        }

        string table = Table(reports, options);
        Console.WriteLine(table);
        if (options.Table is { } file)
        {
            File.WriteAllText(file, table);
        }

        long passed = reports.Sum(r => r.Passed), failed = reports.Sum(r => r.Failed);
        Console.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 && passed > 0 ? 0 : 1;
    }

    private static string Table(List<Report> reports, Options options)
    {
        var table = new StringBuilder($"\n{options.Scale} run, {DateTime.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} cores, seed {options.Seed}\n\n");
        table.Append("| what is tried | cases | failed | figures | time |\n|---|---:|---:|---|---:|\n");
        foreach (var report in reports)
        {
            table.Append(report.Row()).Append('\n');
        }

        return table.ToString();
    }
}
