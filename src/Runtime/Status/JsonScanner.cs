using System;
using System.Runtime.CompilerServices;

namespace SpecKitty.Status;

/// <summary>
/// Walks over JSON without building anything: finds where values begin and end and whether they are well-formed, as Python's
/// <c>json.loads</c> sees it. That is RFC 8259 and NaN, Infinity, -Infinity; a control byte in a string is an error (HOST §1.3.2).
/// UTF-8 is the caller's to check. Nesting beyond <see cref="MaxDepth"/> is an error, as it is there.
/// </summary>
internal ref struct JsonScanner
{
    /// <summary>Python's recursion limit, about.</summary>
    public const int MaxDepth = 1000;

    private readonly ReadOnlySpan<byte> _text;

    /// <summary>Whether the whole text is known to have no byte below 0x20.</summary>
    private readonly bool _noControls;

    private int _at;

    public JsonScanner(ReadOnlySpan<byte> text, bool noControls)
    {
        _text = text;
        _noControls = noControls;
        _at = 0;
    }

    /// <summary>The byte to be looked at next; after a failure, where it was noticed.</summary>
    public readonly int Position => _at;

    /// <summary>Whether the failure was the nesting.</summary>
    public bool IsTooDeep { get; private set; }

    /// <summary>Skips white space; whether the end is reached.</summary>
    public bool AtEnd()
    {
        SkipSpace();
        return _at == _text.Length;
    }

    /// <summary>Steps over <paramref name="expected"/> behind white space, if it is there.</summary>
    public bool TryTake(byte expected)
    {
        if (_at < _text.Length && _text[_at] == expected)
        {
            _at++;
            return true;
        }

        SkipSpace();
        if (_at < _text.Length && _text[_at] == expected)
        {
            _at++;
            return true;
        }

        return false;
    }

    /// <summary>Steps over a key and its colon.</summary>
    public bool TryKey(out JsonSlice key)
    {
        SkipSpace();
        return TryString(out key) && TryTake((byte)':');
    }

    /// <summary>Steps over one value of any kind.</summary>
    public bool TryValue(out JsonSlice value)
    {
        SkipSpace();
        if (_at == _text.Length)
        {
            value = default;
            return false;
        }

        switch (_text[_at])
        {
            case (byte)'"':
                return TryString(out value);
            case (byte)'{' or (byte)'[':
                return TryContainer(out value);
            default:
                int start = _at;
                bool good = TryScalar();
                value = new JsonSlice(start, _at - start, false);
                return good;
        }
    }

    private bool TryString(out JsonSlice value)
    {
        int start = _at;
        value = default;
        if (start == _text.Length || _text[start] != (byte)'"')
        {
            return false;
        }

        _at++;
        bool escaped = false;
        while (true)
        {
            int step = _text[_at..].IndexOfAny((byte)'"', (byte)'\\');
            if (!_noControls && HasControl(step))
            {
                return false;
            }

            if (step < 0)
            {
                _at = _text.Length;
                return false;
            }

            _at += step + 1;
            if (_text[_at - 1] == (byte)'"')
            {
                value = new JsonSlice(start, _at - start, escaped);
                return true;
            }

            escaped = true;
            if (!TryEscape())
            {
                return false;
            }
        }
    }

    private bool HasControl(int step)
    {
        var part = step < 0 ? _text[_at..] : _text.Slice(_at, step);
        int control = part.IndexOfAnyInRange((byte)0, (byte)0x1F);
        if (control >= 0)
        {
            _at += control;
        }

        return control >= 0;
    }

    /// <summary>Steps over what follows a backslash.</summary>
    private bool TryEscape()
    {
        if (_at == _text.Length)
        {
            return false;
        }

        byte b = _text[_at++];
        if (b is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t')
        {
            return true;
        }

        if (b != (byte)'u' || _text.Length - _at < 4)
        {
            return false;
        }

        for (int i = 0; i < 4; i++)
        {
            if (!char.IsAsciiHexDigit((char)_text[_at + i]))
            {
                return false;
            }
        }

        _at += 4;
        return true;
    }

    private bool TryScalar() => _text[_at] switch
    {
        (byte)'t' => TryWord("true"u8),
        (byte)'f' => TryWord("false"u8),
        (byte)'n' => TryWord("null"u8),
        (byte)'N' => TryWord("NaN"u8),
        (byte)'I' => TryWord("Infinity"u8),
        (byte)'-' when _at + 1 < _text.Length && _text[_at + 1] == (byte)'I' => TryWord("-Infinity"u8),
        _ => TryNumber(),
    };

    private bool TryWord(ReadOnlySpan<byte> word)
    {
        if (!_text[_at..].StartsWith(word))
        {
            return false;
        }

        _at += word.Length;
        return true;
    }

    private bool TryNumber()
    {
        Take((byte)'-');
        if (!Take((byte)'0') && TakeDigits() == 0)
        {
            return false;
        }

        if (Take((byte)'.') && TakeDigits() == 0)
        {
            return false;
        }

        if (Take((byte)'e') || Take((byte)'E'))
        {
            if (!Take((byte)'+'))
            {
                Take((byte)'-');
            }

            return TakeDigits() != 0;
        }

        return true;
    }

    private bool Take(byte expected)
    {
        bool there = _at < _text.Length && _text[_at] == expected;
        _at += there ? 1 : 0;
        return there;
    }

    private int TakeDigits()
    {
        int start = _at;
        while (_at < _text.Length && char.IsAsciiDigit((char)_text[_at]))
        {
            _at++;
        }

        return _at - start;
    }

    /// <summary>Objects and arrays without recursion: one bit a level says which it is.</summary>
    [SkipLocalsInit]
    private bool TryContainer(out JsonSlice value)
    {
        int start = _at;
        Span<ulong> objects = stackalloc ulong[(MaxDepth / 64) + 1];
        int depth = 0;
        value = default;
        do
        {
            // At a value.
            SkipSpace();
            if (_at == _text.Length)
            {
                return false;
            }

            byte b = _text[_at];
            if (b is (byte)'{' or (byte)'[')
            {
                if (depth == MaxDepth)
                {
                    IsTooDeep = true;
                    return false;
                }

                _at++;
                bool isObject = b == (byte)'{';
                ulong bit = 1UL << (depth & 63);
                ref ulong word = ref objects[depth >> 6];
                word = isObject ? word | bit : word & ~bit;
                depth++;
                if (!TryTake(isObject ? (byte)'}' : (byte)']'))
                {
                    if (isObject && !TryKey(out _))
                    {
                        return false;
                    }

                    continue;
                }

                depth--;
            }
            else if (b == (byte)'"' ? !TryString(out _) : !TryScalar())
            {
                return false;
            }

            // Behind a value: what it stands in may end, as often as it does.
            while (depth > 0)
            {
                bool inObject = (objects[(depth - 1) >> 6] & (1UL << ((depth - 1) & 63))) != 0;
                if (TryTake((byte)','))
                {
                    if (inObject && !TryKey(out _))
                    {
                        return false;
                    }

                    break;
                }

                if (!TryTake(inObject ? (byte)'}' : (byte)']'))
                {
                    return false;
                }

                depth--;
            }
        }
        while (depth > 0);

        value = new JsonSlice(start, _at - start, false);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipSpace()
    {
        if (_at < _text.Length && _text[_at] <= (byte)' ')
        {
            SkipSomeSpace();
        }
    }

    private void SkipSomeSpace()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _at++;
        }
    }
}
