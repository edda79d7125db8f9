using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>Calls with their exit status and answer only, scrubbed: for long sequences in which what changes on disk is tested elsewhere.</summary>
internal sealed class AnswersTranscript
{
    private readonly Sandbox _sandbox;
    private readonly StringBuilder _text = new();
    private readonly List<string> _jsons = [];

    internal AnswersTranscript(Sandbox sandbox) => _sandbox = sandbox;

    internal string Text
    {
        get
        {
            var scrubber = new Scrubber(_sandbox.Top, _sandbox.Root, _sandbox.Known);
            _jsons.ForEach(scrubber.Learn);
            return scrubber.Scrub(_text.ToString());
        }
    }

    internal async Task<Call> ApiAsync(params string[] argv)
    {
        var call = await _sandbox.ApiAsync(argv);
        _ = call.Envelope;
        _jsons.Add(call.StdoutText);
        _text.Append(_text.Length == 0 ? "$" : "\n$").Append(string.Concat(argv.Select(argument => " " + (argument == Policy.Valid ? "{policy}" : argument))))
            .Append(CultureInfo.InvariantCulture, $"\nstatus {call.ExitStatus}\n").Append(call.StdoutText);
        return call;
    }
}
