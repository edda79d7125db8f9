using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Runtime.Tests.Fuzz.Targets;

namespace SpecKitty.Runtime.Tests.Fuzz;

/// <summary>A sample of what tests/fuzz/run.sh does a million times over. What ever broke a target lies in Data/, under its name, and is tried first.</summary>
internal sealed class FuzzTests
{
    private static readonly FuzzTarget[] Targets =
    [
        new LogTarget(), new EventLogMergeTarget(), new JsonTarget(), new ArgvTarget(), new PolicyTarget(), new EvidenceTarget(), new MetaTarget(), new LanesTarget(), new FrontMatterTarget(), new ConfigTarget(),
    ];

    /// <summary>The file's name says what went wrong.</summary>
    [Test]
    [MethodDataSource(nameof(KeptCases))]
    public async Task What_broke_a_target_once_does_not_any_more(string target, string name)
    {
        byte[] input = File.ReadAllBytes(Path.Combine(Fuzzer.Data, target, name));
        await Assert.That(Targets.Single(t => t.Name == target).Run(input)).IsNotNull();
    }

    [Test]
    public void The_bytes_of_an_event_log() => Fuzzer.Run(new LogTarget());

    [Test]
    public void Two_event_logs_to_be_merged() => Fuzzer.Run(new EventLogMergeTarget());

    [Test]
    public void JSON_of_rows_and_options() => Fuzzer.Run(new JsonTarget());

    [Test]
    public void The_arguments_of_a_call() => Fuzzer.Run(new ArgvTarget());

    [Test]
    public void A_policy() => Fuzzer.Run(new PolicyTarget());

    [Test]
    public void Evidence_and_review_results() => Fuzzer.Run(new EvidenceTarget());

    [Test]
    public void The_meta_json_of_a_mission() => Fuzzer.Run(new MetaTarget());

    [Test]
    public void The_lanes_json_of_a_mission() => Fuzzer.Run(new LanesTarget());

    [Test]
    public void Task_files_and_their_front_matter() => Fuzzer.Run(new FrontMatterTarget());

    [Test]
    public void The_config_yaml_of_a_project() => Fuzzer.Run(new ConfigTarget());

    public static IEnumerable<(string Target, string Name)> KeptCases() =>
        Directory.GetFiles(Fuzzer.Data, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(static path => (Path.GetFileName(Path.GetDirectoryName(path)!), Path.GetFileName(path)));
}
