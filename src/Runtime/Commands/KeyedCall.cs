using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Json;
using SpecKitty.Contract;
using SpecKitty.Missions;
using SpecKitty.Platform;

namespace SpecKitty.Commands;

/// <summary>
/// A mutation that its caller has given a key (docs/adr/0013). The key's file holds what was asked and what was answered; it is locked for as long as the call lasts, so that
/// a repetition waits for the first and then answers the same. The answer is recorded, durably, before the change is made, together with the ids by which the
/// change can be found: a call that was killed in between has either changed something and can be answered, or has changed nothing and is carried out.
/// A refusal changes nothing and is not recorded: the call may well succeed later.
/// </summary>
internal sealed class KeyedCall
{
    private readonly string _path;
    private readonly Payload _call;
    private readonly ContractLevel _level;

    /// <summary>Why the mission could not be found, and so nothing can be recorded.</summary>
    private readonly Failure? _unresolved;
    private byte[]? _recorded;

    private KeyedCall(string path, Payload call, ContractLevel level, Failure? unresolved = null)
    {
        _path = path;
        _call = call;
        _level = level;
        _unresolved = unresolved;
    }

    /// <summary>Makes the answer from the ids of the rows about to be written; set by the handler before it writes any.</summary>
    public Func<string[], Payload>? Expected { get; set; }

    /// <summary>The history entry that an earlier try of this very call was about to write; null for none.</summary>
    public string? EarlierEntry { get; private set; }

    public static Result<Payload> Run<T>(T request, string selector, string key, CallContext context, Handler<T> handler)
        where T : Request
    {
        if (IdempotencyKeys.Refuse(key) is { } invalid)
        {
            return invalid;
        }

        string path = IdempotencyKeys.PathOf(context.Project, key);
        if (!MissionSelector.Resolve(context.Project, selector).Try(out var mission, out var failure))
        {
            // It has checks that come before the mission. Should it find the mission all the same, nothing may change that no record speaks of.
            return handler(request, context with { Keyed = new KeyedCall(path, CallOf(request, selector, context), context.Level, failure) });
        }

        Signals.Watch();
        if (!FileLock.Acquire(path, mission.DirectoryName, Deadline.LockTimeout(), context.Deadline).Try(out var held, out failure))
        {
            return failure;
        }

        using (held)
        {
            return new KeyedCall(path, CallOf(request, mission.DirectoryName, context), context.Level).Run(request, key, mission, context, handler);
        }
    }

    private static IdempotencyCall CallOf(Request request, string mission, CallContext context) => new()
    {
        Command = CommandIds.Name(request.Command),
        ContractVersion = ContractLevels.Text(context.Level),
        Mission = mission,
        Flags = new RequestFlags(request),
    };

    /// <summary>Records the answer that will be true once rows with these ids are in the log.</summary>
    public Failure? Announce(string[] eventIds) =>
        _unresolved ?? (Expected is { } expected ? Record(expected(eventIds), eventIds, null) : null);

    /// <summary>Records the answer that will be true once an entry with this id is in a task file.</summary>
    public Failure? Announce(string historyEntryId, Payload answer) => _unresolved ?? Record(answer, null, historyEntryId);

    private Result<Payload> Run<T>(T request, string key, Mission mission, CallContext context, Handler<T> handler)
        where T : Request
    {
        if (!IdempotencyFile.ReadLast(_path).Try(out var record, out var failure))
        {
            return failure;
        }

        if (record is not null)
        {
            if (!HasHappened(record, mission, context).Try(out bool hasHappened, out failure))
            {
                return failure;
            }

            bool isSame = record.Call.AsSpan().SequenceEqual(Bytes(_call));
            if (hasHappened)
            {
                return isSame ? new ReplayedAnswer(record.Data) : Reused(key, record);
            }

            EarlierEntry = isSame ? record.HistoryEntryId : null;
        }

        var answer = handler(request, context with { Keyed = this });
        if (answer.Try(out var payload, out _))
        {
            // Whatever happens here, the change is made: rows find their record by their ids, and without rows the same call again is a no_op.
            _ = Bytes(payload).AsSpan().SequenceEqual(_recorded) && EarlierEntry is null ? null : Record(payload, null, null);
        }
        else if (_recorded is null)
        {
            IdempotencyFile.RemoveEmpty(_path);
        }

        return answer;
    }

    /// <summary>Whether the change that a record announces is there; a record that announces none was written behind it.</summary>
    private static Result<bool> HasHappened(IdempotencyEntry record, Mission mission, CallContext context) =>
        record.HistoryEntryId is not null ? false
        : record.EventIds is { } ids ? StatusSurface.Of(mission, context).Names(ids)
        : true;

    private static Failure Reused(string key, IdempotencyEntry record)
    {
        using var call = JsonDocument.Parse(record.Call);
        var known = call.RootElement;
        return new Failure(ErrorCode.IdempotencyKeyReused, Messages.IdempotencyKeyReused(
            key,
            known.GetProperty(IdempotencyCallFields.Command).GetString()!,
            known.GetProperty(IdempotencyCallFields.Mission).GetString()!,
            record.At));
    }

    private Failure? Record(Payload answer, string[]? eventIds, string? historyEntryId)
    {
        var line = Bytes(new IdempotencyRecord
        {
            At = Clock.UtcNowText(),
            Call = (IdempotencyCall)_call,
            EventIds = eventIds,
            HistoryEntryId = historyEntryId,
            Data = answer,
        });
        if (IdempotencyFile.Append(_path, line) is { } failure)
        {
            return failure;
        }

        _recorded = historyEntryId is null ? Bytes(answer) : _recorded;
        return null;
    }

    /// <summary>A payload as a line of JSON.</summary>
    private byte[] Bytes(Payload payload)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = PythonJson.LineWriter(buffer))
        {
            writer.WriteStartObject();
            payload.WriteMembers(writer, _level);
            writer.WriteEndObject();
        }

        return PythonJson.Line(buffer).ToArray();
    }
}
