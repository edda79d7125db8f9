using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>Emits the tools' ids, and the way from parsed arguments to a request.</summary>
internal static class ToolIdsEmitter
{
    public static Emission Emit(EquatableArray<ToolModel> tools)
    {
        var writer = CSharp.File("tools");
        using (writer.Type("A tool.", "internal enum ToolId : byte"))
        {
            foreach (var tool in tools)
            {
                writer.Summary(tool.Documentation).Line(tool.Name + ",");
            }
        }

        using (writer.Type("Requests of tools.", "internal static class ToolRequests"))
        {
            writer.Summary("The request for a tool with these arguments.");
            using (writer.Block($"public static {CSharp.ToolRequest} Make({CSharp.ToolId} id, {CSharp.ToolArguments} arguments) => id switch", "};"))
            {
                foreach (var tool in tools)
                {
                    writer.Line($"{tool.Value} => {CSharp.Own(tool.Name)}ToolRequest.Make(arguments),");
                }

                writer.Line("_ => throw new global::System.ArgumentOutOfRangeException(nameof(id)),");
            }
        }

        return new Emission("Tools.ids.g.cs", writer.Finish(), null);
    }
}
