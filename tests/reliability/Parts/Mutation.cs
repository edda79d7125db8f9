using System;
using System.Linq;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>One call that changes something, with a way to see whether it did.</summary>
internal sealed record Mutation
{
    public const string Tag = "the-call";

    public required string Name { get; init; }

    public required SceneKind Kind { get; init; }

    /// <summary>What has to happen before, by calls that nobody disturbs.</summary>
    public Action<Scene> Prepare { get; init; } = _ => { };

    public required Func<Scene, string[]> Argv { get; init; }

    /// <summary>The same in each scene anew: what does not survive that a scene is copied.</summary>
    public Action<Scene> Warm { get; init; } = _ => { };

    public string[] Environment { get; init; } = [];

    /// <summary>What the call reads from its standard input; null for nothing.</summary>
    public Func<string>? Input { get; init; }

    /// <summary>What the scene shows of the call.</summary>
    public required Func<Scene, Seen> Observe { get; init; }

    /// <summary>What the same call is refused with once it is done; null where it succeeds again.</summary>
    public string? DoneIs { get; init; }

    /// <summary>Parts of paths that a refused call may change all the same.</summary>
    public string[] MayChange { get; init; } = [];

    /// <summary>
    /// What has to hold once the call has succeeded after all, where other calls cannot be made any more: null, or the problem. By default two more calls sweep up
    /// and everything is compared.
    /// </summary>
    public Func<Scene, string?>? Settled { get; init; }

    /// <summary>Whether the log is what it changes, so that its sync failing leaves things undecided.</summary>
    public bool WritesLog { get; init; } = true;

    public override string ToString() => Name;

    /// <summary>A fresh scene in which everything is prepared for the call.</summary>
    public Scene Arrange()
    {
        var scene = new Scene(Kind, Scene.Templates.CopyPrepared(Name, Kind, Prepare));
        scene.Input = Input?.Invoke();
        Warm(scene);
        return scene;
    }

    /// <summary>A mutation that is seen by its rows.</summary>
    public static Mutation Status(string name, SceneKind kind, Func<Scene, string[]> argv, Action<Scene>? prepare, params (string From, string To)[] rows) => new()
    {
        Name = name,
        Kind = kind,
        Prepare = prepare ?? (_ => { }),
        Argv = argv,
        Observe = scene => Rows(scene, rows),
    };

    private static Seen Rows(Scene scene, (string From, string To)[] expected)
    {
        var rows = scene.ReadLog().Rows.Where(r => r.Tag == Tag).Select(r => (r.From, r.To)).ToArray();
        return rows.SequenceEqual(expected) ? Seen.Done : rows.Length == 0 ? Seen.Nothing : Seen.Wrong;
    }
}

/// <summary>What became of a call.</summary>
internal enum Seen
{
    Nothing,
    Done,

    /// <summary>A part of it, or more than once.</summary>
    Wrong,
}
