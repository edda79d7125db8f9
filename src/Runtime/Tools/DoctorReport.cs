using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Tools;

/// <summary>What has been found so far.</summary>
/// <param name="fix">Whether to repair what can be.</param>
internal sealed class DoctorReport(bool fix)
{
    private readonly Items<ToolFinding> _findings = [];

    public Items<ToolFinding> Findings => _findings;

    /// <summary>Whether to repair what can be.</summary>
    public bool Fixes => fix;

    /// <summary>Whether nothing is wrong that was not repaired.</summary>
    public bool IsHealthy
    {
        get
        {
            foreach (var finding in _findings)
            {
                if (finding.Severity != FindingSeverity.Note && finding.Fixed is null)
                {
                    return false;
                }
            }

            return true;
        }
    }

    public ToolFinding Add(ToolFinding finding)
    {
        _findings.Add(finding);
        return finding;
    }

    /// <summary>Notes what was done about a finding, or why nothing could be.</summary>
    public void Fixed(ToolFinding finding, Failure? failure, string done)
    {
        if (failure is null)
        {
            finding.Fixed = done;
        }
        else
        {
            Add(DoctorFindings.FixFailed(finding.Place, failure.Message));
        }
    }
}
