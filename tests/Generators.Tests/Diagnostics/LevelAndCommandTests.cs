namespace SpecKitty.Generators.Tests.Diagnostics;

/// <summary>Levels, flags and commands.</summary>
internal sealed class LevelAndCommandTests
{
    [Test]
    public void SKA0021_an_unknown_level() => Broken.Edit(
        Broken.Flags,
        "\"type\": \"switch\", \"since\": \"1.1.0\"",
        "\"type\": \"switch\", \"since\": \"1.4.0\"",
        """flags.json(10,68) SKA0021 «"1.4.0"»: '1.4.0' is no contract level; contract.json has: 1.0.0, 1.1.0""");

    [Test]
    public void SKA0021_an_unknown_default_level() => Broken.Edit(
        Broken.Contract,
        "\"defaultLevel\": \"1.0.0\"",
        "\"defaultLevel\": \"9.9.9\"",
        """contract.json(8,19) SKA0021 «"9.9.9"»: '9.9.9' is no contract level; contract.json has: 1.0.0, 1.1.0""");

    [Test]
    public void SKA0101_an_unknown_flag() => Broken.Edit(
        Broken.Greet,
        "\"flag\": \"name\"",
        "\"flag\": \"nam\"",
        """commands/greet.json(7,24) SKA0101 «"nam"»: 'nam' is no flag; add it to flags.json or use one of: name, tone, policy, loud, force""");

    [Test]
    public void SKA0101_an_unknown_flag_of_the_policy() => Broken.Edit(
        Broken.Policy,
        "\"flag\": \"policy\"",
        "\"flag\": \"politics\"",
        """policy.json(5,11) SKA0101 «"politics"»: 'politics' is no flag; add it to flags.json or use one of: name, tone, policy, loud, force""");

    [Test]
    public void SKA0020_a_flag_twice_in_a_command() => Broken.Edit(
        Broken.Greet,
        """{ "flag": "tone" },""",
        """{ "flag": "tone" }, { "flag": "tone" },""",
        """commands/greet.json(7,82) SKA0020 «"tone"»: The flag 'tone' is there already, or gives the same name in C#; choose another id""");

    [Test]
    public void SKA0102_a_switch_with_a_default() => Broken.Edit(
        Broken.Flags,
        "\"type\": \"switch\", \"since\": \"1.1.0\"",
        "\"type\": \"switch\", \"default\": \"x\", \"since\": \"1.1.0\"",
        """flags.json(10,70) SKA0102 «"x"»: force cannot have 'default': it takes no value""");

    [Test]
    public void SKA0102_a_default_that_is_no_value() => Broken.Edit(
        Broken.Flags,
        "\"default\": \"warm\"",
        "\"default\": \"hot\"",
        """flags.json(7,117) SKA0102 «"hot"»: tone cannot have 'default': it is not one of its values""");

    [Test]
    public void SKA0102_a_negation_of_what_is_no_switch() => Broken.Edit(
        Broken.Flags,
        "\"type\": \"string\", \"valueName\": \"NAME\"",
        "\"type\": \"string\", \"negation\": \"--no-name\", \"valueName\": \"NAME\"",
        """flags.json(6,69) SKA0102 «"--no-name"»: name cannot have 'negation': only a switch can be negated""");

    [Test]
    public void SKA0102_a_name_without_dashes() => Broken.Edit(
        Broken.Flags,
        "\"name\": \"--name\"",
        "\"name\": \"name\"",
        """flags.json(6,29) SKA0102 «"name"»: name cannot have 'name': a flag's name is two dashes and a word""");

    [Test]
    public void SKA0103_a_command_that_is_not_listed() => Broken.Edit(
        Broken.Contract,
        """["greet", "move"]""",
        """["greet"]""",
        """commands/move.json(3,9) SKA0103 «"move"»: The command 'move' is not in 'commands' of contract.json; add it where it belongs in the order""");

    [Test]
    public void SKA0104_a_listed_command_without_a_file() => Broken.Edit(
        Broken.Contract,
        """["greet", "move"]""",
        """["greet", "move", "dance"]""",
        """contract.json(11,33) SKA0104 «"dance"»: No file describes the command 'dance'; add it to the commands or remove it here""");
}
