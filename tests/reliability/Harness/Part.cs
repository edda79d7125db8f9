namespace SpecKitty.Reliability.Harness;

/// <summary>One kind of trial.</summary>
internal abstract class Part
{
    /// <summary>The name that --only takes.</summary>
    public abstract string Name { get; }

    /// <summary>What is tried, in a few words, for the table.</summary>
    public abstract string Subject { get; }

    public abstract void Run(Options options, Report report);
}
