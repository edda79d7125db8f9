using System;
using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Missions;

namespace SpecKitty.Runtime.Tests.Missions;

public sealed class PlainYamlTests
{
    private static readonly string[] Wanted = ["work_package_id", "dependencies", "subtasks", "policy"];

    /// <summary>Pieces that make a line when thrown together: most lines are plain, some are on the edge, a few are beyond it.</summary>
    private static readonly string[] Keys = ["work_package_id:", "dependencies:", "subtasks:", "policy:", "title:", "history:", "a:", "b_c:", "x-y:", "agents:", "true:", "null:", "1a:", "\"q\":", "? k", "<<:", "dependencies :", "title", ""];

    private static readonly string[] Values =
    [
        "", "WP01", "a b", "[]", "[WP01]", "[WP01, WP02]", "[ 'WP01' , \"WP02\" ]", "{}", "{a: b}", "'x'", "\"x\"", "''", "\"\"", "'it''s'", "\"a\\tb\"", "1", "1.0", "0x1F", "-1", "+", "-", "--x",
        "true", "null", "~", "2026-04-08", "2026-04-08T12:00:00Z", ".inf", "...", "---", "a: b", "a:", "a:b", ":a", "a #b", "a # b", "#", "# c", "a#b", "&x y", "*x", "!t z", "|", ">", "|-", "@x", "`x`",
        "%x", "'a' b", "'a' #b", "'a'#b", "[a] b", "[a]#b", "[a, ]", "[,]", "[a b, c]", "[a: b]", "[a:b]", "[[a]]", "[\"a\": b]", "[-]", "[- a]", "[-a]", "[a", "['a", "'a", "\"a", "src/**", "**/x", "(a)",
        "a, b", "a]b", "a}b", "a'b", "a\"b", "é", "\u00a0", "\u00a0a", "a\u0085b", "a\u2028b", "\ufeff", "\U0001F431 cat", "\ud7ff", "\ufffd", "\ufffe", "/x/y", "_", "= x", "<<", "a\tb", "\ta", "a\t", "a \t#b",
        "a - b", "- a", "- - a", "-\ta", "? a", "!!str 5", "!!int 5", "! 5", "\"a\" : b", "a? b", "a :b", "a ::", "::", "..", ".", "1_000", "0o17", "0b1", "1e5", "12e", "WP01,WP02", "C:\\x", "\\", "a\\", "'\\'", "\"\\\"", "\"'\"", "'\"'",
    ];

    private static readonly Gen<string> Indent = Gen.Frequency<string>((8, Gen.Const("")), (4, Gen.Const("  ")), (2, Gen.Const("    ")), (1, Gen.Const(" ")), (1, Gen.Const("   ")), (1, Gen.Const("\t")));

    private static readonly Gen<string> Line = Gen.Frequency<string>(
        (10, Gen.Select(Indent, Gen.OneOf(Keys), Gen.OneOf(" ", "  ", "", " \t"), Gen.OneOf(Values), static (i, k, s, v) => i + k + (v.Length == 0 ? "" : s) + v)),
        (6, Gen.Select(Indent, Gen.OneOf("- ", "-  ", "-", "- - "), Gen.OneOf(Values), static (i, d, v) => i + d + v)),
        (3, Gen.Select(Indent, Gen.OneOf("- ", "-   "), Gen.OneOf(Keys), Gen.OneOf(Values), static (i, d, k, v) => i + d + k + " " + v)),
        (2, Gen.Select(Indent, Gen.OneOf(Values), static (i, v) => i + v)),
        (1, Gen.OneOf("", " ", "   ", "# comment", "  # comment", "---", "...", "%YAML 1.2", "- ", "\t", " \t")));

    private static readonly Gen<string> Text = Gen.Select(
        Line.Array[0, 8], Gen.OneOf("\n", "\n", "\n", "\r\n", "\r"), Gen.Bool, static (lines, end, last) => string.Join(end, lines) + (last ? end : ""));

    /// <summary>Text that is plain nearly always, so that the reader answers and long structures are compared.</summary>
    private static readonly Gen<string> PlainText = PlainMapping("", 0);

    /// <summary>Plain text into which up to three pieces slipped at any place.</summary>
    private static readonly Gen<string> Slipped = Gen.Select(
        PlainText,
        Gen.Select(Gen.Int[0, 10_000], Gen.OneOf(" ", "  ", "\n", "\n  ", "\r", "\t", ":", ": ", "-", "- ", "#", " #", "'", "\"", "[", "]", "{", "}", ",", "&", "*", "!", "|", ">", "?", "%", "@", "`", "\\", "~", "<<: ", "---\n", "...\n", "\u00e9", "\u2028", "\ufeff")).Array[1, 3],
        Gen.Int[0, 2],
        static (text, slips, cut) =>
        {
            foreach (var (where, piece) in slips)
            {
                int at = where % (text.Length + 1);
                text = text[..at] + piece + text[Math.Min(text.Length, at + cut)..];
            }

            return text;
        });

