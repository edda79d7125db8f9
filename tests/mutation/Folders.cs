using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace SpecKitty.Mutation;

/// <summary>Where the sources are, what of them is mutated, and where the mutants go.</summary>
internal sealed class Folders
{
    /// <summary>What is broken: names of files below src/Runtime, or of generated ones, by room.</summary>
    private static readonly (string Room, string[] Files)[] Rooms =
    [
        ("reducer", ["Status/Reducer.cs", "Status/WorkPackageStatus.cs", "Status/WorkPackageTable.cs", "Status/RowSorter.cs", "Status/RecentIds.cs", "Status/MissionStatus.cs", "Status/RetrospectiveFold.cs", "Status/SubtaskFold.cs"]),
        ("lane machine", ["Lanes.machine.g.cs"]),
        ("log file", ["Status/EventLogFile.cs"]),
        ("transaction", ["Status/StatusTransaction.cs", "Status/StatusTransaction.Prepared.cs", "Status/StatusLog.cs"]),
        ("times and ids", ["Status/RowTime.cs", "Status/EventId.cs"]),
        ("lock", ["Platform/FileLock.cs"]),
        ("durable files", ["Platform/DurableFile.cs", "Status/SnapshotFile.cs"]),
        ("readers", ["Status/EventLogReader.cs", "Status/RowParser.cs", "Status/PlainRowParser.cs"]),
        ("merge of logs", ["Status/EventLogMerge.cs"]),
        ("merge planner", ["Merge/MergePlanner.cs", "Merge/ApprovalGate.cs", "Merge/LaneMerger.cs", "Merge/WorktreeChecks.cs", "Merge/BookkeepingFiles.cs"]),
    ];

    public Folders(string root) => Root = Path.GetFullPath(root);

    public string Root { get; }

    /// <summary>The product's assembly with mutants.</summary>
    public string Mutated => Path.Combine(Work, "spec-kitty.dll");

    public string Work => Path.Combine(Root, "artifacts/mutation");

    /// <summary>The tests, as they are built.</summary>
    public string Tests => Path.Combine(Root, "artifacts/bin/SpecKitty.Runtime.Tests/debug");

    private string Generated => Path.Combine(Work, "generated");

    private string Objects => Path.Combine(Root, "artifacts/obj/SpecKitty.Runtime/debug");

    public IEnumerable<string> Sources() =>
        Directory.GetFiles(Path.Combine(Root, "src/Runtime"), "*.cs", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Generated, "*.cs", SearchOption.AllDirectories))
            .Append(Path.Combine(Objects, "SpecKitty.Runtime.AssemblyInfo.cs")).Order(StringComparer.Ordinal);

    /// <summary>The framework that runs this, and the packages that lie beside the tests.</summary>
    public IEnumerable<string> References() =>
        Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll").Where(static path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll" or "Microsoft.CSharp.dll") && !name.EndsWith(".Native.dll", StringComparison.Ordinal))
            .Concat(((string[])["System.CommandLine.dll", "YamlDotNet.dll", "Ulid.dll"]).Select(name => Path.Combine(Tests, name)));

    public IEnumerable<(string Path, string Room)> Subjects()
    {
        foreach (var (room, files) in Rooms)
        {
            foreach (string file in files)
            {
                string path = Path.Combine(Root, "src/Runtime", file);
                yield return (File.Exists(path) ? path : Directory.GetFiles(Generated, file, SearchOption.AllDirectories).Single(), room);
            }
        }
    }
}
