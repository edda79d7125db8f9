using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace SpecKitty.Mutation;

/// <summary>
/// A test of the test project, called without its runner: a method, with one set of its arguments. Arguments come from the attributes as they are compiled, in UTF-8: the
/// runner gets half of a surrogate pair from the source, here it is something else, and that case is not used.
/// </summary>
internal sealed class TestCase
{
    private static readonly string[] Elsewhere = [".Git", ".Missions", ".Cli"];

    /// <summary>Parts of the names of the only tests to ask; null for all.</summary>
    public static readonly string? Asked = Environment.GetEnvironmentVariable("MUTATION_TESTS");

    private readonly MethodInfo _method;
    private readonly object?[] _arguments;

    private TestCase(MethodInfo method, object?[] arguments, int number)
    {
        _method = method;
        _arguments = arguments;
        Name = $"{method.DeclaringType!.Name}.{method.Name}" + (number < 0 ? "" : "#" + number);
    }

    public string Name { get; }

    /// <summary>The tests of the project, but for those of rooms in which nothing is mutated: they would only take their time.</summary>
    public static IReadOnlyList<TestCase> All(Assembly tests)
    {
        var cases = new List<TestCase>();
        string[] parts = Asked?.Split(' ') ?? [""];
        const BindingFlags Instance = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        foreach (var method in tests.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && !Array.Exists(Elsewhere, room => type.Namespace?.EndsWith(room, StringComparison.Ordinal) == true)
            && Array.Exists(parts, part => type.FullName!.Contains(part, StringComparison.Ordinal))).SelectMany(static type => type.GetMethods(Instance)))
        {
            var attributes = method.GetCustomAttributes().ToList();
            if (attributes.Exists(static a => a.GetType().Name == "TestAttribute"))
            {
                var sets = attributes.SelectMany(a => Sets(a, method)).ToList();
                cases.AddRange(sets.Count == 0 ? [new TestCase(method, [], -1)] : sets.Select((set, i) => new TestCase(method, set, i)));
            }
        }

        return cases;
    }

    /// <summary>Null if it passes, else why not.</summary>
    public string? Run()
    {
        try
        {
            object? instance = Activator.CreateInstance(_method.DeclaringType!);
            try
            {
                switch (_method.Invoke(instance, _arguments))
                {
                    case Task task:
                        task.GetAwaiter().GetResult();
                        break;
                    case ValueTask task:
                        task.AsTask().GetAwaiter().GetResult();
                        break;
                }
            }
            finally
            {
                (instance as IDisposable)?.Dispose();
            }

            return null;
        }
#pragma warning disable CA1031 // Whatever it throws, it has failed.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            var cause = failure is TargetInvocationException { InnerException: { } inner } ? inner : failure;
            return cause.GetType().Name + ": " + cause.Message;
        }
    }

    private static IEnumerable<object?[]> Sets(Attribute attribute, MethodInfo method)
    {
        var parameters = method.GetParameters();
        switch (attribute.GetType().Name)
        {
            case "ArgumentsAttribute":
                var values = (object?[])attribute.GetType().GetProperty("Values")!.GetValue(attribute)!;
                return [Fit(values, parameters)];
            case "MethodDataSourceAttribute":
                string source = (string)attribute.GetType().GetProperty("MethodNameProvidingDataSource")!.GetValue(attribute)!;
                var member = method.DeclaringType!.GetMethod(source, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
                return ((IEnumerable)member.Invoke(null, null)!).Cast<object>().Select(item => Fit(Spread(item is Delegate lazily ? lazily.DynamicInvoke() : item), parameters));
            default:
                return [];
        }
    }

    private static object?[] Spread(object? item) =>
        item is System.Runtime.CompilerServices.ITuple tuple ? [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])] : [item];

    private static object?[] Fit(object?[] values, ParameterInfo[] parameters)
    {
        if (parameters.Length == 1 && parameters[0].GetCustomAttribute<ParamArrayAttribute>() is not null && values.Length != 1)
        {
            var array = Array.CreateInstance(parameters[0].ParameterType.GetElementType()!, values.Length);
            values.CopyTo(array, 0);
            return [array];
        }

        return [.. values.Select((value, i) => Fit(value, parameters[i].ParameterType))];
    }

    private static object? Fit(object? value, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return value is null || type.IsInstanceOfType(value) ? value
            : type.IsEnum ? Enum.ToObject(type, value)
            : Convert.ChangeType(value, type, System.Globalization.CultureInfo.InvariantCulture);
    }
}
