using System.Diagnostics.CodeAnalysis;

namespace SpecKitty.Contract;

/// <summary>A value, or the failure that stands in its place.</summary>
/// <typeparam name="T">What success carries.</typeparam>
internal readonly struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Failure? failure)
    {
        _value = value;
        Failure = failure;
    }

    /// <summary>The failure; null on success.</summary>
    public Failure? Failure { get; }

    /// <summary>Splits the result: true with the value, or false with the failure.</summary>
    public bool Try([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Failure? failure)
    {
        value = _value;
        failure = Failure;
        return failure is null;
    }

    /// <summary>Success, for a value whose type is an interface: those do not convert.</summary>
    public static Result<T> Of(T value) => new(value, null);

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Failure failure) => new(default, failure);
}
