using System;

namespace SpecKitty.Status;

/// <summary>
/// The retrospective of a mission, from its <c>event_name: retrospective.*</c> rows (DESIGN §11, HOST §1.4): the status is the latest
/// terminal row's by (<c>at</c>, <c>event_id</c>), its record path too; the mode is the latest request's; proposals are counted.
/// </summary>
internal sealed class RetrospectiveFold
{
    private Latest _requested;
    private Latest _terminal;
    private RetrospectiveState _state = RetrospectiveState.Pending;

    public int Generated { get; private set; }

    public int Applied { get; private set; }

    public int Rejected { get; private set; }

    /// <summary>Generated and neither applied nor rejected.</summary>
    public int Undecided => Math.Max(0, Generated - Applied - Rejected);

    public RetrospectiveState State => _state;

    /// <summary>The mode as the latest request has it: a well-formed JSON value, or empty.</summary>
    public ReadOnlySpan<byte> ModeJson => JsonMembers.Find(_requested.Payload, ForeignKeys.Mode);

    /// <summary>The record path of the latest terminal row, if that is a string.</summary>
    public string? RecordPath =>
        JsonMembers.Find(_terminal.Payload, ForeignKeys.RecordPath) is var path && JsonMembers.IsText(path) ? JsonText.OfToken(path) : null;

    public void Add(in LogRow row)
    {
        var name = row.Name;
        if (name.SequenceEqual(ForeignKeys.ProposalGenerated))
        {
            Generated++;
        }
        else if (name.SequenceEqual(ForeignKeys.ProposalApplied))
        {
            Applied++;
        }
        else if (name.SequenceEqual(ForeignKeys.ProposalRejected))
        {
            Rejected++;
        }
        else if (name.SequenceEqual(ForeignKeys.RetrospectiveRequested))
        {
            _requested.Offer(row);
        }
        else if (Terminal(name) is { } state && _terminal.Offer(row))
        {
            _state = state;
        }
    }

    public void Save(ImageWriter image)
    {
        image.Add(Generated);
        image.Add(Applied);
        image.Add(Rejected);
        image.Add((int)_state);
        _requested.Save(image);
        _terminal.Save(image);
    }

    public void Load(ref ImageReader image)
    {
        Generated = image.Int();
        Applied = image.Int();
        Rejected = image.Int();
        int state = image.Int();
        image.Require(state is >= 0 and <= (int)RetrospectiveState.Failed);
        _state = (RetrospectiveState)state;
        _requested.Load(ref image);
        _terminal.Load(ref image);
    }

    private static RetrospectiveState? Terminal(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual(ForeignKeys.RetrospectiveCompleted))
        {
            return RetrospectiveState.Completed;
        }

        if (name.SequenceEqual(ForeignKeys.RetrospectiveSkipped))
        {
            return RetrospectiveState.Skipped;
        }

        return name.SequenceEqual(ForeignKeys.RetrospectiveFailed) ? RetrospectiveState.Failed : null;
    }

    /// <summary>The row that sorts last so far; of equals the later in the file.</summary>
    private struct Latest
    {
        private byte[]? _at;
        private byte[]? _id;
        private byte[]? _payload;

        public readonly ReadOnlySpan<byte> Payload => _payload;

        public readonly void Save(ImageWriter image)
        {
            image.Add(_at is not null);
            image.Add(_at);
            image.Add(_id);
            image.Add(_payload);
        }

        public void Load(ref ImageReader image)
        {
            bool isThere = image.Bool();
            byte[] at = image.Bytes().ToArray(), id = image.Bytes().ToArray(), payload = image.Bytes().ToArray();
            (_at, _id, _payload) = isThere ? (at, id, payload) : default;
        }

        public bool Offer(in LogRow row)
        {
            if (_at is not null)
            {
                int order = row.At.SequenceCompareTo(_at);
                if (order < 0 || (order == 0 && row.EventId.SequenceCompareTo(_id) < 0))
                {
                    return false;
                }
            }

            _at = row.At.ToArray();
            _id = row.EventId.ToArray();
            _payload = row.Extra.ToArray();
            return true;
        }
    }
}
