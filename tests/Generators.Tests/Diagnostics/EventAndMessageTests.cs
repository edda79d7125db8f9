namespace SpecKitty.Generators.Tests.Diagnostics;

/// <summary>Rows and sentences.</summary>
internal sealed class EventAndMessageTests
{
    [Test]
    public void SKA0602_a_placeholder_that_is_not_closed() => Broken.Edit(
        Broken.Messages,
        "meet {name}",
        "meet {name",
        """messages.json(6,30) SKA0602 «"Hello {name}, meet {other}; {other}, meet {name"»: The braces in this text are no placeholders; a placeholder is a name in braces""");

    [Test]
    public void SKA0602_braces_around_nothing() => Broken.Edit(
        Broken.Messages,
        "nothing\"",
        "nothing {}\"",
        """messages.json(7,32) SKA0602 «"\"...\" \\ nothing {}"»: The braces in this text are no placeholders; a placeholder is a name in braces""");

    [Test]
    public void SKA0603_a_foreign_row_with_prefix_and_values() => Broken.Edit(
        Broken.Events,
        "\"prefix\": \"other.\"",
        "\"prefix\": \"other.\", \"values\": [\"x\"]",
        """events.json(9,70) SKA0603 «["x"]»: 'prefixed' cannot have both 'prefix' and 'values'""");
}
