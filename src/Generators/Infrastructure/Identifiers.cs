using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace SpecKitty.Generators.Infrastructure;

/// <summary>The one place where an id of a schema becomes a C# identifier.</summary>
internal static class Identifiers
{
    /// <summary>Names that every class has already, or that every payload has.</summary>
    private static readonly HashSet<string> Taken =
    [
        "Equals", "GetHashCode", "GetType", "ToString", "Finalize", "MemberwiseClone", "ReferenceEquals", "WriteMembers",
    ];

    /// <summary><c>mission-state</c>, <c>mission_state</c> and <c>MISSION_STATE</c> become <c>MissionState</c>.</summary>
    public static string Pascal(string id)
    {
        var text = new StringBuilder(id.Length);
        bool start = true;
        bool shout = !id.Any(static c => c is >= 'a' and <= 'z');
        foreach (char c in id)
        {
            if (!IsAsciiLetterOrDigit(c))
            {
                start = true;
                continue;
            }

            text.Append(start ? char.ToUpperInvariant(c) : shout ? char.ToLowerInvariant(c) : c);
            start = false;
        }

        if (text.Length == 0 || (text[0] >= '0' && text[0] <= '9'))
        {
            text.Insert(0, '_');
        }

        return text.ToString();
    }

    /// <summary>A parameter's or local's name: <c>mission_id</c> becomes <c>missionId</c>, <c>default</c> <c>@default</c>.</summary>
    public static string Camel(string id)
    {
        string name = Pascal(id);
        return Safe(char.ToLowerInvariant(name[0]) + name.Substring(1));
    }

    /// <summary>A member's name, which must differ from its type's and from what every type has.</summary>
    public static string Member(string id, string type)
    {
        string name = Pascal(id);
        return name == type || Taken.Contains(name) ? name + "Value" : name;
    }

    /// <summary>A contract level's name: <c>1.1.0</c> becomes <c>V1_1_0</c>.</summary>
    public static string Level(string id)
    {
        var text = new StringBuilder("V");
        foreach (char c in id)
        {
            text.Append(IsAsciiLetterOrDigit(c) ? c : '_');
        }

        return text.ToString();
    }

    /// <summary><paramref name="name"/>, with an @ where it is a keyword.</summary>
    public static string Safe(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    private static bool IsAsciiLetterOrDigit(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
}
