using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Unicode;
using SpecKitty.Missions;

namespace SpecKitty.Runtime.Tests.Fuzz.Targets;

/// <summary>
/// Task files: where the front matter ends, whatever part of the file was read so far; that the plain reader and the library never disagree about it; and that
/// recording a note in the file inserts one line and changes nothing else, least of all the front matter.
/// </summary>
internal sealed class FrontMatterTarget : FuzzTarget
{
    private const string Note = "- [2026-04-08T12:00:00Z] a: n <!-- hist-0 -->";

    public override string Name => "front-matter";

    public override IReadOnlyList<string> Words { get; } =
    [
        "---\n", "---", "work_package_id: WP01\n", "dependencies: []\n", "dependencies:\n", "- WP01\n", "[WP01, WP02]", "subtasks:\n", "- T001\n", "title: ", "'a b'", "\"a\\tb\"", "history:\n- at: x\n  b: c\n", "|\n  x\n", ">-\n", "*x", "&x ",
        "<<: *x\n", "? a\n: b\n", "\"depend\\u0065ncies\": []\n", "true", "~", "2026-04-08", "{a: b}", "!!binary x", "%YAML 1.2\n", "## Activity Log\n", "# Title\n", "## Later\n", " --- \n", "--- x\n", "----\n", "- {id: T1}\n",
    ];

    protected override IEnumerable<string> Texts { get; } =
    [
        "---\nwork_package_id: WP01\ntitle: 'A: title'\ndependencies: []\n---\n\n# WP01\n\n## Activity Log\n\n- [2026-04-08T11:00:00Z] a: b\n",
        "---\r\nwork_package_id: \"WP01\"\r\ndependencies:\r\n- WP02\r\n- WP03\r\nsubtasks:\r\n  - T001\r\n---\r\nbody\r\n",
        "\ufeff---\nwork_package_id: WP01\ndependencies: [WP02, 'WP03']  # why\nhistory:\n- timestamp: \"2025\"\n  lane: planned\n---\n",
        "---\nwork_package_id: WP01\nbase: &b {x: 1}\nother: *b\ndependencies: \"WP02, WP03\"\nnotes: |\n  dependencies: [WP09]\n---\n## Activity Log\n## Later\n",
        "# no front matter\n", "", "---\nwork_package_id: WP01\n", "--", "---\n- a\n---\n", "---\ntitle: x\n  y\nwork_package_id: WP01\ndependencies:\n  - WP02\n  -\n---\n",
    ];

    public override string Run(byte[] input)
    {
        var extent = FrontMatter.Locate(input, atEnd: true, out var yaml);
        string answer = extent.ToString();
        Same(answer, Extent(input, out byte[] expected), "the front matter is");
        Require(yaml.SequenceEqual(expected), "the front matter is something else");
        Prefixes(input, extent, yaml.Length);
        if (extent == FrontMatterExtent.Whole)
        {
            answer += " " + Read(yaml);
        }

        return answer + Inserted(input, yaml);
    }

    /// <summary>HOST §1.5 (A) on a list of lines.</summary>
    private static string Extent(byte[] input, out byte[] yaml)
    {
        yaml = [];
        string text = Encoding.Latin1.GetString(input);
        text = text.StartsWith("ï»¿", StringComparison.Ordinal) ? text[3..] : text;
        if (!text.StartsWith("---", StringComparison.Ordinal))
        {
            return nameof(FrontMatterExtent.Absent);
        }

        string[] lines = text.Split('\n');
        int close = Array.FindIndex(lines, 1, static line => line.Trim(' ', '\t', '\r', '\v', '\f') == "---");
        if (close < 0)
        {
            return nameof(FrontMatterExtent.Unclosed);
        }

        yaml = Encoding.Latin1.GetBytes(string.Concat(lines[1..close].Select(static line => line + "\n")));
        return nameof(FrontMatterExtent.Whole);
    }

    private static void Prefixes(byte[] input, FrontMatterExtent whole, int length)
    {
        for (int end = 0; end < input.Length; end += 1 + (end / 8))
        {
            var part = FrontMatter.Locate(input.AsSpan(..end), atEnd: false, out var yaml);
            Require(
                part == FrontMatterExtent.Unfinished || (part == whole && yaml.Length == length) || (part == FrontMatterExtent.Absent && whole == FrontMatterExtent.Absent), $"after {end} bytes it is {part}, in the end {whole}");
        }
    }

    private static string Read(ReadOnlySpan<byte> yaml)
    {
        var value = Yaml.Read(yaml, TaskKeys.All, 2, out string? problem);
        Require(value is null == problem is not null, "neither a value nor a problem, or both");
        if (value is null)
        {
            RequireSentence(problem);
        }

        if (!Utf8.IsValid(yaml))
        {
            Require(value is null, "bytes that are no UTF-8 were read");
            return "no UTF-8";
        }

        bool isPlain = PlainYaml.TryRead(yaml, TaskKeys.All, out var plain);
        if (isPlain)
        {
            var full = FullYaml.Read(Encoding.UTF8.GetString(yaml), 2, out string? refusal);
            Require(full is { Kind: YamlKind.Mapping }, "the plain reader takes it, the library says: " + (refusal ?? full!.Kind.ToString()));
            foreach (string key in TaskKeys.All)
            {
                Require(!full.IsRepeated(key), key + " stands there twice");
                Same(YamlText.Of(plain.Find(key)), YamlText.Of(full.Find(key)), key + " is");
            }
        }

        return value is null ? Kind(problem!) : $"{isPlain} {value.Find(TaskKeys.Dependencies)?.Kind} {value.Find(TaskKeys.Dependencies)?.Items.Count} {value.Find(TaskKeys.Subtasks)?.Kind} {value.Find(TaskKeys.WorkPackageId)?.Kind}";
    }

    private static string Inserted(byte[] file, ReadOnlySpan<byte> yaml)
    {
        byte[] edited = ActivityLogEdit.Insert(file, Note);
        byte[] note = Encoding.UTF8.GetBytes(Note);
        int at = file.AsSpan().CommonPrefixLength(edited);
        int after = edited.Length - file.Length;
        // What was inserted begins where the two part, or as much earlier as its end repeats what stands before it.
        Require(after > 0 && edited.AsSpan(at + after).SequenceEqual(file.AsSpan(at)), "more than an insertion");
        int found = edited.AsSpan().LastIndexOf(note);
        Require(found >= 0, "the note is not there");
        Require(found == 0 || edited[found - 1] == (byte)'\n', "the note does not begin its line");
        int end = found + note.Length;
        Require(end == edited.Length || edited[end] is (byte)'\n' or (byte)'\r', "the note does not end its line");
        var whole = FrontMatter.Locate(edited, atEnd: true, out var same);
        Require(file.Length == 0 || whole != FrontMatterExtent.Whole || same.SequenceEqual(yaml), "the front matter has changed");
        byte[] twice = ActivityLogEdit.Insert(edited, "- second");
        Require(twice.AsSpan().IndexOf("- second"u8) > found, "the next note stands before it");
        return file.AsSpan().IndexOf("## Activity Log"u8) >= 0 ? " section" : "";
    }
}
