using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Tools;

/// <summary>Headless Chromium with one page from a file: its document, and what it complained about.</summary>
internal sealed class Browser : IDisposable
{
    private static readonly string[] Quiet =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly string _page;
    private readonly string _folder;
    private readonly Dictionary<string, string> _environment;

    private Browser(string page, string folder, Dictionary<string, string> environment, string dom, string[] complaints)
    {
        _page = page;
        _folder = folder;
        _environment = environment;
        Dom = dom;
        Complaints = complaints;
    }

    /// <summary>The document once it was loaded.</summary>
    internal string Dom { get; }

    /// <summary>What the console said of the page; what its content policy forbids is said there too.</summary>
    internal string[] Complaints { get; }

    internal string Title => Dom[(Dom.IndexOf("<title>", StringComparison.Ordinal) + 7)..Dom.IndexOf("</title>", StringComparison.Ordinal)];

    internal static async Task<Browser> OpenAsync(string page, string top)
    {
        string folder = Directory.CreateDirectory(Path.Combine(top, "browser")).FullName;
        var environment = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin", ["HOME"] = folder, ["LC_ALL"] = "C.UTF-8" };
        var result = await Spawn.RunAsync(
            "chromium",
            [.. Quiet, "--user-data-dir=" + Path.Combine(folder, "first"), "--enable-logging=stderr", "--dump-dom", new Uri(Path.GetFullPath(page)).AbsoluteUri],
            folder,
            environment);
        Harness.Contract.Equal(result.ExitStatus, 0, "chromium: exit status");
        var console = result.StderrText.Split('\n').Where(line => line.Contains("CONSOLE", StringComparison.Ordinal));
        return new Browser(page, folder, environment, result.StdoutText, [.. console]);
    }

    /// <summary>How many different colours a picture of the page has: one means that it is blank.</summary>
    internal async Task<int> ColoursAsync()
    {
        string file = Path.Combine(_folder, "page.png");
        var result = await Spawn.RunAsync(
            "chromium",
            [.. Quiet, "--user-data-dir=" + Path.Combine(_folder, "second"), "--hide-scrollbars", "--window-size=1200,2400", "--screenshot=" + file, new Uri(Path.GetFullPath(_page)).AbsoluteUri],
            _folder,
            _environment);
        Harness.Contract.Equal(result.ExitStatus, 0, "chromium: exit status");
        return Png.Colours(await File.ReadAllBytesAsync(file));
    }

    /// <summary>What a script finds in the page when it is shown at this width; <c>page</c> is its document. The script stands outside: the page itself allows none.</summary>
    internal async Task<string> EvaluateAsync(int width, string expression)
    {
        string frame = Path.Combine(_folder, "frame.html");
        await File.WriteAllTextAsync(frame, $$"""
            <!doctype html><meta charset=utf-8><iframe id=f style="width:{{width}}px;height:2400px;border:0" src="{{new Uri(Path.GetFullPath(_page)).AbsoluteUri}}"></iframe><pre id=found></pre>
            <script>f.onload = () => { const page = f.contentDocument; found.textContent = String({{expression}}); };</script>
            """);
        var result = await Spawn.RunAsync(
            "chromium",
            [.. Quiet, "--user-data-dir=" + Path.Combine(_folder, "third"), "--allow-file-access-from-files", "--window-size=1400,2500", "--dump-dom", new Uri(frame).AbsoluteUri],
            _folder,
            _environment);
        Harness.Contract.Equal(result.ExitStatus, 0, "chromium: exit status");
        const string Begin = "<pre id=\"found\">";
        int begin = result.StdoutText.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return System.Net.WebUtility.HtmlDecode(result.StdoutText[begin..result.StdoutText.IndexOf("</pre>", begin, StringComparison.Ordinal)]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>As much of PNG as counts bytes that differ: rows are filtered, so equal rows of one colour are all zeros.</summary>
    private static class Png
    {
        internal static int Colours(byte[] png)
        {
            using var data = new MemoryStream();
            for (int at = 8; at < png.Length;)
            {
                int length = (png[at] << 24) | (png[at + 1] << 16) | (png[at + 2] << 8) | png[at + 3];
                if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
                {
                    data.Write(png, at + 8, length);
                }

                at += length + 12;
            }

            data.Position = 0;
            using var inflated = new MemoryStream();
            using (var zlib = new ZLibStream(data, CompressionMode.Decompress))
            {
                zlib.CopyTo(inflated);
            }

            return inflated.ToArray().Distinct().Count();
        }
    }
}
