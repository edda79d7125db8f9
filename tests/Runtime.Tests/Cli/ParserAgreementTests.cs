using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Cli;
using CommandLineParser = SpecKitty.Cli.CommandLineParser;
using SpecKitty.Contract;

namespace SpecKitty.Runtime.Tests.Cli;

/// <summary>
/// Two parsers, one table (docs/adr/0007): what one accepts the other accepts, and they make the same request of it. SAMPLES_OF_ARGV says over how many command lines;
/// what CI runs is a million for each test.
/// </summary>
internal sealed class ParserAgreementTests
{
    private static readonly long Samples = long.Parse(Environment.GetEnvironmentVariable("SAMPLES_OF_ARGV") ?? "50000", CultureInfo.InvariantCulture);

    private static readonly string[] Names = [.. CommandTable.All.SelectMany(command => command.Flags).SelectMany(use => new[] { use.Flag.Name, use.Flag.Negation }).OfType<string>().Distinct()];

    /// <summary>Nothing that a shell hands over unharmed is too odd for a caller: only U+0000 cannot stand in argv.</summary>
    private static readonly string[] Odd =
    [
        "", " ", "-", "--", "---", "-h", "-?", "-x", "-xy", "/?", "/h", "--help", "--help=x", "--version", "@file", "@", "[diagram]", "[suggest]", "[suggest:3]", "--bogus", "--miss", "=", "==", "a=b",
        ":", "a:b", "\"", "'", "a b", "\t", "\n", "a\nb", "\u0001", "\u007f", "ä", "日本", "\ud83d\ude00", "\ud800", "\udc00x", "\ufeff", "İ", "WP01", "x", "{}", "{\"a\": [1]}", "-1", "0x10", "true", "False",
        new('a', 300), "--" + new string('b', 300),
    ];

    private static readonly Gen<string> Letters = Gen.String[Gen.Char["-=:@[]{}\"' \t\nabWPm01\u00e4\u65e5"], 0, 12];

    private static readonly Gen<string> Plain = Gen.OneOf<string>(Gen.OneOf<string>(Odd), Letters);

    /// <summary>A flag, or nearly one: cut short, with a value of some kind joined to it, in capitals, with one dash.</summary>
    private static readonly Gen<string> NearlyFlag =
        from name in Gen.OneOf<string>(Names)
        from how in Gen.Int[0, 9]
        from tail in Plain
        select how switch
        {
            0 => name + "=" + tail,
            1 => name + ":" + tail,
            2 => name[..^1],
            3 => name + "s",
            4 => name.ToUpperInvariant(),
            5 => name[1..],
            6 => name + " " + tail,
            7 => "--no-" + name[2..],
            _ => name,
        };

    private static readonly Gen<string> Word = Gen.Frequency<string>((3, Plain), (3, NearlyFlag), (1, Gen.OneOf<string>([.. CommandTable.All.Select(command => command.Name)])));

    private static readonly Gen<string[]> Loose = Word.Array[0, 9];

    private static readonly Gen<CommandDefinition> AnyCommand = Gen.OneOf<CommandDefinition>([.. CommandTable.All]);

    /// <summary>A command with its required flags in some order, each with a value from anywhere, and a few words more: mostly accepted.</summary>
    private static readonly Gen<string[]> Close =
        from command in AnyCommand
        from values in Word.Array[16]
        from joined in Gen.Bool.Array[16]
        from order in Gen.Int.Array[16]
        from more in Word.Array[0, 3]
        from front in Gen.Bool
        let flags = command.Flags.Where(use => use.Required).Select((use, i) => (use.Flag, Key: order[i])).OrderBy(pair => pair.Key).Select(pair => pair.Flag)
        let given = flags.SelectMany((flag, i) => joined[i] ? [$"{flag.Name}={values[i]}"] : new[] { flag.Name, values[i] })
        select (string[])[command.Name, .. front ? more : [], .. given, .. front ? [] : more];

    private static readonly Gen<ContractLevel> Level = Gen.Enum<ContractLevel>();

    /// <summary>A tree a level: building one costs more than parsing with it.</summary>
    private static readonly Dictionary<ContractLevel, Command> Trees = Enum.GetValues<ContractLevel>().ToDictionary(level => level, CommandLineParser.Tree);

    [Test]
    public void The_fast_path_and_the_full_parser_agree() =>
        Gen.Select(Gen.OneOf(Loose, Close), Level).Sample(
            (argv, level) =>
            {
                var fast = ArgvFastPath.TryParse(argv, level);
                var full = CommandLineParser.Parse(Trees[level], argv, level);
                if (fast is null)
                {
                    // The terminator is not plain: only the full parser takes a call that has it.
                    return full.Request is null || argv.Contains("--");
                }

                return full.Request is { } request && Describe(request) == Describe(fast);
            },
            iter: Samples);

