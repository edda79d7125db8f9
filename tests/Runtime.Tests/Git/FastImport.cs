using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;

namespace SpecKitty.Runtime.Tests.Git;

/// <summary>Makes many commits at once through <c>git fast-import</c>.</summary>
internal sealed class FastImport
{
    private readonly StringBuilder _stream = new();
    private int _mark;

    /// <summary>A commit of exactly these files; its mark.</summary>
    public int Commit(IReadOnlyDictionary<string, string> files, IReadOnlyList<int> parents, long time = 1_700_000_000)
    {
        int mark = ++_mark;
        string stamp = time.ToString(CultureInfo.InvariantCulture) + " +0000";
        _stream.Append(CultureInfo.InvariantCulture, $"commit refs/heads/c{mark}\nmark :{mark}\nauthor A <a@example.invalid> {stamp}\ncommitter A <a@example.invalid> {stamp}\ndata 1\nx\n");
        for (int i = 0; i < parents.Count; i++)
        {
            _stream.Append(i == 0 ? "from" : "merge").Append(CultureInfo.InvariantCulture, $" :{parents[i]}\n");
        }

        _stream.Append("deleteall\n");
        foreach (var (path, text) in files)
        {
            _stream.Append(CultureInfo.InvariantCulture, $"M 100644 inline {path}\ndata {Encoding.UTF8.GetByteCount(text)}\n{text}\n");
        }

        return mark;
    }

    /// <summary>Writes them; the ids by mark.</summary>
    public string[] Run(ScratchRepository repository)
    {
        string marks = Path.Combine(repository.Top, "marks");
        var start = new ProcessStartInfo("git", ["fast-import", "--quiet", "--export-marks=" + marks]) { WorkingDirectory = repository.Root, RedirectStandardInput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("git did not start");
        process.StandardInput.Write(_stream.ToString());
        process.StandardInput.Close();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException("fast-import failed");
        }

        string[] ids = new string[_mark + 1];
        foreach (string line in File.ReadAllLines(marks))
        {
            string[] parts = line.Split(' ');
            ids[int.Parse(parts[0][1..], CultureInfo.InvariantCulture)] = parts[1];
        }

        return ids;
    }
}