    [Test]
    public void It_never_disagrees_with_the_library_near_its_grammar() => Text.Sample(Agrees, iter: 30_000);

    [Test]
    public void It_never_disagrees_with_the_library_on_plain_files() => PlainText.Sample(Agrees, iter: 4_000);

    [Test]
    public void It_never_disagrees_with_the_library_on_plain_files_with_slips() => Slipped.Sample(Agrees, iter: 20_000);

    [Test]
    public async Task It_answers_for_nearly_every_plain_file()
    {
        int answered = 0, asked = 0;
        PlainText.Sample(
            text =>
            {
                asked++;
                answered += PlainYaml.TryRead(Encoding.UTF8.GetBytes(text), Wanted, out _) ? 1 : 0;
            },
            iter: 500,
            threads: 1);
        await Assert.That(answered).IsGreaterThan(asked * 9 / 10);
    }

    [Test]
    [Arguments("work_package_id: WP02\ntitle: fleet_verdict.py / fleet_main.py retry-then-skip wiring\ndependencies:\n- WP01\nrequirement_refs:\n- FR-002\nplanning_base_branch: fix/reconcile\nhistory: []\nmodel: ''\nowned_files:\n- scripts/ci/fleet_verdict.py\n- src/**\ntags: []\n")]
    [Arguments("work_package_id: \"WP08\"\nsubtasks:\n  - \"T041\"\n  - \"T042\"\ntitle: \"Phase 0: Foundation\"\nhistory:\n  - timestamp: \"2025-12-31T23:59:00Z\"\n    lane: \"planned\"\n    shell_pid: \"\"\n    action: \"Prompt generated via /spec-kitty.tasks\"\n")]
    [Arguments("work_package_id: WP02\r\ntitle: t\r\ndependencies:\r\n- WP01\r\n")]
    [Arguments("title: t\ndependencies: [ WP01 ]  # why\n")]
    [Arguments("title: t\ndependencies:\n    - WP01\n\n# done\n")]
    [Arguments("vcs:\n  type: git\nagents:\n  available:\n  - claude\n  selection:\n    preferred_implementer: claude\n  auto_commit: true\npolicy:\n  merge_gates:\n    enabled: true\n")]
    public async Task It_answers_for_the_files_that_projects_have(string text)
    {
        Agrees(text);
        await Assert.That(PlainYaml.TryRead(Encoding.UTF8.GetBytes(text), Wanted, out _)).IsTrue();
    }

    [Test]
    [Arguments("depends: &x [WP01]\ndependencies: *x\n")]
    [Arguments("dependencies: [\n  WP01,\n]\n")]
    [Arguments("notes: |\n  dependencies: []\ndependencies: [WP01]\n")]
    [Arguments("unknown_key: {a: [1, 2]}\ndependencies: [WP01]\n")]
    [Arguments("dependencies: [WP01]\ndependencies: []\n")]
    [Arguments("title: long\n  goes on\ndependencies: []\n")]
    [Arguments("title: \"a \\u0041\"\n")]
    [Arguments("title: a: b\n")]
    [Arguments("dependencies:\n\t- WP01\n")]
    public async Task It_declines_what_is_not_plain(string text)
    {
        await Assert.That(PlainYaml.TryRead(Encoding.UTF8.GetBytes(text), Wanted, out _)).IsFalse();
    }

    [Test]
    public void The_library_never_ends_a_call() => Gen.OneOf<string>(Text, Slipped).Sample(static text => (FullYaml.Read(text, 1, out var problem) is null) == (problem is not null), iter: 5_000);

    [Test]
    [Arguments("work_package_id: WP01\na: [\nx\n]\n")]
    [Arguments("a:\n  b: [x,\n y]\n")]
    public async Task A_flow_item_left_of_its_list_is_a_problem_and_no_crash(string text)
    {
        await Assert.That(FullYaml.Read(text, 1, out var problem)).IsNull();
        await Assert.That(problem).StartsWith("invalid YAML behind line ");
    }

