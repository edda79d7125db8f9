using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SpecKitty.Cli;
using SpecKitty.Contract;

namespace SpecKitty.Runtime.Tests.Fuzz.Targets;

/// <summary>
/// argv, one argument a line: the fast path and the full parser say the same, every value arrives as it was given, and whatever is refused is refused with one
/// sentence at every level.
/// </summary>
internal sealed class ArgvTarget : FuzzTarget
{
    public override string Name => "argv";

    public override IReadOnlyList<string> Words { get; } =
    [
        .. CommandTable.All.Select(static command => command.Name), .. CommandTable.All.SelectMany(static command => command.Flags).SelectMany(static use => (string[])[use.Flag.Name + "\n", use.Flag.Name + "=x", use.Flag.Negation ?? "--no"]).Distinct(),
        "\n--\n", "\n--help\n", "\n-h\n", "\n@file\n", "\n/?\n", "\n[diagram]\n", "\n--bogus\n", "\n-x\n",
    ];

    protected override IEnumerable<string> Texts { get; } =
    [
        .. CommandTable.All.Select(static command => command.Name + string.Concat(command.Flags.Where(static use => use.Required).Select(static use => "\n" + use.Flag.Name + "\nv"))),
        .. CommandTable.All.Select(static command => command.Name + string.Concat(command.Flags.Select(static use => "\n" + (use.Flag.IsSwitch ? use.Flag.Name : use.Flag.Name + "=é --x=\"y\"")))),
        "", "--help", "transition\n--mission\n--wp\n--wp\n--\n--to\n\n--actor\n@a",
    ];

    public override string Run(byte[] input)
    {
        string[] argv = [.. Encoding.UTF8.GetString(input).Split('\n').Take(40)];
        argv = argv is [""] ? [] : argv;
        string answer = "";
        foreach (var level in (ContractLevel[])[ContractLevel.V1_0_0, ContractLevel.V1_3_0])
        {
            var fast = ArgvFastPath.TryParse(argv, level);
            var full = CommandLineParser.Parse(argv, level);
            Require((full.Request is null ? 0 : 1) + (full.Help is null ? 0 : 1) + (full.Error is null ? 0 : 1) == 1, "not one answer");
            if (fast is not null)
            {
                Same(Describe(fast), full.Request is null ? full.Error ?? "help" : Describe(full.Request), "the fast path says");
                Require(Values(fast).All(value => argv.Any(argument => argument.EndsWith(value, StringComparison.Ordinal)) || IsDefault(value)), "a value that was not given");
            }
            else
            {
                Require(full.Request is null || argv.Contains("--"), "the full parser alone takes it");
            }

            if (full.Error is not null)
            {
                Require(full.Error.Length > 0, "refused without a word");
            }

            answer += full.Error is not null ? Kind(full.Error) : full.Help is not null ? "help" : full.Request!.Command.ToString() + Values(full.Request).Count();
        }

        return answer;
    }

    private static bool IsDefault(string value) => CommandTable.All.SelectMany(static command => command.Flags).Any(use => use.Flag.Default == value);

    private static IEnumerable<string> Values(Request request) => request.GetType().GetProperties().Select(property => property.GetValue(request)).OfType<string>();

    private static string Describe(Request request) =>
        request.GetType().Name + string.Concat(request.GetType().GetProperties().Select(property => $"|{property.Name}={property.GetValue(request)}"));
}
