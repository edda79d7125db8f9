using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using TUnit.Core;
using VerifyTests;
using VerifyTUnit;

namespace SpecKitty.Contract.Tests.Snapshots;

/// <summary>The stand-in for Verify.TUnit keeps Verify's file conventions and accepts nothing by itself.</summary>
public sealed class VerifierTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("snapshots-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Test]
    public async Task A_text_is_compared_with_the_file_beside_the_test() => await Verifier.Verify("first line\r\nsecond line");

    [Test]
    [Arguments("a/b", 1)]
    public async Task Parameters_become_part_of_the_file_name(string text, int number) => await Verifier.Verify($"{text} {number}");

    [Test]
    public async Task The_extension_and_the_directory_can_be_chosen() =>
        await Verifier.Verify("{}", "json").UseDirectory("Chosen").UseFileName("some-name");

    [Test]
    public async Task An_unknown_text_fails_and_leaves_a_received_file()
    {
        var complaint = Complaint(() => Compare("new text"));

        await Assert.That(complaint).Contains("New: T.M");
        await Assert.That(Files()).IsEqualTo("T.M.received.txt");
        await Assert.That(Read("T.M.received.txt")).IsEqualTo("new text");
    }

    [Test]
    public async Task A_difference_names_the_line_and_keeps_the_verified_file()
    {
        Write("T.M.verified.txt", "same\nold\nend");

        var complaint = Complaint(() => Compare("same\nnew\nend"));

        await Assert.That(complaint).Contains("first difference at line 2").And.Contains("- old").And.Contains("+ new");
        await Assert.That(complaint).DoesNotContain("- end");
        await Assert.That(Read("T.M.verified.txt")).IsEqualTo("same\nold\nend");
    }

    [Test]
    public async Task Success_removes_a_received_file_that_was_left()
    {
        Write("T.M.verified.txt", "text");
        Write("T.M.received.txt", "older");

        Compare("text");

        await Assert.That(Files()).IsEqualTo("T.M.verified.txt");
    }

    [Test]
    public async Task Carriage_returns_and_a_byte_order_mark_in_the_verified_file_do_not_matter()
    {
        Write("T.M.verified.txt", "\uFEFFone\r\ntwo");

        Compare("one\ntwo");

        await Assert.That(Files()).IsEqualTo("T.M.verified.txt");
    }

    [Test]
    public async Task A_trailing_line_feed_is_a_difference()
    {
        Write("T.M.verified.txt", "text");

        await Assert.That(Complaint(() => Compare("text\n"))).Contains("NotEqual: T.M");
    }

    [Test]
    public async Task Accepting_writes_the_verified_file_and_removes_stale_ones()
    {
        Write("T.M#gone.verified.txt", "stale");

        SnapshotComparison.Run(Place(), [new Target("txt", "a", "one"), new Target("cs", "b", "two")], accept: true);

        await Assert.That(Files()).IsEqualTo("T.M#one.verified.txt T.M#two.verified.cs");
    }

    [Test]
    public async Task A_stale_file_fails_and_a_neighbour_with_a_longer_name_is_left_alone()
    {
        Write("T.M#gone.verified.txt", "stale");
        Write("T.M.verified.txt", "text");
        Write("T.Mx.verified.txt", "another test's");

        var complaint = Complaint(() => Compare("text"));

        await Assert.That(complaint).Contains("Stale: T.M#gone.verified.txt").And.DoesNotContain("T.Mx");
    }

    [Test]
    [Arguments("1", null, true)]
    [Arguments("1", "false", true)]
    [Arguments("1", "true", false)]
    [Arguments("1", "1", false)]
    [Arguments("0", null, false)]
    [Arguments(null, null, false)]
    public async Task Accepting_is_asked_for_and_never_on_a_build_server(string? accept, string? buildServer, bool expected) =>
        await Assert.That(SnapshotAcceptance.IsAsked(accept, buildServer)).IsEqualTo(expected);

    [Test]
    public async Task One_file_is_verified_once_a_run()
    {
        var place = Place();
        SnapshotPlace.Claim(place);

        await Assert.That(() => SnapshotPlace.Claim(place)).Throws<InvalidOperationException>();
    }

    [Test]
    public async Task A_whole_file_name_does_not_go_with_parts_of_one()
    {
        var settings = new VerifySettings();
        settings.UseFileName("a");
        settings.UseMethodName("b");

        await Assert.That(() => SnapshotPlace.Of(settings, "/x/T.cs", "T", "M", [], [])).Throws<InvalidOperationException>();
    }

    private static string Complaint(Action action)
    {
        try
        {
            action();
        }
        catch (VerifyException problem)
        {
            return problem.Message;
        }

        throw new InvalidOperationException("The comparison should have failed.");
    }

    private void Compare(string text) => SnapshotComparison.Run(Place(), [new Target("txt", text)], accept: false);

    private SnapshotPlace Place() => new(_directory, "T.M");

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_directory, name), text);

    private string Read(string name) => File.ReadAllText(Path.Combine(_directory, name));

    private string Files() => string.Join(' ', Directory.EnumerateFiles(_directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
}
