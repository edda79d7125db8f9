namespace SpecKitty.Generators.Tests.Diagnostics;

/// <summary>The policy.</summary>
internal sealed class PolicyTests
{
    [Test]
    public void SKA0301_a_banned_value_of_an_unknown_field() => Broken.Edit(
        Broken.Policy,
        "\"field\": \"allowed\"",
        "\"field\": \"owner\"",
        """policy.json(11,32) SKA0301 «"owner"»: 'owner' is no field of the policy that is a list; it has: allowed""");

    [Test]
    public void SKA0302_a_list_that_can_be_null() => Broken.Edit(
        Broken.Policy,
        "\"type\": \"string[]\", \"required\": true",
        "\"type\": \"string[]\", \"required\": true, \"nullable\": true",
        """policy.json(8,5) SKA0302 «{»: allowed cannot be both a list and nullable""");

    [Test]
    public void SKA0302_an_optional_field_that_cannot_be_null() => Broken.Edit(
        Broken.Policy,
        "\"required\": false, \"nullable\": true",
        "\"required\": false",
        """policy.json(9,5) SKA0302 «{»: hint cannot be both not required and not nullable""");

    [Test]
    public void SKA0601_a_placeholder_of_another_message() => Broken.Edit(
        Broken.Policy,
        "\"Missing: {field}\"",
        "\"Missing: {path}\"",
        """policy.json(18,21) SKA0601 «"Missing: {path}"»: 'path' stands for nothing here; known here: field""");

    [Test]
    public void SKA0601_a_placeholder_where_there_is_none() => Broken.Edit(
        Broken.Policy,
        "\"Not an object\"",
        "\"{field} is not an object\"",
        """policy.json(17,18) SKA0601 «"{field} is not an object"»: 'field' stands for nothing here; known here: none""");
}
