using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Emit;

/// <summary>
/// Emits the generated half of the System.Text.Json context. All of its attributes must stand on one declaration: on two, the framework's
/// generator crashes (dotnet/runtime#99669).
/// </summary>
internal static class ContextEmitter
{
    public static Emission Emit(EquatableArray<string> classNames)
    {
        var writer = CSharp.File("payloads");
        writer.Line();
        foreach (string name in classNames)
        {
            writer.Line($"[global::System.Text.Json.Serialization.JsonSerializable(typeof({CSharp.Own(name)}))]");
        }

        writer.Line("internal sealed partial class SpecKittyJsonContext;");
        return new Emission("Context.payloads.g.cs", writer.Finish(), null);
    }
}
