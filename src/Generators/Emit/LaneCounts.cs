using System;
using System.Collections.Generic;
using System.Linq;
using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Emit;

/// <summary>The members of a payload that counts lanes.</summary>
internal static class LaneCounts
{
    /// <summary>A count a lane, and the method that adds to one.</summary>
    public static void Properties(SourceWriter writer, PayloadInput input)
    {
        foreach (string lane in Written(input))
        {
            writer.Summary($"How many are in {lane}.")
                .Line($"[global::System.Text.Json.Serialization.JsonPropertyName({Literals.Text(lane)})]")
                .Line($"public int {Name(lane, input)} {{ get; set; }}").Line();
        }

        if (input.Payload.CountsLanes)
        {
            writer.Summary("Adds to a lane's count; lanes that are not shown are not counted.");
            using (writer.Block($"public void Add({CSharp.Lane} lane, int count = 1)"))
            {
                using (writer.Block("switch (lane)"))
                {
                    foreach (string lane in input.Lanes)
                    {
                        writer.Line($"case {LanesEmitter.Value(lane)}: {Name(lane, input)} += count; break;");
                    }
                }
            }

            writer.Line();
        }
    }

    /// <summary>The statements that write the counts.</summary>
    public static void Writes(SourceWriter writer, PayloadInput input)
    {
        foreach (string lane in Written(input))
        {
            writer.Line($"writer.WriteNumber({Literals.Utf8(lane)}, {Name(lane, input)});");
        }
    }

    private static string Name(string lane, PayloadInput input) => Identifiers.Member(lane, input.Payload.ClassName);

    private static IEnumerable<string> Written(PayloadInput input) =>
        input.Payload.Sorted ? input.Lanes.OrderBy(static lane => lane, StringComparer.Ordinal) : input.Lanes;
}
