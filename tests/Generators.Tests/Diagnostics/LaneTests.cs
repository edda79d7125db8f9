namespace SpecKitty.Generators.Tests.Diagnostics;

/// <summary>The lane machine.</summary>
internal sealed class LaneTests
{
    [Test]
    public void SKA0401_an_edge_to_an_unknown_lane() => Broken.Edit(
        Broken.Lanes,
        "\"to\": \"done\", \"guards\"",
        "\"to\": \"finished\", \"guards\"",
        """lanes.json(27,30) SKA0401 «"finished"»: 'finished' is no lane; use one of: hidden, to_do, done""");

    [Test]
    public void SKA0401_an_alias_of_an_unknown_lane() => Broken.Edit(
        Broken.Lanes,
        "\"lane\": \"to_do\"",
        "\"lane\": \"tudo\"",
        """lanes.json(10,40) SKA0401 «"tudo"»: 'tudo' is no lane; use one of: hidden, to_do, done""");

    [Test]
    public void SKA0402_an_edge_given_twice() => Broken.Edit(
        Broken.Lanes,
        """{ "from": "hidden", "to": "to_do" },""",
        """{ "from": "hidden", "to": "to_do" }, { "from": "hidden", "to": "to_do" },""",
        """lanes.json(26,52) SKA0402 «"hidden"»: There is an edge hidden -> to_do already; remove one of the two""");

    [Test]
    public void SKA0403_an_unknown_guard() => Broken.Edit(
        Broken.Lanes,
        "\"guards\": [\"actor\", \"tested\", \"holder\"]",
        "\"guards\": [\"actor\", \"test\", \"holder\"]",
        """lanes.json(27,58) SKA0403 «"test"»: 'test' is no guard; use one of: actor, tested, holder""");

    [Test]
    public void SKA0404_an_unknown_input() => Broken.Edit(
        Broken.Lanes,
        "\"input\": \"tested\"",
        "\"input\": \"checked\"",
        """lanes.json(21,18) SKA0404 «"checked"»: 'checked' is no input of the lane machine; use one of: actor, reason, holder, tested""");

    [Test]
    public void SKA0404_an_unknown_input_of_force() => Broken.Edit(
        Broken.Lanes,
        "\"requires\": [\"actor\", \"reason\"]",
        "\"requires\": [\"actor\", \"cause\"]",
        """lanes.json(29,36) SKA0404 «"cause"»: 'cause' is no input of the lane machine; use one of: actor, reason, holder, tested""");

    [Test]
    public void SKA0405_a_text_that_must_be_true() => Broken.Edit(
        Broken.Lanes,
        "\"input\": \"tested\"",
        "\"input\": \"reason\"",
        """lanes.json(21,18) SKA0405 «"reason"»: The condition 'true' needs an input of type bool, and 'reason' is none""");

    [Test]
    public void SKA0405_a_flag_that_must_not_be_blank() => Broken.Edit(
        Broken.Lanes,
        "\"requires\": [\"actor\", \"reason\"]",
        "\"requires\": [\"actor\", \"tested\"]",
        """lanes.json(29,36) SKA0405 «"tested"»: The condition 'non_blank' needs an input of type string, and 'tested' is none""");

    [Test]
    public void SKA0601_a_placeholder_without_an_input() => Broken.Edit(
        Broken.Lanes,
        "{holder} has it",
        "{owner} has it",
        """lanes.json(23,82) SKA0601 «"{owner} has it, not {actor}: {from} -> {to}"»: 'owner' stands for nothing here; known here: from, to, actor, reason, holder""");
}
