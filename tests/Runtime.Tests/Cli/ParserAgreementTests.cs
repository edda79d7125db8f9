using System;
using System.Linq;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Cli;
using SpecKitty.Contract;

namespace SpecKitty.Runtime.Tests.Cli;

/// <summary>Two parsers, one table (docs/adr/0007): what one accepts the other accepts, and they make the same request of it.</summary>
internal sealed class ParserAgreementTests
{
    private static readonly string[] Words =
    [
        .. CommandTable.All.Select(command => command.Name),
        .. CommandTable.All.SelectMany(command => command.Flags).Select(use => use.Flag.Name),
        .. CommandTable.All.SelectMany(command => command.Flags).Select(use => use.Flag.Negation).OfType<string>(),
        "WP01", "x", "", " ", "-", "--", "---", "-h", "-x", "/?", "@file", "[diagram]", "--bogus", "--miss", "--help=x", "=", "a=b", "--force=true", "--mission=", "--mission=a=b", "--wp:WP01",
    ];

    private static readonly Gen<string> Word = Gen.Int[0, Words.Length - 1].Select(i => Words[i]);

    private static readonly Gen<string[]> Loose = Word.Array[0, 9];

    /// <summary>A command with its required flags, each with a value from anywhere, and a few words more: mostly accepted.</summary>
    private static readonly Gen<string[]> Close =
        from command in Gen.Int[0, CommandTable.All.Count - 1].Select(i => CommandTable.All[i])
        from values in Word.Array[8]
        from joined in Gen.Bool.Array[8]
        from more in Word.Array[0, 3]
        select (string[])[command.Name, .. command.Flags.Where(use => use.Required).SelectMany((use, i) => joined[i] ? [$"{use.Flag.Name}={values[i]}"] : new[] { use.Flag.Name, values[i] }), .. more];

    private static readonly Gen<ContractLevel> Level = Gen.Enum<ContractLevel>();

    [Test]
    public void The_fast_path_and_the_full_parser_agree() =>
        Gen.Select(Gen.OneOf(Loose, Close), Level).Sample(
            (argv, level) =>
            {
                var fast = ArgvFastPath.TryParse(argv, level);
                var full = CommandLineParser.Parse(argv, level);
                if (fast is null)
                {
                    // The terminator is not plain: only the full parser takes a call that has it.
                    return full.Request is null || argv.Contains("--");
                }

                return full.Request is { } request && Describe(request) == Describe(fast);
            },
            iter: 20_000);

    [Test]
    public async Task A_value_is_taken_whatever_it_looks_like()
    {
        var parsed = CommandLineParser.Parse(["mission-state", "--mission", "--wp", "--"], ContractLevels.Default);
        await Assert.That(parsed.Request is MissionStateRequest { Mission: "--wp" }).IsTrue();
    }

    private static string Describe(Request request) =>
        request.GetType().Name + string.Concat(request.GetType().GetProperties().Select(property => $"|{property.Name}={property.GetValue(request)}"));
}