    /// <summary>
    /// System.CommandLine alone, without our stand-ins for values, over options of its own making. Where it parts from the contract (a value that looks like an option, an
    /// empty one behind <c>=</c>, an option given twice) a command line is not made; everything else it must read as the fast path does.
    /// </summary>
    [Test]
    public void System_CommandLine_by_itself_reads_the_same_values()
    {
        var trees = CommandTable.All.ToDictionary(command => command.Name, command => Options(command));
        var configuration = new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null };
        long accepted = 0;
        var lines =
            from command in AnyCommand
            from chosen in Gen.Shuffle(command.Flags.ToArray(), 0, command.Flags.Length)
            from values in Plain.Array[32]
            from joined in Gen.Bool.Array[32]
            from negated in Gen.Bool.Array[32]
            select (Command: command, Argv: (string[])[command.Name, .. chosen.SelectMany((use, i) => Given(use.Flag, values[i], joined[i], negated[i]))]);
        lines.Sample(
            line =>
            {
                var level = ContractLevels.Highest;
                var fast = ArgvFastPath.TryParse(line.Argv, level);
                var (root, options) = trees[line.Command.Name];
                var parsed = root.Parse(line.Argv.AsSpan(1).ToArray(), configuration);
                bool isAccepted = parsed.Errors.Count == 0;
                string library = !isAccepted ? parsed.Errors[0].Message : fast is null ? "accepted" : Described(fast, line.Command, flag => options[flag], parsed);
                string ours = fast is null ? "refused" : Describe(fast);
                if (isAccepted != fast is not null || (isAccepted && library != ours))
                {
                    throw new InvalidOperationException($"the fast path: {ours}\nthe library: {library}");
                }

                System.Threading.Interlocked.Add(ref accepted, isAccepted ? 1 : 0);
            },
            iter: Samples);
        if (accepted < Samples / 20)
        {
            throw new InvalidOperationException($"only {accepted} command lines of {Samples} were accepted: the test looks away");
        }
    }

    [Test]
    public async Task A_value_is_taken_whatever_it_looks_like()
    {
        var parsed = CommandLineParser.Parse(["mission-state", "--mission", "--wp", "--"], ContractLevels.Default);
        await Assert.That(parsed.Request is MissionStateRequest { Mission: "--wp" }).IsTrue();
    }

    [Test]
    [Arguments("--subtasks-complete=a b", "--no-subtasks-complete")]
    [Arguments("--no-subtasks-complete=", "--subtasks-complete")]
    [Arguments("--force=true", "--force")]
    public async Task A_switch_with_a_value_was_forgotten_when_the_switch_came_again(string bad, string good)
    {
        string[] argv = ["transition", bad, good, "--to=claimed", "--actor=a", "--wp=WP01", "--mission=m"];
        await Assert.That(ArgvFastPath.TryParse(argv, ContractLevels.Highest)).IsNull();
        await Assert.That(CommandLineParser.Parse(argv, ContractLevels.Highest).Request).IsNull();
    }

    private static string[] Given(FlagDefinition flag, string value, bool joined, bool negated) =>
        flag.IsSwitch ? [negated ? flag.Negation ?? flag.Name : flag.Name]
        : (joined && value.Length > 0) || value.StartsWith('-') ? [$"{flag.Name}={value}"]
        : [flag.Name, value];

    private static (Command Root, Dictionary<string, Option> Options) Options(CommandDefinition definition)
    {
        var root = new Command(definition.Name);
        root.SetAction(static _ => 0);
        var options = new Dictionary<string, Option>();
        foreach (var use in definition.Flags)
        {
            var flag = use.Flag;
            if (!flag.IsSwitch)
            {
                options[flag.Name] = new Option<string>(flag.Name) { Required = use.Required };
                continue;
            }

            options[flag.Name] = new Option<bool>(flag.Name) { Arity = ArgumentArity.Zero };
            if (flag.Negation is { } negation)
            {
                options[negation] = new Option<bool>(negation) { Arity = ArgumentArity.Zero };
            }
        }

        foreach (var option in options.Values)
        {
            root.Options.Add(option);
        }

        return (root, options);
    }

    /// <summary>The request that <paramref name="parsed"/> stands for, in the words of <see cref="Describe"/>.</summary>
    private static string Described(Request like, CommandDefinition command, Func<string, Option> option, ParseResult parsed)
    {
        var byName = command.Flags.ToDictionary(use => PropertyName(use.Flag.Name), use => use.Flag);
        return like.GetType().Name + string.Concat(like.GetType().GetProperties().Select(property => $"|{property.Name}={Value(property.Name, property.GetValue(like))}"));

        object? Value(string property, object? other)
        {
            if (!byName.TryGetValue(property, out var flag))
            {
                return other;
            }

            if (!flag.IsSwitch)
            {
                return parsed.GetValue((Option<string>)option(flag.Name)) ?? flag.Default;
            }

            return flag.Negation is not { } negation ? IsGiven(flag.Name)
                : IsGiven(flag.Name) ? true
                : IsGiven(negation) ? false
                : null;
        }

        bool IsGiven(string name) => parsed.GetResult(option(name)) is OptionResult { Implicit: false };
    }

    private static string PropertyName(string flag) => string.Concat(flag.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Describe(Request request) =>
        request.GetType().Name + string.Concat(request.GetType().GetProperties().Select(property => $"|{property.Name}={property.GetValue(request)}"));
}
