using System;
using SpecKitty.Contract;

namespace SpecKitty.Status;

/// <summary>What the log says of one work package. Texts are made only when asked for: most calls look at the lane alone.</summary>
internal sealed class WorkPackageStatus
{
    private readonly byte[] _id;

    /// <summary>The setting row's time, id and actor, one behind the other.</summary>
    private byte[] _text = [];
    private int _atLength;
    private int _eventIdLength;
    private int _actorLength;
    private string? _idText;

    internal WorkPackageStatus(ReadOnlySpan<byte> id) => _id = id.ToArray();

    /// <summary>Its id, such as WP01.</summary>
    public string Id => _idText ??= JsonText.Text(_id);

    public Lane Lane { get; private set; }

    /// <summary>Forced moves applied.</summary>
    public int ForceCount { get; private set; }

    /// <summary>Who moved it last: the string, or the JSON text of what a newer host wrote instead; null for null.</summary>
    public string? Actor => ActorJson[0] switch
    {
        (byte)'"' => JsonText.OfToken(ActorJson),
        (byte)'n' => null,
        _ => JsonText.Text(ActorJson),
    };

    /// <summary>Time of the row that set its lane, verbatim.</summary>
    public string LastTransitionAt => JsonText.Text(AtUtf8);

    /// <summary>Id of the row that set its lane.</summary>
    public string LastEventId => JsonText.Text(_text.AsSpan(_atLength, _eventIdLength));

    internal ReadOnlySpan<byte> IdUtf8 => _id;

    /// <summary>The actor as it stands in the row: a well-formed JSON value.</summary>
    internal ReadOnlySpan<byte> ActorJson => _text.AsSpan(_atLength + _eventIdLength, _actorLength);

    /// <summary>Whether <see cref="Lane"/> was set by a rollback.</summary>
    internal bool IsRolledBack { get; private set; }

    internal ReadOnlySpan<byte> AtUtf8 => _text.AsSpan(0, _atLength);

    /// <summary>Whether this row takes effect: a forward move does not undo a rollback of the same instant (HOST §5.3).</summary>
    internal bool Accepts(bool rollback, ReadOnlySpan<byte> at) => !IsRolledBack || rollback || !AtUtf8.SequenceEqual(at);

    internal void Save(ImageWriter image)
    {
        image.Add(_id);
        image.Add((int)Lane);
        image.Add(ForceCount);
        image.Add(IsRolledBack);
        image.Add(AtUtf8);
        image.Add(_text.AsSpan(_atLength, _eventIdLength));
        image.Add(ActorJson);
    }

    /// <summary>The rest of what <see cref="Save"/> wrote, behind the id.</summary>
    internal void Load(ref ImageReader image)
    {
        int lane = image.Int();
        image.Require(lane >= 0 && lane < Lanes.Count);
        int forceCount = image.Int();
        bool rollback = image.Bool();
        var at = image.Bytes();
        var eventId = image.Bytes();
        var actor = image.Bytes();
        image.Require(!actor.IsEmpty);
        Set((Lane)lane, force: false, rollback, at, eventId, actor);
        ForceCount = forceCount;
    }

    internal void Set(Lane lane, bool force, bool rollback, ReadOnlySpan<byte> at, ReadOnlySpan<byte> eventId, ReadOnlySpan<byte> actor)
    {
        Lane = lane;
        IsRolledBack = rollback;
        ForceCount += force ? 1 : 0;
        int length = at.Length + eventId.Length + actor.Length;
        if (_text.Length < length)
        {
            _text = new byte[length + 16];
        }

        at.CopyTo(_text);
        eventId.CopyTo(_text.AsSpan(at.Length));
        actor.CopyTo(_text.AsSpan(at.Length + eventId.Length));
        _atLength = at.Length;
        _eventIdLength = eventId.Length;
        _actorLength = actor.Length;
    }
}
