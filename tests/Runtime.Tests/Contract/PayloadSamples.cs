using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Runtime.Tests.Contract;

/// <summary>Makes random payloads of any generated type.</summary>
internal class PayloadSamples(Random random)
{
    // Not static: it may not be used by two threads.
    private readonly NullabilityInfoContext _nullability = new();
    private static readonly string[] Texts = ["", "plain", "quote \" backslash \\", "line\nfeed\ttab\0nul", "<&'+`>", "naïve", "\u2028", "🐱", "\ufffd"];

    private static readonly string[] Jsons = ["null", "true", "-1.50e3", "\"é\"", "[]", "{}", """{"b":[1,{"z":1,"a":2}],"a":"x"}"""];

    /// <summary>Every generated type that is written.</summary>
    public static IReadOnlyList<Type> Types { get; } =
    [
        .. typeof(Payload).Assembly.GetTypes().Where(static type => typeof(Payload).IsAssignableFrom(type) && !type.IsAbstract && type.Namespace == typeof(Payload).Namespace).OrderBy(static type => type.Name, StringComparer.Ordinal),
    ];

    /// <summary>A payload with random members; what may be null often is.</summary>
    public object Make(Type type)
    {
        // The setters of required members run here without a constructor to insist on them.
        object made = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(static property => property.CanWrite))
        {
            bool mayBeNull = _nullability.Create(property).WriteState == NullabilityState.Nullable;
            property.SetValue(made, mayBeNull && LeavesOut() ? null : Value(property.PropertyType) ?? (mayBeNull ? null : new NoMembers()));
        }

        return made;
    }

    /// <summary>Whether to leave a member out that may be left out.</summary>
    protected virtual bool LeavesOut() => random.Next(3) == 0;

    /// <summary>What a member that may hold any payload holds.</summary>
    protected virtual Payload? AnyPayload() => null;

    /// <summary>A payload for members that have to be one.</summary>
    private sealed class NoMembers : Payload
    {
        public override void WriteMembers(Utf8JsonWriter writer, ContractLevel level)
        {
        }
    }

    private object? Value(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return Texts[random.Next(Texts.Length)];
        }

        if (type == typeof(int))
        {
            return random.Next(int.MinValue, int.MaxValue);
        }

        if (type == typeof(long))
        {
            return random.NextInt64(long.MinValue, long.MaxValue);
        }

        if (type == typeof(bool))
        {
            return random.Next(2) == 0;
        }

        if (type == typeof(Lane))
        {
            return (Lane)random.Next(Lanes.Count);
        }

        if (type == typeof(JsonElement))
        {
            return JsonDocument.Parse(Jsons[random.Next(Jsons.Length)]).RootElement;
        }

        return type.IsArray ? Several(type.GetElementType()!) : type.IsGenericType ? Map(type) : typeof(Payload) == type ? AnyPayload() : Make(type);
    }

    private Array Several(Type item)
    {
        var items = Array.CreateInstance(item, random.Next(4));
        for (int i = 0; i < items.Length; i++)
        {
            items.SetValue(Value(item), i);
        }

        return items;
    }

    private IDictionary Map(Type type)
    {
        var arguments = type.GetGenericArguments();
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
        for (int i = random.Next(4); i > 0; i--)
        {
            map[$"{Texts[random.Next(Texts.Length)]}{i}"] = Value(arguments[1]);
        }

        return map;
    }
}