    [Test]
    [Arguments("a: \"\\UFFFFFFFF\"\n")]
    [Arguments("a: \"\\U00110000\"\n")]
    [Arguments("a: \"\\ud800\"\n")]
    [Arguments("a: \"\\xZZ\"\n")]
    [Arguments("a: !<%ff%fe> b\n")]
    [Arguments("a: !<%zz> b\n")]
    [Arguments("%YAML 99999999999.1\n---\na: b\n")]
    [Arguments("%YAML 3.0\n---\na: b\n")]
    [Arguments("%TAG ! !\n---\na: !x!y b\n")]
    [Arguments("a: |99999999999\n  b\n")]
    [Arguments("a: |0\n  b\n")]
    [Arguments("a: &\nb: *\n")]
    [Arguments("\0")]
    [Arguments("a: \ud800\n")]
    public async Task Strange_escapes_and_directives_end_no_call(string text)
    {
        await Assert.That((FullYaml.Read(text, 1, out var problem) is null) == (problem is not null)).IsTrue();
    }

    [Test]
    public async Task Deep_nesting_is_declined_without_recursion_to_match()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 5000; i++)
        {
            text.Append(' ', i).Append("a:\n");
        }

        await Assert.That(PlainYaml.TryRead(Encoding.UTF8.GetBytes(text.ToString()), Wanted, out _)).IsFalse();
        await Assert.That(FullYaml.Read(text.ToString(), 1, out var problem)).IsNull();
        await Assert.That(problem).Contains("nested more than");
    }

    private static void Agrees(string text)
    {
        if (!PlainYaml.TryRead(Encoding.UTF8.GetBytes(text), Wanted, out var plain))
        {
            return;
        }

        var full = FullYaml.Read(text, 1, out var problem) ?? throw new InvalidOperationException($"the library refuses it: {problem}");
        if (full.Kind != YamlKind.Mapping)
        {
            throw new InvalidOperationException($"the library reads a {full.Kind}");
        }

        foreach (var key in Wanted)
        {
            string fast = Show(plain.Find(key)), slow = Show(full.Find(key));
            if (fast != slow || full.IsRepeated(key))
            {
                throw new InvalidOperationException($"{key}: {fast} but the library reads {slow}");
            }
        }
    }

    private static string Show(YamlValue? value)
    {
        switch (value?.Kind)
        {
            case null:
                return "missing";
            case YamlKind.Sequence:
                var items = new List<string>();
                foreach (var item in value.Items)
                {
                    items.Add(Show(item));
                }

                return $"[{string.Join(", ", items)}]";
            case YamlKind.Mapping:
                var members = new List<string>();
                for (int i = 0; i < value.Keys.Length; i++)
                {
                    members.Add($"{value.Keys[i]}={Show(value.Items[i])}");
                }

                return $"{{{string.Join(", ", members)}}}";
            default:
                return $"{value.Kind}<{value.Text}>";
        }
    }

    private static Gen<string> PlainMapping(string indent, int depth)
    {
        var scalar = Gen.OneOf("WP01", "a b", "'x y'", "\"x: y\"", "[]", "[a, 'b', \"c\"]", "1", "true", "", "# note", "x # note", "2026-04-08", "a-b/c", "\u00e9t\u00e9", "x:y", "{}");
        var key = Gen.Int[0, 7].Select(static n => n < Wanted.Length ? Wanted[n] : "k" + n);
        var item = Gen.Select(scalar.Where(static s => s.Length != 0 && s[0] != '#'), s => $"\n{indent}- {s}");
        var sequence = item.Array[1, 4].Select(string.Concat);
        var entry = Gen.Select(key, scalar, (k, v) => (Key: k, Text: $"{k}: {v}".TrimEnd()));
        var listed = Gen.Select(key, sequence, (k, v) => (Key: k, Text: $"{k}:{v}"));
        var entries = Gen.Frequency<(string Key, string Text)>((4, entry), (2, listed));
        if (depth < 3)
        {
            string deeper = indent + "  ";
            var nested = Gen.Select(key, PlainMapping(deeper, depth + 1), (k, m) => (Key: k, Text: $"{k}:\n{deeper}{m}"));
            var records = Gen.Select(key, PlainMapping(deeper, depth + 1).Array[1, 2], (k, m) => (Key: k, Text: $"{k}:\n{indent}- {string.Join($"\n{indent}- ", m)}"));
            entries = Gen.Frequency<(string Key, string Text)>((4, entry), (2, listed), (1, nested), (1, records));
        }

        return entries.Array[1, 4].Select(all =>
        {
            var seen = new HashSet<string>();
            var kept = new List<string>();
            foreach (var (k, text) in all)
            {
                if (seen.Add(k))
                {
                    kept.Add(text);
                }
            }

            return string.Join($"\n{indent}", kept);
        });
    }
}
