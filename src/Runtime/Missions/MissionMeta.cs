using System;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Missions;

/// <summary>
/// What meta.json says, as far as this host asks (HOST §1.2). Values of an unexpected type are as good as absent; only a file that is
/// no JSON object is refused.
/// </summary>
internal sealed class MissionMeta
{
    private const string DefaultType = "software-dev";

    /// <summary>Python's reader stops at about a thousand levels; nothing here needs more than two.</summary>
    private const int MaxDepth = 1000;

    private string? _missionSlug;
    private string? _slug;
    private string? _missionType;
    private string? _mission;

    private MissionMeta()
    {
    }

    /// <summary>The meta.json of a mission that has none.</summary>
    public static MissionMeta None { get; } = new();

    /// <summary>The mission's ULID as it is written; null if there is none.</summary>
    public string? MissionId { get; private set; }

    /// <summary>The first that is there of mission_slug and slug; null if neither is.</summary>
    public string? MissionSlug => _missionSlug ?? _slug;

    /// <summary>slug alone: another name by which the mission may be asked for.</summary>
    public string? Slug => _slug;

    /// <summary>Null if there is none, or none that is a number.</summary>
    public int? MissionNumber { get; private set; }

    /// <summary>Why <see cref="MissionNumber"/> is null although meta.json has one: a warning. Null if all is well.</summary>
    public string? MissionNumberProblem { get; private set; }

    public string MissionType => (_missionType ?? _mission)?.Trim() is { Length: > 0 } type ? type : DefaultType;

    /// <summary>mid8, else the first eight characters of mission_id; "" where that gives none that can be part of a name.</summary>
    public string Mid8 { get; private set; } = "";

    public string? TargetBranch { get; private set; }

    /// <summary>Wins over <see cref="TargetBranch"/> from level 1.1.0 on (HOST §10.2.3).</summary>
    public string? MergeTargetBranch { get; private set; }

    /// <summary>Not blank exactly in missions of coordination topology (DESIGN §8); else null.</summary>
    public string? CoordinationBranch { get; private set; }

    /// <summary>As text, whichever type it has; null if absent.</summary>
    public string? StatusPhase { get; private set; }

    /// <summary>Reads meta.json.</summary>
    /// <param name="json">The file's bytes; a byte order mark is skipped.</param>
    /// <param name="problem">What is wrong, where the answer is null.</param>
    public static MissionMeta? Parse(ReadOnlySpan<byte> json, out string? problem)
    {
        if (json.StartsWith(Encoding.UTF8.Preamble))
        {
            json = json[Encoding.UTF8.Preamble.Length..];
        }

        var meta = new MissionMeta();
        try
        {
            // The reader has no other way to say that a text is no JSON than to throw.
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                var kind = reader.TokenType;
                reader.Skip();
                reader.Read();
                problem = $"it holds {Describe(kind)} instead of an object";
                return null;
            }

            string? mid8 = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                meta.ReadMember(ref reader, ref mid8);
            }

            // Whatever stands behind the object is an error too.
            reader.Read();
            meta.Mid8 = mid8 is not null && Missions.Mid8.IsValid(mid8) ? mid8
                : meta.MissionId is { Length: >= Missions.Mid8.Length } id && Missions.Mid8.IsValid(id.AsSpan(0, Missions.Mid8.Length)) ? id[..Missions.Mid8.Length] : "";
            problem = null;
            return meta;
        }
        catch (JsonException error)
        {
            problem = $"malformed JSON at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}";
            return null;
        }
        catch (InvalidOperationException)
        {
            // A string that escapes half of a surrogate pair, or holds bytes that are no UTF-8.
            problem = "malformed text in a string";
            return null;
        }
    }

    private static string Describe(JsonTokenType kind) => kind switch
    {
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.StartObject => "an object",
        _ => "null",
    };

    private void ReadMember(ref Utf8JsonReader reader, ref string? mid8)
    {
        // The last of two equal keys wins, as in Python, even if its value says nothing.
        if (reader.ValueTextEquals(MetaKeys.MissionId))
        {
            MissionId = TextOf(ref reader);
        }
        else if (reader.ValueTextEquals(MetaKeys.MissionSlug))
        {
            _missionSlug = TextOf(ref reader);
        }
        else if (reader.ValueTextEquals(MetaKeys.Slug))
        {
            _slug = TextOf(ref reader);
        }
        else if (reader.ValueTextEquals(MetaKeys.MissionNumber))
        {
            ReadNumber(ref reader);
        }
        else if (reader.ValueTextEquals(MetaKeys.MissionType))
        {
            _missionType = TextOf(ref reader);
        }
        else if (reader.ValueTextEquals(MetaKeys.Mission))
        {
            _mission = TextOf(ref reader);
        }
        else if (reader.ValueTextEquals(MetaKeys.Mid8))
        {
            mid8 = TextOf(ref reader);
        }
        else if (reader.ValueTextEquals(MetaKeys.TargetBranch))
        {
            TargetBranch = BranchOf(ref reader);
        }
        else if (reader.ValueTextEquals(MetaKeys.MergeTargetBranch))
        {
            MergeTargetBranch = BranchOf(ref reader);
        }
        else if (reader.ValueTextEquals(MetaKeys.CoordinationBranch))
        {
            CoordinationBranch = BranchOf(ref reader);
        }
        else if (reader.ValueTextEquals(MetaKeys.StatusPhase))
        {
            reader.Read();
            StatusPhase = reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
                _ => null,
            };
            reader.Skip();
        }
        else
        {
            reader.Skip();
        }
    }

    /// <summary>A string that is not empty; null for everything else.</summary>
    private static string? TextOf(ref Utf8JsonReader reader)
    {
        reader.Read();
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        reader.Skip();
        return text is { Length: > 0 } ? text : null;
    }

    private static string? BranchOf(ref Utf8JsonReader reader) => TextOf(ref reader)?.Trim() is { Length: > 0 } branch ? branch : null;

    private void ReadNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        MissionNumber = null;
        MissionNumberProblem = null;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                break;
            case JsonTokenType.Number when reader.TryGetInt32(out int number):
                MissionNumber = number;
                break;
            case JsonTokenType.Number when reader.TryGetDouble(out double real) && real == Math.Truncate(real) && Math.Abs(real) <= int.MaxValue:
                MissionNumber = (int)real;
                break;
            case JsonTokenType.String:
                string text = reader.GetString()!;
                var digits = text.AsSpan().Trim();
                if (!digits.IsEmpty)
                {
                    bool isNumber = digits.IndexOfAnyExceptInRange('0', '9') < 0 & int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int parsed);
                    MissionNumber = isNumber ? parsed : null;
                    MissionNumberProblem = isNumber ? null : Messages.MissionNumberInvalid($"'{ShortText.Of(text)}'");
                }

                break;
            default:
                MissionNumberProblem = Messages.MissionNumberInvalid(reader.TokenType == JsonTokenType.Number ? ShortText.Of(Encoding.UTF8.GetString(reader.ValueSpan)) : Describe(reader.TokenType));
                break;
        }

        reader.Skip();
    }
}
