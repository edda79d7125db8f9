using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Missions;

/// <summary>
/// A JSON object in a file of which some members are to be set or removed while every other byte stays: order, spacing, spelling of values (HOST §1.2). New
/// members take the spacing of those that are there, and their place in sorted order where the others are sorted.
/// </summary>
internal sealed class JsonObjectEdit
{
    private const int MaxDepth = 1000;

    private readonly byte[] _head;
    private byte[] _tail;
    private readonly Items<Member> _members = [];

    private JsonObjectEdit(byte[] head, byte[] tail)
    {
        _head = head;
        _tail = tail;
    }

    /// <summary>Takes a file apart; null and what is wrong where it holds no JSON object.</summary>
    public static JsonObjectEdit? Parse(ReadOnlySpan<byte> file, out string? problem)
    {
        int start = file.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        try
        {
            var reader = new Utf8JsonReader(file[start..], new JsonReaderOptions { MaxDepth = MaxDepth });
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                problem = "it is no JSON object";
                return null;
            }

            var members = new Items<Member>();
            int open = start + (int)reader.BytesConsumed;
            int from = open;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string key = reader.GetString()!;
                int keyStart = start + (int)reader.TokenStartIndex;
                reader.Read();
                int valueStart = start + (int)reader.TokenStartIndex;
                reader.Skip();
                int end = start + (int)reader.BytesConsumed;
                // Between two members stands one comma, somewhere in the white space.
                var gap = file[from..keyStart];
                int comma = members.Count == 0 ? -1 : gap.IndexOf((byte)',');
                members.Add(new Member(key, gap[(comma + 1)..].ToArray(), file[keyStart..valueStart].ToArray(), file[valueStart..end].ToArray(), comma < 0 ? [] : gap[..comma].ToArray()));
                from = end;
            }

            // Whatever stands behind the object is an error too.
            reader.Read();
            var edit = new JsonObjectEdit(file[..open].ToArray(), file[from..].ToArray());
            edit._members.AddRange(members);
            problem = null;
            return edit;
        }
        catch (JsonException error)
        {
            problem = JsonProblems.Describe(error);
        }
        catch (InvalidOperationException)
        {
            problem = JsonProblems.NotUnicode;
        }

        return null;
    }

    /// <summary>The value of a member as it stands; empty if there is none. Of equal keys the last counts, as in Python.</summary>
    public ReadOnlySpan<byte> Find(string key)
    {
        int at = IndexOf(key);
        return at < 0 ? default : _members[at].Value;
    }

    /// <summary>What the lines of the object's members begin with; null where it is written on one line.</summary>
    public string? Indent
    {
        get
        {
            if (_members.Count == 0)
            {
                return "\n  ";
            }

            string lead = Encoding.UTF8.GetString(_members[0].Lead);
            int feed = lead.LastIndexOf('\n');
            return feed < 0 ? null : lead[(feed > 0 && lead[feed - 1] == '\r' ? feed - 1 : feed)..];
        }
    }

    public void Remove(string key)
    {
        for (int at = IndexOf(key); at >= 0; at = IndexOf(key))
        {
            RemoveAt(at);
        }
    }

    /// <summary>Sets a member to a JSON value.</summary>
    public void Set(string key, ReadOnlySpan<byte> value)
    {
        int at = IndexOf(key);
        if (at >= 0)
        {
            _members[at] = _members[at] with { Value = value.ToArray() };
            for (int i = at - 1; i >= 0; i--)
            {
                if (_members[i].Key == key)
                {
                    RemoveAt(i);
                }
            }

            return;
        }

        byte[] name = [.. Text(key), .. ": "u8];
        if (_members.Count == 0)
        {
            _members.Add(new Member(key, Encoding.UTF8.GetBytes(Indent!), name, value.ToArray(), []));
            _tail = [.. "\n"u8, .. _tail.AsSpan().TrimStart(" \t\r\n"u8)];
            return;
        }

        int place = PlaceOf(key);
        var first = _members[0];
        byte[] behindComma = _members.Count > 1 ? _members[1].Lead : Indent is null ? [(byte)' '] : first.Lead;
        _members.Insert(place, new Member(key, place == 0 ? first.Lead : behindComma, name, value.ToArray(), []));
        if (place == 0)
        {
            _members[1] = first with { Lead = behindComma };
        }
    }

    /// <summary>The file again.</summary>
    public byte[] ToBytes()
    {
        var bytes = new List<byte>(_head);
        for (int i = 0; i < _members.Count; i++)
        {
            if (i > 0)
            {
                bytes.AddRange(_members[i].BeforeComma);
                bytes.Add((byte)',');
            }

            bytes.AddRange(_members[i].Lead);
            bytes.AddRange(_members[i].Name);
            bytes.AddRange(_members[i].Value);
        }

        bytes.AddRange(_tail);
        return [.. bytes];
    }

    /// <summary>A string as a JSON token, with everything but quotes, backslashes and controls as it is.</summary>
    public static byte[] Text(string text) => [(byte)'"', .. JsonEncodedText.Encode(text, PythonEncoder.Unicode).EncodedUtf8Bytes, (byte)'"'];

    private void RemoveAt(int at)
    {
        if (at == 0 && _members.Count > 1)
        {
            _members[1] = _members[1] with { Lead = _members[0].Lead, BeforeComma = [] };
        }

        _members.RemoveAt(at);
    }

    private int IndexOf(string key)
    {
        for (int i = _members.Count - 1; i >= 0; i--)
        {
            if (_members[i].Key == key)
            {
                return i;
            }
        }

        return -1;
    }

    private int PlaceOf(string key)
    {
        for (int i = 1; i < _members.Count; i++)
        {
            if (CodePointOrder.Compare(_members[i - 1].Key, _members[i].Key) > 0)
            {
                return _members.Count;
            }
        }

        int place = 0;
        while (place < _members.Count && CodePointOrder.Compare(_members[place].Key, key) < 0)
        {
            place++;
        }

        return place;
    }

    /// <summary>A member: white space, the key with its colon, the value, all as they stand.</summary>
    private sealed record Member(string Key, byte[] Lead, byte[] Name, byte[] Value, byte[] BeforeComma);
}
