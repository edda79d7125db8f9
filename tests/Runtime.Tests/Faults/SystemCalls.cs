using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SpecKitty.Platform;

namespace SpecKitty.Runtime.Tests.Faults;

/// <summary>The system calls that the product makes, seen before they are made, and made to fail: its imports of libc are bound to system-calls.c.</summary>
internal static unsafe class SystemCalls
{
    /// <summary>Instead of an error number: write(2) takes, or pread(2) gives, only half of the bytes.</summary>
    public const int Half = -1;

    private const int Done = -2;

    [ThreadStatic]
    private static Func<int, string, int>? _answer;

    [ThreadStatic]
    private static List<string>? _made;

    /// <summary>Does something on this thread.</summary>
    /// <param name="action">What. It must not wait for another thread's system calls: those are not seen.</param>
    /// <param name="answer">Asked before each call, with its number from 0 and its name: 0 to let it be made, else the error number or <see cref="Half"/>.</param>
    /// <returns>The names of the calls that were made, or would have been.</returns>
    public static IReadOnlyList<string> During(Action action, Func<int, string, int> answer)
    {
        var made = _made = [];
        _answer = answer;
        try
        {
            action();
        }
        finally
        {
            _answer = null;
        }

        return made;
    }

    // Before the first test: an import is bound once.
    [ModuleInitializer]
#pragma warning disable CA2255 // This is a program, not a library.
    internal static void Bind()
#pragma warning restore CA2255
    {
        nint calls = NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, "libsystem-calls.so"));
        ((delegate* unmanaged<delegate* unmanaged<byte*, int>, void>)NativeLibrary.GetExport(calls, "ask_first"))(&Ask);
        NativeLibrary.SetDllImportResolver(typeof(Posix).Assembly, (name, _, _) => name == "libc" ? calls : 0);
    }

    [UnmanagedCallersOnly]
    private static int Ask(byte* name)
    {
        if (_answer is not { } answer)
        {
            return 0;
        }

        string call = Marshal.PtrToStringUTF8((nint)name)!;
        _made!.Add(call);

        // What the answer itself does is not part of it.
        _answer = null;
        int result = answer(_made.Count - 1, call);
        _answer = answer;

        // There is no power cut here: what a sync takes is only time.
        return result == 0 && call is "fsync" or "fdatasync" ? Done : result;
    }
}
