using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SpecKitty.Contract;
using SpecKitty.Missions;
using SpecKitty.Status;

namespace SpecKitty.Tools;

/// <summary>The files of a mission to be made, in the bytes that the reference host gives them (HOST §1.2, §1.5, §1.8).</summary>
internal static class NewFiles
{
    /// <summary>meta.json: keys sorted, two spaces, text kept as it is.</summary>
    public static ReadOnlySpan<byte> Meta(string directory, string id, int? number, string title, string target, string now) => Document(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("created_at"u8, now);
        writer.WriteString("friendly_name"u8, title);
        writer.WriteString(MetaKeys.MissionId, id);
        if (number is { } known)
        {
            writer.WriteNumber(MetaKeys.MissionNumber, known);
        }
        else
        {
            writer.WriteNull(MetaKeys.MissionNumber);
        }

        writer.WriteString(MetaKeys.MissionSlug, directory);
        writer.WriteString(MetaKeys.MissionType, MissionMeta.None.MissionType);
        writer.WriteString(MetaKeys.Slug, directory);
        writer.WriteString(MetaKeys.TargetBranch, target);
        writer.WriteEndObject();
    });

    /// <summary>lanes.json: keys in the reference's order, two spaces.</summary>
    public static ReadOnlySpan<byte> Lanes(string directory, string id, string branch, string target, string now, Items<NewLane> lanes) => Document(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber(LanesKeys.Version, 1);
        writer.WriteString(LanesKeys.MissionSlug, directory);
        writer.WriteString(LanesKeys.MissionId, id);
        writer.WriteString(LanesKeys.MissionBranch, branch);
        writer.WriteString(LanesKeys.TargetBranch, target);
        writer.WriteStartArray(LanesKeys.Lanes);
        foreach (var lane in lanes)
        {
            writer.WriteStartObject();
            writer.WriteString(LanesKeys.LaneId, lane.Id);
            Texts(writer, LanesKeys.WpIds, lane.WpIds.ToArray());
            Texts(writer, "write_scope", []);
            Texts(writer, "predicted_surfaces", []);
            Texts(writer, LanesKeys.DependsOnLanes, lane.DependsOn.ToArray());
            writer.WriteNumber(LanesKeys.ParallelGroup, lane.Group);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString(LanesKeys.ComputedAt, now);
        writer.WriteString(LanesKeys.ComputedFrom, "dependency_graph");
        Texts(writer, LanesKeys.PlanningArtifactWps, []);
        writer.WriteEndObject();
    });

    /// <summary>A task file. The title is quoted where YAML would take it for something else.</summary>
    public static byte[] Task(NewPackage package)
    {
        var text = new StringBuilder("---\nwork_package_id: ").Append(package.WpId).Append("\ntitle: ").Append(Quote(package.Title)).Append('\n');
        if (package.Dependencies.Length == 0)
        {
            text.Append("dependencies: []\n");
        }
        else
        {
            text.Append("dependencies:\n");
            foreach (string dependency in package.Dependencies)
            {
                text.Append("- ").Append(dependency).Append('\n');
            }
        }

        text.Append("subtasks: []\n---\n\n# ").Append(package.WpId).Append(" – ").Append(DisplayText.Safe(package.Title)).Append("\n\n## Activity Log\n\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary><c>WP01-lay-the-ground.md</c>.</summary>
    public static string TaskName(NewPackage package)
    {
        const int Longest = 60;
        string words = Slug(package.Title);
        return package.WpId + (words.Length == 0 ? "" : "-" + words[..Math.Min(words.Length, Longest)].Trim('-')) + ".md";
    }

    /// <summary>Lower-case letters and digits with single hyphens between them.</summary>
    public static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (char c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().TrimEnd('-');
    }

    /// <summary>A YAML scalar: plain where letters, digits and spaces are all there is, else in double quotes, as JSON writes it.</summary>
    private static string Quote(string text)
    {
        bool isPlain = text.Length > 0 && char.IsAsciiLetter(text[0]) && text[^1] != ' ';
        foreach (char c in text)
        {
            isPlain &= char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_' or '.';
        }

        isPlain &= !(text.Length <= 5 && text.ToLowerInvariant() is "true" or "false" or "null" or "yes" or "no" or "on" or "off" or "y" or "n");
        if (isPlain)
        {
            return text;
        }

        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            if (c is '"' or '\\')
            {
                quoted.Append('\\').Append(c);
            }
            else if (c is < ' ' or '\u007f' or (>= '\u0080' and < '\u00a0') or '\u2028' or '\u2029' or '\ufeff' || char.IsSurrogate(c))
            {
                quoted.Append(char.IsSurrogate(c) ? c.ToString() : "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                quoted.Append(c);
            }
        }

        return quoted.Append('"').ToString();
    }

    private static void Texts(Utf8JsonWriter writer, string name, string[] texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static ReadOnlySpan<byte> Document(Action<Utf8JsonWriter> write)
    {
        var buffer = new RowBuffer();
        using (var writer = PythonJson.DocumentWriter(buffer))
        {
            write(writer);
        }

        buffer.AddLineFeed();
        return buffer.Written.Span;
    }
}
