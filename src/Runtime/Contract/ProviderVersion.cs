using System;
using System.Collections.Generic;

namespace SpecKitty.Contract;

/// <summary>
/// A version as PEP 440 reads it: <c>[v][epoch!]release[pre][post][dev][+local]</c>. The local part orders versions only among equals of it,
/// which no comparison here needs, so it is checked and dropped.
/// </summary>
internal readonly struct ProviderVersion
{
    private readonly string _epoch;
    private readonly List<string> _release;
    private readonly char _pre;
    private readonly string? _preNumber;
    private readonly string? _post;
    private readonly string? _dev;

    private ProviderVersion(string epoch, List<string> release, char pre, string? preNumber, string? post, string? dev)
    {
        _epoch = epoch;
        _release = release;
        _pre = pre;
        _preNumber = preNumber;
        _post = post;
        _dev = dev;
    }

    /// <summary>Reads <paramref name="text"/>; false when PEP 440 has no reading for it.</summary>
    public static bool TryParse(string text, out ProviderVersion version)
    {
        var scan = new Scanner(text.Trim().ToLowerInvariant());
        version = default;
        scan.Take('v');
        if (!scan.Number(out string first))
        {
            return false;
        }

        string epoch = "0";
        if (scan.Take('!'))
        {
            epoch = first;
            if (!scan.Number(out first))
            {
                return false;
            }
        }

        var release = new List<string> { first };
        while (scan.Segment(out string next))
        {
            release.Add(next);
        }

        char pre = scan.Pre(out string? preNumber);
        string? post = scan.Post();
        string? dev = scan.Marked("dev");
        if (scan.Take('+') && !scan.Local())
        {
            return false;
        }

        version = new ProviderVersion(epoch, release, pre, preNumber, post, dev);
        return scan.AtEnd;
    }

    /// <summary>Negative, zero or positive as this version comes before, with or after <paramref name="other"/>.</summary>
    public int CompareTo(in ProviderVersion other)
    {
        int order = Compare(_epoch, other._epoch);
        for (int i = 0; order == 0 && i < Math.Max(_release.Count, other._release.Count); i++)
        {
            order = Compare(i < _release.Count ? _release[i] : "0", i < other._release.Count ? other._release[i] : "0");
        }

        order = order != 0 ? order : PreRank.CompareTo(other.PreRank);
        order = order != 0 ? order : Compare(_preNumber ?? "0", other._preNumber ?? "0");
        order = order != 0 ? order : Missing(_post, other._post, missingFirst: true);
        return order != 0 ? order : Missing(_dev, other._dev, missingFirst: false);
    }

    /// <summary>A bare dev release comes before every pre-release; a final one after them.</summary>
    private char PreRank => _pre != '\0' ? _pre : _post is null && _dev is not null ? '\0' : 'z';

    private static int Missing(string? a, string? b, bool missingFirst)
    {
        if (a is null || b is null)
        {
            int order = (a is null ? 0 : 1) - (b is null ? 0 : 1);
            return missingFirst ? order : -order;
        }

        return Compare(a, b);
    }

    /// <summary>Numbers of any length, without their leading zeros.</summary>
    private static int Compare(string a, string b) =>
        a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b);

    private ref struct Scanner(string text)
    {
        private int _at;

        public readonly bool AtEnd => _at == text.Length;

        public bool Take(char expected)
        {
            bool here = _at < text.Length && text[_at] == expected;
            _at += here ? 1 : 0;
            return here;
        }

        public bool Number(out string digits)
        {
            int start = _at;
            while (_at < text.Length && char.IsAsciiDigit(text[_at]))
            {
                _at++;
            }

            string trimmed = text[start.._at].TrimStart('0');
            digits = trimmed.Length == 0 ? "0" : trimmed;
            return _at > start;
        }

        public bool Segment(out string digits)
        {
            int before = _at;
            if (Take('.') && Number(out digits))
            {
                return true;
            }

            _at = before;
            digits = "";
            return false;
        }

        public char Pre(out string? number)
        {
            number = Marked("alpha") ?? Marked("a");
            if (number is not null)
            {
                return 'a';
            }

            number = Marked("beta") ?? Marked("b");
            if (number is not null)
            {
                return 'b';
            }

            number = Marked("preview") ?? Marked("pre") ?? Marked("rc") ?? Marked("c");
            return number is null ? '\0' : 'c';
        }

        public string? Post()
        {
            int before = _at;
            if (Take('-') && Number(out string implicitNumber))
            {
                return implicitNumber;
            }

            _at = before;
            return Marked("post") ?? Marked("rev") ?? Marked("r");
        }

        /// <summary>A word with an optional separator before it and an optional number behind it.</summary>
        public string? Marked(string word)
        {
            int before = _at;
            Separator();
            if (!text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal))
            {
                _at = before;
                return null;
            }

            _at += word.Length;
            int behind = _at;
            Separator();
            if (Number(out string digits))
            {
                return digits;
            }

            _at = behind;
            return "0";
        }

        public bool Local()
        {
            do
            {
                int start = _at;
                while (_at < text.Length && char.IsAsciiLetterOrDigit(text[_at]))
                {
                    _at++;
                }

                if (_at == start)
                {
                    return false;
                }
            }
            while (Separator());
            return true;
        }

        private bool Separator() => Take('.') || Take('-') || Take('_');
    }
}
