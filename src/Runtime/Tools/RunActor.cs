namespace SpecKitty.Tools;

/// <summary>What somebody did in a run.</summary>
internal sealed class RunActor(string name)
{
    public string Name => name;

    public int Rows { get; set; }

    public int Started { get; set; }

    public int Submitted { get; set; }

    public int Reviewed { get; set; }

    public int Approved { get; set; }

    public int Returned { get; set; }

    public int Forced { get; set; }

    public long WorkSeconds { get; set; }

    public long ReviewSeconds { get; set; }
}
