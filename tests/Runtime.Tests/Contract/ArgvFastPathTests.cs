using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Contract;

namespace SpecKitty.Runtime.Tests.Contract;

/// <summary>The generated parser of plain argv, against the command table read step by step.</summary>
internal sealed class ArgvFastPathTests
{
    [Test]
    public async Task Options_come_apart_or_joined()
    {
        var request = Parse("transition", "--mission", "m", "--wp=WP01", "--to=", "--actor", "a=b", "--note=x=y", "--force");
        await Assert.That(request).IsTypeOf<TransitionRequest>();
        var transition = (TransitionRequest)request!;
        await Assert.That((transition.Mission, transition.Wp, transition.To, transition.Actor, transition.Note, transition.Force, transition.Policy)).IsEqualTo(("m", "WP01", "", "a=b", "x=y", true, null));
    }

    [Test]
    public async Task A_value_is_a_value_whatever_it_looks_like() =>
        await Assert.That(((MissionStateRequest)Parse("mission-state", "--mission", "--help")!).Mission).IsEqualTo("--help");

    [Test]
    public async Task The_last_of_several_wins()
    {
        await Assert.That(((MissionStateRequest)Parse("mission-state", "--mission", "a", "--mission=b")!).Mission).IsEqualTo("b");
        var transition = (TransitionRequest)Parse("transition", "--mission", "m", "--wp", "w", "--to", "t", "--actor", "a", "--subtasks-complete", "--no-subtasks-complete")!;
        await Assert.That(transition.SubtasksComplete is false).IsTrue();
        await Assert.That(transition.ImplementationEvidencePresent).IsNull();
    }

    [Test]
    public async Task A_default_stands_where_nothing_is_given()
    {
        await Assert.That(((MergeMissionRequest)Parse("merge-mission", "--mission", "m")!).Strategy).IsEqualTo(FlagValues.StrategyMerge);
        await Assert.That(((MergeMissionRequest)Parse("merge-mission", "--mission", "m", "--strategy", "other")!).Strategy).IsEqualTo("other");
    }

    [Test]
    [Arguments("")]
    [Arguments("unknown")]
    [Arguments("Mission-State --mission m")]
    [Arguments("mission-state")]
    [Arguments("mission-state --mission")]
    [Arguments("mission-state --mission m extra")]
    [Arguments("mission-state --mission m --")]
    [Arguments("mission-state --mission m --wp WP01")]
    [Arguments("mission-state --MISSION m")]
    [Arguments("mission-state -mission m")]
    [Arguments("mission-state --missio m")]
    [Arguments("mission-state --mission:m")]
    [Arguments("mission-state --help")]
    [Arguments("merge-mission --mission m --push=true")]
    [Arguments("merge-mission --mission m --no-push")]
    public async Task What_is_not_plain_and_valid_is_left_alone(string args) =>
        await Assert.That(ArgvFastPath.TryParse(args.Split(' ', StringSplitOptions.RemoveEmptyEntries), ContractLevels.Highest)).IsNull();

    [Test]
    public async Task What_a_level_does_not_have_is_not_there()
    {
        string[] args = ["transition", "--mission", "m", "--wp", "w", "--to", "t", "--actor", "a", Flags.ReviewResultJson, "{}"];
        await Assert.That(ArgvFastPath.TryParse(args, ContractLevel.V1_2_0)).IsNull();
        await Assert.That(((TransitionRequest)ArgvFastPath.TryParse(args, ContractLevel.V1_3_0)!).ReviewResultJson).IsEqualTo("{}");
        args[^2] += "=x";
        await Assert.That(ArgvFastPath.TryParse(args.AsSpan(0, args.Length - 1), ContractLevel.V1_2_0)).IsNull();
    }

    [Test]
    public void It_parses_what_the_table_says()
    {
        string[] words =
        [
            .. CommandTable.All.SelectMany(static command => command.Flags).SelectMany(static use => new[] { use.Flag.Name, use.Flag.Negation ?? use.Flag.Name + "=" + use.Flag.Name, use.Flag.Name + "=" }).Distinct(),
            "value", "--", "=", "",
        ];
        var required = Gen.OneOf(CommandTable.All.ToArray()).Select(static command => command.Flags.Where(static use => use.Required).SelectMany(static use => new[] { use.Flag.Name, "v" }).Prepend(command.Name).ToArray());
        Gen.Select(required, Gen.OneOf(words).Array[0, 5], Gen.OneOf(Enum.GetValues<ContractLevel>()), Gen.Bool).Sample(
            static (head, tail, level, whole) =>
            {
                string[] args = [.. whole ? head : head[..1], .. tail];
                return Text(ArgvFastPath.TryParse(args, level)) == Text(Model(args, level));
            },
            iter: 20_000);
    }

    [Test]
    public async Task A_request_is_all_it_allocates()
    {
        string[] args = ["start-implementation", "--mission", "m", "--wp", "WP01", "--actor", "a", "--policy", "{}"];
        ArgvFastPath.TryParse(args, ContractLevels.Default);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var request = ArgvFastPath.TryParse(args, ContractLevels.Default);
        long after = GC.GetAllocatedBytesForCurrentThread();
        await Assert.That(request).IsNotNull();
        await Assert.That(after - before).IsLessThanOrEqualTo(8 * (2 + 5));
    }

    private static Request? Parse(params string[] args) => ArgvFastPath.TryParse(args, ContractLevels.Default);

    /// <summary>The values by flag, or null where argv is not plain and valid.</summary>
    private static (string Command, Dictionary<string, string> Values)? Model(string[] args, ContractLevel level)
    {
        var command = CommandTable.All.SingleOrDefault(command => command.Name == args[0] && command.Since <= level);
        var values = new Dictionary<string, string>();
        for (int i = 1; command is not null && i < args.Length; i++)
        {
            string[] parts = args[i].Split('=', 2);
            var flag = command.Flags.Select(static use => use.Flag).SingleOrDefault(flag => flag.Since <= level && (flag.Name == parts[0] || flag.Negation == parts[0]));
            bool needsNext = flag is { IsSwitch: false } && parts.Length == 1;
            if (flag is null || (flag.IsSwitch && parts.Length == 2) || (needsNext && i + 1 == args.Length))
            {
                return null;
            }

            values[flag.Name] = flag.IsSwitch ? (flag.Name == parts[0]).ToString() : needsNext ? args[++i] : parts[1];
        }

        return command is null || command.Flags.Any(use => use.Required && !values.ContainsKey(use.Flag.Name)) ? null : (command.Name, values);
    }

    private static string Text((string Command, Dictionary<string, string> Values)? model)
    {
        if (model is not { } parsed)
        {
            return "none";
        }

        var command = CommandTable.All.Single(command => command.Name == parsed.Command);
        var values = command.Flags.Select(use => parsed.Values.GetValueOrDefault(use.Flag.Name) ?? use.Flag.Default ?? (use.Flag is { IsSwitch: true, Negation: null } ? "False" : ""));
        return parsed.Command + "|" + string.Join('|', values);
    }

    private static string Text(Request? request)
    {
        if (request is null)
        {
            return "none";
        }

        var values = request.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Where(static property => property.Name != nameof(Request.Command));
        return CommandIds.Name(request.Command) + "|" + string.Join('|', values.Select(property => property.GetValue(request)?.ToString() ?? ""));
    }
}
