namespace SpecKitty.Generators.Tests.Diagnostics;

/// <summary>What is wrong with a file by itself.</summary>
internal sealed class ReadingTests
{
    [Test]
    public void SKA0001_text_that_is_no_JSON() => Broken.Edit(
        Broken.Greeting,
        "\"kind\": \"result\",",
        "\"kind\": \"result\"",
        """payloads/greeting.json(5,3) SKA0001 «"»: This is not JSON: ',' or '}' was expected""");

    [Test]
    public void SKA0001_a_comma_too_much() => Broken.Edit(
        Broken.Lanes,
        "\"documentation\": \"Hands off.\",",
        "\"documentation\": \"Hands off.\",,",
        """lanes.json(22,89) SKA0001 «,»: This is not JSON: no ',' was expected here""");

    [Test]
    public void SKA0001_a_comment() => Broken.Edit(
        Broken.Errors,
        "\"errors\": [",
        "\"errors\": [ // all of them",
        """errors.json(5,15) SKA0001 «//»: This is not JSON: a value was expected (text needs double quotes; there are no comments in JSON)""");

    [Test]
    public void SKA0001_a_string_that_is_not_closed() => Broken.Edit(
        Broken.Guest,
        "\"A guest.\"",
        "\"A guest.",
        """payloads/guest.json(6,20) SKA0001 «"A guest.,»: This is not JSON: the string is not closed on its line""");

    [Test]
    public void SKA0001_half_a_surrogate_pair() => Broken.Edit(
        Broken.Guest,
        "\"A guest.\"",
        "\"A guest \\ud83d.\"",
        """payloads/guest.json(6,20) SKA0001 «"A guest \ud83d."»: This is not JSON: the string holds half a surrogate pair""");

    [Test]
    public void SKA0003_a_member_given_twice() => Broken.Edit(
        Broken.Guest,
        "\"id\": \"guest\",",
        "\"id\": \"guest\", \"id\": \"guest\",",
        """payloads/guest.json(3,18) SKA0003 «"id"»: 'id' is given twice in this object; remove one of the two""");

    [Test]
    public void SKA0004_an_unknown_member() => Broken.Edit(
        Broken.Guest,
        "\"kind\": \"part\",",
        "\"kind\": \"part\", \"sort\": true,",
        """payloads/guest.json(4,19) SKA0004 «"sort"»: 'sort' is no member of a schema of kind 'payload'; it has: $schema, id, documentation, kind, order, fieldsFrom, includes, fields""");

    [Test]
    public void SKA0004_an_unknown_member_of_an_entry() => Broken.Edit(
        Broken.Guest,
        "\"nullable\": true",
        "\"nullable\": true, \"nulable\": true",
        """payloads/guest.json(8,55) SKA0004 «"nulable"»: 'nulable' is no member of a field; it has: name, type, documentation, optional, nullable, since, values, pattern, tail""");

    [Test]
    public void SKA0005_a_missing_member() => Broken.Edit(
        Broken.Greet,
        "  \"documentation\": \"Say hello.\",\n",
        "",
        """commands/greet.json(1,1) SKA0005 «{»: 'documentation' is missing in a schema of kind 'command'; add it""");

    [Test]
    public void SKA0005_a_missing_member_of_an_entry() => Broken.Edit(
        Broken.Errors,
        "\"retryable\": true, ",
        "",
        """errors.json(8,5) SKA0005 «{»: 'retryable' is missing in an error code; add it""");

    [Test]
    public void SKA0005_a_file_without_an_id_goes_by_its_name() => Broken.Edit(
        Broken.Guest,
        "  \"id\": \"guest\",\n",
        "",
        """payloads/guest.json(1,1) SKA0005 «{»: 'id' is missing in a schema of kind 'payload'; add it""");

    [Test]
    public void SKA0006_a_value_of_the_wrong_type() => Broken.Edit(
        Broken.Guest,
        "\"documentation\": \"A guest.\"",
        "\"documentation\": 7",
        """payloads/guest.json(6,20) SKA0006 «7»: 'documentation' of a schema of kind 'payload' must be a text""");

    [Test]
    public void SKA0006_a_number_that_is_not_whole() => Broken.Edit(
        Broken.Contract,
        "1024",
        "1024.5",
        """contract.json(10,23) SKA0006 «1024.5»: 'maxEnvelopeBytes' of a schema of kind 'contract' must be a whole number of 32 bits""");

    [Test]
    public void SKA0006_an_item_of_the_wrong_type() => Broken.Edit(
        Broken.Greet,
        "\"checks\": [\"arguments\"]",
        "\"checks\": [\"arguments\", null]",
        """commands/greet.json(9,27) SKA0006 «null»: 'checks' of a schema of kind 'command' must be a list of texts""");

    [Test]
    public void SKA0007_a_value_that_is_not_allowed() => Broken.Edit(
        Broken.Move,
        "\"by-lane\"",
        "\"sometimes\"",
        """commands/move.json(8,13) SKA0007 «"sometimes"»: 'sometimes' is no policy requirement; use one of: none, required, by-lane""");

    [Test]
    public void SKA0007_an_optional_value_that_is_not_allowed() => Broken.Edit(
        Broken.Guest,
        "\"order\": \"sorted\"",
        "\"order\": \"random\"",
        """payloads/guest.json(5,12) SKA0007 «"random"»: 'random' is no order of a payload; use one of: sorted""");

    [Test]
    public void SKA0008_an_id_of_the_wrong_form() => Broken.Edit(
        Broken.Errors,
        "\"id\": \"IO_FAILED\"",
        "\"id\": \"Io_Failed\"",
        """errors.json(8,13) SKA0008 «"Io_Failed"»: 'Io_Failed' cannot be an error code; it must look like 'WP_NOT_FOUND'""");

    [Test]
    public void SKA0008_a_level_of_the_wrong_form() => Broken.Edit(
        Broken.Messages,
        "\"id\": \"hello\"",
        "\"id\": \"hello!\"",
        """messages.json(6,13) SKA0008 «"hello!"»: 'hello!' cannot be an id; it must look like 'mission-state'""");

    [Test]
    public void SKA0009_another_kinds_schema() => Broken.Edit(
        Broken.Flags,
        "meta/flags.schema.json",
        "meta/lanes.schema.json",
        """flags.json(2,14) SKA0009 «"meta/lanes.schema.json"»: '$schema' names 'meta/lanes.schema.json', but this file is of kind 'flags'; name 'flags.schema.json'""");

    [Test]
    public void SKA0020_an_id_used_twice() => Broken.Edit(
        Broken.Messages,
        "    { \"id\": \"silence\"",
        "    { \"id\": \"hello\", \"text\": \"Again\" },\n    { \"id\": \"silence\"",
        """messages.json(7,13) SKA0020 «"hello"»: The message 'hello' is there already, or gives the same name in C#; choose another id""");

    [Test]
    public void SKA0020_ids_that_are_one_in_C_sharp() => Broken.Edit(
        Broken.Messages,
        "    { \"id\": \"silence\"",
        "    { \"id\": \"hello-1\", \"text\": \"Once\" }, { \"id\": \"hello1\", \"text\": \"Again\" },\n    { \"id\": \"silence\"",
        """messages.json(7,50) SKA0020 «"hello1"»: The message 'hello1' is there already, or gives the same name in C#; choose another id""");
}
