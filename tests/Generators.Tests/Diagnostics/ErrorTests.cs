namespace SpecKitty.Generators.Tests.Diagnostics;

/// <summary>Error codes.</summary>
internal sealed class ErrorTests
{
    [Test]
    public void SKA0201_an_unknown_code() => Broken.Edit(
        Broken.Move,
        "\"NAME_TAKEN\"",
        "\"NAME_TAKN\"",
        """commands/move.json(11,29) SKA0201 «"NAME_TAKN"»: 'NAME_TAKN' is no error code; add it to errors.json or use one of: USAGE_ERROR, NAME_TAKEN, IO_FAILED""");

    [Test]
    public void SKA0201_an_unknown_fallback() => Broken.Edit(
        Broken.Errors,
        "\"fallsBackTo\": \"USAGE_ERROR\", \"retryable\": true",
        "\"fallsBackTo\": \"NOTHING\", \"retryable\": true",
        """errors.json(8,79) SKA0201 «"NOTHING"»: 'NOTHING' is no error code; add it to errors.json or use one of: USAGE_ERROR, NAME_TAKEN, IO_FAILED""");

    [Test]
    public void SKA0201_a_retired_code() => Broken.Edit(
        Broken.Move,
        "\"NAME_TAKEN\"",
        "\"ROOM_LEFT\"",
        """commands/move.json(11,29) SKA0201 «"ROOM_LEFT"»: 'ROOM_LEFT' is no error code; add it to errors.json or use one of: USAGE_ERROR, NAME_TAKEN, IO_FAILED""");

    [Test]
    public void SKA0020_a_code_that_was_retired() => Broken.Edit(
        Broken.Errors,
        "\"ROOM_LEFT\"",
        "\"NAME_TAKEN\"",
        """errors.json(9,13) SKA0020 «"NAME_TAKEN"»: The error code 'NAME_TAKEN' is there already, or gives the same name in C#; choose another id""");

    [Test]
    public void SKA0202_a_later_code_without_a_fallback() => Broken.Edit(
        Broken.Errors,
        "\"since\": \"1.1.0\", \"fallsBackTo\": \"USAGE_ERROR\"",
        "\"since\": \"1.1.0\"",
        """errors.json(7,36) SKA0202 «"1.1.0"»: NAME_TAKEN is not documented at every level, so it needs 'fallsBackTo'""");

    [Test]
    public void SKA0202_a_reason_without_a_fallback() => Broken.Edit(
        Broken.Errors,
        "\"reasonOnly\": true, \"fallsBackTo\": \"USAGE_ERROR\"",
        "\"reasonOnly\": true",
        """errors.json(8,35) SKA0202 «"1.0.0"»: IO_FAILED is not documented at every level, so it needs 'fallsBackTo'""");

    [Test]
    public void SKA0203_a_fallback_that_has_one_itself() => Broken.Edit(
        Broken.Errors,
        "\"reasonOnly\": true, \"fallsBackTo\": \"USAGE_ERROR\"",
        "\"reasonOnly\": true, \"fallsBackTo\": \"NAME_TAKEN\"",
        """errors.json(8,79) SKA0203 «"NAME_TAKEN"»: NAME_TAKEN cannot be a fallback: it is not documented at every level itself""");

    [Test]
    public void SKA0504_data_that_is_no_payload() => Broken.Edit(
        Broken.Errors,
        "\"data\": \"name-taken\"",
        "\"data\": \"nobody-knows\"",
        """errors.json(7,121) SKA0504 «"nobody-knows"»: No file describes a payload 'nobody-knows' of kind failure""");

    [Test]
    public void SKA0504_data_of_another_kind() => Broken.Edit(
        Broken.Errors,
        "\"data\": \"name-taken\"",
        "\"data\": \"guest\"",
        """errors.json(7,121) SKA0504 «"guest"»: No file describes a payload 'guest' of kind failure""");
}
