namespace SpecKitty.Generators.Tests.Diagnostics;

/// <summary>Payloads.</summary>
internal sealed class PayloadTests
{
    [Test]
    public void SKA0501_a_field_without_a_type() => Broken.Edit(
        Broken.Greeting,
        "\"name\": \"text\", \"type\": \"string\"",
        "\"name\": \"text\"",
        """payloads/greeting.json(8,15) SKA0501 «"text"»: The field 'text' has no type; add 'type'""");

    [Test]
    public void SKA0502_an_unknown_type() => Broken.Edit(
        Broken.Greeting,
        "\"type\": \"guest[]\"",
        "\"type\": \"gast[]\"",
        """payloads/greeting.json(15,33) SKA0502 «"gast[]"»: 'gast' is no type; use string, int, long, bool, lane, json or payload, one of these with [] behind it or map: before it, or the id of a payload: envelope, greeting, guest, identity, lane-counts, move-event, name-taken, tail""");

    [Test]
    public void SKA0502_a_type_that_is_like_nothing() => Broken.Edit(
        Broken.Greeting,
        "\"type\": \"json\"",
        "\"type\": \"something/else\"",
        """payloads/greeting.json(13,32) SKA0502 «"something/else"»: 'something/else' is no type; use string, int, long, bool, lane, json or payload, one of these with [] behind it or map: before it, or the id of a payload: envelope, greeting, guest, identity, lane-counts, move-event, name-taken, tail""");

    [Test]
    public void SKA0503_a_sorted_payload_that_is_not() => Broken.Edit(
        Broken.Guest,
        "    { \"name\": \"age\"",
        "    { \"name\": \"zoo\", \"type\": \"int\", \"optional\": true, \"documentation\": \"x\" },\n    { \"name\": \"age\"",
        """payloads/guest.json(9,15) SKA0503 «"age"»: 'age' must stand before 'zoo': the payload's order is sorted""");

    [Test]
    public void SKA0504_an_include_that_is_not_there() => Broken.Edit(
        Broken.Greeting,
        "\"includes\": [\"identity\"]",
        "\"includes\": [\"identiti\"]",
        """payloads/greeting.json(6,16) SKA0504 «"identiti"»: No file describes a payload 'identiti' of kind part""");

    [Test]
    public void SKA0504_an_include_that_is_no_part() => Broken.Edit(
        Broken.Greeting,
        "\"includes\": [\"identity\"]",
        "\"includes\": [\"identity\", \"name-taken\"]",
        """payloads/greeting.json(6,28) SKA0504 «"name-taken"»: No file describes a payload 'name-taken' of kind part""");

    [Test]
    public void SKA0504_a_result_that_is_not_there() => Broken.Edit(
        Broken.Greet,
        "\"payload\": \"greeting\"",
        "\"payload\": \"grating\"",
        """commands/greet.json(10,14) SKA0504 «"grating"»: No file describes a payload 'grating' of kind result""");

    [Test]
    public void SKA0504_a_row_that_is_not_there() => Broken.Edit(
        Broken.Events,
        "\"payload\": \"move-event\"",
        "\"payload\": \"move-events\"",
        """events.json(7,40) SKA0504 «"move-events"»: No file describes a payload 'move-events' of kind row""");

    [Test]
    public void SKA0505_a_key_that_an_include_has() => Broken.Edit(
        Broken.Greeting,
        "\"name\": \"times\", \"type\": \"int\"",
        "\"name\": \"mission_id\", \"type\": \"string\", \"optional\": true, \"documentation\": \"x\" }, { \"name\": \"times\", \"type\": \"int\"",
        """payloads/greeting.json(6,16) SKA0505 «"identity"»: The key 'mission_id' is in 'identity' already, which this payload includes""");
}
