using SpecKitty.Generators.Tests.Harness;

namespace SpecKitty.Generators.Tests.Diagnostics;

/// <summary>Files that are missing, too many, unreadable or of no kind.</summary>
internal sealed class FileTests
{
    [Test]
    public void SKA0002_a_file_that_cannot_be_read() => Broken.CheckAlone(
        SchemaFiles.Small.Set(Broken.Guest, null),
        """payloads/guest.json(1,1) SKA0002 «»: The file cannot be read or is empty; it must hold one JSON object""");

    [Test]
    public void SKA0002_a_file_without_text() => Broken.CheckAlone(
        SchemaFiles.Small.Set(Broken.Errors, ""),
        """errors.json(1,1) SKA0002 «»: The file cannot be read or is empty; it must hold one JSON object""");

    [Test]
    public void SKA0002_a_file_that_is_no_object() => Broken.CheckAlone(
        SchemaFiles.Small.Set(Broken.Policy, "[]"),
        """policy.json(1,1) SKA0002 «[]»: The file cannot be read or is empty; it must hold one JSON object""");

    [Test]
    public void SKA0010_an_unknown_kind() => Broken.Check(
        SchemaFiles.Small.Add("more.json", "more", "{}"),
        """more.json(1,1) SKA0010 «»: The file's SchemaKind is 'more'; set the item's SchemaKind metadata to one of: contract, flags, errors, lanes, policy, events, messages, command, payload, tool, page""");

    [Test]
    public void SKA0010_a_schema_without_a_kind() => Broken.Check(
        SchemaFiles.Small.Add("payloads/late.json", "", """{ "$schema": "../meta/payload.schema.json" }"""),
        """payloads/late.json(1,1) SKA0010 «»: The file's SchemaKind is ''; set the item's SchemaKind metadata to one of: contract, flags, errors, lanes, policy, events, messages, command, payload, tool, page""");

    [Test]
    public void Other_additional_files_are_nobodys_business() => Broken.Check(
        SchemaFiles.Small.Add("package.json", "", """{ "name": "x" }""").Add("broken.json", "", "{").Add("BannedSymbols.txt", "", "T:X"));

    [Test]
    public void SKA0011_a_kind_that_is_not_there() => Broken.CheckAlone(
        SchemaFiles.Small.Remove(Broken.Messages),
        """SKA0011: No additional file has the SchemaKind 'messages'; add the one that does""");

    [Test]
    public void SKA0012_a_kind_that_is_there_twice() => Broken.Check(
        SchemaFiles.Small.Add("zweite.json", "messages", SchemaFiles.Small[Broken.Messages]),
        """zweite.json(3,9) SKA0012 «"messages"»: Another file has the SchemaKind 'messages' already; there is only one of that kind""");

    [Test]
    public void SKA0020_a_command_that_is_there_twice() => Broken.Check(
        SchemaFiles.Small.Add("commands/zweite.json", "command", SchemaFiles.Small[Broken.Greet]),
        """commands/zweite.json(3,9) SKA0020 «"greet"»: The command 'greet' is there already, or gives the same name in C#; choose another id""");

    [Test]
    public void SKA0901_a_file_that_throws() => Broken.CheckAlone(
        SchemaFiles.Small.Set(Broken.Messages, TestFile.Throws),
        """messages.json(1,1) SKA0901 «»: The generator failed on messages: the disk is gone; report it with the schema""");

    [Test]
    public void Two_mistakes_are_two_errors() => Broken.Check(
        SchemaFiles.Small.Edit(Broken.Greet, "\"flag\": \"name\"", "\"flag\": \"nam\"").Edit(Broken.Guest, "\"kind\": \"part\",", "\"kind\": \"part\", \"sort\": true,"),
        """commands/greet.json(7,24) SKA0101 «"nam"»: 'nam' is no flag; add it to flags.json or use one of: name, tone, policy, loud, force""",
        """payloads/guest.json(4,19) SKA0004 «"sort"»: 'sort' is no member of a schema of kind 'payload'; it has: $schema, id, documentation, kind, order, fieldsFrom, includes, fields""");
}
