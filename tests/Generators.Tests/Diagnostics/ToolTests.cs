using SpecKitty.Generators.Tests.Harness;

namespace SpecKitty.Generators.Tests.Diagnostics;

/// <summary>Tools.</summary>
internal sealed class ToolTests
{
    [Test]
    public void SKA0101_an_unknown_flag_of_a_tool() => Broken.Edit(Broken.Wave, "\"flag\": \"loud\"", "\"flag\": \"lud\"",
        """tools/wave.json(12,15) SKA0101 «"lud"»: 'lud' is no flag; add it to flags.json or use one of: name, tone, policy, loud, force""");

    [Test]
    public void SKA0020_a_flag_twice_in_a_tool() => Broken.Edit(Broken.Wave, """{ "flag": "loud" },""", """{ "flag": "loud" }, { "flag": "loud" },""",
        """tools/wave.json(12,35) SKA0020 «"loud"»: The flag 'loud' is there already, or gives the same name in C#; choose another id""");

    [Test]
    public void SKA0020_a_flag_with_the_id_of_an_argument() => Broken.Edit(
        Broken.Wave,
        "\"documentation\": \"Take time.\" }",
        "\"documentation\": \"Take time.\" }, { \"id\": \"guest\", \"name\": \"--guest\", \"type\": \"switch\", \"documentation\": \"Twice.\" }",
        """tools/wave.json(17,102) SKA0020 «"guest"»: The flag 'guest' is there already, or gives the same name in C#; choose another id""");

    [Test]
    public void SKA0020_a_tool_that_is_there_twice() => Broken.Check(SchemaFiles.Small.Add("tools/zweite.json", "tool", SchemaFiles.Small[Broken.Wave]),
        """tools/zweite.json(3,9) SKA0020 «"wave"»: The tool 'wave' is there already, or gives the same name in C#; choose another id""");

    [Test]
    public void SKA0102_a_repeated_flag_with_a_default() => Broken.Edit(Broken.Wave, "\"default\": \"right\"", "\"default\": \"right\", \"repeated\": true",
        """tools/wave.json(13,139) SKA0102 «true»: hand cannot have 'repeated': it has a default""");

    [Test]
    public void SKA0102_a_switch_that_is_required() => Broken.Edit(Broken.Wave, "\"type\": \"switch\"", "\"type\": \"switch\", \"required\": true",
        """tools/wave.json(17,73) SKA0102 «true»: slowly cannot have 'required': it is a switch""");

    [Test]
    public void SKA0105_an_argument_behind_one_that_takes_everything() => Broken.Edit(
        Broken.Wave, "\"documentation\": \"What to hold up.\" }", "\"documentation\": \"What to hold up.\" }, { \"id\": \"late\", \"valueName\": \"LATE\", \"documentation\": \"Too late.\" }",
        """tools/wave.json(8,129) SKA0105 «"late"»: 'late' stands behind 'picture', which takes all that is there; bring the arguments into another order""");

    [Test]
    public void SKA0105_a_required_argument_behind_one_that_may_be_missing() => Broken.Edit(
        Broken.Wave, "\"arguments\": [", "\"arguments\": [ { \"id\": \"early\", \"valueName\": \"EARLY\", \"documentation\": \"Too early.\" },",
        """tools/wave.json(7,13) SKA0105 «"guest"»: 'guest' stands behind 'early', which may be missing; bring the arguments into another order""");

    [Test]
    public void SKA0106_words_that_another_tool_begins_with() => Broken.Edit(Broken.WaveBack, """["answer", "wave"]""", """["wave", "back"]""",
        """tools/wave-back.json(3,9) SKA0106 «"wave-back"»: 'wave back' would be taken for 'wave'; choose other words""");

    [Test]
    public void SKA0106_the_contracts_group() => Broken.Edit(Broken.WaveBack, """["answer", "wave"]""", """["api"]""",
        """tools/wave-back.json(3,9) SKA0106 «"wave-back"»: 'api' would be taken for 'api'; choose other words""");

    [Test]
    public void SKA0107_an_example_of_something_else() => Broken.Edit(Broken.Wave, "\"call\": \"wave Ada", "\"call\": \"waver Ada",
        """tools/wave.json(27,27) SKA0107 «"waver Ada --name me --tool flag"»: The example 'waver Ada --name me --tool flag' does not begin with 'wave'""");
}
