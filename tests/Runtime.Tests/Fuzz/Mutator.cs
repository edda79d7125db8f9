using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace SpecKitty.Runtime.Tests.Fuzz;

/// <summary>Makes inputs out of inputs: of their bytes, of their tokens, and of their lines, with what is known to be awkward strewn in.</summary>
internal sealed class Mutator
{
    private const int MostBytes = 6_000;

    private static readonly byte[][] Awkward =
    [
        .. ((string[])[
            "\ufeff", "\0", "\u2028", "\u2029", "\u0085", "\u00a0", "\ufffd", "\ufffe", "\ud7ff", "\ue000", "\U0001F431", "\U0010FFFF", "é", "İ", "\r", "\r\n", "\n", "\n\n", "\t", "\v", "\f", "\u001c", " ", "  ",
            "\\ud800", "\\udc00", "\\ud83d\\ude00", "\\udc00\\ud800", "\\u0000", "\\u000a", "\\u2028", "\\u00e9", "\\n", "\\\"", "\\", "\\u", "\\x41",
            "\"\"", "\"", "'", "''", "{", "}", "[", "]", "{}", "[]", "[[", "]]", ":", ",", ", ", ": ", "-", "- ", "#", " #", "&a ", "*a", "!", "!!str ", "|", ">", "---", "---\n", "...\n", "<<: ", "? ", "%",
            "null", "true", "false", "NaN", "Infinity", "-Infinity", "0", "-0", "1", "-1", "1.0", "1e5", "1e400", "-1e-400", "0.1", "01", "2147483648", "9223372036854775808", "99999999999999999999999999",
            "..", "../", "/", "./", "~", "@", "=", "--", "$(x)", "`x`", "%s", ";",
        ]).Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x80], [0x80],
    ];

    private readonly Random _random;
    private readonly byte[][] _words;

    public Mutator(int seed, IReadOnlyList<string> words)
    {
        _random = new Random(seed);
        _words = [.. words.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>An input made of one, or of two, that are in <paramref name="pool"/>.</summary>
    public byte[] Mutate(List<byte[]> pool)
    {
        var bytes = new List<byte>(Pick(pool));
        int steps = 1;
        while (steps < 8 && _random.Next(2) == 0)
        {
            steps++;
        }

        for (int i = 0; i < steps; i++)
        {
            Step(bytes, pool);
        }

        if (bytes.Count > MostBytes)
        {
            bytes.RemoveRange(MostBytes, bytes.Count - MostBytes);
        }

        return [.. bytes];
    }

    private void Step(List<byte> bytes, List<byte[]> pool)
    {
        int at = _random.Next(bytes.Count + 1);
        int length = Math.Min(_random.Next(_random.Next(4) == 0 ? 200 : 9), bytes.Count - at);
        switch (_random.Next(16))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(_random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 4:
                // The head of one and the tail of another.
                byte[] other = Pick(pool);
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other.AsSpan(_random.Next(other.Length + 1)));
                break;
            case 5:
                byte[] piece = Pick(pool);
                int from = _random.Next(piece.Length + 1);
                bytes.InsertRange(at, piece.AsSpan(from, Math.Min(_random.Next(60), piece.Length - from)).ToArray());
                break;
            case 6:
                Nest(bytes, at);
                break;
            case 7 or 8:
                Lines(bytes);
                break;
            case 9 or 10 or 11:
                Tokens(bytes, pool);
                break;
            case 12:
                bytes.RemoveRange(at, length);
                bytes.InsertRange(at, Word());
                break;
            default:
                bytes.InsertRange(at, Word());
                break;
        }
    }

    private void Nest(List<byte> bytes, int at)
    {
        int depth = _random.Next(3) == 0 ? 1100 : 1 + _random.Next(70);
        var (open, close) = _random.Next(3) switch { 0 => ("[", "]"), 1 => ("{\"a\":", "}"), _ => ("  ", "") };
        bytes.InsertRange(at, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth))));
    }

    /// <summary>Doubles, drops, swaps or reends a line.</summary>
    private void Lines(List<byte> bytes)
    {
        var lines = Split(bytes, static (a, _) => a == (byte)'\n');
        if (lines.Count == 0)
        {
            return;
        }

        Shuffle(lines);
        if (_random.Next(8) == 0)
        {
            lines = [.. lines.Select(static line => line.Count > 0 && line[^1] == (byte)'\n' ? [.. line[..^1], (byte)'\r', (byte)'\n'] : line)];
        }

        Join(bytes, lines);
    }

    /// <summary>Doubles, drops, swaps or replaces a word, a string or a mark; doubles a whole member.</summary>
    private void Tokens(List<byte> bytes, List<byte[]> pool)
    {
        var tokens = Split(bytes, static (a, b) => Class(a) != Class(b) || Class(a) == 3);
        if (tokens.Count == 0)
        {
            return;
        }

        int at = _random.Next(tokens.Count);
        switch (_random.Next(5))
        {
            case 0:
                tokens[at] = [.. Word()];
                break;
            case 1:
                var others = Split([.. Pick(pool)], static (a, b) => Class(a) != Class(b) || Class(a) == 3);
                if (others.Count > 0)
                {
                    tokens[at] = others[_random.Next(others.Count)];
                }

                break;
            case 2:
                // A run of about a member's length, once more behind itself or anywhere.
                int length = Math.Min(_random.Next(16), tokens.Count - at);
                tokens.InsertRange(_random.Next(2) == 0 ? at + length : _random.Next(tokens.Count + 1), tokens.GetRange(at, length));
                break;
            default:
                Shuffle(tokens);
                break;
        }

        Join(bytes, tokens);
    }

    private void Shuffle(List<List<byte>> parts)
    {
        int a = _random.Next(parts.Count), b = _random.Next(parts.Count);
        switch (_random.Next(3))
        {
            case 0:
                parts.Insert(b, parts[a]);
                break;
            case 1:
                parts.RemoveAt(a);
                break;
            default:
                (parts[a], parts[b]) = (parts[b], parts[a]);
                break;
        }
    }

    private static List<List<byte>> Split(List<byte> bytes, Func<byte, byte, bool> isBoundary)
    {
        var parts = new List<List<byte>>();
        int start = 0;
        for (int i = 0; i < bytes.Count; i++)
        {
            if (i + 1 == bytes.Count || isBoundary(bytes[i], bytes[i + 1]))
            {
                parts.Add(bytes.GetRange(start, i + 1 - start));
                start = i + 1;
            }
        }

        return parts;
    }

    private static void Join(List<byte> bytes, List<List<byte>> parts)
    {
        bytes.Clear();
        foreach (var part in parts)
        {
            bytes.AddRange(part);
        }
    }

    /// <summary>Words, blanks, bytes beyond ASCII, and marks, of which each stands alone.</summary>
    private static int Class(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'_' or (byte)'-' or (byte)'.' ? 0 : b is (byte)' ' or (byte)'\t' ? 1 : b >= 0x80 ? 2 : 3;

    private byte[] Word() => _words.Length > 0 && _random.Next(2) == 0 ? _words[_random.Next(_words.Length)] : Awkward[_random.Next(Awkward.Length)];

    private byte[] Pick(List<byte[]> pool) => pool[_random.Next(pool.Count)];
}
