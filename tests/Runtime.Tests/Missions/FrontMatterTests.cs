using System;
using System.Text;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Missions;

namespace SpecKitty.Runtime.Tests.Missions;

internal sealed class FrontMatterTests
{
    private static readonly Gen<string> Files = Gen.OneOf("---", "---\n", "---\r\n", "a: b\n", "a: b\r\n", "\n", " --- \n", "--- x\n", "----\n", "\ufeff", "-", "--", "# body\n", "\t---\t\r\n").Array[0, 8].Select(string.Concat);

    [Test]
    [Arguments("---\na: b\n---\nbody", "a: b\n")]
    [Arguments("---\r\na: b\r\n---\r\nbody", "a: b\r\n")]
    [Arguments("\ufeff---\na: b\n---\n", "a: b\n")]
    [Arguments("---\na: b\n---", "a: b\n")]
    [Arguments("---\n---\n", "")]
    [Arguments("--- # comment\na: b\n  ---  \n", "a: b\n")]
    [Arguments("---\na: b\n----\n--- x\n---\n", "a: b\n----\n--- x\n")]
    public async Task It_ends_at_the_next_line_that_is_just_the_mark(string file, string yaml)
    {
        var extent = FrontMatter.Locate(Encoding.UTF8.GetBytes(file), true, out var found);
        string text = Encoding.UTF8.GetString(found);
        await Assert.That(extent).IsEqualTo(FrontMatterExtent.Whole);
        await Assert.That(text).IsEqualTo(yaml);
    }

    [Test]
    [Arguments("")]
    [Arguments("# Title\n")]
    [Arguments("\n---\na: b\n---\n")]
    [Arguments(" ---\na: b\n---\n")]
    [Arguments("--")]
    public async Task A_file_that_begins_otherwise_has_none(string file)
    {
        await Assert.That(FrontMatter.Locate(Encoding.UTF8.GetBytes(file), true, out _)).IsEqualTo(FrontMatterExtent.Absent);
    }

    [Test]
    [Arguments("---")]
    [Arguments("---\n")]
    [Arguments("---\na: b\n")]
    [Arguments("---\na: b\n--")]
    public async Task A_file_that_ends_first_leaves_it_open(string file)
    {
        await Assert.That(FrontMatter.Locate(Encoding.UTF8.GetBytes(file), true, out _)).IsEqualTo(FrontMatterExtent.Unclosed);
    }

    [Test]
    public void What_the_start_of_a_file_says_the_whole_file_says_too() => Gen.Select(Files, Gen.Int[0, 100]).Sample(
        (text, cut) =>
        {
            var file = Encoding.UTF8.GetBytes(text);
            var start = file.AsSpan(0, Math.Min(cut, file.Length));
            var partly = FrontMatter.Locate(start, false, out var early);
            var wholly = FrontMatter.Locate(file, true, out var late);
            return partly == FrontMatterExtent.Unfinished || (partly == wholly && early.SequenceEqual(late));
        },
        iter: 20_000);
}
