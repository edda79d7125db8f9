using System.Linq;
using SpecKitty.Generators.Tests.Harness;

namespace SpecKitty.Generators.Tests.Diagnostics;

/// <summary>Breaks the small contract in one place.</summary>
internal static class Broken
{
    public const string Contract = "contract.json";
    public const string Flags = "flags.json";
    public const string Errors = "errors.json";
    public const string Lanes = "lanes.json";
    public const string Policy = "policy.json";
    public const string Events = "events.json";
    public const string Messages = "messages.json";
    public const string Greet = "commands/greet.json";
    public const string Move = "commands/move.json";
    public const string Greeting = "payloads/greeting.json";
    public const string Guest = "payloads/guest.json";
    public const string Wave = "tools/wave.json";
    public const string WaveBack = "tools/wave-back.json";

    /// <summary>One edit makes exactly this error, and no other in the whole compilation, the code that uses the contract included.</summary>
    public static void Edit(string path, string old, string replacement, string expected) => Check(SchemaFiles.Small.Edit(path, old, replacement), expected);

    /// <summary>The files make exactly this error, and no other in the whole compilation, the code that uses the contract included.</summary>
    public static void Check(SchemaFiles files, params string[] expected) => GeneratorHarness.Run(files, expected, Consumers.Small);

    /// <summary>The same where what is missing takes members with it that the using code would miss: what was generated compiles.</summary>
    public static void CheckAlone(SchemaFiles files, params string[] expected) => GeneratorHarness.Run(files, expected);
}
